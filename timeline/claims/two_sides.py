"""Two countries in one breath: `the leaders of China and Japan`, who met or who visited each other."""

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims import lexicon
from timeline.claims.model import EVER, NotUnderstood
from timeline.claims.named import meant_by, somebody
from timeline.claims.places import MEETS, government
from timeline.claims.remember import chosen
from timeline.claims.sentence import Sentence
from timeline.claims.sides import home_of
from timeline.claims.visitors import nation_here, who_words
from timeline.names import fold
from timeline.query import may_start_in

if TYPE_CHECKING:
    from timeline.claims.model import Claim, Who
    from timeline.claims.sentence import Names
    from timeline.model import Store


MOST_WORDS = 10  # from the first word to the `and` between two countries


class Both(NamedTuple):
    """Those who are the same in two countries: how many words say so, the countries, and what they are."""

    size: int
    actors: tuple[str, str]
    readings: "tuple[Who, ...]"
    word: str


def two_sides(s: "Sentence") -> int:
    """`A meeting of the Chinese and Japanese leaders`, `the leaders of China and Japan met`: of two countries, by those who were that."""
    if {"and", "koreas"}.isdisjoint(s.words[s.at : s.at + MOST_WORDS]):
        return 0
    lead = s.phrase("between", "of", "by")
    both = of_both(s.ahead(lead))
    if both is None or not (s.said.get("object") == "meeting" or _they_met(s.ahead(lead + both.size))):
        return 0
    s.say("between", both.actors)
    s.say("who", both.readings)
    s.said.setdefault("word", both.word)
    return lead + both.size


def _they_met(s: "Sentence") -> bool:
    """`Have not met`, `last met`."""
    verb = next((place for place in range(MOST_BEFORE_VERB) if s.peek(place) not in BEFORE_VERB), 0)
    return bool(s.ahead(verb).phrase(*MEETS))


BEFORE_VERB = frozenset("have had has not never yet last did do will to both".split())
MOST_BEFORE_VERB = 4


def of_both(s: "Sentence") -> Both | None:
    """`The Chinese and Japanese leaders`, `the leaders of China and Japan`, from here."""
    the = int(s.peek() == "the")
    one, a = _nation(s, the)
    two, b = nation_here(s, the + one + 1) if a and s.peek(the + one) == "and" else (0, None)
    if b:
        size = the + one + 1 + two
        held, readings = s.longest(who_words(s), size)
        return _both(size + held, (a, b), readings, s.ahead(size).text(held))
    held, readings = s.longest(who_words(s), the)
    if not held or s.peek(the + held) != "of":
        return None
    start = the + held + 1
    if koreas := s.ahead(start).phrase(*KOREAS):
        return _both(start + koreas, ("north-korea", "south-korea"), readings, s.ahead(the).text(held))
    one, a = _country(s, start)
    two, b = _country(s, start + one + 1) if a and s.peek(start + one) == "and" else (0, None)
    return _both(start + one + 1 + two, (a, b), readings, s.ahead(the).text(held))


def _both(
    size: int, sides: "tuple[str | None, str | None]", readings: "tuple[Who, ...] | None", word: str
) -> Both | None:
    a, b = sides
    if not (a and b) or a == b or not readings or readings == (lexicon.ANYBODY,):
        return None
    readings = tuple(one for one in readings if one.party_states is None)  # which are for one sort of state
    return Both(size, (a, b), readings, word)


KOREAS = ("the two koreas", "both koreas", "the koreas")


def _nation(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """A nationality, or half of one before the other: `North and South Korean`."""
    size, actor = nation_here(s, offset)
    half = s.half(offset) if not size and s.peek(offset + 1) == "and" else None
    return (1, half) if half else (size, actor)


def _country(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """A country, or `North` and `South` where it is known which that is."""
    size, actor = government(s, offset)
    half = None if size else s.half(offset)
    return (1, half) if half else (size, actor)


# What two say of themselves who went to each other: before it who they are, after it when.
EACH_OTHER = (
    r"^(?P<two>.+?) (?P<had>have |had )?(?:"
    r"visited (?:each other|one another)(?:['’]s (?:country|countries|nation|nations))?"
    r"|(?:exchanged|made mutual|made reciprocal|paid mutual|paid reciprocal)(?P<kind> state| official| working)? visits"
    r"|paid (?:each other|one another)(?P<paid> state| official| working)? visits"
    r")(?P<rest>(?: .*|\.)?)$"
)


def each_way(text: str, names: "Names") -> tuple[str, ...]:
    """`Xi and Kim visited each other in 2019` as what it says of each: `Xi visited North Korea in 2019`, `Kim visited China in 2019`. Empty where it is no such sentence, or it is not clear who they are."""
    found = re.match(EACH_OTHER, text)  # compiled when one is asked for, and kept by `re`
    sides = _of_two(found["two"], names) if found else None
    if found is None or sides is None or sides[0][1] == sides[1][1]:
        return ()
    kind, actors = found["kind"] or found["paid"] or "", names.store.vocabulary.actors
    made = f"made a{'n' if kind == ' official' else ''}{kind} visit to" if kind else "visited"
    (one, a), (other, b) = sides
    had = {"have ": "has "}.get(found["had"], found["had"] or "")
    return f"{one} {had}{made} {actors[b].name}{found['rest']}", f"{other} {had}{made} {actors[a].name}{found['rest']}"


def refuse_other_hosts(ways: "tuple[Claim, ...]", store: "Store") -> None:
    """Raises NotUnderstood where somebody is said to have visited another who received him on none of his visits then: somebody else did."""
    people = [next(iter(way.who[0].people), "") for way in ways]
    for way, guest, host in zip(ways, people, reversed(people), strict=True):
        span = (way.window.span if way.window else None) or EVER
        made = [e for e in chosen(way.base, store) if may_start_in(e, span) and any(p.name == guest for p in e.people)]
        if guest and host and made and not any(not e.met or fold(host) in map(fold, e.met) for e in made):
            raise NotUnderstood(f"{host} did not receive {guest} then ({made[0].id}); write of each way")


def _of_two(text: str, names: "Names") -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two people who are named, or who are the same in two countries: each as words, with the country from which they go."""
    s = Sentence(text, names)
    both = of_both(s)
    if both is not None and both.size == len(s.words):
        a, b = (names.store.vocabulary.actors[actor].name for actor in both.actors)
        return (f"{a}'s {both.word}", both.actors[0]), (f"{b}'s {both.word}", both.actors[1])
    one, _, other = text.partition(" and ")
    if title := _title_of_both(one, names):
        other = f"{title} {other}"
    a, b = _home(one, names), _home(other, names)
    return ((one, a), (other, b)) if a and b else None


def _title_of_both(text: str, names: "Names") -> str:
    """The title before the first of two names where it is said of both: `Presidents Xi and Putin`."""
    s = Sentence(text, names)
    size = s.longest(who_words(s))[0]
    return s.text(size) if size and s.peek(size - 1).endswith("s") else ""


def _home(text: str, names: "Names") -> str:
    """The country from which somebody who is named goes, and nobody else; empty where a text does not name just such a one."""
    s = Sentence(text, names)
    title = s.longest(who_words(s))[0]  # Presidents Xi and Putin
    size, name = somebody(s.ahead(title))
    if name is None or title + size != len(s.words):
        return ""
    homes = {home_of(one, names.store) for one in meant_by(name, names)}
    return homes.pop() or "" if len(homes) == 1 else ""
