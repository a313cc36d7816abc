"""The JSON of TimelineJS 3: slides with dates at the precision that is known. Its texts are HTML, so all of ours are escaped."""

from typing import TYPE_CHECKING, Any

from timeline.citations import citation, web_address
from timeline.dates import known_parts
from timeline.formats.exporting import Made, facts, headline, left_out
from timeline.formats.json_ import json_text
from timeline.scope import direction_words
from timeline.text import date_text, day_text, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates import Span
    from timeline.formats.exporting import Export
    from timeline.model import Event


def make(export: "Export") -> Made:
    slides, refused = [], []
    for event in export.each():
        start = _date(event.date.start)
        if start:
            slides.append(_slide(event, start, export))
        else:
            refused.append(event)
    lines = (*export.store.about.split("\n\n"), f"{export.scope}. As of {day_text(export.as_of)}.")
    title = {"unique_id": "title", "text": {"headline": _text(export.title), "text": "".join(map(_paragraph, lines))}, "autolink": False}  # fmt: skip
    value = {"scale": "human", "title": title, "events": slides}
    return Made(json_text(value, indent=1) + "\n", left_out(refused, "as a slide needs the year in which they begin"))


def _slide(event: "Event", start: dict[str, int], export: "Export") -> dict[str, Any]:
    vocabulary = export.store.vocabulary
    end = _date(event.date.end)
    group = direction_words(event.direction, vocabulary) if event.type == "visit" else event.type
    return {
        "unique_id": event.id,
        "start_date": start,
        **({"end_date": end} if end else {}),
        "display_date": date_text(event.date),
        "group": _text(group),
        "text": {"headline": _text(headline(event, vocabulary)), "text": "".join(_paragraphs(event, export))},
        "autolink": False,
    }


def _date(span: "Span") -> dict[str, int]:
    """Year, month and day; what is not known is left out, and nothing is left where not even the year is."""
    return dict(zip(("year", "month", "day"), known_parts(span), strict=False))


def _paragraphs(event: "Event", export: "Export") -> "Iterator[str]":
    for label, text in facts(event, export.store.vocabulary):
        if label != "Date":
            yield _paragraph(f"{label}: {text}")
    for source in event.sources:
        text, url = _text(citation(source)), web_address(source.url)
        yield f'<p>Source: <a href="{_text(url)}">{text}</a></p>' if url else f"<p>Source: {text}</p>"


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>" if text else ""


def _text(text: str) -> str:
    from html import escape

    return escape(visible(text))
