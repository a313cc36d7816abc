"""Draw the pictures of the README from what the program really prints: `python tools/pictures.py`, with `--check` to say whether they are current.

Each command runs as a user runs it, on a terminal of 100 columns; Rich turns its colours into SVG. The day taken as today is fixed, and so are the names inside
the SVG, so the same record and program give the same bytes.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
WIDTH = 100
MARGIN = 4  # columns kept free on the right: fonts differ in width


class Picture(NamedTuple):
    """A command whose output is drawn, and how much of it: so many lines, or those before one that begins with a word. An ellipsis stands for the rest."""

    command: str
    lines: int = 60
    before: str = ""


PICTURES = {
    "gap": Picture("timeline gap --visitor china --host dprk --office premier --as-of 2026-11-24", 28),
    "list": Picture("timeline list --actor china --since 2018 --at-least head-of-government", 40),
    "claim": Picture(
        'timeline claim "first Chinese leader in North Korea in 14 years" --about xi-jinping-pyongyang-2019-06'
    ),
    "report": Picture("timeline claim --file claims/article.yaml --as-of 2026-11-24", 200, "“"),
}

FIGURES = {  # drawn by the program itself
    "visits-and-trade": "timeline chart --between china dprk --at-least head-of-government --since 1990 --longest 2 --series @trade --as-of 2026-11-24",
}


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    stale = []
    drawn = [(name, draw(name, picture)) for name, picture in PICTURES.items()]
    drawn += [(name, printed(f"{command} -O svg")) for name, command in FIGURES.items()]
    for name, svg in drawn:
        path = FOLDER / f"{name}.svg"
        if not path.is_file() or path.read_text("utf-8") != svg:
            stale.append(name)
            if not check:
                path.write_text(svg, encoding="utf-8")
    if check and stale:
        print(f"out of date: {', '.join(stale)}; draw them again with: python tools/pictures.py")
        return 1
    print(f"{len(drawn)} pictures, {len(stale)} {'out of date' if check else 'drawn anew'}")
    return 0


def draw(name: str, picture: Picture) -> str:
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.terminal_theme import DIMMED_MONOKAI
    from rich.text import Text

    lines = output(picture.command).splitlines()
    begin = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
    ends = [k for k, line in enumerate(begin) if picture.before and line.startswith(picture.before)]
    shown = lines[: min([picture.lines, *ends])]
    if len(shown) < len(lines):
        shown = [*shown, "\x1b[2m…\x1b[0m"]
    console = Console(
        record=True,
        width=WIDTH + MARGIN,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
    )
    console.print(Text(f"$ {picture.command}\n", style="bold green"))
    console.print(Text.from_ansi("\n".join(shown)))
    console.print()  # Rich cuts the picture at the foot of the last line, through the letters that reach below it
    form = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
        "Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono"
    )
    return console.export_svg(
        title=" ".join(picture.command.split()[:2]), unique_id=name, code_format=form, theme=DIMMED_MONOKAI
    )


def output(command: str) -> str:
    """What a command prints on a colour terminal."""
    return printed(f"{command} --color always -O table")


def printed(command: str) -> str:
    """What a command prints, run at the top of the repository."""
    env = {
        "PATH": os.environ["PATH"],
        "COLUMNS": str(WIDTH),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "HOME": os.environ.get("HOME", ""),
    }
    program = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(program, check=False, capture_output=True, text=True, encoding="utf-8", env=env, cwd=ROOT)
    if done.returncode not in (0, 1, 3):  # of a claim: holds, fails, depends
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
