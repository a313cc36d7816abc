"""`export`: events in full, in the formats of other programs; `cite`: the sources of an event."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete
from timeline.cli.options import OUTPUT, SCOPE, Figures, Id, Request, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.answer import Answer
    from timeline.formats.exporting import Export
    from timeline.query import Query

STARRED = ("table", "plain", "md")  # the formats of an export that mark what is weak with a star
# The formats of an export for data; the others are for readers.
WHOLE = frozenset("csv tsv json jsonl yaml xlsx parquet table plain".split())
CITED = ("bib", "csl")  # the formats of an export that are of sources alone


@takes(SCOPE, OUTPUT)
def export(
    request: Request,
    *,
    claims: Annotated[
        str | None,
        typer.Option(
            "--claims", metavar="FILE", help="For a page (html): published claims to show with their verdicts."
        ),
    ] = None,
    series: Figures = None,
    partition: Annotated[
        str | None,
        typer.Option(
            "--partition",
            metavar="year",
            help="Parquet as a folder with a file for each year, for engines (docs/scale.md).",
            autocompletion=complete.one_of("year"),
        ),
    ] = None,
) -> None:
    """Write the events of a scope in full, or for other programs.

    Every type, status and kind, unless asked otherwise; candidates only in data. For other programs (docs/exports.md) as ics, timelinejs, csl, bib, atom, xlsx, parquet and jsonld.

    \b
    timeline export --host dprk -o pyongyang.xlsx
    timeline export -o visits.html --claims claims/article.yaml --series @trade
    """
    from timeline.answers.events import list_answer
    from timeline.cli.charts import read_all
    from timeline.formats import EXPORTS
    from timeline.formats.exporting import Export
    from timeline.formats.parquet import write_years
    from timeline.query import select

    name = _format(request, EXPORTS, usual="csv")
    if name != "html" and (claims or series):
        raise UsageError(f"--{'claims' if claims else 'series'} goes with html, not with {name}")
    folder = _new_folder(request.given.get("output"), name, partition) if partition is not None else None
    figures, remarks = read_all(series or [])
    store, today = request.store(), request.today().toordinal()
    query = request.query(store)
    everything = _everything(query, name)
    events = select(store.events, everything, store.vocabulary)
    claimed = request.with_file(claims) if claims else store
    wanted = Export(events, query, store, today, request.progress, claimed, tuple(figures))
    answer = list_answer(events, everything, store, mark=" marked *" if name in STARRED else "")
    answer = answer._replace(remarks=(*answer.remarks, *remarks))
    if folder is not None:
        write_years(wanted, Path(folder))
        request.end(answer)
    _show(request, name, answer, wanted if name in EXPORTS else None)


@takes(OUTPUT)
def cite(
    request: Request,
    id: Id,  # noqa: A002 - the user's word
) -> None:
    """Print a citation for each source of one event.

    -O bib and -O csl are for reference managers.

    \b
    timeline cite li-qiang-pyongyang-2025-10
    timeline cite xi-jinping-pyongyang-2019-06 -O bib
    """
    from timeline.answers.cite import cite_answer
    from timeline.cli.commands import found_event
    from timeline.formats.exporting import Export
    from timeline.query import Query

    name = _format(request, CITED)
    store = request.store()
    event = found_event(store, id)
    wanted = Export([event], Query(), store, request.today().toordinal(), request.progress)
    _show(request, name, cite_answer(event), wanted if name in CITED else None)


def _format(request: Request, own: "Iterable[str]", usual: str | None = None) -> str:
    """The format asked for, of those that every command knows and the command's own; `usual` where none is."""
    from timeline.cli.output import chosen_format, for_people
    from timeline.formats import FORMATS

    asked, target = request.given.get("format"), request.given.get("output")
    known = tuple(dict.fromkeys((*FORMATS, *own)))
    looked_at = for_people(request.given.get("color"))
    return chosen_format(asked or (None if target else usual), target, looked_at=looked_at, known=known)


def _new_folder(target: str | None, name: str, partition: str) -> str:
    """Where --partition writes. Raises UsageError."""
    if partition != "year":
        raise UsageError(f"--partition: unknown value {partition!r} (one of: year)")
    if name != "parquet" or not target or target == "-":
        raise UsageError("--partition writes a folder of Parquet: add -o events.parquet")
    if Path(target).exists():
        raise UsageError(f"--partition: {target} is there already; name a new folder, or remove it first")
    return target


def _everything(query: "Query", name: str) -> "Query":
    """The scope with every type, status and kind, where none was asked for. What is for readers has no candidates, which count nowhere."""
    from timeline.query import ANY
    from timeline.vocabulary import STATUSES

    statuses = (ANY,) if name in WHOLE else tuple(status for status in STATUSES if status != "candidate")
    return query._replace(types=query.types or (ANY,), statuses=query.statuses or statuses, kinds=query.kinds or (ANY,))


def _show(request: Request, name: str, answer: "Answer", wanted: "Export | None") -> None:
    """Write an export in a form of its own, or, where none is wanted, the answer as every command does."""
    from timeline.cli.output import send, send_bytes
    from timeline.formats import maker

    if wanted is None:
        Request(request.given | {"format": name}).show(answer)
    if request.given.get("excel"):
        raise UsageError(f"--excel goes with csv and tsv, not with {name}; add -O csv")
    data, remarks = maker(name)(wanted)
    if isinstance(data, bytes):
        send_bytes(data, request.given.get("output"), name)
    else:
        send(lambda out: out.write(data), request.given.get("output"), name)
    request.end(answer._replace(remarks=(*answer.remarks, *remarks)))


COMMANDS: "dict[str, Callable[..., None]]" = {"export": export, "cite": cite}
