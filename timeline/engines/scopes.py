"""A scope as a condition on a table, and the series of its visits. What a filter means is said in `timeline.query`; tests/test_engines.py holds the two together."""

from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, parse_when
from timeline.engines.values import PARTS, any_of, has_value, of_person, taken_apart
from timeline.errors import UsageError
from timeline.extras import library
from timeline.facets import PERSONAL, UNKNOWN
from timeline.query import ANY, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.engines.tables import Table
    from timeline.vocabulary import Vocabulary

BY = ("direction", "pair", "visitor", "host", "all")


def scoped(events: "Table", query: Query, vocabulary: "Vocabulary") -> "Table":
    """The events in a scope. Raises UsageError where the files do not let an engine decide that."""
    conditions = [*_default(events, query), *_matches(events, query, vocabulary)]
    conditions += _excluded(events, query.not_ or Query(), vocabulary)
    return events.filter(conditions) if conditions else events


def _default(events: "Table", query: Query) -> "Iterator[Any]":
    for field, asked in (("type", query.types or ("visit",)), ("status", query.statuses or ("happened",))):
        if ANY not in asked:
            yield events[field].isin(asked)
    if not query.kinds:
        yield events.kind != "transit"
    elif ANY not in query.kinds:
        yield events.kind.isin(query.kinds)


def _matches(events: "Table", query: Query, vocabulary: "Vocabulary") -> "Iterator[Any]":
    if query.actors:
        yield _involves(events, query.actors)
    for field, asked in (("visitor", query.visitors), ("host", query.hosts), ("support", query.supports)):
        if asked:
            yield events[field].isin(asked)
    for actor in query.between or ():
        yield _involves(events, (actor,))
    if query.period:
        yield (events.latest >= query.period.earliest) & (events.earliest <= query.period.latest)
    if query.about_people:
        yield _peopled(events, query, vocabulary)
    party = events.people.filter(fitting(query, vocabulary)) if query.about_party else events.people
    for field, value in query.where:
        taken_apart(events, field, "--where")
        if field not in PERSONAL:
            condition = has_value(events, field, value, vocabulary, party)
            yield _after_reading(condition) if field in PARTS else condition


def _involves(events: "Table", actors: "Sequence[str]") -> Any:
    sides = events.visitor.isin(actors) | events.host.isin(actors)
    among = (events.actors.contains(actor) for actor in actors)
    return (events.type == "visit").ifelse(sides, library("ibis", "scale").or_(*among))


def _peopled(events: "Table", query: Query, vocabulary: "Vocabulary") -> Any:
    """Whether one and the same traveller is what is asked for; nobody is, where only what is not known is asked of a party of which nobody is known."""
    if events.people.type().is_string():
        raise UsageError(
            "in CSV people are texts, of which an engine cannot say who held an office; use Parquet (timeline export -o events.parquet)"
        )
    somebody = _after_reading(any_of(events.people, fits(query, vocabulary)))
    if query.about_party or any(value != UNKNOWN for field, value in query.where if field in PERSONAL):
        return somebody
    return somebody | (events.people.length() == 0)


def _after_reading(condition: Any) -> Any:
    """A condition on what a list holds, which an engine leaves where it stands for the chance in it: Sail 0.7 fails where it asks one while it reads a file."""
    return condition | (library("ibis", "scale").random() < 0)


def fits(query: Query, vocabulary: "Vocabulary") -> "Callable[[Any], Any]":
    """Whether a traveller is what the filters and the conditions of a scope ask for."""
    asked, test = [one for one in query.where if one[0] in PERSONAL], fitting(query, vocabulary)
    return lambda person: _every(
        [
            *([test(person)] if query.about_party else []),
            *(of_person(person, field, vocabulary).contains(value) for field, value in asked),
        ]
    )


def fitting(query: Query, vocabulary: "Vocabulary") -> "Callable[[Any], Any]":
    """Whether a traveller has an office, a level and a role that are asked for."""
    ids = vocabulary.offices
    offices = [office for office in ids if not vocabulary.held((office,)).isdisjoint(query.offices)]
    level = [office for office in ids if vocabulary.level((office,), query.ladder) >= query.level]
    return lambda person: _every(
        [
            *([any_of(person.offices, lambda office: office.isin(offices))] if query.offices else []),
            *([any_of(person.offices, lambda office: office.isin(level))] if query.level else []),
            *([person.role.isin(query.roles)] if query.roles and ANY not in query.roles else []),
        ]
    )


def _every(conditions: "Sequence[Any]") -> Any:
    ibis = library("ibis", "scale")
    return ibis.and_(*conditions)


def _excluded(events: "Table", query: Query, vocabulary: "Vocabulary") -> "Iterator[Any]":
    """Each thing that a scope leaves out by itself, as `timeline.query` does."""
    for field, asked in (("type", query.types), ("status", query.statuses), ("kind", query.kinds)):
        if asked:
            yield ~events[field].isin(asked)
    for name in ("actors", "visitors", "hosts", "supports", "offices", "roles"):
        if asked := getattr(query, name):
            one = Query(**{name: asked})
            conditions = (~condition for condition in _matches(events, one, vocabulary))
            yield from map(_after_reading, conditions) if one.about_people else conditions


def grouped(events: "Table", by: str, query: Query, vocabulary: "Vocabulary") -> "Table":
    """The events with the series of each, and the day on which the states of it `ended`; null where an event does not say which these are."""
    ibis = library("ibis", "scale")
    visit = events.type == "visit"
    sides = ibis.least(events.visitor, events.host), ibis.greatest(events.visitor, events.host)
    series = {
        "direction": visit.ifelse(events.visitor + "/" + events.host, events.type),
        "pair": visit.ifelse(sides[0] + "/" + sides[1], ibis.literal("/").join(events.actors.sort())),
        "visitor": events.visitor,
        "host": events.host,
        "all": ibis.literal("all"),
    }
    if by not in series:
        raise UsageError(
            f"--by {by}: an engine cannot group so (one of: {', '.join(BY)}); narrow the scope with timeline list, and ask of the result"
        )
    events = events.mutate(series=series[by], ended=_ended(events, by, query, vocabulary))
    return events.filter(events.series != "") if by in ("visitor", "host") else events


def _ended(events: "Table", by: str, query: Query, vocabulary: "Vocabulary") -> Any:
    """The day to which the states of a series were there, by the rule of `timeline.series.needs_of`."""
    ibis = library("ibis", "scale")
    ends = {a.id: parse_when(a.to).start.latest for a in vocabulary.actors.values() if a.to}
    of = {side: events[side].cases(*ends.items(), else_=NEVER_AFTER) for side in ("visitor", "host")}
    if by in ("direction", "pair"):
        return (events.type == "visit").ifelse(ibis.least(of["visitor"], of["host"]), ibis.null("int64"))
    if query.between:
        return ibis.literal(min(ends.get(actor, NEVER_AFTER) for actor in query.between))
    asked = {"visitor": query.visitors, "host": query.hosts}
    last = {
        side: max((ends.get(actor, NEVER_AFTER) for actor in actors), default=NEVER_AFTER)
        for side, actors in asked.items()
    }
    return ibis.least(*(of[side] if side == by and not asked[side] else last[side] for side in asked))
