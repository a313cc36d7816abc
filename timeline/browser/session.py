"""What the browser is told when it starts, and the texts that it shows: values, without a terminal."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline.answer import Answer, Facts, Grid, Heading, Line
from timeline.answers import asked
from timeline.text import likeness, visible, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from timeline.answer import Block
    from timeline.model import Store
    from timeline.query import Query
    from timeline.series import Cut

HEADS = ("Date", "Direction", "Who", "Kind", "Place")
_LEAST = (21, 20, 16, 9, 8)  # cells under which a column is not pressed
_KEYS = (
    ("/", "go to the filter; Enter there applies it"),
    ("Enter", "detail: what timeline show tells of the visit"),
    ("g", "gaps: what timeline gap tells of the visits in the table"),
    ("Home, End", "the first row, the last"),
    ("s, r", "sort by the next column; reverse the order"),
    ("c", "the command that prints what is shown, copied too where the terminal allows it"),
    ("o", "addresses of the sources; none is opened"),
    ("Esc", "close the pane; leave the filter"),
    ("Tab", "go from the table to the pane and back, where both have room"),
    ("?", "this help"),
    ("q", "quit"),
)


class Scope(NamedTuple):
    """A filter that was read: the query, its options as a command line takes them, and the events that it lets through."""

    query: "Query"
    options: tuple[str, ...]
    answer: Answer

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of `list`; the id is the last."""
        return next(block.rows for block in self.answer.blocks if isinstance(block, Grid))


@dataclass(frozen=True, slots=True)
class Session:
    """`read` turns the text of the filter into a query and options, or raises TimelineError. `paths` are those that were named for the record, `day` the options that name the day."""

    store: "Store"
    as_of: int
    cut: "Cut"
    read: "Callable[[str], tuple[Query, tuple[str, ...]]]"
    paths: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def place(self) -> tuple[str, ...]:
        """The options that name the record."""
        return tuple(part for path in self.paths for part in ("--store", path))

    def scope(self, text: str) -> Scope:
        query, options = self.read(text)
        return Scope(query, options, asked.listed(query, self.store))

    def detail(self, id_: str, *, firsts: bool) -> Answer:
        return asked.shown(self.store.by_id[id_], self.store, self.as_of, self.paths, firsts=firsts)

    def gaps(self, scope: Scope) -> Answer:
        return asked.gaps(scope.query, self.store, self.cut, self.as_of)

    def addresses(self, id_: str) -> "Sequence[Block]":
        """The addresses of an event, each on lines of its own."""
        sources = self.store.by_id[id_].sources
        facts = [Facts(((source.title, source.url),)) if source.url else Line(f"{source.title}: no address") for source in sources]  # fmt: skip
        return Heading(f"Sources of {id_}"), *(facts or [Line("None: the event rests on memory.")])

    def shown(self, text: str) -> str:
        """As the terminal can show it, and harmless."""
        return likeness(visible(text), self.encoding)

    def laid_out(self, answer: "Sequence[Block]", room: int) -> "Text":
        """Blocks at the width of the pane, as a command lays them out at the width of a terminal."""
        from rich.text import Text

        from timeline.formats import plain, table

        if sum(len(block.rows) for block in answer if isinstance(block, Grid)) <= table.MOST_ROWS:
            return Text.assemble(*table.laid_out(answer, room, self.encoding))
        out = io.StringIO()
        plain.write(Answer("", [], tuple(answer)), out)
        return Text(likeness(out.getvalue(), self.encoding))


HELP: "tuple[Block, ...]" = (
    Heading("Keys"),
    Facts(_KEYS),
    Heading("The filter"),
    Line("The options of timeline list, such as --visitor china --office premier --since 1990; words without an option are looked for as --text. Empty, it lets every visit through."),
    Line("* marks what rests on memory or on sources that disagree. Below the table stands the whole of the row."),
)  # fmt: skip


def cells(row: tuple[str, ...]) -> tuple[str, ...]:
    """Of the cells of `list`, those that the table shows: date, direction, who, kind and place."""
    date, direction, who, place, kind, *_ = row
    return date, direction, who, kind, place


def sorted_rows(rows: "Sequence[tuple[str, ...]]", column: int, *, reverse: bool) -> list[tuple[str, ...]]:
    """By date as `list` has them; by another column alphabetically, equal ones by date."""
    order = list(rows) if column == 0 else sorted(rows, key=lambda row: cells(row)[column].casefold())
    return order[::-1] if reverse else order


def column_widths(rows: "Sequence[Sequence[str]]", room: int) -> list[int]:
    """As wide as its texts, or, where that is too much, the widest of the columns pressed, none under its least."""
    widths = [max(width(text) for text in column) for column in zip(HEADS_WITH_MARK, *rows, strict=True)]
    least = [min(size, bound) for size, bound in zip(widths, _LEAST, strict=True)]
    while (over := sum(widths) - room) > 0:
        k = max(range(len(widths)), key=lambda k: widths[k] - least[k])
        if widths[k] == least[k]:
            break
        widths[k] -= min(over, widths[k] - least[k], max(1, (widths[k] - least[k]) // 2))
    return widths


HEADS_WITH_MARK = tuple(f"{head} ^" for head in HEADS)
