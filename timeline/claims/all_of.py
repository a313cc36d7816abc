"""Whether what is counted is what a claim names: `the fourth president to go, after Deng, Jiang and Hu`, `the only visit was Ho Chi Minh's in 1957`."""

from typing import TYPE_CHECKING

from timeline.claims.case import NO, OPEN, YES, Case, Point
from timeline.claims.model import UNKNOWN
from timeline.query import may_start_in
from timeline.text import both, date_text, names, span_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.model import Since
    from timeline.model import Event


def as_named(case: Case, point: Point, sure: "Sequence[Event]", may: "Sequence[Event]") -> Point:
    """What is so of a number that is also said by name. `sure` and `may` are what surely and maybe is counted beside the visit in question: of people, one visit of each."""
    named = case.claim.named
    if not named:
        return point
    people = case.claim.object == "person"
    more = "at-least" in case.claim.hedges
    missing = [e for e in sure if not any(_by(e, one) if people else _is_that(e, one, case) for one in named)]
    missing = [] if more else missing
    others = [one for one in named if not any(_is_that(event, one, case) for event in (*sure, *may))]
    if missing or others:
        told = [both(f"{names(event)} ({date_text(event.date)}) is not named" for event in missing)] if missing else []
        told += [f"{both(map(_told, others))} is not one of them"] if others else []
        deciding = tuple(dict.fromkeys((*missing, *point.deciding)))
        reason = f"{point.reason}; {'; '.join(told)}"
        return point._replace(truth=NO, reason=reason, deciding=deciding, absence=not missing, days=_days_of(others))
    if point.truth is YES and not all(_surely(one, sure, case) for one in named):
        return point._replace(truth=OPEN)
    return point


def _days_of(others: "Sequence[Since]") -> tuple[int, int] | None:
    """The days on which those must have been made that are named and not on record; None where one is named without a date."""
    spans = [one.span for one in others]
    if not spans or UNKNOWN in spans:
        return None
    return min(span.earliest for span in spans), max(span.latest for span in spans)


def _told(named: "Since") -> str:
    """`Wen Jiabao`, `Wen Jiabao in Oct 2009`, `a visit in 2008`."""
    when = "" if named.span == UNKNOWN else f"{'on' if named.span.exact else 'in'} {span_text(*named.span)}"
    name = named.event.removeprefix("visit:")
    return f"{name} {when}".strip() if name else f"a visit {when}"


def _by(event: "Event", named: "Since") -> bool:
    """Whether somebody who is named made a visit; of people who are counted each stands alone."""
    name = named.event.removeprefix("visit:")
    return not name or any(person.name == name for person in event.people)


def _dated(named: "Since", case: Case) -> "list[Event]":
    """The visits of somebody at the time that is said of him."""
    everything = [*case.others, case.visit] if case.visit else case.others
    own = [event for event in everything if _by(event, named)]
    return [event for event in own if named.span == UNKNOWN or may_start_in(event, named.span)]


def _is_that(event: "Event", named: "Since", case: Case) -> bool:
    """Whether a visit may be the one named; of people, whether its visitor made another at the time that is said."""
    if case.claim.object == "person":
        return _by(event, named) and bool(_dated(named, case))
    return event in _dated(named, case)


def _surely(named: "Since", sure: "Sequence[Event]", case: Case) -> bool:
    dated = _dated(named, case)
    exact = [
        e
        for e in dated
        if named.span == UNKNOWN
        or all(named.span.earliest <= s.earliest and s.latest <= named.span.latest for s in e.date.starts)
    ]
    people = case.claim.object == "person"
    return any(_by(event, named) and (people or event in exact) for event in sure) and bool(exact)
