"""What stands around the word of a cell and is no part of it: the mark of a footnote, a flag before the name of a country, the apostrophe by which a spreadsheet knows a text; and text of which the encoding was lost."""

import re

_NOTE = re.compile(r"(?<=\S)(?: ?\[(?:\d{1,3}|[a-z]|(?:note|nb|n) \d{1,3})\])+$", re.IGNORECASE)
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_APOSTROPHE = re.compile(r"['’`´](?=\d)")
_FIRST_OF_FLAGS = 0x1F1E6
# Letters that begin a character of UTF-8 where it is read as Windows-1252, each with what then stands behind it.
_BEHIND = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_BROKEN = re.compile(f"(?:[ÂÃÄÅÎÏÐÑ×ØÙÚÛ]{_BEHIND}|[â-í]{_BEHIND}{{2}})+")


def without_notes(text: str) -> str:
    """`Moscow[1][a]` without the marks of footnotes."""
    return _NOTE.sub("", text) if "[" in text else text


def without_apostrophe(text: str) -> str:
    """`'2014-08-03` is what a spreadsheet was told to keep as text."""
    return text[1:] if _APOSTROPHE.match(text) else text


def flags_of(text: str) -> tuple[str, ...]:
    """The codes of the flags in a text: `RU` of 🇷🇺."""
    return tuple(
        "".join(chr(ord(letter) - _FIRST_OF_FLAGS + ord("A")) for letter in pair) for pair in _FLAG.findall(text)
    )


def without_flags(text: str) -> str:
    """The name beside a flag, its blanks one each; of a flag alone its code."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(_FLAG.sub(" ", text).split()) or "".join(flags_of(text)[:1])


def unbroken(text: str) -> str:
    """UTF-8 that was read as Windows-1252 as it must have been, `Erdoğan` for `ErdoÄŸan`; empty where a text shows no sign of it."""
    if text.isascii():
        return ""
    fixed = _BROKEN.sub(lambda match: _decoded(match[0]), text)
    return fixed if fixed != text else ""


def _decoded(broken: str) -> str:
    try:
        return b"".join(map(_byte, broken)).decode("utf-8")
    except UnicodeError:
        return broken


def _byte(letter: str) -> bytes:
    """Windows-1252 lacks five bytes, which programs read as Latin-1 does."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
