"""The rules of the grammar for who: names, titles before them, offices and words for people."""

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.claims import lexicon
from timeline.claims.bearing import MONARCH, bearing
from timeline.claims.model import NotUnderstood, Who
from timeline.claims.named import FAMILY, holder, named_person
from timeline.claims.points import THAT_OF
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.claims.sentence import Names, Sentence

FORM_SLOTS = ("first", "ever", "nth", "count", "form")
HONORIFICS = (
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "dame",
    "lord",
    "prince",
    "princess",
    "king",
    "queen",
    "crown",
    "sheikh",
    "comrade",
)
BETWEEN = (
    "sitting",
    "serving",
    "incumbent",
    "ever",
    "known",
    "current",
    "foreign",
)  # what may stand between `first` and an office


def person(s: "Sentence") -> int:
    """A name: whose visit it is, or the other of two who met."""
    size, name = s.person()
    if not size:
        return 0
    if s.said.get("person", name) != name:
        s.say("other_person", name)
        s.places["other_end"] = s.at + size
    else:
        _borne(s, name or "")
        s.say("person", name)
        s.places["person_end"] = s.at + size
    return size


def _borne(s: "Sentence", name: str) -> None:
    """Take a title that ends where a name begins for that of who has the name. Raises NotUnderstood where nothing has it so."""
    if s.said.get("title_to") == s.at:
        if name and not name.startswith(FAMILY):
            bearing((name,), s.said["title"], s.names.store)
        s.say("titled", value=True)


def one_of_a_family(s: "Sentence") -> int:
    """Raises NotUnderstood for `a Trudeau`, `the first Trudeau to visit`: anybody of that name, of whom a record tells nothing. `A Xi visit` is his."""
    family = s.at < len(s.raw) and s.raw[s.at][:1].isupper() and s.peek() in s.names.bearers and not s.full_name()[0]
    numbered = s.peek(-1) in lexicon.ORDINALS and s.peek(1) == "to"
    article = s.before("a", "an") and s.peek(1) not in (*lexicon.VISITS, "'s") and not people_ahead(s.ahead(1))
    if family and (numbered or article):
        raise NotUnderstood(f"'{s.peek(-1)} {s.text(1)}': anybody of that name? Write the full name", (s.text(1),))
    return 0


DENYING, MORE = ("never", "not", "no"), ("fewer", "less", "more", "only", "just")  # no fewer than three times


def absent(s: "Sentence") -> int:
    """Whom the record has nowhere, but the table of tenures. Raises NotUnderstood where something else is said of him than that he did not come."""
    size, name = holder(s)
    if not size:
        return 0
    denied = any(word in DENYING and after not in MORE for word, after in pairwise((*s.words, "")))
    if not denied or "since" in s.words or "person" in s.said:
        raise NotUnderstood(
            f"{name} is nowhere in the record; all that it can say is that he did not come", (s.text(size),)
        )
    _borne(s, name)
    s.say("person", name)
    s.places["person_end"] = s.at + size
    return size


LINKS = ("was", "were", "is", "are", "remains", "remained")
THERE = ("to", "there", "here", "in", "at", "back")  # after `been`, which then says that somebody went
MAKERS = tuple(f"{made} by" for made in ("made", "paid", "undertaken", "headed", "led"))


def links(words: "Sequence[str]", place: int) -> bool:
    """Whether a word joins what is told to whom or when: `was`, `had been` before a name."""
    been = words[place] == "been" and words[place - 1] in ("had", "has", "have")
    return words[place] in LINKS or (been and not (place + 1 < len(words) and words[place + 1] in THERE))


def by_whom(s: "Sentence") -> int:
    """`… was by Premier Wen Jiabao`: after the form, who made that visit. His country, his office and his name narrow nothing."""
    last = s.said.get("form") == "last-was"
    joints = [place for place in range(s.said.get("form_end", s.at), s.at) if links(s.words, place)]
    if not joints:
        return 0
    lead = s.phrase("by", *MAKERS, *THAT_OF)
    numbered = s.said.keys() & {"first", "nth"} or s.said.get("form") == "first-ever"
    people = numbered and "who" in s.said and "person" not in s.said  # the first president to go was Liu
    if not (joints[-1] == s.at - 1 and (lead or last or people)) and not (last and s.peek() == "by"):
        return 0
    lead += int(s.peek(lead) == "the")
    size, name = named_person(s.ahead(lead))
    if not name:
        return 0
    s.say("target_person" if last else "maker", name)
    return lead + size


PARTS_OF_TITLES = ("chairman", "chairwoman", "marshal")


def title(s: "Sentence") -> int:
    """`Mr`, `Sir`, `Prince` and the like before a name; `Chairman` before that of somebody whose titles have the word."""
    size, name = s.person(1)
    if size and s.peek() in PARTS_OF_TITLES:
        people = (p for event in s.names.store.events for p in event.people if p.name == name)
        return int(any(s.peek() in fold(p.title).split() for p in people))
    if size and name and s.peek() in HONORIFICS:
        _refuse_other_title(s, name)
        return 1
    return 0


def _refuse_other_title(s: "Sentence", name: str) -> None:
    """Raises NotUnderstood for `Queen Charles`, whom the record has as a king."""
    titles = set(s.names.store.vocabulary.offices[MONARCH].aliases)
    people = [p for event in s.names.store.events for p in event.people if p.name == name and MONARCH in p.offices]
    borne = {word for p in people for word in fold(p.title).split() if word in titles}
    if borne and s.peek() in titles - borne:
        raise NotUnderstood(f"{s.text(2)!r}: the record has {name} as {min(borne)}", (s.text(1),))


def told_title(s: "Sentence") -> int:
    """What only tells who somebody is: `then-` and `ex-` before a title, the first of two titles, that of the second of two who met."""
    if s.phrase("then", "ex", "late") and named_person(s)[1]:
        return 1
    nation = s.longest(s.names.adjectives.find)[0] if "person" in s.said else 0
    size, readings = s.longest(who_words(s), nation)
    size += nation
    if not readings:
        return 0
    if s.peek(size) == "and" and not nation:
        second = s.longest(who_words(s), size + 1)[0]
        name = s.person(size + 1 + second)[1] if second else None
        told = size + 1
    else:
        met = s.said.get("object") == "meeting" or s.before("and", "with")
        name = s.person(size)[1] if met and "person" in s.said else None
        told = size
    if name is None or name.startswith(FAMILY) or name == s.said.get("person"):
        return 0
    bearing((name,), readings, s.names.store)
    return told


def who(s: "Sentence") -> int:
    """An office or a word for people. Beside an office, `official`, `delegation` and the like say nothing more."""
    size, readings = s.longest(who_words(s))
    word = s.text(size)
    if not size or word.casefold() in lexicon.ATTRIBUTES:
        parted = _parted_who(s)
        size, readings, word = parted if parted[0] else (size, readings, word)
    if not size:
        return 0
    if s.text(size).casefold() == "party" and s.longest(who_words(s), size)[0]:
        raise NotUnderstood(
            f"{s.text(size + 1)!r}: the record does not know who travelled for a party; name an office",
            (s.text(1),),
        )
    capacity = _as_here(s)
    if capacity and s.peek(-capacity - 1) in ("was", "is", "were", "came"):
        raise NotUnderstood(
            f"'{s.peek(-capacity - 1)} as {s.text(size)}': of which visit is that said? Write '… as {s.text(size)}' beside it"
        )
    if capacity or (s.folded(size) in OF_OFFICE and s.peek(size) in lexicon.VISITS and _of_one_person(s)):
        s.say("capacity", value=True)
    elif (_counted(s) or _by_those(s, size)) and s.places.get("who", s.at) < form_at(s):
        s.said["told_who"] = s.said.pop("who")
        s.places["who"] = s.latest["who"] = s.at
        s.said.pop("word")
    if _indefinite(s):
        s.said["indefinite"] = True
    elif form_at(s) < 0 and _definite(s):
        s.said["definite"] = True
    size += _sender(s, size) + _issue(s, size)
    s.said["title"], s.said["title_to"] = readings, s.at + size
    s.said.setdefault("word", word)
    if s.said.get("who") == (lexicon.ANYBODY,):
        s.said["who"], s.said["word"] = readings, word
        s.places["who"] = s.latest["who"] = s.at
    elif readings != (lexicon.ANYBODY,) or "who" not in s.said:
        s.say("who", readings)
    return size


OF_OFFICE = ("presidential", "prime ministerial", "papal")


def _of_one_person(s: "Sentence") -> bool:
    """`Xi's first presidential visit`, `his second prime ministerial trip`: of visits of his in that office, not of those of everybody in it."""
    form = form_at(s)
    owner = s.words[form - 1] if form > 0 else ""
    return owner in ("his", "her") or (owner == "'s" and s.places.get("person_end") == form - 1)


ENVOYS = ("envoy", "special envoy", "special representative", "personal envoy")


def _sender(s: "Sentence", size: int) -> int:
    """`A special envoy of Kim Jong Un`, `Kim Jong Un's envoy`: who sent him. How many words after the office say so."""
    if s.folded(size).removesuffix("s") not in ENVOYS:
        return 0
    if s.before("'s") and "person" in s.said and s.places["person_end"] == s.at - 1:
        s.say("sender", s.said.pop("person"))
        return 0
    taken, name = named_person(s.ahead(size + 1)) if s.peek(size) in ("of", "from") else (0, None)
    if not name or name.startswith(FAMILY):
        return 0
    s.say("sender", name)
    return 1 + taken


ISSUES = ("affairs", "issue", "issues", "matters", "question")


def _issue(s: "Sentence", size: int) -> int:
    """`For the Korean issue`, `on Korean Peninsula affairs`, after a representative: how many words it takes. Raises NotUnderstood where the record may have some for other issues."""
    if s.folded(size).removesuffix("s") not in ENVOYS or s.peek(size) not in ("for", "on"):
        return 0
    first = size + 1 + int(s.peek(size + 1) == "the")
    last = next((n for n in range(first + 1, first + 5) if s.peek(n) in ISSUES), 0)
    if not last:
        return 0
    office = s.names.store.vocabulary.office_index.find(s.folded(size).removesuffix("s"))
    events = s.names.store.events
    titles = [p.title for e in events if e.type == "visit" for p in e.people if office in p.offices]
    if not all(s.peek(first) in fold(title).split() for title in titles):
        issue = s.ahead(size).text(last + 1 - size)
        raise NotUnderstood(f"{issue!r}: the record does not say for what issue each of them was", (issue,))
    return last + 1 - size


def own_form(s: "Sentence") -> None:
    """`his first`: the first of somebody named elsewhere."""
    if s.before("his", "her"):
        s.say("own", value=True)


def people_ahead(s: "Sentence") -> int:
    """The words for somebody in an office, where people are counted, not visits: `the fourth Chinese president to visit`."""
    lead = 0
    while s.peek(lead) in BETWEEN:
        lead += 1
    size = lead + nations(s.ahead(lead))
    held, readings = s.longest(who_words(s), size)
    owner = int(s.peek(size + held) == "'s")
    after = size + held + owner
    after += nations(s.ahead(after))  # the second high-level Chinese visit
    people = held and readings != (lexicon.ANYBODY,) and s.peek(after) not in lexicon.VISITS
    return size + held if people else 0


def _as_here(s: "Sentence") -> int:
    """How many words back `as` stands, with nothing but an article and nationalities in between; 0 where it does not."""
    for back in range(1, 6):
        if s.peek(-back) == "as":
            after = s.ahead(1 - back)
            size = int(after.peek() in ("a", "the", "his", "her", "their", "its"))
            size += nations(after.ahead(size))
            return back if size + int(after.peek(size) == "'s") >= back - 1 else 0
    return 0


def _counted(s: "Sentence") -> bool:
    """Whether an office here is the one that the form counts: `the first Chinese leader`, `the first visit by a Canadian leader`."""
    return form_at(s) >= 0 and (_indefinite(s) or any(_form_ends(s, s.at - size) for size in range(5)))


def _by_those(s: "Sentence", size: int) -> bool:
    """`1st visit by Indian Prime Minister in 45 years`: a headline leaves the article out; with a name after it, it is only that person's title."""
    by = any(s.peek(-1 - more) == "by" and nations(s.ahead(-more)) >= more for more in range(4))
    return form_at(s) >= 0 and by and not named_person(s.ahead(size))[1]


def _form_ends(s: "Sentence", place: int) -> bool:
    """Whether nothing but nationalities and words such as `sitting` stands between the form and here."""
    if s.said.get("form_end") != place:
        return False
    between = place
    while between < s.at and s.words[between] in BETWEEN:
        between += 1
    return between == s.at or nations(s.ahead(between - s.at)) >= s.at - between


def form_at(s: "Sentence") -> int:
    """Where the words stand that say the form; -1 where none has come yet."""
    return min((s.places[slot] for slot in FORM_SLOTS if slot in s.places), default=-1)


def _parted_who(s: "Sentence") -> tuple[int, tuple[Who, ...], str]:
    """`senior Chinese diplomat`, `member of China's Politburo Standing Committee`: a phrase with the nationality in its middle, and its words without that."""
    find = who_words(s)
    for head in range(1, 4):
        skip = 1 if s.peek(head) == "the" else 0
        size, actor = nation_here(s, head + skip)
        if not actor:
            continue
        before = s.folded(head)
        tail, readings = s.longest(lambda text, before=before: find(f"{before} {text}"), head + skip + size, 5)  # type: ignore[misc]
        if tail and not (before == "former" and _several_tops(s, head + skip + size, tail, actor)):
            s.say("visitor", actor)
            return head + skip + size + tail, readings, f"{s.text(head)} {s.ahead(head + skip + size).text(tail)}"
    return 0, (), ""


def _several_tops(s: "Sentence", offset: int, size: int, actor: str) -> bool:
    """Whether a country has presidents and premiers, so that `a former president` is not just anybody who once led it."""
    from timeline.tenures import tenures

    named = _office(s.names, s.ahead(offset).folded(size))
    tops = {office for office in ("president", "premier") if (actor, office) in tenures()}
    return tops != {named}


def nation_here(s: "Sentence", offset: int) -> tuple[int, str | None]:
    """A nationality, an acronym for one, or a possessive country."""
    size, actor = s.longest(s.names.adjectives.find, offset)
    if not size and s.at + offset < len(s.raw):
        actor = s.names.nationalities.get(s.raw[s.at + offset].replace(".", ""))
        size = 1 if actor else 0
    if not size:
        size, actor = s.actor(offset)
        return (size + 1, actor) if size and s.peek(offset + size) == "'s" else (0, None)
    return size + int(s.peek(offset + size) == "'s"), actor


def _indefinite(s: "Sentence") -> bool:
    """Whether `a` stands before, with nothing but nationalities in between."""
    return any(s.peek(-1 - size) in ("a", "an") and nations(s.ahead(-size)) >= size for size in range(4))


def _definite(s: "Sentence") -> bool:
    """Whether `the` stands before, with nothing but nationalities in between, or whose it is: `China's president`."""
    return s.before("'s") or any(s.peek(-1 - size) == "the" and nations(s.ahead(-size)) >= size for size in range(4))


def who_words(s: "Sentence") -> "Callable[[str], tuple[Who, ...] | None]":
    """What finds the readings of a phrase: the lexicon, then the offices of the vocabulary by any title."""
    offices = s.names.store.vocabulary

    def find(text: str) -> tuple[Who, ...] | None:
        if text.endswith("'s"):  # `an official's visit`: whose it is, and no other title
            return None
        if readings := lexicon.who(text):
            return readings
        office = _office(s.names, text) or _office(s.names, lexicon.of_one(text))
        return (Who(offices.offices[office].title.lower(), offices=(office,)),) if office else None

    return find


def _office(names: "Names", text: str) -> str | None:
    """An office by a title, the articles in it left out or not."""
    return names.store.vocabulary.office_index.find(text) or names.bare_titles.get(fold(text))


def nations(s: "Sentence") -> int:
    """How many words of nationalities and countries stand here."""
    size = 0
    while more := s.longest(s.names.adjectives.find, size)[0] or s.actor(size)[0]:
        size += more
    return size
