"""The rules of the grammar for countries and places: who travels where, who receives, which buildings and cities stand for a country."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.families import highest, led
from timeline.claims.hosts import OWN, host_noun
from timeline.claims.model import NotUnderstood
from timeline.claims.receiving import RECEIVES, SAID_OF_HOSTS
from timeline.claims.timing import visit_ahead
from timeline.claims.visitors import who_words

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

LEADS = ("to", "in", "into", "at", "from", "of", "by")
TO = ("to", "in", "into", "at")
VISITING = (
    "visit",
    "visits",
    "visited",
    "visiting",
    "tour",
    "tours",
    "toured",
    "touring",
    "reach",
    "reaches",
    "reached",
)
WILL = ("", "will", "is to", "has", "had", "is", "was")
OCCASIONS = ("attend", "attends", "attended", "attending")


def place(s: "Sentence") -> int:
    """`to North Korea`, `in Beijing`, `from China`, `China's`, `China trip`, `the North`, `the Chinese capital`, and nationalities."""
    if size := _soil(s):
        return size
    lead = s.peek() if s.peek() in LEADS else ""
    offset = 1 if lead else 0
    if s.peek(offset) == "the":
        offset += 1
    if not lead and (acronym := s.nationality()) and visit_ahead(s.ahead(1)):  # `US state visit`
        return _nation(s, acronym, 1)
    for rule in (_country, _building, _capital, _city, _the_country):
        if size := rule(s, lead, offset):
            return size
    size, actor = s.longest(s.names.adjectives.find)
    return _nation(s, actor, size) if size else 0


def _nation(s: "Sentence", actor: str | None, size: int) -> int:
    """A nationality: the visitor's, or, where a visitor has been named, that of somebody else."""
    s.say("visitor" if s.said.get("visitor", actor) == actor else "other_nation", actor)
    return size


def _soil(s: "Sentence") -> int:
    """`Set foot on Cuban soil`."""
    if s.peek() == "on" and s.before("foot"):  # set foot on the island
        size, host = host_noun(s, 1)
        if host:
            s.say("host", host)
            s.say("country", value=True)
            return size
    if s.peek() == "on":  # the first president on the island, to land on the soil of Cuba
        size, host = host_noun(s, 1)
        lead = s.phrase("on the soil of")
        taken, actor = s.actor(lead) if lead else (0, None)
        if host and "island" in s.words[s.at : s.at + size]:
            lead, taken, actor = 0, size, host
        if actor:
            s.say("host", actor)
            s.say("country", value=True)
            return lead + taken
    size, actor = s.longest(s.names.adjectives.find, 1) if s.peek() == "on" else (0, None)
    if not size or s.peek(1 + size) != "soil":
        return 0
    s.say("host", actor)
    s.say("country", value=True)
    return 2 + size


def _country(s: "Sentence", lead: str, offset: int) -> int:
    size, actor = s.actor(offset)
    if not size:
        size, actor = _half(s, lead, offset)
    if not actor or (lead == "at"):
        return 0
    after = s.ahead(offset + size)
    to_be = after.peek(2) in ("be", "become", "mark")  # the China visit to be the first by a Japanese leader
    onward = after.peek() == "to" or (after.peek() in lexicon.JOURNEYS and after.peek(1) == "to" and not to_be)
    if not lead and onward and s.longest(s.names.adjectives.find, offset) == (size, actor):
        return 0  # the highest-ranking Saudi to visit, a Saudi visit to Iran
    owner = 1 if s.peek(offset + size) == "'s" else 0
    if owner and lead in TO and s.peek(offset + size + 1) == "capital":
        return _its_capital(s, offset + size + 2, actor)
    if lead == "of" and not owner and s.before(*lexicon.VISITS):
        raise NotUnderstood(
            f"{s.text(offset + size)!r} does not say whether it is from there or to there; write 'to' or 'by'",
            (s.text(offset + size),),
        )
    if not lead and not owner and (taken := _receiving(s, offset + size, actor)):
        return taken
    theirs = (
        _sending(s.ahead(offset + size))
        or lead in ("from", "of", "by")
        or owner
        or s.longest(who_words(s), offset + size)[0]
    )
    s.say("visitor" if theirs else "host", actor)
    if not theirs:
        s.say("country", value=True)
    return offset + size + owner


def _its_capital(s: "Sentence", size: int, actor: str) -> int:
    """`In North Korea's capital Pyongyang`, `in Cuba's capital`."""
    capitals = s.names.store.vocabulary.actors[actor].capitals
    taken, named = s.longest(s.names.capitals.get, size)
    if not capitals or (named and named[0] != actor):
        return 0
    s.say("host", actor)
    s.say("capital", named[1] if named else capitals[0])
    return size + taken


# After these a point of the compass says where to.
WENT = (
    *("go", "goes", "going", "gone", "went", "travel", "travels", "travelling", "traveling", "travelled", "traveled"),
    *("come", "comes", "came", "cross", "crosses", "crossed", "crossing", "venture", "ventured", "head", "heads", "heading", "headed"),
)  # fmt: skip


def _half(s: "Sentence", lead: str, offset: int) -> tuple[int, str | None]:
    """`the North`; after a verb of travelling `North` alone, and `north` too where both halves are countries of the record."""
    half = s.half(offset)
    if not half:
        return 0, None
    capital = s.raw[s.at + offset][0].isupper()
    if s.peek(offset - 1) == "the":
        return (1, half) if capital else (0, None)
    went = not lead and offset == 0 and (s.before(*WENT) or s.said.get("bound") == s.at)
    return (1, half) if went and (capital or len(s.names.halves) == 2) else (0, None)


def _receiving(s: "Sentence", size: int, actor: str) -> int:
    """`North Korea hosts`, `Beijing will welcome`: the country that is visited comes first."""
    rest = s.ahead(size)
    for word in (*SAID_OF_HOSTS, *WILL):
        auxiliary = rest.phrase(word) if word else 0
        verb = rest.ahead(auxiliary).phrase(*RECEIVES) if auxiliary or not word else 0
        if verb and rest.peek(auxiliary + verb) not in ("by", "at", "in"):
            if word in SAID_OF_HOSTS:
                s.ahead(size).say("form", SAID_OF_HOSTS[word])
            s.say("host", actor)
            s.say("country", value=True)
            return size + auxiliary + verb
    return 0


def _sending(s: "Sentence") -> bool:
    """`China sends`, `China had sent`: the country from which they come."""
    size = max((s.phrase(word) for word in WILL if word), default=0)
    return bool(
        s.ahead(size).phrase(
            "sends",
            "sent",
            "send",
            "sending",
            "dispatching",
            "dispatches",
            "dispatched",
            "dispatch",
            "to send",
            "to dispatch",
        )
    )


def _building(s: "Sentence", lead: str, offset: int) -> int:
    """`to the White House` is a place, `the White House's envoy` and `Kremlin leader` say who sends."""
    size, known = s.longest(lexicon.METONYMS.get, offset)
    if not size:
        return 0
    actor, name = known
    owner = 1 if s.peek(offset + size) == "'s" else 0
    if owner or lead in ("from", "by") or s.longest(who_words(s), offset + size)[0]:
        s.say("visitor", actor)
        return offset + size + owner
    taken = 0 if lead else _receiving(s, offset + size, actor)
    if not taken and not _there(s, lead):
        return 0
    if not any(name in event.places for event in s.names.store.events):
        raise NotUnderstood(f"the record names no visit to the {name}; write the city or the country", (name,))
    s.say("host", actor)
    s.say("building", name)
    return taken or offset + size


def _there(s: "Sentence", lead: str, size: int = 0) -> bool:
    """Whether a place of so many words that comes now is where a visit goes: `in Pyongyang`, `a Pyongyang visit`."""
    trip = bool(size) and not lead and s.peek(size) in lexicon.VISITS
    return lead in TO or trip or s.before(*VISITING) or s.said.get("bound") == s.at


def _capital(s: "Sentence", lead: str, offset: int) -> int:
    """`in Beijing`, `the Chinese capital`; before `hosts` a capital is its country, and who comes from it, or is its premier, is of its country."""
    size, capital = s.longest(s.names.capitals.get, offset)
    if not size and s.peek(offset - 1) == "the":
        size, actor = s.longest(s.names.adjectives.find, offset)
        capitals = s.names.store.vocabulary.actors[actor].capitals if actor else ()
        if s.peek(offset + size) != "capital" or not capitals:
            return 0
        size, capital = size + 1, (actor, capitals[0])
    if not size:
        return 0
    if not lead and (taken := _receiving(s, offset + size, capital[0])):
        return taken
    owner = 1 if s.peek(offset + size) == "'s" else 0
    if lead in ("from", "by") or (not lead and _of_capital(s.ahead(offset + size), owner)):
        s.say("visitor", capital[0])
        return offset + size + owner
    if not _there(s, lead, offset + size):
        return 0
    s.say("host", capital[0])
    s.say("capital", capital[1])
    taken, actor = s.longest(s.names.adjectives.find, offset + size + 1)
    told = s.peek(offset + size) == "the" and actor == capital[0] and s.peek(offset + size + 1 + taken) == "capital"
    return offset + size + (taken + 2 if told else 0)  # in Cairo, the Egyptian capital


def _of_capital(s: "Sentence", owner: int) -> bool:
    """`Beijing's premier`, `a Pyongyang envoy`; of `in Seoul, President Xi` the title is that of a name."""
    title = s.raw[s.at : s.at + 1]
    return bool(s.longest(who_words(s), owner)[0]) and (
        bool(owner) or (s.at not in s.breaks and title[0][:1].islower())
    )


def _city(s: "Sentence", lead: str, offset: int) -> int:
    """A place of the record that is no capital."""
    size, city = s.longest(s.names.cities.get, offset)
    if not size or not _there(s, lead, offset + size) or not s.raw[s.at + offset][:1].isupper():
        return 0
    s.say("host", city[0])
    s.say("city", city[1])
    return offset + size


def _the_country(s: "Sentence", lead: str, offset: int) -> int:
    """`the country`, `the island nation`, `its main ally`, where it is known which; `visit country` in headlines, `visiting the North's only ally`."""
    start = offset - int(s.peek(offset - 1) == "the" and offset > 0)
    definite = s.peek(start) in ("the", *OWN)
    size, host = host_noun(s, start) if _there(s, lead) or _owned(s, lead) else (0, None)
    named = size and s.longest(s.names.actors.get, size - 1)[0]  # to important ally China
    if not (definite or named or s.before("'s", *VISITING)):
        return 0
    if host:
        s.say("host", host)
        s.say("country", value=True)
    return size


def _owned(s: "Sentence", lead: str) -> bool:
    """`to North Korea's major ally`, `visiting the North's only ally`: whether words for where to come right before, with whose it is."""
    if lead or not s.before("'s"):
        return False
    for back in range(2, min(6, s.at + 1)):
        before = s.ahead(-back)
        the = int(before.peek() == "the")
        size = before.actor(the)[0] or int(before.half(the) is not None)
        if size and the + size + 1 == back and before.before(*TO, *VISITING):
            return True
    return False


def pair(s: "Sentence") -> int:
    """`the inter-Korean summit`, `US-North Korea talks`: both sides before the word for what they held."""
    if s.phrase("inter korean"):
        size, sides = 2, ("north-korea", "south-korea")
    else:
        one, a = _side(s, 0)
        two, b = _side(s, one) if one else (0, None)
        size, sides = one + two, (a or "", b or "")
        if not two or a == b:
            return 0
    if not s.ahead(size).phrase(*MEETINGS, *EXCHANGES):
        return 0
    s.say("between", sides)
    return size


def _side(s: "Sentence", offset: int) -> tuple[int, str | None]:
    size, actor = government(s, offset)
    return (size, actor) if size else s.longest(s.names.adjectives.find, offset)


def government(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """The country that a name of its own, or of its capital, stands for here: `ties between Beijing and North Korea`."""
    size, actor = s.actor(offset)
    if size:
        return size, actor
    size, capital = s.longest(s.names.capitals.get, offset)
    return size, capital[0] if capital else None


MEETINGS = ("meeting", "meetings", "summit", "summits", "talks")
MET = ("met", "met with", "held talks with", "sat down with")
MEETS = (*MET, "meets", "meet", "meets with", "meet with", "holds talks with", "hold talks with", "sits down with")
EXCHANGES = ("exchange", "exchanges")
MOST_BETWEEN = 4  # words from `their` to the meeting: `their first ever summit`


def meeting(s: "Sentence") -> int:
    """Words for a meeting. `In Beijing for a summit` only says what a visit was for, which the record does not compare."""
    if size := s.phrase(*MEETS):
        s.say("object", "meeting")
        s.said["made"] = bool(s.phrase(*MET))
        return size
    size = s.phrase(*MEETINGS)
    if not size:
        return 0
    back = 2 if s.before("a", "the", "their") else 1
    if s.peek(-back) in ("for", "at", "during", "after", "before") or s.peek(-back) in OCCASIONS:
        raise NotUnderstood(
            f"{s.peek(-back)} {s.text(size)!r}: what somebody came for is not compared; leave it out", (s.text(size),)
        )
    s.say("object", "meeting")
    if s.phrase("summit", "summits"):
        s.said["summit"] = True
    if "their" in s.words[max(0, s.at - MOST_BETWEEN) : s.at]:
        s.said["their"] = True
    return size


def the_two_leaders(s: "Sentence") -> None:
    """`Between the two leaders`: the one who headed the visit in question and the highest of those who received him. Raises NotUnderstood where these are not two who led."""
    about = s.names.about
    heads = [person.name for person in about.people if person.role == "heads"] if about else []
    found = [highest(led(names, s.names.store), s.names.store) for names in (heads, about.met if about else ())]
    one, other = found
    if not (one and other):
        raise NotUnderstood("which two leaders? Name both")
    if s.said.get("person") == other:
        one, other = other, one
    s.say("person", one)
    s.say("other_person", other)
    s.say("object", "meeting")


def occasion(s: "Sentence") -> int:
    """What somebody attended is refused with a reason, not only as words that are not known."""
    if s.peek() in OCCASIONS:
        raise NotUnderstood(
            f"{s.text(1)!r}: what somebody attended is not compared; write about the visit, or give the claim's `tag` as data",
            (s.text(1),),
        )
    return 0
