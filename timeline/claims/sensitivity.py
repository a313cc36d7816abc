"""What would change a verdict: the nearest visits that the scope leaves out, and single changes that flip the answer."""

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from timeline.claims.evaluate import find
from timeline.claims.lexicon import INFORMAL
from timeline.claims.measure import Size, measure_unit
from timeline.claims.model import NAMES
from timeline.claims.readings import scope_events
from timeline.query import Query, fits, select
from timeline.text import both, day_text, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.evaluate import Ground, Judged
    from timeline.claims.model import Claim, Finding, Reading
    from timeline.model import Event

FEW = 3


def excluded(judged: "Judged", ground: "Ground") -> "Iterator[Event]":
    """The highest-ranking visits between the deciding one and the visit in question that the scope leaves out, and that would change the verdict if counted: at most three, oldest first."""
    main, visit, store = judged.reading, ground.visit, ground.store
    query = main.query
    if visit is None or not (query.visitors and query.hosts):
        return
    before = [e.date.start.earliest for e in main.finding.deciding if e.date.start.earliest < visit.date.start.earliest]
    if not before:
        return
    first = max(before)
    counted = {event.id for event in main.scope}
    wide = Query(visitors=query.visitors, hosts=query.hosts, kinds=("any",))
    between = [
        e
        for e in select(store.events, wide, store.vocabulary)
        if first < e.date.start.latest and e.date.start.earliest < visit.date.start.earliest and e.id not in counted
    ]

    def level(event: "Event") -> int:
        return store.vocabulary.level(office for person in event.people for office in person.offices)

    ranked = sorted(between, key=lambda e: (-level(e), -e.date.start.earliest))
    top = islice((event for event in ranked if _tells(event, judged, ground)), FEW)
    yield from sorted(top, key=lambda e: e.order)


def _tells(event: "Event", judged: "Judged", ground: "Ground") -> bool:
    """Whether a visit would change the verdict if it were one of those counted."""
    main = judged.reading
    events = sorted([*main.scope, event], key=lambda e: e.order)
    return find(judged.taken, ground, events).verdict != main.finding.verdict


def flips(judged: "Judged", ground: "Ground") -> "Iterator[str]":
    """Single changes of the scope, of what is taken for a visit, or of the record, each with the verdict that it would give."""
    taken, main = judged
    yield from _unrounded(taken.claim, main.finding)
    for words, query in (*_changes(taken.query), *_others(taken.query, ground)):
        changed = replace(taken, query=query)
        events = scope_events(changed, ground.store)
        same = [e.id for e in events] == [e.id for e in main.scope]
        if not same and (ground.visit is None or ground.visit in events):
            yield from _flipped(words, find(changed, ground, events), main)
    for event in main.finding.deciding[:FEW]:
        if event is not ground.visit and len(event.sources) <= 1:
            words = f"without {event.id}, which has a single source"
            yield from _flipped(words, find(taken, ground, [e for e in main.scope if e is not event]), main)


def _flipped(words: str, found: "Finding", main: "Reading") -> "Iterator[str]":
    if found.verdict != main.finding.verdict:
        yield f"{words}: {NAMES[found.verdict]} ({found.reason})"


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


def _unrounded(claim: "Claim", found: "Finding") -> "Iterator[str]":
    """What is left of a number that holds when it is rounded, once only completed years count."""
    if found.verdict == "holds-rounded" and claim.form == "first-in":
        some = any(Size(claim.number, claim.unit).floors(start, end) for start, end in found.stretches)
        yield f"counted in completed {measure_unit(claim)} only: {NAMES['undetermined' if some else 'fails']}"


def _others(query: Query, ground: "Ground") -> "Iterator[tuple[str, Query]]":
    """Somebody's office instead of the person, a rank instead of an office."""
    vocabulary = ground.store.vocabulary
    if query.people and not query.offices and ground.visit is not None:
        held = [o for p in ground.visit.people if fits(p, query, vocabulary) for o in p.offices]
        if held:
            office = max(held, key=lambda o: vocabulary.offices[o].level)
            yield (
                f"anybody who was {vocabulary.offices[office].title.lower()}",
                replace(query, people=(), offices=(office,)),
            )
    elif query.offices and not query.people:
        level = vocabulary.lowest(query.offices)
        yield "anybody who ranked as high or higher", replace(query, offices=(), level=level)


def _without(query: Query, *kinds: str) -> Query:
    return replace(query.not_ or Query(), kinds=(*(query.not_.kinds if query.not_ else ()), *kinds))


def cover_words(reading: "Reading") -> str:
    """The coverage that an answer used."""
    reach = reading.finding.cover
    if reach is None:
        return "not needed: the answer rests on visits in the record"
    if not reach.used:
        return "none of the record's coverage statements covers this"
    if reach.until < reach.first:
        return f"{both(s.id for s in reach.used)}: one direction only, or not from the first day that matters"
    end = day_text(min(reach.until, max(s.span.latest for s in reach.used)))
    near = f"; only near complete: {both(f'{s.id} ({span_text(*s.span)})' for s in reach.near)}" if reach.near else ""
    return f"{both(s.id for s in reach.used)}, complete to {end}{near}"
