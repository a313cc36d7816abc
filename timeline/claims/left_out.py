"""Visits that the scope of a claim leaves out and that would change its verdict if they counted, each with what it is left out for."""

from itertools import islice
from typing import TYPE_CHECKING

from timeline.claims.evaluate import find
from timeline.claims.model import LeftOut
from timeline.claims.readings import kept, scope_events
from timeline.claims.remember import chosen
from timeline.claims.wording import noun_of
from timeline.names import fold
from timeline.query import Query, fits, select
from timeline.text import both, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.evaluate import Ground, Judged
    from timeline.claims.taken import Taken
    from timeline.model import Event, Person, Store

FEW = 3  # that are told of those that were not made, and of those that were
MOST = 100  # visits that are tried, each of which takes as long as a reading


def left_out(judged: "Judged", ground: "Ground") -> "Iterator[LeftOut]":
    """Journeys of the scope that were not made, and the highest-ranking visits between the deciding one and the visit in question that the scope leaves out: those that would change the verdict if counted. Of the latter the highest first, a few in the order of their dates."""
    for event in islice(_unmade(judged, ground), MOST):
        yield LeftOut(event, event.status)
    telling = [event for event in _between(judged, ground)[:MOST] if _tells(event, judged, ground)]
    for event in (*sorted(telling[:FEW], key=lambda e: e.order), *telling[FEW:]):
        yield LeftOut(event, _why(event, judged.taken, ground.store))


def _between(judged: "Judged", ground: "Ground") -> "list[Event]":
    """The visits from the same visitor to the same host that may have come between, of whatever kind and by whomever: the highest-ranking first, and of these the latest."""
    main, visit, vocabulary = judged.reading, ground.visit, ground.store.vocabulary
    query = main.query
    if visit is None or not (query.visitors and query.hosts) or judged.taken.claim.object == "meeting":
        return []
    start = visit.date.start.earliest
    first = max((e.date.start.earliest for e in main.finding.deciding if e.date.start.earliest < start), default=None)
    if first is None:
        return []
    counted = {event.id for event in main.scope}
    wide = Query(visitors=query.visitors, hosts=query.hosts, kinds=("any",))
    between = [
        event
        for event in chosen(wide, ground.store)
        if first < event.date.start.latest and event.date.start.earliest < start and event.id not in counted
    ]

    def level(event: "Event") -> int:
        return vocabulary.level(office for person in event.people for office in person.offices)

    return sorted(between, key=lambda e: (-level(e), -e.date.start.earliest))


def _unmade(judged: "Judged", ground: "Ground") -> "Iterator[Event]":
    """What was announced or cancelled and would be one of those counted."""
    taken = judged.taken
    query = taken.query._replace(statuses=("announced", "cancelled"))
    for event in chosen(query, ground.store):
        made = event._replace(status="happened")
        if taken.claim.object == "meeting" and not scope_events(taken, ground.store._replace(events=(made,))):
            continue
        if _tells(made, judged, ground):
            yield event


def _tells(event: "Event", judged: "Judged", ground: "Ground") -> bool:
    """Whether a visit would change the verdict if it were one of those counted."""
    main = judged.reading
    events = sorted([*main.scope, event], key=lambda e: e.order)
    return find(judged.taken, ground, events).verdict != main.finding.verdict


def _why(event: "Event", taken: "Taken", store: "Store") -> str:
    """What a visit that was made is left out for: whoever headed it, his role, its kind, where it went, whom it met, or what else the record says of it."""
    query, vocabulary = taken.query, store.vocabulary
    anyhow = query._replace(roles=())
    if anyhow.about_people and not any(fits(person, anyhow, vocabulary) for person in event.people):
        return _whose(event, query, store)
    if query.about_people and not any(fits(person, query, vocabulary) for person in event.people):
        return "only accompanied" if query.roles == ("heads",) else "headed the party"
    of_kind = Query(kinds=query.kinds, not_=query.not_)
    if not select([event], of_kind, vocabulary) or not kept([event], taken, store):
        return f"kind: {event.kind or 'not recorded'}"
    for asked, told in (
        (Query(places=query.places), f"place: {both(event.places) or 'not recorded'}"),
        (Query(met=query.met), f"received by {both(event.met)}" if event.met else "who received it is not recorded"),
        (Query(tags=query.tags), f"without the tag {either(query.tags)}"),
    ):
        if not select([event], asked._replace(kinds=("any",)), vocabulary):
            return told
    return f"kind: {event.kind}" if event.kind else event.type


def _whose(event: "Event", query: Query, store: "Store") -> str:
    """Who else headed it, or what else than what is asked for he was then."""
    names = {fold(name) for name in query.people}
    own = [person for person in event.people if fold(person.name) in names]
    if names and not own:
        return f"not {either(query.people)}"
    people = own or [person for person in event.people if person.role == "heads"] or event.people
    if query.party_rank:
        return _rank(people[0])
    offices = [office for person in people for office in person.offices]
    if not offices:
        return people[0].title or "no office recorded"
    return noun_of(max(offices, key=lambda office: store.vocabulary.offices[office].level), event)


def _rank(person: "Person") -> str:
    return f"No. {person.party_rank} in the party's order" if person.party_rank else "no place in the party's order recorded"  # fmt: skip
