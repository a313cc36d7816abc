"""Two versions of one file made one, event by event, where git sees only lines: what two people add at one place is no conflict.

Blocks of text are taken over as they stand, with their comments. What both changed in different ways is left to git and to people.
"""

from typing import TYPE_CHECKING

from timeline.errors import ChangeError, StoreError
from timeline.store import load_texts
from timeline.store.layout import blocks
from timeline.store.splice import insertions, removal, replacement, spliced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, Store
    from timeline.store.splice import Splice


class ConflictError(ChangeError):
    """Both changed one thing in different ways. That is an answer: they cannot be merged."""

    status = 1


def merged(base: str, ours: str, theirs: str) -> str:
    """Our text with the events that they added, changed and took out. Raises ChangeError where that is not clear, or nobody could read the result."""
    texts = [text.replace("\r\n", "\n") for text in (base, ours, theirs)]
    (first, was), (left, mine), (right, other) = (blocks("the file", text) for text in texts)
    if right != first:
        if left not in (first, right):
            raise ConflictError("both changed what stands outside of the events")
        texts, mine, other = [texts[0], texts[2], texts[1]], other, mine
    changes = _changes(was, other)
    for id_ in changes:
        if mine.get(id_) not in (was.get(id_), other.get(id_)):
            raise ConflictError(f"both changed {id_}")
    return _with(texts[1], {id_: block for id_, block in changes.items() if mine.get(id_) != block}, texts[2])


def _changes(was: "Mapping[str, str]", now: "Mapping[str, str]") -> dict[str, str | None]:
    """The events whose text differs, with their new text; None for one that was taken out."""
    return {
        id_: now.get(id_) for id_ in (*now, *(id_ for id_ in was if id_ not in now)) if was.get(id_) != now.get(id_)
    }


def _with(text: str, changes: "Mapping[str, str | None]", source: str) -> str:
    """A text with changes that another one has, verified: both can be read, and the result has the events of both."""
    events = _read(source).by_id
    for id_, block in changes.items():
        text = spliced(text, [removal(text, id_)] if block is None else _put(text, events[id_], block))
    found = _read(text).by_id
    if any((id_ in found) == (block is None) for id_, block in changes.items()):
        raise ChangeError("an event would be lost")
    return text


def _put(text: str, event: "Event", block: str) -> "list[Splice]":
    """A block in the place of the event of its id, or before the first later one."""
    store = _read(text)
    if event.id in store.by_id:
        return [replacement(text, event.id, block)]
    there = sorted(store.events, key=lambda other: other.origin)
    return insertions(text, [(next((other.id for other in there if other.order > event.order), None), block)])


def _read(text: str) -> "Store":
    try:
        return load_texts([("the file", text)])
    except StoreError as error:
        raise ChangeError(f"one of the files cannot be read by itself: {error.problems[0].message}") from error
