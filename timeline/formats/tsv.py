"""Tab-separated values: as CSV, with tabs."""

from typing import TYPE_CHECKING, TextIO

from timeline.formats.csv_ import write_cells

if TYPE_CHECKING:
    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    write_cells(answer, out, "\t")
