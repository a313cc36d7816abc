"""Which event of one record is which of another: the nearest pair first, each event in one pair at most, and what is tied left undecided.

What may be one is said by `timeline.doubles`, as for entries of one record. No pair is made that both of its events could better: with dates that are
shifted by days, sums of distances can be smaller for a matching in which events known to the same day are torn apart.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.comparison.differences import CONFLICT, differences, signature
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Days
from timeline.doubles import near
from timeline.names import fold
from timeline.promises import same

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from timeline.comparison.differences import Words
    from timeline.dates import When
    from timeline.model import Event
    from timeline.vocabulary import Vocabulary

    Edge: TypeAlias = tuple[int, int]


MOST = 10  # events told that one without a partner may be


@dataclass(frozen=True, slots=True)
class Matching:
    """Places of events in two lists: `pairs` from the one to the other, and on each side those that are undecided.

    `others` are, for each event that has no partner, those that it may be, the first MOST in order, and how many there are.
    """

    pairs: dict[int, int]
    undecided: tuple[frozenset[int], frozenset[int]]
    others: "tuple[dict[int, tuple[list[int], int]], dict[int, tuple[list[int], int]]]"


class _Class:
    """Events of one record that say the same, and so are compared once. `free` are those without a partner: their places by their ids."""

    def __init__(self, event: "Event") -> None:
        self.event = event
        self.places: list[int] = []
        self.free: dict[str, int] = {}
        self.undecided = False


class Rank(NamedTuple):
    """How near two events are, the least first: each part counts where those before it are equal."""

    other_title: bool
    days: int  # between the starts, at least
    open: int  # days that the dates leave open
    strangers: int  # people in common, the most first: below nought
    conflicts: int
    differing: int


def match(a: "Sequence[Event]", b: "Sequence[Event]", words: "Words") -> Matching:
    """Match two lists of events, each in its order. Entries that are the same in everything, id and all, are one."""
    known = {event.id: place for place, event in enumerate(b)}
    pairs = {place: known[e.id] for place, e in enumerate(a) if e.id in known and same(e, b[known[e.id]])}
    ours, theirs = _classes(a, pairs, words.a, words), _classes(b, set(pairs.values()), words.b, words)
    edges = sorted(possible([one.event for one in ours], [one.event for one in theirs], words))
    for group in _ranked(ours, theirs, edges, words):
        _decide(group, pairs)
    return Matching(pairs, (_undecided(ours), _undecided(theirs)), _others(ours, theirs, edges))


def _classes(
    events: "Sequence[Event]", paired: "Collection[int]", vocabulary: "Vocabulary", words: "Words"
) -> "list[_Class]":
    found: dict[object, _Class] = {}
    for place, event in enumerate(events):
        one = found.setdefault(signature(event, vocabulary, words), _Class(event))
        one.places.append(place)
        if place not in paired:
            one.free[event.id] = place
    return list(found.values())


def possible(a: "Sequence[Event]", b: "Sequence[Event]", words: "Words") -> "set[Edge]":
    """The pairs that may be one event: near in their dates, with a person, or the title, in common; of other events also those of one day with another title."""
    groups: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, events in enumerate((a, b)):
        for place, event in enumerate(events):
            for key in _keys(event, words):
                groups[key][side].append(place)
    return {edge for ours, theirs in groups.values() if ours and theirs for edge in _near(a, b, ours, theirs)}


def _keys(event: "Event", words: "Words") -> "Iterator[tuple[str, ...]]":
    if event.type == "visit":
        for person in {words.person(person.name) for person in event.people}:
            yield ("visit", person, event.visitor, event.host)
        return
    actors = sorted(event.actors)
    yield (event.type, "title", fold(event.title), *actors)
    if event.date.start.exact:
        yield (event.type, "day", str(event.date.start.earliest), *actors)


def _near(a: "Sequence[Event]", b: "Sequence[Event]", ours: "list[int]", theirs: "list[int]") -> "Iterator[Edge]":
    both = [*((a[place], 0, place) for place in ours), *((b[place], 1, place) for place in theirs)]
    both.sort(key=lambda one: one[0].order)
    for i, j in near([event for event, *_ in both]):
        (_, one, place), (_, other, beside) = both[i], both[j]
        if one != other:
            yield (place, beside) if one == 0 else (beside, place)


def _ranked(
    ours: "list[_Class]", theirs: "list[_Class]", edges: "Sequence[Edge]", words: "Words"
) -> "Iterator[list[tuple[_Class, _Class]]]":
    """Pairs of one rank together, the nearest first."""
    live = [(one, other) for one, other in edges if ours[one].free and theirs[other].free]
    left, right = Counter(one for one, _ in live), Counter(other for _, other in live)
    alone = {(one, other) for one, other in live if left[one] == right[other] == 1}
    yield [
        (ours[one], theirs[other]) for one, other in alone
    ]  # nothing contends for them, so that their rank is nothing
    contended = ((ours[one], theirs[other]) for one, other in live if (one, other) not in alone)
    ranked = [(rank(one.event, other.event, words), (one, other)) for one, other in contended]
    ranked.sort(key=lambda entry: entry[0])
    for _, group in groupby(ranked, key=lambda entry: entry[0]):
        yield [pair for _, pair in group]


def rank(a: "Event", b: "Event", words: "Words") -> Rank:
    found = differences(a, b, words)
    left_open = sum(event.date.start.latest - event.date.start.earliest for event in (a, b))
    common = {words.person(p.name) for p in a.people} & {words.person(p.name) for p in b.people}
    conflicts = sum(difference.verdict == CONFLICT for difference in found)
    retitled = any(difference.field == "title" for difference in found)
    return Rank(retitled, days_apart(a.date, b.date).least, left_open, -len(common), conflicts, len(found))


def days_apart(a: "When", b: "When") -> Days:
    """How far apart two dates begin."""
    spans = [(one, other) for one in a.starts for other in b.starts]
    least = min(max(0, one.earliest - other.latest, other.earliest - one.latest) for one, other in spans)
    most = max(max(one.latest - other.earliest, other.latest - one.earliest) for one, other in spans)
    open_ = any(NEVER_BEFORE in span or NEVER_AFTER in span for span in (*a.starts, *b.starts))
    return Days(least, None if open_ else most)


def _decide(group: "Sequence[tuple[_Class, _Class]]", pairs: dict[int, int]) -> None:
    """Pair the events of one rank that nothing else contends for; those of one id before others.

    Whoever is tied, or may be one that is, is undecided from there on.
    """
    for one, other in group:
        if not (one.undecided or other.undecided):
            for id_ in one.free.keys() & other.free.keys():
                pairs[one.free.pop(id_)] = other.free.pop(id_)
    live = [(one, other) for one, other in group if one.free and other.free]
    rivals = Counter[int]()
    for one, other in live:
        rivals[id(one)] += len(other.free)
        rivals[id(other)] += len(one.free)
    for one, other in live:
        if rivals[id(one)] == rivals[id(other)] == 1 and not (one.undecided or other.undecided):
            pairs[one.free.popitem()[1]] = other.free.popitem()[1]
        else:
            one.undecided = other.undecided = True


def _undecided(classes: "Iterable[_Class]") -> frozenset[int]:
    return frozenset(place for one in classes if one.undecided for place in one.free.values())


def _others(
    ours: "list[_Class]", theirs: "list[_Class]", edges: "Sequence[Edge]"
) -> "tuple[dict[int, tuple[list[int], int]], dict[int, tuple[list[int], int]]]":
    beside: tuple[dict[int, list[_Class]], dict[int, list[_Class]]] = (defaultdict(list), defaultdict(list))
    for one, other in edges:
        beside[0][one].append(theirs[other])
        beside[1][other].append(ours[one])
    return _told(ours, beside[0]), _told(theirs, beside[1])


def _told(classes: "list[_Class]", beside: "Mapping[int, list[_Class]]") -> dict[int, tuple[list[int], int]]:
    found: dict[int, tuple[list[int], int]] = {}
    for number, near_by in beside.items():
        count = sum(len(other.places) for other in near_by)
        first = sorted(islice((place for other in near_by for place in other.places), MOST))
        found |= dict.fromkeys(classes[number].free.values(), (first, count))
    return found
