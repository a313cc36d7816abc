"""`export`: the events in full, in the formats of every command; as YAML a store that can be read again, as HTML the page."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TextIO

from timeline.query import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from timeline.answer import Answer
    from timeline.cli.progress import Watch
    from timeline.formats import Writer
    from timeline.model import Event, Store
    from timeline.quantities import Quantities
    from timeline.query import Query


class Export(NamedTuple):
    """What is exported: the events of a scope of a record. For the page: the record with the published claims that were asked for, and figures."""

    events: "Sequence[Event]"
    query: "Query"
    store: "Store"
    as_of: int
    progress: "Callable[[str], AbstractContextManager[Watch | None]]"
    claims: "Store"
    figures: "tuple[Quantities, ...]" = ()


def everything(query: "Query") -> "Query":
    """The scope with every type, status and kind, where none was asked for."""
    return replace(query, types=query.types or (ANY,), statuses=query.statuses or (ANY,), kinds=query.kinds or (ANY,))


def export_writer(name: str, export: "Export") -> "Writer | None":
    """The writer of a format that means something else for an export: a store for YAML, the page for HTML. None for the rest.

    The text is made at once, so that no file is opened for one that cannot be.
    """
    made = {"yaml": _store, "html": _page}
    if name not in made:
        return None
    text = made[name](export)

    def write(_: "Answer", out: TextIO) -> None:
        out.write(text)

    return write


def _store(export: "Export") -> str:
    from timeline.store.write import store_text

    return store_text(export.events, export.store)


def _page(export: "Export") -> str:
    from timeline.formats.page.model import page_of
    from timeline.formats.page.render import page_text
    from timeline.formats.page.said import with_claims, with_firsts

    with export.progress("measuring gaps") as watch:
        page = page_of(export.events, export.query, export.store, export.as_of, watch)
    page = with_claims(page, export.claims)
    with export.progress("what can be said") as watch:
        page = replace(with_firsts(page, export.store, watch), figures=export.figures)
    return page_text(page, export.store.vocabulary)
