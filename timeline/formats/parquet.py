"""Parquet, by DuckDB: one row an event with the keys of JSON; bounds of dates are dates, lists are lists, people and sources lists of structs.

DuckDB and not pyarrow, which is more than twice as large and is needed for nothing else.
"""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from timeline.extras import library
from timeline.formats.exporting import Made
from timeline.store.flat import COLUMNS, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.exporting import Export

TEXTS = "VARCHAR[]"
DAYS = dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), "DATE")
LISTS = dict.fromkeys(("actors", "places", "met", "tags", "actors_iso"), TEXTS)
PERSON = f"STRUCT(name VARCHAR, title VARCHAR, offices {TEXTS}, role VARCHAR, party_rank INTEGER, actor VARCHAR)[]"
SOURCE = "STRUCT(title VARCHAR, publisher VARCHAR, url VARCHAR, date VARCHAR)[]"
TYPES = dict.fromkeys(COLUMNS, "VARCHAR") | DAYS | LISTS | {"people": PERSON, "sources": SOURCE}


def make(export: "Export") -> Made:
    with _table(export) as (connection, folder):
        target = folder / "events.parquet"
        connection.execute("COPY events TO ? (FORMAT parquet)", [str(target)])
        return Made(target.read_bytes())


def write_years(export: "Export", target: Path) -> None:
    """A folder with a file for each year in which events may first have begun, in the layout of Hive: engines then read only the years asked for."""
    with _table(export) as (connection, _):
        year = "year(coalesce(start_earliest, start_latest))"
        connection.execute(f"COPY (SELECT *, {year} AS year FROM events) TO ? (FORMAT parquet, PARTITION_BY (year))", [str(target)])  # noqa: S608 - our own names  # fmt: skip


@contextmanager
def _table(export: "Export") -> "Iterator[tuple[Any, Path]]":
    """A connection with the events as a table, and a folder that lasts as long."""
    import json

    duckdb = library("duckdb", "parquet")
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items())
    with TemporaryDirectory() as folder:
        rows = Path(folder, "rows.jsonl")
        longest = 1
        with rows.open("w", encoding="ascii") as out:
            for event in export.each():
                longest = max(longest, out.write(json.dumps(record(event, export.store.vocabulary)) + "\n"))
        with duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": "1"}) as connection:
            connection.execute(f"CREATE TABLE events ({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})")
            connection.execute(f"INSERT INTO events SELECT * FROM read_json(?, format = 'newline_delimited', maximum_object_size = {2 * longest + 65536}, columns = {{{columns}}})", [str(rows)])  # noqa: S608 - numbers and our own names  # fmt: skip
            yield connection, Path(folder)
