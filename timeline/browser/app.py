"""The application on Textual: widgets, keys, and what is worked on beside them.

Textual reads `[…]` in a string as markup, so every text is given to it as a `Text`.
"""

import shlex
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, Footer, Input, RichLog, Static
from textual.worker import get_current_worker

from timeline.answer import Heading, Line
from timeline.browser.session import HEADS, HELP, cells, column_widths, sorted_rows
from timeline.errors import TimelineError
from timeline.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.answer import Answer, Block
    from timeline.browser.session import Scope, Session

AHEAD = 200  # rows that the table has beyond those in view
MOST_LINES = 4  # above or below the table
WEAK = " *"  # after the date, in the rows of `list`
SPINNER = "|/-\\"
BESIDE = 140  # columns from which the pane stands beside the table


class Table(DataTable[Text]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.detail", "Detail", key_display="Enter"),
        Binding("home", "scroll_top", "First", show=False),
        Binding("end", "app.last", "Last", show=False),
    ]

    def on_resize(self) -> None:
        """Keep the cursor in sight: what is told of its row below may take a line of the table after the move."""
        self.move_cursor(row=self.cursor_row)


class Filter(Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Apply", key_display="Enter"),
        Binding("escape", "app.close", "Leave as it was", key_display="Esc"),
    ]


class Pane(RichLog):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.close", "Close", key_display="Esc")]


class Busy(Static):
    """A line that turns while something is worked on, and is not there otherwise."""

    doing = ""
    turns = 0

    def on_mount(self) -> None:
        self.set_interval(0.2, self.turn)
        self.tell("")

    def tell(self, doing: str) -> None:
        self.doing = doing
        self.display = bool(doing)
        self.turn()

    def turn(self) -> None:
        if self.doing:
            self.turns += 1
            self.update(Text(f"{SPINNER[self.turns % len(SPINNER)]} {self.doing} ..."))


class Browser(App[None]):
    """`scope` is the last filter that could be read; `pane` what the pane is open for, by the name of its action."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BESIDE, "-beside")]  # noqa: RUF012 - Textual declares it so
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("g", "gaps", "Gaps"),
        Binding("s", "sort", "Sort"),
        Binding("r", "reverse", "Reverse", show=False),
        Binding("c", "command", "Command"),
        Binding("o", "addresses", "Sources"),
        Binding("question_mark", "keys", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("escape", "close", "Close", show=False),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, session: "Session", asked: str = "") -> None:
        super().__init__(ansi_color=True)  # said at once: Textual chooses by it what NO_COLOR makes of colours
        self.theme = "ansi-dark"  # the colours of the terminal itself
        self.session = session
        self.asked = asked
        self.scope: Scope = session.scope(asked)
        self.sorting, self.backwards = 0, False
        self.order: list[tuple[str, ...]] = []
        self.widths: list[int] = []
        self.pane = ""
        self.blocks: Sequence[Block] = ()
        self.shown_id = ""

    def compose(self) -> ComposeResult:
        self.filter = Filter(self.asked, id="filter", compact=True, select_on_focus=False)
        self.told, self.whole, self.busy = Static(id="told"), Static(id="whole"), Busy(id="busy")
        self.table = Table(id="table", cursor_type="row", cell_padding=0)
        self.text = Pane(id="pane", wrap=True, markup=False, highlight=False, auto_scroll=False, min_width=1)
        yield Horizontal(Static(Text("filter "), id="label"), self.filter, id="top")
        yield self.told
        yield Horizontal(self.table, Vertical(self.text, id="side"), id="middle")
        yield self.whole
        yield self.busy
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        if self.session.encoding.lower().replace("-", "") not in ("utf8", "utf16", "utf32"):
            self.screen.add_class("-ascii")
        self.table.focus()
        self.watch(self.table, "scroll_y", self._scrolled, init=False)
        self.fill(keep=False)
        self.tell_scope()

    def on_resize(self) -> None:
        self.call_after_refresh(self._refit)

    def _refit(self) -> None:
        self.fill()
        self.tell_scope()
        self.show_pane()

    # the filter

    @on(Input.Submitted, "#filter")
    def apply(self, event: Input.Submitted) -> None:
        """Show the rows of a filter, or what is wrong with it above the rows of the last."""
        try:
            self.scope = self.session.scope(event.value)
        except TimelineError as error:
            self.tell(self.told, (f"! {error}",), "the message is longer", "bold")
            return
        self.asked = event.value
        self.table.focus()
        self.tell_scope()
        self.fill(keep=False)
        if self.pane == "gaps":
            self.action_gaps()

    @on(Input.Blurred, "#filter")
    def restore(self) -> None:
        """Outside the filter, its text is that of the rows shown; not so where the whole terminal lost the focus."""
        if self.app_focus:
            self.filter.value = self.asked
            self.tell_scope()

    def tell_scope(self) -> None:
        self.tell(self.told, self.scope.answer.remarks, "c shows the rest")

    def tell(self, where: Static, texts: "Sequence[str]", rest: str, style: str = "") -> None:
        """Above or below the table, in at most four lines."""
        lines = [line for text in texts for line in wrapped(self.session.shown(text), max(20, self.size.width - 1))]
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], self.session.shown(f"… ({rest})")]
        where.update(Text("\n".join(lines), style))

    # the table

    def fill(self, *, keep: bool = True) -> None:
        """The rows in their order, the first of them at once; `keep` the row under the cursor."""
        chosen = self.chosen if keep else ""
        self.order = sorted_rows(self.scope.rows, self.sorting, reverse=self.backwards)
        told = [tuple(map(self.session.shown, cells(row))) for row in self.order]
        room = (self.table.content_region.width or self.size.width) - self.table.scrollbar_size_vertical
        self.widths = column_widths(told, room - len(HEADS) + 1)
        self.table.clear(columns=True)
        for number, (head, size) in enumerate(zip(HEADS, self.widths, strict=True)):
            mark = "" if number != self.sorting else " v" if self.backwards else " ^"
            self.table.add_column(Text(head + mark), width=size + 1, key=head)
        at = next((k for k, row in enumerate(self.order) if row[-1] == chosen), 0)
        self.add_rows(at + AHEAD)
        self.table.move_cursor(row=at)
        self.show_whole()

    def add_rows(self, end: int) -> None:
        """Put rows into the table up to a number; a widget with all of ten thousand takes seconds to fill."""
        for row in self.order[self.table.row_count : end]:
            texts = map(self.session.shown, cells(row))
            self.table.add_row(*map(self._cut, texts, self.widths), key=row[-1])

    def _scrolled(self) -> None:
        self.call_later(self.add_ahead)  # not within the change, when the table may be half cleared

    def add_ahead(self) -> None:
        """More rows where the view comes near the last."""
        bottom = int(self.table.scroll_y) + self.table.size.height
        if bottom + AHEAD // 2 > self.table.row_count:
            self.add_rows(bottom + AHEAD)

    def action_last(self) -> None:
        self._go_to_last(self.order)

    def _go_to_last(self, order: "Sequence[tuple[str, ...]]") -> None:
        """All rows, some at a time, so that other keys are heard; no more if the table was filled anew since."""
        if order is self.order:
            self.add_rows(self.table.row_count + AHEAD)
            if self.table.row_count < len(order):
                self.set_timer(0.01, partial(self._go_to_last, order))
            else:
                self.table.move_cursor(row=len(order) - 1)

    def _cut(self, text: str, size: int) -> Text:
        """A cell as wide as its column; the mark of what is weak is not cut off."""
        mark = WEAK if text.endswith(WEAK) else ""
        cell = Text(text.removesuffix(mark), no_wrap=True)
        cell.truncate(size - len(mark), overflow="crop" if self.screen.has_class("-ascii") else "ellipsis")
        return cell.append(mark)

    @property
    def chosen(self) -> str:
        """The id of the event under the cursor; none in an empty table."""
        row = self.table.cursor_row
        return self.order[row][-1] if 0 <= row < len(self.order) else ""

    @on(DataTable.RowHighlighted)
    def show_whole(self) -> None:
        """All of the row under the cursor, with what the table has no room for."""
        row = self.order[self.table.cursor_row] if self.chosen else ()
        self.tell(self.whole, (" · ".join(filter(None, row)) or "nothing in this scope",), "Enter shows the rest")

    @on(DataTable.RowSelected)
    def open_row(self) -> None:
        self.action_detail()

    @on(DataTable.HeaderSelected)
    def sort_by(self, event: DataTable.HeaderSelected) -> None:
        self.backwards = event.column_index == self.sorting and not self.backwards
        self.sorting = event.column_index
        self.fill()

    def action_sort(self) -> None:
        self.sorting, self.backwards = (self.sorting + 1) % len(HEADS), False
        self.fill()

    def action_reverse(self) -> None:
        self.backwards = not self.backwards
        self.fill()

    # the pane

    def action_detail(self) -> None:
        if self.chosen:
            self.open("detail", ())
            self.find_detail(self.chosen)

    def action_gaps(self) -> None:
        self.open("gaps", ())
        self.find_gaps(self.scope)

    def action_addresses(self) -> None:
        if self.chosen:
            self.open("addresses", self.session.addresses(self.chosen))

    def action_keys(self) -> None:
        self.open("keys", HELP)

    def action_command(self) -> None:
        """Show and copy the command of what is open, by an escape that terminals may take or leave."""
        command = self.command()
        said = [Line(remark) for remark in self.scope.answer.remarks]
        self.open("command", (Heading("What is shown, as a command"), Line(command), Heading("What it tells"), *said))
        self.copy_to_clipboard(command)

    def command(self) -> str:
        session = self.session
        if self.pane in ("detail", "addresses"):
            return shlex.join(["timeline", "show", self.shown_id, *session.place, *session.day])
        if self.pane == "gaps":
            return shlex.join(["timeline", "gap", *session.place, *self.scope.options, *session.day])
        return shlex.join(["timeline", "list", *session.place, *self.scope.options])

    def action_filter(self) -> None:
        self.filter.focus()

    def action_close(self) -> None:
        """From the filter to what is below it, otherwise from the pane to the table."""
        if not self.filter.has_focus:
            self.open("", ())
        (self.text if self.pane else self.table).focus()

    def open(self, pane: str, blocks: "Sequence[Block]") -> None:
        """The pane with some blocks; without a name it is closed."""
        self.workers.cancel_all()
        self.pane, self.blocks, self.shown_id = pane, blocks, self.chosen
        self.busy.tell("")
        self.screen.set_class(bool(pane), "-open")
        (self.text if pane else self.table).focus()
        self.text.scroll_home(animate=False)
        self.call_after_refresh(self._refit if self.screen.has_class("-beside") else self.show_pane)

    def show_pane(self) -> None:
        if self.pane and (room := self.text.scrollable_content_region.width):
            at = self.text.scroll_y
            self.text.clear()
            self.text.write(self.session.laid_out(self.blocks, room), width=room)
            self.text.scroll_to(y=at, animate=False)

    @work(thread=True, exclusive=True, exit_on_error=True)
    def find_detail(self, id_: str) -> None:
        """What is known first; what can be said of a visit takes a second or two."""
        for firsts, busy in ((False, "looking for what can be said of it"), (True, "")):
            self._work(partial(self.session.detail, id_, firsts=firsts), busy)

    @work(thread=True, exclusive=True, exit_on_error=True)
    def find_gaps(self, scope: "Scope") -> None:
        self.call_from_thread(self.busy.tell, "measuring")
        self._work(partial(self.session.gaps, scope), "")

    def _work(self, ask: "Callable[[], Answer]", busy: str) -> None:
        """In the thread of a worker: an answer into the pane, unless something else was opened meanwhile."""
        answer = ask()
        if not get_current_worker().is_cancelled:
            self.call_from_thread(self._answered, answer, busy)

    def _answered(self, answer: "Answer", busy: str) -> None:
        self.blocks = (*answer.blocks, *map(Line, answer.remarks))
        self.busy.tell(busy)
        self.show_pane()
