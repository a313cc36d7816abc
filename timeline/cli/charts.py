"""`chart`: visits to look at, drawn with characters or, by the suffix of the file, as a picture."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from timeline.cli.options import OUTPUT, SCOPE, Figures, Grouping, Request, note, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.answer import Answer
    from timeline.chart import Chart
    from timeline.formats import Writer
    from timeline.model import Store
    from timeline.quantities import Quantities

PIPE_WIDTH = 100  # columns where there is no terminal


@takes(SCOPE, OUTPUT)
def chart(
    request: Request,
    by: Grouping = "direction",
    longest: Annotated[
        int, typer.Option("--longest", metavar="N", min=0, help="The N longest gaps of each lane are drawn.")
    ] = 1,
    width: Annotated[
        int | None, typer.Option("--width", metavar="N", help="Columns; as wide as the terminal without it.")
    ] = None,
    series: Figures = None,
) -> None:
    """Draw visits along time, with the longest gaps.

    Who went where, at what rank.

    \b
    timeline chart --between china dprk --at-least head-of-government
    timeline chart --between china dprk --series @trade -o visits.svg
    """
    from timeline.answers.chart import chart_answer
    from timeline.chart import chart as drawn_chart
    from timeline.scope import scope_line
    from timeline.series import Cut

    kind = _kind(request)
    if series and not kind:
        raise UsageError("--series is drawn in pictures only; add -o FILE.svg, .png or .pdf")
    store = request.store()
    query, as_of = request.query(store), request.today().toordinal()
    cut = Cut.read(longest=longest, least=None, sort="date", by=by, basis="arrivals")
    with request.progress("measuring") as watch:
        drawn = drawn_chart(store, query, cut, as_of, watch)
    scope = f"{scope_line(query, store.vocabulary)}."
    if kind:
        _picture(request, drawn, series or [], scope, store, kind, mirrored=cut.by == "direction")
    request.show(chart_answer(drawn, query, store, cut.by), _writer(drawn, scope, width, request))


def _kind(request: Request) -> str:
    """The kind of picture asked for by format or suffix; none, it is drawn with characters or given as data."""
    from timeline.formats import KINDS

    asked, target = request.given.get("format"), request.given.get("output") or ""
    if asked is None:
        return KINDS.get(PurePath(target).suffix.lower(), "")
    return asked if asked in KINDS.values() else ""


def _picture(
    request: Request, drawn: "Chart", series: list[str], scope: str, store: "Store", kind: str, *, mirrored: bool
) -> NoReturn:
    """Write a picture and end; what a reader should know of it goes to standard error."""
    from timeline.cli.output import send_bytes
    from timeline.formats.figure import Words, picture

    beside, remarks = read_all(series)
    words = Words(_title(drawn, store), scope, _source(store, beside))
    with request.progress("drawing") as watch:
        data, more = picture(drawn, beside, words, kind, mirrored=mirrored, watch=watch)
    send_bytes(data, request.given.get("output"), "a picture")
    for remark in (*remarks, *more):
        note(remark)
    raise typer.Exit(int(bool(request.given.get("found")) and not drawn.lanes))


def _title(drawn: "Chart", store: "Store") -> str:
    """Between whom, or from whom to whom, and when."""
    from datetime import date

    directions = {mark.event.direction for lane in drawn.lanes for mark in lane.marks}
    pairs = {tuple(sorted(direction)) for direction in directions}
    one, other = (store.vocabulary.actors[actor].name for actor in min(directions)) if len(pairs) == 1 else ("", "")
    between = f" between {one} and {other}" if len(directions) > 1 else f" from {one} to {other}"
    years = dict.fromkeys(str(date.fromordinal(day).year) for day in drawn.days)
    return f"Visits{between if one else ''}, {'–'.join(years)}"


def _source(store: "Store", beside: "Sequence[Quantities]") -> str:
    """Where the data of a picture are from."""
    from timeline.text import plural

    record = store.title or "a record without a title"
    files = (
        f"{one.name}: {one.file} ({plural(len({item.source for item in one.items}), 'source')} named there)"
        for one in beside
    )
    return f"Source: {'; '.join([record, *files])}."


def read_all(series: list[str]) -> "tuple[list[Quantities], list[str]]":
    """The series named, as FILE, FILE#NAME or @NAME, and remarks on what else their files hold. Raises UsageError."""
    from timeline.cli.places import find_series_file
    from timeline.quantities import read_quantities

    found, remarks = [], []
    for asked in series:
        path, _, name = asked.partition("#")
        file = find_series_file(path)
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"--series: {path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}; name a CSV file"
            ) from error
        one, others = read_quantities(file.name, text, name)
        found.append(one)
        if others and not name:
            remarks.append(f"{path} has other series too: {', '.join(f'{path}#{other}' for other in others)}")
    return found, remarks


def _columns(asked: int | None) -> int:
    import shutil

    from timeline.formats.chart_text import LEAST

    if asked is not None and asked < LEAST:
        raise UsageError(f"--width {asked}: a chart needs {LEAST} columns or more")
    return asked or max(LEAST, shutil.get_terminal_size((PIPE_WIDTH, 0)).columns)


def _writer(drawn: "Chart", scope: str, width: int | None, request: Request) -> "Writer | None":
    """What draws with characters; none where another format was asked for."""
    from timeline.cli.output import chosen_format, colored
    from timeline.formats import FORMATS, KINDS
    from timeline.formats.chart_text import write

    columns, known = _columns(width), (*FORMATS, *KINDS.values())
    asked = chosen_format(request.given.get("format"), request.given.get("output"), looked_at=True, known=known)
    if asked not in ("table", "plain"):
        if width is not None:
            raise UsageError(f"--width goes with a chart of characters, not with {asked}")
        return None

    def draw(_: "Answer", out: TextIO) -> None:
        write(drawn, scope, out, columns, colored=colored(request.given.get("color"), terminal=out.isatty()))

    return draw


COMMANDS: "dict[str, Callable[..., None]]" = {"chart": chart}
