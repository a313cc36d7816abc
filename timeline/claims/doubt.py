"""Doubtful visits taken in and out: those whose support is not confirmed, those with a disputed date, those of which the record does not say what the scope asks, those of somebody of whom it is open since when he held his office."""

from functools import partial
from typing import TYPE_CHECKING

from timeline.claims.absence import in_office
from timeline.claims.evaluate import Ground, Judged, find
from timeline.claims.model import Finding, Reading
from timeline.claims.readings import kept
from timeline.claims.remember import chosen, of_each
from timeline.claims.time_readings import is_count
from timeline.query import select, unsaid
from timeline.tenures import inexact_of, name_keys
from timeline.text import both, day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Person


def doubts(judged: Judged, ground: Ground) -> tuple[Reading, ...]:
    """Readings that come to another answer once a doubtful visit is left out, all of them are, or an uncertain one is taken otherwise."""
    main = judged.reading
    found = [
        *(_reading(judged, own, "support", words, events) for own, words, events in _left_out(judged, ground)),
        *_taken_in(judged, ground),
        *_perhaps_in_office(judged, ground),
        *_other_dates(judged, ground),
        *_without_reference(judged, ground),
    ]
    return tuple(reading for reading in found if family(reading) != family(main))


def family(reading: Reading) -> str:
    """Verdicts that differ only in rounding are one."""
    return "holds" if reading.finding.verdict == "holds-rounded" else reading.finding.verdict


def _reading(judged: Judged, ground: Ground, switch: str, words: str, events: "list[Event]") -> Reading:
    taken, main = judged
    return Reading((*main.switches, (switch, words)), main.query, find(taken, ground, events), tuple(events))


def _left_out(judged: Judged, ground: Ground) -> "Iterator[tuple[Ground, str, list[Event]]]":
    """Each visit that is not confirmed left out, and all of them; the visit in question only where a claim just counts it among others."""
    scope, here = judged.reading.scope, ground.visit
    doubtful = [e for e in scope if e.support != "confirmed" and (e is not here or is_count(judged.taken.claim))]
    for event in doubtful:
        own = ground._replace(visit=None) if event is here else ground
        yield own, f"without {event.id}, which is {event.support}", [e for e in scope if e is not event]
    if len(doubtful) > 1:
        words = f"without those that are not confirmed: {both(e.id for e in doubtful)}"
        own = ground._replace(visit=None) if here in doubtful else ground
        yield own, words, [e for e in scope if e not in doubtful]


def _taken_in(judged: Judged, ground: Ground) -> "Iterator[Reading]":
    """Visits taken in of which the record does not say whether they are in the scope: those that alone change the answer as one reading, or all together."""
    taken, main = judged
    held = in_office(taken.query, ground.store)
    unknown = [
        event
        for event in kept(unsaid(ground.store.events, taken.query, ground.store.vocabulary), taken, ground.store)
        if event.date.start.latest >= held.earliest and event.date.start.earliest <= held.latest
    ]

    def read(added: "list[Event]", told: "list[Event]", word: str) -> Reading:
        capital = taken.query.places and all(event.places for event in told)
        lacks = "names only the capital" if capital else "does not say"
        words = f"with {both(e.id for e in told)}, {word} the record {lacks}"
        return _reading(judged, ground, "unknown", words, sorted([*main.scope, *added], key=lambda e: e.order))

    alone = [event for event in unknown if family(read([event], [event], "of which")) != family(main)]
    if alone:
        yield read(alone[-1:], alone, "of which" if len(alone) == 1 else "of each of which")
    elif unknown:
        yield read(unknown, unknown, "of which")


def _perhaps_in_office(judged: Judged, ground: Ground) -> "Iterator[Reading]":
    """Visits taken in that were made by somebody in an office of the scope or not, as its first or last day is taken: the table of tenures does not know it exactly."""
    query, vocabulary = judged.taken.query, ground.store.vocabulary
    if judged.taken.claim.object == "meeting" or not (query.offices or query.level):
        return
    scope = {event.id for event in judged.reading.scope}
    # Whoever is in the scope for another office is also in this wider one: claims ask nothing by `where`.
    by_anybody = chosen(query._replace(offices=(), level=0, ladder=""), ground.store)
    pairs = ((event, _in_all_offices(event)) for event in by_anybody if event.id not in scope)
    holding = select([held for event, held in pairs if held is not event], query, vocabulary)
    perhaps = kept(holding, judged.taken, ground.store)
    if not perhaps:
        return
    added = [ground.visit if ground.visit and e.id == ground.visit.id else e for e in perhaps]
    words = f"with {both(e.id for e in added)}, by somebody who may have held that office then"
    events = sorted([*judged.reading.scope, *added], key=lambda e: e.order)
    yield _reading(judged, ground, "tenure", words, events)


@of_each
def _in_all_offices(event: "Event") -> "Event":
    """A visit with its people in each office too of which it is not known whether they held it on that day."""
    people = tuple(map(partial(_in_all, event), event.people))
    return event if people == event.people else event._replace(people=people)


def _in_all(event: "Event", person: "Person") -> "Person":
    actor, days = person.actor or event.visitor, event.date.start
    terms = [term for bound, term in inexact_of(actor) if bound.overlaps(days)]
    keys = name_keys([person.name]) if terms else frozenset()
    more = dict.fromkeys(term.office for term in terms if term.keys & keys and term.office not in person.offices)
    return person._replace(offices=(*person.offices, *more)) if more else person


def _without_reference(judged: Judged, ground: Ground) -> "Iterator[Reading]":
    """What a claim says so long after a visit that is not confirmed, which may not have been made."""
    claim = judged.taken.claim
    event = ground.store.by_id.get(claim.since.event) if claim.form == "after" and claim.since else None
    if event is not None and event.support != "confirmed":
        words = f"without {event.id}, which is {event.support}"
        finding = Finding("fails", f"{claim.since.label if claim.since else ''}: it may not have been made", (event,))
        yield judged.reading._replace(switches=(*judged.reading.switches, ("support", words)), finding=finding)


def _other_dates(judged: Judged, ground: Ground) -> "Iterator[Reading]":
    """Each disputed date taken one way and the other."""
    for event in judged.reading.scope:
        if not event.date.disputed:
            continue
        for date in event.date.options:
            fixed = event._replace(date=date)
            events = [fixed if e is event else e for e in judged.reading.scope]
            own = ground._replace(visit=fixed) if event is ground.visit else ground
            yield _reading(judged, own, "date", f"with {event.id} dated {day_text(date.start.earliest)}", events)
