"""Family names: who is meant by `Kim` or `Hu` alone. Where several bear one, the visit in question or the rest of the sentence decides, or nobody does."""

import re
from typing import TYPE_CHECKING

from timeline.claims.meetings import meetings
from timeline.claims.model import FAR, NEAR, Window
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.names import fold
from timeline.query import Query
from timeline.tenures import name_keys, tenures
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.claims.model import Claim
    from timeline.model import Event, Person, Store
    from timeline.names import Keys

FAMILY_FIRST = frozenset({"china", "taiwan", "north-korea", "south-korea", "vietnam", "cambodia", "hungary"})
EITHER_FIRST = frozenset({"japan"})  # Abe Shinzo and Shinzo Abe are both in print
# Where people are called by their given name: the first, or in Vietnam the last.
CALLED_BY_GIVEN = frozenset({"vietnam", "laos", "thailand", "myanmar", "malaysia", "mongolia", "ethiopia", "iceland"})
# Family names of two letters that are also English words: in capitals at the head of a sentence they are no names.
NO_NAMES = frozenset("an as at be by do go ha he if in is it me my no of on or so to up us we".split())
PARTICLES = frozenset({"al", "el", "van", "von", "de", "da", "di", "le", "la", "den", "der"})
PATRONYMS = frozenset({"bin", "ibn", "bint"})  # before the name of the father: one is called `bin Salman`, not `Salman`
ROYAL = ("prince", "princess", "king", "queen", "sheikh", "emperor", "pope")
NUMERAL = r"[ivx]+"  # John Paul II


def turned(store: "Store") -> dict[str, str]:
    """Names of two words the other way round, of people in whose country print has both orders."""
    return {
        " ".join(reversed(fold(person.name).split())): person.name
        for event in store.events
        for person in event.people
        if (person.actor or event.visitor) in EITHER_FIRST and len(person.name.split()) == 2
    }


def shortened(store: "Store") -> dict[str, tuple[str, ...]]:
    """Names of which the first word is left out, with two words at least: `Tayyip Erdogan`. Whose family name stands first is not called so. Or of which the numeral is: `John Paul`."""
    found: dict[str, dict[str, None]] = {}
    for event in store.events:
        for person in event.people:
            words = fold(person.name.partition(" (")[0]).split()
            if (person.actor or event.visitor) not in FAMILY_FIRST | EITHER_FIRST | CALLED_BY_GIVEN:
                if len(words) > 2 and re.fullmatch(NUMERAL, words[-1]):
                    found.setdefault(" ".join(words[:-1]), {})[person.name] = None
                for first in (place for place in range(1, len(words) - 1) if words[place] not in PATRONYMS):
                    found.setdefault(" ".join(words[first:]), {})[person.name] = None
    return {name: tuple(names) for name, names in found.items()}


def namesakes(store: "Store", events: "Sequence[Event] | None" = None) -> dict[str, tuple[str, ...]]:
    """Who of the record, or of some of its events, has a name that a word in brackets tells apart: `Kim Yong Il (premier)`."""
    found: dict[str, dict[str, None]] = {}
    for event in store.events if events is None else events:
        for name in (*(person.name for person in event.people), *event.met):
            plain, bracket, _ = name.partition(" (")
            if bracket:
                found.setdefault(fold(plain), {})[name] = None
    return {plain: tuple(names) for plain, names in found.items()}


def bearers(store: "Store", role: str = "") -> dict[str, tuple[str, ...]]:
    """Who of the record has each family name; `role`: of those who headed a visit, for instance."""
    return _gathered((p, e) for e in store.events for p in e.people if role in ("", p.role))


def of_the_visit(store: "Store", about: "Event") -> dict[str, str]:
    """The family names that a visit makes clear: of those who received it, of its party, and before all of who headed it."""
    met = set(about.met)
    hosts = _gathered((p, e) for e in store.events for p in e.people if p.name in met)
    party = _gathered((person, about) for person in about.people)
    heads = _gathered((person, about) for person in about.people if person.role == "heads")
    return alone(hosts) | alone(party) | alone(heads)


def given_names(store: "Store") -> dict[str, tuple[str, ...]]:
    """Who of the record has each given name that stands first: royals are called by it."""
    found: dict[str, dict[str, None]] = {}
    for event in store.events:
        for person in event.people:
            words = fold(person.name).split()
            if words and (person.actor or event.visitor) not in FAMILY_FIRST:
                found.setdefault(words[0], {})[person.name] = None
    return {given: tuple(names) for given, names in found.items()}


# First names that are also English words, months, titles: these alone are nobody.
NO_FIRST_NAMES = frozenset(
    "mark will grant may april june august bill frank rich art pat sue rose hope jack grace joy faith dean earl duke major king prince princess queen emperor sheikh sultan shah pope "
    "crown sir lord dame president general chancellor north south east west".split()
)


def called_by_first_name(
    store: "Store", given: "Mapping[str, str]", families: "Mapping[str, tuple[str, ...]]", *actors: "Keys"
) -> dict[str, str]:
    """`Bilawal`: first names that only one of the record has, and nobody as a family name, in which no country or city is meant."""
    capitals = {fold(city) for actor in store.vocabulary.actors.values() for city in actor.capitals}
    taken = (families, capitals, NO_FIRST_NAMES)
    return {
        name: person
        for name, person in given.items()
        if len(name) > 3 and not any(name in others for others in taken) and not any(keys.get(name) for keys in actors)
    }


def alone(found: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Names that only one has."""
    return {family: names[0] for family, names in found.items() if len(names) == 1}


def _gathered(people: "Iterator[tuple[Person, Event]]") -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for person, event in people:
        for family in families(person, event):
            if family not in NO_NAMES:
                found.setdefault(family, {})[person.name] = None
    return {family: tuple(names) for family, names in found.items()}


def other_son(name: str, father: str) -> bool:
    """Whether the table of tenures has somebody else who is called by the same father as one of the record: `bin Salman`."""
    own, rows = name_keys([name]), (row for held in tenures().values() for row in held)
    return any(fold(row.person).endswith(f" {father}") and not row.keys & own for row in rows)


def families(person: "Person", event: "Event") -> tuple[str, ...]:
    """The first word of a name where the family name stands first, otherwise the last; of some countries either."""
    bare, _, told = person.name.partition(" (")
    words = fold(bare).split()
    home = person.actor or event.visitor
    if told:
        return (*_called(words, home), " ".join(words))  # of several Kim Yong Ils
    return _called(words, home)


def _called(words: list[str], home: str) -> tuple[str, ...]:
    if not words:
        return ()
    if home in EITHER_FIRST | CALLED_BY_GIVEN:
        return tuple(dict.fromkeys((words[0], words[-1])))
    if len(words) > 2 and words[-2] in PATRONYMS:
        return (" ".join(words[-2:]),)  # Mohammed bin Salman is nobody's Salman
    return (words[0],) if home in FAMILY_FIRST else (words[-1],)


def nearness(claim: "Claim", name: str, store: "Store", published: "Span | None") -> int:
    """How well a claim in which a family name was taken for somebody fits the record: 3, 2, 1, or 0 where it does not.

    It fits if he made the visit in question, or is on the event that is counted from, or else if he headed a visit of the claim's scope, or met the
    other of a pair: near the publication (2), or in the year before it (1). Without a publication, or of a time that was over long before, best (3) if he came as the leader in the time counted, or met the other so often.
    """
    if claim.about:
        about = store.by_id[claim.about]
        there = name in about.met or any(person.name == name for person in about.people)
        return 2 if there or _referred(claim, name, store) else 0
    if name not in {claim.subject, *claim.pair, *(person for who in claim.who for person in who.people)}:
        return 2 if _referred(claim, name, store) else 0
    if len(claim.pair) > 1:
        starts = [e.date.start for e in meetings(store, claim.pair, Query())]
    else:
        starts = [e.date.start for e in store.events if _headed(e, name) and _in_scope(e, claim)]
    published = _before(claim) or published
    if published is None or _over(claim, published):
        if claim.form == "nth" and len(claim.pair) > 1:
            return 3 if len(starts) >= claim.number else int(bool(starts))
        if _led_then(claim, name, store):
            return 3
        return (2 if _last_then(claim, name, store) else 1) if starts else 0
    for fit, days in ((2, NEAR), (1, FAR)):
        if any(s.latest >= published.earliest - days and s.earliest <= published.latest + NEAR for s in starts):
            return fit
    return 0


def _before(claim: "Claim") -> "Span | None":
    """The last day of a count of all that had been before a day: it is said as of then."""
    span = claim.window.span if claim.window else None
    return (
        Span(span.latest, span.latest) if span and span.earliest == NEVER_BEFORE and span.latest < NEVER_AFTER else None
    )


def _over(claim: "Claim", published: "Span") -> bool:
    """Whether a count is made in a time of its own that ended more than a year before the publication."""
    time = claim.window.span if claim.window and claim.window.absolute else None
    return time is not None and time.latest < published.earliest - FAR


def _last_then(claim: "Claim", name: str, store: "Store") -> bool:
    """Whether a claim may be about the meetings of somebody: in the time that it gives he met the other of the pair, who met no other leader of his family name after it. Of other claims, always."""
    marks = (claim.since, claim.target, claim.window)
    time = next((m.span for m in marks if m and m.span and (isinstance(m, Window) or m.period)), None)
    if len(claim.pair) < 2 or time is None:
        return True
    other = next(person for person in claim.pair if person != name)
    namesakes = {n for names in bearers(store).values() if name in names for n in names} - {name}
    later = (
        e
        for n in led(sorted(namesakes), store)
        for e in meetings(store, (n, other), Query())
        if e.date.start.latest > time.latest
    )
    then = (e.date.start.overlaps(time) for e in meetings(store, (name, other), Query()))
    return any(then) and not any(later)


def _led_then(claim: "Claim", name: str, store: "Store") -> bool:
    """Whether somebody led his country or party on a visit of the scope of a count, in the time in which is counted."""
    time = claim.window.span if claim.window and claim.window.absolute else None
    return time is not None and any(
        _headed(event, name)
        and _in_scope(event, claim)
        and event.date.start.overlaps(time)
        and any(p.name == name and store.vocabulary.level(p.offices) >= RANKS["leader"] for p in event.people)
        for event in store.events
    )


def led(names: "Sequence[str]", store: "Store") -> list[str]:
    """Those of some people who led their country, or its party, on a visit: print calls others by the family name only once they have been introduced."""
    level = store.vocabulary.level
    return [
        name
        for name in names
        if any(
            p.name == name and level(p.offices) >= RANKS["head-of-government"]
            for event in store.events
            for p in event.people
        )
    ]


def highest(names: "Sequence[str]", store: "Store") -> str | None:
    """Who of some people once was higher than all others of them, on any event of the record; None where nobody alone was."""
    levels = {
        name: max(store.vocabulary.level(p.offices) for e in store.events for p in e.people if p.name == name)
        for name in names
    }
    top = [name for name, level in levels.items() if level == max(levels.values())]
    return top[0] if len(top) == 1 else None


def _referred(claim: "Claim", name: str, store: "Store") -> bool:
    """Whether somebody is on the event that a claim counts from, or said to be on the last."""
    marks = [store.by_id.get(mark.event) for mark in (claim.since, claim.target) if mark]
    return any(event and any(person.name == name for person in event.people) for event in marks)


def _headed(event: "Event", name: str) -> bool:
    return event.type == "visit" and any(p.name == name and p.role == "heads" for p in event.people)


def _in_scope(event: "Event", claim: "Claim") -> bool:
    base = claim.base
    if base.between:
        return {event.visitor, event.host} == set(base.between)
    return (not base.visitors or event.visitor in base.visitors) and (not base.hosts or event.host in base.hosts)
