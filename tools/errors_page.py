"""Print docs/errors.md: the gallery of tests/errors as a page. Run: python tools/errors_page.py > docs/errors.md."""

import sys
from pathlib import Path

GALLERY = Path(__file__).parents[1] / "tests" / "errors"
MOST = 600  # characters of an input that is shown

HEAD = """\
# What can be wrong with a store

Nothing is answered from a store with errors: a visit that was passed over could make a false claim true. Every problem of every file is reported at
once, with its place, its name (which does not change), the line it stands in, and what would be right; the exit status is 4. Each example here
is a test (`tests/errors`); this page is made from them by `python tools/errors_page.py > docs/errors.md`.
"""


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    messages = {path.stem: path.read_text("utf-8") for path in sorted(GALLERY.glob("*.txt"))}
    index = [f"[{words(name)}](#{name})" for name in messages]
    print(HEAD)
    print(" · ".join(index))
    for name, message in messages.items():
        print(f'\n## {words(name)}\n<a id="{name}"></a>')
        if text := shown(name):
            print(f"\n{text}")
        print(f"\n```text\n{message.rstrip()}\n```")


def words(name: str) -> str:
    return name.replace("-", " ").capitalize()


def shown(name: str) -> str:
    """The input as a block, where it is a short text."""
    for suffix in ("yaml", "csv"):
        path = GALLERY / f"{name}.{suffix}"
        if path.exists():
            try:
                text = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                return ""
            printable = all(c.isprintable() or c in "\n\t" for c in text)
            return f"```{suffix}\n{text.rstrip()}\n```" if text.strip() and printable and len(text) <= MOST else ""
    return ""


if __name__ == "__main__":
    main()
