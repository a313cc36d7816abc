"""What is given for a change: at the questions, in an editor, by options, as JSON. A fault is told where it stands, and nothing that was typed is lost."""

import json
import re
from pathlib import Path

import pytest

STORE = """\
timeline: 1

events:

- id: zhou-pyongyang-1958-02
  date: 1958-02-14
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai
    offices: [premier]
  sources:
  - title: Zhou Enlai arrives
"""
EVENT = '"date": "2019", "visitor": "CN", "host": "KP", "people": [{"name": "X"}], "sources": [{"title": "t"}]'
ANSWERS = ["2001", "china", "dprk", "X", "", "", "", "", "", "", "", "", "A | B", ""]  # up to the id


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "events.yaml"
    path.write_text(STORE)
    return path


def test_what_two_answers_say_together_is_looked_at_before_the_next_question(typed, record):
    answers = [*ANSWERS[:2], "PRC", *ANSWERS[2:], "", "y"]  # the second is the visitor again, by another name
    code, said = typed("add", lines=answers)
    assert code == 0, said
    assert "Host:   visitor and host are both china; a visit goes from one actor to another\nHost: " in said
    assert "host: north-korea" in record.read_text().split("- id: x-")[1]


@pytest.mark.parametrize(
    ("args", "last", "why"),
    [
        pytest.param([], ["", "n"], "nothing was changed", id="refused at the question"),
        pytest.param([], [""], "Change events.yaml", id="the end of input"),
        pytest.param(["--file", "b.yaml"], [""], "has no YAML file 'b.yaml'", id="a fault of the whole"),
    ],
)
def test_answers_that_were_not_used_are_given_back_as_a_command(typed, run, record, args, last, why):
    code, said = typed("add", *args, lines=[*ANSWERS, *last, *([] if last[1:] else ["\x04"])])
    assert code != 0
    assert why in said
    command = "timeline add --date 2001 --visitor china --host dprk --person X --source 'A | B' --id x-north-korea-2001"
    assert f"your answers, as a command:\n{command}\n" in said
    assert record.read_text() == STORE
    done = run("add", "--date", "2001", "--visitor", "china", "--host", "dprk", "--person", "X", "--source", "A | B", "--id", "x-north-korea-2001", "--yes")  # fmt: skip
    assert done.code == 0, done.err


def script(tmp_path, text):
    path = tmp_path / "ed.sh"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return {"EDITOR": str(path), "TMPDIR": str(tmp_path / "drafts")}


EDITORS = [
    pytest.param('rm "$1"', "the editor has left nothing to read, nothing was changed", False, id="the file is gone"),
    pytest.param('rm "$1"; mkdir "$1"', "the editor has left nothing to read, nothing was changed", True, id="a folder in its place"),
    pytest.param("exit 3", "ended with status 3; nothing was changed", False, id="given up without a word"),
    pytest.param('echo "# mine" >> "$1"; exit 3', "ended with status 3; nothing was changed", True, id="given up after writing"),
    pytest.param('cp "$1" "$1~"', "nothing was changed", False, id="a backup beside"),
    pytest.param('echo "  - x" >> "$1"', "is a map", True, id="no event any more"),
    pytest.param('sed -i s/^-/\\ / "$1"', "no event begins here", True, id="the dash is gone"),
    pytest.param('sed -i /^-/d "$1"', "begin it with '- id: …'", True, id="the line of the id is gone"),
    pytest.param('sed -i "s/^- id: .*/- note: n/" "$1"', "a visit needs id", True, id="the id is gone"),
    pytest.param('sed "p;s/x/x/" -n "$1" > o; cat o >> "$1"', "zhou-pyongyang-1958-02 is the id of another event", True, id="the event twice"),
    pytest.param('sed -i "/sources/,\\$d" "$1"', "would have no source any more", True, id="the sources are gone"),
]  # fmt: skip


@pytest.mark.parametrize(("does", "told", "kept"), EDITORS)
def test_what_an_editor_leaves_is_read_or_kept(run, record, tmp_path, does, told, kept):
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    done = run("edit", "zhou-pyongyang-1958-02", "--yes", env=script(tmp_path, does))
    assert "Traceback" not in done.err
    assert told in done.err
    assert record.read_text() == STORE
    assert [str(path) for path in drafts.glob("*/*.yaml")] == re.findall(r"your text is kept in (.*)", done.err)
    assert bool(list(drafts.iterdir())) == kept


@pytest.mark.parametrize(
    ("args", "told"),
    [
        pytest.param(["--unset", "host"], "zhou-pyongyang-1958-02 (as it would be):1:3: error[missing-field]: a visit needs host", id="a field that is needed"),
        pytest.param(["--set", "type=treaty"], "error[missing-field]: an event of type treaty needs title, actors", id="another type"),
        pytest.param(["--set", "host=china"], "error[same-actor]: visitor and host are both china", id="two fields together"),
    ],
)  # fmt: skip
def test_an_edit_that_makes_no_event_is_told_of_the_event(run, record, args, told):
    done = run("edit", "zhou-pyongyang-1958-02", *args, "--yes")
    assert (done.code, told in done.err) == (2, True), done.err
    assert done.err.endswith("nothing was changed\n")
    assert record.read_text() == STORE


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param("date=soon", "options:1:12: error[date-format]", id="the value itself"),
        pytest.param("met=Kim Il Sung; ;Nam Il", "options:1:11: error[empty-value]", id="a text of a list"),
        pytest.param("sources=T | P | no-address", "options:1:15: error[bad-url]", id="a part of a source"),
    ],
)
def test_what_is_wrong_in_a_value_is_shown_where_the_value_begins(run, record, given, told):
    done = run("edit", "zhou-pyongyang-1958-02", "--set", given, "--yes")
    assert (done.code, told in done.err) == (2, True), done.err
    assert record.read_text() == STORE


@pytest.mark.parametrize("given", ["note=x", "date=1958-03"])
def test_a_layout_that_cannot_be_spliced_is_left_to_an_editor(run, record, given):
    odd = STORE.replace("- id: z", "- ? id\n  : z").replace("  date: 1", "  ? date # told\n  : 1")
    record.write_text(odd)
    done = run("edit", "zhou-pyongyang-1958-02", "--set", given, "--yes")
    assert done.code == 2
    assert "by the way the record is written; edit it by hand. Nothing was changed" in done.err
    assert record.read_text() == odd


UNSOURCED = [
    pytest.param(["--unset", "sources"], id="taken out"),
    pytest.param(["--set", "sources=;"], id="an empty list"),
]


@pytest.mark.parametrize("args", UNSOURCED)
def test_the_last_source_goes_only_where_that_is_insisted_on(run, record, args):
    done = run("edit", "zhou-pyongyang-1958-02", *args, "--yes")
    assert done.code == 2
    assert "zhou-pyongyang-1958-02 would have no source any more; give another, or --unsourced to insist" in done.err
    assert record.read_text() == STORE
    assert run("edit", "zhou-pyongyang-1958-02", *args, "--unsourced", "--yes").code == 0
    assert "sources" not in record.read_text()
    assert run("edit", "zhou-pyongyang-1958-02", "--set", "note=there was none before", "--yes").code == 0


LONG, DEEP, DIGITS = "x" * 100_001, "[" * 5000 + "]" * 5000, "9" * 5000
JSON = [
    pytest.param(f'{{{EVENT},\n "note": "a",\n "note": "b"}}', "v.json:3:2: error[duplicate-key]: note is given twice", id="a key twice"),
    pytest.param(f'[{{{EVENT}}},\n {{{EVENT}, "kind": "wrking"}}]', "v.json:2:{}: error[unknown-value]: unknown kind 'wrking'", id="a wrong word"),
    pytest.param(f'{{{EVENT},\n\t"colour": 1}}', "v.json:2:2: error[unknown-field]", id="an unknown key"),
    pytest.param(f'{{{EVENT}, "note": "\u2028",\r\n "id": "A"}}', "v.json:3:8: error[bad-id]", id="after each kind of line end"),
    pytest.param(f'{{{EVENT}, "note": {DEEP}}}', "error[too-deep]: nested more than 12 levels deep", id="nested deep"),
    pytest.param(f'{{{EVENT}, "note": "{LONG}"}}', "error[too-long]: a text of 100,001 characters", id="too long"),
    pytest.param(f'{{"date": {DIGITS}}}', "v.json:1:10: error[date-", id="a number of 5,000 digits"),
    pytest.param("[null]", "no event stands here", id="nothing"),
    pytest.param("{", "v.json: not JSON", id="no JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), JSON)
def test_a_fault_in_json_is_told_at_its_place(run, record, tmp_path, text, told):
    (tmp_path / "v.json").write_text(text, encoding="utf-8", newline="")
    done = run("add", "--from", "v.json", "--yes")
    place = text.rpartition("\n")[2].find('"wrking"') + 1
    assert told.format(place) in done.err
    assert (done.code, "set_int_max" in done.err, "Traceback" in done.err) == (2, False, False)
    assert record.read_text() == STORE


def test_what_json_says_is_what_is_added(run, record, tmp_path):
    said = {"id": "v", "date": 2019, "visitor": "CN", "host": "KP", "people": [{"name": 'X "Y" \\ \U0001f600', "party-rank": 2}], "note": "a\nb: [c], {d}", "occasion": None, "places": ["é", "/"], "sources": [{"title": "t"}]}  # fmt: skip
    for ascii_, name in ((True, "a.json"), (False, "b.json")):
        (tmp_path / name).write_text(json.dumps(said, ensure_ascii=ascii_).replace("/", "\\/"), encoding="utf-8")
        assert run("add", "--from", name, "--yes", "--no-undo").code == 0
        row = json.loads(run("list", "--since", "2019", "-O", "json").out)["rows"][0]
        assert (row["people"][0]["name"], row["people"][0]["party_rank"]) == ('X "Y" \\ \U0001f600', 2)
        assert (row["date"], row["note"], row["occasion"], row["places"]) == (
            "2019",
            "a\nb: [c], {d}",
            None,
            ["é", "/"],
        )
        Path(record).write_text(STORE)


@pytest.mark.parametrize("address", ["ftp://example.org/x", "HTTP:/x", "file:///etc/passwd", "javascript://x"])
def test_an_address_of_another_kind_is_no_title(run, record, address):
    done = run("add", "--date", "2001", "--visitor", "china", "--host", "dprk", "--person", "X", "--source", address, "--dry-run")  # fmt: skip
    assert ("error[bad-url]" in done.err) == ("://" in address)
    assert record.read_text() == STORE
