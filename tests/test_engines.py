"""Engines against the reference in Python: the same rows on random records with coarse dates, and clear errors for what an engine cannot do."""

import csv
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from forks import started
from shortened import one_in

from timeline.dates import DateError, Span, parse_when
from timeline.errors import UsageError
from timeline.model import Event, Person, Source, Store
from timeline.query import Query, select
from timeline.series import Cut, measured
from timeline.vocabulary import Actor, Office, shipped

pytest.importorskip("ibis", reason="engines need pip install 'timeline-visits[scale]'")

from timeline.answers.asked import gaps as reference
from timeline.answers.engine import engine_gap_answer, engine_stats_answer
from timeline.answers.stats import stats_answer
from timeline.counts import tally
from timeline.engines import open_engine, questions
from timeline.engines.scopes import scoped
from timeline.engines.tables import events
from timeline.formats.exporting import Export
from timeline.formats.parquet import make

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*deprecated:DeprecationWarning"
)  # Ibis 12 asks DuckDB 2 by an older name
WORDS = shipped()
FORMER = ["east-germany", "soviet-union", "biafra"]
STATES = ["china", "north-korea", "japan", "russia", "mongolia", *FORMER]
OFFICES = (
    "president",
    "premier",
    "foreign-minister",
    "standing-committee-member",
    "vice-minister",
    "general-secretary",
)
SOURCES = [
    Source("A"),
    Source("A", "TASS", "https://www.tass.example/1"),
    Source("B", url="https://www.tass.example/1"),
    Source(url="http://news.example"),
    Source("C", url="no/address"),
]
DAY = date(2010, 1, 28)


def a_date(dice, disputed=0.0):
    """A date near the end of January 2010, exact or coarse, with or without an end: so that many are of one day, month or year."""
    while True:
        one, other = _single(dice), _single(dice)
        if dice.random() < disputed:
            return parse_when(f"[{', '.join(sorted({one[:10], other[:10]}))}]")
        text = dice.choice(
            [one, one, one, f"{one}/{other}", f"{one}/{other}", f"{one}/{other}", f"{one}/..", f"../{one}"]
        )
        try:
            return parse_when(text)
        except DateError:  # it ends before it begins
            continue


def _single(dice):
    day = (
        DAY + timedelta(dice.randrange(12))
        if dice.random() < 0.8
        else date(dice.choice((2009, 2010, 2011)), dice.randrange(1, 13), 1)
    )
    return str(day)[: dice.choice((10, 10, 10, 7, 7, 4))] + dice.choice(("", "", "", "~", "?", "%"))


def a_store(seed, count, disputed=0.0):
    """Visits and some treaties, by and to few states, so that there are long series and short ones."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        visitor, host = dice.sample(STATES, 2)
        party = tuple(
            Person(
                f"Person {k}", "", tuple(dice.sample(OFFICES, dice.randrange(3))), dice.choice(("heads", "accompanies"))
            )
            for k in range(dice.randrange(1, 3))
        )
        sides = {"visitor": visitor, "host": host, "kind": dice.choice(("", "state", "transit", "official"))}
        if dice.random() < 0.15:
            sides = {"type": "treaty", "title": "A treaty", "actors": tuple(dice.sample(STATES, dice.randrange(1, 4)))}
        found.append(
            Event(
                f"e{dice.randrange(10**6):06}-{number}",
                a_date(dice, disputed),
                people=party if dice.random() < 0.9 else (),
                status=dice.choice(("happened",) * 6 + ("announced", "cancelled")),
                support=dice.choice(("confirmed", "recalled")),
                places=tuple(dice.sample(("Beijing", "東京", "O'Hara; | \\"), dice.randrange(3))),
                tags=tuple(dice.sample(("a=b", "a/b"), dice.randrange(3))),
                sources=tuple(dice.sample(SOURCES, dice.randrange(3))),
                **sides,
            )
        )
    return Store(tuple(sorted(found, key=lambda event: event.order)), WORDS)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The path of a record as Parquet, written once."""
    folder, written = tmp_path_factory.mktemp("events"), {}

    def files(store):
        if id(store) not in written:
            path = folder / f"{len(written)}.parquet"
            path.write_bytes(make(Export(store.events, Query(), store, 0, lambda _: nullcontext())).data)
            written[id(store)] = str(path), store
        return written[id(store)][0]

    return files


@pytest.fixture(
    scope="module", params=[pytest.param(0, id="seed 0"), pytest.param(1, id="seed 1", marks=pytest.mark.long)]
)
def store(request):
    return a_store(request.param, 400)


@pytest.fixture(scope="module")
def coarse():
    """A record in which dates are disputed, too."""
    return a_store(3, 200, disputed=0.2)


@pytest.fixture(scope="module")
def sail():
    """The address of a Spark Connect server of this process."""
    pytest.importorskip("pyspark", reason="Spark needs pip install 'timeline-visits[spark]'")
    spark = pytest.importorskip("pysail.spark", reason="the server is that of pip install pysail")
    if not hasattr(
        sys.modules["__main__"], "__file__"
    ):  # Spark takes a worker of xdist for its own doctests, and exits
        sys.modules["__main__"].__file__ = __file__
    server = spark.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    yield f"sc://127.0.0.1:{server.listening_address[1]}"
    server.stop()


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """The address of Spark's own Connect server, where there is one: Java, and the whole of PySpark in place of its client."""
    pyspark = pytest.importorskip("pyspark", reason="Spark needs pip install 'timeline-visits[spark]'")
    home = Path(pyspark.__file__).parent
    jar = next(home.glob("jars/spark-connect_*.jar"), None)
    if jar is None or shutil.which("java") is None:
        pytest.skip("Spark's own server needs Java, and pip install pyspark in place of pyspark-client")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"connect.grpc.binding.address": "127.0.0.1", "connect.grpc.binding.port": port, "sql.shuffle.partitions": 2, "ui.enabled": "false"}  # fmt: skip
    command = [home / "bin" / "spark-submit", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]"]  # fmt: skip
    command += [part for name, value in settings.items() for part in ("--conf", f"spark.{name}={value}")]
    folder = tmp_path_factory.mktemp("spark")
    env = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    with (folder / "log").open("w") as log, subprocess.Popen([*map(str, command), str(jar)], stdout=log, stderr=log, cwd=folder, env=env) as server:  # fmt: skip
        try:
            _wait_for(port, server)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port, server):
    for _ in range(180):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, "the server has ended"
            time.sleep(1)
    pytest.fail("the server does not start")


@pytest.fixture(scope="module", params=["sail", "spark"])
def server(request):
    """A server of Spark Connect: that of pysail, and Spark itself where it is installed."""
    return request.getfixturevalue(request.param)


def digest(rows):
    """One hash of all rows, in order: counts would not see a wrong bound."""
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


@contextmanager
def opened(name, path):
    """An engine and its table. A client of Spark that outlives its server tries for minutes to take leave of it."""
    engine, table = open_engine(name, [path])
    try:
        yield engine, table
    finally:
        engine.connection.disconnect()


def held(name, path, store, query, cut, as_of, at_a_time=0):
    """Hold all rows of an engine against those of the reference."""
    with opened(name, path) as (engine, table):
        gaps = questions.gaps(engine._replace(at_a_time=at_a_time), table, query, WORDS, cut, as_of)
        found = engine_gap_answer(gaps, query, WORDS, cut, as_of).rows
    expected = reference(query, store, cut, as_of).rows
    assert expected
    assert next(((one, other) for one, other in zip(expected, found, strict=True) if one != other), None) is None
    assert digest(found) == digest(expected)


LATE, EARLY = parse_when("2026-01-01").start.earliest, parse_when("2010-02-02").start.earliest
FEBRUARY = Span(parse_when("2010-02-01").start.earliest, parse_when("2010-02-28").start.latest)
CUTS = [
    pytest.param(Cut(), Query(), LATE, id="by direction"),
    pytest.param(Cut(), Query(types=("any",), statuses=("any",), kinds=("any",)), LATE, id="all events by direction"),
    pytest.param(Cut(by="pair"), Query(types=("any",)), LATE, id="all events by pair"),
    pytest.param(Cut(by="pair"), Query(between=("china", FORMER[0])), LATE, id="a pair of which one has ended"),
    pytest.param(Cut(by="visitor"), Query(), LATE, id="by visitor"),
    pytest.param(Cut(by="visitor"), Query(hosts=("china", *FORMER)), EARLY, id="by visitor to some, as of an early day"),
    pytest.param(Cut(by="host"), Query(visitors=tuple(FORMER)), LATE, id="by host of states that have ended"),
    pytest.param(Cut(by="all"), Query(), EARLY, id="all as of an early day"),
    pytest.param(Cut(by="all"), Query(actors=("china",), period=FEBRUARY), LATE, id="all of a period"),
    pytest.param(Cut(by="visitor", longest=2), Query(), LATE, id="the longest of each"),
    pytest.param(Cut(longest=1, sort="length"), Query(), LATE, id="the longest by length"),
    pytest.param(Cut(by="pair"), Query(types=("any",), where=(("office", "premier"), ("kind", "state"))), LATE, id="under some values"),
    pytest.param(Cut.read(by="host", basis="arrivals", longest=2, least="20d", sort="length"), Query(), LATE, id="the longest of 20 days or more"),
]  # fmt: skip


BASES = ("arrivals", "absence")
BY_TURNS = [
    pytest.param(*cut.values, basis, id=f"{cut.id}-{basis}")
    for place, cut in enumerate(CUTS)
    for basis in (BASES[place % 2], BASES[1 - place % 2])
]


@pytest.mark.parametrize(("cut", "query", "as_of", "basis"), one_in(2, BY_TURNS))
def test_gaps_are_those_of_the_reference(files, store, cut, query, as_of, basis):
    held("duckdb", files(store), store, query, cut._replace(basis=basis), as_of)


@pytest.mark.parametrize(("by", "longest"), [("direction", 0), ("host", 2)])
def test_gaps_in_parts_are_those_of_all(files, store, by, longest):
    held("duckdb", files(store), store, Query(), Cut(by=by, longest=longest), LATE, at_a_time=100)


@pytest.mark.parametrize("basis", ["arrivals", "absence"])
@pytest.mark.parametrize("by", ["direction", "visitor"])
def test_gaps_on_spark_connect_are_those_of_the_reference(files, server, by, basis):
    store = a_store(7, 150)
    held(server, files(store), store, Query(types=("any",)), Cut(by=by, basis=basis), LATE)


COUNTED = [
    ("year", "direction"), ("month", "actor"), ("decade", "rank"), ("visitor", "pair"), ("host",), ("person", "office"), ("office", "role"),
    ("role", "person"), ("kind", "type"), ("status", "support"), ("place", "month"), ("tag", "source"), ("met", "office"), ("source", "year"),
]  # fmt: skip
AMONG = [
    pytest.param(Query(), id="defaults"),
    pytest.param(Query(types=("any",), kinds=("any",), statuses=("any",)), id="everything"),
    pytest.param(Query(actors=("japan",), types=("any",), offices=("politburo-member",), roles=("accompanies",)), id="some people"),
    pytest.param(Query(types=("any",), level=20, where=(("role", "heads"), ("rank", "minister"))), id="of people and a rank"),
]  # fmt: skip


def counted_alike(name, path, store, query, fields, as_of=None, *, balance=False):
    """Hold all counts of an engine against those of the reference, but for the commands that list events, which it cannot give."""
    as_of = as_of or LATE
    with opened(name, path) as (engine, table):
        since = questions.still_open(engine, table, query, WORDS, as_of) if balance else None
        found = engine_stats_answer(questions.counts(engine, table, query, WORDS, fields), since, query, WORDS, as_of)
    picked = tally(select(store.events, query, WORDS), fields, query, WORDS)
    pairs = measured(store, query._replace(types=()), Cut(by="pair"), as_of) if balance else []
    expected = stats_answer(picked, pairs, query, store, [], as_of)
    assert {row["command"] for row in found.rows} <= {None}
    rows = [row | {"command": None} for row in expected.rows]
    assert next(((one, other) for one, other in zip(rows, found.rows, strict=True) if one != other), None) is None
    assert digest([found.rows, found.summary]) == digest([rows, expected.summary])
    assert found.remarks == expected.remarks


COUNTED_AMONG = [
    pytest.param(fields, *among.values, id=f"{'-'.join(fields)}-{among.id}") for fields in COUNTED for among in AMONG
]


@pytest.mark.parametrize(("fields", "query"), one_in(3, COUNTED_AMONG))
def test_counts_are_those_of_the_reference(files, coarse, fields, query):
    counted_alike("duckdb", files(coarse), coarse, query, fields)


def test_nothing_is_counted_where_nothing_is(files, coarse):
    counted_alike("duckdb", files(coarse), coarse, Query(hosts=("tuvalu",)), ("year", "office"))


@pytest.mark.parametrize("fields", one_in(3, COUNTED), ids="-".join)
def test_counts_on_spark_connect_are_those_of_the_reference(files, coarse, server, fields):
    counted_alike(server, files(coarse), coarse, Query(actors=("japan", "china"), types=("any",)), fields)


CONDITIONS = [
    [("year", "2010")], [("year", "../2010"), ("support", "recalled")], [("decade", "2010s")], [("month", "01")], [("month", "")], [("direction", "china/japan")],
    [("direction", "")], [("pair", "china/japan")], [("actor", "russia")], [("visitor", "")], [("host", "japan")], [("rank", "head-of-government")], [("rank", "")],
    [("kind", "")], [("kind", "state"), ("place", "東京")], [("place", "")], [("tag", "a=b"), ("tag", "a/b")], [("source", "tass.example")], [("source", "TASS")],
    [("source", "")], [("met", "")], [("person", "Person 1")], [("person", "Person 1"), ("role", "accompanies")], [("office", "politburo-member")], [("office", "")],
    [("office", "premier"), ("office", "president")], [("type", "treaty")], [("status", "happened")], [("person", ""), ("support", "recalled")],
]  # fmt: skip
BALANCED = [
    pytest.param(Query(), "2026-01-01", id="defaults"),
    pytest.param(Query(types=("any",), statuses=("any",), kinds=("any",)), "2026-01-01", id="all events"),
    pytest.param(Query(actors=("china",), period=FEBRUARY), "2026-01-01", id="of a period"),
    pytest.param(Query(), "2010-02-02", id="as of an early day"),
    pytest.param(Query(), "2008-12-31", id="as of a day before all"),
    pytest.param(Query(types=("treaty",)), "2026-01-01", id="no visits"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "as_of"), BALANCED)
def test_the_balance_is_that_of_the_reference(files, store, coarse, query, as_of):
    day = parse_when(as_of).start.latest
    counted_alike("duckdb", files(store), store, query, ("year", "direction"), day, balance=True)
    if day == LATE and not query.period:
        counted_alike("duckdb", files(coarse), coarse, query, ("year", "direction"), day, balance=True)


def test_the_balance_on_spark_connect_is_that_of_the_reference(files, server):
    store = a_store(7, 150)
    counted_alike(server, files(store), store, Query(), ("year", "direction"), balance=True)


SCOPES = [
    pytest.param(Query(), id="defaults"),
    pytest.param(Query(types=("any",), kinds=("any",), statuses=("any",)), id="everything"),
    pytest.param(Query(actors=("china", FORMER[0]), types=("any",)), id="actors of visits and treaties"),
    pytest.param(Query(between=("china", "japan"), types=("visit", "treaty")), id="between"),
    pytest.param(Query(visitors=("china",), hosts=("japan", "russia"), kinds=("state", "transit")), id="direction and kinds"),
    pytest.param(Query(statuses=("announced", "cancelled"), supports=("recalled",)), id="statuses and support"),
    pytest.param(Query(period=FEBRUARY), id="a period"),
    pytest.param(Query(offices=("politburo-member",)), id="an office that others imply"),
    pytest.param(Query(level=40, roles=("accompanies",)), id="a rank and a role of the same person"),
    pytest.param(Query(types=("any",), roles=("any",)), id="any role"),
    pytest.param(Query(offices=("premier",), level=80, roles=("any",)), id="an office, a rank and any role"),
    pytest.param(Query(types=("any",), not_=Query(actors=("japan",), kinds=("state",), roles=("accompanies",), supports=("recalled",))), id="without some"),
    pytest.param(Query(types=("any",), not_=Query(types=("treaty",), statuses=("announced",), offices=("president",), hosts=("russia",))), id="without others"),
    *(pytest.param(Query(types=("any",), where=conditions), id=" ".join(map("=".join, conditions))) for conditions in CONDITIONS),
    pytest.param(Query(roles=("heads",), where=(("person", "Person 1"), ("rank", "minister"))), id="of those who head the rank, and who they are"),
]  # fmt: skip


@pytest.mark.parametrize("query", SCOPES)
def test_a_scope_is_that_of_the_reference(files, store, query):
    engine, table = open_engine("duckdb", [files(store)])
    found = {row["id"] for row in engine.rows(scoped(events(table), query, WORDS).select("id"))}
    expected = {event.id for event in select(store.events, query, WORDS)}
    assert found == expected
    assert expected


@pytest.mark.parametrize("query", one_in(3, SCOPES))
def test_a_scope_on_spark_connect_is_that_of_the_reference(files, server, query):
    store = a_store(7, 150)
    with opened(server, files(store)) as (engine, table):
        found = {row["id"] for row in engine.rows(scoped(events(table), query, WORDS).select("id"))}
    assert found == {event.id for event in select(store.events, query, WORDS)}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(Query(types=("any",), offices=("politburo-member",), roles=("any",)), id="an office"),
        pytest.param(Query(types=("any",), where=(("person", "Person 1"), ("decade", "2010s"))), id="some values"),
    ],
)
def test_people_of_a_scope_are_asked_for_on_spark_connect(files, server, query):
    store = a_store(7, 150)
    held(server, files(store), store, query, Cut(), LATE)
    counted_alike(server, files(store), store, query, ("person", "direction"), balance=True)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder with the record that ships as files for engines, one of them again, and with a small one of a disputed date: written once."""
    folder = tmp_path_factory.mktemp("exported")
    (folder / "d.csv").write_text('id,date,visitor,host,people\na,2010,china,japan,A\nb,"[2011, 2012]",china,japan,A\n')
    (folder / "other.csv").write_text("id,date,title,visitor,host\na,2010,b,china,japan\n")
    env = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if key in os.environ}
    for args in (["-o", "all.parquet"], ["-o", "all.csv"], ["--store", "d.csv", "-o", "disputed.parquet"]):
        assert started(["export", *args], env | {"HOME": str(folder), "LANG": "C.UTF-8"}, folder).returncode == 0
    shutil.copy(folder / "all.parquet", folder / "again.parquet")
    shutil.copy(folder / "all.csv", folder / "record.csv")
    return folder


@pytest.fixture
def there(exported, tmp_path):
    """These files, in the folder of a command."""
    for path in filter(Path.is_file, exported.iterdir()):
        shutil.copy(path, tmp_path)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize(
    "scope",
    [
        pytest.param(["--visitor", "prc"], id="a visitor"),
        pytest.param(["--host", "dprk", "--since", "1990s", "--not-kind", "state"], id="a host, a period, not a kind"),
        pytest.param(["--type", "any", "--status", "any", "--kind", "any"], id="everything"),
    ],
)
@pytest.mark.usefixtures("there")
def test_a_list_is_that_of_the_record(ask, suffix, scope):
    found = ask("list", "--engine", "duckdb", "--from", f"all.{suffix}", *scope, "-O", "json")
    expected = ask("list", "--store", "record.csv", *scope, "-O", "json")
    assert (found.code, found.out) == (0, expected.out)
    assert len(json.loads(found.out)["rows"]) > 5


@pytest.mark.usefixtures("there")
def test_an_empty_cell_says_what_is_usual(ask, tmp_path):
    """As in a store of CSV: a visit, that happened."""
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bare = [
        row | {"type": "", "status": "", "support": ""}
        if (row["type"], row["status"], row["support"]) == ("visit", "happened", "confirmed")
        else row
        for row in rows
    ]
    with (tmp_path / "bare.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(bare[0]))
        writer.writeheader()
        writer.writerows(bare)
    assert sum(row["type"] == "" for row in bare) > 100
    for command in (["list"], ["stats", "--by", "status"], ["stats", "--by", "support"]):
        asked = [*command, "--engine", "duckdb", "-O", "csv", "--from"]
        assert ask(*asked, "bare.csv").out.replace("bare.csv", "all.csv") == ask(*asked, "all.csv").out


@pytest.mark.usefixtures("there")
def test_a_date_that_is_none_is_told_of_counts_too(ask, tmp_path):
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file)) | {"date": "2019-13-45"}
    with (tmp_path / "bad.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    refused = ask_fails(ask, "stats", "--by", "year", "--type", "any", "--engine", "duckdb", "--from", "bad.csv")
    assert "--from: in the files, date: 2019-13-45" in refused


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("target", ["all.parquet", "./all.csv", "new.csv"])
def test_no_answer_of_an_engine_is_written_over_its_data_nor_read_with_it(ask, tmp_path, target):
    before = {path.name for path in tmp_path.iterdir()}
    for files in ("all.parquet", "*.csv"):
        if target.endswith(files[-4:]):
            refused = ask_fails(ask, "list", "--engine", "duckdb", "--from", files, "-o", target)
            assert f"--output: {target} is of the data that --from names; name another file" in refused
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("files", ["**/*.csv", "link*.csv", "file://{}/all.csv"])
def test_data_that_is_named_otherwise_is_written_over_by_no_answer(ask, tmp_path, files):
    (tmp_path / "link.csv").symlink_to("all.csv")
    asked = ("list", "--engine", "duckdb", "--from", files.format(tmp_path), "-o", "all.csv")
    assert "--output: all.csv is of the data that --from names" in ask_fails(ask, *asked)


@pytest.mark.usefixtures("there")
def test_days_that_another_program_wrote_as_dates_are_read(ask, tmp_path):
    import duckdb

    duckdb.sql(
        f"COPY (SELECT * REPLACE (start_earliest::DATE AS date) FROM '{tmp_path}/all.parquet' WHERE length(date) = 10) TO '{tmp_path}/days.parquet'"
    )
    for command in ("list", "gap", "stats"):
        assert ask(command, "--engine", "duckdb", "--from", "days.parquet", "-O", "csv").out.count("\n") > 1


@pytest.mark.usefixtures("there")
def test_a_list_by_office_needs_parquet(ask):
    scope = ("--office", "premier", "--at-least", "minister", "--role", "heads")
    found = ask("list", "--engine", "duckdb", "--from", "all.parquet", *scope, "-O", "csv")
    assert found.out == ask("list", "--store", "all.csv", *scope, "-O", "csv").out
    refused = ask_fails(ask, "list", "--engine", "duckdb", "--from", "all.csv", *scope)
    assert "use Parquet" in refused


def ask_fails(ask, *args):
    from timeline.errors import TimelineError

    with pytest.raises(TimelineError) as raised:
        ask(*args)
    assert raised.value.status == 2
    return str(raised.value)


def test_years_in_a_folder_give_the_same_as_one_file(ask, tmp_path):
    store = ("--store", "@inter-korean")
    ask("export", *store, "-o", "all.parquet")
    ask("export", *store, "-o", "years.parquet", "--partition", "year")
    assert (tmp_path / "years.parquet" / "year=2018").is_dir()
    asked = ("--type", "any", "--basis", "absence", "--as-of", "2026-11-24", "-O", "json", "--engine", "duckdb")
    one = ask("gap", *asked, "--from", "all.parquet")
    assert len(json.loads(one.out)["rows"]) >= 20
    assert ask("gap", *asked, "--from", "years.parquet").out == one.out
    assert ask("gap", *asked, "--from", "years.parquet/*/*.parquet").out == one.out


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.usefixtures("there")
def test_counts_of_files_are_those_of_the_record(ask, suffix):
    scope = ("--by", "decade,direction", "--since", "1990", "-O", "json")
    found, expected = (
        json.loads(ask("stats", *where, *scope).out)
        for where in (("--engine", "duckdb", "--from", f"all.{suffix}"), ("--store", "record.csv"))
    )
    assert found["rows"] == [row | {"command": None} for row in expected["rows"]]
    assert {key: found[key] for key in ("scope", "summary")} == {key: expected[key] for key in ("scope", "summary")}
    table = ask("stats", "--engine", "duckdb", "--from", f"all.{suffix}", *scope[:-1], "table").out
    assert all(word in table for word in ("Decade", "Direction", "First", "China → North Korea", "1990s"))


@pytest.mark.parametrize("command", ["list", "gap", "stats"])
@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(["host=DPRK", "decade=2010s"], id="an alias of an actor"),
        pytest.param(["person=xi jinping"], id="a person in other letters"),
        pytest.param(["place=pyongyang", "rank=head-of-government"], id="a place and a rank"),
    ],
)
@pytest.mark.usefixtures("there")
def test_values_are_found_as_in_a_record(ask, command, conditions):
    asked = [part for one in conditions for part in ("--where", one)] + ["--as-of", "2026-11-24", "-O", "json"]
    found = json.loads(ask(command, "--engine", "duckdb", "--from", "all.parquet", *asked).out)
    expected = json.loads(ask(command, "--store", "record.csv", *asked).out)
    without = {"command": None} if command == "stats" else {}
    assert found["rows"] == [row | without for row in expected["rows"]]
    assert found["rows"]
    if command == "stats":
        assert (found["scope"], found["summary"]) == (expected["scope"], expected["summary"])
        assert found["summary"]["balance"]


@pytest.mark.usefixtures("there")
def test_the_balance_is_shown_with_the_counts(ask):
    asked = ("stats", "--engine", "duckdb", "--from", "all.parquet", "--between", "china", "dprk")
    table = ask(*asked, "--as-of", "2026-11-24", "-O", "table").out
    assert all(
        word in table
        for word in ("Balance", "China – North Korea", "at most", "By year and direction", "claim no coverage")
    )
    assert ask(*asked, "--show-sql").out.count(";\n") == 2
    assert "Balance" not in ask(*asked, "--by", "year,direction", "-O", "table").out


@pytest.mark.usefixtures("there")
def test_a_query_is_shown_undivided(ask):
    """However many events there are, and in how many parts they are asked for."""
    assert "HASH" not in ask("gap", "--engine", "duckdb", "--from", "all.parquet", "--show-sql").out.upper()


def test_a_word_that_no_vocabulary_has_is_named(files):
    offices = WORDS.extended((), [Office("augur", "Augur", "state", 40)], ())
    words = offices._replace(actors={**offices.actors, "atlantis": Actor("atlantis", "Atlantis")})
    party = (Person("A", offices=("augur",)),)
    there = files(Store((Event("a", parse_when("2010"), visitor="china", host="atlantis", people=party),), words))

    def refused(fields):
        engine, table = open_engine("duckdb", [there])
        with pytest.raises(UsageError) as raised:
            questions.counts(engine, table, Query(), WORDS, fields)
        return str(raised.value)

    assert "unknown actor 'atlantis'" in refused(["direction"])
    assert "unknown office 'augur'" in refused(["office"])
    assert "unknown office;" in refused(["year", "rank"])


@pytest.mark.parametrize(
    ("question", "told"),
    [(("gap",), "ROW_NUMBER"), (("list",), "ORDER BY"), (("stats", "--by", "year,office"), "GROUP BY")],
)
@pytest.mark.usefixtures("there")
def test_the_query_is_shown_and_not_asked(ask, question, told):
    shown = ask(*question, "--engine", "duckdb", "--from", "all.parquet", "--host", "dprk", "--show-sql")
    assert shown.code == 0
    assert shown.out.startswith(("WITH", "SELECT"))
    assert all(word in shown.out for word in (told, "north-korea"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["list", "--from", "all.parquet"], "--from goes with --engine: add --engine duckdb", id="no engine"),
        pytest.param(["gap", "--show-sql"], "--show-sql goes with --engine: add --engine duckdb", id="nothing to show"),
        pytest.param(["list", "--engine", "duckdb"], "--engine duckdb reads files: --from 'events/*.parquet'", id="no files"),
        pytest.param(["list", "--engine", "duckbd", "--from", "all.parquet"], "unknown value 'duckbd'; did you mean 'duckdb'?", id="unknown engine"),
        pytest.param(["list", "--engine", "duckdb", "--from", "none.parquet"], "none.parquet", id="no such file"),
        pytest.param(["list", "--engine", "duckdb", "--from", "all.parquet", "--from", "all.csv"], "name files of one kind", id="two kinds"),
        pytest.param(["list", "--engine", "duckdb", "--from", "other.csv"], "the files lack start_earliest", id="other columns"),
        pytest.param(["list", "--engine", "duckdb?memory=1", "--from", "all.parquet"], "--engine duckdb?memory=1:", id="unknown setting"),
        pytest.param(["list", "--engine", "duckdb", "--from", "all.parquet", "--person", "Kim"], "--person: an engine cannot compare names as a record does; --where person=… takes those", id="a name"),
        pytest.param(["list", "--engine", "duckdb", "--from", "all.parquet", "--not-text", "Kim"], "--not-text: an engine cannot compare names as a record does; write what is near it", id="a text"),
        pytest.param(["list", "--engine", "duckdb", "--from", "all.parquet", "--where", "person=Xi Jinpin"], "did you mean 'Xi Jinping'", id="a value of none"),
        pytest.param(["gap", "--engine", "duckdb", "--from", "all.csv", "--where", "place=Pyongyang"], "--where place: in CSV lists are texts", id="where lists are texts"),
        pytest.param(["gap", "--engine", "duckdb", "--from", "all.csv", "--where", "person="], "in CSV people are texts", id="where people are texts"),
        pytest.param(["gap", "--engine", "duckdb", "--from", "all.parquet", "--by", "person"], "--by person: an engine cannot group so", id="by person"),
        pytest.param(["stats", "--engine", "duckdb", "--from", "disputed.parquet", "--as-of", "2011-06-01"], "where it has a disputed date, such as that of b; count alone, --by year,direction, or write the scope", id="the balance of disputed dates"),
        pytest.param(["stats", "--engine", "duckdb", "--from", "all.parquet", "--by", "yaer"], "unknown field 'yaer'", id="unknown field"),
        pytest.param(["stats", "--engine", "duckdb", "--from", "all.csv", "--by", "tag"], "--by tag: in CSV lists are texts", id="lists in CSV"),
        pytest.param(["stats", "--engine", "duckdb", "--from", "all.parquet", "--from", "again.parquet", "--by", "year"], "ids are missing or stand there twice", id="counted twice"),
        pytest.param(["stats", "--engine", "duckdb", "--from", "disputed.parquet", "--by", "year", "--since", "2011-05..2011-06"], "cannot tell whether disputed dates lie in a period that they enclose, such as that of b;", id="disputed in a period"),
        pytest.param(["list", "--engine", "duckdb", "--from", "all.parquet", "--from", "again.parquet"], "ids are missing or stand there twice", id="listed twice"),
        pytest.param(["list", "--engine", "duckdb", "--from", ""], "--from: the name is empty", id="no name"),
        pytest.param(["gap", "--engine", "duckdb", "--from", "disputed.parquet"], "cannot measure gaps between disputed dates, such as that of b;", id="disputed"),
        pytest.param(["gap", "--engine", "duckdb", "--from", "all.parquet", "--from", "again.parquet", "--kind", "state"], "ids are missing or stand there twice", id="files twice"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("there")
def test_what_an_engine_cannot_do_is_refused(ask, options, message):
    assert message in ask_fails(ask, *options)


def test_no_server_is_said_with_what_starts_one(ask):
    pytest.importorskip("pyspark", reason="Spark needs pip install 'timeline-visits[spark]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        told = ask_fails(ask, "list", "--engine", f"sc://127.0.0.1:{port}", "--from", "all.parquet")
    assert (
        f"nothing answers at 127.0.0.1:{port}; start one: pip install pysail && sail spark server --port {port}" in told
    )


@pytest.mark.parametrize(
    ("engine", "library", "extra"), [("duckdb", "ibis", "scale"), ("sc://localhost", "pyspark", "spark")]
)
def test_a_missing_library_is_said_with_what_installs_it(run, tmp_path, engine, library, extra):
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / f"{library}.py").write_text(f"raise ModuleNotFoundError('none', name={library!r})")
    done = run("gap", "--engine", engine, "--from", "a.parquet", env={"PYTHONPATH": str(tmp_path / "without")})
    expected = f"timeline: {extra} needs {library}, which is not installed: pip install 'timeline-visits[{extra}]'\n"
    assert (done.code, done.err) == (2, expected)
