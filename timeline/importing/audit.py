"""The offices of a draft, held against who held which top office when (`timeline.tenures`). What contradicts is told, and stays as the source has it."""

from typing import TYPE_CHECKING

from timeline.dates import Span
from timeline.tenures import name_keys, tenures

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
