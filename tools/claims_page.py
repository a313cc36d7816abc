"""Print docs/press-claims.md: every published claim with the verdict by hand and ours. Run: python tools/claims_page.py > docs/press-claims.md."""

import csv
import sys
from collections import Counter
from pathlib import Path

from timeline.claims.fields import read_claim
from timeline.claims.model import NAMES
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.store import load

ROOT = Path(__file__).parents[1]
AS_OF = parse_when(
    "2026-07-15"
).start.latest  # only claims without a visit and without a day of publication look back from it
BESIDE_EVENTS = ("article", "press")

HEAD = """\
# Published claims: the verdict by hand and ours

The claims are in our words; who said them, when and where stands in [claims/](../claims), and so do the fields from which they are judged. Where the two verdicts differ, the reason is in
[claims/README.md](../claims/README.md#where-we-differ-from-the-verdict-by-hand). This page is made by `python tools/claims_page.py > docs/press-claims.md`.
"""


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    by_hand = hand_verdicts()
    found = {name: judged(name) for name in file_names()}
    rows = {
        id_: (name, text, ours)
        for name, claims in found.items()
        for id_, text, ours in claims
        if id_ in by_hand
    }
    same = sum(ours == by_hand[id_] for id_, (_, _, ours) in rows.items())
    print(HEAD)
    print(
        f"{len(by_hand)} claims, {len(rows)} of them in a form that is known: {same} get the verdict by hand, {len(rows) - same} another.\n"
    )
    print("| verdict | by hand | ours |\n|---|--:|--:|")
    hands, ours_ = Counter(by_hand.values()), Counter(ours for _, _, ours in rows.values())
    for verdict, name in NAMES.items():
        print(f"| {name} | {hands[verdict]} | {ours_[verdict]} |")
    print("\n| id | claim | by hand | ours | |\n|---|---|---|---|---|")
    for id_, hand in by_hand.items():
        name, text, ours = rows.get(id_, ("", "(no form expresses it)", ""))
        link = f"[{id_}](../claims/{name}.yaml)" if name else id_
        note = (
            ""
            if ours == hand
            else "[reason](../claims/README.md#where-we-differ-from-the-verdict-by-hand)"
            if ours
            else "[no form](../claims/README.md#what-no-form-expresses)"
        )
        print(
            f"| {link} | {text.replace('|', chr(92) + '|')} | {NAMES[hand]} | {NAMES.get(ours, '')} | {note} |"
        )


def hand_verdicts() -> dict[str, str]:
    with (ROOT / "tests/samples/press-verdicts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["verdict"] for row in csv.DictReader(file)}


def file_names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "claims").glob("*.yaml"))


def judged(name: str) -> list[tuple[str, str, str]]:
    """Id, text and our verdict of each claim of one file, against the record that it belongs to."""
    record = "events.yaml" if name in BESIDE_EVENTS else f"records/{name}.yaml"
    store = load([ROOT / record, ROOT / f"claims/{name}.yaml"])
    return [
        (claim.id, claim.fields["claim"][0], judge(read_claim(claim, store), store, AS_OF).verdict)
        for claim in store.claims
    ]


if __name__ == "__main__":
    main()
