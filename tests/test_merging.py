"""Two people add to one store: git merges their branches, and `timeline check` says what git could not see."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.changes import Snapshot, add, edit
from timeline.checks import CHECKS, find_problems
from timeline.dates import parse_when
from timeline.errors import ChangeError, StoreError
from timeline.merging import merged as merge
from timeline.model import Event, Person, Source
from timeline.promises import differing
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
    """A function that merges two texts which come from one, by git alone or with a driver, ours or `union`; None where a conflict is left to people.

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

    def merge(*versions, driver=""):
        attributes.write_text(f"events.yaml merge={driver}\n" if driver else "")
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


def changed(record, events, edited):
    """A record with events added by the program, one after another, and with another note of an event."""
    files = dict(files_of(record))
    for event in events:
        change = add(snapshot(tuple(files.items())), [event])
        files[change.file] = change.after
    if edited:
        before = snapshot(tuple(files.items()))
        change = edit(before, before.store.by_id[edited], {"note": f"Looked up again, of {edited}."})
        files[change.file] = change.after
    return files["events.yaml"] if isinstance(record, str) else files


def outcomes(repository, base, pairs, *, driver):
    """What becomes of some pairs of changes: a conflict, a record that says what both say, or another, and whether that is told."""
    count, before = Counter(), snapshot(files_of(base)).store
    for sides in pairs:
        texts = [changed(base, *side) for side in sides]
        merged = repository(base, *texts, driver=driver)
        if merged is None:
            count["conflict"] += 1
            continue
        both = dict(before.by_id)
        for text, (events, edited) in zip(texts, sides, strict=True):
            after = load_texts(files_of(text)).by_id
            both |= {id_: after[id_] for id_ in [*(event.id for event in events), *filter(None, [edited])]}
        try:
            store = load_texts(files_of(merged))
        except StoreError:
            count["refused"] += 1
            continue
        same = not set(differing(store, before._replace(by_id=both)))
        count[f"{'right' if same else 'wrong'}, {'told' if find_problems(store, TODAY, SOUND) else 'sound'}"] += 1
    return count


def files_of(record):
    return (("events.yaml", record),) if isinstance(record, str) else tuple(record.items())


def days(random_, when):
    """A day of the record's years, of a certain month, or of the two months after the newest event."""
    spans = {"any": ("1949-01-01", "2026-06-30"), "newest": ("2026-07-01", "2026-08-31")}
    first, last = spans.get(when, (f"{when}-01", f"{when}-28"))
    return date.fromordinal(
        random_.randint(*(date.fromisoformat(day).toordinal() for day in (first, last)))
    ).isoformat()


def pairs(count, when, ids):
    """What two people do: they add one to three visits each, and where `when` says so change an event of their own choice, too."""
    random_ = random.Random(4)
    for number in range(count):
        edited = random_.sample(sorted(ids), 2) if when == "edits" else (None, None)
        near = {"month": days(random_, "any")[:7], "edits": "any"}.get(when, when)
        yield tuple(
            (
                [
                    a_visit(f"{who}-{number}-{n}", days(random_, near), f"Somebody {number} {n}")
                    for n in range(random_.randint(1, 3))
                ],
                event,
            )
            for who, event in zip(("ours", "theirs"), edited, strict=True)
        )


RECORDS = {"large": ROOT / "events.yaml", "small": ROOT / "records" / "india-poland.yaml"}


@pytest.mark.skipif(not RECORDS["large"].exists(), reason="the records are not beside the tests")
@pytest.mark.parametrize("size", ["small", pytest.param("large", marks=pytest.mark.long)])
@pytest.mark.parametrize("way", ["", "union", "timeline", "folder"], ids=lambda way: way or "git")
@pytest.mark.parametrize("when", ["any", "month", "newest", "edits"])
def test_two_branches_that_add_visits_merge(repository, request, when, way, size):
    """docs/checks.md states what is measured here with --long: days of any year, of one month, and of the two months after the newest event."""
    count, base = PAIRS if request.config.getoption("--long") else 1, RECORDS[size].read_text("utf-8")
    ids = load_text(base).by_id
    if way == "folder":
        base = {f"events/{name}": text for name, text in divided(base).items()}
    found = outcomes(repository, base, pairs(count, when, ids), driver="" if way == "folder" else way)
    print(f"{size} record, {when}, {way or 'git alone'}: {dict(found)} of {count}")
    if way in ("timeline", "folder"):
        assert found == {"right, sound": count}
    elif way == "union":
        assert not found.keys() & {"conflict", "wrong, sound"}
    else:
        assert found.keys() <= {"conflict", "right, sound", "right, told"}


BASE = "timeline: 1\nevents:\n\n" + "\n".join(
    f"- id: v-{month:02}\n  date: 2001-{month:02}-10\n  visitor: china\n  host: japan\n  people:\n  - name: A{month}\n    offices: [minister]\n  sources:\n  - title: T\n    url: https://news.org/{month}\n"
    for month in range(1, 13)
)


def test_two_visits_between_the_same_two_are_a_conflict_that_git_shows(repository):
    """Both stand in one place, and only a person can say in which order: better a conflict than fields of the one in the other."""
    assert repository(BASE, added(BASE, a_visit("a", "2001-05-20")), added(BASE, a_visit("b", "2001-05-25"))) is None


def test_the_driver_puts_them_in_order(repository):
    ours, theirs = added(BASE, a_visit("a", "2001-05-25")), added(BASE, a_visit("b", "2001-05-20"))
    merged = repository(BASE, ours, theirs, driver="timeline")
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
    assert repository(BASE, ours, theirs, driver="timeline") == result


def test_a_file_that_is_no_store_by_itself_is_left_to_git(repository):
    assert (
        repository("a: 1\n\n\n\nb: 1\n", "a: 2\n\n\n\nb: 1\n", "a: 1\n\n\n\nb: 2\n", driver="timeline")
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


def an_event(id_, year, *, name="X", column=0):
    lines = (f"- id: {id_}", f"  date: {year}", "  visitor: china", "  host: japan", f"  people: [{{name: {name}}}]")
    return "".join(f"{' ' * column}{line}\n" for line in lines)


HEAD = "timeline: 1\nevents:\n"
A, B, C, D = (an_event(id_, year) for id_, year in (("a", 2001), ("b", 2000), ("c", 2002), ("d", 2003)))


def crlf(text):
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        pytest.param("", HEAD + B, HEAD + A, HEAD + B + "\n" + A, id="both began the file"),
        pytest.param("\n", HEAD + B, HEAD + B + A, HEAD + B + "\n" + A, id="both began the file with one event in common"),
        pytest.param(HEAD + B, HEAD + B + A, (HEAD + B + C)[:-1], HEAD + B + A + "\n" + C, id="their last line has no end"),
        pytest.param(HEAD + B, (HEAD + B + A)[:-1], HEAD + B + C, HEAD + B + A + "\n" + C, id="our last line has no end"),
        pytest.param((HEAD + B)[:-1], (HEAD + B)[:-1], (HEAD + B + A)[:-1], HEAD + B + "\n" + A, id="no last line has an end"),
        pytest.param(crlf(HEAD + B), crlf(HEAD + B + A), crlf(HEAD + B + C), crlf(HEAD + B + A + "\n" + C), id="CRLF stays"),
        pytest.param(HEAD + B, crlf(HEAD + B + A), HEAD + B + C, crlf(HEAD + B + A + "\n" + C), id="CRLF is ours"),
        pytest.param(HEAD + B, HEAD + B + A, crlf("# theirs\n" + HEAD + B), "# theirs\n" + HEAD + B + "\n" + A, id="CRLF is theirs"),
        pytest.param(HEAD + A + B, HEAD + A + B + C, HEAD + B + A, HEAD + B + A + "\n" + C, id="they put in order"),
        pytest.param(HEAD + A + B, HEAD + B + A, HEAD + A + B + C, HEAD + B + A + "\n" + C, id="we put in order"),
        pytest.param(HEAD + A + B + C, HEAD + B + A + C, HEAD + A + C + B, None, id="two orders"),
        pytest.param(HEAD + "# m\n" + B + A, HEAD + "# m\n" + B + A + C, HEAD + B + "# m\n" + A, HEAD + B + "# m\n" + A + "\n" + C, id="a comment moved by them"),
        pytest.param(HEAD + "# m\n" + B + A, HEAD + B + "# m\n" + A, HEAD + B + A + "# m\n", None, id="a comment moved twice"),
        pytest.param(HEAD + B + "# n\n" + C, HEAD + B + "# n\n" + A + C, HEAD + B + "# n\n" + C + D, HEAD + B + "# n\n" + A + C + "\n" + D, id="an event below a heading"),
        pytest.param(HEAD + B + "# n\n" + C, HEAD + B + "# n\n" + A + C, HEAD + "# t\n" + B + "# n\n" + C, None, id="an event below a heading, and another heading"),
        pytest.param(HEAD + B + "  # in b\n" + A, HEAD + B + "  # in b\n" + A + C, HEAD + B.replace("X", "Y") + "  # in b\n" + A, HEAD + B.replace("X", "Y") + "  # in b\n" + A + C, id="an edit above a comment in the event"),
        pytest.param(HEAD + B + A + C, HEAD + B, HEAD + B.replace("X", "Y") + A + C, HEAD + B.replace("X", "Y"), id="two taken out, one changed"),
        pytest.param(HEAD + B + A + C, HEAD + B.replace("X", "Y") + A + C, HEAD + B, HEAD + B.replace("X", "Y"), id="one changed, two taken out"),
        pytest.param(HEAD + B + A, HEAD + B, HEAD + B + A.replace("X", "Y"), None, id="one taken out here and changed there"),
        pytest.param(HEAD + an_event("b", 2000, column=2), HEAD + an_event("b", 2000, column=2) + an_event("a", 2001, column=2), HEAD + an_event("b", 2000, name="Y", column=2), HEAD + an_event("b", 2000, name="Y", column=2) + an_event("a", 2001, column=2), id="indented lists"),
    ],
)  # fmt: skip
def test_nothing_of_either_side_is_dropped(base, ours, theirs, result):
    """Carried over, or refused and left to git."""
    if result is None:
        with pytest.raises(ChangeError):
            merge(base, ours, theirs)
    else:
        assert merge(base, ours, theirs) == result


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("", id="empty"),
        pytest.param("hello\n", id="a text"),
        pytest.param("\0", id="a NUL"),
        pytest.param("timeline: 1\nevents: &a [*a]\n", id="an alias of itself"),
        pytest.param(f"timeline: 1\nevents: {'[' * 3000}\n", id="3,000 brackets"),
        pytest.param("timeline: 1\nevents: [{id: b, date: 2000, visitor: china, host: japan, people: [{name: X}]}]\n", id="events in brackets"),
        pytest.param("timeline: 1\n? events\n: - id: b\n    date: 2000\n    visitor: china\n    host: japan\n    people: [{name: X}]\n", id="a question mark"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
def test_what_is_no_record_is_refused_before_it_is_walked(run, tmp_path, side, broken):
    for name in ("base", "ours", "theirs"):
        (tmp_path / f"{name}.yaml").write_text(broken if name == side else HEAD + B)
    before = (tmp_path / "ours.yaml").read_bytes()
    done = run("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    if (broken, side) == ("", "base"):
        assert (done.code, done.err) == (0, "")
    else:
        assert (done.code, done.err.count("\n")) == (2, 1), done.err
    assert (tmp_path / "ours.yaml").read_bytes() == before


@st.composite
def a_version(draw, units):
    """Another version of a record, given as units of an id and a number, or of a comment: some changed, gone, new or elsewhere."""
    units = list(units)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(units)))
        name = draw(st.sampled_from(["p", "q", "r", "# s", "# t"]))
        new = (name, 0 if name[0] == "#" else draw(st.integers(0, 3)))
        match draw(st.sampled_from(["edit", "remove", "add", "move"])):
            case "add" if new[0] not in dict(units):
                units.insert(at, new)
            case _ if at == len(units):
                pass
            case "edit" if not units[at][0].startswith("#"):
                units[at] = (units[at][0], draw(st.integers(0, 3)))
            case "remove":
                del units[at]
            case "move":
                units.insert(draw(st.integers(0, len(units) - 1)), units.pop(at))
    return units


@st.composite
def three_versions(draw):
    base = draw(st.lists(st.sampled_from(["a", "b", "c", "# x", "# y"]), max_size=5, unique=True))
    units = [(name, 0) for name in base]
    return units, draw(a_version(units)), draw(a_version(units))


def text_of(units, breaks, *, ended):
    """Units as a record. An event is of the year that its id says."""
    made = [f"{n}\n" if n[0] == "#" else an_event(n, 1900 + ord(n[0]), name=f"X{k}") for n, k in units]
    text = HEAD + "".join(made)
    return (text if ended else text[:-1]).replace("\n", breaks)


def units_of(text):
    found = re.findall(r"^(# .)|^- id: (\w)(?s:.*?)name: X(\d)", text, re.MULTILINE)
    return [(comment or id_, int(number or 0)) for comment, id_, number in found]


def order_of(units, among):
    return [name for name, _ in units if name in among]


@given(three_versions(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_a_merge_has_every_change_of_both_or_is_refused(versions, our_breaks, their_breaks, our_end, their_end):
    base, ours, theirs = versions
    try:
        text = merge(
            text_of(base, our_breaks, ended=True),
            text_of(ours, our_breaks, ended=our_end),
            text_of(theirs, their_breaks, ended=their_end),
        )
    except ChangeError:
        assert ours != base
        assert theirs != base
        return
    assert text.count("\n") == text.count(our_breaks)
    result, was = units_of(text), dict(base)
    assert len(result) == len(dict(result))
    for side, other in ((ours, theirs), (theirs, ours)):
        now, kept = dict(side), dict(result)
        for name in now.keys() | was.keys():
            changed = now.get(name) != was.get(name)
            assert kept.get(name) == (now.get(name) if changed else dict(other).get(name))
        shared = now.keys() & was.keys() & kept.keys()
        if order_of(side, shared) != order_of(base, shared):
            assert order_of(result, shared) == order_of(side, shared)


def test_a_conflict_ends_with_1(run, tmp_path):
    for name, year in (("base", 2001), ("ours", 2002), ("theirs", 2003)):
        text = f"timeline: 1\nevents:\n- id: visit\n  date: {year}\n  visitor: china\n  host: japan\n  people: [{{name: Somebody}}]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    done = run("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert (done.code, "both changed visit" in done.err) == (1, True)
    (tmp_path / "theirs.yaml").write_text((tmp_path / "ours.yaml").read_text())
    assert run("merge", "base.yaml", "ours.yaml", "theirs.yaml").code == 0


@pytest.mark.parametrize("names", [("a", "a", "b"), ("a", "b", "a"), ("b", "a", "a")], ids=" ".join)
def test_two_of_the_three_may_be_one_file(run, tmp_path, names):
    visit = "- {{id: {0}, date: 2001, visitor: china, host: japan, people: [{{name: {0}}}]}}\n"
    for name, ids in (("a", "x"), ("b", "xy")):
        (tmp_path / name).write_text("timeline: 1\nevents:\n" + "".join(map(visit.format, ids)), encoding="utf-8")
    done = run("merge", *names)
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
