"""What a page says of points that lie anywhere: their values, and what of them is not drawn."""

from __future__ import annotations

import math

from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.design import Design
from sim.experiments.sweep.scattered import Scattered
from sim.experiments.sweep.standing import stands
from sim.experiments.sweep.summary import short
from sim.figures.scale import Scale
from sim.figures.wording import lever_cell, plural, several
from sim.report.slices import scale_along
from sim.scenario.model import Scenario


def headings(design: Design) -> list[str]:
    """What the columns of the points' values are called."""
    return [lever_cell(path) for path in design.paths]


def values_said(design: Design, point: int, scenario: Scenario) -> tuple[str, ...]:
    """A point's value on every axis, for a table."""
    values = design.points[point].tolist()
    pairs = zip(design.axes, values, strict=True)
    return tuple(_left(axis, scenario) if math.isnan(v) else _said(axis, v) for axis, v in pairs)


def _left(axis: Axis, scenario: Scenario) -> str:
    here = stands(scenario, axis)
    return "as it is" if math.isnan(here) else f"as it is, {_said(axis, here)}"


def _said(axis: Axis, value: float) -> str:
    return short(axis.say(value))


def scales_of(shown: Scattered) -> list[Scale]:
    """How the values of each axis shown are said."""
    placed = shown.values[shown.placed]
    return [scale_along(axis, placed[:, k].tolist()) for k, axis in enumerate(shown.axes)]


def not_averaged(shown: Scattered) -> str:
    """What the picture of the points cannot show."""
    return " ".join(filter(None, [_rest(shown), _covered(shown), _left_out(shown), _own(shown)]))


def _rest(shown: Scattered) -> str:
    if not shown.rest:
        return ""
    along = several([lever_cell(axis.path) for axis in shown.axes])
    rest = several([lever_cell(axis.path) for axis in shown.rest])
    return f"Drawn along {along} alone; the points differ in {rest}, too, and nothing is averaged."


def _covered(shown: Scattered) -> str:
    if not shown.covered:
        return ""
    return f"{plural(shown.covered, 'point')} lie on one another: the table has each of them."


def _left_out(shown: Scattered) -> str:
    left = int((~shown.placed).sum())
    if not left:
        return ""
    one = "leaves" if left == 1 else "leave"
    return (
        f"{plural(left, 'point')} {one} a parameter as it is that has no single value there: in "
        "the table, and not in the picture."
    )


def _own(shown: Scattered) -> str:
    if not (shown.own & shown.placed).any():
        return ""
    return "A point that leaves a parameter as it is stands where the scenario does, on average."
