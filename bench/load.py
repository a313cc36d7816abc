"""How fast a store is read, in one process: `python bench/load.py FILE` prints events, seconds for a load, seconds for a bare walk over libyaml's events."""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from timeline.store import load_text

text = Path(sys.argv[1]).read_text("utf-8")


def walk() -> None:
    """What any reader by libyaml must do: take every event, keep none. With gc off, as `load` has it."""
    following = yaml.CSafeLoader(text).get_event
    while type(following()) is not yaml.StreamEndEvent:
        pass


def median(step: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
        gc.enable()
    return statistics.median(times)


print(len(load_text(text).events), median(lambda: load_text(text)), median(walk))
