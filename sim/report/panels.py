"""Charts prepared for a page, and those of the report on one scenario."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
from markupsafe import Markup

from sim.categories import NOUNS, WARS
from sim.enums import Outcome, Role
from sim.errors import UsageError
from sim.figures import theme
from sim.figures.chart import Chart
from sim.figures.outcomes import IncidenceCurves, OutcomeWaffle, TimeToWar
from sim.figures.participation import ParticipationChart
from sim.figures.parts import LegendEntry
from sim.figures.theme import Note
from sim.formatting import format_share_ci, format_upper, join_and, plural
from sim.statistics import commoner, proportion
from sim.tables import Table

if TYPE_CHECKING:
    from sim.results import Results
    from sim.statistics import Estimate

# Colours of a legend that differ on dark paper, as variables of the page's style.
PAGE_COLOURS = {colour: f"var(--{colour[1:]})" for colour in theme.DARK if colour.startswith("#")}


# Numbers with more digits than a drawing can show.
LONG = re.compile(r"\d+\.\d{6,}(?:e-\d+)?")


@dataclass(frozen=True)
class Panel:
    """A chart on a page: its drawing as JSON, without title and legend, which are HTML there.

    ``name`` identifies it on the page, and ``note`` is the source of its numbers.
    """

    name: str
    chart: Chart
    note: Any
    title: str
    caption: str
    alt_text: str
    drawing: Markup
    table: Table
    legend: Sequence[LegendEntry] = ()

    def figure(self) -> go.Figure:
        """The chart as a figure by itself, with title, caption and legend."""
        return self.chart.figure(self.note)


def panel(
    name: str,
    chart: Chart,
    note: Any,
    top: int = 12,
    *,
    table: Table | None = None,
    legend: Sequence[LegendEntry] | None = None,
) -> Panel:
    """The panel of a chart, with a margin of ``top`` pixels above the drawing.

    ``table`` and ``legend`` replace those of the chart.
    """
    figure = chart.figure(note)
    words: dict[str, str] = dict(figure.layout.meta)
    layout = figure.layout
    # What the page needs to put the heading back into a picture.
    layout.meta = {
        "title": layout.title.to_plotly_json(),
        "top": layout.margin.t,
        "legend": layout.showlegend is not False,
    }
    layout.height -= layout.margin.t - top
    layout.margin.t = top
    layout.title, layout.showlegend = None, False
    entries = [
        each._replace(colour=PAGE_COLOURS.get(each.colour, each.colour))
        for each in (chart.legend if legend is None else legend)
    ]
    drawing = Markup(LONG.sub(lambda m: f"{float(m[0]):.6g}", figure.to_json(engine="json")))
    return Panel(
        name, chart, note, **words, drawing=drawing, table=table or chart.table, legend=entries
    )


def waffle(results: Results) -> OutcomeWaffle:
    """The chart of endings; the page uses its rows as legend."""
    return OutcomeWaffle.of(results.outcomes, results.leader is not None)


def outcomes_panel(results: Results) -> Panel:
    """The waffle chart of endings."""
    return panel("endings", waffle(results), _note(results), 0)


def time_to_war_panel(results: Results) -> Panel:
    """The quantile dot plot of the month of war."""
    wars = results.endings[:, list(WARS)].sum(axis=1)
    chart = TimeToWar.of(wars.tolist(), results.runs, results.measures["war"])
    return panel("time-to-end", chart, _note(results), 0)


def incidence_panel(results: Results) -> Panel:
    """The cumulative incidence of each kind of war."""
    counts = results.endings.cumsum(axis=0)
    by_month = {war: [proportion(int(n), results.runs) for n in counts[:, war]] for war in WARS}
    return panel("incidence", IncidenceCurves.of(by_month, results.runs), _note(results))


def participation_panel(results: Results) -> Panel | None:
    """The shares of rungs, or ``None`` if the scenario has no guarantor.

    Raises :class:`sim.errors.UsageError` for results from a folder, which does not hold them.
    """
    if results.participation is None:
        raise UsageError(
            "a folder of results does not hold who takes part", "run the scenario again to draw it"
        )
    states = results.scenario.states
    places = [i for i, s in enumerate(states) if results.scenario.role(s) is Role.GUARANTOR]
    if not places:
        return None
    names = [states[i] for i in places]
    chart = ParticipationChart.of(names, results.participation[:, places])
    return panel("who-takes-part", chart, _note(results), 0)


def _note(results: Results) -> Note:
    return Note(results.runs, results.seed)


ENDED = {
    Outcome.UNTESTED_FORCE: "a force stands and is never tested",
    Outcome.TESTED_FORCE: "the force is tested, and no war comes",
    Outcome.NEVER_A_FORCE: "there is no war and never a force",
    Outcome.HOLLOWED_OUT: "there is no war, but little is left of the force",
    Outcome.RENEWED_OFFENSIVE: "the offensive comes and the coalition does not fight",
    Outcome.LIMITED_WAR: "the coalition is drawn into a limited war",
    Outcome.GENERAL_WAR: "there is a general war",
}


def headline(results: Results) -> str:
    """The commonest ending and the share of war, each with its 95 % interval.

    Shares that do not differ significantly are not ranked.
    """
    if results.runs == 1:
        return f"In the one model run {ENDED[results.ranked[0]]}: shares require more runs."
    first = results.leader
    return f"{_ending(results, first)}; {_war(results, first)}."


def _ending(results: Results, leader: Outcome | None) -> str:
    shares, runs, ranked = results.outcomes, plural(results.runs, "model run"), results.ranked
    if leader is not None:
        return f"In {format_share_ci(shares[leader])} of {runs} {ENDED[leader]}"
    rivals = [
        f"{o.label} {format_share_ci(shares[o])}"
        for o in ranked
        if shares[o].value > 0 and not commoner(shares[ranked[0]], shares[o], results.runs)
    ]
    return f"No ending stands out in {runs}: {join_and(rivals)} are too close to rank"


def _war(results: Results, leader: Outcome | None) -> str:
    war = results.measures["war"]
    within = f"within {plural(results.scenario.months, 'month')}"
    if war.value == 0:
        return f"none ends in war {within} (95 % interval up to {format_upper(war)})"
    if leader is not None and results.outcomes[leader].value == war.value and leader in WARS:
        return f"no other kind of war comes {within}"
    return f"{format_share_ci(war)} end in war {within}, {_cause(results)}"


def _cause(results: Results) -> str:
    """The commoner cause of war, if the causes differ significantly."""
    causes = {NOUNS[name]: results.measures[name] for name in ("escalation", "failure")}
    (often, more), (seldom, less) = sorted(causes.items(), key=lambda cause: -cause[1].value)
    if less.value == 0:
        return f"every time by {often}"
    if commoner(more, less, results.runs):
        rarer = f"{seldom}, {format_share_ci(less)}"
        return f"more often by {often}, {format_share_ci(more)}, than by {rarer}"
    both = join_and([f"{format_share_ci(share)} by {cause}" for cause, share in causes.items()])
    return f"{both}, too close to rank"


def decisions(results: Results) -> list[tuple[str, Estimate]]:
    """Shares of decisions and of runs with a truce, with their labels, where there are any."""
    measures = results.measures
    shares = [(label, measures[name]) for name, label in DECISIONS.items()]
    truces = [(label, measures[name]) for name, label in TRUCES.items()]
    return [
        *((label, share) for label, share in shares if math.isfinite(share.value)),
        *((label, share) for label, share in truces if share.value > 0),
    ]


# Shares of decisions, over all runs.
DECISIONS = {
    "below_holding_strikes": "strikes that the challenger valued below holding still",
    "below_holding_mobilisations": "mobilisations that the challenger valued below holding still",
    "answered_strikes": "strikes that the coalition answered",
    "deterred_mobilisations": "mobilisations that were called off",
    "terms_refused_by_challenger": "terms of a truce that the challenger refused",
    "terms_refused_by_protege": "terms of a truce that the protégé refused",
}
# Shares of model runs, shown where there are any.
TRUCES = {"truce": "a truce is made", "truce_broken": "a ceasefire or truce breaks"}
MEANS = {
    "challenges": "challenges",
    "strikes": "strikes on the force",
    "months_under_force": "months under a fighting force",
    "force": "fighting force at the end (the challenger's capability = 1)",
    "casualties": "casualties (index)",
}
