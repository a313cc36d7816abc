"""What a sentence counts from that the record has under other words: `the Hanoi summit`, `Beijing and Seoul established diplomatic relations`."""

from datetime import date
from typing import TYPE_CHECKING

from timeline.claims.dates import date_after
from timeline.claims.model import UNKNOWN, NotUnderstood, Since
from timeline.dates import NEVER_AFTER, Span
from timeline.names import fold
from timeline.query import may_start_in
from timeline.text import both, called, span_text

if TYPE_CHECKING:
    from timeline.claims.model import Claim
    from timeline.claims.sentence import Sentence
    from timeline.model import Event, Store

SUMMIT = "summit"


def been_in(city: str, event: "Event", store: "Store") -> bool:
    """Whether a visit may have gone to a city, by the places that the record has of it: `Delhi` is that of New Delhi, `Guantanamo` that of the naval base."""
    asked = set(store.vocabulary.place(city).split())
    places = [set(store.vocabulary.place(place).split()) for place in event.places]
    return not places or any(asked <= place or place <= asked for place in places)


def not_there(city: str, event: "Event") -> NotUnderstood:
    """The refusal of a city to which a visit did not go."""
    return NotUnderstood(f"{city!r}: the record has {event.id} in {both(event.places)}; leave it out", (city,))


RELATIONS = "relations:"  # before the two between which they were established; without them, the two of the claim
_FULL = tuple(f"{full} {word}" for full in ("diplomatic", "full diplomatic", "formal diplomatic", "formal") for word in ("relations", "ties"))  # fmt: skip
_ANY = (*_FULL, "relations", "ties", "their relations", "their ties")
_DID = {
    _FULL: ("established", "established their", "opened", "forged", "set up"),
    _ANY: ("normalised", "normalized"),
}
_DOING = {_FULL: ("establishment",), _ANY: ("normalisation", "normalization")}
ESTABLISHED = tuple(f"{did} {words}" for what, verbs in _DID.items() for did in verbs for words in what)
ESTABLISHMENT = tuple(
    f"{the}{doing} of {words}"
    for what, nouns in _DOING.items()
    for the in ("", "the ")
    for doing in nouns
    for words in what
)
WERE_ESTABLISHED = tuple(f"{words} were {did}" for what, verbs in _DID.items() for did in verbs for words in what)
_TITLE = "establish diplomatic relations"


def then(event: "Event", span: Span) -> bool:
    """Whether an event may be of a time, or of a month whose year is not said."""
    if span.earliest < 0:
        return date.fromordinal(event.date.start.latest).month == -span.earliest
    return may_start_in(event, span)


def summit(s: "Sentence") -> "tuple[int, list[Event]]":
    """`Singapore summit`, `summit in Hanoi`: the meetings of the record in a place, or else the visits there for a summit. Raises NotUnderstood where it has none."""
    lead = s.phrase("summit in", "summit at")
    size, place = s.longest(s.names.stops.get, lead)
    if not size or not (lead or s.peek(size) == SUMMIT):
        return 0, []
    events = s.names.store.events
    there = [event for event in events if event.status == "happened" and place in map(fold, event.places)]
    found = [e for e in there if e.type == "meeting"] or [e for e in there if SUMMIT in fold(e.occasion)]
    taken = lead + size + (not lead)
    if not found:
        raise NotUnderstood(f"{s.text(taken)!r}: the record has no meeting there", (s.text(taken),))
    return taken, found


def after(since: Since, event: "Event") -> Since:
    """From the day after a meeting on, or after the visit on which it was held: that is not itself one since."""
    end = event.date.end if event.date.end.latest < NEVER_AFTER else event.date.start
    return since._replace(span=Span(end.earliest + 1, end.latest + 1))


def by_record(event: "Event") -> Since:
    """An event of the record to count from."""
    return Since(called(event), event.date.start, event=event.id)


def dated_apart(since: Since, told: Span) -> Since:
    """An event that the claim dates otherwise than the record or the table of tenures does. Raises NotUnderstood where the claim has no year for it."""
    if told.earliest < 0:
        raise NotUnderstood(f"{since.label}: the record dates it {span_text(*since.span)}, not as the claim does")
    return since._replace(told=told)


def relations(s: "Sentence") -> tuple[int, Since | None]:
    """`China and South Korea established diplomatic relations`, `the establishment of diplomatic ties`, with a date or not."""
    for rule in (_they_established, _between_them):
        size, sides = rule(s)
        if size:
            break
    else:
        return 0, None
    label = s.text(size)
    size, when = date_after(s, size)
    return size, Since(label, when.span if when else UNKNOWN, event=f"{RELATIONS}{','.join(sides)}")


_AGAIN = {
    "ties-restored": (("restored", "resumed", "re established", "reestablished", "renewed", "mended"), ("restoration", "resumption", "re establishment", "reestablishment", "renewal")),
    "ties-severed": (("severed", "cut", "broke off", "broken off", "suspended"), ("severing", "severance", "breaking off", "suspension")),
}  # fmt: skip
_TO_DO = {_AGAIN["ties-restored"][0]: ("restore", "resume", "re establish", "reestablish", "renew", "mend")}
_THEIR = (*_ANY, *(f"their {words}" for words in _FULL))


def restored(s: "Sentence") -> tuple[int, Since | None]:
    """`The two countries restored ties`, `the resumption of diplomatic relations`: the event of the record with that tag, between the two who are named, or the only one."""
    for tag, (verbs, nouns) in _AGAIN.items():
        size, sides = _done_again(s, verbs, nouns)
        if not size:
            continue
        found = [e for e in s.names.store.events if tag in e.tags and set(sides) <= set(e.actors)]
        if "agreed" in s.words[s.at : s.at + size]:  # which may have been long before they were
            found = [e for e in found if e.type == "agreement"]
        if len(found) != 1:
            return 0, None
        size, when = date_after(s, size)
        if when and not then(found[0], when.span):
            return size, dated_apart(by_record(found[0]), when.span)
        return size, by_record(found[0])
    return 0, None


def _done_again(s: "Sentence", verbs: tuple[str, ...], nouns: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many words say that relations were restored, or cut, and who is named in them."""
    if size := s.phrase(*(f"{noun} of {words}" for noun in nouns for words in _ANY)):
        return _and_between(s, size)
    if size := s.phrase(*_ANY):  # diplomatic relations between the two countries were restored
        size, sides = _and_between(s, size)
        done = s.ahead(size).phrase(*(f"{was} {verb}" for was in ("were", "had been") for verb in verbs))
        return (size + done, sides) if done else (0, ())
    size, sides = _who(s)
    done = s.ahead(size).phrase(*(f"{verb} {words}" for verb in verbs for words in _THEIR)) if size else 0
    if size and not done:
        done = s.ahead(size).phrase(*(f"agreed to {do} {words}" for do in _TO_DO.get(verbs, ()) for words in _THEIR))
    if not done:
        return 0, ()
    size += done
    other, actor = side(s.ahead(size + 1)) if s.peek(size) == "with" else (0, None)
    return (size + 1 + other, (*sides, actor)) if actor else (size, sides)


def _and_between(s: "Sentence", size: int) -> tuple[int, tuple[str, ...]]:
    """What follows relations: `between the two countries`, `with Iran`, or nothing."""
    if s.peek(size) not in ("between", "with"):
        return size, ()
    taken, sides = _who(s.ahead(size + 1))
    return (size + 1 + taken, sides) if taken else (size, ())


_POWERS = ("powers", "rivals", "neighbours", "neighbors", "states", "governments", "foes", "capitals")
_SORTS = ("", "regional ", "gulf ", "asian ", "west asian ", "east asian ", "south asian ", "middle eastern ", "neighbouring ", "neighboring ", "rival ")  # fmt: skip
_THEY = (
    *(
        f"{the}two {sort}{noun}"
        for the in ("", "the ")
        for sort in _SORTS
        for noun in (*_POWERS, "countries", "nations")
    ),
    "the two sides",
    "the two",
    "two sides",
    "two",
    "the countries",
    "they",
)


def _who(s: "Sentence") -> tuple[int, tuple[str, ...]]:
    """The two, by name or not."""
    size = s.phrase(*_THEY)
    return (size, ()) if size else _sides(s)


def _they_established(s: "Sentence") -> tuple[int, tuple[str, ...]]:
    """Two sides before the verb, or one before it and the other after `with`; or nobody named."""
    size, sides = _who(s)
    done = s.ahead(size).phrase(*ESTABLISHED) if size else s.phrase(*WERE_ESTABLISHED)
    if not done:
        return 0, ()
    size += done
    other, actor = side(s.ahead(size + 1)) if s.peek(size) == "with" else (0, None)
    return (size + 1 + other, (*sides, actor)) if actor else (size, sides)


def _between_them(s: "Sentence") -> tuple[int, tuple[str, ...]]:
    size = s.phrase(*ESTABLISHMENT)
    if not size or s.peek(size) not in ("between", "of", "with"):
        return size, ()
    taken, sides = _sides(s.ahead(size + 1))
    return (size + 1 + taken, sides) if taken else (size, ())


def _sides(s: "Sentence") -> tuple[int, tuple[str, ...]]:
    """One country, or two joined by `and`."""
    one, a = side(s)
    two, b = side(s.ahead(one + 1)) if one and s.peek(one) == "and" else (0, None)
    return (one + 1 + two, (a or "", b)) if b else (one, (a,) if a else ())


def side(s: "Sentence") -> tuple[int, str | None]:
    """A country, or the capital that stands for it."""
    size, actor = s.actor()
    if size:
        return size, actor
    size, capital = s.longest(s.names.capitals.get)
    return (size, capital[0]) if capital else (0, None)


def established(since: Since, claim: "Claim", store: "Store") -> Since:
    """The day on which two countries established relations, by an event of the record, or else the date that the claim gives. Raises NotUnderstood where there is neither."""
    query = claim.base
    own = query.between or (*query.visitors, *query.hosts)
    named = tuple(filter(None, since.event.removeprefix(RELATIONS).split(",")))
    sides = frozenset(named if len(named) > 1 else (*named, *(a for a in own if a not in named)))
    found = [e for e in store.events if _TITLE in fold(e.title) and frozenset(e.actors) == sides]
    if len(sides) != 2:
        raise NotUnderstood(f"{since.label}: which two countries? Write their names")
    if len(found) == 1:
        if since.span not in (UNKNOWN, found[0].date.start) and not since.span.overlaps(found[0].date.start):
            return dated_apart(by_record(found[0]), since.span)
        return by_record(found[0])
    if since.span == UNKNOWN:
        raise NotUnderstood(f"{since.label}: the record does not know when that was; write 'since' and the year")
    return since._replace(event="")
