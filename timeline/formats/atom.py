"""An Atom feed (RFC 4287), the latest event first. Ids are UUIDs made of the ids of events: the same wherever and whenever they are written."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from timeline.citations import citation, web_address
from timeline.formats.exporting import Made, facts, headline, told
from timeline.text import day_text, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from timeline.formats.exporting import Export
    from timeline.model import Event

ATOM = "http://www.w3.org/2005/Atom"
OURS = UUID("0f6d6f8a-754c-4985-97e8-1c444e001a9c")  # the name space of our ids, never to be changed
NEVER_IN_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}


def make(export: "Export") -> Made:
    from xml.etree import ElementTree as ET

    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "id", uuid5(OURS, f"feed\n{export.title}\n{export.scope}").urn)
    _add(feed, "title", export.title)
    _add(feed, "subtitle", f"{export.scope}. As of {day_text(export.as_of)}.")
    days = [told(event, export.as_of) for event in export.events]
    _add(feed, "updated", _instant(max(days, default=export.as_of)))
    _add(_add(feed, "author"), "name", export.title)
    _add(feed, "generator", "timeline")
    feed.extend(reversed([_entry(event, export) for event in export.each()]))
    ET.indent(feed, " ")
    return Made(f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(feed, encoding='unicode')}\n")


def _entry(event: "Event", export: "Export") -> "Element":
    from xml.etree.ElementTree import Element

    vocabulary = export.store.vocabulary
    entry = Element("entry")
    _add(entry, "id", uuid5(OURS, event.id).urn)
    _add(entry, "title", headline(event, vocabulary))
    _add(entry, "updated", _instant(told(event, export.as_of)))
    _add(entry, "category", term=event.kind or event.type)
    for source in event.sources:
        if url := web_address(source.url):
            _add(entry, "link", rel="related", href=url, title=source.title)
    lines = [f"{label}: {text}" for label, text in facts(event, vocabulary)]
    lines += [f"Source: {citation(source)}" for source in event.sources]
    _add(entry, "content", "\n".join(map(visible, lines)), type="text")
    return entry


def _add(parent: "Element", name: str, text: str = "", **attributes: str) -> "Element":
    from xml.etree.ElementTree import SubElement

    child = SubElement(parent, name, {key: _text(value) for key, value in attributes.items() if value})
    child.text = "\n".join(map(_text, text.split("\n"))) or None
    return child


def _text(text: str) -> str:
    return visible(text).translate(NEVER_IN_XML)


def _instant(day: int) -> str:
    return f"{date.fromordinal(day).isoformat()}T00:00:00Z"
