"""Points left out of a design: those that meet every condition of an exclusion."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.sweep.axis import Axis
from sim.scenario.findings import Findings
from sim.scenario.nodes import Mapping, Node, Scalar
from sim.scenario.nodes import Sequence as Items
from sim.scenario.numbers import Refused, parsed
from sim.suggest import did_you_mean

COMPARED: dict[str, Callable[[Any, float], Any]] = {
    "": np.equal,
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    "≤": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "≥": np.greater_equal,
}
CONDITION = re.compile(r"(<=|>=|!=|[≤≥<>=]?)\s*(.*)\Z", re.S)


class Condition(NamedTuple):
    """An axis, by its number, with any of several comparisons."""

    axis: int
    comparisons: tuple[tuple[str, float], ...]

    def meets(self, points: Any) -> Any:
        """Which of the points meet it; one that leaves the scenario's own value does not."""
        values = points[:, self.axis]
        met = [COMPARED[mark](values, number) for mark, number in self.comparisons]
        return np.any(met, axis=0) & ~np.isnan(values)


Exclusion = tuple[Condition, ...]


def kept(points: Any, exclusions: Sequence[Exclusion]) -> Any:
    """The points that no exclusion leaves out."""
    out = np.zeros(len(points), bool)
    for exclusion in exclusions:
        out |= np.all([condition.meets(points) for condition in exclusion], axis=0)
    return points[~out]


def exclusions_of(
    node: Node, axes: Sequence[Axis], varied: Collection[str], findings: Findings
) -> list[Exclusion]:
    """The exclusions that a list of mappings, or one mapping, says.

    ``varied`` holds the path of every axis, also of one that could not be read.
    """
    items = node.items if isinstance(node, Items) else (node,)
    return [_exclusion(item, axes, varied, findings) for item in items]


def _exclusion(
    node: Node, axes: Sequence[Axis], varied: Collection[str], findings: Findings
) -> Exclusion:
    if not isinstance(node, Mapping) or not node.entries:
        remedy = 'write {setting.clarity: "> 0.8"}'
        findings.add(node.place, f"exclude: {node} where conditions were expected", remedy)
        return ()
    places = {axis.path: k for k, axis in enumerate(axes)}
    conditions = []
    for path, entry in node.entries.items():
        if path in places:
            axis = axes[places[path]]
            compared = _comparisons(entry.node, axis, findings)
            conditions.append(Condition(places[path], compared))
        elif path not in varied:
            message = f"exclude: {path[:80]} is not varied"
            findings.add(entry.key.place, message, did_you_mean(path, {*places, *varied}))
    return tuple(conditions)


def _comparisons(node: Node, axis: Axis, findings: Findings) -> tuple[tuple[str, float], ...]:
    found = []
    for item in node.items if isinstance(node, Items) else (node,):
        mark, what = _split(item)
        try:
            found.append((mark, parsed(what, axis.parameter)))
        except Refused as refused:
            message = f"exclude: {axis.path}: {refused.message}"
            findings.add(item.place, message, refused.remedy)
    return tuple(found)


def _split(node: Node) -> tuple[str, Node]:
    """A comparison's mark and what it compares with."""
    match = CONDITION.match(node.text) if isinstance(node, Scalar) else None
    return (match[1], Scalar(node.place, match[2])) if match else ("", node)
