"""Choices and limits of an experiment, for the command line before anything else is loaded."""

from __future__ import annotations

from enum import StrEnum

MAX_RUNS = 2**32
MAX_SEED = 2**63 - 1
MAX_JOBS = 256

ENGINES = ("ensemble", "mesa")

SAMPLED_DESIGNS = ("lhs", "sobol")
DESIGNS = ("grid", "zip", "one_at_a_time", "list", *SAMPLED_DESIGNS)

TORNADO, ALL = "tornado", "all"
SENSITIVITY_METHODS = (TORNADO, "morris", "sobol", ALL)


class Selection(StrEnum):
    """Criteria for the run to trace."""

    TYPICAL = "typical"
    NEAR_MISS = "near-miss"
    WORST = "worst"
