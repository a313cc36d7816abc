"""Which fields of a claim as data go together (docs/claims.md): what each form needs, and what says nothing beside other fields, or the contrary."""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.claims import lexicon
from timeline.claims.model import AT_MOST, FORMS, HEDGES
from timeline.claims.slots import COUNTED, COUNTED_IN
from timeline.vocabulary import KINDS as ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What each form must say (one of each group), and what else of the fields that measure and date it may.
LENGTHS = ("months", "weeks", "days")  # what a window that counts back may be long
MEASURES = frozenset({"number", "unit", *LENGTHS, "since", "event", "reference", "window", "every", "counting"})
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "first-in": (("number",),),
    "first-since": (("since",),),
    "first-ever": (),
    "highest-since": (("since", "number"),),
    "nth": (("number",),),
    "count": (("number",), ("window",)),
    "last-was": (("reference",),),
    "after": (("number",), ("since",)),
    "none-since": (("since", "number"),),
    "longest-gap": (),
    "shortest-gap": (),
    "longest-visit": (),
    "shortest-visit": (),
}
ALLOWED = {form: MEASURES & {key for group in groups for key in group} for form, groups in NEEDS.items()}
ALLOWED |= {
    "first-in": ALLOWED["first-in"] | {"unit"},
    "highest-since": ALLOWED["highest-since"] | {"unit"},
    "none-since": ALLOWED["none-since"] | {"unit"},
    "after": ALLOWED["after"] | {"unit"},
    "nth": ALLOWED["nth"] | {"since", "counting"},
    "longest-visit": frozenset({"since"}),
    "shortest-visit": frozenset({"since"}),
    "count": ALLOWED["count"] | {"since", *LENGTHS, "every", "counting"},
}
ALLOWED = {form: keys | ({"event"} if "since" in keys else set()) for form, keys in ALLOWED.items()}
OF_MEETINGS = ("nth", "count", "first-in", "first-since", "first-ever", "last-was", "none-since")
OF_PEOPLE = ("nth", "count")
SINCE_OR_FOR = ("highest-since", "none-since")  # since something, or for so long
BACK = ("back-from-visit", "back-from-publication")
SAYS_WHO = ("who", "person", "office", "at-least")
# The hedges that mean something of a form, beside `known`, which does of any. Of a rank since a date, and of a number of visits in any time, nothing is measured.
MEASURED = frozenset(HEDGES) - {"known"}
OF_TIME = MEASURED - AT_MOST
HEDGED = {
    "first-in": OF_TIME,
    "after": OF_TIME,
    "highest-since": OF_TIME - {"exactly"},
    "none-since": OF_TIME,
    "nth": frozenset(COUNTED),
    "count": frozenset(COUNTED | AT_MOST | COUNTED_IN),
}
MOST_MET = 2  # under `met`: who received those counted, or the two who met
OF_VISITS = ("place", "capital", "kind", "not-kind", "tag")  # which a meeting on a visit need not share

Misplaced: TypeAlias = "tuple[str, str, str]"  # the field, what is wrong with it, and what to write


class Given(NamedTuple):
    """The fields that a claim has, each with its texts."""

    fields: "Mapping[str, tuple[str, ...]]"

    def one(self, key: str) -> str:
        """The first text of a field; empty where it has none."""
        return next(iter(self.many(key)), "")

    def many(self, key: str) -> tuple[str, ...]:
        return self.fields.get(key, ())

    def has(self, *keys: str) -> bool:
        """Whether the claim has any of some fields."""
        return not self.fields.keys().isdisjoint(keys)


def misplaced(form: str, given: Given) -> "Iterator[Misplaced]":
    """Where a form lacks a field that it needs, or has one that says nothing in it."""
    for group in NEEDS[form]:
        if not given.has(*group):
            yield "form", f"form {form} needs {' or '.join(group)}", f"add {' or '.join(f'{key}:' for key in group)}"
    for key in sorted((given.fields.keys() & MEASURES) - ALLOWED[form]):
        yield key, f"form {form} has no use for {key}", f"remove {key}:, or write another form"
    yield from _idle(form, given)
    yield from _idle_in_time(form, given)
    yield from _of_object(form, given)
    yield from _contrary(form, given)


def _contrary(form: str, given: Given) -> "Iterator[Misplaced]":
    """The fields that say different things of one and the same."""
    measured = [hedge for hedge in HEDGES if hedge in MEASURED and hedge in given.many("hedge")]
    window = given.one("window")
    if len(measured) > 1:
        what = f"hedges {' and '.join(measured)}, which say different things of one number"
        yield "hedge", what, "write one of them"
    if form == "count" and measured and given.one("number").strip("0.") == "" and given.has("number"):
        yield "hedge", f"hedge {measured[0]} beside number 0, which says that there was none", "remove hedge:"
    if form == "count" and window and window not in BACK:
        for hedge in (one for one in measured if one in COUNTED_IN):
            what = f"hedge {hedge} beside window {window}, of whose length nothing is said"
            yield "hedge", what, f"write window: {BACK[0]}, or remove hedge {hedge}"
    if window == BACK[1] and not given.has("published"):
        yield "window", f"window {window} needs published", f"add published:, or write {BACK[0]}"
    for key in ("since", "reference"):
        if given.has(key, "about") and given.one(key) == given.one("about"):
            yield key, f"{key}: {given.one(key)} is the visit in question itself", "name an earlier event, or a date"
    if form == "highest-since" and given.has("person"):
        what = "person beside form highest-since, which compares everybody who came"
        yield "person", what, "remove person:, and name the visit under about:"
    yield from _contrary_kinds(given)


def _contrary_kinds(given: Given) -> "Iterator[Misplaced]":
    """The same of kinds."""
    kinds, left_out = given.many("kind"), given.many("not-kind")
    if "any" in kinds and len(kinds) > 1:
        yield "kind", "kind: any takes in the others", "write kind: any, or remove any"
    if "bilateral" in kinds and set(kinds) & set(lexicon.KINDS["bilateral"]):
        yield "kind", "kind: bilateral takes in the others", "write kind: bilateral, or remove bilateral"
    if both := sorted(set(kinds) & set(left_out)):
        yield "not-kind", f"not-kind: {both[0]} is under kind, too", "remove one of the two"
    if set(left_out) >= set(ALL_KINDS):
        yield "not-kind", "not-kind: every kind, so that nothing is counted", "remove some, or not-kind:"


def _idle(form: str, given: Given) -> "Iterator[Misplaced]":
    """The fields that say nothing beside others, or the contrary, each with why and what to write."""
    if given.has("reading"):
        yield (
            "reading",
            "reading beside form, of which only the fields are read",
            "remove reading:, or form: and its fields",
        )
    if given.has("ladder") and not given.has("at-least"):
        yield "ladder", "ladder needs at-least, the rank on it", "add at-least:, or remove ladder:"
    for key in ("visitor", "host"):
        if "any" in given.many(key) and len(given.many(key)) > 1:
            yield key, f"{key}: any takes in the others", f"write {key}: any, or remove any"
        if given.has(key) and given.has("between"):
            yield (
                key,
                f"{key} beside between, which counts both directions",
                f"remove {key}:, or write visitor: and host: for one direction",
            )
    measured = form not in SINCE_OR_FOR or given.has("number")
    useful = HEDGED.get(form, frozenset()) if measured else frozenset()
    for hedge in sorted({*given.many("hedge")} & (MEASURED - useful)):
        may = ", ".join(one for one in HEDGES if one in useful or one == "known")
        yield "hedge", f"form {form} has no use for hedge {hedge}", f"one of: {may}; or remove hedge:"


def _idle_in_time(form: str, given: Given) -> "Iterator[Misplaced]":
    """The same of fields that say in what time is counted."""
    window = given.one("window")
    if given.has("event") and not given.has("since"):
        yield "event", "event needs since, the date that the claim gives it", "add since:, or remove event:"
    if form in SINCE_OR_FOR and given.has("since") and given.has("number"):
        yield "number", "number beside since, which says from when on", "remove number:, or since:"
    if form in SINCE_OR_FOR and given.has("unit") and not given.has("number"):
        yield "unit", "unit needs number", "add number:, or remove unit:"
    if form == "count" and window and window != "since" and given.has("since"):
        yield (
            "since",
            f"since beside window {window}, which says itself in what time",
            "write window: since, or remove since:",
        )
    for length in LENGTHS:
        if form == "count" and window and window not in BACK and given.has(length):
            yield (
                length,
                f"{length} beside window {window}, which says itself in what time",
                f"write window: back-from-visit, or remove {length}:",
            )
    if form == "count" and given.has("every") and (window in (*BACK, "ever") or window.startswith("between ")):
        what = f"every beside window {window}, of which it is not clear what years it has"
        yield "every", what, "write a period such as 2018..2025, or since, under window:, or remove every:"
    counting = given.one("counting")
    if counting == "before" and form == "count":
        yield "counting", "form count has no use for counting before", "write counting: arrivals, or remove it"
    if counting == "arrivals" and form == "nth":
        yield "counting", "form nth has no use for counting arrivals", "write counting: before, or remove it"
    if counting == "arrivals" and form == "count" and not _in_period(window):
        yield (
            "counting",
            f"counting arrivals beside window {window}: only of a period is it open what began in it",
            "remove counting:, or write a period such as 2018 under window:",
        )


def _in_period(window: str) -> bool:
    return window not in (*BACK, "since", "ever") and not window.startswith("between ")


def _of_object(form: str, given: Given) -> "Iterator[Misplaced]":
    """The same of what is counted: visits, meetings, people, or what goes both ways."""
    counted = given.one("object")
    forms = {"meeting": OF_MEETINGS, "person": OF_PEOPLE}.get(counted, tuple(FORMS))
    if form not in forms:
        yield "object", f"form {form} does not go with object {counted}", f"one of: {', '.join(forms)}"
    if counted == "meeting" and len(given.many("met")) > 1:
        for key in ("visitor", "host", "between", *SAYS_WHO, "role"):
            if given.has(key):
                what = f"{key} beside two under met, of whose meetings all are counted, wherever they were"
                yield key, what, f"remove {key}:"
    met = given.many("met")
    if counted == "meeting" and not len(met) == len(set(met)) <= MOST_MET:
        yield "met", "met is of one host, or of two who met each other", "write met: [A, B]"
    if counted == "exchange" and not given.has("between"):
        yield "object", "object exchange needs between, as it counts both directions", "add between: [a, b]"
    if counted == "exchange" and not given.has(*SAYS_WHO):
        what = "object exchange needs to say of whom it is asked whether receiving a visitor counts"
        yield (
            "object",
            what,
            f"add {', '.join(f'{key}:' for key in SAYS_WHO[:-1])} or {SAYS_WHO[-1]}:; or remove object:",
        )
    for key in OF_VISITS:
        if counted == "meeting" and given.has(key):
            what = f"object meeting has no use for {key}; where and of what kind a meeting was is not compared"
            yield key, what, f"remove {key}:"
