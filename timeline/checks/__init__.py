"""What is wrong with a record beyond its form, or merely doubtful. Each check is a value with its name, its words and a function (`timeline explain`).

An event is passed over by a check where it has the tag `ok-NAME`: the decision stands in the record, where a reader and a reviewer see it.
"""

from types import MappingProxyType
from typing import TYPE_CHECKING

from timeline.checks import absence, journeys, offices, order, people, support
from timeline.checks.model import SEVERITIES, Case, Check, Finding
from timeline.doubles import near_other_files
from timeline.errors import Problem, UsageError, did_you_mean
from timeline.progress import watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.model import Coverage, Event, Store
    from timeline.progress import Watch

__all__ = ["CHECKS", "SEVERITIES", "Check", "chosen", "find_problems"]

OK = "ok-"  # a tag that begins so silences a check for its event


def _claims(case: Case) -> "Iterator[Problem]":
    from timeline.claims.expected import unexpected

    return unexpected(case.store, case.as_of, case.records)


def _nothing(case: Case) -> "Iterator[Finding]":  # noqa: ARG001 - what it looks for is known only after the others
    return iter(())


CLAIMS = Check(
    "claims",
    "error",
    "published claims whose verdict is not the one that the record expects of them, and claims that cannot be read",
    "expected: holds, and an edit of the record made it fail",
    "see what the record changed (timeline claim --file …), or correct `expected`",
    _claims,
)
SILENCED = Check(
    "silenced",
    "warning",
    "tags ok-NAME that silence nothing: no check has that name, or it has nothing to object to any more",
    "tags: [ok-duplicate], where the check is called duplicates",
    "correct the tag, or take it out",
    _nothing,
)
CHECKS: tuple[Check, ...] = (
    *order.CHECKS,
    *journeys.CHECKS,
    *people.CHECKS,
    *offices.CHECKS,
    *support.CHECKS,
    *absence.CHECKS,
    CLAIMS,
    SILENCED,
)


def chosen(only: "Sequence[str]" = (), skip: "Sequence[str]" = ()) -> tuple[Check, ...]:
    """The checks named, or all but those named. Raises UsageError with the nearest known name."""
    known = {check.name: check for check in CHECKS}
    for option, names in (("--only", only), ("--skip", skip)):
        for name in names:
            if name not in known:
                raise UsageError(
                    f"{option}: unknown check {name!r}{did_you_mean(name, tuple(known))} (one of: {', '.join(known)})"
                )
    return tuple(check for check in CHECKS if (not only or check.name in only) and check.name not in skip)


def find_problems(
    store: "Store",
    as_of: int,
    checks: "Sequence[Check]" = CHECKS,
    watch: "Watch | None" = None,
    records: "Mapping[str, Store]" = MappingProxyType({}),
) -> list[Problem]:
    """What some checks find, by file and line. `watch` is told how many of how many checks are done; `records` are those that claims name, by path."""
    case, silenced, found = Case(store, as_of, records), set[tuple[str, str]](), list[Problem]()
    for check in watched(checks, watch):
        for finding in check.find(case):
            quiet = set(_silencing(check, finding))
            silenced |= quiet
            if not quiet:
                found.append(check.problem(finding))
    if SILENCED in checks:
        found += map(SILENCED.problem, _idle(store, silenced, {check.name for check in checks}))
    return sorted(found, key=lambda p: (p.file, p.line, p.name, p.message))


def counted_twice(store: "Store", as_of: int) -> "list[tuple[Event | Coverage, Event]]":
    """Pairs of visits of two files that may be one journey, the later first. A store of several files counts both."""
    (check,) = chosen(["duplicates"])
    near = store._replace(events=tuple(near_other_files(store.events)))
    return [
        (finding.at, finding.other)
        for finding in journeys.duplicates(Case(near, as_of))
        if finding.other and finding.at.origin.file != finding.other.origin.file and not any(_silencing(check, finding))
    ]


def _silencing(check: Check, finding: "Finding | Problem") -> "Iterator[tuple[str, str]]":
    """The events whose tag silences a finding, each with the check."""
    for event in () if isinstance(finding, Problem) else (finding.at, finding.other):
        if event is not None and f"{OK}{check.name}" in getattr(event, "tags", ()):
            yield event.id, check.name


def _idle(store: "Store", used: set[tuple[str, str]], ran: set[str]) -> "Iterator[Finding]":
    """Tags that silence nothing. Of a check that did not run nothing is said."""
    for event in store.events:
        for name in _ok_tags(event):
            if name in ran and (event.id, name) not in used:
                yield Finding(event, f"{event.id}: the tag {OK}{name} silences nothing")
            elif name not in _NAMES:
                yield Finding(
                    event,
                    f"{event.id}: the tag {OK}{name} names no check{did_you_mean(name, tuple(_NAMES))}",
                )


def _ok_tags(event: "Event") -> "Iterator[str]":
    return (tag.removeprefix(OK) for tag in event.tags if tag.startswith(OK))


_NAMES = {check.name for check in CHECKS}
