"""How long between one visit and the one before it, as bounds that hold for every reading of coarse dates.

The visit before is not the neighbour in a sorted list: with starts 2018, 2018-03-05 and 2020-01-01 the neighbour rule says exactly 667 days,
the truth is 366 to 667. `least` counts from every visit that may come last before, `most` from those that surely do (semantics §4); tests/test_gaps.py
holds this against an enumeration of every reading.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Days, Span, duration_text, rough_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    the gap may not exist. For a gap still open, `later` is None, and its end the day asked for.
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

    @property
    def open(self) -> bool:
        return self.later is None

    @property
    def days(self) -> Days:
        return Days(self.shortest.days, None if NEVER_BEFORE == self.longest.start else self.longest.days)

    @property
    def text(self) -> str:
        """`16y 0m 5d`, or `13y 6m – 13y 8m`."""
        least, most = self.days
        if least == most:
            return duration_text(*self.shortest)
        low = rough_text(*self.shortest) if least else "0d"
        return f"{low} or more" if most is None else f"{low} – {rough_text(*self.longest)}"


@dataclass(frozen=True, slots=True)
class Series:
    """The gaps between the visits of one group, in the order of the visits, and what they come to."""

    name: str
    visits: "tuple[Event, ...]"
    gaps: tuple[Gap, ...]

    @property
    def longest(self) -> Gap | None:
        return max(self.gaps, key=lambda gap: (gap.shortest.days + gap.longest.days, gap.shortest.start), default=None)

    @property
    def median(self) -> Days | None:
        """The median of the bounds: no reading of the dates has a median outside them."""
        if not self.gaps:
            return None
        least = sorted(gap.days.least for gap in self.gaps)
        most = sorted(NEVER_AFTER if gap.days.most is None else gap.days.most for gap in self.gaps)
        middle = (len(least) - 1) // 2
        upper = most[len(most) // 2]
        return Days((least[middle] + least[len(least) // 2]) // 2, None if upper == NEVER_AFTER else (most[middle] + upper + 1) // 2)


def find_series(events: "Iterable[Event]", by: "Callable[[Event], Iterable[str]]", basis: Basis = "arrivals") -> list[Series]:
    """One series a group, groups in the order of their first visit. An event may stand in several groups."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        for name in by(event):
            groups.setdefault(name, []).append(event)
    return [Series(name, tuple(group), tuple(find_gaps(group, basis, name))) for name, group in groups.items()]


def find_gaps(events: "Sequence[Event]", basis: Basis = "arrivals", series: str = "") -> list[Gap]:
    """The gap before each visit that has one before it, with its rank among them.

    `arrivals` counts from start to start; `absence` from the end of the visit that ended last to the start of the next, 0 where they overlap.
    """
    visits = sorted(events, key=lambda event: event.order)
    field = _Field(visits)
    gaps = [gap for i in range(len(visits)) if (gap := field.before(i, basis, series)) is not None]
    return _ranked(gaps)


def since(last: "Sequence[Event]", series: str, day: int, known_to: int, basis: Basis = "arrivals") -> Gap | None:
    """The gap still open on `day` after the last of some visits; at least to `known_to`, the end of what the record covers, at most to `day`.

    None where no visit starts on or before `day`.
    """
    visits = sorted((e for e in last if e.date.start.earliest <= day), key=lambda event: event.order)
    if not visits:
        return None
    latest_start = max(e.date.start.earliest for e in visits)
    final = max((e for e in visits if e.date.start.earliest == latest_start), key=lambda e: (e.date.start.latest, e.id))
    if basis == "arrivals":
        sure, may = latest_start, min(max(e.date.start.latest for e in visits), day)
    else:
        sure, may = max(e.date.end.earliest for e in visits), min(max(e.date.end.latest for e in visits), day)
    known = min(known_to, day)
    rivals = tuple(e for e in visits if e is not final and e.date.start.latest >= final.date.start.earliest)
    shortest = Stretch(may, max(may, known))
    longest = Stretch(min(sure, day), day)
    return Gap(series, final, None, shortest, longest, basis, rivals)


class _Field:
    """The visits of a series laid out so that what may lie before any of them is found without looking at all."""

    def __init__(self, visits: "Sequence[Event]") -> None:
        self.visits = visits
        self.starts = [event.date.start for event in visits]
        order = sorted(range(len(visits)), key=lambda i: self.starts[i].latest)
        self.by_latest = order
        self.latests = [self.starts[i].latest for i in order]
        self.first_start_so_far = list(accumulate((self.starts[i].earliest for i in order), max))
        self.latest_end_so_far = list(accumulate((visits[i].date.end.latest for i in order), max))
        self.first_end_so_far = list(accumulate((visits[i].date.end.earliest for i in order), max))
        self.width = max((s.latest - s.earliest for s in self.starts), default=0)

    def before(self, i: int, basis: Basis, series: str) -> Gap | None:
        near = self._near(i)
        if basis == "arrivals":
            bounds = self._arrivals(i, near)
        else:
            bounds = self._absence(i, near)
        if bounds is None:
            return None
        shortest, longest = bounds
        earlier, rivals = self._candidates(i, near)
        return Gap(series, earlier, self.visits[i], shortest, longest, basis, rivals, self._surely_preceded(i, near))

    def _near(self, i: int) -> list[int]:
        """Other visits whose place before or after visit `i` depends on the reading of dates."""
        first, last = self.starts[i]
        found = []
        for k in range(bisect_left(self.latests, first), bisect_right(self.latests, last + self.width)):
            j = self.by_latest[k]
            if j != i and self.starts[j].earliest <= last:
                found.append(j)
        return found

    def _sure(self, i: int) -> int:
        """How many visits, in the order of `latests`, end their span of starts before that of visit `i` begins."""
        return bisect_left(self.latests, self.starts[i].earliest)

    def _surely_preceded(self, i: int, near: list[int]) -> bool:
        if self._sure(i) > 0:
            return True
        return any(self._precedes_always(j, i) for j in near)

    def _precedes_always(self, j: int, i: int) -> bool:
        return self.starts[j].latest <= self.starts[i].earliest - (0 if j < i else 1)

    def _arrivals(self, i: int, near: list[int]) -> tuple[Stretch, Stretch] | None:
        count = self._sure(i)
        shortest: Stretch | None = None
        longest: Stretch | None = None
        for option in self.visits[i].date.starts:
            if count:
                shortest = _shorter(shortest, Stretch(self.latests[count - 1], option.earliest))
            for j in near:
                for other in self.visits[j].date.starts:
                    shortest = _shorter(shortest, _closest(other, option, 0 if j < i else 1))
            for day in self._turning_points(option, near):
                longest = _longer(longest, self._farthest(i, day, near, "arrivals"))
        return (shortest, longest) if shortest and longest else None

    def _turning_points(self, option: Span, near: list[int]) -> set[int]:
        """The days in a span of starts after which some other visit becomes sure to lie before: the longest gap ends on one of them."""
        points = {option.latest}
        for j in near:
            latest = self.starts[j].latest
            points.update(day for day in (latest - 1, latest) if option.earliest <= day <= option.latest)
        return points

    def _absence(self, i: int, near: list[int]) -> tuple[Stretch, Stretch] | None:
        """As `_arrivals`, from the latest end among the visits that started before."""
        count = self._sure(i)
        shortest: Stretch | None = None
        longest: Stretch | None = None
        for option in self.visits[i].date.starts:
            if count:
                shortest = _shorter(shortest, _clipped(self.latest_end_so_far[count - 1], option.earliest))
            for j in near:
                lag = 0 if j < i else 1
                for start, end in zip(self.visits[j].date.starts, self.visits[j].date.ends, strict=True):
                    if start.earliest <= option.latest - lag:
                        day = max(option.earliest, start.earliest + lag)
                        shortest = _shorter(shortest, _clipped(end.latest, day))
            for day in self._turning_points(option, near):
                longest = _longer(longest, self._farthest(i, day, near, "absence"))
        return (shortest, longest) if shortest and longest else None

    def _farthest(self, i: int, day: int, near: list[int], basis: Basis) -> Stretch | None:
        """The longest stretch that can end with visit `i` on `day`: back to the sure visits, or, without any, to one that may lie before."""
        count = self._sure(i)
        table = self.first_start_so_far if basis == "arrivals" else self.first_end_so_far
        sure = table[count - 1] if count else None
        may: int | None = None
        for j in near:
            first, last = self.starts[j]
            lag = 0 if j < i else 1
            back = first if basis == "arrivals" else self.visits[j].date.end.earliest
            if last <= day - lag:
                sure = back if sure is None else max(sure, back)
            elif first <= day - lag:
                may = back if may is None else min(may, back)
        start = sure if sure is not None else may
        return None if start is None else _clipped(start, day)

    def _candidates(self, i: int, near: list[int]) -> "tuple[Event, tuple[Event, ...]]":
        """The visit most plausibly before visit `i`: the last in order that may be; and the others that may."""
        may = [j for j in near if self.starts[j].earliest <= self.starts[i].latest - (0 if j < i else 1)]
        count = self._sure(i)
        if count:
            sure = self.by_latest[:count]
            bar = self.first_start_so_far[count - 1]
            may += [j for j in sure[max(0, count - 64) :] if self.starts[j].latest >= bar]
        ahead = [j for j in may if j < i] or may
        best = max(ahead)
        return self.visits[best], tuple(self.visits[j] for j in sorted(may) if j != best)


def _closest(other: Span, option: Span, lag: int) -> Stretch | None:
    """The shortest stretch from a start in `other` to one in `option`, at least `lag` days later; None where there is none."""
    day = max(option.earliest, min(option.latest, other.latest + lag))
    start = min(other.latest, day - lag)
    return Stretch(start, day) if start >= other.earliest else None


def _clipped(end: int, start: int) -> Stretch:
    """From the end of one visit to the start of the next; nothing where they overlap."""
    return Stretch(min(end, start), start)


def _shorter(a: Stretch | None, b: Stretch | None) -> Stretch | None:
    if a is None or b is None:
        return a or b
    return b if b.days < a.days else a


def _longer(a: Stretch | None, b: Stretch | None) -> Stretch | None:
    if a is None or b is None:
        return a or b
    return b if b.days > a.days else a


def _ranked(gaps: list[Gap]) -> list[Gap]:
    """The gaps with their rank by length, 1 the longest: the best and the worst that the bounds allow."""
    from dataclasses import replace

    leasts = sorted(gap.days.least for gap in gaps)
    mosts = sorted(NEVER_AFTER if gap.days.most is None else gap.days.most for gap in gaps)
    ranked = []
    for gap in gaps:
        least, most = gap.days.least, NEVER_AFTER if gap.days.most is None else gap.days.most
        best = 1 + len(leasts) - bisect_right(leasts, most)
        worst = len(mosts) - bisect_right(mosts, least) + (0 if most > least else 1)
        ranked.append(replace(gap, rank=(best, max(best, worst))))
    return ranked
