"""Reading a record: files → a Store, all or nothing.

Every problem of every file is collected and raised at once. A visit that was skipped could make a false claim true, so nothing is answered from a store
that could not be read whole.
"""

import gc
from typing import TYPE_CHECKING, Any, BinaryIO

from timeline.errors import MOST, Enough, Problems, StoreError
from timeline.store.build import Builder
from timeline.store.files import has_rows, read_texts
from timeline.store.pieces import Named, Piece, Word, joined
from timeline.store.reader import Document, Items, Page, Start, Text, Unreadable
from timeline.store.rules import FORMAT, MOST_WORDS, TOP_KEYS
from timeline.store.words import VOCABULARY_KEYS, Added, check_words, linked
from timeline.vocabulary import Vocabulary, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from timeline.model import Coverage, Event, Origin, PublishedClaim, Store
    from timeline.progress import Watch
    from timeline.store.reader import Node


class ClaimsError(StoreError):
    """A store in which only claims are wrong. `rest` is all else of it, in which to look for what is wrong in the other claims."""

    def __init__(self, problems: Problems, rest: "Store") -> None:
        super().__init__(problems)
        self.rest = rest


def load(paths: "Sequence[Path | str]", stdin: BinaryIO | None = None, watch: "Watch | None" = None) -> "Store":
    """Read the files and folders named as one store. `-` is `stdin`. Raises StoreError with every problem found, or the first of very many.

    `watch` is told, event by event, how many of how many lines were read.
    """
    problems = Problems()
    return load_texts(read_texts(paths, problems, stdin), problems, watch)


def load_texts(
    texts: "Sequence[tuple[str, str]]",
    problems: Problems | None = None,
    watch: "Watch | None" = None,
) -> "Store":
    """The store that texts make together, as (name, text). Raises StoreError with every problem, those given among them."""
    return joined(*read_pieces(texts, problems, watch))


def read_pieces(
    texts: "Sequence[tuple[str, str]]",
    problems: Problems | None = None,
    watch: "Watch | None" = None,
    known: "Vocabulary | None" = None,
) -> "tuple[Vocabulary, dict[str, Piece]]":
    """What each text gives, and the vocabulary of all, read and found sound. Raises StoreError with every problem, those given among them.

    `known` is the vocabulary of the whole record, of which these are some files: it was found sound.
    """
    problems = Problems() if problems is None else problems
    problems.most = problems.most or MOST
    enabled = gc.isenabled()
    gc.disable()  # a factor of 2.5 while building: no cycle is made here
    reading = _Found(texts, watch)
    try:
        found = _read(texts, problems, reading, known)
    except Enough as error:
        raise StoreError(problems) from error
    finally:
        if enabled:
            gc.enable()
    if problems:
        only_claims = len(problems) == reading.in_claims and known is None
        raise ClaimsError(problems, joined(*found)) if only_claims else StoreError(problems)
    return found


def load_text(text: str) -> "Store":
    """The store that a text is, for a program that has it from elsewhere. Raises StoreError."""
    import io

    return load(["-"], io.BytesIO(text.encode()))


class _Reading:
    """One file on its way: its document, what it has given so far, and where it stopped."""

    def __init__(self, document: Document, piece: Piece) -> None:
        self.document, self.piece = document, piece
        self.top: Iterator[tuple[Text, Items | None, Node | None]] = document.top()
        self.pending: tuple[Text, Items | None, Node | None] | None = None
        self.seen: dict[str, Text] = {}
        self.added: Added | None = None


def _read(
    texts: "Sequence[tuple[str, str]]", problems: Problems, found: "_Found", known: "Vocabulary | None"
) -> "tuple[Vocabulary, dict[str, Piece]]":
    """Two passes over the open documents: vocabulary, which stands first in a file, then what uses it."""
    readings = [
        _Reading(Document(name, text, problems), found.pieces[name]) for name, text in texts if not has_rows(name)
    ]
    vocabulary = _pass_heads(readings, problems, known) if known else _read_heads(readings, problems)
    for reading in readings:
        _guard(reading, problems, _read_body, vocabulary, found)
        found.end(reading.document.text)
    for name, text in texts:
        if has_rows(name):
            from timeline.store.rows import read_flat

            found.pieces[name].events.extend(read_flat(name, text, vocabulary, problems, found))
            found.end(text)
    pages = {name: Page(name, text) for name, text in texts}
    for key in ("events", "claims", "coverage"):
        every = (one for piece in found.pieces.values() for one in getattr(piece, key))
        before = len(problems)
        _unique([*every, *found.unsound[key]], pages, problems, within_file=key == "coverage")
        found.in_claims += (len(problems) - before) * (key == "claims")
    return vocabulary, found.pieces


class _Found:
    """What the files have given so far, how far in them the reading is, and how many of the problems are those of claims."""

    def __init__(self, texts: "Sequence[tuple[str, str]]" = (), watch: "Watch | None" = None) -> None:
        self.watch, self.before, self.in_claims = watch, 0, 0
        self.lines = sum(text.count("\n") for _, text in texts) if watch else 0
        self.pieces: dict[str, Piece] = {name: Piece.empty() for name, _ in texts}
        self.unsound: dict[str, list[Named]] = {"events": [], "coverage": [], "claims": []}

    def at(self, line: int) -> None:
        """Tell that the reading has come to a line of its file."""
        if self.watch:
            self.watch(self.before + line, self.lines)

    def end(self, text: str) -> None:
        """A file was read to its end."""
        if self.watch:
            self.before += text.count("\n")


def _guard(
    reading: _Reading,
    problems: Problems,
    step: "Callable[..., Vocabulary]",
    vocabulary: Vocabulary,
    *more: "_Found",
) -> Vocabulary:
    """Run one step of reading a file; what makes it unreadable becomes a problem and ends the file."""
    try:
        return step(reading, problems, vocabulary, *more)
    except Unreadable as error:
        problems.append(error.problem)
        reading.top = iter(())
        reading.pending = None
        reading.seen.setdefault("timeline", Text("1", Start(0, 0)))
        return vocabulary


def read_words(texts: "Iterable[tuple[str, str]]") -> "tuple[Vocabulary, dict[str, list[Word]]]":
    """The vocabulary that texts have together, and what each adds to it: nothing else of them is read. Raises StoreError with the first problem."""
    problems = Problems(most=1)
    words: dict[str, list[Word]] = {}

    def readings() -> "Iterator[_Reading]":
        for name, text in texts:
            piece = Piece.empty()
            words[name] = piece.words
            if not has_rows(name):
                yield _Reading(Document(name, text, problems), piece)

    try:
        return _read_heads(readings(), problems), words
    except Enough as error:
        raise StoreError(problems) from error


def _read_heads(readings: "Iterable[_Reading]", problems: Problems) -> "Vocabulary":
    """Read all documents up to what uses vocabulary, which is that of all of them."""
    vocabulary, added = shipped(), []
    for reading in readings:
        before, vocabulary = vocabulary, _guard(reading, problems, _read_head, vocabulary)
        if reading.added:
            check_words(reading.added, before)
            added.append(reading.added)
    return linked(added, vocabulary)


def _pass_heads(readings: "Iterable[_Reading]", problems: Problems, known: "Vocabulary") -> "Vocabulary":
    """Read all documents up to what uses vocabulary, which is known, and was found sound."""
    for reading in readings:
        _guard(reading, problems, _read_head, known)
    return known


def _read_head(reading: _Reading, problems: Problems, vocabulary: Vocabulary) -> Vocabulary:
    """Everything before the first key that uses vocabulary."""
    document = reading.document
    builder = Builder(document, vocabulary, problems)
    entries: dict[str, list[tuple[Node, Any]]] = {key: [] for key in VOCABULARY_KEYS}
    readers = {"actors": builder.actor_entry, "offices": builder.office_entry, "people": builder.person_entry}
    for key, items, node in reading.top:
        if not _known(reading, builder, key):
            if items is not None:
                _skip(document)
        elif key.value in VOCABULARY_KEYS:
            if items is None:
                builder.problem(key, "wrong-type", f"{key.value} is a list", "begin each item with '- '")
                continue
            read = readers[key.value]
            read_items = ((item, read(item)) for item in _words(document, key.value))
            entries[key.value] += [(item, entry) for item, entry in read_items if entry is not None]
            builder.vocabulary = vocabulary.extended(*([e for _, e in entries[k]] for k in VOCABULARY_KEYS))
        elif key.value in ("coverage", "events", "claims"):
            reading.pending = (key, items, node)
            break
        else:
            _read_fact(reading, builder, key, node)
    if "timeline" not in reading.seen:
        message = "the file does not begin with the version of its format"
        problems.append(document.problem(0, 0, "missing-version", message, "begin with: timeline: 1"))
    if any(entries.values()):
        reading.added = Added(builder, entries)
        reading.piece.words.extend(entry for key in VOCABULARY_KEYS for _, entry in entries[key])
    return builder.vocabulary


def _words(document: Document, key: str) -> "Iterator[Node]":
    """The entries of one part of the vocabulary, each of which costs fifty times what it takes in the file."""
    for number, item in enumerate(document.items()):
        if number == MOST_WORDS:
            what = f"more than {MOST_WORDS:,} {key}"
            raise document.unreadable(item.line, item.column, "too-many", what, "name those that the events need")
        yield item


def _read_fact(reading: _Reading, builder: Builder, key: Text, node: "Node | None") -> None:
    """One text about the store as a whole, such as its title."""
    if not isinstance(node, Text):
        builder.problem(key, "wrong-type", f"{key.value} is one text", "write one value")
        if node is None:
            _skip(reading.document)
        return
    reading.piece.facts[key.value] = builder.text(node)
    if key.value == "timeline" and node.value.strip() not in ("", FORMAT):
        message = f"this program reads format {FORMAT}, not {node.value!r}"
        remedy = "use a newer timeline" if node.value.isdecimal() else f"write timeline: {FORMAT}"
        builder.problem(node, "unknown-version", message, remedy)


def _read_body(reading: _Reading, problems: Problems, vocabulary: Vocabulary, found: _Found) -> Vocabulary:
    document = reading.document
    builder = Builder(document, vocabulary, problems)
    targets: dict[str, tuple[Callable[[Node], Any], list[Any]]] = {
        "events": (builder.event, reading.piece.events),
        "coverage": (builder.coverage, reading.piece.coverage),
        "claims": (builder.claim, reading.piece.claims),
    }
    for key, items, node in _rest(reading):
        if reading.pending is None and not _known(reading, builder, key):
            if items is not None:
                _skip(document)
        elif key.value in targets:
            reading.pending = None
            if items is None:
                if not (isinstance(node, Text) and not node.value):
                    builder.problem(key, "wrong-type", f"{key.value} is a list", "begin each item with '- '")
                continue
            read, target = targets[key.value]
            before = len(problems)
            for item in document.items():
                found.at(item.line)
                if (one := read(item)) is not None:
                    target.append(one)
                else:
                    found.unsound[key.value] += builder.unsound(item)
            found.in_claims += (len(problems) - before) * (key.value == "claims")
        else:
            late = key.value in VOCABULARY_KEYS
            message = (
                f"{key.value} must stand before coverage, events and claims, which use it"
                if late
                else f"{key.value} must stand at the top"
            )
            builder.problem(key, "late-key", message, "move it up")
            if items is not None:
                _skip(document)
    return vocabulary


def _rest(reading: _Reading) -> "Iterator[tuple[Text, Items | None, Node | None]]":
    if reading.pending is not None:
        yield reading.pending
    yield from reading.top


def _known(reading: _Reading, builder: Builder, key: Text) -> bool:
    if key.value in reading.seen:
        builder.problem(key, "duplicate-key", f"{key.value} is given twice", "join the two")
        return False
    if key.value not in TOP_KEYS:
        builder.unknown_key(key, "a store has no key", "known keys", TOP_KEYS)
        return False
    reading.seen[key.value] = key
    return True


def _skip(document: Document) -> None:
    """Pass over the list of a key that is not used."""
    for _ in document.items():
        pass


def _unique(
    found: "Iterable[Event | PublishedClaim | Coverage | Named]",
    pages: "dict[str, Page]",
    problems: Problems,
    *,
    within_file: bool = False,
) -> None:
    """An id given twice is a problem at its second place; `within_file`, where it is a name inside one file, to which nothing outside refers."""
    firsts: dict[tuple[str, str], Origin] = {}
    for one in found:
        if not one.id:  # of a claim that lacks it, which is a problem of its own
            continue
        origin = one.origin
        first = firsts.setdefault((origin.file if within_file else "", one.id), origin)
        if first is not origin:
            first, second = sorted((first, origin)) if first.file == origin.file else (first, origin)
            message = f"{one.id} is also at {first.file}:{first.line}"
            page = pages[second.file]
            problems.append(page.problem(second.line - 1, 0, "duplicate-id", message, "give one of them another id"))
