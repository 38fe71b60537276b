"""What an outcome of a scenario hangs on, by one method or by all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.global_indices import METHODS, GlobalSensitivity, global_sensitivity
from sim.analysis.sensitivity.global_indices import settled as check_together
from sim.analysis.sensitivity.one_at_a_time import Tornado, check_tornado, tornado
from sim.analysis.sensitivity.text import headline
from sim.errors import UsageError, json_head
from sim.experiments.evaluate import make_model
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.experiments.simulate import Progress, seed_or_default
from sim.scenario.scenario import Scenario

TORNADO, ALL = "tornado", "all"
CHOICES = (TORNADO, *METHODS, ALL)
REPLICATIONS = 64


@dataclass(frozen=True)
class Sensitivity:
    """What was found of one outcome of a scenario; a method that was not asked for is ``None``."""

    scenario: str
    measure: Measure
    levers: tuple[Factor, ...]
    seed: int
    tornado: Tornado | None
    morris: GlobalSensitivity | None
    sobol: GlobalSensitivity | None

    @property
    def together(self) -> tuple[GlobalSensitivity, ...]:
        """The methods that move all levers at once."""
        return tuple(found for found in (self.morris, self.sobol) if found)

    @property
    def runs(self) -> int:
        """All runs of all methods."""
        alone = self.tornado.played if self.tornado else 0
        return alone + sum(found.runs for found in self.together)

    @property
    def missing(self) -> tuple[str, ...]:
        """What could not be played, in words."""
        parts = (self.tornado, self.morris, self.sobol)
        return tuple(part.missing for part in parts if part and part.missing)

    @property
    def sentence(self) -> str:
        """The finding, in words."""
        return headline(self.measure, self.tornado, self.morris, self.sobol)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain data, as ``thinline sensitivity --json`` prints them."""
        parts = {"tornado": self.tornado, "morris": self.morris, "sobol": self.sobol}
        return {
            **json_head("sensitivity", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "levers": [
                {"path": lever.path, "low": lever.low, "high": lever.high} for lever in self.levers
            ],
            **{name: part.to_dict() for name, part in parts.items() if part},
            "missing": list(self.missing),
            "sentence": self.sentence,
        }


def sensitivity(
    scenario: Scenario,
    levers: Sequence[Factor],
    method: str = TORNADO,
    outcome: str = "war",
    runs: int | None = None,
    replications: int = REPLICATIONS,
    n: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """What ``outcome`` of ``scenario`` hangs on.

    ``runs`` are played at each end of the tornado, ``replications`` at each point of the other
    methods, ``n`` is their base sample. Raises :class:`sim.errors.MissingExtra`, before anything is
    played, where SALib is needed and absent; :class:`sim.errors.UsageError` for what is unknown.
    """
    if method not in CHOICES:
        raise UsageError(f"no method '{method}'", f"one of {', '.join(CHOICES)}")
    measure, seed = Measure(outcome), seed_or_default(scenario, seed)
    model = make_model(scenario, seed, [measure])
    asked = [name for name in METHODS if method in (name, ALL)]
    if asked:
        salib.part("sample.sobol")
    for name in asked:
        check_together(name, levers, n, replications)
    each = scenario.runs if runs is None else runs
    if method in (TORNADO, ALL):
        check_tornado(each)
    found = {
        name: global_sensitivity(
            name, model, levers, outcome, n, replications, seed, jobs, progress
        )
        for name in asked
    }
    bars = None
    if method in (TORNADO, ALL):
        bars = tornado(model, levers, outcome, each, jobs, progress)
    return Sensitivity(
        scenario=scenario.name,
        measure=measure,
        levers=tuple(levers),
        seed=seed,
        tornado=bars,
        morris=found.get("morris"),
        sobol=found.get("sobol"),
    )
