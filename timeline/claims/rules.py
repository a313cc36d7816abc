"""The rules of the grammar: each looks at the words from here on, fills a slot, and says how many words it took (0: not mine)."""

import re
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.model import NotUnderstood, Who
from timeline.claims.points import date_here, point

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.claims.sentence import Sentence

FORMS = {
    "first-ever": ("first ever", "ever first", "first time ever", "first in history"),
    "highest-since": (
        "highest ranking",
        "highest level",
        "most senior",
        "highest",
        "top ranking",
        "most high ranking",
    ),
    "longest-gap": ("longest gap", "longest interval", "longest break", "longest hiatus"),
    "shortest-gap": ("shortest gap", "shortest interval"),
    "last-was": ("last visited", "last went", "last been", "last", "previous", "most recent"),
    "none-since": ("no", "not visited", "not been", "not gone", "never visited", "not", "nobody"),
}
HEDGES = {
    "nearly": ("nearly", "almost", "just under", "close to"),
    "more-than": ("more than", "over", "in excess of"),
    "at-least": ("at least", "no fewer than"),
    "about": ("about", "around", "some", "approximately", "roughly"),
    "under": ("less than", "under", "fewer than"),
    "within": ("within", "inside"),
}
KNOWN = ("known", "recorded", "publicly known", "reported")
PAST = ("the past", "past", "the last", "last")
SPACE = ("the space of", "just", "only")
TIMES = ("times", "visits", "trips", "journeys", "meetings")


def form(s: "Sentence") -> int:
    """The words that say which form it is; `first` and numbers have rules of their own."""
    for name, phrases in FORMS.items():
        size = s.phrase(*phrases)
        if (
            size
            and not s.phrase("most senior leader", "no fewer than", "no more than", "no less than")
            and not _numbered(s)
        ):
            s.say("form", name)
            _own(s)
            return size
    if s.peek() == "ever":
        s.say("ever", value=True)
        return 1
    return 0


def _numbered(s: "Sentence") -> bool:
    """`No. 2` is somebody, not nobody."""
    return s.peek() == "no" and (s.peek(1).isdigit() or s.peek(1) in lexicon.NUMBERS)


def first(s: "Sentence") -> int:
    """`first` says a form; `second`, `third` … say a number."""
    if size := s.phrase("for the first time"):
        s.say("first", value=True)
        return size
    number = lexicon.ORDINALS.get(s.peek(), 0)
    if number:
        _own(s)
    if number == 1:
        s.say("first", value=True)
    elif number:
        _no_holder(s.ahead(1))
        s.say("nth", number)
    return 1 if number else 0


def _own(s: "Sentence") -> None:
    """`his first`: the first of somebody named elsewhere."""
    if s.before("his", "her"):
        s.say("own", value=True)


def _no_holder(s: "Sentence") -> None:
    """`The fourth Chinese president to visit` counts people, not visits. Raises NotUnderstood."""
    size = _nations(s)
    held, readings = s.longest(who_words(s), size)
    if held and readings != (lexicon.ANYBODY,) and s.peek(size + held) not in lexicon.VISITS:
        raise NotUnderstood(
            f"{s.text(size + held)!r} after a number counts those in an office, not visits; write 'fourth visit by …'",
            (s.text(size + held),),
        )


def _nations(s: "Sentence") -> int:
    """How many words of nationalities and countries stand here."""
    size = 0
    while more := s.longest(s.names.adjectives.find, size)[0] or s.actor(size)[0]:
        size += more
    return size


def number_here(s: "Sentence") -> tuple[int, float] | None:
    """A number from here: digits, words, `two and a half`, `a` before a unit."""
    word, after = s.peek(), s.peek(1)
    size = 1
    if re.fullmatch(r"\d{1,3}(\.\d+)?", word):
        number = float(word)
    elif word in lexicon.NUMBERS:
        number = float(lexicon.NUMBERS[word])
        if number >= 20 and 0 < lexicon.NUMBERS.get(after, 0) < 10:
            size, number = 2, number + lexicon.NUMBERS[after]
    elif word in ("a", "an") and after in lexicon.UNITS:
        number = 1.0
    else:
        return None
    if s.ahead(size).phrase("and a half"):
        return size + 3, number + 0.5
    return size, number


def hedge(s: "Sentence") -> int:
    """Hedges stand before a number or a unit; `known` anywhere."""
    if size := s.phrase(*KNOWN):
        s.hedge("known")
        return size
    for name, phrases in HEDGES.items():
        size = s.phrase(*phrases)
        found = number_here(s.ahead(size)) if size else None
        if size and (found or s.ahead(size).phrase("the past", "the last", "decades")):
            s.hedge(name)
            s.say("hedged", "count" if found and s.peek(size + found[0]) in TIMES else "duration")
            return size
    return 0


def duration(s: "Sentence") -> int:
    """`16 years`, `six years and eight months`, `the past 12 months`, `decades`."""
    if s.peek() == "decades":
        s.say("duration", (20.0, "years"))
        s.hedge("at-least")
        return 1
    if s.phrase("last year", "last month"):
        return 0
    past = s.phrase(*PAST)
    start = past or s.phrase(*SPACE)
    found = (0, 1.0) if past and s.peek(start) in ("year", "month", "decade") else number_here(s.ahead(start))
    if found is None or s.peek(start + found[0]) not in lexicon.UNITS:
        return 0
    if not found[1]:
        raise NotUnderstood(f"{s.text(start + found[0] + 1)!r} is no time", (s.text(start + found[0] + 1),))
    if s.before("his", "her", "its", "their"):
        raise NotUnderstood(
            f"{s.text(start + found[0] + 1)!r} of somebody is no time between visits; write 'since' and from when",
            (s.text(start + found[0] + 1),),
        )
    if past:
        s.say("past", value=True)
    taken = _say_duration(s, start + found[0], found[1])
    if _visit_ahead(s.ahead(taken)):
        raise NotUnderstood(
            f"{s.text(taken)!r}: how long a visit lasted is not compared; leave it out", (s.text(taken),)
        )
    return taken


def _visit_ahead(s: "Sentence") -> bool:
    """Whether a word for a visit stands here, be it after kinds and nationalities."""
    size = 0
    while more := s.ahead(size).phrase(*lexicon.KINDS) or _nations(s.ahead(size)):
        if s.peek(size + more - 1) in lexicon.VISITS:
            return True
        size += more
    return s.peek(size) in lexicon.VISITS


def _say_duration(s: "Sentence", place: int, number: float) -> int:
    """Say the duration whose unit stands `place` words on, with months after years where they follow."""
    word = s.peek(place)
    unit, factor = lexicon.UNITS[word]
    taken = place + 1
    if word in ("decade", "decades"):
        s.say("decades", value=True)
    months = s.ahead(taken + (1 if s.peek(taken) == "and" else 0))
    more = number_here(months)
    if unit == "years" and more and months.peek(more[0]) in ("month", "months"):
        s.say("duration", (number * 12 + more[1], "months"))
        return months.at - s.at + more[0] + 1
    s.say("duration", (number * factor, unit))
    return taken


def times(s: "Sentence") -> int:
    """`four times`, `three visits`, `twice`."""
    if s.peek() in ("twice", "thrice"):
        s.say("count", float(lexicon.NUMBERS[s.peek()]))
        return 1
    found = number_here(s)
    if found is None or s.peek(found[0]) not in TIMES:
        return 0
    s.say("count", found[1])
    if "had" in s.words[: s.at]:
        s.say("earlier", value=True)
    if s.peek(found[0]) == "meetings":
        s.say("object", "meeting")
    return found[0] + 1


def year(s: "Sentence") -> int:
    """A calendar year by its place from publication."""
    for which, phrases in (
        ("this", ("this year", "of the year", "of this year", "the year")),
        ("last", ("last year", "the previous year")),
    ):
        if size := s.phrase(*phrases):
            s.say("year", which)
            return size
    return 0


def since(s: "Sentence") -> int:
    """`since` with a date, an event, a visit or an accession. Nothing that is not known may follow it."""
    if s.peek() not in ("since", "after"):
        return 0
    skip = 2 if s.peek(1) in ("the", "his", "her", "their") else 1
    size, found = point(s.ahead(skip))
    if not size:
        rest = tuple(s.raw[s.at + 1 : s.at + 6])
        raise NotUnderstood(
            f"not understood after '{s.peek()}': {' '.join(rest)!r} (a year, a month, a day, a person with a date, or the id of an event)",
            rest,
        )
    s.say("since", found)
    return skip + size


def date_in(s: "Sentence") -> int:
    """A date with `in`, `on`, `of`: when the last visit was, or the time of a count."""
    if s.peek() not in ("in", "on", "during", "of"):
        return 0
    size, found = date_here(s.ahead(1))
    if size:
        s.say("date", found)
        s.said["date_of"] = s.peek() == "of"
    return size + 1 if size else 0


def between(s: "Sentence") -> int:
    """Both directions, or the two who met; `between visits` says nothing more than `gap`."""
    if s.peek() != "between":
        return 0
    if size := s.phrase("between the two countries", "between the two"):
        s.say("both_ways", value=True)
        return size
    if s.peek(1) in ("visits", "trips", "journeys", "consecutive"):
        return 1
    one, a = s.person(1)
    two, b = s.person(2 + one) if one and s.peek(1 + one) == "and" else (0, None)
    if two:
        s.say("person", a)
        s.say("other_person", b)
        return 2 + one + two
    one, a = s.actor(1)
    two, b = s.actor(2 + one) if one and s.peek(1 + one) == "and" else (0, None)
    if not two:
        return 0
    s.say("between", (a, b))
    return 2 + one + two


def both_ways(s: "Sentence") -> int:
    if size := s.phrase("two way exchange", "two way exchanges", "exchange", "exchanges"):
        s.say("both_ways", value=True)
        s.say("object", "exchange")
        return size
    size = s.phrase("two way", "in either direction", "in both directions", "either way")
    if size:
        s.say("both_ways", value=True)
    return size


def unmade(s: "Sentence") -> int:
    """A journey of which the sentence itself says that it was not made."""
    if size := s.phrase("would have been", "was to have been"):
        s.say("unmade", value=True)
        return size
    return 0


def role(s: "Sentence") -> int:
    for which, phrases in (
        ("heads", ("headed by", "led by", "at the head of a delegation")),
        ("accompanies", ("accompanied by",)),
    ):
        if size := s.phrase(*phrases):
            s.say("roles", (which,))
            return size
    return 0


def abroad(s: "Sentence") -> int:
    """Every host, or every visitor: what a record of one pair cannot know."""
    if size := s.phrase(
        "foreign trip",
        "foreign visit",
        "foreign journey",
        "foreign destination",
        "trip abroad",
        "visit abroad",
        "overseas trip",
        "overseas visit",
        "abroad",
    ):
        s.say("every_host", value=True)
        return size
    if size := s.phrase("foreign guest", "foreign visitor", "foreign delegation"):
        s.say("every_visitor", value=True)
        return size
    return 0


def kind(s: "Sentence") -> int:
    """`official`, `state` and the like, before a word for a visit: `official` alone is somebody."""
    for word in sorted(lexicon.KINDS, key=len, reverse=True):
        size = s.phrase(word)
        if size and (word.endswith("visit") or _visit_ahead(s.ahead(size))):
            s.say("kinds", lexicon.KINDS[word])
            return size
    return 0


def person(s: "Sentence") -> int:
    """A name: whose visit it is, the other of two who met, or, after `last … was`, who is said to have been the last."""
    size, name = s.person()
    if not size:
        return 0
    if s.said.get("form") == "last-was" and s.before("was", "were", "is"):
        s.say("target_person", name)
    elif s.said.get("person", name) != name:
        s.say("other_person", name)
    else:
        if s.said.get("title_to") == s.at:
            s.say("titled", value=True)
        s.say("person", name)
    return size


def who(s: "Sentence") -> int:
    """An office or a word for people. Beside an office, `official`, `delegation` and the like say nothing more."""
    size, readings = s.longest(who_words(s))
    if not size:
        size, readings = _parted_who(s)
    if not size:
        return 0
    if s.text(size).casefold() == "party" and s.longest(who_words(s), size)[0]:
        raise NotUnderstood(
            f"{s.text(size + 1)!r}: the record does not know who travelled for a party; name an office",
            (s.text(1),),
        )
    if s.before("as") or (s.peek(-2) == "as" and s.before("a", "the", "his", "her", "their", "its")):
        s.say("capacity", value=True)
    if _indefinite(s):
        s.said["indefinite"] = True
    s.said["title_to"] = s.at + size
    s.said.setdefault("word", s.text(size))
    if s.said.get("who") == (lexicon.ANYBODY,):
        s.said["who"], s.said["word"] = readings, s.text(size)
    elif readings != (lexicon.ANYBODY,) or "who" not in s.said:
        s.say("who", readings)
    return size


def _parted_who(s: "Sentence") -> tuple[int, tuple[Who, ...]]:
    """`senior Chinese diplomat`: a phrase of the lexicon with the nationality in its middle."""
    found, actor = s.longest(s.names.adjectives.find, 1)
    if not found:
        return 0, ()
    head = s.peek()
    size, readings = s.longest(lambda text: lexicon.who(f"{head} {text}"), 1 + found)
    if not size:
        return 0, ()
    s.say("visitor", actor)
    return 1 + found + size, readings


def _indefinite(s: "Sentence") -> bool:
    """Whether `a` stands before, with nothing but nationalities in between."""
    return any(s.peek(-1 - size) in ("a", "an") and _nations(s.ahead(-size)) >= size for size in range(4))


def who_words(s: "Sentence") -> "Callable[[str], tuple[Who, ...] | None]":
    """What finds the readings of a phrase: the lexicon, then the offices of the vocabulary by any title."""
    offices = s.names.store.vocabulary

    def find(text: str) -> tuple[Who, ...] | None:
        if readings := lexicon.who(text):
            return readings
        office = offices.office_index.find(text) or offices.office_index.find(text.removesuffix("s"))
        return (Who(offices.offices[office].title.lower(), offices=(office,)),) if office else None

    return find


def meeting(s: "Sentence") -> int:
    size = s.phrase("meeting", "meetings", "summit", "summits", "met", "talks")
    if size:
        s.say("object", "meeting")
    return size


def place(s: "Sentence") -> int:
    """`to North Korea`, `in Beijing`, `from China`, `China's`, `China trip`, and nationalities."""
    lead = s.peek()
    offset = 1 if lead in ("to", "in", "into", "from", "of", "by") else 0
    if offset and s.peek(1) == "the":
        offset = 2
    size, actor = s.actor(offset)
    if size:
        owner = 1 if s.peek(offset + size) == "'s" else 0
        if lead == "of" and not owner and s.before(*lexicon.VISITS):
            raise NotUnderstood(
                f"{s.text(offset + size)!r} does not say whether it is from there or to there; write 'to' or 'by'",
                (s.text(offset + size),),
            )
        theirs = lead in ("from", "of", "by") or owner or s.longest(who_words(s), offset + size)[0]
        s.say("visitor" if theirs else "host", actor)
        return offset + size + owner
    size, capital = s.longest(s.names.capitals.get, offset)
    if size and (lead in ("to", "in", "into") or s.before("visit", "visited", "visiting", "tour")):
        s.say("host", capital[0])
        s.say("capital", capital[1])
        return offset + size
    size, actor = s.longest(s.names.adjectives.find)
    if size:
        s.say("visitor" if "visitor" not in s.said else "other_nation", actor)
    return size


def also(s: "Sentence") -> int:
    """`and` joins the two people of a meeting."""
    return 1 if s.peek() == "and" and s.said.get("person") else 0


RULES: "tuple[Callable[[Sentence], int], ...]" = (
    since, times, duration, year, form, first, hedge, date_in, between, unmade, role, abroad, both_ways, kind, person, who, meeting, place, also,
)  # fmt: skip
