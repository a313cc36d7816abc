"""Matching names exactly, whatever their case, accents, dots and hyphens; and suggesting, never guessing, where nothing matches."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key under which a name is looked up: `Côte d’Ivoire` and `cote divoire` are one, `中国` stays itself."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
        text = unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) != "Mn"))
    return _BREAKS.sub(" ", _DROPPED.sub("", text.casefold())).strip()


_DROPPED = re.compile(r"[.'’‘`ʼ·]")
_BREAKS = re.compile(r"[\s\-‐‑–_]+")


class Index:
    """Names, aliases and codes of one kind of thing, each leading to one id."""

    def __init__(self, what: str, names: "Mapping[str, Iterable[str]]") -> None:
        self.what = what
        self.keys: dict[str, str] = {}
        self.clashes: list[tuple[str, str, str]] = []
        for slug, spellings in names.items():
            for spelling in (slug, *spellings):
                key = fold(spelling)
                other = self.keys.setdefault(key, slug) if key else slug
                if other != slug:
                    self.clashes.append((spelling, other, slug))

    def find(self, text: str) -> str | None:
        return self.keys.get(fold(text))

    def resolve(self, text: str, option: str) -> str:
        """The id of a name given at the prompt. Raises UsageError with the nearest known names."""
        slug = self.find(text)
        if slug is None:
            raise UsageError(f"{option}: unknown {self.what} {text!r}{self.suggest(text)}")
        return slug

    def suggest(self, text: str) -> str:
        """'; did you mean …?' by the nearest keys, given as ids where that is what the key leads to."""
        from timeline.errors import nearest

        asked = fold(text)
        longer = [key for key in self.keys if asked and key.startswith(f"{asked} ")]
        near = dict.fromkeys(self.keys[key] for key in longer[:5] or nearest(asked, list(self.keys)))
        return did_you_mean(text, []) if not near else f"; did you mean {' or '.join(map(repr, near))}?"
