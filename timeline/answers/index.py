"""What is kept of records in the cache folder."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from timeline.answer import Answer, Column, Grid
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.store.index import Held

KEYS = ("record", "files", "bytes", "read")
COLUMNS = (
    Column("Record", style="strong"),
    Column("Files", right=True, worth=6),
    Column("Bytes", right=True, worth=5),
    Column("Read (UTC)", style="date"),
)


def index_answer(held: "Sequence[Held]", folder: str) -> Answer:
    """A row for each record, by its first file."""
    rows: list[dict[str, Any]] = [
        {
            "record": one.paths[0],
            "files": len(one.paths),
            "bytes": one.size,
            "read": datetime.fromtimestamp(one.read // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for one in held
    ]
    cells = tuple((row["record"], f"{row['files']:,}", f"{row['bytes']:,}", row["read"]) for row in rows)
    remark = f"{plural(len(rows), 'record')} kept in {folder}"
    return Answer("index", rows, (Grid(COLUMNS, cells),), remarks=(remark,), keys=KEYS)
