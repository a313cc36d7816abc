"""The command line: options in, one call a layer, one answer out. The only place that catches errors, reads the clock, or ends the process."""

import os
import sys
from typing import Annotated

import typer

from timeline.cli import browse, changing, charts, commands, comparing, counting, export, importing, indexing, layout
from timeline.cli.parsing import Group
from timeline.errors import StoreError, TimelineError

COMPLETE = "_TIMELINE_COMPLETE"  # set by a shell that asks what a word may become

COMMANDS = (
    commands.COMMANDS
    | counting.COMMANDS
    | charts.COMMANDS
    | browse.COMMANDS
    | export.COMMANDS
    | comparing.COMMANDS
    | changing.COMMANDS
    | importing.COMMANDS
    | layout.COMMANDS
    | indexing.COMMANDS
)


class Program(Group):
    """All commands of `timeline`."""

    functions = COMMANDS


app = typer.Typer(
    name="timeline",
    cls=Program,
    no_args_is_help=True,
    add_completion=False,  # `timeline completion` quotes names with blanks, and edits no file of the user
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=commands.OVERVIEW,
)


@app.callback()
def start(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=commands.show_version),
    ] = False,
) -> None:
    """Stay silent: the group's help is given to Typer, and the version is shown by its callback."""


def main() -> None:
    """Run, and turn what users can get wrong into a message and an exit status."""
    import gc

    from timeline.cli.streams import settle

    settle()
    if COMPLETE in os.environ:
        from timeline.cli.complete import answer_shells

        answer_shells()
    gc.disable()  # a short life with few cycles: collecting costs more than it frees
    try:
        app(args=sys.argv[1:] or ["--help"], prog_name="timeline")
    except StoreError as error:
        from timeline.cli.problems import print_problems

        print_problems(error, error.format)
        sys.exit(error.status)
    except TimelineError as error:
        commands.note(f"timeline: {error}")
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # the interpreter would look through everything once more to free what the system frees anyway
