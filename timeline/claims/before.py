"""The visits before one, as `timeline claim` counts them: what a sentence can say that it is the first since. The words of the sentence say who is counted, by a rank where claims read them so."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.case import prior
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.rank import as_high_together, came_as_high, standing
from timeline.claims.readings import readings, scope_events
from timeline.claims.remember import chosen, of_the_store
from timeline.claims.wording import month_text
from timeline.coverage import Need
from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.query import Query, fits
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.claims.case import Prior
    from timeline.model import Event, Store


class Scope(NamedTuple):
    """The other visits that one reading counts, of those that may have begun by the day of the one in question; `query` says who is counted, `borders` that meetings on a border line do."""

    query: Query
    visits: "tuple[Event, ...]"
    borders: bool = False


class Back(NamedTuple):
    """What stands after `since`, the last visit that it is, and the least days from there, on whatever day either began; `alone`: nobody came since under another title as high."""

    words: str
    last: "Event"
    days: int
    alone: bool = True


def scopes(visits: str, event: "Event", store: "Store") -> list[Scope]:
    """The scopes of `visit headed by a Chinese premier to North Korea`, each once, the plainest reading first. None where that can't be read, or does not count the visit.

    Kept for the record asked last: rewrites and superlatives ask for few many times.
    """
    known = _known(store)
    if (visits, event) not in known:
        known[visits, event] = _worked_out(visits, event, store)
    return known[visits, event]


@of_the_store
def _known(_: "Store") -> "dict[tuple[str, Event], list[Scope]]":
    return {}


def _worked_out(visits: str, event: "Event", store: "Store") -> list[Scope]:
    try:
        claim = parse(f"the first ever {visits}", store, event)
    except NotUnderstood:
        return []
    found: dict[tuple[str, ...], Scope] = {}
    for taken in readings(claim._replace(about=event.id), event, store):
        counted = scope_events(taken, store)
        if event in counted:
            others = tuple(e for e in counted if e is not event and e.date.start.earliest <= event.date.start.latest)
            found.setdefault(tuple(e.id for e in others), Scope(taken.query, others, taken.borders))
    return list(found.values())


def sinces(found: "Iterable[Scope]", asked: Query, event: "Event", store: "Store") -> "Iterator[Back]":
    """The visit before by name and month on each reading; then the year, which may be so where the month is open or readings differ. Of the visit's own year the first since says nothing.

    `asked` are the office and people of the sentence: no first of an office since a visit after which its holder came with other titles as high.
    """
    years: dict[int, Back] = {}
    for query, visits, _ in found:
        before = _before(visits, event)
        if before.high is None or came_as_high(event, before.may[0], asked, store):
            continue
        last, days = before.may[0], event.date.start.earliest - before.high
        if month_text(last) == month_text(event):  # `since June`, of a visit in June, tells nobody how long it was
            continue
        alone = not came_as_high(event, last, asked, store, anybody=True)
        if len(before.may) == 1:
            yield Back(who_and_when(last, query, store), last, days, alone)
        if len(begun := _years(before.may)) == 1 and begun.isdisjoint(_years([event])):
            year = begun.pop()
            years[year] = min(years.get(year, back := Back(str(year), last, days, alone)), back, key=_length)
    yield from years.values()


def _before(visits: "Iterable[Event]", event: "Event") -> "Prior":
    """The last of some visits before another, on whichever day that began: `may` are all that can be it on one of them."""
    visits, (first, last) = tuple(visits), event.date.start
    early = prior(visits, first)
    if first == last:
        return early
    late = prior(visits, last)
    return early._replace(may=tuple(dict.fromkeys((*late.may, *early.may))))


def speaks_of_all(names: tuple[str, ...], event: "Event", store: "Store") -> bool:
    """Whether a coverage statement is of all visits of somebody, by name, or of anybody at all, in the direction and at the time of one; of anybody a partial one will do.

    Otherwise the record may have his visits in some offices only, and of those "known" no number and no first can be told.
    """
    need = Need(event.visitor, event.host, people=names)
    own = [s for s in store.coverage if set(names) <= set(s.people) and (s.counts or not names)]
    return any(span.overlaps(event.date.start) for statement in own for span in need.met_by(statement))


def who_and_when(last: "Event", query: Query, store: "Store") -> str:
    """`Wen Jiabao in October 2009`; the month alone where the scope is one of named people, or nobody is known."""
    named = next((p.name for p in last.people if fits(p, query, store.vocabulary)), "")
    return f"{named} in {month_text(last)}" if named and not query.people else month_text(last)


def _years(visits: "Iterable[Event]") -> set[int]:
    """The years in which visits begin at the earliest and at the latest; none where one has no bound."""
    days = {day for event in visits for span in event.date.starts for day in span}
    return set() if days & {NEVER_BEFORE, NEVER_AFTER} else {date.fromordinal(day).year for day in days}


def last_as_high(event: "Event", store: "Store") -> list[Back]:
    """The last visit of somebody as high as the highest of a party: of those who headed theirs, of all who came; what holds since the longer time first. Of mere officials none: that nobody higher came says little.

    As high on one scale of all ladders: who is so on a ladder of his own alone, ranked lower as most read it, and to name him would be the weak form only.
    """
    day, vocabulary = event.date.start.earliest, store.vocabulary
    others = [e for e in chosen(Query(visitors=(event.visitor,), hosts=(event.host,)), store) if e is not event]  # fmt: skip
    found = {}
    for roles in (("heads",), ()):
        own = standing(event, roles, vocabulary)
        before = _before([e for e in others if as_high_together(standing(e, roles, vocabulary), own)], event)
        if len(before.may) == 1 and before.high is not None and own.level >= RANKS["envoy"]:
            (last,) = before.may
            found[last.id] = Back(who_and_when(last, Query(roles=("heads",)), store), last, day - before.high)
    return sorted(found.values(), key=_length, reverse=True)


def _length(back: Back) -> int:
    return back.days
