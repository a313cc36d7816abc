"""`edit ID` in the user's editor: the event's own lines, read again when the editor ends, and offered again where they cannot be read."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from timeline.cli.given import block_events
from timeline.cli.options import note
from timeline.cli.problems import print_problems
from timeline.cli.review import answered, carry_out, event_of, read_snapshot, writable_paths
from timeline.cli.streams import terminal
from timeline.errors import InputError, StoreError, TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.changes import Change, Snapshot
    from timeline.cli.options import Request
    from timeline.model import Event


def edited(request: "Request", asked: str) -> None:
    """Let the user edit an event, then go on as with every change. What was written is kept where it cannot be used."""
    import tempfile

    from timeline.store.splice import block_of

    snapshot = read_snapshot(request, writable_paths(request))
    event = event_of(snapshot, asked)
    block = block_of(snapshot.texts[event.origin.file], event.id)
    path = Path(tempfile.mkdtemp(prefix="timeline-")) / f"{event.id}.yaml"
    path.write_bytes(block.encode())
    change = _sound(snapshot, event, block, path)
    try:
        carry_out(request, lambda _: change, snapshot)
    except (typer.Exit, TimelineError) as ended:
        if isinstance(ended, typer.Exit) and ended.exit_code == 0:
            _discard(path)
        else:
            note(f"your text is kept in {path}")
        raise


def _sound(snapshot: "Snapshot", event: "Event", block: str, path: Path) -> "Change":
    """The change that the user has written, once it can be read."""
    while True:
        _run(path)
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").strip("\n") + "\n"
        if text.strip() in ("", block.strip()):
            _discard(path)
            note("nothing was changed")
            raise typer.Exit(0)
        try:
            return _read(snapshot, event, text, path)
        except TimelineError as error:
            if not (terminal(sys.stdin) and _again(error)):
                note(f"your text is kept in {path}")
                raise


def _read(snapshot: "Snapshot", event: "Event", text: str, path: Path) -> "Change":
    from timeline.changes import rewrite, settled

    events = block_events(path.name, text, snapshot.store)
    change = rewrite(snapshot, event, text, events)
    try:
        return settled(snapshot, change)
    except StoreError as error:
        raise InputError(error.found) from error


def _again(error: TimelineError) -> bool:
    if isinstance(error, StoreError):
        print_problems(error)
    else:
        note(f"timeline: {error}")
    return answered("Edit again? [Y/n] ").strip().casefold() in ("", "y", "yes")


def _run(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise UsageError(f"the editor {editor!r} cannot be started: {error}; set EDITOR, or use --set") from error
    if done.returncode:
        raise UsageError(f"the editor {editor!r} ended with status {done.returncode}; nothing was changed")


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()
