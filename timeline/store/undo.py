"""What was changed, so that it can be taken back: a journal for each file or folder that is a record, in the user's state folder.

An entry is written before the store is. It holds what the text was and what it became, with a hash of the whole file before and after; the journal
says from which entry to which the file was on its way. So the file itself tells, after a crash at any point, whether the last step was taken.
"""

import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
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
    """One change: when (ISO 8601, UTC), by what command, the hashes of the file, the name and the size of its patch, and which file of a folder it was in.

    A file that is not there has the hash of nothing.
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
    """The changes of a home. `to` of the entries hold, the rest are undone; `at` is the same before the last step, which may not have been taken."""

    entries: tuple[Entry, ...] = ()
    at: int = 0
    to: int = 0

    def position(self, home: Home) -> int:
        """How many entries hold, by what the file of the last step is."""
        if self.at == self.to:
            return self.to
        entry = self.entries[min(self.at, self.to)]
        origin = entry.before if self.at < self.to else entry.after
        return self.at if digest(contents(Path(home.file(entry)))) == origin else self.to


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


def record(folder: Path, home: Home, entry: Entry, patch: Patch) -> None:
    """Note a change that is about to be made. Entries that were undone give way to it, and the oldest where there are too many."""
    import json

    journal = read_journal(folder)
    now = journal.position(home)
    raw = json.dumps(asdict(patch), ensure_ascii=False).encode()
    entry = replace(entry, patch=f"{digest(raw + entry.time.encode())[:32]}.json", size=len(raw))
    kept = _bounded((*journal.entries[:now], entry))
    with told(folder, _NO_UNDO):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder)
        _write(folder / entry.patch, raw)
    write_journal(folder, home, Journal(kept, len(kept) - 1, len(kept)))


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
    """The latest entries that fit, at least the last."""
    kept, size = entries[-1:], entries[-1].size
    for entry in reversed(entries[-MOST:-1]):
        size += entry.size
        if size > ROOM:
            break
        kept = (entry, *kept)
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
