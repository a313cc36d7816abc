"""Who `he` is: whom the sentence has named, or else who headed the visit in question. Nobody is guessed."""

from typing import TYPE_CHECKING

from timeline.claims.model import NotUnderstood
from timeline.claims.several import told_of
from timeline.claims.visitors import LINKS, form_at

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

HE = ("he", "she")
MAKES_HIM = (
    "making him",
    "making her",
    "makes him",
    "makes her",
    "made him",
    "made her",
    "marks him as",
    "marks her as",
)
MAKES = (*LINKS, "has", "had", "will", "represents", "represented", "marks", "marked", "mark", "makes", "made")
DONE = ("visited", "been", "gone", "come", "went", "came", "travelled", "traveled", "made", "paid", "met", "held")
OTHERS = frozenset({"other_person", "receiver", "sender"})  # beside whom `he` may be either


def he(s: "Sentence") -> int:
    """`He is the first …`, `making him the first …`, and after the form `the first time that he has visited`. Raises NotUnderstood where nobody is named, or two are."""
    size = s.phrase(*MAKES_HIM) or s.phrase(*HE)
    clause = s.before("time") or (s.before("that") and s.peek(-2) == "time")
    if not size or (form_at(s) >= 0 and not clause):
        return 0
    before = s.names.said_before
    name = s.said.get("person") or (told_of(before) if before else None)
    other = before is not None and before.since is not None and before.since.visit  # since whom?
    told = other and s.phrase(*HE) and s.peek(size) not in ("is", "becomes", "will")
    if OTHERS & s.said.keys() or (before and not name and before.target) or told:
        raise NotUnderstood(f"{s.text(size)!r}: which of two? Write the name", (s.text(size),))
    if not name:
        about = s.names.about
        heads = [person.name for person in about.people if person.role == "heads"] if about else []
        if len(heads) != 1:
            raise NotUnderstood(
                f"{s.text(size)!r} is who? Write the name, or name the visit with --about", (s.text(size),)
            )
        name = heads[0]
    s.say("person", name)
    s.places["person_end"] = s.at + size
    return size


def previously(s: "Sentence") -> int:
    """`Had previously visited`, `Kim previously went`: before the visit in question, as a number after it says too."""
    named = s.before("has", "had", "have") or s.places.get("person_end") == s.at
    if s.peek() != "previously" or not named or s.peek(1) not in DONE:
        return 0
    s.said["previously"] = True
    return 1


def also(s: "Sentence") -> int:
    """`He is also the first`, `this also marks the first`: before the form, that something else is so too."""
    made = s.before(*MAKES, "be", "been", "become", "became") or s.peek(1) in MAKES
    if s.peek() == "reportedly":
        return int(form_at(s) < 0)  # who says so, as `officials said` does
    return int(s.peek() in ("also", "thus", "therefore") and form_at(s) < 0 and made)
