"""What the words of a claim may mean: every combination of the switches that they leave open, each as a scope with the visits in it.

A switch is a function from a claim to choices, the plainest first; a choice is the words that name it and what it makes of the claim. A switch that a claim
does not leave open has one choice without words.
"""

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from timeline.claims.accessions import accession, taken_before
from timeline.claims.lexicon import ANYBODY, FORMAL, INFORMAL, KINDS
from timeline.claims.meetings import border_meetings, meetings
from timeline.claims.model import EVER, UNKNOWN, NotUnderstood, Since, Who
from timeline.claims.remember import chosen, of_each, of_the_store
from timeline.claims.stays import journey_choices
from timeline.claims.taken import CLOSED, Asked, Choice, Switch, Taken, claiming
from timeline.claims.time_readings import (
    among_choices,
    close_choices,
    dated_choices,
    dating_choices,
    edge_choices,
    is_count,
    past_choices,
    present_choices,
    previous_choices,
    since_choices,
    tens_choices,
    tie_choices,
    until_choices,
    window_choices,
)
from timeline.query import ANY, Query, fits
from timeline.vocabulary import RANKS, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.claims.model import Claim
    from timeline.model import Event, Store
    from timeline.vocabulary import Vocabulary

FORMAL_ONLY = "without working, unofficial, secret and private visits that went elsewhere than to the capital"
TRANSITS = "transits count"
WORKING = "working visits are official ones too"  # to print they often are, and not every record tells the two apart
CEREMONIES = "visits for a ceremony are official ones too"
RECEIVED = "transits count on which somebody was received"
WHATEVER = "in whatever office"
TOGETHER, APART = "ranks of all ladders on one scale", "each ladder apart"


def readings(claim: "Claim", visit: "Event | None", store: "Store") -> "Iterator[Taken]":
    """Every way to take the claim, the plainest first. Ways that differ in nothing here are left to the caller to join."""
    asked = Asked(claim, visit, store)
    for choices in product(*(switch(asked) for switch in SWITCHES.values())):
        taken = Taken(claim, claim.base)
        for choice in choices:
            taken = choice.take(taken)
        told = zip(SWITCHES, choices, strict=True)
        taken = taken._replace(switches=tuple((key, choice.words) for key, choice in told if choice.words))
        if not _contradictory(taken, dict(taken.switches)):
            yield taken


def _contradictory(taken: Taken, switches: dict[str, str]) -> bool:
    """A step over the border is of no kind, nowhere near the capital, and not what a tag means."""
    query = taken.query
    return taken.borders and bool("kind" in switches or query.kinds not in ((), (ANY,)) or query.places or query.tags)


def scope_events(taken: Taken, store: "Store") -> "list[Event]":
    """The visits (or meetings) of one reading."""
    if taken.claim.object == "meeting":
        found = meetings(store, taken.claim.pair, taken.query, elsewhere=taken.elsewhere)
    else:
        found = kept(chosen(taken.query, store), taken, store)
    if taken.borders:
        found = sorted([*found, *border_meetings(store, taken.query, found)], key=lambda event: event.order)
    left_out = taken.but | {taken.claim.until}
    if taken.but_last and (said := taken.claim.published):
        left_out |= {event.id for event in [e for e in found if e.date.start.earliest <= said.latest][-1:]}
    return [event for event in found if event.id not in left_out]


def kept(events: "Iterable[Event]", taken: Taken, store: "Store") -> "list[Event]":
    """Those of some visits whose kind does not leave them out on one reading, beside what its scope says."""
    on_the_side = _sides(store)
    return [
        event
        for event in events
        if not (taken.formal and on_the_side(event))
        and not (taken.stopovers and event.kind == "transit" and not event.met)
    ]


@of_the_store
def _sides(store: "Store") -> "Callable[[Event], bool]":
    return of_each(lambda event: _on_the_side(event, store.vocabulary))


def _on_the_side(event: "Event", vocabulary: "Vocabulary") -> bool:
    """Whether a visit was neither formal nor led to the capital of its host, as far as the record knows."""
    capitals = {vocabulary.place(capital) for capital in vocabulary.actors[event.host].capitals}
    return event.kind in INFORMAL and bool(event.places) and capitals.isdisjoint(map(vocabulary.place, event.places))


# -- switches ------------------------------------------------------------------------------------------------------------------------------


def _who(asked: Asked) -> tuple[Choice, ...]:
    """The readings of the who-words that the visit in question itself meets, where one does; of words for the very top only those."""
    several = len(asked.claim.who) > 1
    return tuple(Choice(who.label if several else "", _taking(who)) for who in _possible(asked) or asked.claim.who[:1])


def _taking(who: Who) -> Callable[[Taken], Taken]:
    def take(taken: Taken) -> Taken:
        base = taken.query
        query = base._replace(
            people=who.people or base.people,
            offices=who.offices or base.offices,
            level=who.level or base.level,
            ladder=who.ladder or base.ladder,
            party_rank=who.party_rank or base.party_rank,
            kinds=who.kinds or base.kinds,
        )
        return taken._replace(query=query)

    return take


def _possible(asked: Asked) -> tuple[Who, ...]:
    claim, visit, store = asked
    if len(claim.who) == 1:
        return claim.who
    one_party = _party_counts(asked)
    if visit is None:
        return tuple(who for who in claim.who if who.party_states in (None, one_party))
    met = [
        who for who in claim.who if who.letter or (meets(visit, who, store) and who.party_states in (None, one_party))
    ]
    return tuple([who for who in met if who.narrowest] or met) or _as_high_as(visit, claim, store)


def _as_high_as(visit: "Event", claim: "Claim", store: "Store") -> tuple[Who, ...]:
    """`The first visit by a high-ranking official since February`, of a vice-minister: who says so counts those of his rank."""
    heads = [person.offices for person in visit.people if person.role == "heads"]
    rank = rank_of(max(map(store.vocabulary.level, heads), default=0))
    if claim.looks_back or not (claim.who[0].vague and RANKS[rank]):
        return ()
    return (Who(f"{rank} or above, as the visitor was", level=RANKS[rank]),)


def _party_counts(asked: Asked) -> bool:
    """Whether those of the visit in question, or without one anybody of the visitor's in the record, hold offices of a party."""
    claim, visit, store = asked
    visits = [visit] if visit else [e for e in store.events if e.type == "visit" and e.visitor in claim.base.visitors]
    return any(store.vocabulary.level(person.offices, "party") for event in visits for person in event.people)


def meets(visit: "Event", who: Who, store: "Store") -> bool:
    """Whether somebody on a visit is what one reading of who-words says."""
    query = _taking(who)(Taken(None, Query(roles=("any",)))).query  # type: ignore[arg-type] # the scope alone is asked for
    return who.anybody or any(fits(person, query, store.vocabulary) for person in visit.people)


def _role(asked: Asked) -> tuple[Choice, ...]:
    """Whether somebody who only accompanied counts."""
    claim = asked.claim
    if not claim.roles_open or claim.base.roles or len(claim.pair) > 1:
        return CLOSED
    heads = Choice("heading the party", lambda taken: taken._replace(query=taken.query._replace(roles=("heads",))))
    return (Choice("heading the party or accompanying"), heads)


def _kind(asked: Asked) -> tuple[Choice, ...]:
    """A bare `visit` is one of any kind (semantics §4); beside a formal one, only what was neither formal nor to the capital may be taken for none.

    Not where the claim itself names such a one: it counts that.
    """
    claim, visit, store = asked
    said = not claim.kind_open or claim.base.kinds
    if claim.kinds_told:
        word = min((word for word, kinds in KINDS.items() if kinds == claim.kinds_told), key=len)
        return (*_formal(asked), Choice(f"{word.removesuffix(' visit')} visits alone", _of_kinds(claim.kinds_told)))
    if claim.base.kinds == KINDS["official"]:
        return (Choice(), Choice(WORKING, _with("working")), Choice(CEREMONIES, _with("ceremony")))
    if visit is not None and visit.kind == "transit" and not said:
        return (Choice("transits left out"), Choice(TRANSITS, _with_transits))
    if not said and (visit is None or visit.kind != "transit") and _stopovers(claim, store):
        return (*_formal(asked), Choice(RECEIVED, lambda taken: _with_transits(taken)._replace(stopovers=True)))
    return CLOSED if said else _formal(asked)


def _of_kinds(kinds: tuple[str, ...]) -> Callable[[Taken], Taken]:
    return lambda taken: taken._replace(query=taken.query._replace(kinds=kinds, roles=taken.query.roles or ("heads",)))


def _with(kind: str) -> Callable[[Taken], Taken]:
    return lambda taken: taken._replace(query=taken.query._replace(kinds=(*taken.query.kinds, kind)))


def _with_transits(taken: Taken) -> Taken:
    return taken._replace(query=taken.query._replace(kinds=("any",)))


def _stopovers(claim: "Claim", store: "Store") -> bool:
    """Whether the record has transits between the actors of a claim on which somebody was received."""
    query = claim.base._replace(kinds=("transit",))
    return claim.object == "visit" and any(event.met for event in chosen(query, store))


def _formal(asked: Asked) -> tuple[Choice, ...]:
    """Beside a formal visit, what was neither formal nor to the capital may be taken for none."""
    claim, visit, store = asked
    if visit is None or visit.kind not in FORMAL or claim.form in ("count", "nth", "last-was", "highest-since"):
        return CLOSED
    named = store.by_id.get(claim.since.event) if claim.since and claim.since.visit else None
    if named is not None and _on_the_side(named, store.vocabulary):
        return CLOSED
    return (Choice(), Choice(FORMAL_ONLY, lambda taken: taken._replace(formal=True)))


def _place(asked: Asked) -> tuple[Choice, ...]:
    """Whether a capital stands for its country."""
    capital = asked.claim.capital
    if not capital:
        return CLOSED
    there = Choice(
        f"only visits to {capital} itself",
        lambda taken: taken._replace(query=taken.query._replace(places=(capital,))),
    )
    return (Choice(), there)


def _purpose(asked: Asked) -> tuple[Choice, ...]:
    """What a visit is said to be for may only be told of it, or say which are counted, if the record has it as such a one."""
    tags, visit = asked.claim.tags_told, asked.visit
    if not tags or (visit is not None and not set(tags) <= set(visit.tags)):
        return CLOSED
    such = Choice(f"only visits for a {tags[0]}", lambda taken: taken._replace(query=taken.query._replace(tags=tags)))
    return (Choice(), such)


def _accession(asked: Asked) -> tuple[Choice, ...]:
    """Which time is meant in which somebody took an office, of those before the visit in question."""
    claim, visit, _ = asked
    if claim.since is None or not claim.since.others:
        return CLOSED

    known = [claim.since._replace(others=()), *claim.since.others]
    meant = taken_before(known, visit.date.start if visit else claim.published)
    return tuple(claiming(since.label if len(meant) > 1 else "", since=since) for since in meant)


def _border(asked: Asked) -> tuple[Choice, ...]:
    if asked.claim.object == "meeting" or asked.claim.capital:
        return CLOSED  # who names the capital does not mean the border line
    counts = Choice("meetings on the host's side of a border line count", lambda taken: taken._replace(borders=True))
    return (Choice(), counts)


def _order(asked: Asked) -> tuple[Choice, ...]:
    """How ranks on different ladders compare."""
    if asked.claim.form != "highest-since":
        return CLOSED
    return (Choice(TOGETHER), Choice(APART, lambda taken: taken._replace(apart=True)))


def _as_rank(rank: str) -> str:
    return f"as {rank} or above"


AS_HE_LED = (_as_rank("leader"), _as_rank("head-of-state"))


def _capacity(asked: Asked) -> tuple[Choice, ...]:
    """'His seventh visit', with nothing said from when on, may count those in the rank that he has now, or all that he ever made. State visits are made by heads of state alone.

    'He has visited five times', of one who made all that are on record as leader, is counted so, too.
    """
    claim, visit, store = asked
    who = claim.who[0]
    plain = len(claim.who) == 1 and who.people and not who.offices and claim.object == "visit"
    if claim.since or not plain:
        return CLOSED
    if claim.form == "nth" and visit is not None:
        rank = rank_of(_level_on(visit, who, store))
    elif is_count(claim) and claim.window and claim.window.span and claim.window.span.earliest == EVER.earliest:
        levels = [_level_on(event, who, store) for event in chosen(claim.base._replace(people=who.people), store)]
        rank = rank_of(min(levels, default=0))
        if _as_rank(rank) not in AS_HE_LED:
            return CLOSED
    else:
        return CLOSED
    level = RANKS[rank]
    if not level:
        return CLOSED
    state = claim.base.kinds == KINDS["state"] and level >= RANKS["head-of-state"]
    as_now = Choice(
        "" if state else _as_rank(rank), lambda taken: taken._replace(query=taken.query._replace(level=level))
    )
    return (as_now,) if state else (Choice(WHATEVER), as_now)


def _level_on(event: "Event", who: Who, store: "Store") -> int:
    """The highest level that somebody had on a visit."""
    return max((store.vocabulary.level(p.offices) for p in event.people if p.name in who.people), default=0)


def _received(asked: Asked) -> tuple[Choice, ...]:
    """Whether receiving a visitor is an exchange."""
    if asked.claim.object != "exchange" or asked.claim.who == (ANYBODY,):
        return CLOSED
    return (Choice(), Choice("receiving a visitor counts too", lambda taken: taken._replace(received=True)))


def _elsewhere(asked: Asked) -> tuple[Choice, ...]:
    """Whether somebody `received` those too whom he met in another country than his own."""
    claim, _, store = asked
    if claim.object != "meeting" or len(claim.pair) != 1:
        return CLOSED
    at_home = meetings(store, claim.pair, claim.base, elsewhere=False)
    if len(at_home) == len(meetings(store, claim.pair, claim.base)):
        return CLOSED
    return (
        Choice(),
        Choice(
            "meetings in other countries or on a border line count too", lambda taken: taken._replace(elsewhere=True)
        ),
    )


def _host_led(asked: Asked) -> tuple[Choice, ...]:
    """Whether those count whom a host met before he led: 'the first leader hosted by Xi', of one whom he met as vice-president."""
    claim, _, store = asked
    if claim.object != "meeting" or len(claim.pair) != 1:
        return CLOSED
    power = Since("took power", UNKNOWN, event=f"accession:{claim.pair[0]}")
    try:
        led = accession(power, claim, store)
    except NotUnderstood:
        return CLOSED
    start = min(since.span.earliest for since in (led, *led.others))
    early = frozenset(e.id for e in meetings(store, claim.pair, claim.base) if e.date.start.latest < start)
    if not early:
        return CLOSED
    since = Choice(f"only since {claim.pair[0]} took power", lambda taken: taken._replace(but=taken.but | early))
    return (Choice(), since)


def _newly(asked: Asked) -> tuple[Choice, ...]:
    """'Xi is the fourth president to visit', said of his second visit, is true of him, and not of that visit."""
    claim, visit, store = asked
    if claim.object != "person" or visit is None:
        return CLOSED
    here = {person.name for person in visit.people}
    if not any(p.name in here for e in store.events if e is not visit and e.type == "visit" for p in e.people):
        return CLOSED
    return (Choice(), Choice("who came for the first time with this visit", lambda taken: taken._replace(newly=True)))


SWITCHES: dict[str, Switch] = {
    "who": _who,
    "role": _role,
    "kind": _kind,
    "place": _place,
    "purpose": _purpose,
    "window": window_choices,
    "dating": dating_choices,
    "edge": edge_choices,
    "since": since_choices,
    "past": past_choices,
    "accession": _accession,
    "among": among_choices,
    "dated": dated_choices,
    "border": _border,
    "order": _order,
    "capacity": _capacity,
    "received": _received,
    "elsewhere": _elsewhere,
    "host": _host_led,
    "newly": _newly,
    "tens": tens_choices,
    "close": close_choices,
    "until": until_choices,
    "journey": journey_choices,
    "tie": tie_choices,
    "present": present_choices,
    "previous": previous_choices,
}
