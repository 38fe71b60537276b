"""What others make of a declared line once its owner was seen to act, by hand."""

from __future__ import annotations

import math
from functools import cache

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge
from sim.model.build import Setup, build
from sim.model.rules import choice, response
from tests.first_edition import plain

PRECISION, BELIEF, RUNS = 2.0, 0.7, 20


@cache
def laid_out(guarantor: str, lines: str, overrides: tuple[str, ...]) -> Setup:
    text = f"""\
scenario: credit
title: What is believed
months: 12
setting: {{long_range_arms: 1, sanctions: 0, verification: 1}}
constants:
  {{precision: {PRECISION}, line_belief: {BELIEF}, challenger_review: 10, review: 0,
   accident: 0, shock: 0}}
states:
  challenger:
    role: challenger
    capability: 1
    ambition: 0.4
    fear: 0.9
    red_lines: {{{lines}}}
  protege: {{role: protege, capability: 0.4}}
{guarantor}
"""
    return build(plain(text, *overrides))


def begun(guarantor: str = "", lines: str = "", run: int = 0, *overrides: str) -> ThinLineModel:
    """After the first month."""
    model = ThinLineModel(laid_out(guarantor, lines, overrides), run)
    model.step()
    return model


def bayes(meant: float, bluff: float) -> float:
    return BELIEF * meant / (BELIEF * meant + (1 - BELIEF) * bluff)


class TestChallenger:
    """Alone with its victim, actions cost nothing, and there is no one to strike."""

    LINES = (
        "arms: {watches: long_range_arms, effect: provokes, reach: 2, severity: 0.6}, "
        "no_attack: {watches: offensive, effect: restrains, reach: 1, severity: 0.3}"
    )
    FREE = tuple(
        f"ladders.challenge.{action}.{part}=0"
        for action in ("probe", "strike", "mobilisation")
        for part in ("cost", "contested")
    )

    def chances(self, meant: float) -> dict[int, float]:
        """Of a probe, gain .1 and no relief, of an offensive, gain 1 and relief .8, or neither."""
        worths = {
            Challenge.HOLD: 0.0,
            Challenge.PROBE: 0.4 * 0.1,
            Challenge.MOBILISATION: 0.4 + 0.9 * (0.6 * 0.5) * 0.8 * meant - 0.3 * meant,
        }
        weights = {action: math.exp(PRECISION * worth) for action, worth in worths.items()}
        return {action: weight / sum(weights.values()) for action, weight in weights.items()}

    def test_it_is_believed_as_bayes_would(self):
        seen = set()
        for run in range(RUNS):
            world = begun("", self.LINES, run, *self.FREE).world
            action = int(world["action"])
            expected = bayes(self.chances(1.0)[action], self.chances(0.0)[action])
            assert world["credit"][0] == pytest.approx(expected)
            seen.add(action)
        assert seen == {Challenge.HOLD, Challenge.PROBE, Challenge.MOBILISATION}

    def test_without_a_line_there_is_nothing_to_learn(self):
        assert begun().world["credit"][0] == pytest.approx(BELIEF)

    def test_who_is_never_believed_stays_so(self):
        model = begun("", self.LINES, 0, "constants.line_belief=0")
        assert model.world["credit"][0] == 0.0


LINES = {
    "commits": "a: {watches: strike_on_force, effect: commits, reach: 1, severity: 0.8}",
    "restrains": "b: {watches: direct_combat, effect: restrains, reach: 1, severity: 0.7}",
    "neither": "c: {watches: footprint, effect: restrains, reach: 9, severity: 0.1}",
}


class TestGuarantor:
    """One guarantor, whose public resolve all reckon with."""

    INDEX = 1

    def played(self, kind: str, run: int) -> ThinLineModel:
        line = LINES[kind] if kind != "both" else f"{LINES['commits']}, {LINES['restrains']}"
        state = "  guarantor: {capability: 0.4, resolve: 0.6, pledge: ground, start: ground, "
        return begun(f"{state}casualty_aversion: 0.5, red_lines: {{{line}}}}}", "", run)

    def chance(self, model: ThinLineModel, meant: float) -> float:
        """That it defies, if it means its lines or not, as others suppose."""
        w, p, i = model.world, model.parameters[0], self.INDEX
        a, exposure = int(w["action"]), p["exposure"][w["rung"][i]]
        line, restraint = meant * w["line_declared"][i, a], meant * w["combat_declared"][i]
        price = response.cost_of_backing_down(p["audience_cost"][i], p["clarity"], line)
        concede = response.utility_of_conceding(
            p["resolve"][i], p["loss"][a], p["targets_force"][a], exposure, price
        )
        harm = response.harm(
            p["violence"][a], p["remote_exposure"], exposure, p["shield"], w["backstop"]
        )
        defy = response.utility_of_defying(
            p["resolve"][i],
            p["loss"][a],
            p["mobilise"],
            p["answer_cost"],
            w["expected_press"],
            w["expected_win"],
            p["casualty_aversion"][i],
            harm,
            0.0,
            restraint,
        )
        return choice.choice_probability(PRECISION, defy, concede)

    @pytest.mark.parametrize("kind", ["commits", "restrains", "both", "neither"])
    def test_it_is_believed_as_bayes_would(self, kind):
        seen = set()
        for run in range(RUNS):
            model = self.played(kind, run)
            w = model.world
            if w["action"] == Challenge.HOLD:
                continue
            defied = bool(w["defies"][self.INDEX])
            meant, bluff = (self.chance(model, each) for each in (1.0, 0.0))
            expected = bayes(meant, bluff) if defied else bayes(1 - meant, 1 - bluff)
            assert w["credit"][self.INDEX] == pytest.approx(expected)
            assert (w["credit"][self.INDEX] == BELIEF) or kind != "neither"
            seen.add(defied)
        assert seen == {True, False}

    @pytest.mark.parametrize("kind", ["commits", "restrains", "both", "neither"])
    def test_the_challenger_reckons_with_its_lines_as_far_as_they_are_believed(self, kind):
        for run in range(RUNS):
            model = self.played(kind, run)
            w = model.world
            if w["action"] != Challenge.HOLD:
                defies = w["power_against"][w["action"]] / w["power"]
                assert defies == pytest.approx(self.chance(model, BELIEF))

    def test_what_it_did_before_is_not_what_it_does(self):
        for run in range(RUNS):
            model = self.played("both", run)
            model.world["defies"][self.INDEX] = 1
            model.world["credit"][self.INDEX] = BELIEF
            model.world["over"] = 0
            model.world["defying"] = 0.0
            next(iter(model.guarantors)).respond()
            assert bool(model.world["defies"][self.INDEX]) == (model.world["defying"] > 0)
