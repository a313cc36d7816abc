"""`claim`: from what was typed, or files of claims, to verdicts."""

from pathlib import Path
from typing import TYPE_CHECKING

from timeline.answers.claim import claim_answer, report_answer
from timeline.claims.fields import read_claim
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.cli.values import dated
from timeline.dates import DateError, parse_when
from timeline.errors import UsageError
from timeline.people import unknown_id
from timeline.progress import watched

if TYPE_CHECKING:
    from timeline.answer import Answer
    from timeline.cli.options import Request
    from timeline.model import Store


def single(store: "Store", text: str, about: str, published: str | None, as_of: int) -> "Answer":
    """The verdict on one sentence. Raises UsageError where it is not understood, or where it is not clear which visit it is about."""
    if about and about not in store.by_id:
        raise UsageError(f"--about: {unknown_id(about, store)}")
    try:
        day = dated("--published", published, parse_when).start if published is not None else None
        claim = parse(text, store, store.by_id.get(about), day)
    except (NotUnderstood, DateError) as error:
        raise UsageError(str(error)) from error
    verdict = judge(claim, store, as_of)
    if verdict.about is None and claim.asks_visit:
        raise UsageError(verdict.main.finding.reason)
    return claim_answer(verdict, store, as_of)


def report(request: "Request", files: list[str], as_of: int) -> "Answer":
    """The verdicts on all claims of some files, against the record asked for, or against the one that a file itself holds or names beside it."""
    verdicts = []
    for file in files:
        store = request.with_file(file)
        claims = [claim for claim in store.claims if claim.origin.file == file]
        if claims and not store.events:
            raise UsageError(f"{file}: claims and no events; name the record that they are about with --store")
        with request.progress("judging") as watch:
            verdicts += [judge(read_claim(claim, store), store, as_of) for claim in watched(claims, watch)]
    title = both_titles(files)
    if not verdicts:
        raise UsageError(f"{title}: no claims in it")
    return report_answer(verdicts, store, as_of, title)


def both_titles(files: list[str]) -> str:
    return ", ".join(Path(file).name for file in files)
