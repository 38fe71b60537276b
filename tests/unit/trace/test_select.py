"""Which run is told: the typical, the near miss, the worst."""

from __future__ import annotations

import numpy as np
import pytest

from sim.choices import Selection
from sim.enums import Outcome, War
from sim.errors import UsageError
from sim.experiments.simulate import simulate
from sim.trace.replay import replayer
from sim.trace.select import near_miss, select_run, typical, worst
from tests.unit.trace.runs import scenario

RUNS = 400


@pytest.fixture(scope="module")
def records():
    return simulate(scenario("reassurance_force"), RUNS).records


@pytest.fixture(scope="module")
def again():
    played = scenario("reassurance_force")
    return replayer(played, played.seed)


def made(**columns):
    """Records with these columns, numbered from 10; the rest is 0."""
    names = ("war", "outcome", "month", "strikes", "answered")
    count = len(next(iter(columns.values())))
    described = [(name, "i8") for name in ("replication", *names)] + [
        (name, "f8") for name in ("peak_tension", "risk", "casualties")
    ]
    rows = np.zeros(count, described)
    rows["replication"] = 10 + np.arange(count)
    for name, values in columns.items():
        rows[name] = values
    return rows


class TestTypical:
    def test_it_has_the_commonest_ending(self, records):
        number = typical(records)
        assert records["outcome"][number] == np.bincount(records["outcome"]).argmax()

    def test_it_is_nearest_to_the_middle(self):
        rows = made(outcome=[1, 1, 1, 6], month=[60, 60, 60, 5], strikes=[0, 3, 9, 2])
        assert typical(rows) == 11

    def test_of_two_alike_the_first(self):
        assert typical(made(outcome=[2, 2], month=[60, 60])) == 10


class TestNearMiss:
    def test_it_saw_no_war_and_ran_the_greatest_risk(self, records):
        number = near_miss(records)
        peaceful = records[records["war"] == War.NONE]
        assert records["war"][number] == War.NONE
        assert 0 < records["risk"][number] == peaceful["risk"].max() < 1

    def test_risk_is_what_the_pressed_crises_amount_to(self, again, records):
        for number in (near_miss(records), worst(records)):
            survived = 1.0
            for month in again(number).months:
                if month.crisis and month.crisis.press and month.crisis.press.pressed:
                    survived *= 1 - month.crisis.press.slip
            assert records["risk"][number] == pytest.approx(1 - survived)

    def test_where_nobody_pressed_it_is_the_tensest(self):
        assert near_miss(made(risk=[0, 0, 0], peak_tension=[0.1, 0.9, 0.9])) == 11


class TestWorst:
    def test_general_before_limited_and_early_before_late(self):
        war = [War.LIMITED, War.GENERAL, War.GENERAL, War.UNOPPOSED, War.NONE]
        assert worst(made(war=war, month=[2, 30, 12, 1, 60])) == 12

    def test_of_the_gravest_the_bloodiest(self):
        war = [War.GENERAL, War.GENERAL, War.LIMITED]
        assert worst(made(war=war, month=[2, 30, 1], casualties=[0.1, 0.4, 2])) == 11

    def test_it_is_the_gravest_there_is(self, records):
        number = worst(records)
        assert records["war"][number] == records["war"].max()
        assert records["outcome"][number] >= Outcome.RENEWED_OFFENSIVE


@pytest.mark.parametrize(
    ("like", "war"), [(Selection.NEAR_MISS, War.LIMITED), (Selection.WORST, War.NONE)]
)
def test_where_there_is_no_such_run_it_says_so(like, war):
    with pytest.raises(UsageError, match="among 3"):
        select_run(like, made(war=[war] * 3))
