"""The lines of a text: where they begin and end, what is blank or a comment above and below them, and new lines made to fit among them."""

import re

ENDS = "\n\r\x85\u2028\u2029"  # what ends a line in YAML 1.1
_LINE_END = re.compile(rf"\r\n|[{ENDS}]")
_BLANK_LINES = re.compile(rf"(?:[ \t]*(?:\r\n|[{ENDS}]))*")
_NOTHING_MORE = re.compile(r"[ \t]*\Z")
_COMMENT_LINE = re.compile(rf"([ \t]*)#[^{ENDS}]*(?:\r\n|[{ENDS}]|\Z)")


def past_comments(text: str, at: int, column: int) -> int:
    """Past the lines of comments that are indented deeper than a column, and the blank lines before them."""
    while (line := _COMMENT_LINE.match(text, past_blanks(text, at))) and len(line[1]) > column:
        at = line.end()
    return at


def over_comments(text: str, at: int, column: int) -> int:
    """Back over the lines of comments directly above a line that are not indented deeper than a column."""
    while at and (line := _COMMENT_LINE.match(text, start := line_start(text, at - 1))) and len(line[1]) <= column:
        at = start
    return at


def past_blanks(text: str, at: int) -> int:
    found = _BLANK_LINES.match(text, at)
    end = found.end() if found else at
    return len(text) if _NOTHING_MORE.match(text, end) else end


def over_blanks(text: str, at: int) -> int:
    """Back over the blank lines above a line."""
    while at and not text[(start := line_start(text, at - 1)) : at].strip():
        at = start
    return at


def past_white(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def line_start(text: str, at: int) -> int:
    """Where the line begins that the character before or at `at` stands in; a break belongs to the line that it ends."""
    if at > 0 and text[at - 1 : at + 1] == "\r\n":
        at -= 1
    return max(text.rfind(end, 0, at) for end in ENDS) + 1


def line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def after_line(text: str, at: int) -> int:
    """The beginning of the next line, or `at` where a line begins there."""
    if at and text[at - 1] in ENDS:
        return at
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def fitted(text: str, at: int, new: str, column: int) -> str:
    """Lines as they go into a text at the beginning of a line: indented, with the text's own line ends."""
    broken = "" if not at or text[at - 1] in ENDS else "\n"
    return newlines(text, broken + " " * (column if new[:1] not in ("", "\n") else 0) + indented(new, column))


def indented(new: str, column: int) -> str:
    """Every line but the first and the empty ones moved to a column."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * column, new)


def newlines(text: str, new: str) -> str:
    first = _LINE_END.search(text)
    return new if first is None or first[0] not in ("\r\n", "\r") else new.replace("\n", first[0])
