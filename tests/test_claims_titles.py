"""Title and power: who is called head of state, and who is one in fact."""

from functools import cache
from pathlib import Path

import pytest

from timeline.claims.grammar import parse
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.store import load

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-06-30").start.latest
NEWLY = "whether it must have been the first visit of its visitor"
TENURE = "from when to when somebody held an office"


@cache
def a_record(name):
    return load([str(ROOT / name)])


def verdict(sentence, about, record="events.yaml"):
    store = a_record(record)
    return judge(parse(sentence, store, store.by_id[about]), store, AS_OF)


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("first visit by a North Korean head of state to China in seven years", "kim-jong-un-beijing-2018-03", "depends", id="the leader, before he was head of state by title"),
    pytest.param("first visit by a North Korean head of state to China in 20 years", "kim-jong-un-beijing-2018-03", "fails", id="a number that is false of both"),
    pytest.param("first visit by a North Korean head of state to China since Kim Il Sung in October 1991", "kim-yong-nam-beijing-1999-06", "holds", id="head of state by title, and no leader came in between"),
    pytest.param("first visit by a North Korean head of state to China in nearly four years", "kim-yong-nam-beijing-2008-08", "depends", id="head of state by title, and the leader had come in between"),
    pytest.param("first visit by a North Korean head of state to China in 15 years", "kim-jong-un-beijing-2025-09", "depends", id="since the one by title, or his own as leader"),
])  # fmt: skip
def test_head_of_state_by_title_and_in_fact(sentence, about, answer):
    assert verdict(sentence, about).verdict == answer


def test_both_meanings_of_head_of_state_are_told():
    found = verdict(
        "first visit by a North Korean head of state to China in seven years", "kim-jong-un-beijing-2018-03"
    )
    assert found.switch == "what “head of state” means"
    assert {reading.label.split(";")[0] for reading in found.readings} == {
        "head of state by title",
        "head of state by title, or party or paramount leader",
    }


VIETNAM = "records/vietnam-north-korea.yaml"


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("first visit by a Vietnamese head of state to North Korea in 18 years", "depends", id="a general secretary is one in fact only"),
    pytest.param("first visit by a Vietnamese head of state to North Korea in 40 years", "fails", id="false of both"),
])  # fmt: skip
def test_a_general_secretary_is_head_of_state_in_fact_only(sentence, answer):
    (about,) = [e.id for e in a_record(VIETNAM).events if any(p.name == "To Lam" for p in e.people)]
    assert verdict(sentence, about, VIETNAM).verdict == answer


@pytest.mark.parametrize(("sentence", "about", "record", "answer"), [
    pytest.param("Xi Jinping's first visit to North Korea as president", "xi-jinping-pyongyang-2019-06", "events.yaml", "holds", id="the first since he took office"),
    pytest.param("Xi Jinping's second visit to North Korea as general secretary", "xi-jinping-pyongyang-2026-06", "events.yaml", "holds", id="the second"),
    pytest.param("Xi Jinping's third visit to North Korea as president", "xi-jinping-pyongyang-2026-06", "events.yaml", "fails", id="the third of all, one as vice-president"),
    pytest.param("Xi Jinping's third visit to North Korea", "xi-jinping-pyongyang-2026-06", "events.yaml", "unverifiable", id="of all, where nobody listed what he did when young"),
])  # fmt: skip
def test_visits_in_an_office_are_counted_from_the_day_it_was_taken(sentence, about, record, answer):
    assert verdict(sentence, about, record).verdict == answer


@pytest.mark.parametrize(("sentence", "about", "answer", "switch"), [
    pytest.param("the fourth Chinese president to visit North Korea since 1990", "xi-jinping-pyongyang-2019-06", "holds", "", id="after Yang, Jiang and Hu"),
    pytest.param("the fourth Chinese president to visit North Korea since 1990", "xi-jinping-pyongyang-2026-06", "depends", NEWLY, id="Xi is, but since 2019"),
    pytest.param("the third Chinese president to visit North Korea since 1990", "xi-jinping-pyongyang-2026-06", "fails", "", id="a wrong number either way"),
    pytest.param("the second Chinese president to visit North Korea since 2005", "xi-jinping-pyongyang-2019-06", "holds", "", id="after Hu in that year"),
    pytest.param("the first Chinese president to visit North Korea since 2010", "xi-jinping-pyongyang-2026-06", "fails", "", id="a first is one of visits: Xi himself came in 2019"),
])  # fmt: skip
def test_a_number_of_people_is_told_apart_from_the_visit(sentence, about, answer, switch):
    found = verdict(sentence, about, "events.yaml")
    assert (found.verdict, found.switch) == (answer, switch)


@pytest.mark.parametrize(("sentence", "about", "answer", "switch"), [
    pytest.param("first North Korean president to visit China since 1991", "kim-jong-un-beijing-2025-09", "depends", TENURE, id="president since June 2016 or since April 2019: his visits of 2018 lie between"),
    pytest.param("first North Korean president to visit China in 34 years", "kim-jong-un-beijing-2025-09", "depends", TENURE, id="or in six years"),
    pytest.param("first North Korean president to visit China since 1985", "kim-jong-un-beijing-2025-09", "fails", "", id="false either way: Kim Il Sung came in 1991"),
    pytest.param("first visit by a North Korean supreme leader to China since 2019", "kim-jong-un-beijing-2025-09", "holds", "", id="an office of which the date is known"),
    pytest.param("first North Korean president to visit China since 1991", "kim-jong-un-beijing-2018-03", "depends", TENURE, id="whether this visit was by a president at all"),
])  # fmt: skip
def test_an_office_of_which_the_date_is_open_is_answered_both_ways(sentence, about, answer, switch):
    """Kim Jong Un has been president (of the State Affairs Commission) from 29 June 2016, when he became its chairman, or from 11 April 2019."""
    found = verdict(sentence, about)
    assert (found.verdict, found.switch) == (answer, switch)
