"""Two versions of one file made one, event by event, where git sees only lines: what two people add at one place is no conflict.

Blocks of text are taken over as they stand, with their comments. What both changed in different ways, and what has no clear place in the other text, is
left to git and to people: nothing that one side did is dropped.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ChangeError, StoreError
from timeline.model import Origin
from timeline.store import load_texts
from timeline.store.splice import insertions, removal, replacement, spliced, taken_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from timeline.model import Event, Store

_NOWHERE = Origin("", 0)


class ConflictError(ChangeError):
    """Both changed one thing in different ways. That is an answer: they cannot be merged."""

    status = 1


class _Token(NamedTuple):
    """A line outside of the events, or an event."""

    line: str
    id: str = ""


class _Side(NamedTuple):
    """A version: its text, its lines and events in the order in which they stand, the lines of each event, and what they say."""

    text: str
    tokens: tuple[_Token, ...]
    blocks: "Mapping[str, str]"
    events: "Mapping[str, Event]"

    def among(self, ids: "Collection[str]") -> list[_Token]:
        """The lines outside, and some events between them."""
        return [token for token in self.tokens if not token.id or token.id in ids]


def merged(base: str, ours: str, theirs: str) -> str:
    """Our text with what they changed, in our line ends. An empty base is what git gives where both began the file.

    Raises ChangeError where that is not clear, or nobody could read a version or the result.
    """
    first = _side("the version that both come from", base) if base.strip() else _Side(base, (), {}, {})
    left, right = _side("our version", ours), _side("their version", theirs)
    changes = _changes(first.blocks, right.blocks)
    for id_ in changes:
        if left.blocks.get(id_) not in (first.blocks.get(id_), right.blocks.get(id_)):
            raise ConflictError(f"both changed {id_}")
    ways = [(left, right)] if _alike(first, right) or _alike(left, right) else []
    ways += [(right, left)] if _alike(first, left) else []
    if not ways:
        raise ConflictError("both changed what stands outside of the events, or the order of these")
    for kept, other in ways:
        result = _with(first, kept, other)
        if _alike(result, kept) and all(_beside(id_, other, result) for id_ in result.blocks.keys() - kept.blocks):
            return _ended_as(ours, result.text)
    raise ConflictError("the place of an event beside the comments around it is not clear")


def _side(name: str, text: str) -> _Side:
    events = _said(_read(name, text))
    outside, blocks = taken_apart(text)
    return _Side(text, tuple(_tokens(outside, [*blocks])), blocks, events)


def _tokens(outside: list[str], ids: list[str]) -> "Iterator[_Token]":
    for lines, id_ in zip(outside, [*ids, ""], strict=True):
        yield from (_Token(line.rstrip()) for line in lines.split("\n") if line.strip())
        if id_:
            yield _Token("", id_)


def _changes(was: "Mapping[str, str]", now: "Mapping[str, str]") -> dict[str, str | None]:
    """The events whose text differs, with their new text; None for one that was taken out."""
    return {
        id_: now.get(id_) for id_ in (*now, *(id_ for id_ in was if id_ not in now)) if was.get(id_) != now.get(id_)
    }


def _alike(one: _Side, other: _Side) -> bool:
    """Whether two versions differ at most inside of events and by some that only one has: in no other line, and not in order."""
    shared = one.blocks.keys() & other.blocks.keys()
    return one.among(shared) == other.among(shared)


def _beside(id_: str, one: _Side, other: _Side) -> bool:
    """Whether an event stands by the same lines in two versions, what only one of them has left aside."""
    known = {*one.tokens} & {*other.tokens}
    around = []
    for side in (one, other):
        tokens = [_Token(""), *(token for token in side.tokens if token in known), _Token("")]
        at = tokens.index(_Token("", id_))
        around.append((tokens[at - 1].line, tokens[at + 1].line))
    return around[0] == around[1]


def _with(base: _Side, kept: _Side, other: _Side) -> _Side:
    """A version with what another one changed in events. Raises ChangeError where the result would not say just that."""
    text, new, expected = kept.text, [], dict(kept.events)
    for id_, block in _changes(base.blocks, other.blocks).items():
        if block == kept.blocks.get(id_):
            continue
        if block is None:
            text = spliced(text, [removal(text, id_)])
            del expected[id_]
        else:
            expected[id_] = other.events[id_]
            if id_ in kept.blocks:
                text = spliced(text, [replacement(text, id_, block)])
            else:
                new.append(id_)
    if new:
        text = _added(text, {other.events[id_]: other.blocks[id_] for id_ in new})
    result = _side("the result", text)
    if result.events != expected:
        raise ChangeError("an event would not say the same, by the way the files are written")
    return result


def _added(text: str, new: "Mapping[Event, str]") -> str:
    """The text with the lines of events, each before the first later one."""
    there = sorted(_read("the result", text).events, key=lambda event: event.origin)
    blocks = [
        (next((other.id for other in there if other.order > event.order), None), new[event])
        for event in sorted(new, key=lambda event: event.order)
    ]
    return spliced(text, insertions(text, blocks))


def _said(store: "Store") -> dict[str, "Event"]:
    """What events say, wherever they stand."""
    return {event.id: event._replace(origin=_NOWHERE) for event in store.events}


def _read(name: str, text: str) -> "Store":
    try:
        return load_texts([(name, text)])
    except StoreError as error:
        raise ChangeError(f"{error.problems[0].place}: {error.problems[0].message}; nothing was merged") from error


def _ended_as(ours: str, text: str) -> str:
    """The text in our line ends, where ours are all of one kind."""
    ends = {*re.findall(r"\r?\n", ours)}
    return re.sub(r"\r?\n", ends.pop(), text) if len(ends) == 1 else text
