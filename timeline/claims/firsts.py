"""Every superlative that the record supports for a visit, strongest first, each as a sentence that `timeline claim` reads back and confirms.

A sentence is kept only if the claim that it makes HOLDS on every reading (or would, did coverage reach: then it is marked). Of two that say the same of the
same visit before, the one that coverage proves stays, or else the one with the higher office. No first of an office is told of somebody who came in the time
with other titles as high: the sentence about the person, or the highest office, says what is so.
"""

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.case import prior
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood, Verdict
from timeline.claims.rank import came_as_high
from timeline.claims.verdict import judge
from timeline.claims.wording import actor_words, host_words, month_text, nationality, noun_of, somebody
from timeline.query import Query, fits, select
from timeline.text import ordinal, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import Event, Person, Store
    from timeline.vocabulary import Vocabulary

TRIVIAL_YEARS = 1  # a first in less than this is no news
FEW = 10  # of more visits by those in an office only every tenth is worth a sentence


@dataclass(frozen=True, slots=True)
class First:
    """One superlative: the sentence, what it rests on, and how strong it is (`days` back to the visit before; higher first)."""

    sentence: str
    verdict: Verdict
    days: int
    level: int

    @property
    def proved(self) -> bool:
        """Whether coverage allows it; otherwise it is true only of what is on record."""
        return self.verdict.verdict == "holds"

    def command(self, stores: "Sequence[str]" = ()) -> str:
        """What proves it, against the stores that were named."""
        about = self.verdict.about.id if self.verdict.about else ""
        named = "".join(f" --store {quote(store)}" for store in stores)
        return f'timeline claim "{self.sentence}" --about {about}{named}'


@dataclass(frozen=True, slots=True)
class _Subject:
    """Somebody of whom a superlative can be said: `of` opens the sentence ("by a Chinese premier"), `query` is the scope. `noun` is an office of any country; `chief`: the highest on its ladder of those held."""

    of: str
    query: Query
    level: int
    noun: str = ""
    chief: bool = True


def find_firsts(event: "Event", store: "Store", as_of: int) -> list[First]:
    """The superlatives of a visit, strongest first. Empty for what is no visit, did not happen, or has no exact first day."""
    if event.type != "visit" or event.status != "happened" or not event.date.start.exact:
        return []
    found: dict[tuple[str, str], First] = {}
    for subject in _subjects(event, store):
        for kind, previous, sentence, days in _sentences(subject, event, store):
            verdict = _confirmed(sentence, event, store, as_of)
            if verdict is None:
                continue
            first = First(sentence, verdict, days, subject.level)
            key = (kind, previous)
            if key not in found or (found[key].proved, found[key].level) < (first.proved, first.level):
                found[key] = first
    if ("ever", "") in found and found["ever", ""].proved:
        found.pop(("own", event.id), None)
    return sorted(found.values(), key=lambda first: (not first.proved, -first.days, -first.level, first.sentence))


def _subjects(event: "Event", store: "Store") -> "Iterator[_Subject]":
    vocabulary = store.vocabulary
    direction = Query(visitors=(event.visitor,), hosts=(event.host,), roles=("heads",))
    heads = [person for person in event.people if person.role == "heads"]
    for office in dict.fromkeys(office for person in heads for office in person.offices):
        level = vocabulary.offices[office].level
        query = replace(direction, offices=(office,))
        chief = any(office in _chief(person, vocabulary) for person in heads)
        yield _Subject(somebody(office, event, store), query, level, noun_of(office, event), chief)
    for person in heads:
        yield _Subject(person.name, replace(direction, people=(person.name,)), vocabulary.level(person.offices))


def _chief(person: "Person", vocabulary: "Vocabulary") -> list[str]:
    """Of the offices that somebody holds the highest on each ladder, that of the state first: a general secretary's visits as member of the Standing Committee are no news."""
    ladders = {office: vocabulary.offices[office].ladder for office in person.offices}
    ranked = sorted(person.offices, key=lambda office: -vocabulary.offices[office].level)
    highest = {ladder: next(o for o in ranked if ladders[o] == ladder) for ladder in ladders.values()}
    return sorted(highest.values(), key=lambda o: (ladders[o] != "state", -vocabulary.offices[o].level))


class _Try(NamedTuple):
    """A sentence to try, with its kind, the visits that it rests on (of the same, one is kept), and the days back to the visit before."""

    kind: str
    previous: str
    sentence: str
    days: int


def _sentences(subject: _Subject, event: "Event", store: "Store") -> "Iterator[_Try]":
    host, day = host_words(event, store), event.date.start.earliest
    visits = [e for e in select(store.events, subject.query, store.vocabulary) if e.date.start.earliest <= day]
    before = prior([e for e in visits if e is not event], day)
    if subject.query.people or subject.chief:
        yield from _nth(subject, visits, host)
    last = before.may[0] if before.may else None
    titled = came_as_high(event, last, subject.query, store)
    if last is None and not titled:
        ever = f"the first ever visit headed by {subject.of} to {host}"
        yield _Try("ever", "", ever, 0 if subject.query.people else day)
        if subject.query.people:
            yield from _in_office(subject, event, store, host)
        return
    sole = len(before.may) == 1 and before.high is not None and day - before.high >= TRIVIAL_YEARS * 365
    if last is not None and before.high is not None and sole and not titled:
        yield from _since(subject, last, host, day - before.high, store)
        if len(visits) > 3:
            gap = f"the longest gap between visits headed by {subject.of} to {host}"
            yield _Try("gap", last.id, gap, day - before.high)
            yield _Try("gap", last.id, f"{gap} until then", day - before.high)
    if subject.query.people:
        yield from _in_office(subject, event, store, host)
    else:
        yield from _highest(subject, event, store, host)
        yield from _both_ways(subject, event, store, host)


def _nth(subject: _Subject, visits: "Sequence[Event]", host: str) -> "Iterator[_Try]":
    number = len(visits)
    few = subject.query.people or number <= FEW or number % FEW == 0
    if number > 1 and few and (word := _ordinal_word(number)):
        same = " ".join(visit.id for visit in visits)
        yield _Try("nth", same, f"the {word} visit headed by {subject.of} to {host}", number)


def _in_office(person: _Subject, event: "Event", store: "Store", host: str) -> "Iterator[_Try]":
    """Which visit in an office it is, of those that the person made: of several offices with the same visits, that of the state, then the highest."""
    vocabulary, told = store.vocabulary, set()
    day = event.date.start.earliest
    offices = [o for p in event.people if fits(p, person.query, vocabulary) for o in _chief(p, vocabulary)]
    for office in offices:
        scope = replace(person.query, offices=(office,))
        visits = [e for e in select(store.events, scope, vocabulary) if e.date.start.earliest <= day]
        if (same := tuple(visit.id for visit in visits)) in told:
            continue
        told.add(same)
        held = replace(person, of=f"{person.of} as {noun_of(office, event)}")
        if visits == [event]:
            yield _Try("own", event.id, f"the first visit headed by {held.of} to {host}", 1)
        yield from _nth(held, visits, host)


def _since(subject: _Subject, last: "Event", host: str, days: int, store: "Store") -> "Iterator[_Try]":
    """First since the visit before, named by who made it unless it was the same person."""
    heads = (p.name for p in last.people if p.role == "heads" and fits(p, subject.query, store.vocabulary))
    who = "" if subject.query.people else f"{next(heads, '')} in "
    yield _Try(
        "since", last.id, f"the first visit headed by {subject.of} to {host} since {who}{month_text(last)}", days
    )


def _both_ways(subject: _Subject, event: "Event", store: "Store", host: str) -> "Iterator[_Try]":
    """First in either direction, where the visit before went the other way: otherwise it says little more than the first in one."""
    between = replace(subject.query, visitors=(), hosts=(), between=event.direction)
    visits = [e for e in select(store.events, between, store.vocabulary) if e is not event]
    day = event.date.start.earliest
    before = prior(visits, day)
    if len(before.may) != 1 or before.high is None or day - before.high < TRIVIAL_YEARS * 365:
        return
    last = before.may[0]
    head = next((p.name for p in last.people if p.role == "heads" and fits(p, between, store.vocabulary)), "")
    if last.direction != event.direction and head and not came_as_high(event, last, between, store):
        visitor = actor_words(event.visitor, store)
        sentence = f"the first visit headed by {with_article(subject.noun)} between {visitor} and {host} since {head} in {month_text(last)}"
        yield _Try("both", last.id, sentence, day - before.high)


def _highest(subject: _Subject, event: "Event", store: "Store", host: str) -> "Iterator[_Try]":
    """Highest-ranking since the last visit that ranked as high."""
    vocabulary = store.vocabulary
    level = max((vocabulary.level(p.offices) for p in event.people if p.role == "heads"), default=0)
    if subject.level != level:
        return
    day = event.date.start.earliest
    scope = Query(visitors=(event.visitor,), hosts=(event.host,), roles=("heads",), level=level)
    visits = [e for e in select(store.events, scope, vocabulary) if e is not event]
    before = prior(visits, day)
    if len(before.may) != 1 or before.high is None or day - before.high < TRIVIAL_YEARS * 365:
        return
    last = before.may[0]
    head = next((p.name for p in last.people if p.role == "heads"), "")
    yield _Try(
        "highest",
        last.id,
        f"the highest-ranking {nationality(event, store)} visitor to {host} since {head} in {month_text(last)}",
        day - before.high,
    )


def _ordinal_word(number: int) -> str:
    from timeline.claims.lexicon import ORDINALS

    return next((word for word, value in ORDINALS.items() if value == number), ordinal(number) if number < 100 else "")


def _confirmed(sentence: str, event: "Event", store: "Store", as_of: int) -> Verdict | None:
    """The verdict on a sentence if it holds, or would if the record were complete; otherwise None."""
    try:
        claim = replace(parse(sentence, store, event), about=event.id)
    except NotUnderstood:
        return None
    verdict = judge(claim, store, as_of, plain=True)
    if verdict.verdict == "holds":
        return verdict
    if verdict.verdict != "unverifiable":
        return None
    known = judge(replace(claim, hedges=claim.hedges | {"known"}), store, as_of, plain=True)
    return verdict if known.verdict == "holds" else None
