"""Boxes found by patient rule induction, as a page: limits, fit, and the way inwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.discovery.text import DiscoveryText
from sim.figures import box_limits, peeling
from sim.figures.theme import Note
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance

if TYPE_CHECKING:
    from sim.analysis.discovery.discover import Discovery, Region

NOTES = (
    "Coverage is the part of all of the outcome that lies in the box, density the mean outcome of "
    "the points in it, mass its part of the points. A quasi-p-value is how often chance alone "
    "would make the box as dense if that limit were of no consequence; it is quasi, since the "
    "limit was sought out.",
    "What was found on one set of points is checked on fresh ones. Trust the latter.",
    "A box is a place to look, no cause, and it lies within ranges that somebody chose.",
)


def write_discovery(found: Discovery, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    name = f"Which combinations lead to {found.measure.label}"
    shown, said = list(_panels(found)), found.sentence
    how = page_provenance(origin, found.scenario, _note(found).counted, found.seed)
    return write_panels(path, name, how, said, shown, NOTES, found.missing)


def _panels(found: Discovery) -> Iterator[tuple[str, Panel]]:
    for number, region in enumerate(found.regions, start=1):
        yield f"Combination {number}", limits_panel(found, region, number)
        yield f"How combination {number} was found", way_panel(found, region, number)


def _note(found: Discovery) -> Note:
    each = f"{found.replications:,} model runs at each of {found.points:,} points, twice"
    return Note(found.runs, found.seed, each)


def limits_panel(found: Discovery, region: Region, number: int) -> Panel:
    """The limits of one box."""
    told = DiscoveryText(found.measure, found.threshold)
    fitted = box_limits.Fitted(
        told.cases,
        told.level(region.density),
        (region.found.coverage, region.fresh.coverage),
        (told.short(region.found.density), told.short(region.fresh.density)),
    )
    places = sorted({limit.lever for limit in region.limits})
    rows = [_side(found, region, place) for place in places]
    figure = box_limits.figure(rows, fitted, _note(found))
    shown = box_limits.sheet(rows, fitted)
    return panel(f"box-{number}", figure, shown, 12, box_limits.key())


def _side(found: Discovery, region: Region, place: int) -> box_limits.Side:
    from sim.analysis.discovery.text import format_bound

    lever = found.levers[place]
    here = {limit.end: limit for limit in region.limits if limit.lever == place}
    ends = lever.format(lever.low), lever.format(lever.high)
    limits = [format_bound(lever, here[end]) if end in here else ends[end] for end in (0, 1)]
    way = lever.high - lever.low
    inside = [(here[end].value - lever.low) / way if end in here else float(end) for end in (0, 1)]
    p = [here[end].quasi_p if end in here else None for end in (0, 1)]
    return box_limits.Side(
        lever.path, ends, (limits[0], limits[1]), (inside[0], inside[1]), (p[0], p[1])
    )


def way_panel(found: Discovery, region: Region, number: int) -> Panel:
    """The trajectory of peeling."""
    told = DiscoveryText(found.measure, found.threshold)
    rows = [
        peeling.Step(
            (step.found.coverage, step.found.density),
            (step.fresh.coverage, step.fresh.density),
            step.found.mass,
            k == region.chosen,
        )
        for k, step in enumerate(region.way)
    ]
    there, fresh = ((fit.coverage, fit.density) for fit in (region.found, region.fresh))
    rows.append(peeling.Step(there, fresh, region.found.mass, final=True))
    is_share = found.measure.is_share or found.threshold is not None
    scale = peeling.Scale(told.cases, is_share)
    figure = peeling.figure(rows, scale, _note(found))
    return panel(f"way-{number}", figure, peeling.sheet(rows, scale), 12, peeling.key())
