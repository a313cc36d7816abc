"""The column of each field: one whose header is known word for word, and whose cells do not speak against it. Every other is asked about (`timeline.importing.asking`)."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from timeline.importing.dating import Dating, dating
from timeline.importing.draft import ARROW
from timeline.importing.evidence import (
    MOST,
    Column,
    Readings,
    is_date,
    is_no_text,
    is_of_addresses,
    is_role,
    is_status,
    is_support,
)
from timeline.importing.headers import known_as
from timeline.importing.hints import at_other_times, leaves_from, of_others
from timeline.importing.outcomes import ANSWERS, answers, doubtful, not_held, outcome, says_held, says_part
from timeline.importing.texts import kind_of, quoted
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

EITHER = "visitor or host"
MOST_ASKED = 4  # columns of one field
FEW = 40  # different words of a column that are listed
KNOWN = 0.3  # of the cells of a column of people that must be of holders of top offices, if they do not look like names
HALF = 0.5  # of the people who are known that must have held an office of the visitor, for the headers of the sides to be believed
HOSTS = "those of its people who are known held offices of the host, not of the visitor: who received, or journeys the wrong way round?"
ASKED = "by its header; a row with a word that has no meaning here is quarantined"
NO_PEOPLE = ("title", "places", "kind", "occasion", "note", "urls", "status", "role", "support")
TRAVELLER, NAMED, PEOPLE, OFFICIALS, RECEIVED = "traveller", "named", "people", "officials", "received"
# The lists of headers that a field is known by; one that is not named here has a list of its own name.
LISTS = {
    "person": (TRAVELLER, NAMED, PEOPLE, OFFICIALS),
    "name": (TRAVELLER, NAMED, PEOPLE, OFFICIALS),
    "kind": ("kind", "occasion"),
    "met": (RECEIVED, "met"),
    "status": ("status", "asks", "outcome"),
}


class Asked(NamedTuple):
    """Columns that may be a field, of which only a person can tell, with what speaks for it."""

    field: str
    columns: tuple[Column, ...]
    why: str
    together: bool = False  # one field of several columns


class Choice(NamedTuple):
    """Columns by field, with what speaks for those of which more than the header does; `asked` are those that a person must decide on."""

    dates: Dating
    columns: dict[str, list[Column]]
    why: dict[str, str]
    asked: list[Asked]

    @property
    def read(self) -> set[str]:
        return self.dates.taken | {
            one.name for field, several in self.columns.items() if field != EITHER for one in several
        }

    @property
    def taken(self) -> set[str]:
        """The columns that a draft reads, or asks about."""
        asked = {one.name for several in (*self.asked, self.columns.get(EITHER, ())) for one in _columns(several)}
        return self.read | asked | {one.name for one in self.dates.asked}

    @property
    def open(self) -> dict[str, list[str]]:
        """What an import needs and no column is sure to be, each with the columns that may be it: what every visit must have, and a status or a support where one may say that visits did not take place, or may not have."""
        directed = self.columns.keys() & {"direction"}
        lacking = [side for side in ("visitor", "host") if not (side in self.columns or directed)]
        found = {side: [*self.columns.get(EITHER, ()), *self._asked(side, "direction")] for side in lacking}
        if not self.dates.start:
            found = {"date": [*self.dates.asked], **found}
        named = any(
            match and match["person"]
            for one in self.columns.get("direction", ())
            for match in map(ARROW.fullmatch, one.counts)
        )
        if not (self.columns.keys() & {"person", "name"} or named):
            found["people"] = self._asked("person", "name")
        if unheld := [one for one in self._asked("status") if one.times(not_held)]:
            found["status"] = unheld
        if unsure := [one for one in self._asked("support") if one.times(doubtful)]:
            found["support"] = unsure
        return {field: [one.name for one in columns] for field, columns in found.items()}

    def _asked(self, *fields: str) -> list[Column]:
        return [one for asked in self.asked if asked.field in fields for one in asked.columns]


def _columns(several: "Asked | Iterable[Column]") -> "Iterable[Column]":
    return several.columns if isinstance(several, Asked) else several


def chosen(columns: "Sequence[Column]", readings: Readings, *, serials: bool) -> "Choosing":
    """Each column is of one field. Nothing but the header makes a column one of a field; the cells decide between the fields that a header may mean."""
    choosing = Choosing(columns, readings, Choice(dating(columns, serials=serials), {}, {}, []))
    choosing.by_cells("urls", is_of_addresses, several=True)
    if not choosing.sided():
        choosing.by_cells("direction", readings.directed)
    if "direction" not in choosing.choice.columns:
        choosing.sides()
    for field, test in (("kind", kind_of), ("support", is_support), ("role", is_role)):
        choosing.by_cells(field, test)
    choosing.by_cells("status", lambda cell: is_status(cell) or outcome(cell))
    choosing.by_header("status", lambda one: bool(known_as(one, "status") or one.times(answers)))
    choosing.by_header("role", lambda one: bool(one.times(says_part)))
    choosing.people()
    choosing.titles()
    choosing.by_cells("places", readings.place)
    for field in ("kind", "places", "met", "occasion", "note"):
        choosing.by_name(field)
    return choosing


def rank(column: Column, field: str) -> tuple[int, ...]:
    """How high a header stands in the lists that a field is known by, the first of them first; empty where it is in none."""
    found = tuple(known_as(column, name) for name in LISTS.get(field, (field,)))
    return found if any(found) else ()


class Choosing:
    """What was chosen so far; `doubted` are people who speak against the sides that headers tell."""

    def __init__(self, columns: "Sequence[Column]", readings: Readings, choice: Choice) -> None:
        self.all, self.readings, self.choice = columns, readings, choice
        self.doubted: list[Column] = []

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

    def ask(self, field: str, columns: "Iterable[Column]", why: str, *, together: bool = False) -> None:
        self.choice.asked.append(Asked(field, tuple(columns), why, together))

    def by_cells(self, field: str, test: "Callable[[str], object]", *, several: bool = False) -> None:
        """Of the columns whose header is known those most of whose cells pass."""
        fitting = [one for one in self._known(field) if one.mostly(test)]
        if fitting:
            best = max(fitting, key=lambda one: (rank(one, field), one.times(test)))
            self.take(field, fitting if several else [best])

    def by_name(self, field: str) -> None:
        if field not in self.choice.columns and (
            fitting := [one for one in self._known(field) if self._may_be(one, field)]
        ):
            self.take(field, [max(fitting, key=lambda one: rank(one, field))])

    def by_header(self, field: str, test: "Callable[[Column], bool]") -> None:
        """What decides whether a visit counts, and whose it is, is never passed over because its words are not known."""
        if field not in self.choice.columns and (
            fitting := [
                one
                for one in (*self.left, *self._unknown)
                if rank(one, field) and self.on_its_side(one, field) and self.few(one) and test(one)
            ]
        ):
            self.take(field, fitting[:1], ASKED)

    def _known(self, field: str) -> list[Column]:
        return [one for one in self.left if rank(one, field) and self.on_its_side(one, field)]

    def few(self, column: Column) -> bool:
        """Whether a column has a few words, and those of no other field."""
        other = self.readings
        return len(column.counts) <= FEW and not any(
            map(column.mostly, (is_date, is_of_addresses, kind_of, other.actor, other.title))
        )

    def _may_be(self, column: Column, field: str) -> bool:
        """Whether the cells do not speak for something else than the header does."""
        texts = not column.mostly(is_no_text)
        short = field != "kind" or (known_as(column, field) and column.mostly(lambda cell: len(cell) < 60))
        countries = field not in ("met", "places", "name") or not column.mostly(self.readings.actor)
        hosts = field != "met" or bool(known_as(column, RECEIVED) or self.choice.columns.keys() & {"name", "person"})
        return bool(texts and short and countries and hosts)

    def on_its_side(self, column: Column, field: str) -> bool:
        """Whether people are not those of the host, nor places those of the visitor: of who received, of where a journey began, or of journeys told the wrong way round. A title must be of the time of the journey, and an outcome of what can only be held: a treaty may be announced, completed and cancelled, too."""
        if field == "title":
            return not at_other_times(column)
        if field == "status":
            return not known_as(column, "outcome") or bool(column.times(says_held))
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
        return sum(times for (cell, actor), times in pairs.items() if self.readings.side(actor) in actors_of(cell))

    def sided(self) -> bool:
        """Whether headers tell both sides: then a text that says from where to where may be of the way back."""
        return all(
            any(known_as(one, side) and self._of_actors(one) for one in self.left) for side in ("visitor", "host")
        )

    def sides(self) -> None:
        """Columns of actors: on the sides that their headers tell. Beside a side that is told, a column that says no more than `Country` is the other."""
        actors = self._apart([column for column in self.left if self._of_actors(column)])
        found = {
            side: best
            for side in ("visitor", "host")
            if (best := _alone([one for one in actors if known_as(one, side)]))
        }
        rest = [column for column in actors if column not in found.values()]
        missing = [side for side in ("visitor", "host") if side not in found]
        if len(missing) == len(rest) == 1 and known_as(rest[0], "country"):
            found[missing[0]] = rest[0]
            self.choice.why[missing[0]] = f"the other column of actors: {rest[0].told(self.readings.side)}"
            missing, rest = [], []
        if found and (visitor := found.get("visitor")):
            self.doubted = self._doubting(visitor)
        if not found or self.doubted:
            self.choice.why.clear()
            if actors:
                self.take(EITHER, actors[:MOST_ASKED])
            return
        self.choice.columns.update({side: [column] for side, column in found.items()})
        # a header that tells a side, over cells of which few are known
        called = [one for one in self.left if missing and known_as(one, missing[0]) and one.times(self.readings.side)]
        for one in rest or called if missing else ():
            self.ask(missing[0], [one], f"{one.told(self.readings.side)} are known actors")

    def _of_actors(self, column: Column) -> bool:
        """Whether the cells name actors, in adjectives only where the header says that they are of a nation: `French` may be a language, too."""
        nations = any(known_as(column, field) for field in ("visitor", "host", "nationality"))
        return column.mostly(self.readings.side if nations else self.readings.actor)

    def _doubting(self, visitor: Column) -> list[Column]:
        """The people of known headers of whom most held no office of the visitor's; none where others did."""
        told = []
        for one in (one for one in self.all if rank(one, "name")):
            pairs = [
                (self.readings.side(actor), homes)
                for actor, name in zip(visitor.cells, one.cells, strict=True)
                if actor and (homes := self.readings.homes(name))
            ]
            if pairs:
                told.append((one, sum(actor in homes for actor, homes in pairs) >= HALF * len(pairs)))
        return [] if any(fits for _, fits in told) else [one for one, _ in told]

    def _apart(self, actors: "Sequence[Column]") -> list[Column]:
        """Without columns that say the same as another, in codes or in other words."""
        kept: list[Column] = []
        for actor in sorted(
            actors,
            key=lambda one: (
                not any(known_as(one, side) for side in ("visitor", "host")),
                one.mostly(self.readings.code),
            ),
        ):
            if not any(self._same(actor, other) for other in kept):
                kept.append(actor)
        return sorted(kept, key=self.all.index)

    def _same(self, one: Column, other: Column) -> bool:
        pairs = [
            (self.readings.side(a), self.readings.side(b))
            for a, b in zip(one.cells, other.cells, strict=True)
            if a and b
        ]
        sides = [{side for side in ("visitor", "host") if known_as(column, side)} for column in (one, other)]
        return (
            bool(pairs)
            and not (all(sides) and sides[0] != sides[1])
            and sum(a == b for a, b in pairs) >= 0.95 * len(pairs)
        )

    def people(self) -> None:
        """The column of people whose header is known. One that says of travellers goes before one that may be of either side; of several nobody can tell, nor beside other people who may have travelled."""
        if not self._in_parts():
            known = [one for one in self.left if rank(one, "name") and self._may_be(one, "name")]
            travellers = [one for one in known if known_as(one, TRAVELLER)]
            best = _alone(travellers or [one for one in known if not self._beside(one)])
            if best and best not in self.doubted and self.on_its_side(best, "name") and not self._of_either(best):
                self.take("person" if best.mostly(self.readings.titled) else "name", [best])

    def _of_either(self, people: Column) -> bool:
        """Whether people may as well be of those who received: officials beside the country that travelled, or leaders beside one that is called no more than `Visitor`, of whom none is known to have held an office there."""
        visitors = self.choice.columns.get("visitor", [])
        unsided = known_as(people, OFFICIALS) or (
            known_as(people, PEOPLE) and any(known_as(one, TRAVELLER) for one in visitors)
        )
        return bool(unsided and visitors and not self._proven(people, "visitor"))

    def _in_parts(self) -> bool:
        """Columns of first and of family names, where no other is of people."""
        first, last = ([one for one in self.left if known_as(one, f"{which} name")] for which in ("first", "last"))
        if len(first) == len(last) == 1 and not any(map(self.of_people, self.left)):
            self.take("name", (*first, *last), "put together")
        return "name" in self.choice.columns

    def _proven(self, column: Column, side: str) -> bool:
        """Whether most of those who are known held an office of one side, and more than of the other."""
        other = "host" if side == "visitor" else "visitor"
        homes = self.readings.homes
        of_side = self._agreeing(column, side, homes)
        return of_side >= max(1, HALF * column.times(homes)) and of_side > self._agreeing(column, other, homes)

    def _beside(self, column: Column) -> list[Column]:
        """Other people who may have travelled: those who look like it, and of whom neither a header nor their offices say that they are of the host. `Counterpart` says so where it is known whose the others are."""
        known = self._proven(column, "visitor") or (
            known_as(column, NAMED) and {"visitor", "host"} <= self.choice.columns.keys()
        )
        others = (one for one in self.left if one is not column and _filled(one) and self.of_people(one))
        received = ("met", RECEIVED) if known else (RECEIVED,)
        return [
            one
            for one in others
            if not (of_others(one) or any(known_as(one, name) for name in received) or self._proven(one, "host"))
        ]

    def of_people(self, column: Column) -> bool:
        """Whether a column looks like one of people, by holders of top offices or by the shape of names, and its header is of nothing else."""
        other = any(known_as(column, field) for field in NO_PEOPLE)
        if other or column.mostly(lambda cell: self.readings.actor(cell) or fold(cell) in ANSWERS):
            return False
        return self.of_holders(column) or any(map(column.mostly, (self.readings.personal, self.readings.titled)))

    def of_holders(self, column: Column) -> bool:
        """Whether many of the cells name holders of top offices."""
        named = column.times(self.readings.homes)
        return named >= KNOWN * column.counts.total() and not column.mostly(self.readings.actor)

    def titles(self) -> None:
        """The column of titles that is of those who travelled."""
        known = [one for one in self._known("title") if one.times(self.readings.titular) and not one.mostly(kind_of)]
        titles = [one for one in self.all if one in known or (one in self.left and one.mostly(self.readings.title))]
        if not known:
            return
        name = (self.choice.columns.get("name") or self.choice.columns.get("person") or [])[:1]
        names = [
            one for one in self.all if one in name or (one in self.left and one not in known and self.of_people(one))
        ]
        if len(names) < 2:
            self.take("title", [max(known, key=lambda one: (one.times(self.readings.title), known_as(one, "title")))])
            return
        own = [title for title in known if _owner(title, names, titles, self.all) in name]
        if own:
            self.take("title", [max(own, key=lambda one: _speaks(one, name[0]))])
        else:
            self.ask("title", known, f"of {' or of '.join(quoted(one.name) for one in names)}?")


def _alone(columns: "Sequence[Column]") -> Column | None:
    """The one of some columns whose header is known; of several nobody can tell."""
    return columns[0] if len(columns) == 1 else None


def _filled(column: Column) -> bool:
    """Whether most rows say something: who travelled is not named in a few alone."""
    return column.counts.total() >= MOST * len(column.cells)


def _shared(one: Column, other: Column) -> int:
    """The words that the names of two columns have in common: `Guest leader` and `Guest title`, `Leader 2` and `Office 2`."""
    return len(set(one.words) & set(other.words))


def _speaks(title: Column, name: Column) -> tuple[int, int]:
    """How much the name of a column of titles speaks for one of names."""
    return _shared(title, name), known_as(title, "title")


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
