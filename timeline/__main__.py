"""The program: `timeline`, and `python -m timeline`."""

import gc


def main() -> None:
    """Run the command line without collecting garbage: in a short life with few cycles that costs more than it frees, most of all while modules are loaded."""
    gc.disable()
    try:
        from timeline.cli import main as run

        run()
    finally:
        gc.freeze()  # the interpreter would look through everything once more to free what the system frees anyway


if __name__ == "__main__":
    main()
