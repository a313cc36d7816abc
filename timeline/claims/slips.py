"""Of the words that no rule took, those that the grammar does not know at all, and the words that they may be slips of."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.forms_said import FORMS
from timeline.claims.remember import of_the_store
from timeline.claims.rules import TRAVEL
from timeline.claims.timing import HEDGES
from timeline.errors import or_else
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.claims.sentence import Names
    from timeline.model import Store

MOST = 3  # words of a sentence that are looked for among the known ones
SHORTEST = 5  # letters of a word of which a slip can be told from another word

_HEDGES = [phrase for phrases in HEDGES.values() for phrase in phrases]
_PHRASES: "tuple[Iterable[str], ...]" = (
    *(lexicon.WHO, lexicon.KINDS, lexicon.NUMBERS, lexicon.ORDINALS, lexicon.UNITS, lexicon.VISITS),
    *(*FORMS.values(), _HEDGES, TRAVEL),
)


def unknown(words: "Sequence[str]") -> "Sequence[str]":
    """Words without hedges and units that are among them, and without numbers beside a unit (`16 wonderful years`). All where nothing is left: then what they say together is not known."""
    keys = [fold(word) for word in words]
    measured = not lexicon.UNITS.keys().isdisjoint(keys)
    left = [
        word
        for word, key in zip(words, keys, strict=True)
        if key not in lexicon.UNITS
        and key not in _HEDGES
        and not (measured and (key in lexicon.NUMBERS or key.replace(".", "").isdigit()))
    ]
    return left or words


def meant(words: "Iterable[str]", names: "Names") -> str:
    """'; did you mean …?' with the known words of which some words may be slips, or an empty text. A name is meant by what has a capital only."""
    common, proper = _known(names.store)
    asked = [word for word in dict.fromkeys(words) if len(word) >= SHORTEST][:MOST]
    return or_else(near for word in asked for near in _near(word, proper if word[0].isupper() else common))


def _near(word: str, known: "Mapping[str, Mapping[str, str]]") -> "Iterator[str]":
    """The word of which another, which is none itself, is a slip."""
    key = fold(word)
    alike = known.get(key[:1], {})
    if key not in alike:
        slips = sorted((near for near in alike if _slip(key, near)), key=lambda near: sorted(near) != sorted(key))
        yield from (alike[near] for near in slips[:1])


def _slip(word: str, known: str) -> bool:
    """Whether a word has the letters of another in another order, one more or less (no plural), or, where it is long enough to be no other word, another."""
    if sorted(word) == sorted(known):
        return True
    start = next((at for at, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    one, other = word[start:], known[start:]
    fewer = one == other[1:] or one[1:] == other
    return (fewer and {one, other} != {"", "s"}) or (len(word) > SHORTEST and one[1:] == other[1:])


@of_the_store
def _known(store: "Store") -> "tuple[dict[str, dict[str, str]], ...]":
    """The words of the grammar, and those with the names in a record: by their first letter, which a slip seldom concerns, each folded with how it is written."""
    vocabulary = store.vocabulary
    actors = (word for actor in vocabulary.actors.values() for word in (actor.name, *actor.adjectives, *actor.capitals))
    people = (person.name for event in store.events for person in event.people)
    common = [phrase for table in (*_PHRASES, vocabulary.office_index.keys) for phrase in table]
    return _by_letter(common), _by_letter([*common, *actors, *people])


def _by_letter(phrases: "Iterable[str]") -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word in (word for phrase in phrases for word in phrase.split()):
        if len(key := fold(word)) >= SHORTEST and key.isalpha():
            found.setdefault(key[0], {}).setdefault(key, word)
    return found
