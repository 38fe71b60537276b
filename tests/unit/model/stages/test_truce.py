"""A truce: when it is weighed, by whom it is refused, what it promises, and how it ends."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.engines.ensemble import play
from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge, Participation
from sim.model.build import build
from sim.model.stages.truce import chance_of_break
from tests.first_edition import plain

RUNS = 400
# A challenger that seeks security, in a war without end: nothing happens but talks.
QUIET = ("constants.challenger_review=0", "constants.accident=0", "constants.review=1")
LIMIT = "constants.precision=1000000"
NO_FORCE, ARMY = "setting.force_size=0", "setting.force_size=5"


def world(*overrides, requires="ceasefire: true"):
    """A war; two states pledge soldiers for the time after a truce."""
    return plain(
        f"""\
scenario: small
title: Small
months: 12
setting: {{ceasefire: false, talks: 1, regeneration: 0}}
constants: {{attrition: 0.3, ceded: 0.2, discount: 0.8}}
states:
  russia:
    role: challenger
    capability: 1
    ambition: 0
    fear: 1
    red_lines:
      troops: {{watches: ground_footprint, effect: provokes, threshold: 0, reach: 1, severity: 1}}
      arms: {{watches: long_range_arms, effect: provokes, threshold: 0, reach: 1, severity: 1}}
  ukraine: {{role: protege, capability: 0.5, resolve: 1}}
  france: {{capability: 0.2, resolve: 1, pledge: ground, requires: {{{requires}}}}}
  poland: {{capability: 0.2, resolve: 1, pledge: ground, requires: {{{requires}}}}}
""",
        *QUIET,
        *overrides,
    )


def records(scenario):
    return play(build(scenario), 3, 0, RUNS).records


def months(scenario, count=12):
    """The model at the end of each month of run 0."""
    model = ThinLineModel(scenario, run=0)
    for _ in range(count):
        model.step()
        yield model


class TestTerms:
    def test_they_are_weighed_each_quarter_until_there_is_a_truce(self):
        ceasefire = [bool(model.world["ceasefire"]) for model in months(world(LIMIT, NO_FORCE))]
        assert ceasefire == [False] * 2 + [True] * 10

    def test_a_force_that_is_resented_more_than_the_war_is_refused_by_the_challenger(self):
        seen = records(world(LIMIT, "setting.force_size=2"))
        assert (seen["truce"] == 0).all()
        assert (seen["truce_month"] == 0).all()
        assert (seen["refused_by_challenger"] == 4).all()
        assert (seen["refused_by_protege"] == 0).all()

    def test_who_gives_up_more_than_the_war_costs_refuses(self):
        seen = records(world(LIMIT, NO_FORCE, "constants.ceded=0.5"))
        assert (seen["truce"] == 0).all()
        assert (seen["refused_by_protege"] == 4).all()

    def test_a_promised_force_makes_up_for_what_is_given_up(self):
        with_force = world(LIMIT, "constants.ceded=0.5", "states.russia.fear=0")
        assert (records(with_force)["truce"] == 1).all()

    def test_an_ambitious_challenger_fights_on(self):
        seen = records(world(LIMIT, NO_FORCE, "states.russia.ambition=1"))
        assert (seen["refused_by_challenger"] == 4).all()

    def test_an_ambitious_one_takes_a_truce_from_which_it_can_return(self):
        """A cheaper offensive later is worth more than fighting on; a promised force forbids it."""
        patient = (
            "states.russia.ambition=1",
            "constants.attrition=0.75",
            "constants.discount=1",
            "setting.sanctions=0",
            "states.russia.fear=0",
        )
        alone, guarded = (
            records(world(LIMIT, *patient, *force)) for force in ((NO_FORCE,), (ARMY,))
        )
        assert (alone["truce"] == 1).all()
        assert (guarded["truce"] == 0).all()

    def test_without_talks_there_are_no_terms(self):
        seen = records(world(NO_FORCE, "setting.talks=0"))
        assert not (seen["truce"] + seen["refused_by_challenger"]).any()

    def test_half_the_talks_take_place_with_an_even_chance(self):
        seen = records(world(LIMIT, "setting.force_size=2", "setting.talks=0.5"))
        assert seen["refused_by_challenger"].mean() == pytest.approx(2.0, abs=0.2)


class TestPromise:
    def test_it_is_what_conditions_allow_under_a_ceasefire(self):
        *_, model = months(world("setting.force_size=0.5", "setting.talks=1"), 3)
        assert model.world["promised_power"] == pytest.approx(0.2)
        assert model.world["promised_ground"] == pytest.approx(0.2)

    @pytest.mark.parametrize("size", [0.3, 1, 3])
    def test_with_a_full_consent_clause_its_size_does_not_matter(self, size):
        clause = "ceasefire: true, consent: 1"
        seen = [
            records(world("constants.precision=5", f"setting.force_size={number}", requires=clause))
            for number in (1, size)
        ]
        assert seen[0].tobytes() == seen[1].tobytes()

    def test_arms_that_are_there_anyway_do_not_count_against_a_truce(self):
        plenty = "setting.long_range_arms=1"
        assert (records(world(LIMIT, NO_FORCE, plenty))["truce"] == 1).all()

    def test_the_force_comes_after_the_truce(self):
        *_, model = months(world(LIMIT, "setting.force_size=0.1"))
        here = model.world["rung"][model.guarantors[0].index]
        assert here == Participation.GROUND


class TestBreach:
    RESTLESS = (
        "constants.challenger_review=10",
        "constants.precision=0",
        "setting.ceasefire=true",
        "setting.verification=1",
        "setting.talks=0",
        "ladders.challenge.strike.slip=0",
        "ladders.challenge.mobilisation.slip=0",
    )

    def test_it_ends_a_truce_by_chance_and_conditions_lapse(self):
        """A state that asks for a ceasefire goes home."""
        there = "states.france.start=ground"
        holds, breaks = (
            records(world(*self.RESTLESS, there, f"constants.truce_fragility={number}"))
            for number in (0, 5)
        )
        assert not holds["truce_broken"].any()
        hit = (breaks["strikes"] + breaks["mobilisations"]) > 0
        assert breaks["truce_broken"][hit & (breaks["month"] > 1)].mean() > 0.9
        assert breaks["force"].mean() < holds["force"].mean()

    def test_probes_end_no_truce(self):
        probing = (
            "constants.precision=1000",
            "setting.force_size=0",
            "states.russia.ambition=1",
            "ladders.challenge.probe.gain=1",
            "ladders.challenge.mobilisation.cost=1",
        )
        seen = records(world(*self.RESTLESS, *probing, "constants.truce_fragility=5"))
        assert seen["probes"].sum() > 0
        assert not seen["truce_broken"].any()

    def test_after_it_there_can_be_another_truce(self):
        called_off = "constants.call_off=true"
        fragile = "constants.truce_fragility=5"
        again = records(world(*self.RESTLESS, called_off, fragile, "setting.talks=1", NO_FORCE))
        assert (again["truce_broken"] & again["truce"]).any()


@pytest.mark.parametrize(("fragility", "chance"), [(0.0, 0.0), (0.01, 1.0)])
def test_a_war_ends_a_truce_only_where_truces_break(fragility, chance):
    w = SimpleNamespace(ceasefire=1.0, war=1, action=Challenge.MOBILISATION, attributed=1)
    assert chance_of_break(w, SimpleNamespace(truce_fragility=fragility)) == chance
