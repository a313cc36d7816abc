"""One layout for the events of a store: each as `timeline.store.write` gives it, a blank line between. What they say stays the same.

Comments between events stay where they are. A comment within an event would have to be put somewhere, and nobody can tell to which of the new lines it
belongs, so such a file is refused.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ChangeError
from timeline.store.marks import find_spots
from timeline.store.write import event_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from timeline.model import Event
    from timeline.store.marks import Spot

BLANKS = " \t\n"
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # the ends of lines in YAML 1.1


class _Place(NamedTuple):
    """An event of a text from the beginning of its first line to the end of its last, and its node."""

    start: int
    end: int
    spot: "Spot"


class CommentError(ChangeError):
    """Comments within events, at these lines."""

    def __init__(self, file: str, lines: "Sequence[int]") -> None:
        self.lines = tuple(lines)
        listed = ", ".join(map(str, lines))
        super().__init__(
            f"{file}: comments within events, which a new layout would lose, in line {listed}; put them above the event or into its note"
        )


def laid_out(file: str, text: str, events: "Sequence[Event]") -> str:
    """The text with its events, given in the order in which they stand, in canonical layout. Raises CommentError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    if not events:
        return text
    key, listed = _section(text)
    if listed.flow:
        return _unbraced(file, text, listed, events)
    places = _places(file, text, listed)
    if lines := sorted(set(_commented(text, places, listed.column))):
        raise CommentError(file, lines)
    starts = [place.start for place in places]
    ends = [_line_end(text, key.end), *(place.end for place in places)]
    gaps = [_gap(text[end:start]) for end, start in zip(ends, starts, strict=False)]
    body = "".join(f"{gap}{event_text(event)}" for gap, event in zip(gaps, events, strict=True))
    return f"{text[: ends[0]]}{body}{_rest(text[ends[-1] :])}"


def _gap(text: str) -> str:
    """The lines before an event: a blank one, then the comments as they are grouped, at the left edge."""
    lines = [""]
    for line in text.split("\n")[:-1]:
        if line.strip() or lines[-1]:
            lines.append(line.strip())
    return "\n".join(lines) + "\n"


def _rest(text: str) -> str:
    """What stands below the last event, after one blank line."""
    return f"\n{text.lstrip(BLANKS)}" if text.strip() else ""


def _unbraced(file: str, text: str, listed: "Spot", events: "Sequence[Event]") -> str:
    """A list in brackets as a list of blocks."""
    if lines := [_line(text, at) for at in _hashes(text, listed.start, listed.end, listed)]:
        raise CommentError(file, lines)
    blocks = "\n".join(event_text(event) for event in events)
    return f"{text[: listed.start].rstrip(' ')}\n\n{blocks}{_rest(text[listed.end :])}"


def _section(text: str, whole: "Collection[str]" = ()) -> "tuple[Spot, Spot]":
    """The key `events` and its list."""
    pairs = (pair for pair in find_spots(text, whole).pairs if pair[0].value == "events")
    if (found := next(pairs, None)) is None:
        raise ChangeError("there are no events")
    return found


def _places(file: str, text: str, listed: "Spot") -> list[_Place]:
    return [
        _Place(_dash(file, text, item.start, listed.column), _line_end(text, item.end), item) for item in listed.items
    ]


def _dash(file: str, text: str, at: int, column: int) -> int:
    """Where the line of an item's dash begins."""
    start = text.rfind("\n", 0, at) + 1
    while text[start + column : start + column + 1] != "-" or text[start : start + column].strip():
        if start == 0:
            raise ChangeError(f"{file}: an event begins in a line that cannot be told; lay it out by hand")
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def _line_end(text: str, at: int) -> int:
    """The beginning of the line after the one that a place is in, or the place, where a line begins there."""
    return at if text[at - 1] == "\n" else text.index("\n", at) + 1


def _commented(text: str, places: "Sequence[_Place]", column: int) -> "Iterator[int]":
    """The lines of comments within events: of those between its lines, and of those indented into it below."""
    following = [place.start for place in places[1:]] + [len(text)]
    for place, end in zip(places, following, strict=True):
        yield from _indented(text, place.end, end, column)
    doubtful = {_id(place.spot) for place in places if "#" in text[place.start : place.end]}
    whole = _section(text, doubtful)[1].items if doubtful else ()
    for place, item in zip(places, whole, strict=False):
        if _id(item) in doubtful:
            yield from (_line(text, at) for at in _hashes(text, place.start, place.end, item))


def _indented(text: str, at: int, end: int, column: int) -> "Iterator[int]":
    """The comments below an event that stand further right than its dash, up to the next thing that is none."""
    for line in text[at:end].splitlines(keepends=True):
        bare = line.lstrip(" ")
        if bare.strip() and not bare.startswith("#"):
            return
        if bare.startswith("#") and len(line) - len(bare) > column:
            yield _line(text, at)
        at += len(line)


def _hashes(text: str, at: int, end: int, item: "Spot") -> "Iterator[int]":
    """Where `#` stands outside of every text of a node."""
    for start, after in [*sorted(_scalars(text, item)), (end, end)]:
        if (found := text.find("#", at, start)) >= 0:
            yield found
        at = max(at, after)


def _scalars(text: str, spot: "Spot") -> "Iterator[tuple[int, int]]":
    """The ranges of texts. Of one introduced by `|` or `>` the first line is not part, as a comment may stand there."""
    if spot.value is not None:
        yield (text.find("\n", spot.start, spot.end) if spot.lined else spot.start), spot.end
    children = [*spot.items]
    for key, value in spot.pairs:
        children += [key, value]
    for child in children:
        yield from _scalars(text, child)


def _id(item: "Spot") -> str:
    spot = item.get("id")
    return (spot.value or "") if spot else ""


def _line(text: str, at: int) -> int:
    return len(_BREAK.findall(text, 0, at)) + 1
