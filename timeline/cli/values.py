"""What was typed for an option → the value it means, or an error that says what would be right. Nothing is guessed."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.model import Event, Store
    from timeline.names import Index

LISTED = {"actor": "actors", "office": "offices", "person": "people"}  # what → the command that lists them
CODE = 4  # letters from which on a word is more than a code: `hu` is more likely a name than Hungary


def dated(option: str, text: str, parse: "Callable[[str], Any]") -> Any:
    from timeline.dates import FIRST_YEAR, DateError

    try:
        return parse(text)
    except DateError as error:
        told = f"give a date from {FIRST_YEAR} on" if error.name == "date-too-early" else error.remedy
        remedy = f"; {told}" if told else ""
        raise UsageError(f"{option}: {error}{remedy}") from error


def period(text: str) -> bool:
    from timeline.dates import DateError, parse_period

    try:
        parse_period(text)
    except DateError:
        return False
    return True


def no_two_actors(words: "Sequence[str]") -> str:
    """What is said of --between where it is not followed by two actors; periods may be meant."""
    from shlex import quote

    periods = list(map(quote, filter(period, words)))
    remedy = f"; for a period: --since {' --until '.join(periods)}" if periods else ""
    return f"--between takes two actors, as in --between china dprk{remedy}"


def one_of(option: str, text: str, known: tuple[str, ...]) -> str:
    word = text.casefold().replace("_", "-")
    if word not in known:
        hint = _each(option, word, lambda part: part if part in known else None) or did_you_mean(word, known)
        raise UsageError(f"{option}: unknown value {text!r}{hint} (one of: {', '.join(known)})")
    return word


def level(store: "Store", text: str) -> int:
    """The level of a rank, or of an office by any of its titles."""
    from timeline.vocabulary import RANKS

    office = None if text in RANKS else store.vocabulary.office(text)
    if office is not None:
        return store.vocabulary.offices[office].level
    return RANKS[one_of("--at-least", text, tuple(RANKS))]


def known(store: "Store", what: str, option: str, text: str) -> str:
    """The id of an actor or an office, the name of a person, or a word that the record uses, by any of their names."""
    found = _find(store, what)(text)
    if found is None:
        raise UsageError(f"{option}: {_unknown(store, _index(store, what), what, option, text)}")
    return found


def cited(store: "Store", option: str, text: str) -> str:
    """A part of the title, publisher or address of some source of the record."""
    from timeline.query import cites

    publishers = (source.publisher for event in store.events for source in event.sources)
    return _contained(store, option, text, cites, "the title, publisher or address of a source", publishers)


def said(store: "Store", option: str, text: str) -> str:
    """A part of some text of the record."""
    from timeline.query import says

    names = (
        name for event in store.events for name in (*event.places, *event.tags, *(one.name for one in event.people))
    )
    holds = partial(says, vocabulary=store.vocabulary)
    return _contained(store, option, text, holds, "names, places, occasions or notes", names)


def _contained(
    store: "Store", option: str, text: str, holds: "Callable[[Event, str], bool]", where: str, words: "Iterable[str]"
) -> str:
    """A text that something in the record contains. One that nothing contains is an error, never an empty table."""
    from timeline.names import Index, fold

    if not fold(text):
        raise UsageError(f"{option}: {text!r} is no text to look for; give a part of {where}")
    if not any(holds(event, text) for event in store.events):
        hint = Index("text", dict.fromkeys(words, ())).suggest(text)
        raise UsageError(f"{option}: nothing in the record has {text!r} in {where}{hint}")
    return text


def _find(store: "Store", what: str) -> "Callable[[str], str | None]":
    """What finds a name: that of an actor or an office by its id, too, for which the index of all their names need not be made."""
    if what == "actor":
        return store.vocabulary.actor
    return store.vocabulary.office if what == "office" else _index(store, what).find


def _index(store: "Store", what: str) -> "Index":
    from timeline.people import FIELDS, person_index, value_index

    if what == "person":
        return person_index(store)
    if what in FIELDS:
        return value_index(store, what)
    return store.vocabulary.office_index if what == "office" else store.vocabulary.actor_index


def _unknown(store: "Store", index: "Index", what: str, option: str, text: str) -> str:
    """Why a name is not known, and what it may have meant: something of another kind, or the nearest of its own."""
    from timeline.names import fold

    if not fold(text):
        return f"{text!r} is no name; {_listing(what)}"
    if others := list(_elsewhere(store, what, option, text)):
        return f"unknown {index.what} {text!r}; did you mean {' or '.join(others)}?"
    if len(bearers := index.bearers(text)) > 1:
        return f"{text!r} is the name of {len(bearers)}: {' and '.join(map(repr, bearers))}; give one of them in full"
    hint = _each(option, text, index.find) or index.suggest(text)
    return f"unknown {index.what} {text!r}{hint}{f' ({_listing(what)})' if not hint or ' more?' in hint else ''}"


def _each(option: str, text: str, find: "Callable[[str], str | None]") -> str:
    """'; did you mean …?' with the option once for each of several values that were given as one."""
    from shlex import quote

    found = list(map(find, re.split(r"\s*[,;|]\s*", text)))
    options = [f"{option} {quote(one)}" for one in found if one]
    return f"; did you mean {' '.join(options)}?" if 1 < len(options) == len(found) else ""


def _listing(what: str) -> str:
    if what in LISTED:
        return f"list them with: timeline {LISTED[what]}"
    from timeline.people import FIELDS

    return f"the record's {FIELDS[what]} are in: timeline list -O csv"


def _elsewhere(store: "Store", what: str, option: str, text: str) -> "Iterator[str]":
    """Options under which a name is known: `--actor china` for its capital, `--office premier` for what was given as a person."""
    from shlex import quote

    negated = "--not-" if option.startswith("--not-") else "--"
    mine = option if what == "actor" else f"{negated}actor"
    words, place = store.vocabulary, store.vocabulary.place(text)
    for actor in words.actors.values():
        if place in map(words.place, actor.capitals) and not actor.to:
            yield f"{mine} {actor.id} ({text} is its capital)"
    if text.isascii() and len(text) < CODE:
        return
    for other in ("actor", "office", "person", "place", "tag"):
        if other != what and (found := _index(store, other).find(text)) is not None:
            yield f"{negated}{other} {quote(found)}"
