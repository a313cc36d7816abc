"""A sentence being read: its words, how far it has been read, and what it has said so far."""

import copy
import re
from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.model import NotUnderstood
from timeline.names import Index, fold
from timeline.people import person_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Event, Person, Store
    from timeline.vocabulary import Vocabulary

_PUNCTUATION = frozenset(',:;“”"()‘!?')
_WORD = re.compile(r"'s|\d{4}-\d\d(?:-\d\d)?(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:\.[^\W\d_])*\.?|[^\s\w]|_")


def words_of(text: str) -> list[str]:
    """The words as written; possessives become words of their own, so that "China's premier" says who comes from where."""
    plain = re.sub(r"[’']s\b", " 's ", text)
    plain = re.sub(r"s[’'](?=\s|$)", "s 's ", plain)
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", _ordinal, plain, flags=re.IGNORECASE)
    return [word for word in _WORD.findall(plain) if word == "'s" or (fold(word) and fold(word) not in _PUNCTUATION)]


def _ordinal(match: "re.Match[str]") -> str:
    """`4th` → `fourth`, so that numbers and ordinals stay apart."""
    return next((word for word, number in lexicon.ORDINALS.items() if number == int(match[1])), match[0])


class Names:
    """The names that a sentence can use, from a store and its vocabulary."""

    def __init__(self, store: "Store", about: "Event | None" = None) -> None:
        vocabulary = store.vocabulary
        self.store = store
        self.people = person_index(store)
        self.surnames = _surnames(store) | _of_the_visit(about)
        self.nationalities = {
            a: slug for slug, actor in vocabulary.actors.items() for a in actor.adjectives if a.isupper()
        }
        self.actors = _prose_names(vocabulary)
        self.acronyms = {
            a: slug
            for slug, actor in vocabulary.actors.items()
            for a in (*actor.aliases, actor.name, *actor.adjectives)
            if a.isupper() and a.isascii()
        }
        self.adjectives = Index(
            "nationality",
            {
                a.id: [word for word in a.adjectives if not word.isupper()]  # "US", but not "us"
                for a in vocabulary.actors.values()
                if a.kind != "organisation"
            },
        )
        self.capitals = {
            fold(c): (a.id, c) for a in reversed(list(vocabulary.actors.values())) if not a.to for c in a.capitals
        }


FAMILY_FIRST = frozenset({"china", "taiwan", "north-korea", "south-korea", "vietnam", "cambodia", "hungary"})


def _surnames(store: "Store") -> dict[str, str]:
    """Family names that only one person of the record has."""
    found: dict[str, set[str]] = {}
    for event in store.events:
        for person in event.people:
            found.setdefault(_family(person, event), set()).add(person.name)
    return {surname: names.pop() for surname, names in found.items() if len(names) == 1 and len(surname) > 2}


def _of_the_visit(about: "Event | None") -> dict[str, str]:
    """The family name of who headed the visit in question: of it, `Kim` is no longer anybody's."""
    heads = [person for person in about.people if person.role == "heads"] if about else []
    return {_family(heads[0], about): heads[0].name} if about and len(heads) == 1 else {}


def _family(person: "Person", event: "Event") -> str:
    """The first word of a name where the family name stands first, otherwise the last."""
    words = fold(person.name.split(" (")[0]).split()
    return words[0] if (person.actor or event.visitor) in FAMILY_FIRST else words[-1]


def _prose_names(vocabulary: "Vocabulary") -> dict[str, str]:
    """Names and aliases that can stand in a sentence: whole words, no codes."""
    return {
        fold(name): slug
        for slug, actor in vocabulary.actors.items()
        for name in (*actor.aliases, actor.name)
        if not name.isascii() or (len(name) > 3 and not name.isupper())
    }


class Sentence:
    """Words with a place in them (`at`), the slots filled so far (`said`) and where each was (`places`), shared by all that look ahead."""

    def __init__(self, text: str, names: Names) -> None:
        self.raw = words_of(text)
        self.words = [word if word == "'s" or re.fullmatch(r"\d+\.\d+", word) else fold(word) for word in self.raw]
        self.names = names
        self.at = 0
        self.said: dict[str, Any] = {}
        self.places: dict[str, int] = {}

    def ahead(self, count: int) -> "Sentence":
        """The same sentence, read from `count` words further on."""
        further = copy.copy(self)
        further.at += count
        return further

    def peek(self, offset: int = 0) -> str:
        place = self.at + offset
        return self.words[place] if 0 <= place < len(self.words) else ""

    def text(self, size: int) -> str:
        """So many words from here, as written."""
        return " ".join(self.raw[self.at : self.at + size])

    def say(self, slot: str, value: Any) -> None:
        """Fill a slot once. Raises NotUnderstood where it says another thing already."""
        self.places.setdefault(slot, self.at)
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
        sizes = [
            len(parts) for option in options if self.words[self.at : self.at + len(parts := option.split())] == parts
        ]
        return max(sizes, default=0)

    def longest(self, find: "Callable[[str], Any]", offset: int = 0, most: int = 8) -> tuple[int, Any]:
        """The longest run of words from here that `find` knows, and what it found."""
        start = self.at + offset
        for size in range(min(most, len(self.words) - start), 0, -1):
            found = find(" ".join(self.words[start : start + size]))
            if found is not None:
                return size, found
        return 0, None

    def person(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of a person from here; a family name alone only in capitals, and where just one person has it."""
        size, name = self.longest(self.names.people.find, offset)
        place = self.at + offset
        if not size and place < len(self.raw) and self.raw[place][:1].isupper():
            name = self.names.surnames.get(self.words[place])
            return (1, name) if name else (0, None)
        return size, name

    def nationality(self) -> str | None:
        """Whose visit an acronym before a word for a visit says it is: `US visit`; None where none stands here."""
        place = self.at
        if place + 1 < len(self.raw) and self.words[place + 1] in lexicon.VISITS:
            return self.names.nationalities.get(self.raw[place].replace(".", ""))
        return None

    def actor(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of an actor from here; acronyms only in capitals (`US`, not `us`), codes never (`and` is no Andorra)."""
        size, slug = self.longest(self.names.actors.get, offset)
        place = self.at + offset
        if (
            not size
            and place < len(self.raw)
            and (acronym := self.names.acronyms.get(self.raw[place].replace(".", "")))
        ):
            return 1, acronym
        return size, slug
