"""JSON lines: one row a line, without an envelope."""

from typing import TYPE_CHECKING, TextIO

from timeline.formats.json_ import json_text

if TYPE_CHECKING:
    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    out.writelines(json_text(row) + "\n" for row in answer.rows)
