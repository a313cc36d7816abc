"""`cite`: the sources of an event, each as a citation."""

from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Line
from timeline.citations import citation, cited_sources

if TYPE_CHECKING:
    from timeline.model import Event

KEYS = ("event", "key", "citation", "title", "publisher", "url", "date")


def cite_answer(event: "Event") -> Answer:
    """One row a source; none, and a remark, for an event that names no source."""
    cited = cited_sources([event])
    rows: list[dict[str, Any]] = [
        {
            "event": event.id,
            "key": key,
            "citation": citation(source),
            "title": source.title or None,
            "publisher": source.publisher or None,
            "url": source.url or None,
            "date": source.date or None,
        }
        for key, source, _ in cited
    ]
    remarks = () if rows else (f"{event.id} names no source, so there is none to cite",)
    return Answer(
        "cite",
        rows,
        tuple(Line(row["citation"]) for row in rows),
        {"id": event.id},
        {"count": len(rows)},
        remarks=remarks,
        keys=KEYS,
    )
