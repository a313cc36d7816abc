"""The picture of how time grows with the number of events."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from measure import Cost

SHOWN = (
    "timeline",
    "timeline, nothing kept",
    "DuckDB, CSV",
    "SQLite, CSV",
    "Miller, CSV",
    "pandas, CSV",
    "polars, CSV",
)


def draw(tools: "dict[int, dict[str, dict[str, Cost]]]", picture: "Path", question: str = "gap") -> None:
    """One line a tool, events and seconds both by powers of ten. The same figures give the same bytes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure((7, 4.2), layout="constrained")
    axes = figure.add_subplot()
    for name in SHOWN:
        points = [(size, found[question][name].seconds) for size, found in tools.items() if name in found[question]]
        if points:
            own = name.startswith("timeline")
            axes.plot(*zip(*points, strict=True), marker="o", linewidth=2.4 if own else 1.2, label=name)
    axes.set(xscale="log", yscale="log", xlabel="events", ylabel="seconds", title="The gaps of one country")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize="small")
    with rc_context({"svg.hashsalt": "timeline"}):
        figure.savefig(picture, metadata={"Date": None})
