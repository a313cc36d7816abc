"""Days of a file held against each other: whether it would be in order with day and month of some swapped, and whether a spreadsheet took some for dates and left others as texts.

A file in no order has a chain of days that do not fall, too, and swaps make it longer by chance. So a swap is told only where with it most rows are in one chain, and where days at random would hardly do as well.
"""

from bisect import bisect_right
from datetime import date
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDERED = 0.75  # of the days of a file that are in one chain, with swaps: it is in order, then
FEWEST = 4  # days that can be in an order
HARDLY = 1 / 8  # the chance of so many rows in order with days at random, under which a swap is told
YEAR = 365
CHANCE = 0.001  # that days fall apart at the 12th as a spreadsheet parts them
_BELOW = 12 / 30.4  # of days by chance


class Swaps(NamedTuple):
    """How many rows are out of order as the days are written, how many with swaps, and those that are swapped then, by their place, with the day that it makes."""

    out: int
    left: int
    better: "dict[int, int]"


def put_in_order(days: "Sequence[int]") -> Swaps | None:
    """The rows of which day and month are probably swapped, where a file is in order: upwards or downwards, whichever takes more days. None where nothing speaks for a swap."""
    if len(days) < FEWEST:
        return None
    up = [(day, swapped_ordinal(day)) for day in days]
    down = [(-day, -other) for day, other in up]
    options = max(up, down, key=_longest)
    plain = [(day, 0) for day, _ in options]
    out, left = len(days) - _longest(plain), len(days) - _longest(options)
    if left == out or left > (1 - ORDERED) * len(days) or not _unlikely(out - left, out, _fitting(plain)):
        return None
    return Swaps(out, left, {place: abs(options[place][1]) for place in _swaps(options)})


def _unlikely(gain: int, out: int, fitting: float) -> bool:
    """Whether so many rows would hardly be in order by chance, by the bound of Chernoff: `fitting` would be, of days at random."""
    share, chance = gain / out, fitting / out
    if share <= chance:
        return False
    rest = (1 - share) * log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return exp(-out * (share * log(share / chance) + rest)) < HARDLY if chance else True


def _fitting(options: "Sequence[tuple[int, int]]") -> float:
    """How many of the rows out of order would be in it, if each had a day at random of its year."""
    places = [-1, *(place for place, _ in _chain(options)), len(options)]
    fitting = 0.0
    for before, after in pairwise(places):
        inside = before >= 0 and after < len(options)
        gap = options[after][0] - options[before][0] + 1 if inside else YEAR
        fitting += (after - before - 1) * min(1.0, gap / YEAR)
    return fitting


def in_better_order(days: "Sequence[int]", others: "Sequence[int]") -> bool:
    """Whether days are in order, and would be less so with others in their place."""
    chain, other = (
        max(_longest([(sign * day, 0) for day in several]) for sign in (1, -1)) for several in (days, others)
    )
    return chain >= ORDERED * len(days) and other < chain


def swapped_ordinal(day: int) -> int:
    """A day with month and day changed for each other; 0 where that is no other day."""
    read = date.fromordinal(day)
    return read.replace(month=read.day, day=read.month).toordinal() if read.day <= 12 and read.day != read.month else 0


def parted(texts: "Iterable[int]", dates: "Sequence[int]") -> bool:
    """Whether days fall apart as where a spreadsheet took `5.6.2015` for a date and `25.6.2015` for a text: all texts have a day above 12, no date has."""
    late = [date.fromordinal(day).day > 12 for day in texts]
    early = [date.fromordinal(day).day <= 12 for day in dates]
    split = bool(late and early) and all(late) and all(early)
    return split and bool((1 - _BELOW) ** len(late) * _BELOW ** len(early) < CHANCE)


def _longest(options: "Sequence[tuple[int, int]]") -> int:
    """The days of the longest chain that does not fall, with one of its options for each row."""
    tails: list[int] = []
    for day, other in options:
        for value in (max(day, other), min(day, other)) if other else (day,):
            place = bisect_right(tails, value)
            tails[place : place + 1] = [value]
    return len(tails)


def _swaps(options: "Sequence[tuple[int, int]]") -> list[int]:
    """The rows that are swapped in the longest chain, and the neighbours that would do as well in their place."""
    chain = _chain(options)
    found = {place for place, swapped in chain if swapped}
    for at, (place, swapped) in enumerate(chain):
        for near in (at - 1, at + 1) if swapped else ():
            if 0 <= near < len(chain) and not chain[near][1] and options[chain[near][0]][1]:
                first = max(min(at, near) - 1, 0)
                around = chain[first : max(at, near) + 2]
                days = [options[one][done != (one in (place, chain[near][0]))] for one, done in around]
                found |= {chain[near][0]} if days == sorted(days) else set()
    return sorted(found)


def _chain(options: "Sequence[tuple[int, int]]") -> "list[tuple[int, bool]]":
    """The rows of the longest chain, and which are swapped in it; of chains as long, that of the fewest swaps."""
    ranks = {value: rank for rank, value in enumerate(sorted({value for pair in options for value in pair}), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # by rank, as a Fenwick tree: a score and a link
    links: list[tuple[int, int, bool]] = []
    for place, (day, other) in enumerate(options):
        found = []
        for value in filter(None, (day, other)):
            rank, (score, link) = ranks[value], (0, -1)
            while rank:
                score, link = max((score, link), best[rank])
                rank &= rank - 1
            found.append((ranks[value], score + len(options) + 1 - (value != day), link, value != day))
        for at, score, link, changed in found:
            rank = at
            links.append((place, link, changed))
            while rank < len(best):
                best[rank] = max(best[rank], (score, len(links) - 1))
                rank += rank & -rank
    link, chain = max(best)[1], []
    while link >= 0:
        place, link, changed = links[link]
        chain.append((place, changed))
    return chain[::-1]
