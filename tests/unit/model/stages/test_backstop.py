"""The backstop as a decision: fixed points, the tipping point, events, and pivotal answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.ensemble import play
from sim.enums import Challenge, Participation, Role
from sim.model.build import build
from sim.model.stages.expectations import update_guarantor_expectations
from sim.model.state import plain_rows
from sim.theory.testbed import bench
from tests.first_edition import plain

LEVELS = (0.0, 0.2, 0.4, 0.6, 0.8)
RESOLVE, AVERSION, WEIGHT, ENTRAPMENT, ASKED, HALF = 0.5, 0.4, 1.0, 4.0, 0.3, 0.2
SLIP, MONTHS, EACH = 0.25, 24, 0.1


def world(thresholds: list[float], start: float, *events: str) -> str:
    """A quiet world: states that come at once if the backstop is as high as they ask, and a backer
    that is not there itself and always chooses what is best."""
    states = "".join(
        f"  e{k}: {{capability: {EACH}, resolve: 1, pledge: ground, start: ground, solidarity: 0,"
        f" requires: {{backstop: {threshold}}}}}\n"
        for k, threshold in enumerate(thresholds)
    )
    return f"""
scenario: tipping
title: Europeans and Washington
months: {MONTHS}
setting: {{backstop: {start}, effort_asked: {ASKED}, force_size: 1, forwardness: 0.5, fatigue: 0}}
constants:
  {{precision: 1.0e+6, review: 1, challenger_review: 0, accident: 0, leap: 4, risk_half: {HALF},
   effort_weight: {WEIGHT}, entrapment: {ENTRAPMENT}, concentration: 10000}}
ladders: {{challenge: {{strike: {{slip: {SLIP}}}}}}}
states:
  challenger: {{role: challenger, capability: 1}}
  protege: {{role: protege, capability: 0.5}}
  washington: {{resolve: {RESOLVE}, casualty_aversion: {AVERSION}, pledge: none, backs: true}}
{states}
events: [{", ".join(events)}]
"""


def effort(thresholds: list[float], level: float) -> float:
    """E = g(b): the power of those who ask for no more than ``level``."""
    return EACH * sum(threshold <= level for threshold in thresholds)


def reply(power: float) -> float:
    """b = f(E): the level of greatest utility, in closed form."""

    def utility(level: float) -> float:
        more = power * (1 + level)
        added = more / (more + HALF) - power / (power + HALF)
        shown = min(1.0, power / ASKED)
        return RESOLVE * added + level * (WEIGHT * shown - AVERSION * SLIP * ENTRAPMENT)

    return max(LEVELS, key=utility)


def last(text: str) -> tuple[float, float]:
    """The backstop and the force at the end of the run."""
    record = play(build(plain(text)), 3, 0, 1).records[0]
    return float(record["backstop"]), float(record["force"])


class TestTippingPoint:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7]), min_size=1, max_size=5),
        st.sampled_from([0.0, 0.2, 0.35, 0.55, 0.8]),
    )
    def test_where_it_ends_is_where_the_two_replies_meet(self, thresholds, start):
        level = start
        for _ in range(MONTHS):
            level = reply(effort(thresholds, level))
        assert level == reply(effort(thresholds, level))
        backstop, force = last(world(thresholds, start))
        assert backstop == level
        assert force == pytest.approx(effort(thresholds, level))

    def test_two_states_are_stable_and_the_one_between_is_where_it_tips(self):
        thresholds = [0.4] * 4
        stable = [level for level in LEVELS if reply(effort(thresholds, level)) == level]
        assert stable == [0.0, 0.8]
        ends = {start: last(world(thresholds, start))[0] for start in (0.1, 0.39, 0.4, 0.7)}
        assert ends == {0.1: 0.0, 0.39: 0.0, 0.4: 0.8, 0.7: 0.8}

    @pytest.mark.parametrize(("to", "end"), [(0.5, 0.8), (0.4, 0.8), (0.39, 0.0), (0.0, 0.0)])
    def test_a_withdrawal_flips_it_only_across_the_tipping_point(self, to, end):
        event = f"{{month: 6, set: {{setting.backstop: {to}}}}}"
        assert last(world([0.4] * 4, 0.8, event))[0] == end

    def test_a_promise_flips_it_back(self):
        event = "{month: 6, set: {setting.backstop: 0.4}}"
        assert last(world([0.4] * 4, 0.0, event))[0] == 0.8


@pytest.mark.parametrize("without", ["backs: true", f"effort_weight: {WEIGHT}"])
def test_nobody_decides_without_a_backer_or_a_weight(without):
    text = world([0.4] * 4, 0.55).replace(without, without.split(":")[0] + ": 0")
    text = text.replace("backs: 0", "backs: false")
    assert last(text)[0] == 0.55


def test_tension_makes_the_backer_give_less():
    text = world([0.4] * 2, 0.55).replace("accident: 0", "accident: 1")
    calm, tense = (
        play(build(plain(text, f"constants.tension_challenge={added}")), 3, 0, 200).records
        for added in (0, 1)
    )
    assert tense["backstop"].mean() < calm["backstop"].mean() - 0.1


class TestPivotalAnswers:
    """Twelve alike states with half a unit at stake, an answer that costs a fifth, and a challenger
    that backs down."""

    N, PRECISION, STAKE, COST = 12, 12.0, 0.5, 0.2

    def expected(self, pivotality: float, quorum: float) -> tuple[np.ndarray, ...]:
        """The chances that each defies, and of an answer with and without it."""
        found = bench(
            4,
            {
                "constants.pivotality": pivotality,
                "constants.precision": self.PRECISION,
                "constants.answer_cost": self.COST,
                "constants.mobilise": 0.0,
                "setting.quorum": quorum,
                "ladders.challenge.probe.targets_force": 0.0,
                "ladders.challenge.probe.loss": self.STAKE,
                "ladders.challenge.probe.gain": 0.0,
                "ladders.challenge.probe.slip": 1.0,
                "constants.war_cost": 10.0,
            },
            guarantors=self.N,
        )
        w, p = plain_rows(found.world)[0], plain_rows(found.parameters)[0]
        guarantors = p.role == Role.GUARANTOR
        guarantors[p.n_states :] = False
        w.rung[guarantors] = Participation.GROUND
        w.strength[guarantors], w.power = 1.0, float(self.N)
        update_guarantor_expectations(Challenge.PROBE, w, p)
        assert w.expected_press < 1e-9
        return tuple(x[guarantors] for x in (w.would_defy, w.answer_with, w.answer_without))

    @pytest.mark.parametrize("quorum", [0.0, 0.2, 0.5, 0.8])
    def test_expectations_agree_with_the_choices_they_lead_to(self, quorum):
        """A logit fixed point of alike states, as in the volunteer's dilemma."""
        chances, together, without = self.expected(1.0, quorum)
        assert np.ptp(chances) < 1e-12
        gain = self.STAKE * (together[0] - without[0]) - self.COST
        assert chances[0] == pytest.approx(1 / (1 + math.exp(-self.PRECISION * gain)), abs=0.03)

    def test_whoever_is_not_needed_is_expected_to_answer_less(self):
        deciding = 1 / (1 + math.exp(-self.PRECISION * (self.STAKE - self.COST)))
        assert self.expected(1.0, 0.2)[0][0] < deciding - 0.5

    def test_without_pivotality_each_answers_as_if_it_decided(self):
        _, together, without = self.expected(0.0, 0.4)
        assert (together == 1.0).all()
        assert (without == 0.0).all()
