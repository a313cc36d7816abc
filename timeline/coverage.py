"""What a record is complete for, asked of one scope. Absence of a visit is knowledge only inside it (semantics §5)."""

from bisect import bisect_right
from itertools import permutations, product
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.tenures import WRITTEN, name_keys, tenures_of
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.model import Coverage, Event, Store
    from timeline.query import Query
    from timeline.tenures import Tenure
    from timeline.vocabulary import Vocabulary


class Cover(NamedTuple):
    """How far a record is complete, from one day to another (ordinals).

    `until` is the last day of the unbroken part from the first day on, or the day before that where nothing covers it. `used` are the statements
    that say so. `in_office`: it ends there because nobody is known to have held an office on the next day that the last of them speaks of.
    `presumed`: it reaches so far only if these people are still in an office in which the table of tenures has them without an end.
    """

    first: int
    last: int
    until: int
    used: "tuple[Coverage, ...]" = ()
    in_office: bool = False
    presumed: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.until >= self.last

    @property
    def near(self) -> "tuple[Coverage, ...]":
        """The statements used that say near complete only: an answer that rests on them says so."""
        return tuple(statement for statement in self.used if statement.how == "near-complete")


def cover(statements: "Iterable[Coverage]", needs: "Sequence[Need]", first: int, last: int) -> Cover:
    """How far the statements of a store reach for all of some needs. Partial statements cover nothing."""
    counting = [s for s in statements if s.counts]
    reached = [_reach(need, counting, first, last) for need in needs]
    if not reached:
        return Cover(first, last, first - 1)
    used = tuple(dict.fromkeys(s for one in reached for s in one.used))
    least = min(reached, key=lambda one: one.until)
    presumed = [
        need.people
        for need in needs
        if need.presuming and _reach(need.known, counting, first, last).until < min(least.until, last)
    ]
    names = tuple(dict.fromkeys(name for people in presumed for name in people))
    return Cover(first, last, least.until, used, least.in_office, names)


def complete_spans(statements: "Iterable[Coverage]", needs: "Sequence[Need]") -> tuple[Span, ...]:
    """The days for which a store is complete for all of some needs, as spans in order with days between them."""
    complete = [s for s in statements if s.counts]
    each = [joined(span for span, _ in _parts(need, complete)) for need in needs]
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


class Spell(NamedTuple):
    """Days on which somebody held an office, its level, and what the office implies. After `known_to` he is only taken to be in it still."""

    days: Span
    level: int
    offices: frozenset[str]
    known_to: int = NEVER_AFTER

    def meant_by(self, statement: "Coverage") -> bool:
        """Whether a statement speaks of the visits of whoever holds this office."""
        offices = statement.offices
        return statement.level <= self.level and (not offices or not self.offices.isdisjoint(offices))


class Need(NamedTuple):
    """What one direction of a scope must be covered for. Empty names stand for anybody.

    `spells` are those of somebody asked for by name alone: a statement about a rank or an office speaks of him only on their days.
    `unclaimed`: the scope asks for what no statement speaks of, so that none meets it. `ranks`: the level of each office that anybody may have.
    """

    visitor: str
    host: str
    level: int = 0
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    type: str = "visit"
    unclaimed: bool = False
    spells: tuple[Spell, ...] = ()
    ranks: tuple[tuple[str, int], ...] = ()

    def met_by(self, statement: "Coverage") -> tuple[Span, ...]:
        """The days on which a statement speaks of all that is needed, in order and apart."""
        if self.unclaimed or statement.type != self.type or not self._directed(statement):
            return ()
        if statement.people and not (self.people and set(self.people) <= set(statement.people)):
            return ()
        if statement.level <= self.level and self._within(statement.offices):
            return (statement.span,)
        return common((statement.span,), joined(spell.days for spell in self.spells if spell.meant_by(statement)))

    def met_by_both(self, higher: "Coverage", offices: "Coverage") -> tuple[Span, ...]:
        """The days on which one statement speaks of a higher rank, and another of every office between that and the one asked for."""
        if self.people or self.offices or higher.level <= self.level:
            return ()
        between = tuple(office for office, level in self.ranks if self.level <= level < higher.level)
        if not between or not set(between) <= set(offices.offices):
            return ()
        rest = self._replace(level=higher.level).met_by(higher)
        return common(rest, self._replace(offices=between).met_by(offices))

    @property
    def presuming(self) -> bool:
        """Whether somebody is taken to be in an office still."""
        return any(spell.days.latest > spell.known_to for spell in self.spells)

    @property
    def known(self) -> "Need":
        """The same, of nobody who is only taken to be in an office still."""
        spells = (s._replace(days=Span(s.days.earliest, min(s.days.latest, s.known_to))) for s in self.spells)
        return self._replace(spells=tuple(spells))

    def _within(self, offices: tuple[str, ...]) -> bool:
        return not offices or (bool(self.offices) and set(self.offices) <= set(offices))

    def _directed(self, statement: "Coverage") -> bool:
        """Whether a statement is about this direction; a meeting has none."""
        ways = [(self.visitor, self.host)] + ([(self.host, self.visitor)] if self.type == "meeting" else [])
        return any(statement.visitor in ("any", v) and statement.host in ("any", h) for v, h in ways)

    def __str__(self) -> str:
        return f"{self.visitor or 'any'} → {self.host or 'any'}"


def needed(query: "Query", direction: tuple[str, str], store: "Store") -> "Iterator[Need]":
    """What a scope needs covered in one direction, of each person asked for.

    The level is the lowest of what is asked: the level of an office, the level named, or, for a person, none: what is asked is every visit, in whatever office.
    """
    vocabulary = store.vocabulary
    if query.offices:
        level = vocabulary.lowest(query.offices)
    else:
        level = query.level or (RANKS["deputy-head"] if query.party_rank else 0)
    for name in query.people or ("",):
        spells = _spells(name, direction[0], store) if name and not level else ()
        people = (name,) if name else ()
        ranks = tuple((office.id, office.level) for office in vocabulary.offices.values()) if level and not name else ()
        yield Need(*direction, level, people, query.offices, unclaimed=_unclaimed(query), spells=spells, ranks=ranks)


def _spells(name: str, actor: str, store: "Store") -> tuple[Spell, ...]:
    """When somebody held which offices, by the table of tenures; without an end there, until the record knows better."""
    found = []
    for tenure in tenures_of(name_keys(store.vocabulary.names_of(name))):
        if actor not in (tenure.actor, "any") or tenure.office not in store.vocabulary.offices:
            continue
        if known := tenure.surely(_seen(name, tenure.office, store)):
            last = max(known.latest, _left(name, tenure, store)) if tenure.goes_on else known.latest
            level, implied = store.vocabulary.level([tenure.office]), store.vocabulary.held([tenure.office])
            found.append(Spell(Span(known.earliest, last), level, implied, known.latest))
    return tuple(found)


def _seen(name: str, office: str, store: "Store") -> int:
    """The last day on which the record has somebody in an office."""
    days = [
        event.date.start.earliest
        for event in store.events
        for person in event.people
        if person.name == name and office in person.offices and event.status == "happened"
    ]
    return max(days, default=NEVER_BEFORE)


def _left(name: str, tenure: "Tenure", store: "Store") -> int:
    """The day before that on which the record, after the table was written, has somebody on a visit without an office, or somebody else in it."""
    held = store.vocabulary.held
    late = [event for event in store.events if event.date.start.latest > WRITTEN and event.status == "happened"]

    def left(event: "Event") -> bool:
        own = [person for person in event.people if person.name == name and event.type == "visit"]
        others = [p for p in event.people if p.name != name and (p.actor or event.visitor) == tenure.actor]
        succeeded = tenure.alone and any(tenure.office in held(person.offices) for person in others)
        return succeeded or any(tenure.office not in held(person.offices) for person in own)

    return min((event.date.start.earliest - 1 for event in late if left(event)), default=NEVER_AFTER)


def _unclaimed(query: "Query") -> bool:
    """Whether a scope asks for what no record claims to be complete for: whom they met, what a text or a source says, what did not take place."""
    statuses = {*query.statuses, *(value for field, value in query.where if field == "status")}
    asked = any(field in ("met", "source", "support") for field, _ in query.where)
    return bool(query.met or query.texts or query.sources or query.supports or asked or statuses - {"happened"})


def _parts(need: Need, statements: "Sequence[Coverage]") -> "Iterator[tuple[Span, tuple[Coverage, ...]]]":
    """The days for which statements speak of all that is needed, with those that say so: each alone, or two together."""
    yield from ((span, (s,)) for s in statements for span in need.met_by(s))
    above = [s for s in statements if s.level > need.level and not s.offices] if need.ranks else []
    of_offices = [s for s in statements if s.offices] if above else []
    for higher, offices in product(above, of_offices):
        yield from ((span, (higher, offices)) for span in need.met_by_both(higher, offices))


def _reach(need: Need, statements: "Sequence[Coverage]", first: int, last: int) -> Cover:
    until = first - 1
    used: list[tuple[Coverage, ...]] = []
    for span, said_by in sorted(_parts(need, statements), key=lambda part: part[0]):
        if span.earliest <= until + 1 and span.latest > until:
            until = span.latest
            used.append(said_by)
            if until >= last:
                break
    in_office = bool(used) and until < min(last, *(statement.span.latest for statement in used[-1]))
    return Cover(first, last, until, tuple(dict.fromkeys(s for said_by in used for s in said_by)), in_office)
