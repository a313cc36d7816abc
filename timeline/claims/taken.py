"""A claim as it is taken in one way, and the choices of a switch: the words that name a way, and what it makes of the claim."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from timeline.claims.model import Claim
    from timeline.model import Event, Store
    from timeline.query import Query


class Taken(NamedTuple):
    """A claim with every ambiguous word taken in one way; `switches` names the ways.

    `borders`: meetings on a border line count. `apart`: each ladder of ranks by itself. `received`: receiving a visitor counts too. `formal`: what was
    neither formal nor led to the capital does not count. `lasting`: in a time without visits, none may have lasted into it. `newly`: of people who are
    counted, those of the visit in question came with it for the first time. `stopovers`: transits count on which somebody was received. `elsewhere`: so do meetings of a host in other countries than his own. `journeys`: a visit lasted from leaving home to coming back. `but`: the ids
    of visits that do not count, as they were under way when it was said; `but_last`: nor does the last one until then.
    """

    claim: "Claim"
    query: "Query"
    switches: tuple[tuple[str, str], ...] = ()
    borders: bool = False
    apart: bool = False
    received: bool = False
    formal: bool = False
    lasting: bool = False
    newly: bool = False
    stopovers: bool = False
    elsewhere: bool = False
    journeys: bool = False
    but: frozenset[str] = frozenset()
    but_last: bool = False


class Asked(NamedTuple):
    """What a switch looks at: the claim, the visit that it is about, the record."""

    claim: "Claim"
    visit: "Event | None"
    store: "Store"


class Choice(NamedTuple):
    words: str = ""
    take: Callable[[Taken], Taken] = lambda taken: taken


def claiming(words: str, **fields: Any) -> Choice:
    """The choice of a claim with other fields."""
    return Choice(words, lambda taken: taken._replace(claim=taken.claim._replace(**fields)))


Switch: TypeAlias = Callable[[Asked], tuple[Choice, ...]]
CLOSED = (Choice(),)
