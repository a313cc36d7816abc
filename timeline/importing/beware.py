"""What a draft warns of: columns that no line of it reads, and without which rows would count for what they are not."""

from typing import TYPE_CHECKING

from timeline.importing.evidence import is_date, is_number
from timeline.importing.hints import COUNTED, COUNTING, ORGANISATIONS, STOOD_IN, is_leg, says_way, unfit
from timeline.importing.outcomes import ANSWERS, REMARKS, ROLE, called_off, not_held, says_former
from timeline.importing.texts import quoted
from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from timeline.importing.choose import Choice
    from timeline.importing.evidence import Column


def beware(
    columns: "Sequence[Column]", choice: "Choice", taken: "Container[str]", actor: "Callable[[str], object]"
) -> "Iterator[str]":
    """Lines of a draft; `taken` are the columns that it reads, and `actor` tells those that a cell names."""
    for one in columns:
        if one.mostly(says_way) and _may_turn(one, choice):
            yield f"# BEWARE: {quoted(one.name)} seems to say which way each journey went ({_some(one, 2, ' and ')}). Then a mapping is for one way only: give each its own, with when: and below it {quoted(one.name)}: [{_some(one, 1)}]."
        if one.name not in taken and one.counts:
            yield from _unread(one, choice, actor)
    asked = choice.dates.perhaps_start[:1]
    yield from _dates([one for one in columns if one.name not in taken and (one,) not in asked])
    yield from _not_held(columns, choice, taken)


def _may_turn(way: "Column", choice: "Choice") -> bool:
    """Whether columns of the sides may be turned round by another: they are not both known, or one is the same in all rows, though these went both ways."""
    sides = [column for side in ("visitor", "host") for column in choice.columns.get(side, ())]
    return len(sides) < 2 or (len(way.counts) > 1 and any(len(one.counts) == 1 for one in sides))


def _unread(one: "Column", choice: "Choice", actor: "Callable[[str], object]") -> "Iterator[str]":
    if "role" not in choice.columns and set(one.words) & ROLE:
        yield f"# BEWARE: {quoted(one.name)} may say who led and who accompanied ({_some(one)}), which no line above reads: all count as heads of their delegations. Write a role or rules for it, if it does."
    if set(one.words) & STOOD_IN and one.times(lambda cell: any(map(str.isalpha, cell)) and fold(cell) not in ANSWERS):
        yield f"# BEWARE: {quoted(one.name)} may name who travelled instead of others ({_some(one)}), which no line above reads: then those who stayed at home count as travellers."
    if set(one.words) & ORGANISATIONS and one.mostly(actor):
        yield f"# BEWARE: {quoted(one.name)} names actors ({_some(one)}), which no line above reads. Where somebody travelled for an organisation, it is the visitor, and not his country."
    if set(one.words) & COUNTED and set(one.words) <= COUNTING and one.mostly(is_number):
        yield f"# BEWARE: {quoted(one.name)} seems to count visits ({_some(one)}), which no line above reads: each row counts as one. Write a row for each visit."
    if one.mostly(is_leg):
        yield f"# BEWARE: {quoted(one.name)} seems to say which rows are of arrivals and which of departures ({_some(one)}): each row counts as a visit. Take one sort alone, with when: and below it {quoted(one.name)}: [{_some(one, 1)}]."
    if one.mostly(says_former):
        yield f"# BEWARE: {quoted(one.name)} seems to say who held an office no more ({_some(one)}), which no line above reads: all count as in office. Write rules for the title, if it does."


def _dates(left: "Sequence[Column]") -> "Iterator[str]":
    dates = [one for one in left if one.mostly(is_date) and not unfit(one)]
    visits = [one for one in dates if "visit" in one.words]
    if len(visits) > 1:
        yield f"# BEWARE: {' and '.join(quoted(one.name) for one in visits)} are dates of visits, too, which no line above reads. If each is of a visit of its own, make a row of each."


def _not_held(columns: "Sequence[Column]", choice: "Choice", taken: "Container[str]") -> "Iterator[str]":
    remarks, kinds = (
        {one.name for field in fields for one in choice.columns.get(field, ())}
        for fields in ((*REMARKS, "places"), ("kind",))
    )
    for one in columns:
        test = called_off if one.name in remarks else not_held
        if (one.name in remarks | kinds or one.name not in taken) and one.times(test):
            yield f"# BEWARE: {one.told(test)} of {quoted(one.name)} say cancelled, postponed, planned, announced or held from afar (video, telephone, letter), which no line above reads: such rows count as visits that happened. Write a status or rules for it."


def _some(one: "Column", most: int = 3, mark: str = ", ") -> str:
    return mark.join(map(quoted, list(one.counts)[:most]))
