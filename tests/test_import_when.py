"""Dates as other people write them: every form, and every kind of dirt."""

import pytest

from timeline.importing.languages import AROUND, month_of
from timeline.importing.parts import from_parts
from timeline.importing.stay import journey, length, swapped
from timeline.importing.when import Order, WhenError, is_unknown, read_date
from timeline.vocabulary import listed, rows

DMY, MDY = Order("dmy"), Order("mdy")
TWO = Order("dmy", (1950, 2049))


@pytest.mark.parametrize(
    ("text", "how", "start", "end", "form"),
    [
        pytest.param("2019-06-20", Order(), "2019-06-20", "", "YYYY-MM-DD", id="ISO"),
        pytest.param("2019-06", Order(), "2019-06", "", "YYYY-MM", id="a month stays a month"),
        pytest.param("1990", Order(), "1990", "", "YYYY", id="a year stays a year"),
        pytest.param("2019-6-2", Order(), "2019-06-02", "", "YYYY-M-D", id="zeros lacking"),
        pytest.param("2019/6/20", Order(), "2019-06-20", "", "YYYY/M/D", id="slashes, year first"),
        pytest.param("2019.06.20", Order(), "2019-06-20", "", "YYYY.M.D", id="points, year first"),
        pytest.param("20190620", Order(), "2019-06-20", "", "YYYYMMDD", id="no marks at all"),
        pytest.param("2019-06-20T23:10:00Z", Order(), "2019-06-20", "", "YYYY-MM-DD with a time", id="a time behind it"),
        pytest.param("2019-06-20 00:00", Order(), "2019-06-20", "", "YYYY-MM-DD with a time", id="a workbook's midnight"),
        pytest.param("29.6.1998", DMY, "1998-06-29", "", "D.M.YYYY", id="day first, declared"),
        pytest.param("6/29/1998", MDY, "1998-06-29", "", "M/D/YYYY", id="month first, declared"),
        pytest.param("29/6/1998", Order(), "1998-06-29", "", "D/M/YYYY", id="only one order is possible: day first"),
        pytest.param("6-29-1998", Order(), "1998-06-29", "", "M-D-YYYY", id="only one order is possible: month first"),
        pytest.param("5/5/1998", Order(), "1998-05-05", "", "D/M/YYYY", id="both orders say the same"),
        pytest.param("3.4.45", TWO, "2045-04-03", "", "D.M.YY", id="two digits at the end of the window"),
        pytest.param("3.4.50", TWO, "1950-04-03", "", "D.M.YY", id="two digits at its begin"),
        pytest.param("29 June 1998", Order(), "1998-06-29", "", "D Month YYYY", id="words"),
        pytest.param("29th Jun. 1998", Order(), "1998-06-29", "", "D Month YYYY", id="words, shortened"),
        pytest.param("29-Jun-98", TWO, "1998-06-29", "", "D Month YYYY", id="as spreadsheets write"),
        pytest.param("June 29, 1998", Order(), "1998-06-29", "", "Month D, YYYY", id="American words"),
        pytest.param("Sept 1998", Order(), "1998-09", "", "Month YYYY", id="a month in words"),
        pytest.param("23-25 October 2011", Order(), "2011-10-23", "2011-10-25", "D–D Month YYYY", id="two days of a month"),
        pytest.param("3 and 4 November 2015", Order(), "2015-11-03", "2015-11-04", "D and D Month YYYY", id="two days that follow each other"),
        pytest.param("13/14 September 2020", Order(), "2020-09-13", "2020-09-14", "D and D Month YYYY", id="the same with a stroke"),
        pytest.param("3 et 4 novembre 2015", Order(), "2015-11-03", "2015-11-04", "D and D Month YYYY, in French", id="the same in French"),
        pytest.param("October 23–25, 2011", Order(), "2011-10-23", "2011-10-25", "Month D–D, YYYY", id="the same, American"),
        pytest.param("30 October - 2 November 2011", Order(), "2011-10-30", "2011-11-02", "D Month – D Month YYYY", id="over a month's end"),
        pytest.param("2011-10-30/2011-11-02", Order(), "2011-10-30", "2011-11-02", "YYYY-MM-DD/YYYY-MM-DD", id="an interval"),
        pytest.param("2004?", Order(), "2004?", "", "as a store writes it", id="a doubt stays a doubt"),
        pytest.param("c. 1990", Order(), "1990~", "", "about a date", id="about"),
        pytest.param("5/2005", Order(), "2005-05", "", "MM/YYYY", id="a month in numbers"),
        pytest.param("05.2005", Order(), "2005-05", "", "MM.YYYY", id="the same, German"),
        pytest.param("14-16.10.2014", Order(), "2014-10-14", "2014-10-16", "D–D.M.YYYY", id="two days of a month in numbers"),
        pytest.param("14.-16.10.14", TWO, "2014-10-14", "2014-10-16", "D–D.M.YYYY", id="with stops and two digits"),
        pytest.param("29.9. - 2.10.2014", DMY, "2014-09-29", "2014-10-02", "D.M.YYYY – D.M.YYYY", id="over a month's end in numbers"),
        pytest.param("14.9.2014 - 16.9.2014", Order(), "2014-09-14", "2014-09-16", "D.M.YYYY – D.M.YYYY", id="two whole dates"),
        pytest.param("9/14/2014 to 9/16/2014", Order(), "2014-09-14", "2014-09-16", "M/D/YYYY – M/D/YYYY", id="two American ones"),
        pytest.param("14.10.14-16.10.14", TWO, "2014-10-14", "2014-10-16", "D.M.YY – D.M.YY", id="two with a hyphen"),
        pytest.param("Sep 30 - Oct 2, 2014", Order(), "2014-09-30", "2014-10-02", "Month D – Month D, YYYY", id="over a month's end, American"),
        pytest.param("3.IV.2005", Order(), "2005-04-03", "", "D.MonthInRoman.YYYY", id="a Roman month"),
        pytest.param("Tuesday, 14 October 2014", Order(), "2014-10-14", "", "with a day of the week", id="the right day of the week"),
        pytest.param("14. Oct 2014", Order(), "2014-10-14", "", "D Month YYYY", id="a stop behind the day"),
        pytest.param("10/14/2014 0:00", Order(), "2014-10-14", "", "M/D/YYYY", id="a spreadsheet's midnight"),
        pytest.param("2014年10月14日", Order(), "2014-10-14", "", "年月日", id="Chinese"),
        pytest.param("3 novembre 2014", Order(), "2014-11-03", "", "D Month YYYY, in French or Italian", id="words that two languages have"),
        pytest.param("du 3 au 5 novembre 2014", Order(), "2014-11-03", "2014-11-05", "D–D Month YYYY, in French", id="French days"),
        pytest.param("1er août 2013", Order(), "2013-08-01", "", "D Month YYYY, in French", id="the first, in French"),
        pytest.param("Du 30 mars au 2 avril 2018", Order(), "2018-03-30", "2018-04-02", "D Month – D Month YYYY, in French", id="over a month's end, in French"),
        pytest.param("3.-5. März 2014", Order(), "2014-03-03", "2014-03-05", "D–D Month YYYY, in German", id="German days"),
        pytest.param("vom 3. bis zum 5. Mai 2014", Order(), "2014-05-03", "2014-05-05", "D–D Month YYYY, in German", id="German days in words"),
        pytest.param("del 3 al 5 de enero de 2014", Order(), "2014-01-03", "2014-01-05", "D–D Month YYYY, in Spanish", id="Spanish days"),
        pytest.param("3 a 5 de março de 2014", Order(), "2014-03-03", "2014-03-05", "D–D Month YYYY, in Portuguese", id="Portuguese days"),
        pytest.param("3 июля 2014 г.", Order(), "2014-07-03", "", "D Month YYYY, in Russian", id="a Russian day"),
        pytest.param("gennaio 2014", Order(), "2014-01", "", "Month YYYY, in Italian", id="an Italian month"),
        pytest.param("2014년 10월", Order(), "2014-10", "", "年月日", id="a Korean month"),
        pytest.param("~2005", Order(), "2005~", "", "about a date", id="about, by a sign"),
        pytest.param("ca. May 2005", Order(), "2005-05~", "", "about a date", id="about a month"),
        pytest.param("May 2005 (?)", Order(), "2005-05?", "", "a date in doubt", id="in doubt"),
        pytest.param("1905-06-27 or 2005", Order(first=1990, last=2025), "2005", "", "a day or a year, by the years that are declared", id="a year with the form of a date"),
        pytest.param("1905-06-27 or 2005", Order(last=1945), "1905-06-27", "", "a day or a year, by the years that are declared", id="a day of 1905"),
        pytest.param("36526", Order(epoch=1900), "2000-01-01", "", "number of days from 1900", id="a workbook's number"),
        pytest.param("35064", Order(epoch=1904), "2000-01-01", "", "number of days from 1904", id="of an old Macintosh"),
        pytest.param("61000", Order(epoch=1900), "2067-01-03", "", "number of days from 1900", id="after the 29 February that never was"),
    ],
)  # fmt: skip
def test_a_form(text, how, start, end, form):
    assert read_date(text, how) == (start, end, form, ())


@pytest.mark.parametrize(
    ("text", "start", "repairs"),
    [
        pytest.param("1998-06-29.", "1998-06-29", ("'.' behind it",), id="a full stop behind it"),
        pytest.param(" 1998-06-29\u00a0", "1998-06-29", ("blanks around it",), id="blanks, one of them unbreakable"),
        pytest.param("1998-06-29 ,", "1998-06-29", ("',' behind it",), id="a comma"),
        pytest.param("'2014-08-03", "2014-08-03", ("the apostrophe before it",), id="what a spreadsheet keeps as text"),
        pytest.param("2005.0", "2005", ("'.0' behind a whole number",), id="a year that a program took for a measure"),
    ],
)
def test_repairs_lose_nothing_and_are_told(text, start, repairs):
    assert read_date(text)[0::3] == (start, repairs)


@pytest.mark.parametrize(
    ("text", "how", "name", "why"),
    [
        pytest.param("1966-09-37", Order(), "date-impossible", "September 1966 has 30 days", id="no such day"),
        pytest.param("1966-13-01", Order(), "date-impossible", "no month 13", id="no such month"),
        pytest.param("1990-05-00", Order(), "date-impossible", "May 1990 has 31 days", id="day nought"),
        pytest.param("2?-04-1945", Order(), "date-unreadable", "no form", id="a digit in doubt"),
        pytest.param("5008-05-05", Order(last=2030), "date-outside", "1583 to 2030", id="a year far ahead"),
        pytest.param("0208-05-05", Order(), "date-too-early", "before 1583", id="a year far back"),
        pytest.param("03/04/2015", Order(), "date-ambiguous", "2015-04-03 or 2015-03-04", id="two readings"),
        pytest.param("05/25/2010", DMY, "date-order", "only mdy", id="against the order declared"),
        pytest.param("31/31/2010", DMY, "date-impossible", "no month 31", id="in no order"),
        pytest.param("0.0.2017", Order(), "date-impossible", "'0.0.2017': 2017-00-00 does not exist", id="noughts"),
        pytest.param("13/2005", Order(), "date-impossible", "'13/2005': 2005-13 does not exist", id="no such month, in numbers"),
        pytest.param("3.9.2014 - 5.9.2014", Order(), "date-ambiguous", "2014-09-03 or 2014-03-09", id="two dates of two readings"),
        pytest.param("5-6/10/2014", MDY, "date-order", "only dmy", id="days before the month, against the order declared"),
        pytest.param("2005-2006", Order(), "date-years", "a stay from 2005 to 2006, or one in either year", id="two years"),
        pytest.param("c. 3/4/2015", Order(), "date-ambiguous", "2015-04-03 or 2015-03-04", id="about two readings"),
        pytest.param("Wed 14 October 2014", Order(), "date-weekday", "2014-10-14 is a Tuesday", id="the wrong day of the week"),
        pytest.param("before 2005", Order(), "date-unreadable", "no form", id="an open end in words"),
        pytest.param("1905-06-27 or 2005", Order(), "date-or-year", "the day 1905-06-27, or the year 2005", id="a day of 1905 or a year"),
        pytest.param("3.4.45", DMY, "date-two-digits", "declare the hundred years", id="two digits undeclared"),
        pytest.param("36526", Order(), "date-serial", "2000-01-01 from 1900, 2004-01-02 from 1904", id="a number undeclared"),
        pytest.param("1990s", Order(), "date-unreadable", "no form", id="a decade"),
        pytest.param("Spring 1990", Order(), "date-unreadable", "no form", id="a season"),
        pytest.param("30 February 1990", Order(), "date-impossible", "February 1990 has 28 days", id="no such day, in words"),
        pytest.param("2011-10-30/2011-10-02", Order(), "date-reversed", "ends before it starts", id="an interval back"),
        pytest.param("25-23 October 2011", Order(), "date-reversed", "ends before it starts", id="days back"),
        pytest.param("Jun", Order(), "date-unreadable", "no form", id="a month without a year"),
        pytest.param("3 mai 2014 ou 5 mai 2014", Order(), "date-unreadable", "no form", id="a word that no date has"),
        pytest.param("31 novembre 2014", Order(), "date-impossible", "November 2014 has 30 days", id="no such day, in French"),
        pytest.param("3 et 7 novembre 2014", Order(), "date-days", "may be two visits", id="two days apart"),
        pytest.param("le 3/4/2014", Order(), "date-unreadable", "no form", id="no month in words"),
        pytest.param("second week of May 1990", Order(), "date-unreadable", "no form", id="a sentence"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(text, how, name, why):
    with pytest.raises(WhenError) as raised:
        read_date(text, how)
    assert raised.value.name == name
    assert why in str(raised.value)


@pytest.mark.parametrize("text", ["", "  ", "TBD", "tba", "N/A", "?", "-", "unknown", "\u00a0"])
def test_what_says_that_nothing_is_known(text):
    assert is_unknown(text)


@pytest.mark.parametrize(
    ("start", "end", "days", "expected"),
    [
        pytest.param("2001-09-04", "", None, "2001-09-04", id="an unknown end stays unknown"),
        pytest.param("2001-09-04", "2001-09-04", None, "2001-09-04/2001-09-04", id="one day"),
        pytest.param("2005-10-28", "", 2, "2005-10-28/2005-10-29", id="an end by the number of days"),
        pytest.param("1990", "", 2, "1990", id="days of an unknown start say nothing of the end"),
        pytest.param("2019-06-28", "2019-07", None, "2019-06-28/2019-07", id="an end known to the month"),
    ],
)
def test_a_journey(start, end, days, expected):
    assert journey(start, end, days) == expected


def test_parts_in_columns_of_their_own():
    assert from_parts("2019", "6", "", Order()).start == "2019-06"
    assert from_parts("2019", "June", "2", Order()).start == "2019-06-02"
    assert from_parts("2019", "", "", Order()).start == "2019"
    assert from_parts("2019.0", "6.0", "2.0", Order()).start == "2019-06-02"
    assert from_parts("2019", "août", "2", Order()).start == "2019-08-02"
    assert from_parts("2019", "déc.", "2", Order()).start == "2019-12-02"
    with pytest.raises(WhenError, match="without a month"):
        from_parts("2019", "", "3", Order())


def test_a_name_of_a_month_is_one_in_all_languages():
    named = [(name, int(row["month"])) for row in rows("months.csv") for name in listed(row["names"])]
    assert [name for name, month in named if month_of(name) != month] == []
    assert {row["language"] for row in rows("months.csv")} == set(AROUND)


def test_month_and_day_swapped():
    assert swapped("2015-03-04") == "2015-04-03"
    assert (swapped("2015-03-14"), swapped("2015-03-03"), swapped("2015-03")) == ("", "", "")
    assert (length("2015-03-03", "2015-03-04"), length("2015-03", "2015-03-04")) == (2, None)
