"""A sweep's page: what is shown of it, along which axes, and what that is averaged over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.enums import Outcome
from sim.errors import UsageError
from sim.experiments.backends import threads
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.slices import Slice, slices_of
from sim.report.sweep import describe_averaging, lines, maps, write_sweep
from sim.statistics import proportion
from tests.sweeps import THRESHOLD, failing, made_up, plan

THREE: dict[str, list[Any]] = {
    "setting.clarity": [0, 1],
    "states.poland.pledge": ["none", "ground"],
    "states.russia.ambition": [0, 0.45, 0.9],
}


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    return sim.sweep(plan(over=THREE, replications=40), folder, threads(1))


def slice_of(found: SweepResults, paths: list[str] | None = None) -> Slice:
    """The only slice of a sweep that has one."""
    (only,) = slices_of(found, paths)
    return only


def test_an_average_is_no_surer_than_a_point(three):
    shown = slice_of(three, ["states.russia.ambition"])
    war = three.points().groupby("states.russia.ambition")["war"].mean()
    for (value,), estimate in shown.watched.items():
        assert estimate.value == pytest.approx(war[value])
        assert estimate == pytest.approx(proportion(40 * war[value], 40))
    assert describe_averaging(shown.gathered).startswith(
        "Averaged over clarity `setting.clarity` and Poland: pledge `states.poland.pledge`"
    )


def test_a_sweep_of_two_axes_averages_over_nothing(tmp_path):
    assert describe_averaging(slice_of(sim.sweep(plan(), tmp_path)).gathered) == ""


@pytest.mark.parametrize(
    ("said", "uneven"),
    [
        ({}, False),
        ({"exclude": {"setting.clarity": 1, "setting.force_size": "> 1"}}, True),
        ({"exclude": {"setting.force_size": "> 1"}}, False),
    ],
)
def test_an_average_over_other_values_at_each_place_says_so(tmp_path, said, uneven):
    over = {"setting.clarity": [0, 0.5, 1], "setting.force_size": [0, 1, 2]}
    asked = {"scenario": "no_force", "over": over, "replications": 2, **said}
    found = sim.sweep(asked, tmp_path / "made")
    shown = slice_of(found, ["setting.clarity"]).gathered
    assert shown.uneven is uneven
    told = "Not every value of setting.force_size was run at every setting.clarity"
    page = write_sweep(found, tmp_path / "page.html", ["setting.clarity"]).read_text("utf-8")
    assert (told in page) is uneven


def test_points_that_failed_are_left_out(tmp_path):
    found = sim.sweep(failing(), tmp_path, threads(1))
    assert list(slice_of(found, [THRESHOLD]).watched) == [(0,), (1,)]
    page = write_sweep(found, tmp_path / "page.html").read_text("utf-8")
    assert "<strong>Missing:</strong> 2 of 4 points failed, first" in page


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["setting.clarit"], "not varied"),
        (["setting.clarity", "setting.clarity"], "two different"),
        (list(THREE), "one axis or two"),
    ],
)
def test_axes_it_does_not_have(three, paths, said):
    with pytest.raises(UsageError, match=said):
        slice_of(three, paths)


def test_nothing_to_draw(tmp_path):
    found = sim.sweep(plan(over={THRESHOLD: [3, 4]}, replications=5), tmp_path, threads(1))
    with pytest.raises(UsageError, match="every point failed"):
        slice_of(found)


def test_one_axis_gives_lines_and_a_stack_two_a_heatmap_and_a_map(three):
    one = lines(three, slice_of(three, ["states.poland.pledge"]))
    assert [panel.name for panel in one] == ["lines", "stack"]
    assert [row[0] for row in one[0].table.rows] == ["none", "ground"]
    two = maps(three, slice_of(three, ["states.poland.pledge", "states.russia.ambition"]))
    assert [panel.name for panel in two] == ["heat", "map"]
    assert two[0].table.headings == (
        "Russia: ambition `states.russia.ambition`",
        "Poland: pledge `states.poland.pledge`: none",
        "ground",
    )
    assert len(two[0].table.rows) == 3


def test_the_page_has_both_and_says_what_it_averages(three, tmp_path):
    text = write_sweep(three, tmp_path / "sweep.html").read_text("utf-8")
    assert "Averaged over Russia: ambition <code>states.russia.ambition</code>" in text
    assert text.count('class="drawing"') == 2
    assert "share of model runs" in text.lower()


@pytest.mark.parametrize(
    ("over", "axes"),
    [
        ({"setting.clarity": [0.5]}, None),
        ({"setting.clarity": [0.5], "setting.force_size": [0, 1]}, ["setting.clarity"]),
    ],
)
def test_of_one_place_alone_no_change_is_claimed(tmp_path, over, axes):
    points = len(over.get("setting.force_size", [0]))
    found = made_up(tmp_path / "made", np.tile(np.arange(100) < 30, (points, 1)), over)
    (only,) = lines(found, slice_of(found, axes))
    quiet = Outcome.NEVER_A_FORCE.label
    assert only.title == f"The commonest ending is {quiet}: 70.0 % of runs"
    text = write_sweep(found, tmp_path / "page.html", axes).read_text("utf-8")
    assert "nan points" not in text
    assert "end to end" not in text


def test_one_place_of_two_axes_is_the_only_one(tmp_path):
    over: dict[str, list[Any]] = {"setting.clarity": [0.5], "setting.force_size": [1]}
    found = made_up(tmp_path, np.arange(100)[None] < 30, over)
    heat, leading = maps(found, slice_of(found))
    assert heat.title == "War in 30.0 % of runs at the only place there is"
    assert "at 1 of 1 place" in leading.title


def test_of_many_places_where_two_endings_are_as_common_hardly_one_is_led_clearly(tmp_path):
    values = [k / 10 for k in range(11)]
    wars = np.random.default_rng(2).random((121, 100)) < 0.5
    found = made_up(tmp_path, wars, {"setting.clarity": values, "setting.force_size": values})
    _, leading = maps(found, slice_of(found))
    assert all(each.startswith("(") for row in leading.table.rows for each in row[1:])


def test_an_ending_leads_clearly_by_the_runs_it_shares_with_the_next(tmp_path):
    over: dict[str, list[Any]] = {"setting.clarity": [0, 1], "setting.force_size": [0, 1]}
    quiet = Outcome.NEVER_A_FORCE.label
    for wars, cell in ((47, f"({quiet})"), (34, quiet)):
        found = made_up(tmp_path / str(wars), np.tile(np.arange(100) < wars, (4, 1)), over)
        heat, leading = maps(found, slice_of(found))
        assert {each for row in leading.table.rows for each in row[1:]} == {cell}
        assert heat.title == f"War in {wars}.0 % of runs at every place"
