"""Options that several commands share, each declared once, and how what was typed becomes a Query, a Store and a way to write.

A command says which groups it takes (`@takes(SCOPE, OUTPUT)`) and gets one `Request` for all of them.
"""

import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn

import typer

from timeline.cli import complete
from timeline.cli.streams import terminal
from timeline.errors import StoreError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from timeline.answer import Answer
    from timeline.dates import Span
    from timeline.formats import Writer
    from timeline.model import Store
    from timeline.progress import Watch
    from timeline.query import Query
    from timeline.store.index import Opened
    from timeline.vocabulary import Vocabulary

Texts = list[str] | None


def _many(flag: str, metavar: str, what: str, *short: str, complete: Callable[..., Any] | None = None) -> Any:
    return Annotated[Texts, typer.Option(flag, *short, metavar=metavar, help=what, autocompletion=complete)]


# name of the parameter → its type; every default is None
SCOPE: dict[str, Any] = {
    "actor": _many("--actor", "NAME", "Visits to or from NAME: any name or code, in English, Chinese or Korean.", "-a", complete=complete.actors),
    "visitor": _many("--visitor", "NAME", "Visits by NAME.", complete=complete.actors),
    "host": _many("--host", "NAME", "Visits to NAME.", complete=complete.actors),
    "between": Annotated[tuple[str, str] | None, typer.Option("--between", metavar="A B", help="Visits between two actors, in both directions.", autocompletion=complete.actors)],
    "person": _many("--person", "NAME", "Visits in which NAME took part.", "-p", complete=complete.people),
    "office": _many("--office", "TITLE", "Somebody of the party held this office on that day: premier, foreign-minister, …", complete=complete.offices),
    "at_least": Annotated[str | None, typer.Option("--at-least", metavar="RANK", help="Somebody of the party had this rank or a higher one: leader, head-of-state, head-of-government, parliament-head, deputy-head, politburo, minister, envoy.", autocompletion=complete.ranks)],
    "role": _many("--role", "ROLE", "heads or accompanies: the role of that person in the party.", complete=complete.words("ROLES")),
    "kind": _many("--kind", "KIND", "state, official, goodwill, working, …; any takes transits in.", complete=complete.words("KINDS")),
    "type": _many("--type", "TYPE", "visit (as without it), meeting, treaty, …; any for all events.", complete=complete.words("TYPES")),
    "status": _many("--status", "STATUS", "happened (as without it), announced, cancelled, candidate; any.", complete=complete.words("STATUSES")),
    "place": _many("--place", "PLACE", "Visits to this city or building.", complete=complete.places),
    "tag": _many("--tag", "TAG", "Events with this tag.", complete=complete.tags),
    "met": _many("--met", "NAME", "Visits received by NAME.", complete=complete.met),
    "support": _many("--support", "SUPPORT", "confirmed, recalled or conflicting.", complete=complete.words("SUPPORTS", any_too=False)),
    "source": _many("--source", "TEXT", "Events that cite a source with TEXT in its title, publisher or address.", complete=complete.publishers),
    "where": _many("--where", "FIELD=VALUE", "Events that timeline stats --by FIELD counts under VALUE; all must hold.", complete=complete.conditions),
    "since": Annotated[str | None, typer.Option("--since", metavar="DATE", help="Starting in or after DATE: 2009, 2009-10, 2009-10-04, 1990s; or in a period: 1990..1999.")],
    "until": Annotated[str | None, typer.Option("--until", metavar="DATE", help="Starting in or before DATE.")],
    "text": _many("--text", "TEXT", "Events with TEXT in names, titles, places, occasion, notes, tags or id."),
}  # fmt: skip
_NEGATED = (
    "actor",
    "visitor",
    "host",
    "person",
    "office",
    "kind",
    "type",
    "status",
    "place",
    "tag",
    "met",
    "support",
    "source",
    "text",
)
SCOPE |= {
    f"not_{name}": _many(
        f"--not-{name}",
        "…",
        f"Leave out what --{name} would take.",
        complete=SCOPE[name].__metadata__[0].autocompletion,
    )
    for name in _NEGATED
}

_ASKING_EVENTS = ("person", "place", "tag", "met", "source", "where", "text")
OF_EVENTS = (
    *_ASKING_EVENTS,
    *(f"not_{name}" for name in _ASKING_EVENTS),
)  # read in the light of all events of a record

STORE: dict[str, Any] = {
    "store": Annotated[list[str] | None, typer.Option("--store", metavar="PATH", help="The record: a file, a folder of *.yaml, or @NAME of one that ships (timeline records); repeatable; - is standard input.", autocompletion=complete.stores)],
    "as_of": Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day taken as today.")],
    "no_index": Annotated[bool | None, typer.Option("--no-index", help="Read the record itself, not what an earlier run kept of it in the cache folder.")],
}  # fmt: skip
OUTPUT: dict[str, Any] = {
    "format": Annotated[str | None, typer.Option("--format", "-O", metavar="FORMAT", help="table, plain, csv, tsv, json, jsonl, md, html or yaml.", autocompletion=complete.formats)],
    "output": Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, in the format that its suffix says.")],
    "found": Annotated[bool | None, typer.Option("--exit-status", "-e", help="End with status 1 where nothing matches.")],
    "excel": Annotated[bool | None, typer.Option("--excel", help="CSV for spreadsheets: with a byte order mark, formulas made harmless.")],
    "color": Annotated[str | None, typer.Option("--color", metavar="WHEN", help="auto, always or never; always gives a table in a pipe, too.", autocompletion=complete.one_of("auto", "always", "never"))],
}  # fmt: skip

# Of some commands each.
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of an event.", autocompletion=complete.ids)]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="The ids of events.", autocompletion=complete.ids)]
Grouping = Annotated[str, typer.Option("--by", metavar="WHAT", help="One series each: direction, pair, visitor, host, person, office, all.", autocompletion=complete.one_of("direction", "pair", "visitor", "host", "person", "office", "all"))]  # fmt: skip
Figures = Annotated[list[str] | None, typer.Option("--series", metavar="FILE[#NAME]", help="In a picture or page, figures by year or month beside the visits: a CSV (docs/charts.md); @trade ships. Repeatable.")]  # fmt: skip


class Request(NamedTuple):
    """What was typed for the shared options of one command."""

    given: dict[str, Any]

    def store(self, *, doubles: bool = True, claims: bool = False, afresh: bool = False) -> "Store":
        """Read the record asked for; say on standard error which one, if none was named, and what it may count twice.

        `claims`: with those that the settings name for it. `afresh`: from its files, whatever is kept of them.
        """
        from timeline.cli.record import whole

        store = self._read(None if afresh else whole, claims=claims)
        if doubles:
            self._note_doubles(store, ())
        return store

    def scoped(self, *, narrow: bool = True) -> "tuple[Store, Query]":
        """The record asked for and the scope in it; `narrow`, of the events only those that involve its actors, where an index has them apart."""
        from timeline.cli.record import whole
        from timeline.query import actors_of

        def read(opened: "Opened") -> "Store":
            with suppress(UsageError):  # the whole record tells more of what is not known in it
                return opened.store(actors_of(self.query(opened.bare)))
            return whole(opened)

        by_words = narrow and not any(self.given.get(name) for name in OF_EVENTS)
        store = self._read(read if by_words else whole)
        query = self.query(store)
        self._note_doubles(store, actors_of(query))
        return store, query

    def _read(self, take: "Callable[[Opened], Store] | None", *, claims: bool = False) -> "Store":
        """The record asked for, of which `take` takes what is kept."""
        from timeline.cli.places import claim_files, find_store
        from timeline.cli.record import read_record

        found, named = find_store(self.given.get("store") or [])
        paths = [*found, *(claim_files(found) if claims else ())]
        self.spare(paths)
        try:
            with self.progress("reading") as watch:
                store = read_record(paths, None if self.given.get("no_index") else take, watch)
        except StoreError as error:
            raise error.asked_as(self.given.get("format")) from None
        if not named:
            note(f"record: {store.title or paths[0]} ({paths[0]})")
        return store

    def spare(self, record: "Sequence[str] | None" = None) -> None:
        """Raise UsageError where the answer would be written over a file of some record, of the one asked for if none is given, or become a file of it."""
        if target := self.given.get("output"):
            from timeline.cli.places import record_asked, refuse_own

            refuse_own(target, record_asked(self.given.get("store") or []) if record is None else record)

    def with_file(self, file: str, *, afresh: bool = False) -> "Store":
        """The record asked for together with one more file, such as one of claims. `afresh`: from its files, whatever is kept of them."""
        from pathlib import Path

        from timeline.cli.places import find_store

        paths, _ = find_store(self.given.get("store") or [])
        if any(Path(path).resolve() == Path(file).resolve() for path in paths):
            return self.store(afresh=afresh)
        return Request(self.given | {"store": [*paths, file]}).store(afresh=afresh)

    def reading(self, path: str) -> "Request":
        """The same request, of another record."""
        return Request(self.given | {"store": [path]})

    def progress(self, what: str) -> "AbstractContextManager[Watch | None]":
        """Something to tell how much of a long work is done."""
        from timeline.cli.progress import progress

        return progress(what, self.given.get("color"))

    def _note_doubles(self, store: "Store", groups: "Sequence[Sequence[str]]") -> None:
        """Say which visits that involve some actor of each group are probably told in two files: all are counted."""
        if len(store.files) < 2:
            return
        from timeline.checks import counted_twice
        from timeline.query import involving
        from timeline.text import plural

        pairs = counted_twice(store._replace(events=tuple(involving(store.events, groups))), self.today().toordinal())
        if pairs:
            other, one = pairs[0]
            again = " ".join(f"--store {path}" for path in self.given.get("store") or ())
            note(
                f"{plural(len(pairs), 'visit')} may stand in two files and be counted twice, such as {one.id} ({one.origin.file}) and"
                f" {other.id} ({other.origin.file}); see: timeline check --only duplicates {again}".rstrip()
            )

    def typed(self, names: "Iterable[str]" = ("store", *SCOPE)) -> list[str]:
        """The scope and the record as they were typed, or what was typed for some options, for another command about the same."""
        asked: list[str] = []
        for name in names:
            given, flag = self.given.get(name), f"--{name}".replace("_", "-")
            if name == "between":
                asked += [flag, *given] if given else []
            else:
                texts = [given] if isinstance(given, str) else given or []
                asked += [
                    part for text in texts for part in ((f"{flag}={text}",) if text.startswith("-") else (flag, text))
                ]
        return asked

    def today(self) -> date:
        """The day of `--as-of`, otherwise today: the only place that reads the clock."""
        text = self.given.get("as_of")
        if text is None:
            return date.today()  # noqa: DTZ011 - a day on the user's calendar is meant
        from timeline.cli.values import dated
        from timeline.dates import parse_day

        return dated("--as-of", text, parse_day)  # type: ignore[no-any-return]

    def query(self, store: "Store") -> "Query":
        """The scope asked for, names resolved. Raises UsageError with the nearest known names."""
        from timeline.cli import values
        from timeline.facets import used_in

        rank, excluded = self.given.get("at_least"), self._query(store, "not_")
        query = self._query(store, "")
        if len(query.visitors) == 1 and query.visitors == query.hosts:
            raise UsageError(f"--visitor and --host are both {query.hosts[0]}; a visit goes from one actor to another")
        return query._replace(
            between=self._between(store),
            level=values.level(store, rank) if rank is not None else 0,
            period=self._period(),
            where=self.conditions(used_in(store), store.vocabulary),
            not_=None if excluded.empty else excluded,
        )

    def _query(self, store: "Store", prefix: str) -> "Query":
        """The filters that may be repeated, or, by the prefix `not_`, those that leave out."""
        from timeline import vocabulary as words
        from timeline.cli import values
        from timeline.query import ANY, Query

        def take(name: str) -> list[str]:
            return self.given.get(prefix + name) or []

        def option(name: str) -> str:
            return f"--{prefix}{name}".replace("_", "-")

        def ids(what: str, name: str = "") -> tuple[str, ...]:
            return tuple(values.known(store, what, option(name or what), text) for text in take(name or what))

        def of(name: str, known: tuple[str, ...], *more: str) -> tuple[str, ...]:
            """`more` is what only a filter takes that leaves nothing out."""
            words = known if prefix else (*known, *more)
            return tuple(values.one_of(option(name), text, words) for text in take(name))

        return Query(
            actors=ids("actor"),
            visitors=ids("actor", "visitor"),
            hosts=ids("actor", "host"),
            people=ids("person"),
            offices=ids("office"),
            roles=of("role", words.ROLES, ANY),
            kinds=of("kind", words.KINDS, ANY),
            types=of("type", words.TYPES, ANY),
            statuses=of("status", words.STATUSES, ANY),
            places=ids("place"),
            tags=ids("tag"),
            met=ids("met"),
            supports=of("support", words.SUPPORTS),
            sources=tuple(values.cited(store, option("source"), text) for text in take("source")),
            texts=tuple(values.said(store, option("text"), text) for text in take("text")),
        )

    def conditions(self, used: "Callable[[str], set[str]]", words: "Vocabulary") -> tuple[tuple[str, str], ...]:
        """What --where asks, of values that are `used`."""
        from timeline.facets import read_condition

        return tuple(read_condition(text, used, words) for text in self.given.get("where") or [])

    def _between(self, store: "Store") -> tuple[str, str] | None:
        asked = self.given.get("between")
        if asked is None:
            return None
        from timeline.cli.values import known, no_two_actors, period

        if any(period(text) and store.vocabulary.actor(text) is None for text in asked):
            raise UsageError(no_two_actors(asked))
        one, other = (known(store, "actor", "--between", text) for text in asked)
        if one == other:
            raise UsageError(f"--between: {asked[0]!r} and {asked[1]!r} are one actor, {one}; name two, or use --actor")
        return one, other

    def _period(self) -> "Span | None":
        from timeline.cli.values import dated
        from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, parse_period

        since, until = self.given.get("since"), self.given.get("until")
        if since is None and until is None:
            return None
        first = dated("--since", since, parse_period) if since is not None else Span(NEVER_BEFORE, NEVER_AFTER)
        last = (
            dated("--until", until, parse_period)
            if until is not None
            else Span(NEVER_BEFORE, first.latest if since and ".." in since else NEVER_AFTER)
        )
        if last.latest < first.earliest:
            raise UsageError(f"--until {until} lies before --since {since}; swap the two")
        return Span(first.earliest, last.latest)

    def show(self, answer: "Answer", write: "Writer | None" = None) -> NoReturn:
        """Write the answer where and how it was asked for, its remarks on standard error; end with its status.

        `write` is used instead of the writer of the format, where a command has a form of its own.
        """
        from timeline.cli.output import deliver

        deliver(answer, self.given, write)
        self.end(answer)

    def end(self, answer: "Answer") -> NoReturn:
        """Say the remarks of an answer that was written, and end with its status."""
        for remark in answer.remarks:
            note(remark)
        raise typer.Exit(answer.status or int(bool(self.given.get("found")) and not answer.rows))


def takes(*groups: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of some groups, as one `Request` in its first parameter."""
    shared = {name: kind for group in (*groups, STORE) for name, kind in group.items()}

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command).parameters.values())[1:]

        def run(**given: Any) -> None:
            mine = {p.name: given.pop(p.name) for p in own}
            try:
                request = Request(given)
                request.spare()  # also where the command does not read it,
                request.today()  # or asks for no day
                command(request, **mine)
            except StoreError as error:
                error.command = command.__name__.strip("_")
                raise

        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in shared.items()
        ]
        mine_first = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        run.__signature__ = inspect.Signature([*mine_first, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in own} | shared
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return wrap


def note(text: str, *, wrap: bool = True) -> None:
    """Say something beside the answer, on standard error; in lines of the width of a terminal, but for a command, which is to be copied."""
    from timeline.text import visible, wrapped

    told = visible(text)
    if wrap and terminal(sys.stderr):
        from shutil import get_terminal_size

        told = "\n".join(wrapped(told, get_terminal_size().columns))
    print(told, file=sys.stderr)  # noqa: T201 - the command line speaks here
