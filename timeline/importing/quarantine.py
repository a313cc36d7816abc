"""Rows that could not be read → a file with their columns, row and reasons, which can be corrected and imported as the source was."""

from typing import TYPE_CHECKING, NamedTuple, Self, TextIO

from timeline.importing.encoding import sound
from timeline.importing.rows import ROW, SOURCE, TEXT, WHY, Row
from timeline.spreadsheet import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Kept(NamedTuple):
    """A row with the reasons why it cannot be imported."""

    row: Row
    why: tuple[str, ...]


def write_quarantine(rows: "Iterable[Kept]", header: "Iterable[str]", out: TextIO) -> None:
    """The columns of the source, then what is ours; a line that has no cells stands in a column of its own as it was. No cell begins a formula."""
    import csv

    names = list(header)
    writer = csv.writer(
        out, lineterminator="\r\n"
    )  # as RFC 4180 says; with "\n" alone a carriage return in a cell would not be quoted
    writer.writerow([*map(neutral, names), ROW, WHY, TEXT, SOURCE])
    for row, why in rows:
        cells = [sound(row.cells.get(name, "")) for name in names]
        writer.writerow(map(neutral, [*cells, str(row.number), "; ".join(why), row.text, row.source]))


class Spool:
    """Rows that wait to be written, in memory as long as they are few, then in a file that is gone with the program."""

    MOST = 16 * 1024 * 1024  # bytes in memory

    def __enter__(self) -> Self:
        from tempfile import SpooledTemporaryFile

        self._number = 0
        self._file = SpooledTemporaryFile(self.MOST, "w+", encoding="utf-8", errors="surrogatepass")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, kept: Kept) -> None:
        import json

        self._number += 1
        self._file.write(json.dumps([*kept.row, kept.why]) + "\n")

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> "Iterator[Kept]":
        import json

        self._file.seek(0)
        for line in self._file:
            *row, why = json.loads(line)
            yield Kept(Row(*row), tuple(why))
