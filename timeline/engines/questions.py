"""`list` and `gap` of an engine: the question as one expression, and its rows as the values that the rest of the program knows."""

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.dates import parse_when
from timeline.engines import gaps as measured
from timeline.engines.scopes import grouped, scoped
from timeline.engines.tables import events
from timeline.errors import Problems, StoreError, UsageError, did_you_mean
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
    from collections.abc import Iterator

    from timeline.engines import Engine
    from timeline.engines.tables import Table
    from timeline.query import Query
    from timeline.series import Cut
    from timeline.vocabulary import Vocabulary


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
    return tuple(event for event in found if event is not None)


class Found(NamedTuple):
    """The gaps of a series, of them those to show, in order, then the one still open; `closed` is how many others there are."""

    series: str
    gaps: list[Gap]
    closed: int


def gap_question(files: "Table", query: "Query", words: "Vocabulary", cut: "Cut", as_of: int) -> "Table":
    """The gaps of a scope, of each series the longest where only these are shown."""
    until = min(as_of, query.period.latest) if query.period else as_of
    visits = grouped(_known(files, query, words, as_of), cut.by, query, words)
    return measured.gaps(visits, cut.basis, until, 0 if cut.least else cut.longest)


def _known(files: "Table", query: "Query", words: "Vocabulary", as_of: int) -> "Table":
    found = scoped(events(files), query, words)
    return found.filter(found.earliest <= as_of)


def gaps(
    engine: "Engine", files: "Table", query: "Query", words: "Vocabulary", cut: "Cut", as_of: int
) -> "Iterator[Found]":
    """The gaps of each series. Raises UsageError where an engine cannot measure exactly."""
    _exact(engine, _known(files, query, words, as_of))
    rows = engine.rows(gap_question(files, query, words, cut, as_of))
    for key, group in groupby(rows, key=lambda row: str(row["series"])):
        name, several = _name(key, cut.by, words), list(group)
        closed = [_gap(row, name, cut.basis) for row in several if not row["open"]]
        opened = [_gap(row, name, cut.basis) for row in several if row["open"]]
        shown = cut.shown(Series(name, (), tuple(closed)))
        yield Found(name, [*shown, *filter(cut.long_enough, opened)], several[0]["gaps"])


def _exact(engine: "Engine", known: "Table") -> None:
    """Refuse what the expression does not decide: dates with alternatives, of which the flat form has the outer bounds only; and what is no event."""
    disputed = known.date.startswith("[")
    faulty = known.id.isnull() | (known.latest < known.earliest) | (known.end_latest < known.end_earliest)
    (row,) = engine.rows(
        known.aggregate(
            disputed=known.id.min(where=disputed),
            faulty=faulty.cast("int64").sum(),
            several=known.count() - known.id.nunique(),
        )
    )
    if row["disputed"] is not None:
        raise UsageError(
            f"an engine cannot measure gaps between disputed dates, such as that of {row['disputed']}; "
            "write the scope with timeline list --from … -o scope.csv, and ask timeline gap --store scope.csv"
        )
    if row["faulty"] or row["several"]:
        raise UsageError(
            "--from: in the files ids are missing or stand there twice, or dates end before they begin; timeline check tells which"
        )


def _gap(row: dict[str, Any], series: str, basis: Basis) -> Gap:
    """By the rules of `timeline.gaps`: others than the visit before may have come last, by absence only those that may have ended after it."""
    earlier, later = _event(row, "from"), None if row["open"] else _event(row, "to")
    others = (Event(one["id"], parse_when(one["date"])) for one in row["rivals"] or () if one["id"] != earlier.id)
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
    return Event(row[f"{side}_id"], parse_when(row[f"{side}_date"]), support=row[f"{side}_support"])


def _name(key: str, by: str, words: "Vocabulary") -> str:
    """The name of a series, as `timeline.series` gives it."""
    if by == "all" or (by == "direction" and "/" not in key):
        return key
    ids = key.split("/")
    if unknown := [one for one in ids if one not in words.actors]:
        raise UsageError(
            f"--from: unknown actor {unknown[0]!r}{did_you_mean(unknown[0], list(words.actors))}; --store names a record that declares it"
        )
    names = [words.actors[one].name for one in ids]
    if by == "direction":
        return direction_words((ids[0], ids[1]), words)
    return " – ".join(sorted(names)) if by == "pair" else f"{'from' if by == 'visitor' else 'to'} {names[0]}"
