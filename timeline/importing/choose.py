"""The column of each field: by what stands in the cells, then by words in its name. Which way a journey went is never guessed."""

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline.importing.dating import Dating, dating
from timeline.importing.evidence import (
    Column,
    Readings,
    column,
    is_date,
    is_number,
    is_of_addresses,
    is_role,
    is_status,
    is_support,
)
from timeline.importing.hints import NAME_PARTS, at_other_times, leaves_from, names_people, of_others, score, tells
from timeline.importing.outcomes import ANSWERS, PERHAPS_STATUS, ROLE, STATUS, answers, outcome, says_part
from timeline.importing.texts import kind_of
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SAID = {  # by field, what its cells do
    "urls": "are addresses",
    "direction": "say from where to where",
    "person": "are a title and a name",
    "title": "are titles that are known",
    "kind": "are kinds of visits",
    "status": "say whether a visit took place",
    "support": "are words of ours",
    "role": "are words of ours",
    "places": "name capitals",
}
KNOWN = 0.3  # of the cells of a column of names that must be of people whose offices are known
EITHER = "visitor or host"
FEW = 40  # different words of a column that are listed
HOSTS = "those of its people who are known held offices of the host, not of the visitor: who received, or journeys the wrong way round?"
ASKED = "by its header; a row with a word that has no meaning here is quarantined"


class Choice(NamedTuple):
    """Columns by field, with what speaks for those whose name does not; `proposed` are fields that a person must decide on."""

    dates: Dating
    columns: dict[str, list[Column]]
    why: dict[str, str]
    proposed: dict[str, tuple[Column, str]]

    @property
    def taken(self) -> set[str]:
        asked = {column.name for column, _ in self.proposed.values()}
        return asked | self.dates.taken | {column.name for several in self.columns.values() for column in several}


def chosen(columns: "Sequence[Column]", readings: Readings, *, serials: bool) -> Choice:
    """Each column is of one field, and those that say most by their cells are chosen first."""
    dates = dating(columns, serials=serials)
    choosing = _Choosing(columns, readings, Choice(dates, {}, {}, {}))
    choosing.by_cells("urls", is_of_addresses, several=True)
    choosing.by_cells("direction", readings.directed)
    if "direction" not in choosing.choice.columns:
        choosing.sides()
    choosing.by_cells("person", readings.titled)
    choosing.by_cells("title", readings.title)
    for field, test in (
        ("kind", kind_of),
        ("status", lambda cell: is_status(cell) or outcome(cell)),
        ("support", is_support),
        ("role", is_role),
    ):
        choosing.by_cells(field, test)
    choosing.by_header("status", choosing.says_status)
    choosing.by_header("role", choosing.says_role)
    choosing.people()
    choosing.title_of_people()
    choosing.by_cells("places", readings.place)
    for field in ("title", "kind", "met", "places", "occasion", "note"):
        choosing.by_name(field)
    return choosing.choice


class _Choosing:
    def __init__(self, columns: "Sequence[Column]", readings: Readings, choice: Choice) -> None:
        self.all, self.readings, self.choice = columns, readings, choice

    @property
    def left(self) -> list[Column]:
        taken = self.choice.taken
        return [column for column in self.all if column.name not in taken and column.counts]

    @property
    def _unknown(self) -> list[Column]:
        """Columns that say in words that nothing is known, and nothing else."""
        return [column for column in self.all if column.unknown and not column.counts]

    def take(self, field: str, columns: "Iterable[Column]", why: str = "") -> None:
        self.choice.columns[field] = list(columns)
        if why:
            self.choice.why[field] = why

    def by_cells(self, field: str, test: "Callable[[str], object]", *, several: bool = False) -> None:
        """The column most of whose cells pass; of several the one whose name speaks for the field, then the one of most."""
        fitting = [column for column in self.left if column.mostly(test) and self._on_its_side(column, field)]
        if not fitting:
            return
        best = max(fitting, key=lambda one: (score(one, field), one.times(test)))
        self._take_by_cells(field, best, test)
        if several:
            self.take(field, fitting)

    def _take_by_cells(self, field: str, column: Column, test: "Callable[[str], object]") -> None:
        self.choice.why.pop(field, None)
        self.take(field, [column], "" if score(column, field) else f"{column.told(test)} {SAID[field]}")

    def by_name(self, field: str) -> None:
        if field not in self.choice.columns and (fitting := [one for one in self.left if self._may_be(one, field)]):
            self.take(field, [max(fitting, key=lambda one: score(one, field))])

    def by_header(self, field: str, test: "Callable[[Column], bool]") -> None:
        """What decides whether a visit counts, and whose it is, is never passed over because its words are not known."""
        if field not in self.choice.columns and (
            fitting := [one for one in (*self.left, *self._unknown) if self._asks(one) and test(one)]
        ):
            self.take(field, fitting[:1], ASKED)

    def _asks(self, column: Column) -> bool:
        """Whether a column has a few words, and those of no other field."""
        other = self.readings
        return len(column.counts) <= FEW and not any(
            map(column.mostly, (is_date, is_of_addresses, other.actor, other.title))
        )

    def says_status(self, column: Column) -> bool:
        words = set(column.words)
        return bool(words & STATUS) or bool(words & PERHAPS_STATUS and column.times(answers))

    def says_role(self, column: Column) -> bool:
        """A role may be an office as well, or a word for one: a cell must say who led or who was there."""
        return bool(set(column.words) & ROLE and column.times(says_part))

    def _may_be(self, column: Column, field: str) -> bool:
        """Whether a name speaks for a field, and the cells do not speak for something else."""
        texts = not column.mostly(lambda cell: is_number(cell) or fold(cell) in ANSWERS or is_date(cell))
        short = field != "kind" or column.mostly(lambda cell: len(cell) < 60)
        countries = field not in ("met", "places", "name") or not column.mostly(self.readings.actor)
        fits = texts and short and countries and self._is_of(column, field)
        return bool(score(column, field)) and fits and self._on_its_side(column, field)

    def _is_of(self, column: Column, field: str) -> bool:
        """Whether a name of something is that of people, and a title that of an office: a headline has one, too."""
        if field == "name":
            return names_people(column) or self._of_people(column)
        return field != "title" or "title" not in column.words or bool(column.times(self.readings.title))

    def _on_its_side(self, column: Column, field: str) -> bool:
        """Whether people are not those of the host, nor places those of the visitor: of who received, of where a journey began, or of journeys told the wrong way round. A title must be of the time of the journey."""
        if field == "title":
            return not at_other_times(column)
        if field in ("person", "name"):
            return self._agreeing(column, "visitor", self.readings.homes) >= self._agreeing(
                column, "host", self.readings.homes
            )
        if field == "places":
            return not leaves_from(column) and self._agreeing(
                column, "host", self.readings.capital_of
            ) >= self._agreeing(column, "visitor", self.readings.capital_of)
        return True

    def _agreeing(self, column: Column, side: str, actors_of: "Callable[[str], set[str]]") -> int:
        """The rows in which the actor of a side, where its column is known, is one of those of a cell."""
        actors = self.choice.columns.get(side, [])
        pairs = Counter(pair for one in actors for pair in zip(column.cells, one.cells, strict=True) if all(pair))
        return sum(times for (cell, actor), times in pairs.items() if self.readings.actor(actor) in actors_of(cell))

    def sides(self) -> None:
        """Columns of actors: on the sides that their names tell; where none does, they are asked about."""
        actors = self._apart([column for column in self.left if column.mostly(self.readings.actor)])
        found: dict[str, list[Column]] = {}
        for side in ("visitor", "host"):
            scored = [column for column in actors if score(column, side) and column not in found.get("visitor", [])]
            if scored:
                found[side] = [max(scored, key=lambda one: score(one, side))]
        if not any(tells(column, side) for side, (column,) in found.items()):
            self.choice.columns.update({EITHER: actors[:2]} if actors else {})
            return
        rest = [column for column in actors if [column] not in found.values()]
        missing = [side for side in ("visitor", "host") if side not in found]
        if missing and len(rest) == 1:  # of two columns of actors, one whose name tells decides the other
            found[missing[0]] = rest
            self.choice.why[missing[0]] = f"the other column of actors: {rest[0].told(self.readings.actor)}"
        self.choice.columns.update(found)

    def _apart(self, actors: "Sequence[Column]") -> list[Column]:
        """Without columns that say the same as another, in codes or in other words."""
        kept: list[Column] = []
        for actor in sorted(actors, key=lambda one: one.mostly(self.readings.code)):
            if not any(self._same(actor, other) for other in kept):
                kept.append(actor)
        return sorted(kept, key=self.all.index)

    def _same(self, one: Column, other: Column) -> bool:
        pairs = [
            (self.readings.actor(a), self.readings.actor(b))
            for a, b in zip(one.cells, other.cells, strict=True)
            if a and b
        ]
        told = score(one, "host") or score(one, "visitor")
        other_side = told and (
            tells(one, "host") != tells(other, "host") or tells(one, "visitor") != tells(other, "visitor")
        )
        return bool(pairs) and not other_side and sum(a == b for a, b in pairs) >= 0.95 * len(pairs)

    def people(self) -> None:
        """A column of names: by its name, or by people that are known; by the shape of the cells alone it is proposed."""
        if "person" in self.choice.columns:
            return
        if parts := self._parts_of_names():
            self.take("name", parts, "put together")
            return
        self.by_name("name")
        if "name" in self.choice.columns:
            return
        homes, named = self.readings.homes, self.readings.named
        shaped = [
            column
            for column in self.left
            if not of_others(column) and column.mostly(lambda cell: homes(cell) or named(cell))
        ]
        travelling = [column for column in shaped if self._on_its_side(column, "name")]
        if not travelling:
            if shaped:
                self.choice.proposed["name"] = shaped[0], HOSTS
            return
        best = max(travelling, key=lambda one: (one.times(homes), one.times(named)))
        if best.times(homes) >= KNOWN * best.counts.total():
            self.take("name", [best], f"{best.told(homes)} name holders of top offices")
        else:
            self.choice.proposed["name"] = best, f"{best.told(named)} look like names: of those who travelled?"

    def title_of_people(self) -> None:
        """Of the columns of titles one that is of those who travelled; where a table has others, theirs may be the only one."""
        name, chosen = self.choice.columns.get("name", [])[:1], self.choice.columns.get("title", [])
        if not (name and chosen):
            return
        titles = [one for one in (*chosen, *self.left) if one.mostly(self.readings.title)]
        titles.sort(key=self.all.index)
        names = [one for one in self.all if one in name or self._of_people(one)]
        own = [title for title in titles if _owner(title, names, titles, self.all) in name]
        if own:
            self._take_by_cells("title", max(own, key=lambda one: _speaks(one, name[0])), self.readings.title)
        else:
            del self.choice.columns["title"]
            other = _owner(chosen[0], names, titles, self.all).name
            self.choice.proposed["title"] = chosen[0], f"of {name[0].name}, or of {other}?"

    def _of_people(self, column: Column) -> bool:
        holders = column.times(self.readings.homes) >= KNOWN * column.counts.total()
        return bool(column.counts) and holders and not column.mostly(self.readings.actor)

    def _parts_of_names(self) -> "list[Column]":
        """Columns of first and of family names: by their names, or side by side where only together they are of people that are known."""
        first, last = (next((one for one in self.left if set(one.words) & words), None) for words in NAME_PARTS)
        if first and last:
            return [first, last]
        homes = self.readings.homes
        for one, other in pairwise(self.left):
            pairs = zip(one.cells, other.cells, strict=True)
            joined = column("", tuple(f"{a} {b}" if a and b else "" for a, b in pairs))
            if joined.mostly(homes) and not (one.times(homes) or other.times(homes)):
                return [one, other]
        return []


def _shared(one: Column, other: Column) -> int:
    """The words that the names of two columns have in common: `Guest leader` and `Guest title`, `Leader 2` and `Office 2`."""
    return len(set(one.words) & set(other.words))


def _speaks(title: Column, name: Column) -> tuple[int, bool, int]:
    """How much the name of a column of titles speaks for one of names."""
    return _shared(title, name), not tells(title, "host"), score(title, "title")


def _owner(title: Column, names: "Sequence[Column]", titles: "Sequence[Column]", order: "Sequence[Column]") -> Column:
    """The column of people whose titles these are: by words in both names, else in turn where they are as many, else the nearest, before it if two are."""
    most = max(_shared(title, one) for one in names)
    alike = [one for one in names if most and _shared(title, one) == most]
    if len(alike) == 1:
        return alike[0]
    if len(names) == len(titles):
        return names[titles.index(title)]
    at = order.index(title)
    return min(names, key=lambda one: (abs(order.index(one) - at), order.index(one)))
