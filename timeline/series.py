"""From a scope to its series: grouping, the gap still open, and what the record covers of it. One question, asked by `gap`, `show` and claims."""

from typing import TYPE_CHECKING, NamedTuple, get_args

from timeline.coverage import Cover, Need, complete_spans, cover, joined, needed, overlaps, within, without
from timeline.dates import NEVER_AFTER, Calendar, DateError, parse_duration, parse_when
from timeline.errors import UsageError, did_you_mean
from timeline.gaps import Gap, Series, by_length, find_series, since
from timeline.progress import watched
from timeline.query import Query, fits, select, unsaid
from timeline.scope import direction_words
from timeline.stretches import Basis
from timeline.tenures import WRITTEN
from timeline.text import both, day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.dates import Span
    from timeline.model import Coverage, Event, Store
    from timeline.neighbours import Neighbours
    from timeline.progress import Watch
    from timeline.vocabulary import Vocabulary

GROUPS = ("direction", "pair", "visitor", "host", "person", "office", "all")


class Cut(NamedTuple):
    """How visits are grouped and counted, and which of the gaps are shown: all are measured and ranked first."""

    by: str = "direction"
    basis: Basis = "arrivals"
    longest: int = 0
    least: Calendar | None = None
    sort: str = "date"

    @classmethod
    def read(cls, *, by: str, basis: str, longest: int, least: str | None, sort: str) -> "Cut":
        """From what was typed. Raises UsageError."""
        for option, word, known in (
            ("--by", by, GROUPS),
            ("--basis", basis, get_args(Basis)),
            ("--sort", sort, ("date", "length")),
        ):
            if word not in known:
                raise UsageError(
                    f"{option}: unknown value {word!r}{did_you_mean(word, known)} (one of: {', '.join(known)})"
                )
        try:
            duration = parse_duration(least) if least is not None else None
        except DateError as error:
            raise UsageError(f"--min: {error}; {error.remedy}") from error
        return cls(by, "absence" if basis == "absence" else "arrivals", longest, duration, sort)

    def shown(self, series: Series) -> list[Gap]:
        """The gaps of a series to show, in the order asked for."""
        gaps = [gap for gap in series.gaps if self.long_enough(gap)]
        if not self.longest and self.sort == "date":
            return gaps
        longest = by_length(gaps)[: self.longest or None]
        kept = set(map(id, longest))
        return longest if self.sort == "length" else [gap for gap in gaps if id(gap) in kept]

    def long_enough(self, gap: Gap) -> bool:
        """Whether a gap, closed or open, may last as long as asked for."""
        from timeline.dates import lasts

        return self.least is None or gap.days.most is None or lasts(*gap.longest, self.least)


class Measured(NamedTuple):
    """A series with the gap still open after its last visit and the cover of that gap.

    It is open on `day`: the day asked for, or the last of the period of the scope, or that of a state that has ended since, `ended` by name. None where none has happened yet, or
    where visits are on record after that state ended. `complete` are the days for which the record claims to have every visit, `surely` those of them for
    which it claims more than to be near complete. `near` are the statements that say near complete only and that some gap rests on, `unsaid` the
    visits within gaps of which the record does not say whether they are in the scope.
    """

    series: Series
    still_open: Gap | None
    cover: Cover
    day: int
    ended: str = ""
    complete: "tuple[Span, ...]" = ()
    surely: "tuple[Span, ...]" = ()
    near: "tuple[Coverage, ...]" = ()
    unsaid: "tuple[Event, ...]" = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All gaps, the one still open last."""
        return (*self.series.gaps, *filter(None, [self.still_open]))

    @property
    def only_near(self) -> "tuple[Span, ...]":
        """The days for which the record claims no more than to be near complete."""
        return without(self.complete, self.surely)


def measured(
    store: "Store",
    query: Query,
    cut: Cut,
    as_of: int,
    beside: "Event | None" = None,
    watch: "Watch | None" = None,
) -> list[Measured]:
    """The series of a scope. Visits after `as_of` are not yet known then, so they are left out, all but `beside`.

    `watch` is told how many series are measured, and of how many.
    """
    known = [e for e in store.events if e is beside or e.date.start.earliest <= as_of]
    events = select(known, query, store.vocabulary)
    directed = _by_direction(known)
    until = min(as_of, query.period.latest) if query.period else as_of
    doubtful: dict[Query, dict[tuple[str, str], list[Event]]] = {}
    found = []
    for series in watched(find_series(events, _grouping(cut.by, query, store), cut.basis), watch):
        own = _own(query, cut.by, series.name, store.vocabulary)
        needs = needs_of(series.visits, store, own, cut.by)
        if own not in doubtful:
            among = known if own == query else _of(directed, needs)
            doubtful[own] = _by_direction(unsaid(among, own, store.vocabulary))
        found.append(_measure(series, needs, _of(doubtful[own], needs), store, cut.basis, until))
    return found


def _by_direction(events: "Iterable[Event]") -> "dict[tuple[str, str], list[Event]]":
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        found.setdefault(event.direction, []).append(event)
    return found


def _own(query: Query, by: str, name: str, vocabulary: "Vocabulary") -> Query:
    """What a series asks for: of one person or office, that, whatever else the scope asks."""
    if by == "person":
        return query._replace(people=(name,))
    if by == "office":
        return query._replace(offices=tuple(o.id for o in vocabulary.offices.values() if o.title == name))
    return query


def _measure(
    series: Series,
    needs: list[Need],
    doubtful: "list[Event]",
    store: "Store",
    basis: Basis,
    until: int,
) -> Measured:
    day, ended = _last_day(needs, store.vocabulary, until)
    first, last = (f(event.date.start.earliest for event in series.visits) for f in (min, max))
    perhaps = tuple(e for e in doubtful if first < e.date.start.latest <= day)
    starts = [event.date.start for event in perhaps]
    reach = cover(store.coverage, needs, last, day)
    known_to = min([reach.until, *(start.earliest for start in starts if start.latest > last)])
    open_ = since(series.visits, series.name, day, known_to, basis) if last <= day else None
    complete = complete_spans(store.coverage, needs)
    surely = complete_spans([s for s in store.coverage if s.how == "complete"], needs)
    reached = min(known_to, day)
    near = reached > last and not within(surely, last, reached)
    one = Measured(
        series._replace(gaps=tuple(with_cover(series.gaps, complete, surely, starts))),
        open_ and open_._replace(covered=known_to >= day, near=near),
        reach,
        day,
        ended,
        complete,
        surely,
        unsaid=perhaps,
    )
    return one._replace(near=_near(one, store.coverage, needs))


def _of(events: "dict[tuple[str, str], list[Event]]", needs: "Iterable[Need]") -> "list[Event]":
    """Of events by their direction those of some directions, in order; `any` is every visitor or host."""
    asked = {(one.visitor, one.host) for one in needs}
    wide = [sides for sides in asked if "any" in sides]
    for one, other in wide:
        asked |= {(v, h) for v, h in events if one in (v, "any") and other in (h, "any")}
    return sorted((event for sides in asked for event in events.get(sides, ())), key=lambda event: event.order)


def _near(one: Measured, statements: "Sequence[Coverage]", needs: "Sequence[Need]") -> "tuple[Coverage, ...]":
    """The statements near complete only without which some gap would not be covered."""
    near = [s for s in statements if s.how == "near-complete" and any(need.met_by(s) for need in needs)]
    resting = [gap.known for gap in one.gaps if gap.near] if near else []
    return tuple(s for s in near if any(overlaps([s.span], *stretch) for stretch in resting))


def with_cover(
    gaps: "Iterable[Gap]", complete: "tuple[Span, ...]", surely: "tuple[Span, ...]", doubtful: "Sequence[Span]" = ()
) -> "Iterator[Gap]":
    """The gaps, those marked in which a visit may lie that the record lacks, or of which it does not say whether it is one.

    `complete` are the days for which the record has all visits, `surely` those of them that are not near complete only, `doubtful` the starts of visits of
    which it says too little.
    """
    perhaps = joined(doubtful)
    for gap in gaps:
        start, end = gap.whole
        covered = within(complete, start, end) and not overlaps(perhaps, start + 1, end - 1)
        near = covered and not within(surely, start, end)
        yield gap if covered and not near else gap._replace(covered=covered, near=near)


def _last_day(needs: "Iterable[Need]", vocabulary: "Vocabulary", until: int) -> tuple[int, str]:
    """The day to which a gap can be open: `until`, or the last on which the states of all directions were there, with the one that ended first."""
    ends = []
    for one in needs:
        sides = [vocabulary.actors[side] for side in (one.visitor, one.host) if side in vocabulary.actors]
        days = [(parse_when(actor.to).start.latest, actor.name) for actor in sides if actor.to]
        ends.append(min(days, default=(NEVER_AFTER, "")))
    day, name = max(ends, default=(NEVER_AFTER, ""))
    return (day, name) if day < until else (until, "")


def needs_of(visits: "Sequence[Event]", store: "Store", query: Query, by: str = "direction") -> list[Need]:
    """What must be covered for a series: its directions, of a pair also the one in which no visit is on record, or, where a side is left open by the scope and the grouping, any; of each person asked for."""
    directions = dict.fromkeys(event.direction for event in visits if event.type == "visit")
    if by == "pair":
        directions |= {
            (h, v): None for v, h in [*directions] if h in (query.visitors or (h,)) and v in (query.hosts or (v,))
        }
    if query.between and by != "direction":
        a, b = query.between
        directions |= {(a, b): None, (b, a): None}
    elif by not in ("direction", "pair"):
        visitors = query.visitors or (tuple({v for v, _ in directions}) if by in ("visitor", "person") else ("any",))
        hosts = query.hosts or (tuple({h for _, h in directions}) if by == "host" else ("any",))
        directions = dict.fromkeys((v, h) for v in visitors for h in hosts)
    return [need for direction in directions for need in needed(query, direction, store)]


def presumed_words(reach: Cover) -> str:
    """Who is taken to have stayed in office, in words."""
    several = "are" if len(reach.presumed) > 1 else "is"
    return f"{both(reach.presumed)} {several} taken to be in office after {day_text(WRITTEN)} too: neither the table of tenures, as of that day, nor the record has an end"


def _grouping(by: str, query: Query, store: "Store") -> "Callable[[Event], Iterable[str]]":
    vocabulary = store.vocabulary
    name = {slug: actor.name for slug, actor in vocabulary.actors.items()} if by in ("pair", "visitor", "host") else {}
    groupings: dict[str, Callable[[Event], Iterable[str]]] = {
        "direction": lambda e: (direction_words(e.direction, vocabulary) if e.type == "visit" else e.type,),
        "pair": lambda e: (" – ".join(sorted(name[actor] for actor in e.involved)),),
        "visitor": lambda e: (f"from {name[e.visitor]}",) if e.visitor else (),
        "host": lambda e: (f"to {name[e.host]}",) if e.host else (),
        "person": lambda e: dict.fromkeys(p.name for p in e.people if fits(p, query, vocabulary)),
        "office": lambda e: dict.fromkeys(vocabulary.offices[o].title for p in e.people if fits(p, query, vocabulary) for o in vocabulary.in_order(p.offices) if not query.offices or o in query.offices),
        "all": lambda _: ("all",),
    }  # fmt: skip
    return groupings[by]


def neighbours_of(event: "Event", store: "Store", as_of: int) -> "Neighbours | None":
    """What stands next to a visit among all visits of its direction that had begun by the day asked for, or by its own where that is later; None for what is no visit that happened."""
    from timeline.neighbours import neighbours_by_id

    if event.type != "visit" or event.status != "happened":
        return None
    scope = Query(visitors=(event.visitor,), hosts=(event.host,), kinds=("any",) if event.kind == "transit" else ())
    begins = event.date.start.earliest
    (one,) = measured(store, scope, Cut(), max(as_of, begins), event)
    return neighbours_by_id(one.gaps if begins <= as_of else one.series.gaps).get(event.id)
