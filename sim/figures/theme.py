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

# Text on a coloured area, the same on light and on dark paper. One of the two has a contrast of at
# least 4.5 with any colour.
LIGHT_ON_COLOUR, DARK_ON_COLOUR = "#ffffff", "#050505"


def channels(colour: str) -> list[int]:
    """Red, green and blue of the colour ``#rrggbb``, from 0 to 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def mix(one: str, other: str, share: float) -> str:
    """The colour ``share`` of the way from ``one`` to ``other``, between 0 and 1."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * min(max(share, 0), 1)):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """The relative luminance of the colour ``#rrggbb``, from 0 to 1 (WCAG 2.2)."""
    parts = [part / 255 for part in channels(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """The colour of text on an area of ``colour``."""
    return max(LIGHT_ON_COLOUR, DARK_ON_COLOUR, key=lambda text: contrast(text, colour))


def band(colour: str) -> str:
    """The colour ``#rrggbb`` made translucent, for the interval around a line."""
    red, green, blue = channels(colour)
    return f"rgba({red}, {green}, {blue}, {BAND_OPACITY})"


# Shades of the rungs of participation, from the lowest; the two with fighting forces have a hue of
# their own.
RUNG_SHADES = ("#e4e2dc", "#b9c3cc", "#7fa8c9", "#3f78ad", "#e8954f", "#a33b0a")
RUNG_SHADES_ON_DARK = ("#30353c", "#4d5a68", "#5f87a8", "#a8d8fa", "#e8954f", "#c8391a")

# The counterpart of each colour on dark paper; of the outcomes, only black would vanish there.
DARK = {
    PAPER: "#15181d",
    INK: "#ece8df",
    SOFT: "#a6abb5",
    RULE: "#363b44",
    LIGHT_ON_COLOUR: LIGHT_ON_COLOUR,
    DARK_ON_COLOUR: DARK_ON_COLOUR,
    SOLID_BLACK: "#f6f3ec",
    band(SOLID_BLACK): band("#f6f3ec"),
    **dict(zip(RUNG_SHADES, RUNG_SHADES_ON_DARK, strict=True)),
}


# A legend in one line between caption and drawing; pages have their own.
LEGEND_ABOVE = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}

# Characters of title and caption in a line, at 700 pixels, and heights in pixels of their lines, of
# a legend and of the space around them.
LINES = {"title": 62, "caption": 104}
TITLE_LINE, CAPTION_LINE, LEGEND_LINE, SPACE = 24, 16, 20, 56
WIDTH = 700

# Widths in pixels of the sample and of a letter of a legend entry; all entries are equally wide.
LEGEND_SAMPLE, LETTER = 44, 6.6


class Note(NamedTuple):
    """The source of a chart's numbers: all runs, the seed and, if a single number rests on fewer
    runs, how many in ``each``, such as ``60 model runs a point``; whether the chart shows the
    intervals of its numbers."""

    runs: int
    seed: int
    each: str = ""
    has_intervals: bool = True

    @property
    def counted(self) -> str:
        """The number of runs, per item and in total."""
        return f"{self.each}, {self.runs:,} in all" if self.each else f"{self.runs:,} model runs"

    def caption(self, reading: str) -> str:
        """How to read the chart, then the number of runs, the seed and the kind of interval."""
        intervals = "; 95 % Monte-Carlo intervals" if self.has_intervals else ""
        return f"{reading} n = {self.counted}, seed {self.seed}{intervals}."


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
        "height": 440,
        "margin": {"l": 48, "r": 24, "t": 110, "b": 44},
        "meta": {"title": title, "caption": caption, "alt_text": alt_text},
    }
    # Assigned at once: updating a layout takes plotly many times as long.
    figure.layout = _over(_over(figure.layout.to_plotly_json(), style), layout)
    set_heading(figure)
    return figure


def set_heading(figure: go.Figure, width: float = WIDTH) -> None:
    """Title and caption above the drawing, wrapped to ``width`` pixels, with room for both."""
    layout = figure.layout
    title, caption = (
        "<br>".join(wrap(escape_tags(layout.meta[part]), round(most * width / WIDTH)))
        for part, most in LINES.items()
    )
    top = SPACE + TITLE_LINE * len(title.split("<br>")) + CAPTION_LINE * len(caption.split("<br>"))
    if layout.showlegend is not False and layout.legend.yanchor == "bottom":
        top += LEGEND_LINE * _legend_lines(figure, width)
    layout.height += top - layout.margin.t
    layout.margin.t = top
    layout.title = {
        "text": title,
        "font": {"size": 18, "weight": 600},
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 26, "l": 16},
        "subtitle": {"text": caption, "font": {"size": 12, "color": SOFT}},
    }


def _legend_lines(figure: go.Figure, width: float) -> int:
    """How many lines the legend takes at this width."""
    names = [t.name for t in figure.data if t.name and t.showlegend is not False]
    longest = max((len(name) for name in names), default=0)
    across = max(1, int((width - 60) / (LEGEND_SAMPLE + LETTER * longest)))
    return -(-len(names) // across)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``below`` updated with ``above``, nested mappings included."""
    both = {
        key: _over(below[key], above[key])
        for key in below.keys() & above.keys()
        if isinstance(below[key], Mapping) and isinstance(above[key], Mapping)
    }
    return {**below, **above, **both}


# Left margin in pixels that holds half of a label such as "0 %" below the left end of an axis; a
# label that reached past the picture would be left out.
LABEL_MARGIN = 16


def per_cent_axis() -> dict[str, Any]:
    """An axis from 0 to 100 %, with room for the outline of a bar at either end."""
    return axis(range=[-0.4, 100.4], ticksuffix=" %", nticks=6, showgrid=False)


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """A plain axis that cannot be dragged; its title is wrapped for narrow screens and has room."""
    return {
        "title": {
            "text": "<br>".join(wrap(title, 36)),
            "font": {"size": 12, "color": SOFT},
            "standoff": 10,
        },
        "automargin": True,
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
