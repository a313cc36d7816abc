"""`actors`, `people` and `offices`: the vocabulary with how often the record uses it; `records`: those that ship."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Column, Grid
from timeline.errors import UsageError
from timeline.names import fold
from timeline.people import person_index
from timeline.query import in_scope, select
from timeline.scope import scope_line
from timeline.text import date_text, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.model import Event, Person, Store
    from timeline.names import Index
    from timeline.query import Query


def actors_answer(store: "Store", text: str, *, used_only: bool) -> Answer:
    """Actors whose names or capitals contain `text`, the most used first; with `used_only` only those that the record has."""
    spellings = store.vocabulary.spellings
    events = Counter(actor for event in _counted(store) for actor in set(event.involved))
    rows: list[dict[str, Any]] = []
    for actor in store.vocabulary.actors.values():
        if used_only and not events[actor.id]:
            continue
        rows.append({
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "iso2": actor.iso2 or None,
            "iso3": actor.iso3 or None,
            "from": actor.from_ or None,
            "to": actor.to or None,
            "successors": list(actor.successors),
            "adjectives": list(actor.adjectives),
            "capitals": list(dict.fromkeys(name for capital in actor.capitals for name in spellings(capital))),
            "aliases": list(actor.aliases),
            "events": events[actor.id],
        })  # fmt: skip
    rows = _named(text, rows, ("id", "name", "iso2", "iso3", "aliases", "capitals"), store.vocabulary.actor_index)
    rows.sort(key=lambda row: (-row["events"], row["id"]))
    columns = (
        Column("Id", style="strong"),
        Column("Name", least=14),
        Column("Events", right=True),
        Column("Codes", worth=6),
        Column("Also", worth=5, least=30),
    )
    cells = [
        (
            row["id"],
            row["name"],
            f"{row['events']:,}",
            " ".join(filter(None, (row["iso2"], row["iso3"]))),
            ", ".join(row["aliases"]),
        )
        for row in rows
    ]
    return _answer("actors", rows, columns, cells, "actor", _ACTOR_KEYS, _counted_words("actor"))


_ACTOR_KEYS = (
    "id",
    "name",
    "kind",
    "iso2",
    "iso3",
    "from",
    "to",
    "successors",
    "adjectives",
    "capitals",
    "aliases",
    "events",
)


def _counted(store: "Store") -> "list[Event]":
    return [event for event in store.events if event.status != "candidate"]


def _counted_words(noun: str) -> str:
    return f"events of every type, candidates left out; visits that happened: timeline stats --by {noun}"


def people_answer(store: "Store", query: "Query", text: str) -> Answer:
    """The people whom a scope asks for, everybody on its visits where it asks nothing of people, the most travelled first, with the offices they held there."""
    found: dict[str, list[tuple[Event, Person]]] = {}
    for event in select(store.events, query, store.vocabulary):
        for person in in_scope(event, query, store.vocabulary) if query.about_people else event.people:
            found.setdefault(person.name, []).append((event, person))
    rows = [_person_row(store, name, entries) for name, entries in found.items()]
    rows = _named(text, rows, ("name", "aliases"), person_index(store))
    rows.sort(key=lambda row: (-row["events"], row["name"]))
    columns = (
        Column("Name", style="strong", least=16),
        Column("Events", right=True),
        Column("Heads", right=True, worth=7),
        Column("First", style="date", worth=6),
        Column("Last", style="date", worth=6),
        Column("Offices", least=24),
    )
    cells = [_person_cells(row, found[row["name"]]) for row in rows]
    return _answer("people", rows, columns, cells, "person", _PERSON_KEYS, scope_line(query, store.vocabulary))


_PERSON_KEYS = ("name", "aliases", "events", "heads", "first", "last", "offices")


def _person_row(store: "Store", name: str, entries: "Sequence[tuple[Event, Person]]") -> dict[str, Any]:
    known = store.vocabulary.people.get(name)
    return {
        "name": name,
        "aliases": list(known.aliases) if known else [],
        "events": len({event.id for event, _ in entries}),
        "heads": len({event.id for event, person in entries if person.role == "heads"}),
        "first": entries[0][0].date.text,
        "last": entries[-1][0].date.text,
        "offices": list(dict.fromkeys(office for _, person in entries for office in person.offices)),
    }


def _person_cells(row: dict[str, Any], entries: "Sequence[tuple[Event, Person]]") -> tuple[str, ...]:
    first, last = date_text(entries[0][0].date), date_text(entries[-1][0].date)
    return (row["name"], f"{row['events']:,}", f"{row['heads']:,}", first, last, ", ".join(row["offices"]))


def records_answer(stores: "Mapping[str, Store]") -> Answer:
    """Records by the name that `--store` takes, with their size and reach."""
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "title": store.title or None,
            "events": len(store.events),
            "first": store.events[0].date.text,
            "last": store.events[-1].date.text,
            "file": store.files[0],
        }
        for name, store in stores.items()
    ]
    columns = (
        Column("Name", style="strong"),
        Column("Title", least=24),
        Column("Events", right=True),
        Column("First", style="date", worth=6),
        Column("Last", style="date", worth=6),
    )
    cells = [
        (
            name,
            store.title,
            f"{len(store.events):,}",
            date_text(store.events[0].date),
            date_text(store.events[-1].date),
        )
        for name, store in stores.items()
    ]
    return _answer("records", rows, columns, cells, "record", ("name", "title", "events", "first", "last", "file"))


def offices_answer(store: "Store", text: str) -> Answer:
    """The offices from the highest level down, with how many of the record's events had somebody who held them, or one that implies them."""
    held = Counter(
        office
        for event in _counted(store)
        for office in store.vocabulary.held(dict.fromkeys(o for person in event.people for o in person.offices))
    )
    rows: list[dict[str, Any]] = [
        {
            "id": office.id,
            "title": office.title,
            "ladder": office.ladder,
            "rank": office.rank,
            "level": office.level,
            "aliases": list(office.aliases),
            "shares": list(office.shares),
            "events": held[office.id],
        }
        for office in sorted(store.vocabulary.offices.values(), key=lambda office: (-office.level, office.id))
    ]
    rows = _named(text, rows, ("id", "title", "aliases", "shares"), store.vocabulary.office_index)
    columns = (
        Column("Id", style="strong"),
        Column("Ladder", worth=7),
        Column("Rank", worth=8),
        Column("Level", right=True, worth=6),
        Column("Events", right=True, worth=7),
        Column("Also", worth=5, least=30),
    )
    cells = [
        (
            row["id"],
            row["ladder"],
            row["rank"],
            str(row["level"]),
            f"{row['events']:,}",
            ", ".join([row["title"], *row["aliases"]]),
        )
        for row in rows
    ]
    return _answer(
        "offices",
        rows,
        columns,
        cells,
        "office",
        ("id", "title", "ladder", "rank", "level", "aliases", "shares", "events"),
        _counted_words("office"),
    )


def _answer(
    command: str,
    rows: list[dict[str, Any]],
    columns: tuple[Column, ...],
    cells: "Sequence[tuple[str, ...]]",
    noun: str,
    keys: tuple[str, ...],
    counted: str = "",
) -> Answer:
    count = f"{len(rows):,} people" if noun == "person" and len(rows) != 1 else plural(len(rows), noun)
    return Answer(
        command,
        rows,
        (Grid(columns, tuple(cells)),),
        summary={"count": len(rows)},
        remarks=(f"{count}; {counted}" if counted else count,),
        keys=keys,
    )


def _named(text: str, rows: list[dict[str, Any]], keys: tuple[str, ...], index: "Index") -> list[dict[str, Any]]:
    """Rows with a name that contains the text. Where it is the whole of some name, parts of words do not count: `niger` is not Nigeria, `평양` not in 태평양.

    Raises UsageError with the nearest names for a text that is in none at all, not even outside of the scope that the rows are from.
    """
    key = fold(text)
    names = [
        [fold(name) for k in keys for name in (row[k] if isinstance(row[k], list) else [row[k] or ""])] for row in rows
    ]
    whole = bool(key) and any(key in own for own in names)
    found = [row for row, own in zip(rows, names, strict=True) if any(_within(key, name, whole=whole) for name in own)]
    if text and not (key and (found or any(key in known for known in index.keys))):
        raise UsageError(
            f"no {index.what} has {text!r} in a name{index.suggest(text) or '; leave it out to list them'}"
        )
    return found


def _within(key: str, name: str, *, whole: bool) -> bool:
    return f" {key} " in f" {name} " if whole else key in name
