"""The rules of casualties, deployment, success, the shared risk and threats, with their closed
forms."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules import (
    bargaining,
    casualties,
    challenger_types,
    choice,
    deployment,
    learning,
    protege,
    response,
    success,
    threat,
)

UNIT = st.floats(0, 1)


class TestCasualties:
    @given(st.floats(0.01, 1), st.floats(1, 1e4))
    def test_support_falls_by_the_toll_with_each_tenfold_rise(self, toll, dead):
        """Mueller (1971): a straight line in the logarithm of the casualties."""

        def support(violence: float) -> float:
            return casualties.support_after_attacks(toll, 1.0, violence, 0.0, 0.0)

        few, many = support(dead - 1.0), support(10.0 * dead - 1.0)
        assert many - few == pytest.approx(-toll)

    def test_without_losses_or_attack_there_is_nothing(self):
        assert casualties.support_after_attacks(0.2, 10.0, 0.0, 0.1, 0.0) == 0.0

    def test_an_attack_rallies_first(self):
        assert casualties.support_after_attacks(0.1, 10.0, 0.9, 0.2, 1.0) == pytest.approx(0.1)

    @given(st.floats(0.1, 500))
    def test_half_is_left_after_the_half_life(self, half_life):
        assert learning.remembered(half_life) ** half_life == pytest.approx(0.5)

    def test_nothing_is_left_after_none(self):
        assert learning.remembered(0.0) == 0.0


class TestDeployment:
    @pytest.mark.parametrize(
        ("months", "time", "rungs"), [(1.0, 1.5, 0), (2.0, 1.5, 1), (3.0, 1.5, 2), (1.0, 0.5, 2)]
    )
    def test_rungs_by_hand(self, months, time, rungs):
        assert deployment.rungs_covered(months, time) == rungs

    @given(st.floats(0, 600))
    def test_without_a_time_all_are_covered(self, months):
        assert deployment.rungs_covered(months, 0.0) >= 5


class TestSuccess:
    @given(UNIT, UNIT)
    def test_a_share_stays_a_share_and_never_falls(self, share, added):
        assert share <= success.accumulated(share, added) <= 1.0

    def test_nothing_added_changes_nothing(self):
        assert success.accumulated(0.37, 0.0) == 0.37

    @pytest.mark.parametrize("slices", [1, 4, 12])
    def test_slices_add_up_as_compound_interest(self, slices):
        share = 0.0
        for _ in range(slices):
            share = success.accumulated(share, 0.1)
        assert share == pytest.approx(1.0 - 0.9**slices)


class TestSharedRisk:
    @given(st.floats(0.1, 1), st.floats(0, 0.5), st.floats(0, 0.2))
    def test_what_is_small_is_too_small_to_answer(self, resolve, mobilise, fixed):
        """Schelling (1966): below fixed/(resolve - mobilise) a sure success is not worth it."""

        def answers(loss: float) -> bool:
            defying = response.utility_of_defying(
                resolve, loss, mobilise * resolve, fixed, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
            )
            return defying > response.utility_of_conceding(resolve, loss, 0.0, 0.0, 0.0)

        least = fixed / (resolve * (1.0 - mobilise))
        assert not answers(least - 1e-6)
        assert answers(least + 1e-6)

    @given(st.floats(0.1, 1), st.floats(1, 20))
    def test_the_critical_risk_is_the_stake_over_the_cost_of_war(self, stake, cost):
        """A best response defies a challenger sure to press if the risk is below stake/cost, and at
        that risk both are alike (Powell 1990; one round of Nalebuff 1986)."""
        critical = stake / cost

        def gain(risk: float) -> float:
            war = response.feared_war(risk, cost, 0.5, 0.0)
            defying = response.utility_of_defying(
                stake, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, war, 0.0
            )
            return defying - response.utility_of_conceding(stake, 1.0, 0.0, 0.0, 0.0)

        assert gain(critical) == pytest.approx(0.0, abs=1e-12)
        assert gain(critical * 0.99) > 0.0 > gain(critical * 1.01)

    def test_the_backstop_makes_war_less_fearful(self):
        assert response.feared_war(0.2, 10.0, 0.5, 1.0) == pytest.approx(1.0)
        assert math.isclose(response.feared_war(0.2, 10.0, 0.5, 0.0), 2.0)


class TestThreat:
    @given(UNIT, st.floats(0, 2), UNIT, st.tuples(UNIT, UNIT))
    def test_it_is_felt_most_where_unity_is_weakest(self, tension, weight, spoken, unities):
        weak, strong = (
            threat.felt_tension(tension, weight, spoken, unity) for unity in sorted(unities)
        )
        assert tension <= strong <= weak <= tension + weight * spoken

    def test_a_coalition_of_one_mind_does_not_feel_it(self):
        assert threat.felt_tension(0.3, 1.0, 1.0, 1.0) == 0.3

    @pytest.mark.parametrize(("calm", "threatened", "moved"), [(0.4, 0.3, 0.25), (0, 0, 0)])
    def test_the_share_moved_by_hand(self, calm, threatened, moved):
        assert threat.share_moved(calm, threatened) == pytest.approx(moved)

    @given(UNIT, UNIT, UNIT)
    def test_one_that_surely_acts_risks_nothing(self, burden, moved, at_stake):
        utility = threat.utility_of_threatening(burden, moved, at_stake, 1.0)
        assert utility == pytest.approx(burden * moved)

    @given(st.floats(0.1, 1), st.floats(0.1, 0.9), UNIT)
    def test_a_liar_has_nothing_to_lose_and_nothing_to_gain(self, burden, moved, acts):
        lost = threat.value_of_credit(3.0, burden, 0.0, 0.0)
        assert threat.utility_of_threatening(burden, 0.0, lost, acts) == 0.0
        spent = threat.value_of_credit(3.0, burden, moved, moved)
        assert threat.utility_of_threatening(burden, moved, spent, acts) > 0.0

    @given(st.floats(0.1, 1), st.floats(0.1, 0.9), st.floats(0.1, 10))
    def test_the_least_patient_bluff(self, burden, moved, later):
        """Sartori (2002): a bluff that costs all credit pays if the gain now exceeds the value of
        being believed later, times the chance of being called."""
        lost = threat.value_of_credit(later, burden, moved, 0.0)
        utility = threat.utility_of_threatening(burden, moved, lost, 0.0)
        assert utility == pytest.approx(burden * moved * (1.0 - later * (1.0 - moved)))


class TestBargaining:
    @given(UNIT, st.floats(0.001, 1), st.floats(0.001, 1))
    def test_there_are_terms_that_both_prefer_to_fighting(self, win, cost, other):
        """Fearon (1995): fighting leaves the two sides less than the whole to share."""
        one = bargaining.costly_lottery(win, 1.0, cost)
        two = bargaining.costly_lottery(1.0 - win, 1.0, other)
        assert one + two < 1.0

    @given(st.floats(-1, 1), st.floats(-1, 1))
    def test_who_discounts_everything_looks_at_today_alone(self, now, later):
        assert bargaining.worth_of_waiting(0.0, now, later) == now
        assert bargaining.worth_of_waiting(1.0, now, later) == later

    @given(st.floats(0.01, 1), st.floats(-1, 1), st.floats(-1, 1))
    def test_waiting_is_worth_less_where_the_balance_falls(self, discount, now, later):
        falls = bargaining.worth_of_waiting(discount, now, later) < now
        assert falls == (later < now) or abs(now - later) < 1e-12

    @given(st.floats(-1, 1), UNIT, st.floats(0, 2), st.floats(0, 2))
    def test_a_truce_is_worth_less_the_more_its_force_is_resented(self, peace, fear, some, more):
        first, second = (
            bargaining.worth_of_terms(peace, fear, grievance) for grievance in (some, some + more)
        )
        assert second <= first
        assert bargaining.worth_of_terms(peace, 0.0, more) == peace

    @given(st.floats(0.001, 5), st.floats(0, 2), st.floats(0.001, 2))
    def test_a_graver_breach_breaks_a_truce_sooner(self, fragility, rung, more):
        less, greater = (
            bargaining.breaking_chance(fragility, step, False) for step in (rung, rung + more)
        )
        assert 0.0 <= less < greater <= 1.0 or greater == 1.0

    def test_a_truce_without_fragility_holds(self):
        assert bargaining.breaking_chance(0.0, 3.0, False) == 0.0

    def test_no_truce_outlives_a_war(self):
        assert bargaining.breaking_chance(0.01, 1.0, True) == 1.0

    @given(UNIT, UNIT)
    def test_strength_brings_its_share_without_an_attack(self, influence, win):
        assert bargaining.gain_without_attack(influence, win) == influence * win


class TestRemaining:
    @given(UNIT, UNIT, UNIT)
    def test_what_is_taken_twice_leaves_what_both_leave(self, amount, first, second):
        left = success.remaining(success.remaining(amount, first), second)
        both = success.accumulated(first, second)
        assert left == pytest.approx(success.remaining(amount, both), abs=1e-12)
        assert success.remaining(amount, 0.0) == amount
        assert success.remaining(amount, 1.0) == 0.0


class TestPrecisionOfOffensives:
    """An option whose advantage is weighed with a precision of its own."""

    @given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.1, 10))
    def test_its_log_odds_grow_in_proportion(self, value, best, times):
        """McFadden (1974): the log odds of two options are their difference times precision."""
        weighed = choice.with_precision(times, value, best)
        assert 7.0 * (weighed - best) == pytest.approx(7.0 * times * (value - best), abs=1e-12)

    @given(st.floats(-1, 1), st.floats(0, 1))
    def test_with_the_same_precision_nothing_changes(self, value, best):
        assert choice.with_precision(1.0, value, best) == value

    def test_what_cannot_be_chosen_stays_so(self):
        unavailable = choice.UNAVAILABLE
        assert choice.with_precision(0.0, unavailable, 0.2) == unavailable


class TestTypes:
    @given(UNIT, st.floats(0.1, 1e4))
    def test_three_equal_types_have_the_mean_and_lie_within_bounds(self, mean, concentration):
        spread = challenger_types.type_spread(mean, concentration)
        ambitions = [challenger_types.type_ambition(kind, mean, spread) for kind in range(3)]
        assert sum(ambitions) / 3 == pytest.approx(mean)
        assert ambitions == sorted(ambitions)
        assert -1e-12 <= ambitions[0] <= ambitions[2] <= 1 + 1e-12

    @given(st.floats(0.3, 0.7), st.floats(4, 1e4))
    def test_and_the_variance_of_private_ambition(self, mean, concentration):
        spread = challenger_types.type_spread(mean, concentration)
        beta = mean * (1 - mean) / (1 + concentration)
        assert 2 / 3 * spread**2 == pytest.approx(beta)

    @given(UNIT, UNIT, st.floats(0.1, 100))
    def test_what_is_believed_is_the_mean_over_types(self, seeker, mean, concentration):
        revisionist = 0.6 * (1 - seeker)
        beliefs = (seeker, 1 - seeker - revisionist, revisionist)
        spread = challenger_types.type_spread(mean, concentration)
        believed = challenger_types.believed_ambition(mean, spread, seeker, revisionist)
        assert believed == pytest.approx(
            sum(
                belief * challenger_types.type_ambition(kind, mean, spread)
                for kind, belief in enumerate(beliefs)
            )
        )

    @given(st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=3, max_size=3))
    def test_the_mean_belief_over_types_is_the_prior(self, weights):
        """Beliefs are a martingale: what is expected to be learnt is nothing."""
        prior = (0.5, 0.3, 0.2)
        chances = [[x / sum(row) for x in row] for row in weights]
        expected = [0.0, 0.0, 0.0]
        for seen in range(4):
            parts = [challenger_types.evidence(prior[k], chances[k][seen], 1.0) for k in range(3)]
            for k in range(3):
                after = challenger_types.normalised(parts[k], sum(parts), prior[k])
                expected[k] += sum(parts) * after
        assert expected == pytest.approx(prior)

    @given(UNIT, st.floats(0.001, 1))
    def test_at_no_weight_nothing_is_learnt_and_at_less_less(self, belief, chance):
        assert challenger_types.evidence(belief, chance, 0.0) == belief
        full = challenger_types.evidence(belief, chance, 1.0)
        assert full == pytest.approx(belief * chance)
        assert full <= challenger_types.evidence(belief, chance, 0.5) + 1e-15

    def test_what_no_type_would_do_teaches_nothing(self):
        assert challenger_types.evidence(0.4, 0.0, 1.0) == 0.0
        assert challenger_types.normalised(0.0, 0.0, 0.4) == 0.4


class TestProtege:
    def utility(self, **given_: float) -> float:
        values = {
            "resolve": 0.6,
            "loss": 0.12,
            "risk": 0.3,
            "alone": 0.7,
            "emboldenment": 1.0,
            "support": 0.5,
            "supported": 0.4,
        }
        return protege.utility_of_retaliating(**{**values, **given_})

    def test_by_hand(self):
        assert self.utility() == pytest.approx(0.072 - 0.21 + 0.15)

    def test_as_emboldened_as_the_risk_it_reckons_with_the_mean_chance(self):
        mixed = 0.5 * 0.7 + 0.5 * 0.4
        assert self.utility(emboldenment=0.3) == pytest.approx(0.072 - 0.3 * mixed)

    @pytest.mark.parametrize("name", ["resolve", "loss", "emboldenment", "support"])
    def test_it_rises_with_stake_and_promise(self, name):
        assert self.utility(**{name: 0.0}) < self.utility() < self.utility(**{name: 2.0})

    @pytest.mark.parametrize("name", ["risk", "supported"])
    def test_it_falls_with_the_danger(self, name):
        assert self.utility(**{name: 0.0}) > self.utility() > self.utility(**{name: 2.0})

    @given(UNIT, UNIT)
    def test_an_unclear_promise_is_none(self, clarity, would_answer):
        assert protege.support_relied_on(0.0, would_answer) == 0.0
        assert protege.support_relied_on(clarity, would_answer) <= min(clarity, would_answer)

    def test_whoever_is_seen_is_not_blamed_wrongly(self):
        assert protege.chance_of_wrong_blame(0.8, 1.0) == 0.0
        assert protege.chance_of_wrong_blame(0.8, 0.25) == pytest.approx(0.6)

    def test_each_wrong_blame_takes_its_share_of_what_is_left(self):
        twice = protege.sympathy_after(protege.sympathy_after(1.0, 0.2), 0.2)
        assert twice == pytest.approx(0.64)
