"""A contest between two strengths, by the rule ``challenger_wins``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.jit import kernel
from sim.model.rules.contest import challenger_wins
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import real_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.inputs import Input, Values, inputs

NAME = "contest"
MOST = 1e6


@kernel
def play(
    seed: int, where: Any, challenger: float, defence: float, decisiveness: float, won: Any
) -> None:
    """Set ``won`` to 1 for each fight that the challenger wins."""
    wins = challenger_wins(defence, challenger, decisiveness)
    for run in range(len(won)):
        u, _, _, _ = uniforms(seed, DrawPurpose.CRISIS, 0, where, run)
        won[run] = u < wins


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of fights that the challenger wins."""
    won = np.zeros(runs, np.int64)
    play(seed, stream_id(f"theory {NAME}"), *_given(values), won)
    return {"win": float(won.mean())}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The winning probability of the ratio contest."""
    return shares({"win": closed_form.contest(*_given(values))})


def _given(values: Values) -> tuple[float, float, float]:
    return values["challenger"], values["defence"], values["decisiveness"]


CASE = Case(
    NAME,
    "Who wins a fight, by relative strength",
    inputs(
        Input(
            real_parameter("challenger", 1, 0, MOST, "strength", "the challenger's strength"), 1.0
        ),
        Input(real_parameter("defence", 1, 0, MOST, "strength", "the defence's strength"), 2.0),
        Input(replace(CONSTANTS["decisiveness"], high=1e6), 2.0),
    ),
    "decisiveness=8",
    simulated,
    answers,
)
