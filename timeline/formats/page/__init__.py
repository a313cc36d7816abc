"""The page of `timeline export -o visits.html`: one file that needs no network, with the record drawn and as a table (docs/page.md).

`model` makes values of a record, `gaps` and `said` parts of them; `render` puts them into the template, beside the style and the script that stand here.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.formats.exporting import Made

if TYPE_CHECKING:
    from timeline.formats.exporting import Export


def make(export: "Export") -> Made:
    from timeline.formats.page.model import page_of
    from timeline.formats.page.render import page_text
    from timeline.formats.page.said import unread_words, with_claims, with_firsts

    with export.progress("measuring gaps") as watch:
        page = page_of(export.events, export.query, export.store, export.as_of, watch)
    page = with_claims(page, export.claims or export.store)
    with export.progress("what can be said") as watch:
        page = replace(with_firsts(page, export.store, watch), figures=export.figures)
    return Made(page_text(page, export.store.vocabulary), unread_words(page))
