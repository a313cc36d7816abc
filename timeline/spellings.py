"""Which names of people in a record may be two spellings of one.

Whatever looks for somebody's visits, counts people, or asks who was the first of them takes each spelling for a person of its own, unless the record declares it.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.names import fold
from timeline.tenures import name_keys, nearly_alike, tenures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.model import Event
    from timeline.vocabulary import Vocabulary

_NUMERAL = re.compile(r"[ivxlc]+|.*\d.*")  # of a monarch or a pope, or in figures: Paul VI is not Paul VII
CROWD = 100  # people with all but one word of their names in common: among so many, some are alike by chance


class Spelling(NamedTuple):
    """A name with its events, and another that may be the same person's, and has no fewer."""

    name: str
    events: "tuple[Event, ...]"
    other: str
    others: "tuple[Event, ...]"


def spellings(events: "Iterable[Event]", vocabulary: "Vocabulary") -> "Iterator[Spelling]":
    """Each name of one state's people that may be another spelling of one with as many events or more. Two that the record declares apart are two."""
    travelled: dict[str, dict[str, dict[str, Event]]] = defaultdict(lambda: defaultdict(dict))
    offices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        for person in event.people:
            if actor := event.visitor or person.actor:
                travelled[actor][person.name][event.id] = event
                offices[actor, person.name].update(vocabulary.held(person.offices))
    for actor, found in travelled.items():
        names = sorted(found, key=lambda name: -len(found[name]))
        alike = _Alike(vocabulary, actor, {name: offices[actor, name] for name in names})
        places = {name: place for place, name in enumerate(names)}
        one_person: dict[str, list[str]] = {}
        for name in names:
            met = [one for other in alike.to(name) for one in one_person[other]]
            joined = sorted({name, *met}, key=places.__getitem__)
            one_person |= dict.fromkeys(joined, joined)
        for name in names:
            other = one_person[name][0]
            if name != other and not alike.apart(name, other):
                yield Spelling(name, tuple(found[name].values()), other, tuple(found[other].values()))


class _Alike:
    """The names of one state's people met so far, by what another spelling would have in common with them."""

    def __init__(self, vocabulary: "Vocabulary", actor: str, offices: "Mapping[str, set[str]]") -> None:
        self.vocabulary, self.actor, self.offices = vocabulary, actor, offices
        self.whole: dict[str, list[str]] = defaultdict(list)
        self.but_one: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)

    def to(self, name: str) -> list[str]:
        """Those of the names met before that may be another spelling of this one, which is met with this."""
        found: dict[str, None] = {}
        for spelled in self.vocabulary.names_of(name):
            words = fold(spelled).split()
            found |= dict.fromkeys(self.whole["".join(words)])
            for rest, word in _but_one(words):
                alike = self.but_one[rest]
                if len(alike) < CROWD:
                    held = (
                        (one, other) for one, other in alike if not self.offices[name].isdisjoint(self.offices[other])
                    )
                    found |= {other: None for one, other in held if _near(word, one)}
                alike.append((word, name))
            for turned in _turned(words):
                self.whole["".join(turned)].append(name)
        for person in self._in_table(name):
            found |= dict.fromkeys(self.whole[person])
            self.whole[person].append(name)
        return [other for other in found if other != name and not self.apart(name, other)]

    def apart(self, name: str, other: str) -> bool:
        """Whether two names are surely two people's: the record declares both, or the table of tenures knows both."""
        one, two = self._in_table(name), self._in_table(other)
        return {name, other} <= self.vocabulary.people.keys() or bool(one and two and one != two)

    def _in_table(self, name: str) -> list[str]:
        """Whose name it is in the table of tenures, which knows it in any order: Ri Yong Su is not Ri Su Yong. Nobody's where it is that of several."""
        words = fold(name).split()
        rows = tenures_of(name_keys(self.vocabulary.names_of(name)))
        people = {row.person: fold(row.person).split() for row in rows if row.actor == self.actor}
        mine = [one for one, its in people.items() if sorted(its) != sorted(words) or words in _turned(its)]
        return mine if len(mine) == 1 else []


def _turned(words: list[str]) -> list[list[str]]:
    """A name with its family name at the other end, too: Abe Shinzo, Shinzo Abe."""
    return [words, [*words[1:], *words[:1]], [*words[-1:], *words[:-1]]]


def _but_one(words: list[str]) -> "Iterator[tuple[tuple[str, ...], str]]":
    """Each word of a name, and the others with the place where it stood: none of a name of one word."""
    for place, word in enumerate(words if len(words) > 1 else ()):
        yield (*words[:place], "", *words[place + 1 :]), word


def _near(word: str, other: str) -> bool:
    """Whether two words may be one in two spellings: not two numerals, nor two syllables of Chinese, `chen` and `cheng`."""
    if _NUMERAL.fullmatch(word) and _NUMERAL.fullmatch(other):
        return False
    return nearly_alike(word, other) and not (
        min(word, other).endswith("n") and f"{min(word, other)}g" == max(word, other)
    )
