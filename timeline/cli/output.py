"""Writing an answer: to the terminal, a pipe or a file, in one of the formats."""

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from timeline.errors import OutputError, UsageError, did_you_mean
from timeline.formats import FORMATS, SUFFIXES, writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.answer import Answer
    from timeline.formats import Writer

COLORS = ("auto", "always", "never")
RAW = ("csv", "tsv", "yaml")  # formats in which a text stands as it is
PIPE_WIDTH = 160  # of a table that was asked for where there is no terminal


def deliver(answer: "Answer", given: dict[str, Any], write: "Writer | None" = None) -> None:
    """Write to `--output` or standard output. Without `--format` a terminal gets a table and a pipe plain columns."""
    target, excel = given.get("output"), bool(given.get("excel"))
    if target == "":
        raise UsageError("--output: the name is empty; name a file, or - for standard output")
    if sys.stdout is None and (not target or target == "-"):
        raise OutputError("standard output is closed; the answer was not written")
    name = chosen_format(given.get("format"), target, terminal=sys.stdout is not None and sys.stdout.isatty())
    if excel and name not in ("csv", "tsv"):
        raise UsageError(f"--excel goes with csv and tsv, not with {name}; add -O csv")
    color = _one_of_three(given.get("color"))
    write = write or _writer(name, color, excel=excel)
    if target and target != "-":
        _to_file(answer, write, Path(target))
        return
    out = sys.stdout
    _prepare(out, name)
    try:
        write(answer, cast("TextIO", _Shown(out)) if out.isatty() and name in RAW else out)
        out.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # so that Python's own last flush succeeds
        if not isinstance(error, BrokenPipeError):  # nobody reads any more: end without a word
            raise _unwritten("standard output", error) from error


def deliver_bytes(data: bytes, target: str | None) -> None:
    """Write a picture to a file, or to standard output where it is no terminal."""
    if target and target != "-":
        try:
            Path(target).write_bytes(data)
        except OSError as error:
            raise _unwritten(target, error) from error
        return
    if sys.stdout is None or sys.stdout.isatty():
        raise UsageError("a picture is not for a terminal; name a file with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise _unwritten("standard output", error) from error


class _Shown:
    """A terminal, on which data is looked at and not read: what would act on it is shown as an escape."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, text: str) -> int:
        from timeline.text import visible

        return self.out.write(
            "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.replace("\r\n", "\n").split("\n"))
        )

    def writelines(self, lines: "Iterable[str]") -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self.out.flush()


def colored(asked: str | None, *, terminal: bool) -> bool:
    """Whether to colour, by what was asked for, the environment and whether there is a terminal."""
    return _colored(_one_of_three(asked), terminal=terminal)


def _prepare(out: TextIO, name: str) -> None:
    """Data is UTF-8 wherever it goes; what is read on a terminal, tables and plain text are in what can be shown there."""
    if isinstance(out, io.TextIOWrapper) and name not in ("table", "plain"):
        encoding = None if out.isatty() else "utf-8"
        out.reconfigure(encoding=encoding, newline="" if name in ("csv", "tsv") else "\n")


def _one_of_three(asked: str | None) -> str:
    from timeline.cli.places import configuration

    choice = asked or configuration().get("color", "auto")
    if choice not in COLORS:
        raise UsageError(
            f"--color: unknown value {choice!r}{did_you_mean(choice, COLORS)} (one of: {', '.join(COLORS)})"
        )
    return str(choice)


def _writer(name: str, color: str, *, excel: bool) -> "Writer":
    if excel:
        from timeline.formats.csv_ import write_cells

        return lambda answer, out: write_cells(answer, out, "," if name == "csv" else "\t", excel=True)
    if name == "table":
        return lambda answer, out: _to_terminal(answer, out, color)
    return writer(name)


def chosen_format(asked: str | None, target: str | None, *, terminal: bool) -> str:
    """The format asked for, or said by the suffix of the file. Raises UsageError for an unknown one."""
    if asked is not None:
        if asked not in FORMATS:
            raise UsageError(
                f"--format: unknown format {asked!r}{did_you_mean(asked, tuple(FORMATS))} (one of: {', '.join(FORMATS)})"
            )
        return asked
    if target and target != "-":
        suffix = Path(target).suffix.lower()
        if suffix not in SUFFIXES:
            raise UsageError(
                f"--output: no format goes with {suffix or 'a name without suffix'!r}; use one of {', '.join(SUFFIXES)}, or --format"
            )
        return SUFFIXES[suffix]
    from timeline.cli.places import configuration

    return (
        chosen_format(configuration().get("format"), None, terminal=terminal)
        if "format" in configuration()
        else ("table" if terminal else "plain")
    )


def _to_file(answer: "Answer", write: "Writer", path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            write(answer, out)
    except OSError as error:
        raise _unwritten(str(path), error) from error


def _unwritten(where: str, error: OSError) -> OutputError:
    return OutputError(f"{where}: {(error.strerror or str(error)).lower()}; the answer was not written")


def _to_terminal(answer: "Answer", out: TextIO, color: str) -> None:
    from rich.console import Console

    from timeline.formats.table import draw

    colored = _colored(color, terminal=out.isatty())
    console = Console(
        file=out,
        width=None if out.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=colored,
        no_color=not colored,
        color_system="standard" if colored else None,
    )
    draw(answer, console)


def _colored(choice: str, *, terminal: bool) -> bool:
    """What was asked for decides; then NO_COLOR, FORCE_COLOR and TERM=dumb, in this order; then whether there is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")
