"""Value of information: how much better a posture could be chosen if some inputs were known.

The expected value of partial perfect information (EVPPI) of inputs that a scenario draws is the
mean loss of the posture that is best on average, less that of the posture that is best given the
inputs. The loss of each posture given the inputs is estimated by regression on the runs (Strong,
Oakley and Brennan 2014), so that no run is made for it alone.

The textbook estimate is the mean of the smallest fitted losses on the runs of the fit. It is biased
upwards: the smallest of several noisy fits is too small, so inputs that do nothing have a value.
Here both choices, with and without knowledge, are made from a part of the runs and compared on the
others, which took no part in them. The value of the choices that were found is then unbiased. It is
a lower bound of the EVPPI on average, because better choices may exist, and may be estimated below
zero for inputs without value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from scipy.stats import rankdata

from sim.analysis.robustness.criteria import mean_outcome
from sim.errors import UsageError
from sim.experiments.drawn import drawn_inputs, drawn_values
from sim.experiments.measures import Measure
from sim.formatting import format_percent, join_and, parameter_name
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.scenario import Scenario, Value
from sim.statistics import Estimate, paired_difference
from sim.tables import Column, ResultTable

# Parts of the runs; the choices for each are made from the others.
FOLDS = 5
# Degree of the polynomial in the rank of an input: alone, and among others.
DEGREE_ALONE, DEGREE = 3, 2
# Penalties of the regression, relative to the number of runs; the last leaves the mean.
PENALTIES = (*10.0 ** np.arange(-3.0, 3.5, 0.5), np.inf)


@dataclass(frozen=True, slots=True)
class InputValue:
    """Value of knowing some inputs before a posture is chosen.

    Attributes
    ----------
    paths : tuple of str
        The inputs: those that cite the same claim.
    claims : tuple of str
        Ids of the claims behind them; empty for assumptions.
    value : Estimate
        Reduction of the mean loss; the interval is simultaneous for all inputs.
    changes : float
        Share of runs in which another posture is chosen once the inputs are known.
    """

    paths: tuple[str, ...]
    claims: tuple[str, ...]
    value: Estimate
    changes: float

    @property
    def label(self) -> str:
        """One or two inputs in words, or the first and the number of others."""
        first, *others = map(parameter_name, self.paths)
        return f"{first} and {len(others)} more" if len(others) > 1 else join_and([first, *others])

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies above 0."""
        return self.value.low > 0.0


def input_table(
    measure: Measure, inputs: Sequence[InputValue], most_claims: int | None = None
) -> ResultTable[InputValue]:
    """A row for each group of inputs, with up to ``most_claims`` of the claims behind it."""

    def some(named: Sequence[str]) -> str:
        shown = named[:most_claims]
        more = f" and {len(named) - len(shown)} more" if len(shown) < len(named) else ""
        return ", ".join(shown) + more or ASSUMPTION

    amount = partial(measure.cell, signed=False)
    whole = partial(format_percent, decimals=0)
    columns: tuple[Column[InputValue], ...] = (
        Column(
            "inputs",
            "known before choosing",
            lambda each: list(each.paths),
            text=attrgetter("label"),
        ),
        Column("value", f"value, {measure.unit}", attrgetter("value"), amount),
        Column("significant", None, attrgetter("excludes_zero")),
        Column("changes_choice", "changes the choice", attrgetter("changes"), whole),
        Column("claims", "claims", lambda each: list(each.claims), some),
    )
    return ResultTable(columns, inputs)


@dataclass(frozen=True, slots=True)
class ValueOfInformation:
    """The posture with the smallest mean loss in runs over the scenario's own distributions, and
    the value of knowing each group of inputs beforehand, the largest first.

    ``loss`` is the mean loss of ``posture``, with an interval that is simultaneous for all
    postures.
    """

    posture: int
    loss: Estimate
    runs: int
    inputs: tuple[InputValue, ...]

    def to_dict(self, measure: Measure) -> dict[str, Any]:
        """The values as plain data."""
        return {
            "runs": self.runs,
            "loss": list(self.loss),
            "n_comparisons": len(self.inputs),
            "inputs": input_table(measure, self.inputs).to_dicts(),
        }


def check_information(scenario: Scenario, levers: Sequence[str]) -> None:
    """Raise :class:`sim.errors.UsageError` if ``scenario`` draws no input beside the ``levers``."""
    if not drawn_inputs(scenario, levers):
        raise UsageError(
            f"{scenario.name} draws no input that could be known beforehand",
            "give a parameter a distribution, or leave the value of information out",
        )


def value_of_information(
    scenario: Scenario, levers: Sequence[str], values: NDArray[np.float64], seed: int
) -> ValueOfInformation:
    """Values of all inputs that ``scenario`` draws and the ``levers`` do not set.

    ``values`` has the loss of each posture in runs from number 0 on, shape (postures, runs).
    """
    drawn = drawn_inputs(scenario, levers)
    paths = list(drawn)
    columns = drawn_values(scenario, paths, seed, values.shape[1])
    groups = group_by_claim(drawn)
    found = []
    for members, claims in groups.items():
        inputs = columns[:, [paths.index(path) for path in members]]
        found.append(InputValue(members, claims, *information_value(inputs, values, len(groups))))
    best = int(values.mean(axis=1).argmin())
    loss = mean_outcome(values[:, None, :], best, 0)
    found.sort(key=lambda each: -each.value.value)
    return ValueOfInformation(best, loss, values.shape[1], tuple(found))


def group_by_claim(drawn: Mapping[str, Value]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The groups of inputs that cite the same claim, each with every claim cited by exactly this
    group.

    An input may be in several groups. Those without a claim are grouped by the parameter's name.
    """
    members: dict[str, list[str]] = defaultdict(list)
    assumed: dict[str, list[str]] = defaultdict(list)
    for path, value in drawn.items():
        claims = [source for source in value.source if source != ASSUMPTION]
        for claim in claims:
            members[claim].append(path)
        if not claims:
            assumed[path.rpartition(".")[2]].append(path)
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    for claim, having in members.items():
        groups[tuple(having)] = (*groups.get(tuple(having), ()), claim)
    return groups | {tuple(having): () for having in assumed.values()}


def information_value(
    inputs: NDArray[np.float64], values: NDArray[np.float64], n_comparisons: int = 1
) -> tuple[Estimate, float]:
    """Value of knowing ``inputs``, shape (runs, inputs), and the share of runs in which another
    posture is chosen.

    ``values`` has the loss of each posture, shape (postures, runs). Each run evaluates choices that
    were made from other runs, and the value is the mean of the paired differences of all runs.
    """
    runs = values.shape[1]
    terms, every = polynomials(inputs), np.arange(runs)
    known, parts = np.hstack([terms, values.T]), every % FOLDS
    moments = [Moments.of(known[parts == part]) for part in range(FOLDS)]
    blind, informed = np.empty(runs, int), np.empty(runs, int)
    for part in range(FOLDS):
        here = parts == part
        others = Moments.pooled(moments[:part] + moments[part + 1 :])
        losses = others.sums[terms.shape[1] :]
        blind[here] = best = int(losses.argmin())
        informed[here] = _fit(others, terms[here], best).argmin(axis=1)
    value = paired_difference(values[blind, every], values[informed, every], n_comparisons)
    return value, float((blind != informed).mean())


class Moments(NamedTuple):
    """Sufficient statistics of a regression: the number of runs, and sums and products of columns.

    The statistics of several parts of the runs can be added, so that each part is read only once.
    """

    runs: int
    sums: NDArray[np.float64]
    products: NDArray[np.float64]

    @classmethod
    def of(cls, columns: NDArray[np.float64]) -> Moments:
        """The moments of ``columns``, shape (runs, columns)."""
        return cls(len(columns), columns.sum(axis=0), columns.T @ columns)

    @classmethod
    def pooled(cls, parts: Sequence[Moments]) -> Moments:
        """The moments of all runs of ``parts``."""
        runs, sums, products = zip(*parts, strict=True)
        return cls(sum(runs), np.sum(sums, axis=0), np.sum(products, axis=0))


def polynomials(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Legendre polynomials of the rank of each input, shape (runs, terms).

    A rank holds the same information as the value, whatever the distribution. The degree for an
    input with few values is below their number.
    """
    highest = DEGREE_ALONE if inputs.shape[1] == 1 else DEGREE
    return np.hstack([_terms(column, highest) for column in inputs.T])


def _terms(column: NDArray[np.float64], highest: int) -> NDArray[np.float64]:
    ranks = 2.0 * (rankdata(column) - 0.5) / len(column) - 1.0
    degree = min(highest, max(1, len(np.unique(column)) - 1))
    terms: NDArray[np.float64] = legvander(ranks, degree)[:, 1:]
    return terms


def _fit(moments: Moments, elsewhere: NDArray[np.float64], best: int) -> NDArray[np.float64]:
    """Predicted losses at the terms ``elsewhere``, relative to the loss of posture ``best``.

    The fit is a ridge regression of all postures at once. The penalty minimises the generalised
    cross-validation error (Golub, Heath and Wahba 1979), so that terms without effect are shrunk
    towards 0.
    """
    runs, width = moments.runs, elsewhere.shape[1]
    mean = moments.sums / runs
    around = moments.products - runs * np.outer(mean, mean)
    centre, level = mean[:width], mean[width:] - mean[width + best]
    # By the eigenvalues of a small matrix: each penalty then costs next to nothing.
    sizes, axes = np.linalg.eigh(around[:width, :width])
    sizes = np.maximum(sizes, 0.0)
    shared, spread = around[:width, width:], around[width:, width:]
    along = axes.T @ (shared - shared[:, [best]])
    used = sizes > 1e-9 * sizes.max()
    total = float((spread.diagonal() - 2.0 * spread[best] + spread[best, best]).sum())
    power = np.divide((along * along).sum(axis=1), sizes, out=np.zeros_like(sizes), where=used)

    def error(penalty: float) -> float:
        kept = sizes / (sizes + penalty * runs)
        residual = total - float(((2.0 - kept) * kept) @ power)
        return residual / (runs - 1.0 - float(kept.sum())) ** 2

    shrunk = sizes + min(PENALTIES, key=error) * runs
    slopes = axes @ np.divide(along, shrunk[:, None], out=np.zeros_like(along), where=used[:, None])
    fitted: NDArray[np.float64] = level + (elsewhere - centre) @ slopes
    return fitted
