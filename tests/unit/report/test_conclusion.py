"""The answer in three sentences: as sure as the numbers, also where they say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.sensitivity.one_at_a_time import SIZE, WeightEffect
from sim.enums import Outcome
from sim.report.follow_up import conclude, interval
from sim.report.panels import headline
from sim.statistics import Estimate, paired_difference_of_proportions
from tests.results import counts_of_outcomes, results

UNCLEAR = Estimate(0.001, -0.004, 0.006)
UP, DOWN = Estimate(0.02, 0.011, 0.029), Estimate(-0.031, -0.042, -0.02)
NOTHING = Estimate(0.0, 0.0, 0.0)
DURABLE, OFFENSIVE, LIMITED = (
    Outcome.UNTESTED_FORCE,
    Outcome.RENEWED_OFFENSIVE,
    Outcome.LIMITED_WAR,
)


def size(war: Estimate, low: float = 0.8, high: float = 1.2) -> WeightEffect:
    return WeightEffect(SIZE, low, high, war)


def weights(*wars: Estimate) -> list[WeightEffect]:
    paths = ("constants.war_cost", "constants.precision", "constants.own_cost")
    return [WeightEffect(path, 0.5, 0.75, war) for path, war in zip(paths, wars, strict=False)]


class TestWhichSide:
    @pytest.mark.parametrize(
        ("counts", "failures", "verdict"),
        [
            ({DURABLE: 800, LIMITED: 200}, 0, "The greater danger here is escalation"),
            ({DURABLE: 800, OFFENSIVE: 200}, 200, "The greater danger here is failed deterrence"),
            (
                {DURABLE: 800, OFFENSIVE: 100, LIMITED: 100},
                100,
                "Neither danger clearly outweighs the other",
            ),
            ({DURABLE: 1000}, 0, "No war, from either cause"),
        ],
    )
    def test_the_verdict(self, counts, failures, verdict):
        told = conclude(results(counts, failures=failures), size(UNCLEAR), weights(UNCLEAR))
        assert told.verdict == verdict

    def test_the_sentence_has_both_shares_with_their_intervals(self):
        counts = {DURABLE: 800, OFFENSIVE: 50, LIMITED: 150}
        (side, _, _) = conclude(results(counts, failures=50), size(UP), weights(UP)).sentences
        assert side == (
            "Within 12 months 5.0 % (3.8–6.5) of runs end in a war by a planned attack and "
            "15.0 % (12.9–17.3) in a war by escalation: escalation is the greater danger."
        )

    def test_without_any_war_it_says_how_many_there_could_be(self):
        shown = results({DURABLE: 1000})
        assert "95 % interval up to 0.4 %" in conclude(shown, size(UP), weights(UP)).sentences[0]

    @given(counts_of_outcomes())
    def test_it_names_a_danger_only_if_the_difference_excludes_zero(self, counts):
        shown = results(counts)
        told = conclude(shown, size(UNCLEAR), weights(UNCLEAR))
        failure, escalation = (
            round(shown.measures[name].value * shown.runs) for name in ("failure", "escalation")
        )
        difference = paired_difference_of_proportions(failure, escalation, shown.runs)
        assert ("greater danger" in told.verdict) is difference.excludes_zero
        assert "nan" not in " ".join(told.sentences)
        assert headline(shown)


class TestWhichWay:
    def push(self, hinge: WeightEffect) -> str:
        return conclude(results(), hinge, weights(UP)).sentences[1]

    def test_less_where_more_force_brings_more_war(self):
        assert self.push(size(UP)) == (
            "In the model a larger force raises the share of runs in war: if it grows from 0.80 to "
            "1.20 times the pledge, the share changes by +2.0 percentage points (+1.1 to +2.9)."
        )

    def test_sizes_are_rounded_alike(self):
        assert "if it grows from 0.75 to 1.12 times" in self.push(size(UP, 0.7468, 1.1202))

    def test_more_where_it_brings_less(self):
        assert self.push(size(DOWN)).startswith("In the model a larger force lowers ")

    def test_neither_where_it_cannot_be_told(self):
        assert "No effect of the size of the force on war can be detected" in self.push(
            size(UNCLEAR)
        )
        assert "(−0.4 to +0.6)" in self.push(size(UNCLEAR))

    def test_nothing_where_there_is_no_force(self):
        assert "no force whose size" in self.push(size(NOTHING, 0, 0))


class TestWhatItHangsOn:
    def hangs(self, *wars: Estimate) -> str:
        ordered = sorted(weights(*wars), key=lambda weight: -abs(weight.war.value))
        return conclude(results(), size(UP), ordered).sentences[2]

    def test_the_weightiest_that_is_clear(self):
        assert self.hangs(UNCLEAR, DOWN, UP) == (
            "Of 3 assumed weights, the one with the largest effect is how strongly decisions "
            "favour the better option: from 0.5 to 0.75 (unit: per utility) it changes the share "
            "of runs in war by −3.1 percentage points (−4.2 to −2.0); the share of an action's "
            "cost borne without any resistance may have as large an effect."
        )

    def test_a_larger_effect_that_is_not_clear_is_not_passed_over(self):
        wide = Estimate(0.05, -0.01, 0.11)
        assert "the one with the largest significant effect is" in self.hangs(wide, DOWN, UP)

    def test_of_many_that_may_be_as_large_only_the_number_is_given(self):
        paths = ("war_cost", "precision", "own_cost", "risk_half")
        alike = [WeightEffect(f"constants.{path}", 0.5, 0.75, DOWN) for path in paths]
        said = conclude(results(), size(UP), alike).sentences[2]
        assert said.endswith("; 3 others may have as large an effect.")

    def test_none_where_nothing_is_clear(self):
        assert self.hangs(UNCLEAR, NOTHING) == (
            "None of 2 assumed weights, varied by a fifth, has a significant effect."
        )


@given(st.floats(-1, 1), st.floats(0, 0.2))
def test_a_difference_keeps_its_sign_and_never_says_minus_nothing(value, half):
    said = interval(Estimate(value, value - half, value + half))
    assert "-" not in said
    assert "+0.0" not in said
    assert "\N{MINUS SIGN}0.0 " not in said
    assert "percentage points" in said
