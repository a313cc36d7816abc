"""What is said of a lane in words, the same beneath a chart and a picture."""

from typing import TYPE_CHECKING

from timeline.coverage import overlaps, without
from timeline.text import both, period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.chart import Lane
    from timeline.dates import Span

TOLD = 2  # spans that are told one by one; of more, the latest


def record_words(lane: "Lane", days: "Span") -> "Iterator[str]":
    """From when to when the record is complete, and near complete, as far as that has to do with the days drawn or the gap still open."""
    last = max(days.latest, lane.day)
    for words, spans, warning in (
        ("complete", without(lane.complete, lane.near), ""),
        ("near complete", lane.near, ": a visit may be missing"),
    ):
        if shown := [span for span in spans if overlaps((span,), days.earliest, last)]:
            yield f"{words}{_spans(shown)}{warning}"


def _spans(spans: "Sequence[Span]") -> str:
    if len(spans) <= TOLD:
        return f" {both(map(period_text, spans))}".rstrip()
    return f" {period_text(spans[-1])}, the latest of {len(spans)} spans"
