"""Annotations of a workflow of GitHub Actions: one command a line, which the runner shows beside the changed text."""

from typing import TYPE_CHECKING, TextIO

from timeline.text import visible

if TYPE_CHECKING:
    from timeline.answer import Answer

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(answer: "Answer", out: TextIO) -> None:
    for row in answer.rows:
        place = f"file={_property(row['file'])}"
        if row["line"]:
            place += f",line={row['line']},col={row['column']}"
        text = f"{row['message']} ({row['remedy']})" if row["remedy"] else row["message"]
        out.write(f"::{COMMANDS[row['severity']]} {place},title={_property(row['name'])}::{_message(text)}\n")


def _message(text: str) -> str:
    """Nothing of a record can end the line or begin another command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
