"""Dates as other people write them → dates as a store has them, or a reason why not.

The forms are a table; a text of two dates, or of one with a word that says how sure it is, is read by its parts. An order of day and month is declared, or follows from the number itself; what fits two orders is refused with both readings.
Repairs are those that lose nothing: blanks around, a full stop or comma behind, the apostrophe by which a spreadsheet knows a text. Everything else stays as it was and goes to a person.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import FIRST_YEAR, MONTHS, DateError, parse_when
from timeline.importing.languages import in_english
from timeline.importing.marks import without_apostrophe

if TYPE_CHECKING:
    from collections.abc import Callable

LAST = 9999  # no year is later
NOUGHT = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}  # from which a workbook counts, from March 1900 on
ORDERS = ("ymd", "dmy", "mdy")
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f\ufeff]+")
_UNKNOWN = frozenset("tbd tba tbc n/a na none null unknown ? - -- – — . nan nat nd n.d. unk #n/a".split())
_WHOLE = re.compile(r"(\d{1,4}|[12]\d{7})\.0+", re.ASCII)  # as programs save a number of a column with empty cells
_DIGIT = re.compile(r"\d", re.ASCII)  # which every form of a date has
_SERIALS = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
MONTH = {name[:length].casefold(): number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {
    "sept": 9
}
_BETWEEN = tuple(map(re.compile, (r" (?:to|until|through) ", r" - ", r" ?[–—] ?", r" ?/ ?", r"-")))  # two dates
_ROMAN = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_WORD = "(" + "|".join(sorted(MONTH, key=len, reverse=True)) + r")\.?"
_NTH = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_TO = r"\s*(?:-|–|—|\bto\b|\buntil\b|\bthrough\b)\s*"


class Order(NamedTuple):
    """What a mapping declares: the order of day and month, the hundred years that two digits mean, and the days that a number may count from.

    A date outside of the years from `first` to `last` is refused.
    """

    order: str = ""
    two_digits: tuple[int, int] | None = None
    epoch: int = 0
    first: int = FIRST_YEAR
    last: int = LAST


class Written(NamedTuple):
    """A date as it is to be written here: its start, its end where the text gives one, the form it was in, and what was mended."""

    start: str
    end: str = ""
    form: str = ""
    repairs: tuple[str, ...] = ()


class _NotThis(Exception):  # noqa: N818 - no fault
    """A text has the shape of a form, and is none of it: the forms behind are tried."""


class WhenError(ValueError):
    """Why a text is no date that can be taken. `name` is stable."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


def is_empty(text: str) -> bool:
    return not _BLANKS.sub("", text)


def is_unknown(text: str) -> bool:
    """Whether a cell says that nothing is known: empty, `TBD`, `n/a`, `?`."""
    plain = _BLANKS.sub(" ", text).strip().casefold()
    return not plain or plain in _UNKNOWN


@lru_cache(maxsize=65536)
def read_date(text: str, how: Order = Order()) -> Written:  # noqa: B008 - a value
    """Read a cell. Raises WhenError."""
    plain, repairs = mended(text)
    if not _DIGIT.search(plain):
        raise _unreadable(text)
    for form, pattern, make in _FORMS:
        if match := pattern.fullmatch(plain):
            try:
                start, end, name = make(match, how)
            except _NotThis:
                continue
            for one in filter(None, (start, end)):
                _checked(one, text, how)
            if end and end[: len(start)] < start[: len(end)]:
                raise WhenError("date-reversed", f"{text!r} ends before it starts")
            return Written(start, end, name or form, repairs)
    raise _unreadable(text)


def _unreadable(text: str) -> WhenError:
    return WhenError("date-unreadable", f"{text!r} is in no form of a date that is known")


def mended(text: str) -> tuple[str, tuple[str, ...]]:
    plain = _BLANKS.sub(" ", text).strip()
    repairs = ["blanks around it"] if plain != text else []
    if (bare := without_apostrophe(plain)) != plain:
        repairs.append("the apostrophe before it")
        plain = bare
    if plain.endswith((".", ",", ";")) and plain[:-1].rstrip()[-1:].isdigit():
        repairs.append(f"{plain[-1]!r} behind it")
        plain = plain[:-1].rstrip()
    if match := _WHOLE.fullmatch(plain):
        repairs.append("'.0' behind a whole number")
        plain = match[1]
    return plain, tuple(repairs)


def _checked(written: str, text: str, how: Order) -> None:
    """Raise WhenError for what is no day of the calendar, or lies outside of the years that are expected."""
    try:
        parse_when(written)
    except DateError as error:
        why = str(error) if written in text else f"{text!r}: {error}"
        raise WhenError(error.name, why) from None
    year = int(written.lstrip("[")[:4])
    if not how.first <= year <= how.last:
        raise WhenError("date-outside", f"{text!r} lies outside of {how.first} to {how.last}")


_Made = tuple[str, str, str]


def _plain(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    year, month, day = match.group("y", "m", "d")
    return "-".join((year, *(part.zfill(2) for part in (month, day) if part))), "", ""


def _own(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    return match[0], "", ""


def _compact(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    return f"{match[1]}-{match[2]}-{match[3]}", "", ""


def _numbers(match: "re.Match[str]", how: Order) -> _Made:
    first, mark, second, year = match[1], match[2], match[3], _year(match[4], match[0], how)
    order = _order(int(first), int(second), match[0], year, how)
    day, month = (first, second) if order == "dmy" else (second, first)
    digits = "Y" * len(match[4])
    form = f"D{mark}M{mark}{digits}" if order == "dmy" else f"M{mark}D{mark}{digits}"
    return _numbered(year, month, day), "", form


def _order(first: int, second: int, text: str, year: str, how: Order) -> str:
    """Day or month first, by what is declared or what alone is possible."""
    possible = [order for order, month in (("dmy", second), ("mdy", first)) if 1 <= month <= 12]
    if how.order in ("dmy", "mdy"):
        other = next((order for order in possible if order != how.order), "")
        if how.order not in possible and other:
            raise WhenError("date-order", f"{text!r} does not fit the order {how.order} that is declared, only {other}")
        return how.order
    if how.order and possible:
        raise WhenError("date-order", f"{text!r} does not fit the order {how.order} that is declared")
    if len(possible) == 2 and first != second:
        readings = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
        raise WhenError("date-ambiguous", f"{text!r} is {readings}; declare the order of the column: dmy or mdy")
    return possible[0] if possible else "dmy"


def _year(digits: str, text: str, how: Order) -> str:
    if len(digits) == 4:
        return digits
    if how.two_digits is None:
        raise WhenError(
            "date-two-digits", f"{text!r} has a year of two digits; declare the hundred years that they mean"
        )
    first, last = how.two_digits
    return str(next(year for year in range(first, last + 1) if year % 100 == int(digits)))


def _day_word(match: "re.Match[str]", how: Order) -> _Made:
    return _worded(_year(match[3], match[0], how), match[2], match[1]), "", ""


def _word_day(match: "re.Match[str]", how: Order) -> _Made:
    return _worded(_year(match[3], match[0], how), match[1], match[2]), "", ""


def _word_year(match: "re.Match[str]", how: Order) -> _Made:
    return _worded(_year(match[2], match[0], how), match[1]), "", ""


def _days_word(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    return _worded(match[4], match[3], match[1]), _worded(match[4], match[3], match[2]), ""


def _both_days(match: "re.Match[str]", how: Order) -> _Made:
    """Two days that follow each other; others may be two visits."""
    if int(match[2]) != int(match[1]) + 1:
        raise WhenError("date-days", f"{match[0]!r} may be two visits; write a row for each, or the days with a dash")
    return _days_word(match, how)


def _word_days(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    return _worded(match[4], match[1], match[2]), _worded(match[4], match[1], match[3]), ""


def _two_months(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    first, last = match[3] or match[6], match[6]
    return _worded(first, match[2], match[1]), _worded(last, match[5], match[4]), ""


def _worded(year: str, month: str, day: str = "") -> str:
    return "-".join((year, f"{MONTH[month.casefold()]:02}", *((day.zfill(2),) if day else ())))


def _interval(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    if "/" not in match[0]:
        _no_years(match[1], match[2], match[0])
    return match[1], match[2], ""


def _month_number(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    return f"{match[3]}-{match[1].zfill(2)}", "", f"MM{match[2]}YYYY"


def _days_number(match: "re.Match[str]", how: Order) -> _Made:
    """Two days before a month; where the month is declared to come first, they are no days."""
    first, last, mark, month, year = match.groups()
    if how.order not in ("", "dmy"):
        raise WhenError("date-order", f"{match[0]!r} does not fit the order {how.order} that is declared, only dmy")
    year = _year(year, match[0], how)
    return _numbered(year, month, first), _numbered(year, month, last), f"D–D{mark}M{mark}YYYY"


def _two_numbers(match: "re.Match[str]", how: Order) -> _Made:
    """`29.9. – 2.10.2014`: the year of the second is that of the first."""
    first, mark, second, last, year = match.groups()
    start = read_date(f"{first}{mark}{second.rstrip('.')}{mark}{year}", how)
    end = read_date(f"{last}{mark}{year}", how)
    return start.start, end.start, f"{start.form} – {end.form}"


def _numbered(year: str, month: str, day: str) -> str:
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _roman(match: "re.Match[str]", how: Order) -> _Made:
    return _numbered(_year(match[3], match[0], how), str(_ROMAN[match[2].casefold()]), match[1]), "", ""


def _two_months_word(match: "re.Match[str]", how: Order) -> _Made:  # noqa: ARG001
    first, last = match[3] or match[6], match[6]
    return _worded(first, match[1], match[2]), _worded(last, match[4], match[5]), ""


def _about(match: "re.Match[str]", how: Order) -> _Made:
    """One date, of which the text says that it is about right, or in doubt."""
    mark = next((mark for name, mark in (("sure", "?"), ("both", "%")) if match.groupdict().get(name)), "~")
    return f"{_one(match['date'], how)}{mark}", "", ""


def _one(text: str, how: Order) -> str:
    """The start of a text that is one date and nothing else."""
    found = read_date(text, how)
    if found.end or not found.start[-1].isdigit():
        raise _NotThis
    return found.start


def _on_weekday(match: "re.Match[str]", how: Order) -> _Made:
    """A day with the name of its day of the week, which must be right."""
    day = _one(match[2], how)
    if len(day) != len("YYYY-MM-DD"):
        raise _NotThis
    name = f"{date.fromisoformat(day):%A}"
    if not name.casefold().startswith(match[1].casefold()[:3]):
        raise WhenError("date-weekday", f"{match[0]!r}: {day} is a {name}")
    return day, "", ""


def _two_dates(match: "re.Match[str]", how: Order) -> _Made:
    """An interval whose ends are dates in any other form, at the first mark that stands between two of them."""
    for mark in _BETWEEN:
        halves = mark.split(match[0])
        if len(halves) != 2:
            continue
        try:
            first, last = (read_date(half, how) for half in halves)
        except WhenError as error:
            if error.name == "date-unreadable":
                continue
            raise
        if not (first.end or last.end):
            _no_years(first.start, last.start, match[0])
            return first.start, last.start, f"{first.form} – {last.form}"
    raise _NotThis


def _no_years(first: str, last: str, text: str) -> None:
    """`2005-2006` may be a long stay, or one that nobody dates to the year."""
    if len(first) == len(last) == len("YYYY"):
        readings = f"a stay from {first} to {last}, or one in either year; write {first}/{last} or [{first}, {last}]"
        raise WhenError("date-years", f"{text!r} may be {readings}")


def _serial(match: "re.Match[str]", how: Order) -> _Made:
    """Days of a workbook. That of 1900 has a 29 February which never was, so from March on a day is one less than it says."""
    if not how.epoch:
        what = f"{match[0]!r} may be a day counted by a spreadsheet"
        raise WhenError(
            "date-serial",
            f"{what} ({_day(int(match[1]), 1900)} from 1900, {_day(int(match[1]), 1904)} from 1904); declare which",
        )
    return _day(int(match[1]), how.epoch), "", f"number of days from {how.epoch}"


def _day(number: int, epoch: int) -> str:
    return (NOUGHT[epoch] + timedelta(number)).isoformat()


def _day_or_year(match: "re.Match[str]", how: Order) -> _Made:
    """A cell of a workbook that is a day of 1904 or 1905, or a year: what the years that are declared leave."""
    day, year = match[1], match[2]
    possible = [text for text in (day, year) if how.first <= int(text[:4]) <= how.last]
    if len(possible) > 1:
        what = f"the day {day}, or the year {year} in a cell with the form of a date; declare between which years dates lie"
        raise WhenError("date-or-year", f"{match[0]!r} may be {what}")
    return (possible or [day])[0], "", "a day or a year, by the years that are declared"


def _in_words(match: "re.Match[str]", how: Order) -> _Made:
    """A date in the words of another language."""
    found = in_english(match[0])
    if found is None:
        raise _NotThis
    try:
        english = read_date(found.text, how)
    except WhenError as error:
        if error.name == "date-unreadable":
            raise _NotThis from None
        raise
    return english.start, english.end, f"{english.form}, in {found.language}"


def _form(
    name: str, pattern: str, make: "Callable[[re.Match[str], Order], _Made]"
) -> "tuple[str, re.Pattern[str], Callable[[re.Match[str], Order], _Made]]":
    return name, re.compile(pattern, re.ASCII | re.IGNORECASE), make


_FORMS = (
    _form("YYYY-MM-DD", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _plain),
    _form("YYYY-MM", r"(?P<y>\d{4})-(?P<m>\d\d)(?P<d>)", _plain),
    _form("YYYY", r"(?P<y>\d{4})(?P<m>)(?P<d>)", _plain),
    _form("YYYY-M-D", r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", _plain),
    _form("YYYY/M/D", r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})", _plain),
    _form("YYYY.M.D", r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})", _plain),
    _form("YYYY/MM", r"(?P<y>\d{4})/(?P<m>\d{1,2})(?P<d>)", _plain),
    _form("YYYY-MM-DD with a time", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?", _plain),
    _form("YYYY-MM-DD/YYYY-MM-DD", r"(\d{4}(?:-\d\d){0,2})\s*(?:/|\s-\s|–|—|\bto\b|\buntil\b)\s*(\d{4}(?:-\d\d){0,2})", _interval),
    _form("as a store writes it", r"\d{4}(?:-\d\d){0,2}[~?%]|\[\d{4}(?:-\d\d){0,2}, ?\d{4}(?:-\d\d){0,2}\]", _own),
    _form("a day or a year", r"(\d{4}-\d\d-\d\d) or (\d{4})", _day_or_year),
    _form("YYYYMMDD", r"([12]\d{3})(\d\d)(\d\d)", _compact),
    _form("day and month in numbers", r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,? \d\d?:\d\d(?::\d\d)?(?: ?[ap]m)?)?", _numbers),
    _form("D Month YYYY", rf"{_NTH}[ -]?{_WORD},?[ -]?(\d{{4}}|\d{{2}})", _day_word),
    _form("Month D, YYYY", rf"{_WORD} ?{_NTH}(?:, ?| )(\d{{4}})", _word_day),
    _form("Month YYYY", rf"{_WORD},?[ -]?(\d{{4}})", _word_year),
    _form("D–D Month YYYY", rf"{_NTH}{_TO}{_NTH} {_WORD},? ?(\d{{4}})", _days_word),
    _form("D and D Month YYYY", rf"{_NTH}(?: and | ?[&/] ?){_NTH} {_WORD},? ?(\d{{4}})", _both_days),
    _form("Month D–D, YYYY", rf"{_WORD} {_NTH}{_TO}{_NTH}(?:, ?| )(\d{{4}})", _word_days),
    _form("D Month – D Month YYYY", rf"{_NTH} {_WORD},? ?(\d{{4}})?{_TO}{_NTH} {_WORD},? ?(\d{{4}})", _two_months),
    _form("Month D – Month D, YYYY", rf"{_WORD} {_NTH}(?:, ?(\d{{4}}))?{_TO}{_WORD} {_NTH}(?:, ?| )(\d{{4}})", _two_months_word),
    _form("MM/YYYY", r"(\d{1,2})([./-])(\d{4})", _month_number),
    _form("D–D.M.YYYY", rf"(\d{{1,2}})\.?{_TO}(\d{{1,2}})([./])(\d{{1,2}})\3(\d{{4}}|\d{{2}})", _days_number),
    _form("D.M. – D.M.YYYY", rf"(\d{{1,2}})([./])(\d{{1,2}}\.?){_TO}(\d{{1,2}}\2\d{{1,2}})\2(\d{{4}}|\d{{2}})", _two_numbers),
    _form("D.MonthInRoman.YYYY", rf"(\d{{1,2}})(?:\.? |[./-])({'|'.join(_ROMAN)})(?: |[./-])(\d{{4}}|\d{{2}})", _roman),
    _form("年月日", r"(?P<y>\d{4}) ?[年년] ?(?:(?P<m>\d{1,2}) ?[月월] ?(?:(?P<d>\d{1,2}) ?[日일])?)?", _plain),
    _form("number of days", _SERIALS.pattern.replace(r"\d{5}", r"(\d{5})"), _serial),
    _form("with a day of the week", r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (.+)", _on_weekday),
    _form("about a date", r"(?:(?:c|ca|circa|about|around|approx|approximately)(?:\. ?| |(?=\d))|[~≈] ?)(?P<date>.+)", _about),
    _form("about a date", r"(?P<date>.+?) ?(?:~|,? ?\(?(?:ca|circa|approx|approximately)\.?\)?)", _about),
    _form("a date in doubt", r"(?P<date>.+?) ?(?:(?P<sure>\?|\(\?\))|(?P<both>%))", _about),
    _form("in another language", r".*\d.*", _in_words),
    _form("two dates", r".*\d.*[–—/ -].*\d.*", _two_dates),
)  # fmt: skip
