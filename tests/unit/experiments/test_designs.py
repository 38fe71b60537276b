"""Designs give the points one would write by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.choices import DESIGNS, SAMPLED_DESIGNS
from sim.errors import UsageError
from sim.experiments.designs import MAX_POINTS, METHODS, SAMPLED, Design, make_points
from sim.experiments.factors import make_factor
from sim.experiments.parse_factors import Condition, keep_allowed
from tests.scenarios import tiny

SCENARIO = tiny()


def axis(path, *levels, ends=None):
    return make_factor(path, SCENARIO, levels, ends)


CLARITY = axis("setting.clarity", 0.0, 0.5, 1.0)
SIZE = axis("setting.force_size", 1.0, 2.0)
PLEDGE = axis("states.poland.pledge", 0.0, 5.0)
ANY_CLARITY = axis("setting.clarity", ends=(0.2, 0.6))
ANY_OTHERS = axis("states.poland.requires.others", ends=(0, 3))


def points(method, *axes, n=None, seed=1):
    return make_points(method, axes, n, seed).tolist()


def test_a_grid_has_every_combination_and_the_last_axis_is_the_fastest():
    assert points("grid", CLARITY, SIZE) == [[0, 1], [0, 2], [0.5, 1], [0.5, 2], [1, 1], [1, 2]]


def test_zip_goes_along_all_axes_at_once():
    assert points("zip", SIZE, PLEDGE) == [[1, 0], [2, 5]]


def test_zip_needs_as_many_of_each():
    with pytest.raises(UsageError, match=r"clarity has 3, setting\.force_size has 2"):
        points("zip", CLARITY, SIZE)


def test_one_at_a_time_starts_from_the_scenario_as_it_is():
    found = Design("", (CLARITY, SIZE), make_points("one_at_a_time", (CLARITY, SIZE), None, 1))
    assert found.to_lists() == [
        [None, None],
        [0, None],
        [0.5, None],
        [1, None],
        [None, 1],
        [None, 2],
    ]


def test_what_every_point_sets():
    alone, together = (
        Design("", (CLARITY, SIZE), make_points(method, (CLARITY, SIZE), None, 1))
        for method in ("one_at_a_time", "grid")
    )
    assert alone.set_everywhere == ()
    assert together.set_everywhere == ("setting.clarity", "setting.force_size")


def test_points_are_written_with_words():
    found = Design("grid", (PLEDGE,), make_points("grid", (PLEDGE,), None, 1))
    assert found.to_lists() == [["none"], ["ground"]]
    assert found.values_at(1) == {"states.poland.pledge": "ground"}


@pytest.mark.parametrize("n", [4, 7])
def test_a_latin_hypercube_has_one_point_in_each_slice(n):
    drawn = np.array(points("lhs", ANY_CLARITY, SIZE, n=n))
    slices = np.floor((drawn[:, 0] - 0.2) / 0.4 * n).astype(int)
    assert sorted(slices) == list(range(n))
    assert abs((drawn[:, 1] == 1).sum() - n / 2) <= 0.5


def test_eight_points_of_sobol_are_one_in_each_eighth():
    drawn = np.array(points("sobol", ANY_CLARITY, CLARITY, n=8))
    assert sorted(np.floor((drawn[:, 0] - 0.2) / 0.4 * 8).astype(int)) == list(range(8))


def test_fewer_points_of_sobol_are_its_first():
    assert points("sobol", ANY_CLARITY, SIZE, n=5) == points("sobol", ANY_CLARITY, SIZE, n=8)[:5]


@pytest.mark.parametrize("method", ["lhs", "sobol"])
def test_drawn_points_hang_on_the_seed_alone(method):
    one, same = (points(method, ANY_CLARITY, SIZE, n=16, seed=3) for _ in range(2))
    assert one == same != points(method, ANY_CLARITY, SIZE, n=16, seed=4)


@given(st.floats(0, 1, exclude_max=True))
def test_what_is_drawn_is_a_value(share):
    assert 0.2 <= ANY_CLARITY.at(share) <= 0.6
    assert ANY_OTHERS.at(share) in (0, 1, 2, 3)
    assert PLEDGE.at(share) in PLEDGE.levels


def test_the_command_line_knows_every_design():
    """Its help must not import this module."""
    assert DESIGNS == METHODS
    assert tuple(SAMPLED) == SAMPLED_DESIGNS


def test_a_remedy_names_the_designs_of_ranges():
    for axes, n in (((ANY_CLARITY,), None), ((CLARITY,), 5)):
        with pytest.raises(UsageError) as refused:
            make_points("grid", axes, n, 1)
        assert all(name in refused.value.remedy for name in SAMPLED)


@pytest.mark.parametrize(
    ("method", "axes", "n", "said"),
    [
        ("grid", (ANY_CLARITY,), None, "grid needs levels for setting.clarity"),
        ("grid", (CLARITY,), 5, "takes no number of points"),
        ("lhs", (CLARITY,), None, "needs the number of points"),
        ("sobol", (CLARITY,), MAX_POINTS + 1, "at most 1,000,000"),
        ("grid", (axis("setting.clarity", *np.linspace(0, 1, 1001)),) * 2, None, "1,002,001"),
        ("grid", (axis("setting.clarity", 0.5, 0.5),), None, "is given twice"),
    ],
)
def test_what_a_design_cannot_do_is_said(method, axes, n, said):
    with pytest.raises(UsageError, match=said):
        make_points(method, axes, n, 1)


@pytest.mark.parametrize(
    ("comparisons", "left"),
    [
        ((("", 0.5),), [0, 1]),
        ((("!=", 0.5),), [0.5]),
        ((("<", 0.5),), [0.5, 1]),
        ((("<=", 0.5),), [1]),
        (((">", 0.5),), [0, 0.5]),
        (((">=", 0.5),), [0]),
        ((("", 0.0), ("", 1.0)), [0.5]),
    ],
)
def test_an_exclusion_leaves_out_what_meets_it(comparisons, left):
    points = np.array([[0.0], [0.5], [1.0]])
    assert keep_allowed(points, [(Condition(0, comparisons),)])[:, 0].tolist() == left


def test_all_conditions_of_an_exclusion_must_be_met_but_only_one_exclusion():
    points = make_points("grid", (CLARITY, SIZE), None, 1)
    both = (Condition(0, ((">", 0.5),)), Condition(1, (("", 2.0),)))
    assert len(keep_allowed(points, [both])) == 5
    assert len(keep_allowed(points, [(both[0],), (both[1],)])) == 2


def test_the_scenarios_own_value_is_never_excluded():
    points = make_points("one_at_a_time", (CLARITY,), None, 1)
    assert len(keep_allowed(points, [(Condition(0, (("!=", 9.0),)),)])) == 1
