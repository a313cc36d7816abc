"""From a claim to its verdict: every reading decided, coverage asked, doubtful visits taken in and out, and the answers joined.

DEPENDS is said where readings differ, UNVERIFIABLE where an answer rests on there having been none and no coverage says so: a wrong HOLDS or FAILS is
the worst that can happen here.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.case import Case
from timeline.claims.decide import decide
from timeline.claims.forms import window_days
from timeline.claims.meetings import held_on
from timeline.claims.model import Claim, Finding, Reading, Since, Verdict
from timeline.claims.rank import as_high_apart, as_high_together, standing
from timeline.claims.readings import Taken, readings, scope_events
from timeline.coverage import Cover, Need, cover, need
from timeline.dates import NEVER_BEFORE, day_after
from timeline.query import Query, select
from timeline.series import needs_of
from timeline.text import both, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.dates import Span
    from timeline.model import Event, Store

MOST_READINGS = 64


def judge(claim: Claim, store: "Store", as_of: int) -> Verdict:
    """The verdict on a claim; `as_of` (an ordinal) is the day of a claim about no visit that was published on no day."""
    visit, day, taken, found = _all(claim, store, as_of)
    if visit is not None and visit.status != "happened":
        return _not_made(claim, visit, found, store)
    return _join(claim, visit, day, found, taken, store)


def judge_readings(claim: Claim, store: "Store", as_of: int = 0) -> list[Reading]:
    """Every reading of a claim with its finding, not yet joined."""
    return _all(claim, store, as_of)[3]


def _all(claim: Claim, store: "Store", as_of: int) -> "tuple[Event | None, int, list[Taken], list[Reading]]":
    visit = store.by_id.get(claim.about)
    day = _day(claim, visit, as_of)
    taken = list(readings(claim, visit, store))[:MOST_READINGS]
    if claim.object == "meeting" and visit is not None:
        visit = held_on(visit, scope_events(taken[0], store))
    pairs = _distinct([(one, _read(one, visit, day, store)) for one in taken])
    return visit, day, [one for one, _ in pairs], [reading for _, reading in pairs]


def _day(claim: Claim, visit: "Event | None", as_of: int) -> int:
    """The day from which a claim without a visit looks back: the last of its publication, or the day asked for."""
    if claim.published:
        return claim.published.latest
    return visit.date.start.latest if visit else as_of + 1


def _distinct(pairs: "list[tuple[Taken, Reading]]") -> "list[tuple[Taken, Reading]]":
    """Of readings that take in the same visits and come to the same finding, the first."""
    seen: dict[object, tuple[Taken, Reading]] = {}
    for taken, reading in pairs:
        key = (
            tuple(event.id for event in reading.scope),
            taken.claim.window,
            taken.apart,
            reading.finding.verdict,
            reading.finding.fits,
        )
        seen.setdefault(key, (taken, reading))
    return list(seen.values())


def _read(taken: Taken, visit: "Event | None", day: int, store: "Store") -> Reading:
    """One reading: decided on the dates, then asked what it rests on, then with each doubtful visit left out."""
    events = scope_events(taken, store)
    finding = _covered(_decided(taken, visit, events, day, store), taken, visit, events, day, store)
    return Reading(taken.switches, taken.query, finding, tuple(events))


def _decided(
    taken: Taken, visit: "Event | None", events: "Sequence[Event]", day: int, store: "Store"
) -> Finding:
    if taken.received:
        return Finding(
            "unverifiable",
            "the record does not say in what office somebody received a visitor",
            (visit,) if visit else (),
        )
    if visit is not None and visit not in events and not _looks_back(taken.claim):
        return Finding("fails", "the visit itself is not one of those counted", (visit,))
    others = tuple(event for event in events if event is not visit)
    if visit is not None:
        others = tuple(
            event for event in others if event.date.start.earliest <= max(visit.date.start.latest, day)
        )
    return decide(Case(taken.claim, visit, others, day, _outranks(taken, visit, store)))


def _looks_back(claim: Claim) -> bool:
    """Whether the visit in question only says from when to look back, and need not be counted itself."""
    return claim.form in ("last-was", "none-since", "count") or not claim.including


def _outranks(taken: Taken, visit: "Event | None", store: "Store"):  # type: ignore[no-untyped-def] # noqa: ANN202 - a function of one event
    if visit is None or taken.claim.form != "highest-since":
        return lambda _: False
    roles = taken.roles
    own = standing(visit, roles, store.vocabulary)
    compare = as_high_apart if taken.apart else as_high_together
    return lambda event: compare(standing(event, roles, store.vocabulary), own)


# -- coverage ------------------------------------------------------------------------------------------------------------------------------


def _covered(
    finding: Finding, taken: Taken, visit: "Event | None", events: "Sequence[Event]", day: int, store: "Store"
) -> Finding:
    """UNVERIFIABLE where a finding rests on there having been no other visit and the record does not say that it is complete."""
    if not finding.rests_on_absence or finding.verdict == "undetermined":
        return finding
    first, last = _stretch(finding, taken, visit, day)
    reach = _reach(taken, visit, events, first, last, store)
    finding = replace(finding, cover=reach)
    if reach.complete or "known" in taken.claim.hedges:
        return finding
    until = "nowhere" if reach.until < reach.first else f"only to {day_text(reach.until)}"
    since = "the beginning" if first == NEVER_BEFORE else day_text(first)
    missing = (
        f"no coverage statement says that the record is complete from {since} to {day_text(last)} ({until})"
    )
    return replace(finding, verdict="unverifiable", reason=f"{finding.reason}; but {missing}")


def _stretch(finding: Finding, taken: Taken, visit: "Event | None", day: int) -> tuple[int, int]:
    """The days on which the absence of other visits matters."""
    claim = taken.claim
    last = (visit.date.start.latest if visit else day) - 1
    if claim.form == "count" and claim.window:
        first, end = window_days(claim.window, claim, last + 1, day)
        return first, min(end, max(last, day))
    if claim.form in ("first-ever", "longest-gap", "shortest-gap") or (
        claim.form == "nth" and claim.since is None
    ):
        return NEVER_BEFORE, last
    reference = claim.since or claim.target
    if reference is not None:
        return _since_stretch(finding, reference, last)
    starts = [s[0] for s in finding.stretches]
    if claim.form == "first-in" and finding.verdict == "fails":
        return min(
            [day_after(last, -round((claim.number + 1) * (12 if claim.unit != "months" else 1))), *starts[:0]]
        ), last
    return min(starts, default=_years_before(claim, last)), last


def _since_stretch(finding: Finding, since: "Since", last: int) -> tuple[int, int]:
    """Counted from a reference: from the visit found in the period, or after the one named; the period alone where the finding is that it has none."""
    if since.period and finding.verdict == "fails":
        return since.span.earliest, min(since.span.latest, last)
    found = min((start for start, _ in finding.stretches), default=since.span.earliest)
    return min(
        since.span.latest + 1 if since.visit else found if since.period else since.span.earliest, last
    ), last


def _years_before(claim: Claim, last: int) -> int:
    return day_after(last, -round(claim.number * 12)) if claim.unit == "years" else last


def _reach(
    taken: Taken, visit: "Event | None", events: "Sequence[Event]", first: int, last: int, store: "Store"
) -> Cover:
    query = taken.query
    if taken.claim.object == "meeting":
        needs = _meeting_needs(events, taken, store)
    elif query.visitors and query.hosts and query.people and not query.offices and first == NEVER_BEFORE:
        # nobody begins at the top: a first ever of a person rests on journeys at any level
        needs = [
            Need(visitor, host, 0, query.people, query.offices)
            for visitor in query.visitors
            for host in query.hosts
        ]
    elif query.visitors and query.hosts:
        visits = [e for e in events if e.type == "visit"]
        around = [
            e for e in visits if first <= e.date.start.latest and e.date.start.earliest <= last
        ] or visits
        around += [visit] if visit else []
        needs = [need(query, (v, h), around, store.vocabulary) for v in query.visitors for h in query.hosts]
    else:
        needs = needs_of(
            [e for e in events if e.type == "visit"],
            store,
            query,
            "all" if not query.between else "direction",
        )
    if taken.claim.form == "highest-since" and visit is not None:
        level = standing(visit, taken.roles, store.vocabulary).level
        needs = [replace(n, level=max(n.level, level)) for n in needs]
    return cover(store.coverage, needs, first, last)


def _meeting_needs(events: "Sequence[Event]", taken: Taken, store: "Store") -> list[Need]:
    """Both directions between the sides of the visits on which two people met, at the lowest level that the traveller had then."""
    pair = taken.claim.pair
    visits = [event for event in events if event.type == "visit"]
    if (
        len(pair) != 2
    ):  # whom a host received, and who met at all, is knowledge only where a statement about meetings says so
        return [
            replace(need(taken.query, sides, visits, store.vocabulary), type="meeting")
            for sides in _directions(visits, taken.query)
        ]
    levels = [
        store.vocabulary.level(p.offices) for e in visits for p in e.people if p.name in pair and p.offices
    ]
    sides = dict.fromkeys(side for a, b in (e.direction for e in visits) for side in ((a, b), (b, a)))
    return [Need(visitor, host, min(levels, default=0)) for visitor, host in sides]


def _directions(visits: "Iterable[Event]", query: Query) -> "Iterable[tuple[str, str]]":
    """The directions of visits, or, without any, both between the actors of the scope."""
    found = dict.fromkeys(event.direction for event in visits)
    sides = query.between or (*query.visitors, *query.hosts)
    return found or (((sides[0], sides[1]), (sides[1], sides[0])) if len(sides) == 2 else ())


# -- joining -------------------------------------------------------------------------------------------------------------------------------


def _join(
    claim: Claim, visit: "Event | None", day: int, found: list[Reading], taken: list[Taken], store: "Store"
) -> Verdict:
    verdict, switch = _common(found, claim)
    doubtful: tuple[Reading, ...] = ()
    if verdict not in ("depends", "unverifiable"):
        doubtful = tuple(
            r
            for reading, one in zip(found, taken, strict=True)
            for r in _without_doubtful(reading, one, visit, day, store)
        )
        if doubtful:
            verdict, switch = "depends", doubtful[0].switches[-1][1]
    from timeline.claims.rewrite import rewrite
    from timeline.claims.sensitivity import excluded, flips

    main = found[0]
    return Verdict(
        claim,
        verdict,
        visit,
        (*found, *doubtful),
        switch,
        tuple(flips(main, taken[0], visit, day, store)),
        tuple(excluded(main, visit, store)),
        rewrite(claim, visit, store),
        tuple(_notes(claim, main)),
    )


def _common(found: list[Reading], claim: Claim) -> tuple[str, str]:
    """The verdict that all readings share, or DEPENDS and the switch on which the first differs from the nearest reading that answers otherwise."""
    names = [reading.finding.verdict for reading in found]
    families = {"holds" if name == "holds-rounded" else name for name in names}
    if len(families) == 1:
        return names[0], ""
    main = found[0]
    differing = [reading for reading in found if _family(reading) != _family(main)]
    other = min(differing, key=lambda reading: len(_changed(main, reading)))
    return "depends", both(
        SWITCHES[key].format(word=claim.word or "who", capital=claim.capital) for key in _changed(main, other)
    )


SWITCHES = {
    "who": "what “{word}” means",
    "role": "whether those who only accompanied count",
    "kind": "whether working and unofficial visits count",
    "place": "whether only {capital} itself counts",
    "window": "where the time counted begins",
    "capacity": "whether journeys in a lesser office count",
    "received": "whether receiving a visitor counts as an exchange",
    "tens": "whether a round number is rounded to tens",
    "border": "whether a meeting on the border line is a visit",
    "order": "how ranks on different ladders compare",
}


def _changed(main: Reading, other: Reading) -> list[str]:
    """The switches that two readings take differently."""
    one, two = dict(main.switches), dict(other.switches)
    return [key for key in SWITCHES if one.get(key, "") != two.get(key, "")]


def _family(reading: Reading) -> str:
    return "holds" if reading.finding.verdict == "holds-rounded" else reading.finding.verdict


def _without_doubtful(
    main: Reading, taken: Taken, visit: "Event | None", day: int, store: "Store"
) -> tuple[Reading, ...]:
    """Readings that differ from the main one once a doubtful visit is left out, all of them are, or a disputed date is taken another way."""
    doubtful = [e for e in main.scope if e.support != "confirmed" and e is not visit]
    changes = [([e], f"without {e.id}, which is {e.support}") for e in doubtful]
    if len(doubtful) > 1:
        changes.append((doubtful, f"without those that are not confirmed: {both(e.id for e in doubtful)}"))
    found = []
    for gone, words in changes:
        events = [e for e in main.scope if e not in gone]
        finding = _covered(_decided(taken, visit, events, day, store), taken, visit, events, day, store)
        found.append(Reading((*main.switches, ("support", words)), main.query, finding, tuple(events)))
    if unknown := _unknown(main, taken, store):
        events = sorted([*main.scope, *unknown], key=lambda e: e.order)
        finding = _covered(_decided(taken, visit, events, day, store), taken, visit, events, day, store)
        words = f"with {both(e.id for e in unknown)}, of which the record does not say"
        found.append(Reading((*main.switches, ("unknown", words)), main.query, finding, tuple(events)))
    found += _other_dates(main, taken, visit, day, store)
    return tuple(reading for reading in found if _family(reading) != _family(main))


def _unknown(main: Reading, taken: Taken, store: "Store") -> "list[Event]":
    """Visits that the scope leaves out only because a field is empty: who received them, the places, the kind. Unknown is not no."""
    query = taken.query
    counted = {event.id for event in main.scope}
    found: dict[str, Event] = {}
    for name, wide in (
        ("met", replace(query, met=())),
        ("places", replace(query, places=())),
        ("kind", replace(query, kinds=())),
    ):
        if wide != query:
            found |= {
                e.id: e
                for e in select(store.events, wide, store.vocabulary)
                if not getattr(e, name) and e.id not in counted
            }
    return list(found.values())


def _other_dates(
    main: Reading, taken: Taken, visit: "Event | None", day: int, store: "Store"
) -> "Iterable[Reading]":
    """Each disputed date taken one way and the other."""
    for event in main.scope:
        if not event.date.disputed:
            continue
        for start, end in zip(event.date.starts, event.date.ends, strict=True):
            fixed = replace(event, date=replace(event.date, starts=(start,), ends=(end,)))
            events = [fixed if e is event else e for e in main.scope]
            own = fixed if event is visit else visit
            finding = _covered(_decided(taken, own, events, day, store), taken, own, events, day, store)
            words = f"with {event.id} dated {day_text(start.earliest)}"
            yield Reading((*main.switches, ("date", words)), main.query, finding, tuple(events))


def _not_made(claim: Claim, visit: "Event", found: list[Reading], store: "Store") -> Verdict:
    """A journey that was announced or cancelled: what would have been so is told, but nothing can be verified."""
    planned = _read_planned(claim, visit, store)
    reason = f"the visit was {visit.status}, not made" + (
        f"; had it taken place: {planned}" if planned else ""
    )
    finding = Finding("unverifiable", reason, (visit,))
    return Verdict(
        claim,
        "unverifiable",
        visit,
        (replace(found[0], finding=finding),),
        notes=("a journey that was not made cannot be the first of anything",),
    )


def _read_planned(claim: Claim, visit: "Event", store: "Store") -> str:
    from timeline.claims.model import NAMES

    made = replace(visit, status="happened")
    events = tuple(made if e is visit else e for e in store.events)
    other = replace(store, events=events, by_id=store.by_id | {made.id: made})
    verdict = judge(claim, other, visit.date.start.latest)
    return f"{NAMES[verdict.verdict]}, {verdict.main.finding.reason}"


def _notes(claim: Claim, main: Reading) -> "Iterable[str]":
    if claim.since and claim.since.claimed and not _overlap(claim.since.claimed, claim.since.span):
        yield f"the claim dates the event otherwise than the record: {claim.since.label}"
    if main.query.tags:
        yield f"rests on the record's tags ({both(main.query.tags)}), which may not be complete"
    if "known" in claim.hedges:
        yield "'known': said of what is on record only"
    for event in main.finding.deciding:
        if event.date.approximate or event.date.uncertain:
            yield f"{event.id} is dated {event.date.text}: approximate or uncertain"
    if len(main.finding.deciding) > 0 and all(len(e.sources) == 1 for e in main.finding.deciding):
        yield "rests on visits with a single source each"


def _overlap(one: "Span", other: "Span") -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


NEAR = 120  # days between a publication and the visit that it is about, made or to come


def infer(claim: Claim, store: "Store", as_of: int) -> "tuple[Event, ...]":
    """The visit that a claim without one named is about, or all that it may be about.

    The latest of its scope near the publication; otherwise the only one of which the claim is true; otherwise, where it is true of none, the latest.
    """
    first = next(iter(readings(claim, None, store)))
    limit = (claim.published.latest + NEAR) if claim.published else as_of
    if claim.subject:
        first = replace(first, query=replace(claim.base, people=(claim.subject,)))
    visits = [e for e in scope_events(first, store) if e.date.start.earliest <= limit]
    if not visits:
        return ()
    if claim.published is not None:
        return (visits[-1],)
    fitting = [
        e
        for e in visits
        if judge(replace(claim, about=e.id), store, as_of).verdict in ("holds", "holds-rounded")
    ]
    return tuple(fitting) if fitting else (visits[-1],)
