"""SARIF 2.1.0: the problems of a record for tools that show findings beside the text."""

from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from timeline import __version__
from timeline.formats.json_ import json_text
from timeline.text import visible

if TYPE_CHECKING:
    from timeline.answer import Answer

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(answer: "Answer", out: TextIO) -> None:
    out.write(json_text(log(answer), indent=2) + "\n")


def log(answer: "Answer") -> dict[str, Any]:
    """One run, with a rule for each kind of problem that was found."""
    from timeline.checks.words import explained

    words, names = explained(), list(dict.fromkeys(row["name"] for row in answer.rows))
    rules = [
        {
            "id": name,
            "shortDescription": {"text": words[name].looks_for if name in words else name},
            "help": {"text": words[name].remedy if name in words else f"timeline explain {name}"},
        }
        for name in names
    ]
    driver = {"name": "timeline", "version": __version__, "rules": rules}
    results = [_result(row, names.index(row["name"])) for row in answer.rows]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(row: dict[str, Any], rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(str(row["file"]).replace("\\", "/"))}}
    if row["line"]:
        place["region"] = {"startLine": row["line"], "startColumn": row["column"]}
    text = f"{row['message']}. {row['remedy']}" if row["remedy"] else row["message"]
    return {
        "ruleId": row["name"],
        "ruleIndex": rule,
        "level": LEVELS[row["severity"]],
        "message": {"text": visible(text)},
        "locations": [{"physicalLocation": place}],
    }
