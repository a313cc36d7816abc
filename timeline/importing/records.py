"""JSON and JSONL → rows: a record is an object; what is nested in it is a column of its own, `start_date.year`, and a list of words one cell."""

import re
from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.importing.encoding import encoding_of, sound, unsound
from timeline.importing.rows import OWN, File, Row, Sheet, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEEP = 50  # times that values are nested in each other
_NUMBERED = re.compile(r"(?P<list>.+?)\.\d+\.")
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
    pairs = [*_cells(item)]
    cells = dict(pairs)
    bad = next(filter(None, map(unsound, cells.values())), "") or _twice(item)
    if len(cells) < len(pairs):
        bad = bad or f"it has two values for one column, of: {', '.join(name for name, _ in pairs)}"
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
    if doubled := next((one for one in _objects(found) if isinstance(one, _Object)), None):
        raise UsageError(f"{name}: {doubled.twice[:200]}; nobody can tell which counts")
    lists = dict(_lists(found))
    if not lists:
        return [_alone(found, name)], ""
    read = max(lists, key=lambda key: len(lists[key]))
    beside = " and ".join(map(repr, _beside(found, read)))
    return lists[read], f"the records are {read!r}; beside them, and not read, stands {beside}" if beside else ""


def _beside(value: dict[str, Any], read: str, prefix: str = "") -> "Iterator[str]":
    """What stands beside the list of records, and beside the objects that it is in."""
    for key, inner in value.items():
        name = prefix + key
        if isinstance(inner, dict) and read.startswith(f"{name}."):
            yield from _beside(inner, read, f"{name}.")
        elif name != read and inner not in (None, "", [], {}):
            yield name


def _lists(value: dict[str, Any], prefix: str = "") -> "Iterator[tuple[str, list[Any]]]":
    """The lists of objects in an object and in those inside of it, by their names."""
    for key, inner in value.items():
        if isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
            yield prefix + key, inner
        elif isinstance(inner, dict):
            yield from _lists(inner, f"{prefix}{key}.")


def _alone(value: dict[str, Any], name: str) -> dict[str, Any]:
    """An object without a list as the one record of its file, unless it may hold several by their keys."""
    for one in _objects(value):
        if len(one) > 1 and all(isinstance(inner, dict) for inner in one.values()):
            keys = ", ".join(map(repr, list(one)[:3]))
            raise UsageError(
                f"{name}: no list of records, but an object of objects ({keys}): nobody can tell whether each is a record; make it a list, [{{…}}, {{…}}]"
            )
    return value


def _objects(value: dict[str, Any]) -> "Iterator[dict[str, Any]]":
    yield value
    for inner in value.values():
        if isinstance(inner, dict):
            yield from _objects(inner)


def several(header: "Sequence[str]") -> dict[str, list[str]]:
    """The columns of lists of several objects in one record, by the name of the list: `visits.1.start` and `visits.2.start` are of `visits`."""
    found: dict[str, list[str]] = {}
    for name in header:
        if inner := _NUMBERED.match(name):
            found.setdefault(inner["list"], []).append(name)
    return {name: columns for name, columns in found.items() if any(one.startswith(f"{name}.2.") for one in columns)}


def _parsed(text: str, name: str, line: int = 0) -> Any:
    import json

    try:
        return _shallow(json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_object))
    except (ValueError, RecursionError) as error:
        place = f"{name}:{line}" if line else name
        raise UsageError(f"{place}: not JSON ({error})") from error


def _shallow(value: Any) -> Any:
    """The same. Raises ValueError where values are nested in each other too often for a table."""
    level = [value]
    for _ in range(DEEP):
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list)))
        level = [one for several in inner for one in several]
        if not level:
            return value
    raise ValueError(f"nested more than {DEEP} times")


def _cells(value: Any, prefix: str = "") -> "Iterator[tuple[str, str]]":
    """What a record holds, by the names of its columns."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        for number, one in enumerate(value, 1):
            yield from _cells(one, f"{prefix}.{number}")
    else:
        yield prefix or "value", "; ".join(map(_word, value)) if isinstance(value, list) else _word(value)


def _word(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
