"""Which encoding a file is in, decided by a rule that is told, never by statistics.

A byte order mark decides. Otherwise what is sound UTF-8 is UTF-8. Where it is not:

1. all the bytes that disturb are 0xA0, the no-break space of Latin-1: UTF-8, each of them read as a blank;
2. no character of several bytes is sound: Windows-1252, or, with bytes that this does not have, Latin-1;
3. both sound characters and bytes that are none: UTF-8, and each row with such a byte is quarantined, as nobody can tell what it was.
"""

import codecs
import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.importing.rows import File

PIECE = 1 << 20
SHORT = 12  # characters of a digest that are told
STRAY_BLANK = "\udca0"  # how Python keeps a stray byte 0xA0
_STRAYS = re.compile("[\udc80-\udcff]")
_HALVES = re.compile("[\ud800-\udfff]")  # of pairs, and stray bytes among them
_SEVERAL = re.compile("[^\x00-\x7f\udc80-\udcff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
WESTERN = ("cp1252", "latin-1")
_NOT_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


class Encoding(NamedTuple):
    """`name` for Python, `told` for people, and what tells this version of the file from others; `guessed`: nothing in the file speaks for it but that it is no UTF-8."""

    name: str
    told: str
    digest: str
    guessed: bool = False


def encoding_of(file: "File", declared: str = "") -> Encoding:
    """Read the file once, in pieces."""
    seen, digest, start = _Seen(), hashlib.sha256(), b""
    with file.opened() as stream:
        while piece := stream.read(PIECE):
            start = start or piece[:4096]
            digest.update(piece)
            seen.take(piece)
    seen.take(b"", final=True)
    name, told = (declared, f"{declared}, as declared") if declared else _decided(start, seen)
    return Encoding(name, told, digest.hexdigest()[:SHORT], name in WESTERN and not declared)


def encoding_called(name: str) -> str:
    """What Python calls an encoding of text; empty where it knows none of that name."""
    try:
        "a".encode(name)  # refuses `hex` too, which is an encoding of no text
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def lines_of(file: "File") -> tuple[str, int]:
    """The digest and the number of lines, where another program holds the text to be sound UTF-8."""
    digest, count, last = hashlib.sha256(), 0, b""
    with file.opened() as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
            count, last = count + piece.count(b"\n"), piece[-1:]
    return digest.hexdigest()[:SHORT], count + (last not in (b"", b"\n"))


class _Seen:
    """What stands in a file that is read as UTF-8: sound characters of several bytes, and bytes that are none."""

    def __init__(self) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.several, self.strays = 0, dict[int, int]()

    def take(self, piece: bytes, *, final: bool = False) -> None:
        text = self.decoder.decode(piece, final)
        if text.isascii():
            return
        self.several += len(_SEVERAL.findall(text))
        for stray in _STRAYS.findall(text):
            byte = ord(stray) - 0xDC00
            self.strays[byte] = self.strays.get(byte, 0) + 1


def _decided(start: bytes, seen: _Seen) -> tuple[str, str]:
    for mark, name, told in _MARKS:
        if start.startswith(mark):
            return name, told
    if wide := _without_mark(start):
        return wide, f"{wide.upper()} without a byte order mark"
    count = sum(seen.strays.values())
    if not count:
        return "utf-8", "UTF-8" if seen.several else "ASCII"
    if set(seen.strays) == {0xA0}:
        return "utf-8", f"UTF-8 with {count} stray byte{'s' * (count > 1)} 0xA0, read as blanks"
    if seen.several:
        what = f"{count} byte{'s' * (count > 1)} that {'are' if count > 1 else 'is'} none"
        return "utf-8", f"UTF-8 with {what}: those rows are quarantined"
    if _NOT_1252 & seen.strays.keys():
        return "latin-1", "Latin-1 (not UTF-8, and bytes that Windows-1252 does not have)"
    return "cp1252", "Windows-1252 or Latin-1 (not UTF-8)"


def _without_mark(start: bytes) -> str:
    """UTF-16 in a Western script has a zero at every second byte."""
    even, odd = start[::2], start[1::2]
    if len(start) >= 4 and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if len(start) >= 4 and even.count(0) > 0.6 * len(even) and not odd.count(0) else ""


def unsound(text: str) -> str:
    """What cannot be kept of a text, in words; empty where all can."""
    if stray := _HALVES.search(text):
        return (
            f"the byte 0x{ord(stray[0]) - 0xDC00:02X} is no part of UTF-8"
            if _STRAYS.match(stray[0])
            else f"half a character, \\u{ord(stray[0]):04x}"
        )
    return "a character NUL" if "\0" in text else ""


def sound(text: str) -> str:
    r"""The same with what cannot be kept as `\xe9`, `\ud800` and `\0`, so that it can be written and read."""
    plain = text.replace("\0", "\\0")
    return plain if plain.isascii() else _HALVES.sub(_escaped, plain)


def _escaped(half: "re.Match[str]") -> str:
    code = ord(half[0])
    return f"\\x{code - 0xDC00:02x}" if _STRAYS.match(half[0]) else f"\\u{code:04x}"


def letters(cells: "Iterable[str]") -> "Iterator[str]":
    """The words with letters that every encoding has elsewhere."""
    return (word.strip(",.;:()") for cell in cells if not cell.isascii() for word in cell.split() if not word.isascii())
