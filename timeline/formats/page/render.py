"""The page as text: the template filled in, with its style and its script inside and a policy that lets nothing else run."""

import json  # noqa: TID253 - this module is imported only to write the page
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from timeline.dates import NEVER_AFTER, NEVER_BEFORE
from timeline.formats.exporting import person_words
from timeline.formats.jsonld import linked_data
from timeline.formats.page.model import CLASSES, Page, Shown, known_end, link_of
from timeline.names import LETTERS
from timeline.text import day_text, plural, span_text, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.page.gaps import Bar
    from timeline.model import Event
    from timeline.quantities import Quantities
    from timeline.vocabulary import Vocabulary

SCRIPTS = ("days.js", "words.js", "record.js", "lanes.js", "draw.js", "detail.js", "steer.js", "start.js")
MOST_LINKED = 500  # events described one by one for search engines
STYLES = ("page.css", "drawing.css")


def page_text(page: Page, vocabulary: "Vocabulary") -> str:
    """The whole file. Jinja2 is imported only here."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style, script = "".join(map(_file, STYLES)), _script()
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # fmt: skip
    environment.filters |= {
        "visible": visible,
        "plural": plural,
        "day": day_text,
        "days": lambda span: span_text(*span),
        "link": lambda url: link_of("", url=url),
    }
    return environment.from_string(_file("page.html")).render(
        page=page,
        classes=CLASSES,
        decades=_decades(page.events),
        people=lambda event: [person_words(person, vocabulary) for person in event.people],
        office=lambda event: person_words(event.people[0], vocabulary).removeprefix(event.people[0].name),
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own files, and JSON in which nothing can end its element
        script=Markup(script),  # noqa: S704
        data=Markup(embedded(_data(page, vocabulary))),  # noqa: S704
        linked=Markup(embedded(_linked(page, vocabulary))),  # noqa: S704
    )


def _linked(page: Page, vocabulary: "Vocabulary") -> dict[str, Any]:
    """The record for search engines; of a large one only the whole is described."""
    events = [one.event for one in page.events]
    return linked_data(page, events, events if len(events) <= MOST_LINKED else (), vocabulary)


def _file(name: str) -> str:
    return (files("timeline.formats.page") / name).read_text("utf-8")


def _script() -> str:
    """The parts of the script as one function, so that none of its names is global."""
    return "(() => {\n'use strict';\n" + "".join(map(_file, SCRIPTS)) + "})();\n"


def _policy(style: str, script: str) -> str:
    """Nothing is loaded from anywhere; only this style and this script take effect, known by their hashes."""
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def embedded(value: Any) -> str:
    """JSON that can stand in a script element: no text in it ends the element or a line, or is unseen."""
    text = json.dumps(_seen(value), ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(str(key)): _seen(one) for key, one in value.items()}
    return [_seen(one) for one in value] if isinstance(value, (list, tuple)) else value


def _decades(events: "Iterable[Shown]") -> dict[int, list[Shown]]:
    found: dict[int, list[Shown]] = {}
    for one in events:
        found.setdefault(one.decade, []).append(one)
    return found


def _data(page: Page, vocabulary: "Vocabulary") -> dict[str, Any]:
    """What the script reads. Days are ordinals, as in Python; an empty field is left out."""
    number = {one.event.id: i for i, one in enumerate(page.events)}
    return {
        "asOf": page.as_of,
        "asOfText": day_text(page.as_of),
        "lanes": [[lane.name, lane.visitor, lane.host, lane.visits] for lane in page.lanes],
        "classes": [name for _, name in CLASSES],
        "whose": [
            {"label": who.label, "option": who.option, "gaps": {lane: [_bar(bar, number) for bar in bars if _known(bar, number)] for lane, bars in who.gaps.items()}}
            for who in page.whose
        ],
        "events": [_event(one, number, vocabulary) for one in page.events],
        "aliases": page.aliases,
        "letters": LETTERS,
        "claims": [[claim.about, claim.verdict_words, claim.text, claim.why] for claim in page.claims if claim.about],
        "figures": [_figures(one) for one in page.figures],
    }  # fmt: skip


def _figures(one: "Quantities") -> dict[str, Any]:
    """Each figure with its days, its height, for how many months it is, and whether it was printed so."""
    unit = f"{one.unit} a month" if one.summed else one.unit
    points = [
        [item.span.earliest, item.span.latest, round(item.height, 3), round(item.months, 2), int(item.support == "printed"), span_text(*item.span)]
        for item in one.drawn
    ]  # fmt: skip
    return {"name": one.name, "unit": unit, "points": points}


def _known(bar: "Bar", number: dict[str, int]) -> bool:
    """Whether the visits that a gap lies between are on the page."""
    return bar.earlier in number and (not bar.later or bar.later in number)


def _bar(bar: "Bar", number: dict[str, int]) -> list[Any]:
    later = number[bar.later] if bar.later else -1
    flags = 4 * bar.near + 2 * bar.covered + bar.longest
    return [number[bar.earlier], later, flags, *bar.sure, bar.label, bar.span, bar.short, bar.text, bar.rank, *(bar.whole if bar.whole != bar.sure else ())]  # fmt: skip


def _event(one: Shown, number: dict[str, int], vocabulary: "Vocabulary") -> dict[str, Any]:
    event = one.event
    start = event.date.start
    values = {
        "id": event.id,
        "lane": -1 if one.lane is None else one.lane,
        "rank": one.rank,
        "from": None if start.earliest == NEVER_BEFORE else start.earliest,
        "to": None if start.latest == NEVER_AFTER else start.latest,
        "end": _end(event),
        "who": one.who,
        "date": one.date,
        "name": one.name,
        "office": one.head,
        "type": "" if event.type == "visit" else event.type,
        "direction": one.direction if one.lane is None else "",
        "rough": 1 if not start.exact or event.date.approximate or event.date.uncertain else None,
        "weak": "" if event.support == "confirmed" else event.support,
        "status": "" if event.status == "happened" else event.status,
        "kind": event.kind,
        "places": ", ".join(event.places),
        "met": ", ".join(event.met),
        "people": [person_words(person, vocabulary) for person in event.people],
        "occasion": event.occasion,
        "tags": ", ".join(event.tags),
        "note": event.note,
        "sources": [[link.text, link.url] if link.url else [link.text] for link in one.sources],
        "beside": [[words, number.get(id_, -1)] for words, id_ in one.neighbours],
    }
    return {key: value for key, value in values.items() if value not in ("", None, (), [])} | _said(one)


def _end(event: "Event") -> int | None:
    """The last day, where it is known and another than the first."""
    end = known_end(event.date)
    return None if end in (NEVER_AFTER, event.date.start.latest) else end


def _said(one: Shown) -> dict[str, Any]:
    """What can be said, where it was sought; that nothing can is an answer too."""
    return {} if one.said is None else {"said": one.said}
