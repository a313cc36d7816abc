"""The column that names the rows of a table, or what speaks against the one that is most like it."""

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from timeline.importing.evidence import Column
    from timeline.importing.rows import Row

WORDS = ("id", "no", "nr", "number", "key", "code", "uid")  # in the name of a column, best judged by its cells
MOST = 0.9  # of the rows that a column names, for it to be said to name most


class Identity(NamedTuple):
    """The name of the column, if there is one; what speaks against the next best, or that there is none; and how many different rows there are."""

    column: str
    against: str
    different: int


def identity(columns: "Sequence[Column]", rows: "Sequence[Row]", taken: "Container[str]") -> Identity:
    """A row told twice, word for word, does not speak against a column. `taken` are those of fields."""
    first = list({tuple(row.cells.values()): number for number, row in reversed([*enumerate(rows)])}.values())
    named = [one for one in columns if set(WORDS).intersection(one.words) and "of" not in one.words]
    counted = [
        one
        for one in columns
        if one not in named and one.name not in taken and _counts_rows(one, first, leading=one is columns[0])
    ]
    found = next((one.name for one in (*named, *counted) if _differs(one, first)), "")
    return Identity(
        found, "" if found else _against([one for one in named if one.name not in taken], first), len(first)
    )


def _differs(one: "Column", first: "Sequence[int]") -> bool:
    cells = {one.cells[number] for number in first}
    return bool(cells) and "" not in cells and len(cells) == len(first)


def _against(named: "Sequence[Column]", first: "Sequence[int]") -> str:
    """What speaks against the column that by its name is most like one that names rows, and by its cells."""
    if not named or not first:
        return f"no column is called {', '.join(WORDS[:-1])} or {WORDS[-1]}, and none counts the rows"
    counted = {one.name: Counter(one.cells[number] for number in first) for one in named}
    name, counts = max(counted.items(), key=lambda each: len(each[1].keys() - {""}))
    often = [text for text, count in counts.items() if text and count > 1]
    lacking = f"{plural(counts[''], 'row')} without one" if counts[""] else ""
    twice = f"{', '.join(map(repr, often[:3]))} in several rows that say different things" if often else ""
    against = " and ".join(filter(None, (lacking, twice)))
    if len(counts) > MOST * len(first):
        return f"{name} names most rows, with {against}"
    return f"{name} has {plural(len(counts.keys() - {''}), 'value')} for {plural(len(first), 'row')}, with {against}"


def _counts_rows(one: "Column", first: "Sequence[int]", *, leading: bool) -> bool:
    """Whether cells are numbers that go up by one from row to row; in the first column, where the numbers of rows stand, by any."""
    numbers = [re.sub(r"\.0+$", "", one.cells[number]) for number in sorted(first)]
    if len(numbers) < 3 or not all(text.isdecimal() for text in numbers):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(numbers)}
    return steps == {1} or (leading and min(steps) > 0)
