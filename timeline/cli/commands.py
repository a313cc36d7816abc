"""What is asked of visits: load, select, compute, show."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from timeline.cli import complete, engines
from timeline.cli.engines import ENGINE
from timeline.cli.options import OUTPUT, SCOPE, Grouping, Id, Request, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Event, Store


@takes(SCOPE, OUTPUT, ENGINE)
def list_(request: Request) -> None:
    """List the visits of a scope.

    \b
    timeline list --actor china --since 2018
    timeline list --person "choe son hui" -O csv
    """
    from timeline.answers.asked import listed

    if engines.for_an_engine(request):
        engines.listed(request)
    store, query = request.scoped()
    request.show(listed(query, store))


@takes(OUTPUT)
def show(
    request: Request,
    id: Id,  # noqa: A002 - the user's word
) -> None:
    """Show everything known of one event.

    \b
    timeline show li-qiang-pyongyang-2025-10
    timeline show xi-jinping-pyongyang-2019-06 -O json
    """
    from timeline.answers.asked import shown

    store, as_of = request.store(), request.today().toordinal()
    request.show(shown(found_event(store, id), store, as_of, request.given.get("store") or ()))


@takes(OUTPUT)
def firsts(
    request: Request,
    id: Id,  # noqa: A002 - the user's word
) -> None:
    """Show every superlative that holds for one visit.

    \b
    timeline firsts li-qiang-pyongyang-2025-10
    timeline firsts xi-jinping-pyongyang-2019-06 -O json
    """
    from timeline.answers.firsts import firsts_answer
    from timeline.claims.firsts import search_firsts

    store, as_of = request.store(), request.today().toordinal()
    event = found_event(store, id)
    request.show(firsts_answer(event, search_firsts(event, store, as_of), as_of, request.given.get("store") or ()))


@takes(SCOPE, OUTPUT, ENGINE)
def gap(
    request: Request,
    by: Grouping = "direction",
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            metavar="BASIS",
            help="arrivals (start to start) or absence (end to start).",
            autocompletion=complete.one_of("arrivals", "absence"),
        ),
    ] = None,
    longest: Annotated[
        int | None,
        typer.Option("--longest", metavar="N", min=1, help="Only the N longest gaps of each series."),
    ] = None,
    least: Annotated[
        str | None,
        typer.Option("--min", metavar="DURATION", help="Only gaps that may be this long: 2y, 6m, 90d."),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort", metavar="ORDER", help="date or length.", autocompletion=complete.one_of("date", "length")
        ),
    ] = "date",
) -> None:
    """Show how long it was between visits, and since the last.

    \b
    timeline gap --visitor china --host dprk --office premier
    timeline gap --person "kim jong un" --longest 3
    """
    from timeline.answers.asked import gaps
    from timeline.series import Cut

    cut = Cut.read(longest=longest or 0, least=least, sort=sort, by=by, basis=basis or usual_basis())
    if engines.for_an_engine(request):
        engines.gaps(request, cut)
    store, query = request.scoped(narrow=by != "person")
    request.show(gaps(query, store, cut, request.today().toordinal()))


@takes(OUTPUT)
def claim(
    request: Request,
    text: Annotated[str, typer.Argument(metavar="[CLAIM]", help="The claim, in English, in quotes.")] = "",
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="FILE", help="Claims as data: a fact-check report of all of them. Repeatable."),
    ] = None,
    about: Annotated[
        str,
        typer.Option("--about", metavar="ID", help="The visit that the claim is about.", autocompletion=complete.ids),
    ] = "",
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="When it was published.")] = None,
) -> None:
    """Say whether a published claim is true, and on what reading.

    \b
    timeline claim "first visit by a Chinese premier to North Korea in 16 years"
    timeline claim --file claims/article.yaml -O md
    """
    from timeline.cli import claims

    if bool(text) == bool(file):
        raise UsageError("give one claim in quotes, or --file with a file of claims")
    if file and (about or published is not None):
        option = "--about" if about else "--published"
        raise UsageError(f"{option} goes with one claim in quotes; claims of a file have about: and published: each")
    as_of = request.today().toordinal()
    request.show(
        claims.report(request, file, as_of) if file else claims.single(request.store(), text, about, published, as_of)
    )


def found_event(store: "Store", asked: str) -> "Event":
    """The event with an id. Raises UsageError with the nearest ids."""
    from timeline.people import unknown_id

    event = store.by_id.get(asked)
    if event is None:
        raise UsageError(unknown_id(asked, store))
    return event


def usual_basis() -> str:
    """How gaps are counted where nothing else is asked for."""
    from timeline.cli.places import setting
    from timeline.stretches import Basis

    return setting("basis", get_args(Basis)) or "arrivals"


COMMANDS: "dict[str, Callable[..., None]]" = {
    "list": list_,
    "show": show,
    "gap": gap,
    "firsts": firsts,
    "claim": claim,
}
