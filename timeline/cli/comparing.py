"""`compare`: two records, event by event; with `--merge`, the sources of the one in the other."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete
from timeline.cli.options import OUTPUT, SCOPE, Request, note, takes
from timeline.cli.review import CHANGE
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.changes import Change, Snapshot
    from timeline.model import Store
    from timeline.query import Query

STATES = ("conflict", "compatible", "ambiguous", "only-in-a", "only-in-b", "agree")
MERGE = {name: CHANGE[name] for name in ("yes", "dry_run", "no_undo")}
Side = Annotated[
    str, typer.Argument(metavar="A", help="A record: a file, a folder or @NAME.", autocompletion=complete.stores)
]
Other = Annotated[
    str, typer.Argument(metavar="B", help="The record beside it.", autocompletion=complete.stores)
]  # fmt: skip


@takes(SCOPE, OUTPUT, MERGE)
def compare(
    request: Request,
    a: Side,
    b: Other,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="STATE",
            help=f"Only these: {', '.join(STATES)}. Repeatable.",
            autocompletion=complete.one_of(*STATES),
        ),
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="With --merge: the file of A to change.")
    ] = None,
    *,
    merge: Annotated[
        bool, typer.Option("--merge", help="Write into A the sources of B for what the two do not conflict on.")
    ] = False,
) -> None:
    """Tell where two records agree, and where they do not.

    Ends with status 0 where there is no difference, with 1 where there is one. --merge takes sources over.

    \b
    timeline compare events.yaml @kim-jong-un-abroad --person "kim jong un"
    timeline compare mine.yaml theirs.yaml --only conflict -O csv
    timeline compare mine.yaml theirs.yaml --merge --dry-run
    """
    from timeline.answers.compare import compare_answer
    from timeline.cli import values
    from timeline.cli.places import MARK
    from timeline.comparison import compare as compared

    if request.given.get("store"):
        raise UsageError("compare takes two records as they are, without --store: timeline compare A B")
    if a == b == "-":
        raise UsageError("only one of the two records can come from standard input")
    states = [values.one_of("--only", text, STATES) for text in only or ()]
    if merge:
        _merge(request, a, b, states, file)
        return
    _no_merge(request, file)
    ours, theirs = _record(request, a), _record(request, b)
    words = _together(ours, theirs)
    query = _query(request, words)
    found = compared(ours, theirs, query)
    own = not a.startswith(MARK)  # what ships is not written into
    command = shlex.join(["timeline", "compare", a, b, *request.typed(SCOPE), "--merge"]) if own else ""
    request.show(compare_answer(found, [(a, ours), (b, theirs)], query, words.vocabulary, states, command))


def _no_merge(request: Request, file: str | None) -> None:
    given = [f"--{name.replace('_', '-')}" for name in MERGE if request.given.get(name)] + ["--file"] * bool(file)
    if given:
        raise UsageError(f"{given[0]} goes with --merge; without it nothing is changed")


def _record(request: Request, path: str) -> "Store":
    return Request(request.given | {"store": [path]}).store()


def _together(a: "Store", b: "Store") -> "Store":
    """What both records know, for the names in a scope: one that neither has is an error, one that either has is none."""
    from timeline.model import Store

    more = b.vocabulary
    words = a.vocabulary.extended(more.actors.values(), more.offices.values(), more.people.values())
    return Store(tuple(sorted((*a.events, *b.events), key=lambda event: event.order)), words)


def _query(request: Request, both: "Store") -> "Query":
    """The scope, with every name that either record has for a person who is asked for."""
    from timeline.comparison.differences import Words

    query, words = request.query(both), Words(both.vocabulary, both.vocabulary)

    def spelled(names: "Sequence[str]") -> tuple[str, ...]:
        keys = {words.person(name) for name in names}
        used = {person.name for event in both.events for person in event.people} if names else set()
        return (*names, *sorted(name for name in used if words.person(name) in keys and name not in names))

    excluded = query.not_ and query.not_._replace(people=spelled(query.not_.people))
    return query._replace(people=spelled(query.people), not_=excluded)


def _merge(request: Request, a: str, b: str, states: "Sequence[str]", file: str | None) -> None:
    """Take the sources over, by the way of every change: shown, asked, written under the lock."""
    from timeline import changes
    from timeline.cli.review import carry_out
    from timeline.comparison import compare as compared
    from timeline.comparison import sources_lacking

    if b == "-" and not (request.given.get("yes") or request.given.get("dry_run")):
        raise UsageError("standard input is B, so nothing can be asked: --yes makes the change, --dry-run shows it")
    for flag in ("output", "excel", "found"):
        if request.given.get(flag):
            raise UsageError("--merge changes A and writes no comparison; leave the options for its output out")
    theirs = _record(request, b)

    def plan(snapshot: "Snapshot") -> "Change":
        ours = snapshot.store
        rows = compared(ours, theirs, _query(request, _together(ours, theirs))).rows
        lacking = sources_lacking(row for row in rows if not states or row.state in states)
        chosen = {id_: s for id_, s in lacking.items() if file in (None, ours.by_id[id_].origin.file)}
        if file and not any(event.origin.file == file for event in ours.events):
            raise UsageError(f"--file {file}: no event of {a} is in it; nothing was changed")
        if not chosen:
            note(f"there is no source to take over into {file or a}; nothing was changed")
            raise typer.Exit
        return changes.add_sources(snapshot, chosen)

    carry_out(Request(request.given | {"store": [a]}), plan)


COMMANDS: "dict[str, Callable[..., None]]" = {"compare": compare}
