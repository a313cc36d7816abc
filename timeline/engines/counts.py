"""The events of a scope counted by one field or two as one expression. What the values of a field are is said in `timeline.facets`.

Each event stands once under each of its values, under each combination, and under none, which counts them all: the values of a field, and null for any
of them, are unnested one field after the other.
"""

from typing import TYPE_CHECKING, Any

from timeline.engines.scopes import fits, fitting
from timeline.engines.values import of_person, taken_apart, values
from timeline.extras import library
from timeline.facets import CALENDAR, PERSONAL, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.engines.tables import Table
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary


def counts(events: "Table", fields: "Sequence[str]", query: "Query", words: "Vocabulary") -> "Table":
    """One row a group: its values, null for any; how many events, how many of them under several values of the first field; the first, the last.

    `open` are the events of a value that a coarse date leaves open.
    """
    ibis = library("ibis", "scale")
    for field in fields:
        taken_apart(events, field, "--by")
    people = events.people
    counted = events.mutate(
        asked=people.filter(fits(query, words)) if query.about_people else people,
        party=people.filter(fitting(query, words)) if query.about_party else people,
    )
    for number, field in enumerate(fields):
        if number and {*fields} <= {*PERSONAL}:
            counted = counted.mutate(asked=_of_those(counted, fields[0], words))
        found = values(counted, field, words, counted.asked, counted.party)
        if not number:
            counted = counted.mutate(several=(found.length() > 1).cast("int64"))
        counted = counted.mutate(ibis.array([ibis.null("string")]).concat(found).unnest().name(f"value{number}"))
    names = [f"value{number}" for number, _ in enumerate(fields)]
    place = ibis.struct({name: counted[name] for name in ("earliest", "latest", "id", "date")})
    return counted.group_by(names).agg(
        number=counted.count(),
        several=counted.several.sum(),
        first=place.min(),
        last=place.max(),
        open=place.collect(where=_left_open(counted, names) if fields[0] in CALENDAR else False),
    )


def _left_open(counted: "Table", names: "Sequence[str]") -> Any:
    ibis = library("ibis", "scale")
    value, *others = (counted[name] for name in names)
    return ibis.and_((value == UNKNOWN) | value.contains("/"), *(other.isnull() for other in others))


def _of_those(counted: "Table", field: str, words: "Vocabulary") -> Any:
    """Those of the people asked about who have the value of a field under which they are counted."""
    same = counted.asked.filter(lambda person: of_person(person, field, words).contains(counted.value0))
    return counted.value0.isnull().ifelse(counted.asked, same)


def used(events: "Table", field: str, words: "Vocabulary") -> "Table":
    """One row a value that some event has of a field."""
    taken_apart(events, field, "--where")
    found = values(events, field, words, events.people, events.people)
    return events.select(found.unnest().name("value")).distinct()
