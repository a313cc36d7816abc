"""Claims made to be read wrongly, in words and as fields, with the verdict that the events themselves give (tests/samples/tricky-claims.csv)."""

import csv
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from timeline.claims.fields import read_claim
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.model import Origin, PublishedClaim
from timeline.query import Query, select
from timeline.store import load
from timeline.text import ordinal

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-06-30").start.latest
ROWS = list(csv.DictReader((Path(__file__).parent / "samples" / "tricky-claims.csv").read_text("utf-8").splitlines()))


@cache
def a_record(name):
    return load([str(ROOT / (f"{name}.yaml" if name == "events" else f"records/{name}.yaml"))])


def read(row):
    """The claim of a row: fields where it begins with a form, otherwise words."""
    store, about, published = a_record(row["record"]), row["about"], row["published"]
    if not row["claim"].startswith("form: "):
        visit = store.by_id[about] if about else None
        claim = parse(row["claim"], store, visit, parse_when(published).start if published else None)
        return claim if about else claim._replace(about="")
    pairs = (field.split(": ", 1) for field in row["claim"].split("; "))
    fields = {key: (value,) for key, value in pairs} | {
        "claim": ("a claim",),
        "about": (about,),
        "published": (published,),
    }
    kept = {key: value for key, value in fields.items() if value != ("",)}
    return read_claim(PublishedClaim("a-claim", kept, Origin("claims.yaml", 1)), store)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['trap']}: {row['claim'][:60]}" for row in ROWS])
def test_a_claim_made_to_be_read_wrongly(row):
    try:
        found = judge(read(row), a_record(row["record"]), AS_OF, plain=True)
    except NotUnderstood:
        assert row["verdict"] == "refused"
        return
    unnamed = found.about is None and "say which with" in found.main.finding.reason
    assert ("refused" if unnamed else found.verdict) == row["verdict"], (row["why"], found.main.finding.reason)


@pytest.mark.parametrize(("trap", "flip"), [
    pytest.param("transit in a count", "transits count too: FAILS", id="a kind"),
    pytest.param("accompanying left out", "accompanying counts too: FAILS", id="a role"),
    pytest.param("count to a capital", "any place: FAILS", id="a place"),
    pytest.param("bilateral leaves out the Olympics", "any kind of visit: FAILS", id="a word of the scope"),
    pytest.param("bilateral leaves out the Olympics", "counted in completed years only: FAILS", id="rounding"),
    pytest.param("coarse year, known", "counted in completed years only: UNDETERMINED", id="rounding of coarse dates"),
    pytest.param("over 16 years", "anybody who ranked as high or higher: FAILS", id="an office or a rank"),
    pytest.param("coarse, at least one", "which has a single source: UNVERIFIABLE", id="one visit"),
    pytest.param("a visit that nobody has settled", "a candidate that nobody has settled: HOLDS", id="a candidate"),
])  # fmt: skip
def test_what_would_flip_a_verdict_is_listed(trap, flip):
    (row,) = [row for row in ROWS if row["trap"] == trap]
    assert any(flip in one for one in judge(read(row), a_record(row["record"]), AS_OF).flips)


@pytest.mark.parametrize(("record", "office", "direction", "words"), [
    pytest.param("events", "president", ("china", "north-korea"), "Chinese president to visit North Korea", id="presidents to Pyongyang"),
    pytest.param("china-japan", "premier", ("china", "japan"), "Chinese premier to visit Japan", id="premiers to Japan"),
    pytest.param("united-states-china", "president", ("united-states", "china"), "US president to visit China", id="US presidents to China"),
])  # fmt: skip
def test_people_since_a_year_against_a_list_of_their_first_visits(record, office, direction, words):
    store, seen = a_record(record), 0
    visits = select(
        store.events, Query(visitors=direction[:1], hosts=direction[1:], offices=(office,)), store.vocabulary
    )
    for visit, year in product([event for event in visits if event.date.start.exact], range(1960, 2026, 5)):
        start, day = parse_when(str(year)).start.earliest, visit.date.start.earliest
        came = [e for e in visits if start <= e.date.start.earliest <= day]
        order = list(dict.fromkeys(p.name for e in came for p in e.people if office in p.offices))
        heads = [p.name for p in visit.people if office in p.offices]
        place = order.index(heads[0]) + 1 if came and heads else 0
        if not 2 <= place <= 8:
            continue
        seen += 1
        again = any(e is not visit and p.name == heads[0] for e in came for p in e.people)
        for number, denied in ((place, "fails"), (place + 1, "holds")):
            claim = parse(f"{heads[0]} is the {ordinal(number)} {words} since {year}", store, visit)
            found = judge(claim._replace(about=visit.id), store, AS_OF, plain=True).verdict
            true = "depends" if again else "holds"  # of the person, and not of his later visit
            assert found in {"unverifiable", true if denied == "fails" else "fails"}, (claim.text, visit.id)
    assert seen > 5
