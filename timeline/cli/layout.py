"""`fmt`: one layout for the events of a record. `merge`: two versions of a file made one."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.options import OUTPUT, Request, note, takes
from timeline.cli.review import CHANGE
from timeline.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.changes import Change, Snapshot

LAYOUT = {name: OUTPUT[name] for name in ("format", "color")} | {"no_undo": CHANGE["no_undo"]}


@takes(LAYOUT)
def fmt(
    request: Request,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE…]", help="The files of a record.")] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; end with 1 where something would change.")
    ] = False,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="PATH",
            help="Write the record anew: to FOLDER/, a file for each event, or from that to one FILE.yaml.",
        ),
    ] = None,
) -> None:
    """Lay the events of a record out in one way.

    That changes nothing that they say.

    \b
    timeline fmt events.yaml
    timeline fmt --check
    timeline fmt events.yaml --into events/
    """
    from timeline.answers.layout import into_answer, layout_answer
    from timeline.cli.review import alone, read_snapshot, writable_paths, write

    request = Request(request.given | {"store": files or request.given.get("store")})
    paths = writable_paths(request)
    if into is not None:
        if check:
            raise UsageError("--into writes and --check does not; give one of them")
        request.show(into_answer(_rewritten(read_snapshot(request, paths), into), into))
        return
    with nullcontext() if check else alone(paths):
        snapshot = read_snapshot(request, paths)
        states = {file: _state(snapshot, file) for file in snapshot.texts if not file.endswith(".csv")}
        for change in states.values() if not check else ():
            if change is not None and not isinstance(change, str):
                write(request, paths, change)
    for state in states.values():
        if isinstance(state, str):
            note(state)
    said = {file: "refused" if isinstance(s, str) else "changed" if s else "as it is" for file, s in states.items()}
    request.show(layout_answer(said, written=not check))


def _rewritten(snapshot: "Snapshot", target: str) -> "list[str]":
    """Write a record in the other form, where nothing is yet. Gives the names of the files."""
    from pathlib import Path

    from timeline.promises import verified
    from timeline.store.folder import divided, joined
    from timeline.store.save import told, write_new

    path, store, several = Path(target), snapshot.store, target.endswith("/")
    with told(path, "nothing was written"):
        of_folder = any(Path(given).is_dir() for given in snapshot.paths)
    if several == of_folder or len(snapshot.paths) > 1:
        raise UsageError("--into makes a FOLDER/ (with the stroke) of one file, or one FILE.yaml of such a folder")
    if not several and path.suffix != ".yaml":
        raise UsageError(f"--into {target}: a record is a .yaml file, or a folder/ (with the stroke)")
    if several:
        texts = {str(path / name): text for name, text in divided(*snapshot.texts.values()).items()}
    else:
        texts = {str(path): joined(snapshot.texts, store)}
    verified(snapshot, texts)
    with told(path, "nothing was written"):
        like = min(map(Path, snapshot.texts), key=lambda file: file.stat().st_mode & 0o077)
    write_new(path, {Path(name): text.encode() for name, text in texts.items()}, like)
    return list(texts)


def _state(snapshot: "Snapshot", file: str) -> "Change | str | None":
    """What would change in a file, why it is refused, or nothing."""
    from timeline.changes import Change
    from timeline.promises import settled
    from timeline.store.layout import CommentError, laid_out
    from timeline.store.splice import Splice

    text = snapshot.texts[file]
    events = sorted((e for e in snapshot.store.events if e.origin.file == file), key=lambda e: e.origin)
    try:
        new = laid_out(file, text, events)
    except CommentError as refused:
        return str(refused)
    if new == text:
        return None
    return settled(snapshot, Change("fmt", file, text, (Splice(0, len(text), new),), frozenset()))


@takes({})
def merge(
    request: Request,  # noqa: ARG001 - every command has one
    base: Annotated[str, typer.Argument(metavar="BASE", help="The file that both come from.")],
    ours: Annotated[str, typer.Argument(metavar="OURS", help="The file that is written.")],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help="The file whose changes it takes over.")],
) -> None:
    """Merge two versions of a file event by event.

    A driver for git.

    \b
    git config merge.timeline.driver 'timeline merge %O %A %B || git merge-file %A %O %B'
    timeline merge base.yaml ours.yaml theirs.yaml
    """
    from pathlib import Path

    from timeline.errors import OutputError, Problems
    from timeline.merging import merged
    from timeline.store.files import read_texts

    problems = Problems()
    texts = [text for file in (base, ours, theirs) for _, text in read_texts([file], problems)]  # two may be one file
    if problems:
        raise StoreError(problems)
    result = merged(*texts)
    try:
        Path(ours).write_bytes(result.encode())
    except OSError as error:
        raise OutputError(f"{ours}: {(error.strerror or str(error)).lower()}") from error


COMMANDS: "dict[str, Callable[..., None]]" = {"fmt": fmt, "merge": merge}
