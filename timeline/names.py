"""Matching names exactly, whatever their case, accents, dots and hyphens; and suggesting, never guessing, where nothing matches."""

import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from timeline.errors import WORD, UsageError, nearest, or_else

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MOST_SUGGESTED = 300  # different names that are looked for: who has more unknown ones has another problem
PART = 4  # letters that are worth looking for inside a word


# Latin letters that Unicode does not take apart into a letter and a mark, as they are typed without them: those of names in use, by Latin-ASCII of Unicode CLDR
LETTERS = {
    **dict(zip("ðđħıłøŋŧƀɓɖɗɛƒɠɨƙɲƭʉʋƴƶǥ", "ddhilontbbddefgikntuvyzg", strict=True)),
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key under which a name is looked up: `Côte d’Ivoire` and `cote divoire` are one, `中国` stays itself."""
    if text.isascii():
        return text.lower() if text.isalnum() else " ".join(text.lower().translate(_MARKS).split())
    return " ".join(text.split() if _as_it_is(text) else plain(text).translate(_MARKS).split())


def _as_it_is(text: str) -> bool:
    """Whether a name is Chinese or Korean, blanks apart: nothing else of it changes."""
    letters = text.replace(" ", "")
    return _eastern(max(letters)) is not None and _eastern(min(letters)) == _eastern(max(letters))


def _eastern(letter: str) -> str | None:
    """The script of a letter, where that is Chinese or Korean."""
    if "\u4e00" <= letter <= "\u9fff":
        return "Hani"
    return "Hang" if "\uac00" <= letter <= "\ud7a3" else None


def plain(text: str) -> str:
    """In small letters without accents, as one types it who has no others: `Wałęsa` is `walesa`. Dots, blanks and other scripts stay."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).translate(_ACCENTS)
    return unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS)


class _Accents(dict[int, int | None]):
    """What becomes of each character without accents: they become nothing, all else stays. Each is looked up in Unicode once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_LETTERS = str.maketrans(LETTERS)
_ACCENTS = _Accents()
_MARKS = str.maketrans(dict.fromkeys(".'’‘`ʻʼʾʿ·") | dict.fromkeys("-‐‑–_", " "))


class Keys:
    """What spellings lead to, by the key under which each is looked up; the first to take a key has it.

    Half of the names of actors are Chinese or Korean, whose keys are so as well: they are folded once such a key is asked for.
    """

    def __init__(self, spelled: "Iterable[tuple[str, str]]") -> None:
        """`spelled` are pairs: a spelling and what it leads to."""
        self.spelled = tuple(spelled)

    def get(self, key: str) -> str | None:
        return (self._western if key.isascii() else self.all).get(key)

    @cached_property
    def all(self) -> dict[str, str]:
        return _by_key(self.spelled)

    @cached_property
    def _western(self) -> dict[str, str]:
        return _by_key(pair for pair in self.spelled if pair[0].isascii() or not _eastern(max(pair[0])))


def _by_key(spelled: "Iterable[tuple[str, str]]") -> dict[str, str]:
    found: dict[str, str] = {}
    for spelling, slug in spelled:
        if key := fold(spelling):
            found.setdefault(key, slug)
    return found


class Index:
    """Names, aliases and codes of one kind of thing, each leading to one id."""

    def __init__(
        self, what: str, names: "Mapping[str, Iterable[str]]", hints: "Mapping[str, Iterable[str]] | None" = None
    ) -> None:
        """`hints` are words that lead to ids in a suggestion only: `korean` is no name of a state."""
        self.what = what
        self._hints = hints or {}
        self._keys = Keys((spelling, slug) for slug, spellings in names.items() for spelling in (slug, *spellings))
        self._suggested: dict[str, str] = {}

    @property
    def keys(self) -> dict[str, str]:
        return self._keys.all

    @property
    def clashes(self) -> list[tuple[str, str, str]]:
        """The spellings that another id has taken: each, that id, and its own."""
        led = ((spelling, self.keys.get(fold(spelling), slug), slug) for spelling, slug in self._keys.spelled)
        return [(spelling, other, slug) for spelling, other, slug in led if other != slug]

    @cached_property
    def hints(self) -> dict[str, list[str]]:
        """The ids that each word leads to in a suggestion."""
        found: dict[str, list[str]] = {}
        for slug, words in self._hints.items():
            for word in words:
                found.setdefault(fold(word), []).append(slug)
        return found

    def find(self, text: str) -> str | None:
        return self._keys.get(fold(text))

    def resolve(self, text: str, option: str) -> str:
        """The id of a name given at the prompt. Raises UsageError with the nearest known names."""
        slug = self.find(text)
        if slug is None:
            raise UsageError(f"{option}: unknown {self.what} {text!r}{self.suggest(text)}")
        return slug

    def suggest(self, text: str) -> str:
        """'; did you mean …?' by the nearest keys, given as ids where that is what the key leads to."""
        asked = fold(text)
        if asked not in self._suggested:
            if len(self._suggested) == MOST_SUGGESTED:
                return ""
            keys = {**self.hints, **{key: [slug] for key, slug in self.keys.items()}}
            near = [asked] if asked in keys else closest(asked, list(keys))
            slugs = [slug for key in near for slug in keys[key]]
            self._suggested[asked] = or_else(_by_their_own_name(asked, slugs) or slugs)
        return self._suggested[asked]

    def bearers(self, text: str) -> list[str]:
        """Those who are told apart in brackets after one name: `Kim Yong Il (premier)`."""
        name = f"{fold(text)} ("
        return list(dict.fromkeys(slug for key, slug in self.keys.items() if key.startswith(name)))


def _by_their_own_name(asked: str, slugs: "Iterable[str]") -> list[str]:
    """Those whose own name holds what was asked for: `korea` is in another name of the UN Command, too."""
    return [slug for slug in slugs if all(word in fold(slug) for word in asked.split())]


def suggest_id(asked: str, ids: "Sequence[str]") -> str:
    """'; did you mean …?' with the nearest of some ids, in the order given where several have all that was asked for."""
    key = fold(asked).replace(" ", "-")
    begun = [one for one in ids if key and one.startswith(key)]
    words = {one: one.replace("-", " ") for one in ids}
    return or_else(begun or [one.replace(" ", "-") for one in closest(key.replace("-", " "), list(words.values()))])


def closest(asked: str, keys: "Sequence[str]") -> list[str]:
    """The keys that a key may stand for: those with all its words, in any order; those with words that begin so; those it is a part of; else the nearest in spelling."""
    words = asked.split()
    if not words or len(asked) > WORD:
        return []
    holding = [key for key in keys if all(word in key for word in words)]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda key: set(words) <= set(key.split()),
        lambda key: all(any(part.startswith(word) for part in key.split()) for word in words),
        lambda key: len(asked) >= (PART if asked.isascii() else 2) and asked in key,
    )
    found = next(filter(None, ([key for key in holding if test(key)] for test in tests)), [])
    return found or nearest(asked, keys) or _near_word(words, keys)


def _near_word(words: "Sequence[str]", keys: "Sequence[str]") -> list[str]:
    """Keys with a word that is nearly the one asked for."""
    known = list(dict.fromkeys(part for key in keys for part in key.split() if len(part) >= PART))
    near = set(nearest(words[0], known, 1)) if len(words) == 1 and len(words[0]) >= PART else set()
    return [key for key in keys if near & set(key.split())]
