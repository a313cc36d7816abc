"""The program: `timeline`, and `python -m timeline`."""

import atexit
import gc
import os
import sys
import threading


def main() -> None:
    """Run the command line to the end of the process; `timeline.cli.main` comes back to who calls it.

    Garbage is not collected: in a short life with few cycles that costs more than it frees, most of all while modules are loaded.
    """
    gc.disable()
    from timeline.cli import main as run

    try:
        run()
    except SystemExit as end:
        _leave(end.code)
        raise
    _leave(0)


def _leave(status: object) -> None:
    """End at once: to take apart all that was loaded is left to the system.

    Returns, and Python ends as ever, where a thread still runs, somebody looks on (`python -i`, a profiler), what was written can't be sent off, or the status is no number but a text to print.
    """
    watched = sys.flags.interactive or sys.getprofile() or sys.gettrace()
    if watched or not isinstance(status, int) or threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to do first what was to be done at the end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed, or nobody reads any more
        return
    os._exit(status)


if __name__ == "__main__":
    main()
