"""Charts as pictures for slides and papers: PNG, SVG and PDF, drawn by kaleido in a browser."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import MissingExtra, ThinlineError
from sim.experiments.storage.files import replacing, writing
from sim.figures.theme import set_heading
from sim.report.page import ASSETS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from sim.report.panels import Panel

SUFFIXES = (".svg", ".pdf", ".png")


class Size(NamedTuple):
    """Width in pixels at 96 dots per inch, width over height (0: each chart's own height), and the
    dots of a PNG per pixel."""

    width: int
    ratio: float
    dots: float


# One column of a journal (88 mm), its whole page (180 mm), and a slide of 1920 by 1080 dots.
SIZES = {"column": Size(333, 0, 4), "page": Size(680, 0, 3), "slide": Size(800, 16 / 9, 2.4)}


class MissingBrowser(ThinlineError):
    """There is no browser that could draw a static figure."""

    exit_code = MissingExtra.exit_code
    kind = "missing_browser"


def require_static(purpose: str) -> None:
    """Raise an error if static figures cannot be drawn here.

    Raises
    ------
    sim.errors.MissingExtra
        If kaleido is not installed.
    MissingBrowser
        If there is no Chrome, Chromium or Edge.
    """
    try:
        import_module("kaleido")
        chromium = import_module("choreographer.browsers.chromium").Chromium
    except ImportError:
        raise MissingExtra("static", purpose) from None
    found = chromium.find_browser(skip_local=False)
    if found is None or not Path(found).is_file():
        raise MissingBrowser(
            f"{purpose} needs a browser, and no Chrome, Chromium or Edge was found",
            "install one, set BROWSER_PATH to one, or write a page: FILE.html",
        )


def write_figures(path: Path, panels: Iterable[Panel], size: str = "page") -> list[Path]:
    """Write each chart to a file of its own and return these: the first is ``path``, and the names
    of the others end in those of their charts.

    Raises :class:`sim.experiments.storage.files.CannotStore` where one cannot be written.
    """
    written: list[Path] = []
    for panel in panels:
        file = path.with_stem(f"{path.stem}-{panel.name}") if written else path
        with writing(file), replacing(file) as part:
            part.write_bytes(render(panel.figure(), file.suffix, size))
        written.append(file)
    return written


def render(figure: Figure, suffix: str, size: str = "page") -> bytes:
    """The figure as the bytes of a picture; ``suffix`` is one of ``SUFFIXES``."""
    require_static(f"a figure as {suffix}")
    width, ratio, dots = SIZES[size]
    set_heading(figure, width)
    height = figure.layout.height
    if ratio and height * ratio > width:
        # A tall chart keeps its height, so that nothing in it is squeezed.
        width, dots = round(height * ratio), dots * width / (height * ratio)
        set_heading(figure, width)
    elif ratio:
        height = round(width / ratio)
    options: dict[str, Any] = {
        "format": suffix.removeprefix("."),
        "width": width,
        "height": height,
        "scale": dots if suffix == ".png" else 1,
    }
    kaleido = import_module("kaleido")
    drawn: bytes = kaleido.calc_fig_sync(
        figure.to_dict(),
        opts=options,
        kopts={"plotlyjs": ASSETS / "plotly-basic.min.js", "mathjax": False},
    )
    return drawn
