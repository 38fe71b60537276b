"""Plain functions that replace the model, random or not."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.evaluate import Evaluator
from sim.experiments.factors import Factor
from sim.scenario.parameter import Kind, Parameter

OUTCOME = "y"
Formula = Callable[[dict[str, float], np.ndarray], Any]


@dataclass(frozen=True)
class FormulaModel:
    """``formula`` as a model: a function of the factors by name, and of a uniform number a run,
    the same at every point. Factors that are not varied have their ``defaults``."""

    formula: Formula
    defaults: dict[str, float]

    def values(
        self, paths: tuple[str, ...], point: Sequence[float], first: int, count: int
    ) -> dict[str, Any]:
        u = np.random.default_rng(5).random(first + count)[first:]
        x = {**self.defaults, **dict(zip(paths, point, strict=True))}
        return {OUTCOME: np.broadcast_to(self.formula(x, u), count)}


def evaluator_of(formula: Formula, **defaults: float) -> Evaluator:
    """An evaluator of ``formula``."""
    return Evaluator(FormulaModel(formula, defaults))


def between(low: float, high: float, *names: str) -> tuple[Factor, ...]:
    """A lever of each name, with the same ends."""
    parameters = (
        Parameter(name, Kind.NUMBER, low, "made up", low=low, high=high) for name in names
    )
    return tuple(Factor(each.name, each, bounds=(low, high)) for each in parameters)


def ishigami(x: dict[str, float], _: np.ndarray) -> float:
    """The function of Ishigami and Homma (1990) with a = 7 and b = 0.1."""
    return math.sin(x["a"]) + 7 * math.sin(x["b"]) ** 2 + 0.1 * x["c"] ** 4 * math.sin(x["a"])


# Its indices in closed form: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = 8 b^2 pi^8 / 225.
V1 = (1 + 0.1 * math.pi**4 / 5) ** 2 / 2
V2 = 49 / 8
V13 = 8 * 0.01 * math.pi**8 / 225
TOTAL = V1 + V2 + V13
FIRST_ORDER = {"a": V1 / TOTAL, "b": V2 / TOTAL, "c": 0.0}
TOTAL_ORDER = {"a": (V1 + V13) / TOTAL, "b": V2 / TOTAL, "c": V13 / TOTAL}
