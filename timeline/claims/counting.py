"""Forms of claim that count visits: the n-th, so many in a time."""

from typing import TYPE_CHECKING

from timeline.claims.all_of import as_named
from timeline.claims.case import NO, OPEN, YES, Case, Point, began, present, within
from timeline.claims.model import AT_MOST, LOOSE
from timeline.claims.yearly import in_each_year
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, day_after
from timeline.names import fold
from timeline.query import fits
from timeline.text import both, date_text, day_text, names, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.claims.model import Claim, Window
    from timeline.model import Event, Store
    from timeline.query import Query


def nth(case: Case, day: int) -> Point:
    claim = case.claim
    first = claim.since.span.earliest if claim.since else NEVER_BEFORE
    sure, may = within(_after_reference(claim, case.others), first, day - 1)
    if claim.since and not claim.since.period:
        sure, may = _surely_after(claim.since.span, sure, may)
    sure, may = _counted(case, sure, may, earlier=True)
    low, high = len(sure), len(sure) + len(may)
    extra = 1 if case.visit is not None and claim.including else 0
    point = as_named(case, _compare(claim, low + extra, high + extra, tuple(sure)), sure, may)
    began_in = claim.window.span if claim.window and claim.window.span else Span(first, NEVER_AFTER)
    return _nth_in(case, *began_in, day, point)


def _nth_in(case: Case, first: int, last: int, day: int, point: Point) -> Point:
    """What is so of a visit that is said to be the n-th in a time: `point`, if it began in it."""
    claim, visit = case.claim, case.visit
    if visit is None or not claim.including:
        return point
    if not first <= day <= last:
        return Point(NO, f"the visit itself began on {day_text(day)}, not in the time in which is counted", (visit,))
    if point.truth is not NO and claim.since and not claim.since.period and day < claim.since.span.latest:
        return point._replace(truth=OPEN, reason=f"{point.reason}, if it came after {claim.since.label}")
    return point


def _after_reference(claim: "Claim", events: "Iterable[Event]") -> "list[Event]":
    """Visits without the one that is counted from: `twice since Hu Jintao in 2005` is said of those after his."""
    return [event for event in events if not (claim.since and event.id == claim.since.event)]


def _surely_after(start: "Span", sure: "list[Event]", may: "list[Event]") -> "tuple[list[Event], list[Event]]":
    """Of visits counted from a day that is not known exactly, those before its last possible one only may be counted."""
    unsure = [event for event in sure if event.date.start.earliest < start.latest]
    return [event for event in sure if event not in unsure], [*may, *unsure]


def one_by_one(others: "Sequence[Event]", query: "Query", store: "Store") -> "tuple[Event, ...]":
    """Some visits once for each person of a scope, alone: where a claim counts people, not visits."""
    return tuple(
        event._replace(people=(person,))
        for event in others
        for person in event.people
        if person.actor in ("", *query.visitors) and fits(person, query, store.vocabulary)
    )


def _counted(
    case: Case, sure: "Iterable[Event]", may: "Iterable[Event]", *, earlier: bool
) -> "tuple[list[Event], list[Event]]":
    """What is counted of the visits surely and maybe in a time: where people are, the first visit of each in it, without those of the visit in question.

    `earlier`: only people who came before those of the visit in question first came in that time.
    """
    sure, may = list(sure), list(may)
    if case.claim.object != "person":
        return sure, may
    here = {fold(person.name) for person in case.visit.people} if case.visit else set()
    own = [event for event in (*sure, *may) if fold(event.people[0].name) in here] if earlier else []
    surely_before = min((event.date.start.earliest for event in own), default=NEVER_AFTER)
    maybe_before = min((event.date.start.latest for event in own if event in sure), default=NEVER_AFTER)
    firsts: dict[str, Event] = {}
    for event in sorted(sure, key=lambda event: event.date.start.latest):
        name = fold(event.people[0].name)
        if name not in here and event.date.start.latest < surely_before:
            firsts.setdefault(name, event)
    unsure: dict[str, Event] = {}
    for event in (*sure, *may):
        name = fold(event.people[0].name)
        if name not in here and name not in firsts and event.date.start.earliest <= maybe_before:
            unsure.setdefault(name, event)
    return list(firsts.values()), list(unsure.values())


def _compare(claim: "Claim", low: int, high: int, counted: "tuple[Event, ...]", *, where: str = "") -> Point:
    number = round(claim.number)
    say = ordinal if claim.form == "nth" else str
    found = (
        say(low) if low == high else f"{say(low)} or {say(high)}" if high == low + 1 else f"{say(low)} to {say(high)}"
    )
    noun, more = {"meeting": ("meeting", "meetings"), "person": ("visitor", "visitors")}.get(
        claim.object, ("visit", "visits")
    )
    who = "of the people counted it is" if claim.object == "person" else "it is"
    reason = (
        f"{who} the {found}{where}"
        if claim.form == "nth" and high
        else "none is counted"
        if claim.form == "nth"
        else f"the record has {found} {noun if low == high == 1 else more}{where}"
    )
    if "at-least" in claim.hedges or "more-than" in claim.hedges:
        least = number + (1 if "more-than" in claim.hedges else 0)
        truth = YES if low >= least else NO if high < least else OPEN
        return Point(truth, reason, counted, counted=(low, high), absence=truth is NO)
    if claim.hedges & AT_MOST:
        most = number - (1 if "fewer-than" in claim.hedges else 0)
        truth = NO if low > most else YES if high <= most else OPEN
        return Point(truth, reason, counted, counted=(low, high), absence=truth is not NO)
    if low == high == number:
        return Point(YES, reason, counted, counted=(low, high), absence=True)
    if number < low:
        return Point(NO, f"{reason}, not {say(number)}", counted, counted=(low, high))
    if number > high:
        return Point(NO, f"{reason}, not {say(number)}", counted, counted=(low, high), absence=True)
    return Point(OPEN, f"{reason}, as coarse dates are read", counted, counted=(low, high), absence=True)


def count(case: Case, day: int) -> Point:
    claim, window = case.claim, case.claim.window
    assert window is not None  # noqa: S101
    if case.visit is not None and case.visit.id == window.but:
        case = case._replace(visit=None)
    everything = [*case.others, case.visit] if case.visit is not None else list(case.others)
    everything = [event for event in everything if event.id != window.but]
    if window.anchor == "some":
        return _in_some(case, everything, day)
    first, last = window_days(window, claim, day, case.day)
    if case.visit is None and window.anchor == "period" and first > case.day:
        return Point(OPEN, f"{day_text(first)} had not come by {day_text(case.day)}")
    if window.anchor == "since":
        everything = _after_reference(claim, everything)
    if window.yearly:
        begun = [began(event, day) if event is case.visit else event for event in everything]
        anew = case._replace(visit=None)  # of people, each once a year
        return in_each_year(case, day, first, last, lambda a, b: _counted(anew, *within(begun, a, b), earlier=False))
    point = _in_window(case, everything, day, first, last)
    named = window.anchor == "period" and not window.label.startswith("between")
    if (
        window.anchor == "publication"
        or (named and not claim.number)
        or ((point.truth is NO or claim.hedges & AT_MOST) and window.anchor in ("visit", "period"))
    ):
        point = _nearly(case, everything, day, first, last, point)
    if point.truth is NO and window.begun:
        point = _begun_before(point, everything, first, last)
    end = window.span.latest if window.anchor == "period" and window.span else max(last, day)
    return _nth_in(case, first, end, day, point) if window.ordinal else point


def _in_some(case: Case, events: "list[Event]", day: int) -> Point:
    """What is so in the time that fits best of all that are as long, each up to the beginning of some visit. One missed in it would leave a shorter time in which the claim is true."""
    window = case.claim.window
    assert window is not None  # noqa: S101
    ends = sorted({end for event in events for start in event.date.starts for end in start if NEVER_BEFORE < end < NEVER_AFTER})  # fmt: skip
    perhaps = None
    for end in ends:
        point = _in_window(case, events, day, day_after(end, -window.months) - window.days, end)
        if point.truth is YES:
            return point._replace(absence=False)
        perhaps = point if perhaps is None and point.truth is OPEN else perhaps
    if perhaps is not None:
        return perhaps._replace(absence=False)
    return Point(NO, "the record has so many in no such time", absence=True)


def _begun_before(point: Point, events: "list[Event]", first: int, last: int) -> Point:
    """None that began then: that which was under way is told, since it is what the claim may have meant."""
    under_way = tuple(event for event in present(events, first, last)[0] if event not in point.deciding)
    if not under_way:
        return point
    told = both(f"{names(event)} ({date_text(event.date)})" for event in under_way)
    return point._replace(reason=f"{point.reason}: {told} had begun before", deciding=(*point.deciding, *under_way))


def _in_window(case: Case, events: "list[Event]", day: int, first: int, last: int) -> Point:
    claim, visit = case.claim, case.visit
    rest = [event for event in events if event is not visit]
    sure, may = _counted_in(claim.window, rest, first, last)
    if claim.window and claim.window.anchor == "since" and claim.since and not claim.since.period:
        sure, may = _surely_after(claim.since.span, sure, may)
    sure, may = _counted(case, sure, may, earlier=bool(claim.window and claim.window.ordinal))
    own = 1 if visit is not None and first <= day <= last else 0
    listed = tuple(sorted([*sure, *([visit] if own and visit else [])], key=lambda e: e.order))
    where = _between_words(first, last)
    point = _compare(claim, len(sure) + own, len(sure) + len(may) + own, listed, where=where)
    return as_named(case, point, [*sure, *([visit] if own and visit else [])], may)


def _between_words(first: int, last: int) -> str:
    """` from 1 Jan 2018 to 31 Dec 2018`, ` on 4 Sep 2025`, ` to 1 Jul 2026`: the days that are counted, with a space before them."""
    if first == last:
        return f" on {day_text(last)}"
    return f" to {day_text(last)}" if first == NEVER_BEFORE else f" from {day_text(first)} to {day_text(last)}"


def _counted_in(
    window: "Window | None", events: "list[Event]", first: int, last: int
) -> "tuple[list[Event], list[Event]]":
    """The visits that surely are counted in a time, and those that may be. Of a time that counts back, none is in it that only may have lasted into it."""
    if window is None or not window.staying:
        return within(events, first, last)
    if window.anchor == "period":
        return present(events, first, last)
    lasted = [event for event in events if event.date.end.latest < NEVER_AFTER]
    sure, may = present(lasted, first, last)
    others = within([event for event in events if event.date.end.latest == NEVER_AFTER], first, last)
    return [*sure, *others[0]], [*may, *others[1]]


def _nearly(case: Case, events: "list[Event]", day: int, first: int, last: int, point: Point) -> Point:
    """What a day more at the edge of a window decides, or less at one back from publication, is left open (night arrivals, time zones); one that is said loosely, back from the visit, may be missed by less than a month, "just over" some years by less than a year."""
    claim, window = case.claim, case.claim.window
    assert window is not None  # noqa: S101
    if point.truth is OPEN:
        return point
    loosely = window.loose if window.anchor == "visit" and not claim.hedges & {"within", "under"} else ""
    if point.truth is NO and loosely in {*LOOSE, "rounded"} and (found := _loosely(case, events, day, first, last)):
        return found
    for more, word in ((1, "more"), (-1, "less")):
        kept = first == NEVER_BEFORE or (window.staying and window.anchor == "period")  # when they left is known
        earliest = first if kept else first - more
        latest = last if last == NEVER_AFTER else last + (more > 0)
        other = _in_window(case, events, day, earliest, latest)
        added = [event for event in other.deciding if event not in point.deciding]
        if (
            window.anchor == "period"
            and not window.begun
            and any(event in present(events, first, last)[0] for event in added)
        ):
            continue  # whether one under way counts is a question of its own
        if other.truth is (not point.truth) and (more > 0 or window.anchor == "publication"):
            deciding = tuple(dict.fromkeys((*point.deciding, *other.deciding)))
            reason = f"{point.reason}; a day {word} at the edge would make it {_number(other)}"
            return Point(OPEN, reason, deciding, counted=point.counted, absence=point.absence)
    if point.truth is NO and loosely:
        return _loosely(case, events, day, first, last) or point
    return point


def _number(point: Point) -> str:
    low, high = point.counted or (0, 0)
    return str(low) if low == high else f"{low} to {high}"


def _loosely(case: Case, events: "list[Event]", day: int, first: int, last: int) -> Point | None:
    """What is so of a window that is longer by as much as its words allow; None where it is no more so."""
    window = case.claim.window
    assert window is not None  # noqa: S101
    years = window.loose in ("just-over", "rounded") and window.months and not window.months % 12
    more = 12 if years else 1
    widest = day_after(last, -window.months - more) - window.days + (more > 1)
    starts = {s.earliest for event in events for s in event.date.starts if widest <= s.earliest < first}
    points = [_in_window(case, events, day, start, last) for start in sorted({*starts, widest}, reverse=True)]
    found = next((p for p in points if p.truth), None) or next((p for p in points if p.truth is OPEN), None)
    rounded = window.loose in ("years", "rounded")
    if found is None or not found.truth:
        return found
    reason = f"{found.reason}: a little over the time said"
    return found._replace(rounded=rounded, reason=reason, fits=("floor",) if rounded else ())


def window_days(window: "Window", claim: "Claim", day: int, published: int) -> tuple[int, int]:
    """The first and the last day in which is counted."""
    if window.anchor == "period":
        assert window.span is not None  # noqa: S101
        return window.span.earliest, min(window.span.latest, day if window.ordinal else max(day, published))
    if window.anchor == "since":
        assert claim.since is not None  # noqa: S101
        return claim.since.span.earliest, day
    last = published if window.anchor == "publication" else day
    return day_after(last, -window.months) - window.days, min(last, day) if window.ordinal else last
