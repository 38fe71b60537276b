"""Figures ready for a page, and those of the report, from the results' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim.enums import Outcome, Role
from sim.figures import endings, incidence, theme, time_to_end, who_takes_part
from sim.figures.incidence import WARS
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import Note
from sim.statistics import paired_difference_of_proportions, proportion
from sim.text import format_share_ci, format_upper, join_and, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from sim.results import Results
    from sim.statistics import Estimate


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
        {war: [proportion(int(n), results.runs) for n in reached[:, war]] for war in incidence.WARS}
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


ENDED = {
    Outcome.DURABLE_DETERRENCE: "deterrence holds and is never put to the test",
    Outcome.TESTED_DETERRENCE: "deterrence is put to the test and holds",
    Outcome.QUIET_WITHOUT_FORCE: "there is no war and never a force",
    Outcome.HOLLOWED_OUT: "there is no war, but the force that stood is gone",
    Outcome.RENEWED_OFFENSIVE: "the offensive comes and the coalition does not fight",
    Outcome.LIMITED_WAR: "the coalition is drawn into a limited war",
    Outcome.GENERAL_WAR: "there is a general war",
}


def headline(results: Results) -> str:
    """The commonest ending and the share of war, each with its 95 % interval.

    Where luck of the draw may have put two shares in their order, the sentence does not rank them.
    """
    if results.runs == 1:
        return f"In the one model run {ENDED[_ranked(results)[0]]}: a share takes more runs."
    first = leader(results)
    return f"{_ending(results, first)}; {_war(results, first)}."


def _ranked(results: Results) -> list[Outcome]:
    return sorted(results.outcomes, key=lambda outcome: -results.outcomes[outcome].value)


def leader(results: Results) -> Outcome | None:
    """The commonest ending, if it is clearly commoner than the next."""
    first, second = _ranked(results)[:2]
    shares = results.outcomes
    return first if commoner(shares[first], shares[second], results.runs) else None


def commoner(one: Estimate, other: Estimate, runs: int, n_comparisons: int = 1) -> bool:
    """Whether of two things that exclude each other one clearly happens in more of ``runs``: their
    shares are of the same runs, so that what one gains the other may lose. For ``n_comparisons`` see
    :func:`sim.statistics.paired_difference_of_proportions`."""
    gained, lost = (round(share.value * runs) for share in (one, other))
    return paired_difference_of_proportions(gained, lost, runs, n_comparisons).low > 0


def _ending(results: Results, leader: Outcome | None) -> str:
    shares, runs = results.outcomes, plural(results.runs, "model run")
    if leader is not None:
        return f"In {format_share_ci(shares[leader])} of {runs} {ENDED[leader]}"
    ranked = _ranked(results)
    rivals = [
        f"{o.label} {format_share_ci(shares[o])}"
        for o in ranked
        if not commoner(shares[ranked[0]], shares[o], results.runs)
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
    """Which of the two roads to war is the commoner, if either is."""
    roads = {
        "escalation": results.measures["escalation"],
        "failed deterrence": results.measures["failure"],
    }
    (often, more), (seldom, less) = sorted(roads.items(), key=lambda road: -road[1].value)
    if less.value == 0:
        return f"every time by {often}"
    if commoner(more, less, results.runs):
        return f"more often by {often}, {format_share_ci(more)}, than by {seldom}, {format_share_ci(less)}"
    both = join_and([f"{format_share_ci(share)} by {road}" for road, share in roads.items()])
    return f"{both}, too close to rank"


MEANS = {
    "challenges": "challenges",
    "strikes": "strikes on the force",
    "months_under_force": "months under a fighting force",
    "force": "fighting force at the end (the challenger's weight = 1)",
    "casualties": "casualties (index)",
}
