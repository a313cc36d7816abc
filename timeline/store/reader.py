"""YAML text → nodes with line and column, without ever constructing what the text names.

We walk libyaml's events rather than load: `yaml.safe_load` reads the host `NO` as False and `010` as 8, keeps the last of two equal keys without a
word, and dies on 2014-02-30 with no line. Here every scalar stays the text that was written, and what YAML can do beyond maps, lists and
text (anchors, aliases, tags, merge keys, second documents) is refused with its place, as soon as it is met.
"""

import re
from array import array
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from timeline.errors import Problem, Problems, shortened
from timeline.store.remedies import remedy
from timeline.store.rules import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    class Mark(Protocol):
        """What libyaml gives for where something begins, kept as it is; a Start is one, too."""

        @property
        def line(self) -> int: ...
        @property
        def column(self) -> int: ...


MAX_DEPTH = 12
MAX_VALUES = 10_000  # of one event, one statement, one entry of the vocabulary
MAX_WHOLE = 2_000_000  # of all events that are added at once
_ENDS = "\n\r\x85\u2028\u2029"  # of lines, in YAML 1.1, by which libyaml counts
_LINE_ENDS = re.compile(rf"\r\n|[{_ENDS}]")
_BLOCK = 1024  # characters


class Unreadable(Exception):  # noqa: N818 - it ends the reading of one file and carries the problem; it is never shown itself
    """What makes the rest of a file unreadable."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Start(NamedTuple):
    """Where something begins, counted from 0."""

    line: int
    column: int


class _Node:
    __slots__ = ("start",)
    start: "Mark"

    @property
    def line(self) -> int:
        return self.start.line

    @property
    def column(self) -> int:
        return self.start.column


class Text(_Node):
    """A scalar: `value` as written."""

    __slots__ = ("value",)

    def __init__(self, value: str, start: "Mark") -> None:
        self.value, self.start = value, start


class Items(_Node):
    """A list of nodes."""

    __slots__ = ("items",)

    def __init__(self, items: "list[Node]", start: "Mark") -> None:
        self.items, self.start = items, start


class Pairs(_Node):
    """A map, as pairs in the order written; keys may repeat, the caller tells."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: "list[tuple[Text, Node]]", start: "Mark") -> None:
        self.pairs, self.start = pairs, start


Node: TypeAlias = Text | Items | Pairs


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *(end.end() for end in _LINE_ENDS.finditer(text))]


class Page:
    """The text of one file, and problems at places in it."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._last = (-1, "")
        self._blocks, self._lines = array("q", [0]), array("q", [0])

    def start(self, number: int) -> int:
        """Where a line begins, counted from 0; the end of the text beyond the last. Nothing is looked at below, as most problems stand at the top."""
        while self._lines[-1] < number and self._blocks[-1] < len(self.text):
            self._count_block()
        if not 0 < number <= self._lines[-1]:
            return len(self.text) if number else 0
        block = bisect_left(self._lines, number) - 1
        ends = _LINE_ENDS.finditer(self.text, self._blocks[block])
        return next(islice(ends, number - self._lines[block] - 1, None)).end()

    def _count_block(self) -> None:
        """Count the line ends of one block more: to match each would take a second for a million."""
        start = self._blocks[-1]
        end = start + _BLOCK + (self.text[start + _BLOCK - 1 : start + _BLOCK + 1] == "\r\n")
        found = sum(self.text.count(one, start, end) for one in _ENDS) - self.text.count("\r\n", start, end)
        self._blocks.append(min(end, len(self.text)))
        self._lines.append(self._lines[-1] + found)

    def line(self, number: int) -> str:
        """A line without its end, counted from 0; empty beyond the last. The one asked for last is kept, as many problems may stand in one long line."""
        if number != self._last[0]:
            start = self.start(number)
            end = _LINE_ENDS.search(self.text, start)
            self._last = (number, self.text[start : end.start() if end else len(self.text)])
        return self._last[1]

    def problem(
        self,
        line: int,
        column: int,
        name: str,
        message: str,
        remedy: str = "",
        hint: "Callable[[], str] | None" = None,
    ) -> Problem:
        """A problem at a place (counted from 0), with the line it stands in."""
        what, excerpt = shortened(message), self.line(line)
        return Problem(self.file, line + 1, column + 1, name, what, shortened(remedy), excerpt, hint=hint)

    def unreadable(self, line: int, column: int, name: str, message: str, remedy: str = "") -> Unreadable:
        return Unreadable(self.problem(line, column, name, message, remedy))


class _Parts:
    """A text as PyYAML reads a stream: piece by piece, as otherwise it would make a copy of the whole.

    The last line has an end, also where it lacks one: a block scalar there must not say another thing once something stands below it.
    """

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.end = "\n" if text and text[-1] not in "\r\n" else ""

    def read(self, size: int) -> str:
        part = self.text[self.at : self.at + size]
        self.at += len(part)
        if not part:
            part, self.end = self.end, ""
        return part


class Document(Page):
    """One YAML file being read from top to bottom. Raises Unreadable where reading cannot go on, and, without `problems` to add them to, at anchors and tags.

    A record of 100,000 events is five million of libyaml's: they are told apart by their type alone, and each is touched once.
    """

    def __init__(self, file: str, text: str, problems: Problems | None = None) -> None:
        import yaml

        super().__init__(file, text)
        self._problems = problems
        self._yaml: Any = yaml
        self._scalar = yaml.ScalarEvent
        self._room, self._limit = MAX_VALUES, f"{MAX_VALUES:,} values in one entry"
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._next: Callable[[], Any] = loader(_Parts(text)).get_event

    def top(self) -> "Iterator[tuple[Text, Items | None, Node | None]]":
        """The keys of the outermost map: with a list, its head (read its items with `items`), or with a whole node."""
        yaml = self._yaml
        try:
            self._begin()
            while not isinstance(event := self._next(), yaml.MappingEndEvent):
                key = self._key(event)
                event, self._room = self._next(), MAX_VALUES
                if isinstance(event, yaml.SequenceStartEvent):
                    self._plain(event)
                    yield key, Items([], event.start_mark), None
                else:
                    yield key, None, self._node(event, 1)
            self._end()
        except yaml.YAMLError as error:
            raise self._bad(error) from error

    def whole(self) -> Node:
        """Everything as one node, of whatever kind."""
        yaml = self._yaml
        try:
            self._next()
            if isinstance(self._next(), yaml.StreamEndEvent):
                raise self.unreadable(0, 0, "empty-file", "there is nothing", "give an event: id, date, …")
            self._room, self._limit = MAX_WHOLE, f"{MAX_WHOLE:,} values in one file"
            node = self._node(self._next(), 0)
            self._end()
        except yaml.YAMLError as error:
            raise self._bad(error) from error
        return node

    def items(self) -> "Iterator[Node]":
        """The items of the list whose head `top` has just given, one at a time."""
        end = self._yaml.SequenceEndEvent
        try:
            while type(event := self._next()) is not end:
                self._room = MAX_VALUES
                yield self._node(event, 2)
        except self._yaml.YAMLError as error:
            raise self._bad(error) from error

    def _begin(self) -> None:
        """Pass over what stands before the first key."""
        yaml = self._yaml
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise self.unreadable(0, 0, "empty-file", "the file is empty", "begin with: timeline: 1")
        event = self._next()
        if not isinstance(event, yaml.MappingStartEvent):
            mark = event.start_mark
            raise self.unreadable(
                mark.line,
                mark.column,
                "wrong-type",
                "a store is a map of keys such as 'events:'",
                "begin with: timeline: 1",
            )
        self._plain(event)

    def _node(self, event: Any, depth: int) -> Node:
        kind, mark = type(event), event.start_mark
        if event.anchor is not None or event.tag is not None:
            self._plain(event)
        if kind is self._scalar:
            if len(event.value) > MAX_TEXT:
                raise self.unreadable(
                    mark.line,
                    mark.column,
                    "too-long",
                    f"a text of {len(event.value):,} characters",
                    f"keep texts under {MAX_TEXT:,} characters",
                )
            return Text(event.value, mark)
        if depth > MAX_DEPTH:
            raise self._too_deep(mark.line, mark.column)
        read = self._items if kind is self._yaml.SequenceStartEvent else self._pairs
        return read(mark, depth + 1)

    def _items(self, mark: Any, depth: int) -> Items:
        items: list[Node] = []
        following, end = self._next, self._yaml.SequenceEndEvent
        for _ in range(self._room + 1):
            if type(event := following()) is end:
                self._room -= len(items)
                return Items(items, mark)
            items.append(self._node(event, depth))
        raise self._too_many(mark.line, mark.column)

    def _pairs(self, mark: Any, depth: int) -> Pairs:
        pairs: list[tuple[Text, Node]] = []
        following, end = self._next, self._yaml.MappingEndEvent
        for _ in range(self._room + 1):
            if type(event := following()) is end:
                self._room -= len(pairs)
                return Pairs(pairs, mark)
            pairs.append((self._key(event), self._node(following(), depth)))
        raise self._too_many(mark.line, mark.column)

    def _too_many(self, line: int, column: int) -> Unreadable:
        todo = "no event needs that: split it, or close the bracket"
        return self.unreadable(line, column, "too-many", f"more than {self._limit}", todo)

    def _key(self, event: Any) -> Text:
        mark = event.start_mark
        if event.anchor is not None or event.tag is not None:
            self._plain(event)
        if type(event) is not self._scalar:
            raise self.unreadable(
                mark.line,
                mark.column,
                "wrong-type",
                "a list or a map stands where a key is expected",
                "keys are words such as date:",
            )
        if event.value == "<<":
            raise self.unreadable(
                mark.line,
                mark.column,
                "yaml-merge",
                "merge keys (<<) are not part of the format",
                "write the fields out",
            )
        return Text(event.value, mark)

    def _plain(self, event: Any) -> None:
        """Refuse anchors, aliases and tags. What stands behind an anchor or a tag can be read all the same."""
        line, column = event.start_mark.line, event.start_mark.column
        if isinstance(event, self._yaml.AliasEvent):
            todo = "write the value out, or quote a text that begins with *"
            raise self.unreadable(line, column, "yaml-alias", f"an alias (*{event.anchor})", todo)
        for name, mark, what, known in (
            ("yaml-anchor", "&", "an anchor (&{})", event.anchor),
            ("yaml-tag", "!", "a tag ({})", event.tag),
        ):
            if known is not None:
                todo = f"leave it out, or quote a text that begins with {mark}"
                refused = self.unreadable(line, column, name, what.format(known), todo)
                if self._problems is None:
                    raise refused
                self._problems.append(refused.problem)

    def _end(self) -> None:
        yaml = self._yaml
        event = self._next()
        while isinstance(event, yaml.DocumentEndEvent):
            event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            mark = event.start_mark
            raise self.unreadable(
                mark.line,
                mark.column,
                "yaml-documents",
                "a second document begins here",
                "keep one document a file: remove the ---",
            )

    def _bad(self, error: Any) -> Unreadable:
        return self._bad_character() if isinstance(error, self._yaml.reader.ReaderError) else self._bad_yaml(error)

    def _bad_character(self) -> Unreadable:
        """A character that YAML has no place for: libyaml tells where it stopped in bytes of its own buffer, so we look for what it cannot read."""
        position = self._yaml.reader.Reader.NON_PRINTABLE.search(self.text).start()
        line = sum(1 for _ in _LINE_ENDS.finditer(self.text, 0, position))
        code = ord(self.text[position])
        message = f"the character U+{code:04X} cannot stand in a store"
        todo = f', or write it as an escape: "\\x{code:02x}" in double quotes' if 0 < code < 0x100 else ""
        return self.unreadable(line, position - self.start(line), "control-character", message, f"remove it{todo}")

    def _bad_yaml(self, error: Any) -> Unreadable:
        what = error.problem or "not YAML"
        if error.context:
            what = f"{what} ({error.context})"
        opened, hint = remedy(what)
        mark = error.context_mark if opened and error.context_mark else error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        at = self.line(line)
        if "\t" in at[: len(at) - len(at.lstrip())]:
            return self.unreadable(line, at.index("\t"), "yaml-tab", "a tab is used to indent", "indent with spaces")
        if stray := _stray(at, column):
            what = f"the character U+{ord(stray[0]):04X}, which is not seen, stands here"
            return self.unreadable(line, stray.start(), "yaml-syntax", what, "remove it, or put a blank in its place")
        if at.startswith(_CONFLICT):
            todo = "settle it: keep one of the two versions, or both, and remove the lines <<<<<<<, ======= and >>>>>>>"
            return self.unreadable(line, 0, "yaml-syntax", "git left a conflict of a merge here", todo)
        if opened and _DEEP.match(at, column):
            return self._too_deep(line, column)
        return self.unreadable(line, column, "yaml-syntax", what, hint)

    def _too_deep(self, line: int, column: int) -> Unreadable:
        what = f"nested more than {MAX_DEPTH} levels deep"
        return self.unreadable(line, column, "too-deep", what, "no field of an event needs that")


_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")
_STRAY = re.compile(r"[\xa0\u200b\ufeff]")
_DEEP = re.compile(rf"(?:[\[{{]\s*(?:\w+:\s*)?){{{MAX_DEPTH + 1}}}")


def _stray(line: str, column: int) -> "re.Match[str] | None":
    """A character that looks like a blank, or like nothing, where YAML has no place for it."""
    found = _STRAY.finditer(line)
    return next((one for one in found if one.start() == column or not line[: one.start()].strip()), None)
