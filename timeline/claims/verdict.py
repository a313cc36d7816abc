"""From a claim to its verdict: the answers of all readings joined, with doubtful visits taken in and out.

A wrong HOLDS or FAILS is the worst that can happen here: where readings differ or an answer rests on what the record does not know, the verdict says that.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.about import with_visit
from timeline.claims.evaluate import Ground, Judged, evaluate
from timeline.claims.join import joined
from timeline.claims.model import NAMES, Claim, Finding, NotUnderstood, Reading, Verdict
from timeline.claims.rewrite import rewrite
from timeline.claims.sensitivity import excluded, flips
from timeline.text import both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Event, Store


def judge(claim: Claim, store: "Store", as_of: int, *, plain: bool = False) -> Verdict:
    """The verdict on a claim; `as_of` (an ordinal) is the day of a claim about no visit that was published on no day. `plain`: without what else would be so.

    A claim about a visit that it does not name is about the one that it fits; where that is not just one, nothing can be verified.
    """
    try:
        found = with_visit(claim, store, as_of)
    except NotUnderstood as error:
        finding = Finding("unverifiable", str(error))
        return Verdict(claim, "unverifiable", None, (Reading((), claim.base, finding),))
    ground, judged = evaluate(found, store, as_of)
    if ground.visit is not None and ground.visit.status != "happened":
        return _not_made(found, ground.visit, judged[0].reading, store)
    outcome = joined(found, ground, judged)
    verdict = Verdict(
        found,
        outcome.verdict,
        ground.visit,
        outcome.readings,
        outcome.switch,
        inferred=found is not claim or claim.described,
    )
    return verdict if plain else _told(verdict, ground, judged)


def _told(verdict: Verdict, ground: Ground, judged: list[Judged]) -> Verdict:
    """A verdict with what would change it, what it leaves out, and what is safe to write."""
    claim, main = verdict.claim, next(one for one in judged if one.reading is verdict.main)
    return replace(
        verdict,
        flips=tuple(flips(verdict, main, ground)),
        excluded=tuple(excluded(main, ground)),
        rewrite=rewrite(claim, main.reading, ground, verdict.verdict),
        notes=tuple(_notes(claim, main.reading)),
    )


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
    if main.query.tags:
        yield f"rests on the record's tags ({both(main.query.tags)}), which may not be complete"
    if "known" in claim.hedges:
        yield "'known': said of what is on record only"
    for event in main.finding.deciding:
        if event.date.approximate or event.date.uncertain:
            yield f"{event.id} is dated {event.date.text}: approximate or uncertain"
    if len(main.finding.deciding) > 0 and all(len(e.sources) == 1 for e in main.finding.deciding):
        yield "rests on visits with a single source each"
