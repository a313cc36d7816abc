"""The gallery of bad stores: each with the exact message in errors/NAME.txt, which docs/errors.md shows."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline.cli.problems import problem_lines
from timeline.errors import Problem, StoreError
from timeline.text import width

HERE = Path(__file__).parent
GALLERY = HERE / "errors"
STORES = sorted(path.name for path in GALLERY.iterdir() if path.suffix in (".yaml", ".csv"))


@pytest.mark.parametrize("store", STORES)
def test_a_bad_store_is_refused_with_its_message(run, golden, store):
    done = run("list", "--store", store, cwd=GALLERY)
    assert (done.code, done.out) == (4, "")
    golden(Path(store).with_suffix(".txt").name, done.err, folder="errors")


@pytest.mark.parametrize(
    "character", ["\0", "中", "a", "\u202e"], ids=["NUL", "wide", "a letter", "a mark of direction"]
)
@pytest.mark.parametrize("column", [1, 60, 1000])
def test_an_excerpt_has_a_hundred_columns_at_most_and_the_caret_in_them(character, column):
    error = StoreError(
        [Problem("x.yaml", 7, column, "name", "what", excerpt=character * (column - 1) + "!" + character * 500)]
    )
    _, line, caret, _ = problem_lines(error)
    margin = len("    7 | ")
    assert 90 < width(line) - margin <= 100
    assert width(line[: line.index("!")]) == caret.index("^")


def a_folder(path):
    path.mkdir()


def a_pipe(path):
    os.mkfifo(path)


def a_loop(path):
    path.symlink_to(path.name)


def a_file_of_200_mb(path):
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)


def an_event_of_too_many_values(path):
    path.write_text(f"timeline: 1\nevents:\n- id: a\n  tags: [{'a, ' * 10_001}a]\n")


def a_folder_with_bad_files(path):
    path.mkdir()
    (path / "1.yaml").write_text("timeline: 1\nevents:\n- id: a\n")
    (path / "2.yaml").mkdir()
    (path / "3.yaml").write_text("")
    (path / "notes.txt").write_text("not read")


def a_folder_with_a_link_out_of_it(path):
    path.mkdir()
    secret = path.with_name("secret.txt")
    secret.write_text("not: part of the record\n")
    (path / "1.yaml").symlink_to(secret)


MADE = {
    "missing-file": str,  # nothing is made
    "empty-folder": a_folder,
    "pipe": a_pipe,
    "loop-of-links": a_loop,
    "200-mb": a_file_of_200_mb,
    "too-many-values": an_event_of_too_many_values,
    "folder-of-bad-files": a_folder_with_bad_files,
    "link-out-of-a-folder": a_folder_with_a_link_out_of_it,
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_not_a_readable_file_is_refused_with_its_message(run, golden, tmp_path, name):
    MADE[name](tmp_path / f"{name}.yaml")
    done = run("list", "--store", f"{name}.yaml")
    assert (done.code, done.out) == (4, "")
    golden(f"{name}.txt", done.err, folder="errors")


def test_every_message_belongs_to_a_store():
    expected = {Path(store).stem for store in STORES} | set(MADE)
    assert {path.stem for path in GALLERY.glob("*.txt")} == expected


@pytest.mark.parametrize("event", ["- {}\n", "- a\n", "- id: A\n  dat: 2000\n", "a: 1\n"], ids=ascii)
def test_of_a_file_of_nothing_but_errors_no_more_is_read_than_helps(tmp_path, event):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        f"timeline: 1\n{'events:' if event.startswith('-') else 'title: a'}\n{event * (50 * 1024**2 // len(event))}"
    )
    used, seconds, errors = cost_of("list", "--store", path)
    first, last = errors.splitlines()[-2:]
    assert first == "… and 9,800 more, where the reading stopped: mend these first"
    assert last == "at least 10,000 problems in 1 file; nothing is answered from a record with errors"
    assert seconds < 5
    assert used < 250_000


def test_a_program_is_told_that_the_reading_stopped(run):
    for count, stopped in ((9_998, False), (10_001, True)):
        done = run("list", "--store", "-", "-O", "json", stdin="timeline: 1\nevents:\n" + "- a\n" * count)
        assert json.loads(done.out)["summary"] == {"error": min(count, 10_000), "stopped": stopped}


def test_a_device_that_never_ends_is_refused_at_once(run):
    done = run("list", "--store", "/dev/zero")
    assert (done.code, "not a regular file" in done.err) == (4, True)


def cost_of(*args):
    """What a run takes: the most memory in kilobytes, seconds of computing, and what it says on standard error."""
    measure = "import resource, subprocess, sys; subprocess.run(sys.argv[1:]); used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_maxrss, used.ru_utime + used.ru_stime)"
    command = [sys.executable, "-c", measure, sys.executable, "-m", "timeline", *args]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    memory, seconds = done.stdout.split()
    return int(memory), float(seconds), done.stderr


def test_a_file_of_200_mb_costs_neither_time_nor_memory(tmp_path):
    path = tmp_path / "big.yaml"
    a_file_of_200_mb(path)
    used, seconds, _ = cost_of("list", "--store", path)
    assert seconds < 5
    assert used < 150_000


def test_standard_input_of_200_mb_is_read_no_further_than_needed(run):
    done = run("list", "--store", "-", stdin=b"\0" * (129 * 1024**2))
    assert (done.code, "larger than 128 MB" in done.err) == (4, True)


def test_a_store_of_aliases_is_refused_before_it_grows(run):
    layers = "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=False)
    )
    began = time.monotonic()
    done = run("list", "--store", "-", stdin=f"timeline: 1\na: &a [lol]\n{layers}")
    assert (done.code, "yaml-anchor" in done.err) == (4, True)
    assert time.monotonic() - began < 5


def test_all_problems_of_all_files_come_at_once_in_order(run, tmp_path):
    (tmp_path / "b.yaml").write_text("timeline: 1\nevents:\n- id: B\n  dat: 2000\n")
    (tmp_path / "a.yaml").write_text("timeline: 1\ntitel: x\nevents: none\n")
    done = run("list", "--store", ".")
    places = [line.split(": ")[0] for line in done.err.splitlines() if "error[" in line]
    assert places == ["a.yaml:2:1", "a.yaml:3:1", "b.yaml:3:3", "b.yaml:3:7", "b.yaml:4:3"]
    assert done.err.splitlines()[-1] == "5 problems in 2 files; nothing is answered from a record with errors"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(run, line_end):
    text = line_end.join(["timeline: 1", "title: 北京", "events:", "- id: ÄÖ 北京", ""])
    done = run("list", "--store", "-", stdin=text)
    assert "standard input:4:7: error[bad-id]: 'ÄÖ 北京' cannot be an id\n    4 | - id: ÄÖ 北京\n" in done.err


def test_the_page_of_errors_is_current(request):
    script = HERE.parent / "tools" / "errors_page.py"
    if not script.exists():
        pytest.skip("the tools are not part of the installed package")
    page = subprocess.run([sys.executable, script], capture_output=True, check=True).stdout.decode()
    target = HERE.parent / "docs" / "errors.md"
    if request.config.getoption("--update-golden"):
        target.write_text(page, encoding="utf-8")
    assert page == target.read_text("utf-8"), "write it again: python tools/errors_page.py > docs/errors.md"
