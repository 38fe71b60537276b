"""A number that a lesson refers to: one measure of one run."""

from __future__ import annotations

from dataclasses import dataclass

from sim.experiments.measures import Measure

# What a class reads instead of a measure's name.
LABELS = {
    "failure": "planned attack",
    "escalation": "crisis that grew",
    "war": "war in all",
    "force": "fighting force at the end",
    "at_ground": "states with ground forces",
    "backstop": "backstop at the end",
    "credit": "belief in Moscow's word at the end",
    "truce": "a truce is made",
    "refused_by_challenger": "times Moscow refused",
    "refused_by_protege": "times Kyiv refused",
    "months_under_force": "months under a fighting force",
    "answered": "challenges answered",
    "challenges": "challenges",
    "strikes": "strikes on the force",
    "threats": "threats",
}

# The words for a cause of war in what ``thinline run`` prints, if they are others.
PRINTED_TERMS = {"failure": "deterrence fails", "escalation": "escalation"}


@dataclass(frozen=True, slots=True)
class LessonCell:
    """A measure of a run, written ``run.measure``."""

    run: str
    measure: str

    @property
    def label(self) -> str:
        """The measure in words."""
        return measure_label(self.measure)

    def __str__(self) -> str:
        return f"{self.run}.{self.measure}"


def measure_label(measure: str) -> str:
    """The label of a measure in words for a class."""
    return LABELS.get(measure) or Measure(measure).label
