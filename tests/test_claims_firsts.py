"""Superlatives of visits: those that a record bears out, and over random records that what is safe to write, and what `firsts` says, always HOLDS."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.claims.firsts import find_firsts, search_firsts, sentence_of_meeting, why_none
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, iso, parse_when
from timeline.model import Coverage, Event, Person, Store
from timeline.store import load
from timeline.vocabulary import shipped

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-07-15").start.latest


@cache
def a_record(name):
    return load([str(ROOT / name)])


def firsts_of(record, visit):
    store = a_record(record)
    return find_firsts(store.by_id[visit], store, AS_OF)


def judged(sentence, event, store):
    return judge(parse(sentence, store, event)._replace(about=event.id), store, AS_OF, plain=True).verdict


# -- of a record -----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "visit", "sentence"), [
    pytest.param("records/vietnam-north-korea.yaml", "nong-duc-manh-pyongyang-2007-10", "the first visit by a Vietnamese party leader to North Korea since Ho Chi Minh in July 1957", id="party leaders whose offices had other names"),
    pytest.param("records/vietnam-north-korea.yaml", "nong-duc-manh-pyongyang-2007-10", "the highest-ranking Vietnamese visitor to North Korea since Ho Chi Minh in July 1957", id="above a president in between"),
    pytest.param("records/mongolia-north-korea.yaml", "kim-yong-nam-ulaanbaatar-2007-07", "the highest-ranking North Korean visitor to Mongolia since Kim Il Sung in June 1988", id="the first in his own office, but not the highest ever"),
    pytest.param("events.yaml", "kim-jong-un-beijing-2018-03", "the first visit by a North Korean supreme leader to China since 2011", id="which visit of 2011 depends on what a stopover is; the year does not"),
    pytest.param("records/inter-korean.yaml", "moon-jae-in-pyongyang-2018-09", "the first visit by a South Korean president to Pyongyang since Roh Moo-hyun in October 2007", id="to the capital: a step over the border is none"),
    pytest.param("records/inter-korean.yaml", "moon-jae-in-pyongyang-2018-09", "the third visit by a South Korean president to Pyongyang", id="a number, to the capital"),
    pytest.param("events.yaml", "li-keqiang-pyongyang-2011-10", "the highest-ranking Chinese visitor to North Korea since Wen Jiabao in October 2009", id="not since one who ranked lower"),
    pytest.param("events.yaml", "zhao-leji-pyongyang-2024-04", "the first visit by a Chinese Standing Committee member to North Korea since Xi Jinping in June 2019", id="a seat, of somebody who is no more than that in his party"),
    pytest.param("records/syria-united-states.yaml", "ahmed-al-sharaa-washington-2025-11", "the first ever visit by a Syrian president to the White House", id="to a building"),
    pytest.param("events.yaml", "xi-jinping-pyongyang-2019-06", "the first visit by a Chinese president to North Korea since Hu Jintao in October 2005", id="of the office of the state beside that of the party"),
    pytest.param("events.yaml", "xi-jinping-pyongyang-2019-06", "the first visit by a Chinese president to North Korea since Kim Jong Un took power", id="since who leads the host took power"),
    pytest.param("events.yaml", "xi-jinping-pyongyang-2019-06", "the highest-ranking Chinese visitor to North Korea since Kim Jong Un took power", id="the highest since then"),
    pytest.param("records/united-states-cuba.yaml", "obama-havana-2016-03", "the first visit by a US president to Cuba since the Cuban revolution", id="since a revolution"),
    pytest.param("records/kim-jong-un-abroad.yaml", "journey-kim-jong-un-beijing-2018-03", "the first trip abroad by Kim Jong Un as supreme leader", id="of somebody to anywhere"),
    pytest.param("records/kim-jong-un-abroad.yaml", "journey-kim-jong-un-beijing-2018-03", "the first trip abroad by a North Korean supreme leader since Kim Jong Il in August 2011", id="of an office to anywhere"),
    pytest.param("records/inter-korean.yaml", "kim-yong-il-seoul-2007-11", "the first visit by Kim Yong Il as premier to South Korea", id="a name without what tells two apart"),
    pytest.param("records/india-china.yaml", "rajiv-gandhi-beijing-1988-12", "the first visit by an Indian prime minister to China since Jawaharlal Nehru in October 1954", id="of a visit of which the month is known"),
    pytest.param("records/china-japan.yaml", "abe-shinzo-beijing-2014-11", "the first visit by a Japanese prime minister to China since Noda Yoshihiko in May 2012", id="since one of which the month is known, too"),
    pytest.param("records/south-korea-china.yaml", "kim-young-sam-china-1994-03", "the second visit by a South Korean president to China", id="a number, whatever day of the month it was"),
    pytest.param("records/india-china.yaml", "xi-jinping-goa-2016-10", "the first visit by Xi Jinping to India since September 2014", id="of a person, in some days of a month"),
    pytest.param("events.yaml", "ri-su-yong-beijing-2019-01", "the first visit headed by a North Korean party international department head to China since Ri Su Yong in May 2016", id="on one of two days"),
])  # fmt: skip
def test_what_a_record_bears_out(record, visit, sentence):
    assert sentence in [
        said for first in firsts_of(record, visit) if first.proved for said in (first.sentence, *first.implies)
    ]
    assert judged(sentence, a_record(record).by_id[visit], a_record(record)) == "holds"


@pytest.mark.parametrize(("record", "visit", "sentence"), [
    pytest.param("events.yaml", "choe-ryong-hae-beijing-2013-05", "the highest-ranking North Korean visitor to China since Han Kwang Bok in December 2011", id="since one who ranked lower: the weak form"),
    pytest.param("records/united-states-cuba.yaml", "carter-cuba-2011-03", "the highest-ranking known US visitor to Cuba since Jimmy Carter in May 2002", id="of somebody without rank"),
    pytest.param("events.yaml", "kim-jong-un-beijing-2018-03", "the first visit by a North Korean Standing Committee member to China since Choe Ryong Hae in May 2013", id="a seat, of the leader of the party"),
    pytest.param("events.yaml", "kim-jong-un-beijing-2025-09", "the first visit by a supreme leader between North Korea and China since Xi Jinping in June 2019", id="a word for the visitor that does not fit the one before"),
    pytest.param("events.yaml", "kim-jong-il-china-2011-05", "the first visit by a North Korean supreme leader to Beijing since 2010", id="since the year before, less than a year ago"),
    pytest.param("records/russia-north-korea.yaml", "kim-jong-un-vladivostok-2019-04", "the first known visit by a president between North Korea and Russia since Vladimir Putin in July 2000", id="his father came in between, as high under another title"),
    pytest.param("records/japan-south-korea.yaml", "abe-shinzo-seoul-2015-11", "the first known visit by Abe Shinzo to South Korea since October 2006", id="known of a person, where the record has prime ministers only"),
])  # fmt: skip
def test_what_would_be_true_but_silly_is_not_said(record, visit, sentence):
    assert judged(sentence, a_record(record).by_id[visit], a_record(record)) == "holds"
    assert sentence not in [first.sentence for first in firsts_of(record, visit)]


@pytest.mark.parametrize("visit", ["francis-greece-2021-12", "francis-cyprus-2021-12", "francis-japan-2019-11"])
def test_nobody_is_the_first_ever_in_a_record_that_begins_too_late(visit):
    assert firsts_of("records/papal-journeys.yaml", visit) == []


def test_the_first_ever_of_an_office_needs_no_first_of_its_holder():
    found = [first.sentence for first in firsts_of("records/papal-journeys.yaml", "francis-iraq-2021-03")]
    assert found == ["the first ever visit by a pope to Iraq", "the first trip abroad by a pope since Francis in November 2019"]  # fmt: skip


# -- of which the first day is not known ------------------------------------------------------------------------------------------------------


def headed_by(visitor, office, date, name=""):
    """A visit to North Korea."""
    people = (Person(name or f"Somebody, {office}", "", (office,)),)
    return Event(f"{office}-{date}", parse_when(date), visitor=visitor, host="north-korea", people=people)


def said_of(visit, *others):
    """What is said of a visit in a record that has it and others, and is complete."""
    events = tuple(sorted((visit, *others), key=lambda event: event.order))
    everything = Coverage("all", "any", "any", Span(NEVER_BEFORE, NEVER_AFTER))
    store = Store(events, shipped(), (everything,), by_id={event.id: event for event in events})
    return [text for first in find_firsts(visit, store, AS_OF) for text in (first.sentence, *first.implies)]


SINCE_1999 = "the first visit by a Chinese premier to North Korea since Zhu Rongji in May 1999"
ZHU = headed_by("china", "premier", "1999-05-04", "Zhu Rongji")


@pytest.mark.parametrize(("date", "other", "is_said"), [
    pytest.param("2004-05", headed_by("china", "premier", "2004-05-20"), False, id="another premier came in the month"),
    pytest.param("2004-05-20", headed_by("china", "premier", "2004-05"), False, id="on some day of the month"),
    pytest.param("2004", headed_by("china", "premier", "2004-01"), False, id="in a month of the year"),
    pytest.param("[2004-05-20, 2004-07-01]", headed_by("china", "premier", "2004-06-02"), False, id="between two days of which one is right"),
    pytest.param("[2004-05-20, 2004-07-01]", headed_by("china", "premier", "2004-08-02"), True, id="after both"),
    pytest.param("2004-05", headed_by("china", "premier", "2004-06-01"), True, id="on the day after the month"),
    pytest.param("2004-05", headed_by("china", "foreign-minister", "2004-05-20"), True, id="a minister came in the month"),
    pytest.param("../2004", headed_by("china", "foreign-minister", "2004-05-20"), False, id="at any time until then"),
])  # fmt: skip
def test_what_is_so_on_some_days_only_is_not_said(date, other, is_said):
    said = said_of(headed_by("china", "premier", date), other, ZHU)
    assert (SINCE_1999 in said) == is_said
    assert is_said or not [sentence for sentence in said if " premier " in sentence]


@pytest.mark.parametrize(("record", "visits"), [
    pytest.param("records/china-japan.yaml", ("koizumi-junichiro-shanghai-2001-10", "koizumi-junichiro-beijing-2001-10"), id="Koizumi came twice in October 2001"),
    pytest.param("events.yaml", ("kim-jong-il-beijing-1983-06", "kim-il-sung-dalian-1983"), id="his father came in 1983, too"),
])  # fmt: skip
def test_where_either_may_have_come_first_nothing_is_said_of_either(record, visits):
    assert [firsts_of(record, visit) for visit in visits] == [[], []]


def test_days_are_the_least_where_the_day_is_not_known():
    (first,) = [f for f in firsts_of("records/india-china.yaml", "rajiv-gandhi-beijing-1988-12") if "highest" in f.sentence]  # fmt: skip
    assert first.sentence == "the highest-ranking Indian visitor to China since Jawaharlal Nehru in October 1954"
    assert first.days == parse_when("1988-12-01").start.earliest - parse_when("1954-10-31").start.earliest


def test_why_nothing_is_said_of_a_visit_without_a_year():
    visit = headed_by("china", "premier", "../2004")
    assert said_of(visit, ZHU) == []
    assert "does not know in which years this visit began (../2004)" in why_none(visit, AS_OF)


def test_nothing_is_said_of_a_visit_to_come():
    visit = headed_by("china", "premier", "2004-05-01")
    as_of = parse_when("2004-04-30").start.latest
    assert find_firsts(visit, ZHU, as_of) == []
    assert why_none(visit, as_of) == "this visit has not come by 30 Apr 2004"


# -- the strongest first ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "visit"), [
    pytest.param("events.yaml", "xi-jinping-pyongyang-2026-06", id="China to North Korea"),
    pytest.param("events.yaml", "hu-jintao-pyongyang-2005-10", id="Hu in 2005"),
    pytest.param("events.yaml", "jiang-zemin-pyongyang-2001-09", id="Jiang in 2001"),
    pytest.param("events.yaml", "kim-jong-un-beijing-2025-09", id="North Korea to China"),
    pytest.param("records/canada-china.yaml", "carney-beijing-2026-01", id="Canada"),
    pytest.param("records/united-kingdom-china.yaml", "starmer-china-2026-01", id="Britain"),
    pytest.param("records/united-states-china.yaml", "trump-beijing-2026-05", id="the United States"),
])  # fmt: skip
def test_the_highest_ranking_since_a_visit_implies_the_first_of_the_highest_office_since(record, visit):
    ranked = next(first for first in firsts_of(record, visit) if first.sentence.startswith("the highest-ranking"))
    implied = ranked.implies[0]
    assert implied.startswith("the first visit by a")
    assert implied.partition(" since ")[2] == ranked.sentence.partition(" since ")[2]
    assert implied not in [first.sentence for first in firsts_of(record, visit)]


def test_that_nobody_as_high_came_does_not_follow_for_a_lower_office():
    """A president who leads no party may have come since; Xi leads both."""
    first, second, *_ = firsts_of("events.yaml", "xi-jinping-pyongyang-2019-06")
    assert (
        first.implies[0] == "the first visit by a Chinese party leader to North Korea since Hu Jintao in October 2005"
    )
    assert not [sentence for sentence in first.implies if "president" in sentence]
    assert second.sentence == "the first visit by a Chinese president to North Korea since Hu Jintao in October 2005"


def test_ever_stands_before_since_and_a_number_last():
    found = [first.sentence for first in firsts_of("records/syria-united-states.yaml", "ahmed-al-sharaa-washington-2025-11")]  # fmt: skip
    assert found == [
        "the first ever visit by a Syrian president to the White House",
        "the second visit by Ahmed al-Sharaa to the United States",
        "the third visit by a Syrian president to the United States",
    ]


def test_anywhere_stands_before_one_country():
    found = firsts_of("records/kim-jong-un-abroad.yaml", "journey-kim-jong-un-beijing-2018-03")
    places = ["abroad" if "trip abroad" in first.sentence else "China" for first in found]
    assert places == sorted(places, reverse=True)
    assert "China" in places


@pytest.mark.parametrize(("visit", "since", "follows"), [
    pytest.param("li-qiang-pyongyang-2025-10", "the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009", ("the first visit by a Chinese premier to North Korea since Kim Jong Un took power",), id="a premier"),
    pytest.param("xi-jinping-pyongyang-2019-06", "the first visit by a Chinese president to North Korea since Hu Jintao in October 2005", ("the first visit by a Chinese president to North Korea since Kim Jong Un took power",), id="a president"),
    pytest.param("xi-jinping-pyongyang-2019-06", "the highest-ranking Chinese visitor to North Korea since Hu Jintao in October 2005", (
        "the first visit by a Chinese party leader to North Korea since Hu Jintao in October 2005",
        "the highest-ranking Chinese visitor to North Korea since Kim Jong Un took power",
        "the first visit by a Chinese party leader to North Korea since Kim Jong Un took power",
    ), id="the highest, of whom and since when"),
])  # fmt: skip
def test_since_a_visit_implies_since_an_accession_after_it(visit, since, follows):
    found = firsts_of("events.yaml", visit)
    assert [first.implies for first in found if first.sentence == since] == [follows]
    assert not [first for first in found if "took power" in first.sentence]


def test_since_an_accession_is_told_where_coverage_does_not_reach_back_to_the_visit_before():
    found = {first.sentence: first.proved for first in firsts_of("events.yaml", "li-zhaoxing-pyongyang-2004-03")}
    assert found["the first visit by a Chinese foreign minister to North Korea since Hu Jintao took power"]
    assert not found["the first known visit by a Chinese foreign minister to North Korea since Tang Jiaxuan in October 1999"]  # fmt: skip


def test_a_premier_ranks_as_high_as_any_other_whatever_his_place_in_the_party():
    first, *_ = firsts_of("events.yaml", "zhao-ziyang-pyongyang-1981-12")
    assert first.sentence == "the highest-ranking Chinese visitor to North Korea since Hua Guofeng in May 1978"
    assert first.implies == ("the first visit by a Chinese premier to North Korea since Hua Guofeng in May 1978",)


def test_the_highest_ranking_says_nothing_of_those_lower_in_the_same_body():
    """Li Keqiang was seventh of the Standing Committee in October 2011; Zhou Yongkang, ninth of it, had come in 2010."""
    found = [first.sentence for first in firsts_of("events.yaml", "li-keqiang-pyongyang-2011-10")]
    assert "the highest-ranking Chinese visitor to North Korea since Wen Jiabao in October 2009" in found
    assert "the first visit by a Chinese Standing Committee member to North Korea since Zhou Yongkang in October 2010" in found  # fmt: skip


@pytest.mark.parametrize("record", ["events.yaml", "records/united-states-cuba.yaml", "records/japan-iran.yaml"])
def test_of_the_same_visits_only_the_longest_time_is_told(record, some):
    for event in some([event for event in a_record(record).events if event.type == "visit"], 6):
        said = [first.sentence for first in firsts_of(record, event.id) if first.proved]
        whose = [sentence.partition(" since ")[0] for sentence in said if " since " in sentence]
        assert len(whose) == len(set(whose)), said


@pytest.mark.parametrize(("record", "visit", "numbers"), [
    pytest.param("events.yaml", "xi-jinping-pyongyang-2026-06", ["second"], id="not the tenth by a party leader"),
    pytest.param("records/united-states-china.yaml", "obama-china-2009-11", [], id="not the tenth by a president"),
    pytest.param("records/china-russia.yaml", "xi-jinping-moscow-2025-05", ["eleventh"], id="the eleventh, with nothing else to tell"),
])  # fmt: skip
def test_a_high_number_is_news_only_where_nothing_else_is_proved(record, visit, numbers):
    found = [first for first in firsts_of(record, visit) if first.verdict.claim.form == "nth"]
    assert [first.sentence.split()[1] for first in found if " visit " in first.sentence] == numbers


# -- nothing ---------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "event", "reason"), [
    pytest.param("events.yaml", "xi-jinping-pyongyang-2018-09", "was cancelled", id="cancelled"),
    pytest.param("records/japan-iran.yaml", "kono-tehran-2019-06", "was announced, and the record does not have it as made", id="announced"),
    pytest.param("events.yaml", "yang-dezhi-pyongyang-1986-05", "it is not settled whether it was made", id="a candidate"),
    pytest.param("events.yaml", "kim-jong-un-transit-2019-03", "this was a transit: such stops are left out", id="a transit"),
    pytest.param("events.yaml", "china-dprk-treaty-renewal-1981", "an event of type treaty is no visit", id="a treaty"),
    pytest.param("events.yaml", "kim-trump-hanoi-2019-02", "an event of type meeting is no visit", id="a meeting"),
    pytest.param("records/china-japan.yaml", "koizumi-junichiro-shanghai-2001-10", "on every day on which it may have begun (2001-10). Each needs that no other such visit may have begun in that time", id="another in the same month"),
    pytest.param("events.yaml", "li-hongzhong-pyongyang-2023-07", None, id="a visit of which something is said"),
])  # fmt: skip
def test_where_nothing_is_said_it_is_said_why(run, record, event, reason):
    asked = ("firsts", event, "--store", ROOT / record, "--as-of", "2026-07-15")
    found = json.loads(run(*asked, "-O", "json").out)
    told = " ".join(run(*asked).out.split())
    if reason is None:
        assert found["summary"]["count"] > 0
        assert found["summary"]["why"] is None
    else:
        assert (found["rows"], found["summary"]["count"]) == ([], 0)
        assert reason in found["summary"]["why"]
        assert f"{event}: {found['summary']['why']}." in told


MEETINGS = [
    (record, event.id)
    for record in ("events.yaml", "records/inter-korean.yaml")
    for event in a_record(record).events
    if event.type == "meeting"
]


def shares_days(one, other):
    return one.date.start.earliest <= other.date.end.latest and other.date.start.earliest <= one.date.end.latest


@pytest.mark.parametrize(("record", "meeting"), MEETINGS)
def test_what_is_told_to_ask_of_a_meeting_is_understood_and_about_it(record, meeting):
    store = a_record(record)
    event = store.by_id[meeting]
    sentence = sentence_of_meeting(event)
    assert bool(sentence) == (len(event.people) == 2)
    if sentence:
        claim = parse(sentence, store, event)._replace(about=event.id)
        about = judge(claim, store, AS_OF, plain=True).about
        assert about == event or (about.type == "visit" and shares_days(about, event)), "the visit that it is part of"


def test_a_meeting_is_asked_of_the_record_that_was_named(run):
    store = ROOT / "events.yaml"
    told = " ".join(run("firsts", "kim-trump-hanoi-2019-02", "--store", store).out.split())
    sentence = '"the first meeting between Kim Jong Un and Donald Trump"'
    assert f"timeline claim {sentence} --about kim-trump-hanoi-2019-02 --store {store}" in told


def test_days_are_those_back_to_a_visit_or_a_change_of_power_and_unknown_of_all_before():
    found = firsts_of("records/kim-jong-un-abroad.yaml", "journey-kim-jong-un-beijing-2018-03")
    found += firsts_of("records/syria-united-states.yaml", "ahmed-al-sharaa-washington-2025-11")
    days = {first.sentence: first.days for first in found}
    assert days["the first trip abroad by a North Korean supreme leader since Kim Jong Il in August 2011"] > 6 * 365
    assert days["the first ever visit by a Syrian president to the White House"] is None
    assert days["the first trip abroad by Kim Jong Un as supreme leader"] is None
    assert all(one is None or 365 <= one < 100 * 366 for one in days.values())


# -- what is not borne out -------------------------------------------------------------------------------------------------------------------


def test_whom_print_names_is_told_where_a_doubtful_visit_came_later(run):
    """Coolidge in 1928; Truman's stop at the naval base in 1948 is disputed."""
    told = run("firsts", "obama-havana-2016-03", "--store", ROOT / "records/united-states-cuba.yaml", "-O", "json").out
    rows = {row["sentence"]: row for row in json.loads(told)["rows"]}
    coolidge = rows["the first visit by a US president to Cuba since Calvin Coolidge in January 1928"]
    assert (coolidge["verdict"], coolidge["proved"]) == ("depends", False)
    assert coolidge["missing"] == "it depends on which kinds of visit count: Harry S Truman (Feb 1948) came in between"
    assert not [sentence for sentence, row in rows.items() if "Truman" in sentence and "first" in sentence and row["proved"]]  # fmt: skip


def test_what_coverage_lacks_is_named(run):
    told = run("firsts", "may-china-2018-01", "--store", ROOT / "records/united-kingdom-china.yaml", "-O", "plain").out
    unsaid = told.partition("Not to be said as it stands")[2]
    assert "the highest-ranking British visitor to China since Theresa May in September 2016" in unsaid
    assert "no coverage statement says that the record is complete from 1 Sep 2016 to 30 Jan 2018" in unsaid


def test_nothing_unsaid_holds_or_fails():
    """What fails is no candidate, and what holds is said."""
    for record in ("events.yaml", "records/united-states-cuba.yaml", "records/india-pakistan.yaml"):
        store = a_record(record)
        for event in [event for event in store.events if event.type == "visit"][-8:]:
            for first in search_firsts(event, store, AS_OF).unsaid:
                assert judged(first.sentence, event, store) in ("depends", "undetermined", "unverifiable")
                assert first.missing


# -- what coverage does not say --------------------------------------------------------------------------------------------------------------


def test_what_rests_on_visits_on_record_alone_stands_apart_and_says_known(run):
    told = run(
        "firsts", "ohira-masayoshi-china-1979-12", "--store", ROOT / "records/china-japan.yaml", "--format", "plain"
    ).out
    proved, known = told.split("Only of visits on record")
    assert "the first known visit by a Japanese prime minister to China since Tanaka Kakuei" in known
    assert "visit by" not in proved


def test_no_rank_is_compared_where_the_record_leaves_out_ranks():
    """Of vice-presidents and most ministers it has some journeys only, as its coverage says."""
    found = [first.sentence for first in firsts_of("records/united-states-china.yaml", "shultz-beijing-1983-02")]
    assert not [sentence for sentence in found if "highest-ranking" in sentence]


# -- what is safe to write -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("claim", "about", "safe"), [
    pytest.param("the highest-ranking Chinese visitor to North Korea since Zhao Leji in 2024", "li-qiang-pyongyang-2025-10", "the highest-ranking Chinese visitor to North Korea since Xi Jinping in June 2019", id="weak: Zhao ranked lower"),
    pytest.param("the highest-ranking Chinese official to visit Pyongyang since 2020", "li-qiang-pyongyang-2025-10", "the highest-ranking Chinese visitor to Pyongyang since Xi Jinping in June 2019", id="weak: a year without a visit as high, in the claim's own city"),
    pytest.param("the most senior Chinese leader to visit North Korea since 2020", "li-qiang-pyongyang-2025-10", "the highest-ranking Chinese leader to visit North Korea since Xi Jinping in June 2019", id="a word that leaves out those who are no leaders"),
    pytest.param("the highest-ranking Chinese visitor to North Korea in 10 years", "li-qiang-pyongyang-2025-10", "the highest-ranking Chinese visitor to North Korea since Xi Jinping in June 2019", id="false"),
    pytest.param("the highest-ranking North Korean visitor to China since Han Kwang Bok in December 2011", "choe-ryong-hae-beijing-2013-05", "the highest-ranking North Korean visitor to China since Han Kwang Bok in December 2011", id="weak, where how ladders compare leaves nothing stronger"),
])  # fmt: skip
def test_the_safe_rewrite_of_a_rank_names_the_last_as_high(claim, about, safe):
    store = a_record("events.yaml")
    assert judge(parse(claim, store, store.by_id[about])._replace(about=about), store, AS_OF).rewrite == safe


# -- over random records ---------------------------------------------------------------------------------------------------------------------

CHINESE = (
    Person("Hu Jintao", "", ("president", "general-secretary", "standing-committee-member"), party_rank=1),
    Person("Jiang Zemin", "", ("general-secretary",)),
    Person("Yang Shangkun", "", ("president",)),
    Person("Wen Jiabao", "", ("premier", "standing-committee-member"), party_rank=3),
    Person("Wu Bangguo", "", ("parliament-chairman", "standing-committee-member"), party_rank=2),
    Person("Li Changchun", "", ("standing-committee-member",)),
    Person("Li Yuanchao", "", ("vice-president", "politburo-member")),
    Person("Wang Yi", "", ("foreign-minister",)),
    Person("Yang Wenchang", "", ()),
)
KOREAN = (
    Person("Kim Jong Il", "", ("supreme-leader", "general-secretary")),
    Person("Kim Yong Nam", "", ("presidium-president",)),
    Person("Choe Yong Rim", "", ("premier",)),
    Person("Ri Yong Ho", "", ("foreign-minister",)),
)
WHENS = [
    "1996", "1997-03-10", "[1997-03-10, 1998-06-01]", "1999-05", "2000-05-29", "2000-05-29/2000-05-31", "2002-02-01/2002-02-03",
    "../1998", "2001-05/..", "2003-07", "2004", "2004-11-05", "[2004-11-05, 2005-10-28]", "2005-10-28", "2006-01-10", "2006-01", "2008-06-17", "2009-10-04",
]  # fmt: skip
SPANS = [Span(NEVER_BEFORE, NEVER_AFTER), Span(parse_when("1999-01-01").start.earliest, NEVER_AFTER)]
COVERAGES = [
    (),
    *((Coverage("all", "any", "any", span),) for span in SPANS),
    *((Coverage("high", "any", "any", span, level=80),) for span in SPANS),
    (Coverage("near", "china", "north-korea", SPANS[0], how="near-complete"),),
]


def parties(people):
    head = st.sampled_from(people)
    return st.lists(head, min_size=1, max_size=2, unique=True).map(
        lambda found: (found[0], *(person._replace(role="accompanies") for person in found[1:]))
    )


def visits(to_korea):
    """A visit as a builder that wants an id."""
    people, capital, city = (CHINESE, "Pyongyang", "Wonsan") if to_korea else (KOREAN, "Beijing", "Dalian")
    sides = ("china", "north-korea") if to_korea else ("north-korea", "china")
    return st.builds(
        lambda date, party, kind, status, places, support: Event(
            "", parse_when(date), visitor=sides[0], host=sides[1], people=party, kind=kind, status=status, places=places,
            support=support,
        ),
        st.sampled_from(WHENS),
        parties(people),
        st.sampled_from(["", "official", "state", "goodwill", "unofficial", "working", "transit"]),
        st.sampled_from(["happened"] * 5 + ["cancelled"]),
        st.sampled_from([(capital,), (city,), (capital, city), ()]),
        st.sampled_from(["confirmed"] * 5 + ["recalled"]),
    )  # fmt: skip


@st.composite
def stores(draw):
    found = draw(st.lists(visits(True) | visits(True) | visits(False), min_size=2, max_size=7))
    events = [event._replace(id=f"v{number}") for number, event in enumerate(found)]
    events.sort(key=lambda event: event.order)
    return Store(tuple(events), shipped(), draw(st.sampled_from(COVERAGES)), by_id={e.id: e for e in events})


CLAIMS = [
    "first visit by {a} to {host} in 9 years",
    "first visit by {a} to {host} in 2 years",
    "first visit headed by {a} to {host} since 2004",
    "first visit by {a} to {host} since May 1999",
    "first ever visit by {a} to {host}",
    "second visit by {a} to {host}",
    "first visit to {city} by {a} since 2001",
    "first official visit by {a} to {host} in 5 years",
    "{name}'s first visit to {host} in 8 years",
    "third visit by {name} to {host}",
    "first {whose} visit to {host} in 4 years",
    "highest-ranking {whose} visitor to {host} since 2004",
    "highest-ranking {whose} visitor to {host} since 2000",
    "highest-ranking {whose} visitor to {city} in 3 years",
    "highest-ranking {whose} leader to visit {host} since 2005",
    "longest gap between visits by {a} to {host}",
    "the last visit by {a} to {host} was in 2004",
    "no {whose} {noun} has visited {host} since 2003",
    "no {whose} {noun} visited {host} in 2004",
    "no {whose} {noun} has ever visited {host}",
    "the fourth {whose} {noun} to visit {host}",
    "{name} visited {host} three times since 1999",
    "{name} has never visited {host}",
    "{whose} {noun}s visited {host} twice in the 2000s",
    "{name}'s third visit to {host} in 8 years",
    "{name} was last in {host} in 2004",
]
NOUNS = ["leader", "president", "party leader", "premier", "foreign minister", "official"]


def claim_about(event, template, noun):
    """A sentence about a visit of a random record, true or false of it."""
    whose, host, city = ("Chinese", "North Korea", "Pyongyang") if event.visitor == "china" else ("North Korean", "China", "Beijing")  # fmt: skip
    named = {"a": f"a {whose} {noun}", "whose": whose, "noun": noun, "host": host, "city": city}
    return template.format(name=event.people[0].name, **named)


slow = settings(max_examples=settings().max_examples // 2, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])  # fmt: skip


@slow
@given(
    store=stores(),
    said=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(CLAIMS), st.sampled_from(NOUNS)), min_size=4, max_size=4
    ),
)
def test_a_safe_rewrite_always_holds(store, said):
    for back, template, noun in said:
        event = store.events[-min(back, len(store.events))]
        text = claim_about(event, template, noun)
        try:
            claim = parse(text, store, event)._replace(about=event.id)
        except NotUnderstood:
            continue
        found = judge(claim, store, AS_OF)
        if found.rewrite:
            assert judged(found.rewrite, event, store) == "holds", (text, found.verdict, found.rewrite)


def made(event, store):
    """The other visits that were made in the direction of one, transits apart."""
    same = [e for e in store.events if e is not event and e.direction == event.direction]
    return [e for e in same if e.status == "happened" and e.kind != "transit"]


def heads(event):
    return {office for person in event.people if person.role == "heads" for office in person.offices}


def levels(event, store):
    return max((store.vocabulary.offices[o].level for person in event.people for o in person.offices), default=0)


def starts_between(event, first, last):
    return any(span.earliest < last and span.latest > first for span in event.date.starts)


def is_denied_by_the_record(first, event, store):
    """Whether a visit of somebody in the very office, or as high, may lie where a superlative says that there was none, on the last day on which the one in question may have begun. Coverage and readings apart."""
    day, others, sentence = event.date.start.latest, made(event, store), first.sentence
    if " ever " in sentence:
        rivals = [e for e in others if e.date.start.earliest < day and shared(first, e)]
        return bool(rivals)
    if " since " not in sentence or " between " in sentence:
        return False
    since = max((e.date.start.latest for e in first.verdict.main.finding.deciding if e is not event), default=None)
    if since is None:
        return False
    after = [e for e in others if all(span.earliest > since and span.latest < day for span in e.date.starts)]
    if "highest-ranking" in sentence:
        return any(levels(e, store) > levels(event, store) for e in after)
    return any(shared(first, e) for e in after)


def shared(first, other):
    """Whether another visit was headed by somebody of the office, or of the name, that a sentence says."""
    query = first.verdict.main.query
    names = {person.name for person in other.people if person.role == "heads"}
    return bool(names & set(query.people)) if query.people else bool(heads(other) & set(query.offices))


def on_each(event, store):
    """A visit of a coarse date on the first and the last day of each time in which it may have begun, and in the middle of it, each in a record that has it so."""
    times = () if event.date.start.exact or event.date.text.startswith("..") else event.date.starts
    for day in sorted({day for first, last in times for day in (first, (first + last) // 2, last)}):
        exact = event._replace(date=parse_when(iso(day)))
        events = tuple(sorted((exact if e is event else e for e in store.events), key=lambda e: e.order))
        yield exact, store._replace(events=events, by_id={e.id: e for e in events})


@slow
@given(store=stores())
def test_a_superlative_of_firsts_always_holds(store):
    for event in store.events:
        for first in find_firsts(event, store, AS_OF):
            assert first.proved == (" known " not in f" {first.sentence} "), first.sentence
            for sentence in (first.sentence, *first.implies):
                assert judged(sentence, event, store) == "holds", sentence
                for exact, dated in on_each(event, store):
                    assert judged(sentence, exact, dated) == "holds", (sentence, exact.date.text)
            assert not is_denied_by_the_record(first, event, store), first.sentence
