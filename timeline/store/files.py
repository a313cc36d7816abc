"""The bytes of a record: from files, folders and standard input, in bounded time and memory, and as text."""

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from timeline.errors import Problem, Problems
from timeline.store.rules import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


STDIN = "standard input"


def read_texts(
    paths: "Sequence[Path | str]", problems: Problems, stdin: BinaryIO | None = None
) -> list[tuple[str, str]]:
    """The files named and those in the folders named, as (name, text); what cannot be read is a problem."""
    return [
        (name, text)
        for name, raw in sources(paths, stdin, problems)
        if (text := decode(name, raw, problems)) is not None
    ]


def has_rows(name: str) -> bool:
    """Whether a file is read as rows (timeline/store/rows.py) and not as YAML: its name says so."""
    return name.endswith(".csv")


def text_of(file: str) -> str:
    """The text of one file, as `read_texts` gives it. Raises ValueError where it cannot be read."""
    found = dict(read_texts([file], Problems()))
    if list(found) != [file]:
        raise ValueError("not to be read")
    return found[file]


def sources(paths: "Sequence[Path | str]", stdin: BinaryIO | None, problems: Problems) -> "Iterator[tuple[str, bytes]]":
    """The names and the bytes of the files meant, each once, however often it is named; what cannot be read is a problem."""
    seen: set[str] = set()
    for given in paths:
        if str(given) == "-":
            if (raw := _standard_input(stdin, problems)) is not None:
                yield STDIN, raw
            continue
        for file in files_meant(Path(given), problems):
            if (real := os.path.realpath(file)) in seen:
                continue
            seen.add(real)
            if (raw := _bytes(file, problems)) is not None:
                yield str(file), raw


def _standard_input(stdin: BinaryIO | None, problems: Problems) -> bytes | None:
    """At most a byte more than a store may have. Where the stream is closed, as it may be for what runs by itself, that is a problem."""
    stream = stdin or (sys.stdin.buffer if sys.stdin else None)
    if stream is None:
        problems.append(_of_file(STDIN, "unreadable-file", "it is closed", "name a file, or pass the record in"))
        return None
    try:
        return stream.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(_unreadable(STDIN, error))
        return None


def files_in(folder: Path) -> list[Path]:
    """The *.yaml files of a folder as a shell has them: without names that begin with a dot, such as the locks of editors."""
    return sorted(file for file in folder.glob("*.yaml") if not file.name.startswith("."))


def files_meant(path: Path, problems: Problems) -> list[Path]:
    """The file named, or those of the folder named. A link in the folder that leads out of it is a problem: nobody named what lies there."""
    try:
        files = files_in(path) if path.is_dir() else [path]
        strays = [file for file in files if file != path and file.is_symlink() and _leads_out(file, path)]
    except OSError as error:
        problems.append(_unreadable(path, error))
        return []
    for file in strays:
        message, remedy = "a link that leads out of the folder", "name that file itself, or copy it here"
        problems.append(_of_file(file, "outside", message, remedy))
    if not files:
        message, remedy = "the folder has no *.yaml file", "name a file, or put the record in it"
        problems.append(_of_file(path, "empty-folder", message, remedy))
    return [file for file in files if file not in strays]


def _leads_out(link: Path, folder: Path) -> bool:
    """Whether a link leads to a place that is not in its folder. One that leads nowhere is told when it is read."""
    try:
        return not link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _bytes(file: Path, problems: Problems) -> bytes | None:
    """At most a byte more than a store may have; nothing that is not a file is opened."""
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode):
            message, remedy = "not a regular file", "name a file or a folder; - is standard input"
            problems.append(_of_file(file, "not-a-file", message, remedy))
        elif facts.st_size > MAX_BYTES:
            problems.append(_too_large(file))
        else:
            with file.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(_unreadable(file, error))
    return None


def _of_file(file: Path | str, name: str, message: str, remedy: str) -> Problem:
    """A problem of a file as a whole."""
    return Problem(str(file), 0, 0, name, message, remedy)


def _unreadable(file: Path | str, error: OSError) -> Problem:
    name = "missing-file" if isinstance(error, FileNotFoundError) else "unreadable-file"
    return _of_file(file, name, (error.strerror or str(error)).lower(), "check the path, and who may read it")


def _too_large(file: Path | str) -> Problem:
    remedy = "split it into several files in one folder, for instance one a decade"
    return _of_file(file, "too-large", f"larger than {MAX_BYTES // 1024**2} MB", remedy)


def decode(name: str, raw: bytes, problems: Problems) -> str | None:
    """The text of a file; a file that is too large, not UTF-8 or begins with a mark is a problem."""
    if len(raw) > MAX_BYTES:
        problems.append(_too_large(name))
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(Problem(name, 1, 1, "encoding", "the file is UTF-16", "save it as UTF-8"))
    elif (at := raw.find(b"\n\xef\xbb\xbf") + 1) and not has_rows(name):
        what, remedy = "a byte order mark stands inside the file", "remove it: two files were joined here"
        problems.append(Problem(name, raw.count(b"\n", 0, at) + 1, 1, "encoding-mark", what, remedy))
    elif raw.startswith(b"\xef\xbb\xbf") and not has_rows(name):
        problems.append(
            Problem(
                name,
                1,
                1,
                "encoding-mark",
                "the file begins with a byte order mark",
                "save it as UTF-8 without BOM",
            )
        )
    else:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            line = before.count(b"\n") + 1
            start = before.rfind(b"\n") + 1
            excerpt = raw[start:].split(b"\n", 1)[0].decode("utf-8", "backslashreplace")
            column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
            problems.append(
                Problem(
                    name,
                    line,
                    column,
                    "encoding",
                    f"the byte 0x{raw[error.start]:02X} is not UTF-8",
                    "save the file as UTF-8",
                    excerpt,
                )
            )
    return None
