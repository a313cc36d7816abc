"""What was wanted of the time that things take, as ratios within one run, and whether it is so."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from measure import Cost

PYTHON_PEERS = ("sqlite-utils", "csvkit", "pandas, CSV", "polars, CSV", "DuckDB for Python, CSV", "khal")
NATIVE = ("DuckDB, CSV", "Miller, CSV")
# At so many events, for a question, at most so many times as long as a peer.
BESIDE = (
    (100_000, "gap", "DuckDB, CSV", 0.75),
    (100_000, "gap", "pandas, CSV", 0.35),
    (100_000, "gap", "Miller, CSV", 1),
    (100_000, "gap", "polars, CSV", 1),
    (1_000_000, "gap", "DuckDB, CSV", 0.5),
    (1_000_000, "longest", "DuckDB, CSV", 0.5),
)
WHY = {
    "start": """\
- **A start.** `import typer` takes half of a command that answers from the index, and a table by Typer and Rich, with nothing in it to reckon, more than eight times `pass`. A claim is
  judged anew for each way to read it and for each change that might flip it.""",
    "native": """\
- **Beside native programs.** Before the first event is looked at, ours has spent most of what DuckDB and Miller need for 100,000 rows: they start in a few milliseconds.""",
    "all gaps": """\
- **All gaps of all visitors.** Each is a value with bounds, rivals, rank and coverage, as coarse dates ask for. A second way to reckon them, by columns, would be a second place that says
  what a gap is; who needs it has [engines](scale.md).""",
    "loading": """\
- **Loading.** Whoever names the line of what is wrong must keep texts with their places: that alone (*nodes*) leaves next to nothing of what was wanted for checks and for the events
  themselves.""",
    "first": """\
- **The first command.** To read with every check takes more than two bare walks, shared by as many processes as there are processors; it was measured on two.""",
    "memory": """\
- **Memory.** An event with a person and a source is some twenty values of Python, each of 50 bytes or more before its text, so that 400 bytes are out of reach without a store by columns.""",
}


class Goal(NamedTuple):
    """Something that should take at most so many times what something else takes, or so many bytes; `why` names the reason if it does not."""

    what: str
    most: float
    found: float
    why: str = ""

    @property
    def met(self) -> bool:
        return self.found <= self.most


def goals(
    starts: "Mapping[str, Cost]",
    walks: "Mapping[int, float]",
    walk: float,
    bytes_each: "Mapping[int, float]",
    tools: "Mapping[int, Mapping[str, Mapping[str, Cost]]]",
) -> "Iterator[Goal]":
    """`starts` begin with `pass`, `import typer`, the table; `walks` are loads in bare walks, by events, `walk` the seconds of a bare walk for an event; `tools` costs by events, question and tool."""
    bare, _, least, *_ = (cost.seconds for cost in starts.values())
    for name, cost in list(starts.items())[3:]:
        if "version" in name or "help" in name or "completion" in name:
            yield Goal(f"{name}, in times of `pass`", 6, cost.seconds / bare, "start")
        else:
            yield Goal(f"{name}, in times of the table", 1.35, cost.seconds / least, "start")
            yield Goal(f"{name}, in times of `pass`", 8, cost.seconds / bare, "start")
    for size, times in walks.items():
        yield Goal(f"loading {size:,} events, in bare walks", 1 / 0.75, times, "loading")
    for size, each in bytes_each.items():
        yield Goal(f"memory of {size:,} events, bytes each", 400, each, "memory")
    yield from _beside(tools)
    for size, found in tools.items():
        if size >= 100_000:
            first = found["gap"]["timeline, for the first time"]
            yield Goal(f"{size:,} events, the first `gap`, in bare walks", 1.5, first.seconds / (walk * size), "first")
            yield Goal(f"{size:,} events, the first `gap`, peak MB of a process", 1500, first.megabytes)


def _beside(tools: "Mapping[int, Mapping[str, Mapping[str, Cost]]]") -> "Iterator[Goal]":
    for question, found in tools[min(tools)].items():
        ours = found["timeline"].seconds
        rivals = [found[name].seconds for name in PYTHON_PEERS if name in found]
        if rivals:
            yield Goal(f"{min(tools):,} events, `{question}`, beside the fastest peer in Python", 1, ours / min(rivals))
        if "hledger" in found:
            yield Goal(
                f"{min(tools):,} events, `{question}`, beside hledger", 3, ours / found["hledger"].seconds, "native"
            )
    for size, question, peer, most in BESIDE:
        costs = tools.get(size, {}).get(question, {})
        if peer in costs:
            why = "all gaps" if question == "longest" else "native" if peer in NATIVE else ""
            ratio = costs["timeline"].seconds / costs[peer].seconds
            yield Goal(f"{size:,} events, `{question}`, beside {peer}", most, ratio, why)
    for size in (size for size in tools if size >= 100_000):
        found = tools[size]
        edited, cold = (found["gap"][f"timeline, {how}"].seconds for how in ("one file edited", "nothing kept"))
        yield Goal(f"{size:,} events, `gap` after an edit of one file of 78, beside nothing kept", 0.1, edited / cold)
    if {100_000, 1_000_000} <= tools.keys():
        for question in ("gap", "longest"):
            few, many = (tools[size][question]["timeline"].seconds for size in (100_000, 1_000_000))
            yield Goal(
                f"1,000,000 events, `{question}`, beside 100,000",
                11,
                many / few,
                "all gaps" if question == "longest" else "",
            )


def table(found: "Iterable[Goal]") -> list[str]:
    """The goals, and for those that are missed the reasons."""
    goals = list(found)
    missed = {goal.why for goal in goals if not goal.met}
    reasons = [reason for name, reason in WHY.items() if name in missed]
    return [
        "| what it takes | at most | measured | |",
        "|---|--:|--:|---|",
        *(f"| {g.what} | {_number(g.most)} | {_number(g.found)} | {'met' if g.met else '**missed**'} |" for g in goals),
        *(["", "What is missed, and why:", "", *"\n".join(reasons).splitlines()] if reasons else []),
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
