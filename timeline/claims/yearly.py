"""So many visits in every calendar year of a time: `every year since 2018`, `for the third year in a row`."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.claims.case import NO, OPEN, YES, Case, Point
from timeline.claims.model import AT_MOST
from timeline.dates import NEVER_AFTER
from timeline.text import both, ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.model import Event

# The visits that surely begin from one day to another, and those that may.
Found: TypeAlias = "Callable[[int, int], tuple[list[Event], list[Event]]]"
MOST_TOLD = 5


class _Year(NamedTuple):
    """What is counted in one calendar year: those surely in it, and those that may be."""

    year: int
    sure: "Sequence[Event]"
    may: "Sequence[Event]"

    @property
    def most(self) -> int:
        """How many it has at most."""
        return len(self.sure) + len(self.may)


def in_each_year(case: Case, day: int, first: int, last: int, found: Found) -> Point:
    """Whether so many came in each calendar year that lies whole between two days (both included); of a row, in each of so many until `day`."""
    claim, window = case.claim, case.claim.window
    assert window is not None  # noqa: S101
    if window.anchor == "some-row":
        return _some_row(case, day, first, last, found)
    years = _row(window.months // 12, day, found) if window.anchor == "row" else _whole(first, last)
    each = [_Year(year, *found(*_days(year))) for year in years]
    if not each:
        return Point(OPEN, "no calendar year of that time is over")
    least, most = _asked(round(claim.number), claim.hedges)
    if most is not None and (over := [one for one in each if len(one.sure) > most]):
        there = tuple(event for one in over for event in one.sure)
        if all(_within_the_edges(one.year, found) <= most for one in over):
            return Point(OPEN, f"{_told(over)}; a day less at the edge would make it fewer", there, absence=True)
        return Point(NO, _told(over), there)
    if short := [one for one in each if one.most < least]:
        if all(_at_the_edge(one.year, found) >= least for one in short):
            reason = f"{_told(short)}; a day more at the edge would make it more"
            return Point(OPEN, reason, tuple(e for one in each for e in one.sure), absence=True)
        spells = tuple((None, *_days(one.year)) for one in short)
        return Point(NO, _told(short), tuple(e for one in each for e in one.sure), absence=True, spells=spells)
    if unsure := [one for one in each if len(one.sure) < least or (most is not None and one.most > most)]:
        years_told = both(str(one.year) for one in unsure[:MOST_TOLD])
        return Point(
            OPEN, f"how many came in {years_told} depends on their dates", tuple(e for one in unsure for e in one.may)
        )
    reason = f"the record has {_number(least, most)} in each year from {each[0].year} to {each[-1].year}"
    held = Point(YES, reason, tuple(event for one in each for event in one.sure), absence=most is not None)
    if most is not None:
        held = held._replace(days=(_days(each[0].year)[0], _days(each[-1].year)[1]))
    to_come = range(0)
    if window.anchor == "period" and window.span and last < window.span.latest < NEVER_AFTER:
        to_come = range(each[-1].year + 1, date.fromordinal(window.span.latest).year + 1)
        if most is not None or any(len(found(*_days(year))[0]) < least for year in to_come):
            return held._replace(truth=OPEN, reason=f"{held.reason}; the time that is said was not over")
        held = held._replace(reason=f"{held.reason}, and in {both(map(str, to_come))}, which was not over")
    return _not_before(held, each[0].year - 1, len(each) + len(to_come), found) if window.ordinal else held


def _asked(number: int, hedges: frozenset[str]) -> tuple[int, int | None]:
    """How many are said to be in a year: at least, and at most."""
    if hedges & AT_MOST:
        return 0, number - ("fewer-than" in hedges)
    least = number + ("more-than" in hedges)
    return least, None if hedges & {"at-least", "more-than"} else least


def _number(least: int, most: int | None) -> str:
    if most is None:
        return "one or more" if least == 1 else f"{least} or more"
    return str(least) if least == most else f"{most} or fewer"


def _some_row(case: Case, day: int, first: int, last: int, found: Found) -> Point:
    """The row of years that fits best of all that are as long, each up to a year in which somebody came. One missed would not undo it."""
    window = case.claim.window
    assert window is not None  # noqa: S101
    row = case._replace(claim=case.claim._replace(window=window._replace(anchor="row")))
    ends = {date.fromordinal(e.date.start.latest).year for e in case.others if e.date.start.latest <= day}
    points = [in_each_year(row, min(day, _days(year)[1]), first, last, found) for year in sorted(ends)]
    for truth in (YES, OPEN):
        if best := next((point for point in points if point.truth is truth), None):
            return best._replace(absence=False)
    return Point(NO, "the record has no such row of years", absence=True)


def _days(year: int) -> tuple[int, int]:
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def _at_the_edge(year: int, found: Found) -> int:
    """How many may be in a year with a day more at either end (night arrivals, time zones)."""
    first, last = _days(year)
    return sum(map(len, found(first - 1, last + 1)))


def _within_the_edges(year: int, found: Found) -> int:
    """How many are surely in a year with a day less at both ends."""
    first, last = _days(year)
    return len(found(first + 1, last - 1)[0])


def _whole(first: int, last: int) -> range:
    """The calendar years that lie whole between two days."""
    start, end = date.fromordinal(max(first, 1)).year, date.fromordinal(last).year
    return range(start + (_days(start)[0] < first), end + (_days(end)[1] <= last))


def _row(number: int, day: int, found: Found) -> range:
    """So many years until now: to this one where somebody came in it by that day, or else to the last."""
    year = date.fromordinal(day).year
    this = bool(found(_days(year)[0], day)[0])
    return range(year - number + this, year + this)


def _told(years: "Sequence[_Year]") -> str:
    """`the record has none in 2019 and 2 in 2020`."""
    told = both(f"{len(one.sure) or 'none'} in {one.year}" for one in years[:MOST_TOLD])
    more = len(years) - MOST_TOLD
    return f"the record has {told}{f', and so in {more} more' if more > 0 else ''}"


def _not_before(held: Point, before: int, number: int, found: Found) -> Point:
    """`The third year in a row` is no later one: nobody came in the year before the first of them."""
    sure, may = found(*_days(before))
    if sure:
        reason = f"one came in {before}, too: it is not the {ordinal(number)} in a row"
        return held._replace(truth=NO, reason=reason, deciding=tuple(sure), absence=False)
    if may:
        return held._replace(truth=OPEN, reason=f"one may have come in {before}, too", deciding=tuple(may))
    first, last = _days(before)
    last = held.days[1] if held.days else last
    return held._replace(reason=f"{held.reason}, none in {before}", absence=True, days=(first, last))
