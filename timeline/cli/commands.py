"""Every command: load, select, compute, show."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete, engines
from timeline.cli.engines import ENGINE
from timeline.cli.options import OUTPUT, SCOPE, Grouping, Id, Request, takes
from timeline.cli.problems import CHECKED, as_problems
from timeline.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Event, Store

SHELLS = ("bash", "zsh", "fish")


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
        int,
        typer.Option(
            "--longest", metavar="N", min=0, show_default=False, help="Only the N longest gaps of each series."
        ),
    ] = 0,
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

    cut = Cut.read(longest=longest, least=least, sort=sort, by=by, basis=basis or usual_basis())
    if engines.for_an_engine(request):
        engines.gaps(request, cut)
    store, query = request.scoped(narrow=by != "person")
    request.show(gaps(query, store, cut, request.today().toordinal()))


@takes(OUTPUT)
def actors(
    request: Request,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a name, alias or code.")] = "",
    *,
    all_: Annotated[bool, typer.Option("--all", help="All known actors, not only those in the record.")] = False,
) -> None:
    """List states and organisations by all their names.

    \b
    timeline actors
    timeline actors korea --all
    """
    from timeline.answers.words import actors_answer

    request.show(actors_answer(request.store(), text, used_only=not (all_ or text)))


@takes(SCOPE, OUTPUT)
def people(
    request: Request,
    name: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a name.")] = "",
) -> None:
    """List the people of the record, with their offices.

    \b
    timeline people
    timeline people --office foreign-minister --visitor china
    """
    from timeline.answers.words import people_answer
    from timeline.query import select

    store = request.store()
    request.show(people_answer(store, select(store.events, request.query(store), store.vocabulary), name))


@takes(OUTPUT)
def offices(
    request: Request,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a title.")] = "",
) -> None:
    """List offices with their ladder, rank and level.

    \b
    timeline offices
    timeline offices premier
    """
    from timeline.answers.words import offices_answer

    request.show(offices_answer(request.store(), text))


@takes(OUTPUT)
def records(request: Request) -> None:
    """List the records that ship with the program.

    \b
    timeline records
    timeline list --store @inter-korean
    """
    from timeline.answers.words import records_answer
    from timeline.cli.places import MARK, shipped_records
    from timeline.store import load

    request.show(records_answer({MARK + name: load([path]) for name, path in shipped_records().items()}))


@takes(CHECKED)
def check(
    request: Request,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE…]", help="The record to check, beside that of --store.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Only this check. Repeatable.", autocompletion=complete.checks),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", metavar="NAME", help="All but this check. Repeatable.", autocompletion=complete.checks),
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    info: Annotated[bool, typer.Option("--info", help="List hints too, not only errors and warnings.")] = False,
) -> None:
    """Say what is wrong with a record, or merely doubtful.

    It judges the claims again that the settings name for it: claims = "FILE" in timeline.toml (docs/format.md).

    \b
    timeline check
    timeline check events.yaml --strict --skip recalled
    timeline check --store events.yaml claims/press.yaml
    """
    from timeline.answers.check import check_answer
    from timeline.checks import chosen, find_problems

    checks = chosen(only or (), skip or ())
    together = [*(request.given.get("store") or ()), *(files or ())]
    asked = Request(request.given | {"store": together or None})
    try:
        store = asked.store(doubles=False, claims=True, afresh=True)
    except StoreError as error:
        from timeline.cli.claims import in_full

        raise in_full(error, request) from None
    records = _records_named(store, request) if any(check.name == "claims" for check in checks) else {}
    as_of = request.today().toordinal()
    with request.progress("checking") as watch:
        problems = find_problems(store, as_of, checks, watch, records)
    shown, write = as_problems(request)
    shown.show(check_answer(problems, store, as_of, strict=strict, hints=info or bool(only)), write)


def _records_named(store: "Store", request: Request) -> "dict[str, Store]":
    """The other records that the claims of one name, by path, without those that cannot be read."""
    if not any(claim.record for claim in store.claims):
        return {}
    from timeline.cli.claims import record_of
    from timeline.errors import StoreError

    found = {}
    for claim in store.claims:
        if claim.record and claim.record not in found:
            with suppress(StoreError):
                found[claim.record] = record_of(claim, request, afresh=True)
    return found


@takes(OUTPUT)
def explain(
    request: Request,
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="A check, or a problem of a store.", autocompletion=complete.problems),
    ] = "",
) -> None:
    """Explain a check or an error.

    What it looks for, an example, the remedy.

    \b
    timeline explain
    timeline explain duplicates
    """
    from timeline.answers.check import explain_answer

    request.show(explain_answer(name))


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
    from timeline.cli.places import configuration

    return configuration().get("basis") or "arrivals"


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.", autocompletion=complete.one_of(*SHELLS))
    ],
) -> None:
    """Print what lets a shell complete names, words and ids.

    \b
    timeline completion bash > ~/.local/share/bash-completion/completions/timeline
    timeline completion fish > ~/.config/fish/completions/timeline.fish
    """
    from importlib.resources import files

    from timeline.cli.streams import send_text

    if shell not in SHELLS:
        raise UsageError(f"there is no completion for {shell!r} (one of: {', '.join(SHELLS)})")
    send_text((files("timeline") / "data" / "completion" / f"timeline.{shell}").read_text("utf-8"))


COMMANDS: "dict[str, Callable[..., None]]" = {
    "list": list_,
    "show": show,
    "gap": gap,
    "firsts": firsts,
    "claim": claim,
    "check": check,
    "explain": explain,
    "actors": actors,
    "people": people,
    "offices": offices,
    "records": records,
    "completion": completion,
}
