"""What is wrong with a record beyond its form, or merely doubtful. A tuple of functions, each from a store to problems."""

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.errors import Problem
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.model import Event, Store

NEAR = 7  # days between the starts of two entries that may be one journey


def find_problems(store: "Store") -> list[Problem]:
    """All problems of all checks, by file and line."""
    found = [problem for check in CHECKS for problem in check(store)]
    return sorted(found, key=lambda p: (p.file, p.line, p.name))


def _at(event: "Event", name: str, message: str, remedy: str = "", severity: str = "warning") -> Problem:
    return Problem(
        event.origin.file, event.origin.line, 1, name, message, remedy, f"- id: {event.id}", severity
    )


def order(store: "Store") -> "Iterator[Problem]":
    """Events of a file that do not stand oldest first."""
    by_place = sorted(store.events, key=lambda event: event.origin)
    for before, event in pairwise(by_place):
        if before.origin.file == event.origin.file and event.order < before.order:
            yield _at(
                event,
                "order",
                f"{event.id} ({event.date.text}) stands after {before.id} ({before.date.text})",
                "move it up: oldest first, then by id",
            )


def duplicates(store: "Store") -> "Iterator[Problem]":
    """Two visits in one direction, by the same person, that began within days of each other."""
    for number, event in enumerate(store.events):
        if event.type != "visit":
            continue
        names = {fold(person.name) for person in event.people}
        for other in store.events[number + 1 :]:
            if other.date.start.earliest > event.date.start.latest + NEAR:
                break
            same = (
                other.type == "visit"
                and other.direction == event.direction
                and {fold(p.name) for p in other.people} & names
            )
            exact = event.date.start.exact and other.date.start.exact
            if same and exact and other.kind == event.kind:
                yield _at(
                    other,
                    "duplicate",
                    f"may be the journey of {event.id}: same direction, same person, {other.date.text} and {event.date.text}",
                    "make them one visit with all its people, or say in the notes that they are two",
                )


def sources(store: "Store") -> "Iterator[Problem]":
    """Events without any source, and sources without an address."""
    for event in store.events:
        if not event.sources and event.support == "confirmed":
            yield _at(
                event,
                "unsourced",
                f"{event.id} is confirmed but names no source",
                "add one, or set support: recalled",
                "error",
            )


def support(store: "Store") -> "Iterator[Problem]":
    """Events that rest on memory, or on sources that disagree."""
    for event in store.events:
        if event.support != "confirmed":
            why = "rests on memory" if event.support == "recalled" else "has sources that disagree"
            yield _at(event, event.support, f"{event.id} {why}", "find a source that settles it")


def offices(store: "Store") -> "Iterator[Problem]":
    """Visits headed by somebody whose office is not known."""
    for event in store.events:
        for person in event.people:
            if event.type == "visit" and person.role == "heads" and not person.offices:
                yield _at(
                    event,
                    "no-office",
                    f"{event.id}: the offices of {person.name} are not given",
                    "add offices: [...]; filters by office and rank pass the visit over",
                )


def successions(store: "Store") -> "Iterator[Problem]":
    """Events of an actor that did not exist then."""
    from timeline.dates import parse_when

    for event in store.events:
        for slug in event.involved:
            actor = store.vocabulary.actors[slug]
            early = actor.from_ and event.date.end.latest < parse_when(actor.from_).start.earliest
            late = actor.to and event.date.start.earliest > parse_when(actor.to).start.latest
            if early or late:
                successors = (
                    f"; since then: {', '.join(actor.successors)}" if late and actor.successors else ""
                )
                yield _at(
                    event,
                    "former-state",
                    f"{event.id}: {actor.name} existed from {actor.from_ or '…'} to {actor.to or '…'}{successors}",
                    "name the state of that day",
                    "error",
                )


CHECKS: "tuple[Callable[[Store], Iterator[Problem]], ...]" = (
    order,
    duplicates,
    sources,
    support,
    offices,
    successions,
)
