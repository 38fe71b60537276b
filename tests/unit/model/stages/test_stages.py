"""What the stages do together, on small worlds built for one thing each."""

from __future__ import annotations

import pytest

from sim.engines.ensemble import play
from sim.engines.mesa_model import ThinLineModel
from sim.enums import Outcome, War
from sim.errors import UsageError
from sim.model.build import build
from sim.model.outcomes import outcomes
from tests.first_edition import plain
from tests.scenarios import tiny

RUNS = 300

RESTLESS = ("constants.challenger_review=10", "constants.precision=0")


def records(scenario, runs=RUNS):
    return play(build(scenario), 1, 0, runs).records


def world(*overrides, events="", lines=""):
    """One guarantor at air and sea, with events and red lines of its own."""
    return plain(
        f"""\
scenario: small
title: Small
months: 12
states:
  russia: {{role: challenger, capability: 1}}
  ukraine: {{role: protege, capability: 0.4}}
  poland:
    capability: 0.5
    resolve: 1
    pledge: air_sea
    start: air_sea
    red_lines: {{{lines}}}
events: [{events}]
""",
        *overrides,
    )


class TestEvents:
    STEADY = ("constants.review=0", "constants.challenger_review=0", "constants.accident=0")

    def test_a_month_sets_from_that_month_on(self):
        model = ThinLineModel(
            world(*self.STEADY, events="{month: 5, set: {setting.force_size: 2}, why: more}"),
            run=0,
        )
        powers = []
        for _ in range(8):
            model.step()
            powers.append(float(model.world["power"]))
        assert powers == pytest.approx([0.25] * 4 + [0.5] * 4)

    def test_the_first_strike_sets_something_off_a_month_later(self):
        struck = world(
            *RESTLESS,
            "constants.review=0",
            "ladders.challenge.strike.slip=0",
            events="{when: first strike, set: {states.poland.capability: 0}, why: gone}",
        )
        seen = records(struck)
        some = (seen["strikes"] > 0) & (seen["war"] == War.NONE) & (seen["month"] == 12)
        never = (seen["strikes"] == 0) & (seen["war"] == War.NONE)
        assert (seen["force"][never] > 0).all()
        assert (seen["force"][some] == 0).mean() > 0.5

    def test_force_below_waits_for_a_force_to_fall(self):
        weak = world(
            *self.STEADY,
            "states.poland.start=political",
            events="{when: force below 0.2, set: {setting.clarity: 0}, why: alarm}",
        )
        model = ThinLineModel(weak, run=0)
        while model.running:
            model.step()
        assert model.world["fired"][0] == 0

    def test_states_at_a_rung(self):
        joined = world(
            *self.STEADY,
            events="{when: 1 states at air_sea, set: {setting.force_size: 3}, why: all in}",
        )
        assert records(joined, 3)["force"] == pytest.approx([0.75] * 3)

    def test_what_an_event_set_is_undone_before_the_next_run(self):
        late = world(*self.STEADY, events="{month: 12, set: {setting.force_size: 2}, why: late}")
        assert records(late, 5)["force"] == pytest.approx([0.5] * 5)
        setup = build(late)
        assert play(setup, 1, 4, 1).records.tobytes() == play(setup, 1, 0, 5).records[4:].tobytes()

    def test_another_event_changes_no_luck_of_a_drawn_one(self):
        drawn = "{month: 3, set: {setting.force_size: {uniform: [1, 2]}}, why: drawn}"
        inert = "{month: 2, set: {setting.long_range_arms: 0}, why: nothing}"
        alone, behind = (
            records(world(*self.STEADY, events=e), 9) for e in (drawn, f"{inert}, {drawn}")
        )
        assert len(set(alone["force"])) > 1
        assert alone.tobytes() == behind.tobytes()


class TestRedLines:
    def test_standing_beyond_ones_own_line_crosses_it(self):
        line = "own: {watches: footprint, effect: restrains, threshold: 0.1, reach: 1}"
        quiet = world(*TestEvents.STEADY, lines=line)
        assert (records(quiet, 5)["lines_crossed"] == 1).all()
        below = world(*TestEvents.STEADY, "states.poland.start=political", lines=line)
        assert (records(below, 5)["lines_crossed"] == 0).all()

    @pytest.mark.parametrize(("threshold", "crossed"), [(0, True), (5, False)])
    def test_war_crosses_a_line_on_combat_as_far_as_it_reaches(self, threshold, crossed):
        line = (
            f"war: {{watches: direct_combat, effect: restrains, threshold: {threshold}, reach: 6}}"
        )
        seen = records(world(*RESTLESS, lines=line))
        fought = seen["war"] >= War.LIMITED
        assert fought.any()
        assert ((seen["lines_crossed"][fought] > 0) == crossed).all()

    def test_a_challengers_bluff_is_reckoned_with(self):
        low, high = (
            records(
                tiny(
                    "states.poland.start=ground",
                    "states.russia.red_lines.foreign_troops.backed=false",
                    f"states.russia.red_lines.foreign_troops.severity={severity}",
                )
            )
            for severity in (0.1, 0.9)
        )
        assert low.tobytes() != high.tobytes()


def test_a_concession_is_remembered_even_if_it_drove_the_last_one_out():
    seen = records(
        world(
            *RESTLESS,
            "constants.review=0",
            "constants.shock=1",
            "states.poland.casualty_aversion=1",
            "states.poland.resolve=0",
            "constants.mobilise=5",
            "ladders.challenge.strike.slip=0",
        )
    )
    struck = seen["strikes"] > 0
    assert struck.any()
    assert (seen["answered"][struck] + seen["conceded"][struck] > 0).all()


def test_the_pledge_gap_is_a_share():
    seen = records(world("states.poland.pledge=monitoring", "states.poland.start=logistics"))
    assert ((seen["pledge_gap"] >= 0) & (seen["pledge_gap"] <= 1)).all()


def test_a_force_that_left_in_the_first_month_was_a_force():
    gone = world(
        *TestEvents.STEADY, events="{month: 1, set: {setting.force_size: 0}, why: recalled}"
    )
    assert (outcomes(records(gone, 5)) == Outcome.HOLLOWED_OUT).all()


def test_a_review_that_almost_never_comes_never_comes():
    never = records(world("constants.review=1e-17", "constants.challenger_review=0"), 20)
    assert (never["at_air_sea"] == 1).all()


def test_tiny_capabilities_stay_numbers():
    small = records(world("states.poland.capability=1e-170", *RESTLESS), 50)
    assert all(abs(x) < 100 for x in small["casualties"])


class TestMesaRefuses:
    def test_settings_on_a_loaded_scenario(self):
        with pytest.raises(UsageError, match="settings go with a scenario's name"):
            ThinLineModel(tiny(), setting__clarity=0.1)

    def test_a_seed_out_of_range(self):
        with pytest.raises(UsageError, match="seed: -1"):
            ThinLineModel(tiny(), seed=-1)
