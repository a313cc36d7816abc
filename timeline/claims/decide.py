"""One reading of a claim against the visits of its scope: true, true when rounded, false, or not decided by the dates.

The visit in question is taken on each day on which it may have begun; everything else is held as bounds. So HOLDS and FAILS are said only where every
completion of coarse dates gives the same (semantics §9); tests/test_claims_decide.py holds this against an enumeration.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.model import Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.claims.model import Claim
    from timeline.model import Event

YES, NO, OPEN = True, False, None  # what can be so on one day
LONGEST_SPAN = 3700  # days of a visit's start that are looked at one by one: ten years


class Point(NamedTuple):
    """What is so when the visit in question begins on one day. `truth` is YES, NO, or OPEN where the dates of others decide."""

    truth: bool | None
    reason: str
    deciding: "tuple[Event, ...]" = ()
    rounded: bool = False
    stretches: tuple[tuple[int, int], ...] = ()
    fits: tuple[str, ...] = ()
    absence: bool = False
    counted: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A reading to decide: the visit in question (None where a claim is about a day), the other visits of the scope, and how visits compare in rank.

    `day` is the day taken as the visit's, where there is no visit: of publication, or as-of. `outranks` tells the visits at least as high as the one in question.
    """

    claim: "Claim"
    visit: "Event | None"
    others: "tuple[Event, ...]"
    day: int
    outranks: "Callable[[Event], bool]" = lambda _: False


def decide(case: Case) -> Finding:
    """The answer of one reading, before coverage is asked."""
    from timeline.claims.forms import FORMS

    points = [FORMS[case.claim.form](case, day) for day in _days(case)]
    if not points:
        return Finding("undetermined", "the visit's own date is open")
    return _joined(points)


def _days(case: Case) -> "Iterable[int]":
    if case.visit is None:
        return (case.day,)
    days: set[int] = set()
    for first, last in case.visit.date.starts:
        if first == NEVER_BEFORE or last == NEVER_AFTER or last - first > LONGEST_SPAN:
            return ()
        days.update(range(first, last + 1))
    return sorted(days)


def _joined(points: "list[Point]") -> Finding:
    """One finding from what is so on each day: the common answer, or none."""
    truths = {point.truth for point in points}
    deciding = tuple(dict.fromkeys(event for point in points for event in point.deciding))
    stretches = tuple(s for point in points for s in point.stretches)
    counts = [point.counted for point in points if point.counted]
    counted = (min(c[0] for c in counts), max(c[1] for c in counts)) if counts else None
    fits = tuple(name for name in points[0].fits if all(name in point.fits for point in points))
    if truths == {True}:
        name = "holds-rounded" if any(point.rounded for point in points) else "holds"
        point = next((p for p in points if p.rounded), points[0])
    elif truths == {False}:
        name, point = "fails", points[0]
    else:
        name = "undetermined"
        point = next((p for p in points if p.truth is None), points[0])
    absence = any(point.absence for point in points)
    return Finding(name, point.reason, deciding, _extremes(stretches), fits, None, absence, counted)


def _extremes(stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    if not stretches:
        return ()
    return (min(stretches, key=lambda s: s[1] - s[0]), max(stretches, key=lambda s: s[1] - s[0]))


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
        latest = max((min(s.latest, day - 1) for s in event.date.starts if s.earliest < day), default=None)
        if latest is None:
            continue
        candidates.append((latest, event))
        high = latest if high is None else max(high, latest)
        if event.date.start.latest < day:
            first = event.date.start.earliest
            low = first if low is None else max(low, first)
    may = [event for latest, event in candidates if low is None or latest >= low]
    may.sort(key=lambda event: (event.date.start.earliest, event.date.start.latest), reverse=True)
    return Prior(low, high, tuple(may))


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
