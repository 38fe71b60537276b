"""Evaluation of points: common random numbers, failed points, storage and resumption."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.errors import RunFailed, UsageError
from sim.experiments import evaluate as module
from sim.experiments.backends import threads
from sim.experiments.evaluate import Batch, Evaluator, ScenarioModel, open_evaluator
from sim.experiments.measures import NAMES, Measure
from sim.experiments.simulate import MOST_KEPT, MOST_POINTS, check_size, run_options, simulate
from sim.experiments.storage.files import DamagedResults, FolderOccupied
from sim.model.outcomes import flags
from tests.sweeps import contents
from tests.unit.experiments.fake_runs import OUTCOME, evaluator_of

X = "setting.clarity"


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force")


def evaluator(scenario, *measures, seed=1, **how):
    return Evaluator(ScenarioModel(scenario, seed, [Measure(name) for name in measures]), **how)


def test_a_point_has_the_runs_of_the_scenario_with_its_values(scenario):
    found = evaluator(scenario, "war", "strikes", seed=3).evaluate([X], [(0.1,), (0.9,)], 60)
    for row, clarity in enumerate((0.1, 0.9)):
        alone = simulate(sim.load("reassurance_force", [f"{X}={clarity}"]), 60, 3).records
        assert alone is not None
        assert np.array_equal(found.values["war"][row], flags(alone["trigger"])["war"])
        assert found.mean("strikes")[row] == pytest.approx(alone["strikes"].mean())
        assert np.array_equal(found.values["strikes"][row], alone["strikes"])


def test_results_do_not_depend_on_threads_or_batches(scenario, monkeypatch):
    points = [(0.2,), (0.8,)]
    once = evaluator(scenario, "war", backend=threads(1)).evaluate([X], points, 50)
    monkeypatch.setattr(module, "BATCH", 7)
    again = evaluator(scenario, "war", backend=threads(3)).evaluate([X], points, 50)
    assert np.array_equal(again.values["war"], once.values["war"])


def test_several_small_points_share_a_batch(monkeypatch):
    keys: list[Batch] = []
    monkeypatch.setattr(module.BatchRunner, "play", _recording(module.BatchRunner.play, keys))
    points = [(k,) for k in range(40)]
    found = evaluator_of(lambda x, u: u + x["x"]).evaluate(["x"], points, 10)
    assert [len(batch.points) for batch in keys] == [5] * 8
    assert np.allclose(np.diff(found.values[OUTCOME], axis=0), 1)


def _recording(play, seen):
    def recorded(self, batch):
        seen.append(batch)
        return play(self, batch)

    return recorded


def test_runs_are_numbered_from_the_first(scenario):
    found = evaluator(scenario, "peak_tension")
    both = found.evaluate([X], [(0.5,)], 40).values["peak_tension"]
    later = found.evaluate([X], [(0.5,)], 10, first=30).values["peak_tension"]
    assert np.array_equal(later, both[:, 30:])


@pytest.mark.parametrize("batch", [2048, 7])
def test_independent_points_use_consecutive_runs(scenario, batch, monkeypatch):
    found = evaluator(scenario, "peak_tension")
    on = found.evaluate([X], [(0.5,)], 30).values["peak_tension"][0]
    monkeypatch.setattr(module, "BATCH", batch)
    apart = found.evaluate([X], [(0.5,)] * 3, 10, apart=True).values["peak_tension"]
    assert np.array_equal(apart.ravel(), on)


def test_progress_counts_runs():
    heard = []
    alone = evaluator_of(lambda x, u: u)
    alone.evaluate(["x"], [(1,), (2,)], 3000, progress=lambda *counts: heard.append(counts))
    assert heard == [(2048, 6000), (3000, 6000), (5048, 6000), (6000, 6000)]


class TestFailedPoints:
    @staticmethod
    def broken(x, u):
        if x["x"] == 2:
            raise ZeroDivisionError("nothing to divide by")
        return np.where(x["x"] == 3, np.nan, u)

    @pytest.mark.parametrize("runs", [20, 3000])
    def test_they_are_named_and_their_rows_are_nan(self, runs):
        found = evaluator_of(self.broken).evaluate(["x"], [(1,), (2,), (3,), (4,)], runs)
        assert [(lost.point, lost.reason) for lost in found.lost] == [
            (1, "nothing to divide by"),
            (2, "y is not a number"),
        ]
        assert np.isnan(found.mean(OUTCOME)).tolist() == [False, True, True, False]
        assert found.kept.tolist() == [True, False, False, True]
        assert found.missing.startswith("2 of 4 points could not be run and are left out")

    def test_a_threshold_above_its_reach_fails(self, scenario):
        line = "states.russia.red_lines.foreign_troops.threshold"
        found = evaluator(scenario, "war").evaluate([line], [(0,), (9,)], 5)
        assert "would not be below the reach" in found.lost[0].reason

    def test_an_ensemble_without_any_point_is_refused(self):
        found = evaluator_of(self.broken).evaluate(["x"], [(2,)], 5)
        with pytest.raises(RunFailed, match="none of 1 point could be run"):
            _ = found.required


@pytest.mark.parametrize("runs", [0, 2**28])
def test_numbers_out_of_range_are_refused(runs):
    with pytest.raises(UsageError):
        evaluator_of(lambda x, u: u).evaluate(["x"], [(1,), (2,)], runs)


@pytest.mark.parametrize(("points", "runs"), [(MOST_POINTS + 1, 1), (2, MOST_KEPT), (1, 10**10)])
def test_more_than_memory_holds_is_refused(points, runs):
    check_size(1, 10)
    with pytest.raises(UsageError):
        check_size(points, runs)


def test_the_seed_defaults_to_the_scenarios(scenario):
    assert run_options(scenario).seed == scenario.seed
    assert run_options(scenario, seed=0).seed == 0
    with pytest.raises(UsageError, match="seed"):
        run_options(scenario, seed=-1)


def test_a_model_can_be_sent_to_another_process(scenario):
    model = ScenarioModel(scenario, 1, [Measure("war")])
    copy = pickle.loads(pickle.dumps(model))
    assert copy.identity == model.identity
    here, there = (each.values((X,), (0.3,), 0, 200)["war"] for each in (model, copy))
    assert np.array_equal(here, there)


class TestFolder:
    POINTS = ((0.1,), (0.5,), (0.9,))

    def run(self, scenario, folder, backend=None, seed=1, outcome="war", force=False):
        measures = [Measure(outcome)]
        with open_evaluator(scenario, seed, measures, 1, backend, folder, force) as found:
            return found.evaluate([X], self.POINTS, 300).values[outcome]

    def test_an_interrupted_study_resumes_with_the_same_values(self, scenario, tmp_path):
        class Stop(Exception):
            pass

        def stopping(runner, batches):
            for number, data in enumerate(threads(1)(runner, batches)):
                if number == 1:
                    raise Stop
                yield data

        whole = self.run(scenario, tmp_path / "whole")
        with pytest.raises(Stop):
            self.run(scenario, tmp_path / "stopped", stopping)
        kept = contents(tmp_path / "stopped")
        assert sum("batch" in name for name in kept) == 1

        made: list[bytes] = []
        again = self.run(scenario, tmp_path / "stopped", _counting(made))
        assert len(made) == 2
        assert np.array_equal(again, whole)
        assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")

    def test_what_a_killed_process_left_unfinished_is_removed(self, scenario, tmp_path):
        self.run(scenario, tmp_path)
        half = [tmp_path / ".manifest.json.part", tmp_path / "parts" / ".batch-0-1.parquet.part"]
        for file in half:
            file.write_bytes(b"half")
        self.run(scenario, tmp_path)
        assert not any(file.exists() for file in half)

    def test_a_finished_study_runs_nothing(self, scenario, tmp_path):
        whole = self.run(scenario, tmp_path)
        made: list[bytes] = []
        assert np.array_equal(self.run(scenario, tmp_path, _counting(made)), whole)
        assert made == []

    def test_a_repeated_point_is_found_again(self, scenario, tmp_path):
        with open_evaluator(scenario, 1, [Measure("war")], folder=tmp_path) as found:
            twice = found.evaluate([X], [(0.5,)] * 16, 200).values["war"]
            again = found.evaluate([X], [(0.5,)] * 16, 200).values["war"]
        assert np.array_equal(twice[0], twice[15])
        assert np.array_equal(twice, again)

    def test_failed_points_are_kept_too(self, scenario, tmp_path):
        line = "states.russia.red_lines.foreign_troops.threshold"
        for _ in range(2):
            with open_evaluator(scenario, 1, [Measure("war")], folder=tmp_path) as found:
                lost = found.evaluate([line], [(0,), (9,)], 5).lost
            assert [each.point for each in lost] == [1]

    def test_other_evaluations_are_replaced_only_by_force(self, scenario, tmp_path):
        self.run(scenario, tmp_path)
        with pytest.raises(FolderOccupied, match="different: the seed "):
            self.run(scenario, tmp_path, seed=2)
        with pytest.raises(FolderOccupied, match="different: the outcome "):
            self.run(scenario, tmp_path, outcome="strikes")
        other = sim.load("reassurance_force", ["setting.backstop=0.1"])
        with pytest.raises(FolderOccupied, match="different: the values of the scenario "):
            self.run(other, tmp_path)
        before = contents(tmp_path)
        self.run(scenario, tmp_path, seed=2, force=True)
        assert not {*contents(tmp_path)} & {name for name in before if "batch" in name}

    def test_a_batch_with_other_runs_is_refused_by_name(self, scenario, tmp_path):
        self.run(scenario, tmp_path)
        first, second, *_ = sorted(Path(tmp_path, "parts").iterdir())
        second.write_bytes(first.read_bytes())
        with pytest.raises(DamagedResults, match=f"{second.name} is damaged: it is not the part"):
            self.run(scenario, tmp_path)

    def test_a_sweep_or_a_run_is_not_continued(self, scenario, tmp_path):
        Path(tmp_path, "other.txt").write_text("mine")
        with pytest.raises(FolderOccupied, match="holds other files"):
            self.run(scenario, tmp_path)

    def test_it_is_neither_a_run_nor_a_sweep(self, scenario, tmp_path):
        self.run(scenario, tmp_path)
        with pytest.raises(UsageError, match="holds the evaluations of a study"):
            sim.load_results(tmp_path)
        with pytest.raises(FolderOccupied, match="holds the evaluations of a study"):
            sim.sweep({"scenario": "no_force", "over": {X: [0, 1]}, "replications": 2}, tmp_path)


def _counting(made):
    def run(runner, batches):
        for data in threads(1)(runner, batches):
            made.append(data)
            yield data

    return run


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
        assert Measure("general_war").change(estimate) == "+12.3 percentage points (+11.0 to +13.0)"
        assert Measure("strikes").change(estimate) == "+0.123 a run (+0.11 to +0.13)"
        assert Measure("war").level(estimate).endswith("of model runs")
        assert Measure("challenges").level(estimate) == "0.123 a run (0.11 to 0.13)"
