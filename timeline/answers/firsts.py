"""`firsts`: every superlative of one visit, with the command that proves it."""

from shlex import quote
from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Column, Grid, Heading, Line
from timeline.claims.sensitivity import cover_words
from timeline.dates import iso
from timeline.text import date_text, names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.firsts import First
    from timeline.model import Event

KEYS = ("sentence", "proved", "verdict", "days", "deciding", "coverage", "command")
BEST = 3


def firsts_answer(event: "Event", found: "Sequence[First]", as_of: int, stores: "Sequence[str]" = ()) -> Answer:
    """Strongest first; what is said of known visits only stands last and apart. `stores` are those named, which the commands that prove it name too."""
    rows = [
        {
            "sentence": first.sentence,
            "proved": first.proved,
            "verdict": first.verdict.verdict,
            "days": first.days,
            "deciding": [e.id for e in first.verdict.main.finding.deciding],
            "coverage": cover_words(first.verdict.main),
            "command": first.command(stores),
        }
        for first in found
    ]
    blocks: tuple[Block, ...] = (Heading(f"{names(event)}, {date_text(event.date)}", 1), *_grids(found, stores)) if found else (
        Line(f"{event.id}: the record supports no superlative of this visit that holds on every reading of its words. Each needs an exact first day, no other such visit on that day, and a visit a year or more before or coverage from the beginning."),
    )  # fmt: skip
    return Answer(
        "firsts",
        rows,
        blocks,
        {"id": event.id},
        {"count": len(found)},
        iso(as_of),
        (plural(len(found), "statement"),),
        keys=KEYS,
    )


def _grids(found: "Sequence[First]", stores: "Sequence[str]") -> "Iterator[Block]":
    """What coverage allows, with what it rests on; then, under a heading that says so, what is true of known visits only."""
    said, shown = (
        Column("What can be said", least=60, style="strong"),
        Column("Shown by", worth=4, style="command"),
    )
    if proved := [first for first in found if first.proved]:
        cells = tuple((f.sentence, cover_words(f.verdict.main), f.command(stores)) for f in proved)
        yield Grid((said, Column("Coverage", least=40, worth=6), shown), cells, spaced=True)
    if known := [first for first in found if not first.proved]:
        yield Heading("Only of visits on record: coverage does not say that nobody else came in between")
        yield Grid((said, shown), tuple((f.sentence, f.command(stores)) for f in known), spaced=True)


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
