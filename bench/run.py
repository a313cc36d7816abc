"""Start-up, load, `list` and `gap` on stores of several sizes, against the least that any Python program costs, and beside other tools. Writes docs/performance.md.

`--quick` makes a store of 300 events only, runs everything twice and prints: it shows that the scripts work. `--large` asks of a million events, too, which takes
half an hour and 4 GB of disk.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from goals import goals, table
from growth import draw
from make_store import make_store
from measure import TIMELINE, Cost, costs
from peers import QUESTIONS, compared

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PICTURE = PAGE.parent / "images" / "growth.svg"
COMPLETING = (
    "_TIMELINE_COMPLETE=complete_fish",
    "_TYPER_COMPLETE_FISH_ACTION=get-args",
    "_TYPER_COMPLETE_ARGS=timeline gap --visitor chi",
)
CLAIM = "first visit by a Chinese premier to North Korea in 16 years"
STARTS = {
    "`python -c pass`": [sys.executable, "-c", "pass"],
    '`python -c "import typer"`': [sys.executable, "-c", "import typer"],
    "a table of 30 rows by Typer and Rich (`bench/least.py`)": [
        sys.executable,
        str(Path(__file__).with_name("least.py")),
    ],
    "`timeline --version`": [TIMELINE, "--version"],
    "`timeline --help`": [TIMELINE, "--help"],
    "completion of `timeline gap --visitor chi`": ["/usr/bin/env", *COMPLETING, TIMELINE],
    "`timeline gap`, the shipped record": [TIMELINE, "gap", "-O", "csv"],
    "`timeline gap --visitor china --host dprk --office premier`": [
        TIMELINE,
        *"gap --visitor china --host dprk --office premier -O csv".split(),
    ],
    "the same as a table": [TIMELINE, *"gap --visitor china --host dprk --office premier -O table".split()],
    "`timeline list`, the shipped record": [TIMELINE, "list", "-O", "csv"],
    f'`timeline claim "{CLAIM}"`': [TIMELINE, "claim", CLAIM, "--about", "li-qiang-pyongyang-2025-10"],
}


class Load(NamedTuple):
    """Reading one store in process: events a second, of `load`, of a bare walk over libyaml's events and of one that keeps nodes; bytes an event."""

    rate: float
    walk: float
    nodes: float
    size: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    quick = asked.quick
    if not quick and find_spec("matplotlib") is None:  # told now, not in half an hour
        parser.error("the picture of how time grows needs matplotlib: pip install matplotlib")
    rounds = 2 if quick else 25
    sizes = {300: rounds} if quick else {300: 25, 10_000: 7, 100_000: 3}
    beside = {300: 1} if quick else {300: 9, 10_000: 5, 100_000: 3} | ({1_000_000: 1} if asked.large else {})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starts = costs(STARTS, rounds, folder)
        stores = {size: _store(folder, size, times) for size, times in sizes.items()}
        tools = {size: _beside(folder / f"beside-{size}", size, times) for size, times in beside.items()}
    page = "\n".join([*_page(starts, stores, tools), *_peers(tools)]) + "\n"
    sys.stdout.write(page)
    if not quick:
        PAGE.write_text(page, encoding="utf-8")
        draw(tools, PICTURE)


def _store(folder: Path, size: int, rounds: int) -> tuple[dict[str, Cost], Load]:
    store = folder / f"{size}.yaml"
    make_store(size, store)
    commands = {name: [TIMELINE, name, "--store", str(store), "-O", "csv"] for name in ("list", "gap")}
    found = costs(commands, rounds, folder)
    loader = [sys.executable, str(Path(__file__).with_name("load.py")), str(store)]
    done = subprocess.run(loader, check=True, capture_output=True, text=True)
    count, load, walk, nodes, size = map(float, done.stdout.split())
    return found, Load(count / load, count / walk, count / nodes, size)


def _beside(folder: Path, size: int, rounds: int) -> dict[str, dict[str, Cost]]:
    folder.mkdir()
    return compared(size, rounds, folder)


def _page(
    starts: dict[str, Cost],
    stores: dict[int, tuple[dict[str, Cost], Load]],
    tools: dict[int, dict[str, dict[str, Cost]]],
) -> "list[str]":
    bare, typer, least, *_ = (cost.seconds for cost in starts.values())
    walks = {size: load.walk / load.rate for size, (_, load) in stores.items()}
    walk = 1 / list(stores.values())[-1][1].walk
    memory = {size: load.size for size, (_, load) in stores.items()}
    return [
        "# Performance",
        "",
        "Written by `python bench/run.py`: whole processes, medians of runs in turn, output thrown away. Figures of one run compare with each other, not",
        f"with those of another day or machine. This run: {platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors.",
        "",
        *table(goals(starts, walks, walk, memory, tools)),
        "",
        "## Starting",
        "",
        "| command | ms | × `pass` | × `import typer` | × the table | peak MB |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {name} | {c.seconds * 1000:.0f} | {c.seconds / bare:.1f} | {c.seconds / typer:.1f} | {c.seconds / least:.2f} | {c.megabytes:.0f} |"
            for name, c in starts.items()
        ),
        "",
        "## Stores of several sizes",
        "",
        "Invented events of about 490 bytes (`bench/make_store.py`). *Loading* is in process, with every check and line numbers; *walk* is a bare pass over",
        "libyaml's events, the least that any reader by libyaml costs; *nodes* is a walk that keeps every text with its line and column, entry by entry, and",
        "checks nothing: the least for whoever names the line of what is wrong. `list` and `gap` are asked again and again, so they answer from",
        "[the index](indexing.md). The bytes are those that an event takes in memory, its texts among them.",
        "",
        "| events | `list -O csv` ms | peak MB | `gap -O csv` ms | peak MB | loading, events/s | walk, events/s | loading ÷ walk | nodes ÷ walk | bytes |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(_size(size, found, load) for size, (found, load) in stores.items()),
    ]


def _peers(tools: dict[int, dict[str, dict[str, Cost]]]) -> "list[str]":
    lines = [
        "",
        "## Beside other tools",
        "",
        "The same questions, and the same answers: they are compared, whole, before anything is timed (`bench/peers.py`). All dates are days here, as most tools know",
        "nothing coarser. The others read a table of eight columns, ours the record in YAML with its sources, six times the bytes; after the first command it answers",
        "from [the index](indexing.md). *For the first time* it makes that index; *one file edited* is a record of a file for each year, of which one changed since.",
        "Milliseconds, and how many times as long as ours. Of a million events each was run once, after one run that does not count, so a single figure may stray.",
        "",
        "![How the time of a gap grows with the number of events](images/growth.svg)",
    ]
    for question, words in QUESTIONS.items():
        names = list(dict.fromkeys(name for found in tools.values() for name in found[question]))
        lines += [
            "",
            f"{words[0].upper()}{words[1:]}.",
            "",
            f"| tool | {' | '.join(f'{size:,} events' for size in tools)} | peak MB |",
            f"|---|{'--:|' * (len(tools) + 1)}",
            *(_tool(name, [found[question] for found in tools.values()]) for name in names),
        ]
    return lines


def _tool(name: str, found: "list[dict[str, Cost]]") -> str:
    cells = [_times(costs_.get(name), costs_["timeline"]) for costs_ in found]
    largest = max(costs_[name].megabytes for costs_ in found if name in costs_)
    return f"| {name} | {' | '.join(cells)} | {largest:,.0f} |"


def _times(cost: Cost | None, ours: Cost) -> str:
    if cost is None:
        return ""
    times = cost.seconds / ours.seconds
    ratio = f"{times:,.0f}" if times >= 100 else f"{times:.2g}"
    return f"{cost.seconds * 1000:,.0f} ({ratio} ×)"


def _size(size: int, found: dict[str, Cost], load: Load) -> str:
    cells = (f"{found[name].seconds * 1000:,.0f} | {found[name].megabytes:.0f}" for name in ("list", "gap"))
    return f"| {size:,} | {' | '.join(cells)} | {load.rate:,.0f} | {load.walk:,.0f} | {load.rate / load.walk:.2f} | {load.nodes / load.walk:.2f} | {load.size:,.0f} |"


if __name__ == "__main__":
    main()
