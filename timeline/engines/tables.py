"""Files of events as one table of an engine: the flat form, with what a scope or a gap asks for; days as the ordinals of `timeline.dates`."""

from typing import Any, TypeAlias

from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.extras import library
from timeline.store.rules import EVENT_KEYS

Table: TypeAlias = Any  # of Ibis, which has no types of its own here

STARTS = ("start_earliest", "start_latest")
EPOCH = 719163  # 1970-01-01 as an ordinal
WORDS = ("type", "kind", "status", "support", "visitor", "host")
USUAL = {"type": "visit", "status": "happened", "support": "confirmed"}  # where nothing is said
BOUNDS = {
    "earliest": ("start_earliest", NEVER_BEFORE),
    "latest": ("start_latest", NEVER_AFTER),
    "end_earliest": ("end_earliest", NEVER_BEFORE),
    "end_latest": ("end_latest", NEVER_AFTER),
}


def events(files: Table) -> Table:
    """One row an event: its fields, in place of words that are unknown nothing, or what is usual, actors as a list, and the bounds of its date as ordinals; of its start as days, too."""
    ibis = library("ibis", "scale")
    fields: dict[str, Any] = {name: files[name] for name in EVENT_KEYS}
    fields |= {name: ibis.coalesce(files[name].cast("string").nullif(""), USUAL.get(name, "")) for name in WORDS}
    fields["date"] = files.date.cast("string")  # other programs write days as dates
    if files.actors.type().is_string():
        fields["actors"] = ibis.coalesce(files.actors, "").split("; ")
    fields |= {column: _date(files[column]) for column in STARTS}
    return files.select(
        **fields, **{name: _day(_date(files[column]), open_) for name, (column, open_) in BOUNDS.items()}
    )


def _date(column: Any) -> Any:
    """Null is an open end."""
    return column.nullif("").cast("date") if column.type().is_string() else column


def _day(column: Any, open_: int) -> Any:
    """A day as an ordinal: differences of dates, which no engine reckons in seconds."""
    ibis = library("ibis", "scale")
    days = column.delta(ibis.date("1970-01-01"), unit="day").cast("int64") + EPOCH
    return ibis.coalesce(days, open_).cast("int64")
