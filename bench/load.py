"""How fast a store is read, in one process, and what it takes in memory: `python bench/load.py FILE`.

Prints how many events; the seconds of a load, of a bare walk over libyaml's events, and of one that keeps texts with their places as nodes; the bytes an event.
"""

import gc
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import yaml

from timeline.store import load_text
from timeline.store.reader import Document

text = Path(sys.argv[1]).read_text("utf-8")


def walk() -> None:
    """What any reader by libyaml must do: take every event, keep none. With gc off, as `load` has it."""
    following = yaml.CSafeLoader(text).get_event
    while type(following()) is not yaml.StreamEndEvent:
        pass


def nodes() -> None:
    """What must be done by whoever wants to name the line of what is wrong: an entry of the record is one node, and let go at once."""
    document = Document("", text)
    for _, head, _ in document.top():
        for _ in document.items() if head else ():
            pass


def size() -> float:
    """Of the store that `load_text` gives, the text not counted."""
    tracemalloc.start()
    store = load_text(text)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / len(store.events)


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


print(len(load_text(text).events), median(lambda: load_text(text)), median(walk), median(nodes), size())
