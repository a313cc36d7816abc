"""Every superlative that the record supports for a visit, strongest first, each as a sentence that `timeline claim` reads back and confirms.

A sentence is kept only if the claim that it makes HOLDS on every reading. Where coverage does not say that nobody came in between, it is said of known visits, since
one that it names, and of a person by name only where coverage speaks of all that this person made; that a visit was the first ever, the n-th or of the highest rank is not said then at all: the record may begin too late, or leave out whole ranks.
Of two that say the same of the same visit before, the one that coverage proves stays, or else the one with the higher office; the highest offices of state and party have each their own. No first of an office is told of
somebody who came in the time with other titles as high: the sentence about the person, or the highest office, says what is so.

Strongest is what nothing came before: the first ever. Then what is so since a visit or an accession, or of somebody in an office: of journeys to any country before those to one, and these before those to a building in it;
of these the longest time back, and of the same time that of anybody as high before that of an office. The n-th comes last, the smallest number first; above the fifth it is told only where nothing else is proved.
What follows from another is not told beside it, but stands in what that `implies`: what is so since a visit is so since power changed hands after it.

Of a visit of which the first day is not known only that is said which holds on every day on which it may have begun.
"""

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.decide import days_of
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood, Verdict
from timeline.claims.naming import plainly_named
from timeline.claims.rank import standing
from timeline.claims.superlatives import COUNTRY, highest, sentences, subjects
from timeline.claims.verdict import judge
from timeline.text import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.claims.superlatives import Subject, Try
    from timeline.model import Event, Store

NEWS = 5  # the highest n of an n-th that is news beside something else
SINCE = ("since", "both", "highest")
OF_RANK, OF_OFFICE = ("highest", "highest-power"), ("since", "power")  # since a visit, and since a change of power
SINCE_THEN = (*OF_RANK, *OF_OFFICE)
EACH_ITS_OWN = ("ever", "since", "power")  # what is told of the highest office of the state and of that of the party
OF_ALL = ("ever", "own", "nth")  # what goes back to no visit before
STEPS = {"ever": 0, "nth": 2}  # the others come between
NOT_COUNTED = {
    "announced": "announced, and the record does not have it as made",
    "cancelled": "cancelled",
    "candidate": "a candidate, of which it is not settled whether it was made",
}
RANK_FIRST = ("highest", "highest-power", "since", "power", "both", "gap")


class First(NamedTuple):
    """One superlative: the sentence, what was tried of whom, and the sentences that follow from it."""

    sentence: str
    verdict: Verdict
    tried: "Try"
    of: "Subject | None" = None
    implies: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether coverage allows it; otherwise it is said only of what is known, or not to be said as it stands."""
        return self.holds and "known" not in self.verdict.claim.hedges

    @property
    def holds(self) -> bool:
        return self.verdict.verdict == "holds"

    @property
    def days(self) -> int | None:
        """The least days back to the visit before, or to the change of power, on whatever day either was; None where it is said of all before, or of a number of them."""
        return None if self.tried.kind in OF_ALL else self.tried.days

    @property
    def level(self) -> int:
        return self.of.level if self.of else 0

    @property
    def missing(self) -> str:
        """Of what does not hold on every reading: why it does not."""
        if self.holds:
            return ""
        if self.verdict.verdict != "depends":
            return self.verdict.main.finding.reason
        broken = next(one for one in self.verdict.readings if one.finding.verdict == "fails")
        return f"it depends on {self.verdict.switch}: {broken.finding.reason}"

    def command(self, stores: "Sequence[str]" = ()) -> str:
        """What proves it, against the stores that were named."""
        return command_of(self.sentence, self.verdict.about.id if self.verdict.about else "", stores)


def command_of(sentence: str, about: str, stores: "Sequence[str]" = ()) -> str:
    """What asks a sentence of an event, against the stores that were named."""
    named = "".join(f" --store {quote(store)}" for store in stores)
    return f'timeline claim "{sentence}" --about {about}{named}'


class Found(NamedTuple):
    """What can be said of a visit, strongest first, and what would be said if the record were clearer or reached further."""

    said: list[First]
    unsaid: list[First]


class Ask(NamedTuple):
    """Of which visit, by which record, on which day."""

    event: "Event"
    store: "Store"
    as_of: int


def find_firsts(event: "Event", store: "Store", as_of: int) -> list[First]:
    """The superlatives of a visit, strongest first. Empty for what is no visit, did not happen or is to come, or may have begun at any time."""
    return search_firsts(event, store, as_of).said


def why_none(event: "Event", as_of: int) -> str:
    """Why nothing is said of an event of which nothing is: what it is, or what the sentences would need."""
    if event.type != "visit":
        return f"an event of type {event.type} is no visit, and superlatives are told of visits alone"
    if event.status in NOT_COUNTED:
        return f"this visit was {NOT_COUNTED[event.status]}, and only one that was made is the first of anything"
    if event.date.start.earliest > as_of:
        return f"this visit has not come by {day_text(as_of)}"
    if not _is_bounded(event):
        return f"the record does not know in which years this visit began ({event.date.text}), so that any other may have come before"
    if event.kind == "transit":
        return "this was a transit: such stops are left out where visits are counted, so that nothing said of it as a visit holds on every reading"
    exact = event.date.start.exact
    days = "" if exact else f", on every day on which it may have begun ({event.date.text})"
    began = "began on that day" if exact else "may have begun in that time"
    return f"the record supports no superlative of this visit that holds on every reading of its words{days}. Each needs that no other such visit {began}, and a visit a year or more before or coverage from the beginning"


def _is_bounded(event: "Event") -> bool:
    """Whether the days on which an event may have begun are few enough to hold on each of them what is said."""
    return bool(days_of(event))


def sentence_of_meeting(event: "Event") -> str:
    """What can be asked of a meeting of two: the first between them. Empty for anything else."""
    heads = [person for person in event.people if person.role == "heads"]
    two = len(heads) == 2 and heads[0].actor != heads[1].actor
    return f"the first meeting between {heads[0].name} and {heads[1].name}" if event.type == "meeting" and two else ""


def search_firsts(event: "Event", store: "Store", as_of: int) -> Found:
    """The superlatives of a visit, and those since a visit before that are not borne out."""
    made = event.status == "happened" and event.date.start.earliest <= as_of
    if event.type != "visit" or not made or not _is_bounded(event):
        return Found([], [])
    ask = Ask(event, store, as_of)
    found: list[First] = []
    unsaid: dict[tuple[str, int, str], First] = {}
    late: list[tuple[Try, Subject | None]] = []
    for subject, tries in _tries(ask, found):
        late += [(one, subject) for one in tries if one.number > NEWS]
        for first in _kept((one for one in tries if one.number <= NEWS), subject, ask, unsaid):
            _add(found, first)
    if not any(first.proved for first in found):
        found += _first_that_holds(late, ask)
    told = sorted((_plainly(first, ask) for first in found), key=_strength)
    return Found(_without_implied(told, ask), [_plainly(first, ask) for first in unsaid.values()])


def _tries(ask: Ask, found: "Sequence[First]") -> "Iterator[tuple[Subject | None, list[Try]]]":
    """What may be said of each of those who made a visit; what of the party. Of a seat in a body nothing since a visit after that since which the visit is the first of a higher office."""
    for subject in subjects(ask.event, ask.store):
        tries = list(sentences(subject, ask.event, ask.store))
        if subject.seat:
            told = max((f.tried.days for f in found if f.proved and f.tried.kind in SINCE), default=0)
            tries = [one for one in tries if one.kind not in SINCE or one.days > told]
        yield subject, tries
    yield None, list(highest(ask.event, ask.store))


def _kept(
    tries: "Iterable[Try]", subject: "Subject | None", ask: Ask, unsaid: "dict[tuple[str, int, str], First]"
) -> "Iterator[First]":
    """The first of each kind that is confirmed: of the capital only what the country has nothing of. What since a visit before is not so is left to `unsaid`, unless another is."""
    told: set[tuple[str, int]] = set()
    tried: set[str] = set()
    doubted: list[First] = []
    proved: set[str] = set()
    for one in tries:
        if (one.kind, one.where) in told or one.sentence in tried or (one.kind == "gap" and one.reference not in proved):  # fmt: skip
            continue
        tried.add(one.sentence)
        found = _asked(one.sentence, ask, known=one.known)
        if found and found.verdict == "holds":
            told.add((one.kind, one.where))
            first = First(found.claim.text, found, one, subject)
            if first.proved and one.kind == "since":
                proved.add(one.reference)
            yield first
        elif found and found.verdict != "fails" and one.where == COUNTRY and one.kind in ("since", "highest"):
            doubted.append(First(found.claim.text, found, one, subject))
    if subject is None or subject.led:
        for first in doubted:
            if (first.tried.kind, COUNTRY) not in told:
                unsaid.setdefault(_rests_on(first), first)


def _add(found: list[First], first: First) -> None:
    """One more beside those found, or in the place of one that says less of the same; not where one says more."""
    rivals = [one for one in found if _rests_on(one) == _rests_on(first)]
    if not rivals or (first.tried.kind in EACH_ITS_OWN and all(_differ(one, first) for one in rivals)):
        found.append(first)
    elif max((one.proved, one.level) for one in rivals) < (first.proved, first.level):
        found[:] = [*(one for one in found if one not in rivals), first]


def _differ(one: First, other: First) -> bool:
    """Whether both are proved of the highest offices of state and party, of which somebody may have held the lower without the other."""
    return one.level != other.level and all(first.proved and first.of and first.of.led for first in (one, other))


def _rests_on(first: First) -> tuple[str, int, str]:
    return first.tried.kind, first.tried.where, first.tried.reference


def _first_that_holds(late: "Iterable[tuple[Try, Subject | None]]", ask: Ask) -> list[First]:
    """Of numbers too high to be news the lowest."""
    for one, subject in sorted(late, key=lambda each: each[0].number):
        found = _asked(one.sentence, ask, known=False)
        if found and found.verdict == "holds":
            return [First(found.claim.text, found, one, subject)]
    return []


def _plainly(first: First, ask: Ask) -> First:
    """The same with `by` for `headed by`, as people write, where that is so too: companions counted."""
    before, headed, after = first.sentence.partition(" headed by ")
    found = _asked(f"{before} by {after}", ask, known=False) if headed else None
    same = found and found.verdict == first.verdict.verdict
    return first._replace(sentence=found.claim.text, verdict=found) if found and same else first


# -- which is stronger -----------------------------------------------------------------------------------------------------------------------


def _strength(first: First) -> tuple[object, ...]:
    """What the superlatives of a visit are sorted by, the strongest first."""
    kind, where, number = first.tried.kind, first.tried.where, first.tried.number
    ranked = RANK_FIRST.index(kind) if kind in RANK_FIRST else len(RANK_FIRST)
    return (not first.proved, STEPS.get(kind, 1), where, kind == "own", number - first.tried.days, ranked, -first.level, first.sentence)  # fmt: skip


def _without_implied(told: "Sequence[First]", ask: Ask) -> list[First]:
    """Those that follow from no stronger one; what follows stands in that from which it does."""
    kept: list[First] = []
    for first in told:
        stronger = next((n for n, one in enumerate(kept) if _follows(first, one, ask)), None)
        if stronger is None:
            kept.append(first)
        else:
            kept[stronger] = kept[stronger]._replace(implies=(*kept[stronger].implies, first.sentence))
    return kept


def _follows(first: First, other: First, ask: Ask) -> bool:
    """Whether one superlative follows from another: what is so since the same or a later day, of an office from that of all who rank as high, of a narrower scope from the wider, and from the first ever of an office that its holder had not come in it."""
    one, wide = first.tried, other.tried
    if first.proved > other.proved or wide.where > one.where:
        return False
    if wide.kind == "ever" and one.kind == "own":
        return True
    within = first.of == other.of and wide.where < one.where
    if one.kind not in SINCE_THEN or wide.kind not in SINCE_THEN:
        return one.reference == wide.reference and wide.kind == one.kind and within
    if not _no_earlier(one.reference, wide.reference, ask.store):
        return False
    ranked = wide.kind in OF_RANK and one.kind in OF_OFFICE and _ranks_as_high(first, ask)
    return within or ranked or _scope_words(first) == _scope_words(other)


def _no_earlier(reference: str, other: str, store: "Store") -> bool:
    """Whether a visit or a change of power is another one, or surely began no earlier than it."""
    return reference == other or store.by_id[reference].date.start.earliest >= store.by_id[other].date.start.latest


def _scope_words(first: First) -> str:
    """Of whom and of which visits it is said, without since when."""
    return first.sentence.partition(" since ")[0].replace(" known ", " ")


def _ranks_as_high(first: First, ask: Ask) -> bool:
    """Whether anybody who may be meant by the office that is said ranks at least as high as who made the visit: of the members of a body of the party whose order is known, others may rank lower."""
    if not (first.of and first.of.noun):
        return False
    counted, vocabulary = first.verdict.main.query, ask.store.vocabulary
    least = vocabulary.lowest(counted.offices) if counted.offices else counted.level
    own = standing(ask.event, ("heads",), vocabulary)
    in_party = not counted.offices or any(vocabulary.offices[office].ladder == "party" for office in counted.offices)
    return least > own.level or (least == own.level and not (in_party and own.party_rank > 1))


# -- asked -----------------------------------------------------------------------------------------------------------------------------------


def _asked(sentence: str, ask: Ask, *, known: bool) -> Verdict | None:
    """The verdict on a sentence; if only coverage is missing, that on what is `known`, where it may be said so and holds. None where it cannot be read."""
    sentence = plainly_named(sentence, ask.store, ask.event)
    try:
        claim = parse(sentence, ask.store, ask.event)._replace(about=ask.event.id)
    except NotUnderstood:
        return None
    verdict = judge(claim, ask.store, ask.as_of, plain=True)
    if verdict.verdict == "unverifiable" and known:
        article, superlative, rest = sentence.split(" ", 2)
        found = _asked(f"{article} {superlative} known {rest}", ask, known=False)
        return found if found and found.verdict == "holds" else verdict
    return verdict
