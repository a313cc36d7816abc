"""What a mapping says: which column is which field, how dates are written, what the words of a source mean here. Values; `timeline.importing.declared` reads them."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, DateError, Span, parse_when
from timeline.importing.rows import Wanted
from timeline.importing.when import LAST, Order
from timeline.model import Source
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALWAYS = Span(NEVER_BEFORE, NEVER_AFTER)
ONE = (
    "visitor",
    "host",
    "person",
    "party",
    "name",
    "title",
    "offices",
    "kind",
    "role",
    "status",
    "support",
    "occasion",
    "note",
    "direction",
    "event-title",
    "type",
)
MANY = ("places", "met", "tags", "urls", "actors")
TARGETS = (*ONE, *MANY)
PEOPLE = ("person", "name", "party")  # fields of which one says who travelled
OPEN = ("date", "visitor", "host", "people", "status", "support")
SPARED = ("end", "days", "year", "month", "day")  # fields of dates that an event can do without
RULED = ("kind", "role", "status", "support", "title", "tags")


class Origin(NamedTuple):
    """The data set that rows come from, as every event cites it. `id` begins the identity of its rows."""

    id: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    version: str = ""

    def cited(self, version: str) -> Source:
        """As events cite one version of it; the identity of the row comes behind the title when the event is written."""
        return Source(f"{self.title}, {version}", self.publisher, self.url, version if _is_date(version) else "")


@lru_cache(maxsize=256)
def _is_date(text: str) -> bool:
    try:
        return bool(parse_when(text))
    except DateError:
        return False


class Dates(NamedTuple):
    """The columns of the dates; two or three for a date in parts: year, month and perhaps day. `days` is a duration, both ends counted; `year` must agree with the start."""

    start: tuple[str, ...]
    end: tuple[str, ...] = ()
    days: str = ""
    year: str = ""
    order: Order = Order()


class Meaning(NamedTuple):
    """What a word of the source means here, for dates that lie in `span`."""

    words: tuple[str, ...]
    span: Span = ALWAYS


class Rule(NamedTuple):
    """A field's value by the words of a column: where it `begins` with some, or has them anywhere. `text` is folded."""

    column: str
    text: str
    begins: bool
    is_: str

    def fits(self, cell: str) -> bool:
        """Whole words, whatever their case, accents and hyphens."""
        folded = fold(cell)
        at = folded.find(self.text)
        while at >= 0:
            end = at + len(self.text)
            whole = not folded[end : end + 1].isalnum() and not (at and folded[at - 1].isalnum())
            if whole and (at == 0 or not self.begins):
                return True
            at = -1 if self.begins else folded.find(self.text, at + 1)
        return False


@dataclass(frozen=True, slots=True)
class Mapping:
    """One kind of row: `when` says which rows it is for, by the values of a column; without it, for all. `leave` says so of rows that are no events. `paragraphs` is a column of slides (`timeline.importing.paragraphs`).

    A column may be given by several names, `Start date | Arrival`: `fitted` leaves the one that a file has. `optional` are fields of dates whose column a file may lack; all others but the sides, the people and the identity may be lacking anyhow. `open` are columns of which a draft does not know whether they are a field, `warned` is the number of its lines that begin with BEWARE. `own`: rows are events already, in the flat form.
    """

    origin: Origin
    dates: Dates
    wanted: Wanted = Wanted()
    paragraphs: str = ""
    leave: tuple[str, frozenset[str]] = ("", frozenset())
    when: tuple[str, frozenset[str]] = ("", frozenset())
    row_id: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    split: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, tuple[Meaning, ...]]] = field(default_factory=dict)
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    optional: tuple[str, ...] = ()
    open: dict[str, tuple[str, ...]] = field(default_factory=dict)
    warned: int = 0
    own: bool = False

    def takes(self, cells: dict[str, str]) -> bool:
        column, known = self.when
        return not column or cells.get(column, "") in known

    def leaves(self, cells: dict[str, str]) -> str:
        """Which column says that a row is no event, with what it says; empty where none does."""
        column, known = self.leave
        said = cells.get(column, "").strip().casefold() if column else ""
        return f"{column}: {said}" if said in known else ""

    def until(self, year: int) -> "Mapping":
        """With no date after a year, where the mapping does not say which years there are."""
        order = self.dates.order
        return self if order.last < LAST else replace(self, dates=self.dates._replace(order=order._replace(last=year)))

    def fitted(self, header: "Sequence[str]") -> "Mapping":
        """With the names of columns as a header has them, whatever their case and hyphens."""
        known = {fold(name): name for name in reversed(header)}

        def named(column: str) -> str:
            return next((known[key] for name in column.split("|") if (key := fold(name)) in known), column)

        def all_named(columns: "Iterable[str]") -> tuple[str, ...]:
            return tuple(map(named, columns))

        dates = self.dates
        return replace(
            self,
            dates=dates._replace(
                start=all_named(dates.start), end=all_named(dates.end), days=named(dates.days), year=named(dates.year)
            ),
            when=(named(self.when[0]), self.when[1]),
            leave=(named(self.leave[0]), self.leave[1]),
            row_id=all_named(self.row_id),
            columns={target: all_named(columns) for target, columns in self.columns.items()},
            rules={
                target: tuple(rule._replace(column=named(rule.column)) for rule in rules)
                for target, rules in self.rules.items()
            },
            ignore=frozenset(all_named(self.ignore)),
        )

    @property
    def undecided(self) -> dict[str, tuple[str, ...]]:
        """What is still open of that which an import needs, with the columns that may be it."""
        given = {*self.columns, *self.defaults, *self.rules}
        people = PEOPLE if "people" in self.open else (*PEOPLE, "direction")
        by = {"date": (), "visitor": ("visitor", "direction"), "host": ("host", "direction"), "people": people}
        lacking = [what for what, fields in by.items() if not given.intersection(fields)]
        if self.dates.start:
            lacking.remove("date")
        lacking += [what for what in self.open if what not in by and what not in given]
        return {} if self.own else {what: self.open.get(what, ()) for what in lacking}

    @property
    def used(self) -> dict[str, str]:
        """Every column that is read, with the field that it is read for."""
        named = {column: target for target, columns in self.columns.items() for column in columns}
        dated = dict.fromkeys(self.dates.start, "start") | dict.fromkeys(self.dates.end, "end")
        single = {self.dates.days: "days", self.dates.year: "year", self.when[0]: "when", self.leave[0]: "leave"}
        ruled = {rule.column: target for target, rules in self.rules.items() for rule in rules}
        identity = dict.fromkeys(self.row_id, "row-id")
        return {column: what for column, what in (identity | ruled | single | named | dated).items() if column}

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which no row can be read."""
        dates = self.dates
        spared = {
            "month": dates.start[1:2],
            "day": dates.start[2:],
            "end": dates.end if len(dates.end) == 1 else (),
            "days": (dates.days,),
            "year": (dates.year,),
        }
        dated = (column for key, columns in spared.items() if key not in self.optional for column in columns)
        asked = () if self.own else ("visitor", "host", "person", "name", "direction")
        needed = (self.columns.get(target, ())[:1] for target in asked)
        return (
            *dates.start[:1],
            *filter(None, (*dated, self.when[0])),
            *self.row_id,
            *(column for one in needed for column in one),
        )
