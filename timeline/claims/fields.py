"""Claims as data: the fields of a store's `claims:` → Claim (docs/claims.md)."""

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from timeline.claims import lexicon
from timeline.claims.dates import dated
from timeline.claims.grammar import parse
from timeline.claims.model import (
    EVER,
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
from timeline.dates import DateError, Span, parse_period, parse_when
from timeline.errors import Problem, StoreError, UsageError, did_you_mean
from timeline.names import fold, suggest_id
from timeline.people import person_index, unknown_id
from timeline.query import Query
from timeline.text import called
from timeline.vocabulary import KINDS, LADDERS, RANKS, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import PublishedClaim, Store

UNITS = ("years", "months", "weeks", "days", "decades", "times")


def read_claim(published: "PublishedClaim", store: "Store") -> Claim:
    """Read one claim. Without `form` the sentence in `claim` (or `reading`, its plainer wording) is parsed. Raises StoreError at the claim's place."""
    reader = _Reader(published, store)
    try:
        return reader.claim()
    except (NotUnderstood, UsageError, DateError) as error:
        origin = published.origin
        raise StoreError(
            [
                Problem(
                    origin.file,
                    origin.line,
                    1,
                    "claim",
                    f"{published.id}: {error}",
                    "see docs/claims.md",
                    f"- id: {published.id}",
                )
            ]
        ) from error


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
    "nth": ALLOWED["nth"] | {"since", "counting", "unit"},
    "longest-visit": frozenset({"since"}),
    "count": ALLOWED["count"] | {"since", *LENGTHS, "counting", "unit"},
}
ALLOWED = {form: keys | ({"event"} if "since" in keys else set()) for form, keys in ALLOWED.items()}
OF_VISITS = ("place", "capital", "kind", "not-kind", "tag")  # which a meeting on a visit need not share


class _Reader:
    def __init__(self, published: "PublishedClaim", store: "Store") -> None:
        self.published, self.store = published, store
        self.fields: Mapping[str, tuple[str, ...]] = published.fields

    def one(self, key: str) -> str:
        return self.fields.get(key, ("",))[0]

    def many(self, key: str) -> tuple[str, ...]:
        return self.fields.get(key, ())

    def claim(self) -> Claim:
        about = self.one("about")
        if about and about not in self.store.by_id:
            raise UsageError(f"about: {unknown_id(about, self.store)}")
        read = self._structured(about) if self.one("form") else self._worded(about)
        expected = self.one("expected")
        if expected and expected not in VERDICTS:
            self._unknown("expected", expected, VERDICTS)
        return replace(
            read,
            id=self.published.id,
            text=self.one("claim"),
            about=about,
            publisher=self.one("publisher"),
            url=self.one("url"),
            why=self.one("why"),
            expected=expected,
            sources=self.published.sources,
        )

    def _worded(self, about: str) -> Claim:
        return parse(
            self.one("reading") or self.one("claim"),
            self.store,
            self.store.by_id.get(about),
            self._published(),
        )

    def _published(self) -> Span | None:
        return parse_when(self.one("published")).start if self.one("published") else None

    def _structured(self, about: str) -> Claim:
        form = self.one("form")
        if form not in FORMS:
            self._unknown("form", form, tuple(FORMS))
        self._complete(form)
        hedges = self.many("hedge")
        for hedge in hedges:
            if hedge not in HEDGES:
                self._unknown("hedge", hedge, HEDGES)
        number, unit = self._number(), self.one("unit")
        if unit == "decades" and (number < 10 or number % 10):
            raise UsageError(f"number: {number:g} with unit decades; give the number in years, a multiple of ten")
        who = self._who()
        claim = Claim(
            self.one("claim"),
            form,
            who,
            self._base(),
            about,
            number,
            self._choice("unit", UNITS) or ("times" if form in ("nth", "count") else "years"),
            self._since("since"),
            self._window(),
            frozenset(hedges),
            self._choice("object", ("visit", "meeting", "exchange", "person")) or "visit",
            tuple(self._person(name) for name in self.many("met")) if self.one("object") == "meeting" else (),
            self._published(),
            self.one("capital"),
            roles_open="role" not in self.fields,
            kind_open=not self.fields.keys() & {"kind", "not-kind"},
            every_host=self.one("host") == "any",
            including=self._choice("counting", ("before", "arrivals")) != "before",
            target=self._since("reference"),
            word=", ".join(self.many("who")),
        )
        return complete(claim, self.store)

    def _complete(self, form: str) -> None:
        """Raises UsageError where a form lacks a field that it needs, or has one that says nothing in it."""
        for group in NEEDS[form]:
            if not any(key in self.fields for key in group):
                raise UsageError(f"form {form} needs {' or '.join(group)}")
        if "event" in self.fields and "since" not in self.fields:
            raise UsageError("event needs since, the date that the claim gives it")
        for key in sorted((self.fields.keys() & MEASURES) - ALLOWED[form]):
            raise UsageError(f"form {form} has no use for {key}")
        if self.one("object") == "meeting" and form not in (
            "nth",
            "count",
            "first-in",
            "first-since",
            "first-ever",
            "last-was",
            "none-since",
        ):
            raise UsageError(f"form {form} does not go with object meeting")
        if self.one("object") == "meeting" and (unused := next((key for key in OF_VISITS if key in self.fields), "")):
            raise UsageError(
                f"object meeting has no use for {unused}; where and of what kind a meeting was is not compared"
            )

    def _base(self) -> Query:
        between = tuple(self._actor("between", name) for name in self.many("between"))
        not_kinds = tuple(self._one_of("not-kind", kind, KINDS) for kind in self.many("not-kind"))
        return Query(
            visitors=()
            if self.one("visitor") in ("any", "")
            else tuple(self._actor("visitor", name) for name in self.many("visitor")),
            hosts=()
            if self.one("host") in ("any", "")
            else tuple(self._actor("host", name) for name in self.many("host")),
            between=(between[0], between[1]) if len(between) == 2 else None,
            ladder=self._choice("ladder", LADDERS),
            roles=tuple(self._one_of("role", role, ROLES) for role in self.many("role")),
            kinds=tuple(
                kind
                for word in self.many("kind")
                for kind in (
                    lexicon.KINDS[word] if word == "bilateral" else (self._one_of("kind", word, (*KINDS, "any")),)
                )
            ),
            places=self.many("place"),
            tags=self.many("tag"),
            met=self.many("met") if self.one("object") != "meeting" else (),
            not_=Query(kinds=not_kinds) if not_kinds else None,
        )

    def _who(self) -> tuple[Who, ...]:
        """`person` and `office` together are one reading; each phrase of `who` adds its own."""
        people = tuple(self._person(name) for name in self.many("person"))
        offices = tuple(self.store.vocabulary.office_index.resolve(name, "office") for name in self.many("office"))
        level = RANKS[self._one_of("at-least", self.one("at-least"), tuple(RANKS))] if self.one("at-least") else 0
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
            readings += self._phrase(phrase)
        return tuple(readings) or (lexicon.ANYBODY,)

    def _phrase(self, phrase: str) -> tuple[Who, ...]:
        key = fold(phrase)
        if found := lexicon.who(key):
            return found
        if office := self.store.vocabulary.office(phrase):
            return (Who(phrase, offices=(office,)),)
        if name := person_index(self.store).find(phrase):
            return (Who(name, people=(name,)),)
        return self._unknown("who", phrase, tuple(lexicon.WHO))

    def _number(self) -> float:
        """A positive number; whole where visits are counted, of which a window may have none."""
        text, whole = self.one("number"), self.one("form") in ("nth", "count")
        try:
            number = float(text) if text else 0
        except ValueError as error:
            raise UsageError(f"number: {text!r} is not a number") from error
        least = 0 if self.one("form") == "count" else 1 if whole else 0.01
        if text and (not least <= number <= 1000 or (whole and number % 1)):
            raise UsageError(f"number: {text!r} is not a {'whole ' if whole else ''}number above 0")
        return number

    def _since(self, key: str) -> Since | None:
        """A date, the id of an event (a visit or another), or a date range `A..B`."""
        text = self.one(key)
        if not text:
            return None
        event = self.store.by_id.get(text)
        named = self.one("event") if key == "since" else ""
        if event is not None and named:
            raise UsageError(f"since: {text} is an event of the record; leave out event, which names one that it lacks")
        if event is not None:
            return Since(called(event), event.date.start, event.id, visit=event.type == "visit")
        try:
            period = parse_period(text)
        except DateError as error:
            hint = suggest_id(text, list(self.store.by_id))
            raise UsageError(f"{key}: {text!r} is neither a date nor the id of an event{hint}") from error
        return Since(f"{named} ({text})", period) if named else Since(text, period, period=True)

    def _window(self) -> Window | None:
        """`back-from-visit`, `back-from-publication` (so many `months`, `weeks` or `days`), `since`, `ever`, a period, or `between` two dates."""
        text = self.one("window")
        if not text:
            return None
        if text in ("back-from-visit", "back-from-publication"):
            return self._back(text)
        if text == "since" and "since" not in self.fields:
            raise UsageError("window since needs since")
        if text == "since":
            return Window("since", label=f"since {self.one('since')}")
        if text == "ever":
            return Window("period", span=EVER, label="so far")
        if text.startswith("between "):
            first, _, last = text.removeprefix("between ").partition(" and ")
            return between(parse_period(first), parse_period(last), text)
        begun = self.one("counting") == "arrivals"
        span = parse_period(text)
        return Window("period", span=span, label=dated(Since(text, span)), begun=begun)

    def _back(self, text: str) -> Window:
        """So many months, weeks or days back."""
        given = [unit for unit in LENGTHS if self.one(unit)]
        if len(given) != 1:
            raise UsageError(f"window {text} needs one of {', '.join(LENGTHS)}")
        unit, length = given[0], self.one(given[0])
        if not (length.isascii() and length.isdigit() and 0 < int(length[:6]) < 12000):
            raise UsageError(f"{unit}: {length!r} is not a whole number above 0")
        months = int(length) if unit == "months" else 0
        days = 0 if months else int(length) * (7 if unit == "weeks" else 1)
        anchor = "visit" if text == "back-from-visit" else "publication"
        about = LOOSE & set(self.many("hedge"))
        loose = next(iter(sorted(about)), "years" if months and not months % 12 else "")
        return Window(anchor, months, label=f"{length} {unit}", days=days, loose=loose)

    def _actor(self, key: str, name: str) -> str:
        return self.store.vocabulary.actor_index.resolve(name, key)

    def _person(self, name: str) -> str:
        return person_index(self.store).resolve(name, "person")

    def _choice(self, key: str, known: tuple[str, ...]) -> str:
        return self._one_of(key, self.one(key), known) if self.one(key) else ""

    def _one_of(self, key: str, value: str, known: tuple[str, ...]) -> str:
        if value not in known:
            self._unknown(key, value, known)
        return value

    def _unknown(self, key: str, value: str, known: tuple[str, ...]) -> NoReturn:
        raise UsageError(f"{key}: unknown value {value!r}{did_you_mean(value, known)} (one of: {', '.join(known)})")
