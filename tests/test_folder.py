"""A record as a folder with a file for each event: made of one file and made one again, and changed like any other."""

import json
import stat
from pathlib import Path

import pytest

from timeline.errors import ChangeError, TimelineError
from timeline.store import load_texts
from timeline.store.folder import RECORD, divided, joined

ROOT = Path(__file__).parents[1]
RECORDS = [path for path in (ROOT / "events.yaml", *sorted((ROOT / "records").glob("*.yaml"))) if path.exists()]
STORE = """\
# The record of a small pair.
timeline: 1
title: Two of them  # of many

events: # oldest first

# ---- the fifties ----

- id: kim-beijing-1950-05
  date: 1950-05-13
  visitor: north-korea
  host: china
  people:
  - name: Kim Il Sung
    # still in the event

# doubtful
- id: zhou-pyongyang-1958-02
  date: 1958-02-14/1958-02-21
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai

claims:
# of a newspaper
- id: c
  claim: The first in 51 years
  about: zhou-pyongyang-1958-02
"""
ZHOU = (
    "timeline: 1\nevents:\n\n# doubtful\n- id: zhou-pyongyang-1958-02\n  date: 1958-02-14/1958-02-21\n  visitor: china\n  host: north-korea\n"
    "  people:\n  - name: Zhou Enlai\n"
)
ADD = ("add", "--date", "1979-01", "--visitor", "PRC", "--host", "DPRK", "--person", "Deng Xiaoping", "--source", "A")
NEW = "deng-xiaoping-north-korea-1979-01"


@pytest.fixture
def folder(ask, tmp_path):
    """A record in a folder, made of one file."""
    (tmp_path / "one.yaml").write_text(STORE)
    done = ask("fmt", "one.yaml", "--into", "events/")
    assert done.code == 0, done.err
    return tmp_path / "events"


def contents(folder):
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def fails(ask, *args):
    with pytest.raises(TimelineError) as error:
        ask(*args)
    return str(error.value)


def test_each_event_is_a_file_and_the_rest_another(folder):
    files = contents(folder)
    assert sorted(files) == [RECORD, "kim-beijing-1950-05.yaml", "zhou-pyongyang-1958-02.yaml"]
    assert files["zhou-pyongyang-1958-02.yaml"] == ZHOU
    start, end = STORE.index("\n# ---- the"), STORE.index("\nclaims:")
    assert files[RECORD] == STORE[:start] + STORE[end:]


def test_and_back_again_it_is_the_same_file(ask, folder, tmp_path):
    assert ask("fmt", "events", "--into", "back.yaml").code == 0
    assert (tmp_path / "back.yaml").read_text("utf-8") == STORE
    assert (tmp_path / "one.yaml").read_text("utf-8") == STORE
    assert ask("fmt", "--check", "--store", "events").code == 1  # a comment within an event, as in one file
    assert contents(folder)


@pytest.mark.parametrize(("mode", "entry"), [(0o600, 0o700), (0o640, 0o750), (0o664, 0o775)], ids=oct)
def test_the_other_form_is_for_the_same_people(ask, tmp_path, mode, entry):
    record, folder, back = tmp_path / "one.yaml", tmp_path / "events", tmp_path / "back.yaml"
    record.write_text(STORE)
    record.chmod(mode)
    assert ask("fmt", "one.yaml", "--into", "events/").code == 0
    assert stat.S_IMODE(folder.stat().st_mode) == entry
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {mode}
    (folder / RECORD).chmod(0o666)
    assert ask("fmt", "events", "--into", "back.yaml").code == 0
    assert stat.S_IMODE(back.stat().st_mode) == mode, "one file of the folder was not for everybody"


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_the_shipped_records_come_back_byte_for_byte(record):
    text = record.read_text("utf-8")
    files = divided(text)
    store = load_texts(list(files.items()))
    assert len(files) == len(store.events) + 1
    assert joined(files, store) == text


@pytest.mark.parametrize(
    ("text", "files"),
    [
        pytest.param("timeline: 1\nevents: []\n", {RECORD: "timeline: 1\nevents:\n"}, id="no event in brackets"),
        pytest.param("timeline: 1\nevents:", {RECORD: "timeline: 1\nevents:\n"}, id="no event"),
        pytest.param(ZHOU.rstrip("\n"), {RECORD: "timeline: 1\nevents:\n", "zhou-pyongyang-1958-02.yaml": ZHOU.rstrip("\n")}, id="no last line end"),
        pytest.param(ZHOU.replace("\n", "\r\n"), {RECORD: "timeline: 1\r\nevents:\r\n", "zhou-pyongyang-1958-02.yaml": ZHOU.replace("\n", "\r\n")}, id="other line ends"),
    ],
)  # fmt: skip
def test_a_file_divided(text, files):
    assert divided(text) == files


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["one.yaml", "--into", "events/"], "events is there already", id="a folder that is there"),
        pytest.param(["events", "--into", "one.yaml"], "one.yaml is there already", id="a file that is there"),
        pytest.param(["one.yaml", "--into", "gone/events/"], "no such file or directory", id="a folder that is not there"),
        pytest.param(["one.yaml", "--into", "other.yaml"], "--into makes a FOLDER/", id="one file of one file"),
        pytest.param(["events", "--into", "other/"], "--into makes a FOLDER/", id="a folder of a folder"),
        pytest.param(["events", "--into", "other.json"], "a record is a .yaml file", id="another suffix"),
        pytest.param(["one.yaml", "--into", "other/", "--check"], "give one of them", id="with --check"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_told(ask, folder, tmp_path, args, message):
    before = contents(folder)
    assert message in fails(ask, "fmt", *args)
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events", "one.yaml"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({"a.yaml": ZHOU}, "has no _record.yaml", id="no file for the rest"),
        pytest.param({RECORD: "timeline: 1\n", "a.yaml": ZHOU}, "no key events", id="no place for events"),
        pytest.param({RECORD: "timeline: 1\nevents:\n", "a.yaml": ZHOU.replace("events", "title: T\nevents")}, "more than events", id="a title elsewhere"),
        pytest.param({RECORD: "timeline: 1\nevents: [{id: a, date: 2001, visitor: china, host: japan, people: [{name: A}]}]\n"}, "in brackets", id="brackets"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_told(files, message):
    with pytest.raises(ChangeError, match=message):
        joined(files, load_texts(list(files.items())))


def test_a_new_event_is_a_new_file(ask, folder):
    before = contents(folder)
    assert ask(*ADD, "--store", "events", "--yes").code == 0
    after = contents(folder)
    assert after.pop(f"{NEW}.yaml").startswith(f"timeline: 1\nevents:\n\n- id: {NEW}\n  date: 1979-01\n")
    assert after == before
    (folder / "usual").touch()
    assert (folder / f"{NEW}.yaml").stat().st_mode == (folder / "usual").stat().st_mode


def test_events_that_are_given_together_are_one_file(ask, folder):
    event = (
        "- {{id: e{0}, date: 199{0}, visitor: china, host: dprk, people: [{{name: X{0}}}], sources: [{{title: t}}]}}\n"
    )
    done = ask("add", "--from", "-", "--store", "events", "--yes", stdin=event.format(3) + event.format(1))
    assert done.code == 0, done.err
    assert [line for line in contents(folder)["e1.yaml"].splitlines() if "- id" in line] == ["- id: e1", "- id: e3"]
    assert ask("undo", "--store", "events", "--yes").code == 0
    assert not (folder / "e1.yaml").exists()


def test_a_file_of_that_name_is_left_alone(ask, folder):
    assert ask("rename", "kim-beijing-1950-05", "kim", "--store", "events", "--yes").code == 0
    before = contents(folder)
    assert ask(*ADD, "--id", "kim-beijing-1950-05", "--store", "events", "--yes").code == 0
    after = contents(folder)
    assert "- id: kim-beijing-1950-05\n" in after.pop("kim-beijing-1950-05_2.yaml")
    assert after == before


def test_every_step_can_be_taken_back_and_made_again(ask, folder):
    states = [contents(folder)]
    for change in (
        ADD,
        ("edit", "zhou-pyongyang-1958-02", "--set", "kind=state"),
        ("rename", NEW, "deng-1979"),
        ("remove", "kim-beijing-1950-05"),
        ("remove", "deng-1979"),
        (*ADD, "--id", "deng-again"),
    ):
        assert ask(*change, "--store", "events", "--yes").code == 0
        states.append(contents(folder))
    assert [len(state) for state in states] == [3, 4, 4, 4, 4, 3, 4]  # a comment stays where an event was
    for state in reversed(states[:-1]):
        assert ask("undo", "--store", "events", "--yes").code == 0
        assert contents(folder) == state
    assert "nothing to undo" in fails(ask, "undo", "--store", "events", "--yes")
    for state in states[1:]:
        assert ask("redo", "--store", "events", "--yes").code == 0
        assert contents(folder) == state
    rows = json.loads(ask("log", "--store", "events", "-O", "json").out)["rows"]
    assert [row["state"] for row in rows] == ["done"] * 6
    assert rows[-1]["file"] == f"events/{NEW}.yaml"


RENAME = ("rename", "zhou-pyongyang-1958-02", "zhou-1958")
OWN = "zhou-pyongyang-1958-02.yaml"


def test_claims_of_another_file_follow_a_new_id_in_one_step(ask, folder):
    before = contents(folder)
    shown = ask(*RENAME, "--store", "events", "--dry-run")
    assert ("--- events/_record.yaml" in shown.err, contents(folder)) == (True, before)
    done = ask(*RENAME, "--store", "events", "--yes")
    assert (done.code, "warning" in done.err) == (0, False)
    assert done.out == f"Renamed zhou-pyongyang-1958-02 to zhou-1958 in events/{OWN}, events/_record.yaml.\n"
    after = {name: text.replace("zhou-pyongyang-1958-02", "zhou-1958") for name, text in before.items()}
    assert contents(folder) == after
    assert before[RECORD] != after[RECORD]
    assert ask("log", "--store", "events").err.endswith("1 change\n")
    assert ask("undo", "--store", "events", "--yes").code == 0
    assert contents(folder) == before
    assert ask("redo", "--store", "events", "--yes").code == 0
    assert contents(folder) == after


@pytest.mark.parametrize(
    ("left", "undone"),
    [pytest.param(RECORD, False, id="the change"), pytest.param(OWN, True, id="its undoing")],
)
def test_of_a_step_that_ended_between_two_files_undo_gives_back_what_was(ask, folder, left, undone):
    """As after a crash: files are written one after the other, and the second of them is still what it was before."""
    ask("edit", "kim-beijing-1950-05", "--set", "kind=secret", "--store", "events", "--yes")
    before = contents(folder)
    ask(*RENAME, "--store", "events", "--yes")
    after = contents(folder)
    if undone:
        ask("undo", "--store", "events", "--yes")
    (folder / left).write_text((after if undone else before)[left])
    assert ask("undo", "--store", "events", "--yes").code == 0
    assert contents(folder) == before
    assert ask("redo", "--store", "events", "--yes").code == 0
    assert contents(folder) == after


def test_a_bounded_journal_has_no_part_of_a_step(ask, folder, monkeypatch):
    from timeline.store import undo

    monkeypatch.setattr(undo, "MOST", 3)
    ask(*RENAME, "--store", "events", "--yes")
    before = contents(folder)
    for kind in ("secret", "state"):
        ask("edit", "kim-beijing-1950-05", "--set", f"kind={kind}", "--store", "events", "--yes")
    for _ in range(2):
        assert ask("undo", "--store", "events", "--yes").code == 0
    assert contents(folder) == before
    assert "nothing to undo" in fails(ask, "undo", "--store", "events", "--yes")


@pytest.mark.parametrize(
    ("made", "undone"),
    [
        pytest.param("events/kim-beijing-1950-05.yaml", "events", id="made of the file, undone of the folder"),
        pytest.param("events", "events/kim-beijing-1950-05.yaml", id="made of the folder, undone of the file"),
        pytest.param("events/kim-beijing-1950-05.yaml", "events/kim-beijing-1950-05.yaml", id="of the file"),
    ],
)
def test_a_change_is_undone_by_either_name_of_the_record(ask, folder, made, undone):
    before = contents(folder)
    assert ask("edit", "kim-beijing-1950-05", "--set", "kind=secret", "--store", made, "--yes").code == 0
    after = contents(folder)
    assert json.loads(ask("log", "--store", undone, "-O", "json").out)["rows"][0]["state"] == "done"
    assert ask("undo", "--store", undone, "--yes").code == 0
    assert contents(folder) == before
    assert ask("redo", "--store", undone, "--yes").code == 0
    assert contents(folder) == after


def test_of_a_file_no_change_of_others_is_undone(ask, folder):
    ask(*RENAME, "--store", "events", "--yes")
    before = contents(folder)
    for name in (OWN, "kim-beijing-1950-05.yaml"):
        said = fails(ask, "undo", "--store", f"events/{name}", "--yes")
        assert said == "there is nothing to undo in this file; the folder has other changes: --store events"
    assert contents(folder) == before


def test_a_change_after_an_undo_ends_what_could_be_redone_in_any_file(ask, folder):
    ask(*ADD, "--store", "events", "--yes")
    ask("undo", "--store", "events", "--yes")
    ask("edit", "zhou-pyongyang-1958-02", "--set", "kind=state", "--store", "events", "--yes")
    assert "nothing to redo" in fails(ask, "redo", "--store", "events", "--yes")
    assert contents(folder).keys() == {RECORD, "kim-beijing-1950-05.yaml", "zhou-pyongyang-1958-02.yaml"}


def test_a_file_that_somebody_else_made_or_took_away_is_told(ask, folder):
    ask(*ADD, "--store", "events", "--yes")
    mine = (folder / f"{NEW}.yaml").read_text("utf-8") + "# mine\n"
    (folder / f"{NEW}.yaml").write_text(mine)
    assert "was changed since by something else" in fails(ask, "undo", "--store", "events", "--yes")
    (folder / f"{NEW}.yaml").unlink()
    assert "nothing to undo" in fails(ask, "undo", "--store", "events", "--yes")


def test_other_folders_of_files_are_added_to_as_ever(ask, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "zhou-pyongyang-1958-02.yaml").write_text(ZHOU)
    assert ask(*ADD, "--store", "kept", "--yes").code == 0
    assert list(contents(tmp_path / "kept")) == ["zhou-pyongyang-1958-02.yaml"]
    assert ask("remove", "zhou-pyongyang-1958-02", "--store", "kept", "--yes").code == 0
    assert ask("remove", NEW, "--store", "kept", "--yes").code == 0
    assert list(contents(tmp_path / "kept")) == ["zhou-pyongyang-1958-02.yaml"]
