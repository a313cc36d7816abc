"""A draft held against who held which top office when (`timeline.officeholders`), when states began, and whose capitals are among its places. What contradicts is told, and stays as the source has it."""

from functools import cache
from typing import TYPE_CHECKING

from timeline.dates import parse_when
from timeline.importing.tally import Told
from timeline.officeholders import at_another_time, held_by, held_by_another
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event
    from timeline.vocabulary import Vocabulary


def offices_told(event: "Event", words: "Vocabulary") -> "Iterator[Told]":
    """What `timeline check` will say of the offices, as the table has others in them then, or the same people at another time."""
    for held in held_by(event, words):
        yield from (Told("office at another time", text) for text in at_another_time(held, words))
        yield from (Told("office of another", other.text) for other in held_by_another(held))


def before_they_began(event: "Event") -> "Iterator[str]":
    """Actors that were no states yet: a colony or a part of another, which a journey may well have led to."""
    end = event.date.end
    last = end.latest if end.exact else event.date.start.latest
    for actor in event.direction:
        since = _began().get(actor, "")
        if since and last < parse_when(since).start.earliest:
            yield f"{actor}: counted as a state from {since} (Correlates of War), not on {event.date.text}"


def capitals_of_others(event: "Event", words: "Vocabulary") -> "Iterator[str]":
    """Places that are the capital of another state than the host, and not of one that the host became: `Moscow` on a journey to China. Some towns have the name of a capital."""
    if not (host := words.actors.get(event.host)):
        return
    for place in event.places:
        states = [words.actors[one] for one in words.capitals.get(words.place(place), ())]
        own = {host.id, *host.successors} & {one.id for one in states}
        if states and not own and all(one.kind == "state" for one in states):
            yield f"{place} is the capital of {' and '.join(one.name for one in states)}; the host is {host.name}"


@cache
def _began() -> dict[str, str]:
    return {row["actor"]: row["since"] for row in rows("state-system.csv")}
