"""What a shell completes: names, words and ids, from the record that the command would read. Names begin so in any word and in any case."""

from collections.abc import Callable, Iterable, Iterator  # Typer reads the annotations when it starts
from typing import TYPE_CHECKING, Any

import typer

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from timeline.model import Event, Store


def answer_shells() -> None:
    """Let Typer answer the scripts of `timeline completion`: a word a line, and after a tab what it means.

    Typer's own answer breaks what it means at the width of a terminal, and takes brackets in it for markup.
    """
    from typer._click.shell_completion import add_completion_class  # 0.26 has no public name for either
    from typer._completion_classes import FishComplete

    class Lines(FishComplete):
        def format_completion(self, item: Any) -> str:
            return "\t".join(filter(None, (item.value, " ".join((item.help or "").split()))))

    add_completion_class(Lines, "fish")


def actors(incomplete: str) -> Iterator[str]:
    """Ids of the shipped vocabulary: quicker than reading a record, and enough."""
    from timeline.vocabulary import rows

    yield from _starting(incomplete, (row["id"] for row in rows("actors.csv")))


def offices(incomplete: str) -> Iterator[str]:
    from timeline.vocabulary import rows

    yield from _starting(incomplete, (row["id"] for row in rows("offices.csv")))


def ranks(incomplete: str) -> Iterator[str]:
    from timeline.vocabulary import RANKS

    yield from _starting(incomplete, RANKS)


def words(name: str, *, any_too: bool = True) -> Callable[[str], Iterator[str]]:
    """Of a list of words in `timeline.vocabulary`, and `any`."""

    def complete(incomplete: str) -> Iterator[str]:
        from timeline import vocabulary

        yield from _starting(incomplete, (*getattr(vocabulary, name), *(["any"] if any_too else [])))

    return complete


def one_of(*known: str) -> Callable[[str], Iterator[str]]:
    return lambda incomplete: _starting(incomplete, known)


def formats(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    from timeline.formats import EXPORTS, FORMATS

    yield from _starting(incomplete, FORMATS | EXPORTS if ctx.info_name == "export" else FORMATS)


def used(values: "Callable[[Event], Iterable[str]]") -> Callable[[typer.Context, str], Iterator[str]]:
    """Of the words that the events of the record have."""

    def complete(ctx: typer.Context, incomplete: str) -> Iterator[str]:
        store = _store(ctx)
        if store is not None:
            yield from _starting(incomplete, dict.fromkeys(value for event in store.events for value in values(event)))

    return complete


people = used(lambda event: (person.name for person in event.people))
places = used(lambda event: event.places)
tags = used(lambda event: event.tags)
met = used(lambda event: event.met)
publishers = used(lambda event: (source.publisher for source in event.sources if source.publisher))
ids = used(lambda event: (event.id,))


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


def _store(ctx: typer.Context) -> "Store | None":
    """The record that the command would read; one that cannot be read completes nothing."""
    from timeline.cli.places import find_store
    from timeline.cli.record import read_record, whole

    first = ctx.args[:1] if ctx.info_name == "compare" else []  # an option without its value leaves arguments unread
    asked = list(ctx.params.get("store") or first)
    try:
        return read_record(find_store(asked)[0], whole) if "-" not in asked else None
    except TimelineError:
        return None


def _starting(incomplete: str, names: Iterable[str]) -> Iterator[str]:
    """Names that begin so; where none does, those with a word that does. What would act on a terminal is not offered."""
    from timeline.names import fold

    known = list(filter(_harmless, names))
    key, exact = fold(incomplete), incomplete.casefold()
    begun = [name for name in known if name.casefold().startswith(exact) or (key and fold(name).startswith(key))]
    yield from map(_Fitting, begun or [name for name in known if key and f" {key}" in f" {fold(name)}"])


def _harmless(name: str) -> bool:
    if name.isprintable():
        return True
    from timeline.text import visible

    return visible(name) == name


class _Fitting(str):
    """A word that was found to fit: Typer drops what does not begin as typed, in the same case."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True
