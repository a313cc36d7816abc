"""What `timeline check` looks for: each check on a record that it objects to and on one that it must not; how checks are chosen, silenced and told."""

import json
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.checks import CHECKS, SEVERITIES, counted_twice, find_problems
from timeline.checks.words import explained
from timeline.dates import Span, parse_when
from timeline.doubles import doubles
from timeline.model import Event, Origin, Person, Store
from timeline.store import load_text
from timeline.tenures import SHARED, bearers, in_common, inexact_of, name_keys, tenures
from timeline.vocabulary import listed, rows, shipped

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
TODAY = parse_when("2026-07-15").start.earliest
SCHEMAS = HERE / "samples" / "sarif"
RECORDS = [path for path in (ROOT / "events.yaml", *sorted((ROOT / "records").glob("*.yaml"))) if path.exists()]
LAST = parse_when("2025-12-31").start  # on which the table of tenures was written
SOURCED = "  sources: [{title: T, url: 'https://news.org/a'}, {title: U, url: 'https://paper.org/b'}]\n"


def visit(date, name="Somebody", *, id_="", visitor="china", host="north-korea", offices="minister", more=""):
    id_ = id_ or f"{visitor}-{host}-{re.sub('[^0-9]+', '-', date).strip('-')}"
    held = f", offices: [{offices}]" if offices else ""
    return f"- id: {id_}\n  date: {date}\n  visitor: {visitor}\n  host: {host}\n  people: [{{name: {name}{held}}}]\n{more}{SOURCED if 'sources' not in more else ''}"


def treaty(date, title, *, id_="a", actors="china, north-korea"):
    return f"- id: {id_}\n  date: {date}\n  type: treaty\n  title: {title}\n  actors: [{actors}]\n{SOURCED}"


def found(text, *names, as_of=TODAY):
    """The problems of a record of events, as (check, id), of the checks named."""
    store = load_text(f"timeline: 1\n{'events:' if text.startswith('- ') else ''}\n{text}")
    return [
        (p.name, p.excerpt.removeprefix("- id: ")) for p in find_problems(store, as_of) if not names or p.name in names
    ]


@pytest.mark.parametrize(
    ("name", "events"),
    [
        pytest.param("order", [visit("2004"), visit("2001")], id="order"),
        pytest.param("future", [visit("2062-06-20")], id="a year that has not come"),
        pytest.param("ids", [visit("2019-06-20", id_="xi-pyongyang-2018-06")], id="another year in the id"),
        pytest.param("ids", [visit("2019-06-20", id_="xi-pyongyang-2019-05")], id="another month in the id"),
        pytest.param("ids", [visit("2019-06-20", id_="xi-pyongyang-2019-06-3")], id="numbered without the one before"),
        pytest.param("duplicates", [visit("2019-06-20/2019-06-21"), visit("2019-06-21/2019-06-22")], id="overlapping dates"),
        pytest.param("duplicates", [visit("2019-06"), visit("2019-06-20/2019-06-21")], id="a month and a day in it"),
        pytest.param("duplicates", [visit("2019-06-20"), visit("2019-06-23")], id="days that sources may differ by"),
        pytest.param("duplicates", [visit("2019-06-20", "Abe Shinzo"), visit("2019-06-21", "Shinzo Abe")], id="the name the other way round"),
        pytest.param("duplicates", [treaty("2019-06-20", "A Treaty"), treaty("2019-06-22", "a treaty", id_="b")], id="one title"),
        pytest.param("twice", [visit("2019-06-20", more="  met: [Kim Jong Un, Ri Sol Ju, Kim Jong Un]\n")], id="received twice by one"),
        pytest.param("overlap", [visit("2019-06-05/2019-06-08", host="russia"), visit("2019-06-06/2019-06-07", host="japan")], id="two countries at once"),
        pytest.param("overlap", [visit("2019-06-05/2019-06-08", host="russia"), visit("2019-06-06", host="japan")], id="a day within a journey"),
        pytest.param("successions", [visit("1995", visitor="soviet-union")], id="a state that was no more"),
        pytest.param("tenures", [visit("2008-06-17", "Xi Jinping", offices="president")], id="vice-president entered as president"),
        pytest.param("tenures", [visit("2005-01", "Jiang Zemin", offices="president")], id="after the time in office"),
        pytest.param("tenures", [visit("2024-12-10", "Donald Trump", visitor="united-states", offices="president")], id="president elect"),
        pytest.param("holders", [visit("2015", "Zhang Gaoli", offices="premier")], id="somebody else was premier"),
        pytest.param("other-offices", [visit("2019", "Xi Jinping", offices="general-secretary, military-commission-chairman")], id="president too"),
        pytest.param("other-offices", [visit("2019", "Xi Jinping", offices="general-secretary, president")], id="chairman of the military commission too"),
        pytest.param("no-office", [visit("2019", offices="")], id="no office"),
        pytest.param("unsourced", [visit("2019", more="  sources: []\n")], id="no source"),
        pytest.param("single-source", [visit("2019", more="  sources: [{title: T}]\n")], id="one source"),
        pytest.param("recalled", [visit("2019", more="  support: recalled\n")], id="from memory"),
        pytest.param("conflicting", [visit("2019", more="  support: conflicting\n")], id="sources disagree"),
        pytest.param("urls", [visit("2019", more="  sources: [{url: 'https://localhost/x'}]\n")], id="localhost"),
        pytest.param("urls", [visit("2019", more="  sources: [{url: 'https://news.org/a b'}]\n")], id="a blank"),
        pytest.param("urls", [visit("2019", more="  sources: [{url: 'https://example.com/a'}]\n")], id="an example"),
        pytest.param("urls", [visit("2019", more="  sources: [{url: 'https://www.reuters.com/'}]\n")], id="a front page"),
        pytest.param("no-url", [visit("2019", more="  sources: [{title: A book}]\n")], id="no address"),
        pytest.param("tracking", [visit("2019", more="  sources: [{url: 'https://news.org/a?utm_source=rss'}]\n")], id="a parameter that tracks"),
        pytest.param("precision", [visit("2019-06-20", more="  note: The day was not read.\n")], id="a day that was not read"),
        pytest.param("silenced", [visit("2019", more="  tags: [ok-duplicate]\n")], id="a tag that names no check"),
        pytest.param("silenced", [visit("2019", more="  tags: [ok-duplicates]\n")], id="a tag that silences nothing"),
    ],
)  # fmt: skip
def test_a_check_finds(name, events):
    assert [check for check, _ in found("".join(events), name)] == [name]


@pytest.mark.parametrize(
    ("name", "events"),
    [
        pytest.param("ids", [visit("2019-06-28/2019-07-02", id_="xi-pyongyang-2019-07")], id="the month of the return"),
        pytest.param("ids", [visit("2019", id_="xi-pyongyang-2019-06")], id="an id that says more than the date"),
        pytest.param("ids", [visit("2019-06-01", id_="xi-pyongyang-2019-06"), visit("2019-06-20", id_="xi-pyongyang-2019-06-2")], id="numbered from two"),
        pytest.param("duplicates", [visit("2019-06-01/2019-06-02"), visit("2019-06-04/2019-06-05")], id="journeys known to be apart"),
        pytest.param("duplicates", [visit("2019-06-20"), visit("2019-06-21", "Another")], id="other people"),
        pytest.param("duplicates", [visit("2019-06-20"), visit("2019-06-20", host="japan", id_="b")], id="another direction"),
        pytest.param("duplicates", [visit("2019-06-20"), visit("2019-06-21", more="  kind: transit\n")], id="a transit on the way home"),
        pytest.param("duplicates", [visit("2019"), visit("2019-06-20")], id="a year is too coarse to tell"),
        pytest.param("duplicates", [treaty("2019-06-20", "A Treaty"), treaty("2019-06-20", "Another", id_="b")], id="two treaties of a day"),
        pytest.param("duplicates", [treaty("2019-06-20", "A Treaty"), treaty("2019-06-20", "A Treaty", actors="china, japan", id_="b")], id="treaties with two states"),
        pytest.param("overlap", [visit("2019-06-05/2019-06-08", host="russia"), visit("2019-06-08/2019-06-09", host="japan")], id="on the day of departure"),
        pytest.param("overlap", [visit("2019-06-05/2019-06-08", host="russia"), visit("2019-06-06", host="japan", more="  kind: transit\n")], id="a transit"),
        pytest.param("overlap", [visit("2019-06-05/2019-06-08", host="russia"), visit("2019-06", host="japan")], id="an unknown day"),
        pytest.param("successions", [visit("1991-12-25", visitor="soviet-union")], id="the last day"),
        pytest.param("tenures", [visit("2013-03-14", "Xi Jinping", offices="president")], id="the day of the election"),
        pytest.param("tenures", [visit("2013", "Xi Jinping", offices="president")], id="may have been later in the year"),
        pytest.param("tenures", [visit("1990", "Somebody", visitor="chile", offices="president")], id="a country that the table does not know"),
        pytest.param("holders", [visit("2027", "New Leader", offices="premier")], id="after the table was written"),
        pytest.param("holders", [visit("2013-03-14/2013-03-15", "Somebody", offices="premier")], id="days of change"),
        pytest.param("other-offices", [visit("2013-03-14", "Xi Jinping", offices="general-secretary, military-commission-chairman")], id="on the day itself"),
        pytest.param("unsourced", [visit("2019", more="  support: recalled\n  sources: []\n")], id="recalled without a source"),
        pytest.param("urls", [visit("2019", more="  sources: [{url: 'https://www.reuters.com/?id=1'}]\n")], id="a query"),
        pytest.param("precision", [visit("2019-06-20?", more="  note: The day was not read.\n")], id="marked as uncertain"),
        pytest.param("precision", [visit("2019-06-20", more="  note: The end was not read.\n")], id="the end, of which nothing is said"),
    ],
)  # fmt: skip
def test_a_check_passes_over(name, events):
    assert found("".join(events), name) == []


@pytest.mark.parametrize(
    ("date", "name", "check"),
    [
        pytest.param("2001-05", "Angela Merkel", "tenures", id="before her time"),
        pytest.param("2012-05", "Kurt Meier", "holders", id="while somebody else was it"),
        pytest.param("2012-05", "Angela Merkel", None, id="in her time"),
    ],
)
def test_an_office_of_the_records_own_is_held_against_the_table_by_what_it_implies(date, name, check):
    own = (
        "offices:\n- {id: bundeskanzler, title: Bundeskanzler, ladder: state, level: 80, implies: [premier]}\nevents:\n"
    )
    problems = found(
        own + visit(date, name, visitor="germany", offices="bundeskanzler"), "tenures", "holders", "other-offices"
    )
    assert [told for told, _ in problems] == ([] if check is None else [check])


SPELLED = [
    pytest.param("germany", "Gerhard Schroeder", "Gerhard Schröder", "premier", id="one person's in the table"),
    pytest.param("chile", "Sebastian Pinera", "Sebastián Piñera", "president", id="accents"),
    pytest.param("south-korea", "Kim Dae Jung", "Kim Dae-jung", "president", id="a hyphen"),
    pytest.param("north-korea", "Kim Jong Un", "Kim Jongun", "supreme-leader", id="a given name in one piece"),
    pytest.param("mongolia", "Battulga Khaltmaa", "Khaltmaa Battulga", "president", id="family name first and last"),
    pytest.param("ukraine", "Petro Poroshenko", "Petro Porochenko", "president", id="nearly the same"),
    pytest.param("iceland", "David Oddson", "David Oddsson", "premier", id="nearly the same family name"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "name", "other", "office"), SPELLED)
def test_two_spellings_of_one_person_are_told(state, name, other, office):
    """The one with fewer visits, at the first of them, unless the record declares them one, or the event has a tag."""
    visits = "".join(
        visit(date, who, visitor=state, host="laos", offices=office, id_=id_)
        for date, who, id_ in (("2001", other, "a"), ("2002", name, "b"), ("2003", name, "c"))
    )
    assert found(visits, "spellings") == [("spellings", "a")]
    assert found(f"people:\n- {{name: {name}, aliases: [{other}]}}\nevents:\n{visits}", "spellings") == []
    assert found(visits.replace("  people:", "  tags: [ok-spellings]\n  people:", 1), "spellings") == []


@pytest.mark.parametrize(
    "other", ["Surangel Whipps, Jr", "Surangel Whipps: Jr", "'Surangel Whipps Jr", "Surangel [Whipps] Jr"]
)
def test_the_remedy_for_a_spelling_can_be_pasted(other):
    quoted = json.dumps(other)
    visits = visit("2001", "Surangel Whipps Jr.", visitor="palau", offices="president")
    visits += visit("2002", quoted, visitor="palau", offices="president")
    (problem,) = (
        p for p in find_problems(load_text(f"timeline: 1\nevents:\n{visits}"), TODAY) if p.name == "spellings"
    )
    entry = problem.remedy.removeprefix("declare it under people:, ").partition(", or correct")[0]
    assert found(f"people:\n- {entry}\nevents:\n{visits}", "spellings") == []


@pytest.mark.parametrize(
    ("known", "more"), [("Petro Poroshenko", "Petro Porochenko"), ("Petro Porochenko", "Petro Poroshenko")]
)
def test_a_spelling_of_somebody_declared_is_to_be_added_to_the_aliases(known, more):
    visits = visit("2001", "Petro Poroshenko", visitor="ukraine", offices="president")
    visits += visit("2002", "Petro Porochenko", visitor="ukraine", offices="president")
    declared = load_text(f"timeline: 1\npeople:\n- {{name: {known}}}\nevents:\n{visits}")
    (problem,) = (p for p in find_problems(declared, TODAY) if p.name == "spellings")
    assert problem.remedy.startswith(f"add {more} to the aliases of {known} under people:, or correct it")


def test_two_people_that_the_record_declares_are_no_two_spellings():
    declared = "people:\n- {name: Petro Poroshenko}\n- {name: Petro Porochenko}\nevents:\n"
    visits = visit("2001", "Petro Poroshenko", visitor="ukraine", offices="president")
    visits += visit("2002", "Petro Porochenko", visitor="ukraine", offices="president")
    assert found(declared + visits, "spellings") == []


@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        pytest.param("china", ("Li Keqiang", "premier"), ("Li Qiang", "premier"), id="two in the table"),
        pytest.param("north-korea", ("Kim Yong Su", "minister"), ("Kim Su Yong", "minister"), id="the parts of a given name the other way round"),
        pytest.param("north-korea", ("Kim Jong Il", "supreme-leader"), ("Kim Jong Un", "supreme-leader"), id="father and son"),
        pytest.param("north-korea", ("Ri Myong Su", "minister"), ("Ri Su Yong", "minister"), id="like words at other places"),
        pytest.param("holy-see", ("Paul VI", "pope"), ("Paul VII", "pope"), id="numerals"),
        pytest.param("north-korea", ("Ri Su Yong", "foreign-minister"), ("Ri Yong Su", "foreign-minister"), id="a name of the table in another order"),
        pytest.param("china", ("Wang Chen", "minister"), ("Wang Cheng", "minister"), id="syllables of Chinese"),
        pytest.param("china", ("Delegate 1234", "minister"), ("Delegate 1235", "minister"), id="figures"),
        pytest.param("ukraine", ("Petro Poroshenko", "president"), ("Petro Porochenko", "minister"), id="no office in common"),
        pytest.param("united-states", ("Joseph Kennedy", "vice-minister"), ("John Kennedy", "vice-minister"), id="another given name"),
        pytest.param("north-korea", ("Kim Yong Il (premier)", "premier"), ("Kim Yong Il (WPK)", "premier"), id="told apart in brackets"),
    ],
)  # fmt: skip
def test_two_people_are_no_two_spellings(state, one, other):
    visits = "".join(
        visit(date, name, visitor=state, host="laos", offices=office, id_=id_)
        for date, (name, office), id_ in (("2001", one, "a"), ("2002", other, "b"))
    )
    assert found(visits, "spellings") == []


def test_one_name_in_two_states_is_two_peoples():
    visits = visit("2001", "Petro Poroshenko", visitor="ukraine") + visit("2002", "Petro Porochenko", visitor="russia")
    assert found(visits, "spellings") == []


def test_three_spellings_of_one_person_are_told_of_the_most_used():
    names = ["Benjamin Netanyahu", "Benjamin Netanyahu", "Benyamin Netanyahu", "Binyamin Netanyahu"]
    visits = "".join(
        visit(f"{2001 + number}", name, visitor="israel", host="laos", offices="premier", id_="abcd"[number])
        for number, name in enumerate(names)
    )
    store = load_text("timeline: 1\nevents:\n" + visits)
    told = [p.message for p in find_problems(store, TODAY) if p.name == "spellings"]
    assert told == [
        "Benyamin Netanyahu (1 event) may be Benjamin Netanyahu (2 events) in another spelling",
        "Binyamin Netanyahu (1 event) may be Benjamin Netanyahu (2 events) in another spelling",
    ]


def test_another_spelling_that_the_record_declares_is_the_same_person():
    people = "people:\n- {name: 李克强, aliases: [Li Keqiang]}\nevents:\n"
    assert found(people + visit("2015", "李克强", offices="premier"), "holders", "tenures") == []


@pytest.mark.parametrize(
    ("date", "name", "visitor", "office"),
    [
        pytest.param("2014-05", "John Forbes Kerry", "united-states", "foreign-minister", id="with a middle name"),
        pytest.param(
            "1971-05", "William Pierce Rogers", "united-states", "foreign-minister", id="whose initial the table has"
        ),
        pytest.param("1997-05", "I.K. Gujral", "india", "premier", id="initials without spaces"),
        pytest.param("1960-05", "Macmillan", "united-kingdom", "premier", id="a family name alone"),
        pytest.param("2003-05", "G. Bush", "united-states", "president", id="an initial that fits two"),
        pytest.param(
            "2007-05", "Abdullah bin Abd-el Aziz al-Saud", "saudi-arabia", "monarch", id="with a father's name"
        ),
    ],
)
def test_holders_take_a_name_in_part_for_that_of_the_holder(date, name, visitor, office):
    assert found(visit(date, name, visitor=visitor, offices=office), "holders", "tenures") == []


@pytest.mark.parametrize(
    ("date", "name", "visitor", "office", "told"),
    [
        pytest.param(
            "1955-05",
            "Richard Milhous Nixon",
            "united-states",
            "president",
            "not Richard Milhous Nixon; vice-president then",
            id="vice-president",
        ),
        pytest.param(
            "2020-05",
            "Mohammed bin Salman Al Saud",
            "saudi-arabia",
            "monarch",
            "not Mohammed bin Salman Al Saud; crown-prince then",
            id="the son of the king has his name in his own",
        ),
        pytest.param(
            "1960-05",
            "Kim Il",
            "north-korea",
            "premier",
            "",
            id="the beginning of another one's name, who was premier later",
        ),
        pytest.param(
            "2010-05",
            "Dimitry Medvedev",
            "russia",
            "president",
            "is Dimitry Medvedev another spelling?",
            id="nearly the name",
        ),
        pytest.param(
            "2005-05",
            "Kim Jong Nam",
            "north-korea",
            "general-secretary",
            "not Kim Jong Nam",
            id="one syllable is another",
        ),
    ],
)
def test_holders_tell_another_person_from_another_spelling(date, name, visitor, office, told):
    store = load_text("timeline: 1\nevents:\n" + visit(date, name, visitor=visitor, host="laos", offices=office))
    (problem,) = (p for p in find_problems(store, TODAY) if p.name in {"holders", "tenures"})
    assert problem.name == ("holders" if told else "tenures")
    assert problem.message.endswith(told)


@pytest.mark.parametrize(
    ("name", "visitor", "told"),
    [
        pytest.param("Xi Jinping", "senegal", "Xi Jinping was general-secretary of China since 2012-11-15; the visitor is Senegal", id="a journey the wrong way round"),
        pytest.param("Putin Vladimir", "mali", "Putin Vladimir was president of Russia since 2012-05-07; the visitor is Mali", id="the family name first"),
        pytest.param("Xi Jinping", "china", "", id="of his own state"),
        pytest.param("Barack Obama", "senegal", "", id="no longer in office"),
        pytest.param("Salman", "senegal", "", id="a name of one word, as many have"),
        pytest.param("Angela Merkel", "european-union", "", id="of an organisation, which a member may preside over"),
        pytest.param("Somebody Else", "senegal", "", id="nobody who is known"),
    ],
)  # fmt: skip
def test_holders_tell_an_office_of_another_state_than_the_visitor(name, visitor, told):
    store = load_text("timeline: 1\nevents:\n" + visit("2018-05-02", name, visitor=visitor, host="laos", offices=""))
    problems = [p for p in find_problems(store, TODAY) if p.name in {"holders", "tenures"}]
    assert [p.message.partition(": ")[2] for p in problems] == [told] * bool(told)


@pytest.mark.parametrize(
    ("date", "name", "visitor", "office", "told"),
    [
        pytest.param("2018-05", "Donald Trump", "united-states", "premier", "was president from 2017-01-20 to 2021-01-20, not premier", id="a president where there is no premier"),
        pytest.param("2018-05", "Donald J. Trump", "united-states", "premier", "was president from 2017-01-20 to 2021-01-20, not premier", id="with an initial"),
        pytest.param("2018-05", "Donald J. Trump", "united-states", "monarch", "was president from 2017-01-20 to 2021-01-20, not monarch", id="a president where there is no monarch"),
        pytest.param("2013-12", "Joe Biden", "united-states", "premier", "was vice-president from 2009-01-20 to 2017-01-20, not premier", id="a deputy where there is no premier"),
        pytest.param("2017-05", "Mauricio Macri", "argentina", "premier", "was president from 2015-12-10 to 2019-12-10, not premier", id="another president"),
        pytest.param("2020-05", "Joko Widodo", "indonesia", "premier", "was president from 2014-10-20 to 2024-10-20, not premier", id="where there were premiers once"),
        pytest.param("2019-12", "Scott Morrison", "australia", "president", "was premier from 2018-08-24 to 2022-05-23, not president", id="a premier where there is no president"),
        pytest.param("2016-12", "Mariano Rajoy", "spain", "president", "was premier from 2011-12-21 to 2018-06-02, not president", id="who is called president of the government"),
        pytest.param("2016-12", "Justin Trudeau", "canada", "monarch", "was premier from 2015-11-04 to 2025-03-14, not monarch", id="a premier as king"),
        pytest.param("2014-05", "Shinzo Abe", "japan", "vice-president", "was premier from 2012-12-26 to 2020-09-16, not vice-president", id="a premier where there is no vice-president"),
        pytest.param("2014-05", "Li Keqiang", "china", "vice-premier", "was premier from 2013-03-15 to 2023-03-11, not vice-premier", id="a vice-premier who had become premier"),
        pytest.param("2024-05", "Han Zheng", "china", "first-vice-premier", "was vice-president since 2023-03-10, not first or executive vice-premier", id="a vice-premier who had become vice-president"),
        pytest.param("2005-05", "Wu Bangguo", "china", "vice-premier", "was parliament-chairman from 2003-03-15 to 2013-03-14, not vice-premier", id="a vice-premier who had become chairman of parliament"),
        pytest.param("2004-05", "Junichiro Koizumi", "japan", "president", "was premier from 2001-04-26 to 2006-09-26, not president", id="a name the other way round"),
        pytest.param("1996-05", "Pak Song Chol", "north-korea", "president", "was vice-president from 1977-12 to 1998-09, not president", id="a vice-president while there was no president"),
        pytest.param("1970-05", "Song Qingling", "china", "president", "was vice-president from 1959-04-27 to 1975-01, not president", id="another, after the president was removed"),
        pytest.param("1971-05", "Zhou Enlai", "china", "president", "was premier from 1949-10-01 to 1976-01-08, not president", id="a premier while there was no president"),
        pytest.param("1980-05", "Hua Guofeng", "china", "president", "was premier from 1976-02 to 1980-09-10, not president", id="another, when the office did not exist"),
        pytest.param("1995-05", "Kim Jong Il", "north-korea", "president", "was supreme-leader from 1994-07-08 to 2011-12-17, not president", id="a leader who never was president"),
    ],
)  # fmt: skip
def test_holders_tell_an_office_that_is_not_held_beside_another(date, name, visitor, office, told):
    store = load_text("timeline: 1\nevents:\n" + visit(date, name, visitor=visitor, host="laos", offices=office))
    (problem,) = (p for p in find_problems(store, TODAY) if p.name in {"holders", "tenures"})
    assert (problem.name, problem.message.partition(" was ")[2]) == ("holders", told.removeprefix("was "))


@pytest.mark.parametrize(
    ("date", "name", "visitor", "office"),
    [
        pytest.param("2012-05", "Li Keqiang", "china", "vice-premier", id="before he became premier"),
        pytest.param("2013", "Li Keqiang", "china", "vice-premier", id="a year in which he was both"),
        pytest.param("2013-03-15", "Li Keqiang", "china", "vice-premier", id="the day on which he became it"),
        pytest.param("2019-06", "Xi Jinping", "china", "general-secretary, president, military-commission-chairman", id="three offices at once"),
        pytest.param("2023-06", "Kim Jong Un", "north-korea", "general-secretary, president", id="party and state"),
        pytest.param("1960-05", "Zhou Enlai", "china", "premier, foreign-minister", id="who heads the government is a minister too"),
        pytest.param("2018-05", "Donald Trump", "united-states", "former-leader", id="another kind of office"),
        pytest.param("2023-05", "Mohammed bin Salman", "saudi-arabia", "premier", id="a crown prince who heads the government"),
        pytest.param("2016-05", "Salman", "saudi-arabia", "premier", id="a king who heads the government"),
        pytest.param("1974-05", "Anwar Sadat", "egypt", "premier", id="a president who headed his government"),
        pytest.param("1960-05", "Sukarno", "indonesia", "premier", id="a president who abolished the premier"),
        pytest.param("2010-05", "Raul Castro", "cuba", "premier", id="a president who presided over the ministers"),
        pytest.param("1970-05", "Yen Chia-kan", "taiwan", "vice-president", id="a premier who was vice-president too"),
        pytest.param("2017-04", "Hwang Kyo-ahn", "south-korea", "president", id="a premier who acted for the president, for weeks"),
        pytest.param("1985-05", "Abe", "japan", "vice-premier", id="a family name, of another at that time"),
        pytest.param("2014-05", "Li", "china", "vice-premier", id="a family name, of the premier too"),
        pytest.param("2014-05", "Li Lanqing", "china", "vice-premier", id="another of that family name"),
        pytest.param("2008-05", "Kim Yong Nam", "north-korea", "president", id="whom the press calls president"),
        pytest.param("2016-05", "Enda Kenny", "ireland", "president", id="a state that the table does not know"),
        pytest.param("2016-12", "Felipe VI", "spain", "monarch", id="a king"),
    ],
)  # fmt: skip
def test_holders_pass_over_offices_that_may_be_held_together(date, name, visitor, office):
    assert found(visit(date, name, visitor=visitor, host="laos", offices=office), "holders", "tenures") == []


@pytest.mark.parametrize(
    ("check", "date", "name", "visitor", "office", "told"),
    [
        pytest.param("tenures", "2018-11-12", "Mike Pence", "united-states", "president", "president was Donald Trump from 2017-01-20 to 2021-01-20, not Mike Pence; vice-president then", id="a vice-president as president"),
        pytest.param("tenures", "2022-05", "Wang Qishan", "china", "president", "president was Xi Jinping since 2013-03-14, not Wang Qishan; vice-president then", id="another vice-president as president"),
        pytest.param("tenures", "2018-05", "Donald Trump", "united-states", "vice-president", "vice-president was Mike Pence from 2017-01-20 to 2021-01-20, not Donald Trump; president then", id="a president as his deputy"),
        pytest.param("tenures", "2015-05", "Li Keqiang", "china", "president", "president was Xi Jinping since 2013-03-14, not Li Keqiang; premier then", id="a premier as president"),
        pytest.param("holders", "2023-06-18", "Antony Blinken", "united-states", "vice-president", "vice-president was Kamala Harris from 2021-01-20 to 2025-01-20, not Antony Blinken; foreign-minister then", id="a foreign minister, who may act for a vice-president"),
        pytest.param("holders", "2018-04-15", "Wang Yi", "china", "vice-president", "vice-president was Wang Qishan from 2018-03-17 to 2023-03-10, not Wang Yi; foreign-minister then", id="where there is one vice-president"),
        pytest.param("holders", "1990-07", "Giulio Andreotti", "italy", "president", "president was Francesco Cossiga from 1985-07 to 1992-04-28, not Giulio Andreotti; premier then", id="a head of government who is called president of his council"),
        pytest.param("holders", "1955-05", "Richard Milhous Nixon", "united-states", "president", "president was Dwight D. Eisenhower from 1953-01-20 to 1961-01-20, not Richard Milhous Nixon; vice-president then", id="a vice-president whose name is not quite that of the table"),
    ],
)  # fmt: skip
def test_somebody_in_the_office_of_another_is_an_error_where_the_table_has_him_in_one_beside_which_there_is_not_this(
    check, date, name, visitor, office, told
):
    store = load_text("timeline: 1\nevents:\n" + visit(date, name, visitor=visitor, host="laos", offices=office))
    (problem,) = (p for p in find_problems(store, TODAY) if p.name in {"holders", "tenures"})
    assert (problem.name, problem.message.partition(": ")[2]) == (check, told)


@pytest.mark.parametrize(
    ("date", "name", "visitor", "title", "offices", "told"),
    [
        pytest.param("2017-02-10", "Hwang Kyo-ahn", "south-korea", "Acting President", "president", [], id="for a suspended president"),
        pytest.param("2025-02-10", "Choi Sang-mok", "south-korea", "President (acting)", "president", [], id="behind the title"),
        pytest.param("2004-04-10", "Goh Kun", "south-korea", "Acting President, Prime Minister", "president, premier", [], id="and in an office of his own"),
        pytest.param("2007-07-21", "Dick Cheney", "united-states", "Acting President of the United States", "president", [], id="a vice-president for hours"),
        pytest.param("2015-05", "Zhang Gaoli", "china", "Interim Premier", "premier", [], id="interim"),
        pytest.param("2005-05", "Jiang Zemin", "china", "caretaker president", "president", [], id="a former holder"),
        pytest.param("2007-07-21", "Dick Cheney", "united-states", "Acting Foreign Minister and President", "president", ["tenures"], id="acting in another office"),
        pytest.param("2007-07-21", "Dick Cheney", "united-states", "President", "president", ["tenures"], id="who does not say so"),
    ],
)  # fmt: skip
def test_who_acts_in_an_office_does_not_hold_that_of_another(date, name, visitor, title, offices, told):
    person = f"'{name}', title: '{title}'"
    event = visit(date, person, id_="a", visitor=visitor, host="japan", offices=offices)
    assert [check for check, _ in found(event, "holders", "tenures")] == told


@pytest.mark.parametrize("tagged", ["first", "second"])
def test_a_tag_at_either_of_two_events_silences_what_they_have_together(tagged):
    more = {tagged: "  tags: [ok-duplicates]\n"}
    events = visit("2019-06-20", more=more.get("first", "")) + visit("2019-06-21", more=more.get("second", ""))
    assert found(events, "duplicates", "silenced") == []


COVER = "coverage:\n- {{id: a, visitor: china, host: japan, from: {}, to: {}, how: {}}}\n- {{id: b, visitor: china, host: japan, from: {}, to: {}, how: {}}}\n"


@pytest.mark.parametrize(
    ("name", "statements", "id_"),
    [
        pytest.param("coverage", ("1990", "2000", "complete", "1999", "2010", "partial"), "b", id="complete and partial at once"),
        pytest.param("coverage", ("1990", "2000", "complete", "2001", "2030", "complete"), "b", id="into the future"),
        pytest.param("coverage", ("1990", "2000", "complete", "1980", "2010", "partial"), None, id="complete within partial says more of a part"),
        pytest.param("coverage-gaps", ("1990", "2000", "complete", "2002", "2010", "complete"), "b", id="a year of which nothing is said"),
        pytest.param("coverage-gaps", ("1990", "2000", "complete", "2001", "2010", "complete"), None, id="one begins where the other ends"),
    ],
)  # fmt: skip
def test_statements_of_coverage(name, statements, id_):
    assert found(COVER.format(*statements), name) == ([(name, id_)] if id_ else [])


def test_a_visit_after_the_end_of_coverage():
    text = (
        COVER.format("1990", "2000", "complete", "2001", "2010", "complete") + "events:\n" + visit("2011", host="japan")
    )
    assert found(text, "coverage-ends") == [("coverage-ends", "b")]


def test_a_claim_whose_verdict_changed():
    claim = "claims:\n- id: c\n  claim: first Chinese premier in North Korea ever\n  about: v\n  expected: fails\n"
    assert ("claims", "c") in found("events:\n" + visit("2019", "Li Keqiang", id_="v", offices="premier") + claim)


def test_a_claim_that_cannot_be_read_goes_by_the_name_of_its_check(run, tmp_path):
    """What is told is what --only and --skip know."""
    claim = "claims:\n- {id: c, claim: gibberish of no kind, expected: fails}\n"
    (tmp_path / "events.yaml").write_text(f"timeline: 1\nevents:\n{visit('2019')}{claim}", encoding="utf-8")
    assert "error[claims]" in run("check", "--only", "claims").out
    assert run("check", "--only", "claims", "--skip", "claims").code == 0


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_the_shipped_records_have_no_errors(record):
    text = record.read_text("utf-8")
    assert [p for p in find_problems(load_text(text), TODAY) if p.severity == "error"] == []


# Names, words, choice


def test_every_check_is_explained():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
        assert check.severity in SEVERITIES
        assert all((check.looks_for, check.example, check.remedy))


def test_every_problem_of_the_gallery_is_explained():
    said = {
        name
        for path in (HERE / "errors").glob("*.txt")
        for name in re.findall(r"error\[([a-z-]+)\]", path.read_text("utf-8"))
    }
    assert said - explained().keys() == set()


def test_every_problem_that_is_explained_exists():
    import timeline

    source = "".join(path.read_text("utf-8") for path in Path(timeline.__file__).parent.rglob("*.py"))
    assert [row["name"] for row in rows("problems.csv") if f'"{row["name"]}"' not in source] == []


def test_explain(run, golden):
    golden("explain-duplicates.txt", run("explain", "duplicates").out)
    golden("explain-bad-id.txt", run("explain", "bad-id").out)
    assert {row["name"] for row in json.loads(run("explain", "-O", "json").out)["rows"]} == explained().keys()


def test_explain_suggests_the_nearest_name(run):
    done = run("explain", "duplicate")
    assert (done.code, "did you mean 'duplicates'" in done.err) == (2, True)


@pytest.fixture
def doubtful(tmp_path):
    """A record with an error, a warning and an info."""
    path = tmp_path / "doubtful.yaml"
    text = visit("2004", more="  sources: []\n") + visit(
        "2001", more="  sources: [{title: 'T, %0A::error::x', url: 'https://news.org/a'}]\n"
    )
    path.write_text(f"timeline: 1\nevents:\n{text}", encoding="utf-8")
    return path


def names_of(done):
    return [row["name"] for row in json.loads(done.out)["rows"]]


@pytest.mark.parametrize(
    ("options", "names", "code"),
    [
        pytest.param([], ["unsourced", "order"], 1, id="errors and warnings"),
        pytest.param(["--info"], ["unsourced", "order", "single-source"], 1, id="hints too"),
        pytest.param(["--only", "order"], ["order"], 0, id="one check"),
        pytest.param(["--only", "single-source"], ["single-source"], 0, id="one check, of hints"),
        pytest.param(["--only", "order", "--only", "unsourced"], ["unsourced", "order"], 1, id="two checks"),
        pytest.param(["--skip", "unsourced"], ["order"], 0, id="all but one"),
        pytest.param(["--skip", "unsourced", "--strict"], ["order"], 1, id="warnings count as errors"),
        pytest.param(["--only", "single-source", "--strict"], ["single-source"], 0, id="hints never count"),
    ],
)  # fmt: skip
def test_checks_are_chosen_by_name(run, doubtful, options, names, code):
    done = run("check", doubtful, "-O", "json", *options)
    assert (names_of(done), done.code) == (names, code)


def test_an_unknown_check_is_refused_with_the_nearest(run, doubtful):
    done = run("check", doubtful, "--skip", "duplicate")
    assert (done.code, "did you mean 'duplicates'" in done.err) == (2, True)


def test_hints_are_counted_where_they_are_not_listed(run, doubtful):
    assert "1 hint more: timeline check --info" in run("check", doubtful).err


# Forms for other programs


def test_annotations_of_a_workflow(run, doubtful):
    lines = run("check", doubtful.name, "-O", "github", "--info", cwd=doubtful.parent).out.splitlines()
    assert lines[0].startswith(
        "::error file=doubtful.yaml,line=3,col=1,title=unsourced::china-north-korea-2004 is confirmed"
    )
    assert lines[1].startswith("::warning file=doubtful.yaml,line=9,col=1,title=order::")
    assert "%25" + "0A" not in lines[2].split("::")[0]
    assert all(line.startswith("::") for line in lines)


def test_nothing_of_a_record_begins_an_annotation(run, tmp_path):
    (tmp_path / "a,b:c%.yaml").write_text('timeline: 1\nevents:\n- id: "x\\n::error::y"\n')
    lines = run("check", "a,b:c%.yaml", "-O", "github").out.splitlines()
    assert all(line.startswith("::error file=a%2Cb%3Ac%25.yaml,line=3,col=") for line in lines)


def sarif(done):
    log = json.loads(done.out)
    validator().validate(log)
    return log["runs"][0]


def validator():
    schema = json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def test_sarif(run, doubtful):
    log = sarif(run("check", doubtful.name, "-O", "sarif", "--info", cwd=doubtful.parent))
    assert [(r["ruleId"], r["level"]) for r in log["results"]] == [
        ("unsourced", "error"),
        ("order", "warning"),
        ("single-source", "note"),
    ]
    place = log["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "doubtful.yaml"}, "region": {"startLine": 3, "startColumn": 1}}


def test_sarif_of_a_store_that_cannot_be_read(run, tmp_path):
    (tmp_path / "a b.yaml").write_text("timeline: 2\n")
    done = run("check", "a b.yaml", "missing.yaml", "-O", "sarif")
    results = sarif(done)["results"]
    assert done.code == 4
    assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results] == [
        "a%20b.yaml",
        "missing.yaml",
    ]


def test_a_file_named_sarif_is_written_as_that(run, doubtful, tmp_path):
    run("check", doubtful, "-o", "out.sarif")
    validator().validate(json.loads((tmp_path / "out.sarif").read_text("utf-8")))


# The table of tenures


def test_the_table_of_tenures_is_sound():
    for (actor, office), found_rows in tenures().items():
        assert actor in shipped().actors, actor
        assert office in shipped().offices, office
        for row in found_rows:
            assert row.first.earliest <= row.last.latest, row
        if office not in ("vice-president", "crown-prince"):
            for before, after in pairwise(found_rows):
                assert before.last.earliest <= after.first.latest + 31, (before, after)


def entered_as_another(actor):
    """Everybody with an office of a state, on a day in the middle of that time, and each other office that somebody else held then."""
    held = [row for (state, _), several in tenures().items() if state == actor for row in several]
    for row in held:
        sure = row.surely()
        day = Span(*[(sure.earliest + sure.latest) // 2] * 2) if sure else None
        if day and row.holds(day):
            own = {other.office for other in held if other.keys & row.keys and other.may_hold(day)}
            others = {other.office for other in held if other.holds(day)} - own - SHARED
            yield from ((row.person, date.fromordinal(day.earliest).isoformat(), office) for office in sorted(others))


@pytest.mark.parametrize("middle", ["", "Middle "], ids=["as the table has the name", "with a middle name"])
@pytest.mark.parametrize("actor", sorted({actor for actor, _ in tenures()}))
def test_whoever_is_entered_in_the_office_of_another_of_the_table_is_found(actor, middle):
    text = ""
    for number, (person, day, office) in enumerate(entered_as_another(actor)):
        first, *others = person.split()
        name = json.dumps(f"{first} {middle}{' '.join(others)}".strip())
        text += visit(day, name, id_=f"entered-{number}", visitor=actor, host="togo", offices=office)
    told = {event for _, event in found(text, "tenures", "holders")} if text else set()
    assert told == {f"entered-{number}" for number in range(text.count("- id:"))}


def test_a_row_of_the_table_cites_sources_that_the_other_table_describes():
    known = {row["id"]: row for row in rows("tenure-sources.csv")}
    cited = {source for row in rows("tenures.csv") for source in listed(row["source"])}
    assert cited == set(known)
    assert all(row["licence"] and row["confirms"] and row["url"] for row in known.values())


@pytest.mark.parametrize(
    "actor",
    "argentina australia brazil canada china france germany india indonesia italy japan mexico russia saudi-arabia south-africa south-korea turkey united-kingdom united-states "
    "north-korea mongolia kazakhstan kyrgyzstan tajikistan afghanistan pakistan nepal bhutan myanmar laos vietnam taiwan soviet-union".split(),
)
def test_the_table_knows_who_heads_a_state_or_its_government(actor):
    offices = ("president", "premier", "monarch", "presidium-president", "supreme-leader")
    inexact = {row for bound, row in inexact_of(actor) if bound.overlaps(LAST)}
    held = [row for office in offices for row in tenures().get((actor, office), ()) if row not in inexact]
    assert any(row.may_hold(LAST) for row in held) or actor in {"soviet-union", "afghanistan", "myanmar"}
    assert min(row.first.earliest for row in held) < parse_when("1993").start.earliest


def test_nobody_is_twice_in_one_office_at_a_time():
    by_person = {}
    for row in rows("tenures.csv"):
        by_person.setdefault((row["actor"], row["office"], row["person"]), []).append(row)
    for several in by_person.values():
        for one, other in pairwise(several):
            assert one["to"] <= other["from"]


def test_aliases_of_the_table_are_not_names_of_others():
    for office, held in tenures().items():
        for row in held:
            assert not [other.person for other in held if other.keys & row.keys and other.person != row.person], office
    assert all(name == name.strip() for row in rows("tenures.csv") for name in (row["person"], *listed(row["aliases"])))


# The page


def test_the_page_of_checks_is_current(request):
    script = ROOT / "tools" / "checks_page.py"
    if not script.exists():
        pytest.skip("the tools are not part of the installed package")
    target = ROOT / "docs" / "checks.md"
    page = subprocess.run([sys.executable, script, target], capture_output=True, check=True).stdout.decode()
    if request.config.getoption("--update-golden"):
        target.write_text(page, encoding="utf-8")
    assert page == target.read_text("utf-8"), "write it again: python tools/checks_page.py docs/checks.md"


def hooks():
    import yaml

    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def test_the_hooks_run_the_commands_that_the_page_promises():
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert set(re.findall(r"- id: (timeline-\S+)", page)) == set(hooks())
    for name, hook in hooks().items():
        assert hook["entry"].split() == ["timeline", name.split("-")[1]]
        assert hook["language"] == "python"


@pytest.mark.parametrize("hook", ["timeline-check-record", "timeline-fmt-record"])
def test_a_hook_of_the_whole_record_reads_a_folder_of_which_no_file_is_a_record_by_itself(run, tmp_path, hook):
    """The actor of one file is declared in another."""
    entry = hooks()[hook]
    assert entry["pass_filenames"] is False
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "_record.yaml").write_text(
        "timeline: 1\nactors:\n- id: atlantis\n  name: Atlantis\nevents:\n"
    )
    event = tmp_path / "events" / "a-2001.yaml"
    event.write_text(
        "timeline: 1\nevents:\n\n- id: a-2001\n  date: 2001\n  visitor: atlantis\n  host: japan\n  people:\n  - name: X\n"
        "    offices: [minister]\n  sources:\n  - title: T\n"
    )
    (tmp_path / "timeline.toml").write_text('store = "events"\n')
    command = entry["entry"].split()[1:]
    assert run(*command).code == 0
    assert run(*command, "events/a-2001.yaml").code == 4


def test_whose_a_name_may_be_is_what_a_search_through_all_of_the_table_says():
    """Every name of the table, whole, by each of its words, and with each of them as an initial, in its state and in another."""
    rows = [row for held in tenures().values() for row in held]
    states = sorted({row.actor for row in rows})
    for number, row in enumerate(rows[::3]):
        words = row.person.split()
        shorter = [
            row.person,
            *words,
            *(" ".join((*words[:n], words[n][0], *words[n + 1 :])) for n in range(len(words))),
        ]
        for name, actor in product(shorter, (row.actor, states[number % len(states)])):
            keys, theirs = name_keys([name]), [one for one in rows if one.actor == actor]
            exact = tuple(one for one in theirs if one.keys & keys)
            shared = [(one, max(in_common(a, b) for a in keys for b in one.keys)) for one in theirs]
            most = max(count for _, count in shared)
            assert bearers(actor, keys) == (exact or tuple(one for one, count in shared if most and count == most))


DATED = ("1999", "1999~", "1999-12", "1999-12-30/2000-01-02", "1999-12-31", "2000-01-01", "2000-01", "2000-01-03", "2000-01-06", "2000/..", "../1999-12-30", "[1999-12-29, 2001]")  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(DATED), st.sampled_from("abc")), max_size=12))
def test_what_two_files_tell_is_found_wherever_their_days_end(told):
    """Files are compared at their ends only, where they have any: that finds what comparing all of them does."""
    events = [
        Event(f"v{number}", parse_when(date), visitor="china", host="japan", people=(Person("Wen Jiabao"),), origin=Origin(file, number))
        for number, (date, file) in enumerate(told)
    ]  # fmt: skip
    store = Store(tuple(sorted(events, key=lambda event: event.order)), shipped())
    expected = [pair for pair in doubles(store.events) if pair[0].origin.file != pair[1].origin.file]
    assert counted_twice(store, parse_when("2026-11-24").start.latest) == expected
