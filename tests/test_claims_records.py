"""Claims that name the record that they are judged against, in one file with claims that name none."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

RECORD = """
timeline: 1
title: {title}
coverage:
- {{id: all, visitor: {visitor}, host: {host}, from: ever, to: 2025-12-31, how: complete, evidence: e}}
events:
- {{id: first, date: 2000-01-01/2000-01-02, visitor: {visitor}, host: {host}, people: [{{name: A Person, offices: [premier]}}], sources: [{{title: t}}]}}
- {{id: second, date: {later}, visitor: {visitor}, host: {host}, people: [{{name: B Person, offices: [premier]}}], sources: [{{title: t}}]}}
"""
CLAIMS = """
timeline: 1
claims:
- {id: here, claim: the first visit in 10 years, about: second, form: first-in, number: 10, office: premier, visitor: china, host: north-korea, expected: holds}
- {id: there, claim: the first visit in 10 years, about: second, record: records/other.yaml, form: first-in, number: 10, office: premier, visitor: india, host: poland, expected: fails}
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "records").mkdir()
    (tmp_path / "events.yaml").write_text(
        RECORD.format(title="Here", visitor="china", host="north-korea", later="2010-02-01")
    )
    (tmp_path / "records" / "other.yaml").write_text(
        RECORD.format(title="There", visitor="india", host="poland", later="2020-02-01")
    )
    (tmp_path / "claims.yaml").write_text(CLAIMS)
    return tmp_path


@pytest.mark.usefixtures("files")
def test_each_claim_is_judged_against_the_record_that_it_names(ask):
    done = ask("claim", "--file", "claims.yaml", "-O", "json")
    rows = json.loads(done.out)["rows"]
    assert done.code == 0
    assert [(row["id"], row["verdict"], row["record"]) for row in rows] == [
        ("here", "holds", None),
        ("there", "fails", "records/other.yaml"),
    ]


def test_an_edit_of_the_record_that_a_claim_names_is_caught(files, ask):
    assert ask("check", "--store", "events.yaml", "claims.yaml", "--only", "claims").code == 0
    other = files / "records" / "other.yaml"
    other.write_text(other.read_text().replace("2020-02-01", "2010-02-01"))
    done = ask("check", "--store", "events.yaml", "claims.yaml", "--only", "claims")
    assert (done.code, "there: expected fails, found holds" in done.out) == (1, True)


@pytest.mark.parametrize("text", [pytest.param(None, id="not there"), pytest.param("events: [", id="not readable")])
def test_a_record_that_cannot_be_read_is_a_problem_of_the_claim(files, ask, text):
    other = files / "records" / "other.yaml"
    other.unlink()
    if text:
        other.write_text(text)
    done = ask("check", "--store", "events.yaml", "claims.yaml", "--only", "claims")
    assert (done.code, "records/other.yaml, could not be read" in " ".join(done.out.split())) == (1, True)


def test_no_claim_has_a_file_read_that_lies_elsewhere(files, run, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("secret: text")
    (files / "claims.yaml").write_text(CLAIMS.replace("records/other.yaml", f"../{outside.parent.name}/secret.yaml"))
    commands = {("claim", "--file", "claims.yaml"): 4, ("check", "--store", "events.yaml", "claims.yaml"): 2}
    for command, status in commands.items():
        done = run(*command)
        assert (done.code, "lies elsewhere" in done.err, "secret: text" in done.err) == (status, True, False)


def test_a_record_that_is_not_there_has_the_place_of_the_claim_that_names_it(files, run):
    (files / "claims.yaml").write_text(CLAIMS.replace("records/other.yaml", "nothere.yaml"))
    line = next(n for n, text in enumerate((files / "claims.yaml").read_text().splitlines(), 1) if "nothere" in text)
    for command in (("claim", "--file", "claims.yaml"), ("check", "--store", "events.yaml", "claims.yaml")):
        done = run(*command, "-O", "json")
        (row,) = [row for row in json.loads(done.out)["rows"] if row["severity"] == "error"]
        assert (row["file"], row["line"]) == ("claims.yaml", line)
        assert row["column"] > 1
        assert "nothere.yaml" in row["message"]


def test_an_id_given_anew_is_followed_by_claims_about_its_own_record_only(files, ask):
    store = files / "events.yaml"
    store.write_text(store.read_text() + CLAIMS.replace("\ntimeline: 1\n", ""))
    assert ask("rename", "second", "the-second", "--yes").code == 0
    claims = [line for line in store.read_text().splitlines() if "about: " in line]
    assert [line.split("about: ")[1].split(",")[0] for line in claims] == ["the-second", "second"]


def test_claims_in_other_files_that_refer_to_an_id_given_anew_are_told(files, ask):
    (files / "timeline.toml").write_text('store = "events.yaml"\nclaims = "claims.yaml"\n')
    done = ask("rename", "second", "the-second", "--yes")
    assert "claims of claims.yaml refer to second: here; write the-second there" in " ".join(
        (done.out + done.err).split()
    )


def test_a_page_shows_the_claims_about_its_own_record(files, ask):
    assert ask("export", "-o", "visits.html", "--claims", "claims.yaml").code == 0
    page = (files / "visits.html").read_text()
    assert "There" not in page


@pytest.mark.parametrize(("field", "place", "message", "remedy"), [
    pytest.param("form: first-inn", "5:9", "form: unknown value 'first-inn'; did you mean 'first-in'", "one of: first-in, ", id="a form"),
    pytest.param("form: first-in", "5:9", "form first-in needs number", "add number:", id="what a form needs"),
    pytest.param("form: first-ever\n  place: Pyongyan", "6:10", "place: unknown place 'Pyongyan'; did you mean 'Pyongyang'?", "timeline list", id="a place"),
    pytest.param("office: premier", "5:11", "office beside a claim in words", "add form:, or remove office:", id="what only words say"),
    pytest.param("form: first-ever\n  number: 3", "6:11", "form first-ever has no use for number", "remove number:", id="what a form has no use for"),
    pytest.param("form: nth\n  number: two", "6:11", "'two' is not a number", "write it in digits", id="a number"),
    pytest.param("form: first-since\n  since: 10/11/2011", "6:10", "'10/11/2011' is neither a date nor the id of an event", "write 2005, 2018-03, ", id="a date to count from"),
    pytest.param("form: first-ever\n  published: 10/11/2011", "6:14", "'10/11/2011' does not say which number is the day", "write the year first, with hyphens", id="the day of a publication"),
    pytest.param("form: count\n  number: 2\n  window: lately", "7:11", "'lately' is no time", "write back-from-visit, ", id="a window"),
    pytest.param("form: first-ever\n  visitor: chinaa", "6:12", "unknown actor 'chinaa'; did you mean 'china'", "timeline actors", id="an actor"),
    pytest.param("form: first-ever\n  office: premeir", "6:11", "unknown office 'premeir'; did you mean 'premier'", "timeline offices", id="an office"),
    pytest.param("form: first-ever\n  about: nobody", "6:10", "no event has the id 'nobody'", "timeline list", id="a visit"),
    pytest.param("reading: first visit by a Chinese premeir", "5:12", "not understood: 'premeir'", "under reading:, or in fields under form:", id="a sentence"),
    pytest.param("form: first-ever\n  reading: first visit", "6:12", "reading beside form", "remove reading:, or form:", id="words beside fields"),
    pytest.param("form: first-ever\n  ladder: party", "6:11", "ladder needs at-least", "add at-least:", id="a ladder without a rank"),
    pytest.param("form: first-ever\n  between: [china, japan]\n  host: japan", "7:9", "host beside between", "remove host:", id="one direction beside both"),
    pytest.param("form: first-ever\n  host: [any, japan]", "6:9", "any takes in the others", "write host: any", id="any and one more"),
    pytest.param("form: first-ever\n  object: person", "6:11", "form first-ever does not go with object person", "one of: nth, count", id="people where visits are compared"),
    pytest.param("form: first-since\n  since: 2005\n  object: person", "7:11", "form first-since does not go with object person", "one of: nth, count", id="people since a date"),
    pytest.param("form: first-ever\n  object: exchange\n  who: premier", "6:11", "object exchange needs between", "add between: [a, b]", id="an exchange in one direction"),
    pytest.param("form: first-ever\n  object: exchange\n  between: [china, japan]", "6:11", "object exchange needs to say of whom", "add who:, ", id="an exchange of anybody"),
    pytest.param("form: nth\n  number: 2\n  counting: arrivals", "7:13", "form nth has no use for counting arrivals", "write counting: before", id="arrivals of the n-th"),
    pytest.param("form: count\n  number: 2\n  window: 2018\n  counting: before", "8:13", "form count has no use for counting before", "write counting: arrivals", id="before of a count"),
    pytest.param("form: count\n  number: 2\n  window: ever\n  counting: arrivals", "8:13", "counting arrivals beside window ever", "remove counting:", id="arrivals of all times"),
    pytest.param("form: nth\n  number: 2\n  unit: years", "7:9", "form nth has no use for unit", "remove unit:", id="a unit of the n-th"),
    pytest.param("form: first-in\n  number: 2\n  unit: times", "7:9", "unit: unknown value 'times'", "one of: years, ", id="a unit that measures nothing"),
    pytest.param("form: highest-since\n  since: 2005\n  unit: months", "7:9", "unit needs number", "remove unit:", id="a unit of no number"),
    pytest.param("form: highest-since\n  since: 2005\n  number: 3", "7:11", "number beside since", "remove number:, or since:", id="two times to look back"),
    pytest.param("form: count\n  number: 2\n  window: 2018\n  since: 2005", "8:10", "since beside window 2018", "write window: since", id="a date beside a window"),
    pytest.param("form: count\n  number: 2\n  window: ever\n  months: 3", "8:11", "months beside window ever", "write window: back-from-visit", id="a length beside a window"),
    pytest.param("form: first-ever\n  hedge: nearly", "6:10", "form first-ever has no use for hedge nearly", "one of: known;", id="a hedge of nothing measured"),
    pytest.param("form: nth\n  number: 2\n  hedge: [known, about]", "7:10", "form nth has no use for hedge about", "at-least", id="a hedge of time beside a number of visits"),
    pytest.param("form: first-ever\n  about: xi-jinping-pyongyang-2019-06\n  published: 2018-06-01", "7:14", "published: 2018-06-01 is more than a year before xi-jinping-pyongyang-2019-06", "under about:", id="printed long before the visit"),
    pytest.param("form: first-in\n  number: 10\n  hedge: [under, more-than]", "7:10", "hedges more-than and under", "write one of them", id="two hedges of one number"),
    pytest.param("form: count\n  number: 0\n  window: 2018\n  hedge: at-least", "8:10", "hedge at-least beside number 0", "remove hedge:", id="at least none"),
    pytest.param("form: count\n  number: 2\n  window: 2018\n  hedge: about", "8:10", "hedge about beside window 2018", "write window: back-from-visit", id="about a year that is named"),
    pytest.param("form: count\n  number: 2\n  window: back-from-publication\n  months: 12", "7:11", "needs published", "add published:", id="back from no publication"),
    pytest.param("form: count\n  number: 2\n  window: ever\n  every: year", "8:10", "every beside window ever", "write a period such as 2018..2025", id="every year of all times"),
    pytest.param("form: first-since\n  about: xi-jinping-pyongyang-2019-06\n  since: xi-jinping-pyongyang-2019-06", "7:10", "is the visit in question itself", "name an earlier event", id="since the visit itself"),
    pytest.param("form: last-was\n  reference: kim-jong-un-accession-2011", "6:14", "is no visit, but an event of type accession", "the id of a visit", id="the last visit was no visit"),
    pytest.param("form: first-ever\n  about: kim-jong-un-accession-2011", "6:10", "is no visit, but an event of type accession", "timeline list", id="about no visit"),
    pytest.param("form: first-ever\n  between: [china, China]", "6:12", "between is of two actors", "write between: [a, b]", id="between one country"),
    pytest.param("form: highest-since\n  since: 2005\n  person: Xi Jinping", "7:11", "which compares everybody", "remove person:", id="the highest of one person"),
    pytest.param("form: first-ever\n  kind: [bilateral, state]", "6:9", "bilateral takes in the others", "remove bilateral", id="a kind twice"),
    pytest.param("form: first-ever\n  kind: state\n  not-kind: [state, transit]", "7:13", "state is under kind, too", "remove one", id="a kind counted and left out"),
    pytest.param("form: first-ever\n  office: vice-premier\n  at-least: head-of-state", "7:13", "head-of-state is above vice-premier", "remove at-least:", id="a rank above the office"),
    pytest.param("form: first-ever\n  at-least: head-of-government\n  ladder: envoy", "7:11", "ladder: envoy has no office as high", "lower at-least:", id="a rank that no office of the ladder has"),
    pytest.param("form: first-ever\n  host: north-korea\n  capital: Beijing", "7:12", "capital: unknown city 'Beijing'", "timeline actors", id="the capital of another country"),
    pytest.param("form: nth\n  number: 5\n  object: meeting\n  met: [Xi Jinping, Kim Jong Un, Wang Yi]", "8:8", "met is of one host, or of two", "write met: [A, B]", id="a meeting of three"),
    pytest.param("form: nth\n  number: 5\n  object: meeting\n  met: [Xi Jinping, Kim Jong Un]\n  host: china", "9:9", "host beside two under met", "remove host:", id="where two met"),
    pytest.param("form: first-in\n  number: 5849", "6:11", "'5849' is not a number from 0.01 to 1000", "write a number", id="a number of years too large"),
    pytest.param("form: first-ever\n  expected: hold", "6:13", "unknown value 'hold'; did you mean 'holds'?", "one of: holds, ", id="a verdict"),
])  # fmt: skip
def test_what_is_wrong_in_a_claim_is_told_at_its_field_with_what_to_write(run, tmp_path, field, place, message, remedy):
    (tmp_path / "claims.yaml").write_text(f"timeline: 1\nclaims:\n- id: a-claim\n  claim: x\n  {field}\n")
    done = run("claim", "--file", "claims.yaml", "--store", ROOT / "events.yaml")
    told, *_, fix, _ = done.err.splitlines()
    assert done.code == 4
    assert told.startswith(f"claims.yaml:{place}: error[claim]: a-claim: ")
    assert (message in told, remedy in fix) == (True, True)


def test_all_that_is_wrong_in_all_claims_is_told_at_once_and_no_verdict(run, tmp_path):
    claims = [
        "- id: one\n  claim: x\n  form: first-in\n  visitor: chinaa\n",
        "- id: two\n  claim: first visit by a Chinese premier to North Korea in 16 years\n",
        "- id: three\n  claim: x\n  form: nth\n  number: -1\n  kind: [state, oficial]\n",
    ]
    (tmp_path / "claims.yaml").write_text(f"timeline: 1\nclaims:\n{''.join(claims)}", encoding="utf-8")
    done = run("claim", "--file", "claims.yaml", "--store", ROOT / "events.yaml")
    assert (done.code, done.out) == (4, "")
    assert [line.split(":")[1] for line in done.err.splitlines() if ": error[" in line] == ["5", "6", "12", "13"]
    assert "4 problems in 1 file" in done.err


@pytest.mark.parametrize("command", [("claim", "--file", "claims.yaml"), ("check", "claims.yaml")])
def test_a_claim_that_is_not_even_a_claim_hides_no_other(run, tmp_path, command):
    claims = (
        "- id: one\n  claim: x\n  forn: nth\n- id: two\n  claim: x\n  form: nth\n  number: two\n- id: B 3\n  claim: x\n"
    )
    (tmp_path / "claims.yaml").write_text(f"timeline: 1\nclaims:\n{claims}", encoding="utf-8")
    done = run(*command, "--store", ROOT / "events.yaml")
    assert done.code == 4
    places = [line.split(":", 1)[1].rsplit("]")[0] for line in done.err.splitlines() if ": error[" in line]
    assert places == [
        "4:10: error[claim",
        "5:3: error[unknown-field",
        "9:11: error[claim",
        "10:7: error[bad-id",
        "11:10: error[claim",
    ]


@pytest.mark.parametrize("command", [("claim", "--file", "claims.yaml"), ("check", "claims.yaml")])
@pytest.mark.parametrize(("more", "problems"), [
    pytest.param("claim: x\n  colour: red", ["5:3: error[unknown-field", "6:9: error[claim", "7:11: error[claim"], id="an unknown field"),
    pytest.param("why: x\n  url: nothing", ["3:3: error[missing-field", "5:8: error[bad-url", "6:9: error[claim", "7:11: error[claim"], id="no text"),
    pytest.param("claim: x\n  host: [china, [a]]", ["5:17: error[wrong-type", "6:9: error[claim", "7:11: error[claim"], id="a list in a list"),
    pytest.param("claim: x\n  hedge: []", ["5:10: error[empty-value", "6:9: error[claim", "7:11: error[claim"], id="an empty list"),
    pytest.param("claim: x\n  unit: [years, months]", ["5:9: error[wrong-type", "6:9: error[claim", "7:11: error[claim"], id="two of what is one"),
])  # fmt: skip
def test_all_that_is_wrong_in_one_claim_is_told_at_once(run, tmp_path, command, more, problems):
    claim = f"- id: one\n  {more}\n  form: nearly\n  number: two\n"
    (tmp_path / "claims.yaml").write_text(f"timeline: 1\nclaims:\n{claim}", encoding="utf-8")
    done = run(*command, "--store", ROOT / "events.yaml")
    places = [line.split(":", 1)[1].rsplit("]")[0] for line in done.err.splitlines() if ": error[" in line]
    assert (done.code, places) == (4, problems)


def test_a_claim_without_an_id_is_read_too(run, tmp_path):
    (tmp_path / "claims.yaml").write_text(
        "timeline: 1\nclaims:\n" + "- claim: x\n  form: first\n" * 2, encoding="utf-8"
    )
    done = run("claim", "--file", "claims.yaml", "--store", ROOT / "events.yaml")
    names = [line.split("[")[1].split("]")[0] for line in done.err.splitlines() if ": error[" in line]
    assert names == ["missing-field", "claim"] * 2


def test_an_error_shows_the_line_of_the_file(run, tmp_path):
    line = "  kind:   [ 'state',  oficial ]  # as printed"
    text = f"timeline: 1\nclaims:\n- id: one\n  claim: x\n  form: first-ever\n{line}\n"
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    done = run("claim", "--file", "claims.yaml", "--store", ROOT / "events.yaml")
    assert f"    6 | {line}\n      |           ^\n" in done.err


def test_errors_of_claims_as_json_are_those_of_the_command_that_was_asked(run, tmp_path):
    (tmp_path / "claims.yaml").write_text(
        "timeline: 1\nclaims:\n- {id: one, claim: x, form: nearly}\n", encoding="utf-8"
    )
    asked = ("--store", ROOT / "events.yaml", "-O", "json")
    assert json.loads(run("claim", "--file", "claims.yaml", *asked).out)["command"] == "claim"
    assert json.loads(run("check", "claims.yaml", *asked).out)["command"] == "check"


def test_where_an_event_is_wrong_claims_are_not_asked(run, files):
    with (files / "events.yaml").open("a") as file:
        file.write("- {id: third}\n")
    with (files / "claims.yaml").open("a") as file:
        file.write("- {id: wrong, claim: x, about: third, form: nth, number: two}\n")
    done = run("check", "--store", "events.yaml", "claims.yaml")
    assert (done.code, "error[missing-field]" in done.err, "error[claim" in done.err) == (4, True, False)
