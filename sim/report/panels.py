"""Figures ready for a page, and those of the report, from the results' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim.figures import endings, incidence, theme, time_to_end, who_takes_part
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import Note
from sim.report.headline import leader
from sim.statistics import share
from sim.vocabulary import Role

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from sim.results import Results

# Colours of a key that would vanish on dark paper, as the page's own.
PAPERED = {
    theme.INK: "var(--ink)",
    theme.SOLID_BLACK: "var(--ink)",
    theme.SOFT: "var(--soft)",
    theme.RULE: "var(--rule)",
}


@dataclass(frozen=True)
class Panel:
    """A figure ready for a page: its drawing as JSON, its words and its table."""

    name: str
    title: str
    caption: str
    alternative: str
    drawing: Markup
    sheet: Sheet
    key: Sequence[Sign] = ()


def panel(
    name: str, figure: Figure, sheet: Sheet, top: int = 0, key: Sequence[tuple[str, ...]] = ()
) -> Panel:
    """The figure without its heading and legend; ``top`` is the room to leave above it, in pixels.

    ``key`` is its legend: signs, or only names and colours.
    """
    words: dict[str, Any] = dict(figure.layout.meta)
    layout = figure.layout
    layout.height -= layout.margin.t - top
    layout.margin.t = top
    # What the page says in HTML instead, where it can wrap.
    layout.title, layout.showlegend = None, False
    for heat in figure.select_traces({"type": "heatmap"}):
        heat.showscale = False
    signs = [Sign(*each) for each in key]
    shown = [each._replace(colour=PAPERED.get(each.colour, each.colour)) for each in signs]
    return Panel(name, **words, drawing=Markup(figure.to_json()), sheet=sheet, key=shown)


def ending_rows(results: Results) -> list[endings.Ending]:
    """The table behind the first figure, which the page also uses as its key."""
    return endings.table(results.outcomes)


def how_it_ends(results: Results) -> Panel:
    """The waffle of endings."""
    rows = ending_rows(results)
    drawn = endings.figure(rows, _note(results), leader(results) is not None)
    return panel("endings", drawn, endings.sheet(rows))


def when_war_comes(results: Results) -> Panel:
    """The quantile dotplot of the month of war."""
    wars = results.endings[:, list(incidence.WARS)].sum(axis=1)
    rows = time_to_end.table(wars.tolist(), results.runs)
    figure = time_to_end.figure(rows, results.measures["war"], _note(results))
    return panel("time-to-end", figure, time_to_end.sheet(rows))


def which_war(results: Results) -> Panel:
    """The cumulative incidence of each war-like ending."""
    reached = results.endings.cumsum(axis=0)
    rows = incidence.table(
        {war: [share(int(n), results.runs) for n in reached[:, war]] for war in incidence.WARS}
    )
    return panel("incidence", incidence.figure(rows, _note(results)), incidence.sheet(rows), 12)


def who_takes_part_when(results: Results) -> Panel | None:
    """The heatmap of rungs; ``None`` where the scenario has no guarantor."""
    states = results.scenario.states
    places = [i for i, s in enumerate(states) if results.scenario.role(s) is Role.GUARANTOR]
    if not places:
        return None
    names = [states[i] for i in places]
    rows = who_takes_part.table(names, results.participation[:, places])
    figure = who_takes_part.figure(rows, _note(results))
    key = who_takes_part.key()
    return panel("who-takes-part", figure, who_takes_part.sheet(rows), key=key)


def _note(results: Results) -> Note:
    return Note(results.runs, results.seed)
