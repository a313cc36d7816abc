"""The values that fields of a document may have, each read with its problems."""

import re
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_BEFORE, DateError, Span, When, parse_edge, parse_when
from timeline.errors import did_you_mean
from timeline.store.reader import Items, Node, Page, Pairs, Text
from timeline.store.rules import ACTING, ADDRESS, ID, ID_RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from timeline.errors import Problems
    from timeline.vocabulary import Vocabulary


class Fields:
    """Reads values of one document; `problems` grows, nothing is raised for a bad one."""

    def __init__(self, document: Page, vocabulary: "Vocabulary", problems: "Problems") -> None:
        self.document, self.vocabulary, self.problems = document, vocabulary, problems
        self._words: dict[str, str] = {}

    def problem(
        self, node: Node, name: str, message: str, remedy: str = "", hint: "Callable[[], str] | None" = None
    ) -> None:
        self.problems.append(self.document.problem(node.line, node.column, name, message, remedy, hint))

    def unknown_key(self, key: Text, what: str, listed: str, known: "Collection[str]") -> None:
        word = key.value.strip("-\u200b\ufeff \xa0")
        remedy = f"{listed}: {', '.join(known)}"
        if word != key.value:
            remedy = f"write {word!r} after ordinary blanks; a hyphen that begins an item has one after it"
        self.problem(key, "unknown-field", f"{what} {key.value!r}", remedy, partial(did_you_mean, word, list(known)))

    def _fields(self, node: Node, what: str, known: "Collection[str]") -> "dict[str, Node] | None":
        """The fields of a map by key; unknown and repeated keys are noted and left out."""
        if not isinstance(node, Pairs):
            self.problem(node, "wrong-type", f"{what} is a map of keys and values", f"write {next(iter(known))}: …")
            return None
        fields: dict[str, Node] = {}
        for key, value in node.pairs:
            name = key.value
            if name not in known:
                self.unknown_key(key, f"{what} has no field", "known fields", known)
            elif name in fields:
                self.problem(key, "duplicate-key", f"{name} is given twice", "keep one of the two")
            else:
                fields[name] = value
        return fields

    def _lacks(self, node: Node, fields: "Mapping[str, Node]", what: str, needed: "Sequence[str]") -> bool:
        missing = [key for key in needed if key not in fields]
        if missing:
            self.problem(node, "missing-field", f"{what} needs {', '.join(missing)}", f"add {missing[0]}:")
        return bool(missing)

    def text(self, node: Node) -> str:
        if not isinstance(node, Text):
            kind = "list" if isinstance(node, Items) else "map"
            self.problem(node, "wrong-type", f"a {kind} stands where one text is expected", "write one value")
            return ""
        text = node.value
        if not text.strip():
            self.problem(
                node,
                "empty-value",
                "the value is empty",
                "give a value, or remove the key: an absent key says 'unknown'",
            )
            return ""
        if "\0" in text:
            self._control(node, "\0")
            return ""
        return text

    def word(self, node: Node) -> str:
        """A text that many events have, such as a name: looked at and kept once for all of them."""
        if isinstance(node, Text) and (known := self._words.get(node.value)):
            return known
        if text := intern(self.text(node)):
            self._words[text] = text
        return text

    def _control(self, node: Node, character: str) -> None:
        message = f"the control character U+{ord(character):04X} stands in the text"
        self.problem(node, "control-character", message, "remove it")

    def _address(self, node: Node) -> str:
        """The address of a page on the web."""
        url = self.text(node)
        if acting := re.search(ACTING, url):
            self._control(node, acting[0])
        elif url and not re.match(ADDRESS, url):
            message = f"{url!r} is not a web address"
            self.problem(node, "bad-url", message, "write the whole address, with https://")
        return url

    def _texts(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Items):
            value = node.value if isinstance(node, Text) else "…"
            self.problem(node, "wrong-type", "a list is expected here", f"write [{value}]")
            return ()
        return tuple(self.word(item) for item in node.items)

    def _id(self, node: Node) -> str:
        text = self.text(node)
        if text and not re.fullmatch(ID, text):
            self.problem(node, "bad-id", f"{text!r} cannot be an id", f"{ID_RULE}: li-qiang-pyongyang-2025-10")
        return text

    def _number(self, node: Node, least: int, most: int) -> int:
        text = self.text(node)
        if re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII) and least <= int(text) <= most:
            return int(text)
        if text:
            what = f"{text!r} is not a whole number from {least} to {most}"
            self.problem(node, "bad-number", what, "write it in digits, without a zero before them")
        return least

    def _date(self, node: Node) -> When:
        before = len(self.problems)
        text = f"[{', '.join(self._texts(node))}]" if isinstance(node, Items) else self.text(node)
        if len(self.problems) == before:
            try:
                return parse_when(text)
            except DateError as error:
                self.problem(node, error.name, str(error), error.remedy)
        return parse_when("2000")

    def _period(self, node: Node) -> Any:
        text = self.text(node)
        try:
            return parse_edge(text) if text else None
        except DateError as error:
            self.problem(node, error.name, str(error), error.remedy)
            return None

    def _beginning(self, node: Node) -> Any:
        """A date, or `ever`: since there could be such visits at all."""
        return (
            Span(NEVER_BEFORE, NEVER_BEFORE) if isinstance(node, Text) and node.value == "ever" else self._period(node)
        )

    def _one_of(self, node: Node, what: str, known: "Sequence[str] | Mapping[str, int]") -> str:
        text = self.word(node)
        if text and text not in known:
            names = list(known)
            self.problem(
                node,
                "unknown-value",
                f"unknown {what} {text!r}",
                f"one of: {', '.join(names)}",
                partial(did_you_mean, text, names),
            )
            return names[0]
        return text or next(iter(known))

    def _actor(self, node: Node) -> str:
        text = self.word(node)
        slug = self.vocabulary.actor(text)
        if slug is None:
            if text:
                self.problem(
                    node,
                    "unknown-actor",
                    f"unknown actor {text!r}",
                    "list known ones with: timeline actors; add one under actors:",
                    partial(self.vocabulary.actor_index.suggest, text),
                )
            return ""
        return slug

    def _party(self, node: Node) -> str:
        """A side of a coverage statement: an actor or `any`."""
        return "any" if isinstance(node, Text) and node.value == "any" else self._actor(node)

    def _actors(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Items):
            self._texts(node)
            return ()
        if not node.items:
            self.problem(node, "empty-value", "no actor is named", "name those concerned")
        return tuple(self._actor(item) for item in node.items)

    def offices(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Items):
            self._texts(node)
            return ()
        return tuple(self._office(item) for item in node.items)

    def _office(self, node: Node) -> str:
        text = self.word(node)
        slug = self.vocabulary.office(text)
        if slug is None:
            if text:
                self.problem(
                    node,
                    "unknown-office",
                    f"unknown office {text!r}",
                    "list known ones with: timeline offices; add one under offices:",
                    partial(self.vocabulary.office_index.suggest, text),
                )
            return ""
        return slug
