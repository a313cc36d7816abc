"""CSV: UTF-8, RFC 4180. Lists in a cell are joined as `timeline.store.flat` says."""

from typing import TYPE_CHECKING, TextIO

from timeline.store.flat import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    write_cells(answer, out, ",")


def write_cells(answer: "Answer", out: TextIO, delimiter: str, *, excel: bool = False) -> None:
    """The rows under a header of their keys. With `excel`, a byte order mark, and no cell that a spreadsheet would run."""
    import csv

    if excel:
        out.write("\ufeff")
    cells = _inert if excel else _plain
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(answer.keys or (answer.rows[0] if answer.rows else ()))
    for row in answer.rows:
        writer.writerow(cells(row.values()))


def _plain(values: "Iterable[object]") -> "Iterable[str]":
    return map(flat, values)


def _inert(values: "Iterable[object]") -> "Iterable[str]":
    from timeline.spreadsheet import neutral

    return [flat(value) if isinstance(value, (int, float)) else neutral(flat(value)) for value in values]
