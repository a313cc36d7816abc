"""A gap over more visits than fit in memory: `python bench/many.py 20000000` makes that many as Parquet, asks DuckDB in bounded memory, and deletes them.

Invented visits, the same for the same number: 3 % are known by the year, 12 % by the month, a third without an end. They go between 195 states, of which some
travel more than others; most of the 37,830 directions have some hundred.

`python bench/many.py 1000000 --equal duckdb sc://localhost:50051` makes a record of so many events (`bench/make_store.py`) and its Parquet instead, and holds
all rows of every question, by hash, of each engine against those of Python. It ends with 1 where they differ. Servers of Spark Connect run beside it
(docs/scale.md); what they take is not in the memory that is told.
"""

import argparse
import sys
import tempfile
from hashlib import file_digest
from pathlib import Path

import duckdb
from measure import TIMELINE, run

from timeline.formats.parquet import TYPES
from timeline.vocabulary import shipped

DAYS = 28_300  # from 1949
STATES = 195
SKEW = 1.3  # the first state makes one visit in sixty
DICE = ("visitor", "host", "form", "length", "office")
FORMS = "CASE WHEN form < 0.03 THEN {} WHEN form < 0.15 THEN {} WHEN form < 0.33 THEN {} ELSE {} END"
VALUES = {
    "id": "'v' || i",
    "date": FORMS.format(
        "strftime(day, '%Y')",
        "strftime(day, '%Y-%m')",
        "strftime(day, '%Y-%m-%d')",
        "strftime(day, '%Y-%m-%d/') || strftime(until, '%Y-%m-%d')",
    ),
    "start_earliest": FORMS.format("date_trunc('year', day)", "date_trunc('month', day)", "day", "day"),
    "start_latest": FORMS.format("make_date(year(day), 12, 31)", "last_day(day)", "day", "day"),
    "end_earliest": FORMS.format("date_trunc('year', day)", "date_trunc('month', day)", "day", "until"),
    "end_latest": FORMS.format("NULL", "NULL", "NULL", "until"),
    "type": "'visit'",
    "status": "'happened'",
    "support": "'confirmed'",
    "visitor": "states[1 + visitor]",
    "host": f"states[1 + (visitor + 1 + host) % {STATES}]",
    "people": "[{'name': 'Visitor ' || i % 10000, 'title': NULL, 'offices': [office], 'role': 'heads', 'party_rank': NULL, 'actor': NULL}]",
} | dict.fromkeys(("actors", "places", "met", "tags", "sources", "actors_iso"), "[]")


def make_parquet(count: int, path: Path) -> None:
    """Visits in the order of their days, in the columns of `timeline export`."""
    states = [actor.id for actor in shipped().actors.values() if actor.kind == "state"][:STATES]
    thrown = ", ".join(f"md5_number_lower(i || '{name}') % 1000000 / 1e6 AS {name}" for name in DICE)
    read = f"""
        SELECT i, form, DATE '1949-01-01' + CAST(i * {DAYS} // {count} AS INTEGER) AS day, day + CAST(5 * length AS INTEGER) AS until,
            CAST(floor({STATES} * visitor ** {SKEW}) AS INTEGER) AS visitor, CAST(floor({STATES - 1} * host ** {SKEW}) AS INTEGER) AS host,
            CASE WHEN office < 0.2 THEN 'premier' ELSE 'foreign-minister' END AS office, ? AS states
        FROM (SELECT i, {thrown} FROM range({count}) AS made(i))
    """  # noqa: S608 - numbers and our own names
    columns = ", ".join(f"CAST({VALUES.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in TYPES.items())
    with duckdb.connect(config={"memory_limit": "2GB", "threads": "2"}) as connection:
        connection.execute(
            f"COPY (SELECT {columns} FROM ({read})) TO '{path}' (FORMAT parquet, COMPRESSION zstd)",  # noqa: S608 - our own
            [states],
        )


def compare(count: int, engines: list[str], folder: Path) -> bool:
    """Ask Python and each engine the same of one record, and tell what it took. Whether all rows were the same."""
    store, files, out = (folder / name for name in ("events", "events.parquet", "rows.csv"))
    store.mkdir()
    make_store = str(Path(__file__).with_name("make_store.py"))
    run([sys.executable, make_store, str(count), str(store)], folder)  # not in this process, which stays small
    run([TIMELINE, "export", "--store", str(store), "-o", str(files)], folder)
    equal = True
    for question in COMPARED:
        print(f"timeline {question}", flush=True)
        hashes = set()
        for engine in ("", *engines):
            where = ["--engine", engine, "--from", str(files)] if engine else ["--store", str(store)]
            cost = run([TIMELINE, *question.split(), *where, "-O", "csv", "-o", str(out)], folder)
            with out.open("rb") as told:
                count = sum(1 for _ in told) - 1
                told.seek(0)
                hashes.add(digest := file_digest(told, "sha256").hexdigest())
            took = f"{cost.seconds:,.0f} s, {cost.megabytes:,.0f} MB at most"
            print(f"  {engine or 'Python'}: {count:,} rows, {digest[:12]}, {took}", flush=True)
        equal = equal and len(hashes) == 1
    print("the same rows" if equal else "OTHER ROWS")
    return equal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--memory", default="1GB", help="memory_limit of DuckDB")
    parser.add_argument("--equal", nargs="+", metavar="ENGINE", help="compare these with Python")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.equal:
            sys.exit(not compare(asked.count, asked.equal, Path(folder)))
        path = Path(folder, "visits.parquet")
        make_parquet(asked.count, path)
        print(f"{asked.count:,} visits, {path.stat().st_size / 1e6:,.0f} MB of Parquet; memory_limit {asked.memory}")
        engine = f"duckdb?memory_limit={asked.memory}&temp_directory={folder}"
        for question in QUESTIONS:
            cost = run(
                [TIMELINE, *question.split(), "--engine", engine, "--from", str(path), "-O", "csv"], Path(folder)
            )
            print(f"timeline {question}: {cost.seconds:,.0f} s, {cost.megabytes:,.0f} MB at most", flush=True)


QUESTIONS = (
    "stats --by decade,visitor",
    "list --visitor china --host north-korea --office premier",
    "gap --longest 1 --as-of 2026-11-24",
    "gap --longest 1 --basis absence --as-of 2026-11-24",
)

# Ukraine is the fifth among the states of that record: the gaps of one of them by visitor are those of a series of 30,000 visits.
COMPARED = tuple(
    f"gap {scope} --basis {basis} --as-of 2026-11-24"
    for scope in ("--by direction", "--by visitor --actor ukraine", "--by pair --actor ukraine")
    for basis in ("arrivals", "absence")
)

if __name__ == "__main__":
    main()
