"""GDELT's rows of visits → leads: candidates with the reasons for them, which count nowhere until a person accepts them.

042 is a visit that actor 1 makes to actor 2, 043 one that actor 1 hosts. Rows of one day and direction are one lead, so that a 042 and the 043 that mirrors it
are; its score is the number of distinct domains that tell of it. What GDELT does not say is not made up: it names actors, rarely people.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from timeline.dates import Span, parse_when
from timeline.importing.actors import ActorError, actor_of
from timeline.importing.draft import Draft, Told
from timeline.importing.gather import Group, merged
from timeline.importing.gdelt import ADDRESS, CODE, GDELT, ID, VISITS, WITHOUT_ZERO
from timeline.importing.quarantine import Kept
from timeline.importing.run import Imported, Opened, Seen
from timeline.importing.tally import ORDERED
from timeline.importing.titles import Titles, titles_of
from timeline.importing.when import WhenError, read_date
from timeline.model import Event, Person, Source
from timeline.names import fold
from timeline.store.fields import ACTING
from timeline.text import plural
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.importing.rows import Row
    from timeline.vocabulary import Vocabulary

OTHER = "no visit: a code other than 042 and 043"
GOVERNMENT, PARTY = "GOV", "PTY"  # types of actors
TOWNS = ("3", "4")  # ActionGeo_Type: a town in the United States, and elsewhere
SHOWN = 5  # domains that a lead names in a report


class Key(NamedTuple):
    """What rows have in common that are one lead: GDELT's day as it writes it, and the direction."""

    day: str
    visitor: str
    host: str


class Sighting(NamedTuple):
    """A row that may tell of a visit. `name` is the visitor's, `other` the host's, as GDELT has them; `at` the actor in which it happened."""

    key: Key
    row: "Row"
    place: str
    part: int
    name: str
    other: str
    at: str
    by_place: bool

    def cell(self, column: str) -> str:
        return _plain(self.row.cells.get(column, ""))


@dataclass(slots=True)
class Judge:
    """Says of a row of what visit it may tell, or why it tells of none."""

    words: "Vocabulary"
    titles: Titles = field(init=False)
    places: frozenset[str] = field(init=False)  # capitals, and adjectives like SAUDI, by which GDELT names actors too

    def __post_init__(self) -> None:
        self.titles = titles_of(self.words, {})
        actors = self.words.actors.values()
        self.places = frozenset(fold(text) for one in actors for text in (*one.adjectives, *one.capitals))

    def judged(self, row: "Row", place: str, part: int) -> Sighting | Told:
        """A refusal's name begins with `refused: `; what is left out is none."""
        cells = row.cells
        code = cells[CODE]
        if code in WITHOUT_ZERO:
            return _refused("event-code", f"{CODE} {code!r} has lost its zero; codes are text: 0{code}")
        if not cells.get(ID, "").isdecimal():
            return _refused("row-id-missing", f"{ID} {cells.get(ID, '')!r} is no number")
        try:
            return self._directed(row, _day(cells["SQLDATE"]), place, part)
        except WhenError as error:
            return _refused(error.name, f"SQLDATE: {error}")
        except ActorError as error:
            return _refused(error.name, str(error))

    def _directed(self, row: "Row", day: str, place: str, part: int) -> Sighting | Told:
        """Rules for leads, in their order; the first that a row fails is its reason."""
        cells = row.cells
        visiting, hosting = "12" if cells[CODE] == VISITS[0] else "21"
        span = parse_when(day).start
        visitor = self._country(cells[f"Actor{visiting}CountryCode"], span)
        governs = self._governs(cells, visiting)
        if not visitor:
            return _left("the visitor governs, GDELT does not say where" if governs else "no country of the visitor")
        at = self._at(cells["ActionGeo_CountryCode"], span)
        host = self._country(cells[f"Actor{hosting}CountryCode"], span)
        by_place = not host and not cells[f"Actor{hosting}CountryCode"]
        if by_place:
            host = at if at != visitor else ""
        if not host:
            return _left("no country of the host")
        if host == visitor:
            return _left("domestic")
        if not governs:
            return _left("the visitor is no government and no leader")
        name, other = (_plain(cells[f"Actor{side}Name"]) for side in (visiting, hosting))
        return Sighting(Key(day, visitor, host), row, place, part, name, other, at, by_place)

    def _country(self, code: str, day: Span) -> str:
        """An actor by CAMEO's code, which is that of ISO but for regions; empty for what is no country."""
        actor = self.words.actors.get(self.words.actor(code) or "") if code else None
        if actor is None or actor.kind == "organisation" or code not in (actor.iso3, *actor.aliases):
            return ""
        return actor_of(actor.name, day, {}, self.words)

    def _at(self, code: str, day: Span) -> str:
        try:
            return self._country(_fips().get(code, ""), day)
        except ActorError:
            return ""

    def _governs(self, cells: dict[str, str], side: str) -> bool:
        """A government, an office by its title, the leader of a party."""
        types = {cells[f"Actor{side}Type{number}Code"] for number in "123"}
        name = fold(cells[f"Actor{side}Name"])
        return (
            GOVERNMENT in types or bool(self.titles.offices.get(name)) or (PARTY in types and "leader" in name.split())
        )

    def is_person(self, name: str) -> bool:
        """Whether a name is none of an actor, a capital or an office: it may be a person's."""
        key = fold(name)
        return bool(name) and not self.words.actor(name) and key not in self.titles.offices and key not in self.places


class LeadReader:
    """Rows on their way to leads, from any number of files; `least` is the score below which a lead is left out, `aside` is told each row of a visit that is."""

    def __init__(
        self,
        words: "Vocabulary",
        quarantine: "Callable[[Kept], None]",
        aside: "Callable[[Kept], None]",
        least: int = 0,
    ) -> None:
        self.words, self.quarantine, self.aside, self.least = words, quarantine, aside, least
        self.judge = Judge(words)
        self.found = Imported([])
        self.leads: dict[Key, dict[str, Sighting]] = {}
        self.repeats: Counter[Key] = Counter()

    def read(self, files: "Sequence[Opened]") -> Imported:
        """Read all rows, once. What comes in is in a lead, left out, or quarantined."""
        self.found.files = list(files)
        for part, file in enumerate(files):
            short = f"{file.sheet.name.rpartition('/')[2]}:" if len(files) > 1 else ""
            for row in file.sheet.rows:
                self._row(row, f"{short}{row.number}", part)
        return self._gathered()

    def _row(self, row: "Row", place: str, part: int) -> None:
        self.found.came += 1
        if row.fault:
            self._refuse(row, Told("refused: unreadable", row.fault), place)
        elif row.cells[CODE] not in (*VISITS, *WITHOUT_ZERO):
            self._leave(row, _left(OTHER), place)
        elif isinstance(made := self.judge.judged(row, place, part), Sighting):
            self._take(made)
        elif made.what == _left("").what:
            self._leave(row, made, place)
        else:
            self._refuse(row, made, place)

    def _take(self, made: Sighting) -> None:
        rows = self.leads.setdefault(made.key, {})
        if made.row.cells[ID] in rows:
            self.repeats[made.key] += 1
            self.found.tally.add((Told("repeated", f"{ID} {made.row.cells[ID]}"),), made.place)
        rows.setdefault(made.row.cells[ID], made)

    def _leave(self, row: "Row", why: Told, place: str) -> None:
        self.found.left += 1
        self.found.tally.add((why,), place)
        if why.text != OTHER:
            self.aside(Kept(row, (why.text,)))

    def _refuse(self, row: "Row", why: Told, place: str) -> None:
        self.found.quarantined += 1
        self.found.tally.add((why,), place)
        self.quarantine(Kept(row, (why.text,)))

    def _gathered(self) -> Imported:
        found, held = self.found, 0
        found.seen = {GDELT.origin.id: Seen(GDELT)}
        several = {key: list(rows.values()) for key, rows in self.leads.items()}
        telling = {key: domains(one.cell(ADDRESS) for one in sightings) for key, sightings in several.items()}
        for key in sorted(several, key=lambda key: (-len(telling[key]), key)):
            sightings, score = several[key], len(telling[key])
            if score < self.least:
                self._below(sightings, key, score)
                continue
            held += len(sightings) + self.repeats[key]
            found.groups.append(self._lead(key, sightings, telling[key]))
        found.written = len(found.groups)
        if held + found.left + found.quarantined != found.came:
            raise AssertionError(
                f"{found.came} rows came in, {held} are in leads, {found.left} left out, {found.quarantined} quarantined"
            )
        return found

    def _below(self, sightings: "Sequence[Sighting]", key: Key, score: int) -> None:
        why = _left(f"a score of {score}, below the {self.least} asked for")
        self.found.left += self.repeats[key]
        for sighting in sightings:
            self._leave(sighting.row, why, sighting.place)

    def _lead(self, key: Key, sightings: "Sequence[Sighting]", telling: "Sequence[str]") -> Group:
        event = Event(
            id="",
            date=parse_when(f"{key.day}~"),
            visitor=key.visitor,
            host=key.host,
            people=(Person(self._named(sightings, key)),),
            status="candidate",
            places=_places(sightings, key),
            tags=(GDELT.origin.id,),
            note=" ".join(_reasons(sightings, key, telling)),
        )
        visitor, host = (self.words.actors[side].name for side in (key.visitor, key.host))
        placed = f"{sum(one.at == key.host for one in sightings)} of {plural(len(sightings), 'row')} placed in the host"
        lead = Told(ORDERED, f"{visitor} → {host}, {key.day}: score {_score(telling)}; {placed}")
        for sighting in sightings:
            self.found.tally.add((lead,), sighting.place)
        return merged(list(self._drafts(event, sightings, key)))

    def _named(self, sightings: "Sequence[Sighting]", key: Key) -> str:
        """GDELT's name of the visiting actor that stands in most rows; one that may be a person's before others."""
        names = Counter(sighting.name for sighting in sightings if sighting.name)
        best = max(names, key=lambda name: (self.judge.is_person(name), names[name]), default="")
        return best or self.words.actors[key.visitor].name

    def _drafts(self, event: Event, sightings: "Sequence[Sighting]", key: Key) -> "Iterable[Draft]":
        """One for each file that a lead has rows of, so that it cites each once."""
        by_part: dict[int, list[Sighting]] = {}
        for sighting in sightings:
            by_part.setdefault(sighting.part, []).append(sighting)
        for part, several in by_part.items():
            sheet = self.found.files[part].sheet
            name = _plain(sheet.name.rpartition("/")[2])
            origin = GDELT.origin
            citation = Source(f"{origin.title}, {name} sha256 {sheet.digest}", origin.publisher, origin.url)
            addresses = dict.fromkeys(filter(None, (sighting.cell(ADDRESS) for sighting in several)))
            sources = (citation, *map(_source, addresses))
            said = "\x1f".join("\x1e".join(one.row.cells.values()) for one in several)
            digest = hashlib.sha256(said.encode()).hexdigest()[:8]
            identity = f"{key.day} {key.visitor} {key.host} {name}"
            yield Draft(replace(event, sources=sources), several[0].row.number, origin.id, identity, digest)


def domains(addresses: "Iterable[str]") -> tuple[str, ...]:
    """The distinct ones, without `www.`; one that is a part of another, as `edition.cnn.com` is of `cnn.com`, is not counted. What is no address counts as itself."""
    found = {(_hostname(text) or fold(text)).removeprefix("www.") for text in addresses if text}
    return tuple(sorted(one for one in found if not any(one.endswith(f".{other}") for other in found)))


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _day(text: str) -> str:
    """Raises WhenError for anything but YYYYMMDD."""
    if len(text) != len("YYYYMMDD"):
        raise WhenError("date-unreadable", f"{text!r} is not written YYYYMMDD")
    return read_date(text).start


def _refused(name: str, why: str) -> Told:
    return Told(f"refused: {name}", why)


def _left(why: str) -> Told:
    return Told("left out", why)


@cache
def _fips() -> dict[str, str]:
    """Codes of countries by FIPS 10-4, which GDELT's places have: CH is China there, and RS Russia."""
    return {row["fips"]: row["iso3"] for row in rows("fips-countries.csv")}


def _plain(text: str) -> str:
    return " ".join(ACTING.sub("", text).split())


def _source(text: str) -> Source:
    sound = text.startswith(("http://", "https://")) and " " not in text and _hostname(text)
    return Source(url=text) if sound else Source(text)


def _places(sightings: "Sequence[Sighting]", key: Key) -> tuple[str, ...]:
    """Towns in the host's country."""
    towns = (one for one in sightings if one.at == key.host and one.cell("ActionGeo_Type") in TOWNS)
    names = (one.cell("ActionGeo_FullName").partition(",")[0] for one in towns)
    return tuple(sorted({name for name in names if name and "?" not in name}))


def _score(telling: "Sequence[str]") -> str:
    more = f" and {len(telling) - SHOWN} more" if len(telling) > SHOWN else ""
    return f"{len(telling)} ({', '.join(telling[:SHOWN])}{more})" if telling else "0 (no addresses)"


def _reasons(sightings: "Sequence[Sighting]", key: Key, telling: "Sequence[str]") -> "Iterable[str]":
    """Why this is a lead, and what speaks for and against it, in numbers of GDELT's rows."""
    codes = Counter(sighting.row.cells[CODE] for sighting in sightings)
    told = " and ".join(f"{codes[code]} of {code}" for code in VISITS if codes[code])
    roots = sum(sighting.cell("IsRootEvent") == "1" for sighting in sightings)
    names = (
        ", ".join(dict.fromkeys(filter(None, (one.name for one in sightings)))),
        ", ".join(dict.fromkeys(filter(None, (one.other for one in sightings)))) or "nobody",
    )
    there, home = (sum(one.at == actor for one in sightings) for actor in (key.host, key.visitor))
    yield f"A lead of GDELT, not settled. Score {_score(telling)}; {plural(len(sightings), 'row')}: {told}, {roots} with IsRootEvent."
    yield f"Visitor and host in GDELT's words: {names[0]} → {names[1]}."
    yield f"It places {there} of {len(sightings)} in the host and {home} in the visitor."
    if guessed := sum(one.by_place for one in sightings):
        yield f"The host is that of the place alone in {guessed}."
    if not telling:
        counted = max((int(n) for one in sightings if (n := one.cell("NumSources")).isdecimal()), default=0)
        yield f"This form has no addresses; GDELT counted {counted} sources at most."
    yield "The name is GDELT's for the actor and may be no person's; the day is GDELT's, and may be that of the report."
