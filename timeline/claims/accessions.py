"""When somebody took power, or an office: by an event of the record, or else by the table of tenures. Who took it twice may be meant of either day."""

import re
from typing import TYPE_CHECKING

from timeline.claims.families import of_the_visit
from timeline.claims.model import UNKNOWN, UNRECORDED, NotUnderstood, Since
from timeline.claims.named import FAMILY
from timeline.claims.reference import dated_apart
from timeline.claims.rises import LEFT, POWER, TAKEN
from timeline.claims.sentence import names_of
from timeline.dates import Span
from timeline.names import fold
from timeline.tenures import name_keys, tenures_of, unbroken
from timeline.text import called, span_text
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.claims.model import Claim
    from timeline.model import Event, Person, Store
    from timeline.tenures import Tenure

MOST_LISTED = 6
# Words before an office that make it one of which the table does not have the day.
LESSER = re.compile(r"\b(?:vice|deputy|acting|interim|assistant)\b", re.IGNORECASE)
YEAR = 366  # days


def accession(since: Since, claim: "Claim", store: "Store") -> Since:
    """The day on which the person named, or the one whom the claim is about, took the office named; further days that may be meant stay with it."""
    name = since.event.removeprefix("accession:")
    if name.startswith(FAMILY):
        family, name = name.removeprefix(FAMILY), _of_family(since, claim, store)
        since = since._replace(label=since.label.replace(family, name, 1))
    name = name or next(iter(claim.who[0].people), "") or head_of(claim, store)
    if LESSER.search(since.label):
        raise NotUnderstood(
            f"{since.label}: the day on which that office was taken is not known; write 'since' and the date"
        )
    found = _accessions(name, since, store)
    if not found and _returned(since.label):
        raise NotUnderstood(
            f"the table of tenures does not know when {name or 'that person'} came back to an office; write 'since' and a date"
        )
    office = _office_in(since.label)
    if not found and office and _held(name, None, store) and not _held(name, {office}, store):
        raise NotUnderstood(f"{name} is nowhere {office} in the table of tenures; write 'since' and the date")
    if not found and since.span != UNKNOWN:
        return since._replace(event=f"{UNRECORDED}{since.label}")
    if not found:
        raise NotUnderstood(
            f"the record has no event of type accession for {name or 'that person'}; name an event by its id: since <id>"
        )
    dated = since.span != UNKNOWN
    meant = _of_the_date(name, since, found, store) if dated else _with_counted(name, since, found, claim, store)
    first, *others = taken_before(meant, _day(claim, store))
    if claim.form == "after" and not _office_in(since.label):
        visit = store.by_id.get(claim.about)
        if visit and visit.date.start.earliest < first.span.earliest:
            raise NotUnderstood(
                f"so long after {name} took office: {visit.id} came before; which office? Write the date"
            )
        first = first._replace(span=_to_the_last(first.span, name, store))
    return first._replace(others=tuple(others))


def _to_the_last(span: "Span", name: str, store: "Store") -> "Span":
    """From the day on which somebody took power to that of the last top office that he took within a year: `a week after he took office` may be said of any."""
    offices = store.vocabulary.offices
    top = [t for t in _held(name, None, store) if t.office in offices and offices[t.office].level >= RANKS["head-of-government"]]  # fmt: skip
    begun = [t.first.latest for t in top if 0 <= t.first.earliest - span.earliest <= YEAR]
    return Span(span.earliest, max([span.latest, *begun]))


def departure(since: Since, claim: "Claim", store: "Store") -> Since:
    """The day on which somebody left the office named, or else the highest that the table of tenures has him in, the last time before the day from which a claim looks back. Raises NotUnderstood where it has no such day."""
    office, name = since.event.removeprefix(LEFT).split(",", 1)
    name = name or next(iter(claim.who[0].people), "") or head_of(claim, store)
    offices = store.vocabulary.offices
    held = [t for t in _held(name, {office} if office else None, store) if t.office in offices]
    top = max((offices[t.office].level for t in held), default=0)
    left = sorted(t.last for t in held if offices[t.office].level == top and not t.goes_on)
    day = _day(claim, store)
    before = [span for span in left if day is None or span.latest < day.earliest]
    if not before or (not office and top < RANKS["head-of-government"]):
        raise NotUnderstood(f"when {name or 'that person'} left office is not known; write 'since' and a date")
    if since.span != UNKNOWN:
        before = [span for span in before if span.overlaps(since.span)]
        if not before:
            raise NotUnderstood(f"{since.label}: the table of tenures has another date; write 'since' and a date")
    return since._replace(span=before[-1], event="", label=f"{name} left office ({span_text(*before[-1])})")


def _with_counted(name: str, since: Since, found: list[Since], claim: "Claim", store: "Store") -> list[Since]:
    """`Since Jiang took office`, said of visits by presidents, may mean the day on which he became president."""
    if _office_in(since.label) or store.by_id.get(found[0].event):
        return found
    counted = {office for who in claim.who for office in who.offices}
    spans = {one.span for one in found}
    return found + [one for one in _by_table(since, _held(name, counted, store)) if one.span not in spans]


def _of_the_date(name: str, since: Since, found: list[Since], store: "Store") -> list[Since]:
    """The accessions of the date in the claim; where none is of that date, all, each with the date that the claim gives."""
    return _dated(name, since, found, store) or [dated_apart(one, since.span) for one in found]


def _dated(name: str, since: Since, found: list[Since], store: "Store") -> list[Since]:
    """Those of somebody's accessions that are of the date in the claim; also to a lesser office, where none is named and the record has no event for his accession."""
    dated = [one for one in found if one.span.overlaps(since.span)]
    if dated or found[0].event in store.by_id or _office_in(since.label):
        return dated
    offices = sorted({t.office for t in _held(name, None, store)})
    taken = [one for office in offices for one in _by_table(since, _held(name, {office}, store))]
    return [one for one in taken if one.span.overlaps(since.span)][:1]


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
    rose = _risen(names_of(store).bearers.get(fold(family), ()), since, store)
    about = store.by_id.get(claim.about)
    if since.span != UNKNOWN:
        fitting = [name for name, found in rose.items() if _dated(name, since, found, store)]
        own = of_the_visit(store, about).get(fold(family)) if about else None
        fitting = [own] if own and (own in fitting or (own in rose and not fitting)) else fitting
    else:
        day = _day(claim, store)
        before = {
            name: [o.span.latest for o in found if day and o.span.latest <= day.earliest]
            for name, found in rose.items()
        }
        fitting = sorted((name for name in rose if before[name]), key=lambda name: max(before[name]))[-1:]
    if len(fitting) != 1:
        raise _whose(family, since, {name: rose[name] for name in fitting or rose})
    return fitting[0]


def _risen(names: "Iterable[str]", since: Since, store: "Store") -> dict[str, list[Since]]:
    """Who of some people took an office when; power is taken by those only who rose as high as any of them."""
    rose = {name: found for name in names if (found := _accessions(name, since, store))}
    if not any(word in since.label for word in POWER):
        return rose
    level = {name: highest_level(name, store) for name in rose}
    return {name: found for name, found in rose.items() if level[name] == max(level.values())}


def highest_level(name: str, store: "Store") -> int:
    """The highest level that somebody ever had, by the record and the table of tenures."""
    on_record = [
        office for event in store.events for person in event.people if person.name == name for office in person.offices
    ]
    return store.vocabulary.level([*on_record, *(t.office for t in _held(name, None, store))])


def _whose(family: str, since: Since, rose: dict[str, list[Since]]) -> NotUnderstood:
    """The refusal of a family name: who of it took power when, as far as the record and the table of tenures know."""
    days = (f"{name}, {span_text(*taken[0].span)}" for name, taken in list(rose.items())[:MOST_LISTED])
    return NotUnderstood(
        f"{since.label}: which {family} ({'; '.join(days) or 'none is known to have'})? Write the full name", (family,)
    )


def _accessions(name: str, since: Since, store: "Store") -> list[Since]:
    """The first such event of the record that the date in the claim allows; without one, and of who returned to an office, every time that the table has.

    Who named no office may mean the highest that somebody took, or that in which he came to lead the government before: Erdogan's of 2014, or of 2003. Command of an army alone, or a lesser office, is no power over a country.
    """
    events = [e for e in store.events if e.type == "accession" and _rose(e, name, since.label)]
    if events and not _returned(since.label):
        return [_by_event(since, next((e for e in events if e.date.start.overlaps(since.span)), events[0]))]
    named = _office_in(since.label)
    offices = store.vocabulary.offices
    held = _held(name, {named} if named else None, store)
    led = [] if named else [t for t in held if offices[t.office].level >= RANKS["head-of-government"]]
    if any(word in since.label for word in POWER):
        held = led
    level = {t.office: offices[t.office].level for t in held}
    found = _by_table(since, [t for t in held if level[t.office] == max(level.values())])
    spans = {one.span for one in found}
    return found + [one for one in _by_table(since, led) if one.span not in spans]


def _by_table(since: Since, held: "list[Tenure]") -> list[Since]:
    """Each time that somebody took an office; of who returned to it, all but the first."""
    begun = [first for first, _ in unbroken(held)]
    taken = begun[1:] if _returned(since.label) else begun
    return [Since(f"{since.label} ({span_text(*span)})", span) for span in taken]


def _returned(label: str) -> bool:
    """Whether the words for an accession are of who took again what he had held; no event of the record says that."""
    return " return" in f" {label}"


def _by_event(since: Since, event: "Event") -> Since:
    return since._replace(span=event.date.start, event=event.id, label=called(event))


def _rose(event: "Event", name: str, label: str) -> bool:
    return any(person.name == name and _took(person, label) for person in event.people)


def _office_in(label: str) -> str:
    """The office that the words for an accession name; '' where they name none, and mean the first."""
    return next((office for word, office in TAKEN.items() if label.endswith(word)), "")


def _took(person: "Person", label: str) -> bool:
    named = _office_in(label)
    return not named or named in person.offices


def _held(name: str, offices: "Iterable[str] | None", store: "Store") -> "list[Tenure]":
    """The times that somebody was in some offices, or in any, by the table of tenures."""
    held = tenures_of(name_keys(store.vocabulary.names_of(name)))
    return [t for t in held if offices is None or t.office in offices]
