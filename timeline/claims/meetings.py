"""Meetings of two people, whether they are events of their own or parts of a visit; and meetings held just over a border line, which some count as visits."""

from typing import TYPE_CHECKING

from timeline.claims.case import left
from timeline.names import fold
from timeline.query import Query, fits

if TYPE_CHECKING:
    from timeline.model import Event, Store


def meetings(store: "Store", pair: tuple[str, ...], scope: Query, *, elsewhere: bool = True) -> "list[Event]":
    """Every occasion on which the people of a pair met: visits of one received by the other, and meetings of both that lie in no such visit.

    A pair of one is a host: every visit that this host received, by those of the scope, and, where they count, meetings `elsewhere` than at home. Without a pair, the
    meetings that the record has between the two actors of the scope.
    """
    if not pair:
        return [
            e
            for e in store.events
            if e.type == "meeting" and e.status == "happened" and _between(e, scope) and _attended(e, scope, store)
        ]
    keys = [fold(name) for name in pair]
    visits = [
        e for e in store.events if e.type == "visit" and e.status == "happened" and _received(e, keys, scope, store)
    ]
    apart = [
        e
        for e in store.events
        if e.type == "meeting"
        and e.status == "happened"
        and _both_there(e, keys, scope, store)
        and not any(during(e, v) for v in visits)
        and (elsewhere or len(pair) > 1 or _at_home(e, scope, store))
    ]
    return sorted([*visits, *apart], key=lambda event: event.order)


def _received(event: "Event", keys: list[str], scope: Query, store: "Store") -> bool:
    met = {fold(name) for name in event.met}
    travelled = {fold(person.name) for person in event.people}
    if len(keys) == 1:
        return (
            keys[0] in met
            and (not scope.about_people or any(fits(p, scope, store.vocabulary) for p in event.people))
            and event.visitor in (scope.visitors or (event.visitor,))
        )
    one, other = keys
    return (one in travelled and other in met) or (other in travelled and one in met)


def _both_there(event: "Event", keys: list[str], scope: Query, store: "Store") -> bool:
    """Whether the people of the pair were there; with a pair of one, also somebody of the scope from the visitor's side."""
    names = {fold(person.name) for person in event.people}
    if not set(keys) <= names:
        return False
    others = [p for p in event.people if fold(p.name) not in keys and p.actor in (scope.visitors or (p.actor,))]
    return len(keys) > 1 or any(fits(person, scope, store.vocabulary) for person in others)


def _at_home(meeting: "Event", scope: Query, store: "Store") -> bool:
    """Whether a meeting was surely held in the country of the scope that receives: in its capital, or a place to which visits there went; not on a border line."""
    if meeting.host not in ("", *scope.hosts):
        return False
    capitals = {capital for host in scope.hosts for capital in store.vocabulary.actors[host].capitals}
    visited = {place for e in store.events if e.type == "visit" and e.host in scope.hosts for place in e.places}
    return not {fold(place) for place in meeting.places}.isdisjoint(map(fold, capitals | visited))


def held_on(visit: "Event", found: "list[Event]") -> "Event":
    """Of some meetings, the one held on a visit, or the visit that stands for a meeting held on it; itself where it is one of them, or where there is none."""
    if visit in found:
        return visit
    held = (e for e in found if (during(visit, e) if visit.type == "meeting" else during(e, visit)))
    return next(held, visit)


def _between(event: "Event", scope: Query) -> bool:
    sides = set(scope.between or (*scope.visitors, *scope.hosts))
    return bool(sides) and sides <= set(event.actors)


def _attended(event: "Event", scope: Query, store: "Store") -> bool:
    return not scope.about_people or any(fits(person, scope, store.vocabulary) for person in event.people)


def held(visit: "Event", pair: tuple[str, ...], store: "Store") -> "list[Event]":
    """The meetings of two people that the record has apart, and that may have been held on a visit."""
    both = {fold(name) for name in pair}
    apart = (e for e in store.events if e.type == "meeting" and e.status == "happened")
    return [e for e in apart if both <= {fold(person.name) for person in e.people} and during(e, visit)]


def during(meeting: "Event", visit: "Event") -> bool:
    """Whether a meeting may have taken place on a visit."""
    last = max(left(start, end) for start, end in zip(visit.date.starts, visit.date.ends, strict=True))
    return meeting.date.start.latest >= visit.date.start.earliest and meeting.date.start.earliest <= last


def border_meetings(store: "Store", scope: Query, visits: "list[Event]") -> "list[Event]":
    """Meetings that a store places on the host's side (`host` of a meeting) and in which somebody of the scope took part from the visitor's, on none of some visits."""
    found = []
    for event in store.events:
        if (
            event.type == "meeting"
            and event.status == "happened"
            and event.host
            and event.host in (scope.hosts or (event.host,))
        ):
            guests = [p for p in event.people if p.actor in scope.visitors and p.actor != event.host]
            if any(fits(p, scope, store.vocabulary) for p in guests) and not any(during(event, v) for v in visits):
                found.append(event)
    return found
