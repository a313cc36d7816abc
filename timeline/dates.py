"""Dates as the sources give them, and differences between them as bounds.

A small subset of EDTF (ISO 8601-2). Imprecision is not extent: `2014-10` is one unknown day in October,
`2014-10-09/2014-10-11` is three known days. So a `When` has a start (the days on which it may have begun) and an end (the days on which
it may have ended), and every difference is a pair of bounds. Days are proleptic Gregorian ordinals, `date.toordinal`; both ends are included.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

FIRST_YEAR = 1583  # the first full year of the Gregorian calendar
NEVER_BEFORE = 0  # earlier than any day: a start that is open
NEVER_AFTER = date.max.toordinal() + 1  # later than any day: an end that is open or unknown

MONTHS = ("January February March April May June July August September October November December").split()


class DateError(ValueError):
    """Text that is not a date. `name` is the stable name of the problem, `remedy` the right form."""

    def __init__(self, name: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.name, self.remedy = name, remedy


class Span(NamedTuple):
    """The days, from `earliest` to `latest`, one of which is meant."""

    earliest: int
    latest: int

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    def overlaps(self, other: "Span") -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest


class When(NamedTuple):
    """A date as written, with what follows from it.

    `starts` and `ends` are alternatives, one each for a plain date, several for a disputed one (`[A, B]`), in the order written.
    """

    text: str
    starts: tuple[Span, ...]
    ends: tuple[Span, ...]
    approximate: bool = False
    uncertain: bool = False

    @property
    def start(self) -> Span:
        """All possible first days, from the earliest to the latest."""
        if len(self.starts) == 1:
            return self.starts[0]
        return Span(min(s.earliest for s in self.starts), max(s.latest for s in self.starts))

    @property
    def end(self) -> Span:
        """All possible last days; `latest` is NEVER_AFTER where the end is unknown or open."""
        if len(self.ends) == 1:
            return self.ends[0]
        return Span(min(s.earliest for s in self.ends), max(s.latest for s in self.ends))

    @property
    def disputed(self) -> bool:
        return len(self.starts) > 1

    @property
    def options(self) -> "tuple[When, ...]":
        """The dates of which one is meant, each by itself."""
        if not self.disputed:
            return (self,)
        each = zip(self.text[1:-1].split(", "), self.starts, self.ends, strict=True)
        return tuple(When(text, (start,), (end,), _has(text, "~%"), _has(text, "?%")) for text, start, end in each)

    @property
    def precision(self) -> str:
        """How exactly the start is known: day, month, year or range."""
        return ("range", "year", "month", "day")[len(known_parts(self.start))]


def known_parts(span: Span) -> tuple[int, ...]:
    """Year, month and day, as far as all days of a span share them: (2014, 10) for October 2014; none where even the year is open."""
    if span.earliest == NEVER_BEFORE or span.latest == NEVER_AFTER:
        return ()
    first, last = (date.fromordinal(day).timetuple()[:3] for day in span)
    shared = next((i for i in range(3) if first[i] != last[i]), 3)
    return first[:shared]


def _has(text: str, marks: str) -> bool:
    return any(mark in text for mark in marks)


_SINGLE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)


ANY_FORM = "write 2011, 2011-10, 2011-10-23 or 2011-10-23/2011-10-25"
ONE_DAY = "write year, month and day: 2025-10-09"


@lru_cache(maxsize=65536)
def parse_when(text: str) -> When:
    """Read a date of a store. Raises DateError; nothing is guessed, padded or reordered."""
    if text.startswith("["):
        return _choice(text)
    if "/" in text and ("-" in text or not _slashed(text)):  # none of the forms with slashes has a hyphen
        return _interval(text, text)
    span, mark = _single(text)
    return When(text, (span,), (Span(span.earliest, NEVER_AFTER),), mark in ("~", "%"), mark in ("?", "%"))


@lru_cache(maxsize=65536)
def _single(text: str) -> tuple[Span, str]:
    """The days that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` may mean, and the mark after it."""
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise _not_a_date(text)
    year, month, day, mark = int(match[1]), match[2], match[3], match[4]
    if year < FIRST_YEAR:
        raise DateError(
            "date-too-early",
            f"{text} lies before {FIRST_YEAR}, the first full year of the Gregorian calendar",
            "leave the event out, or date it in the Gregorian calendar",
        )
    if month is None:
        return Span(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()), mark
    if not 1 <= int(month) <= 12:
        raise DateError(
            "date-impossible",
            f"{text} does not exist (there is no month {month})",
            f"write {year} if only the year is known",
        )
    length = monthrange(year, int(month))[1]
    if day is None:
        first = date(year, int(month), 1).toordinal()
        return Span(first, first + length - 1), mark
    if not 1 <= int(day) <= length:
        where = f"{MONTHS[int(month) - 1]} {year} has {length} days"
        raise DateError(
            "date-impossible",
            f"{text} does not exist ({where})",
            f"write {text[:7]} if only the month is known",
        )
    exact = date(year, int(month), int(day)).toordinal()
    return Span(exact, exact), mark


def _interval(text: str, whole: str) -> When:
    left, _, right = text.partition("/")
    if not left or not right:
        form = f"{left}/.." if left else f"../{right}"
        raise DateError(
            "date-format", f"{whole!r} lacks its {'end' if left else 'start'}", f"write {form} if it is open"
        )
    if "/" in right:
        remedy = f"write {left}/{right.rpartition('/')[2]}"
        raise DateError("date-format", f"{whole!r} has more than two ends", remedy)
    if len(left) == 10 and len(right) == 2 and right.isdecimal():
        raise DateError("date-format", f"the end of {whole!r} lacks its month", f"write {left}/{left[:8]}{right}")
    if left == right == "..":
        raise DateError("date-format", f"{whole!r} says nothing", "give at least one end")
    first, mark = (Span(NEVER_BEFORE, NEVER_AFTER), "") if left == ".." else _single(left)
    last, other = (Span(NEVER_BEFORE, NEVER_AFTER), "") if right == ".." else _single(right)
    if last.latest < first.earliest:
        raise DateError(
            "date-reversed", f"{whole} ends before it starts", f"write {right}/{left} if the two were swapped"
        )
    start = Span(first.earliest, min(first.latest, last.latest))
    end = Span(max(first.earliest, last.earliest), last.latest)
    marks = mark + other
    return When(whole, (start,), (end,), "~" in marks or "%" in marks, "?" in marks or "%" in marks)


def _choice(text: str) -> When:
    if not text.endswith("]"):
        raise _not_a_date(text)
    parts = [part.strip() for part in text[1:-1].split(",")]
    if len(parts) < 2:
        raise DateError("date-format", f"{text!r} is a choice of one", "write the date alone, or both dates as [A, B]")
    options = [_interval(part, part) if "/" in part else parse_when(part) for part in parts]
    return When(
        f"[{', '.join(parts)}]",
        tuple(option.starts[0] for option in options),
        tuple(option.ends[0] for option in options),
        any(option.approximate for option in options),
        any(option.uncertain for option in options),
    )


_SLASHES = r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}/\d{1,2}(/\d{1,2})?"
_WORDS = r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\s+([A-Za-z]{3,})\.?,?\s+(\d{4})|([A-Za-z]{3,})\.?\s+(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?,?\s+(\d{4})|([A-Za-z]{3,})\.?,?\s+(\d{4})"


def _slashed(text: str) -> bool:
    return bool(re.fullmatch(_SLASHES, text, re.ASCII))


def _not_a_date(text: str) -> DateError:
    """Say what the text looks like and how that is written here; never read it as a date."""
    if not text.strip():
        return DateError("date-format", "the date is empty", "write 2011, 2011-10 or 2011-10-23")
    if _slashed(text) and not re.match(r"\d{4}/", text):
        why = f"{text!r} does not say which number is the day and which the month"
        return DateError("date-format", why, "write the year first, with hyphens: 2011-10-23")
    for what, form in (
        ("has blanks around it", text.strip() if _SINGLE.fullmatch(text.strip()) else ""),
        ("has slashes", _padded(text.replace("/", "-")) if _slashed(text) else ""),
        ("is written in words", _from_words(text.strip())),
        ("lacks a zero", _padded(text)),
        *((what, match.expand(form)) for what, look, form in _LOOKS if (match := re.fullmatch(look, text, re.ASCII))),
    ):
        if form:
            return _written_so(text, what, form)
    return DateError("date-format", f"{text!r} is not a date", ANY_FORM)


_JOINS = "[-–—]|to|until"
_LOOKS = (
    ("has a time of day", r"(\d{4}-\d\d-\d\d)[T ]\d\d?(?:[:Zh].*)?", r"\1"),
    ("has no hyphens", r"([12]\d{3})(\d\d)(\d\d)", r"\1-\2-\3"),
    ("has other marks than hyphens", r"(\d{4})[. _‐‑‒–−](\d\d)[. _‐‑‒–−](\d\d)", r"\1-\2-\3"),
    ("is two days", rf"(\d{{4}}-\d\d-\d\d)\s*(?:{_JOINS})\s*(\d{{4}}-\d\d-\d\d)", r"\1/\2"),
    ("is two days", rf"(\d{{4}}-\d\d-)(\d\d)\s*(?:{_JOINS})\s*(\d\d)", r"\1\2/\1\3"),
    ("is marked by a word", r"(?:c|ca|circa|about|around)\.?\s*(\d{4}(?:-\d\d){0,2})", r"\1~"),
    ("has its mark inside", r"(\d{4})([~?%])((?:-\d\d){1,2})", r"\1\3\2"),
)


def _written_so(text: str, what: str, form: str) -> DateError:
    """What is wrong with the form of a date; or with the date itself, where the right form of it is none either."""
    try:
        parse_when(form)
    except DateError as error:
        return DateError(error.name, f"{text!r} {what}, and {error}", error.remedy)
    return DateError("date-format", f"{text!r} {what}", f"write {form}")


def _padded(text: str) -> str:
    """`2011-1-2` with its zeros; empty where the text is not such a date."""
    return (
        "-".join(part.zfill(2) for part in text.split("-"))
        if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", text, re.ASCII)
        else ""
    )


def _from_words(text: str) -> str:
    """`23-25 October 2011` and `October 23, 2011` as they are written here; empty where the text is not such a date."""
    match = re.fullmatch(_WORDS, text)
    if match is None:
        return ""
    month, year = match[3] or match[5] or match[9], match[4] or match[8] or match[10]
    numbers = [i for i, name in enumerate(MONTHS, 1) if name.casefold().startswith(month.casefold())]
    if len(numbers) != 1:
        return ""
    first, last = match[1] or match[6], match[2] or match[7]
    if not first:
        return f"{year}-{numbers[0]:02}"
    start = f"{year}-{numbers[0]:02}-{int(first):02}"
    return f"{start}/{year}-{numbers[0]:02}-{int(last):02}" if last else start


def parse_period(text: str) -> Span:
    """Read dates at the prompt: `2009`, `2009-10`, `2009-10-04`, `1990..2010`, `1990s`. Raises DateError."""
    if match := re.fullmatch(r"(\d{3})0s", text, re.ASCII):
        return Span(_single(match[1] + "0")[0].earliest, _single(match[1] + "9")[0].latest)
    if ".." in text:
        left, _, right = text.partition("..")
        if not left and not right:
            raise DateError("date-format", f"{text!r} says nothing", "write 1990..2010")
        first = parse_period(left) if left else Span(NEVER_BEFORE, NEVER_BEFORE)
        last = parse_period(right) if right else Span(NEVER_AFTER, NEVER_AFTER)
        if last.latest < first.earliest:
            raise DateError("date-reversed", f"{text} ends before it starts", f"write {right}..{left}")
        return Span(first.earliest, last.latest)
    begin, slash, end = text.partition("/")
    if slash and _SINGLE.fullmatch(begin) and _SINGLE.fullmatch(end):
        parse_when(text)
        raise DateError("date-format", f"{text!r} is the date of one event, not a period", f"write {begin}..{end}")
    span, mark = _single(text)
    if mark:
        raise DateError("date-format", f"{text!r}: a mark ({mark}) has no meaning in a period", f"write {text[:-1]}")
    return span


def parse_edge(text: str) -> Span:
    """Read one day, month or year, as the edge of a period. Raises DateError."""
    if not _SINGLE.fullmatch(text) or text[-1] in "~?%":
        raise DateError("date-format", f"{text!r} is not a day, a month or a year", "write 2011, 2011-10 or 2011-10-23")
    return _single(text)[0]


def parse_day(text: str) -> date:
    """Read one exact day. Raises DateError for anything coarser."""
    try:
        span, mark = _single(text)
    except DateError as error:
        raise DateError(error.name, str(error), ONE_DAY) from error
    if mark or not span.exact:
        raise DateError("date-format", f"{text!r} is not an exact day", ONE_DAY)
    return date.fromordinal(span.earliest)


class Days(NamedTuple):
    """A difference in days, as bounds, both reached. `most` is None where there is no upper bound."""

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        return self.least == self.most


class Calendar(NamedTuple):
    """Whole years, then whole months, then days: start + (years, months, days) is always end."""

    years: int
    months: int
    days: int


def calendar(start: int, end: int) -> Calendar:
    """The calendar difference of two ordinals, start not after end: the most months after which it is not over, and the days that are left.

    29 February plus a year is 28 February, so 2016-02-29 → 2017-02-28 is one full year.
    """
    first, last = date.fromordinal(start), date.fromordinal(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    months -= day_after(start, months) > end
    return Calendar(*divmod(months, 12), end - day_after(start, months))


def full_years(start: int, end: int) -> int:
    """Completed years between two ordinals; by the same rule as `calendar`."""
    return calendar(start, end).years


def duration_text(start: int, end: int) -> str:
    """`16y 0m 5d`; the days alone under a month, months and days under a year."""
    years, months, days = calendar(start, end)
    if years:
        return f"{years}y {months}m {days}d"
    return f"{months}m {days}d" if months else f"{days}d"


def rough_text(start: int, end: int) -> str:
    """`13y 6m`, completed months; days where there is no full month."""
    years, months, days = calendar(start, end)
    if years:
        return f"{years}y {months}m"
    return f"{months}m" if months else f"{days}d"


def parse_duration(text: str) -> Calendar:
    """Read `16y`, `2y 6m`, `3w`, `90d` or `2 years` at the prompt; a number alone does not say of what. Raises DateError."""
    units = "y(?:ears?)?", "m(?:onths?)?", "w(?:eeks?)?", "d(?:ays?)?"
    match = re.fullmatch(r"\s*".join(rf"(?:(\d+)\s*{unit})?" for unit in units), text.strip(), re.ASCII)
    if not text.strip() or match is None:
        raise DateError("duration-format", f"{text!r} is not a duration", "write 16y, 2y 6m or 90d")
    years, months, weeks, days = (int(group or 0) for group in match.groups())
    return Calendar(years, months, weeks * 7 + days)


def length_text(duration: Calendar) -> str:
    """`2y 6m`, as `parse_duration` reads it."""
    return " ".join(f"{count}{unit}" for count, unit in zip(duration, "ymd", strict=True) if count) or "0d"


def lasts(start: int, end: int, duration: Calendar) -> bool:
    """Whether from `start` to `end` it is at least `duration`."""
    from dateutil.relativedelta import relativedelta

    years, months, days = duration
    try:
        due = date.fromordinal(start) + relativedelta(years=years, months=months, days=days)
    except (OverflowError, ValueError):
        return False  # longer than any calendar
    return due.toordinal() <= end


@lru_cache(maxsize=65536)  # each reading of a claim asks for the same days
def day_after(start: int, months: int) -> int:
    """The ordinal so many months after another (before it, if negative), by dateutil's relativedelta; within the calendar."""
    try:
        return (date.fromordinal(start) + _so_many_months(months)).toordinal()
    except (OverflowError, ValueError):
        return NEVER_AFTER if months > 0 else NEVER_BEFORE


@lru_cache(maxsize=4096)  # to make one takes longer than to add it
def _so_many_months(months: int) -> "relativedelta":
    from dateutil.relativedelta import relativedelta

    return relativedelta(months=months)


@lru_cache(maxsize=65536)
def iso(day: int) -> str | None:
    """An ordinal as YYYY-MM-DD; None for an open end."""
    return None if day in (NEVER_BEFORE, NEVER_AFTER) else date.fromordinal(day).isoformat()
