"""What is fuzzed: each target takes bytes, and lets nothing escape but a bug. Used by run.py (atheris) and by test_fuzz.py (Hypothesis, short)."""

import json
import time
from itertools import accumulate
from pathlib import Path

from timeline.checks import find_problems
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import DateError, parse_day, parse_duration, parse_period, parse_when
from timeline.errors import ChangeError, Problems, StoreError
from timeline.promises import differing
from timeline.store import load_text, load_texts
from timeline.store.files import decode
from timeline.store.layout import laid_out
from timeline.text import date_text

TESTS = Path(__file__).parents[1]
TODAY = parse_when("2026-07-15").start.earliest
LIMIT = 3.0  # seconds of computing that one input may take: a sentence of eighty readings, judged twice, took one where others computed beside it
SMALL = """\
timeline: 1
coverage:
- {id: all, visitor: china, host: north-korea, from: 1949, to: 2025-12-31, how: complete}
events:
"""
VISIT = """\
- id: {id}
  date: {date}
  visitor: {visitor}
  host: {host}
  people: [{{name: {name}, offices: [{office}]}}]
  kind: {kind}
  places: [{place}]
  sources: [{{title: T, url: "https://news.org/a"}}]
"""
VISITS = (
    ("zhou-1958", "1958-02-14/1958-02-21", "china", "north-korea", "Zhou Enlai", "premier", "official", "Pyongyang"),
    ("zhou-1970", "1970-04", "china", "north-korea", "Zhou Enlai", "premier", "official", "Pyongyang"),
    ("kim-1983", '"[1983-06-02, 1983-06-04]"', "north-korea", "china", "Kim Jong Il", "party-secretary", "secret", "Beijing"),
    ("li-1991", "1991-05-03/1991-05-06", "china", "north-korea", "Li Peng", "premier", "goodwill", "Pyongyang"),
    ("hu-2005", "2005-10-28/2005-10-30", "china", "north-korea", "Hu Jintao", "president", "state", "Pyongyang"),
    ("wen-2009", "2009-10-04/2009-10-06", "china", "north-korea", "Wen Jiabao", "premier", "official", "Pyongyang"),
    ("xi-2019", "2019-06-20/2019-06-21", "china", "north-korea", "Xi Jinping", "president", "state", "Pyongyang"),
    ("li-2025", "2025-10-09/2025-10-11", "china", "north-korea", "Li Qiang", "premier", "official", "Pyongyang"),
)  # fmt: skip
KEYS = "id date visitor host name office kind place".split()
STORE = load_text(SMALL + "".join(VISIT.format(**dict(zip(KEYS, visit, strict=True))) for visit in VISITS))


def dates(data: bytes) -> None:
    """Every reader of dates; what is read has days in order, and is kept as it was written."""
    text = data.decode("utf-8", "replace")
    for read in (parse_when, parse_period, parse_day, parse_duration):
        try:
            found = read(text)
        except DateError as error:
            told(str(error), error.name)
            continue
        if read is parse_when:
            assert found.text == text or text.startswith("[")  # the blanks of a choice are not kept
            assert parse_when(found.text) == found
            assert all(span.earliest <= span.latest for span in (*found.starts, *found.ends, found.start, found.end))
            date_text(found)


def grammar(data: bytes) -> None:
    """A sentence is refused, or read and judged."""
    text = data.decode("utf-8", "replace")
    try:
        claim = parse(text, STORE, STORE.by_id["li-2025"])
        judge(claim._replace(about=""), STORE, TODAY)
    except (NotUnderstood, DateError) as error:
        told(str(error))
        return
    judge(claim, STORE, TODAY)


def loader(data: bytes) -> None:
    """A store is refused with its problems, or read, checked, and laid out without a change of what it says."""
    problems = Problems()
    text = decode("fuzz.yaml", data, problems)
    if text is None:
        assert problems
        return
    try:
        store = load_texts([("fuzz.yaml", text)])
    except StoreError as error:
        told(error.problems, *(p.name and p.message for p in error.problems))
        return
    find_problems(store, TODAY)
    try:
        new = laid_out("fuzz.yaml", text, sorted(store.events, key=lambda event: event.origin))
    except ChangeError:
        return
    assert not list(differing(store, load_texts([("fuzz.yaml", new)])))


def told(*words: object) -> None:
    """A refusal says what it is."""
    assert all(words)


TARGETS = {"dates": dates, "grammar": grammar, "loader": loader}


def timed(name: str, data: bytes) -> None:
    """Run a target, and object where it took longer than the limit."""
    began = time.process_time()
    TARGETS[name](data)
    assert time.process_time() - began < LIMIT, f"took longer than {LIMIT} s"


def seeds(name: str) -> list[bytes]:
    """Inputs to begin with: dates and sentences as people write them, the gallery of bad stores, and good ones."""
    if name == "dates":
        return [b"2019-06-20/2019-06-21", b"2019~", b"2019-06?", b"[2019-06-20, 2019-06-22]", b"2019-06-20/..", b"../2019", b"1990..2010", b"1990s", b"16y 0m 5d", b"90d"]  # fmt: skip
    if name == "grammar":
        import csv

        with (TESTS / "samples" / "press-sentences.csv").open(encoding="utf-8", newline="") as lines:
            found = [cell.encode() for row in csv.reader(lines) for cell in row if 20 < len(cell) < 200]
        return found[:300] or [b"first visit by a Chinese premier to North Korea in 16 years"]
    gallery = [path.read_bytes() for path in sorted((TESTS / "errors").glob("*.yaml"))]
    good = SMALL + VISIT.format(**dict(zip(KEYS, VISITS[0], strict=True)))
    return [*(text for text in gallery if len(text) < 2000), good.encode()]


CORPUS = Path(__file__).parent / "corpus"
ROOM = 40_000  # bytes of a corpus that is kept


def kept(name: str) -> list[bytes]:
    """The inputs that runs of the fuzzer kept: one a line, as a text of JSON in which a byte that is no UTF-8 is a lone surrogate."""
    path = CORPUS / f"{name}.jsonl"
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    return [json.loads(line).encode("utf-8", "surrogateescape") for line in lines]


def keep(name: str, inputs: list[bytes]) -> None:
    """Replace the corpus of a target by the shortest of some inputs."""
    texts = sorted((data.decode("utf-8", "surrogateescape") for data in inputs), key=lambda text: (len(text), text))
    lines = [f"{json.dumps(text)}\n" for text in texts]
    sizes = accumulate(map(len, lines))
    CORPUS.mkdir(exist_ok=True)
    few = (line for line, size in zip(lines, sizes, strict=True) if size <= ROOM)
    (CORPUS / f"{name}.jsonl").write_text("".join(few), encoding="ascii")


def words(name: str) -> list[str]:
    """Tokens that an input is put together from."""
    if name == "grammar":
        return sorted({word for seed in seeds(name) for word in seed.decode().split()})[:800]
    if name == "dates":
        return ["..", "/", "[", "]", ", ", "~", "?", "%", "s", "-02-29", "1583", "9999", "0000", "y ", "m ", "d"]
    return "timeline: 1\n|events:\n|coverage:\n|claims:\n|people:\n|actors:\n|offices:\n|- id: |  date: |  visitor: |  host: |  type: |  note: |  sources: |&a |*a|!!str |<<: |---|...|? |: |# |>-\n|{|}|[|]|\"|'|\\|\t|\r\n|complete|china".split(
        "|"
    )
