"""One reading of a claim against the visits of its scope: true, true when rounded, false, or not decided by the dates.

The visit in question is taken on each day on which it may have begun; everything else is held as bounds. So HOLDS and FAILS are said only where every
completion of coarse dates gives the same (semantics §9); tests/test_claims_decide.py holds this against an enumeration.
"""

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from timeline.claims.case import NO, OPEN, YES, Point, began, nobody
from timeline.claims.forms import FORMS
from timeline.claims.model import GAPS, STAYS, Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.text import both, day_text, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.claims.case import Case
    from timeline.model import Event

MOST_TWINS = 4  # visits of one day whose orders are tried one by one
MONTH = 28  # so many days at least
LONGEST_SPAN = 3700  # days of a visit's start that are looked at one by one: ten years


def decide(case: "Case") -> Finding:
    """The answer of one reading, before coverage is asked.

    What would flip a verdict is asked of claims and records that differ little, so most cases come again: those of a coarse date, which take long, are remembered.
    """
    days = [(asked, day) for asked in _asked(case) for day in _days(case, asked)]
    coarse = len(days) >= MONTH and case.outranks is nobody
    return _remembered(case, tuple(days)) if coarse else _decided(case, days)


@lru_cache(maxsize=128)  # of one claim and its changes
def _remembered(case: "Case", days: "tuple[tuple[int, int], ...]") -> Finding:
    return _decided(case, days)


def _decided(case: "Case", days: "Sequence[tuple[int, int]]") -> Finding:
    points = [_point(case if asked == case.day else case._replace(day=asked), day) for asked, day in days]
    if not points:
        return Finding("undetermined", "the date of the visit, or of the publication, is open")
    found = _joined(points)
    if case.visit is not None and found.verdict == "undetermined":
        return found._replace(reason=_by_day([day for _, day in days], points) or found.reason)
    return found


def _by_day(days: "list[int]", points: "list[Point]") -> str:
    """Why the date of a visit leaves a claim open: a day on which it would be true, and one on which it would not. Empty where it is not that."""
    told = [next(((d, p) for d, p in zip(days, points, strict=True) if p.truth is truth), None) for truth in (YES, NO)]
    each = [f"if the visit began on {day_text(day)}, {point.reason}" for day, point in filter(None, told)]
    return "; ".join(each) if len(each) > 1 else ""


def _point(case: "Case", day: int) -> Point:
    """What is so on one day. Of visits that may begin on that very day the order is not known: each may have come before the one in question, or after it.

    So it is with the day of a publication, or the day asked for: what was said on it may have been said before a visit began, or after.
    """
    form = FORMS[case.claim.form]
    point = form(case, day)
    if point.truth is OPEN or not _ordered(case):
        return point
    alike = [event for event in case.others if case.visit is None or event.type == case.visit.type]
    twins = [event for event in alike if any(s.earliest <= day <= s.latest for s in event.date.starts)]
    if not twins:
        return point
    if len(twins) <= MOST_TWINS and not _begins_on(case, day):
        orders = (dict(zip(twins, by, strict=True)) for by in product((-1, 1), repeat=len(twins)))
        if all(_moved(case, order, day).truth is point.truth for order in orders):
            return point
    told = both(f"{names(event)} ({event.id})" for event in twins)
    same = "the same day" if case.visit else "that very day"
    reason = f"{told} may have begun on {same}, and the record does not say which came first"
    return point._replace(truth=OPEN, reason=reason, deciding=tuple(twins), rounded=False, stretches=(), fits=())


def _ordered(case: "Case") -> bool:
    """Whether an answer looks at what came before a visit or the day from which it is told; a number of visits in a time that was over by then ("twice in 2018") does not."""
    window = case.claim.window
    if case.claim.form in STAYS:
        return False
    if case.claim.form != "count" or window is None or window.ordinal:
        return True
    return case.visit is None and (window.span is None or window.span.latest > case.day)


def _moved(case: "Case", by: "dict[Event, int]", day: int) -> Point:
    """What is so if some visits began so many days after the one in question, or before it."""
    others = tuple(began(event, day + by[event]) if event in by else event for event in case.others)
    return FORMS[case.claim.form](case._replace(others=others), day)


def _begins_on(case: "Case", day: int) -> bool:
    """Whether a day before it is not as good as an earlier hour of it: what is counted from begins on that day or ended on the last, a single day is counted, or gaps compared."""
    claim = case.claim
    if (claim.unit == "days" and claim.number <= 1) or claim.form in GAPS:
        return True
    marks = (claim.since, claim.target, claim.window)
    spans = [mark.span for mark in marks if mark is not None and mark.span is not None]
    return any(span.earliest == day or span.latest == day - 1 for span in spans)


def _asked(case: "Case") -> "Iterable[int]":
    """The days on which the claim may have been published, where its answer counts from there."""
    claim = case.claim
    if claim.published is None or (
        case.visit is not None and not (claim.window and claim.window.anchor == "publication")
    ):
        return (case.day,)
    first, last = claim.published
    return range(first, last + 1) if last - first <= LONGEST_SPAN else ()


def _days(case: "Case", asked: int) -> "Iterable[int]":
    """The days on which the visit in question may have begun; without one, the day from which the claim looks back."""
    return (asked,) if case.visit is None else days_of(case.visit)


def days_of(visit: "Event") -> "Sequence[int]":
    """The days on which a visit may have begun; none where they are too many to be looked at one by one, or have no bound."""
    days: set[int] = set()
    for first, last in visit.date.starts:
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
    found = [point.days for point in points if point.days]
    days = (min(d[0] for d in found), max(d[1] for d in found)) if len(found) == len(points) else None
    spells = tuple(spell for spell in points[0].spells if all(spell in point.spells for point in points))
    return Finding(name, point.reason, deciding, _extremes(stretches), fits, None, absence, days, counted, spells)


def _extremes(stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    if not stretches:
        return ()
    return (min(stretches, key=lambda s: s[1] - s[0]), max(stretches, key=lambda s: s[1] - s[0]))
