"""Sentences that make several claims: where they are parted, what a later part takes from the one before it, and the verdict on all of them."""

import json
from itertools import product

import pytest

from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import WORST_FIRST, judge
from timeline.dates import parse_when
from timeline.store import load_text

AS_OF = parse_when("2020-01-01").start.latest
VISITS = """
kim-2000   2000-05-29/2000-05-31  north-korea  china        Kim Jong Il  [supreme-leader]
kim-2001   2001-01-15/2001-01-20  north-korea  china        Kim Jong Il  [supreme-leader]
hu-2005    2005-10-28/2005-10-30  china        north-korea  Hu Jintao    [president]
wen-2009   2009-10-04/2009-10-06  china        north-korea  Wen Jiabao   [premier]
kim-2004   2004-04-19/2004-04-21  north-korea  china        Kim Jong Il  [supreme-leader]
kim-2006   2006-01-10/2006-01-18  north-korea  china        Kim Jong Il  [supreme-leader]
xi-2008    2008-06-17/2008-06-19  china        north-korea  Xi Jinping   [vice-president]
un-2018-3  2018-03-25/2018-03-28  north-korea  china        Kim Jong Un  [supreme-leader]
un-2018-5  2018-05-07/2018-05-08  north-korea  china        Kim Jong Un  [supreme-leader]
un-2018-6  2018-06-19/2018-06-20  north-korea  china        Kim Jong Un  [supreme-leader]
xi-2019    2019-06-20/2019-06-21  china        north-korea  Xi Jinping   [president]
un-russia  2019-04-24/2019-04-26  north-korea  russia       Kim Jong Un  [supreme-leader]
"""
COVERAGE = """
coverage:
- {id: cn, visitor: china, host: north-korea, from: ever, to: 2019-12-31, how: complete, evidence: e}
- {id: kp, visitor: north-korea, host: china, from: ever, to: 2019-12-31, how: complete, evidence: e}
- {id: ru, visitor: north-korea, host: russia, from: ever, to: 2019-12-31, how: complete, evidence: e}
"""


def a_record():
    lines = ["timeline: 1", COVERAGE, "events:"]
    for line in filter(None, VISITS.split("\n")):
        id_, day, visitor, host, *name, offices = line.split()
        person = f"{{name: {' '.join(name)}, offices: {offices}}}"
        lines.append(
            f"- {{id: {id_}, date: {day}, visitor: {visitor}, host: {host}, people: [{person}], support: confirmed,"
            " sources: [{title: t}, {title: u}]}"
        )
    return load_text("\n".join(lines))


RECORD = a_record()


def judged(sentence, about="", published="2020-01-01"):
    claim = parse(sentence, RECORD, RECORD.by_id.get(about), parse_when(published).start)
    return judge(claim, RECORD, AS_OF)


@pytest.mark.parametrize(("sentence", "about", "published", "verdict", "parts"), [
    pytest.param("Kim Jong Il had been to China three times since 2000, last in April 2004", "", "2006-01-18", "holds", "holds holds", id="a number, and the last"),
    pytest.param("Kim Jong Il had been to China three times since 2000, last in May 2004", "", "2006-01-18", "fails", "holds fails", id="the last in another month"),
    pytest.param("Kim Jong Il had been to China three times since 2000 (last: April 2004)", "", "2006-01-18", "holds", "holds holds", id="the last in brackets"),
    pytest.param("Kim Jong Il had been to China four times since 2000, last in April 2004", "", "2006-01-18", "fails", "fails holds", id="the number is wrong"),
    pytest.param("The first visit by a Chinese president in 14 years and the first by Xi since June 2008", "xi-2019", "2019-06-20", "holds-rounded", "holds-rounded holds", id="an office, then the person"),
    pytest.param("Xi is the first Chinese president to visit North Korea in 14 years, and the highest-ranking since Hu in 2005", "xi-2019", "2019-06-20", "holds-rounded", "holds-rounded holds", id="a rank"),
    pytest.param("Xi is the first Chinese president to visit North Korea in 14 years but the second premier since 2005", "xi-2019", "2019-06-20", "fails", "holds-rounded fails", id="an office that the visitor does not have"),
    pytest.param("Second visit of the year, six weeks after the last", "un-2018-5", "2018-05-08", "holds", "holds holds", id="how long after the last"),
    pytest.param("Second visit of the year, a year after the last", "un-2018-5", "2018-05-08", "fails", "holds fails", id="not so long after the last"),
    pytest.param("Kim Jong Un's third visit to China this year and first since May", "un-2018-6", "2018-06-20", "holds", "holds holds", id="this year, and since May"),
    pytest.param("Kim Jong Un visited China three times in 2018; he visited Russia once", "", "2020-01-01", "refused", "", id="he, once, and no time"),
    pytest.param("Kim Jong Un visited China three times in 2018 and Russia once in 2019", "", "2020-01-01", "holds", "holds holds", id="another host"),
    pytest.param("Kim Jong Un visited China three times in 2018 and Russia twice in 2019", "", "2020-01-01", "fails", "holds fails", id="another host, a wrong number"),
    pytest.param("Kim Jong Un visited China three times in 2018. He visited Russia once in 2019.", "", "2020-01-01", "holds", "holds holds", id="two sentences"),
    pytest.param("Kim Jong Un visited China three times in 2018. He visited Russia twice in 2019.", "", "2020-01-01", "fails", "holds fails", id="two sentences, a wrong number"),
    pytest.param("Xi is the first Chinese president to visit North Korea in 14 years. He is the highest-ranking since Hu in 2005.", "xi-2019", "2019-06-20", "holds-rounded", "holds-rounded holds", id="he is the one told of before"),
    pytest.param("Xi's second visit to North Korea, and the first as president", "xi-2019", "2019-06-20", "holds", "holds holds", id="in an office"),
    pytest.param("Xi's second visit to North Korea, the first in 11 years and the first ever as president", "xi-2019", "2019-06-20", "holds", "holds holds holds", id="three claims"),
])  # fmt: skip
def test_the_verdict_on_several_claims_is_that_of_the_worst(sentence, about, published, verdict, parts):
    try:
        found = judged(sentence, about, published)
    except NotUnderstood:
        assert verdict == "refused"
        return
    assert found.verdict == verdict, found.main.finding.reason
    assert [part.verdict for part in found.parts] == parts.split()


@pytest.mark.parametrize("sentence", [
    pytest.param("Xi's is the first visit by a Chinese leader and the highest-ranking since 2009", id="the first of all, or since 2009, too?"),
    pytest.param("The first visit by a Chinese president in 14 years, and in June 2019", id="a time without a claim"),
    pytest.param("The first visit by a Chinese president in 14 years, and a success", id="words that are not known"),
    pytest.param("The first visit by a Chinese president in 14 years, and not the last", id="a negation"),
    pytest.param("Kim Jong Un visited China three times in 2018 and Russia once", id="once in 2018, or ever?"),
    pytest.param("Xi visited Pyongyang and Seoul in 2014", id="two places in one claim"),
    pytest.param("first, second, third, fourth, fifth, sixth visit by a Chinese president", id="too many joints"),
])  # fmt: skip
def test_what_does_not_part_into_claims_is_refused(sentence):
    with pytest.raises(NotUnderstood):
        judged(sentence, "xi-2019", "2019-06-20")


def test_the_visit_is_the_one_that_is_clear_from_any_part():
    found = judged(
        "Second visit to China of 2018 by Kim Jong Un, and his first since March 2018", published="2018-05-09"
    )
    assert (found.about.id, found.inferred, found.verdict) == ("un-2018-5", True, "holds")


FIRSTS = [
    "first visit by a Chinese president in 14 years",
    "first visit by a Chinese president ever",
    "third visit by a Chinese president",
]
SECONDS = [
    "the first by Xi Jinping since 2008",
    "the highest-ranking since Hu Jintao in 2005",
    "his fourth",
    "his first in two years",
]


@pytest.mark.parametrize(("one", "other"), list(product(FIRSTS, SECONDS)))
def test_each_part_gets_the_verdict_that_it_gets_alone(one, other):
    found = judged(f"Xi's is the {one}, and {other}", "xi-2019", "2019-06-20")
    alone = {
        "the first by Xi Jinping since 2008": "holds",
        "the highest-ranking since Hu Jintao in 2005": "holds",
        "his fourth": "fails",
        "his first in two years": "fails",
        FIRSTS[0]: "holds-rounded",
        FIRSTS[1]: "fails",
        FIRSTS[2]: "fails",
    }
    assert [part.verdict for part in found.parts] == [alone[one], alone[other]]
    assert found.verdict == min((alone[one], alone[other]), key=WORST_FIRST.index)


def test_what_is_safe_to_write_of_all_of_them_holds_when_read_back():
    found = judged("Kim Jong Il had been to China four times since 2000, last in May 2004", published="2006-01-18")
    assert (
        found.rewrite
        == "the first visit by Kim Jong Il to China since April 2004; Kim Jong Il last visited China in April 2004, as of 9 January 2006"
    )
    assert judged(found.rewrite, published="2006-01-18").verdict == "holds"


def test_json_has_each_part_as_a_claim_of_its_own(ask, tmp_path):
    path = tmp_path / "events.yaml"
    path.write_text(
        "timeline: 1\ntitle: r\nevents:\n- {id: a-2000, date: 2000-05-29/2000-05-31, visitor: north-korea, host: china, people: [{name: Kim Jong Il, offices: [supreme-leader]}], sources: [{title: t}]}\n"
    )
    done = ask(
        "claim",
        "Kim Jong Il had visited China once since 1999, last in June 2000",
        "--store",
        path,
        "--as-of",
        "2001-01-01",
        "-O",
        "json",
    )
    rows = json.loads(done.out)["rows"]
    assert [(row["verdict"], [part["verdict"] for part in row["parts"]]) for row in rows] == [
        ("unverifiable", ["unverifiable", "unverifiable"])
    ]
