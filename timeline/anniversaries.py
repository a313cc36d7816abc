"""Events by the day of the year on which they took place, and the round years of them that come."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import day_after, known_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.dates import Span
    from timeline.model import Event

STEP = 5  # visits cluster on fifths and tenths


class Anniversary(NamedTuple):
    """So many years after the first day of an event; `nth` is the day of the journey that is meant, 1 the first."""

    event: "Event"
    day: int
    years: int
    nth: int = 1


def on_this_day(events: "Iterable[Event]", day: date) -> list[Anniversary]:
    """Events of earlier years of which this is a day of the year, from the first to the last day if both are known. 29 February is only itself."""
    found = [one for event in events for one in _days_of(event, day)]
    return sorted(found, key=lambda one: one.event.order)


def _days_of(event: "Event", day: date) -> "Iterator[Anniversary]":
    start, end = event.date.start, event.date.end
    if not start.exact:
        return
    last = end.earliest if end.exact else start.earliest
    for year in range(date.fromordinal(start.earliest).year, date.fromordinal(last).year + 1):
        if year < day.year and (ordinal := _on(day, year)) and start.earliest <= ordinal <= last:
            yield Anniversary(event, day.toordinal(), day.year - year, ordinal - start.earliest + 1)


def _on(day: date, year: int) -> int:
    try:
        return day.replace(year=year).toordinal()
    except ValueError:
        return 0


def may_be_on(events: "Iterable[Event]", day: date) -> "list[Event]":
    """Events of earlier years whose date leaves open whether they began on this day of the year: that of a month, or of several days of which one is meant."""
    return [
        event
        for event in events
        if not event.date.start.exact and any(_may_begin(span, day) for span in event.date.starts)
    ]


def _may_begin(span: "Span", day: date) -> bool:
    """Whether what began on one of some days of a month, in an earlier year, may have begun on this day of the year."""
    known = known_parts(span)
    return len(known) > 1 and known[0] < day.year and span.earliest <= _on(day, known[0]) <= span.latest


def round_years(events: "Iterable[Event]", first: int, last: int, step: int = STEP) -> list[Anniversary]:
    """Anniversaries of the first days of events, a multiple of `step` years after, from one day to another, in the order in which they come.

    That of 29 February is on 28 February where there is no other.
    """
    found = []
    for event in events:
        start = event.date.start
        if not start.exact:
            continue
        born = date.fromordinal(start.earliest).year
        for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
            years = year - born
            if years > 0 and years % step == 0 and first <= (day := day_after(start.earliest, 12 * years)) <= last:
                found.append(Anniversary(event, day, years))
    return sorted(found, key=lambda one: (one.day, one.event.order))
