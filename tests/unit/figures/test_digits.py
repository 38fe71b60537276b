"""One rule for the digits of a number, wherever it stands."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.paired import Sums
from sim.analysis.robustness.robustness import robustness
from sim.errors import UsageError, whole_within
from sim.experiments.measures import Measure
from sim.experiments.sweep.summary import _enough
from sim.figures.sensitivity import Convergence, ConvergenceChart
from sim.formatting import format_change, format_distinct, format_share_ci
from sim.scenario.load import load
from sim.statistics import Estimate, proportion


def test_a_share_and_a_difference_have_the_same_digits_in_a_sentence_and_in_a_table() -> None:
    found = Estimate(0.0867, 0.0301, 0.1502)
    assert format_share_ci(found) == "8.7 % (3.0–15.0)"
    assert Measure("war").cell(found, signed=False) == "8.7 (3.0 to 15.0)"
    assert Measure("war").cell(found) == format_change(found) == "+8.7 (+3.0 to +15.0)"
    assert Measure("war").short(found.value) == "8.7"


@pytest.mark.parametrize(
    ("value", "limit", "text"),
    [(0.0502, 0.05, "0.0502"), (0.19, 0.05, "0.19"), (0.049999, 0.05, "0.049999")],
)
def test_a_shortfall_shows(value: float, limit: float, text: str) -> None:
    assert format_distinct(value, limit) == text


@pytest.mark.parametrize("seen", [0, 7, 30, 50])
def test_what_is_said_to_be_enough_is_wherever_the_share_lies(seen: int) -> None:
    found, width = proportion(seen, 50), 0.05
    runs = _enough(found, width)
    for true in np.linspace(found.low, found.high, 9):
        assert proportion(round(true * runs), runs).width < width


def test_dust_is_no_difference() -> None:
    assert Sums(1e-15, 1e-32, 50.0).rounded(50) == (0.0, 0.0)
    assert Sums(0.5, 0.25, 50.0).rounded(50) == (0.5, 0.25)


def test_an_index_not_distinguishable_from_0_has_not_converged() -> None:
    wide = ((0.1, 0.0, 9.0),) * 3
    rows = [Convergence(path, (1, 2, 4), wide, clear=False) for path in ("a", "b")]
    assert not any(row.has_converged for row in rows)
    assert "none of 2 levers is distinguishable" in ConvergenceChart(rows, "mu*").title
    some = ConvergenceChart([rows[0], rows[1]._replace(clear=True)], "mu*")
    assert some.title.startswith("1 of 1 lever:")


@pytest.mark.parametrize("good", ["tested_force", "untested_force", "stands", "force"])
def test_a_posture_is_not_held_against_what_is_no_loss(good: str) -> None:
    with pytest.raises(UsageError, match="compared by a loss"):
        robustness(load("no_force"), outcome=good)


def test_thousands_are_apart_in_what_is_out_of_range() -> None:
    with pytest.raises(UsageError, match="12,000 is not from 0 to 9,999"):
        whole_within("seed", 12_000, 0, 9_999)
