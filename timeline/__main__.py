"""The program: `timeline`, and `python -m timeline`."""

import atexit
import gc
import os
import sys
import threading


def main() -> None:
    """Run the command line without collecting garbage: in a short life with few cycles that costs more than it frees, most of all while modules are loaded."""
    gc.disable()
    from timeline.cli import main as run

    try:
        run()
    except SystemExit as end:
        _leave(end.code)
        raise
    _leave(0)


def _leave(status: object) -> None:
    """End without taking apart all that was loaded, which the system frees at once. Where a thread still runs, or what was written can't be sent off, returns: Python waits for the one and tells the other."""
    if not isinstance(status, int) or threading.active_count() > 1:
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
