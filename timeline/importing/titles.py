"""Who travelled, from texts: `Prime Minister Anibal Cavaco e Silva` → the title, the offices that it stands for, and the name.

The longest title at the head of the text counts, else a title behind the name, of those of the vocabulary, of `data/titles.csv` and of the mapping. `President of the Council of State X` is
no president: behind a title stands a name, never `of` or `and`, nor a word in small letters that begins no name. What has no known title keeps its text whole, as the name.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.importing.organs import has_organs, is_organ, of_whom, organ_office, titled_in
from timeline.importing.printed import known
from timeline.model import Person
from timeline.names import fold
from timeline.text import both
from timeline.vocabulary import RANKS, listed, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from timeline.vocabulary import Vocabulary

MOST = 12  # words of a title: `Chairman of the Standing Committee of the National People's Congress` has ten
ADJECTIVE = 3  # words of `Bosnian and Herzegovinian`
FORMER = "former "
FEW = 3  # actors that are named
BODIES = frozenset("european-central-bank european-commission european-council european-parliament".split())
OF_BODIES = "envoy"  # the ladder of offices that somebody of an organisation may hold
STATES = ("state", "former-state")  # a secretary general of an organisation is none of a party
_JOINS = frozenset("of and & for the - to or in , ;".split())
_BETWEEN = re.compile(r"\s*;\s*|\s*,\s+|\s+(?:and|&)\s+")
_LIST = re.compile(r"\s*;\s*")
_AND = re.compile(r"\s+(?:and|&)\s+")
_LINES = re.compile(r"\s*\n\s*")
_MARKS = (_LIST, _LINES, re.compile(r"\s*/\s*"), _AND)  # between names; a comma may stand within one
_BEHIND = re.compile(r"(?P<name>[^,;()]+?)(?: ?\(|, )(?P<title>[^,;()]+)\)?")
_OF = re.compile(r" of ", re.IGNORECASE)
_MINISTER = re.compile(r"minister (?:of|for) ", re.IGNORECASE)
_ELECT = ("elect", "designate")
_PARTICLES = frozenset("al bin da dal dalla de den der di dos el ibn la le ould ten ter van vom von zu".split())
_OFFICE_OF = re.compile(
    r"(?:du|des|del|dell[aeo]|de las?|de los|do|das) |(?:de )?[dl]['’]"
)  # of what somebody is president


class Titles(NamedTuple):
    """What a title stands for, by its key; for some nothing, since they are known to be no office of ours."""

    offices: "Mapping[str, tuple[str, ...]]"
    words: "Vocabulary"
    first: "Collection[str]"  # words that begin a title, or an adjective before one
    only: "Mapping[str, tuple[str, ...]]" = {}  # noqa: RUF012 - a value
    declared: "Collection[str]" = ()

    def of(self, title: str, actor: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The offices of a title by itself, or of several between semicolons, and those that are not known."""
        whole = self._one(title, actor)
        if whole is not None or not title:
            return whole or (), ()
        read = [self._joined(one, actor) for one in _LIST.split(title) if one]
        found = dict.fromkeys(office for offices, _ in read for office in offices)
        return tuple(found), tuple(one for _, unknown in read for one in unknown)

    def _joined(self, title: str, actor: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The offices of a title of several parts, and what is not known: the whole, if one part is none of ours, as in `President, Kenya Airways` and `President and CEO`.

        But what somebody is in another organ of his state says nothing against the offices before it. A comma may stand for `of`: `Chairman, NPC Standing Committee`.
        """
        found: dict[str, None] = {}
        unknown: list[str] = []
        before = ""
        for part in _held_parts(title):
            offices = self._one(part, actor) or self._of_ministry(part, before, actor)
            if offices and not unknown:
                found |= dict.fromkeys(offices)
            elif found and not offices and self._beside(part, before, actor):
                unknown.append(part)
            else:
                whole = self._one(title.replace(", ", " of ", 1), actor)
                return (whole, ()) if whole else ((), (title,))
            before = part
        return tuple(found), tuple(unknown)

    def _of_ministry(self, part: str, before: str, actor: str) -> tuple[str, ...] | None:
        """The offices of `Trade` behind `Minister of Foreign Affairs`."""
        minister = _MINISTER.match(before)
        return self._one(minister[0] + part, actor) if minister else None

    def _beside(self, part: str, before: str, actor: str) -> bool:
        """Whether a part is a title in an organ of the actor, without an office of ours, or, behind one of an organ, another organ: `member of the Politburo and Secretariat`."""

        def names(text: str) -> bool:
            return self._names(text, actor)

        return titled_in(part, actor, names) or (bool(self._in_organ(before, actor)) and is_organ(part, actor, names))

    def _one(self, title: str, actor: str) -> tuple[str, ...] | None:
        """The offices of one title; `President of China` and `Chinese President` are one of China's."""
        if not self._may_begin(title, actor):
            return None
        if (offices := self._held(title, actor)) is not None:
            return offices
        owned = next((self._held(office, actor) for office, whose in self._owned(title) if actor in whose), None)
        return self._in_organ(title, actor) or owned

    def _may_begin(self, text: str, actor: str) -> bool:
        """Whether the first word of a text begins a title or says whose it is: a quick test, which most texts that have no title fail."""
        word = next(iter(text.split(maxsplit=1)), "")
        return has_organs(actor) or word == word.upper() or fold(text).partition(" ")[0] in self.first

    def _in_organ(self, title: str, actor: str) -> tuple[str, ...] | None:
        """The offices of a title that says in which organ of the actor it is held."""
        return organ_office(title, actor, lambda text: self._names(text, actor)) if has_organs(actor) else None

    def _names(self, text: str, actor: str) -> bool:
        """Whether a text is a name of an actor, its code in capitals or its adjective."""
        return known(text, self.words) == actor or actor in self.words.actor_index.hints.get(fold(text), ())

    def _owned(self, title: str) -> "Iterator[tuple[str, Collection[str]]]":
        """An office, and the actors of which a title says that it is: the longest name behind `of`, else an adjective before it, or a code in capitals."""
        for match in _OF.finditer(title):
            whose = known(title[match.end() :], self.words)
            if whose and self.words.actors[whose].kind in STATES:
                yield title[: match.start()], (whose,)
        words = title.split()
        for count in range(1, min(len(words), ADJECTIVE + 1)):
            before = " ".join(words[:count])
            code = self.words.actor(before) if before.isupper() else None
            yield " ".join(words[count:]), (code,) if code else self.words.actor_index.hints.get(fold(before), ())

    def _held(self, title: str, actor: str) -> tuple[str, ...] | None:
        """The offices of a title, which for some are those of certain actors: a chancellor governs in Germany and Austria."""
        key = fold(title)
        offices = self.offices.get(key) if actor in self.only.get(key, (actor,)) else None
        return None if offices and key not in self.declared and self._of_no_state(offices, actor) else offices

    def _of_no_state(self, offices: tuple[str, ...], actor: str) -> bool:
        """Whether these are offices of states, and the actor an organisation, whose president is none of these."""
        if actor not in BODIES and (actor not in self.words.actors or self.words.actors[actor].kind != "organisation"):
            return False
        return any(self.words.offices[office].ladder != OF_BODIES for office in offices)

    def nearest(self, title: str) -> str:
        """Whose office a title is that is not one here; else those with a name like it."""
        if actors := self.only.get(fold(title)) or of_whom(title):
            more = [f"{len(actors) - FEW} others"] if len(actors) > FEW else []
            return f" but that of {both([*(self.words.actors[one].name for one in actors[:FEW]), *more])}"
        if fold(title) in self.offices:
            return " of an organisation"
        return self.words.office_index.suggest(title)

    def head(self, text: str, actor: str = "") -> tuple[str, str]:
        """A text as title and name; no title where none is known at its head. Of whom the office is a title may say, where that is the actor, or where no actor is known."""
        words = text.split()
        most = min(MOST, len(words) - 1) if self._may_begin(text, actor) else 0
        for count in range(most, 0, -1):
            title = " ".join(words[:count])
            name = " ".join(words[count:])
            if self._heads(title, actor) and words[count].casefold() not in _JOINS and _begins_a_name(name, text):
                return title, name
        return "", " ".join(words)

    def _heads(self, title: str, actor: str) -> bool:
        """Whether a title is known, whosever it is, or as one of an actor that it names."""
        if fold(title) in self.offices or self._in_organ(title, actor):
            return True
        return any(
            fold(office) in self.offices and (actor in whose or (not actor and whose))
            for office, whose in self._owned(title)
        )

    def parted(self, text: str, actor: str) -> tuple[str, str]:
        """A text as title and name, with the title at its head or, behind a comma or in brackets, at its end: `Xi Jinping (President)`."""
        title, name = self.head(text, actor)
        match = None if title else _BEHIND.fullmatch(name)
        if match and not self.of(match["title"], actor)[1]:
            return match["title"], match["name"]
        return title, name


def _held_parts(title: str) -> "Iterator[str]":
    """The parts of a title. What stands behind `former` is former too: `former president and prime minister`."""
    former = ""
    for part in filter(None, map(str.strip, _BETWEEN.split(title))):
        begins = part[: len(FORMER)].casefold() == FORMER
        yield part if begins else former + part
        former = FORMER if begins else former


def _begins_a_name(rest: str, text: str) -> bool:
    """Whether what stands behind a title may be a name: neither `ministre` behind `Premier` nor `de l'Assemblée nationale` behind `Président`. A text all in small letters tells nothing of it."""
    if _OFFICE_OF.match(rest):
        return False
    first = rest.split(maxsplit=1)[0].partition("-")[0]
    return not first[0].islower() or first in _PARTICLES or text == text.casefold()


class Party(NamedTuple):
    """The people of one text, and what is to be told: titles without a meaning here, offices not yet held, names that may be of several."""

    people: tuple[Person, ...]
    unknown: tuple[str, ...] = ()
    elect: tuple[str, ...] = ()
    several: tuple[str, ...] = ()


def titles_of(words: "Vocabulary", declared: "Mapping[str, tuple[str, ...]]") -> Titles:
    known = {key: (office,) for key, office in words.office_index.keys.items()}
    only = {key: actors for key, actors in _shipped("actors").items() if actors and key not in declared}
    offices = known | _shipped("offices") | dict(declared)
    first = frozenset(key.partition(" ")[0] for key in (*offices, *words.actor_index.hints))
    return Titles(offices, words, first, only, frozenset(declared))


@cache
def _shipped(column: str) -> dict[str, tuple[str, ...]]:
    return {fold(row["title"]): listed(row[column]) for row in rows("titles.csv")}


def party_of(text: str, actor: str, titles: Titles, role: str) -> Party:
    """The people that a text names. It is split at line breaks, semicolons, `and`, `&` and commas only where each part has a known title and a name."""
    plain = lined(text)
    pairs = pairs_of(plain, actor, titles)
    party = _together([person_of(name, title, actor, titles, role) for title, name in pairs])
    name = pairs[0][1] if len(pairs) == 1 else ""
    broken = () if any(line.endswith(name) for line in plain.splitlines()) or party.several else (name,)
    return party._replace(
        unknown=tuple(f"no title known in {name!r}" for title, name in pairs if not title) + party.unknown,
        several=party.several + broken,
    )


def lined(text: str) -> str:
    """A text with single blanks, of which the line breaks stay: between lines may stand several people, or one name that was too long for a cell."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def party_of_lines(text: str, actor: str, titles: Titles) -> Party:
    """The people of a text with a line for each, `Chen Yi, Vice-Premier; Minister of Foreign Affairs, accompanying`. A rank that stands for a title is none."""
    found = []
    for line in text.splitlines():
        name, _, rest = line.partition(", ")
        title = rest.removesuffix("accompanying").removesuffix(", ") if rest.endswith("accompanying") else rest
        role = "accompanies" if title != rest else "heads"
        found.append(person_of(name, "" if title.replace(" ", "-") in RANKS else title, actor, titles, role))
    return _together(found)


def pairs_of(text: str, actor: str, titles: Titles) -> list[tuple[str, str]]:
    """The titles and names of a text, several where each part between some marks has both."""
    lines = [pairs_of(line, actor, titles) for line in _LINES.split(text)] if "\n" in text else []
    if lines and all(title and name for pairs in lines for title, name in pairs):
        return [pair for pairs in lines for pair in pairs]
    for mark in (_LIST, _AND, _BETWEEN):
        parts = [part for part in mark.split(text) if part]
        pairs = [titles.parted(part, actor) for part in parts] if len(parts) > 1 else []
        if pairs and all(title and name for title, name in pairs):
            return pairs
    return [titles.parted(text, actor)]


def _together(found: "Sequence[Party]") -> Party:
    return Party(
        tuple(person for party in found for person in party.people),
        tuple(one for party in found for one in party.unknown),
        tuple(one for party in found for one in party.elect),
        tuple(one for party in found for one in party.several),
    )


def people_of(name: str, title: str, actor: str, titles: Titles, role: str) -> Party:
    """The people whose names and titles stand apart: several where the names are a list and each has a title, or none has one.

    Raises ValueError for a list of names of which nobody can tell whose the titles are.
    """
    names, those = apart(name, title, actor, titles)
    return _together([person_of(one, its, actor, titles, role) for one, its in zip(names, those, strict=True)])


def apart(name: str, title: str, actor: str, titles: Titles) -> tuple[list[str], list[str]]:
    """Names with a title each. `A and B` are two people where their two titles are known ones; without titles only a semicolon makes a list."""
    for mark in _MARKS:
        names = [one for one in mark.split(name.strip()) if one]
        if len(names) < 2:
            continue
        if not title and mark is _LIST:
            return names, [""] * len(names)
        for between in (mark, *_MARKS):
            those = between.split(title.strip())
            if len(those) == len(names) and (between is _LIST or not any(titles.of(one, actor)[1] for one in those)):
                return names, those
        if mark is _LIST:
            raise ValueError(f"{len(names)} people, {name!r}, and their titles, {title!r}, are not as many")
    return [name], [title]


def person_of(name: str, title: str, actor: str, titles: Titles, role: str) -> Party:
    """One person whose name and title stand apart. Who is elect holds no office."""
    elect = fold(title).endswith(_ELECT)
    offices, unknown = ((), ()) if elect else titles.of(title, actor)
    told = [f"no office known for {part!r}{titles.nearest(part)}" for part in unknown]
    if title and not (offices or unknown or elect):
        told.append(f"{title!r} is no office of ours by itself")
    several = (" ".join(name.split()),) if any(mark.search(name) for mark in _MARKS) else ()
    tags = (fold(title).replace(" ", "-"),) if elect else ()
    return Party((Person(" ".join(name.split()), " ".join(title.split()), offices, role),), tuple(told), tags, several)
