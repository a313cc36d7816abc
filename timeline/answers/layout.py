"""`fmt`: which files have another layout, or were made, as an answer."""

from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Column, Grid, Line
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYS = ("file", "state")


def layout_answer(states: "Mapping[str, str]", *, written: bool) -> Answer:
    """Status 1 where a file was refused, or is not laid out and was not to be written. States: changed, refused, as it is."""
    rows = [{"file": file, "state": state} for file, state in states.items()]
    cells = tuple((file, state) for file, state in states.items() if state != "as it is")
    changed, refused = (sum(state == word for state in states.values()) for word in ("changed", "refused"))
    verb = "laid out anew" if written else "would be laid out anew"
    total = f"{plural(changed, 'file')} {verb}, {len(states) - changed - refused} as they are, {refused} refused."
    grid: tuple[Block, ...] = (Grid((Column("File"), Column("State")), cells),) if cells else ()
    failed = refused or (changed and not written)
    return Answer(
        "fmt",
        rows,
        (*grid, Line(total)),
        summary={"changed": changed, "refused": refused},
        status=int(bool(failed)),
        keys=KEYS,
    )


def into_answer(files: "Sequence[str]", target: str) -> Answer:
    rows = [{"file": file, "state": "new"} for file in files]
    line = Line(f"{plural(len(files), 'file')} written: {target}. The record that was read stays as it was.", "good")
    return Answer("fmt", rows, (line,), summary={"changed": 0, "refused": 0}, keys=KEYS)
