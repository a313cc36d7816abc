"""`check`: what is wrong with a record, or doubtful. `explain`: what a check looks for."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete
from timeline.cli.options import OUTPUT, Request, takes
from timeline.cli.problems import CHECKED, as_problems
from timeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Store


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


COMMANDS: "dict[str, Callable[..., None]]" = {"check": check, "explain": explain}
