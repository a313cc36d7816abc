"""Quantities by date that stand beside visits, such as trade: read from CSV, each with its source. Figures that are missing are missing, not zero."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, DateError, Span, parse_when
from timeline.errors import UsageError, did_you_mean
from timeline.names import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("date", "value", "unit", "series", "measure", "support", "source", "note")
NEEDED = COLUMNS[:4]
MEASURES = ("level", "sum")  # as it was at that time; added up over it
SUPPORTS = ("printed", "rounded", "inferred", "copied")
SHOWN = 5  # faults of a file that are told


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure for the days of `span`. `measure` and `support` as in the columns of the file (docs/charts.md)."""

    span: Span
    value: float
    measure: str = "level"
    support: str = "printed"
    source: str = ""

    @property
    def months(self) -> float:
        """How many months it is for; whole where it is for whole months."""
        first, after = date.fromordinal(self.span.earliest), date.fromordinal(self.span.latest + 1)
        whole = (after.year - first.year) * 12 + after.month - first.month
        return whole if first.day == after.day == 1 else (self.span.latest - self.span.earliest + 1) / 30.436875

    @property
    def height(self) -> float:
        """What is drawn: a sum as its mean a month, so that years and months stand on one scale; a level as it is."""
        return self.value / self.months if self.measure == "sum" else self.value


@dataclass(frozen=True, slots=True)
class Quantities:
    """One series of a file, in the order of time."""

    name: str
    unit: str
    file: str
    items: tuple[Quantity, ...]

    @property
    def drawn(self) -> tuple[Quantity, ...]:
        """Those that a picture shows: a sum for some months is left out where a longer one begins with the same day, as January to July after January to June."""
        longest = {
            item.span.earliest: item.span.latest for item in self.items
        }  # in the order of time, so the last is the longest
        return tuple(
            item
            for item in self.items
            if item.measure != "sum" or item.months <= 1 or item.span.latest == longest[item.span.earliest]
        )

    @property
    def summed(self) -> bool:
        return any(item.measure == "sum" for item in self.items)


def read_quantities(name: str, text: str, wanted: str = "") -> tuple[Quantities, list[str]]:
    """A series of a CSV file, the first without `wanted`, and the names of the others. Raises UsageError with what is wrong, by line."""
    import csv
    import io

    faults: list[str] = []
    found: dict[str, list[tuple[str, Quantity]]] = {}
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        _check_header(name, header)
        for cells in rows:
            row = dict(zip(header, cells, strict=False))
            said = (
                list(_faults(row))
                if len(cells) == len(header)
                else [f"{len(cells)} cells, the header has {len(header)}"]
            )
            faults += [f"{name}:{rows.line_num}: {fault}" for fault in said]
            if not said:
                found.setdefault(row["series"], []).append((row["unit"], _quantity(row)))
    except csv.Error as error:
        faults.append(f"{name}:{rows.line_num}: {error}; save the sheet again as CSV (UTF-8)")
    _refuse(faults)
    if not found:
        raise UsageError(f"--series: {name} has no figures")
    chosen = (
        Index("series", dict.fromkeys(found, ())).resolve(wanted, f"--series {name}") if wanted else next(iter(found))
    )
    units = sorted({unit for unit, _ in found[chosen]})
    if len(units) > 1:
        raise UsageError(
            f"--series: {name} has {chosen!r} in several units ({', '.join(units)}); give each a series of its own"
        )
    items = sorted((item for _, item in found[chosen]), key=lambda item: item.span)
    return Quantities(chosen, units[0], name, tuple(items)), [other for other in found if other != chosen]


def _check_header(name: str, header: list[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            raise UsageError(
                f"--series: {name}:1: unknown column {column!r}{did_you_mean(column, COLUMNS)} (known: {', '.join(COLUMNS)})"
            )
    if missing := [column for column in NEEDED if column not in header]:
        raise UsageError(f"--series: {name}:1: no column {missing[0]!r}; needed are {', '.join(NEEDED)}")


def _refuse(faults: list[str]) -> None:
    if faults:
        more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise UsageError("--series: nothing is drawn from a file with errors\n" + "\n".join([*faults[:SHOWN], *more]))


def _faults(row: dict[str, str]) -> "Iterator[str]":
    try:
        when = parse_when(row["date"])
        if when.disputed or when.start.earliest == NEVER_BEFORE or _last(row["date"]) == NEVER_AFTER:
            yield f"{row['date']} is open or disputed; write 2011, 2011-10 or 2011-01/2011-06"
    except DateError as error:
        yield f"{error}; {error.remedy}"
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", row["value"], re.ASCII):
        yield f"{row['value']!r} is not a number; write 1234.5, and leave the row out where nothing is known"
    if not row["series"].strip():
        yield "the series has no name"
    for column, known in (("measure", MEASURES), ("support", SUPPORTS)):
        if row.get(column) and row[column] not in known:
            yield f"unknown {column} {row[column]!r}{did_you_mean(row[column], known)} (one of: {', '.join(known)})"


def _last(text: str) -> int:
    """The last day that a date takes in: of a year or month its last."""
    when = parse_when(text)
    return when.end.latest if "/" in text else when.start.latest


def _quantity(row: dict[str, str]) -> Quantity:
    span = Span(parse_when(row["date"]).start.earliest, _last(row["date"]))
    return Quantity(
        span, float(row["value"]), row.get("measure") or "level", row.get("support") or "printed", row.get("source", "")
    )
