"""HTML: one document that stands by itself, without a script and without anything from elsewhere; escaped throughout."""

import re
from html import escape  # noqa: TID253 - this module is imported only to write HTML
from typing import TYPE_CHECKING, TextIO

from timeline.answer import Facts, Grid, Heading
from timeline.text import visible

if TYPE_CHECKING:
    from timeline.answer import Answer, Block, Column

STYLE = """\
:root { color-scheme: light dark; --text: #1c1c1e; --faint: #5d5d66; --line: #d8d8de; --ground: #fff; --good: #1a6e2e; --bad: #b3261e; --warn: #7a5300; --link: #0b57a4 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6ea; --faint: #a2a2ac; --line: #3c3c44; --ground: #17171a; --good: #7ccf8f; --bad: #ff9a90; --warn: #e8c06a; --link: #8ab8f5 }
}
body { margin: 2rem auto; padding: 0 1rem; max-width: 75rem; color: var(--text); background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem }
h1, h2, h3 { line-height: 1.25 }
a { color: var(--link) }
div { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal }
td.text { min-width: 14rem } td.dim { white-space: nowrap }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .2rem 1rem }
dt { font-weight: 600 } dd { margin: 0; grid-column: 2 }
footer, .dim { color: var(--faint) } .strong { font-weight: 600 } .date { white-space: nowrap }
.right { text-align: right; white-space: nowrap } .command { font-family: ui-monospace, monospace; font-size: .85rem }
.good { color: var(--good); font-weight: 600 } .bad, .long { color: var(--bad); font-weight: 600 } .warn, .open { color: var(--warn); font-weight: 600 }
@media (max-width: 40rem) { dl { display: block } dd { margin: 0 0 .3rem 1rem } }
"""
SENTENCE = 20  # cells; a column that wants more holds sentences


def write(answer: "Answer", out: TextIO) -> None:
    headings = [block.text for block in answer.blocks if isinstance(block, Heading) and block.level == 1]
    title = visible(headings[0] if headings else f"timeline {answer.command}")
    out.write(
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    if not headings:
        out.write(f"<h1>{escape(title)}</h1>\n")
    out.writelines(_markup(block) + "\n" for block in answer.blocks)
    out.write(f"</main>\n{_footer(answer)}</body>\n</html>\n")


def _footer(answer: "Answer") -> str:
    """What stands on standard error elsewhere, without which a document could not be understood."""
    said = [*answer.remarks, *([f"As of {answer.as_of}."] if answer.as_of else [])]
    lines = [f"<p>{_text(text)}</p>" for text in said]
    return "\n".join(["<footer>", *lines, "</footer>\n"]) if lines else ""


def _markup(block: "Block") -> str:
    if isinstance(block, Grid):
        return _table(block)
    if isinstance(block, Facts):
        terms = "\n".join(_term(name, text) for name, text in block.pairs)
        return f"<dl>\n{terms}\n</dl>"
    name = f"h{block.level}" if isinstance(block, Heading) else "p"
    return f"<{name}{_class(block.style)}>{_text(block.text)}</{name}>"


def _table(grid: Grid) -> str:
    styles = [_styles(column) for column in grid.columns]
    head = "".join(
        f'<th scope="col"{_class("right" if column.right else "")}>{_text(column.head)}</th>' for column in grid.columns
    )
    rows = []
    for number, row in enumerate(grid.rows):
        mark = grid.marks.get(number, "")
        cells = zip(row, styles, strict=True)
        told = (
            f"<td{_class(f'{style} {mark}'.strip() if k == grid.marked else style)}>{_text(cell)}</td>"
            for k, (cell, style) in enumerate(cells)
        )
        rows.append(f"<tr>{''.join(told)}</tr>\n")
    return f"<div><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table></div>"


def _styles(column: "Column") -> str:
    names = (column.style, "right" if column.right else "", "text" if column.least > SENTENCE else "")
    return " ".join(filter(None, names))


def _term(name: str, text: str) -> str:
    """A label with its text; one without a label goes on from the one before."""
    return f"{f'<dt>{_text(name)}</dt>' if name else ''}<dd>{_text(text)}</dd>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _text(text: str) -> str:
    """Escaped; an address of the web is a link."""
    return "".join(
        f'<a href="{escape(part)}">{escape(part)}</a>' if number % 2 else escape(part)
        for number, part in enumerate(re.split(r"(https?://[^\s<>\"]+[^\s<>\".,;:)\]])", visible(text)))
    )
