"""Questions about more events than a process holds: the same answers from DuckDB or a Spark Connect server, over files of the flat form.

An engine narrows, measures and ranks by one Ibis expression a question; what its rows mean is said where it is for every other record. Everything heavy is
imported when an engine is opened.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from timeline.errors import UsageError, did_you_mean
from timeline.extras import library
from timeline.store.flat import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.engines.tables import Table

NAME = "events"  # of the table, as --show-sql has it
AT_A_TIME = 1_000_000  # events whose gaps DuckDB measures in a memory of 1 GB
PORT = 15002  # of Spark Connect
SERVER = "start one: pip install pysail && sail spark server --port {port} (docs/scale.md)"
LINES = {
    "auto_detect": False,
    "header": False,
    "delim": "",
    "quote": "",
    "escape": "",
    "new_line": "\\n",
    "nullstr": "\0",
    "compression": "none",
    "max_line_size": 1 << 20,
}
ROWS = 20_000  # that are taken from DuckDB at a time


class Engine(NamedTuple):
    """An open engine. `ask` gives the rows of a query, `read` the table of files of a kind: parquet, csv, lines; `failures` are the errors that it raises for what it cannot do.

    Gaps are asked of as many series together as have about so many events `at_a_time`; 0: of all.
    """

    name: str
    connection: Any
    ask: "Callable[[str], Iterator[dict[str, Any]]]"
    read: "Callable[[list[str], str], Table]"
    failures: tuple[type[Exception], ...]
    at_a_time: int = 0

    def rows(self, question: "Table") -> "Iterator[dict[str, Any]]":
        """The rows of an answer, some thousands in memory at a time. Raises UsageError with what the engine says."""
        try:
            yield from self.ask(self.connection.compile(question))
        except self.failures as error:
            raise UsageError(f"{self.name}: {_first_line(error)}") from error

    def sql(self, question: "Table") -> str:
        """What the engine is asked, in its own dialect."""
        return f"{self.connection.compile(question, pretty=True)};\n"


def open_engine(name: str, paths: "Sequence[str]") -> tuple[Engine, "Table"]:
    """An engine, and some files, Parquet or CSV, as its table. Raises UsageError with what installs or starts what is missing."""
    kinds = {Path(path).suffix.lower().lstrip(".") or "parquet" for path in paths}
    if not kinds:
        what = "--from 'events/*.parquet' (timeline export -o events.parquet writes one)"
        raise UsageError(f"--engine {name} reads files: {what}")
    if len(kinds) > 1 or not kinds <= {"parquet", "csv"}:
        raise UsageError("--from: name files of one kind, .parquet or .csv, or folders of Parquet")
    engine = opened(name)
    try:
        files = engine.read(list(paths), kinds.pop())
    except engine.failures as error:
        raise UsageError(f"--from: {_first_line(error)}") from error
    if lacking := [column for column in COLUMNS if column not in files.columns]:
        remedy = "timeline export -o events.parquet writes what is read"
        raise UsageError(f"--from: the files lack {', '.join(lacking)}; {remedy}")
    return engine, files


def opened(name: str, *, in_order: bool = False) -> Engine:
    """An engine; `in_order` the lines of a file keep their order. Raises UsageError."""
    if name.startswith("sc://") and in_order:
        raise UsageError(f"--engine {name}: lines have no order there; files of GDELT are read by duckdb")
    if name.startswith("sc://"):
        return _spark(name)
    if name.partition("?")[0] == "duckdb":
        return _duckdb(name, in_order=in_order)
    known = "duckdb, or sc://HOST:PORT of a Spark Connect server"
    raise UsageError(f"--engine: unknown value {name!r}{did_you_mean(name, ['duckdb'])} ({known})")


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _duckdb(name: str, *, in_order: bool) -> Engine:
    """DuckDB in this process; its settings, such as memory_limit, after a question mark."""
    ibis, duckdb = library("ibis", "scale"), library("duckdb", "scale")
    settings = {"autoinstall_known_extensions": False, "preserve_insertion_order": in_order}
    try:
        connection = ibis.duckdb.connect(**settings, **dict(parse_qsl(name.partition("?")[2])))
    except duckdb.Error as error:
        raise UsageError(f"--engine {name}: {_first_line(error)}") from error

    def ask(query: str) -> "Iterator[dict[str, Any]]":
        cursor = connection.raw_sql(query)
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(ROWS):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def read(paths: list[str], kind: str) -> "Table":
        found = [f"{path}/**/*.parquet" if Path(path).is_dir() else path for path in paths]
        if kind == "csv":
            return connection.read_csv(found, table_name=NAME, all_varchar=True, header=True, quote='"', escape='"')
        if kind == "lines":
            return connection.read_csv(found, columns={"line": "VARCHAR"}, **LINES)
        return connection.read_parquet(found, table_name=NAME)

    return Engine("duckdb", connection, ask, read, (duckdb.Error,), AT_A_TIME)


def _spark(url: str) -> Engine:
    """A Spark Connect server, which reads the files itself: paths are its own."""
    import socket

    ibis, grpc, errors = library("ibis", "scale"), library("grpc", "spark"), library("pyspark.errors", "spark")
    parts = urlsplit(url.partition(";")[0])
    host, port = parts.hostname or "localhost", parts.port or PORT
    try:
        socket.create_connection((host, port), timeout=5).close()  # the client itself would try for minutes
    except OSError as error:
        raise UsageError(f"--engine {url}: nothing answers at {host}:{port}; {SERVER.format(port=port)}") from error
    session = library("pyspark.sql", "spark").SparkSession.builder.remote(url).create()
    connection = ibis.pyspark.connect(session)

    def ask(query: str) -> "Iterator[dict[str, Any]]":
        return (row.asDict(recursive=True) for row in session.sql(query).toLocalIterator())

    def read(paths: list[str], kind: str) -> "Table":
        options = {"header": True, "escape": '"', "multiLine": True} if kind == "csv" else {}
        session.read.options(**options).format(kind).load(paths).createOrReplaceTempView(NAME)
        return connection.table(NAME)

    return Engine(f"{host}:{port}", connection, ask, read, (errors.PySparkException, grpc.RpcError))
