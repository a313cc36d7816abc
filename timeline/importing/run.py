"""Files through their mappings: every row becomes part of an event, or is quarantined with the reasons. What comes in is what goes out, counted."""

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.errors import UsageError, did_you_mean
from timeline.importing.draft import Draft, Drafter, Refused
from timeline.importing.encoding import letters
from timeline.importing.gather import Group, Ledger, joined, journey, legs, merged, parties, party
from timeline.importing.own import OwnDrafter
from timeline.importing.paragraphs import parted
from timeline.importing.quarantine import Kept
from timeline.importing.reading import open_sheet
from timeline.importing.tally import LEFT, SWAP, Tally, Told
from timeline.importing.texts import quoted, sentences
from timeline.spreadsheet import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Mapping as Fields

    from timeline.importing.gather import Strays
    from timeline.importing.mapping import Mapping
    from timeline.importing.rows import File, Row, Sheet
    from timeline.vocabulary import Vocabulary

_ASKED = {
    "date": "the date (start)",
    "visitor": "who travelled (visitor)",
    "host": "who received (host)",
    "people": "people (person, or name)",
    "status": "what became of the visits (status; where none is it, take its line out of open)",
    "support": "how well the visits are known (support; where none is it, take its line out of open)",
}
NAMED = 1000  # pairs of rows that may be one visit
MOST_EVENTS = 250_000  # of one import that is written: a file of a store has 128 MB


class Columns(NamedTuple):
    """The columns of a file: read as a field, known and left, not named by the mapping; and those that the mapping names and the file lacks."""

    read: dict[str, str]
    ignored: tuple[str, ...]
    unused: tuple[str, ...]
    lacking: tuple[str, ...]


class Opened(NamedTuple):
    """A file whose header was read, with the mappings that can read its rows."""

    sheet: "Sheet"
    mappings: "tuple[Mapping, ...]"
    columns: Columns


@dataclass(slots=True)
class Seen:
    """What the events of one data set are about, for a statement of coverage."""

    mapping: "Mapping"
    visitors: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    span: Span = Span(NEVER_AFTER, NEVER_BEFORE)

    def take(self, draft: Draft) -> None:
        event = draft.event
        if event.type != "visit":
            return  # a statement of coverage speaks of visits
        self.visitors.add(event.visitor)
        self.hosts.add(event.host)
        start = event.date.start
        self.span = Span(min(self.span.earliest, start.earliest), max(self.span.latest, start.latest))


@dataclass(slots=True)
class Imported:
    """What came of files. `groups` are events, where they were asked for; `came` and the other numbers count rows, `left` those that are no events, or that a rule for leads leaves out; `alike` pairs that may be one visit, of which `doubles` names the first, `among` rows that are of one visitor, host and days with rows of other people, of which `parties` names the first, each by its number in the import; `refused` has the identities of quarantined rows, where the source gives them one."""

    files: "list[Opened]"
    came: int = 0
    quarantined: int = 0
    left: int = 0
    written: int = 0
    tally: Tally = field(default_factory=Tally)
    groups: "list[Group]" = field(default_factory=list)
    doubles: "list[tuple[str, str]]" = field(default_factory=list)
    alike: int = 0
    among: int = 0
    parties: "list[dict[int, str]]" = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    seen: "dict[str, Seen]" = field(default_factory=dict)

    @property
    def merged(self) -> int:
        """Rows that are in an event with another row."""
        return self.came - self.quarantined - self.left - self.written


def opened(file: "File", mappings: "Sequence[Mapping]") -> Opened:
    """Raises UsageError where no mapping has its columns in the file."""
    sheet = parted(open_sheet(file, mappings[0].wanted), mappings[0].paragraphs)
    header = set(sheet.header)
    fitted = [mapping.fitted(sheet.header) for mapping in mappings]
    if undecided := fitted[0].undecided:
        raise UsageError(f"{file.name}: {_undecided(undecided)}")
    usable = tuple(mapping for mapping in fitted if header.issuperset(mapping.needed))
    if not usable and len(header) > 1:
        lacking = next(name for name in fitted[0].needed if name not in header)
        known = f"{did_you_mean(lacking, sheet.header)} (it has: {', '.join(sheet.header)})"
        raise UsageError(
            f"{file.name}: no column {lacking!r}, which is needed for {fitted[0].used.get(lacking, 'identity')}{known}"
        )
    if not usable:
        sheet.remarks.append("nothing in it that the profile reads")
    if (
        sheet.marked and not sheet.corrected and any(mapping.own for mapping in usable)
    ):  # our own form, made for a spreadsheet
        sheet.rows = map(_plain, sheet.rows)
    return Opened(sheet, usable, columns_of(sheet, usable))


def _undecided(open_: "Fields[str, tuple[str, ...]]") -> str:
    """What a mapping leaves open, and how it is decided."""
    told = "; ".join(
        f"no column for {_ASKED[field]}" + (f", perhaps {' or '.join(map(quoted, columns))}" if columns else "")
        for field, columns in open_.items()
    )
    return f"the mapping does not say all that an import needs: {told}. Remove the # before the line of the right column, or write one; what is the same in all rows goes under defaults"


def _plain(row: "Row") -> "Row":
    return row._replace(cells={name: plain(cell) for name, cell in row.cells.items()})


def columns_of(sheet: "Sheet", mappings: "Sequence[Mapping]") -> Columns:
    used = {column: target for mapping in mappings for column, target in mapping.used.items()}
    ignored = {column for mapping in mappings for column in mapping.ignore}
    read = {column: used[column] for column in sheet.header if column in used}
    left = [column for column in sheet.header if column not in read]
    return Columns(
        read,
        tuple(column for column in left if column in ignored),
        tuple(column for column in left if column not in ignored and mappings),
        tuple(column for column in used if column not in sheet.header),
    )


class Reader:
    """Rows on their way, from any number of files; with `keep` the events are held, as they must be to be written. Without it a million rows need little memory."""

    def __init__(self, words: "Vocabulary", quarantine: "Callable[[Kept], None]", *, keep: bool) -> None:
        self.words, self.quarantine, self.keep = words, quarantine, keep
        self.found, self.ledger = Imported([]), Ledger()
        self.groups: list[list[Draft]] = []
        self.swapped: set[int] = set()
        self.several = False

    def read(self, files: "Sequence[Opened]") -> Imported:
        """Read all rows, once."""
        self.found.files, self.several = list(files), len(files) > 1
        for number, file in enumerate(files):
            drafters = [drafter_of(mapping, self.words, file.sheet.version) for mapping in file.mappings]
            for row in file.sheet.rows:
                self._row(row._replace(source=row.source or file.sheet.version), drafters, file.sheet, number)
        return self._counted()

    def _row(self, row: "Row", drafters: "Sequence[Drafter | OwnDrafter]", sheet: "Sheet", part: int) -> None:
        self.found.came += 1
        place = self._place(sheet.name, row.number)
        drafter = next((one for one in drafters if one.mapping.takes(row.cells)), None)
        if row.fault or drafter is None:
            what = ("unreadable", row.fault) if row.fault else ("other-row", "the mapping is not for such rows")
            self._refuse(row, (Told(*what),), place)
            return
        if why := drafter.mapping.leaves(row.cells):
            self.found.left += 1
            self.found.tally.add((Told(LEFT, why),), place)
            return
        made = drafter.draft(row)
        if isinstance(made, Refused):
            identity = (drafter.mapping.origin.id, made.key)
            twice = self.ledger.refuse(identity, made.digest, row.number) if made.key else ()
            self._refuse(row, (*made.why, *twice), place)
            if self.keep and made.key:
                self.found.refused.add(identity)
            return
        before = len(self.ledger)
        number = self.ledger.enter(made, part)
        if isinstance(number, Told):
            self._refuse(row, (number,), place)
            return
        self.found.tally.add(made.told, place)
        if sheet.guessed:
            words = letters(row.cells[column] for column in drafter.mapping.used if column in row.cells)
            self.found.tally.add((Told("letters", word) for word in words), place)
        if number == before and any(one.what == SWAP for one in made.told):
            self.swapped.add(number)
        self.found.seen.setdefault(made.origin, Seen(drafter.mapping)).take(made)
        if number < before:
            again = (
                "repeated"
                if made.event.date.start.exact or drafter.mapping.row_id
                else "repeated, not dated to the day"
            )
            self.found.tally.add((Told(again, f"the same as row {self.ledger.rows[number]}"),), place)
        if self.keep:
            self._hold(made, number)

    def _hold(self, made: Draft, number: int) -> None:
        if number < len(self.groups):
            self.groups[number].append(made)
            return
        if number == MOST_EVENTS:
            raise UsageError(
                f"more than {MOST_EVENTS:,} events; a file of a store takes no more: split what is imported, by years for instance, and import each part with -o to a store of its own"
            )
        self.groups.append([made])

    def _refuse(self, row: "Row", why: "tuple[Told, ...]", place: str) -> None:
        self.found.quarantined += 1
        self.found.tally.add((Told(f"refused: {one.what}", one.text) for one in why), place)
        self.quarantine(Kept(row, tuple(one.text for one in why)))

    def _place(self, name: str, row: int) -> str:
        return f"{name.rpartition('/')[2]}:{row}" if self.several else str(row)

    def _of(self, number: int) -> str:
        return self._place(self.found.files[self.ledger.parts[number]].sheet.name, self.ledger.rows[number])

    def _counted(self) -> Imported:
        found = self.found
        found.alike = sum(1 for _ in self.ledger.overlapping())
        found.among = sum(map(len, self.ledger.parties()))
        found.parties = [{n: self._of(n) for n in group} for group in nsmallest(NAMED, self.ledger.parties())]
        first = nsmallest(NAMED, self.ledger.overlapping())
        found.doubles = [(self._of(pair.one), self._of(pair.other)) for pair in first]
        found.groups = [merged(drafts) for drafts in self.groups]
        for strays in self.ledger.strays():
            self._swaps(strays)
        found.written = len(self.ledger)
        return found

    def _swaps(self, strays: "Strays") -> None:
        """Each row is told of and in doubt, as it is written; a row that was told of before counts once."""
        found = self.found
        found.files[strays.part].sheet.remarks.append(strays.told)
        for number, better in strays.days:
            told = Told(SWAP, strays.row.format(better))
            found.tally.add((told,), self._of(number), counted=number in self.swapped)
            self.swapped.add(number)
            if self.keep:
                found.groups[number] = _doubtful(found.groups[number], strays.note.format(better))


def drafter_of(mapping: "Mapping", words: "Vocabulary", version: str) -> Drafter | OwnDrafter:
    return OwnDrafter(mapping, words) if mapping.own else Drafter(mapping, words, version)


def with_parties_joined(found: Imported) -> Imported:
    """The same, with rows of several people as one visit. Nothing may be joined before: groups go by the numbers of rows then."""
    runs = parties(found.groups)
    made = {number for run in runs for number in run}
    found.among -= len(made)
    found.parties = [rows for rows in found.parties if made.isdisjoint(rows)]
    return _with(found, joined(found.groups, runs, party))


def with_legs_joined(found: Imported) -> Imported:
    """The same, with legs as journeys."""
    return _with(found, joined(found.groups, legs(found.groups), journey))


def _with(found: Imported, groups: "list[Group]") -> Imported:
    found.groups, found.written = groups, len(groups)
    return found


def balanced(found: Imported) -> Imported:
    """The same, held against its promise: in = written + merged + left out + quarantined."""
    held = sum(len(group.drafts) for group in found.groups)
    if found.merged < 0 or (found.groups and held + found.quarantined + found.left != found.came):
        raise AssertionError(f"{found.came} rows came in, {held} are in events, {found.quarantined} quarantined")
    return found


def _doubtful(group: Group, why: str) -> Group:
    event = group.event
    note = sentences((event.note, f"Day and month may be swapped: {why}."))
    return group._replace(event=event._replace(support="conflicting", note=note))
