"""Reputation of a coalition after a sequence of answers.

The stage ``press`` counts answered and conceded challenges; the record of a run holds
``learning.reputation`` of these counts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.engines.kernels import press_kernel, record_kernel
from sim.enums import Challenge, Word
from sim.model.state import RECORD, rows
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import word
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.inputs import Input, Values, inputs
from sim.theory.testbed import bench


class CrisisReply(Word):
    """The coalition's reply to a challenge."""

    CONCEDED = 0
    DEFIED = 1


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The reputation recorded after the sequence."""
    settings = {
        "constants.reputation_prior": values["prior"],
        "constants.reputation_weight": values["weight"],
    }
    world, parameters = bench(seed, settings)
    world["action"], world["attributed"], world["power"] = Challenge.PROBE, 1, 1.0
    for reply in values["sequence"]:
        # All of the coalition's power defies, or none.
        world["defying"] = world["power"] * reply
        press_kernel(rows(world), rows(parameters))
    record = np.zeros(1, RECORD)
    record_kernel(rows(world), rows(parameters), rows(record))
    return {"mean": float(record["reputation"][0])}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The mean of the Beta posterior."""
    defied = values["sequence"].count(CrisisReply.DEFIED)
    conceded = values["sequence"].count(CrisisReply.CONCEDED)
    return {
        "mean": Answer(
            closed_form.expected_reputation(values["prior"], values["weight"], defied, conceded)
        )
    }


CASE = Case(
    "reputation",
    "A coalition's reputation for answering, updated answer by answer",
    inputs(
        Input(replace(CONSTANTS["reputation_prior"], name="prior"), 0.5),
        Input(replace(CONSTANTS["reputation_weight"], name="weight"), 4.0),
        Input(
            word("sequence", CrisisReply.DEFIED, "the replies in order"), (1.0, 1.0, 0.0), many=True
        ),
    ),
    "sequence=conceded,conceded,defied",
    simulated,
    answers,
    once=True,
)
