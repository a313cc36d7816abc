"""Draw the pictures of the README from what the program really prints: `python tools/pictures.py`, with `--check` to say whether they are current.

Each command runs as a user runs it, on a terminal of 100 columns; Rich turns its colours into SVG. The day taken as today is fixed, and so are the names inside
the SVG, so the same record and program give the same bytes.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
WIDTH = 100


class Picture(NamedTuple):
    """A command whose output is drawn, and how many lines of it; what follows them is left out and an ellipsis says so."""

    command: str
    lines: int = 60


PICTURES = {
    "gap": Picture("timeline gap --visitor china --host dprk --office premier --as-of 2026-11-24", 25),
    "list": Picture("timeline list --actor china --since 2018 --at-least head-of-government", 40),
}


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    stale = []
    for name, picture in PICTURES.items():
        path, svg = FOLDER / f"{name}.svg", draw(name, picture)
        if not path.is_file() or path.read_text("utf-8") != svg:
            stale.append(name)
            if not check:
                path.write_text(svg, encoding="utf-8")
    if check and stale:
        print(f"out of date: {', '.join(stale)}; draw them again with: python tools/pictures.py")
        return 1
    print(f"{len(PICTURES)} pictures, {len(stale)} {'out of date' if check else 'drawn anew'}")
    return 0


def draw(name: str, picture: Picture) -> str:
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.terminal_theme import DIMMED_MONOKAI
    from rich.text import Text

    lines = output(picture.command).splitlines()
    shown = [*lines[: picture.lines], *(["\x1b[2m…\x1b[0m"] if len(lines) > picture.lines else [])]
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
    )
    console.print(Text(f"$ {picture.command}\n", style="bold green"))
    console.print(Text.from_ansi("\n".join(shown)))
    form = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
        "Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono"
    )
    return console.export_svg(
        title=" ".join(picture.command.split()[:2]), unique_id=name, code_format=form, theme=DIMMED_MONOKAI
    )


def output(command: str) -> str:
    """What a command prints on a colour terminal, run at the top of the repository."""
    env = {"PATH": os.environ["PATH"], "COLUMNS": str(WIDTH), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    program = [sys.executable, "-m", *command.split(), "--color", "always", "-O", "table"]
    return subprocess.run(
        program, check=True, capture_output=True, text=True, encoding="utf-8", env=env, cwd=ROOT
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
