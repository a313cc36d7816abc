"""Which visit a claim is about that does not say so: the only one that it can be meant of. Of several, or none, nothing is guessed."""

from typing import TYPE_CHECKING

from timeline.claims.case import touching
from timeline.claims.evaluate import evaluate
from timeline.claims.grammar import parse
from timeline.claims.join import joined
from timeline.claims.model import AT_MOST, FAR, JUST, NEAR, Claim, NotUnderstood
from timeline.claims.readings import readings, scope_events
from timeline.claims.resolve import whole_journeys
from timeline.claims.sides import goes
from timeline.claims.time_readings import in_the_news, is_count, long_past, looks_past
from timeline.dates import NEVER_AFTER, Span
from timeline.query import may_start_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.model import Event, Store

LISTED = 8


def with_visit(claim: Claim, store: "Store", as_of: int) -> Claim:
    """The claim with the visit that it is about. Raises NotUnderstood where it fits none or several: they are listed."""
    if not claim.asks_visit:
        visit = store.by_id.get(claim.about)
        if visit is not None and looks_past(claim, visit):
            claim = claim._replace(about="")
        elif visit is not None and (time := _time_of_others(claim, visit)):
            day = visit.date.start
            open_ = time.earliest <= day.earliest <= time.latest  # that time is asked up to the visit given
            claim = claim._replace(about="", published=claim.published or (day if open_ else None))
        return _until_then(claim, store)
    if is_count(claim) and claim.hedges & AT_MOST:  # of some visit that is nearly always so
        raise NotUnderstood("so many at most up to which visit? Say it with --about, or write from when to when")
    visits = _as_long_after(claim, store, as_of) or _candidates(claim, store, as_of)
    if claim.published and not any(claim.way):
        visits = [e for e in visits if in_the_news(e.date, claim.published)] or visits
    if not visits:
        whose = f" by {claim.subject}" if claim.subject else ""
        raise NotUnderstood(
            f"no visit{whose} in the record is one of those that the claim counts; say which with --about"
        )
    if len(visits) == 1:
        return _of(visits[0], claim, store)
    verdicts = {event.id: _verdict(claim._replace(about=event.id), store, as_of) for event in visits}
    fitting = [e for e in visits if verdicts[e.id] in ("holds", "holds-rounded")]
    possible = fitting or [e for e in visits if verdicts[e.id] != "fails"]
    if len(possible) == 1 or (possible and is_count(claim)):  # how often somebody came is told as of the last time
        return _of(possible[-1], claim, store)
    if not possible and is_count(claim) and claim.window and claim.published:
        return claim._replace(window=claim.window._replace(anchor="publication"))
    if not possible and claim.dates_visit and claim.since:  # the nearest tells how far it is off
        later = [e for e in visits if e.date.start.latest >= claim.since.span.earliest]
        return _of((later or visits)[0], claim, store)
    fits = f"fits {len(possible)} visits" if possible else f"fits none of {len(visits)} visits"
    raise NotUnderstood(f"the claim {fits}: {_listed(possible or visits)}; say which with --about")


def awaits(claim: Claim, store: "Store", as_of: int) -> bool:
    """Whether the visit that a claim is about may be another on a later day: one that the record has, but that had not begun on the day asked for."""
    if not claim.asks_visit or claim.published:
        return False
    return any(event.date.start.earliest > as_of for part in claim.parts or (claim,) for event in _scope(part, store))


def _dated(claim: Claim) -> "Span | None":
    """When the visit was of which `Xi's first visit was in 2008` tells, whatever the publication is about."""
    window = claim.window
    return window.span if window and window.dating else None


def _time_of_others(claim: Claim, visit: "Event") -> "Span | None":
    """The time of which `Wen Jiabao visited in October 2009` is said, where a visit was not made in it, or by somebody else than who is named; None where it may be said of the visit."""
    window = claim.window
    if claim.form != "count" or window is None or not window.absolute or claim.named:
        return None
    counted_from = claim.since if window.anchor == "since" else None
    span = Span(counted_from.span.earliest, NEVER_AFTER) if counted_from else window.span
    people = {name for who in claim.who for name in who.people}
    by_others = bool(people) and people.isdisjoint(person.name for person in visit.people)
    return span if span is not None and (by_others or not touching([visit], span)) else None


def _of(visit: "Event", claim: Claim, store: "Store") -> Claim:
    """A claim about a visit; its sentence is read once more, as what it tells of the visit must fit. Raises NotUnderstood where it does not."""
    found = claim._replace(about=visit.id, described=True)
    whole_journeys(found, store)
    read = parse(claim.words, store, visit, claim.published) if claim.words else claim
    return found._replace(unchecked=read.unchecked)


def _until_then(claim: Claim, store: "Store") -> Claim:
    """`No president had visited since 2017`, `he had never visited`, of one who is there or just was, looks back from his visit: the only one begun in the month before the publication."""
    said, counted = claim.published, is_count(claim)
    if not claim.had or said is None or not (counted or claim.form in ("last-was", "none-since")):
        return claim
    over = (
        counted
        and claim.window is not None
        and claim.window.span is not None
        and claim.window.span.latest < said.earliest
    )
    visit = store.by_id.get(claim.about)
    if visit is not None and counted:
        return claim._replace(about="", until="" if over or long_past(visit, said) else claim.about)
    if visit is not None or over:
        return claim
    begun = [
        event
        for event in _scope(claim, store)
        if event.date.start.latest >= said.earliest - JUST and event.date.start.earliest <= said.latest
    ]
    if len(begun) != 1:
        return claim
    return claim._replace(until=begun[0].id) if counted else claim._replace(about=begun[0].id)


def _candidates(claim: Claim, store: "Store", as_of: int) -> "list[Event]":
    """The visits of any reading of the claim: of a time in which it says that the visit was; of a claim that was published on some day those near it, or else those of the year before."""
    asked = claim._replace(base=claim.base._replace(people=(claim.subject,))) if claim.subject else claim
    # How often somebody has come, and where a trip of some time went, is not told of what is still to come.
    ahead = 0 if is_count(claim) or any(claim.way) else NEAR
    limit = claim.published.latest + ahead if claim.published else as_of
    visits = [e for e in _scope(asked, store) if e.date.start.earliest <= limit and goes(e, claim.way)]
    if dated := _dated(claim):
        return [event for event in visits if may_start_in(event, dated)]
    return _near(visits, claim.published) if claim.published and not any(claim.way) else visits


def _as_long_after(claim: Claim, store: "Store", as_of: int) -> "list[Event]":
    """Of `he came eight months after taking office`, published long after that, the visits that came so: the words say themselves when it was. None where one near the publication did."""
    if claim.form != "after" or claim.since is None or claim.since.among is not None or claim.published is None:
        return []
    known = claim._replace(published=None)
    visits = [e for e in _candidates(known, store, as_of) if e.date.start.earliest <= claim.published.latest]
    so = [e for e in visits if _verdict(known._replace(about=e.id), store, as_of) != "fails"]
    near = any(e in so for e in _first_near(visits, claim.published))
    return [] if near or any(in_the_news(event.date, claim.published) for event in visits) else so


def _scope(claim: Claim, store: "Store") -> "list[Event]":
    """The visits of any reading of a claim."""
    found = {event.id: event for taken in readings(claim, None, store) for event in scope_events(taken, store)}
    return sorted(found.values(), key=lambda event: event.order)


def _near(visits: "list[Event]", published: "Span") -> "list[Event]":
    """The visits that a publication can be about. Raises NotUnderstood where there are visits, but all long before it."""
    if found := _first_near(visits, published):
        return found
    if visits:
        raise NotUnderstood(
            f"no visit that the claim counts lies within a year before its publication; earlier: {_listed(visits)}; say which with --about"
        )
    return []


def _first_near(visits: "list[Event]", published: "Span") -> "list[Event]":
    """The visits near a publication, or else those of the year before it."""
    each = ([e for e in visits if e.date.start.latest >= published.earliest - days] for days in (NEAR, FAR))
    return next(filter(None, each), [])


def _verdict(claim: Claim, store: "Store", as_of: int) -> str:
    """The verdict on what is on record: whether a claim fits a visit is no question of coverage."""
    claim = claim._replace(hedges=claim.hedges | {"known"})
    ground, judged = evaluate(claim, store, as_of)
    return joined(claim, ground, judged).verdict


def _listed(visits: "Sequence[Event]") -> str:
    """The latest of some visits, by id."""
    more = f" and {len(visits) - LISTED} earlier" if len(visits) > LISTED else ""
    return ", ".join(event.id for event in reversed(visits[-LISTED:])) + more
