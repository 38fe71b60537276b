"""The native engine against the browser's, in turns, on one thread each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cases import MAIN, SEED, main_setup
from benchmarks.clock import once, ratio, spread
from benchmarks.table import Row
from sim import load
from sim.browser import export
from sim.engines.ensemble import play

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
RUNS = 2048
ROUNDS = 9

PAGE = """<!doctype html><meta charset="utf-8"><title>benchmark</title>
<script src="engine.js"></script><script src="{name}.js"></script>
<script>
const model = thinlineEngine.load(thinlineScenario.module).open(thinlineScenario.document);
function seconds(seed, runs) {{
  const begun = performance.now();
  model.play(seed, 0, runs);
  return (performance.now() - begun) / 1000;
}}
</script>
"""


def against_the_browser() -> Iterator[Row]:
    """Microseconds a run in Chromium and native, and their ratio; nothing without Chromium."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        return
    from playwright.sync_api import sync_playwright

    setup = main_setup()
    native, browser = [], []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        export(load(MAIN), folder)
        page_file = Path(folder) / "page.html"
        page_file.write_text(PAGE.format(name=MAIN), encoding="utf-8")
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = launched.new_page()
        page.goto(page_file.as_uri())
        for _ in range(ROUNDS + 1):
            _, wall = once(lambda: play(setup, SEED, 0, RUNS))
            native.append(wall)
            browser.append(float(page.evaluate(f"() => seconds({SEED}, {RUNS})")))
        launched.close()
    # The first round compiles, in the browser to its optimised code.
    native, browser = native[1:], browser[1:]
    yield Row("native, one thread", "µs a run", spread([1e6 * t / RUNS for t in native]))
    yield Row("in Chromium, one thread", "µs a run", spread([1e6 * t / RUNS for t in browser]))
    yield Row("· the browser for each native", "times", ratio(tuple(browser), tuple(native)))
