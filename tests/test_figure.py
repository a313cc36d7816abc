"""Pictures: every visit is in a bar or an outline, no name lies over another, figures that are missing stay missing, and the bytes are the same each time."""

import itertools
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timeline
from timeline.bars import panels
from timeline.chart import chart
from timeline.cli.charts import _title as figure_title
from timeline.cli.places import find_series_file, shipped_record
from timeline.dates import Span, parse_when
from timeline.errors import UsageError
from timeline.formats.brackets import gap_names
from timeline.quantities import Quantity, read_quantities
from timeline.query import Query
from timeline.series import Cut
from timeline.store import load, load_text
from timeline.vocabulary import RANKS

pytest.importorskip("matplotlib", reason="needs the extra: pip install 'timeline-visits[plot]'")
pytestmark = pytest.mark.filterwarnings(
    "ignore:Glyph .* missing from font:UserWarning"
)  # a machine without a font for Chinese draws boxes, and the program says so
TODAY = "2026-11-24"
AS_OF = date(2026, 11, 24).toordinal()
HEADER = "date,value,unit,series,measure,support,source,note\n"


def store_of(*visits):
    lines = [
        f"- {{id: v{n}, date: '{day}', visitor: {v}, host: {h}, people: [{{name: A}}]}}"
        for n, (day, v, h) in enumerate(visits)
    ]
    return load_text("\n".join(["timeline: 1", "title: Small", "events:", *lines]))


def span(text):
    when = parse_when(text)
    return Span(when.start.earliest, when.end.latest if "/" in text else when.start.latest)


# Figures beside visits


def test_the_trade_figures_that_ship_are_sound_and_each_has_a_source():
    text = find_series_file("@trade").read_text("utf-8")
    first, others = read_quantities("trade.csv", text)
    assert (first.name, others) == (
        "China–North Korea trade",
        ["China's exports to North Korea", "China's imports from North Korea"],
    )
    every = [first, *(read_quantities("trade.csv", text, other)[0] for other in others)]
    assert sum(len(one.items) for one in every) == text.count("\n") - 1
    assert all(item.source.startswith("http") for one in every for item in one.items)
    (total,) = (item.value for item in first.items if item.span == span("2019"))
    assert total == 2790


@pytest.mark.parametrize(
    ("days", "measure", "height"),
    [
        pytest.param("2019", "sum", 100, id="a year, a twelfth of it"),
        pytest.param("2019-02", "sum", 1200, id="a month, short or long"),
        pytest.param("2019-01/2019-06", "sum", 200, id="half a year"),
        pytest.param("2018-11/2019-02", "sum", 300, id="over the end of a year"),
        pytest.param("2019", "level", 1200, id="a level is not spread"),
    ],
)
def test_how_high_a_figure_stands(days, measure, height):
    assert Quantity(span(days), 1200, measure).height == pytest.approx(height)


@pytest.mark.parametrize(
    ("measure", "days", "drawn"),
    [
        pytest.param("sum", ["2019-01/2019-06", "2019-01/2019-07"], ["2019-01/2019-07"], id="running totals"),
        pytest.param("sum", ["2019-01/2019-06", "2019"], ["2019"], id="a part of the year, and the year"),
        pytest.param("sum", ["2019-01", "2019-01/2019-02"], ["2019-01", "2019-01/2019-02"], id="a month is a point"),
        pytest.param("sum", ["2019-01/2019-06", "2019-02/2019-07"], ["2019-01/2019-06", "2019-02/2019-07"], id="other days"),
        pytest.param("level", ["2019-01/2019-06", "2019-01/2019-07"], ["2019-01/2019-06", "2019-01/2019-07"], id="levels"),
    ],
)  # fmt: skip
def test_of_sums_from_one_day_on_the_longest_is_drawn(measure, days, drawn):
    rows = "".join(f"{day},1200,t,rice,{measure},,,\n" for day in days)
    series, _ = read_quantities("x.csv", HEADER + rows)
    assert [one.span for one in series.drawn] == [span(day) for day in drawn]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column 'date'"),
        ("date,value,unit,seris\n", "unknown column 'seris'; did you mean 'series'?"),
        (HEADER, "has no figures"),
        (HEADER + "2019,1,USD,a\n", "x.csv:2: 4 cells, the header has 8"),
        (HEADER + "2019-13,1,USD,a,,,,\n", "x.csv:2: 2019-13 does not exist"),
        (HEADER + "2019/..,1,USD,a,,,,\n", "x.csv:2: 2019/.. is open or disputed"),
        (HEADER + '"[2018, 2019]",1,USD,a,,,,\n', "is open or disputed"),
        (HEADER + "2019,NaN,USD,a,,,,\n", "'NaN' is not a number"),
        (HEADER + "2019,,USD,a,,,,\n", "leave the row out where nothing is known"),
        (HEADER + "2019,\u0661,USD,a,,,,\n", "is not a number"),
        (HEADER + "2019,1,USD,,,,,\n", "the series has no name"),
        (HEADER + "2019,1,USD,a,summ,,,\n", "unknown measure 'summ'; did you mean 'sum'?"),
        (HEADER + "2019,1,USD,a,,guess,,\n", "unknown support 'guess'"),
        (HEADER + "2019,1,USD,a,,,,\n2020,1,EUR,a,,,,\n", "in several units (EUR, USD)"),
        (HEADER + "2019,x,USD,a,,,,\n" * 7, "and 2 more"),
        (HEADER + '2019,1,USD,"a\n', "save the sheet again as CSV"),
    ],
)
def test_a_file_of_figures_with_errors_is_refused(text, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        read_quantities("x.csv", text)


def test_a_series_is_found_by_its_name():
    text = HEADER + "2019,1,USD,Total Trade,,,,\n2019,2,t,rice,,,,\n"
    assert read_quantities("x.csv", text, "rice")[0].items[0].value == 2
    with pytest.raises(UsageError, match="did you mean 'rice'"):
        read_quantities("x.csv", text, "rise")


# What is drawn

DATES = st.sampled_from(
    ["1999", "1999-12", "[1999, 2001]", "2000-02-29", "2004-03-04/2004-03-09", "../2003", "1999/2000"]
)
SIDES = st.sampled_from([("china", "japan"), ("japan", "china"), ("russia", "japan")])


@given(st.lists(st.tuples(DATES, SIDES), min_size=1, max_size=8), st.sampled_from(["2002-01-01", TODAY]), st.booleans())
def test_every_visit_is_in_one_bar_or_one_outline(visits, as_of, mirrored):
    store = store_of(*((day, *sides) for day, sides in visits))
    drawn = chart(store, Query(), Cut(), date.fromisoformat(as_of).toordinal())
    shown, unit = panels(drawn, mirrored=mirrored)
    bars = [one for panel in shown for one, _ in panel.sides]
    assert sorted(one.lane.name for one in bars) == sorted(lane.name for lane in drawn.lanes)
    for one in bars:
        assert sum(one.counts.values()) + len(one.open) == len(one.lane.marks)
        for mark in one.lane.marks:
            sure = [
                s
                for s in one.counts
                if s.earliest <= mark.event.date.start.earliest and mark.event.date.start.latest <= s.latest
            ]
            assert sure or unit == "month" or len({date.fromordinal(max(1, d)).year for d in mark.event.date.start}) > 1


def test_an_approximate_date_is_an_outline_and_its_gap_no_bound():
    drawn = chart(
        store_of(("1950~", "china", "japan"), ("2020-02-28", "china", "japan")), Query(), Cut(longest=1), AS_OF
    )
    (panel,), _ = panels(drawn, mirrored=True)
    assert (panel.up.open, panel.up.counts) == ((span("1950"),), {span("2020"): 1})
    assert gap_names(panel.up.lane.longest[0])[0] == "gap of at most about 70y 1m, 1950 → 2020"


def test_a_gap_after_a_visit_of_which_only_the_latest_day_is_known_has_no_length():
    drawn = chart(
        store_of(("../1990", "china", "japan"), ("2000-01-01", "china", "japan")), Query(), Cut(longest=1), AS_OF
    )
    (panel,), _ = panels(drawn, mirrored=True)
    assert gap_names(panel.up.lane.longest[0]) == ["gap of unknown length, 1990 → 2000"]


def test_bars_are_of_months_up_to_four_years():
    store = store_of(("2023-02", "china", "japan"))
    found = [
        panels(chart(store, Query(period=span(f"2022/{last}")), Cut(), AS_OF), mirrored=True)[1]
        for last in (2022, 2025, 2026)
    ]
    assert found == ["month", "month", "year"]


@pytest.mark.parametrize(
    "scope",
    [Query(), Query(between=("japan", "china")), Query(visitors=("japan",)), Query(period=span("2003/2009"))],
    ids=["all", "between", "one way", "a period that the other way begins"],
)
def test_a_direction_keeps_its_side(scope):
    store = store_of(("2001", "china", "japan"), ("2003", "japan", "china"), ("2005", "china", "japan"))
    for panel in panels(chart(store, scope, Cut(), AS_OF), mirrored=True)[0]:
        assert panel.up is None or panel.up.lane.name == "China → Japan"
        assert panel.down.lane.name == "Japan → China"


def test_there_and_back_share_a_panel():
    drawn = chart(
        store_of(("2001", "china", "japan"), ("2002", "russia", "japan"), ("2003", "japan", "china")),
        Query(),
        Cut(),
        AS_OF,
    )
    shown, unit = panels(drawn, mirrored=True)
    assert [[bars.lane.name for bars, _ in panel.sides] for panel in shown] == [
        ["China → Japan", "Japan → China"],
        ["Russia → Japan"],
    ]
    assert unit == "year"


LONG = """\
timeline: 1
actors:
- {id: wide, name: "中华人民共和国与朝鲜民主主义人民共和国政府联合经济贸易和科学技术合作委员会中方代表团及其随行人员"}
- {id: long, name: "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"}
events:
- {id: a, date: 2001-02-03, visitor: wide, host: long, people: [{name: A}]}
- {id: b, date: 2021-02-03, visitor: long, host: wide, people: [{name: A}]}
"""


def boxes(page):
    """A page, and what is written on it and where."""
    from matplotlib.text import Text

    figure = page.figure()
    figure.draw_without_rendering()
    texts = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return figure, [(text.get_text(), text.get_window_extent()) for text in texts]


@cache
def scopes():
    many = [
        (
            date(1950, 1, 1).fromordinal(712000 + 27 * n).isoformat(),
            *("china japan" if n % 3 else "japan china").split(),
        )
        for n in range(1000)
    ]
    record = load([str(shipped_record())])
    leaders = Query(between=("china", "north-korea"), level=RANKS["head-of-government"])
    return {
        "record": (record, Query(between=("china", "north-korea"))),
        "leaders": (record, leaders),
        "one year": (
            record,
            Query(between=("china", "north-korea"), period=Span(span("2018").earliest, span("2018").latest)),
        ),
        "two visits": (store_of(("2001-02-03", "china", "japan"), ("2005-02", "china", "japan")), Query()),
        "coarse": (
            store_of(
                ("1990", "china", "japan"), ("[1999, 2004]", "china", "japan"), ("[1999, 2001]", "japan", "china")
            ),
            Query(),
        ),
        "a thousand": (store_of(*many), Query()),
        "long names": (load_text(LONG), Query()),
        "nothing": (record, Query(hosts=("japan",))),
    }


@pytest.mark.parametrize(
    "name", ["record", "leaders", "one year", "two visits", "coarse", "a thousand", "long names", "nothing"]
)
@pytest.mark.parametrize("longest", [3])
@pytest.mark.parametrize("beside", ["", "China–North Korea trade"])
def test_no_name_lies_over_another_or_off_the_page(name, longest, beside):
    from matplotlib import rc_context

    from timeline.formats.figure import Page, Words, style

    store, query = scopes()[name]
    drawn = chart(store, query, Cut(longest=longest), AS_OF)
    shown, unit = panels(drawn, mirrored=True)
    series = [read_quantities("trade.csv", find_series_file("@trade").read_text("utf-8"), beside)[0]] if beside else []
    with rc_context(style()):
        figure, written = boxes(
            Page(
                drawn,
                shown,
                series,
                Words(f"Visits {'of many people ' * 9}", "scope " * 60, "Source: " + "x " * 90),
                unit,
            )
        )
    page = figure.bbox
    for text, box in written:
        assert min(box.x0 - page.x0, page.x1 - box.x1, box.y0 - page.y0, page.y1 - box.y1) >= 0, text
    for (one, a), (other, b) in itertools.combinations(written, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 1 or up < 1.5, f"{one!r} lies over {other!r}"
    bars = [patch.get_window_extent() for axis in figure.axes[: len(shown)] for patch in axis.patches]
    for text, box in written:
        if "gap" in text or " years" in text:
            assert not [
                bar
                for bar in bars
                if min(bar.x1, box.x1) - max(bar.x0, box.x0) > 1 and min(bar.y1, box.y1) - max(bar.y0, box.y0) > 1.5
            ], text


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_bytes_each_time(run, kind, tmp_path):
    command = [
        "chart",
        "--store",
        shipped_record(),
        "--between",
        "china",
        "dprk",
        "--series",
        "@trade",
        "--as-of",
        TODAY,
    ]
    for name, seed in (("one", "1"), ("two", "2")):
        done = run(*command, "-o", f"{name}.{kind}", env={"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed})
        assert done.code == 0, done.err
    one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert not re.search(rb"20\d\d-\d\d-\d\dT\d\d|matplotlib v|Matplotlib v", one)


@pytest.mark.parametrize(
    "text",
    [
        "$x^2$ \\frac{",
        "</svg><script>alert(1)</script>",
        "\u202egnp",
        "金日成 김일성",
        "a" * 300,
        "\x1b[31m\x9b2J\x7f --\x07>",
        "\x1b]8;;https://evil.test\x1b\\a",
        "a\r\x85b",
    ],
    ids=["formula", "markup", "override", "wide", "long", "colour", "link", "line ends"],
)
def test_a_text_of_the_record_is_text(ask, tmp_path, text):
    path = tmp_path / "r.yaml"
    people = json.dumps(text)
    path.write_text(
        f"timeline: 1\ntitle: {people}\nevents:\n- {{id: a, date: 2001-02-03, visitor: china, host: japan, people: [{{name: {people}}}]}}\n",
        encoding="utf-8",
    )
    done = ask("chart", "--store", path, "--by", "person", "-o", "r.svg")
    assert done.code == 0, done.err
    drawn = (tmp_path / "r.svg").read_bytes().decode("utf-8")
    assert not [one for one in ET.fromstring(drawn).iter() if one.tag.endswith(("script", "image", "foreignObject"))]  # noqa: S314 - our own file
    assert all(character.isprintable() for character in drawn if character != "\n")


def test_without_matplotlib_it_says_what_to_install(run, tmp_path):
    (tmp_path / "matplotlib.py").write_text("raise ImportError('none here')\n")
    done = run("chart", "-o", "x.png", env={"PYTHONPATH": f"{tmp_path}:{Path(timeline.__file__).parents[1]}"})
    assert done.code == 2
    assert "plot needs matplotlib, which is not installed: pip install 'timeline-visits[plot]'" in done.err
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--series", "@trade"], "--series is drawn in pictures only"),
        (["--series", "@trad", "-o", "x.svg"], "no series that ships is called '@trad'"),
        (["--series", "none.csv", "-o", "x.svg"], "--series: none.csv: No such file"),
        (["--by", "person", "-o", "x.svg"], "panels are too many for a picture"),
        (["-o", "x.gif"], "no format goes with '.gif'"),
        (["-o", "nowhere/x.png"], "nowhere/x.png: no such file or directory; the answer was not written"),
    ],
)
def test_what_cannot_be_drawn_is_said(run, options, message):
    done = run("chart", *options)
    assert done.code in (1, 2)
    assert message in done.err


def test_what_is_too_much_for_panels_can_be_drawn_in_one(run, tmp_path):
    refused = run("chart", "--store", "@papal-journeys", "-o", "x.svg")
    assert refused.code == 2
    assert refused.err.rstrip().endswith("or draw them in one panel with --by all")
    assert run("chart", "--store", "@papal-journeys", "--by", "all", "-o", "x.svg").code == 0
    assert (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(
    ("directions", "title"),
    [
        pytest.param([("china", "japan"), ("japan", "china")], "Visits between China and Japan, 1999–2026", id="both ways"),
        pytest.param([("japan", "china")], "Visits from Japan to China, 1999–2026", id="one way"),
        pytest.param([("china", "japan"), ("china", "russia")], "Visits, 1999–2026", id="to several"),
        pytest.param([], "Visits, 2026", id="none"),
    ],
)  # fmt: skip
def test_the_title_says_who_and_when(directions, title):
    store = store_of(*(("1999", *direction) for direction in directions))
    assert figure_title(chart(store, Query(), Cut(), AS_OF), store) == title


def test_of_a_direction_with_long_names_both_are_told():
    from matplotlib import rc_context

    from timeline.formats.figure import Page, Words, style

    drawn = chart(load_text(LONG), Query(), Cut(), AS_OF)
    shown, unit = panels(drawn, mirrored=True)
    with rc_context(style()):
        _, written = boxes(Page(drawn, shown, [], Words("", "", ""), unit))
    names = [text.rpartition(":")[0].split(" → ") for text, _ in written if text.endswith("visit")]
    assert len(names) == 2
    for one, other in names:
        assert "…" in one + other
        assert min(len(one), len(other)) > 10


@pytest.mark.parametrize(("most", "ticks"), [(1, [0, 1]), (5, [0, 2, 4]), (28, [0, 10, 20])])
def test_visits_are_counted_in_round_numbers(most, ticks):
    from timeline.formats.figure import Page, Words

    drawn = chart(store_of(*[("1999", "china", "japan")] * most), Query(), Cut(), AS_OF)
    shown, unit = panels(drawn, mirrored=False)
    (axis,) = Page(drawn, shown, [], Words("", "", ""), unit).figure().axes
    assert list(axis.get_yticks()) == ticks


def test_drawing_tells_how_far_it_is():
    from timeline.formats.figure import Words, picture

    told = []
    store = store_of(("1999", "china", "japan"), ("1999", "china", "russia"))
    drawn = chart(store, Query(), Cut(), AS_OF, lambda done, total: told.append((done, total)))
    picture(drawn, [], Words("", "", ""), "svg", mirrored=False, watch=lambda *how_far: told.append(how_far))
    assert told == [(0, 2), (1, 2)] * 2


def test_a_picture_goes_into_a_pipe(run):
    assert run("chart", "-O", "svg", "--between", "china", "dprk").out.startswith("<?xml")
