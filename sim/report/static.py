"""Charts as pictures for slides and papers: PNG, SVG and PDF, drawn by kaleido in a browser."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import MissingExtra, RunFailed, ThinlineError, UsageError
from sim.experiments.storage.files import write_durably
from sim.figures.theme import set_heading
from sim.report.page import ASSETS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from sim.report.panels import Panel

# Seconds until another browser is started, and until none is waited for any more: now and then one
# starts and never answers. A slow one may still answer after another has been started.
PATIENCE = (10, 20, 90)
TEACHING = "A teaching model with invented weights; it forecasts nothing."


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


def write_figures(path: Path, panels: Iterable[Panel], size: str, command: str) -> list[Path]:
    """Write each chart to a file of its own and return these: the first is ``path``, and the names
    of the others end in those of their charts. A picture may be used without its page, so its
    caption also has the ``command`` that made it and says what kind of model this is.

    Raises :class:`sim.experiments.storage.files.CannotStore` where one cannot be written, and as
    :func:`render`.
    """
    charts = list(panels)
    if not charts:
        remedy = "write a page: FILE.html"
        raise UsageError("there is nothing to draw in this result", remedy)
    files = [path, *(path.with_stem(f"{path.stem}-{panel.name}") for panel in charts[1:])]
    figures = [panel.figure() for panel in charts]
    for figure in figures:
        meta = figure.layout.meta
        figure.layout.meta = {**meta, "caption": f"{meta['caption']} {TEACHING} Made by: {command}"}
    drawn = render_figures(figures, path.suffix, size)
    for file, picture in zip(files, drawn, strict=True):
        write_durably(file, picture)
    return files


def render_figures(figures: Sequence[Figure], suffix: str, size: str = "page") -> list[bytes]:
    """The figures as the bytes of pictures; ``suffix`` is ``.svg``, ``.pdf`` or
    ``.png``.

    Raises :class:`sim.errors.RunFailed` if the browser does not draw them in time, and as
    :func:`require_static`.
    """
    require_static(f"a figure as {suffix}")
    tasks = [(figure, _options(figure, suffix, size)) for figure in figures]
    answers: SimpleQueue[list[bytes] | Exception] = SimpleQueue()

    def draw() -> None:
        try:
            answers.put(asyncio.run(_draw(tasks)))
        except Exception as error:
            # Of any kind: the browser and its driver are another's.
            answers.put(error)

    answer: list[bytes] | Exception = TimeoutError(f"no answer for {sum(PATIENCE):g} s")
    for seconds in PATIENCE:
        # In a thread, because the caller may have an event loop; it ends with this process.
        Thread(target=draw, daemon=True).start()
        with suppress(Empty):
            answer = answers.get(timeout=seconds)
            break
    if isinstance(answer, Exception):
        reason = str(answer) or type(answer).__name__
        raise RunFailed(
            f"the browser did not draw the figures: {reason}", "try again, or write a page"
        )
    return answer


def _options(figure: Figure, suffix: str, size: str) -> dict[str, Any]:
    """Format, width, height and scale; sets the heading of the figure to the width."""
    width, ratio, dots = SIZES[size]
    set_heading(figure, width)
    height = figure.layout.height
    if ratio and height * ratio > width:
        # A tall chart keeps its height, so that nothing in it is squeezed; rounded up, so that the
        # width of the slide is a whole number as well.
        height = 9 * math.ceil(height / 9)
        wide = round(height * ratio)
        width, dots = wide, dots * width / wide
        set_heading(figure, width)
    elif ratio:
        height = round(width / ratio)
    return {
        "format": suffix.removeprefix("."),
        "width": width,
        "height": height,
        "scale": dots if suffix == ".png" else 1,
    }


async def _draw(tasks: Sequence[tuple[Figure, dict[str, Any]]]) -> list[bytes]:
    """The pictures, all drawn by one browser."""
    kaleido = import_module("kaleido")
    library = ASSETS / "plotly-basic.min.js"
    async with kaleido.Kaleido(plotlyjs=library, mathjax=False) as browser:
        return [await browser.calc_fig(figure.to_dict(), opts=how) for figure, how in tasks]
