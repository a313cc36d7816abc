"""`browse`: to look through the record on a terminal; the text of its filter is read as the options of `list` are."""

import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

import typer

from timeline.cli.options import SCOPE, STORE, Request, takes
from timeline.cli.parsing import explain
from timeline.cli.streams import terminal
from timeline.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Store
    from timeline.query import Query


@takes(SCOPE)
def browse(request: Request) -> None:
    """Look through the visits of a scope on a terminal.

    Its keys and its filter: docs/browse.md.

    A filter, a table, what is known of a visit, and the gaps. It needs pip install 'timeline-visits[tui]'.

    \b
    timeline browse
    timeline browse --visitor china --host dprk
    """
    import gc

    _require_textual()
    _require_terminal()
    from timeline.browser.app import Browser
    from timeline.browser.session import Session
    from timeline.cli.commands import usual_basis
    from timeline.series import Cut

    store = request.store()
    request.query(store)  # what is wrong in it is said before anything is drawn
    session = Session(
        store,
        request.today().toordinal(),
        Cut.read(longest=0, least=None, sort="date", by="direction", basis=usual_basis()),
        lambda text: read_filter(text, store),
        tuple(request.given["store"] or ()),
        tuple(request.typed(("as_of",))),
        getattr(sys.stderr, "encoding", None) or "utf-8",
    )
    gc.enable()  # it is off for short lives: timeline/__main__.py
    Browser(session, shlex.join(request.typed(SCOPE))).run()


def read_filter(text: str, store: "Store") -> "tuple[Query, tuple[str, ...]]":
    """The query, and the options as a command line takes them. Words without an option are texts. Raises UsageError."""
    request = filter_request(text)
    return request.query(store), tuple(request.typed(SCOPE))


def filter_request(text: str) -> Request:
    from typer._click.exceptions import ClickException

    found: list[Request] = []
    command, words = _filter_command(found.append), _words(text)
    try:
        context = command.make_context("filter", list(words))
        command.invoke(context)
    except ClickException as error:
        explain(error, words)
        raise UsageError(_told(error)) from error
    given = found[0].given
    for name in STORE:
        if given[name]:
            raise UsageError(f"--{name.replace('_', '-')} is given when browse starts: timeline browse -h")
    if any(context.args):
        given = given | {"text": [*(given["text"] or ()), *context.args]}
    return Request(given)


def _filter_command(take: "Callable[[Request], None]") -> Any:
    """The options of `list`, as a command that hands over what was typed."""

    def filters(request: Request) -> None:
        take(request)

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command("list", context_settings={"allow_extra_args": True, "help_option_names": []})(takes(SCOPE)(filters))
    return typer.main.get_command(app)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise UsageError('a quotation mark is not closed; quote one that is meant as such: "d\'Estaing"') from error


def _told(error: Any) -> str:
    """The message of Typer's parser, with the nearest options where there is no such one."""
    wanted = getattr(error, "option_name", "")
    known = [f"--{name}".replace("_", "-") for name in SCOPE]
    if wanted and wanted not in known:
        return f"there is no option {wanted}{did_you_mean(wanted, known)}"
    return str(error.format_message())


def _require_terminal() -> None:
    if not terminal(sys.stdin, sys.stdout, sys.stderr):
        raise UsageError("browse needs a terminal; where there is none, use timeline list, show and gap")
    if os.environ.get("TERM") == "dumb":
        raise UsageError("browse needs a terminal that can be drawn on, and TERM is dumb; use timeline list, show and gap")  # fmt: skip


def _require_textual() -> None:
    from timeline.extras import library

    library("textual", "tui")


COMMANDS: "dict[str, Callable[..., None]]" = {"browse": browse}
