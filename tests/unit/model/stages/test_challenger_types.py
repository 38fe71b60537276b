"""What is learnt about the challenger from what it is seen to do."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.ensemble import play
from sim.engines.kernels import challenge_kernel
from sim.enums import Challenge, ChallengerType
from sim.model.build import build
from sim.model.state import rows
from sim.scenario.load import load_text
from sim.theory.testbed import bench
from tests.scenarios import DATA

# One that means its lines reviews each month, alone with its victim.
ALONE = {
    "constants.line_belief": 1.0,
    "constants.challenger_review": 10.0,
    "constants.concentration": 4.0,
    "states.challenger.ambition": 0.45,
    "states.protege.capability": 0.6,
    "constants.learning": 1.0,
}


def reviewed(months: int, runs: int, **more: float) -> tuple[np.ndarray, np.ndarray]:
    """The beliefs after so many reviews, and the type in each run: each in a third of the runs."""
    settings = {path.replace("__", "."): number for path, number in more.items()}
    world, parameters = bench(9, {**ALONE, **settings})
    w, p = world[0], parameters[0]
    beliefs, kinds = np.zeros((runs, 3)), np.arange(runs) % 3
    believed = float(w["believed_ambition"])
    spread = np.sqrt(1.5 * believed * (1 - believed) / (1 + p["concentration"]))
    for run in range(runs):
        w["run"], w["ambition"] = run, believed + (kinds[run] - 1) * spread
        w["type_belief"], w["believed_ambition"] = 1 / 3, believed
        for month in range(1, months + 1):
            w["month"], w["action"] = month, Challenge.HOLD
            world["reviewed"] = 1
            challenge_kernel(rows(world), rows(parameters))
        beliefs[run] = w["type_belief"]
    return beliefs, kinds


@pytest.mark.parametrize("verification", [0.0, 0.5, 1.0])
def test_over_types_drawn_from_the_prior_the_mean_belief_is_the_prior(verification):
    beliefs, _ = reviewed(6, 3000, constants__precision=20, setting__verification=verification)
    assert beliefs.std() > 0.05
    error = beliefs.std(axis=0) / np.sqrt(len(beliefs))
    assert (abs(beliefs.mean(axis=0) - 1 / 3) < 4 * error).all()


def test_in_twenty_years_the_truth_is_found():
    beliefs, kinds = reviewed(240, 30, constants__precision=50)
    assert beliefs[np.arange(30), kinds].mean() > 0.95


def test_from_choices_at_random_nothing_is_learnt():
    beliefs, _ = reviewed(240, 6, constants__precision=0)
    assert beliefs == pytest.approx(1 / 3)


def test_what_nobody_sees_teaches_less():
    seen, unseen = (
        reviewed(6, 900, constants__precision=20, setting__verification=verification)
        for verification in (1.0, 0.0)
    )
    known = [beliefs[np.arange(900), kinds].mean() for beliefs, kinds in (seen, unseen)]
    assert known[0] > known[1] + 0.02


def test_a_mobilisation_speaks_for_a_revisionist():
    world, parameters = bench(9, {**ALONE, "constants.precision": 20.0})
    w = world[0]
    for run in range(200):
        w["run"], w["month"], w["action"], w["type_belief"] = run, 1, Challenge.HOLD, 1 / 3
        world["reviewed"] = 1
        challenge_kernel(rows(world), rows(parameters))
        if w["action"] == Challenge.MOBILISATION:
            assert np.argmax(w["type_belief"]) == ChallengerType.REVISIONIST
            assert w["believed_ambition"] > 0.45
            return
    raise AssertionError("no mobilisation in 200 runs")


def test_an_event_that_changes_the_public_mean_moves_the_types_and_keeps_the_beliefs():
    text = (DATA / "mechanisms.yaml").read_text(encoding="utf-8")
    event = "events:\n  - {month: 3, set: {states.challenger.ambition: 0.2}, why: a new leader}\n"
    changed = load_text(text + event, ["states.challenger.ambition=0.8", "months=3"])
    records = play(build(changed), 4, 0, 50).records
    assert records["believed_ambition"][records["war"] == 0] == pytest.approx(0.2)
