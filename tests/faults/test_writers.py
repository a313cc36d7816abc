"""Many writers of one record at the same time: nothing is lost, nothing doubled, and no reader ever sees a broken file.

In full: python -m pytest tests/faults --long
"""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from timeline.store import load


def add(folder, writer, number):
    """One process that adds one event somewhere among the others."""
    year, month = 1950 + (writer * 7 + number * 13) % 70, 1 + (writer + number) % 12
    args = (
        "add",
        "--id",
        f"w{writer}-e{number}",
        "--date",
        f"{year}-{month:02}",
        "--visitor",
        "china",
        "--host",
        "dprk",
        "--person",
        f"Writer {writer}-{number}",
        "--source",
        "S",
        "--yes",
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"} | {
        key: os.environ[key] for key in ("PYTHONPATH", "VIRTUAL_ENV") if key in os.environ
    }
    done = subprocess.run(
        [sys.executable, "-m", "timeline", *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def read_on(path, stop, counts):
    """Read the record again and again; every reading must succeed and find at least what the one before found."""
    while not stop.is_set():
        counts.append(len(load([path]).events))
        time.sleep(0.05)


def test_writers_at_the_same_time_lose_nothing(tmp_path, request):
    writers, each = (50, 20) if request.config.getoption("--long") else (8, 5)
    path, stop, counts = tmp_path / "events.yaml", threading.Event(), []
    path.write_text("timeline: 1\n# all at once\nevents:\n")
    begun = time.perf_counter()
    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(read_on, path, stop, counts)
        work = [
            pool.submit(lambda writer=writer: [add(tmp_path, writer, number) for number in range(each)])
            for writer in range(writers)
        ]
        try:
            for one in work:
                one.result()
        finally:
            stop.set()
        reader.result()
    store = load([path])
    assert sorted(event.id for event in store.events) == sorted(
        f"w{w}-e{n}" for w in range(writers) for n in range(each)
    )
    assert list(store.events) == sorted(store.events, key=lambda event: event.origin.line)
    assert path.read_text().startswith("timeline: 1\n# all at once\nevents:\n")
    assert counts == sorted(counts)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".local", "events.yaml"]
    print(
        f"{writers} writers added {len(store.events)} events in {time.perf_counter() - begun:.0f} s; {len(counts)} readings meanwhile, none broken"
    )
