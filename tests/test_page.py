"""The page of `export -o visits.html`, as a file: what it holds, that nothing in it can run or be fetched, and that it says what the commands say."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from timeline.claims.firsts import find_firsts
from timeline.formats.page.model import page_of
from timeline.formats.page.render import embedded, page_text
from timeline.formats.page.said import MOST_FIRSTS, with_claims, with_firsts
from timeline.query import Query
from timeline.store import load

RECORD = Path(__file__).parents[1] / "events.yaml"
DAY = date(2026, 11, 24).toordinal()
NO_VISITS = "timeline: 1\ntitle: Nothing yet\nevents:\n"
TWO = """
title: Two visits
licence: CC0-1.0
events:
- id: wen-2009
  date: 2009-10-04/2009-10-06
  visitor: china
  host: north-korea
  people:
  - name: Wen Jiabao
    title: Premier
    offices: [premier]
  places: [Pyongyang]
  sources:
  - title: A report
    url: https://example.org/a?b=1&c=2
- id: li-2025
  date: 2025-10
  visitor: china
  host: north-korea
  people:
  - name: Li Qiang
    title: Premier
    offices: [premier]
"""


@pytest.fixture(scope="module")
def record():
    return load([RECORD])


@pytest.fixture(scope="module")
def page(record):
    return page_of(record.events, Query(), record, DAY)


@pytest.fixture(scope="module")
def text(page, record):
    return page_text(page, record.vocabulary)


def written(store):
    return page_text(page_of(store.events, Query(), store, DAY), store.vocabulary)


def parsed(text):
    """The page as a tree, by the rules of HTML; any error of its markup is raised."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def script(text, opening):
    return re.search(re.escape(opening) + r"(.*?)</script>", text, re.DOTALL)[1]


def data(text):
    return json.loads(script(text, '<script type="application/json" id="p_data">'))


# The file


@pytest.mark.parametrize("events", [NO_VISITS.removeprefix("timeline: 1\n"), TWO], ids=["no event", "two visits"])
def test_it_is_valid_html(store_of, events):
    assert parsed(written(store_of(events))).find(".//h1") is not None


def test_the_page_of_the_record_is_valid_html(text, page):
    assert parsed(text).find(".//h1").text == page.title


def test_an_id_stands_once(text):
    ids = [node.get("id") for node in parsed(text).iter() if node.get("id")]
    assert len(ids) == len(set(ids))


def test_nothing_runs_but_what_the_policy_knows_by_its_hash(text):
    tree = parsed(text)
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = [node.text for node in tree.iter("script") if node.get("type") is None]
    styles = [node.text for node in tree.iter("style")]
    for source, (code,) in (("script-src", scripts), ("style-src", styles)):
        found = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{source} 'sha256-{found}'" in policy


def test_nothing_is_fetched(text):
    tree = parsed(text)
    assert not [
        node for node in tree.iter() if {"src", "srcset", "action", "style", "poster", "data"} & set(node.keys())
    ]
    assert not list(tree.iter("link"))
    assert "@import" not in text
    assert "url(" not in tree.find(".//style").text


def test_without_its_data_it_weighs_less_than_150_kb(store_of):
    assert len(written(store_of("events:\n")).encode()) < 100_000


def test_the_same_record_gives_the_same_bytes(page, record, text):
    assert page_text(page, record.vocabulary) == text


def test_no_markup_is_made_of_text_by_the_script(text):
    code = script(text, "<script>")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser", code
    )


# Text of a record is text

HOSTILE = """
title: "</title><script>alert(1)</script>"
events:
- id: a-visit
  date: 2009-10-04
  visitor: china
  host: north-korea
  people:
  - name: "<img src=x onerror=alert(1)>"
    title: "</script><script>alert(2)</script> \\u2028 \\u202e"
  occasion: "{{ 7 * 7 }} {% raw %}"
  note: "<!-- --> ]]>"
  sources:
  - title: "\\" onmouseover=\\"alert(3)"
    url: "https://example.org/\\"onmouseover=\\"alert(4)"
"""


def test_no_text_of_a_record_takes_effect(store_of):
    text = written(store_of(HOSTILE))
    tree = parsed(text)
    assert len(list(tree.iter("script"))) == 3
    assert not list(tree.iter("img"))
    assert not [key for node in tree.iter() for key in node.keys() if key.startswith("on")]  # noqa: SIM118
    assert "<img src=x onerror=alert(1)>" in "".join(tree.find(".//tbody").itertext())
    assert "{{ 7 * 7 }}" in "".join(tree.find(".//tbody").itertext())
    assert not re.search("[\\u2028\\u2029\\u202a-\\u202e]", text)


def test_data_cannot_end_its_element():
    hostile = {"</script>": ["<!--", "&amp;", "\u2028\u2029", "\u202e"]}
    assert not re.search("[<>&\u2028\u2029\u202e]", embedded(hostile))
    assert json.loads(embedded({"a": "<b>"})) == {"a": "<b>"}


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        pytest.param("https://example.org/a", True, id="https"),
        pytest.param("http://example.org/a", True, id="http"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param(" https://example.org", False, id="blank before it"),
        pytest.param("https://example.org/a\nb", False, id="two lines"),
        pytest.param("https://example.org/\u202e", False, id="hidden character"),
    ],
)
def test_only_addresses_of_the_web_are_links(record, a_visit, url, linked):
    from timeline.model import Source

    event = a_visit(sources=(Source("A title", url=url),))
    text = page_text(page_of([event], Query(), record, DAY), record.vocabulary)
    found = [node.get("href") for node in parsed(text).iter("a") if not node.get("href").startswith("#")]
    assert found == ([url] if linked else [])


# What it says


def test_the_whole_record_is_in_the_table(text, record):
    rows = {node.get("id") for node in parsed(text).findall(".//tbody/tr")}
    assert rows == {event.id for event in record.events}


def test_every_source_is_in_the_table(text, record):
    links = {node.get("href") for node in parsed(text).findall(".//tbody//a")}
    assert {source.url for event in record.events for source in event.sources if source.url} <= links


def test_everybody_is_in_the_row_with_their_own_office_and_role(text, record):
    rows = {node.get("id"): "".join(node.itertext()) for node in parsed(text).findall(".//tbody/tr")}
    missing = [
        (event.id, person.name)
        for event in record.events
        for person in event.people
        if ", ".join(filter(None, (person.name, person.title))) not in rows[event.id]
        or (person.role == "accompanies") > ("accompanying" in rows[event.id])
    ]
    assert missing == []


@pytest.mark.parametrize("field", ["met", "tags", "places", "occasion", "note"])
def test_all_that_is_known_of_an_event_is_in_its_row(text, record, field):
    rows = {node.get("id"): "".join(node.itertext()) for node in parsed(text).findall(".//tbody/tr")}
    known = {event.id: getattr(event, field) for event in record.events}
    words = [(id_, word) for id_, value in known.items() for word in ([value] if isinstance(value, str) else value)]
    assert any(word for _, word in words)
    assert [(id_, word) for id_, word in words if word not in rows[id_]] == []


@pytest.mark.parametrize(
    ("people", "type_", "said"),
    [
        pytest.param([("A", "Premier", "heads")], "visit", "Premier", id="one"),
        pytest.param([("A", "Premier", "heads"), ("B", "Envoy", "accompanies")], "visit", "Premier", id="one who heads"),
        pytest.param([("A", "Premier", "heads"), ("B", "", "heads")], "visit", "A (Premier); B", id="two"),
        pytest.param([("A", "", "heads"), ("B", "", "heads")], "visit", "", id="no office known"),
        pytest.param([("A", "Premier", "heads"), ("B", "King", "heads")], "treaty", "A (Premier); B (King)", id="treaty"),
        pytest.param([("A", "", "heads")], "meeting", "A", id="its title names nobody"),
    ],
)  # fmt: skip
def test_offices_of_several_are_told_apart(record, a_visit, people, type_, said):
    from timeline.model import Person

    party = tuple(Person(name, title, role=role) for name, title, role in people)
    event = a_visit(people=party)._replace(type=type_, actors=("china", "north-korea"), title="A title")
    (one,) = page_of([event], Query(), record, DAY).events
    assert one.head == said


def test_gaps_are_those_of_the_command(page, ask):
    """The bars of premiers are the gaps that `timeline gap --office premier` tells."""
    done = ask("gap", "--office", "premier", "--visitor", "china", "--host", "north-korea", "--store", RECORD, "--as-of", "2026-11-24", "-O", "json")  # fmt: skip
    rows = json.loads(done.out)["rows"]
    lane = next(i for i, lane in enumerate(page.lanes) if (lane.visitor, lane.host) == ("china", "north-korea"))
    premiers = next(who for who in page.whose if who.option == "--office premier")
    bars = premiers.gaps[lane]
    assert {(bar.earlier, bar.later or None, bar.text) for bar in bars} == {
        (row["from_id"], row["to_id"], row["text"]) for row in rows if row["days_most"]
    }
    assert [f"{bar.label}, {bar.span}" for bar in bars if bar.longest] == ["18-year gap, 1991 → 2009"]
    assert "16-year gap, 2009 → 2025" in [f"{bar.label}, {bar.span}" for bar in bars]


def test_a_gap_in_which_a_visit_may_be_missing_is_at_most_so_long(store_of):
    store = store_of(TWO)
    (bar, still_open) = page_of(store.events, Query(), store, DAY).whose[0].gaps[0]
    assert (bar.label, bar.covered) == ("gap of at most 16y 0m 27d", False)
    assert still_open.later == ""


NEAR = """coverage:
- {id: early, visitor: any, host: any, from: 1949, to: 2012, how: HOW}
- {id: late, visitor: any, host: any, from: 2013, to: 2026, how: complete}
"""


@pytest.mark.parametrize("how", ["complete", "near-complete"])
def test_what_rests_on_near_complete_coverage_says_so(store_of, how):
    store = store_of(TWO.replace("events:", NEAR.replace("HOW", how) + "events:").replace("2025-10\n", "2025-10-09\n"))
    page = with_firsts(page_of(store.events, Query(), store, DAY), store)
    gap, still_open = page.whose[0].gaps[0]
    near = how == "near-complete"
    assert (gap.covered, gap.near, still_open.near, page.near) == (True, near, False, near)
    assert ("only near complete" in page.events[1].neighbours[0].words) == near
    assert page.events[1].said
    assert (
        any(
            "only near complete, 1 Jan 1949 – 31 Dec 2012: a visit may be missing" in words
            for words in page.events[1].said
        )
        == near
    )


def test_the_latest_of_two_longest_gaps_is_painted_and_said_to_be_one_of_two(store_of):
    days = ("2001-01-01", "2002-01-01", "2003-01-01", "2003-06-01")
    visits = "".join(
        f"\n- {{id: v-{day}, date: {day}, visitor: china, host: laos, people: [{{name: A}}]}}" for day in days
    )
    gaps = page_of((store := store_of("events:" + visits)).events, Query(), store, DAY).whose[0].gaps[0]
    assert [(bar.earlier, bar.longest, bar.rank) for bar in gaps if bar.later] == [
        ("v-2001-01-01", False, "the longest of 3, one of 2 as long"),
        ("v-2002-01-01", True, "the longest of 3, one of 2 as long"),
        ("v-2003-01-01", False, "the 3rd longest of 3"),
    ]


def test_how_long_there_was_no_other_is_at_most_so_long_where_the_record_may_lack_one(store_of):
    store = store_of(TWO.replace("2025-10\n", "2025-10-09\n"))
    page = page_of(store.events, Query(), store, DAY)
    assert page.events[1].neighbours[-1].words == "at most 1y 1m 15d to 24 Nov 2026 without another"
    assert page.whose[0].gaps[0][-1].label == "at most 1y 1m 15d"


def test_a_month_is_drawn_as_its_days(store_of):
    event = data(written(store_of(TWO)))["events"][1]
    assert (event["from"], event["to"], event["rough"]) == (date(2025, 10, 1).toordinal(), date(2025, 10, 31).toordinal(), 1)  # fmt: skip


def test_visits_that_do_not_count_stand_aside(page):
    for one in page.events:
        event = one.event
        usual = event.type == "visit" and event.status == "happened" and event.kind != "transit"
        assert one.counted == usual
        assert (0 in one.who) == usual


def test_firsts_are_those_of_the_command(store_of, ask, tmp_path):
    coverage = "coverage:\n- id: all\n  visitor: any\n  host: any\n  from: 1949\n  to: 2026\n  how: complete\n"
    text = TWO.replace("events:", coverage + "events:").replace("2025-10\n", "2025-10-09\n")
    store = store_of(text)
    page = with_firsts(page_of(store.events, Query(), store, DAY), store)
    (tmp_path / "two.yaml").write_text("timeline: 1\n" + text)
    rows = json.loads(ask("firsts", "li-2025", "--store", "two.yaml", "--as-of", "2026-11-24", "-O", "json").out)[
        "rows"
    ]
    assert list(page.events[1].said) == [row["sentence"] for row in rows if row["proved"]]
    assert page.events[1].said


@pytest.mark.parametrize(
    "event", ["li-qiang-pyongyang-2025-10", "xi-jinping-pyongyang-2019-06", "kim-jong-un-beijing-2018-03"]
)
def test_firsts_rest_on_visits_between_two_countries(page, record, event):
    """Sought in the visits between two countries alone, they are those found in the whole record."""
    (one,) = (one for one in page.events if one.event.id == event)
    (found,) = with_firsts(replace(page, events=(one,)), record).events
    proved = [first.sentence for first in find_firsts(one.event, record, DAY) if first.proved]
    assert [words.split(" (the record is only near complete")[0] for words in found.said] == proved
    assert found.said


def test_firsts_of_the_highest_are_sought_first(page, record, monkeypatch):
    monkeypatch.setattr("timeline.formats.page.said.find_firsts", lambda *_: [])
    done = [one for one in with_firsts(page, record).events if one.said is not None]
    assert len(done) == MOST_FIRSTS
    assert max(one.rank for one in done) <= min(one.rank for one in page.events if one.counted and one.event.id not in {d.event.id for d in done})  # fmt: skip


def test_claims_have_the_verdicts_of_the_command(ask):
    claims = RECORD.parent / "claims" / "article.yaml"
    store = load([RECORD, claims])
    found = with_claims(page_of(store.events, Query(), store, DAY), store).claims
    done = ask("claim", "--file", claims, "--store", RECORD, "--as-of", "2026-11-24", "-O", "json")
    assert {(one.id, one.verdict) for one in found} == {
        (row["id"], row["verdict"]) for row in json.loads(done.out)["rows"]
    }


def test_a_claim_that_cannot_be_read_keeps_nothing_from_being_shown(ask, tmp_path):
    claims = """claims:
- id: odd
  claim: utter <b>nonsense</b>
  publisher: The Paper
- id: wrong
  claim: The second
  form: first-in
  number: minus
- id: sound
  claim: The first visit by a Chinese premier in 16 years
  about: li-2025
"""
    (tmp_path / "two.yaml").write_text("timeline: 1\n" + TWO + claims)
    done = ask("export", "--store", "two.yaml", "-o", "visits.html", "--as-of", "2026-11-24")
    assert done.code == 0, done.err
    assert [line.partition(":")[0] for line in done.err.splitlines()[-2:]] == [
        "claim odd cannot be read",
        "claim wrong cannot be read",
    ]
    shown = parsed((tmp_path / "visits.html").read_text("utf-8")).findall(".//ul[@class='claims']/li")
    assert [one.find("span").text for one in shown[:2]] == ["NOT READ", "NOT READ"]
    assert shown[0].find(".//q").text == "utter <b>nonsense</b>"
    assert shown[1].find(".//p").text == "number: 'minus' is not a number"
    assert shown[2].find("span").text == "UNVERIFIABLE"  # nothing says that the record is complete


# For search engines


def test_linked_data_are_the_events_at_the_precision_that_is_known(store_of):
    found = json.loads(script(written(store_of(TWO)), '<script type="application/ld+json">'))
    whole, one, other = found["@graph"]
    assert (whole["@type"], whole["license"]) == ("Dataset", "https://creativecommons.org/publicdomain/zero/1.0/")
    assert (one["startDate"], one["endDate"], one["@id"]) == ("2009-10-04", "2009-10-06", "#wen-2009")
    assert (other["startDate"], "endDate" in other) == ("2025-10", False)


# The command


def test_export_writes_the_page(ask, tmp_path):
    (tmp_path / "two.yaml").write_text("timeline: 1\n" + TWO)
    done = ask("export", "--store", "two.yaml", "-o", "visits.html", "--as-of", "2026-11-24")
    assert done.code == 0, done.err
    text = (tmp_path / "visits.html").read_text("utf-8")
    assert [node.get("id") for node in parsed(text).findall(".//tbody/tr")] == ["wen-2009", "li-2025"]
    assert data(text)["events"][0]["said"] is not None


def test_a_scope_narrows_the_page(ask):
    done = ask("export", "--store", RECORD, "--visitor", "laos", "-O", "html")
    assert len(parsed(done.out).findall(".//tbody/tr")) == 1
    assert "from Laos" in done.out


@pytest.mark.parametrize("option", ["claims", "series"])
def test_claims_and_figures_go_with_a_page_only(run, option):
    done = run("export", "--store", RECORD, f"--{option}", "x", "-O", "csv")
    assert (done.code, done.err.strip()) == (2, f"timeline: --{option} goes with html, not with csv")


def test_every_figure_is_in_a_table_with_its_source(ask, tmp_path):
    (tmp_path / "two.yaml").write_text("timeline: 1\n" + TWO)
    (tmp_path / "trade.csv").write_text(
        "date,value,unit,series,measure,support,source\n"
        "2013,6540,USD million,Laos–Vietnam trade,sum,printed,https://example.org/a\n"
        "2014-02,12.5,USD million,Laos–Vietnam trade,sum,rounded,javascript:alert(1)\n"
    )
    done = ask("export", "--store", "two.yaml", "--series", "trade.csv", "-O", "html", "--as-of", "2026-11-24")
    rows = parsed(done.out).findall(".//table[@class='figures']/tbody/tr")
    assert [["".join(cell.itertext()) for cell in row] for row in rows] == [
        ["2013", "6,540", "printed", "https://example.org/a"],
        ["Feb 2014", "12.5", "rounded", "javascript:alert(1)"],
    ]
    assert [link.get("href") for row in rows for link in row.iter("a")] == ["https://example.org/a"]
    (figures,) = data(done.out)["figures"]
    assert figures["name"] == "Laos–Vietnam trade"
    assert "Laos–Vietnam trade, USD million" in [head.text for head in parsed(done.out).findall(".//section/h2")]
    assert [point[2:5] for point in figures["points"]] == [[545, 12, 1], [12.5, 1, 0]]


def test_a_page_that_cannot_be_made_leaves_the_file(ask, tmp_path, monkeypatch):
    (tmp_path / "two.yaml").write_text("timeline: 1\n" + TWO)
    (tmp_path / "visits.html").write_text("what was there")
    monkeypatch.setattr("timeline.formats.page.said.find_firsts", None)
    with pytest.raises(TypeError):
        ask("export", "--store", "two.yaml", "-o", "visits.html")
    assert (tmp_path / "visits.html").read_text() == "what was there"
