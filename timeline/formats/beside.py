"""A panel of quantities beneath the visits of a picture: patchy where the data are patchy."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from timeline.formats.brackets import cut
from timeline.text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from timeline.dates import Span
    from timeline.quantities import Quantities, Quantity

INK, BAR, EDGE, LINE = "#222222", "#DDDDDD", "#888888", "#009E73"
HEADROOM = 0.3  # of the height, for the name and the legend


def draw_series(axis: "Axes", series: "Quantities", days: "Span") -> None:
    """Years as bars, parts of a year as lines, months as points that are joined only where no month is missing between them."""
    items = [item for item in series.drawn if item.span.earliest <= days.latest and item.span.latest >= days.earliest]
    used: dict[str, Any] = {}
    for item in items:
        kind = _kind(item)
        handle = _DRAWN[kind](axis, item, exact=item.support == "printed")
        if item.support == "printed" or kind not in used:
            used[kind] = handle
    months = [item for item in items if _kind(item) == "a month"]
    for one, other in pairwise(months):
        if other.span.earliest == one.span.latest + 1:
            axis.plot([_middle(one), _middle(other)], [one.height, other.height], color=INK, linewidth=0.9, zorder=4)
    axis.margins(y=0.05)
    low, high = axis.get_ylim()
    low = 0 if all(item.height >= 0 for item in items) else low
    axis.set_ylim(low, high + (high - low) * HEADROOM)
    _title(axis, series, used)


def _title(axis: "Axes", series: "Quantities", used: dict[str, Any]) -> None:
    unit = f"{visible(series.unit)}{' a month' if series.summed else ''}"
    words = f"{visible(series.name)}{f', {unit}' if used else ': no figures for these years'}"
    text = axis.text(0.006, 0.97, words, transform=axis.transAxes, va="top", weight="bold", color=INK, zorder=6)
    cut(text)
    means = (
        {"a year": "a year, as its mean a month", "several months": "several months, as their mean"}
        if series.summed
        else {}
    )
    if used:
        axis.legend(
            list(used.values()),
            [means.get(kind, kind) for kind in used],
            loc="upper left",
            bbox_to_anchor=(0, 0.89),
            ncols=3,
            fontsize=7.5,
            frameon=False,
            borderaxespad=0.2,
            handlelength=2.2,
        )


def _kind(item: "Quantity") -> str:
    months = round(item.months, 2)
    return "a year" if months == 12 else "several months" if months > 1 else "a month" if months == 1 else "some days"


def _middle(item: "Quantity") -> float:
    return (item.span.earliest + item.span.latest + 1) / 2


def _year_bar(axis: "Axes", item: "Quantity", *, exact: bool) -> Any:
    at, size = (
        item.span.earliest,
        item.span.latest + 1 - item.span.earliest,
    )  # all of its year, also on an axis of months
    face, hatch = (BAR, "") if exact else ("white", "////")
    return axis.bar(
        at, item.height, size, align="edge", color=face, edgecolor=EDGE, hatch=hatch, linewidth=0.7, zorder=2
    )


def _stretch(axis: "Axes", item: "Quantity", *, exact: bool) -> Any:
    style = "-" if exact else (0, (1.2, 1))
    ends = [item.span.earliest, item.span.latest + 1]
    order = 3 + 1 / (1 + item.months)  # the shorter above the longer
    axis.plot(ends, [item.height] * 2, color="white", linewidth=2.6, zorder=order)
    return axis.plot(ends, [item.height] * 2, color=LINE, linewidth=1.8, linestyle=style, zorder=order)[0]


def _point(axis: "Axes", item: "Quantity", *, exact: bool) -> Any:
    face, edge, size = (INK, "white", 4.6) if exact else ("white", INK, 4.8)
    return axis.plot(
        [_middle(item)],
        [item.height],
        "o",
        markersize=size,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.7 if exact else 1.1,
        zorder=5 if exact else 5.5,
        clip_on=False,  # one of nothing stands on the edge
    )[0]


_DRAWN = {"a year": _year_bar, "several months": _stretch, "a month": _point, "some days": _point}
