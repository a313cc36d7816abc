"""JSON and JSONL → rows: a record is an object; what is nested in it is a column of its own, `start_date.year`, and a list of words one cell."""

from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.importing.encoding import encoding_of, unsound
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
    items = _lines(text, file.name) if file.suffix in ("jsonl", "ndjson") else _listed(text, file.name)
    flat = [_flat(item) for item in items]
    header = tuple(dict.fromkeys(name for cells in flat for name in cells if not name.startswith(OWN)))
    return Sheet(file.name, f"JSON, {encoding.told}", header, _rows(flat, header), encoding.digest)


def _rows(flat: "list[dict[str, str]]", header: tuple[str, ...]) -> "Iterator[Row]":
    for number, cells in enumerate(flat, 1):
        row = {name: cells.get(name, "") for name in header}
        bad = next(filter(None, map(unsound, row.values())), "")
        yield Row(number, row, bad, repr(cells) if bad else "")


def _lines(text: str, name: str) -> list[Any]:
    return [_parsed(line, name, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _listed(text: str, name: str) -> list[Any]:
    found = _parsed(text, name)
    if isinstance(found, dict):
        lists = [
            value for value in found.values() if isinstance(value, list) and any(isinstance(one, dict) for one in value)
        ]
        found = max(lists, key=len, default=[found])
    return found if isinstance(found, list) else [found]


def _parsed(text: str, name: str, line: int = 0) -> Any:
    import json

    try:
        return json.loads(text, parse_float=str, parse_int=str)
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
