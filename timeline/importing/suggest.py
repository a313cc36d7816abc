"""A mapping drafted from a file: by the names of its columns and by what stands in them. A person reads it, mends it, and hands it to `import generic`.

Comments say why, and what only a person can decide stands as a comment that takes effect when its mark is removed.
"""

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline.importing.actors import ActorError, actor_of
from timeline.importing.mapping import ALWAYS
from timeline.importing.reading import open_sheet
from timeline.importing.titles import titles_of
from timeline.importing.when import Order, WhenError, is_unknown, read_date
from timeline.names import fold
from timeline.text import plural
from timeline.vocabulary import KINDS, STATUSES, SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.importing.rows import File, Sheet
    from timeline.vocabulary import Vocabulary

READ = 5000  # rows that a draft is made from
MOST = 0.6  # of the cells of a column that must be what it is taken for
FEW = 40  # different words of a column that are listed

# By field: words in the name of a column that speak for it, best first, and words that speak against.
HINTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "start": (("start", "begin", "arrival", "arrive", "arrived", "from", "date", "day", "year"), ("end", "birth", "created", "modified", "updated", "published", "accessed")),
    "end": (("end", "departure", "depart", "departed", "until", "return", "to", "finish", "last"), ("start", "birth", "created", "modified")),
    "visitor": (("visitor", "visiting", "sending", "leader", "guest", "origin", "from", "nationality", "sender", "home", "delegation", "country"), ("visited", "host", "destination", "to")),
    "host": (("host", "visited", "destination", "receiving", "to", "target", "recipient", "country"), ("leader", "origin", "visiting", "sending", "guest")),
    "person": (("visitor", "leader", "guest", "who", "name", "delegate", "person", "official"), ("met", "host", "country", "id", "iso")),
    "name": (("name", "leader", "visitor", "person", "guest", "official", "delegate", "who", "representative", "politician"), ("country", "id", "iso", "met", "host", "surname", "region", "city", "event")),
    "title": (("title", "position", "office", "post", "function", "role"), ("id", "event", "source")),
    "places": (("city", "place", "places", "cities", "location", "locale", "venue", "locality"), ("country", "id")),
    "met": (("met", "counterpart", "receivedby", "interlocutor"), ("count",)),
    "kind": (("kind", "type", "category", "nature"), ("source", "id")),
    "occasion": (("occasion", "purpose", "description", "remarks", "topic", "agenda", "subject", "summary", "event"), ("id",)),
    "note": (("note", "notes", "comment", "comments", "remark"), ("id",)),
    "urls": (("url", "link", "source", "sources", "reference", "website"), ("id",)),
    "days": (("duration", "days", "length", "nights"), ("id",)),
    "status": (("status",), ()),
    "support": (("support", "certainty"), ()),
}  # fmt: skip


EITHER = "visitor or host"
_ANSWERS = ("yes", "no", "true", "false", "0", "y", "n")


class Found(NamedTuple):
    """A column with the cells that say something."""

    name: str
    words: tuple[str, ...]
    cells: tuple[str, ...]


def suggested(file: "File", words: "Vocabulary") -> str:
    """The text of a mapping."""
    sheet = open_sheet(file)
    rows = list(islice((row for row in sheet.rows if not row.fault), READ))
    columns = [
        Found(name, _words(name), tuple(row.cells[name] for row in rows if not is_unknown(row.cells[name])))
        for name in sheet.header
    ]
    chosen = _chosen(columns, words)
    return "".join(f"{line}\n" for line in _lines(sheet, columns, chosen, len(rows), words))


def _words(name: str) -> tuple[str, ...]:
    """`TripStartDate` is trip, start and date."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+", name)
    return tuple(part.casefold() for part in parts) or (name.casefold(),)


def _chosen(columns: "Sequence[Found]", words: "Vocabulary") -> dict[str, list[Found]]:
    """The column of each field; each column is of one field, and the fields that need the most of their cells choose first."""
    left = list(columns)
    found: dict[str, list[Found]] = {}
    if parts := _in_parts(columns):
        found["start"] = parts
        left = [column for column in left if column not in parts]
    tests = _tests(words)
    for field in (
        "start",
        "end",
        "days",
        "urls",
        "visitor",
        "host",
        "person",
        "title",
        "name",
        "kind",
        "met",
        "places",
        "status",
        "support",
        "occasion",
        "note",
    ):
        if field in found or (field == "name" and "person" in found):
            continue
        scored = [
            (score, -number)
            for number, column in enumerate(left)
            if (score := _score(column, field)) and _fits(column, tests.get(field))
        ]
        if scored:
            best = left[-max(scored)[1]]
            several = [column for column in left if field == "urls" and _fits(column, tests["urls"])]
            found[field] = several or [best]
            left = [column for column in left if column not in found[field]]
    return _undecided(found)


def _undecided(found: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """Columns of countries of whose names none says whose they are are of neither side; of two, one that does decides the other."""
    sides = sorted(found.keys() & {"visitor", "host"}, reverse=True)
    telling = {word for side in ("visitor", "host") for word in HINTS[side][0]} - {"country"}
    if sides and not any(telling.intersection(found[side][0].words) for side in sides):
        found[EITHER] = [column for side in sides for column in found.pop(side)]
    return found


def _score(column: Found, field: str) -> int:
    hints, against = HINTS[field]
    if any(word in against for word in column.words):
        return 0
    return max((len(hints) - hints.index(word) for word in column.words if word in hints), default=0)


def _fits(column: Found, test: "Callable[[str], bool] | None") -> bool:
    """Whether most of the cells are what the field takes; each different one is looked at once."""
    cells = dict(Counter(column.cells).most_common(500))
    return any(fold(cell) not in _ANSWERS for cell in cells) and (
        test is None or sum(count for cell, count in cells.items() if test(cell)) >= MOST * sum(cells.values())
    )


def _tests(words: "Vocabulary") -> "dict[str, Callable[[str], bool]]":
    titles = titles_of(words, {})

    def is_actor(cell: str) -> bool:
        return (
            words.actor(cell.strip()) is not None
            or words.actor(" ".join(reversed(cell.strip().split(", ")))) is not None
        )

    return {
        "start": _is_date,
        "end": _is_date,
        "visitor": is_actor,
        "host": is_actor,
        "person": lambda cell: bool(titles.head(cell)[0]),
        "name": lambda cell: not cell.strip().isdecimal() and not is_actor(cell),
        "days": lambda cell: cell.strip().isdecimal() and int(cell) < 1000,
        "urls": lambda cell: cell.strip().startswith(("http://", "https://")),
        "places": lambda cell: not cell.strip().isdecimal(),
        "kind": lambda cell: len(cell) < 60,
        "status": lambda cell: fold(cell) in STATUSES,
        "support": lambda cell: fold(cell) in SUPPORTS,
    }


def _is_date(cell: str) -> bool:
    try:
        read_date(cell)
    except WhenError as error:
        return error.name in ("date-ambiguous", "date-two-digits", "date-serial", "date-impossible", "date-outside")
    return True


def _in_parts(columns: "Sequence[Found]") -> list[Found]:
    """Columns for year, month and day."""
    named = {" ".join(column.words): column for column in columns}
    parts = [named.get(name) for name in ("year", "month", "day")]
    return [part for part in parts if part] if all(parts) else []


def _lines(
    sheet: "Sheet", columns: "Sequence[Found]", chosen: dict[str, list[Found]], count: int, words: "Vocabulary"
) -> "Iterator[str]":
    stem = sheet.name.rpartition("/")[2].rpartition(".")[0]
    slug = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-") or "data"
    yield f"# Drafted from {plural(count, 'row')} of {sheet.name.rpartition('/')[2]} ({sheet.encoding}). Read it through: docs/import.md says what each line means."
    yield "source:"
    yield f"  id: {slug}"
    yield f"  title: {_q(stem)}"
    yield "  # publisher: …"
    yield "  # url: https://…"
    yield "  # licence: …"
    yield "  # version: …"
    if identity := _identity(columns, count):
        yield f"row-id: {_q(identity.name)}  # a different one in every row"
    else:
        yield "# row-id: …  # no column names a row: a row that is changed in the source will count as another"
    yield from _date_lines(sheet, columns, chosen)
    yield from _field_lines(chosen)
    yield from _value_lines(chosen, words)
    yield from _title_lines(chosen.get("title", []), words)
    taken = {column.name for several in chosen.values() for column in several} | (
        {identity.name} if identity else set()
    )
    if year := _year(columns, chosen):
        taken.add(year.name)
    if rest := [column.name for column in columns if column.name not in taken]:
        yield f"# not used: {', '.join(map(_q, rest))}"


def _identity(columns: "Sequence[Found]", count: int) -> Found | None:
    named = (column for column in columns if set(column.words) & {"id", "no", "number", "nr", "key", "code", "uid"})
    return next((column for column in named if len(set(column.cells)) == len(column.cells) == count > 0), None)


def _date_lines(sheet: "Sheet", columns: "Sequence[Found]", chosen: dict[str, list[Found]]) -> "Iterator[str]":
    yield "date:"
    start = chosen.get("start", [])
    if not start:
        yield "  start: …  # no column reads as a date"
        return
    yield f"  start: {_columns(start)}"
    for key in ("end", "days"):
        if key in chosen:
            yield f"  {key}: {_columns(chosen[key])}{'  # taken to count both the first and the last day' if key == 'days' else ''}"
    if year := _year(columns, chosen):
        yield f"  year: {_q(year.name)}  # must agree with the start"
    cells = [cell for field in ("start", "end") for column in chosen.get(field, []) for cell in column.cells]
    if len(start) == 1:
        yield from _order_lines(cells, sheet)


def _year(columns: "Sequence[Found]", chosen: dict[str, list[Found]]) -> Found | None:
    """A column that repeats the year of the start."""
    taken = [column for several in chosen.values() for column in several]
    named = (
        column for column in columns if column.words[-1] == "year" and "end" not in column.words and column not in taken
    )
    return next((column for column in named if column.cells), None)


def _order_lines(cells: "Sequence[str]", sheet: "Sheet") -> "Iterator[str]":
    """The order of day and month as far as the cells decide it."""
    names = Counter(_what(cell) for cell in cells)
    day, month, both = names["D"], names["M"], names["date-ambiguous"]
    if both and day and not month:
        yield f"  order: dmy  # {plural(day, 'date')} with the day first for sure, {both:,} that fit both orders"
    elif both and month and not day:
        yield f"  order: mdy  # {plural(month, 'date')} with the month first for sure, {both:,} that fit both orders"
    elif both:
        yield f"  # order: dmy  # or mdy: {plural(both, 'date')} that fit both, {day:,} with the day first for sure, {month:,} with the month; the first are quarantined as long as nobody decides"
    if names["date-two-digits"]:
        yield f"  # two-digit-years: 1950..2049  # {plural(names['date-two-digits'], 'date')} with a year of two digits, quarantined as long as nobody says which"
    if names["date-serial"]:
        sure = "" if sheet.epoch else "# "
        yield f"  {sure}days-from: {sheet.epoch or 1900}  # {plural(names['date-serial'], 'number')} of days{', counted as the workbook says' if sheet.epoch else '; or 1904'}"


def _what(cell: str) -> str:
    try:
        form = read_date(cell, Order()).form
    except WhenError as error:
        return error.name
    first, second = re.split(r"\W+", cell.strip())[:2] if form[:1] in "DM" and form[1:2] in "./-" else ("", "")
    return "" if first == second else form[:1]


def _field_lines(chosen: dict[str, list[Found]]) -> "Iterator[str]":
    for column in chosen.get(EITHER, ()):
        other = "" if len(chosen[EITHER]) > 1 else " The other side, if it is one for all, goes under defaults"
        yield f"# visitor: {_q(column.name)}  # or host: its name does not say which.{other}"
    for field in ("visitor", "host") if EITHER not in chosen else ():
        yield (
            f"{field}: {_columns(chosen[field])}"
            if field in chosen
            else f"# {field}: …  # no column has most of its cells known as actors; one {field} for all: under defaults"
        )
    if not chosen.keys() & {"person", "name"}:
        yield "# name: …  # no column for who travelled was found"
    for field in ("person", "name", "title", "kind", "status", "support", "places", "met", "occasion", "note", "urls"):
        if field in chosen:
            yield f"{field}: {_columns(chosen[field])}"
    marks = {field: mark for field in ("places", "met") if (mark := _mark(chosen.get(field, [])))}
    if marks:
        yield "split:"
        yield from (f'  {field}: "{mark}"' for field, mark in marks.items())
    missing = [side for side in ("visitor", "host") if side not in chosen]
    if missing and len(chosen.get(EITHER, ())) < len(missing):
        yield "# defaults:"
        yield from (f"#   {side}: …" for side in missing)


def _mark(columns: "Sequence[Found]") -> str:
    """What stands between several things in one cell, if anything does in one of ten."""
    cells = [cell for column in columns for cell in column.cells]
    return next((mark for mark in ";|," if sum(mark in cell for cell in cells) > 0.1 * len(cells)), "")


def _value_lines(chosen: dict[str, list[Found]], words: "Vocabulary") -> "Iterator[str]":
    """The words of a source that have no meaning here yet, each with what may be meant."""
    lines = [
        *_kind_lines(chosen.get("kind", [])),
        *_actor_lines("visitor", chosen, words),
        *_actor_lines("host", chosen, words),
        *_actor_lines(EITHER, chosen, words),
    ]
    if lines:
        yield "values:" if any(not line.lstrip().startswith("#") for line in lines) else "# values:"
        yield from lines


def _kind_lines(columns: "Sequence[Found]") -> "Iterator[str]":
    counts = Counter(" ".join(cell.split()) for column in columns for cell in column.cells)
    if not counts or len(counts) > FEW:
        return
    known = {text: kind for text in counts if (kind := _kind(text)) and fold(text) != kind}
    if known:
        yield "  kind:"
        yield from (f"    {_q(text)}: {kind}" for text, kind in known.items())
    unknown = [text for text in counts if not _kind(text)]
    if unknown:
        yield f"  # kinds without a meaning here, of: {', '.join(KINDS)}"
        yield from (f"  #   {_q(text)}: …  # {plural(counts[text], 'row')}" for text in unknown)


def _kind(text: str) -> str:
    """`State visit` is state."""
    key = fold(text).removesuffix(" visit").removesuffix(" trip")
    return key if key in KINDS else ""


def _actor_lines(side: str, chosen: dict[str, list[Found]], words: "Vocabulary") -> "Iterator[str]":
    counts = Counter(" ".join(cell.split()) for column in chosen.get(side, []) for cell in column.cells)
    lines = []
    for text in counts:
        try:
            actor_of(text, ALWAYS, {}, words)
        except ActorError as error:
            if error.name == "unknown-actor":
                lines.append(f"  #   {_q(text)}: …  # {plural(counts[text], 'row')}{words.actor_index.suggest(text)}")
    if lines:
        yield f"  # {side}:"
        yield from lines[:FEW]


def _title_lines(columns: "Sequence[Found]", words: "Vocabulary") -> "Iterator[str]":
    """Titles that stand for no office of ours yet."""
    titles = titles_of(words, {})
    parts = (part for column in columns for cell in column.cells for part in titles.of(" ".join(cell.split()), "")[1])
    counts = Counter(part for part in parts if titles.of(part, _behind(part, words))[1])
    if counts:
        yield "# titles:  # to which offices they belong; [] for none. Without a line here they are kept as text"
    for text, count in counts.most_common(FEW):
        yield f"#   {_q(text)}: []  # {plural(count, 'time')}{words.office_index.suggest(text)}"


def _behind(title: str, words: "Vocabulary") -> str:
    """The actor that a title ends with: `President of China`."""
    return words.actor(re.sub(r"^.* of (?:the )?", "", title)) or ""


def _columns(columns: "Sequence[Found]") -> str:
    names = [_q(column.name) for column in columns]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _q(text: str) -> str:
    """A text as YAML has it."""
    import json

    plain = re.fullmatch(r"[^\W\d_][\w ()./+-]*[\w)]|[^\W\d_]", text) and fold(text) not in (
        "yes",
        "no",
        "null",
        "true",
        "false",
        "on",
        "off",
        "y",
        "n",
    )
    return text if plain else json.dumps(text, ensure_ascii=False)
