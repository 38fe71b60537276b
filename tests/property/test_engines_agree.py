"""On any scenario: both engines, any block size and plain luck give the same bits."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from sim.engines import ensemble, mesa_model
from sim.enums import Outcome, Trigger, War
from sim.model.build import build
from sim.model.outcomes import outcomes
from tests.scenarios import tiny
from tests.strategies import scenarios


@settings(max_examples=50)
@given(scenario=scenarios())
def test_both_engines_agree_on_generated_scenarios(scenario):
    setup = build(scenario)
    for seed in (0, 1, 2**63 - 1):
        block = ensemble.play(setup, seed, 0, 2)
        alone = [mesa_model.play(setup, seed, run).records for run in range(2)]
        assert np.concatenate(alone).tobytes() == block.records.tobytes(), f"seed {seed}"


@settings(max_examples=50)
@given(scenario=scenarios())
def test_records_hold_together(scenario):
    records = ensemble.play(build(scenario), 4, 0, 40).records
    ended = outcomes(records)
    at_war = records["war"] != War.NONE
    assert ((ended >= Outcome.RENEWED_OFFENSIVE) == at_war).all()
    assert ((records["trigger"] != Trigger.NONE) == at_war).all()
    assert (records["month"][~at_war] == scenario.months).all()
    assert (records["months_under_force"] <= records["month"]).all()
    assert (records["peak_tension"] >= records["tension"]).all()
    assert ((records["reputation"] >= 0) & (records["reputation"] <= 1)).all()
    guarantors = sum(scenario.role(state).word == "guarantor" for state in scenario.states)
    rungs = [name for name in records.dtype.names if name.startswith("at_")]
    assert (sum(records[name] for name in rungs) == guarantors).all()


def test_nobody_leaves_the_foot_of_the_ladder():
    exposed = tiny(
        "ladders.participation.none.exposure=1",
        "states.poland.pledge=none",
        "states.poland.casualty_aversion=1",
        "constants.challenger_review=10",
        "constants.precision=0",
        "constants.shock=1",
    )
    records = ensemble.play(build(exposed), 1, 0, 200).records
    assert records["strikes"].sum() > 0
    assert (records["at_none"] == 1).all()


@settings(max_examples=20)
@given(scenario=scenarios())
def test_a_block_may_be_cut_anywhere(scenario):
    setup = build(scenario)
    whole = ensemble.play(setup, 9, 0, 12).records
    parts = [ensemble.play(setup, 9, first, 4).records for first in (0, 4, 8)]
    assert np.concatenate(parts).tobytes() == whole.tobytes()
