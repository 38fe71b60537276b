"""What an event sets is settled, counted and weighed in the month it happens, by hand."""

from __future__ import annotations

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Participation
from sim.model.build import build
from tests.first_edition import plain

TEXT = """\
scenario: events
title: Events
months: 12
setting: {force_size: 1, forwardness: 0.5}
constants: {review: 0, challenger_review: 0, accident: 0}
states:
  challenger: {role: challenger, capability: 1}
  high: {capability: 0.4, pledge: ground, start: ground, requires: {consent: 0}}
  low: {capability: 0.2, pledge: political, start: political}
  protege: {role: protege, capability: 0.4}
"""
HIGH = 1


def stepped(event: str, months: int = 1, **world: float) -> ThinLineModel:
    """After so many months, before which some of the world is set."""
    model = ThinLineModel(build(plain(f"{TEXT}events: [{event}]\n")), run=0)
    for name, value in world.items():
        model.world[name] = value
    for _ in range(months):
        model.step()
    return model


class TestAtOnce:
    """A state's capability doubles."""

    @pytest.fixture
    def world(self):
        return stepped("{month: 1, set: {states.high.capability: 0.8}, why: more}").world

    def test_it_is_settled(self, world):
        assert world["strength"][HIGH] == pytest.approx(0.8)

    def test_it_is_counted(self, world):
        assert world["capability_on"][Participation.GROUND] == pytest.approx(0.8)
        assert world["capability_on"][Participation.POLITICAL] == pytest.approx(0.2)
        assert list(world["states_on"]) == [0, 1, 0, 0, 0, 1]

    def test_it_is_weighed(self, world):
        assert world["power"] == pytest.approx(0.8)
        assert world["footprint"] == world["exposed"] == pytest.approx(0.8)

    def test_everyone_takes_stock_of_it(self, world):
        assert world["norm"] == pytest.approx((0.8 * 5 + 0.2 * 1) / 1.0)


class TestWhen:
    def test_no_sooner_than_its_month_and_only_once(self):
        model = stepped("{month: 3, set: {setting.force_size: 2}, why: more}", 2)
        assert model.world["fired"][0] == 0
        assert model.world["power"] == pytest.approx(0.4)
        model.step()
        assert model.world["fired"][0] == 1
        model.parameters["force_size"] = 7
        model.step()
        assert model.parameters["force_size"] == 7

    @pytest.mark.parametrize(
        ("occasion", "count"),
        [
            ("first probe", "probes"),
            ("first strike", "strikes"),
            ("first mobilisation", "mobilisations"),
        ],
    )
    def test_at_the_first_of_a_kind_of_challenge(self, occasion, count):
        event = f"{{when: {occasion}, set: {{setting.force_size: 2}}, why: more}}"
        counts = {"probes", "strikes", "mobilisations"}
        others = dict.fromkeys(counts - {count}, 3)
        assert stepped(event, **{count: 0}, **others).world["fired"][0] == 0
        assert stepped(event, **{count: 1}).world["fired"][0] == 1

    @pytest.mark.parametrize(("level", "fired"), [(0.4, 0), (0.5, 1)])
    def test_once_a_force_that_stood_is_below_a_level(self, level, fired):
        event = f"{{when: force below {level}, set: {{setting.clarity: 0}}, why: alarm}}"
        assert stepped(event).world["fired"][0] == fired
        assert stepped(event, stood=0).world["fired"][0] == 0

    @pytest.mark.parametrize(
        ("occasion", "fired"),
        [
            ("1 states at ground", 1),
            ("2 states at political", 1),
            ("2 states at logistics", 0),
            ("3 states at political", 0),
        ],
    )
    def test_once_enough_states_are_at_a_rung(self, occasion, fired):
        event = f"{{when: {occasion}, set: {{setting.clarity: 0}}, why: enough}}"
        assert stepped(event).world["fired"][0] == fired


def test_a_month_begins_without_the_last_ones_crisis():
    event = "{month: 9, set: {setting.clarity: 0}, why: later}"
    world = stepped(event, action=2, answered=1, pressed=1).world
    assert (world["month"], world["action"]) == (1, 0)
    assert (world["answered"], world["pressed"]) == (0, 0)


def test_the_protege_has_the_army_it_had_and_what_it_has_grown():
    event = "{month: 2, set: {states.protege.capability: 0.6}, why: arms}"
    assert stepped(event, 2, grown=0.05).world["army"] == pytest.approx(0.65, abs=0.01)


def test_where_no_one_weighs_anything_the_norm_is_the_lowest_rung():
    sizes = "states.high.capability: 0, states.low.capability: 0"
    world = stepped(f"{{month: 1, set: {{{sizes}}}, why: gone}}").world
    assert (world["norm"], world["power"]) == (0, 0)
