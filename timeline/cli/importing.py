"""`import`: other people's data into a record, after a report of everything that was found in it."""

import os
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli.engines import PICKING, picker
from timeline.cli.options import SCOPE, Request, note, takes
from timeline.cli.review import CHANGE
from timeline.cli.streams import terminal
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.changes import Snapshot
    from timeline.importing.mapping import Mapping
    from timeline.importing.plan import Planned
    from timeline.importing.quarantine import Spool
    from timeline.importing.rows import File
    from timeline.importing.run import Imported
    from timeline.progress import Watch
    from timeline.vocabulary import Vocabulary

WRITING = {
    "into": "-o",
    "mapping": "--mapping",
    "quarantine": "--quarantine",
    "left_out": "--left-out",
    "yes": "--yes",
    "dry_run": "--dry-run",
}
AHEAD = 5  # years from today in which an announced visit may lie

OPTIONS: dict[str, Any] = {
    "into": Annotated[str | None, typer.Option("--output", "-o", metavar="STORE", help="The record to write to: a YAML file, a new one or one that is there.")],
    "mapping": Annotated[str | None, typer.Option("--mapping", metavar="FILE", help="For generic: what the columns mean.")],
    "encoding": Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="For --suggest: the encoding of the file, which the draft declares.")],
    "quarantine": Annotated[str | None, typer.Option("--quarantine", metavar="FILE", help="Where rows go that cannot be read; otherwise STORE.quarantine.csv.")],
    "score": Annotated[int | None, typer.Option("--score", min=0, metavar="N", help="For gdelt: leave out leads of fewer distinct domains.")],
    "between": SCOPE["between"],
    "left_out": Annotated[str | None, typer.Option("--left-out", metavar="FILE", help="For gdelt: where the rows of visits go that are no leads, each with the reason.")],
    "join_legs": Annotated[bool | None, typer.Option("--join-legs", help="Make one journey of legs of one person in one host that follow each other within a day.")],
    "join_parties": Annotated[bool | None, typer.Option("--join-parties", help="Make one visit of rows of several people from one visitor to one host on the same days.")],
}  # fmt: skip


@takes(CHANGE, OPTIONS, PICKING)
def import_(
    request: Request,
    what: Annotated[list[str], typer.Argument(metavar="PROFILE FILE…", help="Where the data are from, and the files.")],
    *,
    suggest: Annotated[bool, typer.Option("--suggest", help="Draft a mapping from a file, without a profile.")] = False,
) -> None:
    """Import data of others.

    state-department, colt, ceias, chinavisits, timelinejs, timeline-csv; gdelt for leads; generic with a mapping.

    Without -o, a report of what is in the files; docs/import.md.

    \b
    timeline import state-department travels/*/*.xml visits/data/*.xml -o state.yaml
    timeline import --suggest visits.xlsx > mapping.yaml
    timeline import generic visits.xlsx --mapping mapping.yaml -o visits.yaml
    timeline import gdelt 20180326*.export.CSV.zip -o leads.yaml
    """
    encoding = request.given.get("encoding")
    if suggest:
        if strange := [flag for name, flag in WRITING.items() if request.given.get(name)]:
            raise UsageError(f"{strange[0]} does not go with --suggest, which only prints a mapping")
        _suggest(what, encoding)
        return
    if encoding is not None:
        raise UsageError("--encoding goes only with --suggest; a mapping says it: read: {encoding: …}")
    profile, *names = what
    if not names:
        raise UsageError(
            f"import takes a profile and the files: timeline import generic {profile} --mapping mapping.yaml"
        )
    with ExitStack() as streams:
        _import(request, profile, [_file(name, streams) for name in names])


def _import(request: Request, profile: str, files: "Sequence[File]") -> None:
    from timeline.answers.importing import Fate, import_answer
    from timeline.importing.plan import planned
    from timeline.importing.profiles import LEADS, known_profile
    from timeline.importing.quarantine import Spool

    leads = known_profile(profile) == LEADS
    _fitting(request, leads=leads)
    store = _store(request)
    _may_keep(request, store)
    snapshot = _snapshot(request, store) if store else None
    words = snapshot.store.vocabulary if snapshot else _shipped()
    if leads and snapshot:
        _only_leads(snapshot, store)
    with Spool() as spool, Spool() as aside:
        found = (
            _read_leads(request, files, words, spool, aside)
            if leads
            else _read(request, files, _mappings(request, profile, words), words, spool)
        )
        plan = planned(found.groups, snapshot, found.refused, found.seen.values()) if snapshot else None
        if plan and any(one.sheet.corrected for one in found.files):
            plan = plan._replace(gone=0)  # a quarantine file has only what was lacking
        written = bool(plan and store) and not request.given.get("dry_run")
        if written and plan and snapshot:
            _write(request, snapshot, store, found, plan, profile)
        kept = _kept(request, store, found, spool, aside) if written or not store else ("", "")
    request.show(import_answer(found, Fate(store, plan, *kept, written)))


def _fitting(request: Request, *, leads: bool) -> None:
    """Raises UsageError for options of the other kind of import."""
    strange = (
        {"mapping": "--mapping", "join_legs": "--join-legs", "join_parties": "--join-parties"}
        if leads
        else {"score": "--score", "left_out": "--left-out", "between": "--between", "engine": "--engine"}
    )
    for name, option in strange.items():
        if request.given.get(name) is not None:
            raise UsageError(f"{option} {'does not go' if leads else 'goes only'} with gdelt")


def _only_leads(snapshot: "Snapshot", store: str) -> None:
    """Leads never enter a record. Raises UsageError where the file has anything else."""
    from timeline.importing.plan import token_of
    from timeline.importing.profiles import LEADS

    for event in snapshot.store.events:
        tokens = filter(None, map(token_of, event.sources))
        if not any(token.origin == LEADS for token in tokens):
            raise UsageError(f"{store} has more than leads: {event.id}; leads go to a file of their own, -o leads.yaml")


def _store(request: Request) -> str:
    from timeline.store.folder import RECORD

    store = request.given.get("into") or ""
    if request.given.get("store"):
        raise UsageError("import writes to the record that -o names; leave --store out")
    if store and not store.endswith((".yaml", ".yml")):
        raise UsageError(f"-o {store}: a record is a YAML file; write {store.rpartition('.')[0] or store}.yaml")
    if store and (Path(store).parent / RECORD).is_file():
        raise UsageError(
            f"-o {store}: {Path(store).parent} is one record with a file for each event; import into a file elsewhere, "
            f"and add its events: timeline add --from FILE --store {Path(store).parent}"
        )
    return store


def _shipped() -> "Vocabulary":
    from timeline.vocabulary import shipped

    return shipped()


def _mappings(request: Request, profile: str, words: "Vocabulary") -> "tuple[Mapping, ...]":
    from timeline.cli.given import given_text
    from timeline.importing.declared import read_mapping
    from timeline.importing.own import OWN
    from timeline.importing.profiles import GENERIC, OURS, profile_mappings

    path = request.given.get("mapping")
    if profile != GENERIC:
        if path:
            raise UsageError(f"--mapping goes with generic, not with {profile}")
        found = (OWN,) if profile == OURS else profile_mappings(profile, words)
    elif path:
        found = (read_mapping(*given_text(path), words),)
    else:
        raise UsageError("generic needs --mapping FILE; draft one with: timeline import --suggest FILE > mapping.yaml")
    last = request.today().year + AHEAD
    return tuple(mapping.until(last) for mapping in found)


def _snapshot(request: Request, store: str) -> "Snapshot":
    """The record as it is; where it is not there yet, nothing."""
    from timeline.changes import Snapshot
    from timeline.cli.review import read_snapshot
    from timeline.model import Store

    if Path(store).exists():
        return read_snapshot(request, [store])
    return Snapshot(Store((), _shipped()), {}, (store,))


def _file(name: str, streams: ExitStack) -> "File":
    """A file whose streams are closed with the stack, however the reading ends."""
    from timeline.importing.rows import File

    path = Path(name)
    try:
        if path.is_dir():
            raise UsageError(f"{name} is a folder; name its files")
        return File(name, path.stat().st_size, lambda: streams.enter_context(path.open("rb")))
    except OSError as error:
        raise UsageError(f"{name}: {(error.strerror or str(error)).lower()}") from error


def _read(
    request: Request, files: "Sequence[File]", mappings: "Sequence[Mapping]", words: "Vocabulary", spool: "Spool"
) -> "Imported":
    from timeline.importing.run import Reader, balanced, opened, with_legs_joined, with_parties_joined

    parties, legs = (bool(request.given.get(name)) for name in ("join_parties", "join_legs"))
    with request.progress("reading") as watch:
        sheets = [opened(file, mappings) for file in _watched(files, watch)]
        found = Reader(words, spool.add, keep=parties or legs or bool(request.given.get("into"))).read(sheets)
    found = with_parties_joined(found) if parties else found
    return balanced(with_legs_joined(found) if legs else found)


def _read_leads(
    request: Request, files: "Sequence[File]", words: "Vocabulary", spool: "Spool", aside: "Spool"
) -> "Imported":
    from timeline.importing.gdelt import open_events, unpacked
    from timeline.importing.leads import LeadReader
    from timeline.model import Store

    pick, between = picker(request), request.query(Store((), words)).between
    with request.progress("reading") as watch:
        inside = [one for file in _watched(files, watch) for one in unpacked(file, packed=not pick)]
        reader = LeadReader(words, spool.add, aside.add, request.given.get("score") or 0, between)
        return reader.read([open_events(one, pick, reader.naming) for one in inside])


def _watched(files: "Sequence[File]", watch: "Watch | None") -> "Iterator[File]":
    """The files, each telling how much of all of them is read."""
    total, before = sum(file.size for file in files), 0
    for file in files:
        yield file._replace(watch=_part(watch, before, total)) if watch else file
        before += file.size


def _part(watch: "Watch", before: int, total: int) -> "Watch":
    return lambda done, _: watch(before + done, total)


def _write(
    request: Request, snapshot: "Snapshot", store: str, found: "Imported", plan: "Planned", profile: str
) -> None:
    """Put the plan into the record: a new one without a question, one that is there after it."""
    from timeline.cli import review
    from timeline.importing.plan import change, new_head

    if not (plan.new or plan.changed):
        return
    names = ", ".join(Path(one.sheet.name).name for one in found.files[:3])
    command = f"import {profile} {names}{f' and {len(found.files) - 3} more' if len(found.files) > 3 else ''}"
    head = new_head(list(found.seen.values())) if not snapshot.texts else ""
    if not snapshot.texts:
        snapshot = _with_head(snapshot, store, head)
    there = Path(store).exists()
    if there and not (request.given.get("yes") or terminal(sys.stdin)):
        raise UsageError(
            f"{store} is there already: --yes changes it without asking, --dry-run shows what would be done"
        )
    with request.progress("writing") as watch:
        made = review.planned(request, snapshot, lambda before: change(plan, before, store, head, command, watch))
    if there:
        review.show(request, made)
        if not (request.given.get("yes") or review.confirmed(f"Change {store}? [y/N] ")):
            note("nothing was changed")
            raise typer.Exit(1)
    with review.alone([store]):
        review.still(snapshot, [store])
        review.write(request, [store], made)


def _with_head(snapshot: "Snapshot", store: str, head: str) -> "Snapshot":
    """A record that has nothing but its head, so that what is added to it can be held against it."""
    from dataclasses import replace

    from timeline.store import load_texts

    return replace(snapshot, store=load_texts([(store, f"{head}\nevents:\n")]))


def _may_keep(request: Request, store: str) -> None:
    """Refuse a place for rows that are kept aside that holds something else, or is to, before anything is written."""
    default = str(Path(store).with_suffix(".quarantine.csv")) if store else ""
    quarantine = request.given.get("quarantine")
    for option, asked, others in (
        ("--quarantine", quarantine, {store: "the record that -o names"}),
        (
            "--left-out",
            request.given.get("left_out"),
            {store: "the record that -o names", quarantine or default: "where the quarantine goes"},
        ),
    ):
        if asked:
            _may_keep_at(f"{option} {asked}", Path(asked), others)


def _may_keep_at(option: str, path: Path, others: "dict[str, str]") -> None:
    remedy = "name a file that is not there yet, or a quarantine file, beside which the next one is written"
    for other, what in others.items():
        if other and os.path.realpath(path) == os.path.realpath(other):
            raise UsageError(f"{option}: that is {what}; {remedy}")
    try:
        taken = os.path.lexists(path) and not _is_quarantine(path)
    except OSError as error:
        raise UsageError(f"{option}: {(error.strerror or str(error)).lower()}") from error
    if taken:
        raise UsageError(f"{option}: it is there already, and no quarantine file; {remedy}")


def _is_quarantine(path: Path) -> bool:
    """Whether the header of a file has the columns that only a quarantine has, whatever program saved it."""
    from timeline.importing.reading import READERS, open_sheet

    if not path.is_file() or path.suffix.lower().removeprefix(".") not in READERS:
        return False
    with ExitStack() as streams:
        try:
            return open_sheet(_file(str(path), streams)).corrected
        except UsageError:
            return False


def _kept(request: Request, store: str, found: "Imported", spool: "Spool", aside: "Spool") -> tuple[str, str]:
    """Write what could not be read, and, where it was asked for, what was left out."""
    asked, left = request.given.get("quarantine"), request.given.get("left_out")
    path = Path(asked) if asked else Path(store).with_suffix(".quarantine.csv") if store else None
    return (
        _keep(spool, found, path) if path and spool else "",
        _keep(aside, found, Path(left)) if left and aside else "",
    )


def _keep(spool: "Spool", found: "Imported", path: Path) -> str:
    """Write rows with their reasons. No file is ever overwritten: one that was read has corrections that the record loses when the import is undone."""
    from timeline.importing.quarantine import write_quarantine

    header = dict.fromkeys(name for one in found.files for name in one.sheet.header)
    try:
        with _beside(path) as beside:
            with beside.open("w", encoding="utf-8", newline="") as out:
                write_quarantine(spool, header, out)
            path = _put(path, beside)
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    return str(path)


@contextmanager
def _beside(path: Path) -> "Iterator[Path]":
    """A name of our own in the folder of a file, which is gone at the end."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix=".timeline-", dir=path.parent) as folder:
        yield Path(folder) / path.name


def _put(path: Path, new: Path) -> Path:
    """Put a file in place under the first name that is free, or has the same already: the path, or that with a number."""
    from filecmp import cmp

    number = 1
    while True:
        name = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        if name.is_file() and cmp(name, new, shallow=False):
            return name
        if not os.path.lexists(name):
            new.rename(name)
            return name
        number += 1


def _suggest(what: "Sequence[str]", encoding: str | None) -> None:
    """Print a mapping drafted from a file."""
    from timeline.importing.encoding import encoding_called
    from timeline.importing.suggest import suggested

    declared = encoding_called(encoding or "")
    if encoding is not None and not declared:
        raise UsageError(f"no encoding is called {encoding!r}; write utf-8, cp1251, gb18030, shift_jis, …")
    files = [name for name in what if name != "generic"]
    if len(files) != 1:
        raise UsageError("--suggest drafts a mapping from one file: timeline import --suggest FILE > mapping.yaml")
    with ExitStack() as streams:
        print(suggested(_file(files[0], streams), _shipped(), declared), end="")  # noqa: T201 - the command line speaks here


COMMANDS: "dict[str, Callable[..., None]]" = {"import": import_}
