"""A design that is a list of points, each a mapping of paths to values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.spread import axis_of
from sim.scenario.findings import Findings
from sim.scenario.model import Scenario
from sim.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence

REMEDY = "say --point setting.clarity=0.2, or points: [{setting.clarity: 0.2}] in a file"


def listed(
    root: Mapping, scenario: Scenario, findings: Findings
) -> tuple[list[Axis], Callable[[], Any]]:
    """The axes that the points of ``root`` name, and a callable that makes the points.

    What a point does not name stays as the scenario says.
    """
    entry = root.entries.get("points")
    if entry is None or not isinstance(entry.node, Sequence) or not entry.node.items:
        place = entry.node.place if entry else root.place
        findings.add(place, "the list has no points", REMEDY)
        return [], list
    rows = [_row(item, findings) for item in entry.node.items]
    axes: dict[str, Axis] = {}
    for path, (key, values) in _columns(rows).items():
        whole = Sequence(key.place, tuple(node for node in values if node is not None))
        axis = axis_of(key, whole, scenario, findings)
        if axis is not None:
            axes[path] = axis
    return list(axes.values()), lambda: _points(rows, axes)


def _row(item: Node, findings: Findings) -> dict[str, Entry]:
    if isinstance(item, Mapping) and item.entries:
        return item.entries
    findings.add(item.place, f"points: {item} where a point was expected", REMEDY)
    return {}


def _columns(rows: list[dict[str, Entry]]) -> dict[str, tuple[Scalar, list[Node | None]]]:
    """Each path with its first key and what each point says of it."""
    keys = {path: entry.key for row in reversed(rows) for path, entry in row.items()}
    return {
        path: (key, [row[path].node if path in row else None for row in rows])
        for path, key in sorted(keys.items(), key=lambda pair: pair[1].place)
    }


def _points(rows: list[dict[str, Entry]], axes: dict[str, Axis]) -> Any:
    levels = {path: iter(axis.levels) for path, axis in axes.items()}
    points = [[next(levels[path]) if path in row else np.nan for path in axes] for row in rows]
    return np.array(points, float)
