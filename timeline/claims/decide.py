"""One reading of a claim against the visits of its scope: true, true when rounded, false, or not decided by the dates.

The visit in question is taken on each day on which it may have begun; everything else is held as bounds. So HOLDS and FAILS are said only where every
completion of coarse dates gives the same (semantics §9); tests/test_claims_decide.py holds this against an enumeration.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.model import Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, day_after
from timeline.text import date_text, day_text, either, ordinal, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.claims.model import Claim, Window
    from timeline.model import Event

LONGEST_SPAN = 3700  # days of a visit's start that are looked at one by one: ten years


class Point(NamedTuple):
    """What is so when the visit in question begins on one day. `truth` is None where the dates of others leave it open."""

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
    points = [_FORMS[case.claim.form](case, day) for day in _days(case)]
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


# -- first in N years ---------------------------------------------------------------------------------------------------------------------


def _first_in(case: Case, day: int) -> Point:
    claim = case.claim
    before = prior(case.others, day)
    if before.high is None:
        return Point(False, f"no earlier visit of this kind is recorded: the first on record, not the first in {_measure(claim)}", absence=True)
    highs = [(low, day) for low in {before.low, before.high} if low is not None and low != NEVER_BEFORE]
    if before.low is None or before.low == NEVER_BEFORE:
        return Point(None, f"it may be the first of all: {date_text(before.may[0].date)} may come before or after", before.may, stretches=tuple(highs))
    tests = [_measured(claim, before.low, day), _measured(claim, before.high, day)]
    fits = tuple(name for name in tests[0].fits if name in tests[1].fits)
    reason = _gap_reason(before, day)
    if {t.truth for t in tests} == {True}:
        rounded = any(t.rounded for t in tests)
        return Point(True, reason, before.may, rounded, tuple(highs), fits, absence=True)
    if {t.truth for t in tests} == {False}:
        too_long = tests[1].reason == "long"
        return Point(False, f"{reason}, not {_measure(claim)}", before.may, False, tuple(highs), fits, absence=too_long)
    return Point(None, f"{reason}: an exact date would settle it", before.may, False, tuple(highs), fits, absence=True)


def _gap_reason(before: Prior, day: int) -> str:
    from timeline.dates import duration_text, rough_text

    who = either(dict.fromkeys(date_text(event.date) for event in before.may[:3]))
    if before.low == before.high and before.low is not None:
        return f"the one before was on {who}, {duration_text(before.low, day)} earlier"
    low, high = before.high, before.low
    text = f"{rough_text(low, day)} to {rough_text(high, day)}" if low is not None and high is not None else "an unknown time"
    return f"the one before was {who}, {text} earlier"


def _measure(claim: "Claim") -> str:
    hedge = {"nearly": "nearly ", "more-than": "more than ", "about": "about ", "under": "less than ", "within": "within "}
    words = "".join(hedge.get(name, "") for name in sorted(claim.hedges))
    number = f"{claim.number:g}"
    return f"{words}{number} {claim.unit if claim.number != 1 else claim.unit.removesuffix('s')}"


class _Test(NamedTuple):
    truth: bool
    rounded: bool = False
    fits: tuple[str, ...] = ()
    reason: str = ""


def _measured(claim: "Claim", start: int, end: int) -> _Test:
    """Whether the time from one day to another is what a claim says, by the rules of semantics §8."""
    size = _Size(claim.number, claim.unit)
    under, over = size.less_than(start, end), not size.less_than(start, end)
    one_less, one_more = size.step(-1), size.step(1)
    if "more-than" in claim.hedges or "at-least" in claim.hedges:
        return _Test(over, fits=("at least",) if over else (), reason="" if over else "short")
    if "under" in claim.hedges or "within" in claim.hedges:
        return _Test(under or size.exactly(start, end), fits=("at most",) if under else (), reason="" if under else "long")
    if "nearly" in claim.hedges:
        near = under and not one_less.less_than(start, end) and not one_less.exactly(start, end)
        return _Test(near, fits=("nearly",) if near else (), reason="" if near else "short" if one_less.less_than(start, end) else "long")
    short = one_less.less_than(start, end) or one_less.exactly(start, end)
    long = not one_more.less_than(start, end)
    if short or long:
        return _Test(False, reason="short" if short else "long")
    return _Test(True, not size.floors(start, end), conventions(claim.number, claim.unit, start, end))


class _Size(NamedTuple):
    """A time of so many years, months or days; halves of years are months, and tens of years step by ten."""

    number: float
    unit: str

    def due(self, start: int) -> int:
        months = {"years": 12, "months": 1}.get(self.unit)
        return start + round(self.number) if months is None else day_after(start, round(self.number * months))

    def less_than(self, start: int, end: int) -> bool:
        return end < self.due(start)

    def exactly(self, start: int, end: int) -> bool:
        return end == self.due(start)

    def step(self, sign: int) -> "_Size":
        """One unit more or less: ten years for decades, half a year for halves."""
        size = 10 if self.unit == "decades" else 0.5 if self.number % 1 else 1
        return _Size(self.number + sign * size, self.unit)

    def floors(self, start: int, end: int) -> bool:
        return not self.less_than(start, end) and self.step(1).less_than(start, end)


def conventions(number: float, unit: str, start: int, end: int) -> tuple[str, ...]:
    """The ways of counting whole years (or months) by which the time between two days comes to a number."""
    from datetime import date

    size = _Size(number, unit)
    if unit == "days" or number % 1:
        return ("floor",) if size.floors(start, end) else ("nearest",)
    found = []
    if size.floors(start, end):
        found.append("floor")
    half = 6 if unit == "years" else 0
    low, high = round(number * (12 if unit == "years" else 1)) - half, round(number * (12 if unit == "years" else 1)) + half
    if unit == "years" and day_after(start, low) <= end < day_after(start, high):
        found.append("nearest")
    if unit == "months" and day_after(start, low) - 15 <= end < day_after(start, high) + 15:
        found.append("nearest")
    if size.step(-1).due(start) < end <= size.due(start):
        found.append("ceiling")
    a, b = date.fromordinal(start), date.fromordinal(end)
    difference = b.year - a.year if unit == "years" else (b.year - a.year) * 12 + b.month - a.month
    if difference == number:
        found.append("calendar years" if unit == "years" else "calendar months")
    return tuple(found)


# -- first since, none since, last was -----------------------------------------------------------------------------------------------------


def _first_since(case: Case, day: int) -> Point:
    since = case.claim.since
    assert since is not None  # noqa: S101 - the readers of claims see to it
    if since.visit:
        return _since_visit(case, day)
    if since.period:
        return _since_period(case, day, since.span)
    sure, may = within(case.others, since.span.earliest, day - 1)
    late = [event for event in sure if event.date.start.earliest > since.span.latest]
    if late:
        return Point(False, f"{_told(late)} came in between", tuple(late))
    if sure or may:
        return Point(None, f"{_told([*sure, *may])} may lie after {since.label} or before it", (*sure, *may), absence=True)
    return Point(True, f"none is recorded from {day_text(since.span.earliest)} on before it", prior(case.others, day).may[:1], absence=True)


def _since_visit(case: Case, day: int) -> Point:
    """Since a visit of the record: nothing after it, and it is itself one of those counted."""
    since = case.claim.since
    assert since is not None  # noqa: S101
    named = [event for event in case.others if event.id == since.event]
    start = since.span
    sure, may = within([e for e in case.others if e.id != since.event], start.earliest, day - 1)
    late = [event for event in sure if event.date.start.earliest > start.latest]
    if late:
        return Point(False, f"{_told(late)} came in between", tuple(late))
    if not named:
        return Point(False, f"{since.label} is not itself one of the visits counted", prior(case.others, day).may[:1])
    if sure or may:
        return Point(None, f"{_told([*sure, *may])} may lie after {since.label} or before it", (*sure, *may, *named), absence=True)
    return Point(True, f"none is recorded between {since.label} and it", tuple(named), absence=True, stretches=_back(start, day))


def _since_period(case: Case, day: int, period: Span) -> Point:
    """Strong form: the visit before falls into the period. The weak form, nothing after the period, is told where only it holds."""
    before = prior(case.others, day)
    last = min(period.latest, day - 1)
    if before.high is None:
        return Point(False, f"none is recorded in {span_text(*period)}, nor at any time before", absence=True)
    if before.low is not None and before.low > last:
        return Point(False, f"{_told(before.may)} came later than {span_text(*period)}", before.may, stretches=_gap(before, day))
    if before.high < period.earliest:
        return Point(False, f"none is recorded in {span_text(*period)}: the one before was {_told(before.may)} (only the weak form, nothing after {span_text(*period)}, is true)", before.may, absence=True, stretches=_gap(before, day))
    if before.low is not None and period.earliest <= before.low and before.high <= last:
        return Point(True, f"the one before was {_told(before.may)}", before.may, absence=True, stretches=_gap(before, day))
    return Point(None, f"whether the one before, {_told(before.may)}, falls into {span_text(*period)} depends on its date", before.may, absence=True, stretches=_gap(before, day))


def _none_since(case: Case, day: int) -> Point:
    return _first_since(case, day)


def _last_was(case: Case, day: int) -> Point:
    """The visit before is the one named: at the precision of the claim, and by the person named where one is."""
    target = case.claim.target
    assert target is not None  # noqa: S101
    before = prior(case.others, day)
    if before.high is None:
        return Point(False, "none is recorded before it", absence=True)
    if target.visit:
        same = [event for event in before.may if event.id == target.event]
        if len(before.may) == 1 and same:
            return Point(True, f"the last before was {_told(same)}", before.may, absence=True, stretches=_gap(before, day))
        if not same:
            return Point(False, f"the last before was {_told(before.may)}", before.may, stretches=_gap(before, day))
        return Point(None, f"the last before was {_told(before.may)}: their order depends on coarse dates", before.may, absence=True)
    point = _since_period(case, day, target.span)
    return point._replace(reason=point.reason.split(" (only the weak")[0])


# -- highest-ranking -----------------------------------------------------------------------------------------------------------------------


def _highest(case: Case, day: int) -> Point:
    """Nothing between the reference and the visit ranks as high as it does. With a number of years, nothing in that time."""
    claim = case.claim
    first = _reference(claim, day)
    label = claim.since.label if claim.since else f"{_measure(claim)} before"
    last_of_reference = claim.since.span.latest if claim.since else first
    between = [e for e in case.others if not (claim.since and e.id == claim.since.event)]
    sure, may = within(between, first if not (claim.since and (claim.since.visit or claim.since.period)) else last_of_reference + 1, day - 1)
    rivals = [event for event in [*sure, *may] if case.outranks(event)]
    surely = [event for event in rivals if event in sure and event.date.start.earliest > last_of_reference]
    if surely:
        return Point(False, f"{_told(surely)} ranked as high or higher, after {label}", tuple(surely))
    if rivals:
        return Point(None, f"{_told(rivals)} may lie after {label} or before it", tuple(rivals), absence=True)
    return Point(True, f"none as high is recorded since {label}", (), absence=True)


def _reference(claim: "Claim", day: int) -> int:
    if claim.since:
        return claim.since.span.earliest
    return _Size(-claim.number, claim.unit).due(day)


# -- counts --------------------------------------------------------------------------------------------------------------------------------


def _nth(case: Case, day: int) -> Point:
    claim = case.claim
    first = claim.since.span.earliest if claim.since else NEVER_BEFORE
    sure, may = within(case.others, first, day - 1)
    unsure_start = [e for e in sure if claim.since and not claim.since.period and e.date.start.earliest <= claim.since.span.latest and claim.since.span.earliest != claim.since.span.latest]
    low, high = len(sure) - len(unsure_start), len(sure) + len(may)
    extra = 1 if case.visit is not None and claim.including else 0
    return _compare(claim, low + extra, high + extra, tuple(sure), since=first != NEVER_BEFORE)


def _compare(claim: "Claim", low: int, high: int, counted: "tuple[Event, ...]", *, since: bool = True, where: str = "") -> Point:
    number = round(claim.number)
    say = ordinal if claim.form == "nth" else str
    found = say(low) if low == high else f"{say(low)} or {say(high)}" if high == low + 1 else f"{say(low)} to {say(high)}"
    reason = f"it is the {found}{where}" if claim.form == "nth" else f"the record has {found}{where}"
    if "at-least" in claim.hedges or "more-than" in claim.hedges:
        least = number + (1 if "more-than" in claim.hedges else 0)
        truth = True if low >= least else False if high < least else None
        return Point(truth, reason, counted, counted=(low, high), absence=truth is False)
    if low == high == number:
        return Point(True, reason, counted, counted=(low, high), absence=True)
    if number < low:
        return Point(False, f"{reason}, not {say(number)}", counted, counted=(low, high))
    if number > high:
        return Point(False, f"{reason}, not {say(number)}", counted, counted=(low, high), absence=True)
    return Point(None, f"{reason}, as coarse dates are read", counted, counted=(low, high), absence=True)


def _count(case: Case, day: int) -> Point:
    claim, window = case.claim, case.claim.window
    assert window is not None  # noqa: S101
    first, last = window_days(window, claim, day, case.day)
    everything = [*case.others, case.visit] if case.visit is not None else list(case.others)
    point = _in_window(claim, everything, case.visit, day, first, last)
    if point.truth is False and window.anchor in ("visit", "publication"):
        point = _nearly(case, everything, day, first, last, point)
    return point


def _in_window(claim: "Claim", events: "list[Event]", visit: "Event | None", day: int, first: int, last: int) -> Point:
    rest = [event for event in events if event is not visit]
    sure, may = within(rest, first, last)
    own = 1 if visit is not None and first <= day <= last else 0
    listed = tuple(sorted([*sure, *([visit] if own and visit else [])], key=lambda e: e.order))
    where = f" from {day_text(first)} to {day_text(last)}" if first != NEVER_BEFORE else f" to {day_text(last)}"
    return _compare(claim, len(sure) + own, len(sure) + len(may) + own, listed, where=where)


def _nearly(case: Case, events: "list[Event]", day: int, first: int, last: int, point: Point) -> Point:
    """A window missed by a day is left open (night arrivals, time zones); one of whole years that is missed by days is rounded."""
    claim, window = case.claim, case.claim.window
    assert window is not None  # noqa: S101
    wider = _in_window(claim, events, case.visit, day, first - 1, last + 1)
    if wider.truth:
        return Point(None, f"{point.reason}; a day more at the edge would make it {round(claim.number)}", wider.deciding, counted=point.counted)
    if window.months % 12 == 0 and not claim.hedges & {"within", "under"} and not window.label.startswith("past"):
        span = _in_window(claim, events, case.visit, day, day_after(last, -window.months - 6), last)
        if span.truth:
            return span._replace(rounded=True, reason=f"{span.reason}: a little over {plural(window.months // 12, 'year')}", fits=("nearest",))
    return point


def window_days(window: "Window", claim: "Claim", day: int, published: int) -> tuple[int, int]:
    """The first and the last day in which is counted."""
    if window.anchor == "period":
        assert window.span is not None  # noqa: S101
        return window.span.earliest, min(window.span.latest, max(day, published))
    if window.anchor == "since":
        assert claim.since is not None  # noqa: S101
        return claim.since.span.earliest, day
    last = published if window.anchor == "publication" else day
    return day_after(last, -window.months), last


# -- gaps ----------------------------------------------------------------------------------------------------------------------------------


def _record_gap(case: Case, day: int) -> Point:
    """The gap before the visit against every gap before it in the scope."""
    from timeline.gaps import find_gaps

    before = prior(case.others, day)
    longest = case.claim.form == "longest-gap"
    if before.high is None or before.low is None:
        return Point(False, "no visit surely comes before it, so there is no gap")
    least, most = day - before.high, day - before.low
    earlier = [gap for gap in find_gaps([e for e in case.others if e.date.start.latest < day]) if gap.later is not None]
    if longest:
        beaten = [g for g in earlier if g.days.least >= most]
        open_ = [g for g in earlier if (g.days.most or NEVER_AFTER) >= least and g not in beaten]
    else:
        beaten = [g for g in earlier if g.days.most is not None and g.days.most <= least]
        open_ = [g for g in earlier if g.days.least <= most and g not in beaten]
    stretches = _gap(before, day)
    if beaten:
        return Point(False, f"the gap before {_told([g.later for g in beaten if g.later])} was {'longer' if longest else 'shorter'} or equal", tuple(g.later for g in beaten if g.later), stretches=stretches)
    if open_:
        return Point(None, f"the gap before {_told([g.later for g in open_ if g.later])} may be as {'long' if longest else 'short'}", tuple(g.later for g in open_ if g.later), stretches=stretches)
    return Point(True, f"of {plural(len(earlier) + 1, 'gap')} it is the {'longest' if longest else 'shortest'}", before.may[:1], stretches=stretches, absence=True)


def _first_ever(case: Case, day: int) -> Point:
    before = prior(case.others, day)
    if before.high is None:
        return Point(True, "none is recorded before it", absence=True)
    if before.low is not None:
        return Point(False, f"{_told(before.may)} came before", before.may)
    return Point(None, f"{_told(before.may)} may have come before", before.may, absence=True)


# -- words ---------------------------------------------------------------------------------------------------------------------------------


def _told(events: "Sequence[Event]") -> str:
    from timeline.answers.events import names

    told = [f"{names(e)} ({date_text(e.date)})" for e in events[:3]]
    more = f" and {len(events) - 3} more" if len(events) > 3 else ""
    return " and ".join(told) + more


def _gap(before: Prior, day: int) -> tuple[tuple[int, int], ...]:
    return tuple((p, day) for p in {before.low, before.high} if p is not None and p != NEVER_BEFORE)


def _back(span: Span, day: int) -> tuple[tuple[int, int], ...]:
    return tuple((p, day) for p in set(span) if p not in (NEVER_BEFORE, NEVER_AFTER))


_FORMS: "dict[str, Callable[[Case, int], Point]]" = {
    "first-in": _first_in,
    "first-since": _first_since,
    "first-ever": _first_ever,
    "highest-since": _highest,
    "nth": _nth,
    "count": _count,
    "last-was": _last_was,
    "none-since": _none_since,
    "longest-gap": _record_gap,
    "shortest-gap": _record_gap,
}
