"""What a sentence counts from: dates, events of the record, accessions, and visits of somebody."""

from typing import TYPE_CHECKING

from timeline.claims.bearing import bearing, titled
from timeline.claims.dates import date_after, date_here, dated, last_month
from timeline.claims.happenings import dated_event, known_event, summit_held
from timeline.claims.hosts import host_noun
from timeline.claims.lexicon import JOURNEYS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.claims.reference import relations, restored, then
from timeline.claims.unrecorded import dateless, refuse_doubtful, told_event
from timeline.dates import Span
from timeline.names import fold
from timeline.people import person_index
from timeline.tenures import name_keys, tenures_of

if TYPE_CHECKING:
    from timeline.claims.sentence import Names, Sentence
    from timeline.model import Event

FAMILY = "family "  # before a family name that stands for one of several
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
TAKEN = {  # what somebody is said to have taken, and the office
    "president": "president",
    "presidency": "president",
    "premier": "premier",
    "premiership": "premier",
    "prime minister": "premier",
    "pm": "premier",
    "vice president": "vice-president",
    "vice premier": "vice-premier",
    "party chief": "general-secretary",
    "party leader": "general-secretary",
    "general secretary": "general-secretary",
    "foreign minister": "foreign-minister",
    "defence minister": "defence-minister",
    "defense minister": "defence-minister",
}
TITLES = (*TAKEN, "leader", "the leader")
BECOMES = ("became", "becoming", "was named", "being named", "was appointed", "being appointed", "took office as", "taking office as", "took over as", "taking over as")  # fmt: skip
RETURNS = ("power", "office", "the white house")  # to what he had held before
ACCESSIONS = (
    *(f"{becomes} {title}" for becomes in BECOMES for title in TITLES),
    "took the helm", "taking the helm", "inherited power", "inheriting power", "came to the helm", "assumed the top job", "taking the top job",
    "succeeded his father", "succeeding his father", "was inaugurated", "being inaugurated",
    "took power", "took office", "took over", "came to power", "taking power", "taking office", "taking over", "took the top job", "took over rule", "taking over rule", "took over the leadership", "taking over the leadership",
    "gained power", "gaining power", "assumed office", "assuming office", "assumed power", "succeeded", "rose to power",
    "assumed the presidency", "assuming the presidency", "taking the presidency", "took the presidency", "assumed the premiership", "assuming the premiership",
    "assumed the leadership", "assuming the leadership", "assuming power", "entered office", "entering office",
    *(f"{returned} to {post}" for returned in ("returned", "returning") for post in RETURNS),
    "coming to power", "coming to office", "came to office", "came into office", "rising to power", "was sworn in", "being sworn in",
)  # fmt: skip
RISES = (
    "accession",
    "rise to power",
    "ascent to power",
    "coming to power",
    "assumption of power",
    "inauguration",
    "succession",
    "takeover",
    "appointment",
    "promotion",
    *(f"appointment as {title}" for title in TITLES),
    *(f"return to {post}" for post in RETURNS),
)  # `his accession`
POWER = ("power", "helm", "top job")  # what a premier does not take where somebody else leads
GOVERNMENTS = ("leadership", "government", "administration", "presidency", "era")


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
        _accession,
        _departure,
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


def ruler(s: "Sentence", offset: int = 0) -> int:
    """Somebody of the table of tenures whom the record need not know."""
    place = s.at + offset
    for size in (4, 3, 2):
        words = s.raw[place : place + size]
        if len(words) == size and words[0][:1].isupper() and tenures_of(name_keys((" ".join(words),))):
            return size
    return 0


def _accession(s: "Sentence") -> tuple[int, Since | None]:
    """`he took power`, `Kim Jong Un came to power`, `becoming premier`."""
    size, name = _newcomer(s)
    rest = s.ahead(size)
    verb = rest.phrase(*ACCESSIONS) or _became(rest, name or _told_of(s))
    taken = verb or (rest.phrase(*RISES) if size or s.peek(-1) in ("his", "her") else 0)
    if not taken:
        return 0, None
    words = rest.folded(taken)
    taken += _home(rest.ahead(taken), name or _told_of(s))
    taken, when = date_after(rest, taken)
    if not when and (year := rest.ahead(taken).phrase("last year", "this year")):
        taken, when = taken + year, Since("", UNKNOWN, of=rest.peek(taken))
    if not when:
        size_of_month, when = last_month(rest.ahead(taken))
        taken += size_of_month
    span = when.span if when else UNKNOWN
    whole = ruler(s, int(s.peek() == "the"))
    if not whole and (
        when or any(word in words for word in POWER)
    ):  # of all of a family name, the date says who, or who led
        name = _family(s, int(s.peek() == "the"))[1] or name
    whose = "'s" if name and not verb else ""
    label = f"{(name or '').removeprefix(FAMILY)}{whose} {words}".strip()
    return size + taken, Since(label, span, event=f"accession:{name or ''}", of=when.of if when else "")


LEFT = "left:"  # before who left his office
DEPARTURES = ("left office", "leaving office", "left power", "leaving power", "stepped down", "stepping down", "left the white house", "leaving the white house", "left the presidency", "leaving the presidency")  # fmt: skip


def _departure(s: "Sentence") -> tuple[int, Since | None]:
    """`Leaving office`, `he stepped down in 2013`."""
    size, name = _newcomer(s)
    left = s.ahead(size).phrase(*DEPARTURES)
    if not left or (name or "").startswith(FAMILY):
        return 0, None
    size, when = date_after(s, size + left)
    return size, Since(s.text(size), when.span if when else UNKNOWN, event=f"{LEFT}{name or ''}")


def _became(s: "Sentence", name: str) -> int:
    """`Becoming North Korea's leader`, `becoming the North's president`: the country being his own."""
    lead = s.phrase(*BECOMES)
    the = int(s.peek(lead) == "the")
    half = s.half(lead + the) if lead else None
    size, actor = (1, half) if half else s.actor(lead + the) if lead else (0, None)
    end = lead + the + size
    title = s.ahead(end + 1).phrase(*TITLES) if actor and s.peek(end) == "'s" else 0
    return end + 1 + title if title and _travels_for(name, actor or "", s) else 0


def _travels_for(name: str, actor: str, s: "Sentence") -> bool:
    names = meant_by(name, s.names)
    return any(e.visitor == actor and p.name in names for e in s.names.store.events for p in e.people)


def _home(s: "Sentence", name: str) -> int:
    """`Assuming power in North Korea`: his own country, which is not where a visit goes."""
    size, actor = s.actor(1) if s.peek() == "in" else (0, None)
    return 1 + size if actor and _travels_for(name, actor, s) else 0


def _newcomer(s: "Sentence") -> tuple[int, str | None]:
    """`he`, a name, `the Hu Jintao leadership`, `his`, `Xi's`: who took power."""
    if s.peek() in ("he", "she", "they", "his", "her"):
        return 1, None
    lead = s.phrase("the", "the new", "new")
    title, office = title_ahead(s.ahead(lead))  # President Joe Biden took office
    lead += title
    size, name = s.person(lead)
    if not name:
        size, name = _family(s, lead)
    if (known := ruler(s, lead)) > size:
        size, name = known, s.ahead(lead).text(known)
    elif office and name and not name.startswith(FAMILY):
        bearing((name,), (titled(office, s.names.store),), s.names.store)
    size += aside(s.ahead(lead + size), name) if name else 0
    after = s.ahead(lead + size)
    size += after.phrase("'s") or after.phrase(*GOVERNMENTS) if name else 0
    return (lead + size, name) if name else (0, None)


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
    there, host, city = _where_to(s.ahead(size))
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


def named_person(s: "Sentence") -> tuple[int, str | None]:
    """A name with what may stand before it: `then-`, `former`, a nationality, an office."""
    size, office = title_ahead(s)
    taken, name = s.person(size)
    if name and office and not name.startswith(FAMILY):
        bearing((name,), (titled(office, s.names.store),), s.names.store)
    return size + taken, name


def title_ahead(s: "Sentence") -> tuple[int, str | None]:
    """What may stand before a name, and the office in it."""
    kin = s.phrase(*KIN)
    size = kin or s.phrase("then", "former", "late", "ex")
    size += s.longest(s.names.adjectives.find, size)[0] or int(s.ahead(size).nationality() is not None)
    taken, office = s.longest(s.names.store.vocabulary.office_index.find, size)
    if kin and not _relative(s)[0]:
        _related(_told_of(s), s.peek(kin - 1), s.person(size + taken)[1])
    return size + taken, office


KINSHIP = ("father", "grandfather", "mother", "brother", "sister", "uncle", "son")
KIN_OF = {
    ("Kim Jong Un", "father"): "Kim Jong Il",
    ("Kim Jong Un", "grandfather"): "Kim Il Sung",
    ("Kim Jong Il", "father"): "Kim Il Sung",
    ("Kim Jong Il", "son"): "Kim Jong Un",
    ("Justin Trudeau", "father"): "Pierre Trudeau",
    ("George W. Bush", "father"): "George H. W. Bush",
    ("Rajiv Gandhi", "mother"): "Indira Gandhi",
    ("Bilawal Bhutto Zardari", "mother"): "Benazir Bhutto",
}
KIN = tuple(
    " ".join(f"{whose} {late} {kin}".split())
    for whose in ("his", "her", "")
    for late in ("", "late")
    for kin in KINSHIP
)


def aside(s: "Sentence", name: str) -> int:
    """`…, the former Chinese president, …`, `…, the grandfather of Kim Jong Un, …`: between commas after a name, who that is. It narrows nothing."""
    if s.at not in s.breaks:
        return 0
    size = int(s.peek() in ("the", "a", "his", "her"))
    size += s.ahead(size).phrase("then", "former", "late")
    if kin := s.ahead(size).phrase(*KINSHIP):
        size += kin
        taken, whose = somebody(s.ahead(size + 1)) if s.peek(size) == "of" else (0, None)
        _related(whose or _told_of(s), s.peek(size - 1), name)
        size += 1 + taken if whose else 0
    else:
        size += s.longest(s.names.adjectives.find, size)[0] or int(s.ahead(size).nationality() is not None)
        held, office = s.longest(s.names.store.vocabulary.office_index.find, size)
        if office and not name.startswith(FAMILY):
            bearing((name,), (titled(office, s.names.store),), s.names.store)
        held = held or s.ahead(size).phrase("leader", "ruler")
        size = size + held if held else 0
        size += 1 + s.actor(size + 1)[0] if held and s.peek(size) == "of" else 0
    return size if size and s.at + size in s.breaks else 0


def _relative(s: "Sentence") -> tuple[int, str | None]:
    """`his father`, with no name after it, where it is known who that is and the record has him."""
    size = s.phrase(*KIN)
    if not size or s.person(size)[1] or s.longest(s.names.store.vocabulary.office_index.find, size)[0]:
        return 0, None
    called = _kin_of(_told_of(s), s.peek(size - 1))
    found = (name for name in person_index(s.names.store).keys.values() if called and _same_name(name, called))
    name = next(found, None)
    return (size, name) if name else (0, None)


def _related(whose: str, kin: str, name: str | None) -> None:
    """Raises NotUnderstood where somebody is not known to be another's father, or the like: no record says that."""
    called = _kin_of(whose, kin)
    if not (name and called and _same_name(name, called)):
        raise NotUnderstood(
            f"{name or 'somebody'} as the {kin} of {whose or 'somebody'} is not known; leave it out", (kin,)
        )


def _kin_of(whose: str, kin: str) -> str:
    """Somebody's father, or the like, where it is known who that is."""
    return next((name for (who, what), name in KIN_OF.items() if kin == what and _same_name(whose, who)), "")


def _same_name(one: str, other: str) -> bool:
    """Whether two names are one, with the stops after initials or without them."""
    return fold(one.replace(".", "")) == fold(other.replace(".", ""))


def somebody(s: "Sentence") -> tuple[int, str | None]:
    """Who made a visit; a family name that several have stays one, since the visit itself may say whose it was."""
    size, name = _relative(s)
    if size:
        return size, name
    size, office = title_ahead(s)
    taken, family = _family(s, size)
    if family is None:
        return named_person(s)
    if office is None:
        return size + taken, family
    names = s.names.bearers.get(fold(family.removeprefix(FAMILY)), ())
    called = bearing(names, (titled(office, s.names.store),), s.names.store)
    return size + taken, called[0] if len(called) == 1 else family


def _family(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """A family name that several have, marked as one."""
    size, names = s.longest(s.names.bearers.get, offset, 4)
    if not size or s.full_name(offset)[0] or len(names) < 2 or not s.raw[s.at + offset][:1].isupper():
        return 0, None
    return size, f"{FAMILY}{s.ahead(offset).text(size)}"


def _where_to(s: "Sentence") -> tuple[int, str, str]:
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
    there, host, city = _where_to(rest.ahead(made))
    return dated + 1 + size + made + there, visit_by(name, when, host, city)


WAS = ("was then", "was still", "was", "served as", "came as", "visited as", "went as")


def date_and_office(s: "Sentence") -> tuple[int, Since | None]:
    """`2008, when he was vice-president`: his visit in that office then, of which the record must know."""
    dated, when = date_here(s)
    if when is None or s.peek(dated) != "when":
        return 0, None
    size, name = s.person(dated + 1)
    if s.peek(dated + 1) in ("he", "she"):
        size, name = 1, _told_of(s)
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


def meant_by(name: str, names: "Names") -> frozenset[str]:
    """Who may be meant by a name: everybody who has it where it stands for a family, and else the one."""
    if not name.startswith(FAMILY):
        return frozenset((name,))
    return frozenset(names.bearers.get(fold(name.removeprefix(FAMILY)), ()))


def _told_of(s: "Sentence") -> str:
    """Who `he` is: the one whom the sentence has named, or who headed the visit in question."""
    about = s.names.about
    heads = [person.name for person in about.people if person.role == "heads"] if about else []
    return str(s.said.get("person") or (heads[0] if len(heads) == 1 else ""))


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
    there, host, city = _where_to(s.ahead(size))
    size, when = date_after(s, size + there)
    return (0, None) if did and when is None else (size, visit_by("", when, host, city))


def _abroad(s: "Sentence", size: int) -> tuple[int, Since | None]:
    """`Since he travelled to Russia in 2023`, of journeys to any country: the only one of his there that may have begun then."""
    offset = size + int(s.peek(size) in ("to", "in"))
    taken, host = s.actor(offset)
    size, when = date_after(s, offset + taken)
    if not host or when is None:
        return 0, None
    name = _told_of(s)
    made = [e for e in s.names.store.events if e.type == "visit" and e.status == "happened" and e.host == host]
    found = [e for e in made if then(e, when.span) and any(p.name == name for p in e.people)]
    if len(found) != 1:
        return 0, None
    return size, Since(f"{name} in {when.label}", found[0].date.start, event=found[0].id, visit=True)
