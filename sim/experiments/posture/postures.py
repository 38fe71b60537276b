"""Every posture against every type, on the same luck, and what that amounts to.

A posture's loss is the outcome; its regret, what it loses against a type beyond the best posture
for that type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.errors import head
from sim.experiments.measure import Measure
from sim.experiments.posture.asked import Type
from sim.experiments.posture.choice import LOSS, REGRET, Choice, level, regret
from sim.figures.wording import lever_name, several
from sim.statistics import Estimate


@dataclass(frozen=True)
class Postures:
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
        return several([f"{lever_name(path)} {value:g}" for path, value in values])

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

    def document(self) -> dict[str, Any]:
        """The postures as plain data, as ``thinline posture --json`` prints them."""
        losses = self.losses
        rows = zip(self.grid, losses.tolist(), regret(losses).tolist(), strict=True)
        return {
            **head("postures", self.scenario, self.runs, self.seed),
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
