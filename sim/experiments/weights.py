"""How much hangs on a weight: it is moved by a fifth either way, on the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sim.engines.threads import in_order
from sim.experiments.run import processors, simulate
from sim.results import flags
from sim.scenario.model import Scenario
from sim.scenario.paths import parameter_at
from sim.statistics import Estimate, foremost, paired_difference

FIFTH = 0.2
SIZE = "setting.force_size"

# The constants that moved war most when every one was tried on six shipped scenarios.
WEIGHTS = (
    "constants.tension_memory",
    "constants.precision",
    "constants.challenger_review",
    "constants.own_cost",
    "constants.war_cost",
    "constants.sanction_cost",
    "constants.decisiveness",
    "constants.risk_half",
)


@dataclass(frozen=True, slots=True)
class Hinge:
    """A parameter with the means it was moved to, and the share of runs in war at ``high`` less
    that at ``low``."""

    path: str
    low: float
    high: float
    war: Estimate

    @property
    def is_clear(self) -> bool:
        """Whether the difference is more than luck of the draw could make it."""
        return self.war.is_clear


def foremost_of(weights: Sequence[Hinge]) -> list[Hinge]:
    """The weight that most hangs on, if any is clear, and after it those that cannot be told from
    it."""
    return [weights[k] for k in foremost([weight.war for weight in weights])]


def hinge(scenario: Scenario, path: str, runs: int, seed: int, at_once: int = 1) -> Hinge:
    """What moving the parameter at ``path`` does to war; for ``at_once`` see
    :func:`sim.statistics.change`."""
    return _hinges(scenario, [path], runs, seed, at_once)[0]


def hinges(scenario: Scenario, paths: Sequence[str], runs: int, seed: int) -> list[Hinge]:
    """The same of several parameters, in their order. Their intervals hold for all at once, so that
    the weightiest may be picked out."""
    return _hinges(scenario, paths, runs, seed, at_once=len(paths))


def _hinges(
    scenario: Scenario, paths: Sequence[str], runs: int, seed: int, at_once: int
) -> list[Hinge]:
    # A few runs of each end are too few to share out: the ends go to threads whole.
    ends = [moved(scenario, path, share) for path in paths for share in (-FIFTH, FIFTH)]
    wars = list(in_order(partial(_wars, runs=runs, seed=seed), ends, processors()))
    return [
        Hinge(path, low[path].mean, high[path].mean, paired_difference(up, down, at_once))
        for path, low, high, down, up in zip(
            paths, ends[::2], ends[1::2], wars[::2], wars[1::2], strict=True
        )
    ]


def _wars(scenario: Scenario, runs: int, seed: int) -> Any:
    """Which runs end in war, as flags."""
    return flags(simulate(scenario, runs, seed, jobs=1).records)["war"]


def moved(scenario: Scenario, path: str, share: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` moved by a share of its mean, as far as its
    range allows."""
    parameter, value = parameter_at(path), scenario.values[path]
    law = value.law.moved(share * value.law.mean, parameter.low, parameter.high)
    return replace(scenario, values={**scenario.values, path: replace(value, law=law)})
