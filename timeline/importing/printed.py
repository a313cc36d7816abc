"""The ways in which the name of an actor may be printed: `The Republic of Korea`, `Korea (the Republic of)`, `Korea (South)`, `Myanmar (Burma)`, `República Popular China`.

A way counts only where all of it leads to a name that is known; no part of a name is one.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from timeline.importing.marks import without_flags
from timeline.names import fold
from timeline.vocabulary import listed, rows, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.vocabulary import Vocabulary

_BEHIND = re.compile(r"(?P<name>[^,(]+?)(?:, ?| ?\()(?P<more>[^,()]+)\)?")
_POINT = re.compile(r"(?P<name>.+) (?P<more>North|South|East|West)", re.IGNORECASE)
_THE = re.compile(r"the\s+|\s*\(the\)$|, the$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:la|le|les|el|los|las|die|der|das|il|gli|os|as|het)\s+|l['’]", re.IGNORECASE)
_OF = re.compile(
    r"(?:de la|de las|de los|dell[ae]|de[lirs]?|d[aou]s?|di|van|von)\s+|(?:dell|d)['’]|de l['’]", re.IGNORECASE
)


def known(text: str, words: "Vocabulary") -> str | None:
    """The actor that a name or a code in capitals leads to at any time."""
    plain = without_flags(text)
    found = next(filter(None, (named(way, words) for way in ways(plain))), None)
    alike = set() if found else {known(name, words) for name in two_names(plain)}
    return alike.pop() if len(alike) == 1 else found


def named(text: str, words: "Vocabulary") -> str | None:
    """The actor of a name as it stands. A code counts in capitals alone."""
    key = fold(text)
    found = words.actor(text) or _printed().get(key) or _in_languages().get(key)
    return None if found is not None and by_code(text, found, words) and not text.isupper() else found


def by_code(text: str, actor: str, words: "Vocabulary") -> bool:
    """Whether a text leads to an actor as its ISO code and by no name: in small letters `is`, `no` and `and` are words before they are states."""
    one, key = words.actors[actor], fold(text)
    return key in (fold(one.iso2), fold(one.iso3)) and key not in map(fold, (one.id, one.name, *one.aliases))


def by_adjective(text: str, words: "Vocabulary") -> str | None:
    """The actor of which a text is the adjective, `French`; `Congolese` is one of two."""
    found = words.actor_index.hints.get(fold(text), [])
    return found[0] if len(found) == 1 else None


def in_english(text: str) -> str:
    """A name of another language in English; every other as it stands."""
    actor = _in_languages().get(fold(text))
    return shipped().actors[actor].name if actor else text


@lru_cache(maxsize=4096)
def ways(text: str) -> tuple[str, ...]:
    """A text as it stands, then without its article, turned round, and from another language."""
    plain = _without(_THE, text)
    return tuple(dict.fromkeys((text, plain, *_turned(plain), *_from_languages(plain))))


def _without(what: "re.Pattern[str]", text: str) -> str:
    match = what.match(text) or (what.search(text) if what is _THE else None)
    return (text[: match.start()] + text[match.end() :]).strip() if match else text


def _turned(text: str) -> "Iterator[str]":
    """`Congo, Democratic Republic of` and `Iran (Islamic Republic)` as `Democratic Republic of Congo` and `Islamic Republic of Iran`; `Korea (North)` and `Korea North` as `North Korea`."""
    if match := _BEHIND.fullmatch(text) or _POINT.fullmatch(text):
        more = _without(_THE, match["more"])
        yield f"{more} {match['name']}"
        yield f"{more} of {match['name']}"


def _from_languages(text: str) -> "Iterator[str]":
    """In English what says in another language which form of a state it is, and whose, `of` between them or not."""
    plain = _without(_ARTICLE, text)
    if plain != text and fold(plain) in _in_languages():
        yield plain
    parts = plain.split()
    if fold(plain).partition(" ")[0] not in _first_of_forms():
        return
    for count in range(len(parts) - 1, 0, -1):
        forms = _parts("form").get(fold(" ".join(parts[:count])), ())
        name = _without(_ARTICLE, _without(_OF, " ".join(parts[count:])))
        for form in forms:
            for english in _english(name):
                yield f"{form} of {english}"
                yield f"{form} of the {english}"
        if forms:
            return


def _english(name: str) -> "Iterator[str]":
    yield from _parts("name").get(fold(name), ())
    actor = shipped().actor(name) or _in_languages().get(fold(name))
    yield shipped().actors[actor].name if actor else name


def two_names(text: str) -> tuple[str, ...]:
    """The two names of `Myanmar (Burma)`."""
    match = re.fullmatch(r"([^()]+?) ?\(([^()]+)\)", text)
    return match.groups() if match else ()


@cache
def _printed() -> dict[str, str]:
    return {fold(row["name"]): row["actor"] for row in rows("printed-names.csv")}


@cache
def _in_languages() -> dict[str, str]:
    return {fold(row["name"]): row["actor"] for row in rows("names-in-languages.csv")}


@cache
def _first_of_forms() -> frozenset[str]:
    return frozenset(form.partition(" ")[0] for form in _parts("form"))


@cache
def _parts(part: str) -> dict[str, tuple[str, ...]]:
    """Words of other languages for forms of states, or for names that several states have, with what English has for them."""
    return {fold(row["words"]): listed(row["english"]) for row in rows("forms-of-states.csv") if row["part"] == part}
