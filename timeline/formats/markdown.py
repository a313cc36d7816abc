"""Markdown: tables that a report can take over; nothing in a store can become markup."""

import re
from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.answer import Answer, Block


def write(answer: "Answer", out: TextIO) -> None:
    out.write("\n\n".join("\n".join(_lines(block)) for block in answer.blocks) + "\n")


def _lines(block: "Block") -> "Iterator[str]":
    if isinstance(block, Grid):
        yield f"| {' | '.join(escape(column.head) for column in block.columns)} |"
        yield f"|{'|'.join(' ---: ' if column.right else ' --- ' for column in block.columns)}|"
        for row in block.rows:
            yield f"| {' | '.join(map(escape, row))} |"
    elif isinstance(block, Facts):
        for name, text in block.pairs:
            yield f"- **{escape(name)}**: {escape(text)}" if name else f"  - {escape(text)}"
    elif isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}"
    else:
        yield escape(block.text)


def escape(text: str) -> str:
    """Text with every character that Markdown could act on behind a backslash; web addresses stay as they are."""
    return re.sub(
        r"(https?://[^\s<>|\\]+)|([\\`*_{}\[\]<>#|!~&])|(^[-+](?=\s)|^\d+(?=[.)]\s))",
        lambda match: (
            match[1] or f"\\{match[2] or match[3]}" if not match[3] or not match[3].isdigit() else f"{match[3]}\\"
        ),
        visible(text),
    )
