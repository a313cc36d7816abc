"""`gap`: how long between consecutive visits, the rank of each gap, and the one still open."""

from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Block, Column, Facts, Grid, Heading, Line
from timeline.answers.events import days_text, source_text
from timeline.dates import duration_text, iso
from timeline.scope import scope_values, scope_words
from timeline.text import both, date_text, day_text, names, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.coverage import Cover
    from timeline.gaps import Gap, Series
    from timeline.model import Event, Store
    from timeline.query import Query
    from timeline.series import Cut, Measured

KEYS = "series from_id from_date to_id to_date basis days_least days_most text rank_least rank_most open may_be_first rivals".split()
COLUMNS = (
    Column("Visit", style="date"),
    Column("By", least=14, style="strong"),
    Column("After", style="date", worth=7),
    Column("By", least=14, worth=6),
    Column("Gap", right=True),
    Column("Days", right=True, worth=8),
    Column("Rank", right=True, worth=5),
    Column("", worth=1),
)
GAP = 4  # the column of the gap itself
BARS = 12
FEW = 10  # series of at most so many gaps name the sources of every visit

BASES = {
    "arrivals": "counted from the start of one visit to the start of the next",
    "absence": "counted from the end of one visit to the start of the next",
}


def gap_answer(found: "Sequence[Measured]", query: "Query", store: "Store", as_of: int, cut: "Cut") -> Answer:
    """The gaps of each series with the one still open, and what the record covers of it."""
    blocks: list[Block] = [Line(f"{scope_words(query, store.vocabulary)}; {BASES[cut.basis]}.", "dim")]
    rows: list[dict[str, Any]] = []
    for one in found:
        shown = cut.shown(one.series)
        rows += [_row(gap) for gap in shown]
        if one.still_open is not None:
            rows.append(_row(one.still_open))
        blocks += _section(one, shown, as_of)
    remarks = [] if found else ["no visits in this scope, so no gaps"]
    return Answer(
        "gap",
        rows,
        tuple(blocks),
        scope_values(query) | {"basis": cut.basis, "by": cut.by},
        {"series": [_summary(one.series, one.cover) for one in found]},
        iso(as_of),
        tuple(remarks),
        keys=tuple(KEYS),
    )


def _row(gap: "Gap") -> dict[str, Any]:
    later = gap.later
    return {
        "series": gap.series,
        "from_id": gap.earlier.id,
        "from_date": gap.earlier.date.text,
        "to_id": later.id if later else None,
        "to_date": later.date.text if later else None,
        "basis": gap.basis,
        "days_least": gap.days.least,
        "days_most": gap.days.most,
        "text": gap.text,
        "rank_least": gap.rank[0] or None,
        "rank_most": gap.rank[1] or None,
        "open": gap.open,
        "may_be_first": not gap.certain,
        "rivals": [event.id for event in gap.rivals],
    }


def _summary(series: "Series", cover: "Cover") -> dict[str, Any]:
    longest, median = series.longest, series.median
    return {
        "series": series.name,
        "visits": len(series.visits),
        "gaps": len(series.gaps),
        "longest": longest.later.id if longest and longest.later else None,
        "median_days_least": median.least if median else None,
        "median_days_most": median.most if median else None,
        "covered_until": iso(cover.until) if cover.used else None,
        "coverage": [statement.id for statement in cover.used],
    }


def _section(one: "Measured", shown: "Sequence[Gap]", as_of: int) -> list[Block]:
    series = one.series
    blocks: list[Block] = [Heading(f"{series.name}: {plural(len(series.visits), 'visit')}")]
    if shown:
        longest = max(gap.days.most or gap.days.least for gap in series.gaps) or 1
        rows = [_cells(gap, len(series.visits) - 1, longest) for gap in shown]
        marks = {i: "long" for i, gap in enumerate(shown) if gap.rank == (1, 1) and len(series.gaps) > 1}
        blocks.append(Grid(COLUMNS, tuple(rows), marks, marked=GAP))
    elif len(series.visits) == 1:
        blocks.append(Line(f"One visit, so no gap: {_name(series.visits[0])}."))
    blocks.append(Facts(tuple(_totals(one, as_of))))
    notes = [line for gap in shown if (line := _doubt(gap))]
    blocks += [Line(line, "warn") for line in notes[:FEW]]
    if len(notes) > FEW:
        blocks.append(Line(f"… and {len(notes) - FEW} more gaps that depend on how coarse dates are read.", "warn"))
    if cited := _cited(series, shown):
        blocks += [Heading("Sources", 3), Facts(tuple(cited))]
    return blocks


def _cells(gap: "Gap", count: int, longest: int) -> tuple[str, ...]:
    later = gap.later or gap.earlier
    size = round(BARS * (gap.days.most or gap.days.least) / longest)
    return (
        date_text(later.date) + _star(later),
        names(later),
        date_text(gap.earlier.date) + _star(gap.earlier),
        names(gap.earlier),
        gap.text,
        days_text(gap.days),
        _rank(gap, count),
        "━" * size,
    )


def _star(event: "Event") -> str:
    return "" if event.support == "confirmed" else " *"


def _rank(gap: "Gap", count: int) -> str:
    best, worst = gap.rank
    if best == worst:
        return f"{best} of {count}"
    return f"{best}–{worst} of {count}"


def _totals(one: "Measured", as_of: int) -> "Sequence[tuple[str, str]]":
    series, pairs = one.series, []
    if (longest := series.longest) and longest.later:
        tie = "" if longest.rank == (1, 1) else " (or another of about that length)"
        pairs.append(("longest", f"{longest.text}, {_name(longest.earlier)} → {_name(longest.later)}{tie}"))
    if median := series.median:
        pairs.append(("median", plural(median.least, "day") if median.exact else f"{days_text(median)} days"))
    if one.still_open is not None:
        pairs.append((f"at {day_text(as_of)}", _open_text(one.still_open, one.cover, as_of)))
    return pairs


def _open_text(gap: "Gap", cover: "Cover", as_of: int) -> str:
    """The gap still open in words: exact inside coverage, otherwise its bounds and what is missing."""
    since = f"since {_name(gap.earlier)}"
    if cover.until >= as_of:
        return f"{gap.text} {since} (the record is complete to {day_text(cover.until)})"
    elapsed = duration_text(*gap.longest)
    if not cover.used or cover.until <= gap.shortest.start:
        return f"{elapsed} {since}, unless there was one that the record misses: no coverage statement says it is complete since then"
    known = duration_text(*gap.shortest)
    return f"at least {known} {since}; {elapsed} if none came after {day_text(cover.until)}, where the record ends"


def _doubt(gap: "Gap") -> str:
    """What the bounds of a gap hang on, where they are wide or its first visit may be another."""
    if gap.later is None or (not gap.rivals and gap.certain):
        return ""
    before = both([gap.earlier.id, *(event.id for event in gap.rivals)])
    first = "" if gap.certain else ", or it was the first"
    return f"{gap.later.id}: which came before it depends on coarse dates ({before}{first})."


def _name(event: "Event") -> str:
    return f"{names(event)}, {date_text(event.date)}{_star(event)}"


def _cited(series: "Series", shown: "Sequence[Gap]") -> list[tuple[str, str]]:
    """The sources of the visits at both ends of the gaps shown: of all where they are few, else of the longest and the latest."""
    gaps = list(shown) if len(shown) <= FEW else [g for g in (series.longest, series.gaps[-1]) if g]
    visits = {e.id: e for gap in gaps for e in (gap.earlier, gap.later) if e is not None}
    if not shown:
        visits = {e.id: e for e in series.visits[-1:]}
    pairs = []
    for event in sorted(visits.values(), key=lambda event: event.order):
        texts = [source_text(source) for source in event.sources[:3]] or [
            "no source was read: the event rests on memory"
        ]
        pairs += [(event.id if number == 0 else "", text) for number, text in enumerate(texts)]
    return pairs
