"""What the words of a claim may mean: every combination of the switches that they leave open, each as a scope with the visits in it.

A switch is a function from a claim to choices, the plainest first; a choice is the words that name it and what it makes of the claim. A switch that a claim
does not leave open has one choice without words.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.claims.accessions import taken_before
from timeline.claims.lexicon import ANYBODY, FORMAL, INFORMAL
from timeline.claims.meetings import border_meetings, meetings
from timeline.claims.model import GAPS, NO_LESS, NONE_WITHIN
from timeline.dates import NEVER_AFTER, Span
from timeline.query import Query, fits, select
from timeline.vocabulary import RANKS, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.model import Claim, Since, Who, Window
    from timeline.model import Event, Store
    from timeline.vocabulary import Vocabulary

FORMAL_ONLY = "without working, unofficial, secret and private visits that went elsewhere than to the capital"
UNDER_WAY = "visits already under way when it began count too"
FROM, AFTER = "from the beginning of ", "from after "
WITH_ENDS = "with both dates themselves"
TRANSITS = "transits count"
RECEIVED = "transits count on which somebody was received"
TOGETHER, APART = "ranks of all ladders on one scale", "each ladder apart"


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim with every ambiguous word taken in one way; `switches` names the ways.

    `borders`: meetings on a border line count. `apart`: each ladder of ranks by itself. `received`: receiving a visitor counts too. `formal`: what was
    neither formal nor led to the capital does not count. `lasting`: in a time without visits, none may have lasted into it. `newly`: of people who are
    counted, those of the visit in question came with it for the first time. `stopovers`: transits count on which somebody was received.
    """

    claim: "Claim"
    query: Query
    switches: tuple[tuple[str, str], ...] = ()
    borders: bool = False
    apart: bool = False
    received: bool = False
    formal: bool = False
    lasting: bool = False
    newly: bool = False
    stopovers: bool = False


class Asked(NamedTuple):
    """What a switch looks at: the claim, the visit that it is about, the record."""

    claim: "Claim"
    visit: "Event | None"
    store: "Store"


class Choice(NamedTuple):
    words: str = ""
    take: Callable[[Taken], Taken] = lambda taken: taken


Switch: TypeAlias = Callable[[Asked], tuple[Choice, ...]]
CLOSED = (Choice(),)


def readings(claim: "Claim", visit: "Event | None", store: "Store") -> "Iterator[Taken]":
    """Every way to take the claim, the plainest first. Ways that differ in nothing here are left to the caller to join."""
    asked = Asked(claim, visit, store)
    for choices in product(*(switch(asked) for switch in SWITCHES.values())):
        taken = Taken(claim, claim.base)
        for key, choice in zip(SWITCHES, choices, strict=True):
            taken = choice.take(taken)
            if choice.words:
                taken = replace(taken, switches=(*taken.switches, (key, choice.words)))
        if not _contradictory(taken, dict(taken.switches)):
            yield taken


def _contradictory(taken: Taken, switches: dict[str, str]) -> bool:
    """A step over the border is of no kind, nowhere near the capital, and not what a tag means."""
    query = taken.query
    return taken.borders and bool("kind" in switches or query.kinds or query.places or query.tags)


def scope_events(taken: Taken, store: "Store") -> "list[Event]":
    """The visits (or meetings) of one reading."""
    if taken.claim.object == "meeting":
        return meetings(store, taken.claim.pair, taken.query)
    found = select(store.events, taken.query, store.vocabulary)
    if taken.formal:
        found = [event for event in found if not _on_the_side(event, store.vocabulary)]
    if taken.stopovers:
        found = [event for event in found if event.kind != "transit" or event.met]
    if taken.borders:
        found = sorted([*found, *border_meetings(store, taken.query, found)], key=lambda event: event.order)
    return found


def _on_the_side(event: "Event", vocabulary: "Vocabulary") -> bool:
    """Whether a visit was neither formal nor led to the capital of its host, as far as the record knows."""
    capitals = {vocabulary.place(capital) for capital in vocabulary.actors[event.host].capitals}
    return event.kind in INFORMAL and bool(event.places) and capitals.isdisjoint(map(vocabulary.place, event.places))


# -- switches ------------------------------------------------------------------------------------------------------------------------------


def _who(asked: Asked) -> tuple[Choice, ...]:
    """The readings of the who-words that the visit in question itself meets, where one does; of words for the very top only those."""
    several = len(asked.claim.who) > 1
    return tuple(Choice(who.label if several else "", _taking(who)) for who in _possible(asked) or asked.claim.who[:1])


def _taking(who: "Who") -> Callable[[Taken], Taken]:
    def take(taken: Taken) -> Taken:
        base = taken.query
        query = replace(
            base,
            people=who.people or base.people,
            offices=who.offices or base.offices,
            level=who.level or base.level,
            ladder=who.ladder or base.ladder,
            party_rank=who.party_rank or base.party_rank,
            kinds=who.kinds or base.kinds,
        )
        return replace(taken, query=query)

    return take


def _possible(asked: Asked) -> "tuple[Who, ...]":
    claim, visit, store = asked
    if len(claim.who) == 1:
        return claim.who
    one_party = _party_counts(asked)
    if visit is None:
        return tuple(who for who in claim.who if who.party_states in (None, one_party))
    met = [
        who for who in claim.who if who.letter or (_meets(visit, who, store) and who.party_states in (None, one_party))
    ]
    return tuple([who for who in met if who.narrowest] or met)


def _party_counts(asked: Asked) -> bool:
    """Whether those of the visit in question, or without one anybody of the visitor's in the record, hold offices of a party."""
    claim, visit, store = asked
    visits = [visit] if visit else [e for e in store.events if e.type == "visit" and e.visitor in claim.base.visitors]
    return any(store.vocabulary.level(person.offices, "party") for event in visits for person in event.people)


def _meets(visit: "Event", who: "Who", store: "Store") -> bool:
    query = _taking(who)(Taken(None, Query(roles=("any",)))).query  # type: ignore[arg-type] # the scope alone is asked for
    return who.anybody or any(fits(person, query, store.vocabulary) for person in visit.people)


def _role(asked: Asked) -> tuple[Choice, ...]:
    """Whether somebody who only accompanied counts."""
    claim = asked.claim
    if not claim.roles_open or claim.base.roles or len(claim.pair) > 1:
        return CLOSED
    heads = Choice("heading the party", lambda taken: replace(taken, query=replace(taken.query, roles=("heads",))))
    return (Choice("heading the party or accompanying"), heads)


def _kind(asked: Asked) -> tuple[Choice, ...]:
    """A bare `visit` is one of any kind (semantics §4); beside a formal one, only what was neither formal nor to the capital may be taken for none.

    Not where the claim itself names such a one: it counts that.
    """
    claim, visit, store = asked
    said = not claim.kind_open or claim.base.kinds
    if visit is not None and visit.kind == "transit" and not said:
        return (Choice("transits left out"), Choice(TRANSITS, _with_transits))
    if not said and (visit is None or visit.kind != "transit") and _stopovers(claim, store):
        return (*_formal(asked), Choice(RECEIVED, lambda taken: replace(_with_transits(taken), stopovers=True)))
    return CLOSED if said else _formal(asked)


def _with_transits(taken: Taken) -> Taken:
    return replace(taken, query=replace(taken.query, kinds=("any",)))


def _stopovers(claim: "Claim", store: "Store") -> bool:
    """Whether the record has transits between the actors of a claim on which somebody was received."""
    query = replace(claim.base, kinds=("transit",))
    return claim.object == "visit" and any(event.met for event in select(store.events, query, store.vocabulary))


def _formal(asked: Asked) -> tuple[Choice, ...]:
    """Beside a formal visit, what was neither formal nor to the capital may be taken for none."""
    claim, visit, store = asked
    if visit is None or visit.kind not in FORMAL or claim.form in ("count", "nth", "last-was", "highest-since"):
        return CLOSED
    named = store.by_id.get(claim.since.event) if claim.since and claim.since.visit else None
    if named is not None and _on_the_side(named, store.vocabulary):
        return CLOSED
    return (Choice(), Choice(FORMAL_ONLY, lambda taken: replace(taken, formal=True)))


def _place(asked: Asked) -> tuple[Choice, ...]:
    """Whether a capital stands for its country."""
    capital = asked.claim.capital
    if not capital:
        return CLOSED
    there = Choice(
        f"only visits to {capital} itself",
        lambda taken: replace(taken, query=replace(taken.query, places=(capital,))),
    )
    return (Choice(), there)


def _window(asked: Asked) -> tuple[Choice, ...]:
    """'Since March' may begin with March or after it, 'between 1991 and 2009' take in the two years or not."""
    window, since = asked.claim.window, asked.claim.since
    if window is not None and window.inner is not None:
        return _between(window, window.inner)
    if asked.claim.form == "nth" and since is not None and (later := _later(asked)):
        start = since.span.latest + 1
        after = replace(since, span=Span(start, start), period=False)
        from_after = Choice(later, lambda taken: replace(taken, claim=replace(taken.claim, since=after)))
        return (Choice(f"{FROM}{since.label}"), from_after)
    if window is None or window.anchor != "since" or since is None or not since.period:
        return CLOSED
    first, last = since.span
    later = _later(asked)

    def counting(words: str, start: int) -> Choice:
        period = replace(window, anchor="period", span=Span(start, NEVER_AFTER), label=words)
        return Choice(words, lambda taken: replace(taken, claim=replace(taken.claim, window=period)))

    begins = counting(f"{FROM}{since.label}", first)
    return (begins, counting(later, last + 1)) if later else (begins._replace(words=""),)


def _later(asked: Asked) -> str:
    """The words for counting from after a time, 'since March' or 'since 2005'; none where it is a day, or not over when the claim looks back."""
    since = asked.claim.since
    if since is None or not since.period or since.span.earliest == since.span.latest:
        return ""
    until = asked.visit.date.start if asked.visit else asked.claim.published
    return "" if until and until.earliest <= since.span.latest else f"{AFTER}{since.label}"


def _between(window: "Window", inner: Span) -> tuple[Choice, ...]:
    """Strictly between two dates, or with both of them."""

    def counting(words: str, span: Span | None) -> Choice:
        taken_window = replace(window, span=span, inner=None)
        return Choice(words, lambda taken: replace(taken, claim=replace(taken.claim, window=taken_window)))

    return (counting("strictly between the two dates", inner), counting(WITH_ENDS, window.span))


def _edge(asked: Asked) -> tuple[Choice, ...]:
    """A visit that began before the time in which is counted, and lasts into it, may be counted.

    `The second visit of the year` begins in it, and what is counted since an event comes after it; `the second in 15 months` counts back.
    """
    window, since = asked.claim.window, asked.claim.since
    if asked.claim.negated and asked.claim.number:
        return (Choice(), Choice(UNDER_WAY, lambda taken: replace(taken, lasting=True)))
    if asked.claim.form != "count" or window is None or window.staying or (since and not since.period):
        return CLOSED
    if window.ordinal and window.anchor not in ("visit", "publication"):
        return CLOSED

    def staying(taken: Taken) -> Taken:
        inside = replace(taken.claim.window, staying=True)  # type: ignore[type-var] # there is one, as seen above
        return replace(taken, claim=replace(taken.claim, window=inside))

    return (Choice(), Choice(UNDER_WAY, staying))


def _since(asked: Asked) -> tuple[Choice, ...]:
    """'None since 2010' may say that the last was in 2010, or only that there was none after it; 'none in 10 years' likewise."""
    claim = asked.claim
    since = claim.since
    if claim.negated and claim.form in ("first-in", "none-since") and not (since or claim.hedges - {"known"}):
        return NONE_IN
    looked_back_from = asked.visit.date.start if asked.visit else claim.published
    if claim.form != "none-since" or since is None or not since.period:
        return CLOSED
    if looked_back_from is not None and looked_back_from.earliest <= since.span.latest:
        return CLOSED  # said within the period itself
    after = replace(since, span=Span(since.span.latest + 1, since.span.latest + 1), period=False)
    weak = Choice(f"none after {since.label}", lambda taken: replace(taken, claim=replace(taken.claim, since=after)))
    return (Choice(f"the last was in {since.label}"), weak)


def _past(asked: Asked) -> tuple[Choice, ...]:
    """'The first in the past N years' is "in N years" in print, and to the letter says of all of that time that none came in it."""
    if asked.claim.form != "first-in" or asked.claim.negated or NONE_WITHIN not in asked.claim.hedges:
        return CLOSED
    return IN_THE_PAST


def _accession(asked: Asked) -> tuple[Choice, ...]:
    """Which time is meant in which somebody took an office, of those before the visit in question."""
    claim, visit, _ = asked
    if claim.since is None or not claim.since.others:
        return CLOSED

    def counting(since: "Since", words: str) -> Choice:
        return Choice(words, lambda taken: replace(taken, claim=replace(taken.claim, since=since)))

    known = [replace(claim.since, others=()), *claim.since.others]
    meant = taken_before(known, visit.date.start if visit else claim.published)
    return tuple(counting(since, since.label if len(meant) > 1 else "") for since in meant)


def _no_less(taken: Taken) -> Taken:
    return replace(taken, claim=replace(taken.claim, hedges=taken.claim.hedges | {NO_LESS}))


NONE_IN = (
    Choice("the last came that long ago"),
    Choice("none in that time, be the last longer ago or never", _no_less),
)


IN_THE_PAST = (
    Choice(
        "the last came that long ago",
        lambda taken: replace(taken, claim=replace(taken.claim, hedges=taken.claim.hedges - {NONE_WITHIN})),
    ),
    Choice("none in all of that time, be the last longer ago or never"),
)


def _border(asked: Asked) -> tuple[Choice, ...]:
    if asked.claim.object in ("meeting", "person") or asked.claim.capital:
        return CLOSED  # who names the capital does not mean the border line
    counts = Choice("meetings on the host's side of a border line count", lambda taken: replace(taken, borders=True))
    return (Choice(), counts)


def _order(asked: Asked) -> tuple[Choice, ...]:
    """How ranks on different ladders compare."""
    if asked.claim.form != "highest-since":
        return CLOSED
    return (Choice(TOGETHER), Choice(APART, lambda taken: replace(taken, apart=True)))


def _capacity(asked: Asked) -> tuple[Choice, ...]:
    """'His seventh visit', with nothing said from when on, may count those in the rank that he has now, or all that he ever made."""
    claim, visit, store = asked
    who = claim.who[0]
    plain = len(claim.who) == 1 and who.people and not who.offices and claim.object == "visit"
    if claim.form != "nth" or claim.since or visit is None or not plain:
        return CLOSED
    levels = [store.vocabulary.level(p.offices) for p in visit.people if p.name in who.people]
    rank = rank_of(max(levels, default=0))
    level = RANKS[rank]
    if not level:
        return CLOSED
    as_now = Choice(f"as {rank} or above", lambda taken: replace(taken, query=replace(taken.query, level=level)))
    return (Choice("in whatever office"), as_now)


def _received(asked: Asked) -> tuple[Choice, ...]:
    """Whether receiving a visitor is an exchange."""
    if asked.claim.object != "exchange" or asked.claim.who == (ANYBODY,):
        return CLOSED
    return (Choice(), Choice("receiving a visitor counts too", lambda taken: replace(taken, received=True)))


def _newly(asked: Asked) -> tuple[Choice, ...]:
    """'Xi is the fourth president to visit', said of his second visit, is true of him, and not of that visit."""
    claim, visit, store = asked
    if claim.object != "person" or visit is None:
        return CLOSED
    here = {person.name for person in visit.people}
    if not any(p.name in here for e in store.events if e is not visit and e.type == "visit" for p in e.people):
        return CLOSED
    return (Choice(), Choice("who came for the first time with this visit", lambda taken: replace(taken, newly=True)))


def _tens(asked: Asked) -> tuple[Choice, ...]:
    """'Nearly 20 years', 'nearly a decade' are round numbers: 18 years are nearly 20 to some."""
    claim = asked.claim
    if claim.form not in ("first-in", "none-since") or "nearly" not in claim.hedges or not claim.number:
        return CLOSED
    if claim.unit != "decades" and (claim.unit != "years" or claim.number < 20 or claim.number % 10):
        return CLOSED

    def rounded(taken: Taken) -> Taken:
        return replace(taken, claim=replace(taken.claim, unit="tens"))

    return (Choice(), Choice("rounded up to tens", rounded))


def _until(asked: Asked) -> tuple[Choice, ...]:
    """'The longest gap', of a visit after which others came, may be the longest until then, or to this day."""
    claim, visit, store = asked
    if claim.form not in GAPS or claim.then or claim.published or visit is None:
        return CLOSED
    day = visit.date.start.latest
    if not any(e.type == visit.type and e.date.start.latest > day for e in store.events):
        return CLOSED
    then = Choice("of the gaps until then", lambda taken: replace(taken, claim=replace(taken.claim, then=True)))
    return (Choice("of all gaps to this day"), then)


SWITCHES: dict[str, Switch] = {
    "who": _who,
    "role": _role,
    "kind": _kind,
    "place": _place,
    "window": _window,
    "edge": _edge,
    "since": _since,
    "past": _past,
    "accession": _accession,
    "border": _border,
    "order": _order,
    "capacity": _capacity,
    "received": _received,
    "newly": _newly,
    "tens": _tens,
    "until": _until,
}
