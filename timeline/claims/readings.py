"""What the words of a claim may mean: every combination of the switches that they leave open, each as a scope with the visits in it."""

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from timeline.claims.lexicon import FORMAL
from timeline.query import Query, fits, select
from timeline.vocabulary import RANKS, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.model import Claim, Who, Window
    from timeline.model import Event, Store

TOGETHER, APART = "ranks of all ladders on one scale", "each ladder apart"


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim with every ambiguous word taken in one way; `switches` names the ways.

    `borders`: meetings on a border line count. `apart`: each ladder of ranks by itself. `received`: receiving a visitor counts too.
    """

    claim: "Claim"
    query: "Query"
    switches: tuple[tuple[str, str], ...]
    borders: bool = False
    apart: bool = False
    received: bool = False


def readings(claim: "Claim", visit: "Event | None", store: "Store") -> "Iterator[Taken]":
    """Every way to take the claim, the plainest first. Ways that differ in nothing here are left to the caller to join."""
    whos = _possible(claim, visit, store) or claim.who[:1]
    axes = product(
        whos,
        _roles(claim),
        _kinds(claim, visit),
        _places(claim),
        _windows(claim),
        (False, True) if claim.object != "meeting" else (False,),
        (False, True) if claim.form == "highest-since" else (False,),
        _capacities(claim, visit, store),
        (False, True) if claim.object == "exchange" and any(not who.anybody for who in whos) else (False,),
        _tens(claim),
    )
    for who, (role_words, roles), (kind_words, kinds), (place_words, places), window, borders, apart, (
        capacity_words,
        level,
    ), received, tens in axes:
        if borders and (
            kind_words or place_words or who.kinds or claim.base.kinds or claim.base.places or claim.base.tags
        ):
            continue  # a step over the border is of no kind, nowhere near the capital, and not what a tag means
        query = replace(
            claim.base,
            people=who.people or claim.base.people,
            offices=who.offices or claim.base.offices,
            level=level or who.level or claim.base.level,
            ladder=who.ladder or claim.base.ladder,
            party_rank=who.party_rank or claim.base.party_rank,
            kinds=kinds or who.kinds or claim.base.kinds,
            roles=roles or claim.base.roles,
            places=places or claim.base.places,
        )
        words = {
            "who": who.label if len(claim.who) > 1 else "",
            "role": role_words,
            "kind": kind_words,
            "place": place_words,
            "window": window.label if window and len(_windows(claim)) > 1 else "",
            "capacity": capacity_words,
            "received": "receiving a visitor counts too" if received else "",
            "tens": "rounded to tens" if tens else "",
            "border": "meetings on the host's side of a border line count" if borders else "",
            "order": (APART if apart else TOGETHER) if claim.form == "highest-since" else "",
        }
        counted = replace(claim, unit="decades", hedges=claim.hedges - {"nearly"}) if tens else claim
        yield Taken(
            replace(counted, window=window),
            query,
            tuple((k, w) for k, w in words.items() if w),
            borders,
            apart,
            received,
        )


def _possible(claim: "Claim", visit: "Event | None", store: "Store") -> "tuple[Who, ...]":
    """The readings of the who-words that the visit in question itself meets, where one does; of words for the very top only the first."""
    if visit is None or len(claim.who) == 1:
        return claim.who
    one_party = any(store.vocabulary.level(person.offices, "party") for person in visit.people)
    met = [who for who in claim.who if _meets(visit, who, store) and (one_party or not who.party_states)]
    return tuple(met[:1] if met and met[0].narrowest else met)


def _meets(visit: "Event", who: "Who", store: "Store") -> bool:
    query = Query(
        people=who.people,
        offices=who.offices,
        level=who.level,
        ladder=who.ladder,
        party_rank=who.party_rank,
        roles=("any",),
    )
    return who.anybody or any(fits(person, query, store.vocabulary) for person in visit.people)


def _roles(claim: "Claim") -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not claim.roles_open or claim.base.roles:
        return (("", claim.base.roles),)
    return (("heading the party or accompanying", ()), ("heading the party", ("heads",)))


def _capacities(claim: "Claim", visit: "Event | None", store: "Store") -> tuple[tuple[str, int], ...]:
    """'His seventh visit', with nothing said from when on, may count those in the rank that he has now, or all that he ever made."""
    people = claim.who[0].people
    if (
        claim.form != "nth"
        or claim.since
        or visit is None
        or len(claim.who) > 1
        or not people
        or claim.who[0].offices
        or claim.object != "visit"
    ):
        return (("", 0),)
    levels = [store.vocabulary.level(p.offices) for p in visit.people if p.name in people]
    rank = RANKS[rank_of(max(levels, default=0))]
    return (("in whatever office", 0), (f"as {rank_of(rank)} or above", rank)) if rank else (("", 0),)


def _tens(claim: "Claim") -> tuple[bool, ...]:
    """'Nearly 20 years' is a round number: 18 years are nearly 20 to some."""
    round_number = (
        claim.form == "first-in"
        and "nearly" in claim.hedges
        and claim.unit == "years"
        and claim.number >= 20
        and claim.number % 10 == 0
    )
    return (False, True) if round_number else (False,)


def _kinds(claim: "Claim", visit: "Event | None") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A formal visit may be compared with formal ones only, where the claim does not say."""
    if (
        not claim.kind_open
        or claim.base.kinds
        or visit is None
        or visit.kind not in FORMAL
        or claim.form in ("count", "nth", "last-was", "highest-since")
    ):
        return (("", ()),)
    others = ("state", "official", "goodwill", "ceremony", "multilateral", "envoy")
    return (("", ()), ("formal visits only", others))


def _places(claim: "Claim") -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not claim.capital:
        return (("", ()),)
    return (("", ()), (f"only visits to {claim.capital} itself", (claim.capital,)))


def _windows(claim: "Claim") -> "tuple[Window | None, ...]":
    """'Since March' may begin with March or after it; a count back from nowhere said may be back from the visit or from publication."""
    from timeline.dates import Span

    window, since = claim.window, claim.since
    if window is None or window.anchor != "since" or since is None or not since.period:
        return (window,)
    first = replace(
        window,
        anchor="period",
        span=Span(since.span.earliest, 10**7),
        label=f"from the beginning of {since.label}",
    )
    after = replace(
        window, anchor="period", span=Span(since.span.latest + 1, 10**7), label=f"from after {since.label}"
    )
    return (first, after) if claim.form == "count" and _month(since.span) else (first,)


def _month(span: "tuple[int, int]") -> bool:
    return 0 < span[1] - span[0] < 32


def scope_events(taken: Taken, store: "Store") -> "list[Event]":
    """The visits (or meetings) of one reading."""
    if taken.claim.object == "meeting":
        from timeline.claims.meetings import meetings

        return meetings(store, taken.claim.pair, taken.query)
    found = select(store.events, taken.query, store.vocabulary)
    if taken.borders:
        from timeline.claims.meetings import border_meetings

        found = sorted([*found, *border_meetings(store, taken.query)], key=lambda event: event.order)
    return found
