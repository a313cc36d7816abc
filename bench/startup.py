"""Which Typer to depend on: the start of `timeline` with releases of several minor versions, each in an environment of its own.

Prints a table; needs a package index and some minutes.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from measure import costs

TYPERS = ("0.26.0", "0.27.*", "0.28.*", "0.29.*")
ROOT = Path(__file__).parents[1]
ROUNDS = 25


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        commands: dict[str, list[str]] = {}
        for wanted in TYPERS:
            python = _environment(folder / wanted.rstrip(".*"), wanted)
            commands[f"{wanted}: python -c pass"] = [python, "-c", "pass"]
            commands[f"{wanted}: import typer"] = [python, "-c", "import typer"]
            commands[f"{wanted}: timeline --help"] = [str(Path(python).with_name("timeline")), "--help"]
            commands[f"{wanted}: timeline gap"] = [
                str(Path(python).with_name("timeline")),
                "gap",
                "-O",
                "csv",
            ]
        for name, cost in costs(commands, ROUNDS, folder).items():
            print(f"{name:32} {cost.seconds * 1000:6.0f} ms  {cost.megabytes:4.0f} MB")


def _environment(folder: Path, wanted: str) -> str:
    """An environment with the project and one Typer, whatever the project's own range says; the path of its interpreter."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    for packages in (["."], [f"typer=={wanted}"]):
        subprocess.run(
            [python, "-m", "pip", "install", "-q", *packages], check=True, cwd=ROOT, stderr=subprocess.DEVNULL
        )
    return python


if __name__ == "__main__":
    sys.exit(main())
