"""`timeline import`: the report, the record, the quarantine, importing again; the State Department's data whole."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from timeline.dates import iso
from timeline.errors import UsageError
from timeline.importing.tally import Tally, Told
from timeline.store import load

DATA = Path(__file__).parent / "data"
MAPPING = """source: {id: sheet, title: A sheet, publisher: Somebody, version: 2024-05-01, licence: CC0-1.0}
row-id: Id
date: {start: Start, end: End, days: Days, order: dmy}
visitor: From
host: To
person: Who
kind: Kind
places: City
split: {places: ";"}
values: {kind: {State visit: state}}
"""
HEADER = "Id,Start,End,Days,From,To,Who,Kind,City\n"
GOOD = """1,20.6.2019,21.6.2019,,China,North Korea,President Xi Jinping,State visit,Pyongyang
2,4.10.2009,6.10.2009,,China,North Korea,Premier Wen Jiabao,,Pyongyang; Hamhung
"""
DIRT = """3,1966-09-37,,,China,Albania,Premier Zhou Enlai,,
4,1998-06-29.,1.7.1998,,United States,China,President Bill Clinton,State visit,Beijing
5,2?-04-1945,,,China,Albania,Nobody,,
6,TBD,,,China,Albania,Nobody,,
7,5008-05-05,,,China,Albania,Nobody,,
8,3.4.45,,,China,Albania,Nobody,,
9,10.12.2010,12.11.2010,,China,France,President Hu Jintao,State visit,
10,3.4.2015,5.5.2015,,China,Pakistan,President Xi Jinping,,
11,4.10.2009,6.10.2009,,China,North Korea,Premier Wen Jiabao,,Pyongyang; Hamhung
12,9.5.1995,,,USSR,China,President Gorbachev,,
13,2.2.1992,TBD,,Republic of Korea,Democratic People's Republic of Korea,"Prime Minister
Chung Won-shik",Talks,Pyongyang
14,1990,,,China,Ruritania,Premier Li Peng,,
15,1.1.2001,,China
"""
# In order but for the last but one, which is a long stay besides; with day and month of its start swapped it would be neither. By order the row above it may be the swapped one, too
STRAY = (
    "".join(f"{n},1.{n}.2014,1.{n}.2014,,China,Laos,Premier Li Keqiang,,\n" for n in range(1, 13))
    + """19,20.1.2015,20.1.2015,,China,Laos,Premier Li Keqiang,,
20,2.4.2015,2.4.2015,,China,Laos,Premier Li Keqiang,,
21,4.3.2015,10.4.2015,,China,Pakistan,President Xi Jinping,,
22,10.5.2015,10.5.2015,,China,Laos,Premier Li Keqiang,,
"""
)


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet and its mapping."""

    def write(body, name="sheet.csv"):
        (tmp_path / "mapping.yaml").write_text(MAPPING, "utf-8")
        (tmp_path / name).write_text(HEADER + body, "utf-8")
        return ("import", "generic", name, "--mapping", "mapping.yaml", "--as-of", "2026-11-26")

    return write


def counts(done):
    summary = json.loads(done.out)["summary"]
    return {key: summary[key] for key in ("rows", "events", "merged", "quarantined")}


def test_the_report_of_a_dirty_sheet(sheet, ask, golden):
    done = ask(*sheet(GOOD + DIRT), "-O", "plain")
    assert done.code == 0
    golden("import-report.txt", done.out + done.err)


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        pytest.param("3,1.5.2019,,,Ruritania,Freedonia,Premier Li Peng,,\n", "Quarantined: unknown actor (1 row)", id="two unknown actors in a row"),
        pytest.param("3,1.5.2019,,,Ruritania,Laos,Premier Li Peng,,\n4,2.5.2019,,,Laos,Ruritania,Premier Li Peng,,\n", "Quarantined: unknown actor (2 rows)", id="one in each of two rows"),
        pytest.param("3,1.5.1990.,2.5.1990.,,China,Laos,Premier Li Peng,,\n", "Repaired, without loss (1 row)", id="both dates of a row repaired"),
        pytest.param("3,1.5.2015,2.5.2015,,China,Laos,President Zhang Gaoli and Premier Wang Yang,,\n", "by the table of tenures: as the source has them (timeline check) (1 row)", id="two people in offices of others"),
        pytest.param("3,1.5.1990,3.5.1990,,China,Laos,Premier Li Peng,,\n4,2.5.1990,3.5.1990,,China,Laos,Premier Li Peng,,\n", "Rows that may be one visit, not merged (1 pair)", id="a pair of rows"),
        pytest.param(STRAY, "Day and month probably swapped: marked as conflicting (2 rows)", id="of two rows one is told of twice, by duration and by order"),
    ],
)  # fmt: skip
def test_the_headings_of_a_report_count_rows(sheet, ask, rows, heading):
    """Not what is said of them, which may be more than one thing of a kind."""
    assert heading in ask(*sheet(rows), "-O", "plain").out


def test_a_row_that_says_one_thing_twice_counts_once():
    told = Tally()
    told.add((Told("repaired", "'.' behind it"), Told("repaired", "'.' behind it"), Told("repaired", "blanks")), "2")
    told.add((Told("repaired", "blanks"),), "3")
    told.add((Told("repaired", "',' behind it"),), "3", counted=True)
    assert told.rows["repaired"] == 2
    assert told.most("repaired") == [
        ("blanks", (2, ("2", "3"))),
        ("',' behind it", (1, ("3",))),
        ("'.' behind it", (1, ("2",))),
    ]


def test_the_report_for_programs(sheet, ask):
    done = ask(*sheet(GOOD + DIRT), "-O", "json")
    assert counts(done) == {"rows": 15, "events": 5, "merged": 1, "quarantined": 9}
    assert {"what": "repaired", "text": "start: '.' behind it", "count": 1, "first": ["5"]} in json.loads(done.out)[
        "rows"
    ]


def test_the_report_tells_what_the_mapping_says_of_all_rows(ask, tmp_path):
    mapping = "source: {id: sheet, title: A sheet}\ndate: {start: Start}\nhost: To\nname: Who\ndefaults: {visitor: china, host: japan}\n"
    (tmp_path / "mapping.yaml").write_text(mapping, "utf-8")
    (tmp_path / "sheet.csv").write_text("Start,To,Who\n2001,France,Li Peng\n", "utf-8")
    out = ask("import", "generic", "sheet.csv", "--mapping", "mapping.yaml").out
    assert [tuple(line.split()) for line in out.splitlines() if line.startswith(("visitor", "host"))] == [
        ("host", "To"),
        ("visitor", "of", "all", "china"),
        ("host", "otherwise", "japan"),
    ]


def test_without_a_record_nothing_is_written(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    before = sorted(tmp_path.iterdir())
    assert "-o STORE writes it" in ask(*args).err
    assert "nothing was written" in ask(*args, "-o", "new.yaml", "--dry-run").err
    assert sorted(tmp_path.iterdir()) == before


def test_a_new_record(sheet, ask, tmp_path, golden):
    done = ask(*sheet(GOOD + DIRT), "-o", "new.yaml", "-O", "json")
    assert done.code == 0
    golden("import-store.yaml", (tmp_path / "new.yaml").read_text("utf-8"))
    golden("import-quarantine.csv", (tmp_path / "new.quarantine.csv").read_text("utf-8"))
    assert ask("fmt", "--check", "new.yaml").code == 0
    store = load([tmp_path / "new.yaml"])
    assert len(store.events) == 5
    assert all(event.sources[0].title.startswith("A sheet, 2024-05-01 [sheet ") for event in store.events)
    assert [statement.how for statement in store.coverage] == ["partial"]


def test_to_import_again_changes_nothing(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    ask(*args, "-o", "new.yaml")
    first = (tmp_path / "new.yaml").read_bytes()
    done = ask(*args, "-o", "new.yaml", "-O", "json")
    assert (tmp_path / "new.yaml").read_bytes() == first
    summary = json.loads(done.out)["summary"]
    assert (summary["new"], summary["changed"], summary["unchanged"]) == (0, 0, 5)


def test_a_row_that_changed_in_the_source_is_changed_and_no_other(sheet, ask, run, tmp_path):
    ask(*sheet(GOOD), "-o", "new.yaml")
    args = sheet(GOOD.replace("Pyongyang; Hamhung", "Pyongyang"))
    refused = run(*args, "-o", "new.yaml")
    assert (refused.code, "new.yaml is there already: --yes changes it" in refused.err) == (2, True)
    done = ask(*args, "-o", "new.yaml", "--yes", "-O", "json")
    assert json.loads(done.out)["summary"]["changed"] == 1
    assert "-  places: [Pyongyang, Hamhung]" in done.err
    assert "+  places: [Pyongyang]" in done.err
    events = load([tmp_path / "new.yaml"]).events
    assert [event.places for event in events] == [("Pyongyang",), ("Pyongyang",)]


@pytest.mark.parametrize(
    ("rows", "others"),
    [
        pytest.param(GOOD.replace("20.6.2019,21.6.2019", "21.6.2019,22.6.2019"), 0, id="a newer table with another date"),
        pytest.param(GOOD.replace("Premier Wen Jiabao", "Premier Li Keqiang"), 0, id="a newer table with another name"),
        pytest.param("1,1.3.2014,2.3.2014,,China,Laos,Premier Li Keqiang,,\n2,4.10.2009,6.10.2009,,China,North Korea,Premier Wen Jiabao,,Pyongyang\n", 1, id="another table"),
    ],
)  # fmt: skip
def test_a_table_that_takes_the_rows_of_another_by_its_source_id_is_told(sheet, ask, rows, others):
    ask(*sheet(GOOD), "-o", "new.yaml")
    done = ask(*sheet(rows), "-o", "new.yaml", "--dry-run")
    told = "1 event that was there would tell of another visit than before, such as xi-jinping-pyongyang-2019-06: if this is another table, and not a newer one, give it a source id of its own"
    assert (told in " ".join(done.err.split())) is bool(others)


def test_a_report_counts_the_lines_of_a_mapping_that_begin_with_beware(sheet, ask, tmp_path):
    args = sheet(GOOD)
    mapping = tmp_path / "mapping.yaml"
    assert "BEWARE" not in ask(*args).err
    mapping.write_text(mapping.read_text("utf-8") + "# BEWARE: one thing\n# BEWARE: another\n# not BEWARE\n", "utf-8")
    told = "2 lines of the mapping begin with BEWARE: settle what is said there, and take them out"
    assert told in " ".join(ask(*args).err.split())


def test_what_was_changed_by_hand_is_never_overwritten(sheet, ask, tmp_path):
    ask(*sheet(GOOD), "-o", "new.yaml")
    path = tmp_path / "new.yaml"
    path.write_text(path.read_text("utf-8").replace("[Pyongyang, Hamhung]", "[Wonsan]"), "utf-8")
    done = ask(*sheet(GOOD), "-o", "new.yaml", "-O", "json")
    assert json.loads(done.out)["summary"]["unchanged"] == 2
    done = ask(*sheet(GOOD.replace("Hamhung", "Kaesong")), "-o", "new.yaml", "--yes", "-O", "json")
    assert json.loads(done.out)["summary"]["kept"] == 1
    assert "left alone, changed by hand, and by the source or the mapping" in done.err
    assert "[Wonsan]" in path.read_text("utf-8")


def test_a_renamed_event_is_found_again(sheet, ask):
    ask(*sheet(GOOD), "-o", "new.yaml")
    ask("rename", "wen-jiabao-pyongyang-2009-10", "wen-2009", "--store", "new.yaml", "--yes", "--no-undo")
    done = ask(*sheet(GOOD), "-o", "new.yaml", "-O", "json")
    assert json.loads(done.out)["summary"]["unchanged"] == 2


def test_an_event_whose_row_is_gone_stays(sheet, ask, tmp_path):
    ask(*sheet(GOOD), "-o", "new.yaml")
    done = ask(*sheet(GOOD.splitlines(keepends=True)[0]), "-o", "new.yaml", "-O", "json")
    assert json.loads(done.out)["summary"]["gone"] == 1
    assert len(load([tmp_path / "new.yaml"]).events) == 2


def test_corrected_rows_are_fed_back(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    ask(*args, "-o", "new.yaml")
    path = tmp_path / "new.quarantine.csv"
    path.write_text(path.read_text("utf-8").replace("1966-09-37", "7.9.1966").replace("Ruritania", "Romania"), "utf-8")
    again = ("import", "generic", path.name, "--mapping", "mapping.yaml", "-o", "new.yaml", "--yes", "-O", "json")
    assert counts(ask(*again)) == {"rows": 9, "events": 2, "merged": 0, "quarantined": 7}
    rest = (tmp_path / "new.quarantine-2.csv").read_text("utf-8")
    assert len(list(csv.reader(io.StringIO(rest)))) == 8
    assert len(load([tmp_path / "new.yaml"]).events) == 7
    assert "[sheet 3 #" in (tmp_path / "new.yaml").read_text("utf-8")


def test_a_corrected_row_cites_the_file_that_it_was_in_first(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(re.sub(r",? *version: [0-9-]+", "", mapping.read_text("utf-8")), "utf-8")
    ask(*args, "-o", "new.yaml")
    path = tmp_path / "new.quarantine.csv"
    path.write_text(path.read_text("utf-8").replace("Ruritania", "Romania"), "utf-8")
    ask("import", "generic", path.name, "--mapping", "mapping.yaml", "-o", "new.yaml", "--yes")
    cited = {event.sources[0].title.partition(" [")[0] for event in load([tmp_path / "new.yaml"]).events}
    digest = hashlib.sha256((tmp_path / "sheet.csv").read_bytes()).hexdigest()[:12]
    assert cited == {f"A sheet, sheet.csv sha256 {digest}"}
    rest = (tmp_path / "new.quarantine-2.csv").read_text("utf-8")
    assert rest.count(f"sheet.csv sha256 {digest}") == 8


def test_an_event_whose_row_is_quarantined_is_not_said_to_be_gone(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    ask(*args, "-o", "new.yaml")
    path = tmp_path / "new.quarantine.csv"
    path.write_text(path.read_text("utf-8").replace("Ruritania", "Romania"), "utf-8")
    ask("import", "generic", path.name, "--mapping", "mapping.yaml", "-o", "new.yaml", "--yes")
    done = ask(*args, "-o", "new.yaml", "-O", "json")
    summary = json.loads(done.out)["summary"]
    assert (summary["waiting"], summary["gone"], summary["unchanged"]) == (1, 0, 5)
    said = ask(*args, "-o", "new.yaml").out
    assert "the rows of 1 event of the store, left alone" in said
    assert "not in the files" not in said
    assert sorted(one.name for one in tmp_path.glob("*.csv")) == [
        "new.quarantine-2.csv",
        "new.quarantine-3.csv",
        "new.quarantine.csv",
        "sheet.csv",
    ]


def test_what_was_written_for_a_spreadsheet_comes_back_as_it_was(ask, tmp_path):
    text = """timeline: 1
events:
- {id: a, date: 2019-06-20, visitor: china, host: japan, people: [{name: '=HYPERLINK("x")'}, {name: "'=1"}], note: "-5; =x", places: ["@a"], sources: [{title: "a; =b"}]}
"""
    (tmp_path / "one.yaml").write_text(text, "utf-8")
    ask("export", "--store", "one.yaml", "-O", "csv", "--excel", "-o", "one.csv")
    assert "'=HYPERLINK" in (tmp_path / "one.csv").read_text("utf-8")
    ask("import", "timeline-csv", "one.csv", "-o", "two.yaml")
    one, two = (load([tmp_path / name]).events[0] for name in ("one.yaml", "two.yaml"))
    assert (one.people, one.note, one.places, one.sources) == (two.people, two.note, two.places, two.sources)


def test_a_corrected_row_outlives_the_undo_of_its_import(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    ask(*args, "-o", "new.yaml")
    path = tmp_path / "new.quarantine.csv"
    corrected = path.read_text("utf-8").replace("Ruritania", "Romania")
    path.write_text(corrected, "utf-8")
    again = ("import", "generic", path.name, "--mapping", "mapping.yaml", "-o", "new.yaml", "--yes")
    ask(*again)
    assert path.read_text("utf-8") == corrected
    assert ask("undo", "--store", "new.yaml", "--yes").code == 0
    assert "romania" not in (tmp_path / "new.yaml").read_text("utf-8")
    ask(*again)
    assert "romania" in (tmp_path / "new.yaml").read_text("utf-8")
    assert not (tmp_path / "new.quarantine-3.csv").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("sheet.csv", None, id="the source"),
        pytest.param("mapping.yaml", None, id="the mapping"),
        pytest.param("notes.txt", "my notes\n", id="a text"),
        pytest.param("other.csv", "A,B\n1,2\n", id="another table"),
        pytest.param("new.yaml", "timeline: 1\nevents:\n", id="the record"),
        pytest.param("link.csv", "sheet.csv", id="a link to the source"),
    ],
)
@pytest.mark.parametrize("into", [(), ("-o", "new.yaml", "--yes")], ids=["report", "record"])
def test_a_quarantine_replaces_no_file(sheet, run, tmp_path, name, text, into):
    args = sheet(GOOD + DIRT)
    if name == "link.csv":
        (tmp_path / name).symlink_to(text)
    elif text:
        (tmp_path / name).write_text(text, "utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = run(*args, "--quarantine", name, *into)
    assert done.code == 2
    assert f"--quarantine {name}: " in done.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_quarantine_is_not_the_record_that_is_to_be_made(sheet, run, tmp_path):
    done = run(*sheet(GOOD + DIRT), "-o", "new.yaml", "--quarantine", "new.yaml")
    assert (done.code, (tmp_path / "new.yaml").exists()) == (2, False)
    assert "that is the record that -o names" in done.err


def test_a_second_quarantine_is_written_beside_the_first(sheet, ask, tmp_path):
    ask(*sheet(GOOD + DIRT), "--quarantine", "q.csv")
    first = (tmp_path / "q.csv").read_bytes()
    ask(*sheet(GOOD + DIRT), "--quarantine", "q.csv")
    assert not (tmp_path / "q-2.csv").exists()
    done = ask(*sheet(GOOD + DIRT.replace("Ruritania", "Freedonia")), "--quarantine", "q.csv")
    assert (tmp_path / "q.csv").read_bytes() == first
    assert b"Freedonia" in (tmp_path / "q-2.csv").read_bytes()
    assert "rows quarantined: q-2.csv" in done.err
    assert "no record was written; -o STORE writes it" in done.err
    assert not list(tmp_path.glob(".*"))


def test_into_a_record_that_was_there(sheet, ask, tmp_path):
    root = Path(__file__).parents[1]
    path = tmp_path / "events.yaml"
    text = (root / "events.yaml").read_text("utf-8")
    path.write_text(text, "utf-8")
    done = ask(*sheet(GOOD + "9,1.2.2030,,,China,Albania,Premier Somebody,,\n"), "-o", "events.yaml", "--yes")
    assert "2 pairs of an event that is new and one that was there may be the same" in done.err
    assert [one.how for one in load([path]).coverage if one.id == "sheet"] == ["partial"]
    assert len(load([path]).events) == len(load([root / "events.yaml"]).events) + 3
    assert ask("undo", "--store", "events.yaml", "--yes").code == 0
    assert path.read_text("utf-8") == text


def test_other_spellings_that_the_record_declares_become_its_own(sheet, ask, tmp_path):
    (tmp_path / "new.yaml").write_text(
        "timeline: 1\npeople:\n- name: Wen Jiabao\n  aliases: [温家宝]\nevents:\n", "utf-8"
    )
    ask(*sheet(GOOD.replace("Wen Jiabao", "温家宝")), "-o", "new.yaml", "--yes")
    assert [event.people[0].name for event in load([tmp_path / "new.yaml"]).events] == ["Wen Jiabao", "Xi Jinping"]


def test_undo_takes_a_new_record_away(sheet, ask, tmp_path):
    ask(*sheet(GOOD), "-o", "new.yaml")
    assert ask("undo", "--store", "new.yaml", "--yes").code == 0
    assert not (tmp_path / "new.yaml").exists()


def test_a_mapping_that_says_more_changes_the_events(sheet, ask, tmp_path):
    ask(*sheet(GOOD), "-o", "new.yaml")
    args = sheet(GOOD)
    (tmp_path / "mapping.yaml").write_text(MAPPING.replace("State visit: state", "State visit: official"), "utf-8")
    done = ask(*args, "-o", "new.yaml", "--yes", "-O", "json")
    assert json.loads(done.out)["summary"]["changed"] == 1
    assert "+  kind: official" in done.err


def test_a_quarantine_that_somebody_may_have_corrected_is_not_overwritten(sheet, ask, tmp_path):
    args = sheet(GOOD + DIRT)
    ask(*args, "-o", "new.yaml")
    path = tmp_path / "new.quarantine.csv"
    path.write_text("corrected", "utf-8")
    ask(*args, "-o", "new.yaml")
    assert path.read_text("utf-8") == "corrected"
    assert (tmp_path / "new.quarantine-2.csv").exists()


def test_legs_are_joined_when_asked(sheet, ask):
    legs = """1,20.6.2019,21.6.2019,,China,North Korea,President Xi Jinping,,Pyongyang
2,22.6.2019,23.6.2019,,China,North Korea,President Xi Jinping,State visit,Wonsan
"""
    assert counts(ask(*sheet(legs), "-O", "json"))["events"] == 2
    assert counts(ask(*sheet(legs), "--join-legs", "-O", "json")) == {
        "rows": 2,
        "events": 1,
        "merged": 1,
        "quarantined": 0,
    }
    done = ask(*sheet(legs), "--join-legs", "-o", "new.yaml", "-O", "json")
    assert counts(done)["events"] == 1
    assert json.loads(ask(*sheet(legs), "--join-legs", "-o", "new.yaml", "-O", "json").out)["summary"]["unchanged"] == 1
    done = ask(*sheet(legs), "-o", "new.yaml", "--yes", "-O", "json")
    assert json.loads(done.out)["summary"]["regrouped"] == 2


PARTY = """1,9.10.2025,11.10.2025,,China,North Korea,Premier Li Qiang,,Pyongyang
2,9.10.2025,11.10.2025,,China,North Korea,Foreign Minister Wang Yi,State visit,Wonsan
3,9.10.2025,11.10.2025,,China,North Korea,Wang Wentao,,
4,9.10.2025,11.10.2025,,China,South Korea,Wang Wentao,,
"""


def test_rows_of_a_party_are_told_and_joined_when_asked(sheet, ask, tmp_path):
    args = sheet(PARTY)
    assert "2, 3, 4. Are they of one party?" in ask(*args).out
    assert counts(ask(*args, "-O", "json"))["events"] == 4
    done = ask(*args, "--join-parties", "-o", "new.yaml", "-O", "json")
    assert counts(done) == {"rows": 4, "events": 2, "merged": 2, "quarantined": 0}
    assert json.loads(done.out)["summary"]["parties"] == []
    event = next(one for one in load([tmp_path / "new.yaml"]).events if one.host == "north-korea")
    assert [person.name for person in event.people] == ["Li Qiang", "Wang Yi", "Wang Wentao"]
    assert (event.kind, event.places, len(event.sources)) == ("state", ("Pyongyang", "Wonsan"), 3)
    again = ask(*args, "--join-parties", "-o", "new.yaml", "-O", "json")
    assert json.loads(again.out)["summary"]["unchanged"] == 2
    sheet(PARTY.replace("Wang Wentao", "Li Hui"))
    done = ask(*args, "--join-parties", "-o", "new.yaml", "--yes", "-O", "json")
    assert json.loads(done.out)["summary"]["changed"] == 2


def test_what_rows_of_one_party_say_stands_apart(sheet, ask, tmp_path):
    """Occasions and notes of each, once."""
    args = sheet("")
    mapping = (
        MAPPING.replace("kind: Kind\n", "occasion: Kind\nnote: Days\n")
        .replace(", days: Days", "")
        .replace("{kind: {State visit: state}}", "{}")
    )
    (tmp_path / "mapping.yaml").write_text(mapping, "utf-8")
    row = "{},9.10.2025,11.10.2025,{},China,North Korea,{},{},\n"
    said = (
        ("Seen off", "Li Qiang", "60 years"),
        ("Met.", "Wang Yi", "60 years of ties"),
        ("Seen off", "Li Hui", "60 years"),
    )
    (tmp_path / "sheet.csv").write_text(HEADER + "".join(row.format(i, *one) for i, one in enumerate(said)), "utf-8")
    ask(*args, "--join-parties", "-o", "new.yaml")
    (event,) = load([tmp_path / "new.yaml"]).events
    assert (event.occasion, event.note) == ("60 years; 60 years of ties", "Seen off. Met.")


def test_of_many_parties_the_first_are_named_and_the_rows_of_the_others_counted(sheet, ask, monkeypatch):
    """Also where there are more than are kept."""
    monkeypatch.setattr("timeline.importing.run.NAMED", 13)
    row = "{}{},{}.10.2025,,,China,North Korea,{},,\n"
    rows = (row.format(day, n, day, name) for day in range(1, 15) for n, name in enumerate(("Li Qiang", "Wang Yi")))
    assert "24, 25; and 4 more rows. Are they of one party?" in " ".join(ask(*sheet("".join(rows))).out.split())


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        pytest.param("Wang Wentao", "President Li Qiang", id="somebody twice, with another title"),
        pytest.param("Wang Wentao,,", "Wang Wentao,private,", id="another kind"),
    ],
)
def test_rows_that_contradict_each_other_are_no_party(sheet, ask, changed, to):
    done = ask(*sheet(PARTY.replace(changed, to, 1)), "--join-parties", "-O", "json")
    assert (counts(done)["events"], json.loads(done.out)["summary"]["parties"]) == (4, [["2", "3", "4"]])


@pytest.mark.parametrize("date", ["10.2025,", "2025,"])
def test_rows_that_are_not_dated_to_the_day_are_no_party(sheet, ask, date):
    done = ask(*sheet(PARTY.replace("9.10.2025,11.10.2025", date)), "--join-parties", "-O", "json")
    assert (counts(done)["events"], json.loads(done.out)["summary"]["parties"]) == (4, [])


def test_export_import_export_is_the_identity(ask, tmp_path):
    root = Path(__file__).parents[1]
    ask("export", "--store", root / "events.yaml", "-o", "one.csv")
    assert counts(ask("import", "timeline-csv", "one.csv", "-o", "two.yaml", "-O", "json"))["quarantined"] == 0
    ask("export", "--store", "two.yaml", "-o", "two.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    done = ask("import", "timeline-csv", "two.csv", "-o", "two.yaml", "-O", "json")
    assert json.loads(done.out)["summary"]["unchanged"] == len(load([tmp_path / "two.yaml"]).events)


def test_an_import_becomes_no_file_of_a_record_in_a_folder(sheet, ask, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "_record.yaml").write_text("timeline: 1\nevents: []\n", encoding="utf-8")
    with pytest.raises(UsageError, match="timeline add --from FILE --store folder"):
        ask(*sheet(GOOD), "-o", "folder/new.yaml")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["_record.yaml"]


def test_a_text_of_a_list_is_measured_not_its_cell(ask, tmp_path):
    """The sources of an event are one cell of its CSV."""
    sources = ", ".join(f"{{title: {'x' * 90} {number}}}" for number in range(1500))
    event = f"- {{id: a, date: 2001, visitor: china, host: japan, people: [{{name: A}}], sources: [{sources}]}}\n"
    (tmp_path / "one.yaml").write_text(f"timeline: 1\nevents:\n{event}", encoding="utf-8")
    ask("export", "--store", "one.yaml", "-o", "one.csv")
    assert (
        counts(ask("import", "timeline-csv", "one.csv", "-o", "two.yaml", "-O", "json"))["quarantined"] == 1
    )  # more than a line of CSV may have
    assert len(load([tmp_path / "one.csv"]).events[0].sources) == 1500
    fewer = (tmp_path / "one.csv").read_text("utf-8").replace("x" * 90, "x" * 70)
    (tmp_path / "one.csv").write_text(fewer, encoding="utf-8")
    assert counts(ask("import", "timeline-csv", "one.csv", "-o", "two.yaml", "-O", "json"))["quarantined"] == 0


def test_what_was_imported_survives_export_and_import(sheet, ask):
    ask(*sheet(GOOD + DIRT), "-o", "new.yaml")
    ask("export", "--store", "new.yaml", "-o", "one.csv")
    done = ask("import", "timeline-csv", "one.csv", "-o", "new.yaml", "-O", "json")
    assert json.loads(done.out)["summary"]["unchanged"] == 5


def test_the_made_sample_of_colt(ask, tmp_path):
    done = ask("import", "colt", DATA / "colt-layout.latin1.csv", "-o", "colt.yaml", "-O", "json")
    assert counts(done) == {"rows": 10, "events": 9, "merged": 0, "quarantined": 1}
    events = {
        event.sources[0].title.split("[colt ")[1].split(" #")[0]: event
        for event in load([tmp_path / "colt.yaml"]).events
    }
    assert events["9001-CHN-PRK-1"].date.text == "2001-09-04"
    assert events["9007-PRK-SGP-1"].host == "singapore"
    assert events["9006-FRA-CHN-1"].people[0].offices == ("president",)
    assert events["9006-FRA-CHN-1"].people[0].name == "Jacques Chirac (Président de la République)"
    assert events["9004-USA-CHN-1"].kind == "multilateral"
    assert events["9005-USA-KOR-1"].note == "Crossed briefly into North Korea\nand met Kim Jong Un"


CEIAS = """Date from,Date to,Name,Position,Visiting country,Host country,City,Type of visit,Purpose,Source
8.5.2024,10.5.2024,Xi Jinping,President,China,Hungary,Budapest,official,75 years of relations,https://a.example/1
11.4.2019,12.4.2019,Li Keqiang,Premier,China,Croatia,"Dubrovnik, Zagreb",multilateral,16+1 summit,https://a.example/2
"""
CHINA_VISITS = """Year,Country,Leader,Position,Start date,End date,Duration,Type,Source
2014,Germany,Xi Jinping,President,2014-03-28,,3,state visit,https://a.example/1
2014,Germany,Li Keqiang,Premier,2014-10-09,2014-10-11,3,official visit,https://a.example/2
2015,Germany,Xi Jinping,President,2014-10-09,2014-10-11,3,state visit,https://a.example/3
"""


def test_a_sheet_like_those_of_ceias(ask, tmp_path):
    (tmp_path / "a.csv").write_text(CEIAS, "utf-8")
    assert counts(ask("import", "ceias", "a.csv", "-o", "a.yaml", "-O", "json"))["events"] == 2
    first, second = load([tmp_path / "a.yaml"]).events
    assert (first.date.text, first.host, first.places) == ("2019-04-11/2019-04-12", "croatia", ("Dubrovnik", "Zagreb"))
    assert (second.visitor, second.kind, second.occasion) == ("china", "official", "75 years of relations")


def test_a_sheet_like_chinavisits(ask, tmp_path):
    (tmp_path / "a.csv").write_text(CHINA_VISITS, "utf-8")
    done = ask("import", "chinavisits", "a.csv", "-o", "a.yaml", "-O", "json")
    assert counts(done) == {"rows": 3, "events": 2, "merged": 0, "quarantined": 1}
    assert [event.date.text for event in load([tmp_path / "a.yaml"]).events] == [
        "2014-03-28/2014-03-30",
        "2014-10-09/2014-10-11",
    ]


LACKING = [
    pytest.param("chinavisits", "Country,Leader,Start date\nGermany,Xi Jinping,2014-03-28\n", {"end", "days", "year", "title", "kind", "places", "note", "urls"}, id="chinavisits: where, who and when"),
    pytest.param("chinavisits", "Country,Leader,Start date,Duration\nGermany,Xi Jinping,2014-03-28,3\n", {"end", "year", "title", "kind", "places", "note", "urls"}, id="chinavisits: an end by its duration"),
    pytest.param("ceias", "Date,Name,From,To\n28.3.2014,Xi Jinping,China,Germany\n", {"end", "title", "kind", "places", "note", "urls", "met", "occasion"}, id="ceias: where, who and when"),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "text", "lacking"), LACKING)
def test_a_profile_needs_what_an_event_cannot_do_without_and_tells_what_is_lacking(
    ask, tmp_path, profile, text, lacking
):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    done = ask("import", profile, "a.csv")
    assert "rows in  1 = 1 as events + 0 merged + 0 quarantined" in done.out
    told = next(line for line in done.out.splitlines() if line.startswith("not in the file"))
    assert {part.split()[-1] for part in told.removeprefix("not in the file").split(" (")[:-1]} == lacking


@pytest.mark.parametrize(
    ("profile", "text", "needed"),
    [
        pytest.param("chinavisits", "Leader,Start\nXi Jinping,2014-03-28\n", "host", id="chinavisits: nowhere"),
        pytest.param("chinavisits", "Country,Start\nGermany,2014-03-28\n", "name", id="chinavisits: nobody"),
        pytest.param("ceias", "Name,From,To\nXi Jinping,China,Germany\n", "start", id="ceias: never"),
        pytest.param("ceias", "Date,Name,To\n8.5.2024,Xi Jinping,Germany\n", "visitor", id="ceias: from nowhere"),
    ],
)
def test_a_profile_refuses_a_sheet_without_what_an_event_must_have(tmp_path, run, profile, text, needed):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    done = run("import", profile, "a.csv", cwd=tmp_path)
    assert done.code == 2
    assert f"which is needed for {needed} (it has: " in done.err


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        pytest.param("state visit", "state", id="in words of the data set"),
        pytest.param("Official Visit", "official", id="whatever their case"),
        pytest.param("working trip", "working", id="a trip"),
        pytest.param("goodwill", "goodwill", id="a word of ours"),
        pytest.param("visit", "", id="no kind"),
        pytest.param("state dinner visit", "", id="something else"),
    ],
)
@pytest.mark.parametrize("profile", ["ceias", "chinavisits"])
def test_kinds_are_read_by_one_rule_in_every_profile(ask, tmp_path, profile, cell, kind):
    dates = {"ceias": "28.3.2014", "chinavisits": "2014-03-28"}
    (tmp_path / "a.csv").write_text(f"Start,Name,From,Country visited,Country,Type\n{dates[profile]},Xi Jinping,China,Germany,Germany,{cell}\n", "utf-8")  # fmt: skip
    ask("import", profile, "a.csv", "-o", "a.yaml")
    assert [event.kind for event in load([tmp_path / "a.yaml"]).events] == [kind]


def test_timelinejs_as_we_write_it(ask, tmp_path):
    root = Path(__file__).parents[1]
    ask(
        "export",
        "--store",
        root / "events.yaml",
        "--visitor",
        "china",
        "--office",
        "premier",
        "-O",
        "timelinejs",
        "-o",
        "t.json",
    )
    done = ask("import", "timelinejs", "t.json", "-o", "t.yaml", "-O", "json")
    numbers = counts(done)
    assert numbers["rows"] == 10
    assert numbers["events"] + numbers["quarantined"] == 10
    assert {event.direction for event in load([tmp_path / "t.yaml"]).events} == {("china", "north-korea")}


def test_what_did_not_take_place_comes_back_from_timelinejs_as_that(ask, tmp_path):
    root = Path(__file__).parents[1]
    everything = ("--since", "2014", "--type", "any", "--status", "any")
    ask("export", "--store", root / "events.yaml", *everything, "-O", "timelinejs", "-o", "t.json")
    ask("import", "timelinejs", "t.json", "-o", "t.yaml", "-O", "json")
    there, back = load([root / "events.yaml"]).events, load([tmp_path / "t.yaml"]).events

    def said(events):
        return {
            (iso(one.date.start.earliest)[:7], one.direction, one.status, one.support, one.kind)
            for one in events
            if one.type == "visit" and one.date.start.earliest >= date(2014, 1, 1).toordinal()
        }

    assert said(back) == said(there)
    assert {status for _, _, status, _, _ in said(back)} >= {"happened", "cancelled"}


def test_a_sheet_of_timelinejs(ask, tmp_path):
    text = 'Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media\n2019,6,20,,2019,6,21,,,"President Xi Jinping, China → North Korea",A visit,https://a.example/p.jpg\n1972,2,,,,,,,,Nixon goes to China,,\n'
    (tmp_path / "t.csv").write_text(text, "utf-8")
    done = ask("import", "timelinejs", "t.csv", "-o", "t.yaml", "-O", "json")
    assert counts(done) == {"rows": 2, "events": 1, "merged": 0, "quarantined": 1}
    assert load([tmp_path / "t.yaml"]).events[0].date.text == "2019-06-20/2019-06-21"


SLIDES = """Year,Month,Day,End Year,End Month,End Day,Headline,Text,Media,Type
,,,,,,Visits,About these visits,,title
2019,6,20,2019,6,21,"President Xi Jinping, China → North Korea",A warm visit to a state,https://a.example/p.jpg,
2018,,,2019,,,Thaw,,,Era
2020,6,20,2020,6,19,"President Xi Jinping, China → North Korea","<p>Who: Xi Jinping, President</p><p>Kind: state</p><p>Note: A &amp; B.</p>",,
"""


def test_the_title_slide_and_eras_are_told_as_what_is_no_event(ask, tmp_path):
    (tmp_path / "t.csv").write_text(SLIDES, "utf-8")
    done = ask("import", "timelinejs", "t.csv", "-o", "t.yaml", "-O", "json")
    told = [(row["what"], row["text"], row["first"]) for row in json.loads(done.out)["rows"]]
    assert ("left out", "Type: title", ["2"]) in told
    assert ("left out", "Type: era", ["4"]) in told
    assert [row for row in told if row[0] == "kind not known"] == []
    assert json.loads(done.out)["summary"] | {"rows": 4, "events": 1, "left_out": 2, "quarantined": 1} == json.loads(done.out)["summary"]  # fmt: skip
    (event,) = load([tmp_path / "t.yaml"]).events
    assert (event.note, event.kind, [one.url for one in event.sources[1:]]) == ("A warm visit to a state", "", ["https://a.example/p.jpg"])  # fmt: skip


def test_a_slide_in_quarantine_keeps_what_its_text_says(ask, tmp_path):
    (tmp_path / "t.csv").write_text(SLIDES, "utf-8")
    ask("import", "timelinejs", "t.csv", "-o", "t.yaml")
    path = tmp_path / "t.quarantine.csv"
    path.write_text(path.read_text("utf-8").replace("2020,6,19", "2020,6,21"), "utf-8")
    ask("import", "timelinejs", path.name, "-o", "t.yaml", "--yes")
    event = load([tmp_path / "t.yaml"]).events[-1]
    assert (event.date.text, event.kind, event.note) == ("2020-06-20/2020-06-21", "state", "A & B.")
    assert [(person.name, person.title) for person in event.people] == [("Xi Jinping", "President")]


def test_json_with_a_title_slide_says_so(ask, tmp_path):
    slide = {"start_date": {"year": "2019"}, "text": {"headline": "Xi Jinping, China → North Korea"}}
    (tmp_path / "t.json").write_text(json.dumps({"title": {"text": {"headline": "Visits"}}, "events": [slide]}), "utf-8")  # fmt: skip
    done = ask("import", "timelinejs", "t.json")
    assert "t.json: the records are 'events'; beside them, and not read, stands 'title'" in done.out
    assert "rows in  1 = 1 as events + 0 merged + 0 quarantined" in done.out


def test_what_timelinejs_keeps_of_a_visit(ask, tmp_path):
    """All but what docs/import.md says is lost: ids, offices as far as no title tells them, party ranks, tags, titles of sources, and marks of doubt on dates."""
    root = Path(__file__).parents[1]
    ask("export", "--store", root / "events.yaml", "--status", "any", "-O", "timelinejs", "-o", "t.json")
    done = ask("import", "timelinejs", "t.json", "-o", "t.yaml", "-O", "json")

    def said(event):
        people = tuple((person.name, person.title, person.role) for person in event.people)
        urls = tuple(dict.fromkeys(source.url.replace("|", "%7C") for source in event.sources if source.url))
        plain = bool(re.fullmatch(r"[0-9/-]+", event.date.text))
        return (
            event.date.text if plain else "",
            *event.direction,
            people,
            event.kind,
            event.status,
            event.support,
            event.places,
            event.met,
            event.occasion,
            urls,
        )

    there, back = load([root / "events.yaml"]).events, load([tmp_path / "t.yaml"]).events
    exact = [event for event in there if event.type == "visit" and re.fullmatch(r"[0-9/-]+", event.date.text)]
    assert len(exact) > 200
    assert [event.id for event in exact if said(event) not in set(map(said, back))] == []
    assert {row["text"][:20] for row in json.loads(done.out)["rows"] if row["what"] == "kind not known"} == set()


def test_a_workbook_by_its_suggested_mapping(ask, tmp_path):
    from datetime import date

    book = openpyxl.Workbook()
    for row in (
        ["Nr", "Leader", "Position", "Country of origin", "Country visited", "Start", "End", "Year"],
        [1, "Xi Jinping", "President", "China", "Russia", date(2013, 3, 22), date(2013, 3, 24), 2013],
        [2, "Xi Jinping", "President", "China", "Tanzania", 41357, 41358, 2013],
        [3, "Li Keqiang", "Premier", "China", "India", 2013, None, 2013],
        [4, "Li Keqiang", "Premier", "China", "India", date(5008, 5, 5), None, 2013],
        [5, "Zhang Gaoli", "Premier", "China", "Poland", date(2015, 6, 17), date(2015, 6, 18), 2015],
        [6, "Xi Jinping", "President", "China", "Russia", date(2013, 3, 22), date(2013, 3, 24), 2013],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "m.yaml").write_text(ask("import", "--suggest", "a.xlsx").out, "utf-8")
    done = ask("import", "generic", "a.xlsx", "--mapping", "m.yaml", "-o", "a.yaml", "-O", "json")
    assert counts(done) == {"rows": 6, "events": 4, "merged": 1, "quarantined": 1}
    texts = [event.date.text for event in load([tmp_path / "a.yaml"]).events]
    assert sorted(texts) == ["2013", "2013-03-22/2013-03-24", "2013-03-24/2013-03-25", "2015-06-17/2015-06-18"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["cold", "a.csv"], "no profile 'cold'; did you mean 'colt'?", id="an unknown profile"),
        pytest.param(["colt"], "import takes a profile and the files", id="no file"),
        pytest.param(["colt", "none.csv"], "none.csv: no such file or directory", id="no such file"),
        pytest.param(
            ["colt", "a.csv"], "a.csv: no column 'TripStartDate', which is needed for start", id="another layout"
        ),
        pytest.param(["generic", "a.csv"], "generic needs --mapping FILE", id="no mapping"),
        pytest.param(
            ["colt", "a.csv", "--mapping", "m.yaml"],
            "--mapping goes with generic, not with colt",
            id="a mapping too many",
        ),
        pytest.param(["colt", "a.csv", "-o", "a.csv"], "a record is a YAML file; write a.yaml", id="no record"),
        pytest.param(["colt", "a.csv", "--store", "a.yaml"], "leave --store out", id="a record to read"),
        pytest.param(["colt", "."], ". is a folder; name its files", id="a folder"),
    ],
)
def test_wrong_usage(tmp_path, run, args, said):
    (tmp_path / "a.csv").write_text("A,B\n1,2\n", "utf-8")
    done = run("import", *args)
    assert done.code == 2
    assert said in done.err


def test_text_from_a_file_is_text(sheet, ask, tmp_path):
    row = '1,20.6.2019,,,China,North Korea,"President \x1b[31m[red]=1+1",,"=HYPERLINK(""x"")"\n'
    ask(*sheet(row), "-o", "new.yaml")
    assert "\x1b" not in (tmp_path / "new.yaml").read_text("utf-8")
    assert load([tmp_path / "new.yaml"]).events[0].people[0].name == "\x1b[31m[red]=1+1"
    bad = ask(*sheet("1,\x1b[31m,,,China,North Korea,Nobody,,\n"), "-O", "plain")
    assert "\x1b" not in bad.out + bad.err


def test_a_long_sheet_takes_little_memory(tmp_path):
    """Four times the rows take hardly more: nothing is kept of a row but some numbers."""
    (tmp_path / "mapping.yaml").write_text(MAPPING, "utf-8")
    peaks = [_peak(tmp_path, rows) for rows in (2_000, 8_000)]
    assert peaks[1] - peaks[0] < 6_000 * 600


def _peak(folder, rows):
    with (folder / "long.csv").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        out.writelines(
            f"{n},{n % 28 + 1}.{n % 12 + 1}.{1950 + n % 70},,,China,France,Premier Number {n % 50},,Paris\n"
            for n in range(rows)
        )
    code = (
        "import resource, sys; from timeline.cli import app\n"
        "try: app(sys.argv[1:], standalone_mode=False)\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, file=sys.stderr)"
    )
    args = ["import", "generic", "long.csv", "--mapping", "mapping.yaml", "-O", "json"]
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True, cwd=folder)
    assert json.loads(done.stdout)["summary"]["rows"] == rows
    return int(done.stderr.split()[-1])


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """The State Department's files imported whole: the folder, and what the command said."""
    folder = tmp_path_factory.mktemp("state")
    with tarfile.open(DATA / "state-department.tar.xz") as archive:
        for member in filter(tarfile.TarInfo.isfile, archive):  # extractall has its filter from Python 3.11.4 on
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.extractfile(member).read())
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.xml"))
    args = ["import", "state-department", *files, "-o", "state.yaml", "-O", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "timeline", *args], capture_output=True, text=True, check=True, cwd=folder
    )
    return folder, json.loads(done.stdout)


@pytest.fixture(scope="module")
def state_events(state):
    """The events of the record that they became."""
    return load([state[0] / "state.yaml"]).events


def gaps(run, folder, host):
    done = run("gap", "--store", folder / "state.yaml", "--visitor", "united-states", "--host", host, "--office", "president", "--basis", "absence", "-O", "json")  # fmt: skip
    return json.loads(done.out)["rows"]


def test_all_of_the_state_department_is_accounted_for(state, state_events):
    folder, answer = state
    numbers = {key: answer["summary"][key] for key in ("rows", "events", "merged", "quarantined", "new")}
    assert numbers == {"rows": 7535, "events": 7523, "merged": 2, "quarantined": 10, "new": 7523}
    assert len(state_events) == 7523
    with (folder / "state.quarantine.csv").open(encoding="utf-8", newline="") as file:
        why = [row["quarantine:why"] for row in csv.DictReader(file)]
    assert len(why) == 10
    assert sum("U.S.S.R.' ended on 1991-12-25" in text for text in why) == 3


@pytest.mark.parametrize(
    ("host", "earlier", "later", "days"),
    [
        pytest.param("china", "1989-02-25/1989-02-27", "1998-06-24/1998-07-03", 3404, id="China"),
        pytest.param("india", "1978-01-01/1978-01-03", "2000-03-19/2000-03-25", 8111, id="India"),
        pytest.param("cuba", "1928-01-15/1928-01-17", "2016-03-20/2016-03-22", 32205, id="Cuba"),
    ],
)
def test_the_longest_gap_of_presidents(state, run, host, earlier, later, days):
    found = max((row for row in gaps(run, state[0], host) if not row["open"]), key=lambda row: row["days_most"])
    assert (found["from_date"], found["to_date"], found["days_most"]) == (earlier, later, days)


def test_two_chinas_are_two(state_events):
    china = [event for event in state_events if event.visitor == "china"]
    assert min(event.date.text for event in china) == "1979-01-29/1979-02-05"
    early = [event for event in state_events if event.visitor == "taiwan" and event.date.text < "1946"]
    assert {event.people[0].name for event in early} == {"Soong"}
    assert {event.date.text[:4] for event in state_events if event.host == "china"} & {"1945", "1960"} == set()
    taiwan = [event.people[0] for event in state_events if event.host == "taiwan"]
    assert [person.name for person in taiwan if person.offices == ("president",)] == ["Dwight D. Eisenhower"]


def test_those_elect_are_marked_and_hold_no_office(state_events):
    events = [event for event in state_events if "president-elect" in event.tags]
    assert len(events) == 72
    assert all(person.offices == () for event in events for person in event.people)
    assert any(event.people[0].name == "Herbert C. Hoover" for event in events)
    assert any(event.people[0].name == "Vicente Fox" for event in events)


def test_to_import_the_state_department_again_changes_nothing(state):
    folder, _ = state
    before = (folder / "state.yaml").read_bytes()
    files = [str(path.relative_to(folder)) for path in sorted((folder / "state-department/visits").rglob("*.xml"))]
    args = ["import", "state-department", *files, "-o", "state.yaml", "-O", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "timeline", *args], capture_output=True, text=True, check=True, cwd=folder
    )
    summary = json.loads(done.stdout)["summary"]
    assert (summary["new"], summary["changed"], summary["rows"]) == (0, 0, 3264)
    assert (folder / "state.yaml").read_bytes() == before


def test_one_file_that_is_too_much_for_one_record_is_imported_in_parts_by_its_years(ask, tmp_path, monkeypatch):
    """As the refusal advises: each part to a record of its own, which together are one."""
    monkeypatch.setattr("timeline.importing.run.MOST_EVENTS", 2)
    years = (2014, 2015)
    parts = {year: [f"{year}{n},{n}.3.{year},,,China,Laos,Premier Li Keqiang,,\n" for n in (1, 9)] for year in years}
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    (tmp_path / "all.csv").write_text(HEADER + "".join(row for part in parts.values() for row in part), "utf-8")
    advice = "split what is imported, by years for instance, and import each part with -o to a store of its own"
    with pytest.raises(UsageError, match=advice):
        ask("import", "generic", "all.csv", "--mapping", "m.yaml", "-o", "all.yaml", "--yes")
    assert not (tmp_path / "all.yaml").exists()
    for year, part in parts.items():
        (tmp_path / f"{year}.csv").write_text(HEADER + "".join(part), "utf-8")
        assert ask("import", "generic", f"{year}.csv", "--mapping", "m.yaml", "-o", f"{year}.yaml", "--yes").code == 0
    events = load([tmp_path / f"{year}.yaml" for year in years]).events
    assert [event.date.text for event in events] == ["2014-03-01", "2014-03-09", "2015-03-01", "2015-03-09"]
