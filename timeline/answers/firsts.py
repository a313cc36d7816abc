"""`firsts`: every superlative of one visit, with the command that proves it."""

from shlex import quote
from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Column, Grid, Heading, Line
from timeline.claims.firsts import command_of, sentence_of_meeting, why_none
from timeline.claims.model import NAMES
from timeline.claims.sensitivity import cover_words
from timeline.dates import iso
from timeline.text import date_text, names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.firsts import First, Found
    from timeline.model import Event

KEYS = ("sentence", "proved", "verdict", "days", "deciding", "coverage", "implies", "missing", "command")
BEST = 3


def firsts_answer(event: "Event", found: "Found", as_of: int, stores: "Sequence[str]" = ()) -> Answer:
    """Strongest first; what is said of known visits only stands apart, and last what is not to be said as it stands. `stores` are those named, which the commands that prove it name too."""
    rows = [
        {
            "sentence": first.sentence,
            "proved": first.proved,
            "verdict": first.verdict.verdict,
            "days": first.days,
            "deciding": [e.id for e in first.verdict.main.finding.deciding],
            "coverage": cover_words(first.verdict.main),
            "implies": list(first.implies),
            "missing": first.missing,
            "command": first.command(stores),
        }
        for first in (*found.said, *found.unsaid)
    ]
    why = None if found.said else why_none(event, as_of)
    meeting = sentence_of_meeting(event)
    blocks = (
        *((Heading(f"{names(event)}, {date_text(event.date)}", 1),) if rows else ()),
        *((Line(f"{event.id}: {why}."),) if why else ()),
        *(
            (Line(f"What is said of a meeting can be asked: {command_of(meeting, event.id, stores)}"),)
            if meeting
            else ()
        ),
        *_grids(found, stores),
    )
    return Answer(
        "firsts",
        rows,
        blocks,
        {"id": event.id},
        {"count": len(found.said), "why": why},
        iso(as_of),
        (plural(len(found.said), "statement"),),
        keys=KEYS,
    )


def _grids(found: "Found", stores: "Sequence[str]") -> "Iterator[Block]":
    """What coverage allows, with what it rests on; then, under headings that say so, what is true of known visits only, and what does not hold on every reading or is not covered."""
    said, shown = (
        Column("What can be said", least=60, style="strong"),
        Column("Shown by", worth=4, style="command"),
    )
    if proved := [first for first in found.said if first.proved]:
        follows = [f"hence {'; '.join(first.implies)}" if first.implies else "" for first in proved]
        columns = [said, Column("Coverage", least=40, worth=6), shown]
        cells = [[f.sentence, cover_words(f.verdict.main), f.command(stores)] for f in proved]
        if any(follows):
            columns.insert(1, Column("What follows", least=40, worth=5))
            for row, sentence in zip(cells, follows, strict=True):
                row.insert(1, sentence)
        yield Grid(tuple(columns), tuple(map(tuple, cells)), spaced=True)
    if known := [first for first in found.said if not first.proved]:
        yield Heading("Only of visits on record: coverage does not say that nobody else came in between")
        yield Grid((said, shown), tuple((f.sentence, f.command(stores)) for f in known), spaced=True)
    if unsaid := found.unsaid:
        yield Heading("Not to be said as it stands: the record does not bear it out")
        doubted = (
            Column("What would be said", least=60),
            Column("Verdict", worth=7),
            Column("What is missing", least=40, worth=6),
            shown,
        )
        rows = ((f.sentence, NAMES[f.verdict.verdict], f.missing, f.command(stores)) for f in unsaid)
        yield Grid(doubted, tuple(rows), spaced=True)


def firsts_blocks(found: "Sequence[First]", stores: "Sequence[str]" = ()) -> list[Block]:
    """The best three for `show`."""
    proved = [first for first in found if first.proved][:BEST]
    if not proved:
        return []
    about = proved[0].verdict.about
    named = "".join(f" --store {quote(store)}" for store in stores)
    command = f"timeline firsts {about.id}{named}" if about else ""
    return [
        Heading("What can be said"),
        *(Line(f"· {first.sentence}") for first in proved),
        Line(f"Each is proved by: {command}", "dim"),
    ]
