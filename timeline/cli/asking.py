"""`add` without options: questions on a terminal, each answer looked at before the next question."""

import shlex
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import typer

from timeline.cli.given import FIELDS, fault_of
from timeline.cli.options import note
from timeline.cli.review import answered, read_snapshot, writable_paths
from timeline.cli.streams import terminal
from timeline.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.cli.options import Request
    from timeline.model import Store

ORDER = (
    "date",
    "visitor",
    "host",
    "people",
    "kind",
    "places",
    "met",
    "occasion",
    "tags",
    "support",
    "note",
    "sources",
)
NEEDED = ("date", "visitor", "host", "people")
ONE_A_LINE = ("people", "sources")


def questioned(request: "Request", *, insisted: bool) -> dict[str, Any]:
    """The answers, as options would have given them. Raises UsageError where nobody can be asked."""
    if not terminal(sys.stdin):
        raise UsageError("give the event by options such as --date, or by --from FILE; on a terminal you are asked")
    store = read_snapshot(request, writable_paths(request)).store
    note("A visit, field by field; an empty answer says that it is not known. Ctrl-C changes nothing.")
    needed = NEEDED if insisted else (*NEEDED, "sources")
    given: dict[str, Any] = {}
    for key in ORDER:
        _offer(key, store)
        values = _asked(key, given, store, needed=key in needed)
        if values:
            given[key] = values if FIELDS[key].many else values[0]
    return _with_id(given, store)


@contextmanager
def kept(answers: dict[str, Any]) -> "Iterator[None]":
    """Give back answers that were not used, as the command that says the same."""
    try:
        yield
    except (typer.Exit, TimelineError) as ended:
        if not isinstance(ended, typer.Exit) or ended.exit_code:
            note("your answers, as a command:")
            note(shlex.join(["timeline", "add", *_options(answers)]), wrap=False)
        raise


def _options(answers: dict[str, Any]) -> "Iterator[str]":
    for key, value in answers.items():
        for text in value if FIELDS[key].many else [value]:
            yield from (FIELDS[key].flag, text)


def _offer(key: str, store: "Store") -> None:
    """Let the Tab key complete an answer, where lines can be edited."""
    with suppress(ImportError):
        import readline

        words = offered(key, store)
        readline.set_completer_delims(";|")
        readline.set_completer(lambda text, number: _completion(words, text, number))
        readline.parse_and_bind("tab: complete")


def offered(key: str, store: "Store") -> list[str]:
    """The words that an answer may be. What would act on a terminal is not among them."""
    from timeline.text import visible

    return sorted(word for word in _words(key, store) if visible(word) == word)


def _words(key: str, store: "Store") -> "Iterable[str]":
    from timeline.vocabulary import KINDS, SUPPORTS

    if key in ("visitor", "host"):
        return store.vocabulary.actors
    if key == "people":
        return {person.name for event in store.events for person in event.people}
    if key in ("places", "met", "tags"):
        return {word for event in store.events for word in getattr(event, key)}
    return {"kind": KINDS, "support": SUPPORTS}.get(key, ())


def _completion(words: "Sequence[str]", text: str, number: int) -> str | None:
    blank = " " if text.startswith(" ") else ""
    found = [word for word in words if word.casefold().startswith(text.strip().casefold())]
    return blank + found[number] if number < len(found) else None


def _asked(key: str, given: dict[str, Any], store: "Store", *, needed: bool) -> list[str]:
    """One answer, or several: people and sources one a line, other lists joined by `;`."""
    values: list[str] = []
    question = f"{FIELDS[key].question}{' (joined by ;)' if FIELDS[key].many and key not in ONE_A_LINE else ''}: "
    while line := _sound(key, given, store, question, needed=needed and not values):
        values += line
        if key not in ONE_A_LINE:
            break
        question = f"{FIELDS[key].question.partition(':')[0]}, another: "
    return values


def _sound(key: str, given: dict[str, Any], store: "Store", question: str, *, needed: bool) -> list[str]:
    """An answer without fault; asked again until there is one."""
    while True:
        line = answered(question).strip()
        values = [line] if key in ONE_A_LINE or not FIELDS[key].many else [part.strip() for part in line.split(";")]
        values = [value for value in values if value]
        fault = _fault(key, values, given, store) if values else ""
        if not values and needed:
            fault = "this is needed"
        if not fault:
            return values
        note(f"  {fault}")


def _fault(key: str, values: list[str], given: dict[str, Any], store: "Store") -> str:
    try:
        problem = fault_of(key, values, given, store)
    except TimelineError as error:
        return str(error)
    return f"{problem.message}; {problem.remedy}" if problem else ""


def _with_id(given: dict[str, Any], store: "Store") -> dict[str, Any]:
    """With the id that the user takes, or gives instead."""
    from timeline.cli.given import option_event

    proposed = option_event(given, store).id
    while True:
        chosen = answered(f"{FIELDS['id'].question} [{proposed}]: ").strip() or proposed
        fault = _fault("id", [chosen], given, store)
        if chosen in store.by_id:
            fault = f"{chosen} is the id of another event"
        if not fault:
            return given | {"id": chosen}
        note(f"  {fault}")
