"""The offices that a record gives people, held against the table of who held which top office when."""

from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding
from timeline.officeholders import Held, at_another_time, beside_another, held_by, held_by_another, of_another_state
from timeline.tenures import tenures

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = "ok-holders"


def tenure(case: Case) -> "Iterator[Finding]":
    """Offices of people whom the table knows in them at another time, or in another one while somebody else held theirs."""
    for held in _everybody(case):
        words = case.store.vocabulary
        for text in (*at_another_time(held, words), *beside_another(held, words)):
            yield Finding(held.event, f"{held.event.id}: {text}")


def holders(case: Case) -> "Iterator[Finding]":
    """Offices of people whom the table does not know in them, while it knows who held them, or what else they were."""
    for held in _everybody(case):
        for text, spelling in held_by_another(held, case.store.vocabulary):
            remedy = f"correct the name, or declare it under people: as an alias; if they are two, tag the event {TAG}"
            yield Finding(held.event, f"{held.event.id}: {text}", remedy=remedy if spelling else "")
        for text in of_another_state(held, case.store.vocabulary):
            remedy = f"correct the name, or visitor and host, which may be the wrong way round; if they are two of one name, tag the event {TAG}"
            yield Finding(held.event, f"{held.event.id}: {text}", remedy=remedy)


def missing(case: Case) -> "Iterator[Finding]":
    """Offices that the table knows and the record does not give."""
    covered = sorted({office for _, office in tenures()})
    for held in _everybody(case):
        had = case.store.vocabulary.held(held.person.offices)
        for office in covered if had else ():
            rows = () if office in had else held.rows(office)
            if any(row.holds(held.days) for row in rows):
                yield Finding(held.event, f"{held.event.id}: {held.person.name} was {office} too")


def no_office(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for person in event.people:
            if event.type == "visit" and person.role == "heads" and not person.offices:
                yield Finding(event, f"{event.id}: the offices of {person.name} are not given")


def _everybody(case: Case) -> "Iterator[Held]":
    for event in case.store.events:
        yield from held_by(event, case.store.vocabulary)


CHECKS = (
    Check(
        "tenures",
        "error",
        "people in a top office at a time when they did not hold it: before, after, elect, or while they held another one, beside which nobody holds it, and somebody else held theirs: a vice-president entered as president. The table "
        "(timeline/data/tenures.csv) has heads of state and government of 41 states, the G20, both Koreas and neighbours among them, and some party leaders and vice-presidents; where it has nothing on a person in an office, it is silent",
        "Xi Jinping with offices: [president] in June 2008, when he was vice-president",
        "correct offices or the date; give the offices held on that day",
        tenure,
    ),
    Check(
        "holders",
        "warning",
        "people in a top office that somebody else held then, by the same table, which ends with 2025; or who held another one then, beside which nobody holds it, also where it was vacant for more than a year; or who held one of another state than the visitor",
        "offices: [premier] for Zhang Gaoli in 2015, when Li Keqiang was premier; [vice-president] for Abe Shinzo that year, when he was premier; Angela Merkel as a visitor from China",
        "correct offices; if it is another spelling of the name, declare it under people:; if the table is wrong, tag the event "
        + TAG,
        holders,
    ),
    Check(
        "other-offices",
        "info",
        "people who also held a top office that the record does not give; filters by that office pass them over",
        "offices: [general-secretary] for Xi Jinping in 2019",
        "add it to offices",
        missing,
    ),
    Check(
        "no-office",
        "warning",
        "visits headed by somebody whose offices are not given",
        "people: [{name: Xi Jinping}]",
        "add offices: [...]; filters by office and rank pass the visit over",
        no_office,
    ),
)
