"""What the formats of `timeline export` are given and give, and what several of them say of an event."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import parse_when
from timeline.progress import watched
from timeline.scope import direction_words, scope_words_only
from timeline.text import both, date_text, names, plural
from timeline.vocabulary import rank_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from timeline.model import Event, Person, Store
    from timeline.progress import Watch
    from timeline.quantities import Quantities
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary


NAMED = 100  # events left out that are named one by one


class Made(NamedTuple):
    """An export as it goes out, text or bytes, and what must be said of it, such as which events it has no form for."""

    data: str | bytes
    remarks: tuple[str, ...] = ()


class Export(NamedTuple):
    """What is exported: the events of a scope of a record. For the page: the record with the published claims that were asked for, and figures.

    `progress` gives something to tell how much of a long work is done, or None where nobody would see it.
    """

    events: "Sequence[Event]"
    query: "Query"
    store: "Store"
    as_of: int
    progress: "Callable[[str], AbstractContextManager[Watch | None]]"
    claims: "Store | None" = None
    figures: "tuple[Quantities, ...]" = ()

    @property
    def title(self) -> str:
        return self.store.title or "Visits"

    @property
    def scope(self) -> str:
        return scope_words_only(self.query, self.store.vocabulary) or "Everything in the record"

    def each(self) -> "Iterator[Event]":
        """The events, one after another, with the bar of long work."""
        with self.progress("writing") as watch:
            yield from watched(self.events, watch)


def left_out(events: "Sequence[Event]", why: str) -> tuple[str, ...]:
    """What is said of events for which a format has no form; their ids, of a great many the first."""
    if not events:
        return ()
    ids = [event.id for event in events[:NAMED]]
    more = [f"and {len(events) - NAMED:,} more"] if len(events) > NAMED else []
    return (f"{plural(len(events), 'event')} left out, {why}: {', '.join([*ids, *more])}",)


def headline(event: "Event", vocabulary: "Vocabulary") -> str:
    """`Li Qiang, China → North Korea`; the title of what is no visit."""
    if event.type != "visit":
        return event.title
    return ", ".join(filter(None, (names(event), direction_words(event.direction, vocabulary))))


def person_words(person: "Person", vocabulary: "Vocabulary") -> str:
    """`Wang Yi, Foreign Minister, accompanying`."""
    return ", ".join(filter(None, (person.name, _capacity(person, vocabulary))))


def _capacity(person: "Person", vocabulary: "Vocabulary") -> str:
    rank = rank_of(vocabulary.level(person.offices)).replace("-", " ") if person.offices else ""
    return ", ".join(filter(None, (person.title or rank, "accompanying" if person.role == "accompanies" else "")))


def people_words(event: "Event", vocabulary: "Vocabulary") -> str:
    """All of a party on one line; offices in brackets, since a title may name several."""
    words = ((person.name, _capacity(person, vocabulary)) for person in event.people)
    return "; ".join(f"{name} ({capacity})" if capacity else name for name, capacity in words)


def facts(event: "Event", vocabulary: "Vocabulary") -> "Iterator[tuple[str, str]]":
    """What is known of an event, label by label, without its sources."""
    known: Iterable[tuple[str, str]] = (
        ("Date", date_text(event.date)),
        ("Actors", "" if event.type == "visit" else both(vocabulary.actors[actor].name for actor in event.actors)),
        *(("Who", person_words(person, vocabulary)) for person in event.people),
        ("Kind", event.kind if event.type == "visit" else event.type),
        ("Status", "" if event.status == "happened" else event.status),
        ("Places", ", ".join(event.places)),
        ("Met", ", ".join(event.met)),
        ("Occasion", event.occasion),
        ("Support", "" if event.support == "confirmed" else event.support),
        ("Note", event.note),
    )
    return (pair for pair in known if pair[1])


def told(event: "Event", as_of: int) -> int:
    """The latest day that an event or one of its sources names, at most `as_of`: as near as a record comes to when it was last written about."""
    whens = (event.date, *(parse_when(source.date) for source in event.sources if source.date))
    return min(as_of, max(when.start.latest for when in whens))
