"""How long between one visit and the one before it, as bounds that hold for every reading of coarse dates.

The visit before is not the neighbour in a sorted list: with starts 2018, 2018-03-05 and 2020-01-01 the neighbour rule says exactly 667 days,
the truth is 366 to 667. `least` counts from every visit that may come last before, `most` from those that surely do (semantics §4); tests/test_gaps.py
holds this against an enumeration of every reading.

A reading gives each visit a first and a last day that its date allows. Visits come in the order of their first days, those of one day in the order of
`Event.order`; the visit before is the last of them. An end that no date gives lies, in a reading, anywhere up to the start of the next visit.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Days, Span, When, duration_text, rough_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.model import Event

Basis: TypeAlias = Literal["arrivals", "absence"]


class Stretch(NamedTuple):
    """From one day to another (ordinals). An open end is NEVER_BEFORE or NEVER_AFTER."""

    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Gap:
    """The time before `later`. `earlier` is the visit that most plausibly came before; `rivals` others that may have.

    `shortest` and `longest` are the stretches behind the bounds. `certain` is false where `later` may itself be the first of its series, so that
    the gap may not exist. For a gap still open, `later` is None, and its end the day asked for. `covered` is false where the record does not claim to
    have every visit between the two: the gap between visits that took place may then be shorter (semantics §5). `near` is true where it claims so, but for some
    days only to be near complete.
    """

    series: str
    earlier: "Event"
    later: "Event | None"
    shortest: Stretch
    longest: Stretch
    basis: Basis = "arrivals"
    rivals: "tuple[Event, ...]" = ()
    certain: bool = True
    rank: tuple[int, int] = (0, 0)
    covered: bool = True
    near: bool = False

    @property
    def open(self) -> bool:
        return self.later is None

    @property
    def may_precede(self) -> "tuple[Event, ...]":
        """The visits that may be the last before `later`, in order."""
        return tuple(sorted((self.earlier, *self.rivals), key=lambda event: event.order))

    @property
    def approximate(self) -> bool:
        """Whether it is reckoned from an approximate or uncertain date, so that its bounds are those of the date as written and may be wrong."""
        dates = (event.date for event in (self.earlier, self.later, *self.rivals) if event)
        return any(when.approximate or when.uncertain for when in dates)

    @property
    def days(self) -> Days:
        return Days(self.shortest.days, None if self.longest.start == NEVER_BEFORE else self.longest.days)

    @property
    def whole(self) -> Stretch:
        """The longest stretch; where that has no bound, from the first day on which `earlier` may have begun."""
        start, end = self.longest
        return Stretch(self.earlier.date.start.earliest if start == NEVER_BEFORE else start, end)

    @property
    def text(self) -> str:
        """`16y 0m 5d`, or `13y 6m – 13y 8m`; `at most 1y 3m 20d` where the record may lack a visit between the two, `about` where a date is approximate."""
        if self.covered or (self.open and (self.days.least or self.days.exact)):
            return f"{self.about}{self._bounds_text()}"
        return "not known" if self.days.most is None else f"at most {self.about}{duration_text(*self.longest)}"

    @property
    def elapsed(self) -> "Gap":
        """A gap still open as it is where no visit came after `earlier`, whatever the record covers."""
        from dataclasses import replace

        return replace(self, shortest=Stretch(self.shortest.start, self.longest.end))

    @property
    def about(self) -> str:
        """What stands before its bounds where they are no more than about right."""
        return "about " if self.approximate else ""

    @property
    def least_text(self) -> str:
        """The shortest that it can be."""
        return f"{self.about}{duration_text(*self.shortest)}"

    def _bounds_text(self) -> str:
        least, most = self.days
        if least == most:
            return duration_text(*self.shortest)
        low = rough_text(*self.shortest) if least else "0d"
        if most is None:
            return f"{low} or more"
        high = rough_text(*self.longest)
        return f"{low} – {high}" if low != high else f"{duration_text(*self.shortest)} – {duration_text(*self.longest)}"


@dataclass(frozen=True, slots=True)
class Series:
    """The gaps between the visits of one group, in the order of the visits, and what they come to."""

    name: str
    visits: "tuple[Event, ...]"
    gaps: tuple[Gap, ...]

    @property
    def longest(self) -> Gap | None:
        return next(iter(by_length(self.gaps)), None)

    @property
    def ties(self) -> int | None:
        """How many gaps are as long as the longest, which is one of them; None where coarse dates leave that open."""
        longest = self.longest
        if longest is not None and longest.rank != (1, 1):
            return None
        return sum(gap.days == longest.days for gap in self.gaps) if longest else 0

    @property
    def count(self) -> int:
        """How many of the gaps there are in every reading: one that is not certain does not exist, since some visit is the first."""
        return len(self.gaps) - any(not gap.certain for gap in self.gaps)

    @property
    def covered(self) -> bool:
        """Whether the record claims to have every visit between the first and the last."""
        return all(gap.covered for gap in self.gaps)

    @property
    def median(self) -> tuple[float, float | None] | None:
        """The least and the most days, which may end in a half: no reading of the dates has a median outside them. None most is no bound."""
        if not self.gaps:
            return None
        leasts, mosts = _bounds(self.gaps)
        half = (len(leasts) - 1) // 2, len(leasts) // 2
        low, high = (sum(bounds[k] for k in half) / 2 for bounds in (leasts, mosts))
        return low, None if mosts[half[1]] == NEVER_AFTER else high


def by_length(gaps: "Iterable[Gap]") -> list[Gap]:
    """The longest first; of some as long, the latest."""
    return sorted(gaps, key=lambda gap: (-gap.shortest.days - gap.longest.days, -gap.shortest.start))


def _bounds(gaps: "Sequence[Gap]") -> tuple[list[int], list[int]]:
    """The least and the most days of the gaps that exist, each from the lowest up.

    Every reading has one first visit. Where it is not certain which, one of the gaps that are not certain does not exist: the one whose lack
    lowers the least, or raises the most.
    """
    doubtful = [gap for gap in gaps if not gap.certain]
    leasts = sorted(gap.days.least for gap in gaps)
    mosts = sorted(_most(gap) for gap in gaps)
    if doubtful:
        leasts.remove(max(gap.days.least for gap in doubtful))
        mosts.remove(min(map(_most, doubtful)))
    return leasts, mosts


def _most(gap: Gap) -> int:
    return NEVER_AFTER if gap.days.most is None else gap.days.most


def find_series(
    events: "Iterable[Event]", by: "Callable[[Event], Iterable[str]]", basis: Basis = "arrivals"
) -> list[Series]:
    """One series a group, groups in the order of their first visit. An event may stand in several groups."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        for name in by(event):
            groups.setdefault(name, []).append(event)
    return [Series(name, tuple(group), tuple(find_gaps(group, basis, name))) for name, group in groups.items()]


def find_gaps(events: "Iterable[Event]", basis: Basis = "arrivals", series: str = "") -> list[Gap]:
    """The gap before each visit that has one before it, with its rank among them.

    `arrivals` counts from start to start; `absence` from the last end among the visits that started before, 0 where they overlap.
    """
    visits = sorted(events, key=lambda event: event.order)
    field = _Field([visit.date for visit in visits])
    found = (_gap(field, i, visits, basis, series) for i in range(len(visits)))
    return _ranked([gap for gap in found if gap is not None])


def since(events: "Iterable[Event]", series: str, day: int, known_to: int, basis: Basis = "arrivals") -> Gap | None:
    """The gap still open on `day` after the last of some visits: before a visit that would begin that day, after all others of that day.

    At least it reaches to `known_to`, the end of what the record covers. None where no visit can have begun by `day`.
    """
    visits = sorted((e for e in events if e.date.start.earliest <= day), key=lambda event: event.order)
    field = _Field([*(visit.date for visit in visits), When("", (Span(day, day),), (Span(day, day),))])
    gap = _gap(field, len(visits), visits, basis, series)
    if gap is None:
        return None
    from dataclasses import replace

    last = gap.shortest.start
    return replace(gap, shortest=Stretch(last, max(last, min(known_to, day))))


def _gap(field: "_Field", i: int, visits: "Sequence[Event]", basis: Basis, series: str) -> Gap | None:
    """The gap before visit `i` of a field, still open where there is no such visit; None where none can lie before it."""
    before = field.last_before(i)
    if not before:
        return None
    arrivals = basis == "arrivals"
    best = before[-1] if i == 0 else i - 1 if arrivals else field.last_out[i - 1]
    rivals = [j for j in before if j != best and (arrivals or field.ends[j].latest > field.ends[best].earliest)]
    return Gap(
        series,
        visits[best],
        visits[i] if i < len(visits) else None,
        field.shortest_arrival(i, before) if arrivals else field.shortest_absence(i, before),
        field.longest(i, basis),
        basis,
        tuple(visits[j] for j in rivals),
        field.surely_before(i) > 0,
    )


class _Field:
    """The dates of a series, in order, laid out so that what may lie before any of them is found without looking at all.

    A place is a pair (day, number of the visit); places in order are the visits of a reading in order. Whatever its own reading, a visit lies before
    a place that its last place is before, and after a place that its first place is after.
    """

    def __init__(self, dates: "Sequence[When]") -> None:
        self.dates = dates
        self.starts, self.ends = [when.start for when in dates], [when.end for when in dates]
        self.first_places = [(span.earliest, k) for k, span in enumerate(self.starts)]  # in order, as the visits are
        self.last_place_so_far = list(accumulate(((span.latest, k) for k, span in enumerate(self.starts)), max))
        self.last_out = [k for _, k in accumulate(((span.earliest, k) for k, span in enumerate(self.ends)), max)]
        # The same visits by their last places, and what holds of those up to each:
        self.last_places = sorted((span.latest, k) for k, span in enumerate(self.starts))
        numbers = [k for _, k in self.last_places]
        self.latest_first_place = list(accumulate((self.first_places[k] for k in numbers), max))
        self.latest_first_end = list(accumulate((self.ends[k].earliest for k in numbers), max))
        self.latest_known_end = list(accumulate((_known_end(dates[k]) for k in numbers), max))

    def surely_before(self, i: int, day: int | None = None) -> int:
        """How many visits, in the order of their last places, lie before visit `i` in every reading, or in those in which it begins on `day`."""
        return bisect_left(self.last_places, (self.starts[i].earliest if day is None else day, i))

    def near(self, i: int) -> list[int]:
        """Other visits whose place before or after visit `i` depends on the reading."""
        first, last = self.first_places[i], (self.starts[i].latest, i)
        found = []
        for k in range(bisect_left(self.first_places, last) - 1, -1, -1):
            if self.last_place_so_far[k] < first:
                break
            if k != i and (self.starts[k].latest, k) > first:
                found.append(k)
        return found

    def last_before(self, i: int) -> list[int]:
        """The visits that come last before visit `i` in some reading, in order."""
        found = self.near(i)
        if sure := self.surely_before(i):
            place = (self.latest_first_place[sure - 1][0], 0)
            found += [k for _, k in self.last_places[bisect_left(self.last_places, place) : sure]]
        return sorted(j for j in found if any(True for _ in self._meetings(j, i)))

    def _meetings(self, j: int, i: int) -> "Iterator[tuple[Span, int]]":
        """For each way to date visits `j` and `i` with `j` the last before `i`: the end of `j` and a day on which `i` begins so."""
        lag = _lag(j, i)
        for start, end in self._ways(j):
            for option in self.dates[i].starts:
                first, last = (
                    max(option.earliest, start.earliest + lag),
                    min(option.latest, start.latest + lag),
                )
                if first <= last:
                    close = ((day - lag, day) for day in range(first, last + 1))
                else:
                    close = ((s, day) for s, day in ((start.latest, option.earliest),) if s < day)
                if (day := next((d for begin, d in close if not self._parted(begin, j, d, i)), None)) is not None:
                    yield end, day

    def _ways(self, j: int) -> "Iterator[tuple[Span, Span]]":
        return zip(self.dates[j].starts, self.dates[j].ends, strict=True)

    def _parted(self, begin: int, j: int, day: int, i: int) -> bool:
        """Whether in every reading some visit lies between visit `j`, which begins on one day, and visit `i`, which begins on the other."""
        count = self.surely_before(i, day)
        return count > 0 and self.latest_first_place[count - 1] > (begin, j)

    def shortest_arrival(self, i: int, before: list[int]) -> Stretch:
        pairs = (
            (_lag(j, i), start, option)
            for j in before
            for start in self.dates[j].starts
            for option in self.dates[i].starts
        )
        return _shortest(stretch for lag, start, option in pairs if (stretch := _closest(start, option, lag)))

    def shortest_absence(self, i: int, before: list[int]) -> Stretch:
        """From the last of the ends that are known; nothing where a visit whose end is not known may come last."""
        found = [Stretch(day, day) for j in before for end, day in self._meetings(j, i) if end.latest == NEVER_AFTER]
        near = self.near(i)
        for option in self.dates[i].starts:
            if sure := self.surely_before(i, option.earliest):
                found.append(_clipped(self.latest_known_end[sure - 1], option.earliest))
            for j in near:
                days = (
                    (max(option.earliest, s.earliest + _lag(j, i)), e.latest)
                    for s, e in self._ways(j)
                    if e.latest != NEVER_AFTER
                )
                found += [_clipped(end, day) for day, end in days if day <= option.latest]
        return _shortest(found)

    def longest(self, i: int, basis: Basis) -> Stretch:
        """To the last day of a way to date visit `i`, or to the last before one more visit is sure to lie before it."""
        near = self.near(i)
        turns = [self.starts[j].latest + _lag(j, i) - 1 for j in near]
        days = {
            day
            for option in self.dates[i].starts
            for day in (option.latest, *turns)
            if option.earliest <= day <= option.latest
        }
        found = (self._farthest(i, day, near, basis) for day in sorted(days))
        return max((stretch for stretch in found if stretch), key=lambda stretch: stretch.days)

    def _farthest(self, i: int, day: int, near: list[int], basis: Basis) -> Stretch | None:
        """Back from `day` to the earliest that the visits sure to lie before it allow; where there are none, to any that may."""
        if sure := self.surely_before(i, day):
            return _clipped(
                self.latest_first_place[sure - 1][0] if basis == "arrivals" else self.latest_first_end[sure - 1],
                day,
            )
        spans = self.starts if basis == "arrivals" else self.ends
        may = [spans[j].earliest for j in near if self.first_places[j] < (day, i)]
        return _clipped(min(may), day) if may else None


def _lag(j: int, i: int) -> int:
    """The days by which visit `i` must begin later than visit `j` to come after it."""
    return 0 if j < i else 1


def _known_end(when: When) -> int:
    """The latest day to which a visit lasts in some reading, as far as its date says."""
    return max(
        end.latest if end.latest != NEVER_AFTER else start.latest
        for start, end in zip(when.starts, when.ends, strict=True)
    )


def _closest(other: Span, option: Span, lag: int) -> Stretch | None:
    """The shortest stretch from a start in `other` to one in `option`, at least `lag` days later; None where there is none."""
    day = max(option.earliest, min(option.latest, other.latest + lag))
    start = min(other.latest, day - lag)
    return Stretch(start, day) if start >= other.earliest else None


def _clipped(end: int, start: int) -> Stretch:
    """From the end of one visit to the start of the next; nothing where they overlap."""
    return Stretch(min(end, start), start)


def _shortest(stretches: "Iterable[Stretch]") -> Stretch:
    return min(stretches, key=lambda stretch: stretch.days)


def _ranked(gaps: list[Gap]) -> list[Gap]:
    """The gaps with their rank by length, 1 the longest: the best and the worst that the bounds allow."""
    from dataclasses import replace

    leasts, mosts = sorted(gap.days.least for gap in gaps), sorted(map(_most, gaps))
    doubtful = [gap.days.least for gap in gaps if not gap.certain]
    count = len(gaps) - bool(doubtful)  # in every reading one of those that are not certain does not exist
    ranked = []
    for gap in gaps:
        least, most = gap.days.least, _most(gap)
        longer = len(leasts) - bisect_right(leasts, most) - any(other > most for other in doubtful)
        maybe_longer = len(mosts) - bisect_right(mosts, least) - (most > least)
        ranked.append(replace(gap, rank=(1 + longer, min(1 + maybe_longer, count))))
    return ranked
