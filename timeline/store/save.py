"""Writing a store so that it is, whatever happens, the old one or the new one.

Beside, flush, rename, flush the folder: a reader sees either file whole, and so does whoever looks after a crash. Writers of one folder wait for each
other, and what another program changed meanwhile is never overwritten.
"""

import errno
import os
import stat
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ChangeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

LOCK = ".timeline.lock"
PATIENCE = 600.0  # seconds that a writer waits for others
_BESIDE = ".timeline-{}.tmp"


@contextmanager
def locked(folders: "Iterable[Path]", waiting: "Callable[[Path], None]") -> "Iterator[None]":
    """Keep other writers out of some folders; `waiting` is called where one is there already. The lock ends with the process, however it ends."""
    _require_posix()
    with ExitStack() as stack:
        for folder in sorted(set(folders)):  # in one order, so that no two wait for each other
            stack.enter_context(_locked(folder, waiting))
        yield


@contextmanager
def _locked(folder: Path, waiting: "Callable[[Path], None]") -> "Iterator[None]":
    from filelock import FileLock, Timeout

    path = folder / LOCK
    lock = FileLock(path, poll_interval=0.02)
    with told(folder):
        try:
            lock.acquire(timeout=1)
        except Timeout:
            waiting(folder)
            try:
                lock.acquire(timeout=PATIENCE)
            except Timeout as error:
                message = f"{folder}: another program has been changing it for {PATIENCE / 60:.0f} minutes"
                raise ChangeError(f"{message}; nothing was changed") from error
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # the last act under the lock: who has waited for this file sees that it is gone, and makes a new one
        with suppress(OSError):
            lock.release()


def _require_posix() -> None:
    """Without folders that can be flushed, owners and modes nothing of what is promised here would hold."""
    if not hasattr(os, "O_DIRECTORY"):
        raise ChangeError(
            "on this system the program does not change records, as it could not do so safely (it does on Linux and macOS); "
            "nothing was changed: use an editor, then timeline check"
        )


@contextmanager
def told(what: Path, outcome: str = "nothing was changed") -> "Iterator[None]":
    """Turn what the system refuses into an error for the user."""
    try:
        yield
    except OSError as error:
        raise ChangeError(f"{what}: {(error.strerror or str(error)).lower()}; {outcome}") from error


class _Prepared(NamedTuple):
    """A file, where it lies, what it was, and what is to come in its place; nothing for one that goes."""

    path: Path
    real: Path
    before: bytes
    beside: Path | None


@contextmanager
def prepared(files: "Sequence[tuple[Path, bytes, bytes]]") -> "Iterator[Callable[[], None]]":
    """For files with what they were and what they are to be: write that beside each, and give what puts it in place. Links are followed, mode and owner kept.

    No store is an empty file: without `before` a file is a new one, without `after` it goes.
    Raises ChangeError where that cannot be done, and, when they are put in place, where one is no longer what it was.
    """
    ready: list[_Prepared] = []
    try:
        for path, before, _ in files:
            with told(path):
                real = path.resolve(strict=bool(before))
                sweep(real.parent)
                ready.append(_Prepared(path, real, before, None))
        for number, (path, before, after) in enumerate(files):
            with told(path):
                facts = ready[number].real.stat() if before else None
                if facts is not None:
                    _refuse_protected(path, facts)
                folder = ready[number].real.parent
                like = ready[number].real if before else None
                beside = write_beside(folder, after, like, mode=0o666, number=number) if after else None
                ready[number] = ready[number]._replace(beside=beside)
        yield lambda: _put(ready)
    finally:
        for one in ready:
            with suppress(OSError):
                if one.beside is not None:
                    one.beside.unlink(missing_ok=True)


def _put(ready: "Sequence[_Prepared]") -> None:
    """One file after the other. What stops that between two is told; each is whole in any case."""
    for path, real, before, _ in ready:
        with told(path):
            if real.read_bytes() != before if before else os.path.lexists(real):
                raise ChangeError(f"{path} was changed by another program meanwhile; nothing was changed: try again")
    outcome = "nothing was changed"
    for path, real, _, beside in ready:
        with told(path, outcome):
            if beside is None:
                real.unlink()
            else:
                beside.replace(real)
        outcome = f"but {path} was changed: timeline undo takes that back, where an undo entry is kept"
    for folder in dict.fromkeys(one.real.parent for one in ready):
        with told(folder, "the change was made, but it may be lost if the machine stops now"):
            flush_folder(folder)


def _refuse_protected(path: Path, facts: os.stat_result) -> None:
    """A rename would replace a file that may not be written: look at the file itself. Root may write anything, and still should not."""
    if not stat.S_ISREG(facts.st_mode):
        raise ChangeError(f"{path} is not a regular file; nothing was changed")
    if not facts.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise ChangeError(f"{path} is read-only; nothing was changed. Make it writable, or copy it")


def write_beside(folder: Path, data: bytes, like: Path | None = None, *, mode: int = 0o600, number: int = 0) -> Path:
    """A new file in a folder with its data on the disk; for the same people as the file `like`, otherwise of a `mode`, less what the user's mask takes.

    Several that are beside their files at once are told apart by a `number`.
    """
    path = folder / _BESIDE.format(f"{os.getpid()}-{number}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(path, flags, mode if like is None else 0o600)
    try:
        try:
            _fill(handle, data)
            if like is not None:
                _open_as(handle, like)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def _fill(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _open_as(handle: int, like: Path) -> None:
    """Give a file that only we may read the owner, the extended attributes and the mode of another.

    In this order: at no moment may anybody read it who may not read the other. The mode is the last, since without an access list its bits for the group
    mean the group, and with one the most that the list may give.
    """
    facts = like.stat()
    if (facts.st_uid, facts.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(handle, facts.st_uid, facts.st_gid)
    _copy_attributes(handle, like)
    if stat.S_IMODE(os.fstat(handle).st_mode) != stat.S_IMODE(facts.st_mode):
        os.fchmod(handle, stat.S_IMODE(facts.st_mode))


_KEPT = (
    "user.",
    "system.",
)  # attributes that people give a file, access lists among them; the labels of `security.` the system gives the new file


def _copy_attributes(handle: int, like: Path) -> None:
    """The extended attributes of another file and no others, such as the access list that a folder gives to what is new in it. Python has them on Linux only."""
    if sys.platform != "linux":
        return
    wanted, found = _attributes(like), _attributes(handle)
    for name in found.keys() | wanted.keys():
        try:
            if name not in wanted:
                os.removexattr(handle, name)
            elif found.get(name) != wanted[name]:
                os.setxattr(handle, name, wanted[name])
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ChangeError(f"{like}: its attribute {name} cannot be kept ({reason}); nothing was changed") from error


def _attributes(file: int | Path) -> dict[str, bytes]:
    """None where the file system has no such thing."""
    try:
        names = os.listxattr(file)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return {}
        raise
    return {name: os.getxattr(file, name) for name in names if name.startswith(_KEPT)}


def write_new(path: Path, files: "Mapping[Path, bytes]", like: Path) -> None:
    """New files, in a new folder or as the one file at `path`, for the same people as the file `like`: all of them, or nothing at all."""
    import shutil

    _require_posix()
    beside = path.absolute().parent / _BESIDE.format(os.getpid())
    with told(path, "nothing was written"):
        if os.path.lexists(path):
            raise ChangeError(f"{path} is there already; nothing was written")
        beside.mkdir(0o700)
        try:
            for file, data in files.items():
                write_beside(beside, data, like).rename(beside / file.name)
            _folder_as(beside, like)
            flush_folder(beside)
            (beside / path.name if path in files else beside).rename(path)
            flush_folder(path.absolute().parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _folder_as(folder: Path, like: Path) -> None:
    """Give a folder that only we may enter the owner and the access of a file: who may read that may enter."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _open_as(handle, like)
        mode = stat.S_IMODE(os.fstat(handle).st_mode)
        os.fchmod(handle, mode | (mode & 0o444) >> 2)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what a writer that was killed has left. Only under the lock of the folder."""
    for left in folder.glob(_BESIDE.format("*")):
        with suppress(OSError):
            left.unlink()


def flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
