"""Changes of a record, planned: which file, which splices, what to warn of. Values in, values out; `timeline.store.save` writes.

Every plan is held against its promise before anything is written: `timeline.promises`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.errors import ChangeError, StoreError, UsageError, did_you_mean
from timeline.store import load_texts
from timeline.store.folder import RECORD, is_bare, new_text
from timeline.store.marks import REFERENCES
from timeline.store.rules import ID, ID_RULE
from timeline.store.splice import (
    Field,
    Splice,
    block_of,
    comments_in,
    field_splices,
    insertions,
    kept_field,
    naming,
    removal,
    renaming,
    replacement,
    spliced,
    stands_below_a_comment,
)
from timeline.store.undo import digest
from timeline.store.write import event_text, field_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from timeline.model import Coverage, Event, PublishedClaim, Source, Store
    from timeline.store.undo import Entry, Home, Journal, Patch

IS_CSV = "is CSV, which is for spreadsheets; changes are made in YAML: timeline export -o events.yaml"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store as it was read, with the text of each of its files, the files and folders that were named, and files of claims about it that are no part of it."""

    store: "Store"
    texts: "dict[str, str]"
    paths: tuple[str, ...] = ()
    claims: "Mapping[str, str]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be changed in one file. One that is not there has no text: a change may make a file, or take it away."""

    file: str
    before: str
    splices: tuple[Splice, ...]

    @property
    def after(self) -> str:
        return spliced(self.before, self.splices)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed in a file, and with it in others. `ids` are the events that may differ, `events` what must stand there then, and so `coverage`, statements that are new or differ; `claims` whether claims may differ.

    With a `step` it is one in that journal: back or forth to texts that were there before.
    """

    command: str
    file: str
    before: str
    splices: tuple[Splice, ...]
    ids: frozenset[str]
    events: "tuple[Event, ...]" = ()
    coverage: "tuple[Coverage, ...]" = ()
    claims: bool = False
    warnings: tuple[str, ...] = ()
    others: tuple[Part, ...] = ()
    step: "tuple[Home, Journal] | None" = None

    @property
    def after(self) -> str:
        return spliced(self.before, self.splices)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.file, self.before, self.splices), *self.others)

    @property
    def files(self) -> str:
        return ", ".join(part.file for part in self.parts)


def add(snapshot: Snapshot, events: "Sequence[Event]", file: str | None = None) -> Change:
    """New events, each before the first later one of its file; where every event has a file of its own, together in a new one."""
    for number, event in enumerate(events):
        if event.id in snapshot.store.by_id or any(event.id == other.id for other in events[:number]):
            raise UsageError(f"{event.id} is in the record already; give another id, or: timeline edit {event.id}")
    ordered = sorted(events, key=lambda event: event.order)
    own = _own_file(snapshot, ordered[0].id) if file is None else None
    files = {own or _file_for(snapshot, event, file) for event in events}
    if len(files) > 1:
        raise UsageError(
            f"the events belong in several files ({', '.join(sorted(files))}); add them one by one, or say --file"
        )
    name, store = files.pop(), snapshot.store
    there = sorted((e for e in store.events if e.origin.file == name), key=lambda e: e.origin.line)
    blocks = [(_later(there, event), event_text(event)) for event in ordered]
    text = snapshot.texts.get(name, "")
    splices = insertions(text, blocks) if text else [Splice(0, 0, new_text("\n".join(block for _, block in blocks)))]
    ids = frozenset(event.id for event in events)
    command = f"add {_few([event.id for event in ordered])}"
    return Change(command, name, text, tuple(splices), ids, tuple(ordered))


def edit(snapshot: Snapshot, event: "Event", values: "Mapping[str, Any]") -> Change:
    """Other values for some fields, as the model has them; None takes a field out. With another date the event goes to its place in order."""
    defaults = type(event)("", event.date)
    new = event._replace(**{key: getattr(defaults, key) if value is None else value for key, value in values.items()})
    text = snapshot.texts[event.origin.file]
    fields = {key: Field(field_text(new, key), field_text(new, key, folded=False)) for key in values}
    splices = field_splices(text, {event.id: (fields, partial(event_text, new))})
    splices = [splice for splice in splices if text[splice.start : splice.end] != splice.text]
    change = Change(
        f"edit {event.id}: {', '.join(values)}", event.origin.file, text, tuple(splices), frozenset((event.id,)), (new,)
    )
    if "date" in values:
        change = _in_order(snapshot, change, new, _movable(change.after, new))
    return replace(change, warnings=(*change.warnings, *_lost_comments(change, event.id)))


def _movable(text: str, event: "Event") -> str:
    """The lines of an event for another place, its last field written anew where the blank lines below it are part of what it says."""
    if key := kept_field(text, event.id):
        field = Field(field_text(event, key), field_text(event, key, folded=False))
        text = spliced(text, field_splices(text, {event.id: ({key: field}, partial(event_text, event))}))
    return block_of(text, event.id)


def _lost_comments(change: Change, event: str) -> "Iterator[str]":
    """What to say of comments that stood in the old texts of an event and do not stand in the new ones."""
    if not any("#" in change.before[splice.start : splice.end] for splice in change.splices):
        return
    lost = Counter(comments_in(change.before, event)) - Counter(comments_in(change.after, event))
    if lost:
        yield f"{event}: what stood in the old text as a comment goes with it: {'; '.join(lost.elements())}"


def accept(snapshot: Snapshot, events: "Sequence[Event]") -> Change:
    """Candidates of one file happened: their status goes."""
    files = {event.origin.file for event in events}
    if len(files) > 1:
        raise UsageError(
            f"the candidates are in several files ({', '.join(sorted(files))}); accept those of one at a time"
        )
    first, *others = (edit(snapshot, event, {"status": None}) for event in events)
    changes = (first, *others)
    return replace(
        first,
        command=f"edit {_few([event.id for event in events])}: status",
        splices=tuple(sorted((splice for one in changes for splice in one.splices), key=lambda splice: splice.start)),
        ids=frozenset(event.id for event in events),
        events=tuple(event for one in changes for event in one.events),
        warnings=tuple(warning for one in changes for warning in one.warnings),
    )


def add_sources(snapshot: Snapshot, found: "Mapping[str, Sequence[Source]]") -> Change:
    """More sources for events of one file, by id, behind those that they have."""
    events = [e._replace(sources=(*e.sources, *found[e.id])) for e in snapshot.store.events if e.id in found]
    files = {event.origin.file for event in events}
    if len(files) > 1:
        raise UsageError(f"the events are in several files ({', '.join(sorted(files))}); name one of them with --file")
    file = files.pop()
    if file.endswith(".csv"):
        raise UsageError(f"{file} {IS_CSV}")
    text = snapshot.texts[file]
    fields = {
        e.id: (
            {"sources": Field(field_text(e, "sources"), field_text(e, "sources", folded=False))},
            partial(event_text, e),
        )
        for e in events
    }
    command = f"edit {_few([event.id for event in events])}: sources"
    splices = tuple(field_splices(text, fields))
    return Change(command, file, text, splices, frozenset(fields), tuple(events))


def _few(ids: "Sequence[str]") -> str:
    return f"{', '.join(ids[:3])}{f' and {len(ids) - 3} more' if len(ids) > 3 else ''}"


def rewrite(snapshot: Snapshot, event: "Event", block: str, events: "Sequence[Event]") -> Change:
    """Another text for an event, as somebody has written it, with the events that are in it. A single one goes to its place in order, and claims follow its id."""
    others = [one.id for one in events]
    for number, one in enumerate(others):
        if one in others[:number] or (one != event.id and one in snapshot.store.by_id):
            raise UsageError(f"{one} is the id of another event")
    text = snapshot.texts[event.origin.file]
    splices, ids = (replacement(text, event.id, block),), frozenset((event.id, *others))
    change = Change(f"edit {event.id}", event.origin.file, text, splices, ids, tuple(events))
    if len(events) != 1:
        return change if event.id in others else replace(change, warnings=tuple(_left_behind(snapshot, event.id)))
    (new,) = events
    if new.date != event.date:
        change = _in_order(snapshot, change, new._replace(origin=event.origin), block)
    return change if new.id == event.id else _followed(snapshot, change, event, new.id)


def remove(snapshot: Snapshot, event: "Event") -> Change:
    text = snapshot.texts[event.origin.file]
    warnings = tuple(_left_behind(snapshot, event.id))
    splices = (removal(text, event.id),)
    if is_bare(spliced(text, splices)) and _own_folder(snapshot) == Path(event.origin.file).parent:
        splices = (Splice(0, len(text), ""),)
    return Change(f"remove {event.id}", event.origin.file, text, splices, frozenset((event.id,)), warnings=warnings)


def rename(snapshot: Snapshot, event: "Event", new: str) -> Change:
    """Another id, in the event and in the claims that refer to it."""
    if not re.fullmatch(ID, new):
        raise UsageError(f"{new!r} cannot be an id; {ID_RULE}")
    if new in snapshot.store.by_id:
        raise UsageError(f"{new} is {'its id already' if new == event.id else 'the id of another event'}")
    name, text = event.origin.file, snapshot.texts[event.origin.file]
    splices, ids = (naming(text, event.id, new),), frozenset((event.id, new))
    renamed = (event._replace(id=new),)
    return _followed(snapshot, Change(f"rename {event.id} to {new}", name, text, splices, ids, renamed), event, new)


def _followed(snapshot: Snapshot, change: Change, event: "Event", new: str) -> Change:
    """A change that gives an event another id, with the claims of its file or folder that refer to it; of others it warns."""
    ours, folder = event.origin.file, Path(event.origin.file).parent
    together = folder in map(Path, snapshot.paths)
    own = _own_files(snapshot)
    follow = {c.origin.file for c in _referring(snapshot.store, event.id, own)}
    files = [name for name in sorted(follow - {ours}) if together and Path(name).parent == folder]
    named = {text for c in snapshot.store.claims if c.record in own for text in c.fields.get("record", ())}
    parts = {name: tuple(renaming(snapshot.texts[name], event.id, new, named)) for name in (ours, *files)}
    others = tuple(Part(name, snapshot.texts[name], parts[name]) for name in files)
    warnings = (*change.warnings, *_left_behind(snapshot, event.id, parts, new))
    splices = (*change.splices, *parts[ours])
    return replace(change, splices=splices, claims=True, warnings=warnings, others=others)


def travel(
    snapshot: Snapshot, home: "Home", journal: "Journal", steps: "Sequence[tuple[Entry, Patch]]", *, back: bool
) -> Change:
    """The entries of one command in a journal undone, or made again. Raises ChangeError where a file is not what its entry left."""
    verb, entry = "undo" if back else "redo", steps[0][0]
    number, way = journal.entries.index(entry), -1 if back else 1
    moved = replace(journal, at=number + back, to=number + back + way * len(steps))
    first, *others = [_step(snapshot, home.file(entry), entry, patch, back=back) for entry, patch in steps]
    command = f"{verb} {entry.command}"
    return Change(
        command, first.file, first.before, first.splices, frozenset(), others=tuple(others), step=(home, moved)
    )


def _step(snapshot: Snapshot, file: str, entry: "Entry", patch: "Patch", *, back: bool) -> Part:
    text = snapshot.texts.get(file, "")
    here, there = (entry.after, entry.before) if back else (entry.before, entry.after)
    if digest(text.encode()) != here:
        raise ChangeError(
            f"{file} was changed since by something else, so '{entry.command}' cannot be {'un' if back else 're'}done. Nothing was changed"
        )
    splice = patch.splice(back=back)
    if digest(spliced(text, [splice]).encode()) != there:
        raise ChangeError(f"{file}: the undo entry is damaged. Nothing was changed")
    return Part(file, text, (splice,))


def _later(there: "Sequence[Event]", event: "Event") -> str | None:
    """The first event of a file, as it stands there, that is later."""
    return next((other.id for other in there if other.order > event.order), None)


def _own_folder(snapshot: Snapshot) -> Path | None:
    """The folder of the record in which every event has a file of its own, if there is one."""
    return next((Path(path) for path in snapshot.paths if str(Path(path) / RECORD) in snapshot.texts), None)


def _own_file(snapshot: Snapshot, id_: str) -> str | None:
    """The name of a new file for an event, where each has its own."""
    if (folder := _own_folder(snapshot)) is None:
        return None
    names = (str(folder / f"{id_}{'' if number == 1 else f'_{number}'}.yaml") for number in count(1))
    return next(name for name in names if name not in snapshot.texts)


def _file_for(snapshot: Snapshot, event: "Event", asked: str | None) -> str:
    """The file asked for, or the one whose events lie around the date of the new one, or nearest to it."""
    files = [name for name in snapshot.texts if not name.endswith(".csv")]
    if asked is not None:
        if asked not in files:
            raise UsageError(
                f"--file: the record has no YAML file {asked!r}{did_you_mean(asked, files)} (it has: {', '.join(files)})"
            )
        return asked
    if not files:
        raise UsageError(f"the record {IS_CSV}")
    spans = {name: _span(snapshot.store, name) for name in files}
    used = [name for name in files if spans[name]] or files
    return min(used, key=lambda name: _distance(spans[name], event.date.start.earliest))


def _span(store: "Store", name: str) -> tuple[int, ...]:
    days = [e.date.start.earliest for e in store.events if e.origin.file == name]
    return (min(days), max(days)) if days else ()


def _distance(span: tuple[int, ...], day: int) -> tuple[int, int]:
    """Days outside the span, then its length: of two that lie around a day the closer one."""
    return (max(span[0] - day, day - span[1], 0), span[1] - span[0]) if span else (0, 0)


def _in_order(snapshot: Snapshot, change: Change, event: "Event", block: str) -> Change:
    """A change of one event with its block moved before the first later one, where by its new date it would not stand in order any more."""
    there = sorted((e for e in snapshot.store.events if e.origin.file == change.file), key=lambda e: e.origin.line)
    place = next(number for number, other in enumerate(there) if other.origin == event.origin)
    before, after = there[:place], there[place + 1 :]
    if not (any(e.order > event.order for e in before[-1:]) or any(e.order < event.order for e in after[:1])):
        return change
    old, text = there[place].id, change.before
    warning = f"{event.id} is moved to its place in order; the comment above it stays where it is"
    warnings = (warning,) if stands_below_a_comment(text, old) else ()
    splices = (removal(text, old), *insertions(text, [(_later([*before, *after], event), block)]))
    return replace(change, splices=splices, warnings=(*change.warnings, *warnings))


def _own_files(snapshot: Snapshot) -> frozenset[str]:
    """The files and folders of a record, as a claim may name them."""
    return frozenset(map(normpath, (*snapshot.texts, *snapshot.paths)))


def _referring(store: "Store", event: str, own: "Collection[str]") -> "list[PublishedClaim]":
    """The claims about this record, of the files `own`, that name an event; not those about another record."""
    ours = [claim for claim in store.claims if not claim.record or claim.record in own]
    return [claim for claim in ours if any(event in claim.fields.get(key, ()) for key in REFERENCES)]


def _left_behind(snapshot: Snapshot, event: str, followed: "Collection[str]" = (), new: str = "") -> "Iterator[str]":
    """What to warn of where an event has its id no more: the claims that refer to it, but in files where they follow it to a `new` one."""
    found: dict[str, list[str]] = {}
    own = _own_files(snapshot)
    for claim in _referring(snapshot.store, event, own):
        found.setdefault(claim.origin.file, []).append(claim.id)
    for name, text in snapshot.claims.items():
        try:
            found |= {name: [claim.id for claim in _referring(load_texts([(name, text)]), event, own)]}
        except StoreError:
            yield f"{name} cannot be read, so its claims may refer to {event}: timeline check {name}"
    for name, claims in found.items():
        if claims and name not in followed:
            remedy = f"; write {new} there" if new else ""
            yield f"claims of {name} refer to {event}: {', '.join(claims)}{remedy}"
