"""How the events of a file stand, what their ids say, and whether their day has come."""

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.text import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event

_DATED = re.compile(r"-(1[5-9]\d\d|20\d\d)(?:-(0[1-9]|1[0-2]))?(?=-|$)")
_NUMBERED = re.compile(r"(.*-(?:1[5-9]\d\d|20\d\d)(?:-\d\d)?)-([2-9])")


def order(case: Case) -> "Iterator[Finding]":
    by_place = sorted(case.store.events, key=lambda event: event.origin)
    for before, event in pairwise(by_place):
        if before.origin.file == event.origin.file and event.order < before.order:
            yield Finding(event, f"{event.id} ({event.date.text}) stands after {before.id} ({before.date.text})")


def ids(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        dated = list(_DATED.finditer(event.id))
        if event.type == "visit" and dated and not _agrees(dated[-1], _days(event)):
            yield Finding(event, f"{event.id} is dated {event.date.text}")
        numbered = _NUMBERED.fullmatch(event.id)
        if numbered and not _before(numbered[1], int(numbered[2]), case):
            yield Finding(
                event,
                f"{event.id}: there is no {_earlier(numbered[1], int(numbered[2]))}",
                remedy="number the events of one month from the second on, without a gap",
            )


def _days(event: "Event") -> Span:
    """From the first day that an event may have touched to the last."""
    start, end = event.date.start, event.date.end
    first = end.earliest if start.earliest == NEVER_BEFORE else start.earliest
    return Span(first, max(start.latest if end.latest == NEVER_AFTER else end.latest, first))


def _agrees(dated: "re.Match[str]", days: Span) -> bool:
    """Whether some day of the year, or of the month, that an id names is one of the days."""
    if days.latest == NEVER_AFTER:
        return True
    first, last = (date.fromordinal(day) for day in days)
    if dated[2] is None:
        return first.year <= int(dated[1]) <= last.year
    return (first.year, first.month) <= (int(dated[1]), int(dated[2])) <= (last.year, last.month)


def _earlier(stem: str, number: int) -> str:
    return stem if number == 2 else f"{stem}-{number - 1}"


def _before(stem: str, number: int, case: Case) -> bool:
    """Whether the id before a numbered one is there: the same without a number, with the number before, or with a word behind it."""
    known = case.store.by_id
    return _earlier(stem, number) in known or (
        number == 2 and any(id_.startswith(f"{stem}-") and id_ != f"{stem}-2" for id_ in known)
    )


def future(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        if event.status == "happened" and event.date.start.earliest > case.as_of:
            yield Finding(
                event, f"{event.id} is dated {event.date.text}, after {day_text(case.as_of)}, and counts as happened"
            )


CHECKS = (
    Check(
        "order",
        "warning",
        "events of one file that do not stand oldest first, and by id within a day",
        "an event of 2001 below one of 2004",
        "move it up: oldest first, then by id",
        order,
    ),
    Check(
        "ids",
        "warning",
        "ids that name another year or month than the date, and numbered ids (…-2019-06-2) without the one before",
        "id: xi-jinping-pyongyang-2018-06 with date: 2019-06-20",
        "rename it (timeline rename ID NEW), or correct the date",
        ids,
    ),
    Check(
        "future",
        "warning",
        "events that count as happened and begin after the day taken as today; until then no gap has them, and a claim about one is undetermined",
        "date: 2062-06-20, without status:",
        "correct the date, or write status: announced",
        future,
    ),
)
