"""Slides of TimelineJS as `timeline export` writes them: their text is paragraphs, `<p>Kind: state</p>`, each of which becomes a column of its own."""

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.importing.rows import Row, Sheet

MARK = "|"  # between the addresses of sources
LABELS = ("Who", "Kind", "Status", "Places", "Met", "Occasion", "Support", "Note", "Source", "Actors")
_BETWEEN = {"Who": "\n", "Source": MARK}
_PARAGRAPH = re.compile(rf"<p>({'|'.join(LABELS)}): ((?:[^<]|</?a\b[^>]*>)*)</p>")
_LINK = re.compile(r'<a href="([^"]*)">')
_TAG = re.compile(r"<[^>]*>")


def parted(sheet: "Sheet", columns: str) -> "Sheet":
    """A sheet with a column for each label of the texts in one of its own, `Text: Kind`. A text that is anything else stays whole."""
    first, *others = columns.split("|")
    names = {name.strip().casefold() for name in (first, *others)}
    column = next((name for name in sheet.header if name.casefold() in names), "")
    if not column:
        return sheet
    prefix = f"{first.strip()}: "
    header = tuple(dict.fromkeys((*sheet.header, *(prefix + label for label in LABELS))))
    return replace(sheet, header=header, rows=map(partial(_row, column, prefix), sheet.rows))


def _row(column: str, prefix: str, row: "Row") -> "Row":
    found = labelled(row.cells.get(column, "")).items()
    said = {prefix + label: _BETWEEN.get(label, " ").join(texts) for label, texts in found}
    if not any(said.values()):
        return row._replace(cells=dict.fromkeys(said, "") | row.cells)
    return row._replace(cells=row.cells | {column: ""} | said)


def labelled(text: str) -> dict[str, list[str]]:
    """What a text of nothing but paragraphs with a label says by each: of a source with a link its address, of one without a note. Nothing where a part of it is something else."""
    from html import unescape

    said: dict[str, list[str]] = {label: [] for label in LABELS}
    if _PARAGRAPH.sub("", text).strip():
        return said
    for label, inner in _PARAGRAPH.findall(text):
        words = unescape(_TAG.sub("", inner))
        if label != "Source":
            said[label].append(words)
        elif link := _LINK.match(inner):
            said[label].append(unescape(link[1]).replace(MARK, "%7C"))
        else:
            said["Note"].append(f"Source: {words}.")
    return said
