"""A question to pandas, polars or DuckDB's package, as somebody would write it in a script: `python bench/frames.py LIBRARY events.csv QUESTION`."""

import sys

LIBRARY, TABLE, QUESTION = sys.argv[1:]


def with_pandas() -> None:
    import pandas as pd

    events = pd.read_csv(TABLE, parse_dates=["start"], keep_default_na=False)
    visits = events[(events.visitor != "") & (events.kind != "transit")].sort_values(["start", "id"])
    if QUESTION != "longest":
        visits = visits[(visits.visitor == "china") | (visits.host == "china")]
    if QUESTION == "list":
        visits[["id", "start", "visitor", "host"]].to_csv(sys.stdout, index=False)
        return
    series = visits.groupby("visitor" if QUESTION == "longest" else ["visitor", "host"])
    gaps = visits.assign(from_id=series.id.shift(), days=series.start.diff().dt.days).dropna(subset="from_id")
    gaps = gaps.astype({"days": int}).rename(columns={"id": "to_id"})
    if QUESTION == "gap":
        gaps[["from_id", "to_id", "days"]].to_csv(sys.stdout, index=False)
    else:
        longest = gaps.sort_values("days", ascending=False).groupby("visitor").head(20)
        longest[["visitor", "days"]].to_csv(sys.stdout, index=False)


def with_polars() -> None:
    import polars as pl

    visits = pl.scan_csv(TABLE, try_parse_dates=True)
    visits = visits.filter(pl.col("visitor").is_not_null() & (pl.col("kind") != "transit")).sort("start", "id")
    if QUESTION != "longest":
        visits = visits.filter((pl.col("visitor") == "china") | (pl.col("host") == "china"))
    if QUESTION == "list":
        sys.stdout.write(visits.select("id", "start", "visitor", "host").collect().write_csv())
        return
    series = ["visitor"] if QUESTION == "longest" else ["visitor", "host"]
    days = (pl.col("start") - pl.col("start").shift().over(series)).dt.total_days()
    gaps = visits.with_columns(from_id=pl.col("id").shift().over(series), days=days).drop_nulls("from_id")
    if QUESTION == "gap":
        found = gaps.select("from_id", pl.col("id").alias("to_id"), "days")
    else:
        found = gaps.sort("days", descending=True).group_by("visitor").head(20).select("visitor", "days")
    sys.stdout.write(found.collect().write_csv())


def with_duckdb() -> None:
    import duckdb
    from peers import DUCKDB_DAYS, SQL

    sql = SQL[QUESTION].format(table=f"read_csv('{TABLE}')", days=DUCKDB_DAYS)
    duckdb.sql(sql).write_csv("/dev/stdout")


{"pandas": with_pandas, "polars": with_polars, "duckdb": with_duckdb}[LIBRARY]()
