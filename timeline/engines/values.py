"""The values that events have of a field, as expressions. What they are is said in `timeline.facets`."""

from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.extras import library
from timeline.facets import CALENDAR, PAIRED, PERSONAL, UNKNOWN
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.engines.tables import Table
    from timeline.vocabulary import Vocabulary

LISTS = {"place": "places", "met": "met", "tag": "tags", "source": "sources"}
PARTS = {**LISTS, **dict.fromkeys((*PERSONAL, "rank"), "people")}  # what a field is read from, where that is a list
HOUSE = "^[A-Za-z0-9_]+://(?:www[.])?([^/]*)"
STRANGE = "?"  # the rank of a party of which an office is unknown


def values(events: "Table", field: str, words: "Vocabulary", people: Any, party: Any) -> Any:
    """The values of an event, each once; only the unknown one where there are none. `people` are those of whom a field of travellers tells, `party` those of whom a rank does."""
    ibis = library("ibis", "scale")
    if field in PERSONAL:
        found = people.map(lambda person: of_person(person, field, words)).flatten()
    elif field == "actor":
        found = (events.type == "visit").ifelse(ibis.array([events.visitor, events.host]), events.actors)
    elif field == "source":
        found = events.sources.map(_house)
    elif field in LISTS:
        found = events[LISTS[field]]
    else:
        return ibis.array([_value(events, field, words, party)])
    return _or_unknown(found.unique())


def has_value(events: "Table", field: str, value: str, words: "Vocabulary", party: Any) -> Any:
    """Whether an event has a value of a field, which is none of travellers."""
    if field in LISTS or field == "actor":
        return values(events, field, words, None, party).contains(value)
    return _value(events, field, words, party) == value


def taken_apart(events: "Table", field: str, option: str) -> None:
    """Raises UsageError where the files have what a field tells of as one text."""
    if field in PARTS and events[PARTS[field]].type().is_string():
        raise UsageError(
            f"{option} {field}: in CSV lists are texts, which an engine cannot take apart; use Parquet (timeline export -o events.parquet)"
        )


def of_person(person: Any, field: str, words: "Vocabulary") -> Any:
    """The values of one traveller."""
    ibis = library("ibis", "scale")
    if field != "office":
        return ibis.array([person["name" if field == "person" else field]])
    implied = ((o.id, ibis.array(sorted(words.held((o.id,))))) for o in words.offices.values() if o.implies)
    return _or_unknown(person.offices.map(lambda office: office.cases(*implied, else_=ibis.array([office]))).flatten())


def any_of(array: Any, test: "Callable[[Any], Any]") -> Any:
    return array.filter(test).length() > 0


def _or_unknown(values: Any) -> Any:
    ibis = library("ibis", "scale")
    return (values.length() == 0).ifelse(ibis.array([UNKNOWN]), values)


def _value(events: "Table", field: str, words: "Vocabulary", party: Any) -> Any:
    """The value of a field that has but one."""
    ibis = library("ibis", "scale")
    if field in CALENDAR:
        return _month(events) if field == "month" else _period(events, field)
    if field == "rank":
        return _rank(party.map(lambda person: person.offices).flatten(), words)
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
