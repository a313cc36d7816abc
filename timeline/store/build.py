"""Nodes → events, coverage, vocabulary and claims, collecting every problem on the way."""

from typing import TYPE_CHECKING, Any

from timeline import vocabulary as words
from timeline.dates import parse_edge, parse_when
from timeline.model import Coverage, Event, Origin, Person, Place, PublishedClaim, Source
from timeline.store.fields import Fields
from timeline.store.pieces import Named
from timeline.store.reader import Items, Node, Pairs, Text
from timeline.store.rules import (
    ACTOR_KEYS,
    CLAIM_KEYS,
    COVERAGE_KEYS,
    KNOWN_PERSON_KEYS,
    OFFICE_KEYS,
    PERSON_KEYS,
)
from timeline.vocabulary import Actor, KnownPerson, Office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_FOREIGN = {  # by type of event, the keys that it cannot have
    "visit": ("actors",),
    "meeting": ("visitor", "kind", "met"),
    "other": ("visitor", "host", "kind", "met"),
}


class Builder(Fields):
    """Builds what one document holds; `problems` grows, nothing is raised for a bad field."""

    def unsound(self, node: Node) -> list[Named]:
        """What is left of something that was not built: its id, if it has one."""
        pairs = node.pairs if isinstance(node, Pairs) else ()
        names = [value.value for key, value in pairs if key.value == "id" and isinstance(value, Text) and value.value]
        return [Named(name, Origin(self.document.file, node.line + 1)) for name in names[:1]]

    def event(self, node: Node) -> Event | None:
        """One event, or None where it has problems (which are noted)."""
        before = len(self.problems)
        readers = _EVENT_READERS
        fields = self._fields(node, "an event", readers)
        if fields is None:
            return None
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
            self._same(fields["host"], values["host"])
        return not lacks

    def _same(self, node: Node, actor: str) -> None:
        self.problem(node, "same-actor", f"visitor and host are both {actor}", "a visit goes from one actor to another")

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
        for key in ("people", "offices"):
            if isinstance(given := fields.get(key), Items) and not given.items:
                self.problem(given, "empty-value", f"no {key} are named", f"name them, or remove {key}: for everybody")
        found = Coverage(
            self._id(fields["id"]),
            self._party(fields["visitor"]),
            self._party(fields["host"]),
            (first or parse_edge("2000"))._replace(latest=last.latest if last else 0),
            words.RANKS[self._one_of(fields["at-least"], "rank", words.RANKS)] if "at-least" in fields else 0,
            self._one_of(fields["how"], "word for how well", words.COVERED),
            self._names(fields["people"]) if "people" in fields else (),
            self.offices(fields["offices"]) if "offices" in fields else (),
            self.text(fields["evidence"]) if "evidence" in fields else "",
            self._one_of(fields["type"], "type of coverage", ("visit", "meeting")) if "type" in fields else "visit",
            Origin(self.document.file, node.line + 1),
        )
        if found.visitor == found.host not in ("", "any"):
            self._same(fields["host"], found.host)
        return found if len(self.problems) == before else None

    def claim(self, node: Node) -> PublishedClaim | None:
        """One published claim, its fields as texts; what they mean is read by `timeline.claims`. Also one with problems, which are noted, as more may be wrong in what they mean."""
        fields = self._fields(node, "a claim", CLAIM_KEYS)
        if fields is None:
            return None
        self._lacks(node, fields, "a claim", ("id", "claim"))
        identity = self._id(fields["id"]) if "id" in fields else ""
        sources = self._sources(fields["sources"]) if "sources" in fields else ()
        texts = {
            key: tuple(filter(None, self._of_claim(key, value)))
            for key, value in fields.items()
            if key not in ("id", "sources")
        }
        places = {
            key: Place(value.line + 1, value.column + 1, self.document.line(value.line))
            for key, value in fields.items()
        }
        return PublishedClaim(identity, texts, sources, Origin(self.document.file, node.line + 1), places)

    def _of_claim(self, key: str, value: Node) -> tuple[str, ...]:
        """The texts of one field of a claim: of some fields several."""
        if not isinstance(value, Items) or key not in _SEVERAL:
            return (_CLAIM_READERS.get(key, Builder.text)(self, value),)
        if not value.items:
            self.problem(value, "empty-value", f"no {key} is named", f"name it, or remove {key}:")
        return self._texts(value)

    def actor_entry(self, node: Node) -> Actor | None:
        fields = self._fields(node, "an actor", ACTOR_KEYS)
        if fields is None or self._lacks(node, fields, "an actor", ("id", "name")):
            return None
        one = {key: self.text(fields[key]) if key in fields else "" for key in ("name", "iso2", "iso3")}
        dates = {key: self._date(fields[key]).text if key in fields else "" for key in ("from", "to")}
        kind = self._one_of(fields["kind"], "kind of actor", words.ACTOR_KINDS) if "kind" in fields else "other"
        many = {
            key: self._texts(fields[key]) if key in fields else ()
            for key in ("adjectives", "capitals", "successors", "aliases")
        }
        if all(dates.values()) and parse_when(dates["to"]).start.latest < parse_when(dates["from"]).start.earliest:
            self.problem(fields["to"], "date-reversed", "the actor ends before it begins", "swap from and to")
        if (name := self._id(fields["id"])) == "any":
            self.problem(fields["id"], "bad-id", "'any' stands for all actors", "use another id")
        return Actor(
            name, one["name"], many["adjectives"], many["capitals"], one["iso2"], one["iso3"],
            kind, dates["from"], dates["to"], many["successors"], many["aliases"],
        )  # fmt: skip

    def office_entry(self, node: Node) -> Office | None:
        fields = self._fields(node, "an office", OFFICE_KEYS)
        if fields is None or self._lacks(node, fields, "an office", OFFICE_KEYS[:4]):
            return None
        level = self._number(fields["level"], 0, 100)
        ladder = self._one_of(fields["ladder"], "ladder", words.LADDERS)
        aliases = self._texts(fields["aliases"]) if "aliases" in fields else ()
        implies = self._texts(fields["implies"]) if "implies" in fields else ()
        return Office(self._id(fields["id"]), self.text(fields["title"]), ladder, level, aliases, implies)

    def person_entry(self, node: Node) -> KnownPerson | None:
        fields = self._fields(node, "a person", KNOWN_PERSON_KEYS)
        if fields is None or self._lacks(node, fields, "a person", ("name",)):
            return None
        aliases = self._texts(fields["aliases"]) if "aliases" in fields else ()
        return KnownPerson(
            self.text(fields["name"]), aliases, self._actor(fields["actor"]) if "actor" in fields else ""
        )

    def _people(self, node: Node) -> tuple[Person, ...]:
        if not isinstance(node, Items):
            self.problem(node, "wrong-type", "people is a list", "write - name: …")
            return ()
        if not node.items:
            self.problem(node, "empty-value", "nobody is named", "name who headed the party")
        return tuple(filter(None, (self._person(item) for item in node.items)))

    def _person(self, node: Node) -> Person | None:
        readers = _PERSON_READERS
        fields = self._fields(node, "a person", readers)
        if fields is None or self._lacks(node, fields, "a person", ("name",)):
            return None
        return Person(**{PERSON_KEYS[key]: readers[key](self, value) for key, value in fields.items()})

    def _name(self, node: Node) -> str:
        """The name of a person, as the record declares it where this is another spelling of one."""
        return self._declared(self.word(node))

    def _names(self, node: Node) -> tuple[str, ...]:
        return tuple(map(self._declared, self._texts(node)))

    def _declared(self, name: str) -> str:
        known = self.vocabulary.people_index.find(name) if self.vocabulary.people else None
        return known or name

    def _sources(self, node: Node) -> tuple[Source, ...]:
        if not isinstance(node, Items):
            self.problem(node, "wrong-type", "sources is a list", f"write - {_meant(node)}: …")
            return ()
        return tuple(filter(None, (self._source(item) for item in node.items)))

    def _source(self, node: Node) -> Source | None:
        if not isinstance(node, Pairs):
            self.problem(node, "wrong-type", "a source is a map of keys and values", f"write {_meant(node)}: …")
            return None
        readers = _SOURCE_READERS
        fields = self._fields(node, "a source", readers)
        if fields is None:
            return None
        if not fields.keys() & {"title", "url"}:
            self.problem(node, "missing-field", "a source needs a title or a url", "add title:")
        if "date" in fields:
            self._date(fields["date"])
        return Source(**{key: readers[key](self, value) for key, value in fields.items()})


def _meant(source: Node) -> str:
    """The key that what stands in the place of a source belongs to."""
    return "url" if isinstance(source, Text) and "://" in source.value else "title"


_EVENT_READERS: "dict[str, Callable[[Builder, Node], Any]]" = {
    "id": Builder._id,
    "date": Builder._date,
    "type": lambda b, n: b._one_of(n, "type", words.TYPES),
    "title": Builder.text,
    "visitor": Builder._actor,
    "host": Builder._actor,
    "actors": Builder._actors,
    "people": Builder._people,
    "kind": lambda b, n: b._one_of(n, "kind", words.KINDS),
    "status": lambda b, n: b._one_of(n, "status", words.STATUSES),
    "places": Builder._texts,
    "met": Builder._names,
    "occasion": Builder.word,
    "tags": Builder._texts,
    "support": lambda b, n: b._one_of(n, "support", words.SUPPORTS),
    "note": Builder.text,
    "sources": Builder._sources,
}
_SOURCE_READERS: "dict[str, Callable[[Builder, Node], str]]" = {
    "title": Builder.text,
    "publisher": Builder.word,
    "url": Builder._address,
    "date": Builder.text,
}
# Of a claim what may have several values.
_SEVERAL = frozenset(
    {
        "who",
        "person",
        "office",
        "role",
        "visitor",
        "host",
        "between",
        "kind",
        "not-kind",
        "place",
        "tag",
        "met",
        "hedge",
    }
)
_CLAIM_READERS = {"url": Builder._address}
_PERSON_READERS: "dict[str, Callable[[Builder, Node], Any]]" = {
    "name": Builder._name,
    "title": Builder.word,
    "offices": Builder.offices,
    "role": lambda b, n: b._one_of(n, "role", words.ROLES),
    "party-rank": lambda b, n: b._number(n, 1, 99),
    "actor": Builder._actor,
}
