"""A start and an end as a journey: how long it is, and how long with day and month swapped."""

from datetime import date, timedelta

LONG = 30  # days of a stay beyond which a report names it


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
