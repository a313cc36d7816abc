"""Changes of a store's text as splices: what is not named stays as it was, comments, order, quoting and blank lines, byte for byte.

Loading and dumping would lose all of that. An event reaches from the line of its dash to the line of its last value, with the comments that are
indented into it; comments at the left edge belong to nobody and stay.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import ChangeError
from timeline.store.lines import (
    ENDS,
    after_line,
    fitted,
    indented,
    line_end,
    line_start,
    newlines,
    over_blanks,
    over_comments,
    past_blanks,
    past_comments,
    past_white,
)
from timeline.store.marks import REFERENCES, Spot, find_spots
from timeline.store.rules import EVENT_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

_COMMENT = re.compile(rf"#[^{ENDS}]*")  # between texts, where nothing else can begin so

_BRACKETS = "the events stand in brackets, [{…}]; write each as a block that begins with '- id:'"
_STATEMENTS = _BRACKETS.replace("events", "statements of coverage")
_BELOW = {"events": ("claims",), "coverage": ("events", "claims")}  # what a list of a file stands before


class Splice(NamedTuple):
    """The characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


class Field(NamedTuple):
    """A field in canonical layout at column 0: as it is usually written, and unfolded, for a line that ends in a comment. Both empty for one to remove."""

    usual: str = ""
    one_line: str = ""


def spliced(text: str, splices: "Iterable[Splice]") -> str:
    """The text after splices. Of several at one place the first comes first; raises ChangeError where they overlap."""
    parts, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < at:
            raise ChangeError("two changes of one line; make them one after the other")
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def insertions(text: str, blocks: "Sequence[tuple[str | None, str]]", name: str = "events") -> list[Splice]:
    """Put events, in canonical layout at column 0, each before the event named with it, or after the last one; in this order at one place. So with statements of `coverage`."""
    top = find_spots(text)
    key, listed = _section(top, name)
    places: dict[str | None, list[str]] = {}
    for before, block in blocks:
        places.setdefault(before, []).append(block)
    joined = {before: "\n".join(several) for before, several in places.items()}
    if key is None or listed is None:
        return [_first_section(text, top, name, block) for block in joined.values()]
    if not listed.items:
        at = after_line(text, max(key.end, listed.end))
        emptied = [_emptied(text, key, listed)] if listed.flow else []
        return [*emptied, *(Splice(at, at, fitted(text, at, f"\n{block}", 0)) for block in joined.values())]
    if listed.flow:
        raise ChangeError(_BRACKETS if name == "events" else _STATEMENTS)
    numbers = {_id(item): number for number, item in enumerate(listed.items)}
    return [
        _after_last(text, listed, block) if before is None else _before(text, listed, numbers[before], block)
        for before, block in joined.items()
    ]


def _emptied(text: str, key: Spot, listed: Spot) -> Splice:
    """Empty brackets taken out, with the blanks before them; the comments in them stay, behind the key."""
    start = key.end + len(text[key.end : listed.start].rstrip())
    comments = _COMMENT.findall(text, listed.start, listed.end)
    return Splice(start, listed.end, "".join(f" {comment}" for comment in comments))


def _before(text: str, listed: Spot, number: int, block: str) -> Splice:
    """Above the comments that stand directly over an item; what is over these stays apart by a blank line."""
    at = over_comments(text, _extent(text, listed.items[number], listed.column)[0], listed.column)
    if number == 0:
        above = "" if at <= listed.start or over_blanks(text, at) < at else "\n"
    else:
        above = "" if over_blanks(text, at) < at else _blank_line(text, listed.items[number - 1])
    return Splice(at, at, fitted(text, at, f"{above}{block}\n", listed.column))


def _after_last(text: str, listed: Spot, block: str) -> Splice:
    last = listed.items[-1]
    at = _extent(text, last, listed.column)[1]
    return Splice(at, at, fitted(text, at, f"{_blank_line(text, last)}{block}", listed.column))


def _blank_line(text: str, item: Spot) -> str:
    """The blank line behind an item; none where its last text keeps the blank lines behind it, and would have one more."""
    return "" if _kept(text, item) else "\n"


def _kept(text: str, item: Spot) -> bool:
    return text[item.end - 1] in ENDS


def _first_section(text: str, top: Spot, name: str, block: str) -> Splice:
    """The key of a list for a file that has none, before those that stand below it, and the comments directly over them."""
    if top.flow:
        raise ChangeError("the file stands in braces, {…}; write its keys as lines of their own")
    below = next((key for key, _ in top.pairs if key.value in _BELOW[name]), None)
    head = f"{name}:\n\n" if name == "events" else f"{name}:\n"
    if below is not None:
        at = over_comments(text, below.start, below.column)
        above = "" if over_blanks(text, at) < at or not at else "\n"
        return Splice(at, at, newlines(text, f"{above}{head}{block}\n"))
    at = after_line(text, top.end)
    return Splice(at, at, fitted(text, at, f"\n{head}{block}", 0))


def removal(text: str, event: str) -> Splice:
    """Take an event out, with the blank lines after it; with those before it where nothing follows."""
    listed, item = _find(text, event)
    if listed.flow:
        raise ChangeError(_BRACKETS)
    start, end = _extent(text, item, listed.column)
    after = past_blanks(text, end)
    if after < len(text):
        return Splice(start, after, "")
    before = max((other.end for other in listed.items if other.end < item.start), default=0)
    keeps = before and text[before - 1] in ENDS  # and would take the blank lines at the end for its own
    return Splice(max(over_blanks(text, start), before), after if keeps else end, "")


def field_splices(text: str, changes: "Mapping[str, tuple[Mapping[str, Field], Callable[[], str]]]") -> list[Splice]:
    """Give fields of events, by id, other texts; add those that are new behind the ones that stand before them in canonical order.

    An event in braces, `{id: …}`, gives way to the block beside its fields, which says the same with these changed and is made only then.
    """
    splices = []
    for event, (listed, item) in _found(text, changes).items():
        fields, block = changes[event]
        if item.flow:
            splices.append(_unbraced(text, listed, item, block()))
        else:
            splices += [_field_splice(text, item, key, fields[key]) for key in EVENT_KEYS if key in fields]
    return splices


def _unbraced(text: str, listed: Spot, item: Spot, block: str) -> Splice:
    if re.search(r"\s#", text[item.start : item.end]):
        raise ChangeError(f"{_id(item)} is written in braces, with comments; write it as a block first")
    return _in_place(text, listed, item, block)


def _field_splice(text: str, item: Spot, key: str, field: Field) -> Splice:
    column = item.pairs[0][0].column
    old = next((pair for pair in item.pairs if pair[0].value == key), None)
    if old is None:
        at = _after_field(text, _predecessor(item, key)) if field.usual else item.end
        return Splice(at, at, fitted(text, at, field.usual, column) if field.usual else "")
    return _replaced(text, *old, field) if field.usual else _without(text, item, old)


def _replaced(text: str, name: Spot, value: Spot, field: Field) -> Splice:
    """A field's key and value anew. A comment at the end of a line stays, unless the line was part of the value."""
    below = after_line(text, value.end)
    swallows = (
        past_comments(text, below, name.column) > below
    )  # a folded text would take the comments below for its own
    usual = indented(field.one_line if swallows else field.usual, name.column)
    if text[value.end - 1] in ENDS:  # a text that keeps its last blank lines ends with them
        return Splice(name.start, value.end, newlines(text, usual))
    usual = usual.rstrip("\n")
    ending = line_end(text, value.end)
    remark = text[value.end : ending].strip()
    if value.lined or not remark:
        return Splice(name.start, value.end, newlines(text, usual))
    if not (value.flow or value.value is not None):
        return Splice(name.start, ending, newlines(text, usual))
    if field.one_line.count("\n") == 1:
        return Splice(name.start, value.end, field.one_line.rstrip("\n"))
    first, _, rest = usual.partition("\n")
    return Splice(name.start, ending, newlines(text, f"{first}  {remark}\n{rest}"))


def _without(text: str, item: Spot, pair: tuple[Spot, Spot]) -> Splice:
    """The lines of a field taken out; of the first, what stands after the dash."""
    end = _after_field(text, pair)
    if pair is item.pairs[0] and len(item.pairs) > 1:
        return Splice(pair[0].start, past_white(text, end), "")
    return Splice(line_start(text, pair[0].start), end, "")


def _predecessor(item: Spot, key: str) -> tuple[Spot, Spot]:
    """The field behind which a new one goes: the last of those that come before it in canonical order."""
    earlier = EVENT_KEYS[: EVENT_KEYS.index(key)]
    return next((pair for pair in reversed(item.pairs) if pair[0].value in earlier), item.pairs[0])


def comments_in(text: str, event: str) -> list[str]:
    """The comments that belong to an event, as they stand between its texts."""
    listed, item = _find(text, event)
    start, end = (item.start, item.end) if listed.flow or item.flow else _extent(text, item, listed.column)
    found: list[str] = []
    for scalar in _scalars(item):
        found += _COMMENT.findall(text, start, scalar.start)
        start = scalar.end
        if scalar.lined:  # a comment may stand behind its mark
            found += _COMMENT.findall(text, scalar.start, line_end(text, scalar.start))
    return found + _COMMENT.findall(text, start, end)


def _scalars(spot: Spot) -> "Iterator[Spot]":
    if spot.value is not None:
        yield spot
    for key, value in spot.pairs:
        yield from _scalars(key)
        yield from _scalars(value)
    for item in spot.items:
        yield from _scalars(item)


def block_of(text: str, event: str) -> str:
    r"""The lines of an event at column 0, with `\n` at their ends."""
    listed, item = _find(text, event)
    if listed.flow:
        raise ChangeError(_BRACKETS)
    return _at_the_edge(text[slice(*_extent(text, item, listed.column))], listed.column)


def _at_the_edge(lines: str, column: int) -> str:
    edge = " " * column
    return "\n".join(line.removeprefix(edge) for line in lines.replace("\r\n", "\n").rstrip("\n").split("\n")) + "\n"


def taken_apart(text: str) -> tuple[list[str], dict[str, str]]:
    """What stands before each event and behind the last one, and the lines of each event as `block_of` gives them, by id in the order of the text."""
    listed = _section(find_spots(text), "events")[1]
    if listed is None:
        return [text], {}
    if listed.flow and listed.items:
        raise ChangeError(_BRACKETS)
    outside, blocks, at = [], {}, 0
    for item in listed.items:
        start, end = _extent(text, item, listed.column)
        outside.append(text[at:start])
        blocks[_id(item)] = _at_the_edge(text[start:end], listed.column)
        at = end
    return [*outside, text[at:]], blocks


def kept_field(text: str, event: str) -> str | None:
    """The last field of an event, where it ends with a text that the blank lines below it belong to."""
    item = _find(text, event)[1]
    return item.pairs[-1][0].value if _kept(text, item) else None


def replacement(text: str, event: str, block: str) -> Splice:
    """Another block, at column 0, in the place of an event."""
    return replacements(text, {event: block})[0]


def replacements(text: str, blocks: "Mapping[str, str]") -> list[Splice]:
    """Other blocks, at column 0, in the places of the events of these ids."""
    listed = _section(find_spots(text, blocks), "events")[1]
    found = {_id(item): item for item in (listed.items if listed else ())}
    for event in blocks:
        if listed is None or event not in found:
            raise ChangeError(f"{event} is not in the file any more; nothing was changed")
    return [_in_place(text, listed, found[event], block) for event, block in blocks.items()] if listed else []


def _in_place(text: str, listed: Spot, item: Spot, block: str) -> Splice:
    if listed.flow:
        raise ChangeError(_BRACKETS)
    start, end = _extent(text, item, listed.column)
    return Splice(start, end, fitted(text, start, block, listed.column))


def restated(text: str, statement: str, values: "Mapping[str, str]") -> list[Splice]:
    """Other texts for fields that a statement of coverage has."""
    item = next(one for one in _items(find_spots(text, (statement,)), "coverage") if _id(one) == statement)
    spots = {key.value: value for key, value in item.pairs}
    return [
        Splice(spots[key].start, spots[key].end, _quoted_as(text[spots[key].start], new)) for key, new in values.items()
    ]


def naming(text: str, event: str, new: str) -> Splice:
    """Another id for an event."""
    spot = _find(text, event)[1].get("id")
    if spot is None:
        raise ChangeError(f"{event} is not in the file any more; nothing was changed")
    return Splice(spot.start, spot.end, _quoted_as(text[spot.start], new))


def renaming(text: str, event: str, new: str, own: "Collection[str]" = ()) -> list[Splice]:
    """Another id in the claims that refer to an event of this record: those that name no other than it is called in `own`."""
    named = [(claim, claim.get("record")) for claim in _items(find_spots(text), "claims")]
    claims = [claim for claim, record in named if record is None or record.value in own]
    spots = [spot for claim in claims for spot in _references(claim)]
    found = [spot for spot in spots if spot.value == event]
    return [Splice(spot.start, spot.end, _quoted_as(text[spot.start], new)) for spot in found]


def _references(claim: Spot) -> list[Spot]:
    """The texts of a claim in which the id of an event may stand."""
    values = [spot for key in REFERENCES if (spot := claim.get(key))]
    return values + [inner for spot in values for inner in spot.items]


def _items(top: Spot, name: str) -> "tuple[Spot, ...]":
    listed = _section(top, name)[1]
    return listed.items if listed else ()


def _quoted_as(first: str, new: str) -> str:
    quote = first if first in "'\"" else ""
    return f"{quote}{new}{quote}"


def _section(top: Spot, name: str) -> "tuple[Spot | None, Spot | None]":
    return next(((key, value) for key, value in top.pairs if key.value == name), (None, None))


def _find(text: str, event: str) -> tuple[Spot, Spot]:
    """The list of events, and one of them with all its fields."""
    return _found(text, (event,))[event]


def _found(text: str, events: "Collection[str]") -> dict[str, tuple[Spot, Spot]]:
    """As `_find`, of several events by id."""
    listed = _section(find_spots(text, events), "events")[1]
    found = {_id(item): (listed, item) for item in listed.items if _id(item) in events} if listed else {}
    if missing := [event for event in events if event not in found]:
        raise ChangeError(f"{missing[0]} is not in the file any more; nothing was changed")
    return {event: found[event] for event in events}


def _id(item: Spot) -> str:
    spot = item.get("id")
    return (spot.value or "") if spot else ""


def _extent(text: str, item: Spot, dash: int) -> tuple[int, int]:
    """The lines of an item whose dash stands in the column `dash`."""
    start = line_start(text, item.start)
    while text[start + dash] != "-" or text[start : start + dash].strip():
        if start == 0:
            raise ChangeError(
                f"{_id(item)} begins in a line that cannot be told; write it as a block that begins with '- id:'"
            )
        start = line_start(text, start - 1)
    return start, past_comments(text, after_line(text, item.end), dash)


def _after_field(text: str, pair: tuple[Spot, Spot]) -> int:
    return past_comments(text, after_line(text, pair[1].end), pair[0].column)


def stands_below_a_comment(text: str, event: str) -> bool:
    """Whether comments at the left edge stand directly above an event."""
    listed, item = _find(text, event)
    start = _extent(text, item, listed.column)[0]
    return over_comments(text, start, listed.column) < start


def event_extents(text: str, listed: Spot) -> "Iterator[tuple[str, int]]":
    """Each event of a list with the place where its lines end."""
    for item in listed.items:
        yield _id(item), _extent(text, item, listed.column)[1]
