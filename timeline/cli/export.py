"""`export`: the events in full, in the formats of every command, and as YAML a store that can be read again."""

from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from timeline.query import ANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.answer import Answer
    from timeline.formats import Writer
    from timeline.model import Event, Store
    from timeline.query import Query


def everything(query: "Query") -> "Query":
    """The scope with every type, status and kind, where none was asked for."""
    return replace(query, types=query.types or (ANY,), statuses=query.statuses or (ANY,), kinds=query.kinds or (ANY,))


def export_writer(name: str, events: "Sequence[Event]", store: "Store") -> "Writer | None":
    """The writer of a format that means something else for an export: a store for YAML. None for the rest."""
    if name != "yaml":
        return None

    def write(_: "Answer", out: TextIO) -> None:
        from timeline.store.write import store_text

        out.write(store_text(events, store))

    return write
