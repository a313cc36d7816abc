"""Making a change: read, plan, show, ask, write, tell. The only place that looks at the terminal and the clock for it."""

import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli.options import OUTPUT, note
from timeline.cli.streams import terminal
from timeline.errors import ChangeError, StoreError, TimelineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from timeline.changes import Change, Snapshot
    from timeline.cli.options import Request
    from timeline.model import Event
    from timeline.store.undo import Entry, Home, Patch

    Plan: TypeAlias = "Callable[[Snapshot], Change]"

MOST_LINES = 400  # of a diff
PLAIN = "\x1b[0m"
COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}

CHANGE: dict[str, Any] = {
    "yes": Annotated[bool | None, typer.Option("--yes", "-y", help="Change the record without asking.")],
    "dry_run": Annotated[bool | None, typer.Option("--dry-run", "-n", help="Only show what would be changed.")],
    "no_undo": Annotated[bool | None, typer.Option("--no-undo", help="Keep no undo entry.")],
    "format": OUTPUT["format"],
    "color": OUTPUT["color"],
}


def carry_out(request: "Request", plan: "Plan", read_before: "Snapshot | None" = None) -> None:
    """Make the change that `plan` finds in the record, after a question, and end the command.

    With --yes, reading, planning and writing are one under the lock, so that each of many writers builds on the one before. With a question, or where the
    plan rests on what was `read_before`, the file must still be what was shown.
    """
    given, paths = request.given, read_before.paths if read_before else writable_paths(request)
    if not (given.get("yes") or given.get("dry_run") or terminal(sys.stdin)):
        raise UsageError(
            "standard input is no terminal, so nothing can be asked: --yes makes the change, --dry-run shows it"
        )
    if given.get("yes") and not given.get("dry_run") and read_before is None:
        with alone(paths):
            change = planned(request, read_snapshot(request, paths), plan)
            write(request, paths, change)
        with _made():
            show(request, change)
    else:
        snapshot = read_before or read_snapshot(request, paths)
        change = planned(request, snapshot, plan)
        show(request, change)
        if given.get("dry_run"):
            _tell(request, change, written=False)
        if not (given.get("yes") or confirmed(f"Change {change.files}? [y/N] ")):
            note("nothing was changed")
            raise typer.Exit(1)
        with alone(paths):
            still(snapshot, paths)
            write(request, paths, change)
    _tell(request, change, written=True)


def still(snapshot: "Snapshot", paths: "Sequence[str]") -> None:
    """Hold every file of the record against what was shown."""
    from timeline.errors import Problems
    from timeline.store.files import read_texts

    found = dict(read_texts(paths, Problems()))
    if found != snapshot.texts:
        changed = next(name for name in found | snapshot.texts if found.get(name) != snapshot.texts.get(name))
        if changed not in found:
            raise ChangeError(f"{changed} is not there any more, or cannot be read; nothing was changed")
        raise ChangeError(f"{changed} was changed by another program meanwhile; nothing was changed: try again")


def read_snapshot(request: "Request", paths: "Sequence[str]") -> "Snapshot":
    """The record, and the files of claims about it that the settings name; of one that cannot be read, no text."""
    from timeline.changes import Snapshot
    from timeline.cli.places import claim_files
    from timeline.errors import Problems
    from timeline.store import load_texts
    from timeline.store.files import read_texts

    problems = Problems()
    texts = read_texts(paths, problems)
    named = [file for file in claim_files(list(paths)) if file not in dict(texts)]
    claims = dict.fromkeys(named, "") | dict(read_texts(named, Problems()))
    try:
        with request.progress("reading") as watch:
            return Snapshot(load_texts(texts, problems, watch), dict(texts), tuple(paths), claims)
    except StoreError as error:
        raise error.asked_as(request.given.get("format")) from None


def event_of(snapshot: "Snapshot", asked: str) -> "Event":
    """The event of an id, in a file that can be changed."""
    from timeline.changes import IS_CSV
    from timeline.people import unknown_id

    event = snapshot.store.by_id.get(asked)
    if event is None:
        raise UsageError(unknown_id(asked, snapshot.store))
    if event.origin.file.endswith(".csv"):
        raise UsageError(f"{event.origin.file} {IS_CSV}")
    return event


def writable_paths(request: "Request") -> list[str]:
    """The files and folders of the record, if it is one that can be changed. Says which, if it was not named here: a folder's settings may name any file."""
    from timeline.cli.output import chosen_format
    from timeline.cli.places import find_store, packed

    chosen_format(
        request.given.get("format"), None, looked_at=False
    )  # one that is unknown is told before anything is changed
    paths, named = find_store(request.given.get("store") or [])
    if "-" in paths:
        raise UsageError("a record on standard input cannot be changed; name a file")
    if any(map(packed, paths)) or not (named or _above(paths[0])):
        raise UsageError(
            "this is the record that ships with the program; copy it first: timeline export -o events.yaml"
        )
    if not request.given.get("store"):
        note(f"record: {', '.join(paths)}")
    return paths


def _above(path: str) -> bool:
    """Whether a file lies in a folder above, where a record that nobody named is looked for."""
    with suppress(OSError):
        return Path.cwd().is_relative_to(Path(path).absolute().parent)
    return False


def confirmed(question: str) -> bool:
    return answered(question).strip().casefold() in ("y", "yes")


def answered(question: str) -> str:
    """One line from the terminal. The end of input ends the command: there is nothing more to say."""
    from timeline.text import visible

    question = visible(question)
    try:
        if terminal(sys.stdin, sys.stdout):
            return input(question)  # with what `readline` offers, where that was imported
        print(question, end="", file=sys.stderr, flush=True)  # noqa: T201 - the command line speaks here
        return _line()
    except EOFError:
        note("")
        raise typer.Exit(1) from None


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def alone(paths: "Sequence[str]") -> Any:
    """The lock on every folder that the record lies in, those that links lead to among them; what is not there is for the reader to tell."""
    from timeline.store.save import locked, told

    with told(Path(paths[0])):
        folders = [folder for path in map(Path, paths) for folder in _folders(path) if folder.is_dir()]
    return locked(folders, lambda folder: note(f"waiting for another program that is changing {folder}"))


def _folders(path: Path) -> "Iterator[Path]":
    from timeline.store.files import files_in

    if path.is_dir():
        yield path.resolve()
        yield from (file.resolve().parent for file in files_in(path))
    else:
        yield path.resolve().parent


def planned(request: "Request", snapshot: "Snapshot", plan: "Plan") -> "Change":
    """The change, found sound. Raises what is wrong with what was given, or would be with the record, in the format asked for."""
    from timeline.promises import settled

    try:
        change = plan(snapshot)
        if all(part.before == part.after for part in change.parts):
            raise UsageError("that is how it stands already; nothing was changed")
        change = settled(snapshot, change)
        more = (*_to_come(change.events, request.today().toordinal()), *_linked(change.file))
        return replace(change, warnings=(*change.warnings, *more))
    except StoreError as error:
        raise error.asked_as(request.given.get("format")) from None


def _to_come(events: "Sequence[Event]", today: int) -> "Iterator[str]":
    """What to say of events that a record would have as happened before they have, as `timeline check` would (`future`)."""
    if early := [event for event in events if event.status == "happened" and event.date.start.earliest > today]:
        from timeline.answers.events import few

        yield f"not happened yet, but would count so: {few(early)}; give it the status announced, or correct the date"


def _linked(file: str) -> "Iterator[str]":
    """What to say of a file that has another name: a new file takes the place of this one only."""
    with suppress(OSError):
        if Path(file).stat().st_nlink > 1:
            yield f"{file} has other names (hard links); they keep the old text"


def show(request: "Request", change: "Change") -> None:
    """The diff and the warnings, on standard error."""
    for line in _diff(request, change):
        print(line, file=sys.stderr)  # noqa: T201 - the command line speaks here
    for warning in change.warnings:
        note(f"warning: {warning}")


def _diff(request: "Request", change: "Change") -> "Iterator[str]":
    from timeline.cli.output import colored
    from timeline.diff import unified
    from timeline.text import visible

    color = colored(request.given.get("color"), terminal=terminal(sys.stderr))
    lines = [line for part in change.parts for line in unified(part.file, part.before, part.splices)]
    for line in lines[:MOST_LINES]:
        start = COLORS.get(line[:1], "") if color else ""
        yield f"{start}{visible(line)}{PLAIN if start else ''}"
    if len(lines) > MOST_LINES:
        yield f"… and {len(lines) - MOST_LINES:,} more lines"


def write(request: "Request", paths: "Sequence[str]", change: "Change") -> None:
    """Put the change in the place of its files, its undo entry first. Only under the lock."""
    from timeline.store import undo
    from timeline.store.save import prepared

    state = state_of(request)
    files = [(Path(part.file), part.before.encode(), part.after.encode()) for part in change.parts]
    with prepared(files) as put:
        if state is None:
            put()
            return
        home = change.step[0] if change.step else undo.home_of(paths, change.file)
        folder = undo.journal_folder(state, home)
        was = undo.read_journal(folder)
        if change.step is not None:
            undo.write_journal(folder, home, change.step[1])
        else:
            undo.record(folder, home, [*_entries(change, home)])
        try:
            put()
        except BaseException:
            with suppress(OSError, TimelineError):
                if all(undo.contents(file) != after for file, _, after in files):
                    undo.write_journal(folder, home, was)
            raise
    with suppress(OSError, TimelineError):
        undo.discard_unused(folder)


def _entries(change: "Change", home: "Home") -> "Iterator[tuple[Entry, Patch]]":
    """What is to be noted of a change, file by file."""
    from timeline.store import undo

    time = datetime.now(UTC).isoformat()
    for part in change.parts:
        before, after = (undo.digest(text.encode()) for text in (part.before, part.after))
        name = "" if home.path == Path(part.file) else Path(part.file).name
        patch = undo.patch_of(part.before, part.after, part.splices)
        yield undo.Entry(time, change.command, before, after, file=name), patch


def state_of(request: "Request") -> Path | None:
    """Where undo entries are kept; None, with a word on why, where none is."""
    from timeline.cli.places import state_folder

    if request.given.get("no_undo"):
        return None
    folder = state_folder()
    if folder is None:
        note("no undo entry is kept: neither XDG_STATE_HOME nor HOME says where")
    return folder


def _tell(request: "Request", change: "Change", *, written: bool) -> None:
    from timeline.answers.change import change_answer

    with _made() if written else nullcontext():
        undoable, stores = not request.given.get("no_undo"), request.given.get("store") or ()
        request.show(change_answer(change, written=written, undoable=undoable, stores=stores))


@contextmanager
def _made() -> "Iterator[None]":
    """Whatever fails from here on, the change stands, and whoever made it must know."""
    try:
        yield
    except TimelineError:
        note("the change was made; only to tell of it failed")
        raise
