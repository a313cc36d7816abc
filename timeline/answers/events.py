"""`list` and `show`: events as a table, and everything known of one."""

from typing import TYPE_CHECKING

from timeline.answer import Answer, Block, Blocks, Column, Facts, Grid, Heading, Line
from timeline.dates import Days
from timeline.query import in_scope, unsaid
from timeline.scope import direction_words, scope_line, scope_values
from timeline.store.flat import COLUMNS, record
from timeline.text import both, date_text, day_text, either, names, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.gaps import Gap
    from timeline.model import Event, Person, Source, Store
    from timeline.neighbours import Neighbours
    from timeline.query import Query
    from timeline.vocabulary import Vocabulary

NAMED = 4  # events named in one remark
UNSAID = "who came along, whom they met, where they were or of what kind they were is not on record"
LIST_COLUMNS = (
    Column("Date", style="date"),
    Column("Direction", worth=8, least=19),
    Column("Who", least=26, style="strong"),
    Column("Place", worth=5, least=9),
    Column("Kind", worth=6, least=8),
    Column("Occasion", worth=3, least=24),
    Column("Id", worth=0, style="dim"),
)


def list_answer(
    events: "Sequence[Event]",
    query: "Query",
    store: "Store",
    borderline: "Sequence[Event]" = (),
    mark: str = " marked *",
) -> Answer:
    """The events of a scope. `borderline` are those whose dates may lie outside the period asked for; `mark` says how what is weak is marked."""
    vocabulary = store.vocabulary
    what = "visit" if not query.types or query.types == ("visit",) else "event"
    remarks = [f"{plural(len(events), what)} · {scope_line(query, vocabulary)}"]
    if not events and (perhaps := unsaid(store.events, query, vocabulary)):
        remarks.append(unsaid_words(perhaps))
    if borderline:
        remarks.append(f"in or outside the period, their dates do not say: {both(event.id for event in borderline)}")
    if weak := [e for e in events if e.support != "confirmed"]:
        remarks.append(
            f"{plural(len(weak), what)}{mark} {'rests' if len(weak) == 1 else 'rest'} on memory or on sources that disagree (timeline show ID)"
        )
    return Answer(
        "list",
        [record(event, vocabulary) for event in events],
        Blocks(lambda: [_table(events, query, vocabulary)]),
        scope_values(query),
        {"count": len(events), "borderline": [event.id for event in borderline]},
        remarks=tuple(remarks),
        keys=tuple(COLUMNS),
    )


def _table(events: "Sequence[Event]", query: "Query", vocabulary: "Vocabulary") -> Grid:
    marks = {i: "warn" for i, event in enumerate(events) if event.support != "confirmed"}
    return Grid(LIST_COLUMNS, tuple(_row(event, query, vocabulary) for event in events), marks)


def few(events: "Sequence[Event]") -> str:
    """The ids of some events, of many the latest."""
    ids = [event.id for event in events[-NAMED:]]
    more = len(events) - NAMED
    return both([*ids, f"{more} earlier {'one' if more == 1 else 'ones'}"] if more > 0 else ids)


def left_out(later: "Sequence[Event]", noun: str, as_of: int) -> str:
    """That some events after the day asked for are not in an answer."""
    return f"{plural(len(later), noun)} after {day_text(as_of)} left out: {few(later)}"


def unsaid_words(events: "Sequence[Event]") -> str:
    """That some visits may belong to a scope, and what the record would have to say."""
    return f"Of {few(events)} the record does not say whether they are in this scope: {UNSAID}."


def _row(event: "Event", query: "Query", vocabulary: "Vocabulary") -> tuple[str, ...]:
    star = "" if event.support == "confirmed" else " *"
    if event.type == "visit":
        direction = direction_words(event.direction, vocabulary)
        return (
            date_text(event.date) + star,
            direction,
            who(event.people, in_scope(event, query, vocabulary)),
            ", ".join(event.places),
            event.kind,
            event.occasion,
            event.id,
        )
    actors = both(vocabulary.actors[actor].name for actor in event.actors)
    return (
        date_text(event.date) + star,
        actors,
        event.title,
        ", ".join(event.places),
        event.type,
        event.occasion,
        event.id,
    )


def who(people: "Sequence[Person]", asked: "Sequence[Person]" = ()) -> str:
    """Who headed a party, with the office in words, and how many are named beside.

    Where some are asked for, they stand first, and after them with whom they went.
    """
    heads = [person for person in people if person.role == "heads"] or list(people)
    named = [person for person in people if person in asked] or heads
    text = "; ".join(f"{person.name}, {person.title}" if person.title else person.name for person in named)
    beside = both(person.name for person in heads if person not in named)
    others = sum(person not in named and person not in heads for person in people)
    rest = ", ".join(filter(None, (f"with {beside}" if beside else "", f"+{others}" if others else "")))
    return f"{text} ({rest})" if rest else text


def show_answer(event: "Event", store: "Store", near: "Neighbours | None", more: "Sequence[Block]" = ()) -> Answer:
    """Everything known of one event; `near` is what stands before and after it, `more` what can be said of it."""
    vocabulary = store.vocabulary
    title = names(event) if event.type == "visit" else event.title
    blocks: list[Block] = [
        Heading(f"{title}, {date_text(event.date)}", 1),
        Facts(tuple(pair for pair in _facts(event, vocabulary) if pair[1])),
    ]
    if event.note:
        blocks += [Heading("Note"), Line(event.note)]
    blocks += [Heading("Sources"), sources_block(event.sources)]
    if pairs := tuple(_beside(event, near)) if near else ():
        blocks += [Heading("Before and after"), Facts(pairs)]
    blocks += more
    return Answer("show", [record(event, vocabulary)], tuple(blocks), {"id": event.id}, keys=tuple(COLUMNS))


def _facts(event: "Event", vocabulary: "Vocabulary") -> "Iterable[tuple[str, str]]":
    yield "id", event.id
    if event.type == "visit":
        yield "direction", direction_words(event.direction, vocabulary)
    else:
        yield "type", event.type
        yield "actors", both(vocabulary.actors[actor].name for actor in event.actors)
    yield "date", f"{date_text(event.date)} ({event.date.text})"
    for number, person in enumerate(event.people):
        yield "" if number else "people", _person(person, vocabulary)
    yield "kind", event.kind
    yield "status", "" if event.status == "happened" else event.status
    yield "places", ", ".join(event.places)
    yield "met", ", ".join(event.met)
    yield "occasion", event.occasion
    yield "tags", ", ".join(event.tags)
    yield "support", event.support


def _person(person: "Person", vocabulary: "Vocabulary") -> str:
    offices = ", ".join(vocabulary.offices[office].id for office in person.offices)
    rank = f", No. {person.party_rank} in the party" if person.party_rank else ""
    role = "" if person.role == "heads" else ", accompanying"
    title = f", {person.title}" if person.title else ""
    return f"{person.name}{title}{rank}{role}{f' [{offices}]' if offices else ''}"


def source_text(source: "Source") -> str:
    """One source on one line: title, publisher, date, address."""
    return ", ".join(filter(None, (source.title, source.publisher, source.date, source.url)))


def cited(event: "Event", most: int) -> "Iterator[tuple[str, str]]":
    """The id of an event with its first sources, at most so many, each as a text."""
    texts = [source_text(source) for source in event.sources[:most]]
    for number, text in enumerate(texts or ["no source is named"]):
        yield "" if number else event.id, text


def sources_block(sources: "Sequence[Source]") -> Block:
    if not sources:
        return Line("None is named; find one before relying on this event.", "warn")
    return Facts(tuple((str(number), source_text(source)) for number, source in enumerate(sources, 1)))


def _beside(event: "Event", near: "Neighbours") -> "Iterator[tuple[str, str]]":
    """The visit before and the one after, or, where coarse dates leave it open, those that may be; then how long there was none."""
    undecided = near.either
    if near.before and any(other not in undecided for other in near.may_precede):
        first = "" if near.before.certain else ", or it was the first"
        yield f"{near.before.text} after", f"{either(map(_named, near.may_precede))}{first}"
    if undecided:
        yield "before or after", f"{both(map(_named, undecided))}: which came first, coarse dates do not say"
    if any(other not in undecided for other in near.may_follow):
        yield f"{near.next.text} before" if near.next else "before", either(map(_named, near.may_follow))
    if gap := near.still_open:
        others = [other for other in gap.may_precede if other is not event]
        last = f"; the last was this or {either(map(_named, others))}" if others else ""
        yield "since the last" if others else "since then", f"{_open_text(gap)}{last}"


def _named(event: "Event") -> str:
    return f"{names(event)}, {date_text(event.date)} ({event.id})"


def _open_text(gap: "Gap") -> str:
    """How long there was no other, to what day, and how far the record knows that."""
    day, near = f"to {day_text(gap.longest.end)}", " (the record is only near complete)" if gap.near else ""
    if gap.covered:
        return f"{gap.text} {day} without another{near}"
    elapsed = f"{gap.elapsed.text} {day}"
    if not gap.shortest.days:
        return f"{elapsed}, unless there was one that the record misses"
    return f"at least {gap.least_text} without another{near}; {elapsed}, if none came after {day_text(gap.shortest.end)}, where the record ends"


def days_text(days: Days) -> str:
    """`5,849` or `366–667`."""
    if days.most is None:
        return f"{days.least:,}+"
    return f"{days.least:,}" if days.exact else f"{days.least:,}–{days.most:,}"
