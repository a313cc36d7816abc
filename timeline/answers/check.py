"""`check`: the problems of a record as an answer. `explain`: what a name of a problem means."""

from collections import Counter
from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Column, Facts, Grid, Heading, Line
from timeline.dates import iso
from timeline.errors import UsageError, did_you_mean
from timeline.text import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.checks.words import Explained
    from timeline.errors import Problem, StoreError
    from timeline.model import Store

KEYS = ("file", "line", "column", "severity", "name", "message", "remedy")
WORDS = ("name", "severity", "looks_for", "example", "remedy")


def problems_answer(error: "StoreError") -> Answer:
    """Problems that keep a record from being read: the first of them as rows, and the number of all."""
    rows = [{key: getattr(problem, key) for key in KEYS} for problem in error.problems]
    summary = {"error": len(error.found), "stopped": error.found.stopped}
    return Answer(error.command, rows, (), summary=summary, status=4, keys=KEYS)


def check_answer(
    problems: "Sequence[Problem]", store: "Store", as_of: int, *, strict: bool = False, hints: bool = False
) -> Answer:
    """Status 1 where there are errors, with `strict` also where there are warnings. Infos are listed with `hints`, and counted in any case."""
    counts = Counter(problem.severity for problem in problems)
    listed = [problem for problem in problems if hints or problem.severity != "info"]
    rows = [{key: getattr(problem, key) for key in KEYS} for problem in listed]
    cells = tuple((p.place, f"{p.severity}[{p.name}]", p.message, p.remedy) for p in listed)
    columns = (
        Column("Place", least=14),
        Column("Problem", least=12),
        Column("What", least=30),
        Column("Remedy", worth=5, least=20),
    )
    total = Line(_total(counts, store, as_of), "" if listed else "good")
    blocks: tuple[Block, ...] = (Grid(columns, cells), total) if listed else (total,)
    failed = counts["error"] or (strict and counts["warning"])
    remarks = () if hints or not counts["info"] else (f"{plural(counts['info'], 'hint')} more: timeline check --info",)
    summary = dict(counts) | {"events": len(store.events), "claims": len(store.claims)}
    return Answer(
        "check",
        rows,
        blocks,
        summary=summary,
        as_of=iso(as_of),
        status=int(bool(failed)),
        keys=KEYS,
        remarks=remarks,
    )


def _total(counts: "Counter[str]", store: "Store", as_of: int) -> str:
    read = [plural(len(store.events), "event"), *([plural(len(store.claims), "claim")] if store.claims else [])]
    found = f"{plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')}"
    day = f" as of {day_text(as_of)}" if store.claims else ""  # on which they are judged
    return f"{' and '.join(read)} read{day}: {found}."


def explain_answer(name: str = "") -> Answer:
    """One name with everything, or all of them. Raises UsageError with the nearest known name."""
    from timeline.checks.words import explained

    known = explained()
    if name and name not in known:
        raise UsageError(
            f"no check or problem is called {name!r}{did_you_mean(name, tuple(known))} (timeline explain lists them all)"
        )
    found = [known[name]] if name else list(known.values())
    rows = [one._asdict() for one in found]
    return Answer("explain", rows, _one(found[0]) if name else _all(found), keys=WORDS)


def _one(one: "Explained") -> tuple[Block, ...]:
    from timeline.checks import CHECKS

    is_check = one.name in {check.name for check in CHECKS}
    facts = [
        ("Looks for" if is_check else "Refused", one.looks_for),
        ("Example", one.example),
        ("Remedy", one.remedy),
    ]
    if is_check:
        facts.append(("Leave out", f"timeline check --skip {one.name}; for one event: tags: [ok-{one.name}]"))
    return (Heading(f"{one.severity}[{one.name}]"), Facts(tuple(facts)))


def _all(found: "Sequence[Explained]") -> tuple[Block, ...]:
    from timeline.checks import CHECKS

    columns = (Column("Name", style="strong"), Column("Severity"), Column("What", least=40))
    cells = [(one.name, one.severity, one.looks_for) for one in found]
    return (
        Heading("Checks"),
        Grid(columns, tuple(cells[: len(CHECKS)])),
        Heading("What a store is refused for"),
        Grid(columns, tuple(cells[len(CHECKS) :])),
    )
