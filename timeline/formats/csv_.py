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
        cells = map(flat, row.values())
        writer.writerow(
            [_safe(cell, value) for cell, value in zip(cells, row.values(), strict=True)] if excel else cells
        )


def _safe(cell: str, value: object) -> str:
    return cell if isinstance(value, (int, float)) else neutral(cell)


def neutral(cell: str) -> str:
    """A text that a spreadsheet could take for a formula, with an apostrophe before it (the usual protection).

    Not only at its begin: a sheet whose list separator is the semicolon, or that is fed line by line, begins cells after `;`, a tab and a line break too. Blanks
    before a formula may be dropped on the way.
    """
    import re

    safe = re.sub(r"(^|[;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])", r"\1\2'", cell)
    return safe if safe[:1].isprintable() else f"'{safe}"
