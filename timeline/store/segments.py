"""Values on disk, each part with its length and checksum, and the events of one file of a record among them, to be taken one by one.

Values are marshalled, which runs nothing; what is not as it was written is a ValueError.
"""

import errno
import marshal
import os
import sys
from array import array
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zlib import crc32

from timeline.store.files import has_rows
from timeline.store.packed import pack_event, pack_rest, unpack_event, unpack_rest

try:  # as the standard library's random does: hashlib loads OpenSSL, which takes as long as all that is kept of a small record
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.model import Event
    from timeline.store.pieces import Piece

MARK = b"timeline index\n"


class Segment:
    """The events of one file as they lie on disk, and the rest of what the file gave. Raises OSError or ValueError where it is not what was written."""

    def __init__(self, file: str, path: Path) -> None:
        self.file, self.path = file, path
        with path.open("rb", buffering=0) as disk:
            (name, rest, starts, sums, self._sides), self._begin = framed_at(disk, 0)
        if name != path.name:
            raise ValueError("a segment of another file")
        self._starts, self._sums = array("Q", starts), array("I", sums)
        self.rest = unpack_rest(rest, file)

    def ids(self) -> list[str]:
        """Those of the events."""
        with self.path.open("rb", buffering=0) as disk:
            ids, _ = framed_at(disk, self._begin)
        return list(ids)

    def piece(self, groups: "Sequence[Sequence[str]]") -> "Piece":
        """What the file gave, of its events those that involve some actor of each group."""
        with self.path.open("rb", buffering=0) as disk:
            read = partial(os.pread, disk.fileno()) if groups else self._read_at_once(disk.fileno())
            events = [self._event(read, place) for place in self._places(groups)]
        return self.rest._replace(events=events)

    def _read_at_once(self, disk: int) -> "Callable[[int, int], memoryview]":
        """What gives so many bytes from a place on where all events are wanted: a call to the system for each takes as long as what it gives."""
        begin, end = self._begin + self._starts[0], self._begin + self._starts[-1]
        whole = memoryview(os.pread(disk, end - begin, begin))
        return lambda count, start: whole[start - begin : start - begin + count]

    def _event(self, read: "Callable[[int, int], bytes | memoryview]", place: int) -> "Event":
        start, end = self._starts[place], self._starts[place + 1]
        values = read(end - start, self._begin + start)
        if crc32(values) != self._sums[place]:
            raise ValueError("an event is not what was written")
        return unpack_event(marshal.loads(values), self.file)  # noqa: S302 - as it was written; and nothing in it is run

    def _places(self, groups: "Sequence[Sequence[str]]") -> "Iterable[int]":
        if not groups:
            return range(len(self._sums))
        each = [{place for actor in group for place in array("I", self._sides.get(actor, b""))} for group in groups]
        return sorted(set.intersection(*each))


def segment_bytes(name: str, piece: "Piece") -> bytes:
    """A piece as a segment of some name: what all of it is for, the ids, then event after event."""
    events = [marshal.dumps(pack_event(event)) for event in piece.events]
    ids = framed([event.id for event in piece.events])
    starts = array("Q", [len(ids)])
    sides: dict[str, array[int]] = {}
    for place, (event, values) in enumerate(zip(piece.events, events, strict=True)):
        starts.append(starts[-1] + len(values))
        for actor in {event.visitor, event.host, *event.actors}:
            sides.setdefault(actor, array("I")).append(place)
    found = {actor: places.tobytes() for actor, places in sides.items()}
    sums = array("I", map(crc32, events))
    head = framed((name, pack_rest(piece), starts.tobytes(), sums.tobytes(), found))
    return b"".join((head, ids, *events))


def write_kept(path: Path, raw: bytes) -> None:
    """Write a file of the cache folder beside, then rename it. Not flushed: what a crash leaves is told by the checksums. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_others(path.parent)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(raw)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def refuse_others(folder: Path) -> None:
    """Raise PermissionError where somebody else may have written what lies in a folder, who could make any answer of it."""
    facts = folder.stat()
    if facts.st_uid != os.geteuid() or facts.st_mode & 0o022:
        raise PermissionError(errno.EPERM, "others may write here", str(folder))


def digest(text: str) -> str:
    """What names a text: no two that anybody has met have the same."""
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=32).hexdigest()


def content_of(file: str, text: str) -> str:
    """What names all that a file says: its text, and, as its name tells, how that is read."""
    return digest(f"rows\n{text}" if has_rows(file) else text)


def stamp() -> str:
    """Of the program that reads and of the machine: what another has written is not understood here."""
    package = Path(__file__).parents[1]
    files = (entry for folder in (package, package / "store", package / "data") for entry in os.scandir(folder))
    looks = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in files if entry.is_file())
    return digest(repr((sys.version, sys.byteorder, marshal.version, looks)))[:16]


def framed(values: Any) -> bytes:
    """Values with their length and checksum before them."""
    raw = marshal.dumps(values)
    return MARK + array("Q", (len(raw), crc32(raw))).tobytes() + raw


def framed_at(disk: BinaryIO, begin: int) -> tuple[Any, int]:
    """Framed values at a place of a file, and where they end. Raises ValueError where they are not what was written."""
    mark = os.pread(disk.fileno(), len(MARK) + 16, begin)
    if len(mark) < len(MARK) + 16 or not mark.startswith(MARK):
        raise ValueError("not of an index")
    length, checksum = array("Q", mark[len(MARK) :])
    fits = begin + len(mark) + length <= os.fstat(disk.fileno()).st_size  # before so much memory is asked for
    values = os.pread(disk.fileno(), length, begin + len(mark)) if fits else b""
    if len(values) != length or crc32(values) != checksum:
        raise ValueError("a part is not what was written")
    return marshal.loads(values), begin + len(mark) + length  # noqa: S302 - as above
