"""What every page shares: the banner, the look, the templates, and plotly for offline use."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim import __version__
from sim.experiments.files import replacing, storing
from sim.figures import theme
from sim.figures.wording import hedged, sentence
from sim.report.text import inline, paragraphs, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
BANNER = (
    "A teaching model: invented weights, contested sources. "
    "It is for thinking with, and forecasts nothing."
)
CSS_NAMES = {"paper": theme.PAPER, "ink": theme.INK, "soft": theme.SOFT, "rule": theme.RULE}


def render(template: str, **context: Any) -> str:
    """The page as one string of HTML that asks nothing of the network."""
    return _templates().get_template(template).render(**_shared(), **context)


def write_page(path: str | Path, template: str, **context: Any) -> Path:
    """Write the page to ``path``, whole or not at all, and return it; the folder must exist.

    Raises :class:`sim.experiments.files.CannotStore` where it cannot be written.
    """
    path = Path(path)
    with storing(path), replacing(path) as part:
        part.write_text(render(template, **context), encoding="utf-8")
    return path


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "hedged": hedged,
        "inline": inline,
        "paragraphs": paragraphs,
        "sentence": sentence,
        "unbroken": unbroken,
    }
    return templates


def _shared() -> dict[str, Any]:
    from plotly.offline import get_plotlyjs

    return {
        "banner": BANNER,
        "version": __version__,
        "style": Markup(palette() + (HERE / "style.css").read_text(encoding="utf-8")),
        "plotly": Markup(get_plotlyjs()),
        "drawing_script": Markup((HERE / "figures.js").read_text(encoding="utf-8")),
        "dark_colours": Markup(json.dumps(theme.DARK)),
    }


def palette() -> str:
    """The figures' colours as CSS variables, for light and for dark."""
    light = "".join(f"--{name}:{colour};" for name, colour in CSS_NAMES.items())
    dark = "".join(f"--{name}:{theme.DARK[colour]};" for name, colour in CSS_NAMES.items())
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
