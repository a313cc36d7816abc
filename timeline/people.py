"""The people and the events of a record by what a user calls them."""

from collections import Counter
from typing import TYPE_CHECKING

from timeline.names import Index, suggest_id

if TYPE_CHECKING:
    from timeline.model import Store


def person_index(store: "Store") -> Index:
    """Names as the events have them, the most travelled first, and the aliases that the store declares for them."""
    travelled = Counter(person.name for event in store.events for person in event.people)
    used: dict[str, tuple[str, ...]] = {name: () for name, _ in travelled.most_common()}
    return Index("person", used | {name: known.aliases for name, known in store.vocabulary.people.items()})


def unknown_id(asked: str, store: "Store") -> str:
    """What to say of an id that no event has: the nearest, the latest event first."""
    hint = suggest_id(asked, [event.id for event in reversed(store.events)])
    return f"no event has the id {asked!r}{hint or '; timeline list shows ids'}"
