"""Our own flat form (`timeline.store.flat`) → events as they were: with their ids and their sources, and nothing beside."""

import hashlib
from typing import TYPE_CHECKING

from timeline.errors import Problems
from timeline.importing.covering import OWN_ORIGIN
from timeline.importing.draft import Draft, Refused
from timeline.importing.mapping import Dates, Mapping, Origin
from timeline.importing.tally import Told
from timeline.importing.texts import texts_of, too_long
from timeline.store.build import Builder
from timeline.store.flat import COLUMNS
from timeline.store.reader import Page
from timeline.store.rows import cell_text, row_node
from timeline.store.rules import EVENT_KEYS

if TYPE_CHECKING:
    from timeline.importing.rows import Row
    from timeline.vocabulary import Vocabulary

OWN = Mapping(
    Origin(OWN_ORIGIN, "Visits"),
    Dates(("date",)),
    row_id=("id",),
    columns={key: (key,) for key in EVENT_KEYS if key not in ("id", "date")},
    ignore=frozenset(COLUMNS) - frozenset(EVENT_KEYS),
    own=True,
)


class OwnDrafter:
    """Reads rows as the store reads a line of CSV, so that what is wrong with one is said in the same words."""

    def __init__(self, mapping: Mapping, words: "Vocabulary") -> None:
        self.mapping, self.words = mapping, words

    def draft(self, row: "Row") -> Draft | Refused:
        problems = Problems()
        cells = {name: cell_text(cell) for name, cell in row.cells.items()}
        event = Builder(Page("row", ""), self.words, problems).event(row_node(cells, 0))
        if event is None:
            return Refused(tuple(Told(problem.name, problem.message) for problem in problems.first))
        if long := [Told(*what) for what in too_long(texts_of(event))]:
            return Refused(tuple(long))
        digest = hashlib.sha256("\x1f".join(map(str, sorted(cells.items()))).encode()).hexdigest()[:8]
        return Draft(event, row.number, self.mapping.origin.id, event.id, digest)
