"""The lines of a file as a table, so that an engine passes over those of which nothing comes: of thirty that GDELT has, one may be of a visit."""

from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.extras import library

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from timeline.engines import Engine
    from timeline.engines.tables import Table

PATTERNS = "*?["  # of which an engine makes other paths


def lines_of(engine: "Engine", path: str) -> "Table":
    """One row a line, in order."""
    if any(character in path for character in PATTERNS):
        raise UsageError(f"{path}: an engine takes that for a pattern; rename the file")
    return engine.read([path], "lines")


def asked(engine: "Engine", path: str, question: "Table") -> "Iterator[dict[str, Any]]":
    """The rows of a question about the lines of a file, which only a sound one has."""
    try:
        yield from engine.rows(question)
    except UsageError as error:
        raise UsageError(f"{path}: {str(error).rstrip('.')}; import it without --engine") from error


def counted(lines: "Table") -> "Table":
    """How many lines are not blank."""
    return lines.aggregate(count=(lines.line != "").cast("int64").sum())


def picked(lines: "Table", cells: int, conditions: "Sequence[dict[int, Collection[str]]]") -> "Table":
    """The lines that meet each condition, which is that a cell, by its place, has one of some values; and those that have not so many cells. With their numbers."""
    ibis = library("ibis", "scale")
    numbered = lines.mutate(number=ibis.row_number() + 1)
    parts = numbered.line.split("\t")
    held = (ibis.or_(*(parts[at].isin(sorted(values)) for at, values in one.items())) for one in conditions)
    found = numbered.filter((numbered.line != "") & ((parts.length() != cells) | ibis.and_(*held)))
    return found.order_by("number").select("number", "line")
