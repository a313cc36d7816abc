"""The safe rewrite: the strongest wording that the record bears out, in words that `timeline claim` reads back.

About a visit: the one before by somebody in the same office, the highest first, named with month and year. About the last visit of a scope: who made it and when, and up to
which day that is so. What else the claim says of its scope, kinds and a city, is said again; where no sentence can say it, there is no rewrite.
Of a claim that holds, the sentence says no less: the visit before of the same scope, named, that there was none before, or the claim itself. A sentence of ours is given only if, read back, by itself and with the visit, it holds on every reading, with every doubtful visit in and out; where coverage is missing, as what is known.
"""

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.about import with_visit
from timeline.claims.before import last_as_high, scopes, sinces, speaks_of_all, who_and_when
from timeline.claims.corrected import corrected, of_any_kind, there_was
from timeline.claims.doubt import doubts
from timeline.claims.evaluate import evaluate
from timeline.claims.grammar import parse
from timeline.claims.lexicon import KINDS
from timeline.claims.model import JUST, Claim, NotUnderstood, Reading, Who
from timeline.claims.naming import plainly_named, substance
from timeline.claims.phrases import without_looks
from timeline.claims.rank import SEATS, chief_offices
from timeline.claims.wording import (
    called,
    host_words,
    long_day,
    month_text,
    nationality,
    noun_of,
    place_words,
    somebody,
)
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.query import Query, fits
from timeline.text import with_article
from timeline.vocabulary import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.evaluate import Ground
    from timeline.model import Event, Person, Store


def rewrite(claim: Claim, main: Reading, ground: "Ground", verdict: str) -> str:
    """A sentence that holds and says all that the claim's scope says, or an empty text where none is found. Of a claim that holds, one that says no less."""
    same = ground.store.by_id.get(claim.about)
    stronger = (
        text for text in _named(_as_strong(claim, main, ground), claim, ground) if _no_less(text, claim, ground)
    )
    if verdict == "holds":
        own = claim._replace(text=without_looks(claim.text))
        return next(stronger, "") or (own.text if claim.borne_out and is_read_as(own, ground.store, same) else "")
    if verdict == "holds-rounded" and (text := next(stronger, "")):
        return text
    proposed = _named(_proposed(claim, main, ground), claim, ground)
    return next((text for text in proposed if holds(text, claim, ground)), "")


def _named(texts: "Iterator[str]", claim: Claim, ground: "Ground") -> "Iterator[str]":
    """Sentences with the names of people as prose has them, each once."""
    told: set[str] = set()
    for text in texts:
        named = plainly_named(text, ground.store, published=claim.published)
        if named not in told:
            told.add(named)
            yield named


def _proposed(claim: Claim, main: Reading, ground: "Ground") -> "Iterator[str]":
    """What may be true instead of a claim that does not hold as it stands: the same with what was found, then what is so of the visit before, then the visit that breaks it."""
    scope = _scope(claim)
    yield from corrected(claim, main, ground)
    if claim.form == "last-was" and claim.object == "meeting":
        yield from _last_met(claim, main, ground)
    if scope is not None and claim.object == "visit" and claim.form != "after":
        yield from _in_scope(claim, main, scope, ground)
    if main.finding.verdict == "fails":
        yield from of_any_kind(claim, ground)
        yield from _since_power(claim, ground)
        yield from there_was(claim, main, ground)


def _since_power(claim: Claim, ground: "Ground") -> "Iterator[str]":
    """`Kim Jong Un's first foreign trip since taking power`, of whatever kind, where the claim counts those of a kind since then that the visit was not."""
    who, event = claim.who[0], ground.store.by_id.get(claim.since.event) if claim.since else None
    visit = ground.visit
    if not (claim.base.kinds and who.people and visit and event) or event.type != "accession":
        return
    where = "foreign trip" if claim.every_host else f"visit to {host_words(visit, ground.store)}"
    yield f"{who.people[0]}'s first {where} since taking power"


def _in_scope(claim: Claim, main: Reading, scope: "_Scope", ground: "Ground") -> "Iterator[str]":
    """What is so of the visit before, or of the last one, of a scope that a sentence can say."""
    visit = ground.visit
    if claim.form in ("last-was", "none-since"):
        yield from _last(claim, main, scope, ground)
    elif visit is not None and visit.type == "visit" and visit in main.scope:
        if claim.form == "highest-since" and not claim.every_host:
            yield from _highest_since(claim, visit, scope, ground.store)
        yield from _first_since(claim, visit, scope, ground.store)


def _as_strong(claim: Claim, main: Reading, ground: "Ground") -> "Iterator[str]":
    """What says all that a claim says, of the same scope: the visit before by name and month, for how long none came; that there was none before."""
    scope, visit, store = _scope(claim), ground.visit, ground.store
    if claim.object != "visit" or scope is None or claim.every_host:
        return
    if claim.form in ("last-was", "none-since"):
        yield from _last(claim, main, scope, ground)
    elif claim.form == "highest-since" and visit is not None and visit.type == "visit":
        yield from _highest_since(claim, visit, scope, store)
    elif claim.form in ("first-in", "first-since", "first-ever") and visit is not None and visit in main.scope:
        before = [event for event in main.finding.deciding if event is not visit]
        ever, since = "" if before else "ever ", _since_words(before, main, store)
        for whose in _whose(claim, visit, store) if ever or since else ():
            for host in _to(visit, scope, claim, store):
                yield whose.format(first=f"first {ever}", what=f"{scope.kind}visit", host=f"to {host}{since}")


def _since_words(before: "Sequence[Event]", main: Reading, store: "Store") -> str:
    """` since Wen Jiabao in October 2009`; nothing where it is not one visit."""
    if len(before) != 1 or before[0].type != "visit":
        return ""
    since = who_and_when(before[0], main.query, store) if main.query.about_people else month_text(before[0])
    return f" since {since}"


def _highest_since(claim: Claim, visit: "Event", scope: "_Scope", store: "Store") -> "Iterator[str]":
    """`the highest-ranking Chinese visitor to North Korea since Xi Jinping in June 2019`, in a word that has the claim's meaning."""
    for back in last_as_high(visit, store) if not scope.kind else ():
        for host in _to(visit, scope, claim, store):
            for noun in ("visitor to", *(["leader to visit"] if claim.word.endswith("leader") else [])):
                yield f"the highest-ranking {nationality(visit, store)} {noun} {host} since {back.words}"


NO_NOUN = ("level", "ranking", "profile", "senior", "ial", "papal", "committee")


def _whose(claim: Claim, visit: "Event", store: "Store") -> "Iterator[str]":
    """The frame of a sentence in the claim's own words for who, where they are a noun or a name."""
    who, by = claim.who[0], "headed by" if claim.base.roles else "by"
    if len(claim.who) > 1:
        if claim.word and not claim.word.endswith(NO_NOUN):
            own = with_article(f"{nationality(visit, store)} {claim.word}")
            yield f"the {{first}}{{what}} {by} {own} {{host}}"
    elif who.people:
        held = f" as {noun_of(who.offices[0], visit)}" if who.offices else ""
        yield f"the {{first}}{{what}} {by} {who.people[0]} {{host}}{held}"
    elif len(who.offices) == 1:
        for noun in called(who.offices[0], claim, visit, store):
            yield f"the {{first}}{{what}} {by} {noun} {{host}}"
    elif who.anybody:
        yield f"the {{first}}{nationality(visit, store)} {{what}} {{host}}"


def _no_less(text: str, claim: Claim, ground: "Ground") -> bool:
    """Whether a sentence holds when it is read back, and is said of all that the claim is said of."""
    read = _read_back(text, claim, ground)
    return read is not None and _asked(read) == _asked(claim) and _firm(read, ground)


def _asked(claim: Claim) -> tuple[object, ...]:
    """Whom a claim is said of, in which scope."""
    whose = tuple((who.query, who.kinds) for who in claim.who)
    return (whose, claim.base, claim.capital, claim.roles_open, claim.kind_open, claim.object)


def is_read_as(claim: Claim, store: "Store", visit: "Event | None") -> bool:
    """Whether the text of a claim, read as a sentence, says just what the claim says: one that was given as fields may not."""
    try:
        read = parse(claim.text, store, visit, claim.published)
    except NotUnderstood:
        return False
    return substance(read) == substance(claim)


def holds(text: str, claim: Claim, base: "Ground") -> bool:
    """Whether a sentence, read back, HOLDS: on every reading, and whatever doubtful visits turn out to be. Not one with words of the claim that are not checked."""
    read = _read_back(text, claim, base)
    return read is not None and _firm(read, base)


def _read_back(text: str, claim: Claim, base: "Ground") -> Claim | None:
    if any(words.casefold() in text.casefold() for words in claim.unchecked):
        return None
    try:
        read = parse(text, base.store, published=claim.published)
    except NotUnderstood:
        return None
    return None if read.parts else read


def _firm(read: Claim, base: "Ground") -> bool:
    """Whether a sentence, read by itself, holds, and so it does where it is given with the visit in question, on whose day a count ends. By itself it may be taken to be of a visit nearer to its publication."""
    visit, store = base.visit, base.store
    asks = visit is not None and (read.asks_visit or read.form != "count")
    alone = read._replace(about=visit.id if visit and asks else "")
    if not _bears_out(alone, base):
        return False
    try:
        given = with_visit(parse(read.text, store, visit, read.published), store, base.day) if visit else alone
    except NotUnderstood:
        return False
    return (
        not given.parts
        and (given == alone or _bears_out(given, base))
        and (not read.published or not _of_another(read, base))
    )


def _of_another(read: Claim, base: "Ground") -> bool:
    """Whether a sentence by itself is taken to be of another visit than the one in question; not where it is asked which."""
    if base.visit is None or not read.asks_visit:
        return False
    try:
        return with_visit(read, base.store, base.day).about != base.visit.id
    except NotUnderstood:
        return False


def _bears_out(read: Claim, base: "Ground") -> bool:
    """Whether a claim holds on every reading, and whatever doubtful visits turn out to be."""
    ground, judged = evaluate(read, base.store, base.day)
    firm = all(reading.finding.verdict == "holds" for _, reading in judged)
    return firm and not any(doubts(one, ground) for one in judged)


class _Scope(NamedTuple):
    """What a claim's scope says beside whose visit to where: `kind` as a word with a space after it, `place` a city that stands for the host."""

    kind: str
    kinds: tuple[str, ...]
    place: str


def _scope(claim: Claim) -> _Scope | None:
    """None where a sentence can't say it: a tag, whom they met, those who accompanied, kinds left out."""
    base = claim.base
    if (
        base.tags
        or claim.tags_told
        or base.met
        or base.not_
        or base.ladder
        or base.roles not in ((), ("heads",))
        or len(base.places) > 1
    ):
        return None
    words = [word for word, kinds in KINDS.items() if kinds == base.kinds]
    if base.kinds and not words:
        return None
    return _Scope(f"{words[-1]} " if words else "", base.kinds, base.places[0] if base.places else claim.capital)


def _to(event: "Event", scope: _Scope, claim: Claim, store: "Store") -> "Iterator[str]":
    """The city that the claim names, then, where it may stand for its country, that."""
    if scope.place:
        yield place_words(scope.place)
    if not claim.base.places:
        yield host_words(event, store)


def _first_since(claim: Claim, visit: "Event", scope: _Scope, store: "Store") -> "Iterator[str]":
    """`the first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009`, the claim's own word for the visitor first; of known visits where nothing else is so. Of trips abroad those to every host."""
    frames = (
        [("foreign trip", "")]
        if claim.every_host
        else [(f"{scope.kind}visit", f" to {host}") for host in _to(visit, scope, claim, store)]
    )
    if len(claim.base.hosts) > 1 or (claim.every_host and scope.kind):
        return
    for known, (who, noun), (what, where) in product((False, True), _nouns(claim, visit, store), frames):
        if known and (claim.every_host or (who.people and not speaks_of_all(who.people, visit, store))):
            continue
        first = "first known" if known else "first"
        found = scopes(f"{what} headed by {noun}{where}", visit, store)
        for since in sinces(found, _headed_by(who, visit, scope, claim), visit, store):
            if known and not since.alone:
                continue
            if claim.every_host and who.people:
                yield f"{noun}'s {first} {what} since {since.words}"
            for by in ("by", "headed by"):
                yield f"the {first} {what} {by} {noun}{where} since {since.words}"


def _headed_by(who: Who, visit: "Event", scope: _Scope, claim: Claim) -> Query:
    """The visits of the claim's scope that were headed by somebody like that."""
    return Query(
        visitors=(visit.visitor,),
        hosts=() if claim.every_host else (visit.host,),
        people=who.people,
        offices=who.offices,
        roles=("heads",),
        kinds=scope.kinds,
        places=claim.base.places,
    )


def _nouns(claim: Claim, visit: "Event", store: "Store") -> "Iterator[tuple[Who, str]]":
    """What to call the visitor: the person or office that the claim names, then the chief offices held, highest first, then the name. A seat in a body only where the claim names it, or it is the chief office."""
    main = claim.who[0]
    if main.people:
        yield main, main.people[0]
    heads = [person for person in visit.people if person.role == "heads"]
    offices = dict.fromkeys(office for person in heads for office in person.offices)
    ranked = sorted(offices, key=lambda office: -store.vocabulary.offices[office].level)
    asked = [office for office in ranked if office in main.offices] if len(claim.who) == 1 else []
    chief = {office for person in heads for office in chief_offices(person, store.vocabulary)}
    for office in asked:
        yield from ((Who(office, offices=(office,)), noun) for noun in called(office, claim, visit, store))
    for office in (o for o in ranked if o in chief or not o.endswith(SEATS)):
        yield Who(office, offices=(office,)), somebody(office, visit, store)
    for person in heads:
        yield Who(person.name, people=(person.name,)), person.name


def _last(claim: Claim, main: Reading, scope: _Scope, ground: "Ground") -> "Iterator[str]":
    """`Xi Jinping last visited North Korea in June 2019, as of 1 May 2026`, `the last visit by a Chinese premier to … was by Wen Jiabao in October 2009, as of …`."""
    if len(main.finding.deciding) != 1 or not main.query.hosts or main.finding.deciding[0].type != "visit":
        return
    last, who, store = main.finding.deciding[0], claim.who[0], ground.store
    if (day := _looked_back_from(claim, ground)) is None:
        return
    if claim.form == "none-since" and _just_made(last, claim, ground):
        return
    person, when = _person(last, who, store), f"{month_text(last)}, as of {day}"
    for host in _to(last, scope, claim, store):
        if who.people and not who.offices and not scope.kind:
            yield f"{who.people[0]} last visited {host} in {when}"
        elif person is not None and who.anybody:
            for what in ("last", "last known") if speaks_of_all((), last, store) else ("last",):
                yield f"the {what} {nationality(last, store)} {scope.kind}visit to {host} was by {person.name} in {when}"
        elif person is not None and not who.people:
            at_level = _at_level(person, who, store) if claim.form == "last-was" else []
            for office in who.offices if len(who.offices) == 1 else at_level:
                for of in called(office, claim, last, store):
                    yield f"the last {scope.kind}visit by {of} to {host} was by {person.name} in {when}"
    if not scope.kind and (claim.form == "none-since" or (claim.had and not _just_made(last, claim, ground))):
        yield from _none_since(claim, last, scope, ground)


def _at_level(person: "Person", who: Who, store: "Store") -> "list[str]":
    """The offices of somebody, with those that they imply, that are of the rank which a claim asks for as the least: a Politburo member, of who sits on its Standing Committee."""
    vocabulary = store.vocabulary
    held = sorted(vocabulary.held(person.offices)) if not who.offices else []
    return [office for office in held if rank_of(vocabulary.offices[office].level) == rank_of(who.level)]


def _none_since(claim: Claim, last: "Event", scope: _Scope, ground: "Ground") -> "Iterator[str]":
    """`no Chinese president had visited North Korea since Hu Jintao in October 2005`, by the offices of whoever came last."""
    store = ground.store
    day = _looked_back_from(claim, ground)
    visited, as_of = ("had visited", "") if claim.had and claim.published else ("has visited", f", as of {day}")
    heads = [person for person in last.people if person.role == "heads"]
    for person, office in [(p, office) for p in heads for office in chief_offices(p, store.vocabulary)]:
        noun = somebody(office, last, store).partition(" ")[2]
        for host in _to(last, scope, claim, store):
            yield f"no {noun} {visited} {host} since {person.name} in {month_text(last)}{as_of}"


def _last_met(claim: Claim, main: Reading, ground: "Ground") -> "Iterator[str]":
    """`Kim Jong Un and Xi Jinping last met in June 2019, as of 1 September 2019`."""
    day = _looked_back_from(claim, ground)
    if day and len(claim.pair) == 2 and len(main.finding.deciding) == 1:
        yield f"{claim.pair[0]} and {claim.pair[1]} last met in {month_text(main.finding.deciding[0])}, as of {day}"


def _looked_back_from(claim: Claim, ground: "Ground") -> str | None:
    """The day up to which a sentence about the last visit is true, in words: before that on which the visit in question begins. None where it is not one day."""
    day = _said_on(claim, ground)
    if not (day.exact and NEVER_BEFORE < day.earliest < NEVER_AFTER):
        return None
    return long_day(day.earliest - (ground.visit is not None and day == ground.visit.date.start))


def _just_made(last: "Event", claim: Claim, ground: "Ground") -> bool:
    """Whether a visit is under way on the day from which a sentence looks back, or ended so shortly before that nobody came since goes without saying."""
    end = last.date.end.latest
    return (last.date.start.latest if end == NEVER_AFTER else end) >= _said_on(claim, ground).earliest - JUST


def _said_on(claim: Claim, ground: "Ground") -> Span:
    """The day from which a sentence about the last visit looks back: that of the visit in question, or on which the claim was published."""
    visit, said = ground.visit, claim.published or Span(ground.day, ground.day)
    return visit.date.start if visit and visit.date.start.latest <= said.latest else said


def _person(event: "Event", who: Who, store: "Store") -> "Person | None":
    query = who.query._replace(roles=("heads",))
    return next((person for person in event.people if fits(person, query, store.vocabulary)), None)
