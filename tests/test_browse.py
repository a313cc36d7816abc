"""The browser: its table is that of `list`, its panes those of `show` and `gap`; keys, small screens and terminals of little ability."""

import json
import os
import re
import shlex
import subprocess
import sys
import threading
from operator import itemgetter

import pytest
from terminals import ALL, run_at_terminal

from timeline.browser.session import Session, column_widths
from timeline.cli.places import shipped_record
from timeline.dates import parse_when
from timeline.store import load

RECORD = shipped_record()
TODAY = ("--as-of", "2026-11-24")
SMALL = """\
coverage:
- {id: all, visitor: china, host: north-korea, from: 1990, to: 2026, how: complete, evidence: The papers of both capitals.}
events:
- id: li-peng
  date: 1991-05-03/1991-05-06
  visitor: china
  host: dprk
  people: [{name: Li Peng, title: Premier of the State Council, offices: [premier]}]
  kind: official
  places: [Pyongyang]
  occasion: The return of a visit
  sources: [{title: Li Peng to visit Pyongyang, publisher: Hankyung, url: "https://example.org/1991"}]
- id: somebody
  date: "[2003-12-28, 2004-01-03]"
  visitor: dprk
  host: china
  people: [{name: Somebody Of The Ministry, title: Deputy Head of the International Department of the Central Committee, offices: []}]
  kind: secret
  places: [Beijing, Shenyang]
  support: recalled
  note: From memory.
- id: wen
  date: 2009-10-04/2009-10-06
  visitor: china
  host: dprk
  people: [{name: Wen Jiabao, title: Premier of the State Council, offices: [premier]}]
  kind: goodwill
  places: [Pyongyang, Hoechang]
  sources: [{title: In Pyongyang, publisher: Xinhua, url: "https://example.org/2009"}]
"""


@pytest.fixture(scope="module")
def record():
    return load([RECORD])


@pytest.fixture(scope="module")
def small(store_of):
    return store_of(SMALL)


def squeezed(text):
    """Without blanks, which differ where lines are broken elsewhere."""
    return "".join(text.split())


def listed(ask, *options):
    """The ids that `list` prints."""
    return [json.loads(line)["id"] for line in ask("list", "--store", RECORD, *options, "-O", "jsonl").out.splitlines()]


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        pytest.param("", [], id="everything"),
        pytest.param("--visitor china --office premier", ["--visitor", "china", "--office", "premier"], id="options"),
        pytest.param("--between PRC 북한 --since=2018", ["--between", "china", "dprk", "--since", "2018"], id="aliases"),
        pytest.param("-p 'kim jong un'", ["--person", "kim jong un"], id="quotation marks"),
        pytest.param("parade", ["--text", "parade"], id="a word"),
        pytest.param("parade --host dprk --not-kind ceremony", ["--text", "parade", "--host", "dprk", "--not-kind", "ceremony"], id="a word and options"),
        pytest.param("--where decade=1990s --at-least leader", ["--where", "decade=1990s", "--at-least", "leader"], id="a row of stats"),
        pytest.param("--since 2018 --until 2018-03-01", ["--since", "2018", "--until", "2018-03-01"], id="nothing"),
    ],
)  # fmt: skip
def test_the_filter_lets_through_what_list_does(browse, ask, record, typed, options):
    ids, orders = listed(ask, *options), []

    async def look(pilot, press):
        orders.append(pilot.app.order)
        await press(["slash", "ctrl+u", "enter"])
        orders.append(pilot.app.order)
        await press(["slash", f"paste:{typed}", "enter", "end"])

    seen = browse(record, asked=typed, look=look)
    assert [row[-1] for row in seen.app.order] == ids
    assert seen.ids == ids[: len(seen.ids)]
    assert orders[0] == seen.app.order
    assert set(orders[0]) <= set(orders[1])


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        pytest.param("--hots china", "there is no option --hots; did you mean '--host'", id="an option"),
        pytest.param("--host chna", "--host: unknown actor 'chna'; did you mean 'china'", id="a name"),
        pytest.param("--host", "requires an argument", id="no value"),
        pytest.param("'kim", "a quotation mark is not closed", id="a quotation mark"),
        pytest.param("--since 2009-02-30", "2009-02-30 does not exist", id="a date"),
        pytest.param("--store x.yaml", "--store is given when browse starts", id="another record"),
        pytest.param("--help", "there is no option --help", id="help"),
        pytest.param("zzzz", "'zzzz'", id="a text that stands nowhere"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_and_the_table_stays(browse, small, typed, error):
    screens = []

    async def look(pilot, press):
        screens.append(screen(pilot.app))
        await press(["slash", "ctrl+u", f"paste:{typed}", "enter"])
        screens.append(screen(pilot.app))
        assert list(map(itemgetter(-1), pilot.app.order)) == ["li-peng", "wen"]
        await press(["escape"])
        screens.append(screen(pilot.app))

    browse(small, asked="--host dprk", look=look)
    assert squeezed(error) in squeezed(screens[1])
    above = [text.splitlines()[:-1] for text in screens]  # the keys below are drawn a moment after the first screen
    assert above[2] == above[0]


@pytest.mark.parametrize("id_", ["li-qiang-pyongyang-2025-10", "xi-jinping-pyongyang-2019-06"])
def test_the_detail_is_what_show_prints(browse, ask, record, id_):
    async def look(pilot, _):
        await pilot.press("end")
        pilot.app.table.move_cursor(row=[row[-1] for row in pilot.app.order].index(id_))
        await pilot.press("enter")

    seen = browse(record, look=look, asked="--since 2015", paths=(str(RECORD),))
    shown = ask("show", id_, "--store", RECORD, *TODAY, "-O", "table", env={"COLUMNS": "79"})
    assert squeezed(seen.pane) == squeezed(shown.out)


@pytest.mark.parametrize(
    "options", [["--office", "premier"], ["--person", "kim jong un"], ["--since", "2027"]], ids=" ".join
)
def test_the_gaps_are_what_gap_prints(browse, ask, record, options):
    seen = browse(record, "g", asked=shlex.join(options))
    printed = ask("gap", "--store", RECORD, *options, *TODAY, "-O", "table", env={"COLUMNS": "79"})
    remarks = printed.err if "no visits" in printed.err else ""
    assert squeezed(seen.pane) == squeezed(printed.out + remarks)


def test_the_gaps_follow_the_filter(browse, small):
    seen = browse(small, "g", "slash", *"--host china", "enter")
    assert "North Korea → China: 1 visit" in seen.pane
    assert "Li Peng" not in seen.pane


def test_screens_of_80_by_24_show_all_that_matters(browse, small, golden):
    screens = [browse(small, *keys) for keys in ((), ("down",), ("enter",), ("g",), ("o",), ("c",), ("question_mark",))]
    golden("browse.txt", ("─" * 80 + "\n").join(seen.screen for seen in screens))
    for line in screens[0].screen.splitlines():
        assert len(line) <= 80


def test_what_has_no_room_in_a_row_stands_below_the_table(browse, small):
    event = small.by_id["somebody"]
    seen = browse(small, "down")
    below = squeezed(seen.screen.rpartition("Wen Jiabao")[2])
    for text in (event.people[0].name, event.people[0].title, event.kind, *event.places, event.id, "*"):
        assert squeezed(text) in below


def test_the_mark_of_what_is_weak_is_not_cut_off(browse, small):
    assert re.search(r"28 Dec 2003 or .*… \* +North", browse(small).screen)


def test_beside_one_another_where_there_is_room(browse, small):
    seen = browse(small, "enter", size=(160, 30))
    assert "Li Peng, Premier" in seen.screen
    assert any("Wen Jiabao" in line and "│" in line for line in seen.screen.splitlines())


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        pytest.param([], "timeline list --store r.yaml --host dprk --text premier", id="table"),
        pytest.param(["enter"], "timeline show li-peng --store r.yaml --as-of 2026-11-24", id="detail"),
        pytest.param(["g"], "timeline gap --store r.yaml --host dprk --text premier --as-of 2026-11-24", id="gaps"),
        pytest.param(["g", "escape"], "timeline list --store r.yaml --host dprk --text premier", id="closed again"),
    ],
)
def test_the_command_of_what_is_shown(browse, small, keys, command):
    seen = browse(small, *keys, "c", asked="--host dprk premier", paths=("r.yaml",), day=TODAY)
    assert command in seen.pane.splitlines()
    assert seen.app.clipboard == command


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        pytest.param([], ["li-peng", "somebody", "wen"], id="by date"),
        pytest.param(["r"], ["wen", "somebody", "li-peng"], id="the newest first"),
        pytest.param(["s"], ["li-peng", "wen", "somebody"], id="by direction"),
        pytest.param(["s", "s", "r"], ["wen", "somebody", "li-peng"], id="by who, backwards"),
        pytest.param(["s", "s", "s"], ["wen", "li-peng", "somebody"], id="by kind"),
        pytest.param(["s", "s", "s", "s"], ["somebody", "li-peng", "wen"], id="by place"),
        pytest.param(["s"] * 5, ["li-peng", "somebody", "wen"], id="by date again"),
    ],
)
def test_the_table_is_sorted(browse, small, keys, ids):
    assert browse(small, *keys).ids == ids


def test_the_row_under_the_cursor_stays_when_the_order_changes(browse, small):
    assert browse(small, "down", "r", "s").app.chosen == "somebody"


def test_sources_are_shown_and_not_opened(browse, small):
    assert "https://example.org/1991" in browse(small, "o").pane
    assert "rests on memory" in browse(small, "down", "o").pane


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param([*["down"] * 20, *["pagedown"] * 3, *["down"] * 4], id="down"),
        pytest.param(["down"] * 60, id="down alone", marks=pytest.mark.long),
        pytest.param(["pagedown"] * 9, id="pagedown"),
        pytest.param(["end", "home", "end", "pageup", "pageup"], id="end"),
        pytest.param(["end", *["up"] * 20], id="up"),
    ],
)
@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=pytest.mark.long) for size in ((100, 30), (120, 40), (160, 40)))],
    ids="{0[0]}x{0[1]}".format,
)
def test_the_row_under_the_cursor_is_in_sight(browse, record, size, keys):
    hidden, rows = [], []

    async def look(pilot, press):
        table = pilot.app.table
        for key in keys:
            await press([key])
            await pilot.pause()
            rows.append(table.cursor_row)
            room = table.scrollable_content_region.height - table.header_height
            if not 0 <= table.cursor_row - table.scroll_y < room:
                hidden.append((key, table.cursor_row))

    browse(record, size=size, look=look)
    assert hidden == []
    assert max(rows) > 50


def test_an_empty_table_has_nothing_to_open(browse, small):
    seen = browse(small, "enter", "o", asked="--since 2020")
    assert "nothing in this scope" in seen.screen
    assert seen.pane == ""


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_quit(browse, small, key):
    assert browse(small, key).app.return_code == 0


def test_what_can_be_said_is_looked_for_while_the_rest_is_read(browse, small):
    found = threading.Event()

    class Slow(Session):
        def detail(self, id_, *, firsts):
            if firsts:
                found.wait(30)
            return super().detail(id_, firsts=firsts)

    screens = []

    async def look(pilot, _):
        for _ in range(100):
            await pilot.pause(0.05)
            if "looking for" in screen(pilot.app):
                break
        screens.append(screen(pilot.app))
        found.set()

    seen = browse(small, "end", "enter", kind=Slow, look=look)
    assert "Wen Jiabao, 4–6 Oct 2009" in screens[0]
    assert "looking for what can be said" in screens[0]
    assert "What can be said" in seen.pane
    assert "looking for" not in seen.screen


def screen(app):
    return "".join(f"{line.text}\n" for line in app.screen._compositor.render_strips())


@pytest.mark.long
def test_of_ten_thousand_visits_the_table_holds_those_near_the_view(browse, a_visit, small):
    days = [f"{1950 + k % 70}-{k % 12 + 1:02d}-{k % 27 + 1:02d}" for k in range(10_000)]
    dates = {day: parse_when(day) for day in set(days)}
    events = [a_visit(dates[day], id=f"e-{k}") for k, day in enumerate(days)]
    big = small._replace(events=tuple(sorted(events, key=lambda event: event.order)), coverage=())
    held = []

    async def look(pilot, _):
        held.append(pilot.app.table.row_count)
        await pilot.press(*["pagedown"] * 20)
        held.append(pilot.app.table.row_count)

    seen = browse(big, look=look)
    assert len(seen.app.order) == 10_000
    assert held[0] < 300 < held[1] < 1000
    assert 20 * 10 < seen.app.table.cursor_row < held[1]


def test_columns_are_pressed_where_they_have_no_room():
    rows = [("4 Oct 2009", "China → North Korea", "W" * 60, "goodwill", "P" * 30)]
    assert sum(column_widths(rows, 75)) == 75
    assert column_widths(rows, 200) == [10, 19, 60, 8, 30]


# --- at a terminal -----------------------------------------------------------------------------------------------------------------------------


def at_a_terminal(*args, keys=b"", env=None):
    """The status and all that was written, as bytes; the keys are pressed when something is drawn."""
    given = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "LC_ALL", "TIMELINE_STORE")}
    command = [sys.executable, "-m", "timeline", "browse", *map(str, args)]
    return run_at_terminal(command, streams=ALL, when={b"Quit": keys}, env=given | {"TERM": "xterm"} | (env or {}))


def test_it_starts_and_ends_at_a_terminal(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("timeline: 1\n" + SMALL, encoding="utf-8")
    code, written = at_a_terminal("--store", path, keys=b"q")
    assert code == 0
    assert "China → North Korea".encode() in written


def test_a_terminal_without_colours_and_unicode_gets_neither(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("timeline: 1\n" + SMALL, encoding="utf-8")
    code, written = at_a_terminal("--store", path, keys=b"q", env={"NO_COLOR": "1", "LC_ALL": "C"})
    assert code == 0
    assert written.isascii()
    assert b"China -> North Korea" in written
    assert b"\\u" not in written
    assert b"\x1b[7;39;49m" in written  # the cursor, in reverse
    assert not [
        code
        for code in written.split(b"\x1b[")
        if code[:1].isdigit() and b"m" in code[:20] and b"8;" in code.partition(b"m")[0]
    ]


def test_what_is_wrong_with_a_record_is_told_before_anything_is_drawn(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("timeline: 1\nevents: [{id: a, date: 2011-02-30}]\n", encoding="utf-8")
    code, written = at_a_terminal("--store", path)
    assert code == 4
    assert b"date-impossible" in written
    assert b"\x1b[?1049h" not in written


def test_what_is_wrong_with_a_filter_is_told_before_anything_is_drawn():
    code, written = at_a_terminal("--host", "chna")
    assert code == 2
    assert b"did you mean 'china'" in written
    assert b"\x1b[?1049h" not in written


def test_a_dumb_terminal_is_none():
    code, written = at_a_terminal(env={"TERM": "dumb"})
    assert code == 2
    assert b"TERM is dumb" in written


def test_no_terminal(run):
    done = run("browse")
    assert done.code == 2
    assert done.err == "timeline: browse needs a terminal; where there is none, use timeline list, show and gap\n"


def test_without_textual_the_command_that_installs_it_is_told(tmp_path):
    code = "import sys; sys.modules['textual'] = None; sys.argv = ['timeline', 'browse']; from timeline.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "timeline: tui needs textual, which is not installed: pip install 'timeline-visits[tui]'\n"
