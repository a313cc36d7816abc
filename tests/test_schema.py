"""The JSON Schema that editors use and the pages on the format are in step with the code, and the shipped record is valid by them."""

import csv
import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from timeline import vocabulary as words
from timeline.store import load_text
from timeline.store.flat import COLUMNS
from timeline.store.rows import read_flat
from timeline.store.rules import (
    ACTOR_KEYS,
    COVERAGE_KEYS,
    EVENT_KEYS,
    KNOWN_PERSON_KEYS,
    OFFICE_KEYS,
    PERSON_KEYS,
    SOURCE_KEYS,
    TOP_KEYS,
)
from timeline.vocabulary import shipped

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((files("timeline") / "data" / "store.schema.json").read_text("utf-8"))
DEFS = SCHEMA["$defs"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
STORES = sorted([ROOT / "events.yaml", *(ROOT / "records").glob("*.yaml"), *(ROOT / "claims").glob("*.yaml")])

VISIT = "timeline: 1\nevents:\n- id: a\n  date: 2019\n  visitor: china\n  host: japan\n  people: [{name: A}]\n"
TREATY = "timeline: 1\nevents:\n- id: a\n  date: 2019\n  type: treaty\n  title: T\n  actors: [china, japan]\n"


LOADER = getattr(
    yaml, "CBaseLoader", yaml.BaseLoader
)  # builds texts only; a PyYAML without libyaml has the slow one alone


def faults(text):
    return [error.message for error in VALIDATOR.iter_errors(yaml.load(text, LOADER))]  # noqa: S506


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.stem)
def test_an_editor_finds_the_schema_from_the_first_line_of_a_record(path):
    mark, _, schema = path.read_text("utf-8").partition("\n")[0].partition("$schema=")
    assert mark == "# yaml-language-server: "
    assert (path.parent / schema).resolve() == ROOT / "timeline" / "data" / "store.schema.json"


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        pytest.param(SCHEMA["properties"], TOP_KEYS, id="store"),
        pytest.param(DEFS["event"]["properties"], EVENT_KEYS, id="event"),
        pytest.param(DEFS["person"]["properties"], PERSON_KEYS, id="person"),
        pytest.param(DEFS["source"]["properties"], SOURCE_KEYS, id="source"),
        pytest.param(DEFS["coverage-entry"]["properties"], COVERAGE_KEYS, id="coverage"),
        pytest.param(DEFS["actor-entry"]["properties"], ACTOR_KEYS, id="actor"),
        pytest.param(DEFS["office-entry"]["properties"], OFFICE_KEYS, id="office"),
        pytest.param(DEFS["person-entry"]["properties"], KNOWN_PERSON_KEYS, id="known person"),
    ],
)
def test_keys_are_those_that_the_program_reads(keys, known):
    assert list(keys) == list(known)


@pytest.mark.parametrize(
    ("allowed", "known"),
    [
        pytest.param(DEFS["event"]["properties"]["type"], words.TYPES, id="types"),
        pytest.param(DEFS["event"]["properties"]["kind"], words.KINDS, id="kinds"),
        pytest.param(DEFS["event"]["properties"]["status"], words.STATUSES, id="statuses"),
        pytest.param(DEFS["event"]["properties"]["support"], words.SUPPORTS, id="supports"),
        pytest.param(DEFS["person"]["properties"]["role"], words.ROLES, id="roles"),
        pytest.param(DEFS["office-entry"]["properties"]["ladder"], words.LADDERS, id="ladders"),
        pytest.param(DEFS["actor-entry"]["properties"]["kind"], words.ACTOR_KINDS, id="kinds of actors"),
        pytest.param(DEFS["rank"], words.RANKS, id="ranks"),
        pytest.param(DEFS["actor"]["anyOf"][0], sorted(shipped().actors), id="actors"),
        pytest.param(DEFS["office"]["anyOf"][0], sorted(shipped().offices), id="offices"),
    ],
)
def test_words_are_those_of_the_vocabulary(allowed, known):
    assert allowed["enum"] == list(known)


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.name)
def test_the_shipped_records_are_valid(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "date",
    [
        "2019",
        "2019-06",
        "2019-06-20",
        "2019~",
        "2019-06?",
        "2019-06-20%",
        "2019-06-20/2019-06-21",
        "2019-06-20/..",
        "../2019-06-21",
        "2019-06/2019-07-01",
        "[2019-06-20, 2019-06-22]",
        '"[2019-06-20, 2019-06-22]"',
        "[2019-06-20/2019-06-21, 2019-07]",
    ],
)
def test_dates_that_the_program_reads_are_valid(date):
    text = VISIT.replace("2019", date)
    assert load_text(text).events
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(VISIT.replace("2019", "1500"), id="before the calendar"),
        pytest.param(VISIT.replace("2019", "2019-13"), id="no such month"),
        pytest.param(VISIT.replace("2019", "2019-06-32"), id="no such day"),
        pytest.param(VISIT.replace("2019", "23 October 2011"), id="a date in words"),
        pytest.param(VISIT.replace("2019", "[2019-06-20]"), id="a choice of one"),
        pytest.param(VISIT.replace("id: a", "id: A"), id="capitals in an id"),
        pytest.param(VISIT.replace("host: japan", "hosts: japan"), id="unknown key"),
        pytest.param(VISIT.replace("host: japan", "actors: [japan]"), id="actors of a visit"),
        pytest.param(VISIT.replace("people: [{name: A}]", "people: []"), id="nobody"),
        pytest.param(VISIT.replace("name: A", "title: A"), id="somebody without a name"),
        pytest.param(VISIT + "  kind: friendly\n", id="unknown kind"),
        pytest.param(VISIT + "  type: treaty\n", id="a treaty with a visitor"),
        pytest.param(TREATY + "  host: japan\n", id="a treaty with a host"),
        pytest.param(VISIT + "  note: ''\n", id="empty value"),
        pytest.param(VISIT + "  sources: [{publisher: X}]\n", id="a source without title and address"),
        pytest.param(VISIT + "  sources: [{url: example.org}]\n", id="half an address"),
        pytest.param(VISIT.replace("timeline: 1", "timeline: 2"), id="another version"),
        pytest.param(VISIT.replace("timeline: 1\n", ""), id="no version"),
    ],
)
def test_what_the_program_refuses_is_not_valid(text):
    with pytest.raises(Exception, match="problem"):
        load_text(text)
    assert faults(text) != []


def test_a_meeting_may_have_a_host():
    text = TREATY.replace("treaty", "meeting") + "  host: japan\n"
    assert load_text(text).events
    assert faults(text) == []


def test_numbers_as_editors_read_them_are_valid():
    """YAML editors read `2019` and `1` as numbers, the program as text."""
    event = {
        "id": "a",
        "date": 2019,
        "visitor": "china",
        "host": "japan",
        "people": [{"name": "A", "party-rank": 2}],
        "note": 1949,
    }
    assert VALIDATOR.is_valid({"timeline": 1, "events": [event]})


def table_of(page, heading):
    """The rows of the first table under a heading of a page, as lists of cells."""
    after = (ROOT / "docs" / page).read_text("utf-8").split(f"\n## {heading}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", after, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def words_in(cell):
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        pytest.param("Top level", TOP_KEYS, id="store"),
        pytest.param("Events", EVENT_KEYS, id="event"),
        pytest.param("People", PERSON_KEYS, id="person"),
        pytest.param("Coverage", COVERAGE_KEYS, id="coverage"),
    ],
)
def test_the_page_on_the_format_explains_every_key(heading, known):
    assert {key for row in table_of("format.md", heading) for key in words_in(row[0])} == set(known)


def test_the_examples_of_the_page_on_the_format_are_stores():
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "format.md").read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for text in blocks:
        load_text(text)
        assert faults(text) == []


def test_the_page_on_the_format_names_the_columns_of_the_flat_form():
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    assert f"`{' '.join(COLUMNS)}`" in page.replace("\n", " ")
    example = re.search(r"```csv\n(.*?)```", page, re.DOTALL)[1]
    problems = []
    (event,) = read_flat("visits.csv", example, shipped(), problems)
    assert problems == []
    assert [(person.name, person.role) for person in event.people] == [
        ("Xi Jinping", "heads"),
        ("Wang Yi", "accompanies"),
    ]


def test_the_page_on_ranks_has_every_rank_and_office():
    rows = {
        words_in(rank)[0]: (int(levels.split("–")[0]), offices)
        for rank, levels, offices in table_of("ranks.md", "Ranks")
    }
    assert {rank: least for rank, (least, _) in rows.items()} == words.RANKS
    written = {rank: sorted(re.findall(r"`([^`]+)` (\d+)", offices)) for rank, (_, offices) in rows.items()}
    assert written == {
        rank: sorted((o.id, str(o.level)) for o in shipped().offices.values() if o.rank == rank) for rank in words.RANKS
    }


def test_ranks_in_the_data_follow_from_the_levels():
    with (files("timeline") / "data" / "offices.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["rank"] == words.rank_of(int(row["level"])), row["id"]
