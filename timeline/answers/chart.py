"""`chart` as an answer: what is drawn, as rows for programs and a table of lanes where nothing can be drawn."""

from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Column, Grid, Line
from timeline.dates import iso
from timeline.scope import scope_line, scope_values
from timeline.text import date_text

if TYPE_CHECKING:
    from timeline.chart import Chart, Lane
    from timeline.model import Store
    from timeline.query import Query

KEYS = "lane id date earliest latest rank support".split()
COLUMNS = (
    Column("Lane", style="strong"),
    Column("Visits", right=True),
    Column("First", style="date", worth=5),
    Column("Last", style="date", worth=6),
    Column("Longest gap", right=True),
    Column("Since then", right=True),
)


def chart_answer(drawn: "Chart", query: "Query", store: "Store", by: str) -> Answer:
    """A row a mark; `earliest` and `latest` are the days between which it stands."""
    rows: list[dict[str, Any]] = [
        {
            "lane": lane.name,
            "id": mark.event.id,
            "date": mark.event.date.text,
            "earliest": iso(mark.span.earliest),
            "latest": iso(mark.span.latest),
            "rank": mark.rank or None,
            "support": mark.event.support,
        }
        for lane in drawn.lanes
        for mark in lane.marks
    ]
    return Answer(
        "chart",
        rows,
        (Line(f"{scope_line(query, store.vocabulary)}.", "dim"), Grid(COLUMNS, tuple(map(_cells, drawn.lanes)))),
        scope_values(query) | {"by": by},
        {
            "from": iso(drawn.days.earliest),
            "to": iso(drawn.days.latest),
            "lanes": [_values(lane) for lane in drawn.lanes],
        },
        iso(drawn.as_of),
        keys=tuple(KEYS),
    )


def _cells(lane: "Lane") -> tuple[str, ...]:
    return (
        lane.name,
        f"{len(lane.marks):,}",
        date_text(lane.marks[0].event.date),
        date_text(lane.marks[-1].event.date),
        lane.longest[0].text if lane.longest else "—",
        lane.still_open.text if lane.still_open else "—",
    )


def _values(lane: "Lane") -> dict[str, Any]:
    return {
        "lane": lane.name,
        "visits": len(lane.marks),
        "longest": [
            {
                "from_id": gap.earlier.id,
                "to_id": gap.later and gap.later.id,
                "days_least": gap.days.least,
                "days_most": gap.days.most,
                "covered": gap.covered,
            }
            for gap in lane.longest
        ],
        "as_long": lane.ties,
        "complete": [{"from": iso(span.earliest), "to": iso(span.latest)} for span in lane.complete],
        "near_complete": [{"from": iso(span.earliest), "to": iso(span.latest)} for span in lane.near],
    }
