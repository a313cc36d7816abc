"""Whatever is imported, what came in is accounted for; properties over random sheets and random bytes."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from timeline.changes import Snapshot
from timeline.errors import UsageError
from timeline.importing.declared import read_mapping
from timeline.importing.plan import change, new_head, planned
from timeline.importing.quarantine import write_quarantine
from timeline.importing.reading import open_sheet
from timeline.importing.rows import File
from timeline.importing.run import Reader, balanced, opened, with_legs_joined, with_parties_joined
from timeline.model import Store
from timeline.store import load_texts
from timeline.vocabulary import shipped

HEADER = ["Id", "Start", "End", "From", "To", "Who", "Note"]
MAPPING = read_mapping(
    "m.yaml",
    "source: {id: a, title: A}\nrow-id: Id\ndate: {start: Start, end: End, order: dmy}\nvisitor: From\nhost: To\nperson: Who\nnote: Note\n",
    shipped(),
)
DATES = st.sampled_from(
    [
        "2019-06-20",
        "21.6.2019",
        "2019",
        "TBD",
        "",
        "3.4.45",
        "5.13.2011",
        "2019-06-31",
        "23-25 June 2019",
        "\u00a02019-06-22.",
    ]
)
ACTORS = st.sampled_from(
    ["China", "PRC", "North Korea", "Republic of Korea", "USSR", "Ruritania", "", "France, Germany"]
)
PEOPLE = st.sampled_from(
    ["President Xi Jinping", "Premier Li Qiang and President X", "Wang Yi", "", "TBD", "President-elect Fox"]
)
NOTES = st.one_of(st.sampled_from(["", 'a "quoted" text', "two\nlines", "; , |", "\r"]), st.text(max_size=8))
ROWS = st.lists(st.tuples(st.sampled_from([*"123456", ""]), DATES, DATES, ACTORS, ACTORS, PEOPLE, NOTES), max_size=12)


def read(raw, name="a.csv", *, parties=False, legs=False):
    """What comes of bytes, and the rows that are quarantined."""
    kept = []
    file = opened(File(name, len(raw), lambda: io.BytesIO(raw)), [MAPPING])
    found = Reader(shipped(), kept.append, keep=True).read([file])
    found = with_parties_joined(found) if parties else found
    return balanced(with_legs_joined(found) if legs else found), kept


def sheet(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode("utf-8", "replace")


@given(ROWS, st.booleans(), st.booleans())
def test_what_comes_in_goes_out(rows, parties, legs):
    found, kept = read(sheet(rows), parties=parties, legs=legs)
    assert found.came == len([row for row in rows if any(cell.strip() for cell in row)])
    assert found.came == found.written + found.merged + found.quarantined
    assert len(kept) == found.quarantined
    assert len(found.groups) == found.written
    assert all(row.why for row in kept)


@given(ROWS)
def test_rows_of_one_party_are_told_or_joined(rows):
    plain, _ = read(sheet(rows))
    found, _ = read(sheet(rows), parties=True)
    several = [group for group in found.groups if len({draft.event.people for draft in group.drafts}) > 1]
    joined = {draft.row for group in several for draft in group.drafts}
    named = {int(place) for one in plain.parties for place in one.values()}
    left = {int(place) for one in found.parties for place in one.values()}
    assert (plain.among, found.among) == (len(named), len(left))
    assert left == named - joined
    for group in several:
        assert len({(one.event.direction, one.event.date, one.event.status) for one in group.drafts}) == 1
        names = [person.name for person in group.event.people]
        assert len(names) == len(set(names))


@given(ROWS)
def test_what_is_quarantined_is_quarantined_again_for_the_same_reasons(rows):
    found, kept = read(sheet(rows))
    out = io.StringIO(newline="")
    write_quarantine(kept, found.files[0].sheet.header, out)
    again, back = read(out.getvalue().encode())
    alone = [one for one in kept if not one.row.text and not any("is that of row" in why for why in one.why)]
    assert again.came == found.quarantined
    assert [(one.row.number, one.why) for one in alone if one not in back] == []
    assert len(back) >= len([one for one in kept if one.row.text]) + len(alone)


@given(ROWS, st.booleans())
def test_to_import_twice_is_to_import_once(rows, parties):
    found, _ = read(sheet(rows), parties=parties)
    empty = Snapshot(Store((), shipped()), {}, ("s.yaml",))
    first = planned(found.groups, empty)
    assert len(first.new) == found.written
    head = new_head(list(found.seen.values()))
    text = change(first, empty, "s.yaml", head, "import").after
    store = load_texts([("s.yaml", text)])
    again = planned(read(sheet(rows), parties=parties)[0].groups, Snapshot(store, {"s.yaml": text}, ("s.yaml",)))
    assert (again.new, again.changed, again.kept, again.regrouped, again.gone) == ((), (), (), (), 0)
    assert again.unchanged == found.written


@given(st.binary(max_size=300), st.sampled_from(["csv", "tsv", "json", "jsonl", "xml"]))
def test_no_bytes_break_a_reader(raw, form):
    try:
        rows = list(open_sheet(File(f"a.{form}", len(raw), lambda: io.BytesIO(raw))).rows)
    except UsageError:
        return
    assert all(row.cells or row.fault for row in rows)


@given(st.lists(st.lists(st.text(alphabet='a,"\n é', max_size=5), min_size=2, max_size=2), max_size=8))
def test_every_row_of_sound_csv_is_read(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["A", "B"], *rows])
    raw = out.getvalue().encode()
    found = [list(row.cells.values()) for row in open_sheet(File("a.csv", len(raw), lambda: io.BytesIO(raw))).rows]
    assert found == [row for row in rows if any(cell.strip() for cell in row)]
