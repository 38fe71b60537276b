"""Which charts show which result, as plotly figures.

The charts are those of the report pages. On a page, heading and legend are HTML; a figure by itself
has them inside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from sim.report.panels import Panel

Charts = Mapping[str, Callable[[], "Panel | None"]]
"""The charts of a result by name, the default first."""


def plot(result: Any, chart: str | None = None, unknown: Iterable[str] = ()) -> Figure:
    """A chart of ``result`` as a plotly figure.

    Parameters
    ----------
    result
        A result of a function of ``sim``.
    chart
        The name of the chart; by default the first of :func:`charts_of`.
    unknown
        The names of other options, which no chart has.

    Raises
    ------
    sim.errors.UsageError
        If the result has no such chart, or nothing to draw in it, or if there are other options.
    """
    charts = charts_of(result)
    for option in unknown:
        allowed = f"its only option is chart, one of {', '.join(charts)}"
        raise UsageError(f"plot() has no option '{option}'", allowed)
    if not charts:
        raise UsageError("there is nothing to draw in this result", "see its sentence")
    name = next(iter(charts)) if chart is None else chart
    if not isinstance(name, str) or name not in charts:
        raise UsageError(f"no chart '{name}'", did_you_mean(str(name), charts))
    panel = charts[name]()
    if panel is None:
        raise UsageError(f"there is nothing to draw in chart '{name}'", "choose another chart")
    return panel.figure()


def charts_of(result: Any) -> Charts:
    """The charts of a result by name, the default first."""
    return BY_TYPE[type(result).__name__](result)


def _results(result: Any) -> Charts:
    from sim.report import panels

    return {
        "endings": partial(panels.outcomes_panel, result),
        "time_to_war": partial(panels.time_to_war_panel, result),
        "incidence": partial(panels.incidence_panel, result),
        "participation": partial(panels.participation_panel, result),
    }


def _comparison(result: Any) -> Charts:
    from sim.report import compare

    return {
        "differences": partial(compare.differences_panel, result),
        "shares": partial(compare.shares_panel, result),
        **{
            f"transitions_{nth}": partial(compare.transitions_panel, result, nth - 1)
            for nth in range(1, len(result.pairs) + 1)
        },
    }


def _pivotal(result: Any) -> Charts:
    from sim.report.compare import pivotal_panel

    return {"differences": partial(pivotal_panel, result)}


def _thin_line(result: Any) -> Charts:
    from sim.report.thin_line import line_panel

    return {"line": partial(line_panel, result)}


def _valley(result: Any) -> Charts:
    from sim.report.thin_line import valley_panel

    return {"heatmap": partial(valley_panel, result)}


def _sensitivity(result: Any) -> Charts:
    from sim.report.sensitivity import convergence_panel, index_panel, tornado_panel, variance_panel

    charts: dict[str, Callable[[], Panel]] = {}
    if result.tornado:
        charts["tornado"] = partial(tornado_panel, result, result.tornado)
    for found in result.together:
        charts[found.method] = partial(index_panel, result, found)
        charts[f"{found.method}_convergence"] = partial(convergence_panel, result, found)
        if not math.isnan(found.split.share.value):
            charts["variance"] = partial(variance_panel, result, found)
    return charts


def _discovery(result: Any) -> Charts:
    from sim.report.discovery import box_panel, trajectory_panel

    charts: dict[str, Callable[[], Panel]] = {}
    for number, region in enumerate(result.regions, start=1):
        charts[f"box_{number}"] = partial(box_panel, result, region, number)
        charts[f"trajectory_{number}"] = partial(trajectory_panel, result, region, number)
    return charts


def _robustness(result: Any) -> Charts:
    from sim.report.robustness import information_panel, losses_panel, regret_panel

    charts = {
        "outcomes": partial(losses_panel, result),
        "regrets": partial(regret_panel, result),
    }
    if result.information is not None:
        charts["information"] = partial(information_panel, result, result.information)
    return charts


def _sweep(result: Any) -> Charts:
    from sim.report.sweep import views

    return {panel.name: partial(_same, panel) for panel in views(result)[0]}


def _sweep_comparison(result: Any) -> Charts:
    from sim.report.compare_sweeps import difference_views

    return {panel.name: partial(_same, panel) for panel in difference_views(result)[0]}


def _same(panel: Panel) -> Panel:
    return panel


BY_TYPE: dict[str, Callable[[Any], Charts]] = {
    "Results": _results,
    "Comparison": _comparison,
    "Pivotal": _pivotal,
    "ThinLine": _thin_line,
    "Valley": _valley,
    "Sensitivity": _sensitivity,
    "Discovery": _discovery,
    "Robustness": _robustness,
    "SweepResults": _sweep,
    "SweepComparison": _sweep_comparison,
}
