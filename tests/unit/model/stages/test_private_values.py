"""What states keep to themselves and what their lines add up to, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Participation
from sim.model.build import build
from tests.first_edition import plain

TEXT = """\
scenario: lines
title: Lines of every kind
months: 12
setting: {force_size: 2, forwardness: 1}
constants: {review: 0.1, challenger_review: 0, accident: 0}
states:
  challenger:
    role: challenger
    capability: 1
    red_lines:
      presence: {watches: footprint, effect: provokes, reach: 2, severity: 0.2}
      troops: {watches: ground_footprint, effect: provokes, reach: 2, severity: 0.6}
      arms: {watches: long_range_arms, effect: provokes, reach: 1, severity: 0.5}
      war: {watches: direct_combat, effect: restrains, reach: 4, severity: 0.8, backed: false}
  guarantor:
    capability: 0.5
    pledge: ground
    start: ground
    red_lines:
      strikes: {watches: strike_on_force, effect: commits, reach: 2, severity: 0.6}
      attacks: {watches: offensive, effect: commits, reach: 3, severity: 0.9, backed: false}
      war: {watches: direct_combat, effect: restrains, reach: 2, severity: 0.5}
      troops: {watches: ground_footprint, effect: restrains, reach: 2, severity: 0.4}
      presence: {watches: footprint, effect: restrains, reach: 1, severity: 0.2}
  one_partner: {role: partner, capability: 1, sanctions_relief: 0.4}
  other_partner: {role: partner, capability: 1, sanctions_relief: 0.3}
  protege: {role: protege, capability: 0.4}
"""
CHALLENGER, GUARANTOR = 0, 1
SETTLED = (
    "resolve",
    "ceiling",
    "ambition",
    "line_declared",
    "line_felt",
    "combat_declared",
    "combat_felt",
    "rung_restraint",
    "threat",
    "sanctions_relief",
    "strength",
)


def begun(*overrides: str, text: str = TEXT) -> ThinLineModel:
    return ThinLineModel(build(plain(text, *overrides)), run=0)


def with_event(event: str) -> ThinLineModel:
    return begun(text=f"{TEXT}events: [{event}]\n")


class TestLines:
    def test_on_actions_as_far_as_each_crosses_them(self):
        world = begun().world
        assert world["line_declared"][GUARANTOR] == pytest.approx([0, 0.06, 0.3, 0.6])
        assert world["line_felt"][GUARANTOR] == pytest.approx([0, 0.06, 0.3, 0.3])
        assert not world["line_declared"][CHALLENGER].any()

    def test_on_combat_which_is_crossed_by_one(self):
        world = begun().world
        assert world["combat_declared"][:3] == pytest.approx([0.2, 0.25, 0])
        assert world["combat_felt"][:3] == pytest.approx([0, 0.25, 0])

    def test_on_presence_rung_by_rung_and_on_the_ground_at_its_own_only(self):
        restraint = begun().world["rung_restraint"]
        assert restraint[GUARANTOR] == pytest.approx([0, 0, 0.01, 0.04, 0.07, 0.4])
        assert not restraint[CHALLENGER].any()

    @pytest.mark.parametrize(("severity", "threat"), [(0.2, 0.8), (0.4, 1.0), (0.9, 1.0)])
    def test_threats_to_the_force_add_up_to_no_more_than_one(self, severity, threat):
        path = "states.challenger.red_lines.presence.severity"
        assert begun(f"{path}={severity}").world["threat"] == pytest.approx(threat)


def test_what_partners_relieve_adds_up():
    assert begun().world["sanctions_relief"] == pytest.approx(0.7)


def test_strength_is_size_and_place_times_capability_of_guarantors_only():
    at_the_front = 1 + 0.3 * 0.5
    assert begun().world["strength"][:5] == pytest.approx([0, 2 * at_the_front * 0.5, 0, 0, 0])


def test_settled_anew_it_is_the_same():
    model = with_event("{month: 1, set: {setting.long_range_arms: 0.3}, why: arms}")
    before = model.world.copy()
    model.step()
    assert model.world["fired"][0] == 1
    for field in SETTLED:
        assert np.array_equal(model.world[field], before[field]), field


def test_the_chance_of_no_review_falls_at_a_rate():
    assert begun().world["quiet_rate"] == pytest.approx(-math.log(0.9))


def test_the_first_wait_is_as_long_as_reviews_are_rare():
    often, seldom = (begun(f"constants.review={review}") for review in (1.0, 0.001))
    assert often.world["due"][GUARANTOR] == 1
    assert seldom.world["due"][GUARANTOR] > 12


def test_no_one_but_guarantors_ever_reviews():
    model = begun("constants.review=1")
    rungs = [Participation.NONE, Participation.GROUND, *[Participation.NONE] * 3]
    assert list(model.world["rung"][:5]) == rungs
    assert (model.world["due"][[0, 2, 3, 4]] > 10_000).all()


def test_who_stands_on_the_ground_crosses_lines_on_presence_its_own_included():
    names = ["arms", "presence", "troops", "war", "attacks", "presence", "strikes", "troops", "war"]
    crossed = begun("setting.long_range_arms=0").world["crossed"][: len(names)]
    assert [int(name in ("presence", "troops")) for name in names] == list(crossed)


def test_soldiers_on_the_ground_are_seen_as_far_as_their_rung_shows():
    world = begun("ladders.participation.ground.footprint=0.25").world
    seen_at_the_front = 1 + 0.5 * 0.5
    assert world["ground_footprint"] == pytest.approx(2 * seen_at_the_front * 0.5 * 0.25)


def test_the_protege_has_its_army_from_the_start():
    assert begun().world["army"] == 0.4
