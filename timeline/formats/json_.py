"""JSON: one document, every key always there, null for unknown."""

from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from timeline.answer import Answer

SCHEMA = 1


def envelope(answer: "Answer") -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "command": answer.command,
        "as_of": answer.as_of,
        "scope": answer.scope,
        "rows": answer.rows,
        "summary": answer.summary,
    }


def write(answer: "Answer", out: TextIO) -> None:
    import json

    json.dump(envelope(answer), out, ensure_ascii=False, indent=2)
    out.write("\n")
