"""The same three questions to `timeline` and to the tools that people would use instead, over the same visits.

All dates are days, as most of these tools know nothing coarser; theirs is a table of eight columns, ours the record in YAML, a hundred lines of text to a kilobyte.
An answer of another is compared with ours, whole, before anything is timed. A tool that is not installed is left out.
"""

import csv
import json
import shlex
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from make_store import make_store
from measure import TIMELINE, Cost, costs, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from make_store import Row

QUESTIONS = {
    "list": "`list --actor china`: the visits to and from China, in order",
    "gap": "`gap --actor china`: the days before each of them, in its direction",
    "longest": "`gap --by visitor --longest 20`: the twenty longest gaps of each visitor",
}
OURS = {
    "list": "list --actor china -O csv".split(),
    "gap": "gap --actor china -O csv".split(),
    "longest": "gap --by visitor --longest 20 -O csv".split(),
}
FIELDS = {"list": ("id",), "gap": ("from_id", "to_id", "days"), "longest": ("visitor", "days")}

# `days` is what a dialect calls the days between two columns, `table` what it reads.
SQL = {
    "list": "SELECT id, start, visitor, host FROM {table} WHERE visitor <> '' AND kind <> 'transit' AND 'china' IN (visitor, host) ORDER BY start, id",
    "gap": "SELECT from_id, id AS to_id, {days} AS days FROM (SELECT *, lag(id) OVER series AS from_id, lag(start) OVER series AS before FROM {table} WHERE visitor <> '' AND kind <> 'transit' AND 'china' IN (visitor, host) WINDOW series AS (PARTITION BY visitor, host ORDER BY start, id)) AS found WHERE from_id IS NOT NULL ORDER BY visitor, host, start, id",
    "longest": "SELECT visitor, days FROM (SELECT visitor, days, row_number() OVER (PARTITION BY visitor ORDER BY days DESC) AS place FROM (SELECT visitor, {days} AS days FROM (SELECT *, lag(start) OVER (PARTITION BY visitor ORDER BY start, id) AS before FROM {table} WHERE visitor <> '' AND kind <> 'transit') AS found WHERE before IS NOT NULL) AS gaps) AS ranked WHERE place <= 20 ORDER BY visitor, days DESC",
}
DUCKDB_DAYS, SQLITE_DAYS = "date_diff('day', before, start)", "CAST(julianday(start) - julianday(before) AS INTEGER)"
VISITS = '$visitor != "" && $kind != "transit"'
CHINA = f'{VISITS} && ($visitor == "china" || $host == "china")'
KHAL_DAYS = ("1949-01-01", "2027-12-31")
KHAL = """\
[calendars]
[[all]]
path = {folder}/calendars/*
type = discover
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""
MOST_FILES = 300  # two files an event, for a tool for the calendars of one person
MILLER_DAYS = '(strptime($start, "%Y-%m-%d") - strptime($start_shift, "%Y-%m-%d")) / 86400'


@dataclass(frozen=True)
class Peer:
    """A tool with its command for each question that it has an answer to; `most` events are asked of it, as it would take minutes."""

    name: str
    commands: dict[str, list[str]]
    most: int = 1_000_000


def ours(record: Path) -> list[Peer]:
    asked = {question: [TIMELINE, *words, "--store", str(record)] for question, words in OURS.items()}
    edit = f"echo '# edited' >> {record}/2010.yaml && exec"
    first = shlex.quote(str(record.with_name("first")))
    anew = f"export XDG_CACHE_HOME={first} && rm -rf {first} && exec"
    return [
        Peer("timeline", asked),
        Peer("timeline, for the first time", {"gap": ["/bin/sh", "-c", f"{anew} {shlex.join(asked['gap'])}"]}),
        Peer("timeline, one file edited", {"gap": ["/bin/sh", "-c", f"{edit} {shlex.join(asked['gap'])}"]}),
        Peer("timeline, nothing kept", {"gap": [*asked["gap"], "--no-index"]}),
    ]


def others(folder: Path) -> list[Peer]:
    """The peers that are here, over the files that `write_tables` made."""
    table, here = str(folder / "events.csv"), Path(__file__).parent
    found = [
        _sql("DuckDB, CSV", "duckdb", lambda sql: ["-csv", "-c", sql], f"read_csv('{table}')", DUCKDB_DAYS),
        _sql("DuckDB, Parquet", "duckdb", lambda sql: ["-csv", "-c", sql], f"'{folder}/events.parquet'", DUCKDB_DAYS),
        _sql("SQLite, CSV", "sqlite3", lambda sql: ["-csv", "-header", "-cmd", f".import {table} events", ":memory:", sql], "events", SQLITE_DAYS),
        _sql("SQLite, a database with an index", "sqlite3", lambda sql: ["-csv", "-header", f"{folder}/events.db", sql], "events", SQLITE_DAYS),
        _sql("sqlite-utils", "sqlite-utils", lambda sql: ["memory", f"{table}:csv", sql, "--csv", "--no-detect-types"], "events", SQLITE_DAYS, most=10_000),
        _sql("csvkit", "csvsql", lambda sql: ["--no-inference", "--query", sql, table], "events", SQLITE_DAYS, most=10_000),
        _miller("Miller, CSV", ["--csv"], table),
        _miller("Miller, JSONL", ["--ijsonl", "--ocsv"], str(folder / "events.jsonl")),
        *(_script(f"{library}, CSV", library, [str(here / "frames.py"), library, table]) for library in ("pandas", "polars")),
        _script("DuckDB for Python, CSV", "duckdb", [str(here / "frames.py"), "duckdb", table]),
        _hledger(folder / "events.journal"),
        _khal(folder / "khal.conf"),
    ]  # fmt: skip
    return [peer for peer in found if peer is not None]


def _sql(name: str, tool: str, words: "Callable[[str], list[str]]", table: str, days: str, most: int = 1_000_000) -> Peer | None:  # fmt: skip
    path = _path(tool)
    asked = {question: sql.format(table=table, days=days) for question, sql in SQL.items()}
    return path and Peer(name, {question: [path, *words(sql)] for question, sql in asked.items()}, most)


def _miller(name: str, form: list[str], table: str) -> Peer | None:
    path = _path("mlr")
    order = ["then", "sort", "-f", "start,id"]
    before = ["then", "step", "-a", "shift", "-f"]
    days = ["then", "filter", 'is_present($start_shift) && $start_shift != ""', "then", "put", f"$days = int({MILLER_DAYS})"]  # fmt: skip
    asked = {
        "list": ["filter", CHINA, *order, "then", "cut", "-o", "-f", "id,start,visitor,host"],
        "gap": ["filter", CHINA, *order, *before, "start,id", "-g", "visitor,host", *days, "then", "rename", "id_shift,from_id,id,to_id"],
        "longest": ["filter", VISITS, *order, *before, "start", "-g", "visitor", *days, "then", "sort", "-nr", "days", "then", "head", "-n", "20", "-g", "visitor"],
    }  # fmt: skip
    return path and Peer(name, {question: [path, *form, *words, table] for question, words in asked.items()}, 100_000)


def _script(name: str, library: str, words: list[str]) -> Peer | None:
    return Peer(name, {q: [sys.executable, *words, q] for q in QUESTIONS}) if find_spec(library) else None


def _hledger(journal: Path) -> Peer | None:
    """A visit is a transaction, its states are accounts. It has no word for what lies between two of them."""
    path = _path("hledger")
    words = ["-f", str(journal), "print", "-O", "csv", "acct:(from|to):china$", "not:tag:kind=transit"]
    return path and Peer("hledger", {"list": [path, *words]}, 100_000)


def _khal(settings: Path) -> Peer | None:
    """A visit is an entry of all its days in the calendars of both its states. It shows what lies in some days, and has no word for what lies between."""
    path = _path("khal")
    words = ["list", "-a", "china", "--once", "--notstarted", "--day-format", "", "--format", "{uid}", *KHAL_DAYS]
    return path and Peer("khal", {"list": [path, "-c", str(settings), *words]}, MOST_FILES)


def _path(tool: str) -> str | None:
    """Where a tool is: beside this Python, or else on the path of commands."""
    beside = Path(sys.executable).with_name(tool)
    return str(beside) if beside.exists() else shutil.which(tool)


def write_tables(rows: "Sequence[Row]", folder: Path) -> None:
    """The events as each peer reads them: CSV, JSON lines, Parquet, a database of SQLite, a journal; few of them as calendars, too."""
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0]._fields)
        writer.writerows(rows)
    with (folder / "events.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row._asdict()) + "\n" for row in rows)
    if duckdb := _path("duckdb"):
        copy = f"COPY (FROM read_csv('{folder}/events.csv')) TO '{folder}/events.parquet'"
        subprocess.run([duckdb, "-c", copy], check=True)
    database = sqlite3.connect(folder / "events.db")
    with database:
        database.execute(f"CREATE TABLE events ({', '.join(rows[0]._fields)})")
        database.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - question marks
        for side in ("visitor", "host"):
            database.execute(f"CREATE INDEX by_{side} ON events ({side}, start)")
    database.close()
    with (folder / "events.journal").open("w", encoding="utf-8") as file:
        file.writelines(
            f"{row.start} {row.id}  ; kind:{row.kind}\n    from:{row.visitor}  1\n    to:{row.host}\n\n"
            for row in sorted(rows, key=lambda row: (row.start, row.id))
            if row.visitor
        )

    if len(rows) <= MOST_FILES:
        write_calendars(rows, folder)


def write_calendars(rows: "Iterable[Row]", folder: Path) -> None:
    """A folder of iCalendar files for each state, and settings that say where they are."""
    for row in rows:
        after = date.fromisoformat(row.end or row.start) + timedelta(days=1)
        lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//timeline//bench//EN", "BEGIN:VEVENT", f"UID:{row.id}", "DTSTAMP:20260101T000000Z",
            f"DTSTART;VALUE=DATE:{row.start.replace('-', '')}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", f"SUMMARY:{row.id}", "END:VEVENT", "END:VCALENDAR", "",
        ]  # fmt: skip
        for state in (row.visitor, row.host) if row.visitor and row.kind != "transit" else ():
            calendar = folder / "calendars" / state
            calendar.mkdir(parents=True, exist_ok=True)
            (calendar / f"{row.id}.ics").write_text("\r\n".join(lines), encoding="utf-8")
    (folder / "khal.conf").write_text(KHAL.format(folder=folder), encoding="utf-8")


def equal_answers(tools: "Sequence[Peer]", question: str, folder: Path) -> None:
    """Stop where one does not find what the first finds."""
    with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
        visitor_of = {row["id"]: row["visitor"] for row in csv.DictReader(file)}
    wanted = answer(tools[0], question, folder, visitor_of)
    for peer in tools[1:]:
        if (found := answer(peer, question, folder, visitor_of)) != wanted:
            unlike = next((pair for pair in zip(found, wanted, strict=False) if pair[0] != pair[1]), None)
            raise SystemExit(f"{peer.name}, {question}: {len(found)} rows for {len(wanted)}; first unlike: {unlike}")


def answer(peer: Peer, question: str, folder: Path, visitor_of: dict[str, str]) -> list[tuple[str, ...]]:
    """What a tool finds, as rows of `FIELDS`: of a list in its order, of gaps sorted."""
    done = subprocess.run(peer.commands[question], capture_output=True, text=True, env=environment(folder), check=False)
    if done.returncode:
        raise SystemExit(f"{peer.name}, {question}: {done.stderr}")
    rows: Iterable[dict[str, str]] = csv.DictReader(done.stdout.splitlines())
    if peer.name.startswith("timeline"):
        rows = _as_asked(rows, visitor_of)
    elif peer.name == "khal":
        return [(line,) for line in done.stdout.splitlines() if line]
    elif peer.name == "hledger":
        return list(dict.fromkeys((row["description"],) for row in rows))
    found = [tuple(row[field] for field in FIELDS[question]) for row in rows]
    return found if question == "list" else sorted(found)


def _as_asked(rows: "Iterable[dict[str, str]]", visitor_of: dict[str, str]) -> "Iterator[dict[str, str]]":
    """Ours without the gaps that are still open, of which the others know nothing."""
    for row in rows:
        if row.get("open") != "true":
            yield row | {"days": row.get("days_least", ""), "visitor": visitor_of.get(row.get("to_id", ""), "")}


def compared(count: int, rounds: int, folder: Path) -> dict[str, dict[str, Cost]]:
    """For each question what each tool needs for it. Each step is a process of its own, as a parent's memory would count as that of its children."""
    for step in ("make", "check"):
        subprocess.run([sys.executable, __file__, step, str(folder), str(count)], check=True)
    timed = subprocess.run(
        [sys.executable, __file__, "time", str(folder), str(count), str(rounds)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found = json.loads(timed.stdout)
    return {q: {name: Cost(*cost) for name, cost in tools.items()} for q, tools in found.items()}


def main() -> None:
    """`peers.py make FOLDER COUNT` writes the data, `check` compares the answers, `time … ROUNDS` prints what they cost."""
    step, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    record = folder / "record"
    if step == "make":
        record.mkdir()
        write_tables(make_store(count, record, exact=True), folder)
        return
    tools = [*ours(record), *(peer for peer in others(folder) if count <= peer.most)]
    timed = {}
    for question in QUESTIONS:
        asked = [peer for peer in tools if question in peer.commands]
        if step == "check":
            equal_answers(asked, question, folder)
        else:
            timed[question] = costs({p.name: p.commands[question] for p in asked}, int(sys.argv[4]), folder)
    if step == "time":
        print(json.dumps(timed))


if __name__ == "__main__":
    main()
