"""What a page says of a slice through a sweep: its axes, its averages, its runs a point."""

from __future__ import annotations

from typing import Any

from sim.experiments.sweep.slices import Gathered
from sim.experiments.sweep.summary import as_written
from sim.figures.scale import Scale
from sim.figures.wording import lever_cell, several
from sim.scenario.parameter import Kind


def averaged(shown: Gathered) -> str:
    """What is averaged over, in words; empty where nothing is."""
    return " ".join(filter(None, [_averaged(shown), _uneven(shown)]))


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
    axis = shown.axes[k]
    if axis.parameter.kind in (Kind.NUMBER, Kind.COUNT):
        return Scale(axis.path)
    values = sorted({place[k] for place in shown.places})
    said = {value: as_written(axis.say(value)).replace("_", " ") for value in values}
    return Scale(axis.path, said)


def spanned(counts: Any) -> str:
    """How many there are at any point that has some: ``60``, or ``50 to 200``."""
    there = sorted({int(count) for count in counts if count})
    ends = [f"{count:,}" for count in dict.fromkeys([*there[:1], *there[-1:]])]
    return " to ".join(ends) or "0"
