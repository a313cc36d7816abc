"""`check`: the problems of a record as an answer."""

from collections import Counter
from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Column, Grid, Line
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.errors import Problem
    from timeline.model import Store

KEYS = ("file", "line", "column", "severity", "name", "message", "remedy")


def problems_answer(problems: "Sequence[Problem]") -> Answer:
    """Problems that keep a record from being read."""
    rows = [{key: getattr(problem, key) for key in KEYS} for problem in problems]
    return Answer("check", rows, (), summary={"error": len(rows)}, status=4, keys=KEYS)


def check_answer(problems: "Sequence[Problem]", store: "Store", *, strict: bool = False) -> Answer:
    """Status 1 where there are errors, with `strict` also where there are warnings."""
    counts = Counter(problem.severity for problem in problems)
    rows = [{key: getattr(problem, key) for key in KEYS} for problem in problems]
    cells = tuple((p.place, f"{p.severity}[{p.name}]", p.message, p.remedy) for p in problems)
    columns = (
        Column("Place", least=14),
        Column("Problem", least=12),
        Column("What", least=30),
        Column("Remedy", worth=5, least=20),
    )
    total = f"{plural(len(store.events), 'event')} read: {plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')}."
    blocks: tuple[Block, ...] = (Grid(columns, cells), Line(total)) if problems else (Line(total, "good"),)
    failed = counts["error"] or (strict and counts["warning"])
    return Answer(
        "check",
        rows,
        blocks,
        summary=dict(counts) | {"events": len(store.events)},
        status=int(bool(failed)),
        keys=KEYS,
    )
