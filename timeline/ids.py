"""Ids for events that were given none."""

import re
from typing import TYPE_CHECKING

from timeline.names import plain
from timeline.store.rules import MOST_ID

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.model import Event
    from timeline.vocabulary import Vocabulary


def propose_id(event: "Event", taken: "Collection[str]", words: "Vocabulary") -> str:
    """`who-where-year-month` in ASCII, with a number where that is taken: `li-qiang-pyongyang-2025-10`. The capital counts before other places."""
    heads = [person.name for person in event.people if person.role == "heads"] or [p.name for p in event.people]
    who = next(filter(None, map(_slug, heads)), event.visitor)
    capitals = words.actors[event.host].capitals if event.host else ()
    places = sorted(event.places, key=lambda place: place not in capitals)
    where = next(filter(None, map(_slug, places)), event.host)
    parts = (who, where) if event.type == "visit" else ("-".join(_slug(event.title).split("-")[:5]) or event.type,)
    date = re.match(r"\d{4}(-\d\d)?", event.date.text.strip("[./ ")) or re.match("", "")
    base = (
        "-".join(filter(None, (*(part[: MOST_ID // 3].strip("-") for part in parts), date[0] if date else "")))
        or "event"
    )
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _slug(text: str) -> str:
    """Latin letters and digits of a text, joined by hyphens; empty for a text in another script."""
    latin = plain(text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    letters = sum(character.isalpha() for character in text)
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    return slug if 2 * sum(character.isalpha() for character in latin) >= letters else ""
