"""What an answer rests on that says "there was no other": the days on which that matters, and whether the record is complete there (semantics §5)."""

from math import ceil
from typing import TYPE_CHECKING

from timeline.claims.counting import window_days
from timeline.claims.forms import beaten_by
from timeline.claims.measure import MONTHS_IN, Size, measured
from timeline.claims.model import EVER, GAPS, HOLDING, NO_LESS, NONE_WITHIN
from timeline.claims.rank import standing
from timeline.claims.remember import MOST_KEPT, chosen, of_the_store
from timeline.coverage import Cover, Need, cover, joined, needed
from timeline.dates import NEVER_BEFORE, Span, day_after
from timeline.query import Query, fits
from timeline.series import needs_of, presumed_words
from timeline.tenures import WRITTEN, name_keys, tenures_of
from timeline.text import day_text
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.claims.model import Claim, Finding, Since
    from timeline.claims.taken import Taken
    from timeline.model import Event, Store


AT_LEAST = {"more-than", "at-least", NO_LESS, NONE_WITHIN}


def covered(
    finding: "Finding",
    taken: "Taken",
    visit: "Event | None",
    events: "Sequence[Event]",
    day: int,
    store: "Store",
) -> "Finding":
    """UNVERIFIABLE where a finding rests on there having been no other visit and the record does not say that it is complete."""
    if not finding.rests_on_absence or finding.verdict == "undetermined":
        return finding
    query, reference = taken.query, taken.claim.since
    if reference and reference.among and taken.claim.form == "after":  # it is those visits of which one was missed
        query = reference.among.query
        taken, events = taken._replace(query=query), chosen(query, store)
    needs = _needs(taken, visit, events, store)

    def reach_of(first: int, last: int) -> Cover:
        reaches = [_cover(needs, a, b, store) for a, b in _held_in(query, first, last, store)]
        return next((one for one in reaches if not one.complete), _as_one(reaches))

    finding = _surest(finding, reach_of)
    first, last = _stretch(finding, taken.claim, visit, day)
    reach = reach_of(first, last)
    supposed = _as_tabled(query, last, store) or (f"; {presumed_words(reach)}" if reach.presumed else "")
    finding = finding._replace(cover=reach, reason=f"{finding.reason}{supposed}")
    if reach.complete or ("known" in taken.claim.hedges and _knows_visitors(query, store)):
        return finding
    if (whole := _rounded_whatever(finding, taken.claim, visit, reach_of)) is not None:
        return whole
    first, last = reach.first, reach.last
    since = "the beginning" if first == NEVER_BEFORE else day_text(first)
    until = "" if reach.until < reach.first else f", only to {day_text(reach.until)}"
    time = f"on {since}" if first == last else f"from {since} to {day_text(last)}"
    missing = f"no coverage statement says that the record is complete {time}{until}"
    return finding._replace(verdict="unverifiable", reason=f"{finding.reason}; but {missing}")


def _cover(needs: "Sequence[Need]", first: int, last: int, store: "Store") -> Cover:
    """What a record covers of some days. The readings of a claim, and what would flip it, ask for few of them many times."""
    known, asked = _covers(store), (tuple(needs), first, last)
    if asked not in known:
        if len(known) >= MOST_KEPT:
            known.clear()
        known[asked] = cover(store.coverage, needs, first, last)
    return known[asked]


@of_the_store
def _covers(_: "Store") -> "dict[tuple[tuple[Need, ...], int, int], Cover]":
    return {}


def _rounded_whatever(
    finding: "Finding", claim: "Claim", visit: "Event | None", reach_of: "Callable[[int, int], Cover]"
) -> "Finding | None":
    """A gap of N years that a visit missed would leave within a year of N, on all days on which one may have been missed: it holds, rounded one way or another."""
    plain = claim.form == "first-in" and claim.unit in MONTHS_IN and not claim.hedges - {"known"}
    if visit is None or not plain or finding.verdict not in HOLDING or not finding.cover:
        return None
    size, (begins, last_begins) = Size(claim.number, claim.unit), visit.date.start
    if not size.leaves_no_room or begins != last_begins:
        return None
    wrong_from = _back(begins, size.step(-1))  # one missed from this day on would leave a gap that is too short
    reach = reach_of(wrong_from, begins - 1)
    if not reach.complete:
        return None
    fits = tuple(name for name in finding.fits if name in measured(claim, wrong_from - 1, begins).fits)
    reason = f"{finding.reason}; one missed before {day_text(wrong_from)}, where no coverage statement speaks, would change no more than how it is rounded"
    return finding._replace(verdict="holds-rounded", fits=fits, cover=reach, reason=reason)


def _surest(finding: "Finding", reach_of: "Callable[[int, int], Cover]") -> "Finding":
    """Of times of which each alone decides, those for which the record is complete; the longest where it is so for none."""
    if not finding.spells:
        return finding
    proved = [spell for spell in finding.spells if reach_of(*spell[1:]).complete]
    _, first, last = max(proved or finding.spells, key=lambda spell: spell[2] - spell[1])
    finding = finding._replace(absence_days=(first, last))
    later = [event for event, _, _ in proved if event]
    if not later:
        return finding
    ids = {event.id for event in later}
    deciding = tuple(event for event in finding.deciding if event.id in ids)
    return finding._replace(deciding=deciding, reason=beaten_by(later, longest=True))


def _knows_visitors(query: Query, store: "Store") -> bool:
    """Whether a record has, be it in part, the visitors that a scope counts: those of one country tell nothing of foreign guests."""
    return bool(query.visitors or query.between) or any(statement.visitor == "any" for statement in store.coverage)


def _as_one(reaches: list[Cover]) -> Cover:
    """Several times for which the record is complete, as one."""
    used = tuple(dict.fromkeys(statement for reach in reaches for statement in reach.used))
    presumed = tuple(dict.fromkeys(name for reach in reaches for name in reach.presumed))
    return reaches[0]._replace(last=reaches[-1].last, until=reaches[-1].until, used=used, presumed=presumed)


def _stretch(finding: "Finding", claim: "Claim", visit: "Event | None", day: int) -> tuple[int, int]:
    """The days on which the absence of other visits matters."""
    last = (visit.date.start.latest if visit else day) - 1
    first_day = visit.date.start.earliest if visit else day
    if finding.absence_days:
        return finding.absence_days
    if claim.form == "count" and claim.window:
        first, _ = window_days(claim.window, claim, first_day, day)
        _, end = window_days(claim.window, claim, last + 1, day)
        return first, min(end, max(last, day))
    ever = claim.form in ("first-ever", *GAPS) or (claim.form == "nth" and claim.since is None)
    if ever:
        return NEVER_BEFORE, last
    if claim.form == "nth" and claim.since:
        return claim.since.span.earliest, last
    if claim.form == "after":
        longer = Size(claim.number, claim.unit).step(1)
        return NEVER_BEFORE if claim.hedges & {"more-than", "at-least"} else _back(first_day - 1, longer), last
    if reference := claim.since or claim.target:
        return _since_stretch(finding, reference, last)
    if claim.form in ("first-in", "none-since") and finding.verdict == "fails":
        if claim.hedges & {"more-than", "at-least"}:
            return NEVER_BEFORE, last
        size = Size(claim.number, claim.unit)
        first = _back(first_day - 1, size if claim.hedges & {"under", "within"} else size.step(1))
        known = max((start for start, _ in finding.stretches), default=first)
        return max(first, known), last  # one missed before the visit that is known would leave the gap as it is
    if finding.verdict in HOLDING and claim.hedges & AT_LEAST:
        return _back(first_day - 1, Size(claim.number, claim.unit)), last  # one missed before would be as long ago
    found = min((start for start, _ in finding.stretches), default=None)
    return (_back(first_day - 1, Size(claim.number, claim.unit)) if found is None else found), last


def in_office(query: Query, store: "Store") -> Span:
    """The days on which the people of a scope can have been in its offices, as far as the table of tenures knows, from the first to the last."""
    spans = _spells(query, store)
    return Span(spans[0].earliest, spans[-1].latest)


def _held_in(query: Query, first: int, last: int, store: "Store") -> list[tuple[int, int]]:
    """What of some days matters: on those on which nobody of a scope was in its offices there is nothing to have missed."""
    spells = _spells(query, store)
    inside = [(max(first, a), min(last, b)) for a, b in spells if a <= last and first <= b]
    return inside or [(min(max(first, spells[0].earliest), last), last)]


def _spells(query: Query, store: "Store") -> tuple[Span, ...]:
    """The times of the people of a scope in its offices, as the table of tenures has them; all days where it knows nothing of one of them, or the record knows of another time."""
    if not query.people or not (query.offices or query.level >= RANKS["leader"]):  # the table has no lesser ranks whole
        return (EVER,)
    held = [_held(name, query, store) for name in query.people]
    spells = joined(span for spans in held for span in spans) if all(held) else (EVER,)
    on_record = (e.date.start for e in store.events if any(fits(p, query, store.vocabulary) for p in e.people))
    return spells if all(any(start.overlaps(spell) for spell in spells) for start in on_record) else (EVER,)


def _as_tabled(query: Query, last: int, store: "Store") -> str:
    """That an answer about some days takes it from the table that those who had left their offices did not come back to them after it was written."""
    until = in_office(query, store).latest
    if until >= last or last <= WRITTEN:
        return ""
    return f"; in office to {day_text(until)}, by the table of tenures as of {day_text(WRITTEN)}"


def _held(name: str, query: Query, store: "Store") -> list[Span]:
    """When somebody was in an office of a scope, or of its rank."""
    vocabulary = store.vocabulary
    return [
        Span(tenure.first.earliest, tenure.last.latest)
        for tenure in tenures_of(name_keys(vocabulary.names_of(name)))
        if tenure.office in vocabulary.offices
        and (not query.offices or not vocabulary.held([tenure.office]).isdisjoint(query.offices))
        and vocabulary.level([tenure.office], query.ladder) >= query.level
    ]


def _back(last: int, size: Size) -> int:
    """So long before a day."""
    months = MONTHS_IN.get(size.unit)
    days = 7 if size.unit == "weeks" else 1
    return last - ceil(size.number * days) if months is None else day_after(last, -ceil(size.number * months))


def _since_stretch(finding: "Finding", since: "Since", last: int) -> tuple[int, int]:
    """Counted from a reference: from the visit found in the period, or from the one named on; the period alone where the finding is that it has none."""
    if since.period and finding.verdict == "fails":
        return since.span.earliest, min(since.span.latest, last)
    found = min((start for start, _ in finding.stretches), default=since.span.earliest)
    return min(found if since.period else since.span.earliest, last), last


def _needs(taken: "Taken", visit: "Event | None", events: "Sequence[Event]", store: "Store") -> list[Need]:
    """What must be covered, one need a direction and person."""
    query = taken.query
    if taken.claim.object == "meeting":
        return _meeting_needs(events, taken, store)
    visits = [e for e in events if e.type == "visit"]
    needs = needs_of(visits, store, query, "pair" if query.between else "all")
    if taken.claim.form == "highest-since" and visit is not None:
        level = standing(visit, query.roles, store.vocabulary).level
        return [n._replace(level=max(n.level, level)) for n in needs]
    return needs


def _meeting_needs(events: "Sequence[Event]", taken: "Taken", store: "Store") -> list[Need]:
    """Who met, and whom a host received, is knowledge only where a statement about meetings says so: two people may have met in a third country.

    A pair is asked for by name, whatever they were then: a rank says nothing of them. A statement about some people is about their meetings with each other.
    """
    pair = taken.claim.pair
    query = taken.query._replace(people=()) if len(pair) == 2 else taken.query
    ways = (
        [("any", host) for host in query.hosts]
        if pair and query.hosts and not query.visitors
        else _directions(events, query, pair)
    )
    needs = [need for sides in ways for need in needed(query, sides, store)]
    if len(pair) == 2:
        needs = [n._replace(level=0, people=pair, offices=()) for n in needs]
    elif pair:
        needs = [n._replace(people=(*n.people, *pair)) if n.people else n for n in needs]
    return [n._replace(type="meeting") for n in needs]


def _directions(events: "Sequence[Event]", query: Query, pair: tuple[str, ...]) -> "Iterable[tuple[str, str]]":
    """The directions of visits, or, without any, both between those of a pair, wherever they met, the actors of the scope, or else those who met."""
    found = dict.fromkeys(event.direction for event in events if event.type == "visit")
    actors = [(person.name, person.actor) for event in events for person in event.people if person.actor]
    of_pair = dict.fromkeys(actor for name, actor in actors if name in pair)
    met = dict.fromkeys(actor for _, actor in actors)
    sides = (tuple(of_pair), query.between or (), (*query.visitors, *query.hosts), tuple(met))
    one, other = next((both for both in sides if len(both) == 2), ("", ""))
    return found or (((one, other), (other, one)) if one else ())
