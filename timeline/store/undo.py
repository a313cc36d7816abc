"""What was changed, so that it can be taken back: a journal for each file or folder that is a record, in the user's state folder.

An entry is written before the store is. It holds what the text was and what it became, with a hash of the whole file before and after; the journal
says from which entry to which the file was on its way. So the file itself tells, after a crash at any point, whether the last step was taken.
"""

import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.errors import ChangeError
from timeline.store.save import flush_folder, sweep, told, write_beside
from timeline.store.splice import Splice

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 100  # entries kept
ROOM = 50 * 1024 * 1024  # bytes of their texts
_INDEX = "journal.json"
_NO_UNDO = "the undo entry could not be written, so nothing was changed; --no-undo does without one"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a file: when (ISO 8601, UTC), by what command, the hashes of the file, the name and the size of its patch, and which file of a folder it was.

    A file that is not there has the hash of nothing. Where a command changed several files of a folder, their entries have one time.
    """

    time: str
    command: str
    before: str
    after: str
    patch: str = ""
    size: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """What a journal is about: a file, or a folder of files."""

    path: Path

    def file(self, entry: Entry) -> str:
        """The name of the file that an entry changed, as the record names it."""
        return str(self.path / entry.file) if entry.file else str(self.path)


@dataclass(frozen=True, slots=True)
class Journal:
    """The changes of a home. `to` of the entries hold, the rest are undone; `at` is the same before the last step, which may not have been taken, or in part."""

    entries: tuple[Entry, ...] = ()
    at: int = 0
    to: int = 0

    def position(self, home: Home) -> int:
        """How many entries hold, by what the files of the last step are."""
        forth = self.at < self.to
        numbers = range(self.at, self.to) if forth else range(self.at - 1, self.to - 1, -1)
        for number in numbers:
            entry = self.entries[number]
            if digest(contents(Path(home.file(entry)))) == (entry.before if forth else entry.after):
                return number if forth else number + 1
        return self.to

    def step(self, now: int, *, back: bool) -> tuple[Entry, ...]:
        """The entries of the command that is the next to undo, or to make again, where some hold; in the order in which that is to be done."""
        ahead = self.entries[:now][::-1] if back else self.entries[now:]
        return tuple(takewhile(lambda entry: entry.time == ahead[0].time, ahead))


@dataclass(frozen=True, slots=True)
class Patch:
    """From the character `start` on, `old` became `new`."""

    start: int
    old: str
    new: str

    def splice(self, *, back: bool) -> Splice:
        """What makes the change again in the text before it, or takes it back in the text after it."""
        old, new = (self.new, self.old) if back else (self.old, self.new)
        return Splice(self.start, self.start + len(old), new)


def patch_of(before: str, after: str, splices: tuple[Splice, ...]) -> Patch:
    """The one stretch that all splices lie in."""
    start = min(splice.start for splice in splices)
    tail = len(before) - max(splice.end for splice in splices)
    return Patch(start, before[start : len(before) - tail], after[start : len(after) - tail])


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def contents(path: Path) -> bytes:
    """The bytes of a file; none where there is no file."""
    with told(path):
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""


def home_of(paths: "Sequence[str]", file: str) -> Home:
    """The one of the paths of a record that a file comes from."""
    with told(Path(file)):
        folders = [Path(path) for path in paths if Path(path).is_dir()]
    return Home(next((folder for folder in folders if folder == Path(file).parent), Path(file)))


def journal_folder(state: Path, home: Home) -> Path:
    """Where the journal of a home is kept; of links, what they lead to counts."""
    return state / "undo" / digest(str(home.path.resolve()).encode("utf-8", "surrogateescape"))[:24]


def read_journal(folder: Path) -> Journal:
    """An empty journal where there is none. Raises ChangeError for one that cannot be read."""
    import json

    path = folder / _INDEX
    if not (raw := contents(path)):
        return Journal()
    try:
        read = json.loads(raw)
        entries = tuple(Entry(**entry) for entry in read["entries"])
        at, to = (min(max(int(read[key]), 0), len(entries)) for key in ("at", "to"))
    except (ValueError, TypeError, KeyError) as error:
        raise ChangeError(
            f"{path}: the undo log cannot be read; move it away, and nothing older can be undone"
        ) from error
    return Journal(entries, at, to)


def read_patch(folder: Path, entry: Entry) -> Patch:
    import json

    path = folder / entry.patch
    with told(path):
        raw = path.read_bytes()
    try:
        return Patch(**json.loads(raw))
    except (ValueError, TypeError) as error:
        raise ChangeError(f"{path}: the undo entry cannot be read; nothing was changed") from error


def record(folder: Path, home: Home, changes: "Sequence[tuple[Entry, Patch]]") -> None:
    """Note what is about to be changed, file by file. Entries that were undone give way to it, and the oldest where there are too many."""
    import json

    journal = read_journal(folder)
    now = journal.position(home)
    raws = [json.dumps(asdict(patch), ensure_ascii=False).encode() for _, patch in changes]
    new = [
        replace(entry, patch=f"{digest(f'{entry.time} {entry.file} '.encode() + raw)[:32]}.json", size=len(raw))
        for (entry, _), raw in zip(changes, raws, strict=True)
    ]
    kept = _bounded((*journal.entries[:now], *new))
    with told(folder, _NO_UNDO):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder)
        for entry, raw in zip(new, raws, strict=True):
            _write(folder / entry.patch, raw)
    write_journal(folder, home, Journal(kept, len(kept) - len(new), len(kept)))


def write_journal(folder: Path, home: Home, journal: Journal) -> None:
    """Note which way a home is about to go."""
    import json

    content: dict[str, Any] = {"file": str(home.path.resolve())} | asdict(journal)
    with told(folder, _NO_UNDO):
        _write(folder / _INDEX, json.dumps(content, indent=1).encode("utf-8", "surrogateescape"))


def discard_unused(folder: Path) -> None:
    """Remove the texts of entries that are no longer in the journal."""
    used = {entry.patch for entry in read_journal(folder).entries} | {_INDEX}
    for path in folder.glob("*.json"):
        if path.name not in used:
            with suppress(OSError):
                path.unlink()


def _bounded(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The latest entries that fit, at least those of the last command; of no command a part."""
    kept: tuple[Entry, ...] = ()
    for _, group in groupby(reversed(entries), key=lambda entry: entry.time):
        more = (*reversed([*group]), *kept)
        if kept and (len(more) > MOST or sum(entry.size for entry in more) > ROOM):
            break
        kept = more
    return kept


def _write(path: Path, data: bytes) -> None:
    beside = write_beside(path.parent, data)
    try:
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    flush_folder(path.parent)
