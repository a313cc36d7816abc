"""The longest visit: a table of what decides it, and every verdict against an enumeration of all that coarse dates and open ends allow."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.claims.grammar import parse
from timeline.claims.model import Claim, Who
from timeline.claims.verdict import judge
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, When, parse_when
from timeline.model import Coverage, Event, Person, Store
from timeline.query import Query
from timeline.store import load_text
from timeline.vocabulary import shipped

AS_OF = parse_when("2030-01-01").start.latest
COVERAGE = Coverage("all", "any", "any", Span(NEVER_BEFORE, NEVER_AFTER))


def a_visit(id_, date, *, host="russia", kind="official", tags=(), type_="visit"):
    return Event(
        id_,
        date,
        type_,
        visitor="north-korea",
        host=host,
        people=(Person("Kim Jong Un", offices=("supreme-leader",)),),
        kind=kind,
        tags=tags,
    )


def a_store(*events, coverage=(COVERAGE,)):
    ordered = tuple(sorted(events, key=lambda e: e.order))
    return Store(ordered, shipped(), coverage, by_id={e.id: e for e in events})


def judged(store, about, form="longest-visit", **fields):
    claim = Claim(
        "c",
        form,
        (Who("Kim Jong Un", ("Kim Jong Un",)),),
        Query(visitors=("north-korea",)),
        about,
        every_host=True,
        roles_open=False,
        kind_open=False,
        **fields,
    )
    return judge(claim, store, AS_OF, plain=True)


@pytest.mark.parametrize(("form", "visit", "others", "expected"), [
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2019-04-24/2019-04-26", "2018-06-10/2018-06-12"], "holds", id="six days against three"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2019-02-23/2019-03-05"], "fails", id="eleven days"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2019-02-26/2019-03-03"], "depends", id="a tie"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2019-04-24"], "undetermined", id="the record does not say when the other ended"),
    pytest.param("longest-visit", "2023-09-12", ["2019-04-24/2019-04-26"], "undetermined", id="it does not say when it ended itself"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2019-04/2019-05-02"], "undetermined", id="a coarse beginning"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["[2019-02-23/2019-03-05, 2019-02-26/2019-02-27]"], "depends", id="two dates of the other"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", [], "fails", id="the only one is not the longest"),
    pytest.param("longest-visit", "2023-09-12/2023-09-17", ["2024-01-01/2024-01-20"], "fails", id="a later one, known when it is asked"),
    pytest.param("shortest-visit", "2019-06-20/2019-06-21", ["2005-10-28/2005-10-30", "2001-09-03/2001-09-05"], "holds", id="two days against three"),
    pytest.param("shortest-visit", "2019-06-20/2019-06-22", ["2005-10-28/2005-10-29"], "fails", id="two days"),
    pytest.param("shortest-visit", "2019-06-20/2019-06-21", ["2005-10-28/2005-10-29"], "depends", id="a tie"),
    pytest.param("shortest-visit", "2019-06-20/2019-06-21", ["2005-10-28"], "undetermined", id="the record does not say when the other ended"),
    pytest.param("shortest-visit", "2019-06-20", ["2005-10-28/2005-10-29"], "undetermined", id="it does not say when it ended itself"),
    pytest.param("shortest-visit", "2019-06-20/2019-06-21", [], "fails", id="the only one is not the shortest"),
])  # fmt: skip
def test_a_visit_lasts_from_its_first_to_its_last_day(form, visit, others, expected):
    events = [
        a_visit("it", parse_when(visit)),
        *(a_visit(f"other-{n}", parse_when(text)) for n, text in enumerate(others)),
    ]
    assert judged(a_store(*events), "it", form).verdict == expected


def test_no_reading_holds_beside_a_visit_that_may_have_lasted_for_ever():
    events = [a_visit("it", parse_when("2023-09-12/2023-09-17")), a_visit("other", parse_when("2019-04-24"))]
    readings = judged(a_store(*events), "it").readings
    assert {reading.finding.verdict for reading in readings} == {"undetermined"}


def test_one_missed_may_have_been_longer():
    events = [a_visit("it", parse_when("2023-09-12/2023-09-17")), a_visit("other", parse_when("2019-04-24/2019-04-26"))]
    assert judged(a_store(*events, coverage=()), "it").verdict == "unverifiable"


RECORD = """
timeline: 1
coverage:
- {id: kim, visitor: north-korea, host: any, people: [Kim Jong Un], from: ever, to: 2025-12-31, how: complete, evidence: e}
events:
- {id: kim-takes-over, date: 2011-12-17, type: accession, title: Kim takes over, actors: [north-korea], people: [{name: Kim Jong Un, offices: [supreme-leader]}], sources: [{title: t}]}
- {id: to-hanoi, date: 2019-02-23/2019-03-05, type: other, title: The journey to Hanoi, actors: [north-korea, vietnam], tags: [journey], people: [{name: Kim Jong Un, actor: north-korea}], sources: [{title: t}]}
- {id: hanoi, date: 2019-02-26/2019-03-02, visitor: north-korea, host: vietnam, people: [{name: Kim Jong Un, offices: [supreme-leader]}], sources: [{title: t}]}
- {id: to-russia, date: 2023-09-10/2023-09-19, type: other, title: The journey to Russia, actors: [north-korea, russia], tags: [journey], people: [{name: Kim Jong Un, actor: north-korea}], sources: [{title: t}]}
- {id: russia, date: 2023-09-12/2023-09-17, visitor: north-korea, host: russia, people: [{name: Kim Jong Un, offices: [supreme-leader]}], sources: [{title: t}]}
"""


@pytest.mark.parametrize(("sentence", "verdict", "switch"), [
    pytest.param("The 2023 Russia tour is Kim Jong Un's longest trip abroad since taking power", "depends", "whether the way there and back counts", id="six days against five, ten away from home against eleven"),
    pytest.param("Kim Jong Un's longest foreign trip since 2020", "fails", "", id="the only one since then"),
    pytest.param("Kim Jong Un's longest stay in Russia", "fails", "", id="the only one there"),
])  # fmt: skip
def test_the_longest_in_words(sentence, verdict, switch):
    store = load_text(RECORD)
    found = judge(parse(sentence, store, None, parse_when("2023-09-17").start), store, AS_OF)
    assert (found.verdict, found.switch) == (verdict, switch), found.main.finding.reason


DAY = parse_when("2000-01-01").start.earliest


@st.composite
def stays(draw):
    """A stay of up to four days with a start and an end that may be known only roughly, or the end not at all."""
    start = DAY + draw(st.integers(0, 6))
    first = Span(start, start + draw(st.integers(0, 1)))
    if draw(st.booleans()) and draw(st.booleans()):
        return first, Span(first.earliest, NEVER_AFTER)
    end = first.latest + draw(st.integers(0, 3))
    return first, Span(end, end + draw(st.integers(0, 1)))


def lengths(stay):
    """Every length that a stay may have; of one without an end up to ten days."""
    start, end = stay
    ends = range(end.earliest, min(end.latest, end.earliest + 10) + 1)
    return {b - a + 1 for a in range(start.earliest, start.latest + 1) for b in ends if b >= a}


@pytest.mark.parametrize(("form", "most", "sign"), [("longest-visit", max, 1), ("shortest-visit", min, -1)])
@settings(max_examples=100, deadline=None)
@given(drawn=st.lists(stays(), min_size=2, max_size=4))
def test_the_longest_is_given_only_where_every_completion_gives_it(form, most, sign, drawn):
    events = [a_visit(f"v{n}", When(f"2000-01-0{n + 1}", (start,), (end,))) for n, (start, end) in enumerate(drawn)]
    truths = {sign * it > sign * most(rest) for it, *rest in product(*map(lengths, drawn))}
    ties = {sign * it >= sign * most(rest) for it, *rest in product(*map(lengths, drawn))}
    found = judged(a_store(*events), "v0", form, published=Span(AS_OF, AS_OF)).verdict
    assert found != "holds" or truths == {True}
    assert found != "fails" or ties == {False}
    assert truths != {True} or found == "holds"
    assert ties != {False} or found == "fails"
