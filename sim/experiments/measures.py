"""What is asked of the runs: one number a run, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.enums import Outcome
from sim.errors import UsageError, did_you_mean
from sim.results import AVERAGED, SHARES, flags
from sim.statistics import Estimate
from sim.text import MEAN, POINTS, format_ci, format_percent, format_share_ci, format_signed

CHALLENGES = "challenges"

# Recorded as 0 or 1: whether there was a force at some time, and at the end.
FLAGS = {"stood": "a force at some time", "stands": "a force at the end"}
COUNTED = (CHALLENGES, *AVERAGED, "risk")
NAMES = (*SHARES, *Outcome.words(), *FLAGS, *COUNTED)

# Of these the less the better; of an ending without war, or of a force, the more may be.
LOSSES = (
    *SHARES,
    *("renewed_offensive", "limited_war", "general_war"),
    *(CHALLENGES, "probes", "strikes", "offensives", "accidents", "unattributed", "conceded"),
    *("lines_crossed", "tension", "peak_tension", "casualties", "pledge_gap", "risk"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that every run has: ``failure``, ``escalation``, ``war``, an ending, whether a force
    stood or stands, or something that is counted (a column of the records, or ``challenges``).

    Raises :class:`sim.errors.UsageError` for any other name.
    """

    name: str

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise UsageError(f"no outcome '{self.name[:40]}'", did_you_mean(self.name, NAMES))

    @property
    def is_share(self) -> bool:
        """Whether a run has it or not, so that its mean is a share of model runs."""
        return self.name in (*SHARES, *Outcome.words(), *FLAGS)

    @property
    def is_loss(self) -> bool:
        """Whether the less of it the better."""
        return self.name in LOSSES

    @property
    def label(self) -> str:
        """The outcome as a reader sees it."""
        if self.name in Outcome.words():
            return Outcome.of(self.name).label
        if self.name in FLAGS:
            return FLAGS[self.name]
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
    def kind(self) -> str:
        """How a number of it, scaled, is written."""
        return POINTS if self.is_share else MEAN

    @property
    def scale(self) -> float:
        """What a number of it is multiplied by to be shown: shares are shown in per cent."""
        return 100.0 if self.is_share else 1.0

    def level(self, estimate: Estimate) -> str:
        """The outcome's mean with its interval, in words."""
        if self.is_share:
            return f"{format_share_ci(estimate)} of model runs"
        value, low, high = map(format_signed, estimate)
        return f"{value} a run ({low} to {high})"

    def amount(self, value: float) -> str:
        """The outcome's mean alone, in words."""
        return format_percent(value) if self.is_share else f"{self.short(value)} a run"

    def change(self, estimate: Estimate, signed: bool = True) -> str:
        """A difference of the outcome with its interval, in words."""
        value, interval = self.cell(estimate, signed).split(" ", 1)
        return f"{value} {self.unit} {interval}"

    def cell(self, estimate: Estimate, signed: bool = True) -> str:
        """The same for a table, whose heading says what it is counted in."""
        value, low, high = (self.scale * number for number in estimate)
        return format_ci((value, low, high), ("+" if signed else "") + self.kind)

    def short(self, value: float) -> str:
        """A number of it alone, with no unit."""
        return format_signed(self.scale * value, self.kind)

    def of(self, records: Any) -> Any:
        """The number of each run of ``records`` (with ``outcome``); 0 or 1 for what is a share."""
        if self.name in SHARES:
            return flags(records)[self.name]
        if self.name in Outcome.words():
            return records["outcome"] == Outcome.of(self.name)
        if self.name == CHALLENGES:
            return records["probes"] + records["strikes"] + records["offensives"]
        if self.name in FLAGS:
            return records[self.name] != 0
        return np.asarray(records[self.name])
