"""Rules of the grammar for how many visits are counted: `four times`, `three official visits`, `six previous trips`."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.model import NotUnderstood
from timeline.claims.timing import TIMES, number_here, visit_ahead
from timeline.claims.visitors import nations, people_ahead

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence


def times(s: "Sentence") -> int:
    """`four times`, `three visits`, `twice`."""
    lead = 1 if s.peek() in ("only", "just") else 0
    rest = s.ahead(lead)
    _refuse_each(rest)
    if rest.peek() in ("once", "twice", "thrice"):
        s.say("count", float(lexicon.NUMBERS[rest.peek()]))
        s.said["all_named"] = bool(lead)
        if "had" in s.words[: s.at] and s.names.about is not None:  # before that visit, or with it?
            s.say("earlier", value=True)
        _previously(s)
        return lead + 1 + _before(rest.ahead(1))
    if s.peek() in SEVERAL and s.peek(1) in TIMES:
        return _several(s)
    found = number_here(rest)
    if found is None or (rest.peek() in ("a", "an") and found[0] == 1):
        return 0
    if size := _previous(rest, found):
        return lead + size
    if size := _number_of_people(rest, found):
        return lead + size
    if rest.peek(found[0]) not in TIMES:
        return _number_of_visits(s, lead, found)
    if lead:
        s.said["all_named"] = True
        return lead
    s.say("count", found[1])
    if "had" in s.words[: s.at]:
        s.say("earlier", value=True)
    _previously(s)
    if s.peek(found[0]) == "meetings":
        s.say("object", "meeting")
    return found[0] + 1 + _before(s.ahead(found[0] + 1))


def _refuse_each(s: "Sentence") -> None:
    """Raises NotUnderstood for `two presidents visited twice`, where it is open how often each came."""
    found = number_here(s)
    often = s.peek() in ("once", "twice", "thrice") or (found is not None and s.peek(found[0]) in TIMES)
    if often and "count" in s.said and s.said.get("object") == "person":
        raise NotUnderstood(
            "how many people there were, and how often they came? Write one claim a sentence", (s.text(1),)
        )


SEVERAL = {"several": 3.0, "multiple": 2.0, "repeated": 2.0}  # so many at least


def _several(s: "Sentence") -> int:
    """`Several times`, `multiple trips`."""
    s.say("count", SEVERAL[s.peek()])
    s.hedge("at-least")
    s.say("hedged", "count")
    if s.peek(1) == "meetings":
        s.say("object", "meeting")
    _previously(s)
    return 2


EVERY = ("every year", "each year", "every single year", "annually", "year after year")
OFTEN = {"once a year": 1.0, "twice a year": 2.0, "once every year": 1.0, "twice every year": 2.0}
IN_A_ROW = ("in a row", "running", "on end", "in succession")
SUCCESSIVE = ("consecutive", "successive", "straight")


def every_year(s: "Sentence") -> int:
    """`Every year`, `twice a year`: in each of the calendar years of a time. `Three years in a row`, `the third consecutive year`: in so many until now."""
    size = s.phrase(*OFTEN)
    if size:
        s.say("count", OFTEN[s.folded(size)])
    size = size or s.phrase(*EVERY)
    if size:
        s.say("yearly", value=True)
    return size or _in_a_row(s)


def _in_a_row(s: "Sentence") -> int:
    place = lexicon.ORDINALS.get(s.peek(), 0)
    size, number = (1, float(place)) if place else number_here(s) or (0, 0.0)
    size += int(s.peek(size) in SUCCESSIVE)
    if number < 2 or s.peek(size) not in ("year", "years"):
        return 0
    after = s.ahead(size + 1).phrase(*IN_A_ROW)
    if not after and s.peek(size - 1) not in SUCCESSIVE:
        return 0
    s.say("yearly", value=True)
    s.say("row", number)
    s.said["row_th"] = bool(place)
    return size + 1 + after


def _previously(s: "Sentence") -> None:
    """`Had previously visited twice` counts those before the visit in question; `has previously`, said of none, all until now."""
    if "previously" in s.said and (s.names.about is not None or "had" in s.words[: s.at]):
        s.said["exclusive"] = True


def _before(s: "Sentence") -> int:
    """`Had visited twice before`, where the clause ends: before the visit in question."""
    ends = s.peek() == "before" and (not s.peek(1) or s.at + 1 in s.breaks)
    if ends:
        s.said["exclusive"] = True
    return int(ends)


PREVIOUS = ("previous", "prior", "earlier", "past")


def _previous(s: "Sentence", found: tuple[int, float]) -> int:
    """`Six previous trips`, before the visit in question; `the two previous visits` are the last two."""
    size = found[0] + 1
    if s.peek(found[0]) not in PREVIOUS or not visit_ahead(s.ahead(size)) or found[1] < 2:
        return 0
    if s.before("the", "his", "her", "'s"):
        if not any(word in ("was", "were") for word in s.words[s.at :]):
            return 0
        s.say("form", "last-was")
        s.said["form_end"] = s.at + size
        s.said["lasts"] = found[1]
        if s.before("his", "her"):
            s.say("own", value=True)
    else:
        s.say("count", found[1])
        s.said["exclusive"] = True
    return size


def _number_of_visits(s: "Sentence", lead: int, found: tuple[int, float]) -> int:
    """`one foreign trip`, `three official visits`: the number alone; what kind of visits says another rule."""
    after = s.ahead(lead + found[0])
    whole = found[1] == int(found[1]) and found[1] > 0
    if not whole or not (visit_ahead(after) or _meetings_ahead(after)) or s.before("the", "last", "past", "first"):
        return 0
    s.say("count", found[1])
    return lead + found[0]


def _number_of_people(s: "Sentence", found: tuple[int, float]) -> int:
    """`three Chinese premiers`: the number alone; who they are says another rule."""
    size, number = found
    people = people_ahead(s.ahead(size)) if number == int(number) and number > 1 else 0
    words = s.words[s.at + size : s.at + size + people]
    several = any(word.endswith("s") for word in words) and words[-1] != "'s"
    beside = s.said.keys() & {"person", "who", "form", "first", "nth", "since", "yearly", "duration"}
    definite = s.before("the", "last", "past", "first") or (s.before("only", "just") and s.peek(-2) == "the")
    others = s.names.said_before is not None or s.before("with", "and", "by", "joined", "of")
    if not several or beside or definite or others:
        return 0
    s.say("count", number)
    s.say("object", "person")
    return size


def _meetings_ahead(s: "Sentence") -> bool:
    """`inter-Korean summits`, `US-North Korea meetings`."""
    return bool(s.ahead(s.phrase("inter korean") or nations(s)).phrase("meetings", "summits", "meeting", "summit"))
