"""What a sentence counts from: dates, events of the record, accessions, and visits of somebody."""

import re
from typing import TYPE_CHECKING

from timeline.claims.model import NotUnderstood, Since
from timeline.dates import MONTHS, DateError, Span, parse_period
from timeline.names import fold

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.model import Event

UNKNOWN = Span(0, 0)  # filled in by `assemble`, from the record
_NUMBERS = {name[:size].casefold(): number for number, name in enumerate(MONTHS, 1) for size in (3, 4, len(name))}
BEGINNINGS = ("began", "started", "broke out", "begun")
ACCESSIONS = (
    "took power", "took office", "took over", "came to power", "taking power", "taking office", "taking over", "took the top job", "became president", "became premier",
    "became leader", "becoming president", "becoming premier", "becoming leader", "assumed office", "assuming office", "assumed power", "succeeded", "rose to power",
)  # fmt: skip


def point(s: "Sentence") -> tuple[int, Since | None]:
    """What stands here to be counted from, and how many words it takes; (0, None) where nothing that is known does."""
    for rule in (_dated_event, date_here, _event, _accession, _visit_of):
        size, found = rule(s)
        if size:
            return size, found
    return 0, None


def date_here(s: "Sentence") -> tuple[int, Since | None]:
    """`2009`, `October 2009`, `4 October 2009`, `October 4 2009`, `2009-10-04`, or `March`, whose year is the claim's."""
    a, b, c = (s.peek(n) for n in range(3))
    if a in ("early", "late", "mid") and (b in _NUMBERS or _is_year(b)):
        raise NotUnderstood(f"{s.text(2)!r} is no exact time; write the year or the month", (s.text(1),))
    month = _NUMBERS.get(a, 0)
    if month and _is_day(b) and _is_year(c):
        return 3, _exactly(c, month, b)
    if month and _is_year(b):
        return 2, Since(f"{MONTHS[month - 1]} {b}", period_of(f"{b}-{month:02}"), period=True)
    if month:
        return 1, Since(MONTHS[month - 1], Span(-month, -month), period=True)
    if _is_day(a) and b in _NUMBERS and _is_year(c):
        return 3, _exactly(c, _NUMBERS[b], a)
    if re.fullmatch(r"\d{4}( \d\d( \d\d)?)?", a):
        text = a.replace(" ", "-")
        return 1, Since(text, period_of(text), period=True)
    return 0, None


def _is_day(word: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}", word))


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", word))


def _exactly(year: str, month: int, day: str) -> Since:
    text = f"{year}-{month:02}-{int(day):02}"
    return Since(text, period_of(text), period=True)


def period_of(text: str) -> Span:
    """The days of a date. Raises NotUnderstood where there is no such date."""
    try:
        return parse_period(text)
    except DateError as error:
        raise NotUnderstood(f"{error}; {error.remedy}" if error.remedy else str(error), (text,)) from error


def _accession(s: "Sentence") -> tuple[int, Since | None]:
    """`he took power`, `Kim Jong Un came to power`, `becoming premier`."""
    if s.peek() in ("he", "she", "they"):
        size, name = 1, None
    else:
        size, name = s.person()
    rest = s.ahead(size)
    taken = rest.phrase(*ACCESSIONS)
    if not taken:
        return 0, None
    words = " ".join(rest.words[rest.at : rest.at + taken])
    dated, when = date_here(rest.ahead(taken + 1)) if rest.peek(taken) in ("in", "on") else (0, None)
    span = when.span if when else UNKNOWN
    return size + taken + (dated + 1 if dated else 0), Since(
        f"{name or ''} {words}".strip(), span, event=f"accession:{name or ''}"
    )


def _visit_of(s: "Sentence") -> tuple[int, Since | None]:
    """`Wen Jiabao in October 2009`, `Hu Jintao's visit in 2005`, `Li Zhanshu`."""
    titled = s.longest(s.names.store.vocabulary.office_index.find)[0]
    size, name = s.person(titled)
    if name is None:
        return 0, None
    gap = size = size + titled
    while s.peek(gap) in ("'s", "visit", "trip", "in", "of"):
        gap += 1
    taken, when = date_here(s.ahead(gap))
    if when is None:
        return size, Since(name, UNKNOWN, event=f"visit:{name}", visit=True)
    return gap + taken, Since(f"{name} in {when.label}", when.span, event=f"visit:{name}", visit=True)


def _dated_event(s: "Sentence") -> tuple[int, Since | None]:
    """`2008 stroke`, `October 2006 nuclear test`."""
    dated, when = date_here(s)
    size, found = _named(s.ahead(dated)) if dated else (0, [])
    return (dated + size, _one_event(found, when)) if found else (0, None)


def _event(s: "Sentence") -> tuple[int, Since | None]:
    """An event of the record that is no visit, by id, title or tag, with a word such as `began` after it, and with its date where there are several."""
    size, found = _named(s)
    if not found:
        return 0, None
    size += s.ahead(size).phrase(*BEGINNINGS)
    dated, when = date_here(s.ahead(size + 1)) if s.peek(size) in ("in", "of", "on") else (0, None)
    return size + (dated + 1 if dated else 0), _one_event(found, when)


def _named(s: "Sentence") -> "tuple[int, list[Event]]":
    """The longest id, title or tag of events that are no visits from here, and the events that it names."""
    known: dict[str, list[Event]] = {}
    for event in s.names.store.events:
        if event.type != "visit":
            for key in (event.id, event.title, *event.tags):
                if event not in (same := known.setdefault(fold(key), [])):
                    same.append(event)
    size, found = s.longest(known.get, most=16)
    return (size, found) if found else _by_id(s, known)


def _one_event(found: "list[Event]", when: Since | None) -> Since:
    """The only event of several that the date allows. Raises NotUnderstood where that is not one."""
    dated = [e for e in found if when is None or _overlap(e.date.start, when.span)]
    if not dated and len(found) == 1:
        dated = found  # the claim dates it otherwise: `verdict` says so
    if len(dated) != 1:
        raise NotUnderstood(f"which event: {', '.join(e.id for e in found)}? Say when, or write its id")
    claimed = when.span if when else None
    return Since(dated[0].title, dated[0].date.start, event=dated[0].id, claimed=claimed)


def _overlap(one: Span, other: Span) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _by_id(s: "Sentence", known: "dict[str, list[Event]]") -> "tuple[int, list[Event]]":
    """An id such as `kim-jong-un-accession-2011`, which falls into words and hyphens."""
    for size in range(min(20, len(s.words) - s.at), 0, -1):
        key = fold("".join(s.raw[s.at : s.at + size]))
        if key in known:
            return size, known[key]
    return 0, []
