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
        from timeline.spreadsheet import neutral

        out.write("\ufeff")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(answer.keys or (answer.rows[0] if answer.rows else ()))
    for row in answer.rows:
        cells = map(flat, row.values())
        pairs = zip(cells, row.values(), strict=True)
        writer.writerow(
            [c if isinstance(value, (int, float)) else neutral(c) for c, value in pairs] if excel else cells
        )
