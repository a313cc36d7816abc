"""A series of numbers beside the visits, such as trade: months or years with their values, drawn where there are some and as gaps where there are none."""

from typing import Any, NamedTuple


class Panel(NamedTuple):
    """Points of one series, each from one day to another with its value."""

    name: str
    unit: str
    points: tuple[tuple[int, int, float], ...]
    source: str = ""

    def as_values(self) -> dict[str, Any]:
        return {"name": self.name, "unit": self.unit, "points": self.points, "source": self.source}
