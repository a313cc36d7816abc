"""What is drawn of visits: every one of them, where its date allows, with the longest gaps and what the record covers; in letters where there is no Unicode."""

import io
import json
import re
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.chart import cells, chart, part, place, ticks
from timeline.dates import NEVER_AFTER, Span
from timeline.formats.chart_text import ASCII, UNICODE, write
from timeline.query import Query
from timeline.series import Cut
from timeline.store import load_text
from timeline.text import width

TODAY = "2026-11-24"
STORE = """\
timeline: 1
title: Small
coverage:
- id: premiers-to-north-korea
  visitor: china
  host: north-korea
  at-least: head-of-government
  from: 1949
  to: 2024-06-30
  how: complete
  evidence: a list
events:
- {id: zhou-1958, date: 1958-02-14/1958-02-21, visitor: china, host: north-korea, kind: official, people: [{name: Zhou Enlai, offices: [premier]}]}
- {id: zhou-1970, date: 1970-04-05/1970-04-07, visitor: china, host: north-korea, kind: official, people: [{name: Zhou Enlai, offices: [premier]}]}
- {id: hua-1978, date: 1978-05, visitor: china, host: north-korea, kind: official, people: [{name: Hua Guofeng, offices: [general-secretary, premier]}]}
- {id: zhao-1981, date: 1981, visitor: china, host: north-korea, kind: official, people: [{name: Zhao Ziyang, offices: [premier]}]}
- {id: li-1991, date: 1991-05-03/1991-05-06, visitor: china, host: north-korea, kind: official, people: [{name: Li Peng, offices: [premier]}]}
- {id: jiang-2001, date: "[2000-09-03, 2004-09-03]", visitor: china, host: north-korea, kind: official, people: [{name: Jiang Zemin, offices: [president]}]}
- {id: wen-2009, date: 2009-10-04/2009-10-06, visitor: china, host: north-korea, kind: official, people: [{name: Wen Jiabao, offices: [premier]}]}
- {id: kim-1983, date: 1983-06, visitor: north-korea, host: china, people: [{name: Kim Jong Il, offices: [party-secretary]}], support: recalled}
- {id: nobody-1990, date: 1990-03-04, visitor: north-korea, host: china, people: [{name: Somebody}]}
- {id: kim-2018a, date: 2018-03-25/2018-03-28, visitor: north-korea, host: china, people: [{name: Kim Jong Un, offices: [president]}]}
- {id: kim-2018b, date: 2018-05-07/2018-05-08, visitor: north-korea, host: china, people: [{name: Kim Jong Un, offices: [president]}]}
- {id: ri-2018c, date: 2018-06-19/2018-06-20, visitor: north-korea, host: china, people: [{name: Ri Yong Ho, offices: [foreign-minister]}]}
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(STORE, encoding="utf-8")
    return path


def picture(text, columns=100, as_of=TODAY, query=None, encoding="utf-8", **cut):
    """The chart of a store as it is written."""
    store = load_text(text)
    drawn = chart(store, query or Query(), Cut(**({"longest": 1} | cut)), date.fromisoformat(as_of).toordinal())
    out = io.TextIOWrapper(io.BytesIO(), encoding, "backslashreplace", newline="\n")
    write(drawn, "all visits.", out, columns, colored=False)
    out.flush()
    return out.buffer.getvalue().decode(encoding)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("columns", [60, 100, 160])
def test_at_three_widths(ask, golden, columns):
    done = ask("chart", "--store", "small.yaml", "--as-of", TODAY, "--width", columns)
    golden(f"chart-{columns}.txt", done.out)


def test_in_letters_where_there_is_no_unicode(run, small, golden):
    done = run("chart", "--store", small, "--as-of", TODAY, "--width", 100, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.out.isascii()
    golden("chart-ascii.txt", done.out)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("premiers", ["--at-least", "head-of-government", "--visitor", "china", "--longest", "2"]),
        ("people", ["--by", "person", "--host", "china"]),
        ("year", ["--since", "2018", "--until", "2018"]),
    ],
)
def test_of_a_scope(ask, golden, name, options):
    golden(f"chart-{name}.txt", ask("chart", "--store", "small.yaml", "--as-of", TODAY, *options).out)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["json", "csv", "md"])
def test_formats(ask, golden, name):
    golden(f"chart.{name}", ask("chart", "--store", "small.yaml", "--as-of", TODAY, "-O", name).out)


def test_colour_adds_only_escapes(ask, small):
    plain = ask("chart", "--store", small, "--as-of", TODAY, "--color", "never").out
    coloured = ask("chart", "--store", small, "--as-of", TODAY, "--color", "always").out
    assert "\x1b[" in coloured
    stripped = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_an_empty_scope_is_said(ask, small):
    done = ask("chart", "--store", small, "--as-of", TODAY, "--host", "japan")
    assert "No visits in this scope" in done.out
    assert done.code == 0
    assert json.loads(ask("chart", "--store", small, "--host", "japan", "-O", "json").out)["rows"] == []


def test_a_width_without_room_is_refused(run, small):
    done = run("chart", "--store", small, "--width", 20)
    assert (done.code, done.err) == (2, "timeline: --width 20: a chart needs 50 columns or more\n")


TIED = ["2001-01-01", "2002-01-01", "2003-01-01", "2003-03-01"]


def test_of_gaps_as_long_the_latest_is_told_and_how_many_there_are(ask, tmp_path):
    (tmp_path / "tied.yaml").write_text(visits(TIED), encoding="utf-8")
    assert "longest gap (one of 2 as long) at most 1y 0m 0d, A, 1 Jan 2002 →" in picture(visits(TIED))
    assert "as long" not in picture(visits(TIED[1:]))
    one = json.loads(ask("chart", "--store", "tied.yaml", "-O", "json").out)["summary"]["lanes"][0]
    assert ([gap["from_id"] for gap in one["longest"]], one["as_long"]) == (["v1"], 2)
    done = ask("gap", "--store", "tied.yaml", "--longest", "1")
    assert "A, 1 Jan 2002 → A, 1 Jan 2003 (one of 2 as long)" in done.out
    rows = json.loads(ask("gap", "--store", "tied.yaml", "--longest", "1", "-O", "json").out)["rows"]
    assert rows[0]["from_id"] == "v1"


def test_where_coarse_dates_leave_open_which_gap_is_longest_no_number_as_long_is_told(ask, tmp_path):
    (tmp_path / "coarse.yaml").write_text(visits(["2001-03", "2001-05", "2001-07"]), encoding="utf-8")
    assert "longest gap (or another of about that length) at most" in picture(visits(["2001-03", "2001-05", "2001-07"]))
    assert (
        json.loads(ask("chart", "--store", "coarse.yaml", "-O", "json").out)["summary"]["lanes"][0]["as_long"] is None
    )
    assert "(or another of about that length)" in ask("gap", "--store", "coarse.yaml").out


STATEMENT = (
    "- {{id: {id}, visitor: china, host: north-korea, from: {start}, to: {end}, how: {how}, evidence: a list}}\n"
)


@pytest.mark.parametrize(
    ("statements", "words", "marks"),
    [
        ([("ever", "1979-12-31", "complete")], "record complete until 31 Dec 1979", "─┄"),
        ([("1955", "1979-12-31", "complete")], "record complete from 1 Jan 1955 to 31 Dec 1979", "┄─┄"),
        (
            [("ever", "1979-12-31", "near-complete"), ("1980", "2026-06-30", "complete")],
            "record complete from 1 Jan 1980 to 30 Jun 2026; record near complete until 31 Dec 1979: a visit may be missing",
            "╶─┄",
        ),
        (
            [("1955", "1979-12-31", "near-complete"), ("1960", "1969-12-31", "complete")],
            "record near complete from 1 Jan 1955 to 31 Dec 1959 and from 1 Jan 1970 to 31 Dec 1979: a visit may be missing",
            "┄╶─╶┄",
        ),
        (
            [(f"{y}", f"{y + 5}-12-31", "complete") for y in (1955, 1975, 1995)],
            "record complete from 1 Jan 1995 to 31 Dec 2000, the latest of 3 spans",
            "┄─┄─┄─┄",
        ),
        ([("1901", "1902", "complete"), ("1955", "1979", "partial")], "", "┄"),
    ],
    ids=["from ever", "from a day", "near complete", "near complete around", "several", "long before, and partial"],
)
def test_what_the_record_covers_is_drawn_and_said_from_when_to_when(statements, words, marks):
    coverage = "".join(
        STATEMENT.format(id=f"s{k}", start=start, end=end, how=how) for k, (start, end, how) in enumerate(statements)
    )
    text = picture(visits(["1951-02-03", "2020-02-03"]).replace("events:", f"coverage:\n{coverage}events:"), longest=0)
    row = next(line for line in text.splitlines() if line.startswith("China → North Korea "))
    said = " ".join(text.split())
    assert "".join(mark for mark, _ in groupby(row[20:-2].replace("■", ""))) == marks
    assert words in said
    assert ("; record " in said) == bool(words)
    assert ("╶ near complete" in said) == ("╶" in marks)


def visits(dates, **fields):
    usual = {"visitor": "china", "host": "north-korea", "people": "[{name: A, offices: [premier]}]"} | fields
    more = "".join(f", {key}: {value}" for key, value in usual.items())
    return "timeline: 1\nevents:\n" + "".join(f"- {{id: v{n}, date: {day}{more}}}\n" for n, day in enumerate(dates))


def test_a_thousand_visits_are_all_counted():
    days = [date(1950, 1, 1) + timedelta(days=27 * n) for n in range(1000)]
    text = picture(visits(days))
    assert "1000\n" in text
    assert "+ ten or more" in text
    assert max(map(width, text.splitlines())) <= 100


@pytest.mark.parametrize("columns", [50, 60, 100])
@pytest.mark.parametrize("times", [1, 4])
def test_wide_and_long_names_keep_the_columns(columns, times):
    name = "中华人民共和国与朝鲜民主主义人民共和国联合代表团" * times
    actor = f"actors:\n- {{id: long, name: {name}}}\n"
    lines = picture(
        visits(["2001-02-03", "2011"], visitor="long").replace("events:", f"{actor}events:"), columns
    ).splitlines()
    assert max(map(width, lines)) <= columns
    assert "".join(" ".join(lines).split()).count(name) == 2  # above the lane, and in what is said of it
    assert sum("■" in line and line.endswith("2") for line in lines) == 1


def test_a_name_that_acts_on_a_terminal_is_shown_as_an_escape():
    text = picture(visits(["2001"], people='[{name: "a\\u202ex"}]'), by="person")
    assert "\u202e" not in text
    assert "a\\u202ex" in text


DAYS = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(700000, 740000), st.integers(700000, 740000))


@given(DAYS, st.integers(1, 200), st.integers(0, 10**6))
def test_a_day_lies_in_its_part(days, count, number):
    day = days.earliest + number % (days.latest - days.earliest + 1)
    k = place(day, days, count)
    low, high = part(k, days, count)
    assert 0 <= k < count
    assert low <= day <= high


@given(DAYS, st.integers(1, 50), st.lists(st.tuples(st.integers(699000, 741000), st.integers(0, 9000)), max_size=4))
@example(Span(731459, 731465), 11, [(731466, 42)])
@example(Span(731459, 731465), 11, [(731465, 0)])
def test_a_cell_is_covered_if_every_day_of_it_is(days, count, pieces):
    spans, free = [], 0
    for first, size in sorted(pieces):
        if first > free + 1:
            spans.append(Span(first, min(first + size, NEVER_AFTER)))
            free = first + size
    covered = {day for span in spans for day in range(span.earliest, span.latest + 1)}
    for k, whole in enumerate(cells(spans, days, count)):
        low, high = part(k, days, count)
        assert whole == all(day in covered for day in range(low, high + 1))


@given(DAYS, st.integers(1, 40))
def test_ticks_are_in_order_and_no_more_than_there_is_room_for(days, most):
    found = [day for day, _ in ticks(days, most)]
    assert found == sorted(set(found))
    assert len(found) <= most + 1
    assert all(days.earliest <= day <= days.latest for day in found)


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2020, 1, 1)), min_size=1, max_size=40),
    st.integers(50, 160),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_no_visit_is_left_out(days, columns, encoding):
    lines = picture(visits(sorted(days)), columns, encoding=encoding).splitlines()
    shapes = UNICODE if encoding == "utf-8" else ASCII
    at = next(k for k, line in enumerate(lines) if line.endswith(f" {len(days)}") and shapes.unknown in line)
    row, above = lines[at], lines[at - 1] if not re.search("[A-Z]", lines[at - 1]) else ""
    name = re.match(r"China (→|\\u2192) North Korea ", row)
    start = name.end() if name else 0
    seen = 0
    for k in range(start, len(row) - len(str(len(days))) - 1):
        if row[k] == shapes.ranks[2]:
            count = above[k : k + 1].strip() or "1"
            seen += 10 if count == "+" else int(count)
    assert seen <= len(days)
    assert seen == len(days) or "+" in above
