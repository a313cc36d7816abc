"""JSON lines: one row a line, without an envelope."""

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    import json

    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in answer.rows)
