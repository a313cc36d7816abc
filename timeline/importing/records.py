"""JSON and JSONL → rows: a record is an object; what is nested in it is a column of its own, `start_date.year`, and a list of words one cell."""

import re
from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.importing.encoding import encoding_of, sound, unsound
from timeline.importing.rows import OWN, File, Row, Sheet, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 128 * 1024 * 1024  # bytes: JSON is read whole


def open_records(file: File, wanted: Wanted) -> Sheet:
    """The list that the file is, or the longest list of objects in it. Raises UsageError for what is no JSON."""
    if file.size > MOST:
        raise UsageError(
            f"{file.name}: {file.size:,} bytes of JSON; at most {MOST:,} are read at once: split it, or make it CSV"
        )
    encoding = encoding_of(file, wanted.encoding)
    with file.opened() as stream:
        text = stream.read().decode(encoding.name, "surrogateescape")
    lines = file.suffix in ("jsonl", "ndjson")
    listed, beside = ([], "") if lines else _listed(text, file.name)
    rows = _lines(text, file.name) if lines else [*map(_row, listed)]
    header = tuple(dict.fromkeys(name for row in rows for name in row.cells if not name.startswith(OWN)))
    remarks = [beside] if beside else []
    return Sheet(file.name, f"JSON, {encoding.told}", header, _numbered(rows, header), encoding.digest, remarks)


def _numbered(rows: "list[Row]", header: tuple[str, ...]) -> "Iterator[Row]":
    for number, row in enumerate(rows, 1):
        yield row._replace(number=number, cells={name: row.cells.get(name, "") for name in header})


def _row(item: Any) -> Row:
    cells = _flat(item)
    bad = next(filter(None, map(unsound, cells.values())), "") or _twice(item)
    return Row(0, cells, bad, repr(cells) if bad else "")


def _lines(text: str, name: str) -> list[Row]:
    """A row for each line; one that is no JSON is a fault of its own. Where none is JSON, the file is not."""
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n?|\n", text), 1) if line.strip()]
    rows = [_line(line, name, number) for number, line in lines]
    if rows and all(row.fault and not row.cells for row in rows):
        raise UsageError(f"{name}:{lines[0][0]}: {rows[0].fault}")
    return rows


def _line(line: str, name: str, number: int) -> Row:
    try:
        row = _row(_parsed(line, name, number))
    except UsageError as error:
        return Row(0, {}, str(error).removeprefix(f"{name}:{number}: "), sound(line))
    return row._replace(text=sound(line)) if row.fault else row


class _Object(dict[str, Any]):
    """An object of JSON that has a key twice: `twice`, with both its values."""

    twice = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            made = _Object(made)
            made.twice = f"it has the key {key!r} twice, with {made[key]!r} and {value!r}"
        made[key] = value
    return made


def _twice(value: Any) -> str:
    """What is said twice in a value or inside of it; empty where nothing is."""
    if isinstance(value, _Object):
        return value.twice
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_twice, inner)), "")


def _listed(text: str, name: str) -> tuple[list[Any], str]:
    """The records, and what is said of what stands beside their list, such as the title of a TimelineJS: that is no record."""
    found = _parsed(text, name)
    if not isinstance(found, dict):
        return (found if isinstance(found, list) else [found]), ""
    if isinstance(found, _Object):
        raise UsageError(f"{name}: {found.twice[:200]}; nobody can tell which counts")
    lists = {
        key: value
        for key, value in found.items()
        if isinstance(value, list) and any(isinstance(one, dict) for one in value)
    }
    if not lists:
        return [found], ""
    read = max(lists, key=lambda key: len(lists[key]))
    beside = [key for key, value in found.items() if key != read and isinstance(value, (dict, list)) and value]
    return (
        lists[read],
        f"the records are {read!r}; beside them, and not read, stands {' and '.join(map(repr, beside))}"
        if beside
        else "",
    )


def _parsed(text: str, name: str, line: int = 0) -> Any:
    import json

    try:
        return json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        place = f"{name}:{line}" if line else name
        raise UsageError(f"{place}: not JSON ({error})") from error


def _flat(value: Any, prefix: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        parts = (_flat(inner, f"{prefix}.{key}" if prefix else str(key)) for key, inner in value.items())
        return {name: cell for part in parts for name, cell in part.items()}
    if isinstance(value, list):
        if any(isinstance(one, (dict, list)) for one in value):
            return {
                name: cell
                for number, one in enumerate(value, 1)
                for name, cell in _flat(one, f"{prefix}.{number}").items()
            }
        value = "; ".join(map(_word, value))
    return {prefix or "value": _word(value)}


def _word(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
