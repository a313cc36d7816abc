"""What the words of a claim can mean: who-words with all their readings, hedges, numbers, kinds. A closed list: what is not here is refused."""

from timeline.claims.model import Who
from timeline.text import ordinal
from timeline.vocabulary import KINDS as ALL_KINDS
from timeline.vocabulary import RANKS

# Readings of words that do not say which office they mean, the narrowest first (semantics §3). A reading that the visit in question does
# not itself meet is not considered.
_PARTY = Who("party or paramount leader", level=RANKS["leader"])
_HEADED = Who("head of the party by title", offices=("general-secretary", "party-chairman"))
_STATE = Who("party or paramount leader, or head of state", level=RANKS["head-of-state"])
_GOVERNMENT = Who("head of state or government, or above", level=RANKS["head-of-government"])
_NATIONAL = Who(
    "national leaders: also heads of parliament, Standing Committee members, vice-presidents and vice-premiers",
    level=RANKS["deputy-head"],
)
_WIDE = _NATIONAL._replace(party_states=True)
_PREMIER = Who("head of government", offices=("premier",), party_states=False)
_NOMINAL = Who("head of state by title", offices=("head-of-state",), letter=True)
_IN_FACT = _STATE._replace(label="head of state by title, or party or paramount leader")
_EITHER = Who("head of state or government by title", offices=("head-of-state", "premier"), letter=True)
_TOP = (
    _PARTY._replace(narrowest=True),
    _STATE._replace(narrowest=True),
    _GOVERNMENT,
    _PREMIER,
)
_RULER = (_PARTY._replace(narrowest=True), _STATE, _PREMIER)
_POLITBURO = Who("Politburo members and above", level=RANKS["politburo"])
_MINISTERS = Who("ministers and above", level=RANKS["minister"])
_ANY_MINISTER = (
    Who("ministers of any kind, and above", level=RANKS["minister"]),
    Who("ministers of government, not above", offices=("minister", "foreign-minister", "defence-minister", "interior-minister")),
)  # fmt: skip
_DIPLOMATS = Who("vice-ministers, envoys and above", level=RANKS["envoy"])
ANYBODY = Who("anybody in the record")
STATE_OF = {"pope": "holy-see", "pontiff": "holy-see"}  # whose an office is that one state alone has
SUMMIT = _TOP[1:]  # who met at a summit of two countries: heads of state, or of government where it was theirs

WHO: dict[str, tuple[Who, ...]] = {
    "leader": (_STATE, _PARTY, _GOVERNMENT, _PREMIER, _WIDE),
    "top leader": _TOP,
    "paramount leader": _RULER,
    "supreme leader": (_PARTY,),
    "ruler": _RULER,
    "most senior leader": _TOP,
    "most powerful leader": _TOP,
    "leader or premier": (_GOVERNMENT,),
    "president or premier": (_GOVERNMENT,),
    "principal leader": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "senior leader": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "top level official": (_GOVERNMENT, _STATE, _NATIONAL, _POLITBURO),
    "top level": (_GOVERNMENT, _STATE, _NATIONAL, _POLITBURO),
    "top official": (_GOVERNMENT, _STATE, _NATIONAL, _POLITBURO, _MINISTERS),
    "high ranking official": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "high level official": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "high level": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "high ranking": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "ranking official": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "ranking": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS),
    "senior official": (_POLITBURO, _NATIONAL, _MINISTERS),
    "head of state or government": (_EITHER, _GOVERNMENT),
    "head of state": (_NOMINAL, _IN_FACT),
    "pope": (Who("pope", offices=("pope",)),),
    "papal": (Who("pope", offices=("pope",)),),
    "party leader": (_PARTY, _HEADED),
    "party chief": (_PARTY, _HEADED),
    "presidential": (Who("president", offices=("president",)),),
    "presidential level": (Who("president", offices=("president",)),),
    "cabinet secretary": (_MINISTERS,),
    "chief diplomat": (Who("foreign ministers", offices=("foreign-minister",)),),
    "senior level": (_POLITBURO, _NATIONAL, _MINISTERS),
    "senior level official": (_POLITBURO, _NATIONAL, _MINISTERS),
    "prime ministerial": (Who("premier", offices=("premier",)),),
    "minister": _ANY_MINISTER,
    "ministerial": _ANY_MINISTER,
    "ministerial level official": (_MINISTERS,),
    "ministerial level": (_MINISTERS,),
    "minister level official": (_MINISTERS,),
    "politburo level official": (_POLITBURO,),
    "no 2": (Who("No. 2 in the party's order", party_rank=2), Who("head of government", offices=("premier",))),
    "number two": (Who("No. 2 in the party's order", party_rank=2), Who("head of government", offices=("premier",))),
    "no 3": (Who("No. 3 in the party's order", party_rank=3), Who("head of parliament", offices=("parliament-chairman",))),
    "number three": (Who("No. 3 in the party's order", party_rank=3), Who("head of parliament", offices=("parliament-chairman",))),
    "senior diplomat": (_DIPLOMATS, Who("foreign ministers", offices=("foreign-minister",))),
    "top diplomat": (Who("foreign ministers", offices=("foreign-minister",)),),
    "diplomat": (_DIPLOMATS, Who("foreign ministers", offices=("foreign-minister",))),
    "envoy": (Who("special envoys and representatives", offices=("special-envoy", "special-representative")), Who("anybody who was sent", level=RANKS["envoy"])),
    "special envoy": (Who("special envoys", offices=("special-envoy",)), Who("special envoys and representatives", offices=("special-envoy", "special-representative"))),
    "official": (ANYBODY,),
    "figure": (ANYBODY,),
    "politician": (ANYBODY,),
    "dignitary": (ANYBODY,),
    "delegation": (ANYBODY,),
    "team": (ANYBODY,),
    "mission": (ANYBODY,),
    "anyone": (ANYBODY,),
    "anybody": (ANYBODY,),
    "standing committee": (Who("standing committee member", offices=("standing-committee-member",)),),
    "politburo standing committee": (Who("standing committee member", offices=("standing-committee-member",)),),
    "cabinet level official": (_MINISTERS,),
    "cabinet level": (_MINISTERS,),
    "senior": (_POLITBURO, _NATIONAL, _MINISTERS),
    "high profile": (_NATIONAL, _GOVERNMENT, _POLITBURO, _MINISTERS, ANYBODY),
    "visitor": (ANYBODY,),
    "guest": (ANYBODY,),
    "party": (ANYBODY,),
}  # fmt: skip

WHO |= {
    f"{party} party {noun}": (_PARTY,)
    for party in ("communist", "ruling", "workers")
    for noun in ("leader", "chief", "head", "boss")
}
WHO |= {
    f"{rank} envoy": (_MINISTERS, _DIPLOMATS, *WHO["envoy"][:1])
    for rank in ("senior", "high level", "high ranking", "top")
}
# Words for a rank that is nowhere said: who is called so is high enough.
VAGUE = (
    *("principal leader", "senior leader", "top level official", "top level", "top official", "senior official", "senior"),
    *(f"high {high}{noun}" for high in ("ranking", "level") for noun in ("", " official")),
)  # fmt: skip
WHO |= {word: tuple(who._replace(vague=True) for who in WHO[word]) for word in VAGUE}
# `China's No. 2 official`, `No. 3 leader`: the word after the number says nothing more.
WHO |= {
    f"{rank} {noun}": WHO[rank]
    for rank in ("no 2", "number two", "no 3", "number three")
    for noun in ("official", "leader", "man")
}

ATTRIBUTES = (
    "senior",
    "top level",
    "high level",
    "high ranking",
    "high profile",
    "ranking",
)  # what may stand before a nationality and an office
KINDS: dict[str, tuple[str, ...]] = {
    "state visit": ("state",),
    "state": ("state",),
    "official goodwill": ("goodwill", "official", "state"),
    "goodwill": ("goodwill",),
    "official bilateral": ("state", "official", "goodwill"),
    "official": ("state", "official", "goodwill"),
    "bilateral": tuple(kind for kind in ALL_KINDS if kind not in ("multilateral", "transit")),
    "working": ("working",),
    "unofficial": ("unofficial",),
    "secret": ("secret",),
    "multilateral": ("multilateral",),
    "private": ("private",),
    "secretive": ("secret", "unofficial"),
    "informal": ("unofficial", "working", "secret", "private"),
}
# Buildings that stand for a place where visits go, or for those who send somebody.
METONYMS = {
    "white house": ("united-states", "White House"),
    "kremlin": ("russia", "Kremlin"),
    "blue house": ("south-korea", "Blue House"),
    "zhongnanhai": ("china", "Zhongnanhai"),
    "downing street": ("united-kingdom", "Downing Street"),
    "elysee palace": ("france", "Élysée Palace"),
}
JOURNEYS = ("visit", "trip", "journey", "tour")
VISITS = (*JOURNEYS, *(f"{journey}s" for journey in JOURNEYS))
FORMAL = ("state", "official", "goodwill")
INFORMAL = ("working", "unofficial", "secret", "private", "transit")

NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "once": 1,
    "twice": 2,
    "thrice": 3,
}
# Lengths of time that are no number and unit: (number, unit), decades given in years.
SPANS = {
    "half a century": (50.0, "decades"), "a half century": (50.0, "decades"), "half century": (50.0, "decades"),
    "a quarter of a century": (25.0, "decades"), "a quarter century": (25.0, "decades"), "quarter of a century": (25.0, "decades"), "quarter century": (25.0, "decades"),
    "half a decade": (5.0, "years"), "half a year": (6.0, "months"), "a fortnight": (2.0, "weeks"), "a dozen years": (12.0, "years"), "a decade and a half": (15.0, "decades"),
    "two and a half decades": (25.0, "decades"), "a year and a half": (1.5, "years"),
}  # fmt: skip
ORDINALS = (
    {
        word: number
        for number, word in enumerate(
            "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
        )
    }
    | {"maiden": 1, "inaugural": 1, "initial": 1}
    | {ordinal(number): number for number in range(21, 100)}
)
UNITS = {"year": ("years", 1), "years": ("years", 1), "month": ("months", 1), "months": ("months", 1), "decade": ("years", 10), "decades": ("years", 10), "century": ("years", 100), "week": ("weeks", 1), "weeks": ("weeks", 1), "day": ("days", 1), "days": ("days", 1)}  # fmt: skip


def who(phrase: str) -> tuple[Who, ...] | None:
    """The readings of a folded who-phrase, plural or not."""
    for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), phrase.replace("heads of", "head of")):
        if form in WHO:
            return WHO[form]
    return None


def of_one(text: str) -> str:
    """A title in the singular: `prime ministers`, `secretaries of state`."""
    head, of, whose = text.partition("s of ")
    one = head if of else text.removesuffix("s")
    if one != text and one.endswith("ie"):
        one = f"{one.removesuffix('ie')}y"
    return f"{one} of {whose}" if of else one
