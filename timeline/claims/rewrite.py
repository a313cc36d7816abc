"""The safe rewrite: the strongest wording that the record bears out, in words that `timeline claim` reads back.

About a visit: the one before by somebody in the same office, the highest first, named with month and year. About the last visit of a scope: who made it and when.
A sentence is given only if, read back, it holds on every reading, with every doubtful visit in and out; where coverage is missing, as what is known.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.case import prior
from timeline.claims.doubt import doubts
from timeline.claims.evaluate import evaluate
from timeline.claims.grammar import parse
from timeline.claims.model import Claim, NotUnderstood, Reading, Who
from timeline.claims.wording import host_words, month_text, nationality, somebody
from timeline.query import Query, fits, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Person, Store


def rewrite(claim: Claim, main: Reading, visit: "Event | None", store: "Store") -> str:
    """A sentence that holds, or an empty text where none is found."""
    if claim.object != "visit":
        return ""
    if claim.form in ("last-was", "none-since"):
        sentences = _last(claim, main, store)
    elif visit is not None and visit.type == "visit" and visit in main.scope:
        sentences = _first_since(claim, visit, store)
    else:
        return ""
    return next((text for text in sentences if holds(text, visit, claim, store)), "")


def holds(text: str, visit: "Event | None", claim: Claim, store: "Store") -> bool:
    """Whether a sentence, read back, HOLDS: on every reading, and whatever doubtful visits turn out to be."""
    try:
        read = parse(text, store, published=claim.published)
    except NotUnderstood:
        return False
    ground, judged = evaluate(replace(read, about=visit.id if visit else ""), store)
    firm = all(reading.finding.verdict == "holds" for _, reading in judged)
    return firm and not any(doubts(one, ground) for one in judged)


def _first_since(claim: Claim, visit: "Event", store: "Store") -> "Iterator[str]":
    """`the first visit headed by a Chinese premier to North Korea since Wen Jiabao in October 2009`, the claim's own word for the visitor first."""
    for who, noun in _nouns(claim, visit, store):
        last = _before(who, visit, store)
        if last is None:
            continue
        person = _person(last, who, store)
        since = month_text(last) if who.people or person is None else f"{person.name} in {month_text(last)}"
        for first in ("first", "first known"):
            yield f"the {first} visit headed by {noun} to {host_words(visit, store)} since {since}"


def _before(who: Who, visit: "Event", store: "Store") -> "Event | None":
    """The visit before, of those headed by somebody like that; None where it is not just one, or not confirmed."""
    scope = Query(
        visitors=(visit.visitor,),
        hosts=(visit.host,),
        people=who.people,
        offices=who.offices,
        roles=("heads",),
    )
    visits = select(store.events, scope, store.vocabulary)
    if visit not in visits or not visit.date.start.exact:
        return None
    before = prior([e for e in visits if e is not visit], visit.date.start.earliest)
    return before.may[0] if len(before.may) == 1 and before.may[0].support == "confirmed" else None


def _nouns(claim: Claim, visit: "Event", store: "Store") -> "Iterator[tuple[Who, str]]":
    """What to call the visitor: the person or office that the claim names, then the offices held, highest first, then the name."""
    main = claim.who[0]
    if main.people:
        yield main, main.people[0]
    heads = [person for person in visit.people if person.role == "heads"]
    offices = dict.fromkeys(office for person in heads for office in person.offices)
    ranked = sorted(offices, key=lambda office: -store.vocabulary.offices[office].level)
    asked = [office for office in ranked if office in main.offices] if len(claim.who) == 1 else []
    for office in (*asked, *ranked):
        yield Who(office, offices=(office,)), somebody(office, visit, store)
    for person in heads:
        yield Who(person.name, people=(person.name,)), person.name


def _last(claim: Claim, main: Reading, store: "Store") -> "Iterator[str]":
    """`Xi Jinping last visited North Korea in June 2019`, `the last visit by a Chinese premier to North Korea was Wen Jiabao in October 2009`."""
    if len(main.finding.deciding) != 1 or not main.query.hosts or main.finding.deciding[0].type != "visit":
        return
    last, who = main.finding.deciding[0], claim.who[0]
    person = _person(last, who, store)
    if who.people:
        yield f"{who.people[0]} last visited {host_words(last, store)} in {month_text(last)}"
    elif person is not None and who.anybody:
        for what in ("last", "last known"):
            yield f"the {what} {nationality(last, store)} visit to {host_words(last, store)} was {person.name} in {month_text(last)}"
    elif person is not None and len(who.offices) == 1:
        of = somebody(who.offices[0], last, store)
        yield f"the last visit by {of} to {host_words(last, store)} was {person.name} in {month_text(last)}"


def _person(event: "Event", who: Who, store: "Store") -> "Person | None":
    query = Query(people=who.people, offices=who.offices, level=who.level, roles=("heads",))
    return next((person for person in event.people if fits(person, query, store.vocabulary)), None)
