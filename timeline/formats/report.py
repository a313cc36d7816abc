"""Markdown for a report: a table of the events, with footnotes for their sources, each once."""

from typing import TYPE_CHECKING

from timeline.citations import citation, cited_sources, key_of
from timeline.formats.exporting import Made, people_words
from timeline.formats.markdown import escape
from timeline.scope import direction_words
from timeline.text import both, date_text, day_text

if TYPE_CHECKING:
    from timeline.formats.exporting import Export
    from timeline.model import Event

HEAD = "| Date | Direction | Who | Place | Kind | Occasion | Sources |\n| --- | --- | --- | --- | --- | --- | --- |"
WEAK = "\\* rests on memory or on sources that disagree."


def make(export: "Export") -> Made:
    cited = cited_sources(export.events)
    number = {one.key: i for i, one in enumerate(cited, 1)}
    rows = "\n".join(_row(event, number, export) for event in export.each())
    notes = "\n".join(f"[^{i}]: {escape(citation(one.source))}" for i, one in enumerate(cited, 1))
    weak = WEAK if any(event.support != "confirmed" for event in export.events) else ""
    scope = f"{escape(export.scope)}. As of {day_text(export.as_of)}."
    parts = (f"# {escape(export.title)}", scope, f"{HEAD}\n{rows}".rstrip(), weak, notes)
    return Made("\n\n".join(filter(None, parts)) + "\n")


def _row(event: "Event", number: dict[str, int], export: "Export") -> str:
    vocabulary = export.store.vocabulary
    visit = event.type == "visit"
    people = people_words(event, vocabulary)
    cells = (
        date_text(event.date) + ("" if event.support == "confirmed" else " *"),
        direction_words(event.direction, vocabulary) if visit else both(vocabulary.actors[a].name for a in event.actors),
        people if visit or not event.title else event.title,
        ", ".join(event.places),
        ", ".join(filter(None, (event.kind if visit else event.type, "" if event.status == "happened" else event.status))),
        event.occasion,
    )  # fmt: skip
    keys = dict.fromkeys(key_of(source) for source in event.sources)
    return f"| {' | '.join(map(escape, cells))} | {' '.join(f'[^{number[key]}]' for key in keys)} |"
