"""A row of GDELT → a sighting of a visit, or the reason why it is none: who went where, by the codes of the actors and of the place.

042 is a visit that actor 1 makes to actor 2, 043 one that actor 1 hosts. Actors have codes of CAMEO, places those of FIPS 10-4; neither are those of ISO.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import Span, parse_when
from timeline.importing.actors import ActorError, actor_of, meanings_of
from timeline.importing.gdelt import ADDRESS, CODE, ID, VISITS, WITHOUT_ZERO
from timeline.importing.tally import LEFT, Told
from timeline.importing.titles import Titles, titles_of
from timeline.importing.when import WhenError, read_date
from timeline.store.rules import ACTING
from timeline.tenures import holder_called
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.importing.rows import Row
    from timeline.vocabulary import Vocabulary

_CODE = re.compile("[A-Z]+")  # of CAMEO
GOVERNMENT, PARTY = "GOV", "PTY"  # types of actors
NO_VISITOR, NOWHERE = "no country of the visitor", "the visitor governs, GDELT does not say where"
# GDELT's CAMEO.country.txt has these otherwise than ISO 3166-1, and parts of states as if they were some
CAMEO = {"ROM": "ROU", "MTN": "MNE", "TMP": "TLS", "BAG": "IRQ", "GZS": "PSE", "WSB": "PSE"}


class Key(NamedTuple):
    """What rows have in common that are one lead: the day, and the direction."""

    day: str
    visitor: str
    host: str


class Sighting(NamedTuple):
    """A row that may tell of a visit. `name` is the visitor's, `other` the host's, as GDELT has them; `at` the actor in which it happened.

    `by_place`: the host is that of the place alone; `by_article`: the visitor is that of other rows of the article alone. Until they are read it is nobody.
    """

    key: Key
    row: "Row"
    place: str
    part: int
    name: str
    other: str
    at: str
    by_place: bool
    by_article: bool = False

    def cell(self, column: str) -> str:
        return tidy(self.row.cells.get(column, ""))

    @property
    def lag(self) -> int:
        """The days from the one that GDELT gives to that on which it added the row; 0 where it does not say."""
        try:
            added = parse_when(read_date(self.cell("DATEADDED")[: len("YYYYMMDD")]).start).start.earliest
        except WhenError:
            return 0
        return added - parse_when(self.key.day).start.earliest


@dataclass(slots=True)
class Judge:
    """Says of a row of what visit it may tell, or why it tells of none.

    `others` has, by address and actor, whom else the rows of visits that are placed there name: an article may say in one row whose the minister is that goes there in another.
    """

    words: "Vocabulary"
    titles: Titles = field(init=False)
    others: dict[tuple[str, str], set[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.titles = titles_of(self.words, {})

    def judged(self, row: "Row", place: str, part: int) -> Sighting | Told:
        """A refusal's name begins with `refused: `; what is left out is none."""
        cells = row.cells
        code = cells[CODE]
        if code in WITHOUT_ZERO:
            return _refused("event-code", f"{CODE} {code!r} has lost its zero; codes are text: 0{code}")
        if not cells.get(ID, "").isdecimal():
            return _refused("row-id-missing", f"{ID} {cells.get(ID, '')!r} is no number")
        try:
            return self._directed(row, _day(cells["SQLDATE"]), place, part)
        except WhenError as error:
            return _refused(error.name, f"SQLDATE: {error}")
        except ActorError as error:
            return _refused(error.name, str(error))

    def _directed(self, row: "Row", day: str, place: str, part: int) -> Sighting | Told:
        """Rules for leads, in their order; the first that a row fails is its reason."""
        cells = row.cells
        visiting, hosting = "12" if cells[CODE] == VISITS[0] else "21"
        span = parse_when(day).start
        visitor = self._country(cells[f"Actor{visiting}CountryCode"], span)
        at = self._at(cells["ActionGeo_CountryCode"], span)
        host = self._country(cells[f"Actor{hosting}CountryCode"], span)
        self._note(cells.get(ADDRESS, ""), visitor, host, at)
        governs = self._governs(cells, visiting, visitor)
        if not visitor and not (governs and not cells[f"Actor{visiting}CountryCode"]):
            return left(NO_VISITOR)
        by_place = not host and not cells[f"Actor{hosting}CountryCode"]
        if by_place:
            host = at if at != visitor else ""
        if not host:
            return left("no country of the host")
        if host == visitor:
            return left("domestic")
        if not governs:
            return left("the visitor is no government and no leader")
        name, other = (tidy(cells[f"Actor{side}Name"]) for side in (visiting, hosting))
        return Sighting(Key(day, visitor, host), row, place, part, name, other, at, by_place)

    def _note(self, address: str, visitor: str, host: str, at: str) -> None:
        sides = {visitor, host}
        if address and at in sides and "" not in sides and len(sides) == 2:
            self.others.setdefault((address, at), set()).update(sides - {at})

    def placed(self, sighting: Sighting) -> Sighting | Told:
        """A sighting whose visitor GDELT does not place, once all rows are read: he is of the only other actor that rows of his article name in the host."""
        others = self.others.get((sighting.row.cells.get(ADDRESS, ""), sighting.key.host), set())
        if len(others) != 1:
            return left(NOWHERE)
        return sighting._replace(key=sighting.key._replace(visitor=min(others)), by_article=True)

    def _country(self, code: str, day: Span) -> str:
        """An actor by CAMEO's code; empty for regions and organisations."""
        code = CAMEO.get(code, code)
        actor = self.words.actors.get(self.words.actor(code) or "") if code else None
        if actor is None or actor.kind == "organisation" or code not in (actor.iso3, *actor.aliases):
            return ""
        return actor_of(actor.name, day, {}, self.words)

    def _at(self, code: str, day: Span) -> str:
        try:
            return self._country(_fips().get(code, ""), day)
        except ActorError:
            return ""

    def _governs(self, cells: dict[str, str], side: str, actor: str) -> bool:
        """A government, an office by its title, the leader of a party."""
        types = {cells[f"Actor{side}Type{number}Code"] for number in "123"}
        name = tidy(cells[f"Actor{side}Name"])
        leads = {"leader", "party"} <= {*name.casefold().split(), *(["party"] if PARTY in types else [])}
        return GOVERNMENT in types or leads or bool(self.titles.of(name, actor)[0])

    def person(self, name: str, actor: str) -> str:
        """Somebody whom the vocabulary or the table of tenures knows by a name; otherwise nobody, as GDELT names countries, towns and offices too."""
        return self.words.people_index.find(name) or holder_called(name, actor)


def _day(text: str) -> str:
    """Raises WhenError for anything but YYYYMMDD."""
    if len(text) != len("YYYYMMDD") or not text.isdecimal():
        raise WhenError("date-unreadable", f"{text!r} is not written YYYYMMDD")
    return read_date(text).start


def _refused(name: str, why: str) -> Told:
    return Told(f"refused: {name}", why)


def left(why: str) -> Told:
    """Why a row of a visit, or of anything else, is no lead."""
    return Told(LEFT, why)


def naming(actors: "Iterable[str]", words: "Vocabulary") -> dict[str, frozenset[str]]:
    """By column the codes that may name one of some actors, on whatever day.

    A row of a lead between two of them has one: its host is that of an actor or of the place. So do the rows of an article that say whose the visitor is, which are placed in the host.
    """
    meant = set(actors)
    codes = {
        code for a in words.actors.values() for code in (a.iso3, *a.aliases) if _CODE.fullmatch(code)
    } | CAMEO.keys()
    cameo = frozenset(code for code in codes if not meant.isdisjoint(_ever(code, words)))
    fips = frozenset(place for place, code in _fips().items() if code in cameo)
    return {"Actor1CountryCode": cameo, "Actor2CountryCode": cameo, "ActionGeo_CountryCode": fips}


def _ever(code: str, words: "Vocabulary") -> set[str]:
    actor = words.actors.get(words.actor(CAMEO.get(code, code)) or "")
    return meanings_of(actor.name, words) if actor else set()


@cache
def _fips() -> dict[str, str]:
    """Codes of countries by FIPS 10-4, which GDELT's places have: CH is China there, and RS Russia."""
    return {row["fips"]: row["iso3"] for row in rows("fips-countries.csv")}


def tidy(text: str) -> str:
    return " ".join(re.sub(ACTING, "", text).split())
