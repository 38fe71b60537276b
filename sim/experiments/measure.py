"""What is asked of the runs: one number a run, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.figures.wording import figures, hedged, spread
from sim.results import AVERAGED, SHARES, flags
from sim.statistics import Estimate
from sim.suggest import did_you_mean
from sim.vocabulary import Outcome

CHALLENGES = "challenges"
NAMES = (*SHARES, *Outcome.words(), CHALLENGES, *AVERAGED)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that every run has: ``failure``, ``escalation``, ``war``, an ending, or something
    that is counted (a column of the records, or ``challenges``).

    Raises :class:`sim.errors.UsageError` for any other name.
    """

    name: str

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise UsageError(f"no outcome '{self.name[:40]}'", did_you_mean(self.name, NAMES))

    @property
    def is_share(self) -> bool:
        """Whether a run has it or not, so that its mean is a share of model runs."""
        return self.name in (*SHARES, *Outcome.words())

    @property
    def label(self) -> str:
        """The outcome as a reader sees it."""
        if self.name in Outcome.words():
            return Outcome.of(self.name).label
        return self.name.replace("_", " ")

    @property
    def unit(self) -> str:
        """What a difference of it is counted in."""
        return "points of model runs" if self.is_share else "a run"

    @property
    def level_unit(self) -> str:
        """What the outcome itself is counted in."""
        return "% of model runs" if self.is_share else "a run"

    @property
    def scale(self) -> float:
        """What a number of it is multiplied by to be shown: shares are shown in per cent."""
        return 100.0 if self.is_share else 1.0

    def level(self, estimate: Estimate) -> str:
        """The outcome's mean with its interval, in words."""
        if self.is_share:
            return f"{hedged(estimate)} of model runs"
        value, low, high = map(figures, estimate)
        return f"{value} a run ({low} to {high})"

    def change(self, estimate: Estimate, signed: bool = True) -> str:
        """A difference of the outcome with its interval, in words."""
        value, interval = self.cell(estimate, signed).split(" ", 1)
        return f"{value} {self.unit} {interval}"

    def cell(self, estimate: Estimate, signed: bool = True) -> str:
        """The same for a table, whose heading says what it is counted in."""
        kind = ("+" if signed else "") + (".1f" if self.is_share else ".3g")
        value, low, high = (self.scale * number for number in estimate)
        return spread((value, low, high), kind)

    def of(self, records: Any) -> Any:
        """The number of each run of ``records`` (with ``outcome``); 0 or 1 for what is a share."""
        if self.name in SHARES:
            return flags(records)[self.name]
        if self.name in Outcome.words():
            return records["outcome"] == Outcome.of(self.name)
        if self.name == CHALLENGES:
            return records["probes"] + records["strikes"] + records["offensives"]
        return np.asarray(records[self.name])
