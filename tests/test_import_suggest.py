"""`import --suggest`: what the cells of a table read as decides, whatever its header says; and what a draft that a person has mended brings in."""

import csv
import io
import json
import re
import tarfile
import zipfile
from collections import Counter
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import UsageError
from timeline.importing.declared import read_mapping
from timeline.importing.evidence import MOST, column
from timeline.importing.rows import File
from timeline.importing.run import Reader, balanced, opened
from timeline.importing.suggest import READ, suggested
from timeline.importing.texts import quoted
from timeline.vocabulary import shipped

LEADERS = (
    ("Xi Jinping", "President", "China"),
    ("Emmanuel Macron", "President", "France"),
    ("Angela Merkel", "Chancellor", "Germany"),
    ("Li Keqiang", "Premier", "China"),
)
HOSTS = ("Hungary", "Japan", "Brazil", "Viet Nam", "Serbia")
FIRST = date(2018, 3, 1)


class Journey(NamedTuple):
    no: int
    name: str
    title: str
    home: str
    host: str
    start: date
    end: date


def journeys(count=20):
    """Made-up journeys."""
    for number in range(1, count + 1):
        name, title, home = LEADERS[number % len(LEADERS)]
        start = FIRST + timedelta(37 * number)
        yield Journey(number, name, title, home, HOSTS[number % len(HOSTS)], start, start + timedelta(number % 4))


def table(header, line, mark=","):
    """A table of the journeys; `line` makes the cells of one."""
    return "".join(f"{mark.join(map(str, row))}\n" for row in ([*header], *(line(one) for one in journeys())))


def file_of(raw, name):
    raw = raw.encode() if isinstance(raw, str) else raw
    return File(name, len(raw), partial(io.BytesIO, raw))


def mapping_of(raw, name="sheet.csv"):
    """What is drafted, after it was held against what every draft must be."""
    text = suggested(file_of(raw, name), shipped())
    assert_usable(text, raw, name)
    return text


OURS = {
    "kind": "state",
    "status": "happened",
    "role": "heads",
    "support": "recalled",
    "visitor": "china",
    "host": "china",
}
BLOCKS = ("# values:", "# titles:", "# defaults:")


def assert_usable(text, raw, name):
    """A draft is a mapping as it is, and with all that it has as a comment. It reads its file, or is refused for what it says that it leaves open."""
    lines = text.splitlines()
    mapping = read_mapping("m.yaml", text, shipped())
    read_mapping("m.yaml", "\n".join(decided(lines)), shipped())
    assert mapping.undecided == mapping.open
    if not mapping.open:
        read(raw, text, name)
        return
    with pytest.raises(UsageError) as raised:
        read(raw, text, name)
    for field, columns in mapping.open.items():
        assert f"{ASKED_FOR[field]}{', perhaps ' if columns else ''}{' or '.join(map(quoted, columns))}" in str(
            raised.value
        )
        asked = [line for line in lines if re.match(rf" *# ({WRITTEN_AS.get(field, field)}): ", line)]
        assert asked
        assert all(any(quoted(column) in line for line in asked) for column in columns)


ASKED_FOR = {
    "date": "no column for the date (start)",
    "visitor": "no column for who travelled (visitor)",
    "host": "no column for who received (host)",
    "people": "no column for people (person, or name)",
    "status": "no column for what became of the visits (status; where none is it, take its line out of open)",
    "support": "no column for how well the visits are known (support; where none is it, take its line out of open)",
}
WRITTEN_AS = {
    "date": "start",
    "people": "person|name",
    "visitor": "visitor|host|direction",
    "host": "host|visitor|direction",
}


def decided(lines):
    """A draft with the marks of its blocks removed, and a word of ours where it leaves one open."""
    inside, side, made = False, "china", []
    for line in lines:
        inside = line.startswith(BLOCKS) or (inside and line.startswith("#   "))
        if inside:
            side = next((word for field, word in OURS.items() if line.startswith(f"#   {field}:")), side)
            made.append(line[2:].replace("…", side, 1))
        else:
            made.append(line)
    return made


def draft(raw, name="sheet.csv"):
    """What is drafted, without what is the same for all files."""
    text = mapping_of(raw, name)
    lines = text.splitlines()
    return lines[lines.index("  # version: …") + 1 :]


def test_dates_of_which_one_is_meant_are_no_reason_to_fail():
    raw = b"Leader,From,To,Arrival,Departure\n" + b'Xi Jinping,China,Japan,"[2024-05-08, 2024-05-09]",2024-05-10\n' * 3
    assert "end: Departure" in mapping_of(raw) or "Departure" in mapping_of(raw)


def removed(mapping, *lines):
    """A draft of which the marks before some lines are removed; each is given by how it begins."""
    for line in lines:
        pattern = rf"^( *)# ({re.escape(line)})"
        assert re.search(pattern, mapping, re.MULTILINE), line
        mapping = re.sub(pattern, r"\1\2", mapping, count=1, flags=re.MULTILINE)
    return mapping


def read(raw, mapping, name="sheet.csv"):
    """Events and quarantined rows by a mapping."""
    kept = []
    made = Reader(shipped(), kept.append, keep=True)
    found = balanced(made.read([opened(file_of(raw, name), [read_mapping("m.yaml", mapping, shipped())])]))
    return [group.event for group in found.groups], kept, found


QUESTION = "Their names do not say who travelled and who received."
COUNTED = "row-id: {}  # a different one in every row"
NO_ID = "# row-id: …  # no column is called id, no, nr, number, key, code or uid, and none counts the rows: a row that is changed in the source will count as another"


def either(one, other, name, named=""):
    """The lines that ask which of two columns of actors is whose."""
    return [
        f"# {one}: 20 of 20 cells are known actors; {other}: 20 of 20 cells are known actors. {QUESTION}",
        f"# In 20 of 20 rows in which {name} names a holder of a top office, that was an office of {named or one}.",
        f"# visitor: {one}  # either these two lines,",
        f"# host: {other}",
        f"# visitor: {other}  # or these",
        f"# host: {one}",
    ]


NAMED = "# name: {}  # 20 of 20 cells name holders of top offices: of those who travelled? Remove the # if so"


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        pytest.param(
            table(
                ["Nummer", "Besucher", "Amt", "Herkunft", "Ziel", "Ankunft", "Abreise"],
                lambda j: (j.no, j.name, j.title, j.home, j.host, j.start, j.end),
            ),
            [
                COUNTED.format("Nummer"),
                "date:",
                "  start: Ankunft",
                "  end: Abreise",
                "visitor: Herkunft",
                "# host: Ziel  # 20 of 20 cells are known actors: who received? Remove the # if so",
                "name: Besucher",
                "title: Amt",
                "# defaults:",
                "#   host: …",
            ],
            id="a header in another language",
        ),
        pytest.param(
            table("ABCDE", lambda j: (j.end, j.host, j.name, j.start, j.home)),
            [
                NO_ID,
                "date:",
                "  # start: D  # or A: no header says which: of the visit? Remove the # if so",
                "  # start: A  # 20 of 20 cells read as dates: or this one? Remove the # if so",
                "  # end: A  # its name does not say so; never before D, after it in 15 rows",
                *either("B", "E", "C", "E"),
                NAMED.format("C"),
            ],
            id="a header that says nothing: what is later may be no end",
        ),
        pytest.param(
            table(["序号", "何时", "谁", "来自", "到"], lambda j: (j.no, f"{j.start:%Y年%m月}", f"{j.title} {j.name}", j.home, j.host)),
            [
                COUNTED.format("序号"),
                "date:",
                "  # start: 何时  # the only column of dates: of the visit? Remove the # if so",
                *either("来自", "到", "谁"),
                "person: 谁",
            ],
            id="titles and names in one cell",
        ),
        pytest.param(
            table(["Jahr", "Monat", "Tag", "Gast", "Land", "Ort"], lambda j: (j.start.year, j.start.month, j.start.day, j.name, j.home, j.host)),
            [
                NO_ID,
                "date:",
                "  start: [Jahr, Monat, Tag]  # years, months and days by their numbers",
                *either("Land", "Ort", "Gast"),
                "name: Gast",
            ],
            id="dates in parts",
        ),
        pytest.param(
            table(["leg", "who", "year"], lambda j: (f"{j.home} → {j.host}", f"{j.title} {j.name}", f"{j.start.year}.0")),
            [
                NO_ID,
                "date:",
                "  start: year  # years alone",
                "direction: leg",
                "person: who",
            ],
            id="a direction in one cell, years that a program took for measures",
        ),
        pytest.param(
            table(["origin", "target", "leader", "arrive", "leave", "Purpose"], lambda j: (j.home, j.host, j.name, j.start, j.end, "State visit")),
            [
                NO_ID,
                "date:",
                "  start: arrive",
                "  end: leave",
                "visitor: origin",
                "host: target",
                "name: leader",
                "kind: Purpose",
            ],
            id="a purpose that is a kind",
        ),
        pytest.param(
            table(["From", "To", "Leader", "Aviso", "Departure", "Return", "Days", "Year"], lambda j: (j.home, j.host, j.name, j.start - timedelta(20), j.start, j.end, (j.end - j.start).days + 1, j.start.year)),
            [
                NO_ID,
                "date:",
                "  start: Departure  # its name does not say so",
                "  end: Return  # never before Departure, after it in 15 rows; of 3 columns of dates, the two nearest",
                "  days: Days  # taken to count both the first and the last day",
                "  year: Year  # must agree with the start",
                "visitor: From",
                "host: To",
                "name: Leader",
                "# not used: Aviso",
            ],
            id="from home and back",
        ),
        pytest.param(
            table("ABCD", lambda j: (f"{j.title} {j.name}", j.home, j.host, ("", "soon", f"{j.start}")[j.no % 3])),
            [
                NO_ID,
                "date:",
                "  # start: …  # no column reads as a date in 60% of its cells; 7 of 14 cells of D read as dates",
                *either("B", "C", "A"),
                "# person: A  # 20 of 20 cells are a title and a name: of those who travelled? Remove the # if so",
                "# not used: D",
            ],
            id="what falls short is told with its numbers",
        ),
    ],
)  # fmt: skip
def test_the_cells_decide(raw, lines):
    assert draft(raw) == lines


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        pytest.param(table("ABCD", lambda j: (f"{j.start.day}/{j.start.month}/{j.start.year}", j.home, j.host, j.name)), "  order: dmy  # 11 dates with the day first for sure, 8 that fit both orders", id="sure dates"),
        pytest.param("Start,End\n" + "".join(f"{m}/{d}/2015,{m}/{d + 2}/2015\n" for m in (9, 10) for d in range(1, 13)), "  order: mdy  # 4 dates with the month first for sure, 40 that fit both orders", id="sure ends"),
    ],
)  # fmt: skip
def test_an_order_of_day_and_month_is_drafted_with_its_reason(raw, line):
    assert line in draft(raw)


def test_an_order_may_follow_from_journeys_that_would_end_before_they_start():
    raw = "Start,End\n1/8/2015,3/8/2015\n2/9/2015,5/9/2015\n1/10/2015,3/10/2015\n30 April 2015,2/5/2015\n31 July 2015,1/8/2015\n29 September 2015,2/10/2015\n"
    assert (
        "  order: dmy  # in the order mdy 3 rows would end before the start, in this none; 9 dates that fit both orders"
        in draft(raw)
    )


def test_of_columns_of_dates_that_do_not_tell_an_end_is_a_question():
    raw = "A,B\n2015-05-05,2015-05-05\n2016-05-05,2016-05-05\n"
    assert "  # end: B  # its name does not say so; no row tells which of it and A is later" in draft(raw)
    raw = "A,B\n" + "".join(f"{m}/{d}/2015,{m}/{d + 2}/2015\n" for m in (9, 10) for d in range(1, 9))
    assert "  # end: B  # its name does not say so; never before A, after it in 16 rows" in draft(raw)
    assert "  # order: dmy  # or mdy: 30 dates that fit both, 0 with" in "\n".join(draft(raw))
    raw = "A,B\n2015-05-05,2015-05-07\n2016-05-05,2016-05-03\n"
    assert "  # end: B  # its name does not say so; before A in 1 of 2 rows in which they differ" in draft(raw)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param("1,x\n2,x\n1,x\n", "row-id: Id  # a different one in every row; 1 row told twice, word for word", id="a row told twice"),
        pytest.param("".join(f"{n},x\n" for n in range(1, 21)) + "7,y\n", "# row-id: …  # Id names most rows, with '7' in several rows that say different things: a row that is changed in the source will count as another", id="an id of two rows"),
        pytest.param("1,x\n1,y\n1,z\n", "# row-id: …  # Id has 1 value for 3 rows, with '1' in several rows that say different things: a row that is changed in the source will count as another", id="a number of something else"),
        pytest.param("1,x\n,y\n,z\n", "# row-id: …  # Id has 1 value for 3 rows, with 2 rows without one: a row that is changed in the source will count as another", id="rows without one"),
    ],
)  # fmt: skip
def test_what_names_a_row(body, line):
    assert draft(f"Id,Text\n{body}")[0] == line


@pytest.mark.parametrize(
    ("rows", "begin", "every"),
    [
        pytest.param(READ, "# Drafted from 5,000 rows of sheet.csv (ASCII; commas). Read", "every row", id="all of them"),
        pytest.param(READ + 1, "# Drafted from the first 5,000 rows of sheet.csv (ASCII; commas), which has more: what is said below is said of these alone. Read", "every row that was read", id="some of them"),
    ],
)  # fmt: skip
def test_a_draft_says_how_many_rows_it_is_made_from_and_claims_nothing_of_others(rows, begin, every):
    text = mapping_of("Id,Text\n" + "".join(f"{number},x\n" for number in range(1, rows + 1)))
    assert text.startswith(begin)
    assert f"row-id: Id  # a different one in {every}\n" in text


def test_each_different_cell_is_asked_once_however_often_a_column_is():
    asked = []
    one = column("A", ("x", "y", "x", "TBC", "z") * 20)
    assert [one.times(asked.append), one.times(asked.append), sorted(asked)] == [0, 0, ["x", "y", "z"]]


@given(st.lists(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde")))
def test_a_column_is_mostly_what_enough_of_its_cells_are_and_no_more_are_asked_than_decide_it(cells, passing):
    asked = []
    found = column("A", tuple(cells)).mostly(lambda cell: asked.append(cell) or cell in passing)
    assert found == (bool(cells) and sum(cell in passing for cell in cells) >= MOST * len(cells))
    assert len(asked) == len(set(asked))
    before = [cell for cell in cells if cell in asked[:-1]]
    passed = sum(cell in passing for cell in before)
    assert not asked or passed < MOST * len(cells) <= passed + len(cells) - len(before)


def test_what_only_looks_like_names_is_proposed():
    people = ("Ada Lovelace", "Tove Jansson", "Émile Zola", "Franz Kafka")
    lines = draft(table("ABCD", lambda j: (j.start, j.home, j.host, people[j.no % 4])))
    assert "# name: D  # 20 of 20 cells look like names: of those who travelled? Remove the # if so" in lines
    assert not [line for line in lines if line.startswith("name:")]


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(["First name", "Surname"], id="by their names"),
        pytest.param(["A", "B"], id="by people that are known"),
    ],
)
def test_names_in_two_columns_are_put_together(header):
    raw = table([*header, "From", "To", "Date"], lambda j: (*j.name.split(), j.home, j.host, j.start))
    put = f"name: [{', '.join(header)}]  # put together"
    by_cells = f"# name: [{', '.join(header)}]  # together 20 of 20 cells name holders of top offices: of those who travelled? Remove the # if so"
    assert (put if header[0] != "A" else by_cells) in draft(raw)
    mapping = mapping_of(raw, "a.csv").replace("# name:", "name:")
    assert [event.people[0].name for event in read(raw, mapping)[0]] == [j.name for j in journeys()]


def test_years_in_cells_with_the_form_of_a_date_are_quarantined_until_the_years_are_declared():
    rows = [[j.name, j.home, j.host, date(1899, 12, 30) + timedelta(j.start.year)] for j in journeys()]
    raw = workbook([["Leader", "From", "To", "Year"], *rows])
    mapping = mapping_of(raw, "a.xlsx")
    assert "  # between: 1990..2025  # 20 cells of a day of 1904 or 1905, or a year in a cell" in mapping
    assert len(read(raw, mapping, "a.xlsx")[1]) == 20
    events, kept, _ = read(raw, mapping.replace("# between", "between"), "a.xlsx")
    assert (kept, {event.date.text for event in events}) == ([], {"2018", "2019", "2020"})


def test_columns_that_repeat_others_in_codes_are_no_side_of_their_own():
    codes = {"China": "CHN", "France": "FRA", "Germany": "DEU"}
    lines = draft(
        table(["c1", "c2", "name", "date", "code"], lambda j: (codes[j.home], j.home, j.name, j.start, j.host))
    )
    assert "# visitor: c2  # either these two lines," in lines
    assert "# not used: c1" in lines


def test_titles_of_one_state_alone_are_known_where_they_are_its_own():
    rows = "Leader,Office,From,To,Date\nAngela Merkel,Chancellor,Germany,Japan,2015-03-09\n"
    assert "# titles:" not in "\n".join(draft(rows))
    rows += "George Osborne,Chancellor,United Kingdom,China,2015-09-20\n"
    assert "#   Chancellor: []  # 1 time but that of Austria and Germany" in draft(rows)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        pytest.param("State visits\n\n", "  header: 3  # the rows above have 1 cell at most, a row of the table 5", id="a title"),
        pytest.param("Visits, compiled by N. N., 2020\n", "  header: 2  # the row above has 3 cells, a row of the table 5", id="a title with commas"),
        pytest.param("Visits,,,,\nSource:,own,,,\n,,,,\n", "  header: 4  # the rows above have 2 cells at most, a row of the table 5", id="as a spreadsheet saves it"),
    ],
)  # fmt: skip
def test_rows_above_the_header(above, line):
    body = table(["From", "To", "Leader", "Office", "Date"], lambda j: (j.home, j.host, j.name, j.title, j.start))
    lines = draft(above + body)
    assert lines[:2] == ["read:", line]
    assert lines[2:] == draft(body)
    mapping = mapping_of(above + body)
    events, kept, _ = read(above + body, mapping)
    assert (len(events), kept) == (20, [])


def test_a_table_without_a_header():
    raw = table(["2018-01-01", "France", "Japan", "Emmanuel Macron"], lambda j: (j.start, j.home, j.host, j.name))
    lines = draft(raw)
    assert lines[:2] == ["read:", "  header: 0  # there is none: '2018-01-01' is a date in the first row; the columns are named by their number"]  # fmt: skip
    mapping = "source: {id: a, title: A}\nread: {header: 0}\ndate: {start: column 1}\nvisitor: column 2\nhost: column 3\nname: column 4\n"
    events, kept, found = read(raw, mapping)
    assert (found.came, len(events), kept) == (21, 21, [])
    book = workbook([line.split(",") for line in raw.splitlines()])
    events, kept, found = read(book, mapping, "sheet.xlsx")
    assert (found.came, len(events), kept) == (21, 21, [])


def workbook(rows, notes=(), merged=""):
    book = openpyxl.Workbook()
    if notes:
        for row in notes:
            book.active.append(row)
        book.create_sheet("Visits")
    for row in rows:
        book.worksheets[-1].append(row)
    if merged:
        book.worksheets[-1].merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mixed(day, number):
    """A day as spreadsheets hold it: a date, a number of days, a text, a year alone."""
    return (day, (day - date(1899, 12, 30)).days, f"{day:%d.%m.%Y}", day.year + 0.0)[number % 4]


def test_a_workbook_with_a_title_over_all_columns_and_dates_of_every_kind():
    rows = [
        [j.no, j.name, j.title, j.home, j.host, mixed(j.start, j.no), mixed(j.end, j.no) if j.no % 4 != 3 else None]
        for j in journeys()
    ]
    header = ["No", "Who", "Office", "From", "To", "Arrival", "Departure"]
    raw = workbook([["State visits"], [], header, *rows, [], ["Total: 20"]], [["Read me"]], "A1:G1")
    mapping = mapping_of(raw, "sheet.xlsx")
    assert mapping.splitlines()[8:11] == [
        "read:",
        "  sheet: Visits  # the first with a table; 'Sheet' has none",
        "  header: 3  # the rows above have 1 cell at most, a row of the table 7",
    ]
    events, kept, found = read(raw, mapping, "sheet.xlsx")
    assert (found.came, [one.row.cells["No"] for one in kept]) == (21, ["Total: 20"])
    expected = [str(j.start.year) if j.no % 4 == 3 else f"{j.start}/{j.end}" for j in journeys()]
    assert [event.date.text for event in events] == expected


SIDES = {"China": "china", "France": "france", "Germany": "germany", "Viet Nam": "vietnam"}


def said(event):
    return event.date.text, event.visitor, event.host, *(person.name for person in event.people)


@pytest.mark.parametrize(
    ("raw", "name", "mend", "when"),
    [
        pytest.param(table(["Nummer", "Besucher", "Amt", "Herkunft", "Ziel", "An", "Ab"], lambda j: (j.no, j.name, j.title, j.home, j.host, j.start, j.end), ";").encode("cp1252"), "a.csv", ("start: An", "end: Ab", "host: Ziel"), lambda j: f"{j.start}/{j.end}", id="semicolons"),
        pytest.param(table("ABCDE", lambda j: (j.end, j.host, j.name, j.start, j.home), "\t").encode("utf-16"), "a.tsv", ("start: D", "end: A", "visitor: E", "host: B", "name: C"), lambda j: f"{j.start}/{j.end}", id="UTF-16 and tabs"),
        pytest.param(table(["when", "guest", "from", "host"], lambda j: (f"{j.start:%d.%m.%y}", f"{j.title} {j.name}", j.home, j.host)), "a.csv", ("two-digit",), lambda j: str(j.start), id="years of two digits"),
        pytest.param(json.dumps({"data": [{"trip": f"{j.home} -> {j.host}", "who": {"name": j.name, "title": j.title}, "year": f"c. {j.start.year}"} for j in journeys()]}).encode(), "a.json", (), lambda j: f"{j.start.year}~", id="JSON"),
        pytest.param("".join(json.dumps({"f": j.home, "t": j.host, "n": j.name, "d": f"{j.start:%B %Y}"}) + "\n" for j in journeys()).encode(), "a.jsonl", ("start: d", "visitor: f", "host: t", 'name: "n"'), lambda j: str(j.start)[:7], id="lines of JSON"),
        pytest.param(table(["Year", "Month", "Visitor", "Home", "Destination"], lambda j: (j.start.year, f"{j.start:%b}", j.name, j.home, j.host)), "a.csv", ("visitor: Home",), lambda j: str(j.start)[:7], id="months in a column of their own"),
    ],
)  # fmt: skip
def test_a_draft_that_a_person_has_mended_brings_in_every_row_once(raw, name, mend, when):
    mapping = removed(mapping_of(raw, name), *mend)
    events, kept, found = read(raw, mapping, name)
    assert (found.came, found.written, found.merged, kept) == (20, 20, 0, [])
    expected = [(when(j), SIDES[j.home], SIDES.get(j.host, j.host.lower()), j.name) for j in journeys()]
    assert Counter(map(said, events)) == Counter(expected)


FRENCH = """N°;Pays visité;Fonction;Nom;Date
1;Chine;Président de la République;Jacques Chirac;du 15 au 18 mai 1997
2;Allemagne;Premier ministre;Lionel Jospin;12/9/1997
3;États-Unis;Président de la République;François Hollande;du 10 au 12 février 2014
4;Côte d'Ivoire;Président de la République;Emmanuel Macron;du 20 décembre 2019 au 22 décembre 2019
5;Corée du Nord;Sénateur;Jack Lang;9/11/2009
6;Royaume-Uni;Premier ministre;Jean-Pierre Raffarin;1er août 2003
"""


def test_a_table_in_french():
    raw = FRENCH.encode("latin-1")
    mapping = mapping_of(raw, "voyages.csv")
    assert "\nname: Nom\n" in mapping
    assert "\ntitle: Fonction\n" in mapping
    assert "  # order: dmy  # or mdy: 2 dates that fit both, 0 with the day first for sure" in mapping
    for old, new in {
        "# order": "order",
        "# defaults:": "defaults:",
        "#   visitor: france": "  visitor: france",
    }.items():
        mapping = mapping.replace(old, new, 1)
    events, kept, _ = read(raw, mapping, "voyages.csv")
    assert kept == []
    assert [(event.date.text, event.host, event.people[0].offices) for event in events] == [
        ("1997-05-15/1997-05-18", "china", ("president",)),
        ("1997-09-12", "germany", ("premier",)),
        ("2014-02-10/2014-02-12", "united-states", ("president",)),
        ("2019-12-20/2019-12-22", "ivory-coast", ("president",)),
        ("2009-11-09", "north-korea", ()),
        ("2003-08-01", "united-kingdom", ("premier",)),
    ]


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [pytest.param("latin-1", True, id="Latin-1"), pytest.param("utf-8", False, id="UTF-8"), pytest.param("utf-16", False, id="UTF-16")],
)  # fmt: skip
def test_words_in_an_encoding_that_nothing_tells_are_shown(encoding, guessed):
    raw = "Date,From,To,Leader\n2015-05-01,Chile,Japan,José Pérez\n2016-05-01,Chile,Peru,Ana\n".encode(encoding)
    mapping = mapping_of(raw, "a.csv")
    assert ("Nothing in the file tells its encoding; as it is read, it has José, Pérez." in mapping) is guessed
    name = "name: Leader\n" if "\nname: " not in mapping else ""
    _, _, found = read(raw, mapping + name, "a.csv")
    assert [text for text, _ in found.tally.most("letters")] == ["José", "Pérez"] * guessed
    declared = mapping + name + f"read: {{encoding: {encoding}}}\n"
    assert not read(raw, declared, "a.csv")[2].tally.rows["letters"]


RUSSIAN = "Дата;Страна;Гость;Принимающая страна\n16.05.2024;Россия;Владимир Путин;Китай\n"
CHINESE = "名单\n日期,来访国家,来访者,东道国\n2024年5月16日,俄罗斯,普京,中国\n2024年5月28日,阿联酋,穆罕默德,中国\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name", "host"),
    [
        pytest.param(RUSSIAN, "cp1251", "a.csv", "Принимающая страна", id="Russian"),
        pytest.param(CHINESE, "gb18030", "a.csv", "东道国", id="Chinese below a title"),
        pytest.param('[{"日期": "2024年5月16日", "来访国家": "俄罗斯", "东道国": "中国"}]', "gb18030", "a.json", "东道国", id="JSON"),
    ],
)  # fmt: skip
def test_a_draft_of_a_file_whose_encoding_is_given_declares_it_and_reads_it(text, encoding, name, host, ask, tmp_path):
    (tmp_path / name).write_bytes(text.encode(encoding))
    done = ask("import", "--suggest", name, "--encoding", encoding.upper())
    assert f"read:\n  encoding: {encoding}\n" in done.out
    assert f"\nhost: {host}\n" in done.out
    (tmp_path / "m.yaml").write_text(done.out + "defaults: {name: A}\n", "utf-8")
    assert re.search(rf"host +{host}\n", ask("import", "generic", name, "--mapping", "m.yaml").out)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--suggest", "a.csv", "--encoding", "klingon"], "no encoding is called 'klingon'"),
        (["--suggest", "a.csv", "--encoding", "hex"], "no encoding is called 'hex'"),
        (["--suggest", "a.csv", "--encoding", ""], "no encoding is called ''"),
        (["--suggest", "a.xlsx", "--encoding", "gbk"], "a.xlsx: it says its encoding itself"),
        (["generic", "a.csv", "--encoding", "gbk"], "--encoding goes only with --suggest"),
    ],
)
def test_an_encoding_that_says_nothing_is_refused(args, told, ask, tmp_path):
    for name in ("a.csv", "a.xlsx"):
        (tmp_path / name).write_text("Date,From\n", "utf-8")
    with pytest.raises(UsageError, match=re.escape(told)):
        ask("import", *args)


def test_several_objects_in_one_record_are_never_mixed_into_one_visit():
    one, other = ({"who": "Xi Jinping", "to": to, "start": start} for to, start in (("Italy", "2019-03-21"), ("Peru", "2016-11-17")))  # fmt: skip
    raw = json.dumps([{"from": "China", "visits": [one, other]}, {"from": "China", "visits": [one]}]).encode()
    mapping = mapping_of(raw, "a.json")
    assert "# BEWARE: visits has several objects in one record, which no line above reads." in mapping
    assert "visits.1" not in mapping
    assert "who.1.name" in mapping_of(json.dumps([{"who": [{"name": "Xi Jinping"}], "to": "Peru"}]).encode(), "a.json")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("Incoming", "Outgoing"), "Incoming and Outgoing", id="in English"),
        pytest.param(("来访", "出访"), "来访 and 出访", id="in Chinese"),
        pytest.param(("entrante", "saliente"), "entrante and saliente", id="in Spanish"),
        pytest.param(("long", "short"), "", id="other words"),
    ],
)
def test_a_column_that_says_which_way_a_journey_went_is_told(words, told):
    one = ("2015-05-01", words[0], "Ghana", "Nana Akufo-Addo")
    other = ("2016-05-01", words[1], "Senegal", "Xi Jinping")
    raw = "".join(f"{','.join(row)}\n" for row in (("Date", "Way", "Country", "Leader"), one, other))
    line = f"# BEWARE: Way seems to say which way each journey went ({told}). Then a mapping is for one way only"
    assert (line in mapping_of(raw, "a.csv")) is bool(told)
    both = raw.replace("Country,", "Visitor,Host,").replace("Ghana,", "Ghana,China,")
    assert "which way each journey went" not in mapping_of(both.replace("Senegal,", "China,Senegal,"), "a.csv")
    assert (line in mapping_of(both.replace("Senegal,", "Senegal,China,"), "a.csv")) is bool(told)


RECEIVED = (
    ("Giuseppe Conte", "Prime Minister", "Xi Jinping", "President", "Italy", "China"),
    ("Kim Jong Un", "Chairman", "Xi Jinping", "President", "North Korea", "China"),
    ("Xi Jinping", "President", "Emmanuel Macron", "President", "China", "France"),
    ("Moon Jae-in", "President", "Li Keqiang", "Premier", "South Korea", "China"),
)


@pytest.mark.parametrize(
    ("headers", "name", "title"),
    [
        pytest.param("Leader 1,Office 1,Leader 2,Office 2", "# Leader 2", "# Office 2", id="by their numbers"),
        pytest.param("Host leader,Host title,Guest leader,Guest title", "Guest leader", "Guest title", id="by words in both"),
        pytest.param("Host,Title,Visitor,Title", "Visitor", "Title (2)", id="in turn"),
        pytest.param("A,B,C,D", "# C", "# D", id="by their cells alone"),
        pytest.param("Welcomed by,Position,Head of delegation,Post", "Head of delegation", "Post", id="by the places of titles"),
        pytest.param("Name,Office,Guest,Office", "Guest", "Office (2)", id="a name that would say more"),
    ],
)  # fmt: skip
def test_who_received_is_never_taken_for_who_travelled(headers, name, title):
    raw = "".join(f"{','.join(row)}\n" for row in ([headers, "To", "From", "Date"], *((*one, f"201{n}-05-01") for n, one in enumerate(RECEIVED, 3))))  # fmt: skip
    mapping = mapping_of(raw, "a.csv").splitlines()
    sure = {f"{field}: {header}" for field, header in (("name", name), ("title", title)) if not header.startswith("# ")}
    assert {one for one in mapping if one.startswith(("name:", "title:"))} == sure
    for field, header in {"name": name, "title": title}.items():
        asked = [one for one in mapping if one.startswith(f"# {field}: {header[2:]}  # 4 of 4 cells")]
        assert len(asked) == header.startswith("# ")


@pytest.mark.parametrize(
    ("header", "leader"),
    [
        pytest.param("coder_name", "leader", id="who entered the row"),
        pytest.param("Author name", "Minister", id="who wrote of it"),
        pytest.param("Accompanying person", "Head of state", id="who did not lead"),
        pytest.param("On behalf of", "Head of delegation", id="who stayed at home"),
        pytest.param("Hotel name", "Visitor", id="what else has a name"),
    ],
)
def test_a_name_of_others_is_never_taken_for_who_travelled(header, leader):
    rows = [(f"Anna Meier {'ABCD'[n]}", one[2], one[5], one[4], f"201{n}-05-01") for n, one in enumerate(RECEIVED)]
    head = (header, leader, "From", "To", "Date")
    mapping = mapping_of("".join(f"{','.join(row)}\n" for row in (head, *rows)), "a.csv")
    assert [line.partition("  #")[0] for line in mapping.splitlines() if line.startswith("name:")] == [
        f"name: {leader}"
    ]
    mapping = mapping_of("".join(f"{row[0]},{','.join(row[2:])}\n" for row in (head, *rows)), "a.csv")
    assert "\nname:" not in mapping


def test_a_headline_is_no_title_of_a_person():
    rows = [(f"{one[2]} in town", *one[2:3], one[5], one[4], f"201{n}-05-01") for n, one in enumerate(RECEIVED)]
    head = ("Title", "Leader", "From", "To", "Date")
    mapping = mapping_of("".join(f"{','.join(row)}\n" for row in (head, *rows)), "a.csv")
    assert "\ntitle:" not in mapping
    assert "# not used: Title\n" in mapping


@pytest.mark.parametrize(
    ("header", "taken"),
    [("Title", True), ("Former title", False), ("Current position", False), ("Previous office", False)],
)
def test_a_title_of_another_time_is_none_of_the_journey(header, taken):
    rows = [(one[3], one[2], one[5], one[4], f"201{n}-05-01") for n, one in enumerate(RECEIVED)]
    mapping = mapping_of(
        "".join(f"{','.join(row)}\n" for row in ((header, "Leader", "From", "To", "Date"), *rows)), "a.csv"
    )
    assert (f"\ntitle: {header}\n" in mapping) is taken


@pytest.mark.parametrize("header", ["No. of visits", "Number of guests"])
def test_a_number_of_things_names_no_row(header):
    raw = f"{header},From,To,Leader,Date\n4,China,Peru,Xi Jinping,2016-11-17\n2,China,Italy,Xi Jinping,2019-03-21\n"
    assert "\nrow-id:" not in mapping_of(raw, "a.csv")


def test_a_fiscal_year_is_no_year_of_a_date():
    raw = "Fiscal year,Date,From,To,Leader\n2018,21 March,China,Italy,Xi Jinping\n2016,17 Nov,China,Peru,Xi Jinping\n"
    assert "  # start: …" in mapping_of(raw, "a.csv")


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        pytest.param(("Movement",), (("Arrival",), ("Departure",)), "Movement seems to say which rows are of arrivals and which of departures (Arrival, Departure)", id="arrivals and departures"),
        pytest.param(("Then",), (("Former",), ("Sitting",)), "Then seems to say who held an office no more (Former, Sitting)", id="former"),
        pytest.param(("Number of visits",), (("3",), ("1",)), 'Number of visits seems to count visits ("3", "1"), which no line above reads', id="numbers of visits"),
        pytest.param(("Represented by",), (("Wang Yi",), ("",)), "Represented by may name who travelled instead of others (Wang Yi)", id="who stood in"),
        pytest.param(("Organisation",), (("United Nations",), ("European Union",)), "Organisation names actors (United Nations, European Union)", id="who travelled for an organisation"),
        pytest.param(("Visit 2", "Visit 3"), (("2018-05-01", "2019-05-01"), ("", "2020-05-01")), "Visit 2 and Visit 3 are dates of visits, too", id="several visits in a row"),
    ],
)  # fmt: skip
def test_a_draft_warns_of_rows_that_are_not_one_visit_each(header, cells, told):
    rows = (("Visit 1", *header, "From", "To", "Leader"), *((f"201{n}-05-01", *cells[n], "China", "Peru", "Xi Jinping") for n in (0, 1)))  # fmt: skip
    mapping = mapping_of("".join(f"{','.join(row)}\n" for row in rows), "a.csv")
    assert f"# BEWARE: {told}" in mapping


def test_a_title_of_those_who_received_alone_is_asked_about():
    raw = "".join(f"{','.join(row)}\n" for row in (["Host leader", "Host title", "Guest", "To", "From", "Date"], *((a, b, c, to, of, f"201{n}-05-01") for n, (a, b, c, _, to, of) in enumerate(RECEIVED, 3))))  # fmt: skip
    mapping = mapping_of(raw, "a.csv")
    assert "name: Guest\n" in mapping
    assert (
        "\n# title: Host title  # 4 of 4 cells are titles that are known: held by those who travelled, and then? Remove the # if so\n"
        in mapping
    )


@pytest.mark.parametrize(
    ("headers", "place"),
    [
        pytest.param(("City", "City"), "City (2)", id="of one name"),
        pytest.param(("Departure city", "Arrival city"), "Arrival city", id="of there and back"),
        pytest.param(("A", "B"), "# B", id="by the cells alone"),
        pytest.param(("Departure", "Arrival"), "# Arrival", id="without a word for places"),
    ],
)
def test_places_are_of_the_host(headers, place):
    cities = (("Beijing", "Rome"), ("Beijing", "Pyongyang"), ("Paris", "Beijing"), ("Beijing", "Seoul"))
    rows = [(b, of, to, f"201{n}-05-01", *cities[n - 3]) for n, (_, _, b, _, to, of) in enumerate(RECEIVED, 3)]
    mapping = mapping_of("".join(f"{','.join(row)}\n" for row in (("Leader", "From", "To", "Date", *headers), *rows)), "a.csv")  # fmt: skip
    asked = "  # 4 of 4 cells name capitals: where the visit went? Remove the # if so"
    line = f"# places: {place[2:]}{asked}" if place.startswith("# ") else f"places: {place}"
    assert [one for one in mapping.splitlines() if "places: " in one] == [line]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(("Term begins", "Term ends"), id="of a term"),
        pytest.param(("In office from", "In office until"), id="in office"),
        pytest.param(("Amtsantritt", "Amtsende"), id="in German"),
        pytest.param(("Relations since", "Relations until"), id="of relations"),
        pytest.param(("Start of mandate", "End of mandate"), id="of a mandate"),
    ],
)
def test_days_of_an_office_are_none_of_a_visit(headers):
    mapping = mapping_of(table(("From", "To", "Leader", *headers, "Day seen"), lambda j: (j.home, j.host, j.name, "2001-01-01", "2029-01-01", j.start)))  # fmt: skip
    assert "\n  # start: Day seen" in mapping
    assert "\n  end: " not in mapping


@pytest.mark.parametrize(
    "header", ["Took place", "Happened?", "Confirmed", "Virtual", "Postponed", "In person?", "Verified"]
)
def test_a_header_that_asks_whether_a_visit_took_place_is_of_a_status(header):
    raw = with_column(header, "Yes", "No")
    assert f"status: {quoted(header)}  # by its header" in mapping_of(raw)
    assert "status:" not in mapping_of(with_column(header, "some", "more", "other"))


def test_a_header_that_says_both_ways_tells_none():
    mapping = mapping_of("Leader,From/To,With,Date\nA Bx,Italy,China,2019-03-21\nC Dx,China,Peru,2015-03-21\n", "a.csv")
    assert QUESTION in mapping


def test_people_of_the_host_alone_are_asked_about():
    raw = "Leader,From,To,Date\nXi Jinping,Italy,China,2019-03-21\nAngela Merkel,Ghana,Germany,2015-03-21\n"
    assert "\n# name: Leader  # those of its people who are known held offices of the host" in mapping_of(raw, "a.csv")


@pytest.mark.parametrize(
    ("header", "line"),
    [
        pytest.param("Days", "  days: Days  # taken to count both the first and the last day", id="days"),
        pytest.param("Duration", "  # days: Duration  # if it counts both the first and the last day", id="a duration, of nobody knows what"),
        pytest.param("Nights", None, id="nights, which are a day less"),
        pytest.param("Length of stay (nights)", None, id="a length in nights"),
    ],
)  # fmt: skip
def test_a_duration_gives_an_end_only_where_it_counts_days(header, line):
    mapping = mapping_of(
        table(["From", "To", "Leader", "Start", header], lambda j: (j.home, j.host, j.name, j.start, 3))
    )
    assert [one for one in mapping.splitlines() if "days: " in one] == ([line] if line else [])


def test_days_and_months_beside_their_year_are_one_date():
    days = ("22–24 March", "2 July", "June", "30 Dec – 2 Jan", "")
    raw = "Year,Dates,From,To,Leader\n" + "".join(f"201{n},{day},China,Japan,Xi Jinping\n" for n, day in enumerate(days, 3))  # fmt: skip
    mapping = mapping_of(raw, "a.csv")
    assert "  start: [Year, Dates]  # years, and days and months in them\n" in mapping
    events, kept, _ = read(raw, mapping)
    assert [event.date.text for event in events] == ["2013-03-22/2013-03-24", "2014-07-02", "2015-06", "2017"]
    assert [one.why for one in kept] == [("start: '30 Dec – 2 Jan 2016' ends before it starts",)]


def test_a_number_of_days_among_years_may_be_a_slip():
    book = openpyxl.Workbook()
    for row in (("Year", "From", "To", "Leader"), *((year, "China", "Peru", "Xi Jinping") for year in (2013, 2014, 20150, 2016))):  # fmt: skip
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    mapping = mapping_of(out.getvalue(), "a.xlsx")
    assert "\n  # days-from: 1900  # 1 number of days" in mapping
    events, kept, _ = read(out.getvalue(), mapping, "a.xlsx")
    assert (len(events), len(kept)) == (3, 1)


def test_a_draft_tells_what_it_was_not_made_from():
    raw = json.dumps({"in": [{"to": "Peru"}], "out": [{"to": "Italy"}, {"to": "Chad"}]}).encode()
    assert "# BEWARE: the records are 'out'; beside them, and not read, stands 'in'.\n" in mapping_of(raw, "a.json")


def test_rows_told_twice_that_are_not_dated_to_the_day_may_be_two_visits():
    raw = "Year,From,To,Leader\n2015,China,Japan,Xi Jinping\n2015,China,Japan,Xi Jinping\n"
    mapping = mapping_of(raw, "a.csv")
    events, _, found = read(raw, mapping)
    assert (len(events), found.merged) == (1, 1)
    assert found.tally.rows["repeated, not dated to the day"] == 1


def test_the_quarantine_of_a_table_below_a_title_is_read_from_its_own_header(ask, tmp_path):
    (tmp_path / "a.csv").write_text("Title\n\nDate,From,To,Leader\n2015,China,Ruritania,Xi Jinping\n2014,China,France,Xi Jinping\n2016,China,Japan,Xi Jinping\n", "utf-8")  # fmt: skip
    mapping = ask("import", "--suggest", "a.csv").out.replace("  header: 3", "  encoding: cp1252\n  header: 3")
    (tmp_path / "m.yaml").write_text(mapping, "utf-8")
    ask("import", "generic", "a.csv", "--mapping", "m.yaml", "-o", "a.yaml")
    path = tmp_path / "a.quarantine.csv"
    path.write_text(path.read_text("utf-8").replace("Ruritania", "Türkiye"), "utf-8")
    done = ask("import", "generic", path.name, "--mapping", "m.yaml", "-o", "a.yaml", "--yes")
    assert "1 new" in done.out
    assert "host: turkey" in (tmp_path / "a.yaml").read_text("utf-8")


SHEET = """Nr;Leader;Position;Visitor country;Destination;Arrival;Departure;Type;Cities;Link
1;Xi Jinping;President;China;Hungary;08.05.2024;10.05.2024;State visit;Budapest;https://a.example/1
2;Li Keqiang;Premier;China;Republic of Korea;31.10.2015;02.11.2015;Lunch;Seoul, Jeju;https://a.example/2
3;Wang Yi;Foreign Minister;PRC;Ruritania;04.12.2019;05.12.2019;Official visit;Strelsau;https://a.example/3
"""


def test_a_mapping_drafted_from_a_sheet_reads_that_sheet(golden):
    text = mapping_of(SHEET)
    golden("import-suggested.yaml", text)
    mapping = read_mapping("m.yaml", text, shipped())
    assert mapping.dates.order.order == "dmy"
    assert mapping.columns["visitor"] == ("Visitor country",)


def test_a_draft_names_titles_without_an_office_and_words_of_support():
    raw = b"Date,From,To,Leader,Office,Support\n2019-06,China,DPRK,Xi Jinping,President of China; Premier of the Cabinet,recalled\n"
    text = mapping_of(raw)
    assert "support: Support\n" in text
    assert "#   Premier of the Cabinet: []  # 1 time" in text
    assert "President of China" not in text


def test_a_draft_leaves_open_whose_countries_a_column_has():
    for country, line in (
        ("China", "# visitor: Country  # or host: its name does not say which."),
        ("France", "# host: Country  # or visitor: its name does not say which."),
    ):
        text = mapping_of(f"Leader,Country,Date\nXi Jinping,{country},25/03/2014\n")
        assert f"\n{line}" in text
        assert "\nvisitor:" not in text
        assert "\nhost:" not in text


@pytest.mark.parametrize(
    ("leader", "country", "lines"),
    [
        pytest.param("Xi Jinping", "France", ["# In none of 1 row in which Leader names a holder of a top office, that was an office of Country.", "# host: Country", "#   visitor: china"], id="where they went: the host, and the visitor for all"),
        pytest.param("Xi Jinping", "China", ["# In 1 of 1 row in which Leader names a holder of a top office, that was an office of Country.", "# visitor: Country", "#   host: …"], id="where they are from: the visitor"),
        pytest.param("Jane Roe", "France", ["# visitor: Country", "#   host: …"], id="nobody is known: the visitor, as a question"),
    ],
)  # fmt: skip
def test_of_the_only_column_of_actors_a_side_is_proposed(leader, country, lines):
    told = draft(f"Leader,Country,Date\n{leader},{country},25/03/2014\n")
    assert [
        line.partition("  #")[0] for line in told if line.startswith(("# In ", "# visitor", "# host", "#   "))
    ] == lines


def test_who_received_says_where_the_guests_went():
    told = draft("Visitor,Official,Date\nFrance,Xi Jinping,25/03/2014\nJapan,Xi Jinping,25/10/2018\n")
    assert [line.partition("  #")[0] for line in told if line.startswith(("# visitor", "# host", "#   "))] == ["# visitor: Visitor", "#   host: china"]  # fmt: skip


def test_beside_the_host_the_state_of_all_who_travelled_is_proposed():
    raw = "Leader,Host country,Date\nXi Jinping,France,25/03/2014\nHu Jintao,Japan,06/05/2008\n"
    assert draft(raw)[-2:] == ["# defaults:", "#   visitor: china"]


def test_adjectives_are_a_side_where_the_header_says_so():
    raw = "Date,Guest,Guest nationality,Nationality,Host country\n" + "".join(
        f"2019-0{n}-25,Guest {n},{one},{one},{host}\n"
        for n, (one, host) in enumerate((("French", "China"), ("South Korean", "France"), ("Congolese", "Japan")), 1)
    )
    assert "visitor: Guest nationality" in draft(raw)
    asked = draft(raw.replace("Guest nationality", "Language"))
    assert "# visitor: Nationality  # 2 of 3 cells are known actors: who travelled? Remove the # if so" in asked
    assert not [line for line in asked if line.startswith(("# visitor: Language", "# host: Language"))]


def test_titles_of_which_none_is_known_are_asked_about():
    raw = "日期,领导人,职务,目的地国\n2014年7月3日,习近平,主任,韩国\n"
    assert "# title: 职务  # a word of its header says so: held by those who travelled, and then? Remove the # if so" in draft(raw)  # fmt: skip


def test_rows_that_cannot_be_put_into_cells_are_told_in_a_draft():
    raw = "Start,From,To,Name\n2014-05-01,China,Germany,Li Keqiang,more\n2014-05-02,China,France,Li Keqiang\n"
    assert "\n# 1 row cannot be put into cells, and will be quarantined: row 2, " in mapping_of(raw)


def test_a_known_header_over_cells_of_which_few_are_known_is_asked_about():
    raw = "Start,From,To,Name\n2014-05-01,China,Germany; Italy,Li Keqiang\n2014-09-02,China,India,Xi Jinping\n"
    assert "# host: To  # 1 of 2 cells are known actors: who received? Remove the # if so" in draft(raw)


def test_cells_that_are_merged_over_several_rows_are_told():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["Start", "From", "To", "Name", "City"],
        ["2005-11-08", "China", "Spain", "Hu Jintao", "Madrid"],
        ["2005-11-16", "China", "Peru", "Hu Jintao", None],
    ):
        book.active.append(row)
    book.active.merge_cells("E2:E3")
    book.active.merge_cells("B1:C1")
    raw = io.BytesIO()
    book.save(raw)
    mapping = mapping_of(raw.getvalue(), "a.xlsx")
    assert "# BEWARE: cells that are one over several rows (E2:E3): only the first row of each has its text" in mapping


def test_lines_of_a_cell_are_drafted_as_several_places():
    raw = 'Start,From,To,Name,City\n2014-05-01,China,Germany,Li Keqiang,"Berlin\nMunich"\n'
    mapping = mapping_of(raw)
    assert "\nsplit:\n  places: line break\n" in mapping
    assert read(raw, mapping)[0][0].places == ("Berlin", "Munich")
    events, _, found = read(raw, mapping.replace("split:\n  places: line break\n", ""))
    assert events[0].places == ("Berlin Munich",)
    assert found.tally.most("line break")[0][0] == "places: Berlin Munich"


def test_words_of_the_only_column_of_actors_stand_under_the_side_that_is_proposed():
    raw = "Leader,Land,Date\n" + "".join(
        f"Xi Jinping,{land},2014-03-2{n}\n" for n, land in enumerate(("France", "Japan", "Ruritania"))
    )
    assert [line.partition(":")[0] for line in draft(raw) if line.startswith(("# host", "#   host", "#   visitor", "#     "))] == ["# host", "#   visitor", "#   host", "#     Ruritania"]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "dirty"),
    [
        pytest.param("Year,Month,Day", "2003-04", id="a year that says more"),
        pytest.param("Year,Month,Day", "20l3", id="a year with a letter"),
        pytest.param("Year,Month,Day", "n.d.", id="no year"),
        pytest.param("a,b,c", "2003-04", id="by their numbers"),
        pytest.param("a,b,c", "c. 2003", id="by their numbers, a year that is uncertain"),
    ],
)
def test_one_dirty_year_does_not_hide_a_date_in_three_columns(header, dirty):
    rows = [
        f"{dirty if n == 7 else 2000 + n},{n * 5 % 12 + 1},{n * 7 % 28 + 1},China,Japan,Xi Jinping" for n in range(10)
    ]
    told = draft("\n".join([f"{header},From,To,Leader", *rows]) + "\n")
    start = f"start: [{header.replace(',', ', ')}]"
    assert any(line.startswith(f"  # {start}  # " if header.islower() else f"  {start}") for line in told)


def test_a_column_of_days_beside_one_of_years_is_no_part_of_a_date():
    raw = "Year,Month,Date,From,To,Leader\n" + "".join(
        f"{j.start.year},{j.start.month},{j.start},China,Japan,Xi Jinping\n" for j in journeys()
    )
    assert "  start: Date" in draft(raw)
    assert "  year: Year  # must agree with the start" in draft(raw)


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        pytest.param("Country A,Country B", ["# visitor: Country A  # either these two lines,", "# host: Country B", "# visitor: Country B  # or these", "# host: Country A"], id="neither name tells"),
        pytest.param("Country,Host country", ["visitor: Country  # the other column of actors: 1 of 1 cells", "host: Host country"], id="one tells for both"),
        pytest.param("Visiting country,Country", ["visitor: Visiting country", "host: Country  # the other column of actors: 1 of 1 cells"], id="the other one"),
        pytest.param("Home,Away", ["# visitor: Home  # either these two lines,", "# host: Away", "# visitor: Away  # or these", "# host: Home"], id="at home one receives"),
        pytest.param("Country,Visited by", ["# visitor: Country  # either these two lines,", "# host: Visited by", "# visitor: Visited by  # or these", "# host: Country"], id="a passive"),
        pytest.param("Country,Visiting", ["# visitor: Country  # either these two lines,", "# host: Visiting", "# visitor: Visiting  # or these", "# host: Country"], id="a verb of both sides"),
        pytest.param("Invitation from,Country", ["# visitor: Invitation from  # either these two lines,", "# host: Country", "# visitor: Country  # or these", "# host: Invitation from"], id="who invites receives"),
    ],
)  # fmt: skip
def test_a_draft_takes_a_direction_from_names_that_tell_it(header, lines):
    raw = f"{header},Person,Date\nChina,France,Xi Jinping,2014-03-25\n".encode()
    told = draft(raw)
    assert [line for line in told if line.lstrip("# ").startswith(("visitor:", "host:"))] == lines


DATA = Path(__file__).parent / "data"


def test_every_file_that_tests_have_gets_a_draft_that_is_a_mapping():
    """`mapping_of` holds each draft against what every draft must be."""
    mapping_of((DATA / "colt-layout.latin1.csv").read_bytes(), "colt.csv")
    with tarfile.open(DATA / "state-department.tar.xz") as tar:
        for member in tar.getmembers()[:60]:
            if member.name.endswith(".xml") and (file := tar.extractfile(member)):
                mapping_of(file.read(), member.name)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Leader,A,B,Date,Type\nXi Jinping,China,Ruritania,2014-05-05,Lunch\nXi Jinping,China,Japan,2014-06-05,State visit\nLi Keqiang,China,Japan,2014-06-07,state\n", id="two sides, one of which is not known, and kinds"),
        pytest.param("Leader,Land,Date\nJane Roe,Ruritania,2014-05-05\nJane Roe,France,2014-06-05\nJane Roe,Japan,2014-06-05\n", id="one side with an unknown actor"),
        pytest.param('Leader,Title,Land,Date\nJane Roe,"Chair: of, the #1",France,2014-06-05\nJane Roe,President,Japan,2014-06-05\nJane Roe,President,Japan,2014-06-08\n', id="a title with signs of YAML"),
        pytest.param("A,B\nx,y\n", id="no date and no actors"),
        pytest.param("A,B\n", id="no rows"),
        pytest.param("Year,Month,From,To\n2014,5,China,Japan\n2014,6,China,France\n", id="nobody is named"),
        pytest.param('From,To,Date,Name\nChina,"a: b # c",2014-05-05,X Y\nChina,Japan,2014-05-05,X Y\nChina,France,2014-05-05,X Y\n', id="an actor with signs of YAML"),
    ],
)  # fmt: skip
def test_a_draft_is_a_mapping_with_and_without_its_comments(raw):
    mapping_of(raw)


def test_a_slip_in_a_column_that_is_always_the_same_does_not_hide_what_it_is():
    rows = "".join(f"China,France,Xi Jinping,2014-03-{day:02}\n" for day in range(1, 31))
    raw = f"Origin,Destination,Leader,Date\n{rows}Chna,France,Xi Jinping,2014-04-01\n".encode()
    text = mapping_of(raw)
    assert "\nvisitor: Origin\n" in text
    assert "Chna: …  # 1 row; did you mean 'china'" in text


def with_column(header, *cells):
    """The journeys with one column more, of which the cells come round and round."""
    return table(
        ("id", "visitor", "host", "name", "title", "start", header),
        lambda j: (j.no, j.home, j.host, j.name, j.title, j.start, cells[j.no % len(cells)]),
    )


@pytest.mark.parametrize(
    ("header", "cells", "lines"),
    [
        pytest.param("Status", ("Completed", "Cancelled", "Postponed", "Planned"), ["Completed: …  # 5 rows; probably happened", "Postponed: …  # 5 rows; postponed: not on this day", "Planned: …  # 5 rows; probably announced"], id="words of status that are known"),
        pytest.param("Status", ("Xyz", "Abc"), ["Abc: …  # 10 rows", "Xyz: …  # 10 rows"], id="words that nobody knows"),
        pytest.param("Held", ("yes", "no"), ['"no": …  # 10 rows', '"yes": …  # 10 rows'], id="answers to a header that asks"),
        pytest.param("Estado", ("cancelada", "visita", "visita"), ["visita: …  # 14 rows", "cancelada: …  # 6 rows; probably cancelled"], id="a header in Spanish"),
        pytest.param("Statut", ("Report", "réalisée", "réalisée"), ["réalisée: …  # 14 rows; probably happened", "Report: …  # 6 rows; postponed: not on this day"], id="in French"),
        pytest.param("Status", ("مؤجلة", "تم إلغاؤها", "تمت"), ["تم إلغاؤها: …  # 7 rows; probably cancelled", "تمت: …  # 7 rows; probably happened", "مؤجلة: …  # 6 rows; postponed: not on this day"], id="in Arabic"),
        pytest.param("Статус", ("отменён", "прошёл", "прошёл"), ["прошёл: …  # 14 rows", "отменён: …  # 6 rows; probably cancelled"], id="a header in Russian"),
    ],
)  # fmt: skip
def test_a_column_of_a_status_is_mapped_and_its_unknown_words_refuse_their_rows(header, cells, lines):
    raw = with_column(header, *cells)
    mapping = mapping_of(raw)
    assert f"\nstatus: {header}" in mapping
    assert sorted(line.removeprefix("#     ") for line in mapping.splitlines() if line.startswith("#     ")) == sorted(
        lines
    )
    events, kept, _ = read(raw, mapping)
    unknown = {line.partition(":")[0].strip('"') for line in lines}
    assert len(kept) == sum(cells[one.no % len(cells)] in unknown for one in journeys())
    assert {event.status for event in events} <= {"cancelled"}


def test_a_column_that_may_say_that_visits_did_not_take_place_is_decided_before_an_import():
    raw = with_column("X", "abgesagt", "durchgeführt")
    mapping = mapping_of(raw)
    assert "\n  status: [X]\n" in mapping
    asked = "# status: X  # 20 of 20 cells say what became of something: of the visit? Remove the # if so\n"
    assert asked in mapping
    assert "# BEWARE: 10 of 20 cells of X say cancelled" in mapping
    assert len(read(raw, removed(mapping, "status: X"))[1]) == 20
    assert len(read(raw, mapping.replace("  status: [X]\n", "").replace("open:", "# open:"))[0]) == 20


def test_a_column_that_may_say_that_visits_are_not_sure_is_decided_before_an_import():
    raw = with_column("Certainty", "Rumoured", "Confirmed")
    mapping = mapping_of(raw)
    assert "\n  support: [Certainty]\n" in mapping
    assert "\n# support: Certainty  # 20 of 20 cells are words for how sure something is: is it how well" in mapping
    assert "\n#     Rumoured: …  # 10 rows\n" in mapping
    meant = "values: {support: {Rumoured: recalled, Confirmed: confirmed}}\n"
    events, kept, _ = read(raw, removed(mapping, "support: Certainty") + meant)
    assert (Counter(event.support for event in events), kept) == ({"recalled": 10, "confirmed": 10}, [])


def test_a_column_of_a_role_is_mapped_and_its_unknown_words_refuse_their_rows():
    raw = with_column("role", "head", "accompanied")
    mapping = mapping_of(raw)
    assert "\nrole: role  # by its header; a row with a word that has no meaning here is quarantined" in mapping
    events, kept, _ = read(raw, mapping)
    assert (events, len(kept)) == ([], 20)
    assert kept[0].why == ("unknown role 'accompanied'; did you mean 'accompanies'?",)


def test_a_role_of_words_that_may_be_offices_is_asked_about():
    mapping = mapping_of(with_column("LeaderRole", "S", "GS"))
    assert "\nrole:" not in mapping
    assert "# BEWARE: LeaderRole may say who led and who accompanied (GS, S), which no line above reads" in mapping


@pytest.mark.parametrize("cells", [("yes", "no"), ("oui", "non"), ("да", "нет"), ("x",)])
def test_answers_are_nobody_who_was_met(cells):
    assert "met:" not in mapping_of(with_column("Met", *cells))


def test_kinds_are_no_status():
    assert "status:" not in mapping_of(with_column("Status", "official", "working", "state"))


def test_a_state_of_a_federation_is_no_status():
    assert "status:" not in mapping_of(with_column("Estado", "Jalisco", "Sonora", "Oaxaca"))


@pytest.mark.parametrize(
    ("header", "cells", "times"),
    [
        pytest.param("Extra", ("Cancelled (typhoon)", "x1", "x2", "x3"), 5, id="a column that is not used"),
        pytest.param("Remarks", ("visit postponed", "long talks", "much said", "Announced a loan"), 5, id="remarks"),
        pytest.param("Extra", ("Annulée hier", "x1"), 10, id="in French"),
        pytest.param("Format", ("Zoom", "in person", "x1", "x2"), 5, id="a program for it"),
        pytest.param("Kind", ("Planned", "state", "official", "working"), 5, id="a kind: planned"),
        pytest.param("Type", ("announced visit", "state", "official", "working"), 5, id="a kind: announced"),
        pytest.param("Kind", ("aborted", "state", "official", "working"), 5, id="a kind: aborted"),
        pytest.param("Remarks", ("Visit did not go ahead", "long talks", "much said", "x"), 5, id="did not go ahead"),
        pytest.param("Remarks", ("Visit didn't take place", "long talks", "much said", "x"), 5, id="didn't take place"),
        pytest.param("Remarks", ("Called off at short notice", "long talks", "much said", "x"), 5, id="called off"),
        pytest.param(
            "Remarks", ("Visit did not materialise", "long talks", "much said", "x"), 5, id="did not materialise"
        ),
        pytest.param("Remarks", ("Rescheduled by Rome", "long talks", "much said", "x"), 5, id="rescheduled"),
        pytest.param("Remarks", ("Virtual summit", "long talks", "talks on online safety", "x"), 5, id="from afar"),
        pytest.param("Remarks", ("Talks by video link", "long talks", "a telephone company", "x"), 5, id="by video"),
        pytest.param("City", ("Virtual", "Rome", "Beijing", "Lima"), 5, id="a place that is none"),
        pytest.param("Type", ("Phone call", "state", "official", "working"), 5, id="a call"),
        pytest.param("Type of contact", ("Letter", "Visit", "Talks", "Dinner"), 5, id="a letter"),
        pytest.param("Remarks", ("Letter to Kim Jong Un", "long talks", "letters were read", "x"), 5, id="a letter to"),
        pytest.param("Contact", ("Condolence telegram", "x1", "x2", "x3"), 5, id="a telegram"),
        pytest.param("Kontakt", ("Telefonat", "x1", "x2", "x3"), 5, id="a call in German"),
        pytest.param("形式", ("致电", "x1", "x2", "x3"), 5, id="a call in Chinese"),
        pytest.param("Keterangan", ("Dibatalkan", "x1", "x2", "x3"), 5, id="in Indonesian"),
        pytest.param("비고", ("방문 취소", "x1", "x2", "x3"), 5, id="in Korean"),
        pytest.param("ملاحظات", ("تم إلغاء الزيارة", "x1", "x2", "x3"), 5, id="in Arabic"),
        pytest.param("备注", ("访问已取消", "x1", "x2", "x3"), 5, id="in Chinese, which has no blanks"),
    ],
)
def test_cells_that_say_not_held_and_are_not_read_as_a_status_are_told_loudly(header, cells, times):
    raw = with_column(header, *cells)
    mapping = mapping_of(raw)
    assert (
        f"# BEWARE: {times} of 20 cells of {header} say cancelled, postponed, planned, announced or held from afar"
        in mapping
    )
    _, _, found = read(raw, mapping)
    assert found.tally.rows["not held"] == times
    assert [text for text, _ in found.tally.most("not held")] == [f"{header}: {cells[0]}"]


def test_what_a_status_says_or_a_person_left_aside_is_told_no_more():
    raw = with_column("Extra", "Cancelled")
    for line in ("status: Extra\n", "ignore: [Extra]\n"):
        _, _, found = read(raw, mapping_of(with_column("Extra", "x")) + line)
        assert found.tally.rows["not held"] == 0


UNKNOWN = ("TBC", "tbd", "unknown", "?", "n/a", "-", "–", "—", ".", "none")


@pytest.mark.parametrize("field", ["status", "role", "support"])
@pytest.mark.parametrize("word", UNKNOWN)
def test_a_word_for_not_known_is_no_empty_cell_where_it_decides_what_counts(field, word):
    raw = with_column(field, OURS[field], word, "")
    mapping = mapping_of(raw)
    asked = [line.partition("  #")[0] for line in mapping.splitlines() if line.startswith("#     ")]
    assert [json.loads(line[6:-3]) if '"' in line else line[6:-3] for line in asked] == [word]
    events, kept, _ = read(raw, mapping)
    said = [one.no % 3 for one in journeys()]
    assert len(events) == len(said) - said.count(1)
    assert {row.why[0].partition("; did")[0] for row in kept} == {f"unknown {field} {word!r}"}
    assert len(kept) == said.count(1)


def test_a_status_of_which_nothing_is_known_at_all_refuses_every_row():
    raw = with_column("Status", "TBC", "?")
    mapping = mapping_of(raw)
    assert "\nstatus: Status" in mapping
    assert (read(raw, mapping)[0], len(read(raw, mapping)[1])) == ([], 20)


def test_a_dash_may_be_declared_and_is_no_empty_cell():
    raw = with_column("status", "-", "", "–")
    declared = 'values:\n  status:\n    "-": cancelled\n'
    events, kept, _ = read(raw, mapping_of(raw) + declared)
    marks = [one.no % 3 for one in journeys()]
    counted = Counter(event.status for event in events)
    assert counted == {"cancelled": marks.count(0), "happened": marks.count(1)}
    assert len(kept) == marks.count(2)


def test_a_kind_that_is_not_known_refuses_no_row():
    raw = with_column("Kind", "state", "n/a")
    events, kept, _ = read(raw, mapping_of(raw))
    assert (len(events), kept) == (20, [])


def with_dates(start, other, days):
    """Journeys with a day and another date, so many days after it, or before."""
    rows = (f"{j.start},{j.start + timedelta(days + j.no % 3)},{j.name},{j.home},{j.host}\n" for j in journeys())
    return f"{start},{other},Name,From,To\n" + "".join(rows)


def dated_by(raw):
    """The lines of dates of a draft, without why, and whether it lists the second column as not used."""
    lines = draft(raw)
    at = lines.index("date:")
    dates = (line for line in lines[at + 1 :] if line.lstrip(" #").startswith(("start:", "end:")))
    told = [re.sub(r"(?<=\S)  # .*", "", line) for line in dates]
    unused = [line.removeprefix("# not used: ") for line in lines if line.startswith("# not used: ")]
    return told, unused


@pytest.mark.parametrize("days", [1, -30])
@pytest.mark.parametrize(
    ("start", "other"),
    [
        ("Arrival", "Signed on"),
        ("Visited", "Reported on"),
        ("Date", "Report date"),
        ("Date", "Source date"),
        ("Date", "Article date"),
        ("Date", "News date"),
        ("Date", "Press release"),
        ("Date", "Entry date"),
        ("Date", "Agreement signed"),
        ("Date of visit", "Signature"),
        ("Fecha", "Firma"),
        ("Дата визита", "Заметка"),
        ("Date", "Reported to"),
        ("Date", "Until signed"),
    ],
)
def test_a_date_of_something_else_is_never_drafted_as_the_start_or_end_of_a_visit(start, other, days):
    raw = with_dates(start, other, days)
    told, unused = dated_by(raw)
    assert told[0] == f"  start: {start}"
    assert all(line.startswith("  # end:") for line in told[1:])
    assert other in unused[0]
    events, kept, found = read(raw, mapping_of(raw))
    assert (len(events), kept, found.tally.rows["form of end"]) == (20, [], 0)


@pytest.mark.parametrize(
    "other",
    ["Crawled", "Reported", "Invitation sent", "Previous visit", "Previous arrival", "Veröffentlicht", "Fecha de publicación", "Last updated", "Date announced", "DOB", "Election date", "Press release date", "Approval date", "Last visit"],
)  # fmt: skip
@pytest.mark.parametrize("days", [2, -30])
def test_a_date_that_says_that_it_is_of_something_else_is_not_asked_about(other, days):
    told, unused = dated_by(with_dates("Arrival", other, days))
    assert (told, unused) == (["  start: Arrival"], [other])


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Article date", "  # start: …  # Article date reads as dates, by name of something else"),
        ("Planned dates", "  # start: …  # Planned dates reads as dates, by name of something else"),
        ("Filed", "  # start: Filed  # the only column of dates: of the visit? Remove the # if so"),
        ("Date entered", "  # start: Date entered  # the only column of dates: of the visit? Remove the # if so"),
        ("Date of visit", "  start: Date of visit"),
    ],
)
def test_the_only_column_of_dates_is_taken_where_its_header_is_known(header, line):
    rows = (f"{j.start},{j.name},{j.home},{j.host}\n" for j in journeys())
    assert line in draft(f"{header},Name,From,To\n" + "".join(rows))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Arrival", "Departure"),
        ("Start", "End"),
        ("StartDate", "enddate"),
        ("From date", "To date"),
        ("Visited", "Left"),
        ("Visit date", "Date until"),
        ("Departure", "Return"),
        ("Beginn", "Ende"),
        ("Von", "Bis"),
        ("Date de début", "Date de fin"),
        ("Llegada", "Salida"),
        ("Fecha de inicio", "Hasta"),
        ("Chegada", "Partida"),
        ("Inizio", "Fine"),
        ("Aankomst", "Vertrek"),
        ("Od", "Do"),
        ("Ankomst", "Avresa"),
        ("Дата начала", "Дата окончания"),
        ("С", "По"),
    ],
)
def test_the_name_of_a_column_says_that_a_visit_ends(start, end):
    named = start.replace("From", "Begin"), end
    told, unused = dated_by(with_dates(*named, 1))
    assert (told, unused) == ([f"  start: {named[0]}", f"  end: {named[1]}"], [])


def test_an_end_that_is_mostly_before_the_start_is_asked_about():
    told, unused = dated_by(with_dates("Arrival", "Departure", -10))
    assert (told, unused) == (["  start: Arrival", "  # end: Departure"], ["Departure"])


@pytest.mark.parametrize("kind", ["unannounced", "state", "Talks that went ahead as usual"])
def test_a_kind_that_says_nothing_of_a_visit_called_off_is_no_warning(kind):
    raw = with_column("Kind", kind, "state", "official", "working")
    mapping = mapping_of(raw)
    assert "BEWARE" not in mapping
    assert read(raw, mapping)[2].tally.rows["not held"] == 0


def workbook_with_a_sheet_called(name):
    """A workbook of the journeys with one more sheet, whose name no spreadsheet program would write."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("Date", "From", "To", "Leader"), *((one.start, one.home, one.host, one.name) for one in journeys())):
        book.active.append(row)
    book.create_sheet("Marker")
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'"Marker"', f'"{name}"'.encode()))
    return changed.getvalue()


@pytest.mark.parametrize("mark", ["\n", "\r", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_no_text_of_a_file_becomes_a_line_of_its_draft(mark):
    evil = f"x{mark}defaults: {{host: Japan}}"
    header = ("Date", "From", "To", "Leader", evil)
    rows = (header, *((one.start, one.home, one.host, one.name, "") for one in journeys()))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    for raw, name in (
        (out.getvalue(), "a.csv"),
        (workbook_with_a_sheet_called(evil.replace(mark, f"&#{ord(mark)};")), "a.xlsx"),
        (table(("Date", "From", "To", "Leader"), lambda one: (one.start, one.home, one.host, one.name)), f"{evil}.csv"),
    ):
        told = [line for line in mapping_of(raw, name).splitlines() if "defaults" in line]
        assert told
        assert all(line.startswith(("#", "  title: ", "  id: ")) for line in told)


@pytest.mark.parametrize("mark", ["\u200c", "\u200f"], ids=ascii)
def test_a_name_with_signs_that_are_not_seen_is_drafted_so_that_it_is_read_back(mark):
    raw = table((f"Da{mark}te", "From", "To", "Leader"), lambda one: (one.start, one.home, one.host, one.name))
    assert read_mapping("m.yaml", mapping_of(raw), shipped()).dates.start == (f"Da{mark}te",)
