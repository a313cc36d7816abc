"""Writing an answer: to the terminal, a pipe or a file, in one of the formats."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from timeline.errors import OutputError, UsageError, did_you_mean
from timeline.formats import FORMATS, SUFFIXES, writer

if TYPE_CHECKING:
    from timeline.answer import Answer
    from timeline.formats import Writer

PIPE_WIDTH = 160  # of a table that was asked for where there is no terminal


def deliver(answer: "Answer", given: dict[str, Any], write: "Writer | None" = None) -> None:
    """Write to `--output` or standard output. Without `--format` a terminal gets a table and a pipe plain columns."""
    target, excel = given.get("output"), bool(given.get("excel"))
    name = chosen_format(given.get("format"), target, terminal=sys.stdout.isatty())
    if excel and name not in ("csv", "tsv"):
        raise UsageError(f"--excel goes with csv and tsv, not with {name}")
    write = write or _writer(name, given.get("color"), excel=excel)
    if target and target != "-":
        _to_file(answer, write, Path(target))
        return
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="backslashreplace", newline="" if name in ("csv", "tsv") else None)
    try:
        write(answer, out)
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # nobody reads any more: end without a word


def _writer(name: str, color: str | None, *, excel: bool) -> "Writer":
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
            raise UsageError(f"--format: unknown format {asked!r}{did_you_mean(asked, tuple(FORMATS))} (one of: {', '.join(FORMATS)})")
        return asked
    if target and target != "-":
        suffix = Path(target).suffix.lower()
        if suffix not in SUFFIXES:
            raise UsageError(f"--output: no format goes with {suffix or 'a name without suffix'!r}; use one of {', '.join(SUFFIXES)}, or --format")
        return SUFFIXES[suffix]
    from timeline.cli.places import configuration

    return chosen_format(configuration().get("format"), None, terminal=terminal) if "format" in configuration() else ("table" if terminal else "plain")


def _to_file(answer: "Answer", write: "Writer", path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            write(answer, out)
    except OSError as error:
        raise OutputError(f"{path}: {(error.strerror or str(error)).lower()}; the answer was not written") from error


def _to_terminal(answer: "Answer", out: TextIO, color: str | None) -> None:
    from rich.console import Console

    from timeline.formats.table import draw

    if color not in (None, "auto", "always", "never"):
        raise UsageError(f"--color: unknown value {color!r} (one of: auto, always, never)")
    width = None if out.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    draw(
        answer,
        Console(
            file=out,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            force_terminal=True if color == "always" else None,
            no_color=True if color == "never" else None,
        ),
    )
