"""The words that say of which form a claim is: `highest-ranking`, `never visited`, `first`, `third`."""

from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.model import STAYS, NotUnderstood
from timeline.claims.timing import visit_ahead
from timeline.claims.visitors import own_form, people_ahead

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

FORMS = {
    "first-ever": ("first ever", "ever first", "first time ever", "first in history"),
    "highest-since": (
        "highest ranking",
        "highest level",
        "most senior",
        "highest",
        "top ranking",
        *(
            f"{above} {every}"
            for above in ("ranks above", "outranks", "more senior than", "higher than", "higher ranking than")
            for every in ("every", "any", "all", "every other", "any other", "all other")
        ),
        "most high ranking",
    ),
    "longest-gap": ("longest gap", "longest interval", "longest break", "longest hiatus"),
    "shortest-gap": ("shortest gap", "shortest interval"),
    "longest-visit": (),
    "shortest-visit": (),
    "last-was": ("last visited", "last went", "last been", "last", "previous", "most recent", "most recently"),
    "none-since": ("no", "not visited", "not been", "not gone", "not", "nobody", "no one", "did not"),
}

ARE_NOT = ("isn t", "wasn t", "aren t", "weren t")  # apostrophes part words
NEVER = (
    *(
        f"never {did}"
        for did in ("visited", "been", "gone", "travelled", "traveled", "set foot", "come", "made", "paid")
    ),
    *(f"yet to {do}" for do in ("visit", "be", "go", "travel", "set foot", "come", "make", "pay")),
)
NEVER_MET = ("never met", "yet to meet")  # of which the verb says what is counted


def form(s: "Sentence") -> int:
    """The words that say which form it is; `first` and numbers have rules of their own."""
    if (size := s.phrase("not", *ARE_NOT)) and _first_ahead(s.ahead(size - 1)):
        s.said["not_first"] = True
        return size
    for name, phrases in FORMS.items():
        size = s.phrase(*phrases) or (name in STAYS and _stay(s, name))
        if (
            size
            and not s.phrase("most senior leader", "no fewer than", "no more than", "no less than", "not more than")
            and not _numbered(s)
            and not (name == "last-was" and "elapsed" in s.said)
            and not _of_something_else(s)
        ):
            _one_negation(s, name)
            s.say("form", name)
            s.said["form_end"] = s.at + size
            s.said |= {word: True for word in ("did", "previous") if s.peek() == word}
            own_form(s)
            return size
    if size := s.phrase(*NEVER) or max(s.phrase(*NEVER_MET) - 1, 0):
        _one_negation(s, "none-since")
        s.say("form", "none-since")
        s.say("ever", value=True)
        return size
    if s.peek() == "last" and "elapsed" in s.said:
        return 1
    if size := s.phrase("ever", "in history"):
        s.say("ever", value=True)
        return size
    return 0


def _first_ahead(s: "Sentence") -> bool:
    """`Not Xi's first visit`, `not the first by a premier`."""
    first = next((place for place in range(1, 7) if s.peek(place) in ("first", "not", "no", "never")), 0)
    return first > 1 and s.peek(first) == "first" and s.peek(first - 1) in ("'s", "his", "her", "the")


def _stay(s: "Sentence", form: str) -> int:
    """`Longest trip abroad`, `shortest official visit`, `longest ever stay`."""
    ever = int(s.peek(1) == "ever")
    if s.peek() != form.removesuffix("-visit"):
        return 0
    return (2 + ever) if s.peek(1 + ever) == "stay" else int(visit_ahead(s.ahead(1 + ever)))


def _of_something_else(s: "Sentence") -> bool:
    """After a person, `no` and `nobody` deny a visit only before a word for one: `with no delegation` does not."""
    return s.peek() in ("no", "nobody") and "person" in s.said and not visit_ahead(s.ahead(1))


def _one_negation(s: "Sentence", name: str) -> None:
    """`No premier has not visited` says the contrary of `no premier has visited`. Raises NotUnderstood."""
    if name == "none-since" == s.said.get("form"):
        raise NotUnderstood(f"{s.text(1)!r} after another negation; write one of them", (s.text(1),))


def _numbered(s: "Sentence") -> bool:
    """`No. 2` is somebody, not nobody."""
    return s.peek() == "no" and (s.peek(1).isdigit() or s.peek(1) in lexicon.NUMBERS)


def first(s: "Sentence") -> int:
    """`first` says a form; `second`, `third` … say a number."""
    number = lexicon.ORDINALS.get(s.peek(), 0)
    if number and s.peek(1) == "time" and (s.before("for") or (s.peek(-2) == "for" and s.before("the"))):
        s.said["adverbial"] = True
    if number:
        own_form(s)
        if s.before("his", "her", "their", "'s"):
            s.said["possessed"] = True
    slot = "first" if number == 1 else "nth"
    if number and slot in s.said:
        raise NotUnderstood(f"{s.text(1)!r} after another such number: of which is it said? Write one claim a sentence")
    if number == 1 and s.said.pop("not_first", False):
        _at_least_second(s)
    elif number == 1:
        s.say("first", value=True)
    elif number:
        if people_ahead(s.ahead(1)):
            s.say("object", "person")
        s.say("nth", number)
    if number:
        s.said.setdefault("form_end", s.at + 1)
    return 1 if number else 0


def _at_least_second(s: "Sentence") -> None:
    """`Not Xi's first visit` says that it is the second or a later one."""
    if people_ahead(s.ahead(1)):
        s.say("object", "person")
    s.say("nth", 2)
    s.hedge("at-least")
    s.say("hedged", "count")
    s.said["not_the_first"] = True
