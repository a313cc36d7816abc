"""Whether somebody ever bore the title that stands before his name: `Premier Xi Jinping` is read of nobody, since he was none."""

from typing import TYPE_CHECKING

from timeline.claims.lexicon import STATE_OF, of_one
from timeline.claims.model import EVER, NotUnderstood, Who
from timeline.dates import Span
from timeline.names import fold
from timeline.query import fits
from timeline.tenures import name_keys, tenures_of, unbroken
from timeline.text import either
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.model import Claim
    from timeline.model import Store


MONARCH = "monarch"
FORMER = ("former-leader",)  # whoever led a state or a government


def titled(office: str, store: "Store") -> Who:
    """An office as a title before a name."""
    return Who(store.vocabulary.offices[office].title.lower(), offices=(office,))


def bearing(names: "Sequence[str]", title: "Sequence[Who]", store: "Store") -> list[str]:
    """Those of some people whom the record, on any event, or the table of tenures has in an office that a title may mean. Raises NotUnderstood where that is nobody."""
    found = [name for name in names if any(bears(name, who, store) for who in title)]
    if not found:
        who = either(names)
        raise NotUnderstood(f"{who} is nowhere {title[0].label} in the record or the table of tenures; leave it out")
    return found


def refuse_misnamed(claim: "Claim", store: "Store") -> None:
    """Raises NotUnderstood where a title is said of all monarchs of a country, or of all who came to one, of whom the record has some with another one, a king beside a queen; and where it is said from where a pope is, who travels for the Holy See."""
    offices = {office for who in claim.who for office in who.offices}
    if "pope" in offices and claim.base.visitors and STATE_OF["pope"] not in claim.base.visitors:
        raise NotUnderstood("a pope travels for the Holy See, wherever he is from; leave the nationality out")
    title = of_one(fold(claim.word).split()[-1]) if claim.word else ""
    if offices != {MONARCH} or title not in store.vocabulary.offices[MONARCH].aliases:
        return
    named = {name for who in claim.who for name in who.people}
    scope = claim.base
    there = [e for e in store.events if (e.visitor in scope.visitors if scope.visitors else e.host in scope.hosts)]
    monarchs = (p for e in there for p in e.people if MONARCH in p.offices and (not named or p.name in named))
    other = next((person.name for person in monarchs if title not in fold(person.title).split()), None)
    if other:
        raise NotUnderstood(
            f"{title!r}: the record does not have {other} with that title; write 'monarch', or the name"
        )


def rose(name: str, store: "Store") -> bool:
    """Whether the record or the table of tenures has somebody in a lesser office before he led his party or state."""
    vocabulary, least = store.vocabulary, RANKS["head-of-state"]
    tenures = [t for t in tenures_of(name_keys(vocabulary.names_of(name))) if t.office in vocabulary.offices]
    held = [(t.first.earliest, vocabulary.level([t.office])) for t in tenures]
    held += [(e.date.start.earliest, vocabulary.level(p.offices)) for e in store.events for p in e.people if p.name == name]  # fmt: skip
    led = min((day for day, level in held if level >= least), default=None)
    return led is None or any(day < led and level < least for day, level in held)


def leads_still(name: str, day: int, store: "Store") -> bool:
    """Whether somebody led his party or state on a day, and without a break since he first did, by the table of tenures; True of those whom it does not have."""
    vocabulary, least = store.vocabulary, RANKS["head-of-state"]
    tenures = [t for t in tenures_of(name_keys(vocabulary.names_of(name))) if t.office in vocabulary.offices]
    led = unbroken(t for t in tenures if vocabulary.level([t.office]) >= least)
    begun = [until for first, until in led if first.earliest <= day]
    return not led or (len(begun) == 1 and day <= begun[0])


def bears(name: str, who: Who, store: "Store", then: Span = EVER) -> bool:
    """Whether somebody was ever what one reading of a title says, or may have been on one of some days."""
    if who.offices == FORMER:
        who = Who(who.label, level=RANKS["head-of-government"])
    vocabulary, asked = store.vocabulary, who.query._replace(people=())
    events = (event for event in store.events if event.date.start.overlaps(then))
    if who.anybody or any(p.name == name and fits(p, asked, vocabulary) for e in events for p in e.people):
        return True
    tenures = [tenure for tenure in tenures_of(name_keys(vocabulary.names_of(name))) if tenure.may_hold(then)]
    held = [tenure.office for tenure in tenures if tenure.office in vocabulary.offices]
    if who.offices:
        return not vocabulary.held(held).isdisjoint(who.offices)
    return bool(held) and vocabulary.level(held) >= who.level
