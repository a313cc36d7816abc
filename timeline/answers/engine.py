"""`gap` of an engine: the rows of `timeline gap`, and for people one table of all series."""

from typing import TYPE_CHECKING

from timeline.answer import Answer, Blocks, Column, Grid, Line
from timeline.answers.gap import BASES, KEYS, rank_text, row
from timeline.dates import iso
from timeline.scope import noun_for, scope_line, scope_values
from timeline.text import date_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.answer import Block
    from timeline.engines.questions import Found
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
