"""What each file of a record gives, and the record that they make together."""

import re
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.model import Origin, Store
from timeline.names import plain
from timeline.vocabulary import Actor, KnownPerson, Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Coverage, Event, PublishedClaim
    from timeline.vocabulary import Vocabulary


Word: TypeAlias = Actor | Office | KnownPerson


class Piece(NamedTuple):
    """What one file gives, in the order written. `facts` are texts about the record as a whole, `words` what it adds to the vocabulary."""

    events: "list[Event]"
    coverage: "list[Coverage]"
    claims: "list[PublishedClaim]"
    facts: "dict[str, str]"
    words: "list[Word]"

    @classmethod
    def empty(cls) -> "Piece":
        return cls([], [], [], {}, [])


class Named(NamedTuple):
    """An id and where it stands: as much as is needed to see whether it is given twice."""

    id: str
    origin: Origin


def joined(vocabulary: "Vocabulary", pieces: "dict[str, Piece]") -> Store:
    """The record that the pieces of its files make, in the order of the files."""
    events = [event for piece in pieces.values() for event in piece.events]
    events.sort(key=lambda event: event.order)
    facts = dict(fact for piece in reversed(pieces.values()) for fact in piece.facts.items())
    return Store(
        tuple(events),
        vocabulary,
        tuple(_named_apart([one for piece in pieces.values() for one in piece.coverage])),
        tuple(claim for piece in pieces.values() for claim in piece.claims),
        facts.get("title", ""),
        facts.get("licence", ""),
        facts.get("about", ""),
        tuple(pieces),
        {event.id: event for event in events},
    )


def _named_apart(statements: "list[Coverage]") -> "Iterator[Coverage]":
    """With an id that is of one statement only: where two files use one, the name of its file stands before it."""
    shared = {name for name, times in Counter(statement.id for statement in statements).items() if times > 1}
    taken = {statement.id for statement in statements}
    for statement in statements:
        name = statement.id
        if name in shared:
            stem = "-".join(re.findall(r"[a-z0-9]+", plain(Path(statement.origin.file).stem)))
            longer = (f"{stem}-{name}{f'-{number}' if number else ''}".lstrip("-") for number in count())
            name = next(one for one in longer if one not in taken)
            taken.add(name)
        yield statement if name == statement.id else statement._replace(id=name)
