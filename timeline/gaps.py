"""How long between one visit and the one before it, as bounds that hold for every reading of coarse dates.

The visit before is not the neighbour in a sorted list: with starts 2018, 2018-03-05 and 2020-01-01 the neighbour rule says exactly 667 days,
the truth is 366 to 667. `least` counts from every visit that may come last before, `most` from those that surely do (semantics §4); tests/test_gaps.py
holds this against an enumeration of every reading.
"""

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Days, Span, When, duration_text, rough_text
from timeline.stretches import Basis, OrderedDates, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.model import Event


class Gap(NamedTuple):
    """The time before `later`. `earlier` is the visit that most plausibly came before; `rivals` others that may have.

    `shortest` and `longest` are the stretches behind the bounds. `certain` is false where `later` may itself be the first of its series, so that
    the gap may not exist. For a gap still open, `later` is None, and its end the day asked for. `covered` is false where the record does not claim to
    have every visit between the two: the gap between visits that took place may then be shorter (semantics §5). `near` is true where it claims so, but for some
    days only to be near complete; of a gap still open, for some of those that it covers.
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
    def known(self) -> Stretch:
        """The days of which a record that covers it claims to have every visit: of a gap still open, those to which it reaches."""
        return self.longest if self.covered or not self.open else self.shortest

    @property
    def text(self) -> str:
        """`16y 0m 5d`, or `13y 6m – 13y 8m`; `at most 1y 3m 20d` where the record may lack a visit between the two, `about` where a date is approximate."""
        if self.covered or (self.open and (self.days.least or self.days.exact)):
            return f"{self.about}{self._bounds_text()}"
        return "not known" if self.days.most is None else f"at most {self.about}{duration_text(*self.longest)}"

    @property
    def elapsed(self) -> "Gap":
        """A gap still open as it is where no visit came after `earlier`, whatever the record covers."""
        return self._replace(shortest=Stretch(self.shortest.start, self.longest.end))

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


class Series(NamedTuple):
    """The gaps between the visits of one group, in the order of the visits, and what they come to."""

    name: str
    visits: "tuple[Event, ...]"
    gaps: tuple[Gap, ...]

    @property
    def longest(self) -> Gap | None:
        return max(self.gaps, key=_length, default=None)

    @property
    def ties(self) -> int | None:
        """How many gaps are as long as the longest, which is one of them; None where coarse dates leave that open."""
        longest = self.longest
        if longest is not None and longest.rank != (1, 1):
            return None
        return sum(gap.days == longest.days for gap in self.gaps) if longest else 0

    @property
    def gap_count(self) -> int:
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
    return sorted(gaps, key=_length, reverse=True)


def _length(gap: Gap) -> tuple[int, int]:
    """What orders gaps by length: both bounds together, then how late it is."""
    return gap.shortest.days + gap.longest.days, gap.shortest.start


def _bounds(gaps: "Sequence[Gap]") -> tuple[list[int], list[int]]:
    """The least and the most days of the gaps that exist, each from the lowest up.

    Every reading has one first visit. Where it is not certain which, one of the gaps that are not certain does not exist: the one whose lack
    lowers the least, or raises the most.
    """
    doubtful = [gap for gap in gaps if not gap.certain]
    leasts = sorted(gap.shortest.days for gap in gaps)
    mosts = sorted(_most(gap) for gap in gaps)
    if doubtful:
        leasts.remove(max(gap.shortest.days for gap in doubtful))
        mosts.remove(min(map(_most, doubtful)))
    return leasts, mosts


def _most(gap: Gap) -> int:
    return NEVER_AFTER if gap.longest.start == NEVER_BEFORE else gap.longest.days


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
    dates = OrderedDates([visit.date for visit in visits])
    found = (_gap(dates, i, visits, basis, series) for i in range(len(visits)))
    return _ranked([gap for gap in found if gap is not None])


def since(events: "Iterable[Event]", series: str, day: int, known_to: int, basis: Basis = "arrivals") -> Gap | None:
    """The gap still open on `day` after the last of some visits: before a visit that would begin that day, after all others of that day.

    At least it reaches to `known_to`, the end of what the record covers. None where no visit can have begun by `day`.
    """
    visits = sorted((e for e in events if e.date.start.earliest <= day), key=lambda event: event.order)
    dates = OrderedDates([*(visit.date for visit in visits), When("", (Span(day, day),), (Span(day, day),))])
    gap = _gap(dates, len(visits), visits, basis, series)
    if gap is None:
        return None
    last = gap.shortest.start
    return gap._replace(shortest=Stretch(last, max(last, min(known_to, day))))


def _gap(dates: OrderedDates, i: int, visits: "Sequence[Event]", basis: Basis, series: str) -> Gap | None:
    """The gap before visit `i` of some in order, still open where there is no such visit; None where none can lie before it."""
    later = visits[i] if i < len(visits) else None
    if basis == "arrivals" and (days := dates.exactly(i)):
        return Gap(series, visits[i - 1], later, days, days)
    near = dates.near(i)
    before = dates.last_before(i, near)
    if not before:
        return None
    arrivals = basis == "arrivals"
    best = before[-1] if i == 0 else i - 1 if arrivals else dates.last_out[i - 1]
    rivals = [j for j in before if j != best and (arrivals or dates.ends[j].latest > dates.ends[best].earliest)]
    return Gap(
        series,
        visits[best],
        later,
        dates.shortest_arrival(i, before) if arrivals else dates.shortest_absence(i, before, near),
        dates.longest(i, basis, near),
        basis,
        tuple(visits[j] for j in rivals),
        dates.surely_before(i) > 0,
    )


def _ranked(gaps: list[Gap]) -> list[Gap]:
    """The gaps with their rank by length, 1 the longest: the best and the worst that the bounds allow."""
    bounds = [(gap.shortest.days, _most(gap)) for gap in gaps]
    leasts, mosts = (sorted(each) for each in zip(*bounds, strict=True)) if bounds else ([], [])
    doubtful = max((gap.shortest.days for gap in gaps if not gap.certain), default=None)
    count = len(gaps) - (doubtful is not None)  # in every reading one of those that are not certain does not exist
    ranked = []
    for gap, (least, most) in zip(gaps, bounds, strict=True):
        longer = len(gaps) - bisect_right(leasts, most) - (doubtful is not None and doubtful > most)
        maybe_longer = len(gaps) - bisect_right(mosts, least) - (most > least)
        ranked.append(gap._replace(rank=(1 + longer, min(1 + maybe_longer, count))))
    return ranked
