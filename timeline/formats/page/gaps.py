"""The gaps of a lane as bars with names: the longest ones, and the one that is still open."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from timeline.coverage import within
from timeline.dates import NEVER_BEFORE, full_years, rough_text
from timeline.gaps import by_length
from timeline.text import day_text, ordinal, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.dates import Days, Span
    from timeline.gaps import Gap
    from timeline.series import Measured

MOST_BARS = 16  # of a lane, the longest; shorter gaps are seen as what they are, the space between two marks


class Bar(NamedTuple):
    """A gap to draw, from one day to another (ordinals): surely so long (`sure`), or perhaps (`whole`).

    `label` names it in full years, `span` from which year to which; `short` is for where these have no room, `text` exact, `rank` its place among
    all gaps of the lane. `later` is empty for the gap still open. `covered` is false where the record may lack a visit in between; `near` where it has all of
    them only by a statement that says near complete.
    """

    earlier: str
    later: str
    sure: tuple[int, int]
    whole: tuple[int, int]
    label: str
    span: str
    short: str
    text: str
    rank: str
    longest: bool
    covered: bool
    near: bool


class Neighbour(NamedTuple):
    """The visit before or after another: how long between the two, in words, and which it is; no id where there is none after it."""

    words: str
    id: str


def bars(one: "Measured", surely: "tuple[Span, ...]") -> tuple[Bar, ...]:
    """The longest gaps of a series in the order of time, then the one still open.

    `surely` are the days for which the record says complete, and not near complete only.
    """
    gaps = by_length(one.series.gaps)[:MOST_BARS]
    alike = Counter(gap.days for gap in one.series.gaps)
    found = [
        _bar(gap, _rank(gap, len(one.series.gaps), alike), longest=gap is gaps[0], near=_near(gap, surely))
        for gap in gaps
        if gap.days.most
    ]
    if one.still_open and one.still_open.days.most:
        found.append(_open(one.still_open, one))
    return tuple(sorted(found, key=lambda bar: bar.sure))


def _near(gap: "Gap", surely: "tuple[Span, ...]") -> bool:
    return gap.covered and not within(surely, *gap.longest)


def _bar(gap: "Gap", rank: str, *, longest: bool, near: bool) -> Bar:
    later = gap.later or gap.earlier
    return Bar(
        gap.earlier.id,
        later.id,
        gap.shortest,
        _whole(gap),
        _label(gap),
        f"{years_text(gap.earlier.date.start)} → {years_text(later.date.start)}",
        _short(gap),
        gap.text,
        rank,
        longest,
        gap.covered,
        near,
    )


def _open(gap: "Gap", one: "Measured") -> Bar:
    text = gap.text
    short = rough_text(*gap.shortest) if gap.days.exact else text
    until = f"to the end of {one.ended}, {day_text(one.day)}" if one.ended else f"to {day_text(one.day)}"
    span = f"since {years_text(gap.earlier.date.start)}"
    return Bar(gap.earlier.id, "", gap.shortest, gap.longest, text, span, short, text, until, longest=False, covered=gap.days.exact, near=gap.covered and bool(one.cover.near))  # fmt: skip


def _whole(gap: "Gap") -> tuple[int, int]:
    start, end = gap.longest
    return (gap.earlier.date.start.earliest if start == NEVER_BEFORE else start, end)


def _label(gap: "Gap") -> str:
    """`16-year gap`, in completed years; months and days where there is none."""
    if gap.days.most is None:
        return f"gap of {gap.text}"
    if not gap.covered:
        return f"gap of at most {rough_text(*gap.longest)}"
    least, most = (full_years(*gap.shortest) if gap.shortest.days else 0), full_years(*gap.longest)
    if least == most:
        return f"{most}-year gap" if most else f"gap of {gap.text}"
    return f"{least}–{most}-year gap"


def _short(gap: "Gap") -> str:
    if not gap.covered:
        return f"≤ {rough_text(*_whole(gap))}"
    return rough_text(*gap.shortest) if gap.days.exact else gap.text


def _rank(gap: "Gap", count: int, alike: "Counter[Days]") -> str:
    best, worst = gap.rank
    if count < 2 or not best:
        return ""
    if best == worst:
        tied = f", one of {alike[gap.days]} as long" if gap.days.exact and alike[gap.days] > 1 else ""
        return f"the {ordinal(best) + ' ' if best > 1 else ''}longest of {count}{tied}"
    return f"the {ordinal(best)} to {ordinal(worst)} longest of {count}"


def neighbours_of(series: "Iterable[tuple[Measured, tuple[Span, ...]]]") -> dict[str, tuple[Neighbour, ...]]:
    """For each visit the gap before it and the one after it in its lane. Each series comes with the days as in `bars`."""
    found: dict[str, list[Neighbour]] = {}
    for one, surely in series:
        for gap in (*one.series.gaps, *filter(None, [one.still_open])):
            before, after = gap.earlier, gap.later
            if after is None:
                words = f"{gap.text} to {day_text(gap.longest.end)} without another"
                found.setdefault(before.id, []).append(Neighbour(words, ""))
                continue
            known = f"{gap.text} (near complete only)" if _near(gap, surely) else gap.text
            found.setdefault(after.id, []).insert(0, Neighbour(f"{known} after", before.id))
            found.setdefault(before.id, []).append(Neighbour(f"{known} before", after.id))
    return {key: tuple(value) for key, value in found.items()}
