"""What a thin line may come to, in one word and in a few."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What the curve says; :mod:`sim.experiments.least` has the rules."""

    INTERIOR = "interior"
    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"

    @property
    def short(self) -> str:
        """The same for a table."""
        return SHORT[self]


SHORT = {
    Verdict.INTERIOR: "a line between the ends",
    Verdict.MORE_IS_BETTER: "least at the upper end",
    Verdict.MORE_IS_WORSE: "least at the lower end",
    Verdict.NO_DIFFERENCE: "no difference of a point",
    Verdict.UNDECIDED: "too few runs to tell",
}
