"""`claim`: a verdict as an answer, and many of them as a fact-check report."""

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.answer import Answer, Block, Column, Facts, Grid, Heading, Line
from timeline.answers.events import source_text, who
from timeline.answers.reading import reading_words
from timeline.claims.left_out import FEW
from timeline.claims.model import NAMES
from timeline.claims.sensitivity import cover_words
from timeline.dates import duration_text, iso
from timeline.scope import scope_values
from timeline.store.flat import cited
from timeline.text import both, date_text, day_text, names, plural, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.claims.model import Claim, LeftOut, Reading, Verdict
    from timeline.model import Event, Store

KEYS = tuple(
    "id claim form scope about verdict expected reading deciding gap_days_least gap_days_most fits excluded coverage rewrite why sources switch readings flips notes publisher published url said_in record parts as_of excluded_why".split()
)
STATUS = {"holds": 0, "holds-rounded": 0, "fails": 1, "depends": 3, "undetermined": 3, "unverifiable": 3}
STYLE = {
    "holds": "good",
    "holds-rounded": "good",
    "fails": "bad",
    "depends": "warn",
    "undetermined": "warn",
    "unverifiable": "warn",
}
AS_READ = "the claim itself, as it was read"
NOTHING = "no sentence was found that surely holds; write the dates of the visits themselves"
UNFLIPPED = "no single change that is tried (another person, rank, office, role, kind or place, completed years, a doubtful visit)"
TAKEN = "how it is taken: what each way gives stands below"
FEW_READINGS = 6
FEW_SOURCES = 3  # of the one visit that decides; where more do, one of each


def claim_answer(verdict: "Verdict", store: "Store", as_of: int) -> Answer:
    """One claim in full."""
    return Answer(
        "claim",
        [_row(verdict, store)],
        tuple(_blocks(verdict, store)),
        scope_values(verdict.main.query),
        {"verdict": verdict.verdict},
        iso(as_of),
        status=STATUS[verdict.verdict],
        keys=KEYS,
    )


class Checked(NamedTuple):
    """A verdict, the record from which it was found, and the path of that where the claim names it."""

    verdict: "Verdict"
    store: "Store"
    record: str = ""


def report_answer(checked: "Sequence[Checked]", as_of: int, title: str) -> Answer:
    """Many claims: a table of all, then each. The status is 1 where one differs from the verdict expected of it, or, where none is expected, fails."""
    verdicts = [one.verdict for one in checked]
    counts = Counter(verdict.verdict for verdict in verdicts)
    total = both(f"{count} {NAMES[name]}" for name, count in counts.items()) if verdicts else "no claims"
    unlike = [v for v in verdicts if v.claim.expected and v.claim.expected != v.verdict]
    blocks: list[Block] = [
        Heading(title, 1),
        Line(f"{plural(len(verdicts), 'claim')}: {total}{_as_expected(verdicts)}."),
        _overview(verdicts),
    ]
    for one in checked:
        blocks += _blocks(*one)
    remarks = [f"{v.claim.id}: expected {v.claim.expected}, found {v.verdict}: {v.main.finding.reason}" for v in unlike]
    return Answer(
        "claim",
        [_row(*one) for one in checked],
        tuple(blocks),
        {},
        dict(counts) | {"claims": len(verdicts), "unexpected": len(unlike)},
        iso(as_of),
        tuple(remarks),
        _status(verdicts),
        KEYS,
    )


def _as_expected(verdicts: "Sequence[Verdict]") -> str:
    found = [v.claim.expected == v.verdict for v in verdicts if v.claim.expected]
    return f"; {sum(found)} of {len(found)} as expected" if found else ""


def _overview(verdicts: "Sequence[Verdict]") -> Grid:
    """All claims, a row each, with the verdict expected of one only where another was found."""
    columns = [
        Column("Id", least=8),
        Column("Verdict", style="strong", least=12),
        Column("Claim", least=28),
        Column("Why", least=28, worth=7),
    ]
    rows: list[tuple[str, ...]] = [(v.claim.id, NAMES[v.verdict], v.claim.text, _why(v)) for v in verdicts]
    unlike = [NAMES[v.claim.expected] if v.claim.expected not in ("", v.verdict) else "" for v in verdicts]
    if any(unlike):
        columns.insert(2, Column("Expected", style="warn"))
        rows = [(*row[:2], expected, *row[2:]) for row, expected in zip(rows, unlike, strict=True)]
    marks = {i: STYLE[v.verdict] for i, v in enumerate(verdicts)}
    return Grid(tuple(columns), tuple(rows), marks, marked=1, spaced=True)


def _why(verdict: "Verdict") -> str:
    """The reason in a line; of several claims in one sentence that of the one which decides, with its words."""
    why = (verdict.verdict == "depends" and verdict.switch) or verdict.main.finding.reason
    decides = next((part for part in verdict.parts if part.readings is verdict.readings), None)
    return f"{decides.claim.text}: {why}" if decides else why


def _status(verdicts: "Sequence[Verdict]") -> int:
    """Whether what was expected was found; without expectations, the worst of the verdicts: a failure before what is undecided."""
    if any(v.claim.expected for v in verdicts):
        return int(any(v.claim.expected and v.claim.expected != v.verdict for v in verdicts))
    found = {STATUS[v.verdict] for v in verdicts}
    return STATUS["fails"] if STATUS["fails"] in found else max(found, default=0)


def _row(verdict: "Verdict", store: "Store", record: str = "") -> dict[str, Any]:
    claim, main = verdict.claim, verdict.main
    finding = main.finding
    days = [end - start for start, end in finding.stretches]
    decided = dict.fromkeys(event for reading in verdict.readings for event in reading.finding.deciding)
    return {
        "id": claim.id or None,
        "claim": claim.text,
        "form": claim.form,
        "scope": scope_values(main.query),
        "about": verdict.about.id if verdict.about else None,
        "verdict": verdict.verdict,
        "expected": claim.expected or None,
        "reading": _read_as(verdict, store),
        "deciding": [event.id for event in decided],
        "gap_days_least": min(days, default=None),
        "gap_days_most": max(days, default=None),
        "fits": list(finding.fits),
        "excluded": [one.event.id for one in verdict.excluded],
        "coverage": list(
            dict.fromkeys(one.id for r in verdict.readings if r.finding.cover for one in r.finding.cover.used)
        ),
        "rewrite": verdict.rewrite or None,
        "why": finding.reason,
        "sources": [cited(source) for event in decided for source in event.sources],
        "switch": verdict.switch or None,
        "readings": [
            {
                "reading": r.label,
                "verdict": r.finding.verdict,
                "why": r.finding.reason,
                "deciding": [event.id for event in r.finding.deciding],
            }
            for r in verdict.readings
        ],
        "flips": list(verdict.flips or ()),
        "notes": list(verdict.notes),
        "publisher": claim.publisher or None,
        "published": [iso(day) for day in claim.published] if claim.published else None,
        "url": claim.url or None,
        "said_in": [cited(source) for source in claim.sources],
        "record": record or None,
        "parts": [_row(part, store) for part in verdict.parts],
        "as_of": iso(verdict.day) if verdict.day is not None else None,
        "excluded_why": [one.why for one in verdict.excluded],
    }


def _read_as(verdict: "Verdict", store: "Store") -> str:
    """How a claim was read; of one that makes several, each."""
    return "; and ".join(_read_as(part, store) for part in verdict.parts) or reading_words(
        verdict.claim, verdict.main, store
    )


def _blocks(verdict: "Verdict", store: "Store", record: str = "") -> "Iterator[Block]":
    if not verdict.parts:
        yield from _one(verdict, store, record)
        return
    claim = verdict.claim
    yield _said_so(claim)
    yield Facts((*_beside(claim, record), ("read as", _read_as(verdict, store))))
    yield Heading(
        f"{NAMES[verdict.verdict]}, as {plural(len(verdict.parts), 'claim')} in one", 3, STYLE[verdict.verdict]
    )
    yield Facts((("safe to write", _safe(verdict)),))
    for part in verdict.parts:
        yield from _one(part, store)


def _one(verdict: "Verdict", store: "Store", record: str = "") -> "Iterator[Block]":
    """The claim and how it was read, before what came of it: whoever was misread should see that first."""
    yield _said_so(verdict.claim)
    yield Facts(tuple(_reading(verdict, store, record)))
    told = f" on {'' if verdict.verdict == 'depends' else 'one reading: '}{verdict.switch}" if verdict.switch else ""
    yield Heading(f"{NAMES[verdict.verdict]}{told}", 3, STYLE[verdict.verdict])
    yield Facts(tuple(_facts(verdict)))
    shown = _told(verdict.readings) if verdict.switch else [verdict.main]
    if verdict.switch:
        yield Heading("On each reading", 3)
        rows = tuple(
            (label, NAMES[reading.finding.verdict], reading.finding.reason)
            for label, reading in zip(_labels(shown), shown, strict=True)
        )
        columns = (
            Column("Taken as", least=24),
            Column("Verdict", style="strong"),
            Column("Because", least=30),
        )
        yield Grid(columns, rows, spaced=True)
    first, *others = [reading.finding.deciding for reading in shown]
    if decided := [*_deciding(first, others)]:
        yield Heading("Decided by", 3)
        yield Facts(tuple(decided))


def _said_so(claim: "Claim") -> Heading:
    return Heading(f"“{claim.text}”{f' ({claim.id})' if claim.id else ''}", 2)


def _told(readings: "Sequence[Reading]") -> "list[Reading]":
    """The first reading, and of those that take another meaning of who, come to another answer or to it by other visits, the nearest to it and plainest."""
    first = readings[0]
    seen: dict[object, Reading] = {_kept(first): first}
    for reading in sorted(readings[1:], key=lambda one: (_apart(first, one), len(one.label))):
        seen.setdefault(_kept(reading), reading)
    return list(seen.values())[:FEW_READINGS]


def _kept(reading: "Reading") -> object:
    """What a row of its own is for: readings that share it are told by one of them."""
    found = reading.finding
    return dict(reading.switches).get("who"), found.verdict, found.deciding


def _apart(one: "Reading", other: "Reading") -> int:
    """How many switches two readings take differently."""
    return len(set(one.switches) ^ set(other.switches))


def _labels(readings: "Sequence[Reading]") -> list[str]:
    """What each reading takes otherwise than the rest; switches that all of them take alike are not told."""
    taken = [dict(reading.switches) for reading in readings]
    keys = dict.fromkeys(key for switches in taken for key in switches)
    told = [key for key in keys if len({switches.get(key) for switches in taken}) > 1]
    return ["; ".join(switches[key] for key in told if key in switches) or "as it stands" for switches in taken]


def _reading(verdict: "Verdict", store: "Store", record: str) -> "Iterator[tuple[str, str]]":
    yield from _beside(verdict.claim, record)
    yield "read as", reading_words(verdict.claim, verdict.main, store)
    if verdict.about is not None:
        event = verdict.about
        inferred = " (taken to be the one meant; say which with --about)" if verdict.inferred else ""
        yield "about", f"{who(event.people)}, {date_text(event.date)} ({event.id}){inferred}"
    if verdict.day is not None:
        yield "as of", f"{day_text(verdict.day)} (another day: --as-of)"


def _facts(verdict: "Verdict") -> "Iterator[tuple[str, str]]":
    main = verdict.main
    finding = main.finding
    yield "because", finding.reason
    if (
        finding.stretches and verdict.about is not None
    ):  # without a visit, the time to the day of asking is not what the claim says
        least, most = finding.stretches[0], finding.stretches[-1]
        days = least[1] - least[0], most[1] - most[0]
        exact = f"{duration_text(*least)} ({days[0]:,} days)"
        yield "gap", exact if days[0] == days[1] else f"{exact} to {duration_text(*most)} ({days[1]:,} days)"
    if finding.fits:
        yield "fits", both(finding.fits)
    for number, told in enumerate(_not_counted(verdict.excluded)):
        yield "" if number else "not counted", told
    for number, words in enumerate(_coverage(verdict)):
        yield "" if number else "coverage", words
    for number, flip in enumerate(_flips(verdict)):
        yield "" if number else "would flip", flip
    for number, note in enumerate(verdict.notes):
        yield "" if number else "note", note
    yield "safe to write", _safe(verdict)


def _coverage(verdict: "Verdict") -> "Iterator[str]":
    """The coverage on which the first reading rests, then, where readings differ, what else another rests on."""
    yield cover_words(verdict.main)
    seen = {cover_words(verdict.main)}
    for reading in _told(verdict.readings) if verdict.switch else ():
        words = cover_words(reading)
        if words not in seen and reading.finding.cover and reading.finding.cover.used:
            seen.add(words)
            yield f"taken as “{reading.label}”: {words}"


def _flips(verdict: "Verdict") -> "Sequence[str]":
    """What would give another verdict; where that turns on a switch, the readings tell what each way of taking it gives."""
    if verdict.flips is None or verdict.flips:
        return verdict.flips or ()
    return (TAKEN,) if verdict.switch else (UNFLIPPED,)


def _beside(claim: "Claim", record: str) -> "Iterator[tuple[str, str]]":
    """Who said it, the record that it names, and what is remarked on it."""
    for number, said in enumerate(_said(claim)):
        yield "" if number else "said by", said
    if record:
        yield "record", record
    if claim.why:
        yield "remark", claim.why


def _safe(verdict: "Verdict") -> str:
    return verdict.rewrite or (AS_READ if verdict.verdict == "holds" and verdict.claim.borne_out else NOTHING)


def _not_counted(left_out: "Sequence[LeftOut]") -> "Iterator[str]":
    """The first of those not made, and of those that were, each with what it is left out for; then how many more there are."""
    unmade = [one for one in left_out if one.event.status != "happened"]
    made = [one for one in left_out if one.event.status == "happened"]
    shown = (*unmade[:FEW], *made[:FEW])
    for event, why in shown:
        yield f"{names(event)}, {date_text(event.date)} ({why}; {event.id})"
    if len(shown) < len(left_out):
        yield f"… and {len(left_out) - len(shown)} more that would change the verdict"


def _said(claim: "Claim") -> "Iterator[str]":
    """Who published a claim, when and where, and in what it stands."""
    if claim.publisher or claim.url:
        when = span_text(*claim.published) if claim.published else ""
        yield ", ".join(filter(None, (claim.publisher, when, claim.url)))
    yield from map(source_text, claim.sources)


def _deciding(first: "Sequence[Event]", others: "Sequence[Sequence[Event]]") -> "Iterator[tuple[str, str]]":
    """The visits on which the first reading rests, then those on which the others do, of each of these in turn one."""
    beside = [event for events in zip_longest(*others) for event in events if event and event not in first]
    every = dict.fromkeys((*first, *beside))
    told = dict.fromkeys((*first[:FEW_READINGS], *[*dict.fromkeys(beside)][:FEW_READINGS]))
    most = FEW_SOURCES if len(told) == 1 else 1
    for event in told:
        star = "" if event.support == "confirmed" else f" [{event.support}]"
        more = f" ({most} of {len(event.sources)} sources)" if len(event.sources) > most else ""
        yield event.id, f"{names(event)}, {date_text(event.date)}{star}{more}"
        for source in event.sources[:most]:
            yield "", source_text(source)
    if len(every) > len(told):
        yield "", f"… and {len(every) - len(told)} more"
