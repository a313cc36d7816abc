"""Events that the record may not have, told by what happened: `relations soured in 2017`, `the truce of 1953`. Their date is the claim's; without one nothing can be said."""

from typing import TYPE_CHECKING

from timeline.claims.dates import any_date, date_after
from timeline.claims.lexicon import VISITS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

UNRECORDED = "unrecorded:"  # before what happened, by an event of which only the claim knows
MOST_WORDS = 14
# What happened, by the word that says so: the words around it are its name. None of these is a visit or a meeting, which only the record can tell.
NOUNS = frozenset(
    "abrogation accident accord accords agreement annexation armistice arrest assassination attack attacks blockade bombing boycott breakdown breakup ceasefire chill clash clashes coup "
    "collapse congress controversy crackdown creation crisis deal death decision declaration defeat degradation deterioration detente deployment detention disaster dispute division downfall downgrade "
    "downgrading earthquake election elections embargo epidemic establishment execution expulsion fall feud freeze founding handover incident independence insurgency invasion killing "
    "liberation massacre murder nationalisation nationalization normalisation normalization occupation olympics ouster outbreak overthrow pact pandemic partition plenum protests rapprochement "
    "rebellion reconciliation referendum reopening resignation reunification revolt revolution rift row rupture sanctions scandal severance souring split standoff strike strikes surrender takeover "
    "test tests thaw treaty truce tsunami unification uprising upgrade upgrading victory war wars withdrawal".split()
)
VERBS = frozenset(
    "annexed broke collapsed cooled deteriorated died divided downgraded elected ended erupted expelled fell froze frozen imposed improved independent invaded nosedived occupied ousted overthrew "
    "overthrown parted plunged reunified seized severed soured split thawed toppled unified upgraded won worsened".split()
)
# After these another clause begins, or somebody travels or meets: then it is not an event that is told.
ENDS = frozenset(
    "when while who whom whose which that because ago until before after since if though although as but not no never nobody to met meets meeting meetings summit summits talks "
    "visited visiting went travelled traveled came arrived flew received hosted welcomed delegation delegations envoy envoys first last previous only "
    "signed sealed sought attended concluded struck inked joined opened addressed nearly almost reportedly allegedly supposedly briefly".split()
) | frozenset(VISITS)

BESIDE = frozenset("in of despite amid by for with without under on at over during from following".split())


def told_event(s: "Sentence") -> tuple[int, Since | None]:
    """What happened, up to the date that the sentence gives it, or up to the end of the clause where it gives none."""
    lead, when = any_date(s) if s.peek()[:1].isalnum() else (0, None)  # the 1953 armistice, the March rapprochement
    happened = False
    for size in range(lead, MOST_WORDS):
        word = s.peek(size)
        if not word or (size and s.at + size in s.breaks):
            break
        if not lead and size and (dated := date_after(s, size))[1]:
            return _since(s, *dated) if happened else (0, None)
        if (
            lead and not happened and (word in BESIDE or word == "and" or word.endswith("ing"))
        ):  # 2005 despite sanctions
            return 0, None
        if word in ENDS or (word == "by" and s.peek(size + 1) in ("a", "an", "any")) or not _named(word):
            return 0, None
        happened = happened or word in NOUNS or (word in VERBS and size > lead)
    else:
        return 0, None
    return _since(s, size, when) if happened else (0, None)


def _named(word: str) -> bool:
    """Whether a word may be part of a name of what happened."""
    return word == "'s" or word.replace(".", "").isalnum()


def dateless(since: Since | None) -> bool:
    """Whether nothing can be counted from an event that neither the record nor the claim dates."""
    return since is not None and since.event.startswith(UNRECORDED) and since.span == UNKNOWN


def refuse_dateless(since: Since | None) -> None:
    """Raises NotUnderstood where a claim counts from such an event."""
    if since is not None and dateless(since):
        raise NotUnderstood(f"{since.label}: the record has no such event; write 'since' and its date")


def _since(s: "Sentence", size: int, when: Since | None) -> tuple[int, Since]:
    text = s.text(size).replace(" 's", "'s")
    return size, Since(text, when.span if when else UNKNOWN, event=f"{UNRECORDED}{text}", of=when.of if when else "")
