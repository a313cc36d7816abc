"""What the cells of a column read as: dates, actors, titles, kinds. A share counts rows, not different cells: a column may be the same in all."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING
from unicodedata import category

from timeline.importing.draft import ARROW
from timeline.importing.marks import without_notes
from timeline.importing.outcomes import ANSWERS
from timeline.importing.printed import by_adjective, by_code, known
from timeline.importing.sheets import YEARS
from timeline.importing.texts import kind_of
from timeline.importing.titles import pairs_of, titles_of
from timeline.importing.when import Order, WhenError, is_empty, is_unknown, read_date
from timeline.names import fold
from timeline.store.rules import ADDRESS
from timeline.tenures import name_keys, tenures_of
from timeline.vocabulary import ROLES, STATUSES, SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.vocabulary import Vocabulary

MOST = 0.6  # of the cells of a column that must be what it is taken for
DATED = ("date-ambiguous", "date-two-digits", "date-serial", "date-impossible", "date-outside", "date-years", "date-order", "date-or-year", "date-days", "date-weekday", "date-reversed")  # fmt: skip
NAME = re.compile(r"[^\W\d_][^\d\t\n@/:]*")
_NAMES = re.compile(r"\s*(?:;|/| and | & )\s*")
_NUMBER = re.compile(r"\d+(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Column:
    """A column: the words of its name, and its cells row by row, those empty that say nothing; `unknown` are those that say so in a word, `TBC`."""

    name: str
    cells: tuple[str, ...]
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(" ".join(cell.split()) for cell in self.cells if cell)

    @cached_property
    def _times(self) -> "dict[Callable[[str], object], int]":
        return {}

    @cached_property
    def _mostly(self) -> "dict[Callable[[str], object], bool]":
        return {}

    def times(self, test: "Callable[[str], object]") -> int:
        """How many of the cells that say something pass a test; each different one is looked at once, however often the test is asked for."""
        if test not in self._times:
            self._times[test] = sum(count for cell, count in self.counts.items() if test(cell))
        return self._times[test]

    def mostly(self, test: "Callable[[str], object]") -> bool:
        """Whether enough cells pass. No more of them are looked at than decide that."""
        if test not in self._mostly:
            self._mostly[test] = bool(self.counts) and self._enough(test)
        return self._mostly[test]

    def _enough(self, test: "Callable[[str], object]") -> bool:
        left = self.counts.total()
        least, passed = MOST * left, 0
        for cell, count in self.counts.items():
            left -= count
            passed += count if test(cell) else 0
            if not passed < least <= passed + left:
                break
        return passed >= least

    def told(self, test: "Callable[[str], object]") -> str:
        """`58 of 60 cells`."""
        return f"{self.times(test):,} of {self.counts.total():,} cells"


def column(name: str, cells: "tuple[str, ...]") -> Column:
    """`TripStartDate` is trip, start and date."""
    words = tuple(word.casefold() for word in words_of(name)) or (name.casefold(),)
    unknown = tuple(" ".join(cell.split()) for cell in cells if is_unknown(cell) and not is_empty(cell))
    return Column(name, tuple("" if is_unknown(cell) else without_notes(cell) for cell in cells), words, unknown)


def words_of(header: str) -> list[str]:
    """The words of a header, without signs that nobody sees."""
    return re.findall(
        r"[A-Z]+(?![a-zß-öø-ÿā-ž])|[A-Z]?[^\W\d_A-Z]+|\d+", "".join(c for c in header if category(c) != "Cf")
    )


class Readings:
    """What a cell reads as, by the vocabulary."""

    def __init__(self, words: "Vocabulary") -> None:
        self.words, self.titles = words, titles_of(words, {})
        self._known = cache(lambda cell: known(cell, words))
        self._title = cache(self._is_title)

    def actor(self, cell: str) -> str | None:
        return self._known(cell)

    def side(self, cell: str) -> str | None:
        """The actor that a cell names, or says in its adjective."""
        return self.actor(cell) or by_adjective(cell, self.words)

    def code(self, cell: str) -> bool:
        found = self.actor(cell)
        return found is not None and by_code(cell, found, self.words)

    def directed(self, cell: str) -> bool:
        match = ARROW.fullmatch(cell)
        return bool(match and self.actor(match["visitor"]) and self.actor(match["host"]))

    def title(self, cell: str) -> bool:
        """A title alone, whatever its state."""
        return self._title(cell)

    def _is_title(self, cell: str) -> bool:
        return fold(cell) in self.titles.offices or not self.titles.of(cell, self.behind(cell))[1]

    def titular(self, cell: str) -> bool:
        """Whether a part of a cell is a title."""
        return self.title(cell) or any(self.title(part.strip()) for part in re.split("[;,/]", cell))

    def behind(self, title: str) -> str:
        """The actor that a title ends with: `President of China`."""
        return self.words.actor(re.sub(r"^.* of (?:the )?", "", title)) or ""

    def titled(self, cell: str) -> bool:
        """A title with a name, or several of them, and no sentence."""
        pairs = pairs_of(cell, "", self.titles)
        return all(title and len(name.split()) <= 6 for title, name in pairs)

    def named(self, cell: str) -> bool:
        """What has the shape of a name: two to five words, no digits, and is nothing else that is known."""
        few = 2 <= len(cell.split()) <= 5 or (not cell.isascii() and len(cell) <= 5)
        upper = not cell.isascii() or any(word[:1].isupper() for word in cell.split())
        return bool(few and upper and NAME.fullmatch(cell)) and not (
            self.actor(cell) or self.title(cell) or self.place(cell) or kind_of(cell)
        )

    def personal(self, cell: str) -> bool:
        """What has the shape of a name, each word of it with a capital but for short ones: `Ursula von der Leyen`."""
        return self.named(cell) and all(word[:1].isupper() or len(word) < 4 for word in cell.split() if word.isascii())

    def homes(self, cell: str) -> set[str]:
        """The actors in which a person held a top office, by the table of tenures."""
        names = [part for _, name in pairs_of(cell, "", self.titles) for part in _NAMES.split(name)]
        return {row.actor for name in names for row in tenures_of(name_keys([name]))}

    def capital_of(self, cell: str) -> set[str]:
        """The actors whose capitals are among the places of a cell."""
        parts = re.split("[;,/]", cell)
        return {actor for part in parts for actor in self.words.capitals.get(self.words.place(part.strip()), ())}

    def place(self, cell: str) -> bool:
        return any(self.words.place(part.strip()) in self.words.capitals for part in re.split("[;,/]", cell))


def is_status(cell: str) -> bool:
    return fold(cell) in STATUSES


def is_support(cell: str) -> bool:
    return fold(cell) in SUPPORTS


def is_role(cell: str) -> bool:
    return fold(cell) in ROLES


def is_of_addresses(cell: str) -> bool:
    """Whether a cell begins with an address; others may follow."""
    return bool(re.match(ADDRESS, cell))


def is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell))


def is_no_text(cell: str) -> bool:
    """Whether a cell is a number, a date or an answer such as `yes`."""
    return is_number(cell) or fold(cell) in ANSWERS or is_date(cell)


def is_year(cell: str) -> bool:
    return is_number(cell) and YEARS.start <= float(cell) < YEARS.stop


def is_serial(cell: str) -> bool:
    return dated(cell) == "date-serial"


def is_date(cell: str) -> bool:
    return dated(cell) in ("", *DATED) and (len(cell) != 4 or is_year(cell))


def dated(cell: str) -> str:
    """Why a cell is no date that can be taken without more being declared; empty where it is one."""
    try:
        read_date(cell, Order())
    except WhenError as error:
        return error.name
    return ""
