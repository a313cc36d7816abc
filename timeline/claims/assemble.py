"""What a sentence said → a claim: which form the slots make, whether it has a use for all of them, who, from where to where, in what time."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.model import EVER, FORMS, LOOSE, NO_LESS, Claim, NotUnderstood, Since, Who, Window, between
from timeline.claims.points import UNKNOWN
from timeline.claims.resolve import complete
from timeline.dates import NEVER_BEFORE, Span
from timeline.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, Store


def assemble(
    text: str, said: "Mapping[str, Any]", store: "Store", about: "Event | None", published: Span | None
) -> Claim:
    """The claim that the slots of a sentence make. Raises NotUnderstood where one is missing."""
    form = _form(said)
    published = _looked_back_from(said, published)
    _all_used(form, said)
    _told_of(form, said, about)
    if form == "none-since" and "since" not in said and about is not None:
        form = "first-in"  # none for so long, until the visit named
    meeting = said.get("object") == "meeting"
    number, unit = _number(form, said)
    claim = Claim(
        text,
        form,
        _who(said, form),
        _scope(said, store, about),
        about.id if about else "",
        number,
        unit,
        _since(form, said),
        _window(said) if form == "count" else None,
        _hedges(form, said),
        said.get("object", "visit"),
        _pair(said) if meeting else (),
        published,
        said.get("capital", ""),
        roles_open="roles" not in said,
        kind_open="kinds" not in said,
        every_host=bool(said.get("every_host")),
        every_visitor=bool(said.get("every_visitor")),
        including="earlier" not in said,
        target=_target(said) if form == "last-was" else None,
        word=said.get("word", ""),
        subject=said.get("subject", ""),
        negated=said.get("form") == "none-since",
    )
    return complete(claim, store)


def _number(form: str, said: "Mapping[str, Any]") -> tuple[float, str]:
    """The number of a claim and its unit: of years and the like, or how many visits; none where it says that there was none."""
    if form == "count" and said.get("form") == "none-since":
        return 0.0, "times"
    if form in ("nth", "count"):
        return float(said.get("nth") or said.get("count") or 1), "times"
    number, unit = said.get("duration", (0.0, "years"))
    return number, "decades" if said.get("decades") and form in ("first-in", "none-since") else unit


def _hedges(form: str, said: "Mapping[str, Any]") -> frozenset[str]:
    """The hedges of a claim. `Wen Jiabao visited in 2009` says that there was one visit at least."""
    hedges = frozenset(said.get("hedges", ()))
    if said.get("form") == "none-since" and "past" in said and not hedges - {"known"}:
        hedges |= {NO_LESS}
    if form == "count" and said.get("hedged") == "duration":
        hedges -= LOOSE  # the window has it
    return hedges | {"at-least"} if form == "count" and not said.keys() & {*NUMBERED, "form"} else hedges


def _since(form: str, said: "Mapping[str, Any]") -> Since | None:
    """What is counted from. `The highest-ranking ever` counts from the beginning."""
    if form == "highest-since" and "ever" in said:
        return Since("the beginning", Span(NEVER_BEFORE, NEVER_BEFORE))
    return said.get("since")


def _pair(said: "Mapping[str, Any]") -> tuple[str, ...]:
    """The two who met; or the host alone, who received those of the scope."""
    if "receiver" in said:
        return (said["receiver"],)
    return tuple(filter(None, (said.get("person"), said.get("other_person"))))


NUMBERED = ("first", "nth", "count")


def _looked_back_from(said: "Mapping[str, Any]", published: Span | None) -> Span | None:
    """The day that the sentence itself gives, which may not be later than that on which it was published."""
    day: Span | None = said.get("as_of")
    if day and published and day.earliest > published.latest:
        raise NotUnderstood("'as of' a day after the publication; leave one of the two out")
    return day or published


def _form(said: "Mapping[str, Any]") -> str:
    """Which form the slots make."""
    form, since, timed = said.get("form"), said.get("since"), said.keys() & TIMES
    if form == "highest-since" and len(said.keys() & {"since", "duration", "ever"}) != 1:
        raise NotUnderstood("'highest-ranking' needs 'since' and a date, an event or a visit")
    if form == "none-since" and not (since or timed or "ever" in said):
        raise NotUnderstood("'no visit' needs 'since' and a date, an event or a visit")
    if form == "none-since" and not since and "duration" not in said:
        return "count"
    if "elapsed" in said or (form == "last-was" and "ago" in said):
        return "none-since"
    if form:
        return str(form)
    if "earlier" in said and since and not _is_month(since):
        return "nth"
    if "count" in said or ("nth" in said and (timed or (since and _is_month(since)))):
        return "count"
    if "nth" in said:
        return "nth"
    if "after" in said and "duration" in said:
        return "first-in"
    dated = timed - {"duration"} or ("capacity" in said and not since and not timed) or (since and not since.visit)
    if said.get("made") and dated and not said.keys() & {"first", "ever"}:
        return "count"
    if not (said.get("first") or said.get("ever")):
        raise NotUnderstood(
            "no form that is known: first, n-th, so many in a time, highest-ranking, last, none, longest (docs/claims.md)"
        )
    if said.get("ever"):
        return "first-ever"
    if since:
        return "first-since"
    if said.get("duration"):
        return "first-in"
    return "count" if timed else "first-ever"


# What each form makes use of, of all that can be said beside a scope. The rest is refused, so that nothing is skipped.
TIMES = {"duration", "year", "date", "dates"}
USES = {
    "first-in": {"first", "duration", "past", "decades", "after"},
    "first-since": {"first", "since"},
    "first-ever": {"first", "ever"},
    "highest-since": {"since", "ever", "duration", "past", "decades"},
    "nth": {"nth", "count", "since", "ever"},
    "count": {"first", "nth", "count", "sole", "duration", "past", "decades", "since", "date", "dates", "year"},
    "last-was": {"date", "target_person"},
    "none-since": {"since", "ever", "duration", "past", "decades", "elapsed", "ago"},
    "longest-gap": {"ever"},
    "shortest-gap": {"ever"},
}
WORDS = {
    "first": "first",
    "ever": "ever",
    "nth": "a number of a visit",
    "count": "a number of visits",
    "duration": "a length of time",
    "past": "past",
    "decades": "decades",
    "dates": "two dates",
}
ONE_OF = (
    NUMBERED,
    ("duration", "since", "date", "dates", "year"),
    ("form", "after"),
    ("form", "elapsed"),
)


def _all_used(form: str, said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood where a form has no use for something that was said, or two things say the same of it."""
    said_beside = {
        *NUMBERED,
        *TIMES,
        "ever",
        "past",
        "decades",
        "since",
        "target_person",
        "after",
        "elapsed",
        "ago",
        "sole",
    } & said.keys()
    if form == "count" and said.get("form") == "none-since":
        said_beside.discard("ever")
    for slot in sorted(said_beside - USES[form]):
        raise NotUnderstood(
            f"{WORDS.get(slot, slot)!r} has no place in a claim of the form '{FORMS[form]}'; write one claim a sentence"
        )
    if "sole" in said and said.get("date") and not said.get("date_of"):
        raise NotUnderstood(
            "the only one of that time, or the only one of all, made then? Write 'the only visit of 2018', or leave the date out"
        )
    for slots in ONE_OF:
        if len(found := [slot for slot in slots if slot in said]) > 1:
            raise NotUnderstood(
                f"both {' and '.join(repr(WORDS.get(slot, slot)) for slot in found)}; write one claim a sentence"
            )
    _hedges_used(form, said)


# The hedges that mean something of a number of visits, and of the time in which they are counted.
COUNTED, COUNTED_IN = {"more-than", "at-least"}, {"under", "within", "about", "just-over"}


def _hedges_used(form: str, said: "Mapping[str, Any]") -> None:
    hedges = set(said.get("hedges", ())) - {"known"}
    if form in ("nth", "count"):
        hedges -= COUNTED if said.get("hedged") == "count" else COUNTED_IN if form == "count" else set()
    elif form in ("first-in", "highest-since", "none-since") and "duration" in said:
        hedges = set()
    if hedges:
        raise NotUnderstood(f"{' and '.join(sorted(hedges))!r} has no meaning in a claim of the form '{FORMS[form]}'")


def _told_of(form: str, said: "Mapping[str, Any]", about: "Event | None") -> None:
    """Whether the visit in question can be the one that the sentence tells of. Raises NotUnderstood where not."""
    subject = said.get("subject")
    if subject and form == "count" and about is None and not said.keys() & {"nth", "first"}:
        raise NotUnderstood("how many there were, and who made one of them? Write one claim about each")
    if subject and about is not None and all(person.name != subject for person in about.people):
        raise NotUnderstood(f"{subject} was not on the visit {about.id}")
    if form == "count" and said.get("form") == "none-since" and "ever" in said and about is not None:
        raise NotUnderstood("'never': before the visit named, or to this day? Write 'first', or leave the visit out")
    if "first" in said and "date" in said and not said.get("date_of"):
        raise NotUnderstood(
            "the first in that time, or the first of all, made then? Write 'the first visit of 2018', or leave the date out"
        )
    if "earlier" in said and form == "count" and about is not None:
        raise NotUnderstood("'had been … times': is the visit in question counted? Write 'has', or 'since' and a year")
    if said.get("unmade") and (about is None or about.status == "happened"):
        raise NotUnderstood("'would have been' is said of a visit that was not made; name it with --about")


def _is_month(since: Since) -> bool:
    """A month, with its year or without: 'since March' can begin with it or after it."""
    first, last = since.span
    return since.period and (first < 0 or 26 < last - first < 32)


def _who(said: "Mapping[str, Any]", form: str) -> tuple[Who, ...]:
    """The readings of who-words. `Xi as president` is him in that office; in `President Xi` the title may say the same, or only who he is.

    Of him alone where the claim knows of an earlier visit: then nobody means only those in his present office.
    """
    person, words = said.get("person"), said.get("who")
    if said.get("object") == "meeting" and "summit" in said and not person and not words:
        return lexicon.SUMMIT
    if not person or (said.get("object") == "meeting" and "receiver" not in said):
        return words or (lexicon.ANYBODY,)
    plain = Who(person, (person,))
    held = tuple(
        who._replace(label=f"{person} as {who.label}", people=(person,)) for who in words or () if not who.anybody
    )
    if "capacity_told" in said:
        return (plain, *held)
    if "capacity" in said:
        return held or (plain,)
    return (plain, *held) if form in ("first-ever", "nth", "count") else (plain,)


def _scope(said: "Mapping[str, Any]", store: "Store", about: "Event | None") -> Query:
    """Directions, roles and kinds. Raises NotUnderstood where a side is not said and not to be had from the visit or the person."""
    kinds = said.get("kinds", ())
    narrowed = Query(
        roles=said.get("roles", ("heads",) if "official" in kinds or "state" in kinds else ()),
        kinds=kinds,
        places=tuple(said[slot] for slot in ("building", "city") if slot in said),
        tags=said.get("tags", ()),
    )
    visitor, host = said.get("visitor"), said.get("host")
    if about is not None and about.type == "visit":
        visitor, host = visitor or about.visitor, host or about.host
    homes = _homes(said.get("person") or said.get("subject"), store)
    if said.get("object") == "meeting":
        _who_met(said, visitor, host)
    else:
        _one_side(said, visitor, homes)
    host = host or said.get("other_nation") or _home(said.get("receiver"), store)
    visitor = visitor or _home(said.get("person"), store)
    if said.get("outside", visitor) != visitor:
        raise NotUnderstood(f"outside {said['outside']}: write 'abroad', or where to")
    if said.get("between"):
        return replace(narrowed, between=said["between"])
    if said.get("both_ways") and visitor and host:
        return replace(narrowed, between=(visitor, host))
    visitors = () if said.get("every_visitor") or not visitor else (visitor,)
    hosts = () if said.get("every_host") or not host else said.get("region") or (host,)
    if said.get("object") != "meeting":
        if not visitors and not said.get("every_visitor"):
            raise NotUnderstood(
                "the claim does not say whose visit it is; name both countries, or the visit with --about"
            )
        if not hosts and not said.get("every_host"):
            raise NotUnderstood("the claim does not say where to; name both countries, or the visit with --about")
    return replace(narrowed, visitors=visitors, hosts=hosts)


def _homes(person: str | None, store: "Store") -> set[str]:
    """The actors for which a person travels in the record."""
    return {event.visitor for event in store.events if event.type == "visit" for p in event.people if p.name == person}


def _home(person: str | None, store: "Store") -> str | None:
    """The one actor for which a person travels in the record."""
    homes = _homes(person, store) if person else set()
    return next(iter(homes)) if len(homes) == 1 else None


def _who_met(said: "Mapping[str, Any]", visitor: str | None, host: str | None) -> None:
    """Raises NotUnderstood where it is not said between whom: two people, or two countries."""
    if "receiver" in said and "other_person" in said:
        raise NotUnderstood("who received whom? Name one host and one guest")
    if "receiver" in said:
        return
    sides = "between" in said or (visitor and (host or "other_nation" in said))
    if ("person" in said) != ("other_person" in said) or not ("person" in said or sides):
        raise NotUnderstood("a meeting of whom? Name both people, or both countries with 'between'")


def _one_side(said: "Mapping[str, Any]", visitor: str | None, homes: set[str]) -> None:
    """Raises NotUnderstood where the words do not say clearly who travels where."""
    if "other_nation" in said:
        raise NotUnderstood("two nationalities: who visits whom? Write 'by a … to …'")
    if visitor and homes and visitor not in homes:
        raise NotUnderstood(
            f"{said.get('person') or said.get('subject')} does not travel for {visitor} in the record; write 'to' and 'by'"
        )


def _window(said: "Mapping[str, Any]") -> Window:
    """The time in which is counted; without any, all time. An ordinal counts up to the visit."""
    return replace(_time(said), ordinal=bool(said.keys() & {"nth", "first"}), staying="present" in said)


def _time(said: "Mapping[str, Any]") -> Window:
    if said.get("dates"):
        first, last, words = said["dates"]
        label = f"{words} {first.label} {'and' if words == 'between' else 'to'} {last.label}"
        return (
            between(first.span, last.span, label)
            if words == "between"
            else Window("period", span=_whole(first.span, last.span, label), label=label)
        )
    if said.get("date"):
        return Window("period", span=said["date"].span, label=f"in {said['date'].label}")
    if said.get("year"):
        return Window("year", label=f"{said['year']} {'year' if said['year'] in ('this', 'last') else ''}".strip())
    if said.get("since"):
        return Window("since", label=f"since {said['since'].label}")
    if said.get("duration"):
        return _back(said)
    return Window("period", span=EVER, label="so far")


def _whole(first: Span, last: Span, label: str) -> Span:
    if last.latest < first.earliest:
        raise NotUnderstood(f"{label}: the second date is earlier than the first")
    return Span(first.earliest, last.latest)


def _back(said: "Mapping[str, Any]") -> Window:
    """So many months or days back from the visit, or from publication."""
    number, unit = said["duration"]
    length = number * {"years": 12, "weeks": 7}.get(unit, 1)
    if length % 1:
        raise NotUnderstood(f"{number:g} {unit} is no time that visits can be counted in; write whole months")
    months, days = (0, round(length)) if unit in ("days", "weeks") else (round(length), 0)
    about = said.get("hedged") == "duration" and LOOSE & set(said.get("hedges", ()))
    if said.get("past"):
        return Window("publication", months, label=_length(number, unit), days=days)
    loose = "about" if about else "years" if unit == "years" else ""
    return Window("visit", months, label=_length(number, unit), days=days, loose=loose)


def _length(number: float, unit: str) -> str:
    return f"{number:g} {unit if number != 1 else unit.removesuffix('s')}"


def _target(said: "Mapping[str, Any]") -> Since:
    """When, or by whom, the last visit is said to have been."""
    when, person = said.get("date"), said.get("target_person")
    if person:
        return Since(
            f"{person}{f' in {when.label}' if when else ''}",
            when.span if when else UNKNOWN,
            event=f"visit:{person}",
            visit=True,
        )
    if when is None:
        raise NotUnderstood("'last' needs when it was, or who it was")
    return when  # type: ignore[no-any-return]
