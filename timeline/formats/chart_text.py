"""A chart drawn with characters: lanes over one axis. Shapes tell ranks apart, not colours; where a terminal has no Unicode, letters do.

Nothing is dropped: a cell with several visits shows the highest rank, and above it how many there are.
"""

from typing import TYPE_CHECKING, NamedTuple, TextIO

from timeline.chart import cells, place, ticks
from timeline.coverage import without
from timeline.formats.lanes import record_words
from timeline.lengths import gap_lengths, signed, tie_words
from timeline.text import date_text, day_text, names, padded, visible, width, wrapped
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.chart import Chart, Lane, Mark
    from timeline.gaps import Gap

LEAST = 50  # columns, those of the longest words of the legend
MANY = 9  # visits in a cell that a digit can tell


class Shapes(NamedTuple):
    """What is drawn: ranks from the highest, the last for none known; lines, bars of gaps, days of which one is meant, and the axis."""

    ranks: str
    complete: str
    near: str
    unknown: str
    gap: str
    gap_at_most: str
    coarse: str
    axis: str
    tick: str
    at_most: str


UNICODE = Shapes("★◆■▲▼◈●▸•?", "─", "╶", "┄", "━", "╍", "░", "─", "┬", "≤")
ASCII = Shapes("LSGPDBMEO?", "-", "_", ".", "=", "~", ":", "-", "+", "<=")

Piece = tuple[str, str]  # a text and the name of its style


def write(drawn: "Chart", scope: str, out: TextIO, columns: int, *, colored: bool) -> None:
    """The chart, `scope` above it, at a width in columns."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    errors = getattr(out, "errors", None) or "strict"
    picture = _Picture(
        drawn,
        columns,
        UNICODE if encoding.casefold().startswith("utf") else ASCII,
        lambda text: visible(text).encode(encoding, errors).decode(encoding),
    )
    lines = [*picture.wrapped(scope, "dim"), *picture.lines()]
    if colored:
        _print(lines, out)
    else:
        out.writelines("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def _print(lines: "list[list[Piece]]", out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    from timeline.formats.table import STYLES

    console = Console(file=out, force_terminal=True, color_system="standard", highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, STYLES.get(style, "")) for text, style in line)))


class _Picture:
    def __init__(self, drawn: "Chart", columns: int, shapes: Shapes, told: "Callable[[str], str]") -> None:
        self.drawn, self.columns, self.shapes, self.told = drawn, columns, shapes, told
        longest = max((width(told(lane.name)) for lane in drawn.lanes), default=0)
        self.aside = longest <= columns // 3  # otherwise each name has a line of its own
        self.left = longest + 1 if self.aside else 0
        self.right = max((len(str(len(lane.marks))) for lane in drawn.lanes), default=0) + 1
        self.room = columns - self.left - self.right

    def lines(self) -> "Iterator[list[Piece]]":
        if not self.drawn.lanes:
            yield [("No visits in this scope, so nothing to draw.", "")]
            return
        yield []
        for lane in self.drawn.lanes:
            yield from self._lane(lane)
        yield from self._axis()
        yield []
        yield from self._legend()
        yield []
        for lane in self.drawn.lanes:
            yield from self._facts(lane)
        yield from self.wrapped(f"As of {day_text(self.drawn.as_of)}.", "dim")

    def _lane(self, lane: "Lane") -> "Iterator[list[Piece]]":
        name = self.told(lane.name)
        if not self.aside:
            yield from self.wrapped(lane.name, "strong")
        row, above = self._cells(lane)
        if any(count.strip() for count, _ in above):
            yield [(" " * self.left, ""), *above]
        count = str(len(lane.marks)).rjust(self.right)
        yield [(padded(name, self.left) if self.aside else "", "strong"), *row, (count, "")]

    def _cells(self, lane: "Lane") -> "tuple[list[Piece], list[Piece]]":
        """The pieces of a lane, one a cell, and of the counts above it."""
        row = self._line(lane)
        for gap in reversed(lane.longest):
            self._bar(row, gap)
        found: dict[int, list[Mark]] = {}
        for mark in lane.marks:
            found.setdefault(self._place(mark.middle), []).append(mark)
            for k in range(self._place(mark.span.earliest), self._place(mark.span.latest) + 1):
                if self._place(mark.span.earliest) < self._place(mark.span.latest):
                    row[k] = (self.shapes.coarse, "date")
        above = [(" ", "")] * self.room
        for k, marks in found.items():
            row[k] = (min((self._shape(mark) for mark in marks), key=self.shapes.ranks.index), "date")
            if len(marks) > 1:
                above[k] = (str(len(marks)) if len(marks) <= MANY else "+", "strong")
        return row, above

    def _line(self, lane: "Lane") -> "list[Piece]":
        """What the record covers, up to the day to which a gap can be open."""
        shapes, until = self.shapes, self._place(min(lane.day, self.drawn.days.latest))
        kinds = (without(lane.complete, lane.near), lane.complete)
        covered = list(zip(*(cells(spans, self.drawn.days, self.room) for spans in kinds), strict=True))[: until + 1]
        line = [(shapes.complete if sure else shapes.near if near else shapes.unknown, "dim") for sure, near in covered]
        return line + [(" ", "")] * (self.room - len(line))

    def _bar(self, row: "list[Piece]", gap: "Gap") -> None:
        """A gap between the cells of its two visits, with its length if there is room."""
        days = self.drawn.days
        start, end = max(gap.shortest.start, days.earliest), min(gap.shortest.end, days.latest)
        first, last = self._place(start) + 1, self._place(end) - 1
        size = last - first + 1
        if size < 1:
            return
        bar = (self.shapes.gap if gap.covered else self.shapes.gap_at_most) * size
        texts = (f" {self.told(signed(text, self.shapes.at_most))} " for text in gap_lengths(gap))
        text = next((text for text in texts if len(text) + 2 <= size), "")
        at = (size - len(text)) // 2
        for k, character in enumerate(bar[:at] + text + bar[at + len(text) :]):
            row[first + k] = (character, "long")

    def _place(self, day: int) -> int:
        return min(max(0, place(day, self.drawn.days, self.room)), self.room - 1)

    def _shape(self, mark: "Mark") -> str:
        return self.shapes.ranks[list(RANKS).index(mark.rank) if mark.rank else -1]

    def _axis(self) -> "Iterator[list[Piece]]":
        line, labels = list(self.shapes.axis * self.room), [" "] * self.room
        free = 0
        for day, text in ticks(self.drawn.days, self.room // 9):
            k = self._place(day)
            line[k] = self.shapes.tick
            at = max(0, min(k - len(text) // 2, self.room - len(text)))
            if at >= free:
                labels[at : at + len(text)] = text
                free = at + len(text) + 1
        for row in (line, labels):
            yield [(" " * self.left, ""), ("".join(row), "dim")]

    def _legend(self) -> "Iterator[list[Piece]]":
        """What the shapes that were drawn mean."""
        lanes, shapes = self.drawn.lanes, self.shapes
        used = {mark.rank for lane in lanes for mark in lane.marks}
        items = [f"{shapes.ranks[k]} {rank}" for k, rank in enumerate(RANKS) if rank in used]
        items += [f"{shapes.ranks[-1]} rank not known"] if "" in used else []
        drawn = {piece for lane in lanes for row in self._cells(lane) for piece in row}
        bars = {gap.covered for lane in lanes for gap in lane.longest} if any(s == "long" for _, s in drawn) else ()
        for seen, words in (
            (True in bars, f"{shapes.gap} longest gap"),
            (False in bars, f"{shapes.gap_at_most} longest gap, {shapes.at_most} at most: a visit may be missing"),
            ((shapes.coarse, "date") in drawn, f"{shapes.coarse} on one of these days"),
            ((shapes.complete, "dim") in drawn, f"{shapes.complete} all visits on record"),
            ((shapes.near, "dim") in drawn, f"{shapes.near} near complete: a visit may be missing"),
            ((shapes.unknown, "dim") in drawn, f"{shapes.unknown} there may be others"),
            (any(s == "strong" for _, s in drawn), "2 so many in one cell, the highest rank shown"),
            (("+", "strong") in drawn, "+ ten or more"),
        ):
            items += [words] if seen else []
        yield from self.packed([*items, "at the end: number of visits"])

    def _facts(self, lane: "Lane") -> "Iterator[list[Piece]]":
        tie = f" ({tie_words(lane.ties)})" if tie_words(lane.ties) else ""
        gaps = [f"{'then' if k else f'longest gap{tie}'} {_told(gap)}" for k, gap in enumerate(lane.longest)]
        if lane.still_open:
            last = lane.still_open.earlier
            gaps.append(f"since the last, {names(last)}, {date_text(last.date)}: {lane.still_open.text}")
        gaps += [f"record {words}" for words in record_words(lane, self.drawn.days)]
        yield from self.wrapped(f"{lane.name}: {'; '.join(gaps)}.", "")

    def packed(self, items: list[str]) -> "Iterator[list[Piece]]":
        """Short texts beside one another, as many in a line as have room."""
        line = ""
        for item in items:
            if line and width(line) + 3 + width(item) > self.columns:
                yield [(line, "dim")]
                line = ""
            line = f"{line}   {item}" if line else item
        yield [(line, "dim")]

    def wrapped(self, text: str, style: str) -> "Iterator[list[Piece]]":
        """A paragraph; its lines after the first are indented."""
        told = self.told(text)
        first = wrapped(told, self.columns)[0]
        yield [(first, style)]
        rest = told[len(first) :].strip()
        for line in wrapped(rest, self.columns - 2) if rest else ():
            yield [(f"  {line}", style)]


def _told(gap: "Gap") -> str:
    later = f" → {names(gap.later)}, {date_text(gap.later.date)}" if gap.later else ""
    return f"{gap.text}, {names(gap.earlier)}, {date_text(gap.earlier.date)}{later}"
