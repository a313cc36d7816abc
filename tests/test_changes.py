"""Changes of a record: only what was named differs, byte for byte, and everything can be taken back."""

import json
import os
import re
import shlex
import stat
import struct
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline import changes, promises
from timeline.changes import Snapshot
from timeline.dates import parse_when
from timeline.doubles import doubles, doubles_of
from timeline.ids import propose_id
from timeline.model import Event, Person, Source
from timeline.store import load_texts
from timeline.store.marks import find_spots
from timeline.store.splice import block_of, spliced
from timeline.store.undo import patch_of

STORE = """\
# The record of a small pair.
timeline: 1
title: 'Two of them'  # odd quoting

events:

# ---- the fifties ----

- id: kim-beijing-1950-05
  # told to nobody
  date: "1950-05-13"   # from memory
  visitor: dprk
  host: 中国
  people: [{name: Kim Il Sung, offices: [premier]}]
  kind: secret
  note: >-
    Told Mao of the plan,
    in person.

# the next one is doubtful
- id: 'zhou-pyongyang-1958-02'
  date: 1958-02-14/1958-02-21
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai
    offices: [premier]
  sources:
  - {title: 周恩来, url: "https://example.org/周"}
  status: candidate
    # still in the event

- id: wen-pyongyang-2009-10
  date: 2009-10-04/2009-10-06
  visitor: china
  host: north-korea
  people:
  - name: Wen Jiabao
    offices: [premier]
  sources:
  - title: Premier Wen arrives
    url: https://example.org/wen

claims:
- id: c
  claim: The first in 51 years
  about: "zhou-pyongyang-1958-02"
  form: first-in
  number: 51
"""
NEW = [
    "--date", "1979-01", "--visitor", "PRC", "--host", "DPRK", "--person", "Deng Xiaoping | Vice Premier | vice-premier",
    "--place", "Pyongyang", "--source", "A | B | https://example.org/deng | 1979-02",
]  # fmt: skip
BLOCK = """\
- id: deng-xiaoping-pyongyang-1979-01
  date: 1979-01
  visitor: china
  host: north-korea
  people:
  - name: Deng Xiaoping
    title: Vice Premier
    offices: [vice-premier]
  places: [Pyongyang]
  sources:
  - title: A
    publisher: B
    url: https://example.org/deng
    date: 1979-02

"""


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "events.yaml"
    path.write_bytes(STORE.encode())
    return path


def lines_of(text):
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def test_a_new_event_stands_before_the_first_later_one(ask, record):
    done = ask("add", *NEW, "--yes")
    assert done.code == 0, done.err
    assert record.read_text("utf-8") == STORE.replace("- id: wen-", BLOCK + "- id: wen-")


def test_a_new_event_stands_above_the_comment_of_the_later_one(ask, record):
    ask("add", *NEW, "--date", "1955", "--yes")
    text = record.read_text("utf-8")
    assert "in person.\n\n- id: deng-xiaoping-pyongyang-1955\n" in text
    assert "1979-02\n\n# the next one is doubtful\n- id: 'zhou-" in text


def test_the_last_event_stands_after_the_others(ask, record):
    ask("add", *NEW, "--date", "2011-02-03", "--yes")
    block = BLOCK.replace("-1979-01", "-2011-02").replace("date: 1979-01", "date: 2011-02-03")
    assert record.read_text("utf-8") == STORE.replace("\nclaims:", f"\n{block}claims:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("timeline: 1\nevents:\n", "timeline: 1\nevents:\n\nBLOCK", id="no event yet"),
        pytest.param("timeline: 1\nevents: []\n", "timeline: 1\nevents:\n\nBLOCK", id="an empty list in brackets"),
        pytest.param("timeline: 1\nevents: [ # none yet\n  # soon\n] # so\n", "timeline: 1\nevents: # none yet # soon # so\n\nBLOCK", id="comments in empty brackets"),
        pytest.param("timeline: 1\n'events' :  # none\n  []\n", "timeline: 1\n'events' :  # none\n\nBLOCK", id="empty brackets below a comment"),
        pytest.param("timeline: 1\nevents:", "timeline: 1\nevents:\n\nBLOCK", id="no line end at the end"),
        pytest.param("timeline: 1\ntitle: a", "timeline: 1\ntitle: a\n\nevents:\n\nBLOCK", id="no events key"),
        pytest.param("timeline: 1 # x\nclaims: []\n", "timeline: 1 # x\n\nevents:\n\nBLOCK\nclaims: []\n", id="before the claims"),
        pytest.param("timeline: 1\n\n# what was printed\nclaims: []\n", "timeline: 1\n\nevents:\n\nBLOCK\n# what was printed\nclaims: []\n", id="before the comment over the claims"),
    ],
)  # fmt: skip
def test_the_first_event_of_a_file(ask, record, text, expected):
    record.write_text(text)
    assert ask("add", *NEW, "--yes").code == 0
    assert record.read_text("utf-8") == expected.replace("BLOCK", BLOCK.rstrip("\n") + "\n")


def test_indented_lists_and_crlf_are_kept(ask, record):
    text = "timeline: 1\r\nevents:\r\n  - id: a\r\n    date: 2019\r\n    visitor: china\r\n    host: dprk\r\n    people: [{name: X}]"
    record.write_bytes(text.encode())
    assert ask("add", *NEW, "--date", "2020", "--yes").code == 0
    raw = record.read_bytes().decode()
    assert raw.startswith(text + "\r\n\r\n  - id: deng-xiaoping-pyongyang-2020\r\n    date: 2020\r\n")
    assert "\n" not in raw.replace("\r\n", "")
    assert ask("edit", "a", "--set", "kind=state", "--yes").code == 0
    assert "    people: [{name: X}]\r\n    kind: state\r\n\r\n" in record.read_bytes().decode()


EDITS = [
    pytest.param(["kind=official"], [], "  kind: secret\n", "  kind: official\n", id="a value"),
    pytest.param(["date=1950-05"], [], '  date: "1950-05-13"   # from memory\n', "  date: 1950-05   # from memory\n", id="the remark stays"),
    pytest.param(["note=Short: it was"], [], "  note: >-\n    Told Mao of the plan,\n    in person.\n", '  note: "Short: it was"\n', id="a folded text"),
    pytest.param([], ["kind"], "  kind: secret\n", "", id="a field taken out"),
    pytest.param(["places=Beijing; 沈阳"], [], "  kind: secret\n", "  kind: secret\n  places: [Beijing, 沈阳]\n", id="a new field in its place"),
    pytest.param(["host=PRC"], [], "  host: 中国\n", "  host: china\n", id="a name becomes an id"),
    pytest.param(["people=Kim Il Sung | | premier"], [], "  people: [{name: Kim Il Sung, offices: [premier]}]\n", "  people:\n  - name: Kim Il Sung\n    offices: [premier]\n", id="people in brackets"),
    pytest.param(["sources=A | | https://example.org/a"], [], "    in person.\n", "    in person.\n  sources:\n  - title: A\n    url: https://example.org/a\n", id="a new list at the end"),
    pytest.param(["sources=https://example.org/a; B"], [], "    in person.\n", "    in person.\n  sources:\n  - url: https://example.org/a\n  - title: B\n", id="an address alone is no title"),
    pytest.param(["status=candidate", "kind=working"], [], "  kind: secret\n", "  kind: working\n  status: candidate\n", id="two at once"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "gone", "before", "after"), EDITS)
def test_an_edit_changes_its_field_alone(ask, record, given, gone, before, after):
    options = [word for value in given for word in ("--set", value)] + [
        word for key in gone for word in ("--unset", key)
    ]
    done = ask("edit", "kim-beijing-1950-05", *options, "--yes")
    assert done.code == 0, done.err
    assert record.read_bytes().decode() == STORE.replace(before, after, 1)


def test_with_another_date_an_event_goes_to_its_place(ask, record):
    block = STORE[STORE.index("- id: wen-") : STORE.index("\nclaims:")]
    expected = STORE.replace(f"\n{block}", "").replace(
        "# the next one", block.replace("2009-10-04/2009-10-06", "1955") + "\n# the next one"
    )
    done = ask("edit", "wen-pyongyang-2009-10", "--set", "date=1955", "--yes")
    assert (done.code, "warning" in done.err) == (0, False)
    assert record.read_text("utf-8") == expected
    assert ask("edit", "wen-pyongyang-2009-10", "--set", "date=2009-10-04/2009-10-06", "--yes").code == 0
    assert record.read_text("utf-8") == STORE


def test_with_another_date_in_order_an_event_stays(ask, record):
    assert ask("edit", "zhou-pyongyang-1958-02", "--set", "date=2001", "--yes").code == 0
    assert record.read_text("utf-8") == STORE.replace("1958-02-14/1958-02-21", "2001")


def test_a_comment_above_an_event_that_moves_is_told(ask, record):
    done = ask("edit", "zhou-pyongyang-1958-02", "--set", "date=2011", "--yes")
    assert "the comment above it stays where it is" in done.err
    text = record.read_text("utf-8")
    assert "# the next one is doubtful\n- id: wen-" in text
    assert "    # still in the event\n\nclaims:" in text


def test_a_date_changed_in_an_editor_moves_the_event(run, record, tmp_path):
    script = "text = text.replace('1958-02-14/1958-02-21', '2011  # so')"
    assert run("edit", "zhou-pyongyang-1958-02", "--yes", env=editor(tmp_path, script)).code == 0
    assert re.findall(r"- id: '?(\S+\d)|date: (2011  # so)", record.read_text("utf-8"))[-2:] == [
        ("zhou-pyongyang-1958-02", ""),
        ("", "2011  # so"),
    ]


def test_a_field_in_front_of_the_id_is_taken_out(ask, record):
    record.write_text(
        "timeline: 1\nevents:\n- status: candidate # x\n  # y\n  id: a\n  date: 2019\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n"
    )
    assert ask("accept", "a", "--yes").code == 0
    assert record.read_text().startswith("timeline: 1\nevents:\n- # y\n  id: a\n  date: 2019\n")


LOST = [
    pytest.param("people=Mao", "  people: # old\n  - name: Zhou # his\n    title: '#1'\n", "# old; # his", id="a list in a block"),
    pytest.param("places=Anshan", "  places: [A, # one\n    B#2 # two\n  ]\n", "# one; # two", id="a list in brackets"),
    pytest.param("note=x", "  note: >- # folded\n    a #text\n  # below\n", "# folded", id="behind the mark of a folded text"),
    pytest.param("note=x", "  note: a # remark\n", "", id="at the end of a line it stays"),
    pytest.param("note=x", '  note: "a # text" # remark\n', "", id="in quotes it is none"),
    pytest.param("date=1990", "  note: a # remark\n", "", id="in an event that moves it stays"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "old", "lost"), LOST)
def test_a_comment_that_goes_with_the_old_text_is_told(ask, record, given, old, lost):
    key = old.strip().partition(":")[0]
    people = "" if key == "people" else "  people: [{name: X}]\n"
    event = f"- id: a\n  date: 2001\n  visitor: china\n  host: dprk\n{people}{old}"
    record.write_text(
        f"timeline: 1\nevents:\n- {{id: b, date: 1995, visitor: china, host: dprk, people: [{{name: Y}}]}}\n\n{event}"
    )
    done = ask("edit", "a", "--set", given, "--yes")
    assert done.code == 0, done.err
    told = re.findall("warning: a: what stood in the old text as a comment goes with it: (.*)", done.err)
    assert told == ([lost] if lost else [])
    assert all(comment in record.read_text() or comment in lost for comment in re.findall("# \\w+$", old, re.MULTILINE))


def test_an_event_in_braces_is_written_as_a_block(ask, record):
    record.write_text(
        "timeline: 1\nevents:\n- {id: a, date: 2019, visitor: china, host: dprk, people: [{name: X}]}\n# end\n"
    )
    assert ask("edit", "a", "--set", "kind=state", "--yes").code == 0
    assert (
        record.read_text()
        == "timeline: 1\nevents:\n- id: a\n  date: 2019\n  visitor: china\n  host: north-korea\n  people:\n  - name: X\n  kind: state\n# end\n"
    )


def test_an_event_is_removed_with_the_comments_in_it(ask, record):
    done = ask("remove", "zhou-pyongyang-1958-02", "--yes")
    start, end = STORE.index("- id: 'zhou-"), STORE.index("- id: wen-")
    assert record.read_bytes().decode() == STORE[:start] + STORE[end:]
    assert "warning: claims of events.yaml refer to zhou-pyongyang-1958-02: c" in done.err


def test_the_only_event_is_removed(ask, record):
    ask("remove", "kim-beijing-1950-05", "--yes")
    ask("remove", "zhou-pyongyang-1958-02", "--yes")
    ask("remove", "wen-pyongyang-2009-10", "--yes")
    assert "events:\n\n# ---- the fifties ----\n\n# the next one is doubtful\nclaims:\n" in record.read_text("utf-8")
    for _ in range(3):
        ask("undo", "--yes")
    assert record.read_bytes() == STORE.encode()


def test_a_new_id_goes_into_the_claims_and_keeps_its_quotes(ask, record):
    assert ask("rename", "zhou-pyongyang-1958-02", "zhou-1958", "--yes").code == 0
    assert record.read_bytes().decode() == STORE.replace("zhou-pyongyang-1958-02", "zhou-1958")


CLAIMS = "timeline: 1\nclaims:\n- id: k\n  claim: The first in 51 years\n  about: zhou-pyongyang-1958-02\n"


@pytest.mark.parametrize(
    ("text", "command", "warning"),
    [
        pytest.param(CLAIMS, ("rename", "zhou-pyongyang-1958-02", "zhou-1958"), "claims of claims.yaml refer to zhou-pyongyang-1958-02: k; write zhou-1958 there", id="renamed"),
        pytest.param(CLAIMS, ("remove", "zhou-pyongyang-1958-02"), "claims of claims.yaml refer to zhou-pyongyang-1958-02: k", id="removed"),
        pytest.param(CLAIMS, ("rename", "wen-pyongyang-2009-10", "wen"), None, id="of another event"),
        pytest.param("[[", ("rename", "wen-pyongyang-2009-10", "wen"), "claims.yaml cannot be read, so its claims may refer to wen-pyongyang-2009-10", id="not readable"),
        pytest.param(None, ("remove", "wen-pyongyang-2009-10"), "claims.yaml cannot be read, so its claims may refer to wen-pyongyang-2009-10", id="not there"),
    ],
)  # fmt: skip
def test_claims_that_the_settings_name_are_warned_of(ask, record, tmp_path, text, command, warning):
    """They are no part of the record: nothing is changed there."""
    (tmp_path / "timeline.toml").write_text('claims = "claims.yaml"\n')
    if text is not None:
        (tmp_path / "claims.yaml").write_text(text)
    done = ask(*command, "--yes")
    told = [line for line in done.err.splitlines() if line.startswith("warning: ") and "claims.yaml" in line]
    assert [line.startswith(f"warning: {warning}") for line in told] == ([] if warning is None else [True])
    assert record.read_bytes() != STORE.encode()
    assert text is None or (tmp_path / "claims.yaml").read_text() == text


@pytest.mark.usefixtures("record")
def test_claims_of_another_file_that_was_named_are_warned_of(ask, tmp_path):
    (tmp_path / "claims.yaml").write_text(CLAIMS)
    stores = ("--store", "events.yaml", "--store", "claims.yaml")
    done = ask("rename", "zhou-pyongyang-1958-02", "zhou-1958", *stores, "--yes")
    assert "warning: claims of claims.yaml refer to zhou-pyongyang-1958-02: k; write zhou-1958 there" in done.err
    assert (tmp_path / "claims.yaml").read_text() == CLAIMS


def test_a_candidate_is_accepted(ask, record):
    assert ask("accept", "zhou-pyongyang-1958-02", "--yes").code == 0
    assert record.read_text("utf-8") == STORE.replace("  status: candidate\n    # still in the event\n", "")
    again = ask_fails(ask, "accept", "zhou-pyongyang-1958-02", "--yes")
    assert "is no candidate but happened" in again


def ask_fails(ask, *args, **more):
    from timeline.errors import TimelineError

    with pytest.raises(TimelineError) as error:
        ask(*args, **more)
    return str(error.value)


def test_undo_and_redo_give_back_every_byte(ask, record):
    states = [record.read_bytes()]
    for change in (
        ["add", *NEW],
        ["edit", "wen-pyongyang-2009-10", "--set", "kind=goodwill"],
        ["rename", "wen-pyongyang-2009-10", "wen"],
        ["remove", "kim-beijing-1950-05"],
    ):
        assert ask(*change, "--yes").code == 0
        states.append(record.read_bytes())
    for state in reversed(states[:-1]):
        assert ask("undo", "--yes").code == 0
        assert record.read_bytes() == state
    assert "nothing to undo" in ask_fails(ask, "undo", "--yes")
    for state in states[1:]:
        assert ask("redo", "--yes").code == 0
        assert record.read_bytes() == state
    assert "nothing to redo" in ask_fails(ask, "redo", "--yes")


@pytest.mark.usefixtures("record")
def test_a_change_after_an_undo_ends_what_could_be_redone(ask):
    ask("edit", "wen-pyongyang-2009-10", "--set", "kind=goodwill", "--yes")
    ask("undo", "--yes")
    ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes")
    assert "nothing to redo" in ask_fails(ask, "redo", "--yes")
    rows = json.loads(ask("log", "-O", "json").out)["rows"]
    assert [(row["command"], row["state"]) for row in rows] == [("edit wen-pyongyang-2009-10: kind", "done")]


def test_undo_leaves_alone_what_somebody_else_has_changed(ask, record):
    ask("edit", "wen-pyongyang-2009-10", "--set", "kind=goodwill", "--yes")
    record.write_bytes(record.read_bytes() + b"# mine\n")
    assert "was changed since by something else" in ask_fails(ask, "undo", "--yes")
    assert record.read_bytes().endswith(b"# mine\n")
    ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes")
    assert ask("undo", "--yes").code == 0
    assert record.read_bytes().endswith(b"# mine\n")


def test_the_journal_is_bounded(ask, record, monkeypatch, tmp_path):
    from timeline.store import undo

    monkeypatch.setattr(undo, "MOST", 3)
    for number in range(5):
        ask("edit", "wen-pyongyang-2009-10", "--set", f"note=number {number}", "--yes")
    assert len(json.loads(ask("log", "-O", "json").out)["rows"]) == 3
    assert len(list(tmp_path.glob(".local/state/timeline/undo/*/*.json"))) == 4
    for _ in range(3):
        assert ask("undo", "--yes").code == 0
    assert "note: number 1\n" in record.read_text("utf-8")


REFUSED = [
    pytest.param(["add", *NEW], "standard input is no terminal", id="nobody to ask"),
    pytest.param(["add", "--yes"], "give the event by options", id="nothing given"),
    pytest.param(["add", *NEW[:-2], "--yes"], "has no source", id="no source"),
    pytest.param(["add", *NEW, "--id", "wen-pyongyang-2009-10", "--yes"], "is in the record already", id="an id twice"),
    pytest.param(["add", *NEW, "--person", "Li Qiang; Premier; premier", "--yes"], "parts are joined by |", id="parts joined otherwise"),
    pytest.param(["add", *NEW, "--file", "other.yaml", "--yes"], "has no YAML file 'other.yaml'", id="another file"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--set", "kin=state", "--yes"], "no field 'kin'; did you mean 'kind'?", id="an unknown field"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--set", "kind", "--yes"], "has no value", id="no value"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--set", "id=x", "--yes"], "timeline rename", id="an id by edit"),
    pytest.param(["edit", "kim-beijing-1950-05", "--set", "kind=secret", "--yes"], "how it stands already", id="no difference"),
    pytest.param(["edit", "wen", "--set", "kind=state", "--yes"], "no event has the id 'wen'", id="an unknown id"),
    pytest.param(["rename", "wen-pyongyang-2009-10", "Wen!", "--yes"], "cannot be an id", id="a bad id"),
    pytest.param(["rename", "wen-pyongyang-2009-10", "kim-beijing-1950-05", "--yes"], "is the id of another event", id="a taken id"),
    pytest.param(["rename", "wen-pyongyang-2009-10", "wen-pyongyang-2009-10", "--yes"], "wen-pyongyang-2009-10 is its id already", id="its own id"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--set", "kind=official", "--yes"], "kind is given twice; write --set kind=… or --unset kind once", id="a value twice"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--unset", "kind", "--yes"], "kind is given twice", id="a value and none"),
    pytest.param(["edit", "wen-pyongyang-2009-10", "--unset", "date", "--yes"], "an event has a date", id="no date"),
    pytest.param(["add", *NEW, "--store", "-", "--yes"], "standard input cannot be changed", id="a record on standard input"),
    pytest.param(["undo", "--yes"], "nothing to undo", id="nothing to undo"),
]  # fmt: skip


@pytest.mark.usefixtures("record")
def test_an_id_has_at_most_200_characters(run):
    """A file of its own is called by it, and systems end names at 255 bytes."""
    for length, fits in ((200, True), (201, False)):
        done = run("rename", "wen-pyongyang-2009-10", "w" * length, "--yes", "--dry-run")
        assert (done.code == 0) == fits
        assert ("at most 200" in done.err) == (not fits)
        done = run("add", *NEW, "--id", "w" * length, "--yes", "--dry-run")
        assert ("error[bad-id]" in done.err) == (not fits)
    done = run("add", *NEW, "--person", f"{'Longname' * 60} | Envoy", "--place", "Pyongyang" * 60, "--dry-run")
    assert done.code == 0, done.err


def test_another_name_of_the_file_keeps_the_old_text_and_that_is_told(ask, record, tmp_path):
    assert "hard links" not in ask("remove", "kim-beijing-1950-05", "--yes").err
    before = record.read_bytes()
    os.link(record, tmp_path / "other")
    done = ask("remove", "wen-pyongyang-2009-10", "--yes")
    assert "warning: events.yaml has other names (hard links); they keep the old text" in done.err
    assert (tmp_path / "other").read_bytes() == before != record.read_bytes()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        pytest.param(("add", *NEW, "--date", "2062-10-09"), True, id="a new one"),
        pytest.param(("add", *NEW, "--date", "2062-10-09", "--status", "announced"), False, id="announced"),
        pytest.param(("add", *NEW), False, id="in the past"),
        pytest.param(("edit", "wen-pyongyang-2009-10", "--set", "date=2062-10"), True, id="another date"),
    ],
)
def test_what_would_count_before_it_has_happened_is_told(run, command, told):
    done = run(*command, "--dry-run")
    assert done.code == 0, done.err
    assert ("warning: not happened yet, but would count so: " in done.err) == told


NAMED = [
    pytest.param({}, 'store = "far/events.yaml"', [], "record: {}/far/events.yaml\n", id="by the settings above"),
    pytest.param({"TIMELINE_STORE": "../far/events.yaml"}, "", [], "record: ../far/events.yaml\n", id="by the environment"),
    pytest.param({}, "", ["--store", "../far/events.yaml"], "", id="on the command line"),
]  # fmt: skip


@pytest.mark.parametrize(("env", "settings", "given", "told"), NAMED)
def test_a_change_says_of_which_record_unless_the_command_line_did(run, tmp_path, env, settings, given, told):
    far, here = tmp_path / "far" / "events.yaml", tmp_path / "here"
    far.parent.mkdir()
    here.mkdir()
    far.write_text(STORE, encoding="utf-8")
    (tmp_path / "timeline.toml").write_text(settings)
    done = run("remove", "wen-pyongyang-2009-10", "--yes", *given, env=env, cwd=here)
    assert done.code == 0, done.err
    assert done.err[: done.err.index("---")] == told.format(tmp_path)


@pytest.mark.parametrize(("args", "message"), REFUSED)
def test_what_cannot_be_done_changes_nothing(ask, record, args, message):
    assert message in ask_fails(ask, *args)
    assert record.read_bytes() == STORE.encode()
    assert sorted(path.name for path in record.parent.iterdir()) == ["events.yaml"]


def test_a_wrong_option_is_shown_at_its_place(run, record):
    done = run("add", *NEW[2:], "--date", "10/11/2011", "--kind", "wrking", "--yes")
    assert done.code == 2
    assert "options:1:8: error[date-" in done.err
    assert "    1 | --date 10/11/2011\n      |        ^" in done.err
    assert "unknown kind 'wrking'; did you mean 'working'" in done.err
    assert done.err.endswith("2 problems in 1 file; nothing was changed\n")
    assert record.read_bytes() == STORE.encode()


def test_a_wrong_option_is_told_as_json_where_that_was_asked_for(run, record):
    done = run("add", *NEW[2:], "--date", "10/11/2011", "--yes", "-O", "json")
    assert done.code == 2
    assert [(row["file"], row["line"], row["column"]) for row in json.loads(done.out)["rows"]] == [("options", 1, 8)]
    assert record.read_bytes() == STORE.encode()


def test_a_result_that_is_not_valid_is_not_written(run, record):
    done = run("edit", "wen-pyongyang-2009-10", "--unset", "people", "--yes")
    assert "a visit needs people" in done.err
    assert record.read_bytes() == STORE.encode()


def test_a_dry_run_shows_and_writes_nothing(run, record):
    done = run("remove", "wen-pyongyang-2009-10", "--dry-run")
    assert done.code == 0
    assert "-- id: wen-pyongyang-2009-10\n" in done.err
    assert "\x1b" not in done.err
    assert record.read_bytes() == STORE.encode()
    assert "\x1b[31m-- id: wen" in run("remove", "wen-pyongyang-2009-10", "--dry-run", "--color", "always").err


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(["--date", "2009-10"], True, id="a month with the day in it"),
        pytest.param(["--date", "2009-10-04/2009-10-06"], True, id="the same days"),
        pytest.param(["--date", "2009-10-08/2009-10-09"], False, id="days after the return"),
        pytest.param(["--date", "2009"], False, id="a year is too coarse to tell"),
        pytest.param(["--date", "2009-10", "--status", "cancelled"], False, id="another status"),
    ],
)
def test_a_likely_duplicate_is_told_before_it_is_one(run, given, told):
    """By one rule: `add` warns where `check` would find two."""
    done = run("add", *NEW, "--person", "Jiabao  Wen", "--id", "new", *given, "--yes")
    assert ("warning: new may be the same as wen-pyongyang-2009-10 (2009-10-04/2009-10-06)" in done.err) == told
    found = json.loads(run("check", "--only", "duplicates", "-O", "json").out)["rows"]
    assert (len(found) == 1) == told


TWIN = """\
- id: twin
  date: 2009-10-05
  visitor: china
  host: north-korea
  people: [{name: Wen Jiabao}]
  status: candidate
  sources: [{title: T}]

- id: wen-pyongyang"""


def test_what_many_new_events_may_be_is_found_in_one_pass_over_a_record(a_visit):
    kims = [a_visit(f"2010-{month:02}-01", id=f"k{month}", host="japan") for month in range(1, 7)]
    wens = [a_visit(f"2009-10-{day:02}", id=f"w{day}") for day in (4, 6, 30)]
    once = iter([*wens, *kims])
    found = doubles_of([wens[0], wens[2], kims[0]], once)
    assert {key: [other.id for other in others] for key, others in found.items()} == {"w4": ["w6"]}
    every = doubles_of([*wens, *kims], [*kims, *wens])
    pairs = {frozenset((one.id, other.id)) for one, other in doubles([*wens, *kims])}
    assert {frozenset((key, other.id)) for key, others in every.items() for other in others} == pairs


AS_WEN = "warning: {} may be the same as wen-pyongyang-2009-10 (2009-10-04/2009-10-06): timeline show wen-pyongyang-2009-10\n"  # fmt: skip


@pytest.mark.parametrize(
    ("args", "told"),
    [
        pytest.param(["edit", "zhou-pyongyang-1958-02", "--unset", "status", "--set", "date=2009-10", "--set", "people=Wen Jiabao"], ["zhou-pyongyang-1958-02"], id="a date and a name by edit"),
        pytest.param(["edit", "zhou-pyongyang-1958-02", "--set", "date=2009-10"], [], id="a date alone"),
        pytest.param(["accept", "twin"], ["twin"], id="a candidate that is accepted"),
        pytest.param(["edit", "twin", "--unset", "status"], ["twin"], id="a status by edit"),
        pytest.param(["edit", "twin", "--set", "note=n"], [], id="a note"),
        pytest.param(["rename", "wen-pyongyang-2009-10", "wen"], [], id="another id"),
    ],
)  # fmt: skip
def test_a_likely_duplicate_is_told_of_every_change_that_makes_one(ask, record, args, told):
    record.write_text(STORE.replace("- id: wen-pyongyang", TWIN), encoding="utf-8")
    done = ask(*args, "--yes")
    assert done.code == 0
    assert re.findall("warning: .* may be the same .*\n", done.err) == [AS_WEN.format(id_) for id_ in told]


def test_a_likely_duplicate_is_told_once_after_the_editor_and_not_again_when_it_stands(run, record, tmp_path):
    record.write_text(STORE.replace("- id: wen-pyongyang", TWIN), encoding="utf-8")
    done = run("edit", "twin", "--yes", env=editor(tmp_path, "text = text.replace('  status: candidate\\n', '')"))
    assert (done.code, done.err.count(AS_WEN.format("twin")), done.err.count("warning")) == (0, 1, 1)
    assert "warning" not in run("edit", "twin", "--set", "note=n", "--yes").err


def test_of_two_new_events_that_may_be_one_the_pair_is_told_once(ask, tmp_path):
    (tmp_path / "events.yaml").write_text(STORE, encoding="utf-8")
    pair = TWIN.partition("\n\n")[0]
    (tmp_path / "new.yaml").write_text(f"{pair}\n{pair.replace('twin', 'second')}\n".replace("2009", "2011"))
    done = ask("add", "--from", "new.yaml", "--yes")
    assert re.findall("warning: (.* may be the same as .*) \\(", done.err) == ["second may be the same as twin"]


@pytest.mark.usefixtures("record")
def test_terminal_controls_of_a_value_are_shown(run):
    done = run("edit", "wen-pyongyang-2009-10", "--set", "note=a\u202eb", "--dry-run")
    assert "\u202e" not in done.err
    assert "\\u202e" in done.err


FILES = [
    pytest.param("v.yaml", "id: v\ndate: 2019\nvisitor: china\nhost: dprk\npeople: [{name: X}]\nsources: [{title: t}]\n", id="one event"),
    pytest.param("v.yaml", "- id: v\n  date: 2019\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n  sources: [{title: t}]\n", id="a list"),
    pytest.param("v.yaml", "timeline: 1\nevents:\n- id: v\n  date: 2019\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n  sources: [{title: t}]\n", id="a store"),
    pytest.param("v.json", '{"id": "v", "date": 2019, "visitor": "CN", "host": "KP", "note": null, "people": [{"name": "X"}], "sources": [{"title": "t"}]}', id="JSON"),
    pytest.param("-", '[{"id": "v", "date": "2019", "visitor": "CN", "host": "KP", "people": [{"name": "X"}], "sources": [{"title": "t"}]}]', id="JSON on standard input"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), FILES)
def test_events_are_added_from_a_file(ask, record, tmp_path, name, text):
    (tmp_path / "new").mkdir()
    if name != "-":
        (tmp_path / "new" / name).write_text(text)
    done = ask("add", "--from", f"new/{name}" if name != "-" else name, "--yes", stdin=text if name == "-" else "")
    assert done.code == 0, done.err
    added = "- id: v\n  date: 2019\n  visitor: china\n  host: north-korea\n  people:\n  - name: X\n  sources:\n  - title: t\n\n"
    assert record.read_bytes().decode() == STORE.replace("\nclaims:", f"\n{added}claims:")


def test_several_events_are_added_all_or_none(run, record):
    event = "- date: 1979-0{}\n  visitor: china\n  host: dprk\n  people: [{{name: X}}]\n  sources: [{{title: t}}]\n"
    done = run("add", "--from", "-", "--yes", stdin=event.format(1) + event.format(13))
    assert done.code == 2
    assert "standard input:6:9: error[date-" in done.err
    assert record.read_bytes() == STORE.encode()
    done = run("add", "--from", "-", "--yes", stdin=event.format(3) + event.format(1) + event.format(1))
    assert done.code == 0, done.err
    ids = re.findall("- id: (x-.*)", record.read_text("utf-8"))
    assert ids == ["x-north-korea-1979-01", "x-north-korea-1979-01-2", "x-north-korea-1979-03"]
    assert done.out == "Added x-north-korea-1979-01, x-north-korea-1979-01-2, x-north-korea-1979-03 to events.yaml.\n"


def test_people_go_by_the_spelling_of_the_record(ask, record):
    record.write_text("timeline: 1\npeople:\n- name: Deng Xiaoping\n  aliases: [邓小平]\nevents:\n", encoding="utf-8")
    assert (
        ask(
            "add",
            *NEW[:7],
            "邓小平 | Vice Premier",
            *NEW[8:],
            "--met",
            "DENG-XIAOPING",
            "--unsourced",
            "--yes",
        ).code
        == 0
    )
    assert "- name: Deng Xiaoping\n    title" in record.read_text("utf-8")
    assert "met: [Deng Xiaoping]" in record.read_text("utf-8")


def test_an_event_without_source_is_insisted_on(ask, record):
    assert ask("add", *NEW[:-2], "--unsourced", "--yes").code == 0
    assert "deng-xiaoping-pyongyang-1979-01" in record.read_text("utf-8")


def test_a_new_event_goes_to_the_file_of_its_time(ask, tmp_path):
    for name, years in (("a", (1950, 1960)), ("b", (1970, 1980)), ("c", (1990, 2000))):
        events = "".join(
            f"- id: {name}-{y}\n  date: {y}\n  visitor: china\n  host: dprk\n  people: [{{name: X}}]\n" for y in years
        )
        (tmp_path / f"{name}.yaml").write_text(f"timeline: 1\nevents:\n{events}")
    for date, file in (("1975", "b"), ("2020", "c"), ("1962-03", "a"), ("1986", "c")):
        assert ask("add", *NEW, "--date", date, "--store", ".", "--yes").code == 0
        assert f"date: {date}\n" in (tmp_path / f"{file}.yaml").read_text(), date
    assert ask("add", *NEW, "--date", "1940", "--store", ".", "--file", "c.yaml", "--yes").code == 0
    assert "date: 1940\n" in (tmp_path / "c.yaml").read_text()


def test_links_are_followed_and_modes_kept(ask, record, tmp_path):
    (tmp_path / "deep").mkdir()
    real = record.rename(tmp_path / "deep" / "real.yaml")
    real.chmod(0o640)
    record.symlink_to("deep/real.yaml")
    assert ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes").code == 0
    assert record.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "kind: state" in real.read_text("utf-8")
    assert sorted(path.name for path in real.parent.iterdir()) == ["real.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_is_kept(ask, record):
    os.chown(record, 12345, 23456)
    assert ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes").code == 0
    assert (record.stat().st_uid, record.stat().st_gid) == (12345, 23456)


def access_list(*entries):
    """POSIX access lists as Linux stores them, for the owner, named people, the group, the most that the list may give, and others."""
    tags = {"owner": 1, "user": 2, "group": 4, "most": 16, "others": 32}
    rows = [(tags[who], rights, number) for who, rights, number in entries]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *row) for row in rows)


NOBODY = 0xFFFFFFFF  # in the place of a number, where none is named
ONE_READER = access_list(
    ("owner", 6, NOBODY), ("user", 6, 1234), ("group", 0, NOBODY), ("most", 6, NOBODY), ("others", 0, NOBODY)
)
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def attributes(path):
    return {name: os.getxattr(path, name) for name in os.listxattr(path)}


@pytest.fixture
def attribute():
    """A function that gives a file an extended attribute; skips where there are none."""

    def attribute(path, name, value):
        try:
            os.setxattr(path, name, value)
        except (AttributeError, OSError):
            pytest.skip("needs a file system with extended attributes")

    return attribute


def test_access_lists_and_attributes_are_kept(ask, record, attribute):
    """Without its list the bits of the mode would give the group what the list gives to one person."""
    attribute(record, "user.Origin", b"scan 12")
    attribute(record, ACCESS, ONE_READER)
    before = attributes(record)
    assert stat.S_IMODE(record.stat().st_mode) == 0o660
    assert ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes").code == 0
    assert "kind: state" in record.read_text("utf-8")
    assert attributes(record) == before
    assert ask("undo", "--yes").code == 0
    assert attributes(record) == before


def test_a_record_takes_no_access_list_from_its_folder(ask, record, attribute):
    """What a folder gives to new files it did not give to this one."""
    record.chmod(0o660)
    attribute(record.parent, DEFAULT, ONE_READER)
    assert ask("edit", "wen-pyongyang-2009-10", "--set", "kind=state", "--yes").code == 0
    assert (attributes(record), stat.S_IMODE(record.stat().st_mode)) == ({}, 0o660)


@pytest.mark.parametrize("args", [["remove", "wen-pyongyang-2009-10", "--yes"], ["fmt"], ["fmt", "--into", "new/"], ["undo", "--yes"]], ids=lambda args: args[0] + args[-1])  # fmt: skip
def test_where_a_change_would_not_be_safe_it_is_not_made(ask, record, monkeypatch, args):
    """Windows has no O_DIRECTORY, and no owners and modes as they are meant here."""
    monkeypatch.delattr(os, "O_DIRECTORY")
    assert "does not change records" in ask_fails(ask, *args)
    assert record.read_bytes() == STORE.encode()
    assert ask("remove", "wen-pyongyang-2009-10", "--dry-run").code == 0
    assert ask("list").code == 0


def test_an_unknown_format_is_told_before_anything_is_changed(ask, record):
    assert "unknown format 'docx'" in ask_fails(ask, "remove", "wen-pyongyang-2009-10", "--yes", "-O", "docx")
    assert record.read_bytes() == STORE.encode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_change_that_cannot_be_told_of_was_made_all_the_same(record):
    import subprocess
    import sys

    command = [sys.executable, "-m", "timeline", "remove", "wen-pyongyang-2009-10", "--yes"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=record.parent, env=os.environ | {"HOME": str(record.parent)}, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False)  # fmt: skip
    assert done.returncode == 2
    assert b"the change was made; only to tell of it failed" in done.stderr
    assert b"wen-pyongyang-2009-10" not in record.read_bytes()


def test_a_read_only_file_stays(ask, record):
    record.chmod(0o444)
    assert "is read-only; nothing was changed" in ask_fails(ask, "remove", "wen-pyongyang-2009-10", "--yes")
    assert record.read_bytes() == STORE.encode()


def test_a_folder_that_is_gone_is_not_made_again(run, tmp_path):
    done = run("remove", "wen", "--store", "gone/events.yaml", "--yes")
    assert done.code == 4
    assert "gone/events.yaml: error[missing-file]" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_vanishes_after_the_question_is_told(record):
    from timeline.errors import ChangeError
    from timeline.store.save import prepared

    with prepared([(record, STORE.encode(), b"new")]) as put:
        record.unlink()
        with pytest.raises(ChangeError, match="no such file or directory; nothing was changed"):
            put()


def test_a_record_that_changed_after_the_question_stays(record, tmp_path):
    from timeline.errors import ChangeError
    from timeline.store.save import prepared

    with prepared([(record, STORE.encode(), b"new")]) as put:
        record.write_bytes(b"other")
        with pytest.raises(ChangeError, match="was changed by another program"):
            put()
    assert record.read_bytes() == b"other"
    assert [path.name for path in tmp_path.iterdir()] == ["events.yaml"]


def test_of_several_files_none_is_changed_where_one_is_not_what_it_was(record, tmp_path):
    from timeline.errors import ChangeError
    from timeline.store.save import prepared

    second = tmp_path / "second.yaml"
    second.write_bytes(b"old")
    with prepared([(record, STORE.encode(), b"new"), (second, b"old", b"new")]) as put:
        second.write_bytes(b"other")
        with pytest.raises(ChangeError, match="was changed by another program"):
            put()
    assert (record.read_bytes(), second.read_bytes()) == (STORE.encode(), b"other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.yaml", "second.yaml"]


def test_what_stops_between_two_files_is_told(record, tmp_path):
    """What was to come in the place of the second is gone."""
    from timeline.errors import ChangeError
    from timeline.store.save import prepared

    second = tmp_path / "second.yaml"
    second.write_bytes(b"old")
    with prepared([(record, STORE.encode(), b"new"), (second, b"old", b"new")]) as put:
        next(tmp_path.glob(".timeline-*-1.tmp")).unlink()
        with pytest.raises(
            ChangeError, match=r"second.yaml: no such file.*; but .*events.yaml was changed: timeline undo"
        ):
            put()
    assert (record.read_bytes(), second.read_bytes()) == (b"new", b"old")


@pytest.mark.usefixtures("record")
def test_without_a_home_there_is_no_undo(run):
    done = run("remove", "wen-pyongyang-2009-10", "--yes", env={"HOME": None})
    assert done.code == 0
    assert "no undo entry is kept" in done.err


def test_the_shipped_record_is_copied_first(run):
    done = run("add", *NEW, "--yes")
    assert done.code == 2
    assert "copy it first: timeline export -o events.yaml" in done.err


def editor(tmp_path, script):
    """An editor that rewrites the file in Python; `text` is what stands there."""
    import sys

    path = tmp_path / "editor.py"
    path.write_text(
        f"import sys\npath = sys.argv[-1]\ntext = open(path, encoding='utf-8').read()\n{script}\nopen(path, 'w', encoding='utf-8').write(text)\n"
    )
    return {"EDITOR": f"{sys.executable} {path}"}


def test_an_event_is_edited_in_an_editor(run, record, tmp_path):
    done = run(
        "edit",
        "zhou-pyongyang-1958-02",
        "--yes",
        env=editor(tmp_path, "text = text.replace('Zhou Enlai', '周恩来  # so')"),
    )
    assert done.code == 0, done.err
    assert record.read_bytes().decode() == STORE.replace("Zhou Enlai", "周恩来  # so")
    assert run("undo", "--yes").code == 0
    assert record.read_bytes() == STORE.encode()


@pytest.mark.parametrize(
    ("script", "change"),
    [
        pytest.param("'zhou-pyongyang-1958-02', 'zhou-1958'", {"zhou-pyongyang-1958-02": "zhou-1958"}, id="the id"),
        pytest.param("\"'zhou-pyongyang-1958-02'\\n  date: 1958-02-14\", \"'zhou-1958'\\n  date: 1958-02-13\"", {"zhou-pyongyang-1958-02": "zhou-1958", "1958-02-14": "1958-02-13"}, id="the id and the date"),
    ],
)  # fmt: skip
def test_claims_follow_an_id_that_is_changed_in_an_editor(run, record, tmp_path, script, change):
    done = run("edit", "zhou-pyongyang-1958-02", "--yes", env=editor(tmp_path, f"text = text.replace({script})"))
    expected = STORE
    for old, new in change.items():
        expected = expected.replace(old, new)
    assert (done.code, "warning" in done.err) == (0, False), done.err
    assert record.read_text("utf-8") == expected
    assert run("undo", "--yes").code == 0
    assert record.read_bytes() == STORE.encode()


def test_an_event_that_becomes_two_others_in_an_editor_leaves_claims_behind(run, record, tmp_path):
    script = "text = text.replace(\"'zhou-pyongyang-1958-02'\", 'x') + text.replace(\"'zhou-pyongyang-1958-02'\", 'y')"
    done = run("edit", "zhou-pyongyang-1958-02", "--yes", env=editor(tmp_path, script))
    assert (done.code, "claims of events.yaml refer to zhou-pyongyang-1958-02: c\n" in done.err) == (0, True), done.err
    assert 'about: "zhou-pyongyang-1958-02"' in record.read_text("utf-8")


def test_a_bad_edit_is_kept_beside(run, record, tmp_path):
    done = run(
        "edit",
        "zhou-pyongyang-1958-02",
        "--yes",
        env=editor(tmp_path, "text = text.replace('1958-02-14', '1958-02-30')"),
    )
    assert done.code == 2
    assert "zhou-pyongyang-1958-02.yaml:2:9: error[date-impossible]" in done.err
    kept = Path(re.search(r"your text is kept in (.*)", done.err)[1])
    assert "1958-02-30" in kept.read_text("utf-8")
    kept.unlink()
    kept.parent.rmdir()
    assert record.read_bytes() == STORE.encode()


def test_an_edit_without_change_changes_nothing(run, record, tmp_path):
    done = run("edit", "zhou-pyongyang-1958-02", "--yes", env=editor(tmp_path, "pass"))
    assert (done.code, "nothing was changed" in done.err) == (0, True)
    assert record.read_bytes() == STORE.encode()


IDS = [
    pytest.param("1958-02-14", {}, "wen-jiabao-north-korea-1958-02", id="who, where, year, month"),
    pytest.param("1958", {"places": ("Dandong", "Pyongyang")}, "wen-jiabao-pyongyang-1958", id="the capital first"),
    pytest.param("[1958-02, 1958-03]", {"people": (Person("Müller-Łukasz O’Neill"),)}, "muller-lukasz-oneill-north-korea-1958-02", id="folded"),
    pytest.param("1994-05", {"people": (Person("Lech Wałęsa"),), "places": ("Đà Nẵng",)}, "lech-walesa-da-nang-1994-05", id="letters that are no letter with an accent"),
    pytest.param("../1958-03", {"people": (Person("周恩来"),)}, "china-north-korea-1958-03", id="no Latin name"),
    pytest.param("1958-02", {"id": "x", "type": "treaty", "title": "Treaty of friendship, and of much else", "host": ""}, "treaty-of-friendship-and-of-1958-02", id="a treaty"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "fields", "expected"), IDS)
def test_an_id_is_proposed(a_visit, store_of, date, fields, expected):
    words = store_of("events: []").vocabulary
    assert propose_id(a_visit(date, **fields), (), words) == expected
    assert propose_id(a_visit(date, **fields), {expected, f"{expected}-2"}, words) == f"{expected}-3"


# --- at a terminal -----------------------------------------------------------------------------------------------------------------------------


def test_questions_are_asked_until_there_is_an_answer(typed, record):
    answers = [
        "10/11/2011", "1979-01",  # the first is no date
        "chna", "china", "dprk",
        "Deng Xiaoping | Vice Premier | vice-premier", "",
        "", "Pyongyang", "", "", "", "", "",
        "", "A | B | https://example.org/deng | 1979-02", "",  # a source is needed
        "", "y",
    ]  # fmt: skip
    code, said = typed("add", lines=answers)
    assert code == 0, said
    assert record.read_text("utf-8") == STORE.replace("- id: wen-", BLOCK + "- id: wen-")
    assert "'10/11/2011' is ambiguous" in said or "10/11/2011" in said
    assert "did you mean 'china'" in said
    assert "this is needed" in said
    assert "Id [deng-xiaoping-pyongyang-1979-01]: " in said


@pytest.mark.parametrize(("answer", "changed"), [("y", True), ("yes", True), ("", False), ("n", False)])
def test_a_change_is_made_when_it_is_agreed_to(typed, record, answer, changed):
    code, said = typed("remove", "wen-pyongyang-2009-10", lines=[answer])
    assert "Change events.yaml? [y/N]" in said
    assert code == (0 if changed else 1)
    assert (record.read_bytes() != STORE.encode()) == changed


@pytest.mark.parametrize("named", [(), ("--store", "events.yaml")], ids=["found", "named"])
def test_a_record_that_vanishes_while_it_is_edited_is_told(typed, record, tmp_path, named):
    gone = "import os; os.remove('events.yaml'); text = text.replace('1958-02-14', '1958-02-15')"
    code, said = typed("edit", "zhou-pyongyang-1958-02", *named, lines=["y"], env=editor(tmp_path, gone))
    assert code == 2
    assert "events.yaml is not there any more, or cannot be read; nothing was changed" in said
    assert not record.exists()


def test_what_changes_between_question_and_answer_is_kept(typed, record, tmp_path):
    """The other writer is an editor that the first one starts: between its reading and its writing."""
    other = "open('events.yaml', 'a').write('# mine\\n'); text = text.replace('1958-02-14', '1958-02-15')"
    code, said = typed("edit", "zhou-pyongyang-1958-02", lines=["y"], env=editor(tmp_path, other))
    assert code == 2
    assert "events.yaml was changed by another program meanwhile" in said
    assert record.read_text("utf-8") == STORE + "# mine\n"
    kept = Path(re.search(r"your text is kept in (.*)", said)[1].strip())
    assert "1958-02-15" in kept.read_text("utf-8")
    kept.unlink()
    kept.parent.rmdir()


def test_a_bad_edit_is_offered_again(typed, record, tmp_path):
    script = (
        "text = text.replace('1958-02-30', '1958-02-15') if '-30' in text else text.replace('1958-02-14', '1958-02-30')"
    )
    code, said = typed("edit", "zhou-pyongyang-1958-02", lines=["y", "y"], env=editor(tmp_path, script))
    assert code == 0, said
    assert "Edit again? [Y/n]" in said
    assert record.read_text("utf-8") == STORE.replace("1958-02-14", "1958-02-15")


DOCUMENTED = """\
timeline: 1
title: China–North Korea visits
licence: CC0-1.0

events:

- id: xi-jinping-pyongyang-2019-06
  date: 2019-06-20/2019-06-21
  visitor: china
  host: north-korea
  people:
  - name: Xi Jinping
    title: CPC General Secretary; President of China
    offices: [general-secretary, president, standing-committee-member]
  kind: official # as KCNA has it
  places: [Pyongyang]
  occasion: 70 years of relations
  sources:
  - title: Xi Jinping arrives in Pyongyang
    url: https://example.org/xi
"""


def test_the_documented_examples_say_what_happens(run, record):
    """Each in turn, agreed to; what goes to standard output is looked for among what the page shows, the rest must be the same."""
    record.write_text(DOCUMENTED, encoding="utf-8")
    page = (Path(__file__).parents[1] / "docs" / "changes.md").read_text("utf-8")
    examples = re.findall(r"^\$ timeline ((?:.*\\\n)*.*)\n((?:(?!\$ |```).*\n)*)", page, re.MULTILINE)
    assert len(examples) == 4
    for command, shown in examples:
        args = shlex.split(command.replace("\\\n", " "))
        done = run(*args, *([] if args == ["log"] else ["--yes"]))
        out = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "2026-11-24 08:15:26", done.out).splitlines()
        expected = [line for line in shown.splitlines() if not line.startswith("Change events.yaml?")]
        assert [line for line in expected if line not in out] == done.err.splitlines()
        assert [line for line in expected if line in out] == out


# --- random stores ---------------------------------------------------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("ab 'é中😀:#-[]{}>|&*!%@\"\\,"), min_size=1, max_size=12).filter(lambda t: t.strip())
GIVEN = WORDS | st.text(
    st.sampled_from('a: #"\\\x1b\x07\x7f\x9b\x85\r\n\t\u202e\u2028'), min_size=1, max_size=12
).filter(str.strip)
REMARKS = st.sampled_from(["", "", "", "  # odd", " # 中 - id: x", "\t#:"])
COMMENTS = st.sampled_from(["", "", "", "# a: b\n", "\n", "# 一\n\n# - id: z\n"])


def quoted(draw, text, edge):
    """A text in one of the ways in which YAML can write it."""
    styles = ["double", "single", "fold"] if text == text.strip() else ["double", "single"]
    style = draw(st.sampled_from(styles))
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    if style == "fold":
        return f"{draw(st.sampled_from(['>-', '|-', '>', '|+', '>+']))}\n{edge}  {text}"
    return json.dumps(text, ensure_ascii=False)


@st.composite
def an_event(draw, number, edge):
    date = f"{draw(st.integers(1950, 2020))}{draw(st.sampled_from(['', '-03', '-04-05']))}"
    fields = [
        f"id: e{number}",
        f"date: {date}",
        "visitor: china",
        draw(st.sampled_from(["host: dprk", "host: 'KP'"])),
    ]
    fields.append(
        draw(
            st.sampled_from(["people: [{name: X}]", f"people:\n{edge}- name: X\n{edge}  # who\n{edge}  title: 'Y: Z'"])
        )
    )
    texts = [key for key in ("occasion", "note") if draw(st.booleans())]
    fields += [f"{key}: {quoted(draw, draw(WORDS), edge)}" for key in texts]
    if draw(st.booleans()):
        fields.append(f"title: several words\n{edge}  on two lines")
    if draw(st.booleans()):
        fields.append(f"places:\n{edge}  - A # b\n{edge}  - 'B'")
    fields = [*fields[:1], *draw(st.permutations(fields[1:]))]
    lines = []
    for field in fields:
        lined = re.match(r"\w+: [|>]", field)
        lines.append(
            field
            + ("" if lined else draw(REMARKS))
            + "\n"
            + draw(st.sampled_from(["", "", f"{edge}# inner\n", f"{edge}    # deep\n"]))
        )
    return edge[:-2] + "- " + edge.join(lines)


@st.composite
def a_store(draw):
    edge = " " * draw(st.sampled_from([2, 4]))
    parts = ["timeline: 1\n", draw(COMMENTS), "events:", draw(REMARKS), "\n"]
    for number in range(draw(st.integers(1, 4))):
        parts += [draw(COMMENTS), draw(an_event(number, edge))]
    parts += [
        draw(COMMENTS),
        draw(st.sampled_from(["", "claims:\n- id: c\n  claim: x\n  about: e0 # ref\n"])),
        draw(COMMENTS),
    ]
    text = "".join(parts)
    text = text.rstrip("\n") if draw(st.booleans()) and not re.search(r"[|>]\+", text) else text
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def snapshot_of(text):
    return Snapshot(load_texts([("s.yaml", text)]), {"s.yaml": text})


def others(text, *named):
    """The lines of every event but those named, and the comments at the left edge."""
    listed = next(value for key, value in find_spots(text).pairs if key.value == "events")
    ids = [item.get("id").value for item in listed.items]
    blocks = {name: block_of(text, name) for name in ids if name not in named}
    return blocks, re.findall(r"^#.*", text.replace("\r\n", "\n"), re.MULTILINE)


DATES = st.sampled_from(["1940", "1985-06", "2000-01-01/2000-01-02", "2030"])
LONG = WORDS.map(lambda text: (text + " ") * 20 + text)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "note": st.one_of(st.none(), GIVEN, LONG),
        "places": st.lists(GIVEN, min_size=1, max_size=3).map(tuple),
        "kind": st.just("state"),
        "occasion": st.one_of(st.none(), GIVEN),
        "date": DATES.map(parse_when),
    },
).filter(bool)
WHAT = st.one_of(
    st.tuples(st.just("add"), DATES, WORDS),
    st.tuples(st.just("remove")),
    st.tuples(st.just("rename")),
    st.tuples(st.just("edit"), VALUES),
)


UNENDED = "timeline: 1\nevents:\n- id: e0\n  date: 1950\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n  note: >\n    A last line without an end."

KEPT = "timeline: 1\nevents:\n- id: e0\n  date: 1950\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n- id: e1\n  date: 1950\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n  occasion: |+\n    Keeps its blank lines.\n\n  note: x\n"


def changed(text, what, number):
    """A change of a store: the store, the change, the ids that it names."""
    snapshot = snapshot_of(text)
    event = snapshot.store.events[number % len(snapshot.store.events)]
    match what:
        case "add", date, word:
            people, sources = (Person("X", word),), (Source(word),)
            new = Event(
                "new",
                parse_when(date),
                visitor="china",
                host="north-korea",
                people=people,
                note=word * 9,
                sources=sources,
            )
            return snapshot, changes.add(snapshot, [new]), ("new",)
        case ("remove",):
            return snapshot, changes.remove(snapshot, event), (event.id,)
        case ("rename",):
            return snapshot, changes.rename(snapshot, event, "renamed"), (event.id, "renamed")
        case _:
            return snapshot, changes.edit(snapshot, event, what[1]), (event.id,)


@given(a_store(), WHAT, st.integers(0, 3))
@example(UNENDED, ("add", "1985-06", ":"), 0)
@example(KEPT, ("edit", {"note": None, "date": parse_when("1940")}), 1)
def test_only_the_named_event_differs(text, what, number):
    snapshot, change, named = changed(text, what, number)
    promises.settled(snapshot, change)
    after = change.after
    assert others(text, *named) == others(after, *named)
    assert ("\r\n" in text) == ("\r\n" in after)
    assert "\r\n" not in text or "\n" not in after.replace("\r\n", "")


@given(a_store(), WHAT, st.integers(0, 3))
def test_a_patch_takes_a_change_back(text, what, number):
    _, change, _ = changed(text, what, number)
    if change.splices:
        patch = patch_of(text, change.after, change.splices)
        assert spliced(text, [patch.splice(back=False)]) == change.after
        assert spliced(change.after, [patch.splice(back=True)]) == text


@given(a_store(), VALUES, st.integers(0, 3))
def test_an_edit_leaves_the_other_fields_alone(text, values, number):
    snapshot, change, named = changed(text, ("edit", values), number)
    before, after = (_fields_of(one, named[0]) for one in (text, change.after))
    keeping = {key for key, given in before.items() if given.partition("\n")[0].rstrip().endswith("+")}
    for key in (before | after).keys() - values.keys() - keeping:
        assert before[key] == after[key]
    event, new = snapshot.store.by_id[named[0]], snapshot_of(change.after).store.by_id[named[0]]
    empty = {"note": "", "occasion": ""}
    assert {key: getattr(new, key) for key in values} == {k: empty[k] if v is None else v for k, v in values.items()}
    assert new.date == values.get("date", event.date)


def _fields_of(text, event):
    listed = next(value for key, value in find_spots(text, [event]).pairs if key.value == "events")
    item = next(item for item in listed.items if item.get("id").value == event)
    return {key.value: text[key.start : value.end] for key, value in item.pairs}
