"""What must not be above what: a state's start and its pledge, a red line's threshold and reach.

A scenario is held to this when it is loaded; what is varied is held to it here, many points at a
time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.vary import targets
from sim.scenario.model import Scenario
from sim.vocabulary import Participation


class Order(NamedTuple):
    """Values at two paths that go together where ``agrees`` says so of each point."""

    lower: str
    upper: str
    agrees: Callable[[Any, Any], Any]
    said: Callable[[float, float], str]
    remedy: str


class Refusal(NamedTuple):
    """Why no scenario could say what a point says, and which of its columns are to blame."""

    message: str
    remedy: str
    columns: tuple[int, ...]


def refused(scenario: Scenario, paths: Sequence[str], points: Any) -> dict[int, Refusal]:
    """Which of ``points``, a column for each of ``paths`` and NaN for the scenario's own, no
    scenario could say, and why not; by the number of the point."""
    moved = dict(_moved(scenario, paths))
    found: dict[int, Refusal] = {}
    for order in _orders(list(moved)):
        ends = (order.lower, order.upper)
        lower, upper = (_values(scenario, path, moved.get(path), points) for path in ends)
        blamed = tuple(sorted({moved[path] for path in ends if path in moved}))
        wrong = ~(order.agrees(lower, upper) | np.isnan(lower) | np.isnan(upper))
        for k in np.flatnonzero(wrong).tolist():
            found.setdefault(k, Refusal(order.said(lower[k], upper[k]), order.remedy, blamed))
    return found


def _moved(scenario: Scenario, paths: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Every parameter that is moved, with the column that moves it."""
    for k, path in enumerate(paths):
        if not path.startswith("events."):
            yield from ((each, k) for each in targets(scenario, path))


def _values(scenario: Scenario, path: str, column: int | None, points: Any) -> Any:
    """The values of a parameter at each point."""
    points = np.asarray(points, float)
    if column is None:
        return np.full(len(points), _own(scenario, path))
    values = points[:, column]
    # A start that stays as it is goes down with its pledge, so there is nothing to tell of it.
    own = math.nan if path.endswith(".start") else _own(scenario, path)
    return np.where(np.isnan(values), own, values)


def _own(scenario: Scenario, path: str) -> float:
    """What the scenario says: of a word that is drawn nothing can be told, so it is NaN."""
    law = scenario[path]
    if path.endswith((".start", ".pledge")) and not law.is_fixed:
        return math.nan
    return law.mean


def _orders(moved: Sequence[str]) -> Iterator[Order]:
    """The orders that moving these parameters could break. A start that is not moved itself
    follows its pledge down, as it does in a scenario file."""
    for owner in dict.fromkeys(path.rpartition(".")[0] for path in moved):
        if f"{owner}.start" in moved:
            yield _of_start(owner)
        if {f"{owner}.threshold", f"{owner}.reach"} & {*moved}:
            yield _of_line(owner)


def _of_start(owner: str) -> Order:
    state = owner.partition(".")[2]

    def said(start: float, pledge: float) -> str:
        words = [Participation(int(rung)).word for rung in (start, pledge)]
        return f"{state} starts at {words[0]}, above its pledge, {words[1]}"

    remedy = "raise the pledge, or lower the start"
    return Order(f"{owner}.start", f"{owner}.pledge", np.less_equal, said, remedy)


def _of_line(owner: str) -> Order:
    name = owner.rpartition(".")[2]

    def said(threshold: float, reach: float) -> str:
        return f"red line {name}: the threshold, {threshold:g}, is not below the reach, {reach:g}"

    remedy = "lower the threshold, or raise the reach"
    return Order(f"{owner}.threshold", f"{owner}.reach", np.less, said, remedy)
