"""Rules where they are easily wrong: at bounds, at ties, at the last of a row."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules import (
    choice,
    deterrence,
    escalation,
    participation,
    private_information,
    provocation,
    response,
)

UNIT = st.floats(0, 1)


class TestChoice:
    def test_without_bounds_it_stays_a_number(self):
        assert choice.choice_probability(0.0, math.inf, 0.0) == 0.5
        assert choice.choice_probability(math.inf, 1.0, 1.0) == 0.5
        assert choice.choice_probability(math.inf, 1.0, 0.9) == 1.0
        assert choice.weight(0.0, 1.0, math.inf) == 1.0
        assert choice.weight(math.inf, 1.0, 1.0) == 1.0

    def test_at_the_very_end_of_the_unit_the_last_available_is_picked(self):
        assert choice.choose(1.0, 5.0, 2.0, 2.0, 2.0, 2.0) == 3
        assert choice.choose(1.0, 5.0, 2.0, 2.0, 2.0, choice.UNAVAILABLE) == 2

    @given(st.lists(st.floats(-3, 3), min_size=4, max_size=4), st.floats(0, 5))
    def test_chances_of_a_choice_are_logit_weights_over_their_sum(self, values, precision):
        weights = [math.exp(precision * value) for value in values]
        for option in range(4):
            chance = choice.chance_of_choice(option, precision, *values)
            assert chance == pytest.approx(weights[option] / sum(weights))

    @given(UNIT, st.lists(st.floats(-3, 3), min_size=4, max_size=4), st.floats(0, 5))
    def test_a_choice_falls_within_its_chance(self, u, values, precision):
        picked = choice.choose(u, precision, *values)
        before = sum(choice.chance_of_choice(k, precision, *values) for k in range(picked))
        assert before - 1e-9 <= u
        assert u <= before + choice.chance_of_choice(picked, precision, *values) + 1e-9

    @pytest.mark.parametrize("best", range(4))
    def test_however_sharp_the_choice_its_chances_are_numbers(self, best):
        values = [float(k == best) for k in range(4)]
        assert choice.chance_of_choice(best, 1e6, *values) == 1.0
        assert choice.chance_of_choice((best + 1) % 4, 1e6, *values) == 0.0
        assert choice.choose(0.5, 1e6, *values) == best


class TestPrivate:
    def test_the_top_of_a_distribution_is_its_last_value_whatever_stands_behind_it(self):
        shares, values = np.array([0.0, 0.5, 1.0, 0.0, 1.0]), np.array([1.0, 2.0, 5.0, 7.0, 9.0])
        assert private_information.quantile(1.0, shares, values, 0, 3) == 5.0
        assert private_information.quantile(0.75, shares, values, 0, 3) == 3.5
        assert private_information.quantile(0.25, shares, values, 3, 5) == 7.5

    def test_a_step_at_the_end_has_a_value(self):
        shares, values = np.array([0.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])
        assert private_information.quantile(1.0, shares, values, 0, 3) == 2.0

    @pytest.mark.parametrize(("u", "scale"), [(0.125, 0.25), (0.5, 0.5), (0.875, 0.75), (1.0, 1.0)])
    def test_the_graded_scale(self, u, scale):
        assert private_information.graded(u) == pytest.approx(scale)

    @given(UNIT, UNIT)
    def test_a_private_value_is_read_bilinearly(self, public, u):
        def height(row: float, column: float) -> float:
            return 1.0 + 2.0 * row + 3.0 * column + 0.5 * row * column

        surface = np.array([[height(r, c) for c in range(5)] for r in range(4)])
        expected = height(3.0 * public, 4.0 * private_information.graded(u))
        assert private_information.private_value(public, u, surface) == pytest.approx(expected)

    def test_no_private_value_is_read_from_beyond_the_cell_it_is_in(self):
        surface = np.array([[0.0, 1.0, 1.0], [2.0, 5.0, 5.0], [2.0, 5.0, 9.0]])
        assert private_information.private_value(0.25, 0.125, surface) == pytest.approx(2.0)
        assert private_information.private_value(0.75, 0.875, surface) == pytest.approx(6.0)
        assert private_information.private_value(1.0, 1.0, surface) == 9.0
        assert private_information.private_value(0.0, 0.0, surface) == 0.0


class TestParticipation:
    def test_what_is_just_there_is_enough(self):
        assert participation.conditions_met(*[0.6] * 10)

    def test_no_wait_is_longer_than_never(self):
        assert participation.wait_for_review(1.0 - 1e-16, 1e-9) == participation.NEVER


class TestCrossing:
    def test_half_way_between_threshold_and_reach(self):
        assert provocation.crossing(0.5, 0.2, 0.8) == pytest.approx(0.5)

    def test_a_line_without_width_is_crossed_only_beyond_it(self):
        assert provocation.crossing(0.5, 0.5, 0.5) == 0.0
        assert provocation.crossing(0.6, 0.5, 0.5) == 1.0


class TestQuorum:
    def test_it_is_a_share_of_what_could_fight(self):
        assert not response.coalition_acts(0.5, 2.0, 0.3)
        assert response.coalition_acts(0.7, 2.0, 0.3)

    def test_no_one_acts_for_a_force_that_is_not_there(self):
        assert not response.coalition_acts(0.5, 0.0, 0.3)


class TestTraced:
    def test_by_hand(self):
        assert deterrence.attributed_given_unanswered(0.6, 0.2) == pytest.approx(0.5)

    def test_what_is_answered_whenever_it_is_traced_is_not_traced_unanswered(self):
        assert deterrence.attributed_given_unanswered(0.6, 0.6) == 0.0
        assert deterrence.attributed_given_unanswered(1.0, 1.0) == 0.0

    def test_what_is_never_answered_is_as_likely_traced_as_ever(self):
        assert deterrence.attributed_given_unanswered(0.6, 0.0) == 0.6


class TestCosts:
    def test_dread_by_hand(self):
        assert deterrence.expected_war_cost(0.8, 0.5, 0.6, 0.5, 0.2, 0.1, 0.3) == pytest.approx(
            0.21
        )

    def test_half_the_tension_adds_half_as_much(self):
        assert escalation.general_war_chance(0.12, 0.5, 0.5) == pytest.approx(0.15)
