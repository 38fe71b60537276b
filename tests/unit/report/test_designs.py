"""Pages of designs without a grid: no point is lost, none is averaged, and the title says what the
headline says."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest

import sim
from sim.analysis.compare_sweeps import compare_sweeps
from sim.experiments.backends import threads
from sim.experiments.factors import make_factor
from sim.experiments.sweep.paired import min_max
from sim.experiments.sweep.parse import plan_from
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.slices import point_cloud, slices_of
from sim.report.compare_sweeps import write_sweep_comparison
from sim.report.sweep import views, write_sweep

CLARITY, SIZE = "setting.clarity", "setting.force_size"
POLAND = "states.poland.pledge"


def swept(folder: Any, scenario: str = "no_force", **said: Any) -> SweepResults:
    asked = {"scenario": scenario, "replications": 10, **said}
    return sim.sweep(plan_from(asked), folder, threads(1))


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    points = [{CLARITY: 0.2, SIZE: 1}, {SIZE: 2}]
    return swept(tmp_path_factory.mktemp("listed"), design="list", points=points)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    over = {CLARITY: "0:1", SIZE: "0:2", "states.russia.ambition": "0:1"}
    return swept(tmp_path_factory.mktemp("drawn"), design="lhs", n=40, over=over)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    over = {CLARITY: [0, 1], SIZE: [0, 2], POLAND: ["none", "ground"]}
    return swept(tmp_path_factory.mktemp("alone"), design="one_at_a_time", over=over)


def dots_on(drawing: str) -> int:
    """How many dots there are in a picture."""
    return sum(len(trace.get("text", ())) for trace in json.loads(drawing)["data"])


def test_a_point_that_leaves_a_value_as_it_is_stands_where_the_scenario_does(listed):
    (points,), said = views(listed)
    assert dots_on(points.drawing) == len(points.table.rows) == 2
    own = listed.plan.scenario[CLARITY].mean
    assert points.table.rows[1][points.table.headings.index("clarity `setting.clarity`")] == (
        f"baseline, {own:g}"
    )
    assert "drawn at the baseline's mean" in said
    assert {entry.label for entry in points.legend} >= {"leaves an axis at its baseline"}


@pytest.mark.parametrize("axes", [None, [SIZE], [CLARITY, "states.russia.ambition"]])
def test_every_drawn_point_is_a_dot_and_nothing_is_averaged(drawn, axes):
    (points,), said = views(drawn, axes)
    assert dots_on(points.drawing) == len(points.table.rows) == 40
    assert said.startswith("Drawn along ")
    assert "without averaging" in said
    found = min_max(drawn)
    assert found is not None
    clear = found.apart.excludes_zero
    assert ("no detectable difference" not in points.title) is clear


def test_dots_lie_where_their_points_are(drawn):
    shown = point_cloud(drawn.plan.design, drawn.tally.runs > 0, [SIZE], drawn.plan.scenario)
    assert shown.values[:, 0].tolist() == drawn.points()[SIZE].tolist()
    assert shown.covered == 0


def test_points_that_lie_on_one_another_are_counted(tmp_path):
    points = [{CLARITY: 0.2, SIZE: 1}, {CLARITY: 0.2, SIZE: 2}, {CLARITY: 0.4, SIZE: 2}]
    found = swept(tmp_path, design="list", points=points)
    (panel,), said = views(found, [CLARITY])
    assert "2 points coincide" in said
    assert dots_on(panel.drawing) == 3


def test_a_point_without_a_place_is_said_to_be_in_the_table_alone(tmp_path):
    points = [{"groups.guarantors.pledge": "none", SIZE: 1}, {SIZE: 2}]
    found = swept(tmp_path, "reassurance_force", design="list", points=points)
    (panel,), said = views(found)
    assert "1 point leaves a parameter at a baseline without a single value" in said
    assert (dots_on(panel.drawing), len(panel.table.rows)) == (1, 2)


def test_each_parameter_moved_alone_has_its_lines_with_the_scenario_in_them(alone):
    panels, _ = views(alone)
    assert [panel.name for panel in panels] == ["lines-0", "lines-1", "lines-2"]
    for panel, path, name in zip(
        panels, (CLARITY, SIZE, POLAND), ("Clarity", "Force size", "Poland: pledge"), strict=True
    ):
        assert panel.title.startswith(f"{name}: ")
        axis = next(axis for axis in alone.plan.design.factors if axis.path == path)
        levels = {*axis.levels, axis.baseline(alone.plan.scenario)}
        assert len(panel.table.rows) == len(levels)


def test_the_scenario_in_the_lines_is_the_point_that_moves_nothing(alone):
    base = alone.tally.estimates("war")[0]
    for each in slices_of(alone):
        here = each.axes[0].baseline(alone.plan.scenario)
        if here not in each.axes[0].levels:
            assert each.watched[(here,)] == base


def test_parameters_that_are_not_drawn_are_named(alone, tmp_path):
    panels, said = views(alone, [SIZE])
    assert len(panels) == 1
    assert "Not drawn: clarity `setting.clarity` and Poland: pledge" in said
    assert write_sweep(alone, tmp_path / "a.html").read_text("utf-8").count('class="drawing"') == 3


@pytest.mark.parametrize(("made", "pictures"), [("drawn", 1), ("alone", 3), ("listed", 1)])
def test_two_sweeps_compared_lose_no_point_either(made, pictures, request, tmp_path):
    found = request.getfixturevalue(made)
    compared = compare_sweeps(found, sim.sweep(found.plan, tmp_path / "again"))
    page = write_sweep_comparison(compared, tmp_path / "c.html").read_text("utf-8")
    assert page.count('class="drawing"') == pictures
    nowhere = "Force size: war differs significantly between the two sweeps at none of "
    assert (nowhere in page) is (pictures > 1)
    assert not re.search(r"\bnan\b", page.split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("groups.guarantors.pledge", math.nan),
        ("events.1.month", 24.0),
    ],
)
def test_where_a_scenario_stands(path, here):
    scenario = sim.load("backstop_withdrawn")
    found = make_factor(path, scenario).baseline(scenario)
    assert found == pytest.approx(here, nan_ok=True)


def test_a_scenario_stands_at_the_mean_of_a_drawn_parameter():
    scenario = sim.load("backstop_withdrawn")
    assert make_factor(SIZE, scenario).baseline(scenario) == pytest.approx(scenario[SIZE].mean)
