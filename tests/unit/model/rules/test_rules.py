"""Each rule: a worked case beside an invariant."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.model.rules import (
    choice,
    contest,
    deterrence,
    escalation,
    learning,
    participation,
    private_information,
    provocation,
    response,
)

UNIT = st.floats(0, 1)
PAYOFF = st.floats(-1e6, 1e6)
PRECISION = st.floats(0, 1e6)


class TestChoice:
    def test_logistic_of_log_odds(self):
        assert choice.logistic(math.log(3.0)) == pytest.approx(0.75)

    @given(st.floats(-1e308, 1e308))
    def test_logistic_never_overflows_and_is_symmetric(self, x):
        assert choice.logistic(x) + choice.logistic(-x) == pytest.approx(1.0)

    def test_prefers_by_hand(self):
        assert choice.choice_probability(3.0, 0.7, 0.2) == pytest.approx(1 / (1 + math.exp(-1.5)))

    @given(PRECISION, PAYOFF, PAYOFF)
    def test_the_better_is_chosen_at_least_as_often(self, precision, this, that):
        chance = choice.choice_probability(precision, this, that)
        assert 0.0 <= chance <= 1.0
        assert (chance >= 0.5) == (this >= that) or chance == 0.5

    @given(PAYOFF, PAYOFF)
    def test_without_precision_it_is_a_coin(self, this, that):
        assert choice.choice_probability(0.0, this, that) == 0.5

    @pytest.mark.parametrize(
        ("u", "picked"), [(0.0, 0), (0.24, 0), (0.26, 1), (0.74, 2), (0.76, 3)]
    )
    def test_equal_options_share_the_unit_evenly(self, u, picked):
        assert choice.choose(u, 5.0, 2.0, 2.0, 2.0, 2.0) == picked

    def test_shares_of_choose_are_logit_weights(self):
        weights = [math.exp(2.0 * value) for value in (0.1, 0.5, -0.2)]
        edge = weights[0] / sum(weights)
        options = (2.0, 0.1, 0.5, -0.2, choice.UNAVAILABLE)
        assert choice.choose(edge - 1e-9, *options) == 0
        assert choice.choose(edge + 1e-9, *options) == 1

    @given(st.floats(0, 1, exclude_max=True), PRECISION, st.lists(PAYOFF, min_size=4, max_size=4))
    def test_an_unavailable_option_is_never_chosen(self, u, precision, values):
        for missing in range(4):
            options = [*values]
            options[missing] = choice.UNAVAILABLE
            assert choice.choose(u, precision, *options) != missing

    def test_perfect_precision_takes_the_best(self):
        assert choice.choose(0.999, 1e6, 0.0, 0.3, 0.2, choice.UNAVAILABLE) == 1


class TestContest:
    def test_two_to_one_at_decisiveness_two(self):
        assert contest.challenger_wins(2.0, 1.0, 2.0) == pytest.approx(0.2)

    @pytest.mark.parametrize(
        ("defence", "challenger", "wins"), [(0, 0, 0.5), (1, 1, 0.5), (1, 0, 0.0), (0, 1, 1.0)]
    )
    def test_corners(self, defence, challenger, wins):
        assert contest.challenger_wins(float(defence), float(challenger), 2.0) == wins

    @given(st.floats(0, 1e3), st.floats(0, 1e3), st.floats(0, 20))
    def test_both_sides_sum_to_one(self, defence, challenger, decisiveness):
        one = contest.challenger_wins(defence, challenger, decisiveness)
        assert one + contest.challenger_wins(challenger, defence, decisiveness) == pytest.approx(1)

    def test_relative_defence(self):
        assert contest.relative_defence(0.5, 2.0) == 0.25
        assert contest.relative_defence(0.0, 0.0) == 0.0
        assert contest.relative_defence(1.0, 0.0) == contest.MOST


class TestPrivate:
    def test_quantile_between_nodes_and_at_a_step(self):
        shares, values = np.array([0.0, 0.5, 0.5, 1.0]), np.array([1.0, 1.0, 3.0, 5.0])
        assert private_information.quantile(0.25, shares, values, 0, 4) == 1.0
        assert private_information.quantile(0.5, shares, values, 0, 4) == 3.0
        assert private_information.quantile(0.75, shares, values, 0, 4) == 4.0

    @given(UNIT)
    def test_graded_undoes_the_scale(self, u):
        s = private_information.graded(u)
        assert (2 * s * s if s < 0.5 else 1 - 2 * (1 - s) ** 2) == pytest.approx(u, abs=1e-12)

    @pytest.mark.parametrize(
        ("pledge", "candour", "u", "ceiling"),
        [(5, 0.8, 0.79, 5), (5, 0.8, 0.8, 4), (0, 0.0, 0.5, 0), (5, 1.0, 0.999, 5)],
    )
    def test_private_ceiling(self, pledge, candour, u, ceiling):
        assert private_information.private_ceiling(pledge, candour, u) == ceiling


class TestParticipation:
    def test_danger_by_hand(self):
        calm = participation.danger(0.8, 0.5, 0.0, 1.0, 0.25, 0.5)
        assert calm == pytest.approx(0.8 * 0.5 * 0.25)
        assert participation.danger(0.8, 0.5, 2.0, 0.0, 0.25, 0.5) == pytest.approx(0.9)

    def test_worth_of_rung_by_hand(self):
        assert participation.utility_of_rung(0.3, 0.5, 0.3, 0.2, 0.25, -2.0) == pytest.approx(
            0.15 - 0.06 - 0.1
        )

    def test_worth_of_effort_wears_away(self):
        assert participation.utility_of_effort(0.6, 0.3, 0.02, 5.0, -0.05) == pytest.approx(0.15)

    @given(st.integers(0, 5), st.booleans(), st.integers(0, 5))
    def test_unmet_conditions_leave_what_is_unconditional(self, ceiling, met, unconditional):
        top = participation.highest_rung(ceiling, met, unconditional)
        assert top == (ceiling if met else min(ceiling, unconditional))

    @pytest.mark.parametrize("missing", range(5))
    def test_each_condition_can_fail_alone(self, missing):
        pairs = [[0.5, 0.6] for _ in range(5)]
        flat = [number for pair in pairs for number in pair]
        assert participation.conditions_met(*flat)
        flat[2 * missing] = 0.7
        assert not participation.conditions_met(*flat)

    def test_waits_are_geometric(self):
        uniforms = [(k + 0.5) / 100_000 for k in range(100_000)]
        waits = [participation.wait_for_review(u, participation.quiet_rate(0.25)) for u in uniforms]
        assert min(waits) == 1
        assert sum(waits) / len(waits) == pytest.approx(4.0, rel=1e-3)
        assert waits.count(1) / len(waits) == pytest.approx(0.25, abs=1e-4)

    def test_always_and_never(self):
        assert participation.wait_for_review(0.999, participation.quiet_rate(1.0)) == 1
        assert (
            participation.wait_for_review(0.0, participation.quiet_rate(0.0)) == participation.NEVER
        )


class TestProvocation:
    def test_crossing(self):
        assert provocation.crossing(0.5, 0.0, 2.0) == 0.25
        assert provocation.crossing(0.1, 0.1, 1.0) == 0.0
        assert provocation.crossing(3.0, 0.1, 1.0) == 1.0

    @given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 5), st.floats(0.01, 5))
    def test_more_crosses_more(self, a, b, threshold, width):
        assume(a <= b)
        less, more = (provocation.crossing(x, threshold, threshold + width) for x in (a, b))
        assert 0 <= less <= more <= 1

    def test_half_way_is_neutral(self):
        assert provocation.at_the_front(0.5, 0.7) == 1.0
        assert provocation.at_the_front(1.0, 0.3) == pytest.approx(1.15)

    def test_consent_excuses(self):
        assert provocation.grievance(0.8, 0.5, 0.25) == pytest.approx(0.3)
        assert provocation.grievance(0.8, 0.5, 1.0) == 0.0


class TestDeterrence:
    def test_gamble_by_hand(self):
        worth = deterrence.action_utility(0.6, 0.5, 0.55, 0.2, 1.0, 0.4, 0.3, 0.7, 0.05)
        assert worth == pytest.approx(0.6 * 0.5 - 0.55 * 0.6 - 0.3 * 0.7 - 0.05)

    def test_crisis_value_is_backward_induction(self):
        assert deterrence.crisis_value(0.4, 0.5, 1.0, -0.8, -0.2) == pytest.approx(0.6 - 0.2)

    @given(UNIT, UNIT, PAYOFF, PAYOFF, PAYOFF)
    def test_crisis_value_lies_between_its_ends(self, q, p, a, b, c):
        value = deterrence.crisis_value(q, p, a, b, c)
        slack = 1e-9 * max(abs(a), abs(b), abs(c), 1.0)
        assert min(a, b, c) - slack <= value <= max(a, b, c) + slack

    def test_dread_grows_with_the_defying_power(self):
        assert deterrence.expected_war_cost(0.8, 0.6, 0.8, 0.5, 0.2, 0.0, 0.1) == 0.0
        assert deterrence.expected_war_cost(0.8, 0.6, 0.8, 0.5, 0.2, 0.1, 0.1) == pytest.approx(0.5)

    def test_attribution_and_sanctions(self):
        assert deterrence.attribution(0.0, 0.6) == 0.6
        assert deterrence.attribution(1.0, 0.1) == 1.0
        assert deterrence.sanctions_cost(0.15, 0.6, 0.5, 0.5) == pytest.approx(0.0225)
        assert deterrence.sanctions_cost(0.15, 0.6, 1.7, 0.5) == 0.0

    def test_prize_and_success(self):
        assert deterrence.benefit_of_success(0.5, 0.1, 0.8, 0.25, 0.6) == pytest.approx(0.05 + 0.12)
        assert deterrence.success(0.3, 0.5) == pytest.approx(0.85)

    def test_expected_answer_blends_clarity_and_reputation(self):
        assert deterrence.expected_answer(0.5, 0.6, 0.9, 0.4) == pytest.approx(0.5 * 0.7)

    def test_quorum_chance(self):
        assert deterrence.quorum_chance(0.3, 0.0, 0.3, False) == 0.0
        assert deterrence.quorum_chance(0.31, 0.0, 0.3, False) == 1.0
        assert deterrence.quorum_chance(0.7, 0.21, 0.3, True) == 0.7
        assert deterrence.quorum_chance(0.5, 0.01, 0.3, False) == pytest.approx(0.9772498680518208)

    def test_review_chance(self):
        chance = deterrence.review_chance(1 / 9, 0.5, 2.0, 3.0)
        assert chance == pytest.approx(1 - math.exp(-2 / 3))


class TestResponse:
    def test_conceding_by_hand(self):
        worth = response.utility_of_conceding(0.6, 0.35, 1.0, 0.3, 0.1)
        assert worth == pytest.approx(-0.6 * 0.35 * 1.3 - 0.1)

    def test_price_of_backing_off(self):
        assert response.cost_of_backing_down(0.25, 0.6, 0.5) == pytest.approx(0.075)

    def test_defying_by_hand(self):
        worth = response.utility_of_defying(0.6, 0.35, 0.25, 0.02, 0.5, 0.2, 0.3, 0.4, 0.6, 0.05)
        assert worth == pytest.approx(-0.02 - 0.0875 + 0.5 * (-0.042 - 0.12 - 0.18 - 0.05))

    def test_the_feared_war_by_hand(self):
        assert response.feared_war(0.2, 10.0, 0.5, 0.4) == pytest.approx(0.2 * 10 * 0.8)
        assert response.feared_war(0.2, 0.0, 0.5, 0.4) == 0.0

    def test_harm(self):
        assert response.harm(0.8, 0.3, 0.0, 0.5, 0.4) == pytest.approx(0.8 * 0.3 * 0.8)
        assert response.harm(0.8, 0.3, 1.0, 0.5, 0.0) == pytest.approx(0.8)

    def test_the_coalition_acts_beyond_its_quorum(self):
        assert not response.coalition_acts(0.3, 1.0, 0.3)
        assert response.coalition_acts(0.31, 1.0, 0.3)
        assert not response.coalition_acts(0.0, 0.0, 0.0)


class TestEscalation:
    def test_slip_rises_with_tension_to_certainty(self):
        assert escalation.slip_chance(0.12, 0.5) == pytest.approx(0.18)
        assert escalation.slip_chance(1.0, 0.5) == 1.0

    def test_general_war(self):
        assert escalation.general_war_chance(0.12, 0.5, 1.0) == pytest.approx(0.18)
        assert escalation.general_war_chance(0.9, 5.0, 1.5) == 1.0

    def test_accidents(self):
        hazard = escalation.accident_hazard(0.01, 0.3, 0.5, 2.0, 0.6, 0.7)
        assert hazard == pytest.approx(0.003 * 2 * 0.58)
        assert escalation.chance_of(hazard) == pytest.approx(1 - math.exp(-hazard))


class TestLearning:
    def test_reputation_is_a_beta_mean(self):
        assert learning.reputation(0.5, 4.0, 3.0, 1.0) == pytest.approx(5 / 8)

    def test_tension_decays_grows_and_is_capped(self):
        assert learning.tension_after(1.0, 0.85, 0, 0.3, False, 0.3, 1.5) == pytest.approx(0.85)
        assert learning.tension_after(0.0, 0.85, 2, 0.3, True, 0.3, 1.5) == pytest.approx(0.9)
        assert learning.tension_after(1.5, 0.85, 3, 0.3, True, 0.3, 1.5) == 1.5

    def test_belief_in_a_line_by_hand(self):
        assert learning.belief_after(0.8, 0.2, 0.6) == pytest.approx(0.16 / 0.28)
        assert learning.belief_after(0.5, 0.6, 0.2) == pytest.approx(0.75)

    @pytest.mark.parametrize("belief", [0.0, 0.4, 1.0])
    def test_what_tells_nothing_changes_no_belief(self, belief):
        assert learning.belief_after(belief, 0.3, 0.3) == pytest.approx(belief)
        assert learning.belief_after(belief, 0.0, 0.0) == belief

    @pytest.mark.parametrize("belief", [0.0, 1.0])
    def test_who_is_certain_learns_nothing(self, belief):
        assert learning.belief_after(belief, 0.9, 0.1) == belief

    def test_leaving(self):
        assert learning.leaving_chance(0.5, 0.4) == pytest.approx(0.2)
