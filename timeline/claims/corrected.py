"""A claim that does not hold, said again with what the record has: its number, in the claim's own words or in ours; the visit that there was where it says that there was none.

A sentence with a number is given only where it is read as counting the same visits in the same time; whether it holds, `rewrite` asks.
"""

import re
from itertools import count
from typing import TYPE_CHECKING

from timeline.claims.before import speaks_of_all
from timeline.claims.grammar import parse
from timeline.claims.lexicon import KINDS, NUMBERS, ORDINALS, UNITS
from timeline.claims.measure import Size, measure_unit
from timeline.claims.model import EVER, GAPS, NotUnderstood
from timeline.claims.rank import chief_offices
from timeline.claims.timing import HEDGES, TIMES
from timeline.claims.wording import (
    host_words,
    long_day,
    month_text,
    nationality,
    noun_of,
    nth_word,
    period_words,
    place_words,
    somebody,
)
from timeline.dates import NEVER_AFTER
from timeline.query import fits
from timeline.text import with_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.claims.evaluate import Ground
    from timeline.claims.model import Claim, Reading, Window
    from timeline.model import Event, Store

COUNTS = {number: word for word, number in reversed(NUMBERS.items())}  # `one`, not `once`
OFTEN = {1: "once", 2: "twice"}

_PHRASES = sorted((phrase for phrases in HEDGES.values() for phrase in phrases), key=len, reverse=True)
_HEDGED = rf"(?:\b(?:only|just|{'|'.join(_PHRASES)}) )?\b"
_NUMBER = rf"(?:\d+|{'|'.join(NUMBERS)})"
# Texts, which `re` compiles and keeps once a claim asks for them, of which few do.
_NTH = rf"\b(?:{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))\b"
_OFTEN = rf"{_HEDGED}(?:once|twice|thrice|{_NUMBER} times)\b"
_SO_LONG = rf"{_HEDGED}(?:an?|{_NUMBER})(?: and a half)? (?:{'|'.join(UNITS)}) (after|following)\b"
_PEOPLE = rf"{_HEDGED}{_NUMBER}\b"
_SO_MANY = rf"{_HEDGED}{_NUMBER}((?: [\w-]+){{0,4}}? )({'|'.join(TIMES)})\b"


def corrected(claim: "Claim", main: "Reading", ground: "Ground") -> "Iterator[str]":
    """The claim with the number that was found; where it says that there was none, the visit that there was; then the claim with no less than that number. Of all visits of a person, those in an office held."""
    if claim.form in ("first-ever", *GAPS) and ground.visit is not None and _bare(claim):
        tries = _in_office(claim, ground.visit, [claim.text], ground.store)
        yield from (text for text, meant in tries if _counts_the_same(text, meant, ground.store))
    yield from _so_long_after(claim, main, ground)
    span = claim.window.span if claim.window else None
    # `before 2007`, for which we have no words
    until = span is not None and span != EVER and span.earliest == EVER.earliest
    if main.finding.counted is None or claim.named:
        return
    low, high = main.finding.counted
    if low == high:
        tries = _numbered(claim, low, ground) if claim.form == "nth" else _counted(claim, "", low, main, ground)
        if until:
            tries = ((text, claim) for text in _in_own_words(claim, "", low))
        yield from (text for text, meant in tries if _counts_the_same(text, meant, ground.store))
    if claim.form == "count" and low and not until:
        if not claim.number:
            yield from there_was(claim, main, ground)
        for least in (low, low - 1) if low > 1 else (low,):  # one of them may be in doubt
            tries = _counted(claim, "at least ", least, main, ground)
            yield from (text for text, meant in tries if _counts_the_same(text, meant, ground.store))


def _so_long_after(claim: "Claim", main: "Reading", ground: "Ground") -> "Iterator[str]":
    """`Three weeks after …`: the claim with as much time as had passed, in its own unit or else the largest of which one was completed; then in our words."""
    if claim.form != "after" or not main.finding.stretches or ground.visit is None:
        return
    least = min(main.finding.stretches, key=lambda stretch: stretch[1] - stretch[0])
    for unit in dict.fromkeys((measure_unit(claim), *UNITS_DOWN)):
        number = next(n for n in count(1) if Size(n, unit).less_than(*least)) - 1
        if number:
            told = f"{_many(number)} {_inflected(unit, number)}"
            yield from _replaced(claim.text, _SO_LONG, lambda found, told=told: f"{told} {found[1]}")  # type: ignore[misc]
            earlier = ground.store.by_id.get(claim.since.event) if claim.since else None
            if earlier is not None and earlier.type == "visit":
                yield f"{_who_went(ground.visit, ground.store)}, {told} after {_who_went(earlier, ground.store)}"


UNITS_DOWN = ("years", "months", "weeks", "days")


def _who_went(visit: "Event", store: "Store") -> str:
    """`Xi Jinping visited North Korea in June 2019`."""
    return f"{visit.people[0].name} visited {host_words(visit, store)} in {month_text(visit)}"


def _numbered(claim: "Claim", number: int, ground: "Ground") -> "Iterator[tuple[str, Claim]]":
    """`the eleventh visit`, then, where a person is named, that in an office held, then that of those known: of a person by name only where coverage speaks of all that this person made. With each what it has to mean."""
    word = nth_word(number)
    plain = list(_replaced(claim.text, _NTH, lambda _: word))
    if len(claim.pair) == 2:
        plain.append(f"{claim.pair[0]} and {claim.pair[1]}'s {word} meeting")
    yield from ((text, claim) for text in plain)
    abroad = claim.every_host  # of which a record of some countries knows too little
    known = [] if abroad else list(_replaced(claim.text, _NTH, lambda _: f"{word} known"))
    who, visit = claim.who[0], ground.visit
    bare = _bare(claim)
    if bare and visit is not None:
        yield from _in_office(claim, visit, plain, ground.store)
        yield from _in_office(claim, visit, known, ground.store)
    if not bare or (visit is not None and speaks_of_all(who.people, visit, ground.store)):
        yield from ((text, claim) for text in known)


def _bare(claim: "Claim") -> bool:
    """Whether a claim is of the visits of somebody, whatever he was."""
    who = claim.who[0]
    return bool(who.people) and not (who.offices or who.level) and claim.object == "visit"


def _in_office(claim: "Claim", visit: "Event", texts: "list[str]", store: "Store") -> "Iterator[tuple[str, Claim]]":
    """`… as prime minister`, of each chief office in which somebody made a visit, that of the state first."""
    asked = claim.who[0].query
    here = [person for person in visit.people if fits(person, asked, store.vocabulary)]
    offices = [office for person in here for office in chief_offices(person, store.vocabulary)]
    nouns = dict.fromkeys(noun for o in offices for noun in (noun_of(o, visit), o.replace("-", " ")))
    for text in (f"{text} as {noun}" for noun in nouns for text in texts):
        try:
            read = parse(text, store, published=claim.published)
        except NotUnderstood:
            continue
        if all(who.people == asked.people and who.query != asked for who in read.who):
            yield text, claim._replace(who=read.who)


def _counted(
    claim: "Claim", least: str, number: int, main: "Reading", ground: "Ground"
) -> "Iterator[tuple[str, Claim]]":
    """So many, or at least so many: as the claim says it, then as we do."""
    for text in (*_in_own_words(claim, least, number), *_in_our_words(claim, least, number, main, ground)):
        for day in dict.fromkeys((_as_of(claim, ground), "")):
            yield f"{text}{day}", claim


def _in_own_words(claim: "Claim", least: str, number: int) -> "Iterator[str]":
    if claim.window and claim.window.ordinal and not least:
        yield from _replaced(claim.text, _NTH, lambda _: nth_word(number))
    elif claim.object == "person" and number > 1:  # one is said in the singular
        yield from _replaced(claim.text, _PEOPLE, lambda _: f"{least}{_many(number)}")
    elif number:
        yield from _replaced(claim.text, _OFTEN, lambda _: f"{least}{often(number)}")
        yield from _replaced(
            claim.text, _SO_MANY, lambda found: f"{least}{_many(number)}{found[1]}{_inflected(found[2], number)}"
        )


def _replaced(text: str, pattern: str, by: "Callable[[re.Match[str]], str]") -> "Iterator[str]":
    """A text with each of the places that a pattern finds, in capitals or small, said in other words."""
    for found in re.finditer(pattern, text, re.IGNORECASE):
        yield f"{text[: found.start()]}{by(found)}{text[found.end() :]}".rstrip(".")


def often(number: int) -> str:
    """`twice`, `three times`."""
    return OFTEN.get(number) or f"{_many(number)} times"


def _many(number: int) -> str:
    return COUNTS.get(number) or str(number)


def _inflected(noun: str, number: int) -> str:
    return noun.removesuffix("s") if number == 1 else noun


def _in_our_words(claim: "Claim", least: str, number: int, main: "Reading", ground: "Ground") -> "Iterator[str]":
    """`Kim Jong Un visited China three times in 2018`, `no Chinese premier visited North Korea in 2017`."""
    event, time, who = _like(main, ground), _time(claim), claim.who[0]
    if len(claim.pair) == 2 and number:
        yield f"{claim.pair[0]} and {claim.pair[1]} met {least}{often(number)}{time}"
    if claim.object != "visit" or event is None:
        return
    host = _host(claim, event, ground.store)
    if who.people:
        held = f" as {noun_of(who.offices[0], event)}" if who.offices else ""
        visited = f"visited {host} {least}{often(number)}" if number else f"did not visit {host}"
        yield f"{who.people[0]} {visited}{held}{time}"
    elif len(claim.who) > 1 or len(who.offices) == 1:
        words = f"{nationality(event, ground.store)} {claim.word}" if len(claim.who) > 1 else ""
        one = with_article(words) if words else somebody(who.offices[0], event, ground.store)
        yield (
            f"{one} visited {host} {least}{often(number)}{time}"
            if number
            else f"no {one.partition(' ')[2]} visited {host}{time}"
        )
    elif who.anybody and number:
        whose, verb = nationality(event, ground.store), "was" if number == 1 else "were"
        if least:
            yield f"{whose} officials visited {host} {least}{often(number)}{time}"
        else:
            yield f"there {verb} {_many(number)} {whose} {_inflected('visits', number)} to {host}{time}"


def _host(claim: "Claim", event: "Event", store: "Store") -> str:
    """The city that the claim names, or the host."""
    return place_words(claim.base.places[0]) if claim.base.places else claim.capital or host_words(event, store)


def _like(main: "Reading", ground: "Ground") -> "Event | None":
    """A visit of the scope, for the words that its visitor and host take."""
    return ground.visit or next((event for event in main.scope if event.type == "visit"), None)


def _time(claim: "Claim") -> str:
    """` in the 1990s`, ` in the past 12 months`, ` since March 2018`: the time in which a claim counts, with a space before it."""
    window = claim.window
    if window is None or window.span == EVER:
        return ""
    if window.anchor == "period" and window.span:
        return f" {period_words(window.span)}"
    if window.anchor == "since" and claim.since:
        return f" since {claim.since.label}"
    past = "the past " if window.anchor == "publication" else ""
    length = f"{window.months} months" if window.months else f"{window.days} days"
    return f" in {past}{length}"


def _as_of(claim: "Claim", ground: "Ground") -> str:
    """`, as of 1 May 2018`, of a time that was not over then: of a visit the day after it began, on which it surely was."""
    window, visit = claim.window, ground.visit
    day = max(ground.day, visit.date.start.latest + 1) if visit else ground.day
    open_ = window and (window.anchor == "since" or (window.span and window.span.latest >= day))
    return f", as of {long_day(day)}" if open_ and day < NEVER_AFTER else ""


def _counts_the_same(sentence: str, meant: "Claim", store: "Store") -> bool:
    """Whether a sentence is read as counting what a claim counts: the same visits or people, in the same time."""
    try:
        read = parse(sentence, store, published=meant.published)
    except NotUnderstood:
        return False
    return _what_is_counted(read) == _what_is_counted(meant)


def _what_is_counted(claim: "Claim") -> tuple[object, ...]:
    whose = tuple((who.query, who.kinds) for who in claim.who)
    window = claim.window and claim.window._replace(label="", loose=_may_be_longer(claim.window))
    since = (claim.since.span, claim.since.event) if claim.since else None
    pair = frozenset(claim.pair)
    two = len(pair) == 2  # who met is counted wherever they did
    return (
        claim.form,
        whose,
        claim.base._replace(visitors=(), hosts=()) if two else claim.base,
        claim.capital,
        claim.roles_open,
        claim.kind_open,
        claim.object,
        claim.every_host,
        window,
        since,
        pair,
    )


def _may_be_longer(window: "Window") -> str:
    """By how much a time may be longer: only one that counts back from a visit is."""
    return window.loose if window.anchor == "visit" else ""


def of_any_kind(claim: "Claim", ground: "Ground") -> "Iterator[str]":
    """The claim without its word for a kind of visit; of a person also as said of an office held."""
    for word in (word for word, kinds in KINDS.items() if kinds == claim.base.kinds):
        kind = word.removesuffix(" visit")
        text = re.sub(
            rf"\b(an? )?{kind} (?=\w)", lambda found: "a " if found[1] else "", claim.text, count=1, flags=re.IGNORECASE
        )
        if text != claim.text:
            yield text
            if ground.visit is not None and _bare(claim):
                yield from (told for told, _ in _in_office(claim, ground.visit, [text], ground.store))


def there_was(claim: "Claim", main: "Reading", ground: "Ground") -> "Iterator[str]":
    """`Xi Jinping visited North Korea in June 2008`, `Kim Jong Un and Xi Jinping met in June 2019`: the last of those by which a claim fails that says that there was none."""
    found = [event for event in main.finding.deciding if event is not ground.visit]
    if claim.form == "nth" or (claim.window and claim.number and not claim.window.begun):
        return
    if found and len(claim.pair) == 2:
        yield f"{claim.pair[0]} and {claim.pair[1]} met in {month_text(found[-1])}"
    if not found or found[-1].type != "visit" or claim.object != "visit":
        return
    last, host = found[-1], _host(claim, found[-1], ground.store)
    begun = claim.window is not None and claim.window.begun and last.date.start.exact
    for person in last.people:
        if fits(person, main.query, ground.store.vocabulary):
            day = f"{person.name} travelled to {host} on {long_day(last.date.start.earliest)}" if begun else ""
            told = (day, f"{person.name} visited {host} in {month_text(last)}")
            yield from (text for text in told if text and _keeps_scope(text, claim, ground.store))


def _keeps_scope(sentence: str, claim: "Claim", store: "Store") -> bool:
    """Whether a sentence about one visit says all that a claim says of it beside who made it: its kind and its place."""
    try:
        read = parse(sentence, store, published=claim.published)
    except NotUnderstood:
        return False
    return _beside_whose(read) == _beside_whose(claim)


def _beside_whose(claim: "Claim") -> tuple[object, ...]:
    base = claim.base
    return (claim.capital, base.kinds, base.tags, base.met, base.not_, base.places)
