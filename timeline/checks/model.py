"""What a check is: a name, how grave it is, its explanation, and a function from a record to findings."""

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from timeline.model import Coverage, Event, Store

    Find: TypeAlias = "Callable[[Case], Iterator[Finding | Problem]]"

SEVERITIES = ("error", "warning", "info")


class Case(NamedTuple):
    """A record, the day taken as today (an ordinal), and the other records that its claims name, by path."""

    store: "Store"
    as_of: int
    records: "Mapping[str, Store]" = MappingProxyType({})


class Finding(NamedTuple):
    """Something at an event or a statement of coverage; `other` is the second event where two are compared, `remedy` replaces that of the check."""

    at: "Event | Coverage"
    message: str
    other: "Event | None" = None
    remedy: str = ""


class Check(NamedTuple):
    """`looks_for` completes "Looks for …"; `example` is a record that it objects to, in short."""

    name: str
    severity: str
    looks_for: str
    example: str
    remedy: str
    find: "Find"

    def problem(self, finding: "Finding | Problem") -> Problem:
        """A finding at its place, by the name that chooses the check. Claims that cannot be read are problems already."""
        if isinstance(finding, Problem):
            return finding._replace(name=self.name)
        at = finding.at
        return Problem(
            at.origin.file,
            at.origin.line,
            1,
            self.name,
            finding.message,
            finding.remedy or self.remedy,
            f"- id: {at.id}",
            self.severity,
        )
