"""Writing an answer: to the terminal, a pipe or a file, in one of the formats."""

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from timeline.cli.streams import given_up, standard_output, terminal, unwritten
from timeline.errors import UsageError, did_you_mean
from timeline.formats import EXPORTS, FORMATS, KINDS, SUFFIXES, writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.answer import Answer
    from timeline.formats import Writer

COLORS = ("auto", "always", "never")
RAW = ("csv", "tsv", "yaml")  # formats in which a text stands as it is
PIPE_WIDTH = 160  # of a table that was asked for where there is no terminal


def deliver(answer: "Answer", given: dict[str, Any], write: "Writer | None" = None) -> None:
    """Write to `--output` or standard output. Without `--format` people get a table and programs plain columns."""
    target, excel, color = given.get("output"), bool(given.get("excel")), _one_of_three(given.get("color"))
    name = chosen_format(given.get("format"), target, looked_at=for_people(color))
    if excel and name not in ("csv", "tsv"):
        raise UsageError(f"--excel goes with csv and tsv, not with {name}; add -O csv")
    chosen = write or _writer(name, color, excel=excel)
    send(lambda out: chosen(answer, out), target, name)


def send(write: "Callable[[TextIO], object]", target: str | None, name: str) -> None:
    """Let a text be written to a file, or to standard output as it takes one of this format."""
    if path := _named(target):
        _to_file(write, path)
        return
    out = standard_output()
    _prepare(out, name)
    try:
        write(cast("TextIO", _Shown(out)) if out.isatty() and name in RAW else out)
        out.flush()
    except OSError as error:
        given_up(out, error)


def send_bytes(data: bytes, target: str | None, what: str) -> None:
    """Write what is no text to a file, or to standard output where it is no terminal."""
    if path := _named(target):
        try:
            path.write_bytes(data)
        except OSError as error:
            raise unwritten(str(path), error) from error
        return
    out = standard_output()
    if out.isatty():
        raise UsageError(f"{what} is not for a terminal; name a file with -o")
    try:
        out.buffer.write(data)
        out.buffer.flush()
    except OSError as error:
        given_up(out, error)


def _named(target: str | None) -> Path | None:
    """The file that `--output` names; none for standard output."""
    if target == "":
        raise UsageError("--output: the name is empty; name a file, or - for standard output")
    return Path(target) if target and target != "-" else None


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


def for_people(color: str | None) -> bool:
    """Whether standard output is looked at: on a terminal, or through what takes colour, such as `less -R`."""
    return terminal(sys.stdout) or colored(color, terminal=False)


def colored(asked: str | None, *, terminal: bool) -> bool:
    """Whether to colour, by what was asked for, the environment and whether there is a terminal."""
    return _colored(_one_of_three(asked), terminal=terminal)


def _prepare(out: TextIO, name: str) -> None:
    """Data is UTF-8 wherever it goes; what is read on a terminal, tables and plain text are in what can be shown there."""
    if isinstance(out, io.TextIOWrapper) and name not in ("table", "plain"):
        encoding = None if out.isatty() else "utf-8"
        out.reconfigure(encoding=encoding, newline="" if name in ("csv", "tsv") else "\n")


def _one_of_three(asked: str | None) -> str:
    from timeline.cli.places import setting

    told = os.environ.get("NO_COLOR") or os.environ.get("FORCE_COLOR")  # the environment comes before settings
    choice = asked or (None if told else setting("color", COLORS)) or "auto"
    if choice not in COLORS:
        raise UsageError(
            f"--color: unknown value {choice!r}{did_you_mean(choice, COLORS)} (one of: {', '.join(COLORS)})"
        )
    return choice


def _writer(name: str, color: str, *, excel: bool) -> "Writer":
    if excel:
        from timeline.formats.csv_ import write_cells

        return lambda answer, out: write_cells(answer, out, "," if name == "csv" else "\t", excel=True)
    if name == "table":
        return lambda answer, out: _to_terminal(answer, out, color)
    return writer(name)


def chosen_format(
    asked: str | None, target: str | None, *, looked_at: bool, known: "Sequence[str]" = tuple(FORMATS)
) -> str:
    """The format asked for, or said by the suffix of the file, of those that a command knows. Raises UsageError for another."""
    if asked is not None:
        if asked not in known:
            what = f"unknown format {asked!r}{did_you_mean(asked, known)}" if asked not in EXPORTS else f"{asked} is a format of timeline export"  # fmt: skip
            raise UsageError(f"--format: {what} (one of: {', '.join(known)})")
        return asked
    if target and target != "-":
        suffix = Path(target).suffix.lower()
        fitting = {end: name for end, name in (SUFFIXES | KINDS).items() if name in known}
        if suffix not in fitting:
            raise UsageError(f"--output: {_unfit(target, suffix)}; use one of {', '.join(fitting)}, or --format")
        return fitting[suffix]
    from timeline.cli.places import setting

    return setting("format", known) or ("table" if looked_at else "plain")


def _unfit(target: str, suffix: str) -> str:
    """Why a name says no format."""
    if suffix in SUFFIXES:
        return f"{suffix} is for timeline export"
    return f"no format goes with {suffix!r}" if suffix else f"the name {target!r} has no suffix that says the format"


def _to_file(write: "Callable[[TextIO], object]", path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            write(out)
    except OSError as error:
        raise unwritten(str(path), error) from error


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
