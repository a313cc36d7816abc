"""What the words of a claim for a time, a length of time or a date may mean: the switches that are about when and how long."""

from typing import TYPE_CHECKING

from timeline.claims.dates import dated
from timeline.claims.measure import Size
from timeline.claims.model import CLOSE, COMPARED, GAPS, JUST, NO_LESS, NONE_WITHIN, OWN, STAYS, TO_MONTH
from timeline.claims.taken import CLOSED, Asked, Choice, Taken, claiming
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.text import span_text

if TYPE_CHECKING:
    from timeline.claims.model import Claim, Window
    from timeline.dates import When
    from timeline.model import Event

UNDER_WAY = "visits already under way when it began count too"
FROM, AFTER = "from the beginning of ", "from after "
NOT_THIS = "the visit under way when it was said left out"
THIS_TOO = "the visit under way when it was said counted too"
NOT_LAST = "the last visit until then left out, as the one that the previous one came before"
JUST_OVER = 2  # days after its end on which a visit is still the news that a sentence may look back from
STRICTLY, WITH_ENDS = "strictly between the two dates", "with both dates themselves"
SOME = "in some time of that length"
IN_IT, OF_ALL = "counted in that time", "the visit was made then, and all before it count"
A_YEAR = 364  # days from the first of a year to its last
UP_TO_TENS = "rounded up to tens"
ALL, AMONG_OTHERS = "those named are all", "others may have been made beside those named"
BY_RECORD = "as the record dates it"
CLOSELY = "rounded by no more than a quarter"
AS_FIRST = "rounded as “the first in so many years” is"
YEARS_ROUNDED = 24  # months: what is said of one year is not rounded up to two


def window_choices(asked: Asked) -> tuple[Choice, ...]:
    """'Since March' may begin with March or after it, 'between 1991 and 2009' take in the two years or not; 'visited four times in ten months' may be said of any ten (semantics §7)."""
    window, since = asked.claim.window, asked.claim.since
    if window is not None and window.inner is not None:
        return _between(window, window.inner)
    if asked.claim.form in ("nth", *STAYS) and since is not None and (later := _later(asked)):
        start = since.span.latest + 1
        after = since._replace(span=Span(start, start), period=False)
        return (Choice(f"{FROM}{since.label}"), claiming(later, since=after))
    if window is not None and window.anchor == "visit" and asked.claim.past and is_count(asked.claim):
        return (Choice(), claiming(SOME, window=window._replace(anchor="some")))
    if window is not None and window.anchor == "row" and not window.ordinal and asked.claim.past:
        return (Choice(), claiming(SOME, window=window._replace(anchor="some-row")))
    if window is None or window.anchor != "since" or since is None or not since.period:
        return CLOSED
    first, last = since.span
    later = _later(asked)

    def counting(words: str, start: int) -> Choice:
        period = window._replace(anchor="period", span=Span(start, NEVER_AFTER), label=words)
        return claiming(words, window=period)

    begins = counting(f"{FROM}{since.label}", first)
    return (begins, counting(later, last + 1)) if later else (begins._replace(words=""),)


def _later(asked: Asked) -> str:
    """The words for counting from after a time, 'since March' or 'since 2005'; none where it is not over when the claim looks back, or is a day: only of the longest visit that may be the day of another, since which none was so long."""
    since = asked.claim.since
    day = since is not None and since.span.earliest == since.span.latest
    if since is None or not since.period or (day and asked.claim.form not in STAYS):
        return ""
    until = asked.visit.date.start if asked.visit else asked.claim.published
    return "" if until and until.earliest <= since.span.latest else f"{AFTER}{since.label}"


def _between(window: "Window", inner: Span) -> tuple[Choice, ...]:
    """Strictly between two dates, or with both of them."""

    def counting(words: str, span: Span | None) -> Choice:
        return claiming(words, window=window._replace(span=span, inner=None))

    return (counting(STRICTLY, inner), counting(WITH_ENDS, window.span))


def dating_choices(asked: Asked) -> tuple[Choice, ...]:
    """'Visited for the third time in 2018' may be the third time of that year, or of all, made in that year. The plainer first: of a year or more, what is counted in it."""
    window = asked.claim.window
    if window is None or not window.dating:
        return CLOSED
    choices = (Choice(IN_IT), claiming(OF_ALL, form="nth"))
    return choices if plain_dating(window, OF_ALL) == IN_IT else choices[::-1]


def plain_dating(window: "Window", taken: str) -> str:
    """Which of the two ways to take an n-th visit in some time is as plain as one of them, or plainer: of "his third visit in 2018" both are."""
    if window.dating == OWN:
        return OF_ALL if taken == IN_IT else IN_IT
    return IN_IT if window.span is not None and window.span.latest - window.span.earliest >= A_YEAR else OF_ALL


def edge_choices(asked: Asked) -> tuple[Choice, ...]:
    """A visit that began before the time in which is counted, and lasts into it, may be counted.

    `The second visit of the year` begins in it, and what is counted since an event comes after it; `the second in 15 months` counts back.
    """
    window, since = asked.claim.window, asked.claim.since
    if asked.claim.negated and asked.claim.number:
        return (Choice(), Choice(UNDER_WAY, lambda taken: taken._replace(lasting=True)))
    if asked.claim.form != "count" or window is None or window.staying or window.begun or window.yearly:
        return CLOSED
    if (window.span and window.span.earliest == NEVER_BEFORE) or (since and not since.period):
        return CLOSED
    if window.ordinal and window.anchor not in ("visit", "publication"):
        return CLOSED

    def staying(taken: Taken) -> Taken:
        inside = taken.claim.window._replace(staying=True)  # type: ignore[union-attr] # the window as it was taken
        return taken._replace(claim=taken.claim._replace(window=inside))

    return (Choice(), Choice(UNDER_WAY, staying))


def since_choices(asked: Asked) -> tuple[Choice, ...]:
    """'None since 2010' may say that the last was in 2010, or only that there was none after it; 'none in 10 years' likewise."""
    claim = asked.claim
    since = claim.since
    if claim.negated and claim.form in ("first-in", "none-since") and not (since or claim.hedges - {"known"}):
        return (
            Choice("the last came that long ago"),
            claiming("none in that time, be the last longer ago or never", hedges=claim.hedges | {NO_LESS}),
        )
    looked_back_from = asked.visit.date.start if asked.visit else claim.published
    if claim.form != "none-since" or since is None or not since.period:
        return CLOSED
    if looked_back_from is not None and looked_back_from.earliest <= since.span.latest:
        return CLOSED  # said within the period itself
    after = since._replace(span=Span(since.span.latest + 1, since.span.latest + 1), period=False)
    return (Choice(f"the last was {dated(since)}"), claiming(f"none after {since.label}", since=after))


def dated_choices(asked: Asked) -> tuple[Choice, ...]:
    """An event that the claim dates otherwise than the record was when the record has it, or else the claim's date is what is counted from."""
    since = asked.claim.since
    told = [one.told for one in (since, *since.others) if one.told] if since else []
    if not told:
        return CLOSED
    return (Choice(BY_RECORD), Choice(f"counted from {span_text(*told[0])}, as the claim dates it", _as_told))


def _as_told(taken: "Taken") -> "Taken":
    since = taken.claim.since
    if since is None or since.told is None:
        return taken
    counted = since._replace(label=span_text(*since.told), span=since.told, event="")
    return taken._replace(claim=taken.claim._replace(since=counted))


def among_choices(asked: Asked) -> tuple[Choice, ...]:
    """'Kim visited three times, in March, May and June 2018' may name all of his visits, or, in the simple past, those of which is told."""
    claim = asked.claim
    if not claim.among_others or "at-least" in claim.hedges:
        return CLOSED
    return (Choice(ALL), claiming(AMONG_OTHERS, hedges=claim.hedges | {"at-least"}))


def past_choices(asked: Asked) -> tuple[Choice, ...]:
    """'The first in the past N years' is "in N years" in print, and to the letter says of all of that time that none came in it."""
    claim = asked.claim
    if claim.form != "first-in" or claim.negated or NONE_WITHIN not in claim.hedges:
        return CLOSED
    in_print = claiming("the last came that long ago", hedges=claim.hedges - {NONE_WITHIN})
    return (in_print, Choice("none in all of that time, be the last longer ago or never"))


def tens_choices(asked: Asked) -> tuple[Choice, ...]:
    """'Nearly 20 years' is a round number: 18 are nearly 20 to some; 'nearly two decades' says tens itself. 'In four decades' may count decades, not years."""
    claim = asked.claim
    if claim.form not in ("first-in", "none-since", "after") or not claim.number:
        return CLOSED
    if claim.unit == "decades" and not claim.hedges - {"about", "known"}:
        return (Choice(), claiming("counted in decades", unit="tens"))
    tens = claim.unit == "decades" or (claim.unit == "years" and claim.number >= 20 and not claim.number % 10)
    return (Choice(), claiming(UP_TO_TENS, unit="tens")) if tens and "nearly" in claim.hedges else CLOSED


def close_choices(asked: Asked) -> tuple[Choice, ...]:
    """'In two years', 13 months after the last, is rounded up by the letter; to some that is no longer two years. 'The second in four years', 53 months after the first, is rounded as 'the first in four years' is."""
    claim, window = asked.claim, asked.claim.window
    if window is not None and window.ordinal and window.loose == "years" and window.months >= YEARS_ROUNDED:
        return (Choice(), claiming(AS_FIRST, window=window._replace(loose="rounded")))
    timed = claim.form in ("first-in", "none-since", "highest-since", "after") and claim.number
    if timed and "exactly" in claim.hedges and claim.unit in ("years", "decades"):
        to_month = claiming("exact to the month", hedges=claim.hedges - {"exactly"} | {TO_MONTH})
        return (Choice("exact to the day"), to_month)
    if not timed or claim.hedges - {"nearly", "about", "known"} or Size(claim.number, claim.unit).leaves_no_room:
        return CLOSED
    return (Choice(), claiming(CLOSELY, hedges=claim.hedges | {CLOSE}))


def until_choices(asked: Asked) -> tuple[Choice, ...]:
    """'The longest gap', of a visit after which others came, may be the longest until then, or to this day."""
    claim, visit, store = asked
    if claim.form not in COMPARED or claim.then or claim.published or visit is None:
        return CLOSED
    day = visit.date.start.latest
    if not any(e.type == visit.type and e.date.start.latest > day for e in store.events):
        return CLOSED
    what = "gaps" if claim.form in GAPS else "visits"
    return (Choice(f"of all {what} to this day"), claiming(f"of the {what} until then", then=True))


def tie_choices(asked: Asked) -> tuple[Choice, ...]:
    """'The longest gap', of two that are equally long: no other is longer, but neither is it longer than all others."""
    if asked.claim.form not in COMPARED:
        return CLOSED
    gap = asked.claim.form in GAPS
    what = "a gap that another equals is the longest or shortest too" if gap else f"a visit that another equals is the {asked.claim.form.removesuffix('-visit')} too"  # fmt: skip
    return (Choice(), claiming(what, ties=True))


def present_choices(asked: Asked) -> tuple[Choice, ...]:
    """'Modi last visited China in 2018', 'Kim visited twice this year', printed while he is there, is meant of the time before: journalists tell of it in the simple past, too.

    So is "not since 2009 has a premier visited". Not so "he has visited twice", and what has no verb. "He had visited twice", printed then, is meant of the time before; only where that is not so, with this visit.
    """
    claim, visit, store = asked
    said = claim.published
    if claim.until and claim.number:
        return (Choice(), claiming(THIS_TOO, until=""))
    back = claim.form in ("last-was", "none-since") and visit is None
    if not (back or is_count(claim)) or not claim.past or said is None:
        return CLOSED
    here = frozenset(event.id for event in store.events if in_the_news(event.date, said))
    if here:
        before = Choice(NOT_THIS, lambda taken: taken._replace(but=here))
        there = claim.previous and any(in_the_news(event.date, said, after=0) for event in store.events)
        return (before,) if there else (Choice(), before)
    return CLOSED


def previous_choices(asked: Asked) -> tuple[Choice, ...]:
    """'His previous visit', printed when none is under way or just over, may be the last, or the one before that."""
    claim, visit, store = asked
    said = claim.published
    if not (claim.previous and claim.past) or visit is not None or said is None:
        return CLOSED
    if any(in_the_news(event.date, said) for event in store.events):
        return CLOSED
    return (Choice(), Choice(NOT_LAST, lambda taken: taken._replace(but_last=True)))


def is_count(claim: "Claim") -> bool:
    """Whether a claim says how many visits there were, and not the how manieth one was."""
    return claim.form == "count" and not (claim.window and claim.window.ordinal)


def long_past(visit: "Event", said: Span | None) -> bool:
    """Whether a visit began more than a month before a publication, and is no news of it."""
    return said is not None and visit.date.start.latest + JUST < said.earliest


def looks_past(claim: "Claim", visit: "Event", *, since: bool = False) -> bool:
    """Whether `the last was in June 2019`, `none since then`, published more than a month after a visit of that time of which it is said, looks back from the publication: that visit is the last itself. `since`: the words say what has been so since."""
    mark = claim.target or claim.since
    if claim.form not in ("last-was", "none-since") or not long_past(visit, claim.published):
        return False
    if since or mark is None:
        return since
    (first, last), then = visit.date.start, mark.span
    return mark.event == visit.id or (mark.period and then.earliest <= first and last <= then.latest)


def in_the_news(when: "When", said: Span, after: int = JUST_OVER) -> bool:
    """Whether what has a date was, or may have been, under way on the days of a publication, or some days `after` it ended."""
    last = when.start.latest if when.end.latest == NEVER_AFTER else when.end.latest
    return when.start.earliest <= said.latest and said.earliest <= last + after
