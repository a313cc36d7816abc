"""Values of options that are wrong are refused with what would be right, whatever their case, their order and their kind."""

import json

import pytest

from timeline.cli.places import shipped_record
from timeline.people import PersonIndex

RECORD = shipped_record()
STORE = """\
timeline: 1
people:
- {name: Kim Jong Un, aliases: [김정은, 金正恩]}
events:
- {id: kim-jong-un-beijing-2018-03, date: 2018-03, visitor: north-korea, host: china, people: [{name: Kim Jong Un}], places: [Beijing], tags: [secret-train]}
- {id: kim-jong-un-dalian-2018-05, date: 2018-05, visitor: north-korea, host: china, people: [{name: Kim Jong Un}], places: [Dalian]}
- {id: kim-yong-nam-beijing-2008-08, date: 2008-08, visitor: north-korea, host: china, people: [{name: Kim Yong Nam}], places: [Beijing], met: [Hu Jintao]}
- id: xi-jinping-pyongyang-2019-06
  date: 2019-06
  visitor: china
  host: north-korea
  people: [{name: Xi Jinping}, {name: Côté d'Or, role: accompanies}]
  places: [Pyongyang, $(touch x)]
  sources: [{title: A visit, publisher: Xinhua}]
"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(STORE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("args", "message"),
    [
        # something of another kind
        (
            ["--actor", "beijing"],
            "unknown actor 'beijing'; did you mean --actor china (beijing is its capital) or --place Beijing?",
        ),
        (["--host", "Beijing"], "did you mean --host china (Beijing is its capital) or --place Beijing?"),
        (["--actor", "北京"], "did you mean --actor china (北京 is its capital) or --place Beijing?"),
        (["--visitor", "평양"], "did you mean --visitor north-korea (평양 is its capital)"),
        (["--not-actor", "Dalian"], "--not-actor: unknown actor 'Dalian'; did you mean --not-place Dalian?"),
        (["--visitor", "Xi Jinping"], "did you mean --person 'Xi Jinping'?"),
        (["--person", "premier"], "did you mean --office premier?"),
        (["--place", "$(touch xy)"], "unknown place '$(touch xy)'; did you mean '$(touch x)'?"),
        (["--tag", "$(touch x)"], "did you mean --place '$(touch x)'?"),
        # part of a name
        (["--visitor", "Chinese"], "did you mean 'china'"),
        (["--person", "KIM"], "unknown person 'KIM'; did you mean 'Kim Jong Un' or 'Kim Yong Nam'?"),
        (["--person", "kim j"], "did you mean 'Kim Jong Un'?"),
        (["--person", "Un Kim Jong"], "did you mean 'Kim Jong Un'?"),
        (["--person", "Jinping XI"], "did you mean 'Xi Jinping'?"),
        (["--person", "金正"], "did you mean 'Kim Jong Un'?"),
        (["--person", "정은"], "did you mean 'Kim Jong Un'?"),
        (["--met", "hu"], "did you mean 'Hu Jintao'?"),
        # nearly a name
        (["--person", "Xi Jinpin"], "did you mean 'Xi Jinping'?"),
        (["--person", "jinpin"], "did you mean 'Xi Jinping'?"),
        (["--place", "PYONGYONG"], "did you mean 'Pyongyang'?"),
        (["--tag", "secret-trian"], "did you mean 'secret-train'?"),
        (["--source", "xinhuaa"], "nothing in the record has 'xinhuaa' in the title, publisher or address of a source; did you mean 'Xinhua'?"),
        (["--text", "Pyongyng"], "nothing in the record has 'Pyongyng' in names, places, occasions or notes; did you mean 'Pyongyang'?"),
        # several, one, none
        (["--between", "1990..2010"], "--between takes two actors, as in --between china dprk; for a period: --since 1990..2010"),
        (["--between=1990..2010"], "for a period: --since 1990..2010"),
        (["--between", "1990..2010", "--actor", "china"], "for a period: --since 1990..2010"),
        (["--between", "1990..2010", "china"], "for a period: --since 1990..2010"),
        (["--between", "1990", "2010"], "for a period: --since 1990 --until 2010"),
        (["--between", "china"], "--between takes two actors, as in --between china dprk\n"),
        (["--actor", "korea"], "unknown actor 'korea'; did you mean 'north-korea' or 'south-korea'?"),
        (["--actor", "China, DPRK"], "did you mean --actor china --actor north-korea?"),
        (["--kind", "state,official"], "did you mean --kind state --kind official?"),
        (["--between", "china", "PRC"], "--between: 'china' and 'PRC' are one actor, china"),
        (["--visitor", "china", "--host", "中国"], "--visitor and --host are both china"),
        (["--person", ""], "--person: '' is no name; list them with: timeline people"),
        (["--text", ""], "--text: '' is no text to look for"),
        (["--source", " "], "--source: ' ' is no text to look for"),
        (["--at-least", ""], "--at-least: unknown value ''"),
        (["--store", ""], "--store: the name is empty"),
        (["--output", ""], "--output: the name is empty"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_value_that_is_not_known_is_refused_with_what_it_may_mean(run, store, args, message):
    done = run("list", *args, env={"TIMELINE_STORE": str(store)})
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    "name",
    [
        "Kim Jong-un",
        "kim jong un",
        "KIM JONG UN",
        "Kim  Jong_Un",
        "Kim Jongun",
        "김정은",
        "金正恩",
        "cote dor",
        "Xi Jin-ping",
    ],
)
def test_a_name_is_one_in_any_writing(run, store, name):
    done = run("list", "--store", store, "--person", name, "-O", "csv")
    assert (done.code, done.out.count("\n") > 1) == (0, True)


def test_a_name_of_two_people_is_told_with_both(run):
    done = run("list", "--store", RECORD, "--person", "Kim Yong Il")
    both = "'Kim Yong Il (WPK)' and 'Kim Yong Il (premier)'"
    assert (done.code, f"--person: 'Kim Yong Il' is the name of 2: {both}; give one of them in full" in done.err) == (
        2,
        True,
    )


def test_a_name_that_two_people_have_without_its_breaks_is_neither():
    people = PersonIndex("person", {"Li Na Na": (), "Li Nan A": (), "Li Nana": ()})
    assert [people.find(name) for name in ("Li Na-na", "Li Nana", "Li Nan-a", "Li N ana")] == [
        "Li Na Na",
        "Li Nana",
        "Li Nan A",
        None,
    ]


def test_many_names_are_told_with_the_number_of_the_rest(run):
    done = run("list", "--store", RECORD, "--person", "kim")
    assert "did you mean 'Kim Il Sung', 'Kim Jong Un', 'Kim Jong Il', 'Kim Yong Nam'" in done.err
    assert " more? (list them with: timeline people)" in done.err


@pytest.mark.parametrize("asked", ["kim-jong-un", "Kim Jong Un", "kim-jong"])
def test_ids_that_begin_so_are_told_latest_first(run, store, asked):
    done = run("show", asked, "--store", store)
    assert done.code == 2
    assert done.err.endswith("; did you mean 'kim-jong-un-dalian-2018-05' or 'kim-jong-un-beijing-2018-03'?\n")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("beijing-2018", "did you mean 'kim-jong-un-beijing-2018-03'?"),
        ("xi-jinping-pyongyang-2019-6", "did you mean 'xi-jinping-pyongyang-2019-06'"),
        ("", "no event has the id ''; timeline list shows ids"),
        ("?", "no event has the id '?'; timeline list shows ids"),
    ],
)
def test_an_id_by_a_part_of_it(run, store, asked, message):
    assert message in run("show", asked, "--store", store).err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gap", "china", "dprk"], "did you mean: timeline gap --between china dprk"),
        (["list", "2009"], "did you mean: timeline list --since 2009"),
        (["list", "premier", "o'x"], "did you mean: timeline list --office premier --text 'o'\"'\"'x'"),
        (["claim", "first", "visit"], "put what belongs together in quotes: timeline claim 'first visit'"),
        (["show", "a", "b", "c", "d", "e"], "show: too many words: 'b' 'c' 'd' and 1 more"),
        (["records", "x"], "records takes options only, not 'x'"),
        (["--list"], "--list is a command, not an option: timeline list"),
        (["--vesion"], "there is no option --vesion; did you mean --version?"),
        (["--sinc", "2018"], "--sinc stands before a command; options follow it: timeline list --sinc 2018"),
        (["--person", "x"], "--person stands before a command"),
        (["-O", "json", "list"], "-O stands before a command; options follow it: timeline list -O json"),
        (["--events=x.yaml", "gap"], "--events stands before a command; options follow it: timeline gap --store x.yaml"),
        (["--json", "gap"], "--json stands before a command; options follow it: timeline gap --format json"),
        (["list", "--between", "china", "dprk", "--between", "china", "russia"], "--between is given twice, and would say two things; write it once, or ask twice"),
        (["list", "--since", "2001", "--since=2002"], "--since is given twice"),
        (["list", "--as-of", "2026-02-30"], "2026-02-30 does not exist (February 2026 has 28 days); write year, month and day: 2025-10-09"),
        (["list", "--as-of", "soon"], "--as-of: 'soon' is not a date"),
        (["list", "--not-kind", "any"], "--not-kind: unknown value 'any' (one of: state"),
        (["list", "--where", "rank=king"], "--where rank: unknown rank 'king' (one of: leader, head-of-state"),
        (["list", "--visitor", "chian"], "did you mean 'china'"),
        (["remove", "a", "b"], "remove: too many words: 'b'; it takes one event"),
        (["rename", "a", "b", "c"], "rename: too many words: 'c'; it takes ID NEW"),
        (["stats", "--by", ""], "--by: unknown field ''"),
        (["gap", "--longest", "0"], "0 is not in the range x>=1"),
        (["import", "--suggest", "x.csv", "-o", "y.yaml"], "-o does not go with --suggest, which only prints a mapping"),
        (["gap", "--country", "china"], "No such option: --country; did you mean '--actor'?"),
        (["gap", "--year=2019"], "No such option: --year; did you mean '--since'?"),
        (["gap", "--limit", "3"], "No such option: --limit; did you mean '--longest'?"),
        (["list", "-f", "x.yaml"], "No such option: -f; did you mean '--store'?"),
        (["list", "--csv"], "No such option: --csv; did you mean '--format csv'?"),
        (["list", "--from", "2019"], "--from goes with --engine: add --engine duckdb; for the first day of a period, write --since"),
        (["explain", "nothing"], "did you mean 'encoding'? (timeline explain lists them all)"),
        (["list", "--excel", "-O", "md"], "--excel goes with csv and tsv, not with md; add -O csv"),
        (["claim", "first visit by a Chinese premier to North Korea in 16 years", "--published", "x"], "--published: 'x' is not a date; write"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_command_line_that_says_nothing_is_refused_with_one_that_does(run, args, message):
    done = run(*args, env={"TIMELINE_STORE": str(RECORD)})
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("Pyongyang", ["north-korea"], id="a capital"),
        pytest.param("北京", ["china", "qing-empire"], id="a capital in Chinese"),
        pytest.param("평양", ["north-korea"], id="no part of the Pacific, 태평양"),
        pytest.param("niger", ["niger"], id="a whole name, so no part of another"),
        pytest.param("nigeri", ["nigeria"], id="a part of a name, where no name is just that"),
        pytest.param("guinea", ["equatorial-guinea", "guinea", "guinea-bissau", "papua-new-guinea"], id="a word"),
    ],
)
def test_actors_are_looked_up_by_name_and_capital(run, text, ids):
    out = run("actors", text, "--all", "-O", "json", env={"TIMELINE_STORE": str(RECORD)}).out
    assert sorted(row["id"] for row in json.loads(out)["rows"]) == ids


@pytest.mark.parametrize(
    "condition", ["kind=secret", "office=sultan", "host=fiji", "rank=envoy", "support=conflicting"]
)
def test_a_condition_takes_a_word_of_the_vocabulary_that_no_event_has(ask, tmp_path, condition):
    """As the filter of the same name does: nothing matches, which is no mistake."""
    visit = "- {id: a, date: 2000-01-01, visitor: china, host: japan, people: [{name: A, offices: [premier]}]}\n"
    (tmp_path / "one.yaml").write_text(f"timeline: 1\nevents:\n{visit}", encoding="utf-8")
    done = ask("list", "--store", "one.yaml", "--where", condition, "-O", "csv")
    assert (done.code, done.out.count("\n")) == (0, 1)


PARTIES = """timeline: 1
events:
- {id: a, date: 2001, visitor: china, host: japan, people: [{name: A, offices: [foreign-minister]}, {name: B, role: accompanies, offices: [vice-minister]}, {name: C, role: accompanies, offices: [minister]}]}
- {id: b, date: 2002, visitor: china, host: japan, people: [{name: B, offices: [foreign-minister]}, {name: A, role: accompanies, offices: [vice-premier]}]}
- {id: c, date: 2003, visitor: china, host: japan, status: cancelled, people: [{name: D, offices: [foreign-minister]}]}
- {id: d, date: 2004, visitor: china, host: japan, status: candidate, people: [{name: E, offices: [foreign-minister]}]}
- {id: e, date: 2005, type: meeting, title: Talks, actors: [china, japan], people: [{name: A, actor: china, offices: [foreign-minister]}, {name: F, actor: japan, offices: [foreign-minister]}]}
"""


@pytest.fixture
def parties(tmp_path):
    (tmp_path / "parties.yaml").write_text(PARTIES, encoding="utf-8")
    return "parties.yaml"


@pytest.mark.parametrize(
    ("scope", "people"),
    [
        pytest.param([], {"A": 2, "B": 2, "C": 1}, id="everybody on a visit that happened"),
        pytest.param(["--office", "foreign-minister"], {"A": 1, "B": 1}, id="who held it, not who came along"),
        pytest.param(["--role", "accompanies"], {"A": 1, "B": 1, "C": 1}, id="who came along"),
        pytest.param(["--office", "foreign-minister", "--type", "any", "--status", "any"], {"A": 2, "B": 1, "D": 1, "E": 1, "F": 1}, id="on events of all kinds"),
    ],
)  # fmt: skip
def test_the_people_of_a_scope_are_those_whom_it_asks_for(run, parties, scope, people):
    done = run("people", *scope, "-O", "json", "--store", parties)
    assert {row["name"]: row["events"] for row in json.loads(done.out)["rows"]} == people


def test_an_office_counts_the_events_with_somebody_who_held_it_or_one_that_implies_it(run, parties):
    """An event with two of them is one; a candidate is none."""
    rows = json.loads(run("offices", "minister", "-O", "json", "--store", parties).out)["rows"]
    counts = {row["id"]: row["events"] for row in rows}
    assert (counts["foreign-minister"], counts["minister"], counts["vice-minister"]) == (4, 4, 1)
    rows = json.loads(run("actors", "-O", "json", "--store", parties).out)["rows"]
    assert {row["id"]: row["events"] for row in rows} == {"china": 4, "japan": 4}


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        pytest.param(["--where", "status=Happened"], ["a", "b"], id="a word, whatever its case"),
        pytest.param(["--where", "person=Wáng Yì"], ["b"], id="a value of counts, letter by letter"),
        pytest.param(["--where", "person=wang yi"], ["a"], id="otherwise whatever its accents"),
        pytest.param(["--person", "wang yi"], ["a", "b"], id="a name, whatever its accents"),
        pytest.param(["--text", "tokyo parade"], [], id="no text that nobody wrote, across fields"),
        pytest.param(["--text", "Parade"], ["b"], id="a tag"),
        pytest.param(["--source", "gazette daily"], [], id="nor of a title and a publisher"),
    ],
)
def test_values_and_texts_are_those_of_the_record(run, tmp_path, scope, ids):
    """Two spellings are two people where they are counted, so each row of counts lists its own."""
    visit = "- {{id: {}, date: 2001, visitor: china, host: japan, people: [{{name: {}}}], places: [Tokyo], tags: [Parade{}], sources: [{{title: Gazette, publisher: Daily}}]}}\n"
    text = visit.format("a", "Wang Yi", " x").replace("tags: [Parade x], ", "") + visit.format("b", "Wáng Yì", "")
    (tmp_path / "mine.yaml").write_text(f"timeline: 1\nevents:\n{text}", encoding="utf-8")
    done = run("list", *scope, "--store", "mine.yaml", "-O", "json")
    found = [row["id"] for row in json.loads(done.out)["rows"]] if done.out else []
    assert found == ids, done.err
