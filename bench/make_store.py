"""Make a store of N realistic events: `python bench/make_store.py 10000 > events.yaml`. The same seed gives the same bytes.

With a folder after the number it holds a file for each year, since a file of a record has at most 128 MB.

Invented people travel between real states: about 475 bytes an event, oldest first, with the mixture of the shipped record (coarse dates, notes, parties of
several, events that are not visits). Visits go between few large and many small actors, so that some directions are long series.
`exact`: every date is a day, as most peers know no other.
"""

import random
import sys
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from timeline.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

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


HEAD = "timeline: 1\ntitle: Invented visits\nlicence: CC0-1.0\n\nevents:\n"


class Row(NamedTuple):
    """What a flat table says of an event; no visitor and no host where it is no visit."""

    id: str
    start: str
    end: str
    visitor: str
    host: str
    kind: str
    name: str
    office: str


def make_store(count: int, out: Path | None = None, seed: int = 1, *, exact: bool = False) -> list[Row]:
    """Write a store of `count` events to a file, or to standard output; to a folder, a file for each year. Gives its rows."""
    made = list(_events(count, random.Random(seed), exact=exact))
    if out is not None and out.is_dir():
        for year, events in groupby(made, lambda one: one[0].start[:4]):
            (out / f"{year}.yaml").write_text(HEAD + "".join(text for _, text in events), encoding="utf-8")
    elif out is not None:
        out.write_text(HEAD + "".join(text for _, text in made), encoding="utf-8")
    else:
        sys.stdout.write(HEAD + "".join(text for _, text in made))
    return [row for row, _ in made]


def _events(count: int, dice: random.Random, *, exact: bool) -> "Iterator[tuple[Row, str]]":
    actors = [a.id for a in shipped().actors.values() if a.kind == "state"]
    dice.shuffle(actors)
    weights = [1 / (rank + 1) for rank in range(len(actors))]
    people = {actor: [_name(dice) for _ in range(8)] for actor in actors}
    starts = sorted(dice.randrange(DAYS) for _ in range(count))
    for number, start in enumerate(starts):
        visitor, host = dice.choices(actors, weights, k=2)
        while host == visitor:
            host = dice.choice(actors)
        yield _event(number, FIRST + timedelta(start), visitor, host, people, dice, exact=exact)


def _event(number: int, day: date, visitor: str, host: str, people: dict[str, list[str]], dice: random.Random, *, exact: bool) -> tuple[Row, str]:  # fmt: skip
    title, offices, _ = dice.choices(OFFICES, [weight for *_, weight in OFFICES])[0]
    name, place = dice.choice(people[visitor]), f"{host.replace('-', ' ').title()} City"
    when = _days(day, dice) if exact else _date(day, dice)
    row = Row(f"{visitor}-{host}-{day:%Y-%m}-{number}", when[:10], when[-10:], visitor, host, "", name, offices)
    lines = ["", f"- id: {row.id}", f"  date: {when}"]
    if number % 25 == 24:
        row = row._replace(visitor="", host="")
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
        row = row._replace(kind=dice.choice(KINDS))
        lines += [
            f"  kind: {row.kind}",
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
    return row, "\n".join(lines) + "\n"


def _person(name: str, title: str, offices: str) -> list[str]:
    return [f"  - name: {name}", f"    title: {title}", f"    offices: [{offices}]"]


def _date(day: date, dice: random.Random) -> str:
    """Mostly a first and a last day; every sixth only a first day, a month or a year."""
    form = dice.random()
    if form < 0.02:
        return f"{day:%Y}~"
    if form < 0.10:
        return f"{day:%Y-%m}"
    return str(day) if form < 0.17 else _days(day, dice)


def _days(day: date, dice: random.Random) -> str:
    return f"{day}/{day + timedelta(dice.randrange(6))}"


def _name(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(SYLLABLES, k=k)).capitalize() for k in (1, 2))


if __name__ == "__main__":
    make_store(int(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
