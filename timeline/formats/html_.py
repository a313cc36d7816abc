"""HTML: a bare fragment of headings and tables, escaped throughout, for pasting into a page."""

from html import escape  # noqa: TID253 - this module is imported only to write HTML
from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import visible

if TYPE_CHECKING:
    from timeline.answer import Answer, Block


def write(answer: "Answer", out: TextIO) -> None:
    out.writelines(_markup(block) + "\n" for block in answer.blocks)


def _markup(block: "Block") -> str:
    if isinstance(block, Grid):
        head = "".join(f'<th scope="col">{_text(column.head)}</th>' for column in block.columns)
        rows = "\n".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    if isinstance(block, Facts):
        terms = "\n".join(f"<dt>{_text(name)}</dt><dd>{_text(text)}</dd>" for name, text in block.pairs)
        return f"<dl>\n{terms}\n</dl>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    return f"<p>{_text(block.text)}</p>"


def _text(text: str) -> str:
    return escape(visible(text))
