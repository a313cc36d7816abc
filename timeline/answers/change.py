"""`add`, `edit`, `remove`, `rename`, `accept`, `undo`, `redo` and `log`: what was changed, as an answer."""

from shlex import quote
from typing import TYPE_CHECKING

from timeline.answer import Answer, Column, Grid, Line
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.changes import Change
    from timeline.store.undo import Entry

KEYS = ("time", "command", "file", "state")
_SAID = {
    "add": "Added {} to {}.",
    "remove": "Removed {} from {}.",
    "edit": "Edited {} in {}.",
    "rename": "Renamed {} in {}.",
    "undo": "Undone: {}, in {}.",
    "redo": "Done again: {}, in {}.",
}


def change_answer(change: "Change", *, written: bool, undoable: bool, stores: "Sequence[str]" = ()) -> Answer:
    """What one command changed; `written` is False where it only showed what it would do. `stores` are those that were named, and must be again to take it back."""
    verb, _, rest = change.command.partition(" ")
    text = _SAID[verb].format(rest, change.files) if written else f"Nothing was changed; it would be: {change.command}."
    ids = sorted(change.ids)
    rows = [{"command": change.command, "ids": ids, "file": part.file, "written": written} for part in change.parts]
    back = f"take it back with: timeline undo{''.join(f' --store {quote(store)}' for store in stores)}"
    remarks = (back,) if written and undoable and verb != "undo" else ()
    return Answer(verb, rows, (Line(text, "good" if written else ""),), remarks=remarks)


def log_answer(steps: "Sequence[tuple[Entry, str, bool]]") -> Answer:
    """The changes of a record, the latest first, given as entries with their file and whether they hold. A command that changed several files has a row for each."""
    found = [(entry, file, "done" if holds else "undone") for entry, file, holds in steps]
    found.sort(key=lambda one: one[0].time, reverse=True)
    rows = [{"time": e.time, "command": e.command, "file": file, "state": state} for e, file, state in found]
    columns = (
        Column("When", style="date"),
        Column("Change", least=20),
        Column("State"),
        Column("File", worth=3),
    )
    cells = tuple((e.time[:19].replace("T", " "), e.command, state, file) for e, file, state in found)
    marks = {number: "dim" for number, (_, _, state) in enumerate(found) if state == "undone"}
    number = len({entry.time for entry, _, _ in found})
    return Answer("log", rows, (Grid(columns, cells, marks),), remarks=(plural(number, "change"),), keys=KEYS)
