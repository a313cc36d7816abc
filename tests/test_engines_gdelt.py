"""GDELT's files by an engine: it passes over the lines of which nothing comes, and what comes of the others is what comes of them without it."""

import json
import zipfile
from pathlib import Path

import pytest

from timeline.errors import UsageError
from timeline.importing.gdelt import FORMS

pytest.importorskip("ibis", reason="engines need pip install 'timeline-visits[scale]'")
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
REAL = Path(__file__).parent / "data" / "20180326044500.export.CSV.zip"


@pytest.fixture(scope="module")
def real():
    """The lines of a real file, as cells."""
    with zipfile.ZipFile(REAL) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    return [line.split("\t") for line in text.splitlines()]


def in_form(lines, columns):
    """Lines of GDELT 2.0 in another form."""
    at = [FORMS[61].columns.index(name) for name in FORMS[columns].columns]
    return "".join("\t".join(cells[k] for k in at) + "\n" for cells in lines)


def imported(ask, tmp_path, name, *options):
    """What an import writes: the leads, the rows left out, the rows quarantined, and the report, but for where the rows that an engine passes over stand."""
    out = [tmp_path / f"{name}.{what}" for what in ("yaml", "left.csv", "quarantine.csv")]
    done = ask("import", "gdelt", *options, "-o", out[0], "--left-out", out[1], "-O", "json")
    told = json.loads(done.out)
    for row in told["rows"]:
        if row["text"].startswith("no visit"):
            row["first"] = []
    written = [path.read_bytes() if path.exists() else b"" for path in out]
    for path in out:
        path.unlink(missing_ok=True)
    return written, told["rows"], told["summary"]


@pytest.mark.parametrize("columns", sorted(FORMS))
def test_the_leads_of_the_real_file_are_those_without_an_engine(ask, tmp_path, real, columns):
    (tmp_path / "real.CSV").write_text(in_form(real, columns))
    expected = imported(ask, tmp_path, "leads", "real.CSV")
    assert imported(ask, tmp_path, "leads", "real.CSV", "--engine", "duckdb") == expected
    assert (expected[2]["rows"], expected[2]["events"]) == (1540, 3 if columns == 57 else 4)


def test_leads_between_two_actors_are_those_without_an_engine(ask, tmp_path, real):
    (tmp_path / "real.CSV").write_text(in_form(real, 61))
    expected = imported(ask, tmp_path, "leads", "real.CSV", "--between", "vietnam", "france")
    assert (
        imported(ask, tmp_path, "leads", "real.CSV", "--between", "vietnam", "france", "--engine", "duckdb") == expected
    )
    assert (expected[2]["rows"], expected[2]["events"]) == (1540, 1)


def test_lines_that_are_not_whole_are_those_without_an_engine(ask, tmp_path, real):
    code, visits = FORMS[61].columns.index("EventCode"), [cells for cells in real if cells[26] in ("042", "043")]
    lost, quoted = ([*visits[k]] for k in range(2))
    lost[code] = "42"
    quoted[6] = 'CHINA "THE, \\"'
    lines = [
        *visits[:40],
        lost,
        ["short"],
        quoted,
        *real[:9],
        [*visits[9], "long"],
        *visits[40:],
        ["end"],
    ]
    texts = ["\t".join(cells) for cells in lines]
    (tmp_path / "odd.CSV").write_bytes("\n".join(texts).encode())
    (tmp_path / "more.CSV").write_text(in_form(real[:700], 57))
    expected = imported(ask, tmp_path, "leads", "odd.CSV", "more.CSV")
    assert imported(ask, tmp_path, "leads", "odd.CSV", "more.CSV", "--engine", "duckdb") == expected
    assert expected[2]["quarantined"] == 4
    assert expected[2]["events"] >= 4


def test_an_empty_file_has_no_rows(ask, tmp_path):
    (tmp_path / "empty.CSV").write_text("")
    assert imported(ask, tmp_path, "leads", "empty.CSV", "--engine", "duckdb")[2]["rows"] == 0


def test_what_picks_the_lines_is_shown(ask, tmp_path, real):
    (tmp_path / "real.CSV").write_text(in_form(real[:9], 58))
    shown = ask("import", "gdelt", "real.CSV", "--engine", "duckdb", "--show-sql")
    assert (shown.code, "58" in shown.out, "'042', '043'" in shown.out) == (0, True, True)
    assert shown.out.startswith("SELECT")


@pytest.mark.parametrize(
    ("name", "content", "options", "message"),
    [
        pytest.param("a.CSV", "1\t2\n", ["--engine", "duckdb"], "its lines have 2 columns, those of GDELT's events 57, 58, 61", id="another file"),
        pytest.param("a.CSV", "é\t\n".encode("latin-1"), ["--engine", "duckdb"], "import it without --engine", id="Latin-1"),
        pytest.param("a.CSV", "\t".join(["é"] * 61).encode("utf-16"), ["--engine", "duckdb"], "import it without --engine", id="UTF-16"),
        pytest.param("a.CSV", (b"\t" * 60 + b"\n") * (1 << 15) + b"\xff" + b"\t" * 60, ["--engine", "duckdb"], "import it without --engine", id="no UTF-8 far down"),
        pytest.param("a.CSV", "\t" * 60 + "a\rb\n", ["--engine", "duckdb"], "import it without --engine", id="a carriage return within"),
        pytest.param("a.CSV", "\t" * 60 + "\0\n", ["--engine", "duckdb"], "Line: 1; import it without --engine", id="a character NUL"),
        pytest.param("a.CSV", "\t" * 60 + "\r\n", ["--engine", "duckdb"], "import it without --engine", id="lines that end with a carriage return"),
        pytest.param("a.CSV", "\t" * 60 + "\n" + "a" * (1 << 21) + "\n", ["--engine", "duckdb"], "a line of more than 1,048,576 characters", id="a line without end"),
        pytest.param("a.CSV", "\t" * 60 + "\n\n" + "\t" * 60, ["--engine", "duckdb"], "blank lines, which an engine does not number", id="blank lines"),
        pytest.param("a*.CSV", "\t" * 60, ["--engine", "duckdb"], "an engine takes that for a pattern", id="a pattern"),
        pytest.param("a.CSV", "\t" * 60, ["--engine", "sc://localhost"], "files of GDELT are read by duckdb", id="another engine"),
        pytest.param("a.CSV", "\t" * 60, ["--show-sql"], "--show-sql goes with --engine", id="no engine"),
    ],
)  # fmt: skip
def test_what_an_engine_cannot_read_is_refused(ask, tmp_path, name, content, options, message):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as raised:
        ask("import", "gdelt", name, *options)
    assert message in str(raised.value)


def test_a_zip_is_not_read_by_an_engine(ask):
    with pytest.raises(UsageError, match="an engine reads no zip; unpack it"):
        ask("import", "gdelt", str(REAL), "--engine", "duckdb")


def test_only_leads_come_by_an_engine(ask, tmp_path):
    (tmp_path / "a.csv").write_text("a\n")
    with pytest.raises(UsageError, match="--engine goes only with gdelt"):
        ask("import", "colt", "a.csv", "--engine", "duckdb")
