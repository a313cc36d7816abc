"""The gaps of a lane as bars with names: the longest ones, and the one that is still open."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from timeline.gaps import by_length
from timeline.lengths import gap_label, gap_lengths, signed
from timeline.neighbours import neighbours_by_id
from timeline.text import day_text, ordinal, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.dates import Days
    from timeline.gaps import Gap
    from timeline.neighbours import Neighbours
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


def bars(one: "Measured") -> tuple[Bar, ...]:
    """The longest gaps of a series in the order of time, then the one still open."""
    gaps = by_length(one.series.gaps)[:MOST_BARS]
    alike = Counter(gap.days for gap in one.series.gaps)
    found = [
        _bar(gap, _rank(gap, one.series.gap_count, alike), longest=gap is gaps[0]) for gap in gaps if gap.days.most
    ]
    if one.still_open and one.still_open.days.most:
        found.append(_open(one.still_open, one))
    return tuple(sorted(found, key=lambda bar: bar.sure))


def _bar(gap: "Gap", rank: str, *, longest: bool) -> Bar:
    later = gap.later or gap.earlier
    return Bar(
        gap.earlier.id,
        later.id,
        gap.shortest,
        gap.whole,
        gap_label(gap),
        f"{years_text(gap.earlier.date.start)} → {years_text(later.date.start)}",
        _short(gap),
        gap.text,
        rank,
        longest,
        gap.covered,
        gap.near,
    )


def _open(gap: "Gap", one: "Measured") -> Bar:
    text = gap.text
    until = f"to the end of {one.ended}, {day_text(one.day)}" if one.ended else f"to {day_text(one.day)}"
    span = f"since {years_text(gap.earlier.date.start)}"
    return Bar(gap.earlier.id, "", gap.shortest, gap.longest, text, span, _short(gap), text, until, longest=False, covered=gap.days.exact, near=gap.near)  # fmt: skip


def _short(gap: "Gap") -> str:
    """Without the days, if it can be: `16y 0m`, `≤ 2y`."""
    text, *shorter = gap_lengths(gap)
    return signed(next(iter(shorter), text))


def _rank(gap: "Gap", count: int, alike: "Counter[Days]") -> str:
    best, worst = gap.rank
    if count < 2 or not best:
        return ""
    if best == worst:
        tied = f", one of {alike[gap.days]} as long" if gap.days.exact and alike[gap.days] > 1 else ""
        return f"the {ordinal(best) + ' ' if best > 1 else ''}longest of {count}{tied}"
    return f"the {ordinal(best)} to {ordinal(worst)} longest of {count}"


def beside(series: "Iterable[Measured]") -> dict[str, tuple[Neighbour, ...]]:
    """For each visit those before and after it in its lane."""
    near = {key: value for one in series for key, value in neighbours_by_id(one.gaps).items()}
    return {key: tuple(_beside(value)) for key, value in near.items()}


def _beside(near: "Neighbours") -> "Iterator[Neighbour]":
    """The visits before one and after it, each with how long between; where several may be the one, each perhaps."""
    either = {event.id for event in near.either}
    if near.before:
        perhaps = "perhaps " if near.before.rivals else ""
        words = f"{perhaps}{_told(near.before)} after"
        yield from (Neighbour(words, event.id) for event in near.may_precede if event.id not in either)
    yield from (Neighbour("before or after", event.id) for event in near.either)
    words = f"{_told(near.next)} before" if near.next else "perhaps before"
    yield from (Neighbour(words, event.id) for event in near.may_follow if event.id not in either)
    if near.still_open:
        words = f"{_told(near.still_open)} to {day_text(near.still_open.longest.end)} without another"
        yield Neighbour(words, "")


def _told(gap: "Gap") -> str:
    return f"{gap.text} (only near complete)" if gap.near else gap.text
