"""Two records beside each other: what both say of an event, what only one of them has, and whether the other claims that there was none."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline.comparison.differences import CONFLICT, Words, differences
from timeline.comparison.matching import MOST, match
from timeline.counts import tally
from timeline.coverage import joined, overlaps, speaks_of, within
from timeline.facets import order
from timeline.query import select
from timeline.tenures import in_common, name_keys, nearly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.comparison.differences import Difference
    from timeline.comparison.matching import Matching
    from timeline.counts import Tally
    from timeline.model import Coverage, Event, Source, Store
    from timeline.query import Query

AGREE, COMPATIBLE, AMBIGUOUS, ONLY_A, ONLY_B = "agree", "compatible", "ambiguous", "only-in-a", "only-in-b"
STATES = (CONFLICT, COMPATIBLE, AMBIGUOUS, ONLY_A, ONLY_B, AGREE)


class Alike(NamedTuple):
    """Two names that may be one person's, and how many visits of each begin on a day on which the other record has one of the other name."""

    a: str
    b: str
    visits: int


class Others(NamedTuple):
    """The events of the other record that one without a partner may be: the first of them, and how many there are."""

    first: "tuple[Event, ...]"
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """An event of one record with its partner in the other, or alone.

    `same_day` are visits that only the other record has, in the same direction from the same day on: of others, or of the same under another name. `covered` says how far that record claims to have every such event, by
    which `statements`: complete, near-complete, perhaps (the date leaves it open), no. It is empty where there is a partner, or may be.
    """

    state: str
    a: "Event | None"
    b: "Event | None"
    differences: "tuple[Difference, ...]" = ()
    others: Others = Others((), 0)
    same_day: "tuple[Event, ...]" = ()
    covered: str = ""
    statements: "tuple[Coverage, ...]" = ()

    @property
    def event(self) -> "Event":
        """The one that comes first in the order of events."""
        return min((event for event in (self.a, self.b) if event), key=lambda event: event.order)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of a scope, oldest first, with the events of each side that lie in it. `outside` counts those of each side that do not."""

    rows: tuple[Row, ...]
    a: "tuple[Event, ...]"
    b: "tuple[Event, ...]"
    outside: tuple[int, int]
    years: tuple[tuple[str, int, int], ...]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in STATES}

    @property
    def alike(self) -> tuple[Alike, ...]:
        """Names in visits that only one side has, of which one has all words of the other, or is spelled nearly so; the most frequent first."""
        found = Counter(
            pair for row in self.rows if row.state == ONLY_A and row.a for pair in _alike_names(row.a, row.same_day)
        )
        return tuple(Alike(*pair, visits) for pair, visits in sorted(found.items(), key=lambda one: (-one[1], one[0])))


def compare(a: "Store", b: "Store", query: "Query") -> Comparison:
    """Match all events of two records, and tell those of which one side at least lies in a scope: what the other has elsewhere is no absence."""
    words = Words(a.vocabulary, b.vocabulary)
    matching = match(a.events, b.events, words)
    scopes = [select(store.events, query, store.vocabulary) for store in (a, b)]
    inside = [{event.id for event in events} for events in scopes]
    rows = [
        row
        for row in (*_paired(a, b, matching, words), *_alone(a, b, matching))
        if (row.a and row.a.id in inside[0]) or (row.b and row.b.id in inside[1])
    ]
    rows.sort(key=lambda row: (row.event.order, row.state))
    return Comparison(
        tuple(rows),
        tuple(scopes[0]),
        tuple(scopes[1]),
        (len(a.events) - len(scopes[0]), len(b.events) - len(scopes[1])),
        tuple(
            _years(
                *(tally(events, ["year"], query, one.vocabulary) for events, one in zip(scopes, (a, b), strict=True))
            )
        ),
    )


def _years(a: "Tally", b: "Tally") -> "Iterator[tuple[str, int, int]]":
    """How many events of each side began in a year; where a date leaves it open, in which years it may have been."""
    (ours,), (theirs,) = a.axes, b.axes
    for year in sorted({*ours, *theirs}, key=lambda value: (*order("year", value), value)):
        one, other = len(ours.get(year, ())), len(theirs.get(year, ()))
        if one or other:
            yield year, one, other


def _paired(a: "Store", b: "Store", matching: "Matching", words: Words) -> "Iterator[Row]":
    for one, other in matching.pairs.items():
        found = differences(a.events[one], b.events[other], words)
        state = COMPATIBLE if found else AGREE
        if any(difference.verdict == CONFLICT for difference in found):
            state = CONFLICT
        yield Row(state, a.events[one], b.events[other], found)


def _alone(a: "Store", b: "Store", matching: "Matching") -> "Iterator[Row]":
    partnered = (set(matching.pairs), set(matching.pairs.values()))
    days = tuple(
        _by_day(event for place, event in enumerate(store.events) if place not in partnered[side])
        for side, store in enumerate((a, b))
    )
    for side, (mine, theirs) in enumerate(((a, b), (b, a))):
        for place, event in enumerate(mine.events):
            if place in partnered[side]:
                continue
            near, total = matching.others[side].get(place, ((), 0))
            others = Others(tuple(theirs.events[other] for other in near), total)
            one, other = (None, event) if side else (event, None)
            if place in matching.undecided[side]:
                yield Row(AMBIGUOUS, one, other, (), others)
                continue
            beside = tuple(days[1 - side].get((*event.direction, event.date.start), ())[:MOST]) if event.visitor else ()
            covered, statements = claimed(event, theirs.coverage, mine)
            yield Row((ONLY_A, ONLY_B)[side], one, other, (), others, beside, covered, statements)


def _alike_names(event: "Event", others: "Iterable[Event]") -> set[tuple[str, str]]:
    pairs = {(one.name, two.name) for other in others for one in event.people for two in other.people}
    keys = {name: name_keys((name,)) for pair in pairs for name in pair}
    return {(a, b) for a, b in pairs if keys[a] != keys[b] and (_within(keys[a], keys[b]) or nearly(keys[a], keys[b]))}


def _within(one: "frozenset[str]", other: "frozenset[str]") -> bool:
    return any(in_common(a, b) for a in one for b in other)


def _by_day(events: "Iterable[Event]") -> "dict[tuple[object, ...], list[Event]]":
    """Visits known to begin on one day, by direction and that day."""
    found: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        if event.type == "visit" and event.date.start.exact:
            found.setdefault((*event.direction, event.date.start), []).append(event)
    return found


def claimed(event: "Event", coverage: "Iterable[Coverage]", store: "Store") -> "tuple[str, tuple[Coverage, ...]]":
    """How far statements of another record say that it has every event such as one of this store: with those that say so."""
    about = [s for s in coverage if s.counts and speaks_of(s, event, store.vocabulary)]
    start, spans = event.date.start, joined(s.span for s in about)
    used = tuple(s for s in about if s.span.overlaps(start))
    if within(joined(s.span for s in about if s.how == "complete"), *start):
        return "complete", tuple(s for s in used if s.how == "complete")
    return ("near-complete" if within(spans, *start) else "perhaps" if overlaps(spans, *start) else "no"), used


def sources_lacking(rows: "Iterable[Row]") -> "dict[str, tuple[Source, ...]]":
    """The sources of B that A lacks, by the ids of A: of events on which the two do not conflict."""
    found: dict[str, tuple[Source, ...]] = {}
    for row in rows:
        if row.a and row.b and row.state in (AGREE, COMPATIBLE) and (lacking := lacked(row.a.sources, row.b.sources)):
            found[row.a.id] = lacking
    return found


def lacked(mine: "Sequence[Source]", theirs: "Sequence[Source]") -> "tuple[Source, ...]":
    """Those of some sources that others have not: one address is one source, whatever its title says."""
    known = {_source_key(source) for source in mine}
    return tuple({_source_key(s): s for s in theirs if _source_key(s) not in known}.values())


def _source_key(source: "Source") -> tuple[str, ...]:
    return (source.url,) if source.url else (source.title, source.publisher, source.date)
