"""What was given for a change, as options, a file or answers to questions → events, and what is wrong with it, at its place."""

import re
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from timeline.cli import complete
from timeline.errors import InputError, Problems, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.errors import Problem
    from timeline.model import Event, Store
    from timeline.store.reader import Node, Pairs, Start


class Asked(NamedTuple):
    """A field of an event: its option, whether it may be repeated, what is asked for on a terminal."""

    flag: str
    many: bool
    question: str


FIELDS = {
    "id": Asked("--id", many=False, question="Id"),
    "date": Asked("--date", many=False, question="Date, such as 2019-06-20/2019-06-21, 2019-06 or 2019"),
    "type": Asked("--type", many=False, question="Type"),
    "title": Asked("--title", many=False, question="What happened"),
    "visitor": Asked("--visitor", many=False, question="Visitor: a state or organisation by any name"),
    "host": Asked("--host", many=False, question="Host"),
    "actors": Asked("--actor", many=True, question="Actor concerned"),
    "people": Asked("--person", many=True, question="Person: name | title | office, office | role"),
    "kind": Asked("--kind", many=False, question="Kind: state, official, working, …"),
    "status": Asked("--status", many=False, question="Status"),
    "places": Asked("--place", many=True, question="Place"),
    "met": Asked("--met", many=True, question="Received by"),
    "occasion": Asked("--occasion", many=False, question="Occasion"),
    "tags": Asked("--tag", many=True, question="Tag"),
    "support": Asked("--support", many=False, question="Support: confirmed, recalled or conflicting"),
    "note": Asked("--note", many=False, question="Note"),
    "sources": Asked("--source", many=True, question="Source: title | publisher | url | date"),
}


def _one(flag: str, metavar: str, what: str, complete: Any = None) -> Any:
    return Annotated[str | None, typer.Option(flag, metavar=metavar, help=what, autocompletion=complete)]


def _many(flag: str, metavar: str, what: str, complete: Any = None) -> Any:
    return Annotated[list[str] | None, typer.Option(flag, metavar=metavar, help=what, autocompletion=complete)]


EVENT: dict[str, Any] = {
    "date": _one("--date", "DATE", "2019-06-20/2019-06-21, 2019-06, 2019, …: as docs/format.md says."),
    "visitor": _one("--visitor", "NAME", "Who went.", complete.actors),
    "host": _one("--host", "NAME", "Where to.", complete.actors),
    "people": _many("--person", "TEXT", 'Who travelled: "name | title | office, office | role". Repeatable.'),
    "kind": _one("--kind", "KIND", "state, official, goodwill, working, …"),
    "places": _many("--place", "PLACE", "A city or building. Repeatable."),
    "met": _many("--met", "NAME", "Who received them. Repeatable."),
    "occasion": _one("--occasion", "TEXT", "Why."),
    "tags": _many("--tag", "TAG", "A free word. Repeatable."),
    "support": _one("--support", "SUPPORT", "confirmed (as without it), recalled or conflicting."),
    "note": _one("--note", "TEXT", "What a reader must know."),
    "sources": _many("--source", "TEXT", 'A source: "title | publisher | url | date". Repeatable.'),
    "status": _one("--status", "STATUS", "happened (as without it), announced, cancelled or candidate."),
    "type": _one("--type", "TYPE", "visit (as without it), meeting, treaty, …"),
    "title": _one("--title", "TEXT", "What happened, for events that are not visits."),
    "actors": _many(
        "--actor", "NAME", "Who is concerned, for events that are not visits. Repeatable.", complete.actors
    ),
    "id": _one("--id", "ID", "Otherwise one is made: who-where-year-month."),
}


def option_event(given: dict[str, Any], store: "Store") -> "Event":
    """The event that options describe. Raises InputError with the option that is wrong."""
    lines, pairs = _typed(given)
    _use_known_names(pairs, store)
    return _events("options", lines, [pairs], store)[0]


def _use_known_names(fields: "Pairs", store: "Store") -> None:
    """Names of people in the one spelling of the record: 习近平 is Xi Jinping where the record says so."""
    from timeline.people import person_index
    from timeline.store.reader import Items, Pairs, Text

    index = person_index(store)
    listed = [value for key, value in fields.pairs if key.value in ("people", "met") and isinstance(value, Items)]
    for node in (node for items in listed for node in items.items):
        name = node.pairs[0][1] if isinstance(node, Pairs) and node.pairs else node
        if isinstance(name, Text):
            name.value = index.find(name.value) or name.value


def fault_of(key: str, values: "Sequence[str]", given: dict[str, Any], store: "Store") -> "Problem | None":
    """What is wrong with an answer for one field, by itself or together with those given before."""
    from timeline.store.build import Builder
    from timeline.store.reader import Page

    answer = {key: list(values) if FIELDS[key].many else values[0]}
    lines, node = _typed(answer)
    problems, whole = Problems(), Problems()
    Builder(Page("answer", "\n".join(lines)), store.vocabulary, problems).field(key, node.pairs[0][1])
    if not problems:
        lines, node = _typed(given | answer)
        Builder(Page("answers", "\n".join(lines)), store.vocabulary, whole).event(node)
    missing = "missing-field"  # of the event as a whole: what is still to be asked for
    return next(iter((*problems.first, *(problem for problem in whole.first if problem.name != missing))), None)


def given_text(path: str) -> tuple[str, str]:
    """The name and the text of a file; `-` is standard input."""
    from timeline.store.files import read_texts

    problems = Problems()
    texts = read_texts([path], problems)
    if len(texts) > 1:
        raise UsageError(f"{path} is a folder; name one file")
    if problems or not texts:
        raise InputError(problems)
    return texts[0]


def file_events(name: str, text: str, store: "Store") -> "list[Event]":
    """The events of a file: one, a list of them, or a store, as YAML or JSON."""
    node = _json_node(name, text) or _yaml_node(name, text)
    return _events(name, text.split("\n"), _items(name, text, node), store)


def block_events(name: str, text: str, store: "Store") -> "list[Event]":
    """The events of a piece of a list of events, as somebody has edited it."""
    from timeline.store.build import Builder
    from timeline.store.reader import Items, Page

    page, problems, node = Page(name, text), Problems(), _yaml_node(name, text)
    if not isinstance(node, Items):
        what = "no event begins here"
        raise InputError([page.problem(node.line, node.column, "wrong-type", what, "begin it with '- id: …'")])
    builder = Builder(page, store.vocabulary, problems)
    events = [event for item in node.items if (event := builder.event(item)) is not None]
    if problems:
        raise InputError(problems)
    return events


def set_values(pairs: "Sequence[str]", unset: "Sequence[str]", store: "Store") -> dict[str, Any]:
    """`field=value` as the model has it, in the flat form of docs/format.md; None for a field to take out. Raises UsageError or InputError."""
    from timeline.store.build import Builder
    from timeline.store.reader import Page, Start
    from timeline.store.rows import cell_node
    from timeline.store.rules import EVENT_KEYS

    known = [key for key in EVENT_KEYS if key != "id"]
    values: dict[str, Any] = dict.fromkeys(unset)
    _refuse_twice([*unset, *(pair.partition("=")[0] for pair in pairs)])
    problems = Problems()
    builder = Builder(Page("options", "\n".join(f"--set {pair}" for pair in pairs)), store.vocabulary, problems)
    for line, (key, equals, value) in enumerate(pair.partition("=") for pair in pairs):
        if not equals:
            raise UsageError(f"--set: {key!r} has no value; write --set field=value, or --unset {key}")
        node = cell_node(key, value, Start(line, len(f"--set {key}=")))
        if key == "sources":
            _know_addresses(node)
        values[key] = builder.field(key, node) if key in known else ""
    if "id" in values:
        raise UsageError("an id is changed by: timeline rename ID NEW")
    if "date" in unset:
        raise UsageError(
            "an event has a date; one that is not known well is written so: 2025-10, 2025, 2025-10~ or 2024/2025"
        )
    if unknown := sorted(values.keys() - set(known)):
        raise UsageError(
            f"an event has no field {unknown[0]!r}{did_you_mean(unknown[0], known)} (one of: {', '.join(known)})"
        )
    if problems:
        raise InputError(problems)
    return values


def _refuse_twice(keys: "Sequence[str]") -> None:
    """Raise UsageError where it is open what a field is to be."""
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise UsageError(
            f"{twice} is given twice; write --set {twice}=… or --unset {twice} once; parts of a list are joined by ;"
        )


def _know_addresses(sources: "Node") -> None:
    """Of sources told by one part each, those of which that is an address have it as that, not as their title."""
    from timeline.store.reader import Items, Pairs, Text

    for source in sources.items if isinstance(sources, Items) else ():
        if isinstance(source, Pairs) and len(source.pairs) == 1:
            key, value = source.pairs[0]
            if isinstance(value, Text) and _is_address(value.value):
                key.value = "url"


def _is_address(text: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None


def _typed(given: dict[str, Any]) -> "tuple[list[str], Pairs]":
    """The options as lines, so that a problem can show its own, and as the fields of an event."""
    from timeline.store.reader import Items, Pairs, Start, Text

    lines: list[str] = []
    pairs: list[tuple[Text, Node]] = []
    for key, (flag, many, _) in FIELDS.items():
        nodes: list[Node] = []
        value = given.get(key)
        for text in [] if value is None else value if many else [value]:
            nodes.append(_typed_node(key, text, Start(len(lines), len(flag) + 1)))
            lines.append(f"{flag} {text}")
        if nodes:
            first = nodes[0]
            pairs.append((Text(key, Start(first.line, 0)), Items(nodes, first.start) if many else first))
    return lines, Pairs(pairs, Start(0, 0))


def _typed_node(key: str, value: str, start: "Start") -> "Node":
    from timeline.store.reader import Items, Pairs, Text

    if key not in ("people", "sources"):
        return Text(value, start)
    names, parts = _parts(key, value)
    pairs: list[tuple[Text, Node]] = []
    for name, part in zip(names, parts, strict=False):
        words: list[Node] = [Text(word.strip(), start) for word in part.split(",")]
        if part:
            pairs.append((Text(name, start), Items(words, start) if name == "offices" else Text(part, start)))
    return Pairs(pairs, start)


def _parts(key: str, value: str) -> tuple[tuple[str, ...], list[str]]:
    """The parts of a person or a source; a backslash before a mark makes it part of the text."""
    from timeline.store.rules import PERSON_KEYS, SOURCE_KEYS

    flag, names = FIELDS[key].flag, tuple(PERSON_KEYS) if key == "people" else SOURCE_KEYS
    parts = [re.sub(r"\\([;|\\])", r"\1", part).strip() for part in re.split(r"(?<!\\)\|", value)]
    if len(parts) > len(names):
        raise UsageError(
            f"{flag}: {value!r} has {len(parts)} parts, and {flag} takes {len(names)}: {' | '.join(names)}; write \\| within one"
        )
    if key == "people" and re.search(r"(?<!\\);", value.partition("|")[0]):
        raise UsageError(
            f"{flag}: {value!r}: parts are joined by |, as in {' | '.join(names)}; write \\; within a name"
        )
    alone = key == "sources" and len(parts) == 1 and _is_address(parts[0])
    return (("url",) if alone else names), parts


def _events(name: str, lines: "Sequence[str]", nodes: "Sequence[Node]", store: "Store") -> "list[Event]":
    """Events from nodes, with ids made for those that have none. Raises InputError with every problem."""
    from timeline.ids import propose_id
    from timeline.store.build import Builder
    from timeline.store.reader import Page, Pairs, Text

    problems = Problems()
    builder, taken, found = (
        Builder(Page(name, "\n".join(lines)), store.vocabulary, problems),
        set(store.by_id),
        [],
    )
    for node in nodes:
        named = not isinstance(node, Pairs) or any(key.value == "id" for key, _ in node.pairs)
        if isinstance(node, Pairs) and not named:
            node.pairs.append((Text("id", node.start), Text("to-be-made", node.start)))
        event = builder.event(node)
        if event is not None:
            event = event if named else event._replace(id=propose_id(event, taken, store.vocabulary))
            taken.add(event.id)
            found.append(event)
    if problems:
        raise InputError(problems)
    return found


def _yaml_node(name: str, text: str) -> "Node":
    from timeline.store.reader import Document, Unreadable

    try:
        return Document(name, text).whole()
    except Unreadable as error:
        raise InputError([error.problem]) from error


def _json_node(name: str, text: str) -> "Node | None":
    """JSON as nodes; None where the text is not JSON."""
    from timeline.store.json_nodes import json_node
    from timeline.store.reader import Unreadable

    if not name.endswith(".json") and text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json_node(name, text)
    except Unreadable as error:
        raise InputError([error.problem]) from error
    except ValueError as error:
        if name.endswith(".json"):
            raise UsageError(f"{name}: not JSON: {error}") from error
        return None


def _items(name: str, text: str, node: "Node") -> "Sequence[Node]":
    """The events in a document: the list, the list under `events`, or the one."""
    from timeline.store.reader import Items, Page, Pairs

    if isinstance(node, Pairs):
        listed = next((value for key, value in node.pairs if key.value == "events"), None)
        node = listed if isinstance(listed, Items) else Items([node], node.start)
    if isinstance(node, Items) and node.items:
        return node.items
    raise InputError(
        [Page(name, text).problem(0, 0, "wrong-type", "no event stands here", "give id, date, … or a list of events")]
    )


def require_sources(events: "Iterable[Event]", *, insisted: bool) -> None:
    """Raise UsageError where an event has no source and nobody insists on that."""
    for event in events:
        if not event.sources and not insisted:
            raise UsageError(
                f"{event.id} has no source: --source 'title | publisher | url | date', or --unsourced to insist"
            )


def keep_sources(before: "Event", after: "Iterable[Event]", *, insisted: bool) -> None:
    """Raise UsageError where an event that had sources would be left without, and nobody insists on that."""
    for event in after if before.sources and not insisted else ():
        if not event.sources:
            raise UsageError(f"{event.id} would have no source any more; give another, or --unsourced to insist")
