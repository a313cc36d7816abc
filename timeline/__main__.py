"""The program: `timeline`, and `python -m timeline`."""

import atexit
import gc
import os
import sys


def main() -> None:
    """Run the command line without collecting garbage: in a short life with few cycles that costs more than it frees, most of all while modules are loaded."""
    gc.disable()
    status: list[int] = []
    atexit.register(_leave, status)  # before all others, so that it comes after them
    from timeline.cli import main as run

    try:
        run()
        status.append(0)
    except SystemExit as end:
        if isinstance(end.code, int):
            status.append(end.code)
        raise


def _leave(status: list[int]) -> None:
    """End as the last thing that Python does on its way out but to take apart all that was loaded, which the system frees at once. Not where something went wrong: that Python tells."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed, or nobody reads any more
        return
    if status:
        os._exit(*status)


if __name__ == "__main__":
    main()
