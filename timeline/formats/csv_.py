"""CSV: UTF-8, RFC 4180. Lists in a cell are joined as `timeline.store.flat` says."""

from typing import TYPE_CHECKING, TextIO

from timeline.store.flat import flat

if TYPE_CHECKING:
    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    write_cells(answer, out, ",")


def write_cells(answer: "Answer", out: TextIO, delimiter: str, *, excel: bool = False) -> None:
    """The rows under a header of their keys. With `excel`, a byte order mark, and no cell that a spreadsheet would run."""
    import csv

    if excel:
        out.write("\ufeff")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(answer.keys or (answer.rows[0] if answer.rows else ()))
    for row in answer.rows:
        cells = [_text(value) for value in row.values()]
        writer.writerow([neutral(cell) for cell in cells] if excel else cells)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return flat(value)


def neutral(cell: str) -> str:
    """A cell that would begin a formula, or begins with a control, gets an apostrophe before it (the usual protection)."""
    first = cell[:1]
    return f"'{cell}" if first in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} or not first.isprintable() else cell
