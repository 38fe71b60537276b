"""The public interface: every result has plain data, a frame, a figure and notebook views."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from plotly.graph_objects import Figure

import sim
from sim.errors import MissingExtra, UsageError
from sim.result_charts import charts_of

FACTORS = ["states.russia.ambition=0.1:0.9", "setting.clarity=0.4:0.6"]
SPACE = ["setting.force_size=0:2", "states.russia.ambition=0.1:0.9"]
GRID = {"setting.force_size": [0.5, 1.0], "setting.clarity": [0.2, 0.8]}
PLAN = {"scenario": "no_force", "over": {"setting.clarity": [0, 1]}, "replications": 20}


def _results(folder: Any) -> dict[str, Any]:
    one, other = sim.load("reassurance_force"), sim.load("no_force")
    sweeps = [
        sim.sweep({**PLAN, "scenario": name}, folder / name)
        for name in ("no_force", "reassurance_force")
    ]
    return {
        "simulate": sim.simulate(one, runs=200),
        "compare": sim.compare([one, other], runs=200),
        "pivotal": sim.pivotal(one, runs=20),
        "thin_line": sim.thin_line(one, sizes=[0, 1, 2], runs=100),
        "valley": sim.valley(one, "setting.clarity", [0.2, 0.8], sizes=[0, 1, 2], runs=50),
        "sensitivity": sim.sensitivity(
            one, FACTORS, "all", runs=100, base_sample=16, trajectories=16, replications=8
        ),
        "discover": sim.discover(one, SPACE, "failure", points=128, replications=4),
        "robustness": sim.robustness(one, GRID, runs=50),
        "sweep": sweeps[0],
        "compare_sweeps": sim.compare_sweeps(sweeps[0], sweeps[1]),
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return _results(tmp_path_factory.mktemp("sweeps"))


STUDIES = (
    "simulate",
    "compare",
    "pivotal",
    "thin_line",
    "valley",
    "sensitivity",
    "discover",
    "robustness",
    "sweep",
    "compare_sweeps",
)


@pytest.mark.parametrize("study", STUDIES)
class TestEveryResult:
    def test_it_is_plain_data(self, results, study):
        document = json.loads(json.dumps(results[study].to_dict()))
        assert document["schema_version"] == 1
        assert document["kind"]

    def test_it_is_a_frame(self, results, study):
        frame = results[study].to_frame()
        assert len(frame) > 0
        if study not in ("simulate", "sweep"):
            assert len(frame) == len(results[study].rows())

    def test_every_chart_has_a_heading_with_the_seed(self, results, study):
        for name in charts_of(results[study]):
            figure = results[study].plot(chart=name)
            assert isinstance(figure, Figure)
            assert figure.layout.title.text
            assert "seed" in figure.layout.title.subtitle.text

    def test_an_unknown_chart_is_refused_with_those_there_are(self, results, study):
        with pytest.raises(UsageError, match="no chart 'pie'") as refused:
            results[study].plot(chart="pie")
        assert next(iter(charts_of(results[study]))) in refused.value.remedy

    def test_it_equals_itself_and_the_same_again(self, results, study):
        found = results[study]
        assert found == found
        # A sweep is equal to itself only.
        copied = copy.copy if study == "compare_sweeps" else copy.deepcopy
        assert study == "sweep" or copied(found) == found
        assert (found == object()) is False
        assert sum(found == other for other in results.values()) == 1

    def test_its_representations_are_short(self, results, study):
        found = results[study]
        assert repr(found) == f"<{type(found).__name__}: {found.label}>"
        assert len(repr(found)) < 200
        html = found._repr_html_()
        assert html.startswith("<p><b>")
        assert not html[len("<p><b>")].islower()
        assert 2 <= html.count("<tr>") <= 13
        assert len(html) < 10_000


def test_a_long_table_says_how_much_is_left_out(results):
    html = results["pivotal"]._repr_html_()
    assert f"{len(results['pivotal'].rows()) - 12} more rows" in html


def test_numpy_values_give_the_same_as_python_numbers(tmp_path):
    one = sim.load("reassurance_force")
    seed: Any = np.int64(3)
    runs: Any = np.int32(40)
    sizes: Any = np.array([0, 1, 2])
    levels_of_size: Any = np.array([0.5, 1])
    pairs = [
        (sim.simulate(one, runs, seed), sim.simulate(one, 40, 3)),
        (
            sim.thin_line(one, sizes, runs, seed),
            sim.thin_line(one, [0, 1, 2], 40, 3),
        ),
        (
            sim.robustness(one, {"setting.force_size": levels_of_size}, runs=runs, seed=seed),
            sim.robustness(one, {"setting.force_size": [0.5, 1.0]}, runs=40, seed=3),
        ),
        (sim.compare({"a": one, "b": one}, runs, seed), sim.compare({"a": one, "b": one}, 40, 3)),
        (
            sim.sensitivity(one, FACTORS, runs=runs, seed=seed),
            sim.sensitivity(one, FACTORS, runs=40, seed=3),
        ),
    ]
    with_numpy: Any
    plain: Any
    for with_numpy, plain in pairs:
        assert json.dumps(with_numpy.to_dict()) == json.dumps(plain.to_dict())
    levels = {"over": {"setting.clarity": np.linspace(0, 1, 3)}, "replications": np.int64(5)}
    swept = sim.sweep({"scenario": "no_force", **levels}, tmp_path / "sweep")
    assert list(swept.points()["setting.clarity"]) == [0.0, 0.5, 1.0]


def test_factors_may_be_one_text_or_none():
    one = sim.load("reassurance_force")
    alone = sim.sensitivity(one, "setting.clarity=0:1", runs=10)
    assert [lever.path for lever in alone.levers] == ["setting.clarity"]
    assert len(sim.sensitivity(one, runs=5).levers) > 5


def test_without_pandas_the_error_names_it(results, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pandas"):
        results["thin_line"].to_frame()


def test_every_public_name_is_there_and_documented():
    for name in sim.__all__:
        assert getattr(sim, name).__doc__
    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="no attribute 'forecast'"):
        sim.forecast  # noqa: B018


ANALYSES = [n for n in sim.__all__ if getattr(sim, n).__module__.startswith("sim.analysis.")]


@pytest.mark.parametrize("name", [n for n in ANALYSES if n[0].islower()])
def test_public_functions_name_parameters_and_returns(name):
    doc = getattr(sim, name).__doc__
    assert "Parameters\n" in doc
    assert "Returns\n" in doc


def test_importing_it_imports_nothing_else():
    code = (
        "import sys, sim; print(sorted(m for m in sys.modules if m.startswith(('numpy', 'sim.'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_results_of_other_seeds_differ():
    one = sim.load("no_force")
    assert sim.simulate(one, 50, 3) == sim.simulate(one, 50, 3)
    assert sim.simulate(one, 50, 3) != sim.simulate(one, 50, 4)
    assert sim.simulate(one, 50, 3) != sim.simulate(one, 51, 3)


def test_a_comparison_has_a_chart_of_transitions_for_each_scenario(results):
    found = results["compare"]
    names = [name for name in charts_of(found) if name.startswith("transitions")]
    assert names == [f"transitions_{nth}" for nth in range(1, len(found.pairs) + 1)]
