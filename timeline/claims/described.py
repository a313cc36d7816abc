"""Words that say which visit a claim is about: `Xi's 2008 delegation`, `the March 2018 trip`, `a trip announced for September`, `this week`.

They narrow nothing that is counted. They must fit the visit that is given, or else fit one visit of the record.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.case import left, present
from timeline.claims.dates import any_date, in_year, nearest, period_of
from timeline.claims.lexicon import VISITS
from timeline.claims.meetings import held, meetings
from timeline.claims.model import NEAR, UNKNOWN, NotUnderstood, Since
from timeline.claims.timing import number_here, visit_ahead
from timeline.claims.visitors import form_at, nations
from timeline.dates import NEVER_AFTER, Span
from timeline.query import Query, fits, may_start_in

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.model import Event

TALKS = ("talks", "meeting", "summit")
TOLD_AS = (*VISITS, *TALKS, "delegation", "mission", "stay", "arrival")
PLANNED = (
    "announced for",
    "planned for",
    "scheduled for",
    "expected in",
    "expected on",
    "slated for",
    "set for",
    "due in",
    "due on",
)
# Beside the past, which says when a time begins, too.
ARRIVES = {"arrives", "arrive", "arriving", "lands", "landing", "begins", "began", "begin", "starts", "started"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The first and the last day, counted from the publication, on which a visit was under way that is told of so: the day may be that of the event or of the paper.
AROUND = {
    "today": (-2, 2), "tonight": (-2, 2), "tomorrow": (0, 3), "yesterday": (-3, 0), "this week": (-6, 6), "later this week": (0, 6), "earlier this week": (-6, 0),
    "next week": (1, 13), "last week": (-13, -1), "this weekend": (-6, 6),
} | dict.fromkeys(WEEKDAYS, (-7, 7))  # fmt: skip
OF_MONTH = {"this month": 0, "later this month": 0, "earlier this month": 0, "next month": 1, "last month": -1}


def described(s: "Sentence") -> int:
    """A date before a word for a journey, a planned date, or a day near the publication: of the visit in question, before the form."""
    if "described" in s.said:
        return 0
    if form_at(s) >= 0:
        return _day_of_visit(s)
    for rule in (_dated, _planned, _near):
        size, when = rule(s)
        if when is not None:
            s.say("described", when)
            return size
    return 0


def _dated(s: "Sentence") -> tuple[int, Since | None]:
    """`March 2018 trip`, `2008 delegation`, `late 2012 visit`; of `2023 Russia tour`, `2018 Beijing visit` the date alone."""
    size, when = any_date(s)
    if size and s.peek(size) in TOLD_AS:
        if s.peek(size) in TALKS:
            s.say("object", "meeting")
        return size + 1, when
    whither = nations(s.ahead(size)) or s.longest(s.names.capitals.get, size)[0]
    return (size, when) if size and s.peek(size + whither) in TOLD_AS else (0, None)


def _planned(s: "Sentence") -> tuple[int, Since | None]:
    lead = s.phrase(*PLANNED)
    size, when = any_date(s.ahead(lead)) if lead else (0, None)
    return lead + size, when


def _near(s: "Sentence") -> tuple[int, Since | None]:
    """`on Thursday`, `this week`: with an unknown day, which the publication gives."""
    lead = int(s.peek() == "on" and s.peek(1) in WEEKDAYS)
    size = s.ahead(lead).phrase(*AROUND, *OF_MONTH)
    if not size:
        return 0, None
    when = Since(s.ahead(lead).text(size), UNKNOWN)
    size += int(s.peek(lead) in WEEKDAYS and s.peek(lead + size) in ("morning", "afternoon", "evening", "night"))
    return lead + size, when


DAYS = (*WEEKDAYS, "tomorrow", "yesterday", "next week")  # `the second visit this week` counts


def _day_of_visit(s: "Sentence") -> int:
    """`began his first visit to China on Wednesday`: after the form, too, no more than when it was."""
    lead = int(s.peek() == "on" and s.peek(1) in WEEKDAYS)
    if s.said.get("form") or "count" in s.said or not s.ahead(lead).phrase(*DAYS):
        return 0
    size, when = _near(s)
    s.say("described", when)
    return size


def lasting(s: "Sentence") -> int:
    """`A two-day visit`, before the form: how long the visit in question lasted."""
    found = number_here(s) if form_at(s) < 0 else None
    if found is None or s.peek(found[0]) != "day" or not visit_ahead(s.ahead(found[0] + 1)):
        return 0
    s.say("lasting", Lasting(found[1], 1))
    return found[0] + 1


class Lasting(NamedTuple):
    """How long a visit is said to have lasted, in days, and by how many the record may have it otherwise: the night on which it began, a day of each week."""

    days: float
    slack: float


def spent(s: "Sentence") -> tuple[int, Lasting]:
    """`Spent three days there`, `spent two weeks`: how many words, and how long; 0 where nothing such is said."""
    found = number_here(s.ahead(1)) if s.peek() == "spent" else None
    unit = s.peek(1 + found[0]) if found else ""
    if found is None or unit not in ("day", "days", "week", "weeks"):
        return 0, Lasting(0, 0)
    size = 2 + found[0]
    long = Lasting(found[1], 1) if unit.startswith("day") else Lasting(found[1] * 7, found[1])
    return size + int(s.peek(size) == "there"), long


def refuse_other_length(long: Lasting, visit: "Event") -> None:
    """Raises NotUnderstood where the record has a visit end on a day that makes it longer or shorter."""
    start, end = visit.date.start, visit.date.end
    least, most = end.earliest - start.latest + 1, end.latest - start.earliest + 1
    if end.latest < NEVER_AFTER and not least - long.slack <= long.days <= most + long.slack:
        told = f"a visit of {long.days:g} days: the record dates {visit.id} {visit.date.text}; leave it out"
        raise NotUnderstood(told)


def _lasted(s: "Sentence", about: "Event | None") -> None:
    """Raises NotUnderstood where how long a visit lasted does not fit the one in question, or the only one of the time that is said."""
    when = s.said.get("date")
    if s.said.get("made") and when and (about is None or not may_start_in(about, when.span)):
        about = _only_one(s, when)
        if about is not None:
            refuse_other_length(s.said.pop("lasting"), about)
    elif about is not None:  # else read once more with the visit that the claim is found to be about
        refuse_other_length(s.said["lasting"], about)


def _only_one(s: "Sentence", when: Since) -> "Event | None":
    """The one visit of a time that is by whom and to where the sentence says."""
    made = [e for e in s.names.store.events if e.type == "visit" and e.status == "happened" and _told(s, e)]
    found = [event for event in made if may_start_in(event, when.span)] if when.span.earliest > 0 else []
    return found[0] if len(found) == 1 else None


def told_when(s: "Sentence") -> None:
    """`Li Qiang's visit in October 2025 is the first …` tells when it was; a date at the head of a sentence, or after the form, may say in what time is counted."""
    said = s.said
    if "so_long_after" in said and "date" in said and "described" not in said:
        said["described"] = said.pop("date")
        return
    ever = said.get("form") == "first-ever"
    numbered = ever or (said.keys() & {"first", "nth"} and not said.get("form"))
    if "date" not in said or "described" in said or not numbered:
        return
    place = s.places["date"]
    measured = (
        ever or said.keys() & {"since", "ever"} or ("duration" in said and "first" in said)
    )  # which leaves no other use for it
    made = "maker" in said and s.places["maker"] < place
    if (place < form_at(s) or made) and (
        made or measured or any(word in TOLD_AS or s.said.get("made") for word in s.words[1:place])
    ):
        said["described"] = said.pop("date")


def the_visit(s: "Sentence", published: Span | None, about: "Event | None") -> "Event | None":
    """The visit that a sentence describes, which is the one given, if one is. Raises NotUnderstood where none or several fit the description.

    A sentence that leaves open from where or where to tells of the one visit near its publication that is by whom it says.
    """
    when: Since | None = s.said.get("described")
    if "lasting" in s.said:
        _lasted(s, about)
    if when is None:
        return about or (_reported(s, published) if published else None)
    days = s.said.get("described_days", ())
    month = _with_year(when, published, about)
    when = _on_day(month, *days[:1])
    if about is not None:
        if not _told_on(s, when, about, published):
            raise NotUnderstood(f"{when.label!r} is not the date of the visit {about.id}: {about.date.text}")
        _refuse_other_end(month, days, about)
        return about
    made = [event for event in s.names.store.events if event.type == "visit" and _told(s, event)]
    if pair := _who_met(s):
        made = meetings(s.names.store, pair, Query())
    visits = [event for event in made if _told_on(s, when, event, published)]
    if len(visits) != 1:
        listed = f": {', '.join(e.id for e in visits[:8])}" if visits else ""
        raise NotUnderstood(
            f"the visit of {when.label} is one of {len(visits)} in the record{listed}; say which with --about"
        )
    _refuse_other_end(month, days, visits[0])
    return visits[0]


def _refuse_other_end(month: Since, days: tuple[int, ...], visit: "Event") -> None:
    """Raises NotUnderstood where a visit is said to have ended on a day of its month on which it did not."""
    if len(days) > 1 and not visit.date.end.overlaps(_on_day(month, days[1]).span):
        raise NotUnderstood(
            f"'{month.label}' to {days[1]}: the record dates {visit.id} {visit.date.text}; leave it out"
        )


def _on_day(when: Since, day: int = 0) -> Since:
    """A day of a month, give or take one: night arrivals and time zones."""
    first = when.span.earliest + day - 1
    return when._replace(span=Span(first - 1, first + 1)) if day else when


def _reported(s: "Sentence", published: Span) -> "Event | None":
    said = s.said
    there = said.keys() & {"host", "region", "every_host"}
    here = said.keys() & {"visitor", "every_visitor", "person", "subject"}
    if (there and here) or said.keys() & {"between", "object", "both_ways"}:
        return None
    back = said.get("form") in ("last-was", "none-since") or ("count" in said and "nth" not in said)
    if back and "had" not in s.words:  # about the day of publication, not about a visit
        return None
    near = Span(published.earliest - NEAR, published.latest + (0 if back else NEAR))
    visits = [e for e in s.names.store.events if e.type == "visit" and may_start_in(e, near) and _told(s, e)]
    found = [event for event in visits if _headed(event, s)]
    return found[0] if len(found) == 1 else None


def _headed(event: "Event", s: "Sentence") -> bool:
    """Whether somebody headed a visit who is named, or is what the words for who may mean."""
    person = s.said.get("subject") or s.said.get("person")
    heads = [p for p in event.people if p.role == "heads" and person in (None, p.name)]
    asked = [who.query for who in s.said.get("who", ()) if not who.anybody] if person is None else []
    return any(not asked or any(fits(p, q._replace(people=()), s.names.store.vocabulary) for q in asked) for p in heads)


def _told_on(s: "Sentence", when: Since, event: "Event", published: Span | None) -> bool:
    """Whether a visit was made when a description says: begun on a date, or under way near the publication, on a weekday that is named."""
    if when.span != UNKNOWN and s.said.get("object") == "meeting":
        return _met_then(s, when.span, event)
    if when.span != UNKNOWN:
        return may_start_in(event, when.span)
    told = when.label.lower()
    arrived = "arrival" in s.said or not ARRIVES.isdisjoint(s.words)
    if told in WEEKDAYS and not _on(event, WEEKDAYS.index(told), arrived=arrived):
        return False
    if published is None and told not in WEEKDAYS:
        raise NotUnderstood(f"{when.label!r} of which day? Say with --published, or leave it out")
    if published is None:
        return True
    near = _near_to(published, told)
    return may_start_in(event, near) if told.startswith(("next", "later", "tomorrow")) else any(present([event], *near))


def _who_met(s: "Sentence") -> tuple[str, ...]:
    """The two whose meeting is told of, where both are named."""
    both = s.said.get("person"), s.said.get("other_person")
    return tuple(filter(None, both)) if s.said.get("object") == "meeting" and all(both) else ()


def _met_then(s: "Sentence", span: Span, event: "Event") -> bool:
    """Whether a meeting was held in a time: on the day that the record has for the talks on a visit, or else on any day of it."""
    talks = held(event, _who_met(s), s.names.store) if event.type == "visit" else [event]
    return any(may_start_in(one, span) for one in talks) if talks else any(present([event], *span))


def _near_to(published: Span, told: str) -> Span:
    """The days that `last week`, `later this month` are, as of a publication."""
    if told in AROUND:
        first, last = AROUND[told]
        return Span(published.earliest + first, published.latest + last)
    day = date.fromordinal(published.latest)
    month = period_of(f"{day:%Y-%m}")
    for _ in range(abs(OF_MONTH[told])):
        near = month.latest + 1 if OF_MONTH[told] > 0 else month.earliest - 1
        month = period_of(f"{date.fromordinal(near):%Y-%m}")
    first = published.earliest if told.startswith("later") else month.earliest
    return Span(first, published.latest if told.startswith("earlier") else month.latest)


def _with_year(when: Since, published: Span | None, about: "Event | None") -> Since:
    """A month without a year is that of the visit given, or the nearest to the publication."""
    day = about.date.start if about is not None else None
    if when.of:
        return in_year(when, published or day)
    return when if when.span.earliest >= 0 else nearest(when, day or published)


def _on(event: "Event", weekday: int, *, arrived: bool) -> bool:
    """Whether a visit was, or may have been, under way on some day of the week; or begun on it. Give or take a day at its start (night arrivals, time zones)."""
    first = event.date.start.earliest - 1
    last = event.date.start.latest + 1 if arrived else left(event.date.start, event.date.end)
    return any(date.fromordinal(day).weekday() == weekday for day in range(first, min(last, first + 7) + 1))


def _told(s: "Sentence", event: "Event") -> bool:
    """Whether a visit is by whom, from where and to where the sentence says."""
    said = s.said
    person = said.get("subject") or said.get("person")
    if "between" in said:
        return {event.visitor, event.host} == set(said["between"])
    there = "every_host" in said or said.get("host", event.host) == event.host
    here = "every_visitor" in said or said.get("visitor", event.visitor) == event.visitor
    return there and here and (person is None or any(p.name == person for p in event.people))
