"""GDELT's files of events → rows: tabs, no header, no quotes, in a zip or not. The number of columns tells the form.

GDELT 2.0 has 61; GDELT 1.0 has 58, and before April 2013, without SOURCEURL, 57. The columns of a place are seven in 1.0, and in 2.0 eight, with ADM2Code.
"""

import io
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from timeline.errors import UsageError
from timeline.importing.delimited import open_delimited
from timeline.importing.encoding import PIECE, encoding_of, lines_of, sound, unsound
from timeline.importing.mapping import Dates, Mapping, Origin
from timeline.importing.profiles import LEADS
from timeline.importing.rows import File, Row, Sheet, Wanted
from timeline.importing.run import Opened, columns_of
from timeline.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from zipfile import ZipFile, ZipInfo

    from timeline.progress import Watch

    # By the place of a cell values of it, of which one must be there
    Asked = dict[int, Collection[str]]
    # Given a file, how many cells a line has, and what is asked of it, all of which must hold: how many lines there are, without blank ones; those that hold, or are not whole
    Pick = Callable[[str, int, Sequence[Asked]], tuple[int, Iterable[tuple[int, str]]]]

CODE, ID, ADDRESS = "EventCode", "GLOBALEVENTID", "SOURCEURL"
VISITS = ("042", "043")  # of CAMEO: make a visit, host a visit. Codes are text
WITHOUT_ZERO = tuple(code.lstrip("0") for code in VISITS)
OF_VISITS = (*VISITS, *WITHOUT_ZERO)
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")  # with files in it, and empty
PROBED = 20  # lines among which one must be whole
LONGEST = 1 << 20  # characters of a line
_MOST = 4 << 30  # bytes of a file in a zip
_DENSE = 100  # GDELT's own are packed to a sixth; what is packed so much, and large, is made to fill a disk or a memory
_SMALL = 64 << 20  # bytes that fill neither


class Form(NamedTuple):
    """What a number of columns stands for."""

    told: str
    columns: tuple[str, ...]


def _columns(per_place: tuple[str, ...], behind: tuple[str, ...]) -> tuple[str, ...]:
    actor = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return (
        *(ID, "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{side}{what}" for side in "12" for what in actor),
        *("IsRootEvent", CODE, "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions"),
        *("NumSources", "NumArticles", "AvgTone"),
        *(f"{whose}Geo_{what}" for whose in ("Actor1", "Actor2", "Action") for what in per_place),
        *behind,
    )


_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = (*_PLACE_1[:4], "ADM2Code", *_PLACE_1[4:])
FORMS = {
    len(form.columns): form
    for form in (
        Form("GDELT 2.0", _columns(_PLACE_2, ("DATEADDED", ADDRESS))),
        Form("GDELT 1.0 with addresses", _columns(_PLACE_1, ("DATEADDED", ADDRESS))),
        Form("GDELT 1.0 without addresses", _columns(_PLACE_1, ("DATEADDED",))),
    )
}


_READ = {
    "visitor": ("Actor1CountryCode",),
    "host": ("Actor2CountryCode",),
    "name": ("Actor1Name", "Actor2Name"),
    "government": tuple(f"Actor{side}Type{number}Code" for side in "12" for number in "123"),
    "direction": (CODE,),
    "places": ("ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode"),
    "note": ("IsRootEvent", "NumSources"),
    "added": ("DATEADDED",),
    "urls": (ADDRESS,),
}
GDELT = Mapping(
    Origin(LEADS, "GDELT Event Database", "The GDELT Project (gdeltproject.org)"),
    Dates(("SQLDATE",)),
    row_id=(ID,),
    columns=_READ,
    ignore=frozenset(column for form in FORMS.values() for column in form.columns),
)


def unpacked(file: File, *, packed: bool = True) -> "Iterator[File]":
    """The file, or those in it where it is a zip, which it may be. Raises UsageError."""
    with file.opened() as stream:
        if stream.read(len(ZIPPED[0])) not in ZIPPED:
            yield file
            return
    if not packed:
        raise UsageError(f"{file.name}: an engine reads no zip; unpack it, or import it without --engine")
    import zipfile

    try:
        archive = zipfile.ZipFile(file.opened())
        inside = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UsageError(f"{file.name}: no sound zip file ({error})") from error
    if not inside:
        raise UsageError(f"{file.name}: nothing is in that zip file")
    before = 0
    for one in inside:
        _may_unpack(file, one)
        name = f"{file.name}/{one.filename.rpartition('/')[2]}"
        yield File(name, one.file_size, _within(archive, one), file.watch and _scaled(file.watch, before, one))
        before += one.compress_size


def _may_unpack(file: File, one: "ZipInfo") -> None:
    if one.flag_bits & 1:
        raise UsageError(f"{file.name}: {one.filename!r} in it is encrypted; unpack it")
    if one.file_size > _MOST or one.file_size > max(_SMALL, _DENSE * one.compress_size):
        raise UsageError(
            f"{file.name}: {one.filename!r} in it would have {one.file_size:,} bytes, from {one.compress_size:,}; if that is right, unpack it"
        )


def _scaled(watch: "Watch", before: int, one: "ZipInfo") -> "Watch":
    """Tells of a file in a zip by the bytes of the zip."""
    return lambda done, size: watch(before + one.compress_size * done // max(size or 1, done, 1), size)


def _within(archive: "ZipFile", one: "ZipInfo") -> "Callable[[], BinaryIO]":
    return lambda: cast("BinaryIO", archive.open(one))


def open_events(file: File, pick: "Pick | None" = None, naming: "dict[str, frozenset[str]] | None" = None) -> Opened:
    """Raises UsageError for what is no file of events of GDELT; a quarantine file, which has a header, is read as such.

    With `pick` an engine reads the lines, and gives those of visits and those that are not whole; of visits only those with one of the codes that `naming` has by column, if it has any.
    """
    from zipfile import BadZipFile
    from zlib import error as broken

    try:
        with file.opened() as stream:
            start = stream.read(len(ID) + 4).decode("utf-8", "replace").lstrip("\ufeff")
        if start.startswith(f"{ID},"):
            sheet = _corrected(file)
        else:
            sheet = _picked(file, pick, naming or {}) if pick else _sheet(file)
    except (BadZipFile, broken, EOFError, NotImplementedError) as error:
        raise UsageError(f"{file.name}: it cannot be unpacked ({error})") from error
    return Opened(sheet, (GDELT,), columns_of(sheet, (GDELT,)))


def _corrected(file: File) -> Sheet:
    sheet = open_delimited(file, Wanted())
    needed = (
        column for form in FORMS.values() for column in form.columns if column in GDELT.used and column != ADDRESS
    )
    if lacking := next((column for column in needed if column not in sheet.header), ""):
        raise UsageError(f"{file.name}: no column {lacking!r}; a quarantine file keeps the columns of its source")
    return sheet


def _sheet(file: File) -> Sheet:
    encoding = encoding_of(file)
    form = _form(file, encoding.name)
    sheet = Sheet(file.name, f"{form.told}; {encoding.told}; tabs", form.columns, iter(()), encoding.digest)
    sheet.rows = _rows(file, encoding.name, form.columns)
    return sheet


def _picked(file: File, pick: "Pick", naming: "dict[str, frozenset[str]]") -> Sheet:
    """The sheet of a file in UTF-8, which an engine holds it to be."""
    encoding = encoding_of(file._replace(opened=lambda: io.BytesIO(_first_lines(file))))
    if encoding.told not in ("UTF-8", "ASCII"):
        raise UsageError(f"{file.name}: {encoding.told}; an engine reads UTF-8 alone: import it without --engine")
    form = _form(file, encoding.name)
    digest, whole = lines_of(file)
    visits: Asked = {form.columns.index(CODE): OF_VISITS}
    named: Asked = {form.columns.index(column): codes for column, codes in naming.items()}
    count, lines = pick(file.name, len(form.columns), list(filter(None, (visits, named))))
    if count != whole:
        raise UsageError(f"{file.name}: blank lines, which an engine does not number: import it without --engine")
    sheet = Sheet(file.name, f"{form.told}; UTF-8; tabs", form.columns, iter(()), digest, passed=count)
    sheet.rows = _taken(sheet, lines)
    return sheet


def _taken(sheet: Sheet, lines: "Iterable[tuple[int, str]]") -> "Iterator[Row]":
    for number, line in lines:
        sheet.passed -= 1
        if row := _row(number, line.rstrip("\r\n"), sheet.header):
            yield row


def _first_lines(file: File) -> bytes:
    with file.opened() as stream:
        start = stream.read(PIECE)
    return start[: start.rfind(b"\n") + 1] or start


def _lines(file: File, encoding: str) -> "Iterator[str]":
    """Raises UsageError for a line that is too long to be one, before it is all in memory."""
    with io.TextIOWrapper(file.opened(), encoding, errors="surrogateescape", newline="\n") as lines:
        while line := lines.readline(LONGEST):
            if len(line) == LONGEST:
                raise UsageError(
                    f"{file.name}: a line of more than {LONGEST:,} characters; it is no file of events of GDELT"
                )
            yield line


def _form(file: File, encoding: str) -> Form:
    """By the first line that has the columns of one."""
    counts = [line.count("\t") + 1 for line in islice(_lines(file, encoding), PROBED) if line.rstrip("\r\n")]
    known = next((count for count in counts if count in FORMS), None)
    if counts and known is None:
        raise UsageError(
            f"{file.name}: its lines have {plural(counts[0], 'column')}, those of GDELT's events {', '.join(map(str, sorted(FORMS)))}; other files of GDELT are not read"
        )
    return FORMS[known or max(FORMS)]


def _rows(file: File, encoding: str, columns: tuple[str, ...]) -> "Iterator[Row]":
    done = 0
    for number, line in enumerate(_lines(file, encoding), 1):
        done += len(line)
        if file.watch and number % 1000 == 0:
            file.watch(done, file.size)
        if row := _row(number, line.rstrip("\r\n"), columns):
            yield row


def _row(number: int, line: str, columns: tuple[str, ...]) -> Row | None:
    """Nothing of a blank line; of one that is of no visit only the code is kept."""
    cells = line.split("\t")
    if len(cells) != len(columns):
        why = f"it has {plural(len(cells), 'column')}, the file {len(columns)}"
        return Row(number, {}, why, sound(line)) if line else None
    code = cells[columns.index(CODE)]
    if code not in OF_VISITS:
        return Row(number, {CODE: code})
    bad = next(filter(None, map(unsound, cells)), "")
    return Row(number, dict(zip(columns, cells, strict=True)), bad, sound(line) if bad else "")
