"""Where states stand at the start, whom they count, and who goes after a conceded strike."""

from __future__ import annotations

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge, Participation
from sim.model.build import build
from tests.first_edition import plain

TEXT = """\
scenario: ladder
title: Who stands where
months: 12
constants: {challenger_review: 0, accident: 0, review: 0, shock: 1}
states:
  alone: {capability: 0.4, pledge: ground, candour: 1, casualty_aversion: 1, requires: {others: 1}}
  challenger: {role: challenger, capability: 1}
  companion: {capability: 0.4, pledge: ground, candour: 1}
  protege: {role: protege, capability: 0.4}
"""
ALONE = 0


def begun(*overrides: str) -> ThinLineModel:
    return ThinLineModel(build(plain(TEXT, *overrides)), run=0)


class TestOthers:
    @pytest.mark.parametrize("start", ["monitoring", "air_sea", "ground"])
    def test_a_state_is_not_one_of_the_others(self, start):
        model = begun(f"states.alone.start={start}", "states.companion.start=logistics")
        assert model.world["rung"][ALONE] == Participation.POLITICAL
        assert model.world["norm"] == pytest.approx(
            (Participation.POLITICAL + Participation.LOGISTICS) / 2
        )
        assert model.world["others"] == 0

    @pytest.mark.parametrize("start", ["monitoring", "air_sea", "ground"])
    def test_one_at_monitoring_is(self, start):
        model = begun(f"states.alone.start={start}", "states.companion.start=monitoring")
        assert model.world["rung"][ALONE] == Participation[start.upper()]


class TestStanding:
    @pytest.mark.parametrize(("least", "months"), [(0.4, 1), (0.41, 0)])
    def test_a_force_that_is_just_large_enough_counts(self, least, months):
        model = begun(f"constants.standing_force={least}", "states.companion.start=ground")
        assert model.world["power"] == pytest.approx(0.4)
        assert model.world["stood"] == months
        model.step()
        assert model.world["months_under_force"] == model.world["stood"] == months
        assert (model.record["stood"][0], model.record["stands"][0]) == (months, months)

    def test_one_that_comes_later_has_stood(self):
        model = begun("states.companion.start=political")
        assert model.world["stood"] == 0
        model.world["power"] = 0.4
        model.step()
        assert model.world["stood"] == 1


class TestPledges:
    @pytest.mark.parametrize(
        ("pledge", "start", "gap"),
        [("ground", "ground", 0.0), ("ground", "air_sea", 0.5), ("none", "none", 0.0)],
    )
    def test_the_gap_is_the_share_of_pledged_power_that_is_not_there(self, pledge, start, gap):
        states = ("alone", "companion")
        settings = [f"states.{state}.pledge={pledge}" for state in states]
        settings += [f"states.{state}.start={start}" for state in states]
        assert begun(*settings).record["pledge_gap"][0] == pytest.approx(gap)


class TestLeaving:
    """After a strike that goes unanswered, the one averse to losses is sure to go down a rung."""

    def struck(self, rung: str, exposure: float) -> ThinLineModel:
        model = begun(
            f"ladders.participation.{rung}.exposure={exposure}",
            f"states.alone.start={rung}",
            "states.alone.requires.others=0",
        )
        model.world["action"], model.world["answered"] = Challenge.STRIKE, 0
        for guarantor in model.guarantors:
            guarantor.withdraw()
        return model

    @pytest.mark.parametrize("rung", ["political", "logistics", "ground"])
    def test_an_exposed_state_goes_down_a_rung(self, rung):
        assert self.struck(rung, 0.5).world["rung"][ALONE] == Participation[rung.upper()] - 1

    @pytest.mark.parametrize("rung", ["political", "logistics", "ground"])
    def test_one_that_is_not_exposed_stays(self, rung):
        assert self.struck(rung, 0.0).world["rung"][ALONE] == Participation[rung.upper()]

    def test_no_one_goes_below_the_lowest(self):
        assert self.struck("none", 0.5).world["rung"][ALONE] == Participation.NONE
