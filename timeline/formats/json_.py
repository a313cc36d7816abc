"""JSON: one document, every key always there, null for unknown. What is not seen is written as an escape, which is the same text to every reader."""

import re
from typing import TYPE_CHECKING, Any, TextIO

from timeline.text import hidden

if TYPE_CHECKING:
    from timeline.answer import Answer

SCHEMA = 1


def envelope(answer: "Answer") -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "command": answer.command,
        "as_of": answer.as_of,
        "scope": dict(answer.scope),
        "rows": answer.rows,
        "summary": dict(answer.summary),
    }


def write(answer: "Answer", out: TextIO) -> None:
    out.write(json_text(envelope(answer), indent=2) + "\n")


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON in which controls, marks of direction and invisible characters stand as escapes."""
    import json

    return _UNUSUAL.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


_UNUSUAL = re.compile(r"[^\x20-\x7e\n]")


def _escaped(match: "re.Match[str]") -> str:
    if not hidden(match[0]):
        return match[0]
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
