"""Makes ``explorer.png``, a picture in the README: the shipped explorer with its levers, cropped.

python docs/figures/explorer.py [CHROMIUM]
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURE = Path(__file__).with_suffix(".png")
EXPLORER = Path(__file__).parents[1] / "explorer.html"
SIZE = {"width": 1240, "height": 760}
STYLE = "#exercise{display:none!important} .about{display:none}"
PATIENCE = 120


def wait_until_drawn(view: Page) -> None:
    """Wait for the last stage of the page; its policy forbids code that waits in it."""
    for _ in range(10 * PATIENCE):
        if view.evaluate("() => thinline.state().stage") == "done":
            return
        view.wait_for_timeout(100)
    raise SystemExit(f"the explorer did not finish within {PATIENCE} s")


def main() -> None:
    """Open the explorer, wait for its runs, and photograph the first screen."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport=SIZE, color_scheme="light", bypass_csp=True)
        view.goto(EXPLORER.as_uri())
        wait_until_drawn(view)
        view.add_style_tag(content=STYLE)
        view.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
