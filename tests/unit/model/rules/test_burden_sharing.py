"""The rules of the backstop, of the public good and of pivotal answers, with their closed forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules import backstop, pivotality, public_good

UNIT = st.floats(0, 1)
POWER = st.floats(0, 5)
HALF = st.floats(0.01, 2)


def deterrence(power: float, half: float) -> float:
    """The share of the risk of war that a power carries."""
    return power / (power + half)


class TestPublicGood:
    @given(POWER, POWER, HALF)
    def test_what_is_added_is_the_difference_it_makes(self, others, own, half):
        added = deterrence(others + own, half) - deterrence(others, half)
        assert public_good.added_deterrence(others, own, half) == pytest.approx(added, abs=1e-12)

    @given(POWER, st.floats(0.01, 5), POWER, HALF)
    def test_the_more_others_bring_the_less_is_left(self, others, more, own, half):
        left = public_good.left_to_add(others, own, half)
        assert 0.0 < public_good.left_to_add(others + more, own, half) < left <= 1.0

    def test_the_first_unit_counts_in_full(self):
        assert public_good.left_to_add(0.0, 0.0, 0.2) == 1.0
        assert public_good.left_to_add(0.2, 0.0, 0.2) == pytest.approx(0.25)
        assert public_good.utility_of_contributing(2.0, 0.5, 0.5, 0.25) == pytest.approx(0.125)


class TestBackstop:
    def test_the_levels(self):
        levels = [backstop.backstop_level(option) for option in range(backstop.LEVELS)]
        assert levels == [0.0, 0.2, 0.4, 0.6, 0.8]

    @pytest.mark.parametrize(
        ("power", "asked", "shown"), [(0.1, 0.4, 0.25), (0.5, 0.4, 1), (0, 0, 1)]
    )
    def test_effort_counts_up_to_what_is_asked(self, power, asked, shown):
        assert backstop.effort_shown(power, asked) == shown

    @given(st.floats(0.2, 0.8), UNIT, UNIT, UNIT)
    def test_without_deterrence_it_is_given_if_effort_outweighs_the_risk(
        self, level, weight, shown, drawn_in
    ):
        utility = backstop.utility_of_backing(level, 0.5, 0.0, weight, shown, drawn_in)
        assert utility == pytest.approx(level * (weight * shown - drawn_in))
        assert backstop.utility_of_backing(0.0, 0.5, 0.0, weight, shown, drawn_in) == 0.0

    def test_what_it_adds_to_deterrence_counts_by_resolve(self):
        assert backstop.utility_of_backing(0.4, 0.5, 0.3, 0.0, 1.0, 0.0) == pytest.approx(0.15)


class TestPivotality:
    @given(UNIT, UNIT)
    def test_without_it_only_the_own_answer_counts(self, expected, alone):
        assert pivotality.believed_answer(0.0, expected, alone) == alone
        assert pivotality.believed_answer(1.0, expected, alone) == expected

    def test_riding_free_costs_the_stake_only_if_the_challenger_wins(self):
        assert pivotality.utility_of_riding_free(0.5, 0.4, 0.5, 0.1, 0.0) == pytest.approx(-0.01)
        assert pivotality.utility_of_riding_free(0.5, 0.4, 0.0, 1.0, 0.2) == pytest.approx(-0.2)

    def test_defying_in_vain_costs_the_answer_and_the_stake(self):
        utility = pivotality.utility_of_defying_in_vain(0.5, 0.4, 1.0, 0.5, 0.1, 0.03)
        assert utility == pytest.approx(-0.07 - 0.3)
