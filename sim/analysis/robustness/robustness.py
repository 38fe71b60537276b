"""Every posture against every type, on the same luck, and what that amounts to.

A posture's loss is the outcome; its regret, what it loses against a type beyond the best posture
for that type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.analysis.robustness.criteria import LOSS, REGRET, Choice, choices, level, regret
from sim.analysis.robustness.policies import DEFAULT_GRID, Grid, Type, cells, default_types
from sim.errors import RunFailed, UsageError, json_head
from sim.experiments.evaluate import Model, evaluate, make_model, require_any
from sim.experiments.measures import LOSSES, Measure
from sim.experiments.simulate import Progress, check_size, seed_or_default
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate
from sim.text import join_and, parameter_name, plural


@dataclass(frozen=True)
class Robustness:
    """What every posture came to.

    ``values`` is ``float64 (postures, types, runs)``, the outcome of each run; ``fresh`` the mean
    outcome of the chosen postures on runs that had no part in choosing them, by their number.
    """

    scenario: str
    measure: Measure
    levers: tuple[str, ...]
    grid: tuple[tuple[float, ...], ...]
    types: Mapping[str, Type]
    runs: int
    seed: int
    values: Any
    choices: Mapping[str, Choice]
    fresh: Mapping[int, tuple[float, ...]]

    @property
    def losses(self) -> Any:
        """The mean outcome of each posture against each type."""
        return self.values.mean(axis=2)

    def loss(self, posture: int, type_: int) -> Estimate:
        """The outcome of a posture against a type; the intervals hold for all of these at once."""
        return level(self.values, posture, type_)

    def checked(self, criterion: str) -> float:
        """What a choice comes to on the fresh runs; regret is against the other chosen ones."""
        losses = np.array(list(self.fresh.values()))
        row = list(self.fresh).index(self.choices[criterion].posture)
        if criterion in (LOSS, REGRET):
            return float((losses if criterion == LOSS else regret(losses))[row].max())
        return float(losses[row, list(self.types).index(criterion)])

    def said(self, posture: int) -> str:
        """A posture in words."""
        values = zip(self.levers, self.grid[posture], strict=True)
        return join_and([f"{parameter_name(path)} {value:g}" for path, value in values])

    @property
    def sentence(self) -> str:
        """The finding, in words."""
        return (
            f"the worst case, the most {self.measure.label} against any type, is least with "
            f"{self._told(LOSS)}. The largest regret is least with {self._told(REGRET)}"
        )

    def best_said(self, criterion: str) -> str:
        """The best posture by a criterion, and those that do exactly as well in these runs."""
        first, *others = self.choices[criterion].tied
        if not others:
            return self.said(first)
        equal = self.said(others[0]) if len(others) == 1 else f"{len(others):,} other postures"
        return f"{self.said(first)} (in these runs exactly as good: {equal})"

    def alike_said(self, criterion: str) -> str:
        """How many postures cannot be told from it."""
        alike, others = len(self.choices[criterion].alike) - 1, len(self.grid) - 1
        if others == 1:
            told = "cannot be told from it" if alike else "is clearly worse"
            return f"the other posture {told}"
        if not alike:
            return "every other posture is clearly worse"
        many = "none" if alike == others else f"{alike:,}"
        verb = "can be" if alike == others else "cannot be"
        return f"{many} of the other {others:,} postures {verb} told from it"

    def _told(self, criterion: str) -> str:
        choice, measure = self.choices[criterion], self.measure
        told = measure.level if criterion == LOSS else partial(measure.change, signed=False)
        return (
            f"{self.best_said(criterion)}: {told(choice.value)}{self._fresh(criterion)}, the best "
            f"in {100 * choice.best_in:.0f} % of resamples; {self.alike_said(criterion)}"
        )

    def _fresh(self, criterion: str) -> str:
        """What a choice comes to on runs that had no part in it; a regret is against the other
        postures that were chosen for something, if there are any."""
        found = self.checked(criterion)
        if criterion == LOSS:
            return f", on fresh runs {self.measure.amount(found)}"
        if len(self.fresh) == 1:
            return ""
        late = f"{self.measure.short(found)} {self.measure.unit}"
        return f", on fresh runs {late} against the {len(self.fresh)} postures chosen for something"

    def to_dict(self) -> dict[str, Any]:
        """The postures as plain data, as ``thinline posture --json`` prints them."""
        losses = self.losses
        rows = zip(self.grid, losses.tolist(), regret(losses).tolist(), strict=True)
        return {
            **json_head("postures", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "types": {name: dict(type_) for name, type_ in self.types.items()},
            "levers": list(self.levers),
            "postures": [
                {"values": list(values), "losses": loss, "regrets": late}
                for values, loss, late in rows
            ],
            "choices": {name: self._plain(name) for name in self.choices},
            "sentence": self.sentence,
        }

    def _plain(self, criterion: str) -> dict[str, Any]:
        choice = self.choices[criterion]
        return {
            "posture": dict(zip(self.levers, self.grid[choice.posture], strict=True)),
            "value": list(choice.value),
            "on_fresh_runs": self.checked(criterion),
            "best_in": choice.best_in,
            "tied": [list(self.grid[k]) for k in choice.tied],
            "alike": [list(self.grid[k]) for k in choice.alike],
        }


REPLICATIONS = 400
FEWEST_RUNS = 2


def robustness(
    scenario: Scenario,
    grid: Grid | None = None,
    types: Mapping[str, Type] | None = None,
    outcome: str = "war",
    runs: int = REPLICATIONS,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """Play every posture of ``grid`` against every one of ``types``, ``runs`` times each.

    Raises :class:`sim.errors.UsageError` for what cannot be compared,
    :class:`sim.errors.RunFailed` where a posture cannot be played: a worst case needs them all.
    """
    measure, seed = Measure(outcome), seed_or_default(scenario, seed)
    _check_loss(measure)
    if runs < FEWEST_RUNS:
        raise UsageError(f"{plural(runs, 'run')} of each posture", f"at least {FEWEST_RUNS}")
    grid = DEFAULT_GRID if grid is None else grid
    types = default_types(scenario) if types is None else types
    every = cells(scenario, grid, types)
    check_size(len(every) * len(types), runs, jobs)
    table = Table(make_model(scenario, seed, [measure]), tuple(grid), types, measure, runs, jobs)
    values = table.play(every, 0, progress)
    chosen = choices(values, list(types), seed)
    tried = sorted({choice.posture for choice in chosen.values()})
    again = table.play([every[k] for k in tried], runs).mean(axis=2).tolist()
    return Robustness(
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
        given = require_any(evaluate(player, points, self.runs, self.jobs, progress, first))
        if given.lost:
            raise RunFailed(f"a worst case needs every posture: {given.missing}", "narrow the grid")
        return given.values[self.measure.name].astype(np.float64)
