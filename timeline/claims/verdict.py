"""From a claim to its verdict: the answers of all readings joined, with doubtful visits taken in and out.

A wrong HOLDS or FAILS is the worst that can happen here: where readings differ or an answer rests on what the record does not know, the verdict says that.
"""

from typing import TYPE_CHECKING

from timeline.claims.about import awaits, with_visit
from timeline.claims.evaluate import Ground, Judged, evaluate, looks_back_from_day
from timeline.claims.grammar import parse
from timeline.claims.join import joined
from timeline.claims.left_out import FEW, left_out
from timeline.claims.model import NAMES, UNRECORDED, Claim, Finding, NotUnderstood, Reading, Verdict
from timeline.claims.remember import chosen
from timeline.claims.rewrite import rewrite
from timeline.claims.sensitivity import flips
from timeline.claims.unrecorded import refuse_dateless
from timeline.query import Query, may_start_in
from timeline.text import both, date_text, day_text, names, span_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Event, Store


def judge(claim: Claim, store: "Store", as_of: int, *, plain: bool = False) -> Verdict:
    """The verdict on a claim; `as_of` (an ordinal) is the day of a claim about no visit that was published on no day. `plain`: without what else would be so.

    A claim about a visit that it does not name is about the one that it fits; where that is not just one, nothing can be verified.
    """
    try:
        refuse_dateless(claim.since)
        if claim.parts:
            return _together(_about_one(claim, store, as_of), store, as_of, plain=plain)
        found = with_visit(claim, store, as_of)
    except NotUnderstood as error:
        finding = Finding("unverifiable", str(error))
        visit, day = store.by_id.get(claim.about), as_of if awaits(claim, store, as_of) else None
        return Verdict(claim, "unverifiable", visit, (Reading((), claim.base, finding),), day=day)
    ground, judged = evaluate(found, store, as_of)
    if ground.visit is not None and ground.visit.status != "happened":
        return _not_made(found, ground.visit, judged[0].reading, store)
    if ground.visit is not None and ground.visit.date.start.earliest > as_of:
        return _not_yet(found, ground.visit, judged[0].reading, as_of)
    outcome = joined(found, ground, judged)
    verdict = Verdict(
        found,
        outcome.verdict,
        ground.visit,
        outcome.readings,
        outcome.switch,
        inferred=found is not claim or claim.described,
        day=as_of if looks_back_from_day(found, ground.visit, as_of) or awaits(claim, store, as_of) else None,
    )
    return verdict if plain else _told(verdict, ground, judged)


WORST_FIRST = ("fails", "unverifiable", "undetermined", "depends", "holds-rounded", "holds")


def _about_one(claim: Claim, store: "Store", as_of: int) -> Claim:
    """The several claims of a sentence with the one visit that they are about: the first that is clear from one of them. Raises NotUnderstood where from none."""
    asking = [part for part in claim.parts if part.asks_visit]
    refusal: NotUnderstood | None = None
    for part in asking:
        try:
            visit = store.by_id[with_visit(part, store, as_of).about]
        except NotUnderstood as error:
            refusal = refusal or error
        else:
            return parse(claim.words, store, visit, part.published)._replace(described=True)
    if refusal:
        raise refusal
    return claim


def _together(claim: Claim, store: "Store", as_of: int, *, plain: bool) -> Verdict:
    """The verdict on the several claims of a sentence: that of the one which fares worst."""
    parts = tuple(judge(part, store, as_of, plain=plain) for part in claim.parts)
    worst = min(parts, key=lambda part: WORST_FIRST.index(part.verdict))
    about = next((part.about for part in parts if part.about), None)
    found = Verdict(
        claim,
        worst.verdict,
        about,
        worst.readings,
        worst.switch,
        inferred=claim.described,
        parts=parts,
        day=next((part.day for part in parts if part.day is not None), None),
    )
    return found if plain else found._replace(rewrite=_all_safe(found, store, as_of))


def _all_safe(verdict: Verdict, store: "Store", as_of: int) -> str:
    """What is safe to write of each of several claims, one after the other, where that holds when it is read back; nothing of claims that all hold."""
    firm = [part.verdict == "holds" and part.claim.borne_out for part in verdict.parts]
    safe = [part.rewrite or (part.claim.text if holds else "") for part, holds in zip(verdict.parts, firm, strict=True)]
    text = "; ".join(dict.fromkeys(safe))
    if verdict.verdict == "holds" or not all(safe):
        return ""
    try:
        again = judge(parse(text, store, verdict.about, verdict.claim.published), store, as_of, plain=True)
    except NotUnderstood:
        return ""
    return text if again.verdict == "holds" else ""


def _told(verdict: Verdict, ground: Ground, judged: list[Judged]) -> Verdict:
    """A verdict with what would change it, what it leaves out, and what is safe to write."""
    claim, main = verdict.claim, next(one for one in judged if one.reading is verdict.main)
    safe = rewrite(claim, main.reading, ground, verdict.verdict)  # while what was worked out of this record is known
    return verdict._replace(
        flips=tuple(flips(verdict, main, judged, ground)),
        excluded=tuple(left_out(main, ground)),
        rewrite=safe,
        notes=(*_notes(claim, main.reading), *_the_other_way(claim, main.reading, ground.store)),
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
        (main._replace(finding=finding),),
        notes=("a journey that was not made cannot be the first of anything",),
    )


def _not_yet(claim: Claim, visit: "Event", main: Reading, as_of: int) -> Verdict:
    """A visit that begins after the day taken as today, whatever its status says."""
    reason = f"the visit is dated {date_text(visit.date)}, which has not come by {day_text(as_of)}"
    finding = Finding("undetermined", reason, (visit,))
    return Verdict(claim, "undetermined", visit, (main._replace(finding=finding),), day=as_of)


def _read_planned(claim: Claim, visit: "Event", store: "Store") -> str:
    made = visit._replace(status="happened")
    events = tuple(made if e is visit else e for e in store.events)
    other = store._replace(events=events, by_id={**store.by_id, made.id: made})
    verdict = judge(claim, other, visit.date.start.latest)
    return f"{NAMES[verdict.verdict]}, {verdict.main.finding.reason}"


def _the_other_way(claim: Claim, main: Reading, store: "Store") -> "Iterable[str]":
    """Of a visit that is said to have been made at some time and was not: those that went the other way then, by somebody as high, or received by who is named."""
    query, mark = main.query, claim.target or claim.since
    if main.finding.verdict != "fails" or mark is None or not mark.period or not (query.visitors and query.hosts):
        return
    if any(may_start_in(event, mark.span) for event in main.scope):
        return
    level = max(query.level, store.vocabulary.lowest(query.offices)) if query.offices else query.level
    back = Query(visitors=query.hosts, hosts=query.visitors, level=level, met=query.people)
    then = [event for event in chosen(back, store) if may_start_in(event, mark.span)]
    for event in then[:FEW]:
        host = store.vocabulary.actors[event.host].name
        yield f"{mark.label}: a visit went the other way then, {names(event)} to {host} ({date_text(event.date)}; {event.id})"


def _notes(claim: Claim, main: Reading) -> "Iterable[str]":
    if (since := claim.since) and since.told is not None:
        yield f"{since.label}: the claim has another date, {span_text(*since.told)}; leave it out, or put it right"
    elif since is not None and since.event.startswith(UNRECORDED):
        yield f"{since.label}: by the date in the claim, the record does not have it"
    for words in claim.unchecked:
        yield f"not checked: {words!r}, of which the record says nothing for this visit"
    if main.query.tags:
        yield f"rests on the record's tags ({both(main.query.tags)}), which may not be complete"
    if "known" in claim.hedges:
        yield "'known': said of what is on record only"
    for event in main.finding.deciding:
        if event.date.approximate or event.date.uncertain:
            yield f"{event.id} is dated {event.date.text}: approximate or uncertain"
    if len(main.finding.deciding) > 0 and all(len(e.sources) == 1 for e in main.finding.deciding):
        yield "rests on visits with a single source each"
