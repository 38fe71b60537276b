"""Makes ``thin_line.png``, the picture in the README: the report page of a real run, cropped.

python -m docs.figures.thin_line
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.chromium import chromium

PICTURE = Path(__file__).with_suffix(".png")
COMMAND = ("thin-line", "reassurance_force", "--figure")
THINLINE = "from sim.cli.main import main; main()"
SIZE = {"width": 860, "height": 900}
STYLE = "details,button{display:none} section{border:0!important;padding:1rem 1.5rem!important}"


def photograph(page: Path) -> None:
    """Photograph the figure on a page, without its table."""
    with chromium() as browser:
        view = browser.new_page(viewport=SIZE, device_scale_factor=2, color_scheme="light")
        view.goto(page.as_uri())
        view.locator(".js-plotly-plot .main-svg").first.wait_for()
        view.add_style_tag(content=STYLE)
        view.locator("section").first.screenshot(path=PICTURE)


def main() -> None:
    """Run the thin line of the main scenario, and photograph its page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "line.html"
        subprocess.run([sys.executable, "-c", THINLINE, *COMMAND, str(page)], check=True)
        photograph(page)


if __name__ == "__main__":
    main()
