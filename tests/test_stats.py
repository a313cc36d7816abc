"""Counts add up, each can be listed by the command beside it, and coarse dates are never put into a year by guessing."""

import json
import shlex
import shutil
import subprocess
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.anniversaries import may_be_on, on_this_day, round_years
from timeline.counts import balances, tally
from timeline.dates import parse_when
from timeline.facets import FIELDS, label, values
from timeline.model import Event, Person, Source
from timeline.query import Query, facets, select
from timeline.vocabulary import shipped

WORDS = shipped()
TODAY = "2026-11-24"
DATES = ["1999", "1999/2000", "[1999, 2001]", "../2001", "2000-02-29", "2000-10", "[1999-12, 2000-01]", "2001-03-04/2001-03-09", "2000/..", "1999~"]  # fmt: skip
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Wang", "O'Brien", "李"]),
            "offices": st.sampled_from(
                [(), ("premier",), ("president", "general-secretary"), ("standing-committee-member",)]
            ),
            "role": st.sampled_from(["heads", "accompanies"]),
        }
    ).map(lambda fields: Person(**fields)),
    max_size=3,
).map(tuple)
VISITS = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.sampled_from(DATES).map(parse_when),
            "visitor": st.sampled_from(["china", "russia"]),
            "host": st.sampled_from(["north-korea", "vietnam"]),
            "people": PEOPLE,
            "kind": st.sampled_from(["", "state"]),
            "places": st.sampled_from([(), ("Hanoi",), ("Hanoi", "Pyongyang")]),
            "tags": st.sampled_from([(), ("a=b",)]),
            "support": st.sampled_from(["confirmed", "recalled"]),
            "sources": st.sampled_from(
                [(), (Source("A"), Source("B", "TASS")), (Source(url="https://www.tass.example/1"),)]
            ),
        }
    ),
    max_size=6,
).map(lambda found: [Event(id=f"v{n}", **fields) for n, fields in enumerate(found)])
QUERIES = st.sampled_from(
    [Query(), Query(offices=("premier",)), Query(roles=("heads",)), Query(where=(("person", "Wang"),)), Query(level=80)]
)


@given(VISITS, st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2, unique=True), QUERIES)
def test_what_is_counted_is_what_is_selected(visits, fields, query):
    counted = tally(select(visits, query, WORDS), fields, query, WORDS)
    for combination, cell in counted.cells.items():
        picked = query._replace(where=(*query.where, *zip(fields, combination, strict=True)))
        assert select(visits, picked, WORDS) == cell


@given(VISITS, st.sampled_from(FIELDS), st.sampled_from(FIELDS), QUERIES)
def test_every_row_of_a_cross_table_is_what_its_field_alone_selects(visits, one, other, query):
    """So the command of a row lists the events of its total."""
    if one == other:
        return
    counted = tally(select(visits, query, WORDS), [one, other], query, WORDS)
    for axis, field in zip(counted.axes, (one, other), strict=True):
        for value, row in axis.items():
            picked = select(visits, query._replace(where=(*query.where, (field, value))), WORDS)
            assert [event.id for event in picked] == sorted(event.id for event in row)


@given(VISITS, st.sampled_from(FIELDS))
def test_no_event_is_lost_and_none_counted_twice_in_a_row(visits, field):
    counted = tally(visits, [field], Query(), WORDS)
    rows = list(counted.axes[0].values())
    assert {event.id for row in rows for event in row} == {event.id for event in visits}
    assert all(len({event.id for event in row}) == len(row) for row in rows)
    assert sum(map(len, rows)) == sum(len(facets(event, [field], Query(), WORDS)) for event in visits)


@given(VISITS, st.sampled_from(["year", "decade", "month", "direction", "pair", "visitor", "rank", "kind", "support"]))
def test_fields_of_one_value_add_up_to_all(visits, field):
    counted = tally(visits, [field], Query(), WORDS)
    assert sum(map(len, counted.axes[0].values())) == len(visits)
    assert counted.several == 0


@given(VISITS)
def test_the_balance_counts_each_visit_once(visits):
    assert sum(row.out + row.back for row in balances(visits)) == len(visits)
    for row in balances(visits):
        assert row.out == sum(visit.direction == row.pair for visit in visits)


def test_what_is_still_to_come_is_not_counted_and_told(ask, tmp_path):
    visit = "- {{id: v{0}, date: {0}, visitor: china, host: japan, people: [{{name: A}}]}}\n"
    store = "timeline: 1\nevents:\n" + "".join(visit.format(day) for day in ("2026-01-05", "2026-03", "2026-12-20"))
    (tmp_path / "mine.yaml").write_text(store, encoding="utf-8")
    asked = ("--store", "mine.yaml", "--as-of", "2026-03-11", "-O", "json")
    done = ask("stats", *asked)
    found = json.loads(done.out)
    (row,) = found["summary"]["balance"]
    assert (found["summary"]["events"], row["visits"], row["last_id"], row["days_most"]) == (
        2,
        2,
        "v2026-03",
        65,
    )  # that of March may still come
    assert "1 visit after 11 Mar 2026 left out: v2026-12-20" in done.err
    announced = store.replace("date: 2026-12-20,", "date: 2026-12-20, status: announced,")
    (tmp_path / "announced.yaml").write_text(announced, encoding="utf-8")
    asked_for = ("stats", "--status", "announced", "--store", "announced.yaml", *asked[2:])
    assert json.loads(ask(*asked_for).out)["summary"]["events"] == 1  # of those, what is to come is meant
    counted = json.loads(ask("stats", "--by", "year", *asked).out)["rows"]
    assert [(row["value"], row["count"]) for row in counted] == [("2026", 2)]
    listed = ask(*shlex.split(counted[0]["command"])[1:], "-O", "csv").out
    assert listed.count("\nv2026") == 2


@pytest.mark.parametrize("treaties", [["1961-07-11"], ["2010-07-11"], ["1961-07-11", "2010-07-11"]], ids=" ".join)
def test_the_balance_tells_how_long_ago_the_last_visit_was_whatever_else_is_counted(ask, treaties):
    visit = "- {id: a, date: 2000-01-01, visitor: china, host: dprk, people: [{name: A}], support: recalled}\n"
    others = "".join(
        f"- {{id: t{date}, type: treaty, date: {date}, title: T, actors: [china, dprk], support: recalled}}\n"
        for date in treaties
    )
    asked = ("stats", "--store", "-", "--type", "any", "--as-of", "2020-01-01", "-O", "json")
    (row,) = json.loads(ask(*asked, stdin=f"timeline: 1\nevents:\n{visit}{others}").out)["summary"]["balance"]
    assert (row["last_id"], row["days_most"]) == ("a", 7305)


@pytest.mark.parametrize(
    ("written", "year", "decade", "month"),
    [
        pytest.param("1999-05-03", "1999", "1990s", "05", id="a day"),
        pytest.param("1999", "1999", "1990s", "", id="a year leaves the month open"),
        pytest.param("1999/2000", "1999", "1990s", "", id="an interval begins in its first part"),
        pytest.param("[1999, 2000]", "1999/2000", "1990s/2000s", "", id="one year or the other"),
        pytest.param("[1999-12, 2000-01]", "1999/2000", "1990s/2000s", "12/01", id="over the end of a year"),
        pytest.param("[1999-03-31, 1999-04-01]", "1999", "1990s", "03/04", id="over the end of a month"),
        pytest.param("../2001-05", "../2001", "../2000s", "", id="an open start"),
        pytest.param("2001/..", "2001", "2000s", "", id="an open end"),
    ],
)
def test_a_coarse_date_is_counted_under_what_it_leaves_open(a_visit, written, year, decade, month):
    event = a_visit(written)
    assert [values(event, field, (), WORDS)[0] for field in ("year", "decade", "month")] == [year, decade, month]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("year", "1999/2000", "1999 or 2000"),
        ("year", "1999/2003", "1999 – 2003?"),
        ("year", "../2001", "2001 or before"),
        ("decade", "1990s/2000s", "1990s or 2000s"),
        ("month", "12/01", "December or January"),
        ("month", "", "not known"),
        ("direction", "china/north-korea", "China → North Korea"),
        ("pair", "china/north-korea", "China – North Korea"),
        ("office", "premier", "Premier"),
    ],
)
def test_a_value_in_words(field, value, words):
    assert label(field, value, WORDS) == words


STORE = """\
timeline: 1
title: Small
events:
- id: li-1991
  date: 1991-05-03/1991-05-06
  visitor: china
  host: north-korea
  people:
  - name: Li Peng
    title: Premier
    offices: [premier]
  - name: "O'Neil $(x)"
    role: accompanies
  kind: official
  places: [Pyongyang]
- id: kim-1999
  date: "[1999, 2000]"
  visitor: north-korea
  host: china
  people:
  - name: Kim Yong Nam
    offices: [parliament-chairman]
  kind: official
  places: [Beijing, "a\\u202eb; --x"]
  tags: ["-tag"]
- id: treaty-2000
  date: 2000-02-09
  type: treaty
  title: A treaty
  actors: [russia, north-korea]
  support: recalled
- id: putin-2000
  date: 2000-07-19/2000-07-20
  visitor: russia
  host: north-korea
  people:
  - name: Vladimir Putin
    offices: [president]
  sources:
  - title: He came
    publisher: TASS
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(STORE, encoding="utf-8")
    return path


@pytest.mark.parametrize("by", [*FIELDS, "year,direction", "person,office", "place,rank"])
def test_the_command_of_a_row_lists_as_many_events_as_it_counts(ask, small, by):
    done = ask("stats", "--store", small, "--type", "any", "--by", by, "-O", "json")
    answer = json.loads(done.out)
    assert answer["rows"]
    for row in answer["rows"]:
        program, *listed = shlex.split(row["command"])
        assert program == "timeline"
        assert json.loads(ask(*listed, "-O", "json").out)["summary"]["count"] == row["count"], row["command"]


def test_the_commands_of_the_record_list_what_they_count(ask):
    rows = json.loads(ask("stats", "--by", "decade,rank", "--visitor", "china", "-O", "json").out)["rows"]
    assert sum(row["count"] for row in rows) > 50
    for row in rows:
        _, *listed = shlex.split(row["command"])
        assert json.loads(ask(*listed, "-O", "json").out)["summary"]["count"] == row["count"], row["command"]


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("form", ["json", "plain"])
def test_the_command_of_a_row_names_what_is_not_seen_as_a_shell_reads_it(ask, tmp_path, form):
    path = tmp_path / "r.yaml"
    path.write_text(
        'timeline: 1\nevents: [{id: a, date: 2001, visitor: china, host: japan, people: [{name: "\\e[31mO\'B\\x85 \\u202e\\\\n"}]}]\n'
    )
    told = ask("stats", "--store", path, "--by", "person", "-O", form).out
    line = (
        json.loads(told)["rows"][0]["command"]
        if form == "json"
        else told[told.index("timeline list") :].splitlines()[0]
    )
    split = [shutil.which("bash"), "--norc", "-c", f"printf '%s\\0' {line}"]
    words = (
        subprocess.run(split, capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}).stdout.decode().split("\0")
    )
    assert words[-2] == "person=\x1b[31mO'B\x85 \u202e\\n"
    assert len(json.loads(ask(*words[1:-1], "-O", "json").out)["rows"]) == 1


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("by", ["report", "year", "person", "office,person", "direction"])
def test_tables(ask, golden, by):
    options = [] if by == "report" else ["--by", by]
    golden(f"stats-{by.replace(',', '-')}.txt", ask("stats", "--store", "small.yaml", "--as-of", TODAY, *options).out)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["json", "csv", "md"])
def test_formats(ask, golden, name):
    golden(f"stats.{name}", ask("stats", "--store", "small.yaml", "--as-of", TODAY, "-O", name).out)


def test_a_year_without_visits_stands_between_those_with_some(ask, small):
    rows = json.loads(ask("stats", "--store", small, "--by", "year", "-O", "json").out)["rows"]
    assert [(row["value"], row["count"]) for row in rows if row["count"]] == [
        ("1991", 1),
        ("1999/2000", 1),
        ("2000", 1),
    ]
    assert [row["value"] for row in rows if not row["count"]] == [str(year) for year in range(1992, 2000)]


def test_what_cannot_be_counted_is_refused(ask, small):
    for options, message in (
        (["--by", "yaer"], "did you mean 'year'"),
        (["--by", "year,year"], "two different ones"),
        (["--by", "year,host,kind"], "one field, or two"),
        (["--where", "year"], "is not FIELD=VALUE"),
        (["--where", "hots=china"], "did you mean 'host'"),
        (["--where", "place=Pyongyong"], "did you mean 'Pyongyang'"),
        (["--where", "year=99"], "unknown"),
    ):
        with pytest.raises(Exception, match=message):
            ask("stats", "--store", small, *options)


@pytest.mark.parametrize(
    ("written", "day", "years", "nth"),
    [
        pytest.param("2009-10-04/2009-10-06", "2026-10-04", 17, 1, id="the day of arrival"),
        pytest.param("2009-10-04/2009-10-06", "2026-10-06", 17, 3, id="the last day"),
        pytest.param("2009-10-04", "2026-10-05", None, None, id="an end that is not known is not guessed"),
        pytest.param("2009-10", "2026-10-04", None, None, id="only the month is known"),
        pytest.param("[2009-10-04, 2009-10-05]", "2026-10-04", None, None, id="the day is disputed"),
        pytest.param("2000-02-29", "2026-02-28", None, None, id="29 February is only itself"),
        pytest.param("2000-02-29", "2028-02-29", 28, 1, id="29 February"),
        pytest.param("1999-12-30/2000-01-02", "2026-01-01", 26, 3, id="over the end of a year"),
        pytest.param("2026-10-04", "2026-10-04", None, None, id="this year is no anniversary"),
    ],
)
def test_on_this_day(a_visit, written, day, years, nth):
    found = on_this_day([a_visit(written)], date.fromisoformat(day))
    assert [(one.years, one.nth) for one in found] == ([(years, nth)] if years else [])


@pytest.mark.parametrize(
    ("written", "days"),
    [
        pytest.param("2001-10-04", ["2026-10-04"], id="25 years"),
        pytest.param("2002-10-04", ["2027-10-04"], id="in the next year"),
        pytest.param("2003-10-04", [], id="24 years"),
        pytest.param("1996-02-29", ["2026-02-28"], id="29 February, where there is none"),
        pytest.param("2001-10", [], id="only the month is known"),
        pytest.param("2026-10-04", [], id="no years"),
    ],
)
def test_round_years(a_visit, written, days):
    first, last = date(2026, 1, 1).toordinal(), date(2027, 12, 31).toordinal()
    assert [date.fromordinal(one.day).isoformat() for one in round_years([a_visit(written)], first, last)] == days


def test_what_may_be_on_a_day_is_told(a_visit):
    month, year = a_visit("2009-10"), a_visit("2009")
    assert may_be_on([month, year], date(2026, 10, 31)) == [month]
    assert may_be_on([month], date(2026, 11, 1)) == []
    either = a_visit("[2005-03-04, 2005-04-03]")
    assert [may_be_on([either], date(2026, *day)) for day in ((3, 4), (4, 3), (3, 20))] == [[either], [either], []]
    assert may_be_on([either], date(2005, 3, 4)) == []  # no year has passed


@pytest.mark.parametrize(
    ("today", "on", "counted"),
    [
        pytest.param("2026-11-24", "02-29", "2028-02-29", id="the next leap year"),
        pytest.param("2028-11-24", "02-29", "2028-02-29", id="a leap year"),
        pytest.param("2097-01-01", "02-29", "2104-02-29", id="2100 is none"),
        pytest.param("2026-11-24", "02-28", "2026-02-28", id="another day is one of this year"),
    ],
)
def test_29_february_is_a_day_of_the_year(ask, tmp_path, today, on, counted):
    (tmp_path / "leap.yaml").write_text(
        "timeline: 1\nevents:\n"
        + "".join(
            f"  - {{id: v{day}, date: 2000-02-{day}, visitor: china, host: dprk, people: [{{name: A, offices: [premier]}}], sources: [{{title: T}}]}}\n"
            for day in (28, 29)
        )
    )
    found = json.loads(ask("on-this-day", "--store", "leap.yaml", "--on", on, "--as-of", today, "-O", "json").out)
    years = int(counted[:4]) - 2000
    assert [(row["anniversary"], row["years"], row["id"]) for row in found["rows"]] == [(counted, years, f"v{on[3:]}")]


def test_this_day_at_the_prompt(ask, small, golden):
    golden("on-this-day.txt", ask("on-this-day", "--store", "small.yaml", "--on", "07-20", "--as-of", TODAY).out)
    coming = ["on-this-day", "--anniversaries", "--store", "small.yaml", "--as-of", "2030-01-01", "--within", "2y"]
    golden("anniversaries.txt", ask(*coming).out)
    with pytest.raises(Exception, match="2026-13-01 does not exist"):
        ask("on-this-day", "--store", small, "--on", "13-01", "--as-of", TODAY)


def test_a_balance_that_rests_on_a_record_that_is_only_near_complete_says_so(ask, tmp_path):
    visit = "- {id: a, date: 2026-07-26, visitor: france, host: germany, people: [{name: A}]}\n"
    for how, near in (("complete", False), ("near-complete", True)):
        ways = "".join(
            f"- {{id: {a}, visitor: {a}, host: {b}, from: 1990, to: 2026-11-28, how: {how}, evidence: x}}\n"
            for a, b in (("france", "germany"), ("germany", "france"))
        )
        (tmp_path / "r.yaml").write_text(f"timeline: 1\ncoverage:\n{ways}events:\n{visit}", encoding="utf-8")
        asked = ("stats", "--store", "r.yaml", "--as-of", "2026-11-28")
        (balance,) = json.loads(ask(*asked, "-O", "json").out)["summary"]["balance"]
        assert (balance["covered"], balance["near_complete"]) == (True, near)
        told = "Since then, of France – Germany: the record is only near complete, so a visit may be missing."
        assert (told in ask(*asked).out) == near
