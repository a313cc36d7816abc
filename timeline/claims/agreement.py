"""Numbers said beside what is counted from: `in five years, since Pompeo in June 2018`, `in his 14-year rule`. They must agree, or the sentence says two things."""

from typing import TYPE_CHECKING, Any

from timeline.claims.measure import measure_words, measured
from timeline.claims.model import Claim, NotUnderstood
from timeline.dates import Span

if TYPE_CHECKING:
    from timeline.model import Event

BESIDE = frozenset({"first-since", "highest-since"})


def apart(said: dict[str, Any]) -> None:
    """Lay a length of time aside that stands beside `since`; `agreed` sees to it. Raises NotUnderstood where a form has no use for `before`."""
    sole = "sole" in said
    in_time = said.keys() & {"duration", "year", "date", "dates", "past"}
    if said.get("object") == "person" and in_time and not sole and "count" not in said:
        raise NotUnderstood(
            "how many of those in an office came in some time is not counted; write 'fourth visit by …'"
        )
    timed = {"since", "duration", "elapsed", "dates", "year", "date"}
    none_before = said.get("form") == "none-since" and not said.keys() & timed  # none had come before 1991
    if "before" in said and not (sole or none_before or "count" in said):
        if said.get("form") not in ("last-was", "none-since"):
            raise NotUnderstood(
                "'before' some date has no place here; write from when to when, or 'had last been there'"
            )
        day = said.pop("before").latest
        said["as_of"] = Span(day, day)
    if "before_whom" in said and said.get("form") == "last-was" and not said.keys() & {"ago", "elapsed"}:
        said["as_of_whom"] = said.pop("before_whom")
    plain = said.keys() & {"first", "form"} and not said.keys() & {
        "nth",
        "count",
        "past",
        "year",
        "after",
        "ago",
        "elapsed",
    }
    if plain and said.get("form") in (None, "highest-since") and "since" in said and "duration" in said:
        said["beside"] = said.pop("duration")
        said["beside_hedges"] = frozenset(said.pop("hedges", ())) - {"known"}


def agreed(claim: Claim, said: dict[str, Any], about: "Event | None") -> Claim:
    """The claim, counted from that of the days which its words may mean that lies so long ago as is said beside. Raises NotUnderstood where none does."""
    if "beside" not in said:
        return claim
    since = claim.since
    if about is None or since is None or claim.form not in BESIDE:
        raise NotUnderstood("a length of time and 'since': write one of the two, or name the visit with --about")
    if "measured_after" in said and not since.visit:
        what = f"so long after {since.label}, and a form beside it: which is said? Write one claim a sentence"
        raise NotUnderstood(what)
    number, unit = said["beside"]
    asked = Claim(claim.text, "first-in", number=number, unit=unit, hedges=said.get("beside_hedges", frozenset()))
    days = about.date.start
    for one in (since, *since.others):
        if all(start < end and measured(asked, start, end).truth for start in one.span for end in days):
            return claim._replace(since=one._replace(others=()))
    raise NotUnderstood(
        f"{measure_words(asked)}, and since {since.label}: these are two different times; write one of them"
    )
