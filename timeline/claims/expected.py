"""Claims as assertions: an edit of the record that changes the verdict expected of a published claim is a problem, as a balance that no longer holds is in accounting."""

from typing import TYPE_CHECKING

from timeline.claims.fields import read_claim
from timeline.claims.verdict import judge
from timeline.errors import Problem, StoreError
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import PublishedClaim, Store


def unexpected(store: "Store", as_of: int, records: "Mapping[str, Store]") -> "Iterator[Problem]":
    """A problem for each claim of a store that cannot be read, or whose verdict is not the one expected of it; one for claims that stand beside no events.

    `records` are the other records that claims name, by path. What could not be read of them, and so is not there, is a problem of each claim that names it.
    """
    alone = [published for published in store.claims if not published.record]
    if alone and not store.events:
        first = alone[0].origin
        message = f"{plural(len(alone), 'claim')} and no events: nothing can be said of them"
        remedy = f"name the record that they are about beside it: timeline check --store events.yaml {first.file}"
        yield Problem(first.file, first.line, 1, "claims", message, remedy)
    for published in store.claims:
        against = records.get(published.record) if published.record else store
        if against is None:
            yield _unread(published, "could not be read")
        elif against.events:
            yield from _checked(published, against, as_of)
        elif published.record:
            yield _unread(published, "has no events")


def _unread(published: "PublishedClaim", why: str) -> Problem:
    what = f"the record that it names, {published.record}, {why}"
    return published.problem("claims", what, f"see what is wrong with it: timeline check {published.record}", "record")


def _checked(published: "PublishedClaim", store: "Store", as_of: int) -> "Iterator[Problem]":
    try:
        claim = read_claim(published, store)
    except StoreError as error:
        yield from error.problems
    else:
        found = judge(claim, store, as_of, plain=True)
        if claim.expected and found.verdict != claim.expected:
            what = f"expected {claim.expected}, found {found.verdict}: {found.main.finding.reason}"
            yield published.problem("claims", what, "see what the record changed, or correct the verdict expected")
