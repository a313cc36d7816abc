"""The offices that an event gives people, held against the table of who held which top office when (`timeline.tenures`)."""

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.tenures import SHARED, bearers, in_common, name_keys, nearly, tenures, tenures_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import Event, Person
    from timeline.tenures import Tenure
    from timeline.vocabulary import Vocabulary

ELECT = 130  # days before a tenure in which one is called elect or designate
VACANCY = 366  # days without a holder in which somebody may act in an office, as between two elections
SURE = 2  # words of a name in common with that of a holder, where it is not the same
HEADS = frozenset({"president", "monarch", "premier"})  # whose powers the holder of another office may have for a time
_DEPUTIES = frozenset({"vice-president", "vice-premier", "first-vice-premier"})
# Offices that whoever holds one of them does not hold too. Left out is what somebody did: kings, and crown princes, who headed the government.
APART = {
    "president": _DEPUTIES | {"premier", "monarch"},
    "presidium-president": {"vice-premier", "first-vice-premier", "monarch"},
    "monarch": _DEPUTIES | {"president"},
    "supreme-leader": _DEPUTIES | {"president", "premier"},
    "pope": _DEPUTIES | {"president", "premier"},
    "premier": _DEPUTIES | {"president", "monarch"},
    "parliament-chairman": _DEPUTIES | HEADS,
    "crown-prince": {"president", "vice-president"},
    "vice-president": HEADS | {"vice-premier", "first-vice-premier"},
}
# Offices of which the table has no rows until the end of these years, though presidents there were premiers, and premiers vice-presidents
LEFT_OUT = {
    ("cuba", "premier"): 2019,
    ("egypt", "premier"): 1982,
    ("syria", "premier"): 1971,
    ("indonesia", "premier"): 1967,
    ("indonesia", "vice-president"): 1956,
    ("pakistan", "vice-president"): 1972,
    ("taiwan", "vice-president"): 2000,
}
# States whose head of government presides over a council, and is called its president in print
PRESIDED = frozenset({"italy", "spain", "france", "poland", "cuba"})
_FOR_ANOTHER = re.compile(r"\b(?:acting|interim|caretaker|provisional)\b", re.IGNORECASE)
_TITLES = re.compile(r"[,;()]|\band\b")


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

    def others(self) -> "list[Tenure]":
        """What the table surely says that this very person was on these days."""
        return [row for row in tenures_of(self.keys) if row.actor == self.actor and row.holds(self.days)]


class Other(NamedTuple):
    """That somebody else held an office, or that the same person held another, in words; `spelling`: who may be the same in another spelling."""

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
    for office in _claimed(held, words):
        rows = held.rows(office)
        if rows and not any(row.may_hold(held.days) for row in rows):
            title = words.offices[office].title.lower()
            when = " and ".join(row.text for row in rows)
            yield f"{held.person.name} was {title} {when}, not on {held.event.date.text}{_then(held, office, rows)}"


def _claimed(held: Held, words: "Vocabulary") -> "Sequence[str]":
    """The offices of a person, without those of which the title says that he only acts in them; of those that they imply, the ones that the table has."""
    acting = [_FOR_ANOTHER.sub("", part) for part in _TITLES.split(held.person.title) if _FOR_ANOTHER.search(part)]
    acted = {words.office(title) for title in acting}
    named = [office for office in held.person.offices if office not in acted and None not in acted]
    return [office for office in words.in_order(named) if office in named or (held.actor, office) in tenures()]


def _holder_beside(held: Held, office: str) -> "Tenure | None":
    """Who surely held an office, while this very person surely held one that nobody holds beside it: a vice-president entered as president."""
    beside = any(office in APART.get(row.office, ()) and not _presides(row, office) for row in held.others())
    return _holder(held, office) if beside else None


def _presides(row: "Tenure", office: str) -> bool:
    """Whether the head of a government may be the one called president."""
    return row.office == "premier" and office == "president" and row.actor in PRESIDED


def _holder(held: Held, office: str) -> "Tenure | None":
    """Who surely held an office, where that is known of one person only."""
    rows = [row for row in tenures().get((held.actor, office), ()) if row.may_hold(held.days)]
    alone = len(rows) == 1 or office not in SHARED
    return next((row for row in rows if row.holds(held.days)), None) if alone else None


def beside_another(held: Held, words: "Vocabulary") -> "Iterator[str]":
    """Offices that somebody else surely held, while this very person surely held another one."""
    for office in _claimed(held, words):
        if not held.rows(office) and (holder := _holder_beside(held, office)):
            yield _somebody_else(held, holder, held.others()).text


def _then(held: Held, office: str, rows: "list[Tenure]") -> str:
    """What the person was instead, as far as the table knows."""
    if others := held.others():
        return f"; {', '.join(row.office for row in others)} then"
    ahead = min(
        (row.first.earliest - held.days.latest for row in rows if row.first.earliest > held.days.latest),
        default=0,
    )
    if 0 < ahead <= ELECT:
        return f"; {office} elect then"
    return "; before the first time" if all(row.first.earliest > held.days.latest for row in rows) else ""


def held_by_another(held: Held, words: "Vocabulary") -> "Iterator[Other]":
    """Offices in which the table does not know the person, while it knows who held them, or what else the person was."""
    for office in _claimed(held, words):
        if held.rows(office) or _holder_beside(held, office):
            continue
        sure = _holder(held, office)
        likely = bearers(held.actor, held.keys) if sure or office in HEADS | _DEPUTIES else ()
        if sure and not any(row.keys & sure.keys for row in likely):
            yield _somebody_else(held, sure, likely)
        elif not sure and (rows := [row for row in likely if _apart(held, row, office)]):
            yield _something_else(held, rows, words.offices[office].title.lower())


def of_another_state(held: Held, words: "Vocabulary") -> "Iterator[str]":
    """What the table surely says that somebody of this name was then in another state, and nowhere else: the journey may have gone the other way. A name of one word is that of many."""
    rows = [row for row in tenures_of(frozenset(key for key in held.keys if " " in key)) if row.holds(held.days)]
    if rows and all(row.actor != held.actor for row in rows) and words.actors[held.actor].kind != "organisation":
        of = words.actors[rows[0].actor].name
        yield f"{held.person.name} was {rows[0].office} of {of} {rows[0].text}; the visitor is {words.actors[held.actor].name}"


def _apart(held: Held, row: "Tenure", office: str) -> bool:
    """Whether a tenure is surely of this person on these days, and of an office beside which there is not this one."""
    if office not in APART.get(row.office, ()) or not row.holds(held.days):
        return False
    same = row.keys & held.keys or max(in_common(a, b) for a in row.keys for b in held.keys) >= SURE
    return bool(same) and not _unknown(held, office)


def _unknown(held: Held, office: str) -> bool:
    """Whether the table cannot tell who held an office on these days: one may act in a short vacancy, and some rows are left out, as before the first one."""
    if LEFT_OUT.get((held.actor, office), 0) >= date.fromordinal(held.days.earliest).year:
        return True
    rows = tenures().get((held.actor, office), ()) if office in HEADS else ()
    ended = max((row.last.latest for row in rows if row.last.latest < held.days.earliest), default=NEVER_BEFORE)
    began = min((row.first.earliest for row in rows if row.last.latest >= held.days.earliest), default=NEVER_AFTER)
    vacant = ended > NEVER_BEFORE and began > held.days.latest and began - ended > VACANCY
    return began < NEVER_AFTER and not vacant


def _something_else(held: Held, rows: "list[Tenure]", title: str) -> Other:
    was = " and ".join(f"{row.office} {row.text}" for row in rows)
    return Other(f"{held.person.name} was {was}, not {title}", spelling=False)


def _somebody_else(held: Held, holder: "Tenure", likely: "Sequence[Tenure]") -> Other:
    name, was = held.person.name, f"{holder.office} was {holder.person} {holder.text}"
    if not likely and nearly(held.keys, holder.keys):
        return Other(f"{was}; is {name} another spelling?", spelling=True)
    others = sorted({row.office for row in likely if row.holds(held.days)})
    return Other(f"{was}, not {name}" + (f"; {', '.join(others)} then" if others else ""), spelling=False)
