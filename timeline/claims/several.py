"""A sentence that makes several claims: `Kim had been to China three times since 2000, last in April 2004`. Where it is parted, and what a later part takes from the one before it."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from timeline.claims.lexicon import VISITS
from timeline.claims.model import EVER as ALL_TIME
from timeline.claims.model import Claim, NotUnderstood, Who
from timeline.claims.remember import chosen
from timeline.claims.sentence import Sentence, ends, words_of
from timeline.claims.slots import TIMES
from timeline.claims.visitors import FORM_SLOTS, people_ahead
from timeline.query import Query, fits, may_start_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Person

SEVERAL = "several"  # the form of a claim that is made of others
# A longer sentence, or one with more places at which it may be parted, is not tried: each part is read by itself, which takes its time.
MOST_WORDS = 32
MOST_JOINTS = 2
JOINT = re.compile(r"\s*[;:,]\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+|\s+[–—]\s+", re.IGNORECASE)
RELATIVE = re.compile(
    r"(?:who|whom|whose|which|where|when)\b", re.IGNORECASE
)  # said of what stands before, whatever that is
BRACKET = re.compile(r"^(?P<before>.+?)\s*\((?P<inside>[^()]*)\)(?P<after>[^()]*)$")

WHO = frozenset({"who", "person", "subject", "receiver", "sender", "other_person", "told_who", "object", "maker"})
FROM = frozenset({"visitor", "every_visitor", "between", "both_ways", "other_nation"})
WHERE = frozenset({"host", "every_host", "region", "between", "both_ways", "capital", "city", "building", "outside"})
PLACES = frozenset({"capital", "city", "building"})
TENSES = frozenset({"had", "perfect", "preterite"})
EVER = frozenset({"ever", "history"})
THIS = frozenset(
    {"this", "is", "marks", "becomes", "makes", "making"}
)  # said of the visit in question, not of an earlier one
NUMBERS = ("nth", "count", "first-ever")
NOUNS = frozenset({*VISITS, "one", "visited", "went", "came"})


def halves(text: str) -> "Iterator[tuple[str, str]]":
    """The two parts of a sentence, for each place at which it may be parted; what stands in brackets is the second."""
    if len(text.split()) > MOST_WORDS:
        return
    if found := BRACKET.match(text):
        if not RELATIVE.match(found["inside"]):
            yield f"{found['before']}{found['after']}", found["inside"]
        return
    joints = sorted([*(joint.span() for joint in JOINT.finditer(text)), *ends(text)])
    for start, end in joints if len(joints) <= MOST_JOINTS else ():
        if not RELATIVE.match(text[end:]):
            yield text[:start], text[end:]


def unclear(parts: tuple[Claim, ...]) -> bool:
    """Whether a time that one part says may be that of another which says none: `the first by a premier and the highest-ranking since 2019`, `China twice in 2018 and Russia once`, `twice in 2018, last in June`."""
    first, *rest = parts
    if _whose_is_open(parts) or _of_the_other(parts):
        return True
    timeless = first.form == "first-ever" and not _of_all(first)
    if timeless and not all(part.form in ("first-ever", "nth") and part.since is None for part in rest):
        return True
    if first.form == "nth" and first.since is not None:
        return any(part.form in NUMBERS and not (_timed(part) or _of_all(part)) for part in rest)
    if first.form != "count":
        return False
    over = first.window is not None and first.window.span is not None and first.window.span != ALL_TIME
    alone = not _timed(first) and any(part.form == "count" and _timed(part) for part in rest)
    return alone or any(
        not _timed(part) if part.form in ("count", "nth") else over and part.form == "last-was" for part in rest
    )


def _whose_is_open(parts: tuple[Claim, ...]) -> bool:
    """`The first by a Chinese president since 2001, his third and the fourth since 1992`: the last may count his visits, or those of all presidents."""
    first, *rest = parts
    everybodys = not any(who.people for who in first.who)
    return everybodys and any(
        all(who.people for who in part.who) and words[:1] == ["the"] and {"by", "his", "her"}.isdisjoint(words)
        for part in rest
        for words in [words_of(part.text.lower())]
    )


def _of_the_other(parts: tuple[Claim, ...]) -> bool:
    """`Nine months after Kim's trip to Russia, his first since 2019`: what follows may be said of that visit."""
    return any(
        one.form == "after" and not APPOSED.isdisjoint(words_of(other.text.lower())[:1])
        for one, other in pairwise(parts)
    )


APPOSED = frozenset({"his", "her", "the", "a", "an", "its", "their", "first"})  # what begins words said of a noun


def _of_all(claim: Claim) -> bool:
    """Whether a part says itself that it counts all, or all that somebody made in an office, which is a time too."""
    held = any(who.people and (who.offices or who.level) for who in claim.who)
    return held or bool(EVER & set(words_of(claim.text.lower())))


def background(claim: Claim) -> bool:
    """`Wen Jiabao visited in 2009`, told beside a claim about another visit: a part that says no more than that there was one is not asked of that visit."""
    return claim.form == "count" and claim.number == 1 and "at-least" in claim.hedges and not claim.negated


def _timed(claim: Claim) -> bool:
    return claim.since is not None or (claim.window is not None and claim.window.span != ALL_TIME)


def of_another_visit(claim: Claim, before: Claim, visit: "Event | None") -> bool:
    """Whether a later part is not about the visit that the sentence is about: of another time, to another country, by somebody else, or told of the last one before (`the last was in June 2018, his second of 2018`)."""
    if visit is None or not (claim.about or claim.asks_visit):
        return False
    window, base = claim.window, claim.base
    told, own = told_of(claim), told_of(before)
    return (
        (before.form == "last-was" and THIS.isdisjoint(words_of(claim.text.lower())))
        or bool(window and window.dating and window.span and not may_start_in(visit, window.span))
        or bool(base.hosts and not claim.every_host and visit.host not in base.hosts)
        or bool(base.visitors and visit.visitor not in base.visitors)
        or bool(told and own and told != own)
    )


def together(text: str, parts: tuple[Claim, ...]) -> Claim:
    """One claim of several: it holds where each of them does."""
    about = next((part.about for part in parts if part.about), "")
    return Claim(text, SEVERAL, about=about, published=parts[0].published, parts=parts)


def owned(s: "Sentence", before: Claim) -> None:
    """`… and his first since 2019`, `… the first as president`: of the one person whom the part before counts or tells of."""
    name = told_of(before)
    if name and s.said.keys() & {"own", "capacity"} and "person" not in s.said:
        s.said["person"] = name
        s.places["person"] = s.places["person_end"] = -1


def bare(s: "Sentence") -> bool:
    """Whether a part names nobody and no journey of its own: `third of 2018`, `last in April 2004`, `a month after Kim's trip to China`. It counts what the part before counts."""
    if "so_long_after" in s.said:
        return not s.said.keys() & WHO
    return not (s.said.keys() & WHO or NOUNS & set(s.words)) and s.said.get("form") != "highest-since"


def carried(s: "Sentence", before: Claim, *, alike: bool, dated: bool) -> None:
    """Say of a part what only the one before says: from where, where to, and, where it is `alike`, whose visits. Raises NotUnderstood where it does not say whose it counts."""
    said, base = s.said, before.base
    if not said.keys() & {*FORM_SLOTS, "made", "after", "elapsed", "so_long_after"}:
        raise NotUnderstood("no form that is known")
    if said.get("form") == "none-since" and not said.keys() & {"since", "ever", *TIMES}:
        raise NotUnderstood("'not': from when on? Write one claim a sentence")
    if "date" in said and said["date"].span.earliest < 0 and not dated:
        raise NotUnderstood(f"{said['date'].label} of which year?")
    elsewhere = {*PLACES, "host", "every_host", "region", "outside"} if alike else PLACES
    if before.object == "meeting" and said.keys() & elsewhere:
        raise NotUnderstood("where they met is not compared; write about their meetings, or about visits")
    if not (alike or said.keys() & {*WHO, *FROM} or said.get("form") == "highest-since"):
        raise NotUnderstood("whose visits does the second part count?")
    if not said.keys() & WHERE:
        _take(said, host=base.hosts[:1], region=base.hosts if len(base.hosts) > 1 else (), every_host=before.every_host, capital=before.capital)  # fmt: skip
        _take(said, building=base.places[:1])
    if not said.keys() & FROM:
        _take(said, visitor=base.visitors[:1], between=base.between, every_visitor=_anyone(before))
    if not said.keys() & TENSES:
        _take(said, had=before.had, preterite=before.past)
    if before.subject and not said.keys() & {"person", "subject"}:
        said["subject"] = before.subject
    if not NOUNS & set(s.words) and "kinds" not in said and (kinds := before.kinds_told or base.kinds):
        said |= {"kinds_told": kinds, "of_both": True}
    if alike:
        _take(said, who=_held(before) if "person" in said else _whose(before, ever="ever" in said))
        said["word"] = before.word
        _take(said, roles=() if before.roles_open else base.roles, tags=base.tags)
        _counted(s, before)


def _held(before: Claim) -> tuple[Who, ...]:
    """In what office somebody's visits are counted, without him, who is said by the part itself."""
    offices = (who._replace(people=(), label=who.label.split(" as ")[-1]) for who in before.who)
    return tuple(who for who in offices if not who.anybody)


def _whose(before: Claim, *, ever: bool) -> tuple[Who, ...]:
    """Whose visits a bare part counts: of `his first as president and first since 2008`, also those that he made in other offices, and only with them `third ever`."""
    free = tuple(Who(who.people[0], who.people) for who in before.who if len(who.people) == 1)
    if len(free) != len(before.who):
        return before.who
    return tuple(dict.fromkeys(free if ever else (*free, *before.who)))


def _take(said: dict[str, Any], **slots: Any) -> None:
    """Fill the slots that have something to be filled with; of a tuple of one, with that."""
    for slot, value in slots.items():
        if value:
            said[slot] = value[0] if slot in ("host", "visitor", "building") else value


def _counted(s: "Sentence", before: Claim) -> None:
    """Say what a bare part counts. `The first president to visit since 2008, and the seventh ever` numbers presidents; `the seventh president to visit, and the first since 2008` tells of a visit all the same."""
    said = s.said
    if before.object == "meeting":
        said["object"] = "meeting"
        if before.pair:
            one, *other = before.pair
            said |= {"person": one, "other_person": other[0]} if other else {"receiver": one}
    elif "nth" in said and (before.object == "person" or _of_people(before, s)):
        said["object"] = "person"


EITHER = "the n-th of these people, or of their visits?"


def _of_people(before: Claim, s: "Sentence") -> bool:
    """Whether the part before tells of the first of some people (`the first premier to visit`), so that a number beside it is theirs. Raises NotUnderstood where it may be that of their visits as well: where it counts in a time of its own, or of one of them who had come before."""
    told, about = Sentence(before.text, s.names), s.names.about
    people = any(people_ahead(told.ahead(place + 1)) for place, word in enumerate(told.words) if word == "first")
    if not people:
        return False
    if s.said.keys() & {*TIMES, "since", "past"}:
        raise NotUnderstood(EITHER)
    if about is None:
        return True
    vocabulary = s.names.store.vocabulary
    here = {person.name for person in about.people}

    def of_them(person: "Person") -> bool:
        return person.name in here and any(fits(person, who.query, vocabulary) for who in before.who)

    made = chosen(Query(visitors=(about.visitor,), hosts=(about.host,)), s.names.store)
    if any(of_them(person) for event in made if event.order < about.order for person in event.people):
        raise NotUnderstood(EITHER)
    return True


def _anyone(before: Claim) -> bool:
    """Whether guests of every country are counted."""
    return not (before.base.visitors or before.base.between)


def told_of(before: Claim) -> str:
    """The one person of whose visit a claim tells, or whose visits it counts; '' where that is not one."""
    if before.subject:
        return before.subject
    people = {name for who in before.who for name in who.people}
    return people.pop() if len(people) == 1 else ""
