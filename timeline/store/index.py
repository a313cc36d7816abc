"""What was read of a record, kept in the cache folder, so that the next run takes its events from there and not from YAML.

It only narrows which events are made; what they mean for a question is said where it always is. A catalogue per record tells which files it had, how they
looked from outside, and their vocabulary; a segment per file, named by what the file holds, has its events one by one, and for each actor which of
them involve it. So an edit reads one file again. Everything here may be deleted, cut short, foreign or not writable: then it is done without.

Files are written beside and renamed: a reader sees either one whole, and no two processes wait for each other.
"""

import errno
import marshal
import os
import re
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Problems, StoreError
from timeline.store.files import files_meant, read_texts
from timeline.store.packed import pack_vocabulary, unpack_vocabulary
from timeline.store.pieces import joined
from timeline.store.segments import Segment, framed, framed_at, segment_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.model import Store
    from timeline.progress import Watch
    from timeline.store.pieces import Piece
    from timeline.vocabulary import Vocabulary

LEAST = 64 * 1024  # bytes of a record from which on it pays
CATALOGUE = ".catalogue"
LONG = 30 * 24 * 3_600_000_000_000  # nanoseconds: what was kept so long ago may be read anew
RACY = 2_000_000_000  # nanoseconds: the coarsest clock of a file system; what changes twice within may look the same
_STAMP = re.compile(r"[0-9a-f]{16}")


class Look(NamedTuple):
    """A file from outside, times in nanoseconds. One that looks different is read again."""

    size: int
    inode: int
    mtime: int
    ctime: int

    @classmethod
    def at(cls, path: str) -> "Look":
        facts = os.stat(path)  # noqa: PTH116 - called for every file of every run
        return cls(facts.st_size, facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns)


class Moment(NamedTuple):
    """What two clocks say, in nanoseconds: `wall` may be set, and is of the same kind as the times of files; `elapsed` never is, but begins anew with the machine."""

    wall: int
    elapsed: int

    def settles(self, now: "Moment") -> bool:
        """Whether so much time has passed since this moment, by both clocks, that what changes now will look different from then."""
        passed = now.elapsed - self.elapsed
        return (passed >= RACY or passed < 0) and not self.near(now)

    def near(self, now: "Moment") -> bool:
        """Whether the clock of files says that this moment is not long over: it may have been set back, so that what changes now looks the same as then."""
        return now.wall - self.wall < RACY

    def after(self, now: "Moment") -> bool:
        """Whether the clock was set back since this moment, so that a time of a file may come a second time."""
        return now.wall < self.wall


class Known(NamedTuple):
    """A file as it was when it was read: `content` is a hash of all of it, `words` one of what it adds to the vocabulary.

    `since` it looks so; `settled` once it was seen to hold the same a while later, from when on how it looks is enough.
    """

    look: Look
    content: str
    words: str
    since: Moment
    settled: bool = False


class Catalogue(NamedTuple):
    """A record that was found sound: where it lay, its files in order, and the vocabulary of all."""

    paths: tuple[str, ...]
    files: tuple[Known, ...]
    vocabulary: "Vocabulary"


class Held(NamedTuple):
    """What is kept of one record: its files, the bytes kept, and when the last of them was read (nanoseconds)."""

    paths: tuple[str, ...]
    size: int
    read: int


class Opened:
    """A record whose vocabulary is known, and whose events are made when they are asked for."""

    def __init__(self, vocabulary: "Vocabulary", segments: "Sequence[Segment]", whole: "Callable[[], Store]") -> None:
        self._vocabulary, self._segments, self._whole = vocabulary, segments, whole
        self.bare = self._joined([segment.rest for segment in segments])

    def store(self, groups: "Sequence[Sequence[str]]" = ()) -> "Store":
        """The record with those of its events that involve some actor of each group."""
        try:
            return self._joined([segment.piece(groups) for segment in self._segments])
        except (OSError, ValueError):  # a part of a segment is not what was written
            return self._whole()

    def _joined(self, pieces: "Sequence[Piece]") -> "Store":
        return joined(self._vocabulary, {s.file: piece for s, piece in zip(self._segments, pieces, strict=True)})


class Index:
    """The cache folder of one user, and what the clocks say."""

    def __init__(self, folder: Path, now: Moment) -> None:
        self.folder, self.now = folder / _stamp(), now

    def open(self, paths: "Sequence[str]", watch: "Watch | None" = None) -> Opened | None:
        """A record that was kept, of which what changed since is read again; None where it must be read whole."""
        try:
            self._refuse_others()
            files = _files_of(paths)
            catalogue = self._catalogue(_catalogue_name(_absolute(files)))
            if catalogue.paths != _absolute(files):
                return None
            looked = [_looked_at(*each, self.now) for each in zip(files, catalogue.files, strict=True)]
            known = tuple(one for one, _ in looked)
            changed = {
                file: text
                for file, (one, text), before in zip(files, looked, catalogue.files, strict=True)
                if text is not None and one.content != before.content
            }
            if changed:
                self._read_again(changed, dict(zip(files, known, strict=True)), catalogue.vocabulary, watch)
            if known != catalogue.files:
                with suppress(OSError):  # where nothing can be written, what is kept may still serve
                    self._keep(catalogue._replace(files=known), catalogue)
            segments = [self._segment(file, one, known) for file, one in zip(files, known, strict=True)]
        except (OSError, ValueError, StoreError):
            return None  # missing, or not what it was: who reads the record whole is told what is wrong with it
        return Opened(catalogue.vocabulary, segments, lambda: self.read(paths, watch))

    def read(self, paths: "Sequence[str]", watch: "Watch | None" = None) -> "Store":
        """Read a record whole, and keep it if that can be done. Raises StoreError."""
        from timeline.store.reading import read_pieces

        problems, looks = Problems(), list(_looks(paths))
        texts = read_texts(paths, problems)
        vocabulary, pieces = read_pieces(texts, problems, watch)
        if [file for file, _ in looks] == list(pieces) and sum(look.size for _, look in looks) >= LEAST:
            known = tuple(
                Known(look, _digest(text), _digest_of(pieces[file].words), self.now)
                for (file, look), (_, text) in zip(looks, texts, strict=True)
            )
            with suppress(OSError):
                for one, piece in zip(known, pieces.values(), strict=True):
                    self._write_segment(_segment_name(one, known), piece)
                self._keep(Catalogue(_absolute(pieces), known, vocabulary))
        return joined(vocabulary, pieces)

    def _read_again(
        self, changed: "dict[str, str]", known: "dict[str, Known]", vocabulary: "Vocabulary", watch: "Watch | None"
    ) -> None:
        """Make the segments of files that changed. Raises StoreError where their record is not sound, ValueError where its vocabulary may be another."""
        from timeline.store.reading import Kept, read_pieces

        every = tuple(known.values())
        kept = [self._segment(file, one, every) for file, one in known.items() if file not in changed]
        names = [name for segment in kept for name in segment.names()]
        claims = [claim for segment in kept for claim in segment.rest.claims]
        _, pieces = read_pieces(list(changed.items()), Problems(), watch, Kept(vocabulary, names, claims))
        if any(_digest_of(piece.words) != known[file].words for file, piece in pieces.items()):
            raise ValueError("words are common to all files of a record")
        for file, piece in pieces.items():
            self._write_segment(_segment_name(known[file], every), piece)

    def _segment(self, file: str, one: Known, every: "Sequence[Known]") -> Segment:
        return Segment(file, self.folder / _segment_name(one, every))

    def _refuse_others(self) -> None:
        """Raise PermissionError where somebody else may have written what lies here, who could make any answer of it."""
        facts = self.folder.stat()
        if facts.st_uid != os.geteuid() or facts.st_mode & 0o022:
            raise PermissionError(errno.EPERM, "others may write here", str(self.folder))

    def held(self) -> list[Held]:
        """What is kept, by the first file of each record."""
        found = []
        for path in self.folder.glob(f"*{CATALOGUE}"):
            with suppress(OSError, ValueError):
                self._refuse_others()
                catalogue = self._catalogue(path.name)
                names = {path.name} | {_segment_name(one, catalogue.files) for one in catalogue.files}
                size = sum((self.folder / name).stat().st_size for name in names)
                found.append(Held(catalogue.paths, size, max(one.since.wall for one in catalogue.files)))
        return sorted(found)

    def clear(self) -> None:
        """Remove all that is kept, by whatever version of the program. Raises OSError."""
        from shutil import rmtree

        for folder in self._versions():
            rmtree(folder)

    def _catalogue(self, name: str) -> Catalogue:
        with (self.folder / name).open("rb", buffering=0) as disk:
            (paths, known, vocabulary), _ = framed_at(disk, 0)
        files = tuple(
            [Known(Look(*look), content, words, Moment(*since), done) for look, content, words, since, done in known]
        )
        return Catalogue(paths, files, unpack_vocabulary(vocabulary))

    def _keep(self, catalogue: Catalogue, before: Catalogue | None = None) -> None:
        """Write a catalogue; remove the segments that only the one before needed."""
        files = catalogue.files
        known = [(tuple(one.look), one.content, one.words, tuple(one.since), one.settled) for one in files]
        values = (catalogue.paths, known, pack_vocabulary(catalogue.vocabulary))
        self._write(_catalogue_name(catalogue.paths), framed(values))
        old = before.files if before else ()
        for name in {_segment_name(one, old) for one in old} - {_segment_name(one, files) for one in files}:
            (self.folder / name).unlink(missing_ok=True)
        if before is None:
            self._tidy()

    def _tidy(self) -> None:
        """Remove what nobody has written for long: of other versions, of records that are gone, and what was not written to its end."""
        for folder in self._versions():
            for path in folder.iterdir():
                if path.stat().st_mtime_ns < self.now.wall - LONG:
                    path.unlink(missing_ok=True)
            if folder != self.folder:
                with suppress(OSError):  # not empty
                    folder.rmdir()

    def _versions(self) -> list[Path]:
        """The folders of all versions of the program."""
        return [path for path in self.folder.parent.glob("*") if _STAMP.fullmatch(path.name)]

    def _write_segment(self, name: str, piece: "Piece") -> None:
        self._write(name, segment_bytes(name, piece))

    def _write(self, name: str, raw: bytes) -> None:
        """Beside, then renamed. Not flushed: what a crash leaves is told by the checksums."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_others()
        beside = self.folder / f"{name}.{os.getpid()}.tmp"
        try:
            beside.write_bytes(raw)
            beside.replace(self.folder / name)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _looked_at(file: str, known: Known, now: Moment) -> tuple[Known, str | None]:
    """A file as it is, with its text where how it looks does not show that it is as it was. Raises ValueError where it cannot be read."""
    look = Look.at(file)
    if look == known.look and known.settled and not known.since.near(now):
        return known, None
    text = _text_of(file)
    content = _digest(text)
    if look == known.look and content == known.content and not known.since.after(now):
        return known._replace(settled=known.since.settles(now)), text
    return Known(look, content, known.words, now), text


def _text_of(file: str) -> str:
    """The text of a file, as it is read for a record. Raises ValueError where it has problems."""
    found = dict(read_texts([file], Problems()))
    if list(found) != [file]:
        raise ValueError("not to be read")
    return found[file]


def _looks(paths: "Sequence[str]") -> "Iterator[tuple[str, Look]]":
    """The files of a record as they look; none where one cannot be looked at, which reading tells."""
    with suppress(OSError, ValueError):
        yield from [(file, Look.at(file)) for file in _files_of(paths)]


def _files_of(paths: "Sequence[str]") -> list[str]:
    """The files that paths mean, in order. Raises ValueError where they are not a record's: for standard input, a link that leads out."""
    problems = Problems()
    files = [str(file) for path in paths for file in files_meant(Path(path), problems)]
    if problems or "-" in paths:
        raise ValueError("not to be known by how they look")
    return files


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _digest_of(words: "Sequence[object]") -> str:
    return _digest(ascii(words))


def _segment_name(one: Known, every: "Sequence[Known]") -> str:
    """By what a file holds, and by the words of all, as a vocabulary is common to all files of a record."""
    return _digest(" ".join([one.content, *(each.words for each in every)]))[:40]


def _absolute(files: "Iterable[str]") -> tuple[str, ...]:
    return tuple([os.path.abspath(file) for file in files])  # noqa: PTH100 - links as they are, and quick


def _catalogue_name(paths: "Sequence[str]") -> str:
    """By where the files lie. Raises ValueError where there are none."""
    if not paths:
        raise ValueError("no files that may be looked at again")
    return sha256("\0".join(paths).encode("utf-8", "surrogateescape")).hexdigest()[:40] + CATALOGUE


def _stamp() -> str:
    """Of the program that reads and of the machine: what another has written is not understood here."""
    package = Path(__file__).parents[1]
    files = (entry for folder in (package, package / "store", package / "data") for entry in os.scandir(folder))
    looks = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in files if entry.is_file())
    return sha256(repr((sys.version, sys.byteorder, marshal.version, looks)).encode()).hexdigest()[:16]
