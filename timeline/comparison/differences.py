"""What two entries of one event say differently, field by field: where one only says more than the other, or where both cannot be right."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline.names import fold
from timeline.tenures import name_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from timeline.dates import When
    from timeline.model import Event, Person
    from timeline.vocabulary import Vocabulary

A, B, EACH, CONFLICT = "a", "b", "each", "conflict"  # who says more; or that both cannot be right
FIELDS = ("date", "title", "people", "role", "office", "kind", "status", "place")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two entries do not say the same; of a traveller, where `person` is named. `a` and `b` are what each says, as plain values."""

    field: str
    verdict: str
    a: Any
    b: Any
    person: str = ""


class Words:
    """The vocabularies of two records, and which of the names in them are of one person."""

    def __init__(self, a: "Vocabulary", b: "Vocabulary") -> None:
        self.a, self.b = a, b
        self._roots: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for known in (*a.people.values(), *b.people.values()):
            self._join(name_keys((known.name, *known.aliases)))

    def person(self, name: str) -> str:
        """The key that all names of a person have."""
        if name not in self._keys:
            (key,) = name_keys((name,))
            self._keys[name] = self._root(key)
        return self._keys[name]

    def _join(self, keys: "Iterable[str]") -> None:
        roots = sorted({self._root(key) for key in keys})
        for root in roots[1:]:
            self._roots[root] = roots[0]

    def _root(self, key: str) -> str:
        while (above := self._roots.get(key, key)) != key:
            key = above
        return key


def signature(event: "Event", vocabulary: "Vocabulary", words: Words) -> tuple[object, ...]:
    """All of an event that is compared: two of one record with the same differ in nothing from any third."""
    date = event.date
    people = frozenset((words.person(p.name), p.role, frozenset(p.offices)) for p in event.people)
    what = (event.type, fold(event.title) if event.type != "visit" else "", event.direction, frozenset(event.actors))
    when = (date.starts, date.ends, date.approximate, date.uncertain)
    return (what, when, people, event.kind, event.status, frozenset(map(vocabulary.place, event.places)))


def differences(a: "Event", b: "Event", words: Words) -> tuple[Difference, ...]:
    """Where an event of the one record and one of the other differ, in the order of FIELDS."""
    return tuple(_differences(a, b, words))


def _differences(a: "Event", b: "Event", words: Words) -> "Iterator[Difference]":
    if verdict := dates_verdict(a.date, b.date):
        yield Difference("date", verdict, a.date.text, b.date.text)
    if a.type != "visit" and fold(a.title) != fold(b.title):
        yield Difference("title", CONFLICT, a.title, b.title)
    yield from _of_people(a, b, words)
    for field in ("kind", "status"):
        one, other = getattr(a, field), getattr(b, field)
        if verdict := _sets({one} - {""}, {other} - {""}, CONFLICT):
            yield Difference(field, verdict, one or None, other or None)
    if verdict := _sets({*map(words.a.place, a.places)}, {*map(words.b.place, b.places)}, EACH, CONFLICT):
        yield Difference("place", verdict, list(a.places), list(b.places))


def _of_people(a: "Event", b: "Event", words: Words) -> "Iterator[Difference]":
    ours, theirs = ({words.person(person.name): person for person in event.people} for event in (a, b))
    if verdict := _sets(ours.keys(), theirs.keys(), EACH):
        yield Difference("people", verdict, [person.name for person in a.people], [person.name for person in b.people])
    both = [(person, theirs[key]) for key, person in sorted(ours.items()) if key in theirs]
    for one, other in both:
        if one.role != other.role:
            yield Difference("role", CONFLICT, one.role, other.role, one.name)
    for one, other in both:
        if verdict := _offices(one, other, words):
            yield Difference("office", verdict, list(one.offices), list(other.offices), one.name)


def _offices(one: "Person", other: "Person", words: Words) -> str:
    """On each ladder one may name more offices than the other; two lists on a ladder that have each what the other lacks are a conflict."""
    ours, theirs = _by_ladder(one, words.a), _by_ladder(other, words.b)
    verdicts = {
        _sets(ours.get(ladder, set()), theirs.get(ladder, set()), CONFLICT) for ladder in ours.keys() | theirs.keys()
    } - {""}
    return CONFLICT if CONFLICT in verdicts else EACH if len(verdicts) > 1 else next(iter(verdicts), "")


def _by_ladder(person: "Person", vocabulary: "Vocabulary") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for office in vocabulary.held(person.offices):
        found.setdefault(vocabulary.offices[office].ladder, set()).add(office)
    return found


def _sets(a: "AbstractSet[str]", b: "AbstractSet[str]", mixed: str, apart: str = "") -> str:
    """Who says more of two sets: `mixed` where each has what the other lacks, `apart` (if given) where they have nothing in common; empty for the same."""
    if a == b:
        return ""
    if a <= b or a >= b:
        return B if a <= b else A
    return apart if apart and a.isdisjoint(b) else mixed


def dates_verdict(a: "When", b: "When") -> str:
    """Which of two dates is more exact; a conflict where no day of the one, as start and as end, is also one of the other. Empty where they mean the same."""
    if (a.starts, a.ends, a.approximate, a.uncertain) == (b.starts, b.ends, b.approximate, b.uncertain):
        return ""
    if not _some(a, b, _overlap):
        return CONFLICT
    narrower, wider = _in(a, b), _in(b, a)
    if narrower != wider:
        return A if narrower else B
    if not narrower:
        return EACH
    return _sets(_marks(b), _marks(a), EACH)


def _marks(when: "When") -> set[str]:
    return {name for name in ("approximate", "uncertain") if getattr(when, name)}


def _some(a: "When", b: "When", test: "Callable[[When, When], bool]") -> bool:
    return any(test(one, other) for one in a.options for other in b.options)


def _in(a: "When", b: "When") -> bool:
    """Whether all that a date leaves open, another leaves open too."""
    return all(any(_within(one, other) for other in b.options) for one in a.options)


def _overlap(one: "When", other: "When") -> bool:
    return one.start.overlaps(other.start) and one.end.overlaps(other.end)


def _within(one: "When", other: "When") -> bool:
    pairs = ((one.start, other.start), (one.end, other.end))
    return all(outer.earliest <= inner.earliest and inner.latest <= outer.latest for inner, outer in pairs)
