"""The common style of all charts: type, colours on light and dark paper, title, caption."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome

PAPER = "#fbfaf7"
INK = "#1b1d22"
SOFT = "#5a5f69"
RULE = "#dcd8ce"
FONT = {
    "family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    "size": 13,
}

SOLID_BLACK = Outcome.GENERAL_WAR.style.colour
BAND_OPACITY = 0.2

# Marks drawn on a coloured area; the same on light and on dark paper.
ON_COLOUR = "#ffffff"


def band(colour: str) -> str:
    """The colour ``#rrggbb`` made translucent, for the interval around a line."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {BAND_OPACITY})"


# The counterpart of each colour on dark paper; of the outcomes, only black would vanish there.
DARK = {
    PAPER: "#15181d",
    INK: "#ece8df",
    SOFT: "#a6abb5",
    RULE: "#363b44",
    ON_COLOUR: ON_COLOUR,
    SOLID_BLACK: "#f6f3ec",
    band(SOLID_BLACK): band("#f6f3ec"),
}


class Note(NamedTuple):
    """The source of a chart's numbers: all runs, the seed and, if a single number rests on fewer
    runs, how many in ``each``, such as ``60 model runs a point``."""

    runs: int
    seed: int
    each: str = ""

    @property
    def counted(self) -> str:
        """The number of runs, per item and in total."""
        return f"{self.each}, {self.runs:,} in all" if self.each else f"{self.runs:,} model runs"

    def caption(self, reading: str) -> str:
        """How to read the chart, then n, seed and the kind of interval."""
        return f"{reading} n = {self.counted}, seed {self.seed}; 95 % Monte-Carlo intervals."


def escape_tags(text: str) -> str:
    """Text with tags escaped, so that plotly shows it literally."""
    return escape(text, quote=False)


def finish(figure: go.Figure, title: str, caption: str, alt_text: str, **layout: Any) -> go.Figure:
    """The figure in the common style; ``meta`` carries its title, caption and alt text."""
    style = {
        "template": "none",
        "font": FONT | {"color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": SOFT, "font": FONT | {"color": INK}},
        "dragmode": False,
        "title": _heading(title, caption),
        "height": 440,
        "margin": {"l": 48, "r": 24, "t": 110, "b": 44},
        "meta": {"title": title, "caption": caption, "alt_text": alt_text},
    }
    # Assigned at once: updating a layout takes plotly many times as long.
    figure.layout = _over(_over(figure.layout.to_plotly_json(), style), layout)
    return figure


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``below`` updated with ``above``, nested mappings included."""
    both = {
        key: _over(below[key], above[key])
        for key in below.keys() & above.keys()
        if isinstance(below[key], Mapping) and isinstance(above[key], Mapping)
    }
    return {**below, **above, **both}


def _heading(title: str, caption: str) -> dict[str, Any]:
    """The title with the caption as subtitle, wrapped to fit 700 pixels."""
    return {
        "text": "<br>".join(wrap(escape_tags(title), 62)),
        "font": {"size": 18, "weight": 600},
        "x": 0.02,
        "xanchor": "left",
        "subtitle": {
            "text": "<br>".join(wrap(escape_tags(caption), 96)),
            "font": {"size": 12, "color": SOFT},
        },
    }


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """A plain axis that cannot be dragged; its title is wrapped for narrow screens."""
    return {
        "title": {"text": "<br>".join(wrap(title, 36)), "font": {"size": 12, "color": SOFT}},
        "tickfont": {"size": 12, "color": SOFT},
        "gridcolor": RULE,
        "linecolor": SOFT,
        "showline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }
