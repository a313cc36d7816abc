"""A claim as a value, and what was found out about it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span
from timeline.query import Query

if TYPE_CHECKING:
    from timeline.claims.case import Spell
    from timeline.coverage import Cover
    from timeline.model import Event, Source

FORMS = {
    "first-in": "first in N years",
    "first-since": "first since a date, an event or a visit",
    "first-ever": "first ever",
    "highest-since": "highest-ranking since a date, an event or a visit",
    "nth": "n-th",
    "count": "so many in a window",
    "last-was": "the last was",
    "after": "so long after a visit or an event",
    "none-since": "none since",
    "longest-gap": "the longest gap",
    "shortest-gap": "the shortest gap",
    "longest-visit": "the longest visit",
    "shortest-visit": "the shortest visit",
}
GAPS = ("longest-gap", "shortest-gap")
STAYS = ("longest-visit", "shortest-visit")
COMPARED = (*GAPS, *STAYS)  # with all of their scope, later ones too
HOLDING = ("holds", "holds-rounded")
VERDICTS = (*HOLDING, "fails", "depends", "undetermined", "unverifiable")
NAMES = {
    "holds": "HOLDS",
    "holds-rounded": "HOLDS, ROUNDED",
    "fails": "FAILS",
    "depends": "DEPENDS",
    "undetermined": "UNDETERMINED",
    "unverifiable": "UNVERIFIABLE",
}
NO_LESS = (
    "no-less"  # no hedge of print: that "none in N years" is all that is said, also where the last came longer ago
)
NONE_WITHIN = "none-within"  # nor this: that the claim says of a time that none came in it, "none in the past N years"; of "the first in the past N years" one reading
CLOSE = "close"  # nor this: that a number is rounded by no more than a quarter of it
TO_MONTH = "to-the-month"  # nor this: that "exactly N years" is said to the month, not to the day
HEDGES = tuple(
    "nearly more-than about known at-least at-most fewer-than within under decades just-over exactly".split()
)
AT_MOST = frozenset({"at-most", "fewer-than"})  # said of a number of visits, but not of which of them one is
LOOSE = frozenset({"about", "just-over"})  # said of the length of a window: it may be a little longer

NEAR = 120  # days between a publication and the visit that it tells of, made or to come
JUST = 31  # days in which a visit is what has just been, so that nobody came since is no news
FAR = 366  # days after a visit in which a publication may still tell of it, where none is near


class Who(NamedTuple):
    """One reading of the words that say who: `label` in words, the rest a part of the scope.

    `narrowest`: the words are for the very top, and of a visit that meets such a reading no wider ones are considered. `party_states`: a
    reading for states where party offices count (True) or do not (False). `letter`: what the words say by the letter, asked even where the visit in
    question does not meet it. `vague`: the words name no rank, and are said of the visit in question: of one that meets none of their readings they mean the rank of who headed it.
    """

    label: str
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    level: int = 0
    ladder: str = ""
    party_rank: int = 0
    kinds: tuple[str, ...] = ()
    narrowest: bool = False
    party_states: bool | None = None
    letter: bool = False
    vague: bool = False

    @property
    def anybody(self) -> bool:
        return not (self.people or self.offices or self.level or self.party_rank or self.kinds)

    @property
    def query(self) -> Query:
        """What it asks of a person."""
        return Query(
            people=self.people,
            offices=self.offices,
            level=self.level,
            ladder=self.ladder,
            party_rank=self.party_rank,
        )


class Among(NamedTuple):
    """Of which visits one is said to be the `first`, or the `last` before the one in question (`which`); or may be `any`."""

    which: str
    query: Query


class Since(NamedTuple):
    """What a claim counts from: a period of days, and, where it is one, the event. `label` is how the claim words it.

    `visit` is true where the reference is a visit of the record ("since Hu Jintao in 2005"), which must itself be one of those counted.
    `others` are what the words may mean as well: who took an office twice. `of` is the year of a month that does not give it in figures: `this` or the `last`,
    or that of the last such month `before` now; without it, of the last until now.
    `told` is the date that the claim gives for an event which the record dates otherwise: the two are answered apart. `city` and `host` are where a visit is said to have gone, `among` the visits of which it is one: the first or the last, where that is said, or any.
    """

    label: str
    span: "Span"
    event: str = ""
    visit: bool = False
    period: bool = False
    others: "tuple[Since, ...]" = ()
    of: str = ""
    told: "Span | None" = None
    city: str = ""
    host: str = ""
    among: Among | None = None

    @property
    def month(self) -> bool:
        """A month, with its year or without: 'since March' can begin with it or after it."""
        first, last = self.span
        return self.period and (-13 < first < 0 or 26 < last - first < 32)


OWN, ANYBODYS = "own", "anybody's"


class Window(NamedTuple):
    """In what time a count is made: `length` months back from an anchor, or a fixed period.

    Anchors: `visit` (back from the visit), `some` (any time of that length), `publication`, `period` (`span`), `since` (from a `Since` on). `days` are counted beside the months.
    An ordinal ("the second visit of the year") counts up to the visit, a number ("twice this year") up to publication. `inner` is what lies strictly
    between two dates, where a claim says "between". `staying`: a visit that began before the window counts while it lasts;
    `begun`: none does, since it is said that they set out or arrived in it. `loose`: it may be less
    than a month longer: `about` where the claim says so, `years` where whole years are a rounded time; `just-over` some years, and `rounded`, by less than a year.
    `dating`: it may only say when the visit was, the n-th of all, `OWN` where that is said to be somebody's ("his third visit").
    `but`: the visit before which is counted, which is not counted itself. `yearly`: so many in each calendar year of it. Of the anchor `row` these are the last `months` / 12 until now; where it is `ordinal`, and no more.
    """

    anchor: str
    months: int = 0
    span: "Span | None" = None
    label: str = ""
    days: int = 0
    ordinal: bool = False
    inner: "Span | None" = None
    staying: bool = False
    begun: bool = False
    loose: str = ""
    dating: str = ""
    yearly: bool = False
    but: str = ""

    @property
    def absolute(self) -> bool:
        """Whether the claim itself says from when to when, so that no visit is asked for."""
        return self.anchor in ("period", "since", "row") and not self.ordinal


EVER = Span(NEVER_BEFORE, NEVER_AFTER)
UNKNOWN = Span(0, 0)  # of what a claim counts from: filled in from the record
UNRECORDED = "unrecorded:"  # before what happened, by an event of which only the claim knows


def between(first: Span, last: Span, label: str) -> Window:
    """The window between two dates: they may themselves belong to it, or only mark its ends. Raises NotUnderstood where the second is earlier."""
    if last.latest < first.earliest:
        raise NotUnderstood(f"{label}: the second date is earlier than the first")
    inner = Span(first.latest + 1, last.earliest - 1)
    whole = Span(first.earliest, last.latest)
    return Window("period", span=whole, label=label, inner=inner if inner.earliest <= inner.latest else None)


class Claim(NamedTuple):
    """A claim whose words are understood. `who` holds the readings of its who-words (`word` as written); `base` the rest of the scope.

    `subject` is somebody whose visit it tells of without counting only theirs ("Xi is the first president to …"). `negated`: it says that there was no
    visit in a time, and that there was one before only by the way.
    `then`: it compares with what had been so until the visit, not with what is known since. `ties`: a gap that another equals is the longest too. `had`: it says what had been so until a visit of its time, `until` is that of a count. `past`: it says in the simple past what was so. `previous`: it tells of the visit before another, which may be the last. `described`: the visit was found by what the sentence says of it. `words`: the sentence that was read; empty where the claim is data.
    `named`: visits or people who are said to be all that are counted, beside the visit in question; `among_others` where the tense leaves open whether they are all. `kinds_told`: the kinds of which the visit in question is said to be one before the form, as only such may be counted; `tags_told`: the tags of what it is said to be for, likewise. `unchecked`: words that narrow nothing and that the record cannot bear out. `way`: from where and to where the visit in question is said to have gone, where visits from or to all countries are counted. `parts`: the claims of a sentence that makes several.
    """

    text: str
    form: str
    who: tuple[Who, ...] = (Who("anybody"),)
    base: Query = Query()
    about: str = ""
    number: float = 0
    unit: str = "years"
    since: Since | None = None
    window: Window | None = None
    hedges: frozenset[str] = frozenset()
    object: str = "visit"
    pair: tuple[str, ...] = ()
    published: "Span | None" = None
    capital: str = ""
    roles_open: bool = True
    kind_open: bool = True
    every_host: bool = False
    including: bool = True
    expected: str = ""
    id: str = ""
    url: str = ""
    publisher: str = ""
    why: str = ""
    sources: "tuple[Source, ...]" = ()
    target: "Since | None" = None
    word: str = ""
    subject: str = ""
    described: bool = False
    words: str = ""
    negated: bool = False
    then: bool = False
    ties: bool = False
    had: bool = False
    past: bool = False
    previous: bool = False
    until: str = ""
    named: "tuple[Since, ...]" = ()
    among_others: bool = False
    kinds_told: tuple[str, ...] = ()
    tags_told: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    way: tuple[str, str] = ("", "")
    parts: "tuple[Claim, ...]" = ()

    @property
    def borne_out(self) -> bool:
        """Whether its own words may be written again where it holds: not where it gives an event another date than the record or the table of tenures, or says what is not checked."""
        return not self.unchecked and (self.since is None or self.since.told is None)

    @property
    def looks_back(self) -> bool:
        """Whether the visit in question only says from when to look back, and need not be counted itself."""
        return self.form in ("last-was", "none-since") or self.negated or not self.including

    @property
    def dates_visit(self) -> bool:
        """Whether it says itself when the visit was that it tells of, so long after something, and so may be of one that the record lacks."""
        return self.form == "after" and self.since is not None and self.since.among is None and self.published is None

    @property
    def asks_visit(self) -> bool:
        """Whether it is about a visit that it does not name; one about a day, or about a time that it names itself, is not."""
        if self.about or self.form in ("last-was", "none-since"):
            return False
        if self.parts:
            return any(part.asks_visit for part in self.parts)
        window = self.window if self.form == "count" else None
        return window is None or not (window.absolute or (window.anchor == "publication" and not window.ordinal))


class Finding(NamedTuple):
    """The answer under one reading. `deciding` are the visits it rests on, `stretches` the times behind the least and the most.

    Where it rests on absence: on `absence_days`, if the form does not say on which; or on any one of `spells`.
    """

    verdict: str
    reason: str
    deciding: "tuple[Event, ...]" = ()
    stretches: tuple[tuple[int, int], ...] = ()
    fits: tuple[str, ...] = ()
    cover: "Cover | None" = None
    rests_on_absence: bool = False
    absence_days: tuple[int, int] | None = None
    counted: tuple[int, int] | None = None
    spells: "tuple[Spell, ...]" = ()


class Reading(NamedTuple):
    """One way to take the words: `switches` says how each ambiguous word was taken."""

    switches: tuple[tuple[str, str], ...]
    query: Query
    finding: Finding
    scope: "tuple[Event, ...]" = ()

    @property
    def label(self) -> str:
        return "; ".join(value for _, value in self.switches)


class LeftOut(NamedTuple):
    """A visit that a claim does not count and that would change its verdict, with what it is left out for."""

    event: "Event"
    why: str


class Verdict(NamedTuple):
    """What was found out about a claim, and what can be said safely. `flips`: None where no change was tried, as nothing could be decided.

    `parts`: what was found out about each of the claims that a sentence makes; the verdict is theirs together, and `readings` are of the part that decides it.
    `day` (an ordinal): the day asked for, where another might give another answer; None where the claim looks back from a visit or its publication.
    """

    claim: Claim
    verdict: str
    about: "Event | None"
    readings: tuple[Reading, ...]
    switch: str = ""
    flips: tuple[str, ...] | None = None
    excluded: tuple[LeftOut, ...] = ()
    rewrite: str = ""
    notes: tuple[str, ...] = ()
    inferred: bool = False
    parts: "tuple[Verdict, ...]" = ()
    day: int | None = None

    @property
    def main(self) -> Reading:
        return self.readings[0]


class NotUnderstood(ValueError):  # noqa: N818 - what happened, in words that a caller reads
    """Text that the grammar does not cover. `words` are those that it could not read."""

    def __init__(self, message: str, words: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.words = words


Fields = dict[str, Any]
