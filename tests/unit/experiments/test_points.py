"""Every point is played on the same luck, and a point that cannot be is named, never averaged."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.errors import RunFailed, UsageError
from sim.experiments import evaluate as module
from sim.experiments.evaluate import evaluate, make_model, require_any
from sim.experiments.measures import NAMES, Measure
from sim.experiments.simulate import MOST_KEPT, MOST_POINTS, check_size, seed_or_default, simulate
from sim.results import flags
from tests.unit.experiments.fake_runs import OUTCOME, model_of

X = "setting.clarity"


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force")


def test_a_point_is_what_simulating_the_scenario_there_gives(scenario):
    player = make_model(scenario, 3, [Measure("war"), Measure("strikes")])((X,))
    found = evaluate(player, [(0.1,), (0.9,)], 60)
    for row, clarity in enumerate((0.1, 0.9)):
        alone = simulate(sim.load("reassurance_force", [f"{X}={clarity}"]), 60, 3).records
        assert alone is not None
        assert np.array_equal(found.values["war"][row], flags(alone)["war"])
        assert found.mean("strikes")[row] == pytest.approx(alone["strikes"].mean())
        assert found.within("strikes")[row] == pytest.approx(alone["strikes"].var(ddof=1))


def test_neither_threads_nor_lots_show(scenario, monkeypatch):
    player = make_model(scenario, 1, [Measure("war")])((X,))
    once = evaluate(player, [(0.2,), (0.8,)], 50, jobs=1)
    monkeypatch.setattr(module, "BATCH", 7)
    assert np.array_equal(
        evaluate(player, [(0.2,), (0.8,)], 50, jobs=3).values["war"], once.values["war"]
    )


def test_later_runs_follow_on(scenario):
    player = make_model(scenario, 1, [Measure("peak_tension")])((X,))
    both = evaluate(player, [(0.5,)], 40).values["peak_tension"]
    assert np.array_equal(
        evaluate(player, [(0.5,)], 10, first=30).values["peak_tension"], both[:, 30:]
    )


def test_played_apart_every_point_has_the_runs_that_follow(scenario):
    player = make_model(scenario, 1, [Measure("peak_tension")])((X,))
    on = evaluate(player, [(0.5,)], 30).values["peak_tension"][0]
    apart = evaluate(player, [(0.5,)] * 3, 10, apart=True).values["peak_tension"]
    assert np.array_equal(apart.ravel(), on)


def test_progress_counts_runs():
    heard = []
    player = model_of(lambda x, u: u)(("x",))
    evaluate(player, [(1,), (2,)], 3000, jobs=1, progress=lambda *told: heard.append(told))
    assert heard == [(2048, 6000), (3000, 6000), (5048, 6000), (6000, 6000)]


class TestWhatCannotBePlayed:
    @staticmethod
    def broken(x, u):
        if x["x"] == 2:
            raise ZeroDivisionError("nothing to divide by")
        return np.where(x["x"] == 3, np.nan, u)

    def test_it_is_named_and_its_row_is_no_number(self):
        found = evaluate(model_of(self.broken)(("x",)), [(1,), (2,), (3,), (4,)], 20)
        assert [(lost.point, lost.reason) for lost in found.lost] == [
            (1, "nothing to divide by"),
            (2, "y is not a number"),
        ]
        assert np.isnan(found.mean(OUTCOME)).tolist() == [False, True, True, False]
        assert np.isnan(found.within(OUTCOME)).tolist() == [False, True, True, False]
        assert found.kept.tolist() == [True, False, False, True]
        assert found.missing.startswith("2 of 4 points could not be played and are left out")

    def test_a_red_line_turned_upside_down_is_such_a_point(self, scenario):
        line = "states.russia.red_lines.foreign_troops.threshold"
        found = evaluate(make_model(scenario, 1, [Measure("war")])((line,)), [(0,), (9,)], 5)
        assert "would not be below the reach" in found.lost[0].reason

    def test_none_at_all_is_a_failure(self):
        found = evaluate(model_of(self.broken)(("x",)), [(2,)], 5)
        with pytest.raises(RunFailed, match="not one of 1 point could"):
            require_any(found)


def test_a_single_run_says_nothing_of_its_spread():
    assert np.isnan(evaluate(model_of(lambda x, u: u)(("x",)), [(1,)], 1).within(OUTCOME)).all()


@pytest.mark.parametrize(("runs", "jobs"), [(0, 1), (5, 0), (2**28, 1)])
def test_numbers_out_of_range_are_refused(runs, jobs):
    with pytest.raises(UsageError):
        evaluate(model_of(lambda x, u: u)(("x",)), [(1,), (2,)], runs, jobs)


@pytest.mark.parametrize(("points", "runs"), [(MOST_POINTS + 1, 1), (2, MOST_KEPT), (1, 10**10)])
def test_more_than_memory_holds_is_refused(points, runs):
    check_size(1, 10)
    with pytest.raises(UsageError):
        check_size(points, runs)


def test_the_seed_is_the_scenarios_unless_another_is_asked_for(scenario):
    assert seed_or_default(scenario, None) == scenario.seed
    assert seed_or_default(scenario, 0) == 0
    with pytest.raises(UsageError, match="seed"):
        seed_or_default(scenario, -1)


class TestMeasure:
    def test_every_name_gives_a_number_a_run(self, scenario):
        results = simulate(scenario, 300, 1)
        assert results.records is not None
        for name in NAMES:
            value = float(np.mean(Measure(name).of(results.records)))
            known = {o.word: share for o, share in results.outcomes.items()} | results.measures
            counted = known[name].value if name in known else results.records[name].mean()
            assert value == pytest.approx(counted), name

    def test_an_unknown_one_is_refused_with_the_nearest(self):
        with pytest.raises(UsageError, match="did you mean 'strikes'"):
            Measure("strikez")

    def test_shares_are_told_in_per_cent_and_counts_as_they_are(self):
        from sim.statistics import Estimate

        estimate = Estimate(0.1234, 0.11, 0.13)
        assert (
            Measure("general_war").change(estimate) == "+12.3 points of model runs (+11.0 to +13.0)"
        )
        assert Measure("strikes").change(estimate) == "+0.123 a run (+0.11 to +0.13)"
        assert Measure("war").level(estimate).endswith("of model runs")
        assert Measure("challenges").level(estimate) == "0.123 a run (0.11 to 0.13)"
