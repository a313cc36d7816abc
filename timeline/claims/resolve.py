"""What a claim takes from the record: the visit behind "since Hu in 2005", the day of an accession, the year of "this year"."""

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.claims.accessions import accession, departure, head_of
from timeline.claims.case import left, present
from timeline.claims.dates import in_year, period_of
from timeline.claims.families import led
from timeline.claims.model import EVER, UNKNOWN, Claim, NotUnderstood, Since, Who, Window
from timeline.claims.named import FAMILY
from timeline.claims.points import visit_by
from timeline.claims.reference import RELATIONS, been_in, by_record, established, not_there
from timeline.claims.remember import chosen
from timeline.claims.rises import LEFT
from timeline.claims.sentence import names_of
from timeline.claims.windows import TO
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.names import fold
from timeline.query import Query, fits, may_start_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model import Event, Store

SINCE_LAST = ("first-since", "none-since", "highest-since")  # of several visits of somebody in a year, since the last


def complete(claim: Claim, store: "Store") -> Claim:
    """Fill in what a claim takes from the record. Raises NotUnderstood where the record has not just one such thing, or a country visits itself."""
    if len(claim.pair) < 2 and len(claim.base.visitors) == 1 and claim.base.visitors == claim.base.hosts:
        raise NotUnderstood("the same country visits and is visited; write 'to' and 'by'")
    if claim.base.between and len(set(claim.base.between)) < 2:
        raise NotUnderstood("visits of a country to itself; name two countries")
    _to_countries(claim, store)
    since = _resolved(claim.since, claim, store) if claim.since else None
    target = _resolved(claim.target, claim, store) if claim.target else None
    window = claim.window
    if window is not None and window.anchor == "year":
        window = _calendar(window, claim, store)
    of_a_visit = claim.about or (window is not None and window.ordinal)  # otherwise it is of the day asked for
    if window is not None and window.anchor == "publication" and claim.published is None and of_a_visit:
        window = window._replace(anchor="visit")
    if window is not None and window.anchor == "before":
        window = _until(window, claim, store)
        if claim.form == "last-was" and window.span:  # looked back from the day before he came
            day = window.span.latest
            if claim.published and day > claim.published.latest:
                raise NotUnderstood(f"{window.label}, who came after the publication? Correct the one or the other")
            claim, window = claim._replace(about="", published=Span(day, day)), None
    if since and since.visit:
        _of_those_counted(since, claim, store)
    if since and claim.form == "after":
        since = _whole(since, store)
    named = tuple(_listed(one, claim, store) for one in claim.named)
    claim = claim._replace(since=since, target=target, window=window, named=named)
    if since and since.city and since.event in store.by_id and not store.by_id[since.event].places:
        claim = claim._replace(unchecked=(*claim.unchecked, since.city))
    names = _said_to_be_those(claim, store)
    fitting = _as_named(names, claim, store) if names else claim.who
    # Of a leader who never was one in the plainest sense every sense is asked.
    if claim.form == "count" or claim.who[0] in fitting:
        claim = claim._replace(who=fitting)
    if not claim.asks_visit:  # else once it is known which is meant
        whole_journeys(claim, store)
    return claim


def _whole(since: Since, store: "Store") -> Since:
    """Of a visit or another event that lasted, all its days: what came a month after it may be counted from its beginning or from its end."""
    event = store.by_id.get(since.event)
    if event is None:
        return since
    lasted = zip(event.date.starts, event.date.ends, strict=True)
    last = max(left(start, end) if event.type == "visit" else start.latest for start, end in lasted)
    return since._replace(span=Span(event.date.start.earliest, last))


def _of_those_counted(since: Since, claim: Claim, store: "Store") -> None:
    """Raises NotUnderstood where the visits of one person are counted from that of another, which is none of them: `Xi's first visit as president, after Hu in 2005`."""
    visit, counted = store.by_id.get(since.event), {name for who in claim.who for name in who.people}
    alone = claim.object == "visit" and all(who.people for who in claim.who) and claim.form in SINCE_LAST
    if visit and alone and counted.isdisjoint(person.name for person in visit.people):
        raise NotUnderstood(f"{since.label} made none of the visits of {', '.join(sorted(counted))}; write when it was")


def _to_countries(claim: Claim, store: "Store") -> None:
    """Raises NotUnderstood where visits go to an organisation, and the record enters them under the country in which it sits."""
    hosts = [store.vocabulary.actors[host] for host in claim.base.hosts if host in store.vocabulary.actors]
    bodies = [actor.name for actor in hosts if actor.kind == "organisation"]
    if bodies and not any(event.host in claim.base.hosts for event in store.events):
        raise NotUnderstood(f"the record has visits to countries, none to {bodies[0]}; write the city or the country")


def whole_journeys(claim: Claim, store: "Store") -> None:
    """Raises NotUnderstood where what is said of trips abroad turns on one that may have gone to several countries: the record has a visit to each. A number of them may be any; a first, or what is so since another, the visit in question itself; the last the last of all."""
    if not claim.every_host or claim.negated or (claim.form == "count" and not claim.number):
        return
    window = claim.window
    first = claim.form not in ("nth", "count", "last-was") or (
        claim.number == 1 and claim.form != "last-was" and (window is None or window.ordinal)
    )
    span = (window.span if window else None) or EVER
    people = {person for who in claim.who for person in who.people}
    about = store.by_id.get(claim.about)
    until = about.date.start.latest if about and (window is None or window.ordinal) else NEVER_AFTER
    if about is None and claim.published and claim.form == "last-was":
        until = claim.published.latest
    visits = [
        event
        for event in chosen(claim.base, store)
        if may_start_in(event, span)
        and event.date.start.earliest <= until
        and (not people or any(p.name in people for p in event.people))
    ]
    pairs = list(pairwise(sorted(visits, key=lambda event: event.order)))
    if claim.form == "last-was":
        pairs = pairs[-1:]
    for one, other in pairs:
        left = one.date.end.latest if one.date.end.latest < NEVER_AFTER else one.date.start.latest
        if first and other is not about:
            continue
        if one.host != other.host and other.date.start.earliest <= left + 1:
            raise NotUnderstood(
                f"a trip abroad to two countries ({one.id}, {other.id}): one, or two? Count the visits to one country"
            )


def _until(window: Window, claim: Claim, store: "Store") -> Window:
    """Until somebody first came as one of those counted; before the visit in question where he made that. Raises NotUnderstood where the record does not say on which day that was."""
    name = _of_those(visit_by(window.label, None), claim, store)
    came = [e for e in store.events if _made_by(e, name, claim) and _counted(e, name, claim, store)]
    if not came:
        raise NotUnderstood(f"before {name}: none of those counted was made by them; write 'before' and a date")
    if claim.form == "last-was":
        came = _one_of(came, name, claim, store)
    first = min((event.date.start for event in came), key=lambda start: start.earliest)
    if not first.exact:
        raise NotUnderstood(f"before {name}: the record does not say on which day that was; write 'before' and a date")
    return Window("period", span=Span(NEVER_BEFORE, first.earliest - 1), label=f"before {name}")


def _one_of(came: "list[Event]", name: str, claim: Claim, store: "Store") -> "list[Event]":
    """Of the visits of somebody the one before which others are looked for: that in question, or the first where nobody else came between two of them. Raises NotUnderstood where it is open which."""
    asked = [event for event in came if event.id == claim.about] or came
    others = [e for e in store.events if e not in came and _made_by_another(e, claim, store)]
    between = [e for one, other in pairwise(came) for e in others if one.order < e.order < other.order]
    own = [event for event in came if event.order < asked[0].order]
    again = bool(own) and not any(own[-1].order < e.order < asked[0].order for e in others)
    if (len(asked) > 1 and between) or again:
        raise NotUnderstood(f"before {name}, who came more than once: before which visit? Write its month and year")
    return asked


def _listed(named: Since, claim: Claim, store: "Store") -> Since:
    """One of those who are said to be all that are counted, by the full name."""
    name = _of_those(named, claim, store)
    return named._replace(event=f"visit:{name}")


def _of_those(named: Since, claim: Claim, store: "Store") -> str:
    """Who is meant by a name: of several with a family name the one who made such a visit as one of those counted, or else any such visit, and led before others. Raises NotUnderstood where that is not one."""
    name = named.event.removeprefix("visit:")
    if not name.startswith(FAMILY):
        return name
    family = name.removeprefix(FAMILY)
    names = names_of(store).bearers.get(fold(family), ())
    visits = _visits_of(names, named, claim, store)
    counted = {n for n, e in visits if _counted(e, n, claim, store)}
    found = sorted(counted or {n for n, _ in visits} or names)
    found = led(found, store) or found
    if len(found) != 1:
        raise NotUnderstood(f"which {family} ({', '.join(found or names)})? Write the full name", (family,))
    return found[0]


def _said_to_be_those(claim: Claim, store: "Store") -> list[str]:
    """Who is said to be all of those who came, or the last of them."""
    if claim.form == "count":
        return [name for one in claim.named if (name := one.event.removeprefix("visit:"))]
    last = store.by_id.get(claim.target.event) if claim.form == "last-was" and claim.target else None
    return [person.name for person in last.people if claim.target and claim.target.label.startswith(person.name)] if last else []  # fmt: skip


def _as_named(names: list[str], claim: Claim, store: "Store") -> tuple[Who, ...]:
    """The readings of who-words that those fit who are said to be all of them, or the last of them; all where they fit none."""
    fitting = [who for who in claim.who if all(_ever(name, claim._replace(who=(who,)), store) for name in names)]
    return tuple(fitting) or claim.who


def _ever(name: str, claim: Claim, store: "Store") -> bool:
    return any(_made_by(e, name, claim) and _counted(e, name, claim, store) for e in store.events)


def _calendar(window: Window, claim: Claim, store: "Store") -> Window:
    """Calendar years, decades and centuries that a claim counts from its own time, as days."""
    day = _day(claim, store, f"'{window.label if ' ' in window.label else f'this {window.label}'}'")
    year = day.year
    if window.label.endswith("month"):
        month = day.replace(day=1) - timedelta(days=window.label.startswith("last"))
        return window._replace(anchor="period", span=period_of(f"{month:%Y-%m}"), label=f"in {month:%B %Y}")
    if window.label == "century":
        if _in_2000(claim, store):
            raise NotUnderstood(
                "this century, from 2000 or from 2001? The record has such a visit in 2000; write 'since' and a year"
            )
        first = year - (year - 1) % 100
        return window._replace(
            anchor="period",
            span=Span(period_of(str(first)).earliest, period_of(str(first + 99)).latest),
            label="this century",
        )
    if window.label == "decade":
        first = year - year % 10
        return window._replace(
            anchor="period",
            span=Span(period_of(str(first)).earliest, period_of(str(first + 9)).latest),
            label=f"in the {first}s",
        )
    year -= 1 if window.label.startswith("last") else 0
    return window._replace(anchor="period", span=period_of(str(year)), label=f"in {year}")


def _day(claim: Claim, store: "Store", what: str) -> date:
    """The day from which a claim's own words for time count."""
    visit = store.by_id.get(claim.about)
    span = claim.published or (visit.date.start if visit else None)
    if span is None or span.latest >= NEVER_AFTER:
        raise NotUnderstood(f"{what} of which year? Say with --published or --about")
    return date.fromordinal(span.latest)


def _resolved(since: Since, claim: Claim, store: "Store") -> Since:
    if since.of or since.span.earliest < 0:  # a month without its year, or last year
        visit = store.by_id.get(claim.about)
        when = in_year(since, claim.published or (visit.date.start if visit else None))
        since = when._replace(label=since.label) if since.event else when
    if since.visit and (event := store.by_id.get(since.event)) and _elsewhere(event, claim):
        return by_record(event)
    if since.event.startswith("accession:"):
        return accession(since, claim, store)
    if since.event.startswith(LEFT):
        return departure(since, claim, store)
    if since.event.startswith(RELATIONS):
        return established(since, claim, store)
    if since.event.startswith(TO):
        return _journey(since, claim, store)
    if since.event.startswith("visit:") and since.host and claim.base.hosts and since.host not in claim.base.hosts:
        return _the_other_way(since, claim, store)
    if since.event.startswith("visit:"):
        return _visit(_named(since, claim, store), claim, store)
    return since


def _elsewhere(event: "Event", claim: Claim) -> bool:
    """Whether a visit goes to another country than those that are counted, or comes from one: then it is an event to count from."""
    base = claim.base
    other_host = bool(base.hosts) and event.host not in base.hosts
    return claim.object == "visit" and (other_host or (bool(base.visitors) and event.visitor not in base.visitors))


def _the_other_way(since: Since, claim: Claim, store: "Store") -> Since:
    """A visit to another country than those that are counted, `no premier had come since Kim went to China`: an event to count from. Raises NotUnderstood where the record has not just one."""
    name = since.event.removeprefix("visit:") or next(iter(claim.who[0].people), "") or claim.subject
    form = claim.form if claim.had else "last-was"  # without a date the last until now
    there = claim._replace(base=Query(hosts=(since.host,)), who=(Who("anybody"),), form=form)
    found = _visit(_named(since._replace(event=f"visit:{name}"), there, store), there, store)
    if found.event not in store.by_id:
        country = store.vocabulary.actors[since.host].name
        raise NotUnderstood(f"{since.label}: the record has no visit to {country} then; write 'since' and the date")
    return by_record(store.by_id[found.event])


def _journey(since: Since, claim: Claim, store: "Store") -> Since:
    """The journey abroad of those counted that went to a country, and a city, then: the last of several. Where there is none, it will fail. Raises NotUnderstood where the dates do not tell which was the last."""
    host, place = since.event.removeprefix(TO).split(",")
    people = {name for who in claim.who for name in who.people}
    made = [e for e in chosen(claim.base, store) if e.host == host and e.id != claim.about]
    made = [e for e in made if not people or any(p.name in people for p in e.people)]
    found = last_of([e for e in made if may_start_in(e, since.span) and (not place or place in e.places)])
    if len(found) > 1:
        raise NotUnderstood(f"{since.label}: which of {', '.join(e.id for e in found)}? Write the month")
    country = store.vocabulary.actors[host].name
    label = since.label.replace(host, place or country, 1)
    if not found:
        return since._replace(event="none", label=label)
    return since._replace(event=found[0].id, span=found[0].date.start, label=label)


def _named(since: Since, claim: Claim, store: "Store") -> Since:
    """A visit of somebody by the family name: of the only one who has it and made such a visit then. Raises NotUnderstood where there are several, or none."""
    if not since.event.startswith(f"visit:{FAMILY}"):
        return since
    family = since.event.removeprefix(f"visit:{FAMILY}")
    names = names_of(store).bearers.get(fold(family), ())
    found = [(name, event) for name, event in _visits_of(names, since, claim, store) if event.id != claim.about]
    counted = [name for name, event in found if _counted(event, name, claim, store)] or [name for name, _ in found]
    counted = _heads(counted, found) or list(dict.fromkeys(counted))
    if len(counted) > 1 and since.span == UNKNOWN:
        counted = _last_leader(counted, found, claim, store)
    if len(counted) != 1:
        listed = ", ".join(counted or names)
        raise NotUnderstood(f"{since.label}: which {family} ({listed})? Write the full name and the year", (family,))
    return since._replace(event=f"visit:{counted[0]}", label=since.label.replace(family, counted[0], 1))


def _heads(names: list[str], found: "list[tuple[str, Event]]") -> list[str]:
    """Those of some people who headed a visit that was found: print names a visit by them."""
    headed = (name for name, event in found if any(p.name == name and p.role == "heads" for p in event.people))
    return [name for name in dict.fromkeys(headed) if name in names]


def _last_leader(names: list[str], found: "list[tuple[str, Event]]", claim: Claim, store: "Store") -> list[str]:
    """Of several with a family name, the one who led a country or its party and made the last visit before the day from which a claim looks back."""
    leaders = led(names, store)
    last = _latest([event for name, event in found if name in leaders], claim, store)
    return [name for name, event in found if event is last[0] and name in leaders] if len(last) == 1 else names


def _visits_of(names: "Iterable[str]", since: Since, claim: Claim, store: "Store") -> "list[tuple[str, Event]]":
    """The visits of some people, of a claim's direction, in the time that it gives, if it gives one: each with whose it was."""
    made = [(name, [event for event in store.events if _made_by(event, name, claim)]) for name in names]
    return [(name, event) for name, visits in made for event in _then(visits, since)]


def _then(visits: "list[Event]", since: Since) -> "list[Event]":
    """Those of somebody's visits that may have begun in the time that is given, if one is; or, where none did, that surely were under way in it."""
    if since.span == UNKNOWN:
        return visits
    known = [event for event in visits if event.date.end.latest < NEVER_AFTER]
    return [event for event in visits if may_start_in(event, since.span)] or present(known, *since.span)[0]


def _visit(since: Since, claim: Claim, store: "Store") -> Since:
    """The visit of a person in the scope of the claim, which must be just one. A date on which there is none is kept, and will fail."""
    name = (
        since.event.removeprefix("visit:")
        or next(iter(claim.who[0].people), "")
        or claim.subject
        or head_of(claim, store)
    )
    open_date = since.span == UNKNOWN
    visits = _then([event for event in store.events if _made_by(event, name, claim)], since)
    there = [event for event in visits if not since.city or been_in(since.city, event, store)]
    if visits and not there:
        raise not_there(since.city, visits[-1])
    visits = there
    visits = [e for e in visits if e.kind != "transit" and e.id != claim.about] or visits
    if open_date:
        visits = [e for e in visits if _counted(e, name, claim, store)] or visits
        visits = _latest(visits, claim, store)
    elif claim.form in SINCE_LAST:
        visits = last_of(_latest(visits, claim, store))
    if len(visits) == 1 and visits[0].id == claim.about and claim.form in SINCE_LAST:
        raise NotUnderstood(f"{since.label}: that is the visit in question itself; name an earlier one")
    if len(visits) == 1:
        label = f"{name} {since.label}" if since.label.startswith(("in ", "on ")) else since.label
        return since._replace(span=visits[0].date.start, event=visits[0].id, label=label)
    if not visits and not open_date:
        if elsewhere := [e.id for e in store.events if _travelled(e, name) and may_start_in(e, since.span)]:
            raise NotUnderstood(
                f"{since.label}: that journey went another way ({elsewhere[0]}); write its month, 'since June 2019'"
            )
        return since._replace(event="none")
    known = ", ".join(e.id for e in visits[:6]) or "none at all"
    raise NotUnderstood(f"the record has {len(visits)} visits of {since.label} ({known}); give a month and a year")


def _counted(event: "Event", name: str, claim: Claim, store: "Store") -> bool:
    """Whether somebody made a visit as one of those whom the claim counts, on any of its readings."""
    asked = [w.query._replace(people=()) for w in claim.who]
    people = [person for person in event.people if person.name == name]
    return any(q.empty or any(fits(p, q, store.vocabulary) for p in people) for q in asked)


def _latest(visits: "list[Event]", claim: Claim, store: "Store") -> "list[Event]":
    """The last of somebody's visits before the day from which a claim looks back; all of them where the dates do not tell, or the claim has no such day."""
    about = store.by_id.get(claim.about)
    if about is None and claim.published is None and claim.form != "last-was":
        return visits
    until = about.date.start.latest if about else claim.published.latest if claim.published else NEVER_AFTER
    return last_of([e for e in visits if e.date.start.earliest <= until]) or visits


def last_of(visits: "Sequence[Event]") -> "list[Event]":
    """The last of some visits; all of them where the dates do not tell."""
    last = max(visits, key=lambda e: e.date.start.latest, default=None)
    if last is None or any(e is not last and e.date.start.latest >= last.date.start.earliest for e in visits):
        return list(visits)
    return [last]


def _travelled(event: "Event", name: str) -> bool:
    return event.type == "visit" and event.status == "happened" and any(p.name == name for p in event.people)


def _made_by(event: "Event", name: str, claim: Claim) -> bool:
    return (
        _travelled(event, name)
        and (not claim.base.visitors or event.visitor in claim.base.visitors)
        and (not claim.base.hosts or event.host in claim.base.hosts)
    )


def _made_by_another(event: "Event", claim: Claim, store: "Store") -> bool:
    """Whether anybody made a visit as one of those whom the claim counts."""
    return any(_made_by(event, p.name, claim) and _counted(event, p.name, claim, store) for p in event.people)


def _in_2000(claim: Claim, store: "Store") -> bool:
    """Whether a visit that may be counted was made in the year of which it is disputed what century it belongs to."""
    asked = [w.query for w in claim.who]
    return any(
        may_start_in(event, period_of("2000")) and (q.empty or any(fits(p, q, store.vocabulary) for p in event.people))
        for event in chosen(claim.base, store)
        for q in asked
    )
