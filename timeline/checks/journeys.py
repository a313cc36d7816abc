"""Journeys that may be one, that cannot both be, and states that were not there."""

from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, parse_when
from timeline.doubles import NEAR, doubles
from timeline.tenures import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Store


def duplicates(case: Case) -> "Iterator[Finding]":
    for later, earlier in doubles(case.store.events):
        what = "the journey of" if later.type == "visit" else "the same as"
        alike = "same direction, same person" if later.type == "visit" else "same actors, same title"
        dates = f"{later.date.text} and {earlier.date.text}"
        yield Finding(later, f"may be {what} {earlier.id}: {alike}, {dates}", earlier)


def overlap(case: Case) -> "Iterator[Finding]":
    """One person in two countries. To leave one for the other on a day is possible, so two shared days are needed, or one within the other."""
    told = set[tuple[str, str]]()
    for visits in _by_person(case.store).values():
        known = [(days, event) for event in visits if (days := _known_days(event)) and event.kind != "transit"]
        known.sort(key=lambda pair: (pair[0], pair[1].id))
        for number, (days, event) in enumerate(known):
            for others, other in known[number + 1 :]:
                if others.earliest > days.latest:
                    break
                if event.host != other.host and _both(days, others) and (event.id, other.id) not in told:
                    told.add((event.id, other.id))
                    yield Finding(
                        other,
                        f"{_who(event, other)} is also in {_host(event, case.store)} ({event.id}, {event.date.text})",
                        event,
                    )


def _both(days: Span, others: Span) -> bool:
    shared = min(days.latest, others.latest) - max(days.earliest, others.earliest)
    within = others.exact and days.earliest < others.earliest < days.latest
    return shared > 0 or within


def _known_days(event: "Event") -> Span | None:
    """The days on which a journey was surely under way, where its first day is known; one day where its end is not."""
    start, end = event.date.start, event.date.end
    if not start.exact or event.date.approximate or event.date.uncertain or start.earliest == NEVER_BEFORE:
        return None
    return Span(start.earliest, end.earliest if end.latest != NEVER_AFTER else start.earliest)


def _who(event: "Event", other: "Event") -> str:
    keys = name_keys(person.name for person in event.people)
    return next(person.name for person in other.people if name_keys([person.name]) & keys)


def _host(event: "Event", store: "Store") -> str:
    return store.vocabulary.actors[event.host].name


def _by_person(store: "Store") -> "dict[tuple[str, str], list[Event]]":
    """Visits that happened or are said to, by person and visitor, oldest first."""
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in store.events:
        if event.type == "visit" and event.status in ("happened", "candidate"):
            for key in name_keys(person.name for person in event.people):
                groups[(key, event.visitor)].append(event)
    return groups


def successions(case: Case) -> "Iterator[Finding]":
    actors = case.store.vocabulary.actors
    for event in case.store.events:
        for slug in event.involved:
            actor = actors[slug]
            early = actor.from_ and event.date.end.latest < parse_when(actor.from_).start.earliest
            late = actor.to and event.date.start.earliest > parse_when(actor.to).start.latest
            if early or late:
                successors = f"; since then: {', '.join(actor.successors)}" if late and actor.successors else ""
                yield Finding(
                    event,
                    f"{event.id}: {actor.name} existed from {actor.from_ or '…'} to {actor.to or '…'}{successors}",
                )


CHECKS = (
    Check(
        "duplicates",
        "warning",
        f"two visits in one direction with a person in common, known to the day or the month, that may lie within {NEAR} days of each other, and are not known to be apart; or two other such events of one type, with the same actors and title",
        "date: 2019-06-20/2019-06-21 and date: 2019-06, both of Xi Jinping to North Korea",
        "make them one event with all its people; if they are two, tag one of them ok-duplicates",
        duplicates,
    ),
    Check(
        "overlap",
        "warning",
        "one person in two countries at once: two shared days, or one day within another journey. Transits are passed over",
        "Xi Jinping in Russia 2019-06-05/2019-06-08 and in Japan 2019-06-06/2019-06-07",
        "correct the dates; if one journey lies within the other, tag one of them ok-overlap",
        overlap,
    ),
    Check(
        "successions",
        "error",
        "actors that did not exist on the day of the event",
        "visitor: soviet-union with date: 1995",
        "name the state of that day",
        successions,
    ),
)
