"""Robustness of postures: the outcome of every posture against every type of challenger.

A posture's loss is the outcome. Its regret against a type is its loss minus that of the best
posture for that type. All are evaluated on common random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.robustness.criteria import LOSS, REGRET, Choice, choices, mean_outcome, regret
from sim.analysis.robustness.information import (
    ValueOfInformation,
    check_information,
    value_of_information,
)
from sim.analysis.robustness.policies import (
    DEFAULT_GRID,
    Type,
    as_grid,
    as_types,
    cells,
    default_types,
)
from sim.errors import RunFailed, UsageError, json_head
from sim.experiments.backends import Backend
from sim.experiments.evaluate import Evaluator, open_evaluator
from sim.experiments.factors import Factor, make_factor
from sim.experiments.measures import LOSSES, Measure
from sim.experiments.simulate import Progress, check_size, run_options
from sim.formatting import capitalise, format_percent, join_and, parameter_name, plural
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate
from sim.study_result import StudyResult
from sim.tables import with_interval

REPLICATIONS = 400
FEWEST_RUNS = 2
# Inputs named in the sentence on the value of information.
MOST_NAMED = 3


@dataclass(frozen=True, repr=False, eq=False)
class Robustness(StudyResult):
    """Outcomes of all postures against all types, and the best posture by each criterion.

    Attributes
    ----------
    scenario : str
        Name of the scenario.
    measure : Measure
        The outcome.
    levers : tuple of str
        Paths of the factors of a posture.
    grid : tuple of tuple of float
        The postures: a value for each factor.
    types : mapping of str to mapping
        Types of challenger: values by path.
    runs, seed : int
        Runs of each posture against each type, and the random seed.
    values : ndarray of float64, shape (postures, types, runs)
        The outcome of each run.
    choices : mapping of str to Choice
        The best posture by largest loss (``"loss"``), largest regret (``"regret"``), and for each
        type alone.
    fresh : mapping of int to tuple of float
        Mean outcome of each chosen posture against each type on fresh runs.
    information : ValueOfInformation, optional
        Value of knowing inputs before a posture is chosen, if asked for.
    """

    scenario: str
    measure: Measure
    levers: tuple[str, ...]
    grid: tuple[tuple[float, ...], ...]
    types: Mapping[str, Type]
    runs: int
    seed: int
    values: NDArray[np.float64]
    choices: Mapping[str, Choice]
    fresh: Mapping[int, tuple[float, ...]]
    information: ValueOfInformation | None = None

    @property
    def losses(self) -> NDArray[np.float64]:
        """Mean outcome of each posture against each type, shape (postures, types)."""
        losses: NDArray[np.float64] = self.values.mean(axis=2)
        return losses

    def loss(self, posture: int, type_: int) -> Estimate:
        """Mean outcome of a posture against a type, with an interval that is simultaneous for all
        postures and types."""
        return mean_outcome(self.values, posture, type_)

    def checked(self, criterion: str) -> float:
        """The criterion's value of its best posture on fresh runs; regret is relative to the other
        chosen postures."""
        losses = np.array(list(self.fresh.values()))
        row = list(self.fresh).index(self.choices[criterion].posture)
        if criterion in (LOSS, REGRET):
            return float((losses if criterion == LOSS else regret(losses))[row].max())
        return float(losses[row, list(self.types).index(criterion)])

    @property
    def label(self) -> str:
        """Outcome, scenario, postures, types, runs and seed."""
        postures, types = plural(len(self.grid), "posture"), plural(len(self.types), "type")
        where = f"{self.measure.label} in {self.scenario}, {postures} against {types}"
        return f"{where}, {plural(self.runs, 'run')} each, seed {self.seed}"

    def describe(self, posture: int) -> str:
        """A posture as text."""
        pairs = zip(self.levers, self.format_values(posture), strict=True)
        return join_and([f"{parameter_name(path)} {value}" for path, value in pairs])

    def format_values(self, posture: int) -> list[str]:
        """The values of a posture for a reader, one text a factor: words as words."""
        pairs = zip(self.factors, self.grid[posture], strict=True)
        return [factor.format(value) for factor, value in pairs]

    @cached_property
    def factors(self) -> list[Factor]:
        """The factors of the postures, which format their values."""
        return [make_factor(path) for path in self.levers]

    def plain_values(self, posture: int) -> list[Any]:
        """The values of a posture as plain data: words as words."""
        pairs = zip(self.factors, self.grid[posture], strict=True)
        return [factor.to_plain(value) for factor, value in pairs]

    @property
    def sentence(self) -> str:
        """The best postures by largest loss and by largest regret."""
        return (
            f"{self._finding(LOSS, f'worst case of {self.measure.label} over the types')}. "
            f"{capitalise(self._finding(REGRET, 'maximum regret'))}"
        )

    @property
    def information_sentence(self) -> str:
        """The posture with the smallest mean, and the inputs whose value of information is above 0;
        empty if not computed."""
        found = self.information
        if found is None:
            return ""
        clear = [each for each in found.inputs if each.excludes_zero]
        worth = [
            f"knowing {each.label} before choosing would reduce {self.measure.label} by "
            f"{self.measure.change(each.value, signed=False)} on average and change the choice in "
            f"{format_percent(each.changes, 0)} of model runs"
            for each in clear[:MOST_NAMED]
        ]
        none = (
            "the value of knowing an input before choosing is distinguishable from 0 for none of "
            f"{plural(len(found.inputs), 'input')}"
        )
        hidden = plural(len(clear) - MOST_NAMED, "other input")
        also = f"; the value is significantly above 0 for {hidden} as well"
        more = also if len(clear) > MOST_NAMED else ""
        return (
            f"the posture with {self.describe(found.posture)} has the smallest mean of "
            f"{self.measure.label} in these runs over the scenario's own distributions: "
            f"{self.measure.level(found.loss)}. {capitalise('; '.join(worth) or none)}{more}"
        )

    def describe_best(self, criterion: str) -> str:
        """The best posture by a criterion, with its ties."""
        first, *others = self.choices[criterion].ties
        if not others:
            return self.describe(first)
        ties = self.describe(others[0]) if len(others) == 1 else f"{len(others):,} other postures"
        return f"{self.describe(first)} (identical in these runs: {ties})"

    def describe_indistinguishable(self, criterion: str) -> str:
        """The number of other postures that are statistically tied with the best."""
        near, others = len(self.choices[criterion].indistinguishable) - 1, len(self.grid) - 1
        if others == 1:
            verdict = "is statistically tied with it" if near else "is significantly worse"
            return f"the other posture {verdict}"
        if not near:
            return f"all {others:,} other postures are significantly worse"
        verb = "is" if near == 1 else "are"
        return f"{near:,} of {others:,} other postures {verb} statistically tied with it"

    def _finding(self, criterion: str, what: str) -> str:
        choice, measure = self.choices[criterion], self.measure
        as_text = measure.level if criterion == LOSS else partial(measure.change, signed=False)
        return (
            f"the posture with {self.describe_best(criterion)} has the smallest {what}: "
            f"{as_text(choice.value)}{self._on_fresh(criterion)}. "
            f"It is best in {100 * choice.selection_frequency:.0f} % of bootstrap resamples; "
            f"{self.describe_indistinguishable(criterion)}"
        )

    def _on_fresh(self, criterion: str) -> str:
        """The value on fresh runs; empty for regret if a single posture was chosen."""
        found = self.checked(criterion)
        if criterion == LOSS:
            return f", {self.measure.amount(found)} on fresh runs"
        if len(self.fresh) == 1:
            return ""
        late = f"{self.measure.short(found)} {self.measure.unit}"
        return (
            f", {late} on fresh runs relative to the best of the {len(self.fresh)} chosen postures"
        )

    def to_dict(self) -> dict[str, Any]:
        """The postures as plain data, as ``thinline robustness --json`` prints them."""
        losses = self.losses
        postures = [self.plain_values(k) for k in range(len(self.grid))]
        rows = zip(postures, losses.tolist(), regret(losses).tolist(), strict=True)
        return {
            **json_head("robustness", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "types": {name: dict(type_) for name, type_ in self.types.items()},
            "levers": list(self.levers),
            "postures": [
                {"values": values, "losses": loss, "regrets": late} for values, loss, late in rows
            ],
            "choices": {
                name: {
                    "posture": dict(zip(self.levers, postures[choice.posture], strict=True)),
                    "value": list(choice.value),
                    "on_fresh_runs": self.checked(name),
                    "selection_frequency": choice.selection_frequency,
                    "ties": [postures[k] for k in choice.ties],
                    "indistinguishable": [postures[k] for k in choice.indistinguishable],
                }
                for name, choice in self.choices.items()
            },
            "value_of_information": self._information(postures),
            "sentence": self.sentence,
        }

    def _information(self, postures: list[list[Any]]) -> dict[str, Any] | None:
        found = self.information
        if found is None:
            return None
        best = dict(zip(self.levers, postures[found.posture], strict=True))
        return {
            "posture": best,
            **found.to_dict(self.measure),
            "sentence": self.information_sentence,
        }

    def rows(self) -> list[dict[str, Any]]:
        """A row for each posture and type: values of the factors, loss and regret."""
        regrets = regret(self.losses)
        return [
            {
                **dict(zip(self.levers, self.plain_values(k), strict=True)),
                "type": name,
                **with_interval("loss", self.loss(k, j)),
                "regret": float(regrets[k, j]),
            }
            for k in range(len(self.grid))
            for j, name in enumerate(self.types)
        ]


def robustness(
    scenario: Scenario,
    grid: Mapping[str, Sequence[float | str]] | None = None,
    types: Mapping[str, Mapping[str, float | str]] | None = None,
    outcome: str = "war",
    runs: int = REPLICATIONS,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    folder: str | Path | None = None,
    backend: Backend | None = None,
    force: bool = False,
    information: bool = False,
) -> Robustness:
    """Evaluate postures against types of challenger, and choose the most robust.

    Parameters
    ----------
    scenario : Scenario
        The baseline.
    grid : mapping of str to sequence or array of float, optional
        Values of each factor of a posture, by path; by default force size, clarity, backstop and
        forwardness. All combinations are evaluated, at most 2,000.
    types : mapping of str to mapping, optional
        At least two types of challenger, each a mapping from path to value; by default a security
        seeker, an intermediate challenger and a revisionist.
    outcome : str
        An outcome of which less is better, such as ``"war"``.
    runs : int
        Runs of each posture against each type, at least 2.
    seed : int, optional
        Random seed; by default the scenario's.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    progress : callable, optional
        Called with the number of runs done and the total.
    folder : str or Path, optional
        Folder in which finished runs are kept; the same call resumes with them.
    backend : Backend, optional
        What makes the runs, by default ``jobs`` threads. It does not affect results.
    force : bool
        Replace other evaluations in the folder.
    information : bool
        Run each posture under the scenario's own distributions, too, as often as against all types
        together, and compute the value of knowing each input that is drawn.

    Returns
    -------
    Robustness
        Losses and regrets, and the best posture by each criterion.

    Raises
    ------
    sim.errors.UsageError
        For too few postures or types, an invalid value, an outcome that is not a loss, or the
        value of information of a scenario that draws nothing.
    sim.errors.RunFailed
        If a posture cannot be run: a worst case needs all of them.
    """
    runs, seed, jobs = run_options(scenario, runs, seed, jobs)
    measure = Measure(outcome)
    if not measure.is_loss:
        raise UsageError(
            f"postures are compared by a loss, and {measure.label} is not a loss",
            f"use one of {', '.join(LOSSES)}",
        )
    if runs < FEWEST_RUNS:
        raise UsageError(f"{plural(runs, 'run')} of each posture", f"at least {FEWEST_RUNS}")
    grid = as_grid(scenario, DEFAULT_GRID if grid is None else grid)
    types = default_types(scenario) if types is None else as_types(scenario, types)
    if information:
        check_information(scenario, tuple(grid))
    every = cells(scenario, grid, types)
    check_size(len(every) * len(types), runs)
    with open_evaluator(scenario, seed, [measure], jobs, backend, folder, force) as evaluator:
        table = _Table(evaluator, tuple(grid), types, measure, runs)
        values = table.evaluate(every, 0, progress)
        chosen = choices(values, list(types), seed)
        tried = sorted({choice.posture for choice in chosen.values()})
        again = table.evaluate([every[k] for k in tried], runs).mean(axis=2).tolist()
        known = None
        if information:
            own = _Table(evaluator, tuple(grid), {"": {}}, measure, runs * len(types))
            losses = own.evaluate(every, 0, progress)[:, 0]
            known = value_of_information(scenario, tuple(grid), losses, seed)
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
        information=known,
    )


@dataclass(frozen=True)
class _Table:
    """Evaluates postures, values of ``levers``, against ``types`` with ``runs`` runs each."""

    evaluator: Evaluator
    levers: tuple[str, ...]
    types: Mapping[str, Type]
    measure: Measure
    runs: int

    def evaluate(
        self, postures: Sequence[tuple[float, ...]], first: int, progress: Progress | None = None
    ) -> NDArray[np.float64]:
        """The outcome of each run from number ``first`` on, shape (postures, types, runs)."""
        values: list[NDArray[np.float64]] = []
        each = len(postures) * self.runs
        for type_ in self.types.values():

            def report(done: int, _: int, before: int = len(values) * each) -> None:
                if progress:
                    progress(before + done, len(self.types) * each)

            values.append(self._against(type_, postures, first, report))
        return np.stack(values, axis=1)

    def _against(
        self, type_: Type, postures: Sequence[tuple[float, ...]], first: int, progress: Progress
    ) -> NDArray[np.float64]:
        paths = *self.levers, *type_
        points = [(*posture, *type_.values()) for posture in postures]
        given = self.evaluator.evaluate(paths, points, self.runs, progress, first).required
        if given.lost:
            raise RunFailed(f"a worst case needs every posture: {given.missing}", "narrow the grid")
        values: NDArray[np.float64] = given.values[self.measure.name].astype(np.float64)
        return values
