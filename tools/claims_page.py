"""Write docs/press-claims.md, every published claim with the verdict by hand and ours: `python tools/claims_page.py`, with `--check` to say whether it is current."""

import csv
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.fields import read_claim
from timeline.claims.model import NAMES
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.store import load

if TYPE_CHECKING:
    from timeline.claims.model import Verdict
    from timeline.model import PublishedClaim, Store

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "press-claims.md"
SAMPLES = ROOT / "tests" / "samples"
FILES = sorted((ROOT / "claims").glob("*.yaml"))
RECORD = ROOT / "events.yaml"  # of claims that name none
AS_OF = parse_when("2026-07-15").start.latest  # looked back from where a claim has no visit and no day

HEAD = """\
# Published claims: the verdict by hand and ours

What the press said about visits, in our words. Who said it, when and where stands in [claims/press.yaml](../claims/press.yaml), and so do the fields from which it is judged; the record that
it is judged against is `events.yaml`, or the one in [records/](../records) that it names. `python tools/claims_page.py` makes this page; a test holds it to what the program finds.
"""
SENTENCES = """\
## The same claims in words

{count} of the claims were also put into one English sentence each ([press-sentences.csv](../tests/samples/press-sentences.csv)). {parsed} are understood, and get the verdict that
the fields get. Refused: {refused}, for these words:

| id | sentence | refused because |
|---|---|---|
"""


class Row(NamedTuple):
    """A claim and our verdict on it; `record` is the file that it is judged against."""

    record: str
    text: str
    ours: str


def main() -> int:
    text = page()
    current = PAGE.is_file() and PAGE.read_text("utf-8") == text
    if sys.argv[1:] == ["--check"]:
        print("docs/press-claims.md is " + ("current" if current else "out of date: python tools/claims_page.py"))
        return 0 if current else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(f"docs/press-claims.md: {'unchanged' if current else 'written anew'}")
    return 0


def page() -> str:
    by_hand = {row["id"]: row["verdict"] for row in sample("press-verdicts.csv")}
    found, why = judged(), reasons()
    same = [id_ for id_, hand in by_hand.items() if id_ in found and found[id_].ours == hand]
    other = [id_ for id_ in by_hand if id_ not in same]
    told = [id_ for id_ in other if id_ in why]
    lines = [
        HEAD,
        f"Of {len(by_hand)} claims decided by hand, {len(same)} get the same verdict from the program. Of the other {len(other)}, {len(told)} carry the reason why not.\n",
        *totals(by_hand, found),
        "\n| id | claim | by hand | ours | agreed, or why not |\n|---|---|---|---|---|",
        *(table_row(id_, hand, found.get(id_), *why.get(id_, ("", ""))) for id_, hand in by_hand.items()),
        "\n" + sentences(),
    ]
    return "\n".join(lines)


def totals(by_hand: dict[str, str], found: dict[str, Row]) -> list[str]:
    """Each verdict: how often by hand, how often by us."""
    hands, ours = Counter(by_hand.values()), Counter(found[id_].ours for id_ in by_hand if id_ in found)
    lines = [f"| {name} | {hands[verdict]} | {ours[verdict]} |" for verdict, name in NAMES.items()]
    return [
        "| verdict | by hand | ours |\n|---|--:|--:|",
        *lines,
        f"| all | {hands.total()} | {ours.total()} |",
    ]


def table_row(id_: str, hand: str, row: Row | None, words: str, reason: str) -> str:
    name, text = (f"[{id_}](../{row.record})", row.text) if row else (id_, words)
    ours = NAMES[row.ours] if row else "no form for it"
    noted = "agreed" if row and row.ours == hand else reason or "**no reason given**"
    return f"| {name} | {cell(text)} | {NAMES[hand]} | {ours} | {cell(noted)} |"


def sentences() -> str:
    rows = sample("press-sentences.csv")
    refused = [row for row in rows if row["refused"]]
    head = SENTENCES.format(count=len(rows), parsed=len(rows) - len(refused), refused=len(refused))
    return head + "".join(f"| {row['id']} | {cell(row['sentence'])} | {cell(row['refused'])} |\n" for row in refused)


def sample(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged() -> dict[str, Row]:
    """Every claim of every file by its id."""
    found = {}
    for path in FILES:
        for claim in claims_of(path):
            record = Path(claim.record or RECORD).relative_to(ROOT).as_posix()
            found[claim.id] = Row(record, claim.fields["claim"][0], verdicts(path)[claim.id].verdict)
    return found


@cache
def claims_of(path: Path) -> "tuple[PublishedClaim, ...]":
    return load([path]).claims


@cache
def record(path: str) -> "Store":
    return load([path])


def record_of(claim: "PublishedClaim") -> "Store":
    """The record that a claim is checked against."""
    return record(claim.record or str(RECORD))


@cache
def verdicts(path: Path) -> "dict[str, Verdict]":
    """Our verdict on each claim of a file, by its id."""
    return {
        one.id: judge(read_claim(one, record_of(one)), record_of(one), AS_OF, plain=True) for one in claims_of(path)
    }


def reasons() -> dict[str, tuple[str, str]]:
    """What claims/README.md says of a claim, by id: `- **c078** (which claim): the reason`."""
    text = (ROOT / "claims" / "README.md").read_text("utf-8")
    items = re.findall(r"^- \*\*(c\d+)\*\* \((.*?)\): (.+?)(?=\n- |\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return {
        id_: (words.strip('"'), " ".join(reason.split()).replace("](../docs/", "](")) for id_, words, reason in items
    }


def cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
