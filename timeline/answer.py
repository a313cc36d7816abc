"""An answer before it is text: rows for programs, blocks for people. Every command gives one, every format writes one."""

from collections.abc import Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

NONE = "·"  # a count of nothing


class Column(NamedTuple):
    """A column of a table.

    `right` aligns numbers. Where a terminal is too narrow, the lowest `worth` goes first to a line below the row (9 never does; 0, an id, opens that line; what
    has neither head nor `below` is an ornament, and is left out). `style` is a name that the terminal knows; a "command" is never broken. `least` is the width
    under which a text is not pressed. `below` stands before a text on that line, once for neighbours that have the same; without it, the head does for a number or date.
    """

    head: str
    right: bool = False
    worth: int = 9
    style: str = ""
    least: int = 0
    below: str = ""


class Grid(NamedTuple):
    """A table: as many cells in each row as columns.

    `marks` names the style of a row by its number, given to the cell in column `marked`. `spaced`: cells are sentences, and a
    terminal leaves a line between rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: "Mapping[int, str]" = MappingProxyType({})
    marked: int = 0
    spaced: bool = False


class Heading(NamedTuple):
    text: str
    level: int = 2
    style: str = ""


class Line(NamedTuple):
    """A paragraph."""

    text: str
    style: str = ""


class Facts(NamedTuple):
    """Labels with their texts, one under another; a label may repeat."""

    pairs: tuple[tuple[str, str], ...]


Block: TypeAlias = Grid | Heading | Line | Facts


class Blocks(Sequence[Block]):
    """Blocks that are made when they are first looked at: of a long answer they take as long as its reckoning, and programs read its rows."""

    def __init__(self, make: "Callable[[], Iterable[Block]]") -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[Block, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        return self._made[index]

    def __len__(self) -> int:
        return len(self._made)


class Answer(NamedTuple):
    """`rows`, `scope` and `summary` are plain values with stable keys (interface.md); `blocks` the same for people.

    `remarks` are for standard error: counts, warnings, hints. `status` is the exit status that the answer means, `keys` the header of an
    answer that may have no rows.
    """

    command: str
    rows: list[dict[str, Any]]
    blocks: Sequence[Block]
    scope: "Mapping[str, Any]" = MappingProxyType({})
    summary: "Mapping[str, Any]" = MappingProxyType({})
    as_of: str | None = None
    remarks: tuple[str, ...] = ()
    status: int = 0
    keys: tuple[str, ...] = ()
