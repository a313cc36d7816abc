"""What is worked out of a record once, for all claims that are judged against it: the latest record only, so that nothing grows."""

from typing import TYPE_CHECKING, TypeVar

from timeline.query import ANY, Query, select

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.model import Event, Store

T = TypeVar("T")


def of_the_store(work_out: "Callable[[Store], T]") -> "Callable[[Store], T]":
    """A function of a store that keeps what it came to for the store that was asked last: by identity, as stores are never changed."""
    kept: list[tuple[Store, T]] = []

    def known(store: "Store") -> T:
        if not kept or kept[0][0] is not store:
            kept[:] = [(store, work_out(store))]
        return kept[0][1]

    return known


def chosen(query: "Query", store: "Store") -> "Sequence[Event]":
    """The events of a record in a scope. The readings of a claim, and what would flip it, ask for few scopes many times, nearly all of one direction."""
    known = _scopes(store)
    if query not in known:
        wide = Query(visitors=query.visitors, hosts=query.hosts, types=(ANY,), statuses=(ANY,), kinds=(ANY,))
        among = store.events if query == wide else chosen(wide, store)
        known[query] = tuple(select(among, query, store.vocabulary))
    return known[query]


MOST_KEPT = 10_000  # of anything, so that what is asked of records that readings alter does not pile up


def of_each(work_out: "Callable[[Event], T]") -> "Callable[[Event], T]":
    """A function of an event that keeps what it came to for each, by identity: to hash one takes longer than to ask most things of it."""
    kept: dict[int, tuple[Event, T]] = {}  # with the event itself, so that no other can take its place

    def known(event: "Event") -> T:
        found = kept.get(id(event))
        if found is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[id(event)] = event, work_out(event)
        return found[1]

    return known


@of_the_store
def _scopes(_: "Store") -> "dict[Query, tuple[Event, ...]]":
    return {}
