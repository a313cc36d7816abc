"""Who is counted and who is only told of: "Xi Jinping is the first Chinese president to …" counts presidents, "Xi Jinping's first visit …" his own visits."""

from typing import TYPE_CHECKING

from timeline.claims.lexicon import ANYBODY, VISITS
from timeline.claims.model import UNKNOWN, NotUnderstood, Since, Who
from timeline.claims.reference import been_in, not_there
from timeline.claims.sentence import STOP
from timeline.claims.timing import visit_ahead
from timeline.claims.visitors import LINKS as WAS
from timeline.claims.visitors import form_at, links
from timeline.query import fits
from timeline.vocabulary import RANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.claims.sentence import Sentence
    from timeline.model import Event

WHERE = ("host", "every_host", "region", "between", "both_ways", "other_nation")
LINKS = (
    "is", "was", "are", "were", "be", "becomes", "became", "become", "makes", "made", "making", "marks", "marked", "marking", "mark", "represents", "represented", "pays", "paid", "paying",
)  # fmt: skip


def settle(s: "Sentence", about: "Event | None") -> None:
    """Sort out who is counted and what is only told. Raises NotUnderstood where it is not clear."""
    _sent(s)
    _where_since(s, about)
    _settle_who(s, about)
    if s.said.get("form") == "last-was" and "ago" not in s.said:
        _last_was(s)


def _where_since(s: "Sentence", about: "Event | None") -> None:
    """`Since Hu went to Pyongyang` says where the visits go that are counted, where nothing else does."""
    since = s.said.get("since")
    if since is None or not since.host or s.said.keys() & WHERE or s.said.get("visitor") == since.host:
        return
    if about is None or about.host == since.host:
        s.said["host"] = since.host


def _sent(s: "Sentence") -> None:
    """`The first envoy of Kim Jong Un` is the first since he took power. Raises NotUnderstood where other envoys than his may be counted."""
    if "sender" not in s.said:
        return
    sender = s.said["sender"]
    if s.said.keys() & {"form", "nth", "count", "duration", "year", "date", "dates"} or "first" not in s.said:
        raise NotUnderstood(
            f"whose envoy each was the record does not say; name the country instead of {sender}", (sender,)
        )
    s.said.setdefault("since", Since(f"{sender} took power", UNKNOWN, event=f"accession:{sender}"))


def _settle_who(s: "Sentence", about: "Event | None") -> None:
    """Move a person who is only told of from `person` to `subject`, or, after "the last was", to `target_person`. Raises NotUnderstood where it is not clear."""
    said = s.said
    _told_who(s, about)
    _first_abroad(s)
    _refuse_told_city(s)
    _told_places(s)
    _refuse_open(s)
    _guest_of(s)
    _received(s)
    if said.get("object") == "meeting":
        _met_by(s)
        return
    _last_abroad(s)
    _one_or_every(s, "every_host", "host")
    _one_or_every(s, "every_visitor", "visitor")
    _maker(s)
    if "person" not in said:
        if "own" in said:
            said["person"] = _traveller(about)
            s.places["person"] = s.places["own"]
        elif about is not None and _nobody_said(s):
            name = _traveller(about)
            his = Who(name, (name,))
            said["who"] = (his,) if _plainly_his(s, name) else (his, ANYBODY)
        elif about is not None and said.get("form") == "last-was" and not said.keys() & SAYS_WHO:
            said["who"], s.places["who"] = (ANYBODY, *_as_these(about, s)), form_at(s)
        return
    if "other_person" in said:
        raise NotUnderstood("two people are named; write one claim about one of them, or about their meetings")
    if said.get("roles") == ("accompanies",) and s.places["person"] < s.places["roles"]:
        raise NotUnderstood("who accompanied whom? Write 'the first visit accompanied by …'")
    _refuse_beside(s)
    if said.get("every_visitor") and not _of_every_country(s):
        raise NotUnderstood("a guest of somebody: the record knows visits to countries; write where to")
    if said.get("form") == "last-was" and "target_person" not in said and _linked(s) and _others_last(s):
        said["target_person"] = said.pop("person")
        _only_told(s)
    elif said.get("form") == "highest-since" or _others_counted(s):
        said["subject"] = said.pop("person")
        _only_told(s)
    elif _whose_is_open(s) and (about is not None or "described" not in said):  # else once more with the visit
        _his_or_theirs(s, about)


TITLE_WORDS = 4  # at most, between `with` and a name


def _refuse_beside(s: "Sentence") -> None:
    """Raises NotUnderstood for `a president's visit with Wang Yi`, who only came along, and beside whom others are counted."""
    name, place = s.said["person"], s.places["person"]
    beside = s.said.get("roles") == ("accompanies",) and s.said.get("who", (ANYBODY,)) != (ANYBODY,)
    end = s.places["person_end"]
    told = s.words[end : end + 1] in (["'s"], ["as"])  # with Xi's visit; with Kim as leader
    if beside or ("with" in s.words[max(1, place - TITLE_WORDS) : place] and not told):
        raise NotUnderstood(
            f"{name} came along? Visits with somebody are counted of those with anybody: 'the first visit accompanied by {name}'",
            (name,),
        )


def _as_these(about: "Event", s: "Sentence") -> list[Who]:
    """`The previous visit was in 2011`, told of a visit by a foreign minister: of anybody, of him, or of foreign ministers."""
    heads = [person for person in about.people if person.role == "heads"]
    if len(heads) != 1:
        return []
    (head,), offices = heads, s.names.store.vocabulary.offices
    return [Who(head.name, (head.name,)), *(Who(offices[o].title.lower(), offices=(o,)) for o in head.offices)]


def _his_or_theirs(s: "Sentence", about: "Event | None") -> None:
    """`Erdogan's visit was the first in twelve years`: of his, or of those of anybody in an office that he held on it. Raises NotUnderstood where it is not known what he was."""
    said = s.said
    held = [p for p in about.people if p.name == said["person"]] if about else []
    owned = s.words[s.places["person_end"] : s.places["person_end"] + 1] == ["'s"]  # not `Li is the first to visit`
    if not held or not (owned or _apposed(s)) or "own" in said or said.get("object") == "person":
        raise NotUnderstood("whose first? Write 'his first', or 'the first by a …'")
    name = said["subject"] = said.pop("person")
    said["who"] = (Who(name, (name,)), *said.pop("who", _as_he(held[0].offices, s)))


def _as_he(held: "Sequence[str]", s: "Sentence") -> list[Who]:
    """Those whose first it may be beside his own: anybody in an office of his; of one who led his party or country, any such leader, and those in his office of state."""
    vocabulary = s.names.store.vocabulary
    offices, leader = vocabulary.offices, RANKS["leader"]
    if vocabulary.level(held) < leader:
        return [Who(offices[office].title.lower(), offices=(office,)) for office in held]
    state = [
        o for o in held if offices[o].ladder == "state" and leader > offices[o].level >= RANKS["head-of-government"]
    ]
    led = Who("party or paramount leader", level=leader)
    return [led, *(Who(offices[office].title.lower(), offices=(office,)) for office in state)]


def _nobody_said(s: "Sentence") -> bool:
    """`Third China trip in three months`: of the one whose trip it is, or of anybody? `The first Chinese visit` counts the country's."""
    said = s.said
    heads = sum(person.role == "heads" for person in s.names.about.people) if s.names.about else 0
    counted = said.keys() & {"first", "nth"} or ("count" in said and "date" not in said)
    return bool(counted) and heads == 1 and not said.get("form") and not said.keys() & SAYS_WHO


def _plainly_his(s: "Sentence", name: str) -> bool:
    """A headline's `Third China trip in three months` leaves out whose it is: his whose trip it was. So does a number since he took power."""
    since = s.said.get("since")
    return ("nth" in s.said and s.places["nth"] == 0) or (since is not None and since.event == f"accession:{name}")


SAYS_WHO = {
    "who",
    "told_who",
    "visitor",
    "between",
    "both_ways",
    "object",
    "subject",
    "roles",
    "receiver",
    "every_visitor",
}


def _maker(s: "Sentence") -> None:
    """`The first Chinese visit in 16 years was by Li Qiang` tells of him and counts all. Raises NotUnderstood where somebody else is told of too."""
    if maker := s.said.pop("maker", None):
        if "person" in s.said:
            raise NotUnderstood("two people are named; write one claim about one of them, or about their meetings")
        s.said["subject"] = maker


def _last_was(s: "Sentence") -> None:
    """Raises NotUnderstood where something beside a person and a date stands after `was`, or what is counted only before the form."""
    form, was = form_at(s), _was(s)
    if "capacity" in s.said and was is None:
        s.said["capacity_told"] = True  # `last visited in 2008, as vice-president`: his last in that office, or of all
    for slot in NARROWING:
        if slot in s.said and was is not None and s.places[slot] > was:
            raise NotUnderstood(
                "'the last was': only who it was and when may follow 'was'; write what is counted before it"
            )
        told = "target_person" in s.said and "target_person" not in s.places
        owner = slot == "visitor" and _before_form(s) == "'s"
        if slot in s.said and told and not owner and s.latest.get(slot, form) < form:
            raise NotUnderstood("the last of whom? Write 'the last visit by a …', 'the last Chinese visit'")


NARROWING = (
    "person",
    "who",
    "visitor",
    "host",
    "kinds",
    "roles",
    "capital",
    "city",
    "building",
    "every_host",
    "every_visitor",
)


MADE_IN = (
    "came",
    "took",
    "occurred",
    "happened",
    "dates",
    "dated",
)  # `came in 2009`, `took place in 2009`, `dates back to 2009`


def _was(s: "Sentence") -> int | None:
    """Where `was` stands before who or when it was; None in `the last time that Xi was there, in 2019`."""
    end = max(s.places.get(slot, -1) for slot in ("target_person", "date"))
    start = s.said.get("form_end", 0)
    joints = [n for n in range(start, max(end, 0)) if links(s.words, n) or (s.words[n] in MADE_IN and n > start)]
    clause = s.words[start : start + 1] == ["time"]
    return joints[-1] if joints and not (clause and len(joints) == 1) else None


def _only_told(s: "Sentence") -> None:
    """A title before the form is only told of somebody whose visit is one of others: `Premier Li Qiang made the first Chinese visit`."""
    form, person = form_at(s), s.places.get("person", -1)
    if "indefinite" in s.said and person < s.latest.get("who", -1) < form and s.said.get("form"):
        if STOP in s.words[person:form]:
            return  # `Xi is in Pyongyang. A Chinese president last visited in 2005`
        raise NotUnderstood("two clauses: who is told of, and who is counted? Write one claim a sentence")
    if "who" in s.said and s.latest["who"] < form and (s.said.get("form") or _nation_counted(s)):
        s.said["told_who"] = s.said.pop("who")
        s.said.pop("word", None)
        _told_who(s, s.names.about)


def _told_who(s: "Sentence", about: "Event | None") -> None:
    """Raises NotUnderstood where the visit in question is not one of somebody in the office that the sentence tells of."""
    if about is None or "told_who" not in s.said:
        return
    vocabulary = s.names.store.vocabulary
    for who in s.said["told_who"]:
        asked = who.query._replace(people=())
        if who.anybody or any(fits(person, asked, vocabulary) for person in about.people):
            return
    raise NotUnderstood(f"nobody on the visit {about.id} is what the sentence says: {s.said['told_who'][0].label}")


def _received(s: "Sentence") -> None:
    """A nationality before the host is the host's. Raises NotUnderstood where a visit is spoken of too, or whom the meeting was with is open."""
    said = s.said
    if said.get("object") == "meeting" and "told_who" in said:
        raise NotUnderstood("a meeting of whom? Name both people, or both countries with 'between'")
    if "receiver" not in said:
        return
    if any(word in VISITS for word in s.words[max(0, form_at(s)) :]):
        raise NotUnderstood("a visit, or being received? Write 'received by …', or leave out who received")
    since = said.get("since")
    if said.get("passive") and since and since.event == "accession:":  # he is the host, who was named last
        said["since"] = since._replace(event=f"accession:{said['receiver']}")
    if not said.get("passive") and s.places.get("visitor", s.places["receiver"]) < s.places["receiver"]:
        said.pop("visitor", None)


def _refuse_open(s: "Sentence") -> None:
    """Raises NotUnderstood for `Xi ends a 14-year wait`, his or of all presidents, for a number of countries, and for `the first such visit`, where nothing says of what sort."""
    said = s.said
    if "ended" in said and "person" in said and "who" not in said:
        raise NotUnderstood(
            "whose gap ended: his, or that of an office? Write 'his first visit in …', or 'the first by a …'"
        )
    if "destination" in said and said.keys() & {"nth", "count"}:
        raise NotUnderstood("how many countries somebody went to is not counted; write 'fourth trip abroad'")
    if "such" in said and not said.keys() & {"who", "kinds", "tags"}:
        raise NotUnderstood("which visits are such ones? Write 'the first visit by a …'", ("such",))


def _guest_of(s: "Sentence") -> None:
    """`Kim's first foreign guest` is the first whom he received."""
    if "every_visitor" not in s.said or "receiver" in s.said or _before_form(s) != "'s":
        return
    for slot, end in (("person", "person_end"), ("other_person", "other_end")):
        if slot in s.said and s.places.get(end) == form_at(s) - 1:
            s.said |= {"receiver": s.said.pop(slot), "object": "meeting", "passive": True}


def _met_by(s: "Sentence") -> None:
    """`Yang is the first foreign guest received by Kim` tells of him and counts all whom Kim received. Raises NotUnderstood for `the first official whom Kim has met`, who may have been a guest of either."""
    said = s.said
    if "person" not in said or not said.keys() & {"receiver", "other_person"}:
        return
    if not (_of_every_country(s) or _others_counted(s)):
        return
    if "receiver" not in said:
        raise NotUnderstood("met at home, or on a journey too? Write 'received by', or name the two who met")
    said["subject"] = said.pop("person")
    _only_told(s)


def _of_every_country(s: "Sentence") -> bool:
    """`Putin is the first foreign leader to visit`: those of all countries are counted, and he is told of."""
    return s.places.get("person", 0) < form_at(s) < s.places.get("every_visitor", -1)


PLACES = ("capital", "city", "building")


def _told_places(s: "Sentence") -> None:
    """`Putin lands in Pyongyang on his first visit to North Korea` counts visits to the country, `visited Beijing twice` those to the city. Raises NotUnderstood where it is not clear what counts."""
    said, form = s.said, form_at(s)
    counted = "count" in said and not said.keys() & {"first", "nth", "form"} and s.places.get("country", -1) < form
    for slot in ("capital", "city") if not counted else ():
        if slot in said and s.places[slot] < form:
            _refuse_other_place(s, said[slot])
            if "every_host" in said or form < s.places.get("country", -1):
                del said[slot]
    if "city" in said and s.places["city"] < form and not counted:
        raise NotUnderstood(f"{said['city']}, or the whole country? Write 'the first visit to …'")
    if said.get("object") == "meeting":
        if any(s.places[slot] > form for slot in (*PLACES, "country") if slot in said):
            raise NotUnderstood("where they met is not compared; write about their meetings, or about visits")
        for slot in PLACES:
            said.pop(slot, None)
    if (
        "kinds" in said
        and said.keys() & {"first", "nth"}
        and s.places["kinds"] < form
        and "such" not in said
        and ("adverbial" not in said or _beside(s, s.places["kinds"]))
    ):
        said["kinds_told"] = said.pop("kinds")
        after = form + 1 + int(s.words[form + 1 : form + 2] == ["ever"])
        in_years = "duration" in said and "nth" not in said
        if "own" in said and (in_years or visit_ahead(s.ahead(after - s.at))):
            said["own_visits"] = True  # his first in 24 years; not `a state visit, his second`


def _refuse_other_place(s: "Sentence", place: str) -> None:
    """Raises NotUnderstood where a sentence says that somebody was in a city before it says what is counted, and the record has the visit in question elsewhere."""
    about = s.names.about
    if about is None or not about.places:  # read once more with the visit that the claim is found to be about
        s.said["unchecked"] = (*s.said.get("unchecked", ()), place)
    elif not been_in(place, about, s.names.store):
        raise not_there(place, about)


def _beside(s: "Sentence", place: int) -> bool:
    """`Putin, on a state visit, is there for the first time`: the kind tells of this visit; of `makes a state visit for the first time` it says what is counted."""
    article = s.words[place - 1] in ("a", "an", "his", "her", "the")
    return s.words[place - 1 - article] in ("on", "for", "during")


def _last_abroad(s: "Sentence") -> None:
    """`Kim's last foreign visit was to Vladivostok in 2019`: of all abroad, the last was to that country, then."""
    said, form = s.said, form_at(s)
    if said.get("form") != "last-was" or "every_host" not in said or not said.keys() & {"host"}:
        return
    was = any(word in WAS for word in s.words[said.get("form_end", 0) : s.places["host"]])
    been = s.words[s.places["host"] - 1] == "been"
    if s.places["host"] < form or not (was or been) or "date" not in said:
        return
    if s.places["date"] < s.places["host"]:
        raise NotUnderstood("the last of that time, or of all, made then? Write 'his last foreign visit was to … in …'")
    said["target_host"] = said.pop("host")
    for slot in ("country", "capital"):
        said.pop(slot, None)
    if "city" in said:
        said["target_place"] = said.pop("city")
    for slot in ("host", "country", "capital", "city"):
        s.places.pop(slot, None)


def _first_abroad(s: "Sentence") -> None:
    """`Kim's first foreign trip was to China` tells of that visit where it went; all abroad are counted. Raises NotUnderstood where they are not said to be: `his first trip was to China`."""
    said, form = s.said, form_at(s)
    place = s.places.get("host", -1)
    if not (said.keys() & {"first", "nth", "count"} and 0 <= form < place and _says_where(s, form, place)):
        return
    if "every_host" not in said:
        raise NotUnderstood(
            "of all abroad, or of those to that country? Write 'his first foreign trip was to …', or 'his first trip to …'"
        )
    s.places |= {slot: -1 for slot in ("host", "country", "capital", "city") if slot in said}


WENT = ("went", "goes", "travelled", "traveled", "flew", "chose", "visited", "headed")


def _says_where(s: "Sentence", form: int, place: int) -> bool:
    """Whether a country is only where the visit that the form is of went: `the first was to China`, `for his first, he went to China`."""
    between = s.words[form:place]
    if s.words[place - 1] in ("to", "in", "was") and any(word in ("was", "is") for word in between):
        return True
    on_his = s.words[max(0, form - 2) : form] in (["for", "his"], ["for", "her"], ["on", "his"], ["on", "her"])
    return on_his and any(word in WENT for word in between)


def _refuse_told_city(s: "Sentence") -> None:
    """Raises NotUnderstood for `his first visit to China of 2018 was to Wuhan`, which tells where that one of those to the country went."""
    country, form = s.places.get("country", -1), form_at(s)
    for slot in PLACES:
        place = s.places.get(slot, -1)
        if slot in s.said and 0 <= form < country < place and any(word in LINKS for word in s.words[country:place]):
            raise NotUnderstood(f"{s.said[slot]}: only visits there, or all to the country? Write one of the two")


def _one_or_every(s: "Sentence", every: str, one: str) -> None:
    """`Kim's trip to China is his first abroad` tells of China and counts all; `his first foreign trip to China` may mean either."""
    if every in s.said and s.places.get(one, -1) > form_at(s):
        raise NotUnderstood("abroad, or one country? Write one of the two")


def _traveller(about: "Event | None") -> str:
    """Who `his` is: the one who headed the visit in question."""
    heads = [person.name for person in about.people if person.role == "heads"] if about else []
    if len(heads) != 1:
        raise NotUnderstood("'his' or 'her' of whom? Name the person, or the visit with --about")
    return heads[0]


def _linked(s: "Sentence") -> bool:
    """Whether `is` or the like stands between the person and the word that says the form."""
    before = s.words[s.places["person"] : max(0, form_at(s))]
    return STOP not in before and any(word in LINKS for word in before)


def _others_last(s: "Sentence") -> bool:
    """`Wen Jiabao was the last premier to visit` says who; `Xi Jinping was last there` says whose."""
    return _before_form(s) == "the" or _nation_counted(s) or s.places["person"] < form_at(s) < s.places.get("who", 0)


def _others_counted(s: "Sentence") -> bool:
    """A person before the form and an office or a nationality after it, or somebody whose title says `a`: all of those are counted."""
    if "capacity" in s.said:
        return False
    if _nation_counted(s):
        return True
    form, person = form_at(s), s.places["person"]
    if "who" not in s.said:
        return False
    named_after = form < s.places["who"] < person and "roles" not in s.said  # `by a Chinese official, Li Qiang`
    if _of_every_country(s):
        return True
    return person < form < s.places["who"] or ("indefinite" in s.said and (s.said["who"] != (ANYBODY,) or named_after))


def _nation_counted(s: "Sentence") -> bool:
    """`Li Qiang made the first Chinese visit`, `… on the first Chinese visit`, `… made China's last visit`: all of that country are counted."""
    form, person, nation = form_at(s), s.places["person"], s.latest.get("visitor", -1)
    told = _linked(s) or "on" in s.words[person:form]
    article, owner = _before_form(s) == "the" and nation > form, _before_form(s) == "'s" and nation > person
    return "own" not in s.said and told and person < form and (article or owner)


def _before_form(s: "Sentence") -> str:
    """The word before the one that says the form; '' where that is the first, or there is none."""
    at = form_at(s)
    return s.words[at - 1] if at > 0 else ""


def _whose_is_open(s: "Sentence") -> bool:
    """Of his, or of premiers? `Li Qiang's visit is the first in 16 years` does not say, nor does `Li Qiang visits, the first in 16 years`."""
    return (
        ((_linked(s) and _before_form(s) == "the") or _apposed(s))
        and not s.said.keys() & {"own", "adverbial"}
        and s.said.get("form") is None
    )


def _apposed(s: "Sentence") -> bool:
    """Whether a comma parts a person from `the first`, of a time: the first of what is not said."""
    form = form_at(s)
    start = form - (_before_form(s) == "the")
    told = "who" not in s.said or s.latest["who"] < s.places["person"]  # his title
    timed = "first" in s.said and s.said.keys() & {"duration", "since"} and told
    since = s.said.get("since")
    if since is not None and since.event in ("accession:", f"accession:{s.said['person']}"):
        return False  # since he took power: his
    return bool(timed) and s.places["person"] < start and start in s.breaks
