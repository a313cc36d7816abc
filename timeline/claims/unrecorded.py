"""Events that the record may not have, told by what happened: `relations soured in 2017`, `the truce of 1953`. Their date is the claim's; without one nothing can be said."""

from typing import TYPE_CHECKING

from timeline.claims.dates import any_date, date_after
from timeline.claims.lexicon import ORDINALS, VISITS
from timeline.claims.model import UNKNOWN, UNRECORDED, NotUnderstood, Since
from timeline.names import fold

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.dates import Span

MOST_WORDS = 14
# What happened, by the word that says so: the words around it are its name. None of these is a visit or a meeting, which only the record can tell.
NOUNS = frozenset(
    "abrogation accident accord accords agreement annexation armistice arrest assassination attack attacks blockade bombing boycott breakdown breakup ceasefire chill clash clashes coup "
    "collapse congress controversy crackdown creation crisis deal death decision declaration defeat degradation deterioration detente deployment detention disaster dispute division downfall downgrade "
    "downgrading earthquake election elections embargo epidemic establishment execution expulsion fall feud freeze founding handover incident independence insurgency invasion killing launch launches "
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

DEADLY = frozenset("assassination assassinated death died execution executed killing killed murder murdered".split())
OWNERS = (
    "the",
    "its",
    "his",
    "her",
    "their",
    "'s",
)  # before a date that is part of a name: `the 2005 crisis`, not `2005 despite a crisis`


def told_event(s: "Sentence") -> tuple[int, Since | None]:
    """What happened, up to the date that the sentence gives it, or up to the end of the clause where it gives none."""
    lead, when = any_date(s) if s.before(*OWNERS) else (0, None)  # the 1953 armistice, the March rapprochement
    happened = False
    for size in range(lead, MOST_WORDS):
        word = s.peek(size)
        if not word or (size and s.at + size in s.breaks):
            break
        if not lead and size and (dated := date_after(s, size))[1]:
            return _since(s, *dated) if happened else (0, None)
        if not lead and not size and (word.isdigit() or any_date(s)[0]):  # since 2020 against a trade war
            return 0, None
        if lead and not happened and word == "and":  # the 2005 and 2007 agreements
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


def refuse_doubtful(s: "Sentence", size: int, since: Since) -> None:
    """Raises NotUnderstood where the record has what makes such an event doubtful."""
    if other := _contradicts(s, size, since.span):
        text = s.text(size)
        raise NotUnderstood(
            f"{text}: the record has {other}, and not that; write its id, or 'since' and the date alone"
        )


def _contradicts(s: "Sentence", size: int, span: "Span") -> str:
    """An event of the record that makes one doubtful of which only the claim knows: others of its sort, by a tag that they share, where it is said the how manieth it was; or a later journey of somebody who is said to have died."""
    told = f" {s.folded(size)} "
    numbered = span != UNKNOWN and not ORDINALS.keys().isdisjoint(told.split())
    for event in s.names.store.events if numbered else ():
        if event.type != "visit" and any(f" {fold(tag.replace('-', ' '))} " in told for tag in event.tags):
            return event.id
    died = {_died(s.ahead(place)) for place in range(size)} - {""}
    later = (e for e in s.names.store.events if e.type == "visit" and e.date.start.earliest > span.latest)
    return next((event.id for event in later if any(person.name in died for person in event.people)), "")


def _died(s: "Sentence") -> str:
    """Whose death is told with his name here: `the death of Kim Jong Il`, `Kim Jong Il's death`, `Kim Jong Il died`."""
    size, name = s.full_name()
    owner = int(s.peek(size) == "'s")
    after = s.peek(size + owner)
    dead = (s.before("of") and s.peek(-2) in DEADLY and not owner) or (after in DEADLY and (owner or after == "died"))
    return name or "" if dead else ""


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
