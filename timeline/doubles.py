"""Entries that may tell one thing twice: what `timeline check` finds in a record, a change is warned of before there are two, and `timeline compare` matches."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER
from timeline.names import fold
from timeline.tenures import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.model import Event

NEAR = 3  # days that two sources may differ by on one journey


def doubles(events: "Iterable[Event]") -> "Iterator[tuple[Event, Event]]":
    """Pairs of entries, the later first, that may be one; each pair once. The events are given in their order.

    Journeys are compared where they have the direction and a person in common, other events where they have the type, the actors and the title.
    """
    told = set[tuple[str, str]]()
    for group in _alike(events).values():
        for earlier, later in near(group):
            event, other = group[earlier], group[later]
            if _one_entry(event, other) and (event.id, other.id) not in told:
                told.add((event.id, other.id))
                yield other, event


def doubles_of(events: "Iterable[Event]", everything: "Iterable[Event]") -> "dict[str, list[Event]]":
    """By the id of each of some events, those that may be the same, of everything that a record has. All at once, as an import may bring thousands."""
    about = {event.id: (event.type, event.direction) for event in events}
    kinds = set(about.values())
    alike = [one for one in everything if (one.type, one.direction) in kinds]
    found: dict[str, list[Event]] = {}
    for pair in doubles(sorted(alike, key=lambda one: one.order)):
        for one, other in (pair, pair[::-1]):
            if one.id in about:
                found.setdefault(one.id, []).append(other)
    return found


def near_other_files(events: "Iterable[Event]") -> "list[Event]":
    """Of events those whose days come near those of another file as a whole, so that they may be the same as one of it: few, where there is a file for each year."""
    days = [(event, event.date.start.earliest, _reach(event) + NEAR) for event in events]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for event, start, end in days:
        file = event.origin.file
        first[file], last[file] = min(start, first.get(file, start)), max(end, last.get(file, end))
    firsts, lasts = sorted(first.values()), sorted(last.values())
    return [event for event, start, end in days if bisect_right(firsts, end) - bisect_left(lasts, start) > 1]


def likeness(event: "Event") -> tuple[object, ...]:
    """All of an event that decides which others may be the same."""
    people = tuple(person.name for person in event.people)
    return event.type, event.status, event.date, event.kind, event.direction, event.actors, event.title, people


def common_keys(event: "Event") -> "Iterator[tuple[str, ...]]":
    """What two entries of one thing have in common, one of these at least."""
    if event.type != "visit":
        yield (event.type, fold(event.title), *sorted(event.actors))
        return
    for key in name_keys(person.name for person in event.people):
        yield ("visit", key, event.visitor, event.host)


def near(group: "Sequence[Event]") -> "Iterator[tuple[int, int]]":
    """The places of two events, the earlier first, that by their dates may be one: each pair. The events are given in their order."""
    starts = [event.date.start.earliest for event in group]
    for place, event in enumerate(group):
        last = _reach(event) + NEAR
        for other in range(place + 1, len(group)):
            if starts[other] > last:
                break
            if not _apart(event, group[other]):
                yield place, other


def _alike(events: "Iterable[Event]") -> "dict[tuple[str, ...], list[Event]]":
    """Events that happened or are said to, by what two entries of one thing have in common."""
    groups: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        if event.status in ("happened", "candidate"):
            for key in common_keys(event):
                groups[key].append(event)
    return groups


def _one_entry(event: "Event", other: "Event") -> bool:
    """Whether two entries of one record are more likely one than two: known to a month at least, of one status, both or neither in transit."""
    coarse = any(e.date.precision not in ("day", "month") for e in (event, other))
    return not coarse and event.status == other.status and (event.kind == "transit") == (other.kind == "transit")


def _apart(event: "Event", other: "Event") -> bool:
    """Whether a day is known to lie between two events: both have known ends."""
    return _whole(event) and _whole(other) and other.date.start.earliest - event.date.end.latest > 1


def _whole(event: "Event") -> bool:
    return event.date.start.exact and event.date.end.exact


def _reach(event: "Event") -> int:
    """The last day that an event may have begun on, or, where its end is known, that it surely lasted to."""
    start, end = event.date.start, event.date.end
    return max(start.latest, end.earliest) if end.latest != NEVER_AFTER else start.latest
