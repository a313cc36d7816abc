"""A mapping drafted from a file: by the names of its columns and by what stands in them. A person reads it, mends it, and hands it to `import generic`.

Comments say why, and what only a person can decide stands as a comment that takes effect when its mark is removed.
"""

import re
from collections import Counter
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from timeline.importing.actors import ActorError, actor_of
from timeline.importing.asking import choice_of
from timeline.importing.beware import beware
from timeline.importing.choose import EITHER, FEW, Asked, Choice
from timeline.importing.datelines import REMOVE, because, date_lines, listing, none_of
from timeline.importing.draft import STRICT
from timeline.importing.encoding import letters
from timeline.importing.evidence import (
    Column,
    Readings,
    column,
    is_role,
    is_status,
    is_support,
)
from timeline.importing.headers import known_as
from timeline.importing.identity import identity
from timeline.importing.layout import layout_of
from timeline.importing.mapping import ALWAYS
from timeline.importing.outcomes import outcome
from timeline.importing.reading import open_sheet
from timeline.importing.records import several
from timeline.importing.texts import LINE_BREAK, kind_of, quoted
from timeline.names import fold
from timeline.text import plural, visible
from timeline.vocabulary import KINDS, ROLES, STATUSES, SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.importing.identity import Identity
    from timeline.importing.layout import Layout
    from timeline.importing.rows import File, Row, Sheet
    from timeline.vocabulary import Vocabulary

READ = 5000  # rows that a draft is made from
FIELDS = ("person", "name", "title", "kind", "role", "status", "support", "places", "met", "occasion", "note", "urls")


def suggested(file: "File", words: "Vocabulary", encoding: str = "") -> str:
    """The text of a mapping; it declares the encoding that is given."""
    readings = Readings(words)
    layout = layout_of(file, readings, encoding)
    sheet = open_sheet(file, layout.wanted)
    unread = tuple(sheet.remarks)
    faults: list[Row] = []
    readable = _readable(sheet.rows, faults)
    rows = list(islice(readable, READ))
    more = next(readable, None) is not None
    apart = {name for names in several(sheet.header).values() for name in names}
    columns = [column(name, tuple(row.cells[name] for row in rows)) for name in sheet.header if name not in apart]
    choice = choice_of(columns, readings, serials=bool(sheet.epoch))
    lines = _Draft(sheet, rows, faults, columns, choice, readings, unread, more=more).lines(layout)
    # a break within a line, which YAML sees in more signs than one, would end its comment; in quotes YAML reads the escapes back
    return "".join(f"{visible(line)}\n" for line in lines)


class _Draft:
    """What a draft is written from, and its lines."""

    def __init__(
        self,
        sheet: "Sheet",
        rows: "Sequence[Row]",
        faults: "Sequence[Row]",
        columns: "Sequence[Column]",
        choice: Choice,
        readings: Readings,
        unread: "Sequence[str]",
        *,
        more: bool,
    ) -> None:
        self.sheet, self.rows, self.faults, self.columns = sheet, rows, faults, columns
        self.choice, self.readings, self.unread, self.more = choice, readings, unread, more

    def lines(self, layout: "Layout") -> "Iterator[str]":
        name = self.sheet.name.rpartition("/")[2]
        stem = name.rpartition(".")[0]
        slug = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-") or "data"
        first = "the first " if self.more else ""
        alone = ", which has more: what is said below is said of these alone" if self.more else ""
        yield f"# Drafted from {first}{plural(len(self.rows), 'row')} of {name} ({self.sheet.encoding}){alone}. Read it through: docs/import.md says what each line means."
        if self.faults:
            one = self.faults[0]
            yield f"# {plural(len(self.faults), 'row')} cannot be put into cells, and will be quarantined: row {one.number}, {one.fault}"
        if not self.rows:
            yield "# It has no rows that can be read: nothing below says anything of it."
        yield from _open_lines(self.choice.open)
        yield "source:"
        yield f"  id: {slug if slug[0].isalpha() else f'data-{slug}'}"
        yield f"  title: {quoted(stem)}"
        yield from ("  # publisher: …", "  # url: https://…", "  # licence: …", "  # version: …")
        if layout.lines:
            yield "read:"
            yield from (f"  {line}" for line in layout.lines)
        found = identity(self.columns, self.rows, self.choice.taken)
        yield _row_id(found, len(self.rows), more=self.more)
        yield from date_lines(self.choice.dates, self.columns, self.sheet)
        yield from self._sides()
        yield from self._fields()
        proposed = self._likely[0] if len(self.choice.columns.get(EITHER, ())) == 1 else "visitor"
        yield from _value_lines(self._perhaps, self.readings.words, proposed)
        yield from _title_lines(self.choice.columns, self.readings)
        taken = self.choice.taken | {found.column}
        if rest := [one.name for one in self.columns if one.name not in taken]:
            yield f"# not used: {', '.join(map(quoted, rest))}"
        yield from beware(self.columns, self.choice, self.choice.read | {found.column}, self.readings.actor)
        yield from self._unread()

    @property
    def _perhaps(self) -> "dict[str, list[Column]]":
        """The columns of fields, and of those that have none the columns that are asked about."""
        asked = {one.field: [*one.columns] for one in reversed(self.choice.asked)}
        return asked | self.choice.columns

    def _unread(self) -> "Iterator[str]":
        """What of the file the draft is not made from, and what may be read wrong."""
        for name in several(self.sheet.header):
            yield f"# BEWARE: {quoted(name)} has several objects in one record, which no line above reads. If they are several visits, make a record of each, and give it what stands beside them."
        yield from (f"# BEWARE: {remark}." for remark in self.unread)
        words = dict.fromkeys(letters(cell for one in self.columns for cell in one.counts))
        if self.sheet.guessed and words:
            yield f"# Nothing in the file tells its encoding; as it is read, it has {', '.join(list(words)[:5])}. Where that is wrong, draft it again with --encoding cp1250, cp1251, mac_roman, gb18030, …"

    def _sides(self) -> "Iterator[str]":
        columns = self.choice.columns
        if "direction" in columns:
            yield f"direction: {listing(columns['direction'])}{because(self.choice.why.get('direction'))}"
            return
        if EITHER in columns:
            yield from self._either(columns[EITHER])
            return
        for side in ("visitor", "host"):
            asked = [one for one in self.choice.asked if one.field == side]
            if asked:
                yield from (
                    f"# {line}"
                    for one in asked
                    for line in _asked_lines(one, f": who {'travelled' if side == 'visitor' else 'received'}?")
                )
            elif side in columns:
                yield f"{side}: {listing(columns[side])}{because(self.choice.why.get(side))}"
            else:
                yield f"# {side}: …  # {self._lacking(side)}"

    def _lacking(self, side: str) -> str:
        test = self.readings.actor
        others = [one for one in self.columns if one.mostly(test) and one.name not in self.choice.taken]
        if others:
            return f"{' or '.join(quoted(one.name) for one in others)}, of known actors: the name does not say so; or one {side} for all: under defaults"
        if self.choice.columns.keys() & {"visitor", "host"}:
            return f"no other column is of actors; one {side} for all: under defaults"
        return f"{none_of(self.columns, test, 'is of known actors', 'are known')}; one {side} for all: under defaults"

    def _either(self, actors: "Sequence[Column]") -> "Iterator[str]":
        """Which way the journeys went, asked with all that the cells say of it."""
        told = "; ".join(f"{quoted(one.name)}: {one.told(self.readings.side)} are known actors" for one in actors)
        yield f"# {told}. {'Their names do' if len(actors) > 1 else 'Its name does'} not say who travelled and who received."
        yield from filter(None, map(self._homes, actors))
        if len(actors) == 1:
            side, other = self._likely[:2]
            yield f"# {side}: {quoted(actors[0].name)}  # or {other}: its name does not say which. The other side, if it is one for all, goes under defaults"
            return
        if len(actors) > 2:
            yield from (
                f"# {side}: {quoted(one.name)}  # or another of these" for side in ("visitor", "host") for one in actors
            )
            return
        one, other = map(quoted, (column.name for column in actors))
        yield f"# visitor: {one}  # either these two lines,"
        yield f"# host: {other}"
        yield f"# visitor: {other}  # or these"
        yield f"# host: {one}"

    def _homes(self, side: Column) -> str:
        """How often a column of actors has those in which people who are known held an office: no proof, since hosts may be named too."""
        who, holders = self._holders(side)
        own = sum(actor in homes for actor, homes in holders)
        if not holders or not (own or len(self.choice.columns[EITHER]) == 1):
            return ""
        count = f"{own:,}" if own else "none"
        return f"# In {count} of {plural(len(holders), 'row')} in which {who} names a holder of a top office, that was an office of {quoted(side.name)}."

    def _holders(self, side: Column) -> "tuple[str, list[tuple[str | None, set[str]]]]":
        """The column of people, if there is one, and of its rows with a holder of a top office the actor of a side with those of the office."""
        people = [*self.choice.columns.get("person", []), *self.choice.columns.get("name", [])]
        people = people or [
            column for one in self.choice.asked if one.field in ("person", "name") for column in one.columns
        ]
        pairs = [
            (self.readings.side(actor), self.readings.homes(name))
            for who in people[:1]
            for actor, name in zip(side.cells, who.cells, strict=True)
            if actor and name
        ]
        return quoted(people[0].name) if people else "", [(actor, homes) for actor, homes in pairs if homes]

    @cached_property
    def _likely(self) -> tuple[str, str, str]:
        """The side to propose for the only column of actors, the other one, and what that may be for all: the side that its header says, else a host where none of the people who are known are of it."""
        (only,) = self.choice.columns[EITHER]
        _, holders = self._holders(only)
        if not holders or any(actor in homes for actor, homes in holders):
            return "visitor", "host", "…"
        sides = ("visitor", "host") if known_as(only, "visitor") else ("host", "visitor")
        return *sides, self._common(only)

    def _common(self, side: Column) -> str:
        """The actor in which all people who are known held an office, where that is not the one of their row."""
        _, holders = self._holders(side)
        if not holders or any(actor in homes for actor, homes in holders):
            return "…"
        return min(set.intersection(*(homes for _, homes in holders)), default="…")

    def _fields(self) -> "Iterator[str]":
        columns = self.choice.columns
        for one in self.choice.asked:
            if one.field not in ("visitor", "host"):
                yield from (f"# {line}" for line in _asked_lines(one))
        if self.choice.open.get("people") == []:
            yield "# name: …  # no column for who travelled was found"
        for field in FIELDS:
            if field in columns:
                yield f"{field}: {listing(columns[field])}{because(self.choice.why.get(field))}"
        marks = {field: mark for field in ("places", "met") if (mark := _mark(columns.get(field, [])))}
        if marks:
            yield "split:"
            yield from (f"  {field}: {quoted(mark)}" for field, mark in marks.items())
        if "direction" in columns:
            return
        missing = {side: "…" for side in ("visitor", "host") if side not in columns}
        if missing.keys() == {"visitor"}:
            missing["visitor"] = self._common(columns["host"][0])
        if len(columns.get(EITHER, ())) == 1:
            _, other, common = self._likely
            missing = {other: common}
        if missing and len(columns.get(EITHER, ())) < 2:
            yield "# defaults:"
            yield from (f"#   {side}: {said}" for side, said in missing.items())


def _open_lines(open_: dict[str, list[str]]) -> "Iterator[str]":
    if open_:
        yield "open:  # no column is sure to be these; as long as nobody decides, import generic refuses this mapping"
        yield from (f"  {field}: [{', '.join(map(quoted, columns))}]" for field, columns in open_.items())


def _asked_lines(asked: Asked, question: str = "") -> "Iterator[str]":
    each = [asked.columns] if asked.together else [(one,) for one in asked.columns]
    yield from (f"{asked.field}: {listing(columns)}  # {asked.why}{question} {REMOVE}" for columns in each)


def _readable(rows: "Iterator[Row]", faults: "list[Row]") -> "Iterator[Row]":
    """The rows that could be put into cells; `faults` grows by the others."""
    for row in rows:
        if row.fault:
            faults.append(row)
        else:
            yield row


def _row_id(found: "Identity", rows: int, *, more: bool) -> str:
    if not found.column:
        return f"# row-id: …  # {found.against}: a row that is changed in the source will count as another"
    again = rows - found.different
    told = f"; {plural(again, 'row')} told twice, word for word" if again else ""
    return f"row-id: {quoted(found.column)}  # a different one in every row{' that was read' if more else ''}{told}"


def _mark(columns: "Sequence[Column]") -> str:
    """What stands between several things in one cell, if anything does in one of ten."""
    cells = [cell for column in columns for cell in column.cells if cell]
    marks = {";": ";", "|": "|", LINE_BREAK: "\n", ",": ","}
    return next((mark for mark, sign in marks.items() if sum(sign in cell for cell in cells) > 0.1 * len(cells)), "")


def _value_lines(chosen: dict[str, list[Column]], words: "Vocabulary", proposed: str) -> "Iterator[str]":
    """The words of a source that have no meaning here yet, each with what may be meant: a mapping where their marks are removed. `proposed` is the side of columns of which nobody knows it."""
    other = "host" if proposed == "visitor" else "visitor"
    lines = [
        *_word_lines("kind", chosen.get("kind", []), kind_of, KINDS),
        *_word_lines("status", chosen.get("status", []), is_status, STATUSES),
        *_word_lines("role", chosen.get("role", []), is_role, ROLES),
        *_word_lines("support", chosen.get("support", []), is_support, SUPPORTS),
        *_actor_lines("visitor", chosen.get("visitor", []), words),
        *_actor_lines("host", chosen.get("host", []), words),
        *_actor_lines(proposed, chosen.get(EITHER, []), words, f"  # or {other}:, of the column that is that"),
    ]
    if lines:
        yield "# values:"
        yield from (f"#   {line}" for line in lines)


def _word_lines(
    field: str, columns: "Sequence[Column]", known: "Callable[[str], object]", ours: "Sequence[str]"
) -> "Iterator[str]":
    counts = Counter(text for column in columns for text in column.counts.elements())
    if field in STRICT:
        counts.update(text for column in columns for text in column.unknown)
    unknown = [text for text in counts if not known(text)]
    if unknown and (field != "kind" or len(counts) <= FEW):
        yield f"{field}:  # these have no meaning here yet, of: {', '.join(ours)}"
        for text in unknown[:FEW]:
            meant = outcome(text) if field == "status" else ""
            why = "; postponed: not on this day" if meant == "postponed" else f"; probably {meant}" if meant else ""
            yield f"  {quoted(text)}: …  # {plural(counts[text], 'row')}{why}"


def _actor_lines(side: str, columns: "Sequence[Column]", words: "Vocabulary", why: str = "") -> "Iterator[str]":
    counts = Counter(text for column in columns for text in column.counts.elements())
    if unknown := [*islice((text for text in counts if _is_unknown_actor(text, words)), FEW)]:
        yield f"{side}:{why}"
    for text in unknown:
        yield f"  {quoted(text)}: …  # {plural(counts[text], 'row')}{words.actor_index.suggest(text)}"


def _is_unknown_actor(text: str, words: "Vocabulary") -> bool:
    try:
        actor_of(text, ALWAYS, {}, words)
    except ActorError as error:
        return error.name == "unknown-actor"
    return False


def _title_lines(chosen: dict[str, list[Column]], readings: Readings) -> "Iterator[str]":
    """Titles that stand for no office of ours yet; those that are offices of some states alone count as known where it is not told whose they are."""
    titles = readings.titles
    counts: Counter[str] = Counter()
    for one in chosen.get("title", []):
        whose = chosen["visitor"][0].cells if "visitor" in chosen else [""] * len(one.cells)
        for (cell, side), times in Counter(zip(one.cells, whose, strict=True)).items():
            actor = readings.actor(side) if side else ""
            for part in titles.of(" ".join(cell.split()), actor or "")[1]:
                known = titles.offices if not actor else {}
                if fold(part) not in known and titles.of(part, readings.behind(part))[1]:
                    counts[part] += times
    if counts:
        yield "# titles:  # to which offices they belong; [] for none. Without a line here they are kept as text"
    for text, count in counts.most_common(FEW):
        yield f"#   {quoted(text)}: []  # {plural(count, 'time')}{titles.nearest(text)}"
