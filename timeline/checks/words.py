"""The words on every kind of problem: of the checks, and of what a store is refused for (`data/problems.csv`)."""

from typing import NamedTuple

from timeline.checks import CHECKS
from timeline.vocabulary import rows


class Explained(NamedTuple):
    """The words on one kind of problem; of those with which a store is refused, `looks_for` says what is wrong."""

    name: str
    severity: str
    looks_for: str
    example: str
    remedy: str


def explained() -> dict[str, Explained]:
    """The checks, and after them the refusals, by name."""
    checks = [Explained(*check[:5]) for check in CHECKS]
    refusals = [Explained(r["name"], "error", r["what"], r["example"], r["remedy"]) for r in rows("problems.csv")]
    return {one.name: one for one in (*checks, *refusals)}
