"""Words for the country that is visited, once it is known which: `the island nation`, `its main ally`, `the reclusive neighbour`. They narrow nothing, and must fit it."""

from typing import TYPE_CHECKING

from timeline.claims.relations import stand
from timeline.names import fold

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

OWN = ("its", "his", "her", "their")
# What print says of a country that no record shows.
OF_ANY = (
    "reclusive", "isolated", "largely isolated", "diplomatically isolated", "increasingly isolated", "internationally isolated", "secretive", "impoverished",
    "authoritarian", "cash strapped", "rival", "arch rival", "archrival", "neighbouring", "neighboring", "allied", "friendly",
)  # fmt: skip
OF_PARTNERS = (
    *OF_ANY, "main", "only", "sole", "major", "closest", "close", "key", "important", "most important", "largest", "biggest", "chief", "principal", "top", "traditional", "longtime", "long time",
    "long standing", "longstanding", "economic", "regional", "historic", "trade", "trading", "giant", "powerful", "ideological", "immediate", "cold war",
)  # fmt: skip
COUNTRIES = ("nation", "country", "state", "republic")
PARTNERS = (
    "ally",
    "neighbour",
    "neighbor",
    "rival",
    "arch rival",
    "archrival",
    "benefactor",
    "backer",
    "patron",
    "partner",
    "foe",
    "adversary",
)
# Where states lie, and what they are: a word of these must be true of the host.
_ISLANDS = (
    "antigua-and-barbuda bahamas bahrain barbados cape-verde comoros cuba cyprus dominica fiji grenada iceland indonesia ireland jamaica japan kiribati madagascar maldives malta marshall-islands "
    "mauritius micronesia nauru new-zealand palau philippines saint-lucia samoa sao-tome-and-principe seychelles singapore solomon-islands sri-lanka taiwan tonga tuvalu united-kingdom vanuatu"
)
_ARAB = "algeria bahrain comoros djibouti egypt iraq jordan kuwait lebanon libya mauritania morocco oman palestine qatar saudi-arabia somalia sudan syria tunisia united-arab-emirates yemen"
_EAST_ASIAN = "china japan mongolia north-korea south-korea taiwan"
_SOUTH_ASIAN = "afghanistan bangladesh bhutan india maldives nepal pakistan sri-lanka"
_SOUTHEAST_ASIAN = "brunei cambodia indonesia laos malaysia myanmar philippines singapore thailand timor-leste vietnam"
_GULF = "bahrain kuwait oman qatar saudi-arabia united-arab-emirates"
_MIDDLE_EASTERN = f"{_GULF} egypt iran iraq israel jordan lebanon palestine syria turkey yemen"
_CENTRAL_EUROPEAN = "austria czechia germany hungary liechtenstein poland slovakia slovenia switzerland"
_EUROPEAN = (
    f"{_CENTRAL_EUROPEAN} albania andorra belarus belgium bosnia-and-herzegovina bulgaria croatia cyprus denmark estonia finland france greece iceland ireland italy latvia lithuania luxembourg malta "
    "moldova monaco montenegro netherlands north-macedonia norway portugal romania san-marino serbia spain sweden ukraine united-kingdom"
)
_MUSLIM = f"{_ARAB} afghanistan bangladesh indonesia iran malaysia maldives pakistan turkey"
TRUE_OF = {
    word: frozenset(states.split())
    for word, states in {
        "island": _ISLANDS,
        "caribbean island": "antigua-and-barbuda bahamas barbados cuba dominica grenada jamaica saint-lucia",
        "caribbean": "antigua-and-barbuda bahamas barbados cuba dominica dominican-republic grenada haiti jamaica saint-lucia trinidad-and-tobago",
        "arab": _ARAB,
        "gulf": _GULF,
        "middle eastern": _MIDDLE_EASTERN,
        "east asian": _EAST_ASIAN,
        "south asian": _SOUTH_ASIAN,
        "southeast asian": _SOUTHEAST_ASIAN,
        "south east asian": _SOUTHEAST_ASIAN,
        "asian": f"{_EAST_ASIAN} {_SOUTH_ASIAN} {_SOUTHEAST_ASIAN} {_MIDDLE_EASTERN} kazakhstan kyrgyzstan tajikistan turkmenistan uzbekistan".replace(" egypt", ""),
        "european": _EUROPEAN,
        "central european": _CENTRAL_EUROPEAN,
        "communist": "china cuba laos north-korea vietnam",
        "communist run": "china cuba laos north-korea vietnam",
        "communist ruled": "china cuba laos north-korea vietnam",
        "muslim": _MUSLIM,
        "stalinist": "north-korea",
        "hermit": "north-korea",
        **dict.fromkeys(("nuclear armed", "nuclear"), "china france india israel north-korea pakistan russia united-kingdom united-states"),
        **dict.fromkeys(("sanctioned", "heavily sanctioned"), "belarus cuba iran myanmar north-korea russia syria venezuela"),
        "war torn": "afghanistan iraq libya somalia sudan syria ukraine yemen",
        "oil rich": f"{_GULF} algeria iran iraq kazakhstan libya nigeria russia venezuela",
    }.items()
}  # fmt: skip


def host_noun(s: "Sentence", offset: int = 0) -> tuple[int, str | None]:
    """How many words from here say `the island nation`, `its main ally`, `country`, and which country that is; (0, None) where it is not known, or none such."""
    owned = s.peek(offset) in OWN or s.peek(offset - 1) == "'s"
    size = offset + int(s.peek(offset) in ("the", *OWN))
    size += s.ahead(size).phrase("country 's") if s.peek(offset) in OWN else 0
    host = _known(s)
    told, size = _described(s, size, partner=owned or s.peek(offset) != "the")
    related = s.ahead(offset).folded(size - offset).split()
    if noun := s.ahead(size).phrase(*PARTNERS):
        related.append(s.ahead(size).folded(noun))
        size += noun
        while s.peek(size) == "and" and (more := s.ahead(size + 1).phrase(*PARTNERS)):
            related.append(s.ahead(size + 1).folded(more))
            size += 1 + more
        taken, named = s.actor(size)
        if named and s.peek(size + taken) != "'s":
            size, host = size + taken, named  # its ally China
    elif owned:
        return 0, None
    else:
        noun = s.ahead(size).phrase(*COUNTRIES)
        if not noun and s.peek(size) == "kingdom" and (_kingdom(host, s) or "hermit" in told):
            noun = 1
        elif not noun and not (told and told[-1].endswith("island")):
            return 0, None
        size += noun
    if host is None or s.peek(size) in ("'s", "of", "that", "which", "where", "whose", "with"):
        return 0, None
    true = all(host in TRUE_OF[word] for word in told) and stand(related, host, _visitor(s))
    return (size, host) if true else (0, None)


def _described(s: "Sentence", size: int, *, partner: bool) -> tuple[list[str], int]:
    """The words before the noun that must be true of the country, and where the noun stands."""
    told = []
    while True:
        after = s.ahead(size)
        if true := after.phrase(*TRUE_OF):
            told.append(after.folded(true))
            size += true
        elif (free := after.phrase(*(OF_PARTNERS if partner else OF_ANY))) and not _last(after, free):
            size += free
        else:
            return told, size


def _last(s: "Sentence", size: int) -> bool:
    """Whether `rival` stands here as the noun itself."""
    return bool(s.phrase(*PARTNERS) == size) and not s.ahead(size).phrase(*OF_PARTNERS, *TRUE_OF, *COUNTRIES, *PARTNERS)


def _known(s: "Sentence") -> str | None:
    """The country that is visited: the one that the sentence has named, that of the visit in question, or the only one of the record to which such visits go."""
    if host := s.said.get("host"):
        return str(host)
    about = s.names.about
    if about and about.type == "visit":
        return about.host
    visitor = s.said.get("visitor")
    hosts = {e.host for e in s.names.store.events if e.type == "visit" and visitor in (None, e.visitor)}
    return next(iter(hosts)) if len(hosts) == 1 else None


def _visitor(s: "Sentence") -> str | None:
    """The country that visits: that of the visit in question, or the one that the sentence has named."""
    about = s.names.about
    return about.visitor if about and about.type == "visit" else s.said.get("visitor")


def _kingdom(host: str | None, s: "Sentence") -> bool:
    actor = s.names.store.vocabulary.actors.get(host or "")
    return actor is not None and any("kingdom" in fold(name).split() for name in (actor.name, *actor.aliases))
