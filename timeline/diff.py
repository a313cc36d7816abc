"""What a change does to a text, as a unified diff. Only the lines around its splices are compared, so a long store costs nothing."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.store.splice import Splice

AROUND = 3  # lines shown around a change


class _Stretch(NamedTuple):
    """Lines from `start` to `end` of the text before, with the splices in them."""

    start: int
    end: int
    splices: "list[Splice]"


def unified(name: str, before: str, splices: "Sequence[Splice]") -> "Iterator[str]":
    """The lines of the diff, without line ends."""
    import difflib

    from timeline.store.splice import spliced

    yield f"--- {name}"
    yield f"+++ {name}"
    shift = 0
    for start, end, inside in _stretches(before, splices):
        old = before[start:end]
        moved = [splice._replace(start=splice.start - start, end=splice.end - start) for splice in inside]
        a, b = old.split("\n"), spliced(old, moved).split("\n")
        if a[-1] == b[-1] == "":
            a, b = a[:-1], b[:-1]
        first = before.count("\n", 0, start)
        for line in list(difflib.unified_diff(a, b, n=AROUND, lineterm=""))[2:]:
            yield _renumbered(line, first, shift) if line.startswith("@@") else line.rstrip("\r")
        shift += len(b) - len(a)


def _stretches(text: str, splices: "Sequence[Splice]") -> "Iterator[_Stretch]":
    """Splices that lie so near each other that the lines around them meet come in one stretch."""
    current: _Stretch | None = None
    for splice in sorted(splices, key=lambda splice: splice[:2]):
        start, end = _lines_back(text, splice.start), _lines_on(text, splice.end)
        if current is not None and start <= current.end:
            current = _Stretch(current.start, max(end, current.end), [*current.splices, splice])
        else:
            if current is not None:
                yield current
            current = _Stretch(start, end, [splice])
    if current is not None:
        yield current


def _lines_back(text: str, at: int) -> int:
    for _ in range(AROUND + 1):
        at = text.rfind("\n", 0, max(at, 0))
    return at + 1 if at >= 0 else 0


def _lines_on(text: str, at: int) -> int:
    for _ in range(AROUND + 1):
        at = text.find("\n", at)
        if at < 0:
            return len(text)
        at += 1
    return at


def _renumbered(head: str, first: int, shift: int) -> str:
    """A head of a stretch with its lines counted from the top of the file."""
    moves = iter((first, first + shift))
    return re.sub(r"([-+])(\d+)", lambda m: f"{m[1]}{int(m[2]) + next(moves)}", head)
