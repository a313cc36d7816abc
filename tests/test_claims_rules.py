"""Rules of verdicts, asked of many visits of many records: no answer breaks off, windows and numbers have the edges that docs/claims.md gives them."""

import json
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from timeline.answers.claim import claim_answer
from timeline.claims import lexicon
from timeline.claims.firsts import find_firsts
from timeline.claims.grammar import parse
from timeline.claims.model import Claim, Finding, Reading, Since, Who, Window
from timeline.claims.sensitivity import cover_words
from timeline.claims.verdict import judge
from timeline.coverage import Cover
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, parse_when
from timeline.formats import writer
from timeline.model import Coverage, Person, Store
from timeline.query import Query
from timeline.store import load
from timeline.vocabulary import shipped

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-07-15").start.latest
RECORDS = ["events.yaml", *sorted(f"records/{path.name}" for path in (ROOT / "records").glob("*.yaml"))]
FEW = 2  # visits of a record that are asked about
EVER = Span(NEVER_BEFORE, NEVER_AFTER)
TO_PYONGYANG = Query(visitors=("china",), hosts=("north-korea",))


@cache
def a_record(name="events.yaml"):
    return load([str(ROOT / name)])


def headed(store):
    """Visits that somebody headed, a few of each record, from the first to the last."""
    visits = [e for e in store.events if e.type == "visit" and any(p.role == "heads" for p in e.people)]
    return visits[:: max(1, len(visits) // FEW)]


def claims_about(event):
    """A claim of every form about one visit, of its head, of the head's office, and of anybody."""
    head = next(person for person in event.people if person.role == "heads")
    base = Query(visitors=(event.visitor,), hosts=(event.host,))
    whos = [Who("the person", people=(head.name,)), Who("anybody")]
    whos += [Who("the office", offices=head.offices[:1])] if head.offices else []
    for who in whos:
        plain = Claim("a claim", "first-ever", (who,), base, about=event.id)
        yield plain
        yield plain._replace(form="first-in", number=3)
        yield plain._replace(form="nth", number=2)
        yield plain._replace(form="count", number=2, window=Window("visit", 12, label="1 year", loose="years"))
        yield plain._replace(form="longest-gap")
        yield plain._replace(form="first-since", since=Since("2001", parse_when("2001").start, period=True))
        yield plain._replace(form="none-since", since=Since("2001", parse_when("2001").start, period=True))
        yield plain._replace(form="highest-since", since=Since("2001", parse_when("2001").start, period=True))
    if event.met:
        yield Claim(
            "a meeting",
            "nth",
            base=Query(met=event.met[:1]),
            about=event.id,
            number=3,
            object="meeting",
            pair=(head.name, event.met[0]),
        )


@pytest.mark.parametrize("name", RECORDS)
def test_every_answer_can_be_printed(name, some):
    store = a_record(name)
    for event in some(headed(store), 20):
        for claim in some(claims_about(event), 3):
            answer = claim_answer(judge(claim, store, AS_OF), store, AS_OF)
            for output in ("table", "json"):
                written = StringIO()
                writer(output)(answer, written)
                assert written.getvalue()


def test_coverage_of_one_direction_says_so():
    """Coverage that speaks of one direction only is no day up to which both are complete."""
    reading = Reading(
        (),
        Query(),
        Finding("unverifiable", "", cover=Cover(0, 700000, -1, (Coverage("one", "a", "b", Span(0, 700000)),))),
    )
    assert cover_words(reading) == "one: one direction only, or not from the first day that matters"


# -- windows counted back --------------------------------------------------------------------------------------------------------------------


def verdict_of(claim, events):
    """The verdict on a claim in a record that is complete for all time."""
    events = sorted(events, key=lambda e: e.order)
    everything = (Coverage("all", "any", "any", EVER),)
    return judge(claim, Store(tuple(events), shipped(), everything, by_id={e.id: e for e in events}), AS_OF)


def counted(a_visit, before, window, *hedges):
    """The verdict on "his second visit in …", where the visit is of 15 June 2024 and the one before of some other day."""
    claim = Claim("", "count", base=TO_PYONGYANG, about="visit", number=2, window=window, hedges=frozenset(hedges))
    return verdict_of(claim, [a_visit(before, id="before"), a_visit("2024-06-15", id="visit")]).verdict


@pytest.mark.parametrize(("months", "loose", "before", "answer"), [
    pytest.param(1, "", "2024-05-15", "holds", id="a month, to the day"),
    pytest.param(1, "", "2024-05-14", "undetermined", id="a month, missed by a day: a night arrival may decide"),
    pytest.param(1, "", "2024-05-13", "fails", id="a month, missed by two days"),
    pytest.param(12, "", "2023-06-13", "fails", id="the past twelve months, missed by two days"),
    pytest.param(12, "years", "2023-06-13", "holds-rounded", id="a year, missed by two days"),
    pytest.param(12, "years", "2023-05-15", "holds-rounded", id="a year, missed by a month"),
    pytest.param(12, "years", "2023-05-13", "fails", id="a year, missed by more than a month"),
    pytest.param(12, "years", "2023-05", "undetermined", id="a year, missed by a month or more"),
    pytest.param(12, "about", "2023-06-13", "holds", id="about a year"),
    pytest.param(12, "about", "2023-05-13", "fails", id="more than about a year"),
    pytest.param(12, "just-over", "2022-06-16", "holds", id="just over a year: a day less than two"),
    pytest.param(12, "just-over", "2022-06-15", "fails", id="two years are not just over one"),
    pytest.param(2, "just-over", "2024-03-16", "holds", id="just over two months"),
    pytest.param(2, "just-over", "2024-03-13", "fails", id="three months are not just over two"),
])  # fmt: skip
def test_a_window_back_from_a_visit_is_missed_by_a_day_at_most(a_visit, months, loose, before, answer):
    assert counted(a_visit, before, Window("visit", months, label="a time", loose=loose, ordinal=True)) == answer


def test_a_window_that_is_said_strictly_is_not_rounded(a_visit):
    window = Window("visit", 12, label="a time", loose="years", ordinal=True)
    assert counted(a_visit, "2023-06-13", window, "within") == "fails"


@pytest.mark.parametrize(("words", "loose"), [
    ("in a month", ""),
    ("in two months", ""),
    ("in the past 12 months", ""),
    ("in the past year", ""),
    ("in a year", "years"),
    ("in just over a year", "just-over"),
    ("in about two months", "about"),
])  # fmt: skip
def test_which_windows_are_said_loosely(words, loose):
    claim = parse(f"Kim Jong Un's second visit to China {words}", a_record())
    assert claim.window.loose == loose


# -- visits that begin on one day --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "fields", "answer"), [
    pytest.param("nth", {"number": 2}, "undetermined", id="the second, or the third"),
    pytest.param("nth", {"number": 3}, "undetermined", id="the third, or the second"),
    pytest.param("nth", {"number": 4}, "fails", id="not the fourth in any order"),
    pytest.param("first-in", {"number": 16}, "undetermined", id="the first in sixteen years, or a second on the same day"),
    pytest.param("first-in", {"number": 30}, "fails", id="a number that fits neither"),
    pytest.param("first-since", {"since": Since("2008", parse_when("2008").start, period=True)}, "undetermined", id="since a year"),
    pytest.param("first-ever", {}, "fails", id="not the first ever in any order"),
    pytest.param("longest-gap", {}, "undetermined", id="the longest gap, or none"),
    pytest.param("count", {"number": 3, "window": Window("period", span=EVER, label="so far")}, "holds", id="how many there were asks for no order"),
    pytest.param("count", {"number": 2, "window": Window("period", span=parse_when("2024").start, label="in 2024", ordinal=True)}, "undetermined", id="the second of the year"),
    pytest.param("count", {"number": 3, "window": Window("period", span=parse_when("2024").start, label="in 2024", ordinal=True)}, "fails", id="no third of the year"),
])  # fmt: skip
@pytest.mark.parametrize("about", ["one", "other"])
def test_the_order_of_visits_that_begin_on_one_day_is_not_known(a_visit, about, form, fields, answer):
    events = [a_visit("2008-06-15", id="before"), a_visit("2024-06-15", id="one"), a_visit("2024-06-15", id="other")]
    assert verdict_of(Claim("", form, base=TO_PYONGYANG, about=about, **fields), events).verdict == answer


# -- which visit a claim is about ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("published", "about"), [
    pytest.param("2008-05-01", "before", id="weeks before it"),
    pytest.param("2009-06-01", "before", id="within a year after it"),
    pytest.param("2015-01-01", "", id="years after the last"),
    pytest.param("2024-03-01", "visit", id="before the next one"),
])  # fmt: skip
def test_a_claim_is_about_a_visit_near_its_publication(a_visit, published, about):
    events = [
        a_visit("1990-01-01", id="long-ago"),
        a_visit("2008-06-15", id="before"),
        a_visit("2024-06-15", id="visit"),
    ]
    number = {"before": 18, "visit": 16, "": 18}[about]
    claim = Claim("", "first-in", base=TO_PYONGYANG, number=number, published=parse_when(published).start)
    found = verdict_of(claim, events)
    assert (found.about.id if found.about else "", found.verdict) == (about, "holds" if about else "unverifiable")
    assert about or "before" in found.main.finding.reason


def test_each_visit_that_may_be_the_one_before_is_named(a_visit):
    people = [Person(name, offices=("premier",)) for name in "ABCDE"]
    before = [a_visit("2008", id=one.name.lower(), people=(one,)) for one in people]
    visit = a_visit("2024-06-15", id="visit")
    claim = Claim("", "first-in", base=TO_PYONGYANG, number=16, about="visit")
    assert "A (2008) or B (2008), 1" in verdict_of(claim, [*before[:2], visit]).main.finding.reason
    assert "A (2008), B (2008), C (2008) or one of 2 more" in verdict_of(claim, [*before, visit]).main.finding.reason


# -- who ranked higher -----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("office", "weak"), [("premier", False), ("president", False), ("vice-premier", True)])
def test_highest_since_somebody_lower_is_told_to_be_the_weak_form(a_visit, office, weak):
    named = a_visit("2018-09-08", id="named", people=(Person("A", offices=(office,)),))
    visit = a_visit("2025-10-09", id="visit", people=(Person("C", offices=("premier",)),))
    since = Since("A", named.date.start, event="named", visit=True)
    found = verdict_of(Claim("", "highest-since", base=TO_PYONGYANG, about="visit", since=since), [named, visit])
    assert (found.verdict, "weak form" in found.main.finding.reason) == ("holds", weak)


@pytest.mark.parametrize(("day", "told"), [("2020-01-01", ("other",)), ("2005-01-01", ())])
def test_only_what_would_change_the_verdict_is_listed_as_not_counted(a_visit, day, told):
    """A vice-premier is no premier: had he counted, sixteen years would be wrong, if he came after the premier before."""
    other = a_visit(day, id="other", people=(Person("B", offices=("vice-premier",)),))
    events = [a_visit("2009-10-04", id="before"), other, a_visit("2025-10-09", id="visit")]
    premier = (Who("premier", offices=("premier",)),)
    found = verdict_of(Claim("", "first-in", premier, TO_PYONGYANG, about="visit", number=16), events)
    assert (found.verdict, tuple(one.event.id for one in found.excluded)) == ("holds", told)
    same = verdict_of(Claim("", "first-in", premier, TO_PYONGYANG, about="visit", number=30), events)
    assert (same.verdict, same.excluded) == ("fails", ())


SOMEBODY = (Person("B", offices=("vice-president",)),)
COMPANION = (Person("B", offices=("president",)), Person("D", offices=("premier",), role="accompanies"))


@pytest.mark.parametrize(("fields", "scope", "why"), [
    pytest.param({"people": SOMEBODY}, {}, "vice president", id="the office of whoever headed it"),
    pytest.param({"people": (Person("B"),)}, {}, "no office recorded", id="who has none"),
    pytest.param({"people": (Person("B", "Chief of Protocol"),)}, {}, "Chief of Protocol", id="or only a title"),
    pytest.param({"kind": "transit"}, {}, "kind: transit", id="a transit"),
    pytest.param({"kind": "ceremony"}, {"kinds": ("state", "goodwill")}, "kind: ceremony", id="another kind"),
    pytest.param({"people": COMPANION}, {"roles": ("heads",)}, "only accompanied", id="the role"),
    pytest.param({"status": "cancelled"}, {}, "cancelled", id="a journey that was not made"),
    pytest.param({"places": ("Wonsan",)}, {"places": ("Pyongyang",)}, "place: Wonsan", id="elsewhere"),
    pytest.param({"met": ("Kim Il Sung",)}, {"met": ("Kim Jong Un",)}, "received by Kim Il Sung", id="somebody else"),
    pytest.param({}, {"people": ("Li Qiang",)}, "not Li Qiang", id="another person"),
    pytest.param({"people": (Person("Li Qiang", offices=("vice-premier",)),)}, {"people": ("Li Qiang",)}, "vice premier", id="he himself, in another office"),
])  # fmt: skip
def test_what_a_visit_is_left_out_for(a_visit, fields, scope, why):
    """A visit between the two that would change the verdict, and is not one of those that the claim counts."""
    same = {"kind": "goodwill", "places": ("Pyongyang",), "met": ("Kim Jong Un",)}
    premier = Person("Li Qiang" if "people" in scope else "A", offices=("premier",))
    own = {**same, "people": (premier,)}
    another = {**own, "people": (Person("B", offices=("premier",)),), **fields}
    events = [a_visit("2009-10-04", id="before", **own), a_visit("2020-01-01", id="other", **another)]
    events.append(a_visit("2025-10-09", id="visit", **own))
    who = (Who("premier", offices=("premier",)),)
    claim = Claim("", "first-in", who, TO_PYONGYANG._replace(**scope), about="visit", number=16, roles_open=False)
    assert [(one.event.id, one.why) for one in verdict_of(claim, events).excluded] == [("other", why)]


def test_of_many_visits_left_out_three_are_shown_and_the_others_counted(run):
    """Between Wen Jiabao in 2009 and Li Qiang in 2025 others came from China who were no premiers."""
    asked = ("claim", "first visit by a Chinese premier to North Korea in 16 years", "--about", "li-qiang-pyongyang-2025-10", "--store", ROOT / "events.yaml")  # fmt: skip
    (row,) = json.loads(run(*asked, "-O", "json").out)["rows"]
    assert len(row["excluded"]) == len(row["excluded_why"]) > 3
    assert "Zhao Leji, 11–13 Apr 2024 (parliament chairman; zhao-leji-pyongyang-2024-04)" in run(*asked).out
    assert f"… and {len(row['excluded']) - 3} more that would change the verdict" in run(*asked).out


# -- words ---------------------------------------------------------------------------------------------------------------------------------------


def test_a_representative_may_be_meant_by_special_envoy(a_visit):
    """Between a special envoy and an earlier representative it depends on the words whether there was one before."""
    sent = [Person("Wu Dawei", "", ("special-representative",))], [Person("Song Tao", "", ("special-envoy",))]
    events = [a_visit(f"{2016 + n}-02-02", id=f"sent-{n}", people=tuple(people)) for n, people in enumerate(sent)]
    claim = Claim("", "first-ever", lexicon.who("special envoy"), TO_PYONGYANG, about="sent-1")
    assert verdict_of(claim, events).verdict == "depends"


def test_the_commands_that_prove_a_first_name_the_store(ask):
    found = json.loads(ask("firsts", "li-qiang-pyongyang-2025-10", "--store", ROOT / "events.yaml", "-O", "json").out)
    assert found["rows"]
    assert all(row["command"].endswith(f"--store {ROOT / 'events.yaml'}") for row in found["rows"])


@pytest.mark.parametrize(("record", "event", "noun"), [
    ("united-states-china", "blinken-beijing-2023-06", "a US secretary of state"),
    ("papal-journeys", "francis-iraq-2021-03", "a pope"),
])  # fmt: skip
def test_an_office_is_called_what_its_holder_is_called(record, event, noun):
    store = a_record(f"records/{record}.yaml")
    sentences = [first.sentence for first in find_firsts(store.by_id[event], store, AS_OF)]
    assert f"visit by {noun} to" in sentences[0]


@pytest.mark.parametrize(("event", "said"), [
    pytest.param("xi-jinping-pyongyang-2026-06", "the second visit by Xi Jinping as president to North Korea", id="the second in the office of the state"),
    pytest.param("kim-jong-un-beijing-2019-01", "the fourth visit by Kim Jong Un to China", id="the fourth in ten months, with no first to tell"),
    pytest.param("jiang-zemin-pyongyang-2001-09", "the fifth visit by a Chinese president to North Korea", id="the fifth of an office"),
])  # fmt: skip
def test_firsts_number_visits(event, said):
    store = a_record("events.yaml")
    assert said in [first.sentence for first in find_firsts(store.by_id[event], store, AS_OF) if first.proved]


def test_no_first_of_a_title_for_somebody_who_came_before_under_another():
    """Kim Jong Un came four times in 2018 and 2019, as chairman of what he is president of since."""
    store = a_record("events.yaml")
    visit = store.by_id["kim-jong-un-beijing-2025-09"]
    found = find_firsts(visit, store, AS_OF)
    said = [sentence for first in found for sentence in (first.sentence, *first.implies)]
    since = "the first visit by a North Korean {} to China since Kim Jong Un in January 2019"
    assert found[0].implies == (since.format("supreme leader"),)
    assert not [sentence for sentence in said if "headed by a North Korean president" in sentence]
    claim = parse("the first visit by a North Korean president to China since 1991", store, visit)
    assert judge(claim._replace(about=visit.id), store, AS_OF).rewrite == found[0].implies[0]


def test_firsts_do_not_count_the_same_visits_under_several_offices():
    store = a_record()
    for event in (store.by_id[name] for name in ("kim-jong-un-beijing-2018-06", "kim-jong-il-china-2010-05")):
        counted = [
            first.sentence
            for first in find_firsts(event, store, AS_OF)
            if " ever " not in first.sentence and " since " not in first.sentence and "gap" not in first.sentence
        ]
        assert len({sentence.split()[1] for sentence in counted}) == len(counted)


@pytest.mark.parametrize("event", ["li-qiang-pyongyang-2025-10", "kim-jong-un-beijing-2025-09"])
def test_firsts_of_both_directions_rest_on_a_visit_the_other_way(event):
    store = a_record()
    found = [
        f
        for f in find_firsts(store.by_id[event], store, AS_OF)
        if " between China and North Korea " in f.sentence or " between North Korea and China " in f.sentence
    ]
    visit = store.by_id[event]
    assert found
    for first in found:
        (before,) = first.verdict.main.finding.deciding
        assert (before.visitor, before.host) == (visit.host, visit.visitor)


def test_claims_beside_a_named_store_are_checked(ask, tmp_path):
    claims = tmp_path / "claims.yaml"
    claims.write_text(
        "timeline: 1\nclaims:\n- id: wrong\n  claim: Li Qiang visited North Korea in October 2025\n  expected: fails\n"
    )
    found = ask("check", "--store", ROOT / "events.yaml", claims, "--only", "claims")
    assert (found.code, "wrong: expected fails, found holds" in found.out) == (1, True), found
