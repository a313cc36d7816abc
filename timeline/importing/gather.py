"""Drafts of one import held against each other: rows told twice, rows that may be, rows of one party, legs of one journey, and days that are out of order.

Merged without being asked are only rows that say the same: the same row again, or another row that differs in nothing but its identity and is dated to the
day. `--join-legs` makes one journey of legs of one person in one host, where the next begins at most a day after the one before ends, and `--join-parties` one visit of rows of
several people that are alike in who visited whom and when. What else may be one event is told, and left as two.
"""

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, iso
from timeline.importing.order import in_better_order, parted, put_in_order, swapped_ordinal
from timeline.importing.table import Table
from timeline.importing.tally import Told
from timeline.importing.texts import sentences
from timeline.tenures import name_keys
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.importing.draft import Draft
    from timeline.model import Event

ISO, NUMBERS = 1, 2  # forms of a day: as a cell with the form of a date is read, and in numbers with the year behind
_IN_NUMBERS = re.compile(r"[DM][./-][DM][./-]Y+")
_PARTS = ("places", "met", "tags", "sources")


class Pair(NamedTuple):
    """Two rows of an import, by their number in it."""

    one: int
    other: int


class Strays(NamedTuple):
    """Rows of a file of which day and month are probably swapped: what a report says of the file and of a row, what the note of an event says, and the numbers of the rows with the days that they would be."""

    part: int
    told: str
    row: str
    note: str
    days: tuple[tuple[int, str], ...]


REFUSED = -1  # in the place of the number of a draft: the row is quarantined


class Ledger:
    """What is kept of every draft, in a few numbers each, so that a million rows fit: in the order in which they are entered."""

    def __init__(self) -> None:
        self.rows, self.parts = array("q"), array("q")  # the number of the row, and of the file with its mapping
        self.forms = array("b")
        self.who, self.starts, self.ends = array("q"), array("q"), array("q")
        self.visits = array("q")
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
            same = self._said[was] == said and self._numbers[was] != REFUSED
            return self._numbers[was] if same else self._taken(draft.key, was)
        number = len(self)
        if draft.event.date.start.exact and not draft.event.id:
            number = self._alike.setdefault(hash(said_by(draft.event)), number)
        self._enter(draft.row, said, number)
        if number == len(self):
            self._append(draft, part)
        return number

    def refuse(self, identity: tuple[str, str], digest: str, row: int) -> tuple[Told, ...]:
        """Keep the identity of a quarantined row, by which it comes again once it is corrected; tells where another row has it, too."""
        said, entered = hash(digest), len(self._entered)
        was = self._seen.setdefault(hash(identity), entered)
        if was < entered:
            return () if self._said[was] == said else (self._taken(identity[1], was),)
        self._enter(row, said, REFUSED)
        return ()

    def _enter(self, row: int, said: int, number: int) -> None:
        for column, value in ((self._entered, row), (self._said, said), (self._numbers, number)):
            column.append(value)

    def _taken(self, key: str, was: int) -> Told:
        """Why a row can't be: its identity is that of an earlier one."""
        what = "is quarantined" if self._numbers[was] == REFUSED else "says something else"
        return Told("row-id-twice", f"the id {key!r} is that of row {self._entered[was]} too, which {what}")

    def _append(self, draft: "Draft", part: int) -> None:
        event = draft.event
        start, end = event.date.start, event.date.end
        self.rows.append(draft.row)
        self.parts.append(part)
        self.forms.append(_form_of(draft))
        self.who.append(hash((event.direction, frozenset(name_keys(person.name for person in event.people)))))
        self.visits.append(hash((event.id, *_same_visit(event))))
        self.starts.append(start.earliest if start.exact else -start.earliest)
        self.ends.append(end.latest if end.latest != NEVER_AFTER and start.exact else 0)

    def by_person(self) -> "Iterator[list[int]]":
        """The drafts of the same people in the same direction, each dated to the day, by their start."""
        return self._alike_in(self.who)

    def parties(self) -> "Iterator[list[int]]":
        """The drafts of one visitor, host and days that are not all of the same people."""
        for group in self._alike_in(self.visits):
            if len({self.who[number] for number in group}) > 1:
                yield group

    def _alike_in(self, key: "array[int]") -> "Iterator[list[int]]":
        dated = [number for number in range(len(self)) if self.starts[number] > 0]
        dated.sort(key=self.starts.__getitem__)
        dated.sort(key=key.__getitem__)  # one after the other, as a million pairs of keys would need a lot of room
        group: list[int] = []
        for number in dated:
            if group and key[group[0]] != key[number]:
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

    def strays(self) -> "Iterator[Strays]":
        """Days that are probably swapped, by the order of their file, or by which of its days are texts."""
        first = 0
        while first < len(self):
            after = first
            while after < len(self) and self.parts[after] == self.parts[first]:
                after += 1
            exact = [number for number in range(first, after) if self.starts[number] > 0]
            yield from self._out_of_order(exact)
            yield from self._split(exact)
            first = after

    def _out_of_order(self, exact: "list[int]") -> "Iterator[Strays]":
        if found := put_in_order([self.starts[number] for number in exact]):
            swaps = tuple((exact[place], iso(day) or "") for place, day in found.better.items())
            told = f"{found.out:,} of {plural(len(exact), 'day')} out of order; with day and month swapped in {plural(len(swaps), 'row')} it would be {found.left:,}"
            yield Strays(
                self.parts[exact[0]],
                told,
                "out of order; {} would be in it",
                "the file is in order of days, and {} would fit",
                swaps,
            )

    def _split(self, exact: "list[int]") -> "Iterator[Strays]":
        texts, dates = ([number for number in exact if self.forms[number] == form] for form in (NUMBERS, ISO))
        if not parted([self.starts[number] for number in texts], [self.starts[number] for number in dates]):
            return
        better = {number: day for number in dates if (day := swapped_ordinal(self.starts[number]))}
        days = [self.starts[number] for number in exact]
        if in_better_order(days, [better.get(number, self.starts[number]) for number in exact]):
            return
        told = f"{plural(len(texts), 'day')} in numbers, such as D.M.YYYY, all above the 12th, and {plural(len(dates), 'date')}, none above it: as where a spreadsheet took for dates what it could, day and month swapped"
        yield Strays(
            self.parts[exact[0]],
            told,
            "a date, where all days above the 12th are texts; {} may be meant",
            "all days above the 12th are texts in the file, as where a spreadsheet swapped the others; {} may be meant",
            tuple((number, iso(day) or "") for number, day in better.items()),
        )


def _form_of(draft: "Draft") -> int:
    form = next((text for what, text in draft.told if what == "form of start"), "")
    return NUMBERS if _IN_NUMBERS.fullmatch(form) else ISO if form.startswith("YYYY-MM-DD") else 0


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
    return Group(tuple(drafts), drafts[0].event._replace(sources=sources))


def joined(
    groups: "Sequence[Group]", runs: "Sequence[Sequence[int]]", make: "Callable[[list[Group]], Group]"
) -> "list[Group]":
    """Each run of numbers of groups as the one that is made of it, in the place of its first."""
    within = {number for run in runs for number in run}
    firsts = {run[0]: run for run in runs}
    return [
        make([groups[n] for n in firsts[number]]) if number in firsts else group
        for number, group in enumerate(groups)
        if number not in within or number in firsts
    ]


def parties(groups: "Sequence[Group]") -> "list[list[int]]":
    """Runs that make one visit of several people: alike in who visited whom and when, nobody is in two of them, and their kinds do not contradict each other."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, group in enumerate(groups):
        if group.event.date.start.exact:
            alike.setdefault(_same_visit(group.event), []).append(number)
    return [run for run in alike.values() if len(run) > 1 and _one_party([groups[number].event for number in run])]


def _one_party(events: "Sequence[Event]") -> bool:
    names = [name for event in events for name in name_keys(person.name for person in event.people)]
    known = all(event.people and not event.id for event in events)
    return known and len(set(names)) == len(names) and len({event.kind for event in events} - {""}) <= 1


def _same_visit(event: "Event") -> tuple[str, ...]:
    return (*event.direction, event.date.text, event.type, event.status, event.support)


def party(groups: "Sequence[Group]") -> Group:
    """One visit with the people of all rows, in the order of these."""
    return _together(groups, people=tuple(person for group in groups for person in group.event.people))


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


def journey(groups: "Sequence[Group]") -> Group:
    """From the first day of the first leg to the last of all."""
    from timeline.dates import parse_when

    first = iso(groups[0].event.date.start.earliest)
    last = iso(max(group.event.date.end.latest for group in groups))
    return _together(groups, date=parse_when(f"{first}/{last}"))


def _together(groups: "Sequence[Group]", **fields: object) -> Group:
    """One event of several, with what each of them says, once."""
    events = [group.event for group in groups]
    several = {key: tuple(dict.fromkeys(one for event in events for one in getattr(event, key))) for key in _PARTS}
    occasions = dict.fromkeys(event.occasion for event in events if event.occasion)
    notes = dict.fromkeys(event.note for event in events)
    kind = next((event.kind for event in events if event.kind), "")
    said = {"occasion": "; ".join(occasions), "note": sentences(notes)}
    event = events[0]._replace(kind=kind, **several, **said, **fields)  # type: ignore[arg-type]
    return Group(tuple(draft for group in groups for draft in group.drafts), event)
