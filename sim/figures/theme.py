"""One look for every figure: type, colours for light and dark paper, title, caption."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

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

# What stands on a colour that is the same on light and on dark paper.
ON_COLOUR = "#ffffff"


def band(colour: str) -> str:
    """The colour ``#rrggbb`` made translucent, for an interval around a line."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {BAND_OPACITY})"


# What each colour becomes on dark paper. Black is the one outcome colour that would vanish there.
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
    """Where a figure's numbers come from.

    ``each`` says how many of the ``runs`` any one number rests on, such as ``60 model runs a
    point``, where that is not all of them.
    """

    runs: int
    seed: int
    each: str = ""

    @property
    def counted(self) -> str:
        """How many runs there are, of each thing and altogether."""
        return f"{self.each}, {self.runs:,} in all" if self.each else f"{self.runs:,} model runs"

    def caption(self, reading: str) -> str:
        """How to read the figure, then n, seed and what the intervals are."""
        return f"{reading} n = {self.counted}, seed {self.seed}; 95 % Monte-Carlo intervals."


def plain(text: str) -> str:
    """Text that plotly shows as it is, whatever tags stand in it."""
    return escape(text, quote=False)


def finish(figure: Figure, title: str, caption: str, alternative: str, **layout: Any) -> Figure:
    """The figure with the house's type and colours; ``meta`` carries its words for a page."""
    house = {
        "template": "none",
        "font": FONT | {"color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": SOFT, "font": FONT | {"color": INK}},
        "dragmode": False,
        "title": _heading(title, caption),
        "height": 440,
        "margin": {"l": 48, "r": 24, "t": 110, "b": 44},
        "meta": {"title": title, "caption": caption, "alternative": alternative},
    }
    # Set as a whole: plotly takes many times as long to update a layout as to read one.
    figure.layout = _over(_over(figure.layout.to_plotly_json(), house), layout)
    return figure


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``below`` with what ``above`` says, inner mappings likewise."""
    both = {
        key: _over(below[key], above[key])
        for key in below.keys() & above.keys()
        if isinstance(below[key], Mapping) and isinstance(above[key], Mapping)
    }
    return {**below, **above, **both}


def _heading(title: str, caption: str) -> dict[str, Any]:
    """The finding, and below it the caption, broken into lines that fit 700 pixels."""
    return {
        "text": "<br>".join(wrap(plain(title), 62)),
        "font": {"size": 18, "weight": 600},
        "x": 0.02,
        "xanchor": "left",
        "subtitle": {
            "text": "<br>".join(wrap(plain(caption), 96)),
            "font": {"size": 12, "color": SOFT},
        },
    }


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """A quiet axis that cannot be dragged; its title is broken to fit a narrow screen."""
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
