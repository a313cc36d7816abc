"""What would change a verdict: the nearest visits that the scope leaves out, and single changes that flip the answer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.lexicon import INFORMAL
from timeline.query import Query, select
from timeline.text import both, day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.model import Reading
    from timeline.claims.readings import Taken
    from timeline.model import Event, Store

FEW = 3


def excluded(main: "Reading", visit: "Event | None", store: "Store") -> "Iterator[Event]":
    """The highest-ranking visits between the deciding one and the visit in question that the scope leaves out, at most three, oldest first."""
    query = main.query
    if visit is None or not (query.visitors and query.hosts):
        return
    first = max(
        (
            e.date.start.earliest
            for e in main.finding.deciding
            if e.date.start.earliest < visit.date.start.earliest
        ),
        default=0,
    )
    counted = {event.id for event in main.scope}
    wide = Query(visitors=query.visitors, hosts=query.hosts, kinds=("any",))
    between = [
        e
        for e in select(store.events, wide, store.vocabulary)
        if first < e.date.start.latest
        and e.date.start.earliest < visit.date.start.earliest
        and e.id not in counted
    ]

    def level(event: "Event") -> int:
        return store.vocabulary.level(office for person in event.people for office in person.offices)

    top = sorted(between, key=lambda e: (-level(e), -e.date.start.earliest))[:FEW]
    yield from sorted(top, key=lambda e: e.order)


def flips(
    main: "Reading", taken: "Taken", visit: "Event | None", day: int, store: "Store"
) -> "Iterator[str]":
    """Single changes of the scope, of what is taken for a visit, or of the record, each with the verdict that it would give."""
    from timeline.claims.model import NAMES
    from timeline.claims.readings import scope_events
    from timeline.claims.verdict import _covered, _decided

    own = main.finding.verdict
    for words, query in _changes(taken.query):
        changed = replace(taken, query=query)
        events = scope_events(changed, store)
        if [e.id for e in events] == [e.id for e in main.scope] or (
            visit is not None and visit not in events
        ):
            continue
        found = _covered(_decided(changed, visit, events, day, store), changed, visit, events, day, store)
        if found.verdict != own:
            yield f"{words}: {NAMES[found.verdict]} ({found.reason})"
    for event in main.finding.deciding[:FEW]:
        if event is visit or len(event.sources) > 1:
            continue
        events = [e for e in main.scope if e is not event]
        found = _covered(_decided(taken, visit, events, day, store), taken, visit, events, day, store)
        if found.verdict != own:
            yield f"without {event.id}, which has a single source: {NAMES[found.verdict]} ({found.reason})"


def _changes(query: Query) -> "Iterator[tuple[str, Query]]":
    """Each single change of a scope, in words."""
    if query.roles != ("heads",) and query.about_people:
        yield "only those who headed the party", replace(query, roles=("heads",))
    elif query.roles:
        yield "accompanying counts too", replace(query, roles=())
    if not query.kinds:
        yield "transits count too", replace(query, kinds=("any",))
        yield "multilateral occasions left out", replace(query, not_=_without(query, "multilateral"))
        yield (
            "secret and unofficial visits left out",
            replace(query, not_=_without(query, "secret", "unofficial", "private")),
        )
        yield (
            f"only formal visits ({both(INFORMAL)} left out)",
            replace(query, not_=_without(query, *INFORMAL)),
        )
    else:
        yield "any kind of visit", replace(query, kinds=())
    if query.places:
        yield "any place", replace(query, places=())


def _without(query: Query, *kinds: str) -> Query:
    return replace(query.not_ or Query(), kinds=(*(query.not_.kinds if query.not_ else ()), *kinds))


def cover_words(reading: "Reading") -> str:
    """The coverage that an answer used."""
    reach = reading.finding.cover
    if reach is None:
        return "not needed: the answer rests on visits in the record"
    if not reach.used:
        return "none of the record's coverage statements covers this"
    return f"{both(s.id for s in reach.used)}, complete to {day_text(min(reach.until, max(s.span.latest for s in reach.used)))}"
