"""What users see: tables, pipes, files, colours, exit statuses, and text from a store that must stay text."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from terminals import ALL, run_at_terminal

from timeline.answer import Answer
from timeline.cli import COMMANDS
from timeline.cli.options import note
from timeline.cli.places import shipped_record
from timeline.formats.csv_ import write_cells
from timeline.store.flat import flat
from timeline.text import width, with_article

RECORD = shipped_record()
TODAY = "2026-07-15"
LONG_URL = "https://example.org/" + "a/b" * 93 + "?"
NAMES = [
    "[/red]",
    "[china]",
    "[bold]",
    "[/tmp]",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "北京大学",
    "한국어",
    "</script><script>",
    "a|b",
    "*b* _i_ `c`",
    ":smile:",
    "%s {0}",
]
HIDDEN = {
    "\u202egnp": r"\u202egnp",
    "\u200bhttps://example.org": r"\u200bhttps://example.org",
    "a\u200bb": r"a\u200bb",
}

SMALL = """\
timeline: 1
title: Small
coverage:
- {id: all, visitor: china, host: north-korea, from: 1949, to: 2025-12-31, how: complete}
events:
- id: zhou-1958
  date: 1958-02-14/1958-02-21
  visitor: china
  host: north-korea
  people:
  - {name: Zhou Enlai, title: Premier, offices: [premier]}
  - {name: Chen Yi, title: Vice-Premier, offices: [vice-premier], role: accompanies}
  kind: official
  places: [Pyongyang]
  occasion: Withdrawal of the Chinese People's Volunteers
  sources:
  - {title: Headlines, publisher: People's Daily, date: 1958-02, url: "https://example.org/1958"}
- id: zhou-1970
  date: 1970-04
  visitor: china
  host: north-korea
  people: [{name: Zhou Enlai, title: Premier, offices: [premier]}]
  support: recalled
- id: hua-1978
  date: 1978-05-05/1978-05-10
  visitor: china
  host: north-korea
  people: [{name: 华国锋, title: 国务院总理, offices: [premier]}]
  kind: official
  places: [Pyongyang, Hamhung]
- id: kim-1983
  date: "[1983-06-02, 1983-06-04]"
  visitor: north-korea
  host: china
  people: [{name: Kim Jong Il, title: Secretary, offices: [party-secretary]}]
  kind: secret
  places: [Beijing]
- id: li-1991
  date: 1991-05-03/1991-05-06
  visitor: china
  host: north-korea
  people: [{name: Li Peng, title: Premier of the State Council, offices: [premier]}]
  kind: official
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def quoted(text):
    return json.dumps(text)


@pytest.fixture
def hostile(tmp_path):
    """A store of which every text is a trap."""
    blocks = [
        f"- id: v{number}\n  date: 2001-01-{number + 1:02}\n  visitor: china\n  host: japan\n  people: [{{name: {quoted(text)}, title: {quoted(text)}}}]\n"
        f"  places: [{quoted(text)}]\n  occasion: {quoted(text)}\n  note: {quoted(text)}\n  sources: [{{title: {quoted(text)}, url: {quoted(LONG_URL)}}}]\n"
        for number, text in enumerate([*NAMES, *HIDDEN])
    ]
    path = tmp_path / "hostile.yaml"
    path.write_text("timeline: 1\ntitle: '[/red]'\nevents:\n" + "".join(blocks), encoding="utf-8")
    return path


# Facts of the shipped record


def gaps(run, *args):
    done = run("gap", "--store", RECORD, "--as-of", TODAY, "-O", "json", *args)
    assert done.code == 0, done.err
    return {row["to_id"]: row for row in json.loads(done.out)["rows"]}


def test_sixteen_years_between_wen_and_li(run):
    arrivals = gaps(run, "--visitor", "china", "--host", "dprk", "--office", "premier")
    row = arrivals["li-qiang-pyongyang-2025-10"]
    assert (row["from_id"], row["from_date"], row["to_date"]) == (
        "wen-jiabao-pyongyang-2009-10",
        "2009-10-04/2009-10-06",
        "2025-10-09/2025-10-11",
    )
    assert (row["days_least"], row["days_most"], row["text"]) == (5849, 5849, "16y 0m 5d")
    absence = gaps(run, "--visitor", "china", "--host", "dprk", "--office", "premier", "--basis", "absence")
    row = absence["li-qiang-pyongyang-2025-10"]
    assert (row["days_least"], row["days_most"], row["text"]) == (5847, 5847, "16y 0m 3d")


def test_premiers_back_to_zhou_enlai(run):
    rows = [*gaps(run, "--visitor", "china", "--host", "dprk", "--office", "premier").values()]
    people = [re.sub(r"-pyongyang.*", "", row["from_id"]) for row in rows]
    assert list(dict.fromkeys(people)) == [
        "zhou-enlai",
        "hua-guofeng",
        "zhao-ziyang",
        "li-peng",
        "wen-jiabao",
        "li-qiang",
    ]
    assert rows[-1]["open"]


def test_presidents_and_general_secretaries(run):
    rows = gaps(run, "--visitor", "china", "--host", "dprk", "--office", "president", "--office", "general-secretary")
    row = rows["xi-jinping-pyongyang-2019-06"]
    assert (row["from_id"], row["text"]) == ("hu-jintao-pyongyang-2005-10", "13y 7m 23d")
    assert rows["xi-jinping-pyongyang-2026-06"]["from_id"] == "xi-jinping-pyongyang-2019-06"


@pytest.mark.parametrize("name", ["中国", "prc", "CN", "People's Republic of China", "중국"])
def test_china_by_any_name_gives_the_same_rows(run, name):
    def rows(actor):
        return run("list", "--store", RECORD, "--actor", actor, "-O", "csv").out

    assert rows(name) == rows("china")
    assert rows("china").count("\n") > 100


def test_a_person_by_any_spelling(run):
    done = run("list", "--store", RECORD, "--person", "choe son hui", "-O", "jsonl")
    assert all("Choe Son Hui" in line for line in done.out.splitlines())
    assert done.out == run("list", "--store", RECORD, "--person", "최선희", "-O", "jsonl").out


def test_at_least_head_of_government_since_2018(run):
    rows = json.loads(
        run("list", "--store", RECORD, "--at-least", "head-of-government", "--since", "2018", "-O", "json").out
    )["rows"]
    assert {
        "kim-jong-un-dalian-2018-05",
        "xi-jinping-pyongyang-2019-06",
        "li-qiang-pyongyang-2025-10",
        "xi-jinping-pyongyang-2026-06",
    } <= {row["id"] for row in rows}
    assert all(row["start_earliest"] >= "2018" for row in rows)


# Wrong usage


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["list", "--actor", "chna"], "--actor: unknown actor 'chna'; did you mean 'china' or 'chad'?"),
        (["list", "--not-host", "jpan"], "--not-host: unknown actor 'jpan'; did you mean 'japan'"),
        (
            ["list", "--person", "Xi Jinpin"],
            "--person: unknown person 'Xi Jinpin'; did you mean 'Xi Jinping'",
        ),
        (["list", "--office", "premeir"], "--office: unknown office 'premeir'; did you mean 'premier'"),
        (
            ["list", "--at-least", "ministre"],
            "--at-least: unknown value 'ministre'; did you mean 'minister'?",
        ),
        (["list", "--kind", "oficial"], "--kind: unknown value 'oficial'; did you mean 'official'"),
        (["list", "--place", "Pyongyan"], "--place: unknown place 'Pyongyan'; did you mean 'Pyongyang'?"),
        (["list", "--tag", "zzzz"], "--tag: unknown tag 'zzzz'"),
        (["list", "--since", "10/2009"], "--since: '10/2009' is not a date"),
        (["list", "--since", "2011-10-23/2011-10-25"], "not a period; write 2011-10-23..2011-10-25\n"),
        (["list", "--where", "rank=ministr"], "--where rank: unknown rank 'ministr'; did you mean 'minister'?"),
        (
            ["list", "--since", "2010", "--until", "2009"],
            "--until 2009 lies before --since 2010; swap the two",
        ),
        (
            ["gap", "--as-of", "2026"],
            "--as-of: '2026' is not an exact day; write year, month and day: 2025-10-09",
        ),
        (["on-this-day", "--as-of", "foo"], "--as-of: 'foo' is not a date; write year, month and day: 2025-10-09\n"),
        (["list", "--since", "1500"], "first full year of the Gregorian calendar; give a date from 1583 on\n"),
        (["gap", "--min", "5"], "--min: '5' is not a duration; write 16y, 2y 6m or 90d"),
        (["gap", "--by", "directions"], "--by: unknown value 'directions'; did you mean 'direction'?"),
        (["gap", "--min", "long"], "--min: 'long' is not a duration; write 16y, 2y 6m or 90d"),
        (["gap", "--basis", "x"], "--basis: unknown value 'x'"),
        (["list", "-O", "jsn"], "--format: unknown format 'jsn'; did you mean 'json'"),
        (["list", "-o", "visits.xyz"], "--output: no format goes with '.xyz'"),
        (["list", "-o", "visits"], "--output: the name 'visits' has no suffix that says the format; use one of .csv"),
        (
            ["chart", "-o", "x.gif"],
            "no format goes with '.gif'; use one of .csv, .tsv, .json, .jsonl, .ndjson, .md, .html, .yaml, .yml, .txt, .png, .svg, .pdf, or",
        ),
        (["chart", "-O", "gif"], "jsonl, md, html, yaml, png, svg, pdf)"),
        (["list", "--excel", "-O", "json"], "--excel goes with csv and tsv, not with json"),
        (["list", "--color", "sometimes", "-O", "table"], "--color: unknown value 'sometimes'"),
        (["list", "--color", "sometimes"], "--color: unknown value 'sometimes'"),
        (["show", "xi-jinping-pyongyang-2019-6"], "did you mean 'xi-jinping-pyongyang-2019-06'"),
        (["lst"], "No such command 'lst'"),
        (["list", "--actr", "china"], "No such option: --actr; did you mean '--actor'"),
        (["gap", "--visitr", "x"], "No such option: --visitr; did you mean '--visitor', '--not-visitor' or"),
        (["actors", "chna"], "no actor has 'chna' in a name; did you mean 'china' or 'chad'?"),
        (["actors", "zzzzqq"], "no actor has 'zzzzqq' in a name; leave it out to list them"),
        (["actors", "..."], "no actor has '...' in a name"),
        (["offices", "premeir"], "no office has 'premeir' in a name; did you mean 'premier'"),
        (["people", "Xi Jinpinn"], "no person has 'Xi Jinpinn' in a name; did you mean 'Xi Jinping'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_usage_is_refused_with_what_would_be_right(run, args, message):
    done = run(*args, env={"TIMELINE_STORE": str(RECORD)})
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_no_summary_of_a_command_is_cut_at_80_columns(run):
    told = run("--help", env={"COLUMNS": "80"}).out.partition("Commands:")[2].splitlines()[1:]
    assert len(told) > 25
    assert [line for line in told if not line.endswith(".") or line.endswith("...")] == []


def test_a_bare_command_prints_the_help(run):
    done = run()
    assert "timeline gap --visitor china" in done.out + done.err


def test_the_help_tells_of_every_command_in_order(run):
    told = run("--help").out.partition("Commands:")[2].splitlines()[1:]
    assert [line.split()[0] for line in told] == list(COMMANDS)


@pytest.mark.parametrize("command", ["gap", "list"])
def test_what_people_read_is_not_made_for_a_program(run, monkeypatch, command):
    monkeypatch.setattr("timeline.answer.Blocks.__len__", lambda _: pytest.fail("made"))
    monkeypatch.setattr("timeline.answer.Blocks.__getitem__", lambda *_: pytest.fail("made"))
    assert run(command, "-O", "csv").out.startswith(("series,", "id,"))


def test_version(run):
    assert run("--version").out == f"timeline {version('timeline-visits')}\n"


def test_help_has_examples_first(run):
    done = run("gap", "-h")
    assert done.code == 0
    assert done.out.index("timeline gap --visitor") < done.out.index("Options")


# Text from a store is text


@pytest.mark.parametrize(
    "options",
    [
        ["-O", "table"],
        ["-O", "table", "--color", "always"],
        ["-O", "plain"],
        ["-O", "md"],
        ["-O", "html"],
        [],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("command", [["list"], ["gap", "--by", "person"], ["show", "v0"], ["people"]], ids=" ".join)
def test_no_text_of_a_store_acts(ask, hostile, options, columns, command):
    done = ask(*command, "--store", hostile, *options, env={"COLUMNS": columns})
    assert done.code == 0, done.err
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.out) if "always" in options else done.out
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", plain)
    assert "<script>" not in done.out or options[-1:] != ["html"]


@pytest.mark.parametrize(
    "options", [["-O", "table"], ["-O", "table", "--color", "always"], ["-O", "plain"]], ids=" ".join
)
def test_names_are_printed_literally(run, hostile, options):
    done = run("people", "--store", hostile, *options, env={"COLUMNS": "200"})
    for text in [*NAMES, *HIDDEN.values()]:
        assert text in done.out


def test_what_is_printed_of_hidden_characters_is_visible(run, hostile):
    done = run("list", "--store", hostile)
    for text in HIDDEN.values():
        assert text in done.out


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_long_address_is_whole(run, hostile, columns):
    piped = run("show", "v0", "--store", hostile, env={"COLUMNS": columns})
    assert LONG_URL in piped.out
    table = run("show", "v0", "--store", hostile, "-O", "table", env={"COLUMNS": columns})
    assert LONG_URL in table.out.split()
    assert "…" not in piped.out + table.out


def test_markdown_keeps_texts_as_texts(run, hostile):
    out = run("list", "--store", hostile, "-O", "md").out
    assert r"a\|b" in out
    assert r"\*b\* \_i\_ \`c\`" in out
    assert r"\</script\>\<script\>" in out
    assert r"\[/red\]" in out
    header, rule, *rows = out.splitlines()
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in (header, rule, *rows)} == {header.count("|")}


def test_html_keeps_texts_as_texts(run, hostile):
    out = run("list", "--store", hostile, "-O", "html").out
    assert "&lt;/script&gt;&lt;script&gt;" in out
    body = out.partition("<body>")[2]
    assert set(re.findall(r"</?(\w+)", body)) == set(
        "main h1 div table thead tbody tr th td a footer p body html".split()
    )


@pytest.mark.parametrize(
    "command",
    [["list"], ["gap"], ["show", "zhou-1958"], ["firsts", "li-1991"], ["check"], ["list", "--until", "1950"]],
    ids=lambda command: command[0],
)
def test_html_is_one_whole_document_that_needs_nothing_else(ask, small, command):
    out = ask(*command, "--store", small, "--as-of", TODAY, "-O", "html").out
    assert out.startswith('<!doctype html>\n<html lang="en">')
    assert '<meta charset="utf-8">' in out
    assert "prefers-color-scheme: dark" in out
    assert out.count("<title>") == out.count("<h1>") == 1
    assert not re.search("<script|<link|<img|@import|url\\(|src=", out)
    opened = []
    for slash, tag in re.findall(r"<(/?)(\w+)", out):
        if slash:
            assert opened.pop() == tag
        elif tag != "meta":
            opened.append(tag)
    assert opened == []


@pytest.mark.parametrize(
    ("form", "starred"), [("csv", False), ("ics", False), ("html", False), ("md", True), ("plain", True)]
)
def test_an_export_speaks_of_a_star_where_there_is_one(ask, small, form, starred):
    done = ask("export", "--store", small, "-O", form)
    assert ("marked * rest" in done.err) == starred
    assert "memory or on sources that disagree" in done.err


def test_html_says_what_stands_on_standard_error_elsewhere(ask, small):
    out = ask("list", "--store", small, "-O", "html").out
    assert "<footer>\n<p>5 visits · visits that happened, transits left out</p>" in out
    assert "1 visit marked * rests on memory" in out


def test_addresses_are_links_in_html(ask, small):
    out = ask("show", "zhou-1958", "--store", small, "-O", "html").out
    assert '<a href="https://example.org/1958">https://example.org/1958</a></dd>' in out


def test_csv_keeps_texts_as_they_are(run, hostile):
    rows = list(csv.DictReader(io.StringIO(run("list", "--store", hostile, "-O", "csv").out, newline="")))
    assert [row["note"] for row in rows] == [
        *NAMES,
        r"\u202egnp",
        *list(HIDDEN)[1:],
    ]  # an override acts, what is not seen does not


def test_csv_for_spreadsheets_runs_nothing(run, hostile):
    out = run("list", "--store", hostile, "-O", "csv", "--excel").out
    assert out.startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n\x1b\x9b")]
    assert "'=1+1" in cells


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param("=1+1", "'=1+1", id="a formula"),
        pytest.param("＝1+1", "'＝1+1", id="in full width"),
        pytest.param("  @x", "  '@x", id="after blanks, which may be dropped"),
        pytest.param("\u3000-x", "'\u3000'-x", id="after a wide blank"),
        pytest.param("\t=1", "'\t'=1", id="after a tab, which begins a cell"),
        pytest.param("a\n=1", "a\n'=1", id="in a line of its own"),
        pytest.param("a\r\n+1", r"a\x0d" "\n'+1", id="after a carriage return"),
        pytest.param(["a", "=1"], "a; '=1", id="after a joiner, where sheets are separated by semicolons"),
        pytest.param(["a;=1"], r"a\;'=1", id="after a semicolon of a text"),
        pytest.param("\x1b[31m", r"\x1b[31m", id="a control"),
        pytest.param(-3, "-3", id="a number stays a number"),
        pytest.param(0, "0", id="nought"),
        pytest.param("2025-10-09", "2025-10-09", id="a date"),
        pytest.param("a = b; c - d", "a = b; c - d", id="marks between words"),
        pytest.param(None, "", id="unknown"),
    ],
)
def test_cells_for_spreadsheets(value, cell):
    out = io.StringIO(newline="")
    write_cells(Answer("list", [{"a": value, "b": "end"}], ()), out, ",", excel=True)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == [cell, "end"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param({"visitor": "china", "offices": ["premier", "president"]}, "visitor=china; offices=premier, president", id="a scope"),
        pytest.param({"not": {"kinds": ["transit"]}, "since": None}, "not=kinds=transit; since=", id="a scope in a scope"),
        pytest.param({"text": ["a; b"]}, r"text=a\; b", id="a text with the joiner"),
        pytest.param([{"reading": "as it stands", "why": None, "sure": True}], "as it stands |  | true", id="a list of maps"),
        pytest.param([None, True, 3], "; true; 3", id="a list"),
        pytest.param(False, "false", id="no"),
        pytest.param({}, "", id="nothing"),
    ],
)  # fmt: skip
def test_a_cell_is_never_the_text_of_a_program(value, cell):
    assert flat(value) == cell


def test_json_and_yaml_keep_texts_as_they_are(run, hostile):
    """What acts on a terminal stands there as an escape of the format."""
    for name, read in (("json", json.loads), ("yaml", yaml.safe_load)):
        text = run("list", "--store", hostile, "-O", name).out
        assert "\u202e" not in text
        rows = read(text)["rows"]
        assert [row["note"] for row in rows] == [*NAMES, *HIDDEN]


def test_the_title_of_a_record_on_standard_error_is_text(run, hostile):
    hostile.rename(hostile.with_name("events.yaml"))
    assert run("list").err.startswith("record: [/red] (events.yaml)\n")


# Terminals and environments


@pytest.mark.parametrize("columns", ["80", "120", "200"])
@pytest.mark.parametrize("command", ["list", "gap"])
def test_tables(run, small, golden, columns, command):
    done = run(command, "--store", small, "--as-of", TODAY, "-O", "table", env={"COLUMNS": columns})
    golden(f"{command}-{columns}.txt", done.out)
    assert all(len(line) <= int(columns) for line in done.out.splitlines())


@pytest.mark.parametrize("name", ["plain", "csv", "tsv", "json", "jsonl", "md", "html", "yaml"])
@pytest.mark.parametrize("command", ["list", "gap"])
def test_formats(ask, small, golden, name, command):
    golden(f"{command}.{name}", ask(command, "--store", small, "--as-of", TODAY, "-O", name).out)


def test_show(run, small, golden):
    golden(
        "show.plain",
        run("show", "hua-1978", "--store", small, "--as-of", TODAY).out.partition("\nWhat can be said")[0],
    )


@pytest.mark.parametrize("command", [["check"], ["actors"], ["people"], ["offices", "premier"]], ids=lambda c: c[0])
def test_other_commands(ask, small, golden, command):
    golden(f"{command[0]}.plain", ask(*command, "--store", small.name).out)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 160, 200])
@pytest.mark.parametrize(
    "command",
    [["list"], ["gap"], ["gap", "--by", "person"], ["people"], ["actors"], ["offices"], ["check", "--info"], ["show", "hua-1978"]],
    ids=" ".join,
)  # fmt: skip
def test_no_width_loses_a_word(ask, small, columns, command):
    """All that a pipe gets stands on a terminal of any width as well, in lines that fit."""
    where = [small] if command[0] == "check" else ["--store", small]
    options = [*where, "--as-of", TODAY]
    wide, narrow = (
        ask(*command, *options, "-O", name, env={"COLUMNS": str(columns)}).out for name in ("plain", "table")
    )
    heads = re.compile("^(Date|Visit|Name|Id|Place) .*|━|─", re.MULTILINE)

    def lump(text):
        return Counter(re.sub(r"[\W_]", "", heads.sub("", text)))

    assert not lump(wide) - lump(narrow)
    assert max(width(line) for line in narrow.splitlines() if "://" not in line) <= columns


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize(
    "by", [[], ["--by", "decade,direction"], ["--by", "kind,rank"], ["--by", "person,kind"]], ids=" ".join
)
def test_counts_are_as_wide_as_the_terminal_and_none_is_lost(ask, columns, by):
    options = ["stats", *by, "--store", RECORD, "--as-of", TODAY]
    table = ask(*options, "-O", "table", env={"COLUMNS": str(columns)}).out.splitlines()
    assert [
        line for line in table if width(line) > columns and not re.match("(The visits of a row: | *)timeline ", line)
    ] == []
    counted = Counter(re.findall(r"\b\d+\b", re.sub("timeline list.*", "", "\n".join(table))))
    piped = re.sub("timeline list.*", "", ask(*options, "-O", "plain").out)
    assert not Counter(re.findall(r"\b\d+\b", piped)) - counted


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize(
    ("scope", "day", "earlier"),
    [
        (["--type", "treaty"], "1981", "Zhou Enlai and Kim Il Sung"),
        (["--visitor", "china", "--host", "dprk", "--office", "premier"], "4–6 Oct 2009", "Li Peng"),
    ],
    ids=["treaties", "premiers"],
)
def test_a_row_of_gaps_says_who_came_before_where_that_has_no_column(ask, columns, scope, day, earlier):
    done = ask("gap", *scope, "--store", RECORD, "--as-of", TODAY, "-O", "table", env={"COLUMNS": str(columns)})
    (row,) = re.findall(rf"^{day}.*\n(?: .*\n)*", done.out, re.MULTILINE)
    assert re.search(f" after (.*, )?{earlier}", " ".join(row.split()))


def test_what_is_to_be_copied_is_never_broken(ask):
    for columns in ("40", "80", "200"):
        out = ask(
            "firsts", "li-qiang-pyongyang-2025-10", "--store", RECORD, "-O", "table", env={"COLUMNS": columns}
        ).out
        proof = 'timeline claim "the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009" --about li-qiang-pyongyang-2025-10'
        assert f"{proof} --store {shlex.quote(str(RECORD))}" in [line.strip() for line in out.splitlines()]
        ids = re.findall(
            r"[\w-]+-\d{4}-\d\d", ask("list", "--store", RECORD, "--since", "2020", env={"COLUMNS": columns}).out
        )
        assert ids
        assert set(ids) <= set(
            ask("list", "--store", RECORD, "--since", "2020", "-O", "table", env={"COLUMNS": columns}).out.split()
        )


def test_colour_is_more_than_plain_text_by_escapes_alone(run, small):
    coloured = run("gap", "--store", small, "-O", "table", "--color", "always").out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == run("gap", "--store", small, "-O", "table").out


@pytest.mark.parametrize(
    ("env", "options", "coloured"),
    [
        pytest.param({}, [], False, id="a pipe"),
        pytest.param({"FORCE_COLOR": "1"}, [], True, id="FORCE_COLOR"),
        pytest.param({"NO_COLOR": "1", "FORCE_COLOR": "1"}, [], False, id="NO_COLOR wins"),
        pytest.param({"NO_COLOR": "1"}, ["--color", "always"], True, id="the option wins over NO_COLOR"),
        pytest.param({"FORCE_COLOR": "1"}, ["--color", "never"], False, id="never wins over FORCE_COLOR"),
        pytest.param({"TERM": "dumb"}, ["--color", "always"], True, id="the option wins over TERM"),
        pytest.param({"TERM": "dumb", "FORCE_COLOR": ""}, [], False, id="an empty variable says nothing"),
    ],
)
@pytest.mark.parametrize("format_", [[], ["-O", "table"]], ids=["unasked", "table"])
def test_when_there_is_colour(run, small, env, options, coloured, format_):
    done = run("gap", "--store", small, *format_, *options, env=env)
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]m", done.out)) == coloured
    assert coloured or "\x1b" not in done.out


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["alone", "NO_COLOR wins"])
def test_the_environment_comes_before_the_setting_of_colour(run, small, tmp_path, env, coloured):
    (tmp_path / "timeline.toml").write_text('color = "always"')
    assert ("\x1b[" in run("gap", "--store", small, env=env).out) == coloured


@pytest.mark.parametrize(
    ("options", "format_"),
    [
        pytest.param([], "table", id="no format"),
        pytest.param(["-O", "plain"], "plain", id="a format"),
        pytest.param(["-o", "out.csv"], "csv", id="a file"),
    ],
)
@pytest.mark.parametrize("asked", [["--color", "always"], []], ids=["option", "variable"])
def test_colour_asked_for_gives_the_table_where_no_format_is(run, small, tmp_path, asked, options, format_):
    out = run("list", "--store", small, *asked, *options, env={} if asked else {"FORCE_COLOR": "1"}).out
    out = out or (tmp_path / "out.csv").read_bytes().decode()
    expected = run("list", "--store", small, "-O", format_, *asked, env={} if asked else {"FORCE_COLOR": "1"}).out
    assert (out, "\x1b[" in out) == (expected, format_ == "table")


@pytest.mark.parametrize("options", [[], ["-O", "table"]], ids=["plain", "table"])
@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"},
        {"COLUMNS": "40"},
        {"COLUMNS": "1"},
        {"COLUMNS": "nonsense"},
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TZ": "Pacific/Kiritimati"},
        {"HOME": None},
        {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"},
        {"TERM": "dumb"},
        {"TERM": None, "LANG": None},
        {"PYTHONWARNINGS": "error"},
    ],
    ids=lambda env: " ".join(f"{key}={value}" for key, value in env.items()),
)
def test_every_environment_gets_an_answer(run, small, env, options):
    done = run("gap", "--as-of", TODAY, "--store", small, *options, env=env)
    assert (done.code, done.err) == (0, "")
    assert "4,746" in done.out or "COLUMNS" in env


def test_an_ascii_terminal_sees_what_it_cannot_show_as_escapes(run, small):
    done = run("list", "--store", small, env={"PYTHONIOENCODING": "ascii"})
    assert done.out.isascii()
    assert re.search("14-21 Feb 1958 +China -> North Korea", done.out)
    assert r"\u534e\u56fd\u950b" in done.out
    table = run("list", "--store", small, "-O", "table", env={"PYTHONIOENCODING": "ascii"})
    assert table.out.isascii()
    assert "\\u2500" not in table.out
    head, _, *rows = table.out.splitlines()
    at = head.index("Who")
    assert all(row[at - 2 : at] == "  " and row[at] != " " for row in rows if "->" in row)


@pytest.mark.parametrize("args", [["--help"], ["gap", "--help"], []], ids=" ".join)
def test_help_is_in_what_can_be_shown(run, args):
    plain = run(*args, env={"PYTHONIOENCODING": "ascii"})
    assert (plain.out + plain.err).isascii()
    assert re.search(r"China-North|working, \.\.\.", plain.out + plain.err)


@pytest.mark.parametrize(
    ("env", "ascii_only"),
    [
        pytest.param({"LC_ALL": "C"}, True, id="the C locale"),
        pytest.param({"LC_ALL": "POSIX"}, True, id="POSIX"),
        pytest.param({"LC_ALL": "C.UTF-8"}, False, id="C in UTF-8"),
        pytest.param({"LC_ALL": "C", "PYTHONUTF8": "1"}, False, id="UTF-8 asked for all the same"),
        pytest.param({"PYTHONIOENCODING": "latin-1"}, True, id="another encoding"),
    ],
)
@pytest.mark.parametrize(
    "options", [["-O", "table"], [], ["-O", "md"], ["-O", "csv"]], ids=lambda o: " ".join(o) or "as usual"
)
def test_a_terminal_gets_what_it_can_show(small, env, options, ascii_only):
    kept = {"PATH": os.environ["PATH"], "HOME": str(small.parent), "TERM": "dumb"}
    command = [sys.executable, "-m", "timeline", "list", "--store", small, *options]
    status, out = run_at_terminal(command, streams=ALL, env=kept | env, cwd=small.parent)
    assert status == 0
    text = out.decode("ascii" if "latin" not in str(env) and ascii_only else "latin-1" if ascii_only else "utf-8")
    assert ("→" in text, "国" in text) == ((not ascii_only and "csv" not in options), not ascii_only)
    assert "->" in text or not ascii_only or "csv" in options


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["csv", "tsv", "json", "jsonl", "yaml", "md", "html"])
def test_data_is_utf_8_whatever_the_terminal(run, small, name, env):
    assert run("list", "--store", small, "-O", name, env=env).out == run("list", "--store", small, "-O", name).out


def test_a_store_of_nothing_gets_an_answer_from_every_command(ask):
    for command in (
        ["list"],
        ["gap"],
        ["export"],
        ["check"],
        ["actors"],
        ["people"],
        ["offices"],
        ["export", "-O", "yaml"],
        ["stats"],
        ["stats", "--by", "person,year"],
        ["on-this-day"],
        ["on-this-day", "--anniversaries"],
        ["chart"],
    ):
        for options in ([], ["-O", "json"], ["-O", "table"], ["-O", "csv"]):
            done = ask(*command, "--store", "-", *options, stdin="timeline: 1\n")
            assert (done.code, "Traceback" in done.err) == (0, False), (command, options, done.err)


def test_a_pipe_that_closes_is_no_error():
    command = f'"{sys.executable}" -m timeline list --store "{RECORD}" -O csv | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run([shutil.which("bash"), "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr.count("\n") <= 3
    assert not re.search("Traceback|Broken|Exception", done.stderr)
    assert done.stdout.splitlines()[-1] == "0"


def _interruptible():
    """Where the tests are a job in the background, interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interrupt_ends_with_130():
    ours = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell's background job, and its children, ignore it
    process = subprocess.Popen(
        [sys.executable, "-m", "timeline", "list", "--store", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=_interruptible,  # noqa: PLW1509 - it starts no thread
    )
    try:
        process.stdin.write(b"# more than a pipe holds: it is written when it is read\n" * 20_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    finally:
        process.kill()
        signal.signal(signal.SIGINT, ours)
    assert (process.returncode, b"Traceback" in errors) == (130, False)


# Files


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "md", "html", "yaml", "txt"])
def test_a_file_has_the_format_of_its_suffix(run, small, tmp_path, suffix):
    done = run("list", "--store", small, "-o", f"out.{suffix}")
    assert (done.code, done.out) == (0, "")
    name = {"txt": "plain"}.get(suffix, suffix)
    written = (tmp_path / f"out.{suffix}").read_bytes().decode("utf-8")
    assert written == run("list", "--store", small, "-O", name).out


@pytest.mark.parametrize("target", ["/nonexistent/out.csv", "folder.csv"])
def test_what_cannot_be_written_is_said(run, small, tmp_path, target):
    (tmp_path / "folder.csv").mkdir()
    done = run("list", "--store", small, "-o", target)
    assert (done.code, done.out) == (2, "")
    assert "the answer was not written" in done.err


@pytest.mark.parametrize(
    "args", [[], ["--help"], ["--version"], ["gap", "--help"], ["completion", "bash"]], ids=" ".join
)
def test_a_full_device_is_said_of_help_too(args):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (
        2,
        "timeline: standard output: no space left on device; the answer was not written\n",
    )


@pytest.mark.parametrize(("args", "status"), [(["--version"], 0), (["lsit"], 2), (["show", "nobody"], 2)])
def test_what_is_to_be_done_at_the_end_is_done(args, status):
    code = "import atexit; atexit.register(print, 'and that'); from timeline.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (status, "and that")


def test_a_full_device_is_said(run, small):
    done = run("list", "--store", small, "-o", "/dev/full", "-O", "csv")
    assert done.code == 2
    assert "no space left on device; the answer was not written" in done.err
    with Path("/dev/full").open("w") as full:
        direct = subprocess.run(
            [sys.executable, "-m", "timeline", "claim", "first visit by a premier", "--store", small],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert direct.returncode == 2  # 1 would be that the claim fails
    assert "Traceback" not in direct.stderr


def test_an_output_that_fails_leaves_the_file_that_was_there(run, small, tmp_path):
    (tmp_path / "out.csv").write_text("kept")
    done = run("list", "--store", small, "--actor", "chna", "-o", "out.csv")
    assert (done.code, (tmp_path / "out.csv").read_text()) == (2, "kept")


def test_json_spans_decades_in_one_document(run):
    document = json.loads(run("list", "--store", RECORD, "-O", "json").out)
    assert list(document) == ["schema", "command", "as_of", "scope", "rows", "summary"]
    years = {row["start_earliest"][:4] for row in document["rows"] if row["start_earliest"]}
    assert {"1958", "2026"} <= years


EVENT_KEYS = "id date start_earliest start_latest end_earliest end_latest type kind status visitor host actors people places met occasion tags support note sources title visitor_iso host_iso actors_iso".split()
GAP_KEYS = "series from_id from_date to_id to_date basis days_least days_most text rank_least rank_most open covered approximate may_be_first rivals near_complete from_support to_support".split()
STATS_KEYS = "by value label by2 value2 label2 count first_id first_date last_id last_date command".split()
CHART_KEYS = "lane id date earliest latest rank support".split()


@pytest.mark.parametrize(
    ("command", "keys"),
    [("list", EVENT_KEYS), ("export", EVENT_KEYS), ("gap", GAP_KEYS), ("stats", STATS_KEYS), ("chart", CHART_KEYS)],
)
def test_keys_are_stable(run, small, command, keys):
    rows = json.loads(run(command, "--store", small, "-O", "json").out)["rows"]
    assert all(list(row) == keys for row in rows)
    assert run(command, "--store", small, "-O", "csv").out.splitlines()[0] == ",".join(keys)
    lines = run(command, "--store", small, "-O", "jsonl").out.splitlines()
    assert list(map(json.loads, lines)) == rows


def test_every_key_of_a_gap_is_documented():
    page = (Path(__file__).parents[1] / "docs" / "gaps.md").read_text("utf-8")
    assert set(" ".join(re.findall(r"^\| `(.*?)` \|", page, re.MULTILINE)).split()) == set(GAP_KEYS)


@pytest.mark.parametrize("command", ["list", "gap", "export", "actors", "people", "check"])
def test_an_answer_without_rows_keeps_its_header(run, small, command):
    store = small
    if of_all := command in ("actors", "check"):
        store = small.with_name("good.yaml")
        store.write_text("timeline: 1\n")
    full = run(command, "--store", small, "-O", "csv").out.splitlines()[0]
    options = [] if of_all else ["--since", "9000"]
    assert run(command, *options, "--store", store, "-O", "csv").out == full + "\r\n"


# Which record


def test_the_record_here_or_above_or_shipped_is_named_on_standard_error(run, small, tmp_path):
    assert "record: China–North Korea visits" in run("list").err
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    small.rename(tmp_path / "events.yaml")
    assert run("list").err.startswith("record: Small (events.yaml)\n")
    assert run("list", cwd=inner).err.startswith(f"record: Small ({tmp_path / 'events.yaml'})\n")


def test_a_named_record_is_not_named_again(run, small):
    assert "record:" not in run("list", "--store", small).err
    assert "record:" not in run("list", env={"TIMELINE_STORE": str(small)}).err


def test_standard_input_is_a_record(run):
    assert run("list", "--store", "-", "-O", "csv", stdin=SMALL).out.count("\n") == 1 + 5


@pytest.mark.parametrize("closed", ["<&-", "0>/dev/null"], ids=["closed", "not to be read"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list --store -", 4),
        ("check --store -", 4),
        ("check -", 4),
        ("gap --store -", 4),
        ("export --store - -O csv", 4),
        ("claim --file -", 4),
        ("add --store small.yaml --from - --yes", 2),
        ("add --store small.yaml", 2),
        ("remove wen --store small.yaml", 2),
        ("browse --store small.yaml", 2),
    ],
)
def test_a_standard_input_that_cannot_be_read_is_said(small, command, code, closed):
    whole = f"exec {shlex.quote(sys.executable)} -m timeline {command} {closed}"
    done = subprocess.run(["/bin/sh", "-c", whole], cwd=small.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (code, "", False)
    assert ("standard input: error[unreadable-file]: " in done.stderr) == ("-" in command.split())


@pytest.mark.usefixtures("small")
def test_settings_are_defaults_and_run_nothing(run, tmp_path):
    (tmp_path / "timeline.toml").write_text('store = "small.yaml"\nformat = "csv"\nbasis = "absence"\n')
    assert run("list").out.startswith("id,date")
    assert ",absence," in run("gap").out
    assert ",arrivals," in run("gap", "--basis", "arrivals").out
    (tmp_path / "timeline.toml").write_text('hook = "rm"\n')
    done = run("list")
    assert (done.code, "unknown setting 'hook'" in done.err) == (2, True)


def test_settings_that_are_not_utf_8_are_refused_as_a_record_is(run, tmp_path):
    (tmp_path / "timeline.toml").write_bytes(b'format = "csv"\n# caf\xff\n')
    done = run("list")
    assert done.code == 2
    assert done.err.endswith("timeline.toml:2:6: the byte 0xFF is not UTF-8; save the file as UTF-8\n")


def test_check_ends_with_1_where_there_are_errors(run, small):
    assert run("check", "--store", small).code == 1
    good = SMALL.partition("- id: zhou-1970")[0]
    assert run("check", "--store", "-", stdin=good).code == 0


@pytest.mark.parametrize(("least", "status"), [("10y", 0), ("90y", 1)])
def test_gap_with_e_ends_with_1_where_no_gap_is_as_long_as_asked(run, small, least, status):
    done = run("gap", "-e", "--store", small, "--visitor", "china", "--min", least, "-O", "csv", "--as-of", TODAY)
    assert (done.code, len(done.out.splitlines()) == 1) == (status, status == 1)


def test_shortest_gaps_are_left_out_and_ranks_stay(run, small):
    rows = json.loads(
        run("gap", "--store", small, "--visitor", "china", "--min", "10y", "-O", "json", "--as-of", TODAY).out
    )["rows"]
    assert [(row["to_id"], row["rank_least"]) for row in rows] == [
        ("zhou-1970", 2),
        ("li-1991", 1),
        (None, None),
    ]
    rows = json.loads(
        run("gap", "--store", small, "--visitor", "china", "--longest", "1", "-O", "json", "--as-of", TODAY).out
    )["rows"]
    assert [row["to_id"] for row in rows] == ["li-1991", None]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["gap"], "35y 6m or more since Zhou Enlai, until 1990, unless there was one"),
        (["chart"], "since the last, Zhou Enlai, until 1990: not known"),
        (["stats", "--between", "china", "japan"], "not known"),
        (["show", "a"], "35y 6m or more to 15 Jul 2026, unless there was one"),
        (["export", "-O", "html"], "until 1990"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_how_long_since_a_visit_of_which_only_the_latest_day_is_known(ask, tmp_path, command, told):
    store = tmp_path / "open.yaml"
    store.write_text(
        "timeline: 1\nevents:\n- {id: a, date: ../1990, visitor: china, host: japan, people: [{name: Zhou Enlai}]}\n"
    )
    done = ask(*command, "--store", store, "--as-of", TODAY)
    assert (done.code, "Traceback" in done.err) == (0, False)
    assert told in done.out


def test_what_is_said_beside_an_answer_is_in_lines_of_the_width_of_a_terminal(monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stderr", terminal)
    text = "14 visits marked * rest on memory or on sources that disagree (timeline show ID)"
    note(text)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    note(text)
    piped, *lines = terminal.getvalue().splitlines()
    assert piped == " ".join(lines) == text
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize(("noun", "told"), [
    ("Icelandic minister", "an Icelandic minister"),
    ("Ukrainian president", "a Ukrainian president"),
    ("Ugandan envoy", "a Ugandan envoy"),
    ("Uzbek premier", "an Uzbek premier"),
    ("European guest", "a European guest"),
    ("EU envoy", "an EU envoy"),
    ("US president", "a US president"),
    ("heir", "an heir"),
    ("Hungarian premier", "a Hungarian premier"),
])  # fmt: skip
def test_the_article_goes_with_the_sound(noun, told):
    assert with_article(noun) == told
