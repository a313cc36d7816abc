"""`on-this-day`: the events of a day of the year, and the round anniversaries that come."""

from typing import TYPE_CHECKING, Any

from timeline.anniversaries import may_be_on, on_this_day, round_years
from timeline.answer import Answer, Column, Grid, Line
from timeline.answers.events import who
from timeline.dates import MONTHS, iso
from timeline.scope import direction_words, scope_line, scope_values
from timeline.text import both, date_text, day_text, ordinal, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.anniversaries import Anniversary
    from timeline.model import Event, Store
    from timeline.query import Query

KEYS = "anniversary years nth_day id date type visitor host actors people".split()
COLUMNS = (
    Column("Years", right=True),
    Column("Date", style="date"),
    Column("Direction", worth=8, least=11),
    Column("Who", style="strong", least=20),
    Column("Occasion", worth=3, least=24),
    Column("Id", worth=2, style="dim"),
)


def on_this_day_answer(events: "Sequence[Event]", query: "Query", store: "Store", day: "date") -> Answer:
    """The events of earlier years on this day of the year; how many more of its month have no exact day is a remark."""
    name = f"{day.day} {MONTHS[day.month - 1]}"
    found, perhaps = on_this_day(events, day), may_be_on(events, day)
    remarks = [
        f"{plural(len(found), 'event')} on {name}, counted to {day.year} · {scope_line(query, store.vocabulary)}"
    ]
    if perhaps:
        remarks.append(f"perhaps on that day, as the date leaves it open: {both(event.id for event in perhaps)}")
    grid = Grid(COLUMNS, tuple(_cells(one, store) for one in found))
    summary = {"on": day.isoformat(), "count": len(found), "perhaps": [event.id for event in perhaps]}
    return _answer(found, grid, query, summary, day.toordinal(), remarks)


def anniversaries_answer(events: "Sequence[Event]", query: "Query", store: "Store", first: int, last: int) -> Answer:
    """The round years from one day to another of events whose first day is known."""
    found = round_years(events, first, last)
    coarse = sum(not event.date.start.exact for event in events)
    period = f"{day_text(first)} – {day_text(last)}"
    remarks = [f"round anniversaries, {period}: {len(found)} · {scope_line(query, store.vocabulary)}"]
    if coarse:
        remarks.append(f"left out, as the day on which they began is not known: {plural(coarse, 'event')}")
    grid = Grid(
        (Column("On", style="date"), *COLUMNS),
        tuple((day_text(one.day), *_cells(one, store)) for one in found),
    )
    return _answer(
        found, grid, query, {"from": iso(first), "to": iso(last), "count": len(found), "coarse": coarse}, first, remarks
    )


def _answer(
    found: "Sequence[Anniversary]", grid: Grid, query: "Query", summary: dict[str, Any], as_of: int, remarks: list[str]
) -> Answer:
    blocks = (grid,) if found else (Line("None."),)
    rows = [_row(one) for one in found]
    return Answer(
        "on-this-day", rows, blocks, scope_values(query), summary, iso(as_of), tuple(remarks), keys=tuple(KEYS)
    )


def _row(one: "Anniversary") -> dict[str, Any]:
    event = one.event
    return {
        "anniversary": iso(one.day),
        "years": one.years,
        "nth_day": one.nth,
        "id": event.id,
        "date": event.date.text,
        "type": event.type,
        "visitor": event.visitor or None,
        "host": event.host or None,
        "actors": list(event.actors),
        "people": [person.name for person in event.people],
    }


def _cells(one: "Anniversary", store: "Store") -> tuple[str, ...]:
    event = one.event
    words = store.vocabulary
    visit = event.type == "visit"
    return (
        str(one.years),
        f"{date_text(event.date)}{f' ({ordinal(one.nth)} day)' if one.nth > 1 else ''}",
        direction_words(event.direction, words) if visit else both(words.actors[actor].name for actor in event.actors),
        who(event.people) if visit else event.title,
        event.occasion,
        event.id,
    )
