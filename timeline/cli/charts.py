"""`chart`: visits to look at, drawn with characters or, by the suffix of the file, as a picture."""

from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from timeline.cli.options import OUTPUT, SCOPE, Request, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.answer import Answer
    from timeline.chart import Chart
    from timeline.formats import Writer

PIPE_WIDTH = 100  # columns where there is no terminal


@takes(SCOPE, OUTPUT)
def chart(
    request: Request,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="WHAT", help="One lane each: direction, pair, visitor, host, person, office, all."
        ),
    ] = "direction",
    longest: Annotated[
        int, typer.Option("--longest", metavar="N", min=0, help="The N longest gaps of each lane are drawn.")
    ] = 1,
    width: Annotated[
        int | None, typer.Option("--width", metavar="N", help="Columns; as wide as the terminal without it.")
    ] = None,
) -> None:
    """Draw visits along time: who went where, at what rank, and the longest gaps.

    \b
    timeline chart --between china dprk --at-least head-of-government
    timeline chart --person "kim jong un" --by host --since 2018
    """
    from timeline.answers.chart import chart_answer, scope_line
    from timeline.chart import chart as drawn_chart
    from timeline.cli.output import chosen_format
    from timeline.series import Cut

    store = request.store()
    query, as_of = request.query(store), request.today().toordinal()
    cut = Cut.read(longest=longest, least=None, sort="date", by=by, basis="arrivals")
    drawn = drawn_chart(store, query, cut, as_of)
    name = chosen_format(request.given.get("format"), request.given.get("output"), terminal=True)
    text = name in ("table", "plain")
    request.show(
        chart_answer(drawn, query, store, cut.by),
        _writer(drawn, f"{scope_line(query, store)}.", _columns(width), request) if text else None,
    )


def _columns(asked: int | None) -> int:
    import shutil

    from timeline.formats.chart_text import LEAST

    if asked is not None and asked < LEAST:
        raise UsageError(f"--width {asked}: a chart needs {LEAST} columns or more")
    return asked or max(LEAST, shutil.get_terminal_size((PIPE_WIDTH, 0)).columns)


def _writer(drawn: "Chart", scope: str, columns: int, request: Request) -> "Writer":
    from timeline.cli.output import colored
    from timeline.formats.chart_text import write

    def draw(_: "Answer", out: TextIO) -> None:
        write(drawn, scope, out, columns, colored=colored(request.given.get("color"), terminal=out.isatty()))

    return draw


COMMANDS: "dict[str, Callable[..., None]]" = {"chart": chart}
