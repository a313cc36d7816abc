"""A scope as a value, and the events that lie in it. What a filter means is said here and nowhere else."""

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.facets import PERSONAL, UNKNOWN, combinations, person_values, values
from timeline.names import fold
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.model import Event, Person
    from timeline.vocabulary import Vocabulary

ANY = "any"


class Query(NamedTuple):
    """A scope. Values of one field are alternatives, different fields all hold; `not_` excludes the same way.

    Actors, offices and people are ids and names as the store has them. Empty `types`, `statuses` and `kinds` stand for the defaults (semantics
    §4): visits that happened, without transits; `any` takes all. `person`, `office`, `level`, `role` must hold of one and the same person of the party.
    `where` are conditions (field, value) on what `timeline.facets` says of an event: all hold, those on a traveller of that person too.
    """

    actors: tuple[str, ...] = ()
    visitors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    level: int = 0
    ladder: str = ""
    party_rank: int = 0
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    period: "Span | None" = None
    where: tuple[tuple[str, str], ...] = ()
    not_: "Query | None" = None

    @property
    def empty(self) -> bool:
        return not any(self.said())

    def said(self) -> "Iterator[tuple[str, Any]]":
        """What it asks, by field."""
        return ((name, value) for name, value in self._asdict().items() if value != self._field_defaults[name])

    @property
    def about_people(self) -> bool:
        """Whether the scope asks anything of the people of a party."""
        return self.about_party or any(field in PERSONAL for field, _ in self.where)

    @property
    def about_party(self) -> bool:
        """As `about_people`, by the filters alone, without `where`."""
        return bool(self.people or self.offices or self.level or self.party_rank or self.roles)


def select(events: "Iterable[Event]", query: Query, vocabulary: "Vocabulary") -> "list[Event]":
    """The events in a scope, in the order given. One whose coarse date may lie in the period is in it (see `borderline`)."""
    found = list(events)
    for test in (*_directed(query), *_default(query), *_asked(query, vocabulary)):  # first what leaves the fewest
        found = list(filter(test, found))
    excluded = [_is(one, vocabulary) for one in _apart(query.not_)] if query.not_ else []
    return [event for event in found if not any(test(event) for test in excluded)]


def until(query: Query, day: int) -> Query:
    """A scope of what may have begun by a day; the same where it asks for what has not happened, which may be to come."""
    if query.statuses not in ((), ("happened",)):
        return query
    first, last = query.period or (NEVER_BEFORE, NEVER_AFTER)
    return query._replace(period=Span(first, min(last, day)))


def actors_of(query: Query) -> "list[Sequence[str]]":
    """Groups of actors: an event that is in a scope, or of which only the record does not say so, involves at least one of each group."""
    return [
        group for group in (query.actors, query.visitors, query.hosts, *((a,) for a in query.between or ())) if group
    ]


def involving(events: "Iterable[Event]", groups: "Sequence[Sequence[str]]") -> "list[Event]":
    """The events that involve at least one actor of each group."""
    return [e for e in events if all(not {e.visitor, e.host, *e.actors}.isdisjoint(group) for group in groups)]


def unsaid(events: "Sequence[Event]", query: Query, vocabulary: "Vocabulary") -> "list[Event]":
    """The events that a scope leaves out only because the record does not say of them what it asks: unknown is not no.

    That is who received them, of what kind they were, where they were (where only the capital is named, other cities may go unnamed), who came along
    with a leader of whose party nobody else is named, or what place in the order of his party somebody of its top body had.
    """
    filters = _as_filters(query)
    asked = [name for name in ("met", "kind", "places") if any(getattr(filters, own) for own in _ASKING[name])]
    companion = _asks_for_companions(filters, events, vocabulary)
    elsewhere = any(vocabulary.place(place) not in vocabulary.capitals for place in filters.places)
    placed = _perhaps_placed(events, query, vocabulary)
    if not asked and not companion:
        return placed
    alike: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        unknown = [
            name
            for name in asked
            if not getattr(event, name) or (name == "places" and elsewhere and _only_capitals(event, vocabulary))
        ]
        if companion and _party_unknown(event, vocabulary):
            unknown.append("people")
        if unknown:
            alike.setdefault(tuple(unknown), []).append(event)
    perhaps = [e for unknown, group in alike.items() for e in select(group, _without(query, unknown), vocabulary)]
    perhaps += placed
    outside = {id(event) for event in perhaps} - {id(event) for event in select(perhaps, query, vocabulary)}
    return [event for event in events if id(event) in outside]


_ASKING = {
    "met": ("met",),
    "kind": ("kinds",),
    "places": ("places",),
    "people": ("people", "offices", "level", "ladder", "party_rank", "roles"),
}


def _without(query: Query, unknown: "Iterable[str]") -> Query:
    """A scope that does not ask for what is not known of an event."""
    blank, left_out = Query(), {name for field in unknown for name in _ASKING[field]}
    where = tuple(one for one in query.where if _FILTERS.get(one[0]) not in left_out)
    return query._replace(where=where, **{name: getattr(blank, name) for name in left_out})


_FILTERS = {"met": "met", "kind": "kinds", "place": "places", "person": "people", "office": "offices", "role": "roles"}


def _as_filters(query: Query) -> Query:
    """A scope with its conditions on fields as the filters that ask for the same."""
    for field, value in query.where:
        if (name := _FILTERS.get(field)) and value != UNKNOWN:
            more: dict[str, Any] = {name: (*getattr(query, name), value)}
            query = query._replace(**more)
    return query


def _only_capitals(event: "Event", vocabulary: "Vocabulary") -> bool:
    return all(vocabulary.place(place) in vocabulary.capitals for place in event.places)


TOP_BODY = "standing-committee-member"


def _perhaps_placed(events: "Iterable[Event]", query: Query, vocabulary: "Vocabulary") -> "list[Event]":
    """The events on which somebody of his party's top body, whose place in its order is not on record, may have had the one that a scope asks for."""
    if not query.party_rank:
        return []
    fitting = _fitting(query, vocabulary)
    return [
        event
        for event in select(events, _without(query, ("people",)), vocabulary)
        if any(
            fitting(person._replace(party_rank=query.party_rank))
            for person in event.people
            if not person.party_rank and TOP_BODY in vocabulary.held(person.offices)
        )
    ]


def _asks_for_companions(query: Query, events: "Sequence[Event]", vocabulary: "Vocabulary") -> bool:
    """Whether those whom a scope asks for may have come along with a leader: nobody who leads himself does."""
    if not query.about_people or query.roles == ("heads",):
        return False
    if query.offices:
        level = vocabulary.lowest(query.offices)
    elif query.people:
        keys = {fold(name) for name in query.people}
        held = (vocabulary.level(p.offices) for e in events for p in e.people if fold(p.name) in keys)
        level = max(held, default=0)
    else:
        level = query.level
    return level < RANKS["head-of-government"]


def _party_unknown(event: "Event", vocabulary: "Vocabulary") -> bool:
    """Whether only who headed a party is named, and that was somebody who on a formal visit does not travel alone."""
    heads = [person for person in event.people if person.role == "heads"]
    formal = event.kind not in ("unofficial", "private", "transit")
    return (
        formal
        and len(heads) == len(event.people)
        and any(vocabulary.level(person.offices) >= RANKS["head-of-government"] for person in heads)
    )


def borderline(events: "Iterable[Event]", query: Query) -> "list[Event]":
    """Those of the selected events whose dates may also lie outside the period asked for."""
    if query.period is None:
        return []
    first, last = query.period
    return [e for e in events if e.date.start.earliest < first or e.date.start.latest > last]


def _default(query: Query) -> "Iterator[Callable[[Event], bool]]":
    """Types, statuses and kinds, where nothing was asked for them the defaults."""
    types, statuses, kinds = query.types or ("visit",), query.statuses or ("happened",), query.kinds
    if ANY not in types:
        yield lambda event: event.type in types
    if ANY not in statuses:
        yield lambda event: event.status in statuses
    if not kinds:
        yield lambda event: event.kind != "transit"
    elif ANY not in kinds:
        yield lambda event: event.kind in kinds


def matches(event: "Event", query: Query, vocabulary: "Vocabulary") -> bool:
    """Whether an event lies in a scope, its type, status and kind apart."""
    return all(test(event) for test in _tests(query, vocabulary))


def _tests(query: Query, vocabulary: "Vocabulary") -> "Iterator[Callable[[Event], bool]]":
    """What a scope asks of an event, its type, status and kind apart: a test for each thing that it asks, as many events go through the same."""
    yield from _directed(query)
    yield from _asked(query, vocabulary)


def _asked(query: Query, vocabulary: "Vocabulary") -> "Iterator[Callable[[Event], bool]]":
    """What it asks but from where to where."""
    if (period := query.period) is not None:
        yield lambda event: may_start_in(event, period)
    if query.about_people:
        yield _peopled(query, vocabulary)
    if query.places:
        yield _named("places", query.places, vocabulary.place)
    if query.tags:
        yield _named("tags", query.tags)
    if query.met:
        yield _named("met", query.met)
    if query.supports:
        yield lambda event: event.support in query.supports
    if query.sources:
        yield lambda event: any(cites(event, text) for text in query.sources)
    if query.texts:
        yield lambda event: any(says(event, text, vocabulary) for text in query.texts)
    if asked := [(field, value) for field, value in query.where if field not in PERSONAL]:
        yield lambda event: all(
            value in values(event, field, party(event, query, vocabulary), vocabulary) for field, value in asked
        )


def _directed(query: Query) -> "Iterator[Callable[[Event], bool]]":
    if query.actors:
        yield lambda event: any(actor in query.actors for actor in event.involved)
    if query.visitors:
        yield lambda event: event.visitor in query.visitors
    if query.hosts:
        yield lambda event: event.host in query.hosts
    if query.between is not None:
        both = frozenset(query.between)
        yield lambda event: both.issubset(event.involved)


def may_start_in(event: "Event", period: "Span") -> bool:
    """Whether an event begins within a period, on some reading of its date."""
    return any(s.latest >= period.earliest and s.earliest <= period.latest for s in event.date.starts)


def _peopled(query: Query, vocabulary: "Vocabulary") -> "Callable[[Event], bool]":
    """Whether somebody of a party is what the scope asks for; of a party of which nobody is known, that may be asked too."""
    fitting = _fitting(query, vocabulary)
    unknown = not query.about_party and all(value == UNKNOWN for field, value in query.where if field in PERSONAL)
    return lambda event: any(map(fitting, event.people)) or (unknown and not event.people)


def fits(person: "Person", query: Query, vocabulary: "Vocabulary") -> bool:
    """Whether one person is what the scope asks for: by name, by an office held, by a level reached, by the role in the party."""
    return _fitting(query, vocabulary)(person)


def _fitting(query: Query, vocabulary: "Vocabulary") -> "Callable[[Person], bool]":
    tests = list(_filters(query, vocabulary))
    if asked := [(field, value) for field, value in query.where if field in PERSONAL]:
        tests.append(lambda person: all(value in person_values(person, field, vocabulary) for field, value in asked))

    def fitting(person: "Person") -> bool:  # a loop, as a generator for each person takes longer than the tests
        for test in tests:  # noqa: SIM110
            if not test(person):
                return False
        return True

    return tests[0] if len(tests) == 1 else fitting


def _filters(query: Query, vocabulary: "Vocabulary") -> "Iterator[Callable[[Person], bool]]":
    """What the filters of a scope ask of one person, a test each."""
    if query.people:
        names = {fold(name) for name in query.people}
        yield lambda person: fold(person.name) in names
    if query.offices:
        yield lambda person: not vocabulary.held(person.offices).isdisjoint(query.offices)
    if query.level:
        yield lambda person: vocabulary.level(person.offices, query.ladder) >= query.level
    if query.party_rank:
        yield lambda person: person.party_rank == query.party_rank
    if query.roles and ANY not in query.roles:
        yield lambda person: person.role in query.roles


def in_scope(event: "Event", query: Query, vocabulary: "Vocabulary") -> "list[Person]":
    """The people of a party of whom the scope asks something and who are that: none where it asks nothing of people."""
    return list(filter(_fitting(query, vocabulary), event.people)) if query.about_people else []


def party(event: "Event", query: Query, vocabulary: "Vocabulary") -> "Sequence[Person]":
    """The people of a party who are asked about: those who fit the filters, all where these ask nothing of people."""
    if not query.about_party:
        return event.people
    filters = list(_filters(query, vocabulary))
    return [person for person in event.people if all(test(person) for test in filters)]


def facets(event: "Event", fields: "Sequence[str]", query: Query, vocabulary: "Vocabulary") -> list[tuple[str, ...]]:
    """The combinations of values under which an event of a scope is counted; `where` each of them, it is selected again."""
    people = in_scope(event, query, vocabulary) if query.about_people else event.people
    return combinations(event, fields, people, party(event, query, vocabulary), vocabulary)


def _named(field: str, asked: "Iterable[str]", key: "Callable[[str], str]" = fold) -> "Callable[[Event], bool]":
    """Whether one of some names stands in a field of an event."""
    keys = {key(name) for name in asked}
    return lambda event: any(key(text) in keys for text in getattr(event, field))


def cites(event: "Event", text: str) -> bool:
    """Whether a source of an event has a text in its title, publisher or address."""
    key = fold(text)
    return any(key in fold(said) for source in event.sources for said in (source.title, source.publisher, source.url))


def says(event: "Event", text: str, vocabulary: "Vocabulary") -> bool:
    """Whether an event has a text in its names, of people in any that the record declares, in their titles, in its places, occasion, notes, tags, title or id."""
    parts = [event.id, event.title, event.occasion, event.note, *event.places, *event.tags]
    parts += [name for host in event.met for name in vocabulary.names_of(host)]
    parts += [said for person in event.people for said in (*vocabulary.names_of(person.name), person.title)]
    key = fold(text)
    return any(key in fold(part) for part in parts if part)


def _apart(query: Query) -> list[Query]:
    """A scope for each thing that a scope asks: any one of those excluded leaves an event out."""
    return [Query(**{name: value}) for name, value in query.said()]


def _is(one: Query, vocabulary: "Vocabulary") -> "Callable[[Event], bool]":
    """Whether the one thing that a scope asks is true of an event."""
    if one.kinds or one.types or one.statuses:
        return lambda event: event.kind in one.kinds or event.type in one.types or event.status in one.statuses
    tests = list(_tests(one, vocabulary))
    return lambda event: all(test(event) for test in tests)
