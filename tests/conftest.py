"""Fixtures: `run` a command, `browse` a store, read a `store_of` text, make `a_visit`, hold output against a `golden` file."""

import asyncio
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from timeline.dates import parse_when
from timeline.model import Event, Person
from timeline.store import load_text

HERE = Path(__file__).parent
sys.path.append(str(HERE))
from forks import started  # noqa: E402 - it stands beside this file, also where the tests run against an installed package

settings.register_profile("short", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("short"), max_examples=5000)


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run what takes long in full")
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite tests/golden and tests/errors/*.txt from what is printed now",
    )


def pytest_configure(config):
    settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="takes long: run with --long"))


@pytest.fixture(scope="session")
def some(request):
    """One in `every` of some things that take long together; all of them with --long."""
    whole = request.config.getoption("--long")
    return lambda things, every: list(things)[:: 1 if whole else every]


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """The cache folder of all commands of this run of the tests, so that most of them find what another has kept."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def run(tmp_path, cache):
    """Run `timeline` with arguments, as a process of its own in an empty folder, with nothing of the environment of whoever runs the tests."""

    def run(*args, stdin="", env=None, cwd=None):
        kept = {
            key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV") if key in os.environ
        }
        given = kept | {"HOME": str(tmp_path), "XDG_CACHE_HOME": cache, "LANG": "C.UTF-8", "TZ": "UTC"} | (env or {})
        done = started(
            [*map(str, args)],
            {key: value for key, value in given.items() if value is not None},
            cwd or tmp_path,
            stdin.encode() if isinstance(stdin, str) else stdin,
        )
        return Done(
            done.returncode,
            done.stdout.decode("utf-8", "surrogateescape"),
            done.stderr.decode("utf-8", "surrogateescape"),
        )

    return run


@pytest.fixture
def ask(tmp_path, cache, monkeypatch):
    """As `run`, in this process: a tenth of the time, for what does not depend on the process."""
    from typer.testing import CliRunner

    from timeline.cli import app

    def ask(*args, stdin="", env=None):
        monkeypatch.chdir(tmp_path)
        nothing = dict.fromkeys(("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TIMELINE_STORE", "XDG_CONFIG_HOME"))
        done = CliRunner().invoke(
            app,
            list(map(str, args)),
            input=stdin,
            env=nothing | {"HOME": str(tmp_path), "XDG_CACHE_HOME": cache} | (env or {}),
            catch_exceptions=False,
        )
        return Done(done.exit_code, done.stdout_bytes.decode(), done.stderr)

    return ask


class Seen(NamedTuple):
    """What the browser shows: the whole screen, the ids of the rows in the table, the pane, and the application itself."""

    screen: str
    ids: list[str]
    pane: str
    app: Any


@pytest.fixture
def typed(tmp_path, cache):
    """Run a command at a terminal on which lines are typed. Gives the status and what it said."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")

    def typed(*args, lines, env=None):
        ours, theirs = pty.openpty()
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": cache,
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        os.write(ours, "".join(f"{line}\n" for line in lines).encode())
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *args],
            stdin=theirs,
            capture_output=True,
            cwd=tmp_path,
            env=given | (env or {}),
            timeout=60,
            check=False,
        )
        os.close(ours)
        os.close(theirs)
        return done.returncode, done.stderr.decode()

    return typed


@pytest.fixture
def browse():
    """Press keys in the browser over a store, on a screen that nobody sees, and give what it shows at the end.

    A key `paste:TEXT` is a text that comes in at once, as terminals paste it: its letters one by one take a second. `look` is called before the end, with
    the pilot and what presses more keys.
    """
    pytest.importorskip("textual", reason="browse needs pip install 'timeline-visits[tui]'")
    from textual import events
    from textual.widgets import RichLog

    from timeline.browser.app import Browser
    from timeline.browser.session import Session
    from timeline.cli.browse import read_filter
    from timeline.dates import parse_day
    from timeline.series import Cut

    async def press(pilot, keys):
        for key in keys:
            if key.startswith("paste:"):
                pilot.app.post_message(events.Paste(key.removeprefix("paste:")))
                await pilot.pause()
            else:
                await pilot.press(key)

    def browse(store, *keys, asked="", size=(80, 24), kind=Session, look=None, **more):
        today = parse_day("2026-11-24").toordinal()
        app = Browser(kind(store, today, Cut(), lambda text: read_filter(text, store), **more), asked)
        app.animation_level = "none"  # after each key Textual waits until nothing moves

        async def pressed():
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await press(pilot, keys)
                if look:
                    await look(pilot, partial(press, pilot))
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()
                lines = app.screen._compositor.render_strips()
                return Seen(
                    "".join(f"{line.text.rstrip()}\n" for line in lines),
                    [key.value for key in app.table.rows],
                    "".join(f"{line.text.rstrip()}\n" for line in app.query_one(RichLog).lines),
                    app,
                )

        return asyncio.run(pressed())

    return browse


@pytest.fixture(scope="session")
def store_of():
    """Read a store from the events of a text; the version stands before it."""
    return lambda text: load_text("timeline: 1\n" + text)


@pytest.fixture(scope="session")
def a_visit():
    """A visit of Wen Jiabao to Pyongyang, with some fields as given."""

    def a_visit(date="2009-10-04/2009-10-06", **fields):
        usual = {
            "id": "a-visit",
            "date": parse_when(date) if isinstance(date, str) else date,
            "visitor": "china",
            "host": "north-korea",
            "people": (Person("Wen Jiabao", "Premier", ("premier",)),),
        }
        return Event(**(usual | fields))

    return a_visit


@pytest.fixture
def golden(request):
    """Hold a text against tests/golden/NAME, or write it there with --update-golden."""

    def golden(name, text, folder="golden"):
        path = HERE / folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"{path} is missing; write it with --update-golden"
        with path.open(encoding="utf-8", newline="") as expected:
            assert text == expected.read()

    return golden
