"""What a draft asks about columns that no header tells of: what their cells read as, or a word of their header, may make them a field. A person decides."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.importing.choose import HOSTS, MOST_ASKED, chosen, rank
from timeline.importing.evidence import (
    Column,
    Readings,
    is_no_text,
    is_of_addresses,
    is_role,
    is_status,
    is_support,
)
from timeline.importing.hints import at_other_times, of_others, score
from timeline.importing.outcomes import PERHAPS_STATUS, STATUS, answers, doubtful, outcome
from timeline.importing.texts import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.importing.choose import Choice, Choosing

NAMES = ("person", "name")
# By field: what its cells do, and the question.
QUESTIONS = {
    "urls": ("are addresses", "of the sources of the row?"),
    "direction": ("say from where to where", "is it the way of the visit?"),
    "person": ("are a title and a name", "of those who travelled?"),
    "title": ("are titles that are known", "held by those who travelled, and then?"),
    "kind": ("are kinds of visits", "of this visit?"),
    "status": ("say what became of something", "of the visit?"),
    "support": (
        "are words for how sure something is",
        "is it how well the visit is known (support), or whether it took place (status)?",
    ),
    "role": ("are words of ours", "for who led and who accompanied?"),
    "places": ("name capitals", "where the visit went?"),
    "name": ("look like names", "of those who travelled?"),
    "met": ("look like names", "of those who received?"),
    "occasion": ("are texts", "of the occasion of the visit?"),
    "note": ("are texts", "to be kept as a note?"),
}


def choice_of(columns: "Sequence[Column]", readings: Readings, *, serials: bool) -> "Choice":
    """The columns that are sure, and questions about the others."""
    choosing = chosen(columns, readings, serials=serials)
    _together(choosing)
    for field, test in _tests(readings).items():
        _ask(choosing, field, test, partial(Column.mostly, test=test))
    _ask(choosing, "name", readings.homes, choosing.of_holders)
    _ask(choosing, "name", readings.named, lambda one: one.mostly(readings.named))
    if choosing.choice.columns.keys() & {*NAMES}:
        _ask(choosing, "met", readings.named, lambda one: choosing.of_people(one) and not of_others(one))
    _ask(choosing, "status", answers, _may_say_status)
    _ask(choosing, "support", doubtful, lambda one: choosing.few(one) and one.times(doubtful))
    for field in ("name", "title", "kind", "met", "places", "support", "occasion", "note"):
        _ask(choosing, field, str, partial(_by_a_word, field=field, readings=readings))
    return choosing.choice


def _tests(readings: Readings) -> "dict[str, Callable[[str], object]]":
    """What cells must be for a field to be asked about, those that say most first."""
    return {
        "urls": is_of_addresses,
        "direction": readings.directed,
        "person": readings.titled,
        "title": readings.title,
        "kind": kind_of,
        "status": lambda cell: is_status(cell) or outcome(cell),
        "support": lambda cell: is_support(cell) or doubtful(cell),
        "role": is_role,
        "places": readings.place,
    }


def _ask(choosing: "Choosing", field: str, test: "Callable[[str], object]", fits: "Callable[[Column], object]") -> None:
    choice = choosing.choice
    if field in choice.columns or (field in NAMES and "people" not in choice.open):
        return
    fitting = [one for one in choosing.left if fits(one) and not _of_something_else(one, field, choosing)]
    for one in fitting[:MOST_ASKED]:
        doubted = field in NAMES and (one in choosing.doubted or not choosing.on_its_side(one, field))
        does, question = QUESTIONS[field]
        does = "name holders of top offices" if test == choosing.readings.homes else does
        told = f"{one.told(test)} {does}" if one.times(test) and test is not str else "a word of its header says so"
        choosing.ask(field, [one], HOSTS if doubted else f"{told}: {question}")


def _of_something_else(column: "Column", field: str, choosing: "Choosing") -> bool:
    """Whether a header says that people did not travel, that titles are of another time or none, or that places are those where journeys began; or cells that these are of the visitor."""
    if field in NAMES:
        return of_others(column)
    if field == "title":
        headline = "title" in column.words and not column.times(choosing.readings.title)
        return at_other_times(column) or headline
    return field == "places" and not choosing.on_its_side(column, field)


def _may_say_status(column: "Column") -> bool:
    words = set(column.words)
    return bool(words & STATUS) or bool(words & PERHAPS_STATUS and column.times(answers))


def _by_a_word(column: "Column", field: str, readings: Readings) -> bool:
    """Whether a header, or a word of it, speaks for a field, and the cells are texts."""
    return bool(score(column, field) or rank(column, field)) and not (
        column.mostly(is_no_text) or column.mostly(readings.actor)
    )


def _together(choosing: "Choosing") -> None:
    """First and family names side by side, of which only together people are known."""
    homes = choosing.readings.homes
    for one, other in pairwise(choosing.left):
        if choosing.choice.columns.keys() & {*NAMES}:
            return
        pairs = zip(one.cells, other.cells, strict=True)
        joined = Column("", tuple(f"{a} {b}" if a and b else "" for a, b in pairs))
        if not (one.times(homes) or other.times(homes)) and joined.mostly(homes):
            choosing.ask(
                "name",
                [one, other],
                f"together {joined.told(homes)} name holders of top offices: of those who travelled?",
                together=True,
            )
            return
