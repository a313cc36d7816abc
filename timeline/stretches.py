"""Which of some coarse dates may come right before another, and how long it is between them, in every reading of the dates.

A reading gives each visit a first and a last day that its date allows. Visits come in the order of their first days, those of one day in the order of
`Event.order`; the visit before is the last of them. An end that no date gives lies, in a reading, anywhere up to the start of the next visit.
"""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from timeline.dates import NEVER_AFTER, Span, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Basis: TypeAlias = Literal["arrivals", "absence"]


class Stretch(NamedTuple):
    """From one day to another (ordinals). An open end is NEVER_BEFORE or NEVER_AFTER."""

    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start


class OrderedDates:
    """The dates of a series, in order, laid out so that what may lie before any of them is found without looking at all.

    A place is a pair (day, number of the visit); places in order are the visits of a reading in order. Whatever its own reading, a visit lies before
    a place that its last place is before, and after a place that its first place is after.
    """

    def __init__(self, dates: "Sequence[When]") -> None:
        self.dates = dates
        self.starts = [when.start for when in dates]
        self.first_places = [(span.earliest, k) for k, span in enumerate(self.starts)]  # in order, as the visits are
        self.last_place_so_far = list(accumulate(((span.latest, k) for k, span in enumerate(self.starts)), max))

    @cached_property
    def ends(self) -> list[Span]:
        return [when.end for when in self.dates]

    @cached_property
    def last_places(self) -> list[tuple[int, int]]:
        """The last places, in order."""
        return sorted((span.latest, k) for k, span in enumerate(self.starts))

    @cached_property
    def latest_first_place(self) -> list[tuple[int, int]]:
        """Up to each visit by its last place, the latest of the first places."""
        return list(accumulate((self.first_places[k] for _, k in self.last_places), max))

    @cached_property
    def last_out(self) -> list[int]:
        """Up to each visit, in order, the one with the latest first day of its end."""
        return [k for _, k in accumulate(((span.earliest, k) for k, span in enumerate(self.ends)), max)]

    @cached_property
    def latest_first_end(self) -> list[int]:
        """Up to each visit by its last place, the latest of the first days on which they may have ended."""
        return list(accumulate((self.ends[k].earliest for _, k in self.last_places), max))

    @cached_property
    def latest_known_end(self) -> list[int]:
        """Likewise, the latest of the days to which they may have lasted, as far as their dates say."""
        return list(accumulate((_known_end(self.dates[k]) for _, k in self.last_places), max))

    def exactly(self, i: int) -> Stretch | None:
        """From the start of the visit before visit `i` to its own, where both days are known and no other visit may lie between. Most are such, and all else takes ten times as long."""
        if i == 0 or not (self.starts[i - 1].exact and self.starts[i].exact):
            return None
        before = self.first_places[i - 1]
        return Stretch(before[0], self.starts[i].earliest) if self.last_place_so_far[i - 1] == before else None

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

    def last_before(self, i: int, near: list[int]) -> list[int]:
        """The visits that come last before visit `i` in some reading, in order. `near` are those of `near(i)`, here and below."""
        found = near
        if sure := self.surely_before(i):
            place = (self.latest_first_place[sure - 1][0], 0)
            found = [*near, *(k for _, k in self.last_places[bisect_left(self.last_places, place) : sure])]
            if len(found) == 1:  # some visit comes last before, and no other can
                return found
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

    def shortest_absence(self, i: int, before: list[int], near: list[int]) -> Stretch:
        """From the last of the ends that are known; nothing where a visit whose end is not known may come last."""
        found = [Stretch(day, day) for j in before for end, day in self._meetings(j, i) if end.latest == NEVER_AFTER]
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

    def longest(self, i: int, basis: Basis, near: list[int]) -> Stretch:
        """To the last day of a way to date visit `i`, or to the last before one more visit is sure to lie before it."""
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
