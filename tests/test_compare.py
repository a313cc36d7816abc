"""Two records beside each other: which event is which, what they say differently, and what only one has."""

import csv
import io
import json
import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.comparison import Row, claimed, compare, lacked, sources_lacking
from timeline.comparison.differences import Words, dates_verdict, differences
from timeline.comparison.matching import match, rank
from timeline.dates import parse_when
from timeline.doubles import common_keys, near
from timeline.model import Event, Origin, Person, Source, Store
from timeline.promises import same
from timeline.query import Query
from timeline.store import load
from timeline.vocabulary import shipped

ROOT = Path(__file__).parents[1]
ALL = Query(types=("any",), statuses=("any",), kinds=("any",))
SHIPPED = Words(shipped(), shipped())


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        pytest.param("2014-10-09", "2014-10-09", "", id="the same day"),
        pytest.param("[2014-10-09, 2014-10-12]", "[2014-10-12, 2014-10-09]", "", id="the same choice"),
        pytest.param("2014-10", "2014-10-09/2014-10-11", "b", id="a month and days in it"),
        pytest.param("2014", "2014-10", "b", id="a year and a month in it"),
        pytest.param("2014-10-09", "2014-10-09/2014-10-11", "b", id="an end that is not known"),
        pytest.param("2014-10-09/..", "2014-10-09/2014-10-11", "b", id="an end that is open"),
        pytest.param("2014-10-09?", "2014-10-09", "b", id="a day that is uncertain"),
        pytest.param("2014-10-09?", "2014-10-09~", "each", id="one is uncertain, the other approximate"),
        pytest.param("[2014-10-09, 2014-10-12]", "2014-10-12", "b", id="one of a choice"),
        pytest.param("2014-10-09", "2014-10/2014-10-11", "each", id="a start and an end"),
        pytest.param("2014-10-09", "2014-10-10", "conflict", id="days"),
        pytest.param("2014-10-09/2014-10-11", "2014-10-09/2014-10-12", "conflict", id="ends"),
        pytest.param("2014-10", "2014-11-01", "conflict", id="a day outside of a month"),
        pytest.param("2014-10-09/2014-10-11", "2014-10-10", "conflict", id="days on which it lasted are no starts"),
        pytest.param("[2014-10-09, 2014-10-12]", "2014-10-10", "conflict", id="between two of a choice"),
    ],
)
def test_dates_agree_where_one_is_only_more_exact(a, b, verdict):
    one, other = parse_when(a), parse_when(b)
    assert dates_verdict(one, other) == verdict
    assert dates_verdict(other, one) == {"a": "b", "b": "a"}.get(verdict, verdict)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        pytest.param(["premier"], ["premier"], "", id="the same"),
        pytest.param([], ["premier"], "b", id="not known"),
        pytest.param(["premier"], ["premier", "general-secretary"], "b", id="an office on another ladder too"),
        pytest.param(["politburo-member"], ["standing-committee-member"], "b", id="an office that implies the other"),
        pytest.param(["premier"], ["general-secretary"], "each", id="offices on two ladders"),
        pytest.param(["president"], ["vice-president"], "conflict", id="two offices on one ladder"),
        pytest.param(["president", "general-secretary"], ["vice-president", "general-secretary"], "conflict", id="one of several"),
    ],
)  # fmt: skip
def test_offices_conflict_on_one_ladder(a_visit, a, b, verdict):
    visits = [a_visit(people=(Person("Wen Jiabao", "", tuple(offices)),)) for offices in (a, b)]
    assert [(one.field, one.verdict) for one in differences(*visits, SHIPPED)] == (
        [("office", verdict)] if verdict else []
    )


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        pytest.param({"kind": "state"}, {"kind": "official"}, [("kind", "conflict")], id="kinds"),
        pytest.param({"kind": "state"}, {}, [("kind", "a")], id="a kind that is not known"),
        pytest.param({"status": "cancelled"}, {}, [("status", "conflict")], id="cancelled and happened"),
        pytest.param({"places": ("Beijing",)}, {"places": ("北京",)}, [], id="one capital by two names"),
        pytest.param({"places": ("Beijing",)}, {"places": ("Beijing", "Dalian")}, [("place", "b")], id="a place more"),
        pytest.param({"places": ("Beijing", "Wuhan")}, {"places": ("Beijing", "Dalian")}, [("place", "each")], id="a place more each"),
        pytest.param({"places": ("Wuhan",)}, {"places": ("Dalian",)}, [("place", "conflict")], id="no place in common"),
        pytest.param({"note": "x", "occasion": "y", "tags": ("z",)}, {}, [], id="notes, occasions and tags are not compared"),
        pytest.param({"people": (Person("Wen Jiabao"), Person("Yang Jiechi"))}, {"people": (Person("Jiabao Wen"),)}, [("people", "a")], id="a companion"),
        pytest.param({"people": (Person("Wen Jiabao"),)}, {"people": (Person("Wen Jiabao", role="accompanies"),)}, [("role", "conflict")], id="roles"),
    ],
)  # fmt: skip
def test_fields_differ(a_visit, a, b, found):
    assert [(one.field, one.verdict) for one in differences(a_visit(**a), a_visit(**b), SHIPPED)] == found


def party(*names):
    return tuple(Person(name) for name in names)


@pytest.mark.parametrize(
    ("a", "b", "pairs", "undecided"),
    [
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-10", "P")], "xy", "", id="a day apart"),
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-09", "Q")], "", "", id="other people"),
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-13", "P")], "", "", id="more than three days apart"),
        pytest.param([("x", "2014-10-01/2014-10-02", "P")], [("y", "2014-10-04/2014-10-05", "P")], "", "", id="known to be apart"),
        pytest.param([("x", "2014", "P")], [("y", "2014-10-09", "P")], "xy", "", id="a year"),
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-08", "P"), ("z", "2014-10-12", "P")], "xy", "", id="the nearer of two"),
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-08", "P"), ("z", "2014-10-10", "P")], "", "xyz", id="two as near"),
        pytest.param([("x", "2014-10-09", "PQ")], [("y", "2014-10-08", "P"), ("z", "2014-10-10", "PQ")], "xz", "", id="two as near, one with more people in common"),
        pytest.param([("x", "2014-10-09", "P")], [("y", "2014-10-09", "P"), ("x", "2014-10-09", "P")], "xx", "", id="two as near, one with the same id"),
        pytest.param([("x", "2014-10-09", "P"), ("y", "2014-10-12", "P")], [("z", "2014-10-09", "P"), ("w", "2014-10-06", "P")], "xz", "", id="what is known to the same day is not torn apart"),
        pytest.param([("x", "2014-10", "P"), ("y", "2014-10-09", "P")], [("z", "2014-10", "P"), ("w", "2014-10-09", "P")], "xzyw", "", id="as exact as each other"),
        pytest.param([("x", "2014-10", "P")], [("y", "2014-10-01", "P"), ("z", "2014-10-30", "P")], "", "xyz", id="a month with two visits"),
        pytest.param([("x", "2014-10", "P"), ("v", "2014-10-30", "P")], [("y", "2014-10-01", "P"), ("z", "2014-10-30", "P")], "vzxy", "", id="a month with one that is left"),
        pytest.param([("x", "2014-10-09", "P"), ("y", "2014-10-11", "P")], [("z", "2014-10-10", "P"), ("w", "2014-10-13", "P")], "", "xyzw", id="what may be one that is undecided is undecided"),
    ],
)  # fmt: skip
def test_the_nearest_are_paired_and_ties_are_told(a_visit, a, b, pairs, undecided):
    one, other = (
        sorted((a_visit(date, id=id_, people=party(*names)) for id_, date, names in side), key=lambda e: e.order)
        for side in (a, b)
    )
    found = match(one, other, SHIPPED)
    assert {one[i].id + other[j].id for i, j in found.pairs.items()} == {pairs[i : i + 2] for i in range(0, len(pairs), 2)}  # fmt: skip
    told = {one[i].id for i in found.undecided[0]} | {other[j].id for j in found.undecided[1]}
    assert told == set(undecided)


def treaty(id_, date, title, actors=("china", "japan"), type_="treaty"):
    return Event(id_, parse_when(date), type_, title, actors=actors)


@pytest.mark.parametrize(
    ("a", "b", "state"),
    [
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-11", "a treaty"), "conflict", id="one title, days apart"),
        pytest.param(treaty("x", "2014-10", "A Treaty"), treaty("y", "2014-10-11", "A Treaty"), "compatible", id="one title, one more exact"),
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-09", "Pact"), "conflict", id="one day, another title"),
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-10", "Pact"), "only-in-a", id="another day and title"),
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-09", "A Treaty", ("china", "russia")), "only-in-a", id="other actors"),
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-09", "A Treaty", type_="agreement"), "only-in-a", id="another type"),
        pytest.param(treaty("x", "2014-10-09", "A Treaty"), treaty("y", "2014-10-09", "A Treaty", ("japan", "china")), "agree", id="actors in another order"),
    ],
)  # fmt: skip
def test_events_that_are_no_visits(a, b, state):
    assert state in {row.state for row in compare(store(a), store(b), ALL).rows}


def store(*events, **more):
    ordered = tuple(sorted(events, key=lambda event: event.order))
    return Store(ordered, more.pop("vocabulary", shipped()), by_id={event.id: event for event in ordered}, **more)


DATES = ["2014", "2014-10", "2014-10-02~", "[2014-10-02, 2014-10-05]", "2014-09-30/.."] + [
    f"2014-10-{day:02}{end}"
    for day in range(1, 8)
    for end in ("", f"/2014-10-{day:02}", f"/2014-10-{day + 2:02}")
]  # fmt: skip
EVENTS = st.lists(
    st.builds(
        lambda id_, date, names, kind, status, host, title: (
            treaty(id_, date, title)
            if title
            else Event(
                id_, parse_when(date), visitor="china", host=host, people=party(*names), kind=kind, status=status
            )
        ),
        st.sampled_from("abcdefg"),
        st.sampled_from(DATES),
        st.sets(st.sampled_from("PQR"), min_size=1).map(sorted),
        st.sampled_from(["", "state", "transit"]),
        st.sampled_from(["happened", "happened", "cancelled"]),
        st.sampled_from(["japan", "japan", "russia"]),
        st.sampled_from(["", "", "", "T", "U"]),
    ),
    max_size=5,
    unique_by=lambda event: event.id,
)


def mirrored(row):
    turned = {"only-in-a": "only-in-b", "only-in-b": "only-in-a"}
    verdicts = {"a": "b", "b": "a"}
    found = {replace(one, a=str(one.b), b=str(one.a), verdict=verdicts.get(one.verdict, one.verdict), person="") for one in row.differences}  # fmt: skip
    return (turned.get(row.state, row.state), row.b, row.a, frozenset(found), row.others, row.covered)


def plain(row):
    found = {replace(one, a=str(one.a), b=str(one.b), person="") for one in row.differences}
    return (row.state, row.a, row.b, frozenset(found), row.others, row.covered)


@given(EVENTS, EVENTS)
def test_the_other_way_round_is_the_mirror(a, b):
    there, back = compare(store(*a), store(*b), ALL), compare(store(*b), store(*a), ALL)
    assert sorted(map(repr, map(plain, there.rows))) == sorted(map(repr, map(mirrored, back.rows)))
    assert there.years == tuple((year, n, m) for year, m, n in back.years)


@given(EVENTS)
def test_a_record_does_not_differ_from_itself(events):
    copy = store(*(event._replace(origin=Origin("copy.yaml", 9)) for event in events))
    assert [row.state for row in compare(store(*events), copy, ALL).rows] == ["agree"] * len(events)


def may_be_one(a, b):
    """By what is said of two entries of one record; other events also on one day with another title."""
    alike = set(common_keys(a)) & set(common_keys(b))
    retitled = a.type == b.type != "visit" and sorted(a.actors) == sorted(b.actors) and a.date.start.exact and a.date.start == b.date.start  # fmt: skip
    return bool(alike or retitled) and bool([*near(sorted((a, b), key=lambda event: event.order))])


def matchings(edges):
    """All ways to pair events one to one."""
    if not edges:
        yield {}
        return
    (one, other), *rest = edges
    yield from matchings(rest)
    for more in matchings([(i, j) for i, j in rest if i != one and j != other]):
        yield more | {one: other}


def unbettered(matching, ranks):
    """Whether no two events would both rather have each other than whom they have."""
    back = {j: i for i, j in matching.items()}
    never = (True,)
    return all(
        (i in matching and ranks[i, matching[i]] <= own) or (j in back and ranks[back[j], j] <= own)
        for (i, j), own in ranks.items()
        if own < never
    )


@given(EVENTS, EVENTS)
def test_pairs_are_those_that_no_two_events_could_better(a, b):
    a, b = (sorted(side, key=lambda event: event.order) for side in (a, b))
    ranks = {
        (i, j): (False, not same(x, y), *rank(x, y, SHIPPED), x.id != y.id)
        for (i, x), (j, y) in product(enumerate(a), enumerate(b))
        if may_be_one(x, y)
    }
    found = match(a, b, SHIPPED)
    best = [one for one in matchings(list(ranks)) if unbettered(one, ranks)]
    assert best
    for matching in best:
        assert found.pairs.items() <= matching.items()
        for one, other in matching.items() - found.pairs.items():
            assert one in found.undecided[0]
            assert other in found.undecided[1]
    if len(set(ranks.values())) == len(ranks):
        assert found.undecided == (frozenset(), frozenset())
        assert best == [found.pairs]


@given(EVENTS, EVENTS)
def test_each_event_stands_in_one_row(a, b):
    rows = compare(store(*a), store(*b), ALL).rows
    for side, events in (("a", a), ("b", b)):
        assert sorted(event.id for row in rows if (event := getattr(row, side))) == sorted(e.id for e in events)


def test_people_go_by_any_name_that_either_record_declares(a_visit, store_of):
    told = "people:\n- {name: 温家宝, aliases: [Wen Jiabao]}\nevents:\n- {id: x, date: 2009-10-04/2009-10-06, visitor: china, host: dprk, people: [{name: 温家宝, offices: [premier]}]}\n"
    assert [row.state for row in compare(store_of(told), store(a_visit()), ALL).rows] == ["agree"]


def test_what_lies_outside_the_scope_on_one_side_is_no_absence(a_visit):
    a, b = store(a_visit()), store(a_visit(status="cancelled"))
    (row,) = compare(a, b, Query()).rows
    assert (row.state, [one.field for one in row.differences]) == ("conflict", ["status"])


@pytest.mark.parametrize(
    ("statement", "date", "covered"),
    [
        pytest.param("from: 2000, to: 2020, how: complete", "2009-10-04", "complete", id="within"),
        pytest.param("from: 2000, to: 2020, how: near-complete", "2009-10-04", "near-complete", id="near complete"),
        pytest.param("from: 2000, to: 2020, how: partial", "2009-10-04", "no", id="partial"),
        pytest.param("from: 2009-06, to: 2020, how: complete", "2009", "perhaps", id="part of a year"),
        pytest.param("from: 2010, to: 2020, how: complete", "2009-10-04", "no", id="before"),
        pytest.param("at-least: leader, from: 2000, to: 2020, how: complete", "2009-10-04", "no", id="a higher rank"),
        pytest.param("people: [Jiabao Wen], from: 2000, to: 2020, how: complete", "2009-10-04", "complete", id="the person"),
        pytest.param("people: [Xi Jinping], from: 2000, to: 2020, how: complete", "2009-10-04", "no", id="another person"),
        pytest.param("offices: [premier], from: 2000, to: 2020, how: complete", "2009-10-04", "complete", id="the office"),
        pytest.param("offices: [president], from: 2000, to: 2020, how: complete", "2009-10-04", "no", id="another office"),
    ],
)  # fmt: skip
def test_whether_the_record_that_lacks_an_event_claims_to_have_all(a_visit, store_of, statement, date, covered):
    lacking = store_of(f"coverage:\n- {{id: s, visitor: china, host: any, {statement}}}\nevents: []\n")
    (row,) = compare(store(a_visit(date)), lacking, ALL).rows
    assert (row.state, row.covered) == ("only-in-a", covered)
    assert [one.id for one in row.statements] == ([] if covered == "no" else ["s"])


def test_a_cancelled_visit_is_none_that_a_complete_record_has(a_visit, store_of):
    lacking = store_of("coverage:\n- {id: s, visitor: china, host: any, from: 2000, to: 2020, how: complete}\n")
    assert claimed(a_visit(status="cancelled"), lacking.coverage, lacking) == ("no", ())


def test_visits_of_one_day_by_others_are_told(a_visit):
    a, b = (
        store(a_visit()),
        store(a_visit(id="b", people=party("Wen Chiapao")), a_visit("2009-10", id="c", people=party("Q"))),
    )
    (row, *_) = (row for row in compare(a, b, ALL).rows if row.a)
    assert (row.state, [one.id for one in row.same_day]) == ("only-in-a", ["b"])


def test_names_that_may_be_of_one_person_are_told_and_nobody_is_matched_by_them(a_visit):
    def of(*names, **fields):
        return a_visit(people=party(*names), **fields)

    ours = (
        of("Cyrus Roberts Vance"),
        of("Cyrus Roberts Vance", date="2011-01-01", id="c"),
        of("Q X", date="2012-01-01", id="q"),
    )
    theirs = (
        of("Cyrus Vance", id="b"),
        of("Cyrus Vance", date="2011-01-01", id="d"),
        of("Y Z", date="2012-01-01", id="z"),
    )
    found = compare(store(*ours), store(*theirs), ALL)
    assert found.alike == (("Cyrus Roberts Vance", "Cyrus Vance", 2),)
    assert (found.counts["only-in-a"], found.counts["only-in-b"]) == (3, 3)
    assert compare(store(*theirs), store(*ours), ALL).alike == (("Cyrus Vance", "Cyrus Roberts Vance", 2),)


def test_one_address_is_one_source():
    mine = (Source("A title", "Xinhua", "https://example.org/1"), Source("A book"))
    theirs = (Source("Another title", url="https://example.org/1"), Source("A book"), Source("A book", date="2014"))
    assert lacked(mine, theirs) == theirs[2:]


def test_only_what_does_not_conflict_gives_sources(a_visit):
    source = Source("T", url="https://example.org/1")
    rows = [Row(state, a_visit(id=state), a_visit(sources=(source,))) for state in ("agree", "compatible", "conflict")]
    assert sources_lacking(rows) == {"agree": (source,), "compatible": (source,)}


OURS = """\
timeline: 1
title: Ours
coverage:
- {id: all, visitor: china, host: north-korea, from: 2000, to: 2020, how: complete}

events:

- id: wen-2009
  date: 2009-10
  visitor: china
  host: north-korea
  people:
  - name: Wen Jiabao
    offices: [premier]
  kind: goodwill
  places: [Pyongyang]
  sources:
  - title: Ours
    url: https://example.org/ours

- id: xi-2019
  date: 2019-06-20/2019-06-21
  visitor: china
  host: north-korea
  people:
  - name: Xi Jinping
    offices: [president]
  kind: state
"""
THEIRS = """\
timeline: 1
title: Theirs
events:
- {id: wen, date: 2009-10-04/2009-10-06, visitor: china, host: dprk, people: [{name: Wen Jiabao, offices: [premier]}], kind: goodwill, sources: [{title: Theirs, url: "https://example.org/theirs"}]}
- {id: xi, date: 2019-06-20/2019-06-22, visitor: china, host: dprk, people: [{name: Xi Jinping, offices: [vice-president]}], kind: state, sources: [{title: Wrong}]}
- {id: li, date: 2015-10-09/2015-10-12, visitor: china, host: dprk, people: [{name: Liu Yunshan, offices: [standing-committee-member]}]}
- {id: pact, date: 2010-01-01, type: treaty, title: Pact, actors: [china, dprk]}
"""


@pytest.fixture
def two(tmp_path):
    for name, text in (("ours.yaml", OURS), ("theirs.yaml", THEIRS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["table", "plain", "csv", "tsv", "json", "jsonl", "md", "html", "yaml"])
@pytest.mark.usefixtures("two")
def test_every_format(ask, golden, name):
    done = ask("compare", "ours.yaml", "theirs.yaml", "-O", name)
    assert done.code == 1
    golden(f"compare.{name}", done.out)


@pytest.mark.parametrize(
    ("args", "code", "states"),
    [
        pytest.param(["ours.yaml", "ours.yaml"], 0, {"agree"}, id="with itself"),
        pytest.param(["ours.yaml", "theirs.yaml"], 1, {"compatible", "conflict", "only-in-b"}, id="differences"),
        pytest.param(["theirs.yaml", "ours.yaml"], 1, {"compatible", "conflict", "only-in-a"}, id="the other way round"),
        pytest.param(["ours.yaml", "theirs.yaml", "--person", "Liu Yunshan"], 1, {"only-in-b"}, id="somebody whom only one has"),
        pytest.param(["ours.yaml", "theirs.yaml", "--until", "2009"], 1, {"compatible"}, id="a period"),
        pytest.param(["ours.yaml", "theirs.yaml", "--office", "vice-president"], 1, {"conflict"}, id="an office on one side"),
        pytest.param(["ours.yaml", "theirs.yaml", "--type", "treaty"], 1, {"only-in-b"}, id="a treaty"),
        pytest.param(["ours.yaml", "theirs.yaml", "--only", "conflict"], 1, {"conflict"}, id="conflicts alone"),
        pytest.param(["ours.yaml", "theirs.yaml", "--only", "ambiguous"], 0, set(), id="none of what is asked for"),
        pytest.param(["ours.yaml", "theirs.yaml", "--visitor", "japan"], 0, set(), id="nothing in scope"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("two")
def test_status_and_states(ask, args, code, states):
    done = ask("compare", *args, "-O", "json")
    assert (done.code, {row["state"] for row in json.loads(done.out)["rows"]}) == (code, states)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        pytest.param(["--person", "Xi Jingping"], "Xi Jinping", id="a name that neither has"),
        pytest.param(["--only", "conflicts"], "did you mean 'conflict'", id="a state that is none"),
        pytest.param(["--store", "ours.yaml"], "timeline compare A B", id="a third record"),
        pytest.param(["--yes"], "--yes goes with --merge", id="nothing to write"),
        pytest.param(["--file", "ours.yaml"], "--file goes with --merge", id="no file to write"),
        pytest.param(["--merge", "--yes", "-o", "x.csv"], "leave the options", id="a comparison that is not written"),
    ],
)
@pytest.mark.usefixtures("two")
def test_what_is_refused(ask, args, told):
    from timeline.errors import UsageError

    with pytest.raises(UsageError, match=told):
        ask("compare", "ours.yaml", "theirs.yaml", *args)


def test_two_from_standard_input_are_refused(run):
    done = run("compare", "-", "-")
    assert (done.code, "only one of the two records" in done.err) == (2, True)


def test_one_from_standard_input(two, run):
    assert run("compare", "ours.yaml", "-", stdin=OURS, cwd=two).code == 0


def test_a_record_that_cannot_be_read(two, run):
    assert run("compare", "ours.yaml", "missing.yaml", cwd=two).code == 4


def test_merge_takes_sources_over_and_can_be_undone(two, run):
    shown = run("compare", "ours.yaml", "theirs.yaml", "--merge", "--dry-run", cwd=two)
    assert (shown.code, (two / "ours.yaml").read_text("utf-8")) == (0, OURS)
    assert "+    url: https://example.org/theirs" in shown.err
    done = run("compare", "ours.yaml", "theirs.yaml", "--merge", "--yes", cwd=two)
    assert (done.code, done.out) == (0, "Edited wen-2009: sources in ours.yaml.\n")
    merged = load([two / "ours.yaml"])
    assert [source.title for source in merged.by_id["wen-2009"].sources] == ["Ours", "Theirs"]
    assert merged.by_id["xi-2019"].sources == ()
    again = run("compare", "ours.yaml", "theirs.yaml", "--merge", "--yes", cwd=two)
    assert (again.code, "no source to take over" in again.err) == (0, True)
    elsewhere = run("compare", "ours.yaml", "theirs.yaml", "--merge", "--yes", "--file", "our.yaml", cwd=two)
    assert (elsewhere.code, "no event of ours.yaml is in it" in elsewhere.err) == (2, True)
    assert run("undo", "--store", "ours.yaml", "--yes", cwd=two).code == 0
    assert (two / "ours.yaml").read_text("utf-8") == OURS


def test_merge_writes_one_file_of_a_folder(two, run):
    folder = two / "folder"
    folder.mkdir()
    head, _, xi = OURS.rpartition("\n- id: xi-2019")
    (folder / "one.yaml").write_text(head, encoding="utf-8")
    (folder / "two.yaml").write_text(f"timeline: 1\nevents:\n\n- id: xi-2019{xi}", encoding="utf-8")
    agreeing = THEIRS.replace("2019-06-22", "2019-06-21").replace("vice-president", "president")
    (two / "theirs.yaml").write_text(agreeing, encoding="utf-8")
    refused = run("compare", "folder", "theirs.yaml", "--merge", "--yes", cwd=two)
    assert (refused.code, "name one of them with --file" in refused.err) == (2, True)
    done = run("compare", "folder", "theirs.yaml", "--merge", "--yes", "--file", "folder/two.yaml", cwd=two)
    assert (done.code, done.out) == (0, "Edited xi-2019: sources in folder/two.yaml.\n")


def test_merge_does_not_write_into_csv(two, run):
    run("export", "--store", "ours.yaml", "-o", "ours.csv", cwd=two)
    assert "changes are made in YAML" in run("compare", "ours.csv", "theirs.yaml", "--merge", "--yes", cwd=two).err


def test_what_is_undecided_names_what_it_may_be(two, ask):
    again = THEIRS + THEIRS.splitlines()[4].replace("id: xi", "id: xi-again") + "\n"
    (two / "theirs.yaml").write_text(again, encoding="utf-8")
    told = ask("compare", "ours.yaml", "theirs.yaml", "--only", "ambiguous").out.splitlines()
    assert [re.split(r"  +", line)[-2:] for line in told if "  may be" in line] == [
        ["may be xi-2019 of A", "xi"],
        ["may be xi or xi-again of B", "xi-2019"],
        ["may be xi-2019 of A", "xi-again"],
    ]


@pytest.mark.usefixtures("two")
def test_every_key_is_in_every_row(ask):
    from timeline.answers.compare import KEYS

    rows = json.loads(ask("compare", "ours.yaml", "theirs.yaml", "-O", "json").out)["rows"]
    assert {tuple(row) for row in rows} == {KEYS}
    header = next(csv.reader(io.StringIO(ask("compare", "ours.yaml", "theirs.yaml", "-O", "csv").out)))
    assert tuple(header) == KEYS


@pytest.mark.parametrize("path", sorted((ROOT / "records").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_record_does_not_differ_from_itself(path):
    read = load([path])
    assert compare(read, load([path]), ALL).counts["agree"] == len(read.events)


@pytest.mark.parametrize("form", ["2014-10-{:02}", "2014-10", "2014"], ids=["days", "a month", "a year"])
def test_many_events_that_may_all_be_one_are_compared_in_a_moment(form):
    """A record of one traveller, thousands of times: compared pair by pair that would take minutes."""
    sides = [
        [
            Event(f"{side}{number}", parse_when(form.format(number % 28 + 1)), visitor="china", host="japan", people=party("P"))
            for number in range(5000)
        ]
        for side in "ab"
    ]  # fmt: skip
    counts = compare(store(*sides[0]), store(*sides[1]), ALL).counts
    assert counts["ambiguous"] == 10_000
