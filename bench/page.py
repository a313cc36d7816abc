"""How soon the page of a large record is drawn: `python bench/page.py [EVENTS]` opens it five times in a Chromium and prints the milliseconds until then.

It needs `pip install --group browser` and a Chromium of the system (`apt install chromium`); its path may stand in TIMELINE_BROWSER.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import TIMELINE, run
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("TIMELINE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
DRAWN = "performance.getEntriesByName('drawn')[0].startTime"  # since the navigation began; the page's script marks it


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    maker = Path(__file__).with_name("make_store.py")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "events.yaml").open("wb") as out:
            subprocess.run([sys.executable, maker, str(events)], check=True, stdout=out)
        cost = run([TIMELINE, "export", "--store", "events.yaml", "-o", "visits.html"], folder)
        page = folder / "visits.html"
        drawn = sorted(opened(page.as_uri()))
        print(f"{events:,} events: {page.stat().st_size / 1e6:.1f} MB, written in {cost.seconds:.1f} s")
        print(f"drawn after {statistics.median(drawn):.0f} ms (median of {len(drawn)}; {drawn[0]:.0f}–{drawn[-1]:.0f})")


def opened(address: str, times: int = 5) -> "list[float]":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        found = []
        for _ in range(times):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(address)
            found.append(tab.evaluate(DRAWN))
            tab.close()
        browser.close()
    return found


if __name__ == "__main__":
    main()
