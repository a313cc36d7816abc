"""Dates as sources give them: what is read, what is refused, and what lies between two of them."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.dates import (
    NEVER_AFTER,
    NEVER_BEFORE,
    Calendar,
    DateError,
    calendar,
    day_after,
    duration_text,
    full_years,
    iso,
    lasts,
    parse_day,
    parse_duration,
    parse_period,
    parse_when,
    rough_text,
)
from timeline.text import date_text

DAYS = st.dates(date(1583, 1, 1), date(9998, 12, 31))


def day(text):
    return date.fromisoformat(text).toordinal()


def spans(when):
    """The first and last possible start, the first and last possible end, as text."""
    return [iso(d) for d in (*when.start, *when.end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1958-02-14", ["1958-02-14", "1958-02-14", "1958-02-14", None], id="a day, of unknown end"),
        pytest.param("2011-10", ["2011-10-01", "2011-10-31", "2011-10-01", None], id="one unknown day of a month"),
        pytest.param("2011", ["2011-01-01", "2011-12-31", "2011-01-01", None], id="one unknown day of a year"),
        pytest.param("2012-02", ["2012-02-01", "2012-02-29", "2012-02-01", None], id="a leap February"),
        pytest.param("2009-10-04/2009-10-06", ["2009-10-04"] * 2 + ["2009-10-06"] * 2, id="three known days"),
        pytest.param("2018-04-03/2018-04-03", ["2018-04-03"] * 4, id="a visit of one day"),
        pytest.param("2011-10-23/..", ["2011-10-23", "2011-10-23", "2011-10-23", None], id="an open end"),
        pytest.param("../2011", [None, "2011-12-31", "2011-01-01", "2011-12-31"], id="an open start"),
        pytest.param("2011-10/2011-10", ["2011-10-01", "2011-10-31"] * 2, id="both ends in a month"),
        pytest.param(
            "2011/2011-03",
            ["2011-01-01", "2011-03-31", "2011-03-01", "2011-03-31"],
            id="the end narrows the start",
        ),
        pytest.param("[2011-01-05, 2011-03]", ["2011-01-05", "2011-03-31", "2011-01-05", None], id="one of two"),
        pytest.param(
            "[2011-01-05/2011-01-07, 2012-01-05/2012-01-06]",
            ["2011-01-05", "2012-01-05", "2011-01-07", "2012-01-06"],
            id="one of two journeys",
        ),
        pytest.param("9999-12-31", ["9999-12-31", "9999-12-31", "9999-12-31", None], id="the last day there is"),
        pytest.param("1583", ["1583-01-01", "1583-12-31", "1583-01-01", None], id="the first year there is"),
    ],
)
def test_what_a_date_may_mean(text, expected):
    when = parse_when(text)
    assert spans(when) == expected
    assert when.text == text


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2011~", True, False),
        ("2011?", False, True),
        ("2011-10%", True, True),
        ("2011~/2012", True, False),
        ("[2011, 2012?]", False, True),
        ("2011", False, False),
    ],
)
def test_marks_are_kept_and_change_no_span(text, approximate, uncertain):
    when = parse_when(text)
    assert (when.text, when.approximate, when.uncertain) == (text, approximate, uncertain)
    assert spans(when) == spans(parse_when(text.replace("~", "").replace("?", "").replace("%", "")))


GENERIC = "write 2011, 2011-10, 2011-10-23 or 2011-10-23/2011-10-25"
REFUSED = [
    ("2011-02-30", "date-impossible", "write 2011-02 if only the month is known"),
    ("2011-13", "date-impossible", "write 2011 if only the year is known"),
    ("2100-02-29", "date-impossible", "write 2100-02 if only the month is known"),
    ("10/11/2011", "date-format", "write the year first, with hyphens: 2011-10-23"),
    ("2011/10/23", "date-format", "write 2011-10-23"),
    ("2011/10", "date-format", "write 2011-10"),
    ("2011/2/30", "date-impossible", "write 2011-02 if only the month is known"),
    ("23-25 October 2011", "date-format", "write 2011-10-23/2011-10-25"),
    ("October 23–25, 2011", "date-format", "write 2011-10-23/2011-10-25"),
    ("23 Oct. 2011", "date-format", "write 2011-10-23"),
    ("31 September 2011", "date-impossible", "write 2011-09 if only the month is known"),
    ("25-23 October 2011", "date-reversed", "write 2011-10-23/2011-10-25 if the two were swapped"),
    ("2011-1-2", "date-format", "write 2011-01-02"),
    ("2011-10-23T10:00", "date-format", "write 2011-10-23"),
    ("2011-10-23 20:11", "date-format", "write 2011-10-23"),
    ("2011.10.23", "date-format", "write 2011-10-23"),
    ("2011‐10‐23", "date-format", "write 2011-10-23"),
    ("20111023", "date-format", "write 2011-10-23"),
    ("20111323", "date-impossible", "write 2011 if only the year is known"),
    ("2011-10-23 - 2011-10-25", "date-format", "write 2011-10-23/2011-10-25"),
    ("2011-10-23 to 25", "date-format", "write 2011-10-23/2011-10-25"),
    ("2011-10-23–25", "date-format", "write 2011-10-23/2011-10-25"),
    ("2011-10-23/25", "date-format", "write 2011-10-23/2011-10-25"),
    ("2011-10-23/2011-10-24/2011-10-25", "date-format", "write 2011-10-23/2011-10-25"),
    ("2011-10-23 ", "date-format", "write 2011-10-23"),
    ("October 2011", "date-format", "write 2011-10"),
    ("Ma 2011", "date-format", GENERIC),
    ("c. 2011", "date-format", "write 2011~"),
    ("about 2011-10", "date-format", "write 2011-10~"),
    ("2011~-10", "date-format", "write 2011-10~"),
    ("1582-12-31", "date-too-early", "leave the event out, or date it in the Gregorian calendar"),
    ("2011-10-25/2011-10-23", "date-reversed", "write 2011-10-23/2011-10-25 if the two were swapped"),
    ("2011-10-23/", "date-format", "write 2011-10-23/.. if it is open"),
    ("/2011", "date-format", "write ../2011 if it is open"),
    ("../..", "date-format", "give at least one end"),
    ("[2011]", "date-format", "write the date alone, or both dates as [A, B]"),
    (" ", "date-format", "write 2011, 2011-10 or 2011-10-23"),
]


@pytest.mark.parametrize(("text", "name", "remedy"), REFUSED, ids=[text for text, *_ in REFUSED])
def test_nothing_is_guessed(text, name, remedy):
    with pytest.raises(DateError) as caught:
        parse_when(text)
    assert (caught.value.name, caught.value.remedy) == (name, remedy)


@pytest.mark.parametrize(
    "text",
    [
        "..",
        "today",
        "2011-W10",
        "12011",
        "-2011",
        "２０１１",
        "2011~?",
        "[2011, 2012",
        "2011]",
        "5 Ma 2011",
        "2011-10-23\n",
        " 2011",
        "2011T",
        "~",
        "٢٠١١",
    ],
)
def test_what_is_no_date_at_all_is_refused(text):
    with pytest.raises(DateError) as caught:
        parse_when(text)
    assert caught.value.remedy


@given(
    st.text(max_size=24)
    | st.from_regex(r"\A[0-9./\[\], ~?%-]{1,24}\Z")
    | st.from_regex(r"\A\d{1,2} [A-Z][a-z]{2,8} \d{4}\Z")
)
def test_any_text_is_a_date_or_a_date_error(text):
    try:
        when = parse_when(text)
    except DateError:
        return
    assert when.start.earliest <= when.start.latest
    assert when.end.earliest <= when.end.latest
    assert when.start.earliest <= when.end.earliest
    assert date_text(when)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2009-10", "2009-10-01", "2009-10-31"),
        ("2009-10-04", "2009-10-04", "2009-10-04"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("1990..2010", "1990-01-01", "2010-12-31"),
        ("1990s..2010-06", "1990-01-01", "2010-06-30"),
        ("1990..", "1990-01-01", None),
        ("..2010", None, "2010-12-31"),
    ],
)
def test_a_period_at_the_prompt(text, first, last):
    assert [iso(d) for d in parse_period(text)] == [first, last]


@pytest.mark.parametrize(
    "text", ["..", "2010..1990", "2009~", "10/2009", "199s", "", "2009-13", "spring 2009", "1990...2000"]
)
def test_a_period_is_never_guessed(text):
    with pytest.raises(DateError):
        parse_period(text)


@pytest.mark.parametrize("text", ["2009", "2009-10", "2009-10-04~", "2009-10-04/2009-10-06", "yesterday"])
def test_a_day_is_exact_or_refused(text):
    with pytest.raises(DateError):
        parse_day(text)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        pytest.param("2009-10-04", "2025-10-09", "16y 0m 5d", id="Wen to Li"),
        pytest.param("2005-10-28", "2019-06-20", "13y 7m 23d", id="Hu to Xi"),
        pytest.param("1958-02-21", "1970-04-05", "12y 1m 15d", id="across a short February"),
        pytest.param("2016-02-29", "2017-02-28", "1y 0m 0d", id="29 February plus a year is 28 February"),
        pytest.param("2016-02-29", "2020-02-29", "4y 0m 0d", id="29 February to the next one"),
        pytest.param("2012-02-29", "2020-02-28", "7y 11m 30d", id="a day short of eight years after 29 February"),
        pytest.param("2012-02-29", "2020-02-29", "8y 0m 0d", id="eight years after 29 February"),
        pytest.param("2012-02-28", "2016-02-29", "4y 0m 1d", id="28 February to a 29th"),
        pytest.param("2016-02-28", "2017-02-28", "1y 0m 0d", id="28 February to 28 February"),
        pytest.param("2020-01-31", "2020-02-29", "1m 0d", id="31 January plus a month is the last of February"),
        pytest.param("2020-01-31", "2020-02-28", "28d", id="and the day before is not yet a month"),
        pytest.param("2009-12-31", "2010-01-01", "1d", id="a new year is no year"),
        pytest.param("2015-11-01", "2019-06-01", "3y 7m 0d", id="three years and seven months are not four years"),
        pytest.param("2009-10-04", "2009-10-04", "0d", id="none"),
    ],
)
def test_durations_as_people_write_them(start, end, text):
    assert duration_text(day(start), day(end)) == text


def test_rough_durations_leave_the_days_out():
    assert rough_text(day("2005-10-28"), day("2019-06-20")) == "13y 7m"
    assert rough_text(day("2005-10-28"), day("2006-06-20")) == "7m"
    assert rough_text(day("2005-10-28"), day("2005-11-20")) == "23d"


@given(DAYS, DAYS)
@example(date(2016, 2, 29), date(2017, 2, 28))
@example(date(2016, 2, 29), date(2017, 3, 1))
@example(date(1583, 1, 1), date(9998, 12, 31))
def test_start_plus_duration_is_the_end(one, other):
    start, end = sorted((one, other))
    years, months, days = calendar(start.toordinal(), end.toordinal())
    assert start + relativedelta(years=years, months=months, days=days) == end
    assert relativedelta(end, start) == relativedelta(years=years, months=months, days=days)
    assert min(years, months, days) >= 0
    assert months < 12
    assert days < 31
    assert full_years(start.toordinal(), end.toordinal()) == years
    assert lasts(start.toordinal(), end.toordinal(), Calendar(years, months, days))
    assert not lasts(start.toordinal(), end.toordinal(), Calendar(years, months, days + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16y", (16, 0, 0)),
        ("2y 6m", (2, 6, 0)),
        ("90d", (0, 0, 90)),
        ("16 years", (16, 0, 0)),
        ("1 year 6 months", (1, 6, 0)),
        ("2 weeks 1 day", (0, 0, 15)),
        ("3w", (0, 0, 21)),
        ("1y2m3w4d", (1, 2, 25)),
        (" 5y ", (5, 0, 0)),
    ],
)
def test_a_duration_at_the_prompt(text, expected):
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "y", "5", "2y 6", "90 days 2 years", "16 yards", "-2y", "1.5y", "6m 2y", "1e9y"]
)
def test_a_duration_is_never_guessed(text):
    with pytest.raises(DateError):
        parse_duration(text)


def test_no_stretch_lasts_longer_than_the_calendar():
    assert not lasts(day("2000-01-01"), day("9999-12-31"), parse_duration("99999999999999y"))


def test_some_months_later_stay_in_the_calendar():
    assert iso(day_after(day("2016-02-29"), 12)) == "2017-02-28"
    assert day_after(day("9999-12-31"), 1) == NEVER_AFTER
    assert day_after(day("2000-01-01"), -12 * 3000) == NEVER_BEFORE


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2011-10-23", "day"),
        ("2011-10", "month"),
        ("2011", "year"),
        ("2011/2012", "year"),
        ("[2011, 2013]", "range"),
        ("../2011", "range"),
        ("[2011-10-01, 2011-10-03]", "month"),
    ],
)
def test_how_exactly_a_start_is_known(text, precision):
    assert parse_when(text).precision == precision


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2009-10-04/2009-10-06", "4–6 Oct 2009"),
        ("2009-10-30/2009-11-02", "30 Oct – 2 Nov 2009"),
        ("2009-12-30/2010-01-02", "30 Dec 2009 – 2 Jan 2010"),
        ("2018-04-03/2018-04-03", "3 Apr 2018"),
        ("2018-04-03", "3 Apr 2018"),
        ("1978-10", "Oct 1978"),
        ("1964~", "about 1964"),
        ("1964-05?", "May 1964?"),
        ("1964-05-02%", "about 2 May 1964?"),
        ("2009-10-04~/2009-10-06~", "about 4–6 Oct 2009"),
        ("2009-10-04~/2009-10-06", "about 4 Oct 2009 – 6 Oct 2009"),
        ("2009-10-04/2009-10-06?", "4 Oct 2009 – 6 Oct 2009?"),
        ("2009?/2010~", "2009? – about 2010"),
        ("2009/2009", "2009"),
        ("2001-10-01/2001-10-31", "1–31 Oct 2001"),
        ("2001-10-01~/2001-10-31~", "about 1–31 Oct 2001"),
        ("2002-01-01/2002-12-31", "1 Jan – 31 Dec 2002"),
        ("[2001-10-01/2001-10-31, 2001-11]", "1–31 Oct 2001 or Nov 2001"),
        ("2009-10-04~/..", "from about 4 Oct 2009"),
        ("../2009?", "until 2009?"),
        ("2009-10-04/..", "from 4 Oct 2009"),
        ("../2009-10", "until Oct 2009"),
        ("1975-04/1975-05-02", "Apr 1975 – 2 May 1975"),
        ("[2001-05-09, 2001-05-10]", "9 or 10 May 2001"),
        ("[2001-05-30, 2001-06-01]", "30 May 2001 or 1 Jun 2001"),
        ("[2001-05, 2002]", "May 2001 or 2002"),
        ("[2001-05-09, 2001-05-09, 2001-05-10]", "9 or 10 May 2001"),
        ("[2001-05-09~, 2001-05-10]", "about 9 May 2001 or 10 May 2001"),
        ("[2001-05-09/2001-05-11, 2001-05-10]", "9–11 May 2001 or 10 May 2001"),
        ("[2001-02-03/2001-02-05, 2002~]", "3–5 Feb 2001 or about 2002"),
        ("[2001-02-03/.., ../2002]", "from 3 Feb 2001 or until 2002"),
        ("[2001, 2002, 2003?]", "2001, 2002 or 2003?"),
        ("9999", "9999"),
        ("9999-12", "Dec 9999"),
        ("9999-12-31", "31 Dec 9999"),
    ],
)
def test_dates_for_people(text, words):
    assert date_text(parse_when(text)) == words
