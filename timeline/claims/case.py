"""A reading to decide, what is found on one day, and the visits before a day: what every form of claim works with."""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.dates import NEVER_AFTER, Span, iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.claims.model import Claim
    from timeline.model import Event

YES, NO, OPEN = True, False, None  # what can be so on one day
# A time without visits: the one that ended it, where one did, and the days on which there was none.
Spell: TypeAlias = "tuple[Event | None, int, int]"


class Point(NamedTuple):
    """What is so when the visit in question begins on one day. `truth` is YES, NO, or OPEN where the dates of others decide.

    `absence`: it rests on there having been no other visit, on `days` where these are not those that the form of the claim says; or each of `spells`
    decides alone, by the visit that ended it.
    """

    truth: bool | None
    reason: str
    deciding: "tuple[Event, ...]" = ()
    rounded: bool = False
    stretches: tuple[tuple[int, int], ...] = ()
    fits: tuple[str, ...] = ()
    absence: bool = False
    days: tuple[int, int] | None = None
    counted: tuple[int, int] | None = None
    spells: "tuple[Spell, ...]" = ()


def nobody(_: "Event") -> bool:
    """What outranks a visit where ranks are not asked for."""
    return False


class Case(NamedTuple):
    """A reading to decide: the visit in question (None where a claim is about a day), the other visits of the scope, and how visits compare in rank.

    `day` is the day taken as the visit's, where there is no visit: of publication, or as-of. `outranks` tells the visits at least as high as the one in question.
    """

    claim: "Claim"
    visit: "Event | None"
    others: "tuple[Event, ...]"
    day: int
    outranks: "Callable[[Event], bool]" = nobody


class Prior(NamedTuple):
    """The last visit before a day: `low` and `high` are the earliest and latest that its start can be; `low` is None where there may be none.

    `may` are the visits that can be it, the most plausible first.
    """

    low: int | None
    high: int | None
    may: "tuple[Event, ...]"


def prior(others: "Iterable[Event]", day: int) -> Prior:
    """The last of some visits to begin before a day."""
    low = high = None
    candidates = []
    for event in others:
        before = [min(s.latest, day - 1) for s in event.date.starts if s.earliest < day]
        if not before:
            continue
        latest = max(before)
        candidates.append((latest, event))
        high = latest if high is None else max(high, latest)
        if event.date.start.latest < day:
            first = event.date.start.earliest
            low = first if low is None else max(low, first)
    may = [event for latest, event in candidates if low is None or latest >= low]
    may.sort(key=lambda event: (event.date.start.earliest, event.date.start.latest), reverse=True)
    return Prior(low, high, tuple(may))


LONGEST_STAY = 31  # days that a visit may have lasted of which the record does not say when it ended


def present(others: "Iterable[Event]", first: int, last: int) -> "tuple[list[Event], list[Event]]":
    """The visits that surely are under way on some day from one to another (both included), and those that may be."""
    sure, may = [], []
    for event in others:
        stays = list(zip(event.date.starts, event.date.ends, strict=True))
        if all(s.latest <= last and (e.earliest >= first or s.earliest >= first) for s, e in stays):
            sure.append(event)
        elif any(
            s.earliest <= last and (s.latest if event.type == "meeting" else left(s, e)) >= first for s, e in stays
        ):
            may.append(event)
    return sure, may


def touching(events: "Iterable[Event]", period: Span) -> bool:
    """Whether some visit may have been under way in a time, or may have begun a day before it or after: night arrivals and time zones move a start by a day."""
    return any(present(events, *period)) or any(within(events, period.earliest - 1, period.latest + 1))


def as_left(event: "Event") -> "Event":
    """A visit as of the day on which it ended, where the record says so: for a time in which nobody may have been there."""
    if event.date.end.latest >= NEVER_AFTER:
        return event
    return event._replace(date=event.date._replace(starts=event.date.ends))


def began(event: "Event", day: int) -> "Event":
    """A visit as if it began on one day for sure."""
    return event._replace(
        date=event.date._replace(text=iso(day) or "", starts=(Span(day, day),), ends=event.date.ends[:1])
    )


def left(start: "Span", end: "Span") -> int:
    """The last day on which somebody may have left."""
    return end.latest if end.latest < NEVER_AFTER else start.latest + LONGEST_STAY


def within(others: "Iterable[Event]", first: int, last: int) -> "tuple[list[Event], list[Event]]":
    """The visits that surely begin from one day to another (both included), and those that may."""
    sure, may = [], []
    for event in others:
        starts = event.date.starts
        if all(first <= s.earliest and s.latest <= last for s in starts):
            sure.append(event)
        elif any(s.latest >= first and s.earliest <= last for s in starts):
            may.append(event)
    return sure, may
