"""What a header means for sure: one that stands word for word in `data/headers.csv`, whatever its case, punctuation and plurals. All others are asked about."""

import re
from functools import cache
from typing import TYPE_CHECKING

from timeline.importing.evidence import words_of
from timeline.names import fold
from timeline.vocabulary import listed, rows

if TYPE_CHECKING:
    from timeline.importing.evidence import Column

_AGAIN = re.compile(r" \(\d+\)$")  # behind a header that a table has twice
_NUMBER = re.compile(r" \d+\b")  # of one of several sources
_ARTICLES = frozenset(("the", "a", "an"))


def known_as(column: "Column", field: str) -> int:
    """How high a header stands in the list of a field; 0 where it is not in it."""
    name = key(column.name)
    return _known().get(field, {}).get(_NUMBER.sub("", name) if field == "urls" else name, 0)


def key(header: str) -> str:
    """`VisitorCountries` and `Visitor country` are one header, `Guests of` and `Guest` are not."""
    words = (fold(word) for word in words_of(_AGAIN.sub("", header).replace("’", "").replace("'", "")))
    return " ".join(_singular(word) for word in words if word not in _ARTICLES)


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


@cache
def _known() -> dict[str, dict[str, int]]:
    """By field: headers, and how high they stand in its list."""
    found: dict[str, list[str]] = {}
    for row in rows("headers.csv"):
        found.setdefault(row["field"], []).extend(map(key, listed(row["headers"])))
    return {field: {name: len(names) - names.index(name) for name in names} for field, names in found.items()}
