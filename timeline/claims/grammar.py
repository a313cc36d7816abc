"""English sentences → claims: a small closed grammar (docs/claims.md). Words that it does not know are refused, none is guessed or skipped.

A sentence is cut into words; at each place the longest phrase that some rule knows is taken and fills a slot of the claim. Two phrases for one slot,
a word that no rule takes, or a slot that the form needs and nobody filled: NotUnderstood, with what is missing.
"""

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.model import Claim, NotUnderstood, Since, Who, Window
from timeline.dates import MONTHS, NEVER_AFTER, Span, parse_period
from timeline.names import Index, fold
from timeline.people import person_index
from timeline.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Event, Person, Store
    from timeline.vocabulary import Vocabulary

MOST_CHARACTERS = 300

# Words that carry nothing here. Everything else must be taken by a rule.
FILLERS = frozenset(
    "a an the his her their its it was is were are be been being will would has have had made makes make making by of to in on at for from as "
    "there this that trip trips visit visits journey journeys travel travels travelled traveled tour went go goes gone visited visiting arrived set foot paid "
    "pay pays came come comes taken takes take with any one who time times call calls all sitting serving now over".split()
)


def parse(text: str, store: "Store", about: "Event | None" = None, published: Span | None = None) -> Claim:
    """Read a sentence. `about` supplies a direction that the sentence does not say, `published` the year of "this year". Raises NotUnderstood."""
    if len(text) > MOST_CHARACTERS:
        raise NotUnderstood(f"a claim of {len(text)} characters; keep it under {MOST_CHARACTERS}")
    raw = _words(text)
    if not raw:
        raise NotUnderstood("nothing to read")
    slots = _Slots(raw, store)
    slots.fill()
    return _assemble(text, slots, about, published)


def _words(text: str) -> list[str]:
    """The words as written; possessives become words of their own, so that "China's premier" says who comes from where."""
    plain = re.sub(r"[’']s\b", " 's ", text)
    plain = re.sub(r"s[’'](?=\s|$)", "s 's ", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    pieces = re.findall(r"'s|\d{4}-\d\d(?:-\d\d)?|\d+(?:\.\d+)?|[^\W\d_]+(?:\.[^\W\d_])*\.?|\d+(?:st|nd|rd|th)|[^\s\w]", _ordinals(plain))
    return [piece for piece in pieces if piece == "'s" or (fold(piece) and fold(piece) not in _PUNCTUATION)]


_PUNCTUATION = {",", ":", ";", "“", "”", '"', "(", ")", "‘", "!", "?"}


def _ordinals(text: str) -> str:
    """`4th` → `fourth`, so that numbers and ordinals stay apart."""
    names = {number: word for word, number in lexicon.ORDINALS.items()}
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", lambda m: names.get(int(m[1]), m[0]), text, flags=re.IGNORECASE)


class _Slots:
    """What a sentence has said so far, word by word."""

    def __init__(self, raw: list[str], store: "Store") -> None:
        self.raw, self.store = raw, store
        self.words = [word if word == "'s" else fold(word) for word in raw]
        self.at = 0
        self.said: dict[str, Any] = {}
        self.unknown: list[str] = []
        vocabulary = store.vocabulary
        self.people = person_index(store)
        self.actors = _prose_names(vocabulary)
        self.acronyms = {a.strip(): slug for slug, actor in vocabulary.actors.items() for a in (*actor.aliases, actor.name) if a.isupper() and a.isascii()}
        self.adjectives = Index("nationality", {a.id: a.adjectives for a in vocabulary.actors.values() if a.kind != "organisation"})
        self.capitals = {fold(c): (a.id, c) for a in reversed(list(vocabulary.actors.values())) if not a.to for c in a.capitals}

    def fill(self) -> None:
        """Take phrases from left to right."""
        while self.at < len(self.words):
            for rule in RULES:
                taken = rule(self)
                if taken:
                    self.at += taken
                    break
            else:
                word = self.words[self.at]
                if word not in FILLERS and word != "'s":
                    self.unknown.append(word)
                self.at += 1
        if self.unknown:
            raise NotUnderstood(f"not understood: {', '.join(repr(word) for word in self.unknown)}", tuple(self.unknown))

    def say(self, slot: str, value: Any) -> None:
        """Fill a slot once. Raises NotUnderstood where it says another thing already."""
        if self.said.get(slot, value) != value:
            raise NotUnderstood(f"two different things are said of the {slot.replace('_', ' ')}; write one claim a sentence")
        self.said[slot] = value

    def peek(self, offset: int = 0) -> str:
        place = self.at + offset
        return self.words[place] if place < len(self.words) else ""

    def phrase(self, *options: str) -> int:
        """How many words the longest of some phrases takes here; 0 where none stands here."""
        best = 0
        for option in options:
            parts = option.split()
            if self.words[self.at : self.at + len(parts)] == parts:
                best = max(best, len(parts))
        return best

    def actor(self, offset: int = 0) -> tuple[int, str | None]:
        """The longest name of an actor from here; acronyms only in capitals (`US`, not `us`), codes never (`and` is no Andorra)."""
        size, slug = self.longest(self.actors.get, offset)
        if not size and self.at + offset < len(self.raw) and (slug := self.acronyms.get(self.raw[self.at + offset].replace(".", ""))):
            return 1, slug
        return size, slug

    def longest(self, find: "Callable[[str], Any]", offset: int = 0, most: int = 8) -> tuple[int, Any]:
        """The longest run of words from here that `find` knows, and what it found."""
        for size in range(min(most, len(self.words) - self.at - offset), 0, -1):
            found = find(" ".join(self.words[self.at + offset : self.at + offset + size]))
            if found is not None:
                return size, found
        return 0, None


def _prose_names(vocabulary: "Vocabulary") -> dict[str, str]:
    """Names and aliases that can stand in a sentence: whole words, no codes."""
    return {
        fold(name): slug
        for slug, actor in vocabulary.actors.items()
        for name in (*actor.aliases, actor.name)
        if not name.isascii() or (len(name) > 3 and not name.isupper())
    }


# -- rules: each looks at the words from here on and says how many it took ----------------------------------------------------------------


def _form(s: _Slots) -> int:
    forms = (
        ("first-ever", ("first ever", "ever first", "first time ever", "first in history")),
        ("highest-since", ("highest ranking", "highest level", "most senior", "highest", "top ranking", "most high ranking")),
        ("longest-gap", ("longest gap", "longest interval", "longest break", "longest hiatus")),
        ("shortest-gap", ("shortest gap", "shortest interval")),
        ("last-was", ("last visited", "last went", "last been", "last", "previous", "most recent")),
        ("none-since", ("no", "not visited", "not been", "not gone", "never visited", "not", "nobody")),
        ("ever", ("ever",)),
    )  # fmt: skip
    for form, phrases in forms:
        if size := s.phrase(*phrases):
            if form == "last-was" and s.said.get("form") in ("none-since",):
                return 0
            if form == "highest-since" and size and s.phrase("most senior leader"):
                return 0
            s.say("form", form) if form != "ever" else s.say("ever", value=True)
            if s.words[s.at : s.at + size] == ["no"] and s.peek(1) in ("2", "3", "two", "three"):
                s.said.pop("form", None)
                return 0
            return size
    return 0


def _first(s: _Slots) -> int:
    """`first` alone is one form; with `second`, `third` … another."""
    if s.phrase("for the first time"):
        s.say("first", value=True)
        return 4
    number = lexicon.ORDINALS.get(s.peek())
    if number is None or number == 0:
        return 0
    s.say("first" if number == 1 else "nth", True if number == 1 else number)
    return 1


def _number(s: _Slots) -> tuple[int, float] | None:
    """A number here: digits, words, 'two and a half', 'a' before a unit."""
    word = s.peek()
    if re.fullmatch(r"\d{1,3}(\.\d+)?", word):
        size, number = 1, float(word)
    elif word in lexicon.NUMBERS:
        size, number = 1, float(lexicon.NUMBERS[word])
        if number >= 20 and number % 10 == 0 and 0 < lexicon.NUMBERS.get(s.peek(1), 0) < 10:
            size, number = 2, number + lexicon.NUMBERS[s.peek(1)]
    elif word in ("a", "an", "one") and s.peek(1) in lexicon.UNITS:
        size, number = 1, 1.0
    else:
        return None
    if s.words[s.at + size : s.at + size + 3] == ["and", "a", "half"]:
        size, number = size + 3, number + 0.5
    return size, number


def _hedge(s: _Slots) -> int:
    hedges = {
        "nearly": ("nearly", "almost", "just under", "close to"),
        "more-than": ("more than", "over", "in excess of"),
        "at-least": ("at least", "no fewer than"),
        "about": ("about", "around", "some", "approximately", "roughly"),
        "under": ("less than", "under", "fewer than"),
        "within": ("within", "inside"),
        "known": ("known", "recorded", "publicly known", "reported"),
    }
    for hedge, phrases in hedges.items():
        size = s.phrase(*phrases)
        if size and (hedge == "known" or _number(_ahead(s, size)) or s.words[s.at + size - 1] == "a" or s.words[s.at + size : s.at + size + 1] in (["the"], ["a"], ["decades"])):
            s.said.setdefault("hedges", set()).add(hedge)
            return size
    return 0


class _Ahead(_Slots):
    def __init__(self, slots: _Slots, size: int) -> None:
        self.words, self.raw, self.at = slots.words, slots.raw, slots.at + size


def _ahead(s: _Slots, size: int) -> "_Slots":
    return _Ahead(s, size)


def _duration(s: _Slots) -> int:
    """`16 years`, `six years and eight months`, `the past 12 months`, `this year`, `decades`."""
    if s.peek() == "decades":
        s.say("duration", (20.0, "years"))
        s.said.setdefault("hedges", set()).add("at-least")
        return 1
    start = s.phrase("the past", "past", "the last", "last", "the space of", "just")
    here = _ahead(s, start)
    if s.phrase("last year") == 2 and not s.said.get("past"):
        return 0
    if start and s.peek(start) in ("year", "month", "decade"):
        found: tuple[int, float] | None = (0, 1.0)
    else:
        found = _number(here)
    if found is None:
        return 0
    size, number = found
    unit = s.peek(start + size)
    if unit not in lexicon.UNITS:
        return 0
    name, factor = lexicon.UNITS[unit]
    taken = start + size + 1
    if start:
        s.say("past", value=True)
    number *= factor
    if unit in ("decade", "decades"):
        s.said["decades"] = True
    more = _ahead(s, taken + (1 if s.peek(taken) == "and" else 0))
    second = _number(more)
    if name == "years" and second and more.peek(second[0]) in ("month", "months"):
        taken = more.at + second[0] + 1 - s.at
        number, name = number * 12 + second[1], "months"
    s.say("duration", (number, name))
    return taken


def _times(s: _Slots) -> int:
    """`four times`, `three visits`, `twice`."""
    if s.peek() in ("twice", "thrice"):
        s.say("count", float(lexicon.NUMBERS[s.peek()]))
        return 1
    found = _number(s)
    if found and s.peek(found[0]) in ("times", "visits", "trips", "journeys", "meetings"):
        s.say("count", found[1])
        if s.peek(found[0]) == "meetings":
            s.say("object", "meeting")
        return found[0] + 1
    return 0


def _this_year(s: _Slots) -> int:
    if size := s.phrase("this year", "of the year", "the year", "of this year"):
        s.say("year", "this")
        return size
    if size := s.phrase("last year", "the previous year"):
        s.say("year", "last")
        return size
    return 0


def _since(s: _Slots) -> int:
    """`since` with a date, an event, a visit or an accession."""
    if s.peek() not in ("since", "after"):
        return 0
    for offset in (1, 2) if s.peek(1) in ("the", "his", "her", "their") else (1,):
        size, since = _point(s, s.at + offset)
        if size:
            s.say("since", since)
            return offset + size
    raise NotUnderstood(f"not understood after '{s.peek()}': {' '.join(s.words[s.at + 1 : s.at + 6])!r} (give a year, a month, a day, a person with a date, or the id of an event)", tuple(s.words[s.at + 1 : s.at + 6]))


def _point(s: _Slots, at: int) -> tuple[int, Since | None]:
    here = _ahead(s, at - s.at)
    here.store, here.people, here.said, here.actors, here.acronyms = s.store, s.people, s.said, s.actors, s.acronyms
    size, found = _date(here)
    if size:
        return size, found
    for rule in (_accession, _visit_of, _event):
        size, found = rule(here)
        if size:
            return size, found
    return 0, None


def _date(s: _Slots) -> tuple[int, Since | None]:
    """`2009`, `October 2009`, `4 October 2009`, `October 4 2009`, `2009-10-04`, `March` (of the claim's year, filled in later)."""
    word = s.peek()
    early = 1 if word in ("early", "late", "mid") else 0
    if early:
        word = s.peek(1)
    months = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.casefold() == word or name[:3].casefold() == word.rstrip(".")]
    if months:
        if re.fullmatch(r"\d{4}", s.peek(early + 1)):
            span = _span(f"{s.peek(early + 1)}-{months[0]:02}")
            return early + 2, Since(f"{MONTHS[months[0] - 1]} {s.peek(early + 1)}", span, period=True)
        if re.fullmatch(r"\d{1,2}", s.peek(early + 1)) and re.fullmatch(r"\d{4}", s.peek(early + 2)):
            text = f"{s.peek(early + 2)}-{months[0]:02}-{int(s.peek(early + 1)):02}"
            return early + 3, Since(text, _span(text), period=True)
        return early + 1, Since(MONTHS[months[0] - 1], Span(-months[0], -months[0]), period=True)
    if re.fullmatch(r"\d{1,2}", word) and re.fullmatch(r"\d{4}", s.peek(early + 2)):
        numbers = [n for n, name in enumerate(MONTHS, 1) if name.casefold() == s.peek(early + 1) or name[:3].casefold() == s.peek(early + 1)]
        if numbers:
            text = f"{s.peek(early + 2)}-{numbers[0]:02}-{int(word):02}"
            return early + 3, Since(text, _span(text), period=True)
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", word):
        return early + 1, Since(word, _span(word), period=True)
    return 0, None


def _span(text: str) -> Span:
    from timeline.dates import DateError

    try:
        return parse_period(text)
    except DateError as error:
        raise NotUnderstood(f"{error}; {error.remedy}" if error.remedy else str(error), (text,)) from error


def _accession(s: _Slots) -> tuple[int, Since | None]:
    """`he took power`, `Kim Jong Un came to power`, `becoming premier`: the accession of a person, as an event of the record."""
    size, name = s.longest(s.people.find) if s.peek() not in ("he", "she", "they", "taking", "becoming") else (1 if s.peek() in ("he", "she", "they") else 0, "")
    verbs = (
        "took power", "took office", "took over", "came to power", "taking power", "taking office", "taking over", "took the top job",
        "became president", "became premier", "became leader", "becoming president", "becoming premier", "becoming leader", "assumed office", "assuming office", "succeeded", "rose to power",
    )  # fmt: skip
    rest = _ahead(s, size)
    taken = rest.phrase(*verbs)
    if not taken:
        return 0, None
    words = " ".join(rest.words[rest.at : rest.at + taken])
    return size + taken, Since(f"{name + ' ' if name else ''}{words}", Span(0, 0), event=f"accession:{name or ''}")


def _visit_of(s: _Slots) -> tuple[int, Since | None]:
    """`Wen Jiabao in October 2009`, `Hu Jintao's visit in 2005`: a visit of the record, which must be just one."""
    size, name = s.longest(s.people.find)
    if not size:
        return 0, None
    at = size
    while s.peek(at) in ("'s", "visit", "trip", "in", "of"):
        at += 1
    here = _ahead(s, at)
    taken, when = _date(here)
    if not taken or when is None:
        return size, Since(name, Span(0, 0), event=f"visit:{name}", visit=True)
    return at + taken, Since(f"{name} in {when.label}", when.span, event=f"visit:{name}", visit=True)


def _event(s: _Slots) -> tuple[int, Since | None]:
    """An event of the record that is no visit: by id, title or tag."""
    known: dict[str, Event] = {}
    for event in s.store.events:
        if event.type != "visit":
            keys = [event.id.replace("-", " "), fold(event.title), *(fold(tag) for tag in event.tags)]
            for key in keys:
                known.setdefault(key, event)
    size, found = s.longest(lambda text: known.get(text), most=14)  # noqa: PLW0108 - the table is read with one argument
    if not size:
        return 0, None
    return size, Since(found.title, found.date.start, event=found.id)


def _in_date(s: _Slots) -> int:
    """A date with `in` or `on`: when the last visit was, or the year of a count."""
    if s.peek() not in ("in", "on", "during", "of"):
        return 0
    size, since = _date(_ahead(s, 1))
    if not size or since is None:
        return 0
    s.say("date", since)
    return size + 1


def _between(s: _Slots) -> int:
    if s.peek() != "between":
        return 0
    if size := s.phrase("between the two", "between the two countries"):
        s.say("both_ways", value=True)
        return size
    if s.peek(1) in ("visits", "trips", "journeys", "consecutive"):
        return 1
    first, a = s.actor(1)
    if first and s.peek(1 + first) == "and":
        second, b = s.actor(2 + first)
        if second:
            s.say("between", (a, b))
            return 2 + first + second
    return 0


def _place(s: _Slots) -> int:
    """`to North Korea`, `in Beijing`, `from China`, `China's`, and nationalities."""
    lead = s.peek()
    offset = 1 if lead in ("to", "in", "from", "of", "by", "into") else 0
    if offset and s.peek(1) == "the":
        offset = 2
    size, actor = s.actor(offset)
    if size:
        owner = s.peek(offset + size) == "'s"
        followed = _is_who(s, offset + size + (1 if owner else 0))
        s.say("visitor" if lead in ("from", "by", "of") or owner or followed else "host", actor)
        return offset + size + (1 if owner else 0)
    size, capital = s.longest(s.capitals.get, offset)
    if size and lead in ("to", "in", "into"):
        s.say("host", capital[0])
        s.say("capital", capital[1])
        return offset + size
    size, actor = s.longest(s.adjectives.find)
    if size:
        s.say("visitor" if "visitor" not in s.said else "host", actor)
        return size
    return 0


def _is_who(s: _Slots, offset: int) -> bool:
    return bool(s.longest(_who_words(s), offset)[0])


def _who_words(s: _Slots) -> "Callable[[str], tuple[Who, ...] | None]":
    offices = s.store.vocabulary.office_index

    def find(text: str) -> tuple[Who, ...] | None:
        if readings := lexicon.who(text):
            return readings
        for form in (text, text.removesuffix("s")):
            if office := offices.find(form):
                return (Who(s.store.vocabulary.offices[office].title.lower(), offices=(office,)),)
        return None

    return find


def _who(s: _Slots) -> int:
    size, readings = s.longest(_who_words(s))
    if size:
        s.said.setdefault("word", " ".join(s.raw[s.at : s.at + size]))
        if s.said.get("person"):
            s.say("as_office", readings)
        else:
            s.say("who", s.said["who"] if s.said.get("who") and readings == (lexicon.ANYBODY,) else readings) if not _refines(s, readings) else None
        return size
    return 0


def _refines(s: _Slots, readings: tuple[Who, ...]) -> bool:
    """`Premier Li Qiang` and `official`, `delegation` beside an office say nothing more."""
    if s.said.get("who") == (lexicon.ANYBODY,):
        s.said["who"] = readings
        return True
    return False


def _person(s: _Slots) -> int:
    size, name = s.longest(s.people.find)
    if not size:
        return 0
    if s.said.get("form") == "last-was" and s.at and s.words[s.at - 1] in ("was", "were", "is"):
        s.say("target_person", name)
    elif s.said.get("person") and s.said["person"] != name:
        s.say("other_person", name)
    else:
        s.say("person", name)
    return size


def _kind(s: _Slots) -> int:
    for phrase in sorted(lexicon.KINDS, key=len, reverse=True):
        size = s.phrase(phrase)
        if size and s.peek(size) in ("visit", "visits", "trip", "trips", "goodwill", "bilateral", "journey", "") or (size and phrase.endswith("visit")):
            s.say("kinds", lexicon.KINDS[phrase])
            return size
    return 0


def _role(s: _Slots) -> int:
    if size := s.phrase("headed by", "led by", "heading a delegation", "at the head of a delegation"):
        s.say("roles", ("heads",))
        return size
    if size := s.phrase("accompanied by", "accompanying"):
        s.say("roles", ("accompanies",))
        return size
    return 0


def _abroad(s: _Slots) -> int:
    if size := s.phrase("foreign trip", "foreign visit", "trip abroad", "visit abroad", "overseas trip", "overseas visit", "foreign destination", "abroad", "foreign journey"):
        s.say("every_host", value=True)
        return size
    if size := s.phrase("foreign guest", "foreign visitor", "foreign delegation", "foreign leader"):
        s.say("every_visitor", value=True)
        return size - (1 if s.phrase("foreign leader") else 0)
    return 0


def _meeting(s: _Slots) -> int:
    if size := s.phrase("meeting", "meetings", "summit", "met", "talks", "summits"):
        s.say("object", "meeting")
        return size
    return 0


def _and(s: _Slots) -> int:
    """`and` joins the two people of a meeting, and two offices."""
    return 1 if s.peek() == "and" and (s.said.get("person") or s.said.get("who")) else 0


def _both_ways(s: _Slots) -> int:
    if size := s.phrase("two way", "in either direction", "in both directions", "exchange", "either way"):
        s.say("both_ways", value=True)
        return size
    return 0


RULES: "tuple[Callable[[_Slots], int], ...]" = (
    _since, _times, _duration, _this_year, _form, _first, _hedge, _in_date, _between, _role, _abroad, _both_ways, _kind, _person, _who, _meeting, _place, _and,
)  # fmt: skip


# -- slots → claim -------------------------------------------------------------------------------------------------------------------------


def _assemble(text: str, slots: _Slots, about: "Event | None", published: Span | None) -> Claim:
    said, store = slots.said, slots.store
    form = _which_form(said)
    visitor, host = said.get("visitor"), said.get("host")
    person = said.get("person")
    if about is not None and about.type == "visit":
        visitor = visitor or about.visitor
        host = host or (None if said.get("every_host") else about.host)
    if visitor is None and person:
        visitor = _home(person, store)
    base = Query(
        visitors=() if said.get("every_visitor") else (visitor,) if visitor else (),
        hosts=() if said.get("every_host") else (host,) if host else (),
        roles=said.get("roles", ()),
        kinds=said.get("kinds", ()),
    )
    if said.get("between"):
        base = replace(base, visitors=(), hosts=(), between=said["between"])
    elif said.get("both_ways") and visitor and host:
        base = replace(base, visitors=(), hosts=(), between=(visitor, host))
    elif not (base.hosts or said.get("every_host")) or not (base.visitors or said.get("every_visitor")):
        missing = "whose visit it is" if not (base.visitors or said.get("every_visitor")) else "where to"
        if said.get("object") != "meeting":
            raise NotUnderstood(f"the claim does not say {missing}; name both countries, or the visit with --about")
    number, unit = said.get("duration", (0.0, "years"))
    if form in ("nth", "count"):
        number, unit = float(said.get("nth") or said.get("count") or 0), "times"
    claim = Claim(
        text,
        form,
        _whos(said, store),
        base,
        about.id if about else "",
        number,
        "decades" if said.get("decades") and form == "first-in" else unit,
        said.get("since"),
        _window(said, form),
        frozenset(said.get("hedges", ())),
        said.get("object", "visit"),
        tuple(filter(None, (person, said.get("other_person")))) if said.get("object") == "meeting" else (),
        published,
        said.get("capital", ""),
        roles_open="roles" not in said and not (said.get("kinds") and "official" in said["kinds"]),
        kind_open="kinds" not in said,
        every_host=bool(said.get("every_host")),
        every_visitor=bool(said.get("every_visitor")),
        word=said.get("word", ""),
    )
    if form == "last-was":
        claim = replace(claim, target=_target(said))
    if form == "none-since" and claim.since is None:
        raise NotUnderstood("'no visit' needs 'since' and a date, an event or a visit")
    return complete(claim, store)


def _which_form(said: dict[str, Any]) -> str:
    form = said.get("form")
    if form == "highest-since" and not (said.get("since") or said.get("duration")):
        raise NotUnderstood("'highest-ranking' needs 'since' and a date, an event or a visit")
    if form:
        return str(form)
    since = said.get("since")
    if "count" in said or ("nth" in said and (said.get("duration") or said.get("year") or said.get("date") or (since and _is_month(since)))):
        return "count"
    if "nth" in said:
        return "nth"
    if said.get("ever"):
        return "first-ever"
    if not said.get("first"):
        raise NotUnderstood("no claim that is known: first, n-th, count, highest-ranking, last, none, longest (docs/claims.md)")
    if said.get("year") or (said.get("date") and not said.get("since") and not said.get("duration")):
        said["nth"] = 1
        return "count"
    if said.get("since"):
        return "first-since"
    return "first-in" if said.get("duration") else "first-ever"


def _is_month(since: Since) -> bool:
    """A month, with its year or without: 'since March' can begin with it or after it."""
    first, last = since.span
    return since.period and (first < 0 or 26 < last - first < 32)


def _whos(said: dict[str, Any], store: "Store") -> tuple[Who, ...]:
    person = said.get("person")
    if person and said.get("object") != "meeting":
        office = said.get("as_office") or said.get("who")
        held = office[0] if office and office != (lexicon.ANYBODY,) and len(office) == 1 else Who("")
        return (Who(f"{person}{' as ' + held.label if held.label else ''}", (person,), held.offices, held.level),)
    return said.get("who") or (lexicon.ANYBODY,)


def _home(person: str, store: "Store") -> str | None:
    """The actor for which a person travels in the record, where it is only one."""
    homes = {event.visitor for event in store.events if event.type == "visit" for p in event.people if p.name == person}
    return homes.pop() if len(homes) == 1 else None


def _window(said: dict[str, Any], form: str) -> Window | None:
    if form != "count":
        return None
    if said.get("date"):
        return Window("period", span=said["date"].span, label=f"in {said['date'].label}")
    if said.get("year"):
        return Window("year", label=f"{said['year']} year")
    if said.get("duration") and not said.get("since"):
        number, unit = said["duration"]
        months = round(number * (12 if unit == "years" else 1))
        past = "past " if said.get("past") else ""
        return Window("publication" if past else "visit", months, label=f"{past}{number:g} {unit}")
    if said.get("since"):
        return Window("since", label=f"since {said['since'].label}")
    raise NotUnderstood("a count needs a window: in N months, in 2018, since March, this year")


def _target(said: dict[str, Any]) -> Since:
    date_, person = said.get("date"), said.get("target_person")
    if date_ is None and person is None:
        raise NotUnderstood("'last visit was' needs when, or by whom")
    if person is None:
        return date_  # type: ignore[no-any-return]
    span = date_.span if date_ else Span(0, NEVER_AFTER)
    return Since(f"{person}{' in ' + date_.label if date_ else ''}", span, event=f"visit:{person}", visit=True)


def complete(claim: Claim, store: "Store") -> Claim:
    """Fill in what a claim takes from the record: the visit behind "since Hu in 2005", the day of an accession. Raises NotUnderstood where there is not just one."""
    since = _resolved(claim.since, claim, store) if claim.since else None
    target = _resolved(claim.target, claim, store) if claim.target else None
    window = claim.window
    if window is not None and window.anchor == "year":
        year = _year(claim, store) - (1 if window.label.startswith("last") else 0)
        window = replace(window, anchor="period", span=Span(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()), label=f"in {year}")
    return replace(claim, since=since, target=target, window=window)


def _year(claim: Claim, store: "Store") -> int:
    visit = store.by_id.get(claim.about)
    day = claim.published.earliest if claim.published else visit.date.start.earliest if visit else 0
    if not day:
        raise NotUnderstood("'this year' needs --published or --about, to say which year is meant")
    return date.fromordinal(day).year


def _resolved(since: Since, claim: Claim, store: "Store") -> Since:
    if since.span.earliest < 0:  # a month without its year
        month = -since.span.earliest
        day = claim.published.latest if claim.published else store.by_id[claim.about].date.start.latest if claim.about in store.by_id else 0
        if not day:
            raise NotUnderstood(f"{since.label} of which year? Give --published or --about")
        today = date.fromordinal(day)
        return replace(since, span=_span(f"{today.year if month <= today.month else today.year - 1}-{month:02}"), label=f"{since.label} {today.year if month <= today.month else today.year - 1}")
    if since.event.startswith("accession:"):
        return _accession_event(since, claim, store)
    if since.event.startswith("visit:"):
        return _visit_event(since, claim, store)
    return since


def _accession_event(since: Since, claim: Claim, store: "Store") -> Since:
    name = since.event.removeprefix("accession:") or (claim.who[0].people[0] if claim.who[0].people else "") or _head(claim, store)
    found = [e for e in store.events if e.type == "accession" and any(p.name == name and _took(p, since.label) for p in e.people)]
    if not found:
        raise NotUnderstood(f"the record has no event of type accession for {name or 'that person'}; name an event by its id: since <id>")
    return replace(since, span=found[0].date.start, event=found[0].id, label=f"{name} took office ({found[0].date.text})")


def _took(person: "Person", label: str) -> bool:
    """Whether an accession is to the office that the words name; words such as 'took power' name none, and mean the first."""
    offices = {"president": "president", "premier": "premier"}
    named = next((office for word, office in offices.items() if label.endswith(word)), "")
    return not named or named in person.offices


def _head(claim: Claim, store: "Store") -> str:
    visit = store.by_id.get(claim.about)
    return next((p.name for p in visit.people if p.role == "heads"), "") if visit else ""


def _visit_event(since: Since, claim: Claim, store: "Store") -> Since:
    name = since.event.removeprefix("visit:")
    visits = [
        e
        for e in store.events
        if e.type == "visit"
        and e.status == "happened"
        and any(p.name == name for p in e.people)
        and (not claim.base.visitors or e.visitor in claim.base.visitors)
        and (not claim.base.hosts or e.host in claim.base.hosts)
    ]
    dated = [e for e in visits if since.span.latest <= 0 or any(s.latest >= since.span.earliest and s.earliest <= since.span.latest for s in e.date.starts)]
    dated = [e for e in dated if e.kind != "transit"] or dated
    if len(dated) == 1:
        return replace(since, span=dated[0].date.start, event=dated[0].id)
    if since.span.latest > 0 and not dated:
        return replace(since, event="none", visit=True)
    raise NotUnderstood(f"the record has {len(dated)} visits of {since.label}: {', '.join(e.id for e in dated[:6]) or 'give a month and a year'}")
