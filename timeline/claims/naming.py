"""Names in the sentences that we write: without what only tells people of one name apart in a record."""

import re
from typing import TYPE_CHECKING

from timeline.claims.grammar import parse
from timeline.claims.model import Claim, NotUnderstood

if TYPE_CHECKING:
    from timeline.dates import Span
    from timeline.model import Event, Store

_APART = re.compile(r" \([^()]*\)")


def plainly_named(sentence: str, store: "Store", event: "Event | None" = None, published: "Span | None" = None) -> str:
    """`since Kim Yong Il in October 2009` for `since Kim Yong Il (premier) in …`, where it is read just the same; otherwise the sentence as it is."""
    short = _APART.sub("", sentence)
    if short == sentence:
        return sentence
    try:
        same = substance(parse(short, store, event, published)) == substance(parse(sentence, store, event, published))
    except NotUnderstood:
        return sentence
    return short if same else sentence


def substance(claim: Claim) -> Claim:
    """A claim without its words and what only tells where it comes from."""
    since = claim.since and claim.since._replace(label="")
    return claim._replace(text="", words="", since=since, about="", expected="", id="", url="", publisher="", why="", sources=(), described=False)  # fmt: skip
