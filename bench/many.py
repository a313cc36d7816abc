"""A gap over more visits than fit in memory: `python bench/many.py 20000000` makes that many as Parquet, asks DuckDB in bounded memory, and deletes them.

Invented visits, the same for the same number: 3 % are known by the year, 12 % by the month, a third without an end. They go between 195 states, of which some
travel more than others; most of the 37,830 directions have some hundred.
"""

import argparse
import tempfile
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--memory", default="1GB", help="memory_limit of DuckDB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
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

if __name__ == "__main__":
    main()
