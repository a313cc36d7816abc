"""GDELT's rows of visits → leads: candidates with the reasons for them, which count nowhere until a person accepts them.

Rows of one day and direction are one lead, so that a 042 and the 043 that mirrors it are; its score is the number of distinct domains that tell of it. What
GDELT does not say is not made up: it names actors, rarely people.
"""

import hashlib
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from timeline.dates import parse_when
from timeline.importing.draft import Draft
from timeline.importing.gather import Group, merged
from timeline.importing.gdelt import ADDRESS, CODE, GDELT, ID, OF_VISITS, VISITS
from timeline.importing.quarantine import Kept
from timeline.importing.run import Imported, Opened, Seen
from timeline.importing.sightings import Judge, Key, Sighting, left, naming, tidy
from timeline.importing.tally import LEFT, ORDERED, Told
from timeline.importing.texts import is_address
from timeline.model import Event, Person, Source
from timeline.names import fold
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.importing.rows import Row
    from timeline.vocabulary import Vocabulary

OTHER = "no visit: a code other than 042 and 043"
TOWNS = ("3", "4")  # ActionGeo_Type: a town in the United States, and elsewhere
SHOWN = 5  # domains that a lead names in a report
PROMPT = 1  # days in which news is reported


class LeadReader:
    """Rows on their way to leads, from any number of files; `least` is the score below which a lead is left out, `aside` is told each row of a visit that is.

    With `between` two actors, there are leads between these alone; of other rows only those are read that have a code of one (`naming`).
    """

    def __init__(
        self,
        words: "Vocabulary",
        quarantine: "Callable[[Kept], None]",
        aside: "Callable[[Kept], None]",
        least: int = 0,
        between: "tuple[str, str] | None" = None,
    ) -> None:
        self.words, self.quarantine, self.aside, self.least, self.between = words, quarantine, aside, least, between
        self.naming = naming(between, words) if between else {}
        self.other = left(f"{OTHER}{', or no code of these actors' if between else ''}")
        self.judge = Judge(words)
        self.found = Imported([])
        self.leads: dict[Key, list[Sighting]] = {}

    def read(self, files: "Sequence[Opened]") -> Imported:
        """Read all rows, once. What comes in is in a lead, left out, or quarantined."""
        self.found.files = list(files)
        for part, file in enumerate(files):
            short = f"{file.sheet.name.rpartition('/')[2]}:" if len(files) > 1 else ""
            for row in file.sheet.rows:
                self._row(row._replace(source=row.source or file.sheet.version), f"{short}{row.number}", part)
            self._pass(file.sheet.passed)
        return self._gathered()

    def _pass(self, count: int) -> None:
        self.found.came += count
        self.found.left += count
        if count:
            self.found.tally.add_unseen(self.other, count)

    def _row(self, row: "Row", place: str, part: int) -> None:
        self.found.came += 1
        if row.fault:
            self._refuse(row, Told("refused: unreadable", row.fault), place)
        elif row.cells[CODE] not in OF_VISITS or not self._names(row):
            self._leave(row, self.other, place)
        else:
            self._take(self.judge.judged(row, place, part), row, place)

    def _names(self, row: "Row") -> bool:
        return not self.naming or any(row.cells.get(column) in codes for column, codes in self.naming.items())

    def _take(self, made: Sighting | Told, row: "Row", place: str) -> None:
        if isinstance(made, Sighting):
            self.leads.setdefault(made.key, []).append(made)
        elif made.what == LEFT:
            self._leave(row, made, place)
        else:
            self._refuse(row, made, place)

    def _leave(self, row: "Row", why: Told, place: str) -> None:
        self.found.left += 1
        self.found.tally.add((why,), place)
        if why != self.other:
            self.aside(Kept(row, (why.text,)))

    def _refuse(self, row: "Row", why: Told, place: str) -> None:
        self.found.quarantined += 1
        self.found.tally.add((why,), place)
        self.quarantine(Kept(row, (why.text,)))

    def _gathered(self) -> Imported:
        found, held = self.found, 0
        found.seen = {GDELT.origin.id: Seen(GDELT)}
        self._place()
        telling = {key: domains(one.cell(ADDRESS) for one in several) for key, several in self.leads.items()}
        for key in sorted(self.leads, key=lambda key: (-len(telling[key]), -self._there(key), key)):
            sightings = self.leads[key]
            if why := self._unasked(key, len(telling[key])):
                for one in sightings:
                    self._leave(one.row, left(why), one.place)
                continue
            held += len(sightings)
            found.groups.append(self._lead(key, [*self._once(sightings)], telling[key]))
        found.written = len(found.groups)
        if held + found.left + found.quarantined != found.came:
            raise AssertionError(
                f"{found.came} rows came in, {held} are in leads, {found.left} left out, {found.quarantined} quarantined"
            )
        return found

    def _unasked(self, key: Key, score: int) -> str:
        if self.between and {key.visitor, key.host} != {*self.between}:
            return "between other actors than those asked for"
        return f"a score of {score}, below the {self.least} asked for" if score < self.least else ""

    def _place(self) -> None:
        """Give those who govern GDELT does not say what the country that their article says."""
        for key in [key for key in self.leads if not key.visitor]:
            for one in self.leads.pop(key):
                self._take(self.judge.placed(one), one.row, one.place)

    def _there(self, key: Key) -> int:
        return sum(one.at == key.host for one in self.leads[key])

    def _once(self, sightings: "Sequence[Sighting]") -> "Iterator[Sighting]":
        """Each row of GDELT once, however often it came."""
        seen = set()
        for one in sightings:
            if (number := one.row.cells[ID]) in seen:
                self.found.tally.add((Told("repeated", f"{ID} {number}"),), one.place)
                continue
            seen.add(number)
            yield one

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
        told = "; ".join((f"score {_score(telling)}", *_against(sightings, key)))
        lead = Told(ORDERED, f"{visitor} → {host}, {key.day}, {event.people[0].name}: {told}")
        for sighting in sightings:
            self.found.tally.add((lead,), sighting.place)
        return merged(list(self._drafts(event, sightings, key)))

    def _named(self, sightings: "Sequence[Sighting]", key: Key) -> str:
        """Somebody who is known; otherwise, marked as such, GDELT's name of the visiting actor that stands in most rows."""
        names = Counter(sighting.name for sighting in sightings if sighting.name)
        known = (self.judge.person(name, key.visitor) for name, _ in names.most_common())
        best = max(names, key=names.__getitem__, default="")
        return next(filter(None, known), f"{best or self.words.actors[key.visitor].name} (GDELT)")

    def _drafts(self, event: Event, sightings: "Sequence[Sighting]", key: Key) -> "Iterable[Draft]":
        """One for each file that a lead has rows of, so that it cites each once."""
        by_file: dict[tuple[int, str], list[Sighting]] = {}
        for sighting in sightings:
            by_file.setdefault((sighting.part, sighting.row.source), []).append(sighting)
        for (part, source), several in by_file.items():
            sheet, origin, version = self.found.files[part].sheet, GDELT.origin, tidy(source)
            name = tidy(sheet.name.rpartition("/")[2])
            addresses = dict.fromkeys(filter(None, (sighting.cell(ADDRESS) for sighting in several)))
            sources = (origin.cited(version), *map(_source, addresses))
            said = "\x1f".join("\x1e".join(one.row.cells.values()) for one in several)
            digest = hashlib.sha256(said.encode()).hexdigest()[:8]
            identity = f"{key.day} {key.visitor} {key.host} {name}{f' of {version}' if sheet.corrected else ''}"
            yield Draft(event._replace(sources=sources), several[0].row.number, origin.id, identity, digest)


def domains(addresses: "Iterable[str]") -> tuple[str, ...]:
    """The distinct ones, without `www.`; one that is a part of another, as `edition.cnn.com` is of `cnn.com`, is not counted. What is no address counts as itself."""
    found = {(_hostname(text) or fold(text)).removeprefix("www.") for text in addresses if text}
    return tuple(sorted(one for one in found if not any(one.endswith(f".{other}") for other in found)))


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _source(text: str) -> Source:
    return Source(url=text) if is_address(text) and _hostname(text) else Source(text)


def _places(sightings: "Sequence[Sighting]", key: Key) -> tuple[str, ...]:
    """Towns in the host's country."""
    towns = (one for one in sightings if one.at == key.host and one.cell("ActionGeo_Type") in TOWNS)
    names = (one.cell("ActionGeo_FullName").partition(",")[0] for one in towns)
    return tuple(sorted({name for name in names if name and "?" not in name}))


def _score(telling: "Sequence[str]") -> str:
    more = f" and {len(telling) - SHOWN} more" if len(telling) > SHOWN else ""
    return f"{len(telling)} ({', '.join(telling[:SHOWN])}{more})" if telling else "0 (no addresses)"


def _against(sightings: "Sequence[Sighting]", key: Key) -> "Iterator[str]":
    """Where GDELT places the rows of a lead, and what else speaks against it."""
    there, home = (sum(one.at == actor for one in sightings) for actor in (key.host, key.visitor))
    yield f"{there} of {plural(len(sightings), 'row')} placed in the host" + (
        f", {home} in the visitor" if home else ""
    )
    lags = [one.lag for one in sightings]
    if late := sorted({lag for lag in lags if lag > PROMPT}):
        yield f"added {' to '.join(f'{days:,}' for days in dict.fromkeys((late[0], late[-1])))} days after that day"
    if min(lags) < 0:
        yield "added before that day"


def _reasons(sightings: "Sequence[Sighting]", key: Key, telling: "Sequence[str]") -> "Iterator[str]":
    """Why this is a lead, and what speaks for and against it, in numbers of GDELT's rows."""
    codes = Counter(sighting.row.cells[CODE] for sighting in sightings)
    told = " and ".join(f"{codes[code]} of {code}" for code in VISITS if codes[code])
    roots = sum(sighting.cell("IsRootEvent") == "1" for sighting in sightings)
    visitors, hosts = (
        ", ".join(dict.fromkeys(filter(None, names))) or "nobody"
        for names in ((one.name for one in sightings), (one.other for one in sightings))
    )
    yield f"A lead of GDELT, not settled. Score {_score(telling)}; {plural(len(sightings), 'row')}: {told}, {roots} with IsRootEvent."
    yield f"Visitor and host in GDELT's words: {visitors} → {hosts}."
    yield from (f"{one[0].upper()}{one[1:]}." for one in _against(sightings, key))
    if guessed := sum(one.by_article for one in sightings):
        yield f"The visitor's country is that of other rows of the article alone in {guessed}."
    if guessed := sum(one.by_place for one in sightings):
        yield f"The host is that of the place alone in {guessed}."
    if not telling:
        counted = max((int(n) for one in sightings if (n := one.cell("NumSources")).isdecimal()), default=0)
        yield f"This form has no addresses; GDELT counted {counted} sources at most."
    yield "The day is GDELT's, and may be that of the report."
