"""Where the table of a file is: on which sheet, below which row. Titles and remarks above it have fewer cells than its rows."""

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import UsageError
from timeline.importing.delimited import first_records, open_delimited
from timeline.importing.evidence import is_date, is_number
from timeline.importing.reading import READERS
from timeline.importing.rows import Wanted
from timeline.importing.sheets import first_rows, open_workbook
from timeline.importing.texts import quoted
from timeline.importing.xml_ import open_xml
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.importing.evidence import Readings
    from timeline.importing.rows import File

LOOKED_AT = 60  # rows of a sheet
MOST = 0.7  # of the cells of a usual row that a header has


class Layout(NamedTuple):
    """The sheet and the row of the header, with the reasons where they are not the first."""

    wanted: Wanted = Wanted()
    lines: tuple[str, ...] = ()


def layout_of(file: "File", readings: "Readings", encoding: str = "") -> Layout:
    """`encoding` is one that is declared. Raises UsageError where the file says its own."""
    reader = READERS.get(file.suffix)
    if encoding and reader in (open_workbook, open_xml):
        raise UsageError(f"{file.name}: it says its encoding itself; leave --encoding out")
    if reader is open_workbook:
        return _of_workbook(first_rows(file, LOOKED_AT), readings)
    said = f"encoding: {encoding}" if encoding else ""
    if reader is open_delimited:
        header, line = _header(first_records(file, LOOKED_AT, encoding), readings)
        return Layout(Wanted(header, encoding=encoding), tuple(filter(None, (said, line))))
    return Layout(Wanted(encoding=encoding), tuple(filter(None, (said,))))


def _of_workbook(sheets: "dict[str, list[list[str]]]", readings: "Readings") -> Layout:
    first = next(iter(sheets))
    name = next((name for name, rows in sheets.items() if _width(rows) > 2), first)
    header, line = _header(sheets[name], readings)
    other = f"sheet: {quoted(name)}  # the first with a table; {first!r} has none" if name != first else ""
    return Layout(Wanted(header, name if other else ""), tuple(filter(None, (other, line))))


def _filled(row: "Sequence[str]") -> int:
    return sum(bool(cell.strip()) for cell in row)


def _width(rows: "Sequence[Sequence[str]]") -> int:
    """Cells of a usual row: the median of those that have several."""
    counts = sorted(count for row in rows if (count := _filled(row)) > 1)
    return counts[len(counts) // 2] if counts else 0


def _header(rows: "Sequence[Sequence[str]]", readings: "Readings") -> tuple[int, str]:
    """The number of the header, and the line of a mapping that says so where it is not the first row."""
    width = _width(rows)
    least = max(2, ceil(MOST * width))
    number = next((number for number, row in enumerate(rows, 1) if _filled(row) >= least), 1)
    if number == 1:
        told = _like_a_row(rows[0], readings) if rows else ""
        return (
            (0, f"header: 0  # there is none: {told} in the first row; the columns are named by their number")
            if told
            else (1, "")
        )
    above = max((_filled(row) for row in rows[: number - 1]), default=0)
    several = number > 2
    said = f"the {'rows' if several else 'row'} above {'have' if several else 'has'}"
    return (
        number,
        f"header: {number}  # {said} {plural(above, 'cell')}{' at most' if several else ''}, a row of the table {width}",
    )


def _like_a_row(row: "Sequence[str]", readings: "Readings") -> str:
    """What in the first row names no column: a day, or actors."""
    cells = [cell.strip() for cell in row]
    if day := next((cell for cell in cells if is_date(cell) and not is_number(cell)), ""):
        return f"{day!r} is a date"
    actors = [cell for cell in cells if readings.actor(cell) and not readings.code(cell)]
    return f"{' and '.join(map(repr, actors[:2]))} are actors" if len(actors) > 1 else ""
