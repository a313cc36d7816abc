"""What is told beside a visit that narrows nothing: `in 2002, when he met Putin`, `who spent three days there`, `on September 4`."""

from typing import TYPE_CHECKING

from timeline.claims.dates import day_of_month
from timeline.claims.points import meant_by, named_person, ruler
from timeline.claims.purposes import received
from timeline.claims.reference import then
from timeline.claims.timing import number_here
from timeline.claims.visitors import form_at

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.model import Event

MET = (
    "met",
    "met with",
    "held talks with",
    "had talks with",
    "held a summit with",
    "held a summit meeting with",
    "saw",
)
CAME = ("arrived", "visited", "went", "travelled", "traveled", "came", "flew", "was")
LEADS = ("on", "from", "starting", "beginning")


def circumstance(s: "Sentence") -> int:
    """`When he met Putin`, `when he spent three days there`, of the last visit, whose date stands beside it; `spent three days there` is `was there`."""
    if size := _day(s):
        return size
    spent = _spent(s)
    if spent and form_at(s) < 0:
        s.said["made"] = True
        return spent
    if s.peek() != "when" or s.said.get("form") != "last-was":
        return 0
    size = 1 + int(s.peek(1) in ("he", "she"))
    if size == 1:
        taken, name = s.person(1)
        if not name or name not in (s.said.get("person"), s.said.get("target_person")):
            return 0
        size += taken
    rest = s.ahead(size)
    if met := rest.phrase(*MET):
        taken, name = named_person(rest.ahead(met))
        taken = taken if name else ruler(rest, met)
        last = _last(s)
        if not taken or last is None:
            return 0
        received(last, None, name or rest.ahead(met).text(taken), s.names)
        return size + met + taken
    if (spent := _spent(rest)) and (last := _last(s)):
        return size + spent if _lasted(last, rest) else 0
    came = rest.phrase(*CAME)
    return size + came if came and rest.peek(came) == "there" else 0


def _last(s: "Sentence") -> "Event | None":
    """The visit whose date stands before: the only one of that time by the person told of, to the country named."""
    when, name = s.said.get("date"), str(s.said.get("person") or s.said.get("target_person") or "")
    people = meant_by(name, s.names)
    if about := s.names.about:
        people |= set() if name else {person.name for person in about.people if person.role == "heads"}
    host = s.said.get("host")
    found = [
        event
        for event in s.names.store.events
        if event.type == "visit" and event.status == "happened" and host in (None, event.host) and when
        if then(event, when.span) and any(person.name in people for person in event.people)
    ]
    return found[0] if len(found) == 1 else None


def _lasted(visit: "Event", s: "Sentence") -> bool:
    """Whether a visit may have lasted so many days or weeks, give or take a day of each as print counts."""
    found = number_here(s.ahead(1))
    if found is None:
        return False
    days, slack = (found[1], 1) if s.peek(1 + found[0]).startswith("day") else (found[1] * 7, 3)
    start, end = visit.date.start, visit.date.end
    return end.earliest - start.latest + 1 - slack <= days <= end.latest - start.earliest + 1 + slack


def _spent(s: "Sentence") -> int:
    """`Spent three days there`."""
    found = number_here(s.ahead(1)) if s.peek() == "spent" else None
    if found is None or s.peek(1 + found[0]) not in ("day", "days", "week", "weeks"):
        return 0
    size = 2 + found[0]
    return size + int(s.peek(size) == "there")


def _day(s: "Sentence") -> int:
    """`On September 4`, `from October 25`, `June 20-21`: a day without its year, on which the visit told of began."""
    lead = int(s.peek() in LEADS)
    size, when, day = day_of_month(s.ahead(lead))
    if when is None or "described" in s.said or s.said.get("form") or "count" in s.said:
        return 0
    s.say("described", when)
    s.said["described_day"] = day
    return lead + size
