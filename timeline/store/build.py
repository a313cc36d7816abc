"""Nodes → events, coverage, vocabulary and claims, collecting every problem on the way."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline import vocabulary as words
from timeline.dates import NEVER_BEFORE, DateError, Span, When, parse_period, parse_when
from timeline.errors import Problem, did_you_mean
from timeline.model import Coverage, Event, Origin, Person, PublishedClaim, Source
from timeline.store.reader import Items, Node, Page, Pairs, Text
from timeline.vocabulary import Actor, KnownPerson, Office, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

EVENT_KEYS = (
    "id date type title visitor host actors people kind status places met occasion tags support note sources".split()
)
PERSON_KEYS = {
    "name": "name",
    "title": "title",
    "offices": "offices",
    "role": "role",
    "party-rank": "party_rank",
    "actor": "actor",
}
SOURCE_KEYS = ("title", "publisher", "url", "date")
COVERAGE_KEYS = tuple("id type visitor host at-least people offices from to how evidence".split())
ACTOR_KEYS = tuple("id name adjectives capitals iso2 iso3 kind from to successors aliases".split())
OFFICE_KEYS = ("id", "title", "ladder", "level", "aliases", "implies")
KNOWN_PERSON_KEYS = ("name", "aliases", "actor")
CLAIM_KEYS = (
    "id", "claim", "reading", "publisher", "published", "url", "about", "form", "number", "unit", "months", "weeks", "days", "since", "reference", "window", "counting",
    "who", "person", "office", "at-least", "ladder", "role", "visitor", "host", "between", "capital", "kind", "not-kind", "place", "tag", "met", "object",
    "hedge", "expected", "why", "sources",
)  # fmt: skip

_FOREIGN = {  # by type of event, the keys that it cannot have
    "visit": ("actors",),
    "meeting": ("visitor", "kind", "met"),
    "other": ("visitor", "host", "kind", "met"),
}


class Unsound(NamedTuple):
    """The id of something that has problems of its own: it may still be given twice."""

    id: str
    origin: Origin


class Builder:
    """Builds what one document holds; `problems` grows, nothing is raised for a bad field."""

    def __init__(self, document: Page, vocabulary: Vocabulary, problems: "list[Problem]") -> None:
        self.document, self.vocabulary, self.problems = document, vocabulary, problems

    def problem(self, node: Node, name: str, message: str, remedy: str = "") -> None:
        self.problems.append(self.document.problem(node.line, node.column, name, message, remedy))

    def unsound(self, node: Node) -> list[Unsound]:
        """What is left of something that was not built: its id, if it has one."""
        pairs = node.pairs if isinstance(node, Pairs) else ()
        names = [value.value for key, value in pairs if key.value == "id" and isinstance(value, Text) and value.value]
        return [Unsound(name, Origin(self.document.file, node.line + 1)) for name in names[:1]]

    def event(self, node: Node) -> Event | None:
        """One event, or None where it has problems (which are noted)."""
        before = len(self.problems)
        fields = self._fields(node, "an event", EVENT_KEYS)
        if fields is None:
            return None
        readers = _EVENT_READERS
        values = {key: readers[key](self, value) for key, value in fields.items()}
        if not self._complete(node, fields, values) or len(self.problems) > before:
            return None
        return Event(**values, origin=Origin(self.document.file, node.line + 1))

    def field(self, key: str, node: Node) -> Any:
        """What one field of an event says; a wrong value is a problem and gives something of the right kind."""
        return _EVENT_READERS[key](self, node)

    def _complete(self, node: Node, fields: "Mapping[str, Node]", values: "dict[str, Any]") -> bool:
        """Whether an event has what its type needs; what its type cannot have is noted."""
        kind = values.get("type", "visit")
        visit = kind == "visit"
        needed = ("id", "date", "visitor", "host", "people") if visit else ("id", "date", "title", "actors")
        lacks = self._lacks(node, fields, "a visit" if visit else f"an event of type {kind}", needed)
        for key in _FOREIGN.get(kind, _FOREIGN["other"]):
            if key in fields:
                what = "a visit has visitor and host, not actors" if visit else f"only visits have {key}"
                self.problem(fields[key], "wrong-field", what, f"remove {key}, or change the type")
        if visit and values.get("visitor") and values.get("visitor") == values.get("host"):
            message, remedy = (
                f"visitor and host are both {values['host']}",
                "a visit goes from one actor to another",
            )
            self.problem(fields["host"], "same-actor", message, remedy)
        return not lacks

    def coverage(self, node: Node) -> Coverage | None:
        before = len(self.problems)
        fields = self._fields(node, "a coverage statement", COVERAGE_KEYS)
        if fields is None or self._lacks(
            node, fields, "a coverage statement", ("id", "visitor", "host", "from", "to", "how")
        ):
            return None
        first, last = self._beginning(fields["from"]), self._period(fields["to"])
        if first and last and last.latest < first.earliest:
            self.problem(fields["to"], "date-reversed", "the coverage ends before it starts", "swap from and to")
        found = Coverage(
            self._id(fields["id"]),
            self._party(fields["visitor"]),
            self._party(fields["host"]),
            (first or parse_period("2000"))._replace(latest=last.latest if last else 0),
            words.RANKS[self._one_of(fields["at-least"], "rank", words.RANKS)] if "at-least" in fields else 0,
            self._one_of(fields["how"], "word for how well", words.COVERED),
            self._texts(fields["people"]) if "people" in fields else (),
            self._offices(fields["offices"]) if "offices" in fields else (),
            self._text(fields["evidence"]) if "evidence" in fields else "",
            self._one_of(fields["type"], "type of coverage", ("visit", "meeting")) if "type" in fields else "visit",
            Origin(self.document.file, node.line + 1),
        )
        return found if len(self.problems) == before else None

    def claim(self, node: Node) -> PublishedClaim | None:
        """One published claim, its fields as texts; what they mean is read by `timeline.claims`."""
        before = len(self.problems)
        fields = self._fields(node, "a claim", CLAIM_KEYS)
        if fields is None or self._lacks(node, fields, "a claim", ("id", "claim")):
            return None
        identity = self._id(fields["id"])
        sources = self._sources(fields["sources"]) if "sources" in fields else ()
        texts = {
            key: self._texts(value) if isinstance(value, Items) else (self._text(value),)
            for key, value in fields.items()
            if key not in ("id", "sources")
        }
        claim = PublishedClaim(identity, texts, sources, Origin(self.document.file, node.line + 1))
        return claim if len(self.problems) == before else None

    def actor_entry(self, node: Node) -> Actor | None:
        fields = self._fields(node, "an actor", ACTOR_KEYS)
        if fields is None or self._lacks(node, fields, "an actor", ("id", "name")):
            return None
        one = {key: self._text(fields[key]) if key in fields else "" for key in ("name", "iso2", "iso3")}
        dates = {key: self._date(fields[key]).text if key in fields else "" for key in ("from", "to")}
        kind = self._one_of(fields["kind"], "kind of actor", words.ACTOR_KINDS) if "kind" in fields else "other"
        many = {
            key: self._texts(fields[key]) if key in fields else ()
            for key in ("adjectives", "capitals", "successors", "aliases")
        }
        return Actor(
            self._id(fields["id"]), one["name"], many["adjectives"], many["capitals"], one["iso2"], one["iso3"],
            kind, dates["from"], dates["to"], many["successors"], many["aliases"],
        )  # fmt: skip

    def office_entry(self, node: Node) -> Office | None:
        fields = self._fields(node, "an office", OFFICE_KEYS)
        if fields is None or self._lacks(node, fields, "an office", OFFICE_KEYS[:4]):
            return None
        level = self._number(fields["level"], 0, 100)
        ladder = self._one_of(fields["ladder"], "ladder", words.LADDERS)
        aliases = self._texts(fields["aliases"]) if "aliases" in fields else ()
        implies = self._offices(fields["implies"]) if "implies" in fields else ()
        return Office(self._id(fields["id"]), self._text(fields["title"]), ladder, level, aliases, implies)

    def person_entry(self, node: Node) -> KnownPerson | None:
        fields = self._fields(node, "a person", KNOWN_PERSON_KEYS)
        if fields is None or self._lacks(node, fields, "a person", ("name",)):
            return None
        aliases = self._texts(fields["aliases"]) if "aliases" in fields else ()
        return KnownPerson(
            self._text(fields["name"]), aliases, self._actor(fields["actor"]) if "actor" in fields else ""
        )

    def _fields(self, node: Node, what: str, known: "Sequence[str]") -> "dict[str, Node] | None":
        """The fields of a map by key; unknown and repeated keys are noted and left out."""
        if not isinstance(node, Pairs):
            self.problem(node, "wrong-type", f"{what} is a map of keys and values", f"write {known[0]}: …")
            return None
        fields: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.value in fields:
                self.problem(key, "duplicate-key", f"{key.value} is given twice", "keep one of the two")
            elif key.value not in known:
                self.problem(
                    key,
                    "unknown-field",
                    f"{what} has no field {key.value!r}{did_you_mean(key.value, known)}",
                    f"known fields: {', '.join(known)}",
                )
            else:
                fields[key.value] = value
        return fields

    def _lacks(self, node: Node, fields: "Mapping[str, Node]", what: str, needed: "Sequence[str]") -> bool:
        missing = [key for key in needed if key not in fields]
        if missing:
            self.problem(node, "missing-field", f"{what} needs {', '.join(missing)}", f"add {missing[0]}:")
        return bool(missing)

    def _text(self, node: Node) -> str:
        if not isinstance(node, Text):
            kind = "list" if isinstance(node, Items) else "map"
            self.problem(node, "wrong-type", f"a {kind} stands where one text is expected", "write one value")
            return ""
        if not node.value.strip():
            self.problem(
                node,
                "empty-value",
                "the value is empty",
                "give a value, or remove the key: an absent key says 'unknown'",
            )
        return node.value

    def _texts(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Items):
            value = node.value if isinstance(node, Text) else "…"
            self.problem(node, "wrong-type", "a list is expected here", f"write [{value}]")
            return ()
        return tuple(self._text(item) for item in node.items)

    def _id(self, node: Node) -> str:
        text = self._text(node)
        if text and not ID.fullmatch(text):
            remedy = "use lower case ASCII letters, digits and single hyphens: li-qiang-pyongyang-2025-10"
            self.problem(node, "bad-id", f"{text!r} cannot be an id", remedy)
        return text

    def _number(self, node: Node, least: int, most: int) -> int:
        text = self._text(node)
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        self.problem(node, "bad-number", f"{text!r} is not a whole number from {least} to {most}", "write it in digits")
        return least

    def _date(self, node: Node) -> When:
        before = len(self.problems)
        text = f"[{', '.join(self._texts(node))}]" if isinstance(node, Items) else self._text(node)
        if len(self.problems) == before:
            try:
                return parse_when(text)
            except DateError as error:
                self.problem(node, error.name, str(error), error.remedy)
        return parse_when("2000")

    def _period(self, node: Node) -> Any:
        text = self._text(node)
        try:
            return parse_period(text)
        except DateError as error:
            self.problem(node, error.name, str(error), error.remedy)
            return None

    def _beginning(self, node: Node) -> Any:
        """A date, or `ever`: since there could be such visits at all."""
        return (
            Span(NEVER_BEFORE, NEVER_BEFORE) if isinstance(node, Text) and node.value == "ever" else self._period(node)
        )

    def _one_of(self, node: Node, what: str, known: "Sequence[str] | Mapping[str, int]") -> str:
        text = self._text(node)
        if text and text not in known:
            names = list(known)
            self.problem(
                node,
                "unknown-value",
                f"unknown {what} {text!r}{did_you_mean(text, names)}",
                f"one of: {', '.join(names)}",
            )
            return names[0]
        return text or next(iter(known))

    def _actor(self, node: Node) -> str:
        text = self._text(node)
        slug = self.vocabulary.actor(text)
        if slug is None:
            if text:
                hint = self.vocabulary.actor_index.suggest(text)
                self.problem(
                    node,
                    "unknown-actor",
                    f"unknown actor {text!r}{hint}",
                    "list known ones with: timeline actors; add one under actors:",
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

    def _offices(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Items):
            self._texts(node)
            return ()
        return tuple(self._office(item) for item in node.items)

    def _office(self, node: Node) -> str:
        text = self._text(node)
        slug = self.vocabulary.office(text)
        if slug is None:
            if text:
                hint = self.vocabulary.office_index.suggest(text)
                self.problem(
                    node,
                    "unknown-office",
                    f"unknown office {text!r}{hint}",
                    "list known ones with: timeline offices; add one under offices:",
                )
            return ""
        return slug

    def _people(self, node: Node) -> tuple[Person, ...]:
        if not isinstance(node, Items):
            self.problem(node, "wrong-type", "people is a list", "write - name: …")
            return ()
        if not node.items:
            self.problem(node, "empty-value", "nobody is named", "name who headed the party")
        return tuple(filter(None, (self._person(item) for item in node.items)))

    def _person(self, node: Node) -> Person | None:
        fields = self._fields(node, "a person", tuple(PERSON_KEYS))
        if fields is None or self._lacks(node, fields, "a person", ("name",)):
            return None
        readers = _PERSON_READERS
        return Person(**{PERSON_KEYS[key]: readers[key](self, value) for key, value in fields.items()})

    def _sources(self, node: Node) -> tuple[Source, ...]:
        if not isinstance(node, Items):
            self.problem(node, "wrong-type", "sources is a list", "write - title: …")
            return ()
        return tuple(filter(None, (self._source(item) for item in node.items)))

    def _source(self, node: Node) -> Source | None:
        fields = self._fields(node, "a source", SOURCE_KEYS)
        if fields is None:
            return None
        if not fields.keys() & {"title", "url"}:
            self.problem(node, "missing-field", "a source needs a title or a url", "add title:")
        if "date" in fields:
            self._date(fields["date"])
        values = {key: self._text(value) for key, value in fields.items()}
        url = values.get("url", "")
        if url and not re.match(r"https?://[^\s/]+", url):
            self.problem(
                fields["url"],
                "bad-url",
                f"{url!r} is not a web address",
                "write the whole address, with https://",
            )
        return Source(**values)


_EVENT_READERS: "dict[str, Callable[[Builder, Node], Any]]" = {
    "id": Builder._id,
    "date": Builder._date,
    "type": lambda b, n: b._one_of(n, "type", words.TYPES),
    "title": Builder._text,
    "visitor": Builder._actor,
    "host": Builder._actor,
    "actors": Builder._actors,
    "people": Builder._people,
    "kind": lambda b, n: b._one_of(n, "kind", words.KINDS),
    "status": lambda b, n: b._one_of(n, "status", words.STATUSES),
    "places": Builder._texts,
    "met": Builder._texts,
    "occasion": Builder._text,
    "tags": Builder._texts,
    "support": lambda b, n: b._one_of(n, "support", words.SUPPORTS),
    "note": Builder._text,
    "sources": Builder._sources,
}
_PERSON_READERS: "dict[str, Callable[[Builder, Node], Any]]" = {
    "name": Builder._text,
    "title": Builder._text,
    "offices": Builder._offices,
    "role": lambda b, n: b._one_of(n, "role", words.ROLES),
    "party-rank": lambda b, n: b._number(n, 1, 99),
    "actor": Builder._actor,
}
