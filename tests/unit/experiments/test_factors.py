"""Levers move what they say, between ends that the parameter allows."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.errors import UsageError
from sim.experiments.factors import (
    WEIGHTS,
    default_factor,
    default_factors,
    make_factor,
    place_points,
)
from sim.experiments.parse_factors import parse_factors
from sim.experiments.prepared import PreparedScenario
from sim.scenario.paths import parameter_at
from tests.scenarios import COVERING_FIRST


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force", ["setting.clarity={triangular: [0.35, 0.5, 0.65]}"])


class TestTheDefault:
    def test_they_are_the_setting_the_challenger_and_the_weights(self, scenario):
        paths = {lever.path for lever in default_factors(scenario)}
        assert {"setting.force_size", "states.russia.ambition", "states.russia.fear"} <= paths
        assert set(WEIGHTS) <= paths
        assert "setting.ceasefire" not in paths

    @pytest.mark.parametrize("name", COVERING_FIRST)
    def test_every_scenario_can_be_played_at_both_ends_of_each(self, name):
        story = sim.load(name)
        for lever in default_factors(story):
            parameter = parameter_at(lever.path)
            assert parameter.low <= lever.low < lever.high <= parameter.high
            for end in (lever.low, lever.high):
                assert PreparedScenario(story, (lever.path,)).setup((end,))

    def test_a_fixed_number_moves_by_a_fifth_of_itself(self, scenario):
        lever = default_factor(scenario, "constants.precision")
        assert (lever.low, lever.high) == pytest.approx((40.0, 60.0))

    def test_a_drawn_one_by_a_fifth_beyond_its_middle_nine_tenths(self, scenario):
        edge = 0.35 + np.sqrt(0.05 * 0.3 * 0.15)
        lever = default_factor(scenario, "setting.clarity")
        assert (lever.low, lever.high) == pytest.approx((edge - 0.1, 1.1 - edge), rel=1e-5)

    def test_one_at_nothing_by_a_fifth_of_its_range(self, scenario):
        lever = default_factor(scenario, "setting.consent")
        assert (lever.low, lever.high) == pytest.approx((0, 0.2))

    def test_a_whole_number_to_the_next_ones_beyond(self):
        own = sim.load("reassurance_force", ["states.canada.requires.others=2"])
        lever = default_factor(own, "states.canada.requires.others")
        assert (lever.low, lever.high) == (1, 3)

    def test_a_word_goes_through_the_list_and_a_flag_is_switched(self, scenario):
        assert default_factor(scenario, "states.germany.pledge") == make_factor(
            "states.germany.pledge", bounds=(0, 5)
        )
        assert default_factor(scenario, "setting.ceasefire") == make_factor(
            "setting.ceasefire", bounds=(0, 1)
        )


class TestAsked:
    def test_ends_are_numbers_words_or_flags(self, scenario):
        asked = [
            "setting.clarity=0.1:0.9",
            "states.germany.pledge=political:ground",
            "setting.ceasefire=false:true",
            "groups.baltic.resolve=0.2:0.8",
        ]
        assert parse_factors(scenario, asked) == (
            make_factor("setting.clarity", bounds=(0.1, 0.9)),
            make_factor("states.germany.pledge", bounds=(1, 5)),
            make_factor("setting.ceasefire", bounds=(0, 1)),
            make_factor("groups.baltic.resolve", bounds=(0.2, 0.8)),
        )

    def test_an_event_moves_too(self):
        withdrawn = sim.load("backstop_withdrawn")
        asked = ["events.1.month=6:36", "events.1.set.setting.backstop=0:0.2"]
        month, backstop = parse_factors(withdrawn, asked)
        assert (month.is_whole, backstop.is_whole) == (True, False)
        with pytest.raises(UsageError, match="needs its bounds"):
            parse_factors(withdrawn, ["events.1.month"])

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("setting.clarty", "unknown name"),
            ("setting.clarity=0.5", "has no bounds"),
            ("setting.clarity=0.9:0.1", "bounds do not ascend"),
            ("setting.clarity=0:1.5", "cannot be set"),
            ("setting.clarity=low:high", "is not a value"),
            ("states.germany.pledge=none:army", "is not a value"),
            ("states.russia.role", "cannot be varied"),
            ("runs=1:9", "runs cannot be varied"),
            ("ambition=low:high", "unknown path 'ambition'"),
            ("=low:high", "is a block"),
            ("states.atlantis.resolve", "has no"),
            ("events.1.month=3:4", "has no events"),
        ],
    )
    def test_what_cannot_be_is_said(self, scenario, text, said):
        with pytest.raises(UsageError, match=said):
            parse_factors(scenario, [text])

    def test_nothing_is_moved_twice(self, scenario):
        twice = ["groups.baltic.resolve=0:1", "states.latvia.resolve=0:1"]
        with pytest.raises(UsageError, match=r"states\.latvia\.resolve is moved twice"):
            parse_factors(scenario, twice)

    def test_a_flag_is_read_as_it_is_written(self):
        assert make_factor("setting.ceasefire").parse("true") == 1
        assert make_factor("states.germany.pledge").parse("air_sea") == 4


class TestPlaced:
    def test_a_number_lies_between_its_ends(self):
        levers = [
            make_factor("setting.clarity", bounds=(0.2, 0.6)),
            make_factor("states.poland.pledge", bounds=(0, 5)),
        ]
        assert place_points(levers, np.array([[0.25, 0.999], [1, 0]])) == pytest.approx(
            np.array([[0.3, 5], [0.6, 0]])
        )

    def test_whole_values_have_equal_parts(self):
        pledge = make_factor("states.germany.pledge", bounds=(1, 5))
        found = [pledge.at(share) for share in np.linspace(0, 1, 1001)]
        values, counts = np.unique(found, return_counts=True)
        assert values.tolist() == [1, 2, 3, 4, 5]
        assert counts.min() >= 199
        assert pledge.format(4) == "air_sea"
        assert make_factor("setting.ceasefire", bounds=(0, 1)).format(1) == "true"
        assert make_factor("events.1.month", bounds=(0, 60)).format(12) == "12"
