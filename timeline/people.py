"""The people of a record by any of their names."""

from typing import TYPE_CHECKING

from timeline.names import Index

if TYPE_CHECKING:
    from timeline.model import Store


def person_index(store: "Store") -> Index:
    """Names as the events have them, and the aliases that the store declares for them."""
    used: dict[str, tuple[str, ...]] = {person.name: () for event in store.events for person in event.people}
    return Index("person", used | {name: known.aliases for name, known in store.vocabulary.people.items()})
