"""Rules of the grammar for what is counted from: `since 2009`, `since before the pandemic`, `under Kim Jong Un`, and where `since` follows how long it has been."""

from typing import TYPE_CHECKING

from timeline.claims.lexicon import UNITS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.claims.named import FAMILY
from timeline.claims.points import point
from timeline.claims.timing import elapsing
from timeline.dates import NEVER_AFTER
from timeline.tenures import name_keys, tenures_of
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

PASSED = ("passed", "elapsed")


def since(s: "Sentence") -> int:
    """`since` with a date, an event, a visit or an accession. Nothing that is not known may follow it."""
    if size := _under(s):
        return size
    if s.peek() in PASSED and s.peek(1) == "since" and "duration" in s.said:
        return 1
    if s.peek() not in ("since", "after"):
        return 0
    if s.peek() == "since" and elapsing(s):
        s.say("elapsed", value=True)
        return 1
    if s.peek() == "since" and s.peek(1) == "before":
        return _since_before(s)
    skip = (
        2
        if s.peek(1) in ("the", "his", "her", "their") and s.peek(2) not in ("own", "last", "previous", "visit", "trip")
        else 1
    )
    size, found = point(s.ahead(skip))
    if not size:
        rest = tuple(s.raw[s.at + 1 : s.at + 6])
        raise NotUnderstood(
            f"not understood after '{s.peek()}': {' '.join(rest)!r} (a year, a month, a day, a person with a date, or the id of an event)",
            rest,
        )
    if size == 1 and found and found.span.earliest < 0 and s.names.bearers.get(s.peek(skip)):
        raise NotUnderstood(f"since {s.text(1 + skip)!r}, the month or the person? Write its year, or the full name")
    s.say("since", found)
    if s.peek() == "after" and "duration" in s.said and s.before(*UNITS, "half"):
        s.said["measured_after"] = True
    return skip + size


def _since_before(s: "Sentence") -> int:
    """`Since before the pandemic`: since an event, from which on there was none; before a date it would say little."""
    lead = 2 + int(s.peek(2) == "the")
    size, found = point(s.ahead(lead))
    if found is None or not found.event or found.visit:
        raise NotUnderstood("'since before' what? Write 'since' and a date, or an event of the record", (s.text(2),))
    s.say("since", found)
    return lead + size


GOVERNING = ("administration", "government", "leadership")


def _under(s: "Sentence") -> int:
    """`Under Kim Jong Un`, `of the Biden administration`: since he took power, if he still had it on the visit in question, or has it."""
    lead = s.phrase("under", "under the", "of the", "in the", "during the")
    size, name = s.person(lead) if lead else (0, None)
    known = name and not name.startswith(FAMILY)
    names = [name] if name and known else s.names.bearers.get(s.peek(lead), ())
    if not lead or not names or not s.raw[s.at + lead][:1].isupper():
        return 0
    size = size or 1
    after = int(s.peek(lead + size) in GOVERNING)
    if lead > 1 and not after:
        return 0
    ruling = [one for one in names if _rules(one, s)]
    name = (name if known else None) or (ruling[0] if len(ruling) == 1 else s.raw[s.at + lead])
    if len(ruling) != 1:
        raise NotUnderstood(f"'under {name}' until when? Write 'since' and from when", (s.text(lead + size),))
    s.say("since", Since(f"{name} took power", UNKNOWN, event=f"accession:{name}"))
    return lead + size + after


def _rules(name: str, s: "Sentence") -> bool:
    """Whether somebody led a state, a government or a party on all days of the visit in question, by the table of tenures, or does."""
    vocabulary = s.names.store.vocabulary
    offices = vocabulary.offices
    held = [
        tenure
        for tenure in tenures_of(name_keys(vocabulary.names_of(name)))
        if tenure.office in offices and offices[tenure.office].level >= RANKS["head-of-government"]
    ]
    visit = s.names.about
    if visit is None:
        return any(tenure.last.latest == NEVER_AFTER for tenure in held)
    first, last = visit.date.start
    return any(tenure.first.latest <= first and last <= tenure.last.earliest for tenure in held)
