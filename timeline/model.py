"""The nouns of a record: events with their people and sources, what the record is complete for, and published claims. Values; no behaviour worth mocking."""

from os.path import normpath
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import Span, When
from timeline.errors import Problem
from timeline.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping


class Origin(NamedTuple):
    """Where something stands in a store. Lines count from 1."""

    file: str
    line: int


class Person(NamedTuple):
    """Somebody on a journey, with the offices held on that day.

    `title` is the office in words, `offices` the ids on every ladder; `party_rank` counts from 1 in the party's order of
    precedence, 0 where unknown; `actor` is for events that are not visits.
    """

    name: str
    title: str = ""
    offices: tuple[str, ...] = ()
    role: str = "heads"
    party_rank: int = 0
    actor: str = ""


class Source(NamedTuple):
    title: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""


class Event(NamedTuple):
    """One dated event. Only those of type `visit` have a visitor and a host, and only they count as visits."""

    id: str
    date: When
    type: str = "visit"
    title: str = ""
    visitor: str = ""
    host: str = ""
    actors: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    kind: str = ""
    status: str = "happened"
    places: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    occasion: str = ""
    tags: tuple[str, ...] = ()
    support: str = "confirmed"
    note: str = ""
    sources: tuple[Source, ...] = ()
    origin: Origin = Origin("", 0)

    @property
    def order(self) -> tuple[int, int, str]:
        """The order in which events are told: first possible day, last possible day, id."""
        start = self.date.start
        return (start.earliest, start.latest, self.id)

    @property
    def direction(self) -> tuple[str, str]:
        return (self.visitor, self.host)

    @property
    def involved(self) -> tuple[str, ...]:
        """Every actor concerned."""
        return (self.visitor, self.host) if self.type == "visit" else self.actors


class Coverage(NamedTuple):
    """What a store says it is complete for: from the first day of `span` to the last, `visitor` and `host` an id or `any`.

    `how` is complete, near-complete (taken for complete, and said wherever an answer rests on it) or partial. `level` is the least level covered (0: everybody); `people` and `offices` narrow the statement where given; `type` is `visit` or `meeting`.
    """

    id: str
    visitor: str
    host: str
    span: Span
    level: int = 0
    how: str = "complete"
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    evidence: str = ""
    type: str = "visit"
    origin: Origin = Origin("", 0)

    @property
    def counts(self) -> bool:
        """Whether the absence of a visit is taken for knowledge."""
        return self.how != "partial"


class Place(NamedTuple):
    """Where something stands in a file, counted from 1, and the line of the file."""

    line: int
    column: int
    text: str


class PublishedClaim(NamedTuple):
    """A published claim as a store keeps it; `fields` are its texts by key (docs/claims.md), read by `timeline.claims`, `places` where each stands."""

    id: str
    fields: dict[str, tuple[str, ...]]
    sources: tuple[Source, ...] = ()
    origin: Origin = Origin("", 0)
    places: "Mapping[str, Place]" = MappingProxyType({})

    @property
    def record(self) -> str:
        """The path of the record that it names to be judged against, beside its own file; empty where that is the one in question."""
        named = next(iter(self.fields.get("record", ())), "")
        return normpath(named if PurePath(named).is_absolute() else f"{self.origin.file}/../{named}") if named else ""

    def problem(self, name: str, what: str, remedy: str, key: str = "") -> Problem:
        """Something wrong in a field; at the claim itself where it has no such field."""
        line, column, text = self.places.get(key) or self._place
        return Problem(self.origin.file, line, column, name, f"{self.id}: {what}" if self.id else what, remedy, text)

    @property
    def _place(self) -> Place:
        """Where it begins, which is where its id stands in nearly all."""
        first = self.places.get("id")
        line = first.text if first and first.line == self.origin.line else f"- id: {self.id}"
        return Place(self.origin.line, 1, line)


class Store(NamedTuple):
    """A record that was read whole and found valid. `events` are in the order of `Event.order`."""

    events: tuple[Event, ...]
    vocabulary: Vocabulary
    coverage: tuple[Coverage, ...] = ()
    claims: tuple[PublishedClaim, ...] = ()
    title: str = ""
    licence: str = ""
    about: str = ""
    files: tuple[str, ...] = ()
    by_id: "Mapping[str, Event]" = MappingProxyType({})
