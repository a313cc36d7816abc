"""What is told beside a visit that narrows nothing: `in 2002, when he met Putin`, `who spent three days there`, `on September 4`."""

from typing import TYPE_CHECKING

from timeline.claims.dates import day_of_month
from timeline.claims.described import refuse_other_length, spent
from timeline.claims.named import meant_by
from timeline.claims.purposes import whom
from timeline.claims.reference import then
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
    stay, long = spent(s)
    if stay and form_at(s) < 0:
        s.said["made"] = True
        s.say("lasting", long)
        return stay
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
        last = _last(s)
        taken = whom(rest.ahead(met), last) if last else 0
        return size + met + taken if taken else 0
    stay, long = spent(rest)
    if stay and (last := _last(s)):
        refuse_other_length(long, last)
        return size + stay
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


def _day(s: "Sentence") -> int:
    """`On September 4`, `from October 25`, `June 20-21`: a day without its year, on which the visit told of began."""
    lead = int(s.peek() in LEADS)
    size, when, days = day_of_month(s.ahead(lead))
    if when is None or "described" in s.said or s.said.get("form") or "count" in s.said:
        return 0
    s.say("described", when)
    s.said["described_days"] = days
    return lead + size
