"""Claims as data: the fields of a store's `claims:` → Claim (docs/claims.md)."""

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from timeline.claims import lexicon
from timeline.claims.dates import dated
from timeline.claims.field_rules import BACK, LENGTHS, Given, misplaced
from timeline.claims.grammar import parse
from timeline.claims.model import (
    EVER,
    FAR,
    FORMS,
    HEDGES,
    LOOSE,
    NONE_WITHIN,
    VERDICTS,
    Claim,
    NotUnderstood,
    Since,
    Who,
    Window,
    between,
)
from timeline.claims.resolve import complete
from timeline.dates import DateError, Span, parse_period, parse_when
from timeline.errors import StoreError, UsageError, did_you_mean
from timeline.names import Index, fold, suggest_id
from timeline.people import person_index, unknown_id, value_index
from timeline.query import Query
from timeline.text import called
from timeline.vocabulary import KINDS, LADDERS, RANKS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.errors import Problem
    from timeline.model import Event, PublishedClaim, Store

T = TypeVar("T")
MOST, MOST_DAYS = 1000, 100_000  # years or visits, and days that a claim may count
JOURNEYS = ("visit", "meeting")  # the types of event that a claim can be about
UNITS = ("years", "months", "weeks", "days", "decades")


def read_claim(published: "PublishedClaim", store: "Store") -> Claim:
    """Read one claim. Without `form` the sentence in `claim` (or `reading`, its plainer wording) is parsed. Raises StoreError with all that is wrong in it, each at its field."""
    reader = _Reader(published, store)
    claim = reader.claim()
    if reader.problems:
        raise StoreError(reader.problems)
    return claim


# What a claim may have that is read from its words.
BESIDE_WORDS = frozenset(
    {"id", "claim", "reading", "publisher", "published", "url", "record", "about", "expected", "why", "sources"}
)
A_DATE = "write 2005, 2018-03, 2018-03-05 or 2002-10..2003-03"
A_WINDOW = "write back-from-visit, back-from-publication, since, ever, a period (2018, 2018-03..2019-06) or between 1991 and 2009"
IN_FIELDS = "write it in words of docs/claims.md under reading:, or in fields under form:"
KNOWN_BY = {
    "visitor": "timeline actors",
    "host": "timeline actors",
    "between": "timeline actors",
    "office": "timeline offices",
    "person": "timeline people",
    "met": "timeline people",
    "place": "timeline list -O csv",
    "tag": "timeline list -O csv",
    "capital": "timeline actors",
    "about": "timeline list",
}


def untold(printed: Span, visit: "Event | None") -> bool:
    """Whether what was printed on a day cannot tell of a visit, which is announced some months before it at most."""
    return visit is not None and printed.latest < visit.date.start.earliest - FAR


class _Reader:
    """Reads the fields of one claim; `problems` grows, and what is wrong gives something of the right kind."""

    def __init__(self, published: "PublishedClaim", store: "Store") -> None:
        self.published, self.store = published, store
        self.fields, self.given = published.fields, Given(published.fields)
        self.problems: list[Problem] = []

    def one(self, key: str) -> str:
        return self.given.one(key)

    def many(self, key: str) -> tuple[str, ...]:
        return self.given.many(key)

    def note(self, key: str, what: str, remedy: str) -> None:
        """Something wrong in a field; at the claim itself where it has no such field."""
        self.problems.append(self.published.problem("claim", what, remedy, key))

    def read(self, key: str, value: "Callable[[], T]", otherwise: T) -> T:
        """What a field says; what is wrong in it is noted."""
        try:
            return value()
        except DateError as error:
            self.note(key, f"{key}: {error}", error.remedy or A_DATE)
        except UsageError as error:
            self.note(
                key,
                error.what,
                error.remedy or (f"list known ones with: {KNOWN_BY[key]}" if key in KNOWN_BY else IN_FIELDS),
            )
        except NotUnderstood as error:
            self.note(key, str(error), A_WINDOW if key == "window" else IN_FIELDS)
        return otherwise

    def claim(self) -> Claim:
        about = self.one("about")
        if about and about not in self.store.by_id:
            self.note(
                "about",
                f"about: {unknown_id(about, self.store)}",
                "write the id of a visit of the record: timeline list",
            )
        elif about and self.store.by_id[about].type not in JOURNEYS:
            self.note(
                "about",
                f"about: {about} is no visit, but an event of type {self.store.by_id[about].type}",
                "write the id of a visit of the record: timeline list",
            )
        published = self.read("published", partial(self._published, about), None)
        read = self._structured(about, published) if self.one("form") else self._worded(about, published)
        return read._replace(
            id=self.published.id,
            text=self.one("claim"),
            about=about,
            publisher=self.one("publisher"),
            url=self.one("url"),
            why=self.one("why"),
            expected=self._choice("expected", VERDICTS),
            sources=self.published.sources,
        )

    def _worded(self, about: str, published: Span | None) -> Claim:
        """The sentence, which is read where it is known what it is about."""
        key = "reading" if self.one("reading") else "claim"
        nothing = Claim(self.one("claim"), "")
        for field in sorted(self.fields.keys() - BESIDE_WORDS):
            self.note(
                field,
                f"{field} beside a claim in words, which says itself what it counts",
                f"add form:, or remove {field}:",
            )
        if self.problems or not self.one(key):
            return nothing
        visit = self.store.by_id.get(about)
        return self.read(key, lambda: parse(self.one(key), self.store, visit, published), nothing)

    def _published(self, about: str) -> Span | None:
        """When it was printed."""
        if not self.one("published"):
            return None
        printed, visit = parse_when(self.one("published")).start, self.store.by_id.get(about)
        if untold(printed, visit):
            what = f"published: {self.one('published')} is more than a year before {about}, of which nobody can have told then"
            raise UsageError(what, "correct it, or name another visit under about:")
        return printed

    def _structured(self, about: str, published: Span | None) -> Claim:
        form = self._choice("form", tuple(FORMS))
        if form:
            self._complete(form)
        hedges = frozenset(self._each_of("hedge", HEDGES))
        for_so_long = form == "none-since" and self.given.has("number")
        if for_so_long and hedges & {"within", "under"}:
            hedges = hedges - {"within", "under"} | {NONE_WITHIN}
        number, unit = self.read("number", self._number, 10.0), self._choice("unit", UNITS)
        if unit == "decades" and (number < 10 or number % 10):
            self.note("number", f"number: {number:g} with unit decades", "give the number in years, a multiple of ten")
        claim = Claim(
            self.one("claim"),
            "first-in" if for_so_long and about else form,  # none for so long, until the visit named
            self._who(),
            self._base(),
            about,
            number,
            unit or ("times" if form in ("nth", "count") else "years"),
            self.read("since", lambda: self._since("since"), None),
            self._each(self.read("window", self._window, None)),
            hedges,
            self._choice("object", ("visit", "meeting", "exchange", "person")) or "visit",
            self._found("met", self._person) if self.one("object") == "meeting" else (),
            published,
            next(iter(self._found("capital", self._capital)), ""),
            roles_open="role" not in self.fields,
            kind_open=not self.fields.keys() & {"kind", "not-kind"},
            every_host="any" in self.many("host"),
            including=self._choice("counting", ("before", "arrivals")) != "before",
            target=self.read("reference", lambda: self._since("reference"), None),
            word=", ".join(self.many("who")),
            negated=for_so_long,
        )
        return claim if self.problems else self.read("form", lambda: complete(claim, self.store), claim)

    def _complete(self, form: str) -> None:
        """Note where a form lacks a field that it needs, or has one that says nothing in it."""
        for key, what, remedy in misplaced(form, self.given):
            self.note(key, what, remedy)

    def _base(self) -> Query:
        between = self._actors("between")
        if self.many("between") and len(set(between)) != 2:
            self.note("between", "between is of two actors", "write between: [a, b]")
        not_kinds = self._each_of("not-kind", KINDS)
        return Query(
            visitors=() if "any" in self.many("visitor") else self._actors("visitor"),
            hosts=() if "any" in self.many("host") else self._actors("host"),
            between=(between[0], between[1]) if len(between) == 2 else None,
            ladder=self._choice("ladder", LADDERS),
            roles=self._each_of("role", ROLES),
            kinds=tuple(
                kind
                for word in self._each_of("kind", (*KINDS, "any", "bilateral"))
                for kind in (lexicon.KINDS[word] if word == "bilateral" else (word,))
            ),
            places=self._on_record("place"),
            tags=self._on_record("tag"),
            met=self._on_record("met") if self.one("object") != "meeting" else (),
            not_=Query(kinds=not_kinds) if not_kinds else None,
        )

    def _who(self) -> tuple[Who, ...]:
        """`person` and `office` together are one reading; each phrase of `who` adds its own."""
        people = self._found("person", self._person)
        offices = self._found("office", lambda name: self.store.vocabulary.office_index.resolve(name, "office"))
        level = RANKS.get(self._choice("at-least", tuple(RANKS)), 0)
        self._ranked(offices, level)
        readings: list[Who] = []
        if people or offices or level:
            label = " ".join(
                filter(
                    None,
                    (
                        ", ".join(people),
                        "as" if people and offices else "",
                        ", ".join(offices),
                        self.one("at-least"),
                    ),
                )
            )
            readings.append(Who(label, people, offices, level))
        for phrase in self.many("who"):
            readings += self.read("who", partial(self._phrase, phrase), ())
        return tuple(readings) or (lexicon.ANYBODY,)

    def _ranked(self, offices: tuple[str, ...], level: int) -> None:
        """Note a rank above every office that is named, or that no office of the ladder has."""
        known, ladder = self.store.vocabulary.offices, self._choice("ladder", LADDERS)
        rank = self.one("at-least")
        if level and offices and all(known[office].level < level for office in offices):
            self.note("at-least", f"at-least: {rank} is above {' and '.join(offices)}", "remove at-least:, or office:")
        if level and ladder and not any(o.ladder == ladder and o.level >= level for o in known.values()):
            self.note(
                "ladder", f"ladder: {ladder} has no office as high as {rank}", "remove ladder:, or lower at-least:"
            )

    def _phrase(self, phrase: str) -> tuple[Who, ...]:
        key = fold(phrase)
        if found := lexicon.who(key):
            return found
        if office := self.store.vocabulary.office(phrase):
            return (Who(phrase, offices=(office,)),)
        if name := person_index(self.store).find(phrase):
            return (Who(name, people=(name,)),)
        raise UsageError(
            f"who: unknown value {phrase!r}{did_you_mean(phrase, tuple(lexicon.WHO))}",
            "write an office, a person, or a word for a rank of docs/claims.md",
        )

    def _number(self) -> float:
        """A positive number; whole where visits are counted, of which a window may have none."""
        text, whole = self.one("number"), self.one("form") in ("nth", "count")
        try:
            number = float(text) if text else 0
        except ValueError as error:
            raise UsageError(f"number: {text!r} is not a number", "write it in digits: 16, 6.5") from error
        least = 0 if self.one("form") == "count" else 1 if whole else 0.01
        most = MOST_DAYS if self.one("unit") in ("months", "weeks", "days") else MOST
        if text and (not least <= number <= most or (whole and number % 1)):
            wanted = f"{'whole ' if whole else ''}number from {least:g} to {most}"
            raise UsageError(f"number: {text!r} is not a {wanted}", f"write a {wanted}")
        return number

    def _since(self, key: str) -> Since | None:
        """A date, the id of an event (a visit or another), or a date range `A..B`."""
        text = self.one(key)
        if not text:
            return None
        event = self.store.by_id.get(text)
        named = self.one("event") if key == "since" else ""
        if event is not None and named:
            what = f"since: {text} is an event of the record, and event names one that it lacks"
            raise UsageError(what, "remove event:, or write the date under since:")
        journeys = JOURNEYS if self.one("object") == "meeting" else JOURNEYS[:1]
        if event is not None and key == "reference" and event.type not in journeys:
            raise UsageError(
                f"reference: {text} is no visit, but an event of type {event.type}",
                "write the id of a visit, or a date",
            )
        if event is not None:
            return Since(called(event), event.date.start, event.id, visit=event.type == "visit")
        try:
            period = parse_period(text)
        except DateError as error:
            hint = suggest_id(text, list(self.store.by_id))
            what = f"{key}: {text!r} is neither a date nor the id of an event{hint}"
            raise UsageError(what, f"{A_DATE}, or the id of an event: timeline list --type any") from error
        return Since(f"{named} ({text})", period) if named else Since(text, period, period=True)

    def _window(self) -> Window | None:
        """`back-from-visit`, `back-from-publication` (so many `months`, `weeks` or `days`), `since`, `ever`, a period, or `between` two dates."""
        text = self.one("window")
        if not text:
            return None
        if text in BACK:
            return self._back(text)
        if text == "since" and "since" not in self.fields:
            raise UsageError("window since needs since", "add since:")
        if text == "since":
            return Window("since", label=f"since {self.one('since')}")
        if text == "ever":
            return Window("period", span=EVER, label="so far")
        if text.startswith("between "):
            first, _, last = text.removeprefix("between ").partition(" and ")
            return between(parse_period(first), parse_period(last), text)
        begun = self.one("counting") == "arrivals"
        if not text[0].isdigit() and not text.startswith(".."):
            raise UsageError(f"window: {text!r} is no time", A_WINDOW)
        span = parse_period(text)
        return Window("period", span=span, label=dated(Since(text, span)), begun=begun)

    def _each(self, window: Window | None) -> Window | None:
        """The same, of each calendar year in it where the claim says so."""
        if window is None or not self._choice("every", ("year",)):
            return window
        return window._replace(yearly=True)

    def _back(self, text: str) -> Window:
        """So many months, weeks or days back."""
        given = [unit for unit in LENGTHS if self.one(unit)]
        if len(given) != 1:
            raise UsageError(f"window {text} needs one of {', '.join(LENGTHS)}", "add months: 15")
        unit, length = given[0], self.one(given[0])
        if not (length.isascii() and length.isdigit() and 0 < int(length[:6]) < 12000):
            raise UsageError(f"{unit}: {length!r} is not a whole number above 0", "write it in digits: 15")
        months = int(length) if unit == "months" else 0
        days = 0 if months else int(length) * (7 if unit == "weeks" else 1)
        anchor = "visit" if text == "back-from-visit" else "publication"
        about = LOOSE & set(self.many("hedge"))
        loose = next(iter(sorted(about)), "years" if months and not months % 12 else "")
        return Window(anchor, months, label=f"{length} {unit}", days=days, loose=loose)

    def _actors(self, key: str) -> tuple[str, ...]:
        return self._found(key, lambda name: self.store.vocabulary.actor_index.resolve(name, key))

    def _found(self, key: str, find: "Callable[[str], str]") -> tuple[str, ...]:
        """What the names in a field stand for; those that are not known are noted and left out."""
        return tuple(filter(None, (self.read(key, partial(find, name), "") for name in self.many(key))))

    def _person(self, name: str) -> str:
        return person_index(self.store).resolve(name, "person")

    def _on_record(self, key: str) -> tuple[str, ...]:
        """The values of a field that the record has of some event; others are noted."""
        if key not in self.fields:
            return ()
        known = value_index(self.store, key)
        return self._found(key, lambda text: known.resolve(text, key))

    def _capital(self, name: str) -> str:
        """A capital, of one of the hosts where any are named."""
        hosts = [host for host in self.many("host") if host != "any"]
        actors = self.store.vocabulary.actor_index
        named = {actors.find(host) for host in hosts}
        states = [a for a in self.store.vocabulary.actors.values() if not named or a.id in named]
        capitals = dict.fromkeys(capital for state in states for capital in state.capitals)
        return Index("city", dict.fromkeys(capitals, ())).resolve(name, "capital")

    def _choice(self, key: str, known: "Sequence[str]") -> str:
        """The one word of a field, of those that are known; empty where it has none, or another."""
        return next(iter(self._each_of(key, known)), "")

    def _each_of(self, key: str, known: "Sequence[str]") -> tuple[str, ...]:
        """The words of a field that are known; others are noted."""
        return self._found(key, lambda value: _one_of(key, value, known))


def _one_of(key: str, value: str, known: "Sequence[str]") -> str:
    if value not in known:
        raise UsageError(f"{key}: unknown value {value!r}{did_you_mean(value, known)}", f"one of: {', '.join(known)}")
    return value
