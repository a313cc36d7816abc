"""The commands that change a record. Each says what to change; `timeline.cli.review` shows, asks and writes it."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.given import EVENT
from timeline.cli.options import OUTPUT, Id, Ids, Request, takes
from timeline.cli.review import CHANGE
from timeline.errors import ChangeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.changes import Change, Snapshot
    from timeline.store.undo import Entry, Home, Journal

STEP = {name: CHANGE[name] for name in ("yes", "dry_run", "format", "color")}


@takes(EVENT, CHANGE)
def add(
    request: Request,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Events of a YAML or JSON file; - is standard input."),
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="The file of the record to add to.")
    ] = None,
    *,
    unsourced: Annotated[bool, typer.Option("--unsourced", help="Insist on an event without a source.")] = False,
) -> None:
    """Add an event; without options, answer questions.

    \b
    timeline add --date 2025-10-09/2025-10-11 --visitor china --host dprk --person "Li Qiang | Premier | premier" \\
      --source "Li Qiang arrives in Pyongyang | KCNA | https://example.org/li | 2025-10-09"
    timeline add --from visit.yaml --dry-run
    """
    from timeline import changes
    from timeline.cli.asking import kept, questioned
    from timeline.cli.given import file_events, given_text, option_event, require_sources
    from timeline.cli.review import carry_out

    given = {key: value for key in EVENT if (value := request.given.get(key)) is not None}
    if from_ is not None and given:
        raise UsageError("--from gives the event; leave the options for its fields out")
    asked = from_ is None and not given
    if asked:
        given = questioned(request, insisted=unsourced)

    read = given_text(from_) if from_ is not None else None

    def plan(snapshot: "Snapshot") -> "Change":
        store = snapshot.store
        events = [option_event(given, store)] if read is None else file_events(*read, store)
        require_sources(events, insisted=unsourced)
        return changes.add(snapshot, events, file)

    with kept(given) if asked else nullcontext():
        carry_out(request, plan)


@takes(CHANGE)
def edit(
    request: Request,
    id: Id,  # noqa: A002 - the user's word
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Give a field a value; parts of a list are joined by ;. Repeatable.",
        ),
    ] = None,
    unset: Annotated[
        list[str] | None, typer.Option("--unset", metavar="FIELD", help="Take a field out. Repeatable.")
    ] = None,
    *,
    unsourced: Annotated[bool, typer.Option("--unsourced", help="Insist on taking out the last source.")] = False,
) -> None:
    """Change fields of an event, or all of it in $EDITOR.

    \b
    timeline edit li-qiang-pyongyang-2025-10 --set kind=official --set "places=Pyongyang; Wonsan"
    timeline edit li-qiang-pyongyang-2025-10
    """
    from timeline import changes
    from timeline.cli.editor import edited
    from timeline.cli.given import keep_sources, set_values
    from timeline.cli.review import carry_out, event_of

    if not (set_ or unset):
        edited(request, id, insisted=unsourced)
        return

    def plan(snapshot: "Snapshot") -> "Change":
        event = event_of(snapshot, id)
        change = changes.edit(snapshot, event, set_values(set_ or [], unset or [], snapshot.store))
        keep_sources(event, change.events, insisted=unsourced)
        return change

    carry_out(request, plan)


@takes(CHANGE)
def remove(request: Request, id: Id) -> None:  # noqa: A002 - the user's word
    """Take an event out of the record.

    \b
    timeline remove li-qiang-pyongyang-2025-10
    timeline remove li-qiang-pyongyang-2025-10 --dry-run
    """
    from timeline import changes
    from timeline.cli.review import carry_out, event_of

    carry_out(request, lambda snapshot: changes.remove(snapshot, event_of(snapshot, id)))


@takes(CHANGE)
def rename(
    request: Request,
    id: Id,  # noqa: A002 - the user's word
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id.")],
) -> None:
    """Give an event another id, also in claims of the record.

    \b
    timeline rename li-qiang-2025 li-qiang-pyongyang-2025-10
    timeline rename visit-1 xi-jinping-pyongyang-2019-06 --yes
    """
    from timeline import changes
    from timeline.cli.review import carry_out, event_of

    carry_out(request, lambda snapshot: changes.rename(snapshot, event_of(snapshot, id), new))


@takes(CHANGE)
def accept(request: Request, ids: Ids) -> None:
    """Let candidates count: they happened.

    \b
    timeline accept li-qiang-pyongyang-2025-10
    timeline accept xi-washington-2018-03 kim-beijing-2018-03 --store leads.yaml --yes
    """
    from timeline import changes
    from timeline.cli.review import carry_out, event_of

    def plan(snapshot: "Snapshot") -> "Change":
        events = [event_of(snapshot, id_) for id_ in dict.fromkeys(ids)]
        for event in events:
            if event.status != "candidate":
                raise UsageError(
                    f"{event.id} is no candidate but {event.status}; change it with: timeline edit {event.id} --set status=…"
                )
        return changes.accept(snapshot, events)

    carry_out(request, plan)


@takes(STEP)
def undo(request: Request) -> None:
    """Take the latest change back.

    \b
    timeline undo
    timeline undo --dry-run
    """
    _travel(request, back=True)


@takes(STEP)
def redo(request: Request) -> None:
    """Make a change again that was undone.

    \b
    timeline redo
    timeline redo --yes
    """
    _travel(request, back=False)


@takes(OUTPUT)
def log(request: Request) -> None:
    """List the changes that can be undone, and those that were.

    \b
    timeline log
    timeline log -O json
    """
    from timeline.answers.change import log_answer
    from timeline.cli.review import read_snapshot, state_of, writable_paths

    paths = writable_paths(request)
    snapshot = read_snapshot(request, paths)
    request.show(log_answer([*_steps(state_of(request), snapshot)]))


def _travel(request: Request, *, back: bool) -> None:
    """One step back or forth in the journal of what was changed last."""
    from timeline import changes
    from timeline.cli.review import carry_out, state_of
    from timeline.store.undo import journal_folder, read_patch

    state = state_of(request)
    if state is None:
        raise ChangeError("nothing was kept that could be undone")

    def plan(snapshot: "Snapshot") -> "Change":
        home, journal, entries = _latest(snapshot, _journals(state, snapshot), back=back)
        steps = [(entry, read_patch(journal_folder(state, home), entry)) for entry in entries]
        return changes.travel(snapshot, home, journal, steps, back=back)

    carry_out(request, plan)


def _journals(state: "Path | None", snapshot: "Snapshot") -> "Iterator[tuple[Home, Journal, int]]":
    """The journals that changes of a record may be in, each with how many of its entries hold.

    A change is noted with the folder where that was named, otherwise with the file; the record may be named in the other way by whoever takes it back.
    """
    from timeline.store.undo import Home, journal_folder, read_journal

    if state is None:
        return
    files = [Path(name) for name in snapshot.texts]
    for home in map(Home, dict.fromkeys((*map(Path, snapshot.paths), *files, *(file.parent for file in files)))):
        if (journal := read_journal(journal_folder(state, home))).entries:
            yield home, journal, journal.position(home)


def _is_of(snapshot: "Snapshot", file: str) -> bool:
    """Whether a file is of a record, or would be if it were there."""
    return file in snapshot.texts or Path(file).parent in map(Path, snapshot.paths)


def _steps(state: "Path | None", snapshot: "Snapshot") -> "Iterator[tuple[Entry, str, bool]]":
    """Every change of the files of a record: its entry, its file and whether it holds."""
    for home, journal, now in _journals(state, snapshot):
        for number, entry in enumerate(journal.entries):
            if _is_of(snapshot, file := home.file(entry)):
                yield entry, file, number < now


def _latest(
    snapshot: "Snapshot", journals: "Iterable[tuple[Home, Journal, int]]", *, back: bool
) -> "tuple[Home, Journal, tuple[Entry, ...]]":
    """What to undo: the last command in time that holds. What to make again: the first in time that does not."""
    found, wider = [], ""
    for home, journal, now in journals:
        entries = journal.step(now, back=back)
        if entries and all(_is_of(snapshot, home.file(entry)) for entry in entries):
            found.append((home, journal, entries))
        elif entries:
            wider = f" in this file; the folder has other changes: --store {home.path}"
    if not found:
        raise ChangeError(f"there is nothing to {'undo' if back else 'redo'}{wider}")
    return (max if back else min)(found, key=lambda one: one[2][0].time)


COMMANDS: "dict[str, Callable[..., None]]" = {
    "add": add,
    "edit": edit,
    "remove": remove,
    "rename": rename,
    "accept": accept,
    "undo": undo,
    "redo": redo,
    "log": log,
}
