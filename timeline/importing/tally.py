"""What a report counts while rows pass by: each thing with its number and the first rows that it was met in."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 3  # rows that are named
MOST = 10_000  # texts of one kind that are kept apart; further ones are counted together
SWAP = "probable swap"
LEFT = "left out"  # of rows that are no events, or no leads: no refusal
ORDERED = "lead"  # a kind whose texts come in an order of their own


class Told(NamedTuple):
    """Something that a report says of rows: what kind of thing, and its text."""

    what: str
    text: str


class Count(NamedTuple):
    """In how many rows, and in which first."""

    times: int
    places: tuple[str, ...]


class Tally:
    """Counts of rows by what kind of thing is said of them, then by its text: a row of which something is said twice counts once."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, Count]] = {}
        self.rows: Counter[str] = Counter()

    def add(self, told: "Iterable[Told]", place: str, *, counted: bool = False) -> None:
        """What is said of one row; `counted` where things of these kinds have been said of it before."""
        said = dict.fromkeys((what, self._key(what, text)) for what, text in told)
        for what, key in said:
            times, places = self.counts[what].get(key, Count(0, ()))
            self.counts[what][key] = Count(times + 1, (*places, place) if len(places) < SHOWN else places)
        if not counted:
            self.rows.update({what for what, _ in said})

    def add_unseen(self, told: Told, times: int) -> None:
        """What is true of rows that were not read, of which nobody knows where they stand."""
        key = self._key(told.what, told.text)
        before, places = self.counts[told.what].get(key, Count(0, ()))
        self.counts[told.what][key] = Count(before + times, places)
        self.rows[told.what] += times

    def _key(self, what: str, text: str) -> str:
        texts = self.counts.setdefault(what, {})
        return text if text in texts or len(texts) < MOST else "(others)"

    def most(self, what: str) -> "list[tuple[str, Count]]":
        """The texts of one kind, the most frequent first; leads in the order in which they came."""
        if what == ORDERED:
            return list(self.counts.get(what, {}).items())
        return sorted(self.counts.get(what, {}).items(), key=lambda one: (-one[1].times, one[0]))
