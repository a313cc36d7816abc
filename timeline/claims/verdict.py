"""From a claim to its verdict: the answers of all readings joined, with doubtful visits taken in and out.

DEPENDS is said where readings differ, UNVERIFIABLE where an answer rests on there having been none and no coverage says so: a wrong HOLDS or FAILS is
the worst that can happen here.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.doubt import doubts, family
from timeline.claims.evaluate import Ground, Judged, evaluate
from timeline.claims.model import NAMES, Claim, Finding, Reading, Verdict
from timeline.claims.readings import readings, scope_events
from timeline.claims.rewrite import rewrite
from timeline.claims.sensitivity import excluded, flips
from timeline.text import both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.dates import Span
    from timeline.model import Event, Store

NEAR = 120  # days between a publication and the visit that it is about, made or to come


def judge(claim: Claim, store: "Store", as_of: int) -> Verdict:
    """The verdict on a claim; `as_of` (an ordinal) is the day of a claim about no visit that was published on no day."""
    ground, judged = evaluate(claim, store, as_of)
    if ground.visit is not None and ground.visit.status != "happened":
        return _not_made(claim, ground.visit, judged[0].reading, store)
    return _join(claim, ground, judged)


def _join(claim: Claim, ground: Ground, judged: list[Judged]) -> Verdict:
    found = [reading for _, reading in judged]
    verdict, switch = _common(found, claim)
    doubtful: tuple[Reading, ...] = ()
    if verdict not in ("depends", "unverifiable"):
        doubtful = tuple(reading for one in judged for reading in doubts(one, ground))
        if doubtful:
            verdict, switch = "depends", DOUBTS[doubtful[0].switches[-1][0]]
    return Verdict(
        claim,
        verdict,
        ground.visit,
        (*found, *doubtful),
        switch,
        tuple(flips(judged[0], ground)),
        tuple(excluded(found[0], ground.visit, ground.store)),
        rewrite(claim, found[0], ground.visit, ground.store),
        tuple(_notes(claim, found[0])),
    )


def _common(found: list[Reading], claim: Claim) -> tuple[str, str]:
    """The verdict that all readings share, or DEPENDS and the switch on which the first differs from the nearest reading that answers otherwise."""
    names = [reading.finding.verdict for reading in found]
    families = {"holds" if name == "holds-rounded" else name for name in names}
    if len(families) == 1:
        return names[0], ""
    main = found[0]
    differing = [reading for reading in found if family(reading) != family(main)]
    other = min(differing, key=lambda reading: len(_changed(main, reading)))
    return "depends", both(
        SWITCHES[key].format(word=claim.word or "who", capital=claim.capital) for key in _changed(main, other)
    )


DOUBTS = {
    "support": "whether a visit that is not confirmed counts",
    "unknown": "whether visits count of which the record does not say",
    "date": "which of two dates is right",
}
SWITCHES = {
    "who": "what “{word}” means",
    "role": "whether those who only accompanied count",
    "kind": "which kinds of visit count",
    "place": "whether only {capital} itself counts",
    "window": "where the time counted begins and ends",
    "edge": "whether a visit under way when the time began counts",
    "since": "whether “none since” says that there was one then",
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


def _not_made(claim: Claim, visit: "Event", main: Reading, store: "Store") -> Verdict:
    """A journey that was announced or cancelled: what would have been so is told, but nothing can be verified."""
    planned = _read_planned(claim, visit, store)
    reason = f"the visit was {visit.status}, not made" + (f"; had it taken place: {planned}" if planned else "")
    finding = Finding("unverifiable", reason, (visit,))
    return Verdict(
        claim,
        "unverifiable",
        visit,
        (replace(main, finding=finding),),
        notes=("a journey that was not made cannot be the first of anything",),
    )


def _read_planned(claim: Claim, visit: "Event", store: "Store") -> str:
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


def infer(claim: Claim, store: "Store", as_of: int) -> "tuple[Event, ...]":
    """The visit that a claim without one named is about, or all that it may be about.

    The latest of its scope near the publication; otherwise the only one of which the claim is true, or at least not false;
    otherwise the latest.
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
    verdicts = {event.id: judge(replace(claim, about=event.id), store, as_of).verdict for event in visits}
    fitting = [e for e in visits if verdicts[e.id] in ("holds", "holds-rounded")]
    possible = fitting or [e for e in visits if verdicts[e.id] != "fails"]
    return tuple(fitting) if fitting else (possible[-1] if len(possible) == 1 else visits[-1],)
