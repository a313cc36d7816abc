"""The safe rewrite: the strongest wording about a visit that the record bears out, in words that `timeline claim` reads back.

For the highest office of the visit's head: the visit before by an office-holder of that kind, named with month and year.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.claims.case import prior
from timeline.claims.evaluate import evaluate
from timeline.claims.grammar import parse
from timeline.claims.model import Claim, NotUnderstood, Who
from timeline.dates import MONTHS, NEVER_AFTER, NEVER_BEFORE
from timeline.query import Query, fits, select

if TYPE_CHECKING:
    from timeline.model import Event, Person, Store

NOUNS = {
    "general-secretary": "party leader",
    "party-chairman": "party leader",
    "supreme-leader": "supreme leader",
    "standing-committee-member": "Standing Committee member",
    "parliament-chairman": "parliament chairman",
    "presidium-president": "presidium president",
}


def rewrite(claim: Claim, visit: "Event | None", store: "Store") -> str:
    """A sentence that holds, or an empty text where none is found."""
    if visit is None or visit.type != "visit" or claim.object != "visit":
        return ""
    for who, noun in _nouns(claim, visit, store):
        text = _first_since(who, noun, visit, store)
        if text:
            return text
    return ""


def _nouns(claim: Claim, visit: "Event", store: "Store") -> list[tuple[Who, str]]:
    """What to call the visitor, the claim's own word first where it says one office or person, then the offices held, highest first."""
    visitor = store.vocabulary.actors[visit.visitor]
    adjective = visitor.adjectives[0] if visitor.adjectives else visitor.name
    found: list[tuple[Who, str]] = []
    main = claim.who[0]
    if main.people:
        found.append((main, main.people[0]))
    heads = [person for person in visit.people if person.role == "heads"]
    offices = dict.fromkeys(office for person in heads for office in person.offices)
    ranked = sorted(offices, key=lambda office: -store.vocabulary.offices[office].level)
    asked = [office for office in ranked if office in main.offices] if len(claim.who) == 1 else []
    found += [
        (Who(office, offices=(office,)), f"a {adjective} {noun_of(office)}") for office in (*asked, *ranked)
    ]
    found += [(Who(person.name, people=(person.name,)), person.name) for person in heads]
    return found


def noun_of(office: str) -> str:
    """The word for an office in a sentence."""
    return NOUNS.get(office) or office.replace("-", " ")


def _first_since(who: Who, noun: str, visit: "Event", store: "Store") -> str:
    scope = Query(
        visitors=(visit.visitor,),
        hosts=(visit.host,),
        people=who.people,
        offices=who.offices,
        roles=("heads",),
    )
    visits = select(store.events, scope, store.vocabulary)
    if visit not in visits or not visit.date.start.exact:
        return ""
    before = prior([e for e in visits if e is not visit], visit.date.start.earliest)
    if len(before.may) != 1:
        return ""
    last = before.may[0]
    person = _person(last, who, store)
    if person is None or last.support != "confirmed":
        return ""
    host = store.vocabulary.actors[visit.host].name
    when = month_text(last)
    since = f"since {when}" if who.people else f"since {person.name} in {when}"
    text = f"the first visit headed by {noun} to {host} {since}"
    return text if _proved(text, visit, store) else ""


def _proved(text: str, visit: "Event", store: "Store") -> bool:
    """Whether the sentence, read back, holds; first as it is."""
    try:
        claim = replace(parse(text, store), about=visit.id)
    except NotUnderstood:
        return False
    return all(reading.finding.verdict == "holds" for _, reading in evaluate(claim, store)[1])


def _person(event: "Event", who: Who, store: "Store") -> "Person | None":
    query = Query(people=who.people, offices=who.offices, roles=("heads",))
    return next((person for person in event.people if fits(person, query, store.vocabulary)), None)


def month_text(event: "Event") -> str:
    """`October 2009`, or the year where the month is not known; words that no claim is read from where the date is open."""
    first, last = event.date.start
    if first == NEVER_BEFORE or last == NEVER_AFTER:
        return "an unknown day"
    a, b = date.fromordinal(first), date.fromordinal(last)
    return f"{MONTHS[a.month - 1]} {a.year}" if (a.year, a.month) == (b.year, b.month) else f"{a.year}"
