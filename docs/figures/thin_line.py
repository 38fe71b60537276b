"""Makes ``thin_line.png``, the picture in the README: the report page of a real run, cropped.

python docs/figures/thin_line.py [CHROMIUM]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).with_suffix(".png")
COMMAND = ("thin-line", "reassurance_force", "--figure")
THINLINE = "from sim.cli.main import main; main()"
SIZE = {"width": 860, "height": 900}
STYLE = "details,button{display:none} section{border:0!important;padding:1rem 1.5rem!important}"


def photograph(page: Path, chromium: str) -> None:
    """Photograph the figure on a page, without its table."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport=SIZE, device_scale_factor=2, color_scheme="light")
        view.goto(page.as_uri())
        view.locator(".js-plotly-plot .main-svg").first.wait_for()
        view.add_style_tag(content=STYLE)
        view.locator("section").first.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Run the thin line of the main scenario, and photograph its page."""
    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "line.html"
        subprocess.run([sys.executable, "-c", THINLINE, *COMMAND, str(page)], check=True)
        photograph(page, chromium)


if __name__ == "__main__":
    main()
