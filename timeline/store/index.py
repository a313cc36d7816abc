"""What was read of a record, kept in the cache folder, so that the next run takes its events from there and not from YAML.

It only narrows which events are made; what they mean for a question is said where it always is. A catalogue per record tells which files it had, how they
looked from outside, and their vocabulary; a segment per file, named by what the file holds, has its events one by one, and for each actor which of
them involve it. So an edit reads one file again. Everything here may be deleted, cut short, foreign or not writable: then it is done without.

Files are written beside and renamed: a reader sees either one whole, and no two processes wait for each other.
"""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Problems, StoreError
from timeline.store.files import files_meant, text_of
from timeline.store.packed import pack_vocabulary, unpack_vocabulary
from timeline.store.pieces import joined
from timeline.store.segments import Segment, content_of, digest, framed, framed_at, refuse_others, stamp, write_kept

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
        self.folder, self.now = folder / stamp(), now

    def open(self, paths: "Sequence[str]", watch: "Watch | None" = None) -> Opened | None:
        """A record, of which what changed since it was kept is read again, or all of it.

        None where it is too small for that, not sound, or nothing can be kept: who reads its files is told what is wrong with them.
        """
        try:
            files = _files_of(paths)
            before = self._kept(files)
            catalogue = self._looked_again(files, before) if before else self._begun(files)
        except (OSError, ValueError, StoreError):
            return None
        try:
            segments = self._segments(files, catalogue, watch)
            if before is None or _contents(before) != _contents(catalogue):
                self._refuse_twice(segments)
        except (OSError, ValueError, StoreError):
            self._remove(_segment_names(catalogue) - _segment_names(before))
            return None
        if before is None or before.files != catalogue.files:
            with suppress(OSError):  # where nothing more can be written, what is kept may still serve
                self._keep(catalogue, before)
        return Opened(catalogue.vocabulary, segments, lambda: self._read_files(paths, catalogue, watch))

    def _kept(self, files: "Sequence[str]") -> Catalogue | None:
        """What is kept of a record of these files; None where nothing is, or not what was written."""
        with suppress(OSError, ValueError):
            refuse_others(self.folder)
            catalogue = self._catalogue(_catalogue_name(_absolute(files)))
            if catalogue.paths == _absolute(files):
                return catalogue
        return None

    def _looked_again(self, files: "Sequence[str]", before: Catalogue) -> Catalogue:
        """A record as it is now, with the vocabulary that it had; begun anew where a file that changed has words or had some, as these are common to all."""
        known = tuple([_looked_at(file, one, self.now) for file, one in zip(files, before.files, strict=True)])
        now = before._replace(files=known)
        changed = [pair for pair in zip(files, before.files, known, strict=True) if pair[1].content != pair[2].content]
        without = all(old.words == _digest_of([]) for _, old, _ in changed) and _without_words([f for f, *_ in changed])
        return now if without else self._begun(files)

    def _begun(self, files: "Sequence[str]") -> Catalogue:
        """A record of which nothing is kept: how its files look, what they hold, and their vocabulary. Raises ValueError or OSError where it is not to be kept."""
        from shutil import disk_usage

        from timeline.store.reading import read_words

        looks = [Look.at(file) for file in files]
        if len(set(files)) < len(files) or sum(look.size for look in looks) < LEAST:
            raise ValueError("too small, or a file that is named twice")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_others(self.folder)
        if not os.access(self.folder, os.W_OK) or disk_usage(self.folder).free < sum(look.size for look in looks):
            raise PermissionError(errno.EPERM, "not to be written, or full", str(self.folder))
        contents = []

        def texts() -> "Iterator[tuple[str, str]]":  # one at a time, as all may be too many
            for file in files:
                text = text_of(file)
                contents.append(content_of(file, text))
                yield file, text

        vocabulary, words = read_words(texts())
        seen = zip(files, looks, contents, strict=True)
        known = tuple([Known(look, content, _digest_of(words[file]), self.now) for file, look, content in seen])
        return Catalogue(_absolute(files), known, vocabulary)

    def _segments(self, files: "Sequence[str]", catalogue: Catalogue, watch: "Watch | None") -> list[Segment]:
        """The segments of a record, those made that are not there. Raises OSError, ValueError or StoreError where that can't be done."""
        paths = [self.folder / _segment_name(one, catalogue.files) for one in catalogue.files]
        found = [_opened(file, path) for file, path in zip(files, paths, strict=True)]
        if None in found:
            from timeline.store.making import Task, make_segments

            tasks = [
                Task(file, one.look.size, one.content, str(path))
                for file, one, path, segment in zip(files, catalogue.files, paths, found, strict=True)
                if segment is None
            ]
            make_segments(tasks, catalogue.vocabulary, watch)
        return [segment or Segment(file, path) for file, path, segment in zip(files, paths, found, strict=True)]

    def _read_files(self, paths: "Sequence[str]", catalogue: Catalogue, watch: "Watch | None") -> "Store":
        """A record read from its files, and what is kept of it removed, as it is not what was written. Raises StoreError."""
        from timeline.store.reading import load

        self._remove(_segment_names(catalogue))
        return load(paths, watch=watch)

    def _refuse_twice(self, segments: "Sequence[Segment]") -> None:
        """Raise ValueError where an id is given twice. A segment whose ids are not what was written is removed, so that it is made anew."""
        ids = []
        for segment in segments:
            try:
                ids += segment.ids()
            except (OSError, ValueError):
                self._remove([segment.path.name])
                raise
        claims = [claim.id for segment in segments for claim in segment.rest.claims]
        if len(set(ids)) < len(ids) or len(set(claims)) < len(claims):
            raise ValueError("an id is given twice")

    def _remove(self, names: "Iterable[str]") -> None:
        with suppress(OSError):
            for name in names:
                (self.folder / name).unlink(missing_ok=True)

    def held(self) -> list[Held]:
        """What is kept, by the first file of each record."""
        found = []
        for path in self.folder.glob(f"*{CATALOGUE}"):
            with suppress(OSError, ValueError):
                refuse_others(self.folder)
                catalogue = self._catalogue(path.name)
                names = {path.name} | _segment_names(catalogue)
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
        write_kept(self.folder / _catalogue_name(catalogue.paths), framed(values))
        self._remove(_segment_names(before) - _segment_names(catalogue))
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


def _opened(file: str, path: Path) -> Segment | None:
    with suppress(OSError, ValueError):
        return Segment(file, path)
    return None


def _contents(catalogue: Catalogue) -> list[str]:
    return [one.content for one in catalogue.files]


def _without_words(files: "Sequence[str]") -> bool:
    """Whether files add nothing to the vocabulary. What is wrong with their heads is told where all are read."""
    if not files:
        return True
    from timeline.store.reading import read_words

    with suppress(StoreError):
        _, words = read_words((file, text_of(file)) for file in files)
        return not any(words.values())
    return False


def _looked_at(file: str, known: Known, now: Moment) -> Known:
    """A file as it is; it is read where how it looks does not show that it is as it was. Raises ValueError where it cannot be read."""
    look = Look.at(file)
    if look == known.look and known.settled and not known.since.near(now):
        return known
    content = content_of(file, text_of(file))
    if look == known.look and content == known.content and not known.since.after(now):
        return known._replace(settled=known.since.settles(now))
    return Known(look, content, known.words, now)


def _files_of(paths: "Sequence[str]") -> list[str]:
    """The files that paths mean, in order. Raises ValueError where they are not a record's: for standard input, a link that leads out."""
    problems = Problems()
    files = [str(file) for path in paths for file in files_meant(Path(path), problems)]
    if problems or "-" in paths:
        raise ValueError("not to be known by how they look")
    return files


def _digest_of(words: "Sequence[object]") -> str:
    return digest(ascii(words))


def _segment_name(one: Known, every: "Sequence[Known]") -> str:
    """By what a file holds, and by the words of all, as a vocabulary is common to all files of a record."""
    return digest(" ".join([one.content, *(each.words for each in every)]))[:40]


def _segment_names(catalogue: Catalogue | None) -> set[str]:
    return {_segment_name(one, catalogue.files) for one in catalogue.files} if catalogue else set()


def _absolute(files: "Iterable[str]") -> tuple[str, ...]:
    return tuple([os.path.abspath(file) for file in files])  # noqa: PTH100 - links as they are, and quick


def _catalogue_name(paths: "Sequence[str]") -> str:
    """By where the files lie. Raises ValueError where there are none."""
    if not paths:
        raise ValueError("no files that may be looked at again")
    return digest("\0".join(paths))[:40] + CATALOGUE
