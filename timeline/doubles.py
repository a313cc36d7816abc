"""Entries that may tell one thing twice: what `timeline check` finds in a record, and `timeline add` says before there are two."""

from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER
from timeline.names import fold
from timeline.tenures import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model import Event

NEAR = 3  # days that two sources may differ by on one journey


def doubles(events: "Iterable[Event]") -> "Iterator[tuple[Event, Event]]":
    """Pairs of entries, the later first, that may be one; each pair once. The events are given in their order.

    Journeys are compared where they have the direction and a person in common, other events where they have the type, the actors and the title.
    """
    told = set[tuple[str, str]]()
    for group in _alike(events).values():
        for number, event in enumerate(group):
            for other in group[number + 1 :]:
                if other.date.start.earliest > _reach(event) + NEAR:
                    break
                if _near(event, other) and (event.id, other.id) not in told:
                    told.add((event.id, other.id))
                    yield other, event


def doubles_of(event: "Event", others: "Iterable[Event]") -> "list[Event]":
    """The others that may be the same as an event."""
    alike = [one for one in others if (one.type, one.direction) == (event.type, event.direction) and one.id != event.id]
    pairs = doubles(sorted([*alike, event], key=lambda one: one.order))
    return [earlier if later is event else later for later, earlier in pairs if event in (later, earlier)]


def _alike(events: "Iterable[Event]") -> "dict[tuple[str, ...], list[Event]]":
    """Events that happened or are said to, by what two entries of one thing have in common."""
    groups: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        if event.status not in ("happened", "candidate"):
            continue
        if event.type != "visit":
            groups[(event.type, fold(event.title), *sorted(event.actors))].append(event)
            continue
        for key in name_keys(person.name for person in event.people):
            groups[(key, event.visitor, event.host)].append(event)
    return groups


def _near(event: "Event", other: "Event") -> bool:
    """Whether two entries may be one: known to a month at least, of one status, both or neither in transit, and not known to be apart."""
    coarse = any(e.date.precision not in ("day", "month") for e in (event, other))
    alike = event.status == other.status and (event.kind == "transit") == (other.kind == "transit")
    return alike and not coarse and not (_whole(event) and _whole(other) and _apart(event, other))


def _whole(event: "Event") -> bool:
    return event.date.start.exact and event.date.end.exact


def _apart(event: "Event", other: "Event") -> bool:
    """Whether a day lies between two journeys of known ends."""
    return other.date.start.earliest - event.date.end.latest > 1


def _reach(event: "Event") -> int:
    """The last day that an event may have begun on, or, where its end is known, that it surely lasted to."""
    start, end = event.date.start, event.date.end
    return max(start.latest, end.earliest) if end.latest != NEVER_AFTER else start.latest
