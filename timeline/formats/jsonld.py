"""JSON-LD in the words of schema.org: a data set, and its events. The page for the web carries the same for search engines."""

from typing import TYPE_CHECKING, Any, Protocol

from timeline.citations import web_address
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, iso, known_parts
from timeline.formats.exporting import Made, headline
from timeline.formats.json_ import json_text
from timeline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.dates import Span
    from timeline.formats.exporting import Export
    from timeline.model import Event, Source
    from timeline.vocabulary import Vocabulary

LICENCES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}
STATUSES = {"happened": "EventScheduled", "announced": "EventScheduled", "cancelled": "EventCancelled"}


class Described(Protocol):
    """What says what it is: a record, or a page made of one."""

    @property
    def title(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def licence(self) -> str: ...


def make(export: "Export") -> Made:
    linked = linked_data(export.store, export.events, export.each(), export.store.vocabulary)
    return Made(json_text(linked, indent=1) + "\n")


def linked_data(
    of: Described, events: "Sequence[Event]", listed: "Iterable[Event]", vocabulary: "Vocabulary"
) -> dict[str, Any]:
    """A Dataset of all `events`, with those of them described one by one that are `listed` and surely are events."""
    title = of.title or "Visits"
    whole = {
        "@type": "Dataset",
        "@id": "#",
        "name": title,
        "description": (of.about or f"{title}: {len(events)} dated events with their sources.")[:5000],
        "license": LICENCES.get(of.licence, of.licence),
        "temporalCoverage": _coverage(events),
        "isAccessibleForFree": True,
        "variableMeasured": ["date", "direction", "people", "offices", "place", "kind", "sources"],
    }
    told = [_event(event, vocabulary) for event in listed if event.status in STATUSES]
    return {"@context": "https://schema.org", "@graph": [_filled(whole), *map(_filled, told)]}


def _coverage(events: "Iterable[Event]") -> str:
    days = [day for event in events for day in event.date.start if day not in (NEVER_BEFORE, NEVER_AFTER)]
    return f"{iso(min(days))}/{iso(max(days))}" if days else ""


def _event(event: "Event", vocabulary: "Vocabulary") -> dict[str, Any]:
    return {
        "@type": "Event",
        "@id": f"#{event.id}",
        "name": headline(event, vocabulary),
        "startDate": "" if event.date.disputed else _day(event.date.start),
        "endDate": "" if event.date.disputed else _day(event.date.end),
        "eventStatus": f"https://schema.org/{STATUSES[event.status]}",
        "location": [{"@type": "Place", "name": place} for place in event.places],
        "performer": [{"@type": "Person", "name": p.name, "jobTitle": p.title} for p in event.people],
        "description": event.occasion,
        "subjectOf": [{"@id": "#"}, *map(_source, event.sources)],
    }


def _day(span: "Span") -> str:
    """A day, month or year as ISO 8601 has it; nothing where even the year is open."""
    return "-".join(f"{part:02}" for part in known_parts(span))


def _source(source: "Source") -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    date = source.date if source.date.replace("-", "").isdecimal() else ""
    return {"@type": "CreativeWork", "name": source.title, "publisher": publisher, "datePublished": date, "url": web_address(source.url)}  # fmt: skip


def _filled(value: Any) -> Any:
    """Without what is not known, and with nothing hidden in a text."""
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one not in (None, "", [])}
    if isinstance(value, list):
        return [_filled(one) for one in value]
    return visible(value) if isinstance(value, str) else value
