"""XML → rows, by defusedxml, one record at a time. A child is a column; an attribute one too, `country@id`, that of the record itself `@role`."""

from typing import TYPE_CHECKING, Any

from timeline.errors import UsageError
from timeline.extras import library
from timeline.importing.encoding import encoding_of
from timeline.importing.rows import File, Row, Sheet, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = "record"  # the column with the name of the element


def open_xml(file: File, wanted: Wanted) -> Sheet:
    """The elements that are `wanted`, or, where nothing is, the children of the outermost one. Line breaks of the layout are blanks."""
    header: dict[str, None] = {RECORD: None}
    for cells in _records(file, wanted.records, watched=False):
        header |= dict.fromkeys(cells)
    names = tuple(header)
    return Sheet(file.name, "XML", names, _rows(file, wanted.records, names), encoding_of(file).digest)


def _rows(file: File, records: tuple[str, ...], header: tuple[str, ...]) -> "Iterator[Row]":
    for number, cells in enumerate(_records(file, records, watched=True), 1):
        yield Row(number, {name: cells.get(name, "") for name in header})


def _records(file: File, records: tuple[str, ...], *, watched: bool) -> "Iterator[dict[str, str]]":
    tree = library("defusedxml.ElementTree", "import")
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    depth = 0
    try:
        with file.opened() as stream:
            for event, element in tree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
                depth += 1 if event == "start" else -1
                if event == "end" and (element.tag in records if records else depth == 1):
                    yield _cells(element)
                    element.clear()
                    if watched and file.watch:
                        file.watch(stream.tell(), file.size)
    except ParseError as error:
        raise UsageError(f"{file.name}: not sound XML ({error})") from error
    except DefusedXmlException as error:
        raise UsageError(f"{file.name}: XML that declares entities or a DTD is not read") from error


def _cells(element: Any) -> dict[str, str]:
    cells = {RECORD: str(element.tag)} | {f"@{key}": value for key, value in element.attrib.items()}
    for child in element:
        text = " ".join("".join(child.itertext()).split())
        cells[child.tag] = f"{cells[child.tag]}; {text}" if child.tag in cells else text
        cells |= {f"{child.tag}@{key}": value for key, value in child.attrib.items()}
    return cells
