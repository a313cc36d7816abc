"""Rules of the grammar for turns of phrase: `is described as`, `sent nobody`, `left the country`, `by air`, `at a military parade`, `in his 14-year rule`."""

import re
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.dates import any_date
from timeline.claims.described import DAYS
from timeline.claims.model import COMPARED, NotUnderstood
from timeline.claims.sentence import STOP
from timeline.claims.timing import one_ahead, visit_ahead
from timeline.claims.visitors import form_at, nations, people_ahead, who_words
from timeline.dates import NEVER_BEFORE, Span
from timeline.text import both

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

ONE_AFTER = (
    *lexicon.ORDINALS,
    "known",
    "reported",
    "recorded",
    "confirmed",
    "public",
    "such",
    "foreign",
    "level",
    "ranking",
    "only",
    "sole",
    *(kind.split()[-1] for kind in lexicon.KINDS),
)
CALLED = (
    "called", "described as", "billed as", "hailed as", "dubbed", "labelled", "seen as", "regarded as", "considered", "touted as",
    "said to be", "believed to be", "thought to be", "expected to be", "set to be",
)  # fmt: skip
BRINGS = (
    "puts",
    "put",
    "brings",
    "brought",
    "sees",
    "saw",
    "in what is",
    "in what was",
    "in what would be",
    "in what will be",
    *(f"{on} what {be}" for on in ("on", "for") for be in ("is", "was", "would be", "will be")),
)
SENDS = ("sends", "sent", "send", "sending", "dispatches", "dispatched", "dispatching", "to send", "to dispatch")
JOINS = (
    "joins",
    "joined",
    "joining",
    "takes part in",
    "took part in",
    "taking part in",
    "appears at",
    "appeared at",
    "appearing at",
)
ATTENDS = ("attend", "attends", "attended", "attending", "been at", "been to", "at", *JOINS)
LEFT = (
    "left",
    "leaves",
    "leave",
    "leaving",
    "travelled outside",
    "traveled outside",
    "been outside",
    "gone outside",
    "stepped outside",
    "ventured outside",
)
# How somebody travelled, and what was attended, where a record tells of it by a tag.
MEANS = {
    "by-air": ("flies", "flew", "fly", "flown", "flying", "by air", "by plane", "by aircraft"),
    "by-train": ("by train", "by rail"),
}
ATTENDED = {"parade": ("military parade", "parade", "military parades", "parades")}
MANY_SIDED = tuple(
    f"multilateral {what}" for what in ("event", "events", "gathering", "forum", "conference", "meeting", "summit")
)
REGIONS = {"korean peninsula": ("north-korea", "south-korea")}
WHICH = ("which is", "which was", "which will be", "which would be", "which marks", "which marked")  # his first


def turn(s: "Sentence") -> int:
    """Words that say no more than `is` or `visits` does where they stand."""
    if s.before("is", "was", "be", "are", "were", "been", "being", "as") and (size := s.phrase(*CALLED)):
        return size
    if s.said.get("title_to") == s.at and (size := s.phrase("in office")):
        return size
    if size := s.phrase("to become", "set to become", "poised to become", "expected to become"):
        return size
    if size := s.phrase(
        *SENDS, "becoming", "to do so", "involving", "makes history as", "made history as", "making history as"
    ):
        return size
    if form_at(s) < 0 and s.phrase(*(f"current {journey}" for journey in lexicon.JOURNEYS)):
        return 1
    if form_at(s) < 0 and (size := s.phrase(*WHICH)):
        return size
    if form_at(s) < 0 and (
        size := s.phrase("made history", "makes history", "making history", "made history by", "makes history by")
    ):
        return size
    if size := _looks(s):
        return size
    if (size := s.phrase(*BRINGS)) and (
        s.peek() not in ("put", "saw", "sees") or "a" in s.words[s.at + size : s.at + size + 2]
    ):
        return size
    return 1 if one_ahead(s) and form_at(s) >= 0 and s.before(*ONE_AFTER) else 0


# What print says of a visit that it tells of; after the form it would say which visits are counted.
LOOKS = (
    "rare", "surprise", "historic", "landmark", "long awaited", "highly anticipated", "much anticipated", "closely watched", "high stakes", "unannounced", "whirlwind", "lightning", "impromptu", "unscheduled", "brief", "crucial", "upcoming", "forthcoming",
)  # fmt: skip
# And of those who make it.
LOOKS_OF_PEOPLE = ("reclusive", "secretive", "visiting", "young", "embattled", "newly elected", "newly appointed", "newly installed", "veteran", "long serving")  # fmt: skip
LAST_LOOKS = tuple(look.split()[-1] for look in LOOKS)


def _looks(s: "Sentence") -> int:
    """`A rare visit to North Korea, the first in 16 years`, before the form."""
    if form_at(s) < 0 and (size := s.phrase(*LOOKS_OF_PEOPLE)):
        lead = size + nations(s.ahead(size))
        return size if s.longest(who_words(s), lead)[0] or s.person(lead)[0] else 0
    size = s.phrase(*LOOKS) if form_at(s) < 0 else 0
    dated = any_date(s.ahead(size))[0] if size else 0
    stop = size and s.peek(size) in ("stop", "stopover")
    return size if size and (stop or visit_ahead(s.ahead(size + dated))) else 0


_LOOK = re.compile(rf"\b(?:(a)n? )?(?:{'|'.join(LOOKS).replace(' ', '[ -]')}) ", re.IGNORECASE)


def without_looks(text: str) -> str:
    """A sentence without what print says of a visit, which no record shows."""
    return _LOOK.sub(lambda found: f"{found[1]} " if found[1] else "", text)


def outside(s: "Sentence") -> int:
    """`left the country`, `had not left North Korea`: any journey abroad."""
    size = s.phrase(*LEFT)
    if not size:
        return 0
    if end := s.ahead(size).phrase("the country", "home", "his country", "her country"):
        s.say("every_host", value=True)
        return size + end
    taken, actor = s.actor(size)
    onward = s.ahead(size + taken)
    if (
        not actor
        or onward.phrase("to")
        or (onward.phrase("for") and not onward.phrase("for the", "for his", "for her"))
    ):
        return 0
    s.say("outside", actor)
    s.say("every_host", value=True)
    return size + taken


def by_what(s: "Sentence") -> int:
    """How somebody travelled, which narrows what is counted where the record tells it."""
    for tag, phrases in MEANS.items():
        if size := s.phrase(*phrases):
            if form_at(s) < 0 and _visits_counted(s):
                _told_means(s, tag, size)
                return size
            if form_at(s) < 0 and s.peek() != "by":
                raise NotUnderstood(
                    f"{s.text(size)!r}: of any journey, or of those made so? Write 'visits', or 'by plane' after the form",
                    (s.text(size),),
                )
            _tagged(s, tag, f"{s.text(size)!r}: the record does not say how visitors travelled", size)
            return size
    return 0


def _told_means(s: "Sentence", tag: str, size: int) -> None:
    """By what means the visit in question was made, which is not checked where the record does not say it. Raises NotUnderstood where it has others."""
    about = s.names.about
    if about and tag not in about.tags and not MEANS.keys().isdisjoint(about.tags):
        means = both(other for other in about.tags if other in MEANS)
        raise NotUnderstood(f"{s.text(size)!r}: the record has {about.id} as {means}; leave it out", (s.text(size),))
    if not about or tag not in about.tags:
        s.said["unchecked"] = (*s.said.get("unchecked", ()), s.text(size))


def _visits_counted(s: "Sentence") -> bool:
    """Whether what comes counts visits by their own word, and not times that somebody did so: `flew to Seoul on the first visit in 12 years`."""
    counted = [n for n in range(s.at + 1, len(s.words)) if s.words[n] in lexicon.ORDINALS]
    return bool(counted) and all(_visit_or_people(s.ahead(n + 1 - s.at)) for n in counted)


def _visit_or_people(s: "Sentence") -> bool:
    skip = s.phrase("known", "reported", "ever")
    return visit_ahead(s.ahead(skip)) or bool(people_ahead(s.ahead(skip)))


def attended(s: "Sentence") -> int:
    """`at a military parade`, `joins a multilateral event`: what the visits counted were for, where the record tells it."""
    size = s.phrase(*ATTENDS)
    after = s.ahead(size)
    lead = int(after.peek() in ("a", "an", "the", "any", "his", "their"))
    lead += nations(after.ahead(lead))
    event = after.ahead(lead)
    if many := event.phrase(*MANY_SIDED):
        s.say("kinds", ("multilateral",))
        return size + lead + many
    for tag, phrases in ATTENDED.items():
        if size and (what := event.phrase(*phrases)):
            told = _perhaps_told(s, s.ahead(size + lead + what))
            lacking = f"{event.text(what)!r}: the record does not say what visitors attended"
            _tagged(s, tag, lacking, what, "tags_told" if told else "tags")
            _hosted(s, after, lead)
            return size + lead + what
    return s.phrase(*JOINS) if "kinds" in s.said else 0


def _hosted(s: "Sentence", after: "Sentence", lead: int) -> None:
    """`a Chinese military parade` is one in China."""
    skip = int(after.peek() in ("a", "an", "the", "any", "his", "their"))
    if lead > skip:
        size, actor = after.longest(s.names.adjectives.find, skip)
        actor = actor if size else after.actor(skip)[1]
        if actor:
            s.say("host", actor)


def _perhaps_told(s: "Sentence", rest: "Sentence") -> bool:
    """`The first premier to visit North Korea in 16 years to attend a parade` may be the first of those who came to one, or that may be what his visit is for."""
    numbered = s.said.keys() & {"first", "nth"} and "form" not in s.said
    measured = s.said.keys() & {"duration", "since"}
    return bool(numbered) and s.before("to") and place_named(s) and (bool(measured) or clause_ends(rest))


def place_named(s: "Sentence") -> bool:
    return not s.said.keys().isdisjoint({"host", "capital", "city"})


def clause_ends(s: "Sentence") -> bool:
    """Whether a clause ends here, or with the day on which it was: `to attend a parade next week`."""
    after = s.ahead(int(s.peek() == "on"))
    return not s.peek() or s.at in s.breaks or s.peek() == STOP or after.phrase(*DAYS) > 0


def _tagged(s: "Sentence", tag: str, lacking: str, size: int, slot: str = "tags") -> None:
    if not any(tag in event.tags for event in s.names.store.events if event.type == "visit"):
        raise NotUnderstood(lacking, (s.text(size),))
    s.say(slot, (tag,))


def until(s: "Sentence") -> int:
    """`Before 2019 he had last been there …`: looked back from the last day before. `The longest gap … until then`: not compared with later ones."""
    if s.said.get("form") in COMPARED:
        return _then(s)
    told = s.said.keys() & {"count", "nth"} or (s.peek() == "already" and s.before("has", "have", "had", "is", "was"))
    if told and (size := _so_far(s)):
        return size
    if s.peek() != "before":
        return 0
    size, when = any_date(s.ahead(1))
    if when is None or when.span.earliest < 0:
        return 0
    day = when.span.earliest - 1
    s.say("before", Span(NEVER_BEFORE, day))
    return 1 + size


THEN = (
    "until then",
    "until that time",
    "up to then",
    "up to that time",
    "up to that point",
    "to that point",
    "at the time",
    "at that time",
)


def _then(s: "Sentence") -> int:
    """`Until then`, `at the time`; `so far` is to the day of the claim, as without it."""
    if size := s.phrase(*THEN):
        s.say("then", value=True)
        return size
    return _so_far(s)


def _so_far(s: "Sentence") -> int:
    """`So far`, `to date`, `already`: to the day of the claim, as without it."""
    return s.phrase("so far", "thus far", "to date", "already")


def region(s: "Sentence") -> int:
    """`to the Korean peninsula`: several countries."""
    lead = int(s.peek() in ("to", "on", "in", "of"))
    lead += int(s.peek(lead) == "the")
    size = s.ahead(lead).phrase(*REGIONS)
    if not lead or not size:
        return 0
    s.say("region", REGIONS[s.ahead(lead).folded(size)])
    return lead + size
