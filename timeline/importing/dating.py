"""The columns of the dates of a journey, and the order of day and month in them. Only words in its name make a column the end of a visit: what is later may be of a report."""

import re
from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from timeline.importing.evidence import MOST, Column, dated, is_date, is_number, is_serial, is_year
from timeline.importing.hints import says_end, says_nothing_else, says_return, says_start, score, speaks, unfit
from timeline.importing.stay import LONG, length
from timeline.importing.when import Order, WhenError, read_date
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SLIPS = 0.1  # of the rows in which a column of ends may be before that of starts, or a month or a day be no number that it can be
ALL = 0.95  # of the cells of a column of nothing but years
SURE = 3  # rows that would end before they start, from which an order of day and month follows
TELLS = 2  # what the name of a column must say at least to be of a visit
MODERN = (1950, 2049)  # what two digits are compared by; nothing is read so


class Dating(NamedTuple):
    """`start` and `end` are a column each, or those of year, month and day; `order` is dmy, mdy or not decided; what speaks for each is in `why`. `perhaps_start`, `perhaps_end` and `perhaps_days` are not taken: only a person can tell what they are."""

    start: tuple[Column, ...] = ()
    end: tuple[Column, ...] = ()
    days: Column | None = None
    year: Column | None = None
    perhaps_start: tuple[tuple[Column, ...], ...] = ()
    perhaps_end: Column | None = None
    perhaps_days: Column | None = None
    order: str = ""
    why: "Mapping[str, str]" = {}  # noqa: RUF012 - a value

    @property
    def taken(self) -> set[str]:
        return {column.name for column in (*self.start, *self.end, self.days, self.year) if column}

    @property
    def asked(self) -> tuple[Column, ...]:
        """The columns of which one may be the start."""
        return tuple(column for columns in self.perhaps_start for column in columns)


class Pair(NamedTuple):
    """Two columns of dates held against each other: rows in which the second is later, and earlier, and how many days all rows have between both."""

    start: Column
    end: Column
    later: int
    earlier: int
    days: int

    @property
    def fits(self) -> bool:
        return self.later > 0 and self.earlier <= SLIPS * (self.later + self.earlier)

    @property
    def likely(self) -> tuple[int, bool, int]:
        """How much speaks for a pair of which the second says that it is an end."""
        return speaks(self.start), self.fits, -self.days

    @property
    def told(self) -> str:
        compared = self.later + self.earlier
        if not self.earlier:
            return f"never before {self.start.name}, after it in {plural(self.later, 'row')}"
        return f"before {self.start.name} in {self.earlier:,} of {plural(compared, 'row')} in which they differ"


def dating(columns: "Sequence[Column]", *, serials: bool) -> Dating:
    """A start whose header is not known word for word is asked about."""
    found = _likely(columns, serials=serials)
    if not found.start or _sure(found, columns):
        return found
    used = (*found.start, *found.end, found.year)
    others = [(one,) for one in columns if one not in used and _full(one, serials=serials)]
    asked = found.why.get("start") or f"{found.start[0].told(is_date)} read as dates"
    why = {**found.why, "start": f"{asked}: of the visit?"}
    return found._replace(start=(), perhaps_start=(found.start, *others), why=why)


def _sure(found: Dating, columns: "Sequence[Column]") -> bool:
    """Whether the headers of a start say so, or date or visit alone, and those of no other column do; or the day of departure, beside that of the return."""
    if not all(map(says_nothing_else, found.start)):
        return False
    first = found.start[0]
    if len(found.start) > 1 or says_start(first):
        return True
    if says_end(first):
        return any(map(says_return, found.end))
    alike = [one for one in columns if one.mostly(is_date) and not unfit(one) and _years(one) == _years(first)]
    return speaks(first) >= TELLS and not any(speaks(one) >= speaks(first) for one in alike if one is not first)


def _likely(columns: "Sequence[Column]", *, serials: bool) -> Dating:
    parts = _in_parts(columns)
    full = [column for column in columns if _full(column, serials=serials)]
    if parts and all(column in (parts.start[0], *parts.end[:1]) for column in full):  # years, some of which are dirty
        return parts
    years = [column for column in columns if _years(column) and not unfit(column)]
    order = _order(full)
    if not full and (split := next(filter(None, (_split(year, columns) for year in years)), None)):
        return split
    found = _pair(full or years, order)
    if found.start:
        year = next(
            (one for one in years if one not in (*found.start, *found.end) and _repeats(one, found, order)), None
        )
        decided, why = _decided(found, order)
        alone = {} if full else {"start": "years alone"}
        days = _days(columns, found, order)
        sure = days if found.end or (days and _says_days(days)) else None
        found = found._replace(
            year=year,
            days=sure,
            perhaps_days=None if sure else days,
            order=decided,
            why=alone | {**found.why} | why,
        )
    return found


def _split(year: Column, columns: "Sequence[Column]") -> Dating | None:
    """A column of years, and one of the days and months in them: `22–24 March`."""
    for other in columns:
        dates = [bool(is_date(f"{b} {a}")) for a, b in zip(year.cells, other.cells, strict=True) if a and b]
        if other is not year and sum(dates) >= MOST * max(1, len(dates)) and not other.mostly(is_date):
            return Dating((year, other), why={"start": "years, and days and months in them"})
    return None


def _years(column: Column) -> bool:
    return bool(column.counts) and column.times(is_year) >= ALL * column.counts.total()


def _full(column: Column, *, serials: bool) -> bool:
    """Whether a column is of dates that say more than a year; numbers of days are, where the file counts in them or the name says so."""
    if unfit(column) or not column.mostly(is_date) or _years(column):
        return False
    return serials or not column.mostly(is_serial) or bool(speaks(column) or says_end(column))


def _in_parts(columns: "Sequence[Column]") -> Dating | None:
    """Columns for year, month and day: by name, or where three side by side can be nothing else."""
    columns = [column for column in columns if not unfit(column)]
    numbers = [column for column in columns if column.mostly(is_number) or _words(column) & {"year", "month", "day"}]
    numbers = [column for column in numbers if "year" not in column.words or column.mostly(is_year)]
    named = {side: _by_name(numbers, ending=side == "end") for side in ("start", "end")}
    if named["start"]:
        return Dating(named["start"], named["end"])
    for year, month, day in zip(columns, columns[1:], columns[2:], strict=False):
        for parts in ((year, month, day), (day, month, year)):
            if (
                parts[0].mostly(is_year)
                and _within(parts[1], 12)
                and _within(parts[2], 31)
                and not _within(parts[2], 12)
            ):
                return Dating(parts, why={"start": "years, months and days by their numbers"})
    return None


def _words(column: Column) -> set[str]:
    return set(column.words)


def _by_name(columns: "Sequence[Column]", *, ending: bool) -> tuple[Column, ...]:
    fitting = [column for column in columns if ("end" in column.words) == ending]
    found = [next((one for one in fitting if part in one.words), None) for part in ("year", "month", "day")]
    return tuple(filter(None, found)) if all(found[:2]) else ()


def _within(column: Column, most: int) -> bool:
    """Whether the cells are numbers up to one, but for some slips."""
    within = column.times(lambda cell: is_number(cell) and 1 <= int(float(cell)) <= most)
    return bool(column.counts) and within >= (1 - SLIPS) * column.counts.total()


def _pair(candidates: "Sequence[Column]", order: str) -> Dating:
    """The start, and the end where there is one."""
    if len(candidates) < 2:
        said = speaks(candidates[0]) if candidates else TELLS
        return Dating(tuple(candidates), why={} if said >= TELLS else {"start": "the only column of dates"})
    pairs = [_compared(one, other, order) for one, other in permutations(candidates, 2)]
    ending = [pair for pair in pairs if _ends(pair.end) and (pair.fits or not says_end(pair.start))]
    best = max(ending, key=lambda pair: pair.likely, default=None)
    if best is None or best.earlier > best.later:
        return _asked(candidates, pairs)
    if speaks(best.start) and not best.earlier:
        return Dating((best.start,), (best.end,))
    of = f"; of {len(candidates)} columns of dates, the two nearest" if len(candidates) > 2 else ""
    start = {} if speaks(best.start) else {"start": "its name does not say so"}
    return Dating((best.start,), (best.end,), why={"end": f"{best.told}{of}", **start})


def _asked(candidates: "Sequence[Column]", pairs: "Sequence[Pair]") -> Dating:
    """No name says that a visit ends then: the nearest of the other columns is asked about."""
    fitting = {pair.start for pair in pairs if pair.fits}
    start = max(candidates, key=lambda one: (not says_end(one), speaks(one), one in fitting))
    others = [pair for pair in pairs if pair.start is start and not says_start(pair.end)]
    other = max(others, key=lambda pair: (pair.fits, -pair.days), default=None)
    if other is None:
        return Dating((start,))
    same = f"no row tells which of it and {start.name} is later"
    said = "" if _ends(other.end) else "its name does not say so; "
    why = {"end": f"{said}{other.told if other.later or other.earlier else same}"}
    if speaks(start) < TELLS:
        why["start"] = f"or {other.end.name}: no header says which"
    return Dating((start,), perhaps_end=other.end, why=why)


def _ends(column: Column) -> bool:
    return says_end(column) and says_nothing_else(column)


def _compared(start: Column, end: Column, order: str) -> Pair:
    """As far as the order of day and month is not known, what is so in both."""
    if not order:
        one, other = (_compared(start, end, known) for known in ("dmy", "mdy"))
        least = map(min, zip((one.later, one.earlier, one.days), (other.later, other.earlier, other.days), strict=True))
        return Pair(start, end, *least)
    later = earlier = days = 0
    for first, last in _days_of(start, end, order):
        later, earlier = later + (last > first), earlier + (last < first)
        days += abs((length(first, last) or 1) - 1)
    return Pair(start, end, later, earlier, days)


def _days_of(start: Column, end: Column, order: str) -> list[tuple[str, str]]:
    """Both dates of the rows in which both can be read, as far as both are known."""
    pairs = ((_read(a, order), _read(b, order)) for a, b in zip(start.cells, end.cells, strict=True) if a and b)
    return [(a[: len(b)], b[: len(a)]) for a, b in pairs if a and b]


def _read(cell: str, order: str) -> str:
    """A date as it would be read with all declared that can be; empty where even that does not help, and for one of several."""
    for how in (order, "") if order else ("",):
        try:
            start = read_date(cell, Order(how, MODERN, 1900)).start
        except WhenError:
            continue
        return "" if start.startswith("[") else start.rstrip("~?%")
    return ""


def forms(columns: "Sequence[Column]") -> Counter[str]:
    """How many cells have the day first for sure (D), the month first (M), fit both orders, or are not to be read without more."""
    counts: Counter[str] = Counter()
    for column in columns:
        for cell, times in column.counts.items():
            counts.update(dict.fromkeys(_form(cell), times))
    return counts


def _form(cell: str) -> tuple[str, ...]:
    why = dated(cell)
    if why == "date-two-digits":
        return (why, *_form_by(cell, Order("", MODERN)))
    return (why,) if why else _form_by(cell, Order())


def _form_by(cell: str, how: Order) -> tuple[str, ...]:
    try:
        form = read_date(cell, how).form
    except WhenError as error:
        return (error.name,)
    if form[:1] not in "DM" or form[1:2] not in "./-–" or "Month" in form:
        return ()
    first, second = re.split(r"\W+", cell.strip())[:2]
    return () if first == second else (form[:1],)


def _order(columns: "Sequence[Column]") -> str:
    """The order that sure cells of some columns agree on."""
    found = forms(columns)
    return "dmy" if found["D"] and not found["M"] else "mdy" if found["M"] and not found["D"] else ""


def _decided(found: Dating, order: str) -> tuple[str, dict[str, str]]:
    """The order, with why where no cell of these columns decides it: by others, or by journeys that would end before they start in the other order."""
    sure = forms([*found.start, *found.end])
    if order:
        own = sure["D"] or sure["M"]
        return order, {} if own else {"order": "as other columns of dates have it for sure"}
    if not found.end or len(found.start) > 1:
        return "", {}
    earlier = {one: _compared(found.start[0], found.end[0], one).earlier for one in ("dmy", "mdy")}
    best, other = sorted(earlier, key=earlier.__getitem__)
    if sure["date-ambiguous"] and not earlier[best] and earlier[other] >= SURE:
        told = f"in the order {other} {plural(earlier[other], 'row')} would end before the start, in this none"
        return best, {"order": told}
    return "", {}


def _repeats(column: Column, found: Dating, order: str) -> bool:
    """Whether a column of years has those of the start."""
    if len(found.start) > 1:
        return False
    pairs = _days_of(found.start[0], column, order)
    return bool(pairs) and sum(a[:4] == b[:4] for a, b in pairs) >= (1 - SLIPS) * len(pairs)


def _days(columns: "Sequence[Column]", found: Dating, order: str) -> Column | None:
    """A duration: by its name; where ends are known, only if most of them agree."""
    numbers = [one for one in columns if one.name not in found.taken and one.mostly(_is_duration)]
    if len(found.start) == len(found.end) == 1:
        fitting = [one for one in numbers if _counts(one, found, order)]
        return max(fitting, key=lambda one: score(one, "days"), default=None)
    named = [one for one in numbers if score(one, "days")]
    return max(named, key=lambda one: score(one, "days"), default=None)


def _says_days(column: Column) -> bool:
    """Whether a header says days and nothing else, and they are those of a stay."""
    return "days" in column.words and says_nothing_else(column) and column.mostly(lambda cell: float(cell) <= LONG)


def _is_duration(cell: str) -> bool:
    return is_number(cell) and 0 < float(cell) < 1000


def _counts(column: Column, found: Dating, order: str) -> bool:
    stays = (
        (length(_read(a, order), _read(b, order)), days)
        for a, b, days in zip(found.start[0].cells, found.end[0].cells, column.cells, strict=True)
        if a and b and is_number(days)
    )
    known = [stay == float(days) for stay, days in stays if stay is not None]
    if not known:
        return bool(score(column, "days"))
    return sum(known) >= (1 - SLIPS) * len(known) and (len(column.counts) > 1 or bool(score(column, "days")))
