"""A bar for what takes longer than a moment: on a terminal only, and gone when the work is done."""

import os
import subprocess
import sys
from tempfile import TemporaryFile

import pytest
from terminals import run_at_terminal

from timeline.cli.places import shipped_record, shipped_records
from timeline.store import load

SLOW = """
import sys, time
from timeline.cli.progress import progress
with progress("reading") as watch:
    for done in range(10):
        if watch:
            watch(done, 10)
        time.sleep(0.12)
print("rich" in sys.modules)
"""


def on_a_terminal(*command, **env):
    """What a command writes on standard error, when that is a terminal."""
    with TemporaryFile() as out:
        given = os.environ | {"TERM": "xterm"} | env
        _, shown = run_at_terminal(command, streams=["stderr"], stdin=subprocess.DEVNULL, stdout=out, env=given)
        out.seek(0)
        return shown.decode(), out.read().decode()


def test_a_bar_is_shown_on_a_terminal_and_taken_away():
    shown, out = on_a_terminal(sys.executable, "-c", SLOW)
    assert "reading" in shown
    assert "80%" in shown
    assert shown.endswith("\x1b[2K")
    assert out == "True\n"


@pytest.mark.parametrize("env", [{"TERM": "dumb"}], ids=str)
def test_no_bar_where_it_could_not_be_drawn(env):
    assert on_a_terminal(sys.executable, "-c", SLOW, **env) == ("", "False\n")


def test_no_bar_in_a_pipe():
    done = subprocess.run([sys.executable, "-c", SLOW], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_no_bar_for_what_is_quick():
    shown, _ = on_a_terminal(sys.executable, "-m", "timeline", "list", "--store", shipped_records()["india-poland"])
    assert "\x1b" not in shown


@pytest.mark.parametrize("files", [1, 3])
def test_reading_tells_how_far_it_is(files):
    paths = [shipped_record(), *list(shipped_records().values())[6:8]][:files]
    told = []
    store = load(paths, watch=lambda done, total: told.append((done, total)))
    assert len(told) == len(store.events) + len(store.coverage)
    assert told == sorted(told)
    assert 0.9 < told[-1][0] / told[-1][1] <= 1
