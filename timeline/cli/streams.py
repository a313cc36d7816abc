"""The standard streams. They take whatever is written: what their encoding lacks is written as a likeness in ASCII or as an escape."""

import codecs
import io
import os
import sys
from typing import TextIO

from timeline.errors import OutputError

FORCED = ("PYTHONUTF8", "PYTHONIOENCODING")


def settle() -> None:
    """To be called once, before anything is written."""
    codecs.register_error("timeline", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if stream.isatty() and _ascii_only() else None, errors="timeline")


def terminal(*streams: TextIO | None) -> bool:
    """Whether all of some streams are terminals. One that is closed is None, and is none."""
    return all(stream is not None and stream.isatty() for stream in streams)


def _ascii_only() -> bool:
    """Whether the user insists on the C locale. Python reads and writes UTF-8 in it all the same, which is right for data, but not for a terminal."""
    return os.environ.get("LC_ALL") in ("C", "POSIX") and not any(map(os.environ.get, FORCED))


def _plainer(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from timeline.text import likeness

    return likeness(error.object[error.start : error.end], error.encoding), error.end


def send_text(text: str) -> None:
    """Write what is no answer, such as help, to standard output."""
    out = standard_output()
    try:
        out.write(text)
        out.flush()
    except OSError as error:
        given_up(out, error)


def standard_output() -> TextIO:
    """Where answers go. Raises OutputError where it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed; the answer was not written")
    return sys.stdout


def given_up(out: TextIO, error: OSError) -> None:
    """Nobody reads any more: end without a word. Anything else is said."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # so that Python's own last flush succeeds
    if not isinstance(error, BrokenPipeError):
        raise unwritten("standard output", error) from error


def unwritten(where: str, error: OSError) -> OutputError:
    """What to say of an answer that could not be written."""
    return OutputError(f"{where}: {(error.strerror or str(error)).lower()}; the answer was not written")
