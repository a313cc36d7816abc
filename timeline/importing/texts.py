"""Texts of cells: what a cell lists, several texts as one, which are addresses or kinds of visits, and how a mapping has them."""

import hashlib
import re
from typing import TYPE_CHECKING

from timeline.names import fold
from timeline.store.rules import ACTING, ADDRESS, MAX_TEXT
from timeline.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.model import Event

LINE_BREAK = "line break"  # what a mapping calls the mark between things of which each has a line
_PLAIN = re.compile(r"[^\W\d_][\w ()./+-]*[\w)]|[^\W\d_]")
_ANSWERS = frozenset("yes no null true false on off y n".split())  # which YAML takes for no text
_INITIALS = re.compile(r"\s*(?:[A-Z]\.){2,}\s*")


def split(cell: str, mark: str) -> list[str]:
    """The parts of a list, or the lines of a text. Initials behind a comma belong to the name before it: `Mexico, D.F.`."""
    parts: list[str] = []
    for part in cell.splitlines() if mark == LINE_BREAK else cell.split(mark):
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


def kind_of(cell: str) -> str:
    """The kind that a cell says in a word of ours, with `visit` or `trip` behind it or not: `State visit` is state; empty where it says none."""
    key = fold(cell).removesuffix(" visit").removesuffix(" trip")
    return key if key in KINDS else ""


def word_key(text: str) -> str:
    """The key of a word of a source under `values`: folded, but a mark such as `-`, of which nothing would be left, stays itself."""
    return fold(text) or text.strip()


def is_address(text: str) -> bool:
    """Whether a record can cite a text, of which all blanks are single ones, as the address of a page."""
    return bool(re.match(ADDRESS, text)) and " " not in text and not re.search(ACTING, text)


def quoted(text: str) -> str:
    """A text as YAML has it, in quotes only where it needs them."""
    import json

    return text if _PLAIN.fullmatch(text) and fold(text) not in _ANSWERS else json.dumps(text, ensure_ascii=False)


def too_long(texts: "Iterable[tuple[str, str]]") -> "Iterator[tuple[str, str]]":
    """Which of some texts, each with what it is of, are longer than a record keeps, as the name and the words of a reason."""
    for name, text in texts:
        if len(text) > MAX_TEXT:
            yield "too-long", f"{name}: a text of {len(text):,} characters; a record keeps texts of up to {MAX_TEXT:,}"


def texts_of(event: "Event") -> "Iterator[tuple[str, str]]":
    """The texts of an event, each with its field: of people and sources those of which they are made."""
    for name, value in event._asdict().items():
        yield from ((name, text) for text in _texts(value) if name not in ("date", "origin"))


def _texts(value: object) -> "Iterator[str]":
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, tuple) else ():
        yield from _texts(part)


def digest_of(cells: "Mapping[str, str]") -> str:
    """What some cells say, in a few signs; blanks and empty cells say nothing."""
    said = "\x1f".join(f"{name}\x1e{' '.join(cell.split())}" for name, cell in sorted(cells.items()) if cell.strip())
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]
