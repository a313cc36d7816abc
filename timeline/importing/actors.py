"""The text of a cell → an actor, as of a day. A name counts as a whole, never by a part of it: `Republic of Korea` is not in `Democratic People's Republic of Korea`.

What the mapping declares comes first. Then names that meant something else at the time (`data/names-in-time.csv`), then those of the vocabulary, and
such as the lists of international bodies print (`data/printed-names.csv`), and those of other languages (`data/names-in-languages.csv`); `Korea, Republic of` is `Republic of Korea`, and a code counts in capitals. A flag before a name must be its own. An actor that did not exist on that day is refused, and so is every name that is not known.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import NEVER_AFTER, NEVER_BEFORE, Span, iso, parse_when
from timeline.importing.mapping import Meaning
from timeline.importing.marks import flags_of, without_flags
from timeline.names import fold
from timeline.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.vocabulary import Actor, Vocabulary

_BEHIND = re.compile(r"([^,(]+?)(?:, | \()(?:the )?([^,()]+ of(?: the)?)\)?", re.IGNORECASE)
_ARTICLE = re.compile(r" \(the\)$|, the$", re.IGNORECASE)


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
    key = fold(plain)
    if key in declared:
        return _declared(plain, declared[key], day)
    english = words.actors[actor].name if (actor := _in_languages().get(key)) else plain
    for meaning, why in _in_time().get(fold(english), ()):
        if _within(day, meaning.span) and meaning.words:
            return meaning.words[0]
        if day.overlaps(meaning.span):
            raise ActorError("actor-at-that-time", f"{plain!r} on that day may be: {why}; declare which under values")
    found = known(plain, words)
    if found is None:
        raise ActorError("unknown-actor", f"unknown actor {plain!r}{words.actor_index.suggest(plain)}")
    _existing(words.actors[found], plain, day, words)
    if other := next((flag for flag in flags_of(text) if words.actor(flag) not in (found, None)), ""):
        raise ActorError("actor-flag", f"{text!r} has the flag of {other} before another name")
    return found


def known(text: str, words: "Vocabulary") -> str | None:
    """The actor that a name or a code in capitals leads to at any time."""
    plain = without_flags(text)
    key = fold(plain)
    found = words.actor(plain) or _printed().get(key) or _in_languages().get(key) or words.actor(_turned(plain))
    return None if found is not None and by_code(plain, found, words) and not plain.isupper() else found


def by_code(text: str, actor: str, words: "Vocabulary") -> bool:
    """Whether a text leads to an actor as its ISO code and by no name: in small letters `is`, `no` and `and` are words before they are states."""
    one, key = words.actors[actor], fold(text)
    return key in (fold(one.iso2), fold(one.iso3)) and key not in map(fold, (one.id, one.name, *one.aliases))


def _declared(text: str, meanings: "Iterable[Meaning]", day: Span) -> str:
    for words, span in meanings:
        if _within(day, span):
            return words[0]
    raise ActorError("actor-at-that-time", f"the mapping does not say what {text!r} means on that day")


def _within(day: Span, span: Span) -> bool:
    return span.earliest <= day.earliest and day.latest <= span.latest


def _turned(text: str) -> str:
    """`Congo, Democratic Republic of` and `Iran (Islamic Republic of)` as `Democratic Republic of Congo` and `Islamic Republic of Iran`; `Netherlands (the)` without its article."""
    plain = _ARTICLE.sub("", text)
    match = _BEHIND.fullmatch(plain)
    return f"{match[2]} {match[1]}" if match else plain


@cache
def _printed() -> dict[str, str]:
    return {fold(row["name"]): row["actor"] for row in rows("printed-names.csv")}


@cache
def _in_languages() -> dict[str, str]:
    return {fold(row["name"]): row["actor"] for row in rows("names-in-languages.csv")}


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
