"""Every reading of a claim decided against the visits of its scope, and asked what it rests on; not yet joined to a verdict."""

from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.claims.absence import covered
from timeline.claims.bearing import leads_still, rose
from timeline.claims.case import Case, as_left, nobody
from timeline.claims.counting import one_by_one
from timeline.claims.decide import decide
from timeline.claims.meetings import held_on
from timeline.claims.model import COMPARED, HOLDING, Claim, Finding, Reading
from timeline.claims.rank import as_high_apart, as_high_together, standing
from timeline.claims.readings import AS_HE_LED, FORMAL_ONLY, WHATEVER, meets, readings, scope_events
from timeline.claims.remember import of_each, of_the_store
from timeline.claims.stays import from_home
from timeline.claims.taken import Taken
from timeline.claims.time_readings import (
    AFTER,
    CLOSELY,
    FROM,
    NOT_LAST,
    NOT_THIS,
    SOME,
    STRICTLY,
    THIS_TOO,
    UP_TO_TENS,
    WITH_ENDS,
    plain_dating,
)
from timeline.query import Query, fits, in_scope, may_start_in
from timeline.text import both

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.claims.rank import Standing
    from timeline.model import Event, Store


OF_COUNTRIES = "the record does not claim to have the meetings between two countries; of those on visits it says who met whom, so name both people"
POSSIBLE = (*HOLDING, "undetermined")
Switches: TypeAlias = tuple[tuple[str, str], ...]


class Ground(NamedTuple):
    """What every reading of a claim stands on: the record, the visit in question, and the day from which a claim without one looks back."""

    store: "Store"
    visit: "Event | None"
    day: int


class Judged(NamedTuple):
    """A way to take a claim, and what was found on it."""

    taken: Taken
    reading: Reading


def evaluate(claim: Claim, store: "Store", as_of: int = 0) -> tuple[Ground, list[Judged]]:
    """All readings that differ, the plainest first. `as_of` (an ordinal) is the day of a claim about no visit that was published on no day."""
    visit = store.by_id.get(claim.about)
    ground = Ground(store, visit, _day(claim, visit, as_of))
    taken = list(readings(claim, visit, store))
    if claim.object == "meeting" and visit is not None:
        ground = ground._replace(visit=held_on(visit, scope_events(taken[0], store)))
    return ground, _distinct(
        _since_he_led(_in_decades(claim, _meant(claim, _rescued(claim, _told_of(_all_read(taken, ground))))), ground)
    )


def _all_read(taken: "Sequence[Taken]", ground: Ground) -> list[Judged]:
    """What is found on every reading. One that allows less rounding is asked only where more rounding makes the claim true."""
    found: list[Judged] = []
    true: set[Switches] = set()
    for one in taken:
        loose = tuple(switch for switch in one.switches if switch != ("close", CLOSELY))
        if loose != one.switches and loose not in true:
            continue
        found.append(Judged(one, _read(one, ground)))
        if found[-1].reading.finding.verdict in HOLDING:
            true.add(one.switches)
    return found


def _meant(claim: Claim, judged: list[Judged]) -> list[Judged]:
    """'None between 1991 and 2009', of visits in both years, means from the one to the other: then the years themselves are not asked."""
    inner = claim.window.inner if claim.window and not claim.number else None
    if inner is None:
        return judged

    def marked(one: Judged) -> bool:
        starts = [event.date.start for event in one.reading.finding.deciding]
        ends = any(s.latest < inner.earliest for s in starts) and any(s.earliest > inner.latest for s in starts)
        return ends and ("window", WITH_ENDS) in one.taken.switches

    return [one for one in judged if not marked(one)]


def _in_decades(claim: Claim, judged: list[Judged]) -> list[Judged]:
    """'Nearly two decades' says tens itself: what it is by the year is asked only where it is true so, or false of decades too."""
    tens = [one for one in judged if ("tens", UP_TO_TENS) in one.taken.switches]
    if claim.unit != "decades" or not any(one.reading.finding.verdict in HOLDING for one in tens):
        return judged
    plain = [one for one in judged if one not in tens]
    return plain if all(one.reading.finding.verdict in HOLDING for one in plain) else tens


def _since_he_led(judged: list[Judged], ground: Ground) -> list[Judged]:
    """'Kim's fourth trip' is counted from when he took power (semantics §7: an implied start) where the record has none of his from before, and only cannot say that there was none. Not of somebody who had lesser offices before, in which he may have travelled, or who has led with breaks or no longer leads; nor is "not his first" denied so."""
    if any(one.taken.claim.form == "nth" and "at-least" in one.taken.claim.hedges for one in judged):
        return judged
    claims = [one.taken.claim for one in judged]
    names = {name for claim in claims for who in claim.who for name in who.people}
    day = min([ground.day, *(claim.window.span.latest for claim in claims if claim.window and claim.window.span)])
    if any(rose(name, ground.store) or not leads_still(name, day, ground.store) for name in names):
        return judged
    open_ = [one for one in judged if _only_uncovered(one)]
    led = {_alike(one) for one in judged if _as_he_led(one) and one.reading.finding.verdict in (*HOLDING, "fails")}
    return [one for one in judged if one not in open_ or _alike(one) not in led]


def _only_uncovered(one: Judged) -> bool:
    """Whether a reading of all visits of somebody is open only since no coverage reaches back so far."""
    return ("capacity", WHATEVER) in one.taken.switches and one.reading.finding.verdict == "unverifiable"


def _as_he_led(one: Judged) -> bool:
    """Whether a reading is of the visits that somebody made as leader of his party or head of his state."""
    return dict(one.taken.switches).get("capacity") in AS_HE_LED


def _alike(one: Judged) -> tuple[Switches, tuple[int, int] | None]:
    """What readings share that count alike, in whatever office."""
    return _apart_from("capacity", one), one.reading.finding.counted


def _apart_from(key: str, one: Judged) -> Switches:
    return tuple(switch for switch in one.taken.switches if switch[0] != key)


def _told_of(judged: list[Judged]) -> list[Judged]:
    """Without the readings that leave visits out by their kind where those that the claim itself tells of, by their date, are among them."""
    scopes = {one.taken.switches: one.reading.scope for one in judged}

    def told(one: Judged, scope: "Sequence[Event]") -> bool:
        since = one.taken.claim.since
        return since is not None and since.period and any(may_start_in(event, since.span) for event in scope)

    return [
        one for one in judged if told(one, one.reading.scope) or not told(one, scopes.get(_apart_from("kind", one), ()))
    ]


def _every_kind(switches: Switches) -> Switches:
    return tuple(switch for switch in switches if switch != ("kind", FORMAL_ONLY))


LEFT_OUT = (("present", NOT_THIS), ("present", THIS_TOO), ("previous", NOT_LAST))


def _rescued(claim: Claim, judged: list[Judged]) -> list[Judged]:
    """Without the readings that leave visits out where the claim, which does not ask for that, holds anyway: by their kind, by not counting the year since which it counts, or the visit under way; without what is only a second thought where the plain reading holds, and without a time that is not the one back from the visit where the claim is false of every such time."""
    holding = {one.taken.switches for one in judged if one.reading.finding.verdict in HOLDING}

    def plainer(switches: Switches) -> set[Switches]:
        every_kind = _every_kind(switches)
        whole = tuple(_whole_year(claim, switch) for switch in every_kind)
        with_this = tuple(switch for switch in switches if switch not in LEFT_OUT)
        plainly = tuple(_plainly(claim, switch) for switch in switches)
        since = tuple(_whole_year(claim, switch) for switch in switches)
        plainest = tuple(_plainly(claim, switch) for switch in _every_kind(with_this))
        return {every_kind, whole, since, with_this, plainly, plainest} - {switches}

    kept = [one for one in judged if one.taken.switches in holding or holding.isdisjoint(plainer(one.taken.switches))]
    return [
        one for one in kept if one.reading.finding.verdict in POSSIBLE or ("window", SOME) not in one.taken.switches
    ]


def _whole_year(claim: Claim, switch: tuple[str, str]) -> tuple[str, str]:
    """'Since 2005' begins with 2005; what came in the year itself is left out only as a second thought, not so with a month."""
    if claim.since is None or claim.since.month or not switch[1].startswith(AFTER):
        return switch
    return (switch[0], switch[1].replace(AFTER, FROM, 1))


def _plainly(claim: Claim, switch: tuple[str, str]) -> tuple[str, str]:
    """How words are plainly meant: "his third visit" of all that he made, "five times between two dates" with both of them; of an n-th visit in some time see `plain_dating`."""
    key, words = switch
    if key == "capacity":
        return key, WHATEVER
    if key == "window" and words == STRICTLY and claim.number:
        return key, WITH_ENDS
    if key == "dating" and claim.window and claim.number > 1:  # the first of all is the first of its time, too
        return key, plain_dating(claim.window, words)
    return switch


def looks_back_from_day(claim: Claim, visit: "Event | None", day: int) -> bool:
    """Whether the day asked for is that from which a claim looks back, or up to which it compares: not what was so in a time that was over by then."""
    if claim.published:
        return False
    time = claim.window.span if visit is None and claim.window and claim.form == "count" else None
    return (visit is None and not (time and time.latest < day)) or claim.form in COMPARED


def find(taken: Taken, ground: Ground, events: "Sequence[Event]") -> Finding:
    """What one reading comes to on these visits: decided on the dates, then asked what it rests on."""
    found = covered(_decided(taken, ground, events), taken, ground.visit, events, ground.day, ground.store)
    if found.verdict == "unverifiable" and _meetings_unknown(taken.claim, ground.store):
        return found._replace(reason=OF_COUNTRIES, deciding=(), stretches=(), fits=())
    return found


def _meetings_unknown(claim: Claim, store: "Store") -> bool:
    """Whether meetings of two countries are counted in a record that does not claim to have them: those that it has then tell nothing of the others."""
    of_all = any(s.type == "meeting" and not s.people for s in store.coverage)
    return claim.object == "meeting" and not claim.pair and not of_all


def _day(claim: Claim, visit: "Event | None", as_of: int) -> int:
    """The day from which a claim without a visit looks back: the last of its publication, or the day asked for. So does one that compares gaps, or that may be of a later visit."""
    if claim.published:
        return claim.published.latest
    if visit and claim.described and claim.dates_visit:
        return max(visit.date.start.latest, as_of)
    if visit and (claim.form in COMPARED or (claim.form == "highest-since" and claim.window and not claim.then)):
        return max(visit.date.start.latest, as_of)
    return visit.date.start.latest if visit else as_of


def _distinct(judged: list[Judged]) -> list[Judged]:
    """Of readings that take in the same visits and come to the same finding, the first."""
    seen: dict[object, Judged] = {}
    for one in judged:
        taken, reading = one
        found = (reading.finding.verdict, reading.finding.fits)
        key = (tuple(event.id for event in reading.scope), taken.claim.window, taken.claim.hedges, taken.apart, found)
        seen.setdefault(key, one)
    return list(seen.values())


def _read(taken: Taken, ground: Ground) -> Reading:
    events = scope_events(taken, ground.store)
    return Reading(taken.switches, taken.query, find(taken, ground, events), tuple(events))


def _decided(taken: Taken, ground: Ground, events: "Sequence[Event]") -> Finding:
    visit = ground.visit
    if visit is not None and ("present", NOT_THIS) in taken.switches and visit.id in taken.but:
        visit = None  # it only says from when to look back
    if taken.received:
        reason = "the record does not say in what office somebody received a visitor"
        return Finding("unverifiable", reason, (visit,) if visit else ())
    if visit is not None and visit not in events and _in_own_time(taken.claim):
        visit = None
    if visit is not None and visit not in events and (found := _not_counted(visit, taken, ground.store)):
        return found
    if taken.claim.negated and taken.claim.form == "count" and visit not in events:
        visit = None
    limit = ground.day if visit is None else max(visit.date.start.latest, ground.day)
    others = tuple(e for e in events if e is not visit and (visit is None or e.date.start.earliest <= limit))
    if taken.claim.object == "person":
        others = one_by_one(others, taken.query, ground.store)
    elif taken.claim.object == "visit" and taken.claim.form != "highest-since":
        others = tuple(map(_of_those_counted(taken.query, ground.store), others))
    if taken.lasting:
        others = tuple(map(as_left, others))
    whole = {event.id: event for event in (*events, *([visit] if visit else []))}
    if taken.journeys and visit is not None:
        visit, *rest = (from_home(event, ground.store) for event in (visit, *others))
        others = tuple(rest)
    case = Case(taken.claim, visit, others, ground.day, _outranks(others, taken, ground))
    found = _new_here(case) if taken.newly else None
    found = found or decide(case)
    deciding = [whole[event.id] for event in found.deciding]
    if taken.claim.form == "after" and taken.claim.since and taken.claim.since.event in ground.store.by_id:
        deciding.append(ground.store.by_id[taken.claim.since.event])
    return found._replace(deciding=tuple(dict.fromkeys(deciding)))


def _in_own_time(claim: Claim) -> bool:
    """Whether a claim counts in a time that it names itself, whatever visit it is told of: `visited Beijing twice`."""
    window = claim.window
    return claim.form == "count" and window is not None and window.absolute and claim.object == "visit"


def _not_counted(visit: "Event", taken: Taken, store: "Store") -> Finding | None:
    """What comes of the visit in question not being one of those counted; None where it only says from when to look back."""
    claim = taken.claim

    def unknown(reason: str) -> Finding:
        return Finding("unverifiable", reason, (visit,))

    if claim.object == "meeting":
        host = claim.pair[0] if len(claim.pair) == 1 else ""
        if visit.type == "visit" and any(person.name == host for person in visit.people):
            return unknown(
                f"it is read of those whom {host} received, and on this visit he was the guest; whom somebody met wherever it was no record claims to have in full"
            )
        return unknown("the record does not say that there was such a meeting on the visit")
    if taken.query.party_rank and not any(person.party_rank for person in visit.people):
        return unknown("the record does not say what place in the party's order anybody on the visit had")
    if claim.looks_back:
        return None
    if visit.type == "meeting" and not visit.host and claim.object == "visit":
        return unknown(
            "the record has it as a meeting, and does not say in which country it was held, or who crossed a border for it"
        )
    if _of_no_rank(visit, taken, store):
        return unknown("the record does not say how high anybody on the visit ranked")
    return Finding("fails", _why_not(visit, taken, store), (visit,))


def _of_those_counted(query: Query, store: "Store") -> "Callable[[Event], Event]":
    """What gives a visit with those alone for whose sake it is counted, so that an answer names them and not him whom they accompanied."""
    known = _alone(store)
    if query not in known:
        known[query] = of_each(lambda event: _with_those(event, query, store))
    return known[query]


@of_the_store
def _alone(_: "Store") -> "dict[Query, Callable[[Event], Event]]":
    return {}


def _with_those(event: "Event", query: Query, store: "Store") -> "Event":
    people = in_scope(event, query, store.vocabulary)
    return event._replace(people=tuple(people)) if 0 < len(people) < len(event.people) else event


def _new_here(case: Case) -> Finding | None:
    """What keeps a visit from being that with which somebody came for the first time in the time that a claim counts; None where it is that."""
    here = {person.name for person in case.visit.people} if case.visit else set()
    own = tuple(event for event in case.others if event.people[0].name in here)
    claim = case.claim._replace(object="visit", number=1, hedges=frozenset(), including=True, named=())
    found = decide(case._replace(claim=claim, others=own))
    if found.verdict == "holds":
        return None
    name = both(dict.fromkeys(event.people[0].name for event in own))
    came = "had come" if found.verdict == "fails" else "may have come"
    return found._replace(reason=f"{name} {came} in that time before", deciding=own, rests_on_absence=False)


def _why_not(visit: "Event", taken: Taken, store: "Store") -> str:
    """What keeps the visit in question from being one of those counted."""
    query = taken.query
    if visit.type not in (taken.claim.object, "visit"):
        return f"the visit itself was not one of those counted: the record has it as a {visit.type}, and not as a visit"
    if query.visitors and query.hosts and visit.direction in product(query.hosts, query.visitors):
        one, other = (store.vocabulary.actors[actor].name for actor in visit.direction)
        return f"the visit itself was not one of those counted: it went the other way, from {one} to {other}"
    if query.kinds and visit.kind not in query.kinds:
        return f"the visit itself was not one of those counted: its kind was {visit.kind or 'not recorded'}"
    if query.about_people and not any(fits(person, query, store.vocabulary) for person in visit.people):
        return "the visit itself was not one of those counted: nobody on it is of those named"
    return "the visit itself was not one of those counted"


def _of_no_rank(visit: "Event", taken: Taken, store: "Store") -> bool:
    """Whether a vague word for a rank is said of a visit by nobody of any rank: how low it reaches is not to be had from him."""
    who = taken.claim.who
    return (
        who[0].vague and not any(meets(visit, reading, store) for reading in who) and taken.query.level == who[0].level
    )


def _outranks(others: "Sequence[Event]", taken: Taken, ground: Ground) -> "Callable[[Event], bool]":
    """What tells of other visits whether they ranked as high as the one in question: worked out once for all days on which that may have begun."""
    if ground.visit is None or taken.claim.form != "highest-since":
        return nobody
    standing_of = _standings(taken.query.roles, ground.store)
    own = standing_of(ground.visit)
    compare = as_high_apart if taken.apart else as_high_together
    high = {event.id for event in others if compare(standing_of(event), own)}
    return lambda event: event.id in high


def _standings(roles: tuple[str, ...], store: "Store") -> "Callable[[Event], Standing]":
    """What tells the rank of a party, of those of it in some roles."""
    known = _ranks(store)
    if roles not in known:
        known[roles] = of_each(lambda event: standing(event, roles, store.vocabulary))
    return known[roles]


@of_the_store
def _ranks(_: "Store") -> "dict[tuple[str, ...], Callable[[Event], Standing]]":
    return {}
