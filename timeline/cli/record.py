"""The record that is meant, read, or taken from what an earlier run kept of it in the cache folder."""

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.cli.places import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.model import Store
    from timeline.progress import Watch
    from timeline.store.index import Index, Opened


def index() -> "Index | None":
    """What is kept; None where this user has no place for it, or the system, as Windows, does not tell when a file was changed."""
    folder = cache_folder()
    if folder is None or not hasattr(os, "pread"):
        return None
    from timeline.store.index import Index, Moment

    with suppress(OSError):  # a program that does not lie in files of its own, which would tell its version
        return Index(folder / "index", Moment(time.time_ns(), time.monotonic_ns()))
    return None


def read_record(
    paths: "Sequence[str]", take: "Callable[[Opened], Store] | None" = None, watch: "Watch | None" = None
) -> "Store":
    """The record of some paths; where an index has it, what `take` takes from there. Without `take` the files themselves are read. Raises StoreError."""
    kept = index() if take and "-" not in paths else None
    opened = kept.open(paths, watch) if kept else None
    if opened and take:
        return take(opened)
    from timeline.store import load

    return load(paths, watch=watch)


def whole(opened: "Opened") -> "Store":
    """All of a record."""
    return opened.store()
