"""What a chart of visits shows, as values and without text: lanes of marks, the gaps to draw, what the record covers, where ticks stand."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import MONTHS, NEVER_AFTER, NEVER_BEFORE, Span
from timeline.facets import UNKNOWN, values
from timeline.gaps import by_length
from timeline.query import party
from timeline.series import measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.gaps import Gap
    from timeline.model import Event, Store
    from timeline.progress import Watch
    from timeline.query import Query
    from timeline.series import Cut, Measured

TICKS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)  # months from one to the next


class Mark(NamedTuple):
    """A visit at one of the days of `span`; `rank` is the highest of those asked about, empty where it is not known."""

    event: "Event"
    span: Span
    rank: str

    @property
    def middle(self) -> int:
        return (self.span.earliest + self.span.latest) // 2


@dataclass(frozen=True, slots=True)
class Lane:
    """One series. `longest` are the gaps to draw, the longest first; `ties` as in the series.

    `complete` are the days for which the record claims to have every visit, `near` those of them for which it claims so nearly only: a visit may be
    missing.
    """

    name: str
    marks: tuple[Mark, ...]
    longest: "tuple[Gap, ...]"
    ties: int | None
    still_open: "Gap | None"
    complete: tuple[Span, ...]
    near: tuple[Span, ...]
    day: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The lanes of a scope and the days drawn, from the first to the last."""

    lanes: tuple[Lane, ...]
    days: Span
    as_of: int


def chart(store: "Store", query: "Query", cut: "Cut", as_of: int, watch: "Watch | None" = None) -> Chart:
    """The chart of a scope. Its days are those of the period asked for, otherwise from the year of the first visit to `as_of`.

    `watch` is told how many lanes are done, and of how many.
    """
    found = measured(store, query, cut, as_of, watch=watch)
    days = _days([event for one in found for event in one.series.visits], query.period, as_of)
    return Chart(tuple(_lane(one, store, query, cut, days) for one in found), days, as_of)


def _days(visits: "Sequence[Event]", period: "Span | None", as_of: int) -> Span:
    asked = period or Span(NEVER_BEFORE, NEVER_AFTER)
    known = [day for e in visits for day in (*e.date.start, *e.date.end) if day not in (NEVER_BEFORE, NEVER_AFTER)]
    last = asked.latest if asked.latest != NEVER_AFTER else max([as_of, *known])
    first = asked.earliest
    if first == NEVER_BEFORE:
        first = date(date.fromordinal(min([*known, last])).year, 1, 1).toordinal()
    return Span(first, max(last, first))


def _lane(one: "Measured", store: "Store", query: "Query", cut: "Cut", days: Span) -> Lane:
    series = one.series
    marks = (_mark(event, store, query, days) for event in series.visits)
    gaps = by_length(series.gaps)
    longest = tuple(gaps[: cut.longest])
    return Lane(series.name, tuple(marks), longest, series.ties, one.still_open, one.complete, one.only_near, one.day)


def _mark(event: "Event", store: "Store", query: "Query", days: Span) -> Mark:
    start = event.date.start
    first = min(max(start.earliest, days.earliest), days.latest)
    last = min(max(start.latest, days.earliest), days.latest)
    (rank,) = values(event, "rank", party(event, query, store.vocabulary), store.vocabulary)
    return Mark(event, Span(first, last), "" if rank == UNKNOWN else rank)


def ticks(days: Span, most: int) -> list[tuple[int, str]]:
    """The first days of years, or of months where few years are drawn, with what is written there: as many as there is room for."""
    first, last = date.fromordinal(days.earliest), date.fromordinal(days.latest)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in TICKS if months // step < max(1, most)), TICKS[-1])
    start = (first.year * 12 + first.month - 1) // step * step
    found = []
    for number in range(start, last.year * 12 + last.month, step):
        year, month = divmod(number, 12)
        if year and days.earliest <= (day := date(year, month + 1, 1).toordinal()) <= days.latest:
            found.append((day, str(year) if step >= 12 else f"{MONTHS[month][:3]} {year}"))
    return found


def cells(spans: "Iterable[Span]", days: Span, count: int) -> list[bool]:
    """For each of so many equal parts of the days whether spans in order hold all of it."""
    found = [False] * count
    for span in spans:
        first, last = place(span.earliest - 1, days, count), place(span.latest + 1, days, count)
        for k in range(max(0, first), min(count - 1, last) + 1):
            low, high = part(k, days, count)
            found[k] |= span.earliest <= low and high <= span.latest
    return found


def place(day: int, days: Span, count: int) -> int:
    """In which of so many equal parts of the days a day lies."""
    return (day - days.earliest) * count // (days.latest - days.earliest + 1)


def part(k: int, days: Span, count: int) -> Span:
    """The days of part `k`; where there are more parts than days, the day at which it begins, or the last."""
    size = days.latest - days.earliest + 1
    first = min(days.earliest + -(-k * size // count), days.latest)
    return Span(first, max(first, days.earliest + -(-(k + 1) * size // count) - 1))
