"""Prepared scenario: arrays built once, in which a point only sets its values.

Resolving the scenario at each of thousands of points would take longer than their runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.variants import CAST, all_fixed_at, find_violations, is_a_value, targets
from sim.model.build import Setup, address, build
from sim.model.quantiles import private_quantiles
from sim.results import with_outcome
from sim.scenario.parameter import Parameter
from sim.scenario.paths import ParameterPath, parameter_at
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class PreparedScenario:
    """``scenario`` with the parameters at ``paths`` to be set by each point.

    Paths are written as for :func:`sim.experiments.variants.fixed_at`. A path that the scenario
    does not have raises :class:`sim.errors.UsageError` at the first point.
    """

    scenario: Scenario
    paths: tuple[str, ...]

    def at(self, point: Sequence[float]) -> Scenario:
        """The scenario with the values of ``point``, one a path; words by rank, flags 0 or 1.

        Raises :class:`sim.errors.UsageError` for a value out of range, and for values that violate
        a constraint.
        """
        scenario = all_fixed_at(self.scenario, zip(self.paths, point, strict=True))
        for violation in find_violations(self.scenario, self.paths, [list(point)]).values():
            raise UsageError(violation.message, violation.remedy)
        return scenario

    def setup(self, point: Sequence[float]) -> Setup:
        """The engine input at ``point``, with the numbers of ``build(self.at(point))``.

        It takes microseconds, unless an event is moved or a value must be checked by :meth:`at`.
        """
        quick = self._slots and self._patched(point)
        return quick or build(self.at(point))

    def play(self, point: Sequence[float], seed: int, first: int, count: int) -> Any:
        """The records (with ``outcome``) of ``count`` runs at ``point``, from number ``first``."""
        from sim.engines.ensemble import play

        return with_outcome(play(self.setup(point), seed, first, count).records)

    @cached_property
    def _slots(self) -> tuple[tuple[Parameter, list[int]], ...]:
        # The random numbers of an event are keyed by its month, so a moved event is built anew.
        if any(ParameterPath.parse(path).event for path in self.paths):
            return ()
        moved = [targets(self.scenario, path) for path in self.paths]
        parameters = [parameter_at(path) for path in self.paths]
        if any(parameter.name in CAST for parameter in parameters):
            return ()
        addresses = ([address(each, self.scenario) for each in paths] for paths in moved)
        return tuple(zip(parameters, addresses, strict=True))

    @cached_property
    def _base(self) -> Setup:
        # The parameters of a point are not sampled, so that its values are not overwritten.
        setup = build(self.scenario)
        own = [each for _, addresses in self._slots for each in addresses]
        drawn = setup.draws[~np.isin(setup.draws["address"], own)]
        return replace(setup, draws=np.ascontiguousarray(drawn))

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """The addresses of the starts that a point sets, and of the pledges, which limit them."""
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
        for (parameter, addresses), value in zip(self._slots, point, strict=True):
            if not is_a_value(parameter, value):
                return None
            flat[addresses] = value
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
