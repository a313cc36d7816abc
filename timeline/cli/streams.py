"""The standard streams take whatever is written: what their encoding lacks is written as a likeness in ASCII or as an escape."""

import codecs
import io
import os
import sys
from typing import TextIO

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


def as_shown(text: str) -> str:
    """A help text as standard output can take it; Typer by itself writes UTF-8 where the encoding is ASCII."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "timeline").decode(encoding)
