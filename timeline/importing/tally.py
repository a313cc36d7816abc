"""What a report counts while rows pass by: each thing with its number and the first rows that it was met in."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 3  # rows that are named
MOST = 10_000  # texts of one kind that are kept apart; further ones are counted together
ORDERED = "lead"  # a kind whose texts come in an order of their own


class Told(NamedTuple):
    """Something that a report says of rows: what kind of thing, and its text."""

    what: str
    text: str


class Count(NamedTuple):
    """How often, and where first."""

    times: int
    places: tuple[str, ...]


class Tally:
    """Counts by what kind of thing, then by its text."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, Count]] = {}

    def add(self, told: "Iterable[Told]", place: str) -> None:
        for what, text in told:
            texts = self.counts.setdefault(what, {})
            key = text if text in texts or len(texts) < MOST else "(others)"
            times, places = texts.get(key, Count(0, ()))
            texts[key] = Count(times + 1, (*places, place) if len(places) < SHOWN else places)

    def total(self, what: str) -> int:
        return sum(count.times for count in self.counts.get(what, {}).values())

    def most(self, what: str) -> "list[tuple[str, Count]]":
        """The texts of one kind, the most frequent first; leads in the order in which they came."""
        if what == ORDERED:
            return list(self.counts.get(what, {}).items())
        return sorted(self.counts.get(what, {}).items(), key=lambda one: (-one[1].times, one[0]))
