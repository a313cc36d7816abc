"""The rules of the grammar: each looks at the words from here on, fills a slot, and says how many words it took (0: not mine)."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.model import NotUnderstood, Who
from timeline.claims.timing import date_in, duration, hedge, nations, since, times, visit_ahead, year

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
    size = nations(s)
    held, readings = s.longest(who_words(s), size)
    if held and readings != (lexicon.ANYBODY,) and s.peek(size + held) not in lexicon.VISITS:
        raise NotUnderstood(
            f"{s.text(size + held)!r} after a number counts those in an office, not visits; write 'fourth visit by …'",
            (s.text(size + held),),
        )


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
        if size and (word.endswith("visit") or visit_ahead(s.ahead(size))):
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
    return any(s.peek(-1 - size) in ("a", "an") and nations(s.ahead(-size)) >= size for size in range(4))


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
    if not offset and s.nationality():
        s.say("visitor" if "visitor" not in s.said else "other_nation", s.nationality())
        return 1
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
