"""One row → an event that cites it, or every reason why not."""

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import DateError, Span, When, parse_when
from timeline.errors import did_you_mean
from timeline.importing.actors import ActorError, actor_of, former_name
from timeline.importing.audit import before_they_began, capitals_of_others, offices_told
from timeline.importing.marks import unbroken, without_notes
from timeline.importing.outcomes import unheld
from timeline.importing.parts import from_parts
from timeline.importing.printed import by_adjective, by_code, known
from timeline.importing.stay import LONG, if_swapped, journey, last_day, length, shorter
from timeline.importing.styled import styled
from timeline.importing.tally import SWAP, Told
from timeline.importing.texts import digest_of, is_address, kind_of, sentences, split, texts_of, too_long, word_key
from timeline.importing.titles import Party, Titles, lined, pairs_of, party_of, party_of_lines, people_of, titles_of
from timeline.importing.when import WhenError, is_empty, is_unknown, read_date
from timeline.model import Event, Source
from timeline.names import fold
from timeline.vocabulary import KINDS, ROLES, STATUSES, SUPPORTS

if TYPE_CHECKING:
    from timeline.importing.mapping import Mapping
    from timeline.importing.rows import Row
    from timeline.importing.when import Written
    from timeline.vocabulary import Vocabulary

ARROW = re.compile(
    r"(?:(?P<person>.+), )?(?:from )?(?P<visitor>[^,]+?)(?:\s*(?:→|⟶|⇒|»|[-–—=]*>)\s*|\s+to\s+)(?P<host>.+)",
    re.IGNORECASE,
)
_FREE = frozenset({"occasion", "note", "urls", "row-id"})  # fields of which every sign is kept
STRICT = ("role", "status", "support")  # fields that decide whether and for whom an event counts
_KNOWN = {"kind": KINDS, "role": ROLES, "status": STATUSES, "support": SUPPORTS}


class Draft(NamedTuple):
    """An event without an id, the row that it is from, and what a report says of it.

    `origin` is the id of its data set, `key` the identity of the row in that, `digest` what the row says, in short.
    """

    event: Event
    row: int
    origin: str
    key: str
    digest: str
    told: tuple[Told, ...] = ()


class Refused(NamedTuple):
    """All that is wrong with a row, each reason with its stable name; `key` is its identity where the source gives it one, `digest` what it says, in short."""

    why: tuple[Told, ...]
    key: str = ""
    digest: str = ""


class Drafter:
    """What it takes to read rows by one mapping: `version` is of the data, as the events cite it."""

    def __init__(self, mapping: "Mapping", words: "Vocabulary", version: str) -> None:
        self.mapping, self.words = mapping, words
        self.read = mapping.used
        self.titles: Titles = titles_of(words, mapping.titles)
        self.version = version

    def source(self, row: "Row") -> Source:
        """The data set as the event of a row cites it."""
        origin = self.mapping.origin
        return origin.cited(origin.version or row.source or self.version)

    def draft(self, row: "Row") -> Draft | Refused:
        return _Drafting(self, row).made()


class _Drafting:
    """One row on its way: reasons and remarks grow."""

    def __init__(self, drafter: Drafter, row: "Row") -> None:
        self.mapping, self.words, self.titles = drafter.mapping, drafter.words, drafter.titles
        self.row, self.source, self.read = row, drafter.source(row), drafter.read
        self.cells = dict(row.cells)
        self.why: list[Told] = []
        self.told: list[Told] = []
        self.notes: list[str] = []
        self.doubtful = False

    def made(self) -> Draft | Refused:
        whole = (
            (c, self.row.cells.get(c, "")) for c, what in self.mapping.used.items() if what not in self.mapping.split
        )
        self.why += (Told(*what) for what in too_long(whole))
        self._bare()
        when = self._when()
        day = when.start if when else None
        visitor, host, who = self._sides(day)
        if visitor and visitor == host:
            self.why.append(Told("same-actor", f"visitor and host are both {visitor}"))
        party = self._party(visitor, who)
        status, support = self._strict("status"), self._strict("support")
        sources = (self.source, *self._urls())
        key, digest = self._identity()
        if self.why or when is None:
            return Refused(tuple(self.why), key if self.mapping.row_id else "", digest)
        event = Event(
            id="",
            date=when,
            visitor=visitor,
            host=host,
            people=tuple(person._replace(name=self._known(person.name)) for person in party.people),
            kind=self._kind(),
            status=status or "happened",
            places=self._many("places"),
            met=tuple(map(self._known, self._many("met"))),
            occasion=self._text("occasion"),
            tags=tuple(filter(None, dict.fromkeys((*self._many("tags"), self._ruled("tags"), *party.elect)))),
            support="conflicting" if self.doubtful else support or "confirmed",
            note=sentences((self._text("note"), *self.notes)),
            sources=sources,
        )
        if long := [Told(*what) for what in too_long(texts_of(event))]:
            return Refused(tuple(long), key if self.mapping.row_id else "", digest)
        if event.status == "happened":
            self.told += [Told("not held", text) for text in unheld(self.row.cells, self.read, self.mapping.ignore)]
        if all(person.role == "accompanies" for person in event.people):
            self.told.append(Told("nobody led", "nobody in the row led"))
        self.told += offices_told(event, self.words)
        self.told += [Told("state not yet", text) for text in before_they_began(event)]
        self.told += [Told("capital of another", text) for text in capitals_of_others(event, self.words)]
        return Draft(event, self.row.number, self.mapping.origin.id, key, digest, tuple(self.told))

    def _bare(self) -> None:
        """Marks of footnotes are taken off, and what was read in a wrong encoding is no word of anything."""
        for column, field in self.read.items():
            cell = self.cells.get(column, "")
            if (fixed := unbroken(cell)) and word_key(cell) not in self.mapping.values.get(field, {}):
                told = Told("text-broken", f"{field}: {cell!r} is probably {fixed!r}, read in a wrong encoding")
                (self.told if field in _FREE else self.why).append(told)
            if field not in _FREE and (bare := without_notes(cell)) != cell:
                self.cells[column] = bare
                self.told.append(Told("repaired", f"{field}: the mark of a footnote behind it"))

    def _cells(self, target: str) -> list[str]:
        cells = self.cells
        return [cells[column] for column in self.mapping.columns.get(target, ()) if column in cells]

    def _text(self, target: str) -> str:
        """The first of a field's columns that says something, without blanks around it; a word for not known is one of a field that decides."""
        cells = self._cells(target) if target in self.mapping.columns else ()
        empty = is_empty if target in STRICT else is_unknown
        said = next((cell for cell in cells if not empty(cell)), "")
        return said.strip(" \t\r\n\u00a0") or self.mapping.defaults.get(target, "")

    def _many(self, target: str) -> tuple[str, ...]:
        if target not in self.mapping.columns:
            return ()
        mark = self.mapping.split.get(target, "")
        cells = [cell.strip() for cell in self._cells(target)]
        if not mark and target != "urls":
            self.told += [Told("line break", f"{target}: {' '.join(cell.split())}") for cell in cells if "\n" in cell]
        parts = (part for cell in cells for part in (split(cell, mark) if mark else (cell,)))
        plain = (" ".join(part.split()) for part in parts if not is_unknown(part))
        return tuple(dict.fromkeys(plain))

    def _urls(self) -> tuple[Source, ...]:
        """The sources that a row names by their address; what is none goes into the note."""
        found = self._many("urls")
        for text in (text for text in found if not is_address(text)):
            self.told.append(Told("no address", text))
            self.notes.append(f"Source: {text}.")
        return tuple(Source(url=text) for text in found if is_address(text))

    def _when(self) -> When | None:
        dates = self.mapping.dates
        start = self._date(dates.start, "start")
        end = self._date(dates.end, "end") if dates.end else None
        if start is None:
            return None
        days = self._days(dates.days)
        self._compare_year(start.start, dates.year)
        if self.why:
            return None
        last = ""
        try:
            last = last_day(start, end)
            text = journey(start.start, last, days)
            when = parse_when(text)
        except WhenError as error:
            self.why.append(Told(error.name, str(error)))
            return None
        except DateError as error:
            self.why.append(Told(error.name, f"{error}{if_swapped(start.start, last)}"))
            return None
        self._doubts(start.start, text.partition("/")[2], days if last else None)
        return when

    def _date(self, columns: tuple[str, ...], which: str) -> "Written | None":
        """A date; that an end is not known is no fault."""
        cells = [self.cells.get(column, "") for column in columns]
        if all(map(is_unknown, cells)):
            if which == "start":
                self.why.append(Told("date-missing", f"there is no start ({'; '.join(cells).strip('; ') or 'empty'})"))
            elif any(cell.strip() for cell in cells):
                self.told.append(Told("end not known", "; ".join(cells)))
            return None
        try:
            order = self.mapping.dates.order
            found = (
                from_parts(cells[0], cells[1], "".join(cells[2:]), order)
                if len(cells) > 1
                else read_date(cells[0], order)
            )
        except WhenError as error:
            self.why.append(Told(error.name, f"{which}: {error}"))
            return None
        self.told.append(Told(f"form of {which}", found.form))
        self.told += [Told("repaired", f"{which}: {repair}") for repair in found.repairs]
        return found

    def _days(self, column: str) -> int | None:
        cell = self.cells.get(column, "").strip() if column else ""
        number = re.sub(r"\.0+$", "", cell)
        if number.isdecimal() and number.isascii() and 0 < int(number) < 1000:
            return int(number)
        if cell and not is_unknown(cell):
            self.told.append(Told("days not read", cell))
            self.notes.append(f"{column} in the source: {cell}.")
        return None

    def _compare_year(self, start: str, column: str) -> None:
        cell = self.cells.get(column, "").strip() if column else ""
        year = start.lstrip("[")[:4]
        if cell and not is_unknown(cell) and cell[:4] != year and not start.startswith("["):
            self.why.append(Told("date-year", f"the start is in {year}, {column} says {cell}"))

    def _doubts(self, start: str, end: str, days: int | None) -> None:
        """What may be wrong with dates that can be read: it is told, and the event says it, but nothing is changed."""
        stay = length(start, end)
        if stay is None:
            return
        if days is not None and days != stay:
            self.told.append(Told("days disagree", f"{days} days, but {start} to {end}"))
            self.notes.append(f"The source gives {days} days.")
        if stay > LONG:
            self.told.append(Told("long stay", f"{start} to {end}, {stay} days"))
            if better := shorter(start, end):
                self.told.append(Told(SWAP, f"{start} to {end} is {stay} days; {better} would be at most {LONG}"))
                self.notes.append(f"Day and month may be swapped: {better} would be a shorter stay.")
                self.doubtful = True

    def _known(self, name: str) -> str:
        """A person in the one spelling of the record, where that declares others."""
        return self.words.people_index.find(name) or name

    def _sides(self, day: Span | None) -> tuple[str, str, str]:
        """Visitor and host, and perhaps the people, of columns of their own or of one text: `Li Qiang, China → North Korea`."""
        parts: dict[str, str] = {}
        if "direction" in self.mapping.columns:
            text = self._text("direction")
            match = ARROW.fullmatch(text)
            if match is None:
                self.why.append(Told("no-direction", f"{text!r} does not say who went where; A → B would"))
                return "", "", ""
            parts = {key: part for key, part in match.groupdict().items() if part}
        visitor, host = (self._actor(side, parts.get(side) or self._side(side), day) for side in ("visitor", "host"))
        return visitor, host, parts.get("person", "")

    def _side(self, side: str) -> str:
        return next((cell for cell in self._cells(side) if cell.strip()), "")

    def _actor(self, side: str, text: str, day: Span | None) -> str:
        if not text:
            if not (default := self.mapping.defaults.get(side, "")):
                self.why.append(Told(f"{side}-missing", f"there is no {side}"))
            return default
        declared = self.mapping.values.get(side, {})
        if is_unknown(text) and word_key(text) not in declared:
            self.why.append(
                Told(
                    f"{side}-missing",
                    f"{side}: {text!r} says that it is not known; where it is an actor, declare it under values",
                )
            )
            return ""
        try:
            actor = actor_of(text, day or Span(0, 0), declared, self.words)
        except ActorError as error:
            if day or error.name == "unknown-actor":
                self.why.append(Told(error.name, f"{side}: {error}"))
            return ""
        if word_key(text) not in declared and by_code(text, actor, self.words):
            self.told.append(Told("actor by its code", f"{side}: {text.strip()} is {self.words.actors[actor].name}"))
        if word_key(text) not in declared and by_adjective(text, self.words) and not known(text, self.words):
            self.told.append(
                Told("actor by its adjective", f"{side}: {text.strip()} is {self.words.actors[actor].name}")
            )
        if day and (until := former_name(text, actor, day)):
            name = self.words.actors[actor].name
            self.told.append(Told("former name", f"{side}: {text.strip()} was the name of {name} until {until}"))
        return actor

    def _party(self, visitor: str, given: str) -> Party:
        role = self._strict("role") or "heads"
        if text := self._text("party"):
            party = party_of_lines(text, visitor, self.titles)
        elif text := given or self._text("person"):
            party = party_of(text, visitor, self.titles, role)
        elif any(map(str.isalpha, name := self._name())):
            party = self._styled(self._named(name, visitor, role), visitor)
        else:
            self.why.append(Told("person-missing", f"nobody is named{f': {name!r} has no letter' if name else ''}"))
            return Party(())
        self.told += [Told("office not known", one) for one in party.unknown]
        self.told += [Told("elect", one) for one in party.elect]
        self.told += [Told("several people", one) for one in party.several]
        return party

    def _name(self) -> str:
        """The name of one column, or of several put together."""
        parts = [cell.strip() for cell in self._cells("name") if not is_unknown(cell)]
        return " ".join(" ".join(parts).split()) if len(parts) > 1 else lined(self._text("name"))

    def _named(self, name: str, visitor: str, role: str) -> Party:
        """The people of a name and a title in columns of their own; a column of offices is for one of them alone."""
        title = self._ruled("title") or self._meant("title") or ""
        if not title and any(known for known, _ in pairs_of(name, visitor, self.titles)):
            return party_of(name, visitor, self.titles, role)
        try:
            party = people_of(name, title, visitor, self.titles, role)
        except ValueError as error:
            self.why.append(Told("several-people", f"{error}; write a row for each"))
            return Party(())
        offices = self._offices(visitor)
        if offices and len(party.people) > 1:
            self.why.append(
                Told("several-people", f"nobody can tell which of {name!r} held which office; write a row for each")
            )
        elif offices:
            party = party._replace(people=(party.people[0]._replace(offices=offices),), unknown=())
        return party

    def _styled(self, party: Party, visitor: str) -> Party:
        """The people of a column of names without what is no part of these."""
        people = []
        for person in party.people:
            name, told = styled(person.name, visitor, self.titles)
            people.append(person._replace(name=name))
            self.told += told
        return party._replace(people=tuple(people))

    def _offices(self, visitor: str) -> tuple[str, ...]:
        """The offices that a column of their own names, by the mapping's words for them or by their titles here."""
        text = self._text("offices")
        meanings = self.mapping.values.get("offices", {}).get(word_key(text), ())
        if meanings:
            return meanings[0].words
        if text in self.words.offices:
            return (text,)
        found, unknown = self.titles.of(text, visitor)
        self.told += [Told("office not known", part) for part in unknown]
        return found

    def _ruled(self, field: str) -> str:
        """What the first rule that fits says of a field."""
        rules = self.mapping.rules.get(field, ())
        return next((rule.is_ for rule in rules if rule.fits(self.cells.get(rule.column, ""))), "")

    def _meant(self, field: str) -> str | None:
        """A field's text as the mapping's word for it; None where there is none."""
        text = self._text(field)
        meanings = self.mapping.values.get(field, {}).get(word_key(text), ())
        if meanings:
            return meanings[0].words[0]
        if field not in _KNOWN or not text:
            return text
        word = kind_of(text) if field == "kind" else fold(text)
        return word if word in _KNOWN[field] else None

    def _kind(self) -> str:
        """By the first rule that fits, else by the column; a word that is not known is kept in the note."""
        ruled, text = self._ruled("kind"), self._text("kind")
        meant = ruled or self._meant("kind")
        if meant is None:
            self.told.append(Told("kind not known", f"{text}{did_you_mean(text, KINDS)}"))
            self.notes.append(f"Kind in the source: {text}.")
        elif not meant and (rules := self.mapping.rules.get("kind")):
            said = self.cells.get(rules[0].column, "")
            if fold(said) not in ("yes", "no"):
                self.told.append(Told("kind not known", said or "(empty)"))
        return meant or ""

    def _strict(self, field: str) -> str:
        """What decides whether an event counts must be known."""
        meant = self._ruled(field) or self._meant(field)
        if meant is None:
            text = self._text(field)
            self.why.append(Told(f"unknown-{field}", f"unknown {field} {text!r}{did_you_mean(text, _KNOWN[field])}"))
        return meant or ""

    def _identity(self) -> tuple[str, str]:
        """The row's name in its source, or, where it has none, all that it says; and what its columns that are read say."""
        cells = self.row.cells
        digest = digest_of({column: cells[column] for column in self.read if column in cells})
        parts = [" ".join(cells.get(column, "").split()) for column in self.mapping.row_id]
        if self.mapping.row_id and not all(parts):
            self.why.append(Told("row-id-missing", f"the row has no {' or '.join(self.mapping.row_id)}"))
        return " ".join(parts) or digest_of(cells), digest
