"""Events → the text of a store: one event a block, a blank line between, keys in one order, defaults left out."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from timeline.dates import iso
from timeline.store.rules import ACTING, PERSON_KEYS, SOURCE_KEYS
from timeline.vocabulary import rank_of, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model import Coverage, Event, Person, Store
    from timeline.vocabulary import Actor, Office

HEAD = "timeline: 1\n"
LONG = 90  # characters after which a text is folded
_UNFOLDABLE = re.compile(r"^\s|\s$|\s\s|\n")
_DEFAULTS = {"type": "visit", "status": "happened", "support": "confirmed", "role": "heads"}
_FLOW = ("actors", "places", "met", "tags", "offices")
_KEYS = "id type title visitor host actors people kind status places met occasion tags support note sources".split()


def store_text(events: "Iterable[Event]", store: "Store") -> str:
    """A whole store with these events, in the order given, and the title, vocabulary and coverage of `store`. Claims stay where they are."""
    facts = {
        key: value
        for key, value in (("title", store.title), ("licence", store.licence), ("about", store.about))
        if value
    }
    known = shipped()
    sections: dict[str, list[dict[str, Any]]] = {
        "actors": [_actor(a) for key, a in store.vocabulary.actors.items() if known.actors.get(key) != a],
        "offices": [_office(o) for key, o in store.vocabulary.offices.items() if known.offices.get(key) != o],
        "people": [
            _given({"name": p.name, "aliases": list(p.aliases), "actor": p.actor})
            for p in store.vocabulary.people.values()
        ],
        "coverage": [coverage_fields(statement) for statement in store.coverage],
    }
    head = HEAD + (_dump(facts) if facts else "")
    lists = "".join(
        f"\n{key}:\n" + "\n".join(_dump([entry]) for entry in entries) for key, entries in sections.items() if entries
    )
    return head + lists + "\nevents:\n" + "".join("\n" + event_text(event) for event in events)


def event_text(event: "Event") -> str:
    """One event as a block that stands in a list at column 0."""
    return _dump([dict(_fields(event))])


def field_text(event: "Event", key: str, *, folded: bool = True) -> str:
    """One field of an event at column 0; empty where it is not given or is the default."""
    return next((_dump({key: value}, folded=folded) for name, value in _fields(event) if name == key), "")


def _fields(event: "Event") -> "Iterator[tuple[str, Any]]":
    for key in _KEYS:
        value = getattr(event, key)
        if value and value != _DEFAULTS.get(key):
            yield key, _value(key, value)
        if key == "id":
            yield "date", event.date.text


def _value(key: str, value: Any) -> Any:
    if key == "people":
        return [_person(person) for person in value]
    if key == "sources":
        return [{k: getattr(s, k) for k in SOURCE_KEYS if getattr(s, k)} for s in value]
    return list(value) if key in _FLOW else value


def _person(person: "Person") -> dict[str, Any]:
    fields = {key: getattr(person, name) for key, name in PERSON_KEYS.items()}
    return {
        key: list(value) if key == "offices" else str(value)
        for key, value in fields.items()
        if value and value != _DEFAULTS.get(key)
    }


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def _actor(actor: "Actor") -> dict[str, Any]:
    return _given({
        "id": actor.id, "name": actor.name, "adjectives": list(actor.adjectives), "capitals": list(actor.capitals), "iso2": actor.iso2,
        "iso3": actor.iso3, "kind": actor.kind, "from": actor.from_, "to": actor.to, "successors": list(actor.successors), "aliases": list(actor.aliases),
    })  # fmt: skip


def _office(office: "Office") -> dict[str, Any]:
    return _given(
        {
            "id": office.id,
            "title": office.title,
            "ladder": office.ladder,
            "level": str(office.level),
            "aliases": list(office.aliases),
            "implies": list(office.implies),
        }
    )


def coverage_text(statement: "Coverage") -> str:
    """One statement of coverage as a block that stands in a list at column 0."""
    return _dump([coverage_fields(statement)])


def coverage_fields(statement: "Coverage") -> dict[str, Any]:
    """What a statement of coverage says, by its keys in a store."""
    first, last = (iso(day) or "ever" for day in statement.span)
    return _given({
        "id": statement.id, "type": "" if statement.type == "visit" else statement.type, "visitor": statement.visitor, "host": statement.host, "at-least": rank_of(statement.level) if statement.level else "",
        "people": list(statement.people), "offices": list(statement.offices), "from": first, "to": last, "how": statement.how, "evidence": statement.evidence,
    })  # fmt: skip


def _dump(value: Any, *, folded: bool = True) -> str:
    return inert_yaml(value, _dumper(folded=folded), width=110 if folded else 10**9)


def inert_yaml(value: Any, dumper: Any, width: int) -> str:
    """YAML in which what would act on its surroundings stands as an escape. Such texts must be in double quotes: see `quoted`."""
    import yaml

    text = str(yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=width, default_flow_style=False))  # fmt: skip
    return re.sub(ACTING, lambda found: f"\\u{ord(found[0]):04x}", text)


def quoted(dumper: Any, style: str) -> str:
    """The style of the text at which a dumper of PyYAML is: double quotes where it holds what is to be an escape, otherwise `style`."""
    return '"' if re.search(ACTING, dumper.event.value) else style


@cache
def _dumper(*, folded: bool) -> Any:
    """PyYAML's own dumper, with dates and numbers left bare and short lists of words on one line."""
    import yaml

    class Dumper(yaml.SafeDumper):
        yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML reads it from the class
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":int"))]
            for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
        }

        def choose_scalar_style(self) -> str:
            """Double quotes where quotes are needed, as the notes are full of apostrophes."""
            style = str(super().choose_scalar_style())
            return quoted(self, '"' if style == "'" else style)

        def represent_str(self, data: str) -> Any:
            """Long texts folded over several lines; only where folding loses nothing."""
            folds = len(data) > LONG and " " in data and data.isprintable() and not _UNFOLDABLE.search(data)
            style = ">" if folded and folds else None
            return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)

        def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: FBT001 - PyYAML's signature
            words = all(isinstance(item, str) for item in sequence)
            return super().represent_sequence(tag, sequence, flow_style=words or flow_style)

    Dumper.add_representer(str, Dumper.represent_str)
    return Dumper
