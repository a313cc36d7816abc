"""A start and an end as a journey: how long it is, and how long with day and month swapped."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.importing.when import WhenError

if TYPE_CHECKING:
    from timeline.importing.when import Written

LONG = 30  # days of a stay beyond which a report names it


def last_day(start: "Written", end: "Written | None") -> str:
    """The end of a journey of which both cells may be ranges; of two that are one day, the one that says more. Raises WhenError where they contradict each other, or where a range says no last day."""
    if end is None:
        return start.end
    last = end.end or end.start
    if start.end:
        if not (last.startswith(start.end) or start.end.startswith(last)):
            told = f"the start is {start.start}/{start.end}, but the end is {journey(end.start, end.end)}"
            raise WhenError("end-disagrees", f"{told}: nobody can tell which is the last day")
        return max(start.end, last, key=len)
    if end.end and end.start != start.start:
        told = f"{start.start} and the end {end.start}/{end.end}"
        raise WhenError("end-range", f"the start is {told}, a range that may be of the last leg or of days in doubt")
    return last


def journey(start: str, end: str, days: int | None = None) -> str:
    """The date of a journey in the form of a store. Of a known start and a number of days, both ends counted, the end follows."""
    exact = len(start) == len("YYYY-MM-DD")
    if not end and days and exact:
        end = (date.fromisoformat(start) + timedelta(days - 1)).isoformat()
    return f"{start}/{end}" if end else start


def length(start: str, end: str) -> int | None:
    """The days of a journey, both ends counted, where both are exact."""
    if len(start) == len(end) == len("YYYY-MM-DD"):
        return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return None


def swapped(day: str) -> str:
    """An exact day with month and day changed for each other; empty where that is no other day."""
    if len(day) != len("YYYY-MM-DD") or int(day[8:]) > 12 or day[5:7] == day[8:]:
        return ""
    return f"{day[:5]}{day[8:]}-{day[5:7]}"


def if_swapped(start: str, end: str) -> str:
    """For a journey that ends before it starts: how it would be right."""
    better = shorter(start, end)
    return f"; with day and month swapped it would be {better}" if better else ""


def shorter(start: str, end: str) -> str:
    """The dates with day and month of one or both of them swapped, in each way that makes a stay of some days of it."""
    options = {(s, e) for s in (start, swapped(start)) for e in (end, swapped(end)) if s and e} - {(start, end)}
    return " or ".join(f"{s} to {e}" for s, e in sorted(options) if 0 < (length(s, e) or 0) <= LONG)
