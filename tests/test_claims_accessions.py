"""What a claim counts from: when somebody took an office, of one who took it twice too, visits and events by their names; and what "leader" says of a visit or of a person."""

import re
from functools import cache
from pathlib import Path

import pytest

from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.people import person_index
from timeline.store import load

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-07-15").start.latest


@cache
def a_record(name="events"):
    return load([str(ROOT / "events.yaml" if name == "events" else ROOT / "records" / f"{name}.yaml")])


def judged(record, about, sentence, published=""):
    store = a_record(record)
    day = parse_when(published).start if published else None
    claim = parse(sentence, store, store.by_id.get(about), day)
    return judge(claim._replace(about=about, published=day), store, AS_OF)


US, RUSSIA, JAPAN = "united-states-china", "russia-north-korea", "china-japan"
FIRST, SECOND, ON_RUSSIA = "trump-beijing-2017-11", "trump-beijing-2026-05", "kim-jong-un-vladivostok-2019-04"


@pytest.mark.parametrize(("record", "about", "sentence", "verdict", "switch"), [
    pytest.param(US, FIRST, "the first visit to China by a US president since Donald Trump took office", "holds", "", id="his first term: the second lies after the visit"),
    pytest.param(US, FIRST, "Trump's first visit to China since taking office", "holds", "", id="his own"),
    pytest.param(US, SECOND, "Trump's first visit to China since taking office", "depends", "which time in office is meant", id="false of the first term, and true of the second"),
    pytest.param(US, SECOND, "Trump's first visit to China since taking office in 2017", "fails", "", id="the date chooses the first term"),
    pytest.param(US, SECOND, "Trump's first visit to China since taking office in 2025", "holds", "", id="the second: president on that visit too, as since January 2025"),
    pytest.param(US, SECOND, "Trump's first visit to China since October 2024", "fails", "", id="out of office he is covered, too: there was none in that month, and the last was in 2017"),
    pytest.param(JAPAN, "abe-shinzo-beijing-2014-11", "Abe's first visit to Beijing since taking office in December 2012", "holds", "", id="the date chooses the second time"),
    pytest.param(JAPAN, "abe-shinzo-beijing-2014-11", "Abe's first visit to Beijing since taking office in September 2006", "fails", "", id="the date chooses the first time"),
    pytest.param(JAPAN, "abe-shinzo-beijing-2014-11", "Abe's first visit to Beijing since taking office", "depends", "which time in office is meant", id="either time"),
    pytest.param(RUSSIA, ON_RUSSIA, "Kim Jong Un's first trip to Russia since taking power", "holds", "", id="from December 2011 on, in whatever posts"),
    pytest.param(RUSSIA, ON_RUSSIA, "Kim Jong Un's first trip to Russia since he took power in 2011", "holds", "", id="with its date"),
    pytest.param(RUSSIA, "kim-jong-un-russia-2023-09", "Kim Jong Un's first trip to Russia since taking power", "fails", "", id="from one post to the next is no new beginning"),
    pytest.param(RUSSIA, "putin-pyongyang-2024-06-visit", "Putin's first visit to North Korea since taking office", "depends", "which time in office is meant", id="president from 1999, and again from 2012"),
    pytest.param(RUSSIA, "putin-pyongyang-2000-07", "Putin's first visit to North Korea since taking office", "holds", "", id="only the first time lies before the visit"),
    pytest.param("inter-korean", "moon-jae-in-pyongyang-2018-09", "Moon is the first South Korean president to visit Pyongyang since Kim Jong Un took power", "holds", "", id="the one who took power is not the one who travels"),
    pytest.param("events", "jiang-zemin-pyongyang-2001-09", "Jiang Zemin's first visit to North Korea since taking office in 1993", "holds", "", id="the date chooses a lesser office"),
    pytest.param("events", "jiang-zemin-pyongyang-2001-09", "first visit by a Chinese president to North Korea since Jiang Zemin took office", "depends", "which time in office is meant", id="of the party, or the one that is counted"),
])  # fmt: skip
def test_since_somebody_took_office(record, about, sentence, verdict, switch):
    found = judged(record, about, sentence)
    assert (found.verdict, found.switch) == (verdict, switch)


@pytest.mark.parametrize(("record", "about", "whose", "told"), [
    pytest.param("events", "kim-jong-un-beijing-2018-03", "Kim took power in 1994", "Kim Jong Il succeeds his father as leader of North Korea (8 Jul 1994)", id="his father did"),
    pytest.param("events", "kim-jong-un-beijing-2018-03", "Kim took power in 2011", "Kim Jong Un succeeds his father as leader of North Korea (17 Dec 2011)", id="himself"),
    pytest.param("events", "kim-jong-un-beijing-2018-03", "Kim took power", "Kim Jong Un succeeds his father as leader of North Korea (17 Dec 2011)", id="without a date himself"),
    pytest.param("events", "kim-jong-un-beijing-2018-03", "Kim took power in 1972", "Kim Il Sung took power (28 Dec 1972)", id="president in 1972, and no premier takes power"),
    pytest.param("events", "kim-jong-un-beijing-2018-03", "Kim became premier in 2007", "Kim Yong Il (premier) became premier (11 Apr 2007)", id="an office that one of the name took"),
    pytest.param("events", "kim-yong-il-premier-china-2009-03", "Kim took power", "Kim Jong Il succeeds his father as leader of North Korea (8 Jul 1994)", id="a premier's visit: no premier takes power"),
    pytest.param(US, "bush-shanghai-2001-10", "Bush took office in 1989", "George H W Bush took office (20 Jan 1989)", id="of two presidents the father"),
    pytest.param("south-korea-china", "lee-jae-myung-china-2026-01", "Lee took office in 2008", "Lee Myung-bak took office (25 Feb 2008)", id="of two presidents the earlier"),
])  # fmt: skip
def test_of_a_family_name_the_date_says_who_took_power(record, about, whose, told):
    visit = a_record(record).by_id[about]
    claim = judged(
        record, about, f"first visit to {'China' if visit.host == 'china' else 'North Korea'} since {whose}"
    ).claim
    assert claim.since is not None
    assert claim.since.label == told


@pytest.mark.parametrize("sentence", [
    pytest.param("Kim Jong Un's first visit to China since Kim took power", id="which of them is meant nobody says"),
    pytest.param("Kim Jong Un's first visit to China since Kim took power in 1998", id="nobody of the name did, as far as is known"),
])  # fmt: skip
def test_a_family_name_of_which_several_took_power_is_refused_with_their_days(sentence):
    told = (
        "which Kim (Kim Il Sung, 30 Jun 1949; Kim Jong Il, 8 Jul 1994; Kim Jong Un, 17 Dec 2011)? Write the full name"
    )
    with pytest.raises(NotUnderstood, match=re.escape(told)):
        judged("events", "", sentence)


@pytest.mark.parametrize(("record", "about", "sentence", "verdict", "told"), [
    pytest.param(US, "bush-shanghai-2001-10", "first visit by a US president to China since Bush took office in 1993", "depends", "1993", id="neither of two Bushes did"),
    pytest.param(US, SECOND, "first visit by a US president to China since Biden took office in 2017", "undetermined", "2017", id="the year of the one before him"),
    pytest.param("india-china", "narendra-modi-tianjin-2025-08", "Modi's first visit to China since he took office in 2019", "depends", "2019", id="the year of a second election"),
    pytest.param("events", "wen-jiabao-pyongyang-2009-10", "Wen's first visit to North Korea since taking office in 2008", "holds", "2008", id="the year of a second term"),
    pytest.param("events", "li-qiang-pyongyang-2025-10", "first visit by a Chinese premier to North Korea since the pandemic began in 2015", "holds", "2015", id="an event of another year"),
    pytest.param("events", "li-qiang-pyongyang-2025-10", "first visit by a Chinese premier to North Korea since the pandemic began in February 2020", "holds", "Feb 2020", id="a month between its two disputed dates"),
])  # fmt: skip
def test_an_event_that_is_dated_wrongly_is_answered_by_both_dates_and_told(record, about, sentence, verdict, told):
    found = judged(record, about, sentence)
    assert (found.verdict, found.switch) == (verdict, "which date of the event is right" if verdict != "holds" else "")
    assert any(f"the claim has another date, {told}" in note for note in found.notes), found.notes
    assert found.rewrite != sentence  # with the wrong date it is not safe to write


def test_a_month_without_a_year_that_does_not_fit_an_event_is_refused():
    with pytest.raises(NotUnderstood, match="not as the claim does"):
        judged(
            "events",
            "li-qiang-pyongyang-2025-10",
            "first visit by a Chinese premier to North Korea since the pandemic began in May",
        )


def test_each_time_in_office_is_answered():
    found = judged(RUSSIA, "putin-pyongyang-2024-06-visit", "Putin's first visit to North Korea since taking office")
    answers = {dict(reading.switches)["accession"]: reading.finding.verdict for reading in found.readings}
    assert answers == {"taking office (31 Dec 1999)": "fails", "taking office (7 May 2012)": "holds"}


@pytest.mark.parametrize(("record", "about", "sentence", "verdict"), [
    pytest.param("events", "jiang-zemin-pyongyang-2001-09", "first visit by a top Chinese leader to North Korea since 1992", "depends", id="the president came in 1992, the party leader in 1990"),
    pytest.param("events", "jiang-zemin-pyongyang-2001-09", "first visit by a top Chinese leader to North Korea in nearly a decade", "depends", id="nearly a decade after the president"),
    pytest.param("vietnam-north-korea", "nong-duc-manh-pyongyang-2007-10", "top Vietnamese leader visits North Korea for the first time since 2002", "unverifiable", id="not false: the president came in 2002"),
    pytest.param("events", "kim-jong-il-beijing-2004-04", "Kim Jong Il's third visit to China as leader", "holds", id="not in 1983, as the heir"),
    pytest.param("events", "kim-jong-un-beijing-2025-09", "Kim Jong Un's fifth visit to China as leader", "holds", id="he led all the time"),
    pytest.param(RUSSIA, ON_RUSSIA, "first visit by a North Korean leader to Russia since 2002", "fails", id="that of 2002 was no more formal than that of 2011"),
])  # fmt: skip
def test_who_is_a_leader(record, about, sentence, verdict):
    assert judged(record, about, sentence).verdict == verdict


def test_between_two_times_in_office_nothing_can_be_missed():
    """Abe was prime minister from September 2006 to September 2007, and from December 2012 on."""
    found = judged(
        "japan-south-korea", "abe-shinzo-pyeongchang-2018-02", "Abe's third visit to South Korea as prime minister"
    )
    assert "from 26 Sep 2006 to 26 Sep 2007" in found.main.finding.reason


CANADA, ABROAD, MOSCOW = "canada-china", "kim-jong-un-abroad", "xi-jinping-moscow-2023-03"
CARNEY, KIM = "carney-beijing-2026-01", "journey-kim-jong-un-russia-2023-09"


@pytest.mark.parametrize(("record", "about", "sentence", "since"), [
    pytest.param("events", "miao-hua-pyongyang-2019-10", "Miao Hua is the highest-ranking Chinese official to visit North Korea since Xi Jinping", "xi-jinping-pyongyang-2019-06", id="not his visit of 2008, nor that of 2026"),
    pytest.param(CANADA, CARNEY, "the first Canadian prime minister to visit China since Justin Trudeau", "trudeau-china-2017-12", id="the last of two"),
    pytest.param(CANADA, CARNEY, "the first Canadian prime minister to visit China since Trudeau", "trudeau-china-2017-12", id="of two Trudeaus the last"),
    pytest.param(CANADA, CARNEY, "the first Canadian prime minister to visit China since Stephen Harper", "harper-china-2014-11", id="the last of three"),
    pytest.param(ABROAD, KIM, "Kim Jong Un's first foreign trip since the start of the Covid-19 pandemic", "covid-pandemic-2020", id="the start of"),
    pytest.param("china-russia", MOSCOW, "Xi's first visit to Russia since the war in Ukraine began", "russia-invades-ukraine-2022-02", id="a war began"),
    pytest.param("china-russia", MOSCOW, "Xi's first visit to Russia since the start of the war in Ukraine", "russia-invades-ukraine-2022-02", id="the start of a war"),
    pytest.param("china-russia", MOSCOW, "Xi's first visit to Russia since Russia invaded Ukraine", "russia-invades-ukraine-2022-02", id="a country did it"),
    pytest.param("china-russia", MOSCOW, "Xi's first visit to Russia since the full-scale invasion of Ukraine", "russia-invades-ukraine-2022-02", id="with an attribute"),
    pytest.param(RUSSIA, "putin-pyongyang-2000-07", "the first visit by a Russian president to North Korea since the Soviet Union collapsed", "soviet-union-ends-1991-12", id="a country, of which the event is told"),
    pytest.param("papal-journeys", "francis-iraq-2021-03", "the pope's first foreign trip since the pandemic was declared", "covid-19-pandemic-declared-2020", id="in the passive"),
])  # fmt: skip
def test_what_is_counted_from(record, about, sentence, since):
    claim = judged(record, about, sentence).claim
    assert claim.since is not None
    assert claim.since.event == since


@pytest.mark.parametrize(("record", "published", "sentence", "verdict"), [
    pytest.param("events", "2025-08-30", "Xi and Kim last met in June 2019", "holds", id="the Kim whom Xi met again three days later"),
    pytest.param("events", "2025-08-30", "Xi and Kim have not met since 2019", "holds", id="none since"),
    pytest.param("events", "2026-06-20", "Xi and Kim last met in June 2019", "fails", id="they have met again"),
    pytest.param("events", "", "Xi and Kim last met in 2019", "fails", id="without a publication the Kim whom Xi met then; they have met again"),
    pytest.param("events", "", "Xi and Kim have not met since 2019", "fails", id="likewise, none since"),
    pytest.param("events", "", "Xi met Kim in June 2019", "holds", id="a meeting then"),
    pytest.param("inter-korean", "", "Kim Jong Un visited South Korea in April 2018", "depends", id="known from meetings only: a step over the border line"),
    pytest.param("inter-korean", "", "Kim Jong Un visited South Korea in May 2018", "fails", id="that meeting was on the northern side"),
    pytest.param(ABROAD, "2023-08-01", "Kim Jong Un has made no foreign trips since the pandemic", "holds", id="none since the pandemic"),
    pytest.param("inter-korean", "", "Kim Yong Il visited South Korea in November 2007", "holds", id="a name that the record marks, without the mark"),
    pytest.param("inter-korean", "", "Kim Yong Il (premier) visited South Korea in November 2007", "holds", id="and with it"),
    pytest.param("inter-korean", "", "Kim Yong Il (premier) visited South Korea in October 2007", "fails", id="another month"),
    pytest.param("inter-korean", "", "Kim Yong Il (premier) visited South Korea in November 2006", "unverifiable", id="a year in which he was no premier: the record is complete for premiers"),
])  # fmt: skip
def test_who_is_meant(record, published, sentence, verdict):
    assert judged(record, "", sentence, published).verdict == verdict


def test_who_is_meant_is_refused_where_a_namesake_met_him_later():
    """Xi met Kim Jong Il in 2010; who says today that he last met Kim then can mean him, or be wrong of Kim Jong Un."""
    with pytest.raises(NotUnderstood, match="which Kim: Kim Jong Il, Kim Yong Nam, Kim Jong Un"):
        judged("events", "", "Xi and Kim last met in 2010")


@pytest.mark.parametrize("sentence", [
    pytest.param("Xi's first visit to South Korea since taking office", id="took office"),
    pytest.param("Xi's first visit to South Korea since becoming party chief", id="took the office that is covered"),
])  # fmt: skip
def test_a_journey_of_the_first_day_in_office_was_made_in_it(sentence):
    """Xi was general secretary from 15 November 2012; the record has all visits of heads of state and of the party."""
    assert judged("south-korea-china", "xi-jinping-seoul-2014-07", sentence).verdict == "holds"


def test_a_marked_name_that_two_have_is_not_known_without_the_mark():
    store = a_record()
    assert {"Kim Yong Il (premier)", "Kim Yong Il (WPK)"} <= {p.name for e in store.events for p in e.people}
    assert person_index(store).find("Kim Yong Il") is None
    assert person_index(store).find("Kim Yong Il premier") == "Kim Yong Il (premier)"


@pytest.mark.parametrize(("about", "sentence", "same"), [
    pytest.param("kim-jong-un-dalian-2018-05", "Kim Jong Un's second visit to China in as many months", "Kim Jong Un's second visit to China in two months", id="as many months as visits"),
    pytest.param("li-qiang-pyongyang-2025-10", "the longest gap between Chinese premiers' visits", "the longest gap between visits by Chinese premiers", id="whose visits, before the word"),
])  # fmt: skip
def test_two_ways_to_say_one_thing(about, sentence, same):
    one, other = (judged("events", about, text) for text in (sentence, same))
    assert one.claim._replace(text="", words="", word="") == other.claim._replace(text="", words="", word="")
    assert one.verdict == other.verdict


def test_as_many_needs_a_number_before_it():
    with pytest.raises(NotUnderstood, match="not understood: 'many' "):
        judged("events", "kim-jong-un-dalian-2018-05", "Kim Jong Un's visit to China in as many months")


@pytest.mark.parametrize(("record", "as_of", "sentence", "verdict", "until"), [
    pytest.param(US, "2026-11-26", "Obama visited China four times as president", "fails", "20 Jan 2017", id="he left, and nobody can have missed a fourth visit"),
    pytest.param(US, "2026-11-26", "Obama visited China three times as president", "holds", "20 Jan 2017", id="his three"),
    pytest.param("events", "2026-11-26", "Li Keqiang never visited North Korea as premier", "holds", "11 Mar 2023", id="never in ten years"),
    pytest.param("events", "2025-12-01", "Li Keqiang never visited North Korea as premier", "holds", "", id="asked before the table was written"),
    pytest.param("events", "2026-11-26", "Li Keqiang visited North Korea once", "unverifiable", "", id="in whatever office is no time"),
    pytest.param("events", "2026-11-26", "Xi Jinping visited North Korea twice as president", "unverifiable", "", id="who is in office may have come since"),
    pytest.param(US, "2026-11-26", "Trump visited China twice as president", "unverifiable", "", id="who came back is in office"),
])  # fmt: skip
def test_who_has_left_an_office_makes_no_more_visits_in_it(record, as_of, sentence, verdict, until):
    store = a_record(record)
    found = judge(parse(sentence, store), store, parse_when(as_of).start.latest)
    told = f"in office to {until}, by the table of tenures as of 31 Dec 2025"
    assert found.verdict == verdict
    assert (told in found.main.finding.reason) is bool(until)


@pytest.mark.parametrize(("later", "verdict"), [
    pytest.param([], "holds", id="out of office since March 2023"),
    pytest.param(["2026-07-01"], "unverifiable", id="premier again by the record itself"),
])  # fmt: skip
def test_a_record_that_knows_of_another_time_in_an_office_is_believed(store_of, later, verdict):
    visit = "- id: {0}\n  date: {1}\n  visitor: china\n  host: north-korea\n  people: [{{name: Li Keqiang, offices: [premier]}}]\n  sources: [{{title: A}}]"
    days = "\n".join(visit.format(f"v-{day}", day) for day in ["2013-05-01", *later])
    coverage = "- {id: all, visitor: any, host: any, from: ever, to: 2026-06-30, how: complete, evidence: made up}"
    store = store_of(f"coverage:\n{coverage}\nevents:\n{days}\n")
    claim = parse(f"Li Keqiang visited North Korea {'twice' if later else 'once'} as premier", store)
    assert judge(claim, store, parse_when("2026-11-26").start.latest).verdict == verdict


@pytest.mark.parametrize(("words", "event"), [
    pytest.param("North Korea's sixth nuclear test", "dprk-nuclear-test-2017", id="of a country, by its number"),
    pytest.param("the sixth nuclear test", "dprk-nuclear-test-2017", id="by its number alone"),
    pytest.param("North Korea's second nuclear test", "dprk-nuclear-test-2009", id="the second"),
])  # fmt: skip
def test_one_of_several_events_is_named_by_its_number(words, event):
    store = load([str(Path(__file__).parent.parent / "events.yaml")])
    claim = parse(f"Xi Jinping's first visit to North Korea since {words}", store)
    assert claim.since.event == event
