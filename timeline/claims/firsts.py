"""Every superlative that the record supports for a visit, strongest first, each as a sentence that `timeline claim` reads back and confirms.

A sentence is kept only if the claim that it makes HOLDS on every reading. Where coverage does not say that nobody came in between, it is said of known visits, since
one that it names, and of a person by name only where coverage speaks of all that this person made; that a visit was the first ever, the n-th or of the highest rank is not said then at all: the record may begin too late, or leave out whole ranks.
Of two that say the same of the same visit before, the one that coverage proves stays, or else the one with the higher office. No first of an office is told of
somebody who came in the time with other titles as high: the sentence about the person, or the highest office, says what is so.
"""

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.before import last_as_high, scopes, sinces, speaks_of_all
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood, Verdict
from timeline.claims.naming import plainly_named
from timeline.claims.rank import SEATS, came_as_high, chief_offices
from timeline.claims.remember import chosen
from timeline.claims.verdict import judge
from timeline.claims.wording import actor_words, host_words, nationality, noun_of, nth_word, somebody
from timeline.query import Query, fits, matches
from timeline.text import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.claims.before import Scope
    from timeline.model import Event, Store

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
        """Whether coverage allows it; otherwise it is said only of what is known."""
        return "known" not in self.verdict.claim.hedges

    def command(self, stores: "Sequence[str]" = ()) -> str:
        """What proves it, against the stores that were named."""
        about = self.verdict.about.id if self.verdict.about else ""
        named = "".join(f" --store {quote(store)}" for store in stores)
        return f'timeline claim "{self.sentence}" --about {about}{named}'


@dataclass(frozen=True, slots=True)
class _Subject:
    """Somebody of whom a superlative can be said: `of` opens the sentence ("by a Chinese premier"), `query` is the scope.

    `noun` is an office of any country; `chief`: the highest on its ladder of those held; `seat`: one of many in a body, of somebody who is more on that ladder.
    """

    of: str
    query: Query
    level: int
    noun: str = ""
    chief: bool = True
    seat: bool = False


SINCE = ("since", "both", "highest")


def find_firsts(event: "Event", store: "Store", as_of: int) -> list[First]:
    """The superlatives of a visit, strongest first. Empty for what is no visit, did not happen, or has no exact first day."""
    if event.type != "visit" or event.status != "happened" or not event.date.start.exact:
        return []
    found: dict[tuple[str, str], First] = {}
    for level, tries in _tries(event, store, found):
        for key, first in _kept(tries, level, event, store, as_of):
            if key not in found or (found[key].proved, found[key].level) < (first.proved, first.level):
                found[key] = first
    if ("ever", "") in found:
        found.pop(("own", event.id), None)
    told = [_plainly(first, event, store, as_of) for first in found.values()]
    return sorted(told, key=lambda first: (not first.proved, -first.days, -first.level, first.sentence))


def _tries(
    event: "Event", store: "Store", found: "Mapping[tuple[str, str], First]"
) -> "Iterator[tuple[int, Iterable[_Try]]]":
    """What may be said of each of those who made a visit, with their level; what of the party. Of a seat in a body nothing since a visit after that since which the visit is the first of a higher office."""
    for subject in _subjects(event, store):
        tries = _sentences(subject, event, store)
        if subject.seat:
            told = max((f.days for key, f in found.items() if f.proved and key[0] in SINCE), default=0)
            tries = (one for one in tries if one.kind not in SINCE or one.days > told)
        yield subject.level, tries
    yield 0, _highest(event, store)


def _kept(
    tries: "Iterable[_Try]", level: int, event: "Event", store: "Store", as_of: int
) -> "Iterator[tuple[tuple[str, str], First]]":
    """The first of each kind that is confirmed: of the capital only what the country has nothing of."""
    told: set[str] = set()
    tried: set[str] = set()
    for kind, previous, sentence, days, known in tries:
        if kind in told or sentence in tried:
            continue
        tried.add(sentence)
        verdict = _confirmed(sentence, event, store, as_of, known=known)
        if verdict is not None:
            told.add(kind)
            yield (kind, previous), First(verdict.claim.text, verdict, days, level)


def _plainly(first: First, event: "Event", store: "Store", as_of: int) -> First:
    """The same with `by` for `headed by`, as people write, where that holds too: companions counted."""
    before, headed, after = first.sentence.partition(" headed by ")
    verdict = _confirmed(f"{before} by {after}", event, store, as_of, known=False) if headed else None
    return replace(first, sentence=verdict.claim.text, verdict=verdict) if verdict else first


def _subjects(event: "Event", store: "Store") -> "Iterator[_Subject]":
    """The offices of those who headed a party, the highest first; then they by name."""
    vocabulary = store.vocabulary
    direction = Query(visitors=(event.visitor,), hosts=(event.host,), roles=("heads",))
    heads = [person for person in event.people if person.role == "heads"]
    chief = {office for person in heads for office in chief_offices(person, vocabulary)}
    offices = dict.fromkeys(office for person in heads for office in person.offices)
    for office in sorted(offices, key=lambda office: -vocabulary.offices[office].level):
        query, level = replace(direction, offices=(office,)), vocabulary.offices[office].level
        of, noun = somebody(office, event, store), noun_of(office, event)
        yield _Subject(of, query, level, noun, office in chief, office not in chief and office.endswith(SEATS))
    for person in heads:
        yield _Subject(person.name, replace(direction, people=(person.name,)), vocabulary.level(person.offices))


class _Try(NamedTuple):
    """A sentence to try, with its kind, the visits that it rests on (of the same, one is kept), and the days back to the visit before; `known`: it may be said of known visits.

    A record that leaves out whole ranks does not know who ranked highest, and of somebody in other offices not what visits he made.
    """

    kind: str
    previous: str
    sentence: str
    days: int
    known: bool = False


def _sentences(subject: _Subject, event: "Event", store: "Store") -> "Iterator[_Try]":
    """Of the visits to the country; of those to its capital where meetings on its border may count as visits to the country."""
    visits = f"visit headed by {subject.of} to"
    country = scopes(f"{visits} {host_words(event, store)}", event, store)
    yield from _to(f"{visits} {host_words(event, store)}", country, subject, event, store)
    if any(scope.borders for scope in country):
        capitals = store.vocabulary.actors[event.host].capitals
        for named in (f"{visits} {place}" for place in event.places if place in capitals):
            yield from _to(named, scopes(named, event, store), subject, event, store)
    if subject.query.people:
        yield from _in_office(subject, event, store)
    else:
        yield from _both_ways(subject, event, store)


def _to(visits: str, found: "Sequence[Scope]", subject: _Subject, event: "Event", store: "Store") -> "Iterator[_Try]":
    if any(not scope.visits for scope in found) and not came_as_high(event, None, subject.query, store):
        yield _Try("ever", "", f"the first ever {visits}", 0 if subject.query.people else event.date.start.earliest)
    for scope in found:
        if subject.query.people or subject.chief:
            yield from _nth(subject, [*scope.visits, event], visits)
    longest = any(_ends_longest_gap(event, scope.visits) for scope in found[:1])
    people = subject.query.people
    for back in sinces(found, subject.query, event, store):
        if back.days >= TRIVIAL_YEARS * 365:
            known = speaks_of_all(people, event, store) if people else back.alone
            yield _Try("since", back.last.id, f"the first {visits} since {back.words}", back.days, known)
            if longest:
                gap = f"the longest gap between visits {visits.removeprefix('visit ')}"
                yield _Try("gap", back.last.id, gap, back.days)
                yield _Try("gap", back.last.id, f"{gap} until then", back.days)


def _ends_longest_gap(event: "Event", before: "Sequence[Event]") -> bool:
    """Whether a visit may end the longest of three gaps or more until then: of two, one is longer as a matter of course."""
    from timeline.gaps import find_gaps

    return len(before) > 2 and any(gap.later is event and gap.rank[0] == 1 for gap in find_gaps([*before, event]))


def _nth(subject: _Subject, visits: "Sequence[Event]", named: str) -> "Iterator[_Try]":
    number = len(visits)
    few = subject.query.people or number <= FEW or number % FEW == 0
    if number > 1 and few:
        yield _Try("nth", " ".join(visit.id for visit in visits), f"the {nth_word(number)} {named}", number)


def _in_office(person: _Subject, event: "Event", store: "Store") -> "Iterator[_Try]":
    """Which visit in an office it is, of those that the person made: of several offices with the same visits, that of the state, then the highest."""
    vocabulary, host, told = store.vocabulary, host_words(event, store), set()
    day = event.date.start.earliest
    offices = [o for p in event.people if fits(p, person.query, vocabulary) for o in chief_offices(p, vocabulary)]
    for office in offices:
        scope = replace(person.query, offices=(office,))
        visits = [e for e in chosen(scope, store) if e.date.start.earliest <= day]
        if (same := tuple(visit.id for visit in visits)) in told:
            continue
        told.add(same)
        named = f"visit headed by {person.of} as {noun_of(office, event)} to {host}"
        if visits == [event]:
            yield _Try("own", event.id, f"the first {named}", 1)
        yield from _nth(person, visits, named)


def _both_ways(subject: _Subject, event: "Event", store: "Store") -> "Iterator[_Try]":
    """First in either direction, where the visit before went the other way: otherwise it says little more than the first in one."""
    visitor, host = actor_words(event.visitor, store), host_words(event, store)
    visits = f"visit headed by {with_article(subject.noun)} between {visitor} and {host}"
    asked = replace(subject.query, visitors=(), hosts=(), between=event.direction)
    for back in sinces(scopes(visits, event, store), asked, event, store):
        other = back.last.direction != event.direction and matches(back.last, asked, store.vocabulary)
        if other and back.alone and back.days >= TRIVIAL_YEARS * 365:
            yield _Try("both", back.last.id, f"the first {visits} since {back.words}", back.days, known=True)


def _highest(event: "Event", store: "Store") -> "Iterator[_Try]":
    """Highest-ranking since the last visit that ranked as high."""
    visitor = f"the highest-ranking {nationality(event, store)} visitor to {host_words(event, store)}"
    for back in last_as_high(event, store):
        if back.days >= TRIVIAL_YEARS * 365:
            yield _Try("highest", back.last.id, f"{visitor} since {back.words}", back.days)


def _confirmed(sentence: str, event: "Event", store: "Store", as_of: int, *, known: bool) -> Verdict | None:
    """The verdict on a sentence if it holds; if only coverage is missing, that on what is `known`, where it may be said so."""
    sentence = plainly_named(sentence, store, event)
    try:
        claim = replace(parse(sentence, store, event), about=event.id)
    except NotUnderstood:
        return None
    verdict = judge(claim, store, as_of, plain=True)
    if verdict.verdict == "unverifiable" and known:
        article, superlative, rest = sentence.split(" ", 2)
        return _confirmed(f"{article} {superlative} known {rest}", event, store, as_of, known=False)
    return verdict if verdict.verdict == "holds" else None
