"""A bar on standard error for what takes longer than a moment; only on a terminal, and nothing of it is loaded before it is needed."""

import os
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.progress import Watch

PATIENCE = 0.6  # seconds without a word
PAUSE = 0.1  # seconds between two changes of the bar


@contextmanager
def progress(what: str, color: str | None = None) -> "Iterator[Watch | None]":
    """Give something to call with how much is done, and of how much: None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = _Bar(what, color)
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    def __init__(self, what: str, color: str | None) -> None:
        self.what, self.color = what, color
        self.next = monotonic() + PATIENCE
        self.shown: Any = None

    def __call__(self, done: int, total: int) -> None:
        if monotonic() >= self.next:
            self._show(done, total)
            self.next = monotonic() + PAUSE

    def _show(self, done: int, total: int) -> None:
        if self.shown is None:
            self.shown = _drawn(self.what, self.color)
            self.shown.start()
        self.shown.update(self.shown.task_ids[0], completed=done, total=total, refresh=True)

    def close(self) -> None:
        if self.shown is not None:
            self.shown.stop()


def _drawn(what: str, color: str | None) -> Any:
    """A bar that leaves no trace when it is done. It is drawn when it is told something, not by a thread."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from timeline.cli.output import colored

    console = Console(stderr=True, no_color=not colored(color, terminal=True), highlight=False, markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
    bar.add_task(what)
    return bar
