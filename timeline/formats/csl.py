"""CSL-JSON, which Zotero, Pandoc and other reference managers read: the sources that the events cite, each once."""

from typing import TYPE_CHECKING, Any

from timeline.citations import cited_sources
from timeline.dates import NEVER_AFTER, known_parts, parse_when
from timeline.formats.exporting import Made
from timeline.formats.json_ import json_text
from timeline.text import date_text

if TYPE_CHECKING:
    from timeline.citations import Cited
    from timeline.formats.exporting import Export


def make(export: "Export") -> Made:
    return Made(json_text([_item(cited) for cited in cited_sources(export.each())], indent=1) + "\n")


def _item(cited: "Cited") -> dict[str, Any]:
    source = cited.source
    known = {
        "id": cited.key,
        "type": "webpage" if source.url else "document",
        "title": source.title,
        "publisher": source.publisher,
        "issued": _issued(source.date) if source.date else None,
        "URL": source.url,
        "note": f"cited for {', '.join(cited.events)}",
    }
    return {key: value for key, value in known.items() if value}


def _issued(text: str) -> dict[str, Any]:
    """A date in parts, as many as are known; in words where it is disputed or open."""
    when = parse_when(text)
    first, last = known_parts(when.start), known_parts(when.end)
    if when.disputed or not first or ("/" in text and not last):
        return {"literal": date_text(when)}
    parts = [list(first)] if when.end.latest == NEVER_AFTER or first == last else [list(first), list(last)]
    return {"date-parts": parts, **({"circa": True} if when.approximate or when.uncertain else {})}
