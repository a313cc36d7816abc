"""When somebody took power, or an office: by an event of the record, or else by the table of tenures. Who took it twice may be meant of either day."""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.families import bearers
from timeline.claims.model import NotUnderstood, Since
from timeline.claims.points import FAMILY, TAKEN, UNKNOWN
from timeline.names import fold
from timeline.text import span_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.model import Claim
    from timeline.dates import Span
    from timeline.model import Event, Person, Store
    from timeline.tenures import Tenure


def accession(since: Since, claim: "Claim", store: "Store") -> Since:
    """The day on which the person named, or the one whom the claim is about, took the office named; further days that may be meant stay with it."""
    name = _of_family(since, claim, store) or since.event.removeprefix("accession:")
    name = name or next(iter(claim.who[0].people), "") or head_of(claim, store)
    found = _accessions(name, since, store)
    if not found:
        raise NotUnderstood(
            f"the record has no event of type accession for {name or 'that person'}; name an event by its id: since <id>"
        )
    dated = [one for one in found if since.span == UNKNOWN or one.span.overlaps(since.span)]
    if not dated and (event := store.by_id.get(found[0].event)):
        raise NotUnderstood(f"{event.title}: the record dates it {event.date.text}, not as the claim does")
    first, *others = taken_before(dated or found, _day(claim, store))
    return replace(first, others=tuple(others))


def head_of(claim: "Claim", store: "Store") -> str:
    """Who headed the visit in question."""
    visit = store.by_id.get(claim.about)
    return next((p.name for p in visit.people if p.role == "heads"), "") if visit else ""


def taken_before(found: "Sequence[Since]", day: "Span | None") -> "Sequence[Since]":
    """Those of some accessions that lie before the day from which a claim looks back; all of them where none does."""
    return [one for one in found if day and one.span.latest <= day.earliest] or found


def _day(claim: "Claim", store: "Store") -> "Span | None":
    about = store.by_id.get(claim.about)
    return about.date.start if about else claim.published


def _of_family(since: Since, claim: "Claim", store: "Store") -> str:
    """Of those with a family name who took power, the one of the date that the claim gives, or else the last before the day from which it looks back."""
    family = since.event.removeprefix(f"accession:{FAMILY}")
    if family == since.event:
        return ""
    day = _day(claim, store)
    names = bearers(store).get(fold(family), ())
    rose = {name: [one.span for one in _accessions(name, since, store)] for name in names}
    dated = since.span != UNKNOWN
    fitting = {
        name: max(fit, key=lambda span: span.latest)
        for name, spans in rose.items()
        if (fit := [s for s in spans if (s.overlaps(since.span) if dated else day and s.latest <= day.earliest)])
    }
    if not fitting or (dated and len(fitting) > 1):
        listed = ", ".join(fitting or names)
        raise NotUnderstood(f"{since.label}: which {family} ({listed})? Write the full name", (family,))
    return max(fitting, key=lambda name: fitting[name].latest)


def _accessions(name: str, since: Since, store: "Store") -> list[Since]:
    """The first such event of the record that the date in the claim allows; without one, every time that the table has."""
    events = [e for e in store.events if e.type == "accession" and _rose(e, name, since.label)]
    if events:
        return [_by_event(since, next((e for e in events if e.date.start.overlaps(since.span)), events[0]))]
    claimed = since.span if since.span != UNKNOWN else None
    return [
        Since(f"{since.label} ({span_text(*span)})", span, claimed=claimed) for span in _taken(name, since.label, store)
    ]


def _by_event(since: Since, event: "Event") -> Since:
    return replace(since, span=event.date.start, event=event.id, label=f"{event.title} ({event.date.text})")


def _rose(event: "Event", name: str, label: str) -> bool:
    return any(person.name == name and _took(person, label) for person in event.people)


def _office_in(label: str) -> str:
    """The office that the words for an accession name; '' where they name none, and mean the first."""
    return next((office for word, office in TAKEN.items() if label.endswith(word)), "")


def _took(person: "Person", label: str) -> bool:
    named = _office_in(label)
    return not named or named in person.offices


def _taken(name: str, label: str, store: "Store") -> "list[Span]":
    """When somebody took the highest of their offices, or the one named, by the table of tenures: each time after they had not been in it."""
    from timeline.tenures import name_keys, tenures

    named, keys, offices = _office_in(label), name_keys([name]), store.vocabulary.offices
    rows = [t for rows in tenures().values() for t in rows if t.keys & keys and t.office in offices]
    held = [t for t in rows if not named or t.office == named]
    top = max((offices[t.office].level for t in held), default=0)
    return _beginnings([t for t in held if offices[t.office].level == top])


def _beginnings(held: "list[Tenure]") -> "list[Span]":
    """The days on which unbroken times in some offices began; from one office into another is no new beginning."""
    begun: list[Span] = []
    until = 0
    for tenure in sorted(held, key=lambda t: t.first):
        if tenure.first.earliest > until + 1:
            begun.append(tenure.first)
        until = max(until, tenure.last.latest)
    return begun
