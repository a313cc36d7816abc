"""XLSX for Excel and its like: events, their sources, and what the sheet is about. Exact days are dates; every other cell is text, and none a formula or link."""

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from timeline.citations import cited_sources, key_of
from timeline.dates import NEVER_AFTER, Span, parse_when
from timeline.errors import UsageError
from timeline.extras import library
from timeline.formats.exporting import Made, people_words
from timeline.scope import coverage_words
from timeline.text import both, day_text, either, plural, span_text, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.formats.exporting import Export
    from timeline.model import Event

FIRST = date(1900, 3, 1)  # before it Excel counts a 29 February 1900, which never was
MOST_ROWS, LONGEST = 1_048_575, 32_767  # below a header, and characters of a cell, that Excel takes
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EVENTS = {
    "Id": 34, "Date": 22, "Start": 12, "End": 12, "Type": 10, "Kind": 12, "Status": 11, "Visitor": 16, "Host": 16, "Actors": 20, "People": 44, "Places": 20,
    "Met": 24, "Occasion": 40, "Title": 30, "Tags": 16, "Support": 12, "Note": 50, "Sources": 40,
}  # fmt: skip
SOURCES = {"Key": 40, "Title": 60, "Publisher": 30, "Date": 12, "Address": 60, "Cited for": 50}


def make(export: "Export") -> Made:
    xlsxwriter = library("xlsxwriter", "xlsx")
    if len(export.events) > MOST_ROWS:
        raise UsageError(f"a sheet holds {MOST_ROWS:,} events at most, and there are {len(export.events):,}; narrow the scope, or use csv or parquet")  # fmt: skip
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    day = datetime.combine(date.fromordinal(export.as_of), datetime.min.time())
    book.set_properties({"title": visible(export.title), "created": day})
    sheets = _Sheets(book)
    sheets.add("Events", EVENTS, (_event(event, export) for event in export.each()))
    sheets.add("Sources", SOURCES, _sources(export.events))
    sheets.add("About", {"What": 20, "Text": 120}, _about(export))
    book.close()
    cut = f"{plural(sheets.cut, 'text')} cut to {LONGEST:,} characters, as Excel has no longer ones"
    return Made(out.getvalue(), (cut,) if sheets.cut else ())


class _Sheets:
    """Sheets of one book, each with a header that stays and can be filtered. Counts the texts that had to be cut."""

    def __init__(self, book: Any) -> None:
        self.book, self.cut = book, 0
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self.plain = book.add_format({"valign": "top", "num_format": "@"})

    def add(self, name: str, columns: dict[str, int], rows: "Iterable[Sequence[str | date]]") -> None:
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(last, column, cell, self.day)
                elif cell:
                    sheet.write_string(last, column, self._text(cell), self.plain)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def _text(self, text: str) -> str:
        shown = visible(text)
        self.cut += len(shown) > LONGEST
        return shown[:LONGEST]


def _event(event: "Event", export: "Export") -> "tuple[str | date, ...]":
    vocabulary = export.store.vocabulary
    when = event.date
    exact = not (when.approximate or when.uncertain)
    return (
        event.id,
        when.text,
        _one_of(when.starts, exact=exact),
        _one_of(when.ends, exact=exact) if when.end.latest != NEVER_AFTER else "",
        event.type,
        event.kind,
        event.status,
        *(vocabulary.actors[actor].name if actor else "" for actor in event.direction),
        both(vocabulary.actors[actor].name for actor in event.actors),
        people_words(event, vocabulary),
        "; ".join(event.places),
        "; ".join(event.met),
        event.occasion,
        event.title,
        "; ".join(event.tags),
        event.support,
        event.note,
        "; ".join(key_of(source) for source in event.sources),
    )


def _one_of(spans: "Iterable[Span]", *, exact: bool) -> str | date:
    """A day, or the days of which one is meant, in words."""
    first, *others = dict.fromkeys(spans)
    return either(span_text(*span) for span in (first, *others)) if others else _day(first, exact=exact)


def _day(span: Span, *, exact: bool) -> str | date:
    """A day that is known, in the calendar that Excel has; else the days that it may be, in words."""
    if not span.exact:
        text = span_text(*span)
        return text if "–" not in text else f"between {day_text(span.earliest)} and {day_text(span.latest)}"
    day = date.fromordinal(span.earliest)
    return day if exact and day >= FIRST else f"{'' if exact else 'about '}{day.isoformat()}"


def _sources(events: "Iterable[Event]") -> "Iterator[tuple[str | date, ...]]":
    for key, source, ids in cited_sources(events):
        when = parse_when(source.date) if source.date else None
        day = _day(when.start, exact=True) if when and when.text == source.date and len(source.date) == 10 else source.date  # fmt: skip
        yield key, source.title, source.publisher, day, source.url, "; ".join(ids)


def _about(export: "Export") -> "Iterator[tuple[str | date, ...]]":
    store = export.store
    yield "Record", export.title
    yield "About", store.about
    yield "Licence", store.licence
    yield "Scope", export.scope
    yield "As of", date.fromordinal(export.as_of)
    yield "Events", plural(len(export.events), "event")
    yield "Dates", "Start and End are dates where the day is known, words where it is not; an empty End is not known. Date is as the record has it."  # fmt: skip
    for words in coverage_words(store):
        yield "Coverage", words
