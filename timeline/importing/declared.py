"""A mapping file → a mapping. YAML as in a store, so that an error has its line, and nothing is taken for a number or a truth value."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from timeline import vocabulary as words
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, DateError, Span, parse_period
from timeline.errors import InputError, Problems
from timeline.importing.encoding import encoding_called
from timeline.importing.mapping import MANY, ONE, OPEN, RULED, SPARED, TARGETS, Dates, Mapping, Meaning, Origin, Rule
from timeline.importing.rows import Wanted
from timeline.importing.texts import word_key
from timeline.importing.when import ORDERS, Order
from timeline.names import fold
from timeline.store.fields import Fields
from timeline.store.reader import Document, Items, Node, Pairs, Text, Unreadable

if TYPE_CHECKING:
    from timeline.vocabulary import Vocabulary

OTHER = (
    "mapping",
    "source",
    "read",
    "when",
    "leave",
    "row-id",
    "date",
    "split",
    "values",
    "rules",
    "titles",
    "defaults",
    "optional",
    "ignore",
    "open",
)
KEYS = ("mapping", "source", "read", "when", "leave", "row-id", "date", *TARGETS, *OTHER[7:])
SOURCE = ("id", "title", "publisher", "url", "licence", "version")
READ = ("header", "sheet", "records", "encoding", "paragraphs")
DATE = ("start", "end", "days", "year", "order", "two-digit-years", "days-from", "between")
RULE = ("column", "begins", "has", "is")
MEANING = ("is", "since", "until")
_BEWARE = re.compile(r"^# BEWARE\b", re.MULTILINE)
_WORDS = {
    "kind": words.KINDS,
    "role": words.ROLES,
    "status": words.STATUSES,
    "support": words.SUPPORTS,
    "type": words.TYPES,
}
NEEDED = {
    "source": "add source: {id: visits, title: what the data set is called}",
    "date": "add date: {start: COLUMN}, with the column of the first days; [YEAR, MONTH, DAY] where it is in several",
}


def read_mapping(name: str, text: str, vocabulary: "Vocabulary") -> Mapping:
    """Raises InputError with every problem of the file."""
    problems = Problems()
    document = Document(name, text)
    try:
        found = _Reader(document, vocabulary, problems).mapping(document.whole())
    except Unreadable as error:
        problems.append(error.problem)
    if problems:
        refused = InputError(problems)
        refused.outcome = "nothing was imported"
        raise refused
    return replace(found, warned=len(_BEWARE.findall(text)))


class _Reader(Fields):
    """Reads one document; `problems` grows."""

    def mapping(self, node: Node) -> Mapping:
        fields = self._fields(node, "a mapping", KEYS) or {}
        missing = [key for key in NEEDED if key not in fields]
        for key in missing:
            self.problem(node, "missing-field", f"a mapping needs {key}", NEEDED[key])
        if missing:
            fields = {key: value for key, value in fields.items() if key in ("source", "date")}
        if "source" in fields and not isinstance(fields["source"], Pairs):
            self.problem(
                fields.pop("source"), "wrong-type", "source is a map", "write source: and below it id: and title:"
            )
        if _blank(fields.get("open")):
            del fields["open"]
        open_ = {key: self._columns(value) for key, value in self._map(fields, "open", OPEN).items()}
        if "date" in open_ and _blank(fields.get("date")):
            del fields["date"]
        read = self._map(fields, "read", READ)
        return Mapping(
            self._origin(fields),
            self._dates(self._map(fields, "date", DATE), fields.get("date", node), "date" in open_),
            Wanted(
                self._number(read["header"], 0, 10_000) if "header" in read else 1,
                self._optional(read, "sheet"),
                self._columns(read.get("records")),
                self._encoding(read.get("encoding")),
            ),
            self._optional(read, "paragraphs"),
            self._leave(fields.get("leave")),
            self._when(fields.get("when")),
            self._columns(fields.get("row-id")),
            {key: self._columns(fields[key]) for key in TARGETS if key in fields},
            {key: self.text(value) for key, value in self._map(fields, "split", MANY).items()},
            self._values(fields),
            {key: self._rules(key, value) for key, value in self._map(fields, "rules", RULED).items()},
            self._titles(fields.get("titles")),
            {key: self._meant(key, value) for key, value in self._map(fields, "defaults", ONE).items()},
            frozenset(self._columns(fields.get("ignore"))),
            self._optional_fields(fields.get("optional")),
            open_,
        )

    def _map(self, fields: "dict[str, Node]", key: str, known: tuple[str, ...]) -> "dict[str, Node]":
        return (self._fields(fields[key], key, known) or {}) if key in fields else {}

    def _optional(self, fields: "dict[str, Node]", key: str) -> str:
        return self.text(fields[key]) if key in fields else ""

    def _optional_fields(self, node: "Node | None") -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(
            self._one_of(item, "optional", SPARED) for item in (node.items if isinstance(node, Items) else [node])
        )

    def _columns(self, node: "Node | None") -> tuple[str, ...]:
        """One name, or a list of them; blanks as in a header."""
        if node is None:
            return ()
        listed = self._texts(node) if isinstance(node, Items) else (self.text(node),)
        return tuple(" ".join(name.split()) for name in listed)

    def _origin(self, fields: "dict[str, Node]") -> Origin:
        found = self._map(fields, "source", SOURCE)
        if not found or self._lacks(fields["source"], found, "a source", ("id", "title")):
            return Origin("", "")
        url = self._address(found["url"]) if "url" in found else ""
        one = {key: self._optional(found, key) for key in SOURCE}
        return Origin(**(one | {"id": self._id(found["id"]), "url": url}))

    def _encoding(self, node: "Node | None") -> str:
        name = self.text(node) if node is not None else ""
        found = encoding_called(name) if name else ""
        if node is not None and name and not found:
            self.problem(
                node, "unknown-value", f"no encoding is called {name!r}", "write utf-8, latin-1, cp1252, utf-16, …"
            )
        return found

    def _leave(self, node: "Node | None") -> tuple[str, frozenset[str]]:
        """Whatever the case of the values."""
        column, values = self._when(node, "leave")
        return column, frozenset(value.casefold() for value in values)

    def _when(self, node: "Node | None", key: str = "when") -> tuple[str, frozenset[str]]:
        if node is None:
            return "", frozenset()
        if not isinstance(node, Pairs) or len(node.pairs) != 1:
            self.problem(
                node, "wrong-type", f"{key} is one column with its values", f"write {key}: {{Type: [visit, trip]}}"
            )
            return "", frozenset()
        column, value = node.pairs[0]
        listed = self._texts(value) if isinstance(value, Items) else (self.text(value),)
        return column.value, frozenset(listed)

    def _dates(self, found: "dict[str, Node]", node: Node, is_open: bool) -> Dates:  # noqa: FBT001 - the two are one question
        if not found or (not is_open and self._lacks(node, found, "date", ("start",))):
            return Dates(())
        order = Order(
            self._one_of(found["order"], "order", ORDERS) if "order" in found else "",
            self._years(found["two-digit-years"], hundred=True) if "two-digit-years" in found else None,
            int(self._one_of(found["days-from"], "year", ("1900", "1904"))) if "days-from" in found else 0,
            *(self._years(found["between"]) if "between" in found else ()),
        )
        start, end = self._columns(found.get("start")), self._columns(found.get("end"))
        for columns in (start, end):
            if len(columns) > 3:
                self.problem(
                    found.get("start", node),
                    "wrong-type",
                    "a date has one column, or two or three: year, month and day",
                    "write start: [Year, Month, Day]",
                )
        return Dates(start, end, self._optional(found, "days"), self._optional(found, "year"), order)

    def _years(self, node: Node, *, hundred: bool = False) -> tuple[int, int]:
        first, _, last = self.text(node).partition("..")
        if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4 and first <= last):
            self.problem(node, "bad-number", f"{first}..{last} is no period of years", "write 1950..2049")
        elif hundred and int(last) - int(first) != 99:
            self.problem(
                node, "bad-number", f"{first}..{last} are not a hundred years", f"write {first}..{int(first) + 99}"
            )
        else:
            return int(first), int(last)
        return 1900, 1999

    def _values(self, fields: "dict[str, Node]") -> dict[str, dict[str, tuple[Meaning, ...]]]:
        known = ("visitor", "host", "actors", "kind", "role", "status", "support", "title", "offices", "type")
        return {
            key: {word_key(word.value): self._meanings(key, value) for word, value in self._pairs(node)}
            for key, node in self._map(fields, "values", known).items()
        }

    def _pairs(self, node: Node) -> "list[tuple[Text, Node]]":
        if isinstance(node, Pairs):
            return node.pairs
        self.problem(node, "wrong-type", "a map of words and their meaning is expected", "write Working visit: working")
        return []

    def _meanings(self, key: str, node: Node) -> tuple[Meaning, ...]:
        """One meaning, or several with their dates; of offices a list is one meaning."""
        if isinstance(node, Items) and any(isinstance(item, Pairs) for item in node.items):
            return tuple(self._dated(key, item) for item in node.items)
        return (Meaning(self._means(key, node)),)

    def _dated(self, key: str, node: Node) -> Meaning:
        found = self._fields(node, "a meaning", MEANING)
        if found is None or self._lacks(node, found, "a meaning", ("is",)):
            return Meaning(())
        first = self._edge(found["since"]).earliest if "since" in found else NEVER_BEFORE
        last = self._edge(found["until"]).latest if "until" in found else NEVER_AFTER
        return Meaning(self._means(key, found["is"]), Span(first, last))

    def _edge(self, node: Node) -> Span:
        try:
            return parse_period(self.text(node))
        except DateError as error:
            self.problem(node, error.name, str(error), error.remedy)
            return Span(NEVER_BEFORE, NEVER_AFTER)

    def _means(self, key: str, node: Node) -> tuple[str, ...]:
        listed = node.items if isinstance(node, Items) else [node]
        return tuple(self._meant(key, item) for item in listed)

    def _meant(self, key: str, node: Node) -> str:
        """A word of ours for a field."""
        if key in ("visitor", "host", "actors"):
            return self._actor(node)
        if key == "offices":
            return self._office(node)
        return self._one_of(node, key, _WORDS[key]) if key in _WORDS else self.text(node)

    def _rules(self, key: str, node: Node) -> tuple[Rule, ...]:
        if not isinstance(node, Items):
            self.problem(node, "wrong-type", "rules are a list", "begin each with '- '")
            return ()
        return tuple(filter(None, (self._rule(key, item) for item in node.items)))

    def _rule(self, key: str, node: Node) -> Rule | None:
        found = self._fields(node, "a rule", RULE)
        if found is None or self._lacks(node, found, "a rule", ("column", "is")):
            return None
        if len(found.keys() & {"begins", "has"}) != 1:
            self.problem(
                node, "missing-field", "a rule says what its column begins with, or has", "add begins: or has:"
            )
            return None
        how = "begins" if "begins" in found else "has"
        text = fold(self.text(found[how]))
        return Rule(self.text(found["column"]), text, how == "begins", self._meant(key, found["is"]))

    def _titles(self, node: "Node | None") -> dict[str, tuple[str, ...]]:
        if node is None:
            return {}
        return {
            fold(word.value): self._means("offices", value) if not _empty(value) else ()
            for word, value in self._pairs(node)
        }


def _blank(node: "Node | None") -> bool:
    """Whether a key is there and all its lines were taken out, or stand as comments."""
    return isinstance(node, Text) and not node.value


def _empty(node: Node) -> Any:
    return isinstance(node, Items) and not node.items
