"""Sequences: how many visits came before another one, whichever way that went, and how long after it one came: `Kim visited China four times before Xi visited North Korea`, `Li visited North Korea a month after Kim's trip to Beijing`."""

import re
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.measure import measured
from timeline.claims.model import Among, Claim, NotUnderstood
from timeline.claims.other_visits import made_by, may_precede, other_visit
from timeline.claims.points import point
from timeline.claims.reference import by_record
from timeline.claims.resolve import last_of
from timeline.claims.visitors import form_at, who_words
from timeline.dates import NEVER_BEFORE, Span, day_after
from timeline.query import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.model import Since
    from timeline.claims.other_visits import OtherVisit
    from timeline.claims.sentence import Sentence
    from timeline.model import Event


# A visit, and what came before it.
FOLLOWED = re.compile(
    r"^(?P<later>.+?),? (?:(?:came |took place |was made )?after|(?<!was )(?<!is )(?<!were )followed(?! by)) (?P<earlier>.+?)\.?$"
)
MOST_TURNED = 24  # words: the whole is read once more, which takes its time
BEFORE = {"before": 0, "the year before": 12, "the month before": 1}


def before_visit(s: "Sentence") -> int:
    """`Kim visited China four times before Xi visited North Korea in June 2019`, `… in the year before Xi's visit`: counted until another's visit, whichever way it went. Raises NotUnderstood where it is not clear which."""
    lead = s.phrase(*BEFORE)
    found = other_visit(s.ahead(lead)) if lead else None
    if found is None or not found.size:
        return 0
    size, about = found.size, s.names.about
    what = f"before {s.ahead(lead).text(size)}"
    visits = found.visits[:1] if found.which == "first" and not found.dated else found.visits
    if about in found.made and about not in visits:
        raise NotUnderstood(f"{what}: that is not the visit in question, {about.id}")
    visit = _one(what, [about] if about in visits else visits)
    if not visit.date.start.exact:
        raise NotUnderstood(f"{what}: the record dates {visit.id} {visit.date.text}, not to the day")
    day = visit.date.start.earliest
    s.say("before", Span(_from(s, BEFORE[s.folded(lead)], day), day - 1))
    s.said["before_event"] = visit.id
    return lead + size


def _one(what: str, visits: "Sequence[Event]") -> "Event":
    """The only one of some visits. Raises NotUnderstood where there are several, or none."""
    if len(visits) != 1:
        listed = f" ({', '.join(e.id for e in visits[:6])})" if visits else ""
        raise NotUnderstood(f"{what}: which visit, of {len(visits)} on record{listed}? Write its month and year")
    return visits[0]


def so_long_after(s: "Sentence") -> int:
    """`A month after Kim's trip to Beijing`, `15 months after the Hanoi summit`, `within two weeks of taking office`: how long before the visit in question that was. Raises NotUnderstood where it is not clear which visit that is."""
    timed = "duration" in s.said and s.before(*lexicon.UNITS, "half")  # a year and a half
    if not timed or form_at(s) >= 0:
        return 0
    if s.peek() == "of" and "within" in s.said.get("hedges", ()):
        return _within(s)
    if s.peek() not in ("after", "following"):
        return 0
    found = other_visit(s.ahead(1))
    if size := found.size:
        _refuse_office(s.ahead(1 + size))
        since = _since(s, s.text(1 + size), found)
    else:
        skip = int(s.peek(1) == "the")
        size, event = point(s.ahead(1 + skip))
        if event is None or event.visit or event.period:
            return 0
        if any("inaugurat" in word for word in s.words[s.at : s.at + 1 + skip + size]):
            raise NotUnderstood("after which inauguration? The record knows when power was taken; write the date")
        size, since = skip + size, event
    s.say("so_long_after", value=True)
    s.say("since", since)
    return 1 + size


def _within(s: "Sentence") -> int:
    """`Within two weeks of taking office`: before that he was not in it."""
    size, event = point(s.ahead(1))
    if event is None or not event.event.startswith("accession:"):
        return 0
    s.say("so_long_after", value=True)
    s.say("since", event)
    return 1 + size


def _refuse_office(s: "Sentence") -> None:
    """Raises NotUnderstood for `after his first visit as president`: that is his first in that office, or the visit in question was made in it."""
    article = int(s.peek(1) in ("a", "an", "the"))
    if s.peek() == "as" and (size := s.longest(who_words(s), 1 + article)[0]):
        words = s.text(1 + article + size)
        raise NotUnderstood(f"{words!r}: of which visit is that said? Write that visit's month and year", (words,))


def _since(s: "Sentence", what: str, found: "OtherVisit") -> "Since":
    """A visit that came before the one in question: the last of those that are meant; the first or the last of all where that is said."""
    about = s.names.about
    visits: Sequence[Event] = found.visits
    if about is not None:
        visits = [v for v in visits if v is not about and (found.dated or may_precede(v, about))]
    if not found.which:
        visit = _one(what, _so_long_before(visits, s))
        return by_record(visit) if found.dated else by_record(visit)._replace(among=_among("any", visit, found, s))
    if about is None and not found.dated:
        raise NotUnderstood(f"{what}: before which visit? Write its month and year, or name the visit with --about")
    all_made = [v for v in found.made if about is None or (v is not about and may_precede(v, about))]
    place = last_of(all_made) if found.which == "last" else all_made[:1]
    if place and not set(place) & set(visits):
        raise NotUnderstood(f"{what}: the {found.which} on record is {place[0].id}")
    visit = _one(what, [v for v in place if v in visits])
    return by_record(visit)._replace(among=_among(found.which, visit, found, s))


def _among(which: str, visit: "Event", found: "OtherVisit", s: "Sentence") -> Among:
    """All the visits of one person from one country to another."""
    whose = Query(people=(made_by(visit, found.name, s.names),), visitors=(visit.visitor,), hosts=(visit.host,))
    return Among(which, whose)


def _so_long_before(visits: "Sequence[Event]", s: "Sentence") -> "Sequence[Event]":
    """Of some visits the last; all of them where only another was so long before the one in question as is said."""
    about, last = s.names.about, last_of(visits)
    if about is None:
        return visits
    number, unit = s.said.get("duration", (0.0, "years"))
    asked = Claim(s.of, "after", number=number, unit=unit, hedges=frozenset(s.said.get("hedges", ())))
    fitting = [v for v in visits if measured(asked, v.date.start.latest, about.date.start.earliest).truth]
    return visits if fitting and not set(last) & set(fitting) else last


def _from(s: "Sentence", months: int, day: int) -> int:
    """The first day that is counted: so many months before a visit, as is said right before it (`within ten months before`), or the beginning."""
    if "duration" in s.said and s.peek(-1) in lexicon.UNITS and not months:
        if s.words[max(0, s.places["duration"] - 1)] not in ("within", "the", "inside"):
            raise NotUnderstood(
                "so long before: on that day, or in the time up to it? Write 'within … before', or the date"
            )
        number, unit = s.said.pop("duration")
        months = round(number * {"years": 12, "months": 1}.get(unit, 0))
        if not months:
            raise NotUnderstood(f"{number:g} {unit} before a visit are not counted back; write from when to when")
    return day_after(day, -months) if months else NEVER_BEFORE


def turned(text: str) -> str:
    """`Xi visited North Korea after Kim had visited China four times` as said of Kim's visits, before it; empty where it is no such sentence."""
    found = FOLLOWED.match(text) if len(text.split()) <= MOST_TURNED else None
    return f"{found['earlier']} before {found['later']}" if found else ""
