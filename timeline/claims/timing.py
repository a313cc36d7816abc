"""Rules of the grammar for numbers and time: hedges, lengths, counts, calendar years, and dates."""

import re
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.dates import OF_YEARS, date_here, dates_here, last_month, one_for_each
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.claims.points import date_and_office, where_to
from timeline.claims.visitors import nations, people_ahead

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

HEDGES = {
    "nearly": ("nearly", "almost", "just under", "close to", "not quite", "just shy of", "slightly less than", "a little less than"),
    "just-over": (
        "just over", "just more than", "a little over", "a little more than", "slightly over", "slightly more than", "a bit more than", "a bit over",
        "little more than", "little over",
    ),
    "more-than": ("more than", "over", "in excess of", "upwards of"),
    "at-least": ("at least", "no fewer than", "no less than", "a full", "fully"),
    "about": ("about", "around", "some", "approximately", "roughly"),
    "at-most": ("at most", "no more than", "not more than"),
    "under": ("less than", "under", "fewer than"),
    "within": ("within", "inside"),
    "exactly": ("exactly", "precisely"),
}  # fmt: skip
GAPS = ("gap", "hiatus", "break", "absence", "lull", "interval", "pause", "wait")
# The hedges of a number of visits, and what they are called there.
OF_NUMBERS = {"more-than": "more-than", "at-least": "at-least", "at-most": "at-most", "under": "fewer-than"}
KNOWN = (
    "known",
    "recorded",
    "reported",
    "confirmed",
    *(f"publicly {known}" for known in ("known", "reported", "confirmed", "acknowledged", "disclosed", "announced")),
)
PAST = ("the past", "past", "the last", "last")
SPACE = ("the space of", "just", "only")
VAGUE = ("years", "months")
TIMES = ("times", "visits", "trips", "journeys", "meetings")


def number_here(s: "Sentence") -> tuple[int, float] | None:
    """A number from here: digits, words, `two and a half`, `a` before a unit."""
    word, after = s.peek(), s.peek(1)
    size = 1
    if re.fullmatch(r"\d{1,3}(\.\d+)?", word):
        number = float(word)
    elif word in lexicon.NUMBERS:
        number = float(lexicon.NUMBERS[word])
        if number >= 20 and 0 < lexicon.NUMBERS.get(after, 0) < 10:
            size, number = 2, number + lexicon.NUMBERS[after]
    elif word in ("a", "an") and after in lexicon.UNITS:
        number = 1.0
    elif (word, after) == ("a", "dozen"):
        size, number = 2, 12.0
    elif (word, after) == ("as", "many") and (said := s.said.get("nth") or s.said.get("count")):
        size, number = 2, float(said)  # the third visit in as many months
    else:
        return None
    if s.ahead(size).phrase("and a half"):
        return size + 3, number + 0.5
    return size, number


BY_FAR = ("well over", "well more than", "much more than", "far more than", "far over", "way over", "way more than", "a lot more than", "well under", "much less than", "far less than")  # fmt: skip


def hedge(s: "Sentence") -> int:
    """Hedges stand before a number or a unit; `known` anywhere. Raises NotUnderstood where one says by how much, and does not: `well over`."""
    if size := s.phrase(*BY_FAR):
        raise NotUnderstood(f"{s.text(size)!r}: by how much? Write 'more than', or 'less than'", (s.text(size),))
    if size := s.phrase(*KNOWN) or int(s.peek() == "public" and visit_ahead(s.ahead(1))):
        s.hedge("known")
        return size
    for name, phrases in HEDGES.items():
        size = s.phrase(*phrases)
        found = number_here(s.ahead(size)) if size else None
        once = s.ahead(size).phrase("once", "twice", "thrice")
        if size and ((once and name in OF_NUMBERS) or (found and _counts(s.ahead(size + found[0])))):
            s.hedge(OF_NUMBERS.get(name, name))
            s.say("hedged", "count")
            return size
        if size and name == "at-most":
            return 0  # said of a number alone
        if size and (found or s.ahead(size).phrase("the past", "the last", "decades", *lexicon.SPANS)):
            s.hedge(name)
            s.say("hedged", "duration")
            return size
    return 0


def _counts(s: "Sentence") -> bool:
    """Whether what stands here, after a number, is visits or visitors, so that they are counted: `times`, `official visits`, `Chinese premiers`."""
    return s.peek() in TIMES or visit_ahead(s) or bool(people_ahead(s))


def duration(s: "Sentence") -> int:
    """`16 years`, `six years and eight months`, `the past 12 months`, `decades`."""
    if s.peek() == "decades":
        s.say("duration", (20.0, "years"))
        s.hedge("at-least")
        return 1
    if (
        s.peek() in VAGUE
        and s.before("in", "for")
        and not (s.peek(1).isdigit() or s.peek(1) in ("of", "past", "gone") or _to_come(s))
    ):
        s.say("duration", (2.0, s.peek()))  # first in years: in two at least
        s.hedge("at-least")
        return 1
    if s.phrase("last year", "last month"):
        return 0
    if size := s.phrase(*lexicon.SPANS):
        return _said(s, s.text(size).casefold(), size)
    past = s.phrase(*PAST)
    start = past or s.phrase(*SPACE)
    found = (0, 1.0) if past and s.peek(start) in ("year", "month", "decade") else number_here(s.ahead(start))
    if found is None or s.peek(start + found[0]) not in lexicon.UNITS:
        return 0
    if not found[1]:
        raise NotUnderstood(f"{s.text(start + found[0] + 1)!r} is no time", (s.text(start + found[0] + 1),))
    _refuse_stay(s, start, found)
    if s.before("his", "her", "its", "their") and s.peek(start + found[0] + 1) not in GAPS:
        raise NotUnderstood(
            f"{s.text(start + found[0] + 1)!r} of somebody is no time between visits; write 'since' and from when",
            (s.text(start + found[0] + 1),),
        )
    if past:
        s.say("past", value=True)
    return _closed(s, _say_duration(s, start + found[0], found[1]))


STAY = {"day": 31, "days": 31, "week": 4, "weeks": 4}  # so long a visit may last, and a gap that is told seldom does
MODALS = ("will", "would", "to", "may", "might", "could", "should")
LACKS = frozenset({"no", "not", "never", "none", "nobody", "without"})  # for 16 days


def _refuse_stay(s: "Sentence", start: int, found: tuple[int, float]) -> None:
    """Raises NotUnderstood for `a visit of at least three days`, `there for three days`, `it will last three days`, which say how long a visit lasted and not in what time is counted."""
    size, number = found
    before, word = ["", "", *_before_hedge(s)][-2:]
    short = number <= STAY.get(s.peek(start + size), 0)
    of = word == "of" and before not in (*GAPS, "period", "space", "matter") and not s.phrase(*PAST)
    there = word == "for" and LACKS.isdisjoint(s.words)
    if (short and (of or there)) or (word in MODALS and s.peek() == "last"):
        told = s.text(start + size + 1)
        what = f"{told!r}: how long a visit lasted is not compared; leave it out, or write 'in' and how long it was since the last"
        raise NotUnderstood(what, (told,))


def _before_hedge(s: "Sentence") -> list[str]:
    """The words before here, without a hedge that they end in."""
    words = s.words[: s.at]
    hedges = (one.split() for phrases in HEDGES.values() for one in phrases)
    size = max((len(one) for one in hedges if words[-len(one) :] == one), default=0)
    return words[: len(words) - size]


def _to_come(s: "Sentence") -> bool:
    """`In years to come`, but not `the first premier in years to come to China`."""
    return bool(s.ahead(1).phrase("to come")) and s.peek(3) not in ("to", "here", "there")


def _said(s: "Sentence", words: str, size: int) -> int:
    """A length of time such as `half a century`."""
    number, unit = lexicon.SPANS[words]
    if unit == "decades":
        s.say("decades", value=True)
    s.say("duration", (number, "years" if unit == "decades" else unit))
    return _closed(s, size)


def _closed(s: "Sentence", taken: int) -> int:
    """A length of time with what may follow it: `or so`, a word for a gap. Raises NotUnderstood where it says how long something else lasted."""
    if s.ahead(taken).phrase("or so"):
        s.hedge("about")
        s.say("hedged", "duration")
        taken += 2
    if visit_ahead(s.ahead(taken)):
        raise NotUnderstood(
            f"{s.text(taken)!r}: how long a visit lasted is not compared; leave it out", (s.text(taken),)
        )
    if s.peek(taken) == "as":
        raise NotUnderstood(
            f"{s.text(taken + 1)!r}: between visits, or in an office? Write 'since' and from when", (s.text(taken),)
        )
    return taken + 1 if s.peek(taken) in GAPS else taken


LAST_VISIT = tuple(
    f"after {whose} {which} {journey}".strip()
    for whose in ("his", "her", "the")
    for which in ("last", "previous", "last such")
    for journey in (*lexicon.VISITS, "one")
)
ELAPSED = tuple(phrase.replace("after", "since", 1) for phrase in LAST_VISIT)


def interval(s: "Sentence") -> int:
    """`after 16 years`, `ending a 16-year gap`: the same as `for the first time in 16 years`."""
    if s.peek(-1) in lexicon.UNITS and (size := _last_visit(s) or (0 if elapsing(s) else s.phrase(*ELAPSED))):
        s.say("after", value=True)
        return size
    size = s.phrase("after", "ending", "ends", "ended", "end", "breaking", "following")
    if not size:
        return 0
    skip = s.ahead(size).phrase("a gap of", "an absence of", "a hiatus of", "a break of")
    article = (
        0
        if skip or s.ahead(size).phrase(*lexicon.SPANS) or number_here(s.ahead(size))
        else int(s.peek(size) in ("a", "an"))
    )
    rest = s.ahead(size + skip + article)
    hedged = max((rest.phrase(*phrases) for phrases in HEDGES.values()), default=0)
    timed = rest.ahead(hedged)
    found = number_here(timed)
    known = timed.phrase(*lexicon.SPANS) or (found[0] + 1 if found and timed.peek(found[0]) in lexicon.UNITS else 0)
    if not known or (s.peek() not in ("after", "following") and not (skip or timed.peek(known) in GAPS)):
        return 0
    s.say("after", value=True)
    if s.peek() not in ("after", "following", "breaking") and timed.peek(known) not in ("absence", "hiatus"):
        s.say("ended", value=True)
    return size + skip + article


def _last_visit(s: "Sentence") -> int:
    """`After his last trip`; at the end, `after the last`."""
    if size := s.phrase(*LAST_VISIT):
        return 0 if where_to(s.ahead(size))[0] else size  # where that went is another matter
    size = s.phrase("after the last", "after the previous", "after the previous one")
    return size if size and not s.peek(size) else 0


def ago(s: "Sentence") -> int:
    """`16 years ago`: how long since the last; after `since Wen Jiabao`, how long since that visit, which has to fit it."""
    if s.peek() != "ago" or s.peek(-1) not in lexicon.UNITS:
        return 0
    if not _since_known(s):
        s.say("ago", value=True)
    return 1


def _since_known(s: "Sentence") -> bool:
    """Whether a length of time follows a visit or an event that is counted from."""
    since = s.said.get("since")
    return bool(since and (since.visit or since.event) and s.places["since"] < s.places.get("duration", 0))


CENTURY = (
    "this century",
    "of this century",
    "of the century",
    "in this century",
    "of the 21st century",
    "in the 21st century",
    "of the twenty first century",
)
DECADE = ("this decade", "of this decade", "of the decade", "in this decade")


def period(s: "Sentence") -> int:
    """The century or the decade of the claim."""
    for name, phrases in (("century", CENTURY), ("decade", DECADE)):
        if size := s.phrase(*phrases):
            s.say("year", name)
            return size
    return 0


def _say_duration(s: "Sentence", place: int, number: float) -> int:
    """Say the duration whose unit stands `place` words on, with months after years where they follow."""
    word = s.peek(place)
    unit, factor = lexicon.UNITS[word]
    taken = place + 1
    if word in ("decade", "decades", "century"):
        s.say("decades", value=True)
    if s.ahead(taken).phrase("and a half"):
        number, taken = number + 0.5, taken + 3
    months = s.ahead(taken + (1 if s.peek(taken) == "and" else 0))
    more = number_here(months)
    if unit == "years" and more and months.peek(more[0]) in ("month", "months"):
        s.say("duration", (number * 12 + more[1], "months"))
        return months.at - s.at + more[0] + 1
    s.say("duration", (number * factor, unit))
    return taken


def year(s: "Sentence") -> int:
    """A calendar year or month by its place from publication."""
    for which, phrases in (
        ("this", ("this year", "of the year", "of this year", "the year")),
        ("last", ("last year", "the previous year")),
        ("this month", ("this month", "of the month", "of this month")),
        ("last month", ("last month",)),
    ):
        size = s.phrase(*phrases)
        if size and s.said.get("form") == "last-was" and which in OF_YEARS:
            s.say("date", Since(s.text(size), UNKNOWN, period=True, of=which))
            return size
        if size:
            s.say("year", which)
            return size
    return 0


def elapsing(s: "Sentence") -> bool:
    """Whether what stands before is how long it has been: `it has been seven years`, or nothing but a length of time."""
    if "duration" not in s.said:
        return False
    alone = not min(s.places["duration"], s.places.get("hedged", s.places["duration"]))
    return alone or s.words[:2] in (["it", "has"], ["it", "had"], ["it", "s"], ["it", "is"], ["it", "'s"])


SAID = tuple(f"{said} {at}" for said in ("said", "written", "published", "reported") for at in ("in", "on"))


def as_of(s: "Sentence") -> int:
    """`as of 17 June 2019`, `said in June 2019`: the day from which the sentence looks back."""
    size, found = date_here(s.ahead(2)) if s.phrase("as of", *SAID) else (0, None)
    if found is None:
        return 0
    if found.span.earliest < 0:
        raise NotUnderstood(f"{s.text(2 + size)!r} of which year?", (s.text(2 + size),))
    s.say("as_of", found.span)
    return 2 + size


def date_in(s: "Sentence") -> int:
    """A date with `in`, `on`, `of`: when the last visit was, or the time of a count."""
    lead = int(s.peek() in ("in", "on", "during", "of") or (s.peek() == "to" and s.before("back")))
    if not lead and not (s.said.get("form") == "last-was" and (s.before("was", "were") or _right_after_last(s))):
        return 0
    lead += int(bool(lead) and s.peek(lead) == "the" and s.peek(lead + 2) == "s")
    if size := _listed(s.ahead(lead)):
        return lead + size
    size, found = date_here(s.ahead(lead))
    if found and (more := _years_on(s.ahead(lead + size), found, s.peek())):
        return lead + size + more
    if size:
        s.say("date", found)
        s.said["date_of"] = s.peek() == "of"
        size = date_and_office(s.ahead(lead))[0] or size  # in 2012, when he was prime minister
    return size + lead if size else 0


def _listed(s: "Sentence") -> int:
    """`Twice, in 1985 and 1988`, `the two previous trips were in May 2000 and January 2001`: a date for each of those counted."""
    if not s.said.keys() & {"count", "lasts"}:
        return 0
    size, dates = one_for_each(s, s.said["count"]) if "count" in s.said else dates_here(s)
    if not size or len(dates) != s.said.get("count", s.said.get("lasts")):
        return 0
    s.say("listed", dates)
    return size


def month_before(s: "Sentence") -> int:
    """`visited last May`, when it was; `the last May visit` is another thing."""
    size, found = last_month(s)
    if found is None or visit_ahead(s.ahead(size)):
        return 0
    s.say("date", found)
    return size


def _right_after_last(s: "Sentence") -> bool:
    """`Last: March 1990`, where nothing follows; `last March` alone is the March before the publication."""
    size, found = date_here(s)
    return s.said.get("form_end") == s.at and found is not None and found.span.earliest > 0 and not s.peek(size)


def _years_on(s: "Sentence", first: Since, word: str) -> int:
    """`in 2018 and 2019`, `in 2019, 2020 and 2021`: the years that follow a year, one after the other, up to `and`. Raises NotUnderstood where one is left out."""
    taken, last = 0, first
    while (joint := int(s.peek(taken) == "and")) or s.peek(taken).isdigit():
        size, found = date_here(s.ahead(taken + joint))
        if found is None or s.peek(taken + joint + size) in lexicon.UNITS:
            return 0
        if found.span.earliest != last.span.latest + 1:
            raise NotUnderstood(
                f"{first.label} … {found.label} are not one after the other; write one claim a sentence"
            )
        taken, last = taken + joint + size, found
        if joint:
            s.say("dates", (first, last, word))
            return taken
    return 0


def visit_ahead(s: "Sentence") -> bool:
    """Whether a word for a visit stands here, be it after kinds and nationalities."""
    size = s.phrase("foreign", "overseas")
    while more := s.ahead(size).phrase(*lexicon.KINDS) or nations(s.ahead(size)):
        if s.peek(size + more - 1) in lexicon.VISITS:
            return True
        size += more
    return s.peek(size) in lexicon.VISITS or one_ahead(s.ahead(size))


def one_ahead(s: "Sentence") -> bool:
    """Whether `one` stands here for a visit: `the first official one by …`, `the highest-level one since …`."""
    return s.peek() == "one" and s.peek(1) in ("", "by", "since", "in", "of", "to", "abroad", "there", "ever", "for")
