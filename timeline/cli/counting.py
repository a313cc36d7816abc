"""`stats` and `on-this-day`: how many events there are under each value of a field, and what day of the year it is."""

from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete, engines
from timeline.cli.engines import ENGINE
from timeline.cli.options import OUTPUT, SCOPE, Request, takes
from timeline.cli.values import dated
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

REPORT = "year,direction"  # counted where no field is named, under the balance of visits


@takes(SCOPE, OUTPUT, ENGINE)
def stats(
    request: Request,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="FIELD[,FIELD]",
            help="year, decade, month, direction, pair, actor, visitor, host, person, office, role, rank, kind, type, status, place, met, tag, support, source.",
            autocompletion=complete.fields,
        ),
    ] = None,
) -> None:
    """Count visits by any one or two fields.

    \b
    timeline stats --between china dprk
    timeline stats --by decade,rank --visitor china
    """
    from timeline.answers.stats import stats_answer
    from timeline.counts import tally
    from timeline.query import select, until
    from timeline.series import Cut, measured

    fields = _fields(REPORT if by is None else by)
    if engines.for_an_engine(request):
        engines.counts(request, fields, balance=by is None)
    (store, query), as_of = request.scoped(), request.today().toordinal()
    known = select(store.events, until(query, as_of), store.vocabulary)
    ahead = [e for e in store.events if e.date.start.earliest > as_of] if until(query, as_of) != query else []
    later = select(ahead, query, store.vocabulary)
    counted = tally(known, fields, query, store.vocabulary)
    pairs = [] if by is not None else measured(store, query._replace(types=()), Cut(by="pair"), as_of)
    asked = request._replace(given=request.given | {"until": request.today().isoformat()}) if later else request
    request.show(stats_answer(counted, pairs, query, store, asked.typed(), as_of, later))


def _fields(text: str) -> list[str]:
    from timeline.facets import known_field

    fields = [known_field(field.strip(), "--by") for field in text.split(",")]
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise UsageError(f"--by {text}: one field, or two different ones with a comma between: year,direction")
    return fields


@takes(SCOPE, OUTPUT)
def on_this_day(
    request: Request,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Another day than today: 2026-10-09, or 10-09.")
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="DURATION", help="How far --anniversaries looks ahead: 1y, 6m, 90d; 1y without it."
        ),
    ] = None,
    *,
    anniversaries: Annotated[
        bool, typer.Option("--anniversaries", help="The round years (5, 10, 15, …) that come instead.")
    ] = False,
) -> None:
    """List the visits of this day in other years.

    \b
    timeline on-this-day --on 10-09
    timeline on-this-day --anniversaries --type treaty --within 2y
    """
    from timeline.answers.days import anniversaries_answer, on_this_day_answer
    from timeline.query import select

    if within is not None and not anniversaries:
        raise UsageError("--within goes with --anniversaries; add it")
    (store, query), day = request.scoped(), _day(on, request.today())
    events = select(store.events, query, store.vocabulary)
    if not anniversaries:
        request.show(on_this_day_answer(events, query, store, day))
        return
    request.show(anniversaries_answer(events, query, store, day.toordinal(), _until(day, within or "1y")))


def _day(text: str | None, today: "date") -> "date":
    from timeline.dates import parse_day

    if text is None:
        return today
    day: date = dated("--on", text if len(text) > 5 else f"{_year(text, today.year)}-{text}", parse_day)
    return day


def _year(day: str, year: int) -> int:
    """The year in which a day of the year is meant: this one, or, for 29 February, the next that has it."""
    from calendar import isleap

    return next(filter(isleap, range(year, year + 9))) if day == "02-29" else year


def _until(day: "date", within: str) -> int:
    from timeline.dates import day_after, parse_duration

    years, months, days = dated("--within", within, parse_duration)
    last: int = day_after(day.toordinal(), 12 * years + months) + days
    return min(last, type(day).max.toordinal())


COMMANDS: "dict[str, Callable[..., None]]" = {"stats": stats, "on-this-day": on_this_day}
