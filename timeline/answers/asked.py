"""From a question to its answer, the record being read: the way that commands and the browser share."""

from typing import TYPE_CHECKING

from timeline.answers.events import list_answer, show_answer
from timeline.query import borderline, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.answer import Answer
    from timeline.model import Event, Store
    from timeline.query import Query
    from timeline.series import Cut


def listed(query: "Query", store: "Store") -> "Answer":
    events = select(store.events, query, store.vocabulary)
    return list_answer(events, query, store, borderline(events, query))


def shown(event: "Event", store: "Store", as_of: int, paths: "Sequence[str]" = (), *, firsts: bool = True) -> "Answer":
    """Everything known of one event. `paths` are those that were named for the record; `firsts`, what can be said of the event, is what takes time."""
    from timeline.answers.firsts import firsts_blocks
    from timeline.claims.firsts import find_firsts
    from timeline.series import neighbours_of

    said = firsts_blocks(find_firsts(event, store, as_of), paths) if firsts else ()
    return show_answer(event, store, neighbours_of(event, store, as_of), said)


def gaps(query: "Query", store: "Store", cut: "Cut", as_of: int) -> "Answer":
    from timeline.answers.gap import gap_answer
    from timeline.series import measured

    return gap_answer(measured(store, query, cut, as_of), query, store, cut, as_of)
