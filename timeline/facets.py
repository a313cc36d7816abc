"""The fields by which events are counted and picked, and the values that one event has of each.

`stats` counts by them and `--where` picks by them, so what is counted can be listed. Values are as in the data: ids, names, `2018`; a coarse date has the
range that it leaves open (`1999/2000`), and what is not known is the empty text.
"""

import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from timeline.dates import MONTHS, NEVER_AFTER, NEVER_BEFORE
from timeline.errors import UsageError, did_you_mean
from timeline.names import Index, fold
from timeline.vocabulary import KINDS, RANKS, ROLES, STATUSES, SUPPORTS, TYPES, rank_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.model import Event, Person, Source, Store
    from timeline.vocabulary import Vocabulary

    Reader = Callable[[Event, Sequence[Person], Vocabulary], Iterable[str]]

UNKNOWN = ""
CALENDAR = ("year", "decade", "month")
ACTORS = ("actor", "visitor", "host")
PAIRED = ("direction", "pair")

# Of an event, with the people of its party who are asked about; and of one traveller.
READERS: "dict[str, Reader]" = {
    "year": lambda event, *_: (_period(event, lambda day: str(day.year)),),
    "decade": lambda event, *_: (_period(event, lambda day: f"{day.year // 10 * 10}s"),),
    "month": lambda event, *_: (_month(event),),
    "direction": lambda event, *_: ("/".join(event.direction),) if event.type == "visit" else (),
    "pair": lambda event, *_: ("/".join(sorted(event.direction)),) if event.type == "visit" else (),
    "actor": lambda event, *_: event.involved,
    "visitor": lambda event, *_: (event.visitor,),
    "host": lambda event, *_: (event.host,),
    "rank": lambda _, people, words: _rank(people, words),
    "kind": lambda event, *_: (event.kind,),
    "type": lambda event, *_: (event.type,),
    "status": lambda event, *_: (event.status,),
    "place": lambda event, *_: event.places,
    "met": lambda event, *_: event.met,
    "tag": lambda event, *_: event.tags,
    "support": lambda event, *_: (event.support,),
    "source": lambda event, *_: map(_house, event.sources),
}
PERSONAL: "dict[str, Callable[[Person, Vocabulary], Iterable[str]]]" = {
    "person": lambda person, _: (person.name,),
    "office": lambda person, words: sorted(words.held(person.offices)),
    "role": lambda person, _: (person.role,),
}
FIELDS = (*READERS, *PERSONAL)


def values(event: "Event", field: str, party: "Sequence[Person]", vocabulary: "Vocabulary") -> tuple[str, ...]:
    """The values of a field, each once; only the unknown one where there are none. `party` are those of the people who are asked about."""
    if field in PERSONAL:
        found = dict.fromkeys(value for person in party for value in person_values(person, field, vocabulary))
    else:
        found = dict.fromkeys(READERS[field](event, party, vocabulary))
    return tuple(found) or (UNKNOWN,)


def person_values(person: "Person", field: str, vocabulary: "Vocabulary") -> tuple[str, ...]:
    return tuple(PERSONAL[field](person, vocabulary)) or (UNKNOWN,)


def combinations(
    event: "Event",
    fields: "Sequence[str]",
    people: "Sequence[Person]",
    party: "Sequence[Person]",
    vocabulary: "Vocabulary",
) -> list[tuple[str, ...]]:
    """The values of several fields that go together, each combination once.

    Fields of a traveller go together in one and the same of `people`; fields of the event are of the whole `party` asked about.
    """
    found: dict[tuple[str, ...], None] = {}
    alone = any(field in PERSONAL for field in fields)
    travellers: list[Sequence[Person]] = [(person,) for person in people] if alone else []
    for one in travellers or [()]:
        each = (values(event, field, one if field in PERSONAL else party, vocabulary) for field in fields)
        found |= dict.fromkeys(product(*each))
    return list(found)


def label(field: str, value: str, vocabulary: "Vocabulary") -> str:
    """A value in words: `China → North Korea`, `1999 or 2000`, `October`."""
    if value == UNKNOWN:
        return _MISSING.get(field, "not known")
    if field in CALENDAR:
        return _calendar_label(value, (lambda text: MONTHS[int(text) - 1]) if field == "month" else str)
    if field in PAIRED:
        return (" → " if field == "direction" else " – ").join(vocabulary.actors[one].name for one in value.split("/"))
    if field in ACTORS:
        return vocabulary.actors[value].name
    return vocabulary.offices[value].title if field == "office" else value


_MISSING = {
    "direction": "without direction",
    "pair": "without pair",
    "visitor": "without visitor",
    "host": "without host",
    "tag": "without tag",
    "source": "without source",
}


def read_condition(text: str, used: "Callable[[str], set[str]]", vocabulary: "Vocabulary") -> tuple[str, str]:
    """A condition of `--where`, `FIELD=VALUE`. Raises UsageError for a field that is none, and a value that is neither a word of the vocabulary nor among those `used` of it."""
    field, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--where: {text!r} is not FIELD=VALUE; write --where year=2018 or --where host=china")
    known_field(field, "--where")
    if value == UNKNOWN or (field in CALENDAR and re.fullmatch(_CALENDAR[field], value, re.ASCII)):
        return field, value
    if found := _word(field, value, vocabulary):
        return field, found
    had = used(field) - {UNKNOWN}
    if value in had:  # as a row of counts names it, beside another that differs in its accents
        return field, value
    if known := _WORDS.get(field):
        raise UsageError(
            f"--where {field}: unknown {field} {value!r}{did_you_mean(value, known)} (one of: {', '.join(known)})"
        )
    return field, Index(field, _spellings(field, had, vocabulary)).resolve(value, f"--where {field}")


_WORDS = {"kind": KINDS, "type": TYPES, "status": STATUSES, "support": SUPPORTS, "role": ROLES, "rank": tuple(RANKS)}


def _word(field: str, value: str, vocabulary: "Vocabulary") -> str | None:
    """A value that the vocabulary has of a field, whether or not an event of the record does."""
    if field in ACTORS:
        return vocabulary.actor(value)
    if field == "office":
        return vocabulary.office(value)
    return next((word for word in _WORDS.get(field, ()) if fold(word) == fold(value)), None)


def used_in(store: "Store") -> "Callable[[str], set[str]]":
    """What values of a field some event of a record has."""
    words = store.vocabulary
    return lambda field: {one for event in store.events for one in values(event, field, event.people, words)}


def known_field(field: str, option: str) -> str:
    if field not in FIELDS:
        raise UsageError(
            f"{option}: unknown field {field!r}{did_you_mean(field, FIELDS)} (one of: {', '.join(FIELDS)})"
        )
    return field


def _spellings(field: str, used: set[str], vocabulary: "Vocabulary") -> dict[str, tuple[str, ...]]:
    """The values that a record has of a field, with other names of them."""
    if field in ACTORS:
        actors = (vocabulary.actors[one] for one in sorted(used))
        return {a.id: (a.name, *a.aliases, a.iso2, a.iso3) for a in actors}
    if field == "office":
        return {o.id: (o.title, *o.aliases) for o in (vocabulary.offices[one] for one in sorted(used))}
    known = vocabulary.people if field in ("person", "met") else {}
    return {one: known[one].aliases if one in known else () for one in sorted(used)}


_YEAR = r"(?:\d{4}|\.\.)(?:/(?:\d{4}|\.\.))?"
_CALENDAR = {
    "year": _YEAR,
    "decade": _YEAR.replace(r"\d{4}", r"\d{3}0s"),
    "month": r"(?:0[1-9]|1[0-2])(?:/(?:0[1-9]|1[0-2]))?",
}


def _period(event: "Event", name: "Callable[[date], str]") -> str:
    """The year or decade in which an event began, or the first and the last in which it may have."""
    first, last = event.date.start
    one = ".." if first == NEVER_BEFORE else name(date.fromordinal(first))
    other = ".." if last == NEVER_AFTER else name(date.fromordinal(last))
    return one if one == other != ".." else f"{one}/{other}"


def _month(event: "Event") -> str:
    """The month of the year, or the first and the last that it may be; unknown where it may be any."""
    first, last = event.date.start
    if first == NEVER_BEFORE or last == NEVER_AFTER:
        return UNKNOWN
    a, b = date.fromordinal(first), date.fromordinal(last)
    months = (b.year - a.year) * 12 + b.month - a.month
    return f"{a.month:02}" if not months else f"{a.month:02}/{b.month:02}" if months < 11 else UNKNOWN


def _rank(people: "Sequence[Person]", vocabulary: "Vocabulary") -> tuple[str, ...]:
    """The highest rank of a party."""
    offices = [office for person in people for office in person.offices]
    return (rank_of(vocabulary.level(offices)),) if offices else ()


def _house(source: "Source") -> str:
    """Who published a source, as far as it says: the publisher, otherwise where it lies, otherwise its title."""
    return source.publisher or re.sub(r"^\w+://(?:www\.)?([^/]*).*$", r"\1", source.url) or source.title


def _calendar_label(value: str, name: "Callable[[str], str]") -> str:
    first, slash, last = value.partition("/")
    if not slash:
        return name(first)
    if first == ".." or last == "..":
        return (
            "not known" if first == last else f"{name(last)} or before" if first == ".." else f"{name(first)} or later"
        )
    near = {int(last.rstrip("s")) - int(first.rstrip("s"))} & (
        {1, -11} if len(first) == 2 else {10} if first[-1] == "s" else {1}
    )
    return f"{name(first)} or {name(last)}" if near else f"{name(first)} – {name(last)}?"


def order(field: str, value: str) -> tuple[bool, int, str]:
    """The order in which the values of a field stand where it has one of its own: time, ranks from above. What is not known comes last."""
    place = list(RANKS).index(value) if field == "rank" and value else 0
    return value == UNKNOWN, place, value
