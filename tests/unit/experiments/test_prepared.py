"""A point of a design is the scenario with its values, whichever way it is reached."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.errors import UsageError
from sim.experiments.prepared import PreparedScenario
from sim.experiments.simulate import simulate
from sim.model.build import build

PATHS = (
    "setting.clarity",
    "groups.baltic.resolve",
    "states.russia.ambition",
    "states.germany.pledge",
    "ladders.challenge.probe.gain",
    "constants.concentration",
    "states.russia.red_lines.foreign_troops.severity",
)
POINT = (0.3, 0.9, 0.2, 2, 0.2, 6.0, 0.9)


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force")


@pytest.fixture(scope="module")
def withdrawn():
    return sim.load("backstop_withdrawn")


def test_the_quick_way_gives_the_numbers_of_the_slow_one(scenario):
    variation = PreparedScenario(scenario, PATHS)
    quick, slow = variation.setup(POINT), build(variation.at(POINT))
    assert quick.digest != build(scenario).digest
    assert np.array_equal(quick.base, slow.base)
    assert np.array_equal(quick.surface, slow.surface)
    assert set(quick.draws["stream"]) == set(slow.draws["stream"])


def test_runs_at_a_point_are_those_of_the_scenario_moved_there(scenario):
    variation = PreparedScenario(scenario, PATHS)
    alone = simulate(variation.at(POINT), runs=40, seed=3).records
    assert alone is not None
    assert np.array_equal(variation.play(POINT, 3, 10, 30), alone[10:])


def test_one_point_leaves_nothing_behind_for_the_next(scenario):
    variation = PreparedScenario(scenario, ("setting.clarity",))
    first = variation.play((0.9,), 1, 0, 20)
    variation.play((0.0,), 1, 0, 20)
    assert np.array_equal(variation.play((0.9,), 1, 0, 20), first)


def test_an_event_moves_too(withdrawn):
    variation = PreparedScenario(withdrawn, ("events.1.month", "events.1.set.setting.backstop"))
    event = variation.at((6, 0.1)).events[0]
    assert event.month == 6
    assert dict(event.set)["setting.backstop"].distribution.mean == 0.1
    assert np.array_equal(variation.setup((6, 0.1)).base, build(variation.at((6, 0.1))).base)


@pytest.mark.parametrize("with_an_event", [False, True])
@pytest.mark.parametrize("turned", [1, -1])
def test_both_ends_of_a_red_line_move_at_once(withdrawn, with_an_event, turned):
    line = "states.russia.red_lines.foreign_troops"
    # Above the reach that the scenario has, so that either end alone would turn the line round.
    values = {f"{line}.threshold": 2.0, f"{line}.reach": 2.5}
    assert withdrawn[f"{line}.reach"].mean < 2.0
    moved = dict(list(values.items())[::turned]) | ({"events.1.month": 6} if with_an_event else {})
    variation, point = PreparedScenario(withdrawn, tuple(moved)), tuple(moved.values())
    assert {path: variation.at(point)[path].mean for path in values} == values
    assert np.array_equal(variation.setup(point).base, build(variation.at(point)).base)


def test_a_red_line_is_turned_round_by_both_ends_together(withdrawn):
    ends = ("threshold", "reach")
    paths = tuple(f"states.russia.red_lines.foreign_troops.{end}" for end in ends)
    with pytest.raises(UsageError, match=r"threshold 2\.5 would not be below the reach 2"):
        PreparedScenario(withdrawn, paths).at((2.5, 2.0))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("setting.clarity", 1.5, "cannot be set"),
        ("states.germany.pledge", 1.5, "cannot be set"),
        ("states.russia.role", 1, "cannot be set"),
        ("states.russia.resolve_of", 1, "unknown name"),
        ("states.atlantis.resolve", 0.5, "has no"),
        ("groups.nobody.resolve", 0.5, "has no"),
        ("groups.baltic.ambition", 0.5, "has no"),
        ("states.russia.red_lines.foreign_troops.threshold", 9, "would not be below"),
        ("events.1.month", 3, "has no events"),
    ],
)
def test_what_cannot_be_set_is_said(scenario, path, value, said):
    with pytest.raises(UsageError, match=said):
        PreparedScenario(scenario, (path,)).setup((value,))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("events.9.month", 3, "by name and number"),
        ("events.1.month", 3.5, "whole month"),
        ("events.1.month", 900, "whole month"),
        ("events.1.set.setting.clarity", 0.5, "it sets"),
        ("events.1.set.setting.backstop", 5, "cannot be set"),
        ("events.1.why", 0, "write events.1.month"),
    ],
)
def test_what_an_event_cannot_be_is_said(withdrawn, path, value, said):
    with pytest.raises(UsageError, match=said):
        PreparedScenario(withdrawn, (path,)).setup((value,))
