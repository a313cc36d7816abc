"""What a record is complete for, asked of one scope. Absence of a visit is knowledge only inside it (semantics §5)."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER, Span
from timeline.tenures import name_keys
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model import Coverage, Event
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Cover:
    """How far a record is complete, from one day to another (ordinals).

    `until` is the last day of the unbroken part from the first day on, or the day before that where nothing covers it. `used` are the statements
    that say so.
    """

    first: int
    last: int
    until: int
    used: "tuple[Coverage, ...]" = ()

    @property
    def complete(self) -> bool:
        return self.until >= self.last

    @property
    def near(self) -> "tuple[Coverage, ...]":
        """The statements used that say near complete only: an answer that rests on them says so."""
        return tuple(statement for statement in self.used if statement.how == "near-complete")


def cover(statements: "Iterable[Coverage]", needs: "Sequence[Need]", first: int, last: int) -> Cover:
    """How far the statements of a store reach for all of some needs. Partial statements cover nothing."""
    reached = [_reach([s for s in statements if s.counts and need.met_by(s)], first, last) for need in needs]
    if not reached:
        return Cover(first, last, first - 1)
    used = tuple(dict.fromkeys(s for one in reached for s in one.used))
    return Cover(first, last, min(one.until for one in reached), used)


def complete_spans(statements: "Iterable[Coverage]", needs: "Sequence[Need]") -> tuple[Span, ...]:
    """The days for which a store is complete for all of some needs, as spans in order with days between them."""
    complete = [s for s in statements if s.counts]
    each = [joined(s.span for s in complete if need.met_by(s)) for need in needs]
    found, *others = each or [()]
    for other in others:
        found = common(found, other)
    return found


def speaks_of(statement: "Coverage", event: "Event", words: "Vocabulary") -> bool:
    """Whether an event is one that a statement speaks of, whenever it was. `words` are those of the event's record."""
    if event.type != statement.type or event.status != "happened" or not _about(statement, event):
        return False
    keys = name_keys(statement.people)
    people = [person for person in event.people if not keys or name_keys((person.name,)) & keys]
    return (not event.people and not keys and not statement.level and not statement.offices) or any(
        words.level(person.offices) >= statement.level
        and (not statement.offices or not words.held(person.offices).isdisjoint(statement.offices))
        for person in people
    )


def _about(statement: "Coverage", event: "Event") -> bool:
    """Whether the two sides of a statement are those of an event: of a meeting in either order."""
    ways = [event.direction] if event.type == "visit" else list(permutations(event.actors, 2))
    return any(statement.visitor in ("any", one) and statement.host in ("any", other) for one, other in ways)


def within(spans: tuple[Span, ...], first: int, last: int) -> bool:
    """Whether one of some spans (as of `complete_spans`) holds all days from one to another."""
    place = bisect_right(spans, (first, NEVER_AFTER)) - 1
    return place >= 0 and spans[place].earliest <= first and last <= spans[place].latest


def overlaps(spans: "Sequence[Span]", first: int, last: int) -> bool:
    """Whether any of some spans (in order, apart) has a day from one to another."""
    place = bisect_right(spans, (last, NEVER_AFTER)) - 1
    return first <= last and place >= 0 and spans[place].latest >= first


def joined(spans: "Iterable[Span]") -> tuple[Span, ...]:
    """Spans that overlap or touch as one, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.earliest <= found[-1].latest + 1:
            found[-1] = Span(found[-1].earliest, max(found[-1].latest, span.latest))
        else:
            found.append(span)
    return tuple(found)


def without(spans: tuple[Span, ...], others: tuple[Span, ...]) -> tuple[Span, ...]:
    """The days of spans that are in none of some others; all in order, apart."""
    left = list(spans)
    for other in others:
        pieces = ((Span(a, min(b, other.earliest - 1)), Span(max(a, other.latest + 1), b)) for a, b in left)
        left = [piece for pair in pieces for piece in pair if piece.earliest <= piece.latest]
    return tuple(left)


def common(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    """The days that are in both, of spans in order and apart."""
    pairs = ((a, b) for a in one for b in other)
    both = (Span(max(a.earliest, b.earliest), min(a.latest, b.latest)) for a, b in pairs)
    return tuple(span for span in both if span.earliest <= span.latest)


@dataclass(frozen=True, slots=True)
class Need:
    """What one direction of a scope must be covered for. Empty names stand for anybody.

    `unclaimed`: the scope asks for what no statement speaks of, so that none meets it.
    """

    visitor: str
    host: str
    level: int = 0
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    type: str = "visit"
    unclaimed: bool = False

    def met_by(self, statement: "Coverage") -> bool:
        return (
            not self.unclaimed
            and statement.type == self.type
            and self._directed(statement)
            and statement.level <= self.level
            and (not statement.people or (bool(self.people) and set(self.people) <= set(statement.people)))
            and (not statement.offices or (bool(self.offices) and set(self.offices) <= set(statement.offices)))
        )

    def _directed(self, statement: "Coverage") -> bool:
        """Whether a statement is about this direction; a meeting has none."""
        ways = [(self.visitor, self.host)] + ([(self.host, self.visitor)] if self.type == "meeting" else [])
        return any(statement.visitor in ("any", v) and statement.host in ("any", h) for v, h in ways)

    def __str__(self) -> str:
        return f"{self.visitor or 'any'} → {self.host or 'any'}"


def need(query: "Query", direction: tuple[str, str], visits: "Iterable[Event]", vocabulary: "Vocabulary") -> Need:
    """What a scope needs covered in one direction.

    The level is the lowest of what is asked: the level of an office, the level named, or, for a person, the lowest at which the visits know that person.
    """
    if query.offices:
        level = vocabulary.lowest(query.offices)
    elif query.level:
        level = query.level
    elif query.party_rank:
        level = RANKS["deputy-head"]
    elif query.people:
        held = [vocabulary.level(p.offices) for e in visits for p in e.people if p.name in query.people and p.offices]
        level = min(held, default=0)
    else:
        level = 0
    return Need(*direction, level, query.people, query.offices, unclaimed=_unclaimed(query))


def _unclaimed(query: "Query") -> bool:
    """Whether a scope asks for what no record claims to be complete for: whom they met, what a text or a source says."""
    return bool(query.met or query.texts or query.sources or query.supports)


def _reach(statements: "list[Coverage]", first: int, last: int) -> Cover:
    until, used = first - 1, []
    for statement in sorted(statements, key=lambda s: s.span):
        if statement.span.earliest <= until + 1 and statement.span.latest > until:
            until = statement.span.latest
            used.append(statement)
            if until >= last:
                break
    return Cover(first, last, until, tuple(used))
