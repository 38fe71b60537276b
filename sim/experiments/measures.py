"""Measures: the numbers of a run that studies are about, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from sim.categories import NOUNS
from sim.enums import Outcome
from sim.errors import UsageError, did_you_mean
from sim.formatting import (
    MEAN,
    POINTS,
    format_ci,
    format_ends,
    format_percent,
    format_share_ci,
    format_signed,
)
from sim.model.outcomes import SHARES, flags
from sim.results import AVERAGED
from sim.statistics import Estimate, not_below_zero

CHALLENGES = "challenges"

# Recorded as 0 or 1.
FLAGS = {
    "stood": "a force at some time",
    "stands": "a force at the end",
    "truce": "a truce is made",
    "truce_broken": "a ceasefire or truce breaks",
}
COUNTED = (CHALLENGES, *(name for name in AVERAGED if name not in FLAGS), "risk")
NAMES = (*SHARES, *Outcome.words(), *FLAGS, *COUNTED)

# Measures of which less is better. Of an outcome without war, or of a force, more may be better.
LOSSES = (
    *SHARES,
    *("renewed_offensive", "limited_war", "general_war"),
    *(CHALLENGES, "probes", "strikes", "mobilisations", "accidents", "unattributed", "conceded"),
    *(
        "offensives",
        "successes",
        "truce_broken",
        "position",
        "lines_crossed",
        "tension",
        "peak_tension",
        "casualties",
        "pledge_gap",
        "misjudgement",
        "retaliations",
        "wrong_blames",
        "risk",
    ),
)


class RunMeasure(Protocol):
    """A number of every run, computed from its record."""

    @property
    def name(self) -> str:
        """Its name, which is that of its column."""

    def of(self, records: Any) -> Any:
        """The value in each run of ``records``."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of every run.

    One of ``failure``, ``escalation``, ``war``, an outcome, ``stood`` and ``stands`` (a force at
    some time, and at the end), ``truce`` and ``truce_broken``, a column of the records, or
    ``challenges``. None is ever negative. Raises :class:`sim.errors.UsageError` for any other name.
    """

    name: str

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise UsageError(f"no outcome '{self.name[:40]}'", did_you_mean(self.name, NAMES))

    @property
    def is_share(self) -> bool:
        """Whether it is 0 or 1 in each run, so that its mean is a share of model runs."""
        return self.name in (*SHARES, *Outcome.words(), *FLAGS)

    @property
    def is_loss(self) -> bool:
        """Whether less of it is better."""
        return self.name in LOSSES

    @property
    def label(self) -> str:
        """The measure in words."""
        if self.name in Outcome.words():
            return Outcome.of(self.name).label
        if self.name in SHARES:
            return NOUNS[self.name]
        if self.name in FLAGS:
            return FLAGS[self.name]
        return self.name.replace("_", " ")

    @property
    def unit(self) -> str:
        """The unit of a difference."""
        return "percentage points" if self.is_share else "a run"

    @property
    def level_unit(self) -> str:
        """The unit of a level."""
        return "% of model runs" if self.is_share else "a run"

    @property
    def kind(self) -> str:
        """The number format of a scaled value."""
        return POINTS if self.is_share else MEAN

    @property
    def scale(self) -> float:
        """The factor by which a value is multiplied for display: shares are shown in per cent."""
        return 100.0 if self.is_share else 1.0

    def level(self, estimate: Estimate) -> str:
        """A mean with its interval, in words."""
        if self.is_share:
            return f"{format_share_ci(estimate)} of model runs"
        return f"{format_signed(estimate.value)} a run ({format_ends(not_below_zero(estimate))})"

    def amount(self, value: float) -> str:
        """A mean without its interval, in words."""
        return format_percent(value) if self.is_share else f"{self.short(value)} a run"

    def change(self, estimate: Estimate, signed: bool = True) -> str:
        """A difference with its interval, in words."""
        value, interval = self.cell(estimate, signed).split(" ", 1)
        return f"{value} {self.unit} {interval}"

    def cell(self, estimate: Estimate, signed: bool = True) -> str:
        """A difference with its interval for a table that states the unit."""
        value, low, high = (self.scale * number for number in estimate)
        return format_ci((value, low, high), ("+" if signed else "") + self.kind)

    def short(self, value: float) -> str:
        """A value without its unit."""
        return format_signed(self.scale * value, self.kind)

    def of(self, records: Any) -> Any:
        """The value in each run of ``records``, which have an ``outcome``; 0 or 1 for a share."""
        if self.name in SHARES:
            return flags(records["trigger"])[self.name]
        if self.name in Outcome.words():
            return records["outcome"] == Outcome.of(self.name)
        if self.name == CHALLENGES:
            return records["probes"] + records["strikes"] + records["mobilisations"]
        if self.name in FLAGS:
            return records[self.name] != 0
        return np.asarray(records[self.name])
