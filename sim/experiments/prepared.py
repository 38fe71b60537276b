"""A scenario with some of its parameters left open, to be set point by point.

A design of thousands of points, a handful of runs each, cannot afford to resolve the scenario anew
at each: the arrays are built once, and a point writes its values into a copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.variants import CAST, all_fixed_at, is_a_value, targets, violates_order
from sim.model.build import Setup, address, build
from sim.model.quantiles import private_quantiles
from sim.results import with_outcome
from sim.scenario.parameter import Parameter
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class PreparedScenario:
    """``scenario`` with what stands at ``paths`` left open, which are written as those of
    :func:`sim.experiments.variants.fixed_at`.

    Raises :class:`sim.errors.UsageError`, when first played, for a path the scenario does not have.
    """

    scenario: Scenario
    paths: tuple[str, ...]

    def at(self, point: Sequence[float]) -> Scenario:
        """The scenario with the values of ``point``, one a path; words by rank, flags 0 or 1.

        Raises :class:`sim.errors.UsageError` for a value that is none of the parameter's, and for
        values that do not go together.
        """
        scenario = all_fixed_at(self.scenario, zip(self.paths, point, strict=True))
        for why in violates_order(self.scenario, self.paths, [list(point)]).values():
            raise UsageError(why.message, why.remedy)
        return scenario

    def setup(self, point: Sequence[float]) -> Setup:
        """What the engines need at ``point``: the numbers of ``build(self.at(point))``.

        In microseconds, unless an event is moved, or the value is one that ``at`` must judge.
        """
        quick = self._slots and self._patched(point)
        return quick or build(self.at(point))

    def play(self, point: Sequence[float], seed: int, first: int, count: int) -> Any:
        """The records (with ``outcome``) of ``count`` runs at ``point``, from number ``first``."""
        from sim.engines.ensemble import play

        return with_outcome(play(self.setup(point), seed, first, count).records)

    @cached_property
    def _slots(self) -> tuple[tuple[Parameter, list[int]], ...]:
        # What an event draws is keyed by its month, so a moved event is built from scratch.
        if any(path.startswith("events.") for path in self.paths):
            return ()
        found = [(path, targets(self.scenario, path)) for path in self.paths]
        if any(parameter_at(path).name in CAST for path in self.paths):
            return ()
        return tuple(
            (parameter_at(path), [address(each, self.scenario) for each in places])
            for path, places in found
        )

    @cached_property
    def _base(self) -> Setup:
        # Nothing left open is drawn, so that a draw does not overwrite what a point says.
        setup = build(self.scenario)
        mine = [place for _, places in self._slots for place in places]
        drawn = setup.draws[~np.isin(setup.draws["address"], mine)]
        return replace(setup, draws=np.ascontiguousarray(drawn))

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """The addresses of starts that are left open, and of what they may not be above."""
        opened = [each for path in self.paths for each in targets(self.scenario, path)]
        moved = [path for path in opened if path.endswith(".start")]
        starts = [
            path
            for path in moved
            if (pledge := _pledge(path)) in opened or self.scenario[pledge].is_fixed
        ]
        return (
            [address(path, self.scenario) for path in starts],
            [address(_pledge(path), self.scenario) for path in starts],
        )

    def _patched(self, point: Sequence[float]) -> Setup | None:
        base, surface = self._base.base.copy(), self._base.surface
        flat = base.view(np.float64)
        for (parameter, places), value in zip(self._slots, point, strict=True):
            if not is_a_value(parameter, value):
                return None
            flat[places] = value
            if parameter.name == "concentration":
                surface = private_quantiles(float(value))
        if (base["line_threshold"] >= base["line_reach"])[0, : base["n_lines"][0]].any():
            return None
        starts, pledges = self._starts
        if (flat[starts] > flat[pledges]).any():
            return None
        return replace(self._base, base=base, surface=surface)


def _pledge(start: str) -> str:
    return start.removesuffix("start") + "pledge"
