"""The gaps of each series as one expression: the rule of `timeline.gaps` and `timeline.stretches` in windows and joins.

A place is a pair (day, number of the visit) in one integer, `day * PLACE + number`, so that places compare as pairs do. A knot is a run of visits whose
order coarse dates leave open: what may come right before a visit lies in its own knot or in the one before, so visits are paired there and nowhere else.
Dates without alternatives only: for them whether a visit may come last before another follows from the two and from their neighbours on the same day.
"""

from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.extras import library

if TYPE_CHECKING:
    from timeline.engines.tables import Table
    from timeline.stretches import Basis

PLACE = 1 << 30  # more visits than a series has; with the last day of the calendar still exact where an engine divides in floating point
SELF = "series number open earliest latest sure sure_day sure_end before".split()
EVENT = ("id", "date", "support")


def gaps(visits: "Table", basis: "Basis", longest: int = 0) -> "Table":
    """One row a gap, those still open with `number` after all others, in the order of `timeline gap`. `longest` keeps so many of each series, all of them ranked.

    `visits` has the columns of `timeline.engines.tables` with the series of each visit and the day `until` which its series may be open.
    """
    ibis = library("ibis", "scale")
    within = ibis.window(group_by="series", order_by=["earliest", "latest", "id"])
    visits = visits.mutate(number=ibis.row_number().over(within))
    placed = _knotted(_sure(_placed(visits, basis), basis))
    pairs = _pairs(placed)
    found = _shortest(pairs, basis).left_join(_longest(pairs, basis), ["series", "number"]).drop("series_right", "number_right")
    found = found.mutate(
        far_start=ibis.coalesce(found.far_start, ibis.least(found.sure_day, found.latest)),
        far_end=ibis.coalesce(found.far_end, found.latest),
    )
    return _told(_kept(_ranked(found), longest), visits)


def _placed(visits: "Table", basis: "Basis") -> "Table":
    """The visits of each series as places, then the day on which its last gap is still open, as if one more visit began on it."""
    ibis = library("ibis", "scale")
    columns = ["series", "number", "open", "earliest", "latest", "end_earliest", "end_latest", *EVENT[:2]]
    last = visits.group_by("series").agg(number=visits.count(), last=visits.earliest.max(), day=visits.until.max())
    last = last.filter(last.last <= last.day)
    day = {name: last.day for name in ("earliest", "latest", "end_earliest", "end_latest")}
    nobody = dict.fromkeys(EVENT[:2], ibis.null(str))
    points = ibis.union(
        visits.mutate(open=False).select(columns), last.mutate(**day, **nobody, open=True).select(columns)
    )
    order = ibis.window(group_by="series", order_by="number")
    past = ibis.window(group_by="series", order_by="number", rows=(None, -1))
    points = points.mutate(
        first=points.earliest * PLACE + points.number,
        last=points.latest * PLACE + points.number,
        exact=points.earliest == points.latest,
        out=(points.end_earliest * PLACE + points.number).max().over(past),
    )
    return points.mutate(
        reach=points.last.max().over(past),
        exact_before=ibis.coalesce(points.first.max(where=points.exact).over(past), -1),
        followed=ibis.coalesce((points.exact & ~points.open).lead().over(order) & (points.earliest.lead().over(order) == points.earliest), False),
        before=points.number - 1 if basis == "arrivals" else points.out % PLACE,
    )


def _sure(points: "Table", basis: "Basis") -> "Table":
    """With what holds of the visits that lie before one in every reading: the last of their first places, and the day from which the longest gap counts."""
    ibis = library("ibis", "scale")
    swept = ibis.union(points.mutate(at=points.first, added=0), points.filter(~points.open).mutate(at=points.last, added=1))
    so_far = ibis.cumulative_window(group_by="series", order_by=["at", "added"])
    added = swept.added == 1
    known = (swept.end_latest == NEVER_AFTER).ifelse(swept.latest, swept.end_latest)
    day = swept.earliest if basis == "arrivals" else swept.end_earliest
    swept = swept.mutate(
        sure=swept.first.max(where=added).over(so_far),
        sure_day=day.max(where=added).over(so_far),
        sure_end=known.max(where=added).over(so_far),
    )
    return swept.filter(swept.added == 0).drop("at", "added")


def _knotted(points: "Table") -> "Table":
    ibis = library("ibis", "scale")
    so_far = ibis.cumulative_window(group_by="series", order_by="number")
    begins = points.reach.isnull() | (points.reach < points.first)
    return points.mutate(knot=begins.cast("int64").sum().over(so_far))


def _pairs(points: "Table") -> "Table":
    """Each visit with those that may lie right before it or whose order it depends on; `lag` is how much later it must begin to come after."""
    ibis = library("ibis", "scale")
    own = points.select(*SELF, "first", "last", "exact_before", "knot")
    own = ibis.union(own.mutate(at=own.knot), own.mutate(at=own.knot - 1))
    others = points.filter(~points.open)
    others = others.select(**{
        f"o_{name}": others[name]
        for name in ("series", "number", "knot", "earliest", "latest", "end_earliest", "end_latest", "first", "last", "exact", "followed", *EVENT[:2])
    })  # fmt: skip
    pairs = own.join(
        others,
        [
            own.series == others.o_series,
            own.at == others.o_knot,
            own.number != others.o_number,
            others.o_first < own.last,
            own.sure.isnull() | ((others.o_latest + 1) * PLACE > own.sure),
        ],
    )
    later, parted = pairs.o_number > pairs.number, pairs.earliest * PLACE + pairs.o_number < pairs.exact_before
    meeting = pairs.o_latest >= pairs.earliest
    only_then = ibis.least(pairs.latest, pairs.o_latest) == pairs.earliest
    return pairs.mutate(
        near=pairs.o_last > pairs.first,
        lag=later.cast("int64"),
        meets=later.ifelse(
            ~(pairs.o_exact & pairs.o_followed), meeting.ifelse(~(only_then & parted), pairs.sure <= pairs.o_last)
        ),
        met=later.ifelse(pairs.o_earliest + 1, pairs.earliest + (meeting & parted).cast("int64")),
    )


def _shortest(pairs: "Table", basis: "Basis") -> "Table":
    """The shortest stretch before each visit that may have one before it, the visit that most plausibly did come before, and the others that may have."""
    ibis = library("ibis", "scale")
    if basis == "arrivals":
        day = ibis.greatest(pairs.earliest, ibis.least(pairs.latest, pairs.o_latest + pairs.lag))
        start = ibis.least(pairs.o_latest, day - pairs.lag)
        counts = pairs.meets & (start >= pairs.o_earliest)
        turn = pairs.o_number
    else:
        day = ibis.greatest(pairs.earliest, pairs.o_earliest + pairs.lag)
        start = ibis.least(pairs.o_end_latest, day)
        counts = pairs.near & (pairs.o_end_latest != NEVER_AFTER) & (day <= pairs.latest)
        turn = PLACE - 1 - pairs.o_number
    pairs = pairs.mutate(day=day, start=start, counts=counts, key=(day - start) * PLACE + turn)
    rival = pairs.meets & ((pairs.number == 0) | (pairs.o_number != pairs.before))
    found = pairs.group_by(SELF).agg(
        meets=pairs.meets.any(),
        last=pairs.o_number.max(where=pairs.meets),
        rivals=ibis.struct({"id": pairs.o_id, "date": pairs.o_date}).collect(where=rival),
        unended=pairs.met.argmin(pairs.o_number, where=pairs.meets & (pairs.o_end_latest == NEVER_AFTER)),
        key=pairs.key.min(where=pairs.counts),
        near_start=pairs.start.argmin(pairs.key, where=pairs.counts),
        near_end=pairs.day.argmin(pairs.key, where=pairs.counts),
    )
    found = found.filter(found.meets).mutate(before=(found.number == 0).ifelse(found.last, found.before))
    if basis == "absence":
        found = _from_known_ends(found)
    return found.drop("meets", "last", "unended", "key", "sure_end")


def _from_known_ends(found: "Table") -> "Table":
    """Nothing where a visit whose end is not known may come last; otherwise also from the last end of the visits sure to lie before."""
    ibis = library("ibis", "scale")
    known = ibis.least(found.sure_end, found.earliest)
    sure = found.sure_end.notnull() & (found.key.isnull() | ((found.earliest - known) * PLACE <= found.key))
    start, end = sure.ifelse(known, found.near_start), sure.ifelse(found.earliest, found.near_end)
    return found.mutate(near_start=ibis.coalesce(found.unended, start), near_end=ibis.coalesce(found.unended, end))


def _longest(pairs: "Table", basis: "Basis") -> "Table":
    """The longest stretch before each visit whose place depends on the reading: to its last day, or to the last before one more visit is sure to lie before it."""
    ibis = library("ibis", "scale")
    near = pairs.filter(pairs.near)
    own = ["series", "number", "earliest", "latest"]
    value, none = (near.o_earliest if basis == "arrivals" else near.o_end_earliest), ibis.null("int64")
    once = near.group_by([*own, "sure_day"]).agg(near_count=near.count())
    turn = near.o_latest + near.lag
    steps = ibis.union(
        near.select(*own, at=turn, asks=0, surely=value, perhaps=none),
        near.select(*own, at=near.o_earliest + near.lag, asks=0, surely=none, perhaps=value),
        once.select(*own, at=ibis.literal(-1, "int64"), asks=0, surely=once.sure_day, perhaps=none),
        near.select(*own, at=turn - 1, asks=1, surely=none, perhaps=none),
        once.select(*own, at=once.latest, asks=1, surely=none, perhaps=none),
    )
    so_far = ibis.cumulative_window(group_by=["series", "number"], order_by=["at", "asks"])
    steps = steps.mutate(start=ibis.coalesce(steps.surely.max().over(so_far), steps.perhaps.min().over(so_far)))
    steps = steps.filter(steps.asks == 1, steps.at >= steps.earliest, steps.at <= steps.latest, steps.start.notnull())
    steps = steps.mutate(start=ibis.least(steps.start, steps.at))
    key = (steps.start - steps.at) * PLACE + steps.at
    return steps.group_by(["series", "number"]).agg(far_start=steps.start.argmin(key), far_end=steps.at.argmin(key))


def _ranked(found: "Table") -> "Table":
    """With the best and the worst rank of each closed gap that the bounds allow, as `timeline.gaps` reckons them."""
    ibis = library("ibis", "scale")
    unbounded = found.far_start == NEVER_BEFORE
    found = found.mutate(
        least=found.near_end - found.near_start,
        most=unbounded.ifelse(NEVER_AFTER, found.far_end - found.far_start),
        certain=found.sure.notnull(),
    )
    closed = found.filter(~found.open)
    steps = ibis.union(
        closed.select("series", value=closed.least, a_least=1, a_most=0),
        closed.select("series", value=closed.most, a_least=0, a_most=1),
    )
    steps = steps.group_by(["series", "value"]).agg(leasts=steps.a_least.sum(), mosts=steps.a_most.sum())
    longer = ibis.window(group_by="series", order_by=ibis.desc("value"), rows=(None, -1))
    steps = steps.mutate(longer=steps.leasts.sum().over(longer), may=steps.mosts.sum().over(longer))
    series, doubtful = ibis.window(group_by="series"), ~found.open & ~found.certain
    found = found.mutate(
        gaps=(~found.open).cast("int64").sum().over(series) - doubtful.cast("int64").max().over(series),
        doubt=ibis.coalesce(found.least.max(where=doubtful).over(series), -1),
    )
    surely = steps.select(series_s="series", value_s="value", longer="longer")
    maybe = steps.select(series_m="series", value_m="value", may="may")
    found = found.left_join(surely, [found.series == surely.series_s, found.most == surely.value_s])
    found = found.left_join(maybe, [found.series == maybe.series_m, found.least == maybe.value_m])
    longer_ = ibis.coalesce(found.longer, 0) - (found.doubt > found.most).cast("int64")
    maybe_ = ibis.coalesce(found.may, 0) - (found.most > found.least).cast("int64")
    return found.mutate(rank_least=1 + longer_, rank_most=ibis.least(1 + maybe_, found.gaps))


def _kept(found: "Table", longest: int) -> "Table":
    if not longest:
        return found
    ibis = library("ibis", "scale")
    days = found.least + found.far_end - found.far_start
    length = ibis.window(
        group_by=["series", "open"], order_by=[ibis.desc(days), ibis.desc("near_start"), "number"]
    )
    found = found.mutate(nth=ibis.row_number().over(length))
    return found.filter(found.open | (found.nth < longest))


def _told(found: "Table", visits: "Table") -> "Table":
    """With the visits at both ends, series in the order of their first visit."""
    ibis = library("ibis", "scale")
    of = {
        side: visits.select(**{f"{side}_series": "series", f"{side}_number": "number"}, **{f"{side}_{n}": n for n in EVENT})
        for side in ("from", "to")
    }
    found = found.join(of["from"], [found.series == of["from"].from_series, found.before == of["from"].from_number])
    found = found.left_join(of["to"], [found.series == of["to"].to_series, found.number == of["to"].to_number])
    start = visits.filter(visits.number == 0)
    start = start.select(s_series="series", s_earliest="earliest", s_latest="latest", s_id="id")
    found = found.join(start, found.series == start.s_series)
    found = found.order_by("s_earliest", "s_latest", "s_id", "number")
    names = "series number open near_start near_end far_start far_end certain rivals rank_least rank_most gaps".split()
    return found.select(*names, *(f"{side}_{name}" for side in ("from", "to") for name in EVENT))
