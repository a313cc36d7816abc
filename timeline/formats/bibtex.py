r"""BibTeX of the sources that the events cite, each once; nothing in a text is a command of TeX.

`year`, `month` and `day` are for BibTeX, `date` for biblatex; what is not known is left out.
"""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from timeline.citations import cited_sources, web_address
from timeline.dates import MONTHS, known_parts, parse_when
from timeline.formats.exporting import Made
from timeline.text import date_text, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.citations import Cited
    from timeline.formats.exporting import Export

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_"},
}  # fmt: skip


def make(export: "Export") -> Made:
    return Made("\n".join(map(_entry, cited_sources(export.each()))))


def _entry(cited: "Cited") -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(cited))
    return f"@misc{{{cited.key},\n{fields}}}\n"


def _fields(cited: "Cited") -> "Iterator[tuple[str, str]]":
    source = cited.source
    if source.title:
        yield "title", f"{{{{{_text(source.title)}}}}}"  # twice, so that no style changes capitals
    if source.publisher:
        yield "howpublished", f"{{{_text(source.publisher)}}}"
    if source.date:
        yield from _date(source.date)
    if url := web_address(source.url):
        yield "url", f"{{{quote(url, safe=_SAFE)}}}"
    elif source.url:
        yield "note", f"{{{_text(source.url)}}}"


_SAFE = ":/?#[]@!$&'()*+,;=%-._~"  # what an address is made of (RFC 3986); braces and backslashes are not


def _date(text: str) -> "Iterator[tuple[str, str]]":
    when = parse_when(text)
    parts = () if when.disputed else known_parts(when.start)
    if not parts:
        yield "note", f"{{{_text(date_text(when))}}}"
        return
    yield "date", f"{{{'-'.join(f'{part:02}' for part in parts)}}}"
    yield from zip(("year", "month", "day"), (f"{{{parts[0]}}}", *(MONTHS[m - 1][:3].lower() for m in parts[1:2]), *(f"{{{d}}}" for d in parts[2:])), strict=False)  # fmt: skip


def _text(text: str) -> str:
    return re.sub(r"[\\{}~^&%$#_]", lambda match: SPECIAL[match[0]], visible(text))
