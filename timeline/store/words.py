"""What can only be said of the additions to the vocabulary together: words given twice, names of two things, and what refers to others."""

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.names import Index
from timeline.store.reader import Pairs
from timeline.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.store.build import Builder
    from timeline.store.reader import Node
    from timeline.vocabulary import Vocabulary

VOCABULARY_KEYS = ("actors", "offices", "people")


class Added(NamedTuple):
    """What one file adds: by key, the nodes and what was read from them."""

    builder: "Builder"
    entries: "dict[str, list[tuple[Node, Any]]]"


def check_words(added: Added, before: "Vocabulary") -> None:
    """Words given twice, and names of two things."""
    builder, entries = added
    for key, known, first in (
        ("actors", before.actors, shipped().actors),
        ("offices", before.offices, shipped().offices),
        ("people", before.people, {}),
    ):
        places: dict[str, Node] = {}
        for node, entry in entries[key]:
            name = entry.name if key == "people" else entry.id
            if name in places or (name in known and known[name] not in (entry, first.get(name))):
                builder.problem(node, "duplicate-id", f"{name} is given twice under {key}", "join the two")
            places[name] = node
        for spelling, one, other in _index(key, builder.vocabulary).clashes if places else ():
            if place := places.get(other) or places.get(one):
                builder.problem(
                    place,
                    "ambiguous-name",
                    f"{spelling!r} names two: {one} and {other}",
                    "remove it from one of them",
                )


def _index(key: str, vocabulary: "Vocabulary") -> Index:
    if key == "people":
        return vocabulary.people_index
    return vocabulary.actor_index if key == "actors" else vocabulary.office_index


def linked(files: "Sequence[Added]", vocabulary: "Vocabulary") -> "Vocabulary":
    """The vocabulary of all files, with what each office implies as ids. What leads nowhere or in a circle is a problem."""
    offices = []
    for builder, entries in files:
        builder.vocabulary = vocabulary
        for node, office in entries["offices"]:
            if office.implies:
                implied = builder.offices(_value(node, "implies"))
                offices.append(office._replace(implies=tuple(filter(None, implied))))
        for node, actor in entries["actors"]:
            for successor in sorted(name for name in set(actor.successors) if name not in vocabulary.actors):
                builder.problem(
                    node,
                    "unknown-actor",
                    f"unknown successor {successor!r}",
                    "list known ids with: timeline actors; add one under actors:",
                )
    vocabulary = vocabulary.extended((), offices, ())
    _refuse_circles(files, "actors", {actor.id: actor.successors for actor in vocabulary.actors.values()})
    _refuse_circles(files, "offices", {office.id: office.implies for office in vocabulary.offices.values()})
    return vocabulary


def _value(node: "Node", key: str) -> "Node":
    pairs = node.pairs if isinstance(node, Pairs) else ()
    return next(value for name, value in pairs if name.value == key)


_CIRCLES = {
    "actors": ("its successors lead back to it", "take the earlier state out of successors"),
    "offices": ("what it implies leads back to it", "let the higher office imply the lower one only"),
}


def _refuse_circles(files: "Sequence[Added]", key: str, links: "Mapping[str, Sequence[str]]") -> None:
    places = {entry.id: (builder, node) for builder, entries in files for node, entry in entries[key]}
    for circle in _circles(links) if places else ():
        first = next(name for name in circle if name in places)
        at = circle.index(first)
        way = " → ".join([*circle[at:], *circle[:at], first])
        builder, node = places[first]
        what, remedy = _CIRCLES[key]
        builder.problem(node, "circle", f"{first}: {what} ({way})", remedy)


def _circles(links: "Mapping[str, Iterable[str]]") -> "Iterator[list[str]]":
    """Ids each of which leads to the next, and the last to the first."""
    settled: set[str] = set()
    for start in links:
        way = {start: iter(links[start])} if start not in settled else {}
        while way:
            here = next(reversed(way))
            for there in way[here]:
                if there in way:
                    ids = list(way)
                    yield ids[ids.index(there) :]
                elif there in links and there not in settled:
                    way[there] = iter(links[there])
                    break
            else:
                settled.add(here)
                del way[here]
