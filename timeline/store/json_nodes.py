"""JSON → nodes with line and column, as the reader gives them for YAML, so that a problem is told at its place and a key given twice is not lost."""

import re
from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.store.reader import MAX_DEPTH, Items, Node, Page, Pairs, Start, Text, line_starts
from timeline.store.rules import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+')


def json_node(name: str, text: str) -> "Node | None":
    """The nodes of a text, those that are null left out. Raises ValueError where it is not JSON, Unreadable where it is more than the format allows."""
    import json

    with suppress(RecursionError):  # the walk tells where it is too deep
        json.loads(text, parse_int=str)  # a number stays as it was written, however long
    return _Walk(Page(name, text)).node(0)


class _Walk:
    """One pass over the tokens of what is known to be JSON; colons and commas say nothing that the order does not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tokens: Iterator[re.Match[str]] = _TOKEN.finditer(page.text)
        self.starts = line_starts(page.text)

    def node(self, depth: int) -> "Node | None":
        return self._node(next(self.tokens), depth)

    def _node(self, token: "re.Match[str]", depth: int) -> "Node | None":
        start = self._start(token.start())
        if depth > MAX_DEPTH:
            what = f"nested more than {MAX_DEPTH} levels deep"
            raise self.page.unreadable(*start, "too-deep", what, "no field of an event needs that")
        if token[0] == "{":
            return Pairs([*self._pairs(depth + 1)], start)
        if token[0] == "[":
            return Items([*self._items(depth + 1)], start)
        return None if token[0] == "null" else self._text(token)

    def _pairs(self, depth: int) -> "Iterator[tuple[Text, Node]]":
        while (key := next(self.tokens))[0] != "}":
            if (value := self.node(depth)) is not None:
                yield self._text(key), value

    def _items(self, depth: int) -> "Iterator[Node]":
        while (token := next(self.tokens))[0] != "]":
            if (item := self._node(token, depth)) is not None:
                yield item

    def _text(self, token: "re.Match[str]") -> Text:
        import json

        start = self._start(token.start())
        value = json.loads(token[0]) if token[0][0] == '"' else token[0]
        if len(value) > MAX_TEXT:
            what, todo = f"a text of {len(value):,} characters", f"keep texts under {MAX_TEXT:,} characters"
            raise self.page.unreadable(*start, "too-long", what, todo)
        return Text(value, start)

    def _start(self, at: int) -> Start:
        line = bisect_right(self.starts, at) - 1
        return Start(line, at - self.starts[line])
