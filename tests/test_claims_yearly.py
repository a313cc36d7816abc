"""Claims about every year of a time: a table, the words for it, and every verdict against an enumeration of all years in which coarse dates and gaps in the record allow a visit."""

import operator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.claims.grammar import parse
from timeline.claims.model import Claim, NotUnderstood, Window
from timeline.claims.verdict import judge
from timeline.dates import NEVER_AFTER, Span, When, parse_period, parse_when
from timeline.model import Coverage, Event, Person, Store
from timeline.query import Query
from timeline.store import load_text
from timeline.vocabulary import shipped

AS_OF = parse_when("2003-12-31").start.latest
PREMIER = (Person("Wen Jiabao", "Premier", ("premier",)),)


def a_store(whens, covered):
    events = [Event(f"v{n}", when, visitor="china", host="north-korea", people=PREMIER) for n, when in enumerate(whens)]
    coverage = tuple(Coverage(f"of-{n}", "any", "any", span) for n, span in enumerate(covered))
    ordered = tuple(sorted(events, key=lambda e: e.order))
    return Store(ordered, shipped(), coverage, by_id={e.id: e for e in events})


ALWAYS = parse_period("1900..2100")


def verdict_of(claim, whens, covered=(ALWAYS,)):
    return judge(claim, a_store(whens, covered), AS_OF, plain=True).verdict


def every_year(period, number=1, *hedges):
    window = Window("period", span=parse_period(period), yearly=True)
    base = Query(visitors=("china",), hosts=("north-korea",), roles=("heads",))
    return Claim("", "count", base=base, number=number, unit="times", window=window, hedges=frozenset(hedges))


@pytest.mark.parametrize(("dates", "claim", "answer"), [
    pytest.param(["2000-05", "2001-02", "2002-11"], every_year("2000..2002", 1, "at-least"), "holds", id="one in each"),
    pytest.param(["2000-05", "2002-11"], every_year("2000..2002", 1, "at-least"), "fails", id="none in the second"),
    pytest.param(["2000-05", "2001", "2002-11"], every_year("2000..2002"), "holds", id="some day of each"),
    pytest.param(["2000-05", "[2000-12-20, 2001-01-05]"], every_year("2000..2001", 1, "at-least"), "depends", id="one of the first year or the second, as sources have it"),
    pytest.param(["2000-05", "2000-06", "2001-02"], every_year("2000..2001"), "fails", id="two where one is said"),
    pytest.param(["2000-05", "2000-06", "2001-02"], every_year("2000..2001", 1, "at-least"), "holds", id="two where one at least is said"),
    pytest.param(["2000-05", "2000-06", "2002-02"], every_year("2000..2002", 2, "at-most"), "holds", id="two, none and one where two at most are said"),
    pytest.param(["2000-05", "2000-06", "2002-02"], every_year("2000..2002", 2, "fewer-than"), "fails", id="two where fewer are said"),
    pytest.param(["2000-05", "[2000-12-20, 2001-01-05]"], every_year("2000..2001", 1, "at-most"), "depends", id="a second in the first year, or one in the second"),
    pytest.param(["2000-05", "2001-02"], every_year("2000-06..2001-12", 1, "at-least"), "holds", id="a year of which only a part is meant is not asked"),
    pytest.param(["2000-05"], every_year("2000-06..2000-09", 1, "at-least"), "undetermined", id="no whole year"),
    pytest.param(["2001-05", "2002-05"], every_year("2001..2010", 1, "at-least"), "fails", id="years to come are not asked, the last is: 2003"),
])  # fmt: skip
def test_so_many_in_each_year(dates, claim, answer):
    assert verdict_of(claim, [parse_when(text) for text in dates]) == answer


def test_a_year_without_a_visit_counts_only_where_the_record_is_complete_for_it():
    dates, claim = [parse_when("2000-05")], every_year("2000..2002", 1, "at-least")
    assert verdict_of(claim, dates, [parse_period("2000..2001")]) == "fails"  # 2001 alone decides
    assert verdict_of(claim, dates, [parse_period("2000")]) == "unverifiable"


RECORD = """
timeline: 1
coverage:
- {id: all, visitor: china, host: north-korea, from: 1990-01-01, to: 2010-12-31, how: complete, evidence: e}
events:
"""


@pytest.fixture(scope="module")
def record():
    event = "- {{id: v{0}, date: {0}-05-01, visitor: china, host: north-korea, people: [{{name: Wen Jiabao, offices: [premier]}}], sources: [{{title: t}}]}}\n"
    return load_text(RECORD + "".join(event.format(year) for year in (2000, 2002, 2003, 2004)))


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    ("a Chinese premier visited North Korea every year from 2002 to 2004", "", "holds"),
    ("a Chinese premier visited North Korea each year from 2000 to 2004", "", "fails"),
    ("a Chinese premier visited North Korea every year since 2002, as of 31 December 2004", "", "holds"),
    ("a Chinese premier visited North Korea every year since 2002, as of 31 December 2005", "", "fails"),
    ("Wen Jiabao visited North Korea for the third year in a row", "v2004", "holds"),
    ("Wen Jiabao visited North Korea for the third consecutive year", "v2004", "holds"),
    ("Wen Jiabao visited North Korea for the second year running", "v2004", "fails"),
    ("Wen Jiabao visited North Korea for the fourth straight year", "v2004", "fails"),
    ("Wen Jiabao visited North Korea two years in a row", "v2004", "holds"),
    ("Wen Jiabao visited North Korea twice a year from 2002 to 2003", "", "fails"),
])  # fmt: skip
def test_sentences_about_every_year(record, sentence, about, answer):
    claim = parse(sentence, record, record.by_id.get(about))
    assert judge(claim, record, AS_OF + 400, plain=True).verdict == answer


@pytest.mark.parametrize("sentence", [
    "a Chinese premier visited North Korea every year",
    "the first visit by a Chinese premier to North Korea every year since 2002",
    "no Chinese premier visited North Korea every year since 2002",
])  # fmt: skip
def test_of_which_years_and_how_many_has_to_be_said(record, sentence):
    with pytest.raises(NotUnderstood):
        parse(sentence, record)


YEARS = (2000, 2001, 2002, 2003)


def within(first, last):
    """A visit on some day from the middle of a year to that of another."""
    span = Span(date(first, 7, 1).toordinal(), date(last, 7, 1).toordinal())
    return When("day", (span,), (Span(span.earliest, NEVER_AFTER),))


spans = st.tuples(st.sampled_from(YEARS), st.integers(0, 1)).map(lambda t: (t[0], min(t[0] + t[1], YEARS[-1])))


MEANT = {"at-least": operator.ge, "more-than": operator.gt, "at-most": operator.le, "fewer-than": operator.lt}


@given(
    made=st.lists(spans, max_size=5),
    asked=st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)).map(sorted),
    number=st.integers(1, 2),
    hedges=st.sampled_from([(), *((hedge,) for hedge in MEANT)]),
    covered=st.sets(st.sampled_from(YEARS)),
)
def test_a_verdict_on_every_year_is_given_only_where_every_completion_gives_it(made, asked, number, hedges, covered):
    first, last = asked
    claim = every_year(f"{first}..{last}", number, *hedges)
    found = verdict_of(claim, [within(*span) for span in made], [parse_period(str(year)) for year in sorted(covered)])
    missed = [year for year in YEARS if year not in covered]
    truths = set()
    for years in product(*(range(a, b + 1) for a, b in made)):
        for more in product(*((0, 1, 2) for _ in missed)):
            counts = {year: years.count(year) for year in range(first, last + 1)}
            for year, added in zip(missed, more, strict=True):
                if year in counts:
                    counts[year] += added
            meant = MEANT[hedges[0]] if hedges else operator.eq
            truths.add(all(meant(n, number) for n in counts.values()))
    assert found not in ("holds", "fails") or truths == {found == "holds"}
    if len(made) == len({span for span in made if span[0] == span[1]}) and len(covered) == len(YEARS):
        assert found in ("holds", "fails")  # exact years of a complete record leave nothing open
