"""The offices that a record gives people, held against the table of who held which top office when."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.checks.model import Case, Check, Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.tenures import SHARED, bearers, name_keys, nearly, tenures, tenures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Person
    from timeline.tenures import Tenure

TAG = "ok-holders"
ELECT = 130  # days before a tenure in which one is called elect or designate


class _Held(NamedTuple):
    """A person of an event, whose actor and days are known."""

    event: "Event"
    person: "Person"
    actor: str
    days: Span
    keys: frozenset[str]

    def rows(self, office: str) -> "list[Tenure]":
        """The tenures of this person in an office."""
        return [row for row in tenures().get((self.actor, office), ()) if row.keys & self.keys]


def tenure(case: Case) -> "Iterator[Finding]":
    """Offices of people whom the table knows in them, at another time."""
    for held in _everybody(case):
        for office in held.person.offices:
            rows = held.rows(office)
            if rows and not any(row.may_hold(held.days) for row in rows):
                title = case.store.vocabulary.offices[office].title.lower()
                when = " and ".join(row.text for row in rows)
                name = held.person.name
                yield Finding(
                    held.event,
                    f"{held.event.id}: {name} was {title} {when}, not on {held.event.date.text}{_then(held, office, rows)}",
                )


def _then(held: _Held, office: str, rows: "list[Tenure]") -> str:
    """What the person was instead, as far as the table knows."""
    others = [row.office for row in tenures_of(held.keys) if row.actor == held.actor and row.holds(held.days)]
    if others:
        return f"; {', '.join(others)} then"
    ahead = min(
        (row.first.earliest - held.days.latest for row in rows if row.first.earliest > held.days.latest),
        default=0,
    )
    if 0 < ahead <= ELECT:
        return f"; {office} elect then"
    return "; before the first time" if all(row.first.earliest > held.days.latest for row in rows) else ""


def holders(case: Case) -> "Iterator[Finding]":
    """Offices of people whom the table does not know in them, while it knows who held them."""
    for held in _everybody(case):
        for office in held.person.offices:
            found = () if office in SHARED or held.rows(office) else tenures().get((held.actor, office), ())
            sure = next((row for row in found if row.holds(held.days)), None)
            likely = bearers(held.actor, held.keys) if sure else []
            if sure and not any(row.keys & sure.keys for row in likely):
                yield _somebody_else(held, sure, likely)


def _somebody_else(held: _Held, holder: "Tenure", likely: "list[Tenure]") -> Finding:
    """That another one held the office of a person, who may be that one in another spelling, or may have had another office then."""
    name, was = held.person.name, f"{holder.office} was {holder.person} {holder.text}"
    if not likely and nearly(held.keys, holder.keys):
        return Finding(
            held.event,
            f"{held.event.id}: {was}; is {name} another spelling?",
            remedy=f"correct the name, or declare it under people: as an alias; if they are two, tag the event {TAG}",
        )
    others = sorted({row.office for row in likely if row.holds(held.days)})
    return Finding(
        held.event, f"{held.event.id}: {was}, not {name}" + (f"; {', '.join(others)} then" if others else "")
    )


def missing(case: Case) -> "Iterator[Finding]":
    """Offices that the table knows and the record does not give."""
    covered = sorted({office for _, office in tenures()})
    for held in _everybody(case):
        for office in covered if held.person.offices else ():
            rows = () if office in held.person.offices else held.rows(office)
            if any(row.holds(held.days) for row in rows):
                yield Finding(held.event, f"{held.event.id}: {held.person.name} was {office} too")


def no_office(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for person in event.people:
            if event.type == "visit" and person.role == "heads" and not person.offices:
                yield Finding(event, f"{event.id}: the offices of {person.name} are not given")


def _everybody(case: Case) -> "Iterator[_Held]":
    """Everybody whose actor is known, with the other spellings that the record declares."""
    for event in case.store.events:
        days = _days(event)
        for person in event.people:
            actor = event.visitor or person.actor
            if actor and days:
                yield _Held(event, person, actor, days, name_keys(case.store.vocabulary.names_of(person.name)))


def _days(event: "Event") -> Span | None:
    """The days that the offices are those of: the first day of a journey, where that is known at all, or one of its days."""
    start, end = event.date.start, event.date.end
    if start.earliest == NEVER_BEFORE or start.latest >= NEVER_AFTER:
        return None
    return Span(start.earliest, max(start.latest, end.latest if end.latest != NEVER_AFTER else start.latest))


CHECKS = (
    Check(
        "tenures",
        "error",
        "people in a top office at a time when they did not hold it: before, after, elect, or vice-president then. The table "
        "(timeline/data/tenures.csv) has heads of state and government and party leaders of 21 states, and chairmen of military commissions of two; where it has nothing on a person in an office, it is silent",
        "Xi Jinping with offices: [president] in June 2008, when he was vice-president",
        "correct offices or the date; give the offices held on that day",
        tenure,
    ),
    Check(
        "holders",
        "warning",
        "people in a top office that somebody else held then, by the same table, which ends with 2025",
        "offices: [premier] for Zhang Gaoli in 2015, when Li Keqiang was premier",
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
