"""CSV and TSV → rows. A row that has more or fewer cells than the header, or quotes that do not close, is a fault of its own and takes no other with it."""

import io
from collections import Counter, deque
from itertools import chain, islice
from typing import TYPE_CHECKING

from timeline.errors import UsageError
from timeline.importing.encoding import STRAY_BLANK, encoding_of, sound, unsound
from timeline.importing.rows import OWN, ROW, SOURCE, TEXT, File, Row, Sheet, Wanted, named_apart, told
from timeline.spreadsheet import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.progress import Watch

    _Records = Iterator[tuple[list[str] | None, str]]  # the cells of each, or its line

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
OFTEN = 1000  # rows after which the watch is told again


def open_delimited(file: File, wanted: Wanted) -> Sheet:
    """The delimiter is the one of comma, semicolon, tab and bar that the line of the header has most of; in a .tsv the tab."""
    wanted = _unless_quarantine(file, wanted)
    encoding = encoding_of(file, wanted.encoding)
    delimiter = "\t" if file.suffix == "tsv" else _delimiter(file, encoding.name, wanted.header)
    lines = _Lines(file, encoding.name)
    records = _records(lines, delimiter)
    header, records = _headed(records, wanted.header)
    sheet = Sheet(file.name, f"{encoding.told}; {DELIMITERS[delimiter]}", (), iter(()), encoding.digest)
    sheet.corrected = ROW in header
    sheet.marked, sheet.guessed = encoding.name == "utf-8-sig", encoding.guessed
    names = named_apart([*map(plain, header)] if sheet.corrected else header)
    sheet.header = tuple(name for name in names if not name.startswith(OWN))
    if bad := next(filter(None, map(unsound, names)), ""):
        raise UsageError(
            f"{file.name}: its header cannot be read, as {bad}; save the file as UTF-8, or declare its encoding, gb18030, cp1251, …: --suggest --encoding gb18030, and in a mapping read: {{encoding: gb18030}}"
        )
    sheet.rows = _rows(records, names, wanted.header, sheet, lines, file.watch)
    return sheet


def _unless_quarantine(file: File, wanted: Wanted) -> Wanted:
    """What must be known of a source; its quarantine, whatever program saved it, has its header in the first row and an encoding of its own."""
    if wanted == Wanted(records=wanted.records, sheet=wanted.sheet):
        return wanted
    top = first_records(file, 1)
    return Wanted() if top and ROW in top[0] else wanted


def _headed(records: "_Records", row: int) -> "tuple[list[str], _Records]":
    """The names of the columns, without empty ones at the end, and the records below; without a header they are as many as the cells of the first row."""
    if row == 0:
        first = next(records, None)
        return [""] * len((first and first[0]) or ()), chain(filter(None, [first]), records)
    header = next((cells or [] for number, (cells, _) in enumerate(records, 1) if number == row), [])
    while header and not header[-1].strip():
        header.pop()
    return header, records


def first_records(file: File, count: int, encoding: str = "") -> list[list[str]]:
    """The cells of the first records, by the delimiter that most of their lines agree on."""
    import csv

    lines = _Lines(file, encoding_of(file, encoding).name)
    text = list(islice(lines, count))
    lines.text.close()
    agreed = {mark: Counter(line.count(mark) for line in text if mark in line).most_common(1) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: agreed[mark][0][1] if agreed[mark] else 0)
    return list(csv.reader(text, delimiter="\t" if file.suffix == "tsv" else delimiter))


def _delimiter(file: File, encoding: str, header: int) -> str:
    lines = _Lines(file, encoding)
    line = ""
    for _ in range(max(header, 1)):
        line = next(lines, "")
    lines.text.close()
    return max(DELIMITERS, key=line.count)


class _Lines:
    """The lines of a file, which can be given back; those of the record that is being read are kept."""

    def __init__(self, file: File, encoding: str) -> None:
        self.stream = file.opened()
        self.size, self.number, self.blanks = file.size, 0, list[int]()
        self.text = io.TextIOWrapper(self.stream, encoding, errors="surrogateescape", newline="")
        self.current, self.waiting = list[str](), deque[str]()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self._new()
        self.current.append(line)
        return line

    def _new(self) -> str:
        line = next(self.text)
        self.number += 1
        if STRAY_BLANK in line:
            self.blanks.append(self.number)
            line = line.replace(STRAY_BLANK, " ")
        return line

    def first_alone(self) -> str:
        """The first line of the record that could not be read; those after it are to be read anew."""
        first, *rest = self.current or [""]
        self.waiting.extendleft(reversed(rest))
        return first.rstrip("\r\n")

    @property
    def done(self) -> int:
        return self.stream.tell()


UNREAD = "its quotes do not close, something stands behind a closing one, or a text has more than 131,072 characters"


def _records(lines: _Lines, delimiter: str) -> "_Records":
    """The cells of each record; None, and the text of the line, where its quotes cannot be followed."""
    import csv

    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.current.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None, lines.first_alone()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        else:
            yield cells, ""


def _rows(
    records: "_Records",
    header: tuple[str, ...],
    above: int,
    sheet: Sheet,
    lines: _Lines,
    watch: "Watch | None",
) -> "Iterator[Row]":
    for number, (cells, line) in enumerate(records, above + 1):
        if watch and number % OFTEN == 0:
            watch(lines.done, lines.size)
        if cells is None:
            yield Row(number, {}, UNREAD, line)
        elif any(map(str.strip, cells)):
            yield _row(number, cells, header, lines)
    lines.text.close()
    if lines.blanks:
        sheet.remarks.append(f"stray bytes 0xA0 in line {told(lines.blanks)}, read as blanks")


def _row(number: int, cells: list[str], header: tuple[str, ...], lines: _Lines) -> Row:
    if len(cells) > len(header) and not any(map(str.strip, cells[len(header) :])):
        cells = cells[: len(header)]
    if len(cells) != len(header):
        text = "".join(lines.current).rstrip("\r\n")
        return Row(number, {}, f"it has {len(cells)} cells, the header {len(header)}", text)
    row = dict(zip(header, cells, strict=True))
    if bad := next(filter(None, map(unsound, cells)), ""):
        text = "".join(lines.current).rstrip("\r\n")
        return Row(number, row, bad, sound(text))
    return own_taken_out(number, row) if ROW in row else Row(number, row)


def own_taken_out(number: int, row: dict[str, str]) -> Row:
    """A row of a quarantine file, as it was in its source; a text that nobody has put into cells is a fault as before."""
    was, text = row[ROW], plain(row.get(TEXT, ""))
    fault = f"{TEXT} still holds its text: put that into the cells, and empty it" if text else ""
    cells = {name: plain(cell) for name, cell in row.items() if not name.startswith(OWN)}
    source = " ".join(plain(row.get(SOURCE, "")).split())
    return Row(int(was) if was.isdecimal() else number, cells, fault, text, source)
