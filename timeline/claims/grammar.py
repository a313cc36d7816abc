"""English sentences → claims: a small closed grammar (docs/claims.md). Words that it does not know are refused, none is guessed or skipped.

At each place of a sentence the first rule that knows the words there takes them and fills a slot (`rules`). Two things said of one slot, a word that no
rule takes, or a slot that the form needs and nobody filled: NotUnderstood. Then the slots become a claim (`assemble`).
"""

import re
from typing import TYPE_CHECKING, Any

from timeline.claims import slips
from timeline.claims.agreement import agreed, apart
from timeline.claims.assemble import assemble
from timeline.claims.bearing import bears, refuse_misnamed
from timeline.claims.dates import in_order, in_time_said, in_year, nearest, on_day, undated
from timeline.claims.described import the_visit, told_when
from timeline.claims.families import led, nearness
from timeline.claims.frames import unframed
from timeline.claims.model import Claim, NotUnderstood
from timeline.claims.named import FAMILY
from timeline.claims.points import visit_by
from timeline.claims.rules import PAST, RULES
from timeline.claims.sentence import STOP, Sentence, names_of
from timeline.claims.sequences import turned
from timeline.claims.several import background, bare, carried, halves, of_another_visit, owned, together, unclear
from timeline.claims.subject import settle
from timeline.claims.two_sides import each_way, refuse_other_hosts
from timeline.claims.visitors import FORM_SLOTS, form_at
from timeline.dates import Span
from timeline.names import fold
from timeline.query import may_start_in

if TYPE_CHECKING:
    from timeline.claims.model import Since
    from timeline.claims.sentence import Names
    from timeline.model import Event, Store

TENSES = {
    "had": {"had"},
    "perfect": {"has", "have"},
    "preterite": {*PAST, "was", "were", "met"},
    # Of a time that is over, too, beside a length of time without visits.
    "over": {"did", "hosted", "received", "welcomed", "made", "set", "sent", "crossed", "headed", "entered", "flew"},
}
# The slots that make a claim of more than one visit at some time.
MAKES_CLAIM = frozenset({*FORM_SLOTS, "after", "elapsed", "since", "duration", "yearly", "date", "object"})
THIS = re.compile(r"\b(?:this|last|past) (?:year|month|decade|century)\b", re.IGNORECASE)
MOST_CHARACTERS = 300
MOST_WORDS = 80
MOST_LISTED = 8
BRACKETS = re.compile(r"\([^)]*\w[^)]*\)")
HEADED = re.compile(
    r"^\s*(?:headline|caption|title|subheading|subtitle)\s*:", re.IGNORECASE
)  # where it was said, not what

# Turns of which each word is known, but not what they say together: a number below nothing, an office that is not yet held, who was visited by nobody who is named, a time that is not said.
UNREAD = re.compile(
    r"(?<![\w)])[-−–]\d[\d.]*|\b\w+-to-be\b|\bto be to\b|\bwould-be\b|\ban? (?:\w+ )?would be (?!the\b|his\b|her\b|its\b|their\b|an?\b)"
    r"|\b(?:was|were|be|been|being) visited\b(?!.*\bby\b)"
    r"|\b(?:second|third|fourth|fifth|sixth|\d(?:nd|rd|th))[- ]ranking\b"
    r"|\b(?:in|during|over) (?:that|the same) (?:time|period|interval)\b",
    re.IGNORECASE,
)


# A word written twice; names may have one (Boutros Boutros-Ghali), and good English `that that` and `had had`.
TWICE = re.compile(r"(?<![\w-])(?!that|had)(?:([a-z]+) \1|(?i:(the|an?|is|was|by|to|in|of) \2))(?![\w-])")

# Words that carry nothing here. Everything else must be taken by a rule.
FILLERS = frozenset(
    "a an the his her their its it was is were are be been being will would has have had made makes make making marks marked marking mark remains remained represents represented represent by of to in on at for from as "
    "there this that trip trips visit visits journey journeys travel travels travelled traveled tour went go goes gone visited visiting arrived set foot paid "
    "pay pays came come comes taken takes take becomes became become with any who whom time times all sitting serving incumbent now over 's".split()
) | {STOP}


def parse(text: str, store: "Store", about: "Event | None" = None, published: "Span | None" = None) -> Claim:
    """Read a sentence. `about` supplies a direction that the sentence does not say, `published` the year of "this year". Raises NotUnderstood."""
    text = unframed(HEADED.sub("", text))
    if len(text) > MOST_CHARACTERS:
        raise NotUnderstood(f"a claim of {len(text)} characters; keep it under {MOST_CHARACTERS}")
    names = names_of(store, about)
    try:
        return _whole(text, names, about, published)._replace(words=text)
    except NotUnderstood as error:
        advice = slips.meant(error.words, names)
        if BRACKETS.search(text):
            advice += "; what stands in brackets says a second thing: leave it out, and write one claim a sentence"
        if not advice:
            raise
        raise NotUnderstood(f"{error}{advice}", error.words) from error


def _whole(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim:
    """One claim, or the several that a sentence makes."""
    try:
        return _parse(text, names, about, published)
    except NotUnderstood:
        for read in (_several, _in_order, _each_way):
            if claim := read(text, names, about, published):
                return claim
        raise


def _in_order(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim | None:
    """`Xi visited North Korea after Kim had visited China four times` is said of Kim's visits before it."""
    if not (other := turned(text)):
        return None
    try:
        return _parse(other, names, about, published)._replace(text=text)
    except NotUnderstood:
        return None


def _each_way(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim | None:
    """`Xi and Kim visited each other in 2019` says of each that he went; nothing else is read of two visits that answer each other, as it may be said of both together. Raises NotUnderstood where what it says of one is not understood."""
    parts = []
    if (
        published is None and about is not None and THIS.search(text)
    ):  # as of the visit given, on the day after it began
        day = about.date.start.latest + 1
        published = Span(day, day)
    for way in each_way(text, names):
        try:
            parts.append(_parse(way, names, None, published)._replace(words=way))
        except NotUnderstood as error:
            raise NotUnderstood(f"{way}: {error}", error.words) from error
    if not parts or not all(map(background, parts)):
        return None
    refuse_other_hosts(tuple(parts), names.store)
    return together(text, tuple(parts))


def _several(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim | None:
    """What a sentence says that makes a claim before some joint and others after it; None where no joint parts it so, or more than one."""
    found: dict[tuple[Claim, ...], Claim] = {}
    for one, other in halves(text):
        try:
            first = _parse(one, names, about, published)._replace(words=one)
            visit = names.store.by_id.get(first.about, about)
            rest = _whole(other, names.after(first), visit, published)
        except NotUnderstood:
            continue
        parts = (first, *(rest.parts or (rest,)))
        if unclear(parts) or any(of_another_visit(part, first, visit) for part in parts[1:]):
            return None
        if about is not None and any(map(background, parts)):
            continue
        found[parts] = together(text, parts)
    return next(iter(found.values())) if len(found) == 1 else None


def _parse(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim:
    """The claim; where what is not understood in it has one family name of several, that of the one of whom the whole fits."""
    try:
        return _taken(text, names, about, published)
    except NotUnderstood as error:
        shared = _shared(text, names) or {word for word in error.words if names.heads.get(fold(word))}
        if len(shared) != 1:
            raise
        family = shared.pop()
    return _of_whom(family, text, names, about, published)


def _shared(text: str, names: "Names") -> set[str]:
    """The whole names in a text that several people of the record have."""
    words = f" {fold(text)} "
    return {name for name, several in names.namesakes.items() if len(several) > 1 and f" {name} " in words}


def _of_whom(family: str, text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim:
    """The claim with a family name taken for the only one of whom the rest fits best. Raises NotUnderstood where that is none or several."""
    found: dict[str, tuple[int, Claim]] = {}
    refusals: dict[str, NotUnderstood] = {}
    sentence = _understood(text, names.calling(fold(family), f"{FAMILY}{family}"))
    for name in _titled_so(names.sharing(family), sentence):
        try:
            claim = _assembled(sentence.calling(f"{FAMILY}{family}", name), about, published)
            found[name] = nearness(claim, name, names.store, published), claim
        except NotUnderstood as error:
            refusals[name] = error
    if not found:
        raise _all_refused(refusals)
    best = max(fit for fit, _ in found.values())
    fitting = [name for name, (fit, _) in found.items() if fit == best] if best else []
    if family not in names.namesakes:
        fitting = led(fitting, names.store) or fitting
    leaders = led(names.sharing(family), names.store)
    if about is None and leaders and not set(leaders) & set(fitting):
        fitting = [*leaders, *fitting]  # print calls others so only once they have been introduced
    if len(fitting) == 1:
        return found[fitting[0]][1]
    listed = ", ".join((fitting or list(found))[:MOST_LISTED])
    raise NotUnderstood(f"which {family}: {listed}? Write the full name, or name the visit with --about", (family,))


def _titled_so(sharing: tuple[str, ...], sentence: Sentence) -> tuple[str, ...]:
    """Of those who share a whole name, those who bear the title that stands before it; all where none does, or no title stands there."""
    titles, store = sentence.said.get("title", ()), sentence.names.store
    if sentence.said.get("title_to") != sentence.places.get("person"):
        return sharing
    return tuple(name for name in sharing if any(bears(name, who, store) for who in titles)) or sharing


def _all_refused(refusals: dict[str, NotUnderstood]) -> NotUnderstood:
    """One refusal for all of a name: the reason that they share, or the first reasons with whose they are."""
    reasons = dict.fromkeys(map(str, refusals.values()))
    each = [f"{name}: {refusal}" for name, refusal in list(refusals.items())[:3]]
    words = next(iter(refusals.values())).words
    return NotUnderstood("; ".join(each) if len(reasons) > 1 else next(iter(reasons)), words)


def _taken(text: str, names: "Names", about: "Event | None", published: "Span | None") -> Claim:
    return _assembled(_understood(text, names), about, published)


def _understood(text: str, names: "Names") -> Sentence:
    """The sentence with all its phrases taken."""
    if unread := UNREAD.search(text) or TWICE.search(text):
        words = unread[0].strip()
        raise NotUnderstood(f"not understood: {words!r} (docs/claims.md has the words that are)", (words,))
    sentence = Sentence(text, names)
    if not sentence.words:
        raise NotUnderstood("nothing to read")
    if len(sentence.words) > MOST_WORDS:
        raise NotUnderstood(f"a claim of {len(sentence.words)} words; keep it under {MOST_WORDS}")
    _read(sentence)
    told_when(sentence)
    claims = sentence.words[_start_of_claim(sentence) :]
    sentence.said |= {name: True for name, words in TENSES.items() if not words.isdisjoint(claims)}
    return sentence


def _assembled(sentence: Sentence, about: "Event | None", published: "Span | None") -> Claim:
    """The claim that the phrases of a sentence make."""
    _made_on(sentence)
    before = sentence.names.said_before
    alike = before is not None and bare(sentence)
    if before is not None:
        owned(sentence, before)
    settle(sentence, about)
    if before is not None:
        carried(sentence, before, alike=alike, dated=published is not None)
    apart(sentence.said)
    visit = the_visit(sentence, published, about)
    if visit is not None and visit is not about:
        # once more, with all that the visit makes clear
        return _taken(sentence.of, sentence.names.of(visit), visit, published)._replace(described=True)
    _years(sentence, about, published)
    claim = assemble(sentence.of, sentence.said, sentence.names.store, about, published)
    refuse_misnamed(claim, sentence.names.store)
    if "lasting" in sentence.said and not (claim.about or claim.asks_visit):
        raise NotUnderstood("how long a visit lasted: which visit? Say with --about, or leave it out")
    return agreed(claim, sentence.said, about)


def _made_on(sentence: Sentence) -> None:
    """`Shoigu visited North Korea on 4 June` says no more than that: its day is when it is said to have been, not that of a visit of which more is told."""
    said = sentence.said
    if said.get("made") and len(said.get("described_days", ())) == 1 and not said.keys() & MAKES_CLAIM:
        (day,) = said.pop("described_days")
        said["date"], said["date_of"] = on_day(said.pop("described"), day), False
        sentence.places["date"] = sentence.places["described"]


def _years(sentence: Sentence, about: "Event | None", published: "Span | None") -> None:
    """Give months their year, from the publication or else the visit: one in which is counted, two between which is counted, those of what is named. Of an ordinal, which may tell when the visit was, a month has that of the visit."""
    _listed_years(sentence.said, about, published)
    said, day = sentence.said, about.date.start if about else None
    now = published or day
    if "dates" in said:
        first, last, words = said["dates"]
        said["dates"] = (*in_order(first, last, now), words)
    when = said.get("date")
    if when is not None and undated(when):
        ordinal = said.keys() & {"first", "nth"} and not when.of
        said["date"] = nearest(when, day) if ordinal else in_year(when, now)
    if any(map(undated, said.get("named", ()))):
        if said.keys() & {"year", "earlier_only"}:
            raise NotUnderstood("a month of which year? Write the year beside it")
        named = said["named"]
        said["named"] = tuple(in_time_said(one, said.get("date"), now) if undated(one) else one for one in named)


def _listed_years(said: dict[str, Any], about: "Event | None", published: "Span | None") -> None:
    """Give each of several dates its year, and say which of the visits they are."""
    day = about.date.start if about else None

    def known(when: "Since") -> "Since":
        return in_time_said(when, said.get("date"), published or day) if undated(when) else when

    if not (dates := tuple(known(when) for when in said.pop("listed", ()))):
        if "lasts" in said:
            raise NotUnderstood("the last of which? Write when each of them was")
        return
    if "lasts" in said:
        said["lasts_dated"], said["date"] = dates, dates[-1]
    else:
        said["named"] = tuple(visit_by("", when) for when in dates)
        if not said.keys() & {"had", "perfect", "exclusive", "nth"} and not said.get("all_named"):
            said["among_others"] = True
        if "nth" not in said and about and not any(may_start_in(about, when.span) for when in dates):
            said["exclusive"] = True


def _read(sentence: Sentence) -> None:
    """Take phrases from left to right; list what no rule takes."""
    left = []
    while sentence.at < len(sentence.words):
        if sentence.peek() == STOP:
            _tells_only(sentence)
        taken = next((size for rule in RULES if (size := rule(sentence))), 0)
        if not taken and sentence.peek() not in FILLERS:
            left.append(sentence.text(1))
        sentence.at += taken or 1
    if left:
        raise NotUnderstood(
            f"not understood: {', '.join(map(repr, slips.unknown(left)))} (docs/claims.md has the words that are)",
            tuple(left),
        )


# What a sentence may say of the visit before another that makes the claim. The rest narrows what is counted.
TOLD = frozenset(
    "visitor host country capital city building person person_end who word title title_to titled told_who indefinite described date date_of made arrival bound".split()
)


def _tells_only(s: Sentence) -> None:
    """Raises NotUnderstood where a sentence before another does more than tell who visits, where and when."""
    if s.said.keys() - TOLD:
        raise NotUnderstood(
            "several sentences: those before the last may only tell who visits, where and when; write one claim a sentence"
        )


def _start_of_claim(s: Sentence) -> int:
    """Where the last of several sentences begins, which makes the claim. Raises NotUnderstood where it makes none, or leaves open whose visits it counts."""
    if STOP not in s.words:
        return 0
    start = len(s.words) - s.words[::-1].index(STOP)
    if form_at(s) < start:
        raise NotUnderstood("several sentences: the last makes no claim; write one claim a sentence")
    if all(s.latest.get(slot, -1) < start for slot in ("who", "person", "own", "visitor")):
        raise NotUnderstood("whose visits does the last sentence count? Write 'the first by a …', or 'his first'")
    return start
