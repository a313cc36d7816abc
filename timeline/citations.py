"""The sources of events as others cite them: each once, under a key that stays the same, and as a line for a footnote."""

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import parse_when
from timeline.model import Source
from timeline.names import plain
from timeline.text import date_text, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model import Event


class Cited(NamedTuple):
    """A source with its key and the ids of the events that cite it."""

    key: str
    source: Source
    events: tuple[str, ...]


def cited_sources(events: "Iterable[Event]") -> list[Cited]:
    """Each source once, in the order in which it is first cited. One address is one source, in the words in which it is first given."""
    found: dict[str, list[tuple[Source, str]]] = {}
    for event in events:
        for source in event.sources:
            found.setdefault(_identity(source), []).append((source, event.id))
    return [
        Cited(key_of(given[0][0]), _filled([source for source, _ in given]), tuple(dict.fromkeys(id_ for _, id_ in given)))
        for given in found.values()
    ]  # fmt: skip


def key_of(source: Source) -> str:
    """A key made of nothing but the address (of a source without one, its words): another source, scope or record does not change it."""
    host = re.match(r"https?://(?:www\.)?([^/?#]+)", source.url, re.IGNORECASE)
    name = host[1] if host else source.publisher
    word = "-".join(re.findall(r"[a-z0-9]+", plain(name)))[:40].rstrip("-") or "source"
    return f"{word}-{sha256(_identity(source).encode()).hexdigest()[:10]}"


def _identity(source: Source) -> str:
    return source.url or f"{source.title}\n{source.publisher}\n{source.date}"


def _filled(given: "Sequence[Source]") -> Source:
    """The first of each field that is given at all."""
    return Source(*(next(filter(None, (getattr(source, key) for source in given)), "") for key in ("title", "publisher", "url", "date")))  # fmt: skip


def citation(source: Source) -> str:
    """`“Title”, Publisher, 9 Oct 2025, https://…`; what is not known is left out."""
    title = f"“{source.title}”" if source.title else ""
    day = date_text(parse_when(source.date)) if source.date else ""
    return ", ".join(filter(None, (title, source.publisher, day, source.url)))


def web_address(url: str) -> str:
    """The address, if it is one of the web with nothing hidden in it, and so may become a link; otherwise nothing."""
    return url if re.fullmatch(r"https?://[^\s<>\"]+", url, re.IGNORECASE) and visible(url) == url else ""
