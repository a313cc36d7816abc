"""A draft held against who held which top office when (`timeline.officeholders`), when states began, and whose capitals are among its places. What contradicts is told, and stays as the source has it."""

from functools import cache
from typing import TYPE_CHECKING

from timeline.dates import parse_when
from timeline.importing.tally import Told
from timeline.officeholders import at_another_time, beside_another, held_by, held_by_another, of_another_state
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event
    from timeline.vocabulary import Vocabulary


def offices_told(event: "Event", words: "Vocabulary") -> "Iterator[Told]":
    """What `timeline check` will say of the offices, as the table has others in them then, or the same people at another time."""
    for held in held_by(event, words):
        yield from (Told("office at another time", text) for text in at_another_time(held, words))
        yield from (Told("office of another", text) for text in beside_another(held, words))
        yield from (Told("office of another", other.text) for other in held_by_another(held, words))
        yield from (Told("of another state", text) for text in of_another_state(held, words))


def before_they_began(event: "Event") -> "Iterator[str]":
    """Actors that were no states yet: a colony or a part of another, which a journey may well have led to."""
    for actor in event.direction:
        if since := _not_yet(actor, event):
            yield f"{actor}: counted as a state from {since} (Correlates of War), not on {event.date.text}"


def capitals_of_others(event: "Event", words: "Vocabulary") -> "Iterator[str]":
    """Places that are the capital of another state of that day than the host: `Moscow` on a journey to China. Some towns have the name of a capital."""
    for place in event.places if event.host in words.actors else ():
        whose = [words.actors[one] for one in words.capitals.get(words.place(place), ())]
        states = [one for one in whose if one.kind == "state" and not _not_yet(one.id, event)]
        if states and event.host not in (one.id for one in whose):
            of = " and ".join(one.name for one in states)
            yield f"{place} is the capital of {of}; the host is {words.actors[event.host].name}"


def _not_yet(actor: str, event: "Event") -> str:
    """The day from which an actor is counted as a state, where the event was surely before it."""
    since, end = _began().get(actor, ""), event.date.end
    last = end.latest if end.exact else event.date.start.latest
    return since if since and last < parse_when(since).start.earliest else ""


@cache
def _began() -> dict[str, str]:
    return {row["actor"]: row["since"] for row in rows("state-system.csv")}
