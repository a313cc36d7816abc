"""How many events of a scope there are under each value of one field, or of two; and how visits between two actors balance."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from timeline.facets import CALENDAR, UNKNOWN, order
from timeline.query import facets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from timeline.model import Event
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary

Counted = TypeVar("Counted")


class Group(NamedTuple):
    """How many events stand under some values, the first and the last of them."""

    number: int
    first: "Event | None" = None
    last: "Event | None" = None


def group_of(events: "Iterable[Event]") -> Group:
    ordered = sorted(events, key=lambda event: event.order)
    return Group(len(ordered), ordered[0], ordered[-1]) if ordered else Group(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Events counted by some fields: `cells` by a combination of values, `axes` by the value of each field alone.

    An event stands in as many as it has values: people, places. A year, decade or month in which nothing is known stands among those between the
    first and the last with no event.
    """

    fields: tuple[str, ...]
    events: "tuple[Event, ...]"
    cells: "dict[tuple[str, ...], list[Event]]"
    axes: "tuple[dict[str, list[Event]], ...]"

    @property
    def several(self) -> int:
        """How many events stand under more than one value of the first field."""
        found: dict[str, int] = {}
        for events in self.axes[0].values():
            for event in events:
                found[event.id] = found.get(event.id, 0) + 1
        return sum(count > 1 for count in found.values())

    @property
    def undecided(self) -> "list[Event]":
        """Those of which a coarse date leaves the first field open."""
        return [
            event for value, events in self.axes[0].items() if leaves_open(self.fields[0], value) for event in events
        ]


def tally(events: "Iterable[Event]", fields: "Sequence[str]", query: "Query", vocabulary: "Vocabulary") -> Tally:
    """Count events, those that `select` gave for the query, by one field or two."""
    found = tuple(events)
    cells: dict[tuple[str, ...], list[Event]] = {}
    axes: tuple[dict[str, dict[str, Event]], ...] = tuple({} for _ in fields)
    for event in found:
        for values in facets(event, fields, query, vocabulary):
            cells.setdefault(values, []).append(event)
            for axis, value in zip(axes, values, strict=True):
                axis.setdefault(value, {})[event.id] = event
    lists = ({value: list(by_id.values()) for value, by_id in axis.items()} for axis in axes)
    along = (in_order(field, axis, len, []) for field, axis in zip(fields, lists, strict=True))
    return Tally(tuple(fields), found, cells, tuple(along))


def in_order(
    field: str, axis: "dict[str, Counted]", size: "Callable[[Counted], int]", nothing: Counted
) -> "dict[str, Counted]":
    """An axis by time or rank where the field has such an order, with `nothing` where no event is known between; otherwise the most first."""
    own = field in CALENDAR or field == "rank"
    return dict(
        sorted(
            (_between(field, axis, nothing) | axis).items(),
            key=lambda one: (not one[0], 0 if own else -size(one[1]), order(field, one[0])),
        )
    )


def _between(field: str, axis: "Iterable[str]", nothing: Counted) -> "dict[str, Counted]":
    """The years, decades or months from the first that is known to the last."""
    known = [int(value.rstrip("s")) for value in axis if value and "/" not in value] if field in CALENDAR else []
    if not known:
        return {}
    step, form = {"year": (1, "{}"), "decade": (10, "{}s"), "month": (1, "{:02}")}[field]
    return {form.format(number): nothing for number in range(min(known), max(known), step)}


def leaves_open(field: str, value: str) -> bool:
    """Whether a value is that of a coarse date, which leaves the year, decade or month open."""
    return field in CALENDAR and ("/" in value or value == UNKNOWN)


class Balance(NamedTuple):
    """Visits between two actors, in the order of their ids: those of the first to the second, and back."""

    pair: tuple[str, str]
    out: int
    back: int
    last: "Event"


def balances(events: "Iterable[Event]") -> list[Balance]:
    """The balance of each pair, that with most visits first."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        if event.type == "visit":
            found.setdefault(event.direction, []).append(event)
    return balanced({direction: group_of(visits) for direction, visits in found.items()})


def balanced(directions: "Mapping[tuple[str, str], Group]") -> list[Balance]:
    """As `balances`, from the visits in each direction."""
    pairs = {(min(sides), max(sides)) for sides in directions}
    rows = [_balance(pair, *(directions.get(sides, Group(0)) for sides in (pair, pair[::-1]))) for pair in pairs]
    return sorted(rows, key=lambda row: (-row.out - row.back, row.pair))


def _balance(pair: tuple[str, str], out: Group, back: Group) -> Balance:
    last = max((group.last for group in (out, back) if group.last), key=lambda visit: visit.order)
    return Balance(pair, out.number, back.number, last)
