"""Frames of runs and of sweeps: the same columns, with ordered categories."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import UsageError
from sim.experiments.sweep.results import SweepResults
from sim.results import WORDED

RUNS = 10


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> SweepResults:
    """A sweep over a parameter whose values are words."""
    over = {"states.germany.pledge": ["monitoring", "ground"]}
    plan = {"scenario": "no_force", "over": over, "replications": RUNS}
    return sim.sweep(plan, tmp_path_factory.mktemp("frames") / "swept")


def test_a_run_and_a_sweep_give_the_same_columns(swept: SweepResults) -> None:
    results = sim.simulate(sim.load("no_force"), runs=RUNS)
    assert results.records is not None
    one, other = results.to_frame(), swept.to_frame().query("point == 0")
    for name, words in WORDED.items():
        assert one[name].dtype == other[name].dtype
        assert list(one[name].cat.categories) == words.words()
        assert one[name].cat.codes.tolist() == results.records[name].tolist()
    assert (one["war"] > "none").any()


def test_the_levels_of_a_factor_are_ordered(swept: SweepResults) -> None:
    assert swept.points()["states.germany.pledge"].max() == "ground"
    assert swept.to_frame(["states.germany.pledge"])["states.germany.pledge"].min() == "monitoring"


def test_an_unknown_column_or_point_is_refused(swept: SweepResults) -> None:
    with pytest.raises(UsageError, match=r"no column 'wor'.*did you mean 'war'"):
        swept.to_frame(["wor"])
    for point in (-1, 2):
        with pytest.raises(UsageError, match="is not from 0 to 1"):
            swept.scenario_at(point)


@pytest.mark.parametrize("load", [sim.load_results, sim.load_sweep])
def test_a_missing_folder_is_refused(load: object, tmp_path: Path) -> None:
    assert callable(load)
    with pytest.raises(UsageError, match="does not exist"):
        load(tmp_path / "none")
