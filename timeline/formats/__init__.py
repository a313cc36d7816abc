"""Every way to write an answer, or the events of an export.

A format is one small file and one line here: with `write(answer, out)` in FORMATS, for every command; with `make(export)` in EXPORTS, for `timeline export`
alone, and instead of the other where both have a name. A suffix that says it is one line more.
"""

from importlib import import_module
from typing import TYPE_CHECKING, TextIO, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.answer import Answer
    from timeline.formats.exporting import Export, Made

Writer: TypeAlias = "Callable[[Answer, TextIO], None]"
Maker: TypeAlias = "Callable[[Export], Made]"

FORMATS = {
    "table": "timeline.formats.table",
    "plain": "timeline.formats.plain",
    "csv": "timeline.formats.csv_",
    "tsv": "timeline.formats.tsv",
    "json": "timeline.formats.json_",
    "jsonl": "timeline.formats.jsonl",
    "md": "timeline.formats.markdown",
    "html": "timeline.formats.html_",
    "yaml": "timeline.formats.yaml_",
}
EXPORTS = {
    "yaml": "timeline.formats.yaml_",
    "md": "timeline.formats.report",
    "html": "timeline.formats.page",
    "ics": "timeline.formats.ics",
    "timelinejs": "timeline.formats.timelinejs",
    "csl": "timeline.formats.csl",
    "bib": "timeline.formats.bibtex",
    "atom": "timeline.formats.atom",
    "xlsx": "timeline.formats.xlsx",
    "parquet": "timeline.formats.parquet",
    "jsonld": "timeline.formats.jsonld",
}
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".html": "html",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".txt": "plain",
    ".ics": "ics",
    ".bib": "bib",
    ".atom": "atom",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".jsonld": "jsonld",
}
KINDS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}  # pictures: bytes, by timeline.formats.figure


def writer(name: str) -> Writer:
    """The function that writes a format; its module is imported only now."""
    return cast("Writer", import_module(FORMATS[name]).write)


def maker(name: str) -> Maker:
    """The function that makes an export in a format of EXPORTS."""
    return cast("Maker", import_module(EXPORTS[name]).make)
