"""`timeline import gdelt`: rows of GDELT become leads, which are no record: forms, direction, places, mirrors, scores, and the real file whole."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import UsageError
from timeline.importing.gather import said_by
from timeline.importing.gdelt import FORMS, open_events, unpacked
from timeline.importing.leads import LeadReader, domains
from timeline.importing.rows import File
from timeline.store import load
from timeline.vocabulary import shipped

REAL = Path(__file__).parent / "data" / "20180326044500.export.CSV.zip"
KIM = {
    "GLOBALEVENTID": "1", "SQLDATE": "20180326", "EventCode": "042", "IsRootEvent": "1", "NumSources": "3",
    "Actor1Name": "KIM JONG UN", "Actor1CountryCode": "PRK", "Actor1Type1Code": "GOV", "Actor2Name": "CHINA", "Actor2CountryCode": "CHN",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Beijing, Beijing, China", "ActionGeo_CountryCode": "CH", "SOURCEURL": "https://www.example.org/a",
}  # fmt: skip
MIRROR = {
    "GLOBALEVENTID": "2", "EventCode": "043", "Actor1Name": "CHINA", "Actor1CountryCode": "CHN", "Actor1Type1Code": "",
    "Actor2Name": "KIM JONG UN", "Actor2CountryCode": "PRK", "Actor2Type1Code": "GOV",
}  # fmt: skip


def line(columns=61, **changes):
    cells = KIM | changes
    return "\t".join(cells.get(name, "") for name in FORMS[columns].columns) + "\n"


def file_of(raw, name="a.export.CSV"):
    return File(name, len(raw), lambda: io.BytesIO(raw))


def read(*lines, least=0):
    """What comes of lines: the import, rows that are quarantined, rows of visits that are left out."""
    kept, aside = [], []
    files = [open_events(one) for one in unpacked(file_of("".join(lines).encode("utf-8", "surrogateescape")))]
    found = LeadReader(shipped(), kept.append, aside.append, least).read(files)
    return found, kept, aside


def only(*lines):
    found, kept, aside = read(*lines)
    assert (len(found.groups), kept, aside) == (1, [], [])
    return found.groups[0].event


def why(*lines, least=0):
    """The reason why nothing comes of lines."""
    found, kept, aside = read(*lines, least=least)
    assert not found.groups
    return {reason for one in (*kept, *aside) for reason in one.why}


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_each_form_is_known_by_its_columns(columns):
    event = only(line(columns))
    assert (event.visitor, event.host, event.places, event.status) == (
        "north-korea",
        "china",
        ("Beijing",),
        "candidate",
    )
    assert ([source.url for source in event.sources[1:]] == []) == (columns == 57)
    assert ("GDELT counted 3 sources at most" in event.note) == (columns == 57)


def test_the_columns_are_those_of_the_codebooks():
    assert sorted(FORMS) == [57, 58, 61]
    assert [
        FORMS[61].columns.index(name) for name in ("Actor1Name", "EventCode", "ActionGeo_CountryCode", "SOURCEURL")
    ] == [6, 26, 53, 60]
    assert FORMS[58].columns[:57] == FORMS[57].columns


def test_other_files_of_gdelt_are_refused():
    with pytest.raises(UsageError, match="have 16 columns, those of GDELT's events 57, 58, 61"):
        read("\t" * 15 + "\n")


DIRECTIONS = [
    pytest.param({}, ("north-korea", "china"), id="042: actor 1 goes to actor 2"),
    pytest.param(MIRROR, ("north-korea", "china"), id="043: actor 1 is the host"),
    pytest.param({"Actor2CountryCode": "", "Actor2Name": ""}, ("north-korea", "china"), id="no host: the place, CH is China"),
    pytest.param({"Actor2CountryCode": "", "ActionGeo_CountryCode": "RS"}, ("north-korea", "russia"), id="no host: the place, RS is Russia"),
    pytest.param({"Actor2CountryCode": "", "ActionGeo_CountryCode": "KS"}, ("north-korea", "south-korea"), id="no host: the place, KS is South Korea"),
    pytest.param({"Actor1Type1Code": "", "Actor1Name": "PRESIDENT"}, ("north-korea", "china"), id="an office by its title"),
    pytest.param({"Actor1Type1Code": "PTY", "Actor1Name": "WORKERS LEADER"}, ("north-korea", "china"), id="the leader of a party"),
    pytest.param({"Actor1Type1Code": "", "Actor1Name": "PARTY LEADER"}, ("north-korea", "china"), id="the leader of a party by the name"),
    pytest.param({"Actor2CountryCode": "ROM"}, ("north-korea", "romania"), id="a code of CAMEO that is none of ISO"),
    pytest.param({"Actor1Type1Code": "MIL", "Actor1Type3Code": "GOV"}, ("north-korea", "china"), id="government by the third type"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "direction"), DIRECTIONS)
def test_direction(changes, direction):
    assert only(line(**changes)).direction == direction


LEFT = [
    pytest.param({"Actor2CountryCode": "PRK"}, "domestic", id="one country"),
    pytest.param({"Actor1CountryCode": "", "Actor1Type1Code": ""}, "no country of the visitor", id="no visitor"),
    pytest.param({"Actor1CountryCode": ""}, "the visitor governs, GDELT does not say where", id="a minister of nowhere"),
    pytest.param({"Actor1CountryCode": "AFR"}, "no country of the visitor", id="a region"),
    pytest.param({"Actor1CountryCode": "", "Actor1Name": "REBEL LEADER", "Actor1Type1Code": "REB"}, "no country of the visitor", id="a leader of no party"),
    pytest.param({"Actor2CountryCode": "EUR"}, "no country of the host", id="a region as host, whatever the place"),
    pytest.param({"Actor2CountryCode": "", "ActionGeo_CountryCode": "KN"}, "no country of the host", id="no host, and at home"),
    pytest.param({"Actor2CountryCode": "", "ActionGeo_CountryCode": ""}, "no country of the host", id="no host and no place"),
    pytest.param({"Actor1Type1Code": "EDU", "Actor1Name": "SCHOOL"}, "the visitor is no government and no leader", id="a school"),
    pytest.param({"Actor1Type1Code": "", "Actor2Type1Code": "GOV"}, "the visitor is no government and no leader", id="government on the other side"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), LEFT)
def test_left_out(changes, reason):
    assert why(line(**changes)) == {reason}


FAULTS = [
    pytest.param(line(SQLDATE="20180230"), "SQLDATE: ", id="no day"),
    pytest.param(line(SQLDATE="2018"), "SQLDATE: '2018' is not written YYYYMMDD", id="a year"),
    pytest.param(line(SQLDATE="1 May 18"), "SQLDATE: '1 May 18' is not written YYYYMMDD", id="a day in words"),
    pytest.param(line(EventCode="43"), "EventCode '43' has lost its zero; codes are text: 043", id="a code as a number"),
    pytest.param(line(GLOBALEVENTID=""), "GLOBALEVENTID '' is no number", id="no identity"),
    pytest.param(line(SQLDATE="19850326", Actor2CountryCode="RUS"), "the Soviet Union", id="Russia in 1985"),
    pytest.param(line().replace("CHINA", "CH\udcffNA") + line(Actor1Name="é", EventCode="010"), "is no part of UTF-8", id="a stray byte"),
    pytest.param(line(EventCode="010") + "1\t2\n", "it has 2 columns, the file 61", id="a short line"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), FAULTS)
def test_quarantined(text, reason):
    found, kept, _ = read(text)
    assert (found.quarantined, len(kept), found.groups) == (1, 1, [])
    assert reason in kept[0].why[0]


def test_mirrors_and_repeats_of_one_day_are_one_lead():
    other = line(GLOBALEVENTID="3", SOURCEURL="https://other.example.com/b")
    found, _, _ = read(line(), line(**MIRROR), other, line())
    assert (found.came, found.written, found.merged, found.left) == (4, 1, 3, 0)
    event = found.groups[0].event
    assert "Score 2 (example.org, other.example.com); 3 rows: 2 of 042 and 1 of 043" in event.note
    assert event.date.text == "2018-03-26~"


MINISTER = {"GLOBALEVENTID": "5", "Actor1CountryCode": "", "Actor1Name": "FOREIGN MINIST"}
SAYS = {"GLOBALEVENTID": "6", "EventCode": "043", "Actor1CountryCode": "VNM", "Actor1Type1Code": ""}
ARTICLES = [
    pytest.param([SAYS], "vietnam", id="another row of the article, placed in the host, names one other"),
    pytest.param([SAYS | {"ActionGeo_CountryCode": "VM"}], "", id="placed elsewhere it says nothing of the host"),
    pytest.param([SAYS | {"SOURCEURL": "https://www.example.org/b"}], "", id="another article"),
    pytest.param([SAYS, SAYS | {"GLOBALEVENTID": "7", "Actor1CountryCode": "LAO"}], "", id="two others"),
    pytest.param([SAYS | {"EventCode": "010"}], "", id="a row of no visit"),
    pytest.param([], "", id="none"),
]


@pytest.mark.parametrize(("rows", "visitor"), ARTICLES)
def test_whose_minister_it_is_another_row_of_the_article_may_say(rows, visitor):
    """Visits of Paris to Vietnam that take place in Paris are GDELT's way to tell of a Vietnamese in Paris."""
    found, _, aside = read(line(**MINISTER), *(line(**row) for row in rows))
    assert [group.event.direction for group in found.groups] == ([(visitor, "china")] if visitor else [])
    if visitor:
        assert "The visitor's country is that of other rows of the article alone in 1." in found.groups[0].event.note
    else:
        assert "the visitor governs, GDELT does not say where" in {one.why[0] for one in aside}


DAYS = [
    pytest.param("20180326041500", "", id="the same day"),
    pytest.param("20180327", "", id="the day after"),
    pytest.param(
        "20190326041500", "Added 365 days after that day.", id="a year after, as where an article says last year"
    ),
    pytest.param("20180325", "Added before that day.", id="before it came"),
    pytest.param("", "", id="it is not said"),
]


@pytest.mark.parametrize(("added", "said"), DAYS)
def test_a_day_long_before_the_report_is_told(added, said):
    note = only(line(DATEADDED=added)).note
    assert said in note
    assert ("dded" in note) == bool(said)


def test_another_day_or_direction_is_another_lead():
    back = {"Actor1CountryCode": "CHN", "Actor2CountryCode": "PRK"}
    found, _, _ = read(line(), line(GLOBALEVENTID="2", SQLDATE="20180327"), line(GLOBALEVENTID="3", **back))
    assert found.written == 3


NAMES_OF_ACTORS = [
    pytest.param(
        ["NORTH KOREA", "NORTH KOREA", "KIM JONG UN"], "Kim Jong Un", id="who held a top office there is known"
    ),
    pytest.param(["XI JINPING", "XI JINPING"], "XI JINPING (GDELT)", id="of another state"),
    pytest.param(["PYONGYANG", "PRESIDENT", "PRESIDENT"], "PRESIDENT (GDELT)", id="an office is nobody"),
    pytest.param(["MINIST DELEGATION"], "MINIST DELEGATION (GDELT)", id="a delegation is nobody"),
    pytest.param([""], "North Korea (GDELT)", id="no name"),
]


@pytest.mark.parametrize(("names", "name"), NAMES_OF_ACTORS)
def test_nobody_is_guessed(names, name):
    event = only(*(line(GLOBALEVENTID=str(number), Actor1Name=text) for number, text in enumerate(names)))
    assert [(person.name, person.offices) for person in event.people] == [(name, ())]


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (["http://www.cnn.com/a", "https://cnn.com/b", "https://edition.cnn.com/c"], ("cnn.com",)),
        (["https://notcnn.com/", "https://cnn.com/"], ("cnn.com", "notcnn.com")),
        (["BBC Monitoring", "bbc monitoring", ""], ("bbc monitoring",)),
        (["http://[", "x"], ("http://[", "x")),
    ],
)
def test_domains(addresses, found):
    assert domains(addresses) == found


def test_a_lead_below_the_score_asked_for_is_left_out():
    assert why(line(), line(**MIRROR), least=2) == {"a score of 1, below the 2 asked for"}
    assert read(line(), line(GLOBALEVENTID="2", SOURCEURL="https://b.example.net/"), least=2)[0].written == 1


ROWS = st.lists(
    st.tuples(
        st.sampled_from("123"),
        st.sampled_from(["042", "043", "43", "010"]),
        st.sampled_from(["PRK", "CHN", "RUS", "AFR", ""]),
        st.sampled_from(["PRK", "CHN", "RUS", "AFR", ""]),
        st.sampled_from(["GOV", "EDU", ""]),
        st.sampled_from(["20180326", "20180327", "19850101", "x"]),
        st.sampled_from(["https://a.org/", "https://b.org/", ""]),
    ),
    max_size=10,
)
NAMES = (
    "GLOBALEVENTID",
    "EventCode",
    "Actor1CountryCode",
    "Actor2CountryCode",
    "Actor1Type1Code",
    "SQLDATE",
    "SOURCEURL",
)


@given(ROWS, st.sampled_from([57, 58, 61]), st.integers(0, 2))
def test_every_row_is_accounted_for(rows, columns, least):
    lines = [line(columns, **dict(zip(NAMES, row, strict=True))) for row in rows]
    found, kept, aside = read(*lines, "1\t2\n" if rows else "", least=least)
    assert found.came == len(rows) + bool(rows)
    assert found.came == found.written + found.merged + found.left + found.quarantined
    assert found.merged >= 0
    assert len(kept) == found.quarantined
    assert len(aside) <= found.left
    assert all(group.event.status == "candidate" and group.event.visitor != group.event.host for group in found.groups)


CODES = st.sampled_from(["CHN", "PRK", "RUS", "SUN", "", "AFR"])
PLACED = st.tuples(
    st.sampled_from(["042", "043", "010"]), CODES, CODES, st.sampled_from(["GOV", ""]),
    st.sampled_from(["CH", "KN", "RS", ""]), st.sampled_from(["19890515", "20180326"]), st.sampled_from(["https://a.example/1", "https://b.example/2"]),
)  # fmt: skip
PLACING = ("EventCode", "Actor1CountryCode", "Actor2CountryCode", "Actor1Type1Code", "ActionGeo_CountryCode", "SQLDATE", "SOURCEURL")  # fmt: skip


@given(
    st.lists(PLACED, max_size=12),
    st.sampled_from([("china", "north-korea"), ("soviet-union", "china"), ("north-korea", "russia")]),
)
def test_leads_between_two_actors_are_those_of_all(rows, between):
    """Though rows without a code of either are not read, and whose a minister is other rows of his article say."""
    lines = [
        line(GLOBALEVENTID=str(number), **dict(zip(PLACING, row, strict=True))) for number, row in enumerate(rows, 1)
    ]

    def leads(between=None):
        files = [open_events(file_of("".join(lines).encode()))]
        return LeadReader(shipped(), lambda _: None, lambda _: None, 0, between).read(files)

    wanted = [group for group in leads().groups if {group.event.visitor, group.event.host} == {*between}]
    found = leads(between)
    assert found.groups == wanted
    assert found.came == len(rows) == found.written + found.merged + found.left + found.quarantined


def test_the_real_file(ask, tmp_path, golden):
    done = ask("import", "gdelt", str(REAL), "-o", "leads.yaml", "--left-out", "left.csv", "-O", "json")
    summary = json.loads(done.out)["summary"]
    numbers = {key: summary[key] for key in ("rows", "events", "merged", "left_out", "quarantined")}
    assert numbers == {"rows": 1540, "events": 4, "merged": 12, "left_out": 1524, "quarantined": 0}
    with (tmp_path / "left.csv").open(encoding="utf-8", newline="") as left:
        aside = list(csv.DictReader(left))
    assert {row["EventCode"] for row in aside} == {"042", "043"}
    assert len(aside) + 4 + 12 == 233
    assert all(row["quarantine:why"] for row in aside)
    golden("import-gdelt.yaml", (tmp_path / "leads.yaml").read_text("utf-8"))
    assert ask("fmt", "--check", "leads.yaml").code == 0
    assert not load([tmp_path / "leads.yaml"]).coverage


@pytest.fixture
def leads(ask, tmp_path):
    ask("import", "gdelt", str(REAL), "-o", "leads.yaml")
    return tmp_path / "leads.yaml"


XI = {"GLOBALEVENTID": "2", "SQLDATE": "20200110", "Actor1Name": "XI JINPING", "Actor1CountryCode": "CHN", "Actor2CountryCode": "PRK", "ActionGeo_CountryCode": "KN"}  # fmt: skip
RECORD = """timeline: 1
title: Visits of two states
coverage:
- {id: all, visitor: any, host: any, from: 1949, to: 2020-12-31, how: complete}
events:
- {id: kim, date: 2018-03-25/2018-03-28, visitor: north-korea, host: china, people: [{name: Kim Jong Un, offices: [president]}], sources: [{title: A}]}
- {id: xi, date: 2019-06-20/2019-06-21, visitor: china, host: north-korea, people: [{name: Xi Jinping, offices: [president]}], sources: [{title: A}]}
"""
EVERYWHERE = [
    ["list"],
    ["gap"],
    ["gap", "--by", "person"],
    ["stats", "-O", "csv"],
    ["firsts", "xi", "-O", "csv"],
    ["claim", "Xi Jinping in June 2019 was the last visit by a Chinese president to North Korea"],
    ["chart"],
    ["people"],
    ["actors"],
    ["offices"],
    *(["export", "-O", name] for name in ("html", "md", "ics", "atom", "bib", "csl", "timelinejs", "jsonld")),
]


@pytest.mark.parametrize("command", EVERYWHERE, ids=" ".join)
def test_leads_count_nowhere(ask, tmp_path, command):
    """Whatever is asked of a record has the same answer with a file of leads beside it, among them one of a visit there already and one that would be the last."""
    (tmp_path / "record.yaml").write_text(RECORD)
    (tmp_path / "k.CSV").write_text(line() + line(**XI))
    assert ask("import", "gdelt", "k.CSV", "-o", "leads.yaml").code == 0
    args = (*command, "--as-of", "2020-12-31", "--store", "record.yaml")
    alone, beside = ask(*args), ask(*args, "--store", "leads.yaml")
    assert alone.out
    assert (alone.code, alone.out) == (beside.code, beside.out.replace(" --store leads.yaml", ""))
    ids = [event.id for event in load([tmp_path / "leads.yaml"]).events]
    accepted = ask("accept", *ids, "--store", "record.yaml", "--store", "leads.yaml", "--yes")
    assert f"warning: {ids[0]} may be the same as kim (2018-03-25/2018-03-28)" in accepted.err
    if command[-1] in ("list", "gap", "people", "actors", "html", "md", "atom"):
        assert ask(*args, "--store", "leads.yaml").out != alone.out
    assert ask("undo", "--store", "record.yaml", "--store", "leads.yaml", "--yes").code == 0
    assert ask(*args, "--store", "leads.yaml").out == beside.out


def test_leads_that_are_accepted_count_and_stay_so(ask, leads):
    ids = [event.id for event in load([leads]).events]
    assert ask("accept", *ids[:2], "--store", "leads.yaml", "--yes").code == 0
    assert [event.status for event in load([leads]).events] == ["happened", "happened", "candidate", "candidate"]
    assert len(json.loads(ask("list", "--store", "leads.yaml", "-O", "json").out)["rows"]) == 2
    before = leads.read_bytes()
    ask("import", "gdelt", str(REAL), "-o", "leads.yaml", "--yes")
    assert leads.read_bytes() == before
    ask("undo", "--store", "leads.yaml", "--yes")
    assert {event.status for event in load([leads]).events} == {"candidate"}


def test_leads_that_are_accepted_are_moved_as_csv(ask, leads, tmp_path):
    ask("accept", "saudi-gdelt-washington-2018-03", "--store", "leads.yaml", "--yes")
    ask("export", "--store", "leads.yaml", "--status", "happened", "-o", "accepted.csv")
    ask("import", "timeline-csv", "accepted.csv", "-o", "record.yaml")
    (moved,) = load([tmp_path / "record.yaml"]).events
    accepted = load([leads]).by_id["saudi-gdelt-washington-2018-03"]
    assert (moved.id, said_by(moved), moved.sources) == (accepted.id, said_by(accepted), accepted.sources)


def test_leads_never_enter_a_record(ask, tmp_path):
    record = tmp_path / "record.yaml"
    record.write_text(
        "timeline: 1\nevents:\n- id: a\n  date: 2019\n  visitor: china\n  host: dprk\n  people: [{name: X}]\n"
    )
    before = record.read_bytes()
    with pytest.raises(UsageError, match=r"record\.yaml has more than leads: a; leads go to a file of their own"):
        ask("import", "gdelt", str(REAL), "-o", "record.yaml", "--yes")
    assert record.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gdelt", str(REAL), "--join-legs"], "--join-legs does not go with gdelt"),
        (["gdelt", str(REAL), "--mapping", "m.yaml"], "--mapping does not go with gdelt"),
        (["colt", str(REAL), "--between", "china", "japan"], "--between goes only with gdelt"),
        (["colt", str(REAL), "--score", "2"], "--score goes only with gdelt"),
    ],
)
def test_options_of_the_other_kind(ask, args, message):
    with pytest.raises(UsageError, match=message):
        ask("import", *args)


def test_what_was_quarantined_is_fed_back(ask, tmp_path):
    (tmp_path / "a.CSV").write_text(line() + line(GLOBALEVENTID="2", EventCode="43") + "1\t2\n")
    ask("import", "gdelt", "a.CSV", "-o", "leads.yaml")
    bad = tmp_path / "leads.quarantine.csv"
    bad.write_text(bad.read_text().replace(",43,", ",043,"))
    done = ask("import", "gdelt", "leads.quarantine.csv", "--dry-run", "-o", "leads.yaml", "-O", "json")
    summary = json.loads(done.out)["summary"]
    assert (summary["rows"], summary["quarantined"]) == (2, 1)


@pytest.mark.parametrize("raw", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 50])
def test_a_zip_that_is_none(raw):
    with pytest.raises(UsageError, match="no sound zip file"):
        list(unpacked(file_of(raw, "a.zip")))


def test_a_zip_that_is_damaged():
    raw = bytearray(REAL.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    with pytest.raises(UsageError, match="it cannot be unpacked"):
        list(map(open_events, unpacked(file_of(bytes(raw), "a.zip"))))


def test_a_quarantine_file_without_a_column_is_refused():
    with pytest.raises(UsageError, match="no column 'SQLDATE'; a quarantine file keeps the columns of its source"):
        open_events(file_of(b"GLOBALEVENTID,EventCode\n1,042\n", "q.csv"))


ZIPS = [
    pytest.param([], "nothing is in that zip file", id="empty"),
    pytest.param([("README.txt", "hello")], r"a\.zip/README\.txt: its lines have 1 column,", id="a text"),
    pytest.param(
        [("a.CSV", line()), ("b.txt", "x")], r"a\.zip/b\.txt: its lines have 1 column,", id="a second file that is none"
    ),
    pytest.param([("a.CSV", "\0" * (65 << 20))], "would have 68,157,440 bytes, from", id="a bomb"),
]


@pytest.mark.parametrize(("members", "message"), ZIPS)
def test_zips_that_are_refused(members, message):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    with pytest.raises(UsageError, match=message):
        list(map(open_events, unpacked(file_of(raw.getvalue(), "a.zip"))))


def test_a_line_without_end_is_refused_before_it_is_in_memory():
    with pytest.raises(UsageError, match="a line of more than 1,048,576 characters"):
        open_events(file_of(b"x" * (2 << 20)))


def test_a_zip_tells_how_much_of_it_is_read():
    told = []
    raw = REAL.read_bytes()
    file = File("a.zip", len(raw), lambda: io.BytesIO(raw), lambda done, _: told.append(done))
    for one in unpacked(file):
        list(open_events(one).sheet.rows)
    assert told == sorted(told)
    assert 0 < told[-1] <= len(raw)


def test_a_zip_of_several_files():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("2018/a.CSV", line())
        archive.writestr("2018/b.CSV", line(58, GLOBALEVENTID="2"))
    files = [open_events(one) for one in unpacked(file_of(raw.getvalue(), "a.zip"))]
    found = LeadReader(shipped(), print, print).read(files)
    assert [one.sheet.name for one in files] == ["a.zip/a.CSV", "a.zip/b.CSV"]
    assert (found.came, found.written, len(found.groups[0].drafts)) == (2, 1, 2)


def test_files_of_one_day_make_one_lead_of_what_each_made_alone(ask, tmp_path):
    (tmp_path / "a.CSV").write_text(line())
    (tmp_path / "b.CSV").write_text(line(GLOBALEVENTID="2", SOURCEURL="https://b.example.net/"))
    ask("import", "gdelt", "a.CSV", "-o", "leads.yaml")
    ask("import", "gdelt", "a.CSV", "b.CSV", "-o", "leads.yaml", "--yes")
    (event,) = load([tmp_path / "leads.yaml"]).events
    assert "Score 2" in event.note


def test_the_table_of_fips_leads_to_actors():
    from timeline.importing.sightings import _fips

    words = shipped()
    known = {code: words.actor(iso) for code, iso in _fips().items()}
    assert [known[code] for code in ("CH", "RS", "KN", "KS", "GM", "UK", "US", "JA", "VM", "AU", "AS", "GZ")] == [
        "china", "russia", "north-korea", "south-korea", "germany", "united-kingdom", "united-states", "japan", "vietnam", "austria", "australia", "palestine",
    ]  # fmt: skip


TAKEN = [
    pytest.param("notes.csv", "it is there already, and no quarantine file", id="a file of somebody"),
    pytest.param("leads.yaml", "that is the record that -o names", id="the file of leads"),
    pytest.param("leads.quarantine.csv", "that is where the quarantine goes", id="the quarantine, by its name"),
]


@pytest.mark.parametrize(("name", "message"), TAKEN)
def test_what_is_left_out_replaces_no_file(ask, tmp_path, name, message):
    (tmp_path / "notes.csv").write_text("mine\n")
    with pytest.raises(UsageError, match=rf"--left-out {name}: {message}"):
        ask("import", "gdelt", str(REAL), "-o", "leads.yaml", "--left-out", name)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["notes.csv"]
    assert (tmp_path / "notes.csv").read_text() == "mine\n"


def test_what_is_left_out_is_written_beside_what_was_before(ask, tmp_path):
    (tmp_path / "a.CSV").write_text(line(Actor1Type1Code="EDU", Actor1Name="SCHOOL"))
    (tmp_path / "b.CSV").write_text(line(Actor2CountryCode="PRK"))
    for name, written in (("a.CSV", "left.csv"), ("a.CSV", "left.csv"), ("b.CSV", "left-2.csv")):
        done = ask("import", "gdelt", name, "--left-out", "left.csv", "-O", "json")
        assert json.loads(done.out)["summary"]["left_out_file"] == written
    assert "no government" in (tmp_path / "left.csv").read_text()
    assert "domestic" in (tmp_path / "left-2.csv").read_text()


def test_a_dry_run_writes_nothing(ask, tmp_path):
    ask("import", "gdelt", str(REAL), "-o", "leads.yaml", "--left-out", "left.csv", "--dry-run")
    assert not list(tmp_path.glob("le*"))
