"""Reading a store and writing it again: places, text kept as written, and round trips that lose nothing."""

import io
import json
import re
from contextlib import suppress

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.answers.events import list_answer
from timeline.cli.places import shipped_record
from timeline.dates import parse_when
from timeline.errors import KEPT, StoreError, _nearest
from timeline.formats.csv_ import write as write_csv
from timeline.model import Event, Origin, Person, Source
from timeline.query import Query
from timeline.store import load, load_text
from timeline.store.rules import ACTING
from timeline.store.write import event_text, store_text
from timeline.vocabulary import KINDS, STATUSES, SUPPORTS, TYPES, shipped

VISIT = """\
events:
- id: wen-jiabao-pyongyang-2009-10
  date: 2009-10-04/2009-10-06
  visitor: PRC
  host: 조선
  people:
  - name: Wen Jiabao
    offices: [prime minister]
"""


def problems_of(text):
    with pytest.raises(StoreError) as caught:
        load_text(text)
    return [(p.line, p.column, p.name) for p in caught.value.problems]


def test_names_become_ids(store_of):
    [visit] = store_of(VISIT).events
    assert (visit.visitor, visit.host, visit.people[0].offices) == ("china", "north-korea", ("premier",))
    assert visit.origin == Origin("standard input", 3)


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "yes",
        "~",
        "null",
        "0123",
        "12:30",
        "1e3",
        "2011-10",
        "=",
        "0x1F",
        "1_000",
        ".inf",
        "[china]",
        "{a: b}",
        "- a",
        "? b",
        "#c",
        "a: b",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        '"',
        "'",
        "\\",
        "…",
        "-",
        "a #b",
        "'a",
        "<<",
    ],
)
def test_text_stays_the_text_that_was_written(store_of, text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    [visit] = store_of(VISIT + f'  occasion: "{quoted}"\n').events
    assert visit.occasion == text
    [again] = store_of("events:\n" + event_text(visit)).events
    assert again.occasion == text


@pytest.mark.parametrize("text", ["NO", "yes", "~", "null", "0123", "12:30", "1e3", "0x1F", "2011-10-10", "=", "on"])
def test_bare_words_that_yaml_reads_otherwise_are_text(store_of, text):
    [visit] = store_of(VISIT + f"  occasion: {text}\n").events
    assert visit.occasion == text


def test_norway_is_a_country(store_of):
    assert store_of(VISIT.replace("PRC", "NO")).events[0].visitor == "norway"


def test_events_are_in_order_whatever_their_order_in_files(tmp_path):
    one = "timeline: 1\n" + VISIT
    (tmp_path / "2.yaml").write_text(one.replace("2009-10", "2008-10"), encoding="utf-8")
    (tmp_path / "1.yaml").write_text(one, encoding="utf-8")
    assert [e.id for e in load([tmp_path]).events] == [
        "wen-jiabao-pyongyang-2008-10",
        "wen-jiabao-pyongyang-2009-10",
    ]


def test_same_day_visits_in_two_files_are_ordered_by_id(tmp_path):
    (tmp_path / "1.yaml").write_text("timeline: 1\n" + VISIT.replace("id: wen", "id: zen"), encoding="utf-8")
    (tmp_path / "2.yaml").write_text("timeline: 1\n" + VISIT, encoding="utf-8")
    assert [e.id[:3] for e in load([tmp_path]).events] == ["wen", "zen"]


def test_coarse_and_exact_dates_have_one_order(store_of):
    text = (
        VISIT
        + "\n"
        + VISIT.removeprefix("events:\n").replace("2009-10-04/2009-10-06", "2009").replace("id: wen", "id: xen")
    )
    assert [e.date.text for e in store_of(text).events] == ["2009", "2009-10-04/2009-10-06"]


def test_a_word_added_in_one_file_is_known_in_the_next(tmp_path):
    (tmp_path / "1.yaml").write_text(
        "timeline: 1\nactors:\n- id: atlantis\n  name: Atlantis\npeople:\n- name: Plato\n  actor: Atlantis\n",
        encoding="utf-8",
    )
    (tmp_path / "2.yaml").write_text("timeline: 1\n" + VISIT.replace("PRC", "atlantis"), encoding="utf-8")
    store = load([tmp_path])
    assert (store.events[0].visitor, store.vocabulary.people["Plato"].actor) == ("atlantis", "atlantis")


def test_an_id_given_in_two_files_names_both(tmp_path):
    for name in ("1.yaml", "2.yaml"):
        (tmp_path / name).write_text("timeline: 1\n" + VISIT, encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        load([tmp_path])
    [problem] = caught.value.problems
    assert problem.place == f"{tmp_path / '2.yaml'}:3:1"
    assert f"{tmp_path / '1.yaml'}:3" in problem.message


COVER = "- {id: leaders, visitor: china, host: %s, from: 1949, to: 2026, how: complete}\n"


def test_coverage_ids_are_names_within_a_file(tmp_path):
    """Nothing refers to one from outside; where two files use one, an answer tells them apart by the file."""
    for name, host in (("To India.yaml", "india"), ("japan.yaml", "japan")):
        (tmp_path / name).write_text("timeline: 1\ncoverage:\n" + COVER % host, encoding="utf-8")
    (tmp_path / "russia.yaml").write_text(
        "timeline: 1\ncoverage:\n" + (COVER % "russia").replace("leaders", "japan-leaders"), encoding="utf-8"
    )
    store = load([tmp_path])
    assert [statement.id for statement in store.coverage] == ["to-india-leaders", "japan-leaders-1", "japan-leaders"]
    (tmp_path / "all.yaml").write_text(store_text(store.events, store), encoding="utf-8")
    assert len(load([tmp_path / "all.yaml"]).coverage) == 3


def test_another_spelling_that_is_declared_is_the_person_wherever_it_stands(tmp_path):
    (tmp_path / "people.yaml").write_text("timeline: 1\npeople:\n- {name: Xi Jinping, aliases: [习近平]}\n", encoding="utf-8")  # fmt: skip
    journey = "timeline: 1\ncoverage:\n- {id: c, visitor: china, host: russia, from: 2000, to: 2020, how: complete, people: [习近平]}\nevents:\n- {id: a, date: 2015-05-08, visitor: china, host: russia, met: [Xí Jinping], people: [{name: 习近平}]}\n"
    (tmp_path / "events.yaml").write_text(journey, encoding="utf-8")
    store = load([tmp_path])
    (event,), (statement,) = store.events, store.coverage
    assert (event.people[0].name, event.met, statement.people) == ("Xi Jinping", ("Xi Jinping",), ("Xi Jinping",))


def test_a_word_declared_alike_in_two_files_is_one(tmp_path):
    people = "timeline: 1\npeople:\n- {name: Xi Jinping, aliases: [习近平]}\n"
    for name in ("1.yaml", "2.yaml"):
        (tmp_path / name).write_text(people, encoding="utf-8")
    assert load([tmp_path]).vocabulary.people["Xi Jinping"].aliases == ("习近平",)
    (tmp_path / "2.yaml").write_text(people.replace("习近平", "習近平"), encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        load([tmp_path])
    assert [problem.name for problem in caught.value.problems] == ["duplicate-id"]


@pytest.mark.parametrize("fault", ["date: 2011-02-30", "date: 2011, kind: oficial", "visitor: china"])
@pytest.mark.parametrize("order", [1, -1])
def test_an_id_given_twice_is_told_whatever_else_is_wrong(fault, order):
    sound = "- {id: a, date: 2010, visitor: china, host: japan, people: [{name: X}]}\n"
    problems = problems_of("timeline: 1\nevents:\n" + "".join([f"- {{id: a, {fault}}}\n", sound][::order]))
    assert (4, 1, "duplicate-id") in problems


def test_problems_are_found_past_the_first():
    text = "timeline: 1\ntitel: x\nevents:\n- id: A\n  date: 2011-02-30\n  visitor: chna\n  host: japan\n  people: []\n- date: 2000\nclaims: none\n"
    assert problems_of(text) == [
        (2, 1, "unknown-field"),
        (4, 7, "bad-id"),
        (5, 9, "date-impossible"),
        (6, 12, "unknown-actor"),
        (8, 11, "empty-value"),
        (9, 3, "missing-field"),
        (10, 1, "wrong-type"),
    ]


@pytest.mark.parametrize(
    "line", ["  visitor: chnia{}", "  date: 20{}-02-30", "  kind: offical{}", "  note{}: x", "  places: x"]
)
def test_of_many_problems_the_first_are_kept_and_all_are_counted(line):
    text = "timeline: 1\nevents:\n" + "".join(f"- id: e-{n}\n{line.format(n)}\n" for n in range(2 * KEPT + 7))
    with pytest.raises(StoreError) as refused:
        load_text(text)
    found, places = refused.value.found, [(p.line, p.column) for p in refused.value.problems]
    assert len(found) >= 2 * (2 * KEPT + 7)
    assert (len(places), places) == (KEPT, sorted(places))
    assert places[-1][0] <= 3 + KEPT


def test_duplicates_that_are_found_last_are_told_first():
    """Problems are kept by their place, not by when they were found."""
    visit = "- {id: a, date: 2001, visitor: china, host: japan, people: [{name: A}]}\n"
    with pytest.raises(StoreError) as refused:
        load_text("timeline: 1\nevents:\n" + 2 * visit + "- {}\n" * 5 * KEPT)
    assert (refused.value.problems[0].name, len(refused.value.found)) == ("duplicate-id", 5 * KEPT + 1)


def test_names_are_looked_for_only_where_a_problem_is_shown_and_once_each():
    text = "timeline: 1\nevents:\n" + "".join(f"- {{visitor: germny-{n % 5}}}\n" for n in range(3 * KEPT))
    _nearest.cache_clear()
    with pytest.raises(StoreError) as refused:
        load_text(text)
    assert _nearest.cache_info().misses == 0
    messages = {problem.message for problem in refused.value.problems if problem.name == "unknown-actor"}
    assert _nearest.cache_info().misses <= 5 * 2  # whole names, then words of them
    assert "unknown actor 'germny-0'; did you mean 'germany'" in " ".join(messages)


def test_a_name_longer_than_any_is_not_looked_for():
    _nearest.cache_clear()
    with pytest.raises(StoreError) as refused:
        load_text("timeline: 1\nevents:\n- {visitor: " + "x y " * 20_000 + "}\n")
    [_, problem] = refused.value.problems
    assert (_nearest.cache_info().misses, len(problem.message) < 400) == (0, True)


def test_an_office_may_imply_one_that_stands_below_it_or_in_another_file(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "timeline: 1\noffices:\n- {id: a, title: A, ladder: state, level: 3, implies: [Bee, c]}\n"
        "- {id: b, title: Bee, ladder: state, level: 2}\n"
    )
    (tmp_path / "b.yaml").write_text("timeline: 1\noffices:\n- {id: c, title: C, ladder: state, level: 1}\n")
    known = load([tmp_path]).vocabulary
    assert (known.offices["a"].implies, known.held(["a"])) == (("b", "c"), {"a", "b", "c"})


@pytest.mark.parametrize(
    ("links", "way"),
    [
        ({"a": "a"}, "a → a"),
        ({"a": "b", "b": "a"}, "a → b → a"),
        ({"a": "b", "b": "c", "c": "b"}, "b → c → b"),
        ({"a": "b, c", "b": "d", "c": "d", "d": ""}, None),
    ],
    ids=["itself", "two", "a tail", "two ways are no circle"],
)
@pytest.mark.parametrize(
    "form", ["offices:{} title: T-{}, ladder: state, level: 1, implies", "actors:{} name: T-{}, successors"]
)
def test_nothing_implies_or_succeeds_itself(links, way, form):
    head, _, rest = form.partition("{}")
    entries = "".join(f"- {{id: {one},{rest.format(one)}: [{to}]}}\n" for one, to in links.items())
    try:
        load_text(f"timeline: 1\n{head}\n{entries}")
        found = []
    except StoreError as error:
        found = [(problem.name, problem.message.partition("(")[2]) for problem in error.problems]
    assert found == ([("circle", f"{way})")] if way else [])


def test_columns_count_characters_not_bytes():
    assert problems_of("timeline: 1\nevents:\n- {id: a, occasion: 北京北京, dat: 2}\n")[1] == (
        3,
        27,
        "unknown-field",
    )


def test_what_stops_reading_does_not_hide_what_was_found_before():
    found = problems_of("timeline: 1\nevents:\n- id: A\n- id: [\n")
    assert [name for *_, name in found] == ["missing-field", "bad-id", "yaml-syntax"]


def test_the_shipped_record_comes_out_byte_for_byte(run):
    source = shipped_record()
    done = run("export", "--store", source, "-O", "yaml")
    for_editors, _, text = source.read_bytes().decode("utf-8").partition("\n")
    assert for_editors.startswith(
        "# yaml-language-server: "
    )  # a path, which holds where the file lies, and nowhere else
    assert done.out == text


def test_every_event_of_the_shipped_record_survives_csv():
    store = load([shipped_record()])
    assert list(through_csv(store.events)) == [plain(e) for e in store.events]


def test_a_csv_of_a_spreadsheet_may_begin_with_a_mark_and_have_other_line_ends(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_bytes("\ufeffid,date,visitor,host,people\na,2009,china,japan,Wen Jiabao | | premier\r".encode())
    [visit] = load([path]).events
    assert visit.people == (Person("Wen Jiabao", offices=("premier",)),)


# Texts that hurt: marks of YAML, CSV and our own joins, blanks at the ends, line breaks, wide and composed characters.
PIECES = st.sampled_from(
    [
        " ",
        "  ",
        "; ",
        ";",
        " | ",
        "|",
        "\\",
        "\\;",
        ", ",
        ",",
        '"',
        "'",
        "\n",
        "\t",
        "\u2028",
        "\ufeff",
        "#",
        " #",
        ": ",
        "- ",
        "=1+1",
        "[x]",
        "{y}",
        "北京",
        "e\u0301",
        "\U0001f600",
        "~",
        "NO",
        "a",
        "long words " * 12,
    ]
)
TEXTS = (
    st.lists(
        PIECES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
        min_size=1,
        max_size=6,
    ).map("".join)
).filter(str.strip)
NO_TEXT = st.just("")
TUPLES = st.lists(TEXTS, max_size=3).map(tuple)
OFFICES = st.lists(st.sampled_from(sorted(shipped().offices)), max_size=3).map(tuple)
ACTORS = sorted(shipped().actors)
DATES = [
    "2011",
    "2011-10~",
    "2011-10-23",
    "2011-10-23/2011-10-25",
    "2011-10-23/..",
    "../2011?",
    "[2011-01-01, 2011-02]",
    "[2011/2012, 2013%]",
]
IDS = st.from_regex(r"\A[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}\Z")
PEOPLE = st.builds(
    Person,
    TEXTS,
    NO_TEXT | TEXTS,
    OFFICES,
    st.sampled_from(["heads", "accompanies"]),
    st.integers(0, 99),
    NO_TEXT | st.sampled_from(ACTORS),
)
URLS = NO_TEXT | TEXTS.map(lambda text: "https://example.org/" + re.sub(ACTING, "", text))
SOURCES = st.builds(Source, TEXTS, NO_TEXT | TEXTS, URLS, NO_TEXT | st.sampled_from(DATES[:4]))
COMMON = {
    "id": IDS,
    "date": st.sampled_from(DATES).map(parse_when),
    "status": st.sampled_from(STATUSES),
    "places": TUPLES,
    "occasion": NO_TEXT | TEXTS,
    "tags": TUPLES,
    "support": st.sampled_from(SUPPORTS),
    "note": NO_TEXT | TEXTS,
    "sources": st.lists(SOURCES, max_size=3).map(tuple),
}
VISITS = st.fixed_dictionaries(
    COMMON
    | {
        "title": NO_TEXT | TEXTS,
        "visitor": st.sampled_from(ACTORS[:9]),
        "host": st.sampled_from(ACTORS[9:]),
        "people": st.lists(PEOPLE, min_size=1, max_size=3).map(tuple),
        "kind": st.sampled_from(["", *KINDS]),
        "met": TUPLES,
    }
)
OTHERS = st.fixed_dictionaries(
    COMMON
    | {
        "type": st.sampled_from(TYPES[2:]),
        "title": TEXTS,
        "actors": st.lists(st.sampled_from(ACTORS), min_size=1, max_size=3).map(tuple),
        "people": st.lists(PEOPLE, max_size=2).map(tuple),
    }
)
EVENTS = st.lists(
    (VISITS | OTHERS).map(lambda fields: Event(**fields)), min_size=1, max_size=3, unique_by=lambda event: event.id
)
thorough = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
)


def plain(event):
    """An event without the place where it was read."""

    return event._replace(origin=Origin("", 0))


def yaml_of(events):
    return store_text(events, load_text("timeline: 1\n"))


def csv_of(events):
    out = io.StringIO(newline="")
    write_csv(list_answer(events, Query(), load_text("timeline: 1\n")), out)
    return out.getvalue()


def through_csv(events):
    from timeline.store.rows import read_flat

    problems = []
    found = read_flat("visits.csv", csv_of(events), shipped(), problems)
    assert problems == []
    return map(plain, found)


@thorough
@given(EVENTS)
def test_events_survive_yaml(events):
    text = yaml_of(events)
    assert set(map(plain, load_text(text).events)) == set(events)
    assert yaml_of(sorted(events, key=lambda e: e.order)) == yaml_of(load_text(text).events)


@thorough
@given(EVENTS)
def test_events_survive_csv_and_yaml_and_csv(events):
    first = csv_of(events)
    back = list(through_csv(events))
    assert back == events
    assert csv_of([plain(e) for one in back for e in load_text(yaml_of([one])).events]) == first


@thorough
@given(EVENTS)
def test_events_survive_yaml_and_csv_and_yaml(events):
    ordered = sorted(events, key=lambda e: e.order)
    first = yaml_of(ordered)
    assert yaml_of(list(through_csv(load_text(first).events))) == first


@thorough
@given(EVENTS)
def test_what_is_written_is_read_alike_by_any_yaml_reader(events):
    """Nothing of the layout depends on our own reader: PyYAML sees the same keys and texts."""
    loaded = yaml.load(yaml_of(events), yaml.BaseLoader)["events"]  # noqa: S506 - it builds texts only
    assert [e["id"] for e in loaded] == [e.id for e in events]
    assert [e.get("note", "") for e in loaded] == [e.note for e in events]


def test_of_vocabulary_no_more_is_read_than_anybody_needs():
    with pytest.raises(StoreError) as refused:
        load_text("timeline: 1\npeople:\n" + "".join(f"- name: P{n}\n" for n in range(100_001)))
    (problem,) = refused.value.problems
    assert (problem.name, problem.line, problem.message) == ("too-many", 100_003, "more than 100,000 people")


@given(
    st.binary(max_size=200)
    | st.text(st.sampled_from("timeline: 1\nevents- id[]{}&*!|>'\"%@`#?,~\t\\<"), max_size=80).map(str.encode)
)
def test_no_bytes_bring_the_reader_down(raw):
    with suppress(StoreError):
        load(["-"], io.BytesIO(raw))


@given(st.text(st.sampled_from('id,date\n\r"; |\\abc2011-\0'), max_size=60))
def test_no_text_brings_the_reader_of_csv_down(text):
    from timeline.store.rows import read_flat

    read_flat("a.csv", "id,date,visitor,host,people,sources,places\n" + text, shipped(), [])


def test_json_of_an_export_has_every_event_whole(run):
    done = run("export", "--store", shipped_record(), "-O", "json")
    document = json.loads(done.out)
    assert len(document["rows"]) == document["summary"]["count"] == len(load([shipped_record()]).events)


WHOLE = """\
timeline: 1
title: A title
licence: CC0-1.0
about: What it is.

actors:
- id: atlantis
  name: Atlantis
  adjectives: [Atlantean]
  capitals: [Poseidonis]
  iso2: QX
  iso3: QXA
  kind: former-state
  from: "1600"
  to: "1700"
  successors: [greece]
  aliases: [亞特蘭提斯]

offices:
- id: taoiseach
  title: Taoiseach
  ladder: state
  level: 80
  aliases: [chief]

people:
- name: Plato
  aliases: [Πλάτων]
  actor: atlantis

coverage:
- id: all
  visitor: any
  host: atlantis
  at-least: minister
  people: [Plato]
  offices: [taoiseach]
  from: ever
  to: 1700-01-01
  how: complete
  evidence: All of it.

- id: meetings
  type: meeting
  visitor: atlantis
  host: greece
  from: 1600-01-01
  to: 1700-12-31
  how: partial

events:

- id: a-meeting
  date: 1650
  type: meeting
  title: A meeting
  host: atlantis
  actors: [atlantis, greece]
"""


def test_everything_of_a_store_comes_out_again():
    store = load_text(WHOLE)
    again = load_text(store_text(store.events, store))
    assert store_text(again.events, again) == store_text(store.events, store)
    assert (again.title, again.licence, again.about) == ("A title", "CC0-1.0", "What it is.")
    assert again.vocabulary == store.vocabulary
    assert [(c.type, c.span, c.level, c.how, c.people, c.evidence) for c in again.coverage] == [
        (c.type, c.span, c.level, c.how, c.people, c.evidence) for c in store.coverage
    ]
    assert list(map(plain, again.events)) == list(map(plain, store.events))
    assert list(through_csv_of(store)) == list(map(plain, store.events))


def through_csv_of(store):
    from timeline.store.rows import read_flat

    out = io.StringIO(newline="")
    write_csv(list_answer(store.events, Query(), store), out)
    return map(plain, read_flat("visits.csv", out.getvalue(), store.vocabulary, []))
