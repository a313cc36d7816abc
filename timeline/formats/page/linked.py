"""The record for search engines, as JSON-LD in the words of schema.org: a data set, and its visits as events."""

from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, iso

if TYPE_CHECKING:
    from timeline.formats.page.model import Page, Shown
    from timeline.model import Event

MOST_EVENTS = 500  # one by one; of a larger record only the whole is described
LICENCES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}
STATUSES = {"happened": "EventScheduled", "announced": "EventScheduled", "cancelled": "EventCancelled"}


def linked_data(page: "Page") -> dict[str, Any]:
    """A Dataset, with its events where they are not too many."""
    whole = {
        "@type": "Dataset",
        "@id": "#",
        "name": page.title,
        "description": (page.about or f"{page.title}: {len(page.events)} dated events with their sources.")[:5000],
        "license": LICENCES.get(page.licence, page.licence) or None,
        "temporalCoverage": _coverage(page),
        "isAccessibleForFree": True,
        "variableMeasured": ["date", "direction", "people", "offices", "place", "kind", "sources"],
    }
    listed = page.events if len(page.events) <= MOST_EVENTS else ()
    events = [_event(one) for one in listed if one.event.status in STATUSES]
    return {"@context": "https://schema.org", "@graph": [_filled(whole), *map(_filled, events)]}


def _coverage(page: "Page") -> str | None:
    days = [day for one in page.events for day in one.event.date.start if day not in (NEVER_BEFORE, NEVER_AFTER)]
    return f"{iso(min(days))}/{iso(max(days))}" if days else None


def _event(one: "Shown") -> dict[str, Any]:
    event = one.event
    return {
        "@type": "Event",
        "@id": f"#{event.id}",
        "name": f"{one.name}, {one.direction}" if event.type == "visit" else one.name,
        "startDate": _start(event),
        "endDate": _end(event),
        "eventStatus": f"https://schema.org/{STATUSES[event.status]}",
        "location": [{"@type": "Place", "name": place} for place in event.places],
        "performer": [{"@type": "Person", "name": p.name, "jobTitle": p.title or None} for p in event.people],
        "description": event.occasion,
        "citation": [link.url for link in one.sources if link.url],
        "isPartOf": {"@id": "#"},
    }


def _start(event: "Event") -> str | None:
    """The first day, month or year as ISO 8601 has it; nothing where it is disputed or open, which that cannot say."""
    when = event.date
    if when.disputed or when.precision == "range":
        return None
    text = iso(when.start.earliest) or ""
    return text[: {"day": 10, "month": 7, "year": 4}[when.precision]]


def _end(event: "Event") -> str | None:
    end = event.date.end
    return iso(end.latest) if not event.date.disputed and end.exact and end.latest != NEVER_AFTER else None


def _filled(values: Any) -> Any:
    """Without what is not known."""
    if isinstance(values, dict):
        return {key: _filled(value) for key, value in values.items() if value not in (None, "", [])}
    return [_filled(value) for value in values] if isinstance(values, list) else values
