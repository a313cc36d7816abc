"""A scope in words and as plain values: the reading that stands in every answer."""

from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, iso
from timeline.facets import label
from timeline.text import both, day_text, either, several, span_text
from timeline.vocabulary import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model import Store
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary


def scope_values(query: "Query") -> dict[str, Any]:
    """The fields of a scope that say something, as plain values."""
    values: dict[str, Any] = {}
    for name, value in query.said():
        if name == "not_":
            values["not"] = scope_values(value)
        elif name == "where":
            values["where"] = [f"{field}={text}" for field, text in value]
        elif name == "level":
            values["at_least"] = rank_of(value)
        elif name == "period":
            values["since"], values["until"] = iso(value.earliest), iso(value.latest)
        else:
            values[name] = list(value) if isinstance(value, tuple) else value
    return values


def scope_words(query: "Query", vocabulary: "Vocabulary") -> str:
    """`China → North Korea; premier; visits that happened, transits left out`."""
    parts = [
        *_directions(query, vocabulary),
        *_people(query, vocabulary),
        *_circumstances(query),
        *_conditions(query, vocabulary),
        *_rest(query),
    ]
    if query.not_ is not None:
        parts.append(f"not ({scope_words_only(query.not_, vocabulary)})")
    return "; ".join([*parts, default_words(query)])


def scope_line(query: "Query", vocabulary: "Vocabulary", *more: str) -> str:
    """A scope with the role in the party that is taken, and what else there is to say, on one line."""
    return "; ".join(filter(None, (scope_words(query, vocabulary), role_words(query), *more)))


def role_words(query: "Query") -> str:
    """The role in the party that is taken where people are asked for and no role: any."""
    return "heading the party or accompanying" if query.about_people and not query.roles else ""


def scope_words_only(query: "Query", vocabulary: "Vocabulary") -> str:
    """The words of a scope without its defaults."""
    parts = [
        *_directions(query, vocabulary),
        *_people(query, vocabulary),
        *_circumstances(query),
        *_rest(query),
    ]
    parts += [either(names) for names in (query.kinds, query.types, query.statuses) if names]
    return "; ".join(parts)


def noun_for(types: "Iterable[str]") -> str:
    """What an event of some types is called: `visit`, as without any, `treaty`; `event` where they have no one name."""
    one, *more = set(types) or {"visit"}
    return "event" if more or one in ("any", "other") else one


def default_words(query: "Query") -> str:
    """What is counted: types, statuses and kinds."""
    what = (
        "visits"
        if not query.types
        else "all events"
        if "any" in query.types
        else both("other events" if name == "other" else several(name) for name in query.types)
    )
    status = (
        "that happened"
        if not query.statuses
        else "of any status"
        if "any" in query.statuses
        else either(query.statuses)
    )
    if "any" in query.kinds:
        return f"{what} {status}, of any kind"
    if query.kinds:
        return f"{what} {status}, kind {either(query.kinds)}"
    return f"{what} {status}, transits left out" if not query.types or "visit" in query.types else f"{what} {status}"


def direction_words(direction: tuple[str, str], vocabulary: "Vocabulary") -> str:
    """`China → North Korea`; `anywhere` for a side that is not given."""
    visitor, host = (vocabulary.actors[a].name if a in vocabulary.actors else "anywhere" for a in direction)
    return f"{visitor} → {host}"


def coverage_words(store: "Store") -> "Iterator[str]":
    """What the record says that it is complete for."""
    for one in store.coverage:
        direction = direction_words((one.visitor, one.host), store.vocabulary)
        meetings = ", meetings" if one.type == "meeting" else ""
        level = f", {rank_of(one.level).replace('-', ' ')} or above" if one.level else ""
        people = f", {both(one.people)}" if one.people else ""
        offices = f", {both(store.vocabulary.offices[o].title.lower() for o in one.offices)}" if one.offices else ""
        yield f"{direction}{meetings}{level}{people}{offices}: {one.how}, {span_text(*one.span)}"


def _directions(query: "Query", vocabulary: "Vocabulary") -> list[str]:
    names = {
        a: vocabulary.actors[a].name for a in (*query.actors, *query.visitors, *query.hosts, *(query.between or ()))
    }
    parts = []
    if query.visitors and query.hosts:
        parts.append(f"{either(names[a] for a in query.visitors)} → {either(names[a] for a in query.hosts)}")
    elif query.visitors:
        parts.append(f"from {either(names[a] for a in query.visitors)}")
    elif query.hosts:
        parts.append(f"to {either(names[a] for a in query.hosts)}")
    if query.between:
        parts.append(f"between {names[query.between[0]]} and {names[query.between[1]]}, both ways")
    if query.actors:
        parts.append(f"to or from {either(names[a] for a in query.actors)}")
    return parts


def _people(query: "Query", vocabulary: "Vocabulary") -> list[str]:
    parts = []
    if query.people:
        parts.append(either(query.people))
    if query.offices:
        parts.append(either(vocabulary.offices[name].title.lower() for name in query.offices))
    if query.level:
        ladder = f" on the {query.ladder} ladder" if query.ladder else ""
        parts.append(f"{rank_of(query.level)} or above{ladder}")
    if query.party_rank:
        parts.append(f"No. {query.party_rank} in the party's order")
    if query.roles:
        parts.append({"heads": "heading the party", "accompanies": "accompanying"}.get(query.roles[0], "in any role"))
    return parts


def _circumstances(query: "Query") -> list[str]:
    named = (
        ("at", query.places),
        ("tagged", query.tags),
        ("met", query.met),
        ("support", query.supports),
        ("citing", query.sources),
        ("saying", query.texts),
    )
    return [f"{word} {either(values)}" for word, values in named if values]


def _conditions(query: "Query", vocabulary: "Vocabulary") -> list[str]:
    return [f"{field}: {label(field, value, vocabulary)}" for field, value in query.where]


def _rest(query: "Query") -> list[str]:
    if query.period is None:
        return []
    first, last = query.period
    if first == NEVER_BEFORE:
        return [f"until {day_text(last)}"]
    return [f"since {day_text(first)}"] if last == NEVER_AFTER else [f"{day_text(first)} – {day_text(last)}"]
