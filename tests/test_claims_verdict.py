"""Verdicts on claims that were or could have been printed, against the shipped record: what each reading of a word makes of the same journey."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from timeline.claims.fields import read_claim
from timeline.claims.firsts import find_firsts
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.sensitivity import cover_words
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.model import Origin, PublishedClaim
from timeline.store import load, load_text

ROOT = Path(__file__).parent.parent
PYONGYANG_2019, PYONGYANG_2025 = "xi-jinping-pyongyang-2019-06", "li-qiang-pyongyang-2025-10"
KIM_2019 = "kim-jong-un-beijing-2019-01"
AS_OF = parse_when("2026-07-15").start.latest
RECORDS = ["events.yaml", *sorted(f"records/{path.name}" for path in (ROOT / "records").glob("*.yaml"))]


@cache
def a_record(name="events.yaml"):
    return load([str(ROOT / name)])


def verdict(sentence, about="", published="", record="events.yaml"):
    """The verdict on a sentence, and the switch on which it depends."""
    store = a_record(record)
    visit = store.by_id[about] if about else None
    return judge(parse(sentence, store, visit, parse_when(published).start if published else None), store, AS_OF)


def answers(found):
    """What each reading comes to, by the words that tell it."""
    return {reading.label: reading.finding.verdict for reading in found.readings}


def reasons(found):
    """What the readings come to, with the first words of why."""
    return {(reading.finding.verdict, reading.finding.reason.split(",")[0]) for reading in found.readings}


# -- one journey, many claims ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("first visit by a Chinese president to North Korea in 14 years", "holds-rounded", id="presidents: Hu in October 2005, 13y 7m"),
    pytest.param("first visit by a Chinese president to North Korea in 13 years", "holds", id="presidents, floored"),
    pytest.param("first visit by a Chinese president to North Korea in 11 years", "fails", id="the number of the person said of the office"),
    pytest.param("first visit by a Chinese president or premier to North Korea in ten years", "holds-rounded", id="with premiers: Wen in October 2009, 9y 8m"),
    pytest.param("Xi Jinping's first visit to North Korea in 11 years", "holds", id="the person: himself in June 2008, 11y 0m 3d"),
    pytest.param("Xi Jinping's first visit to North Korea in 14 years", "fails", id="the number of the office said of the person"),
    pytest.param("Xi Jinping is the first Chinese president to visit North Korea in 14 years", "holds-rounded", id="a sentence about him that counts presidents"),
    pytest.param("President Xi Jinping's first visit to North Korea in 11 years", "holds", id="his title does not shut out the journey before it"),
    pytest.param("Xi Jinping's first visit to North Korea", "fails", id="not his first"),
    pytest.param("Xi Jinping's first visit to North Korea as president", "holds", id="his first in that office"),
    pytest.param("President Xi Jinping's first visit to North Korea", "depends", id="a title that may say in which office"),
    pytest.param("first visit by a Chinese leader to North Korea in 14 years", "depends", id="leader: presidents, or premiers too"),
    pytest.param("first visit by a Chinese leader to North Korea in ten years", "depends", id="leader, the number of the premiers"),
    pytest.param("first visit by a Chinese leader to North Korea since Hu Jintao in October 2005", "depends", id="leader, since Hu"),
    pytest.param("first visit by a Chinese party leader to North Korea since Hu Jintao in October 2005", "holds", id="the party's leader, since Hu"),
    pytest.param("first visit by a Chinese leader to North Korea in 30 years", "fails", id="false whoever is a leader"),
    pytest.param("first visit by a Chinese president to North Korea in nearly 14 years", "holds", id="nearly"),
    pytest.param("first visit by a Chinese president to North Korea in more than 14 years", "fails", id="more than"),
    pytest.param("first visit by a Chinese president to North Korea in more than a decade", "holds", id="more than a decade"),
    pytest.param("first visit by a Chinese president to North Korea in decades", "fails", id="decades"),
])  # fmt: skip
def test_the_xi_trip_of_june_2019(sentence, answer):
    assert verdict(sentence, PYONGYANG_2019).verdict == answer


def test_leader_is_answered_in_each_of_its_meanings():
    found = verdict("first visit by a Chinese leader to North Korea in 14 years", PYONGYANG_2019)
    assert found.switch == "what “leader” means"
    assert {
        ("holds-rounded", "the one before was Hu Jintao (28–30 Oct 2005)"),  # presidents
        ("fails", "the one before was Wen Jiabao (4–6 Oct 2009)"),  # or premiers
        ("fails", "the one before was Li Zhanshu (8–11 Sep 2018)"),  # or heads of parliament
    } <= reasons(found)


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("first visit by a Chinese premier to North Korea in 16 years", "holds", id="premiers: Wen in October 2009, 16y 0m 5d"),
    pytest.param("Li Qiang is the first Chinese premier in North Korea since 2009", "holds", id="told of him"),
    pytest.param("first visit by a Chinese premier to North Korea since Kim Jong Un took power", "holds", id="since December 2011"),
    pytest.param("first visit by China's No. 2 to North Korea in 16 years", "depends", id="No. 2: the premier, or second in the party's order"),
    pytest.param("first visit by China's No. 2 to North Korea in 22 years", "depends", id="No. 2, the number of the party's order"),
    pytest.param("Li Qiang is the highest-ranking Chinese official to visit North Korea since Xi Jinping in June 2019", "holds", id="the highest since Xi"),
    pytest.param("Li Qiang is the highest-ranking Chinese official to visit North Korea since Wen Jiabao in October 2009", "fails", id="Xi in between"),
])  # fmt: skip
def test_the_li_qiang_trip_of_october_2025(sentence, answer):
    assert verdict(sentence, PYONGYANG_2025).verdict == answer


def test_number_two_in_both_its_meanings():
    found = verdict("first visit by China's No. 2 to North Korea in 22 years", PYONGYANG_2025)
    assert {
        ("holds-rounded", "the one before was Wu Bangguo (29–31 Oct 2003)"),  # second in the party's order
        ("fails", "the one before was Wen Jiabao (4–6 Oct 2009)"),  # the premier
    } <= reasons(found)
    assert found.switch == "what “No. 2” means"


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("Kim Jong Un has visited China four times in the past 15 months", "holds", id="back from publication, far enough"),
    pytest.param("Kim Jong Un has visited China four times in the past year", "fails", id="back from publication: two are left"),
    pytest.param("Kim Jong Un visited China four times last year", "fails", id="calendar year: the fourth came in January"),
    pytest.param("Kim Jong Un visited China three times last year", "holds", id="calendar year: three"),
    pytest.param("Kim Jong Un's fourth visit to China in ten months", "holds", id="back from the fourth"),
    pytest.param("Kim Jong Un's fourth visit to China in nine months", "fails", id="back from the fourth, nine months and thirteen days"),
    pytest.param("Kim Jong Un's fourth visit to China since March 2018", "depends", id="since March: with March or after it"),
    pytest.param("Kim Jong Un visited China at least three times in 15 months", "holds", id="at least three"),
])  # fmt: skip
def test_kims_four_trips_under_four_windows(sentence, answer):
    assert verdict(sentence, KIM_2019, "2019-06-18").verdict == answer


SOUTH_KOREA = "records/south-korea-china.yaml"


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("first visit to China by a South Korean president in six years", "holds", id="6y 0m, printed as 6"),
    pytest.param("first state visit to China by a South Korean president in nine years", "holds-rounded", id="8y 0m, printed as 9 in the same sentence"),
    pytest.param("first state visit to China by a South Korean president in eight years", "holds", id="8y 0m as 8"),
    pytest.param("first state visit to China by a South Korean president in six years", "fails", id="the number of any visit said of state visits"),
])  # fmt: skip
def test_one_sentence_that_rounds_in_two_ways(sentence, answer):
    assert verdict(sentence, "lee-jae-myung-china-2026-01", record=SOUTH_KOREA).verdict == answer


@pytest.mark.parametrize(("sentence", "then", "now"), [
    pytest.param("first visit by a Chinese premier to North Korea in 18 years", "wen-jiabao-pyongyang-2009-10", PYONGYANG_2025, id="premiers, 18 years"),
    pytest.param("first visit by a Chinese premier to North Korea since Li Peng in May 1991", "wen-jiabao-pyongyang-2009-10", PYONGYANG_2025, id="since Li Peng"),
    pytest.param("the longest gap between visits by Chinese premiers to North Korea", "wen-jiabao-pyongyang-2009-10", PYONGYANG_2025, id="the longest gap"),
])  # fmt: skip
def test_a_claim_true_once_and_false_when_it_is_used_again(sentence, then, now):
    assert verdict(sentence, then).verdict == "holds"
    assert verdict(sentence, now).verdict == "fails"


LONGEST = "the longest gap between visits headed by a Chinese party leader to North Korea"
SHORTEST = "the shortest gap between visits by Chinese presidents to North Korea"
JIANG, LI = "jiang-zemin-pyongyang-2001-09", "li-xiannian-pyongyang-1986-10"


@pytest.mark.parametrize(("sentence", "about", "published", "answer"), [
    pytest.param(LONGEST, JIANG, "2026-06-01", "fails", id="of 2001, said in 2026: longer from 2005 to 2019"),
    pytest.param(LONGEST, JIANG, "2001-09-03", "holds", id="of 2001, said then"),
    pytest.param(LONGEST, JIANG, "", "depends", id="of 2001, said nobody knows when"),
    pytest.param(f"{LONGEST} until then", JIANG, "2026-06-01", "holds", id="until then, said in 2026"),
    pytest.param(f"{LONGEST} at the time", JIANG, "", "holds", id="at the time"),
    pytest.param(f"{LONGEST} so far", JIANG, "2026-06-01", "fails", id="so far, said in 2026"),
    pytest.param(LONGEST, "xi-jinping-pyongyang-2019-06", "", "holds", id="of all gaps to this day"),
    pytest.param(SHORTEST, LI, "2026-06-15", "fails", id="the longest of all is not the shortest"),
    pytest.param(f"{SHORTEST} until then", LI, "", "fails", id="the only one until then is neither"),
])  # fmt: skip
def test_a_gap_is_the_longest_of_those_known_when_that_was_said(sentence, about, published, answer):
    assert verdict(sentence, about, published=published).verdict == answer


def test_an_answer_that_rests_on_near_complete_coverage_says_so():
    found = verdict("the longest gap between visits by Chinese premiers to North Korea", "wen-jiabao-pyongyang-2009-10")
    assert found.verdict == "holds"
    assert "only near complete: leaders-to-north-korea-before-1980 (until 31 Dec 1979)" in cover_words(found.main)


INDIA = "records/india-china.yaml"


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("Narendra Modi last visited China in 2019", "fails", id="in 2019 Xi came to India"),
    pytest.param("Narendra Modi last visited China in June 2018", "holds", id="his own last one"),
    pytest.param("Narendra Modi's first visit to China since 2019", "fails", id="since 2019"),
    pytest.param("Narendra Modi's first visit to China in seven years", "holds", id="seven years"),
])  # fmt: skip
def test_a_direction_swapped(sentence, answer):
    assert verdict(sentence, "narendra-modi-tianjin-2025-08", record=INDIA).verdict == answer


def test_a_journey_that_was_cancelled():
    found = verdict("first visit by a Chinese president to North Korea in 13 years", "xi-jinping-pyongyang-2018-09")
    assert found.verdict == "unverifiable"
    assert found.main.finding.reason.startswith("the visit was cancelled, not made; had it taken place: HOLDS, ROUNDED")


def test_a_first_that_fails_only_if_those_who_accompanied_count():
    found = verdict("first visit by a Chinese foreign minister to North Korea since 2007", "wang-yi-pyongyang-2018-05")
    assert (found.verdict, found.switch) == ("depends", "whether those who only accompanied count")
    assert reasons(found) == {
        ("fails", "Yang Jiechi (4–6 Oct 2009) came later than 2007"),
        ("holds", "the one before was Yang Jiechi (2–4 Jul 2007)"),
    }
    assert (
        found.rewrite
        == "the first visit headed by a Chinese foreign minister to North Korea since Yang Jiechi in July 2007"
    )


def test_an_official_visit_leaves_companions_out():
    assert (
        verdict(
            "first official visit by a Chinese foreign minister to North Korea since 2007",
            "wang-yi-pyongyang-2018-05",
        ).verdict
        == "holds"
    )


def test_what_the_record_cannot_know():
    found = verdict("Xi Jinping's first foreign trip of 2026", "xi-jinping-pyongyang-2026-06")
    assert found.verdict == "unverifiable"
    assert "no coverage statement says that the record is complete from 1 Jan 2026 to" in found.main.finding.reason


def test_meetings_are_no_visits_and_visits_no_meetings():
    assert verdict("Xi Jinping and Kim Jong Un's seventh meeting", "xi-jinping-pyongyang-2026-06").verdict == "holds"
    assert verdict("Xi Jinping's seventh visit to North Korea", "xi-jinping-pyongyang-2026-06").verdict not in (
        "holds",
        "holds-rounded",
    )


@pytest.mark.parametrize(("sentence", "published", "answer"), [
    ("no Chinese premier has visited North Korea since 2009", "2025-10-01", "holds"),
    ("no Chinese premier has visited North Korea since 2009", "2026-01-01", "fails"),
    ("Xi Jinping last visited North Korea in June 2008", "2019-06-01", "holds"),
    ("Xi Jinping last visited North Korea in June 2008", "2019-07-01", "fails"),
    ("the last Chinese premier to visit North Korea was Wen Jiabao", "2025-10-01", "holds"),
    ("the last Chinese premier to visit North Korea was Wen Jiabao in October 2009", "2025-12-01", "fails"),
])  # fmt: skip
def test_a_claim_about_no_visit_looks_back_from_its_publication(sentence, published, answer):
    assert verdict(sentence, published=published).verdict == answer


# -- doubt -----------------------------------------------------------------------------------------------------------------------------------

DOUBTFUL = """
coverage:
- {{id: all, visitor: china, host: north-korea, from: ever, to: 2026, how: complete}}
events:
- {{id: hu, date: 2005-10-28, visitor: china, host: north-korea, people: [{{name: Hu Jintao, offices: [president]}}], sources: [{{title: t}}]}}
- {{id: doubtful, date: '{date}', visitor: china, host: north-korea, support: {support}, people: [{{name: Li Xiannian, offices: [president]}}], sources: [{{title: t}}]}}
- {{id: xi, date: 2019-06-20, visitor: china, host: north-korea, people: [{{name: Xi Jinping, offices: [president]}}], sources: [{{title: t}}]}}
"""


@pytest.mark.parametrize(("date", "support", "answer", "telling"), [
    pytest.param("2010-05-01", "confirmed", "fails", "", id="a confirmed one in between"),
    pytest.param("2010-05-01", "recalled", "depends", "without doubtful, which is recalled", id="one that rests on memory"),
    pytest.param("2010-05-01", "conflicting", "depends", "without doubtful, which is conflicting", id="one on which sources disagree"),
    pytest.param("2001-05-01", "recalled", "holds", "", id="a doubtful one that changes nothing"),
    pytest.param("[2001-05-01, 2010-05-01]", "confirmed", "depends", "with doubtful dated", id="a disputed date"),
    pytest.param("[2001-05-01, 2002-05-01]", "confirmed", "holds", "", id="a dispute that changes nothing"),
    pytest.param("2010-05~", "confirmed", "fails", "", id="approximately in between"),
])  # fmt: skip
def test_one_doubtful_visit_in_or_out(store_of, date, support, answer, telling):
    store = store_of(DOUBTFUL.format(date=date, support=support))
    found = judge(
        parse(
            "first visit by a Chinese president to North Korea since Hu Jintao in 2005",
            store,
            store.by_id["xi"],
        ),
        store,
        AS_OF,
    )
    assert found.verdict == answer
    assert not telling or any(telling in label for label in answers(found))


def test_a_doubtful_visit_of_the_record_is_named():
    found = verdict("first visit headed by Kim Il Sung to China since September 1982", "kim-il-sung-beijing-1984-11")
    assert found.verdict == "depends"
    assert any("without kim-il-sung-dalian-1983, which is recalled" in label for label in answers(found))


# -- what is safe to write -------------------------------------------------------------------------------------------------------------------


LATEST = 6  # of the visits of the largest record; all of them with --long


def visits_of(name):
    return [event for event in a_record(name).events if event.type == "visit" and event.status == "happened"]


def rewritten(store, event):
    """The safe rewrites of some false claims about a visit: two that say nothing of who, one of each head."""
    heads = [f"{person.name}'s first visit in 400 years" for person in event.people if person.role == "heads"]
    for sentence in ("first visit in 400 years", "the last visit was in 1800", *heads):
        try:
            yield judge(parse(sentence, store, event), store, AS_OF).rewrite
        except NotUnderstood:  # a head whose name is no name of a person of the record alone
            continue


def hold_when_fed_back_in(name, visits):
    store, seen = a_record(name), 0
    for event in visits:
        for sentence in filter(None, set(rewritten(store, event))):
            seen += 1
            assert judge(parse(sentence, store, event), store, AS_OF, plain=True).verdict == "holds", (
                event.id,
                sentence,
            )
    return seen


def scoped(event):
    """Scopes that a visit meets, as the fields of a claim say them: its kind, a place, a tag, who headed it, whom they met."""
    heads = {"person": next((p.name for p in event.people if p.role == "heads"), "")}
    scopes = [{"kind": event.kind}, {"place": next(iter(event.places), "")}, {"tag": next(iter(event.tags), "")}]
    scopes += [{"role": "heads"} | heads, {"kind": event.kind} | heads, {"met": next(iter(event.met), "")}]
    return [{key: (value,) for key, value in scope.items()} for scope in scopes if all(scope.values())]


def scoped_claims(event):
    """False claims in such scopes: one about the visit, one that looks back from the end of its year."""
    year = event.date.text[:4]
    sides = {"claim": ("a claim",), "visitor": (event.visitor,), "host": (event.host,)}
    for scope in scoped(event):
        yield sides | scope | {"form": ("first-in",), "number": ("400",), "about": (event.id,)}
        if year.isdigit():
            yield sides | scope | {"form": ("last-was",), "reference": ("1800",), "published": (f"{year}-12-31",)}


@pytest.mark.parametrize("name", RECORDS)
def test_a_rewrite_keeps_the_scope_of_its_claim(name):
    store, seen = a_record(name), 0
    for event in visits_of(name)[-2:]:
        for fields in scoped_claims(event):
            claim = read_claim(PublishedClaim("c", fields, Origin("claims.yaml", 1)), store)
            if not (sentence := judge(claim, store, AS_OF).rewrite):
                continue
            seen += 1
            said = parse(sentence, store, store.by_id.get(claim.about))
            assert judge(said, store, AS_OF, plain=True).verdict == "holds", (fields, sentence)
            assert (said.base.kinds, said.base.tags, said.base.met) == (claim.base.kinds, (), ()), (fields, sentence)
            assert "tag" not in fields
            assert "met" not in fields
            if "place" in fields:
                assert fields["place"][0] in sentence, (fields, sentence)
    assert seen or name != "events.yaml"


def are_not_denied(name, visits):
    store, seen = a_record(name), 0
    for event in visits:
        for first in find_firsts(event, store, AS_OF):
            seen += 1
            for sentence in (first.sentence, *first.implies):
                found = judge(parse(sentence, store, event), store, AS_OF, plain=True).verdict
                assert found == "holds", (event.id, sentence)
    return seen


OTHERS = RECORDS[1:]


@pytest.mark.parametrize("name", OTHERS)
def test_the_safe_rewrite_fed_back_in_holds(name, some):
    hold_when_fed_back_in(name, some(visits_of(name), 12))


@pytest.mark.parametrize("name", OTHERS)
def test_firsts_never_says_what_claim_denies(name, some):
    are_not_denied(name, some(reversed(visits_of(name)), 6))


def test_the_latest_visits_of_the_record():
    visits = visits_of("events.yaml")[-LATEST:]
    assert hold_when_fed_back_in("events.yaml", visits) > LATEST / 2
    assert are_not_denied("events.yaml", visits) > LATEST / 2


def test_what_a_disputed_date_of_the_visit_leaves_open_is_not_safe():
    store = a_record()
    visit = store.by_id["kim-il-sung-beijing-1964"]  # of September 1964, or of November
    said = "Choe Yong Gon visited China in September 1964"  # from the 29th on
    alone, given = (judge(parse(said, store, about), store, AS_OF, plain=True).verdict for about in (None, visit))
    assert (alone, given) == ("holds", "unverifiable")
    assert said not in set(rewritten(store, visit))


@pytest.mark.long
def test_every_visit_of_the_record():
    visits = visits_of("events.yaml")
    assert hold_when_fed_back_in("events.yaml", visits) > LATEST
    assert are_not_denied("events.yaml", visits) > LATEST


def test_firsts_of_the_li_qiang_trip(run):
    done = run("firsts", PYONGYANG_2025, "--store", ROOT / "events.yaml", "--format", "json", "--as-of", "2026-07-15")
    rows = json.loads(done.out)["rows"]
    sentences = [row["sentence"] for row in rows if row["proved"]]
    assert "the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009" in sentences
    assert "the highest-ranking Chinese visitor to North Korea since Xi Jinping in June 2019" in sentences
    named = f"--about {PYONGYANG_2025} --store {ROOT / 'events.yaml'}"
    assert all(row["command"] == f'timeline claim "{row["sentence"]}" {named}' for row in rows)


def test_show_carries_the_best_three(run):
    done = run("show", PYONGYANG_2025, "--store", ROOT / "events.yaml", "--as-of", "2026-07-15")
    proved = [
        first.sentence for first in find_firsts(a_record().by_id[PYONGYANG_2025], a_record(), AS_OF) if first.proved
    ]
    told = " ".join(done.out.split())
    assert "What can be said" in done.out
    assert all(sentence in told for sentence in proved[:3])
    assert all(sentence not in told for sentence in proved[3:])


# -- at the prompt ---------------------------------------------------------------------------------------------------------------------------

PREMIERS = "first visit by a Chinese premier to North Korea in"


@pytest.mark.parametrize(("args", "status"), [
    pytest.param([f"{PREMIERS} 16 years", "--about", PYONGYANG_2025], 0, id="holds"),
    pytest.param([f"{PREMIERS} 17 years", "--about", PYONGYANG_2025], 0, id="holds when rounded"),
    pytest.param([f"{PREMIERS} 20 years", "--about", PYONGYANG_2025], 1, id="fails"),
    pytest.param(["first visit by a Chinese leader to North Korea in 14 years", "--about", PYONGYANG_2019], 3, id="depends"),
    pytest.param([f"{PREMIERS} 13 years", "--about", "xi-jinping-pyongyang-2018-09"], 3, id="unverifiable"),
    pytest.param(["the premier sneezes"], 2, id="not understood"),
    pytest.param([f"{PREMIERS} 16 years", "--about", "nobody-nowhere"], 2, id="no such visit"),
    pytest.param([f"{PREMIERS} 16 years", "--published", "09/10/2025"], 2, id="no such day"),
    pytest.param([f"{PREMIERS} 16 years", "--store", "missing.yaml"], 4, id="no such store"),
])  # fmt: skip
def test_exit_statuses(run, args, status):
    store = [] if "--store" in args else ["--store", ROOT / "events.yaml"]
    assert run("claim", *args, *store, "--as-of", "2026-07-15").code == status


def test_the_visit_meant_is_found_where_only_one_fits_and_named(run):
    done = run("claim", f"{PREMIERS} 16 years", "--store", ROOT / "events.yaml", "--as-of", "2026-07-15")
    assert done.code == 0
    assert f"({PYONGYANG_2025}) (taken to be the one meant; say which with --about)" in " ".join(done.out.split())


def test_where_several_fit_they_are_listed(run):
    done = run(
        "claim",
        "first visit by a Chinese premier to North Korea in more than 5 years",
        "--store",
        ROOT / "events.yaml",
        "--as-of",
        "2026-07-15",
    )
    assert done.code == 2
    assert PYONGYANG_2025 in done.err
    assert "say which with --about" in done.err


@pytest.mark.parametrize(("sentence", "words"), [
    pytest.param("first visit by a Chinese president to North Korea in 30 years", ["fits none of 8 visits", "liu-shaoqi-pyongyang-1963-09", "say which with --about"], id="false of every visit"),
    pytest.param(f"{PREMIERS} more than 10 years", ["fits 2 visits"], id="true of several"),
    pytest.param("first visit by an Iranian president to North Korea in 10 years", ["no visit in the record"], id="none at all"),
])  # fmt: skip
def test_where_no_visit_is_the_one_meant_nothing_is_said_of_any(run, sentence, words):
    done = run("claim", sentence, "--store", ROOT / "events.yaml", "--as-of", "2026-07-15")
    assert (done.code, done.out) == (2, "")
    assert all(word in done.err for word in words), done.err


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("Li Qiang is the first Chinese premier to visit North Korea in 20 years", PYONGYANG_2025, "fails", id="he was there once: false of that"),
    pytest.param("the second visit by a Chinese president to North Korea of 2026", "", "unverifiable", id="there was one in that year"),
])  # fmt: skip
def test_the_words_may_leave_only_one_visit(sentence, about, answer):
    found = verdict(sentence)
    assert (found.about.id if found.about else "", found.verdict) == (about, answer)


def test_near_its_publication_a_claim_is_about_the_visit_made_then():
    sentence = "first visit by a Chinese premier to North Korea in 30 years"
    found = verdict(sentence, published="2025-10-09")
    assert (found.about.id, found.verdict, found.inferred) == (PYONGYANG_2025, "fails", True)


def test_a_reading_that_cannot_be_verified_leaves_the_claim_so_where_the_others_agree():
    found = verdict(
        "first North Korean envoy to visit China since Kim Jong Un took power", "choe-ryong-hae-beijing-2013-05"
    )
    assert (found.verdict, found.switch) == ("unverifiable", "what “envoy” means")
    assert {reading.finding.verdict for reading in found.readings} == {"unverifiable", "fails"}


KEYS = "id claim form scope about verdict expected reading deciding gap_days_least gap_days_most fits excluded coverage rewrite why sources".split()


def test_the_row_of_a_claim(run):
    done = run(
        "claim",
        f"{PREMIERS} 16 years",
        "--about",
        PYONGYANG_2025,
        "--store",
        ROOT / "events.yaml",
        "--format",
        "json",
        "--as-of",
        "2026-07-15",
    )
    (row,) = json.loads(done.out)["rows"]
    assert list(row)[: len(KEYS)] == KEYS
    told = {
        key: row[key] for key in ("form", "about", "verdict", "deciding", "gap_days_least", "gap_days_most", "fits")
    }
    assert told == {
        "form": "first-in",
        "about": PYONGYANG_2025,
        "verdict": "holds",
        "deciding": ["wen-jiabao-pyongyang-2009-10"],
        "gap_days_least": 5849,
        "gap_days_most": 5849,
        "fits": ["floor", "nearest", "calendar years"],
    }
    assert row["sources"]
    assert row["coverage"] == ["leaders-to-north-korea"]


def told(run, sentence, about, form="plain"):
    """What is printed of a sentence about a visit of the shipped record."""
    return run("claim", sentence, "--about", about, "--store", ROOT / "events.yaml", "--format", form).out


def test_the_visits_that_decide_each_reading_are_told_and_those_of_the_first_reading_first(run):
    sentence = "first visit by a Chinese leader to North Korea in 14 years"
    hu, wen, li = "hu-jintao-pyongyang-2005-10", "wen-jiabao-pyongyang-2009-10", "li-zhanshu-pyongyang-2018-09"
    decided = told(run, sentence, PYONGYANG_2019).partition("Decided by")[2]
    assert 0 < decided.index(hu) < decided.index(wen) < decided.index(li)
    assert decided.count("http") == 3  # one source of each
    (row,) = json.loads(told(run, sentence, PYONGYANG_2019, "json"))["rows"]
    assert (row["deciding"][0], set(row["deciding"])) == (hu, {hu, wen, li})
    assert {source["url"] for source in row["sources"]} >= set(re.findall(r"https?://\S+[^\s),]", decided))
    readings = {reading["reading"].partition(";")[0]: reading["deciding"] for reading in row["readings"]}
    assert readings["party or paramount leader"] == [hu]
    assert readings["head of state or government, or above"] == [wen]


@pytest.mark.parametrize(("sentence", "about", "shown"), [
    pytest.param("Hu is the second Chinese president to visit North Korea since 1992", "hu-jintao-pyongyang-2005-10", "how it is taken", id="depends: each way to take it is such a change"),
    pytest.param("the last Chinese visit to North Korea was Li Hongzhong in 2023", PYONGYANG_2025, "no single change", id="fails, whatever is changed"),
])  # fmt: skip
def test_that_nothing_flips_a_verdict_is_said_only_where_no_way_to_take_the_words_does(run, sentence, about, shown):
    (row,) = json.loads(told(run, sentence, about, "json"))["rows"]
    assert row["flips"] == []
    line = next(line for line in told(run, sentence, about).splitlines() if line.startswith("would flip"))
    assert shown in line


@pytest.mark.parametrize(("sentence", "about", "flip"), [
    pytest.param("first visit by a Chinese president to North Korea in 14 years", PYONGYANG_2019, "anybody who ranked as head-of-government or above: FAILS", id="an office: the rank below, Wen came in 2009"),
    pytest.param("Xi's first visit to North Korea in 11 years", PYONGYANG_2019, "whoever came: FAILS", id="a person: Li Zhanshu came in 2018"),
])  # fmt: skip
def test_other_people_would_flip_a_verdict(run, sentence, about, flip):
    (row,) = json.loads(told(run, sentence, about, "json"))["rows"]
    assert any(one.startswith(flip) for one in row["flips"])


@pytest.mark.parametrize(("sentence", "about", "note"), [
    pytest.param("Xi Jinping last visited North Korea in September 2025", "", "Kim Jong Un to China (2–4 Sep 2025", id="the last was: the host of the person named went"),
    pytest.param("first visit by a Chinese leader to North Korea since September 2025", PYONGYANG_2025, "Kim Jong Un to China (2–4 Sep 2025", id="first since"),
    pytest.param("first visit by a Chinese leader to North Korea since April 2018", PYONGYANG_2019, "", id="nobody as high went the other way"),
])  # fmt: skip
def test_a_swapped_direction_is_named(run, sentence, about, note):
    options = ["--about", about] if about else ["--published", "2025-11-01"]
    (row,) = json.loads(run("claim", sentence, *options, "--store", ROOT / "events.yaml", "-O", "json").out)["rows"]
    assert row["verdict"] == "fails"
    assert [note in one for one in row["notes"] if "went the other way" in one] == [True] * bool(note)


@pytest.mark.parametrize(("sentence", "record", "about", "unchecked"), [
    pytest.param("Kim Jong Un arrived in Beijing by plane, his first visit to China in 6 years", "events.yaml", "kim-jong-un-beijing-2025-09", "'by plane'", id="the record does not say how he came"),
    pytest.param("Kim travelled to Dalian by plane, his second visit to China in 2018", "records/kim-jong-un-abroad.yaml", "journey-kim-jong-un-dalian-2018-05", "", id="the record says so"),
    pytest.param("Kim travelled to Dalian by plane, his second visit to China in 2018", "records/kim-jong-un-abroad.yaml", "", "", id="the record says so of the visit that is found"),
    pytest.param("Kim Jong Un flew to Beijing on his fourth visit to China", "events.yaml", "kim-jong-un-beijing-2025-09", "'flew'", id="not written again with another number"),
])  # fmt: skip
def test_words_that_the_record_cannot_bear_out_are_told_and_not_written_again(run, sentence, record, about, unchecked):
    options = ["--about", about] if about else ["--published", "2018-05-08"]
    (row,) = json.loads(run("claim", sentence, *options, "--store", ROOT / record, "-O", "json").out)["rows"]
    assert row["about"] == (about or "journey-kim-jong-un-dalian-2018-05")
    assert [unchecked in note for note in row["notes"] if note.startswith("not checked")] == [True] * bool(unchecked)
    assert row["rewrite"]
    assert not (unchecked and unchecked.strip("'") in row["rewrite"])


def test_a_visit_that_went_the_other_way_is_not_one_of_those_counted(run):
    out = told(run, "first visit by a Chinese premier to North Korea in 16 years", "kim-jong-un-beijing-2025-09")
    assert "it went the other way, from North Korea to China" in out


def test_visits_are_not_told_as_left_out_of_meetings(run):
    sentence, about = "Xi Jinping and Kim Jong Un's third meeting", "kim-jong-un-beijing-2025-09"
    (row,) = json.loads(told(run, sentence, about, "json"))["rows"]
    assert (row["verdict"], row["excluded"]) == ("fails", [])


@pytest.mark.parametrize(("sentence", "about", "decided"), [
    pytest.param("the longest gap between visits by a North Korean supreme leader to China", "kim-jong-un-beijing-2018-03", ["kim-jong-il-beijing-2000-05"], id="by one for which the record is complete"),
])  # fmt: skip
def test_the_longest_gap_fails_by_a_longer_one_of_which_there_is_coverage(run, sentence, about, decided):
    (row,) = json.loads(told(run, sentence, about, "json"))["rows"]
    assert (row["verdict"], row["readings"][0]["deciding"]) == ("fails", decided)


@pytest.mark.parametrize(("sentence", "about", "found", "safe"), [
    pytest.param("Kim Jong Un's first official visit to China", "kim-jong-un-beijing-2018-03", "fails", "Kim Jong Un's first visit to China as supreme leader", id="first of a kind that it was not"),
    pytest.param("Kim Jong Un's first visit to China", "kim-jong-un-beijing-2018-03", "unverifiable", "Kim Jong Un's first visit to China as supreme leader", id="first ever"),
    pytest.param("the longest gap between visits by Kim Jong Un to China", "kim-jong-un-beijing-2025-09", "unverifiable", "the longest gap between visits by Kim Jong Un to China as supreme leader", id="longest gap"),
])  # fmt: skip
def test_what_nobody_can_know_of_a_person_is_said_of_the_office(run, sentence, about, found, safe):
    (row,) = json.loads(told(run, sentence, about, "json"))["rows"]
    assert (row["verdict"], row["rewrite"]) == (found, safe)


def test_sources_of_a_deciding_visit_that_are_not_shown_are_counted(run):
    wen = a_record().by_id["wen-jiabao-pyongyang-2009-10"]
    assert f"(3 of {len(wen.sources)} sources)" in told(run, f"{PREMIERS} 16 years", PYONGYANG_2025)


NONE = "no Chinese president has visited North Korea since 2019"


@pytest.mark.parametrize(("sentence", "options", "day"), [
    pytest.param(NONE, [], "2026-07-15", id="none since: up to the day asked for"),
    pytest.param(NONE, ["--published", "2023-05-04"], None, id="up to its publication"),
    pytest.param(f"{PREMIERS} 16 years", ["--about", PYONGYANG_2025], None, id="up to the visit in question"),
    pytest.param("the longest gap between visits by a Chinese premier to North Korea", ["--about", PYONGYANG_2025], "2026-07-15", id="a gap is compared with later ones"),
    pytest.param("Xi Jinping has visited North Korea three times and the last Chinese visit to North Korea was in June 2026", [], "2026-07-15", id="two claims in one"),
])  # fmt: skip
def test_the_day_asked_for_is_told_where_the_answer_depends_on_it(run, sentence, options, day):
    asked = ["claim", sentence, *options, "--store", ROOT / "events.yaml", "--as-of", "2026-07-15"]
    (row,) = json.loads(run(*asked, "-O", "json").out)["rows"]
    assert row["as_of"] == day
    assert ("15 Jul 2026 (another day: --as-of)" in run(*asked).out) == bool(day)


@pytest.mark.parametrize(("as_of", "years", "visit", "day"), [
    pytest.param("2020-01-01", 18, "wen-jiabao-pyongyang-2009-10", "2020-01-01", id="a later one came since"),
    pytest.param("2026-07-15", 16, PYONGYANG_2025, None, id="the record has no later one"),
])  # fmt: skip
def test_which_visit_is_meant_depends_on_the_day_where_the_record_has_later_ones(run, as_of, years, visit, day):
    asked = ("claim", f"{PREMIERS} {years} years", "--store", ROOT / "events.yaml", "--as-of", as_of, "-O", "json")
    (row,) = json.loads(run(*asked).out)["rows"]
    assert (row["about"], row["as_of"]) == (visit, day)


def test_a_refusal_tells_the_day_on_which_it_depends(run):
    done = run("claim", f"{PREMIERS} 16 years", "--store", ROOT / "events.yaml", "--as-of", "2020-01-01")
    assert (done.code, "(as of 1 Jan 2020)" in done.err) == (2, True)


STORE = """timeline: 1
coverage:
- id: premiers
  visitor: china
  host: north-korea
  at-least: head-of-government
  from: ever
  to: 2025-12-31
  how: complete

events:
- id: wen
  date: 2009-10-04/2009-10-06
  visitor: china
  host: north-korea
  people:
  - name: Wen Jiabao
    offices: [premier]
  kind: goodwill
  sources:
  - title: Wen in Pyongyang

- id: li
  date: 2025-10-09/2025-10-11
  visitor: china
  host: north-korea
  people:
  - name: Li Qiang
    offices: [premier]
  kind: goodwill
  sources:
  - title: Li in Pyongyang

claims:
- id: premier-16-years
  claim: The Chinese premier's visit is the first in 16 years
  publisher: Example Daily
  published: 2025-10-09
  about: li
  form: first-in
  number: 16
  visitor: china
  host: north-korea
  office: premier
  expected: holds

- id: premier-20-years
  claim: first visit by a Chinese premier to North Korea in 20 years
  about: li
  expected: fails
"""
ZHOU = """- id: another
  date: 2015-05-01
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai
    offices: [premier]
  kind: goodwill
  sources:
  - title: Another in Pyongyang

"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "events.yaml"
    path.write_text(STORE, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["table", "md", "html", "json"])
def test_a_report_on_a_file_of_claims(run, store, golden, form):
    done = run(
        "claim",
        "--file",
        store.name,
        "--store",
        store.name,
        "--format",
        form,
        "--as-of",
        "2026-07-15",
        cwd=store.parent,
    )
    assert (done.code, done.err) == (0, "")
    golden(f"claims-report.{form if form != 'table' else 'txt'}", done.out)


def test_a_report_says_which_verdict_was_not_expected(run, store):
    store.write_text(STORE.replace("expected: fails", "expected: holds"), encoding="utf-8")
    done = run("claim", "--file", store.name, "--store", store.name, "--as-of", "2026-07-15", cwd=store.parent)
    assert done.code == 1
    assert "premier-20-years: expected holds, found fails" in done.err


def test_check_says_on_which_day_claims_are_judged(run, store):
    done = run("check", store.name, "--as-of", "2026-07-15", cwd=store.parent)
    assert "2 events and 2 claims read as of 15 Jul 2026" in done.out + done.err
    asked = run("check", store.name, "--as-of", "2026-07-15", "-O", "json", cwd=store.parent)
    assert json.loads(asked.out)["as_of"] == "2026-07-15"


def test_check_catches_a_claim_that_an_edit_of_the_record_breaks(run, store):
    assert run("check", store.name, cwd=store.parent).code == 0
    store.write_text(STORE.replace("- id: li\n", f"{ZHOU}- id: li\n"), encoding="utf-8")
    done = run("check", store.name, cwd=store.parent)
    assert done.code == 1
    assert "premier-16-years: expected holds, found fails" in " ".join((done.out + done.err).split())


@pytest.mark.parametrize(
    ("args", "status"),
    [
        pytest.param(("check", "claims.yaml"), 1, id="check"),
        pytest.param(("claim", "--store", "claims.yaml", "--file", "claims.yaml"), 2, id="claim"),
    ],
)
def test_claims_beside_no_events_are_one_error_that_says_so(run, tmp_path, args, status):
    claims = "".join(f"- {{id: c{n}, claim: 'first visit', form: first-ever, about: nobody}}\n" for n in range(3))
    (tmp_path / "claims.yaml").write_text(f"timeline: 1\nclaims:\n{claims}", encoding="utf-8")
    done = run(*args, cwd=tmp_path)
    said = " ".join((done.out + done.err).split())
    assert done.code == status
    assert "claims and no events" in said
    assert "--store" in said
    assert "nobody" not in said


@pytest.mark.parametrize(("day", "answer"), [
    pytest.param("2025-10-08", "holds", id="the day before Li Qiang came"),
    pytest.param("2025-10-09", "undetermined", id="the day on which he came: no hour is on record"),
    pytest.param("2025-10-10", "fails", id="the day after"),
])  # fmt: skip
def test_a_claim_about_no_visit_looks_back_from_the_day_asked_for_as_from_the_day_of_its_publication(day, answer):
    sentence = "no visit by a Chinese premier to North Korea since 2009"
    asked = judge(parse(sentence, a_record()), a_record(), parse_when(day).start.latest)
    assert asked.verdict == verdict(sentence, published=day).verdict == answer


@pytest.mark.parametrize(("line", "message"), [
    ("form: first-in", "form: unknown value 'first-of'; did you mean 'first-in'"),
    ("about: li\n  form", "about: no event has the id 'lee'"),
    ("expected: holds", "expected: unknown value 'true'"),
    ("number: 16", "number: 'many' is not a number"),
])  # fmt: skip
def test_a_claim_that_cannot_be_read_has_its_place(run, store, line, message):
    wrong = {
        "form: first-in": "form: first-of",
        "about: li\n  form": "about: lee\n  form",
        "expected: holds": "expected: true",
        "number: 16": "number: many",
    }[line]
    store.write_text(STORE.replace(line, wrong, 1), encoding="utf-8")
    done = run("claim", "--file", store.name, "--store", store.name, cwd=store.parent)
    assert done.code == 4
    assert message in done.err
    assert "events.yaml:" in done.err


def test_a_visit_of_2000_leaves_the_century_open_only_where_it_may_be_counted():
    """Chi Haotian came in October 2000, and was no No. 2; Wu Bangguo, who was, in October 2003."""
    found = verdict("first visit this century by China's No. 2 leader to North Korea", PYONGYANG_2025)
    assert found.verdict == "fails"
    with pytest.raises(NotUnderstood, match="such a visit in 2000"):
        verdict("first visit this century by a Chinese minister to North Korea", PYONGYANG_2025)


# -- people, not visits ----------------------------------------------------------------------------------------------------------------------


def by(day, name, host="north-korea", office="president"):
    person = f"{{name: {name}, offices: [{office}]}}"
    return f"- {{id: {name.split()[0].lower()}-{day[:4]}, date: {day}, visitor: china, host: {host}, people: [{person}], sources: [{{title: t}}]}}"


@pytest.mark.parametrize(("earlier", "number", "verdict"), [
    pytest.param([("1963-09-15", "Liu Shaoqi"), ("2001-09-03", "Jiang Zemin"), ("2005-10-28", "Hu Jintao")], "fourth", "holds", id="three others came before"),
    pytest.param([("2001-09-03", "Jiang Zemin"), ("2005-10-28", "Hu Jintao"), ("2006-10-28", "Hu Jintao")], "fourth", "fails", id="one came twice: three visits, two people"),
    pytest.param([("2001-09-03", "Jiang Zemin"), ("2005-10-28", "Hu Jintao"), ("2013-01-01", "Xi Jinping")], "third", "depends", id="he himself had come before: true of him, not of this visit"),
    pytest.param([("2001-09-03", "Jiang Zemin"), ("2005-10-28", "Hu Jintao"), ("1990-03-14", "Jiang Zemin")], "third", "holds", id="each counts once"),
])  # fmt: skip
def test_the_fourth_president_counts_people(earlier, number, verdict):
    lines = [by(day, name) for day, name in [*earlier, ("2019-06-20", "Xi Jinping")]]
    cover = "coverage: [{id: all, visitor: china, host: north-korea, at-least: official, from: 1949, to: 2026, how: complete, evidence: e}]"
    store = load_text("\n".join(["timeline: 1", cover, "events:", *lines]))
    claim = parse(
        f"Xi Jinping is the {number} Chinese president to visit North Korea since 1950", store, store.by_id["xi-2019"]
    )
    assert judge(claim, store, AS_OF).verdict == verdict


def test_a_trip_of_nobody_is_his_or_anybodys():
    lines = [
        by("2018-03-25", "Wang Yi", office="foreign-minister"),
        by("2018-05-07", "Song Tao"),
        by("2018-06-19", "Song Tao"),
    ]
    cover = "coverage: [{id: all, visitor: china, host: north-korea, at-least: official, from: 1949, to: 2026, how: complete, evidence: e}]"
    store = load_text(
        "\n".join(["timeline: 1", cover, "events:", *lines]).replace(
            "id: song-2018, date: 2018-05", "id: song-may, date: 2018-05"
        )
    )
    found = judge(
        parse("The second trip to North Korea in three months", store, store.by_id["song-2018"]), store, AS_OF
    )
    assert (found.verdict, found.switch) == ("depends", "whose visits count")


def test_a_vague_rank_of_somebody_of_whom_no_rank_is_recorded_is_not_denied():
    """How low 'high-ranking' reaches is not to be had from him, and that he is not meant cannot be said."""
    lines = [by("2018-03-25", "Wang Yi", office="foreign-minister"), by("2018-05-07", "Song Tao", office="official")]
    store = load_text("\n".join(["timeline: 1", "events:", *lines]))
    sentence = "the first high-ranking Chinese official in North Korea since March 2018"
    found = judge(parse(sentence, store, store.by_id["song-2018"]), store, AS_OF)
    reason = "the record does not say how high anybody on the visit ranked"
    assert (found.verdict, found.main.finding.reason) == ("unverifiable", reason)


@pytest.mark.parametrize(("published", "until"), [([], "up to the day asked for"), (["--published", "2026-01-01"], "up to publication")])  # fmt: skip
def test_a_count_says_up_to_which_day_it_looks_back(run, published, until):
    done = run(
        "claim",
        "Chinese premiers have visited North Korea at most once in the past ten years",
        *published,
        "--as-of",
        "2026-06-01",
    )
    assert f"1 visit in the 10 years {until};" in done.out
