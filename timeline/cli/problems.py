"""Problems of a store as text: place, name, reason, the line with a caret, the remedy."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli.options import OUTPUT, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.errors import Problem, StoreError
    from timeline.formats import Writer

MOST = 200  # problems printed; the count tells of the rest
ROOM = 100  # columns of an excerpt
PROBLEM_FORMATS = ("sarif", "github")  # forms that only problems have
CHECKED: dict[str, Any] = OUTPUT | {
    "format": Annotated[str | None, typer.Option("--format", "-O", metavar="FORMAT", help="table, plain, csv, json, …; sarif, or github for annotations of a workflow.")],
}  # fmt: skip


def as_problems(request: Request) -> "tuple[Request, Writer | None]":
    """How to write an answer that was asked for in a form that only problems have, by --format or the suffix .sarif."""
    given = request.given
    name = given.get("format") or ("sarif" if str(given.get("output") or "").endswith(".sarif") else None)
    if name not in PROBLEM_FORMATS:
        return request, None
    return Request(given | {"format": "json"}), problem_writer(name)


def problem_writer(name: str) -> "Writer":
    from timeline.formats import github, json_, sarif

    writers: dict[str, Writer] = {"json": json_.write, "sarif": sarif.write, "github": github.write}
    return writers[name]


def print_problems(error: "StoreError", format_: str | None = None) -> None:
    """On standard error; where the answer was asked for as JSON, or in a form for problems, in that on standard output instead."""
    if format_ == "json" or format_ in PROBLEM_FORMATS:
        from timeline.answers.check import problems_answer

        problem_writer(format_)(problems_answer(error), sys.stdout)
        return
    for line in problem_lines(error):
        print(line, file=sys.stderr)  # noqa: T201 - the command line speaks here


def problem_lines(error: "StoreError") -> "Iterator[str]":
    from timeline.text import plural, visible

    for problem in error.problems[:MOST]:
        yield f"{visible(problem.place)}: {problem.severity}[{problem.name}]: {visible(problem.message)}"
        yield from _excerpt(problem)
        if problem.remedy:
            yield f"  = {visible(problem.remedy)}"
    count, stopped = len(error.found), error.found.stopped
    if count > MOST:
        yield f"… and {count - MOST:,} more{', where the reading stopped: mend these first' if stopped else ''}"
    least = "at least " if stopped else ""
    yield f"{least}{plural(count, 'problem')} in {plural(len(error.found.files), 'file')}; {error.outcome}"


def _excerpt(problem: "Problem") -> "Iterator[str]":
    from timeline.text import visible, width

    if not problem.excerpt:
        return
    before, after = problem.excerpt[: problem.column - 1], problem.excerpt[problem.column - 1 :]
    if len(problem.excerpt) > ROOM or width(visible(problem.excerpt)) > ROOM:
        before = _fitting(before[::-1], ROOM // 2)[::-1]
        after = _fitting(after, ROOM - width(visible(before)))
    before, margin = visible(before), f"{problem.line:>5} | "
    yield margin + before + visible(after)
    yield " " * (len(margin) - 2) + "| " + " " * width(before) + "^"


def _fitting(text: str, room: int) -> str:
    """The beginning of a text that fits into some columns as it is shown: a control takes four."""
    from itertools import accumulate

    from timeline.text import visible, width

    return text[: sum(taken <= room for taken in accumulate(width(visible(c)) for c in text[:room]))]
