"""Dates in the words of a sentence: exact ones, from which something can be counted, and vague ones, which only tell when something was."""

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.claims.model import NotUnderstood, Since
from timeline.dates import MONTHS, NEVER_AFTER, DateError, Span, parse_period

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

_NUMBERS = {name[:size].casefold(): number for number, name in enumerate(MONTHS, 1) for size in (3, 4, len(name))}
# Months of a year, and days of a month, to which vague words stretch at most.
PARTS = {
    "early": ((1, 4), (1, 12)), "the beginning of": ((1, 3), (1, 10)), "the start of": ((1, 3), (1, 10)), "mid": ((4, 9), (8, 23)), "the middle of": ((5, 8), (10, 21)),
    "late": ((9, 12), (17, 31)), "the end of": ((10, 12), (20, 31)),
}  # fmt: skip


def date_here(s: "Sentence") -> tuple[int, Since | None]:
    """`2009`, `October 2009`, `4 October 2009`, `October 4 2009`, `2009-10-04`, `1990s`, or `March`, `4 June`, whose year is the claim's."""
    a, b, c = (s.peek(n) for n in range(3))
    if size := vague_date(s)[0]:
        raise NotUnderstood(f"{s.text(size)!r} is no exact time; write the year or the month", (s.text(size),))
    if _is_year(a) and a.endswith("0") and b == "s":
        return 2, _decade(a)
    month = _NUMBERS.get(a, 0)
    if month and _is_day(b) and _is_year(c):
        return 3, _exactly(c, month, b)
    if month and _is_year(b):
        return 2, Since(f"{MONTHS[month - 1]} {b}", period_of(f"{b}-{month:02}"), period=True)
    if month and _is_day(b):
        return 2, _day_of(month, b)
    if month:
        size = s.ahead(1).phrase(*OF_YEAR)
        label = " ".join(filter(None, [MONTHS[month - 1], s.ahead(1).folded(size)]))
        return 1 + size, Since(label, Span(-month, -month), period=True, of=s.peek(size - 1) if size else "")
    if _is_day(a) and b in _NUMBERS and _is_year(c):
        return 3, _exactly(c, _NUMBERS[b], a)
    if _is_day(a) and b in _NUMBERS:
        return 2, _day_of(_NUMBERS[b], a)
    if re.fullmatch(r"\d{4}( \d\d( \d\d)?)?", a):
        text = a.replace(" ", "-")
        return 1, Since(text, period_of(text), period=True)
    return 0, None


def dates_here(s: "Sentence") -> tuple[int, tuple[Since, ...]]:
    """`1985 and 1988`, `March, May and June last year`, `May and June 2018 and in January 2019`: dates up to the last after an `and`. A month without its year is of that of the one after it."""
    size, first = date_here(s)
    found = [first] if first else []
    ends = False
    while size and ((joint := s.peek(size) == "and") or not ends):
        lead = int(joint) + int(s.peek(size + joint) in ("in", "on"))
        taken, when = date_here(s.ahead(size + lead)) if s.peek(size + lead) else (0, None)
        if when is None:
            break
        size, found, ends = size + lead + taken, [*found, when], joint
    if not ends:
        return 0, ()
    for place in range(len(found) - 2, -1, -1):
        found[place] = of_same_year(found[place], found[place + 1])
    return size, tuple(found)


def one_for_each(s: "Sentence", number: float) -> tuple[int, tuple[Since, ...]]:
    """A date for each of so many visits; none where they are years one after the other, as `twice in 2018 and 2019` counts in both together."""
    size, dates = dates_here(s)
    years = all(
        one.span.latest + 1 == other.span.earliest and other.span.latest - other.span.earliest > 363
        for one, other in pairwise(dates)
    )
    return (0, ()) if len(dates) != number or years else (size, dates)


def of_same_year(when: Since, after: Since) -> Since:
    """`March` before `June last year`, or before `June 2018`, in that year; `November` before `January 2019` in the year before."""
    if when.of or not undated(when):
        return when
    return when._replace(of=after.of) if undated(after) else _month_of(when, after, after=False)


def day_of_month(s: "Sentence") -> tuple[int, Since | None, tuple[int, ...]]:
    """`September 4`, `4 September`, `June 20-21`: a month whose year is not said, and the day of it, or the first and the last."""
    a, b = s.peek(), s.peek(1)
    month, day = (_NUMBERS.get(a, 0), b) if _is_day(b) else (_NUMBERS.get(b, 0), a)
    if not month or not _is_day(day) or not 0 < int(day) < 32:
        return 0, None, ()
    size, days = 2, [int(day)]
    if not _is_day(a):
        joint = int(s.peek(size) in ("to", "and"))
        last = s.peek(size + joint)
        if _is_day(last):
            size, days = size + joint + 1, [*days, int(last)]
    if _is_year(s.peek(size)):
        return 0, None, ()
    return size, Since(f"{MONTHS[month - 1]} {day}", Span(-month, -month)), tuple(days)


OF_YEAR = ("last year", "of last year", "this year", "of this year")  # after a month


def last_month(s: "Sentence") -> tuple[int, Since | None]:
    """`Last May`: the last before this month."""
    month = (
        _NUMBERS.get(s.peek(1), 0)
        if s.peek() == "last" and not s.before("the", "his", "her", "its", "their", "'s", "was")
        else 0
    )
    if not month or _is_year(s.peek(2)) or _is_day(s.peek(2)):
        return 0, None
    return 2, Since(MONTHS[month - 1], Span(-month, -month), period=True, of="before")


OF_YEARS = {"this": 0, "last": 1}  # and how many years back they are


def in_year(when: Since, now: Span | None) -> Since:
    """A year, or a month, that does not give its year in figures, in the year that it has as of some day. Raises NotUnderstood where none is known."""
    if now is None or now.latest >= NEVER_AFTER:
        raise NotUnderstood(f"{when.label} of which year? Say with --published or --about")
    day, (month, of_month) = date.fromordinal(now.latest), _said(when)
    if not month:
        past = str(day.year - OF_YEARS[when.of])
        return when._replace(span=period_of(past), label=past, of="")
    early = month < day.month or (month == day.month and of_month <= day.day and when.of != "before")
    return _in(when, day.year - OF_YEARS.get(when.of, not early), of="")


DAYS = 100  # a month, and a day of it, without a year stand below 0: the month, or the month times this with the day


def _day_of(month: int, day: str) -> Since:
    """A day that does not give its year. Raises NotUnderstood where there is none in a leap year."""
    period_of(f"2000-{month:02}-{int(day):02}")
    place = -(month * DAYS + int(day))
    return Since(f"{int(day)} {MONTHS[month - 1]}", Span(place, place), period=True)


def on_day(month: Since, day: int) -> Since:
    """A day of a month, both without their year."""
    return _day_of(_said(month)[0], str(day))


def _said(when: Since) -> tuple[int, int]:
    """The month of a date without its year, and the day, or 0."""
    place = -when.span.earliest
    return divmod(place, DAYS) if place >= DAYS else (place, 0)


def _in(when: Since, year: int, *, of: str | None = None) -> Since:
    """A month or a day in a year. Raises NotUnderstood where that year has no such day."""
    month, day = _said(when)
    span = period_of(f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}")
    label = f"{day} {MONTHS[month - 1]} {year}" if day else f"{MONTHS[month - 1]} {year}"
    return when._replace(span=span, label=label, of=when.of if of is None else of)


def undated(when: Since) -> bool:
    """Whether it is a month, or a year, that does not give its year in figures."""
    return bool(when.of) or when.span.earliest < 0


def in_order(first: Since, last: Since, now: Span | None) -> tuple[Since, Since]:
    """`From March to June 2018`, `between November and January`: of two months one after the other the year of either, or else that of the last as of some day, dates both."""
    if undated(first) and (first.of or not undated(last)):
        first = in_year(first, now) if first.of else _month_of(first, last, after=False)
    if undated(last):
        last = in_year(last, now) if last.of or undated(first) else _month_of(last, first, after=True)
    return (_month_of(first, last, after=False) if undated(first) else first), last


def _month_of(when: Since, other: Since, *, after: bool) -> Since:
    """A month in the year that makes it the next after another date, or the last before."""
    year = date.fromordinal(other.span.earliest).year
    span = _in(when, year).span
    if after and span.latest < other.span.earliest:
        year += 1
    elif not after and span.earliest > other.span.latest:
        year -= 1
    return _in(when, year)


def in_time_said(when: Since, within: Since | None, now: Span | None) -> Since:
    """A month of what is named, `his only visit in 2019 was in January`: in the year in which is counted, or as of some day. Raises NotUnderstood where it may be in several."""
    if within is None:
        return in_year(when, now)
    year = date.fromordinal(within.span.earliest).year
    if within.span != period_of(str(year)):
        raise NotUnderstood(f"{when.label} of which year? Write the year beside it", (when.label,))
    return _month_of(when, within, after=False)


def nearest(when: Since, day: Span | None) -> Since:
    """A month without its year, in the year in which it lies nearest to some day. Raises NotUnderstood where none is known."""
    if day is None:
        raise NotUnderstood(f"{when.label} of which year? Say with --published or --about")
    year = date.fromordinal(day.latest).year
    spans = [_in(when, y).span for y in (year - 1, year, year + 1)]
    span = min(spans, key=lambda span: max(span.earliest - day.latest, day.earliest - span.latest, 0))
    return when._replace(span=span)


def dated(when: Since) -> str:
    """`in October 2009`, `on 2009-10-04`, `in March`, whose span is not known yet."""
    day = when.span.exact if when.span.earliest > 0 else _said(when)[1]
    return f"{'on' if day else 'in'} {when.label}"


def vague_date(s: "Sentence") -> tuple[int, Since | None]:
    """`late 2012`, `mid-June 2018`, `the end of 2011`, with bounds that are wide: good to tell when something was that is known, not to count from."""
    lead = s.phrase(*PARTS)
    size, when = (
        date_here(s.ahead(lead)) if lead and (s.peek(lead) in _NUMBERS or _is_year(s.peek(lead))) else (0, None)
    )
    if when is None or when.span.earliest < 0:
        return (lead + size, None) if size else (0, None)
    months, days = PARTS[s.folded(lead)]
    start = date.fromordinal(when.span.earliest)
    if size == 1:
        first = period_of(f"{start.year}-{months[0]:02}").earliest
        span = Span(first, period_of(f"{start.year}-{months[1]:02}").latest)
    else:
        span = Span(start.replace(day=days[0]).toordinal(), min(when.span.latest, when.span.earliest + days[1] - 1))
    return lead + size, Since(s.text(lead + size), span)


def any_date(s: "Sentence") -> tuple[int, Since | None]:
    """A date, exact or vague, of something that is known by more than its date."""
    size, when = vague_date(s)
    return (size, when) if size else date_here(s)


def date_after(s: "Sentence", size: int) -> tuple[int, Since | None]:
    """The date that follows, after `in` and the like, something so many words long; with the whole length."""
    if s.peek(size) not in ("in", "of", "on", "at"):
        return size, None
    taken, when = any_date(s.ahead(size + 1))
    return (size + taken + 1, when) if when else (size, None)


def _is_day(word: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}", word))


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", word))


def _decade(year: str) -> Since:
    """`1990s`. Raises NotUnderstood for `2000s`, which may be a century."""
    if year.endswith("00"):
        raise NotUnderstood(
            f"the {year}s, a decade or a century? Write 'from {year} to {int(year) + 9}'", (f"{year}s",)
        )
    return Since(f"the {year}s", period_of(f"{year}s"), period=True)


def _exactly(year: str, month: int, day: str) -> Since:
    text = f"{year}-{month:02}-{int(day):02}"
    return Since(text, period_of(text), period=True)


def period_of(text: str) -> Span:
    """The days of a date. Raises NotUnderstood where there is no such date."""
    try:
        return parse_period(text)
    except DateError as error:
        raise NotUnderstood(f"{error}; {error.remedy}" if error.remedy else str(error), (text,)) from error
