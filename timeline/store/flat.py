r"""The flat form of a record: one row an event, for spreadsheets, and back again without loss.

Lists are joined by `; `. The parts of a person (name, title, offices, role, party rank, actor) and of a source (title, publisher, url, date) are joined by
` | `, empty parts at the end left out. A `;`, `|` or backslash inside a text has a backslash before it, and what would act on a terminal stands as an
escape such as `\x1b` in every cell (docs/format.md).
"""

import re
from typing import TYPE_CHECKING, Protocol

from timeline.dates import iso
from timeline.errors import did_you_mean
from timeline.store.build import EVENT_KEYS, PERSON_KEYS, SOURCE_KEYS, Builder
from timeline.store.fields import ACTING
from timeline.store.reader import Items, Page, Pairs, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.errors import Problems
    from timeline.model import Event, Person
    from timeline.store.build import Named
    from timeline.store.reader import Node
    from timeline.vocabulary import Vocabulary

COLUMNS = (
    "id date start_earliest start_latest end_earliest end_latest type kind status visitor host actors people places met occasion tags support note sources "
    "title visitor_iso host_iso actors_iso"
).split()
_CODE = r"x(?:0[0-8b-f]|1[0-9a-f]|7f|[89][0-9a-f]|5c)|u061c|u20(?:0[ef]|2[89a-e]|6[6-9])"  # the escapes of ACTING, and of a backslash
_TO_ESCAPE = re.compile(rf"{ACTING.pattern}|\\(?={_CODE})")
_ESCAPED = re.compile(rf"\\({_CODE})")
_LISTS = ("actors", "places", "met", "tags")


def record(event: "Event", vocabulary: "Vocabulary") -> "dict[str, object]":
    """An event with every key of the interface, lists as lists, unknown values None; dates as written and as first and last days."""
    start, end = event.date.start, event.date.end
    return {
        "id": event.id,
        "date": event.date.text,
        "start_earliest": iso(start.earliest),
        "start_latest": iso(start.latest),
        "end_earliest": iso(end.earliest),
        "end_latest": iso(end.latest),
        "type": event.type,
        "kind": event.kind or None,
        "status": event.status,
        "visitor": event.visitor or None,
        "host": event.host or None,
        "actors": list(event.actors),
        "people": [_person(person) for person in event.people],
        "places": list(event.places),
        "met": list(event.met),
        "occasion": event.occasion or None,
        "tags": list(event.tags),
        "support": event.support,
        "note": event.note or None,
        "sources": [{key: getattr(s, key) or None for key in SOURCE_KEYS} for s in event.sources],
        "title": event.title or None,
        "visitor_iso": vocabulary.actors[event.visitor].iso2 or None if event.visitor else None,
        "host_iso": vocabulary.actors[event.host].iso2 or None if event.host else None,
        "actors_iso": [vocabulary.actors[actor].iso2 or None for actor in event.actors],
    }


def _person(person: "Person") -> "dict[str, object]":
    return {
        "name": person.name,
        "title": person.title or None,
        "offices": list(person.offices),
        "role": person.role,
        "party_rank": person.party_rank or None,
        "actor": person.actor or None,
    }


def flat(value: object) -> str:
    """One value as the text of a cell: lists joined by `; `, the maps in them by ` | `, a map by itself as `key=value; …`, None empty."""
    cell = _cell(value)
    return cell if cell.isprintable() and "\\" not in cell else _TO_ESCAPE.sub(_code, cell)


def _code(found: "re.Match[str]") -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}={_escape(_part(inner))}" for key, inner in value.items())
    if isinstance(value, list):
        return "; ".join(_joined(item) if isinstance(item, dict) else _escape(_part(item)) for item in value)
    return _part(value)


def _part(value: object) -> str:
    """A value inside of others; there lists are joined by `, `, and so are the keys of a map."""
    if isinstance(value, dict):
        value = [f"{key}={_part(inner)}" for key, inner in value.items()]
    if isinstance(value, list):
        return ", ".join(map(_part, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _joined(item: "dict[str, object]") -> str:
    parts = list(map(_part, item.values()))
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(map(_escape, parts))


def _escape(text: str) -> str:
    return re.sub(r"([\\;|])", r"\\\1", text)


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
    pairs: list[tuple[Text, Node]] = []
    for key in EVENT_KEYS:
        cell = cells.get(key, "")
        if cell:
            pairs.append((Text(key, line, 0), cell_node(key, cell, line)))
    return Pairs(pairs, line, 0)


def cell_node(key: str, cell: str, line: int) -> "Node":
    """What a cell says for a field of an event: a text, a list of texts, people or sources."""
    if key in _LISTS:
        return Items([Text(_plain(part), line, 0) for part in _split(cell, ";")], line, 0)
    if key == "people":
        return Items([_map(part, PERSON_KEYS, line) for part in _split(cell, ";")], line, 0)
    if key == "sources":
        return Items([_map(part, SOURCE_KEYS, line) for part in _split(cell, ";")], line, 0)
    return Text(cell, line, 0)


def _map(text: str, keys: "Iterable[str]", line: int) -> Pairs:
    pairs: list[tuple[Text, Node]] = []
    for key, part in zip(keys, _split(text, "|"), strict=False):
        value = _plain(part)
        if value:
            names: Node = (
                Items([Text(name, line, 0) for name in value.split(", ")], line, 0)
                if key == "offices"
                else Text(value, line, 0)
            )
            pairs.append((Text(key, line, 0), names))
    return Pairs(pairs, line, 0)


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
