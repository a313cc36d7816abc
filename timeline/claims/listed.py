"""Rules of the grammar for people who are said to be all of those counted: `the third president to go, after Jiang and Hu`, `the only visit was Ho Chi Minh's in 1957`."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.dates import any_date, date_after, date_here, dates_here, one_for_each
from timeline.claims.lexicon import VISITS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.claims.named import somebody
from timeline.claims.points import THAT_OF, visit_by
from timeline.claims.slots import TIMES
from timeline.claims.timing import number_here, one_ahead, visit_ahead
from timeline.claims.visitors import MAKERS, links, nations, own_form, people_ahead, who_words
from timeline.text import plural

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

ONLY = ("only", "sole", "lone")
EARLIER = ("previous", "prior", "earlier")  # than the visit in question
MOST_NAMED = 12


def only(s: "Sentence") -> int:
    """`His only visit`, `the only president to visit`: one in all; `the only two presidents` so many; `only the second` says nothing more than `the second`."""
    if s.peek() in ("only", "just") and s.peek(1) == "the" and lexicon.ORDINALS.get(s.peek(2), 0) > 1:
        return 1
    lead = s.phrase("first and only", "one and only", *ONLY)
    if not lead or "count" in s.said or not s.before("the", "his", "her", "'s"):
        return 0
    size, number = (0, 1.0) if one_ahead(s.ahead(lead)) else number_here(s.ahead(lead)) or (0, 1.0)
    size += lead
    earlier = int(s.peek(size) in EARLIER)
    size += earlier
    rest = s.ahead(size)
    people = people_ahead(rest)
    if not (people or visit_ahead(rest) or _visit_of_somebody(rest)):
        return 0
    s.say("count", number)
    s.said["sole"] = True
    if earlier:
        s.said["earlier_only"] = True
    s.said["form_end"] = s.at + size
    if people:
        s.say("object", "person")
    own_form(s)
    return size


def _visit_of_somebody(s: "Sentence") -> bool:
    """`Vietnamese leader's trip`."""
    size = nations(s)
    size += s.longest(who_words(s), size)[0]
    size += int(s.peek(size) == "'s")
    return s.peek(size - 1) == "'s" and visit_ahead(s.ahead(size))


def whose_only(s: "Sentence") -> int:
    """`… was Ho Chi Minh's in 1957`, `… are Jiang Zemin and Hu Jintao`, `… was in 2008`, after `the only`: who made what is counted, or when."""
    if (
        "sole" not in s.said
        or s.said["form_end"] > s.at
        or not (links(s.words, s.at - 1) or s.before("came", "occurred", "happened", "place", "held", "back"))
    ):
        return 0
    lead = s.phrase("by", *MAKERS, *THAT_OF)
    size, named = _names(s.ahead(lead))
    if not (lead or named) and s.said["count"] == 1 and (dated := date_after(s, 0))[1]:
        size, named = dated[0], (visit_by("", dated[1]),)
    if named:
        s.say("named", named)
    return lead + size if named else 0


def made_when(s: "Sentence") -> int:
    """`Has visited once, in June 2024`, `his one trip was in 2023`: when all that is counted was made, not in what time it is counted. Raises NotUnderstood of several, which may be all or only those then."""
    apart = s.at - s.before("all", "and") in s.breaks or s.before("was", "were", "and")
    if "count" not in s.said or not apart or s.said.keys() & {*TIMES, "form", "sole", "hedged", "since"}:
        return 0
    if size := s.phrase("last year", "this year"):
        when: Since | None = Since(s.text(size), UNKNOWN, period=True, of=s.peek())
    else:
        size, when = date_after(s, 0)
    several = when is None and s.peek() in ("from", "between", "during") and date_here(s.ahead(1))[1]
    if one_for_each(s.ahead(1), s.said["count"])[0] and s.said["count"] > 1:
        return 0
    if several or (when and (s.said["count"] != 1 or s.peek(size) == "and")):
        raise NotUnderstood("so often in all, or in that time? Write 'three times in 2018', or 'his only visit was in'")
    if when:
        s.say("named", (visit_by("", when),))
    return size if when else 0


def before_whom(s: "Sentence") -> int:
    """`The only US president to visit before Obama`, `the last before Obama`: counted until he first came."""
    if s.peek() != "before" or not ("sole" in s.said or s.said.get("form") == "last-was"):
        return 0
    size, name = somebody(s.ahead(1))
    if not name:
        return 0
    if "sole" not in s.said and s.at + 1 + size not in s.breaks and s.peek(1 + size) in ("in", "on"):
        taken, when = any_date(s.ahead(2 + size))
        if when:
            then = s.ahead(1 + size).text(1 + taken)
            raise NotUnderstood(
                f"{then}: when the last was, or the one after it? Write a comma before the date, or 'before {s.ahead(1).text(size)}'s visit {then}'"
            )
    s.say("before_whom", name)
    return 1 + size


def predecessors(s: "Sentence") -> int:
    """`The fourth president to go, after Deng, Jiang and Hu`: they, and nobody else, came before. Raises NotUnderstood where they are not so many."""
    if s.peek() not in ("after", "following") or "nth" not in s.said:
        return 0
    if s.said.get("object") != "person":
        return _dates_before(s)
    size, named = _names(s.ahead(1))
    if not named:
        return 0
    if s.peek(1 + size) == "to" and s.at not in s.breaks:
        raise NotUnderstood(
            "the second since he came, or after him alone? Write '… to visit, after' him, or 'since' him"
        )
    if len(named) != s.said["nth"] - 1:
        number, told = s.words[s.places["nth"]], plural(len(named), "other")
        raise NotUnderstood(
            f"the {number}, after {told} whom the record knows? Name all who came before, or leave them out"
        )
    s.say("named", named)
    return 1 + size


def _dates_before(s: "Sentence") -> int:
    """`The fourth visit, after March, May and June last year`, `following visits in 2000 and 2001`: when the others were."""
    size = 1 + s.ahead(1).phrase(*VISITS, "ones", "those")
    size += int(s.peek(size) in ("in", "on"))
    taken, dates = dates_here(s.ahead(size))
    if len(dates) < 2 or len(dates) != s.said["nth"] - 1:
        return 0
    s.say("listed", dates)
    return size + taken


def _names(s: "Sentence") -> tuple[int, tuple[Since, ...]]:
    """Names one after the other, the last after `and`, each with a date or without."""
    found: list[Since] = []
    size = 0
    while len(found) < MOST_NAMED:
        joint = int(bool(found) and s.peek(size) == "and")
        taken, name = somebody(s.ahead(size + joint))
        if not name:
            break
        size += joint + taken
        size += s.ahead(size).phrase("'s", *(f"'s {journey}" for journey in lexicon.JOURNEYS))
        size, when = date_after(s, size)
        found.append(visit_by(name, when))
        if joint:
            break
    return size, tuple(found)
