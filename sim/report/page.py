"""Common parts of all pages: banner, style, templates, and plotly for offline use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from sim import __version__
from sim.experiments.storage.files import write_durably
from sim.figures import theme
from sim.formatting import capitalise, format_chance, format_share_ci, override_in_words
from sim.report.panels import Panel
from sim.report.reproduce import PageProvenance

if TYPE_CHECKING:
    from jinja2 import Environment


HERE = Path(__file__).parent
ASSETS = HERE / "assets"
BANNER = (
    "A teaching model: invented weights, contested sources. "
    "It is for thinking with, and forecasts nothing."
)
CSS_NAMES = {"paper": theme.PAPER, "ink": theme.INK, "soft": theme.SOFT, "rule": theme.RULE}


def render(template: str, **context: Any) -> str:
    """The page as one string of HTML that makes no network requests."""
    return _templates().get_template(template).render(**_shared(), **context)


def write_page(path: str | Path, template: str, **context: Any) -> Path:
    """Write the page to ``path``, whole or not at all, and return it; the folder must exist.

    Raises :class:`sim.experiments.storage.files.CannotStore` where it cannot be written.
    """
    path = Path(path)
    write_durably(path, render(template, **context).encode())
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
        "share_ci": format_share_ci,
        "chance": format_chance,
        "inline": inline,
        "paragraphs": paragraphs,
        "sentence": capitalise,
        "override": override_in_words,
        "unbroken": unbroken,
    }
    return templates


def _shared() -> dict[str, Any]:
    return {
        "banner": BANNER,
        "version": __version__,
        "style": Markup(palette() + (ASSETS / "style.css").read_text(encoding="utf-8")),
        "plotly": Markup(plotly_bundle()),
        "drawing_script": Markup((ASSETS / "figures.js").read_text(encoding="utf-8")),
        "dark_colours": Markup(json.dumps(theme.DARK)),
    }


@cache
def plotly_bundle() -> str:
    """The part of plotly.js that the charts need: it draws bars and scatter plots."""
    return (ASSETS / "plotly-basic.min.js").read_text(encoding="utf-8")


@cache
def sheet_style() -> Markup:
    """The style of pages to print."""
    return Markup((ASSETS / "sheet.css").read_text(encoding="utf-8"))


def palette() -> str:
    """The charts' colours as CSS variables, for light and dark paper."""
    named = [(colour[1:], colour) for colour in theme.DARK if colour.startswith("#")]
    named += CSS_NAMES.items()
    light = "".join(f"--{name}:{colour};" for name, colour in named)
    dark = "".join(f"--{name}:{theme.DARK[colour]};" for name, colour in named)
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def write_panels(
    path: str | Path,
    name: str,
    made: PageProvenance,
    sentence: str,
    panels: Sequence[tuple[str, Panel]],
    notes: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> Path:
    """Write the page to ``path`` and return it; each panel has a kicker.

    Raises :class:`sim.experiments.storage.files.CannotStore` where it cannot be written.
    """
    return write_page(
        path,
        "panels.html",
        name=name,
        made=made,
        sentence=f"{capitalise(sentence)}.",
        panels=panels,
        notes=notes,
        warnings=warnings,
    )


WORD_JOINER = "\u2060"
NO_BREAK = "\u00a0"


def paragraphs(text: str) -> list[Markup]:
    """The paragraphs of a text, each as HTML by :func:`inline`."""
    return [inline(part.strip()) for part in text.split("\n\n") if part.strip()]


def inline(text: str) -> Markup:
    """Escaped text, with text between `backticks` as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def unbroken(text: str) -> str:
    """The text with no line break inside a number with its sign, a range or an equation."""
    text = text.replace(" %", f"{NO_BREAK}%").replace(" = ", f"{NO_BREAK}={NO_BREAK}")
    if text == "–":
        return text
    return text.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")
