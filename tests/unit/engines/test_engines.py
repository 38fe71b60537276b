"""Two engines, one set of rules: the same bits whatever plays them."""

from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engines import ensemble, mesa_model
from sim.enums import Outcome
from sim.experiments.simulate import simulate
from sim.model.build import build
from sim.resources import scenario_names
from sim.scenario.load import load
from tests.scenarios import COVERING_FIRST, DATA

# Generated scenarios are played with three seeds, in tests/property.
SEED = 2**63 - 1


@pytest.fixture(scope="module", params=COVERING_FIRST)
def setup(request):
    return build(load(request.param))


@pytest.fixture(scope="module")
def whole(setup):
    """A block of runs."""
    return ensemble.play(setup, 1, 0, 160)


@pytest.mark.parametrize("name", scenario_names())
def test_mesa_and_the_ensemble_agree_to_the_last_bit(name):
    setup = build(load(name))
    block = ensemble.play(setup, SEED, first=5, count=2)
    alone = [mesa_model.play(setup, SEED, 5 + k) for k in range(2)]
    for k in range(2):
        assert alone[k].records.tobytes() == block.records[k : k + 1].tobytes()
    assert np.array_equal(sum(run.participation for run in alone), block.participation)
    assert np.array_equal(sum(run.crossings for run in alone), block.crossings)


def test_run_k_alone_is_run_k_of_the_ensemble(setup, whole):
    for k in (0, 7, 159):
        alone = ensemble.play(setup, 1, k, 1).records
        assert alone.tobytes() == whole.records[k : k + 1].tobytes()


@pytest.mark.parametrize(("jobs", "size"), [(1, 64), (2, 64), (2, 7), (1, 1000)])
def test_threads_and_block_size_change_nothing(setup, whole, jobs, size):
    parts = list(ensemble.blocks(setup, 1, 0, 160, jobs, size))
    records = np.concatenate([part.records for part in parts])
    assert records.tobytes() == whole.records.tobytes()
    assert np.array_equal(sum(part.participation for part in parts), whole.participation)
    assert np.array_equal(sum(part.crossings for part in parts), whole.crossings)


PLAIN = """
import sys
from sim.model.build import build
from sim.jit import COMPILING
from sim.engines.ensemble import play
from sim.scenario.load import load
assert not COMPILING
sys.stdout.buffer.write(play(build(load(sys.argv[1])), int(sys.argv[2]), 3, 4).records.tobytes())
"""


@pytest.mark.parametrize("name", ["reassurance_force", "during_fighting"])
def test_plain_python_gives_the_same_bits(name):
    environment = {**os.environ, "THINLINE_COMPILE": "off"}
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN, name, str(SEED)],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert plain.stdout == ensemble.play(build(load(name)), SEED, 3, 4).records.tobytes()


class TestLuckIsNamed:
    """What is added elsewhere changes no draw here."""

    def test_a_state_that_takes_no_part_changes_nothing(self):
        scenario = load("reassurance_force")
        more = build(load(str(DATA / "bystander.yaml")))
        fewer = build(scenario)
        here, there = (ensemble.play(s, 2, 0, 200).records for s in (fewer, more))
        counted = [name for name in here.dtype.names if name != "at_none"]
        assert len(more.states) == len(fewer.states) + 2
        for name in counted:
            assert np.array_equal(here[name], there[name]), name

    def test_a_longer_horizon_changes_nothing_before_it(self):
        short, long = (
            build(load("reassurance_force", [f"months={months}"])) for months in (24, 48)
        )
        here, there = (ensemble.play(s, 2, 0, 300).records for s in (short, long))
        over = there["month"] < 24
        assert over.any()
        assert here[over].tobytes() == there[over].tobytes()
        assert (here["month"][~over] == 24).all()


class TestMesa:
    def test_agents_are_views_on_the_arrays(self):
        model = mesa_model.ThinLineModel("reassurance_force", run=3)
        names = [agent.name for agent in model.agents]
        assert names == sorted(names)
        assert len(model.guarantors) == 34
        france = next(agent for agent in model.guarantors if agent.name == "france")
        model.world["rung"][france.index] = 2
        assert france.rung.word == "logistics"
        assert 0.0 <= france.resolve <= 1.0
        assert france.capability == pytest.approx(
            load("reassurance_force")["states.france.capability"].mean
        )

    def test_the_collector_follows_the_months(self):
        model = mesa_model.ThinLineModel("reassurance_force", run=1)
        while model.running:
            model.step()
        months = int(model.record["month"][0])
        frame = model.datacollector.get_model_vars_dataframe()
        assert len(frame) == months
        assert model.outcome is not None
        assert frame["outcome"].iloc[-1] == model.outcome.word
        assert frame["power"].iloc[-1] == model.record["force"][0]

    def test_a_step_after_the_end_does_nothing(self):
        model = mesa_model.ThinLineModel("no_force", run=0)
        while model.running:
            model.step()
        record = model.record.tobytes()
        model.step()
        assert model.record.tobytes() == record

    @pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
    def test_batch_run(self):
        import mesa

        rows = mesa.batch_run(
            mesa_model.ThinLineModel,
            {"scenario": "no_force", "run": range(3), "seed": 7, "setting__clarity": [0.2, 0.9]},
            number_processes=1,
            data_collection_period=-1,
            display_progress=False,
            max_steps=240,
        )
        last = {(row["run"], row["setting__clarity"]): row["outcome"] for row in rows}
        assert len(last) == 6
        assert set(last.values()) <= set(Outcome.words())

    @pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
    def test_the_iterations_of_a_batch_are_different_runs(self):
        import mesa

        rows = mesa.batch_run(
            mesa_model.ThinLineModel,
            {"scenario": "reassurance_force", "setting__clarity": [0.2]},
            iterations=3,
            number_processes=1,
            data_collection_period=-1,
            display_progress=False,
            max_steps=240,
        )
        found = {row["iteration"]: (row["footprint"], row["tension"], row["army"]) for row in rows}
        assert len(set(found.values())) == 3

    def test_the_army_is_that_at_the_end_of_the_month(self):
        model = mesa_model.ThinLineModel(run=4)
        model.step()
        collected = model.datacollector.get_model_vars_dataframe()
        assert collected["army"].iloc[-1] == model.record["protege"][0] != model.world["army"]

    def test_a_run_is_chosen_by_number_by_the_random_seed_of_mesa_or_anew(self):
        model = mesa_model.ThinLineModel
        assert model(run=4).replication == 4
        assert model(rng=5).replication == 5
        assert model(seed=6).replication == 0
        assert model().replication != model().replication

    def test_a_path_is_a_scenario(self):
        assert mesa_model.ThinLineModel(DATA / "small_world.yaml", run=0).world["month"] == 0

    def test_the_browser_view_of_mesa_accepts_the_arguments(self):
        import mesa

        # The module imports packages that a run does not need; the check itself needs none.
        source = (Path(mesa.__file__).parent / "visualization" / "solara_viz.py").read_text("utf-8")
        (check,) = (
            each
            for each in ast.parse(source).body
            if isinstance(each, ast.FunctionDef) and each.name == "_check_model_params"
        )
        known = {"inspect": inspect}
        exec(compile(ast.Module([check], []), "solara_viz.py", "exec"), known)
        check_params: Any = known["_check_model_params"]
        check_params(mesa_model.ThinLineModel.__init__, {"setting__clarity": 0.3, "run": 1})
        check_params(mesa_model.ThinLineModel.__init__, {})

    def test_every_ending_is_collected_as_a_word(self):
        scenario = load("reassurance_force")
        records = simulate(scenario, runs=12).records
        assert records is not None
        assert Outcome.UNTESTED_FORCE in records["outcome"], "its rank is 0"
        setup = build(scenario)
        for run, ending in enumerate(records["outcome"]):
            model = mesa_model.ThinLineModel(setup, run)
            while model.running:
                model.step()
            assert model.datacollector.model_vars["outcome"][-1] == Outcome(ending).word
