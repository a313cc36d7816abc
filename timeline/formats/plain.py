"""Plain text for pipes and long lists: the columns of the table, aligned, nothing cut and nothing decorated."""

from itertools import chain
from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import padded, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.answer import Answer, Block

LONG = 2000  # rows looked at for the widths of columns


def write(answer: "Answer", out: TextIO) -> None:
    for number, block in enumerate(answer.blocks):
        if number and isinstance(block, Heading):
            out.write("\n")
        out.writelines(line.rstrip() + "\n" for line in _lines(block))


def _lines(block: "Block") -> "Iterator[str]":
    if isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Facts):
        label = max((len(name) for name, _ in block.pairs), default=0)
        for name, text in block.pairs:
            yield f"{name:{label}}  {visible(text)}"
    else:
        yield visible(block.text)


def _grid(grid: Grid) -> "Iterator[str]":
    heads = tuple(column.head for column in grid.columns)
    looked_at = chain([heads], (tuple(map(visible, row)) for row in grid.rows[:LONG]))
    widths = [max(map(width, cells)) for cells in zip(*looked_at, strict=True)]
    for row in chain([heads], grid.rows):
        cells = (
            padded(visible(cell), size, right=column.right)
            for cell, size, column in zip(row, widths, grid.columns, strict=True)
        )
        yield "  ".join(cells)
