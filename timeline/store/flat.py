r"""The flat form of a record: one row an event, for spreadsheets; without loss, so that `timeline.store.rows` reads it back.

Lists are joined by `; `. The parts of a person (name, title, offices, role, party rank, actor) and of a source (title, publisher, url, date) are joined by
` | `, empty parts at the end left out. A `;`, `|` or backslash inside a text has a backslash before it, and what would act on a terminal stands as an
escape such as `\x1b` in every cell (docs/format.md).
"""

import re
from typing import TYPE_CHECKING

from timeline.dates import iso
from timeline.store.rules import ACTING, SOURCE_KEYS

if TYPE_CHECKING:
    from timeline.model import Event, Person, Source
    from timeline.vocabulary import Vocabulary

COLUMNS = (
    "id date start_earliest start_latest end_earliest end_latest type kind status visitor host actors people places met occasion tags support note sources "
    "title visitor_iso host_iso actors_iso"
).split()
CODE = r"x(?:0[0-8b-f]|1[0-9a-f]|7f|[89][0-9a-f]|5c)|u061c|u20(?:0[ef]|2[89a-e]|6[6-9])"  # the escapes of ACTING, and of a backslash
_TO_ESCAPE = rf"{ACTING}|\\(?={CODE})"


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
        "sources": list(map(cited, event.sources)),
        "title": event.title or None,
        "visitor_iso": vocabulary.actors[event.visitor].iso2 or None if event.visitor else None,
        "host_iso": vocabulary.actors[event.host].iso2 or None if event.host else None,
        "actors_iso": [vocabulary.actors[actor].iso2 or None for actor in event.actors],
    }


def cited(source: "Source") -> "dict[str, str | None]":
    """A source with all its keys, None where nothing is said."""
    return {key: getattr(source, key) or None for key in SOURCE_KEYS}


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
    cell = value if isinstance(value, str) else _cell(value)
    return cell if cell.isprintable() and "\\" not in cell else re.sub(_TO_ESCAPE, _code, cell)


def _code(found: "re.Match[str]") -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_joined(item) if isinstance(item, dict) else _escape(_part(item)) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}={_escape(_part(inner))}" for key, inner in value.items())
    return _single(value)


def _part(value: object) -> str:
    """A value inside of others; there lists are joined by `, `, and so are the keys of a map."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = [f"{key}={_part(inner)}" for key, inner in value.items()]
    if isinstance(value, list):
        return ", ".join(map(_part, value))
    return _single(value)


def _single(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _joined(item: "dict[str, object]") -> str:
    parts = list(map(_part, item.values()))
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(map(_escape, parts))


def _escape(text: str) -> str:
    return text.translate(_MARKED) if "|" in text or ";" in text or "\\" in text else text  # to look is a tenth of it


_MARKED = str.maketrans({mark: f"\\{mark}" for mark in "\\;|"})
