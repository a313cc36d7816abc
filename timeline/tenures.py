"""Who held which top office when, from `data/tenures.csv`: the table against which `check` holds the offices of a record.

It is silent where it has no rows for an actor and an office, and after the day on which it was written.
"""

import re
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, Span, parse_when
from timeline.names import fold
from timeline.vocabulary import listed, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WRITTEN = date(2025, 12, 31).toordinal()  # who is in office there without an end may have left since
NEARLY = 0.77  # how like two spellings of a word are: `Yong` and `Young`, `Tsakhia` and `Tsakhiagiin`, but not `Yong` and `Jong`
MANY = 4096  # people whose rows are remembered: a data set names the same ones over and over
SHARED = frozenset({"vice-president"})  # held by several at once in some states


class Tenure(NamedTuple):
    """One person in one office: `first` and `last` are the days on which it may have begun and ended. Without an end, `last` runs on for ever."""

    actor: str
    office: str
    person: str
    keys: frozenset[str]
    first: Span
    last: Span
    text: str

    def may_hold(self, days: Span) -> bool:
        """Whether the person may have held it on one of these days."""
        return self.first.earliest <= days.latest and self.last.latest >= days.earliest

    def surely(self, seen: int = WRITTEN) -> Span | None:
        """The days on which the person surely held it, with those of coming and going.

        Without an end in the table, they run to the day on which it was written, or to one after it on which he is `seen` in the office: then he did not leave it in between.
        """
        last = max(seen, WRITTEN) if self.goes_on else self.last.earliest
        return Span(self.first.latest, last) if self.first.latest <= last else None

    @property
    def goes_on(self) -> bool:
        """Whether the table has no end for it."""
        return self.last.latest == NEVER_AFTER

    @property
    def alone(self) -> bool:
        """Whether nobody else can hold the office at the same time."""
        return self.office not in SHARED

    def holds(self, days: Span) -> bool:
        """Whether the person surely held it on all of some days, none of them that of coming or going."""
        sure = self.surely()
        return sure is not None and sure.earliest < days.earliest and days.latest < sure.latest


def name_keys(names: "Iterable[str]") -> frozenset[str]:
    """Names as they are compared: `Abe Shinzo` and `Shinzo Abe` are one, and so are `I.K. Gujral` and `I. K. Gujral`."""
    apart = (re.sub(_INITIALS, ". ", name) if "." in name else name for name in names)
    return frozenset(" ".join(sorted(fold(name).split())) for name in apart)


_INITIALS = r"(?<=\b[^\W\d_])\.(?=[^\W\d_])"  # the dot in `I.K.`, compiled once a name has one


@lru_cache(maxsize=MANY)
def bearers(actor: str, keys: frozenset[str]) -> "tuple[Tenure, ...]":
    """The times of those whom the keys of a name may stand for: whose name it is, else those with whom it has the most words in common.

    `Kerry` and `John Forbes Kerry` may be John Kerry, but `Mohammed bin Salman` is not Salman, as another one has all of that name.
    """
    alike = _alike(actor, keys)
    exact = tuple(row for row in alike if row.keys & keys)
    shared = {} if exact else {row: max(in_common(a, b) for a in keys for b in row.keys) for row in alike}
    most = max(shared.values(), default=0)
    return exact or tuple(row for row, words in shared.items() if most and words == most)


def _alike(actor: str, keys: frozenset[str]) -> "list[Tenure]":
    """The times of those of an actor who have a word in common with a name, or an initial where the other has a word: with nobody else has it any in common."""
    table = _by_word().get(actor, {})
    words = {word for key in keys for word in key.split()}
    begins = (f"{word}…" if len(word) == 1 else word[0] for word in words)
    found = {place: row for word in (*words, *begins) for place, row in table.get(word, ())}
    return [found[place] for place in sorted(found)]


@cache
def _by_word() -> dict[str, dict[str, list[tuple[int, Tenure]]]]:
    """The rows of each actor, each with its place in the table, by the words of the names, and by how these begin: `k…`."""
    table: dict[str, dict[str, list[tuple[int, Tenure]]]] = {}
    for place, row in enumerate(row for held in tenures().values() for row in held):
        words = {word for key in row.keys for word in key.split()}
        for word in words | {f"{word[0]}…" for word in words}:
            table.setdefault(row.actor, {}).setdefault(word, []).append((place, row))
    return table


def in_common(one: str, other: str) -> int:
    """How many words two keys of names share, if the longer has all of the shorter, an initial standing for any word that begins so; else none."""
    return _in_common(one, other, lambda a, b: a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]))


@lru_cache(maxsize=MANY)
def nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two people may be one, spelled in two ways: `Dmitri Medvedev` and `Dmitry Medvedev`."""
    return any(_in_common(a, b, nearly_alike) for a in one for b in other)


def _in_common(one: str, other: str, alike: "Callable[[str, str], bool]") -> int:
    short, rest = sorted((one.split(), other.split()), key=len)
    for word in sorted(short, key=len, reverse=True):  # an initial takes what the words leave
        found = next((option for option in rest if alike(word, option)), None)
        if found is None:
            return 0
        rest.remove(found)
    return sum(len(word) > 1 for word in short)


def nearly_alike(one: str, other: str) -> bool:
    if 2 * min(len(one), len(other)) <= NEARLY * (len(one) + len(other)):
        return False  # nor could all letters of the shorter make them so
    from difflib import SequenceMatcher

    words = SequenceMatcher(None, one, other)
    return words.quick_ratio() > NEARLY and words.ratio() > NEARLY


@lru_cache(maxsize=MANY)
def tenures_of(keys: frozenset[str]) -> tuple[Tenure, ...]:
    """The times of somebody in all offices, by the keys of his names."""
    places = {place for key in keys for place in _by_key().get(key, ())}
    return tuple(_tenure(place) for place in sorted(places))


def unbroken(held: "Iterable[Tenure]") -> "list[tuple[Span, int]]":
    """Unbroken times in some offices: when each began, and the last day to which it may have gone on. From one office into another is no break."""
    found: list[tuple[Span, int]] = []
    for tenure in sorted(held, key=lambda t: t.first):
        if found and tenure.first.earliest <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], tenure.last.latest)
        else:
            found.append((tenure.first, tenure.last.latest))
    return found


@cache
def inexact_of(actor: str) -> tuple[tuple[Span, Tenure], ...]:
    """The beginnings and ends, in the offices of an actor, of which the day is not known exactly, each with whose time it was."""
    held = [_read(row) for row in rows("tenures.csv", actor)]
    return tuple((bound, one) for one in held for bound in (one.first, one.last) if not bound.exact)


def holder_called(name: str, actor: str) -> str:
    """The holder of a top office of an actor, as the table spells the person that has all of a name, in whichever order; empty where it has none."""
    return next((row.person for row in tenures_of(name_keys([name])) if row.actor == actor), "")


@cache
def _by_key() -> dict[str, list[int]]:
    """The places of the rows of the table by the keys of the names: most rows are only looked at for these."""
    table: dict[str, list[int]] = {}
    for place, row in enumerate(_rows()):
        for key in _keys(row):
            table.setdefault(key, []).append(place)
    return table


@cache
def tenures() -> dict[tuple[str, str], tuple[Tenure, ...]]:
    """The rows of the table by actor and office, oldest first."""
    table: dict[tuple[str, str], list[Tenure]] = {}
    for row in map(_tenure, range(len(_rows()))):
        table.setdefault((row.actor, row.office), []).append(row)
    return {key: tuple(held) for key, held in table.items()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(rows("tenures.csv"))


def _keys(row: dict[str, str]) -> frozenset[str]:
    return name_keys([row["person"], *listed(row["aliases"])])


@cache
def _tenure(place: int) -> Tenure:
    return _read(_rows()[place])


def _read(row: dict[str, str]) -> Tenure:
    first = parse_when(row["from"]).start
    last = parse_when(row["to"]).start if row["to"] else Span(NEVER_AFTER, NEVER_AFTER)
    text = f"from {row['from']} to {row['to']}" if row["to"] else f"since {row['from']}"
    return Tenure(row["actor"], row["office"], row["person"], _keys(row), first, last, text)
