"""Rows of the flat form → events, through the same reading as YAML."""

import re
from typing import TYPE_CHECKING, Protocol

from timeline.errors import did_you_mean
from timeline.store.build import Builder
from timeline.store.flat import CODE, COLUMNS
from timeline.store.reader import Items, Page, Pairs, Start, Text
from timeline.store.rules import EVENT_KEYS, PERSON_KEYS, SOURCE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.errors import Problems
    from timeline.model import Event
    from timeline.store.pieces import Named
    from timeline.store.reader import Node
    from timeline.vocabulary import Vocabulary

_ESCAPED = re.compile(rf"\\({CODE})")
_LISTS = ("actors", "places", "met", "tags")


class Beside(Protocol):
    """What a reading tells beside its events."""

    unsound: "dict[str, list[Named]]"

    def at(self, line: int) -> None: ...


def read_flat(
    name: str, text: str, vocabulary: "Vocabulary", problems: "Problems", beside: "Beside | None" = None
) -> "list[Event]":
    """Events from the flat form. Rows go through the same reading as YAML, so their problems are the same, by line.

    `beside` is told where the reading is, and gets the ids of rows that are no events for their problems.
    """
    import csv
    import io

    page = Page(name, text)
    builder = Builder(page, vocabulary, problems)
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))  # all sources of an event are one cell
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    events = []
    try:
        header = next(rows, [])
        if what := _header_fault(header):
            problems.append(page.problem(0, 0, "csv-header", what, f"known columns: {', '.join(COLUMNS)}"))
            return []
        line = rows.line_num
        for cells in rows:
            if len(cells) != len(header):
                message = f"the row has {len(cells)} cells, the header {len(header)}"
                problems.append(page.problem(line, 0, "csv-row", message, "quote cells that contain commas"))
            else:
                node = row_node(dict(zip(header, map(cell_text, cells), strict=True)), line)
                if beside is not None:
                    beside.at(line)
                if (event := builder.event(node)) is not None:
                    events.append(event)
                elif beside is not None:
                    beside.unsound["events"] += builder.unsound(node)
            line = rows.line_num
    except csv.Error as error:
        problems.append(page.problem(rows.line_num, 0, "csv-syntax", str(error), "save the sheet again as CSV (UTF-8)"))
    finally:
        csv.field_size_limit(limit)
    return events


def cell_text(cell: str) -> str:
    """What a cell was written from. Programs on Windows write two characters for a line break."""
    return _ESCAPED.sub(lambda found: chr(int(found[1][1:], 16)), cell.replace("\r\n", "\n"))


def _header_fault(header: list[str]) -> str:
    """What is wrong with the first row, if anything."""
    for number, column in enumerate(header):
        if column not in COLUMNS:
            return f"unknown column {column!r}{did_you_mean(column, COLUMNS)}"
        if column in header[:number]:
            return f"the column {column} stands there twice"
    return "" if {"id", "date"} <= set(header) else "no columns id and date"


def row_node(cells: "dict[str, str]", line: int) -> Pairs:
    """The fields of an event by the cells of a row."""
    start = Start(line, 0)
    pairs: list[tuple[Text, Node]] = []
    for key in EVENT_KEYS:
        cell = cells.get(key, "")
        if cell:
            pairs.append((Text(key, start), cell_node(key, cell, start)))
    return Pairs(pairs, start)


def cell_node(key: str, cell: str, start: Start) -> "Node":
    """What a cell says for a field of an event: a text, a list of texts, people or sources."""
    if key in _LISTS:
        return Items([Text(_plain(part), start) for part in _split(cell, ";")], start)
    if key == "people":
        return Items([_map(part, PERSON_KEYS, start) for part in _split(cell, ";")], start)
    if key == "sources":
        return Items([_map(part, SOURCE_KEYS, start) for part in _split(cell, ";")], start)
    return Text(cell, start)


def _map(text: str, keys: "Iterable[str]", start: Start) -> Pairs:
    pairs: list[tuple[Text, Node]] = []
    for key, part in zip(keys, _split(text, "|"), strict=False):
        value = _plain(part)
        if value:
            names: Node = (
                Items([Text(name, start) for name in value.split(", ")], start)
                if key == "offices"
                else Text(value, start)
            )
            pairs.append((Text(key, start), names))
    return Pairs(pairs, start)


def _split(text: str, mark: str) -> list[str]:
    """Parts of a text between unescaped marks, each without the blanks that join it."""
    if mark == ";":
        parts = re.findall(r"(?:\\.|[^\\;])+", text, re.DOTALL)
        return [part[1:] if i and part.startswith(" ") else part for i, part in enumerate(parts)]
    parts = re.findall(r"((?:\\.|[^\\|])*)(?:\||\Z)", text, re.DOTALL)[:-1]
    inner = (part.removesuffix(" ") for part in parts[:-1])
    return [part.removeprefix(" ") if i else part for i, part in enumerate([*inner, *parts[-1:]])]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
