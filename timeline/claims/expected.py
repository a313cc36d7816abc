"""Claims as assertions: an edit of the record that changes the verdict expected of a published claim is a problem, as a balance that no longer holds is in accounting."""

from typing import TYPE_CHECKING

from timeline.claims.fields import read_claim
from timeline.claims.verdict import judge
from timeline.errors import Problem, StoreError
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Store


def unexpected(store: "Store", as_of: int) -> "Iterator[Problem]":
    """A problem for each claim of a store that cannot be read, or whose verdict is not the one expected of it; one for claims that stand beside no events."""
    if store.claims and not store.events:
        first = store.claims[0].origin
        message = f"{plural(len(store.claims), 'claim')} and no events: nothing can be said of them"
        remedy = f"name the record that they are about beside it: timeline check --store events.yaml {first.file}"
        yield Problem(first.file, first.line, 1, "claims", message, remedy)
        return
    for published in store.claims:
        try:
            claim = read_claim(published, store)
        except StoreError as error:
            yield from error.problems
            continue
        found = judge(claim, store, as_of, plain=True)
        if claim.expected and found.verdict != claim.expected:
            message = f"{claim.id}: expected {claim.expected}, found {found.verdict}: {found.main.finding.reason}"
            yield Problem(
                published.origin.file,
                published.origin.line,
                1,
                "claims",
                message,
                "see what the record changed, or correct the verdict expected",
                f"- id: {claim.id}",
            )
