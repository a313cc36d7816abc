"""Who held which top office when, from `data/tenures.csv`: the table against which `check` holds the offices of a record.

It is silent where it has no rows for an actor and an office, and after the day on which it was written.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER, Span, parse_when
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITTEN = date(2025, 12, 31).toordinal()  # who is in office there without an end may have left since
SHARED = frozenset({"vice-president"})  # held by several at once in some states


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office: `first` and `last` are the days on which it may have begun and ended. Without an end, `last` runs on for ever."""

    actor: str
    office: str
    person: str
    keys: frozenset[str]
    first: Span
    last: Span
    text: str

    def may_hold(self, days: Span) -> bool:
        """Whether the person may have held it on one of these days."""
        return self.first.earliest <= days.latest and self.last.latest >= days.earliest

    def surely(self, seen: int = WRITTEN) -> Span | None:
        """The days on which the person surely held it, with those of coming and going.

        Without an end in the table, they run to the day on which it was written, or to one after it on which he is `seen` in the office: then he did not leave it in between.
        """
        last = max(seen, WRITTEN) if self.last.latest == NEVER_AFTER else self.last.earliest
        return Span(self.first.latest, last) if self.first.latest <= last else None

    def holds(self, days: Span) -> bool:
        """Whether the person surely held it on all of some days, none of them that of coming or going."""
        sure = self.surely()
        return sure is not None and sure.earliest < days.earliest and days.latest < sure.latest

    def unsure(self, days: Span) -> bool:
        """Whether the person may have held it on one of these days or not, because the day on which it began or ended is not known exactly."""
        return any(not bound.exact and bound.overlaps(days) for bound in (self.first, self.last))


def name_keys(names: "Iterable[str]") -> frozenset[str]:
    """Names as they are compared: `Abe Shinzo` and `Shinzo Abe` are one."""
    return frozenset(" ".join(sorted(fold(name).split())) for name in names)


def tenures_of(keys: frozenset[str]) -> list[Tenure]:
    """The times of somebody in all offices, by the keys of his names."""
    return [row for rows in tenures().values() for row in rows if row.keys & keys]


@cache
def tenures() -> dict[tuple[str, str], tuple[Tenure, ...]]:
    """The rows of the table by actor and office, oldest first."""
    from timeline.vocabulary import listed, rows

    table: dict[tuple[str, str], list[Tenure]] = {}
    for row in rows("tenures.csv"):
        first = parse_when(row["from"]).start
        last = parse_when(row["to"]).start if row["to"] else Span(NEVER_AFTER, NEVER_AFTER)
        keys = name_keys([row["person"], *listed(row["aliases"])])
        text = f"from {row['from']} to {row['to']}" if row["to"] else f"since {row['from']}"
        key = (row["actor"], row["office"])
        table.setdefault(key, []).append(Tenure(*key, row["person"], keys, first, last, text))
    return {key: tuple(held) for key, held in table.items()}


@cache
def inexact() -> dict[str, tuple[Tenure, ...]]:
    """The rows by actor of which the first or the last day is not known exactly."""
    rows = [row for held in tenures().values() for row in held if not (row.first.exact and row.last.exact)]
    return {actor: tuple(row for row in rows if row.actor == actor) for actor in {row.actor for row in rows}}
