"""What an import says in a record of its data sets: a partial statement of coverage for each, whose days later rows carry further."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import Span
from timeline.importing.profiles import LEADS
from timeline.model import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.importing.run import Seen
    from timeline.model import Store

OWN_ORIGIN = "timeline"  # our own flat form, whose events come from elsewhere
UNCOVERED = frozenset({OWN_ORIGIN, LEADS})  # leads cover nothing
_BEGIN = "Imported from "


class Covering(NamedTuple):
    """The statements of a record that are new or say more than they did, and the data sets whose statement does not reach their rows and is somebody's own."""

    statements: tuple[Coverage, ...] = ()
    left: tuple[str, ...] = ()


def covering(seen: "Iterable[Seen]", store: "Store") -> Covering:
    """What a record that is there is to say of data sets."""
    held = {statement.id: statement for statement in store.coverage}
    statements, left = [], []
    for one in seen:
        made = statement_of(one)
        was = held.get(made.id)
        if not one.visitors or made.id in UNCOVERED or (was and _reaches(was, made)):
            continue
        if was is None:
            statements.append(made)
        elif was.how == "partial" and was.evidence.startswith(_BEGIN):
            statements.append(_widened(was, made))
        else:
            left.append(made.id)
    return Covering(tuple(statements), tuple(left))


def statement_of(seen: "Seen") -> Coverage:
    """Partial, whatever the data set says of itself: these files may be a part of it, and rows may be in quarantine."""
    origin = seen.mapping.origin
    visitor, host = (next(iter(side)) if len(side) == 1 else "any" for side in (seen.visitors, seen.hosts))
    evidence = f"{_BEGIN}{origin.title}{f', {origin.publisher}' if origin.publisher else ''}. Whoever knows that the data set is complete for a period can say so here."
    return Coverage(origin.id, visitor, host, seen.span, how="partial", evidence=evidence)


def _reaches(was: Coverage, made: Coverage) -> bool:
    sides = was.visitor in ("any", made.visitor) and was.host in ("any", made.host)
    return sides and was.span.earliest <= made.span.earliest and made.span.latest <= was.span.latest


def _widened(was: Coverage, made: Coverage) -> Coverage:
    return was._replace(
        visitor=was.visitor if was.visitor == made.visitor else "any",
        host=was.host if was.host == made.host else "any",
        span=Span(min(was.span.earliest, made.span.earliest), max(was.span.latest, made.span.latest)),
    )
