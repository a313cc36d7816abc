"""How long visits lasted: `his longest trip abroad since taking power`. A visit lasts from its first to its last day, both counted."""

from typing import TYPE_CHECKING

from timeline.claims.case import NO, OPEN, YES, Case, Point, within
from timeline.claims.taken import CLOSED, Asked, Choice
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.text import date_text, either, names, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.model import Claim
    from timeline.model import Event, Store

JOURNEY = "journey"  # the tag of an event that tells from when to when somebody was away from home on a visit


def length_of_visit(case: Case, day: int) -> Point:
    """Whether every other visit, since the time that is said, was shorter, or of the shortest longer; one that is as long is so only where ties count."""
    visit, since = case.visit, case.claim.since
    longest = case.claim.form == "longest-visit"
    word = "longest" if longest else "shortest"
    if visit is None:
        return Point(NO, f"no visit is said to be the {word}")
    if since is not None and day <= since.span.earliest:
        return Point(NO, f"it came before {since.label}")
    least, most = _days(_begun(visit, day))
    first = since.span.earliest if since else NEVER_BEFORE
    others = [event for event in case.others if not (since and event.id == since.event)]
    until = day - 1 if case.claim.then else max(day, case.day)
    sure, may = within(others, first, until)
    after = [e for e in sure if since is None or since.period or e.date.start.earliest >= since.span.latest]
    beaten = [event for event in after if _beats(_days(event), (least, most), case.claim) is YES]
    if beaten:
        return Point(NO, f"{_lasted(beaten)}, it {_span(least, most)}", tuple(beaten))
    if most is None:
        return Point(OPEN, "the record does not say when it ended", (visit,))
    if perhaps := [e for e in (*sure, *may) if _beats(_days(e), (least, most), case.claim) is not NO]:
        told = either(f"{names(event)} ({date_text(event.date)})" for event in perhaps[:3])
        as_ = "long" if longest else "short"
        reason = f"{told} may have lasted as {as_}, or the record does not say how long: it lasted {_span(least, most)}"
        return Point(OPEN, reason, tuple(perhaps))
    if not after:
        only = "it is the only one: there is no other to compare it with"
        return Point(NO, only, (visit,), absence=True, days=(first, until))
    next_ = (max if longest else min)(after, key=lambda event: _days(event)[0])
    reason = f"it lasted {_span(least, most)}, the {word} of {len(after) + 1}; {_lasted([next_])}"
    return Point(YES, reason, (visit, next_), absence=True, days=(first, until))


def _beats(other: tuple[int, int | None], own: tuple[int, int | None], claim: "Claim") -> bool | None:
    """Whether another visit was so long, or so short, that this one is not the longest or shortest: as long as it, or, where ties count, longer."""
    (least, most), (own_least, own_most), tie = other, own, claim.ties
    if claim.form == "longest-visit":
        if own_most is not None and least >= own_most + tie:
            return YES
        return NO if most is not None and most < own_least + tie else OPEN
    if most is not None and most <= own_least - tie:
        return YES
    return NO if own_most is not None and least > own_most - tie else OPEN


def _begun(visit: "Event", day: int) -> "Event":
    """A visit as if it began on one of its days for sure; of two dates that are said of it, with the ends of those that have that day."""
    stays = zip(visit.date.starts, visit.date.ends, strict=True)
    ends = tuple(end for start, end in stays if start.earliest <= day <= start.latest)
    return visit._replace(date=visit.date._replace(starts=(Span(day, day),) * len(ends), ends=ends))


def _days(event: "Event") -> tuple[int, int | None]:
    """The days that a visit lasted, at least and at most; None where the record does not say when it ended. A meeting of which it does not say that is one of a day."""
    if event.type == "meeting" and event.date.end.latest >= NEVER_AFTER:
        return 1, 1
    lengths = [
        (
            max(1, end.earliest - start.latest + 1),
            None if end.latest >= NEVER_AFTER else end.latest - start.earliest + 1,
        )
        for start, end in zip(event.date.starts, event.date.ends, strict=True)
    ]
    longest = [most for _, most in lengths]
    return min(least for least, _ in lengths), None if None in longest else max(filter(None, longest))


def _lasted(events: "Sequence[Event]") -> str:
    return " and ".join(f"{names(e)} ({date_text(e.date)}) stayed {_span(*_days(e))}" for e in events[:3])


def _span(least: int, most: int | None) -> str:
    if most is None:
        return f"{plural(least, 'day')} or more"
    return plural(least, "day") if least == most else f"{least} to {plural(most, 'day')}"


def journey_choices(asked: Asked) -> tuple[Choice, ...]:
    """'His longest trip' may be that with the longest stay, or that on which he was longest away from home: asked where the record tells of the way there and back."""
    claim, visit, store = asked
    if claim.form != "longest-visit" or visit is None or from_home(visit, store).date.end.latest >= NEVER_AFTER:
        return CLOSED
    return (
        Choice("by the days in the country visited"),
        Choice("from leaving home to coming back", lambda taken: taken._replace(journeys=True)),
    )


def _journeys(store: "Store") -> "list[Event]":
    return [event for event in store.events if event.type != "visit" and JOURNEY in event.tags]


def from_home(visit: "Event", store: "Store") -> "Event":
    """A visit dated by the journey of which it was part; where the record tells of none, it may have taken longer than the visit."""
    start, end, people = visit.date.start, visit.date.end, {person.name for person in visit.people}
    for journey in _journeys(store):
        away = journey.date
        around = away.start.latest <= start.earliest and end.latest <= away.end.earliest
        if around and not people.isdisjoint(person.name for person in journey.people):
            return visit._replace(date=away)
    ends = tuple(Span(span.earliest, NEVER_AFTER) for span in visit.date.ends)
    return visit._replace(date=visit.date._replace(ends=ends))
