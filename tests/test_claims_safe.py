"""What is safe to write of a claim that holds: no less than it says, of the same scope."""

from pathlib import Path

import pytest
from published import RECORDS, a_record, claims_about

from timeline.claims.fields import read_claim
from timeline.claims.firsts import find_firsts
from timeline.claims.grammar import parse
from timeline.claims.rewrite import is_read_as
from timeline.claims.verdict import judge
from timeline.claims.wording import nth_word, somebody
from timeline.dates import parse_when

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-07-15").start.latest


@pytest.mark.parametrize(("record", "sentence", "about", "safe"), [
    pytest.param("united-states-china", "Nixon was the first US president to visit China", "", "the first ever visit by a US president to China", id="first ever, told of a person"),
    pytest.param("events", "Kim Jong Un visited China three times in 2018", "", "Kim Jong Un visited China three times in 2018", id="a count"),
    pytest.param("papal-journeys", "the first ever papal visit to Iraq", "francis-iraq-2021-03", "the first ever visit by a pope to Iraq", id="first ever, of an office"),
    pytest.param("events", "the first visit by a Chinese head of state to North Korea", "", "the first ever visit by a Chinese head of state to North Korea", id="a word with two readings is kept"),
    pytest.param("events", "Hu Jintao's first visit to North Korea as president", "", "the first ever visit by Hu Jintao to North Korea as president", id="a person in an office"),
    pytest.param("events", "first visit by a Chinese premier to North Korea in 16 years", "li-qiang-pyongyang-2025-10", "the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009", id="years: the visit before, named"),
    pytest.param("events", "Xi Jinping's first visit to North Korea in 11 years", "xi-jinping-pyongyang-2019-06", "the first visit by Xi Jinping to North Korea since June 2008", id="of a person, the month"),
    pytest.param("events", "the highest-ranking Chinese official to visit North Korea since Liu Yunshan", "song-tao-pyongyang-2017-11", "the highest-ranking Chinese visitor to North Korea since Liu Yunshan in October 2015", id="a rank: the visit before, dated"),
    pytest.param("events", "First top Chinese leader in North Korea since 2001", "hu-jintao-pyongyang-2005-10", "the first visit by a Chinese top leader to North Korea since Jiang Zemin in September 2001", id="a word with the nationality in its middle"),
    pytest.param("papal-journeys", "Pope Francis's surprise visit to Iraq was the first ever by a pope", "", "the first ever visit by a pope to Iraq", id="without a word that no record shows"),
])  # fmt: skip
def test_what_is_safe_to_write_of_a_claim_that_holds(record, sentence, about, safe):
    store = a_record(record)
    claim = parse(sentence, store, store.by_id[about] if about else None)
    found = judge(claim, store, AS_OF)
    assert (found.verdict, found.rewrite) == ("holds", safe)


@pytest.mark.parametrize(("sentence", "said", "safe"), [
    pytest.param("Kim Jong Un visited China four times in 2018", "2019-03-01", "Kim Jong Un visited China three times in 2018", id="too many: the number on record"),
    pytest.param("Kim Jong Un visited China more than four times in 2018", "2019-03-01", "Kim Jong Un visited China three times in 2018", id="too many, hedged"),
    pytest.param("Kim Jong Un has made four China trips in the past year", "2019-06-17", "Kim Jong Un has made two China trips in the past year", id="a number of trips"),
    pytest.param("Kim Jong Un visited China twice in 2017", "", "Kim Jong Un did not visit China in 2017", id="some, where there was none"),
    pytest.param("Kim Jong Un did not visit China in 2018", "", "Kim Jong Un visited China three times in 2018", id="none, where there were some"),
    pytest.param("no Chinese premier visited North Korea in the 1990s", "", "a Chinese premier visited North Korea once in the 1990s", id="none of an office"),
    pytest.param("Chinese premiers visited North Korea twice in the 1990s", "", "Chinese premiers visited North Korea once in the 1990s", id="visits of an office"),
    pytest.param("Xi has visited North Korea only once as president", "2026-06-20", "Xi has visited North Korea twice as president, as of 20 June 2026", id="a time that is not over: to which day"),
    pytest.param("Xi has visited North Korea only once as president", "", "Xi has visited North Korea at least twice as president, as of 15 July 2026", id="a day that coverage does not reach: no less than on record"),
    pytest.param("Xi Jinping has never visited North Korea", "2018-05-01", "Xi Jinping visited North Korea in June 2008", id="never, of who came once"),
    pytest.param("Kim Jong Un travelled to Beijing on 4 September 2025", "", "Kim Jong Un travelled to Beijing on 2 September 2025", id="a day on which he had long set out"),
    pytest.param("Xi Jinping and Kim Jong Un's sixth meeting", "2026-06-09", "Xi Jinping and Kim Jong Un's seventh meeting", id="meetings, numbered"),
    pytest.param("Kim Jong Un and Xi Jinping met four times in 2018", "", "Kim Jong Un and Xi Jinping met three times in 2018", id="meetings, counted"),
    pytest.param("Kim and Xi last met in January 2019", "2019-09-01", "Kim Jong Un and Xi Jinping last met in June 2019, as of 1 September 2019", id="the last meeting"),
    pytest.param("Kim and Xi last met in January 2019", "", "Kim Jong Un and Xi Jinping met in June 2026", id="the last meeting, of a day that coverage does not reach"),
    pytest.param("Xi's tenth visit to Russia", "2025-05-08", "Xi's eleventh visit to Russia as president", id="the number of visits in office, where the record begins too late for all"),
    pytest.param("Kim Jong Un's fifth visit to China in 10 months", "2019-01-08", "Kim Jong Un's fourth visit to China in 10 months", id="numbered in a time"),
    pytest.param("No Chinese leader had visited North Korea since 2005", "2019-06-18", "no Chinese president had visited North Korea since Hu Jintao in October 2005", id="a word with readings: the office of who came last"),
    pytest.param("No Chinese leader has visited North Korea since 2005", "2019-06-18", "no Chinese president has visited North Korea since Hu Jintao in October 2005, as of 18 June 2019", id="the same, said of the day"),
    pytest.param("Modi was last in China in 2019", "2020-01-01", "Narendra Modi last visited China in June 2018, as of 1 January 2020", id="the last visit of somebody"),
])  # fmt: skip
def test_what_is_safe_to_write_of_a_claim_that_does_not_hold(sentence, said, safe):
    store = a_record("china-russia" if "Russia" in sentence else "india-china" if "Modi" in sentence else "events")
    published = parse_when(said).start if said else None
    found = judge(parse(sentence, store, published=published), store, AS_OF)
    assert found.verdict in ("fails", "depends")
    assert found.rewrite == safe
    assert judge(parse(safe, store, found.about, published), store, AS_OF).verdict == "holds"


@pytest.mark.parametrize(("record", "sentence", "about"), [
    pytest.param("events", "Tang Jiaxuan's third visit to North Korea in 15 months", "tang-jiaxuan-pyongyang-2006-10", id="one before in that year"),
    pytest.param("papal-journeys", "the pope's first foreign trip in six months", "francis-budapest-2021-09", id="two on one day"),
])  # fmt: skip
def test_nothing_is_safe_to_call_the_first_since_its_own_year(record, sentence, about):
    store = a_record(record)
    found = judge(parse(sentence, store, store.by_id[about]), store, AS_OF)
    assert not (found.rewrite or "").endswith(f"since {store.by_id[about].date.text[:4]}")


@pytest.mark.parametrize(("sentence", "about", "safe"), [
    pytest.param("Hu Jintao was the third Chinese president to visit North Korea", "hu-jintao-pyongyang-2005-10", "Hu Jintao was the fifth Chinese president to visit North Korea", id="people"),
    pytest.param("Wen Jiabao was the 6th Chinese premier to visit North Korea", "wen-jiabao-pyongyang-2009-10", "Wen Jiabao was the fifth Chinese premier to visit North Korea", id="people, in digits"),
    pytest.param("the third Chinese premier to visit North Korea since 1980", "li-qiang-pyongyang-2025-10", "the fourth Chinese premier to visit North Korea since 1980", id="people, since a year"),
    pytest.param("Kim Jong Un's third visit to China", "kim-jong-un-beijing-2019-01", "Kim Jong Un's fourth visit to China", id="visits since he led, before which nothing of him is known"),
    pytest.param("Kim Jong Un's third visit to China since taking power", "kim-jong-un-beijing-2019-01", "Kim Jong Un's fourth visit to China since taking power", id="visits in office"),
    pytest.param("first visit by a Chinese premier to North Korea in 20 years", "li-qiang-pyongyang-2025-10", "the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009", id="by, as print has it"),
])  # fmt: skip
def test_a_wrong_number_is_put_right_in_the_words_of_the_claim(sentence, about, safe):
    store = a_record("events")
    found = judge(parse(sentence, store, store.by_id[about]), store, AS_OF)
    assert (found.verdict, found.rewrite) == ("fails", safe)


@pytest.mark.parametrize(("record", "sentence", "about", "said", "safe"), [
    pytest.param("japan-south-korea", "Fumio Kishida's fourth visit to South Korea", "kishida-fumio-seoul-2024-09", "", "Fumio Kishida's third visit to South Korea as prime minister", id="he had come as foreign minister: the record has prime ministers only"),
    pytest.param("kim-jong-un-abroad", "Kim Jong Il's third visit to China", "journey-kim-jong-il-shanghai-2001-01", "", "Kim Jong Il's third known visit to China", id="he had come as heir: what is not known is whether before that, too"),
    pytest.param("kim-jong-un-abroad", "Kim Jong Un's first foreign trip since 2019", "journey-kim-jong-un-beijing-2025-09", "", "Kim Jong Un's first foreign trip since September 2023", id="trips abroad: false, to every host"),
    pytest.param("kim-jong-un-abroad", "Kim Jong Un's first foreign trip in two years", "journey-kim-jong-un-beijing-2025-09", "", "Kim Jong Un's first foreign trip since September 2023", id="trips abroad: true, to every host"),
    pytest.param("vietnam-north-korea", "no Vietnamese party leader visited North Korea since 2007", "", "2025-10-10", "To Lam visited North Korea in October 2025", id="none since one who is there"),
    pytest.param("events", "first visit by a North Korean leader to China in seven years", "kim-jong-un-beijing-2018-03", "2018-03-27", "the first visit by a North Korean supreme leader to China since 2011", id="the highest office, not a seat in a body"),
    pytest.param("inter-korean", "no North Korean prime minister has visited South Korea since 1992", "", "2010-05-05", "the last visit by a North Korean prime minister to South Korea was by Kim Yong Il in November 2007, as of 5 May 2010", id="a name without what tells two apart"),
    pytest.param("events", "Xi Jinping and Kim Jong Un's sixth meeting", "xi-jinping-pyongyang-2026-06", "", "Xi Jinping and Kim Jong Un's seventh meeting", id="meetings, about a visit"),
])  # fmt: skip
def test_what_is_safe_to_write_says_no_more_than_the_record_covers_and_no_less_than_the_claim_asks(
    record, sentence, about, said, safe
):
    store, published = a_record(record), parse_when(said).start if said else None
    claim = parse(sentence, store, store.by_id.get(about), published)._replace(about=about)
    assert judge(claim, store, AS_OF).rewrite == safe
    assert judge(parse(safe, store, store.by_id.get(about), published), store, AS_OF).verdict == "holds"


@pytest.mark.parametrize(("said", "safe"), [
    pytest.param("2019-07-22", "Xi Jinping visited North Korea in June 2019", id="31 days after its end"),
    pytest.param("2019-07-23", "no Chinese president has visited North Korea since Xi Jinping in June 2019, as of 23 July 2019", id="32 days"),
])  # fmt: skip
def test_that_nobody_came_since_is_news_a_month_after_a_visit(said, safe):
    claim = parse(
        "no Chinese leader has visited North Korea since 2005", a_record("events"), published=parse_when(said).start
    )
    assert judge(claim, a_record("events"), AS_OF).rewrite == safe


@pytest.mark.parametrize("name", RECORDS)
def test_every_claim_that_holds_has_a_sentence_of_its_own_scope(name, some):
    """Read back it holds, and counts whom the claim counts; only a claim given as fields, which no sentence may say, has none."""
    store = a_record(name)
    for published in some(claims_about(name), 5):
        claim = read_claim(published, store)
        verdict = judge(claim, store, AS_OF)
        if verdict.verdict != "holds":
            continue
        if not verdict.rewrite:
            assert not is_read_as(verdict.claim, store, verdict.about), claim.id
            continue
        looks_back = claim.form in ("last-was", "none-since")  # from a day that the sentence says
        read = parse(verdict.rewrite, store, *(() if looks_back else (verdict.about, claim.published)))
        assert judge(read, store, AS_OF, plain=True).verdict == "holds", (claim.id, verdict.rewrite)
        if not looks_back:
            assert [who.query for who in read.who] == [who.query for who in claim.who], (claim.id, verdict.rewrite)
            assert read.base.kinds == claim.base.kinds, (claim.id, verdict.rewrite)


@pytest.mark.parametrize(("number", "word"), [(1, "first"), (2, "second"), (21, "21st")])
def test_a_number_is_written_as_the_plain_ordinal_whatever_else_is_read_as_it(number, word):
    assert nth_word(number) == word


def test_a_member_of_the_secretariat_is_not_called_the_head_of_the_party():
    store = a_record("events")
    event = next(
        e for e in store.events if e.visitor == "china" and e.people and "party-secretary" in e.people[0].offices
    )
    assert somebody("party-secretary", event, store) == "a Chinese Central Committee secretary"
    read = parse("the first visit by a Chinese Central Committee secretary to North Korea since 2010", store)
    assert [who.offices for who in read.who] == [("party-secretary",)]


def test_the_last_visit_was_by_somebody():
    claim = parse(
        "no US president has visited China since 2014",
        a_record("united-states-china"),
        published=parse_when("2017-01-01").start,
    )
    found = judge(claim, a_record("united-states-china"), AS_OF)
    assert (
        found.rewrite
        == "the last visit by a US president to China was by Barack Obama in September 2016, as of 1 January 2017"
    )


@pytest.mark.parametrize(("record", "visit", "sentence"), [
    pytest.param("events", "hu-jintao-pyongyang-2005-10", "the first visit by Hu Jintao as president to North Korea", id="he came in 1993 in another office"),
    pytest.param("events", "xi-jinping-pyongyang-2019-06", "the first visit by Xi Jinping as president to North Korea", id="he came in 2008 as vice-president"),
    pytest.param("events", "kim-jong-il-beijing-2000-05", "the first visit by Kim Jong Il as supreme leader to China", id="he came in 1983 as heir"),
    pytest.param("events", "kim-jong-un-beijing-2018-03", "the first visit by Kim Jong Un as supreme leader to China", id="what came before his time in office is not covered"),
    pytest.param("china-russia", "xi-jinping-moscow-2025-05", "the eleventh visit by Xi Jinping as president to Russia", id="a number above ten, of a person"),
])  # fmt: skip
def test_which_visit_in_an_office_it_was_is_proved(record, visit, sentence):
    store = a_record(record)
    found = [first for first in find_firsts(store.by_id[visit], store, AS_OF) if first.proved]
    assert sentence in {said for first in found for said in (first.sentence, *first.implies)}


@pytest.mark.parametrize(
    "visit", ["jiang-zemin-pyongyang-2001-09", "hu-jintao-pyongyang-2005-10", "xi-jinping-pyongyang-2026-06"]
)
def test_no_number_of_visits_in_a_lesser_office_on_the_same_ladder(visit):
    store = a_record("events")
    counted = [f.sentence for f in find_firsts(store.by_id[visit], store, AS_OF) if f.verdict.claim.form == "nth"]
    lesser = ("Standing Committee member", "Politburo member", "Central Committee secretary")
    assert counted
    assert not [sentence for sentence in counted if any(office in sentence for office in lesser)]


def test_a_sentence_that_is_taken_to_be_of_another_visit_is_not_safe():
    store = a_record("turkey-egypt")
    published = parse_when("2024-12-14").start
    said = "the first visit by a Turkish president to Egypt since Abdullah Gul in February 2013"
    assert judge(parse(said, store, published=published), store, AS_OF).about.id == "erdogan-cairo-2024-12"
    claim = parse("first visit by a Turkish secretary of state to Egypt since June 2019", store, published=published)
    found = judge(claim, store, AS_OF)
    assert (found.about.id, found.rewrite) == ("erdogan-cairo-2024-02", "")


def test_a_rewrite_that_is_read_as_several_claims_is_none():
    store = a_record("russia-north-korea")
    visit = store.by_id["shoigu-pyongyang-2025-06-04"]
    claim = parse("Sergei Shoigu's visit comes 12 years after Vladimir Putin visited North Korea", store, visit)
    assert judge(claim, store, AS_OF).verdict == "fails"
