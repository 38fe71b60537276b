"""What a page says of a slice through a sweep: its axes, its averages, its runs a point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.slices import Gathered
from sim.experiments.sweep.standing import is_spread, stands
from sim.experiments.sweep.summary import as_written
from sim.figures.scale import Scale
from sim.figures.theme import Note
from sim.figures.wording import lever_cell, several
from sim.scenario.parameter import Kind


def averaged(shown: Gathered) -> str:
    """What is averaged over, in words; empty where nothing is."""
    return " ".join(filter(None, [_averaged(shown), _uneven(shown)]))


def alone(plan: Plan, shown: Sequence[Gathered]) -> str:
    """What has to be said where one parameter is moved at a time, the others staying as they are:
    which are not drawn, and where the scenario is not in the picture, or hides behind a level."""
    design, drawn = plan.design, {each.axes[0].path for each in shown}
    others = [lever_cell(path) for path in design.paths if path not in drawn]
    told = [f"Not drawn: {several(others)}."] if others else []
    for each in shown:
        (axis,) = each.axes
        here = stands(plan.scenario, axis)
        if math.isnan(here):
            told.append(
                f"{lever_cell(axis.path)} has no single value in the scenario, so that the "
                "scenario as it is is not in that picture."
            )
        elif is_spread(plan.scenario, axis):
            told.append(
                f"The scenario spreads {lever_cell(axis.path)}, and stands at its mean in the "
                "picture" + (", behind the value fixed there." if here in axis.levels else ".")
            )
    return " ".join(told)


def _uneven(shown: Gathered) -> str:
    if not shown.uneven:
        return ""
    rest, along = (several([a.path for a in axes]) for axes in (shown.rest, shown.axes))
    return (
        f"Not every value of {rest} was played at every {along}, so what differs from one average "
        "to another may be due to which values are in it."
    )


def _averaged(shown: Gathered) -> str:
    if not shown.rest:
        return ""
    rest = several([lever_cell(axis.path) for axis in shown.rest])
    return (
        f"Averaged over {rest}; the interval of an average is "
        "taken to be that of one point; what changes from one average to another is known better."
    )


def scale_of(shown: Gathered, k: int) -> Scale:
    """How the values of an axis are said."""
    return scale_along(shown.axes[k], [place[k] for place in shown.places])


def scale_along(axis: Axis, values: Sequence[float]) -> Scale:
    """How these ``values`` of an axis are said."""
    if axis.parameter.kind in (Kind.NUMBER, Kind.COUNT):
        return Scale(axis.path)
    said = {v: as_written(axis.say(v)).replace("_", " ") for v in sorted(set(values))}
    return Scale(axis.path, said)


def note_of(results: SweepResults) -> Note:
    """Where the numbers of a sweep's figures come from."""
    each = f"{spanned(results.tally.runs)} model runs a point"
    return Note(results.runs, results.plan.seed, each)


def spanned(counts: Any) -> str:
    """How many there are at any point that has some: ``60``, or ``50 to 200``."""
    there = sorted({int(count) for count in counts if count})
    ends = [f"{count:,}" for count in dict.fromkeys([*there[:1], *there[-1:]])]
    return " to ".join(ends) or "0"
