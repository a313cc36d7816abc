"""A record as a folder in which every event has a file of its own, so that two branches that add events touch no file in common; and back to one file.

What is no event stays in one file, `_record.yaml`. Texts move as they stand: an event takes the comments and blank lines above it along.
"""

from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ChangeError
from timeline.store.lines import after_line
from timeline.store.marks import find_spots
from timeline.store.splice import event_extents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Store

RECORD = "_record.yaml"  # no id begins like this, and it comes before every id that begins with a letter
HEAD = "timeline: 1\nevents:\n"


class _Parts(NamedTuple):
    """A text up to the key `events`, its events by id in the order in which they stand, and what comes below."""

    head: str
    events: dict[str, str]
    tail: str


def new_text(block: str) -> str:
    """A file for events in canonical layout."""
    return f"{HEAD}\n{block}"


def is_bare(text: str) -> bool:
    """Whether a file says nothing beside that it is one."""
    return text.split() == HEAD.split()


def divided(text: str) -> dict[str, str]:
    """The files, by name, that a file becomes."""
    parts = _parts(text)
    head = HEAD.replace("\n", "\r\n") if "\r\n" in text else HEAD
    return {RECORD: parts.head + parts.tail} | {f"{id_}.yaml": head + event for id_, event in parts.events.items()}


def joined(texts: "Mapping[str, str]", store: "Store") -> str:
    """The one file that the files of a folder become; the events of a file stay together, and stand by the date of the first."""
    main = next((name for name in texts if name.rpartition("/")[2] == RECORD), None)
    if main is None:
        raise ChangeError(
            f"the folder has no {RECORD}; export makes one file of any record: timeline export -o FILE.yaml"
        )
    whole = _parts(texts[main])
    pieces = list(whole.events.items())
    for name, text in texts.items():
        if name != main:
            parts = _parts(text)
            if not is_bare(parts.head) or not parts.events:
                raise ChangeError(f"{name} has more than events; move that to {RECORD}")
            first, *more = parts.events
            pieces.append((first, "".join(parts.events[id_] for id_ in (first, *more)) + parts.tail))
    pieces.sort(key=lambda piece: store.by_id[piece[0]].order)
    return whole.head + "".join(text if text.endswith("\n") else f"{text}\n" for _, text in pieces) + whole.tail


def _parts(text: str) -> _Parts:
    key, listed = next(((k, v) for k, v in find_spots(text).pairs if k.value == "events"), (None, None))
    if key is None or listed is None:
        raise ChangeError("a file has no key events: write it above claims, or at the end")
    if listed.flow and listed.items:
        raise ChangeError("the events stand in brackets; lay them out first: timeline fmt")
    start = after_line(text, max(key.end, listed.end) if not listed.items else key.end)
    if listed.flow:
        return _Parts(text[: listed.start].rstrip(" ") + "\n", {}, text[start:])
    events = {}
    head = text[:start] if text[:start].endswith("\n") else f"{text[:start]}\n"
    for id_, end in event_extents(text, listed):
        events[id_] = text[start:end]
        start = end
    return _Parts(head, events, text[start:])
