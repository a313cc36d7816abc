"""Texts of cells: what a cell lists, and several texts as one."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_INITIALS = re.compile(r"\s*(?:[A-Z]\.){2,}\s*")


def split(cell: str, mark: str) -> list[str]:
    """The parts of a list. Initials behind a comma belong to the name before it: `Mexico, D.F.`."""
    parts: list[str] = []
    for part in cell.split(mark):
        if parts and mark == "," and _INITIALS.fullmatch(part):
            parts[-1] += mark + part
        else:
            parts.append(part)
    return parts


def sentences(texts: "Iterable[str]") -> str:
    """Texts one after the other, each with a full stop that something stands behind."""
    said = [text for text in texts if text]
    ended = [text if text.endswith((".", "!", "?", "…", "。")) else f"{text}." for text in said[:-1]]
    return " ".join((*ended, *said[-1:]))
