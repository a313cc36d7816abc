"""Claims about who was received by somebody, about all who came before, and about the only one: of each a true one, a false one, and one that the record can't decide."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.claims.case import Case
from timeline.claims.decide import decide
from timeline.claims.grammar import parse
from timeline.claims.model import UNKNOWN, Claim, NotUnderstood, Since, Window
from timeline.claims.verdict import judge
from timeline.dates import NEVER_BEFORE, Span, parse_when
from timeline.model import Event, Person
from timeline.store import load_text

AS_OF = parse_when("2020-01-01").start.latest
VISITS = """
liu-1963     1963-09-15            china  north-korea  Liu Shaoqi     [president]            Kim Il Sung
zhou-1970    1970-04-05            china  north-korea  Zhou Enlai     [premier]              Kim Il Sung
deng-1978    1978-09-08            china  north-korea  Deng Xiaoping  [vice-premier]         Kim Il Sung
yang-1992    1992-04                china  north-korea  Yang Shangkun  [president]            Kim Il Sung
jiang-2001   2001-09-03            china  north-korea  Jiang Zemin    [president]            Kim Jong Il
hu-2005      2005-10-28            china  north-korea  Hu Jintao      [president]            Kim Jong Il
wen-2009     2009-10-04            china  north-korea  Wen Jiabao     [premier]              Kim Jong Il
xi-2008      2008-06-17            china  north-korea  Xi Jinping     [vice-president]       Kim Jong Il
kim-il-2011  2011-05-20            north-korea  china  Kim Jong Il    [supreme-leader]       Xi Jinping
song-2017    2017-11-17            china  north-korea  Song Tao       [special-envoy]        Ri Su Yong
li-2018      2018-09-08            china  north-korea  Li Zhanshu     [parliament-chairman]  Kim Jong Un
xi-2019      2019-06-20            china  north-korea  Xi Jinping     [president]            Kim Jong Un
kim-2019     2019-01-07            north-korea  china  Kim Jong Un    [supreme-leader]       Xi Jinping
ho-1957      1957-07-08            vietnam  north-korea  Ho Chi Minh  [president]            Kim Il Sung
luong-2002   2002-05-02            vietnam  north-korea  Tran Duc Luong  [president]         Kim Jong Il
putin-2000   2000-07-19            russia  north-korea  Vladimir Putin  [president]          Kim Jong Il
"""
COVERAGE = """
coverage:
- {id: cn, visitor: china, host: north-korea, from: ever, to: 2019-12-31, how: complete, evidence: e}
- {id: received, type: meeting, visitor: china, host: north-korea, from: 2011-12-17, to: 2019-12-31, how: complete, evidence: e}
- {id: vn, visitor: vietnam, host: north-korea, from: 1990-01-01, to: 2019-12-31, how: complete, evidence: e}
"""
MEETINGS = """
- {id: kim-wang-moscow-2019, type: meeting, title: Kim meets Wang, date: 2019-04-25, actors: [china, north-korea], places: [Moscow], people: [{name: Kim Jong Un, offices: [supreme-leader], actor: north-korea}, {name: Wang Qishan, offices: [vice-president], actor: china}], sources: [{title: t}]}
"""


def a_record(coverage=COVERAGE, meetings=""):
    lines = ["timeline: 1", *coverage.strip().splitlines(), "events:"]
    for line in filter(None, VISITS.splitlines()):
        *start, met = line.split("]")
        id_, day, visitor, host, *name, offices = f"{']'.join(start)}]".split()
        person = f"{{name: {' '.join(name)}, offices: {offices}}}"
        lines.append(
            f"- {{id: {id_}, date: {day}, visitor: {visitor}, host: {host}, people: [{person}], met: [{met.strip()}], sources: [{{title: t}}]}}"
        )
    return load_text("\n".join(lines) + meetings)


RECORD, WITH_A_MEETING_ELSEWHERE = a_record(), a_record(meetings=MEETINGS)


def judged(sentence, about="", published="", record=RECORD):
    day = parse_when(published).start if published else None
    return judge(parse(sentence, record, record.by_id.get(about), day), record, AS_OF)


@pytest.mark.parametrize(("about", "sentence", "verdict"), [
    pytest.param("xi-2019", "Xi Jinping is the fifth Chinese president to go to North Korea, after Liu, Yang, Jiang and Hu", "holds", id="all named by their family names"),
    pytest.param("xi-2019", "Xi is the third Chinese president to visit North Korea since 2000, following Jiang in 2001 and Hu in October 2005", "holds", id="named with dates"),
    pytest.param("xi-2019", "Xi Jinping is the fourth Chinese president to go to North Korea, after Deng, Jiang and Hu", "fails", id="one named who was no president"),
    pytest.param("xi-2019", "Xi is the fifth Chinese president to visit North Korea, after Liu, Yang, Jiang and Wen Jiabao", "fails", id="one named for another"),
    pytest.param("xi-2019", "Xi is the third Chinese president to visit North Korea since 2000, after Jiang in 2002 and Hu", "fails", id="named with a wrong date"),
    pytest.param("luong-2002", "Luong is the second Vietnamese president to visit North Korea, after Ho Chi Minh", "unverifiable", id="the record begins too late to know of others"),
    pytest.param("xi-2019", "Xi is the fifth Chinese president to visit North Korea, after Liu, Yang in April 1992, Jiang and Hu", "holds", id="a month known to the month"),
    pytest.param("xi-2019", "Xi is the fifth Chinese president to visit North Korea, after Liu, Yang on 14 April 1992, Jiang and Hu", "undetermined", id="a day of which the record knows the month"),
])  # fmt: skip
def test_those_who_came_before(about, sentence, verdict):
    assert judged(sentence, about).verdict == verdict


@pytest.mark.parametrize(("sentence", "reason"), [
    pytest.param("Xi is the fourth Chinese president to visit North Korea, after Deng, Jiang and Hu", "Liu Shaoqi (15 Sep 1963) is not named and Yang Shangkun (Apr 1992) is not named; Deng Xiaoping is not one of them", id="who is missing, and who is none"),
    pytest.param("Xi is the third Chinese president to visit North Korea since 2000, after Jiang in 2002 and Hu", "Jiang Zemin in 2002 is not one of them", id="a wrong date"),
])  # fmt: skip
def test_a_wrong_list_says_who_is_missing_and_who_does_not_belong(sentence, reason):
    assert reason in judged(sentence, "xi-2019").main.finding.reason


@pytest.mark.parametrize(("published", "sentence", "verdict"), [
    pytest.param("2019-09-01", "Wen is the only Chinese premier to have visited North Korea since 2000", "holds", id="the only one in an office"),
    pytest.param("2019-09-01", "The only Chinese premier to visit North Korea since 2000 is Wen Jiabao", "holds", id="told at the end"),
    pytest.param("2019-09-01", "Hu is the only Chinese president to have visited North Korea since 2000", "fails", id="not the only one"),
    pytest.param("2019-09-01", "Jiang was the only Chinese president to visit North Korea before Hu", "fails", id="others came before, too"),
    pytest.param("2019-09-01", "Zhou Enlai was the only Chinese premier to visit North Korea before Wen Jiabao", "holds", id="until somebody came"),
    pytest.param("2019-09-01", "Wen was the only Chinese premier to visit North Korea before 2009", "fails", id="he himself came later"),
    pytest.param("2019-09-01", "Ho Chi Minh is the only Vietnamese president to have visited North Korea", "fails", id="another came, so coverage is not asked"),
    pytest.param("1999-09-01", "Ho Chi Minh is the only Vietnamese president to have visited North Korea", "unverifiable", id="the record begins too late to know of others"),
    pytest.param("2019-09-01", "The only two Chinese presidents to visit North Korea between 2000 and 2010 were Jiang and Hu", "holds", id="the only two"),
    pytest.param("2019-09-01", "The only two Chinese presidents to visit North Korea between 2000 and 2010 were Jiang and Wen", "fails", id="one of two is another"),
    pytest.param("2019-09-01", "Yang Shangkun was the only Chinese president to visit North Korea in the 1990s", "holds", id="in a decade"),
    pytest.param("2019-09-01", "The only visit to North Korea by a Chinese premier since 2000 was Wen Jiabao's in 2009", "holds", id="the only visit, whose and when"),
    pytest.param("2019-09-01", "The only visit to North Korea by a Chinese premier since 2000 was Wen Jiabao's in 2010", "fails", id="the only visit, but not then"),
    pytest.param("2024-09-01", "The only visit to North Korea by a Chinese premier since 2000 was Wen Jiabao's in 2010", "fails", id="not then, whatever else there was outside coverage"),
    pytest.param("2019-09-01", "Putin is the only Russian leader to visit North Korea", "unverifiable", id="leader as he was one"),
    pytest.param("2019-09-01", "The only visit to North Korea by a Chinese premier since 2000 was by Hu Jintao", "fails", id="the only visit, but not his"),
    pytest.param("2019-09-01", "Before 2002 the only Vietnamese president's trip to North Korea was Ho Chi Minh's in 1957", "unverifiable", id="the only trip, outside coverage"),
    pytest.param("2019-09-01", "Before 2003 the only Vietnamese president's trip to North Korea was Ho Chi Minh's in 1957", "fails", id="there was another trip"),
    pytest.param("2019-09-01", "Wen Jiabao's only visit to North Korea was in 2009", "holds", id="his only visit and when"),
    pytest.param("2019-09-01", "Wen Jiabao's only visit to North Korea was in 2008", "fails", id="his only visit was not then"),
    pytest.param("2019-09-01", "The only visit by a Chinese president to North Korea in the 1990s was on 14 April 1992", "undetermined", id="a day of which the record knows the month"),
])  # fmt: skip
def test_the_only_one(published, sentence, verdict):
    assert judged(sentence, published=published).verdict == verdict


def test_the_only_one_of_what_had_been_so_looks_back_from_the_visit_in_question():
    assert judged("Zhou Enlai had been the only Chinese premier to visit North Korea", "wen-2009").verdict == "holds"
    assert judged("Zhou Enlai is the only Chinese premier to visit North Korea", "wen-2009").verdict == "fails"


@pytest.mark.parametrize(("about", "sentence", "verdict"), [
    pytest.param("xi-2019", "Xi is the first Chinese president received by Kim Jong Un", "unverifiable", id="ever: before what the record knows of meetings"),
    pytest.param("xi-2019", "Xi is the first Chinese official received by Kim Jong Un since Li Zhanshu in 2018", "holds", id="passive"),
    pytest.param("xi-2019", "Xi is the first Chinese official Kim Jong Un has received since September 2018", "holds", id="relative clause"),
    pytest.param("xi-2019", "Xi is the first Chinese official Kim Jong Un has hosted since 2017", "fails", id="another was received since"),
    pytest.param("xi-2019", "the first Chinese official welcomed by Kim Jong Un in two years", "fails", id="the one before was not so long ago"),
    pytest.param("li-2018", "Li Zhanshu is the first Chinese official Kim Jong Un has received since he took power", "holds", id="one who came was not received"),
    pytest.param("xi-2019", "Xi is the first foreign guest Kim Jong Un has received since September 2018", "unverifiable", id="foreign guests need a record of all"),
    pytest.param("xi-2019", "Xi is the first foreign guest Kim Jong Un has received since 2017", "fails", id="a foreign guest on record is enough to break it"),
    pytest.param("xi-2019", "Xi is Kim Jong Un's first foreign guest since 2017", "fails", id="his guest"),
    pytest.param("xi-2019", "Xi is the first known foreign guest received by Kim Jong Un since Li Zhanshu in 2018", "unverifiable", id="known, of guests that the record does not have"),
    pytest.param("wen-2009", "Wen is the first Chinese premier hosted by Pyongyang since 1970", "holds", id="received by a country is a visit"),
    pytest.param("wen-2009", "Wen is the first Chinese premier welcomed by North Korea since 1991", "fails", id="received by a country, since a year without a visit"),
])  # fmt: skip
def test_who_was_received(about, sentence, verdict):
    assert judged(sentence, about).verdict == verdict


@pytest.mark.parametrize(("about", "sentence", "verdict"), [
    pytest.param("wen-2009", "More than a decade has passed since a Chinese premier visited North Korea", "holds", id="has passed since"),
    pytest.param("xi-2019", "Two decades have passed since a Chinese president visited North Korea", "fails", id="not so long has passed"),
    pytest.param("xi-2019", "Zhou Enlai did not visit North Korea as president", "holds", id="none of somebody, of a visit that is not his"),
    pytest.param("xi-2019", "Wen Jiabao did not visit North Korea as premier", "fails", id="he did"),
    pytest.param("wen-2009", "Wen's rare visit is the first by a Chinese premier to North Korea since 1970", "holds", id="a rare visit"),
    pytest.param("wen-2009", "Wen's rare visit is the first by a Chinese premier to North Korea since 1971", "fails", id="a rare visit, and a wrong year"),
    pytest.param("xi-2019", "Xi's visit marks the first by a Chinese president in 14 years", "holds-rounded", id="marks the first"),
    pytest.param("xi-2019", "Xi's visit marks the first by a Chinese president in 10 years", "fails", id="marks the first, of a longer time"),
    pytest.param("kim-2019", "Kim Jong Un's maiden visit to China", "unverifiable", id="maiden is first, of which the record can't know"),
])  # fmt: skip
def test_turns_of_print(about, sentence, verdict):
    assert judged(sentence, about).verdict == verdict


def test_a_guest_of_the_time_before_the_host_led_may_count_or_not():
    found = judged("Kim Jong Un is the first North Korean leader hosted by Xi Jinping", "kim-2019")
    assert (found.verdict, found.switch) == ("unverifiable", "whether those count whom the host met before he led")
    assert {reading.finding.verdict for reading in found.readings} == {"unverifiable", "fails"}


def test_he_who_took_power_is_the_host_where_he_is_named_last():
    claim = parse(
        "Li Zhanshu is the first Chinese official received by Kim Jong Un since he took power",
        RECORD,
        RECORD.by_id["li-2018"],
    )
    assert claim.since.label == "took power (17 Dec 2011)"


def test_a_meeting_in_a_third_country_is_no_reception_for_sure():
    sentence = "Xi is the first Chinese official Kim Jong Un has received since Li Zhanshu in 2018"
    found = judged(sentence, "xi-2019", record=WITH_A_MEETING_ELSEWHERE)
    assert (found.verdict, found.switch) == (
        "depends",
        "whether somebody is received who is met in another country or on a border line",
    )


@pytest.mark.parametrize(("sentence", "refusal"), [
    pytest.param("Xi is the first Chinese official Kim Jong Un has met since 2018", "met at home, or on a journey too", id="met somewhere"),
    pytest.param("Xi is the fourth Chinese president to visit North Korea, after Jiang and Hu", "Name all who came before", id="fewer named than the number says"),
    pytest.param("Xi is the third Chinese president to visit North Korea, after Jiang and Obama", "after 1 other whom the record knows", id="somebody whom the record does not know"),
    pytest.param("the only Chinese premier to visit North Korea since 2000", "who is the only one", id="nobody named"),
    pytest.param("Wen is the only Chinese premier to visit North Korea, in 2009", "the only one of that time", id="the only one, or the only one of that year"),
    pytest.param("Xi ends a 14-year wait with North Korea trip", "whose gap ended", id="a wait that ends, of him or of all"),
    pytest.param("the first such visit to North Korea since 2005", "which visits are such", id="such visits, of no sort that is told"),
    pytest.param("the first two-day visit to North Korea by a Chinese president", "how long a visit lasted is not compared", id="how long each visit lasted"),
    pytest.param("Wen is the only Chinese premier to visit North Korea twice", "how often they came", id="the only one who came twice"),
])  # fmt: skip
def test_what_is_refused(sentence, refusal):
    with pytest.raises(NotUnderstood, match=refusal):
        parse(sentence, RECORD, RECORD.by_id["xi-2019"])


DAYS = {
    "2020-01": (1, 15, 16, 31),
    "2020-01-15": (15,),
    "2020-01-16": (16,),
    "2020-02": (32, 60),
    "2019-12": (-30, 0),
}  # days counted from January's first
UNTIL = 15


def comes_to(visits, names, dates, *, people):
    """Whether all that began by the middle of January, at one completion of the dates, is what is named and no more."""
    there = [name for (name, _), day in zip(visits, dates, strict=True) if day <= UNTIL]
    return sorted(set(there)) == sorted(names) if people else there == names


@given(
    visits=st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(sorted(DAYS))), max_size=4),
    names=st.sets(st.sampled_from("ABC"), min_size=1, max_size=2).map(sorted),
    people=st.booleans(),
)
def test_a_list_holds_or_fails_only_where_every_completion_of_coarse_dates_gives_it(visits, names, people):
    named = names if people else names[:1]
    events = tuple(a_visit(f"v{n}", name, when) for n, (name, when) in enumerate(visits))
    claim = Claim(
        "the only ones",
        "count",
        number=len(named),
        unit="times",
        object="person" if people else "visit",
        window=Window("period", span=Span(NEVER_BEFORE, parse_when("2020-01-15").start.latest)),
        named=tuple(Since(name, UNKNOWN, event=f"visit:{name}") for name in named),
    )
    found = decide(Case(claim, None, events, parse_when("2020-03-01").start.latest)).verdict
    truths = {comes_to(visits, named, dates, people=people) for dates in product(*(DAYS[when] for _, when in visits))}
    if found == "holds":
        assert truths == {True}
    elif found == "fails":
        assert truths == {False}
    else:
        assert found == "undetermined"
        assert len(truths) == 2 or any(when in ("2020-01", "2020-01-16") for _, when in visits)  # a day after the time


def a_visit(id_, name, when):
    return Event(
        id_, parse_when(when), "visit", visitor="china", host="north-korea", people=(Person(name, role="heads"),)
    )
