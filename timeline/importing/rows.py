"""A sheet of rows as a file has it, whatever its form: every cell is text, and every row knows its number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.progress import Watch

OWN = "quarantine:"  # begins the columns that a quarantine file has beside those of its source
ROW, WHY, TEXT, SOURCE = f"{OWN}row", f"{OWN}why", f"{OWN}text", f"{OWN}source"


class Row(NamedTuple):
    """One row. `number` is the one that a spreadsheet shows; in XML and JSON the record's, from 1.

    A row that has no cells to speak of has a `fault` instead, and stands in `text` as far as it could be read.
    `source` is the version of the file that a row was in before it came into a quarantine file.
    """

    number: int
    cells: dict[str, str]
    fault: str = ""
    text: str = ""
    source: str = ""


@dataclass(slots=True)
class Sheet:
    """The rows of one file, read once, from the top. `remarks` are complete when the rows are.

    `digest` tells this version of the file from others; `corrected`: it is a quarantine file; `marked`: it has a byte order mark, as what is written for spreadsheets; `guessed`: nothing in the file speaks for the encoding in which it is read; `epoch` is the year from which a workbook counts days, 0 for files that have no such numbers. `passed` rows are not among these: an engine saw that nothing comes of them.
    """

    name: str
    encoding: str
    header: tuple[str, ...]
    rows: Iterator[Row]
    digest: str
    remarks: list[str] = field(default_factory=list)
    epoch: int = 0
    corrected: bool = False
    marked: bool = False
    guessed: bool = False
    passed: int = 0

    @property
    def version(self) -> str:
        """What tells this version of the file from others, where the source does not say."""
        return f"{self.name.rpartition('/')[2]} sha256 {self.digest}"


class Wanted(NamedTuple):
    """What must be known of a file beforehand: the row of its header (0: it has none), the sheet of a workbook, the elements that are records, an encoding that is declared."""

    header: int = 1
    sheet: str = ""
    records: tuple[str, ...] = ()
    encoding: str = ""


class File(NamedTuple):
    """A file to import: `opened` gives its bytes from the beginning, as often as it is asked. `watch` is told how much of it is read."""

    name: str
    size: int
    opened: Callable[[], BinaryIO]
    watch: "Watch | None" = None

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2].lower()


def named_apart(header: "Sequence[str]") -> tuple[str, ...]:
    """The names of columns, each once: one without a name is `column 5`, the second of a name `Name (2)`."""
    found: dict[str, None] = {}
    for number, text in enumerate(header, 1):
        name = " ".join(text.split()) or f"column {number}"
        names = [name, *(f"{name} ({again})" for again in range(2, number + 1))]
        found[next(one for one in names if one not in found)] = None
    return tuple(found)


def told(numbers: "Iterable[object]", most: int = 5) -> str:
    """`12, 17 and 3 more`."""
    listed = list(numbers)
    shown = ", ".join(map(str, listed[:most]))
    return f"{shown} and {len(listed) - most} more" if len(listed) > most else shown
