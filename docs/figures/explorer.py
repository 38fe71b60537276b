"""Makes ``explorer.png``, a picture in the README: the shipped explorer with its levers, cropped.

python -m docs.figures.explorer
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.chromium import chromium

PICTURE = Path(__file__).with_suffix(".png")
EXPLORER = Path(__file__).parents[1] / "explorer.html"
SIZE = {"width": 1240, "height": 760}
STYLE = "#exercise{display:none!important} .about{display:none}"
PATIENCE = 120


def wait_until_drawn(view: Any) -> None:
    """Wait for the last stage of the page; its policy forbids code that waits in it."""
    for _ in range(10 * PATIENCE):
        if view.evaluate("() => thinline.state().stage") == "done":
            return
        view.wait_for_timeout(100)
    raise SystemExit(f"the explorer did not finish within {PATIENCE} s")


def main() -> None:
    """Open the explorer, wait for its runs, and photograph the first screen."""
    with chromium() as browser:
        view = browser.new_page(viewport=SIZE, color_scheme="light", bypass_csp=True)
        view.goto(EXPLORER.as_uri())
        wait_until_drawn(view)
        view.add_style_tag(content=STYLE)
        view.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
