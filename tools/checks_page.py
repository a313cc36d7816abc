"""Print docs/checks.md with its list of checks made anew from the code. Run: python tools/checks_page.py docs/checks.md."""

import re
import sys
from pathlib import Path

from timeline.checks import CHECKS, SEVERITIES

LIST = re.compile(r"(<!-- checks: made by tools/checks_page.py -->\n).*(<!-- end -->\n)", re.DOTALL)


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    page = Path(sys.argv[1]).read_text("utf-8")
    print(LIST.sub(lambda match: f"{match[1]}{listed()}{match[2]}", page), end="")


def listed() -> str:
    """A table of the checks, the gravest first."""
    ordered = sorted(CHECKS, key=lambda check: SEVERITIES.index(check.severity))
    rows = [f"| `{c.name}` | {c.severity} | {c.looks_for} | {_code(c.example)} | {c.remedy} |" for c in ordered]
    return "\n".join(["| check | | looks for | example | remedy |", "|---|---|---|---|---|", *rows, ""])


def _code(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    main()
