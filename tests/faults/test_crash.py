"""The writer killed at any moment, and every system call of its way failing once: the record is the old one or the new one, and undo still works.

In full: python -m pytest tests/faults --long
"""

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from forks import started

HERE = Path(__file__).parent
BASE = """\
timeline: 1
# The record of a small pair.
events:

- id: zhou-pyongyang-1958-02
  date: 1958-02-14/1958-02-21
  visitor: china
  host: north-korea
  people: [{name: 周恩来}]

# the last one
- id: wen-pyongyang-2009-10
  date: 2009-10-04/2009-10-06
  visitor: china
  host: north-korea
  people: [{name: Wen Jiabao}]
"""
COMMANDS = {
    "add": ("add", "--date", "1979-01", "--visitor", "china", "--host", "dprk", "--person", "Deng Xiaoping", "--source", "A", "--yes"),
    "edit": ("edit", "wen-pyongyang-2009-10", "--set", "kind=goodwill", "--yes"),
    "remove": ("remove", "zhou-pyongyang-1958-02", "--yes"),
    "undo": ("undo", "--yes"),
}  # fmt: skip
RUNS = [
    "add",
    "edit",
    "undo",
    "add in a folder",
    "remove in a folder",
    "undo in a folder",
]  # there files are made and taken away
MADE = "the change was made"  # said where only the last flush failed


class Start(NamedTuple):
    """A folder before a command: its files, the record as it is, as it would become, as it was before the change before, and at first."""

    files: dict[str, bytes]
    old: dict[str, bytes]
    new: dict[str, bytes]
    previous: dict[str, bytes] | None
    base: dict[str, bytes]


def record_of(folder):
    """The files of the record, whether it is one or a folder of them."""
    return {path.name: path.read_bytes() for path in (*folder.glob("*.yaml"), *folder.glob("events/*.yaml"))}


def environment(folder, **more):
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV") if key in os.environ}
    return kept | {"HOME": str(folder), "LANG": "C.UTF-8"} | more


def timeline(folder, *args):
    return told(started([*args], environment(folder), folder))


def faulty(folder, *args, **fault):
    """A command in a new process, with the layer that lets calls fail."""
    # -P: the interpreter itself, before it comes to the program, looks for nothing in the folder.
    command, env = [sys.executable, "-P", "-m", "timeline", *args], environment(folder, **fault)
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, timeout=120, stdin=subprocess.DEVNULL, check=False
    )
    return told(done)


def told(done):
    done.stderr = done.stderr.decode()
    return done


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def restore(folder, start):
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in start.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def prepared(folder, run, *, fresh=False):
    """A record with one change behind it (none where `fresh`), and what the command would make of it."""
    command, _, several = run.partition(" in a ")
    (folder / "events.yaml").write_text(BASE, encoding="utf-8")
    if several:
        assert timeline(folder, "fmt", "--into", "events/").returncode == 0
        (folder / "events.yaml").unlink()
        (folder / "timeline.toml").write_text('store = "events"')
    base = record_of(folder)
    if not fresh:
        assert timeline(folder, "edit", "zhou-pyongyang-1958-02", "--set", "kind=state", "--yes").returncode == 0
    if command == "undo":
        assert timeline(folder, *COMMANDS["add"]).returncode == 0
    files, old = files_of(folder), record_of(folder)
    assert timeline(folder, *COMMANDS[command]).returncode == 0
    new = record_of(folder)
    assert len({len(old), len(new)}) == (1 if run in COMMANDS else 2)
    return Start(files, old, new, None if fresh else new if command == "undo" else base, base)


def look(folder, start, run):
    """Whether the record became the new one; fails where it is neither, or where undo does not give back what was before."""
    found = record_of(folder)
    assert found in (start.old, start.new)
    done = timeline(folder, "undo", "--yes")
    after = record_of(folder)
    if found == start.new:
        assert after == (start.base if run.startswith("undo") else start.old), done.stderr
    elif start.previous is None:
        assert (after, "nothing to undo" in done.stderr) == (start.old, True)
    else:
        assert after == start.previous, done.stderr
    if done.returncode == 0:  # who writes sweeps up what was left
        assert not [*folder.glob(".timeline*"), *folder.glob("events/.timeline*")]
    return found == start.new


# --- killed ----------------------------------------------------------------------------------------------------------------------------------

READY = """\
import sys
import timeline.cli.changing, timeline.cli.given, timeline.cli.review, timeline.store.undo, timeline.changes, timeline.diff, timeline.answers.change
import yaml, filelock, json, difflib
sys.stdout.write("ready\\n")
sys.stdout.flush()
from timeline.cli import main
main()
"""


def killed(folder, run, delay):
    """Run a command and kill it so many seconds after it has loaded. Gives whether it was still running, and how long it ran."""
    process = subprocess.Popen(
        [sys.executable, "-c", READY, *COMMANDS[run.partition(" ")[0]]],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    process.stdout.readline()
    begun = time.perf_counter()
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.kill()
    code = process.wait()
    process.stdout.close()
    return code == -9, time.perf_counter() - begun


def kill_often(folder, run, kills, seed):
    """Kill a command so many times. Gives how often it ran, as some runs end before, and how many records became the new one."""
    folder.mkdir()
    start, dice = prepared(folder, run), random.Random(seed)
    restore(folder, start)
    usual = max(killed(folder, run, 60)[1], 0.02)
    runs = shots = became = 0
    while shots < kills:
        restore(folder, start)
        shot, _ = killed(folder, run, dice.uniform(0, usual))
        new = look(folder, start, run)
        runs, shots, became = runs + 1, shots + shot, became + (shot and new)
    return runs, shots, became


def test_a_writer_that_is_killed_leaves_the_old_record_or_the_new_one(tmp_path, request):
    kills = 1200 if request.config.getoption("--long") else 12
    jobs = [(tmp_path / f"{run}-{half}", run, kills // 12, f"{run}-{half}") for run in RUNS for half in (1, 2)]
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda job: kill_often(*job), jobs))
    runs, shots, new = (sum(column) for column in zip(*counts, strict=True))
    print(f"{runs} runs, {shots} of them killed: {new} records are the new one, {shots - new} the old one, 0 else")


# --- every system call -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("the layer that lets system calls fail needs Linux and a C compiler")
    path = tmp_path_factory.mktemp("shim") / "shim.so"
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", path, HERE / "shim.c", "-ldl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return path


def every_call(folder, shim, run, step, *, fresh=False, **fault):
    """Let each `step`-th call of a command fail. Gives the calls, with whether the record became the new one."""
    folder.mkdir()
    start, hits = prepared(folder, run, fresh=fresh), []
    hit = folder.parent / f"{folder.name}.hit"
    for number in range(1, 10_000, step):
        restore(folder, start)
        hit.unlink(missing_ok=True)
        done = faulty(
            folder,
            *COMMANDS[run.partition(" ")[0]],
            LD_PRELOAD=str(shim),
            FAULT_UNDER=str(folder),
            FAULT_AT=str(number),
            FAULT_HIT=str(hit),
            **fault,
        )
        if not hit.exists():
            assert done.returncode == 0, done.stderr
            return hits
        call = hit.read_text()
        assert "Traceback" not in done.stderr, (number, call, done.stderr)
        new = record_of(folder) == start.new
        if "FAULT_KILL" not in fault:
            assert new == (done.returncode == 0 or MADE in done.stderr), (number, call, done.stderr)
        assert look(folder, start, run) == new, (number, call)
        hits.append((call, new))
    raise AssertionError("the calls do not end")


FAULTS = [
    pytest.param({"FAULT_ERRNO": str(errno.ENOSPC)}, id="ENOSPC"),
    pytest.param({"FAULT_ERRNO": str(errno.EIO)}, id="EIO"),
    pytest.param({"FAULT_ERRNO": str(errno.EACCES)}, id="EACCES"),
    pytest.param({"FAULT_KILL": "1"}, id="killed there"),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_system_call_fails_once(tmp_path, shim, request, fault):
    step = 1 if request.config.getoption("--long") else 397
    jobs = [
        (tmp_path / "fresh", shim, "add", step, True),
        *((tmp_path / run, shim, run, step, False) for run in RUNS),
    ]
    with ThreadPoolExecutor(2) as pool:
        hits = [
            one for found in pool.map(lambda job: every_call(*job[:4], fresh=job[4], **fault), jobs) for one in found
        ]
    new = sum(became for _, became in hits)
    print(
        f"{len(hits)} calls of {len(dict(hits))} kinds failed ({', '.join(sorted(dict(hits)))}): {new} records are the new one, {len(hits) - new} the old one"
    )


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664], ids=oct)
@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_what_a_writer_leaves_nobody_may_read_who_may_not_read_the_record(tmp_path, shim, call, mode):
    """Killed before the call; whatever lies there then is for the same people at most."""
    record = tmp_path / "events.yaml"
    record.write_text(BASE, encoding="utf-8")
    record.chmod(mode)
    fault = {"FAULT_UNDER": str(tmp_path), "FAULT_AT": "1", "FAULT_CALL": call, "FAULT_KILL": "1"}
    umask = os.umask(0)
    try:
        state = {"XDG_STATE_HOME": str(tmp_path.parent / f"{tmp_path.name}.state")}
        done = faulty(tmp_path, *COMMANDS["edit"], LD_PRELOAD=str(shim), **fault, **state)
    finally:
        os.umask(umask)
    (left,) = tmp_path.glob(".timeline-*.tmp")
    assert done.returncode == -9
    assert stat.S_IMODE(left.stat().st_mode) & ~mode == 0


def test_where_an_attribute_cannot_be_kept_nothing_is_changed(tmp_path, shim):
    record = tmp_path / "events.yaml"
    record.write_text(BASE, encoding="utf-8")
    try:
        os.setxattr(record, "user.Origin", b"scan 12")
    except OSError:
        pytest.skip("needs a file system with extended attributes")
    fault = {"FAULT_UNDER": str(record.parent), "FAULT_AT": "1", "FAULT_CALL": "fsetxattr"}
    done = faulty(tmp_path, *COMMANDS["edit"], LD_PRELOAD=str(shim), FAULT_ERRNO=str(errno.ENOTSUP), **fault)
    assert done.returncode == 2
    assert "its attribute user.Origin cannot be kept (operation not supported); nothing was changed" in done.stderr
    assert record.read_text("utf-8") == BASE
    assert not [*tmp_path.glob(".timeline*")]


CLAIM = "\nclaims:\n- id: c\n  claim: The first in 51 years\n  about: wen-pyongyang-2009-10\n"
RENAME = ("rename", "wen-pyongyang-2009-10", "wen", "--yes")


def renamed_in_a_folder(folder):
    """A record in a folder, with an event that a claim in another file refers to, and one change behind it: as it was before that, as it is, as it becomes."""
    (folder / "events.yaml").write_text(BASE + CLAIM, encoding="utf-8")
    assert timeline(folder, "fmt", "--into", "events/").returncode == 0
    (folder / "events.yaml").unlink()
    (folder / "timeline.toml").write_text('store = "events"')
    previous = record_of(folder)
    assert timeline(folder, "edit", "zhou-pyongyang-1958-02", "--set", "kind=state", "--yes").returncode == 0
    files, old = files_of(folder), record_of(folder)
    assert timeline(folder, *RENAME).returncode == 0
    return Start(files, old, record_of(folder), previous, previous)


@pytest.mark.parametrize("fault", FAULTS)
def test_of_a_change_of_two_files_each_is_whole_and_undo_gives_back_what_was(tmp_path, shim, request, fault):
    """The one system call that fails may be that between the two files: that is told, and the half that was made can be taken back."""
    folder, hit, halves = tmp_path / "record", tmp_path / "hit", 0
    folder.mkdir()
    start = renamed_in_a_folder(folder)
    assert sum(start.old[name] != start.new[name] for name in start.old) == 2
    for number in range(1, 10_000, 1 if request.config.getoption("--long") else 97):
        restore(folder, start)
        hit.unlink(missing_ok=True)
        given = {"LD_PRELOAD": str(shim), "FAULT_UNDER": str(folder), "FAULT_AT": str(number), "FAULT_HIT": str(hit)}
        done = faulty(folder, *RENAME, **given, **fault)
        found = record_of(folder)
        assert all(found[name] in (start.old[name], start.new[name]) for name in start.old)
        assert found.keys() == start.old.keys()
        if not hit.exists():
            assert (done.returncode, found) == (0, start.new)
            break
        half = found not in (start.old, start.new)
        if "FAULT_KILL" not in fault:
            assert half == ("timeline undo takes that back" in done.stderr), (hit.read_text(), done.stderr)
            assert (found == start.new) == (done.returncode == 0 or MADE in done.stderr), done.stderr
        assert timeline(folder, "undo", "--yes").returncode == 0
        assert record_of(folder) == (start.previous if found == start.old else start.old), hit.read_text()
        halves += half
    print(f"{number} calls, {halves} of them between the two files")
