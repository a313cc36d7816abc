"""`gap`: how long between consecutive visits, the rank of each gap, and the one still open."""

from functools import partial
from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Block, Blocks, Column, Facts, Grid, Heading, Line
from timeline.answers.events import cited, days_text, few, left_out, unsaid_words
from timeline.coverage import overlaps
from timeline.dates import NEVER_AFTER, iso, length_text
from timeline.lengths import tie_words
from timeline.query import in_scope, select, unsaid
from timeline.scope import noun_for, scope_line, scope_values
from timeline.series import presumed_words
from timeline.text import both, date_text, day_text, either, names, ordinal, period_text, plural, several, with_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.gaps import Gap, Series
    from timeline.model import Event, Person, Store
    from timeline.query import Query
    from timeline.series import Cut, Measured

KEYS = "series from_id from_date to_id to_date basis days_least days_most text rank_least rank_most open covered approximate may_be_first rivals near_complete from_support to_support".split()
COLUMNS = (
    Column("Visit", style="date"),
    Column("By", least=11, style="strong"),
    Column("After", style="date", worth=7),
    Column("", least=11, worth=3, below="after"),
    Column("Gap", right=True, worth=8),
    Column("Days", right=True, worth=5),
    Column("Rank", right=True, worth=6),
    Column("", worth=2),
)
GAP = 4  # the column of the gap itself
BARS = 12
FEW = 10  # so many remarks on single gaps, the rest in one
CITED = 1  # sources named of a visit
IN_OFFICE = "the last known day in an office that the record is complete for"
UNCLAIMED = "no coverage statement says it is complete since then"

BASES = {
    "arrivals": "counted from the start of one {} to the start of the next",
    "absence": "counted from the end of one {}, which where it is not on record is at the latest the start of the next, to the start of the next",
}


def gap_answer(found: "Sequence[Measured]", query: "Query", store: "Store", cut: "Cut", as_of: int) -> Answer:
    """The gaps of each series with the one still open, and what the record covers of them."""
    shown = [cut.shown(one.series) for one in found]
    rows: list[dict[str, Any]] = []
    for one, gaps in zip(found, shown, strict=True):
        rows += [row(gap) for gap in gaps]
        if one.still_open is not None and cut.long_enough(one.still_open):
            rows.append(row(one.still_open))
    remarks = [] if found else [f"no {several(noun_for(query.types))} in this scope, so no gaps"]
    if later := select([e for e in store.events if e.date.start.earliest > as_of], query, store.vocabulary):
        remarks.append(left_out(later, noun_for(query.types), as_of))
    if perhaps := _perhaps(found, query, store, as_of):
        remarks.append(unsaid_words(perhaps))
    return Answer(
        "gap",
        rows,
        Blocks(lambda: _blocks(found, shown, query, store, cut)),
        scope_values(query) | {"basis": cut.basis, "by": cut.by},
        {"series": [_summary(one) for one in found], "unsaid": [event.id for event in perhaps]},
        iso(as_of),
        tuple(remarks),
        keys=tuple(KEYS),
    )


def _blocks(
    found: "Sequence[Measured]", shown: "Sequence[Sequence[Gap]]", query: "Query", store: "Store", cut: "Cut"
) -> "Iterator[Block]":
    noun = noun_for(query.types)
    yield Line(f"{scope_line(query, store.vocabulary, BASES[cut.basis].format(noun))}.", "dim")
    asked = partial(_asked, query=query, store=store, cut=cut)
    for one, gaps in zip(found, shown, strict=True):
        yield from _Section(one, cut, gaps, asked).blocks()
    if found:
        more = f"All sources of {with_article(noun)}: timeline show ID."
        yield Line(f"Ids: timeline list with the same filters. {more}", "dim")


def _perhaps(found: "Sequence[Measured]", query: "Query", store: "Store", as_of: int) -> "list[Event]":
    """The visits of which the record does not say whether they are in the scope, in directions in which none is known to be."""
    known = [e for e in store.events if e.date.start.earliest <= as_of]
    directions = {event.direction for one in found for event in one.series.visits}
    return [e for e in unsaid(known, query, store.vocabulary) if e.direction not in directions]


def row(gap: "Gap") -> dict[str, Any]:
    later = gap.later
    return {
        "series": gap.series,
        "from_id": gap.earlier.id,
        "from_date": gap.earlier.date.text,
        "to_id": later.id if later else None,
        "to_date": later.date.text if later else None,
        "basis": gap.basis,
        "days_least": gap.days.least,
        "days_most": gap.days.most,
        "text": gap.text,
        "rank_least": gap.rank[0] or None,
        "rank_most": gap.rank[1] or None,
        "open": gap.open,
        "covered": gap.covered,
        "approximate": gap.approximate,
        "may_be_first": not gap.certain,
        "rivals": [event.id for event in gap.rivals],
        "near_complete": gap.near,
        "from_support": gap.earlier.support,
        "to_support": later.support if later else None,
    }


def _summary(one: "Measured") -> dict[str, Any]:
    series, cover = one.series, one.cover
    longest, median = series.longest, series.median
    return {
        "series": series.name,
        "visits": len(series.visits),
        "gaps": series.gap_count,
        "longest": longest.later.id if longest and longest.later else None,
        "median_days_least": median[0] if median else None,
        "median_days_most": median[1] if median else None,
        "covered": series.covered,
        "covered_until": iso(cover.until) if cover.used else None,
        "coverage": [statement.id for statement in cover.used],
        "near_complete": [statement.id for statement in one.near],
        "unsaid": [event.id for event in one.unsaid],
    }


def _asked(event: "Event", series: "Series", query: "Query", store: "Store", cut: "Cut") -> "list[Person]":
    """Whose visit it is in this scope: who fits it, or the person whose series it is."""
    if cut.by == "person":
        return [person for person in event.people if person.name == series.name]
    return in_scope(event, query, store.vocabulary)


class _Section:
    """What is told of one series."""

    def __init__(
        self, one: "Measured", cut: "Cut", shown: "Sequence[Gap]", asked: "Callable[[Event, Series], list[Person]]"
    ) -> None:
        self.one, self.series, self.cut, self.shown, self.asked = one, one.series, cut, shown, asked
        self.noun = noun_for(event.type for event in self.series.visits)

    def blocks(self) -> list[Block]:
        series = self.series
        counts = [(len(series.visits), self.noun), (series.gap_count, "gap")]
        told = ", ".join(plural(count, noun) for count, noun in counts if count)
        blocks: list[Block] = [Heading(f"{series.name}: {told}")]
        if self.shown:
            longest = max(gap.days.most or gap.days.least for gap in series.gaps) or 1
            rows = tuple(self._cells(gap, longest) for gap in self.shown)
            marks = {i: "long" for i, gap in enumerate(self.shown) if gap.rank == (1, 1) and len(series.gaps) > 1}
            blocks.append(Grid(_columns(self.noun), rows, marks, marked=GAP))
        elif len(series.visits) == 1:
            blocks.append(Line(f"One {self.noun}, so no gap: {self._name(series.visits[0])}."))
        elif self.cut.least:
            blocks.append(Line(f"No gap between two {several(self.noun)} is as long as {length_text(self.cut.least)}."))
        blocks.append(Facts(tuple(self._totals())))
        blocks += [Line(line, "warn") for line in self._remarks()]
        if facts := tuple(self._cited()):
            blocks += [Heading("Sources", 3), Facts(facts)]
        return blocks

    def _cells(self, gap: "Gap", longest: int) -> tuple[str, ...]:
        later = gap.later or gap.earlier
        size = round(BARS * (gap.days.most or gap.days.least) / longest)
        return (
            date_text(later.date) + _star(later),
            self._who(later),
            date_text(gap.earlier.date) + _star(gap.earlier),
            self._who(gap.earlier),
            gap.text,
            _days(gap),
            rank_text(gap),
            "━" * size,
        )

    def _who(self, event: "Event") -> str:
        return names(event, self.asked(event, self.series))

    def _name(self, event: "Event") -> str:
        return f"{self._who(event)}, {date_text(event.date)}{_star(event)}"

    def _told(self, gap: "Gap") -> str:
        text = f"{gap.text}, {self._name(gap.earlier)}"
        return text if gap.later is None else f"{text} → {self._name(gap.later)}"

    def _totals(self) -> "Iterator[tuple[str, str]]":
        series = self.series
        longest = series.longest
        if series.gaps and (len(series.gaps) == 1 or series.gaps[-1] is not longest):
            yield "latest", self._told(series.gaps[-1])
        if longest and len(series.gaps) > 1:
            tie = tie_words(series.ties)
            told = f"{self._told(longest)} ({tie})" if tie else self._told(longest)
            yield ("latest and longest" if longest is series.gaps[-1] else "longest"), told
        if (median := series.median) and len(series.gaps) > 1:
            yield "median", _median_text(*median, covered=series.covered)
        if self.one.still_open is not None:
            yield f"at {day_text(self.one.day)}", self._open_text(self.one.still_open)

    def _open_text(self, gap: "Gap") -> str:
        """The gap still open in words: exact inside coverage, otherwise its bounds and what is missing."""
        cover = self.one.cover
        since = f"since {self._name(gap.earlier)}{_unended(gap)}"
        if self.one.ended:
            since += f"; {self.one.ended} ended then"
        if gap.covered:
            known = "only near complete, so a visit may be missing," if gap.near else "complete"
            return f"{gap.text} {since} (the record is {known} to {day_text(cover.until)})"
        elapsed = gap.elapsed.text
        covers = cover.used and (cover.until > gap.longest.start or cover.in_office)
        last = max(event.date.start.earliest for event in self.series.visits)
        if later := [e for e in self.one.unsaid if e.date.start.latest > last]:
            more = f", and none came after {day_text(cover.until)}" if covers else f", and {UNCLAIMED}"
            counted = f"if {few(later)} did not count, of which the record does not say enough"
            return f"{elapsed} {since}, {counted}{'' if cover.complete else more}"
        if not covers:
            return f"{elapsed} {since}, unless there was one that the record misses: {UNCLAIMED}"
        none = (
            f"if none came after {day_text(cover.until)}, {IN_OFFICE if cover.in_office else 'where the record ends'}"
        )
        return (
            f"at least {gap.least_text} {since}; {elapsed} {none}" if gap.days.least else f"{elapsed} {since}, {none}"
        )

    def _remarks(self) -> "Iterator[str]":
        """What the gaps shown hang on: days that the record does not cover, and coarse dates."""
        series = self.series
        if not series.covered:
            count = min(series.gap_count, sum(not gap.covered for gap in series.gaps))
            yield (
                f"at most: the record does not claim to have every {self.noun} in {count} of {plural(series.gap_count, 'gap')}, "
                f"so each of these, and the median, may be shorter, and ranks are among the {several(self.noun)} recorded."
            )
        if self.one.unsaid:
            yield unsaid_words(self.one.unsaid)
        if self.one.near:
            yield self._near_words()
        if self.one.still_open and self.one.cover.presumed:
            yield f"{presumed_words(self.one.cover)}."
        if any(gap.approximate for gap in (*self.shown, *filter(None, [self.one.still_open]))):
            loose = [e for e in series.visits if e.date.approximate or e.date.uncertain]
            yield f"Approximate or uncertain dates: {few(loose)}. What is reckoned from them may lie outside the days given."
        if any(_star(event) for event in self._named_visits()):
            yield "* rests on memory or on sources that disagree (timeline show ID)."
        if series.gap_count < len(series.gaps):
            first = either(gap.later.id for gap in series.gaps if gap.later and not gap.certain)
            rows = plural(len(series.gaps), "row")
            yield f"Which {self.noun} was the first, coarse dates do not say ({first}), so {rows} stand for {plural(series.gap_count, 'gap')}."
        notes = [line for gap in self.shown if (line := _doubt(gap))]
        yield from notes[:FEW]
        if len(notes) > FEW:
            yield f"… and {len(notes) - FEW} more gaps that depend on how coarse dates are read."

    def _near_words(self) -> str:
        """For which days that matter here the record is only near complete, and which statements say so."""
        resting = [gap.known for gap in self.one.gaps if gap.near]
        spans = [span for span in self.one.only_near if any(overlaps([span], *stretch) for stretch in resting)]
        when = both(period_text(span) for span in spans)
        record = f"{when[:1].upper()}{when[1:]} the record" if when else "The record"
        return f"{record} is only near complete ({both(s.id for s in self.one.near)}): a visit may be missing."

    def _named_visits(self) -> "Sequence[Event]":
        """The visits that the table and the facts below it name."""
        gaps = [*self.shown, self.series.longest, *self.series.gaps[-1:], self.one.still_open]
        ends = [event for gap in gaps if gap for event in (gap.earlier, gap.later) if event]
        return ends or self.series.visits

    def _cited(self) -> "Iterator[tuple[str, str]]":
        """The sources of the visits at both ends of the latest gap and of the longest, or of the only visit."""
        series = self.series
        gaps = [gap for gap in (series.longest, *series.gaps[-1:]) if gap and gap.later]
        visits = {e.id: e for gap in gaps for e in (gap.earlier, gap.later) if e} or {e.id: e for e in series.visits}
        for event in sorted(visits.values(), key=lambda event: event.order):
            yield from cited(event, CITED)


def _columns(noun: str) -> tuple[Column, ...]:
    if noun == "visit":
        return COLUMNS
    what, who, *rest = COLUMNS
    return (what._replace(head="Event"), who._replace(head="Who or what"), *rest)


def _unended(gap: "Gap") -> str:
    """That an end is not on record, where by absence that leaves open how long a gap still open is."""
    if gap.basis == "arrivals" or gap.shortest.start < gap.longest.end:
        return ""
    unended = [event for event in gap.may_precede if event.date.end.latest == NEVER_AFTER]
    if unended == [gap.earlier]:
        return ", whose end is not on record"
    return f" (the end of {few(unended)} is not on record)" if unended else ""


def _star(event: "Event") -> str:
    return "" if event.support == "confirmed" else " *"


def rank_text(gap: "Gap") -> str:
    best, worst = gap.rank
    return ordinal(best) if best == worst else f"{ordinal(best)}–{ordinal(worst)}"


def _days(gap: "Gap") -> str:
    """The days, or at most how many where the record may lack a visit in between."""
    return days_text(gap.days) if gap.covered else "" if gap.days.most is None else f"{gap.days.most:,}"


def _median_text(least: float, most: float | None, *, covered: bool) -> str:
    """`122.5 days`, `120–124 days`; `at most 124 days` where the record may lack visits."""
    if most is None:
        return f"{_number(least)} days or more" if covered else "not known"
    if not covered:
        return f"at most {_number(most)} days"
    return f"{_number(least)} days" if least == most else f"{_number(least)}–{_number(most)} days"


def _number(days: float) -> str:
    return f"{days:,.1f}".removesuffix(".0")


def _doubt(gap: "Gap") -> str:
    """What the bounds of a gap hang on, where they are wide or its first visit may be another."""
    if gap.later is None or (not gap.rivals and gap.certain):
        return ""
    before = both([gap.earlier.id, *(event.id for event in gap.rivals)])
    first = "" if gap.certain else ", or it was the first"
    return f"{gap.later.id}: which came before it depends on coarse dates ({before}{first})."
