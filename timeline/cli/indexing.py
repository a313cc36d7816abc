"""`index`: what is kept of records so that they are read quickly."""

from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.options import OUTPUT, Request, note, takes
from timeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@takes(OUTPUT)
def index(
    request: Request,
    *,
    status: Annotated[bool, typer.Option("--status", help="Show what is kept, as without an option.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Remove all that is kept.")] = False,
) -> None:
    """Show or clear what is kept of records to read them quickly.

    \b
    timeline index --status
    timeline index --clear
    """
    from timeline.answers.index import index_answer
    from timeline.cli import record

    if status and clear:
        raise UsageError("--status and --clear: give one of them")
    kept = record.index()
    if kept is None:
        raise UsageError(
            "nothing is kept here: on Linux and macOS, set XDG_CACHE_HOME or HOME to an absolute path, for a cache folder"
        )
    if clear:
        try:
            kept.clear()
        except OSError as error:
            raise UsageError(
                f"{error.filename or kept.folder.parent}: {error.strerror or error}; nothing more was removed"
            ) from error
        note(f"removed: {kept.folder.parent}")
        return
    request.show(index_answer(kept.held(), str(kept.folder.parent)))


COMMANDS: "dict[str, Callable[..., None]]" = {"index": index}
