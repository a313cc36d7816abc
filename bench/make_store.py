"""Make a store of N realistic events: `python bench/make_store.py 10000 > events.yaml`. The same seed gives the same bytes.

Invented people travel between real states: about 475 bytes an event, oldest first, with the mixture of the shipped record (coarse dates, notes, parties of
several, events that are not visits). Visits go between few large and many small actors, so that some directions are long series.
"""

import random
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST, DAYS = date(1949, 1, 1), 28_300
SYLLABLES = "an bo chen da el fa go han il jo kim lo ma na or pak qi ra su ta un vo wei xu yo zhan".split()
OFFICES = (
    ("President", "president", 5),
    ("Premier", "premier", 6),
    ("General Secretary", "general-secretary, president", 3),
    ("Foreign Minister", "foreign-minister", 9),
    ("Vice-Premier", "vice-premier, politburo-member", 4),
    ("Chairman of Parliament", "parliament-chairman", 3),
    ("Minister of Defence", "defence-minister", 3),
    ("Vice Foreign Minister", "vice-minister", 5),
)
KINDS = ("official", "state", "working", "goodwill", "multilateral", "envoy", "ceremony", "transit")
OCCASIONS = (
    "anniversary of relations",
    "signing of a treaty",
    "summit meeting",
    "party congress",
    "state funeral",
    "talks on trade",
    "annual consultations",
)
NOTES = (
    "The end of the visit is not given; the report speaks of a stay of several days.",
    "Announced a week before; the itinerary was published only afterwards.",
    "One source has the arrival a day later, counted by the time of the capital of the host.",
)
PUBLISHERS = ("Daily News", "State News Agency", "Foreign Ministry", "Morning Post", "Year-end list")


def make_store(count: int, out: "Path | None" = None, seed: int = 1) -> None:
    """Write a store of `count` events to a file, or to standard output."""
    text = "timeline: 1\ntitle: Invented visits\nlicence: CC0-1.0\n\nevents:\n" + "".join(
        _events(count, random.Random(seed))
    )
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


def _events(count: int, dice: random.Random) -> "Iterator[str]":
    actors = [a.id for a in shipped().actors.values() if a.kind == "state"]
    dice.shuffle(actors)
    weights = [1 / (rank + 1) for rank in range(len(actors))]
    people = {actor: [_name(dice) for _ in range(8)] for actor in actors}
    starts = sorted(dice.randrange(DAYS) for _ in range(count))
    for number, start in enumerate(starts):
        visitor, host = dice.choices(actors, weights, k=2)
        while host == visitor:
            host = dice.choice(actors)
        yield _event(number, FIRST + timedelta(start), visitor, host, people, dice)


def _event(number: int, day: date, visitor: str, host: str, people: dict[str, list[str]], dice: random.Random) -> str:
    title, offices, _ = dice.choices(OFFICES, [weight for *_, weight in OFFICES])[0]
    name, place = dice.choice(people[visitor]), f"{host.replace('-', ' ').title()} City"
    lines = ["", f"- id: {visitor}-{host}-{day:%Y-%m}-{number}", f"  date: {_date(day, dice)}"]
    if number % 25 == 24:
        lines += [
            "  type: treaty",
            f"  title: Treaty on trade and payments, no. {number}",
            f"  actors: [{visitor}, {host}]",
        ]
    else:
        lines += [
            f"  visitor: {visitor}",
            f"  host: {host}",
            "  people:",
            *_person(name, f"{title} of {visitor}", offices),
        ]
        if dice.random() < 0.2:
            lines += [
                *_person(dice.choice(people[visitor]), "Foreign Minister", "foreign-minister"),
                "    role: accompanies",
            ]
        lines += [
            f"  kind: {dice.choice(KINDS)}",
            f"  places: [{place}]",
            f"  met: [{dice.choice(people[host])}]",
        ]
    lines += [f"  occasion: {dice.choice(OCCASIONS)}"]
    if dice.random() < 0.15:
        lines += ["  support: conflicting", f'  note: "{dice.choice(NOTES)}"']
    lines += [
        "  sources:",
        f"  - title: {name} arrives in {place}",
        f"    publisher: {dice.choice(PUBLISHERS)}",
        f"    url: https://example.org/{day:%Y/%m/%d}/{number}",
        f"    date: {day + timedelta(1)}",
    ]
    return "\n".join(lines) + "\n"


def _person(name: str, title: str, offices: str) -> list[str]:
    return [f"  - name: {name}", f"    title: {title}", f"    offices: [{offices}]"]


def _date(day: date, dice: random.Random) -> str:
    """Mostly a first and a last day; every sixth only a first day, a month or a year."""
    form = dice.random()
    if form < 0.02:
        return f"{day:%Y}~"
    if form < 0.10:
        return f"{day:%Y-%m}"
    return str(day) if form < 0.17 else f"{day}/{day + timedelta(dice.randrange(6))}"


def _name(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(SYLLABLES, k=k)).capitalize() for k in (1, 2))


if __name__ == "__main__":
    make_store(int(sys.argv[1]))
