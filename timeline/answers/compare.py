"""`compare`: two records beside each other, as an answer: what differs with both values, what only one has, and counts a year."""

from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Block, Column, Facts, Grid, Heading, Line
from timeline.comparison import AGREE, AMBIGUOUS, COMPATIBLE, ONLY_A, ONLY_B, STATES, lacked
from timeline.comparison.differences import CONFLICT, EACH
from timeline.comparison.matching import days_apart
from timeline.dates import parse_when
from timeline.facets import label
from timeline.query import in_scope
from timeline.scope import direction_words, scope_line, scope_values
from timeline.store.flat import record
from timeline.store.rules import SOURCE_KEYS
from timeline.text import both, date_text, either, names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.comparison import Comparison, Row
    from timeline.comparison.differences import Difference
    from timeline.model import Source, Store
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary

_TOLD = ("id", "date", "start_earliest", "start_latest", "end_earliest", "end_latest", "people", "kind", "status", "places")  # fmt: skip
KEYS = (
    *("state", "type", "visitor", "host", "actors", "title"),
    *(f"{side}_{key}" for key in _TOLD for side in "ab"),
    *(
        "days_least",
        "days_most",
        "differences",
        "others",
        "others_count",
        "same_day",
        "covered",
        "coverage",
        "a_lacks_sources",
        "b_lacks_sources",
    ),
)
HEADS = {
    CONFLICT: "In conflict",
    COMPATIBLE: "Compatible: one says more",
    AMBIGUOUS: "Undecided: may be several of the other record",
    ONLY_A: "Only in A",
    ONLY_B: "Only in B",
    AGREE: "In agreement",
}
_CLAIMS = {
    "complete": "{} claims to be complete",
    "near-complete": "{} claims to be near complete",
    "perhaps": "{} claims to be complete for some of these days",
    "no": "{} claims nothing",
}
NAMES = 5  # names alike that are told to people
_WIDER = "; what did not happen, or is no visit, is compared with --type any --status any --kind any"
_PAIR = (
    Column("Date", style="date"),
    Column("Direction", worth=6, least=14),
    Column("Who", least=16, style="strong"),
    Column("Field", worth=8),
    Column("A", least=14),
    Column("B", least=14),
    Column("Reading", worth=7, least=12),
    Column("Ids", worth=0, style="dim"),
)
_ALONE = (
    Column("Date", style="date"),
    Column("Direction", worth=8, least=19),
    Column("Who", least=22, style="strong"),
    Column("Kind", worth=5, least=8),
    Column("The other", worth=7, least=24),
    Column("Id", worth=0, style="dim"),
)
_AGREED = (
    Column("Date", style="date"),
    Column("Direction", worth=8, least=19),
    Column("Who", least=22, style="strong"),
    Column("Ids", worth=0, style="dim"),
)
_YEARS = (Column("Year"), *(Column(head, right=True) for head in ("A", "B", "A − B")))


def compare_answer(
    found: "Comparison",
    sides: "Sequence[tuple[str, Store]]",
    query: "Query",
    words: "Vocabulary",
    only: "Sequence[str]" = (),
    merge: str = "",
) -> Answer:
    """`sides` are the two records with the names that they were asked for by; `words` those of both. `only` are the states that are told of, if not all.

    Status 1 where one of the rows told is anything but an agreement, as of `diff`. `merge` is the command that takes sources over.
    """
    shown = [row for row in found.rows if not only or row.state in only]
    a, b = (store.vocabulary for _, store in sides)
    blocks: list[Block] = [_heading(found, sides), Line(f"{scope_line(query, words)}.", "dim")]
    for state in STATES:
        if rows := [row for row in shown if row.state == state]:
            blocks += [Heading(f"{HEADS[state]} ({len(rows):,})"), _grid(state, rows, query, (a, b))]
    if found.years:
        cells = tuple((label("year", y, words), *map(_number, (m, n)), _number(m - n)) for y, m, n in found.years)
        blocks += [Heading("By year"), Grid(_YEARS, cells)]
    lacking = sum(len(lacked(row.a.sources, row.b.sources)) for row in found.rows if _agreed(row) and row.a and row.b)
    return Answer(
        "compare",
        [_values(row, (a, b)) for row in shown],
        tuple(blocks),
        scope_values(query),
        {
            **{side: _side(found, sides, number) for number, side in enumerate("ab")},
            "states": found.counts,
            "years": [{"year": year or None, "a": m, "b": n} for year, m, n in found.years],
            "sources_to_merge": lacking,
            "names_alike": [one._asdict() for one in found.alike],
        },
        remarks=tuple(_remarks(found, lacking, merge, usual=not (query.types or query.statuses or query.kinds))),
        status=int(any(row.state != AGREE for row in shown)),
        keys=KEYS,
    )


def _agreed(row: "Row") -> bool:
    return row.state in (AGREE, COMPATIBLE)


def _side(found: "Comparison", sides: "Sequence[tuple[str, Store]]", number: int) -> dict[str, Any]:
    name, store = sides[number]
    events = (found.a, found.b)[number]
    return {
        "store": name,
        "title": store.title or None,
        "events": len(events),
        "outside": found.outside[number],
    }


def _heading(found: "Comparison", sides: "Sequence[tuple[str, Store]]") -> Facts:
    lines = []
    for side, (name, store), events in zip("AB", sides, (found.a, found.b), strict=True):
        title = f"{store.title} ({name})" if store.title else name
        lines.append((side, f"{title}: {plural(len(events), 'event')} in scope of {len(store.events):,}"))
    return Facts(tuple(lines))


def _remarks(found: "Comparison", lacking: int, merge: str, *, usual: bool) -> "Iterator[str]":
    counts = found.counts
    if not found.rows:
        yield "no event of either record lies in this scope, so nothing was compared"
    yield (
        f"{counts[AGREE]:,} agree, {counts[COMPATIBLE]:,} compatible, {counts[CONFLICT]:,} in conflict, {counts[AMBIGUOUS]:,} undecided,"
        f" {counts[ONLY_A]:,} only in A, {counts[ONLY_B]:,} only in B"
    )
    if any(found.outside):
        yield (
            f"not compared, as they lie outside the scope: {plural(found.outside[0], 'event')} of A, {found.outside[1]:,} of B{_WIDER if usual else ''}"
        )
    if alike := found.alike:
        first = "; ".join(f"{one.a} and {one.b}" for one in alike[:NAMES])
        more = f"; {len(alike) - NAMES:,} more" if len(alike) > NAMES else ""
        yield (
            f"may be one person in A and B, by visits from the same day on: {first}{more}. Where they are, declare it in one of the records"
            " (people: with aliases:), and these visits are compared"
        )
    if lacking and merge:
        yield f"A lacks {plural(lacking, 'source')} that B has for what they do not conflict on; {merge} takes them over"


def _number(count: int) -> str:
    return f"{count:,}".replace("-", "−") if count else "·"


def _grid(state: str, rows: "Sequence[Row]", query: "Query", words: "tuple[Vocabulary, Vocabulary]") -> Grid:
    if state in (CONFLICT, COMPATIBLE):
        return Grid(_PAIR, tuple(cells for row in rows for cells in _pair_cells(row, query, words)))
    if state == AGREE:
        return Grid(_AGREED, tuple((*_named(row, query, words), _ids(row)) for row in rows))
    return Grid(_ALONE, tuple(_alone_cells(row, query, words) for row in rows))


def _named(row: "Row", query: "Query", words: "tuple[Vocabulary, Vocabulary]") -> tuple[str, str, str]:
    """Date, direction and who, as A has them, or B where A has nothing."""
    event, known = (row.a, words[0]) if row.a else (row.event, words[1])
    if event.type == "visit":
        return (
            date_text(event.date),
            direction_words(event.direction, known),
            names(event, in_scope(event, query, known)),
        )
    return date_text(event.date), both(known.actors[actor].name for actor in event.actors), event.title


def _ids(row: "Row") -> str:
    """The ids of a pair; one, where both have the same."""
    return " = ".join(dict.fromkeys(event.id for event in (row.a, row.b) if event))


def _pair_cells(row: "Row", query: "Query", words: "tuple[Vocabulary, Vocabulary]") -> "Iterator[tuple[str, ...]]":
    """A line a difference; what the lines have in common stands in the first."""
    begin: tuple[str, ...] = _named(row, query, words)
    ids = _ids(row)
    for one in row.differences:
        field = f"{one.field} of {one.person}" if one.person else one.field
        yield (*begin, field, *_both_values(one), _reading(one), ids)
        begin, ids = ("", "", ""), ""


def _both_values(one: "Difference") -> tuple[str, str]:
    """What each says; of lists of which one only has more, that."""
    if isinstance(one.a, list):
        whole = one.verdict == CONFLICT
        ours, theirs = (
            [text for text in mine if whole or text not in other] for mine, other in ((one.a, one.b), (one.b, one.a))
        )
        return ", ".join(ours), ", ".join(theirs)
    if one.field == "date":
        return date_text(parse_when(one.a)), date_text(parse_when(one.b))
    return one.a or "", one.b or ""


def _reading(one: "Difference") -> str:
    if one.verdict == CONFLICT:
        return "one event, or two" if one.field == "title" else "conflict"
    more = "is more exact" if one.field == "date" else "says more"
    return f"each {more} in part" if one.verdict == EACH else f"{one.verdict.upper()} {more}"


def _alone_cells(row: "Row", query: "Query", words: "tuple[Vocabulary, Vocabulary]") -> tuple[str, ...]:
    event = row.event
    kind = event.kind if event.type == "visit" else event.type
    return (*_named(row, query, words), kind, "; ".join(_beside(row, "B" if row.a else "A")), event.id)


def _beside(row: "Row", other: str) -> "Iterator[str]":
    """What the other record has instead of an event, and what it claims."""
    ids = [one.id for one in row.others.first]
    more = row.others.total - len(ids)
    if ids:
        named = [*ids, f"{more:,} more"] if more else ids
        yield f"near, but another: {both(named)}" if row.covered else f"may be {either(named)} of {other}"
    if row.same_day:
        yield f"that day {other} has {both(f'{one.id} ({names(one)})' for one in row.same_day)}"
    if row.covered:
        by = f" ({both(statement.id for statement in row.statements)})" if row.statements else ""
        yield f"{_CLAIMS[row.covered].format(other)}{by}"


def _values(row: "Row", words: "tuple[Vocabulary, Vocabulary]") -> dict[str, Any]:
    event = row.event
    each = [record(one, known) if one else {} for one, known in zip((row.a, row.b), words, strict=True)]
    days = days_apart(row.a.date, row.b.date) if row.a and row.b else (None, None)
    lacks = [lacked(one.sources, other.sources) if one and other else () for one, other in ((row.a, row.b), (row.b, row.a))]  # fmt: skip
    return {
        "state": row.state,
        "type": event.type,
        "visitor": event.visitor or None,
        "host": event.host or None,
        "actors": list(event.actors),
        "title": event.title or None,
        **{f"{side}_{key}": one.get(key) for key in _TOLD for side, one in zip("ab", each, strict=True)},
        "days_least": days[0],
        "days_most": days[1],
        "differences": [_difference(one) for one in row.differences],
        "others": [other.id for other in row.others.first],
        "others_count": row.others.total,
        "same_day": [other.id for other in row.same_day],
        "covered": row.covered or None,
        "coverage": [statement.id for statement in row.statements],
        "a_lacks_sources": [_source(source) for source in lacks[0]],
        "b_lacks_sources": [_source(source) for source in lacks[1]],
    }


def _difference(one: "Difference") -> dict[str, Any]:
    verdict = one.verdict if one.verdict == CONFLICT else f"{one.verdict}-says-more"
    return {"field": one.field, "person": one.person or None, "verdict": verdict, "a": one.a, "b": one.b}


def _source(source: "Source") -> dict[str, str | None]:
    return {key: getattr(source, key) or None for key in SOURCE_KEYS}
