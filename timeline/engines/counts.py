"""The events of a scope counted by one field or two as one expression. What the values of a field are is said in `timeline.facets`.

Each event stands once under each of its values, under each combination, and under none, which counts them all: the values of a field, and null for any
of them, are unnested one field after the other.
"""

from typing import TYPE_CHECKING, Any

from timeline.engines.scopes import any_of, fitting
from timeline.errors import UsageError
from timeline.extras import library
from timeline.facets import CALENDAR, PAIRED, PERSONAL, UNKNOWN
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.engines.tables import Table
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary

LISTS = {"place": "places", "met": "met", "tag": "tags", "source": "sources"}
PARTS = {**LISTS, **dict.fromkeys((*PERSONAL, "rank"), "people")}  # what a field is read from, where that is a list
HOUSE = "^[A-Za-z0-9_]+://(?:www[.])?([^/]*)"
STRANGE = "?"  # the rank of a party of which an office is unknown


def counts(events: "Table", fields: "Sequence[str]", query: "Query", words: "Vocabulary") -> "Table":
    """One row a group: its values, null for any; how many events, how many of them under several values of the first field; the first, the last.

    `open` are the events of a value that a coarse date leaves open.
    """
    ibis = library("ibis", "scale")
    if texts := [field for field in fields if field in PARTS and events[PARTS[field]].type().is_string()]:
        raise UsageError(
            f"--by {texts[0]}: in CSV lists are texts, which an engine cannot take apart; use Parquet (timeline export -o events.parquet)"
        )
    counted = events.mutate(party=events.people.filter(fitting(query, words)) if query.about_party else events.people)
    for number, field in enumerate(fields):
        if number and {*fields} <= {*PERSONAL}:
            counted = counted.mutate(party=_of_those(counted, fields[0], words))
        values = _values(counted, field, words)
        if not number:
            counted = counted.mutate(several=(values.length() > 1).cast("int64"))
        counted = counted.mutate(ibis.array([ibis.null("string")]).concat(values).unnest().name(f"value{number}"))
    names = [f"value{number}" for number, _ in enumerate(fields)]
    place = ibis.struct({name: counted[name] for name in ("earliest", "latest", "id", "date")})
    return counted.group_by(names).agg(
        number=counted.count(),
        several=counted.several.sum(),
        first=place.min(),
        last=place.max(),
        open=place.collect(where=_left_open(counted, names) if fields[0] in CALENDAR else False),
    )


def _left_open(counted: "Table", names: "Sequence[str]") -> Any:
    ibis = library("ibis", "scale")
    value, *others = (counted[name] for name in names)
    return ibis.and_((value == UNKNOWN) | value.contains("/"), *(other.isnull() for other in others))


def _of_those(counted: "Table", field: str, words: "Vocabulary") -> Any:
    """The people of a party who have the value of a field under which they are counted."""
    same = counted.party.filter(lambda person: _of_person(person, field, words).contains(counted.value0))
    return counted.value0.isnull().ifelse(counted.party, same)


def _values(events: "Table", field: str, words: "Vocabulary") -> Any:
    """The values of an event, each once; only the unknown one where there are none."""
    ibis = library("ibis", "scale")
    if field in PERSONAL:
        found = events.party.map(lambda person: _of_person(person, field, words)).flatten()
    elif field == "actor":
        found = (events.type == "visit").ifelse(ibis.array([events.visitor, events.host]), events.actors)
    elif field == "source":
        found = events.sources.map(_house)
    elif field in LISTS:
        found = events[LISTS[field]]
    else:
        return ibis.array([_value(events, field, words)])
    return _or_unknown(found.unique())


def _or_unknown(values: Any) -> Any:
    ibis = library("ibis", "scale")
    return (values.length() == 0).ifelse(ibis.array([UNKNOWN]), values)


def _of_person(person: Any, field: str, words: "Vocabulary") -> Any:
    """The values of one traveller."""
    ibis = library("ibis", "scale")
    if field != "office":
        return ibis.array([person["name" if field == "person" else field]])
    implied = ((o.id, ibis.array(sorted(words.held((o.id,))))) for o in words.offices.values() if o.implies)
    return _or_unknown(person.offices.map(lambda office: office.cases(*implied, else_=ibis.array([office]))).flatten())


def _value(events: "Table", field: str, words: "Vocabulary") -> Any:
    """The value of a field that has but one."""
    ibis = library("ibis", "scale")
    if field in CALENDAR:
        return _month(events) if field == "month" else _period(events, field)
    if field == "rank":
        return _rank(events.party.map(lambda person: person.offices).flatten(), words)
    if field not in PAIRED:
        return events[field]
    sides = events.visitor, events.host
    one, other = sides if field == "direction" else (ibis.least(*sides), ibis.greatest(*sides))
    return (events.type == "visit").ifelse(one + "/" + other, UNKNOWN)


def _period(events: "Table", field: str) -> Any:
    """The year or decade in which an event began, or the first and the last in which it may have."""
    ibis = library("ibis", "scale")
    years = events.start_earliest.year(), events.start_latest.year()
    names = (year.cast("string") if field == "year" else (year - year % 10).cast("string") + "s" for year in years)
    one, other = (ibis.coalesce(name, "..") for name in names)
    return ((one == other) & (one != "..")).ifelse(one, one + "/" + other)


def _month(events: "Table") -> Any:
    """The month of the year, or the first and the last that it may be; unknown where it may be any."""
    ibis = library("ibis", "scale")
    one, other = events.start_earliest, events.start_latest
    months = (other.year() - one.year()) * 12 + other.month() - one.month()
    first, last = (day.month().cast("string").lpad(2, "0") for day in (one, other))
    return ibis.coalesce(ibis.cases((months == 0, first), (months < 11, first + "/" + last), else_=UNKNOWN), UNKNOWN)


def _rank(offices: Any, words: "Vocabulary") -> Any:
    """The highest rank of those who hold some offices."""
    ibis = library("ibis", "scale")
    at_least = {rank: [o.id for o in words.offices.values() if o.level >= least] for rank, least in RANKS.items()}
    strange = any_of(offices, lambda office: office.notin([*words.offices]))
    held = ((any_of(offices, _among(ids)), rank) for rank, ids in at_least.items())
    return ibis.cases((offices.length() == 0, UNKNOWN), (strange, STRANGE), *held)


def _among(ids: "Sequence[str]") -> "Callable[[Any], Any]":
    return lambda one: one.isin(ids)


def _house(source: Any) -> Any:
    """Who published a source."""
    ibis = library("ibis", "scale")
    publisher, url, title = (ibis.coalesce(source[part], "") for part in ("publisher", "url", "title"))
    at = url.re_search(HOUSE).ifelse(url.re_extract(HOUSE, 1), url)
    return ibis.coalesce(publisher.nullif(""), at.nullif(""), title)
