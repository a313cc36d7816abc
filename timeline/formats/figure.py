"""A chart as a picture, by matplotlib: PNG, SVG or PDF with the same bytes for the same data.

Directions and doubts differ by hatching and outline as well as by colour, so that the picture can be read in print; the colours are of Okabe and Ito's set.
"""

import io
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.bars import panels
from timeline.chart import ticks
from timeline.coverage import common, without
from timeline.errors import UsageError
from timeline.extras import library
from timeline.formats.beside import INK, draw_series
from timeline.formats.brackets import PLAIN, Brackets, box, cut
from timeline.formats.lanes import record_words
from timeline.lengths import tie_words
from timeline.progress import watched
from timeline.text import both, day_text, plural, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from timeline.bars import Bars, Panel
    from timeline.chart import Chart
    from timeline.dates import Span
    from timeline.progress import Watch
    from timeline.quantities import Quantities

UP, DOWN, PALE = "#0072B2", "#D55E00", "#E9E9E9"
NEAR = "\\\\"  # the hatching of days for which the record is near complete only
WIDE = 10.0  # inches
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # from one number of visits to the next
MOST = 8  # panels that a page holds
FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", "Malgun Gothic")  # fmt: skip
STYLE: dict[Any, Any] = {
    "font.size": 9,
    "text.parse_math": False,  # a text of the record is a text
    "svg.hashsalt": "timeline",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}


class Words(NamedTuple):
    """What is written on a picture: the scope, and where the data are from."""

    title: str
    scope: str
    source: str


def picture(
    drawn: "Chart",
    beside: "Sequence[Quantities]",
    words: Words,
    kind: str,
    *,
    mirrored: bool,
    watch: "Watch | None" = None,
) -> tuple[bytes, list[str]]:
    """The bytes of a picture, and what a reader should be told of it. Raises UsageError without matplotlib, or where too much is asked for.

    `watch` is told how many panels are drawn, and of how many.
    """
    mpl = library("matplotlib", "plot")
    shown, unit = panels(drawn, mirrored=mirrored)
    if len(shown) + len(beside) > MOST:
        raise UsageError(
            f"{len(shown) + len(beside)} panels are too many for a picture (at most {MOST}); narrow the scope, such as with --host, or draw them in one panel with --by all"
        )
    out = io.BytesIO()
    with mpl.rc_context(style()), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure = Page(drawn, shown, beside, words, unit).figure(watch)
        figure.savefig(out, format=kind, metadata=METADATA[kind], dpi=150)
    missing = {
        str(warning.message).split(" missing from", maxsplit=1)[0]
        for warning in caught
        if "missing from" in str(warning.message)
    }
    return out.getvalue(), [
        f"no font here has all letters ({plural(len(missing), 'letter')} missing): install Noto Sans CJK"
    ] if missing else []


def style() -> dict[Any, Any]:
    """The settings of a picture, with those fonts that are here."""
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return STYLE | {"font.family": [font for font in FONTS if font in known]}


class Page:
    """A picture on its way: panels over one another with one axis of time."""

    def __init__(
        self, drawn: "Chart", shown: "Sequence[Panel]", beside: "Sequence[Quantities]", words: Words, unit: str
    ) -> None:
        self.drawn, self.shown, self.words, self.unit = drawn, shown, words, unit
        self.beside = beside if shown else ()  # beneath nothing there is no axis of time

    def figure(self, watch: "Watch | None" = None) -> "Figure":
        from matplotlib.figure import Figure

        heights = [3.4 if len(panel.sides) > 1 else 2.0 for panel in self.shown] + [3.0] * len(self.beside)
        title, head, foot = _lines([self.words.title], 84), _lines([self.words.scope], 130), _lines(self._notes(), 150)
        under = 0.36 + 0.2 * (len(title) - 1)  # the title
        top, bottom = under + 0.06 + 0.17 * len(head), 0.45 + 0.17 * len(foot)
        tall = sum(heights or [0.5]) + 0.34 * max(0, len(heights) - 1) + top + bottom
        figure = Figure(figsize=(WIDE, tall))
        figure.text(0.008, 1 - 0.08 / tall, "\n".join(title), va="top", size=12, weight="bold", color=INK)
        figure.text(0.008, 1 - under / tall, "\n".join(head), va="top", size=8, color=INK)
        figure.text(0.008, 0.06 / tall, "\n".join(foot), va="bottom", size=7.5, color="#444444", linespacing=1.35)
        for text in figure.texts:
            cut(text)
        if not heights:
            figure.text(0.5, 0.5, "No visits in this scope, so nothing to draw.", ha="center")
            return figure
        grid = figure.add_gridspec(
            len(heights),
            1,
            height_ratios=heights,
            left=0.065,
            right=0.992,
            top=1 - top / tall,
            bottom=bottom / tall,
            hspace=0.34 * len(heights) / sum(heights),
        )
        axes = [figure.add_subplot(grid[k]) for k in range(len(heights))]
        for axis, panel in zip(axes, self.shown, strict=False):
            self._panel(axis, panel)
        for axis, series in zip(axes[len(self.shown) :], self.beside, strict=True):
            draw_series(axis, series, self.drawn.days)
        for axis in axes:
            self._time(axis, labels=axis is axes[-1])
        for axis, panel in watched(list(zip(axes, self.shown, strict=False)), watch):
            self._gaps(axis, panel)
        return figure

    def _time(self, axis: "Axes", *, labels: bool) -> None:
        days = self.drawn.days
        axis.set_xlim(days.earliest, days.latest + 1)
        found = ticks(days, 14 if self.unit == "year" else 9)
        axis.set_xticks([day for day, _ in found], [text for _, text in found] if labels else [])
        if self.drawn.as_of < days.latest:
            axis.axvline(self.drawn.as_of, color=INK, linestyle=":", linewidth=0.9)

    def _panel(self, axis: "Axes", panel: "Panel") -> None:
        for bars, sign in panel.sides:
            self._bars(axis, bars, sign, *((UP, "") if sign > 0 else (DOWN, "////")))
        axis.axhline(0, color=INK, linewidth=0.9)
        up, down = (bars.highest if bars else 0 for bars in (panel.up, panel.down))
        most = max(up, down)
        step = next((step for step in STEPS if most <= 4 * step), -(-most // 4))
        heights = range(-(down // step) * step, up + 1, step)
        axis.set_yticks(list(heights), [str(abs(height)) for height in heights])
        axis.set_ylabel(f"visits a {self.unit}")
        room = max(most, 1) * (0.2 if len(panel.sides) > 1 else 0.4)  # for the name of the lane
        axis.set_ylim(-(down + room) if panel.down else 0, up + room if panel.up else 0)
        for bars, sign in panel.sides:
            at, va, color = (0.985, "top", UP) if sign > 0 else (0.015, "bottom", DOWN)
            count = f": {plural(len(bars.lane.marks), 'visit')}"
            text = axis.text(0.006, at, f"{visible(bars.lane.name)}{count}", transform=axis.transAxes, va=va)
            text.set(weight="bold", color=color, bbox=PLAIN, zorder=6)
            cut(text, count)

    def _bars(self, axis: "Axes", bars: "Bars", sign: int, color: str, hatch: str) -> None:
        """Bars of visits; where a coarse date leaves the bar open, an outline over all that it may belong to, above them."""
        for span, count in bars.counts.items():
            edge = "white" if hatch else color
            axis.bar(
                *box(span, sign * count), align="edge", color=color, hatch=hatch, edgecolor=edge, linewidth=0, zorder=3
            )
        tops = dict(bars.counts)
        for span in sorted(bars.open):
            base = max(
                (top for other, top in tops.items() if other.earliest <= span.latest and other.latest >= span.earliest),
                default=0,
            )
            axis.bar(
                *box(span, sign),
                bottom=sign * base,
                align="edge",
                fill=False,
                edgecolor=color,
                linestyle=":",
                linewidth=1.1,
                zorder=3,
            )
            tops[span] = base + 1

    def _all(self) -> "list[Bars]":
        return [bars for panel in self.shown for bars, _ in panel.sides]

    def _unknown(self, bars: "Bars") -> "Sequence[Span]":
        """The days for which the record does not claim to be complete; none where it claims nothing of any lane, which is said below."""
        claimed = any(one.lane.complete for one in self._all())
        return without((self.drawn.days,), bars.lane.complete) if claimed else ()

    def _near(self, bars: "Bars") -> "Sequence[Span]":
        """The days drawn for which the record claims no more than to be near complete."""
        return common((self.drawn.days,), bars.lane.near)

    def _gaps(self, axis: "Axes", panel: "Panel") -> None:
        """The brackets of gaps; then, where their names need it, more room, and what the record does not cover."""
        for bars, sign in panel.sides:
            need = Brackets(axis, bars, sign, self.drawn.days).draw()
            low, high = axis.get_ylim()
            axis.set_ylim(min(low, -need) if sign < 0 else low, max(high, need) if sign > 0 else high)
            edge = axis.get_ylim()[0 if sign < 0 else 1]
            for span in self._unknown(bars):
                axis.fill_between([span.earliest, span.latest + 1], 0, edge, color=PALE, linewidth=0, zorder=0)
            for span in self._near(bars):
                days = [span.earliest, span.latest + 1]
                axis.fill_between(days, 0, edge, facecolor="none", edgecolor=PALE, hatch=NEAR, linewidth=0, zorder=0)

    def _notes(self) -> list[str]:
        lanes = [bars.lane for bars in self._all()]
        notes = ["Where there is no bar, no visit is known."] if lanes else []
        if any(bars.open for bars in self._all()):
            notes.append(f"Dotted: in one of these {self.unit}s, which one is not known, or about then.")
        if not all(gap.covered for lane in lanes for gap in lane.longest):
            notes.append("Dashed: at most so long, as the record may lack a visit in between.")
        if any(gap.approximate for lane in lanes for gap in lane.longest):
            notes.append("About: reckoned from an approximate date, so no bound.")
        notes += [
            f"{lane.name}: the longest gap, {tie}." for lane in lanes if lane.longest and (tie := tie_words(lane.ties))
        ]
        days = self.drawn.days
        if any(self._near(bars) for bars in self._all()):
            notes.append("Hatched in grey: near complete, a visit may be missing.")
        if any(lane.complete for lane in lanes):
            notes.append("Grey: days for which the record does not claim to have every visit.")
            notes += [f"{lane.name}: record {both(said)}." for lane in lanes if (said := [*record_words(lane, days)])]
        else:
            notes.append("The record does not claim to have every visit of this scope.")
        if any(len(series.drawn) < len(series.items) for series in self.beside):
            notes.append("Of figures for longer and longer parts of a year the last is drawn.")
        if any(item.support != "printed" for series in self.beside for item in series.drawn):
            notes.append("Hatched, hollow or dotted figures are rounded, inferred or read in a copy.")
        return [" ".join(notes), f"{self.words.source} As of {day_text(self.drawn.as_of)}."]


def _lines(texts: "Sequence[str]", columns: int) -> list[str]:
    """Paragraphs broken between words at so many columns."""
    return [line for text in texts for line in wrapped(visible(text), columns)]
