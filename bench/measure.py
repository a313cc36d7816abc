"""Whole processes, timed in turn: medians and peak memory. The parent stays small, since a child's peak begins with its parent's size."""

import os
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

TIMELINE = str(Path(sys.executable).with_name("timeline"))


class Cost(NamedTuple):
    """Median time and highest peak of memory of one command."""

    seconds: float
    megabytes: float


def costs(commands: dict[str, list[str]], rounds: int, folder: Path) -> dict[str, Cost]:
    """Run each command once a round, so that what else the machine does meets all of them; a first round is not counted."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            cost = run(command, folder)
            if number:
                runs[name].append(cost)
    return {
        name: Cost(statistics.median(c.seconds for c in of_one), max(c.megabytes for c in of_one))
        for name, of_one in runs.items()
    }


def environment(folder: Path) -> dict[str, str]:
    """That of a process to time, its cache in the folder. Without compiled modules a start costs four times as much, so they are allowed."""
    unset = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "TIMELINE_STORE")
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    return kept | {"XDG_CACHE_HOME": str(folder / "cache")}


def run(command: list[str], folder: Path) -> Cost:
    """One process in a folder, its output thrown away."""
    env = environment(folder)
    null = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    here = Path.cwd()
    os.chdir(folder)
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, env, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    os.chdir(here)
    os.close(null)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(seconds, usage.ru_maxrss / 1024)
