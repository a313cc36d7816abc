"""The offices that an event gives people, held against the table of who held which top office when (`timeline.tenures`)."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.tenures import SHARED, bearers, name_keys, nearly, tenures, tenures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Person
    from timeline.tenures import Tenure
    from timeline.vocabulary import Vocabulary

ELECT = 130  # days before a tenure in which one is called elect or designate


class Held(NamedTuple):
    """A person of an event, whose actor and days are known."""

    event: "Event"
    person: "Person"
    actor: str
    days: Span
    keys: frozenset[str]

    def rows(self, office: str) -> "list[Tenure]":
        """The tenures of this person in an office."""
        return [row for row in tenures().get((self.actor, office), ()) if row.keys & self.keys]


class Other(NamedTuple):
    """That somebody else held an office, in words; `spelling`: who may be the same in another spelling."""

    text: str
    spelling: bool


def held_by(event: "Event", words: "Vocabulary") -> "Iterator[Held]":
    """The people of an event whose actor is known, with the other spellings that the record declares."""
    days = _days(event)
    for person in event.people:
        actor = event.visitor or person.actor
        if actor and days:
            yield Held(event, person, actor, days, name_keys(words.names_of(person.name)))


def _days(event: "Event") -> Span | None:
    """The days that the offices are those of: the first day of a journey, where that is known at all, or one of its days."""
    start, end = event.date.start, event.date.end
    if start.earliest == NEVER_BEFORE or start.latest >= NEVER_AFTER:
        return None
    return Span(start.earliest, max(start.latest, end.latest if end.latest != NEVER_AFTER else start.latest))


def at_another_time(held: Held, words: "Vocabulary") -> "Iterator[str]":
    """Offices in which the table knows the person, at another time."""
    for office in held.person.offices:
        rows = held.rows(office)
        if rows and not any(row.may_hold(held.days) for row in rows):
            title = words.offices[office].title.lower()
            when = " and ".join(row.text for row in rows)
            yield f"{held.person.name} was {title} {when}, not on {held.event.date.text}{_then(held, office, rows)}"


def _then(held: Held, office: str, rows: "list[Tenure]") -> str:
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


def held_by_another(held: Held) -> "Iterator[Other]":
    """Offices in which the table does not know the person, while it knows who held them."""
    for office in held.person.offices:
        found = () if office in SHARED or held.rows(office) else tenures().get((held.actor, office), ())
        sure = next((row for row in found if row.holds(held.days)), None)
        likely = bearers(held.actor, held.keys) if sure else ()
        if sure and not any(row.keys & sure.keys for row in likely):
            yield _somebody_else(held, sure, likely)


def _somebody_else(held: Held, holder: "Tenure", likely: "tuple[Tenure, ...]") -> Other:
    name, was = held.person.name, f"{holder.office} was {holder.person} {holder.text}"
    if not likely and nearly(held.keys, holder.keys):
        return Other(f"{was}; is {name} another spelling?", spelling=True)
    others = sorted({row.office for row in likely if row.holds(held.days)})
    return Other(f"{was}, not {name}" + (f"; {', '.join(others)} then" if others else ""), spelling=False)
