"""The words of a store: actors, offices on their ladders, kinds, types, statuses. Data that ships with the package and that a store can extend."""

from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from timeline.names import Index, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KINDS = (
    "state",
    "official",
    "goodwill",
    "working",
    "unofficial",
    "secret",
    "ceremony",
    "multilateral",
    "transit",
    "envoy",
    "private",
)
TYPES = (
    "visit",
    "meeting",
    "treaty",
    "agreement",
    "ceremony",
    "statement",
    "sanction",
    "transport",
    "accession",
    "death",
    "other",
)
ACTOR_KINDS = ("state", "former-state", "organisation", "other")
STATUSES = ("happened", "announced", "cancelled", "candidate")
SUPPORTS = ("confirmed", "recalled", "conflicting")
ROLES = ("heads", "accompanies")
COVERED = ("complete", "near-complete", "partial")
LADDERS = ("state", "party", "parliament", "military", "royal", "envoy")

# Ranks from the highest to the lowest with the least level of each. Levels order offices of all ladders on one common scale
# (docs/ranks.md); a rank is what `--at-least` takes.
RANKS = {
    "leader": 100,
    "head-of-state": 85,
    "head-of-government": 80,
    "parliament-head": 71,
    "deputy-head": 60,
    "politburo": 50,
    "minister": 40,
    "envoy": 20,
    "official": 0,
}


class Actor(NamedTuple):
    """A state, a former state or an organisation. `successor` lists ids; `from_` and `to` are dates as text, empty where unlimited."""

    id: str
    name: str
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    iso2: str = ""
    iso3: str = ""
    kind: str = "state"
    from_: str = ""
    to: str = ""
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Office(NamedTuple):
    """An office at a level of a ladder. Higher levels are more senior, on one scale for all ladders.

    Who holds it also holds those that it `implies`: a member of the Standing Committee is one of the Politburo. Titles that it `shares`
    with another office, in another state or at another time, are no names of either.
    """

    id: str
    title: str
    ladder: str
    level: int
    aliases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()

    @property
    def rank(self) -> str:
        return rank_of(self.level)


class KnownPerson(NamedTuple):
    """A person whom a store declares, so that other spellings lead to one name."""

    name: str
    aliases: tuple[str, ...] = ()
    actor: str = ""


def rank_of(level: int) -> str:
    """The rank that a level lies in: 80 and 84 are `head-of-government`."""
    return next(rank for rank, least in RANKS.items() if level >= least)


class _Words(NamedTuple):
    actors: "Mapping[str, Actor]"
    offices: "Mapping[str, Office]"
    people: "Mapping[str, KnownPerson]" = MappingProxyType({})


class Vocabulary(_Words):
    """Actors, offices and people by id, with an index of their names built when the first name needs it."""

    @cached_property
    def actor_index(self) -> Index:
        return Index(
            "actor",
            {a.id: [a.name, *a.aliases, a.iso2, a.iso3] for a in self.actors.values()},
            {a.id: a.adjectives for a in self.actors.values()},
        )

    @cached_property
    def office_index(self) -> Index:
        return Index(
            "office",
            {o.id: [o.title, *o.aliases] for o in self.offices.values()},
            {o.id: o.shares for o in self.offices.values()},
        )

    @cached_property
    def people_index(self) -> Index:
        return Index("person", {person.name: person.aliases for person in self.people.values()})

    @cached_property
    def city_index(self) -> Index:
        return Index("capital", shipped_cities())

    @cached_property
    def capitals(self) -> "Mapping[str, tuple[str, ...]]":
        """The actors of which a place is the capital, by its key, as of `place`."""
        found: dict[str, tuple[str, ...]] = {}
        for actor in self.actors.values():
            for key in dict.fromkeys(map(self.place, actor.capitals)):
                found[key] = (*found.get(key, ()), actor.id)
        return found

    def actor(self, text: str) -> str | None:
        """The id that a name of an actor leads to."""
        return text if text in self.actors else self.actor_index.find(text)

    def office(self, text: str) -> str | None:
        """The id that a title of an office leads to."""
        return text if text in self.offices else self.office_index.find(text)

    def place(self, text: str) -> str:
        """The key under which places are compared; the names of one capital have one: `北京`, `베이징` and `Peking` are Beijing."""
        return fold(self.city_index.find(text) or fold(text))

    def spellings(self, place: str) -> tuple[str, ...]:
        """A place with its other names, where it is a capital."""
        city = self.city_index.find(place)
        return (place,) if city is None else tuple(dict.fromkeys((place, city, *shipped_cities()[city])))

    def names_of(self, person: str) -> tuple[str, ...]:
        """A name, and the other spellings of it that the store declares."""
        known = self.people.get(person)
        return (person, *known.aliases) if known else (person,)

    def held(self, offices: "Iterable[str]") -> frozenset[str]:
        """Offices with those that they imply."""
        asked = tuple(offices)
        if asked not in self._held:
            self._held[asked] = frozenset(self._implied(asked))
        return self._held[asked]

    def in_order(self, offices: "Iterable[str]") -> tuple[str, ...]:
        """Offices as they are named, then those that they imply."""
        named = tuple(offices)
        return tuple(dict.fromkeys((*named, *sorted(self.held(named)))))

    @cached_property
    def _held(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def _implied(self, offices: "Iterable[str]") -> set[str]:
        found: set[str] = set()
        waiting = list(offices)
        while waiting:
            office = waiting.pop()
            if office not in found:
                found.add(office)
                waiting.extend(self.offices[office].implies)
        return found

    def level(self, offices: "Iterable[str]", ladder: str = "") -> int:
        """The highest level among offices, of one ladder if given; 0 without any."""
        held = (self.offices[name] for name in offices)
        return max((office.level for office in held if not ladder or office.ladder == ladder), default=0)

    def lowest(self, offices: "Iterable[str]") -> int:
        """The lowest level among offices, of which there is at least one: what is asked of a scope that names them."""
        return min(self.offices[name].level for name in offices)

    def levels(self, offices: "Iterable[str]") -> "Mapping[str, int]":
        """The highest level among offices on each ladder, 0 where there is none."""
        asked = tuple(offices)
        if asked not in self._levels:
            found = dict.fromkeys(LADDERS, 0)
            for name in asked:
                office = self.offices[name]
                found[office.ladder] = max(found[office.ladder], office.level)
            self._levels[asked] = found
        return self._levels[asked]

    @cached_property
    def _levels(self) -> "dict[tuple[str, ...], Mapping[str, int]]":
        return {}

    def extended(
        self, actors: "Iterable[Actor]", offices: "Iterable[Office]", people: "Iterable[KnownPerson]"
    ) -> "Vocabulary":
        return self._replace(
            actors={**self.actors, **{a.id: a for a in actors}},
            offices={**self.offices, **{o.id: o for o in offices}},
            people={**self.people, **{p.name: p for p in people}},
        )


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the package (timeline/data; sources and licences in its README)."""
    actors = {
        row["id"]: Actor(
            row["id"],
            row["name"],
            listed(row["adjective"]),
            listed(row["capital"]),
            row["iso2"],
            row["iso3"],
            row["kind"],
            row["from"],
            row["to"],
            listed(row["successor"]),
            listed(row["aliases"]),
        )
        for row in rows("actors.csv")
    }
    offices = {
        row["id"]: Office(
            row["id"],
            row["title"],
            row["ladder"],
            int(row["level"]),
            listed(row["aliases"]),
            listed(row["implies"]),
            listed(row["shares"]),
        )
        for row in rows("offices.csv")
    }
    return Vocabulary(actors, offices)


@cache
def shipped_cities() -> dict[str, tuple[str, ...]]:
    """Capitals, present and former, with their other names in English, Chinese and Korean."""
    return {row["name"]: listed(row["aliases"]) for row in rows("capitals.csv")}


def rows(name: str, of: str | None = None) -> "Iterator[dict[str, str]]":
    """The rows of a table that comes with the package, each a line; with `of` those whose first cell it is, and no others are taken apart."""
    import csv
    from pkgutil import get_data  # importlib.resources takes six times as long to import

    head, *lines = (get_data("timeline", f"data/{name}") or b"").decode().splitlines()
    keys = head.split(",")
    for cells in csv.reader(lines if of is None else [line for line in lines if line.startswith(f"{of},")]):
        yield dict(zip(keys, cells, strict=True))


def listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("; ") if part)
