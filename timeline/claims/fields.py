"""Claims as data: the fields of a store's `claims:` → Claim (docs/claims.md)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from timeline.claims import lexicon
from timeline.claims.dates import dated
from timeline.claims.grammar import parse
from timeline.claims.model import (
    EVER,
    FAR,
    FORMS,
    HEDGES,
    LOOSE,
    VERDICTS,
    Claim,
    NotUnderstood,
    Since,
    Who,
    Window,
    between,
)
from timeline.claims.resolve import complete
from timeline.claims.slots import COUNTED, COUNTED_IN
from timeline.dates import DateError, Span, parse_period, parse_when
from timeline.errors import StoreError, UsageError, did_you_mean
from timeline.names import Index, fold, suggest_id
from timeline.people import person_index, unknown_id, value_index
from timeline.query import Query
from timeline.text import called
from timeline.vocabulary import KINDS, LADDERS, RANKS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from timeline.errors import Problem
    from timeline.model import PublishedClaim, Store

T = TypeVar("T")
UNITS = ("years", "months", "weeks", "days", "decades")


def read_claim(published: "PublishedClaim", store: "Store") -> Claim:
    """Read one claim. Without `form` the sentence in `claim` (or `reading`, its plainer wording) is parsed. Raises StoreError with all that is wrong in it, each at its field."""
    reader = _Reader(published, store)
    claim = reader.claim()
    if reader.problems:
        raise StoreError(reader.problems)
    return claim


# What each form must say (one of each group), and what else of the fields that measure and date it may.
LENGTHS = ("months", "weeks", "days")  # what a window that counts back may be long
MEASURES = frozenset({"number", "unit", *LENGTHS, "since", "event", "reference", "window", "counting"})
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "first-in": (("number",),),
    "first-since": (("since",),),
    "first-ever": (),
    "highest-since": (("since", "number"),),
    "nth": (("number",),),
    "count": (("number",), ("window",)),
    "last-was": (("reference",),),
    "none-since": (("since",),),
    "longest-gap": (),
    "shortest-gap": (),
    "longest-visit": (),
}
ALLOWED = {form: MEASURES & {key for group in groups for key in group} for form, groups in NEEDS.items()}
ALLOWED |= {
    "first-in": ALLOWED["first-in"] | {"unit"},
    "highest-since": ALLOWED["highest-since"] | {"unit"},
    "nth": ALLOWED["nth"] | {"since", "counting"},
    "longest-visit": frozenset({"since"}),
    "count": ALLOWED["count"] | {"since", *LENGTHS, "counting"},
}
ALLOWED = {form: keys | ({"event"} if "since" in keys else set()) for form, keys in ALLOWED.items()}
# What a claim may have that is read from its words.
BESIDE_WORDS = frozenset(
    {"id", "claim", "reading", "publisher", "published", "url", "record", "about", "expected", "why", "sources"}
)
OF_MEETINGS = ("nth", "count", "first-in", "first-since", "first-ever", "last-was", "none-since")
OF_PEOPLE = ("nth", "count")
BACK = ("back-from-visit", "back-from-publication")
SAYS_WHO = ("who", "person", "office", "at-least")
# The hedges that mean something of a form, beside `known`, which does of any. Of a rank since a date, and of a number of visits in any time, nothing is measured.
MEASURED = frozenset(HEDGES) - {"known"}
HEDGED = {
    "first-in": MEASURED,
    "highest-since": MEASURED - {"exactly"},
    "nth": frozenset(COUNTED),
    "count": frozenset(COUNTED | COUNTED_IN),
}
OF_VISITS = ("place", "capital", "kind", "not-kind", "tag")  # which a meeting on a visit need not share


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


class _Reader:
    """Reads the fields of one claim; `problems` grows, and what is wrong gives something of the right kind."""

    def __init__(self, published: "PublishedClaim", store: "Store") -> None:
        self.published, self.store = published, store
        self.fields: Mapping[str, tuple[str, ...]] = published.fields
        self.problems: list[Problem] = []

    def one(self, key: str) -> str:
        return next(iter(self.many(key)), "")

    def many(self, key: str) -> tuple[str, ...]:
        return self.fields.get(key, ())

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
        published = self.read("published", partial(self._published, about), None)
        read = self._structured(about, published) if self.one("form") else self._worded(about, published)
        return replace(
            read,
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
        """When it was printed. A visit is announced some months before it at most: what was printed longer before tells of another."""
        if not self.one("published"):
            return None
        printed, visit = parse_when(self.one("published")).start, self.store.by_id.get(about)
        if visit is not None and printed.latest < visit.date.start.earliest - FAR:
            what = f"published: {self.one('published')} is more than a year before {about}, of which nobody can have told then"
            raise UsageError(what, "correct it, or name another visit under about:")
        return printed

    def _structured(self, about: str, published: Span | None) -> Claim:
        form = self._choice("form", tuple(FORMS))
        if form:
            self._complete(form)
        hedges = frozenset(self._each_of("hedge", HEDGES))
        number, unit = self.read("number", self._number, 10.0), self._choice("unit", UNITS)
        if unit == "decades" and (number < 10 or number % 10):
            self.note("number", f"number: {number:g} with unit decades", "give the number in years, a multiple of ten")
        claim = Claim(
            self.one("claim"),
            form,
            self._who(),
            self._base(),
            about,
            number,
            unit or ("times" if form in ("nth", "count") else "years"),
            self.read("since", lambda: self._since("since"), None),
            self.read("window", self._window, None),
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
        )
        return claim if self.problems else self.read("form", lambda: complete(claim, self.store), claim)

    def _complete(self, form: str) -> None:
        """Note where a form lacks a field that it needs, or has one that says nothing in it."""
        for group in NEEDS[form]:
            if not self.has(*group):
                self.note(
                    "form", f"form {form} needs {' or '.join(group)}", f"add {' or '.join(f'{key}:' for key in group)}"
                )
        for key in sorted((self.fields.keys() & MEASURES) - ALLOWED[form]):
            self.note(key, f"form {form} has no use for {key}", f"remove {key}:, or write another form")
        for key, what, remedy in (*self._idle(form), *self._idle_in_time(form), *self._of_object(form)):
            self.note(key, what, remedy)

    def has(self, *keys: str) -> bool:
        """Whether the claim has any of some fields."""
        return not self.fields.keys().isdisjoint(keys)

    def _idle(self, form: str) -> "Iterator[tuple[str, str, str]]":
        """The fields that say nothing beside others, or the contrary, each with why and what to write."""
        if self.has("reading"):
            yield (
                "reading",
                "reading beside form, of which only the fields are read",
                "remove reading:, or form: and its fields",
            )
        if self.has("ladder") and not self.has("at-least"):
            yield "ladder", "ladder needs at-least, the rank on it", "add at-least:, or remove ladder:"
        for key in ("visitor", "host"):
            if "any" in self.many(key) and len(self.many(key)) > 1:
                yield key, f"{key}: any takes in the others", f"write {key}: any, or remove any"
            if self.has(key) and self.has("between"):
                yield (
                    key,
                    f"{key} beside between, which counts both directions",
                    f"remove {key}:, or write visitor: and host: for one direction",
                )
        measured = form != "highest-since" or self.has("number")
        useful = HEDGED.get(form, frozenset()) if measured else frozenset()
        for hedge in sorted({*self.many("hedge")} & (MEASURED - useful)):
            may = ", ".join(one for one in HEDGES if one in useful or one == "known")
            yield "hedge", f"form {form} has no use for hedge {hedge}", f"one of: {may}; or remove hedge:"

    def _idle_in_time(self, form: str) -> "Iterator[tuple[str, str, str]]":
        """The same of fields that say in what time is counted."""
        window = self.one("window")
        if self.has("event") and not self.has("since"):
            yield "event", "event needs since, the date that the claim gives it", "add since:, or remove event:"
        if form == "highest-since" and self.has("since") and self.has("number"):
            yield "number", "number beside since, which says from when on", "remove number:, or since:"
        if form == "highest-since" and self.has("unit") and not self.has("number"):
            yield "unit", "unit needs number", "add number:, or remove unit:"
        if form == "count" and window and window != "since" and self.has("since"):
            yield (
                "since",
                f"since beside window {window}, which says itself in what time",
                "write window: since, or remove since:",
            )
        for length in LENGTHS:
            if form == "count" and window and window not in BACK and self.has(length):
                yield (
                    length,
                    f"{length} beside window {window}, which says itself in what time",
                    f"write window: back-from-visit, or remove {length}:",
                )
        counting = self.one("counting")
        if counting == "before" and form == "count":
            yield "counting", "form count has no use for counting before", "write counting: arrivals, or remove it"
        if counting == "arrivals" and form == "nth":
            yield "counting", "form nth has no use for counting arrivals", "write counting: before, or remove it"
        if counting == "arrivals" and form == "count" and not self._in_period(window):
            yield (
                "counting",
                f"counting arrivals beside window {window}: only of a period is it open what began in it",
                "remove counting:, or write a period such as 2018 under window:",
            )

    def _in_period(self, window: str) -> bool:
        return window not in (*BACK, "since", "ever") and not window.startswith("between ")

    def _of_object(self, form: str) -> "Iterator[tuple[str, str, str]]":
        """The same of what is counted: visits, meetings, people, or what goes both ways."""
        counted = self.one("object")
        forms = {"meeting": OF_MEETINGS, "person": OF_PEOPLE}.get(counted, tuple(FORMS))
        if form not in forms:
            yield "object", f"form {form} does not go with object {counted}", f"one of: {', '.join(forms)}"
        if counted == "exchange" and not self.has("between"):
            yield "object", "object exchange needs between, as it counts both directions", "add between: [a, b]"
        if counted == "exchange" and not self.has(*SAYS_WHO):
            what = "object exchange needs to say of whom it is asked whether receiving a visitor counts"
            yield (
                "object",
                what,
                f"add {', '.join(f'{key}:' for key in SAYS_WHO[:-1])} or {SAYS_WHO[-1]}:; or remove object:",
            )
        for key in OF_VISITS:
            if counted == "meeting" and self.has(key):
                what = f"object meeting has no use for {key}; where and of what kind a meeting was is not compared"
                yield key, what, f"remove {key}:"

    def _base(self) -> Query:
        between = self._actors("between")
        if self.many("between") and len(between) != 2:
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
        if text and (not least <= number <= 1000 or (whole and number % 1)):
            what = f"number: {text!r} is not a {'whole ' if whole else ''}number above 0"
            raise UsageError(what, f"write a {'whole ' if whole else ''}number from {least:g} to 1000")
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
        """A city by a name that is in the record, or of a state that has it as its capital."""
        actors = self.store.vocabulary.actors.values()
        capitals = (capital for actor in actors for capital in actor.capitals)
        return Index("city", dict.fromkeys((*value_index(self.store, "place").keys.values(), *capitals), ())).resolve(
            name, "capital"
        )

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
