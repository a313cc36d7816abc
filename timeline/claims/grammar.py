"""English sentences → claims: a small closed grammar (docs/claims.md). Words that it does not know are refused, none is guessed or skipped.

At each place of a sentence the first rule that knows the words there takes them and fills a slot (`rules`). Two things said of one slot, a word that no
rule takes, or a slot that the form needs and nobody filled: NotUnderstood. Then the slots become a claim (`assemble`).
"""

from typing import TYPE_CHECKING

from timeline.claims.assemble import assemble
from timeline.claims.model import Claim, NotUnderstood
from timeline.claims.rules import RULES
from timeline.claims.sentence import Sentence, names_of
from timeline.claims.subject import settle

if TYPE_CHECKING:
    from timeline.dates import Span
    from timeline.model import Event, Store

MOST_CHARACTERS = 300
MOST_WORDS = 80

# Words that carry nothing here. Everything else must be taken by a rule.
FILLERS = frozenset(
    "a an the his her their its it was is were are be been being will would has have had made makes make making by of to in on at for from as "
    "there this that trip trips visit visits journey journeys travel travels travelled traveled tour went go goes gone visited visiting arrived set foot paid "
    "pay pays came come comes taken takes take becomes became become with any who time times call calls all sitting serving now over 's".split()
)


def parse(text: str, store: "Store", about: "Event | None" = None, published: "Span | None" = None) -> Claim:
    """Read a sentence. `about` supplies a direction that the sentence does not say, `published` the year of "this year". Raises NotUnderstood."""
    if len(text) > MOST_CHARACTERS:
        raise NotUnderstood(f"a claim of {len(text)} characters; keep it under {MOST_CHARACTERS}")
    sentence = Sentence(text, names_of(store, about))
    if not sentence.words:
        raise NotUnderstood("nothing to read")
    if len(sentence.words) > MOST_WORDS:
        raise NotUnderstood(f"a claim of {len(sentence.words)} words; keep it under {MOST_WORDS}")
    _read(sentence)
    settle(sentence, about)
    return assemble(text, sentence.said, store, about, published)


def _read(sentence: Sentence) -> None:
    """Take phrases from left to right; list what no rule takes."""
    unknown = []
    while sentence.at < len(sentence.words):
        taken = next((size for rule in RULES if (size := rule(sentence))), 0)
        if not taken and sentence.peek() not in FILLERS:
            unknown.append(sentence.text(1))
        sentence.at += taken or 1
    if unknown:
        raise NotUnderstood(
            f"not understood: {', '.join(map(repr, unknown))} (docs/claims.md has the words that are)",
            tuple(unknown),
        )
