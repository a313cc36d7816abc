"""`timeline fmt`: one layout, the same meaning, no comment lost."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import StoreError
from timeline.model import Origin
from timeline.store import load_text
from timeline.store.layout import CommentError, laid_out

ROOT = Path(__file__).parents[1]
RECORDS = [path for path in (ROOT / "events.yaml", *sorted((ROOT / "records").glob("*.yaml"))) if path.exists()]
HEAD = "timeline: 1\ntitle: T  # of the record\n\nevents:\n"
ONE = "- id: a\n  date: '2001-01-01'\n  visitor: china\n  host: japan\n  people: [{name: A, offices: [premier]}]\n"
ONE_LAID_OUT = (
    "- id: a\n  date: 2001-01-01\n  visitor: china\n  host: japan\n  people:\n  - name: A\n    offices: [premier]\n"
)
TWO, TWO_LAID_OUT = (text.replace("id: a", "id: b") for text in (ONE, ONE_LAID_OUT))


def formatted(text):
    return laid_out("x.yaml", text, sorted(load_text(text).events, key=lambda e: e.origin))


def meaning(text):
    """All that a store says, wherever it stands."""
    store = load_text(text)
    origin = Origin("", 0)
    events = [event._replace(origin=origin) for event in store.events]
    claims = [claim._replace(origin=origin, places={}) for claim in store.claims]
    beside = [*(statement._replace(origin=origin) for statement in store.coverage), *claims]
    return events, beside, store.vocabulary.people, store.title, store.licence, store.about


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(HEAD + ONE + TWO, f"{HEAD}\n{ONE_LAID_OUT}\n{TWO_LAID_OUT}", id="a blank line before each event"),
        pytest.param(f"{HEAD}\n\n\n{ONE}\n\n\n{TWO}\n\n", f"{HEAD}\n{ONE_LAID_OUT}\n{TWO_LAID_OUT}", id="one blank line"),
        pytest.param(f"{HEAD}# on a\n{ONE}# on b\n{TWO}# the end", f"{HEAD}\n# on a\n{ONE_LAID_OUT}\n# on b\n{TWO_LAID_OUT}\n# the end\n", id="comments above events"),
        pytest.param(f"{HEAD}{ONE}\n\n# 2002\n\n\n# on b\n# more\n{TWO}", f"{HEAD}\n{ONE_LAID_OUT}\n# 2002\n\n# on b\n# more\n{TWO_LAID_OUT}", id="groups of comments"),
        pytest.param(HEAD + re.sub("^", "  ", ONE, flags=re.MULTILINE).rstrip(" "), f"{HEAD}\n{ONE_LAID_OUT}", id="indented events"),
        pytest.param(HEAD.removesuffix("\n") + " [{id: a, date: 2001-01-01, visitor: china, host: japan, people: [{name: A, offices: [premier]}]}]\n", f"{HEAD}\n{ONE_LAID_OUT}", id="events in brackets"),
        pytest.param(HEAD + ONE + "claims:\n# c\n- {id: c, claim: x}  # d\n", f"{HEAD}\n{ONE_LAID_OUT}\nclaims:\n# c\n- {{id: c, claim: x}}  # d\n", id="what is no event stays"),
        pytest.param((HEAD + ONE).replace("\n", "\r\n"), f"{HEAD}\n{ONE_LAID_OUT}", id="line ends"),
        pytest.param((HEAD + ONE).removesuffix("\n"), f"{HEAD}\n{ONE_LAID_OUT}", id="no last line end"),
        pytest.param("timeline: 1\n", "timeline: 1\n", id="no events"),
        pytest.param("timeline: 1\nevents: []\n", "timeline: 1\nevents: []\n", id="an empty list"),
        pytest.param(HEAD + "-\n  id: a\n" + ONE.split("\n", 1)[1], f"{HEAD}\n{ONE_LAID_OUT}", id="a dash alone"),
        pytest.param(HEAD + ONE + "  note: 'No. #1'\n", f'{HEAD}\n{ONE_LAID_OUT}  note: "No. #1"\n', id="a sharp that is no comment"),
    ],
)  # fmt: skip
def test_layout(before, after):
    assert formatted(before) == after
    assert formatted(after) == after
    assert meaning(before) == meaning(after)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(HEAD + ONE.replace("china", "china  # why"), (7,), id="at the end of a line"),
        pytest.param(HEAD + ONE.replace("  host", "  # why\n  host"), (8,), id="between fields"),
        pytest.param(HEAD + ONE.replace("  host", "# why\n  host"), (8,), id="between fields, at the edge"),
        pytest.param(HEAD + ONE + "  # why\n" + TWO, (10,), id="indented, below"),
        pytest.param(HEAD + ONE + "\n  # why\n", (11,), id="indented, at the end"),
        pytest.param(HEAD + ONE + "  note: > # why\n    text\n", (10,), id="at the head of a folded text"),
        pytest.param(HEAD + ONE.replace("- id", "-  # why\n  id"), (5,), id="behind the dash"),
        pytest.param(HEAD + ONE.replace("[premier]", "[premier,  # why\n    minister]"), (9,), id="in brackets"),
        pytest.param(HEAD.removesuffix("\n") + " [\n  # why\n  {id: a, date: 2001, visitor: china, host: japan, people: [{name: A}]}]\n", (5,), id="in the list in brackets"),
        pytest.param(HEAD + ONE.replace("china", "china  # x") + TWO.replace("china", "china  # y"), (7, 12), id="all at once"),
    ],
)  # fmt: skip
def test_comments_within_events_are_refused_by_line(text, lines):
    with pytest.raises(CommentError) as refused:
        formatted(text)
    assert refused.value.lines == lines


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_the_shipped_records_are_laid_out(record):
    text = record.read_text("utf-8")
    assert formatted(text) == text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40
)
FIELDS = st.fixed_dictionaries(
    {}, optional={"note": WORDS, "occasion": WORDS, "places": st.lists(WORDS, min_size=1, max_size=3)}
)
COMMENTS = ["# one of three", "#two-of-three", "# - id: z", "# é 北京"]
BETWEEN = st.lists(st.sampled_from([*COMMENTS, "", "   ", "  "]), max_size=5).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@st.composite
def stores(draw):
    """A store as somebody might write it: quoted and indented in some way, with comments between the events."""
    import yaml

    indent = draw(st.sampled_from([0, 2, 4]))
    text = f"timeline: 1\n{draw(BETWEEN)}events:\n"
    for number in range(draw(st.integers(1, 4))):
        event = {
            "id": f"e-{number}",
            "date": "2001",
            "visitor": "china",
            "host": "japan",
            "people": [{"name": draw(WORDS)}],
            **draw(FIELDS),
        }
        style = draw(st.sampled_from([None, '"', "'", "|", ">"]))
        block = yaml.safe_dump(
            [event],
            default_flow_style=draw(st.sampled_from([True, False, None])),
            default_style=style,
            allow_unicode=draw(st.booleans()),
            width=draw(st.integers(20, 200)),
        )
        block = f"- {block.strip()[1:-1]}\n" if block.startswith("[") else block
        text += draw(BETWEEN) + re.sub(r"(?m)^(?=.)", " " * indent, block)
    return text + draw(BETWEEN)


@given(stores())
def test_laying_out_twice_is_laying_out_once_and_says_the_same(text):
    try:
        before = meaning(text)
    except StoreError:
        return
    try:
        once = formatted(text)
    except CommentError:
        return
    assert meaning(once) == before
    assert formatted(once) == once
    assert comments(once) == comments(text)


def comments(text):
    return [line.strip() for line in text.splitlines() if line.strip() in COMMENTS]


# The command


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "records" / "india-poland.yaml", tmp_path / "good.yaml")
    (tmp_path / "loose.yaml").write_text(HEAD + ONE)
    return tmp_path


def test_check_names_the_files_and_changes_none(run, folder):
    done = run("fmt", "good.yaml", "loose.yaml", "--check")
    assert (done.code, "loose.yaml  changed" in done.out, "good.yaml" in done.out) == (1, True, False)
    assert (folder / "loose.yaml").read_text() == HEAD + ONE


def test_a_file_is_written_and_can_be_taken_back(run, folder):
    assert run("fmt", "good.yaml", "loose.yaml").code == 0
    assert (folder / "loose.yaml").read_text() == f"{HEAD}\n{ONE_LAID_OUT}"
    assert run("fmt", "good.yaml", "loose.yaml", "--check").code == 0
    assert run("undo", "--store", "loose.yaml", "--yes").code == 0
    assert (folder / "loose.yaml").read_text() == HEAD + ONE


def test_a_file_with_comments_within_is_left_and_the_others_are_written(run, folder):
    (folder / "kept.yaml").write_text(kept := HEAD + TWO.replace("china", "china  # why"))
    done = run("fmt", "kept.yaml", "loose.yaml")
    assert (done.code, "kept.yaml: comments within events" in done.err, "line 7" in done.err) == (1, True, True)
    assert (folder / "kept.yaml").read_text() == kept
    assert (folder / "loose.yaml").read_text() == f"{HEAD}\n{ONE_LAID_OUT}"


def test_a_store_that_cannot_be_read_is_not_touched(run, folder):
    (folder / "bad.yaml").write_text("timeline: 1\nevents:\n- id: A\n")
    assert run("fmt", "bad.yaml").code == 4
