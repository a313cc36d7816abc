"""A draft held against who held which top office when (`timeline.tenures`), and against when states began. What contradicts is told, and stays as the source has it."""

from functools import cache
from typing import TYPE_CHECKING

from timeline.dates import Span, parse_when
from timeline.tenures import name_keys, tenures
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event


def at_another_time(event: "Event") -> "Iterator[str]":
    """Offices whose holder is known in them at another time alone."""
    days = Span(*event.date.start)
    table = tenures()
    for person in event.people:
        for office in person.offices:
            held = table.get((event.visitor, office), ())
            keys = name_keys([person.name]) if held else frozenset()
            own = [row for row in held if row.keys & keys]
            if own and not any(row.may_hold(days) for row in own):
                yield f"{person.name}, {office}: {' and '.join(row.text for row in own)}, not on {event.date.text}"


def before_they_began(event: "Event") -> "Iterator[str]":
    """Actors that were no states yet: a colony or a part of another, which a journey may well have led to."""
    end = event.date.end
    last = end.latest if end.exact else event.date.start.latest
    for actor in event.direction:
        since = _began().get(actor, "")
        if since and last < parse_when(since).start.earliest:
            yield f"{actor}: counted as a state from {since} (Correlates of War), not on {event.date.text}"


@cache
def _began() -> dict[str, str]:
    return {row["actor"]: row["since"] for row in rows("state-system.csv")}
