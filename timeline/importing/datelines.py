"""The lines of a draft about dates: the start and the end of a journey, and how days are written."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.importing.dating import Dating, forms
from timeline.importing.evidence import MOST, is_date, is_serial
from timeline.importing.hints import unfit
from timeline.importing.texts import quoted
from timeline.importing.when import NOUGHT
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.importing.evidence import Column
    from timeline.importing.rows import Sheet

REMOVE = "Remove the # if so"
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def date_lines(dates: Dating, columns: "Sequence[Column]", sheet: "Sheet") -> "Iterator[str]":
    why = dates.why
    yield "date:"
    if not (dates.start or dates.perhaps_start):
        yield f"  # start: …  # {_undated(columns)}"
        return
    if dates.start:
        yield f"  start: {listing(dates.start)}{because(why.get('start'))}"
    for number, one in enumerate(dates.perhaps_start):
        told = f"{one[0].told(is_date)} read as dates: or this one?" if number else why["start"]
        yield f"  # start: {listing(one)}  # {told} {REMOVE}"
    if dates.end:
        yield f"  end: {listing(dates.end)}{because(why.get('end'))}"
    if dates.perhaps_end:
        yield f"  # end: {quoted(dates.perhaps_end.name)}{because(why.get('end'))}"
    if dates.perhaps_days:
        yield f"  # days: {quoted(dates.perhaps_days.name)}  # if it counts both the first and the last day"
    if dates.days:
        yield f"  days: {quoted(dates.days.name)}  # taken to count both the first and the last day"
    if dates.year:
        yield f"  year: {quoted(dates.year.name)}  # must agree with the start"
    if len(dates.start or dates.perhaps_start[0]) == 1:
        yield from _order_lines(dates, sheet)


def _undated(columns: "Sequence[Column]") -> str:
    """Why no column is one of dates, or those that are, but by their names not of visits."""
    if others := [quoted(one.name) for one in columns if one.mostly(is_date) and unfit(one)]:
        return f"{' and '.join(others)} {'reads' if len(others) == 1 else 'read'} as dates, by name of something else"
    return none_of(columns, is_date, "reads as a date", "read as dates")


def none_of(columns: "Sequence[Column]", test: "Callable[[str], object]", one: str, several: str) -> str:
    """That no column is of some kind, and which one is the nearest to it."""
    best = max(columns, key=lambda column: column.times(test), default=None)
    if best is None or not best.times(test):
        return f"no column {one}"
    return f"no column {one} in {MOST:.0%} of its cells; {best.told(test)} of {best.name} {several}"


def _order_lines(dates: Dating, sheet: "Sheet") -> "Iterator[str]":
    """The order of day and month as far as the cells decide it."""
    found = forms([*{*dates.start, *dates.asked, *dates.end, *filter(None, [dates.perhaps_end])}])
    day, month, both = found["D"], found["M"], found["date-ambiguous"]
    if why := dates.why.get("order"):
        yield f"  order: {dates.order}  # {why}; {plural(both, 'date')} that fit both orders"
    elif both and dates.order:
        first = ("day", day) if dates.order == "dmy" else ("month", month)
        yield f"  order: {dates.order}  # {plural(first[1], 'date')} with the {first[0]} first for sure, {both:,} that fit both orders"
    elif both:
        yield f"  # order: dmy  # or mdy: {plural(both, 'date')} that fit both, {day:,} with the day first for sure, {month:,} with the month; the first are quarantined as long as nobody decides"
    if found["date-or-year"]:
        yield f"  # between: 1990..2025  # {plural(found['date-or-year'], 'cell')} of a day of 1904 or 1905, or a year in a cell with the form of a date: quarantined as long as nobody says between which years dates lie"
    if found["date-two-digits"]:
        yield f"  # two-digit-years: 1950..2049  # {plural(found['date-two-digits'], 'date')} with a year of two digits, quarantined as long as nobody says which"
    if found["date-serial"]:
        sure = "" if sheet.epoch and _among_others([*dates.start, *dates.asked, *dates.end], sheet.epoch) else "# "
        yield f"  {sure}days-from: {sheet.epoch or 1900}  # {plural(found['date-serial'], 'number')} of days{', counted as the workbook says' if sheet.epoch else '; or 1904'}"


def _among_others(columns: "Sequence[Column]", epoch: int) -> bool:
    """Whether all numbers of days are of the years that other dates have, if there are any: 19950 is a slip among years."""
    cells = [cell for one in columns for cell in one.counts]
    counted = [(NOUGHT[epoch] + timedelta(float(cell))).year for cell in cells if is_serial(cell)]
    years = [int(year) for cell in cells if not is_serial(cell) for year in _YEAR.findall(cell)]
    return not years or all(min(years) <= year <= max(years) for year in counted)


def because(why: str | None) -> str:
    return f"  # {why}" if why else ""


def listing(columns: "Sequence[Column]") -> str:
    names = [quoted(column.name) for column in columns]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
