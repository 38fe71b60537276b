"""Points are held to what a scenario is held to, and no more."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import sim
from sim.enums import Participation
from sim.errors import ScenarioError, UsageError
from sim.experiments.prepared import PreparedScenario
from sim.experiments.variants import find_violations

LINE = "states.russia.red_lines.foreign_troops"
START, PLEDGE = "states.poland.start", "states.poland.pledge"
RUNGS = range(len(Participation))


@pytest.fixture(scope="module")
def scenario():
    return sim.load("no_force")


def loads(*overrides):
    try:
        sim.load("no_force", overrides)
    except ScenarioError:
        return False
    return True


def test_a_start_and_a_pledge_as_a_file_that_says_both(scenario):
    points = list(itertools.product(RUNGS, RUNGS))
    found = find_violations(scenario, [START, PLEDGE], points)
    assert found.keys() == {k for k, (start, pledge) in enumerate(points) if start > pledge}
    assert found[6].message == "poland starts at political, above its pledge, none"
    assert found[6].columns == (0, 1)


def test_a_start_alone_as_set_has_it(scenario):
    found = find_violations(scenario, [START], [[rung] for rung in RUNGS])
    words = [rung.word for rung in Participation]
    assert found.keys() == {k for k, word in enumerate(words) if not loads(f"{START}={word}")}
    assert 0 < len(found) < len(words)


def test_a_pledge_alone_takes_the_start_down(scenario):
    assert not find_violations(scenario, [PLEDGE], [[rung] for rung in RUNGS])
    alone = sim.simulate(sim.load("during_fighting", ["states.australia.pledge=none"]), runs=30)
    moved = PreparedScenario(sim.load("during_fighting"), ("states.australia.pledge",))
    records = moved.play((0.0,), alone.seed, 0, 30)
    assert alone.records is not None
    assert np.array_equal(records, alone.records)


@pytest.mark.parametrize("word", ["threshold", "reach"])
def test_a_red_line_as_set_has_it(scenario, word):
    values = np.linspace(0.25, 3, 12).tolist()
    found = find_violations(scenario, [f"{LINE}.{word}"], [[value] for value in values])
    expected = {k for k, v in enumerate(values) if not loads(f"{LINE}.{word}={v}")}
    assert found.keys() == expected
    assert bool(expected) is (word == "threshold")


def test_what_a_point_leaves_is_the_scenarios_own(scenario):
    assert not find_violations(scenario, [START, PLEDGE], [[math.nan, 0], [math.nan, math.nan]])
    assert find_violations(scenario, [START, PLEDGE], [[5, math.nan]])


def test_a_group_stands_for_its_members(scenario):
    found = find_violations(scenario, ["groups.guarantors.start"], [[0], [5]])
    assert found.keys() == {1}


@pytest.mark.parametrize("point", [(5.0, 1.0), (5.0, 5.0), (0.0, 0.0)])
def test_a_variation_refuses_the_same(scenario, point):
    variation = PreparedScenario(scenario, (START, PLEDGE))
    if point[0] <= point[1]:
        assert len(variation.play(point, 0, 0, 3)) == 3
        return
    with pytest.raises(UsageError, match="poland starts at ground, above its pledge"):
        variation.play(point, 0, 0, 3)
