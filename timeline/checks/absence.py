"""What the record says that it is complete for: statements that contradict each other or the events, and holes between them."""

from itertools import combinations
from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding
from timeline.coverage import speaks_of
from timeline.dates import NEVER_BEFORE, Span
from timeline.text import day_text
from timeline.vocabulary import COVERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Coverage, Store


def contradictions(case: Case) -> "Iterator[Finding]":
    for statement in case.store.coverage:
        if statement.span.latest > case.as_of and statement.counts:
            yield Finding(
                statement,
                f"{statement.id} reaches to {day_text(statement.span.latest)}, after {day_text(case.as_of)}: nobody can know that",
                remedy="end it on the day up to which the sources were read",
            )
    for statements in _scopes(case.store).values():
        for one, other in combinations(statements, 2):
            shared = Span(max(one.span.earliest, other.span.earliest), min(one.span.latest, other.span.latest))
            if shared.earliest < shared.latest and one.how != other.how and not _refines(one, other):
                yield Finding(
                    other,
                    f"{other.id} is {other.how} and {one.id} {one.how} from {_day(shared.earliest)} to {day_text(shared.latest)}",
                )


def _refines(one: "Coverage", other: "Coverage") -> bool:
    """Whether the surer one of two lies within the other: it says more of a part, and contradicts nothing."""
    part, whole = (statement.span for statement in sorted((one, other), key=lambda s: COVERED.index(s.how)))
    return whole.earliest <= part.earliest and part.latest <= whole.latest


def gaps(case: Case) -> "Iterator[Finding]":
    for statements in _scopes(case.store).values():
        complete = sorted((s for s in statements if s.counts), key=lambda s: s.span)
        reached = complete[:1]
        for statement in complete[1:]:
            until = max(s.span.latest for s in reached)
            if statement.span.earliest > until + 1:
                days = Span(until + 1, statement.span.earliest - 1)
                yield Finding(
                    statement,
                    f"nothing is said from {day_text(days.earliest)} to {day_text(days.latest)}, between {reached[-1].id} and {statement.id}",
                )
            reached.append(statement)


def ends(case: Case) -> "Iterator[Finding]":
    """Visits just outside every statement whose scope they fall in: later than the last `to`, though the record has them."""
    words = case.store.vocabulary
    for statements in _scopes(case.store).values():
        complete = [s for s in statements if s.counts]
        last = max(complete, key=lambda s: s.span.latest, default=None)
        later = [
            e
            for e in case.store.events
            if last and speaks_of(last, e, words) and e.date.start.earliest > last.span.latest
        ]
        if last and later:
            more = f" and {len(later) - 1} more" if len(later) > 1 else ""
            yield Finding(
                last,
                f"{last.id} ends with {day_text(last.span.latest)}, and the record has {later[0].id} ({later[0].date.text}){more} after it",
            )


def _scopes(store: "Store") -> "dict[tuple[object, ...], list[Coverage]]":
    """Statements by what they speak of."""
    groups: dict[tuple[object, ...], list[Coverage]] = {}
    for s in store.coverage:
        key = (s.type, s.visitor, s.host, s.level, frozenset(s.people), frozenset(s.offices))
        groups.setdefault(key, []).append(s)
    return groups


def _day(day: int) -> str:
    return "ever" if day == NEVER_BEFORE else day_text(day)


CHECKS = (
    Check(
        "coverage",
        "warning",
        "statements of one scope that are complete and partial for the same days (unless the complete one lies within the partial one), or complete beyond the day taken as today",
        "to: 2030 with how: complete",
        "let one end where the other begins",
        contradictions,
    ),
    Check(
        "coverage-gaps",
        "info",
        "days between two statements of one scope of which neither speaks; a gap or a claim across them is not decided",
        "to: 1999-12-31 and from: 2001 for one direction and rank",
        "add a statement for these days, complete or partial, or let the two meet",
        gaps,
    ),
    Check(
        "coverage-ends",
        "info",
        "recorded visits after the last day that the record is complete for in their scope",
        "to: 2025-06-30 and a visit of October 2025",
        "carry `to` forward once the sources up to a later day were read",
        ends,
    ),
)
