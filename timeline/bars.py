"""What a picture of visits shows, as values: bars of visits a year or a month, in panels of one direction up and its reverse down."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span

if TYPE_CHECKING:
    from timeline.chart import Chart, Lane

FEW_YEARS = 4  # up to so many, bars are of months


@dataclass(frozen=True, slots=True)
class Bars:
    """The visits of a lane by the span of each bar.

    `open` are the spans of bars between which coarse dates leave a visit, or about which an approximate date puts one.
    """

    lane: "Lane"
    counts: dict[Span, int]
    open: tuple[Span, ...]

    @property
    def highest(self) -> int:
        return max([*self.counts.values(), 1 if self.open else 0], default=0)


@dataclass(frozen=True, slots=True)
class Panel:
    """A lane drawn upwards, one drawn downwards beneath it, or both."""

    up: Bars | None
    down: Bars | None = None

    @property
    def sides(self) -> list[tuple[Bars, int]]:
        """The lanes with 1 for up and -1 for down."""
        return [(bars, sign) for bars, sign in ((self.up, 1), (self.down, -1)) if bars]


def panels(drawn: "Chart", *, mirrored: bool) -> tuple[list[Panel], str]:
    """The panels of a chart, and what a bar is for: year or month.

    `mirrored`: directions there and back share a panel. Of a pair, the visitor that comes first in the alphabet is up, so that a direction keeps its
    side whatever else is drawn.
    """
    unit = "month" if drawn.days.latest - drawn.days.earliest <= FEW_YEARS * 365 else "year"
    bars = [_bars(lane, drawn.days, unit) for lane in drawn.lanes]
    if not mirrored:
        return [Panel(one) for one in bars], unit
    ways = {one.lane.marks[0].event.direction: one for one in bars}
    if len(ways) < len(bars):  # not visits: lanes that have no direction
        return [Panel(one) for one in bars], unit
    pairs = dict.fromkeys((min(way), max(way)) for way in ways)
    return [Panel(ways.get((a, b)), ways.get((b, a)) if a != b else None) for a, b in pairs], unit


def _bars(lane: "Lane", days: Span, unit: str) -> Bars:
    counts: dict[Span, int] = {}
    open_: list[Span] = []
    for mark in lane.marks:
        start = mark.event.date.start
        first = _bar(days.earliest if start.earliest == NEVER_BEFORE else start.earliest, unit)
        last = _bar(days.latest if start.latest == NEVER_AFTER else start.latest, unit)
        if first == last and not mark.event.date.approximate:
            counts[first] = counts.get(first, 0) + 1
        else:
            open_.append(Span(first.earliest, last.latest))
    return Bars(lane, counts, tuple(open_))


def _bar(day: int, unit: str) -> Span:
    """The year or month in which a day lies."""
    d = date.fromordinal(day)
    first = date(d.year, d.month if unit == "month" else 1, 1)
    after = date(d.year + (unit == "year" or d.month == 12), d.month % 12 + 1 if unit == "month" else 1, 1)
    return Span(first.toordinal(), after.toordinal() - 1)
