"""What events rest on: sources and their addresses, memory, and dates that say more than was read."""

import re
from typing import TYPE_CHECKING

from timeline.checks.model import Case, Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.checks.model import Find
    from timeline.model import Event

_HOST = re.compile(r"https?://(?:[^\s/@?#]*@)?([^\s/:?#]*)(?::\d+)?([/?#].*)?", re.IGNORECASE | re.DOTALL)
_NOWHERE = re.compile(
    r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|.*\.(?:local|localhost|internal|invalid|test|example)|(?:.*\.)?example\.(?:com|net|org|edu)",
    re.IGNORECASE,
)
_TRACKING = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid|yclid|msclkid|mc_[ce]id|igshid)=", re.IGNORECASE)
_DAY = r"(?:exact |precise )?(?:day|days|date|dates)"
_DOUBT = re.compile(
    rf"\b(?:only the month (?:is|was)|month only|(?:no|without an?) exact {_DAY}|{_DAY} (?:is|are|was|were)? ?(?:not (?:read|given|known|certain)|unknown|inferred|recalled|a guess|from memory))",
    re.IGNORECASE,
)


def unsourced(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        if not event.sources and event.support == "confirmed":
            yield Finding(event, f"{event.id} is confirmed but names no source")


def single(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        if event.support == "confirmed" and len(event.sources) == 1:
            source = event.sources[0]
            yield Finding(event, f"{event.id} rests on one source ({source.publisher or source.title or source.url})")


def supported_by(support: str, why: str) -> "Find":
    """A check of the events of one kind of support."""

    def find(case: Case) -> "Iterator[Finding]":
        return (Finding(event, f"{event.id} {why}") for event in case.store.events if event.support == support)

    return find


def urls(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for url in _urls(event):
            if fault := _fault(url):
                yield Finding(event, f"{event.id}: {url!r} {fault}")


def no_urls(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for source in event.sources:
            if not source.url:
                yield Finding(event, f"{event.id}: {source.title!r} has no address")


def _fault(url: str) -> str:
    """Why an address leads nowhere, as far as its form tells."""
    match = _HOST.fullmatch(url)
    host, path = (match[1], match[2] or "") if match else ("", "")
    if re.search(r"\s", url):
        return "has a blank in it"
    if _NOWHERE.fullmatch(host):
        return "leads nowhere outside one machine, or is made up"
    if "." not in host and ":" not in host:
        return "has no full host name"
    return "is only the front page of a site" if path in ("", "/") else ""


def tracking(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        for url in _urls(event):
            if names := _TRACKING.findall(url):
                yield Finding(event, f"{event.id}: {', '.join(dict.fromkeys(names))} in {url[:80]}")


def _urls(event: "Event") -> "Iterator[str]":
    return (source.url for source in event.sources if source.url)


def precision(case: Case) -> "Iterator[Finding]":
    for event in case.store.events:
        doubt = _DOUBT.search(event.note)
        if doubt and event.date.start.exact and not (event.date.approximate or event.date.uncertain):
            yield Finding(event, f"{event.id}: {event.date.text}, but the note says {doubt[0]!r}")


CHECKS = (
    Check(
        "unsourced",
        "error",
        "events that count as confirmed and name no source",
        "an event without sources: and without support:",
        "add a source, or set support: recalled",
        unsourced,
    ),
    Check(
        "single-source",
        "info",
        "confirmed events that rest on one source",
        "sources: with one entry",
        "add a second source that does not copy the first",
        single,
    ),
    Check(
        "recalled",
        "warning",
        "events that rest on memory",
        "support: recalled",
        "find a source that settles it",
        supported_by("recalled", "rests on memory"),
    ),
    Check(
        "conflicting",
        "warning",
        "events on which sources disagree",
        "support: conflicting",
        "find a source that settles it",
        supported_by("conflicting", "has sources that disagree"),
    ),
    Check(
        "urls",
        "warning",
        "addresses that lead nowhere by their form: blanks, localhost and the like, example domains, a host without a dot, the front page of a site",
        "url: https://www.reuters.com/",
        "give the address of the page itself; nothing is fetched, so a dead link is not found",
        urls,
    ),
    Check(
        "no-url",
        "info",
        "sources without an address",
        "- title: A book, and no url:",
        "add one, also of an archived copy, where there is one",
        no_urls,
    ),
    Check(
        "tracking",
        "info",
        "addresses with parameters that only tell where a reader came from",
        "url: https://…/story?utm_source=rss_feed",
        "cut them off",
        tracking,
    ),
    Check(
        "precision",
        "info",
        "dates exact to the day, while the note says that the day was not read, is inferred or recalled. A guess by words",
        "date: 1978-05-05 with note: Only the month is known.",
        "write the date as exactly as the source gives it, or mark it: 1978-05-05?",
        precision,
    ),
)
