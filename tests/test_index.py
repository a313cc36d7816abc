"""What is kept in the cache folder: never an answer that reading the record would not give, whatever was done to either."""

import os
import random
import shutil
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from shortened import one_in

import timeline
from timeline.cli.places import shipped_records
from timeline.errors import StoreError, UsageError
from timeline.query import Query, actors_of, involving
from timeline.store import index as indexing
from timeline.store import load, making
from timeline.store.index import RACY, Index, Look, Moment
from timeline.store.reading import read_pieces
from timeline.store.segments import MARK

RECORDS = {name: str(path) for name, path in shipped_records().items()}
YEARS = {"1950s": range(1950, 1955), "1990s": range(1990, 1994), "2010s": range(2010, 2014)}
HEAD = """\
timeline: 1
{words}
events:
"""
WORDS = """\
title: A record of three files
actors:
- {id: ruritania, name: Ruritania, capitals: [Strelsau]}
offices:
- {id: high-steward, title: High Steward, ladder: state, level: 60}
coverage:
- {id: all, visitor: ruritania, host: china, from: 1949, to: 2025-12-31, how: complete}
"""
VISIT = """
- id: visit-{year}
  date: {year}-0{month}-05/{year}-0{month}-09
  visitor: {visitor}
  host: {host}
  people: [{{name: Rudolf, offices: [high-steward]}}]
  sources: [{{title: T, url: "https://news.org/{year}"}}]
"""


@pytest.fixture
def small(monkeypatch):
    """Records of any size are kept."""
    monkeypatch.setattr(indexing, "LEAST", 0)


def moment(later=0):
    return Moment(time.time_ns() + later, time.monotonic_ns() + later)


def kept(paths, folder, now=None):
    """The record as a run of the program has it, at some time of its clocks: from what is kept, or read and kept."""
    index = Index(folder, now or moment())
    opened = index.open(paths)
    return opened.store() if opened else load(paths)


def found(paths, folder):
    """A record that is kept, and whose files are as they were for long enough to be known by how they look."""
    kept(paths, folder)
    kept(paths, folder, moment(2 * RACY))
    return Index(folder, moment(3 * RACY)).open(paths)


def folder_of(path):
    """A record of three files: words in the first, visits in all."""
    path.mkdir()
    for number, (name, years) in enumerate(YEARS.items()):
        visits = (VISIT.format(year=y, month=y % 9 + 1, visitor="ruritania", host="china") for y in years)
        (path / f"{name}.yaml").write_text(HEAD.format(words="" if number else WORDS) + "".join(visits))
    return path


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", RECORDS)
def test_what_is_kept_is_what_was_read(name, tmp_path):
    store = load([RECORDS[name]])
    opened = found([RECORDS[name]], tmp_path)
    assert opened.store() == store
    assert opened.store().by_id == store.by_id
    assert opened.bare.events == ()
    assert opened.bare.coverage == store.coverage


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", RECORDS)
def test_what_is_taken_for_some_actors_is_all_that_involves_them(name, tmp_path):
    store = load([RECORDS[name]])
    opened = found([RECORDS[name]], tmp_path)
    actors = sorted({actor for event in store.events for actor in event.involved})[:6]
    for one in actors:
        for query in (
            Query(actors=(one,)),
            Query(visitors=(one,)),
            Query(between=(one, actors[0]), hosts=(actors[0], one)),
        ):
            groups = actors_of(query)
            assert list(opened.store(groups).events) == involving(store.events, groups)


SCOPES = (
    "--actor china",
    "--visitor china --host dprk --office premier",
    "--between china dprk --at-least head-of-state",
    "--host china --kind any --type any",
    "--actor south-korea",
    "--visitor china --person {xi}",
    "--actor china --not-host dprk",
    "--visitor china --since 2000 --until 2019",
    "--actor nowhere",
    "--actor ruusia",
    "--visitor china --place Pyongyang",
    "--between china dprk --where kind=official",
)
COMMANDS = ("gap", "gap --by pair", "gap --by visitor", "gap --by person --longest 2", "gap --by office", "list", "list --role accompanies", "stats --by decade", "stats", "on-this-day --on 10-09")  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "command"),
    one_in(3, [pytest.param(*case, id=" ".join(reversed(case))) for case in product(SCOPES, COMMANDS)]),
)
def test_an_answer_is_the_same_with_what_is_kept_and_without(command, scope, ask, some):
    asked = [*command.split(), *(part.replace("{xi}", "Xi Jinping") for part in scope.split())]
    for store in some(("@china-north-korea", "@inter-korean", "@united-states-china"), 3):
        fixed = ["--store", store, "--as-of", "2026-11-24", "-O", "json"]
        assert said(ask, *asked, *fixed) == said(ask, *asked, *fixed, "--no-index")


def said(ask, *args):
    try:
        return ask(*args)
    except UsageError as error:
        return str(error)


def test_visits_that_two_files_tell_are_said_with_what_is_kept_as_without(run, tmp_path):
    text = Path(RECORDS["china-north-korea"]).read_text("utf-8")
    (tmp_path / "one.yaml").write_text(text)
    asked = ["gap", "--visitor", "china", "--office", "premier", "--store", "one.yaml", "--store", "two.yaml"]
    (tmp_path / "two.yaml").write_text(
        "timeline: 1\nevents:\n"
        + text[text.index("- id: li-qiang-pyongyang-2025-10") :]
        .partition("\n\n")[0]
        .replace("- id: li", "- id: premier-li")
        + "\n"
    )
    cold, warm, without = run(*asked), run(*asked), run(*asked, "--no-index")
    assert "counted twice" in without.err
    assert cold == warm == without


class Disturbed:
    """A record and a cache folder, to both of which things are done, on a file system whose clock may be coarse and be set."""

    def __init__(self, path, dice, monkeypatch):
        self.record, self.cache, self.dice = folder_of(path / "record"), path / "cache", dice
        self.wall = self.elapsed = 10**18
        self.tick = dice.choice([1, 10**6, 10**9, RACY])
        self.looks = {}
        monkeypatch.setattr(Look, "at", self.look)

    def look(self, path):
        """A file as it looks by that clock, since it really changed."""
        facts = Path(path).stat()
        real = (facts.st_size, facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns)
        if self.looks.get(str(path), (None,))[0] != real:
            self.looks[str(path)] = (real, Look(*real[:2], *[self.wall // self.tick * self.tick] * 2))
        return self.looks[str(path)][1]

    def do(self, deed):
        getattr(self, deed)()
        for path in self.record.glob("*.yaml"):
            self.look(path)

    def file(self):
        return self.dice.choice(sorted(self.record.glob("*.yaml")))

    def edited(self):
        """Another day, in a text of the same length."""
        file = self.file()
        text = file.read_text()
        at = self.dice.choice([i for i in range(len(text)) if text.startswith("-05/", i)] or [0])
        file.write_text(text[:at] + self.dice.choice(["-05/", "-06/", "-07/"]) + text[at + 4 :] if at else text)

    def put_back(self):
        """Another text, seen, then the old one again."""
        file = self.file()
        before = file.read_text()
        file.write_text(before.replace("-05/", "-04/"))
        assert whole(lambda: kept([str(self.record)], self.cache, self.now())) == whole(
            lambda: load([str(self.record)])
        )
        file.write_text(before)

    def touched(self):
        self.file().touch()

    def replaced(self):
        """By another file, as editors do."""
        file = self.file()
        beside = file.with_suffix(".new")
        beside.write_text(file.read_text().replace("-06/", "-05/"))
        beside.replace(file)

    def reworded(self):
        file = self.record / "1950s.yaml"
        file.write_text(file.read_text().replace("level: 60", f"level: {self.dice.choice([60, 70, 80])}"))

    def added(self):
        year = self.dice.randrange(1960, 1980)
        file = self.record / f"{year}.yaml"
        file.write_text(HEAD.format(words="") + VISIT.format(year=year, month=2, visitor="china", host="ruritania"))

    def doubled(self):
        """The same id in two files: no record, until one is gone."""
        (self.record / "9999.yaml").write_text(
            HEAD.format(words="") + VISIT.format(year=1951, month=2, visitor="china", host="ruritania")
        )

    def removed(self):
        files = sorted(self.record.glob("[1-9]*.yaml"))[1:]
        if files:
            self.dice.choice(files).unlink()

    def linked(self):
        """To a file that is not in the folder, which nobody named."""
        link = self.record / "link.yaml"
        if link.is_symlink() or link.exists():
            link.unlink()
        else:
            outside = self.record.parent / "outside.yaml"
            outside.write_text(
                HEAD.format(words="") + VISIT.format(year=2000, month=2, visitor="china", host="ruritania")
            )
            link.symlink_to(outside)

    def broken(self):
        file = self.record / "broken.yaml"
        file.unlink() if file.exists() else file.write_text("timeline: 1\nevents: [")

    def kept_files(self):
        return [path for path in self.cache.rglob("*") if path.is_file()]

    def cut(self):
        for path in self.kept_files()[: self.dice.randrange(3)]:
            os.truncate(path, self.dice.randrange(path.stat().st_size + 1))

    def overwritten(self):
        for path in self.kept_files():
            raw = bytearray(path.read_bytes())
            for _ in range(self.dice.randrange(4)):
                raw[self.dice.randrange(len(raw))] ^= 1 << self.dice.randrange(8)
            path.write_bytes(raw)

    def mixed_up(self):
        """Each kept file under the name of another."""
        paths = self.kept_files()
        raws = [path.read_bytes() for path in paths]
        self.dice.shuffle(raws)
        for path, raw in zip(paths, raws, strict=True):
            if path.suffix == paths[0].suffix:
                path.write_bytes(raw)

    def forgotten(self):
        shutil.rmtree(self.cache, ignore_errors=True)

    def killed(self):
        """A run that ended in the middle of its writing."""
        if self.cache.is_dir():
            for folder in [path for path in self.cache.iterdir() if path.is_dir()]:
                (folder / "half.1.tmp").write_bytes(b"timeline")

    def passed(self):
        """Time."""
        passed = self.dice.choice([10**3, 10**8, RACY - 1, RACY, 10**12])
        self.wall, self.elapsed = self.wall + passed, self.elapsed + passed

    def stepped(self):
        """The clock is set, forward or back."""
        self.wall += self.dice.choice([-(10**13), -RACY, -(10**9), 10**9, RACY, 10**13])

    def restarted(self):
        """The machine, which takes longer than any clock is coarse."""
        self.wall, self.elapsed = self.wall + 2 * RACY, self.dice.randrange(10**9)

    def now(self):
        return Moment(self.wall, self.elapsed)


DEEDS = ("edited", "edited", "put_back", "touched", "replaced", "reworded", "added", "doubled", "removed", "linked", "broken", "cut", "overwritten", "forgotten", "killed", "mixed_up", "passed", "passed", "stepped", "restarted")  # fmt: skip


def whole(read):
    """A record, or the problems for which it is none."""
    try:
        return read()
    except StoreError as error:
        return str(error)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_done_to_a_record_and_its_index_the_answer_is_that_of_the_files(seed, tmp_path, monkeypatch):
    hold(seed, tmp_path, monkeypatch)


@pytest.mark.usefixtures("small")
@pytest.mark.long
def test_a_thousand_sequences(tmp_path, monkeypatch):
    for seed in range(1000, 2000):
        hold(seed, tmp_path / str(seed), monkeypatch)
        shutil.rmtree(tmp_path / str(seed))


def hold(seed, path, monkeypatch):
    path.mkdir(exist_ok=True)
    dice = random.Random(seed)
    one = Disturbed(path, dice, monkeypatch)
    paths = [str(one.record)]
    for _ in range(12):
        deed = dice.choice(DEEDS)
        one.do(deed)
        for _ in range(2):
            assert whole(lambda: kept(paths, one.cache, one.now())) == whole(lambda: load(paths)), (seed, deed)


@pytest.mark.usefixtures("small")
def test_a_file_named_twice_is_read_as_without(tmp_path):
    record, words = tmp_path / "record.yaml", tmp_path / "words.yaml"
    record.write_text(HEAD.format(words="") + VISIT.format(year=1990, month=2, visitor="ruritania", host="china"))
    words.write_text(f"timeline: 1\n{WORDS}")
    paths = [str(record), str(words), str(words)]
    store = whole(lambda: load(paths))
    assert [whole(lambda: kept(paths, tmp_path / "cache")) for _ in range(2)] == [store] * 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="words at the top"),
        pytest.param(
            'title: "A text\nevents: not yet"\n', id="words below a text that looks like the key of the events"
        ),
    ],
)
@pytest.mark.parametrize("words", ["", "- {id: strelsau, name: Strelsau}\n", "- {id: ruritania, name: Kingdom}\n"])
def test_words_that_come_go_or_change_are_those_of_the_record(before, words, tmp_path):
    record, cache = tmp_path / "record.yaml", tmp_path / "cache"
    visits = "events:\n" + VISIT.format(year=1990, month=2, visitor="india", host="china").replace(
        ", offices: [high-steward]", ""
    )
    for one in ("- {id: ruritania, name: Ruritania}\n- {id: grauburg, name: Grauburg}\n", words):
        record.write_text(f"timeline: 1\n{before}" + (f"actors:\n{one}" if one else "") + visits)
        assert kept([str(record)], cache) == load([str(record)])
        assert found([str(record)], cache).store() == load([str(record)])


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("place", range(len(MARK) + 16))
def test_what_has_a_damaged_length_or_checksum_is_made_anew(place, tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        for bit in range(8):
            raw = bytearray(path.read_bytes())
            raw[place] ^= 1 << bit
            path.write_bytes(raw)
            assert kept([str(record)], cache, moment(3 * RACY)) == load([str(record)])


@pytest.mark.parametrize(
    ("wall", "elapsed", "settled"),
    [
        pytest.param(RACY, RACY, True, id="long enough"),
        pytest.param(RACY - 1, RACY - 1, False, id="too short"),
        pytest.param(10 * RACY, 1, False, id="the clock was set forward"),
        pytest.param(-RACY, RACY, False, id="the clock was set back"),
        pytest.param(1, 10 * RACY, False, id="on another machine, which runs for longer"),
        pytest.param(RACY, -RACY, True, id="after the machine began anew"),
    ],
)
def test_when_a_change_can_be_told_from_how_a_file_looks(wall, elapsed, settled):
    assert Moment(10**18, 10**15).settles(Moment(10**18 + wall, 10**15 + elapsed)) is settled


@pytest.mark.usefixtures("small")
def test_a_change_while_the_clock_is_set_back_to_the_last_one_is_seen(tmp_path, monkeypatch):
    """On a file system that knows only even seconds, to which both changes are of one moment."""
    record = folder_of(tmp_path / "record")
    monkeypatch.setattr(Look, "at", lambda path: Look(Path(path).stat().st_size, 1, 10**18, 10**18))
    moments = [Moment(10**18 + wall * 10**9, 10**15 + elapsed * 10**9) for wall, elapsed in ((0, 0), (3, 3), (1, 6))]
    paths = [str(record)]
    for now in moments[:2]:
        kept(paths, tmp_path / "cache", now)
    file = record / "1950s.yaml"
    file.write_text(file.read_text().replace("-05/", "-04/"))
    assert kept(paths, tmp_path / "cache", moments[2]) == load(paths)


@pytest.mark.usefixtures("small")
def test_where_others_may_write_nothing_is_taken_or_left(tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    index = Index(cache, moment(3 * RACY))
    index.folder.chmod(0o777)
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*")}
    assert index.open([str(record)]) is None
    assert index.held() == []
    assert kept([str(record)], cache) == load([str(record)])
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*")} == before


@pytest.mark.usefixtures("small")
def test_what_is_kept_serves_where_nothing_more_can_be_written(tmp_path, monkeypatch):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    kept([str(record)], cache)

    def full(*_):
        raise OSError

    monkeypatch.setattr(indexing, "write_kept", full)
    assert Index(cache, moment(2 * RACY)).open([str(record)]).store() == load([str(record)])


@pytest.mark.usefixtures("small")
def test_what_was_kept_long_ago_makes_room(tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    for version in ("0" * 16, "1" * 16, "not ours"):
        (cache / version).mkdir(parents=True)
        (cache / version / "old").write_text("")
        os.utime(cache / version / "old", (0, 0))
    (cache / ("1" * 16) / "newer").write_text("")
    kept([str(record)], cache)
    left = {str(path.relative_to(cache)) for path in cache.glob("*/*") if path.parent != Index(cache, moment()).folder}
    assert left == {f"{'1' * 16}/newer", "not ours/old"}
    assert not (cache / ("0" * 16)).exists()


@pytest.mark.usefixtures("small")
def test_an_edit_reads_one_file_again(tmp_path, monkeypatch):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    read = []
    monkeypatch.setattr(
        "timeline.store.reading.read_pieces",
        lambda texts, *more: read.extend(name for name, _ in texts) or read_pieces(texts, *more),
    )
    file = record / "2010s.yaml"
    file.write_text(file.read_text().replace("2010-04-05", "2010-04-06"))
    assert kept([str(record)], cache) == load([str(record)])
    assert read[0] == str(file)
    assert read[1:] == [str(path) for path in sorted(record.glob("*.yaml"))]  # load


@pytest.mark.usefixtures("small")
def test_a_segment_that_nothing_needs_any_more_is_removed(tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    file = record / "2010s.yaml"
    for number in range(5):
        file.write_text(f"{file.read_text()}# edited {number}\n")
        kept([str(record)], cache)
    assert sum(path.is_file() for path in cache.rglob("*")) == 4


@pytest.fixture
def helped(monkeypatch):
    """As many helpers as there are files, however small; and what each of them was started with."""
    started = []
    helper = making._helper
    monkeypatch.setattr(making, "ENOUGH", 1)
    monkeypatch.setattr(making, "_processors", lambda: 8)
    monkeypatch.setattr(making, "_helper", lambda *given: started.append(helper(*given)) or started[-1])
    return started


@pytest.mark.usefixtures("small")
def test_what_helpers_read_is_what_one_process_reads(helped, tmp_path):
    record, cache, watched = folder_of(tmp_path / "record"), tmp_path / "cache", []
    opened = Index(cache, moment()).open([str(record)], lambda *done: watched.append(done))
    assert len(helped) == len(YEARS)
    assert opened.store() == load([str(record)])
    total = sum(path.stat().st_size for path in record.iterdir())
    assert [of for _, of in watched] == [total] * len(YEARS)
    assert watched[-1] == (total, total)
    assert Index(cache, moment(2 * RACY)).open([str(record)]).store() == load([str(record)])
    assert len(helped) == len(YEARS)  # nobody is asked for what is kept


def breaks(record):
    file = record / "1990s.yaml"
    file.write_text(file.read_text().replace("visitor: ruritania", "visitor: nowhere"))


def doubles(record):
    (record / "9999.yaml").write_text(
        HEAD.format(words="") + VISIT.format(year=1951, month=2, visitor="china", host="ruritania")
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("spoil", [breaks, doubles])
def test_what_is_wrong_with_a_file_that_a_helper_reads_is_told(spoil, helped, tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    spoil(record)
    assert Index(cache, moment()).open([str(record)]) is None
    assert helped
    assert whole(lambda: kept([str(record)], cache)) == whole(lambda: load([str(record)]))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["/nonexistent/python"], id="it cannot be started"),
        pytest.param([sys.executable, "-c", "import sys; sys.exit(1)"], id="it fails"),
        pytest.param(["/bin/sh", "-c", "kill -9 $$"], id="it is killed"),
        pytest.param([sys.executable, "-c", "import sys; sys.stdin.read()"], id="it says nothing and writes nothing"),
    ],
)
def test_a_record_is_read_whatever_becomes_of_the_helpers(command, helped, tmp_path, monkeypatch):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    monkeypatch.setattr(making, "COMMAND", command)
    assert kept([str(record)], cache) == load([str(record)])
    assert [one.returncode for one in helped if one.returncode is None] == []


@pytest.mark.usefixtures("small")
def test_helpers_end_with_the_work_that_is_broken_off(helped, tmp_path):
    record = folder_of(tmp_path / "record")

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Index(tmp_path / "cache", moment()).open([str(record)], stop)
    assert len(helped) == len(YEARS)
    assert all(one.returncode is not None for one in helped)


@pytest.fixture
def other(tmp_path):
    """A folder with another version of the program, which takes each visitor for its host."""
    shutil.copytree(Path(timeline.__file__).parent, tmp_path / "other" / "timeline")
    packed = tmp_path / "other" / "timeline" / "store" / "packed.py"
    packed.write_text(packed.read_text().replace("event.visitor,", "event.host,"))
    return tmp_path / "other"


def test_a_program_in_one_file_keeps_nothing_and_answers(tmp_path):
    package = Path(timeline.__file__).parent
    packed = shutil.make_archive(str(tmp_path / "program"), "zip", package.parent, package.name)
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from timeline.__main__ import main; main()"
    asked = "gap", "--store", RECORDS["inter-korean"], "--host", "DPRK", "-O", "csv"
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-P", "-c", code, packed, *asked], capture_output=True, check=False, env=env)
    usual = subprocess.run([sys.executable, "-m", "timeline", *asked], capture_output=True, check=True, env=env)
    assert (done.stdout, done.returncode) == (usual.stdout, 0), done.stderr
    assert b"South Korea" in done.stdout


@pytest.mark.usefixtures("small")
def test_helpers_are_of_the_program_that_asks(helped, other, tmp_path, monkeypatch):
    """Where another is installed, or lies in the folder in which the command is given."""
    record = folder_of(tmp_path / "record")
    monkeypatch.setenv("PYTHONPATH", str(other))
    monkeypatch.chdir(other)
    assert Index(tmp_path / "cache", moment()).open([str(record)]).store() == load([str(record)])
    assert helped


@pytest.mark.usefixtures("small")
def test_a_helper_of_another_version_does_nothing(helped, other, tmp_path, monkeypatch):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    monkeypatch.setattr(making, "COMMAND", (*making.COMMAND[:-1], str(other)))
    assert kept([str(record)], cache) == load([str(record)])
    assert helped
    assert not list(cache.rglob("*.catalogue"))


@pytest.mark.usefixtures("small")
def test_a_file_is_read_anew_under_a_name_that_says_it_has_rows(tmp_path):
    record, cache = folder_of(tmp_path / "record") / "1990s.yaml", tmp_path / "cache"
    record.write_text(record.read_text().replace("ruritania", "india").replace(", offices: [high-steward]", ""))
    found([str(record)], cache)
    rows = record.rename(record.with_suffix(".csv"))
    assert whole(lambda: kept([str(rows)], cache)) == whole(lambda: load([str(rows)])) == "1 problems in the store"


@pytest.mark.usefixtures("small")
def test_words_in_another_order_are_judged_as_without(tmp_path):
    """Somebody of a state that is named only below him is a problem; the words are the same."""
    record, cache = tmp_path / "record.yaml", tmp_path / "cache"
    states, people = "actors:\n- {id: ruritania, name: Ruritania}\n", "people:\n- {name: R E, actor: ruritania}\n"
    visits = "events:\n" + VISIT.format(year=1990, month=2, visitor="ruritania", host="china").replace(
        ", offices: [high-steward]", ""
    )
    for words in (states + people, people + states, states + people):
        record.write_text(f"timeline: 1\n{words}{visits}")
        for _ in range(2):
            assert whole(lambda: kept([str(record)], cache)) == whole(lambda: load([str(record)]))


@pytest.mark.usefixtures("small")
def test_ids_that_are_not_what_was_written_are_made_anew(tmp_path):
    """They are read only where a file changed; what is damaged in the segment of another must not stay so."""
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    unchanged = next(path for path in cache.rglob("*") if path.is_file() and b"visit-1952" in path.read_bytes())
    raw = unchanged.read_bytes()
    unchanged.write_bytes(raw.replace(b"visit-1952", b"visit-1953", 1))
    file = record / "2010s.yaml"
    file.write_text(file.read_text().replace("2010-04-05", "2010-04-06"))
    assert kept([str(record)], cache, moment(3 * RACY)) == load([str(record)])
    assert Index(cache, moment(4 * RACY)).open([str(record)]).store() == load([str(record)])
    assert unchanged.read_bytes() == raw


@pytest.mark.usefixtures("small")
def test_of_edits_that_make_no_record_nothing_is_left(tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    before = {path.name for path in cache.rglob("*") if path.is_file()}
    file = record / "2010s.yaml"
    sound = file.read_text()
    for number in range(5):
        file.write_text(f"{sound.replace('visit-2010', 'visit-1950')}# {number}\n")
        assert whole(lambda: kept([str(record)], cache)) == whole(lambda: load([str(record)]))
    assert {path.name for path in cache.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("small")
def test_on_a_full_disk_no_file_is_read_for_nothing(helped, tmp_path, monkeypatch):
    record = folder_of(tmp_path / "record")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    assert kept([str(record)], tmp_path / "cache") == load([str(record)])
    assert not helped


@pytest.mark.parametrize(
    ("sizes", "processors", "shares"),
    [
        pytest.param([3_000_000] * 2, 4, [2], id="too little for two helpers"),
        pytest.param([5_000_000], 4, [1], id="one file"),
        pytest.param([5_000_000] * 4, 1, [4], id="one processor"),
        pytest.param([9_000_000, 3_000_000, 3_000_000, 3_000_000], 2, [1, 3], id="of one size, as near as may be"),
        pytest.param([5_000_000] * 40, 64, [5] * 8, id="no more than eight"),
    ],
)
def test_how_many_helpers_there_are(sizes, processors, shares, monkeypatch):
    monkeypatch.setattr(making, "_processors", lambda: processors)
    tasks = [making.Task(str(number), size, "", "") for number, size in enumerate(sizes)]
    assert [len(share) for share in making._shares(tasks)] == shares


def test_many_readers_and_a_writer_at_once(tmp_path):
    """Each reader sees one of the texts that the file has had, never a mixture. Of a small record there are many readings between two texts."""
    record = tmp_path / "record.yaml"
    texts = [f"{Path(RECORDS['south-korea-china']).read_text('utf-8')}# the text {n}\n" for n in range(4)]
    record.write_text(texts[0])
    reader = (
        "import sys, time; from pathlib import Path; from timeline.store import index as indexing; from timeline.store.index import Index, Moment\n"
        "indexing.LEAST = 0\n"
        "from timeline.store import load\n"
        "for _ in range(25):\n"
        "    index = Index(Path(sys.argv[2]), Moment(time.time_ns(), time.monotonic_ns())); opened = index.open([sys.argv[1]])\n"
        "    store = opened.store() if opened else load([sys.argv[1]])\n"
        "    assert len(store.events) == int(sys.argv[3])\n"
    )
    count = str(len(load([str(record)]).events))
    command = [sys.executable, "-c", reader, str(record), str(tmp_path / "cache"), count]
    readers = [subprocess.Popen(command) for _ in range(4)]
    while any(one.poll() is None for one in readers):
        beside = tmp_path / "beside"
        beside.write_text(random.choice(texts))
        beside.replace(record)
        time.sleep(0.02)
    assert [one.returncode for one in readers] == [0] * 4


@pytest.mark.parametrize("place", ["/proc", "file", "read-only", "relative"])
def test_a_cache_folder_in_which_nothing_can_be_kept_is_done_without(place, run, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "read-only").mkdir(mode=0o500)
    cache = {
        "file": str(tmp_path / "file"),
        "read-only": str(tmp_path / "read-only"),
        "/proc": "/proc",
        "relative": "cache",
    }[place]
    done = run("gap", "--visitor", "china", "--host", "dprk", "--office", "premier", env={"XDG_CACHE_HOME": cache})
    assert done.code == 0
    assert "16y 0m 5d" in done.out
    assert done.err.startswith("record: ")
    assert done.err.count("\n") == 1
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("what", ["fifo", "folder", "latin-1", "unreadable"])
def test_a_kept_file_that_is_no_file_of_a_record_any_more_is_refused_as_without(what, tmp_path):
    record, cache = folder_of(tmp_path / "record"), tmp_path / "cache"
    found([str(record)], cache)
    file = record / "1990s.yaml"
    file.unlink()
    {
        "fifo": lambda: os.mkfifo(file),
        "folder": file.mkdir,
        "latin-1": lambda: file.write_bytes(b"timeline: 1\ntitle: S\xe9oul\nevents:\n"),
        "unreadable": lambda: file.symlink_to(record / "nowhere"),
    }[what]()
    assert isinstance(whole(lambda: load([str(record)])), str)
    assert whole(lambda: kept([str(record)], cache)) == whole(lambda: load([str(record)]))


def test_a_small_record_is_not_kept(run, tmp_path):
    folder_of(tmp_path / "record")
    done = run("list", "--store", "record", env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert done.code == 0
    assert not (tmp_path / "cache").exists()


def test_check_reads_the_files_themselves(run, tmp_path):
    cache = tmp_path / "cache"
    run("list", env={"XDG_CACHE_HOME": str(cache)})
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*")}
    assert run("check", env={"XDG_CACHE_HOME": str(cache)}).code == 0
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*")} == before


def test_only_the_user_may_read_what_is_kept(run, tmp_path):
    run("list", env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    folder = next((tmp_path / "cache" / "timeline" / "index").iterdir())
    assert folder.stat().st_mode & 0o077 == 0


def test_what_is_kept_is_told_and_cleared(run, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    run("list", env=env)
    assert "events.yaml" in run("index", env=env).out
    assert "1 record kept in" in run("index", "--status", env=env).err
    assert run("index", "--clear", env=env).err == f"removed: {tmp_path}/cache/timeline/index\n"
    assert run("index", "-O", "json", env=env).out.count('"rows": []') == 1
    assert run("index", "--clear", env=env).code == 0


def test_nothing_but_what_is_kept_is_cleared(run, tmp_path):
    env, index = {"XDG_CACHE_HOME": str(tmp_path / "cache")}, tmp_path / "cache" / "timeline" / "index"
    index.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").write_text("")
    index.symlink_to(tmp_path / "elsewhere")
    run("list", env=env)
    assert len(list(index.iterdir())) == 2
    assert run("index", "--clear", env=env).code == 0
    assert [path.name for path in index.iterdir()] == ["mine"]


def test_where_the_system_does_not_tell_when_a_file_was_changed_nothing_is_kept(ask, monkeypatch, tmp_path):
    monkeypatch.delattr(os, "pread")
    done = [ask("gap", "--actor", "china", env={"XDG_CACHE_HOME": str(tmp_path / "cache")}) for _ in range(2)]
    assert [one.code for one in done] == [0, 0]
    assert not (tmp_path / "cache").exists()


def test_without_a_cache_folder_there_is_nothing_to_tell(run):
    done = run("index", env={"XDG_CACHE_HOME": None, "HOME": None})
    assert done.code == 2
    assert "set XDG_CACHE_HOME or HOME" in done.err
