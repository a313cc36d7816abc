"""Events of the record that are no visits, as a sentence counts from them: by id, title or tag, with a date where there are several."""

import re
from typing import TYPE_CHECKING

from timeline.claims.dates import date_after, date_here
from timeline.claims.model import NotUnderstood, Since
from timeline.claims.reference import after, by_record, dated_apart, side, summit, then
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.sentence import Sentence
    from timeline.model import Event

STARTS = ("start of", "beginning of", "outbreak of", "onset of", "victory of", "triumph of", "launch of")
PASSIVE = re.compile(" (?:was|were) ")  # `ties were severed` is the event with the tag `ties-severed`
WAR = re.compile("^(war) (?:with|against|on) ")
LAUNCHED = tuple(
    f"{began} {what} {sort}".strip()
    for began in ("began", "started", "launched", "conducted", "carried out", "staged")
    for what in ("its", "the", "an", "a")
    for sort in ("", "unprovoked", "military", "brutal")
)
BEGINNINGS = ("began", "started", "broke out", "begun")


def dated_event(s: "Sentence") -> tuple[int, Since | None]:
    """`2008 stroke`, `October 2006 nuclear test`."""
    dated, when = date_here(s)
    size, found = _named(s.ahead(dated)) if dated else (0, [])
    return (dated + size, _one_event(found, when, s.names.about)) if found else (0, None)


def known_event(s: "Sentence") -> tuple[int, Since | None]:
    """An event of the record that is no visit, by id, title or tag, with a word such as `began` after it, and with its date where there are several."""
    lead = s.phrase(*STARTS) or int(s.peek() in ("it", "they")) or s.phrase("a suspected", "a reported", "a")
    lead += s.ahead(lead).phrase("the") if lead else 0
    size, found = _named(s.ahead(lead))
    owner, actor = side(s)
    if not found and not lead and (its := s.phrase("the country 's", "country 's", "its")):
        lead = its
        size, found = _named(s.ahead(lead))
    elif not found and not lead and actor:  # Russia's invasion, North Korea shut its borders
        lead = owner + (s.ahead(owner).phrase(*LAUNCHED) or int(s.peek(owner) == "'s"))
        size, found = _named(s.ahead(lead))
        found = [event for event in found if actor in event.actors]
    if not found:
        return 0, None
    size += lead
    size += s.ahead(size).phrase(*BEGINNINGS)
    size, when = date_after(s, size)
    return size, _one_event(found, when, s.names.about)


def summit_held(s: "Sentence") -> tuple[int, Since | None]:
    """`the Hanoi summit`, `the Panmunjom summit of April 2018`: of several in a place the date decides."""
    size, found = summit(s)
    if not found:
        return 0, None
    size, when = date_after(s, size)
    since = _one_event(found, when, s.names.about)
    return size, after(since, next(event for event in found if event.id == since.event))


def _named(s: "Sentence") -> "tuple[int, list[Event]]":
    """The longest id, title or tag of events that are no visits from here, and the events that it names."""
    known: dict[str, list[Event]] = {}
    for event in s.names.store.events:
        if event.type != "visit":
            for key in (event.id, event.title, *_owned(event, s), *event.tags):
                if event not in (same := known.setdefault(fold(key), [])):
                    same.append(event)
    size, found = s.longest(
        lambda text: known.get(text) or known.get(PASSIVE.sub(" ", text)) or known.get(WAR.sub(r"\1 in ", text)),
        most=16,
    )
    return (size, found) if found else _by_id(s, known)


def _owned(event: "Event", s: "Sentence") -> "Iterator[str]":
    """`Sixth nuclear test`, of a title that ends in whose it was."""
    for actor in event.actors:
        bare = event.title.removesuffix(f" of {s.names.store.vocabulary.actors[actor].name}")
        if bare != event.title:
            yield bare


def _one_event(found: "list[Event]", when: Since | None, about: "Event | None") -> Since:
    """The only event of several that the date allows. Raises NotUnderstood where that is not one."""
    dated = [e for e in found if when is None or then(e, when.span)]
    if when and when.span.earliest < 0 and len(dated) > 1 and about:
        dated = [e for e in dated if e.date.start.latest <= about.date.start.earliest][
            -1:
        ]  # `the January test`: the last
    if when and not dated and len(found) == 1:
        return dated_apart(by_record(found[0]), when.span)
    if len(dated) != 1:
        raise NotUnderstood(f"which event: {', '.join(e.id for e in found)}? Say when, or write its id")
    return by_record(dated[0])


def _by_id(s: "Sentence", known: "dict[str, list[Event]]") -> "tuple[int, list[Event]]":
    """An id such as `kim-jong-un-accession-2011`, which falls into words and hyphens."""
    for size in range(min(20, len(s.words) - s.at), 0, -1):
        key = fold("".join(s.raw[s.at : s.at + size]))
        if key in known:
            return size, known[key]
    return 0, []
