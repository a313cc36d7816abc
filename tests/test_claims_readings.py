"""Which readings of a sentence count, which do not, and what the words for a reading say: the answer is never narrower or wider than what is printed."""

import re
from functools import cache
from pathlib import Path

import pytest

from timeline.answers.reading import reading_words
from timeline.claims.fields import read_claim
from timeline.claims.grammar import parse
from timeline.claims.measure import Size, conventions
from timeline.claims.meetings import meetings
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.errors import StoreError
from timeline.model import Origin, PublishedClaim
from timeline.query import Query
from timeline.store import load

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-06-30").start.latest


@cache
def a_record(name="events"):
    return load([str(ROOT / (f"{name}.yaml" if name == "events" else f"records/{name}.yaml"))])


def judged(sentence, about="", published="", record="events"):
    store = a_record(record)
    claim = parse(sentence, store, store.by_id.get(about), parse_when(published).start if published else None)
    return judge(claim._replace(about=about), store, AS_OF)


XI_2019 = "xi-jinping-pyongyang-2019-06"  # 20 and 21 June


@pytest.mark.parametrize(("sentence", "published", "verdict"), [
    pytest.param("Xi Jinping has visited North Korea once in the past 29 days", "2019-07-20", "undetermined", id="a day more of that time would hold his arrival"),
    pytest.param("Kim Jong Un has visited China once in the past 30 days", "2018-07-18", "holds", id="his whole visit lay in it"),
    pytest.param("Kim Jong Un has visited China once in the past 2 days", "2018-03-30", "undetermined", id="he left on the day on which it began"),
    pytest.param("Kim Jong Un has not visited China in the past 2 days", "2018-03-29", "undetermined", id="none that began, one that lasted to a day before it"),
    pytest.param("Kim Jong Un has not visited China in the past 3 days", "2018-03-29", "depends", id="none that began, one that lasted"),
    pytest.param("Kim Jong Un has not visited China in the past 2 days", "2018-04-10", "holds", id="he had left long before"),
    pytest.param("Kim Jong Un has visited China once since 27 March 2018", "2018-04-10", "depends", id="he was there on the day counted from"),
    pytest.param("Kim Jong Un has visited China once since 29 March 2018", "2018-04-10", "fails", id="he had left on the day counted from"),
])  # fmt: skip
def test_a_visit_under_way_when_a_time_began(sentence, published, verdict):
    """Kim was in China from 25 to 28 March 2018, and on 19 and 20 June."""
    assert judged(sentence, published=published).verdict == verdict


@pytest.mark.parametrize(("sentence", "published", "record", "verdict"), [
    pytest.param("No Chinese president has visited North Korea within the past year", "2026-06-15", "events", "fails", id="within the past year: one came in the week before"),
    pytest.param("No Chinese president has visited North Korea in the past year", "2026-06-15", "events", "fails", id="in the past year"),
    pytest.param("It has been a year since a Chinese president visited North Korea", "2026-06-15", "events", "fails", id="a week is no year"),
    pytest.param("A Chinese president last visited North Korea a year ago", "2026-06-15", "events", "fails", id="a week ago is not a year ago"),
    pytest.param("No Chinese president has visited North Korea for a year", "2026-06-15", "events", "fails", id="for a year: a week"),
    pytest.param("No Chinese president has visited North Korea in almost a year", "2026-06-15", "events", "fails", id="a week is not almost a year"),
    pytest.param("Kim Jong Un has not visited China in the past month", "2018-06-25", "events", "fails", id="he had left five days before"),
    pytest.param("Xi and Kim have not met in the past year", "2020-01-10", "events", "fails", id="they had met in June"),
    pytest.param("No US president has visited China within two years", "2016-02-02", "united-states-china", "fails", id="within two years: Obama, 14 months before"),
    pytest.param("No US president has visited China in under two years", "2016-02-02", "united-states-china", "fails", id="in under two years"),
    pytest.param("Obama has not visited China in the past two years", "2016-02-02", "united-states-china", "fails", id="in the past two years, of a person"),
    pytest.param("No US president has visited China for two years", "2016-02-02", "united-states-china", "depends", id="for two years: 14 months are rounded up"),
    pytest.param("No US president has visited China within the past two years", "2025-06-01", "united-states-china", "holds", id="within: the last came in 2017"),
])  # fmt: skip
def test_none_in_a_time_is_said_of_all_of_it(sentence, published, record, verdict):
    assert judged(sentence, published=published, record=record).verdict == verdict


@pytest.mark.parametrize(("sentence", "about", "record", "verdict"), [
    pytest.param("Kim Jong Un's first visit to China in the past year", "kim-jong-un-beijing-2019-01", "events", "depends", id="he had come seven months before, which rounds to a year"),
    pytest.param("Kim Jong Un's first visit to China within a year", "kim-jong-un-beijing-2019-01", "events", "depends", id="within a year"),
    pytest.param("first visit by a Chinese president to North Korea in the past 14 years", "xi-jinping-pyongyang-2019-06", "events", "depends", id="13 years and seven months"),
    pytest.param("the first visit by a US president to China within five years", "trump-beijing-2026-05", "united-states-china", "depends", id="none for eight years: nor in five"),
    pytest.param("first visit by a Chinese president to North Korea in the past 20 years", "xi-jinping-pyongyang-2019-06", "events", "fails", id="either way"),
    pytest.param("first visit by a Chinese premier to North Korea in the past 16 years", "li-qiang-pyongyang-2025-10", "events", "holds", id="sixteen years and five days: either way"),
])  # fmt: skip
def test_the_first_in_a_past_time_may_look_back_over_all_of_it(sentence, about, record, verdict):
    found = judged(sentence, about, record=record)
    assert (found.verdict, found.switch) == (
        verdict,
        "whether all of that time is meant" if verdict == "depends" else "",
    )


@pytest.mark.parametrize(("sentence", "published", "record", "named"), [
    pytest.param("the last visit by a US secretary of state to China was in November 2017", "2018-05-01", "united-states-china", "Rex Tillerson (8–10 Nov 2017)", id="not the president whom he accompanied"),
    pytest.param("no North Korean premier has visited China since 2013", "2018-12-01", "events", "Pak Pong Ju (19–20 Jun 2018)", id="not the leader whom he accompanied"),
    pytest.param("no North Korean leader has visited China since 2013", "2018-12-01", "events", "Kim Jong Un", id="the leader himself"),
])  # fmt: skip
def test_an_answer_names_him_for_whose_sake_a_visit_counts(sentence, published, record, named):
    assert named in judged(sentence, published=published, record=record).readings[0].finding.reason


BEIJING_2018 = "kim-jong-un-beijing-2018-03"


@pytest.mark.parametrize(("sentence", "about", "published", "verdict"), [
    pytest.param("the first visit to China by a North Korean leader since Kim Jong Il in August 2011", BEIJING_2018, "", "depends", id="since a transit that is named"),
    pytest.param("the first visit to China by a North Korean leader since Kim Jong Il in August 2010", BEIJING_2018, "", "fails", id="since a visit before the last two"),
    pytest.param("the first visit to China by a North Korean party leader since Kim Jong Il in May 2011", BEIJING_2018, "", "depends", id="since the visit before, unless the transit counts"),
    pytest.param("Kim Jong Il visited China twice in 2011", "", "2012-01-01", "depends", id="twice with a transit"),
    pytest.param("Kim Jong Il visited China once in 2011", "", "2012-01-01", "depends", id="once without it"),
    pytest.param("Kim Jong Il visited China three times in 2011", "", "2012-01-01", "fails", id="not so often either way"),
    pytest.param("Kim Jong Il visited China four times in 16 months", "", "2011-12-31", "depends", id="four times with a transit"),
    pytest.param("Kim Jong Un visited China four times from June 2018 to June 2019", "", "2019-06-17", "fails", id="the train to Hanoi and back, where nobody received him"),
    pytest.param("Kim Jong Il visited China eight times as leader", "", "2012-01-01", "depends", id="eight times with it"),
])  # fmt: skip
def test_a_transit_on_which_somebody_was_received_may_count_or_not(sentence, about, published, verdict):
    """Kim Jong Il came through on 25 to 27 August 2011."""
    assert judged(sentence, about, published).verdict == verdict


@pytest.mark.parametrize(("sentence", "about", "verdict"), [
    pytest.param("Kim Jong Il's second visit to China in just over three years", "kim-jong-il-beijing-2004-04", "holds", id="counted: 39 months"),
    pytest.param("Kim Jong Il's first visit to China in just over three years", "kim-jong-il-beijing-2004-04", "holds", id="the first: 39 months"),
    pytest.param("Kim Jong Il's second visit to China in just over two years", "kim-jong-il-beijing-2004-04", "fails", id="39 months are more than just over two years"),
    pytest.param("the third visit by a Chinese president to North Korea in just over two decades", "xi-jinping-pyongyang-2026-06", "holds", id="counted: 20 years and seven months"),
])  # fmt: skip
def test_just_over_a_time_is_the_same_of_a_number_of_visits_and_of_the_first(sentence, about, verdict):
    assert judged(sentence, about).verdict == verdict


@pytest.mark.parametrize(("sentence", "about", "record", "verdict"), [
    pytest.param("Kim Jong Un's first visit to China in a year", "kim-jong-un-dalian-2018-05", "events", "fails", id="six weeks are no year"),
    pytest.param("the first visit to China by a US president in a year", "bush-beijing-2002-02", "united-states-china", "fails", id="nor are four months"),
    pytest.param("the first visit to China by a US president in nearly a year", "bush-beijing-2002-02", "united-states-china", "fails", id="nor nearly one"),
    pytest.param("the first visit to China by a US president within a year", "bush-beijing-2002-02", "united-states-china", "fails", id="the first within a year: as in a year"),
    pytest.param("the first visit to China by a US president in four months", "bush-beijing-2002-02", "united-states-china", "holds", id="four months are four months"),
])  # fmt: skip
def test_a_time_is_not_rounded_up_to_more_than_its_double(sentence, about, record, verdict):
    assert judged(sentence, about, record=record).verdict == verdict


@pytest.mark.parametrize(("sentence", "verdict"), [
    pytest.param("No Chinese premier has visited North Korea in the past 10 years", "holds", id="in the past: also where it is longer"),
    pytest.param("No Chinese premier has visited North Korea in the past 16 years", "fails", id="in the past: one came in that time, a month after it began"),
    pytest.param("No Chinese premier has visited North Korea within the past 16 years", "fails", id="within: in that time, not so lately"),
    pytest.param("No Chinese premier has visited North Korea within 15 years", "holds", id="within: none in that time"),
    pytest.param("No Chinese premier has visited North Korea in under 15 years", "holds", id="in under: none in that time"),
    pytest.param("No Chinese premier has visited North Korea in the past 17 years", "fails", id="in the past: more than a year short"),
    pytest.param("No Chinese premier has visited North Korea in 16 years", "holds-rounded", id="in: rounded"),
    pytest.param("No Chinese premier has visited North Korea in 10 years", "depends", id="in: true, but the last came longer ago"),
    pytest.param("No Chinese premier has visited North Korea in 17 years", "fails", id="in: one in that time"),
    pytest.param("It has been 10 years since a Chinese premier visited North Korea", "fails", id="it has been: so long, not longer"),
])  # fmt: skip
def test_none_in_a_time_says_only_by_the_way_that_one_came_before_it(sentence, verdict):
    """Wen Jiabao came in October 2009."""
    assert judged(sentence, published="2025-09-01").verdict == verdict


@pytest.mark.parametrize(("sentence", "about", "record", "verdict"), [
    pytest.param("first visit to China by a US president since 1984", "clinton-china-1998-06", "united-states-china", "fails", id="a working visit to the capital, by a president"),
    pytest.param("first visit to China by a US secretary of state since 2017", "blinken-beijing-2023-06", "united-states-china", "fails", id="working visits to the capital are visits"),
    pytest.param("Choe Yong Rim's first visit to China since choe-yong-rim-premier-2010", "choe-yong-rim-beijing-2011-09", "events", "depends", id="a study tour of the provinces may be taken for none"),
    pytest.param("first visit to China by a US president since 1989", "clinton-china-1998-06", "united-states-china", "holds", id="true of all kinds: no other reading is tried"),
])  # fmt: skip
def test_a_bare_visit_is_one_of_any_kind(sentence, about, record, verdict):
    assert judged(sentence, about, record=record).verdict == verdict


@pytest.mark.parametrize(("sentence", "about", "record", "verdict"), [
    pytest.param("Justin Trudeau's second trip to China in 15 months", "trudeau-china-2017-12", "canada-china", "depends", id="he left within that time, and came four days before it"),
    pytest.param("Kim Jong Un's second visit to China of the year", "kim-jong-un-dalian-2018-05", "events", "holds", id="of the year: those that began in it"),
    pytest.param("first visit to Russia by a North Korean president since Kim Jong Il in 2011", "kim-jong-un-vladivostok-2019-04", "russia-north-korea", "fails", id="he was no president"),
    pytest.param("first visit to Russia by a North Korean party leader since Kim Jong Il in 2011", "kim-jong-un-vladivostok-2019-04", "russia-north-korea", "holds", id="the claim counts the visit that it names, unofficial and elsewhere as it was"),
    pytest.param("first South Korean president to visit North Korea since Kim Dae-jung in 2000", "roh-moo-hyun-pyongyang-2007-10", "inter-korean", "holds", id="talks on a visit are no step over the border of their own"),
])  # fmt: skip
def test_readings_that_are_none(sentence, about, record, verdict):
    assert judged(sentence, about, record=record).verdict == verdict


def test_a_visit_without_a_known_end_takes_in_no_meeting_of_years_later(store_of):
    store = store_of("""
events:
- id: a-visit
  date: 2001-05
  visitor: russia
  host: france
  people:
  - name: Ada
    offices: [president]
  met: [Bob]
- id: apart
  type: meeting
  title: Talks
  date: 2004-02-01
  actors: [russia, france]
  people:
  - name: Ada
    offices: [president]
  - name: Bob
    offices: [president]
""")
    assert [event.id for event in meetings(store, ("Ada", "Bob"), Query())] == ["a-visit", "apart"]


@pytest.mark.parametrize(("sentence", "about", "words"), [
    pytest.param("Xi Jinping and Kim Jong Un's fifth meeting", XI_2019, "meetings of Xi Jinping and Kim Jong Un", id="who met"),
    pytest.param("Xi Jinping received Choe Ryong Hae for the first time in three years", "choe-ryong-hae-beijing-2013-05", "visits received by Xi Jinping", id="who received"),
    pytest.param("Kim Jong Un visited China four times in 10 months", "kim-jong-un-beijing-2019-01", "4 visits in the 10 months up to it", id="in what time"),
    pytest.param("first visit by a Chinese premier to Pyongyang in 16 years", "li-qiang-pyongyang-2025-10", "Pyongyang for its country", id="a capital that stands for its country"),
    pytest.param("Li Qiang is the first Chinese premier to visit North Korea since 2009", "li-qiang-pyongyang-2025-10", "told of Li Qiang", id="who is only told of"),
])  # fmt: skip
def test_a_reading_says_what_it_takes(sentence, about, words):
    found = judged(sentence, about)
    assert words in reading_words(found.claim, found.main, a_record())


@pytest.mark.parametrize(("sentence", "published", "record", "verdict"), [
    pytest.param("Xi Jinping and Kim Jong Un have not met since June 2019", "2025-08-01", "events", "holds", id="their meetings are covered"),
    pytest.param("Xi Jinping met Kim Jong Un in June 2020", "", "events", "fails", id="so it is known that there was none"),
    pytest.param("Xi Jinping and Narendra Modi have not met since October 2019", "2024-10-20", "india-china", "unverifiable", id="visits are covered: they may have met in a third country"),
])  # fmt: skip
def test_that_two_did_not_meet_is_known_only_where_meetings_are_covered(sentence, published, record, verdict):
    assert judged(sentence, "", published, record).verdict == verdict


@pytest.mark.parametrize("sentence", [
    pytest.param("Xi Jinping visited China in June 2019", id="his own country"),
    pytest.param("Kim Jong Un has never visited North Korea", id="none to his own country"),
    pytest.param("first visit to China by a Chinese premier in 16 years", id="in words"),
    pytest.param("Xi Jinping receives a Chinese premier for the first time in three years", id="nor is it received by its own"),
])  # fmt: skip
def test_a_country_does_not_visit_itself(sentence):
    with pytest.raises(NotUnderstood, match="the same country visits and is visited"):
        judged(sentence)


@pytest.mark.parametrize(("sentence", "published", "record", "verdict"), [
    pytest.param("Kim Jong Un has visited China since taking power", "2012-06-01", "events", "fails", id="since: not yet"),
    pytest.param("Kim Jong Un has visited China since taking power", "2026-01-01", "events", "holds", id="since: any number"),
    pytest.param("Xi Jinping has visited North Korea since 2009", "2019-01-01", "events", "fails", id="since a year: his own was before"),
    pytest.param("Xi Jinping was in North Korea on 21 June 2019", "", "events", "holds", id="was in: the day after he came"),
    pytest.param("Xi Jinping was in Pyongyang on 20 June 2019", "", "events", "holds", id="was in: a capital"),
    pytest.param("Xi Jinping was in Pyongyang on 25 June 2019", "", "events", "fails", id="was in: he had left"),
    pytest.param("Kim Jong Il was in China in May 2010", "", "events", "holds", id="was in: a month"),
    pytest.param("no Chinese president visited North Korea in the 1990s", "", "events", "fails", id="none in a decade"),
    pytest.param("Kim Jong Il did not visit China in the 1990s", "", "events", "holds", id="none of his in a decade"),
    pytest.param("Kim Il Sung visited China three times in the 1980s", "", "events", "fails", id="so many in a decade"),
    pytest.param("Xi Jinping met Kim Jong Un in June 2019", "", "events", "holds", id="met"),
    pytest.param("Xi Jinping received Kim Jong Un in March 2018", "", "events", "holds", id="received"),
    pytest.param("Kim Jong Un was received by Li Keqiang in April 2018", "", "events", "unverifiable", id="received: meetings with the premier are not"),
    pytest.param("no US state visit to China since 2009", "2016-12-01", "united-states-china", "unverifiable", id="an acronym before the kind of visit"),
    pytest.param("Kim Jong Un was received by Xi Jinping in April 2018", "", "events", "fails", id="received: their meetings are covered"),
    pytest.param("there were three inter-Korean summits in 2018", "2020-01-01", "inter-korean", "unverifiable", id="summits of two countries: meetings are not covered"),
])  # fmt: skip
def test_small_sentences(sentence, published, record, verdict):
    assert judged(sentence, "", published, record).verdict == verdict


@pytest.mark.parametrize(
    ("sentence", "refusal"),
    [
        ("Kim Jong Il visited China twice in the 2000s", "the 2000s, a decade or a century?"),
        ("Xi Jinping was in Pyongyang", "no form that is known"),
        ("Xi Jinping was in China on 21 June 2019", "the same country visits and is visited"),
        ("Xi Jinping has visited North Korea since Hu Jintao in 2005", "no form that is known"),
    ],
)
def test_small_sentences_refused(sentence, refusal):
    with pytest.raises(NotUnderstood, match=re.escape(refusal)):
        judged(sentence)


@pytest.mark.parametrize(("sentence", "about", "published", "verdict"), [
    pytest.param("John Kerry's third visit to China as secretary of state", "kerry-beijing-2014-07", "", "holds", id="counted from his accession"),
    pytest.param("John Kerry's second visit to China as secretary of state", "kerry-beijing-2014-07", "", "fails", id="a wrong number"),
    pytest.param("John Kerry's third visit to China", "kerry-beijing-2014-07", "", "unverifiable", id="in any office: nobody listed what he did as a senator"),
    pytest.param("Antony Blinken's second visit to China since taking office", "blinken-china-2024-04", "", "holds", id="in one office ever since"),
    pytest.param("John Kerry visited China seven times as secretary of state", "", "2025-12-01", "depends", id="seven times at the head of a party, twice with the president"),
    pytest.param("Mike Pompeo has visited China twice as secretary of state", "", "2025-12-01", "holds", id="to the day on which he left it"),
    pytest.param("Mike Pompeo has visited China twice as secretary of state", "", "2026-06-01", "holds", id="out of it when the table was written, as the answer says"),
])  # fmt: skip
def test_somebody_in_an_office_is_covered_for_the_time_in_it(sentence, about, published, verdict):
    """Kerry was secretary of state from February 2013 to January 2017, Pompeo from April 2018 to January 2021, then Blinken."""
    assert judged(sentence, about, published, "united-states-china").verdict == verdict


@pytest.mark.parametrize(("key", "value"), [("place", "Panmunjom"), ("kind", "official"), ("tag", "parade")])
def test_where_and_of_what_kind_a_meeting_was_is_not_compared(key, value):
    fields = {"claim": "x", "form": "first-ever", "object": "meeting", "visitor": "north-korea", "host": "south-korea"}
    published = PublishedClaim(
        "a-claim", {k: (v,) for k, v in (fields | {key: value}).items()}, Origin("events.yaml", 1)
    )
    with pytest.raises(StoreError) as refused:
        read_claim(published, a_record("inter-korean"))
    assert f"object meeting has no use for {key}" in refused.value.problems[0].message


def test_a_country_does_not_visit_itself_in_fields_either():
    fields = {"claim": "x", "form": "first-ever", "visitor": "china", "host": "china"}
    published = PublishedClaim("a-claim", {key: (value,) for key, value in fields.items()}, Origin("events.yaml", 1))
    with pytest.raises(StoreError) as refused:
        read_claim(published, a_record())
    assert "the same country visits and is visited" in refused.value.problems[0].message


@pytest.mark.parametrize(("end", "fits"), [
    pytest.param("2006-06-30", (), id="under six years"),
    pytest.param("2006-08-01", ("ceiling",), id="six years and a month"),
    pytest.param("2006-11-01", ("nearest", "ceiling"), id="nearest from a quarter of a year below"),
    pytest.param("2007-01-01", ("floor", "nearest", "ceiling"), id="to the day"),
    pytest.param("2007-03-01", ("floor", "nearest"), id="to a quarter above"),
    pytest.param("2007-05-01", ("floor",), id="completed halves"),
    pytest.param("2007-07-01", (), id="seven years"),
])  # fmt: skip
def test_six_and_a_half_years_are_rounded_to_the_nearest_half(end, fits):
    start, day = parse_when("2000-07-01").start.earliest, parse_when(end).start.earliest
    assert conventions(6.5, "years", start, day) == fits
    compatible = Size(6.0, "years").due(start) < day < Size(7.0, "years").due(start)
    assert bool(fits) == compatible


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("thirteen and a half", "holds"),
        ("13.5", "holds"),
        ("14 and a half", "fails"),
        ("13.7", "holds-rounded"),  # a tenth is rounded to the nearest tenth
        ("13.4", "fails"),
    ],
)
def test_the_xi_trip_in_halves_and_tenths(number, verdict):
    """13 years, 7 months and 23 days after Hu Jintao."""
    assert judged(f"first visit by a Chinese president to North Korea in {number} years", XI_2019).verdict == verdict


def test_a_visit_of_disputed_date_is_described_by_any_of_its_dates_and_by_no_day_between_them():
    """Of Kim Il Sung's secret journey of 1964 one source says September, another November; none says October."""
    sentence = "Kim Il Sung's {} 1964 trip was his first to China since 1961"
    for month in ("September", "November"):
        assert judged(sentence.format(month), "kim-il-sung-beijing-1964").about is not None
    with pytest.raises(NotUnderstood, match="'October 1964' is not the date of the visit"):
        judged(sentence.format("October"), "kim-il-sung-beijing-1964")


@pytest.mark.parametrize(
    ("published", "verdict", "switch"),
    [
        pytest.param("2025-09-03", "holds", "", id="he is there"),
        pytest.param("2025-09-06", "depends", "whether the visit under way when it was said counts", id="he just left"),
        pytest.param("2025-09-10", "depends", "whether the previous visit is the last until then, or the one before that", id="later"),
    ],
)  # fmt: skip
def test_the_previous_visit_is_the_one_before_another(published, verdict, switch):
    found = judged("Kim Jong Un's previous visit to China was in January 2019", published=published)
    assert (found.verdict, found.switch) == (verdict, switch)
