"""A visit of somebody else than is counted, as a sentence tells of it: `Xi visited North Korea in June 2019`, `Kim's first trip to China`."""

from typing import TYPE_CHECKING, NamedTuple

from timeline.claims import lexicon
from timeline.claims.dates import date_after, in_year, undated
from timeline.claims.families import led
from timeline.claims.named import meant_by, somebody, told_of
from timeline.claims.points import where_to
from timeline.claims.reference import been_in
from timeline.query import may_start_in

if TYPE_CHECKING:
    from timeline.claims.sentence import Names, Sentence
    from timeline.model import Event

VISITED = tuple(
    f"{had}{went}"
    for had in ("", "had ")
    for went in ("visited", "came", "come", "went", "gone", "travelled", "traveled")
)
LAST = ("last", "latest", "most recent", "previous")
THEIRS = tuple(
    f"'s {which} {journey}".replace("  ", " ") for which in ("", "first", *LAST) for journey in lexicon.JOURNEYS
)
BARE = "'s"  # Li Qiang's visit came six years after Xi's
OWN = tuple(
    f"{whose} {which} {journey}"
    for whose in ("his", "her")
    for which in ("first", *LAST)
    for journey in lexicon.JOURNEYS
)


class OtherVisit(NamedTuple):
    """How many words tell of a visit of whom (`name`); those that may be meant, and all that he made there. `which` is `first` or `last` where that is said, `dated` whether its date is."""

    size: int
    name: str = ""
    visits: "tuple[Event, ...]" = ()
    made: "tuple[Event, ...]" = ()
    which: str = ""
    dated: bool = False


def other_visit(s: "Sentence") -> OtherVisit:
    """`Xi visited North Korea in June 2019`, `Xi's first visit`, `his first visit`, `Xi's in 2019`, from here; of no size where no such words stand here."""
    size, name = somebody(s)
    if s.peek() in ("his", "her"):
        size, name = 0, told_of(s) or None
    verb = s.ahead(size).phrase(*VISITED, *THEIRS, BARE, *OWN) if name else 0
    if not name or not verb:
        return OtherVisit(0)
    which = "first" if s.peek(size + 1) == "first" else "last" if s.ahead(size + 1).phrase(*LAST) else ""
    bare = s.peek(size + verb - 1) == BARE
    size += verb
    taken, host, city = where_to(s.ahead(size))
    size, when = date_after(s, size + taken)
    if bare and not (taken or when or s.at + size in (*s.breaks, len(s.words))):
        return OtherVisit(0)  # Xi's accession
    if when is not None and undated(when) and s.names.about is not None:
        when = in_year(when, s.names.about.date.start)
    made = [e for e in s.names.store.events if _goes(e, host, city, s.names) and made_by(e, name, s.names)]
    made = _of_one(made, name, s.names)
    visits = [e for e in made if when is None or may_start_in(e, when.span)]
    return OtherVisit(size, name, tuple(visits), tuple(made), which, when is not None)


def may_precede(visit: "Event", other: "Event") -> bool:
    """Whether a visit may have begun before another, or on the same day."""
    return visit.date.start.earliest <= other.date.start.latest


def _goes(event: "Event", host: str, city: str, names: "Names") -> bool:
    """Whether an event is a visit that was made, to a country and a city where these are said."""
    made = event.type == "visit" and event.status == "happened" and event.kind != "transit"
    return made and host in ("", event.host) and (not city or been_in(city, event, names.store))


def made_by(event: "Event", name: str, names: "Names") -> str:
    """Who made a visit of those whom a name means; of a family name only who headed it. Empty where none of them did."""
    called = meant_by(name, names)
    return next((p.name for p in event.people if p.name in called and (name in called or p.role == "heads")), "")


def _of_one(visits: "list[Event]", name: str, names: "Names") -> "list[Event]":
    """Of the visits of several with a family name those of one: who led, and went last before the visit in question."""
    about = names.about
    if name in meant_by(name, names) or about is None:
        return visits
    before = [v for v in visits if may_precede(v, about)]
    made = [made_by(visit, name, names) for visit in before]
    leaders = [one for one in made if one in led(made, names.store)]
    one = next(reversed(leaders or made), "")
    return [visit for visit in visits if made_by(visit, name, names) == one]
