"""The answers of all readings of a claim joined to one verdict (semantics §6).

DEPENDS is said where one reading holds and another fails. Where those that are decided agree and others are not, the claim is no more decided than
they are: the verdict is theirs, and each reading is told.
"""

from typing import TYPE_CHECKING, NamedTuple

from timeline.claims.doubt import doubts, family
from timeline.text import both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.evaluate import Ground, Judged
    from timeline.claims.model import Claim, Reading

SWITCHES = {
    "who": "what “{word}” means",
    "role": "whether those who only accompanied count",
    "kind": "which kinds of visit count",
    "place": "whether only {capital} itself counts",
    "purpose": "whether only visits for the same purpose count",
    "window": "where the time counted begins and ends",
    "dating": "whether the time only says when the visit was",
    "edge": "whether a visit under way when the time began counts",
    "since": "whether “none” says that there was one then",
    "past": "whether all of that time is meant",
    "accession": "which time in office is meant",
    "among": "whether those named are all",
    "dated": "which date of the event is right",
    "capacity": "whether journeys in a lesser office count",
    "received": "whether receiving a visitor counts as an exchange",
    "elsewhere": "whether somebody is received who is met in another country or on a border line",
    "host": "whether those count whom the host met before he led",
    "newly": "whether it must have been the first visit of its visitor",
    "tens": "whether a round number is rounded to tens",
    "close": "how far a number may be rounded",
    "until": "whether later ones count",
    "journey": "whether the way there and back counts",
    "tie": "whether a tie counts",
    "present": "whether the visit under way when it was said counts",
    "previous": "whether the previous visit is the last until then, or the one before that",
    "border": "whether a meeting on the border line is a visit",
    "order": "how ranks on different ladders compare",
    "support": "whether a visit that is not confirmed counts",
    "unknown": "whether visits count of which the record does not say",
    "tenure": "from when to when somebody held an office",
    "date": "which of two dates is right",
}
UNDECIDED = ("unverifiable", "undetermined")  # the one that weighs more first


class Outcome(NamedTuple):
    """A verdict, the switch on which it turns (empty where all readings agree), and the readings, that which the verdict is told by first."""

    verdict: str
    switch: str
    readings: "tuple[Reading, ...]"

    @property
    def main(self) -> "Reading":
        return self.readings[0]


def joined(claim: "Claim", ground: "Ground", judged: "Sequence[Judged]") -> Outcome:
    """The verdict of all readings, with the visits that are in doubt in and out."""
    plain = tuple(one.reading for one in judged)
    outcome = common(claim, plain)
    if outcome.verdict in ("depends", "unverifiable"):
        return outcome
    return common(claim, plain, tuple(reading for one in judged for reading in doubts(one, ground)))


def common(claim: "Claim", plain: "tuple[Reading, ...]", doubtful: "tuple[Reading, ...]" = ()) -> Outcome:
    """The verdict that all readings share; DEPENDS where some hold and some fail; otherwise what keeps it undecided. Told by one of the plain readings."""
    everything = (*plain, *doubtful)
    families = {family(reading) for reading in everything}
    if len(families) == 1:
        return Outcome(plain[0].finding.verdict, "", plain)
    if {"holds", "fails"} <= families:
        verdict, telling = "depends", {"holds", "fails"}
    else:
        verdict = next(name for name in UNDECIDED if name in families)
        telling = {verdict}
    main = next((reading for reading in plain if family(reading) in telling), plain[0])
    readings = (main, *(reading for reading in everything if reading is not main))
    return Outcome(
        verdict, _switch(claim, main, [r for r in readings if verdict != "depends" or family(r) in telling]), readings
    )


def _switch(claim: "Claim", main: "Reading", found: "Sequence[Reading]") -> str:
    """What is taken otherwise by the nearest reading that answers otherwise."""
    differing = [reading for reading in found if family(reading) != family(main)]
    other = min(differing, key=lambda reading: len(_changed(main, reading)))
    return both(_told(key, claim) for key in _changed(main, other))


def _told(key: str, claim: "Claim") -> str:
    """A switch in words; a claim that says nobody leaves open whose visits it counts."""
    if key == "who" and not claim.word:
        return "whose visits count"
    return SWITCHES[key].format(word=claim.word, capital=claim.capital)


def _changed(main: "Reading", other: "Reading") -> list[str]:
    """The switches that two readings take differently."""
    one, two = dict(main.switches), dict(other.switches)
    return [key for key in SWITCHES if one.get(key, "") != two.get(key, "")]
