"""Files as other people save them: encodings, delimiters, quotes, ragged rows, workbooks, JSON and XML."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import UsageError
from timeline.importing.encoding import sound
from timeline.importing.quarantine import Kept, write_quarantine
from timeline.importing.reading import open_sheet
from timeline.importing.rows import File, Row, Wanted
from timeline.importing.when import WhenError, read_date
from timeline.spreadsheet import neutral, plain

WANTED = Wanted()
MIDNIGHT = datetime(2019, 6, 20)  # noqa: DTZ001 - workbooks know no time zones


def read(name, raw, wanted=WANTED):
    """The sheet of some bytes, and its rows."""
    sheet = open_sheet(File(name, len(raw), lambda: io.BytesIO(raw)), wanted)
    return sheet, list(sheet.rows)


TABLE = "Start,Who\n2019-06-20,Président Chirac\n"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(TABLE.encode(), "UTF-8; commas", id="UTF-8"),
        pytest.param(TABLE.encode("utf-8-sig"), "UTF-8 with a byte order mark; commas", id="with a mark"),
        pytest.param(TABLE.encode("utf-16"), "UTF-16; commas", id="UTF-16"),
        pytest.param(TABLE.encode("utf-16-be"), "UTF-16-BE without a byte order mark; commas", id="UTF-16, unmarked"),
        pytest.param(TABLE.encode("latin-1"), "Windows-1252 or Latin-1 (not UTF-8); commas", id="Latin-1"),
        pytest.param(TABLE.replace(",", ";").encode(), "UTF-8; semicolons", id="semicolons"),
        pytest.param(TABLE.replace(",", "\t").encode(), "UTF-8; tabs", id="tabs"),
        pytest.param(TABLE.replace("\n", "\r\n").encode(), "UTF-8; commas", id="lines of Windows"),
        pytest.param(TABLE.replace("\n", "\r").encode(), "UTF-8; commas", id="lines of an old Macintosh"),
    ],
)
def test_one_table_in_many_encodings(raw, told):
    sheet, rows = read("a.csv", raw)
    assert sheet.encoding == told
    assert [(row.number, row.cells) for row in rows] == [(2, {"Start": "2019-06-20", "Who": "Président Chirac"})]


def test_stray_unbreakable_blanks_are_read_as_blanks_and_told():
    sheet, rows = read("a.csv", "A,B\né,".encode() + b"\xa0x\n1,2\n")
    assert rows[0].cells == {"A": "é", "B": " x"}
    assert sheet.encoding == "UTF-8 with 1 stray byte 0xA0, read as blanks; commas"
    assert sheet.remarks == ["stray bytes 0xA0 in line 2, read as blanks"]


def test_a_byte_that_is_no_character_is_a_fault_of_its_row_alone():
    _, rows = read("a.csv", "A,B\né,1\n".encode() + b"\xe9,2\n3,3\n")
    assert [(row.number, row.fault) for row in rows if row.fault] == [(3, "the byte 0xE9 is no part of UTF-8")]
    assert rows[1].text == "\\xe9,2"
    assert len(rows) == 3


def test_half_a_character_of_json_is_told_and_can_be_written():
    _, rows = read("a.json", b'[{"A": "x\\ud800"}, {"A": "\\ud83d\\ude00"}]')
    assert [(row.number, row.fault) for row in rows if row.fault] == [(1, "half a character, \\ud800")]
    assert sound(rows[0].cells["A"]) == "x\\ud800"
    assert rows[1].cells["A"] == "\U0001f600"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        pytest.param("1,2\n3\n4,5\n", {3: "it has 1 cells, the header 2"}, id="too few"),
        pytest.param("1,2\n3,4,5\n6,7\n", {3: "it has 3 cells, the header 2"}, id="too many"),
        pytest.param("1,2,,\n3,4\n", {}, id="empty cells beyond the header say nothing"),
        pytest.param("1,2\n\n,\n3,4\n", {}, id="empty rows are counted, and are none"),
        pytest.param('1,"two\nlines"\n3,4\n', {}, id="a line break in a cell"),
        pytest.param('1,"2\n3,4\n5,6\n', {2: "its quotes do not close, something stands behind a closing one, or a text has more than 131,072 characters"}, id="a quote that does not close takes no other row with it"),
        pytest.param('1,"2" x\n3,4\n', {2: "its quotes do not close, something stands behind a closing one, or a text has more than 131,072 characters"}, id="text behind a quote"),
    ],
)  # fmt: skip
def test_ragged_rows(body, faults):
    _, rows = read("a.csv", f"A,B\n{body}".encode())
    assert {row.number: row.fault for row in rows if row.fault} == faults
    assert all(row.text for row in rows if row.fault)
    assert rows[-1].cells
    assert not rows[-1].fault


def test_every_row_after_an_open_quote_is_read():
    body = "".join(f"{n},x\n" for n in range(1000))
    _, rows = read("a.csv", f'A,B\n1,"x\n{body}'.encode())
    assert len(rows) == 1001
    assert rows[0].text == '1,"x'
    assert rows[1].cells == {"A": "0", "B": "x"}


def test_columns_without_a_name_and_with_one_twice():
    sheet, _ = read("a.csv", b"Name,,Name,\n1,2,3,\n")
    assert sheet.header == ("Name", "column 2", "Name (2)")


def test_a_header_further_down():
    _, rows = read("a.csv", b"Visits of leaders\n\nA,B\n1,2\n", Wanted(header=3))
    assert [row[:2] for row in rows] == [(4, {"A": "1", "B": "2"})]


def workbook(rows, epoch=None, name="Visits"):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.create_sheet("Notes")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook():
    raw = workbook([["Start", "End", "Year", "Who"], [MIDNIGHT, date(2019, 6, 21), 1990.0, None], [36526, 1.5, True, "x"]])  # fmt: skip
    sheet, rows = read("a.xlsx", raw)
    assert sheet.encoding == "XLSX, sheet 'Visits', days counted from 1900"
    assert [remark.partition(";")[0] for remark in sheet.remarks] == ["not read: the sheet Notes"]
    assert rows[0].cells == {"Start": "2019-06-20", "End": "2019-06-21", "Year": "1990", "Who": ""}
    assert rows[1][:3] == (3, {"Start": "36526", "End": "1.5", "Year": "TRUE", "Who": "x"}, "")


def test_a_year_in_a_cell_with_the_form_of_a_date_says_both():
    _, rows = read("a.xlsx", workbook([["Start"], [date(1905, 6, 27)], [date(2005, 6, 27)], [date(1903, 6, 27)]]))
    assert [row.cells["Start"] for row in rows] == ["1905-06-27 or 2005", "2005-06-27", "1903-06-27"]


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        pytest.param(1, "1900-01-01", id="the first day"),
        pytest.param(59, "1900-02-28", id="a day that was"),
        pytest.param(60, "1900-02-29", id="the day that never was, which no date can be"),
        pytest.param(60.5, "1900-02-29", id="noon of it"),
        pytest.param(61, "1900-03-01", id="the day after"),
        pytest.param(2958465, "9999-12-31", id="the last day, which has no like in a workbook of 1904"),
    ],
)
def test_a_day_of_a_workbook_by_its_number(number, cell, recwarn):
    assert read("a.xlsx", numbered(number))[1][0].cells["Start"] == cell
    assert not recwarn.list


def test_a_number_of_a_formula_may_be_of_a_day_that_never_was(monkeypatch):
    raw = numbered(59)
    book = {True: raw, False: numbered("=29+30")}
    monkeypatch.setattr("timeline.importing.sheets._book", lambda _, values: openpyxl.load_workbook(io.BytesIO(book[values]), read_only=True, data_only=values))  # fmt: skip
    assert read("a.xlsx", raw)[1][0].cells["Start"] == "1900-02-28 or 1900-02-29"


def numbered(number):
    """A workbook with a number in a cell that has the form of a date."""
    book = openpyxl.Workbook()
    book.active.append(["Start"])
    book.active.append([number])
    book.active["A2"].number_format = "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("day", "form", "cell"),
    [
        pytest.param(date(2005, 5, 1), "mmm-yy", "2005-05", id="May 2005, as a spreadsheet keeps it"),
        pytest.param(date(2005, 5, 1), "[$-409]mmmm\\ yyyy;@", "2005-05", id="in a language of its own"),
        pytest.param(date(2005, 5, 1), 'yyyy"年"m"月"', "2005-05", id="in Chinese"),
        pytest.param(date(2005, 1, 1), "yyyy", "2005", id="a year"),
        pytest.param(date(2005, 5, 1), "yyyy", "2005-05-01", id="a day of which the year is shown"),
        pytest.param(date(2005, 5, 14), "mmm-yy", "2005-05-14", id="a day of which the month is shown"),
        pytest.param(date(2005, 5, 1), "dd/mm/yy", "2005-05-01", id="a day that is shown"),
        pytest.param(date(2005, 5, 1), "d-mmm", "2005-05-01", id="without its year"),
        pytest.param(date(1905, 7, 1), "mmm-yy", "1905-07-01 or 2009", id="or a year in a cell for months"),
    ],
)
def test_a_day_that_no_cell_shows_is_none(day, form, cell):
    book = openpyxl.Workbook()
    book.active.append(["Start"])
    book.active.append([day])
    book.active["A2"].number_format = form
    out = io.BytesIO()
    book.save(out)
    assert read("a.xlsx", out.getvalue())[1][0].cells["Start"] == cell


def test_a_workbook_of_1904():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    sheet, rows = read("a.xlsx", workbook([["Start"], [date(2000, 1, 1)]], CALENDAR_MAC_1904))
    assert sheet.epoch == 1904
    assert rows[0].cells == {"Start": "2000-01-01"}


def test_a_workbook_with_a_cell_beyond_its_header():
    _, rows = read("a.xlsx", workbook([["A", "B"], ["1", "2", "3"], ["4"]]))
    assert rows[0].fault == "cells beyond the last column of the header: '3'"
    assert rows[1].cells == {"A": "4", "B": ""}


def test_a_formula_that_was_never_counted_is_a_fault_of_its_row():
    _, rows = read("a.xlsx", workbook([["A", "B"], ["1", "=A2+1"], ["3", "4"]]))
    assert rows[0].fault.startswith("a formula without the value")
    assert rows[0].text == "1; =A2+1"
    assert rows[1].cells == {"A": "3", "B": "4"}


def test_no_workbook():
    with pytest.raises(UsageError, match="not a workbook"):
        read("a.xlsx", b"PK nothing")
    with pytest.raises(UsageError, match="no sheet 'Visit'; did you mean 'Visits'"):
        read("a.xlsx", workbook([["A"]]), Wanted(sheet="Visit"))


def test_json():
    raw = b'{"events": [{"start_date": {"year": "2019", "month": 6}, "tags": ["a", "b"], "ok": true, "none": null, "who": [{"name": "Xi"}]}]}'
    _, rows = read("a.json", raw)
    assert rows[0].cells == {"start_date.year": "2019", "start_date.month": "6", "tags": "a; b", "ok": "true", "none": "", "who.1.name": "Xi"}  # fmt: skip
    _, rows = read("a.jsonl", b'{"a": 1}\n\n{"a": 0123}'.replace(b"0123", b'"0123"'))
    assert [row.cells["a"] for row in rows] == ["1", "0123"]
    with pytest.raises(UsageError, match=r"a\.jsonl:1: not JSON"):
        read("a.jsonl", b"{bad json\n{")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("{bad json", "not JSON (Expecting property name", id="no JSON"),
        pytest.param('{"a": 1, "a": 2}', "it has the key 'a' twice, with '1' and '2'", id="a key twice"),
        pytest.param('{"b": [{"c": 1, "c": 2}]}', "it has the key 'c' twice, with '1' and '2'", id="inside"),
    ],
)
def test_a_line_of_json_that_cannot_be_read_takes_no_other_with_it(line, fault):
    _, rows = read("a.jsonl", f'{{"a": 1}}\r\n{line}\n{{"a": "x\u2028y"}}\n'.encode())
    assert [row.fault[: len(fault)] for row in rows] == ["", fault, ""]
    assert (rows[1].number, rows[1].text) == (2, line)
    assert rows[2].cells["a"] == "x\u2028y"


def test_a_key_twice_in_a_list_is_a_fault_of_its_object_alone():
    _, rows = read("a.json", b'[{"a": 1, "a": 1}, {"a": 2}]')
    assert [bool(row.fault) for row in rows] == [True, False]
    with pytest.raises(UsageError, match="it has the key 'events' twice"):
        read("a.json", b'{"events": [{"a": 1}], "events": [{"a": 2}]}')


@pytest.mark.parametrize(
    ("raw", "cells", "remark"),
    [
        pytest.param('{"data": {"visits": [{"a": 1}, {"a": 2}]}}', ["1", "2"], "", id="a list inside of an object"),
        pytest.param('{"data": {"year": 2019, "visits": [{"a": 1}]}}', ["1"], "the records are 'data.visits'; beside them, and not read, stands 'data.year'", id="with a word beside it"),
        pytest.param('{"year": 2019, "notes": [], "visits": [{"a": 1}]}', ["1"], "the records are 'visits'; beside them, and not read, stands 'year'", id="beside the list"),
        pytest.param('{"in": [{"a": 1}], "out": [{"a": 2}, {"a": 3}]}', ["2", "3"], "the records are 'out'; beside them, and not read, stands 'in'", id="two lists"),
        pytest.param('{"a": 1, "b": {"c": 2}}', ["1"], "", id="one record"),
    ],
)  # fmt: skip
def test_where_the_records_of_json_are(raw, cells, remark):
    sheet, rows = read("a.json", raw.encode())
    assert [row.cells["a"] for row in rows] == cells
    assert sheet.remarks == [remark] * bool(remark)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param('{"1": {"a": 1}, "2": {"a": 2}}', r"no list of records, but an object of objects \('1', '2'\)", id="by their keys"),
        pytest.param('{"year": 2019, "visits": {"x": {"a": 1}, "y": {"a": 2}}}', r"an object of objects \('x', 'y'\)", id="inside of another"),
        pytest.param('{"data": {"a": 1, "a": 2}}', "it has the key 'a' twice", id="a key twice beside nothing"),
        pytest.param('[{"a": ' + "[" * 400 + "]" * 400 + "}]", "nested more than 50 times", id="lists in lists"),
        pytest.param('{"a":' * 400 + "1" + "}" * 400, "nested more than 50 times", id="objects in objects"),
    ],
)  # fmt: skip
def test_json_of_which_nobody_can_tell_what_a_record_is(raw, told):
    with pytest.raises(UsageError, match=told):
        read("a.json", raw.encode())


def test_two_values_for_one_column_are_a_fault_of_their_object_alone():
    _, rows = read("a.json", b'[{"a.b": 1, "a": {"b": 2}}, {"a.b": 3}]')
    assert [row.fault for row in rows] == ["it has two values for one column, of: a.b, a.b", ""]


def test_a_header_that_cannot_be_read_is_refused_with_the_way_out():
    with pytest.raises(UsageError, match=r"header cannot be read, as the byte 0x\w\w is no part of UTF-8; save the file as UTF-8"):  # fmt: skip
        read("a.csv", "序号,姓名,职务,出访国,备注\n1,2,3,4,5\n".encode("gb18030"))
    assert read("a.csv", "序号\n1\n".encode("gb18030"), Wanted(encoding="gb18030"))[0].header == ("序号",)


def test_xml():
    raw = b'<trips><trip role="secretary"><id>1</id><country id="china">China</country><remarks>Met\n   Li.</remarks></trip><other/></trips>'
    _, rows = read("a.xml", raw, Wanted(records=("trip",)))
    assert [row.cells for row in rows] == [{"record": "trip", "@role": "secretary", "id": "1", "country": "China", "country@id": "china", "remarks": "Met Li."}]  # fmt: skip
    assert len(read("a.xml", raw)[1]) == 2


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "b">]><x><y>&a;</y></x>', id="entities"),
        pytest.param(b"<x><y></x>", id="not closed"),
    ],
)
def test_xml_that_is_not_read(raw):
    with pytest.raises(UsageError, match=r"a\.xml"):
        read("a.xml", raw)


def test_an_unknown_form():
    with pytest.raises(UsageError, match=r"no reader for \.doc"):
        read("a.doc", b"")


def test_what_is_quarantined_comes_back_as_it_was():
    sheet, rows = read("a.csv", b'A,B\n1,"x\n2,"y\nz"\n'.replace(b'1,"x\n', b"1\n"))
    out = io.StringIO()
    write_quarantine([Kept(row, (row.fault or "why",)) for row in rows], sheet.header, out)
    again, back = read("q.csv", out.getvalue().encode())
    assert again.header == sheet.header
    assert back[0] == (
        2,
        {"A": "", "B": ""},
        "quarantine:text still holds its text: put that into the cells, and empty it",
        "1",
        "",
    )
    assert back[1] == rows[1]


CELLS = st.text(st.sampled_from("'=+-@＝;|\t\n\r \u3000a,\"1"), max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6
)


@given(CELLS)
def test_a_cell_made_harmless_becomes_what_it_was(cell):
    assert plain(neutral(cell)) == cell


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_a_quarantine_runs_nothing_and_loses_nothing(pairs):
    kept = [Row(number, {"A": a, "=B": b}, "", "", "v") for number, (a, b) in enumerate(pairs, 2) if (a + b).strip()]
    out = io.StringIO(newline="")
    write_quarantine([Kept(row, ("why",)) for row in kept], ("A", "=B"), out)
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue(), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    again, back = read("q.csv", out.getvalue().encode())
    assert again.header == ("A", "=B")
    assert back == kept


def test_the_day_that_never_was_is_refused_with_its_reason():
    with pytest.raises(WhenError, match=r"^1900-02-29 does not exist \(February 1900 has 28 days\)$"):
        read_date(read("a.xlsx", numbered(60))[1][0].cells["Start"])
