"""What would change a verdict: single changes of the claim or of the record that flip the answer."""

from typing import TYPE_CHECKING, Any

from timeline.claims.doubt import doubts, family
from timeline.claims.evaluate import evaluate
from timeline.claims.join import common, joined
from timeline.claims.lexicon import ANYBODY, INFORMAL
from timeline.claims.measure import Size, measure_unit
from timeline.claims.model import NAMES, Who
from timeline.claims.remember import chosen
from timeline.query import Query, fits
from timeline.text import both, day_text, span_text
from timeline.vocabulary import RANKS, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.evaluate import Ground, Judged
    from timeline.claims.join import Outcome
    from timeline.claims.model import Claim, Reading, Verdict
    from timeline.model import Event, Store

FEW = 3


def flips(verdict: "Verdict", judged: "Judged", every: "Sequence[Judged]", ground: "Ground") -> "Iterator[str]":
    """Single changes of the claim, or of the record, that give the claim as a whole another verdict: each with that. Of a claim whose readings differ, also what gives one of them another."""
    claim, query = verdict.claim, judged.taken.query
    yield from _unrounded(verdict)
    for words, changed in (*_changes(claim, query), *_others(claim, query, ground)):
        own, read = evaluate(changed, ground.store, ground.day)
        if own.visit is None or any(own.visit in one.reading.scope for one in read):
            yield from _flipped(words, joined(changed, own, read), verdict)
    for words, events in (*_single(judged, ground), *_unsettled(query, ground)):
        own, read = evaluate(claim, _of(events, ground.store), ground.day)
        yield from _flipped(words, joined(claim, own, read), verdict)
    if verdict.verdict == "depends":
        yield from _doubtful(claim, every, ground)


def _doubtful(claim: "Claim", every: "Sequence[Judged]", ground: "Ground") -> "Iterator[str]":
    """The doubtful visits on which a reading turns, where the words decide already and no such visit was asked about: of the first reading of each answer."""
    if common(claim, tuple(one.reading for one in every)).verdict != "depends":
        return
    firsts = {family(one.reading): one for one in reversed(every)}
    for one in firsts.values():
        for reading in doubts(one, ground)[:FEW]:
            words, found = reading.switches[-1][1], reading.finding
            yield f"{words}, taken as “{one.reading.label}”: {NAMES[found.verdict]} ({found.reason})"


def _single(judged: "Judged", ground: "Ground") -> "Iterator[tuple[str, list[Event]]]":
    """The record without each of the first visits that decide and that a single source has."""
    named = _named(judged.taken.claim)
    for event in judged.reading.finding.deciding[:FEW]:
        if len(event.sources) <= 1 and event.id not in named:
            words = f"without {event.id}, which has a single source"
            yield words, [other for other in ground.store.events if other is not event]


def _unsettled(query: Query, ground: "Ground") -> "Iterator[tuple[str, list[Event]]]":
    """The record with each visit of the scope that nobody has settled, as if it were confirmed."""
    for event in chosen(query._replace(statuses=("candidate",)), ground.store):
        made = event._replace(status="happened", support="confirmed")
        words = f"with {event.id}, a candidate that nobody has settled"
        yield words, [made if other is event else other for other in ground.store.events]


def _flipped(words: str, found: "Outcome", verdict: "Verdict") -> "Iterator[str]":
    if found.verdict != verdict.verdict:
        told = f"on {found.switch}" if found.verdict == "depends" else found.main.finding.reason
        yield f"{words}: {NAMES[found.verdict]} ({told})"


def _named(claim: "Claim") -> set[str]:
    """The events that a claim itself names: without them it says nothing."""
    return {claim.about, *(mark.event for mark in (claim.since, claim.target) if mark)}


def _of(events: "list[Event]", store: "Store") -> "Store":
    """A store with other events."""
    return store._replace(events=tuple(events), by_id={e.id: e for e in events})


def _unrounded(verdict: "Verdict") -> "Iterator[str]":
    """What is left of a number that holds when it is rounded, once only completed years count."""
    claim = verdict.claim
    if claim.form not in ("first-in", "after") or all(r.finding.verdict != "holds-rounded" for r in verdict.readings):
        return
    found = common(claim, tuple(_completed(claim, reading) for reading in verdict.readings)).verdict
    if found != verdict.verdict:
        yield f"counted in completed {measure_unit(claim)} only: {NAMES[found]}"


def _completed(claim: "Claim", reading: "Reading") -> "Reading":
    finding = reading.finding
    if finding.verdict != "holds-rounded":
        return reading
    some = any(Size(claim.number, claim.unit).floors(start, end) for start, end in finding.stretches)
    return reading._replace(finding=finding._replace(verdict="undetermined" if some else "fails"))


def _changes(claim: "Claim", query: Query) -> "Iterator[tuple[str, Claim]]":
    """Each single change of what is counted, in words; `query` is what the reading told counts."""

    def counting(**scope: Any) -> "Claim":
        return claim._replace(base=claim.base._replace(**scope))

    if query.roles != ("heads",) and query.about_people:
        yield "only those who headed the party", counting(roles=("heads",))
    elif query.roles:
        yield "accompanying counts too", counting(roles=())._replace(roles_open=False)
    if not query.kinds:
        yield "transits count too", counting(kinds=("any",))
        yield "multilateral occasions left out", counting(not_=_without(query, "multilateral"))
        yield "secret and unofficial visits left out", counting(not_=_without(query, "secret", "unofficial", "private"))
        yield f"only formal visits ({both(INFORMAL)} left out)", counting(not_=_without(query, *INFORMAL))
    else:
        anybody = tuple(who._replace(kinds=()) for who in claim.who)
        yield "any kind of visit", counting(kinds=())._replace(who=anybody, kind_open=False)
    if query.places:
        yield "any place", counting(places=())._replace(capital="")


def _others(claim: "Claim", query: Query, ground: "Ground") -> "Iterator[tuple[str, Claim]]":
    """Somebody's office instead of the person, or whoever came; a rank instead of an office, or the next one below."""
    vocabulary = ground.store.vocabulary
    base = claim.base._replace(people=(), offices=())
    if query.people and not query.offices and ground.visit is not None:
        held = [o for p in ground.visit.people if fits(p, query, vocabulary) for o in p.offices]
        if held:
            office = max(held, key=lambda o: vocabulary.offices[o].level)
            words = f"anybody who was {vocabulary.offices[office].title.lower()}"
            yield words, claim._replace(base=base, who=(Who(words, offices=(office,)),))
    if query.people and not query.offices:
        yield "whoever came", claim._replace(base=base, who=(ANYBODY,), subject="")
    elif query.offices and not query.people:
        level = vocabulary.lowest(query.offices)
        words = "anybody who ranked as high or higher"
        yield words, claim._replace(base=base, who=(Who(words, level=level),))
        below = next((rank for rank, least in RANKS.items() if least < RANKS[rank_of(level)]), "")
        if below:
            words = f"anybody who ranked as {below} or above"
            yield words, claim._replace(base=base, who=(Who(words, level=RANKS[below]),))


def _without(query: Query, *kinds: str) -> Query:
    return (query.not_ or Query())._replace(kinds=(*(query.not_.kinds if query.not_ else ()), *kinds))


def cover_words(reading: "Reading") -> str:
    """The coverage that an answer used."""
    reach = reading.finding.cover
    if reach is None and reading.finding.verdict == "unverifiable":
        return "not asked: what is missing is said above"
    if reach is None:
        return "not needed: the answer rests on visits in the record"
    if not reach.used:
        return "none of the record's coverage statements covers this"
    if reach.until < reach.first:
        return f"{both(s.id for s in reach.used)}: one direction only, or not from the first day that matters"
    end = day_text(min(reach.until, max(s.span.latest for s in reach.used)))
    near = f"; only near complete: {both(f'{s.id} ({span_text(*s.span)})' for s in reach.near)}" if reach.near else ""
    return f"{both(s.id for s in reach.used)}, complete to {end}{near}"
