"""What can be asked for: the actors, people and offices of a record, the records that ship, and what lets a shell complete them."""

from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import complete
from timeline.cli.options import OUTPUT, SCOPE, Request, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

SHELLS = ("bash", "zsh", "fish")


@takes(OUTPUT)
def actors(
    request: Request,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a name, alias or code.")] = "",
    *,
    all_: Annotated[bool, typer.Option("--all", help="All known actors, not only those in the record.")] = False,
) -> None:
    """List states and organisations by all their names.

    \b
    timeline actors
    timeline actors korea --all
    """
    from timeline.answers.words import actors_answer

    request.show(actors_answer(request.store(), text, used_only=not (all_ or text)))


@takes(SCOPE, OUTPUT)
def people(
    request: Request,
    name: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a name.")] = "",
) -> None:
    """List the people of the record, or of a scope.

    \b
    timeline people
    timeline people --office foreign-minister --visitor china
    """
    from timeline.answers.words import people_answer

    store = request.store()
    request.show(people_answer(store, request.query(store), name))


@takes(OUTPUT)
def offices(
    request: Request,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only those with TEXT in a title.")] = "",
) -> None:
    """List offices with their ladder, rank and level.

    \b
    timeline offices
    timeline offices premier
    """
    from timeline.answers.words import offices_answer

    request.show(offices_answer(request.store(), text))


@takes(OUTPUT)
def records(request: Request) -> None:
    """List the records that ship with the program.

    \b
    timeline records
    timeline list --store @inter-korean
    """
    from timeline.answers.words import records_answer
    from timeline.cli.places import MARK, shipped_records
    from timeline.store import load

    request.show(records_answer({MARK + name: load([path]) for name, path in shipped_records().items()}))


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.", autocompletion=complete.one_of(*SHELLS))
    ],
) -> None:
    """Print what lets a shell complete names, words and ids.

    \b
    timeline completion bash > ~/.local/share/bash-completion/completions/timeline
    timeline completion fish > ~/.config/fish/completions/timeline.fish
    """
    from importlib.resources import files

    from timeline.cli.streams import send_text

    if shell not in SHELLS:
        raise UsageError(f"there is no completion for {shell!r} (one of: {', '.join(SHELLS)})")
    send_text((files("timeline") / "data" / "completion" / f"timeline.{shell}").read_text("utf-8"))


COMMANDS: "dict[str, Callable[..., None]]" = {
    "actors": actors,
    "people": people,
    "offices": offices,
    "records": records,
    "completion": completion,
}
