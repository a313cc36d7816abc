"""`claim`: from what was typed, or files of claims, to verdicts."""

from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from timeline.answers.claim import Checked, claim_answer, report_answer
from timeline.claims.fields import read_claim, untold
from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.cli.places import within_reach
from timeline.cli.values import dated
from timeline.dates import DateError, parse_when
from timeline.errors import Problem, StoreError, UsageError
from timeline.people import unknown_id
from timeline.progress import watched
from timeline.text import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.answer import Answer
    from timeline.cli.options import Request
    from timeline.model import PublishedClaim, Store


def single(store: "Store", text: str, about: str, published: str | None, as_of: int) -> "Answer":
    """The verdict on one sentence. Raises UsageError where it is not understood, or where it is not clear which visit it is about."""
    if about and about not in store.by_id:
        raise UsageError(f"--about: {unknown_id(about, store)}")
    try:
        day = dated("--published", published, parse_when).start if published is not None else None
        if day is not None and untold(day, store.by_id.get(about)):
            what = f"--published: {published} is more than a year before {about}, of which nobody can have told then"
            raise UsageError(f"{what}; correct it, or name another visit with --about")
        claim = parse(text, store, store.by_id.get(about), day)
    except (NotUnderstood, DateError) as error:
        raise UsageError(str(error)) from error
    verdict = judge(claim, store, as_of)
    if verdict.about is None and claim.asks_visit:
        day = f" (as of {day_text(verdict.day)})" if verdict.day is not None else ""
        raise UsageError(verdict.main.finding.reason + day)
    return claim_answer(verdict, store, as_of)


def report(request: "Request", files: list[str], as_of: int) -> "Answer":
    """The verdicts on all claims of some files: each against the record that it names, or else against that asked for, or that which its file itself holds."""
    found, wrong = list[Checked](), list[Problem]()
    for file in files:
        store = _with_file(file, request)
        claims = [claim for claim in store.claims if claim.origin.file == file]
        records, unread = _records(claims, store, request)
        wrong += unread
        if any(not records[claim.record].events for claim in claims if claim.record in records):
            raise UsageError(
                f"{file}: claims and no events; name the record that they are about with --store, or each its own as `record`"
            )
        with request.progress("judging") as watch:
            for claim in watched([claim for claim in claims if claim.record in records], watch):
                against = records[claim.record]
                try:
                    read = read_claim(claim, against)
                except StoreError as error:
                    wrong += error.problems
                    continue
                if not wrong:  # otherwise none is told
                    found.append(Checked(judge(read, against, as_of), against, claim.record))
    if wrong:
        raise StoreError(wrong).asked_as(request.given.get("format"))
    title = both_titles(files)
    if not found:
        raise UsageError(f"{title}: no claims in it")
    return report_answer(found, as_of, title)


def _records(
    claims: "Sequence[PublishedClaim]", store: "Store", request: "Request"
) -> "tuple[dict[str, Store], list[Problem]]":
    """The records that some claims name, by path, and `store` for those that name none; and of each claim whose record cannot be read that problem."""
    found, unread = {"": store}, dict[str, tuple[str, str]]()
    for claim in claims:
        path = claim.record
        if path in found or path in unread:
            continue
        try:
            found[path] = record_of(claim, request)
        except StoreError as error:
            remedy = f"write its path from this file; what is wrong in it says: timeline check {quote(path)}"
            unread[path] = f"record: {path} cannot be read: {error.problems[0].message}", remedy
        except UsageError as error:
            unread[path] = f"record: {error.what}", error.remedy
    return found, [
        claim.problem("claim", *unread[claim.record], "record") for claim in claims if claim.record in unread
    ]


def _with_file(file: str, request: "Request") -> "Store":
    """The record asked for with a file of claims. Raises StoreError with all that is wrong, of which what is kept of the files does not tell."""
    if "-" not in (file, *(request.given.get("store") or ())):  # which is read once
        with suppress(StoreError):
            return request.with_file(file)
    try:
        return request.with_file(file, afresh=True)
    except StoreError as error:
        raise in_full(error, request) from None


def in_full(error: StoreError, request: "Request") -> StoreError:
    """The error of a record that was read from its files; where only claims are wrong with what is wrong in the others, too."""
    from timeline.store.reading import ClaimsError

    if not isinstance(error, ClaimsError) or len(error.found) > len(error.problems):
        return error
    return StoreError([*error.problems, *_unread(error.rest, request)]).asked_as(error.format)


def _unread(store: "Store", request: "Request") -> "Iterator[Problem]":
    """What is wrong in the claims of a record."""
    records, unread = _records(store.claims, store, request)
    yield from unread
    for claim in store.claims:
        against = records.get(claim.record)
        if against is None or not against.events:
            continue
        try:
            read_claim(claim, against)
        except StoreError as error:
            yield from error.problems


def record_of(claim: "PublishedClaim", request: "Request", *, afresh: bool = False) -> "Store":
    """The record that a claim names. Raises UsageError where it lies where no claim may have us look, StoreError where it cannot be read."""
    within_reach(claim.origin.file, claim.record)
    return request.reading(claim.record).store(doubles=False, afresh=afresh)


def both_titles(files: list[str]) -> str:
    return ", ".join(Path(file).name for file in files)
