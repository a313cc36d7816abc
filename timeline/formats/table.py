"""The table for a terminal: colours by Rich, the layout our own, because no column may vanish where it is narrow.

Columns that do not fit, of least worth first, stand on a dimmed line below their row. Addresses and commands are never broken: the terminal wraps a line that
is too long for it, and what is copied from there is whole.
"""

import re
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeAlias

from timeline.answer import NONE, Facts, Grid, Heading
from timeline.text import likeness, padded, unbroken, visible, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

    from timeline.answer import Answer, Block, Column

    Show: TypeAlias = Callable[[str], str]

Pieces: TypeAlias = list[tuple[str, str]]  # the texts of a line, each with its style

STYLES = {
    "date": "cyan",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "long": "bold red",
    "open": "yellow",
    "command": "dim",
}
MOST_ROWS = 2000  # that are laid out; more are written plainly, ten times faster
BETWEEN = 2  # blanks between columns
INDENT = 2  # of a line below its row or label
LONG_WORD = 30  # cells; a column is not so narrow that it breaks shorter ones
PRESSED = 8  # the width of a column where nothing else helps
_PARTS = re.compile("(?<=[-/])")  # of a word that may be broken
_SOURCE = re.compile(r"(.+?),? (https?://\S+)")


def write(answer: "Answer", out: TextIO) -> None:
    """At the width and with the colours of the terminal that `out` is."""
    from rich.console import Console

    draw(answer, Console(file=out, highlight=False, markup=False, emoji=False))


def draw(answer: "Answer", console: "Console") -> None:
    if sum(len(block.rows) for block in answer.blocks if isinstance(block, Grid)) > MOST_ROWS:
        from timeline.formats.plain import write as write_plain

        write_plain(answer, console.file)  # type: ignore[arg-type]
        return
    for text in laid_out(answer.blocks, console.width, console.encoding):
        console.print(text, end="", soft_wrap=True)


def laid_out(blocks: "Sequence[Block]", room: int, encoding: str) -> "Iterator[Text]":
    """Each block at the width of a terminal, as its encoding can show it."""
    from rich.text import Text

    def show(text: str) -> str:
        return likeness(visible(text), encoding)

    for number, block in enumerate(blocks):
        lines: list[Pieces] = [[]] if number and isinstance(block, Heading) else []
        lines += _lines(block, room, show)
        styled = (piece for line in lines for piece in [*_trimmed(line), ("\n", "")])
        yield Text.assemble(*((text, STYLES.get(style, style)) for text, style in styled))


def _trimmed(line: Pieces) -> Pieces:
    """Without blanks at the end, which would wrap on a terminal and be copied from it."""
    while line and not line[-1][0].rstrip():
        line = line[:-1]
    return [*line[:-1], (line[-1][0].rstrip(), line[-1][1])] if line else []


def _lines(block: "Block", room: int, show: "Show") -> "Iterator[Pieces]":
    if isinstance(block, Grid):
        yield from _grid(block, room, show)
    elif isinstance(block, Facts):
        yield from _facts(block, room, show)
    else:
        style = STYLES.get(block.style, block.style)
        if isinstance(block, Heading):
            style = f"{STYLES['strong']} {style}".strip()
        yield from ([(line, style)] for line in wrapped(show(block.text), room))


class _Cells(NamedTuple):
    """A column with what stands in it, and its widths: of all of it, the one under which it should not be pressed, and that of a word."""

    column: "Column"
    texts: list[str]
    whole: int
    need: int
    word: int


def _grid(grid: Grid, room: int, show: "Show") -> "Iterator[Pieces]":
    columns = [_cells(column, [show(row[k]) for row in grid.rows], show) for k, column in enumerate(grid.columns)]
    filled = [k for k, cells in enumerate(columns) if any(cells.texts)]
    beside, below = _placed(columns, filled or list(range(len(columns))), room)
    widths = _widths([columns[k] for k in beside], room)
    yield from _heads([columns[k].column for k in beside], widths, show)
    yield [(show("─") * (sum(widths) + BETWEEN * (len(widths) - 1)), "")]
    for number in range(len(grid.rows)):
        if number and grid.spaced:
            yield []
        mark = grid.marks.get(number, "")
        styles = [mark if mark and k == grid.marked else columns[k].column.style for k in beside]
        yield from _row([columns[k] for k in beside], number, widths, styles)
        yield from _below([columns[k] for k in below], number, room, show)


def _cells(column: "Column", texts: list[str], show: "Show") -> _Cells:
    told = [show(column.head), *texts]
    whole = max(map(width, told))
    if _rigid(column):
        need = max([*map(width, texts), *(width(part) for word in unbroken(told[0]) for part in _PARTS.split(word))])
        return _Cells(column, texts, whole, need, need)
    word = min(LONG_WORD, max(width(word) for text in told for word in text.split(" ")))
    return _Cells(column, texts, whole, min(whole, max(column.least or 16, word)), word)


def _heads(columns: "Sequence[Column]", widths: list[int], show: "Show") -> "Iterator[Pieces]":
    """The heads, those that are wider than their column in several lines, of which the last stands on the rule."""
    stacks = [wrapped(show(column.head), size) for column, size in zip(columns, widths, strict=True)]
    lines = zip_longest(*(reversed(stack) for stack in stacks), fillvalue="")
    for texts in reversed(list(lines)):
        cells = zip(texts, widths, columns, strict=True)
        yield _joined([(padded(text, size, right=column.right), "strong") for text, size, column in cells])


def _rigid(column: "Column") -> bool:
    """Dates and numbers stand on one line, only their heads may take several, and commands are whole."""
    return column.right or column.style in ("date", "command")


def _placed(columns: list[_Cells], full: list[int], room: int) -> tuple[list[int], list[int]]:
    """Which columns stand beside one another, and which below the row; an ornament only where there is room."""
    beside, below = list(full), []
    while sum(columns[k].need + BETWEEN for k in beside) - BETWEEN > room:
        least = min(beside, key=lambda k: (columns[k].column.worth, -k))
        if columns[least].column.worth >= 9:
            break
        beside.remove(least)
        below.append(least)
    named = [k for k in below if columns[k].column.head or columns[k].column.below]
    return beside, sorted(named, key=lambda k: (columns[k].column.worth > 0, k))


def _widths(columns: "Sequence[_Cells]", room: int) -> list[int]:
    """All that each column wants, or, where that is too much, the widest pressed to one measure: first not under their need, then not under a word."""
    room -= BETWEEN * (len(columns) - 1)
    widths = least = [cells.need if _rigid(cells.column) else min(PRESSED, cells.word) for cells in columns]
    for needs in ([cells.need for cells in columns], [cells.word for cells in columns], least):
        for most in range(max(PRESSED, *(cells.whole for cells in columns)), 0, -1):
            widths = [max(need, min(cells.whole, most)) for cells, need in zip(columns, needs, strict=True)]
            if sum(widths) <= room:
                return widths
    return widths


def _row(columns: "Sequence[_Cells]", number: int, widths: list[int], styles: list[str]) -> "Iterator[Pieces]":
    stacks = [wrapped(cells.texts[number], size) for cells, size in zip(columns, widths, strict=True)]
    for texts in zip_longest(*stacks, fillvalue=""):
        cells = zip(texts, widths, columns, styles, strict=True)
        yield _joined([(padded(text, size, right=one.column.right), style) for text, size, one, style in cells])


def _joined(cells: Pieces) -> Pieces:
    return [piece for cell in cells for piece in ((" " * BETWEEN, ""), cell)][1:]


def _below(columns: "Sequence[_Cells]", number: int, room: int, show: "Show") -> "Iterator[Pieces]":
    """What has no column: texts in one run, those of one label after it, commands on lines of their own."""
    cells = [(one.column, one.texts[number]) for one in columns if one.texts[number] not in ("", show(NONE))]
    said = [(show(_label(column)), text) for column, text in cells if column.style != "command"]
    told = [
        f"{label} {', '.join(text for _, text in texts)}" if label else show(" · ").join(text for _, text in texts)
        for label, texts in groupby(said, key=lambda one: one[0])
    ]
    for line in wrapped(show(" · ").join(told), room - INDENT) if told else ():
        yield [(" " * INDENT + line, "dim")]
    yield from ([(" " * INDENT + text, "command")] for column, text in cells if column.style == "command")


def _label(column: "Column") -> str:
    """What stands before a text below its row; of numbers and dates the head says what they are."""
    return column.below or (column.head.lower() if _rigid(column) else "")


def _facts(facts: Facts, room: int, show: "Show") -> "Iterator[Pieces]":
    """Labels before their texts, or above them where they would take more than a third of the room (a quarter, if an address needs it)."""
    pairs = [(show(name), [show(part) for part in _parts(text)]) for name, text in facts.pairs]
    label = max((width(name) for name, _ in pairs), default=0) + BETWEEN
    longest = max((width(part) for _, parts in pairs for part in parts), default=0)
    address = max((width(part) for _, parts in pairs for part in parts[1:]), default=0)
    stacked = label + longest > room and label > room / (4 if label + address > room else 3)
    indent = INDENT if stacked else label
    for name, parts in pairs:
        lines = [line for part in parts for line in wrapped(part, room - indent)]
        first = (padded(name, indent), "strong")
        if stacked and name:
            yield [(name, "strong")]
        for number, line in enumerate(lines):
            short = min(indent, INDENT) if indent + width(line) > room else indent
            yield [first, (line, "")] if number == 0 and not stacked and name else [(" " * short + line, "")]


def _parts(text: str) -> list[str]:
    """A source in two: what is cited, and the address, which gets a line of its own."""
    source = _SOURCE.fullmatch(text)
    return list(source.groups()) if source else [text]
