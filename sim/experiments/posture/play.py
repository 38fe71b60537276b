"""Every posture meets every type, on the same luck; the chosen ones once more, on fresh runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import RunFailed, UsageError
from sim.experiments.limits import check_size, settled
from sim.experiments.measure import LOSSES, Measure
from sim.experiments.points import Model, played, playing, whole
from sim.experiments.posture.asked import DEFAULT_GRID, Grid, Type, cells, default_types
from sim.experiments.posture.choice import choices
from sim.experiments.posture.postures import Postures
from sim.experiments.run import Progress
from sim.figures.wording import plural
from sim.scenario.model import Scenario

REPLICATIONS = 400
FEWEST_RUNS = 2


def postures(
    scenario: Scenario,
    grid: Grid | None = None,
    types: Mapping[str, Type] | None = None,
    outcome: str = "war",
    runs: int = REPLICATIONS,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Postures:
    """Play every posture of ``grid`` against every one of ``types``, ``runs`` times each.

    Raises :class:`sim.errors.UsageError` for what cannot be compared,
    :class:`sim.errors.RunFailed` where a posture cannot be played: a worst case needs them all.
    """
    measure, seed = Measure(outcome), settled(scenario, seed)
    _check_loss(measure)
    if runs < FEWEST_RUNS:
        raise UsageError(f"{plural(runs, 'run')} of each posture", f"at least {FEWEST_RUNS}")
    grid = DEFAULT_GRID if grid is None else grid
    types = default_types(scenario) if types is None else types
    every = cells(scenario, grid, types)
    check_size(len(every) * len(types), runs, jobs)
    table = Table(playing(scenario, seed, [measure]), tuple(grid), types, measure, runs, jobs)
    values = table.play(every, 0, progress)
    chosen = choices(values, list(types), seed)
    tried = sorted({choice.posture for choice in chosen.values()})
    again = table.play([every[k] for k in tried], runs).mean(axis=2).tolist()
    return Postures(
        scenario=scenario.name,
        measure=measure,
        levers=tuple(grid),
        grid=tuple(every),
        types=types,
        runs=runs,
        seed=seed,
        values=values,
        choices=chosen,
        fresh={k: tuple(losses) for k, losses in zip(tried, again, strict=True)},
    )


def _check_loss(measure: Measure) -> None:
    """Raise :class:`sim.errors.UsageError` for an outcome of which less need not be better."""
    if not measure.is_loss:
        raise UsageError(
            f"a posture is held against what it loses, and {measure.label} is no loss",
            f"ask for one of {', '.join(LOSSES)}",
        )


@dataclass(frozen=True)
class Table:
    """Where postures, values of ``levers``, meet ``types``, ``runs`` times each."""

    model: Model
    levers: tuple[str, ...]
    types: Mapping[str, Type]
    measure: Measure
    runs: int
    jobs: int | None

    def play(
        self, postures: Sequence[tuple[float, ...]], first: int, progress: Progress | None = None
    ) -> Any:
        """The outcome of each run from number ``first`` on: ``(postures, types, runs)``."""
        met: list[Any] = []
        each = len(postures) * self.runs
        for type_ in self.types.values():

            def told(done: int, _: int, before: int = len(met) * each) -> None:
                if progress:
                    progress(before + done, len(self.types) * each)

            met.append(self._against(type_, postures, first, told))
        return np.stack(met, axis=1)

    def _against(
        self, type_: Type, postures: Sequence[tuple[float, ...]], first: int, progress: Progress
    ) -> Any:
        player = self.model((*self.levers, *type_))
        points = [(*posture, *type_.values()) for posture in postures]
        given = whole(played(player, points, self.runs, self.jobs, progress, first))
        if given.lost:
            raise RunFailed(f"a worst case needs every posture: {given.missing}", "narrow the grid")
        return given.values[self.measure.name].astype(np.float64)
