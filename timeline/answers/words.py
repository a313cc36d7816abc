"""`actors`, `people` and `offices`: the vocabulary with how often the record uses it; `records`: those that ship."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Column, Grid
from timeline.errors import UsageError
from timeline.names import fold
from timeline.people import person_index
from timeline.text import date_text, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.model import Event, Store
    from timeline.names import Index


def actors_answer(store: "Store", text: str, *, used_only: bool) -> Answer:
    """Actors whose names or capitals contain `text`, the most used first; with `used_only` only those that the record has."""
    spellings = store.vocabulary.spellings
    visits = Counter(actor for event in store.events if event.status != "candidate" for actor in event.involved)
    rows: list[dict[str, Any]] = []
    for actor in store.vocabulary.actors.values():
        if used_only and not visits[actor.id]:
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
            "events": visits[actor.id],
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
    return _answer("actors", rows, columns, cells, "actor", _ACTOR_KEYS)


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


def people_answer(store: "Store", events: "Sequence[Event]", text: str) -> Answer:
    """The people of the events given, the most travelled first, with the offices they held in them."""
    found: dict[str, list[Event]] = {}
    for event in events:
        for name in dict.fromkeys(person.name for person in event.people):
            found.setdefault(name, []).append(event)
    rows = [_person_row(store, name, journeys) for name, journeys in found.items()]
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
    return _answer("people", rows, columns, cells, "person", _PERSON_KEYS)


_PERSON_KEYS = ("name", "aliases", "events", "heads", "first", "last", "offices")


def _person_row(store: "Store", name: str, journeys: "Sequence[Event]") -> dict[str, Any]:
    known = store.vocabulary.people.get(name)
    each = [[person for person in event.people if person.name == name] for event in journeys]
    return {
        "name": name,
        "aliases": list(known.aliases) if known else [],
        "events": len(journeys),
        "heads": sum(any(person.role == "heads" for person in entries) for entries in each),
        "first": journeys[0].date.text,
        "last": journeys[-1].date.text,
        "offices": list(dict.fromkeys(office for entries in each for person in entries for office in person.offices)),
    }


def _person_cells(row: dict[str, Any], journeys: "Sequence[Event]") -> tuple[str, ...]:
    first, last = date_text(journeys[0].date), date_text(journeys[-1].date)
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
    """The offices from the highest level down, with how many people of the record's events held them."""
    held = Counter(office for event in store.events for person in event.people for office in person.offices)
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
    )


def _answer(
    command: str,
    rows: list[dict[str, Any]],
    columns: tuple[Column, ...],
    cells: "Sequence[tuple[str, ...]]",
    noun: str,
    keys: tuple[str, ...],
) -> Answer:
    count = f"{len(rows):,} people" if noun == "person" and len(rows) != 1 else plural(len(rows), noun)
    return Answer(
        command,
        rows,
        (Grid(columns, tuple(cells)),),
        summary={"count": len(rows)},
        remarks=(count,),
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
