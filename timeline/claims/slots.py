"""Which form the slots of a sentence make, and whether it has a use for all of them: what it has no use for is refused, so that nothing is skipped."""

from typing import TYPE_CHECKING, Any

from timeline.claims.model import AT_MOST, FORMS, NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.dates import Span
    from timeline.model import Event

NUMBERED = ("first", "nth", "count")


def form_of(said: "Mapping[str, Any]") -> str:
    """Which form the slots make."""
    form, since, timed = said.get("form"), said.get("since"), said.keys() & TIMES
    if "yearly" in said:
        return _each_year(said)
    if "so_long_after" in said:
        return "after"
    if form == "none-since":
        _refuse_negated_number(said)
    if form == "highest-since" and len(said.keys() & {"since", "duration", "ever", "year", "date"}) != 1:
        raise NotUnderstood("'highest-ranking' needs 'since' and a date, an event or a visit")
    if form == "none-since" and not (since or timed or said.keys() & {"ever", "capacity", "before"}):
        raise NotUnderstood("'no visit' needs 'since' and a date, an event or a visit")
    if form == "none-since" and not since and "duration" not in said:
        return "count"
    if "elapsed" in said or (form == "last-was" and "ago" in said):
        return "none-since"
    if form:
        return str(form)
    if "exclusive" in said or ("earlier" in said and since and not since.month):
        return "nth"
    if "count" in said or ("nth" in said and (timed or (since and since.month))):
        return "count"
    if "nth" in said:
        return "nth"
    if "after" in said and "duration" in said:
        return "first-in"
    back = set() if "past" in said else {"duration"}  # `visited in the past two years`, but not `visited in two years`
    dated = timed - back or ("capacity" in said and not since and not timed) or (since and not since.visit)
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


def _refuse_negated_number(said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood for `did not visit five times`, `the first was not in June`: not so, but how then? `Not once` says that there was none."""
    if said.get("count", 1) != 1 or said.get("hedged") == "count":
        raise NotUnderstood("not so often: how often, then? Write how many there were, or 'did not visit'")
    if said.keys() & {"first", "nth"} and said.keys() & {"made", "date", "year", "dates"} and "since" not in said:
        raise NotUnderstood("a first, or none? Write when it was, or 'no … had visited'")


def _each_year(said: "Mapping[str, Any]") -> str:
    """Raises NotUnderstood where it is not said of which years, or something else is said of them."""
    if said.keys() & {"first", "nth", "ever", "form", "sole", "exclusive"}:
        raise NotUnderstood("something of every year, and something else? Write one claim a sentence")
    if set(said.get("hedges", ())) - {"known", *COUNTED}:
        raise NotUnderstood("about so often in every year? Write 'at least', or the number")
    if "row" not in said and not said.keys() & {"since", "date", "dates", "year"}:
        raise NotUnderstood("every year since when? Write 'every year since 2018', 'from 2018 to 2025'")
    return "count"


TIMES = {"duration", "year", "date", "dates"}
SOLE = {"before", "before_whom", "named"}  # said beside `the only`

# What each form makes use of, of all that can be said beside a scope.
USES = {
    "first-in": {"first", "duration", "past", "decades", "after"},
    "first-since": {"first", "since"},
    "first-ever": {"first", "ever"},
    "highest-since": {"since", "ever", "duration", "past", "decades", "year", "date"},
    "nth": {"nth", "count", "since", "ever", "named"},
    "count": {"first", "nth", "count", "sole", "duration", "past", "decades", "since", "date", "dates", "year", *SOLE},
    "last-was": {"date", "target_person"},
    "after": {"duration", "decades", "since", "so_long_after"},
    "none-since": {"since", "ever", "duration", "past", "decades", "elapsed", "ago"},
    "longest-gap": {"ever"},
    "shortest-gap": {"ever"},
    "longest-visit": {"ever", "since"},
    "shortest-visit": {"ever", "since"},
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
    "before_whom": "before",
}


ONE_OF = (
    NUMBERED,
    ("duration", "since", "date", "dates", "year", "before", "before_whom"),
    ("form", "after"),
    ("form", "elapsed"),
)


def refuse_unused(form: str, said: "Mapping[str, Any]") -> None:
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
        "so_long_after",
        "ago",
        "sole",
        *SOLE,
    } & said.keys()
    if form == "count" and (said.get("form") == "none-since" or "sole" in said):
        said_beside.discard("ever")
    for slot in sorted(said_beside - USES[form]):
        raise NotUnderstood(
            f"{WORDS.get(slot, slot)!r} has no place in a claim of the form '{FORMS[form]}'; write one claim a sentence"
        )
    if "sole" in said and said.get("date") and not said.get("date_of") and not _in_time(said):
        raise NotUnderstood(
            "the only one of that time, or the only one of all, made then? Write 'the only visit of 2018', or leave the date out"
        )
    if said.get("dates", ("",))[-1] in ("in", "during") and not (
        said.get("form") == "none-since" or said.get("count", 0) > 1
    ):
        raise NotUnderstood("in each of these years, or in all of them together? Write one claim a sentence")
    if "did" in said and "duration" in said and "past" not in said:
        raise NotUnderstood("'did not' for so long, ending when? Write 'has not', or from when to when")
    for slots in ONE_OF if form != "after" else ():
        if len(found := [slot for slot in slots if slot in said]) > 1:
            raise NotUnderstood(
                f"both {' and '.join(repr(WORDS.get(slot, slot)) for slot in found)}; write one claim a sentence"
            )
    if "not_the_first" in said and said.keys() & {*TIMES, "since"}:
        raise NotUnderstood("not the first in that time: was one made in it, or none? Write 'second', or 'no … since'")
    _hedges_used(form, said)


def _in_time(said: "Mapping[str, Any]") -> bool:
    """`The only premier to visit in the 1990s`, `the only visit in 2018 was …` count in a time; one `in 1928` may tell of that year."""
    first, last = said["date"].span
    return "named" in said or (said.get("object") == "person" and last - first > 366)


# The hedges that mean something of a number of visits, and of the time in which they are counted.
COUNTED, COUNTED_IN = {"more-than", "at-least", "exactly"}, {"under", "within", "about", "just-over"}


def _hedges_used(form: str, said: "Mapping[str, Any]") -> None:
    hedges = set(said.get("hedges", ())) - {"known"}
    if hedges & AT_MOST and "duration" in said and "past" not in said:
        raise NotUnderstood("in the last such time, or in any? Write 'in the past …', or from when to when")
    if form in ("nth", "count"):
        of_number, of_time = (COUNTED | AT_MOST, COUNTED_IN) if form == "count" else (COUNTED, set())
        hedges -= of_number if said.get("hedged") == "count" else of_time
    elif form in ("first-in", "highest-since", "none-since", "after") and "duration" in said:
        hedges &= {"exactly"} if form == "highest-since" else set()
    if hedges:
        raise NotUnderstood(f"{' and '.join(sorted(hedges))!r} has no meaning in a claim of the form '{FORMS[form]}'")


def _of_a_time_over(said: "Mapping[str, Any]") -> bool:
    """Whether it is told in the past tense for how long none came: `no president visited for 88 years`."""
    told = "duration" in said and said.keys() & {"preterite", "over"}
    return bool(told) and not said.keys() & {"had", "perfect", "past", "elapsed", "ago"}


def _refuse_nobody_named(said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood where `the only` of those in an office is said of nobody, or of two."""
    named, subject = said.get("named"), said.get("subject")
    if named and subject:
        raise NotUnderstood(f"who is the only one: {subject}, or who is named after 'was'? Leave one of them out")
    if said.get("object") == "person" and not (named or subject):
        raise NotUnderstood("who is the only one? Write 'X is the only …', or 'the only … was X'")


def _refuse_holder(form: str, said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood for `the US president has never visited`, who may be the one in office, or any."""
    asked = form == "count" and said.keys() & {"count", "ever"} and said.keys() >= {"definite", "perfect"}
    if asked and not said.keys() & {"person", "subject", "object", "nth", "first", "named"}:
        raise NotUnderstood("the one in office, or all who were in it? Write the name, or 'no … has', 'a … has'")


def refuse_other_visit(form: str, said: "Mapping[str, Any]", about: "Event | None", published: "Span | None") -> None:
    """Whether the visit in question can be the one that the sentence tells of. Raises NotUnderstood where not."""
    subject = said.get("subject")
    _refuse_holder(form, said)
    if "sole" in said and "own" not in said:
        _refuse_nobody_named(said)
        return
    if subject and form == "count" and about is None and not said.keys() & {"nth", "first"}:
        raise NotUnderstood("how many there were, and who made one of them? Write one claim about each")
    if subject and about is not None and all(person.name != subject for person in about.people):
        raise NotUnderstood(f"{subject} was not on the visit {about.id}")
    if form == "count" and said.get("form") == "none-since" and "ever" in said and about is not None:
        raise NotUnderstood("'never': before the visit named, or to this day? Write 'first', or leave the visit out")
    if form == "none-since" and about is None and _of_a_time_over(said):
        raise NotUnderstood("none came for so long, ending when? Write 'has', or from when to when")
    counted = "earlier" in said and form == "count" and not said.keys() & {"before", "previously"}
    if counted and about is not None and published is None:
        raise NotUnderstood("'had been … times': is the visit in question counted? Write 'has', or 'since' and a year")
    if "intended" in said and not said.keys() & {"first", "nth"}:
        raise NotUnderstood("a visit that was intended, or one that was made? Write 'visited', or leave it out")
    if said.get("unmade") and (about is None or about.status == "happened"):
        raise NotUnderstood("'would have been' is said of a visit that was not made; name it with --about")
