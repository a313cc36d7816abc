"""The gaps of each series as one expression: the rule of `timeline.gaps` and `timeline.stretches` in windows and joins.

A place is a pair (day, number of the visit) in one integer, `day * PLACE + number`, so that places compare as pairs do. A knot is a run of visits whose
order coarse dates leave open: what may come right before a visit lies in its own knot or in the one before, so visits are paired there and nowhere else.
Dates have no alternatives here. Then a visit may come last before another unless one on an exact day is sure to part them (`_pairs`).

Rows are doubled by `unnest` and not by unions: engines other than DuckDB reckon a table anew each time that it is named.
"""

from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.extras import library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.engines.tables import Table
    from timeline.stretches import Basis

PLACE = (
    1 << 30
)  # more visits than a series has; days times this are exact in floating point too, in which some engines divide
OWN = "series number open earliest latest sure sure_day sure_end before id date support".split()
OTHER = "series number knot earliest latest end_earliest end_latest first last exact followed id date".split()
TOLD = "series number open near_start near_end far_start far_end certain rivals f_earliest f_latest f_id".split()
RANKED = "rank_least rank_most gaps".split()


def gaps(visits: "Table", basis: "Basis", until: int, longest: int = 0) -> "Table":
    """One row a gap, of each series the one still open last, in the order of `timeline gap`. `longest` keeps so many of each series, all of them ranked.

    `visits` has the columns of `timeline.engines.tables`, the series of each visit, and the day on which its states
    `ended`; a gap is open on that, or on `until` where that is before.
    """
    visits = _numbered(visits)
    points = _placed(_with_open(visits, until), basis)
    return _told(_kept(_ranked(_bounded(points, points, basis)), longest), visits, RANKED)


def still_open(visits: "Table", until: int) -> "Table":
    """Of each series the gap that is still open, from start to start: as by `gaps`, without the others and their ranks."""
    visits = _numbered(visits)
    points = _placed(_with_open(visits, until), "arrivals")
    found = _bounded(points.filter(points.open), points, "arrivals")
    return _told(found.mutate(certain=found.sure.notnull()), visits, ())


def _numbered(visits: "Table") -> "Table":
    ibis = library("ibis", "scale")
    order = ibis.window(group_by="series", order_by=["earliest", "latest", "id"])
    return visits.mutate(number=ibis.row_number().over(order))


def _bounded(own: "Table", points: "Table", basis: "Basis") -> "Table":
    """Of some of the points the shortest and the longest stretch before each."""
    ibis = library("ibis", "scale")
    pairs = _pairs(own, points)
    near = _longest(pairs, basis)
    found = _shortest(pairs, basis).left_join(near, ["series", "number"])
    return found.mutate(
        far_start=ibis.coalesce(found.far_start, ibis.least(found.sure_day, found.latest)),
        far_end=ibis.coalesce(found.far_end, found.latest),
    )


def part(visits: "Table", number: int, parts: int) -> "Table":
    """One of some parts of about the same size: whole series, which have nothing to do with each other."""
    return visits.filter((visits.series.hash() % parts).abs() == number) if parts > 1 else visits


def _twice(table: "Table", name: str) -> "Table":
    """Each row with 0, and with 1, in one more column."""
    ibis = library("ibis", "scale")
    return table.mutate(ibis.array([0, 1]).unnest().name(name))


def last_day(visits: "Table", until: int) -> Any:
    """The last day of the gap still open after a series."""
    ibis = library("ibis", "scale")
    ended = visits.ended.max().over(ibis.window(group_by="series"))
    return ibis.least(ibis.coalesce(ended, until), until).cast("int64")


def _with_open(visits: "Table", until: int) -> "Table":
    """The visits, and after the last of each series one that would begin on the last day of the gap still open."""
    ibis = library("ibis", "scale")
    series = ibis.window(group_by="series")
    count = visits.count().over(series)
    visits = _twice(
        visits.mutate(count=count, day=last_day(visits, until), last=visits.earliest.max().over(series)), "extra"
    )
    is_open = visits.extra == 1
    visits = visits.mutate(open=is_open).filter(
        ~is_open | ((visits.number == visits["count"] - 1) & (visits["last"] <= visits.day))
    )
    days = ("earliest", "latest", "end_earliest", "end_latest")
    return visits.mutate(
        number=visits.open.ifelse(visits["count"], visits.number),
        **{name: visits.open.ifelse(visits.day, visits[name]) for name in days},
    )


def _placed(visits: "Table", basis: "Basis") -> "Table":
    """The visits as places, in knots, with the number of the one that most plausibly comes before, and what holds of those that lie before in every reading.

    `sure` is the last of their first places, `sure_day` the day from which the longest gap counts, `sure_end` their last known end.
    """
    ibis = library("ibis", "scale")
    order = ibis.window(group_by="series", order_by="number")
    past = ibis.window(group_by="series", order_by="number", rows=(None, -1))
    points = visits.mutate(
        first=visits.earliest * PLACE + visits.number,
        last=visits.latest * PLACE + visits.number,
        out=visits.end_earliest * PLACE + visits.number,
        exact=(visits.earliest == visits.latest) & ~visits.open,
    )
    next_day = points.exact.ifelse(points.earliest, -1).lead().over(order)
    points = points.mutate(
        reach=points["last"].max().over(past),
        before=points.number - 1 if basis == "arrivals" else points.out.max().over(past) % PLACE,
        exact_before=ibis.coalesce(points["first"].max(where=points.exact).over(past), -1),
        followed=ibis.coalesce(next_day == points.earliest, False),
    )
    so_far = ibis.cumulative_window(group_by="series", order_by="number")
    begins = points.reach.isnull() | (points.reach < points["first"])
    points = _twice(points.mutate(knot=begins.cast("int64").sum().over(so_far)), "added")
    points = points.filter((points.added == 0) | ~points.open)
    points = points.mutate(at=(points.added == 1).ifelse(points["last"], points["first"]))
    added = points.added == 1
    swept = ibis.cumulative_window(group_by="series", order_by=["at", "added"])
    known = (points.end_latest == NEVER_AFTER).ifelse(points.latest, points.end_latest)
    points = points.mutate(
        sure=points["first"].max(where=added).over(swept),
        sure_day=points[_day(basis)].max(where=added).over(swept),
        sure_end=known.max(where=added).over(swept),
    )
    return points.filter(points.added == 0)


def _day(basis: "Basis") -> str:
    return "earliest" if basis == "arrivals" else "end_earliest"


def _pairs(own: "Table", points: "Table") -> "Table":
    """Each of some visits with those of all that may lie right before it, or of which the reading decides whether they lie before it.

    `near`: the reading decides. `lag`: how many days later the one must begin to come after the other. `meets`: in some reading the other is the last before,
    and then the one begins on `met` at the earliest. On neighbouring days only a visit on an exact day, between the two in order, can part them.
    """
    ibis = library("ibis", "scale")
    own = _twice(own.select(*OWN, "first", "last", "exact_before", "knot"), "back")
    others = points.filter(~points.open)
    others = others.select(**{f"o_{name}": others[name] for name in OTHER})
    pairs = own.join(
        others,
        [
            own.series == others.o_series,
            own.knot - own.back == others.o_knot,
            own.number != others.o_number,
            others.o_first < own["last"],
            own.sure.isnull() | ((others.o_latest + 1) * PLACE > own.sure),
        ],
    )
    later = pairs.o_number > pairs.number
    parted = pairs.earliest * PLACE + pairs.o_number < pairs.exact_before
    meeting = pairs.o_latest >= pairs.earliest
    only_then = ibis.least(pairs.latest, pairs.o_latest) == pairs.earliest
    before = meeting.ifelse(~(only_then & parted), pairs.sure <= pairs.o_last)
    return pairs.mutate(
        near=pairs.o_last > pairs["first"],
        lag=later.cast("int64"),
        meets=later.ifelse(~(pairs.o_exact & pairs.o_followed), before),
        met=later.ifelse(pairs.o_earliest + 1, pairs.earliest + (meeting & parted).cast("int64")),
    )


def _shortest(pairs: "Table", basis: "Basis") -> "Table":
    """Of each visit that may have one before it the shortest stretch, the visit that most plausibly came before, and the others that may have."""
    ibis = library("ibis", "scale")
    if basis == "arrivals":
        day = ibis.greatest(pairs.earliest, ibis.least(pairs.latest, pairs.o_latest + pairs.lag))
        start = ibis.least(pairs.o_latest, day - pairs.lag)
        counts, turn = pairs.meets & (start >= pairs.o_earliest), pairs.o_number
    else:
        day = ibis.greatest(pairs.earliest, pairs.o_earliest + pairs.lag)
        start = ibis.least(pairs.o_end_latest, day)
        counts = pairs.near & (pairs.o_end_latest != NEVER_AFTER) & (day <= pairs.latest)
        turn = PLACE - 1 - pairs.o_number
    pairs = pairs.mutate(day=day, start=start, counts=counts, key=(day - start) * PLACE + turn)
    rival = pairs.meets & ((pairs.number == 0) | (pairs.o_number != pairs.before))
    found = pairs.group_by(OWN).agg(
        last=pairs.o_number.max(where=pairs.meets),
        rivals=ibis.struct({"id": pairs.o_id, "date": pairs.o_date}).collect(where=rival),
        unended=pairs.met.argmin(pairs.o_number, where=pairs.meets & (pairs.o_end_latest == NEVER_AFTER)),
        key=pairs.key.min(where=pairs.counts),
        near_start=pairs.start.argmin(pairs.key, where=pairs.counts),
        near_end=pairs.day.argmin(pairs.key, where=pairs.counts),
    )
    found = found.filter(found["last"].notnull())
    found = found.mutate(before=(found.number == 0).ifelse(found["last"], found.before))
    return found if basis == "arrivals" else _from_known_ends(found)


def _from_known_ends(found: "Table") -> "Table":
    """Nothing where a visit whose end is not known may come last; otherwise also from the last end of the visits sure to lie before."""
    ibis = library("ibis", "scale")
    known = ibis.least(found.sure_end, found.earliest)
    sure = found.sure_end.notnull() & (found.key.isnull() | ((found.earliest - known) * PLACE <= found.key))
    start, end = sure.ifelse(known, found.near_start), sure.ifelse(found.earliest, found.near_end)
    return found.mutate(near_start=ibis.coalesce(found.unended, start), near_end=ibis.coalesce(found.unended, end))


def _longest(pairs: "Table", basis: "Basis") -> "Table":
    """The longest stretch before each visit of which the reading decides what lies before it: to its last day, or to the last before one more is sure to.

    The days are gone through in order: from `turn` on another visit surely lies before this one, from its first day on perhaps; both are steps, the questions too.
    """
    ibis = library("ibis", "scale")
    near = pairs.filter(pairs.near).mutate(ibis.array([0, 1, 2, 3, 4]).unnest().name("step"))
    turn, day, none = near.o_latest + near.lag, near[f"o_{_day(basis)}"], ibis.null("int64")
    steps = near.mutate(
        at=near.step.cases((0, turn), (1, near.o_earliest + near.lag), (2, -1), (3, turn - 1), else_=near.latest),
        asks=near.step >= 3,
        surely=near.step.cases((0, day), (2, near.sure_day), else_=none),
        perhaps=(near.step == 1).ifelse(day, none),
    )
    so_far = ibis.cumulative_window(group_by=["series", "number"], order_by=["at", "asks"])
    steps = steps.mutate(start=ibis.coalesce(steps.surely.max().over(so_far), steps.perhaps.min().over(so_far)))
    steps = steps.filter(steps.asks, steps["at"] >= steps.earliest, steps["at"] <= steps.latest, steps.start.notnull())
    steps = steps.mutate(start=ibis.least(steps.start, steps["at"]))
    steps = steps.mutate(key=(steps.start - steps["at"]) * PLACE + steps["at"])
    return steps.group_by(["series", "number"]).agg(
        far_start=steps.start.argmin(steps.key), far_end=steps["at"].argmin(steps.key)
    )


def _ranked(found: "Table") -> "Table":
    """With the best and the worst rank of each closed gap that the bounds allow, as `timeline.gaps` reckons them."""
    ibis = library("ibis", "scale")
    found = found.mutate(
        least=found.near_end - found.near_start,
        most=(found.far_start == NEVER_BEFORE).ifelse(NEVER_AFTER, found.far_end - found.far_start).cast("int64"),
        certain=found.sure.notnull(),
    )
    found = _twice(found.mutate(doubtful=~found.open & ~found.certain), "upper")
    found = found.mutate(value=(found.upper == 1).ifelse(found.most, found.least))
    series, longer = ibis.window(group_by="series"), _longer(found, 0)
    found = found.mutate(
        longer=longer,
        perhaps=_longer(found, 1),
        gaps=(~found.open & (found.upper == 0)).cast("int64").sum().over(series)
        - found.doubtful.cast("int64").max().over(series),
        doubt=ibis.coalesce(found.least.max(where=found.doubtful).over(series), -1),
    )
    # How many are surely longer stands at the most that it may be, how many perhaps are at the least.
    both = ibis.window(group_by=["series", "number"])
    found = found.mutate(
        surely=found.longer.max(where=found.upper == 1).over(both),
        perhaps=found.perhaps.max(where=found.upper == 0).over(both),
    )
    found = found.filter(found.upper == 0)
    perhaps = found.perhaps - (found.most > found.least).cast("int64")
    return found.mutate(
        rank_least=1 + found.surely - (found.doubt > found.most).cast("int64"),
        rank_most=ibis.least(1 + perhaps, found.gaps),
    )


def _longer(found: "Table", upper: int) -> Any:
    """Of how many closed gaps of the series the least, or the most (`upper`), is more than the value of a row."""
    ibis = library("ibis", "scale")
    counted = (~found.open & (found.upper == upper)).cast("int64")
    from_above = ibis.window(group_by="series", order_by=ibis.desc("value"), range=(None, 0))
    as_long = ibis.window(group_by=["series", "value"])
    return counted.sum().over(from_above) - counted.sum().over(as_long)


def _kept(found: "Table", longest: int) -> "Table":
    if not longest:
        return found
    ibis = library("ibis", "scale")
    days = ibis.desc(found.least + found.far_end - found.far_start)
    length = ibis.window(group_by=["series", "open"], order_by=[days, ibis.desc("near_start"), "number"])
    found = found.mutate(nth=ibis.row_number().over(length))
    return found.filter(found.open | (found.nth < longest))


def _told(found: "Table", visits: "Table", more: "Iterable[str]") -> "Table":
    """With the visits at both ends, series in the order of their first visit."""
    names = ("id", "date", "support")
    earlier = visits.select(e_series="series", e_number="number", **{f"from_{name}": name for name in names})
    first = visits.filter(visits.number == 0)
    first = first.select(f_series="series", f_earliest="earliest", f_latest="latest", f_id="id")
    found = found.join(earlier, [found.series == earlier.e_series, found.before == earlier.e_number])
    found = found.join(first, found.series == first.f_series)
    found = found.order_by("f_earliest", "f_latest", "f_id", "number")
    later = {f"to_{name}": found[name] for name in names}
    return found.select(*TOLD, *more, *(f"from_{name}" for name in names), **later)
