"""Titles by the organ in which they are held, `Premier of the State Council` and `NPC Chairman`: what stands for an office is a table of each state's organs, `data/organs.csv`.

All of a title must be known: the title, and behind `of`, or before it, an organ of that state, perhaps as one of the state or of its ruling party. So no part of a title is one, and a deputy,
a former or an acting premier is none.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from timeline.names import fold
from timeline.vocabulary import listed, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    Names = Callable[[str], bool]  # whether a text is a name of the state, or its adjective

_OF = re.compile(r" of ", re.IGNORECASE)
_BEGINS_OF = re.compile(r"^of ", re.IGNORECASE)
_THE = re.compile(r"(?:the|its) ", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
_PERSON = re.compile(r"chair(?:woman|person)$")
OWNER = 4  # words of a name before an organ
RULING = "general-secretary"  # whose organs are the party and its central committee


def has_organs(actor: str) -> bool:
    return actor in _organs()


def organ_office(title: str, actor: str, names: "Names") -> tuple[str, ...] | None:
    """The offices of a title in an organ of an actor; None where it is not known."""
    known = _organs().get(actor, {})
    for held, organ in _parted(title):
        key = _PERSON.sub("chairman", fold(held))
        if any(key in titles for titles in known.values()):
            for name in _plain(organ, actor, names):
                if offices := known.get(name, {}).get(key):
                    return offices
    return None


def titled_in(title: str, actor: str, names: "Names") -> bool:
    """Whether a title is one of those in the table, in an organ of an actor, even if the two together are no office: `Vice-Chairman of the WPK Central Committee`."""
    titles = {title for held in _organs().get(actor, {}).values() for title in held}
    return any(
        _PERSON.sub("chairman", fold(held)) in titles and is_organ(organ, actor, names)
        for held, organ in _parted(title)
    )


def is_organ(text: str, actor: str, names: "Names") -> bool:
    """Whether a text is an organ of an actor, perhaps behind `of`."""
    organs = _organs().get(actor, {})
    return any(name in organs for name in _plain(_BEGINS_OF.sub("", text), actor, names))


@lru_cache(maxsize=4096)
def of_whom(title: str) -> tuple[str, ...]:
    """The states in which a title is one of an organ, `Premier of the State Council`."""
    return tuple(actor for actor in _organs() if organ_office(title, actor, lambda _: False))


def _parted(title: str) -> "Iterator[tuple[str, str]]":
    """A title as what is held and where: `Chairman of the NPC` and `NPC Chairman`."""
    for match in _OF.finditer(title):
        yield title[: match.start()], title[match.end() :]
    words = title.split()
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[count:]), " ".join(words[:count])


def _plain(organ: str, actor: str, names: "Names") -> "Iterator[str]":
    """The keys of an organ, as it stands and without those whose it is: `DPRK Cabinet`, `Presidium of the WPK Politburo`, `Politburo of the CPC Central Committee`."""
    plain = _THE.sub("", organ, count=1) if _THE.match(organ) else organ
    yield fold(plain)
    words = plain.split()
    for count in range(1, min(len(words), OWNER + 1)):
        if _owns(" ".join(words[:count]), actor, names):
            yield from _plain(" ".join(words[count:]), actor, names)
    for match in _OF.finditer(plain):
        within, whose = plain[: match.start()], plain[match.end() :]
        yield from (f"{fold(within)} of the {name}" for name in _plain(whose, actor, names))
        if _owns(whose, actor, names):
            yield from _plain(within, actor, names)


def _owns(text: str, actor: str, names: "Names") -> bool:
    """Whether a text is a name of the state, or its ruling party or the central committee of that."""
    return names(_POSSESSIVE.sub("", text)) or any(
        key in _parties().get(actor, ()) for key in _plain(text, actor, names)
    )


@cache
def _organs() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """By actor and organ, the offices of the titles that are held in it."""
    table: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for row in rows("organs.csv"):
        offices = dict.fromkeys(map(fold, listed(row["titles"])), listed(row["offices"]))
        for actor in listed(row["actors"]):
            for organ in listed(row["organs"]):
                table.setdefault(actor, {}).setdefault(fold(organ), {}).update(offices)
    return table


@cache
def _parties() -> "dict[str, Collection[str]]":
    return {
        actor: frozenset(organ for organ, titles in organs.items() if (RULING,) in titles.values())
        for actor, organs in _organs().items()
    }
