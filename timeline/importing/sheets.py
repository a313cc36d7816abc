"""XLSX → rows, by openpyxl. Cells that are dates become ISO text; numbers stay numbers, as nobody but the mapping knows which of them are dates."""

import re
import warnings
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError, did_you_mean
from timeline.extras import library
from timeline.importing.delimited import own_taken_out
from timeline.importing.encoding import encoding_of, sound, unsound
from timeline.importing.rows import OWN, ROW, File, Row, Sheet, Wanted, named_apart
from timeline.importing.when import NOUGHT
from timeline.spreadsheet import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.progress import Watch

    _Both = tuple[Sequence[Any], Sequence[Any]]  # the values of a row, and its formulas
    _Grid = Iterator[tuple[int, _Both]]


YEARS = range(1583, 2101)
_LAST = date(1900, 2, 28)
OLDEST = 1909  # a date of these years may be a year: `_day`
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_CHUNK = 1 << 20
_UNSHOWN = re.compile(
    r'"[^"]*"|\[[^]]*\]|\\.|;.*'
)  # of the form of a cell: texts, colours and languages, signs, what is for other values
UNREAD = "not read: the sheet{} {}; a mapping with another sheet under read, and another id of its source, reads one"
MERGED = "cells that are one over several rows ({}): only the first row of each has its text; unmerge them, and fill each row"
NAMED = 5  # merged cells
UNCOUNTED = "a formula without the value that it had: open the workbook in a spreadsheet program and save it"


def open_workbook(file: File, wanted: Wanted) -> Sheet:
    """The sheet that is named, or the first; the others are told. Raises UsageError for what is no workbook."""
    wanted = _unless_quarantine(file, wanted)
    book, formulas = (_book(file, values=values) for values in (True, False))
    epoch = 1904 if book.epoch.year == 1904 else 1900
    formulas.epoch = library("openpyxl.utils.datetime", "import").MAC_EPOCH
    names = [sheet.title for sheet in book.worksheets]
    name = wanted.sheet or names[0]
    if name not in names:
        raise UsageError(f"{file.name}: no sheet {name!r}{did_you_mean(name, names)} (it has: {', '.join(names)})")
    grid: _Grid = enumerate(zip(_values(book[name]), _quiet(_values(formulas[name])), strict=False), 1)
    if wanted.header == 0:
        top = next(grid, (1, ((), ())))
        first, grid = [""] * len(top[1][0]), chain([top], grid)
    else:
        first = _header(grid, wanted.header)
    header = named_apart([*map(plain, first)] if ROW in first else first)
    form = f"XLSX, sheet {name!r}, days counted from {epoch}"
    columns = tuple(column for column in header if not column.startswith(OWN))
    others = [other for other in names if other != name]
    remarks = [UNREAD.format("s" * (len(others) > 1), ", ".join(others))] if others else []
    if tall := _merged_down(book[name], max(wanted.header, 1)):
        more = ", …" if len(tall) > NAMED else ""
        remarks.append(MERGED.format(", ".join(tall[:NAMED]) + more))
    rows = _rows(grid, header, file.watch, book[name].max_row or 0, epoch)
    return Sheet(file.name, form, columns, rows, encoding_of(file).digest, remarks, epoch, ROW in header)


def _unless_quarantine(file: File, wanted: Wanted) -> Wanted:
    """Where the table of a source is; that of its quarantine, saved as a workbook, is on the first sheet below the first row."""
    if wanted == Wanted(records=wanted.records, encoding=wanted.encoding):
        return wanted
    top = next(iter(first_rows(file, 1).values()), [])
    return Wanted() if top and ROW in top[0] else wanted


def first_rows(file: File, count: int) -> "dict[str, list[list[str]]]":
    """The cells of the first rows of each sheet, by its name."""
    book = _book(file, values=True)
    return {sheet.title: [[*map(_text, row)] for row in islice(_values(sheet), count)] for sheet in book.worksheets}


def _book(file: File, *, values: bool) -> Any:
    openpyxl = library("openpyxl", "import")
    try:
        return openpyxl.load_workbook(file.opened(), read_only=True, data_only=values)
    except Exception as error:
        what = f"not a workbook that can be read ({error}); save it anew as .xlsx or CSV"
        raise UsageError(f"{file.name}: {what}") from error


def _merged_down(sheet: Any, header: int) -> list[str]:
    """The merged cells of a sheet that reach over several rows below its header. The library reads them only where it holds the whole sheet."""
    found: dict[str, None] = {}
    rest = b""
    with sheet._get_source() as source:  # noqa: SLF001 - no other way to the text of a sheet
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            for left, top, right, bottom in (map(bytes.decode, match.groups()) for match in _MERGED.finditer(text)):
                if header < int(bottom) > int(top):
                    found[f"{left}{top}:{right}{bottom}"] = None
            rest = text[text.rfind(b"<") :][-500:]
    return list(found)


def _values(sheet: Any) -> "Iterator[Sequence[Any]]":
    """Raises UsageError where the sheet is damaged: the library reads it row by row."""
    sheet.reset_dimensions()  # programs write them wrong
    rows = sheet.iter_rows()
    while True:
        try:
            row = next(rows, None)
        except Exception as error:
            what = f"damaged ({error}); save it anew as .xlsx or CSV"
            raise UsageError(f"sheet {sheet.title!r}: {what}") from error
        if row is None:
            return
        yield [_shown(cell) for cell in row]


def _shown(cell: Any) -> Any:
    """The value of a cell. `May 2005` is its first day to a spreadsheet, which then shows no day: no more is read than that."""
    value = cell.value
    if isinstance(value, datetime) and value.day == 1 and value.time() == time() and value.year > OLDEST:
        form = _UNSHOWN.sub("", cell.number_format).casefold()
        if "d" not in form and ("y" in form or "e" in form):
            return f"{value:%Y-%m}" if "m" in form else str(value.year) if value.month == 1 else value
    return value


def _quiet(grid: "Iterator[Sequence[Any]]") -> "Iterator[Sequence[Any]]":
    """Without a warning of the library about the last days of 9999, of which a workbook of 1904 has none."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = next(grid, None)
        if row is None:
            return
        yield row


def _header(grid: "_Grid", row: int) -> list[str]:
    """The names of the columns, without empty ones at the end."""
    names = next(([_text(cell) for cell in cells] for number, (cells, _) in grid if number == row), [])
    while names and not names[-1].strip():
        names.pop()
    return names


def _rows(grid: "_Grid", header: tuple[str, ...], watch: "Watch | None", total: int, epoch: int) -> "Iterator[Row]":
    for number, (values, formulas) in grid:
        if watch and total and number % 1000 == 0:
            watch(number, total)
        cells = [_text(value, epoch) for value in values]
        if epoch == 1900 and _LAST in (value.date() for value in values if isinstance(value, datetime)):
            cells = _with_leap_day(cells, values, formulas)
        if any(value is None and formula is not None for value, formula in zip(values, formulas, strict=False)):
            told = (formula if value is None else value for value, formula in zip(values, formulas, strict=False))
            yield Row(number, dict(zip(header, cells, strict=False)), UNCOUNTED, "; ".join(map(str, told)))
        elif any(map(str.strip, cells)):
            yield _row(number, cells, header)


def _with_leap_day(cells: list[str], values: "Sequence[Any]", others: "Sequence[Any]") -> list[str]:
    """Day 59 of a workbook is 28 February 1900, day 60 the 29th, which never was: both come as the 28th, and are told apart as days of 1904. Of a formula nobody can tell."""
    for at, (value, other) in enumerate(zip(values, others, strict=False)):
        if isinstance(value, datetime) and value.date() == _LAST:
            if not isinstance(other, datetime):
                cells[at] = "1900-02-28 or 1900-02-29"
            elif other.date() == NOUGHT[1904] + timedelta(60):
                cells[at] = "1900-02-29"
    return cells


def _row(number: int, cells: list[str], header: tuple[str, ...]) -> Row:
    beyond = [cell for cell in cells[len(header) :] if cell.strip()]
    row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
    if beyond:
        return Row(
            number, row, f"cells beyond the last column of the header: {', '.join(map(repr, beyond))}", "; ".join(cells)
        )
    if bad := next(filter(None, map(unsound, cells)), ""):
        return Row(number, row, bad, sound("; ".join(cells)))
    return own_taken_out(number, row) if ROW in row else Row(number, row)


def _text(value: Any, epoch: int = 1900) -> str:
    """What a cell holds. A whole number has no point: 1990 and 1990.0 are one in a workbook."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _day(value, epoch) if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _day(value: datetime, epoch: int) -> str:
    """A day; as the year 2005 is 27 June 1905 in a cell with the form of a date, such a one says both."""
    day = value.date()
    number = (day - NOUGHT[epoch]).days
    return f"{day} or {number}" if number in YEARS else day.isoformat()
