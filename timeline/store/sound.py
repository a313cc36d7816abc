"""What the loader would say of events that are not in any file yet."""

from typing import TYPE_CHECKING

from timeline.errors import Problems
from timeline.store.build import Builder
from timeline.store.reader import Document, Items, Unreadable
from timeline.store.write import event_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Event
    from timeline.vocabulary import Vocabulary


def faults_of(events: "Iterable[Event]", words: "Vocabulary") -> Problems:
    """The problems of events, each as it would be written, by itself."""
    problems = Problems()
    for event in events:
        document = Document(f"{event.id} (as it would be)", event_text(event))
        try:
            node = document.whole()
        except Unreadable as error:
            problems.append(error.problem)
        else:
            builder = Builder(document, words, problems)
            for item in node.items if isinstance(node, Items) else ():
                builder.event(item)
    return problems
