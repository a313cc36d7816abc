"""Who says it: `Yoon said that …`, `…, state media reported`, `according to …`. The claim is what is said; who says it narrows nothing."""

import re
from typing import TYPE_CHECKING

from timeline.claims.described import WEEKDAYS
from timeline.claims.visitors import form_at

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

SAYS = ("said", "says", "stated", "announced", "confirmed", "reported", "reports", "noted", "added", "declared", "told reporters", "told journalists", "has said", "has announced", "has confirmed")  # fmt: skip
_SAYS = "|".join(SAYS)
_WHEN = rf"(?: (?:on )?(?:{'|'.join(day.title() for day in WEEKDAYS)}))?"
_AGENCY = "KCNA|Xinhua|Yonhap|Kyodo|TASS|Tass|Reuters|AP|AFP|CCTV|BBC|CNN|NHK|IRNA|SPA|PTI|Anadolu"
_SORT = "state|state-run|official|local|foreign|government|news|presidential|unification|defence|defense"
_SOURCE = (
    rf"(?:(?:the|its|his|her|a|several|many|some) )?(?:(?:(?:{_SORT}|North Korean?|South Korean?|Chinese|Japanese|Russian|US|Indian|Pakistani|Iranian|Saudi|Turkish|Egyptian|Vietnamese|Mongolian|British|Cuban) )*"
    r"(?:media|reports|officials|analysts|experts|observers|diplomats|ministry|agency|television|newspaper|statement|office|spokesman|spokeswoman|spokesperson|sources)"
    rf"|(?:{_AGENCY})(?: news agency)?)"
)
# Texts, which `re` compiles and keeps once a sentence asks for them: it takes as long as reading one, and few name who says it.
_BEFORE = rf"^(?:(?i:according to) {_SOURCE}, |(?i:{_SOURCE}) (?:{_SAYS}){_WHEN}(?: that)? )(?=\S)"
_COLON = rf"^(?:{_SOURCE}|(?:[A-Z]\w+(?: [A-Z]\w+)?[’']s )?(?:Foreign|Defen[cs]e) Ministry)\s*:\s+(?=\S)"
_AFTER = rf",? (?:according to {_SOURCE}|{_SOURCE} (?:{_SAYS}){_WHEN})\s*\.?$"
_AFTER_COMMA = rf", (?:{_SOURCE}) (?:{_SAYS}){_WHEN}\s*\.?$"


def unframed(text: str) -> str:
    """A sentence without the source that says it, at its head or its end."""
    if not any(word in text for word in (":", *SAYS)) and not re.search("according to", text, re.IGNORECASE):
        return text
    bare = re.sub(_COLON, "", re.sub(_BEFORE, "", text))
    end = re.search(_AFTER, bare)
    if end and (end[0].lstrip(", ").startswith("according") or re.search(_AFTER_COMMA, bare)):
        bare = bare[: end.start()]
    return bare


def frame(s: "Sentence") -> int:
    """`Yoon said (on Friday) that`, of whoever the sentence has just named; `if` at the head of a sentence."""
    if s.peek() == "if" and s.at == 0 and s.names.said_before is None:
        return 1
    size = s.phrase(*SAYS)
    named = s.places.get("person_end") == s.at or (s.said.get("title_to") == s.at and "who" in s.said)
    if not size or not named or form_at(s) >= 0:
        return 0
    lead = int(s.peek(size) == "on")
    size += lead + 1 if s.peek(size + lead) in WEEKDAYS else 0
    return size + int(s.peek(size) == "that")
