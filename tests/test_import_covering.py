"""What an import says of its data sets in a record that was there before: a partial statement of coverage, whose days later rows carry further, and no word of others."""

import json

import pytest

from timeline.errors import ChangeError
from timeline.store import load

MAPPING = "source: {id: sheet, title: A}\nrow-id: Id\ndate: {start: Start, order: ymd}\nvisitor: From\nhost: To\nperson: Who\n"
HEADER = "Id,Start,From,To,Who\n"
FIRST = "1,2015-10-31,China,South Korea,Premier Li Keqiang\n2,2024-05-08,China,Hungary,President Xi Jinping\n"
LATER = "3,2025-10-09,China,North Korea,Premier Li Qiang\n"
OTHERS = "4,2025-09-03,North Korea,China,Kim Jong Un\n"
EVENTS = """events:

- id: x
  date: 1999-01-02
  visitor: japan
  host: china
  people:
  - name: Somebody
    offices: [minister]
  sources:
  - title: A book
"""
SHEET = """- id: sheet
  visitor: china
  host: any
  from: 2015-10-31
  to: 2024-05-08
  how: partial
  evidence: Imported from A. Whoever knows that the data set is complete for a period can say so here.
"""
OWN = "- {id: own, visitor: japan, host: china, from: 1990, to: 2000, how: complete}  # read it all\n"


@pytest.fixture
def imported(ask, tmp_path):
    """Import rows into a record of some text; its new text, and what was said."""

    def imported(text, rows, *more):
        path = tmp_path / "mine.yaml"
        if text is not None:
            path.write_bytes(text.encode())
        (tmp_path / "mapping.yaml").write_text(MAPPING, "utf-8")
        (tmp_path / "sheet.csv").write_text(HEADER + rows, "utf-8")
        done = ask("import", "generic", "sheet.csv", "--mapping", "mapping.yaml", "-o", "mine.yaml", "--yes", *more)
        return path.read_bytes().decode(), done

    return imported


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"timeline: 1\n\n{EVENTS}", f"timeline: 1\n\ncoverage:\n{SHEET}\n{EVENTS}", id="the first statement"),
        pytest.param(f"timeline: 1\n# events\n{EVENTS}", f"timeline: 1\n\ncoverage:\n{SHEET}\n# events\n{EVENTS}", id="above the comment over the events"),
        pytest.param(f"timeline: 1\ncoverage:\n{OWN}\n{EVENTS}", f"timeline: 1\ncoverage:\n{OWN}\n{SHEET}\n{EVENTS}", id="behind another's"),
        pytest.param(f"timeline: 1\ncoverage: []\n{EVENTS}", f"timeline: 1\ncoverage:\n\n{SHEET}{EVENTS}", id="in an empty list"),
        pytest.param(f"timeline: 1\n\n{EVENTS}".replace("\n", "\r\n"), f"timeline: 1\n\ncoverage:\n{SHEET}\n{EVENTS}".replace("\n", "\r\n"), id="with line ends of Windows"),
    ],
)  # fmt: skip
def test_an_import_into_a_record_states_what_it_brings(imported, ask, before, after):
    text, done = imported(before, FIRST)
    assert done.code == 0
    assert text.startswith(after)  # with what was imported behind it
    assert "coverage sheet       partial, china → any, from 31 Oct 2015 to 8 May 2024" in done.out + done.err
    assert ask("undo", "--store", "mine.yaml", "--yes").code == 0
    assert imported(None, "", "--dry-run")[0] == before


@pytest.mark.parametrize(
    ("statement", "rows", "after"),
    [
        pytest.param(SHEET, LATER, SHEET.replace("2024-05-08", "2025-10-09"), id="later rows"),
        pytest.param(SHEET, "3,2009-10,China,North Korea,Premier Wen Jiabao\n", SHEET.replace("2015-10-31", "2009-10-01"), id="earlier rows"),
        pytest.param(SHEET, OTHERS, SHEET.replace("2024-05-08", "2025-09-03").replace("visitor: china", "visitor: any"), id="rows of other sides"),
        pytest.param(SHEET, "3,2020-01-05,China,Laos,Premier Li Keqiang\n", SHEET, id="rows within"),
        pytest.param(SHEET.replace("to: 2024-05-08", 'to: "2024-05-08"  # so far'), LATER, SHEET.replace("to: 2024-05-08", 'to: "2025-10-09"  # so far'), id="quotes and a comment stay"),
        pytest.param("- {id: sheet, visitor: china, host: any, from: 2015, to: 2024-05-08, how: partial, evidence: Imported from A.}\n", LATER, "- {id: sheet, visitor: china, host: any, from: 2015, to: 2025-10-09, how: partial, evidence: Imported from A.}\n", id="in braces, with a year that is wide enough"),
    ],
)  # fmt: skip
def test_later_rows_carry_the_statement_of_their_data_set_further(imported, statement, rows, after):
    before = f"timeline: 1\n\ncoverage:\n{OWN}\n{statement}\n{EVENTS}"
    text, done = imported(before, FIRST + rows)
    assert done.code == 0
    assert text.startswith(f"timeline: 1\n\ncoverage:\n{OWN}\n{after}\n{EVENTS}".partition("- id: x")[0])
    assert EVENTS.partition("\n\n")[2] in text


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(SHEET.replace("how: partial", "how: complete"), id="said to be complete"),
        pytest.param(SHEET.replace("Imported from A.", "I went through it."), id="with evidence of its own"),
    ],
)
def test_what_somebody_has_made_of_a_statement_stays(imported, statement):
    before = f"timeline: 1\n\ncoverage:\n{statement}\n{EVENTS}"
    text, done = imported(before, FIRST + LATER)
    assert text.startswith(before)
    assert "left alone, though it does not reach all rows: the statement of coverage sheet" in done.err


def test_importing_the_same_again_says_nothing_new(imported, tmp_path):
    """Also where somebody has taken the statement out."""
    text, _ = imported(f"timeline: 1\n\n{EVENTS}", FIRST)
    assert imported(None, FIRST)[0] == text
    without = text.replace(f"coverage:\n{SHEET}\n", "")
    assert imported(without, FIRST)[0] == without
    assert [one.id for one in load([tmp_path / "mine.yaml"]).coverage] == []


def test_a_trial_tells_of_the_statement(imported):
    text, done = imported(f"timeline: 1\n\n{EVENTS}", FIRST, "--dry-run", "-O", "json")
    assert text == f"timeline: 1\n\n{EVENTS}"
    assert json.loads(done.out)["summary"]["coverage"] == [
        {"id": "sheet", "visitor": "china", "host": "any", "from": "2015-10-31", "to": "2024-05-08", "how": "partial"}
    ]


def test_a_list_in_brackets_is_refused_with_a_remedy(imported, tmp_path):
    before = f"timeline: 1\ncoverage: [{OWN.removeprefix('- ').partition('  #')[0]}]\n{EVENTS}"
    with pytest.raises(ChangeError, match=r"^the statements of coverage stand in brackets, .*; write each as a block"):
        imported(before, FIRST)
    assert (tmp_path / "mine.yaml").read_text("utf-8") == before
