"""Which visits stand right before and right after one, as far as coarse dates say."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.gaps import Gap
    from timeline.model import Event


class Neighbours(NamedTuple):
    """What stands next to one visit: the gap before it, and those after it: several where coarse dates leave open which visit comes next."""

    before: "Gap | None"
    after: "tuple[Gap, ...]"

    @property
    def may_precede(self) -> "tuple[Event, ...]":
        """The visits that may come right before it."""
        return self.before.may_precede if self.before else ()

    @property
    def may_follow(self) -> "tuple[Event, ...]":
        """The visits that may come right after it."""
        return tuple(gap.later for gap in self.after if gap.later)

    @property
    def either(self) -> "tuple[Event, ...]":
        """The visits that may come right before it or right after it: their dates do not say which."""
        after = {event.id for event in self.may_follow}
        return tuple(event for event in self.may_precede if event.id in after)

    @property
    def still_open(self) -> "Gap | None":
        """The gap still open, where it may be the last."""
        return next((gap for gap in self.after if gap.open), None)

    @property
    def next(self) -> "Gap | None":
        """The gap after it; None where it lies before none, or before one of several visits, so that its length is that of no one gap."""
        gap = self.after[0] if len(self.after) == 1 else None
        return None if gap is None or gap.rivals else gap


def neighbours_by_id(gaps: "Iterable[Gap]") -> dict[str, Neighbours]:
    """What stands next to each visit of a series, given its gaps with the one still open."""
    before: dict[str, Gap] = {}
    after: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.later is not None:
            before[gap.later.id] = gap
        for event in gap.may_precede:
            after.setdefault(event.id, []).append(gap)
    return {key: Neighbours(before.get(key), tuple(after.get(key, ()))) for key in (*before, *after)}
