"""A sentence being read: its words, how far it has been read, and what it has said so far."""

import copy
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.families import (
    NUMERAL,
    PARTICLES,
    PATRONYMS,
    ROYAL,
    alone,
    bearers,
    called_by_first_name,
    given_names,
    namesakes,
    of_the_visit,
    other_son,
    shortened,
    turned,
)
from timeline.claims.model import NotUnderstood
from timeline.claims.remember import of_the_store
from timeline.names import Index, Keys, fold
from timeline.people import person_index
from timeline.text import ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from timeline.claims.model import Claim
    from timeline.model import Event, Store
    from timeline.vocabulary import Vocabulary

_PUNCTUATION = frozenset(',:;“”"()‘!?')
STOP = "."  # a full stop after which another sentence begins, as a word of its own
_END = re.compile(r"([^\W_]+)[.][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z\d])")
# Words cut short, of three letters or more, after which a sentence goes on.
MOST_CUT_SHORT = 3  # letters and stop of a word that a full stop may belong to: `Jr.`, `No.`
_SHORT = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec gen sen gov rep pres prof col capt maj adm amb min sec dep".split()
)
PARTING = frozenset(",;:()–—")
HALVES = {"N": "North", "S": "South"}  # N. Korea
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY_OF_MONTH = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)\b|\b(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: of)? {_MONTH}\b"
)
_WORD = re.compile(
    r"'s\b|\b[A-Z]\d{1,2}\b|\d{4}-\d\d(?:-\d\d)?(?!\d)|\d\d(?:st|nd|rd|th)\b|\d+(?:\.\d+)?|[^\W\d_]+(?:\.[^\W\d_])*\.?|[^\s\w]|_"
)


def words_of(text: str) -> list[str]:
    """The words as written; possessives become words of their own, so that "China's premier" says who comes from where, and so does the end of a sentence inside the text."""
    return [word for word, _ in _parted(text)]


def _parted(text: str) -> list[tuple[str, bool]]:
    """The words of a text, each with whether a comma or the like parts it from the one before."""
    plain = re.sub(r"[’']s\b", " 's ", text)
    plain = re.sub(r"s[’'](?=\s|$)", "s 's ", plain)
    plain = _DAY_OF_MONTH.sub(lambda found: re.sub(r"^the |(?<=\d)(?:st|nd|rd|th)\b(?: of\b)?", "", found[0]), plain)
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", _ordinal, plain, flags=re.IGNORECASE)
    plain = re.sub(r"\b([NS])[.]? ?(?=Korea)", lambda found: f"{HALVES[found[1]]} ", plain)
    parts: list[tuple[str, bool]] = []
    start = 0
    for place, after in ends(plain):
        parts += [*_words(plain[start:place]), (STOP, True)]
        start = after
    return parts + _words(plain[start:])


def _words(text: str) -> list[tuple[str, bool]]:
    found, parted = [], False
    for word in _WORD.findall(text):
        if word == "'s" or (fold(word) and fold(word) not in _PUNCTUATION):
            whole = word[-1] == STOP and word[:-1].isalpha() and len(word) > MOST_CUT_SHORT
            found.append((word[:-1] if whole else word, parted))
            parted = False
        else:
            parted = parted or word in PARTING
    return found


def ends(text: str) -> "Iterator[tuple[int, int]]":
    """Where a sentence ends inside a text, and where the next begins. After a word of one or two letters, or one cut short, it goes on."""
    for found in _END.finditer(text):
        word = found[1].casefold()
        if (len(word) > MOST_CUT_SHORT - 1 or word.isdigit()) and word not in _SHORT:
            yield found.end(1), found.end()


def _ordinal(match: "re.Match[str]") -> str:
    """`4th` → `fourth`, so that numbers and ordinals stay apart."""
    if match[0].lower() != ordinal(int(match[1])):  # 22th
        return match[0]
    return next((word for word, number in lexicon.ORDINALS.items() if number == int(match[1])), match[0])


class Names:
    """The names that a sentence can use, from a store and its vocabulary."""

    def __init__(self, store: "Store") -> None:
        vocabulary = store.vocabulary
        self.store = store
        self.about: Event | None = None
        self.said_before: Claim | None = None
        self.people = person_index(store)
        self.turned = turned(store)
        self.namesakes = namesakes(store)
        self.shortened = alone(shortened(store)) | alone(self.namesakes)
        self.bearers = bearers(store)
        self.heads = bearers(store, "heads")
        self.given = alone(given_names(store))
        self.surnames = alone(self.bearers)
        countries, codes = map(Keys, _names_and_codes(vocabulary))
        self.first_names = called_by_first_name(store, self.given, self.bearers, countries, codes)
        self.nationalities = {
            a: slug for slug, actor in vocabulary.actors.items() for a in actor.adjectives if a.isupper()
        }
        self.acronyms = {
            a: slug
            for slug, actor in vocabulary.actors.items()
            for a in (*actor.aliases, actor.name, *actor.adjectives)
            if a.isupper() and a.isascii()
        }
        places = _no_countries(store, countries, codes)
        self.actors = Keys(pair for pair in countries.spelled if pair[1] not in places) if places else countries
        self.adjectives = Index(
            "nationality",
            {
                a.id: [word for word in a.adjectives if not word.isupper()]  # "US", but not "us"
                for a in vocabulary.actors.values()
                if a.kind != "organisation"
            },
        )
        self.capitals = {
            fold(c): (a.id, c)
            for a in reversed(list(vocabulary.actors.values()))
            if not a.to and a.id not in places
            for c in a.capitals
        }
        titles = vocabulary.office_index.keys.items()
        self.bare_titles = {key.replace(" the ", " "): office for key, office in titles if " the " in key}
        self.cities = _cities(store, self.capitals)
        self.stops = {fold(place): fold(place) for event in store.events for place in event.places}
        self.halves = _halves(store, None)

    def of(self, about: "Event") -> "Names":
        """The same names with those that one visit makes clear."""
        own = copy.copy(self)
        own.about, own.halves = about, _halves(self.store, about)
        own.surnames = self.surnames | of_the_visit(self.store, about)
        own.shortened = self.shortened | alone(namesakes(self.store, [about]))
        return own

    def after(self, claim: "Claim") -> "Names":
        """The same names for a part of a sentence that goes on from another claim."""
        own = copy.copy(self)
        own.said_before = claim
        return own

    def calling(self, family: str, name: str) -> "Names":
        """The same names where a family name stands for one of those who have it."""
        own = copy.copy(self)
        if family in self.namesakes:
            own.shortened = self.shortened | {family: name}
        else:
            own.surnames = self.surnames | {family: name}
        return own

    def sharing(self, name: str) -> tuple[str, ...]:
        """Who has a family name, or a whole name that several have."""
        return self.namesakes.get(fold(name)) or self.heads.get(fold(name), ())


_names = of_the_store(Names)


def names_of(store: "Store", about: "Event | None" = None) -> Names:
    """The names that a sentence about a visit of a store can use."""
    names = _names(store)
    return names.of(about) if about else names


def _no_countries(store: "Store", countries: Keys, codes: Keys) -> set[str]:
    """Actors that a record has only as places of visits to somebody else: Hong Kong, in one of visits to China."""
    actors = {actor for event in store.events for actor in (event.visitor, event.host, *event.actors)}
    stops = {place for event in store.events if event.type == "visit" for place in event.places}
    found = {countries.get(fold(place)) or codes.get(fold(place)) for place in stops}
    return {actor for actor in found if actor} - actors


def _cities(store: "Store", capitals: "Mapping[str, tuple[str, str]]") -> dict[str, tuple[str, str]]:
    """Places of the record's visits that are no capitals and lie in one country: folded → (actor, place)."""
    hosts: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for event in store.events:
        for place in event.places if event.type == "visit" else ():
            hosts.setdefault(fold(place), set()).add(event.host)
            names.setdefault(fold(place), place)
    return {key: (found.pop(), names[key]) for key, found in hosts.items() if len(found) == 1 and key not in capitals}


def _halves(store: "Store", about: "Event | None") -> dict[str, str]:
    """`north` and `south`, where only one country of the visit in question, or of the record, is called so."""
    events = [about] if about and about.type == "visit" else [e for e in store.events if e.type == "visit"]
    actors = {actor for event in events for actor in (event.visitor, event.host)}
    found: dict[str, str] = {}
    for half in ("north", "south"):
        named = [actor for actor in actors if actor.startswith(f"{half}-")]
        if len(named) == 1:
            found[half] = named[0]
    return found


def _names_and_codes(vocabulary: "Vocabulary") -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Names and aliases that can stand in a sentence as whole words, each with its actor; and what leads to an actor beside them."""
    names: list[tuple[str, str]] = []
    codes: list[tuple[str, str]] = []
    for slug, actor in vocabulary.actors.items():
        codes += [(slug, slug), (actor.iso2, slug), (actor.iso3, slug)]
        for name in (actor.name, *actor.aliases):
            whole = not name.isascii() or (len(name) > 3 and not name.isupper())
            narrower = name.casefold().startswith("mainland ")  # than the country
            (names if whole and not narrower else codes).append((name, slug))
    return names, codes


@cache
def _by_first_word(options: tuple[str, ...]) -> "dict[str, list[list[str]]]":
    """Phrases as lists of words, by their first; the longest come first."""
    found: dict[str, list[list[str]]] = {}
    for parts in sorted(filter(None, map(str.split, options)), key=len, reverse=True):
        found.setdefault(parts[0], []).append(parts)
    return found


class Sentence:
    """Words with a place in them (`at`), the slots filled so far (`said`) and where each was (`places`), shared by all that look ahead."""

    def __init__(self, text: str, names: Names) -> None:
        self.of = text
        parted = _parted(text)
        self.raw = [word for word, _ in parted]
        self.breaks = {place for place, (_, apart) in enumerate(parted) if apart}
        self.words = [
            word if word in ("'s", STOP) or re.fullmatch(r"\d+\.\d+", word) else fold(word) for word in self.raw
        ]
        self.names = names
        self.at = 0
        self.said: dict[str, Any] = {}
        self.places: dict[str, int] = {}
        self.latest: dict[str, int] = {}
        self.runs: dict[tuple[int, int], list[tuple[int, str]]] = {}

    def calling(self, mark: str, name: str) -> "Sentence":
        """The same sentence, read to its end, with a name in place of a mark."""
        other = copy.copy(self)
        other.said = {slot: name if value == mark else copy.copy(value) for slot, value in self.said.items()}
        other.places, other.latest = dict(self.places), dict(self.latest)
        return other

    def ahead(self, count: int) -> "Sentence":
        """The same sentence, read from `count` words further on."""
        further = object.__new__(Sentence)  # rules look ahead so often that copy.copy would take a tenth of their time
        further.__dict__.update(self.__dict__)
        further.at += count
        return further

    def peek(self, offset: int = 0) -> str:
        place = self.at + offset
        return self.words[place] if 0 <= place < len(self.words) else ""

    def text(self, size: int) -> str:
        """So many words from here, as written."""
        return " ".join(self.raw[self.at : self.at + size]).replace("s 's", "s'").replace(" 's", "'s")

    def folded(self, size: int) -> str:
        """So many words from here, as they are compared."""
        return " ".join(self.words[self.at : self.at + size])

    def say(self, slot: str, value: Any) -> None:
        """Fill a slot once. Raises NotUnderstood where it says another thing already."""
        self.places.setdefault(slot, self.at)
        self.latest[slot] = self.at
        if self.said.setdefault(slot, value) != value:
            raise NotUnderstood(
                f"two different things are said of the {slot.replace('_', ' ')}; write one claim a sentence"
            )

    def before(self, *words: str) -> bool:
        """Whether one of some words stands right before this place."""
        return self.peek(-1) in words

    def hedge(self, name: str) -> None:
        self.said.setdefault("hedges", set()).add(name)

    def phrase(self, *options: str) -> int:
        """How many words the longest of some phrases takes here; 0 where none stands here."""
        return self._taken(_by_first_word(options), self.at)

    def holds(self, *options: str) -> bool:
        """Whether one of some phrases stands here or further on."""
        phrases = _by_first_word(options)
        return any(self._taken(phrases, at) for at in range(self.at, len(self.words)))

    def _taken(self, phrases: "Mapping[str, list[list[str]]]", at: int) -> int:
        words = self.words
        for parts in phrases.get(words[at], ()) if 0 <= at < len(words) else ():
            if words[at : at + len(parts)] == parts:
                return len(parts)
        return 0

    def longest(self, find: "Callable[[str], Any]", offset: int = 0, most: int = 8) -> tuple[int, Any]:
        """The longest run of words from here that `find` knows, and what it found."""
        for size, run in self._runs(self.at + offset, most):
            found = find(run)
            if found is not None:
                return size, found
        return 0, None

    def _runs(self, start: int, most: int) -> list[tuple[int, str]]:
        """The runs of up to so many words from a place, the longest first: many rules ask for them, so each is joined once."""
        if (start, most) not in self.runs:
            sizes = range(min(most, len(self.words) - start), 0, -1)
            self.runs[start, most] = [(size, " ".join(self.words[start : start + size])) for size in sizes]
        return self.runs[start, most]

    def person(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of a person from here; a family name alone only in capitals, and where just one person has it."""
        size, name = self.full_name(offset)
        place = self.at + offset
        if not size and place < len(self.raw) and (self.raw[place][:1].isupper() or self.peek(offset) in PATRONYMS):
            return self._family(offset)
        return size, name

    def _family(self, offset: int) -> tuple[int, str | None]:
        """A family name from here, with a particle before it (`al-Sharaa`) or by the father's (`bin Salman`); after a title of royals and popes a given name (`Prince Khalid`)."""
        if self.peek(offset) in PATRONYMS:
            father = f"{self.peek(offset)} {self.peek(offset + 1)}"
            son = self.names.surnames.get(father)
            return (2, son) if son and not other_son(son, father) else (0, None)
        particle = int(self.peek(offset) in PARTICLES and self.peek(offset + 1) in self.names.surnames)
        family, title = self.peek(offset + particle), self.peek(offset - 1)
        given = self.names.given.get(family) if title in (*ROYAL, "sir", "dame") else None
        if given and title == "pope" and re.sub(rf" {NUMERAL}$", "", fold(given)) != family:
            given = None  # John Paul II is no Pope John
        name = self.names.surnames.get(family) or given
        after = self.at + offset + particle + 1
        goes_on = after < len(self.raw) and self.raw[after][:1].isupper()  # Abdel Fattah al-Sisi
        if not name and not particle and not goes_on and title != "pope":
            name = self.names.first_names.get(family)
        return (1 + particle, name) if name else (0, None)

    def full_name(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of a person from here, as the record or an alias has it."""
        return self.longest(
            lambda text: self.names.people.find(text) or self.names.turned.get(text) or self.names.shortened.get(text),
            offset,
        )

    def nationality(self) -> str | None:
        """The country for which an acronym stands here that is a nationality too: `US`; None where none does."""
        return self.names.nationalities.get(self.raw[self.at].replace(".", "")) if self.at < len(self.raw) else None

    def half(self, offset: int) -> str | None:
        """The country for which `North` or `South` stands here by itself, not as part of a nationality (`North Korean`)."""
        alone = not self.longest(self.names.adjectives.find, offset)[0]
        return self.names.halves.get(self.peek(offset)) if alone else None

    def actor(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of an actor from here; acronyms only in capitals (`US`, not `us`), codes never (`and` is no Andorra)."""
        size, slug = self.longest(lambda text: self.names.actors.get(text.replace(" 's", "s")), offset)
        place = self.at + offset
        if (
            not size
            and place < len(self.raw)
            and (acronym := self.names.acronyms.get(self.raw[place].replace(".", "")))
        ):
            return 1, acronym
        return size, slug
