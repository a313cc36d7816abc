"""A file → its sheet, by its suffix."""

from typing import TYPE_CHECKING

from timeline.errors import UsageError
from timeline.importing.delimited import open_delimited
from timeline.importing.records import open_records
from timeline.importing.rows import File, Sheet, Wanted
from timeline.importing.sheets import open_workbook
from timeline.importing.xml_ import open_xml

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: "dict[str, Callable[[File, Wanted], Sheet]]" = {
    "csv": open_delimited,
    "tsv": open_delimited,
    "txt": open_delimited,
    "xlsx": open_workbook,
    "xlsm": open_workbook,
    "json": open_records,
    "jsonl": open_records,
    "ndjson": open_records,
    "xml": open_xml,
}


def open_sheet(file: File, wanted: Wanted = Wanted()) -> Sheet:  # noqa: B008 - a value
    """Raises UsageError for a form that is not known."""
    reader = READERS.get(file.suffix)
    if reader is None:
        raise UsageError(
            f"{file.name}: no reader for .{file.suffix} (there is one for: {', '.join(READERS)}); save it as CSV or .xlsx"
        )
    return reader(file, wanted)
