"""iCalendar (RFC 5545): all-day events, only those whose first day is known; a calendar cannot say `October 2014` or `about`."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from timeline.citations import citation
from timeline.extras import library
from timeline.formats.exporting import Made, facts, headline, left_out, told
from timeline.text import visible

if TYPE_CHECKING:
    from timeline.formats.exporting import Export
    from timeline.model import Event

STATUSES = {"happened": "CONFIRMED", "announced": "TENTATIVE", "candidate": "TENTATIVE", "cancelled": "CANCELLED"}
LAST = date.max.toordinal()  # the day after it, which ends an event exclusively, does not exist


def make(export: "Export") -> Made:
    ical = library("icalendar", "ics")
    calendar = ical.Calendar()
    calendar.add("prodid", "-//timeline-visits//timeline export//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(export.title))
    refused = []
    for event in export.each():
        if _exact(event):
            calendar.add_component(_entry(event, export, ical))
        else:
            refused.append(event)
    text = calendar.to_ical().decode("utf-8")
    return Made(text, left_out(refused, "as a calendar needs the exact day on which they begin"))


def _exact(event: "Event") -> bool:
    when = event.date
    return when.start.exact and not (when.approximate or when.uncertain) and when.start.latest < LAST


def _entry(event: "Event", export: "Export", ical: Any) -> Any:
    vocabulary = export.store.vocabulary
    entry = ical.Event()
    entry.add("uid", f"{event.id}@timeline-visits")
    entry.add("dtstamp", datetime.combine(date.fromordinal(told(event, export.as_of)), datetime.min.time(), UTC))
    entry.add("dtstart", date.fromordinal(event.date.start.earliest))
    end = event.date.end
    if end.exact and end.latest < LAST:
        entry.add("dtend", date.fromordinal(end.latest + 1))
    entry.add("summary", visible(headline(event, vocabulary)))
    if event.places:
        entry.add("location", visible(", ".join(event.places)))
    entry.add("description", _description(event, export))
    entry.add("status", STATUSES[event.status])
    entry.add("transp", "TRANSPARENT")  # of long ago, or elsewhere: nobody is busy
    if event.kind:
        entry.add("categories", [event.kind])
    return entry


def _description(event: "Event", export: "Export") -> str:
    """What is known, a line each; where the last day is not known, that too, since a calendar then shows one day."""
    lines = [f"{label}: {text}" for label, text in facts(event, export.store.vocabulary)]
    end = event.date.end
    if event.type == "visit" and not end.exact:
        lines.append("The day on which it ended is not known.")
    lines += [f"Source: {citation(source)}" for source in event.sources]
    return "\n".join(map(visible, lines))
