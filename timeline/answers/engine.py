"""`gap` and `stats` of an engine: the rows of these commands, and for people one table of them all."""

from typing import TYPE_CHECKING

from timeline.answer import Answer, Blocks, Column, Grid, Heading, Line
from timeline.answers.gap import BASES, KEYS, rank_text, row
from timeline.answers.stats import KEYS as COUNTED
from timeline.answers.stats import balance_grid, balance_values, combined, number_text, totals, uncounted
from timeline.answers.stats import row as counted_row
from timeline.counts import balanced
from timeline.dates import iso
from timeline.facets import UNKNOWN, label
from timeline.scope import noun_for, scope_line, scope_values
from timeline.text import both, date_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.answer import Block
    from timeline.counts import Balance, Group
    from timeline.engines.questions import Counts, Found
    from timeline.gaps import Gap
    from timeline.query import Query
    from timeline.series import Cut
    from timeline.vocabulary import Vocabulary

COLUMNS = (
    Column("Series", style="strong", least=19),
    Column("Visit", style="date"),
    Column("After", style="date", worth=7),
    Column("Gap", right=True, worth=8),
    Column("Rank", right=True, worth=6),
    Column("Id", worth=0, style="dim"),
)
UNSURE = "The files claim no coverage: they may lack visits since then."
UNCLAIMED = (
    "The files claim no coverage: each gap is at most as long as told, and ranks are among the visits on record."
)


def engine_gap_answer(found: "Iterable[Found]", query: "Query", words: "Vocabulary", cut: "Cut", as_of: int) -> Answer:
    """The gaps of each series, of more series than a page has room for."""
    series = list(found)
    gaps = [gap for one in series for gap in one.gaps]
    noun = noun_for(query.types)
    scope = Line(f"{scope_line(query, words, BASES[cut.basis].format(noun))}.", "dim")
    count = sum(one.closed for one in series)
    return Answer(
        "gap",
        [row(gap) for gap in gaps],
        Blocks(lambda: _blocks(scope, gaps)),
        scope_values(query) | {"basis": cut.basis, "by": cut.by},
        {"series": [{"series": one.series, "gaps": one.closed} for one in series]},
        iso(as_of),
        (f"{plural(count, 'gap')} in {len(series):,} series",),
        keys=tuple(KEYS),
    )


def _blocks(scope: Line, gaps: "Sequence[Gap]") -> "Iterator[Block]":
    yield scope
    if gaps:
        yield Grid(COLUMNS, tuple(map(_cells, gaps)))
        yield Line(UNCLAIMED, "dim")


def _cells(gap: "Gap") -> tuple[str, ...]:
    later = gap.later
    return (
        gap.series,
        date_text(later.date) if later else "still open",
        date_text(gap.earlier.date),
        gap.text if later else gap.elapsed.text,
        rank_text(gap) if later else "",
        later.id if later else gap.earlier.id,
    )


def engine_stats_answer(
    counted: "Counts", since: "Mapping[tuple[str, ...], Gap] | None", query: "Query", words: "Vocabulary", as_of: int
) -> Answer:
    """The counts of `timeline stats`; their events an engine cannot list by them, so rows have no command.

    `since` are the gaps still open by pair: with them visits are told in balance, from the counts by direction; None, no balance is shown.
    """
    fields, groups = counted.fields, combined(counted.along, counted.cells)
    balance = _balance(counted) if since is not None else []
    rows = [counted_row(fields, values, group, None, words) for values, group in groups]
    what = "visit" if not query.types else "event"
    blocks: list[Block] = [Line(f"{plural(counted.number, what)}: {scope_line(query, words)}.", "dim")]
    if balance:
        blocks += [Heading("Balance"), balance_grid(balance, since or {}, words), Line(UNSURE, "dim")]
    if rows:
        columns = (
            *(Column(field.capitalize(), style="strong") for field in fields),
            Column(f"{what.capitalize()}s", right=True),
            Column("First", style="date", worth=6),
            Column("Last", style="date", worth=7),
        )
        blocks += [Heading(f"By {both(fields)}")] if balance else []
        blocks += [Grid(columns, tuple(_counted_cells(fields, values, group, words) for values, group in groups))]
    return Answer(
        "stats",
        rows,
        tuple(blocks),
        scope_values(query),
        {
            "by": list(fields),
            "events": counted.number,
            "counted": sum(row["count"] for row in rows),
            "in_several": counted.several,
            "undecided": list(counted.undecided),
            "totals": [
                totals(field, axis, lambda group: group.number, words)
                for field, axis in zip(fields, counted.along, strict=True)
            ],
            "balance": [balance_values(one, (since or {}).get(one.pair)) for one in balance],
        },
        iso(as_of),
        () if counted.number else (uncounted(as_of),),
        keys=tuple(COUNTED),
    )


def _balance(counted: "Counts") -> "list[Balance]":
    along = counted.along[counted.fields.index("direction")]
    sides = {value: tuple(value.split("/")) for value in along if value != UNKNOWN}
    return balanced({(one, other): along[value] for value, (one, other) in sides.items()})


def _counted_cells(
    fields: "Sequence[str]", values: "Sequence[str]", group: "Group", words: "Vocabulary"
) -> tuple[str, ...]:
    ends = (date_text(event.date) if event else "" for event in (group.first, group.last))
    labels = (label(field, value, words) for field, value in zip(fields, values, strict=True))
    return (*labels, number_text(group.number), *ends)
