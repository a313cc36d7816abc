"""The published claims that ship, by the record that each is judged against."""

from functools import cache
from pathlib import Path

from timeline.store import load

ROOT = Path(__file__).parent.parent
CLAIMS = [claim for path in sorted((ROOT / "claims").glob("*.yaml")) for claim in load([str(path)]).claims]
RECORDS = sorted({Path(claim.record or "events.yaml").stem for claim in CLAIMS})


@cache
def a_record(name):
    return load([str(ROOT / (f"{name}.yaml" if name == "events" else f"records/{name}.yaml"))])


def claims_about(name):
    """The published claims about a record."""
    return [claim for claim in CLAIMS if Path(claim.record or "events.yaml").stem == name]
