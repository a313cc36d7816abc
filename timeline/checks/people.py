"""People who are in one party twice, and those who may stand under two names."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding
from timeline.names import fold
from timeline.spellings import spellings
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator


def twice(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for where, named in (("people", [person.name for person in event.people]), ("met", event.met)):
            keys = list(map(fold, named))
            for key in sorted(key for key, count in Counter(keys).items() if count > 1):
                yield Finding(event, f"{event.id}: {where} has {named[keys.index(key)]} more than once")


def spelled(case: Case) -> "Iterator[Finding]":
    for one in spellings(case.store.events, case.store.vocabulary):
        name, other = (
            f"{who} ({plural(len(events), 'event')})"
            for who, events in ((one.name, one.events), (one.other, one.others))
        )
        known, more = (one.name, one.other) if one.name in case.store.vocabulary.people else (one.other, one.name)
        if known in case.store.vocabulary.people:
            declared = f"add {_flow(more)} to the aliases of {known} under people:"
        else:
            declared = f"declare it under people:, {{name: {_flow(known)}, aliases: [{_flow(more)}]}}"
        remedy = f"{declared}, or correct it; if they are two, tag the event ok-spellings"
        yield Finding(one.events[0], f"{name} may be {other} in another spelling", one.others[0], remedy)


def _flow(name: str) -> str:
    """A name as it stands within brackets of YAML: in quotes where it has more than letters and what joins them."""
    from json import dumps

    return name if re.fullmatch(r"\w[\w .'’-]*", name) else dumps(name, ensure_ascii=False)


CHECKS = (
    Check(
        "twice",
        "warning",
        "people who are more than once in one party, or among those who received it, be it under another name that is declared for them",
        "people: [{name: Xi Jinping}, {name: 习近平}], where 习近平 is declared for Xi Jinping",
        "make them one entry, with all offices",
        twice,
    ),
    Check(
        "spellings",
        "warning",
        "people of one state whose names are the same but for accents, spaces or the order of family and given name, or are one person's in the table of tenures; or are nearly the same but for one word, with some office in common. Each is counted as a person of its own",
        "people: [{name: Dmitri Medvedev}] on one visit and [{name: Dmitry Medvedev}] on another",
        "declare one of them under people: as an alias of the other, or correct it; if they are two, tag the event ok-spellings",
        spelled,
    ),
)
