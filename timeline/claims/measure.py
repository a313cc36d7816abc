"""How long a claim says it was, against how long it was (semantics §8): whole years, months, weeks and days, hedges, and the conventions that fit.

A number said in decades is one of years; `tens` is the unit of a reading by which "nearly 20 years" and "four decades" are numbers of tens.
"""

from datetime import date
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.case import NO, OPEN, YES
from timeline.claims.model import CLOSE, NO_LESS, NONE_WITHIN, TO_MONTH
from timeline.dates import day_after

if TYPE_CHECKING:
    from timeline.claims.model import Claim


def measure_words(claim: "Claim") -> str:
    hedge = {
        "nearly": "nearly ",
        "more-than": "more than ",
        "just-over": "just over ",
        "about": "about ",
        "under": "less than ",
        "within": "within ",
        "exactly": "exactly ",
        TO_MONTH: "exactly ",
    }
    words = "".join(hedge.get(name, "") for name in sorted(claim.hedges))
    return words + length_words(claim)


def length_words(claim: "Claim") -> str:
    """`16 years`, `1 month`."""
    unit = measure_unit(claim)
    return f"{claim.number:g} {unit if claim.number != 1 else unit.removesuffix('s')}"


def measure_unit(claim: "Claim") -> str:
    return "years" if claim.unit in ("decades", "tens") else claim.unit


DAYS_A_MONTH = 30
MONTHS_IN = {"years": 12, "decades": 12, "tens": 12, "months": 1}


class Test(NamedTuple):
    truth: bool | None
    rounded: bool = False
    fits: tuple[str, ...] = ()
    reason: str = ""


def measured(claim: "Claim", start: int, end: int) -> Test:
    """Whether the time from one day to another is what a claim says, by the rules of semantics §8."""
    return _measured(Size(claim.number, claim.unit), claim.hedges, start, end)


@lru_cache(maxsize=4096)  # what would flip a claim asks for the same days again
def _measured(size: "Size", hedges: frozenset[str], start: int, end: int) -> Test:
    under, over = size.less_than(start, end), not size.less_than(start, end)
    short, long = size.too_much_for(start, end), not size.step(1).less_than(start, end)
    if CLOSE in hedges:
        short = short or size.share(0.75).less_than(start, end)
        long = long or ("about" in hedges and not size.share(1.5).less_than(start, end))
    if hedges & {"exactly", TO_MONTH}:
        return _exactly(size, hedges, start, end)
    if NONE_WITHIN in hedges:
        return _none_within(size, start, end)
    if NO_LESS in hedges:
        half = size._replace(number=size.number - size.precision / 2)
        return Test(NO, reason="short") if half.less_than(start, end) else Test(YES, rounded=under)
    if "just-over" in hedges:
        return Test(
            over and not long,
            fits=("just over",) if over and not long else (),
            reason="" if over and not long else "long" if long else "short",
        )
    if "more-than" in hedges or "at-least" in hedges:
        return Test(over, fits=("at least",) if over else (), reason="" if over else "short")
    if "under" in hedges or "within" in hedges:
        return Test(
            under or size.exactly(start, end),
            fits=("at most",) if under else (),
            reason="" if under else "long",
        )
    if "nearly" in hedges:
        near = under and not short
        return Test(
            near,
            near and size.unit == "tens",
            ("nearly",) if near else (),
            reason="" if near else "short" if short else "long",
        )
    if long and size.rounds_down(start, end):
        return Test(truth=True, rounded=True, fits=conventions(size.number, "tens", start, end))
    if short or long:
        return Test(truth=False, reason="short" if short else "long")
    return Test(
        truth=True,
        rounded=size.unit == "tens" or not size.floors(start, end),
        fits=conventions(size.number, size.unit, start, end),
    )


def _exactly(size: "Size", hedges: frozenset[str], start: int, end: int) -> Test:
    """Whether a time is as long to the day; or, of years, by less than a month longer or shorter."""
    least, most = size.due(start), size.due(start)
    if TO_MONTH in hedges:
        months = size.number * MONTHS_IN[size.unit]
        least, most = Size(months - 1, "months").due(start) + 1, Size(months + 1, "months").due(start) - 1
    if least <= end <= most:
        return Test(truth=True, fits=("exactly",))
    return Test(truth=False, reason="short" if end < least else "long")


def _none_within(size: "Size", start: int, end: int) -> Test:
    """Whether none came in a time that ends on a day: no rounding, but one missed by a day is left open (night arrivals, time zones)."""
    if not size.less_than(start, end):
        return Test(YES)
    return Test(NO if size.less_than(start - 1, end) else OPEN, reason="short")


def no_shorter(claim: "Claim", start: int, end: int) -> Test:
    """Whether a time is as long as a claim says, exactly or when rounded."""
    size = Size(claim.number, claim.unit)
    if not size.less_than(start, end):
        return Test(truth=True)
    far = CLOSE in claim.hedges and size.share(0.75).less_than(start, end)
    if far or size.too_much_for(start, end) or claim.hedges & {"more-than", "at-least", "just-over"}:
        return Test(truth=False, reason="short")
    return Test(truth=True, rounded=not claim.hedges & {"nearly", "about"})


class Size(NamedTuple):
    """A time of so many years, months, weeks or days. What is less than a month of a number is reckoned at 30 days a month."""

    number: float
    unit: str

    def due(self, start: int) -> int:
        if (months := MONTHS_IN.get(self.unit)) is None:
            return start + ceil(self.number * (7 if self.unit == "weeks" else 1))
        whole, rest = divmod(round(self.number * months * DAYS_A_MONTH), DAYS_A_MONTH)
        return day_after(start, whole) + rest

    def less_than(self, start: int, end: int) -> bool:
        return end < self.due(start)

    def exactly(self, start: int, end: int) -> bool:
        return end == self.due(start)

    def step(self, sign: int) -> "Size":
        """One unit more or less. What is rounded to tens may be a fifth less, at most five years (of a century, twenty), and less than ten more."""
        size = self.precision
        if self.unit == "tens":
            less = min(5 if self.number < 100 else 20, self.number / 5)
            size = less if sign < 0 else 10 if not self.number % 10 else 5
        return Size(self.number + sign * size, self.unit)

    def too_much_for(self, start: int, end: int) -> bool:
        """Whether a time is too short to be rounded up to this: shorter by a whole unit, or not even half as long."""
        less = self.step(-1)
        return less.less_than(start, end) or less.exactly(start, end) or self.share(0.5).less_than(start, end)

    def rounds_down(self, start: int, end: int) -> bool:
        """Whether a time is of so many whole decades, and nearer to them than to one more."""
        return (
            self.unit == "decades"
            and not self.number % 10
            and self._replace(number=self.number + 5).less_than(start, end)
        )

    def share(self, part: float) -> "Size":
        return self._replace(number=self.number * part)

    @property
    def leaves_no_room(self) -> bool:
        """Whether what is rounded up to it is never more than a quarter less."""
        return self.step(-1).number >= self.number * 0.75

    @property
    def precision(self) -> float:
        """To what a number is given: whole ones, halves (6.5 is rounded to the nearest half), or tenths."""
        return next(size for size in (1, 0.5, 0.1) if size == 0.1 or not self.number % size)

    def floors(self, start: int, end: int) -> bool:
        return not self.less_than(start, end) and self.step(1).less_than(start, end)


def conventions(number: float, unit: str, start: int, end: int) -> tuple[str, ...]:
    """The ways of counting years (or months), whole or half, by which the time between two days comes to a number."""
    size, years = Size(number, unit), unit != "months"
    if unit in ("days", "weeks", "tens"):
        return ("floor",) if size.floors(start, end) else ("nearest",)
    found = []
    if size.floors(start, end):
        found.append("floor")
    half = size.precision / 2
    if Size(number - half, unit).due(start) <= end < Size(number + half, unit).due(start):
        found.append("nearest")
    if size.step(-1).due(start) < end <= size.due(start):
        found.append("ceiling")
    a, b = date.fromordinal(start), date.fromordinal(end)
    difference = b.year - a.year if years else (b.year - a.year) * 12 + b.month - a.month
    if difference == number:
        found.append("calendar years" if years else "calendar months")
    return tuple(found)
