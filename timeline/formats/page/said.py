"""What can be said of visits, and what has been said of them: firsts, and published claims with their verdicts."""

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.claims.fields import read_claim
from timeline.claims.firsts import find_firsts
from timeline.claims.model import NAMES
from timeline.claims.superlatives import covers_abroad
from timeline.claims.verdict import judge
from timeline.errors import StoreError
from timeline.formats.page.model import CheckedClaim, Page, Shown, link_of
from timeline.progress import watched
from timeline.text import both, span_text

if TYPE_CHECKING:
    from timeline.claims.firsts import First
    from timeline.model import Event, PublishedClaim, Store
    from timeline.progress import Watch

UNREAD = "unread"  # in the place of a verdict
MOST_FIRSTS = 100  # visits of which firsts are sought, which takes about a tenth of a second each


def with_firsts(page: Page, store: "Store", watch: "Watch | None" = None) -> Page:
    """The page with the superlatives of its visits: of those of the highest rank, then the latest, where there are too many for all.

    `watch` is told how many are done, and of how many.
    """
    visits = sorted((one for one in page.events if one.counted), key=lambda one: (one.rank, _reversed(one)))
    wanted, apart = visits[:MOST_FIRSTS], _by_pair(store)
    found = {}
    for one in watched(wanted, watch):
        firsts = find_firsts(one.event, apart[frozenset(one.event.direction)], page.as_of)
        found[one.event.id] = tuple(map(_first_words, (first for first in firsts if first.proved)))
    return replace(page, events=tuple(replace(one, said=found.get(one.event.id)) for one in page.events))


def _first_words(first: "First") -> str:
    """The sentence, with what it rests on where the record says only near complete."""
    cover = first.verdict.main.finding.cover
    if cover is None or not cover.near:
        return first.sentence
    spans = both(span_text(*statement.span) for statement in cover.near)
    return f"{first.sentence} (the record is only near complete, {spans}: a visit may be missing)"


def _reversed(one: Shown) -> tuple[int, ...]:
    start = one.event.date.start
    return (-start.earliest, -start.latest)


def _by_pair(store: "Store") -> "dict[frozenset[str], Store]":
    """The store once for each two countries, with what a first of their visits may rest on and nothing else: their visits, what happened in either, and the journeys to all others of whom coverage speaks so."""
    visits: dict[frozenset[str], list[Event]] = {}
    happened: dict[str, list[Event]] = {}
    for event in store.events:
        if event.type == "visit":
            visits.setdefault(frozenset(event.direction), []).append(event)
        for actor in (event.visitor,) if event.type == "visit" else event.actors:
            if event.type != "visit" or covers_abroad(actor, store):
                happened.setdefault(actor, []).append(event)
    found = {}
    for pair, between in visits.items():
        known = {
            event.id: event for event in (*between, *(event for actor in pair for event in happened.get(actor, ())))
        }
        events = tuple(sorted(known.values(), key=lambda event: event.order))
        found[pair] = store._replace(events=events, by_id={event.id: event for event in events})
    return found


def with_claims(page: Page, store: "Store") -> Page:
    """The page with the claims about the store, each decided; one that cannot be read is shown with the reason."""
    return replace(page, claims=tuple(_checked(one, store, page.as_of) for one in store.claims if not one.record))


def _checked(published: "PublishedClaim", store: "Store", as_of: int) -> CheckedClaim:
    try:
        claim = read_claim(published, store)
    except StoreError as error:
        return _unread(published, error)
    one = judge(claim, store, as_of)
    return CheckedClaim(
        claim.id,
        claim.text,
        one.verdict,
        NAMES[one.verdict],
        f"on {one.switch}" if one.verdict == "depends" and one.switch else one.main.finding.reason,
        one.rewrite,
        one.about.id if one.about else "",
        link_of(claim.publisher, url=claim.url),
    )


def _unread(published: "PublishedClaim", error: StoreError) -> CheckedClaim:
    text, publisher, url = ("; ".join(published.fields.get(key, ())) for key in ("claim", "publisher", "url"))
    why = error.problems[0].message.removeprefix(f"{published.id}: ")
    return CheckedClaim(published.id, text, UNREAD, "NOT READ", why, "", "", link_of(publisher, url=url))


def unread_words(page: Page) -> tuple[str, ...]:
    """What to say of the claims that could not be read, one a line."""
    return tuple(f"claim {one.id} cannot be read: {one.why}" for one in page.claims if one.verdict == UNREAD)
