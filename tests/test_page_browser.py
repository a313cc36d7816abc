"""The page in a real browser: drawn, filtered, zoomed, by mouse, touch and keys alone, small, dark, printed; nothing is fetched, nothing of a record runs.

Needs Playwright, axe-core (`pip install --group browser`) and a Chromium of the system (`apt install chromium`); its path may stand in TIMELINE_BROWSER. That
TimelineJS draws what is exported for it is tested where it is (`npm install @knight-lab/timelinejs`), its folder in TIMELINEJS.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from timeline.formats.page.model import page_of
from timeline.formats.page.render import page_text
from timeline.formats.page.said import with_claims
from timeline.quantities import read_quantities
from timeline.query import Query
from timeline.store import load, load_text

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 24).toordinal()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("TIMELINE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
LACKING = [
    *([] if CHROMIUM else ["a Chromium: apt install chromium"]),
    *(
        f"{package}: pip install {package}"
        for module, package in (("playwright", "playwright"), ("axe_playwright_python", "axe-playwright-python"))
        if importlib.util.find_spec(module) is None
    ),
]
TIMELINEJS = os.environ.get("TIMELINEJS")
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"needs {'; '.join(LACKING)}")

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LI_QIANG = "li-qiang-pyongyang-2025-10"
LONG = """
title: 中国与朝鲜往来（含很长的标题）and a title so long that it has to be broken into lines wherever it is shown
actors:
- id: long-land
  name: The United Federated Commonwealth of the Former Northern Territories and Adjacent Islands of the Great Southern Ocean
- id: wide-land
  name: 中华人民共和国与朝鲜民主主义人民共和国联合体中华人民共和国与朝鲜民主主义人民共和国联合体
events:
""" + "".join(
    f"""
- id: visit-{number}
  date: {1950 + 2 * number}{("", "-05", "-05-06", "~")[number % 4]}
  visitor: {("long-land", "wide-land", "china")[number % 3]}
  host: {("wide-land", "china", "long-land")[number % 3]}
  people:
  - name: {("习近平", "김정은", "Somebody whose name is so long that it has no room beside a mark anywhere in a drawing")[number % 3]}
    title: 国务院总理、中共中央政治局常委、Minister for Foreign Affairs, Trade, Tourism, Fisheries and the Outer Islands
    offices: [{("premier", "president", "foreign-minister")[number % 3]}]
"""
    for number in range(36)
)
HOSTILE = """
title: "</title><script>alert(1)</script>"
events:
- id: a-visit
  date: 2009-10-04
  visitor: china
  host: north-korea
  people:
  - name: "<img src=x onerror=alert(1)>"
    title: "</script><script>alert(2)</script>"
  note: "<svg onload=alert(3)>"
  sources:
  - title: "<iframe src=javascript:alert(4)></iframe>"
    url: "https://example.org/?q='onmouseover='alert(5)"
- id: a-treaty
  date: 2010
  type: treaty
  actors: [china, north-korea]
  title: "<a href=javascript:alert(6)>x</a>"
"""


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Write the page of a store, once each, and give its address."""
    folder, done = tmp_path_factory.mktemp("pages"), {}

    def written(name, store, since=1):
        if name not in done:
            store = store() if callable(store) else load_text("timeline: 1\n" + store)
            events = [event for event in store.events if event.date.start.earliest >= date(since, 1, 1).toordinal()]
            page = with_claims(page_of(events, Query(), store, DAY), store)
            if name.startswith("record"):
                trade, _ = read_quantities("trade.csv", (ROOT / "records" / "trade.csv").read_text("utf-8"))
                page = replace(page, figures=(trade,))
            path = folder / f"{name}.html"
            path.write_text(page_text(page, store.vocabulary), encoding="utf-8")
            done[name] = path.as_uri()
        return done[name]

    return written


@pytest.fixture(scope="session")
def record(written):
    return written("record", the_record)


def the_record():
    """The shipped record with the claims of the article."""
    return load([ROOT / "events.yaml", ROOT / "claims" / "article.yaml"])


@pytest.fixture(scope="module")
def browser():
    """Started once; closed before other tests, since Playwright keeps an event loop running beside which the tests of `browse` can have none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield started
        started.close()


@pytest.fixture
def visit(browser, request, tmp_path_factory):
    """Open an address; at the end nothing may have been fetched or complained of, and a screenshot is kept beside the tests' temporary files."""
    yield from visiting(browser, request.node.name, tmp_path_factory)


@pytest.fixture(scope="module")
def seen(browser, request, tmp_path_factory, record):
    """The record, opened once for all tests that look, or search, and leave it as it was."""
    for visit in visiting(browser, request.node.name, tmp_path_factory):
        yield visit(record)


def visiting(browser, name, tmp_path_factory):
    opened = []

    def visit(address, viewport=WIDE, *, ignored="", **options):
        context = browser.new_context(viewport=viewport, **options)
        tab = context.new_page()
        wrong = []
        tab.on("console", lambda message: (ignored and ignored in message.text) or wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
        tab.on("requestfailed", lambda asked: wrong.append(asked.url))
        tab.goto(address)
        opened.append((context, tab, wrong))
        return tab

    yield visit
    for number, (context, tab, wrong) in enumerate(opened):
        file = re.sub(r"\W+", "-", name)
        tab.screenshot(path=tmp_path_factory.getbasetemp() / "screenshots" / f"{file}-{number}.png")
        context.close()
        assert wrong == []


def marks(tab):
    return tab.locator(".chart .mark:not(.other)").count()


def drawn(tab, text):
    """Whether a text stands in the drawing."""
    return tab.locator(".chart svg > g text", has_text=re.compile(f"^{re.escape(text)}")).count() > 0


def years(tab):
    return [node for node in tab.locator(".years").all_text_contents() if node.isdigit()]


def changed(tab, before):
    """The years of the axis, when they are others than before."""
    until(tab, f"JSON.stringify([...document.querySelectorAll('.years')].map(node => node.textContent).filter(text => /^\\d+$/.test(text))) !== {json.dumps(json.dumps(before, separators=(',', ':')))}")  # fmt: skip
    return years(tab)


def chosen(tab):
    """The id of the chosen event: what is told of it, and what the mark with the focus says, go together."""
    return tab.locator(".detail dd").last.text_content() if tab.locator(".detail").is_visible() else None


def until(tab, expression):
    """Wait for something to be so. Playwright's own way evaluates text in the page, which the policy of the page forbids."""
    for _ in range(100):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(expression)


# What is drawn


def test_lanes_marks_and_named_gaps_are_drawn(visit, record):
    tab = visit(record)
    assert drawn(tab, "China → North Korea")
    assert drawn(tab, "North Korea → China")
    assert drawn(tab, "Other events")
    assert marks(tab) > 200
    tab.select_option("#p_whose", label="Premier")
    until(tab, "document.querySelectorAll('.gapname.longest').length === 2")
    assert drawn(tab, "18-year gap, 1991 → 2009")
    assert drawn(tab, "16-year gap, 2009 → 2025")


def test_imprecise_dates_are_drawn_as_such(seen):
    rough = seen.evaluate(
        "JSON.parse(document.getElementById('p_data').textContent).events.filter(e => e.lane >= 0 && e.rough && e.who).length"
    )
    assert seen.locator(".mark.rough:not(.other)").count() == rough > 10
    filled = seen.locator(".mark.r0:not(.rough):not(.weak) path").last.evaluate("node => getComputedStyle(node).fill")
    hollow = seen.locator(".mark.rough path").last.evaluate("node => getComputedStyle(node).fill")
    assert hollow == "rgb(255, 254, 251)" != filled


def test_what_is_too_much_for_marks_is_a_density_strip(visit, record):
    tab = visit(record, PHONE)
    assert tab.locator(".strip").count() > 20
    assert tab.get_by_text(re.compile(r"103 visits, up to \d+ in one bar")).count() == 2  # one way and the other
    for _ in range(5):
        tab.locator("#p_in").click()
    until(tab, "!document.querySelector('.strip')")
    assert marks(tab) > 0


def test_figures_are_drawn_where_there_are_some(seen):
    assert drawn(seen, "China–North Korea trade")
    assert seen.locator(".chart .figure.year").count() > 5
    assert seen.locator(".chart .figure.point").count() > 20
    assert (
        0 < seen.locator(".chart .figure.joint").count() < seen.locator(".chart .figure.point").count() - 1
    )  # months are missing
    assert seen.locator(".chart .figure.point.found").count() > 0


@pytest.mark.parametrize("count", [2_000, pytest.param(10_500, marks=pytest.mark.long)])
def test_thousands_of_visits_are_drawn(visit, written, tmp_path, count):
    """How fast is measured by bench/page.py."""
    make = [sys.executable, str(ROOT / "bench" / "make_store.py"), str(count)]
    path = tmp_path / "many.yaml"
    path.write_bytes(subprocess.run(make, check=True, capture_output=True).stdout)
    tab = visit(written(f"many {count}", lambda: load([path])))
    assert drawn(tab, "Other events")
    assert tab.locator("#p_record tbody tr").count() == count


# Labels


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("name", ["record", "long"])
def test_no_label_touches_another_or_is_cut(visit, record, written, viewport, name):
    tab = visit(record if name == "record" else written("long", LONG), viewport)
    for whose in ("0", "1"):
        tab.select_option("#p_whose", whose)
        tab.wait_for_timeout(150)
        boxes = tab.evaluate("""() => [...document.querySelectorAll('.chart svg text')].map(node => {
            const box = node.getBoundingClientRect();
            return [node.textContent, box.left, box.top + 3, box.right, box.bottom - 3];
        })""")
        edge = tab.evaluate("document.getElementById('p_chart').getBoundingClientRect().right")
        assert [text for text, left, _, right, _ in boxes if left < 0 or right > edge + 1] == []
        boxes.sort(key=lambda box: box[2])
        touching = [
            (one[0], other[0])
            for i, one in enumerate(boxes)
            for other in boxes[i + 1 : i + 80]
            if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
        ]
        assert touching == []


@pytest.mark.parametrize("name", ["record", "long"])
def test_a_phone_scrolls_down_only(visit, record, written, name):
    tab = visit(record if name == "record" else written("long", LONG), PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


# Filter, search, detail, address


def test_whose_visits_count_is_chosen(visit, record):
    tab = visit(record)
    tab.select_option("#p_whose", label="Premier")
    told = re.fullmatch(r"Premier: (\d+) events in 2 lanes\.", tab.locator("#p_count").text_content())
    assert tab.locator("#p_record tbody tr:visible").count() == int(told[1]) > 30


def test_an_actor_is_chosen(visit, record):
    tab = visit(record)
    tab.select_option("#p_actor", label="Laos")
    until(tab, "!document.querySelector('.chart').textContent.includes('North Korea → China')")
    assert drawn(tab, "Laos → North Korea")


def search(tab, words):
    """Search for other words than those that were searched for before."""
    for text in ("", words):
        tab.fill("#p_search", text)
        until(
            tab,
            f"document.getElementById('p_count').textContent.includes('does not find') === {str(bool(text)).lower()}",
        )


@pytest.mark.parametrize("words", ["Xi Jinping", "习近平", "xi-jinping", "xi JINPING 2019"])
def test_search_takes_every_spelling(seen, words):
    search(seen, words)
    assert seen.locator(".mark.dull").count() > 100
    shown = seen.locator("#p_record tbody tr:visible").all_text_contents()
    assert 0 < len(shown) < 60
    assert any("20–21 Jun 2019" in row for row in shown)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        pytest.param("wang yi", 8, 20, id="all words"),
        pytest.param('"wang yi"', 8, 15, id="a phrase"),
        pytest.param('"yi wang"', 0, 0, id="a phrase that nobody said"),
        pytest.param("eijing", 0, 0, id="no part of a word"),
        pytest.param("sinonk", 4, 200, id="who published it"),
    ],
)
def test_search_is_of_words_from_their_start(seen, words, least, most):
    search(seen, words)
    assert least <= seen.locator("#p_record tbody tr:visible").count() <= most


LETTERED = """
events:
- {id: one, date: 1994-05, visitor: poland, host: vietnam, people: [{name: Lech Wałęsa}], met: [Đỗ Mười]}
- {id: two, date: 2017-06-15, visitor: turkey, host: norway, people: [{name: Binali Yıldırım}]}
"""


@pytest.mark.parametrize("words", ["walesa", "WAŁĘSA", "Wałęsa", "do muoi"])
def test_search_takes_letters_as_they_are_typed(visit, written, words):
    tab = visit(written("lettered", LETTERED))
    search(tab, words)
    assert tab.locator("#p_record tbody tr:visible").filter(has_text="Lech Wałęsa").count() == 1
    assert tab.locator("#p_record tbody tr:visible").count() == 1


@pytest.mark.parametrize("words", ["温家宝", "wen jiabao"])
def test_search_finds_who_received_by_every_spelling(seen, words):
    search(seen, words)
    shown = seen.locator("#p_record tbody tr:visible")
    assert shown.count() == shown.filter(has_text="Wen Jiabao").count() > 10


@pytest.mark.parametrize("address", ["nosuch", "%E0%A4%A"])
def test_an_address_of_nothing_is_told(visit, record, address):
    tab = visit(f"{record}#{address}")
    until(tab, "document.getElementById('p_missing').textContent.includes('is not in this record')")
    assert address in tab.locator("#p_missing").text_content()


def test_nothing_is_drawn_outside_when_zoomed(visit, record):
    tab = visit(record)
    tab.locator("#p_chart svg").focus()
    for _ in range(6):
        before = years(tab)
        tab.keyboard.press("+")
        changed(tab, before)
        outside = tab.evaluate("""() => {
            const room = document.querySelector('#p_chart svg').getBoundingClientRect();
            const boxes = [...document.querySelectorAll('#p_chart :is(.span, .gap, .mark path, .strip, .aside)')].map(node => node.getBoundingClientRect());
            return boxes.filter(box => box.left < room.left - 11 || box.right > room.right + 11).length;
        }""")  # a mark and its ring may stand on the edge
        assert outside == 0
    assert tab.locator(".mark.rough .span").count() > 0


def test_a_strip_marks_days_that_are_not_certain(visit, record):
    tab = visit(record, PHONE)
    until(
        tab,
        "[...document.querySelectorAll('.strip.rough')].some(node => getComputedStyle(node).fill === 'rgb(255, 254, 251)')",
    )
    assert tab.locator("#p_legend").get_by_text("hollow, also in a bar of many visits").count() == 1


def test_gaps_known_from_near_complete_coverage_are_drawn_apart(visit, record):
    tab = visit(record)
    assert tab.locator(".chart .gap.near").count() == 0  # of anybody, coverage says nothing
    tab.select_option("#p_whose", label="Head of government or above")
    until(tab, "document.querySelectorAll('.chart .gap.near').length > 3")
    assert "only near complete" in tab.locator(".chart .gap.near title").first.text_content()


def test_the_address_of_an_event_leads_to_it(visit, record):
    tab = visit(f"{record}#{LI_QIANG}")
    tab.wait_for_selector(".mark.chosen")
    assert chosen(tab) == LI_QIANG
    detail = tab.locator(".detail")
    assert detail.get_by_text("Premier of the State Council").count()
    assert detail.get_by_text("16 years").count()  # what was published of it, with the verdict
    assert detail.get_by_text("HOLDS", exact=True).count()
    assert tab.locator(".mark.chosen").evaluate("node => node.getBoundingClientRect().top") < WIDE["height"]
    assert detail.locator("a[href^='https://']").count() >= 2


def test_what_is_chosen_stands_in_the_address(visit, record):
    tab = visit(record)
    tab.locator(f"tr[id={LI_QIANG}] a").first.click()
    tab.wait_for_selector(".mark.chosen")
    tab.get_by_role("button", name="Close").click()
    until(tab, "location.hash === ''")
    assert chosen(tab) is None
    tab.locator("#p_chart svg").focus()
    tab.keyboard.press("ArrowRight")
    until(tab, "location.hash.length > 1")


# Zoom and pan


def test_buttons_and_wheel_zoom(visit, record):
    tab = visit(record)
    before = years(tab)
    tab.locator("#p_in").click()
    closer = changed(tab, before)
    assert min(before) < min(closer) < max(closer) < max(before)
    box = tab.locator("#p_chart svg").bounding_box()
    tab.mouse.move(box["x"] + 600, box["y"] + 200)
    tab.keyboard.down("Control")
    tab.mouse.wheel(0, -600)
    tab.keyboard.up("Control")
    closest = changed(tab, closer)
    assert min(closer) < min(closest)
    tab.locator("#p_all").click()
    assert changed(tab, closest) == before


def test_the_wheel_alone_scrolls_the_page(visit, record):
    tab = visit(record)
    before = years(tab)
    box = tab.locator("#p_chart svg").bounding_box()
    tab.mouse.move(box["x"] + 600, box["y"] + 200)
    tab.mouse.wheel(0, 300)
    until(tab, "scrollY > 100")
    assert years(tab) == before


def test_a_drag_moves_the_years(visit, record):
    tab = visit(record)
    whole = years(tab)
    tab.locator("#p_in").click()
    before = changed(tab, whole)
    box = tab.locator("#p_chart svg").bounding_box()
    tab.mouse.move(box["x"] + 300, box["y"] + 40)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 900, box["y"] + 40, steps=6)
    tab.mouse.up()
    assert min(changed(tab, before)) < min(before)
    assert chosen(tab) is None


def test_two_fingers_zoom_and_one_taps(visit, record):
    tab = visit(record, PHONE, has_touch=True, is_mobile=True)
    before = years(tab)
    box = tab.locator("#p_chart svg").bounding_box()
    y = box["y"] + 60
    session = tab.context.new_cdp_session(tab)

    def touch(kind, *places):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, x in enumerate(places)]})  # fmt: skip

    touch("touchStart", 150, 200)
    for step in range(1, 6):
        touch("touchMove", 150 - 20 * step, 200 + 20 * step)
    touch("touchEnd")
    assert min(before) < min(changed(tab, before))
    last = tab.locator(".mark:not(.other)").last
    last.scroll_into_view_if_needed()  # how high the page is depends on the fonts that are here
    mark = last.bounding_box()
    tab.touchscreen.tap(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    tab.wait_for_selector(".detail:visible")


def test_a_click_on_a_mark_tells_of_it(visit, record):
    tab = visit(record)
    tab.get_by_role("button", name=re.compile("^Thongloun Sisoulith")).click()
    assert tab.locator(".detail h3").text_content() == "Thongloun Sisoulith"


# Keys alone


def test_all_is_reached_by_keys(visit, record):
    tab = visit(record)
    into_the_drawing(tab)
    tab.keyboard.press("ArrowRight")
    first = chosen(tab)
    tab.keyboard.press("ArrowRight")
    second = chosen(tab)
    tab.keyboard.press("ArrowLeft")
    assert first == chosen(tab) != second
    tab.keyboard.press("ArrowDown")
    other = tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "China → North Korea" in other
    assert tab.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    tab.keyboard.press("End")
    assert "2026" in tab.evaluate("document.activeElement.getAttribute('aria-label')")
    before = years(tab)
    tab.keyboard.press("+")
    closer = changed(tab, before)
    tab.keyboard.press("0")
    assert changed(tab, closer) == before
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "p_detail"
    tab.keyboard.press("Escape")
    assert chosen(tab) is None
    assert tab.evaluate("document.activeElement.closest('#p_chart') !== null")


EVENTS = "JSON.parse(document.getElementById('p_data').textContent).events"


def into_the_drawing(tab):
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.closest('#p_chart') !== null"):
            return
    raise AssertionError("the drawing is not reached")


def focused(tab):
    """The id of the event whose mark has the focus."""
    return tab.evaluate(f"({EVENTS})[document.activeElement.dataset.event]?.id")


def visits_of_the_first_lane(tab):
    return tab.evaluate(f"({EVENTS}).filter(one => one.lane === 0 && one.who?.includes(0)).map(one => one.id)")


@pytest.mark.parametrize("viewport", [WIDE, pytest.param(PHONE, marks=pytest.mark.long)], ids=["marks", "strips"])
@pytest.mark.parametrize(("key", "at"), [("End", -1), ("Home", 0), ("ArrowRight", 0), ("ArrowLeft", 0), ("Enter", 0)])
def test_the_first_key_chooses_an_end_of_the_first_lane(visit, record, viewport, key, at):
    tab = visit(record, viewport)
    into_the_drawing(tab)
    tab.keyboard.press(key)
    assert focused(tab) == visits_of_the_first_lane(tab)[at]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["marks", "strips"])
@pytest.mark.parametrize(
    "close",
    [
        pytest.param(["Escape"], id="in the drawing"),
        pytest.param(["Enter", "Escape"], id="in what is told"),
        pytest.param(["Enter", "Tab", "Enter"], id="by its button"),
    ],
)
def test_where_a_visit_is_closed_the_keys_go_on_from_it(visit, record, viewport, close):
    tab = visit(record, viewport)
    visits = visits_of_the_first_lane(tab)
    into_the_drawing(tab)
    for key in ["End", "ArrowLeft", "ArrowLeft", *close]:
        tab.keyboard.press(key)
    assert chosen(tab) is None
    assert focused(tab) == visits[-3]
    assert tab.evaluate("document.activeElement.getAttribute('tabindex')") == "0"
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert focused(tab) == visits[-3]  # the only place in the drawing where Tab stops
    tab.keyboard.press("ArrowRight")
    assert focused(tab) == visits[-2]
    tab.keyboard.press("Escape")
    tab.keyboard.press("Enter")
    assert (focused(tab), tab.locator(".mark.chosen").count()) == (visits[-2], 1)
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowLeft")
    assert focused(tab) == visits[-3]


def test_the_drawing_is_reached_by_tab_when_the_chosen_visit_is_out_of_sight(visit, record):
    tab = visit(record)
    into_the_drawing(tab)
    for key in ["Home", *["+"] * 4, *["Shift+ArrowRight"] * 9]:
        tab.keyboard.press(key)
    until(tab, "document.querySelector('.mark.chosen') === null")
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('#p_chart') !== null")


def test_a_click_beside_all_marks_leaves_nothing_behind(visit, record):
    tab = visit(record, PHONE)
    into_the_drawing(tab)
    tab.keyboard.press("End")
    tab.locator("#p_chart svg").click(position={"x": 300, "y": 3})
    assert chosen(tab) is None
    assert tab.locator(".mark[tabindex='0']").count() == 0
    tab.locator("#p_chart svg").focus()
    tab.keyboard.press("End")
    assert focused(tab) == visits_of_the_first_lane(tab)[-1]


def test_the_focus_is_seen(visit, record):
    tab = visit(record)
    tab.keyboard.press("Tab")
    assert tab.locator(".skip").evaluate("node => node.getBoundingClientRect().left") >= 0
    for _ in range(4):
        tab.keyboard.press("Tab")
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


# Access, light and dark, print, without scripts


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    ("since", "address"),
    [
        pytest.param(2024, f"#{LI_QIANG}", id="few events, one of them chosen"),
        pytest.param(1949, "", id="all", marks=pytest.mark.long),
        pytest.param(1949, f"#{LI_QIANG}", id="all, one of them chosen", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing(visit, written, scheme, viewport, since, address):
    """Axe takes time for every element, and all kinds of elements are there with few events."""
    from axe_playwright_python.sync_playwright import Axe

    tab = visit(written(f"record since {since}", the_record, since) + address, viewport, color_scheme=scheme)
    tab.wait_for_selector(".mark.chosen" if address else ".mark", state="attached")
    found = Axe().run(tab).response
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert told == []


def test_dark_is_dark(visit, record):
    tab = visit(record, color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 21, 23)"


def test_nothing_moves_by_itself(visit, record):
    tab = visit(record, reduced_motion="reduce")
    assert tab.evaluate("document.getAnimations().length") == 0


def test_it_prints(visit, record, tmp_path):
    tab = visit(record)
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 254, 251)"  # on paper
    assert not tab.locator("#p_controls").is_visible()
    assert tab.locator("#p_chart svg").is_visible()
    path = tmp_path / "visits.pdf"
    tab.pdf(path=path, format="A4")
    assert len(re.findall(rb"/Type /Page\b", path.read_bytes())) > 3


def test_the_record_is_there_without_scripts(visit, record):
    tab = visit(f"{record}#{LI_QIANG}", java_script_enabled=False)
    assert tab.get_by_text("The drawing needs scripts").is_visible()
    assert not tab.locator("#p_drawing").is_visible()
    assert tab.locator(f"tr[id={LI_QIANG}]").is_visible()


# Text of a record


def test_no_text_of_a_record_runs(visit, written):
    tab = visit(written("hostile", HOSTILE))
    for event in ("a-visit", "a-treaty"):
        tab.evaluate(f"location.hash = '{event}'")
        tab.wait_for_selector(".mark.chosen")
        assert tab.locator(".detail").is_visible()
    tab.fill("#p_search", "<img")
    tab.wait_for_timeout(300)
    assert tab.locator("img, iframe, svg svg").count() == 0
    assert tab.get_by_text("<img src=x onerror=alert(1)>").count() > 0
    links = tab.evaluate("[...document.links].map(link => link.protocol)")
    assert set(links) <= {"file:", "https:"}


def test_the_policy_holds(visit, record):
    """A script that got into the page would not run."""
    tab = visit(record, ignored="violates the following Content Security Policy")
    tab.evaluate(
        "document.addEventListener('securitypolicyviolation', event => document.title = event.violatedDirective)"
    )
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    until(tab, "document.title === 'script-src-elem'")
    assert tab.evaluate("window.ran") is None


def test_what_it_holds_for_search_engines_is_json(seen):
    linked = json.loads(seen.locator("script[type='application/ld+json']").text_content())
    assert linked["@graph"][0]["@type"] == "Dataset"
    assert len(linked["@graph"]) > 200


# The page of another program


@pytest.mark.skipif(not TIMELINEJS, reason="needs @knight-lab/timelinejs of npm, its folder in TIMELINEJS")
def test_timelinejs_draws_every_event_with_its_date(browser, run, tmp_path):
    exported = json.loads(run("export", "-O", "timelinejs").out)
    files = (Path(TIMELINEJS).absolute() / "dist" / name for name in ("css/timeline.css", "js/timeline.js"))
    style, script = (file.as_uri() for file in files)
    (tmp_path / "page.html").write_text(
        f'<!doctype html><link rel="stylesheet" href="{style}"><script src="{script}"></script><div id="drawn" style="height: 600px"></div>',
        encoding="utf-8",
    )
    tab = browser.new_page()
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.route("http*://**", lambda route: route.abort())  # its fonts
    tab.goto((tmp_path / "page.html").as_uri())
    tab.evaluate("data => { new TL.Timeline('drawn', data, {}) }", exported)
    until(tab, f"document.querySelectorAll('.tl-timemarker').length === {len(exported['events'])}")
    shown = tab.evaluate("[...document.querySelectorAll('.tl-slide .tl-headline-date')].map(node => node.textContent)")
    tab.close()
    assert sorted(filter(None, shown)) == sorted(slide["display_date"] for slide in exported["events"])
    assert wrong == []
