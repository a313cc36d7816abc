"""The rules of the grammar: each looks at the words from here on, fills a slot, and says how many words it took (0: not mine)."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon, pronouns
from timeline.claims.alternatives import either
from timeline.claims.circumstances import circumstance
from timeline.claims.counted_from import since
from timeline.claims.dates import date_here, in_order, undated
from timeline.claims.described import described, lasting
from timeline.claims.forms_said import first, form
from timeline.claims.frames import frame
from timeline.claims.in_office import as_high, in_power, in_reign
from timeline.claims.listed import before_whom, made_when, only, predecessors, whose_only
from timeline.claims.model import GAPS, NotUnderstood
from timeline.claims.named import named_person
from timeline.claims.numbered import every_year, times
from timeline.claims.phrases import LAST_LOOKS, attended, by_what, outside, region, turn, until
from timeline.claims.places import EXCHANGES, MEETINGS, government, meeting, occasion, pair, place, the_two_leaders
from timeline.claims.purposes import purpose
from timeline.claims.receiving import receives, who_receives
from timeline.claims.sequences import before_visit, so_long_after
from timeline.claims.timing import (
    ago,
    as_of,
    date_in,
    duration,
    hedge,
    interval,
    month_before,
    number_here,
    period,
    visit_ahead,
    year,
)
from timeline.claims.two_sides import two_sides
from timeline.claims.visitors import (
    LINKS,
    THERE,
    absent,
    by_whom,
    form_at,
    one_of_a_family,
    person,
    title,
    told_title,
    who,
    who_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.claims.sentence import Sentence

THE_TWO_LEADERS = tuple(f"between {the} {leaders}" for the in ("the two", "both") for leaders in ("leaders", "men"))
OF_STATES = ("nations", "states", "neighbours", "neighbors", "sides", "koreas", "capitals", "governments")


BETWEEN_STATES = tuple(
    f"between {the} {states}" for the in ("the two", "both") for states in ("countries", "nations", "states", "sides", "neighbours", "neighbors", "governments")
)  # fmt: skip


def between(s: "Sentence") -> int:
    """Both directions, or the two who met; `between visits`, `between Chinese premiers' visits` say nothing more than `gap`."""
    if s.peek() != "between":
        return 0
    if size := s.phrase(*THE_TWO_LEADERS):
        the_two_leaders(s)
        return size
    if size := s.phrase("between the two", *BETWEEN_STATES):
        s.say("both_ways", value=True)
        if s.peek(size - 1) == "two" and s.peek(size) not in OF_STATES:
            s.said["the_two"] = True
        return size
    if s.peek(1) in ("visits", "trips", "journeys", "consecutive"):
        return 1
    if size := _dates(s, "and"):
        return size
    one, a = named_person(s.ahead(1))
    two, b = named_person(s.ahead(2 + one)) if a and s.peek(1 + one) == "and" else (0, None)
    if two:
        s.say("person", a)
        s.say("other_person", b)
        return 2 + one + two
    one, a = government(s, 1)
    two, b = government(s, 2 + one) if one and s.peek(1 + one) == "and" else (0, None)
    if not two:
        return int(s.said.get("form") in GAPS)
    s.say("between", (a, b))
    return 2 + one + two


def _dates(s: "Sentence", joint: str) -> int:
    """`between 1991 and 2009`, `from 2006 to 2018`."""
    one, first = date_here(s.ahead(1))
    two, last = date_here(s.ahead(2 + one)) if one and s.peek(1 + one) == joint else (0, None)
    if first is None or last is None:
        return 0
    if undated(first) != undated(last) and not (first.of or last.of):
        first, last = in_order(first, last, None)  # from March to June 2018
    s.say("dates", (first, last, s.peek()))
    return 2 + one + two


def from_to(s: "Sentence") -> int:
    return _dates(s, "to") if s.peek() == "from" else 0


def both_ways(s: "Sentence") -> int:
    if size := s.phrase("two way exchange", "two way exchanges", *EXCHANGES):
        s.say("both_ways", value=True)
        s.say("object", "exchange")
        return size
    size = s.phrase("two way", "in either direction", "in both directions", "either way")
    if size:
        s.say("both_ways", value=True)
    return size


MUTUAL = ("each other", "one another", "mutual visits", "mutual visit", "reciprocal visits", "reciprocal visit", "exchanged visits", "exchange visits", "exchanging visits")  # fmt: skip


def mutual(s: "Sentence") -> int:
    """Raises NotUnderstood for visits one way and back that are counted as one, of which no form knows."""
    if s.said.get("object") == "meeting" and (size := s.phrase("each other", "one another")):
        return size
    if size := s.phrase(*MUTUAL):
        raise NotUnderstood(
            f"{s.text(size)!r}: a visit and that in return are not counted as one; write of each way, 'visits between A and B', or only when 'A and B visited each other'",
            (s.text(size),),
        )
    return 0


def unmade(s: "Sentence") -> int:
    """A journey of which the sentence itself says that it was not made."""
    if size := s.phrase("would have been", "was to have been"):
        s.say("unmade", value=True)
        return size
    size = s.phrase(*INTENDED)
    if size and (s.peek(size - 1) == "have" or s.peek(size) in DONE):
        s.say("intended", value=True)
        return size
    return 0


DONE = ("have", "visit", "travel", "go", "come", "make", "pay", "meet", "arrive", "return", "tour")
INTENDED = (
    "would have",
    *(f"{was} {meant} to".replace("  ", " ") for was in ("was", "were") for meant in ("", "due", "set", "scheduled", "supposed", "expected", "about")),
)  # fmt: skip


# What people do who travel. Those of the first line, in the past, say that a visit was made; `begins` and the like need the visit to follow.
ARRIVED = ("went", "travelled", "traveled", "came", "arrived", "landed", "returned")
PAST = ("visited", *ARRIVED, "toured", "paid")
TRAVEL = (
    "touches down", "touched down", "touching down", "ventures", "ventured", "arrives", "arrive", "arriving", "lands", "land", "landed", "landing", "sets foot", "setting foot", "returns", "return", "returned",
    "returning", "travelling", "traveling", "touring", "toured", "paying", "making", "undertakes", "undertook", "undertake", "embark on", "embarks on", "embarked on", "back in",
    "set to", "due to", "scheduled to", "heads to", "heading to", "headed to", "headed for", "heads for", "bound for", "leaves for", "left for", "departs for", "departed for",
    "enter", "enters", "entered", "entering", "head to", "cross the border into", "crosses the border into", "crossed the border into", "crossing the border into",
    "sets off for", "set off for", "sets out on", "set out on", "sets off on", "set off on", "cross into", "crosses into", "crossed into", "crossing into", "reaches", "reached",
)  # fmt: skip
BEGINS = (
    "begins", "began", "begin", "starts", "started", "start", "kicks off", "kicked off", "opens", "opened", "concludes", "concluded", "ends", "ended", "wraps up", "wrapped up",
)  # fmt: skip
TOOK_PLACE = ("took place", "occurred", "happened", "was held", "were held", "dates back", "dated back")
TAKES_PLACE = (
    *TOOK_PLACE,
    "take place",
    "takes place",
    "taken place",
    "taking place",
    "occurs",
    "occurring",
    "happens",
    "happening",
    "be held",
    "been held",
)
PARTIES = {"delegation", "party", "team", "mission", "group"}
LEADS_PARTY = ("leads", "led", "leading", "heads", "heading", "headed")


def travel(s: "Sentence") -> int:
    """Verbs of travelling, beside the plain ones among the fillers."""
    if s.peek() in PAST or _has_been(s):
        s.said["made"] = True
    if s.peek() in ARRIVED:
        s.said["arrival"] = True
    size = s.phrase(*TRAVEL)
    if size and not (s.peek() == "return" and s.peek(1) in lexicon.VISITS):  # a return visit answers another
        if s.peek(size - 1) in ("to", "for", "into", "in") and not s.phrase("set to", "due to", "scheduled to"):
            s.said["bound"] = s.at + size
        return size
    if s.peek() == "return" and s.peek(1) in lexicon.VISITS and form_at(s) < 0:
        _returned(s)
        return 1
    if (size := s.phrase(*BEGINS)) and _visit_follows(s.ahead(size)):
        return size
    if s.peek() in ("hold", "holds", "held") and any(word in MEETINGS for word in s.words[s.at + 1 : s.at + 5]):
        return 1
    if (
        s.phrase("was in", "were in", "was at", "were at")
        and not s.said.keys() & {"form", "first"}
        and _place_ahead(s.ahead(2))
    ):
        s.said["made"] = s.said["present"] = True
        return 1
    if size := s.phrase(*TAKES_PLACE):
        s.said["took_place"] = True
        if s.phrase(*TOOK_PLACE) == size and not s.before("has", "have", "had", "having"):
            s.said["preterite"] = True
        return size
    if (
        s.peek() in ("arrival", "stop", "stopover")
        and form_at(s) < 0
        and s.before("a", "the", "his", "her", "'s", *LAST_LOOKS)
    ):
        return 1  # Moon's arrival marks the first time
    if s.peek() == "such" and s.before("first", "second", "third"):
        s.said["such"] = True
        return 1
    if s.peek() in LEADS_PARTY and PARTIES & set(s.words[s.at + 1 : s.at + 7]) and s.peek(1) != "by":
        return 1
    return 0


def _returned(s: "Sentence") -> None:
    """`Xi's return visit`: one of those who received him had come before. Raises NotUnderstood where the record has none of them on such a visit."""
    about = s.names.about
    if about is None or not about.met:
        s.said["unchecked"] = (*s.said.get("unchecked", ()), s.text(2))
        return
    came = [e for e in s.names.store.events if e.type == "visit" and e.direction == (about.host, about.visitor)]
    came = [e for e in came if e.status == "happened" and e.date.start.latest < about.date.start.earliest]
    if not any(person.name in about.met for event in came for person in event.people):
        raise NotUnderstood(
            f"{s.text(2)!r}: the record has no visit before {about.id} of those who received him; leave it out",
            (s.text(1),),
        )


def _has_been(s: "Sentence") -> bool:
    """`Had been to Russia`, `had previously gone`, `had made a trip`: a visit was made."""
    perfect = {"had", "has", "have"} & set(s.words[max(0, s.at - 2) : s.at])
    if s.peek() == "been":
        return bool(perfect) and s.peek(1) in THERE
    made = s.peek() == "made" and s.peek(1) in ("a", "an", "his", "her") and _visit_follows(s.ahead(1))
    return made or (bool(perfect) and s.peek() in ("gone", "come"))


def _place_ahead(s: "Sentence") -> bool:
    """Whether a country or a city stands here: `was in Pyongyang`, but not `was in 2019`."""
    skip = int(s.peek() == "the")
    return bool(s.actor(skip)[0] or s.longest(s.names.capitals.get, skip)[0] or s.longest(s.names.cities.get, skip)[0])


def _visit_follows(s: "Sentence") -> bool:
    """Whether a visit comes after articles and ordinals."""
    size = 0
    while s.peek(size) in ("a", "an", "the", "his", "her", "its", "ever") or s.peek(size) in lexicon.ORDINALS:
        size += 1
    size += s.longest(who_words(s), size)[0]  # the first papal trip
    long = number_here(s.ahead(size))
    size += long[0] + 1 if long and s.peek(size + long[0]) == "day" else 0  # a three-day visit
    return visit_ahead(s.ahead(size))


def role(s: "Sentence") -> int:
    for which, phrases in (
        ("heads", ("headed by", "led by", "at the head of a delegation")),
        ("accompanies", ("accompanied by",)),
        ("heads", ("solo",) if visit_ahead(s.ahead(1)) else ()),
    ):
        if size := s.phrase(*phrases):
            s.say("roles", (which,))
            return size
    return 0


ABROAD = (
    "abroad",
    "overseas",
    "outside the country",
    "outside his country",
    "outside her country",
    "outside his own country",
)
DESTINATIONS = tuple(f"{far} {what}" for far in ("foreign", "overseas") for what in ("destination", "destinations"))


def abroad(s: "Sentence") -> int:
    """Every host, or every visitor: what a record of one pair cannot know."""
    if size := s.phrase(
        *(f"{far} {journey}" for far in ("foreign", "overseas", "international") for journey in lexicon.VISITS),
        *(f"{journey} {far}" for journey in lexicon.VISITS for far in ABROAD),
        *DESTINATIONS,
        *ABROAD,
    ):
        s.say("every_host", value=True)
        if s.phrase(*DESTINATIONS):
            s.said["destination"] = True
        return size
    if s.peek() == "outside":
        size, actor = s.actor(1)
        if size:
            s.say("outside", actor)
            s.say("every_host", value=True)
            return 1 + size
    if size := s.phrase("foreign guest", "foreign visitor", "foreign delegation", "foreign dignitary") or _foreigner(s):
        s.say("every_visitor", value=True)
        return size
    return 0


def _foreigner(s: "Sentence") -> int:
    """`Foreign leader`, `foreign head of state`; a foreign minister is one of some country."""
    find = who_words(s)
    return int(s.peek() == "foreign" and not s.longest(find)[0] and s.longest(find, 1)[0] > 0)


OFFICIALLY = ("visit", "visits", "visited", "visiting", "travel", "travels", "travelled", "traveled")


def kind(s: "Sentence") -> int:
    """`official`, `state` and the like, before a word for a visit: `official` alone is somebody."""
    if s.peek() == "officially" and (
        s.peek(1) in OFFICIALLY or not s.before(*LINKS, "be", "become", "becomes", "became")
    ):
        s.say("kinds", lexicon.KINDS["official"])
        return 1
    for word in sorted(lexicon.KINDS, key=len, reverse=True):
        size = s.phrase(word)
        if size and (word.endswith("visit") or visit_ahead(s.ahead(size))) and not _officials_visit(s, size):
            s.say("kinds", lexicon.KINDS[word])
            return size
    return 0


def _officials_visit(s: "Sentence", size: int) -> bool:
    """`A Chinese official visits …` is about somebody; `three official visits` and `no official visits` are about visits."""
    if s.words[s.at + size - 1] != "official":
        return False
    if s.said.get("form") == "highest-since" and s.said["form_end"] < s.at:  # the highest-ranking Chinese official trip
        return True
    if s.peek(size) not in ("visits", "tours"):
        return False
    return not (
        s.before("no", "of", "in", "between", "her", "his", "their")
        or s.peek(-1) in lexicon.NUMBERS
        or s.peek(-1).isdigit()
    )


def also(s: "Sentence") -> int:
    """`and` joins the two people of a meeting, and nobody who is not named."""
    return 1 if s.peek() == "and" and s.said.get("person") and s.peek(1) not in ("a", "an") else 0


RULES: "tuple[Callable[[Sentence], int], ...]" = (
    pronouns.he, pronouns.also, pronouns.previously, frame, circumstance, purpose, either, as_of, until, before_visit, before_whom, described, lasting, whose_only, made_when, by_whom, who_receives, attended, occasion, as_high, in_reign, in_power, turn, outside, by_what, region, predecessors, interval, so_long_after, since, ago, every_year, times, duration, period, year, month_before, form, only, first, hedge, date_in, two_sides, between, from_to, mutual, unmade, travel, role, abroad, both_ways, told_title, pair, kind, title,
    receives, one_of_a_family, person, who, meeting, place, also, absent,
)  # fmt: skip
