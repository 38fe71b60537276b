"""The rows of a run at each decision, copied from the Mesa engine: a check on the replay."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from sim.engines import mesa_model
from sim.scenario.scenario import Scenario

MOMENTS = ("challenge_kernel", "press_kernel", "end_month_kernel")


class Moment(NamedTuple):
    """The world's row and the parameters' row as they stood before a step was taken."""

    world: Any
    given: Any


def record_decisions(scenario: Scenario, run: int, seed: int) -> list[dict[str, Moment]]:
    """For each month from 1 on, the rows before each of the ``MOMENTS`` that occurred."""
    months: list[dict[str, Moment]] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in MOMENTS:
            patch.setattr(mesa_model, name, _spied(name, getattr(mesa_model, name), months))
        model = mesa_model.ThinLineModel(scenario, run, seed)
        while model.running:
            months.append({})
            model.step()
    return months


def _spied(name: str, kernel: Any, months: list[dict[str, Moment]]) -> Any:
    def spy(worlds: Any, parameters: Any) -> Any:
        months[-1][name] = Moment(worlds.copy()[0], parameters.copy()[0])
        return kernel(worlds, parameters)

    return spy
