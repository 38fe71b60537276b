"""Calibration of nuisance constants by rejection, and the behaviours that hold in what remains.

Approximate Bayesian computation (Pritchard et al. 1999): constants that carry no argument, the
precision of choice and the clocks, are drawn from a wide prior. A draw is accepted if the figures
of the main scenario lie within wide bands around published ones. No share of war is among them, so
nothing that the model is asked about is fitted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunFailed
from sim.experiments.designs import sobol
from sim.experiments.evaluate import Ensemble, ScenarioModel, open_evaluator
from sim.experiments.factors import Factor, parameter_of
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, proportion
from sim.validation.behaviours.behaviour import Behaviour
from sim.validation.contrast import SEED, ClaimMeasure, Contrast, Side
from sim.validation.historical_record import (
    COMMITMENTS,
    DEPLOYMENT,
    DETERRENCE,
    DRAWDOWN,
    VIOLENCE,
    Recorded,
)

MAIN = Side("reassurance_force")
NUISANCE = (
    "constants.precision",
    "constants.answer_precision",
    "constants.review",
    "constants.challenger_review",
    "constants.fighting_pace",
    "constants.tension_pace",
    "constants.tension_half_life",
    "constants.deployment_time",
    "constants.withdrawal_time",
)
# The prior of each is log-uniform from its shipped value divided by this to its multiple.
SPREAD = 4.0
# A band extends the published figures by this factor either way: of odds for shares, of time. The
# share of draws within narrower bands is reported beside it.
WIDENING, NARROWER = 3.0, 2.0

# A deployment that nobody disturbs: no threat, no challenge, no fatigue, all promises still to be
# kept. Its force is read at these months; that of the last is the whole.
UNDISTURBED = (
    "setting.consent=1",
    "setting.fatigue=0",
    "states.russia.ambition=0",
    "states.russia.fear=0",
    "groups.guarantors.start=political",
)
MONTHS = (1, 2, 4, 8, 16, 32, 48)
MOST = 0.8
# The mean force varies little from run to run.
DEPLOYMENT_RUNS = 64


@dataclass(frozen=True)
class Band:
    """A figure of the model, and the range within which a draw is accepted.

    ``of`` computes the figure at each point from the evaluations of ``sides``, in which the
    ``measures`` are kept. ``grade`` is A for a count or an estimate from a data set, B for a
    figure of an official history.
    """

    what: str
    recorded: tuple[Recorded, ...]
    grade: str
    measures: tuple[str, ...]
    of: Callable[[Sequence[Ensemble]], Any]
    sides: tuple[Side, ...] = (MAIN,)

    @property
    def uses(self) -> Iterator[tuple[Side, str]]:
        """Each side with each measure that is kept in it."""
        return product(self.sides, self.measures)

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.recorded[0].unit

    def ends(self, widening: float = WIDENING) -> tuple[float, float]:
        """The least and the largest published figure, extended by a factor either way."""
        figures = [one.value for one in self.recorded]
        low, high = min(figures), max(figures)
        if self.unit != "share":
            return low / widening, high * widening
        return _multiply_odds(low, 1.0 / widening), _multiply_odds(high, widening)


def _multiply_odds(share: float, factor: float) -> float:
    odds = factor * share / (1.0 - share)
    return odds / (1.0 + odds)


def _share_band(
    what: str, recorded: tuple[Recorded, ...], grade: str, part: str, whole: Sequence[str]
) -> Band:
    """The band of a sum over all runs, relative to another."""

    def share(ensembles: Sequence[Ensemble]) -> Any:
        (main,) = ensembles
        total = sum(main.mean(name) for name in whole)
        with np.errstate(invalid="ignore", divide="ignore"):
            return main.mean(part) / total

    return Band(what, recorded, grade, tuple(dict.fromkeys((part, *whole))), share)


def _months_to_deploy(ensembles: Sequence[Ensemble]) -> Any:
    """Months until :data:`MOST` of the whole force stands, by linear interpolation."""
    force = np.array([each.mean("force") for each in ensembles]).T
    with np.errstate(invalid="ignore"):
        shares = np.maximum.accumulate(force / force[:, -1:], axis=1)
    months = np.array([0, *MONTHS], float)
    return np.array([np.interp(MOST, [0.0, *row], months) for row in shares])


def _short_of_war(name: str, serious: float, war: float) -> Recorded:
    return Recorded(name, serious / (1.0 - war), VIOLENCE[0].source)


BANDS = (
    _share_band(
        "mobilisations that are called off", DETERRENCE, "A", "called_off", ("mobilisations",)
    ),
    _share_band(
        "attributed challenges to a force that are answered",
        COMMITMENTS,
        "A",
        "answered",
        ("answered", "conceded"),
    ),
    _share_band(
        "crises short of an offensive that are strikes on the force",
        (
            _short_of_war(
                "crises with serious clashes, of those without full-scale war, 1918–2017",
                VIOLENCE[2].value,
                VIOLENCE[3].value,
            ),
            _short_of_war("from 1945", VIOLENCE[6].value, VIOLENCE[7].value),
        ),
        "A",
        "strikes",
        ("probes", "strikes", "called_off", "accidents"),
    ),
    _share_band(
        "fighting force left after five years, of the greatest",
        DRAWDOWN,
        "B",
        "force",
        ("greatest_force",),
    ),
    Band(
        f"months until {100 * MOST:.0f} % of an undisturbed force stands",
        DEPLOYMENT,
        "B",
        ("force",),
        _months_to_deploy,
        tuple(Side(MAIN.scenario, (*UNDISTURBED, f"months={month}")) for month in MONTHS),
    ),
)


def prior(scenario: Scenario) -> tuple[Factor, ...]:
    """The nuisance constants, each with the bounds of its prior."""
    return tuple(
        Factor(path, parameter_of(path, scenario), bounds=_spread(scenario, path))
        for path in NUISANCE
    )


def _spread(scenario: Scenario, path: str) -> tuple[float, float]:
    value, parameter = scenario[path].mean, parameter_of(path, scenario)
    return max(parameter.low, value / SPREAD), min(parameter.high, value * SPREAD)


def draws(scenario: Scenario, points: int, seed: int) -> NDArray[np.float64]:
    """The first ``points`` draws from the prior, a scrambled Sobol sequence on the log scale."""
    logs = [
        Factor(each.path, each.parameter, bounds=(np.log(each.low), np.log(each.high)))
        for each in prior(scenario)
    ]
    found: NDArray[np.float64] = np.exp(sobol(logs, points, seed))
    return found


@dataclass(frozen=True)
class DrawVerdict:
    """A contrast at each of some accepted draws: its difference, whether it holds there, and
    whether its interval excludes the claim."""

    contrast: Contrast
    differences: tuple[Estimate, ...]

    @property
    def values(self) -> NDArray[np.float64]:
        """The difference at each draw."""
        return np.array([each.value for each in self.differences])

    @cached_property
    def holds(self) -> NDArray[np.bool_]:
        """Whether the claim holds at each draw."""
        return np.array([self.contrast.holds(each) for each in self.differences])

    @cached_property
    def agrees(self) -> NDArray[np.bool_]:
        """Whether the estimated difference is as claimed at each draw, whatever its interval."""
        points = (Estimate(value, value, value) for value in self.values.tolist())
        return np.array([self.contrast.holds(point) for point in points])

    @cached_property
    def fails(self) -> NDArray[np.bool_]:
        """Whether the interval lies outside the claim at each draw, so that more pairs would not
        help."""
        return np.array([self.contrast.is_refuted(each) for each in self.differences])


@dataclass(frozen=True)
class CheckedBehaviour:
    """A behaviour at each of some accepted draws."""

    behaviour: Behaviour
    verdicts: tuple[DrawVerdict, ...]

    @property
    def holds(self) -> Any:
        """Whether all contrasts hold at each draw: ``bool (draws,)``."""
        return np.all([verdict.holds for verdict in self.verdicts], axis=0)

    @property
    def agrees(self) -> Any:
        """Whether all differences are as claimed at each draw: ``bool (draws,)``."""
        return np.all([verdict.agrees for verdict in self.verdicts], axis=0)

    @property
    def fails(self) -> Any:
        """Whether the interval of a contrast excludes its claim at each draw: ``bool (draws,)``."""
        return np.any([verdict.fails for verdict in self.verdicts], axis=0)

    def to_dict(self) -> dict[str, Any]:
        """The behaviour as plain data."""
        return {
            "name": self.behaviour.name,
            "draws": len(self.holds),
            **_counts(self),
            "contrasts": [
                {
                    "claim": verdict.contrast.says,
                    "measure": verdict.contrast.measure,
                    **_counts(verdict),
                    "difference": quantiles(verdict.values),
                }
                for verdict in self.verdicts
            ],
        }


def _counts(found: CheckedBehaviour | DrawVerdict) -> dict[str, int]:
    """The draws at which a behaviour or a contrast holds, is as claimed, and fails."""
    return {
        "holds": int(found.holds.sum()),
        "agrees": int(found.agrees.sum()),
        "fails": int(found.fails.sum()),
    }


@dataclass(frozen=True)
class Calibration:
    """Draws from the prior, the figures of the model at each, and the behaviours at some of the
    accepted ones.

    ``points`` is ``float64 (draws, constants)``, ``values`` is ``float64 (draws, bands)``;
    ``shipped`` has the figures at the shipped constants.
    """

    scenario: Scenario
    constants: tuple[Factor, ...]
    bands: tuple[Band, ...]
    points: NDArray[np.float64]
    values: NDArray[np.float64]
    shipped: NDArray[np.float64]
    runs: int
    pairs: int
    seed: int
    checked: tuple[CheckedBehaviour, ...] = ()

    def within(self, widening: float = WIDENING) -> NDArray[np.bool_]:
        """Whether each figure lies in its band, shape (draws, bands); NaN does not."""
        low, high = np.array([band.ends(widening) for band in self.bands]).T
        within: NDArray[np.bool_] = (low <= self.values) & (self.values <= high)
        return within

    @cached_property
    def accepted(self) -> NDArray[np.float64]:
        """The draws within all bands."""
        return self.points[self.within().all(axis=1)]

    def acceptance(self, widening: float = WIDENING) -> Estimate:
        """Share of the draws within all bands."""
        return proportion(int(self.within(widening).all(axis=1).sum()), len(self.points))

    def rejected(self, band: int) -> tuple[float, float]:
        """Share of the draws that a band rejects, and that it alone rejects."""
        outside = ~self.within()
        alone = outside[:, band] & (outside.sum(axis=1) == 1)
        return float(outside[:, band].mean()), float(alone.mean())

    def to_dict(self) -> dict[str, Any]:
        """The calibration as plain data."""
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "draws": len(self.points),
            "runs": self.runs,
            "acceptance": list(self.acceptance()),
            "acceptance_of_narrower_bands": list(self.acceptance(NARROWER)),
            "bands": [self._band(k) for k in range(len(self.bands))],
            "constants": [self._constant(k) for k in range(len(self.constants))],
            "pairs": self.pairs,
            "behaviours": [each.to_dict() for each in self.checked],
        }

    def _band(self, k: int) -> dict[str, Any]:
        """A band, and the model's figure at the shipped constants and over the draws."""
        band, (rejected, alone) = self.bands[k], self.rejected(k)
        return {
            "figure": band.what,
            "grade": band.grade,
            "unit": band.unit,
            "ends": list(band.ends()),
            "shipped": float(self.shipped[k]),
            "quantiles": quantiles(self.values[:, k]),
            "rejected": rejected,
            "rejected_alone": alone,
        }

    def _constant(self, k: int) -> dict[str, Any]:
        """A constant: as shipped, over all draws, and over the accepted ones."""
        path = self.constants[k].path
        return {
            "path": path,
            "shipped": self.scenario[path].mean,
            "prior": quantiles(self.points[:, k]),
            "accepted": quantiles(self.accepted[:, k]),
        }


def quantiles(values: NDArray[np.float64]) -> list[float]:
    """The 5 %, 50 % and 95 % quantiles."""
    found: list[float] = np.quantile(values, (0.05, 0.5, 0.95)).tolist()
    return found


@dataclass(frozen=True)
class _Study:
    """Evaluates sides of the model at values of the nuisance constants, in one folder for each."""

    seed: int
    jobs: int | None
    folder: Path | None

    def evaluate(
        self, side: Side, measures: Sequence[str], points: NDArray[np.float64], runs: int
    ) -> Ensemble:
        """The measures at each of ``points``; a constant that the side itself sets keeps its
        value there."""
        held = {setting.partition("=")[0] for setting in side.settings}
        free = [k for k, path in enumerate(NUISANCE) if path not in held]
        scenario = load(side.scenario, side.settings)
        chosen = [ClaimMeasure(name) for name in measures]
        identity = json.dumps(ScenarioModel(scenario, self.seed, chosen).identity, sort_keys=True)
        key = hashlib.sha256(identity.encode()).hexdigest()[:16]
        folder = None if self.folder is None else self.folder / key
        with open_evaluator(scenario, self.seed, chosen, self.jobs, folder=folder) as evaluator:
            return evaluator.evaluate([NUISANCE[k] for k in free], points[:, free], runs)


def calibrate(
    behaviours: Sequence[Behaviour],
    points: int,
    runs: int,
    checked: int,
    pairs: int,
    seed: int = SEED,
    jobs: int | None = None,
    folder: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Calibration:
    """Draw constants, accept those within all bands, and check behaviours at the first of them.

    Parameters
    ----------
    behaviours : sequence of Behaviour
        The behaviours to check.
    points, runs : int
        Draws from the prior, a power of two for a balanced sequence, and runs at each.
    checked, pairs : int
        Accepted draws at which the behaviours are checked, and pairs of runs of each contrast.
    seed : int
        Seed of the draws and of the runs.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    folder : Path, optional
        Folder in which finished runs are kept until the end; the same call resumes with them.
    progress : callable, optional
        Called with a sentence on each step.

    Raises
    ------
    sim.errors.RunFailed
        If no draw is accepted.
    """
    say = progress or (lambda _: None)
    study = _Study(seed, jobs, folder)
    scenario = load(MAIN.scenario)
    given = draws(scenario, points, seed)
    shipped = [scenario[path].mean for path in NUISANCE]
    evaluated = {}
    for side, measures in _by_side(use for band in BANDS for use in band.uses).items():
        each = runs if side == MAIN else min(runs, DEPLOYMENT_RUNS)
        evaluated[side] = study.evaluate(side, measures, np.vstack([shipped, given]), each)
    values = np.column_stack([band.of([evaluated[side] for side in band.sides]) for band in BANDS])
    found = Calibration(
        scenario, prior(scenario), BANDS, given, values[1:], values[0], runs, pairs, seed
    )
    say(f"{len(found.accepted):,} of {points:,} draws are accepted")
    if not len(found.accepted):
        worst = max(range(len(BANDS)), key=lambda k: found.rejected(k)[0])
        raise RunFailed(f"no draw is within all bands; most are rejected by: {BANDS[worst].what}")
    verdicts = _check(study, behaviours, found.accepted[:checked], pairs, say)
    return replace(found, checked=verdicts)


def _by_side(uses: Iterable[tuple[Side, str]]) -> dict[Side, list[str]]:
    """The measures needed of each side, each once."""
    needed: dict[Side, dict[str, None]] = {}
    for side, measure in uses:
        needed.setdefault(side, {})[measure] = None
    return {side: list(measures) for side, measures in needed.items()}


def _check(
    study: _Study,
    behaviours: Sequence[Behaviour],
    accepted: NDArray[np.float64],
    pairs: int,
    say: Callable[[str], None],
) -> tuple[CheckedBehaviour, ...]:
    contrasts = (contrast for each in behaviours for contrast in each.contrasts)
    needed = _by_side(use for contrast in contrasts for use in contrast.uses)
    evaluated: dict[Side, Ensemble] = {}
    for k, (side, measures) in enumerate(needed.items(), start=1):
        evaluated[side] = study.evaluate(side, measures, accepted, pairs)
        say(f"behaviours: {k} of {len(needed)} settings")
    return tuple(
        CheckedBehaviour(
            behaviour,
            tuple(
                DrawVerdict(contrast, tuple(_differences(contrast, evaluated, len(accepted))))
                for contrast in behaviour.contrasts
            ),
        )
        for behaviour in behaviours
    )


def _differences(
    contrast: Contrast, evaluated: Mapping[Side, Ensemble], count: int
) -> Iterator[Estimate]:
    """The difference of a contrast at each of ``count`` draws."""
    for k in range(count):

        def values(side: Side, measure: str, k: int = k) -> Any:
            return evaluated[side].values[measure][k].astype(np.float64)

        yield contrast.difference_of(values)
