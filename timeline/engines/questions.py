"""`list`, `gap` and `stats` of an engine: the question as one expression, and its rows as the values that the rest of the program knows."""

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.counts import Group, in_order
from timeline.dates import DateError, parse_when
from timeline.engines import counts as tallied
from timeline.engines import gaps as measured
from timeline.engines.scopes import grouped, scoped
from timeline.engines.tables import events
from timeline.engines.values import STRANGE
from timeline.errors import Problems, StoreError, UsageError, did_you_mean
from timeline.facets import ACTORS, PAIRED
from timeline.gaps import Gap, Series
from timeline.model import Event
from timeline.scope import direction_words
from timeline.store.build import Builder
from timeline.store.flat import flat
from timeline.store.reader import Page
from timeline.store.rows import cell_text, row_node
from timeline.store.rules import EVENT_KEYS
from timeline.stretches import Basis, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.dates import When
    from timeline.engines import Engine
    from timeline.engines.tables import Table
    from timeline.query import Query
    from timeline.series import Cut
    from timeline.vocabulary import Vocabulary


UNSOUND = "--from: in the files ids are missing or stand there twice, or dates end before they begin; is one of them given twice?"


def list_question(files: "Table", query: "Query", words: "Vocabulary") -> "Table":
    """The events of a scope, in order."""
    return scoped(events(files), query, words).order_by("earliest", "latest", "id").select(*EVENT_KEYS)


def listed(engine: "Engine", question: "Table", words: "Vocabulary") -> tuple[Event, ...]:
    """Its events, read as the lines of CSV are. Raises StoreError where one is none."""
    problems = Problems()
    builder = Builder(Page("--from", ""), words, problems)
    rows = ({key: cell_text(flat(row[key])) for key in EVENT_KEYS} for row in engine.rows(question))
    found = [builder.event(row_node(cells, number)) for number, cells in enumerate(rows)]
    if problems:
        raise StoreError(problems)
    told = tuple(event for event in found if event is not None)
    if len({event.id for event in told}) < len(told):
        raise UsageError(UNSOUND)
    return told


class Counts(NamedTuple):
    """How many events of a scope there are: `along` each field, in `cells` under combinations of two.

    `several` stand under more than one value of the first field; of the `undecided` a coarse date leaves it open.
    """

    fields: tuple[str, ...]
    number: int
    along: tuple[dict[str, Group], ...]
    cells: dict[tuple[str, ...], Group]
    several: int
    undecided: tuple[str, ...]


def count_question(files: "Table", query: "Query", words: "Vocabulary", fields: "Sequence[str]") -> "Table":
    """The events of a scope, counted by one field or two."""
    return tallied.counts(scoped(events(files), query, words), fields, query, words)


def counts(engine: "Engine", files: "Table", query: "Query", words: "Vocabulary", fields: "Sequence[str]") -> Counts:
    """Raises UsageError where an engine cannot count exactly."""
    known = scoped(events(files), query, words)
    period = query.period
    around = (known.earliest < period.earliest) & (known.latest > period.latest) if period else False
    _exact(engine, known, unsure=around, what="tell whether disputed dates lie in a period that they enclose")
    groups: dict[tuple[str | None, ...], Group] = {}
    undecided: dict[str | None, list[Event]] = {}
    several = 0
    for row in engine.rows(count_question(files, query, words, fields)):
        values = tuple(row[f"value{number}"] for number, _ in enumerate(fields))
        _check_words(fields, values, words)
        groups[values] = Group(row["number"], _told(row["first"]), _told(row["last"]))
        if row["open"]:
            undecided[values[0]] = sorted(map(_told, row["open"]), key=lambda event: event.order)
        if not any(value is not None for value in values):
            several = row["several"]
    whole = groups.pop((None,) * len(fields), Group(0)).number
    cells = {
        tuple(value for value in values if value is not None): group
        for values, group in groups.items()
        if None not in values
    }
    along = tuple(in_order(field, _alone(groups, k), _number, Group(0)) for k, field in enumerate(fields))
    ids = tuple(event.id for value in along[0] for event in undecided.get(value, ()))
    return Counts(tuple(fields), whole, along, cells, several, ids)


def used(engine: "Engine", files: "Table", words: "Vocabulary", field: str) -> set[str]:
    """The values that some event has of a field. Raises UsageError where an engine cannot tell."""
    found = {row["value"] for row in engine.rows(tallied.used(events(files), field, words))}
    for value in found:
        _check_words((field,), (value,), words)
    return found


def _alone(groups: "dict[tuple[str | None, ...], Group]", k: int) -> dict[str, Group]:
    """The groups by the value of one field, any of others."""
    return {
        values[k] or "": group
        for values, group in groups.items()
        if [number for number, value in enumerate(values) if value is not None] == [k]
    }


def _number(group: Group) -> int:
    return group.number


def _check_words(fields: "Sequence[str]", values: "Sequence[str | None]", words: "Vocabulary") -> None:
    for field, value in zip(fields, values, strict=True):
        if value and field in (*ACTORS, *PAIRED):
            _known_actors(value.split("/"), words)
        if (field == "office" and value and value not in words.offices) or (field, value) == ("rank", STRANGE):
            raise UsageError(
                f"--from: unknown office{f' {value!r}' if field == 'office' else ''}; --store names a record that declares it"
            )


def _told(place: dict[str, Any]) -> Event:
    return Event(place["id"], _when(place["date"]))


def _when(text: str) -> "When":
    """A date of the files. Raises UsageError for what is none."""
    try:
        return parse_when(text)
    except DateError as error:
        raise UsageError(f"--from: in the files, date: {error}; {error.remedy}") from error


def open_question(files: "Table", query: "Query", words: "Vocabulary", as_of: int) -> "Table":
    """Of each pair of actors between whom there were visits the gap still open."""
    return measured.still_open(_of_pairs(files, query, words, as_of), _until(query, as_of))


def _of_pairs(files: "Table", query: "Query", words: "Vocabulary", as_of: int) -> "Table":
    known = _known(files, query, words, as_of)
    return grouped(known.filter(known.type == "visit"), "pair", query, words)


def _until(query: "Query", as_of: int) -> int:
    return min(as_of, query.period.latest) if query.period else as_of


def still_open(
    engine: "Engine", files: "Table", query: "Query", words: "Vocabulary", as_of: int
) -> dict[tuple[str, ...], Gap] | None:
    """How long it is since the last visit between two actors, by their ids in order; None where there was none by then. Raises UsageError where an engine cannot measure exactly.

    Which of its days a disputed date is matters only where the day asked for lies between them: otherwise the last visit began on the first of them at the earliest,
    and on the last at the latest.
    """
    visits = _of_pairs(files, query, words, as_of)
    visits = visits.mutate(until=measured.last_day(visits, _until(query, as_of)))
    around = (visits.earliest <= visits.until) & (visits.latest > visits.until)
    what, or_ = (
        "tell how long ago the last visit was where it has a disputed date",
        "count alone, --by year,direction, or ",
    )
    if not _exact(engine, visits, unsure=around, what=what, or_=or_):
        return None
    rows = engine.rows(open_question(files, query, words, as_of))
    return {tuple(row["series"].split("/")): _gap(row, _name(row["series"], "pair", words), "arrivals") for row in rows}


class Found(NamedTuple):
    """The gaps of a series, of them those to show, in order, then the one still open; `closed` is how many others there are."""

    series: str
    gaps: list[Gap]
    closed: int


def gap_question(
    files: "Table", query: "Query", words: "Vocabulary", cut: "Cut", as_of: int, part: int = 0, parts: int = 1
) -> "Table":
    """The gaps of a scope, of each series the longest where only these are shown; or those of one of some parts of the series."""
    visits = grouped(_known(files, query, words, as_of), cut.by, query, words)
    return measured.gaps(
        measured.part(visits, part, parts), cut.basis, _until(query, as_of), 0 if cut.least else cut.longest
    )


def _known(files: "Table", query: "Query", words: "Vocabulary", as_of: int) -> "Table":
    found = scoped(events(files), query, words)
    return found.filter(found.earliest <= as_of)


def gaps(
    engine: "Engine", files: "Table", query: "Query", words: "Vocabulary", cut: "Cut", as_of: int
) -> "Iterator[Found]":
    """The gaps of each series. Raises UsageError where an engine cannot measure exactly."""
    count = _exact(engine, _known(files, query, words, as_of), unsure=True, what="measure gaps between disputed dates")
    parts = 1 + count // engine.at_a_time if engine.at_a_time else 1
    found: list[tuple[tuple[int, int, str], Found]] = []
    for part in range(parts):
        rows = engine.rows(gap_question(files, query, words, cut, as_of, part, parts))
        found += (_found(key, list(group), words, cut) for key, group in groupby(rows, key=lambda row: row["series"]))
    return (one for _, one in sorted(found, key=lambda one: one[0]))


def _found(key: str, rows: list[dict[str, Any]], words: "Vocabulary", cut: "Cut") -> tuple[tuple[int, int, str], Found]:
    """A series with the place of its first visit, by which series are told."""
    name, first = _name(key, cut.by, words), rows[0]
    closed = [_gap(row, name, cut.basis) for row in rows if not row["open"]]
    opened = [_gap(row, name, cut.basis) for row in rows if row["open"]]
    shown = cut.shown(Series(name, (), tuple(closed)))
    found = Found(name, [*shown, *filter(cut.long_enough, opened)], first["gaps"])
    return (first["f_earliest"], first["f_latest"], first["f_id"]), found


def _exact(engine: "Engine", known: "Table", unsure: Any, what: str, or_: str = "") -> int:
    """How many events there are. Refuse what the expressions do not decide: disputed dates of which `unsure` holds, since the flat form has their outer bounds only; and what is no event."""
    disputed = known.date.startswith("[") & unsure
    faulty = known.id.isnull() | (known.latest < known.earliest) | (known.end_latest < known.end_earliest)
    (row,) = engine.rows(
        known.aggregate(
            count=known.count(),
            disputed=known.id.min(where=disputed),
            faulty=faulty.cast("int64").sum(),
            several=known.count() - known.id.nunique(),
        )
    )
    if row["disputed"] is not None:
        raise UsageError(
            f"an engine cannot {what}, such as that of {row['disputed']}; "
            f"{or_}write the scope with timeline list --from … -o scope.csv, and ask of that: --store scope.csv"
        )
    if row["faulty"] or row["several"]:
        raise UsageError(UNSOUND)
    return int(row["count"])


def _gap(row: dict[str, Any], series: str, basis: Basis) -> Gap:
    """By the rules of `timeline.gaps`: others than the visit before may have come last, by absence only those that may have ended after it."""
    earlier, later = _event(row, "from"), None if row["open"] else _event(row, "to")
    others = (Event(one["id"], _when(one["date"])) for one in row["rivals"] or () if one["id"] != earlier.id)
    rivals = [one for one in others if basis == "arrivals" or one.date.end.latest > earlier.date.end.earliest]
    shortest = Stretch(row["near_start"], row["near_start"] if row["open"] else row["near_end"])
    return Gap(
        series,
        earlier,
        later,
        shortest,
        Stretch(row["far_start"], row["far_end"]),
        basis,
        tuple(sorted(rivals, key=lambda event: event.order)),
        row["certain"],
        (0, 0) if row["open"] else (row["rank_least"], row["rank_most"]),
        covered=False,
    )


def _event(row: dict[str, Any], side: str) -> Event:
    return Event(row[f"{side}_id"], _when(row[f"{side}_date"]), support=row[f"{side}_support"])


def _name(key: str, by: str, words: "Vocabulary") -> str:
    """The name of a series, as `timeline.series` gives it."""
    if by == "all" or (by == "direction" and "/" not in key):
        return key
    ids = key.split("/")
    _known_actors(ids, words)
    names = [words.actors[one].name for one in ids]
    if by == "direction":
        return direction_words((ids[0], ids[1]), words)
    return " – ".join(sorted(names)) if by == "pair" else f"{'from' if by == 'visitor' else 'to'} {names[0]}"


def _known_actors(ids: "Sequence[str]", words: "Vocabulary") -> None:
    if unknown := [one for one in ids if one not in words.actors]:
        raise UsageError(
            f"--from: unknown actor {unknown[0]!r}{did_you_mean(unknown[0], list(words.actors))}; --store names a record that declares it"
        )
