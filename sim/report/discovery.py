"""The page of a scenario discovery: limits, fit and trajectory of each box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.discovery.sentences import DiscoveryText
from sim.figures.discovery import BoxChart, BoxSide, TrajectoryChart
from sim.figures.theme import Note
from sim.formatting import capitalise, plural
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance

if TYPE_CHECKING:
    from sim.analysis.discovery.discover import Discovery, Region

NOTES = (
    "Density is the mean of the outcome over the points in the box, coverage the share of all "
    "occurrences that lie in the box, mass the share of all points in it. A quasi-p-value is the "
    "probability that chance alone makes the box as dense if that limit has no effect; it is quasi "
    "because the limit was selected.",
    "Boxes found on one set of points are checked on fresh points. Trust the latter.",
    "A box shows where to look. It is not a cause, and it depends on the chosen ranges.",
)


def write_discovery(found: Discovery, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    name = f"Which combinations lead to {found.measure.label}"
    shown = list(_panels(found))
    how = page_provenance(origin, found.scenario, _note(found).counted, found.seed)
    notes = (*NOTES, f"In full. {capitalise(found.sentence)}.")
    return write_panels(path, name, how, describe_first_box(found), shown, notes, found.missing)


def describe_first_box(found: Discovery) -> str:
    """The first box that fresh points confirm, and the number of others."""
    from sim.analysis.discovery.sentences import describe_limits

    confirmed = [region for region in found.regions if region.excludes_zero]
    if not found.regions:
        return found.sentence
    if not confirmed:
        return "no combination is confirmed on fresh points"
    text, first = DiscoveryText(found.measure, found.threshold), confirmed[0]
    level = text.level(first.density)
    reached = level if found.threshold is not None else f"{text.cases} is at {level}"
    others = len(found.regions) - 1
    more = f"; {plural(others, 'other combination')} below" if others else ""
    return (
        f"with {describe_limits(first.limits, found.levers)}, {reached} on fresh points, against "
        f"{text.short(found.overall_fresh)}{text.unit} overall{more}"
    )


def _panels(found: Discovery) -> Iterator[tuple[str, Panel]]:
    for number, region in enumerate(found.regions, start=1):
        doubt = "" if region.excludes_zero else ", not confirmed on fresh points"
        yield f"Combination {number}{doubt}", box_panel(found, region, number)
        yield f"How combination {number} was found", trajectory_panel(found, region, number)


def _note(found: Discovery) -> Note:
    each = f"{found.replications:,} model runs at each of {found.points:,} points, twice"
    return Note(found.runs, found.seed, each)


def box_panel(found: Discovery, region: Region, number: int) -> Panel:
    """The limits of one box."""
    text = DiscoveryText(found.measure, found.threshold)
    chart = BoxChart(
        [_side(found, region, k) for k in sorted({limit.lever for limit in region.limits})],
        found.limits(region),
        text.cases,
        text.level(region.density),
        (region.found.coverage, region.fresh.coverage),
        (text.short(region.found.density), text.short(region.fresh.density)),
        region.excludes_zero,
    )
    return panel(f"box-{number}", chart, _note(found))


def _side(found: Discovery, region: Region, place: int) -> BoxSide:
    from sim.analysis.discovery.sentences import format_bound

    lever = found.levers[place]
    here = {limit.end: limit for limit in region.limits if limit.lever == place}
    ends = lever.format(lever.low), lever.format(lever.high)
    limits = [format_bound(lever, here[end]) if end in here else ends[end] for end in (0, 1)]
    width = lever.high - lever.low
    inside = [
        (here[end].value - lever.low) / width if end in here else float(end) for end in (0, 1)
    ]
    return BoxSide(lever.path, ends, (limits[0], limits[1]), (inside[0], inside[1]))


def trajectory_panel(found: Discovery, region: Region, number: int) -> Panel:
    """The trajectory of peeling."""
    cases = DiscoveryText(found.measure, found.threshold).cases
    is_share = found.measure.is_share or found.threshold is not None
    return panel(f"way-{number}", TrajectoryChart(region, cases, is_share), _note(found))
