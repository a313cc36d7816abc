"""What a sentence counts from: dates, events of the record, accessions, and visits of somebody."""

from typing import TYPE_CHECKING

from timeline.claims.dates import date_after, date_here, dated, last_month
from timeline.claims.happenings import dated_event, known_event, summit_held
from timeline.claims.hosts import host_noun
from timeline.claims.lexicon import JOURNEYS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.claims.named import FAMILY, aside, meant_by, somebody, told_of
from timeline.claims.reference import relations, restored, then
from timeline.claims.rises import accession_said, departure_said
from timeline.claims.unrecorded import dateless, refuse_doubtful, told_event
from timeline.dates import Span

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence
    from timeline.model import Event

MADE = (
    "visited",
    "went",
    "travelled",
    "traveled",
    "came",
    "arrived",
    "flew",
    "did so",
    "did",
    "made the trip",
    "made one",
    "was there",
    "was last there",
)
OWN = ("his own", "her own", "his", "her", "his last", "her last", "his previous", "her previous")
THAT_OF = ("that of", "that by", "the one by")


def point(s: "Sentence") -> tuple[int, Since | None]:
    """What stands here to be counted from, and how many words it takes; (0, None) where nothing that is known does."""
    for rule in (
        dated_event,
        _date_and_visit,
        date_and_office,
        date_here,
        _year_before,
        last_month,
        relations,
        restored,
        summit_held,
        known_event,
        accession_said,
        departure_said,
        _visit_of,
        _own_visit,
    ):
        size, found = rule(s)
        if size:
            break
    told, event = told_event(s)
    if event is None or told <= size or (dateless(event) and size):
        return size, found
    refuse_doubtful(s, told, event)
    return told, event


def _year_before(s: "Sentence") -> tuple[int, Since | None]:
    """`Since last year`."""
    size = s.phrase("last year", "the previous year")
    return size, Since("last year", UNKNOWN, period=True, of="last") if size else None


def _visit_of(s: "Sentence") -> tuple[int, Since | None]:
    """`Wen Jiabao in October 2009`, `then-premier Wen Jiabao`, `Hu Jintao's visit in 2005`, `a visit by Hu Jintao`, `Wen Jiabao visited Pyongyang in 2009`."""
    lead = max(
        s.phrase(*(f"{a} {journey} {by}" for a in ("a", "the") for journey in JOURNEYS for by in ("by", "of"))),
        s.phrase(*(f"{journey} {by}" for journey in JOURNEYS for by in ("by", "of")), *THAT_OF),
    )
    size, name = somebody(s.ahead(lead))
    if name is None:
        return 0, None
    size += lead
    size += aside(s.ahead(size), name)
    size += s.ahead(size).phrase("'s own", "'s last", "'s", "himself", "herself")
    taken, when = date_here(s.ahead(size))  # Xi Jinping's 2019 visit
    size += taken
    size += s.ahead(size).phrase(*JOURNEYS)
    if made := s.ahead(size).phrase(*MADE):
        size += made
        size += s.ahead(size).phrase("there")
    there, host, city = where_to(s.ahead(size))
    size += there
    if when is None:
        size, when = date_after(s, size)
    return size, visit_by(name, when, host, city)


def visit_by(name: str, when: Since | None, host: str = "", city: str = "") -> Since:
    """A visit of somebody's, which the record has to find; to a country and a city, where that is said."""
    label, event = name.removeprefix(FAMILY), f"visit:{name}"
    if when is None:
        return Since(label or "the visit before", UNKNOWN, event=event, visit=True, city=city, host=host)
    return Since(f"{label} {dated(when)}".strip(), when.span, event=event, visit=True, city=city, host=host)


def where_to(s: "Sentence") -> tuple[int, str, str]:
    """`to Pyongyang`, `North Korea`: where that visit went; and the city, where it is one."""
    offset = 1 if s.peek() in ("to", "in") else 0
    size, actor = s.actor(offset)
    city = ""
    if not size:
        size, capital = s.longest(s.names.capitals.get, offset)
        if not size and (offset or s.before("visited")):
            size, capital = s.longest(s.names.cities.get, offset)
        actor, city = capital or (None, "")
    if not size and (offset or s.before("visited")):
        size, actor = host_noun(s.ahead(offset))
    if not size and offset and s.peek(offset) == "the" and (half := s.half(offset + 1)):  # to the North
        size, actor = 2, half
    return (offset + size, actor, city) if size and actor else (0, "", "")


def _date_and_visit(s: "Sentence") -> tuple[int, Since | None]:
    """`2009, when Wen Jiabao visited`."""
    dated, when = date_here(s)
    if not dated or s.peek(dated) != "when":
        return 0, None
    size, name = somebody(s.ahead(dated + 1))
    rest = s.ahead(dated + 1 + size)
    made = rest.phrase(*MADE)
    if not name or not made:
        return 0, None
    made += rest.ahead(made).phrase("there")
    there, host, city = where_to(rest.ahead(made))
    return dated + 1 + size + made + there, visit_by(name, when, host, city)


WAS = ("was then", "was still", "was", "served as", "came as", "visited as", "went as")


def date_and_office(s: "Sentence") -> tuple[int, Since | None]:
    """`2008, when he was vice-president`: his visit in that office then, of which the record must know."""
    dated, when = date_here(s)
    if when is None or s.peek(dated) != "when":
        return 0, None
    size, name = s.person(dated + 1)
    if s.peek(dated + 1) in ("he", "she"):
        size, name = 1, told_of(s)
    size += dated + 1
    taken = s.ahead(size).phrase(*WAS)
    size += taken + int(s.peek(size + taken) in ("a", "the"))
    held, office = s.longest(s.names.store.vocabulary.office_index.find, size)
    if not (name and taken and held):
        return 0, None
    names = meant_by(name, s.names)
    if not any(_was_there(event, one, office, when.span) for event in s.names.store.events for one in names):
        raise NotUnderstood(f"{when.label}: the record has no visit of {name} as {s.ahead(size).text(held)} then")
    return size + held, visit_by(name, when)


def _was_there(event: "Event", name: str, office: str, span: Span) -> bool:
    made = event.type == "visit" and then(event, span)
    return made and any(person.name == name and office in person.offices for person in event.people)


def _own_visit(s: "Sentence") -> tuple[int, Since | None]:
    """`his own visit in 2017`: of whoever the sentence tells of."""
    own = s.phrase(*OWN)
    journey = s.ahead(own).phrase(*JOURNEYS) if own else 0
    did = s.ahead(1).phrase(*MADE) if s.peek() in ("he", "she") else 0
    if not (journey or did) and not (s.phrase("his own", "her own") and date_after(s, own)[1]):
        return 0, None
    size = 1 + did + s.ahead(1 + did).phrase("there") if did else own + journey
    if "every_host" in s.said:
        return _abroad(s, size)
    there, host, city = where_to(s.ahead(size))
    size, when = date_after(s, size + there)
    return (0, None) if did and when is None else (size, visit_by("", when, host, city))


def _abroad(s: "Sentence", size: int) -> tuple[int, Since | None]:
    """`Since he travelled to Russia in 2023`, of journeys to any country: the only one of his there that may have begun then."""
    offset = size + int(s.peek(size) in ("to", "in"))
    taken, host = s.actor(offset)
    size, when = date_after(s, offset + taken)
    if not host or when is None:
        return 0, None
    name = told_of(s)
    made = [e for e in s.names.store.events if e.type == "visit" and e.status == "happened" and e.host == host]
    found = [e for e in made if then(e, when.span) and any(p.name == name for p in e.people)]
    if len(found) != 1:
        return 0, None
    return size, Since(f"{name} in {when.label}", found[0].date.start, event=found[0].id, visit=True)
