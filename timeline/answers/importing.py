"""`import`: what was found in other people's files, and what becomes of it."""

from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.answer import Answer, Block, Column, Facts, Grid, Heading, Line
from timeline.importing.rows import told
from timeline.store.write import coverage_fields
from timeline.text import period_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.importing.plan import Planned
    from timeline.importing.run import Imported
    from timeline.importing.tally import Count

COVERED = ("id", "visitor", "host", "from", "to", "how")
KEYS = ("what", "text", "count", "first")
SHOWN = 12  # texts of one kind, for people
FILES = 8  # files that are listed one by one
NEAR = ("long stay", "probable swap", "days disagree")
TITLES = {
    "not held": "Cancelled, postponed, planned, announced or held from afar (video, telephone, letter) by a column that is not read as the status: imported as visits that happened",
    "letters": "Words as they are in an encoding that nothing in the file tells: where they are wrong, declare the right one, read: {encoding: …}",
    "lead": "Leads: the score is the number of distinct domains",
    "left out": "Left out",
    "form of start": "Dates: start",
    "form of end": "Dates: end",
    "end not known": "End not known",
    "repaired": "Repaired, without loss",
    "office not known": "Offices not known: kept as text, without an office of ours",
    "office at another time": "Offices that the table of tenures has at another time: as the source has them (timeline check)",
    "office of another": "Offices that somebody else held then, or that nobody holds beside the one that the person had, by the table of tenures: as the source has them (timeline check)",
    "of another state": "People whom the table of tenures has in an office of another state than the visitor then: as the source has them",
    "former name": "Names that states had no longer: read as the states",
    "state not yet": "States before they were any: as the source has them",
    "capital of another": "Places that are capitals of another state than the host: as the source has them",
    "actor by its code": "Actors by their codes",
    "actor by its adjective": "Actors by their adjectives",
    "several people": "Names that may be of several people: kept as one",
    "line break": "Line breaks in cells of places, of people met or of tags: read as blanks, unless split says line break",
    "name as printed": "Names with a form of address, in another script or turned round: read without",
    "more than a name": "Names that may hold more than a name: kept whole",
    "nobody led": "Rows of people who accompanied, without who led: visits of their own, unless --join-parties makes one of a party",
    "elect": "Elected, not yet in office: without an office, and tagged",
    "kind not known": "Kinds not known: left out",
    "days disagree": "Durations that disagree with the dates",
    "days not read": "Durations that are no number of days",
    "text-broken": "Texts that were probably read in a wrong encoding: as they are",
    "no address": "Sources that are no address: kept in the note",
    "long stay": "Stays of more than 30 days",
    "probable swap": "Day and month probably swapped: marked as conflicting",
    "repeated": "Rows told twice: merged",
    "repeated, not dated to the day": "Rows told twice, not dated to the day: merged, though they may be two visits; a row-id keeps them apart",
}


class Fate(NamedTuple):
    """What becomes of an import: the file written to or to be written to, the plan for it, the files of rows that are quarantined and left out."""

    store: str
    plan: "Planned | None"
    quarantine: str
    left_out: str
    written: bool


def import_answer(found: "Imported", fate: Fate) -> Answer:
    """The report. Rows of one kind are told with their number and where they were met first."""
    rows = [
        {"what": what, "text": text, "count": count.times, "first": list(count.places)}
        for what, text, count in _told(found)
    ]
    summary: dict[str, Any] = _numbers(found, fate) | {
        "store": fate.store or None,
        "quarantine": fate.quarantine or None,
        "left_out_file": fate.left_out or None,
        "dry_run": not fate.written,
        "files": [{"name": one.sheet.name, "encoding": one.sheet.encoding, "columns": one.columns.read, "ignored": list(one.columns.ignored),
                   "unused": list(one.columns.unused), "lacking": list(one.columns.lacking), "remarks": list(one.sheet.remarks)} for one in found.files],
        "coverage": [{key: said[key] for key in COVERED} for said in map(coverage_fields, fate.plan.covering.statements)] if fate.plan else [],
        "alike": found.alike,
        "possible_doubles": [list(pair) for pair in found.doubles],
        "parties": [list(rows.values()) for rows in found.parties],
    }  # fmt: skip
    blocks = (*_files(found), *_columns(found), *_kinds(found), *_doubles(found), *_parties(found), *_end(found, fate))
    return Answer("import", rows, blocks, summary=summary, remarks=_remarks(found, fate), keys=KEYS)


def _told(found: "Imported") -> "Iterator[tuple[str, str, Count]]":
    counts = found.tally.counts
    for what in (*(name for name in TITLES if name in counts), *sorted(name for name in counts if name not in TITLES)):
        for text, count in found.tally.most(what):
            yield what, text, count


def _numbers(found: "Imported", fate: Fate) -> dict[str, int]:
    plan = fate.plan
    numbers = {
        "rows": found.came,
        "events": found.written,
        "merged": found.merged,
        "left_out": found.left,
        "quarantined": found.quarantined,
    }
    if plan is None:
        return numbers
    return numbers | {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "others": len(plan.others),
        "kept": len(plan.kept),
        "regrouped": len(plan.regrouped),
        "waiting": plan.waiting,
        "gone": plan.gone,
        "doubles": len(plan.doubles),
        "spelled": len(plan.spelled),
    }


def _files(found: "Imported") -> "Iterator[Block]":
    columns = (Column("File", least=12), Column("Read as", least=20))
    yield Heading("Files")
    yield Grid(columns, tuple((one.sheet.name, one.sheet.encoding) for one in found.files[:FILES]))
    if len(found.files) > FILES:
        yield Line(f"and {len(found.files) - FILES} more")
    for one in found.files:
        for remark in one.sheet.remarks:
            yield Line(f"{one.sheet.name}: {remark}")


def _columns(found: "Imported") -> "Iterator[Block]":
    read = {column: target for one in found.files for column, target in one.columns.read.items()}
    ignored = dict.fromkeys(name for one in found.files for name in one.columns.ignored)
    unused = dict.fromkeys(name for one in found.files for name in one.columns.unused)
    lacking = tuple(_lacking(found))
    by_target: dict[str, list[str]] = {}
    for column, target in read.items():
        by_target.setdefault(target, []).append(column)
    defaults = {target: said for one in found.files for by in one.mappings for target, said in by.defaults.items()}
    pairs = [(target, ", ".join(columns)) for target, columns in by_target.items()]
    pairs += [
        (f"{target} otherwise" if target in by_target else f"{target} of all", said)
        for target, said in defaults.items()
    ]
    pairs += [
        (label, ", ".join(names))
        for label, names in (("ignored", ignored), ("not used", unused), ("not in the file", lacking))
        if names
    ]
    yield Heading("Columns")
    yield Facts(tuple(pairs))


def _lacking(found: "Imported") -> "Iterator[str]":
    """The columns that mappings name and files lack, by the field that they are for."""
    by_target: dict[str, dict[str, None]] = {}
    for one in found.files:
        used = {column: target for mapping in one.mappings for column, target in mapping.used.items()}
        for column in one.columns.lacking:
            by_target.setdefault(used[column], {})[column] = None
    return (f"{target} ({', '.join(columns)})" for target, columns in by_target.items())


def _kinds(found: "Imported") -> "Iterator[Block]":
    counts = found.tally.counts
    for what in (*(name for name in TITLES if name in counts), *sorted(name for name in counts if name not in TITLES)):
        texts = found.tally.most(what)
        label = TITLES.get(what) or f"Quarantined: {what.removeprefix('refused: ').replace('-', ' ')}"
        yield Heading(f"{label} ({plural(found.tally.rows[what], 'row')})")
        columns = (Column("Text", least=30), Column("Rows", right=True), Column("First in", worth=5))
        yield Grid(columns, tuple((text, f"{count.times:,}", ", ".join(count.places)) for text, count in texts[:SHOWN]))
        if len(texts) > SHOWN:
            yield Line(f"and {len(texts) - SHOWN:,} more texts (-O csv lists all)")


def _doubles(found: "Imported") -> "Iterator[Block]":
    if not found.doubles:
        return
    yield Heading(f"Rows that may be one visit, not merged ({plural(found.alike, 'pair')})")
    pairs = ", ".join(f"{one} and {other}" for one, other in found.doubles[:SHOWN])
    yield Line(pairs if found.alike <= SHOWN else f"{pairs}, and {found.alike - SHOWN:,} more")


def _parties(found: "Imported") -> "Iterator[Block]":
    if not found.parties:
        return
    yield Heading(
        f"Rows of one visitor, host and days, of other people: each a visit of its own ({plural(found.among, 'row')})"
    )
    shown = found.parties[:SHOWN]
    left = found.among - sum(map(len, shown))
    more = f"; and {left:,} more rows" if left else ""
    yield Line(
        f"{'; '.join(told(rows.values()) for rows in shown)}{more}. Are they of one party? --join-parties makes one visit of it, where nobody is in two rows and the kinds agree"
    )


def _end(found: "Imported", fate: Fate) -> "Iterator[Block]":
    yield Heading("Counts")
    counted = [f"{found.written:,} as events", f"{found.merged:,} merged"]
    counted += [f"{found.left:,} left out"] if found.left else []
    told = [("rows in", f"{found.came:,} = {' + '.join((*counted, f'{found.quarantined:,} quarantined'))}")]
    if plan := fate.plan:
        parts = [f"{len(plan.new):,} new", f"{len(plan.changed):,} changed", f"{plan.unchanged:,} as they stand"]
        parts += [
            f"{len(ids):,} {what}"
            for ids, what in (
                (plan.kept, "changed by hand too, left alone"),
                (plan.regrouped, "grouped otherwise there, left alone"),
            )
            if ids
        ]
        told.append((f"events {'in' if fate.written else 'for'} {fate.store}", ", ".join(parts)))
        if plan.waiting:
            told.append(("quarantined", f"the rows of {plural(plan.waiting, 'event')} of the store, left alone"))
        if plan.gone:
            label = "in no row that was read" if found.quarantined else "not in the files"
            told.append((label, f"{plural(plan.gone, 'event')} of the store from these data sets, left alone"))
        told += [
            (f"coverage {one.id}", f"{one.how}, {one.visitor} → {one.host}, {period_text(one.span)}")
            for one in plan.covering.statements
        ]
    if fate.quarantine:
        told.append(("quarantine", fate.quarantine))
    if fate.left_out:
        told.append(("left out", fate.left_out))
    yield Facts(tuple(told))


def _remarks(found: "Imported", fate: Fate) -> tuple[str, ...]:
    said = []
    if warned := max((mapping.warned for one in found.files for mapping in one.mappings), default=0):
        begin = "line of the mapping begins" if warned == 1 else "lines of the mapping begin"
        said.append(
            f"{warned:,} {begin} with BEWARE: settle what is said there, and take {'it' if warned == 1 else 'them'} out"
        )
    if found.quarantined:
        where = f": {fate.quarantine}" if fate.quarantine else "; --quarantine FILE writes them"
        said.append(f"{plural(found.quarantined, 'row')} quarantined{where}")
    if unheld := found.tally.rows["not held"]:
        said.append(
            f"{plural(unheld, 'row')} imported as visits that happened, though a column says otherwise: the report names them; map it as the status"
        )
    if plan := fate.plan:
        said += [f"left alone, changed by hand, and by the source or the mapping: {id_}" for id_ in plan.kept[:SHOWN]]
        said += [
            f"left alone, though it does not reach all rows: the statement of coverage {name}, which is not as an import writes it"
            for name in plan.covering.left
        ]
        if plan.others:
            verb = "tells" if fate.written else "would tell"
            said.append(
                f"{plural(len(plan.others), 'event')} that {'was' if len(plan.others) == 1 else 'were'} there {verb if len(plan.others) == 1 else verb.removesuffix('s')} of another visit than before, such as {plan.others[0]}: if this is another table, and not a newer one, give it a source id of its own"
            )
        if plan.doubles:
            one, other = plan.doubles[0]
            said.append(
                f"{plural(len(plan.doubles), 'pair')} of an event that is new and one that was there may be the same, such as {one} and {other}: timeline check --only duplicates --store {quote(fate.store)}"
            )
        if plan.spelled:
            one, other = plan.spelled[0]
            said.append(
                f"names that may be other spellings, and count apart: {len(plan.spelled):,}, such as {one} ({other}): timeline check --only spellings --store {quote(fate.store)}"
            )
        said += [f"left alone, its rows are grouped otherwise now: {id_}" for id_ in plan.regrouped[:SHOWN]]
    if not fate.written:
        said.append(
            ("no record" if fate.quarantine or fate.left_out else "nothing")
            + " was written"
            + ("" if fate.store else "; -o STORE writes it")
        )
    return tuple(said)
