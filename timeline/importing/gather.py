"""Drafts of one import held against each other: rows told twice, rows that may be, legs of one journey, and days that are out of order.

Merged without being asked are only rows that say the same: the same row again, or another row that differs in nothing but its identity and is dated to the
day. `--join-legs` makes one journey of legs of one person in one host, where the next begins at most a day after the one before ends. What else may be one
event is told, and left as two.
"""

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, iso
from timeline.importing.stay import swapped
from timeline.importing.table import Table
from timeline.importing.tally import Told
from timeline.tenures import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.importing.draft import Draft
    from timeline.model import Event

ORDERED = 0.75  # of the rows of a file that begin no earlier than the one before: it is in order, then
_PARTS = ("places", "met", "tags", "sources")
_NOTES = ("occasion", "note")


class Pair(NamedTuple):
    """Two rows of an import, by their number in it."""

    one: int
    other: int


class Ledger:
    """What is kept of every draft, in a few numbers each, so that a million rows fit: in the order in which they are entered."""

    def __init__(self) -> None:
        self.rows, self.parts = array("q"), array("q")  # the number of the row, and of the file with its mapping
        self.who, self.starts, self.ends = array("q"), array("q"), array("q")
        self._seen, self._alike = Table(), Table()
        self._entered, self._said, self._numbers = (
            array("q"),
            array("q"),
            array("q"),
        )  # the rows with an identity of their own

    def __len__(self) -> int:
        return len(self.rows)

    def enter(self, draft: "Draft", part: int) -> int | Told:
        """The number of the draft that says the same already, or its own; or why it cannot be: its identity is that of a row that says something else."""
        said, entered = hash(draft.digest), len(self._entered)
        was = self._seen.setdefault(hash((draft.origin, draft.key)), entered)
        if was < entered:
            if self._said[was] == said:
                return self._numbers[was]
            return Told(
                "row-id-twice",
                f"the id {draft.key!r} is that of row {self._entered[was]} too, which says something else",
            )
        number = len(self)
        if draft.event.date.start.exact and not draft.event.id:
            number = self._alike.setdefault(hash(said_by(draft.event)), number)
        for column, value in ((self._entered, draft.row), (self._said, said), (self._numbers, number)):
            column.append(value)
        if number == len(self):
            self._append(draft, part)
        return number

    def _append(self, draft: "Draft", part: int) -> None:
        event = draft.event
        start, end = event.date.start, event.date.end
        self.rows.append(draft.row)
        self.parts.append(part)
        self.who.append(hash((event.direction, frozenset(name_keys(person.name for person in event.people)))))
        self.starts.append(start.earliest if start.exact else -start.earliest)
        self.ends.append(end.latest if end.latest != NEVER_AFTER and start.exact else 0)

    def by_person(self) -> "Iterator[list[int]]":
        """The drafts of the same people in the same direction, each dated to the day, by their start."""
        dated = [number for number in range(len(self)) if self.starts[number] > 0]
        dated.sort(key=self.starts.__getitem__)
        dated.sort(key=self.who.__getitem__)  # one after the other, as a million pairs of keys would need a lot of room
        group: list[int] = []
        for number in dated:
            if group and self.who[group[0]] != self.who[number]:
                yield group
                group = []
            group.append(number)
        if group:
            yield group

    def overlapping(self) -> "Iterator[Pair]":
        """Drafts of the same people in the same direction that begin on one day, or have more than a day in common."""
        for group in self.by_person():
            last = group[0]
            for number in group[1:]:
                if self.starts[number] == self.starts[last] or self.starts[number] < self.ends[last]:
                    yield Pair(last, number)
                last = max(last, number, key=lambda n: self.ends[n] or self.starts[n])

    def out_of_order(self) -> "Iterator[tuple[int, str]]":
        """Days that would be in order with month and day swapped, in files that are in order otherwise."""
        first = 0
        while first < len(self):
            after = first
            while after < len(self) and self.parts[after] == self.parts[first]:
                after += 1
            yield from self._of_file(first, after)
            first = after

    def _of_file(self, first: int, after: int) -> "Iterator[tuple[int, str]]":
        starts = self.starts
        rising = sum(0 < abs(starts[n - 1]) <= abs(starts[n]) for n in range(first + 1, after))
        if after - first < 4 or rising < ORDERED * (after - first - 1):
            return
        for n in range(first + 1, after - 1):
            low, here, high = starts[n - 1], starts[n], starts[n + 1]
            stray = here > 0 and 0 < low <= high and not low <= here <= high
            better = swapped(iso(here) or "") if stray else ""
            if better and low <= _ordinal(better) <= high:
                yield n, better


def _ordinal(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal()


def said_by(event: "Event") -> tuple[object, ...]:
    """What an event says, without its id and its sources."""
    people = tuple((p.name, p.title, p.offices, p.role, p.party_rank) for p in event.people)
    return (
        event.date.text, event.type, event.title, event.visitor, event.host, event.actors, people, event.kind, event.status,
        event.places, event.met, event.occasion, event.tags, event.support, event.note,
    )  # fmt: skip


class Group(NamedTuple):
    """The drafts that make one event, and the event, without an id still."""

    drafts: "tuple[Draft, ...]"
    event: "Event"


def merged(drafts: "Sequence[Draft]") -> Group:
    """Rows that say the same: one event that cites them all."""
    sources = tuple(dict.fromkeys(source for draft in drafts for source in draft.event.sources))
    return Group(tuple(drafts), replace(drafts[0].event, sources=sources))


def joined(groups: "Sequence[Group]", runs: "Sequence[Sequence[int]]") -> "list[Group]":
    """Legs as journeys; each run is of the numbers of groups that follow each other."""
    within = {number for run in runs for number in run}
    firsts = {run[0]: run for run in runs}
    return [
        _journey([groups[n] for n in firsts[number]]) if number in firsts else group
        for number, group in enumerate(groups)
        if number not in within or number in firsts
    ]


def legs(groups: "Sequence[Group]") -> "list[list[int]]":
    """Runs of legs that make one journey: of the same people in the same host, kinds that do not contradict each other, all dates exact."""
    order = sorted(range(len(groups)), key=lambda n: (_same_journey(groups[n].event), groups[n].event.order[:2], n))
    runs: list[list[int]] = []
    for number in order:
        event = groups[number].event
        before = groups[runs[-1][-1]].event if runs else None
        if before is not None and _follows(before, event, max(groups[n].event.date.end.latest for n in runs[-1])):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]


def _same_journey(event: "Event") -> tuple[str, ...]:
    return (*event.direction, event.status, event.support, *sorted(name_keys(person.name for person in event.people)))


def _follows(before: "Event", event: "Event", end: int) -> bool:
    """Whether a leg begins at most a day after the end of those before it."""
    exact = all(one.date.start.exact and one.date.end.exact for one in (before, event))
    alike = _same_journey(before) == _same_journey(event) and (
        before.kind == event.kind or not (before.kind and event.kind)
    )
    return exact and alike and before.people == event.people and event.date.start.earliest - end <= 1


def _journey(groups: "Sequence[Group]") -> Group:
    """From the first day of the first leg to the last of all; what each leg says, once."""
    from timeline.dates import parse_when

    events = [group.event for group in groups]
    first, last = iso(events[0].date.start.earliest), iso(max(event.date.end.latest for event in events))
    several = {key: tuple(dict.fromkeys(one for event in events for one in getattr(event, key))) for key in _PARTS}
    texts = {key: " ".join(dict.fromkeys(filter(None, (getattr(event, key) for event in events)))) for key in _NOTES}
    kind = next((event.kind for event in events if event.kind), "")
    event = replace(events[0], date=parse_when(f"{first}/{last}"), kind=kind, **several, **texts)  # type: ignore[arg-type]
    return Group(tuple(draft for group in groups for draft in group.drafts), event)
