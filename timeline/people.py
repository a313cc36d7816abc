"""The people, the events and the places, tags and hosts of a record by what a user calls them."""

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from timeline.names import Index, fold, suggest_id

if TYPE_CHECKING:
    from timeline.model import Store


FIELDS = {"place": "places", "tag": "tags", "met": "met"}  # what is looked for → the field of an event


class PersonIndex(Index):
    """Names of people, whatever the breaks in their given names: `Xi Jin-ping` is Xi Jinping, where nobody else is."""

    def find(self, text: str) -> str | None:
        return super().find(text) or self._whole.get(_whole(fold(text)))

    @cached_property
    def _whole(self) -> dict[str, str | None]:
        """Keys with the given name in one piece. One that several people have leads to none."""
        found: dict[str, str | None] = {}
        for key, name in self.keys.items():
            whole = _whole(key)
            found[whole] = name if found.get(whole, name) == name else None
        return found


def _whole(key: str) -> str:
    family, _, given = key.partition(" ")
    return f"{family} {given.replace(' ', '')}"


def person_index(store: "Store") -> Index:
    """Names as the events have them, the most travelled first, and the aliases that the store declares for them."""
    travelled = Counter(person.name for event in store.events for person in event.people)
    declared = {name: known.aliases for name, known in store.vocabulary.people.items()}
    used = {name: declared.pop(name, ()) for name, _ in travelled.most_common()}
    bare = Counter(name.partition(" (")[0] for name in used)
    return PersonIndex(
        "person", {name: (*aliases, *_unmarked(name, bare)) for name, aliases in used.items()} | declared
    )


def value_index(store: "Store", what: str) -> Index:
    """The places (with other spellings of capitals), the tags, or those who are `met` (with other names that are declared), as the events have them."""
    values = dict.fromkeys(value for event in store.events for value in getattr(event, FIELDS[what]))
    if what == "place":
        return Index(what, {place: store.vocabulary.spellings(place) for place in values})
    names = store.vocabulary.names_of if what == "met" else lambda value: (value,)
    return Index({"met": "host"}.get(what, what), {value: names(value) for value in values})


def _unmarked(name: str, bare: Counter[str]) -> tuple[str, ...]:
    """`Kim Yong Il (premier)` without the brackets, and without what stands in them where the record has no other of that name."""
    plain, _, told = name.partition(" (")
    if not told:
        return ()
    return (f"{plain} {told.rstrip(')')}", *((plain,) if bare[plain] == 1 else ()))


def unknown_id(asked: str, store: "Store") -> str:
    """What to say of an id that no event has: the nearest, the latest event first."""
    hint = suggest_id(asked, [event.id for event in reversed(store.events)])
    return f"no event has the id {asked!r}{hint or '; timeline list shows ids'}"
