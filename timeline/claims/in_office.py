"""What somebody did in an office, or while he led: `in his 14-year rule`, `during his presidency`, `while in office`."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.model import UNKNOWN, NotUnderstood, Since, Who
from timeline.claims.timing import number_here
from timeline.claims.visitors import who_words
from timeline.tenures import name_keys, tenures_of
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.sentence import Sentence
    from timeline.model import Store

RULES_OF = ("rule", "reign", "tenure", "leadership", "presidency", "premiership")


def in_reign(s: "Sentence") -> int:
    """`in his 14-year rule`: since he took power, which must be so long ago."""
    lead = s.phrase("in his", "in her", "during his", "during her", "of his", "of her", "under his", "under her")
    found = number_here(s.ahead(lead)) if lead else None
    if found is None or s.peek(lead + found[0]) not in ("year", "years", "decade", "decades"):
        return 0
    end = lead + found[0] + 1
    if not (size := s.ahead(end).phrase(*RULES_OF, "in power", "in office")):
        return 0
    s.say("since", Since("took power", UNKNOWN, event="accession:"))
    s.say("beside", (found[1] * lexicon.UNITS[s.peek(lead + found[0])][1], "years"))
    return end + size


OF_RANK = tuple(
    f"{of} {this} {rank}"
    for of in ("of", "at")
    for this in ("this", "that", "his", "her", "such", "such a", "such a high")
    for rank in ("rank", "level", "seniority", "standing")
)


def as_high(s: "Sentence") -> int:
    """`A Chinese official of this rank`: anybody as high as who headed the visit in question, or in that office. Raises NotUnderstood where that is not known."""
    size = s.phrase(*OF_RANK, "so senior", "so high ranking")
    if not size:
        return 0
    about, vocabulary = s.names.about, s.names.store.vocabulary
    offices = [office for p in about.people if p.role == "heads" for office in p.offices] if about else []
    if not offices:
        raise NotUnderstood(f"{s.text(size)!r}: whose? Name the visit with --about, or the office", (s.text(size),))
    if s.said.get("who", (lexicon.ANYBODY,)) != (lexicon.ANYBODY,):
        raise NotUnderstood(f"{s.text(size)!r} beside an office; write one of them", (s.text(size),))
    level = vocabulary.level(offices)
    readings = [Who(f"anybody as high as on {about.id if about else ''}", level=level)]
    if s.phrase(*OF_RANK):
        top = tuple(dict.fromkeys(office for office in offices if vocabulary.offices[office].level == level))
        readings.append(Who(" or ".join(vocabulary.offices[office].title.lower() for office in top), offices=top))
    s.said["who"] = tuple(readings)
    s.said["word"] = s.text(size)
    s.places.setdefault("who", s.at)
    s.latest["who"] = s.at
    return size


_WHILE = {
    "leader": ("while in office", "while in power", "in office", "in power", *(f"{during} {his} {term}" for during in ("during", "in") for his in ("his", "her") for term in ("time in office", "time in power", "rule", "tenure", "term", "term in office"))),
    "president": tuple(f"{during} {his} presidency" for during in ("during", "in") for his in ("his", "her")),
    "premier": tuple(f"{during} {his} premiership" for during in ("during", "in") for his in ("his", "her")),
}  # fmt: skip


def in_power(s: "Sentence") -> int:
    """`Went to China four times during his presidency`, `while in office`: of somebody, of what he did in that office, or while he led. Of those in an office it says nothing more."""
    for held, phrases in _WHILE.items():
        size = s.phrase(*phrases)
        if size and "who" in s.said:
            return size if s.phrase("while in office", "while in power") else 0
        if size and "person" in s.said:
            s.say("who", _held(s.said["person"], s.names.store) if held == "leader" else who_words(s)(held))
            s.said["word"] = s.text(size)
            s.said["in_power"] = True
            s.say("capacity", value=True)
            return size
    return 0


def _held(name: str, store: "Store") -> tuple[Who, ...]:
    """The highest offices that the table of tenures has somebody in, and all in which he led at least a government; the readings of `leader` where it has none."""
    offices = store.vocabulary.offices
    held = {t.office for t in tenures_of(name_keys(store.vocabulary.names_of(name))) if t.office in offices}
    led = sorted(office for office in held if offices[office].level >= RANKS["head-of-government"])
    if not led:
        return lexicon.WHO["leader"]
    highest = max(offices[office].level for office in led)
    top = tuple(office for office in led if offices[office].level == highest)

    def who(those: "Sequence[str]") -> Who:
        return Who(" or ".join(offices[office].title.lower() for office in those), offices=tuple(those))

    return (who(top),) if len(top) == len(led) else (who(top), who(led))
