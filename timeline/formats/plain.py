"""Plain text for pipes and long lists: the columns of the table, aligned, nothing cut and nothing decorated."""

from itertools import chain
from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import likeness, padded, visible, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from timeline.answer import Answer, Block

    Show: TypeAlias = Callable[[str], str]

LONG = 2000  # rows looked at for the widths of columns


def write(answer: "Answer", out: TextIO) -> None:
    encoding = getattr(out, "encoding", None) or "utf-8"

    def show(text: str) -> str:
        return likeness(visible(text), encoding)

    for number, block in enumerate(answer.blocks):
        if number and isinstance(block, Heading):
            out.write("\n")
        out.writelines(line.rstrip() + "\n" for line in _lines(block, show))


def _lines(block: "Block", show: "Show") -> "Iterator[str]":
    if isinstance(block, Grid):
        yield from _grid(block, show)
    elif isinstance(block, Facts):
        label = max((len(name) for name, _ in block.pairs), default=0)
        for name, text in block.pairs:
            yield f"{show(name):{label}}  {show(text)}"
    else:
        yield show(block.text)


def _grid(grid: Grid, show: "Show") -> "Iterator[str]":
    heads = tuple(show(column.head) for column in grid.columns)
    looked_at = chain([heads], (tuple(map(show, row)) for row in grid.rows[:LONG]))
    widths = [max(map(width, cells)) for cells in zip(*looked_at, strict=True)]
    for row in chain([heads], grid.rows):
        cells = (
            padded(show(cell), size, right=column.right)
            for cell, size, column in zip(row, widths, grid.columns, strict=True)
        )
        yield "  ".join(cells)
