"""What a visit was for, told of it before the claim: `arrived in Seoul for talks with Yoon, becoming the first …`. It narrows nothing there, nor after `his first visit to China in six years`; beside what is counted it is refused."""

import re
from typing import TYPE_CHECKING

from timeline.claims.bearing import bearing, titled
from timeline.claims.lexicon import VISITS
from timeline.claims.model import NotUnderstood
from timeline.claims.named import FAMILY, meant_by, named_person, ruler, title_ahead
from timeline.claims.phrases import clause_ends, place_named
from timeline.claims.sentence import STOP
from timeline.claims.visitors import form_at, nations
from timeline.names import fold
from timeline.tenures import name_keys, tenures, tenures_of
from timeline.text import both

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from timeline.claims.sentence import Names, Sentence
    from timeline.model import Event
    from timeline.tenures import Tenure

SORTS = (
    "bilateral",
    "summit",
    "high level",
    "official",
    "formal",
    "further",
    "face to face",
    "closed door",
    "annual",
    "regional",
    "international",
)
# Of a gathering only where the record says so of the visit.
SORTS_HELD = (
    "trade",
    "nuclear",
    "security",
    "trilateral",
    "multilateral",
    "economic",
    "informal",
)
TALKS = ("talks", "meetings", "discussions", "negotiations", "consultations", "meeting", "summit", "summit meeting")
GATHERINGS = (
    "summit",
    "meeting",
    "conference",
    "forum",
    "parade",
    "military parade",
    "ceremony",
    "gathering",
    "session",
    "funeral",
    "celebrations",
    "summit meeting",
)
MEET = ("to meet", "to meet with", "to hold talks with", "to have talks with", "to see", "to confer with")
# What the record has to tell of a visit for it to be said; a summit or a meeting may be that with the host.
HELD = ("conference", "forum", "parade", "ceremony", "funeral", "celebrations")
BODY = re.compile(r"[A-Z][\w']*(?:[ -][A-Z][\w']*)+")  # a name of several words, whose initials print writes
ATTEND = ("to attend", "to take part in", "to participate in", "to join")
INVITED = ("at the invitation of", "on the invitation of", "at the request of")
COUNTERPARTS = (
    "counterpart",
    "president",
    "leader",
    "prime minister",
    "premier",
    "host",
    "hosts",
    "government",
    "leaders",
    "officials",
    "leadership",
    "authorities",
)
GOES_ON = (
    "marking",
    "becoming",
    "making",
    "in what",
    "in the first",
    "in his first",
    "in her first",
    "for the first visit",
    "for his first visit",
    "on his first",
    "on her first",
    "on the first",
)
GOES = (
    *VISITS,
    "visited",
    "visiting",
    "travel",
    "travelled",
    "traveled",
    "set",
    "come",
    "came",
    "arrive",
    "go",
    "went",
)


def purpose(s: "Sentence") -> int:
    """How many words say what the visit told of was for. A clause has to end with them, and before the form the next has to say itself that visits are counted."""
    if form_at(s) >= 0:
        size = s.phrase(*(f"{comes} {invited}" for comes in ("comes", "came", "is", "was") for invited in INVITED))
        size += _of_whom(s.ahead(size)) if size else 0
        return size if size and not s.peek(size) else _of_his_visit(s)
    if not s.said.keys() & {"host", "capital", "city"}:
        return 0
    size = _for_talks(s) or _to_meet(s) or _to_attend(s) or _invited(s)
    ends = s.at + size in s.breaks or s.peek(size) == STOP or s.ahead(size).phrase(*GOES_ON)
    return size if size and ends and any(word in GOES for word in s.words[s.at + size :]) else 0


def _of_his_visit(s: "Sentence") -> int:
    """`Kim will make his first visit to China in six years to attend a parade`: after his own visit, where to and in what time, what that visit is for."""
    his = "own" in s.said or s.said.keys() >= {"adverbial", "first"}
    if not (his and s.said.keys() & {"first", "nth"} and s.said.keys() & {"duration", "since"} and place_named(s)):
        return 0
    size = _for_talks(s) or _to_meet(s) or _to_attend(s)
    size += _there(s.ahead(size)) if size else 0
    return size if size and clause_ends(s.ahead(size)) else 0


def _there(s: "Sentence") -> int:
    """`In Beijing`, a city of the country that is visited: where the gathering is."""
    lead = int(s.peek() in ("in", "at")) and 1 + int(s.peek(1) == "the")
    size, city = s.longest(s.names.capitals.get, lead) if lead else (0, None)
    if lead and not size:
        size, city = s.longest(s.names.cities.get, lead)
    if city is None or city[0] != s.said.get("host"):
        return 0
    about, place = s.names.about, s.names.store.vocabulary.place
    if about and about.places and place(city[1]) not in map(place, about.places):
        raise NotUnderstood(f"{city[1]}: the record has {about.id} in {both(about.places)}; leave that out")
    return lead + size


def _for_talks(s: "Sentence") -> int:
    """`for talks`, `for a summit with President Yoon`."""
    size = int(s.peek() == "for") and _gathering(s.ahead(1), TALKS)
    if not size:
        return 0
    _held(s.ahead(1), size)
    size += 1
    whom = _of_whom(s.ahead(size + 1)) if s.peek(size) == "with" else 0
    return size + 1 + whom if whom else size


def _to_meet(s: "Sentence") -> int:
    size = s.phrase(*MEET)
    whom = _of_whom(s.ahead(size)) if size else 0
    return size + whom if whom else 0


def _to_attend(s: "Sentence") -> int:
    size = s.phrase(*ATTEND)
    what = _gathering(s.ahead(size), GATHERINGS) if size else 0
    if not what:
        return 0
    _held(s.ahead(size), what)
    return size + what


def _held(s: "Sentence", size: int) -> None:
    """Raises NotUnderstood where somebody is said to come for what the record does not tell of his visit: a parade, the summit of a body, nuclear talks."""
    about = s.names.about
    if about is None:
        return
    known = fold(f"{about.kind} {about.occasion} {about.title} {' '.join(about.tags)}").split()
    known += ["celebrations"] if "anniversary" in known else []
    bodies = ["".join(word[0] for word in re.split("[ -]", name)) for name in BODY.findall(about.occasion)]
    for raw, word in zip(s.raw[s.at : s.at + size], s.words[s.at : s.at + size], strict=True):
        body = raw.isupper() and len(raw) > 1
        if (body or word in (*HELD, *SORTS_HELD)) and word not in known and not any(raw in name for name in bodies):
            raise NotUnderstood(f"{s.text(size)!r}: the record does not say so of {about.id}; leave it out", (raw,))


def _invited(s: "Sentence") -> int:
    size = s.phrase(*INVITED)
    whom = _of_whom(s.ahead(size)) if size else 0
    return size + whom if whom else 0


def _gathering(s: "Sentence", nouns: tuple[str, ...]) -> int:
    """`a G20 summit`, `bilateral talks`: a word for a gathering with what may stand before it, an acronym too."""
    size = int(s.peek() in ("a", "an", "the", "his", "their"))
    while not s.ahead(size).phrase(*nouns):
        after = s.ahead(size)
        acronym = after.peek() and after.raw[after.at].isupper() and len(after.peek()) > 1
        more = after.phrase(*SORTS, *SORTS_HELD, "'s") or nations(after) or int(bool(acronym))
        if not more:
            return 0
        size += more
    return size + s.ahead(size).phrase(*nouns)


def _of_whom(s: "Sentence") -> int:
    about = s.names.about
    return whom(s, about if about and about.type == "visit" else None)


def whom(s: "Sentence", visit: "Event | None") -> int:
    """How many words say whom somebody met on a visit, or who invited him: a name with a title, `his Egyptian counterpart`, `the Chinese government`, a country. Raises NotUnderstood where it may be nobody of that visit."""
    own = int(s.peek() in ("the", "his", "her", "their", "its"))
    size = own + nations(s.ahead(own))
    actor = s.longest(s.names.adjectives.find, own)[1] or s.actor(own)[1]
    size += s.ahead(size).phrase("'s")
    title = s.ahead(size).phrase(*COUNTERPARTS)
    for lead in (0, title):  # of a title that is an office the name has to bear it
        taken, name = _named(s.ahead(size + lead), visit)
        if name:
            break
    size += lead + taken
    if visit is not None:
        received(visit, actor, name, s.names)
    return size if title or name or size > own else 0


def _named(s: "Sentence", visit: "Event | None") -> tuple[int, str | None]:
    """Somebody of the record, of the table of tenures, or of those met on a visit, the last by a single name, too."""
    lead, office = title_ahead(s)
    if visit and office and not s.phrase("then", "former", "late", "ex"):
        _refuse_title(s, office, visit)
    size, name = named_person(s)
    if name:
        return size, name
    if size := ruler(s, lead):
        name = s.ahead(lead).text(size)
        if office:
            bearing((name,), (titled(office, s.names.store),), s.names.store)
        return lead + size, name
    word = s.peek(lead)
    called = [other for other in visit.met if word and word in fold(other).split()] if visit else []
    return (lead + 1, called[0]) if len(called) == 1 and s.raw[s.at + lead][:1].isupper() else (0, None)


def _refuse_title(s: "Sentence", office: str, visit: "Event") -> None:
    """Raises NotUnderstood where somebody was not in the office of his title on a visit, by the table of tenures."""
    lead, _ = title_ahead(s)
    name = s.person(lead)[1] or s.ahead(lead).text(ruler(s, lead))
    held = [term for term in tenures().get((visit.host, office), ()) if term.keys & name_keys((name,))]
    if name and held and not any(term.may_hold(visit.date.start) for term in held):
        raise NotUnderstood(f"{name} was not {s.text(lead)} at {visit.id}; leave the title out")


def received(about: "Event", actor: str | None, name: str | None, names: "Names") -> None:
    """Raises NotUnderstood where somebody whom a visitor meets, or who invited him, is not of the country visited, or not one whom the record says that he met."""
    if actor not in (None, about.host):
        raise NotUnderstood(f"{actor} was not the host of {about.id}; leave that out", (actor or "",))
    if not name:
        return
    people = meant_by(name, names)
    terms = set(tenures_of(name_keys(people)))
    met = {names.people.find(fold(other)) or other for other in about.met}
    if met and people.isdisjoint(met) and terms.isdisjoint(tenures_of(name_keys(met))):
        told = f"{both(about.met)} as met"
    elif not met and not _of_the_host(people, terms, about, names):
        told = "nobody as met, and he is not known to be of its host then"
    else:
        return
    raise NotUnderstood(f"{name.removeprefix(FAMILY)}: of {about.id} the record has {told}; leave that out")


def _of_the_host(people: "AbstractSet[str]", terms: "AbstractSet[Tenure]", about: "Event", names: "Names") -> bool:
    """Whether one of some people held a top office of the country visited at the time, or, if none is known of them, stands for that country in the record."""
    if terms:
        return any(term.actor == about.host and term.may_hold(about.date.start) for term in terms)
    there = ((event, person) for event in names.store.events for person in event.people if person.name in people)
    return any(about.host in (person.actor, event.visitor) for event, person in there)
