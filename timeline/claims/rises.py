"""When somebody took power, or an office, or left it, as what a sentence counts from: `he took power`, `becoming the country's leader`, `since leaving office`."""

from typing import TYPE_CHECKING

from timeline.claims.bearing import bearing, titled
from timeline.claims.dates import date_after, last_month
from timeline.claims.model import UNKNOWN, Since
from timeline.claims.named import FAMILY, aside, family_here, meant_by, ruler, title_ahead, told_of

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

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
    "secretary of state": "foreign-minister",
    "chancellor": "premier",
    "king": "monarch",
    "queen": "monarch",
    "emperor": "monarch",
    "pope": "pope",
    "crown prince": "crown-prince",
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


def accession_said(s: "Sentence") -> tuple[int, Since | None]:
    """`he took power`, `Kim Jong Un came to power`, `becoming premier`."""
    rising = s.holds(*ACCESSIONS, *RISES, *BECOMES)
    size, name = _newcomer(s, told=rising)
    if not rising:
        return 0, None
    rest = s.ahead(size)
    verb = rest.phrase(*ACCESSIONS) or _became(rest, name or told_of(s))
    taken = verb or (rest.phrase(*RISES) if size or s.peek(-1) in ("his", "her") else 0)
    if not taken:
        return 0, None
    words = rest.folded(taken)
    taken += _home(rest.ahead(taken), name or told_of(s))
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
        name = family_here(s, int(s.peek() == "the"))[1] or name
    whose = "'s" if name and not verb else ""
    label = f"{(name or '').removeprefix(FAMILY)}{whose} {words}".strip()
    return size + taken, Since(label, span, event=f"accession:{name or ''}", of=when.of if when else "")


LEFT = "left:"  # before who left his office
DEPARTURES = ("left office", "leaving office", "left power", "leaving power", "stepped down", "stepping down", "left the white house", "leaving the white house", "left the presidency", "leaving the presidency")  # fmt: skip


def departure_said(s: "Sentence") -> tuple[int, Since | None]:
    """`Leaving office`, `he stepped down in 2013`."""
    leaving = s.holds(*DEPARTURES)
    size, name = _newcomer(s, told=leaving)
    if not leaving:
        return 0, None
    left = s.ahead(size).phrase(*DEPARTURES)
    if not left or (name or "").startswith(FAMILY):
        return 0, None
    size += left
    held, office = s.longest(s.names.store.vocabulary.office_index.find, size + 1) if s.peek(size) == "as" else (0, "")
    size += 1 + held if held else 0
    size, when = date_after(s, size)
    return size, Since(s.text(size), when.span if when else UNKNOWN, event=f"{LEFT}{office},{name or ''}")


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


def _newcomer(s: "Sentence", *, told: bool) -> tuple[int, str | None]:
    """`he`, a name, `the Hu Jintao leadership`, `his`, `Xi's`: who took power, or left it. Where no words tell of that (`told`), only a title before a name is looked at: to look names up in the table of tenures takes longer than all else."""
    if s.peek() in ("he", "she", "they", "his", "her"):
        return 1, None
    lead = s.phrase("the", "the new", "new")
    title, office = title_ahead(s.ahead(lead))  # President Joe Biden took office
    lead += title
    size, name = s.person(lead)
    if not name:
        size, name = family_here(s, lead)
    if (known := ruler(s, lead) if told or (office and name) else 0) > size:
        size, name = known, s.ahead(lead).text(known)
    elif office and name and not name.startswith(FAMILY):
        bearing((name,), (titled(office, s.names.store),), s.names.store)
    size += aside(s.ahead(lead + size), name) if name else 0
    after = s.ahead(lead + size)
    size += after.phrase("'s") or after.phrase(*GOVERNMENTS) if name else 0
    return (lead + size, name) if name else (0, None)
