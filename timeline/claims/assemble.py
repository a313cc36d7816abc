"""What a sentence said → a claim; and what a claim takes from the record: the visit behind "since Hu in 2005", the day of an accession, the year of "this year"."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.model import FORMS, Claim, NotUnderstood, Since, Who, Window
from timeline.claims.points import UNKNOWN, period_of
from timeline.dates import NEVER_AFTER, Span
from timeline.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, Person, Store


def assemble(
    text: str, said: "Mapping[str, Any]", store: "Store", about: "Event | None", published: Span | None
) -> Claim:
    """The claim that the slots of a sentence make. Raises NotUnderstood where one is missing."""
    form = _form(said)
    _all_used(form, said)
    _told_of(form, said, about)
    meeting = said.get("object") == "meeting"
    number, unit = said.get("duration", (0.0, "years"))
    if form in ("nth", "count"):
        number, unit = float(said.get("nth") or said.get("count") or 1), "times"
    claim = Claim(
        text,
        form,
        _who(said, form),
        _scope(said, store, about),
        about.id if about else "",
        number,
        "decades" if said.get("decades") and form == "first-in" else unit,
        said.get("since"),
        replace(_window(said), ordinal="count" not in said) if form == "count" else None,
        frozenset(said.get("hedges", ())),
        said.get("object", "visit"),
        tuple(filter(None, (said.get("person"), said.get("other_person")))) if meeting else (),
        published,
        said.get("capital", ""),
        roles_open="roles" not in said,
        kind_open="kinds" not in said,
        every_host=bool(said.get("every_host")),
        every_visitor=bool(said.get("every_visitor")),
        including="earlier" not in said,
        target=_target(said) if form == "last-was" else None,
        word=said.get("word", ""),
        subject=said.get("subject", ""),
    )
    return complete(claim, store)


def _form(said: "Mapping[str, Any]") -> str:
    """Which form the slots make."""
    form, since, timed = said.get("form"), said.get("since"), said.keys() & {"duration", "year", "date"}
    if form == "highest-since" and not (since or said.get("duration")):
        raise NotUnderstood("'highest-ranking' needs 'since' and a date, an event or a visit")
    if form == "none-since" and not since and "duration" in said:
        return "first-in"
    if form == "none-since" and not since:
        raise NotUnderstood("'no visit' needs 'since' and a date, an event or a visit")
    if form:
        return str(form)
    if "earlier" in said and since and not _is_month(since):
        return "nth"
    if "count" in said or ("nth" in said and (timed or (since and _is_month(since)))):
        return "count"
    if "nth" in said:
        return "nth"
    if not (said.get("first") or said.get("ever")):
        raise NotUnderstood(
            "no form that is known: first, n-th, so many in a time, highest-ranking, last, none, longest (docs/claims.md)"
        )
    if said.get("ever"):
        return "first-ever"
    if since:
        return "first-since"
    if said.get("duration"):
        return "first-in"
    return "count" if timed else "first-ever"


# What each form makes use of, of all that can be said beside a scope. The rest is refused, so that nothing is skipped.
USES = {
    "first-in": {"first", "duration", "past", "decades"},
    "first-since": {"first", "since"},
    "first-ever": {"first", "ever"},
    "highest-since": {"since", "duration", "past", "decades"},
    "nth": {"nth", "count", "since", "ever"},
    "count": {"first", "nth", "count", "duration", "past", "decades", "since", "date", "year"},
    "last-was": {"date", "target_person"},
    "none-since": {"since", "ever"},
    "longest-gap": {"ever"},
    "shortest-gap": {"ever"},
}
WORDS = {
    "first": "first",
    "ever": "ever",
    "nth": "a number of a visit",
    "count": "a number of visits",
    "duration": "a length of time",
    "past": "past",
    "decades": "decades",
}
ONE_OF = (("first", "nth", "count"), ("duration", "since", "date", "year"))


def _all_used(form: str, said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood where a form has no use for something that was said, or two things say the same of it."""
    said_beside = {
        "first",
        "ever",
        "nth",
        "count",
        "duration",
        "past",
        "decades",
        "since",
        "date",
        "year",
        "target_person",
    } & said.keys()
    for slot in sorted(said_beside - USES[form]):
        raise NotUnderstood(
            f"{WORDS.get(slot, slot)!r} has no place in a claim of the form '{FORMS[form]}'; write one claim a sentence"
        )
    for slots in ONE_OF:
        if len(found := [slot for slot in slots if slot in said]) > 1:
            raise NotUnderstood(
                f"both {' and '.join(repr(WORDS.get(slot, slot)) for slot in found)}; write one claim a sentence"
            )
    _hedges_used(form, said)


# The hedges that mean something of a number of visits, and of the time in which they are counted.
COUNTED, COUNTED_IN = {"more-than", "at-least"}, {"under", "within"}


def _hedges_used(form: str, said: "Mapping[str, Any]") -> None:
    hedges = set(said.get("hedges", ())) - {"known"}
    if form in ("nth", "count"):
        hedges -= COUNTED if said.get("hedged") == "count" else COUNTED_IN if form == "count" else set()
    elif form in ("first-in", "highest-since") and "duration" in said:
        hedges = set()
    if hedges:
        raise NotUnderstood(f"{' and '.join(sorted(hedges))!r} has no meaning in a claim of the form '{FORMS[form]}'")


def _told_of(form: str, said: "Mapping[str, Any]", about: "Event | None") -> None:
    """Whether the visit in question can be the one that the sentence tells of. Raises NotUnderstood where not."""
    subject = said.get("subject")
    if subject and about is not None and all(person.name != subject for person in about.people):
        raise NotUnderstood(f"{subject} was not on the visit {about.id}")
    if said.get("form") == "none-since" and form == "first-in" and about is None:
        raise NotUnderstood(
            "'no visit for so long' needs the visit that ended it: name it with --about, or write 'since' and a date"
        )
    if "first" in said and "date" in said and not said.get("date_of"):
        raise NotUnderstood(
            "the first in that time, or the first of all, made then? Write 'the first visit of 2018', or leave the date out"
        )
    if "earlier" in said and form == "count" and about is not None:
        raise NotUnderstood("'had been … times': is the visit in question counted? Write 'has', or 'since' and a year")
    if said.get("unmade") and (about is None or about.status == "happened"):
        raise NotUnderstood("'would have been' is said of a visit that was not made; name it with --about")


def _is_month(since: Since) -> bool:
    """A month, with its year or without: 'since March' can begin with it or after it."""
    first, last = since.span
    return since.period and (first < 0 or 26 < last - first < 32)


def _who(said: "Mapping[str, Any]", form: str) -> tuple[Who, ...]:
    """The readings of who-words. `Xi as president` is him in that office; in `President Xi` the title may say the same, or only who he is.

    Of him alone where the claim knows of an earlier visit: then nobody means only those in his present office.
    """
    person, words = said.get("person"), said.get("who")
    if not person or said.get("object") == "meeting":
        return words or (lexicon.ANYBODY,)
    plain = Who(person, (person,))
    held = tuple(
        who._replace(label=f"{person} as {who.label}", people=(person,)) for who in words or () if not who.anybody
    )
    if "capacity" in said:
        return held or (plain,)
    return (plain, *held) if form in ("first-ever", "nth", "count") else (plain,)


def _scope(said: "Mapping[str, Any]", store: "Store", about: "Event | None") -> Query:
    """Directions, roles and kinds. Raises NotUnderstood where a side is not said and not to be had from the visit or the person."""
    kinds = said.get("kinds", ())
    narrowed = Query(
        roles=said.get("roles", ("heads",) if "official" in kinds or "state" in kinds else ()), kinds=kinds
    )
    visitor, host = said.get("visitor"), said.get("host")
    if about is not None and about.type == "visit":
        visitor, host = visitor or about.visitor, host or about.host
    homes = _homes(said.get("person"), store)
    if said.get("object") == "meeting":
        _who_met(said, visitor, host)
    else:
        _one_side(said, visitor, host, homes)
    host = host or said.get("other_nation")
    visitor = visitor or (next(iter(homes)) if len(homes) == 1 else None)
    if said.get("between"):
        return replace(narrowed, between=said["between"])
    if said.get("both_ways") and visitor and host:
        return replace(narrowed, between=(visitor, host))
    visitors = () if said.get("every_visitor") or not visitor else (visitor,)
    hosts = () if said.get("every_host") or not host else (host,)
    if said.get("object") != "meeting":
        if not visitors and not said.get("every_visitor"):
            raise NotUnderstood(
                "the claim does not say whose visit it is; name both countries, or the visit with --about"
            )
        if not hosts and not said.get("every_host"):
            raise NotUnderstood("the claim does not say where to; name both countries, or the visit with --about")
    return replace(narrowed, visitors=visitors, hosts=hosts)


def _homes(person: str | None, store: "Store") -> set[str]:
    """The actors for which a person travels in the record."""
    return {event.visitor for event in store.events if event.type == "visit" for p in event.people if p.name == person}


def _who_met(said: "Mapping[str, Any]", visitor: str | None, host: str | None) -> None:
    """Raises NotUnderstood where it is not said between whom: two people, or two countries."""
    sides = "between" in said or (visitor and (host or "other_nation" in said))
    if ("person" in said) != ("other_person" in said) or not ("person" in said or sides):
        raise NotUnderstood("a meeting of whom? Name both people, or both countries with 'between'")


def _one_side(said: "Mapping[str, Any]", visitor: str | None, host: str | None, homes: set[str]) -> None:
    """Raises NotUnderstood where the words do not say clearly who travels where."""
    if "other_nation" in said:
        raise NotUnderstood("two nationalities: who visits whom? Write 'by a … to …'")
    if visitor and visitor == host:
        raise NotUnderstood("the same country visits and is visited; write 'to' and 'by'")
    if visitor and homes and visitor not in homes:
        raise NotUnderstood(f"{said.get('person')} does not travel for {visitor} in the record; write 'to' and 'by'")


def _window(said: "Mapping[str, Any]") -> Window:
    if said.get("date"):
        return Window("period", span=said["date"].span, label=f"in {said['date'].label}")
    if said.get("year"):
        return Window("year", label=f"{said['year']} year")
    if said.get("since"):
        return Window("since", label=f"since {said['since'].label}")
    if said.get("duration"):
        number, unit = said["duration"]
        length = number * {"years": 12, "weeks": 7}.get(unit, 1)
        if length % 1:
            raise NotUnderstood(f"{number:g} {unit} is no time that visits can be counted in; write whole months")
        months, days = (0, round(length)) if unit in ("days", "weeks") else (round(length), 0)
        return Window(
            "publication" if said.get("past") else "visit",
            months,
            label=f"{'past ' if said.get('past') else ''}{number:g} {unit}",
            days=days,
        )
    raise NotUnderstood("a count needs a time: in N months, in 2018, since March, this year")


def _target(said: "Mapping[str, Any]") -> Since:
    """When, or by whom, the last visit is said to have been."""
    when, person = said.get("date"), said.get("target_person")
    if person:
        return Since(
            f"{person}{f' in {when.label}' if when else ''}",
            when.span if when else UNKNOWN,
            event=f"visit:{person}",
            visit=True,
        )
    if when is None:
        raise NotUnderstood("'last' needs when it was, or who it was")
    return when  # type: ignore[no-any-return]


# -- from the record -----------------------------------------------------------------------------------------------------------------------


def complete(claim: Claim, store: "Store") -> Claim:
    """Fill in what a claim takes from the record. Raises NotUnderstood where the record has not just one such thing."""
    since = _resolved(claim.since, claim, store) if claim.since else None
    target = _resolved(claim.target, claim, store) if claim.target else None
    window = claim.window
    if window is not None and window.anchor == "year":
        year = _day(claim, store, "'this year'").year - (1 if window.label.startswith("last") else 0)
        window = replace(window, anchor="period", span=period_of(str(year)), label=f"in {year}")
    if window is not None and window.anchor == "publication" and claim.published is None:
        window = replace(window, anchor="visit")
    return replace(claim, since=since, target=target, window=window)


def _day(claim: Claim, store: "Store", what: str) -> date:
    """The day from which a claim's own words for time count."""
    visit = store.by_id.get(claim.about)
    span = claim.published or (visit.date.start if visit else None)
    if span is None or span.latest >= NEVER_AFTER:
        raise NotUnderstood(f"{what} of which year? Say with --published or --about")
    return date.fromordinal(span.latest)


def _resolved(since: Since, claim: Claim, store: "Store") -> Since:
    if since.span.earliest < 0:  # a month without its year
        day, month = _day(claim, store, since.label), -since.span.earliest
        year = day.year if month <= day.month else day.year - 1
        return replace(since, span=period_of(f"{year}-{month:02}"), label=f"{since.label} {year}")
    if since.event.startswith("accession:"):
        return _accession(since, claim, store)
    if since.event.startswith("visit:"):
        return _visit(since, claim, store)
    return since


def _accession(since: Since, claim: Claim, store: "Store") -> Since:
    """The first accession of the person named, or of the one whom the claim is about, to the office named."""
    name = since.event.removeprefix("accession:") or next(iter(claim.who[0].people), "") or _head(claim, store)
    found = [
        e
        for e in store.events
        if e.type == "accession" and any(p.name == name and _took(p, since.label) for p in e.people)
    ]
    if not found:
        raise NotUnderstood(
            f"the record has no event of type accession for {name or 'that person'}; name an event by its id: since <id>"
        )
    start = found[0].date.start
    if since.span != UNKNOWN and not (since.span.earliest <= start.earliest and start.latest <= since.span.latest):
        raise NotUnderstood(f"{found[0].title}: the record dates it {found[0].date.text}, not as the claim does")
    return replace(since, span=start, event=found[0].id, label=f"{found[0].title} ({found[0].date.text})")


def _took(person: "Person", label: str) -> bool:
    """Whether an accession is to the office that the words name; words such as 'took power' name none, and mean the first."""
    named = next((office for office in ("president", "premier") if label.endswith(office)), "")
    return not named or named in person.offices


def _head(claim: Claim, store: "Store") -> str:
    visit = store.by_id.get(claim.about)
    return next((p.name for p in visit.people if p.role == "heads"), "") if visit else ""


def _visit(since: Since, claim: Claim, store: "Store") -> Since:
    """The visit of a person in the scope of the claim, which must be just one. A date on which there is none is kept, and will fail."""
    name, open_date = since.event.removeprefix("visit:"), since.span == UNKNOWN
    visits = [e for e in store.events if _made_by(e, name, claim) and (open_date or _falls_in(e, since.span))]
    visits = [e for e in visits if e.kind != "transit"] or visits
    if len(visits) == 1:
        return replace(since, span=visits[0].date.start, event=visits[0].id)
    if not visits and not open_date:
        if elsewhere := [e.id for e in store.events if _travelled(e, name) and _falls_in(e, since.span)]:
            raise NotUnderstood(
                f"{since.label}: that journey went another way ({elsewhere[0]}); write its month, 'since June 2019'"
            )
        return replace(since, event="none")
    known = ", ".join(e.id for e in visits[:6]) or "none at all"
    raise NotUnderstood(f"the record has {len(visits)} visits of {since.label} ({known}); give a month and a year")


def _travelled(event: "Event", name: str) -> bool:
    return event.type == "visit" and event.status == "happened" and any(p.name == name for p in event.people)


def _made_by(event: "Event", name: str, claim: Claim) -> bool:
    return (
        _travelled(event, name)
        and (not claim.base.visitors or event.visitor in claim.base.visitors)
        and (not claim.base.hosts or event.host in claim.base.hosts)
    )


def _falls_in(event: "Event", span: Span) -> bool:
    return any(s.latest >= span.earliest and s.earliest <= span.latest for s in event.date.starts)
