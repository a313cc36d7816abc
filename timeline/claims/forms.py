"""What each form of claim asks of the visits before one day: a function a form, from a case and the day on which its visit begins to a point."""

from typing import TYPE_CHECKING

from timeline.claims.case import NO, OPEN, YES, Case, Point, Prior, began, prior, touching, within
from timeline.claims.counting import count, nth
from timeline.claims.measure import Size, Test, measure_words, measured, no_shorter
from timeline.claims.model import NO_LESS, NONE_WITHIN, UNRECORDED
from timeline.claims.stays import length_of_visit
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, duration_text, rough_text
from timeline.text import date_text, day_text, either, names, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.claims.case import Spell
    from timeline.claims.model import Claim, Since
    from timeline.gaps import Gap
    from timeline.model import Event


# -- first in N years ---------------------------------------------------------------------------------------------------------------------


def _first_in(case: Case, day: int) -> Point:
    claim = case.claim
    before = prior(case.others, day)
    if before.high is None and (
        claim.hedges & {NO_LESS, NONE_WITHIN} or (claim.negated and claim.hedges & {"more-than", "at-least"})
    ):
        return Point(YES, f"none is recorded in {measure_words(claim)} before, nor at any time", absence=True)
    if before.high is None:
        return Point(
            NO,
            f"no earlier visit of this kind is recorded: the first on record, not the first in {measure_words(claim)}",
            absence=True,
        )
    highs = [(low, day) for low in {before.low, before.high} if low is not None and low != NEVER_BEFORE]
    if before.low is None or before.low == NEVER_BEFORE:
        return Point(
            OPEN,
            f"it may be the first of all: {_told(before.may[:1])} may come before or after",
            before.may,
            stretches=tuple(highs),
        )
    tests = [measured(claim, before.low, day), measured(claim, before.high, day)]
    fits = tuple(name for name in tests[0].fits if name in tests[1].fits)
    reason = _gap_reason(before, day)
    if {t.truth for t in tests} == {YES}:
        rounded = any(t.rounded for t in tests)
        at_most = claim.hedges & {"under", "within"} and NONE_WITHIN not in claim.hedges
        return Point(
            YES, reason, before.may, rounded, tuple(highs), fits, absence=not at_most
        )  # one missed: less still
    if {t.truth for t in tests} == {NO} and tests[0].reason == tests[1].reason:
        too_long = tests[1].reason == "long"
        return Point(NO, f"{reason}, not {measure_words(claim)}", before.may, NO, tuple(highs), fits, absence=too_long)
    edge = "a day at the edge decides" if before.low == before.high else "an exact date would settle it"
    return Point(OPEN, f"{reason}: {edge}", before.may, NO, tuple(highs), fits, absence=True)


def _gap_reason(before: Prior, day: int) -> str:
    told = [_told([event]) for event in before.may[:3]]
    who = either([*told, f"one of {len(before.may) - 3} more"] if len(before.may) > 3 else told)
    if before.low == before.high and before.low is not None:
        return f"the one before was {who}, {duration_text(before.low, day)} earlier"
    low, high = before.high, before.low
    text = (
        f"{rough_text(low, day)} to {rough_text(high, day)}"
        if low is not None and high is not None
        else "an unknown time"
    )
    return f"the one before was {who}, {text} earlier"


# -- first since, none since, last was -----------------------------------------------------------------------------------------------------


def _first_since(case: Case, day: int) -> Point:
    since = case.claim.since
    assert since is not None  # noqa: S101 - the readers of claims see to it
    if since.visit:
        return _since_visit(case, day)
    if since.period:
        return _since_period(case, day, since.span)
    if early := _before_reference(since, day):
        return early
    sure, may = within(case.others, since.span.earliest, day - 1)
    late = [event for event in sure if event.date.start.earliest >= since.span.latest]
    if late:
        return Point(NO, f"{_told(late)} came in between", tuple(late))
    if sure or may:
        return Point(
            OPEN,
            f"{_told([*sure, *may])} may lie after {since.label} or before it",
            (*sure, *may),
            absence=True,
        )
    return Point(
        YES,
        f"none is recorded from {day_text(since.span.earliest)} on before it",
        prior(case.others, day).may[:1],
        absence=True,
    )


def _before_reference(since: "Since", day: int, *, after: bool = False) -> Point | None:
    """What nothing can be said of since a reference: a visit that came before it, surely or perhaps, which one of its last day may have where it is said to have come `after` it. Of an event that the claim alone knows, it says itself that it came first."""
    first, last = since.span
    if day < first:
        return Point(NO, f"it came before {since.label}")
    if since.event.startswith(UNRECORDED):
        return None
    if day < last or (day == last and (since.visit or since.period or after)):
        return Point(OPEN, f"it may have come before {since.label}{' was over' if after else ''}")
    return None


def _since_visit(case: Case, day: int) -> Point:
    """Since a visit of the record: nothing after it, and it is itself one of those counted."""
    since = case.claim.since
    assert since is not None  # noqa: S101
    if early := _before_reference(since, day):
        return early
    named = [event for event in case.others if event.id == since.event]
    start = since.span
    sure, may = within([e for e in case.others if e.id != since.event], start.earliest, day - 1)
    late = [event for event in sure if event.date.start.earliest > start.latest]
    if late:
        return Point(NO, f"{_told(late)} came in between", tuple(late))
    if not named:
        return Point(NO, _not_counted(since), prior(case.others, day).may[:1], absence=since.event == "none")
    if sure or may:
        return Point(
            OPEN,
            f"{_told([*sure, *may])} may lie after {since.label} or before it",
            (*sure, *may, *named),
            absence=True,
        )
    return Point(
        YES,
        f"none is recorded between {since.label} and it",
        tuple(named),
        absence=True,
        stretches=_back(start, day),
    )


def _not_counted(since: "Since") -> str:
    return f"{since.label} is not itself one of the visits counted"


def _since_period(case: Case, day: int, period: Span) -> Point:
    """Strong form: the visit before falls into the period. The weak form, nothing after the period, is told where only it holds."""
    before = prior(case.others, day)
    last = min(period.latest, day - 1)
    if before.high is None:
        return Point(NO, f"none is recorded that began {_time(period)}, nor at any time before", absence=True)
    missed = before.high < period.earliest or (before.low or 0) > last
    strict = case.claim.form != "none-since"  # of which only the weak form is at issue
    if missed and strict and touching(before.may, period):
        reason = f"{_told(before.may)} began a day from that time at most, or may have lasted into it"
        return Point(OPEN, reason, before.may, absence=True, stretches=_gap(before, day))
    if before.low is not None and before.low > last:
        return Point(
            NO,
            f"{_told(before.may)} came later than {span_text(*period)}",
            before.may,
            stretches=_gap(before, day),
        )
    if before.high < period.earliest:
        return Point(
            NO,
            f"none is recorded that began {_time(period)}: the one before was {_told(before.may)} (only the weak form, nothing after {span_text(*period)}, is true)",
            before.may,
            absence=True,
            stretches=_gap(before, day),
        )
    if before.low is not None and period.earliest <= before.low and before.high <= last:
        return Point(
            YES,
            f"the one before was {_told(before.may)}",
            before.may,
            absence=period.latest + 1 < day,  # one missed in the period would be in it too
            stretches=_gap(before, day),
            days=(period.latest + 1, day - 1),
        )
    return Point(
        OPEN,
        f"whether the one before, {_told(before.may)}, was {_time(period)} depends on its date",
        before.may,
        absence=True,
        stretches=_gap(before, day),
    )


def _time(period: Span) -> str:
    """`in 2019`, `on 4 Sep 2025`."""
    return f"{'on' if period.exact else 'in'} {span_text(*period)}"


def _none_since(case: Case, day: int) -> Point:
    """None since a date; or, with a length of time, none for so long."""
    return _first_since(case, day) if case.claim.since else _first_in(case, day)


def _last_was(case: Case, day: int) -> Point:
    """The visit before is the one named: at the precision of the claim, and by the person named where one is."""
    target = case.claim.target
    assert target is not None  # noqa: S101
    before = prior(case.others, day)
    if before.high is None:
        return Point(NO, "none is recorded before it", absence=True)
    if target.visit:
        same = [e for e in before.may if e.id == target.event or any(p.name == target.label for p in e.people)]
        if len(before.may) == 1 and same and before.low is not None:
            return Point(
                YES,
                f"the last before was {_told(same)}",
                before.may,
                absence=True,
                stretches=_gap(before, day),
            )
        if not same:
            return Point(NO, f"the last before was {_told(before.may)}", before.may, stretches=_gap(before, day))
        return Point(
            OPEN,
            f"the last before was {_told(before.may)}: their order depends on coarse dates",
            before.may,
            absence=True,
        )
    point = _since_period(case, day, target.span)
    return point._replace(reason=point.reason.split(" (only the weak")[0])


# -- so long after -----------------------------------------------------------------------------------------------------------------------


def _after(case: Case, day: int) -> Point:
    """How long after something a visit began: counted from its beginning and from its end, where it lasted, and where its date is open."""
    claim, since = case.claim, case.claim.since
    assert since is not None  # noqa: S101
    if early := _before_reference(since, day, after=True):
        return early
    first, last = since.span.earliest, min(since.span.latest, day)  # what only the claim knows came first, as it says
    told = " to ".join(dict.fromkeys((duration_text(last, day), duration_text(first, day))))
    reason, stretches = f"it came {told} after {since.label}", ((last, day), (first, day))
    tests = [measured(claim, start, day) for start in (first, last)]
    days = _none_else(since, day)
    if {test.truth for test in tests} == {YES}:
        fits = tuple(name for name in tests[0].fits if name in tests[1].fits)
        rounded = any(test.rounded for test in tests)
        return Point(YES, reason, (), rounded, stretches, fits, absence=days is not None, days=days)
    if claim.hedges & {"within", "under"} and measured(claim, last + 1, day).truth and not any(t.truth for t in tests):
        return Point(OPEN, f"{reason}: a day at the edge decides", stretches=stretches)  # night arrivals, time zones
    if {test.truth for test in tests} == {NO} and tests[0].reason == tests[1].reason:
        plain = claim._replace(hedges=frozenset())
        # Another may have been as long before as is said, and be meant.
        another = since.among is not None and not measured(plain, first, day).truth
        if claim.described and claim.dates_visit:  # or one that the record lacks
            another, days = True, _as_long_after(claim, since.span, case.day)
        return Point(NO, f"{reason}, not {measure_words(claim)}", (), NO, stretches, absence=another, days=days)
    edge = "a day at the edge decides" if first == last else "from which day of it is counted decides"
    return Point(OPEN, f"{reason}: {edge}", stretches=stretches)


def _as_long_after(claim: "Claim", reference: Span, day: int) -> tuple[int, int]:
    """The days, to a last one, on which a visit may have begun that came as long after something as is said."""
    size, first = Size(claim.number, claim.unit), reference.earliest
    if claim.hedges & {"more-than", "at-least"}:
        return size.due(first), max(size.due(first), day)
    last = (size if claim.hedges & {"under", "within"} else size.step(1)).due(reference.latest)
    return first, max(first, min(last, day))


def _none_else(since: "Since", day: int) -> tuple[int, int] | None:
    """The days on which no other such visit may have been made where one is said to be the first or the last before a day; None where neither is."""
    if since.among is None or since.among.which == "any":
        return None
    began = since.span.earliest
    return (NEVER_BEFORE, began - 1) if since.among.which == "first" else (began + 1, day - 1)


# -- highest-ranking -----------------------------------------------------------------------------------------------------------------------


def _highest(case: Case, day: int) -> Point:
    """Nothing between the reference and the visit ranks as high as it does. With a number of years, nothing in that time."""
    since = case.claim.since
    rivals = [e for e in case.others if case.outranks(e) and not (since and e.id == since.event)]
    if since is None and case.claim.window:
        return _highest_of(case, rivals, day)
    if since is None:
        return _highest_in(case.claim, rivals, day)
    if early := _before_reference(since, day):
        return early
    first, last = since.span
    sure, may = within(rivals, last + 1 if since.period else first, day - 1)
    surely = [e for e in sure if e.date.start.earliest > (last if since.visit else last - 1)]
    if surely:
        return Point(NO, f"{_told(surely)} ranked as high or higher, after {since.label}", tuple(surely))
    if sure or may:
        open_ = (*sure, *may)
        return Point(OPEN, f"{_told(open_)} may lie after {since.label} or before it", open_, absence=True)
    last_as_high = prior([e for e in case.others if case.outranks(e)], day).may[:1]
    if since.visit and all(e.id != since.event for e in case.others):
        return Point(NO, _not_counted(since), last_as_high, absence=since.event == "none")
    lower = since.visit and any(e.id == since.event and not case.outranks(e) for e in case.others)
    weak = ", who ranked lower (only the weak form, nobody as high after that visit, is true)" if lower else ""
    return Point(YES, f"none as high is recorded since {since.label}{weak}", last_as_high, absence=True)


def _highest_of(case: Case, rivals: "list[Event]", day: int) -> Point:
    """The highest of a time: nobody as high came in it, before or, where it says what was so of all of it, after."""
    window, words = case.claim.window, "in that time"
    assert window is not None  # noqa: S101
    assert window.span is not None  # noqa: S101
    first, last = window.span
    if not first <= day <= last:
        return Point(NO, f"the visit itself began on {day_text(day)}, not {words}", (case.visit,) if case.visit else ())
    until = day - 1 if case.claim.then else max(day - 1, min(last, case.day))
    sure, may = within(rivals, first, until)
    if sure:
        return Point(NO, f"{_told(sure)} ranked as high or higher, {words}", tuple(sure))
    if may:
        return Point(OPEN, f"{_told(may)} may lie {words} or not", tuple(may), absence=True)
    so_far = " before it" if until == day - 1 else ""
    own = (case.visit,) if case.visit else ()
    return Point(YES, f"none as high is recorded {window.label}{so_far}", own, absence=True, days=(first, until))


def _highest_in(claim: "Claim", rivals: "list[Event]", day: int) -> Point:
    """The highest in N years: the time since the last as high is no shorter, or only when rounded."""
    before = prior(rivals, day)
    if before.high is None:
        return Point(YES, f"none as high is recorded in {measure_words(claim)} before", absence=True)
    tests = [no_shorter(claim, before.high, day)]
    tests += [Test(YES) if before.low in (None, NEVER_BEFORE) else no_shorter(claim, before.low, day)]
    told = f"{_told(before.may)} ranked as high or higher"
    if {test.truth for test in tests} == {NO}:
        return Point(NO, f"{told}, less than {measure_words(claim)} before", before.may)
    if {test.truth for test in tests} == {YES}:
        rounded = any(test.rounded for test in tests)
        return Point(YES, f"{told}, and none since", before.may, rounded, absence=True)
    return Point(OPEN, f"{told}: an exact date would settle it", before.may, absence=True)


# -- gaps ----------------------------------------------------------------------------------------------------------------------------------


def _record_gap(case: Case, day: int) -> Point:
    """The gap before the visit against every other of the scope: all that were known when the claim was made, or only those until then."""
    before = prior(case.others, day)
    longest = case.claim.form == "longest-gap"
    unsure = tuple(e for e in case.others if e.date.start.earliest < day <= e.date.start.latest)
    if before.high is None:
        return Point(NO, "no visit comes before it, so there is no gap", absence=True)
    if before.low is None or unsure:
        return Point(OPEN, f"{_told(unsure)} may come before it or after it", unsure, absence=True)
    least, most = day - before.high, day - before.low
    gaps = [*_gaps([e for e in case.others if e.date.start.latest < day]), *_later_gaps(case, day)]
    tie = case.claim.ties * (1 if longest else -1)  # only one longer by a day is longer then
    if longest:
        beaten = [g for g in gaps if _made(g, case) and g.days.least >= most + tie]
        open_ = [g for g in gaps if (g.days.most is None or g.days.most >= least + tie) and g not in beaten]
    else:
        beaten = [g for g in gaps if _made(g, case) and g.days.most is not None and g.days.most <= least + tie]
        open_ = [g for g in gaps if g.days.least <= most + tie and g not in beaten]
    stretches = _gap(before, day)
    if beaten:
        told = tuple(g.later for g in beaten if g.later)
        return Point(
            NO,
            beaten_by(told, longest=longest),
            told,
            stretches=stretches,
            absence=True,
            days=None if longest else (before.low, day - 1),
            spells=tuple(map(_spell, beaten)) if longest else (),
        )
    if open_:
        return Point(
            OPEN,
            f"the gap before {_told([g.later for g in open_ if g.later])} may be as {'long' if longest else 'short'}",
            tuple(g.later for g in open_ if g.later),
            stretches=stretches,
        )
    days = (NEVER_BEFORE, _looked_to(case, day, least))
    if not gaps:
        only = "it is the only gap: there is no other to compare it with"
        return Point(NO, only, before.may[:1], stretches=stretches, absence=True, days=days)
    of = f"{plural(len(gaps) + 1, 'gap')}{' until then' if case.claim.then else ''}"
    reason = f"of {of} it is the {'longest' if longest else 'shortest'}"
    return Point(YES, reason, before.may[:1], stretches=stretches, absence=True, days=days)


def _gaps(events: "Sequence[Event]") -> "list[Gap]":
    from timeline.gaps import find_gaps

    return [gap for gap in find_gaps(events) if gap.later is not None]


def _later(case: Case, day: int) -> "list[Event]":
    """The visits after the one in question that were known when the claim was made."""
    return [] if case.claim.then else [e for e in case.others if day < e.date.start.earliest <= case.day]


def _later_gaps(case: Case, day: int) -> "list[Gap]":
    if case.visit is None or not (later := _later(case, day)):
        return []
    return _gaps([began(case.visit, day), *later])


def _made(gap: "Gap", case: Case) -> bool:
    """Whether there surely was such a gap when the claim was made."""
    visit = case.visit.date.start.latest if case.visit else case.day
    said = case.claim.published.earliest if case.claim.published else case.day
    return gap.certain and gap.later is not None and gap.later.date.start.latest < max(visit + 1, said)


def _looked_to(case: Case, day: int, least: int) -> int:
    """The last day on which a visit missed may undo it: for the longest gap, only where one as long may have ended since the last visit on record."""
    if case.claim.then or case.day <= day:
        return day - 1
    last = max((e.date.start.latest for e in _later(case, day)), default=day)
    return case.day if case.claim.form == "shortest-gap" or case.day - last >= least else day - 1


def _spell(gap: "Gap") -> "Spell":
    """The days on which nobody may have come for a gap to be one. A visit missed in the shorter one makes it shorter still."""
    assert gap.later is not None  # noqa: S101
    return gap.later, gap.earlier.date.start.earliest, gap.later.date.start.latest - 1


def beaten_by(later: "Sequence[Event]", *, longest: bool) -> str:
    """Which gaps beat the one in question, by the visits that ended them."""
    return f"the gap before {_told(later)} was {'longer' if longest else 'shorter'} or equal"


def _first_ever(case: Case, day: int) -> Point:
    before = prior(case.others, day)
    if before.high is None:
        return Point(YES, "none is recorded before it", (case.visit,) if case.visit else (), absence=True)
    if before.low is not None:
        return Point(NO, f"{_told(before.may)} came before", before.may)
    return Point(OPEN, f"{_told(before.may)} may have come before", before.may, absence=True)


# -- words ---------------------------------------------------------------------------------------------------------------------------------


def _told(events: "Sequence[Event]") -> str:
    told = [f"{names(e)} ({date_text(e.date)})" for e in events[:3]]
    more = f" and {len(events) - 3} more" if len(events) > 3 else ""
    return " and ".join(told) + more


def _gap(before: Prior, day: int) -> tuple[tuple[int, int], ...]:
    return tuple((p, day) for p in {before.low, before.high} if p is not None and p != NEVER_BEFORE)


def _back(span: Span, day: int) -> tuple[tuple[int, int], ...]:
    return tuple((p, day) for p in set(span) if p not in (NEVER_BEFORE, NEVER_AFTER))


FORMS: "dict[str, Callable[[Case, int], Point]]" = {
    "first-in": _first_in,
    "first-since": _first_since,
    "first-ever": _first_ever,
    "highest-since": _highest,
    "nth": nth,
    "count": count,
    "last-was": _last_was,
    "after": _after,
    "none-since": _none_since,
    "longest-gap": _record_gap,
    "shortest-gap": _record_gap,
    "longest-visit": length_of_visit,
    "shortest-visit": length_of_visit,
}
