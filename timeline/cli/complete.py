"""What a shell completes: actors, offices, people and ids, from the record that the command would read."""

from collections.abc import Iterable, Iterator  # Typer reads the annotations when it starts
from typing import TYPE_CHECKING

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from timeline.model import Store


def actors(incomplete: str) -> Iterator[str]:
    """Ids of the shipped vocabulary: quicker than reading a record, and enough."""
    from timeline.vocabulary import shipped

    yield from _starting(incomplete, shipped().actors)


def offices(incomplete: str) -> Iterator[str]:
    from timeline.vocabulary import shipped

    yield from _starting(incomplete, shipped().offices)


def people(incomplete: str) -> Iterator[str]:
    store = _store()
    if store is not None:
        yield from _starting(incomplete, dict.fromkeys(p.name for e in store.events for p in e.people))


def ids(incomplete: str) -> Iterator[str]:
    store = _store()
    if store is not None:
        yield from _starting(incomplete, store.by_id)


def stores(incomplete: str) -> Iterator[str]:
    """Names of records that ship; paths are the shell's to complete."""
    from timeline.cli.places import MARK, shipped_records

    yield from _starting(incomplete, (MARK + name for name in shipped_records()))


def checks(incomplete: str) -> Iterator[str]:
    from timeline.checks import CHECKS

    yield from _starting(incomplete, (check.name for check in CHECKS))


def problems(incomplete: str) -> Iterator[str]:
    from timeline.checks.words import explained

    yield from _starting(incomplete, explained())


def fields(incomplete: str) -> Iterator[str]:
    from timeline.facets import FIELDS

    yield from _starting(incomplete, FIELDS)


def conditions(incomplete: str) -> Iterator[str]:
    """Fields up to the equals sign."""
    from timeline.facets import FIELDS

    yield from _starting(incomplete, (f"{field}=" for field in FIELDS))


def _store() -> "Store | None":
    """The record that a command without --store reads; a record that cannot be read completes nothing."""
    from timeline.cli.places import find_store
    from timeline.store import load

    try:
        return load(find_store([])[0])
    except TimelineError:
        return None


def _starting(incomplete: str, names: Iterable[str]) -> Iterator[str]:
    key = incomplete.casefold()
    return (name for name in names if name.casefold().startswith(key))
