"""`stats`: events counted by one field or two, each count with the command that lists its events, and the balance of visits."""

import shlex
from typing import TYPE_CHECKING, Any

from timeline.answer import NONE, Answer, Block, Column, Grid, Heading, Line
from timeline.answers.events import left_out
from timeline.counts import Group, balances, group_of
from timeline.dates import iso
from timeline.facets import label
from timeline.scope import scope_line, scope_values
from timeline.text import both, date_text, day_text, hidden, names, plural, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline.counts import Balance, Counted, Tally
    from timeline.gaps import Gap
    from timeline.model import Event, Store
    from timeline.query import Query
    from timeline.series import Measured
    from timeline.vocabulary import Vocabulary

KEYS = "by value label by2 value2 label2 count first_id first_date last_id last_date command".split()
BARS = 12
ACROSS = 6  # values of a second field that a table shows; the rest in one column


def stats_answer(
    counted: "Tally",
    pairs: "Sequence[Measured]",
    query: "Query",
    store: "Store",
    asked: "Sequence[str]",
    as_of: int,
    later: "Sequence[Event]" = (),
) -> Answer:
    """`pairs` are the series by pair that tell how long it is since the last visit: none, no balance is shown. `asked` is the scope as typed. `later` are events of the scope after the day asked for, which are not counted."""
    words = store.vocabulary
    what = "visit" if not query.types else "event"
    balance = balances(counted.events) if pairs else []
    since = {tuple(sorted(one.series.visits[0].direction)): one.still_open for one in pairs}
    scope = scope_line(query, words)
    blocks: list[Block] = [Line(f"{plural(len(counted.events), what)}: {scope}.", "dim")]
    if balance:
        blocks += [Heading("Balance"), balance_grid(balance, since, words), *_only_near(since, words)]
    if counted.events:
        blocks += _Section(counted, what, asked, words).blocks()
    rows = list(_rows(counted, asked, words))
    return Answer(
        "stats",
        rows,
        tuple(blocks),
        scope_values(query),
        {
            "by": list(counted.fields),
            "events": len(counted.events),
            "counted": sum(row["count"] for row in rows),
            "in_several": counted.several,
            "undecided": [event.id for event in counted.undecided],
            "totals": [totals(f, axis, len, words) for f, axis in zip(counted.fields, counted.axes, strict=True)],
            "balance": [balance_values(one, since.get(one.pair)) for one in balance],
        },
        iso(as_of),
        (left_out(later, what, as_of),) if later else () if counted.events else (uncounted(as_of),),
        keys=tuple(KEYS),
    )


def uncounted(as_of: int) -> str:
    """That a scope has nothing to count."""
    return f"no events in this scope to {day_text(as_of)}, so nothing to count"


def _rows(counted: "Tally", asked: "Sequence[str]", words: "Vocabulary") -> "Iterator[dict[str, Any]]":
    """One row a value of a single field, one a combination of two that has events."""
    for values, events in combined(counted.axes, counted.cells):
        yield row(
            counted.fields, values, group_of(events), command(asked, zip(counted.fields, values, strict=True)), words
        )


def combined(
    axes: "Sequence[dict[str, Counted]]", cells: "dict[tuple[str, ...], Counted]"
) -> "list[tuple[tuple[str, ...], Counted]]":
    """The values of a single axis, or the combinations of two in the order of these."""
    if len(axes) == 1:
        return [((value,), counted) for value, counted in axes[0].items()]
    places = [{value: place for place, value in enumerate(axis)} for axis in axes]
    return sorted(cells.items(), key=lambda one: [at[v] for at, v in zip(places, one[0], strict=True)])


def row(
    fields: "Sequence[str]", values: "Sequence[str]", group: Group, listing: str | None, words: "Vocabulary"
) -> dict[str, Any]:
    """`listing` is the command that lists the events of a row."""
    named: dict[str, Any] = {}
    pairs = [*zip(fields, values, strict=True), (None, None)][:2]
    for suffix, (field, value) in zip(("", "2"), pairs, strict=True):
        shown = None if field is None or value is None else label(field, value, words)
        named |= {f"by{suffix}": field, f"value{suffix}": value or None, f"label{suffix}": shown}
    number, first, last = group
    return named | {
        "count": number,
        "first_id": first and first.id,
        "first_date": first and first.date.text,
        "last_id": last and last.id,
        "last_date": last and last.date.text,
        "command": listing,
    }


def command(
    asked: "Sequence[str]", conditions: "Iterable[tuple[str, str]]", quote: "Callable[[str], str]" = shlex.quote
) -> str:
    """What lists exactly the events of a scope, as typed, that meet some conditions."""
    words = ["timeline", "list", *asked, *(part for f, v in conditions for part in ("--where", f"{f}={v}"))]
    return " ".join(map(quote, words))


def _quoted(word: str) -> str:
    """For people, who copy what they see: what is not seen stands as an escape that bash and zsh read."""
    if visible(word) == word:
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, word)) + "'"


def _escaped(character: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    return f"\\U{ord(character):08x}" if hidden(character) else character


def totals(
    field: str, axis: "dict[str, Counted]", size: "Callable[[Counted], int]", words: "Vocabulary"
) -> list[dict[str, Any]]:
    return [
        {"value": value or None, "label": label(field, value, words), "count": size(counted)}
        for value, counted in axis.items()
    ]


class _Section:
    """What is told of a tally to people."""

    def __init__(self, counted: "Tally", what: str, asked: "Sequence[str]", words: "Vocabulary") -> None:
        self.counted, self.what, self.asked, self.words = counted, what, asked, words
        self.fields = counted.fields
        self.across = list(counted.axes[1]) if len(self.fields) > 1 else []
        self.most = max(len(events) for events in counted.axes[0].values())

    def blocks(self) -> "list[Block]":
        heading = Heading(f"By {both(self.fields)}")
        return [heading, self._grid(), *(Line(note, "dim") for note in self._notes())]

    def _grid(self) -> Grid:
        field, shown = self.fields[0], self.across[:ACROSS]
        commands = [command(self.asked, [(field, value)], _quoted) for value in self.counted.axes[0]]
        heads = [label(self.fields[1], value, self.words) for value in shown]
        heads += [f"{len(self.across) - ACROSS} more"] if len(self.across) > ACROSS else []
        columns = (
            Column(field.capitalize(), style="strong"),
            *(Column(head, right=True, worth=4, below=f"{head}:") for head in heads),
            Column("Total" if self.across else f"{self.what.capitalize()}s", right=True),
            Column("", worth=3, least=BARS),
            Column("List them", worth=2, style="command"),
        )
        cells = [self._cells(value, events) for value, events in self.counted.axes[0].items()]
        rows = [(*row, line) for row, line in zip(cells, commands, strict=True)]
        if self.across:
            rows.append((*self._bottom(), "", ""))
        return Grid(columns, tuple(rows))

    def _cells(self, value: str, events: "Sequence[Event]") -> tuple[str, ...]:
        bar = "━" * (max(1, round(BARS * len(events) / self.most)) if events else 0)
        return (label(self.fields[0], value, self.words), *self._crossed(value, events), number_text(len(events)), bar)

    def _crossed(self, value: str, events: "Sequence[Event]") -> "Iterator[str]":
        at = {other: self.counted.cells.get((value, other), []) for other in self.across}
        yield from (number_text(len(at[other])) for other in self.across[:ACROSS])
        if len(self.across) > ACROSS:
            rest = {event.id for other in self.across[ACROSS:] for event in at[other]}
            yield number_text(sum(event.id in rest for event in events))

    def _bottom(self) -> tuple[str, ...]:
        axis = self.counted.axes[1]
        rest = {event.id for value in self.across[ACROSS:] for event in axis[value]}
        more = (number_text(len(rest)),) if len(self.across) > ACROSS else ()
        return (
            "Total",
            *(number_text(len(axis[value])) for value in self.across[:ACROSS]),
            *more,
            number_text(len(self.counted.events)),
        )

    def _notes(self) -> "Iterator[str]":
        field, axis = self.fields[0], self.counted.axes[0]
        if several := self.counted.several:
            added = sum(map(len, axis.values()))
            stand = "stands" if several == 1 else "stand"
            yield f"{plural(several, self.what)} {stand} in several rows, so the rows come to {added:,} for {plural(len(self.counted.events), self.what)}."
        if open_ := self.counted.undecided:
            yield f"Dates that leave the {field} open are counted in a row of their own: {both(event.id for event in open_)}."
        if any(not events for events in axis.values()):
            yield f"An empty {field} is one of which the record knows no {self.what}."
        yield f"The {self.what}s of a row: {command(self.asked, (), _quoted)} --where {field}=…"


def number_text(count: int) -> str:
    return f"{count:,}" if count else NONE


BALANCE = (
    Column("Between", style="strong", least=20),
    Column("Visits", right=True),
    Column("Each way", right=True),
    Column("More by", worth=7),
    Column("Last", style="date", worth=6),
    Column("Who", worth=3),
    Column("Since then", right=True),
)


def balance_grid(
    found: "Sequence[Balance]", since: "Mapping[tuple[str, ...], Gap | None]", words: "Vocabulary"
) -> Grid:
    return Grid(BALANCE, tuple(_balance_cells(one, since.get(one.pair), words) for one in found))


def _balance_cells(one: "Balance", gap: "Gap | None", words: "Vocabulary") -> tuple[str, ...]:
    first, second = (words.actors[actor].name for actor in one.pair)
    more = abs(one.out - one.back)
    return (
        f"{first} – {second}",
        number_text(one.out + one.back),
        f"{one.out} : {one.back}",
        f"{first if one.out > one.back else second}, {more}" if more else "even",
        date_text(one.last.date),
        names(one.last),
        gap.text if gap else "—",
    )


def _only_near(since: "Mapping[tuple[str, ...], Gap | None]", words: "Vocabulary") -> "Iterator[Line]":
    """Between whom the time since the last visit rests on a record that is only near complete."""
    near = [" – ".join(words.actors[actor].name for actor in pair) for pair, gap in since.items() if gap and gap.near]
    if near:
        yield Line(f"Since then, of {both(near)}: the record is only near complete, so a visit may be missing.", "warn")


def balance_values(one: "Balance", gap: "Gap | None") -> dict[str, Any]:
    return {
        "actors": list(one.pair),
        "visits": one.out + one.back,
        "by_first": one.out,
        "by_second": one.back,
        "last_id": one.last.id,
        "last_date": one.last.date.text,
        "days_least": gap.days.least if gap else None,
        "days_most": gap.days.most if gap else None,
        "covered": gap.covered if gap else None,
        "near_complete": gap.near if gap else None,
    }
