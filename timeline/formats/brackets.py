"""Brackets over the longest gaps of a picture, each with its name where it stands over nothing else."""

from typing import TYPE_CHECKING

from timeline.dates import Span
from timeline.lengths import gap_label, gap_lengths, signed
from timeline.text import width, years_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from timeline.bars import Bars
    from timeline.gaps import Gap

COLOR = "#8B1A1A"
PLAIN = {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
ROW = 15  # the height of a line of text, in hundredths of an inch


def box(span: Span, height: int) -> tuple[float, int, float]:
    """Left side, height and width of the bar for a span of days, with some space between bars."""
    size = span.latest - span.earliest + 1
    return span.earliest + size * 0.08, height, size * 0.84


def cut(text: "Text", kept: str = "") -> None:
    """Shorten what would run off the page: of a direction the longer name, each at its end, but not the last words `kept`."""
    figure = text.get_figure()
    while figure is not None and text.get_window_extent().x1 > figure.bbox.x1 - 6:
        lines = text.get_text().split("\n")
        longest = max(range(len(lines)), key=lambda k: width(lines[k]))
        names = lines[longest].removesuffix(kept).split(" → ")
        longer = max(range(len(names)), key=lambda k: width(names[k]))
        names[longer] = f"{names[longer].removesuffix('…')[:-1]}…"
        lines[longest] = " → ".join(names) + kept
        text.set_text("\n".join(lines))


class Brackets:
    """The brackets of one lane, up (`sign` 1) or down (-1), on an axis whose limits are set."""

    def __init__(self, axis: "Axes", bars: "Bars", sign: int, days: Span) -> None:
        self.axis, self.bars, self.sign, self.days = axis, bars, sign, days
        low, high = axis.get_ylim()
        extent = axis.get_window_extent()
        self.row = ROW * (high - low) / extent.height * axis.figure.dpi / 100
        self.pixel = (days.latest + 1 - days.earliest) / extent.width
        self.taken: list[tuple[float, float, float]] = []

    def draw(self) -> float:
        """Draw them, and say how high the panel must be for their names and that of the lane; 0 without any."""
        for gap in self.bars.lane.longest:
            start, end = self._between(gap)
            if end > start:
                self._bracket(start, end, solid=gap.covered and not gap.approximate)
                self._name(gap, start, end)
        return max((height for _, _, height in self.taken), default=-2.6 * self.row) + 2.6 * self.row

    def _between(self, gap: "Gap") -> tuple[float, float]:
        """From the bar of the one visit to that of the other; from day to day where that leaves next to nothing."""
        start, end = max(gap.shortest.start, self.days.earliest), min(gap.shortest.end, self.days.latest)
        boxes = [(span, box(span, 0)) for span in self.bars.counts]
        first = next((at + size for span, (at, _, size) in boxes if span.earliest <= start <= span.latest), start)
        last = next((at for span, (at, _, _) in boxes if span.earliest <= end <= span.latest), end)
        return (first, last) if last - first > 6 * self.pixel else (start, end)

    def _bracket(self, start: float, end: float, *, solid: bool) -> None:
        level = self.sign * self.row * 0.45
        lines = [([start, end], [level, level])]
        lines += [([day, day], [level * 0.4, level * 1.6]) for day in (start, end)]
        for across, up in lines:
            self.axis.plot(across, up, color=COLOR, linewidth=1.3, linestyle="-" if solid else "--", zorder=5)

    def _name(self, gap: "Gap", start: float, end: float) -> None:
        """The longest of its names that stands on the bracket itself, otherwise the full one above bars and other names."""
        least = self.row * 0.8
        text = self._written(gap_names(gap)[0])
        for name in gap_names(gap):
            text.set_text(name)
            half = self._half(text)
            if self._free(start, end, half, least)[1] == least:
                break
        else:
            text.set_text(gap_names(gap)[0])
        half = self._half(text)
        middle, height = self._free(start, end, half, least)
        text.set_position((middle, self.sign * height))
        self.taken.append((middle - half, middle + half, height))
        if height > least:  # what is named stands below: a line leads to it
            ends = [self.sign * self.row * 0.45, self.sign * height]
            self.axis.plot([(start + end) / 2] * 2, ends, color=COLOR, linewidth=0.6, zorder=4)

    def _written(self, name: str) -> "Text":
        side = "bottom" if self.sign > 0 else "top"
        return self.axis.text(0, 0, name, ha="center", va=side, size=8.5, color=COLOR, bbox=PLAIN, zorder=7)

    def _half(self, text: "Text") -> float:
        return (text.get_window_extent().width / 2 + 3) * self.pixel

    def _free(self, start: float, end: float, half: float, least: float) -> tuple[float, float]:
        """Where a name stands: its middle, within the panel, and the lowest height over no bar and no other name."""
        middle = min(max((start + end) / 2, self.days.earliest + half), self.days.latest + 1 - half)
        first, last = middle - half, middle + half
        spans = [(span, count) for span, count in self.bars.counts.items()]
        spans += [(span, self.bars.highest + 1) for span in self.bars.open]
        edges = [(box(span, count), count) for span, count in spans]
        tops = [count for (at, _, size), count in edges if at < last and at + size > first]
        height = max([least, *(top + self.row * 0.2 for top in tops)])
        for left, right, other in sorted(self.taken, key=lambda one: one[2]):
            if left < last and right > first and abs(other - height) < self.row:
                height = other + self.row
        return middle, height


def gap_names(gap: "Gap") -> list[str]:
    """`16-year gap, 2009 → 2025` and shorter."""
    later = gap.later.date.start if gap.later else gap.earlier.date.start
    years = " → ".join(dict.fromkeys([years_text(gap.earlier.date.start), years_text(later)]))
    label = gap_label(gap)
    shorter = [] if gap.days.most is None else [label, *map(signed, gap_lengths(gap))]
    return [f"{label}, {years}", *shorter]
