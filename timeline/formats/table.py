"""The table for a terminal, by Rich. Cells are `Text`, never markup, and only what fits is drawn: columns of least worth go first."""

from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import visible, width

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from timeline.answer import Answer, Block, Column

STYLES = {
    "date": "cyan",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "long": "bold red",
    "open": "yellow",
}
SCREENFULS = 200  # rows that Rich draws; more are written plainly, a thousand times faster


def write(answer: "Answer", out: TextIO) -> None:
    """At the width and with the colours of the terminal that `out` is."""
    from rich.console import Console

    draw(answer, Console(file=out, highlight=False, markup=False, emoji=False))


def draw(answer: "Answer", console: "Console") -> None:
    if sum(len(block.rows) for block in answer.blocks if isinstance(block, Grid)) > SCREENFULS:
        from timeline.formats.plain import write as write_plain

        write_plain(answer, console.file)  # type: ignore[arg-type]
        return
    for number, block in enumerate(answer.blocks):
        if number and isinstance(block, Heading):
            console.print()
        console.print(_renderable(block, console.width, plain=not console.encoding.startswith("utf")), soft_wrap=False)


def _renderable(block: "Block", room: int, *, plain: bool) -> "RenderableType":
    from rich.text import Text

    if isinstance(block, Grid):
        return _table(block, room, plain=plain)
    if isinstance(block, Facts):
        return _facts(block)
    if isinstance(block, Heading):
        return Text(visible(block.text), style=STYLES.get(block.style, "bold"))
    return Text(visible(block.text), style=STYLES.get(block.style, ""))


def _table(grid: Grid, room: int, *, plain: bool) -> "RenderableType":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    needs = [_need(column, [row[k] for row in grid.rows]) for k, column in enumerate(grid.columns)]
    kept = _fitting(grid, needs, room)
    table = Table(
        box=box.ASCII2 if plain else box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1),
        header_style="bold",
        leading=int(grid.spaced),
    )
    for number in kept:
        column = grid.columns[number]
        table.add_column(
            Text(column.head),
            justify="right" if column.right else "left",
            style=STYLES.get(column.style, ""),
            no_wrap=column.right or column.style == "date",
            overflow="fold",
        )
    for number, row in enumerate(grid.rows):
        style = STYLES.get(grid.marks.get(number, ""), "")
        table.add_row(*(Text(visible(row[k]), style=style if k == grid.marked else "") for k in kept))
    return table


def _fitting(grid: Grid, needs: list[int], room: int) -> list[int]:
    """The columns, in their order, that fit: those of least worth are left out until the rest have a bearable width."""
    kept = list(range(len(grid.columns)))
    while sum(needs[k] + 3 for k in kept) > room:
        least = min(kept, key=lambda k: (grid.columns[k].worth, -k))
        if grid.columns[least].worth >= 9:
            break
        kept.remove(least)
    return kept


def _need(column: "Column", cells: list[str]) -> int:
    """The width under which a column should not be pressed: all of a date or a number, some of a text."""
    longest = max((width(cell) for cell in [column.head, *cells]), default=0)
    return longest if column.right or column.style == "date" else min(longest, column.least or 16)


def _facts(facts: Facts) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in facts.pairs:
        table.add_row(Text(name), Text(visible(text)))
    return table
