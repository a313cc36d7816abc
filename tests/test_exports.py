"""`timeline export` in the formats of other programs, each read back by the program or library that is meant to read it."""

import importlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

from timeline.dates import Span, known_parts, parse_when
from timeline.formats import EXPORTS, FORMATS, SUFFIXES
from timeline.store import load

HERE = Path(__file__).parent
RECORD = HERE.parent / "events.yaml"
TWELVE = """\
timeline: 1
title: Twelve dates
licence: CC0-1.0
about: Dates of every form.
coverage:
- {id: premiers, visitor: china, host: japan, from: 1978, to: 2026, how: complete, evidence: known}
events:
- {id: before-excel, date: 1899-12-31/1900-01-02, visitor: china, host: japan, people: [{name: A}]}
- {id: until-1950, date: ../1950, visitor: china, host: japan, people: [{name: A}]}
- {id: only-a-year, date: 1958, visitor: china, host: japan, people: [{name: A}]}
- {id: two-years, date: "[1960-12-31, 1961-01-01]", visitor: china, host: japan, people: [{name: A}]}
- {id: one-day, date: 1978-10-22/1978-10-22, visitor: china, host: japan, people: [{name: Deng Xiaoping, title: Vice-Premier}], kind: official, places: [Tokyo, Kyoto], met: [Fukuda Takeo],
   sources: [{title: "Deng, in Tokyo; 100 % {sic} #1 & \\"more\\"", publisher: 人民日报, url: "https://example.org/a?b=1&c=%20d", date: 1978-10-23}, {title: A book, date: 1980}]}
- {id: a-month, date: 1985-05, visitor: china, host: japan, people: [{name: B, role: accompanies}]}
- {id: the-end-is-a-month, date: 1990-04-30/1990-05, visitor: china, host: japan, people: [{name: B}]}
- {id: about-a-day, date: 1992-01-02~, visitor: china, host: japan, people: [{name: B}]}
- {id: disputed, date: "[2001-05-09, 2001-05-10]", visitor: china, host: japan, people: [{name: B}], support: conflicting}
- {id: no-end, date: 2009-10-04, visitor: china, host: japan, people: [{name: 温家宝}], sources: [{title: A book, date: 1980}, {url: "https://example.org/a?b=1&c=%20d", title: Another title, date: 2009-10}]}
- {id: three-days, date: 2009-12-30/2010-01-01, visitor: china, host: japan, people: [{name: B}], status: cancelled}
- {id: a-treaty, date: 2010-02-03, type: treaty, title: A treaty, actors: [china, japan]}
"""
OTHERS = tuple(name for name in EXPORTS if name not in FORMATS)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory):
    path = tmp_path_factory.mktemp("twelve") / "twelve.yaml"
    path.write_text(TWELVE, encoding="utf-8")
    return path


@pytest.fixture
def exported(ask, tmp_path):
    """The bytes of an export, and what was said of it."""

    def exported(store, kind, *options, as_of="2026-11-24"):
        done = ask("export", "--store", store, "--as-of", as_of, "-O", kind, "-o", "out", *options)
        assert (done.code, done.out) == (0, ""), done.err
        return (tmp_path / "out").read_bytes(), done.err

    return exported


# What holds of all of them


@pytest.mark.parametrize("kind", OTHERS)
def test_a_second_run_gives_the_same_bytes(run, twelve, tmp_path, kind):
    for name in ("one", "two"):
        assert run("export", "--store", twelve, "--as-of", "2026-11-24", "-O", kind, "-o", name).code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("kind", ["ics", "timelinejs", "csl", "bib", "atom", "jsonld", "md"])
def test_a_text_is_as_it_was(exported, twelve, golden, kind):
    golden(f"export.{kind}", exported(twelve, kind)[0].decode("utf-8"))


@pytest.mark.parametrize(("suffix", "kind"), [(end, name) for end, name in SUFFIXES.items() if name in OTHERS])
def test_a_suffix_says_the_format(ask, twelve, tmp_path, exported, suffix, kind):
    assert ask("export", "--store", twelve, "--as-of", "2026-11-24", "-o", f"a{suffix.upper()}").code == 0
    assert (tmp_path / f"a{suffix.upper()}").read_bytes() == exported(twelve, kind)[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["list", "-o", "a.ics"], "--output: .ics is for timeline export; use one of .csv", id="suffix of another command"),
        pytest.param(["gap", "-O", "bib"], "--format: bib is a format of timeline export (one of: table", id="format of another command"),
        pytest.param(["export", "-o", "a.doc"], "no format goes with '.doc'; use one of .csv, .tsv, .json, .jsonl, .ndjson, .md, .html, .yaml, .yml, .txt, .ics, .bib, .atom, .xlsx, .parquet, .jsonld, or --format", id="unknown suffix"),
        pytest.param(["export", "-O", "ical"], "unknown format 'ical'", id="unknown format"),
        pytest.param(["export", "-O", "ics", "--excel"], "--excel goes with csv and tsv, not with ics", id="excel"),
        pytest.param(["export", "-O", "ics", "-o", ""], "--output: the name is empty", id="no name"),
        pytest.param(["export", "-O", "xlsx", "-o", ""], "--output: the name is empty", id="no name for bytes"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(run, twelve, tmp_path, options, message):
    done = run(*options, "--store", twelve)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert list(tmp_path.glob("a.*")) == []


@pytest.mark.parametrize(
    ("kind", "library"), [("ics", "icalendar"), ("xlsx", "xlsxwriter"), ("parquet", "duckdb")]
)  # fmt: skip
def test_a_missing_library_is_said_with_what_installs_it(run, twelve, tmp_path, kind, library):
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / f"{library}.py").write_text(f"raise ModuleNotFoundError('none', name={library!r})")
    (tmp_path / "kept").write_text("kept")
    done = run("export", "--store", twelve, "-O", kind, "-o", "kept", env={"PYTHONPATH": str(tmp_path / "without")})
    expected = f"timeline: {kind} needs {library}, which is not installed: pip install 'timeline-visits[{kind}]'\n"
    assert (done.code, done.err) == (2, expected)
    assert (tmp_path / "kept").read_text() == "kept"


def test_the_extras_are_those_of_the_package():
    from importlib.metadata import metadata

    assert {"ics", "xlsx", "parquet"} <= set(metadata("timeline-visits").get_all("Provides-Extra"))


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_bytes_go_through_a_pipe_and_never_to_a_terminal(twelve, exported, kind):
    command = [sys.executable, "-m", "timeline", "export", "--store", twelve, "--as-of", "2026-11-24", "-O", kind]
    assert subprocess.run(command, capture_output=True, check=True).stdout == exported(twelve, kind)[0]
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, f"{kind} is not for a terminal; name a file with -o" in done.stderr) == (2, True)


@pytest.mark.parametrize("kind", OTHERS)
def test_a_store_of_nothing_can_be_exported(ask, tmp_path, kind):
    (tmp_path / "nothing.yaml").write_text("timeline: 1\n")
    assert ask("export", "--store", "nothing.yaml", "-O", kind, "-o", "out").code == 0


def test_an_export_loads_only_its_own_library():
    code = "import sys; from timeline.cli import app\ntry: app(sys.argv[1:], standalone_mode=False)\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "export", "-O", "bib"], capture_output=True, text=True, check=True)  # fmt: skip
    assert not {"icalendar", "xlsxwriter", "duckdb", "rich", "jinja2"} & set(done.stderr.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2014", (2014,)),
        ("2014-10", (2014, 10)),
        ("2014-10-09", (2014, 10, 9)),
        ("[2001-05-09, 2001-05-10]", (2001, 5)),
        ("[2001-04-30, 2001-05-01]", (2001,)),
        ("[2000-12-31, 2001-01-01]", ()),
        ("../1950", ()),
    ],
)
def test_a_date_has_as_many_parts_as_are_known(text, parts):
    assert known_parts(parse_when(text).start) == parts


def test_parts_of_one_day_are_that_day():
    assert known_parts(Span(1, 1)) == (1, 1, 1)


# iCalendar


def test_a_calendar_has_the_days_that_are_known_and_names_the_others(exported, twelve):
    icalendar = importlib.import_module("icalendar")
    data, said = exported(twelve, "ics")
    entries = {str(e["uid"]).removesuffix("@timeline-visits"): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}  # fmt: skip
    assert {id_: (e["dtstart"].dt, e["dtend"].dt if "dtend" in e else None) for id_, e in entries.items()} == {
        "before-excel": (date(1899, 12, 31), date(1900, 1, 3)),
        "one-day": (date(1978, 10, 22), date(1978, 10, 23)),
        "the-end-is-a-month": (date(1990, 4, 30), None),
        "no-end": (date(2009, 10, 4), None),
        "three-days": (date(2009, 12, 30), date(2010, 1, 2)),
        "a-treaty": (date(2010, 2, 3), None),
    }
    assert "6 events left out, as a calendar needs the exact day on which they begin: until-1950, only-a-year, two-years, a-month, about-a-day, disputed" in said  # fmt: skip
    assert str(entries["one-day"]["summary"]) == "Deng Xiaoping, China → Japan"
    assert str(entries["one-day"]["location"]) == "Tokyo, Kyoto"
    assert "The day on which it ended is not known." in str(entries["no-end"]["description"])
    assert entries["three-days"]["status"] == "CANCELLED"
    assert entries["one-day"]["dtstamp"].dt.date() == date(1980, 12, 31)  # by when its later source may be from


def test_of_a_great_many_left_out_the_first_are_named(exported, tmp_path):
    path = tmp_path / "coarse.yaml"
    visits = (
        f"- {{id: v-{n:03}, date: 2001, visitor: china, host: japan, people: [{{name: A}}]}}\n" for n in range(130)
    )
    path.write_text("timeline: 1\nevents:\n" + "".join(visits), encoding="utf-8")
    _, said = exported(path, "ics")
    assert "130 events left out" in said
    assert "v-099, and 30 more" in said


def test_lines_of_a_calendar_are_folded_and_end_as_they_must(exported, twelve):
    lines = exported(twelve, "ics")[0].split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_khal_shows_the_visits(exported, twelve, tmp_path):
    pytest.importorskip("khal")
    (tmp_path / "calendar").mkdir()
    (tmp_path / "visits.ics").write_bytes(exported(twelve, "ics")[0])
    (tmp_path / "config").write_text(f"[calendars]\n[[visits]]\npath = {tmp_path}/calendar\n[sqlite]\npath = {tmp_path}/khal.db\n[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n")  # fmt: skip

    def khal(*args):
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run([sys.executable, "-m", "khal", "-c", tmp_path / "config", *args], capture_output=True, text=True, env=env, check=True)  # fmt: skip
        return done.stdout

    khal("import", "--batch", tmp_path / "visits.ics")
    shown = khal("list", "--format", "{title} {start-date} {end-date}", "--day-format", "", "2009-12-30", "3d")
    assert shown.splitlines().count("B, China → Japan 2009-12-30 2010-01-01") == 3
    assert khal("list", "--format", "{title}", "--day-format", "", "1978-10-22", "2d").split("\n")[0] == "Deng Xiaoping, China → Japan"  # fmt: skip
    assert "Deng" not in khal("list", "1978-10-23", "1d")


# TimelineJS


@pytest.mark.parametrize("store", ["twelve", "record"])
def test_slides_are_as_timelinejs_documents_them(exported, twelve, store):
    value = json.loads(exported(twelve if store == "twelve" else RECORD, "timelinejs")[0])
    schema = json.loads((HERE / "samples" / "timelinejs.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)
    ids = [slide["unique_id"] for slide in (value["title"], *value["events"])]
    assert len(ids) == len(set(ids))


def test_a_slide_is_as_exact_as_its_date(exported, twelve):
    data, said = exported(twelve, "timelinejs")
    slides = {s["unique_id"]: s for s in json.loads(data)["events"]}
    assert {id_: (s["start_date"], s.get("end_date"), s["display_date"]) for id_, s in slides.items() if id_ in ("only-a-year", "a-month", "disputed", "three-days", "the-end-is-a-month")} == {
        "only-a-year": ({"year": 1958}, None, "1958"),
        "a-month": ({"year": 1985, "month": 5}, None, "May 1985"),
        "the-end-is-a-month": ({"year": 1990, "month": 4, "day": 30}, {"year": 1990, "month": 5}, "30 Apr 1990 – May 1990"),
        "disputed": ({"year": 2001, "month": 5}, None, "9 or 10 May 2001"),
        "three-days": ({"year": 2009, "month": 12, "day": 30}, {"year": 2010, "month": 1, "day": 1}, "30 Dec 2009 – 1 Jan 2010"),
    }  # fmt: skip
    assert "2 events left out, as a slide needs the year in which they begin: until-1950, two-years" in said


# Sources: CSL-JSON, BibTeX, cite


def test_each_source_stands_once_and_keeps_its_key(exported, twelve):
    items = json.loads(exported(twelve, "csl")[0])
    assert [(item["title"], item["issued"], item["note"]) for item in items] == [
        ('Deng, in Tokyo; 100 % {sic} #1 & "more"', {"date-parts": [[1978, 10, 23]]}, "cited for one-day, no-end"),
        ("A book", {"date-parts": [[1980]]}, "cited for one-day, no-end"),
    ]
    alone = json.loads(exported(twelve, "csl", "--since", "2009", "--until", "2009")[0])
    assert {item["id"] for item in alone} == {item["id"] for item in items}


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("2019", {"date-parts": [[2019]]}),
        ("2019-05", {"date-parts": [[2019, 5]]}),
        ("2019-05~", {"date-parts": [[2019, 5]], "circa": True}),
        ("2019-05/2019-06-02", {"date-parts": [[2019, 5], [2019, 6, 2]]}),
        ("[2019-05-01, 2019-05-02]", {"literal": "1 or 2 May 2019"}),
        ("../2019", {"literal": "until 2019"}),
        ("2019/..", {"literal": "from 2019"}),
    ],
)
def test_the_date_of_a_source_has_the_parts_that_are_known(text, issued):
    from timeline.formats.csl import _issued

    assert _issued(text) == issued


def test_items_have_only_what_csl_json_knows(exported):
    """The fields and types of https://resource.citationstyles.org/schema/latest/input/json/csl-data.json that are used here."""
    number = {"type": "integer", "minimum": 1}
    dates = {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": number}}  # fmt: skip
    issued = {"type": "object", "additionalProperties": False, "properties": {"date-parts": dates, "circa": {"type": "boolean"}, "literal": {"type": "string"}}}  # fmt: skip
    texts = {key: {"type": "string", "minLength": 1} for key in ("id", "title", "publisher", "URL", "note")}
    item = {"type": "object", "additionalProperties": False, "required": ["id", "type"], "properties": texts | {"type": {"enum": ["webpage", "document"]}, "issued": issued}}  # fmt: skip
    items = json.loads(exported(RECORD, "csl")[0])
    jsonschema.Draft202012Validator({"type": "array", "items": item}).validate(items)
    assert len({item["id"] for item in items}) == len(items) > 500


def test_bibtex_is_read_by_pybtex(exported, twelve):
    pybtex = importlib.import_module("pybtex.database")
    for store in (twelve, RECORD):
        items = json.loads(exported(store, "csl")[0])
        entries = pybtex.parse_string(exported(store, "bib")[0].decode(), "bibtex").entries
        assert list(entries) == [item["id"] for item in items]
        assert [entry.fields.get("year") for entry in entries.values()] == [str(item["issued"]["date-parts"][0][0]) if "issued" in item else None for item in items]  # fmt: skip
        assert [entry.fields.get("url") for entry in entries.values()] == [item.get("URL") for item in items]


def test_bibtex_says_what_is_said(exported, twelve):
    pybtex = importlib.import_module("pybtex.database")
    one, other = pybtex.parse_string(exported(twelve, "bib")[0].decode(), "bibtex").entries.values()
    assert one.fields["title"] == r"{Deng, in Tokyo; 100 \% \textbraceleft{}sic\textbraceright{} \#1 \& " + '"more"}'
    assert [one.fields[key] for key in ("howpublished", "date", "year", "month", "day")] == ["人民日报", "1978-10-23", "1978", "October", "23"]  # fmt: skip
    assert dict(other.fields) == {"title": "{A book}", "date": "1980", "year": "1980"}


def test_cite_prints_a_line_a_source(ask, twelve):
    done = ask("cite", "one-day", "--store", twelve, "-O", "plain")
    assert [line for line in done.out.split("\n") if line] == [
        '“Deng, in Tokyo; 100 % {sic} #1 & "more"”, 人民日报, 23 Oct 1978, https://example.org/a?b=1&c=%20d',
        "“A book”, 1980",
    ]
    keys = [row["key"] for row in json.loads(ask("cite", "one-day", "--store", twelve, "-O", "json").out)["rows"]]
    assert keys == re.findall(r"@misc\{(.*),", ask("cite", "one-day", "--store", twelve, "-O", "bib").out)
    assert keys == [item["id"] for item in json.loads(ask("cite", "one-day", "--store", twelve, "-O", "csl").out)]


def test_there_is_nothing_to_cite_of_a_memory(run, twelve):
    done = run("cite", "a-month", "--store", twelve, "-O", "plain")
    assert (done.code, done.out.strip()) == (0, "")
    assert done.err == "a-month names no source, so there is none to cite\n"
    done = run("cite", "one-dya", "--store", twelve)
    assert (done.code, "did you mean 'one-day'?" in done.err) == (2, True)


# Atom


def test_a_feed_is_read_by_feedparser(exported, twelve):
    feedparser = importlib.import_module("feedparser")
    feed = feedparser.parse(exported(twelve, "atom")[0])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries[:2]] == ["A treaty", "B, China → Japan"]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 12
    deng = next(entry for entry in feed.entries if entry.title.startswith("Deng"))
    assert (deng.updated, [link.href for link in deng.links]) == ("1980-12-31T00:00:00Z", ["https://example.org/a?b=1&c=%20d"])  # fmt: skip
    assert "Who: Deng Xiaoping, Vice-Premier" in deng.content[0].value
    assert feed.feed.updated == "2010-02-03T00:00:00Z"


def test_a_feed_of_nothing_is_still_a_feed(exported, twelve):
    feedparser = importlib.import_module("feedparser")
    feed = feedparser.parse(exported(twelve, "atom", "--since", "2100")[0])
    assert (feed.entries, bool(feed.bozo), feed.version) == ([], False, "atom10")
    assert feed.feed.id
    assert feed.feed.updated


def test_ids_of_a_feed_do_not_depend_on_scope_or_day(exported, twelve):
    feedparser = importlib.import_module("feedparser")
    ids = {e.title: e.id for e in feedparser.parse(exported(twelve, "atom")[0]).entries}
    again = feedparser.parse(exported(twelve, "atom", "--type", "treaty", as_of="2030-01-01")[0])
    assert [e.id for e in again.entries] == [ids["A treaty"]]


# XLSX


@pytest.fixture
def book(exported, twelve):
    return importlib.import_module("openpyxl").load_workbook(io.BytesIO(exported(twelve, "xlsx")[0]))


def test_a_sheet_has_dates_where_the_day_is_known(book):
    rows = {row[0].value: row for row in book["Events"].iter_rows(min_row=2)}
    assert {id_: (row[2].value, row[3].value) for id_, row in rows.items()} == {
        "before-excel": ("1899-12-31", "1900-01-02"),
        "until-1950": ("until 31 Dec 1950", "1950"),
        "only-a-year": ("1958", None),
        "two-years": ("31 Dec 1960 or 1 Jan 1961", None),
        "one-day": (datetime(1978, 10, 22), datetime(1978, 10, 22)),  # noqa: DTZ001
        "a-month": ("May 1985", None),
        "the-end-is-a-month": (datetime(1990, 4, 30), "May 1990"),  # noqa: DTZ001
        "about-a-day": ("about 1992-01-02", None),
        "disputed": ("9 May 2001 or 10 May 2001", None),
        "no-end": (datetime(2009, 10, 4), None),  # noqa: DTZ001
        "three-days": (datetime(2009, 12, 30), datetime(2010, 1, 1)),  # noqa: DTZ001
        "a-treaty": (datetime(2010, 2, 3), None),  # noqa: DTZ001
    }
    assert (rows["one-day"][2].is_date, rows["one-day"][2].number_format) == (True, "yyyy-mm-dd")
    assert rows["one-day"][10].value == "Deng Xiaoping (Vice-Premier)"


def test_a_sheet_can_be_scrolled_and_filtered(book):
    assert book.sheetnames == ["Events", "Sources", "About"]
    assert (book["Events"].freeze_panes, book["Events"].auto_filter.ref) == ("B2", "A1:S13")
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert (about["Record"], about["Coverage"], about["As of"]) == ("Twelve dates", "China → Japan: complete, 1 Jan 1978 – 31 Dec 2026", datetime(2026, 11, 24))  # fmt: skip  # noqa: DTZ001


def test_sources_of_a_sheet_are_those_of_the_bibliography(book, exported, twelve):
    keys = [item["id"] for item in json.loads(exported(twelve, "csl")[0])]
    rows = list(book["Sources"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == keys
    assert [row[3] for row in rows] == [datetime(1978, 10, 23), "1980"]  # noqa: DTZ001
    assert next(row for row in book["Events"].iter_rows(values_only=True) if row[0] == "one-day")[18] == "; ".join(keys)


def test_what_excel_cannot_hold_is_said(exported, tmp_path):
    (tmp_path / "long.yaml").write_text(TWELVE.replace("Fukuda Takeo", "x" * 40_000), encoding="utf-8")
    data, said = exported("long.yaml", "xlsx")
    assert "1 text cut to 32,767 characters, as Excel has no longer ones" in said
    book = importlib.import_module("openpyxl").load_workbook(io.BytesIO(data))
    assert max(len(str(cell.value)) for row in book["Events"] for cell in row) == 32_767


def test_more_events_than_a_sheet_holds_are_refused():
    from timeline.errors import UsageError
    from timeline.formats import xlsx
    from timeline.formats.exporting import Export

    many = Export(range(xlsx.MOST_ROWS + 1), None, None, 1, None)
    with pytest.raises(UsageError, match=r"a sheet holds 1,048,575 events at most"):
        xlsx.make(many)


# Parquet, and that three formats say the same


QUESTIONS = {
    "visits a year": "SELECT substr(CAST(start_earliest AS VARCHAR), 1, 4) AS y, count(*) FROM {} WHERE type = 'visit' AND status = 'happened' GROUP BY y ORDER BY y",
    "directions and kinds": "SELECT visitor, host, kind, count(*) FROM {} GROUP BY ALL ORDER BY ALL",
    "bounds": "SELECT id, date, CAST(start_earliest AS VARCHAR), CAST(start_latest AS VARCHAR), CAST(end_earliest AS VARCHAR), CAST(end_latest AS VARCHAR) FROM {} ORDER BY id",
    "texts": "SELECT id, occasion, note, title, support, visitor_iso FROM {} ORDER BY id",
    "longest stay": "SELECT id, CAST(end_latest AS DATE) - CAST(start_earliest AS DATE) AS days FROM {} WHERE days IS NOT NULL ORDER BY days DESC, id LIMIT 20",
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv_json_and_parquet_give_the_same_answers(ask, tmp_path, question):
    duckdb = importlib.import_module("duckdb")
    answers = []
    for name, read in {
        "a.csv": "read_csv('{}', all_varchar = true)",
        "a.json": "(SELECT unnest(rows, recursive := false) AS r FROM read_json('{}', maximum_object_size = 100000000))",
        "a.parquet": "read_parquet('{}')",
    }.items():
        if not (tmp_path / name).exists():
            assert ask("export", "--store", RECORD, "-o", name, "--as-of", "2026-11-24").code == 0
        source = read.format(tmp_path / name)
        if name == "a.json":
            source = f"(SELECT r.* FROM {source})"
        answers.append(duckdb.sql(QUESTIONS[question].format(source)).fetchall())
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) > 10


def test_parquet_has_the_types_of_its_data(exported, twelve, tmp_path):
    duckdb = importlib.import_module("duckdb")
    exported(twelve, "parquet")
    table = f"read_parquet('{tmp_path / 'out'}')"
    types = {name: kind for name, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    assert (types["start_earliest"], types["places"], types["date"]) == ("DATE", "VARCHAR[]", "VARCHAR")
    rows = duckdb.sql(f"SELECT id, start_earliest, end_latest, places, people[1].name, len(sources) FROM {table} WHERE id IN ('one-day', 'until-1950') ORDER BY id").fetchall()  # fmt: skip
    assert rows == [
        ("one-day", date(1978, 10, 22), date(1978, 10, 22), ["Tokyo", "Kyoto"], "Deng Xiaoping", 2),
        ("until-1950", None, date(1950, 12, 31), [], "A", 0),
    ]
    ids = [row[0] for row in duckdb.sql(f"SELECT id FROM {table}").fetchall()]
    assert ids == [event.id for event in load([twelve]).events]


# Markdown, JSON-LD


def test_a_report_has_footnotes_for_its_sources(exported, twelve):
    plugin = importlib.import_module("mdit_py_plugins.footnote")
    page = MarkdownIt("commonmark").enable("table").use(plugin.footnote_plugin).render(exported(twelve, "md")[0].decode())  # fmt: skip
    assert page.count("<tr>") == 1 + 12
    assert len(re.findall(r'<li id="fn\d+"', page)) == 2
    assert len(re.findall(r'<sup class="footnote-ref">', page)) == 4
    assert "<td>9 or 10 May 2001 *</td>" in page
    assert "* rests on memory or on sources that disagree." in page


def test_linked_data_are_those_of_the_page(exported, twelve):
    alone = json.loads(exported(twelve, "jsonld")[0])
    page = exported(twelve, "html")[0].decode()
    within = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert alone == within
    events = {e["@id"]: e for e in alone["@graph"]}
    assert events["#one-day"]["startDate"] == "1978-10-22"
    assert [source.get("datePublished") for source in events["#one-day"]["subjectOf"][1:]] == ["1978-10-23", "1980"]
    assert "startDate" not in events["#disputed"]
    assert events["#three-days"]["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_calendar_never_has_a_day_too_many(exported):
    """Every entry of the record, held against the record."""
    icalendar = importlib.import_module("icalendar")
    record = load([RECORD]).by_id
    for entry in icalendar.Calendar.from_ical(exported(RECORD, "ics")[0]).walk("VEVENT"):
        when = record[str(entry["uid"]).partition("@")[0]].date
        assert when.start == Span(entry["dtstart"].dt.toordinal(), entry["dtstart"].dt.toordinal())
        if "dtend" in entry:
            last = (entry["dtend"].dt - timedelta(days=1)).toordinal()
            assert when.end == Span(last, last)


CLAIMED = "timeline: 1\nclaims:\n- {id: c, claim: first visit by a Chinese premier to Japan}\nevents:\n- {id: a, date: 2001-06-01, visitor: france, host: japan, people: [{name: A, offices: [premier]}], sources: [{title: x}]}\n"


def test_a_record_is_written_over_by_no_answer(run, tmp_path):
    record = tmp_path / "mine.yaml"
    record.write_text(CLAIMED, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(record)
    for args in (["export"], ["list"], ["gap"], ["stats"], ["explain", "order"], ["log"], ["records"], ["people"]):
        for name in ("mine.yaml", "./mine.yaml", "link.yaml"):
            done = run(*args, "--store", "mine.yaml", "-o", name)
            assert done.code == 2
            assert f"--output: {name} is a file of a record or of its settings; name another one" in done.err
    assert record.read_text("utf-8") == CLAIMED
    assert run("list", "--store", "mine.yaml", "-o", "other.yaml").code == 0


@pytest.mark.parametrize("command", ["export", "list", "log"])
def test_no_answer_becomes_a_file_of_a_record_in_a_folder(run, tmp_path, command):
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "mine.yaml").write_text(CLAIMED, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(folder / "mine.yaml")
    for name, why in (
        ("record/mine.yaml", "is a file of a record or of its settings; name another one"),
        ("link.yaml", "is a file of a record or of its settings; name another one"),
        ("record/new.yaml", "would become a file of the record in record; name another folder"),
    ):
        done = run(command, "--store", "record", "-o", name)
        assert (done.code, f"--output: {name} {why}" in done.err) == (2, True)
    assert [file.name for file in folder.iterdir()] == ["mine.yaml"]
    assert run(command, "--store", "record", "-o", "record/new.csv").code == 0


def test_the_record_of_the_folder_is_written_over_by_no_answer_of_another(run, tmp_path):
    for name in ("events.yaml", "other.yaml"):
        (tmp_path / name).write_text(CLAIMED, encoding="utf-8")
    (tmp_path / "below").mkdir()
    for target in ("../events.yaml", "../other.yaml"):
        done = run("export", "--store", "../other.yaml", "-o", target, cwd=tmp_path / "below")
        assert (done.code, f"--output: {target} is a file of a record" in done.err) == (2, True)
    assert (tmp_path / "events.yaml").read_text("utf-8") == CLAIMED


def test_the_claims_of_the_settings_are_written_over_by_no_answer(run, tmp_path):
    (tmp_path / "events.yaml").write_text(CLAIMED, encoding="utf-8")
    (tmp_path / "claims.yaml").write_text("timeline: 1\nclaims: []\n", encoding="utf-8")
    (tmp_path / "timeline.toml").write_text('claims = ["claims.yaml"]\n', encoding="utf-8")
    done = run("list", "-o", "claims.yaml")
    assert (done.code, "claims.yaml is a file of a record or of its settings" in done.err) == (2, True)


def test_published_claims_that_a_copy_of_a_record_lacks_are_told(ask, tmp_path):
    (tmp_path / "mine.yaml").write_text(CLAIMED, encoding="utf-8")
    done = ask("export", "--store", "mine.yaml", "-o", "copy.yaml")
    assert (done.code, "1 published claim left out: they stay where they are" in done.err) == (0, True)
