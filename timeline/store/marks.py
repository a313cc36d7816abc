"""Where each thing stands in the text of a store: libyaml's marks, as ranges of characters.

The reader tells line and column, which is enough for a message; a change needs to know where a value ends as well. What is read here has passed the
loader before, or was spliced together from that, so nothing is checked again.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.errors import ChangeError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

REFERENCES = ("about", "since", "reference")  # fields of a claim that may hold the id of an event
_NAMED = ("id", "record", *REFERENCES)
_BLANKS = " \t\r\n"


class Spot(NamedTuple):
    """A node as `text[start:end]`. A block ends with its last value, before the comments and blank lines that follow.

    A scalar has a `value`, a map `pairs`, a list `items`; `flow` is what stands in brackets or braces, `lined` a text introduced by `|` or `>`.
    """

    start: int
    end: int
    column: int
    value: str | None = None
    pairs: "tuple[tuple[Spot, Spot], ...]" = ()
    items: "tuple[Spot, ...]" = ()
    flow: bool = False
    lined: bool = False

    def get(self, key: str) -> "Spot | None":
        return next((value for name, value in self.pairs if name.value == key), None)


def find_spots(text: str, whole: "Collection[str]" = ()) -> Spot:
    """The outermost map. Items of its lists keep only their id, references and the record that a claim names, but everything where the id is in `whole`."""
    import yaml

    following = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
    following(), following()  # the beginnings of the stream and the document
    try:
        return _Walk(text, following, yaml, frozenset(whole)).map(following(), top=True)
    except yaml.YAMLError as error:
        raise ChangeError(
            "so changed the record could not be read, by the way it is written; edit it by hand. Nothing was changed"
        ) from error


class _Walk:
    """One pass over libyaml's events."""

    def __init__(self, text: str, following: "Callable[[], Any]", yaml: Any, whole: frozenset[str]) -> None:
        self.text, self.next, self.yaml, self.whole = text, following, yaml, whole

    def spot(self, event: Any) -> Spot:
        if isinstance(event, self.yaml.ScalarEvent):
            return self.scalar(event)
        return self.list(event) if isinstance(event, self.yaml.SequenceStartEvent) else self.map(event)

    def scalar(self, event: Any) -> Spot:
        start, end, lined = event.start_mark.index, event.end_mark.index, event.style in ("|", ">")
        if lined and "+" not in self.text[start:end].split("\n", 1)[0].partition("#")[0]:
            end = start + len(self.text[start:end].rstrip(_BLANKS))
        return Spot(start, end, event.start_mark.column, event.value, lined=lined)

    def list(self, head: Any, *, thin: bool = False) -> Spot:
        items: list[Spot] = []
        while not isinstance(event := self.next(), self.yaml.SequenceEndEvent):
            item = self.spot(event)
            items.append(self.thin(item) if thin else item)
        end = event.end_mark.index if head.flow_style or not items else items[-1].end
        mark = head.start_mark
        return Spot(mark.index, end, mark.column, items=tuple(items), flow=bool(head.flow_style))

    def map(self, head: Any, *, top: bool = False) -> Spot:
        pairs: list[tuple[Spot, Spot]] = []
        while not isinstance(event := self.next(), self.yaml.MappingEndEvent):
            key, event = self.spot(event), self.next()
            thin = top and isinstance(event, self.yaml.SequenceStartEvent)
            pairs.append((key, self.list(event, thin=True) if thin else self.spot(event)))
        end = event.end_mark.index if head.flow_style or not pairs else pairs[-1][1].end
        mark = head.start_mark
        return Spot(mark.index, end, mark.column, pairs=tuple(pairs), flow=bool(head.flow_style))

    def thin(self, item: Spot) -> Spot:
        """An item of a long list without what no change asks for: 100,000 events have four million nodes."""
        name = item.get("id")
        if name is not None and name.value in self.whole:
            return item
        return item._replace(pairs=tuple(pair for pair in item.pairs if pair[0].value in _NAMED))
