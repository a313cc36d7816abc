"""The superlatives that may be said of a visit: of each who headed it and of the party, to the country, to a building there, and abroad at all. None of them is asked yet whether it holds."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.accessions import highest_level
from timeline.claims.before import last_as_high, scopes, sinces, speaks_of_all
from timeline.claims.lexicon import METONYMS
from timeline.claims.rank import SEATS, came_as_high, chief_offices
from timeline.claims.remember import chosen
from timeline.claims.wording import (
    actor_words,
    host_words,
    nationality,
    noun_of,
    nth_word,
    place_words,
    somebody,
)
from timeline.query import Query, fits, matches
from timeline.text import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.before import Scope
    from timeline.model import Event, Store

TRIVIAL_YEARS = 1  # a first in less than this is no news
ANYWHERE, COUNTRY, BUILDING = range(3)  # how wide the scope is, the widest first
BUILDINGS_NAMED = frozenset(name for _, name in METONYMS.values())
LED = ("state", "party")  # ladders whose highest office has firsts of its own, beside those of another office
REVOLUTION = "-revolution"


class Subject(NamedTuple):
    """Somebody of whom a superlative can be said: `of` opens the sentence ("by a Chinese premier"), `query` is the scope.

    `noun` is an office of any country; `chief`: the highest on its ladder of those held; `seat`: one of many in a body, of somebody who is more on that ladder; `led`: the highest of the state or of the party, and no such one.
    """

    of: str
    query: Query
    level: int
    noun: str = ""
    chief: bool = True
    seat: bool = False
    led: bool = False


class Try(NamedTuple):
    """A sentence to try, with its kind, the visits or the event that it rests on (of the same, one is kept), and the least days back to the visit before; `known`: it may be said of known visits.

    A record that leaves out whole ranks does not know who ranked highest, and of somebody in other offices not what visits he made. `number` is that of an n-th.
    """

    kind: str
    reference: str
    sentence: str
    days: int
    known: bool = False
    where: int = COUNTRY
    number: int = 0


def subjects(event: "Event", store: "Store") -> "Iterator[Subject]":
    """The offices of those who headed a party, the highest first; then they by name."""
    vocabulary = store.vocabulary
    direction = Query(visitors=(event.visitor,), hosts=(event.host,), roles=("heads",))
    heads = [person for person in event.people if person.role == "heads"]
    chief = {office for person in heads for office in chief_offices(person, vocabulary)}
    offices = dict.fromkeys(office for person in heads for office in person.offices)
    for office in sorted(offices, key=lambda office: -vocabulary.offices[office].level):
        query, held = direction._replace(offices=(office,)), vocabulary.offices[office]
        of, noun = somebody(office, event, store), noun_of(office, event)
        highest, seat = office in chief, office.endswith(SEATS)
        led = highest and not seat and held.ladder in LED
        yield Subject(of, query, held.level, noun, highest, seat and not highest, led)
    for person in heads:
        yield Subject(person.name, direction._replace(people=(person.name,)), vocabulary.level(person.offices))


def sentences(subject: Subject, event: "Event", store: "Store") -> "Iterator[Try]":
    """Of the visits to the country; of those to its capital where meetings on its border may count as visits to the country; of those to a building, and of journeys abroad."""
    visits = f"visit headed by {subject.of} to"
    country = scopes(f"{visits} {host_words(event, store)}", event, store)
    yield from _to(f"{visits} {host_words(event, store)}", country, subject, event, store)
    if any(scope.borders for scope in country):
        capitals = store.vocabulary.actors[event.host].capitals
        for named in (f"{visits} {place}" for place in event.places if place in capitals):
            yield from _to(named, scopes(named, event, store), subject, event, store)
    if subject.query.people:
        yield from _in_office(subject, event, store)
        return
    yield from _both_ways(subject, event, store)
    if subject.led:
        yield from _since_power(subject, country, event, store)
        yield from _elsewhere(subject, event, store)


def _to(visits: str, found: "Sequence[Scope]", subject: Subject, event: "Event", store: "Store") -> "Iterator[Try]":
    people = subject.query.people
    if any(not scope.visits for scope in found) and not came_as_high(event, None, subject.query, store):
        yield Try("ever", "", f"the first ever {visits}", 0 if people else event.date.start.earliest)
    for scope in found:
        if people or subject.chief:
            yield from _nth([*scope.visits, event], visits)
    longest = (people or subject.led) and any(_ends_longest_gap(event, scope.visits) for scope in found[:1])
    for back in sinces(found, subject.query, event, store):
        if back.days >= TRIVIAL_YEARS * 365:
            known = speaks_of_all(people, event, store) if people else back.alone
            yield Try("since", back.last.id, f"the first {visits} since {back.words}", back.days, known)
            if longest:
                gap = f"the longest gap between visits {visits.removeprefix('visit ')}"
                yield Try("gap", back.last.id, gap, back.days)
                yield Try("gap", back.last.id, f"{gap} until then", back.days)


def _ends_longest_gap(event: "Event", before: "Sequence[Event]") -> bool:
    """Whether a visit may end the longest of three gaps or more until then: of two, one is longer as a matter of course."""
    from timeline.gaps import find_gaps

    return len(before) > 2 and any(gap.later is event and gap.rank[0] == 1 for gap in find_gaps([*before, event]))


def _nth(visits: "Sequence[Event]", named: str) -> "Iterator[Try]":
    number = len(visits)
    if number > 1:
        which = " ".join(visit.id for visit in visits)
        yield Try("nth", which, f"the {nth_word(number)} {named}", 0, number=number)


def _elsewhere(subject: Subject, event: "Event", store: "Store") -> "Iterator[Try]":
    """Of journeys abroad, where a coverage statement speaks of all hosts; of the visits to a building."""
    there = [(BUILDING, f"visit headed by {subject.of} to {place_words(p)}") for p in event.places if p in BUILDINGS_NAMED]  # fmt: skip
    abroad = [(ANYWHERE, f"trip abroad headed by {subject.of}")] if covers_abroad(event.visitor, store) else []
    for where, visits in (*abroad, *there):
        for one in _to(visits, scopes(visits, event, store), subject, event, store):
            if one.kind in ("ever", "since") or (one.kind == "nth" and where == BUILDING):
                yield one._replace(where=where, known=False)


def covers_abroad(visitor: str, store: "Store") -> bool:
    """Whether a coverage statement speaks of the journeys of a country to all others."""
    return any(
        s.counts and s.host == "any" and s.visitor in (visitor, "any") and s.type == "visit" for s in store.coverage
    )


def _in_office(person: Subject, event: "Event", store: "Store") -> "Iterator[Try]":
    """Which visit in an office it is, of those that the person made: of several offices with the same visits, that of the state, then the highest."""
    vocabulary, told = store.vocabulary, set()
    day = event.date.start.latest
    offices = [o for p in event.people if fits(p, person.query, vocabulary) for o in chief_offices(p, vocabulary)]
    hosts = [(COUNTRY, person.query, "visit", f" to {host_words(event, store)}")]
    if covers_abroad(event.visitor, store):
        hosts.append((ANYWHERE, person.query._replace(hosts=()), "trip abroad", ""))
    for office in offices:
        for where, asked, visit, to in hosts:
            scope = asked._replace(offices=(office,))
            visits = [e for e in chosen(scope, store) if e.date.start.earliest <= day]
            if (same := (where, *(e.id for e in visits))) in told:
                continue
            told.add(same)
            named = f"{visit} headed by {person.of} as {noun_of(office, event)}{to}"
            if visits == [event]:
                yield Try("own", event.id, f"the first {named}", 1, where=where)
            if where == COUNTRY:
                yield from _nth(visits, named)


def _both_ways(subject: Subject, event: "Event", store: "Store") -> "Iterator[Try]":
    """First in either direction, where the visit before went the other way: otherwise it says little more than the first in one."""
    visitor, host = actor_words(event.visitor, store), host_words(event, store)
    visits = f"visit headed by {with_article(subject.noun)} between {visitor} and {host}"
    asked = subject.query._replace(visitors=(), hosts=(), between=event.direction)
    for back in sinces(scopes(visits, event, store), asked, event, store):
        other = back.last.direction != event.direction and matches(back.last, asked, store.vocabulary)
        if other and back.alone and back.days >= TRIVIAL_YEARS * 365:
            yield Try("both", back.last.id, f"the first {visits} since {back.words}", back.days, known=True)


def highest(event: "Event", store: "Store") -> "Iterator[Try]":
    """Highest-ranking since the last visit that ranked as high, and since power changed hands after it."""
    visitor = f"highest-ranking {nationality(event, store)} visitor to {host_words(event, store)}"
    before = last_as_high(event, store)
    for back in before:
        if back.days >= TRIVIAL_YEARS * 365:
            yield Try("highest", back.last.id, f"the {visitor} since {back.words}", back.days)
    if before:
        last = max((back.last for back in before), key=lambda visit: visit.date.start.latest)
        for one in _changes(event, store, last):
            yield one._replace(kind="highest-power", sentence=f"the {visitor} since {one.sentence}")


def _since_power(subject: Subject, country: "Sequence[Scope]", event: "Event", store: "Store") -> "Iterator[Try]":
    """First since power changed hands, where the visit before was made until then."""
    visits = country[0].visits if country else ()
    if not visits:
        return
    last = max(visits, key=lambda visit: visit.date.start.latest)
    if came_as_high(event, last, subject.query, store):
        return
    first = f"the first visit headed by {subject.of} to {host_words(event, store)}"
    for one in _changes(event, store, last):
        yield one._replace(sentence=f"{first} since {one.sentence}")


def _changes(event: "Event", store: "Store", last: "Event") -> "Iterator[Try]":
    """When power last changed hands in either country after one visit, a year or more before another, as the record has it: by the accession of who led then, or a revolution. Not of who made the visit: that it is his first is said of him."""
    day = event.date.start.earliest
    heads = {person.name for person in event.people}
    for actor in (event.host, event.visitor):
        for change, words in _of_power(actor, day, store):
            days = day - change.date.start.latest
            if (
                change.date.start.earliest > last.date.start.latest
                and days >= TRIVIAL_YEARS * 365
                and heads.isdisjoint(person.name for person in change.people)
            ):
                yield Try("power", change.id, words, days)


def _of_power(actor: str, day: int, store: "Store") -> "Iterator[tuple[Event, str]]":
    """The accession of who led a country on a day, and its revolution, each with the words for it."""
    before = [e for e in store.events if e.type not in ("visit", "meeting") and e.date.start.latest < day]
    accessions = [e for e in before if e.type == "accession" and actor in e.actors]
    rises = [(e, p.name) for e in accessions for p in e.people if p.actor in ("", actor)]
    level = {name: highest_level(name, store) for _, name in rises}
    led = [(e, name) for e, name in rises if level[name] == max(level.values())]
    if led:
        name = max(led, key=lambda one: one[0].date.start.earliest)[1]
        first = next(e for e, other in led if other == name)
        yield first, f"{name} took power"
    adjectives = {adjective.casefold(): adjective for adjective in store.vocabulary.actors[actor].adjectives}
    for e in before:
        for tag in e.tags:
            own = adjectives.get(tag.removesuffix(REVOLUTION)) if tag.endswith(REVOLUTION) else None
            if own:
                yield e, f"the {own} revolution"
