"""In what time a sentence counts, and when it says that the last visit was."""

from datetime import date
from typing import TYPE_CHECKING, Any

from timeline.claims.dates import dated
from timeline.claims.model import ANYBODYS, EVER, LOOSE, OWN, UNKNOWN, NotUnderstood, Since, Window, between
from timeline.dates import NEVER_BEFORE, Span
from timeline.text import day_text, ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping


TO = "to:"  # before the country of the last of all journeys abroad, and a city of it


def window_of(said: "Mapping[str, Any]") -> Window:
    """The time in which is counted; without any, all time. An ordinal counts up to the visit."""
    window = _time(said)
    if "yearly" in said:
        window = window._replace(yearly=True)
    return window._replace(
        ordinal=bool(said.keys() & {"nth", "first"} or said.get("row_th")),
        staying="present" in said,
        begun="arrival" in said and said.get("form") != "none-since" and _one_day(window.span),
        dating=_dating(said),
    )


def _dating(said: "Mapping[str, Any]") -> str:
    """Whether a time may only say when the visit was, `for the third time in June 2018`: not one `of 2018`."""
    numbered = said.get("date") and said.keys() & {"nth", "first"}
    this_month = "adverbial" in said and "nth" in said and said.get("year") in ("this month", "last month")
    if said.get("date_of") or not (numbered or this_month):
        return ""
    return OWN if "possessed" in said else ANYBODYS


def _one_day(span: Span | None) -> bool:
    """`Travelled on 4 September` says when the journey began; of `travelled in June` that would be taken too literally."""
    return span is not None and span.earliest == span.latest


def _time(said: "Mapping[str, Any]") -> Window:
    if "row" in said and not said.get("dates"):
        number = round(said["row"])
        return Window(
            "row", 12 * number, label=f"the {ordinal(number)} in a row" if said["row_th"] else f"{number} in a row"
        )
    if "row" in said:
        _refuse_other_row(said)
    if said.get("dates"):
        first, last, words = said["dates"]
        label = f"{words} {first.label} {'and' if words == 'between' else 'to'} {last.label}"
        return (
            between(first.span, last.span, label)
            if words == "between"
            else Window("period", span=_whole(first.span, last.span, label), label=label)
        )
    if "before" in said:
        but = said.get("before_event", "")
        return Window("period", span=said["before"], label=_until(said["before"]), but=but)
    if "before_whom" in said:
        return Window("before", label=said["before_whom"])
    if said.get("date"):
        return Window("period", span=said["date"].span, label=dated(said["date"]))
    if said.get("year"):
        return Window("year", label=f"{said['year']} {'year' if said['year'] in ('this', 'last') else ''}".strip())
    if said.get("since"):
        return Window("since", label=f"since {said['since'].label}")
    if said.get("duration"):
        return _back(said)
    return Window("period", span=EVER, label="so far")


def _refuse_other_row(said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood where `three years in a row from 2014 to 2016` is not those years, one for each of the row."""
    first, last, _ = said["dates"]
    begins, ends = date.fromordinal(first.span.earliest), date.fromordinal(last.span.latest)
    whole = (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31)
    if not whole or ends.year - begins.year + 1 != round(said["row"]):
        raise NotUnderstood(
            f"{first.label} to {last.label}: is that the row? Write one year for each, or leave one of the two out"
        )


def _until(span: Span) -> str:
    first, last = map(day_text, span)
    return f"to {last}" if span.earliest == NEVER_BEFORE else f"from {first} to {last}"


def _whole(first: Span, last: Span, label: str) -> Span:
    if last.latest < first.earliest:
        raise NotUnderstood(f"{label}: the second date is earlier than the first")
    return Span(first.earliest, last.latest)


def _back(said: "Mapping[str, Any]") -> Window:
    """So many months or days back from the visit, or from publication."""
    number, unit = said["duration"]
    length = number * {"years": 12, "weeks": 7}.get(unit, 1)
    if length % 1:
        raise NotUnderstood(f"{number:g} {unit} is no time that visits can be counted in; write whole months")
    months, days = (0, round(length)) if unit in ("days", "weeks") else (round(length), 0)
    about = LOOSE & set(said.get("hedges", ())) if said.get("hedged") == "duration" else ()
    if said.get("past"):
        return Window("publication", months, label=_length(number, unit), days=days)
    loose = next(iter(sorted(about)), "years" if unit == "years" else "")
    return Window("visit", months, label=_length(number, unit), days=days, loose=loose)


def _length(number: float, unit: str) -> str:
    return f"{number:g} {unit if number != 1 else unit.removesuffix('s')}"


def target_of(said: "Mapping[str, Any]") -> Since:
    """When, or by whom, the last visit is said to have been."""
    when, person = said.get("date"), said.get("target_person")
    if person:
        return Since(
            f"{person} {dated(when)}" if when else person,
            when.span if when else UNKNOWN,
            event=f"visit:{person}",
            visit=True,
        )
    if "target_host" in said and when is not None:
        event = f"{TO}{said['target_host']},{said.get('target_place', '')}"
        return Since(f"to {said['target_host']} {dated(when)}", when.span, event=event, visit=True, of=when.of)
    if when is None:
        raise NotUnderstood("'last' needs when it was, or who it was")
    return when  # type: ignore[no-any-return]
