"""Who is named: a name with its titles and asides, a family name that several have, kin."""

from typing import TYPE_CHECKING

from timeline.claims.bearing import bearing, titled
from timeline.claims.model import NotUnderstood
from timeline.names import fold
from timeline.people import person_index
from timeline.tenures import bearers, name_keys, tenures_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.sentence import Names, Sentence
    from timeline.model import Store
    from timeline.tenures import Tenure

FAMILY = "family "  # before a family name that stands for one of several


def ruler(s: "Sentence", offset: int = 0) -> int:
    """Somebody of the table of tenures whom the record need not know."""
    place = s.at + offset
    for size in (4, 3, 2):
        words = s.raw[place : place + size]
        if len(words) == size and words[0][:1].isupper() and tenures_of(name_keys((" ".join(words),))):
            return size
    return 0


def holder(s: "Sentence") -> tuple[int, str]:
    """Somebody of the table of tenures, by the whole name, whom the record does not have on any event: of him it can be said that he never came."""
    size = ruler(s)
    held = tenures_of(name_keys((s.text(size),))) if size else ()
    if not held or len({(row.person, row.actor) for row in held}) > 1:
        return 0, ""
    if other := _otherwise_called(held, s.names.store):
        raise NotUnderstood(
            f"{held[0].person}: is that {other} of the record? Write the name as the record has it", (s.text(size),)
        )
    return size, held[0].person


def _otherwise_called(held: "Sequence[Tenure]", store: "Store") -> str | None:
    """Somebody of a record who may be a person of the table under another name: by that name, or by an office that he held alone then."""
    person, actor = held[0].person, held[0].actor
    for event in store.events:
        for other in event.people:
            home = other.actor or event.visitor
            if actor not in ((home,) if home else event.actors):
                continue
            alike = any(row.person == person for row in bearers(actor, name_keys([other.name])))
            if alike or any(row.alone and row.office in other.offices and row.holds(event.date.start) for row in held):
                return other.name
    return None


def named_person(s: "Sentence") -> tuple[int, str | None]:
    """A name with what may stand before it: `then-`, `former`, a nationality, an office."""
    size, office = title_ahead(s)
    taken, name = s.person(size)
    if name:
        _of_nation(s, size, name)
    if name and office and not name.startswith(FAMILY):
        bearing((name,), (titled(office, s.names.store),), s.names.store)
    return size + taken, name


def _of_nation(s: "Sentence", size: int, name: str) -> None:
    """Raises NotUnderstood where a nationality stands before the name of somebody who is of another country."""
    ahead = [s.ahead(place) for place in range(size)]
    told = {found for one in ahead if (found := one.longest(s.names.adjectives.find)[1] or one.nationality())}
    names = meant_by(name, s.names)
    there = [(event, person) for event in s.names.store.events for person in event.people if person.name in names]
    homes = {person.actor or event.visitor for event, person in there if person.actor or event.type == "visit"}
    if told and homes and told.isdisjoint(homes):
        nation = s.names.store.vocabulary.actors[min(told)].name
        raise NotUnderstood(
            f"{name.removeprefix(FAMILY)} is not of {nation} in the record; leave it out", (s.text(size),)
        )


def title_ahead(s: "Sentence") -> tuple[int, str | None]:
    """What may stand before a name, and the office in it."""
    kin = s.phrase(*KIN)
    size = kin or s.phrase("then", "former", "late", "ex")
    size += s.longest(s.names.adjectives.find, size)[0] or int(s.ahead(size).nationality() is not None)
    taken, office = s.longest(s.names.store.vocabulary.office_index.find, size)
    taken = taken or (s.ahead(size).phrase("leader", "ruler") if size else 0)  # North Korean leader Kim Jong Un
    if kin and not _relative(s)[0]:
        _related(told_of(s), s.peek(kin - 1), s.person(size + taken)[1])
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
        _related(whose or told_of(s), s.peek(size - 1), name)
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
    called = _kin_of(told_of(s), s.peek(size - 1))
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
    taken, family = family_here(s, size)
    if family is None:
        return named_person(s)
    if office is None:
        return size + taken, family
    names = s.names.bearers.get(fold(family.removeprefix(FAMILY)), ())
    called = bearing(names, (titled(office, s.names.store),), s.names.store)
    return size + taken, called[0] if len(called) == 1 else family


def family_here(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """A family name that several have, marked as one."""
    size, names = s.longest(s.names.bearers.get, offset, 4)
    if not size or s.full_name(offset)[0] or len(names) < 2 or not s.raw[s.at + offset][:1].isupper():
        return 0, None
    return size, f"{FAMILY}{s.ahead(offset).text(size)}"


def meant_by(name: str, names: "Names") -> frozenset[str]:
    """Who may be meant by a name: everybody who has it where it stands for a family, and else the one."""
    if not name.startswith(FAMILY):
        return frozenset((name,))
    return frozenset(names.bearers.get(fold(name.removeprefix(FAMILY)), ()))


def told_of(s: "Sentence") -> str:
    """Who `he` is: the one whom the sentence has named, or who headed the visit in question."""
    about = s.names.about
    heads = [person.name for person in about.people if person.role == "heads"] if about else []
    return str(s.said.get("person") or (heads[0] if len(heads) == 1 else ""))
