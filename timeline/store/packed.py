"""What was read of one file as plain values, and back: the form in which it is kept beside the record (timeline/store/index.py)."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from timeline.dates import Span, When
from timeline.model import Coverage, Event, Origin, Person, Place, PublishedClaim, Source
from timeline.store.pieces import Piece
from timeline.vocabulary import Actor, KnownPerson, Office, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

Plain = tuple[Any, ...]


def pack_event(event: Event) -> Plain:
    """All of an event but its file: its date, people and sources as tuples in the order of their fields."""
    when = event.date
    return (
        event.id,
        (when.text, _pack_spans(when.starts), _pack_spans(when.ends), when.approximate, when.uncertain),
        event.type,
        event.title,
        event.visitor,
        event.host,
        event.actors,
        tuple([(*person,) for person in event.people]),
        event.kind,
        event.status,
        event.places,
        event.met,
        event.occasion,
        event.tags,
        event.support,
        event.note,
        _pack_sources(event.sources),
        event.origin.line,
    )


def unpack_event(values: Plain, file: str) -> Event:
    party = tuple([Person(*person) for person in values[7]])
    cited = tuple([Source(*source) for source in values[16]])
    fields = (values[0], _unpack_date(values[1]), *values[2:7], party, *values[8:16], cited, Origin(file, values[17]))
    return Event(*fields)


@lru_cache(maxsize=65536)
def _unpack_date(values: Plain) -> When:
    """Many visits are of one day."""
    text, starts, ends, *marks = values
    return When(text, _unpack_spans(starts), _unpack_spans(ends), *marks)


def _pack_spans(spans: "Iterable[Span]") -> Plain:
    return tuple([(*span,) for span in spans])


def _unpack_spans(values: Plain) -> tuple[Span, ...]:
    return tuple([Span(earliest, latest) for earliest, latest in values])


def _pack_sources(sources: "Iterable[Source]") -> Plain:
    return tuple([(*source,) for source in sources])


def pack_rest(piece: Piece) -> Plain:
    """A piece without its events and words."""
    coverage = [(tuple(one.span), one.origin.line, _values(one)) for one in piece.coverage]
    claims = [
        (
            c.id,
            c.fields,
            _pack_sources(c.sources),
            c.origin.line,
            {key: tuple(place) for key, place in c.places.items()},
        )
        for c in piece.claims
    ]
    return coverage, claims, piece.facts


def unpack_rest(values: Plain, file: str) -> Piece:
    coverage, claims, facts = values
    return Piece(
        [],
        [Coverage(*values)._replace(span=Span(*span), origin=Origin(file, line)) for span, line, values in coverage],
        [
            PublishedClaim(
                id_,
                fields,
                tuple([Source(*source) for source in sources]),
                Origin(file, line),
                {key: Place(*place) for key, place in places.items()},
            )
            for id_, fields, sources, line, places in claims
        ],
        facts,
        [],
    )


def pack_vocabulary(vocabulary: Vocabulary) -> Plain:
    parts = (vocabulary.actors, vocabulary.offices, vocabulary.people)
    return tuple([[_values(one) for one in part.values()] for part in parts])


def unpack_vocabulary(values: Plain) -> Vocabulary:
    actors, offices, people = values
    return Vocabulary(
        {one[0]: Actor(*one) for one in actors},
        {one[0]: Office(*one) for one in offices},
        {one[0]: KnownPerson(*one) for one in people},
    )


def _values(one: Any) -> Plain:
    """The values of a tuple with names in the order of its fields; None for those that are themselves such."""
    return tuple([None if hasattr(value, "_fields") else value for value in one])
