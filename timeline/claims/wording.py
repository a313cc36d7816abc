"""Words for the sentences that we write ourselves, in forms that the grammar reads back."""

from datetime import date
from typing import TYPE_CHECKING

from timeline.claims.lexicon import ORDINALS
from timeline.dates import MONTHS, NEVER_AFTER, NEVER_BEFORE
from timeline.names import fold
from timeline.text import ordinal, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.model import Claim
    from timeline.dates import Span
    from timeline.model import Event, Store

NOUNS = {
    "general-secretary": "party leader",
    "party-chairman": "party leader",
    "standing-committee-member": "Standing Committee member",
    "politburo-member": "Politburo member",
    "central-committee-member": "Central Committee member",
    "party-secretary": "Central Committee secretary",  # "party secretary" is read as the head of the party
}
ORDINAL_WORDS = {
    number: word for word, number in reversed(ORDINALS.items())
}  # of several words the first: not "maiden"
CALLED = {"premier": "prime minister", "foreign-minister": "secretary of state"}
OF_NO_COUNTRY = frozenset({"pope"})
BUILDINGS = (" House", " Palace", " Hall", " Castle", "Kremlin")
WITH_ARTICLE = ("United ", "Soviet ", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Holy See", "Central African", "Dominican Rep", "Marshall", "Solomon")  # fmt: skip


def noun_of(office: str, event: "Event") -> str:
    """The word for an office in a sentence: what a premier or foreign minister is called who has that word in the title."""
    called = CALLED.get(office, "")
    if called and any(called in person.title.lower() and office in person.offices for person in event.people):
        return called
    return NOUNS.get(office) or office.replace("-", " ")


def somebody(office: str, event: "Event", store: "Store") -> str:
    """`a Chinese premier`, `an Indian prime minister`."""
    noun = noun_of(office, event)
    words = noun if office in OF_NO_COUNTRY else f"{nationality(event, store)} {noun}"
    return with_article(words)


# Words of claims that stand for an office as well as our own: whose (empty: anybody's).
OWN = {"prime minister": (), "chancellor": ("germany", "austria"), "secretary of state": ("united-states",)}


def called(office: str, claim: "Claim", event: "Event", store: "Store") -> "Iterator[str]":
    """As `somebody`; first in the claim's own word for the office, where it fits: `a German chancellor`."""
    own = fold(claim.word)
    fits = own in OWN and event.visitor in (OWN[own] or (event.visitor,))
    if fits and store.vocabulary.office_index.find(own) == office:
        yield with_article(f"{nationality(event, store)} {own}")
    yield somebody(office, event, store)


def nationality(event: "Event", store: "Store") -> str:
    """The adjective of the visitor."""
    visitor = store.vocabulary.actors[event.visitor]
    return visitor.adjectives[0] if visitor.adjectives else visitor.name


def host_words(event: "Event", store: "Store") -> str:
    """The host with the article that its name takes."""
    return actor_words(event.host, store)


def actor_words(actor: str, store: "Store") -> str:
    """An actor with the article that its name takes: `the United States`."""
    name = store.vocabulary.actors[actor].name
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def place_words(place: str) -> str:
    """A place with the article that a building takes: `the White House`."""
    return f"the {place}" if place.endswith(BUILDINGS) else place


def long_day(day: int) -> str:
    """`9 October 2025`."""
    d = date.fromordinal(day)
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def nth_word(number: int) -> str:
    """`eleventh`, `21st`."""
    return ORDINAL_WORDS.get(number) or ordinal(number)


def period_words(span: "Span") -> str:
    """`in 2018`, `in the 1990s`, `in May 1991`, `on 4 September 2025`; of other times the first and last day."""
    if span.exact:
        return f"on {long_day(span.earliest)}"
    first, after = date.fromordinal(span.earliest), date.fromordinal(span.latest + 1)
    months = 12 * (after.year - first.year) + after.month - first.month if first.day == after.day == 1 else 0
    if months == 1:
        return f"in {MONTHS[first.month - 1]} {first.year}"
    if months == 12 and first.month == 1:
        return f"in {first.year}"
    if months == 120 and first.month == 1 and first.year % 10 == 0:
        return f"in the {first.year}s"
    return f"from {long_day(span.earliest)} to {long_day(span.latest)}"


def month_text(event: "Event") -> str:
    """`October 2009`, or the year where the month is not known; words that no claim is read from where the date is open."""
    first, last = event.date.start
    if first == NEVER_BEFORE or last == NEVER_AFTER:
        return "an unknown day"
    a, b = date.fromordinal(first), date.fromordinal(last)
    return f"{MONTHS[a.month - 1]} {a.year}" if (a.year, a.month) == (b.year, b.month) else f"{a.year}"
