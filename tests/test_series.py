"""Series of a scope: which gaps the record covers, whose visits they are, and to what day a gap can be open."""

import re
from datetime import date
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.answers.events import list_answer, show_answer
from timeline.answers.gap import gap_answer
from timeline.coverage import Need, Spell, complete_spans, cover, needed, within
from timeline.dates import Span
from timeline.formats.brackets import gap_names
from timeline.formats.page.model import page_of
from timeline.gaps import Gap
from timeline.lengths import gap_label, gap_lengths
from timeline.model import Coverage
from timeline.neighbours import neighbours_by_id
from timeline.query import Query, unsaid
from timeline.series import Cut, measured, neighbours_of
from timeline.store import load_text
from timeline.stretches import Stretch

TODAY = date(2026, 6, 30).toordinal()

RECORD = """\
timeline: 1
coverage:
- id: ministers
  visitor: china
  host: north-korea
  at-least: minister
  from: 2000-01-01
  to: 2020-12-31
  how: complete
- id: leaders
  visitor: china
  host: north-korea
  at-least: head-of-government
  from: 1949-10-01
  to: 2020-12-31
  how: complete
events:
- id: zhou-1958
  date: 1958-02-14
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai
    offices: [premier]
  - name: Chen Yi
    offices: [foreign-minister]
    role: accompanies
- id: ji-1972
  date: 1972-12-22
  visitor: china
  host: north-korea
  people:
  - name: Ji Pengfei
    offices: [foreign-minister]
- id: wen-2009
  date: 2009-10-04
  visitor: china
  host: north-korea
  people:
  - name: Wen Jiabao
    offices: [premier]
  - name: Yang Jiechi
    offices: [foreign-minister]
    role: accompanies
- id: wang-2018
  date: 2018-05-02
  visitor: china
  host: north-korea
  people:
  - name: Wang Yi
    offices: [foreign-minister]
- id: gromyko-1970
  date: 1970-03-01
  visitor: soviet-union
  host: china
  people:
  - name: Andrei Gromyko
    offices: [foreign-minister]
"""
STORE = load_text(RECORD)
FOREIGN_MINISTERS = Query(visitors=("china",), hosts=("north-korea",), offices=("foreign-minister",))
DAYS = range(1, 13)


def gaps_of(query, **cut):
    return measured(STORE, query, Cut(**cut), TODAY)


def spans():
    return st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.tuples(st.sampled_from(["out", "back"]), spans()), max_size=6), spans())
def test_a_stretch_is_covered_where_each_of_its_days_is_in_both_directions(stated, stretch):
    sides = {"out": ("china", "russia"), "back": ("russia", "china")}
    statements = [Coverage(f"c{n}", *sides[way], span) for n, (way, span) in enumerate(stated)]
    known = {
        way: {day for other, span in stated if other == way for day in range(span[0], span[1] + 1)} for way in sides
    }
    complete = complete_spans(statements, [Need(*direction) for direction in sides.values()])
    days = range(stretch.earliest, stretch.latest + 1)
    assert within(complete, *stretch) == all(day in known["out"] and day in known["back"] for day in days)
    assert all(a.latest + 1 < b.earliest for a, b in pairwise(complete))


LEADERS = """\
timeline: 1
coverage:
- {id: leaders, visitor: north-korea, host: china, at-least: head-of-government, from: 1980-01-01, to: 2026-06-30, how: complete}
- {id: ministers, visitor: north-korea, host: china, offices: [foreign-minister], from: 1980-01-01, to: 2026-06-30, how: complete}
"""
BY_NAME = "- {id: by-name, visitor: north-korea, host: china, people: [Pak Pong Ju], from: 2005-01-01, to: 2019-12-31, how: complete}\n"
JOURNEY = "- {{id: v{0}, date: {0}, visitor: north-korea, host: china, people: [{{name: {1}, offices: [{2}]}}]}}\n"


def journeys(name, *visits, statements=""):
    events = "".join(JOURNEY.format(day, name, office) for day, office in visits)
    return load_text(f"{LEADERS}{statements}events:\n{events}")


def gaps_covered(store, query, by="direction"):
    (one,) = measured(store, query, Cut(by), TODAY)
    return [gap.covered for gap in one.series.gaps], date.fromordinal(one.cover.until).isoformat()


@pytest.mark.parametrize(
    ("name", "visits", "statements", "covered", "until"),
    [
        pytest.param("Pak Pong Ju", [("2005-03-22", "premier"), ("2006-01-10", "premier")], "", True, "2007-04-11", id="premier all the time"),
        pytest.param("Pak Pong Ju", [("2006-01-10", "premier"), ("2018-06-19", "premier")], "", False, "2019-04-11", id="premier twice, and out of office for six years in between"),
        pytest.param("Pak Pong Ju", [("2006-01-10", "premier"), ("2018-06-19", "premier")], BY_NAME, True, "2019-12-31", id="named by a statement, in whatever office"),
        pytest.param("Kim Jong Il", [("1995-05-29", "supreme-leader"), ("2011-05-20", "general-secretary")], "", True, "2011-12-17", id="one office after another, without a day between"),
        pytest.param("Hong Song Nam", [("1984-08-10", "vice-premier"), ("1999-06-03", "premier")], "", False, "2003-09-03", id="before he was premier"),
        pytest.param("Pak Nam Gi", [("1999-06-03", "premier"), ("2000-06-03", "premier")], "", False, "2000-06-02", id="somebody of whom the table knows nothing"),
        pytest.param("Choe Yong Rim", [("2010-11-01", "premier"), ("2011-09-26", "premier")], "", True, "2013-04-01", id="to the day on which he left"),
        pytest.param("Pak Thae Song", [("2025-01-10", "premier"), ("2025-10-10", "premier")], "", True, "2026-06-30", id="in office when the table was written, and taken to be so still"),
        pytest.param("Pak Thae Song", [("2025-01-10", "premier"), ("2026-05-10", "premier")], "", True, "2026-06-30", id="in office when the table was written, and on a later visit"),
        pytest.param("Pak Thae Song", [("2025-01-10", "premier"), ("2026-05-10", "foreign-minister")], "", False, "2026-05-09", id="on a later visit in another office"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["direction", "person"])
def test_somebody_is_covered_by_a_rank_while_he_held_it(name, visits, statements, covered, until, by):
    store = journeys(name, *visits, statements=statements)
    query = Query(visitors=("north-korea",), hosts=("china",), people=(name,) if by == "direction" else ())
    assert gaps_covered(store, query, by) == ([covered], until)


@pytest.mark.parametrize(("later", "until", "presumed"), [
    pytest.param([], "2026-06-30", True, id="the table and the record have no end"),
    pytest.param([("2026-05-10", "Pak Thae Song", "premier")], "2026-06-30", True, id="seen in office, and then not"),
    pytest.param([("2026-05-10", "Pak Thae Song", "foreign-minister")], "2026-05-09", True, id="seen out of it"),
    pytest.param([("2026-05-10", "Kim Tok Hun", "premier")], "2026-05-09", True, id="somebody else seen in it"),
    pytest.param([("2025-11-10", "Kim Tok Hun", "premier")], "2026-06-30", True, id="before the table was written, the table is believed"),
    pytest.param([("2026-05-10", "Kim Tok Hun", "vice-premier")], "2026-06-30", True, id="somebody else in another office"),
])  # fmt: skip
def test_who_is_in_office_without_an_end_stays_there_until_the_record_knows_better(later, until, presumed):
    visits = [("2025-01-10", "Pak Thae Song", "premier"), *later]
    store = load_text(f"{LEADERS}events:\n" + "".join(JOURNEY.format(*visit) for visit in visits))
    needs = list(needed(Query(people=("Pak Thae Song",)), ("north-korea", "china"), store))
    reach = cover(store.coverage, needs, date(2025, 1, 10).toordinal(), TODAY)
    assert date.fromordinal(reach.until).isoformat() == until
    assert bool(reach.presumed) is presumed


def test_nobody_is_presumed_in_office_where_that_is_not_needed():
    store = journeys("Pak Thae Song", ("2025-01-10", "premier"))
    needs = list(needed(Query(people=("Pak Thae Song",)), ("north-korea", "china"), store))
    assert not cover(store.coverage, needs, date(2025, 1, 10).toordinal(), date(2025, 12, 31).toordinal()).presumed


def test_an_older_visit_in_a_lower_office_takes_nothing_from_what_is_known_after_it():
    """The gap after 2006 is covered while he was premier, whatever he was in 1990."""
    store = journeys("Pak Pong Ju", ("1990-05-01", "minister"), ("2005-03-22", "premier"), ("2006-01-10", "premier"))
    query = Query(visitors=("north-korea",), hosts=("china",), people=("Pak Pong Ju",))
    assert gaps_covered(store, query) == ([False, True], "2007-04-11")
    as_premier = query._replace(offices=("premier",))
    assert gaps_covered(store, as_premier) == ([True], "2026-06-30")


HEADS_OF_STATE = Coverage("states", "china", "japan", Span(100, 300), 85)


@pytest.mark.parametrize(("other", "level", "until", "used"), [
    pytest.param(Coverage("premiers", "china", "japan", Span(100, 200), 80, offices=("premier",)), 80, 200, 2, id="no other office lies between"),
    pytest.param(Coverage("premiers", "china", "japan", Span(100, 300), 80, offices=("premier",)), 72, 99, 0, id="nor the head of parliament"),
    pytest.param(Coverage("premiers", "japan", "china", Span(100, 300), 80, offices=("premier",)), 80, 99, 0, id="the other way"),
    pytest.param(Coverage("premiers", "china", "japan", Span(100, 300), 80, people=("Li Qiang",), offices=("premier",)), 80, 99, 0, id="of one premier"),
    pytest.param(Coverage("ministers", "china", "japan", Span(100, 300), 0, offices=("foreign-minister",)), 80, 99, 0, id="of another office"),
])  # fmt: skip
def test_a_rank_and_the_offices_below_it_cover_a_lower_rank_together(other, level, until, used):
    (need,) = needed(Query(level=level), ("china", "japan"), STORE)
    reach = cover([HEADS_OF_STATE, other], [need], 100, 300)
    assert (reach.until, len(reach.used)) == (until, used)


def test_two_people_are_covered_where_each_is_one_by_name_and_the_other_by_rank():
    visits = "".join(JOURNEY.format(day, name, "premier") for day, name in [("2005-03-22", "Pak Pong Ju"), ("2009-03-17", "Kim Yong Il (premier)"), ("2010-02-01", "Pak Pong Ju")])  # fmt: skip
    query = Query(visitors=("north-korea",), hosts=("china",), people=("Pak Pong Ju", "Kim Yong Il (premier)"))
    named = BY_NAME + BY_NAME.replace("by-name", "other").replace("Pak Pong Ju", "Kim Yong Il (premier)")
    for statements, covered in [("", [False, False]), (BY_NAME, [False, True]), (named, [True, True])]:
        assert gaps_covered(load_text(f"{LEADERS}{statements}events:\n{visits}"), query)[0] == covered


@given(st.lists(st.tuples(spans(), st.sampled_from([10, 20, 30])), max_size=5), st.lists(st.tuples(spans(), st.sampled_from([0, 10, 20, 30])), max_size=4))  # fmt: skip
def test_a_day_of_somebody_is_covered_where_a_statement_asks_for_no_more_than_he_held(held, stated):
    spells = tuple(Spell(days, level, frozenset()) for days, level in held)
    statements = [Coverage(f"c{n}", "any", "any", span, level) for n, (span, level) in enumerate(stated)]
    complete = complete_spans(statements, [Need("china", "russia", people=("Somebody",), spells=spells)])
    for day in DAYS:
        rank = max((level for days, level in held if days.earliest <= day <= days.latest), default=0)
        assert within(complete, day, day) == any(
            s.level <= rank and s.span.overlaps(Span(day, day)) for s in statements
        )


def test_a_gap_is_covered_only_where_the_record_claims_every_visit_of_that_level():
    (ministers,) = gaps_of(FOREIGN_MINISTERS)
    assert [(gap.later.id, gap.covered) for gap in ministers.series.gaps] == [
        ("ji-1972", False),
        ("wen-2009", False),
        ("wang-2018", True),
    ]
    (premiers,) = gaps_of(Query(visitors=("china",), hosts=("north-korea",), offices=("premier",)))
    assert [(gap.later.id, gap.covered) for gap in premiers.series.gaps] == [("wen-2009", True)]
    assert not ministers.still_open.covered


@pytest.mark.parametrize(
    ("covered", "days", "text"),
    [
        (True, ((1, 10), (1, 10)), "9d"),
        (False, ((1, 10), (1, 10)), "at most 9d"),
        (True, ((1, 200), (1, 400)), "6m – 1y 1m"),
        (False, ((1, 200), (1, 400)), "at most 1y 1m 3d"),
        (True, ((1, 190), (1, 195)), "6m 8d – 6m 13d"),
        (True, ((5, 10), (0, 10)), "5d or more"),
        (False, ((5, 10), (0, 10)), "not known"),
    ],
    ids=["exact", "exact-uncovered", "bounds", "bounds-uncovered", "same-months", "no-bound", "no-bound-uncovered"],
)
def test_the_text_of_a_gap_says_what_is_known_of_it(covered, days, text):
    shortest, longest = (Stretch(*ends) for ends in days)
    event = STORE.events[0]
    assert Gap("", event, event, shortest, longest, covered=covered).text == text


# A premier of whose party nobody else is named came in 2012; one with a known party in 2014, both to the capital.
PARTIES = (
    RECORD
    + """\
- id: li-2012
  date: 2012-03-01
  visitor: china
  host: north-korea
  places: [Pyongyang]
  kind: official
  met: [Kim Jong Un]
  people:
  - name: Li Keqiang
    offices: [premier]
- id: li-2014
  date: 2014-03-01
  visitor: china
  host: north-korea
  places: [Pyongyang]
  kind: official
  met: [Kim Jong Un]
  people:
  - name: Li Keqiang
    offices: [premier]
  - name: Gao Hucheng
    offices: [minister]
    role: accompanies
"""
)


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        ({"offices": ("foreign-minister",)}, ["li-2012"]),
        ({"people": ("Wang Yi",)}, ["li-2012"]),
        ({"offices": ("foreign-minister",), "roles": ("heads",)}, []),
        ({"offices": ("president",)}, []),
        ({"level": 100}, []),
        ({"places": ("Hamhung",), "people": ("Li Keqiang",)}, ["li-2012", "li-2014"]),
        ({"places": ("Beijing",), "people": ("Li Keqiang",)}, []),
        ({"places": ("베이징",), "people": ("Li Keqiang",)}, []),
        ({"met": ("Xi Jinping",), "people": ("Wang Yi", "Ji Pengfei")}, ["ji-1972", "wang-2018"]),
        ({"kinds": ("state",), "people": ("Ji Pengfei",), "roles": ("heads",)}, ["ji-1972"]),
        ({}, []),
    ],
    ids="office person heading nobody-above rank city capital capital-in-korean met kind nothing-asked".split(),
)  # fmt: skip
def test_events_of_which_the_record_does_not_say_what_a_scope_asks(scope, ids):
    store = load_text(PARTIES)
    query = Query(visitors=("china",), hosts=("north-korea",), **scope)
    assert [event.id for event in unsaid(store.events, query, store.vocabulary)] == ids


@pytest.mark.parametrize(
    ("where", "filters"),
    [
        (("kind", "state"), {"kinds": ("state",)}),
        (("met", "Kim Jong Un"), {"met": ("Kim Jong Un",)}),
        (("place", "Hamhung"), {"places": ("Hamhung",)}),
        (("person", "Wang Yi"), {"people": ("Wang Yi",)}),
        (("office", "foreign-minister"), {"offices": ("foreign-minister",)}),
        (("role", "accompanies"), {"roles": ("accompanies",)}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_condition_leaves_out_what_its_filter_leaves_out_for_want_of_knowledge(where, filters):
    store, sides = load_text(PARTIES), Query(visitors=("china",), hosts=("north-korea",))
    asked = [sides._replace(where=(where,)), sides._replace(**filters)]
    by_where, by_filter = ([e.id for e in unsaid(store.events, query, store.vocabulary)] for query in asked)
    assert by_where == by_filter


def test_a_gap_is_not_covered_where_a_minister_may_have_come_with_a_leader():
    store = load_text(PARTIES)
    (one,) = measured(store, FOREIGN_MINISTERS, Cut(), TODAY)
    assert [(gap.later.id, gap.covered) for gap in one.series.gaps][-1] == ("wang-2018", False)
    assert [event.id for event in one.unsaid] == ["li-2012"]
    heading = FOREIGN_MINISTERS._replace(roles=("heads",))
    (alone,) = measured(store, heading, Cut(), TODAY)
    assert not alone.unsaid


def test_a_gap_is_known_to_be_open_no_longer_than_to_a_visit_that_may_be_one():
    late = load_text(PARTIES.replace("id: li-2012\n  date: 2012-03-01", "id: li-2019\n  date: 2019-03-01"))
    (one,) = measured(late, FOREIGN_MINISTERS, Cut(), date(2020, 1, 1).toordinal())
    assert one.cover.complete
    assert not one.still_open.covered
    assert one.still_open.shortest.end == date(2019, 3, 1).toordinal()
    answer = gap_answer([one], FOREIGN_MINISTERS, late, Cut(), date(2020, 1, 1).toordinal())
    told = [text for block in answer.blocks if hasattr(block, "pairs") for _, text in block.pairs]
    assert any("since Wang Yi, 2 May 2018, if li-2019 did not count, of which the record does" in text for text in told)


def test_no_gap_is_covered_where_a_scope_asks_for_what_no_record_lists():
    of_record = (
        {"where": (("support", "confirmed"),)},
        {"where": (("source", "x"),)},
        {"statuses": ("cancelled",)},
        {"statuses": ("any",)},
    )
    for asked in ({"met": ("Kim Jong Un",)}, {"texts": ("minister",)}, {"supports": ("confirmed",)}, *of_record):
        (one,) = measured(STORE, FOREIGN_MINISTERS._replace(**asked), Cut(), TODAY) or [None]
        assert one is None or not any(gap.covered for gap in one.series.gaps)
    plain, made = (
        [gap.covered for gap in measured(STORE, FOREIGN_MINISTERS._replace(where=where), Cut(), TODAY)[0].series.gaps]
        for where in ((), (("status", "happened"),))
    )
    assert made == plain
    assert any(plain)


def test_a_direction_is_covered_alike_however_the_pair_is_asked_for():
    one_way = Query(visitors=("china",), hosts=("north-korea",), offices=("premier",))
    between = Query(between=("north-korea", "china"), offices=("premier",))
    answers = [
        [gap.covered for gap in measured(STORE, query, Cut(), TODAY)[0].series.gaps] for query in (one_way, between)
    ]
    assert answers[0] == answers[1] == [True]
    (both_ways,) = measured(STORE, between, Cut("pair"), TODAY)
    assert not any(gap.covered for gap in both_ways.series.gaps)
    (whichever,) = measured(STORE, Query(actors=("north-korea",), offices=("premier",)), Cut("pair"), TODAY)
    assert not any(gap.covered for gap in whichever.series.gaps)  # nobody is on record as having come back
    (out_only,) = measured(STORE, one_way, Cut("pair"), TODAY)
    assert [gap.covered for gap in out_only.series.gaps] == [True]


def test_of_a_visit_to_come_the_one_before_it_is_told_also_where_that_is_to_come():
    store = load_text("timeline: 1\nevents:\n" + "".join(JOURNEY.format(f"2026-{day}", "Wang", "premier") for day in ("01-05", "12-01", "12-20")))  # fmt: skip
    today = date(2026, 11, 28).toordinal()
    later = neighbours_of(store.by_id["v2026-12-20"], store, today)
    assert later.before.earlier.id == "v2026-12-01"
    answer = gap_answer(measured(store, EVERYTHING, USUAL, today), EVERYTHING, store, USUAL, today)
    assert "2 visits after 28 Nov 2026 left out: v2026-12-01 and v2026-12-20" in answer.remarks


@pytest.mark.parametrize(("mark", "told"), [("", False), ("~", True), ("?", True), ("%", True)])
def test_a_gap_reckoned_from_an_approximate_date_says_so(mark, told):
    store = load_text(RECORD.replace("2009-10-04", f"2009-10{mark}"))
    found = measured(store, FOREIGN_MINISTERS, Cut(), TODAY)
    assert [gap.approximate for gap in found[0].series.gaps] == [False, told, told]
    lines = [
        block.text
        for block in gap_answer(found, FOREIGN_MINISTERS, store, Cut(), TODAY).blocks
        if hasattr(block, "style")
    ]
    assert any("Approximate or uncertain dates: wen-2009." in line for line in lines) == told


EVERYTHING, USUAL = Query(), Cut()
VISITS = "timeline: 1\nCOVERAGEevents:\n"


def visits_on(*dates, coverage="", support="confirmed"):
    """A record of visits by one person in one direction, `v0` on the first date, and so on."""
    visit = "- {{id: v{n}, date: '{day}', visitor: china, host: cuba, support: {support}, people: [{{name: Li Keqiang, offices: [premier]}}]}}\n"
    visits = "".join(visit.format(n=n, day=day, support=support) for n, day in enumerate(dates))
    return load_text(VISITS.replace("COVERAGE", coverage) + visits)


def covered_by(*statements):
    said = "".join(
        f"- {{id: c{n}, visitor: china, host: cuba, from: '{first}', to: '{last}', how: {how}}}\n"
        for n, (first, last, how) in enumerate(statements)
    )
    return f"coverage:\n{said}"


def told_of(store, query=EVERYTHING, cut=USUAL):
    """All that `gap` says below its tables, with its remarks."""
    answer = gap_answer(measured(store, query, cut, TODAY), query, store, cut, TODAY)
    facts = [f"{label} {text}" for block in answer.blocks if hasattr(block, "pairs") for label, text in block.pairs]
    return "\n".join([*facts, *(b.text for b in answer.blocks if hasattr(b, "text")), *answer.remarks])


def shown_beside(store, id_):
    """What `show` says of the visits before and after one: (label, ids named)."""
    answer = show_answer(store.by_id[id_], store, neighbours_of(store.by_id[id_], store, TODAY))
    *_, facts = (block for block in answer.blocks if hasattr(block, "pairs"))
    return [(label, re.findall(r"\bv\d", text)) for label, text in facts.pairs if not label.startswith("since")]


@pytest.mark.parametrize(
    ("dates", "of", "said"),
    [
        (("2001-01-01", "2002-01-01", "2003-01-01"), "v1", [("at most 1y 0m 0d after", ["v0"]), ("at most 1y 0m 0d before", ["v2"])]),
        (("2001-01-01", "2002", "2002-06-01", "2003-01-01"), "v0", [("before", ["v1", "v2"])]),
        (("2001-01-01", "2002", "2002-06-01", "2003-01-01"), "v1", [("at most 1y 5m 0d after", ["v0", "v2"]), ("before or after", ["v2"]), ("before", ["v2", "v3"])]),
        (("2001-01-01", "2002", "2002-06-01", "2003-01-01"), "v2", [("at most 1y 5m 0d after", ["v0", "v1"]), ("before or after", ["v1"]), ("before", ["v1", "v3"])]),
        (("2001-01-01", "2002", "2002-06-01", "2003-01-01"), "v3", [("at most 7m 0d after", ["v1", "v2"])]),
        (("2002", "2002-06-01"), "v0", [("before or after", ["v1"])]),
    ],
    ids=["exact", "two may be next", "coarse", "within the coarse", "two may be last", "only each other"],
)  # fmt: skip
def test_only_a_visit_whose_dates_overlap_is_before_or_after(dates, of, said):
    assert shown_beside(visits_on(*dates), of) == said


@given(
    st.lists(
        st.sampled_from(["2001", "2001-06", "2001-06-15", "2001-09", "2002", "2002-01-20"]), min_size=1, max_size=4
    )
)
def test_neighbours_are_those_of_some_reading(dates):
    """Held against every reading of the dates by months and days that tell them apart."""
    store = visits_on(*dates)
    before, after = ({id_: set() for id_ in store.by_id} for _ in range(2))
    near = {id_: neighbours_of(event, store, TODAY) for id_, event in store.by_id.items()}
    marks = sorted({day + more for e in store.events for day in e.date.start for more in (-1, 0, 1)})
    for days in product(
        *([d for d in marks if e.date.start.earliest <= d <= e.date.start.latest] for e in store.events)
    ):
        order = [
            e.id
            for _, _, e in sorted(
                zip(days, [e.order for e in store.events], store.events, strict=True), key=lambda one: one[:2]
            )
        ]
        for one, other in pairwise(order):
            after[one].add(other)
            before[other].add(one)
    assert {id_: {e.id for e in one.may_precede} if one else set() for id_, one in near.items()} == before
    assert {id_: {e.id for e in one.may_follow} if one else set() for id_, one in near.items()} == after


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([("2001", "2026", "complete")], "(the record is complete to 31 Dec 2026)"),
        ([("2001", "2026", "near-complete")], "(the record is only near complete, so a visit may be missing, to 31 Dec 2026)"),
        ([("2001", "2010", "near-complete"), ("2011", "2026", "complete")], "only near complete, so a visit may be missing, to"),
        ([("2001", "2003", "near-complete"), ("2003", "2026", "complete")], "(the record is complete to 31 Dec 2026)"),
        ([("2001", "2005", "near-complete")], "From 1 Jan 2001 to 31 Dec 2005 the record is only near complete (c0): a visit may be missing."),
        ([("2001", "2003", "near-complete"), ("2003", "2005", "complete")], "where the record ends"),
        ([("2001", "2005", "near-complete"), ("2010", "2012", "near-complete")], "From 1 Jan 2001 to 31 Dec 2005 the record is only near complete (c0): a visit"),
    ],
    ids=["complete", "near complete", "near complete at first", "near complete before the last visit", "near complete, and ends", "complete, and ends", "near complete beyond a hole"],
)  # fmt: skip
def test_the_gap_still_open_says_where_the_record_is_only_near_complete(statements, said):
    told = told_of(visits_on("2002-01-01", "2003-06-01", coverage=covered_by(*statements)))
    assert said in told
    (one,) = measured(visits_on("2003-06-01", coverage=covered_by(*statements)), Query(), Cut(), TODAY)
    assert one.still_open.near == ("near complete" in said)
    beside = show_answer(one.series.visits[0], STORE, neighbours_by_id(one.gaps)[one.series.visits[0].id])
    told = next(
        text
        for block in beside.blocks
        if hasattr(block, "pairs")
        for label, text in block.pairs
        if label == "since then"
    )
    assert ("near complete" in told) == ("near complete" in said)


def test_until_when_the_record_is_only_near_complete_is_said_plainly():
    statements = covered_by(("ever", "1979-12-31", "near-complete"), ("1980", "2026", "complete"))
    told = told_of(visits_on("1970-01-01", "1985-06-01", coverage=statements))
    assert "Until 31 Dec 1979 the record is only near complete (c0): a visit may be missing." in told
    assert "near complete" not in told_of(visits_on("1982-01-01", "1985-06-01", coverage=statements))


@pytest.mark.parametrize(
    ("by", "field", "name"), [("person", "people", "Wen Jiabao"), ("office", "offices", "premier")]
)
def test_a_series_needs_what_its_own_person_or_office_needs(by, field, name):
    """Ministers are covered from 2000, leaders from 1949: a series of leaders is not held to what is known of ministers."""
    way = Query(visitors=("china",), hosts=("north-korea",))
    title = STORE.vocabulary.offices[name].title if by == "office" else name
    grouped = next(one for one in measured(STORE, way, Cut(by), TODAY) if one.series.name == title)
    (alone,) = measured(STORE, way._replace(**{field: (name,)}), Cut(by), TODAY)
    assert grouped._replace(series=grouped.series._replace(name="")) == alone._replace(
        series=alone.series._replace(name="")
    )
    if by == "office":
        assert [gap.covered for gap in grouped.series.gaps] == [True]
    ministers = (
        next(one for one in measured(STORE, way, Cut(by), TODAY) if one.series.name == "Minister of foreign affairs")
        if by == "office"
        else None
    )
    assert ministers is None or [gap.covered for gap in ministers.series.gaps] == [False, False, True]


def test_an_office_that_another_implies_has_the_visits_of_both():
    events = VISITS.replace("COVERAGE", "") + "".join(
        f"- {{id: v{n}, date: {2001 + n}-01-01, visitor: china, host: cuba, people: [{{name: A, offices: [{office}]}}]}}\n"
        for n, office in enumerate(["standing-committee-member", "politburo-member"])
    )
    store = load_text(events)
    title = store.vocabulary.offices["politburo-member"].title
    (one,) = (one for one in measured(store, Query(), Cut("office"), TODAY) if one.series.name == title)
    assert [event.id for event in one.series.visits] == ["v0", "v1"]


def test_a_star_is_explained_where_it_stands_and_a_row_has_its_support():
    words = "* rests on memory or on sources that disagree"
    weak = visits_on("2001-01-01", "2002-01-01", support="recalled")
    assert words in told_of(weak)
    assert words not in told_of(visits_on("2001-01-01", "2002-01-01"))
    rows = gap_answer(measured(weak, Query(), Cut(), TODAY), Query(), weak, Cut(), TODAY).rows
    assert [(row["from_support"], row["to_support"]) for row in rows] == [("recalled", "recalled"), ("recalled", None)]


def test_where_the_first_visit_is_not_known_one_gap_fewer_exists_than_rows():
    store = visits_on("2001", "2001-06-01", "2003-01-01")
    (one,) = measured(store, Query(), Cut(), TODAY)
    assert (len(one.series.visits), len(one.series.gaps), one.series.gap_count) == (3, 3, 2)
    assert "Which visit was the first, coarse dates do not say (v0 or v1), so 3 rows stand for 2 gaps." in told_of(
        store
    )


def test_a_visit_that_may_belong_to_a_scope_of_nothing_is_told():
    store = load_text(PARTIES)
    query = FOREIGN_MINISTERS._replace(offices=("defence-minister",))
    answer = gap_answer(measured(store, query, Cut(), TODAY), query, store, Cut(), TODAY)
    assert answer.rows == []
    assert "Of li-2012 the record does not say whether they are in this scope" in answer.remarks[-1]
    assert answer.summary["unsaid"] == ["li-2012"]
    assert "Of li-2012 the record" in list_answer([], query, store).remarks[-1]


def test_why_an_open_gap_is_not_known_is_that_companions_are_not_on_record_and_that_nothing_covers_the_time():
    bare = PARTIES.replace("to: 2020-12-31", "to: 2009-12-31").replace(
        "id: li-2012\n  date: 2012-03-01", "id: li-2019\n  date: 2019-03-01"
    )
    told = told_of(load_text(bare), query=FOREIGN_MINISTERS)
    assert (
        "if li-2019 did not count, of which the record does not say enough, and no coverage statement says it is complete since then"
        in told
    )


@pytest.mark.parametrize(
    ("last", "basis", "statements", "said"),
    [
        ("2025-06-30", "absence", [("ever", "2026-03", "complete")], "at most 1y 0m 0d since Li Keqiang, 30 Jun 2025, whose end is not on record, if none came after 31 Mar 2026, where the record ends"),
        ("2025-06-30", "absence", [("ever", "2026", "complete")], "0d – 1y 0m since Li Keqiang, 30 Jun 2025, whose end is not on record (the record is complete to 31 Dec 2026)"),
        ("2025-06-30", "absence", [], "at most 1y 0m 0d since Li Keqiang, 30 Jun 2025, whose end is not on record, unless there was one that the record misses: no coverage statement"),
        ("2025-06-30", "arrivals", [("ever", "2026-03", "complete")], "at least 9m 1d since Li Keqiang, 30 Jun 2025; 1y 0m 0d if none came after"),
        ("2025-06-30/2025-07-02", "absence", [("ever", "2026-03", "complete")], "at least 8m 29d since Li Keqiang, 30 Jun – 2 Jul 2025; 11m 28d if none came after"),
        ("2025-06-30/2025-07-02", "absence", [("ever", "2025-07-01", "complete")], "11m 28d since Li Keqiang, 30 Jun – 2 Jul 2025, unless there was one that the record misses: no coverage statement"),
        ("2025-06-30/2025-07", "absence", [("ever", "2025-07-15", "complete")], "11m 0d – 11m 29d since Li Keqiang"),
        ("2025", "arrivals", [], "6m – 1y 5m since Li Keqiang, 2025, unless there was one that the record misses: no coverage statement"),
    ],
    ids=["unknown end", "unknown end, covered", "unknown end, no coverage", "arrivals", "known end", "end past the coverage", "coarse end", "coarse start"],
)  # fmt: skip
def test_the_gap_still_open_is_no_more_exact_than_the_last_visit(last, basis, statements, said):
    """Today is 30 June 2026."""
    store = visits_on("2020-01-01", last, coverage=covered_by(*statements) if statements else "")
    assert f"at 30 Jun 2026 {said}" in told_of(store, cut=Cut(basis=basis))


def test_by_absence_a_visit_that_may_have_followed_is_named_also_where_the_last_has_no_known_end():
    query = FOREIGN_MINISTERS._replace(period=None)
    store = load_text(PARTIES.replace("id: li-2012\n  date: 2012-03-01", "id: li-2019\n  date: 2019-03-01"))
    for basis, at_most in (("arrivals", ""), ("absence", "at most ")):
        told = told_of(store, query, Cut(basis=basis))
        assert re.search(
            rf"at 30 Jun 2026 {at_most}\d.* if li-2019 did not count.* and none came after 31 Dec 2020", told
        )


def test_of_several_visits_that_may_be_the_last_those_without_an_end_are_named():
    told = told_of(visits_on("2025-05-30/2025-06-02", "2025-05"), cut=Cut(basis="absence"))
    assert "since Li Keqiang, 30 May – 2 Jun 2025 (the end of v1 is not on record), unless" in told


EVENT = "- {{id: e{n}, date: {year}-01-01, type: {type}, title: Number {n}, actors: [china, cuba]}}\n"


@pytest.mark.parametrize(
    ("types", "line", "heading"),
    [
        (["treaty"], "treaties that happened; counted from the start of one treaty to", "treaty: 2 treaties, 1 gap"),
        (["ceremony"], "ceremonies that happened; counted from the start of one", "ceremony: 2 ceremonies, 1 gap"),
        (["other"], "other events that happened; counted from the start of one event", "other: 2 events, 1 gap"),
        (["death", "treaty"], "deaths and treaties that happened; counted from the start of one event to", "death: 2 deaths, 1 gap"),
    ],
    ids=["treaties", "ceremonies", "other", "several types"],
)  # fmt: skip
def test_gaps_between_other_events_are_not_told_as_of_visits(types, line, heading):
    years = [2001, 2002]
    events = "".join(EVENT.format(n=f"{n}{t[:2]}", year=year, type=t) for t in types for n, year in enumerate(years))
    store, query = load_text(f"timeline: 1\nevents:\n{events}"), Query(types=tuple(types))
    answer = gap_answer(measured(store, query, Cut(), TODAY), query, store, Cut(), TODAY)
    first, title, grid, *_ = answer.blocks
    assert line in first.text
    assert title.text == heading
    assert [column.head for column in grid.columns[:2]] == ["Event", "Who or what"]
    assert not re.search(r"\bvisit", told_of(store, query))


@pytest.mark.parametrize(
    ("least", "rows", "said"),
    [
        ("5y", ["v1", None], ""),
        ("5y 2d", ["v1", None], ""),
        ("9y", [None], "No gap between two visits is as long as 9y."),
        ("20y 6m", [], "No gap between two visits is as long as 20y 6m."),
    ],
    ids=["both", "the bound itself", "only the one still open", "none"],
)
def test_only_gaps_that_may_be_as_long_as_asked_are_rows_also_the_one_still_open(least, rows, said):
    store = visits_on("2005-01-01", "2010-01-03")
    cut = Cut.read(by="direction", basis="arrivals", longest=0, least=least, sort="date")
    answer = gap_answer(measured(store, EVERYTHING, cut, TODAY), EVERYTHING, store, cut, TODAY)
    assert [row["to_id"] for row in answer.rows] == rows
    assert [b.text for b in answer.blocks if getattr(b, "text", "").startswith("No gap")] == ([said] if said else [])


@pytest.mark.parametrize(
    ("first", "coverage", "text", "label", "lengths"),
    [
        ("2009-10-04", True, "16y 0m 5d", "16-year gap", ["16y 0m 5d", "16y 0m", "16y"]),
        ("2009-10-04", False, "at most 16y 0m 5d", "gap of at most 16y 0m 5d", ["at most 16y 0m 5d", "at most 17y"]),
        ("2009-10-04~", True, "about 16y 0m 5d", "gap of about 16y 0m", ["about 16y 0m 5d", "about 16y 0m"]),
        ("2009-10?", False, "at most about 16y 0m 8d", "gap of at most about 16y 0m", ["at most about 16y 0m 8d", "at most about 16y 0m"]),
        ("2009", True, "15y 9m – 16y 9m", "15–16-year gap", ["15y 9m – 16y 9m"]),
        ("../2009-10-04", True, "16y 0m or more", "gap of 16y 0m or more", ["16y 0m or more"]),
        ("../2009-10-04", False, "not known", "gap of unknown length", ["not known"]),
    ],
    ids="exact at-most about at-most-about coarse no-bound unknown".split(),
)  # fmt: skip
def test_a_gap_has_one_name_in_table_page_picture_and_statistics(first, coverage, text, label, lengths):
    store = visits_on(first, "2025-10-09", coverage=covered_by(("ever", "2026", "complete")) if coverage else "")
    (one,) = measured(store, EVERYTHING, Cut(), TODAY)
    gap = one.series.gaps[0]
    assert (gap.text, gap_label(gap), gap_lengths(gap)) == (text, label, lengths)
    assert gap_names(gap)[0].startswith(f"{label}, ")
    page = page_of(store.events, EVERYTHING, store, TODAY)
    assert {bar.text: bar.label for bar in page.whose[0].gaps[0] if bar.later}.get(text, label) == label
    assert page.events[1].neighbours[0].words == f"{text} after"
    assert shown_beside(store, "v1")[0] == (f"{text} after", ["v0"])


def test_how_long_ago_the_last_was_is_about_where_its_date_is(ask, tmp_path):
    (tmp_path / "r.yaml").write_text(
        "timeline: 1\nevents:\n- {id: v, date: 2020-01-01~, visitor: china, host: cuba, people: [{name: A}]}\n", "utf-8"
    )
    for command in ("stats", "chart"):
        assert "about 6y 0m 0d" in ask(command, "--store", "r.yaml", "--as-of", "2026-01-01").out


def test_gaps_of_an_office_name_who_held_it_and_with_whom_they_went():
    answer = gap_answer(gaps_of(FOREIGN_MINISTERS), FOREIGN_MINISTERS, STORE, Cut(), TODAY)
    grid = next(block for block in answer.blocks if hasattr(block, "rows"))
    assert [row[1] for row in grid.rows] == ["Ji Pengfei", "Yang Jiechi, with Wen Jiabao", "Wang Yi"]
    assert grid.rows[0][3] == "Chen Yi, with Zhou Enlai"
    assert "heading the party or accompanying" in answer.blocks[0].text


def test_a_list_by_office_names_who_held_it_and_with_whom_they_went():
    held = [event for event in STORE.events if event.id in ("wen-2009", "wang-2018")]
    (grid,) = list_answer(held, FOREIGN_MINISTERS, STORE).blocks
    assert [row[2] for row in grid.rows] == ["Yang Jiechi (with Wen Jiabao)", "Wang Yi"]


def test_a_gap_is_open_no_longer_than_to_the_end_of_the_period_asked_for():
    """Wang Yi came in 2018: who asks for visits until 2015 learns nothing of that."""
    until_2015 = FOREIGN_MINISTERS._replace(period=Span(date(2000, 1, 1).toordinal(), date(2015, 12, 31).toordinal()))
    (one,) = gaps_of(until_2015)
    assert (one.still_open.text, one.day) == ("6y 2m 27d", date(2015, 12, 31).toordinal())
    (later,) = gaps_of(until_2015._replace(period=Span(date(2000, 1, 1).toordinal(), TODAY + 900)))
    assert later.day == TODAY


def test_a_gap_is_open_no_longer_than_both_states_were_there():
    (soviet,) = gaps_of(Query(visitors=("soviet-union",)))
    assert (soviet.day, soviet.ended) == (date(1991, 12, 25).toordinal(), "Soviet Union")
    assert soviet.still_open.longest.end == date(1991, 12, 25).toordinal()


def test_no_gap_is_open_where_visits_are_on_record_after_a_state_ended():
    late = load_text(RECORD.replace("1970-03-01", "1993-03-01"))
    (soviet,) = measured(late, Query(visitors=("soviet-union",)), Cut(), TODAY)
    assert soviet.still_open is None


def test_the_median_of_an_even_number_of_gaps_may_end_in_a_half():
    days = ["2001-01-01", "2001-01-11", "2001-01-22"]
    events = [f"- id: e{n}\n  date: {day}\n  visitor: china\n  host: cuba\n" for n, day in enumerate(days)]
    people = "  people:\n  - name: Somebody\n    offices: [premier]\n"
    store = load_text("timeline: 1\nevents:\n" + "".join(event + people for event in events))
    (one,) = measured(store, Query(), Cut(), TODAY)
    assert one.series.median == (10.5, 10.5)
