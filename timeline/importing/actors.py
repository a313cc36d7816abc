"""The text of a cell → an actor, as of a day. A name counts as a whole, never by a part of it: `Republic of Korea` is not in `Democratic People's Republic of Korea`.

What the mapping declares comes first. Then names that meant something else at the time (`data/names-in-time.csv`), then all others, however they are printed (`timeline.importing.printed`). A flag before a name must be its own. An actor that did not exist on that day is refused, and so is every name that is not known.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, iso, parse_when
from timeline.importing.mapping import Meaning
from timeline.importing.marks import flags_of, without_flags
from timeline.importing.printed import by_adjective, in_english, known, named, two_names, ways
from timeline.importing.texts import word_key
from timeline.names import fold
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.vocabulary import Actor, Vocabulary


class ActorError(ValueError):
    """Why a text is no actor of that day. `name` is stable."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


class Named(NamedTuple):
    """What a name means at a time; without an actor, nobody can tell."""

    meaning: Meaning
    why: str


def actor_of(text: str, day: Span, declared: "Mapping[str, tuple[Meaning, ...]]", words: "Vocabulary") -> str:
    """Raises ActorError; its text ends with the nearest names, which are never taken by themselves."""
    plain = without_flags(text)
    key = word_key(plain)
    if key in declared:
        return _declared(plain, declared[key], day)
    way, found = next(((way, one) for way in ways(plain) if (one := named(way, words))), (plain, None))
    for meaning, why in _in_time().get(fold(in_english(way)), ()):
        if _within(day, meaning.span) and meaning.words:
            return meaning.words[0]
        if day.overlaps(meaning.span):
            raise ActorError("actor-at-that-time", f"{plain!r} on that day may be: {why}; declare which under values")
    found = found or _of_both(plain, day, words)
    if found is None and (actor := by_adjective(plain, words)):
        return actor_of(words.actors[actor].name, day, {}, words)
    if found is None:
        raise ActorError("unknown-actor", f"unknown actor {plain!r}{words.actor_index.suggest(plain)}")
    _existing(words.actors[found], plain, day, words)
    if other := next((flag for flag in flags_of(text) if words.actor(flag) not in (found, None)), ""):
        raise ActorError("actor-flag", f"{text!r} has the flag of {other} before another name")
    return found


def meanings_of(text: str, words: "Vocabulary") -> set[str]:
    """Every actor that `actor_of` may give for a plain name, on whatever day."""
    way, found = next(((way, one) for way in ways(text) if (one := named(way, words))), (text, None))
    meanings = _in_time().get(fold(in_english(way)), ())
    return {actor for actor in (found, *(one for named_ in meanings for one in named_.meaning.words)) if actor}


def former_name(text: str, actor: str, day: Span) -> str:
    """The day, month or year until which an actor had a name that it surely had no more on a day; empty where it had it, or nobody can tell."""
    until = _former().get(actor, {}).get(fold(in_english(text)), "")
    return until if until and parse_when(until).start.latest < day.earliest else ""


def _of_both(text: str, day: Span, words: "Vocabulary") -> str | None:
    """The actor of which both names in a text are, on that day."""
    return actor_of(two_names(text)[0], day, {}, words) if known(text, words) else None


def _declared(text: str, meanings: "Iterable[Meaning]", day: Span) -> str:
    for words, span in meanings:
        if _within(day, span):
            return words[0]
    raise ActorError("actor-at-that-time", f"the mapping does not say what {text!r} means on that day")


def _within(day: Span, span: Span) -> bool:
    return span.earliest <= day.earliest and day.latest <= span.latest


@cache
def _former() -> dict[str, dict[str, str]]:
    """By actor its former names, each with its last day, as precise as it is known."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("former-names.csv"):
        found.setdefault(row["actor"], {})[fold(row["name"])] = row["until"]
    return found


@cache
def _in_time() -> dict[str, tuple[Named, ...]]:
    found: dict[str, list[Named]] = {}
    for row in rows("names-in-time.csv"):
        actor = (row["actor"],) if row["actor"] else ()
        found.setdefault(fold(row["name"]), []).append(
            Named(Meaning(actor, _life(row["since"], row["until"])), row["why"])
        )
    return {name: tuple(several) for name, several in found.items()}


@cache
def _life(first: str, last: str) -> Span:
    """The days that an actor may have existed."""
    return Span(
        parse_when(first).start.earliest if first else NEVER_BEFORE,
        parse_when(last).start.latest if last else NEVER_AFTER,
    )


def _existing(actor: "Actor", text: str, day: Span, words: "Vocabulary") -> None:
    life = _life(actor.from_, actor.to)
    if day.overlaps(life):
        return
    if day.earliest > life.latest:
        heirs = " or ".join(words.actors[heir].name for heir in actor.successors if heir in words.actors)
        raise ActorError(
            "actor-at-that-time", f"{text!r} ended on {iso(life.latest)}{f'; then {heirs}' if heirs else ''}"
        )
    raise ActorError("actor-at-that-time", f"{text!r} began only on {iso(life.earliest)}")
