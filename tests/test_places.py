"""Which record is meant: files, folders, and the records that ship by their names."""

import json
import os
import subprocess
import sys

import pytest

from timeline.cli.places import MARK, shipped_records
from timeline.store import load

VISIT = "- {{id: {}, date: {}, visitor: china, host: india, people: [{{name: Li Peng}}]}}\n"


@pytest.mark.parametrize("name", shipped_records())
def test_a_record_that_ships_goes_by_its_name(ask, name):
    done = ask("list", "--store", MARK + name, "--type", "any", "--status", "any", "--kind", "any", "-O", "json")
    assert done.code == 0
    assert len(json.loads(done.out)["rows"]) == len(load([shipped_records()[name]]).events)


def test_records_are_listed_by_their_names(ask):
    rows = json.loads(ask("records", "-O", "json").out)["rows"]
    assert [row["name"] for row in rows] == [MARK + name for name in shipped_records()]
    assert {row["name"]: row["title"] for row in rows}["@inter-korean"] == "Visits between the two Koreas"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("@inter-koran", "--store: no record that ships is called 'inter-koran'; did you mean '@inter-korean'?"),
        (
            "@china",
            "did you mean '@china-north-korea', '@canada-china', '@china-japan', '@china-russia', '@india-china' or one of 3 more?",
        ),
        ("@", "list them with: timeline records"),
        ("inter-korean", "--store: there is no file 'inter-korean' here; the record that ships is @inter-korean"),
    ],
)
def test_a_name_of_no_record_is_refused_with_the_nearest(run, given, message):
    done = run("list", "--store", given)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_file_is_never_taken_for_a_record_that_ships(run, tmp_path):
    for name in ("inter-korean", "@inter-korean"):
        (tmp_path / name).write_text("timeline: 1\nevents:\n" + VISIT.format("mine", 1991))
        assert "mine" in run("list", "--store", f"./{name}", "-O", "csv").out
    assert "mine" in run("list", "--store", "inter-korean", "-O", "csv").out
    assert "mine" not in run("list", "--store", "@inter-korean", "-O", "csv").out


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ('store = "@inter-korean"', "moon-jae-in-pyongyang-2018-09"),
        ('store = "mine.yaml"', "mine"),
        ('store = ["mine.yaml", "@inter-korean"]', "moon-jae-in-pyongyang-2018-09"),
    ],
)
def test_a_setting_names_files_beside_it_and_records_that_ship(run, tmp_path, setting, found):
    (tmp_path / "timeline.toml").write_text(setting)
    (tmp_path / "mine.yaml").write_text("timeline: 1\nevents:\n" + VISIT.format("mine", 1991))
    (tmp_path / "below").mkdir()
    done = run("list", "-O", "csv", cwd=tmp_path / "below")
    assert (done.code, found in done.out) == (0, True)


@pytest.mark.parametrize(
    ("setting", "right"),
    [
        ("store = 5", 'store must be a text in quotes: store = "…", or a list of such texts: store = ["…", "…"]'),
        ('claims = ["a.yaml", 3]', 'a text in quotes: claims = "…", or a list of such texts: claims = ["…", "…"]'),
        ("color = true", 'color must be a text in quotes: color = "…"\n'),
        ('color = ["always"]', 'color must be a text in quotes: color = "…"\n'),
    ],
)
def test_a_setting_of_another_kind_is_refused(run, tmp_path, setting, right):
    (tmp_path / "timeline.toml").write_text(setting)
    done = run("list")
    assert (done.code, right in done.err) == (2, True)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ('format = "exel"', "timeline.toml: format: unknown value 'exel' (one of: table, plain, csv"),
        ('color = "alway"', "timeline.toml: color: unknown value 'alway'; did you mean 'always'? (one of: auto"),
        (
            'basis = "absense"',
            "timeline.toml: basis: unknown value 'absense'; did you mean 'absence'? (one of: arrivals",
        ),
        ('store = "@inter-korea"', "timeline.toml: store: no record that ships is called 'inter-korea'"),
        ('store = "a\\u0000b"', "timeline.toml: store must be a text in quotes"),
    ],
)
def test_what_is_wrong_in_settings_is_told_at_their_place(run, tmp_path, setting, told):
    (tmp_path / "timeline.toml").write_text(setting)
    done = run("gap", "--store", "@inter-korean") if "store" not in setting else run("gap")
    assert (done.code, told in done.err) == (2, True), done.err


def test_a_file_that_is_named_twice_is_read_once(run, tmp_path):
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "one.yaml").write_text("timeline: 1\nevents:\n" + VISIT.format("one", 1991))
    (tmp_path / "link.yaml").symlink_to("record/one.yaml")
    done = run("list", "-O", "csv", *(f"--store={path}" for path in ("record", "record/one.yaml", "link.yaml")))
    assert (done.code, done.out.count("one,1991")) == (0, 1), done.err
    (tmp_path / "timeline.toml").write_text('store = "record"\nclaims = "record/one.yaml"\n')
    assert "1 event read" in run("check", "-O", "plain").out


LAST = """
claims:
- {{id: a-claim, claim: The last visit was in 1991, form: last-was, reference: 1991, visitor: china, host: north-korea, published: 2020, expected: {}}}
"""


@pytest.mark.parametrize("setting", ['claims = "said.yaml"', 'claims = ["said.yaml"]\nstore = "events.yaml"'])
@pytest.mark.parametrize("asked", [(), ("events.yaml",), ("--store", "events.yaml")])
def test_check_runs_the_claims_that_the_settings_name_again(run, tmp_path, setting, asked):
    (tmp_path / "timeline.toml").write_text(setting)
    (tmp_path / "events.yaml").write_text("timeline: 1\nevents:\n" + VISIT.format("mine", 1991))
    for expected, code in (("unverifiable", 0), ("fails", 1)):
        (tmp_path / "said.yaml").write_text("timeline: 1\n" + LAST.format(expected))
        done = run("check", *asked, "-O", "plain", "--skip", "unsourced")
        assert (done.code, "1 event and 1 claim read" in done.out) == (code, True)
    assert "said.yaml:4:" in done.out


def test_the_claims_of_other_settings_are_not_held_against_another_record(run, tmp_path):
    (tmp_path / "timeline.toml").write_text('claims = "missing.yaml"')
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "events.yaml").write_text("timeline: 1\nevents:\n" + VISIT.format("mine", 1991))
    assert "1 event read" in run("check", cwd=tmp_path / "below").out
    assert "1 event read" in run("check", "--store", "below/events.yaml").out
    (tmp_path / "events.yaml").write_text("timeline: 1\nevents:\n" + VISIT.format("mine", 1991))
    assert run("list").code == 0
    assert "missing.yaml" in run("check").err


@pytest.mark.parametrize("command", ["list", "edit a --set kind=state --yes", "undo --yes", "check"])
def test_a_folder_that_is_gone_is_not_taken_for_one_without_a_record(tmp_path, command):
    (tmp_path / "gone").mkdir()
    program = f"cd gone && rmdir ../gone && exec {sys.executable} -m timeline {command}"
    env = os.environ | {"HOME": str(tmp_path)}
    done = subprocess.run(
        ["/bin/sh", "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "the folder that this runs in is gone" in done.stderr
    assert "ships" not in done.stderr


def test_all_records_together_are_one_store(run):
    folder = shipped_records()["inter-korean"].parent
    done = run("list", "--store", folder, "--person", "xi jinping", "-O", "json")
    hosts = {row["host"] for row in json.loads(done.out)["rows"]}
    assert (done.code, {"india", "russia", "south-korea"} <= hosts) == (0, True)
    done = run("gap", "--store", folder, "--visitor", "china", "--host", "india", "-O", "json")
    assert {"zhou-enlai-india-1960-04"} < {row["from_id"] for row in json.loads(done.out)["rows"]}


def two_files(folder, one, other):
    for name, text in (("1.yaml", one), ("2.yaml", other)):
        (folder / name).write_text(f"timeline: 1\n{text}", encoding="utf-8")
    return folder


def test_a_visit_that_two_files_tell_is_not_counted_twice_without_a_word(run, tmp_path):
    two_files(tmp_path, "events:\n" + VISIT.format("a", "1991-12-11"), "events:\n" + VISIT.format("b", "1991-12"))
    done = run("list", "--store", ".")
    assert "1 visit may stand in two files and be counted twice, such as b (2.yaml) and a (1.yaml)" in done.err
    assert "see: timeline check --only duplicates --store ." in done.err
    two_files(tmp_path, "events:\n" + VISIT.format("a", "1991-12-11"), "events:\n" + VISIT.format("b", "1993"))
    assert "two files" not in run("list", "--store", ".").err


def test_a_decision_on_two_visits_stands(run, tmp_path):
    decided = VISIT.format("b", "1991-12").replace("}]}", "}], tags: [ok-duplicates]}")
    two_files(tmp_path, "events:\n" + VISIT.format("a", "1991-12-11"), "events:\n" + decided)
    assert "two files" not in run("list", "--store", ".").err
