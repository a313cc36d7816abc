"""What the page shows, as values: lanes, events, whose visits can be asked for, and what is said of each."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from timeline.citations import web_address
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, When
from timeline.formats.page.gaps import Bar, Neighbour, bars, beside
from timeline.progress import watched
from timeline.query import Query, select
from timeline.scope import coverage_words, direction_words, scope_words_only
from timeline.series import Cut, Measured, measured
from timeline.text import both, date_text, names
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.model import Event, Store
    from timeline.progress import Watch
    from timeline.quantities import Quantities
    from timeline.vocabulary import Vocabulary

# Marks by rank, from the highest: the least level of each, its shape in the drawing, and its name.
CLASSES = (
    (RANKS["head-of-state"], "Leader or head of state"),
    (RANKS["head-of-government"], "Head of government"),
    (RANKS["deputy-head"], "Head of parliament, deputy head"),
    (RANKS["politburo"], "Member of the politburo"),
    (RANKS["minister"], "Minister"),
    (0, "Envoy, official, or office not known"),
)
MOST_OFFICES = 12  # in the menu of whose visits are shown
FEWEST_VISITS = 3  # by holders of an office that stands there


class Lane(NamedTuple):
    """One direction."""

    name: str
    visitor: str
    host: str
    visits: int


class Who(NamedTuple):
    """A choice of whose visits count: `label` in words, `option` as it is typed, and the gaps of each lane by its number."""

    label: str
    option: str
    gaps: dict[int, tuple[Bar, ...]]


class Link(NamedTuple):
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as the page shows it. `lane` is None for what is no visit; `who` are the numbers of the choices that it belongs to."""

    event: "Event"
    lane: int | None
    rank: int
    counted: bool
    who: tuple[int, ...]
    head: str
    direction: str
    neighbours: tuple[Neighbour, ...] = ()
    said: tuple[str, ...] | None = None

    @property
    def date(self) -> str:
        return date_text(self.event.date)

    @property
    def name(self) -> str:
        return names(self.event) if self.event.type == "visit" else self.event.title

    @property
    def alone(self) -> bool:
        """Whether the name is that of the only person."""
        return self.event.type == "visit" and len(self.event.people) == 1

    @property
    def sources(self) -> tuple[Link, ...]:
        return tuple(link_of(s.title, s.publisher, s.date, s.url) for s in self.event.sources)

    @property
    def decade(self) -> int:
        """The decade of the first day that is possible; where none is known, of the last."""
        start = self.event.date.start
        return year_of(start.earliest if start.earliest != NEVER_BEFORE else start.latest) // 10 * 10


class CheckedClaim(NamedTuple):
    """A published claim and what the record says of it; `about` is the id of the visit, `verdict` a slug."""

    id: str
    text: str
    verdict: str
    verdict_words: str
    why: str
    safe: str
    about: str
    source: Link


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows."""

    title: str
    about: str
    licence: str
    scope: str
    as_of: int
    lanes: tuple[Lane, ...]
    events: tuple[Shown, ...]
    whose: tuple[Who, ...]
    aliases: dict[str, tuple[str, ...]]
    coverage: tuple[str, ...]
    near: bool = False
    claims: tuple[CheckedClaim, ...] = ()
    figures: "tuple[Quantities, ...]" = ()

    @property
    def visits(self) -> int:
        return sum(lane.visits for lane in self.lanes)

    @property
    def sourced(self) -> bool:
        """Whether every event has a source."""
        return all(one.event.sources for one in self.events)


def page_of(
    events: "Sequence[Event]",
    query: Query,
    store: "Store",
    as_of: int,
    watch: "Watch | None" = None,
) -> Page:
    """The page of the events of a scope. Gaps are those between visits that count by default (semantics §4), whatever else is shown.

    `watch` is told how many of the choices of whose visits count are measured, and of how many.
    """
    visits = [event for event in events if event.type == "visit"]
    lanes = _lanes(visits, store.vocabulary)
    number = {(lane.visitor, lane.host): i for i, lane in enumerate(lanes)}
    choices = list(_choices(visits, query._replace(types=(), statuses=()), store.vocabulary))
    counted, found = [], []
    for *_, scope in watched(choices, watch):
        counted.append({e.id for e in select(visits, scope, store.vocabulary) if e.date.start.earliest <= as_of})
        found.append(measured(store, scope, Cut(), as_of) if visits else [])
    near = beside(found[0])
    return Page(
        store.title or "Visits",
        store.about,
        store.licence,
        _scope(query, store.vocabulary),
        as_of,
        lanes,
        tuple(_shown(event, number, counted, near.get(event.id, ()), store.vocabulary) for event in events),
        tuple(
            Who(label, option, _by_lane(series, number))
            for (label, option, _), series in zip(choices, found, strict=True)
        ),
        _aliases(events, store.vocabulary),
        tuple(coverage_words(store)),
        any(statement.how == "near-complete" for statement in store.coverage),
    )


def _shown(
    event: "Event",
    number: dict[tuple[str, str], int],
    counted: "Sequence[set[str]]",
    near: tuple[Neighbour, ...],
    vocabulary: "Vocabulary",
) -> Shown:
    visit = event.type == "visit"
    actors = both(vocabulary.actors[actor].name for actor in event.actors)
    return Shown(
        event,
        number[event.direction] if visit else None,
        rank_class(event, vocabulary),
        event.id in counted[0],
        tuple(i for i, ids in enumerate(counted) if event.id in ids),
        _headed(event),
        direction_words(event.direction, vocabulary) if visit else actors,
        near,
    )


def _scope(query: Query, vocabulary: "Vocabulary") -> str:
    words = scope_words_only(query, vocabulary)
    return f"Of the record: {words}" if words else "Everything in the record"


def _lanes(visits: "Iterable[Event]", vocabulary: "Vocabulary") -> tuple[Lane, ...]:
    """The directions, pairs together; the pair and the direction with the most visits first."""
    count = Counter(event.direction for event in visits)

    def order(direction: tuple[str, str]) -> tuple[object, ...]:
        pair = count[direction] + count[direction[::-1]]
        return (-pair, tuple(sorted(direction)), -count[direction], direction)

    return tuple(Lane(direction_words(d, vocabulary), *d, count[d]) for d in sorted(count, key=order))


def _choices(visits: "Sequence[Event]", query: Query, vocabulary: "Vocabulary") -> "Iterator[tuple[str, str, Query]]":
    """Whose visits can be asked for, each as a label, the option that asks for it and the scope: anybody's, those of a rank or above, those of an office."""
    yield "All in this scope" if query.about_people else "Anybody", "", query
    levels = [max((vocabulary.level(p.offices) for p in event.people), default=0) for event in visits]
    before = 0
    for rank, least in RANKS.items():
        if before < (reached := sum(level >= least for level in levels)) < len(levels):
            label = f"{rank.replace('-', ' ').capitalize()}{' or above' if before else ''}"
            yield label, f"--at-least {rank}", query._replace(level=max(least, query.level))
        before = reached
    if query.offices:
        return
    held = Counter(o for e in visits for o in {o for p in e.people for o in p.offices})
    common = sorted((o for o in held if held[o] >= FEWEST_VISITS), key=lambda o: (-vocabulary.offices[o].level, o))
    for office in common[:MOST_OFFICES]:
        yield vocabulary.offices[office].title, f"--office {office}", query._replace(offices=(office,))


def _by_lane(series: "Iterable[Measured]", number: dict[tuple[str, str], int]) -> dict[int, tuple[Bar, ...]]:
    found = ((number.get(one.series.visits[0].direction), one) for one in series)
    return {lane: bars(one) for lane, one in found if lane is not None}


def rank_class(event: "Event", vocabulary: "Vocabulary") -> int:
    """The number in CLASSES of who headed the party, or else of the highest in it."""
    heads = [person for person in event.people if person.role == "heads"] or event.people
    level = max((vocabulary.level(person.offices) for person in heads), default=0)
    return next(i for i, (least, _) in enumerate(CLASSES) if level >= least)


def _headed(event: "Event") -> str:
    """The office of who headed the party; of several, and of the people of any other event, each by name with their own."""
    heads = [person for person in event.people if person.role == "heads"] or list(event.people)
    if event.type == "visit" and len(heads) == 1:
        return heads[0].title
    if event.type == "visit" and not any(person.title for person in heads):
        return ""
    return "; ".join(f"{person.name} ({person.title})" if person.title else person.name for person in heads)


def _aliases(events: "Iterable[Event]", vocabulary: "Vocabulary") -> dict[str, tuple[str, ...]]:
    """Other spellings of the people shown, those who received among them, and of the actors, by the name that is."""
    people = dict.fromkeys(name for event in events for name in (*(one.name for one in event.people), *event.met))
    found = {name: vocabulary.people[name].aliases for name in people if name in vocabulary.people}
    actors = dict.fromkeys(actor for event in events for actor in event.involved)
    return {k: v for k, v in found.items() if v} | {
        vocabulary.actors[a].name: (*vocabulary.actors[a].aliases, *vocabulary.actors[a].adjectives) for a in actors
    }


def link_of(title: str, publisher: str = "", date: str = "", url: str = "") -> Link:
    """A source in words. Only what is an address of the web, with nothing hidden in it, becomes a link."""
    safe = web_address(url)
    text = ", ".join(filter(None, (title, publisher, date)))
    return Link(text or url, safe) if safe or not url else Link(", ".join(filter(None, (text, url))), "")


def year_of(day: int) -> int:
    from datetime import date

    return date.fromordinal(day).year


def known_end(when: When) -> int:
    """The last day on which the event may still have gone on, as far as its date says; the last on which it may have begun, where no end is given."""
    last = when.end.latest
    return last if last != NEVER_AFTER else when.start.latest
