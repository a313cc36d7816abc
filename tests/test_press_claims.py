"""Published claims against the record: the verdicts that we say they get, the verdicts by hand, and the same claims put into words."""

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import parse_when

HERE = Path(__file__).parent
ROOT = HERE.parent
SENTENCES = HERE / "samples" / "press-sentences.csv"
if not (ROOT / "claims").is_dir() or not (ROOT / "tools").is_dir():
    pytest.skip("the claims are not beside the tests", allow_module_level=True)


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGE = tool("claims_page")
by_file = pytest.mark.parametrize("path", PAGE.FILES, ids=lambda path: path.stem)


@by_file
def test_every_claim_gets_the_verdict_that_it_says(path):
    found = {id_: verdict.verdict for id_, verdict in PAGE.verdicts(path).items()}
    assert found == {claim.id: claim.fields["expected"][0] for claim in PAGE.claims_of(path)}


@by_file
def test_a_claim_holds_or_fails_on_confirmed_visits_only(path):
    """A visit from memory, or one that sources disagree on, may decide nothing alone."""
    for id_, verdict in PAGE.verdicts(path).items():
        if verdict.verdict in ("holds", "holds-rounded", "fails"):
            deciding = verdict.main.finding.deciding
            assert not deciding or any(event.support == "confirmed" for event in deciding), id_


@by_file
def test_no_claim_is_proved_by_who_made_it(path):
    """That there was no visit in between is not known from the report that says so: what a statement rests on names somebody besides the claim's publisher."""
    known = {one for source in _sources() for one in _outlets(source)}
    for claim in PAGE.claims_of(path):
        verdict = PAGE.verdicts(path)[claim.id]
        if verdict.verdict in ("holds", "holds-rounded", "fails"):
            own = _outlets(claim.fields.get("publisher", ("",))[0])
            covers = [reading.finding.cover for reading in verdict.readings if reading.finding.cover]
            for statement in {statement for cover in covers for statement in cover.used}:
                named = {one for one in known if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", statement.evidence)}
                assert not named or named - own, (claim.id, statement.id, named)
                assert claim.fields.get("url", ("?",))[0] not in statement.evidence, (claim.id, statement.id)


def _sources():
    """The publishers of everything that the records and the claims about them name."""
    claims = [claim for path in PAGE.FILES for claim in PAGE.claims_of(path)]
    records = {claim.record: PAGE.record_of(claim) for claim in claims}
    yield from (source.publisher for store in records.values() for event in store.events for source in event.sources)
    yield from (claim.fields["publisher"][0] for claim in claims if "publisher" in claim.fields)


def _outlets(publisher):
    """'Reuters (The Star)' is the agency and the paper, 'AP/PTI' two agencies."""
    return {one.strip() for one in re.split(r"[(),/;]", publisher)} - {""}


def test_the_page_is_current(request):
    if request.config.getoption("--update-golden"):
        PAGE.PAGE.write_text(PAGE.page(), encoding="utf-8", newline="\n")
    assert PAGE.PAGE.read_text("utf-8") == PAGE.page(), "write it again: python tools/claims_page.py"


def test_all_114_claims_stand_in_one_file():
    assert [row["id"] for row in PAGE.sample("press-verdicts.csv")] == [
        claim.id for claim in PAGE.claims_of(ROOT / "claims" / "press.yaml")
    ]


def test_all_claims_agree_with_the_verdict_by_hand_or_say_why_not():
    by_hand = {row["id"]: row["verdict"] for row in PAGE.sample("press-verdicts.csv")}
    found, why = PAGE.judged(), PAGE.reasons()
    differ = {id_ for id_, hand in by_hand.items() if id_ not in found or found[id_].ours != hand}
    assert len(by_hand) == 114
    assert len(differ) <= 0.12 * len(by_hand)
    assert differ == set(why), "claims/README.md gives the reasons of those that differ, and of no others"


def test_a_sentence_gets_the_verdict_of_the_fields_or_is_refused_as_listed(request):
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    claims = {claim.id: (PAGE.record_of(claim), claim) for path in PAGE.FILES for claim in PAGE.claims_of(path)}
    refused, unlike = {}, {}
    for row in rows:
        store, claim = claims[row["id"]]
        try:
            read = parse(row["sentence"], store, store.by_id.get(row["about"]), parse_when(row["published"]).start)
        except NotUnderstood as error:
            refused[row["id"]] = str(error).removesuffix(" (docs/claims.md has the words that are)")
            continue
        verdict = judge(read._replace(about=row["about"]), store, PAGE.AS_OF, plain=True).verdict
        if verdict != claim.fields["expected"][0]:
            unlike[row["id"]] = (row["sentence"], verdict, claim.fields["expected"][0])
    assert not unlike
    if request.config.getoption("--update-golden"):
        _write(rows, refused)
    assert refused == {row["id"]: row["refused"] for row in rows if row["refused"]}


def _write(rows, refused):
    for row in rows:
        row["refused"] = refused.get(row["id"], "")
    with SENTENCES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
