"""Bring the words of timeline/data/store.schema.json in step with the vocabulary: `python tools/schema.py`. Its keys and descriptions are written by hand."""

import json
from pathlib import Path
from typing import Any

from timeline import vocabulary as words

SCHEMA = Path(__file__).parents[1] / "timeline" / "data" / "store.schema.json"
WIDTH = 150


def main() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    known = words.shipped()
    defs = schema["$defs"]
    event = defs["event"]["properties"]
    for place, values in (
        (event["type"], words.TYPES),
        (event["kind"], words.KINDS),
        (event["status"], words.STATUSES),
        (event["support"], words.SUPPORTS),
        (defs["person"]["properties"]["role"], words.ROLES),
        (defs["office-entry"]["properties"]["ladder"], words.LADDERS),
        (defs["actor-entry"]["properties"]["kind"], words.ACTOR_KINDS),
        (defs["rank"], words.RANKS),
        (defs["actor"]["anyOf"][0], sorted(known.actors)),
        (defs["office"]["anyOf"][0], sorted(known.offices)),
    ):
        place["enum"] = list(values)
    SCHEMA.write_text(_text(schema, 0) + "\n", encoding="utf-8")


def _text(value: Any, indent: int) -> str:
    """JSON with what is short on one line, and words side by side."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, dict | list):
        return flat
    inner = "\n" + " " * (indent + 2)
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {_text(item, indent + 2)}" for key, item in value.items()]
        return "{" + inner + f",{inner}".join(lines) + "\n" + " " * indent + "}"
    if all(isinstance(item, str) for item in value):
        return "[" + inner + inner.join(_filled(value, WIDTH - indent)) + "\n" + " " * indent + "]"
    return "[" + inner + f",{inner}".join(_text(item, indent + 2) for item in value) + "\n" + " " * indent + "]"


def _filled(texts: "list[str]", room: int) -> "list[str]":
    lines = [""]
    for number, text in enumerate(texts, 1):
        word = json.dumps(text, ensure_ascii=False) + ("," if number < len(texts) else "")
        if lines[-1] and len(lines[-1]) + len(word) + 1 > room:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


if __name__ == "__main__":
    main()
