"""Texts that a spreadsheet would take for a formula: made inert, and back again."""

import re

_FORMULA = "'*[=+\\-@＝＋－＠]"
_TO_GUARD = re.compile(rf"(^|[;\t\r\n])(\s*)(?={_FORMULA})")
_GUARDED = re.compile(rf"(^|[;\t\r\n])(\s*)'(?={_FORMULA})")


def neutral(cell: str) -> str:
    """A text that a spreadsheet could take for a formula, with an apostrophe before it (the usual protection); `plain` takes it off again.

    Not only at its begin: a sheet whose list separator is the semicolon, or that is fed line by line, begins cells after `;`, a tab and a line break too. Blanks
    before a formula may be dropped on the way. One that has an apostrophe there gets another, so that nothing is lost.
    """
    safe = _TO_GUARD.sub(r"\1\2'", cell)
    return safe if safe.lstrip("'")[:1].isprintable() else f"'{safe}"


def plain(cell: str) -> str:
    """What `neutral` was given."""
    bare = cell[1:] if cell.startswith("'") and not cell.lstrip("'")[:1].isprintable() else cell
    return _GUARDED.sub(r"\1\2", bare)
