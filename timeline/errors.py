"""What can go wrong, as values: problems of a store, and the errors that end a command.

Every text is complete: where, what was read, why it is wrong, what would be right. Only `timeline.cli.main` catches these.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

KEPT = 500  # problems of a store that are kept in full
MOST = 10_000  # problems of a store after which nobody reads on
LONG = 300  # characters of a message
WORD = 100  # characters of a word that is looked for among the known ones


class Problem(NamedTuple):
    """One thing wrong in a store. Lines and columns count from 1; 0 means the file as a whole.

    `hint` ends the message with the nearest known names: looking for them costs a thousand times what the rest does, so it is asked where a problem is shown.
    It makes two problems unequal that say the same.
    """

    file: str
    line: int
    column: int
    name: str
    what: str
    remedy: str = ""
    excerpt: str = ""
    severity: str = "error"
    hint: "Callable[[], str] | None" = None

    @property
    def message(self) -> str:
        return self.what + (self.hint() if self.hint else "")

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Enough(Exception):  # noqa: N818 - it ends a reading and is never shown itself
    """So many problems were found that to look for more helps nobody."""


class Problems:
    """Problems as they are found. All are counted; the first in the order of files and lines are kept, so that a store of nothing but errors stays cheap.

    Where `most` is set, the problem of that number raises Enough: who has a wrong word in a million events mends it before looking for anything else.
    """

    def __init__(self, found: "Iterable[Problem]" = (), most: int | None = None) -> None:
        self.files: set[str] = set()
        self.most = most
        self._count, self._kept = 0, list[Problem]()
        for problem in found:
            self.append(problem)

    def append(self, problem: Problem) -> None:
        self._count += 1
        self.files.add(problem.file)
        self._kept.append(problem)
        if len(self._kept) == 2 * KEPT:
            self._kept = list(self.first)
        if self.stopped:
            raise Enough

    def __len__(self) -> int:
        return self._count

    @property
    def stopped(self) -> bool:
        """Whether there may be more than were counted."""
        return self.most is not None and self._count >= self.most

    @property
    def first(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._kept, key=lambda p: (p.file, p.line, p.column))[:KEPT])


class TimelineError(Exception):
    """An error whose text is for the user; `status` is the exit status it ends with: 2, or 4 for a store. 1 is an answer, no, and never an error's."""

    status = 2


class UsageError(TimelineError):
    """A request that cannot be understood: an unknown option value, a date that is not one. `remedy`: what would be, where the message does not say it."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what}; {remedy}" if remedy else what)
        self.what, self.remedy = what, remedy


class OutputError(TimelineError):
    """The answer could not be written."""


class ChangeError(TimelineError):
    """A change that cannot be made. Nothing was changed, unless the text says so."""


class StoreError(TimelineError):
    """A store that cannot be read or is invalid. Nothing is answered from it.

    `problems` holds the first of them in the order of files and lines, `found` tells how many there are in how many files; `format` and `command` what was asked.
    """

    status = 4
    outcome = "nothing is answered from a record with errors"

    def __init__(self, problems: "Problems | Iterable[Problem]") -> None:
        self.found = problems if isinstance(problems, Problems) else Problems(problems)
        self.problems = self.found.first
        super().__init__(f"{len(self.found)} problems in the store")
        self.format: str | None = None
        self.command = "check"

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


def shortened(text: str) -> str:
    """A text that is too long for a message without its middle."""
    return text if len(text) <= LONG else f"{text[: LONG * 2 // 3]} … {text[-LONG // 3 :]}"


def or_else(names: "Iterable[str]", most: int = 5) -> str:
    """'; did you mean …?' with the first of some names and the number of the others, or an empty text."""
    known = list(dict.fromkeys(names))
    shown = [repr(name) for name in known[:most]]
    if len(known) > most:
        shown.append(f"one of {len(known) - most} more")
    *first, last = shown or [""]
    return f"; did you mean {', '.join(first)}{' or ' if first else ''}{last}?" if last else ""


def nearest(word: str, known: "Sequence[str]", count: int = 3) -> list[str]:
    """The known words closest to `word`, best first; at most `count`. None for a word that is longer than any name."""
    return list(_nearest(word.casefold(), tuple(known), count)) if len(word) <= WORD else []


@lru_cache(maxsize=256)  # one slip is often made in every event
def _nearest(word: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    from difflib import get_close_matches

    swapped = {f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)}
    near = (*(one for one in known if one in swapped), *get_close_matches(word, known, n=count, cutoff=0.6))
    return tuple(dict.fromkeys(near))[:count]
