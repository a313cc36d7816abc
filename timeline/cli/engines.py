"""`--engine`: `list`, `gap` and `stats` over files that an engine reads, in place of a record."""

from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from timeline.cli import complete
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.cli.options import Request
    from timeline.engines import Engine
    from timeline.engines.tables import Table
    from timeline.importing.gdelt import Asked, Pick
    from timeline.model import Store
    from timeline.query import Query
    from timeline.series import Cut

ENGINE: dict[str, Any] = {
    "engine": Annotated[str | None, typer.Option("--engine", metavar="NAME", help="Ask an engine for data of any size: duckdb, or sc://HOST:PORT of Spark Connect (docs/scale.md).", autocompletion=complete.one_of("duckdb", "sc://"))],
    "files": Annotated[list[str] | None, typer.Option("--from", metavar="FILES", help="What the engine reads: 'events/*.parquet', or CSV as timeline export writes it. Repeatable.")],
    "show_sql": Annotated[bool | None, typer.Option("--show-sql", help="Print what the engine would be asked, and ask nothing.")],
}  # fmt: skip

PICKING = {name: ENGINE[name] for name in ("engine", "show_sql")}


def for_an_engine(request: "Request") -> bool:
    """Whether an engine is to answer."""
    given = request.given
    if given.get("engine"):
        return True
    if given.get("files"):
        raise UsageError("--from goes with --engine: add --engine duckdb; for the first day of a period, write --since")
    if given.get("show_sql"):
        raise UsageError("--show-sql goes with --engine: add --engine duckdb")
    return False


def listed(request: "Request") -> NoReturn:
    """`list` by an engine: what it found is listed as a record of these events alone would be."""
    from timeline.answers.asked import listed
    from timeline.engines import questions

    engine, files, store, query = _opened(request)
    question = questions.list_question(files, query, store.vocabulary)
    _show_sql(request, engine, question)
    found = questions.listed(engine, question, store.vocabulary)
    request.show(listed(query, store._replace(events=found)))


def gaps(request: "Request", cut: "Cut") -> NoReturn:
    """`gap` by an engine."""
    from timeline.answers.engine import engine_gap_answer
    from timeline.engines import questions

    (engine, files, store, query), as_of = _opened(request), request.today().toordinal()
    words = store.vocabulary
    _show_sql(request, engine, questions.gap_question(files, query, words, cut, as_of))
    found = questions.gaps(engine, files, query, words, cut, as_of)
    request.show(engine_gap_answer(found, query, words, cut, as_of))


def counts(request: "Request", fields: "Sequence[str]", *, balance: bool) -> NoReturn:
    """`stats` by an engine; with the `balance` of visits between pairs, too."""
    from timeline.answers.engine import engine_stats_answer
    from timeline.engines import questions
    from timeline.query import until

    (engine, files, store, query), as_of = _opened(request), request.today().toordinal()
    words = store.vocabulary
    known = until(query, as_of)
    asked = [questions.count_question(files, known, words, fields)]
    _show_sql(request, engine, *asked, *([questions.open_question(files, query, words, as_of)] if balance else []))
    found = questions.counts(engine, files, known, words, fields)
    since = questions.still_open(engine, files, query, words, as_of) if balance else None
    request.show(engine_stats_answer(found, since, query, words, as_of))


def _opened(request: "Request") -> "tuple[Engine, Table, Store, Query]":
    """The engine and its table, a store without events but with the words of `--store`, and the scope."""
    from functools import partial

    from timeline.engines import open_engine, questions
    from timeline.model import Store
    from timeline.vocabulary import shipped

    given = request.given
    _refuse_names(given)
    words = (
        request.store(doubles=False)._replace(events=(), coverage=()) if given.get("store") else Store((), shipped())
    )
    query = request._replace(given=given | {"where": None}).query(words)
    if "" in (paths := given.get("files") or []):
        raise UsageError("--from: the name is empty; name files, such as 'events/*.parquet'")
    if target := given.get("output"):
        from timeline.cli.places import refuse_data

        refuse_data(target, paths)
    engine, files = open_engine(given["engine"], paths)
    used = partial(questions.used, engine, files, words.vocabulary)
    return engine, files, words, query._replace(where=request.conditions(used, words.vocabulary))


def _refuse_names(given: dict[str, Any]) -> None:
    from timeline.cli.options import OF_EVENTS
    from timeline.facets import FIELDS

    for name in OF_EVENTS:
        if given.get(name) and name != "where":
            by_value = (
                f"--where {name}=… takes those that timeline stats --by {name} counts so; or " if name in FIELDS else ""
            )
            raise UsageError(
                f"--{name.replace('_', '-')}: an engine cannot compare names as a record does; {by_value}"
                "write what is near it with timeline list --from … -o near.csv, and ask of that: --store near.csv"
            )


def picker(request: "Request") -> "Pick | None":
    """What picks the lines of files for `import`, where an engine is to read them. Raises UsageError."""
    if not for_an_engine(request):
        return None
    from timeline.engines import lines, opened

    engine = opened(request.given["engine"], in_order=True)

    def pick(path: str, cells: int, asked: "Sequence[Asked]") -> "tuple[int, Iterable[tuple[int, str]]]":
        table = lines.lines_of(engine, path)
        question = lines.picked(table, cells, asked)
        _show_sql(request, engine, question)
        (told,) = lines.asked(engine, path, lines.counted(table))
        return told["count"] or 0, ((row["number"], row["line"]) for row in lines.asked(engine, path, question))

    return pick


def _show_sql(request: "Request", engine: "Engine", *questions: Any) -> None:
    if not request.given.get("show_sql"):
        return
    from timeline.cli.output import send

    queries = "\n".join(map(engine.sql, questions))
    send(lambda out: out.write(queries), request.given.get("output"), "sql")
    raise typer.Exit
