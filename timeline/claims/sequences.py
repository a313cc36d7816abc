"""Sequences: how many visits came before another one, whichever way that went: `Kim visited China four times before Xi visited North Korea`."""

import re
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.dates import date_after
from timeline.claims.model import NotUnderstood
from timeline.claims.named import meant_by, somebody
from timeline.claims.points import where_to
from timeline.claims.reference import been_in
from timeline.dates import NEVER_BEFORE, Span, day_after
from timeline.query import may_start_in

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.model import Event


# A visit, and what came before it.
FOLLOWED = re.compile(
    r"^(?P<later>.+?),? (?:(?:came |took place |was made )?after|(?<!was )(?<!is )(?<!were )followed(?! by)) (?P<earlier>.+?)\.?$"
)
VISITED = ("visited", "came", "went", "travelled", "traveled")
THEIRS = tuple(f"'s {which} {journey}".replace("  ", " ") for which in ("", "first") for journey in lexicon.JOURNEYS)
BEFORE = {"before": 0, "the year before": 12, "the month before": 1}


def before_visit(s: "Sentence") -> int:
    """`Kim visited China four times before Xi visited North Korea in June 2019`, `… in the year before Xi's visit`: counted until another's visit, whichever way it went. Raises NotUnderstood where it is not clear which."""
    lead = s.phrase(*BEFORE)
    size, visits = _anothers(s.ahead(lead)) if lead else (0, [])
    if not size:
        return 0
    if s.names.about in visits:
        visits = [s.names.about]
    what = s.ahead(lead).text(size)
    if len(visits) != 1:
        listed = f" ({', '.join(e.id for e in visits[:6])})" if visits else ""
        raise NotUnderstood(f"before {what}: which visit, of {len(visits)} on record{listed}? Write its month and year")
    if not visits[0].date.start.exact:
        raise NotUnderstood(f"before {what}: the record dates {visits[0].id} {visits[0].date.text}, not to the day")
    day = visits[0].date.start.earliest
    s.say("before", Span(_from(s, BEFORE[s.folded(lead)], day), day - 1))
    s.said["before_event"] = visits[0].id
    return lead + size


def _from(s: "Sentence", months: int, day: int) -> int:
    """The first day that is counted: so many months before a visit, as is said right before it (`within ten months before`), or the beginning."""
    if "duration" in s.said and s.peek(-1) in lexicon.UNITS and not months:
        if s.words[max(0, s.places["duration"] - 1)] not in ("in", "within", "the", "inside"):
            raise NotUnderstood(
                "so long before: on that day, or in the time up to it? Write 'within … before', or the date"
            )
        number, unit = s.said.pop("duration")
        months = round(number * {"years": 12, "months": 1}.get(unit, 0))
        if not months:
            raise NotUnderstood(f"{number:g} {unit} before a visit are not counted back; write from when to when")
    return day_after(day, -months) if months else NEVER_BEFORE


def _anothers(s: "Sentence") -> "tuple[int, list[Event]]":
    """`Xi visited North Korea in June 2019`, `Xi's first visit`: the visits that may be meant."""
    size, name = somebody(s)
    made = s.ahead(size).phrase(*VISITED, *THEIRS) if name else 0
    if not name or not made:
        return 0, []
    first = s.peek(size + 1) == "first"
    size += made
    taken, host, city = where_to(s.ahead(size))
    size, when = date_after(s, size + taken)
    called = meant_by(name, s.names)
    one = name in called  # and not a family
    made_so = [
        event
        for event in s.names.store.events
        if event.type == "visit"
        and event.status == "happened"
        and event.kind != "transit"
        and host in ("", event.host)
        and (not city or been_in(city, event, s.names.store))
        and any(p.name in called and (one or p.role == "heads") for p in event.people)
    ]
    visits = [e for e in made_so if when is None or may_start_in(e, when.span)][: 1 if first and when is None else None]
    if s.names.about in made_so and s.names.about not in visits:
        raise NotUnderstood(f"{s.text(size)}: that is not the visit in question, {s.names.about.id}")
    return size, visits


def turned(text: str) -> str:
    """`Xi visited North Korea after Kim had visited China four times` as said of Kim's visits, before it; empty where it is no such sentence."""
    found = FOLLOWED.match(text)
    return f"{found['earlier']} before {found['later']}" if found else ""
