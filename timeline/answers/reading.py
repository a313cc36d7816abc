"""How a claim was read, in words: all that the reading takes, so that nobody has to guess what was answered."""

from typing import TYPE_CHECKING

from timeline.claims.measure import length_words
from timeline.claims.model import COMPARED, FORMS, NO_LESS, NONE_WITHIN
from timeline.scope import scope_words, scope_words_only
from timeline.text import both, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.claims.model import Claim, Reading
    from timeline.model import Store


def reading_words(claim: "Claim", main: "Reading", store: "Store") -> str:
    """Its form, with numbers and references, how its ambiguous words were taken, and its scope."""
    return "; ".join(
        [_form_words(claim), *_more_words(claim), *filter(None, [main.label]), *_scope(claim, main, store)]
    )


def _form_words(claim: "Claim") -> str:
    """The form with its number, its time, and what it counts from."""
    words = {
        "first-in": f"first in {length_words(claim)}",
        "nth": f"number {claim.number:g}{' of the people, not the visits' if claim.object == 'person' else ''}",
        "count": _count_words(claim),
        "first-since": "first",
        "highest-since": _highest_words(claim),
        "none-since": "none" if claim.since else f"none for {length_words(claim)}",
        "after": f"{length_words(claim)} after {claim.since.label if claim.since else ''}",
        "last-was": f"the last was {claim.target.label if claim.target else ''}",
    }.get(claim.form, FORMS[claim.form])
    return f"{words} since {claim.since.label}" if claim.since and claim.form not in ("count", "after") else words


def _highest_words(claim: "Claim") -> str:
    """`highest-ranking` since what is said beside, `highest-ranking in 2013`, `highest-ranking in 5 years`."""
    if claim.since:
        return "highest-ranking"
    return f"highest-ranking {claim.window.label if claim.window else f'in {length_words(claim)}'}"


def _count_words(claim: "Claim") -> str:
    """`4 visits in 2018`, `no visit so far`, `4 visits in the 15 months up to it`."""
    number = plural(int(claim.number), claim.object) if claim.number else f"no {claim.object}"
    window = claim.window
    said = "publication" if claim.published else "the day asked for"
    back = {"visit": "it", "publication": said}.get(window.anchor) if window else None
    time = window.label if window else ""
    if window and window.anchor == "since" and claim.since:
        time = f"since {claim.since.label}"
    if window and window.yearly:
        return f"{number} in each year{', ' if window.anchor == 'row' else ' '}{time}"
    return f"{number} in the {time} up to {back}" if back else f"{number} {time}".strip()


def _more_words(claim: "Claim") -> "Iterator[str]":
    """What else the words of a claim say beside its form and its scope."""
    if hedges := sorted(claim.hedges - {NO_LESS, NONE_WITHIN}):
        yield f"hedged: {', '.join(hedges)}"
    if claim.hedges & {NO_LESS, NONE_WITHIN} and (claim.negated or claim.form != "first-in"):
        yield "be the last longer ago or never"
    if claim.window and claim.window.staying:
        yield "under way then"
    if claim.window and claim.window.begun:
        yield "begun then"
    if claim.until:
        yield f"before {claim.until}"
    if claim.then and claim.form in COMPARED:
        yield "of the gaps until then"
    if not claim.including:
        yield "the visit in question not counted"
    if claim.subject:
        yield f"told of {claim.subject}"
    if claim.published and not claim.about:
        yield f"as of {span_text(*claim.published)}"


def _scope(claim: "Claim", main: "Reading", store: "Store") -> "Iterator[str]":
    """What is counted; a pair of two people is asked for by their names alone, wherever they met."""
    query = main.query
    if claim.capital and claim.capital not in query.places:
        yield f"{claim.capital} for its country"
    if claim.object != "meeting":
        yield scope_words(query, store.vocabulary)
    elif len(claim.pair) == 2:
        yield f"meetings of {both(claim.pair)}: visits on which one received the other, and meetings apart from visits"
    else:
        yield scope_words_only(query, store.vocabulary)
        yield from (f"visits received by {host}, and meetings with {host} apart from visits" for host in claim.pair)
        if not claim.pair:
            yield "meetings that the record has as events of their own"
