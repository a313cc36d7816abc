"""Text from a store is text: made harmless for a terminal, measured in cells, and words put to dates and numbers."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from timeline.dates import MONTHS, NEVER_AFTER, NEVER_BEFORE, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.dates import Span
    from timeline.model import Event, Person

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text with controls, bidirectional overrides and invisible characters written as escapes; line breaks become blanks."""
    if text.isprintable():  # to Python nothing of _HIDDEN is
        return text
    return "".join(_shown(c) for c in text)


def hidden(character: str) -> bool:
    """Whether a character is a control, a mark of direction, or not seen at all."""
    return unicodedata.category(character) in _HIDDEN


def _shown(character: str) -> str:
    if character == "\n":
        return " "
    if not hidden(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """Cells of a terminal that a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    return 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, room: int) -> list[str]:
    """Lines of at most so many cells, broken at blanks; a longer word is broken after a hyphen or the like, an address never."""
    lines, line, room = [], "", max(room, 1)
    for word in unbroken(text):
        if line and width(line) + 1 + width(word) > room:
            lines.append(line.rstrip())
            line = ""
        line = f"{line} {word}" if line else word
        while width(line) > room and "://" not in line:
            at = _break(line, room)
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line.rstrip()]


def unbroken(text: str) -> list[str]:
    """The words of a text, each with the mark after it that stands between two words: no line begins with one."""
    return re.split(r" (?!(?:[·→–—-]|->) )", text)


def _break(word: str, room: int) -> int:
    """Where a word that is too long for a line is broken: after the last mark that joins parts, else where the line ends."""
    end = 1
    while end < len(word) and width(word[: end + 1]) <= room:
        end += 1
    return next((at for at in range(end, end // 3, -1) if word[at - 1] in "-/_.:,"), end)


LIKE = {
    "→": "->", "–": "-", "—": "-", "─": "-", "━": "=", "…": "...", "·": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "§": "section "
}  # fmt: skip


def likeness(text: str, encoding: str) -> str:
    """The text as an encoding can write it: what it lacks as a likeness in ASCII, if we use it ourselves, otherwise as an escape."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_like(character, encoding) for character in text)
    return text


def _like(character: str, encoding: str) -> str:
    like = LIKE.get(character)
    return character.encode(encoding, "ignore").decode(encoding) or like or character.encode("ascii", "backslashreplace").decode()  # fmt: skip


def padded(text: str, size: int, *, right: bool = False) -> str:
    blanks = " " * (size - width(text))
    return blanks + text if right else text + blanks


def date_text(when: When) -> str:
    """A date for people: `4–6 Oct 2009`, `Oct 1978`, `about 1964`, `9 or 10 May 2001`; what is not known is not said."""
    parts = list(dict.fromkeys(option.text for option in when.options))
    options = [_option_text(part) for part in parts]
    month = options[-1].partition(" ")[2]
    if (
        len(parts) > 1
        and all(_DAY.fullmatch(part) for part in parts)
        and all(option.endswith(f" {month}") for option in options)
    ):
        return f"{either(option.partition(' ')[0] for option in options)} {month}"
    return either(options)


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _option_text(text: str) -> str:
    """A date that is no choice. Marks stand at the end that has them, or once where both have the same."""
    left, _, right = text.partition("/")
    if not right:
        return _marked(left)
    if left == "..":
        return f"until {_marked(right)}"
    if right == "..":
        return f"from {_marked(left)}"
    start, end = left.rstrip(_MARKS), right.rstrip(_MARKS)
    mark = left[len(start) :]
    if mark != right[len(end) :]:
        return f"{_marked(left)} – {_marked(right)}"
    return _with_mark(_extent(start, end), mark)


_MARKS = "~?%"


def _marked(text: str) -> str:
    plain = text.rstrip(_MARKS)
    return _with_mark(_bare(plain), text[len(plain) :])


def _with_mark(words: str, mark: str) -> str:
    return f"{'about ' if mark in ('~', '%') else ''}{words}{'?' if mark in ('?', '%') else ''}"


def _extent(start: str, end: str) -> str:
    if _DAY.fullmatch(start) and _DAY.fullmatch(end):
        return _days_text(date.fromisoformat(start), date.fromisoformat(end))
    return _bare(start) if start == end else f"{_bare(start)} – {_bare(end)}"


def _bare(text: str) -> str:
    """A date without marks, at its own precision."""
    parts = text.split("-")
    month = f"{MONTHS[int(parts[1]) - 1][:3]} " if len(parts) > 1 else ""
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month}{parts[0]}"


def span_text(earliest: int, latest: int) -> str:
    """The days from one to another: whole years and months by name, otherwise both ends."""
    if earliest == NEVER_BEFORE or latest == NEVER_AFTER:
        return f"until {day_text(latest)}" if earliest == NEVER_BEFORE else f"from {day_text(earliest)}"
    a, b = date.fromordinal(earliest), date.fromordinal(latest)
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) and a.year == b.year:
        return str(a.year)
    if a.day == 1 and b.day == monthrange(b.year, b.month)[1] and (a.year, a.month) == (b.year, b.month):
        return f"{MONTHS[a.month - 1][:3]} {a.year}"
    return _days_text(a, b)


def _days_text(a: date, b: date) -> str:
    """Both ends, also of a whole month or year: its name is the text of one unknown day in it."""
    if a == b:
        return day_text(a.toordinal())
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {MONTHS[b.month - 1][:3]} {b.year}"
    if a.year == b.year:
        return f"{a.day} {MONTHS[a.month - 1][:3]} – {day_text(b.toordinal())}"
    return f"{day_text(a.toordinal())} – {day_text(b.toordinal())}"


def period_text(span: "Span") -> str:
    """`from 1 Jan 1980 to 30 Jun 2026`, `until 31 Dec 1979`; nothing for all days."""
    start = f"from {day_text(span.earliest)}" if span.earliest != NEVER_BEFORE else ""
    if span.latest == NEVER_AFTER:
        return start
    return f"{start} to {day_text(span.latest)}" if start else f"until {day_text(span.latest)}"


def years_text(span: "Span") -> str:
    """The year of a day, or both where it may be in either; the known one where one end is open."""
    first = date.fromordinal(span.earliest).year if span.earliest != NEVER_BEFORE else None
    last = date.fromordinal(span.latest).year if span.latest != NEVER_AFTER else None
    if first is None or last is None:
        return str(first or last)
    return str(first) if first == last else f"{first}–{last}"


def day_text(day: int) -> str:
    """`9 Oct 2025`; a dash for an open end."""
    if day in (NEVER_BEFORE, NEVER_AFTER):
        return "—"
    d = date.fromordinal(day)
    return f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def plural(count: int, noun: str) -> str:
    """`1 visit`, `5,849 days`, `4 treaties`."""
    return f"{count:,} {noun if count == 1 else several(noun)}"


def several(noun: str) -> str:
    """`visits`, `treaties`."""
    return f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"


_YOU = ("US", "UK", "UA", "UN", "Eu", "eu", "Uni", "uni", "Ug", "Ukr", "Uru", "one", "One")  # sound like `you` or `won`
_SILENT = ("heir", "honor", "honour", "hour")


def with_article(noun: str) -> str:
    """`a visit`, `an event`, `an Icelandic minister`, `a US president`, `a Ukrainian premier`."""
    vowel = noun.startswith(_SILENT) or (noun[0] in "aeiouAEIOU" and not noun.startswith(_YOU))
    return f"{'an' if vowel else 'a'} {noun}"


def either(words: "Iterable[str]") -> str:
    """`a`, `a or b`, `a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else ""


def both(words: "Iterable[str]") -> str:
    """`a`, `a and b`, `a, b and c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""


def names(event: "Event", asked: "Sequence[Person]" = ()) -> str:
    """The names of those who headed a party: of those asked for, or, where none of these headed it, theirs and with whom they went."""
    heads = [person for person in event.people if person.role == "heads"]
    told = [person for person in heads if person in asked] or asked or heads or event.people
    beside = "" if not asked or not heads or told[0] in heads else f", with {both(person.name for person in heads)}"
    return f"{both(person.name for person in told)}{beside}" if told else event.title


def called(event: "Event") -> str:
    """An event in a phrase: `Xi Jinping's visit of 20–21 Jun 2019`, a title with its date, or the id of what has no name."""
    day = date_text(event.date)
    if event.type == "visit" and (who := names(event)):
        return f"{who}'s visit of {day}"
    return f"{event.title} ({day})" if event.title else event.id
