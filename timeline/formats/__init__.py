"""Every way to write an answer. A format is one small file with `write(answer, out)` and one line here."""

from importlib import import_module
from typing import TYPE_CHECKING, TextIO, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.answer import Answer

Writer: TypeAlias = "Callable[[Answer, TextIO], None]"

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
}
KINDS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}  # pictures: bytes, by timeline.formats.figure


def writer(name: str) -> Writer:
    """The function that writes a format; its module is imported only now."""
    return cast("Writer", import_module(FORMATS[name]).write)
