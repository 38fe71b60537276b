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
    deployment,
    learning,
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
            bargaining.breaking_chance(fragility, step) for step in (rung, rung + more)
        )
        assert 0.0 <= less < greater <= 1.0 or greater == 1.0

    def test_a_truce_without_fragility_holds(self):
        assert bargaining.breaking_chance(0.0, 3.0) == 0.0
