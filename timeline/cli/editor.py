"""`edit ID` in the user's editor: the event's own lines, read again when the editor ends, and offered again where they cannot be read."""

import os
import shlex
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from timeline.cli.given import block_events, keep_sources
from timeline.cli.options import note
from timeline.cli.problems import print_problems
from timeline.cli.review import answered, carry_out, event_of, read_snapshot, writable_paths
from timeline.cli.streams import terminal
from timeline.errors import ChangeError, StoreError, TimelineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.changes import Change, Snapshot
    from timeline.cli.options import Request
    from timeline.model import Event


def edited(request: "Request", asked: str, *, insisted: bool) -> None:
    """Let the user edit an event, then go on as with every change."""
    from timeline.store.splice import block_of

    snapshot = read_snapshot(request, writable_paths(request))
    event = event_of(snapshot, asked)
    block = block_of(snapshot.texts[event.origin.file], event.id)
    with _draft(event.id, block) as path:
        change = _sound(snapshot, event, block, path, insisted=insisted)
        carry_out(request, lambda _: change, snapshot)


@contextmanager
def _draft(name: str, block: str) -> "Iterator[Path]":
    """A file for an editor. However the command ends, what was written there is kept, and the user told where, unless it was used."""
    import shutil
    import tempfile

    from timeline.store.save import told

    with told(Path(tempfile.gettempdir())):
        path = Path(tempfile.mkdtemp(prefix="timeline-")) / f"{name}.yaml"
        path.write_bytes(block.encode())
    try:
        yield path
    except BaseException as ended:
        used = isinstance(ended, typer.Exit) and ended.exit_code == 0
        if used or _unwritten(path, block):
            shutil.rmtree(path.parent, ignore_errors=True)
        else:
            note(f"your text is kept in {path}")
        raise


def _unwritten(path: Path, block: str) -> bool:
    try:
        return _is_nothing(_text(path), block)
    except ChangeError:
        return not path.exists()


def _is_nothing(text: str, block: str) -> bool:
    return text.strip() in ("", block.strip())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").strip("\n") + "\n"
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ChangeError(f"{path}: {reason}; the editor has left nothing to read, nothing was changed") from error


def _sound(snapshot: "Snapshot", event: "Event", block: str, path: Path, *, insisted: bool) -> "Change":
    """The change that the user has written, once it can be read."""
    while True:
        _run(path)
        text = _text(path)
        if _is_nothing(text, block):
            note("nothing was changed")
            raise typer.Exit(0)
        try:
            return _read(snapshot, event, text, path, insisted=insisted)
        except TimelineError as error:
            if not (terminal(sys.stdin) and _again(error)):
                raise


def _read(snapshot: "Snapshot", event: "Event", text: str, path: Path, *, insisted: bool) -> "Change":
    from timeline.changes import rewrite
    from timeline.promises import settled

    events = block_events(path.name, text, snapshot.store)
    keep_sources(event, events, insisted=insisted)
    return settled(snapshot, rewrite(snapshot, event, text, events))


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
