"""What a store of nothing but errors costs: `python bench/bad_stores.py [EVENTS]` prints, for each kind of error, size, processor time and peak memory of `timeline list`.

Every event has one error. A store without any is the measure of what reading alone costs.
"""

import os
import sys
import tempfile
from pathlib import Path

from measure import TIMELINE

GOOD = {"id": "e-{n}", "date": "2001-02-03", "visitor": "china", "kind": "official", "office": "premier"}
FAULTS = {
    "none": {},
    "one wrong name of an actor": {"visitor": "chnia"},
    "different wrong names of actors": {"visitor": "germnyx{n}"},
    "different wrong names of offices": {"office": "premir{n}"},
    "different wrong kinds": {"kind": "offical{n}"},
    "dates that do not exist": {"date": "2001-02-30"},
    "one id for all": {"id": "same"},
    "long names": {"visitor": "name {n} " * 100},
}
EVENT = "- id: {id}\n  date: {date}\n  visitor: {visitor}\n  host: japan\n  kind: {kind}\n  people:\n  - name: A B\n    offices: [{office}]\n"


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{events:,} events\n\n| error | MB | CPU s | peak MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, fault in FAULTS.items():
            path = Path(folder) / "events.yaml"
            block = EVENT.format(**GOOD | fault)
            with path.open("w", encoding="utf-8") as out:
                out.write("timeline: 1\nevents:\n")
                out.writelines(block.replace("{n}", str(n)) for n in range(events))
            seconds, megabytes = cost(path, expected=4 if fault else 0)
            print(f"| {name} | {path.stat().st_size / 1e6:.0f} | {seconds:.1f} | {megabytes:.0f} |", flush=True)


def cost(store: Path, expected: int) -> tuple[float, float]:
    """Processor time, which others on the machine do not change, and peak memory of listing a store."""
    null = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    child = os.posix_spawn(TIMELINE, [TIMELINE, "list", "--store", str(store)], os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    os.close(null)
    if (ended := os.waitstatus_to_exitcode(status)) != expected:
        raise SystemExit(f"{store} ended with {ended}, not {expected}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
