"""Who of two parties ranked higher: on one scale for all ladders, or on each ladder apart (semantics §7: party, state and royal ladders are easily mixed)."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.remember import chosen
from timeline.dates import NEVER_BEFORE
from timeline.query import Query, fits
from timeline.vocabulary import RANKS, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Event, Person, Store
    from timeline.vocabulary import Vocabulary

SEATS = ("-member", "-alternate")  # how offices end that are one of many in a body
_ORDER = {rank: -number for number, rank in enumerate(RANKS)}


class Standing(NamedTuple):
    """How high a party ranked: its highest level, that on each ladder, and the best number in the party's order (0 unknown)."""

    level: int
    ladders: "Mapping[str, int]"
    party_rank: int

    @property
    def rank(self) -> int:
        return _ORDER[rank_of(self.level)]


def standing(event: "Event", roles: tuple[str, ...], vocabulary: "Vocabulary") -> Standing:
    """Of those of a party in the roles counted (empty: all)."""
    people = [person for person in event.people if not roles or person.role in roles]
    ladders = vocabulary.levels(office for person in people for office in person.offices)
    return Standing(max(ladders.values()), ladders, _best_rank(people))


def _best_rank(people: "Iterable[Person]") -> int:
    return min((person.party_rank for person in people if person.party_rank), default=0)


def came_as_high(visit: "Event", last: "Event | None", query: Query, store: "Store", *, anybody: bool = False) -> bool:
    """Whether somebody who heads a visit in an office, or anybody who ranks no higher than he, came since the last one in that office, or ever, with other titles as high: then to call it the first says more of titles than of visits."""
    heads = tuple(person.name for person in visit.people if fits(person, query, store.vocabulary))
    if not (heads and query.offices):
        return False
    people = () if anybody else heads
    scope = query._replace(people=people, offices=(), level=store.vocabulary.lowest(query.offices))
    first = last.date.start.earliest if last else NEVER_BEFORE
    own = standing(visit, query.roles, store.vocabulary).rank
    return any(
        event is not visit
        and first < event.date.start.latest
        and event.date.start.earliest < visit.date.start.latest
        and not any(fits(person, query, store.vocabulary) for person in event.people)
        and not (anybody and standing(event, query.roles, store.vocabulary).rank > own)
        for event in chosen(scope, store)
    )


def as_high_together(other: Standing, own: Standing) -> bool:
    """At least as high on the one scale; among equals of a numbered order, the lower number is higher."""
    if other.level == own.level and other.party_rank and own.party_rank:
        return other.party_rank <= own.party_rank
    return other.level >= own.level > 0


def as_high_apart(other: Standing, own: Standing) -> bool:
    """At least as high on some ladder, and of no lower rank altogether; or a member of the same body of the party, where no order of its members is known."""
    if as_high_together(other, own) or _party_peers(other, own):
        return True
    if other.rank < own.rank:
        return False
    for ladder, level in other.ladders.items():
        if level == own.ladders[ladder] and ladder == "party" and other.party_rank and own.party_rank:
            if other.party_rank <= own.party_rank:
                return True
        elif level and level >= own.ladders[ladder]:
            return True
    return False


def _party_peers(other: Standing, own: Standing) -> bool:
    level = own.ladders["party"]
    return level >= RANKS["politburo"] and other.ladders["party"] == level and not (other.party_rank and own.party_rank)


def chief_offices(person: "Person", vocabulary: "Vocabulary") -> list[str]:
    """Of the offices that somebody holds the highest on each ladder, that of the state first: a general secretary's visits as member of the Standing Committee are no news."""
    ladders = {office: vocabulary.offices[office].ladder for office in person.offices}
    ranked = sorted(person.offices, key=lambda office: -vocabulary.offices[office].level)
    highest = {ladder: next(o for o in ranked if ladders[o] == ladder) for ladder in ladders.values()}
    return sorted(highest.values(), key=lambda o: (ladders[o] != "state", -vocabulary.offices[o].level))
