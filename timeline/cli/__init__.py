"""The command line: options in, one call a layer, one answer out. The only place that catches errors, reads the clock, or ends the process."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline import __version__
from timeline.cli.parsing import Group
from timeline.errors import StoreError, TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPLETE = "_TIMELINE_COMPLETE"  # set by a shell that asks what a word may become
OVERVIEW = """\
Who went where, when, at what level, and how long since the last time.

\b
  timeline gap --visitor china --host dprk --office premier
  timeline list --actor china --since 2018 --at-least head-of-government

A record of dated, sourced visits in plain text answers exactly. Without --store it is events.yaml here or
above, otherwise the record of China–North Korea visits that ships with the program. --store @inter-korean
is another that ships (timeline records). timeline.toml may name the record and files
of claims (docs/format.md, Settings)."""


class Functions(Mapping[str, Any]):
    """The functions of all commands. A module is imported when one of its commands is asked for: all of them would take a tenth of the time of a short answer."""

    def __init__(self, commands: "Mapping[str, str]") -> None:
        """`commands` are the names that each module has, in the order of the help."""
        self.modules = {name: module for module, names in commands.items() for name in names.split()}

    def __getitem__(self, name: str) -> "Callable[..., None]":
        functions: dict[str, Callable[..., None]] = import_module(f"timeline.cli.{self.modules[name]}").COMMANDS
        return functions[name]

    def __iter__(self) -> "Iterator[str]":
        return iter(self.modules)

    def __len__(self) -> int:
        return len(self.modules)


COMMANDS = Functions(
    {
        "commands": "list show gap firsts claim",
        "checking": "check explain",
        "known": "actors people offices records completion",
        "counting": "stats on-this-day",
        "charts": "chart",
        "browse": "browse",
        "export": "export cite",
        "comparing": "compare",
        "changing": "add edit remove rename accept undo redo log",
        "importing": "import",
        "layout": "fmt merge",
        "indexing": "index",
    }
)


class Program(Group):
    """All commands of `timeline`."""

    functions = COMMANDS


def show_version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    if value:
        from timeline.cli.streams import send_text

        send_text(f"timeline {__version__}\n")
        raise typer.Exit


app = typer.Typer(
    name="timeline",
    cls=Program,
    no_args_is_help=True,
    add_completion=False,  # `timeline completion` quotes names with blanks, and edits no file of the user
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=OVERVIEW,
)


@app.callback()
def start(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=show_version),
    ] = False,
) -> None:
    """Stay silent: the group's help is given to Typer, and the version is shown by its callback."""


def main() -> None:
    """Run, and turn what users can get wrong into a message and an exit status."""
    from timeline.cli.streams import settle

    settle()
    if COMPLETE in os.environ:
        from timeline.cli.complete import answer_shells

        answer_shells()
    try:
        app(args=sys.argv[1:] or ["--help"], prog_name="timeline")
    except StoreError as error:
        from timeline.cli.problems import print_problems

        print_problems(error, error.format)
        sys.exit(error.status)
    except TimelineError as error:
        from timeline.cli.options import note

        note(f"timeline: {error}")
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(130)
