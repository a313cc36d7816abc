"""What a sentence said → a claim: its form (`slots`), who and from where to where (`sides`), in what time (`windows`), and what it takes from the record (`resolve`)."""

from typing import TYPE_CHECKING, Any

from timeline.claims.model import LOOSE, NONE_WITHIN, STAYS, Claim, NotUnderstood, Since, Window
from timeline.claims.points import visit_by
from timeline.claims.resolve import complete
from timeline.claims.several import together
from timeline.claims.sides import goes, goes_another_way, scope_of, who_counts
from timeline.claims.slots import NUMBERED, TIMES, form_of, refuse_other_visit, refuse_unused
from timeline.claims.time_readings import long_past, looks_past
from timeline.claims.windows import target_of, window_of
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, Store


def assemble(
    text: str, said: "Mapping[str, Any]", store: "Store", about: "Event | None", published: Span | None
) -> Claim:
    """The claim that the slots of a sentence make. Raises NotUnderstood where one is missing."""
    if "earlier" in said and about is not None and long_past(about, published):  # it looks back from the publication
        said, about = {slot: value for slot, value in said.items() if slot != "earlier"}, None
    form = form_of(said)
    published = _looked_back_from(said, published)
    if "before" in said and published and said["before"].latest > published.latest:
        raise NotUnderstood("before what came after the publication? Correct the date, or that of the publication")
    refuse_unused(form, said)
    refuse_other_visit(form, said, about, published)
    if "earlier_only" in said and (about is None or "named" not in said):
        raise NotUnderstood(
            "the only one before which visit, and when was it? Name the visit with --about, and write 'was in' and the year"
        )
    if (
        "sole" in said
        and ("own" not in said or "earlier_only" in said)
        and (said.keys() & {"subject", "named"} or said.get("object") == "person")
    ):
        return complete(_only(text, form, said, store, about, published), store)
    if about is not None and form in ("last-was", "none-since") and long_past(about, published):
        claim = complete(_claim(text, form, said, store, about, published)._replace(about=""), store)
        if looks_past(claim, about, since="had" not in said and bool(said.keys() & {"perfect", "elapsed"})):
            return claim
    if form == "none-since" and "since" not in said and about is not None:
        form = "first-in"  # none for so long, until the visit named
    if dates := said.get("lasts_dated"):
        return _lasts(text, said, dates, store, about, published)
    claim = _claim(text, form, said, store, about, published)
    if any(claim.way) and not (claim.about or claim.asks_visit):
        raise NotUnderstood("abroad, or one country? Write one of the two, or name the visit with --about")
    return complete(claim, store)


def _lasts(
    text: str,
    said: "Mapping[str, Any]",
    dates: tuple[Since, ...],
    store: "Store",
    about: "Event | None",
    published: Span | None,
) -> Claim:
    """`The two previous visits were in May 2000 and January 2001`: the last was in January, and as of then the last was in May."""
    if about is not None and about.type == "visit":  # of which the second part, of those before it, is not told
        said = {**said, "visitor": said.get("visitor") or about.visitor, "host": said.get("host") or about.host}
    parts, day = [], published
    for when in sorted(dates, key=lambda one: one.span, reverse=True):
        asked = _claim(text, "last-was", {**said, "date": when}, store, about, day)
        parts.append(complete(asked, store)._replace(words=f"the last in {when.label}"))
        about, day = None, Span(when.span.earliest - 1, when.span.earliest - 1)
    return together(text, tuple(parts))


def _claim(
    text: str, form: str, said: "Mapping[str, Any]", store: "Store", about: "Event | None", published: Span | None
) -> Claim:
    """The claim as it is said, with what it takes from the record still open."""
    meeting = said.get("object") == "meeting"
    if form in STAYS:
        _whole_visits(said)
    number, unit = _number(form, said)
    counted = form == "count" or (form == "highest-since" and bool(said.keys() & {"year", "date"}))
    window = window_of(said) if counted else None
    if "as_of_whom" in said:
        window = Window("before", label=said["as_of_whom"])
    if window and about is not None and "previously" in said:
        window = window._replace(but=about.id)  # what had been before the visit in question is not that visit
    elsewhere = form == "last-was" or (window is not None and window.absolute)
    return Claim(
        text,
        form,
        who_counts(said, form, store),
        scope_of(said, store, None if elsewhere and goes_another_way(said, store, about) else about),
        about.id if about else "",
        number,
        unit,
        _since(form, said),
        window,
        _hedges(form, said),
        said.get("object", "visit"),
        _pair(said) if meeting else (),
        published,
        said.get("capital", ""),
        roles_open="roles" not in said,
        kind_open="kinds" not in said,
        every_host=bool(said.get("every_host")),
        including=not said.keys() & {"earlier", "exclusive"},
        target=target_of(said) if form == "last-was" else None,
        word=said.get("word", ""),
        subject=said.get("subject", ""),
        negated=said.get("form") == "none-since",
        then="then" in said or (form == "highest-since" and "year" in said),
        had="had" in said,
        past=_of_the_past(form, said),
        previous="previous" in said,
        named=said.get("named", ()),
        among_others="among_others" in said,
        kinds_told=_told_kinds(said, about),
        tags_told=said.get("tags_told", ()),
        unchecked=said.get("unchecked", ()),
        way=_way(said, about),
    )


def _of_the_past(form: str, said: "Mapping[str, Any]") -> bool:
    """Whether a sentence says in the simple past what was so; or, of a time without visits, in the perfect: `not since 2009 has a premier visited`."""
    if "elapsed" in said or (form == "none-since" and "perfect" in said and "had" not in said):
        return True
    return "preterite" in said and not said.keys() & {"had", "perfect"}


def _way(said: "Mapping[str, Any]", about: "Event | None") -> tuple[str, str]:
    """From where and to where the visit in question is told to have gone, beside a count of those from or to all countries. Raises NotUnderstood where it did not."""
    visitor = said.get("visitor", "") if "every_visitor" in said else ""
    host = said.get("host", "") if "every_host" in said else ""
    if about is not None and about.type == "visit" and not goes(about, (visitor, host)):
        raise NotUnderstood(f"the record has {about.id} from {about.visitor} to {about.host}, not as the claim says")
    return visitor, host


def _whole_visits(said: "Mapping[str, Any]") -> None:
    """Raises NotUnderstood where the longest stay is one in a city, of which the record does not say how long each was, or where to is left open."""
    if said.keys() & {"capital", "city", "building"}:
        raise NotUnderstood("how long somebody stayed in one place the record does not say; write the country")
    if not said.keys() & {"host", "every_host", "region", "other_nation"}:
        raise NotUnderstood("the longest of those abroad, or of those to one country? Write where to")


def _told_kinds(said: "Mapping[str, Any]", about: "Event | None") -> tuple[str, ...]:
    """The kinds of which the visit in question is told to be one, where only such may be counted: not in `his first visit`, of somebody, unless a part of the sentence before it says so. Raises NotUnderstood where the record has it as another."""
    kinds: tuple[str, ...] = said.get("kinds_told", ())
    if "of_both" in said:
        return kinds
    if kinds and about is not None and about.kind not in ("", *kinds):
        raise NotUnderstood(f"the record has {about.id} as {about.kind}, not as {kinds[0]}; leave that out")
    return () if "own_visits" in said else kinds


def _only(
    text: str, form: str, said: "Mapping[str, Any]", store: "Store", about: "Event | None", published: Span | None
) -> Claim:
    """`X is the only premier to visit`, `the only visit was X's`: of all that came by the day on which it is said, or, of what had been so, before the visit in question."""
    subject = said.get("subject")
    named = {"named": (visit_by(subject, None),)} if subject else {}
    if about is None or about.date.start.latest >= NEVER_AFTER:
        return _claim(text, form, {**said, **named}, store, about, published)
    start, timed = about.date.start, said.keys() & {*TIMES, "since", "before", "before_whom"}
    before = (
        {"before": Span(NEVER_BEFORE, start.earliest - 1)}
        if said.keys() & {"had", "earlier_only"} and not timed
        else {}
    )
    claim = _claim(
        text, form, {**said, **named, **before}, store, about, published or Span(start.latest + 1, start.latest + 1)
    )
    return claim._replace(about="")


def _number(form: str, said: "Mapping[str, Any]") -> tuple[float, str]:
    """The number of a claim and its unit: of years and the like, or how many visits; none where it says that there was none."""
    if form == "count" and said.get("form") == "none-since":
        return 0.0, "times"
    if form in ("nth", "count"):
        return float(said.get("nth") or said.get("count") or 1), "times"
    number, unit = said.get("duration", (0.0, "years"))
    return number, "decades" if said.get("decades") and form in ("first-in", "none-since", "after") else unit


def _hedges(form: str, said: "Mapping[str, Any]") -> frozenset[str]:
    """The hedges of a claim. `Wen Jiabao visited in 2009` says that there was one visit at least."""
    hedges = frozenset(said.get("hedges", ()))
    within = hedges & {"within", "under"} if said.get("form") == "none-since" else hedges & {"within"}
    if form in ("first-in", "none-since") and "elapsed" not in said:
        hedges -= within
        if (within or "past" in said) and not hedges - {"known"}:
            hedges |= {NONE_WITHIN}
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


def _looked_back_from(said: "Mapping[str, Any]", published: Span | None) -> Span | None:
    """The day that the sentence itself gives, which may not be later than that on which it was published."""
    day: Span | None = said.get("as_of")
    if day is None or published is None:
        return day or published
    if day.earliest > published.latest:
        raise NotUnderstood("'as of' a day after the publication; leave one of the two out")
    return day if day.latest < published.earliest else Span(max(day.earliest, published.earliest), min(day.latest, published.latest))  # fmt: skip
