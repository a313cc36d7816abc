"""The result of a change, held against its promise before anything is written: the loader reads it, and only what was named may differ.

What may stand in it twice, for the first time, is warned of here, whichever command makes the change.
"""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.doubles import doubles_of, likeness
from timeline.errors import ChangeError, InputError, StoreError
from timeline.model import Origin
from timeline.store import load_texts
from timeline.store.sound import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.changes import Change, Snapshot
    from timeline.model import Coverage, Event, Store

_NOWHERE = Origin("", 0)


def settled(snapshot: "Snapshot", change: "Change") -> "Change":
    """The change, once its result was read, with a warning of each likely duplicate. Raises InputError where an event would not be valid, ChangeError where more would differ than was named."""
    store = _loaded(snapshot, change)
    ids = frozenset(differing(snapshot.store, store))
    if change.step is not None:
        return replace(change, ids=ids)
    strays = ids - change.ids | {event.id for event in change.events if not same(event, store.by_id.get(event.id))}
    meant = snapshot.store._replace(coverage=_stated(snapshot.store.coverage, change.coverage))
    if strays or _frame(store, claims=not change.claims) != _frame(meant, claims=not change.claims):
        what = f"{min(strays)} would not be" if strays else "more than the event would not be"
        raise ChangeError(
            f"{change.file}: {what} as it should, by the way the file is written; edit it by hand. Nothing was changed"
        )
    return replace(change, warnings=tuple(dict.fromkeys((*change.warnings, *_doubled(snapshot, change, store)))))


def _stated(was: "Iterable[Coverage]", changed: "Iterable[Coverage]") -> "tuple[Coverage, ...]":
    """The statements of a record, with others in the place of those of the same id, and new ones behind them."""
    return tuple(({one.id: one for one in was} | {one.id: one for one in changed}).values())


def _doubled(snapshot: "Snapshot", change: "Change", store: "Store") -> "Iterator[str]":
    """What to say of events that may be the same as others, of each pair once; nothing of one whose likeness to others the change leaves as it was."""
    before = Counter(likeness(event) for id_ in change.ids if (event := snapshot.store.by_id.get(id_)))
    fresh = []
    for event in change.events:
        if before[likeness(event)]:
            before[likeness(event)] -= 1  # of two that are like it one is new
        else:
            fresh.append(event)
    alike = doubles_of(fresh, store.events)
    told: set[tuple[str, str]] = set()
    for event in fresh:
        for other in alike.get(event.id, ()):
            if (other.id, event.id) not in told:
                told.add((event.id, other.id))
                yield f"{event.id} may be the same as {other.id} ({other.date.text}): timeline show {other.id}"


def _loaded(snapshot: "Snapshot", change: "Change") -> "Store":
    """The record as it would be. Where it is not valid, the fault is that of an event, or of the way in which the file is written."""
    after = snapshot.texts | {part.file: part.after for part in change.parts}
    try:
        return load_texts([(name, text) for name, text in after.items() if text])
    except StoreError as error:
        if faults := faults_of(change.events, snapshot.store.vocabulary):
            raise InputError(faults) from error
        first = error.problems[0]
        raise ChangeError(
            f"{change.file}: so changed it could not be read ({first.message}), by the way the record is written; edit it by hand. Nothing was changed"
        ) from error


def verified(snapshot: "Snapshot", texts: "Mapping[str, str]") -> None:
    """Raise ChangeError where other texts of a record do not say the same."""
    store = load_texts(list(texts.items()))
    if [*differing(snapshot.store, store)] or _frame(store, claims=True) != _frame(snapshot.store, claims=True):
        raise ChangeError("the new files would not say the same, by the way the record is written; nothing was written")


def differing(one: "Store", other: "Store") -> "Iterator[str]":
    """The ids of the events that are not the same in two stores, wherever they stand."""
    for key in one.by_id.keys() | other.by_id.keys():
        if not same(one.by_id.get(key), other.by_id.get(key)):
            yield key


def same(one: "Event | None", other: "Event | None") -> bool:
    """Whether two events say the same, wherever they stand."""
    return one is not None and other is not None and one._replace(origin=_NOWHERE) == other._replace(origin=_NOWHERE)


def _frame(store: "Store", *, claims: bool) -> tuple[object, ...]:
    """What a store says beside its events."""
    coverage = [statement._replace(origin=_NOWHERE) for statement in store.coverage]
    said = [claim._replace(origin=_NOWHERE, places={}) for claim in store.claims] if claims else len(store.claims)
    words = store.vocabulary
    return coverage, said, words.actors, words.offices, words.people, store.title, store.licence, store.about
