"""How long after something a visit came: `a month after Kim's trip to Beijing`, counted from every day on which that may have begun or ended."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from published import a_record

from timeline.claims.grammar import parse
from timeline.claims.measure import measured
from timeline.claims.model import Claim, Since
from timeline.claims.verdict import judge
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, parse_period, parse_when
from timeline.model import Coverage, Store
from timeline.query import Query
from timeline.store import load_text
from timeline.vocabulary import shipped

AS_OF = date(2030, 1, 1).toordinal()


@pytest.fixture
def verdict(a_visit):
    """The verdict on a claim that a visit to Pyongyang came so long after an earlier one to Beijing."""

    def verdict(earlier, visit, number, unit, *hedges):
        there = a_visit(visit, id="there")
        here = a_visit(earlier, id="here", visitor="north-korea", host="china")
        events = tuple(sorted((here, there), key=lambda event: event.order))
        everything = Coverage("all", "any", "any", Span(NEVER_BEFORE, NEVER_AFTER))
        store = Store(events, shipped(), (everything,), by_id={event.id: event for event in events})
        last = here.date.end.latest if here.date.end.latest < NEVER_AFTER else here.date.start.latest + 31
        claim = Claim(
            "",
            "after",
            base=Query(visitors=("china",), hosts=("north-korea",)),
            about="there",
            number=number,
            unit=unit,
            since=Since("it", Span(here.date.start.earliest, last), event="here"),
            hedges=frozenset(hedges),
        )
        return judge(claim, store, AS_OF, plain=True).verdict

    return verdict


@pytest.mark.parametrize(("earlier", "visit", "number", "unit", "hedges", "answer"), [
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 1, "months", (), "holds", id="a month and five days to a week"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 5, "weeks", (), "holds", id="five weeks"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 4, "weeks", (), "fails", id="four weeks"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 2, "months", (), "depends", id="rounded up by more than a quarter"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 3, "months", (), "fails", id="three months"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 35, "days", (), "undetermined", id="since he left, not since he came"),
    pytest.param("2025-09-02/2025-09-04", "2025-10-09", 35, "days", ("at-least",), "holds", id="35 days at least"),
    pytest.param("2025-09", "2025-10-09", 1, "months", (), "undetermined", id="some day of September"),
    pytest.param("2024", "2025-10-09", 1, "years", (), "undetermined", id="some day of a year"),
    pytest.param("2025-10-09/2025-10-11", "2025-10-09", 1, "days", (), "undetermined", id="on the day on which he came"),
    pytest.param("2025-12-01/2025-12-02", "2025-10-09", 1, "months", (), "fails", id="before it"),
    pytest.param("2009-10-04/2009-10-06", "2025-10-09", 16, "years", ("exactly",), "depends", id="to the month, not to the day"),
    pytest.param("2009-10-04/2009-10-06", "2025-10-09", 16, "years", ("more-than",), "holds", id="three days more than 16 years"),
    pytest.param("2009-10-04/2009-10-06", "2025-10-05", 16, "years", ("more-than",), "undetermined", id="a day more since he came"),
])  # fmt: skip
def test_so_long_after_a_visit(verdict, earlier, visit, number, unit, hedges, answer):
    assert verdict(earlier, visit, number, unit, *hedges) == answer


def test_a_month_for_a_visit_that_nobody_knows_the_end_of(verdict):
    assert verdict("2025-01-01", "2025-03-03", 2, "months") == "undetermined"
    assert verdict("2025-01-01/2025-01-01", "2025-03-03", 2, "months") == "holds"


days = st.dates(date(2018, 1, 1), date(2020, 12, 31))


@given(first=days, lasted=st.integers(0, 20), later=st.integers(1, 900), coarse=st.booleans(), number=st.integers(1, 30),
       unit=st.sampled_from(["days", "weeks", "months", "years"]), hedge=st.sampled_from(["", "nearly", "more-than", "under", "about"]))  # fmt: skip
@example(first=date(2018, 1, 1), lasted=0, later=1, coarse=True, number=1, unit="months", hedge="under")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_holds_or_fails_only_if_it_does_from_each_day(verdict, first, lasted, later, coarse, number, unit, hedge):
    start, end = first, first + timedelta(days=lasted)
    visit = end + timedelta(days=later)
    text = f"{visit:%Y-%m}" if coarse else visit.isoformat()
    span = parse_when(text).start
    hedges = frozenset({hedge} - {""})
    claim = Claim("", "after", number=number, unit=unit, hedges=hedges)
    truths = {
        measured(claim, begun, day).truth and day > end.toordinal()
        for begun in (start.toordinal(), end.toordinal())
        for day in range(span.earliest, span.latest + 1)
    }
    found = verdict(f"{start}/{end}", text, number, unit, *hedges)
    if found in ("holds", "holds-rounded"):
        assert truths == {True}
    elif found == "fails":
        assert truths == {False}


def test_what_only_the_claim_knows_came_first():
    store = a_record("events")
    visit = store.by_id["xi-jinping-pyongyang-2019-06"]  # on the 20th
    claim = parse("Xi Jinping visited North Korea three months after the truce of June 2019", store, visit)
    assert (
        judge(claim, store, AS_OF, plain=True).main.finding.reason
        == "it came 0d to 19d after truce of June 2019, not 3 months"
    )


CAME = "- {{id: came-{0}, date: {0}, visitor: germany, host: china, people: [{{name: Helmut Kohl, offices: [premier]}}]}}\n"  # premier from 1 October 1982


@pytest.mark.parametrize(("covered", "came", "sentence", "answer"), [
    pytest.param("1980", ["1984-10-07"], "Helmut Kohl visited China within a year of taking office", "fails", id="none in that year"),
    pytest.param("1983-06", ["1984-10-07"], "Helmut Kohl visited China within a year of taking office", "unverifiable", id="one in that year may be missed"),
    pytest.param("1982-10-01..1983-10-01", ["1984-10-07"], "Helmut Kohl visited China within a year of taking office", "fails", id="that year is enough"),
    pytest.param("1982-10-01..1983-10-01", ["1984-10-07"], "Helmut Kohl visited China a year after taking office", "unverifiable", id="rounded down from nearly two"),
    pytest.param("1983-06", ["1984-10-07", "1987-07-12"], "Helmut Kohl visited China within a year of taking office", "unverifiable", id="two later ones on record"),
    pytest.param("1980", ["1984-10-07", "1987-07-12"], "Helmut Kohl visited China within a year of taking office", "fails", id="of which the first came too late"),
    pytest.param("1990", ["1983-02-07", "1987-07-12"], "Helmut Kohl visited China within a year of taking office", "holds", id="one in that year"),
    pytest.param("1984", ["1984-10-07"], "Helmut Kohl visited China more than three years after taking office", "fails", id="none later"),
    pytest.param("1980..1985", ["1984-10-07"], "Helmut Kohl visited China more than three years after taking office", "unverifiable", id="a later one may be missed"),
])  # fmt: skip
def test_which_visit_came_so_long_after_he_took_office(covered, came, sentence, answer):
    days = parse_period(covered if ".." in covered else f"{covered}..")
    there = f"- {{id: all, visitor: germany, host: china, from: {date.fromordinal(days.earliest)}, to: {date.fromordinal(min(days.latest, AS_OF))}, how: complete}}\n"
    store = load_text(f"timeline: 1\ncoverage:\n{there}events:\n{''.join(map(CAME.format, came))}")
    assert judge(parse(sentence, store), store, AS_OF).verdict == answer


def test_of_a_visit_that_is_named_the_time_alone_decides():
    store = load_text(f"timeline: 1\nevents:\n{CAME.format('1984-10-07')}")
    sentence = "Helmut Kohl visited China within a year of taking office"
    assert judge(parse(sentence, store, store.events[0]), store, AS_OF).verdict == "fails"
    assert judge(parse(sentence, store, None, parse_when("1984-10-08").start), store, AS_OF).verdict == "fails"


@pytest.mark.parametrize(("days", "answer"), [(6, "holds"), (5, "undetermined"), (4, "fails")])
def test_a_time_missed_by_a_day_is_undetermined(days, answer):
    store = load_text(f"timeline: 1\nevents:\n{CAME.format('1982-10-07')}")
    sentence = f"Helmut Kohl visited China within {days} days of taking office"
    assert judge(parse(sentence, store, store.events[0]), store, AS_OF).verdict == answer
