"""Two people add to one store: git merges their branches, and `timeline check` says what git could not see."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from timeline.changes import Snapshot, add
from timeline.checks import find_problems
from timeline.dates import parse_when
from timeline.errors import StoreError
from timeline.model import Event, Person, Source
from timeline.store import load_text

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="needs git")
PAIRS = 200
ENVIRONMENT = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | {
    f"GIT_{who}_{what}": "somebody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


DRIVER = f'"{sys.executable}" -m timeline merge %O %A %B || git merge-file -q %A %O %B'


@pytest.fixture
def repository(tmp_path):
    """A function that merges two texts which come from one, by git alone or with our driver; None where a conflict is left to people."""

    def git(*args, code=0):
        done = subprocess.run([GIT, *args], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, done.stderr
        return done.returncode

    git("init", "-q", "-b", "main")
    git("config", "merge.timeline.driver", DRIVER)
    store, attributes = tmp_path / "events.yaml", tmp_path / ".git" / "info" / "attributes"

    def commit(text, message):
        store.write_text(text, encoding="utf-8")
        git("add", "events.yaml")
        git("commit", "-q", "--allow-empty", "-m", message)

    def merge(base, ours, theirs, *, driver=False):
        attributes.write_text("events.yaml merge=timeline\n" if driver else "")
        git("checkout", "-q", "--orphan", f"base-{os.urandom(6).hex()}")
        commit(base, "base")
        git("checkout", "-q", "-B", "theirs")
        commit(theirs, "theirs")
        git("checkout", "-q", "-B", "ours", "HEAD~1")
        commit(ours, "ours")
        if git("merge", "-q", "--no-edit", "theirs", code=None):
            git("merge", "--abort")
            return None
        return store.read_text("utf-8")

    return merge


def a_visit(id_, date, name="Somebody", host="japan"):
    """A visit as `timeline add` writes it, of a length that such entries have."""
    sources = (Source("A title of a report", "A newspaper", f"https://news.org/{id_}", "2001"),)
    people = (Person(name, "Minister", ("minister",)),)
    return Event(
        id_,
        parse_when(date),
        visitor="china",
        host=host,
        people=people,
        kind="official",
        places=("Tokyo",),
        note=f"Of {id_}.",
        sources=sources,
    )


def added(text, *events):
    """A store with events added by the program."""
    return add(Snapshot(load_text(text), {"standard input": text}), list(events)).after


def conflicts(repository, base, pairs, *, driver):
    """How many of some pairs of additions leave a conflict. Whatever merges holds all events, and is sound."""
    failed, before = 0, len(load_text(base).events)
    for ours, theirs in pairs:
        merged = repository(base, added(base, *ours), added(base, *theirs), driver=driver)
        if merged is None:
            failed += 1
            continue
        store = load_text(merged)
        assert len(store.events) == before + len(ours) + len(theirs)
        assert {e.id for e in (*ours, *theirs)} <= store.by_id.keys()
        assert not [p for p in find_problems(store, parse_when("2026-07-15").start.earliest) if p.name == "order"]
    return failed


def days(random_, *, near=None):
    """A day of the record's years, or one of the same month as another."""
    if near:
        return f"{near[:7]}-{random_.randint(1, 28):02}"
    return f"{random_.randint(1949, 2026)}-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}"


def pairs(count, *, near):
    random_ = random.Random(4)
    for number in range(count):
        first = days(random_)
        dates = [days(random_, near=first if near else None) for _ in range(2)]
        yield [a_visit(f"ours-{number}", first)], [a_visit(f"theirs-{number}", dates[0])]


@pytest.mark.skipif(not (ROOT / "events.yaml").exists(), reason="the record is not beside the tests")
@pytest.mark.parametrize(
    ("near", "driver", "most"),
    [
        pytest.param(False, False, 0.05, id="any two dates, by git alone"),
        pytest.param(False, True, 0, id="any two dates, with the driver"),
        pytest.param(True, False, 1, id="two dates of one month, by git alone"),
        pytest.param(True, True, 0, id="two dates of one month, with the driver"),
    ],
)
def test_two_branches_that_add_visits_merge(repository, request, near, driver, most):
    """docs/checks.md states what is measured here with --long."""
    count = PAIRS if request.config.getoption("--long") else 6
    failed = conflicts(repository, (ROOT / "events.yaml").read_text("utf-8"), pairs(count, near=near), driver=driver)
    print(f"{failed} of {count} conflict")
    assert failed <= most * count + (not driver)


BASE = "timeline: 1\nevents:\n\n" + "\n".join(
    f"- id: v-{month:02}\n  date: 2001-{month:02}-10\n  visitor: china\n  host: japan\n  people:\n  - name: A{month}\n    offices: [minister]\n  sources:\n  - title: T\n    url: https://news.org/{month}\n"
    for month in range(1, 13)
)


def test_two_visits_between_the_same_two_are_a_conflict_that_git_shows(repository):
    """Both stand in one place, and only a person can say in which order: better a conflict than fields of the one in the other."""
    assert repository(BASE, added(BASE, a_visit("a", "2001-05-20")), added(BASE, a_visit("b", "2001-05-25"))) is None


def test_the_driver_puts_them_in_order(repository):
    ours, theirs = added(BASE, a_visit("a", "2001-05-25")), added(BASE, a_visit("b", "2001-05-20"))
    merged = repository(BASE, ours, theirs, driver=True)
    assert [e.id for e in load_text(merged).events][4:8] == ["v-05", "b", "a", "v-06"]
    assert merged == added(ours, a_visit("b", "2001-05-20"))


EDIT = BASE.replace("name: A5", "name: B5")


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        pytest.param(EDIT, added(BASE, a_visit("a", "2001-05-20")), added(EDIT, a_visit("a", "2001-05-20")), id="an edit beside an addition"),
        pytest.param(EDIT, EDIT, EDIT, id="the same edit twice"),
        pytest.param(EDIT, BASE.replace("name: A5", "name: C5"), None, id="two edits of one line"),
        pytest.param(EDIT, BASE.replace("timeline: 1\n", "timeline: 1\ntitle: T\n"), EDIT.replace("timeline: 1\n", "timeline: 1\ntitle: T\n"), id="an edit and a title"),
        pytest.param(BASE.replace("- id: v-05", "# ours\n- id: v-05"), added(BASE, a_visit("a", "2001-12-20")), added(BASE, a_visit("a", "2001-12-20")).replace("- id: v-05", "# ours\n- id: v-05"), id="a comment and an addition"),
        pytest.param(BASE.replace("  date: 2001-05-10", "  # why\n  date: 2001-05-10"), EDIT.replace("name: B5", "name: A5").replace("name: A6", "name: B6"), BASE.replace("  date: 2001-05-10", "  # why\n  date: 2001-05-10").replace("name: A6", "name: B6"), id="a comment within an event"),
    ],
)  # fmt: skip
def test_what_the_driver_makes_of_other_changes(repository, ours, theirs, result):
    assert repository(BASE, ours, theirs, driver=True) == result


def test_a_file_that_is_no_store_by_itself_is_left_to_git(repository):
    assert (
        repository("a: 1\n\n\n\nb: 1\n", "a: 2\n\n\n\nb: 1\n", "a: 1\n\n\n\nb: 2\n", driver=True)
        == "a: 2\n\n\n\nb: 2\n"
    )


def test_blocks_that_stand_side_by_side_merge(repository):
    merged = repository(BASE, added(BASE, a_visit("a", "2001-05-20")), added(BASE, a_visit("b", "2001-06-20")))
    assert [e.id for e in load_text(merged).events][4:9] == ["v-05", "a", "v-06", "b", "v-07"]


def test_one_id_twice_is_refused(repository):
    merged = repository(BASE, added(BASE, a_visit("same", "2001-03-20")), added(BASE, a_visit("same", "2001-09-20")))
    with pytest.raises(StoreError) as refused:
        load_text(merged)
    assert [problem.name for problem in refused.value.problems] == ["duplicate-id"]


def found(text, name):
    return [p for p in find_problems(load_text(text), parse_when("2026-07-15").start.earliest) if p.name == name]


def test_one_journey_entered_twice_is_found(repository):
    ours, theirs = added(BASE, a_visit("a", "2001-05-09", "Zhu")), added(BASE, a_visit("b", "2001-05-11", "Zhu"))
    merged = repository(BASE, ours, theirs)
    assert len(load_text(merged).events) == 14
    assert len(found(merged, "duplicates")) == 1


def test_an_event_moved_on_one_branch_and_redated_on_the_other_is_found(repository):
    moved = BASE.replace("2001-03-10", "2001-02-20")
    other = added(BASE, a_visit("b", "2001-02-25"))
    merged = repository(BASE, moved, other)
    assert merged is not None
    assert found(merged, "order")


def test_a_conflict_that_was_committed_is_refused():
    torn = BASE.replace("- id: v-05\n", "<<<<<<< ours\n- id: v-05\n=======\n- id: v-5\n>>>>>>> theirs\n")
    with pytest.raises(StoreError) as refused:
        load_text(torn)
    assert refused.value.problems
