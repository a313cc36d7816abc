"""How much of a long work is done, told to whoever shows it: on a terminal the bar of `timeline.cli.progress`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Watch: TypeAlias = Callable[[int, int], None]
T = TypeVar("T")


def watched(items: "Sequence[T]", watch: Watch | None) -> "Iterator[T]":
    """The items, one after another; `watch` is told how many are done, and of how many."""
    for number, item in enumerate(items):
        if watch is not None:
            watch(number, len(items))
        yield item
