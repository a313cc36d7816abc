"""`export`: the events in full, in the formats of every command; as YAML a store that can be read again, as HTML the page."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TextIO

from timeline.query import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from timeline.cli.progress import Watch
    from timeline.formats import Writer
    from timeline.model import Event, Store
    from timeline.query import Query


class Export(NamedTuple):
    """What is exported: the events of a scope of a record; `claims` is the record with published claims that were asked for."""

    events: "Sequence[Event]"
    query: "Query"
    store: "Store"
    as_of: int
    progress: "Callable[[str], AbstractContextManager[Watch | None]]"
    claims: "Store | None" = None


def everything(query: "Query") -> "Query":
    """The scope with every type, status and kind, where none was asked for."""
    return replace(query, types=query.types or (ANY,), statuses=query.statuses or (ANY,), kinds=query.kinds or (ANY,))


def export_writer(name: str, export: "Export") -> "Writer | None":
    """The writer of a format that means something else for an export: a store for YAML, the page for HTML. None for the rest."""
    writers = {"yaml": _write_store, "html": _write_page}
    if name not in writers:
        return None
    return lambda _, out: writers[name](export, out)


def _write_store(export: "Export", out: TextIO) -> None:
    from timeline.store.write import store_text

    out.write(store_text(export.events, export.store))


def _write_page(export: "Export", out: TextIO) -> None:
    from timeline.formats.page.model import page_of
    from timeline.formats.page.render import page_text
    from timeline.formats.page.said import with_claims, with_firsts

    page = with_claims(page_of(export.events, export.query, export.store, export.as_of), export.claims or export.store)
    with export.progress("what can be said") as watch:
        page = with_firsts(page, export.store, watch)
    out.write(page_text(page, export.store.vocabulary))
