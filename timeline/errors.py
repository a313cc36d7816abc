"""What can go wrong, as values: problems of a store, and the errors that end a command.

Every text is complete: where, what was read, why it is wrong, what would be right. Only `timeline.cli.main` catches these.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a store. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    name: str
    message: str
    remedy: str = ""
    excerpt: str = ""
    severity: str = "error"

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class TimelineError(Exception):
    """An error whose text is for the user; `status` is the exit status it ends with (interface: 2 usage, 4 store)."""

    status = 1


class UsageError(TimelineError):
    """A request that cannot be understood: an unknown option value, a date that is not one."""

    status = 2


class OutputError(TimelineError):
    """The answer could not be written."""

    status = 1


class ChangeError(TimelineError):
    """A change that cannot be made. Nothing was changed, unless the text says so."""

    status = 1


class StoreError(TimelineError):
    """A store that cannot be read or is invalid. Nothing is answered from it.

    `problems` holds all of them, in the order of files and lines.
    """

    status = 4
    outcome = "nothing is answered from a record with errors"

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in the store")
        self.format: str | None = None

    def asked_as(self, format_: str | None) -> "StoreError":
        """The same error, to be told in the format that an answer was asked for in."""
        self.format = format_
        return self


class InputError(StoreError):
    """What was given for a change is not an event; the record itself is as it was."""

    status = 2
    outcome = "nothing was changed"


def did_you_mean(word: str, known: "Sequence[str]", count: int = 3) -> str:
    """'; did you mean …?' with the nearest known words, or an empty text."""
    return or_else(nearest(word, known, count))


def or_else(names: "Iterable[str]", most: int = 5) -> str:
    """'; did you mean …?' with the first of some names and the number of the others, or an empty text."""
    known = list(dict.fromkeys(names))
    shown = [repr(name) for name in known[:most]]
    if len(known) > most:
        shown.append(f"one of {len(known) - most} more")
    *first, last = shown or [""]
    return f"; did you mean {', '.join(first)}{' or ' if first else ''}{last}?" if last else ""


def nearest(word: str, known: "Sequence[str]", count: int = 3) -> list[str]:
    """The known words closest to `word`, best first; at most `count`."""
    return list(_nearest(word.casefold(), tuple(known), count))


@lru_cache(maxsize=256)  # one slip is often made in every event
def _nearest(word: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    from difflib import get_close_matches

    return tuple(get_close_matches(word, known, n=count, cutoff=0.6))
