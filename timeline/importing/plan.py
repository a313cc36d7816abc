"""What an import does to a store: which events are new, which have changed in their source, and what is left as it stands.

Each event cites the rows that it is from, and the citation ends with their identity: `[us-state-visits 2076 #1a2b3c4d.5e6f7a8b]` is the data set, the row, what
the row said, and what the event said when it was written. So a row is found again whatever its event is called. One that says what it said, by a mapping that
makes the same of it, is left alone with all that was done to its event by hand; and an event that was changed by hand is never overwritten.
"""

import hashlib
import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from timeline.changes import Change
from timeline.doubles import doubles
from timeline.ids import propose_id
from timeline.importing.covering import Covering, covering, statement_of
from timeline.importing.gather import said_by
from timeline.model import Store
from timeline.progress import watched
from timeline.spellings import spellings
from timeline.store.splice import Splice, insertions, replacements, restated
from timeline.store.write import coverage_fields, coverage_text, event_text, store_text
from timeline.tenures import name_keys
from timeline.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from timeline.changes import Snapshot
    from timeline.importing.gather import Group
    from timeline.importing.run import Seen
    from timeline.model import Coverage, Event, Source
    from timeline.progress import Watch

_TOKEN = re.compile(r" \[(?P<origin>[a-z0-9-]+) (?P<key>.+) #(?P<row>[0-9a-f]{8})\.(?P<event>[0-9a-f]{8})\]$")


class Token(NamedTuple):
    """The identity of a row, as the source of an event ends with it."""

    origin: str
    key: str
    row: str
    event: str


class Planned(NamedTuple):
    """The events to be put into a store, and rows counted by what happens to their event.

    `kept` are events changed both by hand and in the source, `regrouped` those whose rows stand in the store in other events; both are left alone.
    `gone` stand in the store from rows of these data sets that the files do not have, `waiting` from rows that the files have and that are quarantined. `doubles` are new events with ones that were there and may be the same,
    `spelled` are names in them that may be other spellings of a person of the store or of the import, each with that;
    `others` are changed events that would tell of another visit than they do, as where another file has the id of its source and the numbers of its rows;
    `covering` is what the store is to say of the data sets, where it was there before.
    """

    new: "tuple[Event, ...]"
    changed: "tuple[Event, ...]"
    unchanged: int
    kept: tuple[str, ...]
    regrouped: tuple[str, ...]
    gone: int
    doubles: tuple[tuple[str, str], ...] = ()
    covering: Covering = Covering()
    waiting: int = 0
    others: tuple[str, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()


def token_of(source: "Source") -> Token | None:
    match = _TOKEN.search(source.title)
    return Token(*match.groups()) if match else None


def planned(
    groups: "Sequence[Group]",
    snapshot: "Snapshot",
    refused: "Container[tuple[str, str]]" = (),
    seen: "Iterable[Seen]" = (),
) -> Planned:
    """Hold an import against what a store has; `refused` are the identities of rows that are quarantined, `seen` what its data sets are about."""
    store = snapshot.store
    held = {event.id: [token for source in event.sources if (token := token_of(source))] for event in store.events}
    by_row = {(token.origin, token.key): key for key, tokens in held.items() for token in tokens}
    taken, words = set(store.by_id), store.vocabulary
    new, changed, kept, regrouped, found, unchanged, others = [], [], [], [], set[str](), 0, []
    for group in groups:
        rows = {(draft.origin, draft.key): draft.digest for draft in group.drafts}
        there = {by_row[row] for row in rows if row in by_row} | ({group.event.id} & store.by_id.keys())
        found |= there
        if not there:
            key = group.event.id or propose_id(group.event, taken, words)
            taken.add(key)
            new.append(cited(group.event._replace(id=key), group))
            continue
        was = store.by_id[min(there)]
        tokens = {} if group.event.id else {(token.origin, token.key): token for token in held[was.id]}
        if len(there) > 1 or not tokens.keys() <= rows.keys():
            regrouped.append(min(there))
        elif _stands(group, was, tokens, rows):
            unchanged += 1
        elif any(token.event != fingerprint(was) for token in tokens.values()):
            kept.append(was.id)
        else:
            changed.append(cited(group.event._replace(id=was.id), group))
            others += [was.id] if _another(was, group.event) else []
    origins = {draft.origin for group in groups for draft in group.drafts}
    gone, waiting = _lacking((tokens for key, tokens in held.items() if key not in found), origins, refused)
    moved = bool(snapshot.texts and (new or changed))  # what stands as it stood says no more of its data sets, either
    return Planned(
        tuple(new),
        tuple(changed),
        unchanged,
        tuple(kept),
        tuple(regrouped),
        gone,
        _doubles(new, store),
        covering(seen, store) if moved else Covering(),
        waiting,
        tuple(others),
        _spelled([*new, *changed], store),
    )


def _another(was: "Event", event: "Event") -> bool:
    """Whether two of these three have nothing in common: who went where, the people, the start. A correction changes one of them."""
    people = [set(name_keys(person.name for person in one.people)) for one in (was, event)]
    start, other = was.date.start, event.date.start
    apart = start.latest < other.earliest or other.latest < start.earliest
    return (was.direction != event.direction) + people[0].isdisjoint(people[1]) + apart > 1


def _lacking(
    events: "Iterable[list[Token]]", origins: "Container[str]", refused: "Container[tuple[str, str]]"
) -> tuple[int, int]:
    """Of events that no row has come for, by their tokens, how many are gone from these data sets, and how many wait in quarantine."""
    waits = [
        any((token.origin, token.key) in refused for token in tokens)
        for tokens in events
        if tokens and tokens[0].origin in origins
    ]
    return waits.count(False), waits.count(True)


def _spelled(fresh: "Sequence[Event]", store: Store) -> tuple[tuple[str, str], ...]:
    ids = {event.id for event in fresh}
    names = {person.name for event in fresh for person in event.people}
    everything = sorted((*(e for e in store.events if e.id not in ids), *fresh), key=lambda event: event.order)
    found = spellings(everything, store.vocabulary) if fresh else ()
    return tuple((one.name, one.other) for one in found if not names.isdisjoint((one.name, one.other)))


def _doubles(new: "Sequence[Event]", store: Store) -> tuple[tuple[str, str], ...]:
    """New events with those of the store that may tell the same."""
    everything = sorted((*store.events, *new), key=lambda event: event.order)
    pairs = doubles(everything) if store.events and new else ()
    added = {event.id for event in new}
    return tuple((one.id, other.id) for one, other in pairs if (one.id in added) != (other.id in added))


def _stands(
    group: "Group", was: "Event", tokens: "dict[tuple[str, str], Token]", rows: "dict[tuple[str, str], str]"
) -> bool:
    """Whether an event is from these rows and no others, they say what they said, and the mapping makes of them what it made."""
    if not tokens:
        return was._replace(origin=group.event.origin) == group.event
    made = fingerprint(group.event)
    same = all(token.event == made for token in tokens.values())
    return same and {row: token.row for row, token in tokens.items()} == rows


def cited(event: "Event", group: "Group") -> "Event":
    """The event with the identity of its rows behind the title of their source. One that has an id of its own cites what it cites."""
    if group.event.id:
        return event
    print_ = fingerprint(event)
    own: list[Source] = []
    for draft in group.drafts:
        first, *_ = draft.event.sources
        own.append(first._replace(title=f"{first.title} [{draft.origin} {draft.key} #{draft.digest}.{print_}]"))
    others = [source for draft in group.drafts for source in draft.event.sources[1:]]
    return event._replace(sources=tuple(dict.fromkeys((*own, *others))))


def fingerprint(event: "Event") -> str:
    """What an event says, in short; its id and its sources are left out."""
    return hashlib.sha256(repr(said_by(event)).encode()).hexdigest()[:8]


def change(
    plan: Planned, snapshot: "Snapshot", file: str, head: str, command: str, watch: "Watch | None" = None
) -> Change:
    """The splices that put a plan into one file of a store; `head` begins a file that is not there yet. `watch` is told how many events are laid out."""
    text = snapshot.texts.get(file, "")
    events = sorted(plan.new, key=lambda event: event.order)
    told = watched(events, watch)
    ids = frozenset(event.id for event in (*events, *plan.changed))
    if not text:
        body = "".join("\n" + event_text(event) for event in told)
        made = Change(command, file, "", (), ids, tuple(events))
        return replace(made, splices=(Splice(0, 0, f"{head}\nevents:\n{body}"),))
    blocks = list(_placed(snapshot, file, told))
    splices = [
        *_stated(snapshot, text, plan.covering.statements),
        *(insertions(text, blocks) if blocks else ()),
        *(replacements(text, {e.id: event_text(e) for e in plan.changed}) if plan.changed else ()),
    ]
    made = Change(command, file, text, tuple(splices), ids, (*events, *plan.changed))
    return replace(made, coverage=plan.covering.statements)


def _stated(snapshot: "Snapshot", text: str, statements: "Sequence[Coverage]") -> "Iterator[Splice]":
    """Statements of coverage that are new, behind those of the file, and those that say more than they did."""
    there = {statement.id: statement for statement in snapshot.store.coverage}
    new = [(None, coverage_text(one)) for one in statements if one.id not in there]
    yield from insertions(text, new, "coverage") if new else ()
    for one in statements:
        if was := there.get(one.id):
            before, after = coverage_fields(was), coverage_fields(one)
            yield from restated(text, one.id, {key: after[key] for key in after if after[key] != before[key]})


def new_head(seen: "Sequence[Seen]") -> str:
    """The begin of a record that is made from data sets: what they are, and that nothing follows from what they lack. Leads, of which nothing was seen to have happened, cover nothing."""
    origins = [one.mapping.origin for one in seen]
    made = Store(
        (),
        shipped(),
        tuple(statement_of(one) for one in seen if one.visitors),
        title="; ".join(origin.title for origin in origins),
        licence=" AND ".join(dict.fromkeys(origin.licence for origin in origins if origin.licence)),
    )
    return store_text((), made).removesuffix("\nevents:\n")


def _placed(snapshot: "Snapshot", file: str, events: "Iterable[Event]") -> "Iterator[tuple[str | None, str]]":
    """Each new event with the first of the file that is later."""
    there = sorted(
        (event for event in snapshot.store.events if event.origin.file == file), key=lambda event: event.origin.line
    )
    highest = list(accumulate((event.order for event in there), max))
    for event in events:
        number = bisect_right(highest, event.order)
        yield (there[number].id if number < len(there) else None), event_text(event)
