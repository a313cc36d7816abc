"""Two people add to one store: git merges their branches, and `timeline check` says what git could not see."""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from timeline.changes import Snapshot, add, differing
from timeline.checks import CHECKS, find_problems
from timeline.dates import parse_when
from timeline.errors import StoreError
from timeline.model import Event, Person, Source
from timeline.store import load_text, load_texts
from timeline.store.folder import divided

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="needs git")
PAIRS = 200
SOUND = [check for check in CHECKS if check.severity == "error" or check.name == "order"]
TODAY = parse_when("2026-07-15").start.earliest
ENVIRONMENT = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | {
    f"GIT_{who}_{what}": "somebody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


DRIVER = f'"{sys.executable}" -m timeline merge %O %A %B || git merge-file -q %A %O %B'


@pytest.fixture
def repository(tmp_path):
    """A function that merges two texts which come from one, by git alone or with our driver; None where a conflict is left to people.

    Instead of a text it takes the files of a record, as a dictionary.
    """

    def git(*args, code=0):
        done = subprocess.run([GIT, *args], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, done.stderr
        return done.returncode

    git("init", "-q", "-b", "main")
    git("config", "merge.timeline.driver", DRIVER)
    attributes, bases = tmp_path / ".git" / "info" / "attributes", []

    def commit(files, message):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", message)

    def start(files):
        """The branch whose only commit is the base."""
        if files not in bases:
            git("checkout", "-q", "--orphan", f"base-{len(bases)}")
            git("rm", "-rfq", "--ignore-unmatch", ".")
            commit(files, "base")
            bases.append(files)
        return f"base-{bases.index(files)}"

    def merge(*versions, driver=False):
        attributes.write_text("events.yaml merge=timeline\n" if driver else "")
        base, ours, theirs = ({"events.yaml": v} if isinstance(v, str) else v for v in versions)
        for branch, files in (("theirs", theirs), ("ours", ours)):
            git("checkout", "-q", "-B", branch, start(base))
            for name in base.keys() - files.keys():
                (tmp_path / name).unlink()
            commit({name: text for name, text in files.items() if base.get(name) != text}, branch)
        if git("merge", "-q", "--no-edit", "theirs", code=None):
            git("merge", "--abort")
            return None
        found = {
            name: (tmp_path / name).read_text("utf-8") for name in {**ours, **theirs} if (tmp_path / name).exists()
        }
        return found["events.yaml"] if isinstance(versions[0], str) else found

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


@cache
def snapshot(files):
    """A record as it was read; `files` as pairs of names and texts."""
    return Snapshot(load_texts(files), dict(files), ("events",))


def added(text, *events):
    """A store with events added by the program."""
    return add(snapshot(files_of(text)), list(events)).after


def added_to_folder(files, *events):
    """The files of a record with events added by the program, one after another."""
    changes = [add(snapshot(files_of(files)), [event]) for event in events]
    return files | {change.file: change.after for change in changes}


def conflicts(repository, base, pairs, *, driver):
    """How many of some pairs of additions leave a conflict. Whatever merges says what both say, and is sound."""
    put, failed = (added if isinstance(base, str) else added_to_folder), 0
    before = snapshot(files_of(base)).store
    for ours, theirs in pairs:
        merged = repository(base, put(base, *ours), put(base, *theirs), driver=driver)
        if merged is None:
            failed += 1
            continue
        store = load_texts(files_of(merged))
        both = before.by_id | {event.id: event for event in (*ours, *theirs)}
        assert not set(differing(store, replace(before, by_id=both)))
        assert not find_problems(store, TODAY, SOUND)
    return failed


def files_of(record):
    return (("events.yaml", record),) if isinstance(record, str) else tuple(record.items())


def days(random_, when):
    """A day of the record's years, of a certain month, or of the two months after the newest event."""
    spans = {"any": ("1949-01-01", "2026-06-30"), "newest": ("2026-07-01", "2026-08-31")}
    first, last = spans.get(when, (f"{when}-01", f"{when}-28"))
    return date.fromordinal(
        random_.randint(*(date.fromisoformat(day).toordinal() for day in (first, last)))
    ).isoformat()


def pairs(count, when):
    """What two people add: one to three visits each."""
    random_ = random.Random(4)
    for number in range(count):
        near = days(random_, "any")[:7] if when == "month" else when
        yield tuple(
            [
                a_visit(f"{who}-{number}-{n}", days(random_, near), f"Somebody {number} {n}")
                for n in range(random_.randint(1, 3))
            ]
            for who in ("ours", "theirs")
        )


RECORD = ROOT / "events.yaml"


@pytest.mark.skipif(not RECORD.exists(), reason="the record is not beside the tests")
@pytest.mark.parametrize(
    ("layout", "driver", "most"),
    [
        pytest.param("file", False, 1, id="one file, by git alone"),
        pytest.param("file", True, 0, id="one file, with the driver"),
        pytest.param("folder", False, 0, id="a file for each event, by git alone"),
    ],
)
@pytest.mark.parametrize("when", ["any", "month", "newest"])
def test_two_branches_that_add_visits_merge(repository, request, when, layout, driver, most):
    """docs/checks.md states what is measured here with --long: days of any year, of one month, and of the two months after the newest event."""
    count, base = PAIRS if request.config.getoption("--long") else 4, RECORD.read_text("utf-8")
    if layout == "folder":
        base = {f"events/{name}": text for name, text in divided(base).items()}
    failed = conflicts(repository, base, pairs(count, when), driver=driver)
    print(f"{failed} of {count} conflict")
    assert failed <= most * count


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
    return [p for p in find_problems(load_text(text), TODAY) if p.name == name]


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


def test_a_conflict_ends_with_1(run, tmp_path):
    for name, year in (("base", 2001), ("ours", 2002), ("theirs", 2003)):
        text = f"timeline: 1\nevents:\n- id: visit\n  date: {year}\n  visitor: china\n  host: japan\n  people: [{{name: Somebody}}]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    done = run("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert (done.code, "both changed visit" in done.err) == (1, True)
    (tmp_path / "theirs.yaml").write_text((tmp_path / "ours.yaml").read_text())
    assert run("merge", "base.yaml", "ours.yaml", "theirs.yaml").code == 0
