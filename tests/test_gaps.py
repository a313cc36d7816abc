"""Gaps against an enumeration of every reading of coarse dates, over thousands of random small series."""

from collections import defaultdict
from itertools import pairwise, product
from math import prod
from statistics import median

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, When
from timeline.gaps import Series, find_gaps, find_series, since
from timeline.model import Event

MOST_READINGS = 4000
LAST = 9  # the days of the random series are 1 to 9; 0 is NEVER_BEFORE
AFTER_ALL = LAST + 2


def ways(when):
    """Every (first day, last day) that a date allows; an unknown end up to a day after all starts."""
    return sorted(
        {
            (start, end)
            for starts, ends in zip(when.starts, when.ends, strict=True)
            for start in range(starts.earliest, starts.latest + 1)
            for end in range(max(start, ends.earliest), min(ends.latest, AFTER_ALL) + 1)
        }
    )


def known(when, way):
    """Whether this reading of a date rests on an end that the date gives."""
    return any(
        ends.latest != NEVER_AFTER
        and starts.earliest <= way[0] <= starts.latest
        and ends.earliest <= way[1] <= ends.latest
        for starts, ends in zip(when.starts, when.ends, strict=True)
    )


def readings(dates):
    """Every reading: a (first, last) for each date, with ends that no date gives not after the start of the next visit."""
    for reading in product(*map(ways, dates)):
        order = sorted(range(len(dates)), key=lambda k: (reading[k][0], k))
        following = dict(pairwise(order))
        if all(
            known(dates[k], reading[k]) or k not in following or reading[k][1] <= reading[following[k]][0]
            for k in order
        ):
            yield reading, order


def gap_lengths(reading, order, basis):
    """The visit before each visit but the first, and the days since."""
    found = {}
    for place, k in enumerate(order):
        if place:
            before = order[:place]
            start = reading[k][0]
            since_day = reading[before[-1]][0] if basis == "arrivals" else max(reading[j][1] for j in before)
            found[k] = (before[-1], max(0, start - since_day))
    return found


def spans(most=2):
    return st.tuples(st.integers(1, LAST), st.integers(0, most)).map(lambda t: Span(t[0], min(LAST, t[0] + t[1])))


@st.composite
def plain_dates(draw):
    """An exact or a coarse day, of unknown end."""
    start = draw(spans())
    return When("day", (start,), (Span(start.earliest, NEVER_AFTER),))


@st.composite
def journeys(draw):
    """A start and an end, each exact, coarse or, the start, open, the end, open."""
    first = draw(spans(2))
    last = draw(spans(2).filter(lambda span: span.latest >= first.earliest))
    start = Span(first.earliest, min(first.latest, last.latest))
    end = Span(max(first.earliest, last.earliest), last.latest)
    return draw(
        st.sampled_from(
            [
                When("a/b", (start,), (end,)),
                When("a/..", (start,), (Span(start.earliest, NEVER_AFTER),)),
                When("../b", (Span(NEVER_BEFORE, last.latest),), (Span(last.earliest, last.latest),)),
            ]
        )
    )


@st.composite
def choices(draw):
    """One of two dates that lie anywhere."""
    one, other = draw(plain_dates() | journeys()), draw(plain_dates() | journeys())
    return When("[a, b]", one.starts + other.starts, one.ends + other.ends)


DATES = plain_dates() | journeys() | choices()


def visits_of(dates):
    return [Event(f"v{number}", date, visitor="china", host="japan") for number, date in enumerate(dates)]


@st.composite
def series(draw, most=4):
    """Visits in order, with few enough readings to try them all."""
    size = draw(st.integers(2, most))
    visits = sorted(visits_of([draw(DATES) for _ in range(size)]), key=lambda v: v.order)
    assume(prod(len(ways(visit.date)) for visit in visits) <= MOST_READINGS)
    return visits


def enumerated(visits, basis):
    """By visit: the lengths of its gap and the visits before it, over all readings; and whether it is ever the first."""
    lengths, before, first = defaultdict(set), defaultdict(set), set()
    for reading, order in readings([v.date for v in visits]):
        first.add(order[0])
        for k, (earlier, days) in gap_lengths(reading, order, basis).items():
            lengths[k].add(days)
            before[k].add(earlier)
    return lengths, before, first


slow = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@pytest.mark.parametrize("basis", ["arrivals", "absence"])
@slow
@given(series())
def test_no_reading_leaves_the_bounds_and_both_are_reached(basis, visits):
    lengths, _, first = enumerated(visits, basis)
    gaps = {gap.later: gap for gap in find_gaps(visits, basis)}
    assert set(gaps) == {visits[k] for k in lengths}
    for k, seen in lengths.items():
        gap = gaps[visits[k]]
        assert (gap.shortest.days, gap.longest.days) == (min(seen), max(seen))
        assert gap.certain == (k not in first)
        assert (gap.days.most is None) == (gap.longest.start == NEVER_BEFORE)


@slow
@given(series())
def test_rivals_are_those_that_may_come_last_before(visits):
    _, before, _ = enumerated(visits, "arrivals")
    for gap in find_gaps(visits):
        assert {gap.earlier, *gap.rivals} == {visits[k] for k in before[visits.index(gap.later)]}


@pytest.mark.parametrize("basis", ["arrivals", "absence"])
@slow
@given(series())
def test_ranks_and_median_hold_in_every_reading(basis, visits):
    gaps = {gap.later: gap for gap in find_gaps(visits, basis)}
    middle = Series("", tuple(visits), tuple(gaps.values())).median
    for reading, order in readings([v.date for v in visits]):
        days = {k: length for k, (_, length) in gap_lengths(reading, order, basis).items()}
        for k, length in days.items():
            best, worst = gaps[visits[k]].rank
            assert best <= 1 + sum(other > length for other in days.values()) <= worst <= len(days)
        if days:
            least, most = middle
            assert least <= median(days.values())
            assert most is None or median(days.values()) <= most


@pytest.mark.parametrize("basis", ["arrivals", "absence"])
@slow
@given(series(most=3), st.integers(1, LAST), st.integers(0, LAST + 1))
def test_the_gap_still_open_holds_in_every_reading(basis, visits, day, known_to):
    """It lasts from the last visit that began by `day` to some day from `known_to` to `day`; visits that cannot have begun by then do not matter."""
    began = [v for v in visits if v.date.start.earliest <= day]
    seen, ever_none = set(), False
    for reading, order in readings([v.date for v in began]):
        before = [k for k in order if reading[k][0] <= day]
        if not before:
            ever_none = True
            continue
        last = reading[before[-1]][0] if basis == "arrivals" else min(day, max(reading[k][1] for k in before))
        seen |= {max(0, end - last) for end in (min(known_to, day), day)}
    gap = since(visits, "", day, known_to, basis)
    if not seen:
        assert gap is None
        return
    assert gap.open
    assert (gap.shortest.days, gap.longest.days) == (min(seen), max(seen))
    assert gap.certain != ever_none


@given(st.lists(DATES, max_size=6), st.sampled_from(["arrivals", "absence"]))
def test_filter_then_gap_is_the_gap_of_what_was_filtered(dates, basis):
    visits = visits_of(dates)
    kept = [v for v in visits if int(v.id[1:]) % 2]
    [*found] = find_series(visits, lambda v: ("odd",) if v in kept else (), basis)
    assert [gap for one in found for gap in one.gaps] == find_gaps(kept, basis, "odd")


@pytest.mark.parametrize(
    ("dates", "basis", "bounds"),
    [
        pytest.param(
            ["2018", "2018-03-05", "2020-01-01"],
            "arrivals",
            (366, 667),
            id="the visit before is no neighbour in a list",
        ),
        pytest.param(["2009-10-04/2009-10-06", "2025-10-09"], "arrivals", (5849, 5849), id="start to start"),
        pytest.param(["2009-10-04/2009-10-06", "2025-10-09"], "absence", (5847, 5847), id="end to start"),
        pytest.param(["2001-01-01/2001-01-31", "2001-01-10"], "absence", (0, 0), id="two that overlap"),
        pytest.param(
            ["2001-01-01/2001-01-31", "2001-01-10/2001-01-11", "2001-02-01"],
            "absence",
            (1, 1),
            id="the last to leave is not the last to arrive",
        ),
        pytest.param(["2001-01-01", "2001-01-11"], "absence", (0, 10), id="an end that is not known"),
        pytest.param(
            ["1971-07-15", "2001-01-01/2001-01-03", "2001-01-11"],
            "absence",
            (8, 8),
            id="an unknown end does not reach past the next visit",
        ),
        pytest.param(["2001-01-01", "2001-01"], "arrivals", (0, 30), id="a day and its month"),
        pytest.param(["../2001", "2010-01-01"], "arrivals", (2923, None), id="an open start"),
        pytest.param(["[2001-01-01, 2003-01-01]", "2005-01-01"], "arrivals", (731, 1461), id="one of two days"),
    ],
)
def test_the_last_gap_of_some_dates(a_visit, dates, basis, bounds):
    visits = [a_visit(date, id=f"v{number}") for number, date in enumerate(dates)]
    assert find_gaps(visits, basis)[-1].days == bounds


def test_bounds_of_a_median_may_be_wider_than_any_reading_of_the_dates(a_visit):
    """As docs/gaps.md says: each gap is taken at its own bounds, whatever that leaves to the others."""
    visits = [a_visit(date, id=f"v{number}") for number, date in enumerate(["2018", "2018-03-05", "2020-01-01"])]
    coarse, second, third = (visit.date.start for visit in visits)
    days = [sorted((day, second.earliest, third.earliest)) for day in range(coarse.earliest, coarse.latest + 1)]
    medians = {median(later - earlier for earlier, later in pairwise(one)) for one in days}
    assert (min(medians), max(medians)) == (333.5, 365)
    assert Series("", tuple(visits), tuple(find_gaps(visits))).median == (183, 484)


def test_the_last_to_leave_is_named_where_absence_is_counted(a_visit):
    dates = ["2001-01-01/2001-01-31", "2001-01-10/2001-01-11", "2001-02-01"]
    visits = [a_visit(date, id=f"v{number}") for number, date in enumerate(dates)]
    assert [gap.earlier.id for gap in find_gaps(visits, "arrivals")] == ["v0", "v1"]
    assert [(gap.earlier.id, gap.rivals) for gap in find_gaps(visits, "absence")] == [("v0", ()), ("v0", ())]


def test_a_visit_may_stand_in_several_series(a_visit):
    one = find_series([a_visit("2001"), a_visit("2003", id="b")], lambda _: ("x", "y"))
    assert [(series.name, len(series.gaps)) for series in one] == [("x", 1), ("y", 1)]
